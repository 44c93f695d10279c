//! Three logs on which tools disagree, and what holds for every history.

use super::day::{DayRow, DayState, LoadFlag, Withheld};
use super::days::Series;
use super::ewma::{Seed, ewma, span_weight, time_constant_weight};
use super::ratio::{coupled, uncoupled};
use super::strain::monotony_and_strain;
use super::testing::{days, run};
use crate::config::Conventions;
use crate::model::calendar::plus;
use crate::model::{Day, Gap, LostDays};
use crate::score::run::Run;
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

/// Ten kilometres on every day but Mondays, and what the files do not tell of the days from `from` on.
fn steady(n_days: u32, from: u32, n_lost: u32) -> (Vec<Run>, LostDays) {
    let start: Day = "2025-01-07".parse().unwrap();
    let is_lost = |k: &u32| (from..from + n_lost).contains(k);
    let runs = (0..n_days).filter(|k| k % 7 < 6 && !is_lost(k)).map(|k| run(&plus(start, k).to_string()));
    let gap = Gap { from: plus(start, from), to: plus(start, from + n_lost - 1), reason: "lost".into() };
    (runs.collect(), LostDays::new(&[gap], start, plus(start, n_days - 1), |_| false))
}

fn rows(runs: &[Run], lost: &LostDays, n_days: u32) -> Vec<DayRow> {
    let last = plus("2025-01-07".parse().unwrap(), n_days - 1);
    Series::new(runs, last, Conventions::default(), lost).unwrap().rows(runs)
}

/// Does anything say that a day or a week was beyond the usual, or that there was a pause?
fn has_risen(row: &DayRow) -> bool {
    let flags = [LoadFlag::SpikeSession, LoadFlag::BigWeek, LoadFlag::Returning, LoadFlag::LayOff];
    row.flags.iter().any(|flag| flags.contains(flag))
}

#[test]
fn one_lost_week_is_neither_a_rest_nor_a_rise() {
    let (runs, lost) = steady(130, 70, 7);
    let told = rows(&runs, &lost, 130);
    let flagged = |rows: &[DayRow]| rows.iter().filter(|row| has_risen(row)).count();
    assert_eq!(flagged(&told), 0);
    for (t, row) in told.iter().enumerate() {
        let is_lost = (70..77).contains(&t);
        assert_eq!((row.is_lost(), row.load_au.is_none()), (is_lost, is_lost), "{t}");
        assert_eq!((row.state == DayState::Unknown, row.known_m().is_none()), (is_lost, is_lost), "{t}");
        for ratio in [row.load_ratios.coupled, row.load_ratios.uncoupled, row.distance_ratios.coupled]
            .into_iter()
            .flatten()
        {
            assert!((0.9..=1.1).contains(&ratio), "{t}: {ratio}");
        }
        // More than four of the 28 days are lost.
        assert_eq!(row.ctl.is_none(), t < 27 || (74..100).contains(&t), "{t}");
        // More than one of the last seven, or of the 28.
        let is_withheld = (71..100).contains(&t);
        assert_eq!(row.withheld == Some(Withheld::UnknownDays), is_withheld, "{t}: {:?}", row.withheld);
        assert_eq!(row.monotony.is_none(), t < 6 || (70..83).contains(&t), "{t}");
        assert!(row.days_off <= 1, "{t}");
    }
    assert_eq!((told[76].days_since_run, told[77].days_off), (8, 0));
    // The same files without a word about the week.
    let taken_for_rest = rows(&runs, &LostDays::default(), 130);
    assert!(taken_for_rest[90].load_ratios.coupled.is_some_and(|ratio| ratio > 1.2));
    assert!(flagged(&taken_for_rest) > 0);
}

#[test]
fn weeks_with_a_lost_day_are_not_whole() {
    let (runs, lost) = steady(130, 72, 3);
    let told = rows(&runs, &lost, 130);
    let weeks = super::weeks(&runs, &told, chrono::Weekday::Mon).unwrap();
    let of = |at: usize| {
        (weeks[at].n_known(), weeks[at].is_whole(), weeks[at].ramp_pct.is_some(), weeks[at].state)
    };
    assert_eq!(of(9), (7, true, true, DayState::Observed));
    assert_eq!(of(10), (4, false, false, DayState::Unknown));
    assert_eq!(of(11), (7, true, false, DayState::Observed));
    assert_eq!(of(12), (7, true, true, DayState::Observed));
}

#[test]
fn a_pause_needs_days_that_are_known_to_be_without_a_run() {
    // 60 days of running, then none: the first ten of them are lost.
    let (mut runs, lost) = steady(120, 60, 10);
    runs.retain(|run| run.date < plus("2025-01-07".parse().unwrap(), 60));
    let told = rows(&runs, &lost, 120);
    let first_off = told.iter().position(|row| row.flags.contains(&LoadFlag::LayOff));
    assert_eq!(first_off, Some(60 + 10 + 13));
    assert_eq!(told[83].days_since_run, 24);
}

proptest! {
    #[test]
    fn what_a_steady_runner_lost_never_looks_like_a_rise(from in 30_u32..120, n_lost in 1_u32..40) {
        let (runs, lost) = steady(200, from, n_lost);
        for row in rows(&runs, &lost, 200) {
            prop_assert!(!has_risen(&row), "{row:?}");
            for ratio in [row.load_ratios.coupled, row.load_ratios.uncoupled, row.distance_ratios.coupled].into_iter().flatten() {
                prop_assert!((0.8..=1.25).contains(&ratio), "{row:?}");
            }
        }
    }
}
