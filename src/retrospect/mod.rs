//! Massages had, looked back on: what was read of the runner in the days after against the days before (R16, R18).
//!
//! Input are the sessions, the readings of movement and effort, the diary, the runs and the plan up to a day; output one
//! [`Retrospect`] for each session. Invariant: nothing after `as_of` is read, and what came after a session is never
//! said to have come from it.

mod chain;
mod sign;
#[cfg(test)]
mod tests;
mod words;

pub use crate::massage::key_session;
use crate::massage::key_session::KeySession;
pub use sign::{Direction, Sign, SignChange, SignKind};

use crate::massage::day::DayWork;
use crate::massage::window::{Status, Window, WindowKind};
use crate::model::calendar::{days_between, minus, plus};
use crate::model::{Day, Depth, DiaryEntry, MassageHad, Tissue};
use crate::score::run::Run;
use crate::signals::{RunReading, Signal};
use serde::Serialize;

/// Days before a session that are held against those after it, the day before it the last of them (R16).
pub const BEFORE_DAYS: u32 = 14;
/// The days after a session that are read (R16): soreness of the massage itself is over by then.
pub const AFTER_DAYS: (u32, u32) = (3, 10);
/// `reassess.n` of R16 where nothing else is said.
pub const REASSESS_N: u32 = 3;
/// Hours of soreness that are too many, by R18 where nothing else is said.
pub const SORE_H: f64 = 48.0;

/// From when on a look back asks for another plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Sessions in a row without a change for the better (R16).
    pub reassess_n: u32,
    /// Hours of soreness over which the next session goes less deep (R18).
    pub sore_h: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { reassess_n: REASSESS_N, sore_h: SORE_H }
    }
}

/// What a look back is made from; what lies after `as_of` is not read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The day the analysis stands on.
    pub as_of: Day,
    /// Massages had, by date.
    pub massages: &'a [MassageHad],
    /// Readings of movement and effort, by date.
    pub signals: &'a [Signal],
    /// The runs behind them, by time.
    pub readings: &'a [RunReading<'a>],
    /// Scored runs by time.
    pub runs: &'a [Run],
    /// The diary, by date.
    pub diary: &'a [DiaryEntry],
    /// Windows of the plan.
    pub windows: &'a [Window],
    /// Ceilings of the days.
    pub work: &'a [DayWork],
    /// When to ask for another plan.
    pub limits: Limits,
}

/// A session against the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanFit {
    /// First day of the window.
    pub start: Day,
    /// Its last day.
    pub end: Day,
    /// Its best day.
    pub best: Day,
    /// What it was for.
    pub kind: WindowKind,
    /// How deep it was to be.
    pub depth: Depth,
    /// Days from the best day to the session; negative where the session came first.
    pub days_off: i64,
}

impl PlanFit {
    /// Was the session within the window?
    #[must_use]
    pub fn is_inside(&self) -> bool {
        let day = self.best + chrono::TimeDelta::days(self.days_off);
        self.start <= day && day <= self.end
    }
}

/// What the rules say to a session, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// Rule of science 7.4: `R16` or `R18`.
    pub rule: &'static str,
    /// One sentence.
    pub text: String,
}

/// A session that was had, looked back on.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrospect {
    /// The day.
    pub date: Day,
    /// How deep it went.
    pub depth: Depth,
    /// How long in minutes.
    pub minutes: Option<f64>,
    /// Tissues worked on; empty where that is not noted.
    pub tissues: Vec<Tissue>,
    /// Hours of soreness afterwards.
    pub soreness_h: Option<f64>,
    /// Days since the session before it; `None` for the first.
    pub days_since_previous: Option<i64>,
    /// The window that it fell into, else the nearest; `None` without windows.
    pub fit: Option<PlanFit>,
    /// The most that its day allowed, and why that was not more; `None` where the day was not judged.
    pub ceiling: Option<(Depth, Option<String>)>,
    /// Are all days after it known?
    pub is_complete: bool,
    /// Other sessions in the days before and after that are compared.
    pub others: Vec<Day>,
    /// What was read before or after: first the target signs, then all others.
    pub signs: Vec<SignChange>,
    /// The first hard session within three days after it, where it can be compared.
    pub key_session: Option<KeySession>,
    /// What R16 and R18 say to it.
    pub advice: Vec<Advice>,
}

impl Retrospect {
    /// Did it go deeper than its day allowed? `None` where the day was not judged.
    #[must_use]
    pub fn is_over_ceiling(&self) -> Option<bool> {
        self.ceiling.as_ref().map(|(ceiling, _)| self.depth > *ceiling)
    }

    /// The signs that it was for: those that were adverse before, and those of the tissues worked on.
    pub fn targets(&self) -> impl Iterator<Item = &SignChange> {
        self.signs.iter().filter(|sign| sign.is_target)
    }
}

/// Looks back on each session up to `as_of`, in order of date.
#[must_use]
pub fn retrospect(input: &Input<'_>) -> Vec<Retrospect> {
    let mut had: Vec<&MassageHad> = input.massages.iter().filter(|had| had.date <= input.as_of).collect();
    had.sort_by_key(|had| had.date);
    let mut seen: Vec<Retrospect> = Vec::new();
    for (k, session) in had.iter().enumerate() {
        let mut one = look(input, session);
        one.days_since_previous = k.checked_sub(1).map(|before| days_between(had[before].date, session.date));
        let (first, last) = (minus(session.date, BEFORE_DAYS), plus(session.date, AFTER_DAYS.1));
        let near = had.iter().map(|other| other.date).filter(|day| (first..=last).contains(day));
        one.others = near.filter(|day| *day != session.date).collect();
        seen.push(one);
    }
    for k in 0..seen.len() {
        let unchanged = chain::unchanged(&seen[..=k], input.limits.reassess_n);
        let advice = words::advice(&seen[k], &unchanged, &input.limits);
        seen[k].advice = advice;
    }
    seen
}

/// All that can be said of a session by itself.
fn look(input: &Input<'_>, session: &MassageHad) -> Retrospect {
    let work = input.work.iter().find(|day| day.date == session.date);
    Retrospect {
        date: session.date,
        depth: session.depth,
        minutes: session.minutes,
        tissues: session.tissues.clone(),
        soreness_h: session.soreness_h,
        days_since_previous: None,
        fit: fit(session.date, input.windows),
        ceiling: work.map(|day| (day.ceiling, day.limits.first().map(|(_, limit)| limit.text.clone()))),
        is_complete: plus(session.date, AFTER_DAYS.1) <= input.as_of,
        others: Vec::new(),
        signs: sign::changes(input, session),
        key_session: key_session::after(input.runs, session.date, input.as_of),
        advice: Vec::new(),
    }
}

/// The window that holds a day, else the one whose best day is nearest; the earlier of two as near.
fn fit(day: Day, windows: &[Window]) -> Option<PlanFit> {
    let known = windows.iter().filter(|window| window.status != Status::Upcoming);
    let holds = |window: &Window| window.start <= day && day <= window.end;
    let off = |window: &Window| days_between(window.best, day);
    let nearest = known.min_by_key(|window| (!holds(window), off(window).abs(), window.best))?;
    Some(PlanFit {
        start: nearest.start,
        end: nearest.end,
        best: nearest.best,
        kind: nearest.kind,
        depth: nearest.depth,
        days_off: off(nearest),
    })
}
