//! What the calendar and the runner's own notes hold beside the runs.

use super::{Day, RedFlag, Tissue};
use serde::{Deserialize, Serialize};

/// How deep hands-on work may go. The order is that of force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// No hands-on work.
    None,
    /// 15 to 30 min, pressure up to 3 of 10, long easy strokes only.
    Light,
    /// 30 to 45 min, aimed, up to 5 of 10.
    Moderate,
    /// 45 to 75 min, up to 7 of 10, never into guarding.
    Deep,
}

impl Depth {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Light => "light",
            Self::Moderate => "moderate",
            Self::Deep => "deep",
        }
    }

    /// One class lower; light stays light.
    #[must_use]
    pub fn lower(self) -> Self {
        match self {
            Self::Deep => Self::Moderate,
            Self::Moderate | Self::Light => Self::Light,
            Self::None => Self::None,
        }
    }

    /// Minutes of a usual session of this depth (science 7.2), from and to.
    #[must_use]
    pub fn minutes(self) -> (u32, u32) {
        match self {
            Self::None => (0, 0),
            Self::Light => (15, 30),
            Self::Moderate => (30, 45),
            Self::Deep => (45, 75),
        }
    }
}

/// A race of the calendar: from the config or the plan, or recognised by a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Race {
    /// The day.
    pub date: Day,
    /// Its name, else the distance in words.
    pub name: String,
    /// Distance in m.
    pub distance_m: f64,
    /// `A`, `B` or `C`.
    pub priority: char,
    /// Who says that there is a race.
    pub origin: RaceOrigin,
}

/// Longest C race that is no more than a hard session, in m.
const MINOR_RACE_M: f64 = 12_000.0;

impl Race {
    /// A short race run out of training: to be treated like a hard session.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        self.priority == 'C' && self.distance_m <= MINOR_RACE_M
    }
}

/// Who says that there is a race.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RaceOrigin {
    /// The runner, in the config.
    Config,
    /// The file of a run.
    File,
    /// The numbers of a run (science 8.2).
    Detected,
    /// The plan of the days to come.
    Plan,
}

/// A massage that was had, from `massage.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct MassageHad {
    /// The day.
    pub date: Day,
    /// How deep.
    pub depth: Depth,
    /// How long in minutes.
    pub minutes: Option<f64>,
    /// Tissues worked on; empty where that is not noted.
    pub tissues: Vec<Tissue>,
    /// Hours of soreness afterwards.
    pub soreness_h: Option<f64>,
}

/// What a diary entry tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiaryKind {
    /// Muscles sore to touch or use.
    Soreness,
    /// A part that feels short or stiff.
    Tightness,
    /// Pain.
    Pain,
    /// Session RPE, 0 to 10.
    Rpe,
    /// How well the night was, 0 to 10.
    Sleep,
    /// Stress of life, 0 to 10.
    Stress,
    /// Heart rate at rest in the morning in bpm.
    RestingHr,
    /// Heart rate variability (rMSSD) in the morning in ms.
    HrvRmssd,
    /// A sign or condition that a clinician must see to first.
    RedFlag(RedFlag),
    /// Red flags noted on this day or before are over.
    Cleared,
}

/// A side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both.
    Both,
}

impl Side {
    /// The word in files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Both => "both",
        }
    }
}

/// One line of `diary.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct DiaryEntry {
    /// The day.
    pub date: Day,
    /// What it tells of.
    pub kind: DiaryKind,
    /// Where, as written; empty where it does not apply.
    pub site: String,
    /// Which side, where noted.
    pub side: Option<Side>,
    /// 0 to 10, bpm or ms, by the kind; 0 for a red flag and what clears one, which have no degrees.
    pub value: f64,
}

impl DiaryEntry {
    /// The tissue at the site; `None` for a site that is none of them, and for entries without a site.
    #[must_use]
    pub fn tissue(&self) -> Option<Tissue> {
        Tissue::of_site(&self.site)
    }

    /// The site in words: a tissue by its plain name, anything else as written.
    #[must_use]
    pub fn site_words(&self) -> &str {
        match self.tissue() {
            Some(tissue) => tissue.words(),
            None => &self.site,
        }
    }
}
