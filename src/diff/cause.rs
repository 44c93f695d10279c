//! What made the numbers of a week move: runs, else settings and thresholds, else the program.

use super::held::ThresholdChange;
use super::inputs::InputChange;
use super::keys::Change;
use super::numbers::Move;
use super::read::{Athlete, WeekRow};
use super::runs::{RunChange, What};
use crate::model::Day;
use crate::model::calendar::{minus, plus};
use serde::Serialize;

/// How far back the mean of 28 days under a ratio looks from the first day of a week.
const LOOKBACK_DAYS: u32 = 28;
/// Thresholds that no run is scored with.
const UNSCORED: [&str; 2] = ["vdot", "critical_speed_mps"];
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
    /// A threshold that the runs gave, and the days on which another value held.
    Threshold(ThresholdChange),
    /// What one of the small files beside the runs says.
    Input(InputChange),
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
    /// Settings that a load depends on.
    said: Vec<Cause>,
    /// Spans of days on which a threshold that a load depends on was another.
    held: Vec<&'a ThresholdChange>,
    /// The day the analysis stands on, where it is another, and the earlier of the two.
    as_of: Option<(Cause, Day)>,
    version: Option<Cause>,
    /// What days to come hang on: the plan, and races of the calendar.
    calendar: Vec<Cause>,
}

impl<'a> Suspects<'a> {
    pub(super) fn new(
        a: &Athlete,
        b: &Athlete,
        settings: &[Change],
        thresholds: &'a [ThresholdChange],
        runs: &'a [RunChange],
        inputs: &[InputChange],
        version: Option<&Change>,
    ) -> Self {
        let is_scored = |one: &&ThresholdChange| !UNSCORED.contains(&one.key.as_str());
        let held: Vec<&ThresholdChange> =
            thresholds.iter().filter(is_scored).filter(|one| !follows(one, settings)).collect();
        let matters = |setting: &&Change| match setting.key.as_str() {
            "as_of" => false,
            // A race counts by the threshold that it shows.
            key if key.starts_with("races") => !held.is_empty(),
            key => !BESIDE_THE_LOAD.iter().any(|start| key.starts_with(start)),
        };
        let of_input = |is_it: fn(&&InputChange) -> bool| {
            inputs.iter().filter(is_it).cloned().map(Cause::Input).collect::<Vec<_>>()
        };
        let said = settings.iter().filter(matters).cloned().map(Cause::Setting);
        let said = said.chain(of_input(|input| input.bears_on_load)).collect();
        let races = settings.iter().filter(|setting| setting.key.starts_with("races"));
        let races = races.cloned().map(Cause::Setting);
        let calendar = of_input(|input| input.file == "plan").into_iter().chain(races).collect();
        let earlier = a.as_of.zip(b.as_of).map(|(a, b)| a.min(b));
        let as_of = settings.iter().find(|setting| setting.key == "as_of").cloned().map(Cause::Setting);
        Self {
            others: runs.iter().filter(|run| run.counts && run.is_another()).collect(),
            read_anew: runs.iter().filter(|run| run.counts && run.is_read_anew()).collect(),
            said,
            held,
            as_of: as_of.zip(earlier),
            version: version.cloned().map(Cause::Version),
            calendar,
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
        let is_read_anew = self.read_anew.iter().any(|run| run.is_within(first, last));
        if is_read_anew || causes.is_empty() {
            let mut program = self.of_program(first, last);
            if program.is_empty() && is_ratio && !is_read_anew {
                // The exponential means never quite forget.
                program.extend(self.before(first));
            }
            if program.is_empty() {
                program.extend(self.version.clone());
            }
            causes.extend(program);
        }
        if causes.is_empty() { vec![Cause::Unknown] } else { causes }
    }

    /// Why what is expected moved: the day to stand on, the plan and the races, else what usual days are made from.
    pub(super) fn causes_ahead(&self) -> Vec<Cause> {
        let mut causes: Vec<Cause> = self.as_of.iter().map(|(as_of, _)| as_of.clone()).collect();
        causes.extend(self.calendar.iter().cloned());
        if causes.is_empty() {
            for run in &self.others {
                add(&mut causes, self.of_run(run));
            }
            let held = self.held.iter().map(|one| Cause::Threshold((*one).clone()));
            causes.extend(self.said.iter().cloned().chain(held));
        }
        if causes.is_empty() {
            causes.extend(self.version.clone());
        }
        if causes.is_empty() { vec![Cause::Unknown] } else { causes }
    }

    /// What can make the same file give other numbers on some days.
    fn of_program(&self, first: Day, last: Day) -> Vec<Cause> {
        let held = self.held.iter().filter(|one| one.is_within(first, last));
        self.said.iter().cloned().chain(held.map(|one| Cause::Threshold((*one).clone()))).collect()
    }

    /// The last thing before a day that was another: a run, else a threshold.
    fn before(&self, day: Day) -> Option<Cause> {
        let run = self.others.iter().rfind(|run| run.date() < day).map(|run| self.of_run(run));
        let held = self.held.iter().filter(|one| one.end < day).max_by_key(|one| one.end);
        run.or_else(|| held.map(|one| Cause::Threshold((*one).clone())))
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
fn follows(threshold: &ThresholdChange, settings: &[Change]) -> bool {
    let is_said = settings.iter().any(|setting| threshold.key.starts_with(&setting.key));
    (is_said && threshold.is_of("config").contains(&true)) || threshold.is_of("derived") == [true, true]
}
