//! All files of one runner, from paths to the recordings that count.
//!
//! Input are sources and what the runner says of them, output is [`Imported`]. The steps: read each file, mend clocks,
//! leave out later days, lay lists over recordings, apply overrides, find copies. Invariant: the result depends on the content of the files and on
//! their names, and on nothing else.

use super::archive::read_sources;
use super::cache::{self, Remembered};
use super::content::{Content, Fate, FileNote, FileRead};
use super::export::{self, Fact, List};
use super::kept::{Kept, Weight};
use super::limits::LIMITS;
use super::merge::{self, Copy};
use super::overrides::Said;
use super::{ReadError, Source, clock, later, name, overrides};
use crate::digest::Digest;
use crate::model::{Day, Override, Scope};
use crate::notice::Notice;
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::path::Path;

/// What is known before any file is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// What the runner says of single recordings.
    pub overrides: &'a [Override],
    /// Which sports count as what.
    pub scope: Scope<'a>,
    /// The zone of recordings that do not state their own.
    pub zone: Option<Tz>,
    /// No recording can have started after this, in ms since 1970-01-01T00:00:00Z.
    pub latest_ms: Option<i64>,
    /// Nothing of a later day is looked at.
    pub until: Option<Day>,
    /// The table in which digests are kept from run to run.
    pub cache: Option<&'a Path>,
}

/// What all files of one runner came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// Recordings in order of start, each content once; those of other sports and copies are among them.
    pub digests: Vec<Digest>,
    /// The recordings that are copies of others, by `id`.
    pub copies: BTreeMap<String, Copy>,
    /// What the runner has said of recordings, and which of them were taken out by that.
    pub said: Said,
    /// What became of every file, in order of name.
    pub files: Vec<FileNote>,
    /// Why files gave nothing, by name.
    pub errors: BTreeMap<String, ReadError>,
    /// What exports say of the runner.
    pub facts: Vec<Fact>,
    /// What is to be said, in order of name.
    pub notices: Vec<Notice>,
    /// The first and the last day of the runs that were left out as of later days.
    pub later: Option<(Day, Day)>,
    /// What is wrong with this machine and not with the input: it must not come into any report.
    pub problem: Option<String>,
}

/// Reads everything behind the sources. `done` is called after each source, from any thread.
pub fn import(sources: &[Source], given: &Given<'_>, done: impl Fn() + Sync) -> Imported {
    let (reads, problem) = read_all(sources, given.cache, done);
    let mut sorted = Sorted::of(reads);
    let was: BTreeMap<String, i64> = sorted
        .digests
        .iter()
        .filter(|digest| clock::is_off(digest, given.latest_ms))
        .map(|digest| (digest.id.clone(), digest.start_ms))
        .collect();
    let later_days = later::date_and_cut(&mut sorted, given);
    clock::cut_shapes(&mut sorted.digests, &was, sources);
    let mut notices = sorted.notices();
    let Sorted { mut digests, lists, files, errors, .. } = sorted;
    export::join(&mut digests, &lists, &files, given, &mut notices);
    // What was asked for and what copies have filled in is in the tables, and no news.
    let remarks: BTreeMap<String, Vec<String>> =
        digests.iter().map(|digest| (digest.id.clone(), digest.remarks.clone())).collect();
    let said = overrides::apply(&mut digests, sources, given, &mut notices);
    digests.sort_by(|a, b| (a.start_ms, &a.id, &a.file).cmp(&(b.start_ms, &b.id, &b.file)));
    let copies = merge::copies(&mut digests, sources, given, &said, &mut notices);
    let of_file = |digest: &Digest| {
        let remarks = remarks.get(&digest.id).cloned().unwrap_or_default();
        let file = digest.file.clone();
        remarks.into_iter().map(move |text| Notice::new(file.clone(), text))
    };
    notices.extend(digests.iter().flat_map(of_file));
    notices.sort();
    notices.dedup();
    let facts = lists.into_iter().flat_map(|(_, list)| list.facts).collect();
    Imported { digests, copies, said, files, errors, facts, notices, later: later_days, problem }
}

/// Reads each source, or remembers what was behind it; in order of name, and what is wrong with the table.
fn read_all(
    sources: &[Source],
    cache: Option<&Path>,
    done: impl Fn() + Sync,
) -> (Vec<FileRead>, Option<String>) {
    let mut remembered = Remembered::open(cache, sources);
    let kept = Kept::new(Weight::MOST);
    let mut unread = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        match remembered.take(source) {
            Some(reads) => {
                for read in reads {
                    kept.put(at, read);
                }
                done();
            }
            None => unread.push((at, source)),
        }
    }
    read_sources(&unread, &remembered.known, &LIMITS, &|at, read| kept.put(at, read), &done);
    let reads = kept.by_source(sources.len());
    if let Some(path) = cache {
        // Without a table the next run takes as long as this one, which is no news to anyone.
        let _ = cache::store(path, sources, &reads, &remembered);
    }
    let mut reads: Vec<FileRead> = reads.into_iter().flatten().collect();
    reads.sort_by(|a, b| (&a.file, &a.hash).cmp(&(&b.file, &b.hash)));
    (reads, remembered.problem)
}

/// Files by what they gave.
#[derive(Default)]
pub(super) struct Sorted {
    pub digests: Vec<Digest>,
    pub lists: Vec<(String, List)>,
    pub files: Vec<FileNote>,
    pub errors: BTreeMap<String, ReadError>,
    /// Notes of the runner that lie where none are read.
    pub notes: Vec<String>,
}

impl Sorted {
    /// Of files with the same bytes the first by name counts.
    fn of(reads: Vec<FileRead>) -> Self {
        let mut sorted = Self::default();
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        for FileRead { file, hash, outcome, .. } in reads {
            let fate = match outcome {
                // It is no file of the history, so it has no outcome there.
                Err(ReadError::Note) => {
                    sorted.notes.push(file);
                    continue;
                }
                Ok(_) if first.contains_key(&hash) => Fate::SameContent(first[&hash].clone()),
                Ok(Content::Recordings(found)) => {
                    first.insert(hash, file.clone());
                    let ids = found.iter().map(|digest| digest.id.clone()).collect();
                    sorted.digests.extend(found);
                    Fate::Read(ids)
                }
                Ok(Content::List(list)) => {
                    first.insert(hash, file.clone());
                    let fate = Fate::Listed(list.words());
                    sorted.lists.push((file.clone(), list));
                    fate
                }
                Err(error) => {
                    let fate = error.fate(&file);
                    sorted.errors.insert(file.clone(), error);
                    fate
                }
            };
            sorted.files.push(FileNote { file, fate });
        }
        sorted
    }

    /// What is to be said of files that gave nothing, and of lists.
    fn notices(&self) -> Vec<Notice> {
        let errors = self.errors.iter().map(|(file, error)| Notice::new(file.clone(), error.to_string()));
        let of_list = |(file, list): &(String, List)| {
            list.remarks.iter().map(|text| Notice::new(file.clone(), text.clone())).collect::<Vec<_>>()
        };
        let notes = self.notes.iter().map(|file| Notice::new(file.clone(), ReadError::Note.to_string()));
        errors.chain(notes).chain(self.lists.iter().flat_map(of_list)).collect()
    }
}

impl ReadError {
    /// Should the file of this name have held a recording?
    pub(crate) fn fate(&self, file: &str) -> Fate {
        match self {
            Self::UnknownFormat if name::is_recording(file) => Fate::Failed(self.to_string()),
            Self::NotAnActivity(_) | Self::OnlyOther(_) | Self::Course | Self::UnknownFormat | Self::Note => {
                Fate::Skipped(self.to_string())
            }
            Self::Empty
            | Self::NoSamples
            | Self::Damaged { .. }
            | Self::Packed(_)
            | Self::Archive(_)
            | Self::TooLong(_)
            | Self::TooMuch(_)
            | Self::Io(_) => Fate::Failed(self.to_string()),
        }
    }
}
