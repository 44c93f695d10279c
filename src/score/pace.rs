//! Stress from pace, and the threshold speed behind a race (science 1.6 and 2.8).

/// Running stress score: hours · (ngs / threshold speed)² · 100, speeds in m/s (Allen, Coggan & McGregor).
///
/// ```
/// use legwork::score::pace::rtss;
/// let (ngs, threshold) = (1000.0 / 300.0, 1000.0 / 270.0);
/// assert!((rtss(1800.0, ngs, threshold) - 40.5).abs() < 1e-9);
/// ```
#[must_use]
pub fn rtss(timer_s: f64, ngs_mps: f64, threshold_mps: f64) -> f64 {
    timer_s / 3600.0 * (ngs_mps / threshold_mps).powi(2) * 100.0
}

/// Oxygen cost in ml/kg/min of running at a speed in m/min (Daniels & Gilbert 1979).
fn oxygen_cost(speed_m_per_min: f64) -> f64 {
    -4.60 + 0.182_258 * speed_m_per_min + 0.000_104 * speed_m_per_min.powi(2)
}

/// Share of the maximal oxygen uptake that can be held for a number of minutes (Daniels & Gilbert 1979).
fn sustainable_share(minutes: f64) -> f64 {
    0.8 + 0.189_439_3 * (-0.012_778 * minutes).exp() + 0.298_955_8 * (-0.193_260_5 * minutes).exp()
}

/// VDOT of a race; `None` outside 3.5 to 240 min, where the formula was not made for.
#[must_use]
pub fn vdot(distance_m: f64, seconds: f64) -> Option<f64> {
    let minutes = seconds / 60.0;
    (3.5..=240.0)
        .contains(&minutes)
        .then(|| oxygen_cost(distance_m / minutes) / sustainable_share(minutes))
        .filter(|vdot| *vdot > 0.0)
}

/// The speed in m/s that a VDOT can hold for 60 min: the root of the cost at the share of an hour.
#[must_use]
pub fn hour_speed_mps(vdot: f64) -> f64 {
    let (a, b, c) = (0.000_104, 0.182_258, -4.60 - vdot * sustainable_share(60.0));
    (-b + (b * b - 4.0 * a * c).sqrt()) / (2.0 * a) / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::effort::normalised;

    #[test]
    fn e1_6_rtss_of_intervals() {
        let intervals: Vec<f64> = (0..1800).map(|s| if s / 300 % 2 == 0 { 4.0 } else { 3.0 }).collect();
        assert!((rtss(1800.0, normalised(&intervals).unwrap(), 3.8) - 44.9986).abs() < 5e-5);
        assert!((rtss(1800.0, 3.5, 3.8) - 42.4169).abs() < 5e-5);
    }

    #[test]
    fn e2_8a_threshold_speed_of_ten_kilometres_in_forty_minutes() {
        let v = vdot(10_000.0, 2400.0).unwrap();
        assert!((v - 51.944_08).abs() < 1e-5);
        assert!((hour_speed_mps(v) - 4.071_246).abs() < 1e-6);
        assert!((vdot(5000.0, 1200.0).unwrap() - 49.806_23).abs() < 1e-5);
        assert!(vdot(100_000.0, 40_000.0).is_none());
    }
}
