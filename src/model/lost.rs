//! Days that the files do not tell of.

use super::Day;
use super::calendar::{days, plus};
use serde::Serialize;
use std::collections::BTreeMap;

/// Days in a row of which the files do not tell every run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// First day.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
    /// Why nothing is known of them, in words.
    pub reason: String,
}

/// Days without a run on record that may have had one, each with the reason; they are never taken for rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LostDays(BTreeMap<Day, String>);

impl LostDays {
    /// The days of the gaps up to `last` on which nothing is on record by `has_run`. Of gaps that overlap the one that
    /// begins first gives the reason, of equal ones the first in the list.
    #[must_use]
    pub fn new(gaps: &[Gap], first: Day, last: Day, has_run: impl Fn(Day) -> bool) -> Self {
        let mut ordered: Vec<&Gap> = gaps.iter().collect();
        ordered.sort_by_key(|gap| gap.from);
        let mut found = BTreeMap::new();
        // Each day is walked over once, however many gaps hold it.
        let mut next = first;
        for gap in ordered {
            let (from, to) = (gap.from.max(next), gap.to.min(last));
            if from > to {
                continue;
            }
            let free = days(from, to).filter(|day| !has_run(*day));
            found.extend(free.map(|day| (day, gap.reason.clone())));
            next = plus(to, 1);
        }
        Self(found)
    }

    /// Why nothing is known of a day; `None` where it is.
    #[must_use]
    pub fn why(&self, day: Day) -> Option<&str> {
        self.0.get(&day).map(String::as_str)
    }

    /// Is nothing known of this day?
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.0.contains_key(&day)
    }

    /// The days from `first` to `last`, both included, of which nothing is known.
    #[must_use]
    pub fn n_between(&self, first: Day, last: Day) -> usize {
        if first > last { 0 } else { self.0.range(first..=last).count() }
    }

    /// Days in a row with one reason, by date.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = Vec::new();
        for (day, reason) in &self.0 {
            match gaps.last_mut().filter(|gap| plus(gap.to, 1) == *day && gap.reason == *reason) {
                Some(gap) => gap.to = *day,
                None => gaps.push(Gap { from: *day, to: *day, reason: reason.clone() }),
            }
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gap(from: &str, to: &str, reason: &str) -> Gap {
        Gap { from: from.parse().unwrap(), to: to.parse().unwrap(), reason: reason.into() }
    }

    #[test]
    fn days_with_a_run_and_days_outside_are_known() {
        let day = |text: &str| -> Day { text.parse().unwrap() };
        let gaps = [gap("2026-05-03", "2026-05-09", "lost"), gap("2026-04-01", "2026-05-04", "no watch")];
        let lost = LostDays::new(&gaps, day("2026-05-01"), day("2026-05-06"), |one| one == day("2026-05-02"));
        let expected = [
            gap("2026-05-01", "2026-05-01", "no watch"),
            gap("2026-05-03", "2026-05-04", "no watch"),
            gap("2026-05-05", "2026-05-06", "lost"),
        ];
        assert_eq!(lost.gaps(), expected);
        assert_eq!((lost.why(day("2026-05-05")), lost.holds(day("2026-05-07"))), (Some("lost"), false));
        assert_eq!(lost.n_between(day("2026-05-02"), day("2026-05-04")), 2);
    }

    proptest! {
        #[test]
        fn a_day_is_lost_if_any_gap_holds_it(spans in prop::collection::vec((0_u32..60, 0_u32..20), 0..12)) {
            let start: Day = "2026-01-01".parse().unwrap();
            let gaps: Vec<Gap> = spans
                .iter()
                .map(|(from, n)| Gap { from: plus(start, *from), to: plus(start, from + n), reason: "x".into() })
                .collect();
            let last = plus(start, 50);
            let lost = LostDays::new(&gaps, start, last, |_| false);
            for day in days(start, plus(start, 90)) {
                let is_named = gaps.iter().any(|gap| (gap.from..=gap.to).contains(&day));
                prop_assert_eq!(lost.holds(day), is_named && day <= last);
            }
        }
    }
}
