//! What a runner who comes on a day is: how they train, where to look first, what to mind.

use super::HORIZON_DAYS;
use super::day::DayWork;
use super::rules::{self, ALL, work_on};
use super::view::Known;
use super::window::{Reason, WorkOn};
use crate::config::Class;
use crate::model::{Day, Depth};

/// A day on which a runner may come, whether a window lies on it or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The day.
    pub date: Day,
    /// How often massage is due: decided, never [`Class::Auto`].
    pub class: Class,
    /// Used to deep work.
    pub is_accustomed: bool,
    /// Tissues to look at first, at most `focus.max`.
    pub tissues: Vec<WorkOn>,
    /// What to mind in a session as deep as the day allows; nothing where it allows none.
    pub notes: Vec<Reason>,
}

/// The days from the last one on record to the end of the horizon.
pub(super) fn visits(known: &Known<'_>, work: &[DayWork]) -> Vec<Visit> {
    let days = known.today()..=known.today() + HORIZON_DAYS as usize;
    let visit = |t: usize| {
        let view = known.view(t)?;
        let ceiling =
            work.iter().rev().find(|day| day.date == view.date()).map_or(Depth::None, |day| day.ceiling);
        let tissues = work_on(&view);
        let notes = ALL.iter().filter(|_| ceiling > Depth::None);
        Some(Visit {
            date: view.date(),
            class: rules::class(&view),
            is_accustomed: view.is_accustomed(),
            notes: notes.flat_map(|rule| rule.notes(&view, ceiling, &tissues)).collect(),
            tissues,
        })
    };
    days.filter_map(visit).collect()
}
