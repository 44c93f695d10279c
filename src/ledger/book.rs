//! A ledger that is still open: what is taken down of each file and recording until it is clear what became of it.

use super::words;
use super::{Entry, Kind, Ledger, Outcome, Part, kind};
use crate::digest::Digest;
use crate::ingest::{Copy, Fate, FileNote, Imported, ReadError};
use crate::model::text::clean;
use crate::model::{Day, Sport};
use std::collections::{BTreeMap, BTreeSet};

/// What a FIT file with a route to follow calls itself.
const COURSE: &str = "course";

/// A recording while it is not yet known what becomes of it.
#[derive(Debug, Clone)]
struct Recorded {
    file: String,
    sport: Sport,
    date: Option<Day>,
    is_salvaged: bool,
    remarks: Vec<String>,
    /// The runner has said of it what it is.
    is_told: bool,
    copy: Option<Copy>,
    verdict: Verdict,
}

/// What later steps have found out of a recording.
#[derive(Debug, Clone, Default)]
enum Verdict {
    /// Nothing: it is a run, where it stands among the runs.
    #[default]
    Open,
    /// It counts as load, and not as distance.
    Load,
    /// It counts in nothing, and why.
    LeftOut(Kind, String),
    /// It is of a day after that of the analysis.
    Later,
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
    /// Takes down what was imported; `date` tells the runner's local date at the start of a recording.
    #[must_use]
    pub fn open(imported: &Imported, date: impl Fn(&Digest) -> Option<Day>) -> Self {
        let recorded = imported.digests.iter().map(|digest| {
            let recorded = Recorded {
                file: digest.file.clone(),
                sport: digest.sport,
                date: date(digest),
                is_salvaged: digest.is_salvaged,
                remarks: digest.remarks.clone(),
                is_told: imported.said.of.contains_key(&digest.id),
                copy: imported.copies.get(&digest.id).cloned(),
                verdict: Verdict::Open,
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
            recorded.verdict = Verdict::LeftOut(kind, why.into());
        }
    }

    /// The recording of this `id` counts as load, and not as distance.
    pub fn count_as_load(&mut self, id: &str) {
        if let Some(recorded) = self.recorded.get_mut(id) {
            recorded.verdict = Verdict::Load;
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
            recorded.verdict = Verdict::Later;
        }
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
        skip_copies_of_skipped(&mut entries);
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
        let error = self.errors.get(&entry.file);
        let holds = error.and_then(ReadError::other_kind).map(str::to_owned);
        let is_course = holds.as_deref() == Some(COURSE);
        let kind = if is_course { Some(Kind::Course) } else { error.map(kind) };
        Entry { kind, why: Some(clean(why)), holds: holds.into_iter().collect(), ..entry }
    }

    /// A file with recordings. Where it holds several, the best of what became of them stands for it.
    fn read(&self, ids: &[String], runs: &BTreeSet<&str>, entry: Entry) -> Option<Entry> {
        let is_later =
            |id: &&String| self.recorded.get(*id).is_some_and(|one| matches!(one.verdict, Verdict::Later));
        let mut parts: Vec<Part> =
            ids.iter().filter(|id| !is_later(id)).map(|id| self.part(id, runs)).collect();
        let best = parts.iter().min_by_key(|part| part.outcome.rank())?.clone();
        let sport = |part: &Part| {
            let is_other = part.kind == Some(Kind::OtherSport) || part.outcome == Outcome::Load;
            let recorded = self.recorded.get(&part.id).filter(|_| is_other)?;
            Some(words::held(recorded.sport).to_owned())
        };
        let holds = parts.iter().filter_map(sport).collect();
        let in_table = parts.iter().filter(|part| runs.contains(part.id.as_str()));
        let runs = in_table.map(|part| part.id.clone()).collect();
        let date = parts.iter().filter_map(|part| part.date).min();
        let mut why = best.why.clone();
        if parts.iter().all(|part| part.outcome == best.outcome && part.of.is_none()) {
            // A file of several sports of which none counts is all of them.
            let mut said: Vec<&str> = parts.iter().filter_map(|part| part.why.as_deref()).collect();
            said.dedup();
            why = (!said.is_empty()).then(|| said.join("; "));
        }
        let mut id = None;
        if let [only] = parts.as_slice() {
            id = Some(only.id.clone());
            parts.clear();
        }
        let Part { outcome, kind, of, rule, filled, .. } = best;
        Some(Entry { id, date, outcome, kind, why, runs, of, rule, filled, parts, holds, ..entry })
    }

    fn part(&self, id: &String, runs: &BTreeSet<&str>) -> Part {
        let part = |outcome: Outcome| Part {
            id: id.clone(),
            date: self.recorded.get(id).and_then(|one| one.date),
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
        if let Verdict::LeftOut(kind, why) = &recorded.verdict {
            let part = part(Outcome::Skipped);
            let date = part.date.filter(|_| *kind != Kind::WrongClock);
            return Part { date, kind: Some(*kind), why: Some(why.clone()), ..part };
        }
        let remarks = || Some(clean(&recorded.remarks.join("; "))).filter(|remarks| !remarks.is_empty());
        // A copy of what counts in nothing counts in nothing either.
        let is_load =
            |id: &str| self.recorded.get(id).is_some_and(|one| matches!(one.verdict, Verdict::Load));
        let counts = |id: &str| runs.contains(id) || is_load(id);
        if let Some(copy) = recorded.copy.as_ref().filter(|copy| counts(id) || counts(&copy.of)) {
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
        if !counts(id) {
            let told = recorded.told().map_or_else(String::new, |told| format!("; {told}"));
            let why = Some(format!("{}{told}", words::sport(recorded.sport)));
            return Part { kind: Some(Kind::OtherSport), why, ..part(Outcome::Skipped) };
        }
        let load = is_load(id).then(|| words::load(recorded.sport));
        let said = if recorded.is_salvaged { remarks() } else { recorded.told() };
        let why: Vec<String> = said.into_iter().chain(load).collect();
        let why = (!why.is_empty()).then(|| why.join("; "));
        let outcome = match (recorded.is_salvaged, is_load(id)) {
            (true, _) => Outcome::Salvaged,
            (false, true) => Outcome::Load,
            (false, false) => Outcome::Used,
        };
        Part { why, ..part(outcome) }
    }

    /// The runs that stand in a list and have no recording.
    fn of_list(&self, list: &str, runs: &BTreeSet<&str>) -> Vec<String> {
        let recorded =
            self.recorded.iter().filter(|(id, one)| one.file == list && runs.contains(id.as_str()));
        recorded.map(|(id, _)| id.clone()).collect()
    }
}

/// A file with the bytes of one that counts in nothing counts in nothing for the same reason.
fn skip_copies_of_skipped(entries: &mut [Entry]) {
    let skipped = entries.iter().filter(|entry| entry.outcome == Outcome::Skipped);
    let skipped: BTreeMap<String, Entry> = skipped.map(|entry| (entry.file.clone(), entry.clone())).collect();
    for entry in entries.iter_mut().filter(|entry| entry.rule == Some(words::SAME_CONTENT)) {
        let Some(of) = entry.of.as_ref().and_then(|of| skipped.get(of)) else { continue };
        let why = of.why.iter().cloned().chain([format!("same bytes as {}", clean(&of.file))]);
        *entry = Entry {
            file: entry.file.clone(),
            why: Some(why.collect::<Vec<_>>().join("; ")),
            parts: Vec::new(),
            ..of.clone()
        };
    }
}

/// The recordings that a file gave.
pub(super) fn ids(fate: &Fate) -> impl Iterator<Item = &str> {
    let ids = if let Fate::Read(ids) = fate { ids.as_slice() } else { &[] };
    ids.iter().map(String::as_str)
}

impl Outcome {
    /// Which of several recordings stands for their file: that the file is broken is worth more than that it counts.
    fn rank(self) -> usize {
        let order = [Self::Salvaged, Self::Used, Self::Load, Self::Merged, Self::Duplicate, Self::Skipped];
        order.iter().position(|one| *one == self).unwrap_or(order.len())
    }
}
