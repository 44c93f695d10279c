//! Ledgers for tests.

use super::{Entry, Kind, Ledger, Outcome};
use crate::score::run::Run;

/// A file of one outcome of which nothing else is said.
pub(crate) fn entry(file: &str, outcome: Outcome) -> Entry {
    Entry {
        file: file.to_owned(),
        id: None,
        date: None,
        outcome,
        kind: None,
        why: None,
        runs: Vec::new(),
        of: None,
        rule: None,
        filled: Vec::new(),
        parts: Vec::new(),
        holds: Vec::new(),
    }
}

/// A file for each of some runs, and a course beside them.
pub(crate) fn of_runs(runs: &[Run]) -> Ledger {
    let of_run = |run: &Run| {
        let of = run.duplicate_of.as_ref().and_then(|of| runs.iter().find(|other| other.id == *of));
        Entry {
            id: Some(run.id.clone()),
            date: Some(run.date),
            runs: vec![run.id.clone()],
            of: of.map(|other| other.file.clone()),
            rule: of.map(|_| "same_start"),
            why: of.map(|_| "same start, 12 s apart".to_owned()),
            ..entry(&run.file, if run.counts() { Outcome::Used } else { Outcome::Duplicate })
        }
    };
    let course = Entry {
        kind: Some(Kind::Course),
        why: Some("has no times: a course or route, not a recording".to_owned()),
        ..entry("old/track.gpx", Outcome::Skipped)
    };
    let mut entries: Vec<Entry> = runs.iter().map(of_run).chain([course]).collect();
    entries.sort_by(|a, b| a.file.cmp(&b.file));
    let copies = runs.iter().filter(|run| !run.counts()).count();
    Ledger { entries, runs: runs.len() - copies, copies, runs_of_lists: 0 }
}
