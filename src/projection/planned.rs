//! A day of the plan. What the plan leaves out is filled from what is usual for the runner.

use super::usual::Runs;
use super::{Basis, ExpectedDay, KeySession, rest};
use crate::blocks::Phase;
use crate::model::Day;
use crate::planned::{Plan, PlannedRun};
use crate::score::run::SessionKind;

/// A run of this length is long for everyone (R3).
const LONG_S: f64 = 5400.0;

/// The runs of a day that the plan covers; without one it is a rest.
pub(super) fn day(date: Day, phase: Phase, plan: &Plan, usual: &Runs<'_>) -> ExpectedDay {
    let mut day = rest(date, Basis::Plan, phase);
    for planned in plan.on(date) {
        let is_hard = is_hard(planned.kind);
        let (distance_m, timer_s) = size(planned, usual);
        let load_au = usual.load_au(distance_m, timer_s, is_hard);
        day.n_runs += 1;
        let sum = |sum: Option<f64>, more: Option<f64>| Some(sum? + more?);
        day.distance_m = sum(day.distance_m, distance_m);
        day.longest_m = day.longest_m.zip(distance_m).map(|(longest, this)| longest.max(this));
        day.timer_s = sum(day.timer_s, timer_s);
        day.load_au = sum(day.load_au, load_au);
        if is_hard && day.quality.is_none() {
            let words = format!("planned {}", words(planned.kind));
            day.quality = Some(KeySession { words, start_min: planned.start_min });
        }
        if planned.kind == SessionKind::Long || timer_s.is_some_and(|seconds| seconds >= LONG_S) {
            day.long_m = Some(day.long_m.unwrap_or(0.0).max(distance_m.unwrap_or(0.0)));
        }
    }
    day
}

/// Distance in m and time in s: what one leaves open the other gives at the usual pace; without both the run is as
/// long as usual for its kind.
fn size(planned: &PlannedRun, usual: &Runs<'_>) -> (Option<f64>, Option<f64>) {
    let speed = usual.speed_mps(planned.kind).filter(|speed| *speed > 0.0);
    let by_time = || Some(planned.duration_s? * speed?);
    let usual_m = || usual.length_m(planned.kind).filter(|_| planned.duration_s.is_none());
    let distance_m = planned.distance_m.or_else(by_time).or_else(usual_m);
    (distance_m, planned.duration_s.or_else(|| Some(distance_m? / speed?)))
}

fn is_hard(kind: SessionKind) -> bool {
    matches!(kind, SessionKind::Tempo | SessionKind::Intervals | SessionKind::Hills | SessionKind::Race)
}

fn words(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Tempo => "tempo run",
        SessionKind::Intervals => "intervals",
        SessionKind::Hills => "hill session",
        SessionKind::Race => "race",
        _ => "run",
    }
}
