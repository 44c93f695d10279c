//! Heart-rate and speed zones (science 3.1 and 3.2).

use super::thresholds::Known;
use crate::digest::Histogram;

/// First threshold over second by heart rate (heuristic: the top of zone 2 of five).
pub const LT1_OF_LTHR: f64 = 0.89;
/// First threshold over second by speed (upper bound of Daniels' easy pace).
pub const LT1_OF_THRESHOLD_SPEED: f64 = 0.865;

/// Lower bounds in bpm of zones 1 to 5; each includes its bound.
///
/// By threshold heart rate where that was measured, else by heart-rate reserve where the resting rate was, else
/// by maximal heart rate; `None` without any.
#[must_use]
pub fn hr_bounds(known: &Known<'_>) -> Option<[f64; 5]> {
    if let Some(lthr) = known.lthr.filter(|lthr| lthr.estimate.origin.is_measured()) {
        return Some([0.0, 0.81, 0.90, 0.94, 1.00].map(|share| share * lthr.estimate.value));
    }
    let max = known.hr_max?.estimate.value;
    let tens = [0.5, 0.6, 0.7, 0.8, 0.9];
    Some(match known.hr_rest.map(|rest| rest.estimate) {
        Some(rest) if rest.origin.is_measured() => tens.map(|share| rest.value + share * (max - rest.value)),
        _ => tens.map(|share| share * max),
    })
}

/// The scheme by which [`hr_bounds`] sets the bounds, in words.
#[must_use]
pub fn scheme(known: &Known<'_>) -> &'static str {
    match (known.lthr, known.hr_rest) {
        (Some(lthr), _) if lthr.estimate.origin.is_measured() => "shares of the heart rate at threshold",
        (_, Some(rest)) if rest.estimate.origin.is_measured() => "shares of the heart-rate reserve",
        _ => "shares of the maximal heart rate",
    }
}

/// Lower bounds in m/s of the five zones by speed, as shares of the threshold speed (heuristic, from Daniels' paces).
#[must_use]
pub fn speed_bounds(threshold_mps: f64) -> [f64; 5] {
    [0.0, 0.78, 0.87, 0.95, 1.02].map(|share| share * threshold_mps)
}

/// Time by heart rate in three zones, with efforts too short for heart rate to follow put into the highest: what they
/// have more than heart rate shows is taken from the lowest zone first (science 3.2).
#[must_use]
pub fn with_short_efforts([low, moderate, high]: [f64; 3], short_s: f64) -> [f64; 3] {
    let missing = (short_s - high).clamp(0.0, low + moderate);
    let from_low = missing.min(low);
    [low - from_low, moderate - (missing - from_low), high + missing]
}

/// Seconds in each zone; what lies below zone 1 is in none.
#[must_use]
pub fn seconds_in(histogram: &Histogram, lower_bounds: &[f64; 5]) -> [f64; 5] {
    let mut zones = [0.0; 5];
    for (value, seconds) in histogram.iter() {
        let zone = lower_bounds.iter().take_while(|bound| value >= **bound).count();
        if zone > 0 {
            zones[zone - 1] += seconds;
        }
    }
    zones
}

/// Seconds below the first threshold, between the two, and from the second on.
#[must_use]
pub fn three_zones(histogram: &Histogram, lt1: f64, lt2: f64) -> [f64; 3] {
    let high = histogram.at_least_s(lt2);
    let moderate = histogram.at_least_s(lt1) - high;
    [histogram.total_s() - high - moderate, moderate, high]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::thresholds::{Origin, Thresholds, Timeline};
    use proptest::prelude::*;

    fn bounds(rest: Origin, lthr: Option<Origin>) -> Option<[f64; 5]> {
        let thresholds = Thresholds {
            hr_max_bpm: Timeline::always(Some(190.0), Origin::Config),
            hr_rest_bpm: Timeline::always(Some(50.0), rest),
            lthr_bpm: lthr.map(|origin| Timeline::always(Some(170.0), origin)).unwrap_or_default(),
            ..Thresholds::default()
        };
        hr_bounds(&thresholds.on("2026-01-01".parse().unwrap()))
    }

    #[test]
    fn e3_1_bounds_by_what_was_measured() {
        let check = |bounds: Option<[f64; 5]>, expected: [f64; 5]| {
            let bounds = bounds.unwrap();
            assert!(bounds.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{bounds:?}");
        };
        check(bounds(Origin::Config, None), [120.0, 134.0, 148.0, 162.0, 176.0]);
        check(bounds(Origin::Config, Some(Origin::Config)), [0.0, 137.7, 153.0, 159.8, 170.0]);
        check(bounds(Origin::Default, Some(Origin::Derived)), [95.0, 114.0, 133.0, 152.0, 171.0]);
    }

    #[test]
    fn short_efforts_are_hard_whatever_heart_rate_says() {
        assert_eq!(with_short_efforts([3000.0, 300.0, 120.0], 400.0), [2720.0, 300.0, 400.0]);
        assert_eq!(with_short_efforts([100.0, 300.0, 120.0], 400.0), [0.0, 120.0, 400.0]);
        assert_eq!(with_short_efforts([3000.0, 300.0, 600.0], 400.0), [3000.0, 300.0, 600.0]);
    }

    #[test]
    fn lower_bounds_belong_to_the_zone_and_shares_sum_up() {
        let h = Histogram::count(&[90.0, 120.0, 133.0, 134.0, 180.0], 1.0);
        assert_eq!(seconds_in(&h, &[120.0, 134.0, 148.0, 162.0, 176.0]), [2.0, 1.0, 0.0, 0.0, 1.0]);
        assert_eq!(three_zones(&h, 130.0, 180.0), [2.0, 2.0, 1.0]);
    }

    proptest! {
        #[test]
        fn three_zones_sum_up_to_all_seconds(
            hr in prop::collection::vec(30.0..230.0_f64, 0..500),
            lt1 in 80.0..180.0_f64,
            between in 0.0..40.0_f64,
        ) {
            let histogram = Histogram::count(&hr, 1.0);
            let zones = three_zones(&histogram, lt1, lt1 + between);
            prop_assert_eq!(zones.iter().sum::<f64>(), histogram.total_s());
            prop_assert_eq!(histogram.total_s(), hr.len() as f64);
            prop_assert!(zones.iter().all(|seconds| *seconds >= 0.0));
        }
    }
}
