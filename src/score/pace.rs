//! Stress from pace (science 1.6 and 3.5).

/// Speed over threshold speed, both in m/s (science 3.5). Of speeds, never of paces: those would score slow running higher.
#[must_use]
pub fn intensity_factor(ngs_mps: f64, threshold_mps: f64) -> f64 {
    ngs_mps / threshold_mps
}

/// Running stress score: hours · (ngs / threshold speed)² · 100, speeds in m/s (Allen, Coggan & McGregor).
///
/// ```
/// use legwork::score::pace::rtss;
/// let (ngs, threshold) = (1000.0 / 300.0, 1000.0 / 270.0);
/// assert!((rtss(1800.0, ngs, threshold) - 40.5).abs() < 1e-9);
/// ```
#[must_use]
pub fn rtss(timer_s: f64, ngs_mps: f64, threshold_mps: f64) -> f64 {
    timer_s / 3600.0 * intensity_factor(ngs_mps, threshold_mps).powi(2) * 100.0
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
    fn e3_5_intensity_is_speed_over_threshold_speed() {
        assert!((intensity_factor(3.6, 4.0) - 0.90).abs() < 1e-12);
        assert!((intensity_factor(1000.0 / 300.0, 1000.0 / 270.0) - 0.9).abs() < 1e-12);
    }
}
