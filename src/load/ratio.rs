//! The last week against the weeks before it (science 4.2 to 4.5). Descriptive: it does not predict injury.
//!
//! Every mean is over days, not sessions, and rest days are zeros. An unknown day is left out of a mean; where more
//! than 15 % of a window is unknown the mean is withheld.

/// Share of a window that may be unknown.
const MAX_UNKNOWN: f64 = 0.15;

/// Mean over the `n` days that end with day `t` (0-based); `None` where the history is shorter or too much of
/// it is unknown.
#[must_use]
pub fn mean_to(loads: &[Option<f64>], t: usize, n: usize) -> Option<f64> {
    let window = &loads[(t + 1).checked_sub(n)?..=t];
    let (mut sum, mut known) = (0.0, 0);
    for load in window.iter().flatten() {
        sum += load;
        known += 1;
    }
    (known > 0 && !is_too_much(n - known, n)).then(|| sum / known as f64)
}

/// Sum over a window, with the mean of the known days in the place of unknown ones; `None` where too many are unknown, or
/// there is no day.
///
/// ```
/// use legwork::load::ratio::filled_sum;
/// let week = [Some(10.0), Some(0.0), None, Some(10.0), Some(0.0), Some(10.0), Some(0.0)];
/// assert_eq!(filled_sum(week), Some(35.0));
/// assert_eq!(filled_sum([Some(10.0), None]), None);
/// ```
#[must_use]
pub fn filled_sum(values: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    let (mut sum, mut known, mut n) = (0.0, 0, 0);
    for value in values {
        n += 1;
        if let Some(value) = value {
            sum += value;
            known += 1;
        }
    }
    match n - known {
        0 => (n > 0).then_some(sum),
        unknown => (known > 0 && !is_too_much(unknown, n)).then(|| sum / known as f64 * n as f64),
    }
}

/// Is so much of a window of `n` days unknown that nothing is said of it?
#[must_use]
pub fn is_too_much(n_unknown: usize, n: usize) -> bool {
    n_unknown as f64 > MAX_UNKNOWN * n as f64
}

/// Acute over chronic with the acute days inside the chronic ones; `None` without a chronic load. At most
/// `chronic_days / acute_days`.
///
/// ```
/// use legwork::load::ratio::coupled;
/// let loads: Vec<Option<f64>> = [vec![Some(50.0); 28], vec![Some(100.0); 7]].concat();
/// assert!((coupled(&loads, 34, 7, 28).unwrap() - 1.60).abs() < 1e-12);
/// ```
#[must_use]
pub fn coupled(loads: &[Option<f64>], t: usize, acute_days: usize, chronic_days: usize) -> Option<f64> {
    let chronic = mean_to(loads, t, chronic_days).filter(|mean| *mean > 0.0)?;
    Some(mean_to(loads, t, acute_days)? / chronic)
}

/// Acute over the mean of the chronic days before the acute ones; `None` where those are all rest ("no base").
#[must_use]
pub fn uncoupled(loads: &[Option<f64>], t: usize, acute_days: usize, chronic_days: usize) -> Option<f64> {
    let before = t.checked_sub(acute_days)?;
    let chronic = mean_to(loads, before, chronic_days - acute_days).filter(|mean| *mean > 0.0)?;
    Some(mean_to(loads, t, acute_days)? / chronic)
}

/// Lowest and highest coupled ratio over the window pairs {5, 7, 10} × {21, 28, 35} that fit the history.
#[must_use]
pub fn range_over_windows(loads: &[Option<f64>], t: usize) -> Option<(f64, f64)> {
    let pairs = [5, 7, 10].into_iter().flat_map(|acute| [21, 28, 35].map(|chronic| (acute, chronic)));
    pairs.filter_map(|(acute, chronic)| coupled(loads, t, acute, chronic)).fold(None, |range, ratio| {
        let (low, high) = range.unwrap_or((ratio, ratio));
        Some((ratio.min(low), ratio.max(high)))
    })
}

/// Share in percent of `values` that are at most `value`; `None` without any.
#[must_use]
pub fn percentile_of(value: f64, values: &[f64]) -> Option<f64> {
    let below = values.iter().filter(|other| **other <= value).count();
    (!values.is_empty()).then(|| 100.0 * below as f64 / values.len() as f64)
}

/// The value at a share from 0 to 1 of the values in order (linear in between); `None` without any.
#[must_use]
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = share * (sorted.len().checked_sub(1)?) as f64;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    Some(sorted[low] + (at - at.floor()) * (sorted[high] - sorted[low]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::days;
    use proptest::prelude::*;

    fn last(loads: &[Option<f64>]) -> (Option<f64>, Option<f64>) {
        let t = loads.len() - 1;
        (coupled(loads, t, 7, 28), uncoupled(loads, t, 7, 28))
    }

    fn check(loads: &[Option<f64>], coupled: f64, uncoupled: f64) {
        let (c, u) = last(loads);
        assert!((c.unwrap() - coupled).abs() < 1e-6 && (u.unwrap() - uncoupled).abs() < 1e-6, "{c:?} {u:?}");
    }

    #[test]
    fn v1_v4_v5_published_ratios() {
        check(&days(&[(30.0, 21), (50.0, 7)]), 50.0 / 35.0, 1.666_667);
        check(&days(&[(50.0, 28), (100.0, 7)]), 1.60, 2.00);
        check(&days(&[(50.0, 40)]), 1.0, 1.0);
    }

    #[test]
    fn v2_v3_published_ratios() {
        let v2 = [
            15., 15., 20., 20., 20., 25., 25., 25., 25., 30., 30., 30., 35., 35., 35., 35., 35., 40., 45.,
            45., 45., 40., 40., 45., 45., 50., 60., 70.,
        ];
        check(&v2.map(Some), 50.0 / 35.0, 1.666_667);
        let v3 = [
            55., 50., 40., 60., 45., 50., 50., 20., 30., 80., 25., 10., 30., 15., 20., 15., 5., 5., 15., 5.,
            5., 5., 5., 15., 45., 90., 95., 95.,
        ];
        check(&v3.map(Some), 50.0 / 35.0, 1.666_667);
    }

    #[test]
    fn v6_after_a_lay_off_there_is_no_base() {
        assert_eq!(last(&days(&[(0.0, 28), (40.0, 7)])), (Some(4.0), None));
        assert_eq!(last(&days(&[(0.0, 35)])), (None, None));
        assert_eq!(last(&days(&[(50.0, 27)])), (None, None));
    }

    #[test]
    fn v10_means_are_over_days_not_sessions() {
        let week = [10.0, 0.0, 10.0, 0.0, 10.0, 0.0, 10.0];
        let loads: Vec<Option<f64>> = week
            .iter()
            .cycle()
            .take(21)
            .chain(&[10.0, 10.0, 10.0, 0.0, 10.0, 10.0, 10.0])
            .map(|l| Some(*l))
            .collect();
        assert!((last(&loads).0.unwrap() - 1.333_333).abs() < 1e-6);
    }

    #[test]
    fn unknown_days_are_no_rest() {
        let mut loads = days(&[(50.0, 28)]);
        loads[20] = None;
        assert_eq!(last(&loads).0, Some(1.0));
        loads[22] = None;
        loads[23] = None;
        assert_eq!(last(&loads).0, None);
    }

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.25), Some(1.5));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(percentile_of(2.0, &[1.0, 2.0, 3.0, 4.0]), Some(50.0));
    }

    proptest! {
        #[test]
        fn rac_and_rau_are_one_number_in_two_scales(loads in prop::collection::vec(0.1..200.0_f64, 28..60), k in 0.1..10.0_f64) {
            let known: Vec<Option<f64>> = loads.iter().copied().map(Some).collect();
            let (c, u) = last(&known);
            let (c, u) = (c.unwrap(), u.unwrap());
            prop_assert!(c <= 4.0);
            prop_assert!((c - 4.0 * u / (u + 3.0)).abs() < 1e-9);
            prop_assert_eq!(c < u, c > 1.0);
            // The scale of the loads does not matter.
            let scaled: Vec<Option<f64>> = loads.iter().map(|l| Some(l * k)).collect();
            prop_assert!((last(&scaled).0.unwrap() - c).abs() < 1e-9);
        }
    }
}
