//! Runs to sums per day and per week: the part of the work that is a table, done with polars.
//!
//! Input are scored runs, output one row for every day of the span, rest days among them. Invariant: the calendar
//! is laid first and sums are joined onto it, so no day and no week can be left out.

use crate::error::Error;
use crate::model::Day;
use crate::score::run::Run;
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
    pub n_hard: u32,
    pub load_au: f64,
    pub imputed_au: f64,
    pub n_unscored: u32,
}

/// Columns that are added up, in the order of the fields of [`Sums`].
const SUMMED: [&str; 12] = [
    "n_runs",
    "distance_m",
    "timer_s",
    "ascent_m",
    "descent_m",
    "low_s",
    "moderate_s",
    "high_s",
    "n_quality",
    "n_hard",
    "load_au",
    "imputed_au",
];
const UNSCORED: &str = "n_unscored";
const KEY: &str = "key";

// The sums of groups are marked as superseded by the lazy engine, which would double the build for
// tables of a few thousand rows.
#[expect(deprecated, reason = "the lazy engine costs minutes of build and saves nothing here")]
/// One row per key in `calendar`, which is in order: the sums of the runs whose key (from `key_of`) it is.
pub(super) fn sums(runs: &[Run], calendar: &[Day], key_of: impl Fn(Day) -> Day) -> Result<Vec<Sums>, Error> {
    let frame = || -> PolarsResult<DataFrame> {
        let runs: Vec<&Run> = runs.iter().filter(|run| run.counts()).collect();
        let frame = run_frame(&runs, key_of)?;
        let groups = || frame.group_by_stable([KEY]);
        let mut columns: Vec<PlSmallStr> = SUMMED.iter().map(|name| PlSmallStr::from_static(name)).collect();
        columns.push(UNSCORED.into());
        let totals = groups()?.select(columns).sum()?;
        let longest = groups()?.select(["distance_m"]).max()?;
        let calendar = df!(KEY => calendar.iter().map(|day| day_number(*day)).collect::<Vec<i32>>())?;
        calendar
            .left_join(&totals, [KEY], [KEY])?
            .left_join(&longest, [KEY], [KEY])?
            .sort([KEY], SortMultipleOptions::default())?
            .fill_null(FillNullStrategy::Zero)
    };
    frame().and_then(|frame| rows(&frame)).map_err(|cause| Error::internal("the sums of days", cause))
}

fn day_number(day: Day) -> i32 {
    day.to_epoch_days()
}

/// The runs as a table: one column per summed quantity, 0 where a run has none of it.
fn run_frame(runs: &[&Run], key_of: impl Fn(Day) -> Day) -> PolarsResult<DataFrame> {
    let column = |value: &dyn Fn(&Run) -> f64| runs.iter().map(|run| value(run)).collect::<Vec<f64>>();
    let zone = |k: usize| column(&|run| run.three_zone_s.map_or(0.0, |zones| zones[k]));
    let flag = |is: bool| f64::from(u8::from(is));
    df!(
        KEY => runs.iter().map(|run| day_number(key_of(run.date))).collect::<Vec<i32>>(),
        SUMMED[0] => vec![1.0; runs.len()],
        SUMMED[1] => column(&|run| run.distance_m.unwrap_or(0.0)),
        SUMMED[2] => column(&|run| run.timer_s),
        SUMMED[3] => column(&|run| run.ascent_m.unwrap_or(0.0)),
        SUMMED[4] => column(&|run| run.descent_m.unwrap_or(0.0)),
        SUMMED[5] => zone(0),
        SUMMED[6] => zone(1),
        SUMMED[7] => zone(2),
        SUMMED[8] => column(&|run| flag(run.is_quality)),
        SUMMED[9] => column(&|run| flag(is_hard(run))),
        SUMMED[10] => column(&|run| run.load_au.unwrap_or(0.0)),
        SUMMED[11] => column(&|run| match run.load_basis {
            Some(basis) if basis.is_imputed() => run.load_au.unwrap_or(0.0),
            _ => 0.0,
        }),
        UNSCORED => column(&|run| flag(run.load_au.is_none())),
    )
}

/// A session with at least 10 % or 8 min above the second threshold counts as hard (science 3.3).
fn is_hard(run: &Run) -> bool {
    run.three_zone_s.is_some_and(|zones| {
        let total: f64 = zones.iter().sum();
        zones[2] >= 480.0 || (total > 0.0 && zones[2] >= 0.10 * total)
    })
}

fn rows(frame: &DataFrame) -> PolarsResult<Vec<Sums>> {
    let read = |name: &str| -> PolarsResult<Vec<f64>> {
        Ok(frame.column(name)?.f64()?.iter().map(|value| value.unwrap_or(0.0)).collect())
    };
    let columns: Vec<Vec<f64>> =
        SUMMED.iter().map(|name| read(&format!("{name}_sum"))).collect::<PolarsResult<_>>()?;
    let longest = read("distance_m_max")?;
    let unscored = read(&format!("{UNSCORED}_sum"))?;
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
                n_hard: at(9) as u32,
                load_au: at(10),
                imputed_au: at(11),
                n_unscored: unscored[row] as u32,
            }
        })
        .collect())
}
