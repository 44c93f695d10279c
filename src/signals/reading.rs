//! What signals take from a run.

use crate::digest::Steady;
use crate::model::Day;
use crate::score::Dated;
use crate::score::run::Run;

/// An intensity factor below this is easy running, however long.
const EASY_FACTOR: f64 = 0.80;

/// What one run says of movement and effort; `None` is not known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunReading<'a> {
    /// The runner's local date.
    pub date: Day,
    /// The run's id.
    pub id: &'a str,
    /// Maker and product of the recorder.
    pub device: Option<&'a str>,
    /// The steady minutes.
    pub steady: &'a [Steady],
    /// Grade-adjusted metres per heart beat, where the run is fit for it.
    pub efficiency_m_per_beat: Option<f64>,
    /// Aerobic decoupling in percent, where the run is fit for it.
    pub decoupling_pct: Option<f64>,
    /// Metres per beat of the first minutes and of those after the warm-up.
    pub warm_up: Option<(f64, f64)>,
    /// Mean ambient temperature in °C.
    pub temperature_c: Option<f64>,
    /// Easy running, long runs among it.
    pub is_easy: bool,
}

/// The readings of the runs that count, in order of time. Runs on a belt are left out: their speed is a guess.
#[must_use]
pub fn readings<'a>(dated: &'a [Dated], runs: &'a [Run]) -> Vec<RunReading<'a>> {
    let pairs = dated.iter().zip(runs).filter(|(_, run)| run.counts() && !run.sport.is_indoor());
    pairs.map(|(dated, run)| reading(dated, run)).collect()
}

fn reading<'a>(dated: &'a Dated, run: &'a Run) -> RunReading<'a> {
    let digest = &dated.digest;
    RunReading {
        date: run.date,
        id: &run.id,
        device: run.device.as_deref(),
        steady: &digest.steady,
        efficiency_m_per_beat: run.efficiency_m_per_beat,
        decoupling_pct: run.decoupling_pct,
        warm_up: digest.warm_up.map(|warm_up| (warm_up.early_m_per_beat, warm_up.late_m_per_beat)),
        temperature_c: digest.temperature_c,
        is_easy: !run.is_quality && run.intensity_factor.is_some_and(|factor| factor < EASY_FACTOR),
    }
}
