//! The rows of the `windows` table.

use crate::model::{Day, Depth};
use serde::Serialize;

/// How sure a statement is (science 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Grade {
    /// Meta-analysis or several trials.
    A,
    /// One trial, a large cohort or consistent lab work.
    B,
    /// Indirect.
    C,
    /// Convention of practitioners.
    #[serde(rename = "PC")]
    Convention,
    /// Heuristic of this project.
    H,
}

impl Grade {
    /// The mark in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::Convention => "PC",
            Self::H => "H",
        }
    }
}

/// Why a window is where it is: the rule, in words with its number, and how sure that is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// Rule of science 7.4, such as `R3`.
    pub rule: &'static str,
    /// One sentence with the numbers.
    pub text: String,
    /// The number that triggered it, where there is one.
    pub value: Option<f64>,
    /// How sure it is.
    pub grade: Grade,
}

/// What closes a window on one side, or caps a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Limit {
    /// Rule of science 7.3 or 7.4, such as `R9`.
    pub rule: &'static str,
    /// One sentence.
    pub text: String,
    /// The day from which (or on which) it holds.
    pub date: Day,
}

/// A near day on which hands-on work would be a mistake.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Avoid {
    /// The day.
    pub date: Day,
    /// Why.
    pub why: String,
}

/// Where a window lies against `as_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Its last day is before `as_of`.
    Past,
    /// `as_of` lies in it.
    Open,
    /// It starts after `as_of`.
    Upcoming,
}

impl Status {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Open => "open",
            Self::Upcoming => "upcoming",
        }
    }
}

/// What a window is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowKind {
    /// Regular work because the interval is due.
    Maintenance,
    /// Deep work because the interval is due and the calendar leaves room.
    Deep,
    /// Work after or because of a load that stands out.
    Targeted,
    /// Optional light work before a race.
    PreRace,
    /// Optional light work after a race.
    PostRace,
}

impl WindowKind {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Maintenance => "maintenance",
            Self::Deep => "deep",
            Self::Targeted => "targeted",
            Self::PreRace => "pre_race",
            Self::PostRace => "post_race",
        }
    }
}

/// One window for a massage.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub end: Day,
    /// The best day.
    pub best: Day,
    /// Against `as_of`.
    pub status: Status,
    /// What it is for.
    pub kind: WindowKind,
    /// How deep.
    pub depth: Depth,
    /// How long, from and to, in minutes.
    pub minutes: (u32, u32),
    /// Why; never empty.
    pub reasons: Vec<Reason>,
    /// What closes it, and what caps the depth.
    pub limits: Vec<Limit>,
    /// Near days to stay away from.
    pub avoid: Vec<Avoid>,
    /// Need on the best day (science 7.5).
    pub need: f64,
    /// The race it belongs to, for windows before and after one.
    pub race: Option<String>,
}
