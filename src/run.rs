//! The pipeline: the table of contents of the program.
//!
//! Input are paths, a config and options, output is one [`Analysis`] for each athlete. Invariant: athletes do
//! not touch each other, and nothing here looks at the clock or the environment.

use crate::analysis::{Analysis, Tried};
use crate::config::{self, Athlete, Config, Settings, WeekStart};
use crate::digest::Digest;
use crate::error::Error;
use crate::ingest::export::Fact;
use crate::ingest::{self, Given, Imported, Said, Source};
use crate::ledger::{Book, Kind};
use crate::load::day::DayRow;
use crate::massage::rules::Values;
use crate::model::calendar::{FIRST_YEAR, days_between, local_day, plus};
use crate::model::units::Units;
use crate::model::{Amended, Day, DiaryEntry, DiaryKind, Format, Gap, LostDays, MassageHad, Race};
use crate::notice::Notice;
use crate::planned::Plan;
use crate::projection::{self, ExpectedDay};
use crate::score::cross::CrossSession;
use crate::score::run::Run;
use crate::score::thresholds::Thresholds;
use crate::score::{self, Dated, Study, cross};
use crate::tissue::choice::Choice;
use crate::{blocks, diary, load, massage, overrides, planned, retrospect, signals, tissue, unknown};
use chrono::{Datelike, Weekday};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A list may go back further, but no runner's does so beyond this.
const FIRST_LISTED_YEAR: i32 = 1950;
/// The day to stand on lies at most this long after the newest run.
const MAX_REACH_DAYS: i64 = 731;
/// A newest run older than this against today means that the history has ended there.
const STALE_DAYS: i64 = 28;

/// What notices of the day to stand on are about.
const AS_OF: &str = "as_of";
/// The key of the config that notices of other endurance sport are about.
const CROSS_TRAINING: &str = "cross_training";
/// The option of the day that is asked about.
const ON: &str = "--on";

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
    fn tried(&self) -> Option<Tried> {
        let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let plan = self.plan.as_ref().and_then(name);
        (!self.is_empty()).then(|| Tried { plan, races: self.races.clone(), ..Tried::default() })
    }

    /// The option that a problem belongs to.
    fn option(&self) -> &'static str {
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

/// An athlete with the files that belong to them.
struct Task {
    athlete: Athlete,
    folder: Option<PathBuf>,
    /// The folder below the input, with `/`; empty where it is the input itself.
    place: String,
    inputs: Vec<PathBuf>,
    sources: Vec<Source>,
    /// Nobody has said whose the files are.
    is_guessed: bool,
}

/// What the config chooses of the models, checked.
struct MadeWith {
    values: Values,
    choice: Choice,
}

impl MadeWith {
    /// Checks what the config chooses, and puts the values of all rules into it.
    fn of(config: Config) -> Result<(Self, Config), Error> {
        let made_with = Self { values: Values::new(&config)?, choice: Choice::of(&config)? };
        let config = Config { rules: made_with.values.all(), ..config };
        Ok((made_with, config))
    }
}

impl MadeWith {
    /// When a look back at massages says to change the plan.
    fn limits(&self) -> retrospect::Limits {
        retrospect::Limits {
            reassess_n: self.values.days("reassess.n") as u32,
            sore_h: self.values.get("sore_after.h"),
        }
    }
}

/// An athlete with what the files boil down to: all that takes time.
#[derive(Clone)]
struct Read {
    athlete: Athlete,
    folder: Option<PathBuf>,
    place: String,
    imported: Imported,
}

impl Task {
    /// `latest` is the last day on which a recording can have been made; of days after `until` nothing is looked at.
    fn read(self, options: &Options, (latest, until): (Day, Option<Day>), progress: &impl Progress) -> Read {
        let Self { athlete, folder, place, inputs, sources, is_guessed } = self;
        let cache = options.cache.as_ref().map(|folder| folder.join(ingest::cache::table_name(&inputs)));
        let mut of_overrides = Vec::new();
        let read = |folder: &PathBuf| overrides::read(folder, &mut of_overrides);
        let overrides = folder.as_ref().map_or_else(Vec::new, read);
        let given = Given {
            overrides: &overrides,
            scope: athlete.counting.scope(),
            zone: athlete.zone,
            latest_ms: Some(end_of_ms(latest)),
            until,
            cache: cache.as_deref(),
        };
        let mut imported = ingest::import(&sources, &given, || progress.step());
        if let Some(problem) = imported.problem.take() {
            progress.trouble(&format!("cache: {problem}"));
        }
        let whole = folder.as_deref().filter(|_| is_guessed);
        let several = whole.and_then(|folder| ingest::several(folder, &imported, &given.scope));
        imported.notices.extend(of_overrides);
        imported.notices.extend(several.map(|text| Notice::new(athlete.id.clone(), text)));
        Read { athlete, folder, place, imported }
    }
}

/// Analyses every athlete below the inputs, in order of declaration; where another calendar is tried out, with what lies
/// ahead without it.
pub fn analyse(
    inputs: &[PathBuf],
    options: &Options,
    progress: &impl Progress,
) -> Result<Vec<Analysis>, Error> {
    let (config, tasks) = plan_work(inputs, options)?;
    let (made_with, config) = MadeWith::of(config)?;
    progress.begin(tasks.iter().map(|task| task.sources.len()).sum());
    let days = (latest_day(options, &config), until_day(options, &config));
    let analyse = |read: Read| {
        // The files are read once for both calendars.
        let as_it_is = if options.what_if.is_empty() {
            None
        } else {
            Some(analyse_one(read.clone(), &config, &made_with, options, &WhatIf::default())?)
        };
        let mut analysis = analyse_one(read, &config, &made_with, options, &options.what_if)?;
        if let Some((tried, as_it_is)) = analysis.tried.as_mut().zip(as_it_is) {
            tried.as_it_is = as_it_is.days_ahead();
        }
        Ok(analysis)
    };
    // The files of one athlete are read by all threads, those of the next after them: so what is held at once is bounded.
    let reads: Vec<Read> = tasks.into_iter().map(|task| task.read(options, days, progress)).collect();
    // Athletes do not touch each other; of several errors the first in order is said.
    let analyses: Vec<Result<Analysis, Error>> = reads.into_par_iter().map(analyse).collect();
    analyses.into_iter().collect()
}

/// The same for the day of `options.on`, without the athletes of whom nothing can be said of it: they are named in the
/// second list. It is an error where that is all of them.
pub fn analyse_on(
    inputs: &[PathBuf],
    options: &Options,
    progress: &impl Progress,
) -> Result<(Vec<Analysis>, Vec<Notice>), Error> {
    let (config, tasks) = plan_work(inputs, options)?;
    let (made_with, config) = MadeWith::of(config)?;
    progress.begin(tasks.iter().map(|task| task.sources.len()).sum());
    let days = (latest_day(options, &config), until_day(options, &config));
    let (mut analyses, mut left_out, mut last) = (Vec::new(), Vec::new(), None);
    for task in tasks {
        let athlete = task.athlete.id.clone();
        match analyse_one(task.read(options, days, progress), &config, &made_with, options, &options.what_if)
        {
            Ok(analysis) => analyses.push(analysis),
            Err(Error::Config { place, problem }) if place == ON => {
                left_out.push(Notice::new(athlete, problem.clone()));
                last = Some(Error::Config { place, problem });
            }
            Err(error) => return Err(error),
        }
    }
    match last {
        Some(error) if analyses.is_empty() => Err(error),
        _ => Ok((analyses, left_out)),
    }
}

/// The last day of which there can be recordings.
fn latest_day(options: &Options, config: &Config) -> Day {
    // East of Greenwich it is tomorrow before it is so by UTC, which is what the clock tells.
    let tomorrow = plus(options.today, 1);
    options.as_of.or(config.as_of).unwrap_or(tomorrow).max(tomorrow)
}

/// The last day of which anything is looked at, where one is said.
fn until_day(options: &Options, config: &Config) -> Option<Day> {
    let as_of = options.as_of.or(config.as_of);
    as_of.into_iter().chain(options.on).min()
}

/// The end of a day by UTC, in ms since 1970-01-01T00:00:00Z.
fn end_of_ms(day: Day) -> i64 {
    plus(day, 1).and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
}

/// Who is to be analysed, and which files are theirs.
fn plan_work(inputs: &[PathBuf], options: &Options) -> Result<(Config, Vec<Task>), Error> {
    let inputs = &ingest::distinct(inputs)[..];
    if let Some(missing) = inputs.iter().find(|input| !input.exists()) {
        let cause = std::io::Error::new(std::io::ErrorKind::NotFound, "no such file or folder");
        return Err(Error::Input { path: missing.clone(), cause });
    }
    let beside = inputs.iter().map(|input| input.join(config::FILE_NAME));
    let beside = beside.filter(|_| !options.ignores_config).find(|path| path.is_file());
    let mut config = match options.config.as_ref().or(beside.as_ref()) {
        Some(path) => Config::read(path)?,
        None => Config::default(),
    };
    config.week_start = options.week_start.map_or(config.week_start, WeekStart);
    check_birth_years(&config, options.today)?;
    let base = match &beside {
        Some(path) => path.parent().map(PathBuf::from),
        None => inputs.iter().find(|input| input.is_dir()).cloned(),
    };
    if inputs.len() > 1 && (!config.athletes.is_empty() || options.is_squad) {
        let problem = "one folder at a time, where it holds the folders of several athletes";
        return Err(Error::config("INPUT", problem));
    }
    let mut tasks = match base {
        Some(base) if !config.athletes.is_empty() => config
            .athletes
            .iter()
            .map(|athlete| {
                let folder = base.join(&athlete.folder);
                task(
                    athlete.clone(),
                    std::slice::from_ref(&folder),
                    Some(folder.clone()),
                    place(&athlete.folder),
                )
            })
            .collect::<Result<_, _>>()?,
        Some(base) if options.is_squad => squad(&base)?,
        base => {
            let athlete =
                config.athletes.first().cloned().unwrap_or_else(|| Athlete::unknown(name_of(inputs), "."));
            let is_guessed = inputs.len() == 1 && !options.is_squad;
            vec![Task { is_guessed, ..task(athlete, inputs, base, String::new())? }]
        }
    };
    if let Some(unknown) =
        options.athletes.iter().find(|id| !tasks.iter().any(|task| task.athlete.id == **id))
    {
        let known: Vec<&str> = tasks.iter().map(|task| task.athlete.id.as_str()).collect();
        let problem = format!("\"{unknown}\" is not one of {}", known.join(", "));
        return Err(Error::config("--athlete", problem));
    }
    for task in &mut tasks {
        task.athlete.counting = std::mem::take(&mut task.athlete.counting).or(&config.counting);
    }
    tasks.retain(|task| options.athletes.is_empty() || options.athletes.contains(&task.athlete.id));
    if tasks.len() > 1 && !options.what_if.is_empty() {
        let ids: Vec<&str> = tasks.iter().map(|task| task.athlete.id.as_str()).collect();
        let problem = format!("is for one athlete; choose with --athlete one of {}", ids.join(", "));
        return Err(Error::config(options.what_if.option(), problem));
    }
    Ok((config, tasks))
}

/// Only the clock knows which years are still to come.
fn check_birth_years(config: &Config, today: Day) -> Result<(), Error> {
    /// Nobody younger hands in the files of a watch.
    const YOUNGEST: i32 = 5;
    let latest = today.year() - YOUNGEST;
    let born_late = |athlete: &&Athlete| athlete.profile.birth_year.is_some_and(|year| year > latest);
    match config.athletes.iter().find(born_late) {
        Some(athlete) => Err(Error::config(
            format!("athlete {}: birth_year", athlete.id),
            format!(
                "{} is not plausible; give a year from 1900 to {latest}",
                athlete.profile.birth_year.unwrap_or_default()
            ),
        )),
        None => Ok(()),
    }
}

fn task(athlete: Athlete, inputs: &[PathBuf], folder: Option<PathBuf>, place: String) -> Result<Task, Error> {
    let sources = ingest::find(inputs)?;
    Ok(Task { athlete, folder, place, inputs: inputs.to_vec(), sources, is_guessed: false })
}

/// A folder of the config with `/` on every system; empty for that of the config itself.
fn place(folder: &std::path::Path) -> String {
    let parts = folder.components().filter(|part| *part != std::path::Component::CurDir);
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// One athlete for each direct subfolder, in order of name.
fn squad(base: &std::path::Path) -> Result<Vec<Task>, Error> {
    let entries = std::fs::read_dir(base).map_err(|cause| Error::Input { path: base.to_owned(), cause })?;
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir() && !starts_with_dot(path));
    folders.sort();
    let mut tasks: Vec<Task> = Vec::new();
    for folder in folders {
        let name = name_of(std::slice::from_ref(&folder));
        // Two names may become one when they are made fit for a folder.
        let is_free = |id: &String| !tasks.iter().any(|task| task.athlete.id == *id);
        let numbered = (2..).map(|n| format!("{name}-{n}"));
        let id = std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name);
        let below = folder.file_name().unwrap_or_default();
        let place = below.to_string_lossy().into_owned();
        let athlete = Athlete::unknown(id, below);
        tasks.push(task(athlete, std::slice::from_ref(&folder), Some(folder.clone()), place)?);
    }
    Ok(tasks)
}

fn starts_with_dot(path: &std::path::Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// A name for an athlete of whom only the input is known: its own name, made fit for a folder.
fn name_of(inputs: &[PathBuf]) -> String {
    let name = match inputs {
        [one] => {
            let name = if one.is_dir() { one.file_name() } else { one.file_stem() };
            name.map_or_else(String::new, |name| ingest::without_addresses(&name.to_string_lossy()))
        }
        _ => String::new(),
    };
    let fit = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let name: String = name.chars().map(fit).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "runner".to_owned() } else { name.to_owned() }
}

/// One athlete, from digests to windows.
fn analyse_one(
    read: Read,
    config: &Config,
    made_with: &MadeWith,
    options: &Options,
    what_if: &WhatIf,
) -> Result<Analysis, Error> {
    check_days(&read.athlete, what_if)?;
    let Read { athlete, folder, place, imported } = read;
    let mut book = Book::open(&imported, |digest| local_start(digest, &athlete).1);
    let Imported { digests, copies, said, facts, notices: of_files, later, .. } = imported;
    let athlete = &with_races(athlete, what_if);
    let units = options.units.unwrap_or(config.units);
    // The runner's own slips of the pen come first, and what is true of the whole input before what is true of single files.
    let (mut slips, mut of_files): (Vec<Notice>, Vec<Notice>) =
        of_files.into_iter().partition(overrides::is_about);
    slips.sort_by(|a, b| (a.source.len(), a).cmp(&(b.source.len(), b)));
    let mut notices: Vec<Notice> = below(&place, slips).collect();
    let others = other_sports(&digests, athlete);
    let Sorted { mut history, mut cross } =
        sorted(digests, &copies, &said, athlete, &mut of_files, &mut book);
    notices.extend(without_zone(&history, athlete));
    let said = options.as_of.or(config.as_of);
    let latest = latest_day(options, config);
    drop_future(&mut history, latest, &mut of_files, &mut book);
    drop_future(&mut cross, latest, &mut of_files, &mut book);
    notices.extend(offered(&facts, athlete, units).filter(|_| !options.ignores_config));
    let newest = said.unwrap_or_else(|| {
        let later = later.map(|(_, last)| last).filter(|day| *day <= latest).map(|day| (day, "run"));
        let newest = newest_of(&history, &cross).into_iter().chain(later).max_by_key(|(day, _)| *day);
        today_or_newest(newest, options.today, &mut notices)
    });
    let as_of = match options.on {
        Some(on) => {
            let first = history.iter().map(|run| run.date).chain(later.map(|(first, _)| first)).min();
            check_asked(first, on, newest, &athlete.id)?;
            // What is said of the choice of a day is not true of the day that is stood on.
            notices.retain(|notice| on >= newest || notice.source != AS_OF);
            on.min(newest)
        }
        None => newest,
    };
    cross.retain(|session| session.date <= as_of);
    // Where nobody has named a day, nothing lies behind it, and every file has its entry.
    if said.is_some() || as_of < newest {
        drop_later(&mut history, &others, as_of, &mut of_files, &mut book);
    }
    free_copies(&mut history, &mut book);
    free_copies(&mut cross, &mut book);
    cross.retain(Dated::counts);
    notices.extend(inferred_sports(&history, athlete));
    check_reach(&history, &cross, as_of)?;
    check_ahead(what_if, as_of)?;
    if history.is_empty() {
        notices.push(Notice::new(athlete.id.clone(), format!("has no run up to {as_of}")));
    }
    let folder = folder.as_deref();
    // What is said of files is said with where they lie below the input.
    let mut of_notes = Vec::new();
    let mut massages =
        folder.map_or_else(Vec::new, |folder| diary::read_massages(folder, latest, &mut of_notes));
    let mut diary = folder.map_or_else(Vec::new, |folder| diary::read_diary(folder, latest, &mut of_notes));
    let named = folder.map_or_else(Vec::new, |folder| unknown::read(folder, latest, &mut of_notes));
    let lost = lost(named, athlete, &history, as_of, &book, (&mut notices, &mut of_notes));
    massages.retain(|had| had.date <= as_of);
    diary.retain(|entry| entry.date <= as_of);
    let asked = planned::Asked {
        as_of,
        has_run: history.iter().any(|run| run.date == as_of),
        zone: athlete.zone,
        units,
        races: &athlete.races,
    };
    let planned = match (&what_if.plan, folder) {
        (Some(path), _) => planned::read_file(path, &asked, &mut notices)?,
        (None, Some(folder)) => planned::read(folder, &asked, &mut of_notes),
        (None, None) => Plan::default(),
    };
    let calendar = planned::join(&athlete.races, &planned, &mut of_notes);
    let Study { thresholds, races } = {
        if let Some((n, of)) = score::rpe::drop_default(&mut history, &mut cross) {
            notices.push(Notice::new(athlete.id.clone(), default_rpe(n, of)));
        }
        add_rpe(&mut history, &mut cross, &diary);
        score::study(&mut history, &athlete.profile, &calendar, &resting(&diary))
    };
    planned::check_past(&athlete.id, &athlete.races, &history, as_of, &mut notices, &mut of_files);
    of_notes.append(&mut of_files);
    notices.extend(below(&place, of_notes));
    let facts = Facts {
        as_of,
        units,
        thresholds,
        races,
        history,
        cross,
        massages,
        diary,
        planned,
        notices,
        book,
        lost,
        told: facts,
        tried: what_if.tried(),
    };
    analysed(facts, athlete, config, made_with)
}

/// All that is known of one athlete before anything is computed over days.
struct Facts {
    as_of: Day,
    units: Units,
    thresholds: Thresholds,
    races: Vec<Race>,
    history: Vec<Dated>,
    cross: Vec<Dated>,
    massages: Vec<MassageHad>,
    diary: Vec<DiaryEntry>,
    planned: Plan,
    notices: Vec<Notice>,
    book: Book,
    lost: LostDays,
    told: Vec<Fact>,
    tried: Option<Tried>,
}

/// What the days ahead will hold, as it is known on `today`.
fn expected(today: Day, runs: &[Run], days: &[DayRow], races: &[Race], plan: &Plan) -> Vec<ExpectedDay> {
    let phase = blocks::known_phases(days, races).last().copied().unwrap_or(blocks::Phase::Unknown);
    let known = projection::Known { today, runs, days, races, plan: Some(plan), phase };
    projection::expect(&known, massage::HORIZON_DAYS)
}

/// What other endurance sport adds as load, from the first run on: the days begin with the running.
fn cross_training(
    mut sessions: Vec<Dated>,
    runs: &[Run],
    thresholds: &Thresholds,
    notices: &mut Vec<Notice>,
    book: &mut Book,
) -> Vec<CrossSession> {
    let first = runs.iter().filter(|run| run.counts()).map(|run| run.date).min();
    let mut leave_out = |session: &Dated, why: &str| {
        let why = format!("{}: {why}", session.digest.sport.words());
        book.leave_out(&session.digest.id, Kind::OtherSport, why);
        false
    };
    sessions.retain(|session| match first {
        _ if session.amended.leaves_load_out => leave_out(session, "load left out by overrides.csv"),
        Some(first) if session.date >= first => true,
        _ => leave_out(session, "before the first run, with which the days begin"),
    });
    let sessions = cross::cross(&sessions, runs, thresholds);
    for session in &sessions {
        if session.load_au.is_some() {
            book.count_as_load(&session.id);
        } else {
            let why = "no load, as it has neither enough heart rate nor an effort";
            book.leave_out(&session.id, Kind::OtherSport, format!("{}: {why}", session.sport.words()));
        }
    }
    notices.extend(cross::without_load(&sessions).map(|text| Notice::new(CROSS_TRAINING, text)));
    sessions
}

/// From scored runs over days and blocks to windows.
fn analysed(
    facts: Facts,
    athlete: &Athlete,
    config: &Config,
    made_with: &MadeWith,
) -> Result<Analysis, Error> {
    let Facts {
        as_of,
        units,
        thresholds,
        races,
        history,
        cross,
        massages,
        diary,
        planned,
        mut notices,
        mut book,
        lost,
        told,
        tried,
    } = facts;
    let mut runs = score::score(&history, &thresholds);
    score::withhold_spikes(&mut runs, &lost);
    let cross = cross_training(cross, &runs, &thresholds, &mut notices, &mut book);
    let ledger = book.close(history.iter().map(|run| run.digest.id.as_str()));
    let week_start = config.week_start.0;
    let asked = athlete.counting.scope().has_cross_training.then_some(cross.as_slice());
    let series = load::days::Series::of_training(&runs, asked, as_of, config.conventions, &lost)?;
    let days = series.rows(&runs);
    let weeks = load::weeks(&runs, &days, week_start)?;
    let loads: Vec<Option<f64>> = days.iter().map(|day| day.load_au).collect();
    let readings = signals::readings(&history, &runs);
    let signals = signals::signals(&readings, &diary);
    let tissues = tissue::history::tissues(&history, &runs, &days, &made_with.choice, units);
    let blocks = blocks::label(&days, &weeks, &races, units);
    let expected = expected(as_of, &runs, &days, &races, &planned);
    let ahead: Vec<load::ahead::Ahead> = expected.iter().map(ExpectedDay::ahead).collect();
    let projected = load::ahead::days(&series, &days, &ahead);
    let plan = massage::plan(&massage::Input {
        runs: &runs,
        days: &days,
        tissues: &tissues.days,
        signals: &signals,
        blocks: &blocks,
        races: &races,
        plan: Some(&planned),
        massages: &massages,
        diary: &diary,
        class: athlete.class,
        accustomed: athlete.accustomed,
        birth_year: athlete.profile.birth_year,
        injury: athlete.injury,
        responds_well: athlete.responds_well.unwrap_or(false),
        sits_hours: athlete.sits_hours,
        values: &made_with.values,
        units,
    });
    let retrospects = retrospect::retrospect(&retrospect::Input {
        as_of,
        massages: &massages,
        signals: &signals,
        readings: &readings,
        runs: &runs,
        diary: &diary,
        windows: &plan.windows,
        work: &plan.work,
        limits: made_with.limits(),
    });
    Ok(Analysis {
        athlete: athlete.id.clone(),
        as_of,
        units,
        week_start,
        settings: Settings::new(config, athlete, as_of, units),
        thresholds,
        history,
        runs,
        null_band: load::null_band::null_band(&loads),
        rescaling: load::rescale::rescaling(&days),
        days,
        lost,
        weeks,
        expected,
        projected_weeks: load::ahead::weeks(&projected, &ahead, week_start),
        projected,
        signals,
        tissues,
        blocks: plan.blocks,
        work: plan.work,
        windows: plan.windows,
        opening: plan.opening,
        advice: plan.advice,
        visits: plan.visits,
        races,
        massages,
        diary,
        retrospects,
        plan: planned,
        tried,
        notices,
        cross,
        ledger,
        facts: told,
    })
}

/// The athlete with the races to try out, each in the place of one on its day.
fn with_races(mut athlete: Athlete, what_if: &WhatIf) -> Athlete {
    athlete.races.retain(|race| !what_if.races.iter().any(|other| other.date == race.date));
    athlete.races.extend(what_if.races.iter().cloned());
    athlete.races.sort_by_key(|race| race.date);
    athlete
}

/// Of two races on a day nobody can say which one the days around it are for.
fn check_days(athlete: &Athlete, what_if: &WhatIf) -> Result<(), Error> {
    for (at, race) in what_if.races.iter().enumerate() {
        let twice = what_if.races[..at].iter().find(|other| other.date == race.date);
        let is_other = |other: &&Race| {
            other.date == race.date && !planned::is_same_distance(other.distance_m, race.distance_m)
        };
        let (other, whose) = match (twice, athlete.races.iter().find(is_other)) {
            (Some(other), _) => (other, "--race names"),
            (None, Some(other)) => (other, "the config has"),
            (None, None) => continue,
        };
        let problem = format!(
            "{} has two races: {whose} \"{}\" too, beside \"{}\"; keep one",
            race.date, other.name, race.name
        );
        return Err(Error::config("--race", problem));
    }
    Ok(())
}

/// What is tried out lies ahead: the past was as it was.
fn check_ahead(what_if: &WhatIf, as_of: Day) -> Result<(), Error> {
    match what_if.races.iter().find(|race| race.date <= as_of) {
        Some(race) => {
            let problem = format!("{} is not after {as_of}, the day of the analysis", race.date);
            Err(Error::config("--race", problem))
        }
        None => Ok(()),
    }
}

/// A recording whose distance is no mileage.
struct Other {
    id: String,
    file: String,
    /// Its local date, where its start has one.
    date: Option<Day>,
}

/// The recordings whose distance is no mileage.
fn other_sports(digests: &[Digest], athlete: &Athlete) -> Vec<Other> {
    let scope = athlete.counting.scope();
    let others = digests.iter().filter(|digest| !scope.counts(digest.sport));
    let other = |digest: &Digest| {
        let (_, date) = local_start(digest, athlete);
        Other { id: digest.id.clone(), file: digest.file.clone(), date }
    };
    others.map(other).collect()
}

/// The offset from UTC in s by which a recording is dated, and its local date where its start has one.
fn local_start(digest: &Digest, athlete: &Athlete) -> (i32, Option<Day>) {
    let utc_offset_s = digest.offset_s(athlete.zone).unwrap_or(0);
    (utc_offset_s, local_day(digest.start_ms, utc_offset_s))
}

/// Recordings by what they count as.
struct Sorted {
    /// Those whose distance is mileage, copies marked among them.
    history: Vec<Dated>,
    /// Those that count as load alone, copies marked among them.
    cross: Vec<Dated>,
}

/// The digests that count, with their local dates.
fn sorted(
    digests: Vec<Digest>,
    copies: &BTreeMap<String, ingest::Copy>,
    said: &Said,
    athlete: &Athlete,
    of_files: &mut Vec<Notice>,
    book: &mut Book,
) -> Sorted {
    let scope = athlete.counting.scope();
    let (runs, others): (Vec<Digest>, Vec<Digest>) =
        digests.into_iter().partition(|digest| scope.counts(digest.sport));
    let cross = others.into_iter().filter(|digest| scope.is_cross_training(digest.sport)).collect();
    let mut dated = |digests: Vec<Digest>| dated(digests, copies, said, athlete, of_files, book);
    Sorted { history: dated(runs), cross: dated(cross) }
}

/// The digests with their local dates, and the copies among them marked.
fn dated(
    digests: Vec<Digest>,
    copies: &BTreeMap<String, ingest::Copy>,
    said: &Said,
    athlete: &Athlete,
    of_files: &mut Vec<Notice>,
    book: &mut Book,
) -> Vec<Dated> {
    let dated = digests.into_iter().filter_map(|digest| {
        let (utc_offset_s, date) = local_start(&digest, athlete);
        let Some(date) = date else {
            let text = "has a start that is no date; left out";
            leave_out(&digest, text.to_owned(), of_files, book);
            return None;
        };
        let is_listed = matches!(digest.format, Format::Csv | Format::Json);
        if date.year() < if is_listed { FIRST_LISTED_YEAR } else { FIRST_YEAR } {
            let text = format!("is dated {date}, by a clock that was not set: left out");
            leave_out(&digest, text, of_files, book);
            return None;
        }
        let duplicate_of = copies.get(&digest.id).map(|copy| copy.of.clone());
        let rpe = digest.rpe;
        let amended = said.of.get(&digest.id).map_or_else(Amended::default, Amended::from);
        Some(Dated { digest, date, utc_offset_s, rpe, race: None, duplicate_of, amended })
    });
    dated.collect()
}

/// One notice for all runs of which nothing tells the local time.
fn without_zone(runs: &[Dated], athlete: &Athlete) -> Option<Notice> {
    let n = runs.iter().filter(|run| run.digest.utc_offset_s.is_none()).count();
    let text = format!("runs without time zone and position, dated by UTC: {n}; set time_zone in the config");
    (n > 0 && athlete.zone.is_none()).then(|| Notice::new(athlete.id.clone(), text))
}

/// A recording of a wrong clock counts in nothing, and that is said.
fn leave_out(digest: &Digest, text: String, of_files: &mut Vec<Notice>, book: &mut Book) {
    book.leave_out(&digest.id, Kind::WrongClock, text.clone());
    of_files.push(Notice::new(digest.file.clone(), text));
}

/// One notice for all files that do not state their sport.
fn inferred_sports(runs: &[Dated], athlete: &Athlete) -> Option<Notice> {
    let n = runs.iter().filter(|run| run.digest.sport_inferred).count();
    let text = format!("files that do not state their sport, taken for runs by title, speed and steps: {n}");
    (n > 0).then(|| Notice::new(athlete.id.clone(), text))
}

/// What exports say of the runner and nobody has told the program; it is used only once the runner takes it over.
fn offered(facts: &[Fact], athlete: &Athlete, units: Units) -> Option<Notice> {
    let profile = &athlete.profile;
    let is_open = |fact: &&Fact| match fact.key.as_str() {
        "sex" => profile.sex.is_none(),
        "birth_year" => profile.birth_year.is_none(),
        "hr_max" => profile.hr_max_bpm.is_none(),
        "units" => units == Units::default() && !fact.value.contains("metric"),
        _ => false,
    };
    let open: Vec<&Fact> = facts.iter().filter(is_open).collect();
    let keys: BTreeSet<&str> = open.iter().map(|fact| fact.key.as_str()).collect();
    let origins: BTreeSet<&str> = open.iter().map(|fact| fact.origin.as_str()).collect();
    let list = |words: BTreeSet<&str>, mark: &str| words.into_iter().collect::<Vec<_>>().join(mark);
    let text = format!(
        "exports tell {} ({}), and the config does not: nothing of it is used; `legwork init` offers lines to uncomment",
        list(keys, ", "),
        list(origins, "; ")
    );
    (!open.is_empty()).then(|| Notice::new(athlete.id.clone(), text))
}

/// A day far after the last run is a slip of the pen, and every day up to it would become a row.
fn check_reach(runs: &[Dated], cross: &[Dated], as_of: Day) -> Result<(), Error> {
    match newest_of(runs, cross) {
        Some((newest, what)) if days_between(newest, as_of) > MAX_REACH_DAYS => {
            let problem =
                format!("{as_of} is more than two years after the newest {what}, which is of {newest}");
            Err(Error::config("as_of", problem))
        }
        _ => Ok(()),
    }
}

/// A day can be asked about from the first run to the end of what is projected.
fn check_asked(first: Option<Day>, on: Day, as_of: Day, athlete: &str) -> Result<(), Error> {
    let last = plus(as_of, massage::HORIZON_DAYS);
    let Some(first) = first.filter(|first| *first <= as_of) else {
        return Err(Error::config(ON, format!("{athlete} has no run up to {as_of}")));
    };
    let what = if on < first {
        format!("before the first run of {athlete}")
    } else if on > last {
        let days = massage::HORIZON_DAYS;
        format!(
            "more than {days} days after {as_of}, on which the analysis of {athlete} stands (--as-of moves that day)"
        )
    } else {
        return Ok(());
    };
    Err(Error::config(ON, format!("{on} lies {what}; give a day from {first} to {last}")))
}

/// Takes out runs that a wrong clock has put after today, each with a notice.
fn drop_future(runs: &mut Vec<Dated>, today: Day, notices: &mut Vec<Notice>, book: &mut Book) {
    for run in runs.extract_if(.., |run| run.date > today) {
        let text = format!("is dated {}, which is still to come: left out", run.date);
        leave_out(&run.digest, text, notices, book);
    }
}

/// The day to stand on where none is said: today, or the day of the newest run or session that counts as load where that
/// lies more than 28 days back.
fn today_or_newest(newest: Option<(Day, &str)>, today: Day, notices: &mut Vec<Notice>) -> Day {
    match newest {
        Some((newest, what)) if days_between(newest, today) > STALE_DAYS => {
            let text = format!(
                "the newest {what} is of {newest}, so the analysis stands on that day; set as_of for another"
            );
            notices.push(Notice::new(AS_OF, text));
            newest
        }
        newest => newest.map_or(today, |(newest, _)| newest.max(today)),
    }
}

/// The newest day of what counts, a ride behind the last run too where it counts as load, and what is of it.
fn newest_of(runs: &[Dated], cross: &[Dated]) -> Option<(Day, &'static str)> {
    let newest = |of: &[Dated]| of.iter().map(|one| one.date).max();
    let run = newest(runs)?;
    Some(newest(cross).filter(|session| *session > run).map_or((run, "run"), |day| (day, "session")))
}

/// Lets copies count whose original was left out: the first of each in its place, the others as copies of that.
fn free_copies(runs: &mut [Dated], book: &mut Book) {
    let here: BTreeSet<String> = runs.iter().map(|run| run.digest.id.clone()).collect();
    let mut instead: BTreeMap<String, String> = BTreeMap::new();
    for run in runs {
        let Some(of) = run.duplicate_of.as_ref().filter(|of| !here.contains(*of)) else { continue };
        let first = instead.get(of).cloned();
        if first.is_none() {
            instead.insert(of.clone(), run.digest.id.clone());
            book.free(&run.digest.id);
        }
        run.duplicate_of = first;
    }
}

/// Takes out what lies after `as_of`, and what was said of it; of a file that could not be read its name tells.
fn drop_later(
    runs: &mut Vec<Dated>,
    others: &[Other],
    as_of: Day,
    notices: &mut Vec<Notice>,
    book: &mut Book,
) {
    let mut later = book.pass_over_files(|file| unknown::day_of_name(file).is_some_and(|day| day > as_of));
    for run in runs.extract_if(.., |run| run.date > as_of) {
        book.pass_over(&run.digest.id);
        later.insert(run.digest.file);
    }
    let (gone, known): (Vec<&Other>, Vec<&Other>) =
        others.iter().partition(|other| other.date.is_none_or(|date| date > as_of));
    for other in gone {
        book.pass_over(&other.id);
        later.insert(other.file.clone());
    }
    for file in runs.iter().map(|run| &run.digest.file).chain(known.iter().map(|other| &other.file)) {
        later.remove(file);
    }
    notices.retain(|notice| !later.contains(&notice.source));
}

/// The days up to `as_of` of which the files do not tell. What is said of keys of the config
/// and of files goes to lists of its own.
fn lost(
    named: Vec<unknown::Named>,
    athlete: &Athlete,
    history: &[Dated],
    as_of: Day,
    book: &Book,
    (of_config_keys, of_notes): (&mut Vec<Notice>, &mut Vec<Notice>),
) -> LostDays {
    let run_days: BTreeSet<Day> = history.iter().filter(|run| run.counts()).map(|run| run.date).collect();
    let Some(first) = run_days.first().copied() else { return LostDays::default() };
    let source = format!("athlete {}: gap", athlete.id);
    let of_config = athlete.gaps.iter().cloned().map(|gap| unknown::Named { gap, source: source.clone() });
    let of_config: Vec<unknown::Named> = of_config.collect();
    of_config_keys.extend(unknown::on_record(&of_config, &run_days));
    of_notes.extend(unknown::on_record(&named, &run_days));
    let gaps: Vec<Gap> = of_config.into_iter().chain(named).map(|one| one.gap).collect();
    unknown::lost(gaps, book.failed(), (first, as_of), &run_days)
}

/// Notices of files, with the folder of the athlete below the input before each.
fn below(place: &str, notices: Vec<Notice>) -> impl Iterator<Item = Notice> {
    let place = ingest::without_addresses(place);
    let prefix = if place.is_empty() { String::new() } else { format!("{place}/") };
    notices.into_iter().map(move |notice| Notice { source: format!("{prefix}{}", notice.source), ..notice })
}

/// Readings of the resting heart rate in bpm by day.
fn resting(diary: &[DiaryEntry]) -> Vec<(Day, f64)> {
    let readings = diary.iter().filter(|entry| entry.kind == DiaryKind::RestingHr);
    readings.map(|entry| (entry.date, entry.value)).collect()
}

/// What to say of an effort that the watch puts in unasked.
fn default_rpe(n: usize, of: usize) -> String {
    format!(
        "{n} of the {of} efforts in the files are 1 of 10, the lowest there is: taken for what the watch puts in unasked, and left \
         out; write rows of kind rpe into diary.csv for how hard runs were"
    )
}

/// Gives runs the RPE of the diary, which counts before that of the file, where it was the only run of its day; on a day without
/// a run the only session of another sport.
fn add_rpe(runs: &mut [Dated], cross: &mut [Dated], diary: &[DiaryEntry]) {
    for entry in diary.iter().filter(|entry| entry.kind == DiaryKind::Rpe) {
        let is_of_day = |one: &&mut Dated| one.date == entry.date && one.counts();
        let mut of_day = runs.iter_mut().filter(is_of_day);
        let only = match (of_day.next(), of_day.next()) {
            (None, _) => {
                let mut others = cross.iter_mut().filter(is_of_day);
                others.next().filter(|_| others.next().is_none())
            }
            (run, None) => run,
            _ => None,
        };
        if let Some(only) = only {
            only.rpe = Some(entry.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::digest;
    use crate::model::Recording;

    #[test]
    fn no_athlete_is_named_by_an_address() {
        let name = |path: &str| name_of(&[PathBuf::from(path)]);
        assert_eq!(name("some/me@host.tld.zip"), "runner");
        assert_eq!(name("some/me@host.tld_2026.zip"), "_2026");
        assert_eq!((name("export 7.zip").as_str(), name_of(&[]).as_str()), ("export-7", "runner"));
        let said: Vec<Notice> = below("me@host.tld", vec![Notice::new("a.fit", "is empty")]).collect();
        assert_eq!(said[0].source, "…/a.fit");
    }

    #[test]
    fn the_first_copy_of_what_was_left_out_counts_and_the_others_are_copies_of_it() {
        let run = |id: &str, of: Option<&str>| Dated {
            digest: digest(&Recording::new(Format::Gpx), id.into(), format!("{id}.gpx")),
            date: Day::default(),
            utc_offset_s: 0,
            rpe: None,
            race: None,
            duplicate_of: of.map(str::to_owned),
            amended: Amended::default(),
        };
        let mut runs = [
            run("a", None),
            run("b", Some("gone")),
            run("c", Some("a")),
            run("d", Some("gone")),
            run("e", Some("away")),
        ];
        free_copies(&mut runs, &mut Book::open(&Imported::default(), |_| None));
        let of: Vec<Option<&str>> = runs.iter().map(|run| run.duplicate_of.as_deref()).collect();
        assert_eq!(of, [None, None, Some("a"), Some("b"), None]);
    }
}
