//! Does what is read as one runner hold the runs of several?
//!
//! Input are the recordings of one input with the copies among them, output is a sentence where they cannot be of one person.
//! Invariant: one runner with two watches is never taken for two.

use super::kind::NOTES;
use super::{Copy, Imported};
use crate::digest::Digest;
use crate::model::Scope;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Pairs of runs that no one person can have run, from which they are of two.
const AT_ONCE: usize = 3;
/// Changes from the watch of one person to that of another and back, from which they are two ...
const MIN_CHANGES: usize = 6;
/// ... over at least so many days.
const MIN_DAYS: i64 = 14;
/// Two runs touch each other for less than this by a slip of the finger.
const MIN_COMMON_S: f64 = 300.0;
/// Two watches on one runner agree in speed to this share ...
const SAME_SPEED: f64 = 0.15;
/// ... and one of them runs for at least this share of its time while the other does.
const MIN_SHARE: f64 = 0.8;

/// What speaks for several runners in one input, in words; `None` where nothing does.
///
/// Folders of years and months, whose names are numbers, tell nothing by the notes in them.
pub(crate) fn several(folder: &Path, imported: &Imported, scope: &Scope<'_>) -> Option<String> {
    let folders: BTreeSet<&str> = imported.files.iter().filter_map(|note| folder_of(&note.file)).collect();
    let has_own = |name: &&&str| {
        let is_date = name.chars().all(|c| c.is_ascii_digit() || c == '-');
        !is_date && NOTES.iter().any(|file| folder.join(name).join(file).is_file())
    };
    let n_folders = folders.len();
    if n_folders > 1
        && let Some(name) = folders.iter().find(has_own)
    {
        return Some(format!(
            "{n_folders} folders are read as one runner, but {name} has notes or a plan of its own; if each is a runner, give --squad"
        ));
    }
    let Imported { digests, copies, .. } = imported;
    let is_run = |digest: &&Digest| scope.counts(digest.sport) && digest.n_samples > 0;
    let runs: Vec<&Digest> = digests.iter().filter(is_run).collect();
    let pairs = impossible(&runs, copies);
    let Some((first, later)) = pairs.first().filter(|_| pairs.len() >= AT_ONCE) else {
        return two_wearers(&runs);
    };
    let n = pairs.len();
    let example = format!("such as {} and {}", first.file, later.file);
    let are_apart = pairs.iter().all(|(first, later)| top(&first.file) != top(&later.file));
    let advice = if are_apart {
        "if each folder is a runner, give --squad"
    } else {
        "if they are of several runners, put those of each into a folder and give --squad"
    };
    Some(format!(
        "{n} times two runs took place at once that one person cannot have run, {example}; {advice}"
    ))
}

/// Devices of two persons by what they were set to, each taken up again and again after the other. One who changes the watch
/// does so once, and two watches of one person are set to that person.
fn two_wearers(runs: &[&Digest]) -> Option<String> {
    let worn: Vec<(&str, &str, &Digest)> = runs
        .iter()
        .filter_map(|run| Some((run.wearer.as_deref()?, run.recorder.as_deref()?, *run)))
        .collect();
    let wearers: BTreeSet<&str> = worn.iter().map(|(wearer, ..)| *wearer).collect();
    for (at, one) in wearers.iter().enumerate() {
        for other in wearers.iter().skip(at + 1) {
            let both: Vec<&(&str, &str, &Digest)> =
                worn.iter().filter(|(wearer, ..)| wearer == one || wearer == other).collect();
            let n_changes =
                both.windows(2).filter(|two| two[0].0 != two[1].0 && two[0].1 != two[1].1).count();
            let (first, last) = both.first().zip(both.last())?;
            let days = last.2.start_ms.saturating_sub(first.2.start_ms) / 86_400_000;
            if n_changes >= MIN_CHANGES && days >= MIN_DAYS {
                let file =
                    |wearer: &str| both.iter().find(|(of, ..)| *of == wearer).map(|(.., run)| &run.file);
                let (a, b) = file(one).zip(file(other))?;
                return Some(format!(
                    "runs of two watches that are set to persons of another sex or height take turns {n_changes} times in {days} days, such as {a} and {b}; if they are of two runners, put those of each into a folder and give --squad"
                ));
            }
        }
    }
    None
}

/// The folder directly below the input in which a file or its archive lies.
fn folder_of(file: &str) -> Option<&str> {
    top(file.split('!').next().unwrap_or(file))
}

/// The folder directly below the input.
fn top(name: &str) -> Option<&str> {
    name.split_once('/').map(|(top, _)| top)
}

/// The pairs of runs that no one person can have run, each run in one pair at most, in order of time.
fn impossible<'a>(runs: &[&'a Digest], copies: &BTreeMap<String, Copy>) -> Vec<(&'a Digest, &'a Digest)> {
    let mut pairs = Vec::new();
    let mut is_paired = vec![false; runs.len()];
    for (at, first) in runs.iter().enumerate() {
        let end_ms = first.start_ms.saturating_add((1000.0 * first.elapsed_s.max(0.0)) as i64);
        let others = runs[at + 1..].iter().take_while(|later| later.start_ms < end_ms);
        let mut others = others.enumerate().map(|(n, later)| (at + 1 + n, *later));
        let is_other = |(n, later): &(usize, &Digest)| {
            !is_paired[*n] && !are_copies(first, later, copies) && are_two_people(first, later)
        };
        if let Some((n, later)) = others.find(is_other).filter(|_| !is_paired[at]) {
            is_paired[n] = true;
            pairs.push((*first, later));
        }
    }
    pairs
}

fn are_copies(a: &Digest, b: &Digest, copies: &BTreeMap<String, Copy>) -> bool {
    let of =
        |digest: &Digest| copies.get(&digest.id).map_or_else(|| digest.id.clone(), |copy| copy.of.clone());
    of(a) == of(b)
}

/// Can two runs that overlap not be of one person? They come from two devices or folders, and either run on beside each
/// other, or at two speeds.
fn are_two_people(first: &Digest, later: &Digest) -> bool {
    // A file that names no device may be of any.
    let devices_differ = first.recorder.as_ref().zip(later.recorder.as_ref()).is_none_or(|(a, b)| a != b);
    let folders_differ = top(&first.file) != top(&later.file);
    let apart_s = (later.start_ms - first.start_ms) as f64 / 1000.0;
    let common_s = (first.elapsed_s - apart_s).min(later.elapsed_s);
    let shorter_s = first.elapsed_s.min(later.elapsed_s);
    let speed = |digest: &Digest| digest.distance_m.map(|metres| metres / digest.elapsed_s);
    let speeds_differ =
        speed(first).zip(speed(later)).is_some_and(|(a, b)| (a - b).abs() > SAME_SPEED * a.max(b));
    let is_on_belt = first.sport.is_indoor() || later.sport.is_indoor();
    let is_within = common_s >= MIN_SHARE * shorter_s;
    (devices_differ || folders_differ)
        && common_s >= MIN_COMMON_S
        && (!is_within || (speeds_differ && !is_on_belt))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::Track;
    use crate::ingest::{Fate, FileNote};

    #[test]
    fn folders_with_notes_of_their_own_may_be_runners() {
        let folder = tempfile::tempdir().unwrap();
        let sources = |names: &[&str]| {
            let note = |name: &&str| FileNote { file: (*name).into(), fate: Fate::Read(Vec::new()) };
            Imported { files: names.iter().map(note).collect(), ..Imported::default() }
        };
        let scope = Scope::default();
        let two = sources(&["2025/1.fit", "2026/1.fit", "2026/2.fit"]);
        for name in ["2026", "ada"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join("diary.csv"), "").unwrap();
        }
        assert_eq!(several(folder.path(), &two, &scope), None, "years are no runners");
        let said = several(folder.path(), &sources(&["ada/1.fit", "jo/a.zip!1.fit"]), &scope).unwrap();
        assert!(said.contains("ada") && said.contains("--squad"), "{said}");
        assert_eq!(several(folder.path(), &sources(&["ada/1.fit", "1.fit"]), &scope), None);
    }

    /// What is said of two devices: on each of `n_days` the second starts so many seconds later, at its own speed.
    fn said(n_days: i64, after_s: i64, speed_mps: f64, names: [&str; 2]) -> Option<String> {
        let mut digests: Vec<Digest> = Vec::new();
        for day in 0..n_days {
            for (k, (later_s, speed)) in [(0, 3.0), (after_s, speed_mps)].into_iter().enumerate() {
                let even = Track::even(3600, speed);
                let track = Track { start_s: even.start_s + day * 86_400 + later_s, ..even };
                let id = 2 * day as u128 + k as u128;
                let digest = track.digest(id, &format!("{}{day}.fit", names[k]));
                digests.push(Digest { recorder: Some(format!("{k:08x}")), ..digest });
            }
        }
        let imported = Imported { digests, ..Imported::default() };
        several(Path::new("nowhere"), &imported, &Scope::default())
    }

    #[test]
    fn runs_that_no_one_person_can_have_run_are_told() {
        let mixed = said(3, 1800, 3.0, ["a", "b"]).unwrap();
        assert!(mixed.contains("3 times") && mixed.contains("a0.fit and b0.fit"), "{mixed}");
        assert!(mixed.contains("put those of each into a folder and give --squad"), "{mixed}");
        let folders = said(3, 1800, 3.0, ["ada/", "jo/"]).unwrap();
        assert!(folders.contains("if each folder is a runner, give --squad"), "{folders}");
        assert!(said(3, 300, 3.8, ["a", "b"]).is_some(), "together and at two speeds");
        assert_eq!(said(2, 1800, 3.0, ["a", "b"]), None, "twice may be chance");
    }

    /// Runs on every second day, by the watch and its person that `who` says.
    fn worn(who: impl Fn(i64) -> (&'static str, &'static str)) -> Option<String> {
        let of_day = |day: i64| {
            let even = Track::even(1800, 3.0);
            let track = Track { start_s: even.start_s + 2 * day * 86_400, ..even };
            let (recorder, wearer) = who(day);
            let digest = track.digest(day as u128, &format!("{day}.fit"));
            Digest { recorder: Some(recorder.into()), wearer: Some(wearer.into()), ..digest }
        };
        let imported = Imported { digests: (0..20).map(of_day).collect(), ..Imported::default() };
        several(Path::new("nowhere"), &imported, &Scope::default())
    }

    #[test]
    fn watches_set_to_two_persons_that_take_turns_are_told() {
        let said = worn(|day| if day % 3 == 0 { ("a", "one") } else { ("b", "two") }).unwrap();
        assert!(said.contains("take turns 13 times in 38 days, such as 0.fit and 1.fit"), "{said}");
        assert_eq!(worn(|day| if day % 3 == 0 { ("a", "one") } else { ("b", "one") }), None, "two watches");
        assert_eq!(worn(|day| if day < 9 { ("a", "one") } else { ("b", "two") }), None, "a new watch");
        assert_eq!(worn(|day| ("a", if day % 3 == 0 { "one" } else { "two" })), None, "settings changed");
        let lent = |day| if (7..9).contains(&day) { ("a", "one") } else { ("b", "two") };
        assert_eq!(worn(lent), None, "lent once");
    }

    #[test]
    fn one_runner_with_two_watches_is_one() {
        for after_s in [-300, 0, 5, 200, 700] {
            assert_eq!(said(9, after_s, 2.8, ["watch", "phone"]), None, "{after_s}");
        }
        assert_eq!(said(9, 3500, 3.0, ["a", "b"]), None, "stopped late");
    }
}
