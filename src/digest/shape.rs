//! The shape of a recording: how fast it was and how the heart beat, minute by minute.
//!
//! Input are the even seconds, output a few numbers a minute of data time. Two recordings of one run have the same shape
//! even where their clocks disagree by hours; two runs over one loop do not. No position and no time of day is in it.

use super::effort::mean_where;
use super::second::Seconds;
use serde::{Deserialize, Serialize};

/// Minutes that are kept: six hours tell any run from another.
const MAX_MINUTES: usize = 360;
/// Fewer minutes with a speed in both say nothing.
const MIN_MINUTES: usize = 10;
/// Speeds of two recordings of one run correlate at least like this, minute by minute ...
const MIN_CORRELATION: f64 = 0.95;
/// ... and so do their ranks, so that one walk at the end does not make two even runs one (heuristic).
const MIN_RANK_CORRELATION: f64 = 0.9;
/// Speeds differ by at most this share of the mean, and heart rates too where both have them.
const MAX_DIFFERENCE: f64 = 0.03;
/// A run with less variation than this has no shape to know it by (heuristic).
const MIN_VARIATION: f64 = 0.015;

/// Means of each minute of data time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Speed in mm/s; 0 where there is none.
    pub speed_mmps: Vec<u16>,
    /// Heart rate in bpm; 0 where there is none. Empty without a heart rate.
    pub hr_bpm: Vec<u8>,
}

impl Shape {
    /// The shape of a recording on its even seconds.
    pub(super) fn of(seconds: &Seconds) -> Self {
        let minutes = |column: &[f64], unit: f64, most: f64| -> Vec<f64> {
            let means = column.chunks_exact(60).take(MAX_MINUTES).map(|minute| mean_where(minute, |_| true));
            means.map(|mean| mean.map_or(0.0, |mean| (mean / unit).round().clamp(0.0, most))).collect()
        };
        let speed = minutes(&seconds.speed_mps, 0.001, f64::from(u16::MAX));
        let hr = minutes(&seconds.hr_bpm, 1.0, f64::from(u8::MAX));
        Self {
            speed_mmps: speed.into_iter().map(|speed| speed as u16).collect(),
            hr_bpm: hr.into_iter().map(|hr| hr as u8).collect(),
        }
    }

    /// Is it that of the same run? There must be enough of it, and variation enough to tell.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let speeds = both(&self.speed_mmps, &other.speed_mmps);
        let hearts = both(&self.hr_bpm, &other.hr_bpm);
        speeds.0.len() >= MIN_MINUTES
            && variation(&speeds.0).min(variation(&speeds.1)) >= MIN_VARIATION
            && difference(&speeds) <= MAX_DIFFERENCE
            && difference(&hearts) <= MAX_DIFFERENCE
            && correlation(&speeds.0, &speeds.1) >= MIN_CORRELATION
            && correlation(&ranks(&speeds.0), &ranks(&speeds.1)) >= MIN_RANK_CORRELATION
    }
}

/// The minutes that both have.
fn both<T: Copy + Into<f64>>(a: &[T], b: &[T]) -> (Vec<f64>, Vec<f64>) {
    let pairs = a.iter().zip(b).map(|(a, b)| ((*a).into(), (*b).into()));
    pairs.filter(|(a, b)| *a > 0.0 && *b > 0.0).unzip()
}

/// Mean difference as a share of the mean; 0 where there is nothing to compare.
fn difference((a, b): &(Vec<f64>, Vec<f64>)) -> f64 {
    let sum: f64 = a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum();
    let all: f64 = a.iter().chain(b).sum();
    if all > 0.0 { 2.0 * sum / all } else { 0.0 }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Standard deviation as a share of the mean.
fn variation(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / values.len().max(1) as f64).sqrt() / mean.max(f64::MIN_POSITIVE)
}

/// Pearson's correlation of two columns of one length; 0 where either stands still.
#[must_use]
pub fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a - mean_a, b - mean_b);
        ab += a * b;
        aa += a * a;
        bb += b * b;
    }
    let scale = (aa * bb).sqrt();
    if scale > 0.0 { ab / scale } else { 0.0 }
}

/// The place of each value among all, of equal ones the mean place.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut place = 0;
    for equal in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let middle = place as f64 + (equal.len() - 1) as f64 / 2.0;
        for at in equal {
            ranks[*at] = middle;
        }
        place += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Speeds in m/s by minute, with noise of a share from a seed.
    fn shape(speeds: &[f64], noise: f64, seed: u64) -> Shape {
        let mut random = fastrand::Rng::with_seed(seed);
        // The sum of twelve even draws is nearly normal.
        let mut draw = || (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
        let speed_mmps = speeds.iter().map(|v| (1000.0 * v * (1.0 + noise * draw())) as u16).collect();
        Shape { speed_mmps, hr_bpm: Vec::new() }
    }

    fn hills() -> Vec<f64> {
        (0..50).map(|k| 3.0 + 0.3 * (f64::from(k) / 4.0).sin()).collect()
    }

    #[test]
    fn a_recording_and_its_export_have_one_shape() {
        let run = shape(&hills(), 0.02, 1);
        assert!(run.is_same(&run));
        let mut export = run.clone();
        for speed in &mut export.speed_mmps {
            *speed += 7;
        }
        assert!(run.is_same(&export));
        export.hr_bpm = vec![150; 50];
        assert!(run.is_same(&export), "only one has a heart rate");
        let tired = Shape { hr_bpm: vec![160; 50], ..run };
        assert!(!tired.is_same(&export), "the heart beats otherwise");
    }

    #[test]
    fn what_has_no_variation_or_is_short_tells_nothing() {
        let belt = shape(&[3.0; 50], 0.0, 1);
        assert!(!belt.is_same(&belt));
        let short = shape(&hills()[..9], 0.02, 1);
        assert!(!short.is_same(&short));
        // Two even runs that both end with a walk: all correlation is in one minute.
        let mut speeds = vec![3.0; 50];
        speeds[49] = 1.4;
        let walks = [1, 2].map(|seed| shape(&speeds, 0.01, seed));
        let speeds = both(&walks[0].speed_mmps, &walks[1].speed_mmps);
        assert!(correlation(&speeds.0, &speeds.1) > MIN_CORRELATION && !walks[0].is_same(&walks[1]));
    }

    #[test]
    fn ranks_of_equal_values_are_equal() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 9.0]), [1.5, 0.0, 1.5, 3.0]);
        assert_eq!(correlation(&[1.0, 2.0], &[4.0, 2.0]), -1.0);
        assert_eq!(correlation(&[1.0, 1.0], &[4.0, 2.0]), 0.0);
    }

    proptest! {
        /// A runner is not a machine: two runs over one loop differ by some percent in each minute.
        #[test]
        fn two_runs_are_not_one(seed in 0_u64..10_000, noise in 0.03_f64..0.08, is_even: bool) {
            let speeds = if is_even { vec![3.0; 50] } else { hills() };
            let two = [1, 2].map(|k| shape(&speeds, noise, 2 * seed + k));
            prop_assert!(!two[0].is_same(&two[1]));
        }

        #[test]
        fn likeness_is_mutual(a in prop::collection::vec(0_u16..5000, 0..40), b in prop::collection::vec(0_u16..5000, 0..40)) {
            let of = |speed_mmps| Shape { speed_mmps, hr_bpm: Vec::new() };
            let (a, b) = (of(a), of(b));
            prop_assert_eq!(a.is_same(&b), b.is_same(&a));
        }
    }
}
