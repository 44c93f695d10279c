//! The choice of sessions that is worth most over a horizon, found exactly.
//!
//! Input is what a session of each depth is worth on each day after those before it, in whole units so that equal is equal;
//! output are the days and depths. Of choices of equal worth the one with the earlier day wins, then the lighter.

use super::before::{Before, Session};
use crate::model::Depth;
use std::collections::HashMap;

/// The depths that a session may have.
pub(super) const DEPTHS: [Depth; 3] = [Depth::Light, Depth::Moderate, Depth::Deep];

/// What sessions are worth, day by day.
pub(super) trait Worth {
    /// Number of days.
    fn n_days(&self) -> usize;

    /// A session on a day.
    fn session(&self, day: usize, depth: Depth) -> Session;

    /// What a session of each of [`DEPTHS`] on a day is worth after those before it; `None` where it may not be.
    fn worth(&self, day: usize, before: &Before) -> [Option<i64>; DEPTHS.len()];

    /// What it is worth at the end that no session was had since the last.
    fn rest(&self, before: &Before) -> i64;
}

/// The best choice of days and depths after the sessions before the first day.
///
/// Dynamic programming over the day from which on a session may be and what of the sessions before bears on later ones:
/// the last session, the last firm and the last deep one.
pub(super) fn best(worth: &impl Worth, before: Before) -> Vec<(usize, Depth)> {
    let mut search = Search { worth, found: HashMap::new() };
    search.value(0, before);
    let (mut from, mut before) = (0, before);
    let mut chosen = Vec::new();
    while let Some(&(_, Some((day, depth)))) = search.found.get(&(from, before)) {
        chosen.push((day, depth));
        before = before.and(worth.session(day, depth));
        from = day + 1;
    }
    chosen
}

type Found = (i64, Option<(usize, Depth)>);

struct Search<'a, W> {
    worth: &'a W,
    found: HashMap<(usize, Before), Found>,
}

impl<W: Worth> Search<'_, W> {
    /// The worth of the best choice from a day on.
    fn value(&mut self, from: usize, before: Before) -> i64 {
        if let Some((value, _)) = self.found.get(&(from, before)) {
            return *value;
        }
        let mut best: Option<Found> = None;
        for day in from..self.worth.n_days() {
            for (depth, now) in DEPTHS.into_iter().zip(self.worth.worth(day, &before)) {
                let Some(now) = now else { continue };
                let later = self.value(day + 1, before.and(self.worth.session(day, depth)));
                if best.is_none_or(|(value, _)| now + later > value) {
                    best = Some((now + later, Some((day, depth))));
                }
            }
        }
        let rest = self.worth.rest(&before);
        // A session is chosen where it is worth as much as none: the earlier day wins.
        let found = best.filter(|(value, _)| *value >= rest).unwrap_or((rest, None));
        self.found.insert((from, before), found);
        found.0
    }
}

/// Every choice there is after the sessions before, with its worth, in the order in which equal ones are told apart.
#[cfg(test)]
pub(super) fn every_choice(
    worth: &impl Worth,
    from: usize,
    before: Before,
) -> Vec<(i64, Vec<(usize, Depth)>)> {
    let mut found = Vec::new();
    for day in from..worth.n_days() {
        for (depth, now) in DEPTHS.into_iter().zip(worth.worth(day, &before)) {
            let Some(now) = now else { continue };
            for (value, mut rest) in every_choice(worth, day + 1, before.and(worth.session(day, depth))) {
                rest.insert(0, (day, depth));
                found.push((now + value, rest));
            }
        }
    }
    found.push((worth.rest(&before), Vec::new()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;
    use proptest::prelude::*;

    /// Days with a need and a ceiling each; a wait counts up to a share, and deep work keeps its distance.
    #[derive(Debug, Clone)]
    struct Random {
        days: Vec<(i64, usize, bool)>,
        every: i64,
        apart: i64,
    }

    /// Days before the first of the choice.
    const PAST: usize = 20;

    fn start() -> Day {
        "2025-01-01".parse().unwrap()
    }

    impl Random {
        fn due(&self, before: &Before, day: usize) -> i64 {
            before.wait(PAST + day).last.map_or(100, |since| (100 * since / self.every).min(100))
        }
    }

    impl Worth for Random {
        fn n_days(&self) -> usize {
            self.days.len()
        }

        fn session(&self, day: usize, depth: Depth) -> Session {
            Session::advised(start(), PAST + day, depth)
        }

        fn worth(&self, day: usize, before: &Before) -> [Option<i64>; 3] {
            [0, 1, 2].map(|at| self.of_depth(day, at, before))
        }

        fn rest(&self, before: &Before) -> i64 {
            5 * self.due(before, self.n_days())
        }
    }

    impl Random {
        fn of_depth(&self, day: usize, at: usize, before: &Before) -> Option<i64> {
            let (adds, ceiling, is_busy) = self.days[day];
            let is_near = |last: Option<Session>, days: i64| {
                last.is_some_and(|last| (PAST + day) as i64 - last.t < days)
            };
            let weight = self.due(before, day) + adds;
            if at >= ceiling
                || weight < 100
                || (at == 2 && is_near(before.deep, self.apart))
                || (at > 0 && is_near(before.firm, 3))
            {
                return None;
            }
            Some(weight * [5, 8, 10][at] - if is_busy { 300 } else { 0 })
        }
    }

    fn random() -> impl Strategy<Value = Random> {
        let day = (0_i64..120, 0_usize..4, any::<bool>());
        (prop::collection::vec(day, 0..9), 2_i64..9, 3_i64..8).prop_map(|(days, every, apart)| Random {
            days,
            every,
            apart,
        })
    }

    fn before() -> impl Strategy<Value = Before> {
        prop::collection::vec((1_u32..12, 0_usize..3), 0..3).prop_map(|mut past| {
            past.sort_unstable_by(|a, b| b.cmp(a));
            let session =
                |(ago, at): (u32, usize)| Session::advised(start(), PAST - ago as usize, DEPTHS[at]);
            past.into_iter().map(session).fold(Before::default(), Before::and)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn it_is_as_good_as_trying_everything_and_ties_go_to_the_earlier_and_lighter(
            worth in random(), before in before(),
        ) {
            let every = every_choice(&worth, 0, before);
            let most = every.iter().map(|(value, _)| *value).max().unwrap();
            let first = every.into_iter().find(|(value, _)| *value == most).unwrap().1;
            prop_assert_eq!(best(&worth, before), first);
        }

        #[test]
        fn more_need_is_never_worth_less(worth in random(), before in before(), more in prop::collection::vec(0_i64..50, 9)) {
            let value = |worth: &Random| Search { worth, found: HashMap::new() }.value(0, before);
            let mut needier = worth.clone();
            for (day, more) in needier.days.iter_mut().zip(more) {
                day.0 += more;
            }
            prop_assert!(value(&needier) >= value(&worth));
        }
    }
}
