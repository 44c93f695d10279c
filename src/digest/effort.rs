//! Means that need the order of time: normalised speed and power, best efforts, halves, steady minutes.
//!
//! Input are columns with one value a second (NaN where missing), output are numbers that do not depend on
//! any threshold.

use super::second::Seconds;
use serde::{Deserialize, Serialize};

/// Durations in s over which best means are kept, from a sprint to an ultra.
pub const DURATIONS_S: [usize; 18] =
    [5, 15, 30, 60, 120, 180, 300, 480, 600, 720, 1200, 1800, 2400, 3600, 5400, 7200, 10_800, 14_400];

/// The warm-up that efficiency and decoupling leave out, in s.
const WARM_UP_S: usize = 600;

/// Speed and heart rate of the two time-halves after the warm-up (science 6.7).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Halves {
    /// Mean grade-adjusted speed of each half in m/s.
    pub speed_mps: [f64; 2],
    /// Mean heart rate of each half in bpm.
    pub hr_bpm: [f64; 2],
    /// Coefficient of variation of the grade-adjusted speed over means of 5 min.
    pub speed_cv: f64,
    /// Seconds in the two halves together that have both speed and heart rate.
    pub seconds: f64,
}

/// One steady minute: even speed on nearly level ground, after the first 8 min (science 6).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Steady {
    /// Mean speed in m/s.
    pub speed_mps: f64,
    /// Mean heart rate in bpm.
    pub hr_bpm: Option<f64>,
    /// Mean step length in m.
    pub step_length_m: Option<f64>,
    /// Mean ground contact in ms.
    pub stance_ms: Option<f64>,
    /// Mean share of contact on the left foot in percent.
    pub stance_balance_pct: Option<f64>,
    /// Mean vertical ratio in percent.
    pub vertical_ratio_pct: Option<f64>,
}

/// The mean of the finite values that pass; `None` where there is none.
pub fn mean_where(values: &[f64], keep: impl Fn(f64) -> bool) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0.0);
    for value in values.iter().copied().filter(|value| value.is_finite() && keep(*value)) {
        sum += value;
        n += 1.0;
    }
    (n > 0.0).then(|| sum / n)
}

/// Mean over the last `window` values, fewer at the start; missing values are left out.
#[must_use]
pub fn trailing_mean(values: &[f64], window: usize) -> Vec<f64> {
    let prefix = Prefix::new(values);
    (0..values.len()).map(|k| prefix.mean((k + 1).saturating_sub(window), k + 1)).collect()
}

/// The 4th-power mean of the 30 s trailing mean: `ngs` of speed, normalised power of power (science 1.5).
///
/// Under 120 s of data it is the plain mean; `None` without data.
///
/// ```
/// use legwork::digest::effort::normalised;
/// let hour: Vec<f64> = vec![3.0; 3600];
/// assert!((normalised(&hour).unwrap() - 3.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn normalised(values: &[f64]) -> Option<f64> {
    let plain = mean_where(values, |_| true)?;
    if values.len() < 120 {
        return Some(plain);
    }
    let fourth: Vec<f64> = trailing_mean(values, 30).iter().map(|m| m.powi(4)).collect();
    mean_where(&fourth, |_| true).map(|mean| mean.sqrt().sqrt())
}

/// The best mean for each of [`DURATIONS_S`] that fits into the data; shorter than that list where it does not.
#[must_use]
pub fn best_means(values: &[f64]) -> Vec<f64> {
    let prefix = Prefix::new(values);
    if prefix.count(0, values.len()) == 0.0 {
        return Vec::new();
    }
    DURATIONS_S
        .iter()
        .take_while(|&&window| window <= values.len())
        .map(|&window| {
            let ends = &prefix.sums[window..];
            // A plain comparison, unlike `f64::max`, is done on several windows at once.
            let best = ends.iter().zip(&prefix.sums).fold(0.0, |best, (end, start)| {
                let sum = end - start;
                if sum > best { sum } else { best }
            });
            best / window as f64
        })
        .collect()
}

/// The two halves after a warm-up of 10 min; `None` under 20 min or without heart rate in one of them.
#[must_use]
pub fn halves(speed_mps: &[f64], hr_bpm: &[f64]) -> Option<Halves> {
    let n = speed_mps.len();
    if hr_bpm.len() != n || n < 2 * WARM_UP_S {
        return None;
    }
    let both: Vec<(f64, f64)> = speed_mps
        .iter()
        .zip(hr_bpm)
        .map(|(v, hr)| if hr.is_finite() && v.is_finite() { (*v, *hr) } else { (f64::NAN, f64::NAN) })
        .collect();
    let (speed, hr): (Vec<f64>, Vec<f64>) = both.into_iter().unzip();
    let middle = usize::midpoint(WARM_UP_S, n);
    let means = |column: &[f64]| {
        Some([mean_where(&column[WARM_UP_S..middle], |_| true)?, mean_where(&column[middle..], |_| true)?])
    };
    let five: Vec<f64> =
        speed[WARM_UP_S..].chunks(300).filter_map(|chunk| mean_where(chunk, |_| true)).collect();
    Some(Halves {
        speed_mps: means(&speed)?,
        hr_bpm: means(&hr)?,
        speed_cv: coefficient_of_variation(&five),
        seconds: hr[WARM_UP_S..].iter().filter(|hr| hr.is_finite()).count() as f64,
    })
}

/// Summaries of the minutes with a coefficient of variation of speed up to 5 % and grades up to 2 %.
#[must_use]
pub fn steady(seconds: &Seconds) -> Vec<Steady> {
    const MINUTE: usize = 60;
    const FROM_MINUTE: usize = 8;
    let speed = &seconds.speed_mps;
    (FROM_MINUTE..speed.len() / MINUTE)
        .map(|minute| minute * MINUTE..(minute + 1) * MINUTE)
        .filter(|range| {
            let level = seconds.grade[range.clone()].iter().all(|g| g.abs() <= 0.02);
            let even = coefficient_of_variation(&speed[range.clone()]) <= 0.05;
            level && even
        })
        .filter_map(|range| {
            let mean = |column: &[f64]| mean_where(column.get(range.clone())?, |_| true);
            Some(Steady {
                speed_mps: mean(speed).filter(|v| *v > 0.0)?,
                hr_bpm: mean(&seconds.hr_bpm),
                step_length_m: mean(&seconds.step_length_m),
                stance_ms: mean(&seconds.stance_ms),
                stance_balance_pct: mean(&seconds.stance_balance_pct),
                vertical_ratio_pct: mean(&seconds.vertical_ratio_pct),
            })
        })
        .collect()
}

/// Standard deviation (n − 1) over mean; infinite where a value is missing or there are fewer than two.
fn coefficient_of_variation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let cv = sd / mean;
    if cv.is_finite() { cv } else { f64::INFINITY }
}

/// Running sums and counts, so that any window's mean is two differences.
struct Prefix {
    sums: Vec<f64>,
    counts: Vec<f64>,
}

impl Prefix {
    fn new(values: &[f64]) -> Self {
        let mut prefix =
            Self { sums: Vec::with_capacity(values.len() + 1), counts: Vec::with_capacity(values.len() + 1) };
        let (mut sum, mut count) = (0.0, 0.0);
        prefix.sums.push(sum);
        prefix.counts.push(count);
        for value in values {
            if value.is_finite() {
                sum += value;
                count += 1.0;
            }
            prefix.sums.push(sum);
            prefix.counts.push(count);
        }
        prefix
    }

    fn sum(&self, from: usize, to: usize) -> f64 {
        self.sums[to] - self.sums[from]
    }

    fn count(&self, from: usize, to: usize) -> f64 {
        self.counts[to] - self.counts[from]
    }

    fn mean(&self, from: usize, to: usize) -> f64 {
        self.sum(from, to) / self.count(from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 5 min at 4.0 and 5 min at 3.0 m/s, three times.
    fn intervals() -> Vec<f64> {
        (0..1800).map(|s| if s / 300 % 2 == 0 { 4.0 } else { 3.0 }).collect()
    }

    #[test]
    fn e1_5_normalised_graded_speed() {
        let ngs = normalised(&intervals()).unwrap();
        assert!((ngs - 3.604_942).abs() < 5e-7, "{ngs}");
        assert!((1000.0 / ngs - 277.397).abs() < 5e-4);
        assert_eq!(normalised(&intervals()[..100]), Some(4.0));
        assert_eq!(normalised(&[]), None);
    }

    #[test]
    fn best_means_find_the_fast_part() {
        let best = best_means(&intervals());
        assert_eq!(best.len(), 12);
        assert!((best[6] - 4.0).abs() < 1e-9); // 300 s
        assert!((best[8] - 3.5).abs() < 1e-9); // 600 s
        assert!(best_means(&[f64::NAN; 50]).is_empty());
    }

    #[test]
    fn halves_are_of_time_and_skip_the_warm_up() {
        let speed = vec![3.0; 3000];
        let hr: Vec<f64> = (0..3000)
            .map(|s| {
                if s < 600 {
                    100.0
                } else if s < 1800 {
                    140.0
                } else {
                    147.0
                }
            })
            .collect();
        let h = halves(&speed, &hr).unwrap();
        assert_eq!((h.hr_bpm, h.seconds), ([140.0, 147.0], 2400.0));
        assert!(halves(&speed[..900], &hr[..900]).is_none());
    }

    #[test]
    fn a_steady_minute_is_even_and_level() {
        let n = 1200;
        let mut seconds = Seconds {
            speed_mps: vec![3.0; n],
            grade: vec![0.0; n],
            hr_bpm: vec![140.0; n],
            ..Seconds::default()
        };
        assert_eq!(steady(&seconds).len(), 12);
        seconds.grade[700] = 0.05;
        seconds.speed_mps[900..930].fill(4.0);
        let rows = steady(&seconds);
        assert_eq!((rows.len(), rows[0].hr_bpm, rows[0].stance_ms), (10, Some(140.0), None));
    }
}
