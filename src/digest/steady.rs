//! Steady minutes: what the signals of movement are taken from (science 6).

use super::effort::{coefficient_of_variation, mean_where};
use super::second::Seconds;
use serde::{Deserialize, Serialize};

/// One steady minute: even speed on nearly level ground, after the first 8 min (science 6).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Steady {
    /// Mean speed in m/s.
    pub speed_mps: f64,
    /// Mean heart rate in bpm.
    pub hr_bpm: Option<f64>,
    /// Mean step length in m: the file's, else speed over cadence (science 1.1).
    pub step_length_m: Option<f64>,
    /// Mean ground contact in ms.
    pub stance_ms: Option<f64>,
    /// Mean share of contact on the left foot in percent.
    pub stance_balance_pct: Option<f64>,
    /// Mean vertical oscillation in mm.
    pub vertical_oscillation_mm: Option<f64>,
    /// Mean vertical ratio in percent: the file's, else oscillation over step length (science 6.4).
    pub vertical_ratio_pct: Option<f64>,
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
            let speed_mps = mean(speed).filter(|v| *v > 0.0)?;
            let cadence_spm = || mean(&seconds.cadence_spm).filter(|spm| *spm > 0.0);
            let step_length_m =
                mean(&seconds.step_length_m).or_else(|| cadence_spm().map(|spm| 60.0 * speed_mps / spm));
            let vertical_oscillation_mm = mean(&seconds.vertical_oscillation_mm);
            let computed = || Some(vertical_ratio_pct(vertical_oscillation_mm?, step_length_m?));
            Some(Steady {
                speed_mps,
                hr_bpm: mean(&seconds.hr_bpm),
                step_length_m,
                stance_ms: mean(&seconds.stance_ms),
                stance_balance_pct: mean(&seconds.stance_balance_pct),
                vertical_oscillation_mm,
                vertical_ratio_pct: mean(&seconds.vertical_ratio_pct).or_else(computed),
            })
        })
        .collect()
}

/// Vertical oscillation over step length in percent (science 6.4).
fn vertical_ratio_pct(oscillation_mm: f64, step_length_m: f64) -> f64 {
    100.0 * oscillation_mm / (1000.0 * step_length_m)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn e1_1_step_length_from_speed_and_cadence() {
        let n = 600;
        let mut seconds = Seconds {
            speed_mps: vec![3.2; n],
            grade: vec![0.0; n],
            cadence_spm: vec![168.0; n],
            ..Seconds::default()
        };
        assert!((steady(&seconds)[0].step_length_m.unwrap() - 1.142_857).abs() < 1e-6);
        seconds.step_length_m = vec![1.10; n];
        assert!((steady(&seconds)[0].step_length_m.unwrap() - 1.10).abs() < 1e-9);
    }

    #[test]
    fn e6_4_vertical_ratio_from_oscillation_and_step_length() {
        let n = 600;
        let mut seconds = Seconds {
            speed_mps: vec![3.0; n],
            grade: vec![0.0; n],
            vertical_oscillation_mm: vec![88.0; n],
            step_length_m: vec![1.10; n],
            ..Seconds::default()
        };
        let first = |seconds: &Seconds| steady(seconds)[0];
        assert!((first(&seconds).vertical_ratio_pct.unwrap() - 8.0).abs() < 1e-9);
        assert!((first(&seconds).vertical_oscillation_mm.unwrap() - 88.0).abs() < 1e-9);
        seconds.vertical_ratio_pct = vec![8.4; n];
        assert!((first(&seconds).vertical_ratio_pct.unwrap() - 8.4).abs() < 1e-9);
        (seconds.vertical_ratio_pct, seconds.step_length_m) = (Vec::new(), Vec::new());
        assert_eq!(first(&seconds).vertical_ratio_pct, None);
    }
}
