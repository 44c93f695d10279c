//! Exponentially weighted means: fitness, fatigue and the weighted ratio (science 4.3 and 4.7).
//!
//! The recurrence is E_t = E_(t−1) + k · (L_t − E_(t−1)). A series starts from a [`Seed`]; an unknown day holds
//! the value. The conventions differ between tools by name and by meaning, so the constant is always made by
//! the function that names it.

/// Where a series starts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seed {
    /// From this value on the day before the first.
    Value(f64),
    /// At the first day's own load (Williams et al. 2017, the published example).
    FirstDay,
    /// At the mean of this many first days, reached on the last of them; nothing is reported before it.
    MeanOf(usize),
}

/// Weight of a span of `n` days: 2 / (n + 1) (Williams et al. 2017, BJSM 51:209–210).
#[must_use]
pub fn span_weight(n: f64) -> f64 {
    2.0 / (n + 1.0)
}

/// Weight of a half-life in days.
#[must_use]
pub fn half_life_weight(days: f64) -> f64 {
    1.0 - 0.5_f64.powf(1.0 / days)
}

/// Weight of a time constant in days: 1 − e^(−1/τ), as GoldenCheetah has it.
#[must_use]
pub fn time_constant_weight(days: f64) -> f64 {
    1.0 - (-1.0 / days).exp()
}

/// Weight of a time constant in days as most tables have it: 1/τ.
#[must_use]
pub fn reciprocal_weight(days: f64) -> f64 {
    1.0 / days
}

/// The series of means, one value a day; `None` before the seed is complete.
///
/// ```
/// use legwork::load::ewma::{ewma, span_weight, Seed};
/// let loads = [Some(0.0), Some(100.0), Some(0.0)];
/// assert_eq!(ewma(&loads, span_weight(7.0), Seed::Value(0.0)), [Some(0.0), Some(25.0), Some(18.75)]);
/// ```
#[must_use]
pub fn ewma(loads: &[Option<f64>], weight: f64, seed: Seed) -> Vec<Option<f64>> {
    let (mut mean, skip) = match seed {
        Seed::Value(value) => (Some(value), 0),
        Seed::FirstDay => (loads.first().copied().flatten(), 0),
        Seed::MeanOf(n) => (mean_of(loads.get(..n).unwrap_or(&[])), n),
    };
    loads
        .iter()
        .enumerate()
        .map(|(day, load)| {
            if day + 1 < skip {
                return None;
            }
            if day >= skip {
                mean = mean.zip(*load).map(|(mean, load)| mean + weight * (load - mean)).or(mean);
            }
            mean
        })
        .collect()
}

/// The mean of the known days; `None` if there is none.
fn mean_of(loads: &[Option<f64>]) -> Option<f64> {
    let known: Vec<f64> = loads.iter().flatten().copied().collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::days;

    fn last(loads: &[Option<f64>], weight: f64) -> f64 {
        ewma(loads, weight, Seed::FirstDay).last().copied().flatten().unwrap()
    }

    fn check(loads: &[Option<f64>], acute: f64, chronic: f64) {
        let (a, c) = (last(loads, span_weight(7.0)), last(loads, span_weight(28.0)));
        assert!((a / acute - 1.0).abs() < 1e-6, "acute {a}");
        assert!((c / chronic - 1.0).abs() < 1e-6, "chronic {c}");
    }

    #[test]
    fn v1_to_v5_published_means() {
        check(&days(&[(30.0, 21), (50.0, 7)]), 47.330_322, 37.871_967);
        let v2 = [
            15., 15., 20., 20., 20., 25., 25., 25., 25., 30., 30., 30., 35., 35., 35., 35., 35., 40., 45.,
            45., 45., 40., 40., 45., 45., 50., 60., 70.,
        ];
        check(&v2.map(Some), 53.673_012, 38.168_765);
        let v3 = [
            55., 50., 40., 60., 45., 50., 50., 20., 30., 80., 25., 10., 30., 15., 20., 15., 5., 5., 15., 5.,
            5., 5., 5., 15., 45., 90., 95., 95.,
        ];
        check(&v3.map(Some), 62.124_188, 40.061_418);
        check(&days(&[(50.0, 28), (100.0, 7)]), 93.325_806, 69.679_918);
        check(&days(&[(50.0, 60)]), 50.0, 50.0);
    }

    #[test]
    fn v7_one_load_rises_and_decays() {
        let series = ewma(&days(&[(0.0, 10), (100.0, 1), (0.0, 10)]), 0.25, Seed::Value(0.0));
        assert_eq!((series[10], series[11]), (Some(25.0), Some(18.75)));
    }

    #[test]
    fn v8_three_conventions_of_one_name() {
        let loads = days(&[(50.0, 50), (150.0, 7)]);
        let ratio = |weight: fn(f64) -> f64, short: f64, long: f64| {
            last(&loads, weight(short)) / last(&loads, weight(long))
        };
        assert!((ratio(span_weight, 7.0, 28.0) - 1.529_229).abs() < 1e-6);
        assert!((ratio(half_life_weight, 7.0, 28.0) - 1.517_212).abs() < 1e-6);
        assert!((ratio(half_life_weight, 3.5, 14.0) - 1.576_505).abs() < 1e-6);
    }

    #[test]
    fn v16_e4_7_fitness_fatigue_form() {
        let loads = days(&[(100.0, 10)]);
        let series = |weight: f64| ewma(&loads, weight, Seed::Value(0.0));
        let check = |ctl: Vec<Option<f64>>, atl: Vec<Option<f64>>, expected: [f64; 4]| {
            let at = |series: &[Option<f64>], day: usize| series[day].unwrap();
            let found = [at(&ctl, 9), at(&atl, 9), at(&ctl, 8) - at(&atl, 8), at(&ctl, 9) - at(&atl, 9)];
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?}");
        };
        check(
            series(reciprocal_weight(42.0)),
            series(reciprocal_weight(7.0)),
            [21.413_913, 78.594_168, -55.529_350, -57.180_255],
        );
        check(
            series(time_constant_weight(42.0)),
            series(time_constant_weight(7.0)),
            [21.187_237, 76.034_896, -53.066_470, -54.847_659],
        );
    }

    #[test]
    fn an_unknown_day_holds_and_the_seed_is_silent_before_it_is_complete() {
        let loads = [Some(2.0), Some(4.0), None, Some(7.0)];
        assert_eq!(ewma(&loads, 0.5, Seed::MeanOf(2)), [None, Some(3.0), Some(3.0), Some(5.0)]);
        assert_eq!(ewma(&loads[..1], 0.5, Seed::MeanOf(2)), [None]);
    }
}
