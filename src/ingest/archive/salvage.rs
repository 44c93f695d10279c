//! The members of an archive without a usable table: cut off, or damaged at its end.
//!
//! Each member has a header of its own before it. They are followed from the first byte on; where a header does not say how
//! long its member is, it is unpacked to find out. Invariant: one pass over the bytes.

use super::bytes::{Budget, Bytes, Paid, Window};
use super::table::{CENTRAL, Entry, LOCAL, local};
use flate2::bufread::DeflateDecoder;
use std::io::{self, BufReader, Read, SeekFrom};

/// Bytes that are searched first, as the next header is mostly near, and at once after that.
const NEAR: u64 = 64;
const CHUNK: u64 = 64 * 1024;
/// What stands behind a member whose header does not say how long it is; some leave it out.
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
/// Its bytes with the sizes.
const DESCRIPTOR_BYTES: u64 = 16;

/// The members that can be found, at most so many and with so many bytes in their headers, by where they are.
pub fn entries(
    bytes: &mut dyn Bytes,
    budget: &Budget,
    limit: u64,
    header_bytes: u64,
) -> io::Result<Vec<Entry>> {
    let len = bytes.seek(SeekFrom::End(0))?;
    let mut found = Vec::new();
    let (mut at, mut n_bytes) = (0, 0);
    while (found.len() as u64) < limit && n_bytes < header_bytes {
        let Some((place, mark)) = next_mark(bytes, at, &[LOCAL, CENTRAL])? else { break };
        bytes.seek(SeekFrom::Start(place))?;
        // Where the table begins there are no more members.
        let header = if mark == LOCAL { local(bytes, place)? } else { break };
        let Some((mut entry, header)) = header else { break };
        n_bytes += header;
        let start = place + header;
        let room = len.saturating_sub(start);
        if entry.flags & 8 != 0 && entry.packed == 0 {
            entry.crc = None;
            (entry.packed, entry.size) = measure(bytes, start, &entry, budget)?;
        }
        entry.packed = entry.packed.min(room);
        at = start + entry.packed;
        found.push(entry);
    }
    Ok(found)
}

/// The packed and the unpacked length of a member that does not state them.
fn measure(bytes: &mut dyn Bytes, start: u64, entry: &Entry, budget: &Budget) -> io::Result<(u64, u64)> {
    if entry.method == 8 {
        let mut decoder = DeflateDecoder::new(BufReader::new(Window::new(bytes, start, u64::MAX)));
        // What a damaged stream gave before its break is its content.
        let _ = io::copy(&mut Paid { inner: &mut decoder, budget }, &mut io::sink());
        return Ok((decoder.total_in(), decoder.total_out()));
    }
    let end = next_mark(bytes, start, &[DESCRIPTOR, LOCAL, CENTRAL])?;
    let end = match end {
        Some((place, _)) => place,
        None => bytes.seek(SeekFrom::End(0))?.max(start + DESCRIPTOR_BYTES) - DESCRIPTOR_BYTES,
    };
    Ok((end - start, end - start))
}

/// The next place from `at` on where one of the marks stands.
fn next_mark(bytes: &mut dyn Bytes, at: u64, marks: &[[u8; 4]]) -> io::Result<Option<(u64, [u8; 4])>> {
    bytes.seek(SeekFrom::Start(at))?;
    let (mut start, mut seen, mut wanted) = (at, Vec::new(), NEAR);
    loop {
        // The last three bytes may be the first of a mark.
        let kept = seen.len().saturating_sub(3);
        seen.drain(..kept);
        start += kept as u64;
        let n = Read::take(&mut *bytes, wanted).read_to_end(&mut seen)?;
        wanted = CHUNK;
        if n == 0 {
            return Ok(None);
        }
        let found = seen.windows(4).enumerate().find_map(|(i, window)| {
            marks.iter().find(|mark| window == *mark).map(|mark| (start + i as u64, *mark))
        });
        if found.is_some() {
            return Ok(found);
        }
    }
}
