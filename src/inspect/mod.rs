//! What is in a file: device, channels, sums, what was left out and why, and what becomes of it.
//!
//! Input are paths, output is a [`Page`] for each file behind them, members of archives too, as text for people or as
//! JSON. A file that is broken or no recording has its page too. Invariant: no position, and every text of a file is
//! cleaned.

mod account;
mod laps;
mod text;
mod totals;

pub use text::render;
pub use totals::Total;

use crate::digest::Digest;
use crate::digest::quality::{Channel, Quality};
use crate::error::Error;
use crate::ingest::{self, Content, Fate, FileRead, Given};
use crate::model::calendar::{clock_text, plus, utc_text};
use crate::model::units::Units;
use crate::model::{Day, Format, Lap, Sport};
use crate::text::{clean, count, plain_word};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// All there is to say of one file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// Path below the input, `archive.zip!inner` for a member.
    pub file: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What is in it, or why nothing could be read and where.
    pub why: String,
    /// Its recordings, by time.
    pub recordings: Vec<Part>,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds recordings.
    Used,
    /// It is broken, and this is what could be saved of it.
    Salvaged,
    /// It is a list of a platform or of the runner.
    Listed,
    /// It holds nothing that is looked for.
    Skipped,
    /// It should hold a recording, and nothing could be read.
    Failed,
}

/// All there is to say of one recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own in the JSON")]
pub struct Part {
    /// What `overrides.csv` knows it by.
    pub id: String,
    /// Is it a run of a day that can be?
    pub counts: bool,
    /// Why it counts or not.
    pub why: String,
    /// The file is broken, and this is what could be saved of it.
    pub salvaged: bool,
    /// Format of the file.
    pub format: Format,
    /// Number of samples.
    pub samples: usize,
    /// Sport, as stated or inferred.
    pub sport: Sport,
    /// The sport is not in the file but was inferred.
    pub sport_inferred: bool,
    /// Name of the activity.
    pub title: Option<String>,
    /// Maker and product of the recorder.
    pub device: Option<String>,
    /// Who measured the power.
    pub power_source: Option<String>,
    /// Start by UTC.
    pub start_utc: String,
    /// Start by the clock of the runner, where it is known.
    pub start_local: Option<String>,
    /// That clock minus UTC in s.
    pub utc_offset_s: Option<i32>,
    /// The file itself says that this was a race.
    pub race: bool,
    /// Session RPE on the CR-10 scale.
    pub rpe: Option<f64>,
    /// Resting heart rate in bpm that the watch was set to or had measured.
    pub resting_hr_bpm: Option<f64>,
    /// Sums, and where each comes from.
    pub totals: Vec<Total>,
    /// What was recorded, and how much of the time it covers.
    pub channels: Vec<Channel>,
    /// Laps as stored.
    pub laps: Vec<Lap>,
    /// What was left out, how much and why.
    pub quality: Quality,
    /// The same in sentences.
    pub account: Vec<String>,
    /// What was wrong with the file and what was done.
    pub remarks: Vec<String>,
}

/// Looks into every file behind the paths, in order of name; a path may go on into an archive, as in `archive.zip!inner`.
/// `today` tells which clocks run ahead.
pub fn inspect(paths: &[PathBuf], units: Units, today: Day) -> Result<Vec<Page>, Error> {
    let (members, whole): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| member(path).is_some());
    let whole: Vec<PathBuf> = whole.into_iter().cloned().collect();
    let mut pages = pages(&whole, units, today)?;
    for path in members {
        let Some((archive, inner)) = member(path) else { continue };
        let mut found = self::pages(&[archive], units, today)?;
        found.retain(|page| page.file == inner);
        if found.is_empty() {
            let cause = std::io::Error::new(std::io::ErrorKind::NotFound, "the archive has no such member");
            return Err(Error::Input { path: path.clone(), cause });
        }
        pages.extend(found);
    }
    Ok(pages)
}

/// The archive and the member behind a path that is no file itself, such as `archive.zip!inner`.
fn member(path: &Path) -> Option<(PathBuf, String)> {
    let (archive, inner) = path.to_str().filter(|_| !path.exists())?.split_once('!')?;
    Path::new(archive).is_file().then(|| (archive.into(), inner.to_owned()))
}

fn pages(paths: &[PathBuf], units: Units, today: Day) -> Result<Vec<Page>, Error> {
    let sources = ingest::find(paths)?;
    // East of Greenwich it is tomorrow before it is so by UTC.
    let latest = plus(today, 2).and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    let given = Given { latest_ms: Some(latest), ..Given::default() };
    Ok(ingest::read_all(&sources).into_iter().map(|read| page(read, units, &given)).collect())
}

/// All pages as an array of JSON; lengths are in m and times in s, whatever the units.
pub fn to_json(pages: &[Page]) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(pages).map_err(|cause| Error::internal("the JSON", cause))?;
    Ok(text + "\n")
}

fn page(read: FileRead, units: Units, given: &Given<'_>) -> Page {
    let (outcome, why, recordings) = match read.outcome {
        Ok(Content::Recordings(mut digests)) => {
            ingest::mend_clocks(&mut digests, given);
            let parts: Vec<Part> = digests.iter().map(|digest| part(digest, units, given)).collect();
            let is_salvaged = digests.iter().any(|digest| digest.is_salvaged);
            let outcome = if is_salvaged { Outcome::Salvaged } else { Outcome::Used };
            (outcome, count(parts.len(), "recording"), parts)
        }
        Ok(Content::List(list)) => {
            let why = format!("a list of {}", activities(list.activities.len()));
            (Outcome::Listed, why, Vec::new())
        }
        Err(error) => {
            let why = clean(&error.to_string());
            let is_skipped = matches!(error.fate(&read.file), Fate::Skipped(_));
            (if is_skipped { Outcome::Skipped } else { Outcome::Failed }, why, Vec::new())
        }
    };
    Page { file: clean(&read.file), outcome, why, recordings }
}

fn activities(n: usize) -> String {
    if n == 1 { "1 activity".to_owned() } else { format!("{n} activities") }
}

fn part(digest: &Digest, units: Units, given: &Given<'_>) -> Part {
    let text = |text: &Option<String>| text.as_deref().map(clean).filter(|text| !text.is_empty());
    let (counts, why) = verdict(digest, given);
    Part {
        id: digest.id.clone(),
        counts,
        why,
        salvaged: digest.is_salvaged,
        format: digest.format,
        samples: digest.n_samples,
        sport: digest.sport,
        sport_inferred: digest.sport_inferred,
        title: text(&digest.title),
        device: text(&digest.device),
        power_source: text(&digest.power_source),
        start_utc: utc_text(digest.start_ms),
        start_local: digest.utc_offset_s.map(|offset| clock_text(digest.start_ms, offset)),
        utc_offset_s: digest.utc_offset_s,
        race: digest.is_race,
        rpe: digest.rpe,
        resting_hr_bpm: digest.resting_hr_bpm,
        totals: totals::totals(digest),
        channels: digest.quality.channels.clone(),
        laps: digest.laps.clone(),
        quality: digest.quality.clone(),
        account: account::sentences(digest, units),
        remarks: digest.remarks.iter().map(|remark| clean(remark)).collect(),
    }
}

/// Does a recording count as a run, and why? The config and other files may have a say in it, which is not looked at.
fn verdict(digest: &Digest, given: &Given<'_>) -> (bool, String) {
    if ingest::has_wrong_clock(digest.start_ms, given.latest_ms) {
        let why = "set aside: its clock cannot be right, and the name of the file gives no date";
        return (false, why.to_owned());
    }
    let sport = sport_name(digest.sport);
    match digest.sport {
        sport if sport.is_run() && digest.sport_inferred => {
            (true, "a run, taken for one as it states no sport and moves like one".to_owned())
        }
        run if run.is_run() => (true, format!("a run ({sport})")),
        Sport::Unknown => (false, "no run: it states no sport and does not move like a run".to_owned()),
        _ => (false, format!("no run: {sport}")),
    }
}

/// A sport in words, as tables name it.
fn sport_name(sport: Sport) -> String {
    let name = serde_json::to_value(sport).ok().and_then(|name| name.as_str().map(plain_word));
    match name.as_deref() {
        Some("other") | None => "another sport".to_owned(),
        Some(name) => name.to_owned(),
    }
}
