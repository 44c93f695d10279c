//! Histories to blocks.

use super::*;
use crate::config::Conventions;
use crate::load::testing::run;
use crate::load::{days, weeks};
use crate::model::calendar::{days_between, plus};
use crate::model::{Day, RaceOrigin};
use crate::score::run::Run;
use chrono::Weekday;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A run of 10 km on each of the days from the start on which `runs` says so.
fn history(n_days: u32, km: impl Fn(u32) -> f64) -> Vec<Run> {
    (0..n_days)
        .filter(|k| km(*k) > 0.0)
        .map(|k| {
            let mut one = run(&plus(day("2025-01-01"), k).to_string());
            one.distance_m = Some(1000.0 * km(k));
            one
        })
        .collect()
}

/// The days of a history with its blocks. It starts on a Wednesday, and so do its weeks: week k begins on day 7 k.
fn labelled(runs: &[Run], n_days: u32, races: &[Race]) -> (Vec<DayRow>, Vec<Block>) {
    let days = days(runs, plus(day("2025-01-01"), n_days - 1), Conventions::default()).unwrap();
    let weeks = weeks(runs, &days, Weekday::Wed).unwrap();
    let blocks = label(&days, &weeks, races, Units::Metric);
    (days, blocks)
}

/// Four runs a week, of as many km a week as `km` says of week k.
fn by_week(n_weeks: u32, km: impl Fn(u32) -> f64) -> Vec<Run> {
    history(7 * n_weeks, |k| if k % 7 < 4 { km(k / 7) / 4.0 } else { 0.0 })
}

fn race_on(k: u32, distance_m: f64, priority: char, origin: RaceOrigin) -> Race {
    Race { date: plus(day("2025-01-01"), k), name: "Town run".into(), distance_m, priority, origin }
}

fn texts(block: &Block) -> Vec<&str> {
    block.reasons.iter().map(|reason| reason.text.as_str()).collect()
}

fn phases(runs: &[Run], n_days: u32, races: &[Race]) -> Vec<(Phase, u32)> {
    let (days, blocks) = labelled(runs, n_days, races);
    // Blocks are end to end.
    assert!(blocks.windows(2).all(|pair| days_between(pair[0].end, pair[1].start) == 1));
    assert_eq!((blocks[0].start, blocks[blocks.len() - 1].end), (days[0].date, days[days.len() - 1].date));
    blocks.iter().map(|block| (block.phase, block.n_days)).collect()
}

#[test]
fn e8_1_weeks_that_rise_by_four() {
    // Pairwise slopes 3, 3.5, 4, 4, 4, 5: their median over the median week of 45.5.
    let slope = slope_of_median(&[40.0, 44.0, 47.0, 52.0]).unwrap();
    assert!((slope - 4.0 / 45.5).abs() < 1e-12);
    assert!((100.0 * slope - 8.791).abs() < 5e-4);
    assert_eq!(slope_of_median(&[40.0, 44.0]), None);
    assert_eq!(slope_of_median(&[0.0; 4]), None);
}

#[test]
fn even_weeks_are_base() {
    let found = phases(&history(140, |k| if k % 2 == 0 { 8.0 } else { 0.0 }), 140, &[]);
    assert_eq!(found.last().unwrap().0, Phase::Base, "{found:?}");
}

#[test]
fn rising_weeks_build() {
    let found = phases(
        &history(112, |k| if k % 7 < 4 { 6.0 * 1.08_f64.powf(f64::from(k / 7)) } else { 0.0 }),
        112,
        &[],
    );
    assert!(found.iter().any(|(phase, n)| *phase == Phase::Build && *n >= 28), "{found:?}");
}

#[test]
fn a_stop_is_a_break_and_then_a_return() {
    let found =
        phases(&history(140, |k| if k % 2 == 0 && !(70..100).contains(&k) { 8.0 } else { 0.0 }), 140, &[]);
    // The last run is on day 68, the next on day 100.
    let at = found.iter().position(|(phase, _)| *phase == Phase::Break).unwrap();
    assert_eq!((found[at].1, found[at + 1].0), (31, Phase::Return), "{found:?}");
}

#[test]
fn a_race_has_its_taper_and_its_days_after() {
    let race = race_on(100, 42_195.0, 'A', RaceOrigin::Config);
    let mut runs = history(130, |k| match k {
        0..86 => {
            if k % 2 == 0 {
                14.0
            } else {
                0.0
            }
        }
        86..100 => {
            if k % 3 == 0 {
                8.0
            } else {
                0.0
            }
        }
        100 => 42.2,
        _ => {
            if k % 4 == 0 {
                5.0
            } else {
                0.0
            }
        }
    });
    for run in &mut runs {
        run.is_quality = run.date == plus(day("2025-01-01"), 90);
    }
    let found = phases(&runs, 130, std::slice::from_ref(&race));
    let at = found.iter().position(|(phase, _)| *phase == Phase::Race).unwrap();
    assert_eq!(found[at].1, 1);
    assert_eq!(found[at - 1].0, Phase::Taper, "{found:?}");
    assert!((7..=21).contains(&found[at - 1].1), "{found:?}");
    assert_eq!((found[at + 1].0, found[at + 1].1), (Phase::PostRace, 21), "{found:?}");
    let (_, blocks) = labelled(&runs, 130, &[race]);
    let reason = &blocks[at + 1].reasons[0];
    assert!(
        reason.text.starts_with(
            "after Town run (42.2 km): at most 21 days by its distance, or until a week is back"
        ),
        "{reason:?}"
    );
    assert!((reason.values["back_at_m"] - 0.75 * reason.values["reference_m_per_week"]).abs() < 1e-9);
}

/// Weeks that rise by 7 %, with a lighter one now and then.
fn steps(n_weeks: u32, lighter: &[u32]) -> Vec<Run> {
    let share = |week: u32| if lighter.contains(&week) { 0.65 } else { 1.0 };
    by_week(n_weeks, |week| 20.0 * 1.07_f64.powf(f64::from(week)) * share(week))
}

#[test]
fn a_lighter_week_does_not_end_a_build() {
    let (_, blocks) = labelled(&steps(20, &[11]), 140, &[]);
    let build = blocks.last().unwrap();
    assert_eq!(build.phase, Phase::Build, "{blocks:?}");
    assert!(build.n_days >= 84, "{blocks:?}");
    assert_eq!(build.cutbacks, [plus(day("2025-01-01"), 77)]);
    assert_eq!(build.weeks_without_cutback, Some(8));
    let text = texts(build).pop().unwrap().to_owned();
    assert!(text.starts_with("a lighter week from 2025-03-19 (27.4 km, 74 % of"), "{text}");
    let (_, blocks) = labelled(&steps(20, &[11, 15]), 140, &[]);
    let last = blocks.last().unwrap();
    assert_eq!(last.cutbacks.len(), 2, "{blocks:?}");
    assert!(texts(last).pop().unwrap().starts_with("2 lighter weeks, the last from 2025-04-16"));
}

#[test]
fn of_lighter_weeks_in_a_row_the_first_is_a_cutback() {
    let runs = by_week(20, |week| if [8, 9].contains(&week) { 20.0 } else { 40.0 });
    let (_, blocks) = labelled(&runs, 140, &[]);
    let base = blocks.iter().find(|block| !block.cutbacks.is_empty()).unwrap();
    assert_eq!(base.cutbacks, [plus(day("2025-01-01"), 56)], "{blocks:?}");
    assert!(texts(base).pop().unwrap().ends_with("(20.0 km, 50 % of the three weeks before)"), "{blocks:?}");
    assert_eq!(blocks.iter().map(|block| block.cutbacks.len()).sum::<usize>(), 1, "{blocks:?}");
    assert_eq!(blocks.last().unwrap().weeks_without_cutback, Some(10));
}

#[test]
fn no_lighter_week_is_said_with_its_weeks() {
    let (_, blocks) = labelled(&steps(13, &[]), 91, &[]);
    let build = blocks.last().unwrap();
    // The first three weeks have nothing to be compared with.
    assert_eq!((build.phase, build.weeks_without_cutback), (Phase::Build, Some(10)));
    assert_eq!(build.cutbacks, []);
    assert_eq!(texts(build).pop(), Some("no lighter week for 10 weeks"));
    assert_eq!(labelled(&steps(3, &[]), 21, &[]).1[0].weeks_without_cutback, None);
}

#[test]
fn a_build_says_how_steeply_it_rose() {
    let (_, blocks) = labelled(&steps(13, &[]), 91, &[]);
    let reason = &blocks.last().unwrap().reasons[0];
    assert!((reason.values["trend_pct_per_week"] - 6.768).abs() < 1e-3, "{reason:?}");
    assert!((reason.values["to_m"] / reason.values["from_m"] - 1.07_f64.powi(3)).abs() < 1e-3, "{reason:?}");
    assert!(reason.text.contains("% a week (Theil–Sen) over the 4 weeks to "), "{reason:?}");
}

#[test]
fn blocks_are_compared_with_the_one_before_where_that_has_a_rate() {
    // Even to day 69, ten days off, then half of it.
    let km = |k: u32| {
        if k % 2 == 1 || (70..80).contains(&k) {
            0.0
        } else if k < 70 {
            10.0
        } else {
            5.0
        }
    };
    let (_, blocks) = labelled(&history(120, km), 120, &[]);
    let at = blocks.iter().position(|block| block.phase == Phase::Break).unwrap();
    assert_eq!(blocks[0].change, Change::default());
    let stop = blocks[at].change;
    assert_eq!((stop.load_pct, stop.distance_pct, stop.high_share), (Some(-100.0), Some(-100.0), None));
    // Nothing can be said of a rise from nothing.
    assert_eq!(blocks[at + 1].change, Change::default());
    assert_eq!((blocks[at].load_au_per_day, blocks[at].distance_m_per_week), (Some(0.0), Some(0.0)));
    let race = race_on(40, 5000.0, 'B', RaceOrigin::Config);
    let (_, blocks) = labelled(&history(120, km), 120, &[race]);
    let short = blocks.iter().filter(|block| block.n_days < 7);
    assert_eq!(short.clone().count(), 2);
    assert!(short.into_iter().all(|block| block.change == Change::default()));
}

#[test]
fn a_change_is_that_of_the_means() {
    let days = |km: f64, high_s: f64, load_au: Option<f64>| {
        let row = DayRow {
            n_runs: 1,
            distance_m: 1000.0 * km,
            longest_m: 1000.0 * km,
            three_zone_s: [3600.0 - high_s, 0.0, high_s],
            load_au,
            ..DayRow::default()
        };
        vec![row; 10]
    };
    let (old, new) = (days(10.0, 0.0, Some(50.0)), days(12.0, 360.0, Some(55.0)));
    let of = |old: &[DayRow], new: &[DayRow]| {
        compare::change((&block(old, Phase::Base), old), (&block(new, Phase::Build), new))
    };
    let found = of(&old, &new);
    let close =
        |value: Option<f64>, wanted: f64| assert!((value.unwrap() - wanted).abs() < 1e-9, "{found:?}");
    close(found.load_pct, 10.0);
    close(found.distance_pct, 20.0);
    close(found.longest_run_pct, 20.0);
    close(found.high_share, 0.1);
    // Unknown load is no load, and a run without distance no rest.
    let unknown = of(&days(10.0, 0.0, None), &new);
    assert_eq!((unknown.load_pct, unknown.distance_pct.is_some()), (None, true));
    assert_eq!(of(&old, &days(0.0, 0.0, Some(55.0))).distance_pct, None);
    assert_eq!(of(&old[..6], &new), Change::default());
}

#[test]
fn confidence_comes_with_history() {
    let (days, blocks) = labelled(&history(140, |k| if k % 2 == 0 { 8.0 } else { 0.0 }), 140, &[]);
    let wanted = |block: &Block| Confidence::of(days_between(days[0].date, block.end) as usize + 1);
    assert!(blocks.iter().all(|block| block.confidence == wanted(block)), "{blocks:?}");
    assert_eq!(blocks.last().unwrap().confidence, Confidence::High);
    assert_eq!(
        [27, 28, 111, 112].map(Confidence::of).map(Confidence::name),
        ["unknown", "low", "low", "high"]
    );
}

#[test]
fn a_detected_race_is_called_so() {
    let runs = history(100, |k| if k % 2 == 0 { 8.0 } else { 0.0 });
    let race = race_on(80, 10_000.0, 'B', RaceOrigin::Detected);
    let (_, blocks) = labelled(&runs, 100, std::slice::from_ref(&race));
    let at = blocks.iter().position(|block| block.phase == Phase::Race).unwrap();
    assert_eq!(texts(&blocks[at]), ["race day: detected race of 2025-03-22 (10.0 km)"]);
    let after = &blocks[at + 1];
    assert_eq!((after.phase, after.n_days), (Phase::PostRace, 5));
    assert_eq!(texts(after), ["after detected race of 2025-03-22 (10.0 km): at most 5 days by its distance"]);
}

#[test]
fn only_long_or_a_races_have_a_taper() {
    // Half of the usual in the two weeks before day 100.
    let mut runs = history(101, |k| match k {
        86..100 if k.is_multiple_of(4) => 10.0,
        0..86 | 100 if k.is_multiple_of(2) => 10.0,
        _ => 0.0,
    });
    for run in &mut runs {
        run.is_quality = run.date == plus(day("2025-01-01"), 92);
    }
    let taper = |distance_m: f64, priority: char| {
        let race = race_on(100, distance_m, priority, RaceOrigin::Config);
        labelled(&runs, 101, &[race]).1.into_iter().find(|block| block.phase == Phase::Taper)
    };
    assert_eq!((taper(5000.0, 'C'), taper(5000.0, 'B')), (None, None));
    assert!(taper(5000.0, 'A').is_some());
    let found = taper(10_000.0, 'C').unwrap();
    let reason = &found.reasons[0];
    let cut = reason.values["cut_share"];
    assert!((0.4..=0.6).contains(&cut), "{reason:?}");
    let words = format!("volume cut by {:.0} % against the three weeks before", 100.0 * cut);
    assert!(
        reason.text.starts_with(&words) && reason.text.contains("before Town run (10.0 km)"),
        "{reason:?}"
    );
}

#[test]
fn a_break_of_rare_runs_says_so() {
    // Each Sunday, then four weeks without.
    let (_, blocks) = labelled(&history(190, |k| if k % 7 == 4 && k < 150 { 10.0 } else { 0.0 }), 190, &[]);
    let stop = blocks.last().unwrap();
    assert_eq!((stop.phase, stop.start), (Phase::Break, plus(day("2025-01-01"), 145)));
    assert_eq!(
        texts(stop),
        ["no run for 45 days, at least three times the usual step of 7.0 days from run to run"]
    );
    let (_, blocks) = labelled(&history(100, |k| if k % 2 == 0 && k < 90 { 8.0 } else { 0.0 }), 100, &[]);
    assert_eq!(texts(blocks.last().unwrap()), ["no run for 11 days"]);
}

#[test]
fn who_is_back_stays_back() {
    // The first day back lifts the four weeks over four fifths of 28 km; later ones would not.
    let km = |k: u32| match k {
        83 => 40.0,
        0..69 if k.is_multiple_of(2) => 8.0,
        84.. if k.is_multiple_of(4) => 8.0,
        _ => 0.0,
    };
    let found = phases(&history(140, km), 140, &[]);
    assert!(found.contains(&(Phase::Break, 14)), "{found:?}");
    assert!(found.iter().all(|(phase, _)| *phase != Phase::Return), "{found:?}");
}

#[test]
fn a_return_says_how_far_it_is() {
    let km = |k: u32| {
        if k.is_multiple_of(2) && !(70..100).contains(&k) { 4.0 + f64::from(k < 70) * 4.0 } else { 0.0 }
    };
    let (_, blocks) = labelled(&history(128, km), 128, &[]);
    let back = blocks.last().unwrap();
    assert_eq!((back.phase, back.n_days), (Phase::Return, 28));
    assert_eq!(
        texts(back),
        ["back after 31 days without a run: four weeks at 14.0 km a week, 28.0 km before it"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn blocks_part_the_days_and_know_nothing_of_later_ones(
        kms in prop::collection::vec(prop_oneof![2 => Just(0.0), 3 => 3.0..15.0_f64], 8..26),
        off in (0..160_u32, 0..30_u32),
    ) {
        // A pattern of days, repeated with a slow rise, and a stop.
        let n_days = 170;
        let km = |k: u32| {
            if k > 0 && (off.0..off.0 + off.1).contains(&k) { return 0.0 }
            (kms[k as usize % kms.len()] * (1.0 + f64::from(k) / 100.0)).max(if k == 0 { 5.0 } else { 0.0 })
        };
        let runs = history(n_days, km);
        let all_days = days(&runs, plus(day("2025-01-01"), n_days - 1), Conventions::default()).unwrap();
        let features = Features::new(&all_days, &[]);
        let phases: Vec<Phase> = (0..all_days.len()).map(|t| features.phase(t)).collect();
        let segments = smooth::segments(&phases, &[]);
        let told = |n_segments: usize| {
            let end = segments[n_segments - 1].0.end;
            let days = &all_days[..end];
            let runs: Vec<Run> = runs.iter().filter(|run| run.date <= days[end - 1].date).cloned().collect();
            let weeks = cutback::weeks(days, &weeks(&runs, days, Weekday::Wed).unwrap());
            let features = Features::new(days, &[]);
            let why = Why { features: &features, phases: &phases, units: Units::Metric };
            described(&why, &weeks, &segments[..n_segments])
        };
        let blocks = told(segments.len());
        prop_assert_eq!(blocks.iter().map(|block| block.n_days).sum::<u32>(), n_days);
        prop_assert!(blocks.windows(2).all(|pair| days_between(pair[0].end, pair[1].start) == 1));
        prop_assert!(blocks.iter().all(|block| !block.reasons.is_empty()));
        for n in 1..segments.len() {
            prop_assert_eq!(&told(n), &blocks[..n]);
        }
        let race = [race_on(120, 21_097.5, 'A', RaceOrigin::Config)];
        let known = known_phases(&all_days, &race);
        for n in [60, 110, 118, 121, 140] {
            prop_assert_eq!(&known_phases(&all_days[..n], &race), &known[..n]);
        }
        for block in &blocks {
            prop_assert!(block.cutbacks.iter().all(|week| block.start <= *week && plus(*week, 6) <= block.end));
        }
    }
}
