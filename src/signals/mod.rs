//! Runs and mornings to signals: does the runner move, or pay for a pace, unlike in the weeks before (science 6)?
//!
//! Input are what each run says of movement and effort and the diary, output one [`Signal`] for each new reading. A
//! signal compares a runner with the same runner alone, says where to look and what to ask, and explains nothing.
//! Invariant: what is said of a day depends on nothing after it.

mod evidence;
mod judge;
mod kind;
mod line;
pub(crate) mod matched;
mod morning;
mod reading;
mod runs;
#[cfg(test)]
mod tests;

pub(crate) use evidence::{Evidence, evidence};
pub(crate) use judge::{Found, mean, sd};
pub use kind::SignalKind;
pub(crate) use kind::{Adverse, Rule, Scale};
pub(crate) use line::Line;
pub use reading::{RunReading, readings};

use crate::model::calendar::minus;
use crate::model::{Day, DiaryEntry};
use serde::Serialize;

/// Days that a baseline reaches back, today among them.
pub(crate) const BASELINE_DAYS: u32 = 42;
/// The last days, which no baseline holds.
pub(crate) const LATEST_DAYS: u32 = 7;
/// Recent runs lie within these days; as long a signal stands after its last reading.
pub(crate) const RECENT_DAYS: u32 = 10;

/// How a reading compares with the weeks before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Unusual, and large enough to matter.
    Flag,
    /// One of both.
    Watch,
    /// Neither.
    Usual,
    /// Not judged: too little to compare, or not comparable.
    TooFew,
}

impl Status {
    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Watch => "watch",
            Self::Usual => "usual",
            Self::TooFew => "too_few",
        }
    }
}

/// One new reading of a signal. Values are in [`SignalKind::unit`], the change in [`SignalKind::change_unit`].
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// The day.
    pub date: Day,
    /// The run that gave the reading; `None` for one of the morning.
    pub run_id: Option<String>,
    /// Which signal.
    pub kind: SignalKind,
    /// The reading itself.
    pub value: Option<f64>,
    /// Mean of the recent readings, this one among them: what is judged.
    pub recent: Option<f64>,
    /// What is usual.
    pub baseline: Option<f64>,
    /// Lower end of what is not unusual.
    pub baseline_low: Option<f64>,
    /// Upper end of the same.
    pub baseline_high: Option<f64>,
    /// Recent against usual.
    pub change: Option<f64>,
    /// The same in standard deviations of the baseline.
    pub z: Option<f64>,
    /// The speed in m/s at which values are stated, where they are matched by speed.
    pub speed_mps: Option<f64>,
    /// Readings in the baseline.
    pub n_baseline: usize,
    /// Recent readings.
    pub n_recent: usize,
    /// How it compares.
    pub status: Status,
    /// Why it is not judged, or what else is notable.
    pub note: Option<String>,
}

/// All signals of one athlete, by date and kind. `runs` are those that count, in order of time; the diary is too.
#[must_use]
pub fn signals(runs: &[RunReading<'_>], diary: &[DiaryEntry]) -> Vec<Signal> {
    let of = |kind| match kind {
        SignalKind::RestingHr | SignalKind::Hrv => morning::of(kind, diary),
        _ => runs::of(kind, runs),
    };
    let mut signals: Vec<Signal> = SignalKind::ALL.into_iter().flat_map(of).collect();
    signals.sort_by_key(|signal| (signal.date, signal.kind));
    signals
}

/// The signals that are up on a day: the last reading that could be judged, of that day or the nine before it, is a
/// flag.
#[must_use]
pub fn raised(signals: &[Signal], day: Day) -> Vec<SignalKind> {
    let from = signals.partition_point(|signal| signal.date < minus(day, RECENT_DAYS - 1));
    let to = signals.partition_point(|signal| signal.date <= day);
    let near = &signals[from..to.max(from)];
    let is_up = |kind: &SignalKind| {
        let judged = |signal: &&Signal| signal.kind == *kind && signal.status != Status::TooFew;
        near.iter().rev().find(judged).is_some_and(|last| last.status == Status::Flag)
    };
    SignalKind::ALL.into_iter().filter(is_up).collect()
}
