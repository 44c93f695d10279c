//! Runs to sums per day and per week: the part of the work that is a table, done with polars.
//!
//! Input are scored runs, output one row for every day of the span, rest days among them. Invariant: each key of
//! the calendar enters the table as a row of zeros, so no day and no week can be left out.

use crate::error::Error;
use crate::model::Day;
use crate::score::run::{LoadBasis, Run};
use polars::prelude::*;

/// Sums of one day or week; the fields are those of [`super::day::DayRow`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    pub n_runs: u32,
    pub distance_m: f64,
    pub longest_m: f64,
    pub timer_s: f64,
    pub ascent_m: f64,
    pub descent_m: f64,
    pub three_zone_s: [f64; 3],
    pub n_quality: u32,
    pub n_classified: u32,
    pub n_hard: u32,
    /// Of the runs.
    pub load_au: f64,
    /// Of other endurance sport; no run adds to it.
    pub cross_au: f64,
    pub imputed_au: f64,
    pub n_unscored: u32,
    pub n_unmeasured: u32,
    /// Nothing is known of the day, not even whether there was a run.
    pub is_lost: bool,
}

impl Sums {
    /// A day of which nothing is known.
    pub(super) fn lost() -> Self {
        Self { n_unscored: 1, n_unmeasured: 1, is_lost: true, ..Self::default() }
    }
}

/// Columns of runs that are added up, in the order of the fields of [`Sums`].
const SUMMED: [&str; 15] = [
    "n_runs",
    DISTANCE,
    "timer_s",
    "ascent_m",
    "descent_m",
    "low_s",
    "moderate_s",
    "high_s",
    "n_quality",
    "n_classified",
    "n_hard",
    "load_au",
    "imputed_au",
    "n_unscored",
    "n_unmeasured",
];
const DISTANCE: &str = "distance_m";
/// The name that polars gives to the maximum of [`DISTANCE`].
const LONGEST: &str = "distance_m_max";
const KEY: &str = "key";

// The sums of groups are marked as superseded by the lazy engine, which would double the build for
// tables of a few thousand rows.
#[expect(deprecated, reason = "the lazy engine costs minutes of build and saves nothing here")]
/// One row per key in `calendar`, which is in order: the sums of the runs whose key (from `key_of`) it is.
pub(super) fn sums(runs: &[Run], calendar: &[Day], key_of: impl Fn(Day) -> Day) -> Result<Vec<Sums>, Error> {
    let frame = || -> PolarsResult<DataFrame> {
        let runs: Vec<&Run> = runs.iter().filter(|run| run.counts()).collect();
        let frame = table(&runs, calendar, key_of)?;
        let summed: Vec<PlSmallStr> = SUMMED.iter().map(|name| PlSmallStr::from_static(name)).collect();
        let groups = || frame.group_by_stable([KEY]);
        let totals = groups()?.select(summed).sum()?;
        let longest = groups()?.select([DISTANCE]).max()?;
        totals.hstack(&[longest.column(LONGEST)?.clone()])?.sort([KEY], SortMultipleOptions::default())
    };
    frame().and_then(|frame| rows(&frame)).map_err(|cause| Error::internal("the sums of days", cause))
}

/// The runs as a table with one column per summed quantity, 0 where a run has none of it; below them a row of zeros
/// for each key of the calendar.
fn table(runs: &[&Run], calendar: &[Day], key_of: impl Fn(Day) -> Day) -> PolarsResult<DataFrame> {
    let height = runs.len() + calendar.len();
    let keys = runs.iter().map(|run| key_of(run.date)).chain(calendar.iter().copied());
    let keys: Vec<i32> = keys.map(|day| day.to_epoch_days()).collect();
    let column = |name: &'static str| {
        let mut values: Vec<f64> = runs.iter().map(|run| quantity(run, name)).collect();
        values.resize(height, 0.0);
        Column::new(name.into(), values)
    };
    let columns = std::iter::once(Column::new(KEY.into(), keys)).chain(SUMMED.map(column)).collect();
    DataFrame::new(height, columns)
}

/// What one run adds to a summed column.
fn quantity(run: &Run, column: &str) -> f64 {
    let zone = |k: usize| run.three_zone_s.map_or(0.0, |zones| zones[k]);
    let one_if = |is: bool| f64::from(u8::from(is));
    match column {
        "n_runs" => 1.0,
        DISTANCE => run.distance_m.unwrap_or(0.0),
        "timer_s" => run.timer_s,
        "ascent_m" => run.ascent_m.unwrap_or(0.0),
        "descent_m" => run.descent_m.unwrap_or(0.0),
        "low_s" => zone(0),
        "moderate_s" => zone(1),
        "high_s" => zone(2),
        "n_quality" => one_if(run.is_quality),
        "n_classified" => one_if(run.three_zone_s.is_some()),
        "n_hard" => one_if(is_hard(run)),
        "load_au" => run.load_au.unwrap_or(0.0),
        "imputed_au" if run.load_basis.is_some_and(LoadBasis::is_imputed) => run.load_au.unwrap_or(0.0),
        "n_unscored" => one_if(run.load_au.is_none()),
        "n_unmeasured" => one_if(run.distance_m.is_none()),
        _ => 0.0,
    }
}

/// A session with at least 10 % or 8 min above the second threshold counts as hard (science 3.3).
fn is_hard(run: &Run) -> bool {
    run.three_zone_s.is_some_and(|zones| {
        let total: f64 = zones.iter().sum();
        zones[2] >= 480.0 || (total > 0.0 && zones[2] >= 0.10 * total)
    })
}

fn rows(frame: &DataFrame) -> PolarsResult<Vec<Sums>> {
    let read =
        |name: &str| -> PolarsResult<Vec<f64>> { Ok(frame.column(name)?.f64()?.iter().flatten().collect()) };
    let columns: Vec<Vec<f64>> =
        SUMMED.iter().map(|name| read(&format!("{name}_sum"))).collect::<PolarsResult<_>>()?;
    let longest = read(LONGEST)?;
    Ok((0..frame.height())
        .map(|row| {
            let at = |column: usize| columns[column][row];
            Sums {
                n_runs: at(0) as u32,
                distance_m: at(1),
                longest_m: longest[row],
                timer_s: at(2),
                ascent_m: at(3),
                descent_m: at(4),
                three_zone_s: [at(5), at(6), at(7)],
                n_quality: at(8) as u32,
                n_classified: at(9) as u32,
                n_hard: at(10) as u32,
                load_au: at(11),
                cross_au: 0.0,
                imputed_au: at(12),
                n_unscored: at(13) as u32,
                n_unmeasured: at(14) as u32,
                is_lost: false,
            }
        })
        .collect())
}
