//! What the command line adds to the config, and who is told of the progress.

use crate::analysis::Tried;
use crate::model::units::Units;
use crate::model::{Day, Race};
use chrono::Weekday;
use std::path::PathBuf;

/// What the command line adds to the config.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Config file to use instead of the one in the input folder.
    pub config: Option<PathBuf>,
    /// Only these athletes.
    pub athletes: Vec<String>,
    /// The day to stand on.
    pub as_of: Option<Day>,
    /// The day that is asked about: a past one is stood on, one to come lies in the days projected.
    pub on: Option<Day>,
    /// Units for people.
    pub units: Option<Units>,
    /// First day of a week.
    pub week_start: Option<Weekday>,
    /// Each direct subfolder is an athlete.
    pub is_squad: bool,
    /// No config is read, even where there is one.
    pub ignores_config: bool,
    /// What if the calendar were another one?
    pub what_if: WhatIf,
    /// The folder in which digests are kept from run to run.
    pub cache: Option<PathBuf>,
    /// Today, as the clock of the computer has it.
    pub today: Day,
}

/// A calendar to try out. It changes what lies after `as_of`, and of the past only what the calendar has a say in: a taper
/// that has begun, how often massage is due before a race. Loads, ratios and forms of past days stay.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WhatIf {
    /// A plan to read instead of the athlete's own.
    pub plan: Option<PathBuf>,
    /// Races besides those of the config; one over the same distance on the day of one stands in its place.
    pub races: Vec<Race>,
}

impl WhatIf {
    /// Is nothing to be tried out?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plan.is_none() && self.races.is_empty()
    }

    /// The same for the reader of a report, without a path of the machine.
    pub(super) fn tried(&self) -> Option<Tried> {
        let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let plan = self.plan.as_ref().and_then(name);
        (!self.is_empty()).then(|| Tried { plan, races: self.races.clone(), ..Tried::default() })
    }

    /// The option that a problem belongs to.
    pub(super) fn option(&self) -> &'static str {
        if self.plan.is_some() { "--plan" } else { "--race" }
    }
}

/// Told of the progress of reading; called from any thread.
pub trait Progress: Sync {
    /// Reading of this many files begins.
    fn begin(&self, n_files: usize);
    /// One more file was read.
    fn step(&self);
    /// Something is wrong with the machine, and not with the input.
    fn trouble(&self, text: &str);
}

/// No progress is shown.
impl Progress for () {
    fn begin(&self, _: usize) {}
    fn step(&self) {}
    fn trouble(&self, _: &str) {}
}
