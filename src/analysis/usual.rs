//! What is usual for this runner: the measure that everything is compared with.
//!
//! Input: an [`Analysis`]. Output: means and ranges of its own past. Invariant: no value of other people.

use super::Analysis;
use crate::load::day::{DayRow, WeekRow};
use crate::load::days::PERCENTILE_DAYS;
use crate::model::calendar::minus;

/// Whole weeks in a mean week.
const WEEKS: usize = 4;
/// Days that a range looks back on.
const RANGE_DAYS: u32 = 365;
/// Days with a value that a range needs: two chronic lookbacks.
const RANGE_MIN_DAYS: usize = 56;
/// The same in weeks.
const RANGE_MIN_WEEKS: usize = RANGE_MIN_DAYS / 7;

/// Mean distance in m of the last whole weeks before the current one, and how many they are; at most four.
#[must_use]
pub fn week_before(analysis: &Analysis) -> Option<(f64, usize)> {
    let (_, before) = analysis.weeks.split_last()?;
    let whole = before.iter().rev().filter(|week| week.is_whole()).take(WEEKS);
    let distances: Vec<f64> = whole.map(|week| week.distance_m).collect();
    let n = distances.len();
    (n > 0).then(|| (distances.iter().sum::<f64>() / n as f64, n))
}

/// The 10th and 90th percentile of a daily value over the last year; `None` from too few days, and from a history that is
/// too short for any percentile of its own.
#[must_use]
pub fn range(analysis: &Analysis, value: impl Fn(&DayRow) -> Option<f64>) -> Option<(f64, f64)> {
    let from = minus(analysis.as_of, RANGE_DAYS - 1);
    let values = analysis.days.iter().filter(|row| row.date >= from).filter_map(value).collect();
    between(analysis, values, RANGE_MIN_DAYS)
}

/// The same of a value of whole weeks.
#[must_use]
pub fn range_of_weeks(analysis: &Analysis, value: impl Fn(&WeekRow) -> Option<f64>) -> Option<(f64, f64)> {
    let from = minus(analysis.as_of, RANGE_DAYS - 1);
    let weeks = analysis.weeks.iter().filter(|week| week.is_whole() && week.start >= from);
    between(analysis, weeks.filter_map(value).collect(), RANGE_MIN_WEEKS)
}

fn between(analysis: &Analysis, mut values: Vec<f64>, n_least: usize) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let is_enough = analysis.days.len() >= PERCENTILE_DAYS && values.len() >= n_least;
    is_enough.then(|| (percentile(&values, 0.1), percentile(&values, 0.9)))
}

/// The time that a range looks back on, in words: `the last year`, or `the last 207 days` where the history is shorter.
#[must_use]
pub fn span(analysis: &Analysis) -> String {
    match analysis.days.len() {
        n_days if n_days < RANGE_DAYS as usize => format!("the last {n_days} days"),
        _ => "the last year".to_owned(),
    }
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
        // As long as the percentile of the ratio is withheld.
        assert_eq!(range(&sample(20), |row| row.tsb), None);
        assert!(range_of_weeks(&sample(30), |week| week.monotony).is_some());
        assert_eq!(range_of_weeks(&sample(20), |week| week.monotony), None);
    }

    #[test]
    fn a_year_is_said_of_a_year_alone() {
        assert_eq!(span(&sample(60)), "the last year");
        let short = sample(30);
        assert_eq!(span(&short), format!("the last {} days", short.days.len()));
    }
}
