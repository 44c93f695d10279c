//! Three logs on which tools disagree, and what holds for every history.

use super::ewma::{Seed, ewma, span_weight, time_constant_weight};
use super::ratio::{coupled, uncoupled};
use super::strain::monotony_and_strain;
use super::testing::days;
use proptest::prelude::*;

/// The last value of a mean that starts from 0.
fn mean_from_0(loads: &[Option<f64>], weight: f64) -> f64 {
    ewma(loads, weight, Seed::Value(0.0)).last().copied().flatten().unwrap()
}

fn last_coupled(loads: &[Option<f64>]) -> Option<f64> {
    coupled(loads, loads.len() - 1, 7, 28)
}

fn last_uncoupled(loads: &[Option<f64>]) -> Option<f64> {
    uncoupled(loads, loads.len() - 1, 7, 28)
}

/// The ratio of two means from 0.
fn ewma_ratio(loads: &[Option<f64>], weight: fn(f64) -> f64, short: f64, long: f64) -> f64 {
    mean_from_0(loads, weight(short)) / mean_from_0(loads, weight(long))
}

/// Printed to as many decimals as `expected` has.
fn prints(value: f64, expected: &str) {
    let decimals = expected.split('.').nth(1).map_or(0, str::len);
    assert_eq!(format!("{value:.decimals$}"), expected);
}

/// A week of 380 eight times, then once 1.5 times as much.
fn log_a() -> Vec<Option<f64>> {
    let week = [0.0, 60.0, 80.0, 0.0, 50.0, 40.0, 150.0];
    (0..63).map(|day| Some(week[day % 7] * if day < 56 { 1.0 } else { 1.5 })).collect()
}

#[test]
fn log_a_ratios_by_five_definitions() {
    let loads = log_a();
    prints(last_coupled(&loads).unwrap(), "1.333");
    prints(last_uncoupled(&loads).unwrap(), "1.500");
    prints(ewma_ratio(&loads, span_weight, 7.0, 28.0), "1.482");
    prints(ewma_ratio(&loads, time_constant_weight, 7.0, 28.0), "1.455");
    prints(ewma_ratio(&loads, time_constant_weight, 7.0, 42.0), "1.733");
}

#[test]
fn log_a_form_of_the_same_day_and_from_yesterday() {
    let loads = log_a();
    let form = |loads: &[Option<f64>]| {
        mean_from_0(loads, time_constant_weight(42.0)) - mean_from_0(loads, time_constant_weight(7.0))
    };
    prints(form(&loads), "-34.8");
    prints(form(&loads[..62]), "-17.2");
}

#[test]
fn log_a_monotony_by_both_deviations() {
    let loads = log_a();
    let (monotony, strain) = monotony_and_strain(&loads[56..]).unwrap();
    prints(monotony, "1.052");
    prints(strain, "599.7");
    // With n in place of n − 1.
    let population = (7.0_f64 / 6.0).sqrt();
    prints(population * monotony, "1.136");
    prints(population * strain, "647.8");
    // Rest days belong to the week: without them there is no week of seven days.
    let run_days: Vec<Option<f64>> = loads[56..].iter().copied().filter(|load| *load != Some(0.0)).collect();
    assert_eq!(monotony_and_strain(&run_days), None);
}

#[test]
fn log_b_a_return_after_five_weeks_off() {
    let loads = days(&[(50.0, 60), (0.0, 35), (30.0, 7)]);
    prints(last_coupled(&loads).unwrap(), "4.00");
    assert_eq!(last_uncoupled(&loads), None);
    prints(ewma_ratio(&loads, time_constant_weight, 7.0, 42.0), "1.03");
}

#[test]
fn log_c_one_lost_week_looks_like_a_rise() {
    let loads = days(&[(50.0, 60), (0.0, 7), (50.0, 7)]);
    prints(last_coupled(&loads).unwrap(), "1.333");
    prints(last_uncoupled(&loads).unwrap(), "1.500");
    prints(ewma_ratio(&loads, span_weight, 7.0, 28.0), "1.169");
}

proptest! {
    #[test]
    fn constant_load_is_1_in_all_three_forms(load in 0.1..300.0_f64, n in 28_usize..120) {
        let loads = days(&[(load, n)]);
        let weighted = |n: f64| ewma(&loads, span_weight(n), Seed::FirstDay).last().copied().flatten().unwrap();
        prop_assert!((last_coupled(&loads).unwrap() - 1.0).abs() < 1e-12);
        prop_assert!((last_uncoupled(&loads).unwrap() - 1.0).abs() < 1e-12);
        prop_assert!((weighted(7.0) / weighted(28.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn twice_the_load_leaves_every_ratio_and_doubles_every_mean(
        loads in prop::collection::vec(0.1..200.0_f64, 28..90),
        k in 0.1..10.0_f64,
    ) {
        let plain: Vec<Option<f64>> = loads.iter().copied().map(Some).collect();
        let scaled: Vec<Option<f64>> = loads.iter().map(|load| Some(k * load)).collect();
        let same = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-9;
        prop_assert!(same(last_coupled(&plain).unwrap(), last_coupled(&scaled).unwrap()));
        prop_assert!(same(last_uncoupled(&plain).unwrap(), last_uncoupled(&scaled).unwrap()));
        prop_assert!(same(
            ewma_ratio(&plain, span_weight, 7.0, 28.0),
            ewma_ratio(&scaled, span_weight, 7.0, 28.0)
        ));
        prop_assert!(same(k * mean_from_0(&plain, 0.1), mean_from_0(&scaled, 0.1)));
        let week = |loads: &[Option<f64>]| monotony_and_strain(&loads[..7]).unwrap();
        let ((m, s), (scaled_m, scaled_s)) = (week(&plain), week(&scaled));
        prop_assert!(same(m, scaled_m) && same(k * s, scaled_s));
    }
}
