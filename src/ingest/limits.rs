//! How much of a file is read: every limit of an input, in one place.
//!
//! They bound memory and time whatever the bytes are. `docs/limits.md` says what happens beyond each.

pub use super::fit::MAX_SUMMARIES;
pub use super::xml::MAX_DEPTH as XML_DEPTH;
pub use crate::digest::MAX_SPAN_S;

use crate::model::{Format, Samples};

/// Bytes in a mebibyte.
pub const MIB: u64 = 1024 * 1024;

/// The most that one recording may unpack to: four days of GPX at a point a second.
pub const UNPACKED_LIMIT: u64 = 100 * MIB;

/// The most samples of one file: a week at one a second. A sample may be as short as a byte in FIT.
pub const MAX_SAMPLES: usize = 604_800;
/// The most recordings of one file.
pub const MAX_RECORDINGS: usize = 10_000;

/// Memory that files being read may take together: their bytes, packed and not, and their samples.
pub const READ_AT_ONCE: u64 = 160 * MIB;
/// Memory that recordings being digested may take together, beside that: their seconds.
pub const DIGESTED_AT_ONCE: u64 = 128 * MIB;
/// Bytes of all channels of a sample, as the watch and as its apps have them.
const SAMPLE: u64 = 152;
/// Bytes of all channels of a second, and of what is worked out from them.
const SECOND: u64 = 200;
/// Bytes that lists take while they are read.
pub const LIST_ROOM: u64 = 64 * MIB;

/// What reading a recording of so many bytes takes at most. A point of XML has no fewer than some forty bytes, a sample
/// of FIT may have one.
#[must_use]
pub fn reading(bytes: u64, format: Option<Format>) -> u64 {
    let per_byte = if matches!(format, Some(Format::Gpx | Format::Tcx)) { 8 } else { SAMPLE };
    bytes.saturating_mul(2).saturating_add(bytes.saturating_mul(per_byte).min(SAMPLE * MAX_SAMPLES as u64))
}

/// What digesting a recording takes at most: a sample may stand for a minute.
#[must_use]
pub fn digesting(samples: &Samples) -> u64 {
    let times = &samples.time_ms;
    let span_ms = times.iter().max().zip(times.iter().min()).map_or(0, |(last, first)| last.abs_diff(*first));
    let seconds = (span_ms / 1000).min(60 * times.len() as u64).min(MAX_SPAN_S);
    SECOND * seconds.max(times.len() as u64)
}

/// The limits of an input. Tests read with smaller ones.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one recording, unpacked.
    pub unpacked: u64,
    /// Bytes of one list of a platform, unpacked. It is read as a stream.
    pub list: u64,
    /// Archives within each other, the outermost one counted.
    pub depth: usize,
    /// Members of an input with all archives within it. One with a long name counts as several.
    pub members: u64,
    /// Bytes of the table of one archive.
    pub table: u64,
    /// Bytes that any input may unpack to, however small it is.
    pub allowance: u64,
    /// ... and as many more for each of its own bytes.
    pub ratio: u64,
}

/// The limits that hold.
pub const LIMITS: Limits = Limits {
    unpacked: UNPACKED_LIMIT,
    list: 2048 * MIB,
    depth: 5,
    members: 250_000,
    table: 32 * MIB,
    allowance: 1024 * MIB,
    ratio: 64,
};

/// Bytes that are kept of all files of a runner. An hour of running comes to some five thousand.
pub const KEPT: u64 = 128 * MIB;
/// Rows of lists that are kept of a runner.
pub const MAX_ROWS: usize = 100_000;
/// Recordings of a runner, with those made of rows that have none: two a day for thirty-four years. Later steps hold some
/// nine thousand bytes for each.
pub const MAX_RUNS: usize = 25_000;
/// Packed bytes of members of archives that are held at once to be read a second time.
pub const FETCHED: u64 = 48 * MIB;
/// Samples of the recordings that are read a second time on one walk through their archives.
pub const FETCHED_SAMPLES: usize = 800_000;

/// An archive within an archive of up to this many bytes is held in memory; of a longer one its last bytes are.
pub const HELD: u64 = 8 * MIB;
/// Packed bytes of members that wait to be read.
pub const BATCH: u64 = 8 * MIB;
/// A member of more packed bytes does not wait: it is read by itself.
pub const LARGE: u64 = 4 * MIB;
/// A name within an archive is shown with at most this many bytes, and counts as a member for each so many.
pub const NAME: usize = 256;
