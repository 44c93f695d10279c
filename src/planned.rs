//! Runs that are planned for the days to come.
//!
//! Invariant: a plan holds for every day from the first to the last that it names: a day between that has no run is a rest.

use crate::model::Day;
use crate::score::run::SessionKind;
use serde::Serialize;

/// One run of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedRun {
    /// The day.
    pub date: Day,
    /// When it begins, in minutes after local midnight, where the plan has a clock time.
    pub start_min: Option<u32>,
    /// How far in m, where the plan says.
    pub distance_m: Option<f64>,
    /// How long in s, where the plan says.
    pub duration_s: Option<f64>,
    /// What for.
    pub kind: SessionKind,
    /// Its words in the plan.
    pub title: String,
}

/// Planned runs by time.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Plan {
    /// The runs, by date and clock time.
    pub runs: Vec<PlannedRun>,
    /// First and last day that the plan names, rest among them; `None` for a plan without a day.
    pub covers: Option<(Day, Day)>,
}

impl Plan {
    /// Does the plan say what happens on a day?
    #[must_use]
    pub fn covers(&self, day: Day) -> bool {
        self.covers.is_some_and(|(first, last)| (first..=last).contains(&day))
    }

    /// The runs of a day.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &PlannedRun> {
        self.runs.iter().filter(move |run| run.date == day)
    }
}
