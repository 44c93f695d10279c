//! What must hold of every plan, and the choice on histories small enough to check by hand.

use super::testing::{had, noted, race};
use super::window::{Status, Window, WindowKind};
use super::*;
use crate::blocks;
use crate::config::Conventions;
use crate::load;
use crate::load::testing::run;
use crate::model::calendar::{minus, plus};
use crate::model::{Depth, DiaryKind};
use crate::score::run::SessionKind;
use chrono::Weekday;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The first day of every history here, a Monday.
const START: &str = "2025-01-06";

/// A history with all that goes into a plan.
#[derive(Debug, Clone, Default)]
struct Life {
    n_days: u32,
    /// Distance in km of each day, repeated; 18 and more is long, a negative one is hard.
    km: Vec<f64>,
    races: Vec<Race>,
    massages: Vec<MassageHad>,
    diary: Vec<DiaryEntry>,
    is_new_to_it: bool,
    class: Class,
}

impl Life {
    fn of(n_days: u32, km: &[f64]) -> Self {
        Self { n_days, km: km.to_vec(), class: Class::Competitive, ..Self::default() }
    }

    fn runs(&self) -> Vec<Run> {
        let km = |k: u32| self.km[k as usize % self.km.len()];
        let run = |k: u32| {
            let date = plus(day(START), k);
            let mut one = run(&date.to_string());
            one.distance_m = Some(1000.0 * km(k).abs());
            if km(k) >= 18.0 {
                one.session_kind = SessionKind::Long;
            }
            one.is_quality = km(k) < 0.0 || self.races.iter().any(|race| race.date == date);
            one
        };
        (0..self.n_days).filter(|k| km(*k).abs() > 0.0).map(run).collect()
    }

    fn plan(&self) -> (Plan, Day) {
        (self.with(plan).unwrap_or_default(), plus(day(START), self.n_days - 1))
    }

    /// What something makes of all that goes into a plan; `None` without a run.
    fn with<T>(&self, ask: impl Fn(&Input<'_>) -> T) -> Option<T> {
        let runs = self.runs();
        let as_of = plus(day(START), self.n_days - 1);
        let days = load::days(&runs, as_of, Conventions::default()).unwrap();
        let weeks = load::weeks(&runs, &days, Weekday::Mon).unwrap();
        let blocks = blocks::label(&days, &weeks, &self.races, Units::Metric);
        let values = Values::default();
        let known = |date: Day| date <= as_of;
        let massages: Vec<MassageHad> = self.massages.iter().filter(|had| known(had.date)).cloned().collect();
        let diary: Vec<DiaryEntry> = self.diary.iter().filter(|entry| known(entry.date)).cloned().collect();
        let input = Input {
            runs: &runs,
            days: &days,
            tissues: &[],
            signals: &[],
            blocks: &blocks,
            races: &self.races,
            plan: None,
            massages: &massages,
            diary: &diary,
            class: self.class,
            accustomed: Some(!self.is_new_to_it),
            birth_year: None,
            injury: None,
            responds_well: false,
            sits_hours: None,
            values: &values,
            units: Units::Metric,
        };
        (!days.is_empty()).then(|| ask(&input))
    }
}

/// Long on Sundays, easy on Tuesdays, Thursdays and Saturdays.
const WEEK: [f64; 7] = [0.0, 8.0, 0.0, 8.0, 0.0, 8.0, 20.0];

fn regular(plan: &Plan) -> Vec<&Window> {
    plan.windows.iter().filter(|window| !window.is_of_race()).collect()
}

#[test]
fn r1_a_session_comes_when_the_interval_has_passed_and_the_long_run_is_over() {
    let told = |week: &[f64]| -> Vec<(Day, Depth, Vec<&'static str>)> {
        let (plan, _) = Life::of(49, week).plan();
        let rules = |window: &Window| window.reasons.iter().map(|reason| reason.rule).collect();
        regular(&plan).iter().take(2).map(|one| (one.best, one.depth, rules(one))).collect()
    };
    // Two weeks of history are needed; nothing is on record then, and fourteen days after that session the next is due.
    let easy = told(&[8.0, 0.0, 8.0, 0.0, 8.0, 0.0, 0.0]);
    assert_eq!(easy[0], (day("2025-01-19"), Depth::Deep, vec!["R13"]));
    assert_eq!(easy[1], (day("2025-02-02"), Depth::Deep, vec!["R1"]));
    // A long run on Sunday makes the days after it better.
    let long = told(&WEEK);
    assert_eq!(long[1].2, ["R1", "R3"], "{long:?}");
}

#[test]
fn a_session_that_was_had_starts_the_wait_anew_and_stands_beside_its_window() {
    let life = Life { massages: vec![had("2025-02-05", Depth::Deep, None)], ..Life::of(35, &WEEK) };
    let (plan, as_of) = life.plan();
    let next = regular(&plan).into_iter().find(|window| window.status != Status::Past).unwrap();
    assert_eq!(as_of, day("2025-02-09"));
    assert!(next.best >= day("2025-02-12"), "{next:?}");
    assert!(next.depth < Depth::Deep || next.best >= day("2025-02-19"));
    let beside: Vec<Day> = plan.windows.iter().filter_map(|window| window.had).collect();
    assert!(beside.iter().all(|had| *had == day("2025-02-05")));
}

#[test]
fn r9_r10_a_race_has_light_work_before_and_after_and_nothing_competes() {
    let life = Life { races: vec![race("2025-02-16", 10_000.0)], ..Life::of(35, &WEEK) };
    let (plan, as_of) = life.plan();
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
fn first_timers_begin_with_moderate_work_and_stay_there_until_it_is_known_how_they_take_it() {
    let life = Life { is_new_to_it: true, ..Life::of(60, &WEEK) };
    let (plan, _) = life.plan();
    assert!(regular(&plan).iter().all(|window| window.depth <= Depth::Moderate));
    let told = regular(&plan)[0].limits.iter().any(|limit| limit.text.contains("new to deep work"));
    assert!(told);
}

#[test]
fn a_red_flag_empties_the_plan_and_says_why() {
    let pain = noted("2025-03-05", DiaryKind::Pain, "shin", 6.0);
    let races = vec![race("2025-03-16", 10_000.0)];
    let life = Life { diary: vec![pain], races, ..Life::of(60, &WEEK) };
    let (plan, as_of) = life.plan();
    assert!(plan.windows.iter().all(|window| window.status == Status::Past), "{:?}", plan.windows);
    assert!(plan.work.iter().filter(|work| work.date >= as_of).all(|work| work.ceiling == Depth::None));
    let opening = plan.opening.unwrap();
    assert!(opening.from.is_none() && opening.because.contains("see a clinician"), "{opening:?}");
    assert!(plan.advice.iter().all(|reason| reason.rule != "R15"));
}

#[test]
fn where_no_window_fits_the_day_from_which_one_will_is_told() {
    // A monthly interval, and the session was yesterday.
    let massages = vec![had("2025-03-05", Depth::Deep, None)];
    let life = Life { massages, class: Class::Recreational, ..Life::of(60, &[8.0, 0.0]) };
    let (plan, as_of) = life.plan();
    assert_eq!(as_of, day("2025-03-06"));
    let ahead: Vec<&Window> = plan.windows.iter().filter(|window| window.status != Status::Past).collect();
    assert!(ahead.iter().all(|window| window.best >= day("2025-04-02")), "{ahead:?}");
    if ahead.is_empty() {
        assert_eq!(plan.opening.unwrap().from, Some(day("2025-04-02")));
    }
}

#[test]
fn nothing_to_plan_gives_nothing() {
    let mut life = Life::of(20, &[0.0]);
    life.races = vec![race("2025-02-16", 10_000.0)];
    assert_eq!(life.plan().0, Plan::default());
}

#[test]
fn what_a_day_says_best_today_is_the_past_window_of_later_days() {
    let life = |n_days: u32| Life::of(n_days, &[-8.0, 8.0, 0.0, 12.0, 0.0, 8.0, 20.0]);
    let (later, _) = life(90).plan();
    for n_days in 60..80 {
        let (plan, as_of) = life(n_days).plan();
        // From the last day on no advised session counts, so only the first is comparable where none was advised.
        let past = |plan: &Plan| -> Vec<(Day, Depth)> {
            let windows = plan.windows.iter().filter(|window| window.best < as_of);
            windows.map(|window| (window.best, window.depth)).collect()
        };
        assert_eq!(past(&plan), past(&later)[..past(&plan).len()]);
    }
}

#[test]
fn where_nobody_runs_there_is_nothing_to_time_work_by() {
    let mut km = [8.0, 0.0].repeat(20);
    km.extend([0.0; 60]);
    let (plan, as_of) = Life::of(100, &km).plan();
    assert!(plan.windows.iter().all(|window| window.best < as_of), "{:?}", plan.windows);
    assert!(plan.opening.is_some());
}

#[test]
fn a_session_of_today_is_the_last_one_for_the_days_ahead() {
    let as_of = plus(day(START), 34);
    let massages = vec![had(&as_of.to_string(), Depth::Deep, None)];
    let (plan, _) = Life { massages, ..Life::of(35, &WEEK) }.plan();
    let ahead = regular(&plan).into_iter().filter(|window| window.status != Status::Past);
    for window in ahead {
        assert!(window.best >= plus(as_of, 7), "{window:?}");
        assert!(!window.reasons.iter().any(|reason| reason.text.contains("no session on record")));
    }
}

#[test]
fn a_race_that_only_its_run_tells_changes_nothing_before_it() {
    let found = Race { origin: crate::model::RaceOrigin::Detected, ..race("2025-03-30", 42_195.0) };
    let with = |n_days: u32, races: &[Race]| {
        Life { races: races.to_vec(), class: Class::Auto, ..Life::of(n_days, &WEEK) }.plan().0
    };
    let (before, after) = (with(80, &[]), with(95, std::slice::from_ref(&found)));
    let upto = |plan: &Plan| -> Vec<DayWork> {
        plan.work.iter().filter(|work| work.date < day("2025-03-27")).cloned().collect()
    };
    assert_eq!(upto(&before), upto(&after));
    let kinds: Vec<WindowKind> =
        after.windows.iter().filter(|one| one.is_of_race()).map(|one| one.kind).collect();
    assert_eq!(kinds, [WindowKind::PostRace]);
}

#[test]
fn a_short_c_race_is_one_more_hard_session() {
    let minor = Race { priority: 'C', ..race("2025-02-16", 5000.0) };
    let (plan, _) = Life { races: vec![minor], ..Life::of(35, &WEEK) }.plan();
    assert!(plan.windows.iter().all(|window| !window.is_of_race()));
    let ceiling = |date: &str| plan.work.iter().find(|work| work.date == day(date)).unwrap().ceiling;
    let days = ["2025-02-14", "2025-02-15", "2025-02-16", "2025-02-17", "2025-02-19"];
    assert_eq!(days.map(ceiling), [Depth::Deep, Depth::Light, Depth::Light, Depth::Light, Depth::Deep]);
}

fn life() -> impl Strategy<Value = Life> {
    let session = (0_u32..150, 0_usize..3, prop::option::of(0.0..80.0_f64));
    let note = (0_u32..150, 0_usize..3, 0_usize..3, 0.0..7.0_f64);
    let race = (20_u32..170, prop::sample::select(vec![5000.0, 10_000.0, 21_097.5, 42_195.0, 60_000.0]));
    let km = prop_oneof![3 => Just(0.0), 4 => 4.0..16.0_f64, 2 => -12.0..-6.0_f64, 1 => 18.0..30.0_f64];
    (
        prop::collection::vec(km, 4..11),
        20_u32..130,
        prop::collection::vec(race, 0..3),
        prop::collection::vec(session, 0..4),
        prop::collection::vec(note, 0..6),
        (any::<bool>(), 0_usize..4),
    )
        .prop_map(|(km, n_days, races, sessions, notes, (is_new_to_it, class))| {
            let on = |n: u32| plus(day(START), n).to_string();
            let depths = [Depth::Light, Depth::Moderate, Depth::Deep];
            let kinds = [DiaryKind::Soreness, DiaryKind::Tightness, DiaryKind::Pain];
            let sites = ["calf", "quads", "elbow"];
            let mut life = Life::of(n_days, &km);
            life.races = races.iter().map(|(n, metres)| super::testing::race(&on(*n), *metres)).collect();
            life.races.sort_by_key(|race| race.date);
            life.races.dedup_by_key(|race| race.date);
            life.massages = sessions.iter().map(|(n, d, sore)| had(&on(*n), depths[*d], *sore)).collect();
            life.massages.sort_by_key(|had| had.date);
            life.diary =
                notes.iter().map(|(n, k, s, value)| noted(&on(*n), kinds[*k], sites[*s], *value)).collect();
            life.diary.sort_by_key(|entry| entry.date);
            life.is_new_to_it = is_new_to_it;
            life.class = [Class::Auto, Class::Recreational, Class::Competitive, Class::Marathon][class];
            life
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_plan_of_a_history_is_as_good_as_trying_everything(life in life(), n_days in 3_usize..9) {
        life.with(|input| {
            let history = History::new(input);
            let last = input.days.len() - 1;
            let known = history.known(last, HORIZON_DAYS + rules::RACE_REACH_DAYS);
            let mut slots = course::slots(&known);
            slots.0.truncate(n_days);
            let log: Vec<Session> = input.massages.iter().map(|had| Session::had(had, input.days[0].date)).collect();
            let before = Before::of(&log, last);
            let every = choose::every_choice(&slots, 0, before);
            let most = every.iter().map(|(worth, _)| *worth).max().unwrap();
            let first = every.into_iter().find(|(worth, _)| *worth == most).unwrap().1;
            assert_eq!(choose::best(&slots, before), first);
        });
    }

    #[test]
    fn every_plan_is_sound(life in life()) {
        let (plan, as_of) = life.plan();
        // Ceiling and need of every day to the end of the horizon, end to end.
        prop_assert!(plan.work.windows(2).all(|pair| days_between(pair[0].date, pair[1].date) == 1));
        let Some(last) = plan.work.last() else { return Ok(()) };
        prop_assert_eq!(last.date, plus(as_of, HORIZON_DAYS));
        let work = |date: Day| plan.work.iter().find(|work| work.date == date);
        for window in &plan.windows {
            prop_assert!(window.start <= window.best && window.best <= window.end, "{:?}", window);
            // R22: no recommendation without what caps it, what asks for it and how sure that is.
            prop_assert!(!window.reasons.is_empty() && !window.limits.is_empty() && window.depth > Depth::None);
            prop_assert!(window.tissues.len() <= 3);
            // No depth above the ceiling of its best day.
            let allowed = work(window.best).map(|work| work.ceiling);
            prop_assert!(allowed.is_some_and(|ceiling| window.depth <= ceiling), "{:?} {:?}", window, allowed);
        }
        let regular = regular(&plan);
        for race in plan.windows.iter().filter(|window| window.is_of_race()) {
            let overlaps = |one: &&&Window| one.start <= race.end && race.start <= one.end;
            prop_assert!(regular.iter().find(overlaps).is_none(), "{:?}", race);
        }
        for pair in regular.windows(2) {
            prop_assert!(pair[0].end < pair[1].start, "{:?} {:?}", pair[0], pair[1]);
        }
        // Spacing: the plan of the past and that of the days ahead keep it, each with the sessions that were had.
        for half in [true, false] {
            let planned: Vec<(Day, Depth)> = regular
                .iter()
                .filter(|window| (window.best < as_of) == half)
                .map(|window| (window.best, window.depth))
                .collect();
            let sessions = planned.iter().copied().chain(
                life.massages.iter().filter(|had| had.date <= as_of).map(|had| (had.date, had.depth)),
            );
            for (before, was) in sessions {
                for (after, is) in planned.iter().filter(|(after, _)| *after > before) {
                    let apart = days_between(before, *after);
                    prop_assert!(!(was == Depth::Deep && *is == Depth::Deep && apart < 14), "{:?}", planned);
                    prop_assert!(!(was >= Depth::Moderate && *is >= Depth::Moderate && apart < 3), "{:?}", planned);
                }
            }
        }
    }

    #[test]
    fn every_race_has_its_light_windows_and_its_days_free_of_deep_work(life in life()) {
        let (plan, as_of) = life.plan();
        let first = plan.work.first().map(|work| work.date);
        for race in &life.races {
            let is_inside = |from: Day, to: Day| first.is_some_and(|first| first <= from) && to <= plus(as_of, HORIZON_DAYS);
            let around = (minus(race.date, 4), plus(race.date, 2));
            for window in regular(&plan).iter().filter(|window| window.depth == Depth::Deep) {
                prop_assert!(!(around.0..=around.1).contains(&window.best), "{:?} {:?}", race, window);
            }
            let blocked = |from: Day, to: Day| plan.work.iter().any(|work| {
                (from..=to).contains(&work.date) && work.ceiling == Depth::None
            }) || life.races.iter().any(|other| other.date != race.date && days_between(other.date, race.date).abs() <= 8)
                || plan.windows.iter().any(|window| !window.is_of_race() && window.start <= to && from <= window.end);
            for (kind, from, to) in [
                (WindowKind::PreRace, minus(race.date, 3), minus(race.date, 1)),
                (WindowKind::PostRace, plus(race.date, 1), plus(race.date, 4)),
            ] {
                let has_window = plan.windows.iter().any(|window| {
                    window.kind == kind && (from..=to).contains(&window.best) && window.depth == Depth::Light
                });
                prop_assert!(has_window || blocked(from, to) || !is_inside(from, to), "{:?} {:?}", race, kind);
            }
        }
    }

    #[test]
    fn what_comes_after_a_day_changes_nothing_on_it(life in life(), cut in 15_u32..120) {
        let n_days = cut.min(life.n_days);
        let earlier = Life { n_days, ..life.clone() };
        let ((plan, _), (then, as_of)) = (life.plan(), earlier.plan());
        let upto = |plan: &Plan| -> Vec<DayWork> {
            plan.work.iter().filter(|work| work.date <= as_of).cloned().collect()
        };
        prop_assert_eq!(upto(&plan), upto(&then));
        let past = |plan: &Plan| -> Vec<(Day, Depth)> {
            regular(plan).iter().filter(|window| window.best < as_of).map(|window| (window.best, window.depth)).collect()
        };
        prop_assert_eq!(past(&plan), past(&then));
    }

    #[test]
    fn a_red_flag_leaves_nothing_to_come(life in life(), value in 5.0..10.0_f64) {
        let as_of = plus(day(START), life.n_days - 1);
        let pain = noted(&as_of.to_string(), DiaryKind::Pain, "shin", value);
        let diary = life.diary.iter().filter(|entry| entry.date <= as_of).cloned().chain([pain]).collect();
        let (plan, as_of) = Life { diary, ..life }.plan();
        prop_assert!(plan.windows.iter().all(|window| window.end < as_of), "{:?}", plan.windows);
    }
}
