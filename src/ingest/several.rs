//! Does what is read as one runner hold the runs of several?
//!
//! Input are the recordings of one input with the copies among them, output is a sentence where they cannot be of one person.
//! Invariant: one runner with two watches is never taken for two.

use super::{Copy, Source};
use crate::digest::Digest;
use std::collections::BTreeMap;
use std::path::Path;

/// Files that a runner has one of.
const OWN: [&str; 5] = ["massage.csv", "diary.csv", "overrides.csv", "plan.csv", "plan.ics"];
/// Pairs of runs that no one person can have run, from which they are of two.
const AT_ONCE: usize = 3;
/// Two runs touch each other for less than this by a slip of the finger.
const MIN_COMMON_S: f64 = 300.0;
/// Two watches on one runner agree in speed to this share ...
const SAME_SPEED: f64 = 0.15;
/// ... and one of them runs for at least this share of its time while the other does.
const MIN_SHARE: f64 = 0.8;

/// What speaks for several runners in one input, in words; `None` where nothing does.
///
/// Folders of years and months, whose names are numbers, tell nothing by the notes in them.
pub(crate) fn several(
    folder: &Path,
    sources: &[Source],
    digests: &[Digest],
    copies: &BTreeMap<String, Copy>,
) -> Option<String> {
    let mut folders: Vec<&str> = sources.iter().filter_map(|source| top(&source.name)).collect();
    folders.sort_unstable();
    folders.dedup();
    let has_own = |name: &&&str| {
        let is_date = name.chars().all(|c| c.is_ascii_digit() || c == '-');
        !is_date && OWN.iter().any(|file| folder.join(name).join(file).is_file())
    };
    let n_folders = folders.len();
    if n_folders > 1
        && let Some(name) = folders.iter().find(has_own)
    {
        return Some(format!(
            "{n_folders} folders are read as one runner, but {name} has notes or a plan of its own; if each is a runner, give --squad"
        ));
    }
    let pairs = impossible(digests, copies);
    let (first, later) = pairs.first().filter(|_| pairs.len() >= AT_ONCE)?;
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

/// The folder directly below the input.
fn top(name: &str) -> Option<&str> {
    name.split_once('/').map(|(top, _)| top)
}

/// The pairs of runs that no one person can have run, each run in one pair at most, in order of time.
fn impossible<'a>(digests: &'a [Digest], copies: &BTreeMap<String, Copy>) -> Vec<(&'a Digest, &'a Digest)> {
    let runs: Vec<&Digest> = digests.iter().filter(|run| run.sport.is_run() && run.n_samples > 0).collect();
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
    let devices_differ = first.recorder.as_ref().zip(later.recorder.as_ref()).is_some_and(|(a, b)| a != b);
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

    #[test]
    fn folders_with_notes_of_their_own_may_be_runners() {
        let folder = tempfile::tempdir().unwrap();
        let sources = |names: &[&str]| -> Vec<Source> {
            names.iter().map(|name| Source { name: (*name).into(), path: folder.path().join(name) }).collect()
        };
        let two = sources(&["2025/1.fit", "2026/1.fit", "2026/2.fit"]);
        for name in ["2026", "ada"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join("diary.csv"), "").unwrap();
        }
        assert_eq!(several(folder.path(), &two, &[], &BTreeMap::new()), None, "years are no runners");
        let said =
            several(folder.path(), &sources(&["ada/1.fit", "jo/1.fit"]), &[], &BTreeMap::new()).unwrap();
        assert!(said.contains("ada") && said.contains("--squad"), "{said}");
        assert_eq!(several(folder.path(), &sources(&["ada/1.fit", "1.fit"]), &[], &BTreeMap::new()), None);
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
        several(Path::new("nowhere"), &[], &digests, &BTreeMap::new())
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

    #[test]
    fn one_runner_with_two_watches_is_one() {
        for after_s in [-300, 0, 5, 200, 700] {
            assert_eq!(said(9, after_s, 2.8, ["watch", "phone"]), None, "{after_s}");
        }
        assert_eq!(said(9, 3500, 3.0, ["a", "b"]), None, "stopped late");
    }
}
