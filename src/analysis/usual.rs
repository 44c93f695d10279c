//! What is usual for this runner: the measure that everything is compared with.
//!
//! Input: an [`Analysis`]. Output: means and ranges of its own past. Invariant: no value of other people.

use super::Analysis;
use crate::load::day::DayRow;
use crate::model::calendar::minus;

/// Whole weeks in a mean week.
const WEEKS: usize = 4;
/// Days that a range looks back on.
const RANGE_DAYS: u32 = 365;
/// Days with a value that a range needs: two chronic lookbacks.
const RANGE_MIN_DAYS: usize = 56;

/// Mean distance in m of the last whole weeks before the current one, and how many they are; at most four.
#[must_use]
pub fn week_before(analysis: &Analysis) -> Option<(f64, usize)> {
    let (_, before) = analysis.weeks.split_last()?;
    let whole = before.iter().rev().filter(|week| week.is_whole()).take(WEEKS);
    let distances: Vec<f64> = whole.map(|week| week.distance_m).collect();
    let n = distances.len();
    (n > 0).then(|| (distances.iter().sum::<f64>() / n as f64, n))
}

/// The 10th and 90th percentile of a daily value over the last year; `None` from too few days.
#[must_use]
pub fn range(analysis: &Analysis, value: impl Fn(&DayRow) -> Option<f64>) -> Option<(f64, f64)> {
    let from = minus(analysis.as_of, RANGE_DAYS - 1);
    let mut values: Vec<f64> =
        analysis.days.iter().filter(|row| row.date >= from).filter_map(value).collect();
    values.sort_by(f64::total_cmp);
    (values.len() >= RANGE_MIN_DAYS).then(|| (percentile(&values, 0.1), percentile(&values, 0.9)))
}

/// The value below which a share of sorted, non-empty values lies, linear between neighbours.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (low, part) = (place.floor() as usize, place.fract());
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + part * (sorted[high] - sorted[low])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{sample, tiny};

    #[test]
    fn percentiles_are_linear_between_neighbours() {
        assert!((percentile(&[1.0, 2.0, 3.0, 4.0], 0.5) - 2.5).abs() < 1e-12);
        assert!((percentile(&[7.0], 0.9) - 7.0).abs() < 1e-12);
    }

    #[test]
    fn a_usual_week_leaves_the_current_one_out() {
        let analysis = sample(30);
        let (metres, n) = week_before(&analysis).unwrap();
        let sum: f64 = analysis.weeks[25..29].iter().map(|week| week.distance_m).sum();
        assert!((metres - sum / 4.0).abs() < 1e-6 && n == 4);
        assert_eq!(week_before(&tiny()), None);
    }

    #[test]
    fn a_range_needs_days() {
        assert!(range(&sample(30), |row| row.tsb).is_some());
        assert_eq!(range(&sample(6), |row| row.tsb), None);
    }
}
