//! What one file, or one member of an archive, gave.

use super::ReadError;
use super::export::List;
use crate::digest::Digest;
use serde::{Deserialize, Serialize};

/// A file with all that was read from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileRead {
    /// Path below the input, `archive.zip!inner` for a member.
    pub file: String,
    /// Hash of its content, unpacked, 32 hexadecimal digits: what the `id` of a recording begins with.
    pub hash: String,
    /// Was its packing sound? If not, what is said of that belongs to the file and not to its content.
    pub is_sound: bool,
    /// What was in it, or why there was nothing.
    pub outcome: Result<Content, ReadError>,
}

/// What a file can hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// Recordings, by time.
    Recordings(Vec<Digest>),
    /// What a platform or the runner has listed.
    List(List),
}

/// What became of a file while reading, before anything is known of days and copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNote {
    /// Path below the input.
    pub file: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It gave the recordings of these ids.
    Read(Vec<String>),
    /// It is a list, and this was taken from it.
    Listed(String),
    /// It has the same bytes as another file, which counts.
    SameContent(String),
    /// It holds no recording, and why.
    Skipped(String),
    /// It should hold one, and why nothing could be read.
    Failed(String),
}
