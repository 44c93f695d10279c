//! What made the numbers of a week move: runs, else settings and thresholds, else the program.

use super::keys::Change;
use super::numbers::Move;
use super::read::{Athlete, WeekRow};
use super::runs::{RunChange, What};
use crate::model::Day;
use crate::model::calendar::{minus, plus};
use serde::Serialize;

/// How far back the mean of 28 days under a ratio looks from the first day of a week.
const LOOKBACK_DAYS: u32 = 28;
/// Settings that only the massage windows and the words of a report depend on.
const BESIDE_THE_LOAD: [&str; 4] = ["units", "class", "accustomed", "rules."];

/// One thing that made numbers move.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// A run that came, went or is another.
    Run {
        /// What happened to it.
        what: What,
        /// Its file.
        file: String,
        /// Its date.
        date: Day,
    },
    /// A setting.
    Setting(Change),
    /// A threshold that the runs gave.
    Threshold(Change),
    /// The version of the program.
    Version(Change),
    /// Nothing that the reports tell.
    Unknown,
}

/// Everything that may be the cause of a move.
pub(super) struct Suspects<'a> {
    /// Runs that are another, by date.
    others: Vec<&'a RunChange>,
    /// Runs whose file is the same and whose numbers are not.
    read_anew: Vec<&'a RunChange>,
    /// Settings and thresholds that a load depends on.
    said: Vec<Cause>,
    /// The day the analysis stands on, where it is another, and the earlier of the two.
    as_of: Option<(Cause, Day)>,
    version: Option<Cause>,
}

impl<'a> Suspects<'a> {
    pub(super) fn new(
        a: &Athlete,
        b: &Athlete,
        settings: &[Change],
        thresholds: &[Change],
        runs: &'a [RunChange],
        version: Option<&Change>,
    ) -> Self {
        let own: Vec<&Change> = thresholds.iter().filter(|one| !follows(one, settings)).collect();
        let matters = |setting: &&Change| match setting.key.as_str() {
            "as_of" => false,
            // A race counts by the threshold that it shows.
            key if key.starts_with("races") => !own.is_empty(),
            key => !BESIDE_THE_LOAD.iter().any(|start| key.starts_with(start)),
        };
        let mut said: Vec<Cause> = settings.iter().filter(matters).cloned().map(Cause::Setting).collect();
        said.extend(own.iter().map(|threshold| Cause::Threshold((*threshold).clone())));
        let earlier = a.as_of.zip(b.as_of).map(|(a, b)| a.min(b));
        let as_of = settings.iter().find(|setting| setting.key == "as_of").cloned().map(Cause::Setting);
        Self {
            others: runs.iter().filter(|run| run.counts && run.is_another()).collect(),
            read_anew: runs.iter().filter(|run| run.counts && run.is_read_anew()).collect(),
            said,
            as_of: as_of.zip(earlier),
            version: version.cloned().map(Cause::Version),
        }
    }

    /// Why a week moved.
    pub(super) fn causes(&self, a: &WeekRow, b: &WeekRow, moves: &[Move]) -> Vec<Cause> {
        let is_ratio = moves.iter().any(|one| one.key.starts_with("acwr_"));
        let last = plus(a.week_start, 6);
        let first = if is_ratio { minus(a.week_start, LOOKBACK_DAYS) } else { a.week_start };
        let within = |run: &&&RunChange| run.is_within(first, last);
        let mut causes: Vec<Cause> = Vec::new();
        for run in self.others.iter().filter(within) {
            add(&mut causes, self.of_run(run));
        }
        if let Some((as_of, _)) = self.as_of.as_ref().filter(|_| a.n_days != b.n_days) {
            add(&mut causes, as_of.clone());
        }
        if self.read_anew.iter().any(|run| run.is_within(first, last)) {
            causes.extend(self.of_program());
        } else if causes.is_empty() {
            // The exponential means never quite forget.
            let before = self.others.iter().rfind(|run| is_ratio && run.date() < first);
            match before.filter(|_| self.said.is_empty()) {
                Some(run) => causes.push(self.of_run(run)),
                None => causes.extend(self.of_program()),
            }
        }
        if causes.is_empty() { vec![Cause::Unknown] } else { causes }
    }

    /// What can make the same file give other numbers.
    fn of_program(&self) -> Vec<Cause> {
        if self.said.is_empty() { self.version.iter().cloned().collect() } else { self.said.clone() }
    }

    /// Runs after the earlier of two days to stand on are there, or not, because of that day.
    fn of_run(&self, run: &RunChange) -> Cause {
        match &self.as_of {
            Some((as_of, earlier)) if run.is_after(*earlier) => as_of.clone(),
            _ => Cause::Run { what: run.what, file: run.file.clone(), date: run.date() },
        }
    }
}

pub(super) fn add(causes: &mut Vec<Cause>, cause: Cause) {
    if !causes.contains(&cause) {
        causes.push(cause);
    }
}

/// Whether a threshold only repeats a setting, or is worked out from another threshold.
fn follows(threshold: &Change, settings: &[Change]) -> bool {
    let is = |origin: &str| threshold.origins.each_ref().map(|own| own.as_deref() == Some(origin));
    let repeats = |setting: &Change| (&setting.old, &setting.new) == (&threshold.old, &threshold.new);
    threshold.key.ends_with("origin")
        || settings.iter().any(repeats)
        || (!settings.is_empty() && is("config").contains(&true))
        || is("derived") == [true, true]
}
