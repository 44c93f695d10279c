//! Readings at the same speed (science 6.1, 6.3, 6.4, 6.6): the steady minutes of the baseline give a line over speed,
//! and a run's reading is how far its own minutes lie from it, stated at the usual speed.

use super::SignalKind;
use super::judge::{Readings, mean};
use super::line::{Line, at_share};
use crate::digest::Steady;

/// Steady minutes that a run must have.
pub(crate) const MIN_MINUTES: usize = 10;
/// Minutes of one run that shape speeds and line, evenly taken from all of it: long runs shall not outweigh the rest.
const MAX_MINUTES: usize = 20;

/// A minute: speed (its logarithm, but for heart rate) and what was measured, on the scale of the rule.
pub(crate) type Point = (f64, f64);

/// The minutes of a run that can be matched; `None` for signals that are not, or with too few minutes.
pub(crate) fn points(kind: SignalKind, steady: &[Steady]) -> Option<Vec<Point>> {
    let value: fn(&Steady) -> Option<f64> = match kind {
        SignalKind::StepLength => |minute| minute.step_length_m,
        SignalKind::ContactTime => |minute| minute.stance_ms,
        SignalKind::VerticalRatio => |minute| minute.vertical_ratio_pct,
        SignalKind::HrAtPace => |minute| minute.hr_bpm,
        _ => return None,
    };
    let scale = kind.rule().scale;
    let speed =
        |minute: &Steady| if kind == SignalKind::HrAtPace { minute.speed_mps } else { minute.speed_mps.ln() };
    let point =
        |minute: &Steady| Some((speed(minute), scale.judged(value(minute).filter(|value| *value > 0.0)?)));
    let points: Vec<Point> = steady.iter().filter_map(point).collect();
    (points.len() >= MIN_MINUTES).then_some(points)
}

/// The middle four fifths of the runner's speeds, from the runs of the baseline; everything where there are none.
pub(super) fn usual_speeds<'a>(runs: impl Iterator<Item = &'a [Point]>) -> (f64, f64) {
    let mut speeds: Vec<f64> = runs.flat_map(thinned).map(|point| point.0).collect();
    let (low, high) = (at_share(&mut speeds, 1, 10), at_share(&mut speeds, 9, 10));
    (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))
}

/// At most [`MAX_MINUTES`] of some minutes.
fn thinned(points: &[Point]) -> impl Iterator<Item = Point> {
    points.iter().copied().step_by(points.len().div_ceil(MAX_MINUTES).max(1))
}

/// The minutes of a run at usual speeds.
pub(crate) fn usual_minutes(points: &[Point], (low, high): (f64, f64)) -> impl Iterator<Item = Point> {
    points.iter().copied().filter(move |(x, _)| (low..=high).contains(x))
}

/// Has the run enough minutes at usual speeds?
pub(super) fn is_fit(points: &[Point], speeds: (f64, f64)) -> bool {
    usual_minutes(points, speeds).nth(MIN_MINUTES - 1).is_some()
}

/// Runs held against the line through the baseline.
pub(super) struct AtUsualSpeed {
    pub readings: Readings,
    /// The speed in m/s at which they are stated.
    pub speed_mps: f64,
    /// Over speed or its logarithm, on the scale of the rule.
    pub line: Line,
}

/// The minutes at usual speeds that shape a line.
fn shaping(baseline: &[&[Point]], speeds: (f64, f64)) -> Vec<Point> {
    let mut shaping: Vec<Point> = Vec::with_capacity(baseline.len() * MAX_MINUTES);
    for points in baseline {
        shaping.extend(thinned(&usual_minutes(points, speeds).collect::<Vec<_>>()));
    }
    shaping
}

/// The line through the minutes of some runs and the speeds that it holds for, on the scales of the points; `None` with
/// fewer runs at usual speeds than the signal needs.
pub(crate) fn usual_line(kind: SignalKind, runs: &[&[Point]]) -> Option<(Line, (f64, f64))> {
    let speeds = usual_speeds(runs.iter().copied());
    let fit: Vec<&[Point]> = runs.iter().copied().filter(|points| is_fit(points, speeds)).collect();
    if fit.len() < kind.rule().n_baseline {
        return None;
    }
    Some((Line::through(&shaping(&fit, speeds))?, speeds))
}

/// Readings of the runs at the median speed of the baseline; `None` without a baseline.
pub(super) fn at_usual_speed(
    kind: SignalKind,
    baseline: &[&[Point]],
    recent: &[&[Point]],
    speeds: (f64, f64),
) -> Option<AtUsualSpeed> {
    let shaping = shaping(baseline, speeds);
    let line = Line::through(&shaping)?;
    let usual = at_share(&mut shaping.iter().map(|point| point.0).collect::<Vec<_>>(), 1, 2)?;
    let level = |points: &&[Point]| {
        let residuals: Vec<f64> = usual_minutes(points, speeds).map(|(x, y)| y - line.at(x)).collect();
        mean(&residuals).map(|residual| line.at(usual) + residual)
    };
    let levels = |runs: &[&[Point]]| runs.iter().filter_map(level).collect();
    let readings = Readings { baseline: levels(baseline), recent: levels(recent) };
    let speed_mps = if kind == SignalKind::HrAtPace { usual } else { usual.exp() };
    Some(AtUsualSpeed { readings, speed_mps, line })
}
