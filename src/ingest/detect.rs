//! The format of a file, told by its content and never by its name.

use super::xml;
use crate::model::Format;

/// Tells the format of unpacked content; `None` for anything that is not FIT, GPX or TCX.
///
/// FIT has its mark at byte 8. GPX and TCX are told by the root element, behind a byte order mark, white
/// space (every TCX of Strava begins with spaces), a declaration and comments.
#[must_use]
pub fn detect(bytes: &[u8]) -> Option<Format> {
    if bytes.get(8..12) == Some(b".FIT") {
        return Some(Format::Fit);
    }
    match xml::root_name(bytes)?.as_str() {
        "gpx" => Some(Format::Gpx),
        "TrainingCenterDatabase" => Some(Format::Tcx),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_marks() {
        assert_eq!(detect(b"\x0e\x10\xd9\x07\0\0\0\0.FIT\0\0"), Some(Format::Fit));
        assert_eq!(detect(b"<!-- of a run --><g:gpx xmlns:g=''>"), Some(Format::Gpx));
        assert_eq!(detect(b"\xEF\xBB\xBF<gpx/>"), Some(Format::Gpx));
        assert_eq!(detect(b"          <?xml version='1.0'?><TrainingCenterDatabase>"), Some(Format::Tcx));
    }

    #[test]
    fn other_files_are_of_no_format() {
        for bytes in [&b""[..], b".FIT", b"PK\x03\x04", b"<html><gpx/></html>", b"date,distance\n", &[0; 100]]
        {
            assert_eq!(detect(bytes), None);
        }
    }
}
