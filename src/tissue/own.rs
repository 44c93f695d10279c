//! The runner's own step length and contact time at each speed, from the weeks before a run (science 6.1 and 6.3).
//!
//! Input are the steady minutes of runs with the same device, output a line for each run from the 42 days before it, the
//! last 7 left out. Invariant: nothing of the run's own day or later shapes its line.

use super::coefficients::REFERENCE_MPS;
use super::dose::CONTACT_EXPONENT;
use crate::model::calendar::minus;
use crate::score::Dated;
use crate::score::run::Run;
use crate::signals::matched::{MIN_MINUTES, Point, points, usual_line, usual_minutes};
use crate::signals::{BASELINE_DAYS, LATEST_DAYS, SignalKind};

/// What is usual at a speed: ln y = intercept + slope · ln v, for the speeds that it was found at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtSpeed {
    /// ln y at 1 m/s.
    pub intercept: f64,
    /// Change of ln y with ln v.
    pub slope: f64,
    /// Lowest usual speed in m/s.
    pub from_mps: f64,
    /// Highest usual speed in m/s.
    pub to_mps: f64,
}

impl AtSpeed {
    /// The usual value; `None` at a speed that is not usual: a line says little beyond its points, and a dose grows with a
    /// high power of step length.
    #[must_use]
    pub fn at(&self, speed_mps: f64) -> Option<f64> {
        (self.from_mps..=self.to_mps).contains(&speed_mps).then(|| self.line(speed_mps))
    }

    fn line(&self, speed_mps: f64) -> f64 {
        (self.intercept + self.slope * speed_mps.ln()).exp()
    }
}

/// Contact time of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contact {
    /// The runner's own in ms at a speed.
    pub usual: AtSpeed,
    /// The run's over the usual one at the same speed.
    pub over_usual: f64,
}

impl Contact {
    /// Contact time of the run at a speed over the runner's own at 3.0 m/s. Beyond usual speeds it goes on by rule.
    #[must_use]
    pub fn ratio(&self, speed_mps: f64) -> f64 {
        self.over_usual * self.usual_ms(speed_mps) / self.usual_ms(REFERENCE_MPS)
    }

    fn usual_ms(&self, speed_mps: f64) -> f64 {
        let inside = speed_mps.clamp(self.usual.from_mps, self.usual.to_mps);
        self.usual.line(inside) * (speed_mps / inside).powf(CONTACT_EXPONENT)
    }
}

/// Step length and contact time for one run.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Own {
    pub step_m: Option<AtSpeed>,
    pub contact: Option<Contact>,
}

/// What is the runner's own for each run, in the order of `history`; nothing for copies and for runs on a belt, whose
/// speed is a guess.
pub(super) fn own(history: &[Dated], runs: &[Run]) -> Vec<Own> {
    let steps = lines(SignalKind::StepLength, history, runs);
    let contacts = lines(SignalKind::ContactTime, history, runs);
    let both = steps.into_iter().zip(contacts);
    both.map(|(step, contact)| Own {
        step_m: step.line,
        contact: contact
            .line
            .zip(contact.over_usual)
            .map(|(usual, over_usual)| Contact { usual, over_usual }),
    })
    .collect()
}

#[derive(Debug, Clone, Copy, Default)]
struct Found {
    line: Option<AtSpeed>,
    /// The run over its line.
    over_usual: Option<f64>,
}

/// The minutes of one run.
struct Seen {
    at: usize,
    points: Vec<Point>,
}

fn lines(kind: SignalKind, history: &[Dated], runs: &[Run]) -> Vec<Found> {
    let mut found = vec![Found::default(); history.len()];
    let mut seen: Vec<Seen> = Vec::new();
    let is_own = |run: &Run| run.counts() && !run.sport.is_indoor();
    for (at, (dated, run)) in history.iter().zip(runs).enumerate() {
        if let Some(points) =
            Some(run).filter(|run| is_own(run)).and_then(|_| points(kind, &dated.digest.steady))
        {
            seen.push(Seen { at, points });
        }
    }
    for (at, run) in runs.iter().enumerate().take(history.len()).filter(|(_, run)| is_own(run)) {
        let from = seen.partition_point(|one| runs[one.at].date < minus(run.date, BASELINE_DAYS - 1));
        let to = seen.partition_point(|one| runs[one.at].date <= minus(run.date, LATEST_DAYS));
        let is_before = |one: &&Seen| runs[one.at].device == run.device && runs[one.at].date < run.date;
        let before = seen[from.min(to)..to].iter().filter(is_before);
        let before: Vec<&[Point]> = before.map(|one| one.points.as_slice()).collect();
        let Some((line, speeds)) = usual_line(kind, &before) else { continue };
        let own = seen.binary_search_by_key(&at, |one| one.at).ok().map(|index| &seen[index]);
        let residuals: Vec<f64> = own
            .into_iter()
            .flat_map(|own| usual_minutes(&own.points, speeds).map(|(x, y)| y - line.at(x)))
            .collect();
        let mean = residuals.iter().sum::<f64>() / residuals.len() as f64;
        found[at] = Found {
            line: Some(AtSpeed {
                intercept: line.intercept,
                slope: line.slope,
                from_mps: speeds.0.exp(),
                to_mps: speeds.1.exp(),
            }),
            over_usual: (residuals.len() >= MIN_MINUTES).then(|| mean.exp()),
        };
    }
    found
}
