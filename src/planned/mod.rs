//! Runs that are planned for the days to come, from `plan.csv` or `plan.ics`.
//!
//! Input are the files beside an athlete's runs, output a [`Plan`] of the days after the one that the analysis stands on,
//! and notices of what could not be read. Invariants: a plan holds for every day from the first to the last that it names: a
//! day between that has no run is a rest; and no rule of a calendar, however wild, takes long.

mod ics;
mod measure;
mod races;
mod rows;
mod rule;
mod words;

pub use races::{check_past, join};

use crate::error::Error;
use crate::model::Day;
use crate::model::calendar::plus;
use crate::model::units::Units;
use crate::notice::Notice;
use crate::score::run::SessionKind;
use chrono_tz::Tz;
use serde::Serialize;
use std::io::ErrorKind;
use std::path::Path;
use words::Purpose;

/// The plan as a sheet.
pub const CSV: &str = "plan.csv";
/// The plan as a calendar.
pub const ICS: &str = "plan.ics";
/// Nothing is planned for longer, in days: a later day is a slip of the pen or a rule without an end.
const MAX_DAYS: u32 = 400;
/// Larger files are none that people plan in.
const MAX_BYTES: usize = 32 << 20;

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

/// What a plan is read with.
#[derive(Clone, Copy)]
struct Reading<'a> {
    /// The file as notices name it.
    name: &'a str,
    /// The day that the analysis stands on.
    as_of: Day,
    /// The athlete's own zone.
    zone: Option<Tz>,
    /// What bare numbers are.
    units: Units,
}

/// What of a file is no plan for the days to come, counted.
#[derive(Debug, Default)]
struct PassedOver {
    /// On or before the day of the analysis.
    past: usize,
    /// Later than anybody plans.
    far: usize,
    /// Other sports and other parts of life.
    no_runs: usize,
}

/// One entry of a plan: a run, or a day without one.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    date: Day,
    run: Option<PlannedRun>,
}

/// The plan of a folder: `plan.ics`, else `plan.csv`, else none. Times in UTC are told in `zone`; bare numbers are km or, for
/// imperial units, miles. Only days after `as_of` are kept.
pub fn read(folder: &Path, as_of: Day, zone: Option<Tz>, units: Units, notices: &mut Vec<Notice>) -> Plan {
    let (sheet, calendar) = (folder.join(CSV), folder.join(ICS));
    if sheet.is_file() && calendar.is_file() {
        notices.push(Notice::new(CSV, format!("is not read: {ICS} stands beside it; keep one of the two")));
    }
    for (path, name) in [(calendar, ICS), (sheet, CSV)] {
        let found = match std::fs::read(path) {
            Ok(bytes) => of_bytes(&bytes, &Reading { name, as_of, zone, units }, notices),
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => Err(format!("cannot be read: {error}")),
        };
        return found.unwrap_or_else(|problem| {
            notices.push(Notice::new(name, format!("{problem}; nothing of it was used")));
            Plan::default()
        });
    }
    Plan::default()
}

/// A plan that is named on the command line, as [`read`] has it. A file that cannot be read or is no plan is an error.
pub fn read_file(
    path: &Path,
    as_of: Day,
    zone: Option<Tz>,
    units: Units,
    notices: &mut Vec<Notice>,
) -> Result<Plan, Error> {
    let wrong = |problem: String| Error::config(format!("--plan {}", path.display()), problem);
    let bytes = std::fs::read(path).map_err(|cause| wrong(format!("cannot be read: {cause}")))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    of_bytes(&bytes, &Reading { name: &name, as_of, zone, units }, notices).map_err(wrong)
}

/// A calendar or a sheet, by its content; the error says why it is neither.
fn of_bytes(bytes: &[u8], reading: &Reading<'_>, notices: &mut Vec<Notice>) -> Result<Plan, String> {
    if bytes.len() > MAX_BYTES {
        return Err(format!("is larger than {} MB", MAX_BYTES >> 20));
    }
    let mut passed = PassedOver::default();
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let is_ics = Path::new(reading.name).extension().is_some_and(|end| end.eq_ignore_ascii_case("ics"));
    let entries = if is_ics || ics::is_calendar(text) {
        ics::entries(text, reading, &mut passed, notices)?
    } else {
        rows::entries(bytes, reading, &mut passed, notices)?
    };
    passed.say(reading, entries.is_empty(), notices);
    Ok(Plan::of(entries))
}

impl Reading<'_> {
    /// Is it a day to come? If not, it is counted.
    fn is_ahead(&self, day: Day, passed: &mut PassedOver) -> bool {
        passed.past += usize::from(day <= self.as_of);
        passed.far += usize::from(day > self.last());
        day > self.as_of && day <= self.last()
    }

    /// The last day that is read.
    fn last(&self) -> Day {
        plus(self.as_of, MAX_DAYS)
    }
}

impl PassedOver {
    fn say(&self, reading: &Reading<'_>, is_empty: bool, notices: &mut Vec<Notice>) {
        let mut say = |text: String| notices.push(Notice::new(reading.name, text));
        let lie = |n: usize| format!("{n} {}", if n == 1 { "entry lies" } else { "entries lie" });
        if self.past > 0 {
            say(format!(
                "{} on or before {}: passed over, the files of the runs say what was run",
                lie(self.past),
                reading.as_of
            ));
        }
        if self.far > 0 {
            say(format!("{} after {}: passed over", lie(self.far), reading.last()));
        }
        if self.no_runs > 0 {
            let are = if self.no_runs == 1 { "entry is no run" } else { "entries are no runs" };
            say(format!("{} {are}: passed over", self.no_runs));
        }
        if self.no_runs > 0 && self.past == 0 && is_empty {
            say("nothing in it speaks of a run; write such as \"Easy 8 km\" or \"Long run 25 km\"".to_owned());
        }
    }
}

impl Plan {
    fn of(entries: Vec<Entry>) -> Self {
        let days = || entries.iter().map(|entry| entry.date);
        let covers = days().min().zip(days().max());
        let mut runs: Vec<PlannedRun> = entries.into_iter().filter_map(|entry| entry.run).collect();
        // Those without a clock time come last in their day.
        let start = |run: &PlannedRun| (run.date, run.start_min.unwrap_or(u32::MAX));
        runs.sort_by(|a, b| start(a).cmp(&start(b)).then_with(|| a.title.cmp(&b.title)));
        Self { runs, covers }
    }
}

/// The run that a title and a description speak of; the kind of the title counts before that of the description.
fn run_of(date: Day, title: &str, about: &str) -> (Purpose, PlannedRun) {
    let said = words::purpose(title);
    let purpose = match said {
        Some(Purpose::Run(None)) | None => match words::purpose(about) {
            // A description may tell how a run is meant, and whether "Training" is one; no word in it makes a run a rest.
            Some(Purpose::Run(kind)) => Purpose::Run(kind),
            _ => said.unwrap_or(Purpose::Other),
        },
        Some(purpose) => purpose,
    };
    let kind = match purpose {
        Purpose::Run(Some(kind)) => kind,
        // Most runs that nothing is said of are easy.
        _ => SessionKind::Easy,
    };
    let by_name = || {
        let names = words::Words::of(title).race_distance_m();
        names.filter(|_| kind == SessionKind::Race)
    };
    let run = PlannedRun {
        date,
        start_min: None,
        distance_m: measure::distance_m(title).or_else(by_name).or_else(|| measure::distance_m(about)),
        duration_s: measure::duration_s(title).or_else(|| measure::duration_s(about)),
        kind,
        title: title.trim().to_owned(),
    };
    (purpose, run)
}

#[cfg(test)]
mod tests;
