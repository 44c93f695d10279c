//! One member, unpacked.

use super::bytes::read_up_to;
use super::table::Entry;
use super::walk::Member;
use crate::ingest::ReadError;
use flate2::bufread::DeflateDecoder;
use std::borrow::Cow;
use std::io::Read;

/// Deflate, as archives name it.
pub const DEFLATED: u16 = 8;
/// The most that deflate can shrink: 258 bytes to two bits.
const MAX_RATIO: u64 = 1032;

/// What was wrong with a member that goes on where the archive ends.
const CUT: &str = "the archive breaks off in it";
const CHECKSUM: &str = "its checksum in the archive is wrong; used as it is";

/// The bytes of a member, and what was wrong with them.
#[derive(Debug, PartialEq)]
pub struct Unzipped<'a> {
    /// Borrowed where it is not packed.
    pub bytes: Cow<'a, [u8]>,
    /// Set where the bytes are not those that were packed.
    pub remark: Option<String>,
}

/// Unpacks a member; `None` where it holds more than `limit` bytes. A stream that breaks gives what came before. With
/// `is_last` its packed bytes are let go as soon as they are not needed.
pub fn content(member: &mut Member, limit: u64, is_last: bool) -> Result<Option<Unzipped<'_>>, ReadError> {
    let Member { entry, packed, .. } = member;
    let is_cut = (packed.len() as u64) < entry.packed;
    let (bytes, problem) = if entry.method == DEFLATED {
        let mut content = Vec::with_capacity(likely_size(entry, packed).min(limit) as usize);
        let result = DeflateDecoder::new(&packed[..]).take(limit + 1).read_to_end(&mut content);
        if is_last {
            *packed = Vec::new();
        }
        (Cow::Owned(content), result.err().map(|cause| format!("its packing is damaged ({cause})")))
    } else if is_last {
        (Cow::Owned(std::mem::take(packed)), None)
    } else {
        (Cow::Borrowed(&packed[..]), None)
    };
    if bytes.len() as u64 > limit {
        return Ok(None);
    }
    let remark = if is_cut { Some(CUT.to_owned()) } else { problem };
    match remark {
        Some(problem) if bytes.is_empty() => Err(ReadError::Packed(problem)),
        None if entry.crc.is_some_and(|crc| crc != checksum(&bytes)) => {
            Ok(Some(Unzipped { bytes, remark: Some(CHECKSUM.to_owned()) }))
        }
        remark => Ok(Some(Unzipped { bytes, remark })),
    }
}

/// The first bytes of a member, from the first of its packed ones.
pub fn head(packed: &[u8], is_deflated: bool, n: u64) -> Vec<u8> {
    if is_deflated {
        // What comes before a break is enough to tell what it is.
        let mut head = Vec::new();
        let _ = DeflateDecoder::new(packed).take(n).read_to_end(&mut head);
        head
    } else {
        read_up_to(&mut &packed[..], n).unwrap_or_default()
    }
}

/// The size that is stated, as a hint that cannot do harm.
pub fn likely_size(entry: &Entry, packed: &[u8]) -> u64 {
    entry.size.min((packed.len() as u64).saturating_mul(MAX_RATIO))
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}
