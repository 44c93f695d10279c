//! What must hold of every plan, and the choice on histories small enough to check by hand.

use super::window::{Status, Window, WindowKind};
use super::*;
use crate::blocks;
use crate::config::Conventions;
use crate::load;
use crate::load::testing::run;
use crate::model::calendar::plus;
use crate::score::run::SessionKind;
use chrono::Weekday;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Plans a history of `n_days` from 2025-01-06, a Monday, with a run on the days of which `km` is above 0.
fn planned(n_days: u32, km: impl Fn(u32) -> f64, races: &[Race], massages: &[MassageHad]) -> (Plan, Day) {
    let start = day("2025-01-06");
    let runs: Vec<Run> = (0..n_days)
        .filter(|k| km(*k) > 0.0)
        .map(|k| {
            let mut one = run(&plus(start, k).to_string());
            one.distance_m = Some(1000.0 * km(k));
            if km(k) >= 18.0 {
                one.session_kind = SessionKind::Long;
            }
            one.is_quality = races.iter().any(|race| race.date == one.date);
            one
        })
        .collect();
    let as_of = plus(start, n_days - 1);
    let days = load::days(&runs, as_of, Conventions::default()).unwrap();
    let weeks = load::weeks(&runs, &days, Weekday::Mon).unwrap();
    let blocks = blocks::label(&days, &weeks, races, Units::Metric);
    let rules = Rules::default();
    let input = Input {
        runs: &runs,
        days: &days,
        signals: &[],
        blocks: &blocks,
        races,
        massages,
        diary: &[],
        class: Class::Competitive,
        accustomed: Some(true),
        birth_year: None,
        rules: &rules,
        units: Units::Metric,
    };
    (plan(&input), as_of)
}

/// Long on Sundays, easy on Tuesdays, Thursdays and Saturdays.
fn week(k: u32) -> f64 {
    match k % 7 {
        6 => 20.0,
        1 | 3 | 5 => 8.0,
        _ => 0.0,
    }
}

fn had(date: Day, depth: Depth) -> MassageHad {
    MassageHad { date, depth, minutes: None, tissues: Vec::new(), soreness_h: None }
}

fn regular(plan: &Plan) -> Vec<&Window> {
    plan.windows.iter().filter(|w| !matches!(w.kind, WindowKind::PreRace | WindowKind::PostRace)).collect()
}

#[test]
fn a_session_comes_when_the_interval_has_passed_and_the_long_run_is_over() {
    let (plan, _) = planned(35, week, &[], &[]);
    let first = regular(&plan)[0];
    // The first run is on 2025-01-07, so 14 days have passed on Tuesday the 21st, two days after a long run.
    assert_eq!((first.best, first.depth, first.status), (day("2025-01-21"), Depth::Deep, Status::Past));
    let rules: Vec<&str> = first.reasons.iter().map(|reason| reason.rule).collect();
    assert_eq!(rules, ["R1", "R3"]);
}

#[test]
fn a_session_that_was_had_starts_the_wait_anew() {
    let (plan, as_of) = planned(35, week, &[], &[had(day("2025-02-05"), Depth::Deep)]);
    let next = regular(&plan).into_iter().find(|window| window.status != Status::Past).unwrap();
    assert_eq!(as_of, day("2025-02-09"));
    assert!(next.best >= day("2025-02-15"), "{next:?}");
}

#[test]
fn a_race_has_light_work_before_and_after_and_nothing_competes() {
    let race = Race {
        date: day("2025-02-16"),
        name: "Ten".into(),
        distance_m: 10_000.0,
        priority: 'A',
        origin: crate::model::RaceOrigin::Config,
    };
    let (plan, as_of) = planned(35, week, std::slice::from_ref(&race), &[]);
    let kinds: Vec<(WindowKind, Day, Depth)> =
        plan.windows.iter().filter(|w| w.race.is_some()).map(|w| (w.kind, w.best, w.depth)).collect();
    assert_eq!(
        kinds,
        [
            (WindowKind::PreRace, day("2025-02-14"), Depth::Light),
            (WindowKind::PostRace, day("2025-02-17"), Depth::Light)
        ]
    );
    let race_time = day("2025-02-13")..=day("2025-02-20");
    let light = |window: &&&Window| window.depth == Depth::Light && race_time.contains(&window.best);
    assert_eq!(regular(&plan).iter().filter(light).count(), 0);
    assert!(plan.windows.iter().any(|window| window.status == Status::Upcoming && window.start > as_of));
}

#[test]
fn nothing_to_plan_gives_nothing() {
    let rules = Rules::default();
    let input = Input {
        runs: &[],
        days: &[],
        signals: &[],
        blocks: &[],
        races: &[],
        massages: &[],
        diary: &[],
        class: Class::Auto,
        accustomed: None,
        birth_year: None,
        rules: &rules,
        units: Units::Metric,
    };
    assert_eq!(plan(&input), Plan::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn every_plan_is_sound(
        pattern in prop::collection::vec(0.0..30.0_f64, 5..11),
        n_days in 20_u32..120,
        race_on in 0_u32..140,
        session_on in 0_u32..120,
    ) {
        let km = |k: u32| { let km = pattern[k as usize % pattern.len()]; if km < 4.0 { 0.0 } else { km } };
        let race = Race { date: plus(day("2025-01-06"), race_on), name: "R".into(), distance_m: 21_097.5, priority: 'B', origin: crate::model::RaceOrigin::Config };
        let session = had(plus(day("2025-01-06"), session_on), Depth::Moderate);
        let (plan, as_of) = planned(n_days, km, &[race], &[session]);
        // Ceiling and need of every day to the end of the horizon, end to end.
        prop_assert!(plan.work.windows(2).all(|pair| days_between(pair[0].date, pair[1].date) == 1));
        if let Some(last) = plan.work.last() {
            prop_assert_eq!(last.date, plus(as_of, HORIZON_DAYS));
        }
        for window in &plan.windows {
            prop_assert!(window.start <= window.best && window.best <= window.end);
            prop_assert!(!window.reasons.is_empty() && window.depth > Depth::None);
            let allowed = |work: &DayWork| work.ceiling >= window.depth;
            let is_inside = |work: &&DayWork| {
                // The sessions that a plan chooses cap the days after them, but not the light work around a race.
                let first = if window.race.is_some() { window.start } else { window.best };
                (first..=window.best).contains(&work.date)
            };
            prop_assert!(plan.work.iter().filter(is_inside).all(allowed), "{:?}", window);
        }
        // Regular windows do not overlap.
        let regular = regular(&plan);
        prop_assert!(regular.windows(2).all(|pair| pair[0].end < pair[1].start));
    }
}
