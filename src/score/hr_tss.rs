//! Stress points by heart-rate zone, as TrainingPeaks has them (science 2.7, form i).
//!
//! For comparison with that tool only: an hour at exactly the threshold pays 120, and one beat less pays a third less.
//! [`super::trimp::Banister::per_threshold_hour`] is continuous, and 100 there.

use crate::digest::Histogram;

/// Share of the threshold heart rate from which on a minute pays so many points. The table names whole percents
/// (81–89 %, 90–93 %, …); each zone reaches up to where the next begins.
const POINTS: [(f64, f64); 5] = [(0.0, 0.66), (0.81, 0.92), (0.90, 1.17), (0.94, 1.33), (1.00, 2.00)];

/// Points of a histogram of heart rate against the threshold heart rate in bpm; `None` where that is not above 0.
///
/// ```
/// use legwork::{digest::Histogram, score::hr_tss::hr_tss};
/// let hour = Histogram::count(&[170.0; 3600], 1.0);
/// assert!((hr_tss(&hour, 170.0).unwrap() - 120.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn hr_tss(histogram: &Histogram, lthr_bpm: f64) -> Option<f64> {
    let per_minute = |hr: f64| {
        let share = hr / lthr_bpm;
        POINTS.iter().rev().find(|(from, _)| share >= *from).map_or(0.0, |(_, points)| *points)
    };
    (lthr_bpm > 0.0).then(|| histogram.iter().map(|(hr, seconds)| seconds / 60.0 * per_minute(hr)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(parts: &[(f64, usize)]) -> Histogram {
        let seconds: Vec<f64> = parts.iter().flat_map(|&(hr, n)| vec![hr; 60 * n]).collect();
        Histogram::count(&seconds, 0.5)
    }

    #[test]
    fn e2_7_three_zones() {
        // 85, 92 and 101 % of 200.
        let session = minutes(&[(170.0, 40), (184.0, 15), (202.0, 5)]);
        assert!((hr_tss(&session, 200.0).unwrap() - 64.35).abs() < 1e-9);
    }

    #[test]
    fn e2_7_hours_and_the_bounds_between() {
        let check = |hr: f64, hour: f64| {
            let found = hr_tss(&minutes(&[(hr, 60)]), 200.0).unwrap();
            assert!((found - hour).abs() < 1e-9, "{hr}: {found} is not {hour}");
        };
        // Between the printed percents: 80.5, 89.5, 93.5 and 99.5 % belong to the zone below.
        for (hr, hour) in [(100.0, 39.6), (161.0, 39.6), (162.0, 55.2), (179.0, 55.2), (180.0, 70.2)] {
            check(hr, hour);
        }
        for (hr, hour) in [(187.0, 70.2), (188.0, 79.8), (199.0, 79.8), (200.0, 120.0), (220.0, 120.0)] {
            check(hr, hour);
        }
        assert_eq!(hr_tss(&minutes(&[(150.0, 1)]), 0.0), None);
        assert_eq!(hr_tss(&minutes(&[]), 170.0), Some(0.0));
    }
}
