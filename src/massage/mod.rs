//! Days and blocks to massage windows: what a day allows, what it asks for, which days to take.
//!
//! Input are the history of one athlete, the calendar of races and the rules; output are windows with reasons and
//! limits, and the ceiling and need of every day. Invariant: no window lies on a day that does not allow its
//! depth, and none is without a reason.

pub mod ceiling;
mod choose;
pub mod day;
pub mod interval;
pub mod need;
pub mod outlook;
pub mod race;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod window;

use crate::blocks::{Block, Emphasis};
use crate::config::{Class, Rules};
use crate::load::day::DayRow;
use crate::model::calendar::{self, days_between, plus};
use crate::model::units::Units;
use crate::model::{Day, Depth, DiaryEntry, MassageHad, Race};
use crate::projection::Habit;
use crate::score::run::Run;
use crate::signals::Signal;
use ceiling::{Cap, Context};
use choose::{Candidate, Choice};
use day::DayWork;
use interval::Setting;
use need::{Event, Need, Since};
use outlook::Outlook;
use window::{Avoid, Limit, Window, WindowKind};

/// Days after `as_of` that are planned.
pub const HORIZON_DAYS: u32 = 28;
/// Days beyond the horizon that are laid out, so that a race there caps the days before it.
const BEYOND: u32 = ceiling::RACE_REACH_DAYS as u32;
/// Days around a window whose obstacles are worth naming.
const AVOID_REACH: usize = 4;

/// Everything that windows are made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Scored runs by time.
    pub runs: &'a [Run],
    /// Every day to `as_of`.
    pub days: &'a [DayRow],
    /// Readings of movement and effort, by date.
    pub signals: &'a [Signal],
    /// Blocks over the days.
    pub blocks: &'a [Block],
    /// Races of the calendar, by date.
    pub races: &'a [Race],
    /// Massages had, by date.
    pub massages: &'a [MassageHad],
    /// The diary, by date.
    pub diary: &'a [DiaryEntry],
    /// Class as the config has it.
    pub class: Class,
    /// Used to deep work, where the config says so.
    pub accustomed: Option<bool>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Values of the rules.
    pub rules: &'a Rules,
    /// Units for the texts.
    pub units: Units,
}

/// What massage makes of a history.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Windows by time.
    pub windows: Vec<Window>,
    /// Ceiling and need of every day to the end of the horizon.
    pub work: Vec<DayWork>,
    /// The blocks, with interval and best weekday.
    pub blocks: Vec<Block>,
}

/// Plans massage for a history: what would have fitted best in the past, and what fits from `as_of` on.
#[must_use]
pub fn plan(input: &Input<'_>) -> Plan {
    let Some(last) = input.days.last() else { return Plan::default() };
    let planner = Planner::new(input);
    let today = input.days.len() - 1;
    let (past, before) = planner.choose(0, today, input.massages);
    // From today on only sessions that were had count, not those that would have fitted.
    let log: Vec<MassageHad> = input.massages.iter().filter(|had| had.date <= last.date).cloned().collect();
    let (ahead, after) = planner.choose(today, today + HORIZON_DAYS as usize + 1, &log);
    let mut windows: Vec<Window> = past.iter().map(|choice| planner.window(choice)).collect();
    windows.extend(ahead.iter().map(|choice| planner.window(choice)));
    windows.extend(planner.race_windows(last.date));
    windows.sort_by_key(|window| (window.start, window.best, window.kind));
    Plan {
        windows,
        work: before.into_iter().chain(after).map(|day| planner.work(day)).collect(),
        blocks: input.blocks.iter().map(|block| planner.advised(block)).collect(),
    }
}

/// The days with all that caps them, before any session is chosen.
struct Planner<'a> {
    input: &'a Input<'a>,
    context: Context<'a>,
    days: Vec<Outlook>,
    caps: Vec<Vec<Cap>>,
}

impl<'a> Planner<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        let days = outlook::outlook(input.runs, input.days, input.blocks, input.races, HORIZON_DAYS + BEYOND);
        let context = Context {
            rules: input.rules,
            accustomed: input.accustomed,
            massages: input.massages,
            diary: input.diary,
            signals: input.signals,
            as_of: input.days[input.days.len() - 1].date,
        };
        let caps = (0..days.len()).map(|t| ceiling::caps(&days, t, input.days.get(t), &context)).collect();
        Self { input, context, days, caps }
    }

    fn index(&self, day: Day) -> usize {
        usize::try_from(days_between(self.days[0].date, day)).unwrap_or(0)
    }

    fn setting(&self) -> Setting<'_> {
        Setting {
            class: self.input.class,
            rules: self.input.rules,
            days: self.input.days,
            races: self.input.races,
            diary: self.input.diary,
            birth_year: self.input.birth_year,
        }
    }

    /// The need of day `t`; after `as_of` the interval is judged by the history up to it.
    fn need(&self, t: usize, since: Option<Since>) -> Need {
        let day = &self.days[t];
        let known = t.min(self.input.days.len() - 1);
        let interval = interval::interval(&self.setting(), day.date, known, day.phase);
        // Before today, where nothing is on record the wait counts from the first day of the history.
        let from_first = Since { days: days_between(self.days[0].date, day.date), event: Event::FirstRun };
        let since = since.or(Some(from_first).filter(|_| t + 1 < self.input.days.len()));
        need::need(&self.days, t, since, &interval, self.input.rules, self.input.units)
    }

    /// Is the day given to the light work before or after a race, or to the race itself?
    fn is_race_time(&self, day: Day) -> bool {
        let after = i64::from(self.input.rules.days("post.light"));
        self.input.races.iter().any(|race| (-3..=after).contains(&days_between(race.date, day)))
    }

    /// The light windows around races that reach into the days planned, cut to the days that allow light work.
    fn race_windows(&self, as_of: Day) -> Vec<Window> {
        let (first, last) = (self.days[0].date, plus(as_of, HORIZON_DAYS));
        let rules = self.input.rules;
        let allows = |day: &Day| {
            (first..=last).contains(day) && ceiling::lowest(&self.caps[self.index(*day)]) >= Depth::Light
        };
        let fitted = |mut window: Window| {
            let after = calendar::days(window.best, window.end).take_while(allows).last()?;
            let before = calendar::days(window.start, window.best).filter(|day| !allows(day)).last();
            window.start = before.map_or(window.start, |forbidden| plus(forbidden, 1));
            window.end = after;
            window.status = race::status(window.start, window.end, as_of);
            Some(window)
        };
        let races = self.input.races.iter();
        races
            .flat_map(|race| [race::before(race, rules, as_of), race::after(race, rules, as_of)])
            .filter_map(fitted)
            .collect()
    }

    fn window(&self, choice: &Choice) -> Window {
        let best = &choice.best;
        let (start, end) = (self.days[choice.first].date, self.days[choice.last].date);
        let as_of = self.input.days[self.input.days.len() - 1].date;
        let depth = best.ceiling;
        let has_trigger = best.need.reasons.iter().any(|reason| matches!(reason.rule, "R3" | "R4" | "R5"));
        let kind = match depth {
            Depth::Deep => WindowKind::Deep,
            Depth::Moderate if has_trigger => WindowKind::Targeted,
            _ => WindowKind::Maintenance,
        };
        let mut limits: Vec<Limit> = best.caps.iter().map(|(_, limit)| limit.clone()).collect();
        limits.extend(self.closes(choice.first.checked_sub(1), depth));
        limits.extend(self.closes(Some(choice.last + 1), depth));
        limits.dedup();
        Window {
            start,
            end,
            best: self.days[best.t].date,
            status: race::status(start, end, as_of),
            kind,
            depth,
            minutes: depth.minutes(),
            reasons: best.need.reasons.clone(),
            limits,
            avoid: self.avoid(choice, depth),
            need: best.need.value,
            race: None,
        }
    }

    /// What the calendar has against the day just outside a window: its lowest cap, where that is lower than the
    /// window's depth.
    fn closes(&self, t: Option<usize>, depth: Depth) -> Option<Limit> {
        let t = t?;
        let (ceiling, limit) = self.caps.get(t)?.first()?;
        let date = self.days[t].date;
        let text = format!("{}: {} at most", limit.text, ceiling.name());
        (*ceiling < depth).then_some(Limit { rule: limit.rule, text, date })
    }

    /// Near days outside the window on which the same work would be a mistake.
    fn avoid(&self, choice: &Choice, depth: Depth) -> Vec<Avoid> {
        let near =
            choice.first.saturating_sub(AVOID_REACH)..self.days.len().min(choice.last + AVOID_REACH + 1);
        near.filter(|t| !(choice.first..=choice.last).contains(t))
            .filter_map(|t| {
                let (ceiling, limit) = self.caps[t].first()?;
                let is_mistake = *ceiling <= Depth::Light && *ceiling < depth;
                is_mistake.then(|| Avoid { date: self.days[t].date, why: limit.text.clone() })
            })
            .collect()
    }

    fn work(&self, day: Candidate) -> DayWork {
        DayWork {
            date: self.days[day.t].date,
            is_projected: self.days[day.t].is_projected,
            ceiling: day.ceiling,
            limits: day.caps,
            need: day.need.value,
            due: day.need.due,
            every_days: day.need.every_days,
            reasons: day.need.reasons,
        }
    }

    /// A block with its interval and the weekday that fits best by the habits up to its end.
    fn advised(&self, block: &Block) -> Block {
        let t = self.index(block.end);
        let interval = interval::interval(&self.setting(), block.end, t, block.phase);
        let is_regular = matches!(block.massage, Emphasis::Deep | Emphasis::Maintenance | Emphasis::Targeted);
        Block {
            every_days: is_regular.then_some(interval.days as u32),
            best_weekday: Habit::of(self.input.runs, block.end).best_weekday().filter(|_| is_regular),
            ..block.clone()
        }
    }
}
