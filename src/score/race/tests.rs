use super::*;
use crate::model::RaceOrigin;
use crate::model::calendar::plus;
use crate::score::testing::{easy_weeks, even_run, first, paced_run};

fn before(runs: &[Dated]) -> Before<'_> {
    Before { runs, lthr_bpm: Some(170.0), vdot: None, listed: None }
}

fn signs(score: &RaceScore) -> Vec<Sign> {
    score.points.iter().map(|one| one.sign).collect()
}

#[test]
fn a_hard_ten_kilometres_after_easy_weeks_is_a_race() {
    let history = easy_weeks(18);
    let score = judge(&even_run(130, 10_050.0, 4.0, 172.0), &before(&history)).unwrap();
    assert_eq!((score.distance_m, score.verdict()), (10_000.0, Verdict::Race), "{score:?}");
    assert!(signs(&score).contains(&Sign::HeartRate) && signs(&score).contains(&Sign::Best));
    assert!((score.total() - score.points.iter().map(|one| one.points).sum::<f64>()).abs() < 1e-12);
}

#[test]
fn the_same_distance_at_ease_is_none() {
    let history = easy_weeks(18);
    let score = judge(&even_run(130, 10_050.0, 2.8, 140.0), &before(&history)).unwrap();
    assert_eq!(score.verdict(), Verdict::NoRace, "{score:?}");
}

#[test]
fn without_a_word_or_a_heart_a_fast_run_is_only_probable() {
    let history = easy_weeks(18);
    let mut run = even_run(129, 10_050.0, 4.0, 0.0);
    let mut known = before(&history);
    known.vdot = Some(42.0);
    let score = judge(&run, &known).unwrap();
    assert!(score.total() >= 6.0 && score.verdict() == Verdict::Probable, "{score:?}");
    run.digest.title = Some("Stadtlauf".into());
    assert_eq!(judge(&run, &known).unwrap().verdict(), Verdict::Race);
}

#[test]
fn a_race_between_warm_up_and_cool_down_is_found_inside_its_file() {
    let history = easy_weeks(18);
    let file = paced_run(130, &[(1200.0, 2.5, 130.0), (10_020.0, 4.0, 172.0), (400.0, 2.4, 140.0)]);
    let mut known = before(&history);
    known.vdot = Some(44.0);
    let score = judge(&file, &known).unwrap();
    assert_eq!((score.distance_m, score.verdict()), (10_000.0, Verdict::Race), "{score:?}");
    assert!((score.seconds - 2500.0).abs() < 10.0, "{}", score.seconds);
    assert!(!signs(&score).contains(&Sign::Distance), "any longer run holds the distance");
    // A long run that only holds the distance is none.
    let even = judge(&even_run(131, 12_500.0, 3.2, 150.0), &known).unwrap();
    assert_ne!(even.verdict(), Verdict::Race, "{even:?}");
}

#[test]
fn the_calendar_overrides_everything() {
    let race = Race {
        date: plus(first(), 130),
        name: "Fun run".into(),
        distance_m: 10_000.0,
        priority: 'C',
        origin: RaceOrigin::Config,
    };
    let known = Before { listed: Some(&race), ..before(&[]) };
    let score = judge(&even_run(130, 10_300.0, 2.6, 130.0), &known).unwrap();
    assert!(score.is_race() && score.is_stated(), "{score:?}");
}

#[test]
fn a_warm_up_in_a_file_of_its_own_and_an_easy_week_count() {
    let mut history = easy_weeks(19);
    history.truncate(74);
    let mut warm_up = even_run(130, 2000.0, 2.5, 130.0);
    warm_up.digest.start_ms -= 3600 * 1000;
    history.push(warm_up);
    let found = signs(&judge(&even_run(130, 10_050.0, 4.0, 172.0), &before(&history)).unwrap());
    assert!(found.contains(&Sign::WarmUp), "{found:?}");
    assert!(!found.contains(&Sign::EasyWeek));
    let rested = judge(&even_run(136, 10_050.0, 4.0, 172.0), &before(&history)).unwrap();
    assert!(signs(&rested).contains(&Sign::EasyWeek));
}
