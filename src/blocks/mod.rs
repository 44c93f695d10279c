//! Days to training blocks: what each stretch was for (science 8; descriptive, of agreed names only).
//!
//! Input are the days of one runner and the races of the calendar, output are blocks end to end. Invariant: every
//! day lies in exactly one block.

mod block;
mod compare;
mod cutback;
mod gap;
mod phase;
mod smooth;
mod taper;
#[cfg(test)]
mod tests;
mod why;

pub use block::{Block, Change, Confidence, Emphasis, Phase, Reason};
pub use phase::longest_recovery_days;

use crate::load::day::{DayRow, WeekRow};
use crate::load::ratio::{filled_sum, quantile};
use crate::model::Race;
use crate::model::units::Units;
use cutback::Week;
use phase::Features;
use std::ops::Range;
use why::Why;

/// Splits the days into blocks; `weeks` are those of the same days. What massage is for is set by phase; how often and
/// on which weekday is left to the massage rules.
#[must_use]
pub fn label(days: &[DayRow], weeks: &[WeekRow], races: &[Race], units: Units) -> Vec<Block> {
    let features = Features::new(days, races);
    let phases: Vec<Phase> = (0..days.len()).map(|t| features.phase(t)).collect();
    let weeks = cutback::weeks(days, weeks);
    let lighter: Vec<usize> = weeks.iter().filter(|week| week.is_lighter()).map(|week| week.from).collect();
    let segments = smooth::segments(&phases, &lighter);
    described(&Why { features: &features, phases: &phases, units }, &weeks, &segments)
}

/// The phase of each day as far as it could be told on it: from the days up to it and the races of the calendar. It is
/// not smoothed, for that takes the days after it.
#[must_use]
pub fn known_phases(days: &[DayRow], races: &[Race]) -> Vec<Phase> {
    let features = Features::known(days, races);
    (0..days.len()).map(|t| features.phase(t)).collect()
}

/// The blocks over the segments. Nothing after the last day of a block goes into it but what the calendar holds.
fn described(why: &Why<'_>, weeks: &[Week], segments: &[(Range<usize>, Phase)]) -> Vec<Block> {
    let days = why.features.days;
    let mut blocks: Vec<Block> = Vec::with_capacity(segments.len());
    for (at, (range, phase)) in segments.iter().enumerate() {
        let mut block = block(&days[range.clone()], *phase);
        let before = at.checked_sub(1).map(|before| (&blocks[before], &days[segments[before].0.clone()]));
        if let Some(before) = before {
            block.change = compare::change(before, (&block, &days[range.clone()]));
        }
        let lighter = cutback::inside(weeks, range, *phase);
        block.cutbacks = lighter.iter().map(|week| week.start).collect();
        block.weeks_without_cutback = cutback::weeks_without(weeks, block.end);
        block.confidence = Confidence::of(range.end);
        block.reasons = why.reasons(&block, range, &lighter);
        blocks.push(block);
    }
    blocks
}

/// What the days of a block say by themselves.
fn block(days: &[DayRow], phase: Phase) -> Block {
    let distance = filled_sum(days.iter().map(DayRow::known_m));
    let zones = days.iter().fold([0.0; 3], |sum, day| {
        [sum[0] + day.three_zone_s[0], sum[1] + day.three_zone_s[1], sum[2] + day.three_zone_s[2]]
    });
    let classified: f64 = zones.iter().sum();
    let weeks: Option<Vec<f64>> =
        days.chunks_exact(7).map(|week| filled_sum(week.iter().map(DayRow::known_m))).collect();
    // A block of a day or two has no weekly rate beyond what was run.
    let per_week = distance.map(|metres| metres / days.len().max(7) as f64 * 7.0);
    let longest = days.iter().map(|day| day.longest_m).fold(0.0, f64::max);
    Block {
        start: days[0].date,
        end: days[days.len() - 1].date,
        phase,
        n_days: days.len() as u32,
        distance_m_per_week: per_week,
        load_au_per_day: compare::load_au_per_day(days),
        trend_pct_per_week: weeks.and_then(|weeks| slope_of_median(&weeks)).map(|slope| 100.0 * slope),
        high_share: (classified > 0.0).then(|| zones[2] / classified),
        longest_run_m: longest,
        ascent_m: days.iter().map(|day| day.ascent_m).sum(),
        change: Change::default(),
        cutbacks: Vec::new(),
        weeks_without_cutback: None,
        confidence: Confidence::Unknown,
        massage: emphasis(phase),
        every_days: None,
        best_weekday: None,
        reasons: Vec::new(),
    }
}

/// What hands-on work a phase leaves room for (convention of practitioners, R1 to R10).
fn emphasis(phase: Phase) -> Emphasis {
    match phase {
        Phase::Base => Emphasis::Deep,
        Phase::Build | Phase::Return | Phase::Unknown => Emphasis::Maintenance,
        Phase::Peak | Phase::Speed => Emphasis::Targeted,
        Phase::Taper | Phase::Race => Emphasis::LightOnly,
        Phase::PostRace => Emphasis::RecoveryOnly,
        Phase::Break => Emphasis::None,
    }
}

/// Theil–Sen slope of the values over their median, per step; `None` under three values or without a median.
///
/// ```
/// use legwork::blocks::slope_of_median;
/// assert!((slope_of_median(&[40.0, 44.0, 47.0, 52.0]).unwrap() - 0.08791).abs() < 1e-5);
/// ```
#[must_use]
pub fn slope_of_median(values: &[f64]) -> Option<f64> {
    if values.len() < 3 {
        return None;
    }
    let slopes: Vec<f64> = (0..values.len())
        .flat_map(|i| (i + 1..values.len()).map(move |j| (i, j)))
        .map(|(i, j)| (values[j] - values[i]) / (j - i) as f64)
        .collect();
    let median = quantile(values, 0.5).filter(|median| *median > 0.0)?;
    quantile(&slopes, 0.5).map(|slope| slope / median)
}
