//! What the runner says of single recordings, against what their files say.

use super::Sport;
use serde::Serialize;

/// One row of `overrides.csv`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Override {
    /// The `id` of the recording, or its first eight digits or more; with `-2` behind them for the second of a file.
    pub id: String,
    /// Its line in `overrides.csv`.
    pub line: u64,
    /// Whether it counts, whatever else is found of it.
    pub choice: Option<Choice>,
    /// The true distance in m.
    pub distance_m: Option<f64>,
    /// The true sport.
    pub sport: Option<Sport>,
    /// Was it a race?
    pub race: Option<bool>,
    /// Its heart rate is false.
    pub ignores_hr: bool,
    /// Its distance counts and its load does not.
    pub leaves_load_out: bool,
    /// Why, in the words of the runner.
    pub reason: Option<String>,
}

/// Does a recording count?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Yes, even where it looks like a copy of another.
    Keep,
    /// No.
    Drop,
}

/// What of an override is heeded by those who score a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amended {
    /// Whether it was a race, whatever it looks like.
    pub race: Option<bool>,
    /// Its distance counts and its load does not.
    pub leaves_load_out: bool,
}

impl From<&Override> for Amended {
    fn from(said: &Override) -> Self {
        Self { race: said.race, leaves_load_out: said.leaves_load_out }
    }
}

impl Override {
    /// Is it about the recording of this `id`?
    ///
    /// ```
    /// use legwork::model::Override;
    /// let second = Override { id: "0123abcd-2".into(), ..Override::default() };
    /// assert!(second.is_about("0123abcd0123abcd0123abcd0123abcd-2"));
    /// assert!(!second.is_about("0123abcd0123abcd0123abcd0123abcd"));
    /// ```
    #[must_use]
    pub fn is_about(&self, id: &str) -> bool {
        fn parts(id: &str) -> (&str, &str) {
            id.split_once('-').unwrap_or((id, ""))
        }
        let ((hash, part), (own_hash, own_part)) = (parts(id), parts(&self.id));
        hash.starts_with(own_hash) && part == own_part
    }
}
