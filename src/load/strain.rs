//! Monotony and strain (science 4.6; Foster 1998, MSSE 30:1164–1168).

/// Even weeks have no spread; their monotony is shown as "at least 10".
pub const MAX_MONOTONY: f64 = 10.0;

/// Monotony and strain of seven days of load: mean over sd (n − 1), at most 10, and the sum times that.
///
/// `None` for a week of rest and for a week with an unknown day.
///
/// ```
/// use legwork::load::strain::monotony_and_strain;
/// let week = [0.0, 0.0, 140.0, 0.0, 0.0, 140.0, 0.0].map(Some);
/// let (monotony, strain) = monotony_and_strain(&week).unwrap();
/// assert!((monotony - 0.585540).abs() < 1e-6);
/// assert!((strain - 163.951).abs() < 1e-3);
/// ```
#[must_use]
pub fn monotony_and_strain(week: &[Option<f64>]) -> Option<(f64, f64)> {
    let loads: Vec<f64> = week.iter().copied().collect::<Option<_>>()?;
    let n = loads.len() as f64;
    let sum: f64 = loads.iter().sum();
    if sum <= 0.0 || loads.len() < 7 {
        return None;
    }
    let mean = sum / n;
    let sd = (loads.iter().map(|load| (load - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let monotony = if sd > 0.0 { (mean / sd).min(MAX_MONOTONY) } else { MAX_MONOTONY };
    Some((monotony, sum * monotony))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v9_foster_weeks() {
        let of = |week: [f64; 7]| monotony_and_strain(&week.map(Some)).unwrap();
        assert!((of([0., 80., 40., 0., 90., 60., 80.]).0 - 1.3207).abs() < 1e-4);
        assert!((of([0., 60., 0., 60., 0., 60., 0.]).0 - 0.8018).abs() < 5e-5);
        assert!((of([0., 0., 140., 0., 0., 140., 0.]).1 - 163.95).abs() < 5e-3);
    }

    #[test]
    fn e4_6_with_n_in_place_of_n_minus_1() {
        let (monotony, strain) = monotony_and_strain(&[0., 80., 40., 0., 90., 60., 80.].map(Some)).unwrap();
        let population = (7.0_f64 / 6.0).sqrt();
        assert!((population * monotony - 1.426_494).abs() < 1e-6);
        assert!((population * strain - 499.273).abs() < 1e-3);
    }

    #[test]
    fn e4_6_four_weeks() {
        let check = |week: [f64; 7], monotony: f64, strain: f64| {
            let (m, s) = monotony_and_strain(&week.map(Some)).unwrap();
            assert!((m - monotony).abs() < 1e-6 && (s - strain).abs() < 1e-3, "{m} {s}");
        };
        check([0., 80., 40., 0., 90., 60., 80.], 1.320_676, 462.237);
        check([0., 60., 0., 60., 0., 60., 0.], 0.801_784, 144.321);
        check([0., 0., 140., 0., 0., 140., 0.], 0.585_540, 163.951);
        check([45., 60., 45., 60., 45., 90., 45.], 3.338_092, 1301.856);
        check([50.; 7], 10.0, 3500.0);
    }

    #[test]
    fn rest_and_unknown_weeks_have_none() {
        assert_eq!(monotony_and_strain(&[Some(0.0); 7]), None);
        let mut week = [Some(40.0); 7];
        week[3] = None;
        assert_eq!(monotony_and_strain(&week), None);
    }
}
