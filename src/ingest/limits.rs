//! How much of a file is read: every limit of an input, in one place.
//!
//! They bound memory and time whatever the bytes are. `docs/limits.md` says what happens beyond each.

/// Bytes in a mebibyte.
pub const MIB: u64 = 1024 * 1024;

/// The most that one recording may unpack to: four days of GPX at a point a second. A hostile file costs at most four
/// times as much memory, when every byte of it is of no known encoding.
pub const UNPACKED_LIMIT: u64 = 100 * MIB;

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

/// An archive within an archive of up to this many bytes is held in memory; of a longer one its last bytes are.
pub const HELD: u64 = 8 * MIB;
/// Packed bytes of members that wait to be read.
pub const BATCH: u64 = 8 * MIB;
/// A name within an archive is shown with at most this many bytes, and counts as a member for each so many.
pub const NAME: usize = 256;
