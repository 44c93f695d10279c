//! The scores of one run by its own data and the thresholds of its day.

use super::Dated;
use super::hr_tss::hr_tss;
use super::pace::rtss;
use super::power::{Body, Piece, govss, rss_open};
use super::thresholds::{Known, Thresholds};
use super::trimp::{self, Banister};
use super::zones;
use crate::digest::{Digest, Halves};

/// Under this share of the timer with heart rate, heart rate says nothing of the whole run.
pub(super) const MIN_COVERAGE: f64 = 0.5;

/// What one run scores; `None` is not known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scores {
    pub banister: Option<f64>,
    pub trimp100: Option<f64>,
    pub edwards: Option<f64>,
    pub lucia: Option<f64>,
    pub hr_tss: Option<f64>,
    pub hr_over_max_s: f64,
    pub rtss: Option<f64>,
    pub power_stress: Option<f64>,
    pub govss: Option<f64>,
    pub intensity_factor: Option<f64>,
    pub hr_zone_s: Option<[f64; 5]>,
    pub speed_zone_s: Option<[f64; 5]>,
    pub three_zone_s: Option<[f64; 3]>,
}

impl Scores {
    pub(super) fn new(run: &Dated, thresholds: &Thresholds) -> Self {
        let digest = &run.digest;
        let known = thresholds.on(run.date);
        let mut scores = Self::by_heart(digest, &known);
        scores.add_pace(digest, &known);
        scores.power_stress = digest.normalised_power_w.and_then(|watts| {
            let critical = thresholds.critical_power(digest.power_source.as_deref()?, run.date)?;
            Some(rss_open(digest.timer_s, watts, critical.estimate.value))
        });
        scores
    }

    /// What heart rate alone says; nothing where it covers too little of the timer.
    pub(super) fn by_heart(digest: &Digest, known: &Known<'_>) -> Self {
        let mut scores = Self::default();
        let coverage = hr_coverage(digest);
        if coverage >= MIN_COVERAGE {
            scores.add_heart_rate(digest, known, 1.0 / coverage);
        }
        scores
    }

    /// Scores by heart rate; `scale` makes up for the seconds without one.
    fn add_heart_rate(&mut self, digest: &Digest, known: &Known<'_>, scale: f64) {
        let histogram = &digest.hr_histogram;
        let Some((max, rest)) = known.hr_max.zip(known.hr_rest) else { return };
        let (max, rest) = (max.estimate.value, rest.estimate.value);
        let constants = known.trimp_constants.unwrap_or_else(|| trimp::banister_constants(known.sex));
        let Some(banister) = Banister::with(rest, max, constants) else { return };
        self.banister = Some(banister.of(histogram) * scale);
        self.edwards = Some(trimp::edwards(histogram, max) * scale);
        self.hr_over_max_s = histogram.at_least_s(max + 0.5);
        self.hr_zone_s = zones::hr_bounds(known).map(|bounds| zones::seconds_in(histogram, &bounds));
        if let Some(lthr) = known.lthr.map(|lthr| lthr.estimate.value) {
            let lt1 = known.lt1.map_or(zones::LT1_OF_LTHR * lthr, |lt1| lt1.estimate.value);
            let three = zones::three_zones(histogram, lt1, lthr);
            self.trimp100 = banister.per_threshold_hour(histogram, lthr).map(|load| load * scale);
            self.lucia = Some(trimp::lucia(three) * scale);
            self.hr_tss = hr_tss(histogram, lthr).map(|points| points * scale);
            self.three_zone_s = Some(three);
        }
        let hours = digest.timer_s / 3600.0;
        self.intensity_factor =
            self.trimp100.filter(|_| hours > 0.0).map(|load| (load / 100.0 / hours).sqrt());
    }

    /// Scores by grade-adjusted speed, which also give the zones of a run without heart rate.
    fn add_pace(&mut self, digest: &Digest, known: &Known<'_>) {
        // The best of training is no test: against it every run would look hard.
        let Some((ngs, threshold)) = digest.ngs_mps.zip(known.tested_speed_mps()) else { return };
        self.rtss = Some(rtss(digest.timer_s, ngs, threshold));
        self.intensity_factor = Some(ngs / threshold);
        self.speed_zone_s = Some(zones::seconds_in(&digest.speed_histogram, &zones::speed_bounds(threshold)));
        self.govss = known
            .body
            .and_then(|(mass_kg, height_m)| govss(&pieces(digest), Body { mass_kg, height_m }, threshold));
        self.three_zone_s = Some(if let Some(by_heart) = self.three_zone_s {
            zones::with_short_efforts(by_heart, short_efforts_s(digest, threshold))
        } else {
            let lt1 = zones::LT1_OF_THRESHOLD_SPEED * threshold;
            zones::three_zones(&digest.speed_histogram, lt1, threshold)
        });
    }
}

/// The terrain of a run as pieces of one speed and grade. They lie in order of speed, so the smoothing of GOVSS over two
/// minutes evens out less than it would on the road: an uneven run scores a little high.
pub(super) fn pieces(digest: &Digest) -> Vec<Piece> {
    let cells = digest.terrain.iter();
    cells
        .map(|cell| Piece { seconds: cell.seconds as u32, speed_mps: cell.speed_mps, grade: cell.grade })
        .collect()
}

/// Seconds of efforts under two minutes at threshold speed or faster, which heart rate is too slow for (science 3.2).
#[must_use]
pub fn short_efforts_s(digest: &Digest, threshold_mps: f64) -> f64 {
    let short = |bout: &&crate::digest::Bout| {
        bout.seconds < 120.0 && bout.speed_mps.is_some_and(|v| v >= threshold_mps)
    };
    digest.surges.iter().filter(short).map(|bout| bout.seconds).sum()
}

/// Share of the timer with a usable heart rate, from 0 to 1.
pub(super) fn hr_coverage(digest: &Digest) -> f64 {
    if digest.timer_s > 0.0 { (digest.hr_valid_s / digest.timer_s).min(1.0) } else { 0.0 }
}
/// Drop of speed per heart beat from the first to the second half in percent (science 6.7): needs 45 min with
/// both, even speed and coverage of 0.9.
pub(super) fn decoupling_pct(digest: &Digest) -> Option<f64> {
    let halves = digest.halves?;
    let is_fit = halves.seconds >= 2700.0 && halves.speed_cv <= 0.08 && hr_coverage(digest) >= 0.9;
    is_fit.then(|| drop_pct(&halves))
}

fn drop_pct(halves: &Halves) -> f64 {
    let [first, second] = [0, 1].map(|half| halves.speed_mps[half] / halves.hr_bpm[half]);
    100.0 * (first - second) / first
}

/// Grade-adjusted metres per beat after the warm-up (science 6.5): runs of 30 to 120 min below an intensity
/// factor of 0.88 with coverage of 0.8.
pub(super) fn efficiency(digest: &Digest, intensity_factor: Option<f64>) -> Option<f64> {
    let halves = digest.halves?;
    let is_fit = (1800.0..=7200.0).contains(&digest.timer_s)
        && intensity_factor.is_some_and(|factor| factor < 0.88)
        && hr_coverage(digest) >= 0.8;
    is_fit.then(|| metres_per_beat(&halves))
}

fn metres_per_beat(halves: &Halves) -> f64 {
    let mean = |pair: [f64; 2]| f64::midpoint(pair[0], pair[1]);
    60.0 * mean(halves.speed_mps) / mean(halves.hr_bpm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::efficiency;

    fn halves(speed_mps: [f64; 2], hr_bpm: [f64; 2]) -> Halves {
        Halves { speed_mps, hr_bpm, speed_cv: 0.0, seconds: 3600.0 }
    }

    #[test]
    fn e6_5_metres_per_beat() {
        assert!((metres_per_beat(&halves([3.0; 2], [140.0; 2])) - 1.285_714).abs() < 5e-7);
    }

    #[test]
    fn e6_7_v17_decoupling() {
        let drift = halves([3.00, 2.95], [140.0, 148.0]);
        assert!((drop_pct(&drift) - 6.981_98).abs() < 5e-6);
        let internal_over_external = (148.0_f64 / 140.0) / (2.95 / 3.00);
        assert!((internal_over_external - 1.075_06).abs() < 5e-6);
        assert!((drop_pct(&drift) - 100.0 * (1.0 - 1.0 / internal_over_external)).abs() < 1e-9);
    }

    /// Samples of a run after its warm-up: seconds until the next, speed, heart rate.
    type Samples = Vec<(usize, f64, f64)>;

    /// Decoupling as GoldenCheetah has it: halves by the number of samples with a heart rate.
    fn by_sample_count(samples: &Samples) -> f64 {
        let (first, second) = samples.split_at(samples.len() / 2);
        let ratio = |half: &[(usize, f64, f64)]| {
            half.iter().map(|sample| sample.1).sum::<f64>() / half.iter().map(|sample| sample.2).sum::<f64>()
        };
        100.0 * (ratio(first) - ratio(second)) / ratio(first)
    }

    /// Ours, after ten minutes of warm-up.
    fn by_time(samples: &Samples) -> f64 {
        let seconds = samples.iter().flat_map(|(n, speed, hr)| vec![(*speed, *hr); *n]);
        let (speed, hr): (Vec<f64>, Vec<f64>) = std::iter::repeat_n((2.5, 120.0), 600).chain(seconds).unzip();
        drop_pct(&efficiency::halves(&speed, &hr).unwrap())
    }

    #[test]
    fn v18_halves_by_samples_are_halves_by_time_on_even_data_alone() {
        let even: Samples = (0..3600).map(|s| (1, 3.0, 140.0 + f64::from(s) / 360.0)).collect();
        assert!((by_sample_count(&even) - by_time(&even)).abs() < 1e-9);
        // The same run, with every second kept at first and every fifth later on.
        let is_kept = |s: usize| s < 1200 || s.is_multiple_of(5);
        let step = |s: usize| if s < 1200 { 1 } else { 5 };
        let uneven: Samples = even
            .iter()
            .enumerate()
            .filter(|(s, _)| is_kept(*s))
            .map(|(s, one)| (step(s), one.1, one.2))
            .collect();
        assert!((by_time(&uneven) - by_time(&even)).abs() < 0.05);
        assert!((by_sample_count(&uneven) - by_time(&even)).abs() > 0.2);
    }
}
