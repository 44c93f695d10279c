//! Polarization index (science 3.4; Treff et al. 2019, Front Physiol 10:707). A descriptor, no score of quality.

/// Least classified running in s: under it single runs decide.
const MIN_CLASSIFIED_S: f64 = 6.0 * 3600.0;
/// What stands in for an empty zone 2, taken from zone 3.
const EMPTY_ZONE: f64 = 0.01;
/// Index above which a distribution can be polarised.
const POLARISED: f64 = 2.0;

/// How time is spread over the three zones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Polarization {
    /// log10(Z1 / Z2 · Z3 · 100) in a.u., Z as shares of the time.
    pub index: f64,
    /// Index above 2 with most time in zone 1 and least in zone 2?
    pub is_polarised: bool,
    /// Is a share under 1 %, where a few minutes move the index a lot?
    pub is_unstable: bool,
}

/// Why there is no index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// Under six hours of classified running.
    TooLittle,
    /// More time in zone 3 than in zone 1.
    HighAboveLow,
}

/// The index of seconds below, between and above the two thresholds.
///
/// Without time in zone 3 the index is 0; without any in zone 2 one percent of zone 3 is counted as zone 2.
///
/// ```
/// use legwork::score::polarization::polarization;
/// let ten_hours = [0.80, 0.05, 0.15].map(|share| share * 36_000.0);
/// assert!((polarization(ten_hours).unwrap().index - 2.380211).abs() < 1e-6);
/// ```
pub fn polarization(three_zone_s: [f64; 3]) -> Result<Polarization, Undefined> {
    let total: f64 = three_zone_s.iter().sum();
    // The sum of parts of six hours may fall short of them by a rounding.
    if total + 1e-6 < MIN_CLASSIFIED_S {
        return Err(Undefined::TooLittle);
    }
    let [low, moderate, high] = three_zone_s.map(|seconds| seconds / total);
    if high > low {
        return Err(Undefined::HighAboveLow);
    }
    let (divisor, factor) = if moderate > 0.0 { (moderate, high) } else { (EMPTY_ZONE, high - EMPTY_ZONE) };
    // A zone 3 that an empty zone 2 uses up counts as none.
    let index = if factor > 0.0 { (low / divisor * factor * 100.0).log10() } else { 0.0 };
    Ok(Polarization {
        index,
        is_polarised: index > POLARISED && low > high && high > moderate,
        is_unstable: [low, moderate, high].iter().any(|share| *share < EMPTY_ZONE),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(shares: [f64; 3]) -> Result<Polarization, Undefined> {
        polarization(shares.map(|share| share * 36_000.0))
    }

    #[test]
    fn e3_4_three_distributions() {
        let check = |shares: [f64; 3], index: f64, is_polarised: bool, is_unstable: bool| {
            let found = of(shares).unwrap();
            assert!((found.index - index).abs() < 1e-6, "{found:?}");
            assert_eq!((found.is_polarised, found.is_unstable), (is_polarised, is_unstable));
        };
        check([0.80, 0.05, 0.15], 2.380_211, true, false);
        check([0.68, 0.25, 0.07], 1.279_667, false, false);
        check([0.85, 0.0, 0.15], 3.075_547, true, true);
        // As much in zone 3 as in zone 1 is not polarised, however high the index.
        check([0.45, 0.10, 0.45], 202.5_f64.log10(), false, false);
        check([0.94, 0.03, 0.03], 94.0_f64.log10(), false, false);
    }

    #[test]
    fn e3_4_edges() {
        assert_eq!(of([0.9, 0.1, 0.0]).unwrap().index, 0.0);
        assert_eq!(of([1.0, 0.0, 0.0]).unwrap().index, 0.0);
        assert_eq!(of([0.995, 0.0, 0.005]).unwrap().index, 0.0);
        assert_eq!(of([0.3, 0.3, 0.4]), Err(Undefined::HighAboveLow));
        let six_hours = [0.80, 0.05, 0.15].map(|share| share * MIN_CLASSIFIED_S);
        assert!(polarization(six_hours).is_ok());
        assert_eq!(polarization(six_hours.map(|s| 0.999 * s)), Err(Undefined::TooLittle));
        assert_eq!(polarization([0.0; 3]), Err(Undefined::TooLittle));
    }

    proptest! {
        #[test]
        fn the_scale_does_not_matter(low in 0.4..1.0_f64, moderate in 0.0..0.4_f64, high in 0.0..0.4_f64, k in 1.0..9.0_f64) {
            let seconds = [low, moderate, high].map(|share| share * 100_000.0);
            let (one, other) = (polarization(seconds).unwrap(), polarization(seconds.map(|s| k * s)).unwrap());
            prop_assert!((one.index - other.index).abs() < 1e-9);
            prop_assert!(one.index.is_finite());
        }
    }
}
