//! Heart rate: artefacts out, summary of the rest (science 2.9).

mod flat;
mod lock;
#[cfg(test)]
mod tests;

use super::effort::mean_where;
use super::second::Seconds;
use std::ops::Range;

/// Below this a heart rate is a drop-out.
const MIN_BPM: f64 = 30.0;
/// Above this a heart rate is an artefact.
const MAX_BPM: f64 = 230.0;
/// A change of more than this within 2 s is an artefact (heuristic).
const MAX_JUMP_BPM: f64 = 25.0;

/// Seconds of heart rate that were left out.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Dropped {
    /// All of them.
    pub total_s: f64,
    /// Those below 30 or above 230 bpm.
    pub out_of_range_s: f64,
    /// Those in which it followed the cadence.
    pub locked_s: f64,
    /// Those in which it stood still while the speed changed.
    pub flat_s: f64,
}

impl Dropped {
    /// Were whole stretches left out? Then the sums of the device, which has them in, are not those of the heart.
    #[must_use]
    pub fn has_stretches(&self) -> bool {
        self.locked_s + self.flat_s > 0.0
    }

    /// What is to be said of it to the runner; single seconds are not worth a word.
    pub fn remarks(&self) -> impl Iterator<Item = String> {
        let what = [("followed the cadence", self.locked_s), ("stood still", self.flat_s)];
        what.into_iter()
            .filter(|(_, seconds)| *seconds >= 60.0)
            .map(|(what, seconds)| format!("heart rate {what} for {:.0} min: left out", seconds / 60.0))
    }
}

/// What a true heart rate is told from a false one by: columns of the same grid.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// Seconds after the start, by the clock.
    pub clock_s: &'a [f64],
    /// Which sample holds, as its position in the order of time.
    pub sample: &'a [u32],
    /// Speed in m/s.
    pub speed_mps: &'a [f64],
    /// Steps a minute, both feet; may be missing.
    pub cadence_spm: &'a [f64],
}

/// What the heart rate of a recording sums up to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HeartSummary {
    /// Mean in bpm over the usable seconds.
    pub mean_bpm: Option<f64>,
    /// Mean in bpm over the usable seconds of the last two thirds.
    pub late_bpm: Option<f64>,
    /// Highest usable second in bpm.
    pub max_bpm: Option<f64>,
    /// Highest median of 15 s in bpm.
    pub peak_bpm: Option<f64>,
    /// Usable seconds.
    pub valid_s: f64,
}

/// Sets artefacts to NaN and says how many seconds that took.
///
/// Out go values outside 30 to 230 bpm, cadence lock, flat lines, and the second after a jump of more than 25 bpm
/// within 2 s. After a jump to a new level two seconds are lost, not the level.
pub fn drop_artefacts(hr_bpm: &mut [f64], beside: &Beside<'_>) -> Dropped {
    let raw = hr_bpm.to_vec();
    let is_out_of_range = |k: usize| raw[k] < MIN_BPM || raw[k] > MAX_BPM;
    let out_of_range_s = (0..raw.len()).filter(|k| is_out_of_range(*k)).count() as f64;
    drop_where(hr_bpm, is_out_of_range);
    let locks = lock::locks(hr_bpm, beside.cadence_spm, beside.clock_s);
    let flat_lines = flat::flat_lines(hr_bpm, beside.speed_mps, beside.sample);
    let locked_s = drop_stretches(hr_bpm, locks);
    let flat_s = drop_stretches(hr_bpm, flat_lines);
    drop_where(hr_bpm, |k| {
        raw[k.saturating_sub(2)..k].iter().any(|before| (raw[k] - before).abs() > MAX_JUMP_BPM)
    });
    let lost = raw.iter().zip(&*hr_bpm).filter(|(raw, kept)| raw.is_finite() && kept.is_nan());
    Dropped { total_s: lost.count() as f64, out_of_range_s, locked_s, flat_s }
}

fn drop_where(hr_bpm: &mut [f64], is_false: impl Fn(usize) -> bool) {
    for (k, value) in hr_bpm.iter_mut().enumerate() {
        if is_false(k) {
            *value = f64::NAN;
        }
    }
}

/// Drops whole stretches and says how many values there were in them.
fn drop_stretches(hr_bpm: &mut [f64], stretches: Vec<Range<usize>>) -> f64 {
    let mut n_dropped = 0;
    for stretch in stretches {
        n_dropped += hr_bpm[stretch.clone()].iter().filter(|hr| hr.is_finite()).count();
        hr_bpm[stretch].fill(f64::NAN);
    }
    n_dropped as f64
}

/// Sums up the cleaned heart rate.
#[must_use]
pub fn summary(seconds: &Seconds) -> HeartSummary {
    let valid: Vec<f64> = seconds.hr_bpm.iter().copied().filter(|hr| hr.is_finite()).collect();
    HeartSummary {
        mean_bpm: mean_where(&valid, |_| true),
        late_bpm: late_mean(&seconds.hr_bpm),
        max_bpm: valid.iter().copied().max_by(f64::total_cmp),
        peak_bpm: highest_median_of_15(&valid),
        valid_s: valid.len() as f64,
    }
}

/// Mean in bpm over the last two thirds of the time: of a race, when the heart has settled (science 2.8).
#[must_use]
pub fn late_mean(hr_bpm: &[f64]) -> Option<f64> {
    mean_where(&hr_bpm[hr_bpm.len() / 3..], |_| true)
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
