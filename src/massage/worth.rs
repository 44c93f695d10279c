//! What a session on a day is worth (science 7.5).

use super::before::{Before, Session};
use super::ceiling::{self, Cap};
use super::choose::{DEPTHS, Worth};
use super::need::{Asked, Need};
use super::view::View;
use crate::blocks::Phase;
use crate::model::calendar::days_between;
use crate::model::{Day, Depth};
use std::ops::RangeInclusive;

/// Days of history without which there is no window (science 8.5).
const MIN_HISTORY_DAYS: usize = 14;
/// A session is due from this need on.
pub const DUE: f64 = 1.0;
/// A day belongs to a window while its worth is at least this share of the best day's.
const NEARLY: f64 = 0.8;
/// These days before a race belong to its light window.
const BEFORE_RACE_DAYS: i64 = 3;
/// Light work within these days before a race waits for that window.
const NEAR_RACE_DAYS: i64 = 7;
/// An easy day or rest is better by this (heuristic).
const EASY_BONUS: f64 = 0.1;
/// A day with a long or hard run is worse by this (heuristic).
const BUSY_PENALTY: f64 = 0.3;
/// A day so far ahead counts half, for what it holds is known that much less (heuristic).
const HALF_LIFE_DAYS: f64 = 14.0;
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
    /// A session was had on it.
    pub is_taken: bool,
    /// Given to the light work before a race, or to the race itself.
    is_before_race: bool,
    /// So near to a race that light work there is that of the race.
    is_near_race: bool,
}

impl<'a> Slot<'a> {
    pub(super) fn of(view: View<'a>) -> Self {
        Self {
            is_taken: false,
            caps: ceiling::caps(&view),
            asked: Asked::of(&view),
            is_before_race: races(&view, -BEFORE_RACE_DAYS..=0),
            is_near_race: races(&view, -NEAR_RACE_DAYS..=view.values().days("post.light")),
            view,
        }
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
        let wait = before.wait(self.view.t());
        self.asked.due(wait) + self.asked.added(wait)
    }

    /// The most that a session may be where there may be one: due, not too soon after the last, some hands-on work allowed,
    /// and not given to the light work around a race.
    fn open(&self, before: &Before) -> Option<Depth> {
        let early = self.view.values().get("interval.early");
        // Where nobody trains there is nothing to time work by, and under two weeks there is nothing to go by (8.5).
        let is_early = self.view.rows().len() < MIN_HISTORY_DAYS;
        let is_off = self.view.phase() == Phase::Break;
        if self.is_taken
            || is_early
            || is_off
            || self.value(before) < DUE
            || !self.asked.is_time(before.wait(self.view.t()), early)
        {
            return None;
        }
        let ceiling = self.ceiling(before);
        let is_of_race = self.is_before_race || (self.is_near_race && ceiling == Depth::Light);
        (ceiling > Depth::None && !is_of_race).then_some(ceiling)
    }

    /// May there be a session?
    pub(super) fn is_open(&self, before: &Before) -> bool {
        self.open(before).is_some()
    }

    /// What a session of each depth is worth; `None` where it may not be.
    ///
    /// Once a session is due, waiting makes no day better, or every session would come overdue: what is due counts up to
    /// 1.0 here.
    fn worths(&self, before: &Before) -> [Option<f64>; DEPTHS.len()] {
        let Some(ceiling) = self.open(before) else { return [None; DEPTHS.len()] };
        let wait = before.wait(self.view.t());
        let weight = self.asked.due(wait).min(DUE) + self.asked.added(wait);
        let fit = if self.view.today.is_easy() { EASY_BONUS } else { -BUSY_PENALTY };
        DEPTHS.map(|depth| (depth <= ceiling).then_some(weight * of_depth(depth) + fit))
    }

    /// What a session of a depth is worth; `None` where it may not be.
    pub(super) fn worth(&self, depth: Depth, before: &Before) -> Option<f64> {
        let at = DEPTHS.iter().position(|one| *one == depth)?;
        self.worths(before)[at]
    }

    /// Is a session of the same depth here nearly as good as the best one, which is worth `best`?
    pub(super) fn is_nearly(&self, depth: Depth, best: f64, before: &Before) -> bool {
        self.worth(depth, before).is_some_and(|worth| worth >= NEARLY * best)
    }
}

fn units(worth: f64) -> i64 {
    (worth * UNITS).round() as i64
}

/// How much a day so many days ahead weighs: the further away, the less is known of it.
fn seen_from_today(days: usize) -> f64 {
    0.5_f64.powf(days as f64 / HALF_LIFE_DAYS)
}

/// Does the day lie so many days after a race that has light windows of its own?
fn races(view: &View<'_>, days: RangeInclusive<i64>) -> bool {
    view.races()
        .filter(|race| !race.is_minor())
        .any(|race| days.contains(&days_between(race.date, view.date())))
}

/// Days in a row, as the choice sees them.
pub(super) struct Slots<'a>(pub Vec<Slot<'a>>);

impl Worth for Slots<'_> {
    fn n_days(&self) -> usize {
        self.0.len()
    }

    fn session(&self, day: usize, depth: Depth) -> Session {
        let view = &self.0[day].view;
        Session { date: view.date(), t: view.t() as i64, depth, soreness_h: None, is_advised: true }
    }

    fn worth(&self, day: usize, before: &Before) -> [Option<i64>; DEPTHS.len()] {
        self.0[day].worths(before).map(|worth| worth.map(|worth| units(worth * seen_from_today(day))))
    }

    /// A wait goes on beyond the horizon: what is due then is worth what a session for it would be, so that the end of
    /// the horizon is no cliff.
    fn rest(&self, before: &Before) -> i64 {
        self.0.last().map_or(0, |last| {
            let due = last.asked.due(before.wait(last.view.t()));
            units(due.min(DUE) * seen_from_today(self.n_days()))
        })
    }
}
