//! Packed files.
//!
//! Input is the bytes of any file, output its content: gzip is unpacked, anything else passes through
//! untouched. Invariant: no more than the limit is ever unpacked, whatever the sizes in the file say.

use super::ReadError;
use super::limits::MIB;
use flate2::bufread::GzDecoder;
use std::borrow::Cow;
use std::io::Read;

const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
/// The most that deflate can shrink: 258 bytes to two bits.
const MAX_RATIO: usize = 1032;

/// The content of a file, and what was wrong with its packing.
#[derive(Debug, PartialEq)]
pub struct Unpacked<'a> {
    /// The content, borrowed where the file is not packed.
    pub content: Cow<'a, [u8]>,
    /// Set where the packed stream broke and `content` is what came before the break.
    pub remark: Option<String>,
}

/// Unpacks gzip, also gzip within gzip, but nothing packed three times.
///
/// A stream that is cut off or damaged gives what could be unpacked, with a remark; zeros or junk after it
/// are ignored, as `gzip` does. [`ReadError::Packed`] is for a stream that gives nothing or more than `limit`
/// bytes.
pub fn unpack(bytes: &[u8], limit: u64) -> Result<Unpacked<'_>, ReadError> {
    unpack_within(Cow::Borrowed(bytes), limit)?.ok_or_else(|| ReadError::Packed(too_large(limit)))
}

/// The same, with `None` for what gives more than `limit` bytes. Packed bytes are let go as soon as they are unpacked.
pub(super) fn unpack_within(bytes: Cow<'_, [u8]>, limit: u64) -> Result<Option<Unpacked<'_>>, ReadError> {
    if !is_gzip(&bytes) {
        return Ok(Some(Unpacked { content: bytes, remark: None }));
    }
    let Some(outer) = inflate(&bytes, limit)? else { return Ok(None) };
    drop(bytes);
    if !is_gzip(&outer.content) {
        return Ok(Some(outer));
    }
    let Some(inner) = inflate(&outer.content, limit)? else { return Ok(None) };
    if is_gzip(&inner.content) {
        return Err(ReadError::Packed("it is packed more than twice".into()));
    }
    Ok(Some(Unpacked { remark: outer.remark.or(inner.remark), ..inner }))
}

/// What is said of a recording beyond the limit.
pub(super) fn too_large(limit: u64) -> String {
    format!("it unpacks to more than {} MiB", limit / MIB)
}

/// Is it packed by gzip?
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&GZIP_MAGIC)
}

/// Unpacks all members of a gzip file; `None` where they hold more than `limit` bytes.
fn inflate(mut packed: &[u8], limit: u64) -> Result<Option<Unpacked<'static>>, ReadError> {
    let mut content = Vec::with_capacity(likely_size(packed, limit));
    let mut remark = None;
    while is_gzip(packed) && remark.is_none() {
        let mut decoder = GzDecoder::new(packed);
        let room = limit + 1 - content.len() as u64;
        let result = decoder.by_ref().take(room).read_to_end(&mut content);
        if content.len() as u64 > limit {
            return Ok(None);
        }
        remark = result.err().map(|cause| format!("its packing is damaged ({cause})"));
        packed = decoder.into_inner();
    }
    match remark {
        Some(problem) if content.is_empty() => Err(ReadError::Packed(problem)),
        remark => Ok(Some(Unpacked { content: content.into(), remark })),
    }
}

/// The size that the trailer states, as a hint that cannot do harm.
fn likely_size(packed: &[u8], limit: u64) -> usize {
    let stated = packed.last_chunk().map_or(0, |size| u32::from_le_bytes(*size));
    (u64::from(stated).min(limit) as usize).min(packed.len().saturating_mul(MAX_RATIO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn pack(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_is_not_packed_is_borrowed() {
        let unpacked = unpack(b"<gpx/>", 10).unwrap();
        assert!(matches!(unpacked.content, Cow::Borrowed(b"<gpx/>")));
    }

    #[test]
    fn members_and_one_nesting_are_unpacked_and_padding_ignored() {
        let mut packed = [pack(b"one "), pack(b"two")].concat();
        packed.extend([0; 512]);
        let expected = Unpacked { content: b"one two".to_vec().into(), remark: None };
        assert_eq!(unpack(&packed, 100).unwrap(), expected);
        assert_eq!(unpack(&pack(&packed), 1000).unwrap(), expected);
        let error = unpack(&pack(&pack(&packed)), 1000).unwrap_err();
        assert_eq!(error.to_string(), "cannot be unpacked: it is packed more than twice");
    }

    #[test]
    fn the_limit_is_exact() {
        let packed = pack(&vec![0; 2 << 20]);
        assert_eq!(unpack(&packed, 2 << 20).unwrap().content.len(), 2 << 20);
        let error = unpack(&packed, (2 << 20) - 1).unwrap_err();
        assert_eq!(error.to_string(), "cannot be unpacked: it unpacks to more than 1 MiB");
    }

    #[test]
    fn a_cut_stream_keeps_what_came_before() {
        let content: Vec<u8> = (0..20_000_u32).flat_map(|i| i.pow(2).to_le_bytes()).collect();
        let packed = pack(&content);
        let unpacked = unpack(&packed[..packed.len() / 2], 1 << 20).unwrap();
        assert!(unpacked.remark.is_some());
        assert!(unpacked.content.len() > 10_000 && content.starts_with(&unpacked.content));
        assert!(matches!(unpack(&packed[..10], 1 << 20), Err(ReadError::Packed(_))));
    }

    #[test]
    fn a_wrong_checksum_is_told_and_the_content_kept() {
        let mut packed = pack(b"content");
        let n = packed.len();
        packed[n - 8] ^= 1;
        let unpacked = unpack(&packed, 100).unwrap();
        assert_eq!(&*unpacked.content, b"content");
        assert!(unpacked.remark.is_some());
    }
}
