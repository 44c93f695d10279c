//! The taper before a race (science 8.3).

use crate::model::calendar::minus;
use crate::model::{Day, Race};

/// Shortest race that has a taper, unless it is an A race.
const MIN_RACE_M: f64 = 10_000.0;
/// Least cut of volume.
const MIN_CUT: f64 = 0.20;
/// A taper is at most this long.
const MAX_DAYS: u32 = 21;
/// A taper is at least this long.
const MIN_DAYS: u32 = 4;

/// What a taper is looked for in: dates to distance in m, and whether a day held a quality session.
pub(super) trait Volume {
    /// Sum of distance in m over days from the first to the last, both included; `None` outside the history.
    fn distance_m(&self, first: Day, last: Day) -> Option<f64>;
    /// Was there a quality session on one of the days?
    fn has_quality(&self, first: Day, last: Day) -> bool;
    /// The last day of the history.
    fn last_day(&self) -> Option<Day>;
}

/// Mean weekly distance in m of the three weeks that end 15 days before the race.
pub(super) fn reference_week_m(volume: &impl Volume, race: &Race) -> Option<f64> {
    volume.distance_m(minus(race.date, 35), minus(race.date, 15)).map(|sum| sum / 3.0)
}

/// First day of the taper; `None` where volume was not cut or intensity dropped. Of a race still to come the
/// days so far are judged, if there are at least four.
pub(super) fn start(volume: &impl Volume, race: &Race) -> Option<Day> {
    let is_goal = race.distance_m >= MIN_RACE_M * 0.99 || race.priority == 'A';
    let reference = reference_week_m(volume, race).filter(|week| *week > 0.0 && is_goal)?;
    let end = minus(race.date, 1).min(volume.last_day()?);
    let from = minus(race.date, 14);
    let n_days = (end - from).num_days() + 1;
    if n_days < i64::from(MIN_DAYS) {
        return None;
    }
    let weekly = volume.distance_m(from, end)? / n_days as f64 * 7.0;
    let keeps_intensity = end < minus(race.date, 3) || volume.has_quality(from, minus(race.date, 3));
    if 1.0 - weekly / reference < MIN_CUT || !keeps_intensity {
        return None;
    }
    // The first day from which every 7-day sum up to the race stays below 0.9 of the reference.
    let is_low =
        |day: &Day| volume.distance_m(minus(*day, 6), *day).is_some_and(|week| week < 0.9 * reference);
    let candidates = (0..=MAX_DAYS).rev().map(|back| minus(race.date, back)).filter(|day| *day <= end);
    let mut low: Option<Day> = None;
    for day in candidates {
        low = if is_low(&day) { low.or(Some(day)) } else { None };
    }
    Some(low?.min(minus(race.date, MIN_DAYS)))
}
