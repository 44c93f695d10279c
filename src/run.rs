//! The pipeline: the table of contents of the program.
//!
//! Input are paths, a config and options, output is one [`Analysis`] for each athlete. Invariant: athletes do
//! not touch each other, and nothing here looks at the clock or the environment.

mod asked;
mod history;
mod options;
mod tasks;

pub use options::{Options, Progress, WhatIf};

use crate::analysis::{Analysis, Tried};
use crate::config::{Athlete, Config, Settings};
use crate::error::Error;
use crate::ingest::export::Fact;
use crate::ingest::{self, Imported};
use crate::ledger::{Book, Kind};
use crate::load::day::DayRow;
use crate::massage::rules::Values;
use crate::model::calendar::plus;
use crate::model::units::Units;
use crate::model::{Day, DiaryEntry, LostDays, MassageHad, Race};
use crate::notice::Notice;
use crate::planned::Plan;
use crate::projection::{self, ExpectedDay};
use crate::score::cross::CrossSession;
use crate::score::run::Run;
use crate::score::thresholds::Thresholds;
use crate::score::{self, Dated, Study, cross};
use crate::tissue::choice::Choice;
use crate::{blocks, diary, load, massage, overrides, planned, retrospect, signals, tissue, unknown};
use asked::{check_ahead, check_asked, check_days, with_races};
use history::{
    Sorted, add_rpe, check_reach, default_rpe, drop_future, drop_later, free_copies, inferred_sports,
    local_start, lost, newest_of, resting, sorted, today_or_newest, without_zone,
};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tasks::{Read, plan_work};

/// What notices of the day to stand on are about.
const AS_OF: &str = "as_of";

/// The key of the config that notices of other endurance sport are about.
const CROSS_TRAINING: &str = "cross_training";

/// The option of the day that is asked about.
const ON: &str = "--on";

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

/// What analyses of one call share.
struct Work<'a> {
    options: &'a Options,
    config: Config,
    made_with: MadeWith,
}

/// Reads the files of every athlete below the inputs, in order of declaration.
fn begin<'a>(
    inputs: &[PathBuf],
    options: &'a Options,
    progress: &impl Progress,
) -> Result<(Work<'a>, Vec<Read>), Error> {
    let (config, tasks) = plan_work(inputs, options)?;
    let (made_with, config) = MadeWith::of(config)?;
    progress.begin(tasks.iter().map(|task| task.sources.len()).sum());
    let days = (latest_day(options, &config), until_day(options, &config));
    // The files of one athlete are read by all threads, those of the next after them: so what is held at once is bounded.
    let reads = tasks.into_iter().map(|task| task.read(options, days, progress)).collect();
    Ok((Work { options, config, made_with }, reads))
}

/// Analyses every athlete below the inputs, in order of declaration; where another calendar is tried out, with what lies
/// ahead without it.
pub fn analyse(
    inputs: &[PathBuf],
    options: &Options,
    progress: &impl Progress,
) -> Result<Vec<Analysis>, Error> {
    let (work, reads) = begin(inputs, options, progress)?;
    let analyse = |read: Read| {
        // The files are read once for both calendars.
        let as_it_is = if options.what_if.is_empty() {
            None
        } else {
            Some(analyse_one(read.clone(), &work, &WhatIf::default())?)
        };
        let mut analysis = analyse_one(read, &work, &options.what_if)?;
        if let Some((tried, as_it_is)) = analysis.tried.as_mut().zip(as_it_is) {
            tried.as_it_is = as_it_is.days_ahead();
        }
        Ok(analysis)
    };
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
    let (work, reads) = begin(inputs, options, progress)?;
    let (mut analyses, mut left_out, mut last) = (Vec::new(), Vec::new(), None);
    for read in reads {
        let athlete = read.athlete.id.clone();
        match analyse_one(read, &work, &options.what_if) {
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

/// One athlete, from digests to windows.
fn analyse_one(read: Read, work: &Work<'_>, what_if: &WhatIf) -> Result<Analysis, Error> {
    let Work { options, config, made_with } = work;
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
    drop_later(&mut history, as_of, &mut of_files, &mut book);
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

/// Notices of files, with the folder of the athlete below the input before each.
fn below(place: &str, notices: Vec<Notice>) -> impl Iterator<Item = Notice> {
    let place = ingest::without_addresses(place);
    let prefix = if place.is_empty() { String::new() } else { format!("{place}/") };
    notices.into_iter().map(move |notice| Notice { source: format!("{prefix}{}", notice.source), ..notice })
}
