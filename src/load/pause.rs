//! A lay-off and the weeks after it: a state of its own, in which a ratio compares with the pause.

use super::day::{DayRow, LoadFlag};
use crate::model::calendar::days_between;

/// What of a pause from running the last day still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// No run for this many days, 14 or more.
    Off(u32),
    /// Back since the first run after it.
    Back {
        /// Days since that run, its own day among them.
        n_days: u32,
        /// Days without a run before it.
        after: u32,
    },
}

impl Pause {
    /// The pause of the last day; `None` in training as usual.
    #[must_use]
    pub fn of(days: &[DayRow]) -> Option<Self> {
        let today = days.last()?;
        if today.flags.contains(&LoadFlag::LayOff) {
            return Some(Self::Off(today.days_off));
        }
        if !today.flags.contains(&LoadFlag::Returning) {
            return None;
        }
        let last_off = days.iter().rposition(|day| day.flags.contains(&LoadFlag::LayOff))?;
        let n_days = days_between(days[last_off].date, today.date);
        Some(Self::Back { n_days: u32::try_from(n_days).ok()?, after: days[last_off].days_off })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Conventions;
    use crate::load::days;
    use crate::load::testing::run;
    use crate::model::Day;
    use crate::model::calendar::plus;

    #[test]
    fn a_lay_off_is_counted_and_so_are_the_days_after_it() {
        let start: Day = "2026-01-01".parse().unwrap();
        let on = |n: u32| run(&plus(start, n).to_string());
        // Runs to day 30, none on days 31 to 50, and again from day 51.
        let runs: Vec<_> = (0..=30).chain(51..=120).map(on).collect();
        let check = |last: u32, expected: Option<Pause>| {
            let until: Vec<_> = runs.iter().filter(|run| run.date <= plus(start, last)).cloned().collect();
            let rows = days(&until, plus(start, last), Conventions::default()).unwrap();
            assert_eq!(Pause::of(&rows), expected, "{last}");
        };
        check(30, None);
        check(43, None);
        check(44, Some(Pause::Off(14)));
        check(50, Some(Pause::Off(20)));
        check(51, Some(Pause::Back { n_days: 1, after: 20 }));
        check(55, Some(Pause::Back { n_days: 5, after: 20 }));
        check(100, None);
        assert_eq!(Pause::of(&[]), None);
    }
}
