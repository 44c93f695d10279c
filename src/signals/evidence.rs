//! What a signal was judged by, for those who ask why.

use super::judge::Found;
use super::line::Line;
use super::{RunReading, Signal, SignalKind, Status, morning, runs};
use crate::model::Day;

/// The readings behind a signal, in its unit, each with its day or run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    pub baseline: Vec<(String, f64)>,
    /// By time; the last is the new one.
    pub recent: Vec<(String, f64)>,
    /// What the test found; `None` where it was not made.
    pub found: Option<Found>,
    /// The line through the baseline, of signals that are matched by speed.
    pub line: Option<Line>,
    /// What the last mornings showed each by itself; empty for runs.
    pub in_a_row: Vec<(Day, Status)>,
}

/// The same readings again; `None` where nothing could be read. `signals` and `runs` are those of the athlete.
pub(crate) fn evidence(signal: &Signal, signals: &[Signal], runs: &[RunReading<'_>]) -> Option<Evidence> {
    match signal.kind {
        SignalKind::RestingHr | SignalKind::Hrv => morning::evidence(signal, signals),
        kind => runs::evidence(kind, signal.date, runs),
    }
}
