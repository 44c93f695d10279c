//! `record` messages to columns of samples, a batch of rows at a time.
//!
//! While the file is walked only the offset and the time of each record are noted; a batch of rows of one
//! layout is then read column by column, so that the inner loop does one thing and the bytes are still in the
//! nearest cache. Nothing is allocated per record. Invariant: a row is in range of `bytes`, or reads as none.

use super::base::Base;
use super::columns::{Cell, Cells, Column, adopt, trim};
use super::developer::Developers;
use super::frame::Message;
use super::plan::{Join, Plan, Source, Step};
use super::unix_ms;
use crate::model::Samples;

/// Rows read together: their bytes and one column of numbers fit the nearest cache.
const BATCH: usize = 256;

/// Collects the samples of one segment.
#[derive(Debug)]
pub struct Records<'a> {
    bytes: &'a [u8],
    /// The plan for each local kind, and the definition and the descriptions that it was made for.
    plans: [(Option<(u32, u32)>, Plan); 16],
    /// The local kind of the rows.
    local: usize,
    /// Offsets of the records that wait to be read with one plan.
    rows: Vec<usize>,
    /// One column of the batch, before scaling.
    values: Vec<f64>,
    odometer: Odometer,
    samples: Samples,
    /// The most samples that are taken.
    most: usize,
    /// What developer fields hold, in columns of their own; it has no times.
    developer: Samples,
}

impl<'a> Records<'a> {
    /// Starts with the bytes that the offsets of the messages count from, to take so many samples at most.
    #[must_use]
    pub fn new(bytes: &'a [u8], most: usize) -> Self {
        Self {
            bytes,
            plans: Default::default(),
            local: 0,
            rows: Vec::with_capacity(BATCH),
            values: Vec::with_capacity(BATCH),
            odometer: Odometer::default(),
            samples: Samples::default(),
            most,
            developer: Samples::default(),
        }
    }

    /// Takes one record. A record before any time was stated cannot be placed and is left out.
    pub fn push(&mut self, message: &Message<'_, '_>, developers: &Developers) {
        let Some(time) = message.time else { return };
        let id = Some((message.definition.id, developers.version));
        if self.local != message.local || self.plans[message.local].0 != id {
            self.flush();
            self.local = message.local;
            let (made_for, plan) = &mut self.plans[message.local];
            if *made_for != id {
                plan.rebuild(message.definition, developers);
                *made_for = id;
            }
        }
        if self.samples.time_ms.len() >= self.most {
            return;
        }
        self.rows.push(message.at);
        self.samples.time_ms.push(unix_ms(time));
        if self.rows.len() == BATCH {
            self.flush();
        }
    }

    /// Reads what is left and gives the samples, and the columns that no field of the profile has filled but one of
    /// a developer. Of a column one source alone is taken: two would differ, and no sample says whose it is.
    #[must_use]
    pub fn finish(mut self) -> (Samples, Vec<Column>) {
        self.flush();
        trim(&mut self.samples);
        let adopted = adopt(&mut self.samples, &mut self.developer);
        (self.samples, adopted)
    }

    /// Reads the waiting rows into the columns.
    fn flush(&mut self) {
        let Some(last) = self.rows.last() else { return };
        let n = self.samples.len();
        let first = n - self.rows.len();
        // If records stay as frequent as they were, this many fit the file.
        let expected = (n.saturating_mul(self.bytes.len()) / last + BATCH).min(self.most);
        let (_, plan) = &self.plans[self.local];
        let native = plan.steps.iter().map(|step| (step, false));
        for (step, is_developer) in native.chain(plan.developer.iter().map(|step| (step, true))) {
            self.values.clear();
            gather(self.bytes, &self.rows, step, plan.is_big_endian, &mut self.odometer, &mut self.values);
            let samples = if is_developer { &mut self.developer } else { &mut self.samples };
            match step.column.of(samples) {
                Cells::Wide(column) => put(column, first, expected, &self.values, step),
                Cells::Narrow(column) => put(column, first, expected, &self.values, step),
            }
        }
        self.rows.clear();
    }
}

/// Reads one field of every row; NaN stands for none.
fn gather(
    bytes: &[u8],
    rows: &[usize],
    step: &Step,
    is_big_endian: bool,
    odometer: &mut Odometer,
    values: &mut Vec<f64>,
) {
    macro_rules! numbers {
        ($type:ty, $is_none:expr) => {{
            let value = |raw: $type| if $is_none(raw) { f64::NAN } else { f64::from(raw) };
            if is_big_endian {
                each(bytes, rows, step.at, values, |raw| value(<$type>::from_be_bytes(raw)));
            } else {
                each(bytes, rows, step.at, values, |raw| value(<$type>::from_le_bytes(raw)));
            }
        }};
    }
    match step.source {
        Source::Number(Base::U8) => numbers!(u8, |raw| raw == u8::MAX),
        Source::Number(Base::I8) => numbers!(i8, |raw| raw == i8::MAX),
        Source::Number(Base::U8z) => numbers!(u8, |raw| raw == 0),
        Source::Number(Base::U16) => numbers!(u16, |raw| raw == u16::MAX),
        Source::Number(Base::I16) => numbers!(i16, |raw| raw == i16::MAX),
        Source::Number(Base::U16z) => numbers!(u16, |raw| raw == 0),
        Source::Number(Base::U32) => numbers!(u32, |raw| raw == u32::MAX),
        Source::Number(Base::I32) => numbers!(i32, |raw| raw == i32::MAX),
        Source::Number(Base::U32z) => numbers!(u32, |raw| raw == 0),
        Source::Number(Base::F32) => numbers!(f32, |raw: f32| !raw.is_finite()),
        Source::Number(Base::F64) => numbers!(f64, |raw: f64| !raw.is_finite()),
        Source::Number(Base::Text | Base::Long) => values.resize(rows.len(), f64::NAN),
        Source::CompressedSpeed => each(bytes, rows, step.at, values, compressed_speed),
        Source::CompressedDistance => each(bytes, rows, step.at, values, |raw| odometer.read(raw)),
    }
}

/// Reads `N` bytes at the same offset of every row.
fn each<const N: usize>(
    bytes: &[u8],
    rows: &[usize],
    at: usize,
    values: &mut Vec<f64>,
    mut value: impl FnMut([u8; N]) -> f64,
) {
    values.extend(rows.iter().map(|row| {
        let raw = bytes.get(row + at..).and_then(<[u8]>::first_chunk);
        raw.map_or(f64::NAN, |raw| value(*raw))
    }));
}

/// Scales the values and joins them to a column from row `first` on.
fn put<T: Cell>(column: &mut Vec<T>, first: usize, expected: usize, values: &[f64], step: &Step) {
    let scaled = values.iter().map(|value| T::from_f64(value / step.scale - step.offset));
    if step.join == Join::Set {
        if column.capacity() < first + values.len() {
            column.reserve(expected.max(first + values.len()) - column.len());
        }
        column.resize(first, T::MISSING);
        column.extend(scaled);
        return;
    }
    for (cell, value) in column[first..].iter_mut().zip(scaled).filter(|(_, value)| value.is_present()) {
        *cell = if step.join == Join::Add { cell.plus(value) } else { value };
    }
}

/// The speed of a packed field: the lower 12 bits.
fn compressed_speed([low, middle, high]: [u8; 3]) -> f64 {
    if [low, middle, high] == [0xFF; 3] {
        return f64::NAN;
    }
    f64::from(u16::from_le_bytes([low, middle & 0x0F]))
}

/// Follows a 12-bit counter of distance over its roll-overs.
#[derive(Debug, Default)]
struct Odometer {
    last: u32,
    total: u64,
}

impl Odometer {
    /// The distance of a packed field, the upper 12 bits, counted on from the rows before.
    fn read(&mut self, [low, middle, high]: [u8; 3]) -> f64 {
        if [low, middle, high] == [0xFF; 3] {
            return f64::NAN;
        }
        let now = u32::from(middle >> 4) | u32::from(high) << 4;
        self.total += u64::from(now.wrapping_sub(self.last) & 0x0FFF);
        self.last = now;
        self.total as f64
    }
}
