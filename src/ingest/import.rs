//! All files of one runner, from paths to the recordings that count.
//!
//! Input are sources and what the runner says of them, output is [`Imported`]. The steps: read each file, lay lists over
//! recordings, mend clocks, apply overrides, find copies. Invariant: the result depends on the content of the files and on
//! their names, and on nothing else.

use super::archive::read_sources;
use super::cache::{self, Remembered};
use super::content::{Content, Fate, FileNote, FileRead};
use super::export::{self, Fact, List};
use super::kept::{Kept, Weight};
use super::limits::LIMITS;
use super::merge::{self, Copy};
use super::overrides::Said;
use super::{ReadError, Source, clock, overrides};
use crate::digest::Digest;
use crate::model::{Override, Scope};
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
    /// What is wrong with this machine and not with the input: it must not come into any report.
    pub problem: Option<String>,
}

/// Reads everything behind the sources. `done` is called after each source, from any thread.
pub fn import(sources: &[Source], given: &Given<'_>, done: impl Fn() + Sync) -> Imported {
    let (reads, problem) = read_all(sources, given.cache, done);
    let mut sorted = Sorted::of(reads);
    export::join(&mut sorted.digests, &sorted.lists, &sorted.files, given, &mut sorted.notices);
    clock::mend(&mut sorted.digests, given);
    let said = overrides::apply(&mut sorted.digests, sources, given, &mut sorted.notices);
    sorted.digests.sort_by(|a, b| (a.start_ms, &a.id, &a.file).cmp(&(b.start_ms, &b.id, &b.file)));
    let copies = merge::copies(&mut sorted.digests, sources, given, &said);
    let Sorted { digests, lists, files, errors, mut notices } = sorted;
    let remark = |digest: &Digest, text: &String| Notice::new(digest.file.clone(), text.clone());
    notices.extend(digests.iter().flat_map(|d| d.remarks.iter().map(move |text| remark(d, text))));
    notices.sort();
    notices.dedup();
    let facts = lists.into_iter().flat_map(|(_, list)| list.facts).collect();
    Imported { digests, copies, said, files, errors, facts, notices, problem }
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
struct Sorted {
    digests: Vec<Digest>,
    lists: Vec<(String, List)>,
    files: Vec<FileNote>,
    errors: BTreeMap<String, ReadError>,
    notices: Vec<Notice>,
}

impl Sorted {
    /// Of files with the same bytes the first by name counts.
    fn of(reads: Vec<FileRead>) -> Self {
        let mut sorted = Self::default();
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        for FileRead { file, hash, outcome, .. } in reads {
            let fate = match outcome {
                // It is no file of the history, so it has no outcome there.
                Err(note @ ReadError::Note) => {
                    sorted.notices.push(Notice::new(file, note.to_string()));
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
                    let remarks = list.remarks.iter().map(|text| Notice::new(file.clone(), text.clone()));
                    sorted.notices.extend(remarks);
                    let fate = Fate::Listed(list.words());
                    sorted.lists.push((file.clone(), list));
                    fate
                }
                Err(error) => {
                    sorted.notices.push(Notice::new(file.clone(), error.to_string()));
                    let fate = error.fate();
                    sorted.errors.insert(file.clone(), error);
                    fate
                }
            };
            sorted.files.push(FileNote { file, fate });
        }
        sorted
    }
}

impl ReadError {
    /// Should the file have held a recording?
    pub(crate) fn fate(&self) -> Fate {
        match self {
            Self::NotAnActivity(_) | Self::Course | Self::UnknownFormat | Self::Note => {
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
