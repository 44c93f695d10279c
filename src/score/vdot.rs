//! What a race says of other distances: VDOT, equivalent times, the speed of an hour (science 2.8).
//!
//! The formulas are those of Daniels & Gilbert 1979, *Oxygen Power*. They were made for races of 3.5 to 240 min;
//! outside nothing is said.

use std::ops::RangeInclusive;

/// Race times in min that the formulas were made for.
const MINUTES: RangeInclusive<f64> = 3.5..=240.0;
/// Halvings of the time between the bounds: to a billionth of a second.
const BISECTIONS: usize = 60;
/// Fatigue exponent (Riegel 1981, Am Scientist 69:285–290).
const RIEGEL: f64 = 1.06;
/// Half marathon in m.
const HALF_M: f64 = 21_097.5;
/// Marathon in m.
const MARATHON_M: f64 = 42_195.0;

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
    MINUTES.contains(&minutes).then(|| at(distance_m, minutes)).filter(|vdot| *vdot > 0.0)
}

/// The formula as it stands.
fn at(distance_m: f64, minutes: f64) -> f64 {
    oxygen_cost(distance_m / minutes) / sustainable_share(minutes)
}

/// The speed in m/s that a VDOT can hold for 60 min: the root of the cost at the share of an hour.
#[must_use]
pub fn hour_speed_mps(vdot: f64) -> f64 {
    let (a, b, c) = (0.000_104, 0.182_258, -4.60 - vdot * sustainable_share(60.0));
    (-b + (b * b - 4.0 * a * c).sqrt()) / (2.0 * a) / 60.0
}

/// The time in s over a distance in m that is worth a VDOT; `None` where it is not within 3.5 to 240 min.
///
/// ```
/// use legwork::score::vdot::{equivalent_s, vdot};
/// let ten = vdot(10_000.0, 2400.0).unwrap();
/// assert!((equivalent_s(ten, 5000.0).unwrap() - 1157.6).abs() < 0.1);
/// assert_eq!(equivalent_s(ten, 100_000.0), None);
/// ```
#[must_use]
pub fn equivalent_s(vdot: f64, distance_m: f64) -> Option<f64> {
    // The longer it takes, the less it is worth: speed falls faster than the share that can be held.
    let (mut short, mut long) = (*MINUTES.start(), *MINUTES.end());
    if !(at(distance_m, long)..=at(distance_m, short)).contains(&vdot) {
        return None;
    }
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(short, long);
        if at(distance_m, middle) > vdot {
            short = middle;
        } else {
            long = middle;
        }
    }
    Some(60.0 * f64::midpoint(short, long))
}

/// The mean speed in m/s over a distance in m that is worth a VDOT.
#[must_use]
pub fn equivalent_speed_mps(vdot: f64, distance_m: f64) -> Option<f64> {
    equivalent_s(vdot, distance_m).map(|seconds| distance_m / seconds)
}

/// Times in s that one VDOT is worth; `None` where the formula was not made for them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equivalents {
    /// 5 km.
    pub five_km_s: Option<f64>,
    /// 10 km.
    pub ten_km_s: Option<f64>,
    /// Half marathon.
    pub half_s: Option<f64>,
    /// Marathon.
    pub marathon_s: Option<f64>,
}

impl Equivalents {
    /// The times behind a VDOT.
    #[must_use]
    pub fn new(vdot: f64) -> Self {
        Self {
            five_km_s: equivalent_s(vdot, 5_000.0),
            ten_km_s: equivalent_s(vdot, 10_000.0),
            half_s: equivalent_s(vdot, HALF_M),
            marathon_s: equivalent_s(vdot, MARATHON_M),
        }
    }
}

/// The time in s at another distance by T · (d2 / d1)^1.06: a check on VDOT that knows nothing of oxygen.
///
/// ```
/// use legwork::score::vdot::riegel_s;
/// assert!((riegel_s(10_000.0, 2400.0, 42_195.0) - 11_040.5).abs() < 0.1);
/// ```
#[must_use]
pub fn riegel_s(distance_m: f64, seconds: f64, to_m: f64) -> f64 {
    seconds * (to_m / distance_m).powf(RIEGEL)
}

/// How far the equivalent time of a race at another distance lies above [`riegel_s`], as a share of it. The two agree
/// within a few percent; more says that the race or the distance is off.
#[must_use]
pub fn above_riegel(distance_m: f64, seconds: f64, to_m: f64) -> Option<f64> {
    let equivalent = equivalent_s(vdot(distance_m, seconds)?, to_m)?;
    Some(equivalent / riegel_s(distance_m, seconds, to_m) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Minutes and seconds to s.
    fn clock(minutes: f64, seconds: f64) -> f64 {
        60.0 * minutes + seconds
    }

    fn check(vdot: f64, expected: [f64; 4], tolerance_s: f64) {
        let found = Equivalents::new(vdot);
        for (time, expected) in
            [found.five_km_s, found.ten_km_s, found.half_s, found.marathon_s].iter().zip(expected)
        {
            assert!((time.unwrap() - expected).abs() <= tolerance_s, "{time:?} is not {expected}");
        }
    }

    #[test]
    fn e2_8a_threshold_speed_of_ten_kilometres_in_forty_minutes() {
        let v = vdot(10_000.0, 2400.0).unwrap();
        assert!((v - 51.944_08).abs() < 1e-5);
        assert!((sustainable_share(60.0) - 0.888_007_31).abs() < 1e-8);
        assert!((hour_speed_mps(v) - 4.071_246).abs() < 1e-6);
        assert!((60.0 * hour_speed_mps(v) - 244.274_76).abs() < 1e-5);
        check(v, [clock(19.0, 17.6), 2400.0, clock(88.0, 32.8), clock(184.0, 37.7)], 0.06);
        assert!((vdot(5000.0, 1200.0).unwrap() - 49.806_23).abs() < 1e-5);
        assert!(vdot(100_000.0, 40_000.0).is_none());
    }

    #[test]
    fn e2_8a_equivalents_of_a_half_and_of_a_marathon() {
        let half = vdot(HALF_M, clock(91.0, 4.0)).unwrap();
        assert!((half - 50.287_72).abs() < 1e-5, "{half}");
        assert!((equivalent_s(half, MARATHON_M).unwrap() - clock(189.0, 44.6)).abs() < 0.06);
        let marathon = vdot(MARATHON_M, clock(195.0, 0.0)).unwrap();
        assert!((marathon - 48.680_08).abs() < 1e-5, "{marathon}");
        let expected = [clock(20.0, 23.7), clock(42.0, 17.0), clock(93.0, 39.7), clock(195.0, 0.0)];
        check(marathon, expected, 0.06);
    }

    #[test]
    fn e2_8a_riegel_is_near() {
        assert!((riegel_s(10_000.0, 2400.0, MARATHON_M) - clock(184.0, 0.5)).abs() < 0.06);
        assert!((riegel_s(10_000.0, 2400.0, HALF_M) - clock(88.0, 15.4)).abs() < 0.06);
        let above = above_riegel(10_000.0, 2400.0, MARATHON_M).unwrap();
        assert!((above - (11_077.7 / 11_040.5 - 1.0)).abs() < 2e-5, "{above}");
    }

    #[test]
    fn v14_the_published_calculator() {
        let v = vdot(15_000.0, clock(67.0, 48.0)).unwrap();
        assert!((v - 46.396_52).abs() < 1e-5);
        assert!((v - 46.4).abs() < 0.05);
        check(v, [clock(21.0, 14.93), clock(44.0, 3.47), clock(97.0, 37.83), clock(203.0, 0.78)], 0.006);
        check(v, [clock(21.0, 15.1), clock(44.0, 3.9), clock(97.0, 36.7), clock(202.0, 58.7)], 3.0);
    }

    #[test]
    fn v14_daniels_table_at_fifty() {
        check(50.0, [clock(19.0, 56.0), clock(41.0, 19.6), clock(91.0, 31.2), clock(190.0, 39.7)], 0.06);
        check(50.0, [clock(19.0, 57.0), clock(41.0, 21.0), clock(91.0, 35.0), clock(190.0, 49.0)], 10.0);
    }

    #[test]
    fn nothing_is_said_outside_the_formula() {
        assert_eq!(equivalent_s(50.0, 800.0), None);
        assert_eq!(Equivalents::new(30.0).marathon_s, None);
        assert_eq!(equivalent_speed_mps(f64::NAN, 5000.0), None);
    }

    proptest! {
        #[test]
        fn a_time_and_its_worth_are_inverse(value in 30.0..85.0_f64, distance_m in 1500.0..30_000.0_f64) {
            let Some(seconds) = equivalent_s(value, distance_m) else { return Ok(()) };
            prop_assert!((vdot(distance_m, seconds).unwrap() - value).abs() < 1e-6);
            // Farther is slower, fitter is faster.
            let speed = distance_m / seconds;
            prop_assert!(equivalent_speed_mps(value, 1.1 * distance_m).is_none_or(|farther| farther < speed));
            prop_assert!(equivalent_speed_mps(value + 1.0, distance_m).is_none_or(|fitter| fitter > speed));
        }
    }
}
