//! Cadence lock: an optical sensor that counts steps in place of beats (science 2.9).
//!
//! A heart rate close to the cadence proves nothing: many a runner beats 170 times a minute at 170 steps. What
//! proves it is a step at an edge that no heart can take, or a heart rate that moves with each change of cadence.

use crate::digest::stretch::stretches;
use std::ops::Range;

/// Heart rate and cadence that differ by no more than this are alike (heuristic).
const NEAR_BPM: f64 = 2.0;
/// A shorter likeness is chance (heuristic).
const MIN_S: usize = 60;
/// Breaks of the likeness up to this long belong to it (heuristic).
const BRIDGE_S: f64 = 3.0;
/// A change of at least this much is a step (heuristic).
const STEP_BPM: f64 = 20.0;
/// A step takes no longer than this (heuristic): at the start of a sprint a heart speeds up by 1 to 2 bpm a second.
const STEP_S: f64 = 5.0;
/// Seconds of those that have to be off, so that one odd second is no step.
const MIN_OFF: usize = 3;
/// Changes of heart rate and cadence that correlate at least this closely have one cause (heuristic).
const MIN_CORRELATION: f64 = 0.9;
/// With fewer changes of either a correlation means nothing (heuristic).
const MIN_CHANGES: usize = 6;

/// The stretches in which the heart rate is the cadence, of both feet or of one.
pub(super) fn locks(hr_bpm: &[f64], cadence_spm: &[f64], clock_s: &[f64]) -> Vec<Range<usize>> {
    if hr_bpm.is_empty() || cadence_spm.is_empty() {
        return Vec::new();
    }
    let share_of = |share: f64| {
        let is_near =
            |k: usize| cadence_spm[k] > 0.0 && (hr_bpm[k] - share * cadence_spm[k]).abs() <= NEAR_BPM;
        let is_locked = |stretch: &Range<usize>| {
            stretch.len() >= MIN_S
                && (has_step(hr_bpm, clock_s, stretch)
                    || moves_with(&hr_bpm[stretch.clone()], &cadence_spm[stretch.clone()]))
        };
        stretches(clock_s, BRIDGE_S, is_near).into_iter().filter(is_locked)
    };
    share_of(1.0).chain(share_of(0.5)).collect()
}

/// Does the heart rate step into the stretch or out of it? A pause of the timer hides a change, but makes no step.
fn has_step(hr_bpm: &[f64], clock_s: &[f64], stretch: &Range<usize>) -> bool {
    let is_step = |edge: usize, beyond: Range<usize>| {
        let is_off = |&k: &usize| {
            (clock_s[k] - clock_s[edge]).abs() <= STEP_S && (hr_bpm[k] - hr_bpm[edge]).abs() >= STEP_BPM
        };
        beyond.filter(is_off).count() >= MIN_OFF
    };
    let reach = STEP_S as usize;
    let (first, behind) = (stretch.start, stretch.end);
    is_step(first, first.saturating_sub(reach)..first)
        || is_step(behind - 1, behind..(behind + reach).min(hr_bpm.len()))
}

/// Do the changes of the heart rate from second to second correlate with those of the cadence?
fn moves_with(hr_bpm: &[f64], cadence_spm: &[f64]) -> bool {
    let changes =
        hr_bpm.windows(2).zip(cadence_spm.windows(2)).map(|(hr, spm)| (hr[1] - hr[0], spm[1] - spm[0]));
    let (mut n_of_hr, mut n_of_spm) = (0, 0);
    let (mut both, mut of_hr, mut of_spm) = (0.0, 0.0, 0.0);
    // Over a minute or more changes have a mean of next to 0, which saves a pass.
    for (hr, spm) in changes.filter(|(hr, spm)| hr.is_finite() && spm.is_finite()) {
        n_of_hr += usize::from(hr != 0.0);
        n_of_spm += usize::from(spm != 0.0);
        both += hr * spm;
        of_hr += hr * hr;
        of_spm += spm * spm;
    }
    // A heart rate that stands still moves with nothing, whatever the cadence does.
    n_of_hr.min(n_of_spm) >= MIN_CHANGES && both >= MIN_CORRELATION * (of_hr * of_spm).sqrt()
}
