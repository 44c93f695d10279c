//! Everything known of one runner: what the pipeline makes and the report reads.

pub mod now;
pub mod usual;

use crate::blocks::Block;
use crate::config::Settings;
use crate::ingest::export::Fact;
use crate::ledger::Ledger;
use crate::load::day::{DayRow, WeekRow};
use crate::load::rescale::Rescaling;
use crate::massage::day::DayWork;
use crate::massage::opening::Opening;
use crate::massage::visit::Visit;
use crate::massage::window::{Reason, Status, Window};
use crate::model::Sport;
use crate::model::units::Units;
use crate::model::{Day, DiaryEntry, LostDays, MassageHad, Race, Tissue};
use crate::notice::Notice;
use crate::planned::Plan;
use crate::projection::ExpectedDay;
use crate::retrospect::Retrospect;
use crate::score::Dated;
use crate::score::cross::CrossSession;
use crate::score::run::Run;
use crate::score::thresholds::Thresholds;
use crate::signals::Signal;
use crate::text;
use crate::tissue::dose::RunDose;
use crate::tissue::history::Tissues;
use crate::tissue::relative::Reading;
use chrono::Weekday;
use serde::Serialize;

/// The analysis of one athlete as of one day. Tables and pages are renderings of this.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The athlete's id.
    pub athlete: String,
    /// The day the analysis stands on; nothing after it was read, races and the plan apart.
    pub as_of: Day,
    /// Units for people.
    pub units: Units,
    /// First day of a week.
    pub week_start: Weekday,
    /// The settings that all of this was made with.
    pub settings: Settings,
    /// Heart-rate and speed thresholds with their origin.
    pub thresholds: Thresholds,
    /// The digests behind the runs, in the order of `runs`: what explains their numbers.
    pub history: Vec<Dated>,
    /// All runs by time, duplicates among them.
    pub runs: Vec<Run>,
    /// Every day from the first run to `as_of`.
    pub days: Vec<DayRow>,
    /// The days among them without a run on record that may have had one.
    pub lost: LostDays,
    /// Every week that holds one of the days.
    pub weeks: Vec<WeekRow>,
    /// What is expected of the days after `as_of`, to the end of the horizon.
    pub expected: Vec<ExpectedDay>,
    /// The rows of these days, all of state `projected`; none without a run before them.
    pub projected: Vec<DayRow>,
    /// The whole weeks among them that start after `as_of`.
    pub projected_weeks: Vec<WeekRow>,
    /// Usual range of the ratio if the weeks were shuffled (science 4.4).
    pub null_band: Option<(f64, f64)>,
    /// What the ratio says beyond the acute load alone.
    pub rescaling: Option<Rescaling>,
    /// Readings of movement and effort against the weeks before, by date.
    pub signals: Vec<Signal>,
    /// Doses of tissues by run, and what stands out by day.
    pub tissues: Tissues,
    /// Blocks, end to end over the days.
    pub blocks: Vec<Block>,
    /// Ceiling and need of every day to the end of the horizon after `as_of`.
    pub work: Vec<DayWork>,
    /// Windows by time.
    pub windows: Vec<Window>,
    /// Where no regular window lies ahead: from which day on one will.
    pub opening: Option<Opening>,
    /// What is worth saying on `as_of`, session or not.
    pub advice: Vec<Reason>,
    /// The runner on each day from `as_of` to the end of the horizon: where to look first, what to mind.
    pub visits: Vec<Visit>,
    /// Races by time, past and to come.
    pub races: Vec<Race>,
    /// Massages had.
    pub massages: Vec<MassageHad>,
    /// What the diary tells, by date.
    pub diary: Vec<DiaryEntry>,
    /// The massages looked back on, by date.
    pub retrospects: Vec<Retrospect>,
    /// Planned runs of the days after `as_of`.
    pub plan: Plan,
    /// What of the calendar is tried out and not the athlete's own.
    pub tried: Option<Tried>,
    /// What the reader should know about the input.
    pub notices: Vec<Notice>,
    /// Sessions of other endurance sport by time; empty where such sport does not count. See [`Analysis::cross_training`].
    pub cross: Vec<CrossSession>,
    /// What became of every file, in order of name.
    pub ledger: Ledger,
    /// What exports say of the runner, to be offered.
    pub facts: Vec<Fact>,
}

/// The version of `analysis.json`; goes up when a key changes its name or meaning, not when keys are added.
pub const SCHEMA_VERSION: u32 = 1;
/// Who made that file.
pub const GENERATOR: &str = "legwork";

/// A calendar that is tried out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Tried {
    /// Name of the file that takes the place of the athlete's plan.
    pub plan: Option<String>,
    /// Races that the calendar of the athlete does not have.
    pub races: Vec<Race>,
    /// What lies ahead without it.
    #[serde(skip)]
    pub as_it_is: DaysAhead,
}

/// What lies after `as_of` with one calendar.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DaysAhead {
    /// See [`Analysis::expected`].
    pub expected: Vec<ExpectedDay>,
    /// See [`Analysis::projected`].
    pub projected: Vec<DayRow>,
    /// See [`Analysis::projected_weeks`].
    pub projected_weeks: Vec<WeekRow>,
    /// The windows that are open or upcoming.
    pub windows: Vec<Window>,
}

impl DaysAhead {
    /// The rows of the days from `first` to `last`, both included.
    pub fn rows(&self, first: Day, last: Day) -> impl Iterator<Item = &DayRow> {
        self.projected.iter().filter(move |row| (first..=last).contains(&row.date))
    }

    /// The distance in m of the days from `first` to `last`; `None` where that of any day is not known.
    #[must_use]
    pub fn distance_m(&self, first: Day, last: Day) -> Option<f64> {
        self.expected.iter().filter(|day| (first..=last).contains(&day.date)).map(|day| day.distance_m).sum()
    }
}

impl Analysis {
    /// What lies after `as_of` with the calendar of this analysis.
    #[must_use]
    pub fn days_ahead(&self) -> DaysAhead {
        let is_ahead = |window: &&Window| window.status != Status::Past;
        DaysAhead {
            expected: self.expected.clone(),
            projected: self.projected.clone(),
            projected_weeks: self.projected_weeks.clone(),
            windows: self.windows.iter().filter(is_ahead).cloned().collect(),
        }
    }

    /// The sessions of other endurance sport, where such sport counts as load; `None` where it does not.
    #[must_use]
    pub fn cross_training(&self) -> Option<&[CrossSession]> {
        self.settings.counting().scope().has_cross_training.then_some(self.cross.as_slice())
    }

    /// What the load of days and weeks is of, in words that follow "load of": `runs`, `running and walking`, `runs and
    /// cross-training`. Everything that shows a load names it.
    #[must_use]
    pub fn load_scope(&self) -> String {
        let mileage = self.mileage_scope();
        let running = mileage.unwrap_or_else(|| vec!["runs"]);
        let cross = self.cross_training().map(|_| "cross-training");
        text::listed(&running.into_iter().chain(cross).collect::<Vec<_>>())
    }

    /// The sports whose distance is mileage, in words; `None` where they are the kinds of running.
    fn mileage_scope(&self) -> Option<Vec<&'static str>> {
        let sports = self.settings.counting().sports.as_deref()?;
        let n_runs = sports.iter().filter(|sport| sport.is_run()).count();
        // All kinds of running are one word.
        let is_all = n_runs == Sport::RUNS.len();
        let others = sports.iter().filter(|sport| !(is_all && sport.is_run())).map(|sport| sport.words());
        let words: Vec<&str> = is_all.then_some("running").into_iter().chain(others).collect();
        (!is_all || words.len() > 1).then_some(words)
    }

    /// What distances are of, in words that follow "distance of"; `None` where that is running, which need not be said.
    #[must_use]
    pub fn distance_scope(&self) -> Option<String> {
        self.mileage_scope().map(|words| text::listed(&words))
    }

    /// The sessions of other endurance sport on a day, as far as such sport counts.
    pub fn cross_on(&self, day: Day) -> impl Iterator<Item = &CrossSession> {
        let found = self.cross_training().unwrap_or_default();
        found.iter().filter(move |session| session.date == day)
    }

    /// What is expected of a day after `as_of`.
    #[must_use]
    pub fn expected_on(&self, day: Day) -> Option<&ExpectedDay> {
        self.expected.binary_search_by_key(&day, |one| one.date).ok().map(|index| &self.expected[index])
    }

    /// The block that holds a day.
    #[must_use]
    pub fn block_on(&self, day: Day) -> Option<&Block> {
        self.blocks.iter().find(|block| block.start <= day && day <= block.end)
    }

    /// The place of a run among the runs.
    #[must_use]
    pub fn place_of(&self, run: &Run) -> Option<usize> {
        let from = self.runs.partition_point(|one| one.start_ms < run.start_ms);
        let is_it = |one: &Run| one.id == run.id && one.file == run.file;
        let near = self.runs.get(from..)?.iter().position(is_it).map(|at| from + at);
        near.or_else(|| self.runs.iter().position(is_it))
    }

    /// The dose of a run by tissue.
    #[must_use]
    pub fn dose_of(&self, run: &Run) -> Option<&RunDose> {
        self.tissues.runs.get(self.place_of(run)?)?.as_ref()
    }

    /// How a tissue compares on a day.
    #[must_use]
    pub fn tissue_on(&self, day: Day, tissue: Tissue) -> Option<&Reading> {
        let at = self.days.binary_search_by_key(&day, |row| row.date).ok()?;
        self.tissues.reading(at, tissue)
    }
}
