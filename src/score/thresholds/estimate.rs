//! One value of a runner over time: estimates with their day, their origin and how far to trust them.

use crate::model::Day;
use crate::model::calendar::{days_between, minus, plus};
use crate::score::race::RaceScore;
use serde::Serialize;

/// Days after which an estimate that nothing has renewed is stale (science 2.8).
pub const STALE_DAYS: i64 = 120;

/// How far back the first measured value stands in for rules of thumb.
const REACH_BACK_DAYS: u32 = 365;
/// Values this close are one value.
const SAME_SHARE: f64 = 0.005;

/// Where a value comes from, most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Given in the config.
    Config,
    /// From a race that the runner or the file says was one.
    Race,
    /// From a run that looks like a race.
    FoundRace,
    /// From critical speed or power: the best efforts of some minutes.
    CriticalSpeed,
    /// A peak in the history that a second run confirms, or that was held.
    History,
    /// What the watch or the diary says.
    Device,
    /// The best of training, which nobody ran at their limit: biased low.
    Training,
    /// From age (Tanaka, Monahan & Seals 2001).
    Age,
    /// A fixed share of another value.
    Derived,
    /// A default for everyone.
    Default,
}

impl Origin {
    /// In words for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Config => "from your config",
            Self::Race => "from a race",
            Self::FoundRace => "from a run that looks like a race",
            Self::CriticalSpeed => "from your best efforts of 2 to 20 min",
            Self::History => "a peak that a second run confirms, or that was held for two minutes",
            Self::Device => "from your watch or diary",
            Self::Training => "from your best training, biased low",
            Self::Age => "from age (208 − 0.7 × age)",
            Self::Derived => "a fixed share of another value",
            Self::Default => "a default for everyone",
        }
    }

    /// How far a value of this origin may be trusted.
    #[must_use]
    pub fn confidence(self) -> Confidence {
        match self {
            Self::Config | Self::Race => Confidence::High,
            Self::FoundRace | Self::CriticalSpeed | Self::History | Self::Device => Confidence::Medium,
            Self::Training | Self::Age | Self::Derived | Self::Default => Confidence::Low,
        }
    }

    /// Was the value tested or measured, so that runs may be scored against it as a limit?
    #[must_use]
    pub fn is_measured(self) -> bool {
        self.confidence() != Confidence::Low
    }
}

/// Where a value from a race comes from.
pub(super) fn origin_of(race: &RaceScore) -> Origin {
    if race.is_stated() { Origin::Race } else { Origin::FoundRace }
}

/// How far a value may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Measured, or said by the runner.
    High,
    /// Seen in the history by a rule.
    Medium,
    /// A rule of thumb.
    Low,
}

impl Confidence {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// One value and what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// The value in the unit of its timeline.
    pub value: f64,
    /// Where it comes from.
    pub origin: Origin,
    /// The day from which it holds; `None` where it holds always.
    pub since: Option<Day>,
    /// The day on which it was shown, which may lie before `since`.
    pub shown: Option<Day>,
    /// The `file` of the run that showed it.
    pub file: Option<String>,
}

impl Estimate {
    /// A value that holds always.
    #[must_use]
    pub fn always(value: f64, origin: Origin) -> Self {
        Self { value, origin, since: None, shown: None, file: None }
    }

    /// A value that a run on a day has shown.
    #[must_use]
    pub fn shown(value: f64, origin: Origin, since: Day, file: &str) -> Self {
        Self { value, origin, since: Some(since), shown: Some(since), file: Some(file.to_owned()) }
    }
}

/// What holds on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing<'a> {
    /// The estimate.
    pub estimate: &'a Estimate,
    /// The day lies before that on which the estimate was shown; it is used for want of a better one.
    pub is_backfilled: bool,
    /// The estimate was shown more than [`STALE_DAYS`] ago.
    pub is_stale: bool,
}

/// The estimates of one value in order of the day from which each holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Timeline(Vec<Estimate>);

impl Timeline {
    /// A value that holds always; without one, an empty timeline.
    #[must_use]
    pub fn always(value: Option<f64>, origin: Origin) -> Self {
        Self(value.map(|value| Estimate::always(value, origin)).into_iter().collect())
    }

    /// Adds an estimate that holds from a later day than all before; one of the same day takes the place of the
    /// last.
    pub fn push(&mut self, estimate: Estimate) {
        if self.0.last().is_some_and(|last| last.since == estimate.since) {
            self.0.pop();
        }
        self.0.push(estimate);
    }

    /// Adds an estimate that outranks all that would hold from its day on.
    pub fn replace_from(&mut self, estimate: Estimate) {
        self.0.retain(|one| one.since < estimate.since);
        self.0.push(estimate);
    }

    /// Lets the first measured estimate take the place of the rules of thumb of the year before it: they would only make
    /// a step in load where nothing but knowledge has changed. Where a rule of thumb is a lower bound (`proves`), it goes
    /// no farther back than to the last that was higher.
    pub fn reach_back(&mut self, proves: bool) {
        let Some(at) = self.0.iter().position(|one| one.origin.is_measured()) else { return };
        let Some(since) = self.0[at].since else { return };
        let value = self.0[at].value * (1.0 + SAME_SHARE);
        let higher = self.0[..at].iter().rev().find(|one| proves && one.value > value);
        let reach = minus(since, REACH_BACK_DAYS);
        let from = higher.and_then(|one| one.since).map_or(reach, |day| plus(day, 1).max(reach));
        self.0[at].since = Some(from);
        let mut index = 0;
        self.0.retain(|one| {
            index += 1;
            index > at || one.since.is_none_or(|since| since < from)
        });
    }

    /// Adds an estimate where it says something new: another origin, a value that differs by more than half a percent,
    /// or the same again so much later that it renews the last one.
    pub fn renew(&mut self, estimate: Estimate) {
        let is_new = self.0.last().is_none_or(|last| {
            let age = last.shown.zip(estimate.shown).map_or(0, |(before, now)| days_between(before, now));
            last.origin != estimate.origin
                || (last.value / estimate.value - 1.0).abs() > SAME_SHARE
                || age > STALE_DAYS / 2
        });
        if is_new {
            self.push(estimate);
        }
    }

    /// What holds on a day: the latest estimate up to it, else the first of all.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<Standing<'_>> {
        let n_before = self.0.partition_point(|one| one.since.is_none_or(|since| since <= day));
        let estimate = self.0.get(n_before.saturating_sub(1))?;
        let age = estimate.shown.map_or(0, |shown| days_between(shown, day));
        Some(Standing { estimate, is_backfilled: age < 0, is_stale: age > STALE_DAYS })
    }

    /// All estimates in order.
    #[must_use]
    pub fn estimates(&self) -> &[Estimate] {
        &self.0
    }

    /// The last estimate.
    #[must_use]
    pub fn last(&self) -> Option<&Estimate> {
        self.0.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn shown(value: f64, since: &str) -> Estimate {
        Estimate::shown(value, Origin::Race, day(since), "a.fit")
    }

    #[test]
    fn an_estimate_holds_from_its_day_and_the_first_before_it() {
        let mut line = Timeline::default();
        assert_eq!(line.on(day("2026-01-01")), None);
        line.push(shown(4.0, "2026-01-10"));
        line.push(shown(4.1, "2026-03-01"));
        let check = |on: &str, value: f64, is_backfilled: bool, is_stale: bool| {
            let found = line.on(day(on)).unwrap();
            assert_eq!(
                (found.estimate.value, found.is_backfilled, found.is_stale),
                (value, is_backfilled, is_stale),
                "{on}"
            );
        };
        check("2025-06-01", 4.0, true, false);
        check("2026-01-10", 4.0, false, false);
        check("2026-02-28", 4.0, false, false);
        check("2026-03-01", 4.1, false, false);
        check("2026-06-29", 4.1, false, false);
        check("2026-06-30", 4.1, false, true);
    }

    #[test]
    fn the_first_measured_value_stands_in_for_a_year_of_rules_of_thumb() {
        let thumb = |value: f64, since: &str| Estimate::shown(value, Origin::Derived, day(since), "a.fit");
        let mut line = Timeline::default();
        for estimate in [thumb(170.0, "2024-06-01"), thumb(171.0, "2025-09-01"), shown(164.0, "2026-03-01")] {
            line.push(estimate);
        }
        line.push(shown(165.0, "2026-05-01"));
        line.reach_back(false);
        let value =
            |on: &str| line.on(day(on)).map(|found| (found.estimate.value, found.is_backfilled)).unwrap();
        assert_eq!(value("2025-02-28"), (170.0, false));
        assert_eq!(value("2025-03-01"), (164.0, true));
        assert_eq!(value("2026-03-01"), (164.0, false));
        assert_eq!(value("2026-05-01"), (165.0, false));
        assert_eq!(line.estimates().len(), 3);
        // A speed that training has shown is no rule of thumb to be undercut.
        let mut line = Timeline::default();
        for estimate in [thumb(3.2, "2025-06-01"), thumb(2.8, "2025-09-01"), shown(3.0, "2026-03-01")] {
            line.push(estimate);
        }
        line.reach_back(true);
        let value = |on: &str| line.on(day(on)).map(|found| found.estimate.value).unwrap();
        assert_eq!((value("2025-06-01"), value("2025-06-02"), value("2025-10-01")), (3.2, 3.0, 3.0));
    }

    #[test]
    fn of_one_day_the_last_word_counts_and_what_holds_always_is_never_stale() {
        let mut line = Timeline::default();
        line.push(shown(4.0, "2026-01-10"));
        line.push(shown(4.2, "2026-01-10"));
        assert_eq!(line.estimates().len(), 1);
        let always = Timeline::always(Some(188.0), Origin::Config);
        assert!(!always.on(day("2036-01-01")).unwrap().is_stale);
    }
}
