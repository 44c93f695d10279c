//! Does a folder that is read as one runner hold the folders of several?

use super::{Copy, Source};
use crate::digest::Digest;
use std::collections::BTreeMap;
use std::path::Path;

/// Files that a runner has one of.
const OWN: [&str; 4] = ["massage.csv", "diary.csv", "plan.csv", "plan.ics"];
/// Runs of two folders at the same time, and no copies, from which they are of two runners.
const AT_ONCE: usize = 3;

/// What speaks for several runners below a folder, in words; `None` where nothing does.
///
/// Folders of years and months, whose names are numbers, tell nothing by
/// the notes in them.
pub(crate) fn several(
    folder: &Path,
    sources: &[Source],
    digests: &[Digest],
    copies: &BTreeMap<String, Copy>,
) -> Option<String> {
    let mut folders: Vec<&str> = sources.iter().filter_map(|source| top(&source.name)).collect();
    folders.dedup();
    if folders.len() < 2 {
        return None;
    }
    let has_own = |name: &&&str| {
        let is_date = name.chars().all(|c| c.is_ascii_digit() || c == '-');
        !is_date && OWN.iter().any(|file| folder.join(name).join(file).is_file())
    };
    let why = match folders.iter().find(has_own) {
        Some(name) => format!("{name} has notes or a plan of its own"),
        None if n_at_once(digests, copies) >= AT_ONCE => {
            "some of their runs took place at the same time".to_owned()
        }
        None => return None,
    };
    let n = folders.len();
    Some(format!("{n} folders are read as one runner, but {why}; if each is a runner, give --squad"))
}

/// The folder directly below the input.
fn top(name: &str) -> Option<&str> {
    name.split_once('/').map(|(top, _)| top)
}

/// Runs that begin while one of another folder goes on.
fn n_at_once(digests: &[Digest], copies: &BTreeMap<String, Copy>) -> usize {
    let mut spans: Vec<(i64, i64, &str)> = digests
        .iter()
        .filter(|run| run.sport.is_run() && !copies.contains_key(&run.id))
        .filter_map(|run| {
            let lasts_ms = (run.timer_s.max(0.0) * 1000.0) as i64;
            Some((run.start_ms, run.start_ms.saturating_add(lasts_ms), top(&run.file)?))
        })
        .collect();
    spans.sort_unstable();
    let mut ends: BTreeMap<&str, i64> = BTreeMap::new();
    let mut n = 0;
    for (start, end, folder) in spans {
        n += usize::from(ends.iter().any(|(other, end)| *other != folder && *end > start));
        let last = ends.entry(folder).or_insert(end);
        *last = end.max(*last);
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
