//! Stress from running power (science 1.7).
//!
//! Makers' power scales differ: a critical power stands only for runs with power from the same source.

use super::line::Line;
use crate::digest::effort::{normalised, trailing_mean};
use crate::digest::gap::minetti_cost;

/// Stress of a run with recorded power: 100 · hours · (normalised power / critical power)².
///
/// ```
/// assert_eq!(legwork::score::power::rss_open(3600.0, 225.0, 250.0), 81.0);
/// ```
#[must_use]
pub fn rss_open(timer_s: f64, normalised_w: f64, critical_w: f64) -> f64 {
    100.0 * timer_s / 3600.0 * (normalised_w / critical_w).powi(2)
}

/// Stress as one user fitted it to Stryd's RSS (R² 0.987): 0.0758 · e^(3.1297 · P / CP) a minute. For comparison with
/// that tool only.
#[must_use]
pub fn stryd_like_rss(minutes: f64, power_w: f64, critical_w: f64) -> f64 {
    minutes * 0.0758 * (3.1297 * power_w / critical_w).exp()
}

/// The line W = W′ + CP · t through best efforts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CriticalPower {
    /// CP in W.
    pub power_w: f64,
    /// W′: the work in J that can be done above it.
    pub reserve_j: f64,
    /// Standard error of the power in W.
    pub power_se_w: f64,
    /// Share of variance explained, 0 to 1.
    pub r2: f64,
}

impl CriticalPower {
    /// By least squares of work on time over pairs of seconds and mean power in W; `None` under three efforts, or without
    /// a rising line. Which durations fit is as for critical speed.
    #[must_use]
    pub fn fit(efforts: &[(f64, f64)]) -> Option<Self> {
        let points: Vec<(f64, f64)> =
            efforts.iter().map(|(seconds, watts)| (*seconds, seconds * watts)).collect();
        let line = Line::fit(&points).filter(|line| line.slope > 0.0)?;
        Some(Self { power_w: line.slope, reserve_j: line.intercept, power_se_w: line.slope_se, r2: line.r2 })
    }
}

/// Seconds over which GOVSS smooths speed and grade before power is computed.
const GOVSS_SMOOTHING_S: usize = 120;

/// A runner's size as air resistance needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Body {
    /// Mass in kg.
    pub mass_kg: f64,
    /// Height in m.
    pub height_m: f64,
}

impl Body {
    /// Frontal area in m²: 0.266 of the surface by Du Bois.
    #[must_use]
    pub fn frontal_m2(&self) -> f64 {
        0.2025 * self.height_m.powf(0.725) * self.mass_kg.powf(0.425) * 0.266
    }

    /// Power in W of an even speed in m/s on a grade (rise over run): air, and Minetti's cost times efficiency (Skiba's
    /// GOVSS as in GoldenCheetah).
    #[must_use]
    pub fn power_w(&self, speed_mps: f64, grade: f64) -> f64 {
        self.power_from_w(speed_mps, speed_mps, grade)
    }

    /// The same for the second in which the speed came from another one.
    fn power_from_w(&self, before_mps: f64, speed_mps: f64, grade: f64) -> f64 {
        if speed_mps <= 0.0 {
            return 0.0;
        }
        let efficiency = (0.25 + 0.054 * speed_mps) * (1.0 - 0.5 * speed_mps / 8.33);
        let air = 0.5 * 1.2 * 0.9 * self.frontal_m2() * speed_mps.powi(2) / self.mass_kg;
        // Over one second the distance is the speed.
        let kinetic = (speed_mps.powi(2) - before_mps.powi(2)) / (2.0 * speed_mps);
        (air + kinetic + minetti_cost(grade) * efficiency) * speed_mps * self.mass_kg
    }
}

/// A piece of a run at one speed and grade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Whole seconds.
    pub seconds: u32,
    /// Speed in m/s.
    pub speed_mps: f64,
    /// Rise over run.
    pub grade: f64,
}

/// GOVSS of a run in order of time: 100 · hours · (normalised power / power at threshold speed)²; `None` without pieces
/// or without a threshold speed.
///
/// Speed and grade are smoothed over 120 s, power over 30 s. The first second starts at its own speed.
#[must_use]
pub fn govss(pieces: &[Piece], body: Body, threshold_mps: f64) -> Option<f64> {
    let by_second = |value: fn(&Piece) -> f64| -> Vec<f64> {
        let seconds: Vec<f64> =
            pieces.iter().flat_map(|piece| (0..piece.seconds).map(|_| value(piece))).collect();
        trailing_mean(&seconds, GOVSS_SMOOTHING_S)
    };
    let (speeds, grades) = (by_second(|piece| piece.speed_mps), by_second(|piece| piece.grade));
    let before = speeds.first().into_iter().chain(&speeds);
    let power: Vec<f64> = before
        .zip(speeds.iter().zip(&grades))
        .map(|(before, (speed, grade))| body.power_from_w(*before, *speed, *grade))
        .collect();
    let threshold_w = body.power_w(threshold_mps, 0.0);
    let stress = rss_open(power.len() as f64, normalised(&power)?, threshold_w);
    (threshold_w > 0.0).then_some(stress)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: Body = Body { mass_kg: 70.0, height_m: 1.75 };

    fn close(found: f64, expected: f64, relative: f64) {
        assert!((found / expected - 1.0).abs() < relative, "{found} is not {expected}");
    }

    fn piece(seconds: u32, speed_mps: f64, grade: f64) -> Piece {
        Piece { seconds, speed_mps, grade }
    }

    #[test]
    fn v15_e1_7_govss_power() {
        assert!((BODY.frontal_m2() - 0.49167).abs() < 5e-6);
        let cases = [
            (3.0, 0.0, 262.553),
            (3.5, 0.0, 317.237),
            (4.0, 0.0, 373.940),
            (3.0, 0.05, 339.537),
            (3.0, -0.05, 201.965),
        ];
        for (speed, grade, watts) in cases {
            assert!((BODY.power_w(speed, grade) - watts).abs() < 5e-4, "{speed} {grade}");
        }
        assert_eq!(BODY.power_w(0.0, 0.1), 0.0);
    }

    #[test]
    fn v15_e1_7_govss_of_an_even_hour() {
        let hour = [piece(3600, 3.5, 0.0)];
        close(govss(&hour, BODY, 4.0).unwrap(), 71.9720, 1e-6);
        close(govss(&[piece(3600, 4.0, 0.0)], BODY, 4.0).unwrap(), 100.0, 1e-9);
        // The same pieces in two parts are the same run, and hills cost more than they give back.
        let halves = [piece(1800, 3.5, 0.0), piece(1800, 3.5, 0.0)];
        assert_eq!(govss(&halves, BODY, 4.0), govss(&hour, BODY, 4.0));
        let hills: Vec<Piece> =
            (0..6).map(|k| piece(600, 3.5, if k % 2 == 0 { 0.05 } else { -0.05 })).collect();
        assert!(govss(&hills, BODY, 4.0).unwrap() > 75.0);
        assert_eq!(govss(&[], BODY, 4.0), None);
        assert_eq!(govss(&hour, BODY, 0.0), None);
    }

    #[test]
    fn e1_7_recorded_power_and_the_fit_to_stryd() {
        close(rss_open(3600.0, 250.0, 250.0), 100.0, 1e-12);
        close(rss_open(1800.0, 200.0, 250.0), 32.0, 1e-12);
        assert!((stryd_like_rss(60.0, 250.0, 250.0) - 104.0).abs() < 0.05);
        assert!((stryd_like_rss(60.0, 200.0, 250.0) - 55.61).abs() < 0.005);
    }

    #[test]
    fn critical_power_comes_back_from_its_line() {
        let efforts = [180.0, 420.0, 900.0].map(|seconds: f64| (seconds, 250.0 + 15_000.0 / seconds));
        let cp = CriticalPower::fit(&efforts).unwrap();
        close(cp.power_w, 250.0, 1e-9);
        close(cp.reserve_j, 15_000.0, 1e-9);
        close(cp.r2, 1.0, 1e-12);
        assert!(cp.power_se_w < 1e-6);
        assert_eq!(CriticalPower::fit(&efforts[..2]), None);
    }
}
