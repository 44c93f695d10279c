//! A question to the day, the run and the number that are meant, or an error that says which there are.

use super::context::Context;
use super::tree::Explanation;
use super::{Question, day, origin, projected, run, signals};
use crate::config::unknown;
use crate::error::Error;
use crate::model::Day;
use crate::model::calendar::parse_day;
use crate::score::run::Run;
use crate::signals::SignalKind;
use crate::table::{self, ColumnDoc, Kind};
use crate::text::{clean, last_part};

/// Columns of words that have a reason worth asking for.
const WORDS: [&str; 9] = [
    "state",
    "acwr_withheld",
    "flags",
    "block",
    "ceiling",
    "session_kind",
    "quality",
    "race",
    "unaccustomed_descent",
];

/// The columns that can be explained.
fn explained(columns: Vec<ColumnDoc>) -> impl Iterator<Item = ColumnDoc> {
    columns.into_iter().filter(|doc| {
        matches!(doc.kind, Kind::Float | Kind::Integer) && doc.name != "utc_offset_s"
            || WORDS.contains(&doc.name)
    })
}

pub(super) fn day_column(name: &str) -> Option<ColumnDoc> {
    explained(table::day_columns()).find(|doc| doc.name == name)
}

pub(super) fn run_column(name: &str) -> Option<ColumnDoc> {
    explained(table::run_columns()).find(|doc| doc.name == name)
}

/// What numbers are called elsewhere.
const ALIASES: [(&str, &str); 14] = [
    ("fitness", "ctl"),
    ("fatigue", "atl"),
    ("form", "tsb"),
    ("acwr", "acwr_coupled"),
    ("load", "load_au"),
    ("acute", "acute_au"),
    ("chronic", "chronic_au"),
    ("ramp", "ramp_pct"),
    ("distance", "distance_m"),
    ("polarization", "polarization_index"),
    ("trimp", "trimp100"),
    ("hr_max", "hr_max_bpm"),
    ("lthr", "lthr_bpm"),
    ("threshold", "threshold_speed_mps"),
];

/// The name in the tables of what somebody calls a number.
fn meant(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name)
}

/// Is it a threshold?
fn is_threshold(name: &str) -> bool {
    origin::names().any(|one| one == name)
}

fn signal(name: &str) -> Option<SignalKind> {
    SignalKind::ALL.into_iter().find(|kind| kind.name() == name)
}

/// Every name that `--metric` takes: numbers of days, of runs, and signals.
#[must_use]
pub fn metrics() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = explained(table::day_columns()).map(|doc| doc.name).collect();
    let more = explained(table::run_columns()).map(|doc| doc.name);
    let more = more.chain(SignalKind::ALL.into_iter().map(SignalKind::name)).chain(origin::names());
    for name in more {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Is it a question that can be answered, whoever the athlete is?
pub fn check(question: &Question) -> Result<(), Error> {
    let wrong = |problem: String| Err(Error::config("--metric", problem));
    if question.on.is_none() && question.run.is_none() {
        let needed = "--on and a day is needed, or --run and a run, as in --on 2026-05-31";
        return Err(Error::config("explain", needed));
    }
    let Some(name) = question.metric.as_deref().map(meant) else { return Ok(()) };
    if !metrics().contains(&name) {
        return wrong(format!("\"{name}\" is not a known number; {}", hint(name)));
    }
    let is_of_run = run_column(name).is_some() || signal(name).is_some() || is_threshold(name);
    if question.run.is_some() && !is_of_run {
        return wrong(format!("{name} is a number of a day, not of a run: ask with --on alone"));
    }
    Ok(())
}

/// The names that go on like this one, else those that hold it, else the nearest, else all.
fn hint(name: &str) -> String {
    let known = metrics();
    let that = |fits: &dyn Fn(&str) -> bool| -> Vec<&str> {
        known.iter().copied().filter(|known| !name.is_empty() && fits(known)).collect()
    };
    let longer = that(&|known| known.starts_with(name));
    // Of a letter or two nearly every name has some.
    let holding = that(&|known| name.len() > 2 && known.contains(name));
    if let Some(names) = [longer, holding].into_iter().find(|names| !names.is_empty()) {
        return format!("did you mean {}?", names.join(", "));
    }
    match unknown::nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("known are {}", known.join(", ")),
    }
}

/// What is asked for, for one athlete.
pub(super) fn answer(context: &Context<'_>, question: &Question) -> Result<Vec<Explanation>, Error> {
    let metric = question.metric.as_deref().map(meant);
    if let Some(wanted) = &question.run {
        let run = find_run(context, wanted, question.on)?;
        return match metric {
            None => Ok(vec![run::at_a_glance(context, run)]),
            Some(name) if run_column(name).is_some() => Ok(vec![run::metric(context, run, name)]),
            Some(name) if is_threshold(name) => Ok(origin::metric(context, run.date, name)),
            Some(name) => signals::of_run(context, run, name),
        };
    }
    let date = question.on.unwrap_or(context.analysis.as_of);
    // A morning before the first run has readings too.
    if let Some(kind) = metric.and_then(signal) {
        return signals::on(context, date, kind.name());
    }
    if let Some(t) = context.projected(date) {
        return match metric {
            None => Ok(vec![projected::at_a_glance(context, t)]),
            Some(name) if is_threshold(name) => Ok(origin::metric(context, date, name)),
            Some(name) if day_column(name).is_some() => Ok(vec![projected::metric(context, t, name)]),
            Some(name) => {
                let problem = format!("{date} is still to come, and {name} is a number of a run");
                Err(Error::config("--on", problem))
            }
        };
    }
    let t = find_day(context, date)?;
    match metric {
        None => Ok(vec![day::at_a_glance(context, t)]),
        Some(name) if is_threshold(name) => Ok(origin::metric(context, date, name)),
        Some(name) if day_column(name).is_some() => Ok(vec![day::metric(context, t, name)]),
        Some(name) => {
            let runs: Vec<&Run> = context.all_runs_on(date).collect();
            if runs.is_empty() {
                return Err(no_run(context, date, name));
            }
            Ok(runs.into_iter().map(|run| run::metric(context, run, name)).collect())
        }
    }
}

fn find_day(context: &Context<'_>, date: Day) -> Result<usize, Error> {
    let analysis = context.analysis;
    let athlete = &analysis.athlete;
    let (Some(first), Some(last)) = (analysis.days.first(), analysis.days.last()) else {
        return Err(Error::config("--on", format!("{athlete} has no run up to {}", analysis.as_of)));
    };
    context.index(date).ok_or_else(|| {
        let why =
            if date < first.date { "before the first run" } else { "after the days that are projected" };
        let last = analysis.projected.last().unwrap_or(last);
        let there = format!("{athlete} has days from {} to {}", first.date, last.date);
        Error::config("--on", format!("{date} is {why}: {there}"))
    })
}

fn no_run(context: &Context<'_>, date: Day, name: &str) -> Error {
    let runs = &context.analysis.runs;
    let before = runs.iter().rev().find(|run| run.date < date);
    let after = runs.iter().find(|run| run.date > date);
    let near: Vec<String> = before.into_iter().chain(after).map(|run| run.date.to_string()).collect();
    let problem =
        format!("{date} is a rest day, and {name} is a number of a run; runs near it: {}", near.join(", "));
    Error::config("--on", problem)
}

/// The name of a run's file without the folders before it.
fn base_name(run: &Run) -> &str {
    last_part(&run.file)
}

/// A name without `.gz` and the ending that tells the format.
fn stem(name: &str) -> &str {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The names of files that hold this one, else those that look like it, as a question; `None` where there are none.
fn alike(runs: &[Run], wanted: &str) -> Option<String> {
    /// Names that are said.
    const SHOWN: usize = 3;
    let wanted = last_part(wanted).to_lowercase();
    let wanted = stem(&wanted);
    // Of a letter or two nearly every name has some.
    let is_in = |run: &&Run| wanted.len() > 2 && base_name(run).to_lowercase().contains(wanted);
    let mut names: Vec<&str> = runs.iter().filter(|run| run.counts()).filter(is_in).map(base_name).collect();
    if names.is_empty() {
        let near = unknown::nearest_few(wanted, runs.iter().map(|run| stem(base_name(run))), SHOWN);
        let is_near = |run: &&Run| near.contains(&stem(base_name(run)));
        names = runs.iter().filter(|run| run.counts()).filter(is_near).map(base_name).collect();
    }
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| clean(name)).collect();
    (!shown.is_empty()).then(|| format!("did you mean {}?", shown.join(", ")))
}

/// The run that is meant: by id, by the beginning of it, by file, or by the name of the file, with its ending or without.
fn find_run<'a>(context: &Context<'a>, wanted: &str, on: Option<Day>) -> Result<&'a Run, Error> {
    let wrong = |problem: String| Error::config("--run", problem);
    let of_day = |run: &&Run| on.is_none_or(|on| run.date == on);
    let tests: [&dyn Fn(&Run) -> bool; 5] = [
        &|run| run.id == wanted,
        &|run| run.file == wanted,
        &|run| base_name(run) == wanted,
        &|run| [stem(&run.file), stem(base_name(run))].contains(&wanted),
        &|run| run.id.starts_with(wanted),
    ];
    for test in tests {
        let found: Vec<&Run> = context.analysis.runs.iter().filter(of_day).filter(|run| test(run)).collect();
        // Of copies with one id the run that counts is meant.
        let counted: Vec<&Run> = found.iter().copied().filter(|run| run.counts()).collect();
        match (found.as_slice(), counted.as_slice()) {
            ([], _) => {}
            ([one], _) | (_, [one]) => return Ok(one),
            (many, _) => {
                let some: Vec<String> =
                    many.iter().take(4).map(|run| format!("{} of {}", run.id, run.date)).collect();
                let n = many.len();
                return Err(wrong(format!(
                    "\"{wanted}\" fits {n} runs: {}; give more of it",
                    some.join(", ")
                )));
            }
        }
    }
    let runs = &context.analysis.runs;
    if let Ok(day) = parse_day(wanted) {
        let files: Vec<&str> = context.all_runs_on(day).map(|run| run.file.as_str()).collect();
        let athlete = &context.analysis.athlete;
        return Err(wrong(if files.is_empty() {
            format!("{wanted} is a day, and {athlete} has no run on it; --on {day} explains the day")
        } else {
            let files = files.join(", ");
            format!("{wanted} is a day; runs of {athlete} on it: {files}; --on {day} explains the day")
        }));
    }
    let there = match (runs.first(), runs.last(), on) {
        (Some(_), _, None) if let Some(alike) = alike(runs, wanted) => alike,
        (Some(first), Some(last), None) => {
            format!("there are {} runs from {} to {}", runs.len(), first.date, last.date)
        }
        (Some(_), _, Some(on)) => {
            let ids: Vec<&str> = context.all_runs_on(on).map(|run| run.id.as_str()).collect();
            if ids.is_empty() {
                format!("there is none on {on}")
            } else {
                format!("on {on}: {}", ids.join(", "))
            }
        }
        _ => "there are none".to_owned(),
    };
    Err(wrong(format!("no run of {} is \"{wanted}\"; {there}", context.analysis.athlete)))
}
