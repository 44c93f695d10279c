//! Runs: matched by content, else by file.

use super::keys::Change;
use super::numbers::{Move, moves};
use super::read::{Athlete, RunRow};
use crate::model::Day;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What happened to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Only B has it.
    Added,
    /// Only A has it.
    Removed,
    /// The file of that name has other content.
    Replaced,
    /// The file is the same, and something that was read or worked out from it differs.
    Changed,
}

/// A run that is not the same in both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunChange {
    /// What happened to it.
    pub what: What,
    /// Its file below the input, in B where both have it.
    pub file: String,
    /// Its date in A; null where A does not have it.
    pub old_date: Option<Day>,
    /// Its date in B; null where B does not have it.
    pub new_date: Option<Day>,
    /// Its numbers that moved: `distance_m`, `timer_s`, `load_au`.
    pub numbers: Vec<Move>,
    /// Its words that differ: `copy_of` (a file), `load_basis`, `session_kind`, `race`.
    pub words: Vec<Change>,
    /// What the report that does not have it says of its file.
    pub notice: Option<String>,
    /// Whether it is added up in days and weeks of A, of B, or of both.
    #[serde(skip)]
    pub(super) counts: bool,
}

impl RunChange {
    /// Its date, the earlier where it has two.
    pub(super) fn date(&self) -> Day {
        [self.old_date, self.new_date].into_iter().flatten().min().unwrap_or_default()
    }

    /// Whether one of its dates lies within these, both included.
    pub(super) fn is_within(&self, first: Day, last: Day) -> bool {
        [self.old_date, self.new_date].into_iter().flatten().any(|date| (first..=last).contains(&date))
    }

    /// Whether the run itself is another, more than the score it was given.
    pub(super) fn is_another(&self) -> bool {
        let has = |key: &str| self.numbers.iter().any(|number| number.key == key);
        self.what != What::Changed
            || self.old_date != self.new_date
            || self.copy().is_some()
            || has("distance_m")
            || has("timer_s")
    }

    /// Whether it became or ceased to be a copy.
    pub(super) fn copy(&self) -> Option<&Change> {
        self.words.iter().find(|word| word.key == "copy_of")
    }

    /// Whether it is there or not because of the day that the older analysis stands on.
    pub(super) fn is_after(&self, day: Day) -> bool {
        matches!(self.what, What::Added | What::Removed) && self.date() > day
    }

    /// Whether the same file gave other numbers, which no file can be the cause of.
    pub(super) fn is_read_anew(&self) -> bool {
        self.what == What::Changed && (!self.numbers.is_empty() || self.old_date != self.new_date)
    }
}

/// Every run that differs, by date and file.
pub(super) fn changes(a: &Athlete, b: &Athlete, tolerance_pct: f64) -> Vec<RunChange> {
    let (mut old, mut new): (Vec<&RunRow>, Vec<&RunRow>) = (a.runs.iter().collect(), b.runs.iter().collect());
    // Two files may hold the same bytes and so have one id.
    let mut same = pairs(&mut old, &mut new, |run| (run.id.clone(), run.file.clone()));
    same.extend(pairs(&mut old, &mut new, |run| (run.id.clone(), String::new())));
    let replaced = pairs(&mut old, &mut new, |run| (run.file.clone(), String::new()));
    let pair = |what, old, new| change(what, [a, b], [Some(old), Some(new)], tolerance_pct);
    let mut found: Vec<RunChange> =
        same.into_iter().map(|(old, new)| pair(What::Changed, old, new)).collect();
    found.retain(|run| run.is_another() || !run.numbers.is_empty() || !run.words.is_empty());
    found.extend(replaced.into_iter().map(|(old, new)| pair(What::Replaced, old, new)));
    found.extend(old.into_iter().map(|run| change(What::Removed, [a, b], [Some(run), None], tolerance_pct)));
    found.extend(new.into_iter().map(|run| change(What::Added, [a, b], [None, Some(run)], tolerance_pct)));
    found.sort_by(|a, b| (a.date(), &a.file, a.what).cmp(&(b.date(), &b.file, b.what)));
    found
}

/// Takes out the runs that agree in a key, in order of time where several do.
fn pairs<'a, K: Ord>(
    old: &mut Vec<&'a RunRow>,
    new: &mut Vec<&'a RunRow>,
    key: impl Fn(&RunRow) -> K,
) -> Vec<(&'a RunRow, &'a RunRow)> {
    let mut by_key: BTreeMap<K, Vec<&RunRow>> = BTreeMap::new();
    for run in new.drain(..).rev() {
        by_key.entry(key(run)).or_default().push(run);
    }
    let mut found = Vec::new();
    old.retain(|run| match by_key.get_mut(&key(run)).and_then(Vec::pop) {
        Some(other) => {
            found.push((*run, other));
            false
        }
        None => true,
    });
    new.extend(by_key.into_values().flatten());
    found
}

fn change(
    what: What,
    [a, b]: [&Athlete; 2],
    [old, new]: [Option<&RunRow>; 2],
    tolerance_pct: f64,
) -> RunChange {
    let file = new.or(old).map(|run| run.file.clone()).unwrap_or_default();
    let silent = match what {
        What::Added => Some(a),
        What::Removed => Some(b),
        What::Replaced | What::Changed => None,
    };
    let notice = silent.and_then(|side| side.notices.iter().find(|notice| notice.source == file));
    let is_new_or_gone = old.is_none() || new.is_none();
    let mut words = super::keys::changes(&words(a, old), &words(b, new));
    words.retain(|word| !is_new_or_gone || word.key == "copy_of");
    RunChange {
        what,
        old_date: old.map(|run| run.date),
        new_date: new.map(|run| run.date),
        numbers: moves(numbers(old), numbers(new), tolerance_pct),
        words,
        notice: notice.map(|notice| notice.text.clone()),
        counts: [old, new].into_iter().flatten().any(|run| run.duplicate_of.is_none()),
        file,
    }
}

fn numbers(run: Option<&RunRow>) -> [(&'static str, Option<f64>); 3] {
    let of = |value: fn(&RunRow) -> Option<f64>| run.and_then(value);
    [
        ("distance_m", of(|run| run.distance_m)),
        ("timer_s", of(|run| run.timer_s)),
        ("load_au", of(|run| run.load_au)),
    ]
}

/// What is not a number; a copy names the file of the original, for people know no ids.
fn words(side: &Athlete, run: Option<&RunRow>) -> Value {
    let Some(run) = run else { return Value::Null };
    let original = |id: &String| {
        let first = side.runs.iter().find(|other| other.id == *id && other.duplicate_of.is_none());
        first.map_or_else(|| id.clone(), |other| other.file.clone())
    };
    json!({
        "copy_of": run.duplicate_of.as_ref().map(original),
        "load_basis": run.load_basis,
        "session_kind": run.session_kind,
        "race": run.race,
    })
}
