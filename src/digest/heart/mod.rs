//! Heart rate: artefacts out, summary of the rest (science 2.9).

use super::second::Seconds;

/// Below this a heart rate is a drop-out.
const MIN_BPM: f64 = 30.0;
/// Above this a heart rate is an artefact.
const MAX_BPM: f64 = 230.0;
/// A change of more than this within 2 s is an artefact (heuristic).
const MAX_JUMP_BPM: f64 = 25.0;

/// What the heart rate of a recording sums up to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HeartSummary {
    /// Mean in bpm over the usable seconds.
    pub mean_bpm: Option<f64>,
    /// Highest usable second in bpm.
    pub max_bpm: Option<f64>,
    /// Highest median of 15 s in bpm.
    pub peak_bpm: Option<f64>,
    /// Usable seconds.
    pub valid_s: f64,
    /// Seconds dropped as artefacts.
    pub dropped_s: f64,
}

/// Sets artefacts to NaN and says how many seconds that took.
///
/// Out go values outside 30 to 230 bpm and the second after a jump of more than 25 bpm within 2 s.
pub fn drop_artefacts(hr_bpm: &mut [f64]) -> f64 {
    let mut dropped = 0.0;
    let raw = hr_bpm.to_vec();
    for (k, value) in hr_bpm.iter_mut().enumerate() {
        if value.is_nan() {
            continue;
        }
        let jumps = raw[k.saturating_sub(2)..k].iter().any(|before| (*value - before).abs() > MAX_JUMP_BPM);
        if *value < MIN_BPM || *value > MAX_BPM || jumps {
            *value = f64::NAN;
            dropped += 1.0;
        }
    }
    dropped
}

/// Sums up the cleaned heart rate.
#[must_use]
pub fn summary(seconds: &Seconds) -> HeartSummary {
    let valid: Vec<f64> = seconds.hr_bpm.iter().copied().filter(|hr| hr.is_finite()).collect();
    let n = valid.len() as f64;
    HeartSummary {
        mean_bpm: (n > 0.0).then(|| valid.iter().sum::<f64>() / n),
        max_bpm: valid.iter().copied().max_by(f64::total_cmp),
        peak_bpm: highest_median_of_15(&valid),
        valid_s: n,
        dropped_s: seconds.hr_dropped_s,
    }
}

/// The highest value that at least 8 of 15 neighbouring seconds reach.
///
/// A median of 15 is at least `h` exactly where 8 of the 15 are, so each candidate is one pass; heart
/// rates are whole numbers, so 8 passes of a bisection find it.
fn highest_median_of_15(hr_bpm: &[f64]) -> Option<f64> {
    if hr_bpm.len() < 15 {
        return None;
    }
    let reaches = |level: f64| {
        let mut inside = hr_bpm[..15].iter().filter(|hr| **hr >= level).count();
        let mut best = inside;
        for k in 15..hr_bpm.len() {
            inside += usize::from(hr_bpm[k] >= level);
            inside -= usize::from(hr_bpm[k - 15] >= level);
            best = best.max(inside);
        }
        best >= 8
    };
    let (mut low, mut high) = (0_u32, 256_u32);
    while high - low > 1 {
        let middle = u32::midpoint(low, high);
        if reaches(f64::from(middle)) { low = middle } else { high = middle }
    }
    Some(f64::from(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_and_jumps_are_dropped() {
        let mut hr = vec![150.0, 0.0, 151.0, 152.0, 190.0, 153.0, 153.0, 153.0];
        let dropped = drop_artefacts(&mut hr);
        assert!(hr[1].is_nan() && hr[4].is_nan());
        assert!(hr[7].is_finite());
        assert!(dropped >= 2.0);
    }

    #[test]
    fn peak_ignores_a_short_spike() {
        let mut hr = vec![150.0; 60];
        hr[30..37].fill(200.0);
        assert_eq!(highest_median_of_15(&hr), Some(150.0));
        hr[30..38].fill(200.0);
        assert_eq!(highest_median_of_15(&hr), Some(200.0));
        assert_eq!(highest_median_of_15(&hr[..10]), None);
    }
}
