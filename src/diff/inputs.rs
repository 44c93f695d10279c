//! The small files beside the runs: what was written into them, or taken out.

use super::read::{Athlete, EntryRow};
use crate::model::Day;
use serde::Serialize;

/// What differs in one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputChange {
    /// `massage.csv`, `diary.csv`, `plan`, which is a sheet or a calendar, or `other sport`, whose sessions count as load.
    pub file: &'static str,
    /// Rows that only A has.
    pub n_only_a: usize,
    /// Rows that only B has.
    pub n_only_b: usize,
    /// Rows of a day that both have and that say something else.
    pub n_other: usize,
    /// A load or a threshold may rest on what differs.
    #[serde(skip)]
    pub(super) bears_on_load: bool,
}

/// What the sessions of other sport that count as load are called.
const SESSIONS: &str = "other sport";

/// The sessions of other sport that add to a load, by what they are and not by what was made of them.
fn sessions(one: &Athlete) -> Option<Vec<EntryRow>> {
    let named = |row: &EntryRow| {
        let id = row.rest.get_key_value("id").map(|(key, id)| (key.clone(), id.clone()));
        EntryRow { date: row.date, rest: id.into_iter().collect() }
    };
    let has_load = |row: &&EntryRow| row.rest.get("load_au").is_some_and(|load| !load.is_null());
    one.cross_training.as_ref().map(|rows| rows.iter().filter(has_load).map(named).collect())
}

/// Everything that differs. Reports from before these files were held tell nothing; days that one of the two does not
/// look at are not compared.
pub(super) fn changes(a: &Athlete, b: &Athlete) -> Vec<InputChange> {
    let as_of = a.as_of.zip(b.as_of);
    let was = |date: Day| as_of.is_none_or(|(a, b)| date <= a.min(b));
    let will_be = |date: Day| as_of.is_none_or(|(a, b)| date > a.max(b));
    let runs = |one: &'_ Athlete| one.plan.as_ref().map(|plan| plan.runs.clone());
    let found = [
        change("massage.csv", a.massages.as_deref(), b.massages.as_deref(), &was),
        change("diary.csv", a.diary.as_deref(), b.diary.as_deref(), &was),
        change(SESSIONS, sessions(a).as_deref(), sessions(b).as_deref(), &was),
        change("plan", runs(a).as_deref(), runs(b).as_deref(), &will_be),
    ];
    found.into_iter().flatten().collect()
}

fn change(
    file: &'static str,
    a: Option<&[EntryRow]>,
    b: Option<&[EntryRow]>,
    is_compared: &dyn Fn(Day) -> bool,
) -> Option<InputChange> {
    let (a, b) = a.zip(b)?;
    let (mut old, mut new) = (only_in(a, b, is_compared), only_in(b, a, is_compared));
    let bears_on_load = file == SESSIONS || old.iter().chain(&new).any(|row| bears_on_load(row));
    let n_before = old.len();
    old.retain(|row| match new.iter().position(|other| other.date == row.date) {
        Some(found) => {
            new.remove(found);
            false
        }
        None => true,
    });
    let (n_only_a, n_only_b, n_other) = (old.len(), new.len(), n_before - old.len());
    let differs = n_only_a + n_only_b + n_other > 0;
    differs.then_some(InputChange { file, n_only_a, n_only_b, n_other, bears_on_load })
}

/// The rows that another list does not have, each as often as it is missing there.
fn only_in<'a>(
    rows: &'a [EntryRow],
    others: &[EntryRow],
    is_compared: &dyn Fn(Day) -> bool,
) -> Vec<&'a EntryRow> {
    let mut left: Vec<&EntryRow> = others.iter().collect();
    let mut is_missing = |row: &EntryRow| match left.iter().position(|other| *other == row) {
        Some(found) => {
            left.swap_remove(found);
            false
        }
        None => true,
    };
    rows.iter().filter(|row| is_compared(row.date)).filter(|row| is_missing(row)).collect()
}

fn bears_on_load(row: &EntryRow) -> bool {
    let kind = row.rest.get("kind").and_then(|kind| kind.as_str());
    matches!(kind, Some("rpe" | "resting_hr"))
}

/// In words: `massage.csv: one session more`, `plan: 2 runs other`.
pub(super) fn words(change: &InputChange) -> String {
    let noun = |n: usize| match (change.file, n) {
        ("massage.csv" | SESSIONS, 1) => "session",
        ("massage.csv" | SESSIONS, _) => "sessions",
        ("diary.csv", 1) => "entry",
        ("diary.csv", _) => "entries",
        (_, 1) => "run",
        _ => "runs",
    };
    let said = [(change.n_only_b, "more"), (change.n_only_a, "fewer"), (change.n_other, "other")];
    let said = said.into_iter().filter(|(n, _)| *n > 0).map(|(n, how)| {
        let count = if n == 1 { "one".to_owned() } else { n.to_string() };
        format!("{count} {} {how}", noun(n))
    });
    format!("{}: {}", change.file, said.collect::<Vec<_>>().join(" and "))
}
