//! The table of a zip: which members it has, and where.
//!
//! Input are the bytes of an archive, output the entries of its table as they stand there, in the order of their places.
//! Names, sizes and places are claims; whoever reads a member holds them against what is there. Invariant: memory is bounded
//! by the bytes of the table and their limit, and no count in the file makes room for itself.

use super::bytes::{Bytes, read_up_to};
use std::io::{self, BufReader, Read, SeekFrom};

/// What a member begins with.
pub const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// What an entry of the table begins with.
pub const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// What stands behind the table.
const END: [u8; 4] = *b"PK\x05\x06";
const END_64: [u8; 4] = *b"PK\x06\x06";
const LOCATOR_64: [u8; 4] = *b"PK\x06\x07";

/// Bytes of a member's header before its name.
pub const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;
const END_64_BYTES: usize = 56;
const LOCATOR_BYTES: usize = 20;
/// The longest comment behind the table.
const COMMENT_BYTES: u64 = 65_535;
/// The extra field with sizes and places of more than 32 bits.
const ZIP_64: u16 = 1;
/// The extra field with the name in UTF-8.
const UNICODE_NAME: u16 = 0x7075;

/// A member, as an archive states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, byte by byte.
    pub name: Box<[u8]>,
    /// Where its header is.
    pub offset: u64,
    /// Bytes it takes in the archive.
    pub packed: u64,
    /// Bytes it unpacks to.
    pub size: u64,
    /// The checksum of its content, where one is stated.
    pub crc: Option<u32>,
    /// How it is packed: 0 is not at all, 8 is deflate.
    pub method: u16,
    /// Bit 0: encrypted. Bit 3: the sizes stand behind it.
    pub flags: u16,
}

impl Entry {
    /// Is it readable with a password alone?
    pub fn is_encrypted(&self) -> bool {
        self.flags & 0x41 != 0
    }
}

/// What the table says.
#[derive(Debug)]
pub struct Table {
    /// The members, by where they are.
    pub entries: Vec<Entry>,
    /// Was it longer than the limit? The rest of it was not read.
    pub is_cut: bool,
    /// Its bytes.
    pub n_bytes: u64,
}

/// Reads the table; `None` where there is none, or where it does not hold what it says.
pub fn read(bytes: &mut dyn Bytes, limit: u64) -> io::Result<Option<Table>> {
    let Some(end) = End::find(bytes)? else { return Ok(None) };
    let Some((start, shift)) = end.start(bytes)? else { return Ok(None) };
    bytes.seek(SeekFrom::Start(start))?;
    let mut input = BufReader::new(Read::take(&mut *bytes, limit));
    let mut entries = Vec::new();
    while let Some(entry) = central(&mut input)? {
        let offset = entry.offset.saturating_add(shift);
        entries.push(Entry { offset, ..entry });
    }
    entries.sort_by_key(|entry| entry.offset);
    let n = entries.len() as u64;
    // Old archives count up to 65,535 and begin anew.
    let is_whole = if end.is_64 { n == end.count } else { n & 0xFFFF == end.count };
    let left = input.into_inner().limit();
    let is_cut = !is_whole && left == 0;
    Ok((is_whole || is_cut).then_some(Table { entries, is_cut, n_bytes: limit - left }))
}

/// What stands behind the table.
struct End {
    count: u64,
    size: u64,
    offset: u64,
    /// Where it stands itself: the table ends there.
    at: u64,
    is_64: bool,
}

impl End {
    fn find(bytes: &mut dyn Bytes) -> io::Result<Option<Self>> {
        let len = bytes.seek(SeekFrom::End(0))?;
        let tail_start = len.saturating_sub(COMMENT_BYTES + END_BYTES as u64);
        bytes.seek(SeekFrom::Start(tail_start))?;
        let tail = read_up_to(bytes, len - tail_start)?;
        let is_end = |at: &usize| {
            let record = &tail[*at..];
            let fits = record.len() >= END_BYTES && record.len() >= END_BYTES + u16_at(record, 20) as usize;
            record.starts_with(&END) && fits
        };
        let Some(at) = (0..tail.len()).rev().find(is_end) else { return Ok(None) };
        let record = &tail[at..];
        let at = tail_start + at as u64;
        let end = Self {
            count: u16_at(record, 10).into(),
            size: u32_at(record, 12).into(),
            offset: u32_at(record, 16).into(),
            at,
            is_64: false,
        };
        Ok(Some(Self::find_64(bytes, at)?.unwrap_or(end)))
    }

    /// The record for large archives, where there is one before the other at `end`.
    fn find_64(bytes: &mut dyn Bytes, end: u64) -> io::Result<Option<Self>> {
        let Some(before) = end.checked_sub(LOCATOR_BYTES as u64) else { return Ok(None) };
        bytes.seek(SeekFrom::Start(before))?;
        let locator = read_up_to(bytes, LOCATOR_BYTES as u64)?;
        if !locator.starts_with(&LOCATOR_64) {
            return Ok(None);
        }
        // It is where it is said to be, or right before the locator if something stands before the whole archive.
        let stated = u64_at(&locator, 8);
        for at in [Some(stated), before.checked_sub(END_64_BYTES as u64)].into_iter().flatten() {
            bytes.seek(SeekFrom::Start(at))?;
            let record = read_up_to(bytes, END_64_BYTES as u64)?;
            if record.len() == END_64_BYTES && record.starts_with(&END_64) {
                let (count, size, offset) = (u64_at(&record, 32), u64_at(&record, 40), u64_at(&record, 48));
                return Ok(Some(Self { count, size, offset, at, is_64: true }));
            }
        }
        Ok(None)
    }

    /// Where the table starts, and by how much all its places are to be moved: something may stand before the archive.
    fn start(&self, bytes: &mut dyn Bytes) -> io::Result<Option<(u64, u64)>> {
        let before_end = self.at.checked_sub(self.size);
        for start in [before_end, Some(self.offset)].into_iter().flatten() {
            bytes.seek(SeekFrom::Start(start))?;
            if self.count == 0 || read_up_to(bytes, 4)? == CENTRAL {
                return Ok(Some((start, start.saturating_sub(self.offset))));
            }
        }
        Ok(None)
    }
}

/// The next entry of the table; `None` where it ends or breaks off.
fn central(input: &mut impl Read) -> io::Result<Option<Entry>> {
    let fixed = read_up_to(input, CENTRAL_BYTES as u64)?;
    if fixed.len() < CENTRAL_BYTES || !fixed.starts_with(&CENTRAL) {
        return Ok(None);
    }
    let [name, extra, comment] = [28, 30, 32].map(|at| u64::from(u16_at(&fixed, at)));
    let rest = read_up_to(input, name + extra + comment)?;
    if (rest.len() as u64) < name + extra + comment {
        return Ok(None);
    }
    let (name, rest) = rest.split_at(name as usize);
    let extra = &rest[..extra as usize];
    let mut entry = Entry {
        name: name.into(),
        offset: u32_at(&fixed, 42).into(),
        packed: u32_at(&fixed, 20).into(),
        size: u32_at(&fixed, 24).into(),
        crc: Some(u32_at(&fixed, 16)),
        method: u16_at(&fixed, 10),
        flags: u16_at(&fixed, 8),
    };
    let Entry { size, packed, offset, .. } = &mut entry;
    widen(extra, [size, packed, offset]);
    if let Some(name) = unicode_name(extra, &entry.name) {
        entry.name = name;
    }
    Ok(Some(entry))
}

/// The header of a member at the place where `input` stands, and how long it is; `None` where there is none.
pub fn local(input: &mut (impl Read + ?Sized), offset: u64) -> io::Result<Option<(Entry, u64)>> {
    let fixed = read_up_to(input, LOCAL_BYTES as u64)?;
    if fixed.len() < LOCAL_BYTES || !fixed.starts_with(&LOCAL) {
        return Ok(None);
    }
    let [name, extra] = [26, 28].map(|at| u64::from(u16_at(&fixed, at)));
    let rest = read_up_to(input, name + extra)?;
    if (rest.len() as u64) < name + extra {
        return Ok(None);
    }
    let (name, extra) = rest.split_at(name as usize);
    let mut entry = Entry {
        name: name.into(),
        offset,
        packed: u32_at(&fixed, 18).into(),
        size: u32_at(&fixed, 22).into(),
        crc: Some(u32_at(&fixed, 14)),
        method: u16_at(&fixed, 8),
        flags: u16_at(&fixed, 6),
    };
    widen(extra, [&mut entry.size, &mut entry.packed, &mut 0]);
    if let Some(name) = unicode_name(extra, &entry.name) {
        entry.name = name;
    }
    Ok(Some((entry, (LOCAL_BYTES + rest.len()) as u64)))
}

/// Gives values that did not fit into 32 bits theirs from the extra field, where they stand in this order.
fn widen(extra: &[u8], values: [&mut u64; 3]) {
    let mut field = fields(extra).find(|(id, _)| *id == ZIP_64).map_or(&[][..], |(_, field)| field);
    for value in values.into_iter().filter(|value| **value == u64::from(u32::MAX)) {
        let Some((wide, rest)) = field.split_first_chunk() else { return };
        *value = u64::from_le_bytes(*wide);
        field = rest;
    }
}

/// The name in UTF-8, where it was made for the name that stands in the header.
fn unicode_name(extra: &[u8], name: &[u8]) -> Option<Box<[u8]>> {
    let (_, field) = fields(extra).find(|(id, _)| *id == UNICODE_NAME)?;
    let (&[version, ref crc @ ..], unicode) = field.split_first_chunk::<5>()?;
    let mut sum = flate2::Crc::new();
    sum.update(name);
    (version == 1 && crc == &sum.sum().to_le_bytes()).then(|| unicode.into())
}

/// The extra fields: their kinds and their bytes.
fn fields(mut extra: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (head, rest) = extra.split_first_chunk::<4>()?;
        let (id, len) = (u16_at(head, 0), u16_at(head, 2) as usize);
        let (field, behind) = rest.split_at_checked(len)?;
        extra = behind;
        Some((id, field))
    })
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    chunk(bytes, at).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    chunk(bytes, at).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    chunk(bytes, at).map_or(0, u64::from_le_bytes)
}

fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}
