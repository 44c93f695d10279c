//! Altitude to grade, climb and descent, by science 1.2.
//!
//! Raw altitude is never differenced: noise of 1 m would add 2 km of climb an hour. It is freed of spikes,
//! laid on an even 5 m of distance, smoothed, and climb is counted with hysteresis. All constants are
//! heuristics of this project.

use crate::model::Samples;

/// Distance between the points of a profile in m.
const STEP_M: f64 = 5.0;
/// An altitude further than this from the median of its neighbours is a spike.
const SPIKE_M: f64 = 15.0;
/// Grades are clamped to the range in which their cost was measured.
pub const MAX_GRADE: f64 = 0.45;
/// Second differences at 1 Hz below this sd mean a barometer.
const BAROMETER_SD_M: f64 = 0.3;

/// Climb and descent of a recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Climb {
    /// Sum of the climbs in m.
    pub ascent_m: f64,
    /// Sum of the descents in m.
    pub descent_m: f64,
    /// The altitudes are smooth enough to come from a barometer.
    pub is_barometric: bool,
}

/// Smoothed altitude every 5 m along the path.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    grade: Vec<f64>,
    /// What the profile sums up to.
    pub climb: Climb,
}

impl Profile {
    /// The grade (rise over run) at a distance from the start in m.
    #[must_use]
    pub fn grade_at(&self, distance_m: f64) -> f64 {
        let at = (distance_m.max(0.0) / STEP_M).round() as usize;
        self.grade.get(at).or(self.grade.last()).copied().unwrap_or(0.0)
    }
}

/// Builds the profile from samples in time order and the distance at each; `None` without altitudes or way.
///
/// Smoothing is 30 m and the grade is taken over ±15 m where the altitudes look barometric, else 90 m and
/// ±30 m; climbs count from 3 m and 10 m.
#[must_use]
pub fn profile(samples: &Samples, order: &[usize], path: &[f64]) -> Option<Profile> {
    if samples.altitude_m.is_empty() {
        return None;
    }
    let known = |(&i, &d): (&usize, &f64)| {
        let altitude = f64::from(samples.altitude_m[i]);
        altitude.is_finite().then_some((samples.time_ms[i], d, altitude))
    };
    let points: Vec<(i64, f64, f64)> = order.iter().zip(path).filter_map(known).collect();
    let length = points.last()?.1;
    if length < 10.0 * STEP_M {
        return None;
    }
    let clean = without_spikes(&points.iter().map(|p| p.2).collect::<Vec<_>>());
    let is_barometric = second_difference_sd(&points, &clean) < BAROMETER_SD_M;
    let (smooth_m, reach_m, threshold_m) = if is_barometric { (30.0, 15.0, 3.0) } else { (90.0, 30.0, 10.0) };
    let way: Vec<f64> = points.iter().map(|p| p.1).collect();
    let level = moving_mean(&resample(&way, &clean, length), (smooth_m / STEP_M) as usize / 2);
    let (ascent_m, descent_m) = hysteresis(&level, threshold_m);
    let grade = grades(&level, (reach_m / STEP_M) as usize);
    Some(Profile { grade, climb: Climb { ascent_m, descent_m, is_barometric } })
}

/// Climb and descent in m, counted only when the level has moved by at least `threshold_m` since the last count.
///
/// ```
/// use legwork::digest::altitude::hysteresis;
/// assert_eq!(hysteresis(&[100.0, 104.0, 102.0, 108.0], 3.0), (8.0, 0.0));
/// ```
#[must_use]
pub fn hysteresis(level_m: &[f64], threshold_m: f64) -> (f64, f64) {
    let (mut up, mut down) = (0.0, 0.0);
    let Some((&first, rest)) = level_m.split_first() else { return (up, down) };
    let mut reference = first;
    for &level in rest {
        let change = level - reference;
        if change.abs() >= threshold_m {
            if change > 0.0 {
                up += change;
            } else {
                down -= change;
            }
            reference = level;
        }
    }
    (up, down)
}

/// Replaces what lies more than 15 m from the median of nine neighbours by that median.
fn without_spikes(altitude: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = Vec::with_capacity(9);
    (0..altitude.len())
        .map(|k| {
            let near = &altitude[k.saturating_sub(4)..(k + 5).min(altitude.len())];
            let low = near.iter().fold(f64::INFINITY, |low, a| low.min(*a));
            let high = near.iter().fold(f64::NEG_INFINITY, |high, a| high.max(*a));
            // Nearly always all nine lie close together, and no median has to be looked for.
            if high - low <= SPIKE_M {
                return altitude[k];
            }
            sorted.clear();
            sorted.extend_from_slice(near);
            sorted.sort_unstable_by(f64::total_cmp);
            let median = sorted[sorted.len() / 2];
            if (altitude[k] - median).abs() > SPIKE_M { median } else { altitude[k] }
        })
        .collect()
}

/// Standard deviation of the second differences over stretches of even 1 s; infinite without such stretches,
/// so that an unknown source is never taken for a barometer.
fn second_difference_sd(points: &[(i64, f64, f64)], altitude: &[f64]) -> f64 {
    let even = |k: usize| points[k + 1].0 - points[k].0 == 1000 && points[k + 2].0 - points[k + 1].0 == 1000;
    let differences: Vec<f64> = (0..points.len().saturating_sub(2))
        .filter(|&k| even(k))
        .map(|k| altitude[k] - 2.0 * altitude[k + 1] + altitude[k + 2])
        .collect();
    if differences.len() < 60 {
        return f64::INFINITY;
    }
    (differences.iter().map(|d| d * d).sum::<f64>() / differences.len() as f64).sqrt()
}

/// Altitude every 5 m of a non-decreasing path, linear in between.
fn resample(path: &[f64], altitude: &[f64], length: f64) -> Vec<f64> {
    /// 5 m steps of 1,000 km: more is an error of the file and must not take the memory.
    const MAX_POINTS: usize = 200_000;
    let n = ((length / STEP_M) as usize + 1).min(MAX_POINTS);
    let mut right = 0;
    (0..n)
        .map(|k| {
            let at = k as f64 * STEP_M;
            while right + 1 < path.len() && path[right] < at {
                right += 1;
            }
            let left = right.saturating_sub(1);
            let span = path[right] - path[left];
            let share = if span > 0.0 { ((at - path[left]) / span).clamp(0.0, 1.0) } else { 1.0 };
            altitude[left] + share * (altitude[right] - altitude[left])
        })
        .collect()
}

/// Mean over `reach` points on each side, fewer at the ends.
fn moving_mean(values: &[f64], reach: usize) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    let mut sum = 0.0;
    for value in values {
        sum += value;
        sums.push(sum);
    }
    (0..values.len())
        .map(|k| {
            let (from, to) = (k.saturating_sub(reach), (k + reach + 1).min(values.len()));
            (sums[to] - sums[from]) / (to - from) as f64
        })
        .collect()
}

/// Central difference over `reach` points on each side, clamped to ±0.45.
fn grades(level: &[f64], reach: usize) -> Vec<f64> {
    let last = level.len() - 1;
    (0..level.len())
        .map(|k| {
            let (from, to) = (k.saturating_sub(reach), (k + reach).min(last));
            let run = (to - from) as f64 * STEP_M;
            if run > 0.0 { ((level[to] - level[from]) / run).clamp(-MAX_GRADE, MAX_GRADE) } else { 0.0 }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e1_2_climb_by_hysteresis() {
        let level = [
            100.0, 101.0, 99.0, 102.0, 104.0, 103.0, 108.0, 107.0, 112.0, 111.0, 113.0, 108.0, 104.0, 105.0,
            100.0,
        ];
        assert_eq!(hysteresis(&level, 1e-9), (19.0, 19.0));
        assert_eq!(hysteresis(&level, 3.0), (12.0, 12.0));
        assert_eq!(hysteresis(&level, 5.0), (13.0, 13.0));
        assert_eq!(hysteresis(&level, 10.0), (12.0, 12.0));
    }

    fn slope(altitude: impl Fn(f64) -> f32) -> Profile {
        let n = 1000;
        let path: Vec<f64> = (0..n).map(|k| f64::from(k) * 3.0).collect();
        let samples = Samples {
            time_ms: (0..i64::from(n)).map(|k| k * 1000).collect(),
            altitude_m: path.iter().map(|d| altitude(*d)).collect(),
            ..Samples::default()
        };
        let order: Vec<usize> = (0..samples.len()).collect();
        profile(&samples, &order, &path).unwrap()
    }

    #[test]
    fn an_even_slope_has_its_grade_and_climb() {
        let p = slope(|d| (d * 0.05) as f32);
        assert!((p.grade_at(1500.0) - 0.05).abs() < 1e-4);
        assert!((p.climb.ascent_m - 150.0).abs() < 5.0);
        assert!(p.climb.is_barometric);
        assert_eq!(p.climb.descent_m, 0.0);
    }

    #[test]
    fn noise_of_a_metre_makes_no_climb() {
        // A fixed pseudo-random ±1 m on the level: differencing it would add some 500 m.
        let p = slope(|d| ((d * 7919.0) as u32 % 2000) as f32 / 1000.0 - 1.0);
        assert!(!p.climb.is_barometric);
        assert_eq!(p.climb.ascent_m, 0.0);
        assert!(p.grade_at(1500.0).abs() < 0.02);
    }

    #[test]
    fn one_spike_is_taken_out() {
        let p = slope(|d| if (1500.0..1502.0).contains(&d) { 400.0 } else { 50.0 });
        assert_eq!((p.climb.ascent_m, p.climb.descent_m), (0.0, 0.0));
    }
}
