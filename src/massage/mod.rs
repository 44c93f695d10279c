//! Days and blocks to massage windows: what a day allows, what it asks for, which days to take.
//!
//! Input are the history of one athlete, the calendar of races and plans, and the values of the rules; output are windows
//! with reasons and limits, and the ceiling and need of every day. Invariants: no window lies on a day that does not allow
//! its depth, none is without a reason, and what a past day asked for and allowed is read from what was known on it.

pub mod before;
pub mod ceiling;
mod choose;
mod course;
pub mod day;
pub mod interval;
pub mod key_session;
pub mod moves;
pub mod need;
pub mod opening;
pub mod outlook;
mod race;
pub mod rules;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod view;
pub mod visit;
pub mod window;
mod worth;

use crate::blocks::{Block, Emphasis};
use crate::config::Class;
use crate::load::day::DayRow;
use crate::load::ratio::quantile;
use crate::model::calendar::days_between;
use crate::model::units::Units;
use crate::model::{Day, DiaryEntry, MassageHad, Race};
use crate::planned;
use crate::projection::Habit;
use crate::score::run::Run;
use crate::signals::Signal;
use crate::tissue::history::TissueDay;
use before::{Before, Session};
use course::Course;
use day::DayWork;
use opening::Opening;
use rules::Values;
use view::History;
use visit::Visit;
use window::{Reason, Status, Window};

/// Days after `as_of` that are planned.
pub const HORIZON_DAYS: u32 = 28;

/// Everything that windows are made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Scored runs by time.
    pub runs: &'a [Run],
    /// Every day to `as_of`.
    pub days: &'a [DayRow],
    /// How the tissues stand on each of the days; empty where that is not known.
    pub tissues: &'a [TissueDay],
    /// Readings of movement and effort, by date.
    pub signals: &'a [Signal],
    /// Blocks over the days.
    pub blocks: &'a [Block],
    /// Races of the calendar, by date.
    pub races: &'a [Race],
    /// Planned runs.
    pub plan: Option<&'a planned::Plan>,
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
    /// Day of the last injury.
    pub injury: Option<Day>,
    /// Responds well to massage.
    pub responds_well: bool,
    /// Hours of sitting a day.
    pub sits_hours: Option<f64>,
    /// Values of the rules.
    pub values: &'a Values,
    /// Units for the texts.
    pub units: Units,
}

/// What massage makes of a history.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Windows by time.
    pub windows: Vec<Window>,
    /// Where no regular window lies ahead: from which day on one will.
    pub opening: Option<Opening>,
    /// What is worth saying on the day of the analysis, session or not.
    pub advice: Vec<Reason>,
    /// Ceiling and need of every day to the end of the horizon.
    pub work: Vec<DayWork>,
    /// The runner on each day from that of the analysis to the end of the horizon.
    pub visits: Vec<Visit>,
    /// The blocks, with interval and best weekday.
    pub blocks: Vec<Block>,
}

/// Plans massage for a history: what would have fitted best in the past, and what fits from `as_of` on.
#[must_use]
pub fn plan(input: &Input<'_>) -> Plan {
    let Some(as_of) = input.days.last().map(|day| day.date) else { return Plan::default() };
    let history = History::new(input);
    let start = input.days[0].date;
    let known = |had: &&MassageHad| had.date <= as_of;
    let log: Vec<Session> = input.massages.iter().filter(known).map(|had| Session::had(had, start)).collect();
    let Course { mut windows, work } = course::course(&history, &log);
    let is_ahead = |window: &Window| window.status != Status::Past;
    let before = Before::of(&log, input.days.len());
    let opening = if windows.iter().any(is_ahead) { None } else { opening::opening(&history, &before) };
    windows.extend(race::windows(input, &work, &windows, as_of));
    for window in windows.iter_mut().filter(|window| window.start <= as_of) {
        window.had = window.session_of(log.iter().map(|session| session.date));
    }
    windows.sort_by_key(|window| (window.start, window.best, window.kind));
    let known = history.known(input.days.len() - 1, HORIZON_DAYS + rules::RACE_REACH_DAYS);
    let today = known.view(known.today());
    Plan {
        windows,
        opening,
        advice: today.map_or_else(Vec::new, |today| rules::advice(&today)),
        visits: visit::visits(&known, &work),
        blocks: input.blocks.iter().map(|block| advised(input, &work, block)).collect(),
        work,
    }
}

/// A block with the usual interval of its days, and the weekday that fits best by the habits up to its end.
fn advised(input: &Input<'_>, work: &[DayWork], block: &Block) -> Block {
    let is_regular = matches!(block.massage, Emphasis::Deep | Emphasis::Maintenance | Emphasis::Targeted);
    let from = work.first().map_or(0, |first| days_between(first.date, block.start).max(0) as usize);
    let days = work.get(from..from + block.n_days as usize).unwrap_or_default();
    let every: Vec<f64> = days.iter().map(|day| day.every_days).collect();
    Block {
        every_days: quantile(&every, 0.5).filter(|_| is_regular).map(|days| days.round() as u32),
        best_weekday: Habit::of(input.runs, block.end).best_weekday().filter(|_| is_regular),
        ..block.clone()
    }
}
