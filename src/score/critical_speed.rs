//! Critical speed: the line through best efforts (science 2.8).
//!
//! Training efforts are not maximal, so a critical speed from them is biased low; [`Verdict`] says when it is no more
//! than a lower bound.

use super::line::Line;
use std::ops::RangeInclusive;

/// Durations in s of efforts that the line is made for.
pub const EFFORT_S: RangeInclusive<f64> = 120.0..=1200.0;
/// Least share of variance explained.
const MIN_R2: f64 = 0.995;
/// Largest standard error as a share of the critical speed.
const MAX_SE_SHARE: f64 = 0.03;
/// Distances in m above critical speed that runners have.
const RESERVE_M: RangeInclusive<f64> = 50.0..=500.0;

/// The best distance over a duration, grade-adjusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Distance in m.
    pub distance_m: f64,
    /// Duration in s.
    pub seconds: f64,
}

/// The line d = D′ + CS · t through best efforts.
#[derive(Debug, Clone, PartialEq)]
pub struct CriticalSpeed {
    /// CS: the speed in m/s that could be held for long.
    pub speed_mps: f64,
    /// D′: the distance in m that can be run above it.
    pub reserve_m: f64,
    /// Standard error of the speed in m/s.
    pub speed_se_mps: f64,
    /// Share of variance explained, 0 to 1.
    pub r2: f64,
    /// Distance less the line in m, by effort.
    pub residuals_m: Vec<f64>,
}

/// Why a critical speed is only a lower bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The efforts do not lie on a line (R² under 0.995).
    PoorFit,
    /// The standard error is over 3 % of the speed.
    Uncertain,
    /// D′ is not within 50 to 500 m.
    ImplausibleReserve,
    /// None of the efforts was near-maximal.
    Submaximal,
}

/// What a critical speed is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may stand for the runner.
    Accepted,
    /// The runner can do at least this.
    LowerBound(Reason),
}

impl CriticalSpeed {
    /// The line through all given efforts, whatever their durations; `None` under three, or without a rising line.
    ///
    /// Least squares of distance on time. Speed on 1/time has another error model and gives other numbers.
    #[must_use]
    pub fn fit(efforts: &[Effort]) -> Option<Self> {
        let points: Vec<(f64, f64)> = efforts.iter().map(|e| (e.seconds, e.distance_m)).collect();
        let line = Line::fit(&points).filter(|line| line.slope > 0.0)?;
        Some(Self {
            speed_mps: line.slope,
            reserve_m: line.intercept,
            speed_se_mps: line.slope_se,
            r2: line.r2,
            residuals_m: line.residuals,
        })
    }

    /// The line through the efforts of 2 to 20 min and what it is worth; `None` with fewer than three of them.
    /// `is_near_maximal`: one of them was a race, or came to 0.92 of maximal heart rate.
    #[must_use]
    pub fn estimate(efforts: &[Effort], is_near_maximal: bool) -> Option<(Self, Verdict)> {
        let fitting: Vec<Effort> =
            efforts.iter().copied().filter(|e| EFFORT_S.contains(&e.seconds)).collect();
        let found = Self::fit(&fitting)?;
        let verdict = found.verdict(is_near_maximal);
        Some((found, verdict))
    }

    /// Acceptance rule of science 2.8; the first rule that fails is the reason.
    #[must_use]
    pub fn verdict(&self, is_near_maximal: bool) -> Verdict {
        if self.r2 < MIN_R2 {
            Verdict::LowerBound(Reason::PoorFit)
        } else if self.speed_se_mps > MAX_SE_SHARE * self.speed_mps {
            Verdict::LowerBound(Reason::Uncertain)
        } else if !RESERVE_M.contains(&self.reserve_m) {
            Verdict::LowerBound(Reason::ImplausibleReserve)
        } else if !is_near_maximal {
            Verdict::LowerBound(Reason::Submaximal)
        } else {
            Verdict::Accepted
        }
    }

    /// How long a speed above the critical one can be held in s: D′ / (v − CS); `None` at or below it.
    #[must_use]
    pub fn seconds_at(&self, speed_mps: f64) -> Option<f64> {
        (speed_mps > self.speed_mps).then(|| self.reserve_m / (speed_mps - self.speed_mps))
    }

    /// The same with a highest speed at which the time is 0 (the 3-parameter form, Morton 1996, Ergonomics
    /// 39:611–619); `None` outside the speeds between.
    #[must_use]
    pub fn seconds_at_with_max(&self, speed_mps: f64, max_speed_mps: f64) -> Option<f64> {
        let at_max = self.seconds_at(max_speed_mps)?;
        let seconds = self.seconds_at(speed_mps)? - at_max;
        (speed_mps <= max_speed_mps).then_some(seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn efforts(parts: &[(f64, f64)]) -> Vec<Effort> {
        parts.iter().map(|&(distance_m, seconds)| Effort { distance_m, seconds }).collect()
    }

    fn close(found: f64, expected: f64, relative: f64) {
        assert!((found / expected - 1.0).abs() < relative, "{found} is not {expected}");
    }

    #[test]
    fn e2_8b_critical_speed_of_three_efforts() {
        let cs = CriticalSpeed::fit(&efforts(&[(1500.0, 330.0), (3000.0, 705.0), (5000.0, 1220.0)])).unwrap();
        close(cs.speed_mps, 3.929_629_8, 1e-7);
        close(cs.reserve_m, 212.894_95, 1e-7);
        close(cs.speed_se_mps, 0.032_531_5, 1e-5);
        close(cs.speed_se_mps / cs.speed_mps, 0.008_28, 1e-3);
        close(cs.r2, 0.999_931_47, 1e-8);
        for (found, expected) in cs.residuals_m.iter().zip([-9.673, 16.716, -7.043]) {
            assert!((found - expected).abs() < 5e-4, "{found} is not {expected}");
        }
        assert_eq!(cs.verdict(true), Verdict::Accepted);
        assert_eq!(cs.verdict(false), Verdict::LowerBound(Reason::Submaximal));
    }

    #[test]
    fn e2_8b_speed_on_one_over_time_is_another_model() {
        let points =
            [(1500.0, 330.0), (3000.0, 705.0), (5000.0, 1220.0)].map(|(d, t): (f64, f64)| (1.0 / t, d / t));
        let line = Line::fit(&points).unwrap();
        close(line.intercept, 3.952_671, 1e-6);
        close(line.slope, 197.615, 1e-5);
    }

    #[test]
    fn e2_8b_what_is_only_a_lower_bound() {
        let check = |parts: &[(f64, f64)], expected: Option<Verdict>| {
            assert_eq!(CriticalSpeed::estimate(&efforts(parts), true).map(|(_, v)| v), expected, "{parts:?}");
        };
        check(&[(1500.0, 330.0), (3000.0, 705.0), (4900.0, 1200.0)], Some(Verdict::Accepted));
        let bound = |reason| Some(Verdict::LowerBound(reason));
        check(&[(1000.0, 200.0), (2500.0, 400.0), (2600.0, 600.0)], bound(Reason::PoorFit));
        // R² of 0.9978, and a standard error of 4.7 %.
        check(&[(1000.0, 200.0), (1860.0, 400.0), (2600.0, 600.0)], bound(Reason::Uncertain));
        check(&[(820.0, 200.0), (1620.0, 400.0), (2420.0, 600.0)], bound(Reason::ImplausibleReserve));
        check(&[(1400.0, 200.0), (2200.0, 400.0), (3000.0, 600.0)], bound(Reason::ImplausibleReserve));
        // Two efforts of 2 to 20 min, and a sprint and a long one that do not count.
        check(&[(400.0, 60.0), (1500.0, 330.0), (3000.0, 705.0), (10_000.0, 2500.0)], None);
    }

    #[test]
    fn e2_8c_time_with_a_highest_speed() {
        let cs = CriticalSpeed {
            speed_mps: 4.0,
            reserve_m: 200.0,
            speed_se_mps: 0.0,
            r2: 1.0,
            residuals_m: Vec::new(),
        };
        for (speed, three, two) in [(4.2, 950.0, 1000.0), (4.5, 350.0, 400.0), (5.0, 150.0, 200.0)] {
            close(cs.seconds_at_with_max(speed, 8.0).unwrap(), three, 1e-9);
            close(cs.seconds_at(speed).unwrap(), two, 1e-9);
        }
        assert_eq!(cs.seconds_at(4.0), None);
        assert_eq!(cs.seconds_at_with_max(8.1, 8.0), None);
        assert_eq!(cs.seconds_at_with_max(5.0, 4.0), None);
    }

    proptest! {
        #[test]
        fn efforts_on_a_line_give_it_back(speed in 2.5..6.0_f64, reserve in 60.0..400.0_f64) {
            let on_line: Vec<Effort> = [180.0, 420.0, 900.0]
                .map(|seconds| Effort { distance_m: reserve + speed * seconds, seconds })
                .to_vec();
            let (found, verdict) = CriticalSpeed::estimate(&on_line, true).unwrap();
            prop_assert!((found.speed_mps - speed).abs() < 1e-9 && (found.reserve_m - reserve).abs() < 1e-6);
            prop_assert_eq!(verdict, Verdict::Accepted);
        }
    }
}
