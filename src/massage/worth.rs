//! What a session on a day is worth (science 7.5).

use super::before::Before;
use super::ceiling::{self, Cap};
use super::choose::Worth;
use super::need::{Asked, Need};
use super::view::View;
use crate::model::calendar::days_between;
use crate::model::{Day, Depth};

/// A session is due from this need on.
pub const DUE: f64 = 1.0;
/// A day belongs to a window while its worth is at least this share of the best day's.
const NEARLY: f64 = 0.8;
/// An easy day or rest is better by this (heuristic).
const EASY_BONUS: f64 = 0.1;
/// A day with a long or hard run is worse by this (heuristic).
const BUSY_PENALTY: f64 = 0.3;
/// Worth is counted in millionths, so that equal is equal.
const UNITS: f64 = 1e6;

/// What a session of a depth is worth.
fn of_depth(depth: Depth) -> f64 {
    match depth {
        Depth::None => 0.0,
        Depth::Light => 0.5,
        Depth::Moderate => 0.8,
        Depth::Deep => 1.0,
    }
}

/// One day, with what caps it and what it asks for.
#[derive(Debug, Clone)]
pub(super) struct Slot<'a> {
    pub view: View<'a>,
    pub caps: Vec<Cap>,
    pub asked: Asked,
    /// Given to the light work around a race, or to the race itself.
    is_race_time: bool,
}

impl<'a> Slot<'a> {
    pub(super) fn of(view: View<'a>) -> Self {
        Self { caps: ceiling::caps(&view), asked: Asked::of(&view), is_race_time: is_race_time(&view), view }
    }

    pub(super) fn date(&self) -> Day {
        self.view.date()
    }

    /// Everything that caps the day after the sessions before it.
    pub(super) fn caps_after(&self, before: &Before) -> Vec<Cap> {
        ceiling::joined(&self.caps, ceiling::caps_after(&self.view, before))
    }

    /// The most that may be done after the sessions before it.
    pub(super) fn ceiling(&self, before: &Before) -> Depth {
        ceiling::lowest(&self.caps).min(ceiling::lowest(&ceiling::caps_after(&self.view, before)))
    }

    pub(super) fn need(&self, before: &Before) -> Need {
        self.asked.need(&self.view, before)
    }

    /// The need as a number.
    fn value(&self, before: &Before) -> f64 {
        let since = before.since(self.date());
        self.asked.due(since) + self.asked.added(since)
    }

    /// May there be a session at all: due, some hands-on work allowed, and not given to the light work around a race?
    pub(super) fn is_open(&self, before: &Before) -> bool {
        if self.value(before) < DUE {
            return false;
        }
        let ceiling = self.ceiling(before);
        ceiling > Depth::None && !(self.is_race_time && ceiling == Depth::Light)
    }

    /// What a session of a depth is worth; `None` where it may not be.
    ///
    /// Once a session is due, waiting makes no day better, or every session would come overdue: what is due counts up to
    /// 1.0 here.
    pub(super) fn worth(&self, depth: Depth, before: &Before) -> Option<i64> {
        if !self.is_open(before) || depth > self.ceiling(before) {
            return None;
        }
        let since = before.since(self.date());
        let weight = self.asked.due(since).min(DUE) + self.asked.added(since);
        let fit = if self.view.today.is_easy() { EASY_BONUS } else { -BUSY_PENALTY };
        Some(units(weight * of_depth(depth) + fit))
    }

    /// Is a session of the same depth here nearly as good as the best one, which is worth `best`?
    pub(super) fn is_nearly(&self, depth: Depth, best: i64, before: &Before) -> bool {
        self.worth(depth, before).is_some_and(|worth| worth as f64 >= NEARLY * best as f64)
    }
}

fn units(worth: f64) -> i64 {
    (worth * UNITS).round() as i64
}

fn is_race_time(view: &View<'_>) -> bool {
    let after = view.values().days("post.light");
    view.input().races.iter().any(|race| (-3..=after).contains(&days_between(race.date, view.date())))
}

/// Days in a row, as the choice sees them.
pub(super) struct Slots<'a>(pub Vec<Slot<'a>>);

impl Worth for Slots<'_> {
    fn n_days(&self) -> usize {
        self.0.len()
    }

    fn date(&self, day: usize) -> Day {
        self.0[day].date()
    }

    fn session(&self, day: usize, depth: Depth, before: &Before) -> Option<i64> {
        self.0[day].worth(depth, before)
    }

    /// A wait goes on beyond the horizon: what is due then is worth what the least session would be, so that the end of
    /// the horizon is no cliff.
    fn rest(&self, before: &Before) -> i64 {
        self.0.last().map_or(0, |last| {
            let due = last.asked.due(before.since(last.date()));
            units(due.min(DUE) * of_depth(Depth::Light))
        })
    }
}
