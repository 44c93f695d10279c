//! What became of every file: the account of an import.
//!
//! Input is what was [`Imported`] and what later steps find out of single recordings, output a [`Ledger`] with one entry for
//! each file. Invariants: every file has exactly one outcome, so the totals add up to the number of files; nothing that was
//! recorded after the day of the analysis leaves a trace, not even in a count.

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod words;

use crate::ingest::{Copy, Fate, FileNote, Imported, ReadError};
use crate::model::Sport;
use crate::model::text::clean;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a file. The order is that of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It gave a run that counts.
    Used,
    /// It is broken; what could be saved of it counts as a run.
    Salvaged,
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
    /// Failed: the system could not read it.
    Unreadable,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Path below the input.
    pub file: String,
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
    /// The sport of each recording that is no run.
    #[serde(skip)]
    pub sports: Vec<Sport>,
}

/// One of several recordings in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its `id`.
    pub id: String,
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
    /// Files read, of whatever outcome: the sum of the seven below.
    pub files: usize,
    /// See [`Outcome::Used`].
    pub used: usize,
    /// See [`Outcome::Salvaged`].
    pub salvaged: usize,
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

/// A recording while it is not yet known what becomes of it.
#[derive(Debug, Clone)]
struct Recorded {
    file: String,
    sport: Sport,
    is_salvaged: bool,
    remarks: Vec<String>,
    /// The runner has said of it what it is.
    is_told: bool,
    copy: Option<Copy>,
    left_out: Option<(Kind, String)>,
    is_later: bool,
}

impl Recorded {
    /// What the runner has said of it.
    fn told(&self) -> Option<String> {
        let told = self.remarks.iter().filter(|remark| remark.starts_with(words::TOLD));
        let told: Vec<&str> = told.filter(|_| self.is_told).map(String::as_str).collect();
        (!told.is_empty()).then(|| clean(&told.join("; ")))
    }
}

/// A ledger that is still open.
#[derive(Debug, Clone)]
pub struct Book {
    files: Vec<FileNote>,
    /// Why files gave nothing.
    errors: BTreeMap<String, ReadError>,
    /// What the runner took out, with the reason.
    dropped: BTreeMap<String, Option<String>>,
    recorded: BTreeMap<String, Recorded>,
}

impl Book {
    /// Takes down what was imported.
    #[must_use]
    pub fn open(imported: &Imported) -> Self {
        let recorded = imported.digests.iter().map(|digest| {
            let recorded = Recorded {
                file: digest.file.clone(),
                sport: digest.sport,
                is_salvaged: digest.is_salvaged,
                remarks: digest.remarks.clone(),
                is_told: imported.said.of.contains_key(&digest.id),
                copy: imported.copies.get(&digest.id).cloned(),
                left_out: None,
                is_later: false,
            };
            (digest.id.clone(), recorded)
        });
        let dropped = imported.said.dropped.clone();
        let (files, errors) = (imported.files.clone(), imported.errors.clone());
        Self { files, errors, dropped, recorded: recorded.collect() }
    }

    /// The recording of this `id` counts as no run, and why.
    pub fn leave_out(&mut self, id: &str, kind: Kind, why: impl Into<String>) {
        if let Some(recorded) = self.recorded.get_mut(id) {
            recorded.left_out = Some((kind, why.into()));
        }
    }

    /// A copy counts after all, as the recording that should is none of this account.
    pub fn free(&mut self, id: &str) {
        if let Some(one) = self.recorded.get_mut(id) {
            one.copy = None;
        }
    }

    /// The recording of this `id` is of a day after that of the analysis: nothing is said of it.
    pub fn pass_over(&mut self, id: &str) {
        if let Some(recorded) = self.recorded.get_mut(id) {
            recorded.is_later = true;
        }
    }

    /// Passes over files that could not be read and are of a day after that of the analysis. Returns their names.
    pub fn pass_over_files(&mut self, is_later: impl Fn(&str) -> bool) -> BTreeSet<String> {
        let is_it = |note: &mut FileNote| matches!(note.fate, Fate::Failed(_)) && is_later(&note.file);
        self.files.extract_if(.., is_it).map(|note| note.file).collect()
    }

    /// The names of the files that could not be read.
    pub fn failed(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter(|note| matches!(note.fate, Fate::Failed(_))).map(|note| note.file.as_str())
    }

    /// Closes the book; `runs` are the `id`s of all that stands among the runs, copies among them.
    #[must_use]
    pub fn close<'a>(self, runs: impl Iterator<Item = &'a str>) -> Ledger {
        let runs: BTreeSet<&str> = runs.collect();
        let mut entries = Vec::with_capacity(self.files.len());
        let mut gone = BTreeSet::new();
        for note in &self.files {
            match self.entry(note, &runs) {
                Some(entry) => entries.push(entry),
                None => _ = gone.insert(note.file.as_str()),
            }
        }
        // A file with the bytes of one that is passed over is passed over too, unless another of that name is there.
        let named: BTreeSet<String> = entries.iter().map(|entry: &Entry| entry.file.clone()).collect();
        entries.retain(|entry| {
            let of = entry.of.as_deref().filter(|_| entry.rule == Some(words::SAME_CONTENT));
            of.is_none_or(|of| !gone.contains(of) || named.contains(of))
        });
        let in_files: BTreeSet<&str> = self.files.iter().flat_map(|note| ids(&note.fate)).collect();
        let is_copy = |id: &&&str| self.recorded.get(**id).is_some_and(|one| one.copy.is_some());
        let copies = runs.iter().filter(is_copy).count();
        let runs_of_lists = runs.iter().filter(|id| !is_copy(id) && !in_files.contains(**id)).count();
        Ledger { entries, runs: runs.len() - copies, copies, runs_of_lists }
    }

    /// `None` for a file of which every recording is passed over.
    fn entry(&self, note: &FileNote, runs: &BTreeSet<&str>) -> Option<Entry> {
        let entry = |outcome: Outcome| Entry {
            file: note.file.clone(),
            outcome,
            kind: None,
            why: None,
            runs: Vec::new(),
            of: None,
            rule: None,
            filled: Vec::new(),
            parts: Vec::new(),
            sports: Vec::new(),
        };
        Some(match &note.fate {
            Fate::Read(ids) => return self.read(ids, runs, entry(Outcome::Used)),
            Fate::SameContent(of) => Entry {
                of: Some(of.clone()),
                rule: Some(words::SAME_CONTENT),
                why: Some(words::SAME_BYTES.to_owned()),
                ..entry(Outcome::Duplicate)
            },
            Fate::Listed(what) => {
                let runs = self.of_list(&note.file, runs);
                let is_alone = |id: &&String| self.recorded.get(*id).is_some_and(|one| one.copy.is_none());
                let why = words::of_list(what, runs.iter().filter(is_alone).count());
                Entry { why: Some(why), runs, ..entry(Outcome::Listed) }
            }
            Fate::Skipped(why) => self.without(why, entry(Outcome::Skipped)),
            Fate::Failed(why) => self.without(why, entry(Outcome::Failed)),
        })
    }

    /// A file that gave nothing.
    fn without(&self, why: &str, entry: Entry) -> Entry {
        let kind = self.errors.get(&entry.file).map(kind);
        Entry { kind, why: Some(clean(why)), ..entry }
    }

    /// A file with recordings. Where it holds several, the best of what became of them stands for it.
    fn read(&self, ids: &[String], runs: &BTreeSet<&str>, entry: Entry) -> Option<Entry> {
        let is_later = |id: &&String| self.recorded.get(*id).is_some_and(|one| one.is_later);
        let mut parts: Vec<Part> =
            ids.iter().filter(|id| !is_later(id)).map(|id| self.part(id, runs)).collect();
        let best = parts.iter().min_by_key(|part| part.outcome.rank())?.clone();
        let sport = |part: &Part| {
            let recorded = self.recorded.get(&part.id)?;
            (part.kind == Some(Kind::OtherSport)).then_some(recorded.sport)
        };
        let sports = parts.iter().filter_map(sport).collect();
        let in_table = parts.iter().filter(|part| runs.contains(part.id.as_str()));
        let runs = in_table.map(|part| part.id.clone()).collect();
        if ids.len() == 1 {
            parts.clear();
        }
        let Part { outcome, kind, why, of, rule, filled, .. } = best;
        Some(Entry { outcome, kind, why, runs, of, rule, filled, parts, sports, ..entry })
    }

    fn part(&self, id: &String, runs: &BTreeSet<&str>) -> Part {
        let part = |outcome: Outcome| Part {
            id: id.clone(),
            outcome,
            kind: None,
            why: None,
            of: None,
            rule: None,
            filled: Vec::new(),
        };
        let Some(recorded) = self.recorded.get(id) else {
            let reason = self.dropped.get(id).and_then(Option::as_deref);
            let why = Some(words::dropped(reason));
            return Part { kind: Some(Kind::Dropped), why, ..part(Outcome::Skipped) };
        };
        if let Some((kind, why)) = &recorded.left_out {
            return Part { kind: Some(*kind), why: Some(why.clone()), ..part(Outcome::Skipped) };
        }
        let remarks = || Some(clean(&recorded.remarks.join("; "))).filter(|remarks| !remarks.is_empty());
        // A copy of what is no run is no run either.
        let is_run = |copy: &&Copy| runs.contains(id.as_str()) || runs.contains(copy.of.as_str());
        if let Some(copy) = recorded.copy.as_ref().filter(is_run) {
            let outcome = if copy.filled.is_empty() { Outcome::Duplicate } else { Outcome::Merged };
            let broken = recorded.is_salvaged.then(remarks).flatten();
            let why = std::iter::once(copy.rule.words()).chain(broken).collect::<Vec<_>>().join("; ");
            return Part {
                of: Some(copy.of_file.clone()),
                rule: Some(copy.rule.name()),
                why: Some(why),
                filled: copy.filled.clone(),
                ..part(outcome)
            };
        }
        if !runs.contains(id.as_str()) {
            let told = recorded.told().map_or_else(String::new, |told| format!("; {told}"));
            let why = Some(format!("{}{told}", words::sport(recorded.sport)));
            return Part { kind: Some(Kind::OtherSport), why, ..part(Outcome::Skipped) };
        }
        if recorded.is_salvaged {
            Part { why: remarks(), ..part(Outcome::Salvaged) }
        } else {
            Part { why: recorded.told(), ..part(Outcome::Used) }
        }
    }

    /// The runs that stand in a list and have no recording.
    fn of_list(&self, list: &str, runs: &BTreeSet<&str>) -> Vec<String> {
        let recorded =
            self.recorded.iter().filter(|(id, one)| one.file == list && runs.contains(id.as_str()));
        recorded.map(|(id, _)| id.clone()).collect()
    }
}

/// The recordings that a file gave.
fn ids(fate: &Fate) -> impl Iterator<Item = &str> {
    let ids = if let Fate::Read(ids) = fate { ids.as_slice() } else { &[] };
    ids.iter().map(String::as_str)
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
        ReadError::Io(_) | ReadError::TooMuch(_) => Kind::Unreadable,
    }
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
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
        Self::Unreadable,
    ];
}

impl Outcome {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 7] = [
        Self::Used,
        Self::Salvaged,
        Self::Merged,
        Self::Duplicate,
        Self::Skipped,
        Self::Failed,
        Self::Listed,
    ];

    /// Which of several recordings stands for their file: that the file is broken is worth more than that it counts.
    fn rank(self) -> usize {
        let order = [Self::Salvaged, Self::Used, Self::Merged, Self::Duplicate, Self::Skipped];
        order.iter().position(|one| *one == self).unwrap_or(order.len())
    }
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

    /// Recordings that are no runs, by sport.
    #[must_use]
    pub fn other_sports(&self) -> BTreeMap<Sport, usize> {
        let mut found = BTreeMap::new();
        for sport in self.entries.iter().flat_map(|entry| &entry.sports) {
            *found.entry(*sport).or_default() += 1;
        }
        found
    }
}
