//! Round places for ticks: pure arithmetic on values and dates.
//!
//! Input: a range. Output: ticks in rising order. Invariant: value ticks enclose the range they are made for;
//! date ticks lie inside theirs.

use crate::model::Day;
use crate::model::calendar::{days_between, plus, week_start};
use chrono::{Datelike, Months, Weekday};

/// Value ticks with the decimals that tell them apart.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueTicks {
    /// The ticks; the first and the last are the ends of the axis.
    pub at: Vec<f64>,
    /// Decimals of their labels.
    pub decimals: usize,
}

/// Ticks at 1, 2, 2.5 or 5 times a power of ten that enclose `low..high` in about `n` steps.
#[must_use]
pub fn values(low: f64, high: f64, n: u32) -> ValueTicks {
    let range = if high - low > 1e-9 { high - low } else { high.abs().max(1.0) };
    let rough = range / f64::from(n.max(1));
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|s| *s >= rough * 0.999)
        .unwrap_or(rough);
    let first = (low / step + 1e-9).floor() as i64;
    let last = ((high / step - 1e-9).ceil() as i64).max(first + 1);
    let decimals = (0..6).find(|d| (step * 10f64.powi(*d)).fract().abs() < 1e-6).unwrap_or(6) as usize;
    ValueTicks { at: (first..=last).map(|i| i as f64 * step).collect(), decimals }
}

/// Ticks for paces, in seconds for a km or a mile, that enclose `low..high` in about `n` steps of whole seconds,
/// quarters of a minute or minutes.
#[must_use]
pub fn paces(low: f64, high: f64, n: u32) -> ValueTicks {
    const STEPS_S: [f64; 10] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0];
    let rough = (high - low).max(0.0) / f64::from(n.max(1));
    let step = STEPS_S.into_iter().find(|step| *step >= rough * 0.999).unwrap_or(3600.0);
    let first = (low / step + 1e-9).floor() as i64;
    let last = ((high / step - 1e-9).ceil() as i64).max(first + 1);
    ValueTicks { at: (first..=last).map(|i| i as f64 * step).collect(), decimals: 0 }
}

/// How far apart date ticks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStep {
    /// So many weeks.
    Weeks(u32),
    /// So many months, counted from January.
    Months(u32),
    /// So many years, counted from year 0.
    Years(u32),
}

/// Steps from fine to coarse; the drawing takes the first whose labels have room.
pub const DATE_STEPS: [DateStep; 9] = [
    DateStep::Weeks(1),
    DateStep::Weeks(2),
    DateStep::Months(1),
    DateStep::Months(2),
    DateStep::Months(3),
    DateStep::Months(6),
    DateStep::Years(1),
    DateStep::Years(2),
    DateStep::Years(5),
];

impl DateStep {
    /// The ticks from `start` to before `end`.
    #[must_use]
    pub fn ticks(self, start: Day, end: Day) -> Vec<Day> {
        let months = match self {
            Self::Weeks(n) => {
                let first = week_start(plus(start, 6), Weekday::Mon);
                let n_weeks = days_between(first, end).max(0) as u32 / 7 + 1;
                return (0..n_weeks)
                    .step_by(n as usize)
                    .map(|i| plus(first, 7 * i))
                    .filter(|d| *d < end)
                    .collect();
            }
            Self::Months(n) => n,
            Self::Years(n) => 12 * n,
        };
        let back = (start.year_ce().1 * 12 + start.month0()) % months;
        let first = start.with_day(1).and_then(|day| day.checked_sub_months(Months::new(back)));
        let Some(first) = first else { return Vec::new() };
        (0..)
            .map_while(|i| first.checked_add_months(Months::new(months * i)))
            .take_while(|day| *day < end)
            .filter(|day| *day >= start)
            .collect()
    }

    /// The label of a tick; the year stands in a line of its own.
    #[must_use]
    pub fn label(self, day: Day) -> String {
        match self {
            Self::Weeks(_) => day.format("%-d %b").to_string(),
            Self::Months(_) => day.format("%b").to_string(),
            Self::Years(_) => day.year().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn value_ticks_enclose_the_range_at_round_places() {
        assert_eq!(values(0.0, 73.2, 4), ValueTicks { at: vec![0.0, 20.0, 40.0, 60.0, 80.0], decimals: 0 });
        assert_eq!(
            values(0.71, 1.42, 4),
            ValueTicks { at: vec![0.6, 0.8, 1.0, 1.2, 1.4, 1.6], decimals: 1 }.rounded()
        );
        assert_eq!(values(0.0, 0.0, 4).at.first(), Some(&0.0));
        assert_eq!(values(-31.0, 12.0, 4).at, [-40.0, -20.0, 0.0, 20.0]);
    }

    #[test]
    fn pace_ticks_stand_at_whole_seconds_quarters_and_minutes() {
        assert_eq!(paces(254.0, 271.0, 4).at, [250.0, 255.0, 260.0, 265.0, 270.0, 275.0]);
        assert_eq!(paces(254.0, 301.0, 4).at, [240.0, 255.0, 270.0, 285.0, 300.0, 315.0]);
        assert_eq!(paces(265.0, 265.0, 2).at, [265.0, 266.0]);
    }

    impl ValueTicks {
        /// The same sums as the code under test makes, for an exact comparison.
        fn rounded(self) -> Self {
            Self { at: self.at.iter().map(|v| (v / 0.2).round() * 0.2).collect(), ..self }
        }
    }

    #[test]
    fn date_ticks_stand_on_mondays_months_and_years() {
        let (start, end) = (at("2025-11-17"), at("2026-06-29"));
        let months = DateStep::Months(2).ticks(start, end);
        assert_eq!(months, [at("2026-01-01"), at("2026-03-01"), at("2026-05-01")]);
        assert_eq!(
            DateStep::Weeks(2).ticks(start, at("2025-12-20")),
            [start, at("2025-12-01"), at("2025-12-15")]
        );
        assert_eq!(
            DateStep::Years(1).ticks(at("2021-03-01"), at("2023-02-01")),
            [at("2022-01-01"), at("2023-01-01")]
        );
        assert_eq!(DateStep::Weeks(1).ticks(at("2026-05-26"), at("2026-05-28")), []);
    }
}
