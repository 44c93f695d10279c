//! Files to digests: find them, tell the format by content, read and digest each, in parallel.
//!
//! Input are paths, output are the digests in order of time and a notice for every file that gave none. Invariant:
//! the result depends on the content of the files alone, not on their order or the number of threads.

mod again;
mod archive;
pub mod cache;
mod clock;
mod columns;
mod content;
mod detect;
mod error;
pub mod export;
mod find;
pub mod fit;
pub mod gpx;
mod import;
mod kept;
mod kind;
mod later;
pub mod limits;
mod merge;
mod name;
mod overrides;
mod room;
mod several;
pub mod tcx;
#[cfg(test)]
mod testing;
mod time;
mod unpack;
mod whole;
mod xml;

pub use archive::Known;
pub use clock::day_of_name;
pub(crate) use clock::{is_wrong as has_wrong_clock, mend as mend_clocks};
pub use content::{Content, Fate, FileNote, FileRead};
pub use detect::detect;
pub use error::ReadError;
pub use find::{Source, distinct, find};
pub use import::{Given, Imported, import};
pub use kept::read_all;
pub use limits::UNPACKED_LIMIT;
use limits::{MAX_RECORDINGS, MAX_SAMPLES};
pub use merge::{Copy, CopyRule};
pub(crate) use name::without_addresses;
pub use overrides::Said;
pub(crate) use several::several;
pub use unpack::{Unpacked, unpack};

use crate::model::{Format, Recording};

/// Reads every recording of one file, packed or not, in whatever format it has.
///
/// ```
/// use legwork::ingest::{ReadError, read};
/// assert_eq!(read(b"date,km\n"), Err(ReadError::UnknownFormat));
/// ```
pub fn read(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    let Unpacked { content, remark } = unpack(bytes, UNPACKED_LIMIT)?;
    let mut recordings = recordings(&content)?;
    for recording in recordings.iter_mut().filter(|_| remark.is_some()) {
        recording.remarks.extend(remark.clone());
        recording.is_salvaged = true;
    }
    Ok(recordings)
}

/// Reads every recording of unpacked content.
fn recordings(content: &[u8]) -> Result<Vec<Recording>, ReadError> {
    if content.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut recordings = match detect(content) {
        Some(Format::Fit) => fit::read(content),
        Some(Format::Gpx) => gpx::read(content),
        Some(Format::Tcx) => tcx::read(content),
        Some(Format::Csv | Format::Json) | None => Err(ReadError::UnknownFormat),
    }?;
    if recordings.len() > MAX_RECORDINGS {
        recordings.truncate(MAX_RECORDINGS);
        if let Some(last) = recordings.last_mut() {
            last.remarks.push(format!(
                "is the last of {MAX_RECORDINGS} recordings in its file, the most that are read; split the file for the rest"
            ));
        }
    }
    if recordings.iter().map(|recording| recording.samples.len()).sum::<usize>() >= MAX_SAMPLES
        && let Some(last) = recordings.last_mut()
    {
        last.remarks
            .push(format!("has {MAX_SAMPLES} samples, the most that are read; any beyond were left out"));
    }
    Ok(recordings)
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
        assert!(recording.remarks[0].starts_with("its packing is damaged") && recording.is_salvaged);
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
