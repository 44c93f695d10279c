//! What a ledger says in words.

use super::{Kind, Outcome, Totals};
use crate::model::Sport;
use crate::text::{clean, count, whole};

/// The rule of files with the same bytes.
pub(super) const SAME_CONTENT: &str = "same_content";
/// The same for a reader.
pub(super) const SAME_BYTES: &str = "same bytes";

/// How a remark begins that says what the runner has said.
pub(super) const TOLD: &str = "by overrides.csv";

/// Why a recording is not among those that were read.
pub(super) fn dropped(reason: Option<&str>) -> String {
    let reason = reason.map_or_else(String::new, |reason| format!(": {}", clean(reason)));
    format!("dropped in overrides.csv{reason}")
}

/// A sport that is none of running.
pub(super) fn sport(sport: Sport) -> &'static str {
    match sport {
        Sport::Unknown => "no stated sport, and too slow or too fast for a run",
        sport => sport.words(),
    }
}

/// The same for a count of them.
pub(super) fn held(sport: Sport) -> &'static str {
    if sport == Sport::Unknown { "sport not stated" } else { sport.words() }
}

/// What a session of another sport counts as.
pub(super) fn load(sport: Sport) -> String {
    format!("{}: counts as load, not as distance", sport.words())
}

/// What a list holds, and how many of it are runs of their own.
pub(super) fn of_list(what: &str, n_runs: usize) -> String {
    match n_runs {
        0 => what.to_owned(),
        1 => format!("{what}, 1 of them a run without a file"),
        n => format!("{what}, {n} of them runs without a file"),
    }
}

impl Outcome {
    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Salvaged => "salvaged",
            Self::Load => "load",
            Self::Merged => "merged",
            Self::Duplicate => "duplicate",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Listed => "listed",
        }
    }
}

impl Kind {
    /// Files of this kind, for a reader.
    #[must_use]
    pub fn words(self, n: usize) -> String {
        let (one, many) = match self {
            Self::OtherSport => ("of another sport", "of other sports"),
            Self::NotAnActivity => ("that is no activity", "that are no activities"),
            Self::Course => ("course", "courses"),
            Self::UnknownFormat => ("of no known format", "of no known format"),
            Self::WrongClock => ("with a wrong clock", "with a wrong clock"),
            Self::Dropped => ("dropped in overrides.csv", "dropped in overrides.csv"),
            Self::Empty => ("empty", "empty"),
            Self::NoSamples => ("without a sample", "without a sample"),
            Self::Damaged => ("damaged", "damaged"),
            Self::Packed => ("that could not be unpacked", "that could not be unpacked"),
            Self::TooLong => ("longer than any recording", "longer than any recording"),
            Self::OverLimit => ("beyond what is kept of a runner", "beyond what is kept of a runner"),
            Self::Unreadable => ("that could not be opened", "that could not be opened"),
        };
        format!("{} {}", whole(n), if n == 1 { one } else { many })
    }
}

impl Totals {
    /// What became of the files, in a sentence whose numbers add up.
    #[must_use]
    pub fn sentence(&self) -> String {
        let of = |n: usize, word: &str| (n > 0).then(|| format!("{} {word}", whole(n)));
        let of_noun = |n: usize, noun: &str| (n > 0).then(|| counted(n, noun));
        let parts = [
            of(self.used, "used"),
            of(self.salvaged, "salvaged"),
            of(self.load, "as load alone"),
            of(self.merged, "merged"),
            of_noun(self.duplicate, "duplicate"),
            of(self.skipped, "skipped"),
            of(self.failed, "failed"),
            of_noun(self.listed, "list"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            return "Read no file.".to_owned();
        }
        format!("Read {}: {}.", counted(self.files, "file"), parts.join(", "))
    }
}

/// The kinds of what was skipped and of what failed, in a sentence.
pub(super) fn kinds(skipped: &[(Kind, usize)], failed: &[(Kind, usize)]) -> String {
    let part = |name: &str, kinds: &[(Kind, usize)]| {
        let words: Vec<String> = kinds.iter().map(|(kind, n)| kind.words(*n)).collect();
        (!words.is_empty()).then(|| format!("{name}: {}.", words.join(", ")))
    };
    let parts: Vec<String> =
        [part("Skipped", skipped), part("Failed", failed)].into_iter().flatten().collect();
    if parts.is_empty() { "Nothing was skipped.".to_owned() } else { parts.join(" ") }
}

fn counted(n: usize, noun: &str) -> String {
    count(n, noun).replacen(&n.to_string(), &whole(n), 1)
}
