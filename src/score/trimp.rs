//! Training impulses from heart rate (science 2.1 to 2.4).
//!
//! Input is a histogram of heart rate (seconds per beat per minute), output arbitrary units. Summing over
//! the histogram equals summing over the samples; the mean heart rate of a session would not, because
//! the weight is convex.

use super::thresholds::Sex;
use crate::digest::Histogram;

/// A reserve smaller than this makes every weight meaningless.
pub const MIN_RESERVE_BPM: f64 = 60.0;

/// Weight constants A and b of Banister's impulse: men 0.64 and 1.92, women 0.86 and 1.67 (Morton,
/// Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171–1177). Unknown sex takes the men's.
#[must_use]
pub fn banister_constants(sex: Option<Sex>) -> (f64, f64) {
    match sex {
        Some(Sex::Female) => (0.86, 1.67),
        Some(Sex::Male) | None => (0.64, 1.92),
    }
}

/// The heart rates and the constants that Banister's impulse needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Banister {
    rest_bpm: f64,
    reserve_bpm: f64,
    a: f64,
    b: f64,
}

impl Banister {
    /// Takes resting and maximal heart rate; `None` where the reserve between them is under 60 bpm.
    #[must_use]
    pub fn new(rest_bpm: f64, max_bpm: f64, sex: Option<Sex>) -> Option<Self> {
        Self::with(rest_bpm, max_bpm, banister_constants(sex))
    }

    /// The same with constants A and b, such as those of a runner's own lactate test (Manzi et al. 2009, MSSE
    /// 41:2090–2096).
    #[must_use]
    pub fn with(rest_bpm: f64, max_bpm: f64, (a, b): (f64, f64)) -> Option<Self> {
        let reserve_bpm = max_bpm - rest_bpm;
        (reserve_bpm >= MIN_RESERVE_BPM).then_some(Self { rest_bpm, reserve_bpm, a, b })
    }

    /// Impulse of a number of minutes at one heart rate: minutes · x · A · e^(b·x), x the share of the reserve
    /// from 0 to 1.
    ///
    /// ```
    /// use legwork::score::{thresholds::Sex, trimp::Banister};
    /// let men = Banister::new(50.0, 190.0, Some(Sex::Male)).unwrap();
    /// assert!((men.at(150.0, 60.0) - 108.0954).abs() < 1e-4);
    /// ```
    #[must_use]
    pub fn at(&self, hr_bpm: f64, minutes: f64) -> f64 {
        let x = self.reserve_share(hr_bpm);
        minutes * x * self.a * (self.b * x).exp()
    }

    /// Share of the heart-rate reserve, from 0 to 1.
    #[must_use]
    pub fn reserve_share(&self, hr_bpm: f64) -> f64 {
        ((hr_bpm - self.rest_bpm) / self.reserve_bpm).clamp(0.0, 1.0)
    }

    /// Impulse of a whole histogram.
    #[must_use]
    pub fn of(&self, histogram: &Histogram) -> f64 {
        histogram.iter().map(|(hr, seconds)| self.at(hr, seconds / 60.0)).sum()
    }

    /// Impulse of a histogram on the scale on which an hour at the threshold heart rate is 100.
    #[must_use]
    pub fn per_threshold_hour(&self, histogram: &Histogram, lthr_bpm: f64) -> Option<f64> {
        let hour = self.at(lthr_bpm, 60.0);
        (hour > 0.0).then(|| 100.0 * self.of(histogram) / hour)
    }
}

/// Edwards' impulse: minutes in five zones of 10 % of maximal heart rate from 50 %, times 1 to 5 (Edwards 1993).
#[must_use]
pub fn edwards(histogram: &Histogram, max_bpm: f64) -> f64 {
    let weight = |hr: f64| ((hr / max_bpm * 10.0 + 1e-9).floor() - 4.0).clamp(0.0, 5.0);
    histogram.iter().map(|(hr, seconds)| seconds / 60.0 * weight(hr)).sum()
}

/// Lucia's impulse: minutes below, between and above the two thresholds, times 1, 2 and 3 (Lucía 2003).
#[must_use]
pub fn lucia(three_zone_s: [f64; 3]) -> f64 {
    (three_zone_s[0] + 2.0 * three_zone_s[1] + 3.0 * three_zone_s[2]) / 60.0
}

/// Session-RPE: effort on the scale from 0 to 10 times minutes (science 2.6; Foster et al. 2001, JSCR 15:109–115).
///
/// ```
/// assert_eq!(legwork::score::trimp::session_rpe(7.0, 3600.0), 420.0);
/// ```
#[must_use]
pub fn session_rpe(rpe: f64, timer_s: f64) -> f64 {
    rpe * timer_s / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minutes(parts: &[(f64, f64)]) -> Histogram {
        let seconds: Vec<f64> =
            parts.iter().flat_map(|&(hr, minutes)| vec![hr; (minutes * 60.0) as usize]).collect();
        Histogram::count(&seconds, 1.0)
    }

    fn close(a: f64, b: f64) {
        assert!((a / b - 1.0).abs() < 1e-6, "{a} is not {b}");
    }

    #[test]
    fn v13_e2_1_banister() {
        let men = Banister::new(50.0, 190.0, Some(Sex::Male)).unwrap();
        let women = Banister::new(50.0, 190.0, Some(Sex::Female)).unwrap();
        let hour = minutes(&[(150.0, 60.0)]);
        close(men.of(&hour), 108.095_4);
        close(women.of(&hour), 121.499_1);
        // The same mean heart rate in two halves is worth more.
        close(men.of(&minutes(&[(174.0, 30.0), (126.0, 30.0)])), 122.697_6);
        close(Banister::new(60.0, 190.0, Some(Sex::Male)).unwrap().of(&hour), 100.440_3);
        close(Banister::new(60.0, 190.0, Some(Sex::Female)).unwrap().of(&hour), 113.516_8);
        close(men.at(250.0, 1.0), 4.365_41);
        // The source prints 4.56847; the formula gives 4.568464.
        close(women.at(190.0, 1.0), 4.568_464);
        assert_eq!(men.at(40.0, 60.0), 0.0);
        assert!(Banister::new(140.0, 190.0, None).is_none());
    }

    #[test]
    fn v13_e2_2_hundred_is_an_hour_at_threshold() {
        let men = Banister::new(50.0, 190.0, None).unwrap();
        close(men.at(170.0, 60.0), 170.651_1);
        close(men.per_threshold_hour(&minutes(&[(150.0, 60.0)]), 170.0).unwrap(), 63.342_9);
        close(men.per_threshold_hour(&minutes(&[(170.0, 60.0)]), 170.0).unwrap(), 100.0);
    }

    #[test]
    fn v13_e2_3_edwards() {
        let session =
            minutes(&[(100.0, 10.0), (120.0, 20.0), (140.0, 20.0), (160.0, 8.0), (180.0, 2.0), (99.0, 5.0)]);
        close(edwards(&session, 200.0), 152.0);
    }

    #[test]
    fn v13_e2_4_lucia() {
        close(lucia([2400.0, 900.0, 300.0]), 85.0);
    }

    proptest! {
        #[test]
        fn the_histogram_is_worth_what_its_samples_are(
            start in 100.0..150.0_f64,
            drift in prop::collection::vec(-1.5..1.5_f64, 600..1800),
            is_whole: bool,
        ) {
            let mut at = start;
            let hr: Vec<f64> = drift
                .iter()
                .map(|change| {
                    at = (at + change).clamp(90.0, 190.0);
                    if is_whole { at.round() } else { at }
                })
                .collect();
            let men = Banister::new(50.0, 190.0, None).unwrap();
            let by_samples: f64 = hr.iter().map(|hr| men.at(*hr, 1.0 / 60.0)).sum();
            let by_histogram = men.of(&Histogram::count(&hr, 1.0));
            let tolerance = if is_whole { 1e-9 } else { 0.005 };
            prop_assert!((by_histogram / by_samples - 1.0).abs() <= tolerance, "{by_histogram} {by_samples}");
        }
    }

    #[test]
    fn e2_6_session_rpe() {
        close(session_rpe(7.0, 3600.0), 420.0);
        close(session_rpe(4.0, 5400.0), 360.0);
    }

    /// Printed to one decimal.
    fn prints(value: f64, expected: f64) {
        assert!((value - expected).abs() < 0.05, "{value} does not print as {expected}");
    }

    #[test]
    fn load_vectors_of_three_quarters_of_an_hour() {
        let men = |rest: f64, max: f64| Banister::new(rest, max, Some(Sex::Male)).unwrap();
        let at = |hr: f64| men(50.0, 190.0).of(&minutes(&[(hr, 45.0)]));
        prints(at(150.0), 81.1);
        // What a tool gives that counts every tenth second as 0 in the mean, or takes cadence for heart rate.
        prints(men(50.0, 190.0).at(0.9 * 150.0, 45.0), 56.1);
        prints(at(175.0), 142.8);
        // Wrong thresholds: resting 60 for 50, maximal 200 for 190.
        prints(men(60.0, 190.0).at(150.0, 45.0), 75.3);
        prints(men(50.0, 200.0).at(150.0, 45.0), 69.1);
    }

    #[test]
    fn load_vectors_of_intervals_need_the_samples() {
        let men = Banister::new(50.0, 190.0, Some(Sex::Male)).unwrap();
        let parts = [(0.60, 10.0), (0.92, 18.0), (0.68, 18.0), (0.60, 10.0)];
        let hr = |share: f64| 50.0 + share * 140.0;
        let seconds: Vec<f64> =
            parts.iter().flat_map(|&(share, minutes)| vec![hr(share); (minutes * 60.0) as usize]).collect();
        // A bin of 0.2 bpm holds these heart rates exactly.
        let per_sample = men.of(&Histogram::count(&seconds, 0.2));
        let mean = seconds.iter().sum::<f64>() / seconds.len() as f64;
        prints(per_sample, 115.2);
        prints(men.at(mean, 56.0), 105.8);
        prints(100.0 * (per_sample / men.at(mean, 56.0) - 1.0), 8.9);
    }
}
