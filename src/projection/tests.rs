//! What is expected of short histories.

use super::*;
use crate::config::Conventions;
use crate::load::day::DayState;
use crate::load::testing::run;
use crate::load::{ahead, days, days::Series};
use crate::model::calendar::{days_between, minus};
use crate::model::{LostDays, RaceOrigin};
use crate::planned::PlannedRun;
use crate::score::run::{LoadBasis, SessionKind};
use proptest::prelude::*;

/// A Sunday.
fn today() -> Day {
    "2026-05-17".parse().unwrap()
}

/// Tuesday 10 km hard, Thursday 8 km, Sunday 20 km, for some weeks that end today; an hour is 12 km and a load of 60, a hard
/// one 90.
fn history(n_weeks: u32) -> Vec<Run> {
    let mut runs = Vec::new();
    for week in (0..n_weeks).rev() {
        for (before, km, kind) in
            [(5, 10.0, SessionKind::Tempo), (3, 8.0, SessionKind::Easy), (0, 20.0, SessionKind::Long)]
        {
            let is_hard = kind == SessionKind::Tempo;
            runs.push(Run {
                distance_m: Some(1000.0 * km),
                timer_s: 300.0 * km,
                load_au: Some(km * if is_hard { 7.5 } else { 5.0 }),
                session_kind: kind,
                is_quality: is_hard,
                ..run(&minus(today(), 7 * week + before).to_string())
            });
        }
    }
    runs
}

fn race(date: Day, distance_m: f64, priority: char) -> Race {
    Race { date, name: "Race".into(), distance_m, priority, origin: RaceOrigin::Config }
}

fn planned_run(date: Day, kind: SessionKind) -> PlannedRun {
    PlannedRun { date, start_min: None, distance_m: None, duration_s: None, kind, title: String::new() }
}

fn plan_of(runs: Vec<PlannedRun>, n_days: u32) -> Plan {
    Plan { runs, covers: Some((plus(today(), 1), plus(today(), n_days))) }
}

/// What four weeks hold after a history.
fn expected(runs: &[Run], races: &[Race], plan: Option<&Plan>, phase: Phase) -> Vec<ExpectedDay> {
    let rows = days(runs, today(), Conventions::default()).unwrap();
    expect(&Known { today: today(), runs, days: &rows, races, plan, phase }, 28)
}

/// The expected days and their rows.
fn projected(runs: &[Run], races: &[Race], plan: Option<&Plan>) -> (Vec<ExpectedDay>, Vec<DayRow>) {
    let days = expected(runs, races, plan, Phase::Base);
    let series = Series::new(runs, today(), Conventions::default(), &LostDays::default()).unwrap();
    let rows = series.rows(runs);
    let ahead: Vec<Ahead> = days.iter().map(ExpectedDay::ahead).collect();
    (days, ahead::days(&series, &rows, &ahead))
}

#[test]
fn a_habit_goes_on_as_it_was() {
    let days = expected(&history(5), &[], None, Phase::Base);
    assert_eq!(days.len(), 28);
    for week in days.chunks(7) {
        let km: Vec<f64> = week.iter().map(|day| day.distance_m.unwrap() / 1000.0).collect();
        assert_eq!(km, [0.0, 10.0, 0.0, 8.0, 0.0, 0.0, 20.0]);
        assert_eq!((week[1].load_au, week[1].timer_s, week[1].n_runs), (Some(75.0), Some(3000.0), 1));
        assert_eq!(week[1].quality.as_ref().unwrap().words, "usual hard session");
        assert_eq!((week[6].long_m, week[0].n_runs), (Some(20_000.0), 0));
        assert!(week.iter().all(|day| day.basis == Basis::Habit && day.phase == Phase::Base));
    }
}

#[test]
fn two_known_weeks_make_a_habit_and_one_makes_nothing() {
    assert_eq!(
        expected(&history(2), &[], None, Phase::Base)[1].distance_m,
        None,
        "the first week began on Tuesday"
    );
    assert_eq!(expected(&history(3), &[], None, Phase::Base)[1].distance_m, Some(10_000.0));
    let (days, rows) = projected(&history(2), &[], None);
    for (day, row) in days.iter().zip(&rows) {
        assert_eq!((day.basis, day.distance_m, day.load_au), (Basis::Unknown, None, None));
        assert_eq!((row.state, row.load_au, row.acute_au, row.ctl), (DayState::Projected, None, None, None));
        assert_eq!((row.load_ratios.coupled, row.spike_ratio, row.flags.len()), (None, None, 0));
    }
    let ahead: Vec<Ahead> = days.iter().map(ExpectedDay::ahead).collect();
    assert!(ahead::weeks(&rows, &ahead, chrono::Weekday::Mon).is_empty());
}

#[test]
fn a_week_with_an_unknown_day_is_no_known_week() {
    let mut runs = history(3);
    runs[4].load_au = None;
    runs[4].load_basis = None;
    assert_eq!(expected(&runs, &[], None, Phase::Base)[1].basis, Basis::Unknown);
    assert_eq!(expected(&[history(5), runs].concat()[9..], &[], None, Phase::Base)[1].basis, Basis::Unknown);
}

#[test]
fn a_lay_off_goes_on_until_something_is_planned() {
    let mut runs = history(8);
    runs.retain(|run| days_between(run.date, today()) >= 14);
    let days = expected(&runs, &[], None, Phase::Break);
    assert!(days.iter().all(|day| day.distance_m == Some(0.0) && day.quality.is_none()));
    let plan = plan_of(vec![planned_run(plus(today(), 2), SessionKind::Easy)], 2);
    assert_eq!(expected(&runs, &[], Some(&plan), Phase::Break)[1].distance_m, Some(8000.0));
    // Twelve days are no lay-off.
    let mut runs = history(8);
    runs.retain(|run| days_between(run.date, today()) >= 12);
    assert_eq!(expected(&runs, &[], None, Phase::Base)[1].n_runs, 1);
}

#[test]
fn a_taper_cuts_by_two_to_three_fifths_and_keeps_the_hard_session() {
    let runs = history(6);
    for days_to in 15..=21 {
        let races = [race(plus(today(), days_to), 42_195.0, 'A')];
        let days = expected(&runs, &races, None, Phase::Base);
        let taper: Vec<&ExpectedDay> = days.iter().filter(|day| day.basis == Basis::Taper).collect();
        assert_eq!(taper.len(), 14);
        let metres: f64 = taper.iter().filter_map(|day| day.distance_m).sum();
        let cut = 1.0 - metres / (2.0 * 38_000.0);
        assert!((0.41..=0.60).contains(&cut), "{days_to}: {cut}");
        assert!(taper.iter().any(|day| day.quality.is_some()));
        assert!(taper[12..].iter().all(|day| day.quality.is_none()), "nothing hard on the last two days");
        assert!(taper.iter().all(|day| day.phase == Phase::Taper));
    }
    let b_race = [race(plus(today(), 18), 42_195.0, 'B')];
    assert!(expected(&runs, &b_race, None, Phase::Base)[..17].iter().all(|day| day.basis == Basis::Habit));
}

#[test]
fn a_race_takes_its_distance_and_the_days_after_it() {
    let check = |metres: f64, n_rest: usize, n_days: usize| {
        let races = [race(plus(today(), 1), metres, 'B')];
        let days = expected(&history(6), &races, None, Phase::Base);
        assert_eq!(
            (days[0].basis, days[0].phase, days[0].distance_m),
            (Basis::Race, Phase::Race, Some(metres))
        );
        let recovery = days.iter().filter(|day| day.basis == Basis::Recovery).count();
        assert_eq!(
            (recovery, days[n_days].phase, days[n_days + 1].phase),
            (n_days, Phase::PostRace, Phase::Base)
        );
        assert!(days[1..=n_days].iter().all(|day| day.quality.is_none() && day.long_m.is_none()));
        let at_rest = days[1..].iter().take_while(|day| day.n_runs == 0).count();
        assert!(at_rest >= n_rest, "{metres}: {at_rest}");
    };
    check(5000.0, 0, 3);
    check(10_000.0, 1, 5);
    check(21_097.5, 2, 10);
    check(42_195.0, 5, 21);
}

#[test]
fn a_race_is_as_fast_as_the_best_run_is_worth() {
    let mut runs = history(6);
    let day = |runs: &[Run]| {
        let races = [race(plus(today(), 1), 10_000.0, 'B')];
        expected(runs, &races, None, Phase::Base).remove(0)
    };
    // Of runs at one pace the longest is worth most: 20 km in 6000 s.
    assert!((day(&runs).timer_s.unwrap() - 6000.0 / 2.0_f64.powf(1.06)).abs() < 1e-6);
    runs[0].timer_s = 2500.0;
    assert_eq!(day(&runs).timer_s, Some(2500.0));
    let load = day(&runs).load_au.unwrap();
    assert!((66.0..73.0).contains(&load), "42 min at a little over threshold: {load}");
    // Faster than any runner of this pace: a ride.
    runs[0].timer_s = 1000.0;
    assert!(day(&runs).timer_s.unwrap() > 2500.0);
    assert!((super::race::load_au(3600.0) - 100.0).abs() < 1e-12);
}

#[test]
fn a_race_that_is_over_by_its_phase_cuts_nothing() {
    let races = [race(minus(today(), 3), 21_097.5, 'B')];
    assert_eq!(expected(&history(6), &races, None, Phase::PostRace)[0].basis, Basis::Recovery);
    assert_eq!(expected(&history(6), &races, None, Phase::Base)[0].basis, Basis::Habit);
    // Nobody knew of a race that only its run tells of.
    let found = Race { origin: RaceOrigin::Detected, ..race(plus(today(), 3), 10_000.0, 'A') };
    assert_eq!(expected(&history(6), &[found], None, Phase::Base)[2].basis, Basis::Habit);
}

#[test]
fn a_plan_fills_what_it_leaves_out_from_what_is_usual() {
    let on = |n: u32, kind| planned_run(plus(today(), n), kind);
    let plan = plan_of(
        vec![
            PlannedRun { start_min: Some(1110), duration_s: Some(3600.0), ..on(1, SessionKind::Tempo) },
            PlannedRun { distance_m: Some(15_000.0), ..on(3, SessionKind::Easy) },
            on(4, SessionKind::Long),
            PlannedRun { duration_s: Some(5400.0), ..on(5, SessionKind::Easy) },
            on(6, SessionKind::Easy),
            on(6, SessionKind::Easy),
        ],
        7,
    );
    let days = expected(&history(6), &[], Some(&plan), Phase::Base);
    let key = days[0].quality.as_ref().unwrap();
    assert_eq!((key.words.as_str(), key.start_min), ("planned tempo run", Some(1110)));
    assert_eq!((days[0].distance_m, days[0].load_au), (Some(12_000.0), Some(90.0)), "hard by hard ones");
    assert_eq!((days[1].n_runs, days[1].load_au, days[1].basis), (0, Some(0.0), Basis::Plan));
    // The median load of a metre of all: two of three are easy.
    assert_eq!((days[2].timer_s, days[2].load_au), (Some(4500.0), Some(75.0)));
    assert_eq!((days[3].distance_m, days[3].long_m), (Some(20_000.0), Some(20_000.0)));
    assert!(days[4].long_m.is_some() && days[2].long_m.is_none(), "90 min is long");
    assert_eq!((days[5].n_runs, days[5].distance_m, days[5].longest_m), (2, Some(16_000.0), Some(8000.0)));
    assert_eq!((days[6].basis, days[6].n_runs, days[7].basis), (Basis::Plan, 0, Basis::Habit));
}

#[test]
fn a_plan_without_a_history_says_what_it_says_and_no_more() {
    let on = |n: u32| planned_run(plus(today(), n), SessionKind::Easy);
    let plan = plan_of(
        vec![
            PlannedRun { distance_m: Some(5000.0), ..on(1) },
            PlannedRun { duration_s: Some(1800.0), ..on(2) },
            on(3),
        ],
        3,
    );
    let mut bare = run(&today().to_string());
    (bare.distance_m, bare.load_au, bare.load_basis) = (None, None, None::<LoadBasis>);
    let days = expected(&[bare], &[], Some(&plan), Phase::Unknown);
    assert_eq!((days[0].distance_m, days[0].timer_s, days[0].load_au), (Some(5000.0), None, None));
    assert_eq!((days[1].distance_m, days[1].timer_s), (None, Some(1800.0)));
    assert_eq!((days[2].n_runs, days[2].distance_m, days[2].timer_s), (1, None, None));
}

#[test]
fn a_plan_equal_to_the_habit_gives_the_same_rows() {
    let runs = history(6);
    let week = |n: u32| {
        let of = |after: u32, km: f64, kind| PlannedRun {
            distance_m: Some(1000.0 * km),
            ..planned_run(plus(today(), 7 * n + after), kind)
        };
        [of(2, 10.0, SessionKind::Tempo), of(4, 8.0, SessionKind::Easy), of(7, 20.0, SessionKind::Long)]
    };
    let plan = plan_of((0..4).flat_map(week).collect(), 28);
    let (planned, with_plan) = projected(&runs, &[], Some(&plan));
    let (_, by_habit) = projected(&runs, &[], None);
    assert!(planned.iter().all(|day| day.basis == Basis::Plan));
    assert_eq!(with_plan, by_habit);
}

#[test]
fn an_even_history_goes_on_evenly() {
    let (_, rows) = projected(&history(12), &[], None);
    let last = rows.last().unwrap();
    let is_near = |value: Option<f64>, to: f64| (value.unwrap() - to).abs() < 1e-9;
    assert!(is_near(last.load_ratios.coupled, 1.0) && is_near(last.ramp_pct, 0.0), "{last:?}");
    assert!(
        is_near(last.spike_ratio, 1.0) && !last.flags.contains(&crate::load::day::LoadFlag::SpikeSession)
    );
    assert_eq!(rows[0].date, plus(today(), 1));
}

#[test]
fn the_running_week_stays_what_it_was() {
    // The week begins on Wednesday: the running one has four days to go, and three more are whole.
    let (days, rows) = projected(&history(6), &[], None);
    let ahead: Vec<Ahead> = days.iter().map(ExpectedDay::ahead).collect();
    let weeks = ahead::weeks(&rows, &ahead, chrono::Weekday::Wed);
    let starts: Vec<Day> = weeks.iter().map(|week| week.start).collect();
    assert_eq!(starts, [3, 10, 17].map(|n| plus(today(), n)));
    assert!(weeks.iter().all(|week| (week.n_days, week.distance_m) == (7, 38_000.0)));
    assert_eq!(ahead::weeks(&rows, &ahead, chrono::Weekday::Mon).len(), 4);
    assert!(weeks.iter().all(|week| week.state == DayState::Projected && week.load_au == Some(215.0)));
}

/// Runs of any length on some of the last days.
fn any_history() -> impl Strategy<Value = Vec<Run>> {
    prop::collection::vec((1_u32..5, 2.0..30.0_f64, any::<bool>()), 5..60).prop_map(|parts| {
        let mut before = 0;
        let mut runs: Vec<Run> = parts
            .into_iter()
            .map(|(gap, km, is_hard)| {
                before += gap;
                Run {
                    distance_m: Some(1000.0 * km),
                    timer_s: 330.0 * km,
                    load_au: Some(5.0 * km),
                    is_quality: is_hard,
                    ..run(&minus(today(), before - 1).to_string())
                }
            })
            .collect();
        runs.reverse();
        runs
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_after_the_day_is_read_and_nothing_before_it_changes(runs in any_history(), cut in 7_u32..60) {
        let rows = days(&runs, today(), Conventions::default()).unwrap();
        let on = minus(today(), cut);
        prop_assume!(rows[0].date < on);
        let known_rows: Vec<DayRow> = rows.iter().filter(|row| row.date <= on).cloned().collect();
        let known_runs: Vec<Run> = runs.iter().filter(|run| run.date <= on).cloned().collect();
        let known = |runs, days| Known { today: on, runs, days, races: &[], plan: None, phase: Phase::Base };
        let with_all = expect(&known(runs.as_slice(), rows.as_slice()), 28);
        prop_assert_eq!(&with_all, &expect(&known(known_runs.as_slice(), known_rows.as_slice()), 28));
        // The rows of the past are those of a series that ends there.
        let series = Series::new(&known_runs, on, Conventions::default(), &LostDays::default()).unwrap();
        let ahead: Vec<Ahead> = with_all.iter().map(ExpectedDay::ahead).collect();
        let projected = ahead::days(&series, &known_rows, &ahead);
        prop_assert_eq!(series.rows(&known_runs), known_rows);
        prop_assert_eq!(projected.len(), 28);
        prop_assert!(projected.iter().all(|row| row.state == DayState::Projected));
    }

    #[test]
    fn twice_the_running_is_twice_the_expectation(runs in any_history(), k in 0.2..5.0_f64) {
        let mut scaled = runs.clone();
        for run in &mut scaled {
            run.distance_m = run.distance_m.map(|metres| k * metres);
            run.timer_s *= k;
            run.load_au = run.load_au.map(|load| k * load);
        }
        let races = [race(plus(today(), 20), 42_195.0, 'A')];
        let is_near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (k * a - b).abs() <= 1e-9 * b.abs().max(1.0),
            (a, b) => a == b,
        };
        let pairs = expected(&runs, &races, None, Phase::Base).into_iter().zip(expected(&scaled, &races, None, Phase::Base));
        for (one, other) in pairs.filter(|(day, _)| day.race.is_none()) {
            prop_assert!(is_near(one.distance_m, other.distance_m) && is_near(one.load_au, other.load_au));
            prop_assert!(is_near(one.timer_s, other.timer_s) && one.basis == other.basis);
        }
    }
}
