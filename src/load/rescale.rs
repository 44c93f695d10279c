//! What the ratio says beyond the acute load alone (science 4.4).
//!
//! Impellizzeri et al. 2021 (Sports Med 51:581–592) put a constant in the place of the chronic load, and the ratio did as well
//! as before: the denominator added nothing. The check here asks the same of one runner: the ratio of each day is held
//! against its acute load over one constant, the runner's own median chronic load.
//!
//! It can say that the two put the days into the same order, so that the ratio is acute load by another name for this
//! runner. It cannot say that either means anything for injury. And where the two differ, it cannot say which of them is
//! right: the difference may be a base that changed, or no more than the dividing.

use super::day::DayRow;
use super::ratio::quantile;
use serde::Serialize;

/// How far back days are compared.
const LAST_DAYS: usize = 365;
/// Fewer days with a ratio say nothing.
const MIN_DAYS: usize = 90;

/// How the coupled ratio and the acute load over a constant agree. Both numbers go by rank, so the constant does not
/// change them; it is what makes the two readable side by side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rescaling {
    /// Days compared.
    pub n_days: usize,
    /// The constant: the median chronic load of these days.
    pub median_chronic_au: f64,
    /// Spearman's rank correlation of the two, −1 to 1; 1 is the same order of days.
    pub spearman: f64,
    /// Share of days, 0 to 1, that the two put into different thirds (low, middle, high) of the runner's own days.
    pub other_third_share: f64,
}

/// Compares over the last 365 days; `None` with fewer than 90 that have a ratio, or where one of the two never changes.
#[must_use]
pub fn rescaling(days: &[DayRow]) -> Option<Rescaling> {
    let last = &days[days.len().saturating_sub(LAST_DAYS)..];
    let known: Vec<[f64; 3]> = last
        .iter()
        .filter_map(|day| Some([day.load_ratios.coupled?, day.acute_au?, day.chronic_au?]))
        .collect();
    compare(&known)
}

/// Over triples of ratio, acute and chronic load.
fn compare(known: &[[f64; 3]]) -> Option<Rescaling> {
    let column = |k: usize| -> Vec<f64> { known.iter().map(|day| day[k]).collect() };
    let median_chronic_au = quantile(&column(2), 0.5).filter(|median| *median > 0.0)?;
    let ratio = column(0);
    let rescaled: Vec<f64> = column(1).iter().map(|acute| acute / median_chronic_au).collect();
    if known.len() < MIN_DAYS {
        return None;
    }
    let moved = thirds(&ratio)?.iter().zip(thirds(&rescaled)?).filter(|(a, b)| **a != *b).count();
    Some(Rescaling {
        n_days: known.len(),
        median_chronic_au,
        spearman: spearman(&ratio, &rescaled)?,
        other_third_share: moved as f64 / known.len() as f64,
    })
}

/// The third of the values that each lies in: 0, 1 or 2.
fn thirds(values: &[f64]) -> Option<Vec<u8>> {
    let (low, high) = (quantile(values, 1.0 / 3.0)?, quantile(values, 2.0 / 3.0)?);
    Some(values.iter().map(|value| u8::from(*value > low) + u8::from(*value > high)).collect())
}

/// Spearman's rank correlation; `None` where one of the two never changes.
fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = (ranks(a), ranks(b));
    // The mean of ranks from 0 is the same with ties and without.
    let mean = (a.len() as f64 - 1.0) / 2.0;
    let product =
        |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum() };
    let spread = (product(&a, &a) * product(&b, &b)).sqrt();
    (spread > 0.0).then(|| product(&a, &b) / spread)
}

/// Ranks from 0; equal values share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let to = sorted.partition_point(|other| other <= value);
        (below + to - 1) as f64 / 2.0
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::days;
    use crate::load::testing::run;
    use crate::model::Day;
    use crate::model::calendar::plus;

    /// Days with an acute load that swings and a chronic one that is given.
    fn swinging(n: usize, chronic: impl Fn(usize) -> f64) -> Vec<[f64; 3]> {
        (0..n)
            .map(|k| {
                let acute = 50.0 + (k * 37 % 101) as f64 / 5.0;
                [acute / chronic(k), acute, chronic(k)]
            })
            .collect()
    }

    #[test]
    fn with_an_even_base_the_ratio_is_acute_load_by_another_name() {
        let found = compare(&swinging(101, |_| 40.0)).unwrap();
        assert_eq!((found.n_days, found.median_chronic_au, found.other_third_share), (101, 40.0, 0.0));
        assert!((found.spearman - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_base_that_grows_parts_the_two() {
        let found = compare(&swinging(200, |k| 30.0 + 0.3 * k as f64)).unwrap();
        assert!((0.05..0.6).contains(&found.spearman), "{found:?}");
        assert!((0.3..0.67).contains(&found.other_third_share), "{found:?}");
        // The ratio alone changes: the acute load puts all days into one third.
        let even: Vec<[f64; 3]> = (0..100).map(|k| [1.0 / (1.0 + f64::from(k)), 50.0, 50.0]).collect();
        assert_eq!(compare(&even), None);
    }

    #[test]
    fn ranks_share_ties_and_order_reversed_is_minus_one() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [2.5, 0.0, 2.5, 1.0]);
        assert_eq!(spearman(&[1.0, 2.0, 3.0], &[9.0, 4.0, 1.0]), Some(-1.0));
        // Textbook: ranks 0 1 2 3 4 against 1 0 3 2 4, squared differences sum to 4: 1 − 6·4 / (5·24).
        let found = spearman(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.0, 1.0, 4.0, 3.0, 5.0]).unwrap();
        assert!((found - 0.8).abs() < 1e-12);
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(thirds(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), Some(vec![0, 0, 1, 1, 2, 2]));
    }

    #[test]
    fn ninety_days_with_a_ratio_of_the_last_year_are_compared() {
        let start: Day = "2024-01-01".parse().unwrap();
        let history = |n: u32| {
            let runs: Vec<_> = (0..n)
                .map(|k| {
                    let mut one = run(&plus(start, k).to_string());
                    one.load_au = Some(40.0 + f64::from(k * 37 % 101));
                    one
                })
                .collect();
            days(&runs, plus(start, n - 1), crate::config::Conventions::default()).unwrap()
        };
        // The first ratio stands on day 28.
        assert_eq!(rescaling(&history(116)), None);
        assert_eq!(rescaling(&history(117)).unwrap().n_days, 90);
        let long = rescaling(&history(500)).unwrap();
        assert_eq!(long.n_days, 365);
        assert!(long.spearman > 0.8, "{long:?}");
        assert_eq!(rescaling(&[]), None);
    }
}
