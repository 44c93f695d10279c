//! The rows of the `windows` table.

use crate::model::calendar::days_between;
use crate::model::{Day, Depth, Race, Tissue};
use crate::tissue::relative::{Reading, TissueFlag};
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
    /// What it adds to the need; 0 for what only explains.
    pub adds: f64,
}

/// A tissue to work on first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorkOn {
    /// The tissue.
    pub tissue: Tissue,
    /// How far its load stands out, where it does.
    pub flag: Option<TissueFlag>,
    /// Its week against its own six weeks before, in standard deviations; `None` where that is not known.
    pub z: Option<f64>,
    /// The same as a ratio.
    pub ratio: Option<f64>,
    /// Why it is here, with numbers.
    pub why: String,
}

impl WorkOn {
    /// A tissue with its reading, where it has one.
    #[must_use]
    pub fn new(tissue: Tissue, reading: Option<&Reading>, why: String) -> Self {
        Self {
            tissue,
            flag: reading.and_then(|one| one.flag),
            z: reading.map(|one| one.change.z),
            ratio: reading.map(|one| one.change.ratio),
            why,
        }
    }
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
    /// Tissues to work on first, at most `focus.max`.
    pub tissues: Vec<WorkOn>,
    /// Why; never empty.
    pub reasons: Vec<Reason>,
    /// What to mind in the session and after it.
    pub notes: Vec<Reason>,
    /// What closes it, and what caps the depth; never empty.
    pub limits: Vec<Limit>,
    /// Near days to stay away from.
    pub avoid: Vec<Avoid>,
    /// Need on the best day (science 7.5).
    pub need: f64,
    /// The race it belongs to, for windows before and after one.
    pub race: Option<String>,
    /// The session that was had in it or within three days of it.
    pub had: Option<Day>,
}

/// A session so many days beside a window still belongs to it.
const HAD_REACH_DAYS: i64 = 3;

impl Window {
    /// An optional light window around a race, over `(start, best, end)`.
    #[must_use]
    pub(super) fn of_race(
        race: &Race,
        kind: WindowKind,
        (start, best, end): (Day, Day, Day),
        reason: Reason,
        limit: Limit,
        as_of: Day,
    ) -> Self {
        Self {
            start,
            end,
            best: best.clamp(start, end),
            status: status(start, end, as_of),
            kind,
            depth: Depth::Light,
            minutes: Depth::Light.minutes(),
            tissues: Vec::new(),
            reasons: vec![reason],
            notes: Vec::new(),
            limits: vec![limit],
            avoid: Vec::new(),
            need: 0.0,
            race: Some(race.name.clone()),
            had: None,
        }
    }

    /// Is it one around a race, which competes with nothing?
    #[must_use]
    pub fn is_of_race(&self) -> bool {
        matches!(self.kind, WindowKind::PreRace | WindowKind::PostRace)
    }

    /// Of the days of sessions that were had, the one that belongs to the window: in it, else the nearest beside it.
    #[must_use]
    pub fn session_of(&self, had: impl Iterator<Item = Day>) -> Option<Day> {
        let beside = |day: Day| days_between(day, self.start).max(days_between(self.end, day)).max(0);
        had.filter(|day| beside(*day) <= HAD_REACH_DAYS).min_by_key(|day| (beside(*day), *day))
    }
}

/// Where a window from `start` to `end` lies against `as_of`.
#[must_use]
pub fn status(start: Day, end: Day, as_of: Day) -> Status {
    if end < as_of {
        Status::Past
    } else if start > as_of {
        Status::Upcoming
    } else {
        Status::Open
    }
}
