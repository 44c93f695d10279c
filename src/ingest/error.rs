//! Why a file gave no recording.

use serde::{Deserialize, Serialize};

/// Why nothing could be read from one file. The file becomes a notice; the other files are not touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// The file has no bytes.
    #[error("is empty")]
    Empty,
    /// The content is of no known format.
    #[error("is not a FIT, GPX or TCX file")]
    UnknownFormat,
    /// A FIT file of another kind, such as settings, sleep or a workout.
    #[error("is a FIT file of another kind ({}), not an activity", known_kind(.0))]
    NotAnActivity(String),
    /// Positions without times: a route to follow, not a recording.
    #[error("has no times: a course or route, not a recording")]
    Course,
    /// A GPX or TCX file of something else than activities, such as waypoints or workouts.
    #[error("holds {0} and no activity")]
    OnlyOther(String),
    /// A sound file without one usable sample or total.
    #[error("holds no samples")]
    NoSamples,
    /// The bytes break the format so early that nothing could be saved.
    #[error("is damaged at byte {offset}: {problem}")]
    Damaged {
        /// Byte offset in the (unpacked) content.
        offset: u64,
        /// What is wrong there.
        problem: String,
    },
    /// The packed stream cannot be unpacked, or unpacks to more than the limit.
    #[error("cannot be unpacked: {0}")]
    Packed(String),
    /// An archive of which some was left out, or was read without its table.
    #[error("is an archive that was not read whole: {0}")]
    Archive(String),
    /// The file is longer than any recording.
    #[error("is longer than {0} MiB, which no recording is; it was not read")]
    TooLong(u64),
    /// The system could not read the file.
    #[error("cannot be opened: {0}")]
    Io(String),
    /// What a runner writes for this program, within an archive.
    #[error(
        "is read from a folder and not out of an archive: put it beside the archive, and give the folder of both"
    )]
    Note,
    /// What is kept of all files has come to its limit before this one and so many behind it.
    #[error("{}", Self::too_much(*.0))]
    TooMuch(usize),
}

impl ReadError {
    /// What a file of a watch holds instead of an activity, in a word or two.
    #[must_use]
    pub fn other_kind(&self) -> Option<&str> {
        if let Self::NotAnActivity(kind) = self { Some(known_kind(kind)) } else { None }
    }
}

/// What runners call a kind of file, also where only its maker numbers it.
fn known_kind(kind: &str) -> &str {
    match kind {
        "sport" => "sport settings",
        "monitoring a" | "monitoring b" | "monitoring daily" => "daily monitoring",
        "exd configuration" => "screen settings",
        "type 38" => "golf score card",
        "type 41" => "log of changes",
        "type 44" => "metrics of the watch",
        "type 49" => "sleep",
        "type 68" => "heart rate variability",
        kind => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_files_are_in_words_of_runners() {
        let said = |kind: &str| ReadError::NotAnActivity(kind.into()).to_string();
        assert_eq!(said("type 49"), "is a FIT file of another kind (sleep), not an activity");
        assert_eq!(said("type 77"), "is a FIT file of another kind (type 77), not an activity");
        let monitoring = ReadError::NotAnActivity("monitoring b".into());
        assert_eq!(
            (monitoring.other_kind(), ReadError::Empty.other_kind()),
            (Some("daily monitoring"), None)
        );
    }
}
