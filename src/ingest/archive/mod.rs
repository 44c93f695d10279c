//! The files behind a source: itself, or the members of an archive.
//!
//! Files on disk are read by all threads. After them one archive at a time is walked member by member (`walk`), and so are zips
//! within it; nothing is written to disk. Members wait in batches and are unpacked and read by all threads. Invariant: what
//! is held at once is bounded by `limits`, however large the archives are, however many, and whatever they say of themselves.

mod bytes;
mod fetch;
mod salvage;
mod table;
mod unzip;
mod walk;

#[cfg(test)]
mod tests;

pub use fetch::Fetched;

use super::content::{Content, FileRead};
use super::export::{self, List};
use super::find::{kind_of, own_name};
use super::kind::{HEAD_BYTES, Kind, format};
#[cfg(test)]
use super::limits::LIMITS;
use super::limits::{BATCH, LIST_ROOM, Limits, MIB, reading};
use super::room::{Held, READING, digest_in_room};
use super::unpack::{is_gzip, too_large, unpack_within};
use super::{ReadError, Source, name, recordings};
use crate::digest::Digest;
use crate::ingest::Unpacked;
use crate::model::Format;
use bytes::Budget;
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use unzip::{Unzipped, content, likely_size};
use walk::{Member, Place, Visitor, Walk};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Members that wait to be read at most.
const BATCH_MEMBERS: usize = 512;
/// What a recording that is packed by gzip is thought to unpack to. Where it is more, it is unpacked again with more room.
const LIKELY_RATIO: u64 = 16;

/// What earlier runs made of contents, by their hash.
pub type Known = HashMap<String, Result<Vec<Digest>, ReadError>>;

/// What is done with each file that was read: the place of its source among the sources, and what it gave.
pub type Take<'a> = &'a (dyn Fn(usize, FileRead) + Sync);

/// Reads and digests all that is behind sources, each with its place, and hands on what each file gave as it comes. What is
/// known by its hash is not read again. `done` is called after each source, from any thread.
///
/// It must not run twice at once: archives are walked one at a time, which bounds what their tables take.
pub fn read_sources(
    sources: &[(usize, &Source)],
    known: &Known,
    limits: &Limits,
    take: Take<'_>,
    done: &(dyn Fn() + Sync),
) {
    let is_archive = |source: &Source| kind_of(&source.path) == Some(Kind::Archive);
    let archives: Vec<(usize, &Source)> = sources
        .par_iter()
        .filter_map(|(at, source)| {
            if is_archive(source) {
                return Some((*at, *source));
            }
            let read = match kind_of(&source.path) {
                Some(Kind::List) => read_list(source, limits),
                _ => read_file(source, known, limits).map(Some),
            };
            let read = read.unwrap_or_else(|cause| Some(unopened(source, &cause)));
            if let Some(read) = read {
                take(*at, read);
            }
            done();
            None
        })
        .collect();
    let mut reading = Reading {
        known,
        limits,
        take,
        source: 0,
        waiting: Vec::new(),
        n_bytes: 0,
        own: 0,
        n_own: 0,
        n_read: 0,
    };
    for (at, source) in archives {
        (reading.source, reading.own, reading.n_own, reading.n_read) = (at, 0, 0, 0);
        if let Err(cause) = walk_source(source, limits, &mut reading) {
            take(at, unopened(source, &cause));
        }
        // Members of small archives wait for those of the next ones.
        if reading.n_bytes >= BATCH || reading.waiting.len() >= BATCH_MEMBERS {
            reading.read_waiting();
        }
        done();
    }
    reading.read_waiting();
}

/// Reads all that is behind one source, in order of name.
#[cfg(test)]
fn read_within(source: &Source, known: &Known, limits: &Limits) -> Vec<FileRead> {
    let reads = std::sync::Mutex::new(Vec::new());
    let take = |_, read| reads.lock().unwrap().push(read);
    read_sources(&[(0, source)], known, limits, &take, &|| ());
    let mut reads: Vec<FileRead> = reads.into_inner().unwrap();
    reads.sort_by(|a, b| (&a.file, &a.hash).cmp(&(&b.file, &b.hash)));
    reads
}

fn unopened(source: &Source, cause: &io::Error) -> FileRead {
    failed(&label(source), ReadError::Io(cause.to_string()))
}

/// The `id` of a recording by the hash of its file and its place in it.
#[must_use]
pub fn id_of(hash: &str, part: usize) -> String {
    if part == 0 { hash.to_owned() } else { format!("{hash}-{}", part + 1) }
}

/// What a source is called when it is spoken of itself.
fn label(source: &Source) -> String {
    if source.name.is_empty() { own_name(&source.path) } else { source.name.clone() }
}

/// What stands before the names of the members of a source.
fn prefix(source: &Source) -> String {
    if source.name.is_empty() { String::new() } else { format!("{}!", source.name) }
}

fn walk_source(source: &Source, limits: &Limits, visitor: &mut impl Visitor) -> io::Result<()> {
    let mut file = File::open(&source.path)?;
    let budget =
        Budget::new(limits.allowance.saturating_add(file.metadata()?.len().saturating_mul(limits.ratio)));
    let place = Place { label: label(source), prefix: prefix(source), depth: 1, is_stream: false };
    let mut walk = Walk { visitor, limits, budget: &budget, members: limits.members, table: limits.table };
    walk.archive(&mut file, &place);
    Ok(())
}

/// Reads all that archives hold, a batch of members at a time.
struct Reading<'a> {
    known: &'a Known,
    limits: &'a Limits,
    take: Take<'a>,
    /// The place of the source that is walked through.
    source: usize,
    /// Members with the place of their source.
    waiting: Vec<(usize, Member)>,
    /// What they hold and may come to.
    n_bytes: u64,
    /// The same of those of this source alone, and how many there are: when its budget is asked must not hang on others.
    own: u64,
    n_own: usize,
    /// Bytes that members of this source unpacked to, and that are not accounted for yet.
    n_read: u64,
}

impl Reading<'_> {
    /// Reads the members that wait.
    fn read_waiting(&mut self) {
        (self.n_bytes, self.own, self.n_own) = (0, 0, 0);
        let (known, limits, take, own) = (self.known, self.limits, self.take, self.source);
        let read = |(source, member): (usize, Member)| {
            let (read, n) = read_member(member, known, limits);
            take(source, read);
            if source == own { n } else { 0 }
        };
        self.n_read += std::mem::take(&mut self.waiting).into_par_iter().map(read).sum::<u64>();
    }
}

impl Visitor for Reading<'_> {
    fn wants(&self, _: &str, _: bool) -> bool {
        true
    }

    fn make_room(&mut self) -> Option<Held<'static>> {
        self.read_waiting();
        Some(READING.hold(u64::MAX))
    }

    fn member(&mut self, member: Member) -> u64 {
        if member.held.is_some() {
            let (read, n) = read_member(member, self.known, self.limits);
            (self.take)(self.source, read);
            self.n_read += n;
        } else {
            // What a member may come to counts too, so that the budget is asked before much is unpacked.
            let likely = likely_size(&member.entry, &member.packed);
            let bytes = (member.packed.len() as u64).max(likely / 8);
            self.n_bytes += bytes;
            self.own += bytes;
            self.n_own += 1;
            self.waiting.push((self.source, member));
            if self.own >= BATCH || self.n_own >= BATCH_MEMBERS {
                self.read_waiting();
            }
        }
        std::mem::take(&mut self.n_read)
    }

    fn list(&mut self, file: String, content: &mut dyn Read) {
        if let Some(read) = list(file, content, self.limits) {
            (self.take)(self.source, read);
        }
    }

    fn trouble(&mut self, file: String, error: ReadError) {
        (self.take)(self.source, failed(&file, error));
    }
}

/// Reads a member of an archive; returns how many bytes it unpacked to as well.
fn read_member(mut member: Member, known: &Known, limits: &Limits) -> (FileRead, u64) {
    let file = member.file.clone();
    let mut remarks = Vec::new();
    if member.climbs {
        remarks.push("its name in the archive led out of it; it is shown without those parts".to_owned());
    }
    let mut n_unpacked = 0;
    let result = in_room(&mut member, limits.unpacked, |member, limit, is_last| {
        let Some(Unzipped { bytes, remark }) = content(member, limit, is_last)? else {
            n_unpacked += limit;
            return Ok(None);
        };
        n_unpacked += bytes.len() as u64;
        let read = read_content(bytes, &file, known, limit);
        n_unpacked += read.as_ref().map_or(limit, |(_, n)| *n);
        Ok(read.map(|(read, _)| (read, remark)))
    });
    let read = match result {
        Ok((mut read, remark)) => {
            let is_damaged = remark.is_some();
            remarks.extend(remark);
            read.is_sound &= remarks.is_empty();
            if let Ok(Content::Recordings(digests)) = &mut read.outcome {
                for digest in digests {
                    digest.is_salvaged |= is_damaged;
                    digest.remarks.extend(remarks.iter().cloned());
                }
            }
            read
        }
        Err(error) => failed(&file, error),
    };
    (read, n_unpacked)
}

/// Works on a member with the room that it will likely take, then with all that a recording may take: `work` is told how
/// many bytes it may unpack to, and whether this is the last time. Its `None` means that it was too little.
fn in_room<T>(
    member: &mut Member,
    most: u64,
    mut work: impl FnMut(&mut Member, u64, bool) -> Result<Option<T>, ReadError> + Send,
) -> Result<T, ReadError>
where
    T: Send,
{
    let likely = likely_size(&member.entry, &member.packed).max(member.packed.len() as u64);
    let likely = likely_content(&member.file, likely).min(most);
    if member.held.is_none() && likely < most {
        let room = reading(likely, member.format);
        if let Some(done) = READING.run(room, || work(member, likely, false))? {
            return Ok(done);
        }
    }
    let done = match member.held.take() {
        Some(_held) => work(member, most, true),
        None => READING.run(u64::MAX, || work(member, most, true)),
    };
    done?.ok_or_else(|| ReadError::Packed(too_large(most)))
}

/// How many bytes the content of a file of this name and so many bytes likely has.
fn likely_content(file: &str, len: u64) -> u64 {
    let is_gzip = name::without_gz(file) != file;
    if is_gzip { len.saturating_mul(LIKELY_RATIO) } else { len }
}

/// Reads a file on disk.
fn read_file(source: &Source, known: &Known, limits: &Limits) -> io::Result<FileRead> {
    let file = &source.name;
    let (len, format) = measure(source)?;
    if len > limits.unpacked {
        return Ok(failed(file, ReadError::TooLong(limits.unpacked / MIB)));
    }
    let likely = likely_content(file, len).min(limits.unpacked);
    let read = |limit: u64| {
        let bytes = std::fs::read(&source.path)?;
        Ok::<_, io::Error>(read_content(bytes.into(), file, known, limit))
    };
    let mut found = READING.run(reading(likely, format), || read(likely))?;
    if found.is_none() && likely < limits.unpacked {
        found = READING.run(u64::MAX, || read(limits.unpacked))?;
    }
    let error = || failed(file, ReadError::Packed(too_large(limits.unpacked)));
    Ok(found.map_or_else(error, |(read, _)| read))
}

/// How long a file on disk is, and its format by its first bytes.
fn measure(source: &Source) -> io::Result<(u64, Option<Format>)> {
    let file = File::open(&source.path)?;
    let len = file.metadata()?.len();
    let mut head = Vec::new();
    file.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok((len, format(&head)))
}

/// Digests the recordings of one file, with how many bytes gzip has unpacked; `None` where those are more than `limit`.
/// The `id` is the hash of the content, packed or not, with a number for further recordings in it.
fn read_content(bytes: Cow<'_, [u8]>, file: &str, known: &Known, limit: u64) -> Option<(FileRead, u64)> {
    let is_packed = is_gzip(&bytes);
    let unpacked = match unpack_within(bytes, limit) {
        Ok(unpacked) => unpacked?,
        Err(error) => return Some((failed(file, error), 0)),
    };
    let Unpacked { content, remark } = unpacked;
    let n_unpacked = if is_packed { content.len() as u64 } else { 0 };
    let hash = hash_of(&content);
    let mut digests = match known.get(&hash) {
        Some(Ok(digests)) => {
            Ok(digests.iter().map(|d| Digest { file: file.to_owned(), ..d.clone() }).collect())
        }
        Some(Err(error)) => Err(error.clone()),
        None => {
            let found = recordings(&content);
            // What it was read from is let go before there is more to hold.
            drop(content);
            found.map(|recordings| {
                let parts = recordings.into_iter().enumerate();
                parts
                    .map(|(part, one)| digest_in_room(&one, id_of(&hash, part), file.to_owned()))
                    .collect::<Vec<_>>()
            })
        }
    };
    let is_sound = remark.is_none();
    for digest in digests.iter_mut().flatten().filter(|_| !is_sound) {
        digest.is_salvaged = true;
        digest.remarks.extend(remark.clone());
    }
    let outcome = digests.map(Content::Recordings);
    Some((FileRead { file: file.to_owned(), hash, is_sound, outcome }, n_unpacked))
}

/// The hash of the content of a file, unpacked, that ids begin with.
pub(super) fn hash_of(content: &[u8]) -> String {
    format!("{:032x}", xxh3_128(content))
}

/// A file of which nothing could be read.
fn failed(file: &str, error: ReadError) -> FileRead {
    FileRead { file: file.to_owned(), hash: String::new(), is_sound: false, outcome: Err(error) }
}

/// Reads a list on disk; `None` where it is none after all.
fn read_list(source: &Source, limits: &Limits) -> io::Result<Option<FileRead>> {
    let file = io::BufReader::new(File::open(&source.path)?);
    let is_gzip = name::without_gz(&source.name) != source.name;
    let content: Box<dyn Read> = if is_gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    Ok(list(source.name.clone(), &mut content.take(limits.list + 1), limits))
}

/// Reads a list from a stream that ends one byte beyond the limit.
fn list(file: String, content: &mut dyn Read, limits: &Limits) -> Option<FileRead> {
    let _held = READING.hold(LIST_ROOM);
    let mut hashed = Hashed { inner: content, hash: Xxh3::new(), n: 0 };
    let read = export::read(name::without_gz(&file), &mut hashed)?;
    // What the reader left is part of the content all the same.
    let behind = io::copy(&mut hashed, &mut io::sink());
    let add = |mut list: List| {
        if hashed.n > limits.list {
            list.remarks.push(format!("is longer than {} MiB; the rest was left out", limits.list / MIB));
        } else if let Err(cause) = &behind {
            list.remarks.push(format!("breaks off ({cause}); what came before was read"));
        }
        Content::List(list)
    };
    let outcome = read.map(add);
    Some(FileRead { file, hash: format!("{:032x}", hashed.hash.digest128()), is_sound: true, outcome })
}

/// A reader that keeps the hash of what it gives.
struct Hashed<'a> {
    inner: &'a mut dyn Read,
    hash: Xxh3,
    n: u64,
}

impl Read for Hashed<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.hash.update(&out[..n]);
        self.n += n as u64;
        Ok(n)
    }
}
