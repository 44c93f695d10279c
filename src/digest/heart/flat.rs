//! Flat lines: a heart rate that stands still while the runner does not (science 2.9).

use crate::digest::effort::mean_where;
use std::ops::Range;

/// A heart rate may stay the same for this long.
const MAX_FLAT_S: usize = 120;
/// Longer than that it may do so only while the speed stays within this share.
const MAX_SPEED_CHANGE: f64 = 0.10;
/// The speed is compared in means over this many seconds: single seconds differ by more (heuristic).
const SPEED_S: usize = 30;
/// Samples further apart than this on average are too few to tell.
const MAX_SPACING_S: usize = 10;

/// The stretches in which the heart rate stands still. `sample` tells which sample holds at each second.
pub(super) fn flat_lines(hr_bpm: &[f64], speed_mps: &[f64], sample: &[u32]) -> Vec<Range<usize>> {
    let mut at = 0;
    let even = hr_bpm.chunk_by(|a, b| a.to_bits() == b.to_bits()).map(|stretch| {
        at += stretch.len();
        at - stretch.len()..at
    });
    even.filter(|stretch| {
        stretch.len() > MAX_FLAT_S
            && hr_bpm[stretch.start].is_finite()
            && is_sampled(&sample[stretch.clone()])
            && changes(&speed_mps[stretch.clone()])
    })
    .collect()
}

fn is_sampled(sample: &[u32]) -> bool {
    let n_samples = sample.last().zip(sample.first()).map_or(0, |(last, first)| last - first + 1);
    n_samples as usize * MAX_SPACING_S >= sample.len()
}

fn changes(speed_mps: &[f64]) -> bool {
    let means = || speed_mps.chunks_exact(SPEED_S).filter_map(|chunk| mean_where(chunk, |_| true));
    let slowest = means().fold(f64::INFINITY, f64::min);
    let fastest = means().fold(0.0, f64::max);
    fastest > (1.0 + MAX_SPEED_CHANGE) * slowest
}
