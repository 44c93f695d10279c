//! What a file may be, by its name and its first bytes.

use super::{detect, export, name};
use crate::model::Format;
use std::io::Read;

/// Bytes that are enough to tell a format.
pub const HEAD_BYTES: u64 = 512;
/// What a zip with members begins with.
const ZIP: &[u8] = b"PK\x03\x04";
const GZIP: &[u8] = &[0x1f, 0x8b];

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As a recording.
    Recording,
    /// As a list of a platform.
    List,
    /// As an archive of files.
    Archive,
}

/// What the name alone claims.
#[must_use]
pub fn claimed(name: &str) -> Option<Kind> {
    if name::ends_with(name, &[".fit", ".gpx", ".tcx"]) {
        Some(Kind::Recording)
    } else if export::may_be_list(name::without_gz(name)) {
        Some(Kind::List)
    } else {
        name.to_lowercase().ends_with(".zip").then_some(Kind::Archive)
    }
}

/// What a file is; `None` for one that cannot matter. The first bytes decide, a name that claims something makes it a
/// candidate.
#[must_use]
pub fn kind(name: &str, head: &[u8]) -> Option<Kind> {
    if head.starts_with(ZIP) {
        Some(Kind::Archive)
    } else if format(head).is_some() {
        Some(Kind::Recording)
    } else {
        claimed(name)
    }
}

/// The files that runners write for this program, each read in its own way.
pub const NOTES: [&str; 7] =
    ["massage.csv", "diary.csv", "plan.csv", "plan.ics", "overrides.csv", "unknown.csv", "legwork.toml"];

/// Is it one of the files that runners write for this program? They are read from folders.
#[must_use]
pub fn is_note(name: &str) -> bool {
    NOTES.contains(&crate::text::last_part(name).to_lowercase().as_str())
}

/// The format of a recording by its first bytes, packed by gzip or not.
#[must_use]
pub fn format(head: &[u8]) -> Option<Format> {
    if !head.starts_with(GZIP) {
        return detect(head);
    }
    let mut inside = Vec::new();
    // The head of a packed file ends in the middle, which is no error here.
    let _ = flate2::read::GzDecoder::new(head).take(HEAD_BYTES).read_to_end(&mut inside);
    detect(&inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_a_name_makes_a_candidate() {
        let gpx = b"<?xml version=\"1.0\"?><gpx></gpx>";
        for (name, head, expected) in [
            ("a.FIT.gz", &b""[..], Some(Kind::Recording)),
            ("a.fit", b"PK\x03\x04", Some(Kind::Archive)),
            ("a.zip", gpx, Some(Kind::Recording)),
            ("a.ZIP", b"", Some(Kind::Archive)),
            ("a.zip.gz", b"", None),
            ("unnamed", gpx, Some(Kind::Recording)),
            ("massage.csv", b"date,depth", None),
        ] {
            assert_eq!(kind(name, head), expected, "{name}");
        }
    }
}
