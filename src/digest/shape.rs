//! The shape of a recording: how fast it was and how the heart beat, minute by minute.
//!
//! Input are the even seconds, output a few numbers for each whole minute of the clock, so that two recordings that begin some
//! seconds apart, or leave out pauses in two ways, are cut at the same instants. Two recordings of one run have the same shape
//! even where their clocks disagree by hours; two runs over one loop do not. No position and no time of day is in it.

use super::second::Seconds;
use serde::{Deserialize, Serialize};

/// Minutes that are kept: six hours tell any run from another.
const MAX_MINUTES: usize = 360;
/// Fewer minutes in common say nothing.
const MIN_MINUTES: usize = 10;
/// What has less variation than this has no shape to know it by (heuristic).
const MIN_VARIATION: f64 = 0.015;

/// How alike two columns must be to be of one run: correlation, and that of the ranks, so that one walk at the end does not
/// make two even runs one; and the mean difference as a share of the mean (heuristic).
struct Alike {
    correlation: f64,
    rank_correlation: f64,
    difference: f64,
}

/// The same samples in two formats.
const SAME_SPEEDS: Alike = Alike { correlation: 0.95, rank_correlation: 0.9, difference: 0.02 };
/// One heart, or one sensor in two recordings: those of 21 runs in two formats differ by 0.1 % at the median.
const SAME_HEART: Alike = Alike { correlation: 0.98, rank_correlation: 0.9, difference: 0.01 };
/// Speeds by two ways of measuring them, where the heart says that it is one run: those of the same 21 runs.
const OTHER_SPEEDS: Alike = Alike { correlation: 0.7, rank_correlation: 0.6, difference: 0.10 };
/// Hearts may differ by this where speeds are the same.
const MAX_HEART_DIFFERENCE: f64 = 0.03;

/// Means of the minutes of the clock that lie within a recording, the first of them after its start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Speed in mm/s, pauses included; 0 where nothing moved or is known.
    pub speed_mmps: Vec<u16>,
    /// Heart rate in bpm; 0 where there is none. Empty without a heart rate.
    pub hr_bpm: Vec<u8>,
}

impl Shape {
    /// The shape of a recording that starts at `start_ms`, on its even seconds.
    pub(super) fn of(seconds: &Seconds, start_ms: i64) -> Self {
        let until_minute_s = (first_minute(start_ms).saturating_mul(60_000) - start_ms) as f64 / 1000.0;
        let n_minutes = ((seconds.span_s - until_minute_s) / 60.0).clamp(0.0, MAX_MINUTES as f64) as usize;
        let minutes = |column: &[f64]| {
            let mut sums = vec![(0.0, 0.0); n_minutes];
            for (value, clock_s) in column.iter().zip(&seconds.clock_s) {
                let minute = ((clock_s - until_minute_s) / 60.0).floor();
                let sum = (minute >= 0.0).then(|| sums.get_mut(minute as usize)).flatten();
                if let Some(sum) = sum.filter(|_| value.is_finite()) {
                    *sum = (sum.0 + value, sum.1 + 1.0);
                }
            }
            sums
        };
        let speed = minutes(&seconds.speed_mps).into_iter().map(|(sum, _)| 1000.0 * sum / 60.0);
        let hr = minutes(&seconds.hr_bpm).into_iter().map(|(sum, n): (f64, f64)| sum / n.max(1.0));
        // A cast to a whole number stays within its range.
        Self {
            speed_mmps: speed.map(|mmps| mmps.round() as u16).collect(),
            hr_bpm: if seconds.hr_bpm.is_empty() {
                Vec::new()
            } else {
                hr.map(|bpm| bpm.round() as u8).collect()
            },
        }
    }

    /// Is it that of the same run, when the first minute of the other is so many minutes later? There must be enough of it, and
    /// variation enough to tell.
    #[must_use]
    pub fn is_same(&self, other: &Self, later: i64) -> bool {
        let speeds = both(&self.speed_mmps, &other.speed_mmps, later, false);
        let hearts = both(&self.hr_bpm, &other.hr_bpm, later, true);
        let is_one_heart = are_alike(&hearts, &SAME_HEART) && are_alike(&speeds, &OTHER_SPEEDS);
        is_one_heart || (are_alike(&speeds, &SAME_SPEEDS) && difference(&hearts) <= MAX_HEART_DIFFERENCE)
    }
}

fn are_alike(columns: &(Vec<f64>, Vec<f64>), alike: &Alike) -> bool {
    let (a, b) = columns;
    a.len() >= MIN_MINUTES
        && variation(a).min(variation(b)) >= MIN_VARIATION
        && difference(columns) <= alike.difference
        && correlation(a, b) >= alike.correlation
        && correlation(&ranks(a), &ranks(b)) >= alike.rank_correlation
}

/// The first whole minute of the clock in a recording, in minutes since 1970-01-01T00:00:00Z.
#[must_use]
pub fn first_minute(start_ms: i64) -> i64 {
    start_ms.div_euclid(60_000) + i64::from(start_ms.rem_euclid(60_000) > 0)
}

/// The minutes of both, when those of the second begin so many later. Where neither has anything there is nothing to
/// compare, and where one has nothing only if both must.
fn both<T: Copy + Into<f64>>(a: &[T], b: &[T], later: i64, must_have: bool) -> (Vec<f64>, Vec<f64>) {
    let skipped = usize::try_from(later.unsigned_abs()).unwrap_or(usize::MAX);
    let (from_a, from_b) = if later > 0 { (skipped, 0) } else { (0, skipped) };
    let pairs = a.iter().skip(from_a).zip(b.iter().skip(from_b)).map(|(a, b)| ((*a).into(), (*b).into()));
    let is_known = |(a, b): &(f64, f64)| if must_have { a.min(*b) > 0.0 } else { a.max(*b) > 0.0 };
    pairs.filter(is_known).unzip()
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
    for equal in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
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
        assert!(run.is_same(&run, 0));
        let mut export = run.clone();
        for speed in &mut export.speed_mmps {
            *speed += 7;
        }
        assert!(run.is_same(&export, 0));
        export.hr_bpm = vec![150; 50];
        assert!(run.is_same(&export, 0), "only one has a heart rate");
        let speed_mmps = run.speed_mmps.iter().zip(0..).map(|(speed, k)| speed + 90 * (k % 3)).collect();
        let hr_bpm: Vec<u8> = (0..50).map(|k| 120 + k % 17 + k / 2).collect();
        let other = Shape { speed_mmps, hr_bpm: hr_bpm.clone() };
        assert!(!other.is_same(&run, 0), "measured in another way");
        assert!(other.is_same(&Shape { hr_bpm, ..run.clone() }, 0), "with the same heart");
        let tired = Shape { hr_bpm: vec![160; 50], ..run };
        assert!(!tired.is_same(&export, 0), "the heart beats otherwise");
    }

    #[test]
    fn what_has_no_variation_or_is_short_tells_nothing() {
        let belt = shape(&[3.0; 50], 0.0, 1);
        assert!(!belt.is_same(&belt, 0));
        let short = shape(&hills()[..9], 0.02, 1);
        assert!(!short.is_same(&short, 0));
        // Two even runs that both end with a walk: all correlation is in one minute.
        let mut speeds = vec![3.0; 50];
        speeds[49] = 1.4;
        let walks = [1, 2].map(|seed| shape(&speeds, 0.01, seed));
        let speeds = both(&walks[0].speed_mmps, &walks[1].speed_mmps, 0, false);
        assert!(
            correlation(&speeds.0, &speeds.1) > SAME_SPEEDS.correlation && !walks[0].is_same(&walks[1], 0)
        );
    }

    #[test]
    fn minutes_are_those_of_the_clock() {
        let seconds = Seconds {
            clock_s: (0..300).map(f64::from).collect(),
            speed_mps: (0..300).map(|s| if s < 25 { 5.0 } else { 3.0 }).collect(),
            hr_bpm: vec![140.4; 300],
            span_s: 299.0,
            ..Seconds::default()
        };
        let shape = Shape::of(&seconds, 60_000 * 7 + 35_000);
        assert_eq!(first_minute(60_000 * 7 + 35_000), 8);
        assert_eq!(shape, Shape { speed_mmps: vec![3000; 4], hr_bpm: vec![140; 4] });
        let long = |minutes: u16| Shape {
            speed_mmps: (0..minutes).map(|k| 2500 + 37 * (k * k % 23)).collect(),
            ..shape.clone()
        };
        let (all, mut late) = (long(40), long(40));
        late.speed_mmps.drain(..2);
        assert!(all.is_same(&late, 2) && late.is_same(&all, -2) && !all.is_same(&late, 0));
        assert!(!all.is_same(&late, i64::MIN) && !all.is_same(&late, i64::MAX));
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
            prop_assert!(!two[0].is_same(&two[1], 0));
        }

        #[test]
        fn likeness_is_mutual(a in prop::collection::vec(0_u16..5000, 0..40), b in prop::collection::vec(0_u16..5000, 0..40)) {
            let of = |speed_mmps| Shape { speed_mmps, hr_bpm: Vec::new() };
            let (a, b) = (of(a), of(b));
            prop_assert_eq!(a.is_same(&b, 0), b.is_same(&a, 0));
        }
    }
}
