//! What became of every file: the account of an import.
//!
//! Input is what was [`Imported`](crate::ingest::Imported) and what later steps find out of single recordings, output a [`Ledger`] with one entry for
//! each file. Invariants: every file has exactly one outcome, so the totals add up to the number of files; nothing that was
//! recorded after the day of the analysis leaves a trace, not even in a count.

mod book;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod words;

pub use book::Book;

use crate::ingest::ReadError;
use crate::model::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of a file. The order is that of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It gave a run that counts.
    Used,
    /// It is broken; what could be saved of it counts.
    Salvaged,
    /// It gave a session of another sport that counts as load, and not as distance.
    Load,
    /// A copy of another file, to which it gave what that one lacks.
    Merged,
    /// A copy of another file, which counts.
    Duplicate,
    /// It holds nothing that counts as a run.
    Skipped,
    /// It should hold a recording, and nothing could be read.
    Failed,
    /// A list of activities.
    Listed,
}

/// What more there is to say of an outcome, as a word to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Skipped: a recording of another sport.
    OtherSport,
    /// Skipped: a file of a watch that is no activity.
    NotAnActivity,
    /// Skipped: a route without times.
    Course,
    /// Skipped: of no known format.
    UnknownFormat,
    /// Skipped: dated by a clock that was wrong.
    WrongClock,
    /// Skipped: the runner said so in `overrides.csv`.
    Dropped,
    /// Failed: without a byte.
    Empty,
    /// Failed: sound, and without a sample or total.
    NoSamples,
    /// Failed: broken so early that nothing could be saved.
    Damaged,
    /// Failed: could not be unpacked.
    Packed,
    /// Failed: longer than any recording.
    TooLong,
    /// Failed: beyond what is kept of a runner.
    OverLimit,
    /// Failed: the system could not read it.
    Unreadable,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Path below the input.
    pub file: String,
    /// The `id` of its recording, where it holds one alone.
    pub id: Option<String>,
    /// The runner's local date at the start of its first recording, where that is known.
    pub date: Option<Day>,
    /// What became of it.
    pub outcome: Outcome,
    /// What kind of skipped or failed file it is.
    pub kind: Option<Kind>,
    /// Why, and what of it: what is broken, what it holds instead, the numbers of a match.
    pub why: Option<String>,
    /// The `id` of each of its recordings that stands among the runs, copies among them.
    pub runs: Vec<String>,
    /// The file that counts in its place.
    pub of: Option<String>,
    /// How it is known to be a copy.
    pub rule: Option<&'static str>,
    /// What it gave to the one that counts.
    pub filled: Vec<String>,
    /// The recordings of a file that holds several, by time; empty where it holds one.
    pub parts: Vec<Part>,
    /// What it holds that is no run, in words: the sport of each recording, or what a file of a watch is.
    #[serde(skip)]
    pub holds: Vec<String>,
}

/// One of several recordings in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its `id`.
    pub id: String,
    /// The runner's local date at its start, where that is known.
    pub date: Option<Day>,
    /// What became of it.
    pub outcome: Outcome,
    /// What kind of skipped recording it is.
    pub kind: Option<Kind>,
    /// Why.
    pub why: Option<String>,
    /// The file that counts in its place.
    pub of: Option<String>,
    /// How it is known to be a copy.
    pub rule: Option<&'static str>,
    /// What it gave to the one that counts.
    pub filled: Vec<String>,
}

/// How many files came to what, and how many runs they gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Files read, of whatever outcome: the sum of the eight below.
    pub files: usize,
    /// See [`Outcome::Used`].
    pub used: usize,
    /// See [`Outcome::Salvaged`].
    pub salvaged: usize,
    /// See [`Outcome::Load`].
    pub load: usize,
    /// See [`Outcome::Merged`].
    pub merged: usize,
    /// See [`Outcome::Duplicate`].
    pub duplicate: usize,
    /// See [`Outcome::Skipped`].
    pub skipped: usize,
    /// See [`Outcome::Failed`].
    pub failed: usize,
    /// See [`Outcome::Listed`].
    pub listed: usize,
    /// Runs that count, those of lists among them.
    pub runs: usize,
    /// Recordings of runs that are copies of these.
    pub copies: usize,
    /// Runs among those that count that stand in a list alone.
    pub runs_of_lists: usize,
}

/// The account of all files of one runner, in order of name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Every file once.
    pub entries: Vec<Entry>,
    /// See [`Totals::runs`].
    pub runs: usize,
    /// See [`Totals::copies`].
    pub copies: usize,
    /// See [`Totals::runs_of_lists`].
    pub runs_of_lists: usize,
}

fn kind(error: &ReadError) -> Kind {
    match error {
        ReadError::Empty => Kind::Empty,
        ReadError::UnknownFormat | ReadError::Note => Kind::UnknownFormat,
        ReadError::NotAnActivity(_) | ReadError::OnlyOther(_) => Kind::NotAnActivity,
        ReadError::Course => Kind::Course,
        ReadError::NoSamples => Kind::NoSamples,
        ReadError::Damaged { .. } => Kind::Damaged,
        ReadError::Packed(_) | ReadError::Archive(_) => Kind::Packed,
        ReadError::TooLong(_) => Kind::TooLong,
        ReadError::TooMuch(_) => Kind::OverLimit,
        ReadError::Io(_) => Kind::Unreadable,
    }
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::OtherSport,
        Self::NotAnActivity,
        Self::Course,
        Self::UnknownFormat,
        Self::WrongClock,
        Self::Dropped,
        Self::Empty,
        Self::NoSamples,
        Self::Damaged,
        Self::Packed,
        Self::TooLong,
        Self::OverLimit,
        Self::Unreadable,
    ];
}

impl Outcome {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Used,
        Self::Salvaged,
        Self::Load,
        Self::Merged,
        Self::Duplicate,
        Self::Skipped,
        Self::Failed,
        Self::Listed,
    ];
}

impl Ledger {
    /// How many files came to what.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let n = |outcome: Outcome| self.of(outcome).count();
        Totals {
            files: self.entries.len(),
            used: n(Outcome::Used),
            salvaged: n(Outcome::Salvaged),
            load: n(Outcome::Load),
            merged: n(Outcome::Merged),
            duplicate: n(Outcome::Duplicate),
            skipped: n(Outcome::Skipped),
            failed: n(Outcome::Failed),
            listed: n(Outcome::Listed),
            runs: self.runs,
            copies: self.copies,
            runs_of_lists: self.runs_of_lists,
        }
    }

    /// The files of one outcome, in order of name.
    pub fn of(&self, outcome: Outcome) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.outcome == outcome)
    }

    /// How many files of an outcome are of each kind, the most frequent first.
    #[must_use]
    pub fn kinds_of(&self, outcome: Outcome) -> Vec<(Kind, usize)> {
        let mut found: BTreeMap<Kind, usize> = BTreeMap::new();
        for kind in self.of(outcome).filter_map(|entry| entry.kind) {
            *found.entry(kind).or_default() += 1;
        }
        let mut found: Vec<(Kind, usize)> = found.into_iter().collect();
        found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        found
    }

    /// The account of several runners in one, for counts.
    #[must_use]
    pub fn joined<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        all.fold(Self::default(), |mut sum, one| {
            sum.entries.extend(one.entries.iter().cloned());
            sum.runs += one.runs;
            sum.copies += one.copies;
            sum.runs_of_lists += one.runs_of_lists;
            sum
        })
    }

    /// What was skipped and what failed by kind, in a sentence.
    #[must_use]
    pub fn kinds(&self) -> String {
        words::kinds(&self.kinds_of(Outcome::Skipped), &self.kinds_of(Outcome::Failed))
    }

    /// What files of an outcome hold that is no run, in words, the most frequent first; of every kind, or of one.
    #[must_use]
    pub fn holds(&self, outcome: Outcome, kind: Option<Kind>) -> Vec<(&str, usize)> {
        let files = self.of(outcome).filter(|entry| kind.is_none() || entry.kind == kind);
        counted(files.flat_map(|entry| &entry.holds))
    }

    /// The sports of recordings that are no runs in files that count for another recording, the most frequent first.
    #[must_use]
    pub fn beside(&self) -> Vec<(&str, usize)> {
        let is_beside = |entry: &&Entry| !matches!(entry.outcome, Outcome::Skipped | Outcome::Load);
        counted(self.entries.iter().filter(is_beside).flat_map(|entry| &entry.holds))
    }
}

fn counted<'a>(words: impl Iterator<Item = &'a String>) -> Vec<(&'a str, usize)> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        *found.entry(word).or_default() += 1;
    }
    let mut found: Vec<(&str, usize)> = found.into_iter().collect();
    found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    found
}
