//! Means that need the order of time: normalised speed and power, best efforts.
//!
//! Input are columns with one value a second (NaN where missing), output are numbers that do not depend on
//! any threshold.

/// Durations in s over which best means are kept, from a sprint to an ultra.
pub const DURATIONS_S: [usize; 18] =
    [5, 15, 30, 60, 120, 180, 300, 480, 600, 720, 1200, 1800, 2400, 3600, 5400, 7200, 10_800, 14_400];

/// Seconds over which speed and power are smoothed before they are weighted.
pub const SMOOTHING_S: usize = 30;

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
    normalised_of(values, &trailing_mean(values, SMOOTHING_S))
}

/// [`normalised`] where the trailing mean over [`SMOOTHING_S`] is at hand.
#[must_use]
pub fn normalised_of(values: &[f64], smoothed: &[f64]) -> Option<f64> {
    let plain = mean_where(values, |_| true)?;
    if values.len() < 120 {
        return Some(plain);
    }
    let fourth: Vec<f64> = smoothed.iter().map(|m| m.powi(4)).collect();
    mean_where(&fourth, |_| true).map(|mean| mean.sqrt().sqrt())
}

/// The best mean for each of [`DURATIONS_S`] that fits into the data; shorter than that list where it does not, and 0
/// where no window is without a pause. `clock_s` are the times of the seconds.
#[must_use]
pub fn best_means(values: &[f64], clock_s: &[f64]) -> Vec<f64> {
    let prefix = Prefix::new(values);
    if prefix.count(0, values.len()) == 0.0 {
        return Vec::new();
    }
    let has_pauses = is_paused(clock_s, 0, clock_s.len().saturating_sub(1));
    DURATIONS_S
        .iter()
        .take_while(|&&window| window <= values.len())
        .map(|&window| {
            let ends = &prefix.sums[window..];
            if has_pauses {
                return best_without_pauses(&prefix.sums, clock_s, window);
            }
            // A plain comparison, unlike `f64::max`, is done on several windows at once.
            let best = ends.iter().zip(&prefix.sums).fold(0.0, |best, (end, start)| {
                let sum = end - start;
                if sum > best { sum } else { best }
            });
            best / window as f64
        })
        .collect()
}

/// Do the seconds from `first` to `last` hold more of a pause than an effort may: a twentieth of it (heuristic)?
fn is_paused(clock_s: &[f64], first: usize, last: usize) -> bool {
    const MOST: f64 = 1.05;
    !clock_s.is_empty() && clock_s[last] - clock_s[first] > MOST * (last - first) as f64 + 1.0
}

/// The best mean over the windows that hold hardly a pause: six times five minutes with rests are no half hour.
fn best_without_pauses(sums: &[f64], clock_s: &[f64], window: usize) -> f64 {
    let windows =
        (0..=clock_s.len() - window).filter(|start| !is_paused(clock_s, *start, start + window - 1));
    windows.map(|start| sums[start + window] - sums[start]).fold(0.0, f64::max) / window as f64
}

/// Standard deviation (n − 1) over mean; infinite where a value is missing or there are fewer than two.
pub(super) fn coefficient_of_variation(values: &[f64]) -> f64 {
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
        let clock: Vec<f64> = (0..1800).map(f64::from).collect();
        let best = best_means(&intervals(), &clock);
        assert_eq!(best.len(), 12);
        assert!((best[6] - 4.0).abs() < 1e-9); // 300 s
        assert!((best[8] - 3.5).abs() < 1e-9); // 600 s
        assert!(best_means(&[f64::NAN; 50], &clock[..50]).is_empty());
        // With rests between them, the parts are no longer effort.
        let rested: Vec<f64> = clock.iter().map(|s| s + 180.0 * (s / 300.0).floor()).collect();
        let best = best_means(&intervals(), &rested);
        assert!((best[6] - 4.0).abs() < 1e-9 && best[8] == 0.0, "{best:?}");
    }
}
