//! The files behind a source: itself, or the members of an archive.
//!
//! A zip is walked member by member (`walk`), and so are zips within it; nothing is written to disk. Members wait in batches and
//! are unpacked and read by all threads. Invariant: what is held at once is bounded by `limits`, however large the archive is
//! and whatever it says of itself.

mod bytes;
mod salvage;
mod table;
mod unzip;
mod walk;

#[cfg(test)]
mod tests;

use super::content::{Content, FileRead};
use super::export::{self, List};
use super::find::{kind_of, own_name};
use super::kind::Kind;
use super::limits::{BATCH, LIMITS, Limits, MIB};
use super::room::ROOM;
use super::unpack::{too_large, unpack_within};
use super::{ReadError, Source, name, recordings};
use crate::digest::{Digest, digest};
use crate::ingest::Unpacked;
use bytes::Budget;
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use unzip::{content, likely_size};
use walk::{Member, Place, Visitor, Walk};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Members that wait to be read at most.
const BATCH_MEMBERS: usize = 512;
/// What a recording that is packed by gzip is thought to unpack to. Where it is more, it is unpacked again with more room.
const LIKELY_RATIO: u64 = 16;

/// What earlier runs made of contents, by their hash.
pub type Known = HashMap<String, Result<Vec<Digest>, ReadError>>;

/// Reads and digests all that is behind a source, in order of name. What is known by its hash is not read again.
#[must_use]
pub fn read_source(source: &Source, known: &Known) -> Vec<FileRead> {
    read_within(source, known, &LIMITS)
}

fn read_within(source: &Source, known: &Known, limits: &Limits) -> Vec<FileRead> {
    let result = match kind_of(&source.path) {
        Some(Kind::Archive) => read_archive(source, known, limits),
        Some(Kind::List) => read_list(source, limits).map(|found| found.into_iter().collect()),
        Some(Kind::Recording) | None => read_file(source, known, limits).map(|read| vec![read]),
    };
    result.unwrap_or_else(|cause| vec![failed(&label(source), ReadError::Io(cause.to_string()))])
}

/// The bytes of a file by its name below the input, to read it once more.
pub fn reopen(sources: &[Source], file: &str) -> Result<Vec<u8>, ReadError> {
    let io_error = |cause: io::Error| ReadError::Io(cause.to_string());
    if let Some(source) = sources.iter().find(|source| source.name == file && !file.is_empty()) {
        return std::fs::read(&source.path).map_err(io_error);
    }
    for source in sources {
        let prefix = prefix(source);
        if !file.starts_with(&prefix) || kind_of(&source.path) != Some(Kind::Archive) {
            continue;
        }
        let mut wanted = Wanted { file, found: None };
        walk_source(source, &LIMITS, &mut wanted).map_err(io_error)?;
        if let Some(found) = wanted.found {
            return found;
        }
    }
    Err(ReadError::Io("it is gone".to_owned()))
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
    let mut walk = Walk { visitor, limits, budget: &budget, members: limits.members };
    walk.archive(&mut file, &place);
    Ok(())
}

fn read_archive(source: &Source, known: &Known, limits: &Limits) -> io::Result<Vec<FileRead>> {
    let mut reading = Reading { known, limits, waiting: Vec::new(), n_waiting: 0, reads: Vec::new() };
    walk_source(source, limits, &mut reading)?;
    reading.read_waiting();
    let Reading { mut reads, .. } = reading;
    reads.sort_by(|a, b| (&a.file, &a.hash).cmp(&(&b.file, &b.hash)));
    Ok(reads)
}

/// Reads all that an archive holds, a batch of members at a time.
struct Reading<'a> {
    known: &'a Known,
    limits: &'a Limits,
    waiting: Vec<Member>,
    /// What the waiting members hold and may come to.
    n_waiting: u64,
    reads: Vec<FileRead>,
}

impl Reading<'_> {
    /// Reads the members that wait; returns how many bytes they unpacked to.
    fn read_waiting(&mut self) -> u64 {
        self.n_waiting = 0;
        let (known, limits) = (self.known, self.limits);
        let read = |member: Member| read_member(&member, known, limits);
        let (reads, sizes): (Vec<FileRead>, Vec<u64>) =
            std::mem::take(&mut self.waiting).into_par_iter().map(read).unzip();
        self.reads.extend(reads);
        sizes.iter().sum()
    }
}

impl Visitor for Reading<'_> {
    fn wants(&self, _: &str, _: bool) -> bool {
        true
    }

    fn member(&mut self, member: Member) -> u64 {
        // What a member may come to counts too, so that the budget is asked before much is unpacked.
        let likely = likely_size(&member.entry, &member.packed);
        self.n_waiting += (member.packed.len() as u64).max(likely / 8);
        self.waiting.push(member);
        if self.n_waiting >= BATCH || self.waiting.len() >= BATCH_MEMBERS { self.read_waiting() } else { 0 }
    }

    fn list(&mut self, file: String, content: &mut dyn Read) {
        self.reads.extend(list(file, content, self.limits));
    }

    fn trouble(&mut self, file: String, error: ReadError) {
        self.reads.push(failed(&file, error));
    }
}

/// Looks for one member.
struct Wanted<'a> {
    file: &'a str,
    found: Option<Result<Vec<u8>, ReadError>>,
}

impl Visitor for Wanted<'_> {
    fn wants(&self, file: &str, is_archive: bool) -> bool {
        let inner = self.file.strip_prefix(file);
        self.found.is_none()
            && inner.is_some_and(|rest| if is_archive { rest.starts_with('!') } else { rest.is_empty() })
    }

    fn member(&mut self, member: Member) -> u64 {
        let found = content(&member, LIMITS.unpacked);
        let found =
            found.and_then(|content| content.ok_or_else(|| ReadError::Packed(too_large(LIMITS.unpacked))));
        self.found = Some(found.map(|content| content.bytes.into_owned()));
        0
    }

    fn list(&mut self, _: String, _: &mut dyn Read) {}

    fn trouble(&mut self, file: String, error: ReadError) {
        if file == self.file {
            self.found = Some(Err(error));
        }
    }
}

/// Reads a member of an archive; returns how many bytes it unpacked to as well.
fn read_member(member: &Member, known: &Known, limits: &Limits) -> (FileRead, u64) {
    let Member { file, climbs, entry, packed } = member;
    let likely = likely_size(entry, packed).max(packed.len() as u64);
    let mut remarks = Vec::new();
    if *climbs {
        remarks.push("its name in the archive led out of it; it is shown without those parts".to_owned());
    }
    let mut n_unpacked = 0;
    let mut attempt = |limit: u64| {
        let Some(content) = content(member, limit)? else {
            n_unpacked += limit;
            return Ok(None);
        };
        n_unpacked += content.bytes.len() as u64;
        let read = read_content(&content.bytes, file, known, limit);
        n_unpacked += read.as_ref().map_or(limit, |(_, n)| *n);
        Ok(read.map(|(read, _)| (read, content.remark)))
    };
    let read = match in_room(file, likely, limits, &mut attempt) {
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
        Err(error) => failed(file, error),
    };
    (read, n_unpacked)
}

/// Reads a file on disk.
fn read_file(source: &Source, known: &Known, limits: &Limits) -> io::Result<FileRead> {
    let len = std::fs::metadata(&source.path)?.len();
    if len > limits.unpacked {
        return Ok(failed(&source.name, ReadError::TooLong(limits.unpacked / MIB)));
    }
    let attempt = |limit: u64| {
        let bytes = std::fs::read(&source.path).map_err(|cause| ReadError::Io(cause.to_string()))?;
        Ok(read_content(&bytes, &source.name, known, limit))
    };
    Ok(in_room(&source.name, len, limits, attempt)
        .map_or_else(|error| failed(&source.name, error), |(read, _)| read))
}

/// Tries with the room that a file will likely take, then with all there is. `None` of an attempt means that it was too little.
fn in_room<T>(
    file: &str,
    likely: u64,
    limits: &Limits,
    mut attempt: impl FnMut(u64) -> Result<Option<T>, ReadError>,
) -> Result<T, ReadError> {
    let is_gzip = name::without_gz(file) != file;
    let likely = if is_gzip { likely.saturating_mul(LIKELY_RATIO) } else { likely };
    for limit in [likely, limits.unpacked].map(|bytes| bytes.min(limits.unpacked)) {
        let _held = ROOM.hold(limit);
        if let Some(found) = attempt(limit)? {
            return Ok(found);
        }
    }
    Err(ReadError::Packed(too_large(limits.unpacked)))
}

/// Digests the recordings of one file, with how many bytes gzip has unpacked; `None` where those are more than `limit`.
/// The `id` is the hash of the content, packed or not, with a number for further recordings in it.
fn read_content(bytes: &[u8], file: &str, known: &Known, limit: u64) -> Option<(FileRead, u64)> {
    let unpacked = match unpack_within(bytes, limit) {
        Ok(unpacked) => unpacked?,
        Err(error) => return Some((failed(file, error), 0)),
    };
    let n_unpacked = if let Cow::Owned(content) = &unpacked.content { content.len() as u64 } else { 0 };
    let Unpacked { content, remark } = unpacked;
    let hash = hash_of(&content);
    let mut digests = match known.get(&hash) {
        Some(Ok(digests)) => {
            Ok(digests.iter().map(|d| Digest { file: file.to_owned(), ..d.clone() }).collect())
        }
        Some(Err(error)) => Err(error.clone()),
        None => recordings(&content).map(|recordings| {
            let parts = recordings.iter().enumerate();
            parts.map(|(part, one)| digest(one, id_of(&hash, part), file.to_owned())).collect::<Vec<_>>()
        }),
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
