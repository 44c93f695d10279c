//! Who is analysed, and which files are theirs.
//!
//! Input are paths, options and the config, output is a [`Task`] for each athlete, and what its files boil down to. Invariant:
//! a file belongs to one athlete.

use super::options::{Options, Progress};
use crate::config::{self, Athlete, Config, WeekStart};
use crate::error::Error;
use crate::ingest::{self, Given, Imported, Source};
use crate::model::Day;
use crate::model::calendar::plus;
use crate::notice::Notice;
use crate::overrides;
use chrono::Datelike;
use std::path::PathBuf;

/// An athlete with the files that belong to them.
pub(super) struct Task {
    pub(super) athlete: Athlete,
    pub(super) folder: Option<PathBuf>,
    /// The folder below the input, with `/`; empty where it is the input itself.
    pub(super) place: String,
    pub(super) inputs: Vec<PathBuf>,
    pub(super) sources: Vec<Source>,
    /// Nobody has said whose the files are.
    pub(super) is_guessed: bool,
}

/// An athlete with what the files boil down to: all that takes time.
#[derive(Clone)]
pub(super) struct Read {
    pub(super) athlete: Athlete,
    pub(super) folder: Option<PathBuf>,
    pub(super) place: String,
    pub(super) imported: Imported,
}

impl Task {
    /// `latest` is the last day on which a recording can have been made; of days after `until` nothing is looked at.
    pub(super) fn read(
        self,
        options: &Options,
        (latest, until): (Day, Option<Day>),
        progress: &impl Progress,
    ) -> Read {
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

/// The end of a day by UTC, in ms since 1970-01-01T00:00:00Z.
pub(super) fn end_of_ms(day: Day) -> i64 {
    plus(day, 1).and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
}

/// Who is to be analysed, and which files are theirs.
pub(super) fn plan_work(inputs: &[PathBuf], options: &Options) -> Result<(Config, Vec<Task>), Error> {
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
pub(super) fn check_birth_years(config: &Config, today: Day) -> Result<(), Error> {
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

pub(super) fn task(
    athlete: Athlete,
    inputs: &[PathBuf],
    folder: Option<PathBuf>,
    place: String,
) -> Result<Task, Error> {
    let sources = ingest::find(inputs)?;
    Ok(Task { athlete, folder, place, inputs: inputs.to_vec(), sources, is_guessed: false })
}

/// A folder of the config with `/` on every system; empty for that of the config itself.
pub(super) fn place(folder: &std::path::Path) -> String {
    let parts = folder.components().filter(|part| *part != std::path::Component::CurDir);
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// One athlete for each direct subfolder, in order of name.
pub(super) fn squad(base: &std::path::Path) -> Result<Vec<Task>, Error> {
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

pub(super) fn starts_with_dot(path: &std::path::Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// A name for an athlete of whom only the input is known: its own name, made fit for a folder.
pub(super) fn name_of(inputs: &[PathBuf]) -> String {
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

#[cfg(test)]
mod tests {
    use super::super::below;
    use super::*;

    #[test]
    fn no_athlete_is_named_by_an_address() {
        let name = |path: &str| name_of(&[PathBuf::from(path)]);
        assert_eq!(name("some/me@host.tld.zip"), "runner");
        assert_eq!(name("some/me@host.tld_2026.zip"), "_2026");
        assert_eq!((name("export 7.zip").as_str(), name_of(&[]).as_str()), ("export-7", "runner"));
        let said: Vec<Notice> = below("me@host.tld", vec![Notice::new("a.fit", "is empty")]).collect();
        assert_eq!(said[0].source, "…/a.fit");
    }
}
