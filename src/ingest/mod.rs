//! Files to digests: find them, tell the format by content, read and digest each, in parallel.
//!
//! Input are paths, output are the digests in order of time and a notice for every file that gave none. Invariant:
//! the result depends on the content of the files alone, not on their order or the number of threads.

mod columns;
mod detect;
mod error;
mod find;
pub mod fit;
pub mod gpx;
mod merge;
mod several;
pub mod tcx;
mod time;
mod unpack;
mod xml;

pub use detect::detect;
pub use error::ReadError;
pub use find::{Source, find};
pub use merge::copies;
pub(crate) use several::several;
pub use unpack::{Unpacked, unpack};

use crate::digest::{Digest, digest};
use crate::model::{Format, Recording};
use crate::notice::Notice;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

/// The most that one packed file may unpack to: four days of GPX at a point a second. A hostile file costs at
/// most four times as much memory, when every byte of it is of no known encoding.
pub const UNPACKED_LIMIT: u64 = 100 * 1024 * 1024;

/// Reads every recording of one file, packed or not, in whatever format it has.
///
/// ```
/// use legwork::ingest::{ReadError, read};
/// assert_eq!(read(b"date,km\n"), Err(ReadError::UnknownFormat));
/// ```
pub fn read(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    let Unpacked { content, remark } = unpack(bytes, UNPACKED_LIMIT)?;
    if content.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut recordings = match detect(&content) {
        Some(Format::Fit) => fit::read(&content),
        Some(Format::Gpx) => gpx::read(&content),
        Some(Format::Tcx) => tcx::read(&content),
        None => Err(ReadError::UnknownFormat),
    }?;
    if let Some(remark) = remark {
        for recording in &mut recordings {
            recording.remarks.push(remark.clone());
        }
    }
    Ok(recordings)
}

/// Reads and digests every source, one file's samples at a time on each thread.
///
/// `done` is called after each file, from any thread. Digests come back in order of start, then content; notices in
/// order of name.
pub fn digest_all(sources: &[Source], done: impl Fn() + Sync) -> (Vec<Digest>, Vec<Notice>) {
    let outcomes: Vec<Result<Vec<Digest>, ReadError>> = sources
        .par_iter()
        .map(|source| {
            let outcome = digest_file(source);
            done();
            outcome
        })
        .collect();
    let (mut digests, mut notices) = (Vec::new(), Vec::new());
    for (source, outcome) in sources.iter().zip(outcomes) {
        match outcome {
            Ok(found) => {
                let remark = |digest: &Digest, text: &String| Notice::new(digest.file.clone(), text.clone());
                notices.extend(found.iter().flat_map(|d| d.remarks.iter().map(move |text| remark(d, text))));
                digests.extend(found);
            }
            Err(error) => notices.push(Notice::new(source.name.clone(), error.to_string())),
        }
    }
    digests.sort_by(|a, b| (a.start_ms, &a.id, &a.file).cmp(&(b.start_ms, &b.id, &b.file)));
    notices.sort();
    notices.dedup();
    (digests, notices)
}

/// The digests of one file. The `id` is the hash of the bytes, with a number for further recordings in them.
fn digest_file(source: &Source) -> Result<Vec<Digest>, ReadError> {
    let bytes = std::fs::read(&source.path).map_err(|cause| ReadError::Io(cause.to_string()))?;
    let hash = format!("{:032x}", xxh3_128(&bytes));
    let id = |part: usize| if part == 0 { hash.clone() } else { format!("{hash}-{}", part + 1) };
    let recordings = read(&bytes)?;
    Ok(recordings
        .iter()
        .enumerate()
        .map(|(part, recording)| digest(recording, id(part), source.name.clone()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;
    use std::io::Write;

    const GPX: &str = "<gpx><trk><trkpt><time>2015-06-18T10:04:38Z</time></trkpt></trk></gpx>";

    fn pack(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_packed_file_reads_like_the_file_itself() {
        assert_eq!(read(&pack(GPX.as_bytes())), read(GPX.as_bytes()));
        assert_eq!(read(GPX.as_bytes()).unwrap().len(), 1);
    }

    #[test]
    fn damage_to_the_packing_is_told() {
        let mut packed = pack(GPX.as_bytes());
        let n = packed.len();
        packed[n - 8] ^= 1;
        let recording = &read(&packed).unwrap()[0];
        assert_eq!(recording.samples.len(), 1);
        assert!(recording.remarks[0].starts_with("its packing is damaged"));
    }

    #[test]
    fn nothing_is_empty_packed_or_not() {
        assert_eq!(read(b""), Err(ReadError::Empty));
        assert_eq!(read(&pack(b"")), Err(ReadError::Empty));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), is_packed: bool, is_xml: bool) {
            let bytes = if is_xml { [b"<gpx>", &bytes[..]].concat() } else { bytes };
            let _ = read(&if is_packed { pack(&bytes) } else { bytes });
        }
    }
}
