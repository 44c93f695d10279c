//! What a runner's weekdays usually hold, from the last eight weeks.

use super::usual::between;
use crate::model::Day;
use crate::model::calendar::{days_between, minus};
use crate::score::run::{Run, SessionKind};
use chrono::{Datelike, Weekday};

/// Weeks that make a habit.
const WEEKS: i64 = 8;
/// Share of the weeks from which something is usual (heuristic).
const USUAL: f64 = 0.5;

const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Shares of the last weeks, by weekday from Monday.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Habit {
    runs: [f64; 7],
    hard: [f64; 7],
    long: [f64; 7],
}

impl Habit {
    /// Counts the eight weeks that end with `until`, or as many as there are.
    #[must_use]
    pub fn of(runs: &[Run], until: Day) -> Self {
        let known: Vec<&Run> = between(runs, minus(until, 7 * WEEKS as u32 - 1), until).collect();
        let Some(first) = known.iter().map(|run| run.date).min() else { return Self::default() };
        let weeks = ((days_between(first, until) + 7) / 7).clamp(1, WEEKS) as f64;
        let share = |keep: &dyn Fn(&Run) -> bool| -> [f64; 7] {
            let mut days: Vec<Day> = known.iter().filter(|run| keep(run)).map(|run| run.date).collect();
            days.sort_unstable();
            days.dedup();
            let mut counts = [0.0; 7];
            for day in days {
                counts[day.weekday().num_days_from_monday() as usize] += 1.0 / weeks;
            }
            counts
        };
        Self {
            runs: share(&|_| true),
            hard: share(&|run| run.is_quality && !run.is_race),
            long: share(&|run| run.session_kind == SessionKind::Long),
        }
    }

    /// Does the weekday usually hold a run?
    #[must_use]
    pub fn usually_runs(&self, weekday: Weekday) -> bool {
        self.runs[weekday.num_days_from_monday() as usize] >= USUAL
    }

    /// Does the weekday usually hold a quality session?
    #[must_use]
    pub fn usually_hard(&self, weekday: Weekday) -> bool {
        self.hard[weekday.num_days_from_monday() as usize] >= USUAL
    }

    /// Does the weekday usually hold the long run?
    #[must_use]
    pub fn usually_long(&self, weekday: Weekday) -> bool {
        self.long[weekday.num_days_from_monday() as usize] >= USUAL
    }

    /// The weekday that fits a session best (science 7.5): one or two days after the usual long run, at least
    /// two days before the next usual hard session, easy itself; of two the one with fewer runs.
    #[must_use]
    pub fn best_weekday(&self) -> Option<Weekday> {
        let long = WEEKDAYS
            .into_iter()
            .filter(|day| self.long[day.num_days_from_monday() as usize] > 0.0)
            .max_by(|a, b| {
                let share = |day: &Weekday| self.long[day.num_days_from_monday() as usize];
                share(a).total_cmp(&share(b))
            })?;
        let fits = |day: &Weekday| !self.usually_hard(*day) && !self.usually_hard(day.succ());
        [long.succ(), long.succ().succ()].into_iter().filter(fits).min_by(|a, b| {
            let runs = |day: &Weekday| self.runs[day.num_days_from_monday() as usize];
            runs(a).total_cmp(&runs(b))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::run;
    use crate::model::calendar::plus;

    #[test]
    fn tuesday_thursday_sunday_leaves_monday_or_friday() {
        // 2025-01-05 is a Sunday.
        let mut runs = Vec::new();
        for week in 0..8 {
            let sunday = plus("2025-01-05".parse().unwrap(), 7 * week);
            let mut long = run(&sunday.to_string());
            long.session_kind = SessionKind::Long;
            let mut hard = run(&plus(sunday, 3).to_string());
            hard.is_quality = true;
            runs.extend([long, hard]);
        }
        let habit = Habit::of(&runs, "2025-03-01".parse().unwrap());
        assert!(habit.usually_long(Weekday::Sun) && habit.usually_hard(Weekday::Wed));
        assert!(!habit.usually_runs(Weekday::Mon));
        // Tuesday is the day before the hard Wednesday.
        assert_eq!(habit.best_weekday(), Some(Weekday::Mon));
        assert_eq!(Habit::default().best_weekday(), None);
    }
}
