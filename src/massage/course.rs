//! The way through all days: each past day planned with what was known on it, the last one for the days ahead.

use super::HORIZON_DAYS;
use super::before::{Before, Session};
use super::ceiling::Cap;
use super::choose::{self, Worth};
use super::day::DayWork;
use super::rules::{ALL, RACE_REACH_DAYS, nothing_caps, work_on};
use super::view::{History, Known};
use super::window::{Avoid, Limit, Window, WindowKind, status};
use super::worth::{Slot, Slots};
use crate::model::calendar::minus;
use crate::model::{Day, Depth};

/// Days around a window whose obstacles are worth naming.
const AVOID_REACH: usize = 4;
/// A window opens and closes at most so many days before and after its best day: nobody books within a month.
const SPAN_DAYS: usize = 6;

/// The regular windows of all days, and what each day allowed and asked for.
pub(super) struct Course {
    pub windows: Vec<Window>,
    pub work: Vec<DayWork>,
}

/// Goes through the days. A past day is taken where the best plan of that day begins with it; sessions that were had
/// and those that were taken count for what follows. From the last day on only sessions that were had count.
pub(super) fn course(history: &History<'_>, log: &[Session]) -> Course {
    let today = history.days.len() - 1;
    let mut course = Course { windows: Vec::new(), work: Vec::new() };
    let mut sessions = log.to_vec();
    for t in 0..today {
        let known = history.known(t, RACE_REACH_DAYS);
        let Some(slot) = known.view(t).map(Slot::of) else { continue };
        course.work.push(work(&slot, log));
        if slot.is_open(&Before::of(&sessions, t)) {
            course.take_past(history, t, &mut sessions);
        }
    }
    course.plan_ahead(history, log);
    course
}

/// What a day allows and asks for by the sessions that were had.
fn work(slot: &Slot<'_>, log: &[Session]) -> DayWork {
    let before = Before::of(log, slot.view.t());
    let (need, limits) = (slot.need(&before), slot.caps_after(&before));
    DayWork {
        date: slot.date(),
        is_projected: slot.view.today.is_projected,
        ceiling: super::ceiling::lowest(&limits),
        limits,
        need: need.value,
        due: need.due,
        every_days: need.every_days,
        reasons: need.reasons,
    }
}

impl Course {
    /// Plans a past day and takes it where the plan begins with it.
    fn take_past(&mut self, history: &History<'_>, t: usize, sessions: &mut Vec<Session>) {
        let known = history.known(t, HORIZON_DAYS + RACE_REACH_DAYS);
        let slots = slots(&known);
        let before = Before::of(&*sessions, t);
        let plan = choose::best(&slots, before);
        let Some((0, depth)) = plan.first().copied() else { return };
        let last = history.days[history.days.len() - 1].date;
        let until = plan.get(1).map_or(slots.0.len(), |(next, _)| *next);
        let mut window = self.window(history, &slots, (0, depth), until, before);
        window.end = window.end.min(minus(last, 1));
        window.status = status(window.start, window.end, last);
        // How long the last window would stay open was expected, not known; now there is another.
        if let Some(before) = self.windows.last_mut() {
            before.end = before.end.min(minus(window.start, 1));
        }
        self.windows.push(window);
        let session = slots.session(0, depth);
        sessions.insert(sessions.partition_point(|one| one.t <= session.t), session);
    }

    /// Plans the days from the last one on record on.
    fn plan_ahead(&mut self, history: &History<'_>, log: &[Session]) {
        let known = history.known(history.days.len() - 1, HORIZON_DAYS + RACE_REACH_DAYS);
        let mut slots = slots(&known);
        self.work.extend(slots.0.iter().map(|slot| work(slot, log)));
        // A session of today is the last one for the days after it, and there is no second.
        let is_taken = log.iter().any(|session| session.t == known.today() as i64);
        slots.0[0].is_taken = is_taken;
        let mut before = Before::of(log, known.today() + usize::from(is_taken));
        let plan = choose::best(&slots, before);
        for (n, &(at, depth)) in plan.iter().enumerate() {
            let until = plan.get(n + 1).map_or(slots.0.len(), |(next, _)| *next);
            let window = self.window(history, &slots, (at, depth), until, before);
            self.windows.push(window);
            before = before.and(slots.session(at, depth));
        }
    }

    /// The window around a chosen day: the days around it, up to the next session, on which the same depth is allowed and
    /// worth nearly as much.
    fn window(
        &self,
        history: &History<'_>,
        slots: &Slots<'_>,
        (at, depth): (usize, Depth),
        until: usize,
        before: Before,
    ) -> Window {
        let best = &slots.0[at];
        let worth = best.worth(depth, &before).unwrap_or_default();
        let fits = |slot: &Slot<'_>| slot.is_nearly(depth, worth, &before);
        let after = slots.0[at + 1..until].iter().take(SPAN_DAYS).take_while(|slot| fits(slot)).count();
        let closed = self.windows.last().map(|window| window.end);
        let is_free = |slot: &&Slot<'_>| closed.is_none_or(|end| slot.date() > end);
        let ahead = slots.0[..at]
            .iter()
            .rev()
            .take(SPAN_DAYS)
            .take_while(is_free)
            .take_while(|slot| fits(slot))
            .count();
        let first = best.view.t() - ahead;
        let left = SPAN_DAYS - ahead;
        let earlier = if ahead == at { opened_before(history, first, left, closed, &fits) } else { 0 };
        let (start, end) = (minus(best.date(), (ahead + earlier) as u32), slots.0[at + after].date());
        let need = best.need(&before);
        let caps = best.caps_after(&before);
        let limits = limits(&caps, slots, (at, after, ahead), depth);
        let tissues = work_on(&best.view);
        let notes = ALL.iter().flat_map(|rule| rule.notes(&best.view, depth, &tissues)).collect();
        Window {
            start,
            end,
            best: best.date(),
            status: status(start, end, best.view.input().days.last().map_or(end, |day| day.date)),
            kind: match depth {
                Depth::Deep => WindowKind::Deep,
                Depth::Moderate if !tissues.is_empty() => WindowKind::Targeted,
                _ => WindowKind::Maintenance,
            },
            depth,
            minutes: depth.minutes(),
            avoid: avoid(slots, at - ahead, at + after, depth),
            tissues,
            notes,
            limits: if limits.is_empty() { vec![nothing_caps(best.date())] } else { limits },
            need: need.value,
            reasons: need.reasons,
            race: None,
            had: None,
        }
    }
}

/// From the last day on record to the end of the horizon.
pub(super) fn slots<'a>(known: &'a Known<'_>) -> Slots<'a> {
    let days = known.today()..=known.today() + HORIZON_DAYS as usize;
    Slots(days.filter_map(|t| known.view(t)).map(Slot::of).collect())
}

/// Days in a row before day `first` on which the same was allowed and worth nearly as much, as each of them saw it.
fn opened_before(
    history: &History<'_>,
    first: usize,
    at_most: usize,
    closed: Option<Day>,
    fits: &impl Fn(&Slot<'_>) -> bool,
) -> usize {
    let is_open = |t: &usize| {
        let known = history.known(*t, RACE_REACH_DAYS);
        let slot = known.view(*t).map(Slot::of);
        slot.is_some_and(|slot| closed.is_none_or(|end| slot.date() > end) && fits(&slot))
    };
    (first.saturating_sub(at_most)..first).rev().take_while(is_open).count()
}

/// What caps the best day, and what closes the window on each side where that is lower than its depth.
fn limits(
    caps: &[Cap],
    slots: &Slots<'_>,
    (at, after, ahead): (usize, usize, usize),
    depth: Depth,
) -> Vec<Limit> {
    let mut limits: Vec<Limit> = caps.iter().map(|(_, limit)| limit.clone()).collect();
    for side in [at.checked_sub(ahead + 1), Some(at + after + 1)] {
        let closing = side.and_then(|side| slots.0.get(side)).and_then(|slot| {
            let (ceiling, limit) = slot.caps.first()?;
            let text = super::ceiling::words(*ceiling, limit);
            (*ceiling < depth).then(|| Limit { rule: limit.rule, text, date: slot.date() })
        });
        limits.extend(closing);
    }
    limits.dedup();
    limits
}

/// Near days outside the window on which the same work would be a mistake.
fn avoid(slots: &Slots<'_>, first: usize, last: usize, depth: Depth) -> Vec<Avoid> {
    let near = first.saturating_sub(AVOID_REACH)..slots.0.len().min(last + AVOID_REACH + 1);
    let outside = near.filter(|at| !(first..=last).contains(at));
    outside
        .filter_map(|at| {
            let slot = &slots.0[at];
            let (ceiling, limit) = slot.caps.first()?;
            let is_mistake = *ceiling <= Depth::Light && *ceiling < depth;
            is_mistake.then(|| Avoid { date: slot.date(), why: limit.text.clone() })
        })
        .collect()
}
