//! Runs that are planned for the days to come, from `plan.csv` or `plan.ics`.
//!
//! Input are the files beside an athlete's runs, output a [`Plan`] of the day that the analysis stands on, where nothing was
//! run on it so far, and of those after it, and notices of what could not be read. Invariants: a plan holds for every day from the first to the last that it names: a
//! day between that has no run is a rest; and no rule of a calendar, however wild, takes long.

mod ics;
mod measure;
mod races;
mod rows;
mod rule;
mod words;

pub use races::{check_past, is_same_distance, join};

use crate::error::Error;
use crate::model::calendar::plus;
use crate::model::units::Units;
use crate::model::{Day, Race};
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
/// Reasons that an error gives for a plan without a run.
const MAX_WHY: usize = 3;
/// Titles of entries passed over that a notice names, each cut after so many letters.
const MAX_TITLES: usize = 3;
const MAX_LETTERS: usize = 40;
/// Races by their title alone that are told one by one.
const MAX_GUESSES: usize = 10;
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

/// What a plan is read for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The day that the analysis stands on.
    pub as_of: Day,
    /// Is a run of that day on record? If not, what is planned for it is still to come.
    pub has_run: bool,
    /// The athlete's own zone; times in UTC are told in it.
    pub zone: Option<Tz>,
    /// Bare numbers are km or, for imperial units, miles.
    pub units: Units,
    /// The races of the config.
    pub races: &'a [Race],
}

/// A file with what it is read for.
#[derive(Clone, Copy)]
struct Reading<'a> {
    /// The file as notices name it.
    name: &'a str,
    asked: Asked<'a>,
}

/// What of a file is no plan for the days to come, counted.
#[derive(Debug, Default)]
struct PassedOver {
    /// Before the first day that is still to come.
    past: usize,
    /// Later than anybody plans.
    far: usize,
    /// Other sports and other parts of life.
    no_runs: usize,
    /// The first few titles of those.
    titles: Vec<String>,
}

/// One entry of a plan: a run, or a day without one.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    date: Day,
    run: Option<PlannedRun>,
    /// A race by nothing but the words of its title, which may mean another thing.
    is_guess: bool,
}

/// The plan of a folder: `plan.ics`, else `plan.csv`, else none.
pub fn read(folder: &Path, asked: &Asked<'_>, notices: &mut Vec<Notice>) -> Plan {
    let (sheet, calendar) = (folder.join(CSV), folder.join(ICS));
    if sheet.is_file() && calendar.is_file() {
        notices.push(Notice::new(CSV, format!("is not read: {ICS} stands beside it; keep one of the two")));
    }
    for (path, name) in [(calendar, ICS), (sheet, CSV)] {
        let found = match std::fs::read(path) {
            Ok(bytes) => of_bytes(&bytes, &Reading { name, asked: *asked }, notices),
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

/// A plan that is named on the command line, as [`read`] has it. A file that cannot be read, is no plan, or holds no run to
/// come is an error.
pub fn read_file(path: &Path, asked: &Asked<'_>, notices: &mut Vec<Notice>) -> Result<Plan, Error> {
    let wrong = |problem: String| Error::config(format!("--plan {}", path.display()), problem);
    let bytes = std::fs::read(path).map_err(|cause| wrong(format!("cannot be read: {cause}")))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut said = Vec::new();
    let plan = of_bytes(&bytes, &Reading { name: &name, asked: *asked }, &mut said).map_err(wrong)?;
    if plan.runs.is_empty() {
        let why: Vec<&str> = said.iter().map(|notice| notice.text.as_str()).take(MAX_WHY).collect();
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
        return Err(wrong(format!("holds no run after {}{why}", asked.as_of)));
    }
    notices.append(&mut said);
    Ok(plan)
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
    say_guesses(&entries, reading, notices);
    Ok(Plan::of(entries))
}

/// Says which races are races by their title alone, where the config names none on the day.
fn say_guesses(entries: &[Entry], reading: &Reading<'_>, notices: &mut Vec<Notice>) {
    let is_listed = |day: Day| reading.asked.races.iter().any(|race| race.date == day);
    let guesses = entries.iter().filter(|entry| entry.is_guess && !is_listed(entry.date));
    let guesses = guesses.filter_map(|entry| Some((entry.run.as_ref()?, entry.run.as_ref()?.distance_m?)));
    for (run, distance_m) in guesses.take(MAX_GUESSES) {
        let (title, distance) = (short(&run.title), reading.asked.units.distance(distance_m));
        let text = format!(
            "taken as race: \"{title}\", {distance}, on {}; name it in legwork.toml if it is one, rename it if not",
            run.date
        );
        notices.push(Notice::new(reading.name, text));
    }
}

/// A title for a notice.
fn short(title: &str) -> String {
    let cut: String = title.chars().take(MAX_LETTERS).collect();
    if cut.len() < title.len() { format!("{cut}…") } else { cut }
}

impl Reading<'_> {
    /// Is it a day to come? If not, it is counted.
    fn is_ahead(&self, day: Day, passed: &mut PassedOver) -> bool {
        let is_past = day < self.first();
        passed.past += usize::from(is_past);
        passed.far += usize::from(day > self.last());
        !is_past && day <= self.last()
    }

    /// The first day that is read: most people look in the morning, before the run of the day.
    fn first(&self) -> Day {
        plus(self.asked.as_of, u32::from(self.asked.has_run))
    }

    /// The last day that is read.
    fn last(&self) -> Day {
        plus(self.asked.as_of, MAX_DAYS)
    }
}

impl PassedOver {
    /// Counts an entry that is no run.
    fn no_run(&mut self, title: &str) {
        self.no_runs += 1;
        let title = short(title.trim());
        if self.titles.len() < MAX_TITLES && !title.is_empty() && !self.titles.contains(&title) {
            self.titles.push(title);
        }
    }

    fn say(&self, reading: &Reading<'_>, is_empty: bool, notices: &mut Vec<Notice>) {
        let mut say = |text: String| notices.push(Notice::new(reading.name, text));
        let lie = |n: usize| format!("{n} {}", if n == 1 { "entry lies" } else { "entries lie" });
        if self.past > 0 {
            let before = if reading.asked.has_run { "on or before" } else { "before" };
            say(format!(
                "{} {before} {}: passed over, the files of the runs say what was run",
                lie(self.past),
                reading.asked.as_of
            ));
        }
        if self.far > 0 {
            say(format!("{} after {}: passed over", lie(self.far), reading.last()));
        }
        if self.no_runs > 0 {
            let are = if self.no_runs == 1 { "entry is no run" } else { "entries are no runs" };
            let titles: Vec<String> = self.titles.iter().map(|title| format!("\"{title}\"")).collect();
            let more = if self.no_runs > titles.len() { " and others" } else { "" };
            let titles =
                if titles.is_empty() { String::new() } else { format!(" ({}{more})", titles.join(", ")) };
            say(format!("{} {are}: passed over{titles}", self.no_runs));
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
