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

/// A cut of volume.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cut {
    /// Mean week of the last 14 days before the race in m, or of those so far.
    pub week_m: f64,
    /// The reference week in m.
    pub reference_m: f64,
}

impl Cut {
    /// The part that was cut, 0 to 1.
    pub(super) fn share(self) -> f64 {
        1.0 - self.week_m / self.reference_m
    }
}

/// The last 14 days before the race, up to the last one of the history or `until`, against the reference week;
/// `None` where they are fewer than four.
pub(super) fn cut(volume: &impl Volume, race: &Race, until: Day) -> Option<Cut> {
    let reference_m = reference_week_m(volume, race).filter(|week| *week > 0.0)?;
    let from = minus(race.date, 14);
    let end = minus(race.date, 1).min(volume.last_day()?).min(until);
    let n_days = (end - from).num_days() + 1;
    if n_days < i64::from(MIN_DAYS) {
        return None;
    }
    Some(Cut { week_m: volume.distance_m(from, end)? / n_days as f64 * 7.0, reference_m })
}

/// First day of the taper; `None` where volume was not cut or intensity dropped.
pub(super) fn start(volume: &impl Volume, race: &Race) -> Option<Day> {
    let is_goal = race.distance_m >= MIN_RACE_M * 0.99 || race.priority == 'A';
    let reference = reference_week_m(volume, race).filter(|_| is_goal)?;
    let end = minus(race.date, 1).min(volume.last_day()?);
    let last_key_day = minus(race.date, 3);
    let keeps_intensity = end < last_key_day || volume.has_quality(minus(race.date, 14), last_key_day);
    if cut(volume, race, end)?.share() < MIN_CUT || !keeps_intensity {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::{days_between, plus};

    /// Weeks of even days in km up to the day before the race.
    struct Weeks {
        km: Vec<f64>,
        race: Day,
        has_quality: bool,
    }

    impl Volume for Weeks {
        fn distance_m(&self, first: Day, last: Day) -> Option<f64> {
            let start = minus(self.race, 7 * self.km.len() as u32);
            let week = |day: i64| self.km.get(usize::try_from(day).ok()? / 7).map(|km| 1000.0 * km / 7.0);
            (days_between(start, first)..=days_between(start, last)).map(week).sum()
        }

        fn has_quality(&self, _: Day, _: Day) -> bool {
            self.has_quality
        }

        fn last_day(&self) -> Option<Day> {
            Some(minus(self.race, 1))
        }
    }

    fn weeks(km: &[f64]) -> (Weeks, Race) {
        let date: Day = "2025-10-12".parse().unwrap();
        let race = Race {
            date,
            name: "M".into(),
            distance_m: 42_195.0,
            priority: 'B',
            origin: crate::model::RaceOrigin::Config,
        };
        (Weeks { km: [&[60.0, 60.0], km].concat(), race: date, has_quality: true }, race)
    }

    #[test]
    fn e8_3_a_cut_of_two_fifths_is_a_taper() {
        let (volume, race) = weeks(&[62.0, 65.0, 60.0, 44.0, 26.0]);
        assert!((reference_week_m(&volume, &race).unwrap() - 62_333.333_333).abs() < 1e-3);
        assert!((cut(&volume, &race, race.date).unwrap().share() - 0.438_503).abs() < 1e-6);
        // The week up to 14 days before still holds 57.7 km, the next 55.4: under 0.9 of 62.3.
        assert_eq!(start(&volume, &race), Some(minus(race.date, 13)));
    }

    #[test]
    fn no_taper_without_a_cut_without_intensity_or_before_a_short_race() {
        let (volume, race) = weeks(&[62.0, 65.0, 60.0, 52.0, 50.0]);
        assert_eq!(start(&volume, &race), None);
        let (volume, race) = weeks(&[62.0, 65.0, 60.0, 44.0, 26.0]);
        assert_eq!(start(&Weeks { has_quality: false, ..volume }, &race), None);
        let (volume, race) = weeks(&[62.0, 65.0, 60.0, 44.0, 26.0]);
        assert_eq!(start(&volume, &Race { distance_m: 5000.0, ..race.clone() }), None);
        let goal = Race { distance_m: 5000.0, priority: 'A', ..race };
        assert!(start(&volume, &goal).is_some());
        // Outside the history nothing is said.
        assert_eq!(start(&volume, &Race { date: plus(goal.date, 60), ..goal }), None);
    }
}
