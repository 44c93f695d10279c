//! Speed against heart rate, standing left out: the two halves of a run, and its start against its middle (science 6.7 and 6.8).

use super::effort::{coefficient_of_variation, mean_where};
use super::second::STANDING_MPS;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The warm-up that decoupling leaves out, in s.
const WARM_UP_S: usize = 600;
/// Shorter runs tell nothing of how long it takes to warm up, in s (science 6.8).
const MIN_WARM_UP_RUN_S: usize = 26 * 60;

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

/// Efficiency at the start of a run and after it, in m per beat (science 6.8).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WarmUp {
    /// Over the minutes 2 to 8.
    pub early_m_per_beat: f64,
    /// Over the minutes 12 to 24.
    pub late_m_per_beat: f64,
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
        .map(|(v, hr)| if hr.is_finite() && *v >= STANDING_MPS { (*v, *hr) } else { (f64::NAN, f64::NAN) })
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

/// Efficiency of the minutes 2 to 8 and 12 to 24 of a grade-adjusted speed and a heart rate; `None` under 26 min, or
/// where less than half of either has both.
#[must_use]
pub fn warm_up(speed_mps: &[f64], hr_bpm: &[f64]) -> Option<WarmUp> {
    if hr_bpm.len() != speed_mps.len() || speed_mps.len() < MIN_WARM_UP_RUN_S {
        return None;
    }
    Some(WarmUp {
        early_m_per_beat: m_per_beat(speed_mps, hr_bpm, 2 * 60..8 * 60)?,
        late_m_per_beat: m_per_beat(speed_mps, hr_bpm, 12 * 60..24 * 60)?,
    })
}

/// Metres run per beat over some seconds: 60 · mean speed / mean heart rate (science 6.5).
fn m_per_beat(speed_mps: &[f64], hr_bpm: &[f64], seconds: Range<usize>) -> Option<f64> {
    let (mut way, mut beats, mut n) = (0.0, 0.0, 0);
    for (v, hr) in speed_mps[seconds.clone()].iter().zip(&hr_bpm[seconds.clone()]) {
        if *v >= STANDING_MPS && hr.is_finite() {
            way += v;
            beats += hr / 60.0;
            n += 1;
        }
    }
    (2 * n >= seconds.len()).then(|| way / beats)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn e6_5_metres_per_beat_before_and_after_the_warm_up() {
        let n = 26 * 60;
        let speed: Vec<f64> = (0..n).map(|s| if s < 600 { 2.8 } else { 3.0 }).collect();
        let mut hr = vec![140.0; n];
        let w = warm_up(&speed, &hr).unwrap();
        assert!((w.early_m_per_beat - 1.2).abs() < 1e-9);
        assert!((w.late_m_per_beat - 1.285_714).abs() < 1e-6);
        assert_eq!(warm_up(&speed[1..], &hr[1..]), None);
        hr[130..400].fill(f64::NAN);
        assert_eq!(warm_up(&speed, &hr), None);
        assert_eq!(warm_up(&speed, &[]), None);
    }
}
