//! What the runner says of single recordings, against what their files say.

use super::Sport;
use serde::Serialize;

/// One row of `overrides.csv`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Override {
    /// The `id` of the recording, or its first eight digits or more.
    pub id: String,
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

impl Override {
    /// Is it about the recording of this `id`?
    #[must_use]
    pub fn is_about(&self, id: &str) -> bool {
        id.starts_with(&self.id)
    }
}
