//! The way through an archive and the archives within it.
//!
//! Members are met each at most once, and handed to a [`Visitor`] as they are, packed: in the order in which they lie where going
//! back is dear, else small ones first. Invariant: what is held is one member, the tables of the archives around it and the ends
//! of those; the limits end every walk.

use super::bytes::{Budget, Bytes, Inflated, Paid, Window, read_up_to};
use super::salvage;
use super::table::{self, Entry};
use super::unzip::{self, DEFLATED};
use crate::ingest::ReadError;
use crate::ingest::kind::{self, HEAD_BYTES, Kind, claimed, format, kind};
use crate::ingest::limits::{HELD, LARGE, Limits, MIB, NAME};
use crate::ingest::name::{self, MemberName};
use crate::ingest::room::Held;
use crate::ingest::unpack::too_large;
use crate::model::Format;
use flate2::bufread::DeflateDecoder;
use flate2::read::MultiGzDecoder;
use std::io::{self, BufReader, Cursor, Read, SeekFrom};

/// Packed bytes that hold the first unpacked ones, whatever the packing.
const PACKED_HEAD: u64 = 2 * HEAD_BYTES;
/// What a packed member is larger than its content at most.
const OVERHEAD: u64 = MIB;
/// Not packed at all, as archives name it.
const STORED: u16 = 0;

/// A member that may be a recording, as it lies in the archive.
#[derive(Debug)]
pub struct Member {
    /// Its name below the input.
    pub file: String,
    /// Did its name lead out of the archive?
    pub climbs: bool,
    /// What the archive says of it.
    pub entry: Entry,
    /// Its bytes; fewer than stated where the archive ends before.
    pub packed: Vec<u8>,
    /// Its format by its first bytes.
    pub format: Option<Format>,
    /// What it takes of the room, where it is too large to wait for others.
    pub held: Option<Held<'static>>,
}

/// Who is told of what an archive holds.
pub trait Visitor {
    /// Is a member of this name of interest, or with `is_archive` one in it?
    fn wants(&self, file: &str, is_archive: bool) -> bool;
    /// Makes room for a large member before its bytes are read.
    fn make_room(&mut self) -> Option<Held<'static>>;
    /// A member that may be a recording. Returns how many bytes have been unpacked since the last one.
    fn member(&mut self, member: Member) -> u64;
    /// A list of a platform, unpacked; one byte more than the limit where it is longer.
    fn list(&mut self, file: String, content: &mut dyn Read);
    /// A member or an archive that could not be read as it should.
    fn trouble(&mut self, file: String, error: ReadError);
}

/// A walk through one input.
pub struct Walk<'a, V> {
    /// Who is told.
    pub visitor: &'a mut V,
    /// How far it goes.
    pub limits: &'a Limits,
    /// What may still be unpacked.
    pub budget: &'a Budget,
    /// How many members may still be met.
    pub members: u64,
    /// How many bytes the tables of all archives that are open may still have.
    pub table: u64,
}

/// Where an archive is.
pub struct Place {
    /// Its own name below the input.
    pub label: String,
    /// What stands before the names of its members.
    pub prefix: String,
    /// How many archives are around it, with itself.
    pub depth: usize,
    /// Does going back in it mean to unpack it anew?
    pub is_stream: bool,
}

impl<V: Visitor> Walk<'_, V> {
    /// Goes through an archive. What is wrong with it as a whole is told of under its own name.
    pub fn archive(&mut self, bytes: &mut dyn Bytes, place: &Place) {
        let mut troubles = Vec::new();
        let table_before = self.table;
        let entries = if let Some(table) = table::read(bytes, self.table).ok().flatten() {
            self.table -= table.n_bytes;
            if table.is_cut {
                let mib = self.limits.table / MIB;
                troubles.push(format!(
                    "its table is longer than {mib} MiB; what stands in the rest was left out"
                ));
            }
            table.entries
        } else {
            let found = salvage::entries(bytes, self.budget, self.members, self.table).unwrap_or_default();
            troubles.push(match found.len() {
                0 => "no member was found in it; it may be cut off, or no zip".to_owned(),
                n => format!("its table is missing or damaged; members found without it: {n}"),
            });
            found
        };
        let mut named = self.named(entries, place, &mut troubles);
        named.sort_by_key(|(_, entry)| entry.offset);
        leave_out_overlaps(&mut named, &mut troubles);
        if !place.is_stream {
            // Large ones last, so that one that is beyond all measure costs no other.
            let is_archive = |name: &MemberName| claimed(&name.text) == Some(Kind::Archive);
            named.sort_by_cached_key(|(name, entry)| {
                (is_archive(name), entry.size.max(entry.packed), entry.offset)
            });
        }
        for (name, entry) in named {
            if self.budget.is_spent() {
                break;
            }
            if let Err(error) = self.entry(bytes, &name, entry, place) {
                self.trouble(name.text, error);
            }
        }
        self.table = table_before;
        if place.depth == 1 && self.budget.is_spent() {
            troubles
                .push("it unpacks to far more than its size allows for; reading stopped there".to_owned());
        }
        if !troubles.is_empty() {
            self.trouble(place.label.clone(), ReadError::Archive(troubles.join("; ")));
        }
    }

    fn trouble(&mut self, file: String, error: ReadError) {
        // What fails because nothing may be unpacked any more is told of once, for the whole input.
        let is_told = matches!(error, ReadError::Archive(_)) || !self.budget.is_spent();
        if is_told {
            self.visitor.trouble(file, error);
        }
    }

    /// The members with the names under which they are shown, without those that are left alone.
    fn named(
        &mut self,
        entries: Vec<Entry>,
        place: &Place,
        troubles: &mut Vec<String>,
    ) -> Vec<(MemberName, Entry)> {
        let mut named: Vec<(MemberName, Entry)> = Vec::new();
        for entry in entries {
            let cost = 1 + ((place.prefix.len() + entry.name.len()) / NAME) as u64;
            if self.members < cost {
                let n = self.limits.members;
                troubles.push(format!(
                    "with all archives around and in it, it has more than {n} members; the rest was left out"
                ));
                break;
            }
            self.members -= cost;
            let name = name::of_member(&entry.name);
            let is_folder = entry.name.ends_with(b"/") || entry.name.ends_with(b"\\");
            if !is_folder && !name.text.is_empty() && !name::is_hidden(&name.text) {
                named.push((name, entry));
            }
        }
        // Which of two files gets the number must not depend on where they lie.
        named.sort_by(|(_, a), (_, b)| (&a.name, a.offset).cmp(&(&b.name, b.offset)));
        name::number(named.iter_mut().map(|(name, _)| &mut name.text));
        for (name, _) in &mut named {
            name.text.insert_str(0, &place.prefix);
        }
        named
    }

    /// Reads one member.
    fn entry(
        &mut self,
        bytes: &mut dyn Bytes,
        name: &MemberName,
        entry: Entry,
        place: &Place,
    ) -> Result<(), ReadError> {
        let file = &name.text;
        let is_wanted = self.visitor.wants(file, false) || self.visitor.wants(file, true);
        if !is_wanted {
            return Ok(());
        }
        // What cannot be read matters only where the name claims something.
        let refuse = |problem| if claimed(file).is_some() { Err(ReadError::Packed(problem)) } else { Ok(()) };
        if let Some(problem) = unreadable(&entry) {
            return refuse(problem);
        }
        let broken = |cause: io::Error| ReadError::Packed(cause.to_string());
        bytes.seek(SeekFrom::Start(entry.offset)).map_err(broken)?;
        let Some((_, header)) = table::local(bytes, entry.offset).map_err(broken)? else {
            return refuse("it is not where the archive says".to_owned());
        };
        let start = entry.offset.saturating_add(header);
        let first = read_up_to(bytes, PACKED_HEAD.min(entry.packed)).map_err(broken)?;
        let head = unzip::head(&first, entry.method == DEFLATED, HEAD_BYTES);
        match kind(file, &head) {
            Some(Kind::Archive) if self.visitor.wants(file, true) => {
                self.inner(bytes, start, &entry, file, place)?;
            }
            Some(Kind::Recording) if self.visitor.wants(file, false) => {
                self.recording(bytes, first, format(&head), name, entry)?;
            }
            Some(Kind::List) if self.visitor.wants(file, false) => {
                let rest = Read::take(&mut *bytes, entry.packed - first.len() as u64);
                self.list(Cursor::new(first).chain(rest), &entry, file);
            }
            None if kind::is_note(file) => return Err(ReadError::Note),
            _ => {}
        }
        Ok(())
    }

    /// Goes through an archive within the archive.
    fn inner(
        &mut self,
        bytes: &mut dyn Bytes,
        start: u64,
        entry: &Entry,
        file: &str,
        place: &Place,
    ) -> Result<(), ReadError> {
        if place.depth == self.limits.depth {
            let depth = self.limits.depth;
            return Err(ReadError::Archive(format!("archives lie within each other more than {depth} deep")));
        }
        // What is stored need not be as short as the table says.
        let is_held = entry.size <= HELD && (entry.method == DEFLATED || entry.packed <= HELD);
        let is_stream = !is_held && (place.is_stream || entry.method == DEFLATED);
        let place =
            Place { label: file.to_owned(), prefix: format!("{file}!"), depth: place.depth + 1, is_stream };
        let mut packed = Window::new(bytes, start, entry.packed);
        if is_held {
            let mut content = Vec::new();
            // An archive that breaks off is salvaged as far as it goes.
            let _ = if entry.method == DEFLATED {
                let decoder = DeflateDecoder::new(BufReader::new(packed));
                Paid { inner: decoder, budget: self.budget }.take(entry.size).read_to_end(&mut content)
            } else {
                Read::take(&mut packed, HELD).read_to_end(&mut content)
            };
            self.archive(&mut Cursor::new(content), &place);
        } else if entry.method == DEFLATED {
            self.archive(&mut Inflated::new(packed, entry.size, self.budget), &place);
        } else {
            self.archive(&mut packed, &place);
        }
        Ok(())
    }

    /// Hands over a member that may be a recording.
    fn recording(
        &mut self,
        bytes: &mut dyn Bytes,
        first: Vec<u8>,
        format: Option<Format>,
        name: &MemberName,
        entry: Entry,
    ) -> Result<(), ReadError> {
        if entry.packed.min(entry.size) > self.limits.unpacked
            || entry.packed > self.limits.unpacked + OVERHEAD
        {
            return Err(ReadError::Packed(too_large(self.limits.unpacked)));
        }
        let held = if entry.packed > LARGE { self.visitor.make_room() } else { None };
        let mut packed = first;
        // Where the archive breaks off, what came before is a member cut short.
        let _ = Read::take(&mut *bytes, entry.packed - packed.len() as u64).read_to_end(&mut packed);
        let (file, climbs) = (name.text.clone(), name.climbs);
        let n = self.visitor.member(Member { file, climbs, entry, packed, format, held });
        // Once it is spent, the walk ends and says so.
        let _ = self.budget.spend(n);
        Ok(())
    }

    /// Hands over a list as a stream.
    fn list(&mut self, packed: impl Read, entry: &Entry, file: &str) {
        let budget = self.budget;
        let packed = BufReader::new(packed);
        let mut content: Box<dyn Read> = if entry.method == DEFLATED {
            Box::new(Paid { inner: DeflateDecoder::new(packed), budget })
        } else {
            Box::new(packed)
        };
        if name::without_gz(file) != file {
            content = Box::new(Paid { inner: MultiGzDecoder::new(content), budget });
        }
        self.visitor.list(file.to_owned(), &mut content.take(self.limits.list + 1));
    }
}

/// Takes out members that lie within others: in a sound archive no byte belongs to two.
fn leave_out_overlaps(named: &mut Vec<(MemberName, Entry)>, troubles: &mut Vec<String>) {
    let (mut end, before) = (0, named.len());
    named.retain(|(_, entry)| {
        let is_apart = entry.offset >= end;
        if is_apart {
            let header = table::LOCAL_BYTES + entry.name.len();
            end = entry.offset.saturating_add(header as u64).saturating_add(entry.packed);
        }
        is_apart
    });
    let n = before - named.len();
    if n > 0 {
        troubles.push(format!("members that overlap others, and were left out: {n}"));
    }
}

/// Why a member cannot be read at all.
fn unreadable(entry: &Entry) -> Option<String> {
    if entry.is_encrypted() {
        return Some("it is encrypted; unpack the archive with its password and give the folder".to_owned());
    }
    let packing = match entry.method {
        STORED | DEFLATED => return None,
        9 => "deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "xz",
        _ => "in a way that is not known",
    };
    Some(
        format!("it is packed by {packing}; pack it as an ordinary zip, or give the folder")
            .replace("by in", "in"),
    )
}
