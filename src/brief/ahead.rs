//! What lies ahead of the day: races, key sessions, long runs.

use crate::analysis::Analysis;
use crate::model::calendar::{days_between, plus};
use crate::model::{Day, Race, RaceOrigin};
use crate::projection::Basis;
use crate::score::run::SessionKind;

/// Days after the day in which key sessions are worth naming.
const REACH_DAYS: u32 = 14;

/// The next race, and the next A race where that is another one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RaceNear {
    /// The next race on the day or after it, with the days to go.
    pub next: Option<(Race, u32)>,
    /// The race that the training is for, where it is not the next one.
    pub goal: Option<(Race, u32)>,
}

impl RaceNear {
    pub(super) fn of(analysis: &Analysis, on: Day) -> Self {
        let is_ahead =
            |race: &&Race| race.date >= on && matches!(race.origin, RaceOrigin::Config | RaceOrigin::Plan);
        let with_days = |race: &Race| (race.clone(), days_between(on, race.date) as u32);
        let next = analysis.races.iter().find(is_ahead);
        let goal = analysis.races.iter().filter(is_ahead).find(|race| race.priority == 'A');
        let goal = goal.filter(|goal| next.is_some_and(|next| next.date != goal.date));
        Self { next: next.map(with_days), goal: goal.map(with_days) }
    }
}

/// What a session to come is.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A quality session, in words.
    Hard(String),
    /// A long run, with its distance in m where that is known.
    Long(Option<f64>),
    /// A race.
    Race(Race),
}

/// A session to come that massage has to mind.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyAhead {
    /// The day.
    pub date: Day,
    /// Days to it.
    pub in_days: u32,
    /// What it is.
    pub what: What,
    /// Who says so.
    pub basis: Basis,
    /// When it begins, in minutes after local midnight, where that is known.
    pub start_min: Option<u32>,
}

/// Key sessions and long runs of the two weeks from a day on.
pub(super) fn key_sessions(analysis: &Analysis, on: Day) -> Vec<KeyAhead> {
    let days = on..=plus(on, REACH_DAYS);
    let in_days = |date: Day| days_between(on, date) as u32;
    let mut found = planned_today(analysis, on);
    for day in analysis.expected.iter().filter(|day| days.contains(&day.date)) {
        let what = match (&day.race, &day.quality, day.long_m) {
            (Some(race), ..) => What::Race(race.clone()),
            (None, Some(key), _) => What::Hard(key.words.clone()),
            (None, None, Some(metres)) => What::Long(Some(metres).filter(|metres| *metres > 0.0)),
            (None, None, None) => continue,
        };
        let start_min = day.quality.as_ref().and_then(|key| key.start_min);
        found.push(KeyAhead {
            date: day.date,
            in_days: in_days(day.date),
            what,
            basis: day.basis,
            start_min,
        });
    }
    found
}

/// What the plan has for the day of the analysis, as far as nothing was run on it yet.
fn planned_today(analysis: &Analysis, on: Day) -> Vec<KeyAhead> {
    let has_run = analysis.runs.iter().any(|run| run.date == on && run.counts());
    if on != analysis.as_of || has_run {
        return Vec::new();
    }
    let what = |run: &crate::planned::PlannedRun| match run.kind {
        SessionKind::Long => Some(What::Long(run.distance_m)),
        SessionKind::Tempo | SessionKind::Intervals | SessionKind::Hills => {
            Some(What::Hard(run.title.clone()))
        }
        SessionKind::Race | SessionKind::Easy | SessionKind::Steady => None,
    };
    let key = |run: &crate::planned::PlannedRun| {
        Some(KeyAhead {
            date: on,
            in_days: 0,
            what: what(run)?,
            basis: Basis::Plan,
            start_min: run.start_min,
        })
    };
    analysis.plan.on(on).filter_map(key).collect()
}
