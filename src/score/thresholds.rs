//! The runner's thresholds, each with its origin (science 2.8).

use serde::Serialize;

/// Where a threshold comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Given in the config.
    Config,
    /// Seen in the history.
    History,
    /// From age (Tanaka 2001).
    Age,
    /// A fixed share of another threshold.
    Derived,
    /// A default for everyone; of low confidence.
    Default,
}

impl Origin {
    /// In words for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Config => "from your config",
            Self::History => "seen in your history",
            Self::Age => "from age (208 − 0.7 × age)",
            Self::Derived => "derived",
            Self::Default => "default, low confidence",
        }
    }
}

/// A value with its origin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sourced {
    /// The value in the unit of its field.
    pub value: f64,
    /// Where it comes from.
    pub origin: Origin,
}

/// Sex as far as the weighting of heart rate needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Women's constants.
    Female,
    /// Men's constants.
    Male,
}

/// Everything a run is scored against; `None` is "not known, and nothing is scored with it".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Thresholds {
    /// Sex; unknown is scored with the men's constants and said so.
    pub sex: Option<Sex>,
    /// Maximal heart rate in bpm.
    pub hr_max_bpm: Option<Sourced>,
    /// Resting heart rate in bpm.
    pub hr_rest_bpm: Sourced,
    /// Heart rate at threshold in bpm.
    pub lthr_bpm: Option<Sourced>,
    /// Speed at threshold in m/s.
    pub threshold_speed_mps: Option<Sourced>,
}
