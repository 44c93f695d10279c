//! The columns of [`Samples`] by name, so that a plan can point at one and a loop can visit all.
//!
//! Invariant while reading: a column may be shorter than `time_ms` (its values so far are missing); [`trim`]
//! restores the rule of [`Samples`].

use crate::model::Samples;
use std::ops::Range;

/// A column other than the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Lat,
    Lon,
    Distance,
    Altitude,
    Speed,
    Hr,
    Cadence,
    Power,
    StepLength,
    Stance,
    StanceBalance,
    VerticalOscillation,
    VerticalRatio,
    Temperature,
}

/// The values of one column, of either width.
pub enum Cells<'a> {
    /// A column of `f64`.
    Wide(&'a mut Vec<f64>),
    /// A column of `f32`.
    Narrow(&'a mut Vec<f32>),
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 14] = [
        Self::Lat,
        Self::Lon,
        Self::Distance,
        Self::Altitude,
        Self::Speed,
        Self::Hr,
        Self::Cadence,
        Self::Power,
        Self::StepLength,
        Self::Stance,
        Self::StanceBalance,
        Self::VerticalOscillation,
        Self::VerticalRatio,
        Self::Temperature,
    ];

    /// The values of this column.
    pub fn of(self, samples: &mut Samples) -> Cells<'_> {
        match self {
            Self::Lat => Cells::Wide(&mut samples.lat_deg),
            Self::Lon => Cells::Wide(&mut samples.lon_deg),
            Self::Distance => Cells::Wide(&mut samples.distance_m),
            Self::Altitude => Cells::Narrow(&mut samples.altitude_m),
            Self::Speed => Cells::Narrow(&mut samples.speed_mps),
            Self::Hr => Cells::Narrow(&mut samples.hr_bpm),
            Self::Cadence => Cells::Narrow(&mut samples.cadence_rpm),
            Self::Power => Cells::Narrow(&mut samples.power_w),
            Self::StepLength => Cells::Narrow(&mut samples.step_length_mm),
            Self::Stance => Cells::Narrow(&mut samples.stance_ms),
            Self::StanceBalance => Cells::Narrow(&mut samples.stance_balance_pct),
            Self::VerticalOscillation => Cells::Narrow(&mut samples.vertical_oscillation_mm),
            Self::VerticalRatio => Cells::Narrow(&mut samples.vertical_ratio_pct),
            Self::Temperature => Cells::Narrow(&mut samples.temperature_c),
        }
    }
}

/// A number type of a column.
pub trait Cell: Copy {
    /// What stands for "not recorded".
    const MISSING: Self;
    /// Narrows a value to the column.
    fn from_f64(value: f64) -> Self;
    /// The sum of two values.
    fn plus(self, other: Self) -> Self;
    /// Is a value there?
    fn is_present(self) -> bool;
}

impl Cell for f64 {
    const MISSING: Self = f64::NAN;
    fn from_f64(value: f64) -> Self {
        value
    }
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn is_present(self) -> bool {
        !self.is_nan()
    }
}

impl Cell for f32 {
    const MISSING: Self = f32::NAN;
    fn from_f64(value: f64) -> Self {
        value as f32
    }
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn is_present(self) -> bool {
        !self.is_nan()
    }
}

/// Gives every column with a value the length of `time_ms`, and empties the others.
pub fn trim(samples: &mut Samples) {
    fn trim_column<T: Cell>(column: &mut Vec<T>, n: usize) {
        if column.iter().any(|cell| cell.is_present()) {
            column.resize(n, T::MISSING);
        } else {
            *column = Vec::new();
        }
    }
    let n = samples.len();
    for column in Column::ALL {
        match column.of(samples) {
            Cells::Wide(column) => trim_column(column, n),
            Cells::Narrow(column) => trim_column(column, n),
        }
    }
}

/// Takes the columns that have no value from `other`, a set of columns of the same rows, and names them.
pub fn adopt(samples: &mut Samples, other: &mut Samples) -> Vec<Column> {
    fn adopt_column<T: Cell>(column: &mut Vec<T>, other: &mut Vec<T>, n: usize) -> bool {
        let is_adopted = column.is_empty() && other.iter().any(|cell| cell.is_present());
        if is_adopted {
            *column = std::mem::take(other);
            column.resize(n, T::MISSING);
        }
        is_adopted
    }
    let n = samples.len();
    let is_adopted = |column: &Column| match (column.of(samples), column.of(other)) {
        (Cells::Wide(column), Cells::Wide(other)) => adopt_column(column, other, n),
        (Cells::Narrow(column), Cells::Narrow(other)) => adopt_column(column, other, n),
        _ => false,
    };
    Column::ALL.into_iter().filter(is_adopted).collect()
}

/// Appends a range of rows to other samples, whose columns are as long as its times or empty throughout.
pub fn append(to: &mut Samples, from: &mut Samples, rows: Range<usize>) {
    fn append_column<T: Cell>(to: &mut Vec<T>, from: &[T], rows: Range<usize>) {
        if let Some(cells) = from.get(rows) {
            to.extend_from_slice(cells);
        }
    }
    to.time_ms.extend_from_slice(&from.time_ms[rows.clone()]);
    for column in Column::ALL {
        match (column.of(to), column.of(from)) {
            (Cells::Wide(to), Cells::Wide(from)) => append_column(to, from, rows.clone()),
            (Cells::Narrow(to), Cells::Narrow(from)) => append_column(to, from, rows.clone()),
            _ => {}
        }
    }
}
