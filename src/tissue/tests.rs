//! Short histories to doses, readings, focus and words.

use super::choice::Choice;
use super::history::{TissueDay, Tissues, tissues};
use super::relative::TissueFlag;
use super::{Tissue, own};
use crate::config::{Config, Conventions};
use crate::digest::Steady;
use crate::digest::terrain::TerrainCell;
use crate::load;
use crate::model::calendar::plus;
use crate::model::units::Units;
use crate::model::{Amended, Format, Recording, Sport};
use crate::score::run::SpikeClass;
use crate::score::testing::first;
use crate::score::thresholds::Thresholds;
use crate::score::{self, Dated};
use proptest::prelude::*;

/// A run on day `n` of level or sloping stretches: metres, m/s and grade.
fn run(n: u32, stretches: &[(f64, f64, f64)]) -> Dated {
    let mut recording = Recording::new(Format::Fit);
    recording.sport = Sport::Running;
    let date = plus(first(), n);
    recording.start_ms = i64::from(date.to_epoch_days()) * 86_400_000 + 8 * 3_600_000;
    let mut digest = crate::digest::digest(&recording, format!("run-{n}"), format!("{date}.fit"));
    let cell = |&(metres, speed_mps, grade): &(f64, f64, f64)| {
        let seconds = metres / speed_mps;
        let steps = 170.0 / 60.0 * seconds;
        TerrainCell { speed_mps, grade, cadence_spm: Some(170.0), seconds, steps }
    };
    digest.terrain = stretches.iter().map(cell).collect();
    let metres_by =
        |weight: fn(f64) -> f64| stretches.iter().map(|part| part.0 * weight(part.2)).sum::<f64>();
    digest.distance_m = Some(metres_by(|_| 1.0));
    digest.ascent_m = Some(metres_by(|grade| grade.max(0.0)));
    digest.descent_m = Some(metres_by(|grade| (-grade).max(0.0)));
    let seconds = stretches.iter().map(|part| part.0 / part.1).sum();
    (digest.elapsed_s, digest.timer_s, digest.moving_s) = (seconds, seconds, seconds);
    Dated {
        digest,
        date,
        utc_offset_s: 0,
        rpe: None,
        race: None,
        duplicate_of: None,
        amended: Amended::default(),
    }
}

/// Three runs a week of 10 km at 3.0 m/s on the level, for so many weeks.
fn easy(n_weeks: u32) -> Vec<Dated> {
    (0..n_weeks).flat_map(|week| [0, 2, 5].map(|day| run(7 * week + day, &[(10_000.0, 3.0, 0.0)]))).collect()
}

fn judged(history: &[Dated], last_day: u32, choice: &Choice, units: Units) -> Tissues {
    let runs = score::score(history, &Thresholds::default());
    let days = load::days(&runs, plus(first(), last_day), Conventions::default()).unwrap();
    tissues(history, &runs, &days, choice, units)
}

fn of(history: &[Dated], last_day: u32) -> Tissues {
    judged(history, last_day, &Choice::default(), Units::Metric)
}

/// Name and flag of the focus.
fn focus(day: &TissueDay) -> Vec<(&'static str, TissueFlag)> {
    day.focus.iter().map(|one| (one.reading.tissue.name(), one.reading.flag.unwrap())).collect()
}

#[test]
fn even_easy_weeks_raise_no_flag() {
    let found = of(&easy(10), 69);
    assert_eq!((found.days.len(), found.runs.len(), found.made.len()), (70, 30, 30));
    assert!(found.days.iter().all(|day| day.focus.is_empty()));
    assert!(found.daily_km[0].unwrap().iter().all(|km| (km - 10.0).abs() < 1e-9));
    assert_eq!(found.daily_km[1], Some([0.0; 9]));
    assert!(found.carried_km[1][3] < found.carried_km[0][3] && found.carried_km[1][3] > 0.0);
}

#[test]
fn readings_begin_with_four_weeks_and_are_careful_before_six() {
    let found = of(&easy(7), 48);
    let n = |day: usize| found.days[day].readings.len();
    assert_eq!((n(26), n(27), n(48)), (0, 9, 9));
    let low = |day: usize| found.days[day].readings[0].change.is_low_confidence;
    assert_eq!((low(40), low(41)), (true, false));
    assert!(of(&[], 0).days.is_empty());
    assert_eq!(of(&easy(1)[..1], 0).days[0], TissueDay::default());
}

/// Six weeks with 100 m of descent in each of three runs, then a week with 1240 m.
fn a_week_downhill() -> Vec<Dated> {
    let hilly =
        |n: u32, down_m: f64| run(n, &[(10_000.0 - down_m / 0.10, 3.0, 0.0), (down_m / 0.10, 3.0, -0.10)]);
    let weeks = (0..6).flat_map(|week| [0, 2, 5].map(|day| hilly(7 * week + day, 100.0)));
    weeks.chain([hilly(42, 400.0), hilly(44, 400.0), hilly(47, 440.0)]).collect()
}

#[test]
fn a_week_with_much_descent_is_one_for_the_front_of_the_thigh() {
    let found = of(&a_week_downhill(), 48);
    let last = &found.days[48];
    let both = [("quad_pf", TissueFlag::Elevated), ("glute_itb_lat", TissueFlag::Emphasis)];
    assert_eq!(focus(last), both);
    assert_eq!(last.focus[0].why, "1,240 m of descent in 7 days, usually 300");
    // The calf has less of it downhill.
    assert!(found.reading(48, Tissue::CalfAchilles).unwrap().change.z < 0.0);
    let imperial = judged(&a_week_downhill(), 48, &Choice::default(), Units::Imperial);
    assert_eq!(imperial.days[48].focus[0].why, "4,068 ft of descent in 7 days, usually 984");
    // The day before its first hill nothing stands out.
    assert!(found.days[41].focus.is_empty());
}

#[test]
fn a_week_of_fast_running_is_one_for_the_swing() {
    let fast = |n: u32| run(n, &[(4000.0, 3.0, 0.0), (6000.0, 4.5, 0.0)]);
    let history: Vec<Dated> =
        easy(6).into_iter().chain([fast(42), fast(44), run(47, &[(10_000.0, 3.0, 0.0)])]).collect();
    let found = of(&history, 48);
    assert_eq!(
        focus(&found.days[48])[..2],
        [("hamstrings", TissueFlag::High), ("hip_flexors", TissueFlag::High)]
    );
    let why = &found.days[48].focus[0].why;
    assert_eq!(why, "44 min faster than 5:28/km in 7 days, usually 0");
}

#[test]
fn more_of_the_same_is_volume_for_every_tissue() {
    let longer = [42, 44, 47].map(|n| run(n, &[(14_000.0, 3.0, 0.0)]));
    let found = of(&easy(6).into_iter().chain(longer).collect::<Vec<_>>(), 48);
    let last = &found.days[48];
    assert!(last.readings.iter().all(|one| one.flag == Some(TissueFlag::High) && one.delta.abs() < 1e-9));
    assert_eq!(last.focus.len(), 3);
    assert!(
        last.focus.iter().all(|one| one.why == "42.0 km in 7 days, usually 30.0, as for most tissues"),
        "{last:?}"
    );
}

#[test]
fn the_same_hills_in_fewer_kilometres_are_told_with_the_kilometres() {
    let week = |from: u32, level_m: f64| {
        [0, 2, 5].map(|day| run(from + day, &[(level_m, 3.0, 0.0), (2000.0, 3.0, -0.10)]))
    };
    let history: Vec<Dated> = (0..6).flat_map(|k| week(7 * k, 12_000.0)).chain(week(42, 4000.0)).collect();
    let found = of(&history, 48);
    let first = &found.days[48].focus[0];
    assert_eq!((first.reading.tissue, first.reading.flag), (Tissue::QuadPf, Some(TissueFlag::Emphasis)));
    assert_eq!(first.why, "600 m of descent in 18.0 km, usually 600 in 42.0 km");
}

#[test]
fn a_descent_without_preparation_is_marked_once_three_weeks_are_known() {
    let downhill = |n: u32| run(n, &[(8000.0, 3.0, 0.0), (2000.0, 3.0, -0.10)]);
    let marked = |n: u32| {
        let history: Vec<Dated> =
            easy(4).into_iter().filter(|one| one.date < plus(first(), n)).chain([downhill(n)]).collect();
        of(&history, n).runs.last().unwrap().unwrap().unaccustomed_descent
    };
    assert_eq!((marked(20), marked(22)), (false, true));
    let mut history = easy(4);
    history.extend([downhill(28), downhill(30)]);
    let found = of(&history, 34);
    let marks: Vec<bool> = found.runs.iter().map(|dose| dose.unwrap().unaccustomed_descent).collect();
    assert_eq!(marks[12..], [true, false]);
    let [first, second] = [12, 13].map(|at: usize| found.runs[at].unwrap().km[Tissue::QuadPf as usize]);
    assert!((first / second - 1.25).abs() < 1e-9);
}

#[test]
fn what_is_not_known_is_not_zero() {
    let mut history = easy(7);
    // Distance and time alone: one stretch at mean speed.
    history[18].digest.terrain.clear();
    let found = of(&history, 48);
    assert!(found.made[18].at_mean_speed.is_some());
    assert!((found.runs[18].unwrap().km[0] - 10.0).abs() < 0.2, "{:?}", found.runs[18]);
    // Not even that: unknown, and with a second such day there is no reading.
    history[18].digest.distance_m = None;
    let found = of(&history, 48);
    assert_eq!((found.runs[18], found.daily_km[42]), (None, None));
    assert_eq!(found.days[48].readings.len(), 9);
    history[19].digest.terrain.clear();
    history[19].digest.distance_m = None;
    assert!(of(&history, 48).days[48].readings.is_empty());
}

#[test]
fn copies_have_no_dose() {
    let mut history = easy(2);
    let mut copy = history[2].clone();
    copy.duplicate_of = Some(copy.digest.id.clone());
    copy.digest.id += "-2";
    history.insert(3, copy);
    let found = of(&history, 13);
    assert_eq!(found.runs[3], None);
    assert!((found.daily_km[5].unwrap()[0] - 10.0).abs() < 1e-9);
}

#[test]
fn the_tissue_that_went_farthest_is_the_spike_of_a_run() {
    let mut history = easy(3);
    history.push(run(21, &[(6000.0, 3.0, 0.0), (4000.0, 5.0, 0.0)]));
    let found = of(&history, 21);
    let spike = found.spikes[9].unwrap();
    assert_eq!((spike.tissue, spike.class), (Tissue::Hamstrings, SpikeClass::Moderate));
    assert!(spike.ratio.unwrap() > 1.3);
    // The first two weeks say nothing, and an even run is a reference.
    assert_eq!(found.spikes[5], None);
    assert_eq!(found.spikes[6].unwrap().class, SpikeClass::Reference);
}

/// The easy history with twelve steady minutes in each run: speed in m/s, step length in m, contact in ms.
fn with_minutes(n_weeks: u32, minutes: impl Fn(usize) -> (f64, f64)) -> Vec<Dated> {
    let mut history = easy(n_weeks);
    for (k, dated) in history.iter_mut().enumerate() {
        let (step_m, stance_ms) = minutes(k);
        let minute = |k: u32| {
            let speed_mps = 2.7 + 0.05 * f64::from(k);
            Steady {
                speed_mps,
                hr_bpm: None,
                step_length_m: Some(step_m * (speed_mps / 3.0).powf(0.6)),
                stance_ms: Some(stance_ms * (speed_mps / 3.0).powf(-0.5)),
                stance_balance_pct: None,
                vertical_oscillation_mm: None,
                vertical_ratio_pct: None,
            }
        };
        dated.digest.steady = (0..14).map(minute).collect();
    }
    history
}

#[test]
fn step_length_and_contact_are_held_against_the_runners_own_weeks_before() {
    let history = with_minutes(6, |k| if k == 17 { (1.2, 275.0) } else { (1.0, 250.0) });
    let runs = score::score(&history, &Thresholds::default());
    let own = own::own(&history, &runs);
    // Eight runs and a week: the eleventh run is on day 23, and eight lie before day 17.
    let has = own.iter().map(|one| one.step_m.is_some()).collect::<Vec<_>>();
    assert_eq!(has.iter().position(|has| *has), Some(10), "{has:?}");
    let last = own[17];
    assert!((last.step_m.unwrap().at(3.0).unwrap() - 1.0).abs() < 1e-9);
    assert_eq!(last.step_m.unwrap().at(4.5), None, "not a usual speed");
    let contact = last.contact.unwrap();
    assert!((contact.over_usual - 1.1).abs() < 1e-9 && (contact.ratio(3.0) - 1.1).abs() < 1e-9);
    assert!((contact.ratio(2.8) / contact.ratio(3.0) - (2.8_f64 / 3.0).powf(-0.5)).abs() < 1e-9);
    // Steps of 1.06 m at 3.0 m/s are 6 % longer than the runner's own.
    let found = of(&history, 41);
    assert!(found.runs[17].unwrap().parts[3][Tissue::QuadPf as usize] > 0.5);
    assert_eq!(found.runs[9].unwrap().parts[3], [0.0; 9]);
    let mut other = history.clone();
    other[17].digest.device = Some("another".into());
    let runs = score::score(&other, &Thresholds::default());
    assert_eq!(own::own(&other, &runs)[17], own::Own::default());
}

#[test]
fn longer_steps_are_told_where_they_made_the_dose() {
    // The terrain has steps of 1.06 m; from the seventh week on the runner's own are shorter.
    let mut history = with_minutes(8, |_| (1.06, 250.0));
    for dated in &mut history[21..] {
        for cell in &mut dated.digest.terrain {
            cell.cadence_spm = Some(160.0);
            cell.steps *= 160.0 / 170.0;
        }
    }
    let found = of(&history, 55);
    let first = &found.days[55].focus[0];
    assert_eq!(first.reading.tissue, Tissue::QuadPf);
    assert_eq!(first.why, "steps 6.1 % longer than expected at their speed, usually 0.1 % shorter");
}

#[test]
fn surfaces_count_where_the_config_asks() {
    let mut history = easy(7);
    for dated in &mut history[18..] {
        dated.digest.sport = Sport::TrailRunning;
    }
    assert!(of(&history, 48).days[48].focus.is_empty());
    let choice = Choice { counts_surface: true, ..Choice::default() };
    let found = judged(&history, 48, &choice, Units::Metric);
    assert!((found.runs[20].unwrap().km[Tissue::Adductors as usize] - 11.0).abs() < 1e-9);
    assert!((found.runs[0].unwrap().km[Tissue::PlantarFoot as usize] - 10.5).abs() < 1e-9);
}

#[test]
fn the_config_sets_coefficients_and_mistakes_name_their_key() {
    let choice = |text: &str| Choice::of(&Config::parse(text, "legwork.toml").unwrap());
    let set = choice("[tissues]\nsurface = true\n[tissues.calf_achilles]\nspeed = 0.5\ndamage = 3").unwrap();
    let row = set.table[0];
    assert_eq!((row.speed, row.damage, row.up, set.counts_surface), (0.5, 3.0, 1.0, true));
    assert_eq!(choice("").unwrap(), Choice::default());
    let check = |text: &str, parts: [&str; 2]| {
        let error = Config::parse(text, "legwork.toml").map_err(|error| error.to_string());
        let error = error.and_then(|config| Choice::of(&config).map_err(|error| error.to_string()));
        let error = error.unwrap_err();
        assert!(parts.iter().all(|part| error.contains(part)), "{text}: {error}");
    };
    check("[tissues.quad_pf]\ndown = 9", ["legwork.toml: tissues.quad_pf.down", "from -3 to 5"]);
    check("[tissues.quad_pf]\ndwn = 1", ["tissues.quad_pf.dwn", "did you mean down?"]);
    check("[tissues.quad]\ndown = 1", ["tissues.quad", "did you mean quad_pf?"]);
    check("[tissues]\nsurfce = true", ["tissues.surfce", "did you mean surface?"]);
    check("[tissues]\nquad_pf = 1", ["tissues.quad_pf", "[tissues.quad_pf]"]);
    check("[tissues]\nsurface = 1", ["tissues.surface", "true or false"]);
    check("[tissues.quad_pf]\ndown = \"much\"", ["tissues.quad_pf.down", "must be a number"]);
    check("tissues = 3", ["tissues", "[tissues]"]);
}

/// A run every second day of one of three kinds, with its distance.
fn random_history() -> impl Strategy<Value = Vec<(u8, f64)>> {
    prop::collection::vec((0..4_u8, 3000.0..20_000.0_f64), 25..32)
}

fn built(days: &[(u8, f64)], scale: f64) -> Vec<Dated> {
    let stretches = |kind: u8, metres: f64| match kind {
        0 => vec![(metres, 2.8, 0.0)],
        1 => vec![(0.6 * metres, 3.0, 0.0), (0.4 * metres, 4.4, 0.0)],
        2 => vec![(0.5 * metres, 2.6, 0.06), (0.5 * metres, 3.2, -0.06)],
        _ => Vec::new(),
    };
    let one = |(k, (kind, metres)): (usize, &(u8, f64))| {
        let stretches = stretches(*kind, scale * metres);
        let mut dated = run(2 * k as u32, &stretches);
        // How much descent is too much is a matter of metres.
        dated.digest.descent_m = None;
        (k == 0 || !stretches.is_empty()).then_some(dated)
    };
    days.iter().enumerate().filter_map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn longer_runs_at_the_same_speeds_leave_every_flag(days in random_history(), scale in 0.5..2.0_f64) {
        let [one, other] = [1.0, scale].map(|scale| of(&built(&days, scale), 63));
        for (a, b) in one.days.iter().zip(&other.days) {
            let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
            prop_assert_eq!(a.readings.len(), b.readings.len());
            for (a, b) in a.readings.iter().zip(&b.readings) {
                prop_assert!(near(a.change.z, b.change.z) && near(a.delta, b.delta));
                prop_assert_eq!(a.flag, b.flag);
            }
        }
    }

    #[test]
    fn what_comes_later_changes_nothing_before(days in random_history(), cut in 10..24_usize) {
        let whole = of(&built(&days, 1.0), 63);
        let last_day = 2 * cut as u32 - 1;
        let part = of(&built(&days[..cut], 1.0), last_day);
        prop_assert_eq!(&whole.days[..=last_day as usize], &part.days[..]);
        prop_assert_eq!(&whole.runs[..part.runs.len()], &part.runs[..]);
        prop_assert_eq!(&whole.made[..part.made.len()], &part.made[..]);
    }

    #[test]
    fn the_focus_is_short_and_says_why(days in random_history()) {
        for day in of(&built(&days, 1.0), 63).days {
            prop_assert!(day.focus.len() <= 3);
            for one in day.focus {
                prop_assert!(one.reading.flag.is_some());
                prop_assert!(one.why.chars().any(|c| c.is_ascii_digit()) && !one.why.contains("NaN"), "{}", one.why);
            }
        }
    }
}
