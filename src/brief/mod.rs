//! What a massage therapist needs of one runner on one day, as a plain value.
//!
//! Input is an [`Analysis`] and a day from the one it stands on to the end of the horizon; output a [`Brief`]. Nothing is
//! estimated here: all is read from the analysis, and sums are those of its runs. What belongs to the past of a later
//! analysis is asked of one that stands on that day. Invariant: unknown is `None`, never 0.

mod ahead;
mod ask;
mod places;
mod recent;
mod trust;

pub use ahead::{KeyAhead, RaceNear, What};
pub use ask::Question;
pub use places::{Area, Leave, Noted};
pub use recent::{LastMassage, LastRun, Since, Span, Sums};
pub use trust::Trust;

use crate::analysis::Analysis;
use crate::blocks::Phase;
use crate::config::Class;
use crate::error::Error;
use crate::load::day::WeekRow;
use crate::massage::HORIZON_DAYS;
use crate::massage::visit::Visit;
use crate::massage::window::{Limit, Reason, Window};
use crate::model::calendar::{days_between, minus, plus, week_start};
use crate::model::units::Units;
use crate::model::{Day, Depth, Race};
use crate::retrospect::Retrospect;
use crate::score::thresholds::Sex;
use crate::signals::{self, Signal, Status};
use chrono::Weekday;

/// Weeks of the timeline up to the one of the day, that one included.
pub const TIMELINE_WEEKS: u32 = 8;
/// Weeks after it.
pub const WEEKS_AHEAD: u32 = 2;
/// The rule of red flags, and the one of races ahead.
const RED_FLAG: &str = "7.6";
const RACE_AHEAD: &str = "R9";
/// Minutes of hands-on work on the day of a race, at most (science 7.3).
const RACE_DAY_MIN: u32 = 15;
/// Days without a file after which the sheet asks before it says anything.
const SILENT_DAYS: u32 = 7;

/// One runner on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// Who it is.
    pub who: Who,
    /// The day that the page is for.
    pub on: Day,
    /// The last day of which anything is known; before `on` where that lies ahead.
    pub as_of: Day,
    /// The newest run, where it lies more than a week before `on`.
    pub silence: Option<Silence>,
    /// Units for people.
    pub units: Units,
    /// How deep the day allows.
    pub allowed: Allowed,
    /// Where to look first, at most three.
    pub areas: Vec<Area>,
    /// What to mind in the session and after it.
    pub notes: Vec<Reason>,
    /// Where pain or a red flag is noted.
    pub leave: Vec<Leave>,
    /// The last 7, 14 and 28 days up to `as_of`.
    pub spans: [Span; 3],
    /// How long ago the last of each kind was, counted to `on`.
    pub since: Since,
    /// The races nearest to the day.
    pub races: RaceNear,
    /// Key sessions and long runs from the day on, by date.
    pub key_sessions: Vec<KeyAhead>,
    /// Weeks, blocks, windows, massages and races around the day.
    pub timeline: Timeline,
    /// Signals of movement and effort that stand out.
    pub signals: Vec<Signal>,
    /// How many of the signals were read of late.
    pub n_signals_read: usize,
    /// The last massages looked back on, the latest first.
    pub sessions: Vec<Retrospect>,
    /// What to ask, the most pressing first.
    pub questions: Vec<Question>,
    /// What is worth saying beside any session.
    pub advice: Vec<Reason>,
    /// What the numbers rest on.
    pub trust: Trust,
}

/// Who a runner is.
#[derive(Debug, Clone, PartialEq)]
pub struct Who {
    /// The athlete's id.
    pub athlete: String,
    /// Sex, where the config says it.
    pub sex: Option<Sex>,
    /// Year of birth, where the config says it.
    pub birth_year: Option<i32>,
    /// How they train: decided, never [`Class::Auto`].
    pub class: Class,
    /// The block that the day lies in.
    pub phase: Phase,
    /// Used to deep work, by the config or the massages on record.
    pub is_accustomed: bool,
    /// A massage is on record before the day.
    pub had_massage: bool,
}

/// Days of which no file tells: they may be rest, and they may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// The day of the newest run.
    pub newest: Day,
    /// Days from it to the day of the page.
    pub n_days: u32,
    /// Days from it to the day of the analysis are more than a week too: files are missing, or nothing was run.
    pub is_past: bool,
}

/// How deep hands-on work may go, and how much it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowed {
    /// The most that may be done.
    pub ceiling: Depth,
    /// Minutes of a session of that depth; on the day of a race no more than that allows.
    pub minutes: (u32, u32),
    /// The day is one of a race.
    pub is_race_day: bool,
    /// What lowers the ceiling to where it is; empty where nothing does.
    pub causes: Vec<Limit>,
    /// What would lower it less.
    pub others: Vec<(Depth, Limit)>,
    /// What is noted that needs a clinician first (science 7.6).
    pub red_flag: Option<String>,
    /// 1.0 is due.
    pub need: f64,
    /// Days from one session to the next that are usual for this training.
    pub every_days: f64,
    /// What the need is made of.
    pub reasons: Vec<Reason>,
    /// The window that holds the day.
    pub window: Option<Window>,
    /// The next window after it.
    pub next: Option<Window>,
}

/// The weeks around the day.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// First day of the first week.
    pub start: Day,
    /// The day after the last one.
    pub end: Day,
    /// First day of a week.
    pub week_start: Weekday,
    /// Weeks on record.
    pub weeks: Vec<WeekRow>,
    /// Whole weeks to come as they are projected.
    pub projected: Vec<WeekRow>,
    /// First day, last day and phase of each block.
    pub blocks: Vec<(Day, Day, Phase)>,
    /// Massage windows.
    pub windows: Vec<Window>,
    /// Days of massages had.
    pub massages: Vec<Day>,
    /// Races.
    pub races: Vec<Race>,
}

impl Brief {
    /// Is regular work advised against on the day, however long ago the last session was?
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.allowed.is_race_day || self.allowed.ceiling == Depth::None
    }

    /// The brief of a runner for a day. The analysis must stand on that day, or on one up to four weeks before it.
    pub fn of(analysis: &Analysis, on: Day) -> Result<Self, Error> {
        let (as_of, last) = (analysis.as_of, plus(analysis.as_of, HORIZON_DAYS));
        let visit = analysis.visits.iter().find(|visit| visit.date == on);
        let Some(visit) = visit else { return Err(out_of_reach(analysis, on, last)) };
        let allowed = Allowed::of(analysis, on);
        let spans = [7, 14, 28].map(|n| Span::of(analysis, n));
        let areas = places::areas(analysis, visit);
        let raised = signals::raised(&analysis.signals, as_of);
        let latest = |kind| {
            let judged = |one: &&Signal| one.kind == kind && one.status != Status::TooFew;
            analysis.signals.iter().rev().find(judged).cloned()
        };
        let since = Since::of(analysis, on);
        Ok(Self {
            who: Who::of(analysis, visit, since.massage.is_some()),
            on,
            as_of,
            silence: Silence::of(analysis, on),
            units: analysis.units,
            notes: visit.notes.clone(),
            leave: places::leave(analysis),
            races: RaceNear::of(analysis, on),
            key_sessions: ahead::key_sessions(analysis, on),
            timeline: Timeline::of(analysis, on),
            signals: raised.iter().filter_map(|kind| latest(*kind)).collect(),
            n_signals_read: recent::n_signals_read(analysis),
            sessions: analysis.retrospects.iter().rev().filter(|one| one.date < on).cloned().collect(),
            questions: ask::questions(analysis, on, &spans, &areas, &raised, &since),
            advice: if allowed.red_flag.is_some() { Vec::new() } else { analysis.advice.clone() },
            trust: Trust::of(analysis),
            allowed,
            areas,
            spans,
            since,
        })
    }

    /// Does the day lie ahead of everything that is known?
    #[must_use]
    pub fn is_projected(&self) -> bool {
        self.on > self.as_of
    }
}

/// Why there is no page for a day, with the days for which there is one.
fn out_of_reach(analysis: &Analysis, on: Day, last: Day) -> Error {
    let athlete = &analysis.athlete;
    let problem = match analysis.days.first() {
        None => format!("{athlete} has no run up to {}, so there is nothing to say of {on}", analysis.as_of),
        Some(first) => {
            format!("{on} is out of reach for {athlete}; give a day from {} to {last}", first.date)
        }
    };
    Error::config("--on", problem)
}

impl Who {
    fn of(analysis: &Analysis, visit: &Visit, had_massage: bool) -> Self {
        let profile = analysis.settings.profile();
        let ahead = analysis.expected_on(visit.date).map(|day| day.phase);
        let block = || analysis.block_on(visit.date).map(|block| block.phase);
        Self {
            athlete: analysis.athlete.clone(),
            sex: profile.sex,
            birth_year: profile.birth_year,
            class: visit.class,
            phase: ahead.or_else(block).unwrap_or(Phase::Unknown),
            is_accustomed: visit.is_accustomed,
            had_massage,
        }
    }
}

impl Allowed {
    fn of(analysis: &Analysis, on: Day) -> Self {
        let work = analysis.work.iter().rev().find(|day| day.date == on);
        let ceiling = work.map_or(Depth::None, |day| day.ceiling);
        let limits = work.map_or(&[][..], |day| &day.limits);
        let (causes, others): (Vec<_>, Vec<_>) =
            limits.iter().cloned().partition(|(depth, _)| *depth <= ceiling);
        let flag =
            causes.iter().find(|(_, limit)| limit.rule == RED_FLAG).map(|(_, limit)| limit.text.clone());
        let windows = || analysis.windows.iter();
        let is_race_day = limits.iter().any(|(_, limit)| limit.rule == RACE_AHEAD && limit.date == on);
        let (least, most) = ceiling.minutes();
        Self {
            ceiling,
            minutes: if is_race_day { (0, most.min(RACE_DAY_MIN)) } else { (least, most) },
            is_race_day,
            causes: causes.into_iter().map(|(_, limit)| limit).collect(),
            others,
            red_flag: flag,
            need: work.map_or(0.0, |day| day.need),
            every_days: work.map_or(0.0, |day| day.every_days),
            reasons: work.map_or_else(Vec::new, |day| day.reasons.clone()),
            window: windows().find(|window| (window.start..=window.end).contains(&on)).cloned(),
            next: windows().find(|window| window.start > on).cloned(),
        }
    }
}

impl Timeline {
    fn of(analysis: &Analysis, on: Day) -> Self {
        let this_week = week_start(on, analysis.week_start);
        let start = minus(this_week, 7 * (TIMELINE_WEEKS - 1));
        let end = plus(this_week, 7 * (1 + WEEKS_AHEAD));
        let overlaps = |first: Day, last: Day| first < end && start <= last;
        let holds = |day: Day| overlaps(day, day);
        let weeks = |of: &[WeekRow]| of.iter().filter(|week| holds(week.start)).cloned().collect();
        let blocks = analysis.blocks.iter().filter(|block| overlaps(block.start, block.end));
        let windows = analysis.windows.iter().filter(|window| overlaps(window.start, window.end));
        Self {
            start,
            end,
            week_start: analysis.week_start,
            weeks: weeks(&analysis.weeks),
            projected: weeks(&analysis.projected_weeks),
            blocks: blocks
                .map(|block| (block.start, block.end, block.phase))
                .chain(phases_ahead(analysis, end))
                .collect(),
            windows: windows.cloned().collect(),
            massages: analysis.massages.iter().map(|had| had.date).filter(|day| holds(*day)).collect(),
            races: analysis.races.iter().filter(|race| holds(race.date)).cloned().collect(),
        }
    }
}

/// Stretches of one phase from the day after the analysis on, as they are projected.
fn phases_ahead(analysis: &Analysis, end: Day) -> Vec<(Day, Day, Phase)> {
    let mut found: Vec<(Day, Day, Phase)> = Vec::new();
    let last = analysis.blocks.last().map_or(analysis.as_of, |block| block.end.max(analysis.as_of));
    for day in analysis.expected.iter().filter(|day| day.date > last && day.date < end) {
        match found.last_mut() {
            Some((_, last, phase)) if *phase == day.phase && plus(*last, 1) == day.date => *last = day.date,
            _ => found.push((day.date, day.date, day.phase)),
        }
    }
    found
}

impl Silence {
    fn of(analysis: &Analysis, on: Day) -> Option<Self> {
        let newest = analysis.runs.iter().map(|run| run.date).max()?;
        let silence =
            Self { newest, n_days: ago(newest, on), is_past: ago(newest, analysis.as_of) > SILENT_DAYS };
        (silence.n_days > SILENT_DAYS).then_some(silence)
    }
}

/// How many days a day lies before another, never negative.
fn ago(day: Day, on: Day) -> u32 {
    days_between(day, on).max(0) as u32
}
