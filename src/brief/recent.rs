//! What was run of late, against what is usual for the runner, and how long ago the last of each kind was.

use super::ago;
use crate::analysis::Analysis;
use crate::load::day::DayState;
use crate::load::ratio::is_too_much;
use crate::massage::outlook::is_long;
use crate::model::calendar::{days_between, minus};
use crate::model::{Day, Depth, Race, Tissue};
use crate::score::run::{Run, SessionKind};
use crate::signals::SignalKind;

/// Days before a span that say what is usual: twelve weeks.
const USUAL_DAYS: u32 = 84;
/// Fewer of them say nothing.
const MIN_USUAL_DAYS: u32 = 21;
/// Share of the running time that must be known for a sum.
const KNOWN_SHARE: f64 = 0.8;
/// A race longer ago has no bearing on the day.
const RACE_DAYS: i64 = 28;
/// Days in which a signal counts as read of late.
const READ_DAYS: u32 = 10;

/// Sums over some days.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    /// Runs.
    pub n_runs: f64,
    /// Time with the timer running, in s.
    pub timer_s: f64,
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// Time above the second threshold, in s.
    pub hard_s: Option<f64>,
    /// Climb in m.
    pub ascent_m: Option<f64>,
    /// Descent in m.
    pub descent_m: Option<f64>,
    /// Steps.
    pub steps: Option<f64>,
}

/// The last days, and what is usual in as many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// How many days.
    pub n_days: u32,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Days among them with a run whose load cannot be computed, or of which the files do not tell.
    pub n_unknown: u32,
    /// The history is shorter than the span.
    pub is_cut: bool,
    /// What was run.
    pub had: Sums,
    /// The mean of as many days over up to twelve weeks before; `None` with under three weeks of them, or fewer than the span.
    pub usual: Option<Sums>,
}

/// The last run of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct LastRun {
    /// The day.
    pub date: Day,
    /// Days from it to the day of the page.
    pub ago: u32,
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// What it was.
    pub kind: SessionKind,
}

/// The last massage.
#[derive(Debug, Clone, PartialEq)]
pub struct LastMassage {
    /// The day.
    pub date: Day,
    /// Days from it to the day of the page.
    pub ago: u32,
    /// How deep it was.
    pub depth: Depth,
    /// How long in minutes.
    pub minutes: Option<f64>,
    /// Tissues worked on; empty where that is not noted.
    pub tissues: Vec<Tissue>,
    /// Hours of soreness afterwards.
    pub soreness_h: Option<f64>,
}

/// How long ago the last of each kind was.
#[derive(Debug, Clone, PartialEq)]
pub struct Since {
    /// The last run of any kind.
    pub run: Option<LastRun>,
    /// The last long run.
    pub long: Option<LastRun>,
    /// The last hard run.
    pub hard: Option<LastRun>,
    /// The last race that was run, where it was within four weeks.
    pub race: Option<(Race, u32)>,
    /// A race of the calendar between what is known and the day.
    pub planned_race: Option<(Race, u32)>,
    /// The last massage before the day.
    pub massage: Option<LastMassage>,
}

impl Sums {
    /// The sums of some runs.
    fn of<'a>(runs: impl Iterator<Item = &'a Run>) -> Self {
        let runs: Vec<&Run> = runs.collect();
        let hard = |run: &Run| run.three_zone_s.map(|zones| zones[2]);
        Self {
            n_runs: runs.len() as f64,
            timer_s: runs.iter().map(|run| run.timer_s).sum(),
            distance_m: known(&runs, |run| run.distance_m),
            hard_s: known(&runs, hard),
            ascent_m: known(&runs, |run| run.ascent_m),
            descent_m: known(&runs, |run| run.descent_m),
            steps: known(&runs, |run| run.steps),
        }
    }

    fn times(self, factor: f64) -> Self {
        let times = |value: Option<f64>| value.map(|value| value * factor);
        Self {
            n_runs: self.n_runs * factor,
            timer_s: self.timer_s * factor,
            distance_m: times(self.distance_m),
            hard_s: times(self.hard_s),
            ascent_m: times(self.ascent_m),
            descent_m: times(self.descent_m),
            steps: times(self.steps),
        }
    }
}

/// The sum of a value over runs; `None` where too little of the running has it.
fn known(runs: &[&Run], value: impl Fn(&Run) -> Option<f64>) -> Option<f64> {
    let total: f64 = runs.iter().map(|run| run.timer_s).sum();
    let of: f64 = runs.iter().filter(|run| value(run).is_some()).map(|run| run.timer_s).sum();
    (of >= KNOWN_SHARE * total).then(|| runs.iter().filter_map(|run| value(run)).sum())
}

impl Span {
    /// The last `n` days of an analysis.
    pub(super) fn of(analysis: &Analysis, n: u32) -> Self {
        let to = analysis.as_of;
        let from = minus(to, n - 1);
        let first = analysis.days.first().map_or(to, |day| day.date);
        let between = |first: Day, last: Day| {
            let runs = analysis.runs.iter().filter(move |run| (first..=last).contains(&run.date));
            Sums::of(runs.filter(|run| run.counts()))
        };
        let before = (days_between(first, from).max(0) as u32).min(USUAL_DAYS);
        let n_known =
            before - (analysis.lost.n_between(minus(from, before), minus(from, 1)) as u32).min(before);
        let is_told = !is_too_much((before - n_known) as usize, before as usize);
        let unknown = analysis.days.iter().rev().take_while(|day| day.date >= from);
        Self {
            n_days: n,
            from,
            to,
            n_unknown: unknown.filter(|day| day.state == DayState::Unknown).count() as u32,
            is_cut: first > from,
            had: between(from, to),
            usual: (n_known >= MIN_USUAL_DAYS.max(n) && is_told).then(|| {
                between(minus(from, before), minus(from, 1)).times(f64::from(n) / f64::from(n_known))
            }),
        }
    }
}

impl Since {
    pub(super) fn of(analysis: &Analysis, on: Day) -> Self {
        let last = |is_it: &dyn Fn(&Run) -> bool| {
            let run = analysis.runs.iter().rev().find(|run| run.counts() && run.date <= on && is_it(run))?;
            let (distance_m, kind) = (run.distance_m, run.session_kind);
            Some(LastRun { date: run.date, ago: ago(run.date, on), distance_m, kind })
        };
        let is_near = |race: &&Race| (1..=RACE_DAYS).contains(&days_between(race.date, on));
        // A race of the calendar without a run may not have been run.
        let was_run = |race: &&Race| analysis.runs.iter().any(|run| run.counts() && run.date == race.date);
        let is_to_come = |race: &&Race| race.date > analysis.as_of;
        let near = || analysis.races.iter().rev().filter(is_near);
        let with_days = |race: &Race| (race.clone(), ago(race.date, on));
        let had = analysis.massages.iter().rev().find(|had| had.date < on);
        Self {
            run: last(&|_| true),
            long: last(&is_long),
            hard: last(&|run| run.is_quality),
            race: near().find(was_run).map(with_days),
            planned_race: near().find(is_to_come).map(with_days),
            massage: had.map(|had| LastMassage {
                date: had.date,
                ago: ago(had.date, on),
                depth: had.depth,
                minutes: had.minutes,
                tissues: had.tissues.clone(),
                soreness_h: had.soreness_h,
            }),
        }
    }
}

/// How many kinds of signals have a reading of the last ten days.
pub(super) fn n_signals_read(analysis: &Analysis) -> usize {
    let from = minus(analysis.as_of, READ_DAYS - 1);
    let is_read = |kind: &&SignalKind| {
        analysis.signals.iter().rev().take_while(|one| one.date >= from).any(|one| one.kind == **kind)
    };
    SignalKind::ALL.iter().filter(is_read).count()
}
