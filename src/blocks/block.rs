//! The row of the `blocks` table.

use crate::model::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The day of a race.
    Race,
    /// The days after a race until volume is back.
    PostRace,
    /// The cut in volume before a race.
    Taper,
    /// At least 7 days without a run.
    Break,
    /// Back from a break of at least 14 days.
    Return,
    /// The highest volume of 16 weeks, or the weeks before a taper.
    Peak,
    /// Volume or the long run grows.
    Build,
    /// Much intensity at even volume.
    Speed,
    /// Even running.
    Base,
    /// Too little is known.
    Unknown,
}

impl Phase {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Race => "race",
            Self::PostRace => "post_race",
            Self::Taper => "taper",
            Self::Break => "break",
            Self::Return => "return",
            Self::Peak => "peak",
            Self::Build => "build",
            Self::Speed => "speed",
            Self::Base => "base",
            Self::Unknown => "unknown",
        }
    }

    /// What makes a stretch of days this phase, for a reader.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Race => "race day",
            Self::PostRace => "the weeks after a race until volume is back at three quarters of what it was",
            Self::Taper => "volume is cut before a race by at least a fifth while some intensity stays",
            Self::Break => "at least seven days without a run",
            Self::Return => {
                "back from at least two weeks without a run, not yet at four fifths of the old volume"
            }
            Self::Peak => {
                "volume within a tenth of the highest week of sixteen, or the last weeks before a taper"
            }
            Self::Build => {
                "weekly volume rises by at least 5 % a week, or the long run by a tenth in four weeks"
            }
            Self::Speed => {
                "three quality sessions in two weeks, or at least 8 % of the time hard, at even volume"
            }
            Self::Base => "even running without a marked rise in volume or intensity",
            Self::Unknown => "too little history to tell",
        }
    }
}

/// What hands-on work a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Emphasis {
    /// Deep maintenance work at the class interval.
    Deep,
    /// Maintenance at the class interval.
    Maintenance,
    /// Moderate work aimed at the tissues in use.
    Targeted,
    /// Light work only.
    LightOnly,
    /// Recovery work only.
    RecoveryOnly,
    /// None needed.
    None,
}

impl Emphasis {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deep => "deep",
            Self::Maintenance => "maintenance",
            Self::Targeted => "targeted",
            Self::LightOnly => "light_only",
            Self::RecoveryOnly => "recovery_only",
            Self::None => "none",
        }
    }
}

/// How much history a phase stands on (science 8.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Under 28 days.
    Unknown,
    /// 28 to 111 days.
    Low,
    /// 112 days and more.
    High,
}

impl Confidence {
    /// By the days of history up to the end of a block.
    #[must_use]
    pub fn of(n_days: usize) -> Self {
        match n_days {
            0..28 => Self::Unknown,
            28..112 => Self::Low,
            _ => Self::High,
        }
    }

    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

/// Why a block is called what it is, or what else there is to say of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// The phase whose rule it is, or `cutback`.
    pub rule: &'static str,
    /// One sentence with the numbers.
    pub text: String,
    /// The numbers by name, units last.
    pub values: BTreeMap<&'static str, f64>,
}

/// A block against the block before; `None` where either is shorter than a week, or too little is known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Change {
    /// Mean daily load, in percent.
    pub load_pct: Option<f64>,
    /// Mean distance a week, in percent.
    pub distance_pct: Option<f64>,
    /// Share of time above the second threshold, as a difference.
    pub high_share: Option<f64>,
    /// Longest run, in percent.
    pub longest_run_pct: Option<f64>,
}

/// One block: a run of days with one phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub end: Day,
    /// What it was for.
    pub phase: Phase,
    /// Length in days.
    pub n_days: u32,
    /// Mean distance a week in m; `None` where the files tell nothing of over 15 % of the days.
    pub distance_m_per_week: Option<f64>,
    /// Mean load a day; `None` where over 15 % of the days are unknown.
    pub load_au_per_day: Option<f64>,
    /// Theil–Sen slope of the weeks in it over their median, in percent a week; needs three weeks, each known.
    pub trend_pct_per_week: Option<f64>,
    /// Share of classified time above the second threshold, 0 to 1.
    pub high_share: Option<f64>,
    /// Longest run in m.
    pub longest_run_m: f64,
    /// Climb in m.
    pub ascent_m: f64,
    /// Against the block before.
    pub change: Change,
    /// First days of the lighter weeks inside it, where it is a base, build or peak.
    pub cutbacks: Vec<Day>,
    /// Whole weeks at its end since the last lighter one; `None` where no week could be compared.
    pub weeks_without_cutback: Option<u32>,
    /// How much history the phase stands on.
    pub confidence: Confidence,
    /// What massage is for in it.
    pub massage: Emphasis,
    /// Days between sessions in this block; `None` where none are due.
    pub every_days: Option<u32>,
    /// The weekday that fits a session best by the habits in this block.
    pub best_weekday: Option<chrono::Weekday>,
    /// Why the block is called what it is, with the numbers; never empty.
    pub reasons: Vec<Reason>,
}
