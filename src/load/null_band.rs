//! The usual range of the ratio if your weeks were shuffled (science 4.4).
//!
//! Whole weeks of the history are drawn in random order, and the coupled ratio is taken on every day of the history
//! that they make. What comes out is a null band: the ratios that these same weeks give where their order means nothing.
//! It is never a confidence interval of today's ratio, and leaving it says nothing of injury.

use super::ratio::{coupled, quantile};
use fastrand::Rng;

/// Days that stay together, so that the days of a week keep their order.
const BLOCK_DAYS: usize = 7;
/// Shuffled histories.
const DRAWS: usize = 500;
/// The same history gives the same band.
const SEED: u64 = 20_210_581;
/// How far back weeks are taken from: 52 of them.
const LAST_DAYS: usize = 364;
/// Percentiles of one's own history need this many days (science 8.5).
const MIN_DAYS: usize = 180;
/// Percentiles between which the band lies.
const SHARES: [f64; 2] = [0.05, 0.95];

/// The 5th and 95th percentile of the coupled 7:28 ratio over 500 shuffled histories; `None` under 180 days, or where
/// no shuffled history has a ratio.
///
/// Weeks are counted back from the last day and drawn with replacement, unknown days with them. No ratio is withheld
/// for a small base: a lay-off belongs to what one's weeks are like, and widens the band.
#[must_use]
pub fn null_band(loads: &[Option<f64>]) -> Option<(f64, f64)> {
    if loads.len() < MIN_DAYS {
        return None;
    }
    let from = loads.len() - loads.len().min(LAST_DAYS);
    // The days that fill no week are the first ones.
    let weeks: Vec<&[Option<f64>]> = loads[from..].rchunks_exact(BLOCK_DAYS).collect();
    let mut random = Rng::with_seed(SEED);
    let mut ratios = Vec::with_capacity(DRAWS * LAST_DAYS);
    for _ in 0..DRAWS {
        let draw = |_| weeks[random.u32(0..weeks.len() as u32) as usize];
        let shuffled: Vec<Option<f64>> = (0..weeks.len()).map(draw).collect::<Vec<_>>().concat();
        ratios.extend((0..shuffled.len()).filter_map(|t| coupled(&shuffled, t, 7, 28)));
    }
    let [low, high] = SHARES.map(|share| quantile(&ratios, share));
    low.zip(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::days;
    use proptest::prelude::*;

    /// Half a year of weeks whose loads go up and down by half.
    fn uneven() -> Vec<Option<f64>> {
        let week = [0.0, 60.0, 80.0, 0.0, 50.0, 40.0, 150.0];
        let factor = [1.0, 1.5, 0.5, 1.2];
        (0..182).map(|day| Some(week[day % 7] * factor[day / 7 % 4])).collect()
    }

    #[test]
    fn constant_load_has_no_band() {
        assert_eq!(null_band(&days(&[(50.0, 200)])), Some((1.0, 1.0)));
        // A week that repeats is constant too, on whatever day it begins.
        let week = [0.0, 64.0, 80.0, 0.0, 48.0, 40.0, 152.0].map(Some);
        let loads: Vec<Option<f64>> = week.into_iter().cycle().take(200).collect();
        assert_eq!(null_band(&loads), Some((1.0, 1.0)));
    }

    #[test]
    fn the_same_history_gives_the_same_band() {
        let band = null_band(&uneven()).unwrap();
        assert_eq!(null_band(&uneven()), Some(band));
        // Weeks of 0.5 after 0.5, 1.2 and 1.5, and of 1.5 after 0.5, 1.0 and 1.2: a twentieth lies beyond each.
        assert!(
            (band.0 - 4.0 * 0.5 / 3.7).abs() < 1e-9 && (band.1 - 4.0 * 1.5 / 4.2).abs() < 1e-9,
            "{band:?}"
        );
    }

    #[test]
    fn the_order_of_the_weeks_says_nothing_and_a_lay_off_widens() {
        let band = null_band(&uneven()).unwrap();
        let mut lay_off = uneven();
        lay_off[56..91].fill(Some(0.0));
        let wider = null_band(&lay_off).unwrap();
        assert!(wider.0 < band.0 && wider.1 > band.1, "{wider:?} {band:?}");
    }

    #[test]
    fn half_a_year_is_needed() {
        assert_eq!(null_band(&days(&[(50.0, 179)])), None);
        assert_eq!(null_band(&days(&[(0.0, 200)])), None);
        assert_eq!(null_band(&vec![None; 200]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4))]
        #[test]
        fn the_scale_does_not_matter(loads in prop::collection::vec(0.0..200.0_f64, 180..200), k in 0.1..10.0_f64) {
            let band = |k: f64| null_band(&loads.iter().map(|load| Some(k * load)).collect::<Vec<_>>()).unwrap();
            let ((low, high), (scaled_low, scaled_high)) = (band(1.0), band(k));
            prop_assert!(low <= high && high <= 4.0);
            prop_assert!((low - scaled_low).abs() < 1e-9 && (high - scaled_high).abs() < 1e-9);
        }
    }
}
