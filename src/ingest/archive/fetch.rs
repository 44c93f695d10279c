//! Files read a second time.
//!
//! Input are the sources and the names of the files that are wanted, output is each of them again by its name. Every archive is
//! walked once for all that is wanted from it; its members stay packed until they are asked for. Invariant: no more of them
//! are held than the limit allows, and what is unpacked is taken from the room.

use super::unzip::content;
use super::walk::{Member, Visitor};
use super::{hash_of, in_room, label, likely_content, measure, prefix, walk_source};
use crate::ingest::find::kind_of;
use crate::ingest::kind::Kind;
use crate::ingest::limits::{LIMITS, MIB, reading};
use crate::ingest::room::{Held, READING};
use crate::ingest::unpack::{too_large, unpack_within};
use crate::ingest::{ReadError, Source, recordings};
use crate::model::Recording;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::Bound;
use std::sync::{Mutex, PoisonError};

/// Files that can be read once more.
pub struct Fetched<'a> {
    /// Those on disk.
    plain: BTreeMap<&'a str, &'a Source>,
    /// Members of archives, as they lie there.
    members: BTreeMap<String, Mutex<Result<Member, ReadError>>>,
    /// Were there more members than may be held at once? Those beyond cannot be read.
    pub is_over: bool,
}

impl<'a> Fetched<'a> {
    /// Makes ready the files of these names below the input, as far as their packed bytes come to no more than `limit`.
    pub fn new(sources: &'a [Source], files: &BTreeSet<&str>, limit: u64) -> Self {
        let is_plain = |source: &&Source| !source.name.is_empty() && files.contains(source.name.as_str());
        let plain: BTreeMap<&str, &Source> =
            sources.iter().filter(is_plain).map(|source| (source.name.as_str(), source)).collect();
        let mut wanted = Wanted { files, members: BTreeMap::new(), n_bytes: 0, limit, is_over: false };
        for source in sources {
            let has_one = wanted.has_one_below(&prefix(source));
            if has_one
                && kind_of(&source.path) == Some(Kind::Archive)
                && let Err(cause) = walk_source(source, &LIMITS, &mut wanted)
            {
                wanted.trouble(label(source), ReadError::Io(cause.to_string()));
            }
        }
        let is_over = wanted.is_over;
        let members = wanted.members.into_iter().map(|(file, member)| (file, Mutex::new(member))).collect();
        Self { plain, members, is_over }
    }

    /// The recording of an `id` in a file.
    pub fn recording(&self, file: &str, id: &str) -> Result<Recording, ReadError> {
        if let Some(source) = self.plain.get(file) {
            return of_source(source, id);
        }
        let Some(member) = self.members.get(file) else { return Err(ReadError::Io("it is gone".to_owned())) };
        match &mut *member.lock().unwrap_or_else(PoisonError::into_inner) {
            Ok(member) => in_room(member, LIMITS.unpacked, |member, limit, _| {
                let Some(unzipped) = content(member, limit, false)? else { return Ok(None) };
                of_bytes(unzipped.bytes, id, limit)
            }),
            Err(error) => Err(error.clone()),
        }
    }
}

/// The recording of an `id` in a file on disk.
fn of_source(source: &Source, id: &str) -> Result<Recording, ReadError> {
    let io_error = |cause: std::io::Error| ReadError::Io(cause.to_string());
    let (len, format) = measure(source).map_err(io_error)?;
    let likely = likely_content(&source.name, len);
    for (limit, room) in [(likely, reading(likely, format)), (LIMITS.unpacked, u64::MAX)] {
        let read = || {
            let bytes = std::fs::read(&source.path).map_err(io_error)?;
            of_bytes(bytes.into(), id, limit.min(LIMITS.unpacked))
        };
        if let Some(found) = READING.run(room, read)? {
            return Ok(found);
        }
    }
    Err(ReadError::Packed(too_large(LIMITS.unpacked)))
}

/// The recording of an `id` in the bytes of a file; `None` where those unpack to more than `limit` bytes.
fn of_bytes(bytes: Cow<'_, [u8]>, id: &str, limit: u64) -> Result<Option<Recording>, ReadError> {
    let (hash, part) = match id.split_once('-') {
        Some((hash, number)) => (hash, number.parse::<usize>().map_or(0, |n| n.saturating_sub(1))),
        None => (id, 0),
    };
    let Some(unpacked) = unpack_within(bytes, limit)? else { return Ok(None) };
    let mut recordings = recordings(&unpacked.content)?;
    if hash_of(&unpacked.content) != hash || part >= recordings.len() {
        return Err(ReadError::Io("it has changed meanwhile".to_owned()));
    }
    Ok(Some(recordings.swap_remove(part)))
}

/// Keeps the members that are wanted.
struct Wanted<'a> {
    files: &'a BTreeSet<&'a str>,
    members: BTreeMap<String, Result<Member, ReadError>>,
    /// Packed bytes of those so far.
    n_bytes: u64,
    /// The most of them.
    limit: u64,
    /// Were there more?
    is_over: bool,
}

impl Wanted<'_> {
    /// Is a file wanted whose name begins so?
    fn has_one_below(&self, prefix: &str) -> bool {
        let from = (Bound::Included(prefix), Bound::Unbounded);
        self.files.range::<str, _>(from).next().is_some_and(|file| file.starts_with(prefix))
    }
}

impl Visitor for Wanted<'_> {
    fn wants(&self, file: &str, is_archive: bool) -> bool {
        if is_archive {
            self.has_one_below(&format!("{file}!"))
        } else {
            self.files.contains(file) && !self.members.contains_key(file)
        }
    }

    fn make_room(&mut self) -> Option<Held<'static>> {
        Some(READING.hold(u64::MAX))
    }

    fn member(&mut self, member: Member) -> u64 {
        let (file, member) = (member.file.clone(), Member { held: None, ..member });
        self.n_bytes += member.packed.len() as u64;
        let has_room = self.n_bytes <= self.limit;
        if !has_room {
            self.n_bytes -= member.packed.len() as u64;
            self.is_over = true;
        }
        let mib = self.limit / MIB;
        let too_much = || ReadError::Packed(format!("more than {mib} MiB would be read once more"));
        self.members.insert(file, has_room.then_some(member).ok_or_else(too_much));
        0
    }

    fn list(&mut self, _: String, _: &mut dyn Read) {}

    fn trouble(&mut self, file: String, error: ReadError) {
        if self.files.contains(file.as_str()) {
            self.members.insert(file, Err(error));
        }
    }
}
