//! The worked examples of science 6, and what must hold of every history.

use super::judge::Readings;
use super::*;
use crate::digest::Steady;
use crate::model::DiaryKind;
use crate::model::calendar::plus;
use proptest::prelude::*;

/// A run of which readings can be borrowed.
#[derive(Debug, Clone, Default)]
struct Past {
    day: u32,
    id: String,
    device: Option<String>,
    steady: Vec<Steady>,
    efficiency: Option<f64>,
    decoupling: Option<f64>,
    warm_up: Option<(f64, f64)>,
    temperature_c: Option<f64>,
}

impl Past {
    fn reading(&self) -> RunReading<'_> {
        RunReading {
            date: date(self.day),
            id: &self.id,
            device: self.device.as_deref(),
            steady: &self.steady,
            efficiency_m_per_beat: self.efficiency,
            decoupling_pct: self.decoupling,
            warm_up: self.warm_up,
            temperature_c: self.temperature_c,
            is_easy: true,
        }
    }
}

fn date(day: u32) -> Day {
    plus("2026-01-01".parse().unwrap(), day)
}

fn signals_of(runs: &[Past]) -> Vec<Signal> {
    signals(&runs.iter().map(Past::reading).collect::<Vec<_>>(), &[])
}

/// The last signal of a history with a run every third day, the last three of them recent.
fn last(n: u32, make: impl Fn(u32, bool) -> Past) -> Signal {
    let runs: Vec<Past> = (0..n).map(|k| Past { day: 3 * k, ..make(k, k + 3 >= n) }).collect();
    signals_of(&runs).pop().unwrap()
}

/// Minutes at 2.8 to 3.6 m/s, evenly around 3.2, or around another speed.
fn minutes(middle_mps: f64, fill: impl Fn(&mut Steady)) -> Vec<Steady> {
    let minute = |k: i32| {
        let mut minute = Steady {
            speed_mps: middle_mps + f64::from(k - 10) * 0.04,
            hr_bpm: None,
            step_length_m: None,
            stance_ms: None,
            stance_balance_pct: None,
            vertical_ratio_pct: None,
            vertical_oscillation_mm: None,
        };
        fill(&mut minute);
        minute
    };
    (0..=20).map(minute).collect()
}

/// One, minus one, and so on: equal runs have no spread to compare with.
fn turn(k: u32) -> f64 {
    if k.is_multiple_of(2) { 1.0 } else { -1.0 }
}

fn near(value: Option<f64>, expected: f64, tolerance: f64) {
    assert!(value.is_some_and(|value| (value - expected).abs() <= tolerance), "{value:?} is not {expected}");
}

#[test]
fn e6_1_steps_at_the_same_speed() {
    let history = |spread: f64, short: f64| {
        last(14, |k, is_recent| {
            let factor = if is_recent { short } else { (spread * turn(k)).exp() };
            let length = |minute: &mut Steady| {
                minute.step_length_m = Some(factor * 0.62 * minute.speed_mps.powf(0.62));
            };
            Past { steady: minutes(3.2, length), ..Past::default() }
        })
    };
    let even = history(0.0, 1.245 / 1.275_219);
    near(even.speed_mps, 3.2, 1e-9);
    near(even.baseline, 1.275_219, 5e-7);
    near(even.recent, 1.245, 1e-6);
    near(even.change, -2.398, 5e-4);
    assert_eq!((even.status, even.z), (Status::Watch, None), "without spread nothing is unusual");
    assert_eq!(history(0.004, 0.976).status, Status::Flag);
    assert_eq!(history(0.004, 0.99).status, Status::Watch);
    assert_eq!(history(0.004, 1.024).status, Status::Usual, "longer steps are no reason to look");
}

#[test]
fn steps_of_another_device_or_at_another_speed_are_not_compared() {
    let device = |name: &str| Some(name.to_owned());
    let length = |minute: &mut Steady| minute.step_length_m = Some(0.3 * minute.speed_mps);
    let changed = last(14, |_, is_recent| Past {
        device: device(if is_recent { "new" } else { "old" }),
        steady: minutes(3.2, length),
        ..Past::default()
    });
    assert_eq!((changed.status, changed.n_baseline, changed.value), (Status::TooFew, 0, None));
    assert_eq!(changed.note.as_deref(), Some("0 of 8 runs to compare with"));
    let runs: Vec<Past> = (0..14)
        .map(|k| Past {
            day: 3 * k,
            steady: minutes(if k > 10 { 4.5 } else { 3.2 }, length),
            ..Past::default()
        })
        .collect();
    assert_eq!(signals_of(&runs).last().unwrap().date, date(30), "the fast runs give no reading");
}

#[test]
fn e6_2_contact_moves_to_one_side() {
    let history = |recent: [f64; 3]| {
        last(14, |k, is_recent| {
            let left = if is_recent { recent[(k as usize + 3) - 14] } else { 50.1 + 0.1 * turn(k) };
            Past { steady: minutes(3.2, |minute| minute.stance_balance_pct = Some(left)), ..Past::default() }
        })
    };
    let moved = history([51.1, 51.1, 51.2]);
    assert_eq!((moved.kind, moved.status), (SignalKind::ContactBalance, Status::Flag));
    near(moved.value, 1.2, 1e-9);
    // Of 250 ms on average 256 fall on the left and 244 on the right: the index of symmetry is four times as much.
    let (left_ms, right_ms) = (2.0 * 250.0 * 0.512, 2.0 * 250.0 * 0.488);
    near(Some(200.0 * (left_ms - right_ms) / (left_ms + right_ms)), 4.0 * moved.value.unwrap(), 1e-9);
    assert_eq!(history([49.0, 49.1, 49.0]).status, Status::Flag, "either side");
    assert_eq!(history([51.9, 50.2, 51.9]).status, Status::Watch, "not three in a row");
    assert_eq!(history([52.4; 3]).note.as_deref(), Some("2.4 pp more than half on the left foot"));
}

#[test]
fn e6_4_bounce_at_the_same_speed() {
    let history = |recent_pct: f64| {
        last(14, |k, is_recent| {
            let ratio = if is_recent { recent_pct } else { 100.0 * 0.088 / 1.10 + 0.1 * turn(k) };
            Past { steady: minutes(3.2, |minute| minute.vertical_ratio_pct = Some(ratio)), ..Past::default() }
        })
    };
    near(history(8.5).baseline, 8.0, 0.03);
    assert_eq!((history(8.5).status, history(8.3).status), (Status::Flag, Status::Watch));
}

#[test]
fn e6_5_metres_per_beat_against_the_median() {
    let usual = 60.0 * 3.0 / 140.0;
    let history = |share: f64, degrees: f64| {
        last(14, |k, is_recent| Past {
            efficiency: Some(usual * if is_recent { share } else { 1.0 + 0.01 * turn(k) }),
            temperature_c: Some(if is_recent { degrees } else { 12.0 }),
            ..Past::default()
        })
    };
    near(history(0.96, 12.0).change, 100.0 * 0.96_f64.ln(), 1.1);
    assert_eq!((history(0.96, 12.0).status, history(1.0, 12.0).status), (Status::Flag, Status::Usual));
    let hot = history(0.96, 21.0);
    assert_eq!(
        (hot.status, hot.note.as_deref()),
        (Status::TooFew, Some("9 °C warmer than the runs to compare with"))
    );
}

#[test]
fn e6_6_heart_rate_at_the_same_speed() {
    // Eight runs this far on either side have a standard deviation of 2.2.
    let off = 2.2 * (7.0_f64 / 8.0).sqrt();
    let runs: Vec<Past> = (0..11)
        .map(|k| {
            let more = if k < 8 { off * turn(k) } else { 4.5 };
            let hr = |minute: &mut Steady| minute.hr_bpm = Some(70.0 + 28.0 * minute.speed_mps + more);
            Past { day: if k < 8 { 3 * k } else { 10 + 3 * k }, steady: minutes(3.0, hr), ..Past::default() }
        })
        .collect();
    let signal = signals_of(&runs).pop().unwrap();
    near(signal.speed_mps, 3.0, 1e-9);
    near(signal.baseline, 154.0, 1e-6);
    near(signal.recent, 158.5, 1e-6);
    near(signal.change, 4.5, 1e-6);
    near(signal.z, 2.045, 5e-4);
    assert_eq!((signal.status, signal.n_baseline, signal.n_recent), (Status::Flag, 8, 3));
}

#[test]
fn one_long_run_that_drifts_is_enough() {
    let history = |drift: f64| {
        let runs: Vec<Past> = (0..6)
            .map(|k| Past {
                day: 7 * k,
                decoupling: Some(if k == 5 { drift } else { 3.0 + turn(k) }),
                ..Past::default()
            })
            .collect();
        signals_of(&runs).pop().unwrap()
    };
    let drifted = history(7.5);
    assert_eq!((drifted.kind, drifted.status, drifted.n_baseline), (SignalKind::Decoupling, Status::Flag, 5));
    assert_eq!((history(5.0).status, history(-1.0).status), (Status::Usual, Status::Usual));
}

#[test]
fn three_of_four_runs_must_be_slow_to_warm_up() {
    let history = |recent: [f64; 4]| {
        let runs: Vec<Past> = (0..14)
            .map(|k| {
                let early = if k < 10 { 1.05 + 0.01 * turn(k) } else { recent[k as usize - 10] };
                Past {
                    day: if k < 10 { 3 * k } else { 4 + 3 * k - k / 13 },
                    warm_up: Some((early, 1.0)),
                    ..Past::default()
                }
            })
            .collect();
        signals_of(&runs).pop().unwrap()
    };
    assert_eq!(history([1.0, 1.0, 1.05, 1.0]).status, Status::Flag);
    assert_eq!(history([0.95, 1.05, 1.05, 0.95]).status, Status::Watch);
    assert_eq!(history([1.06; 4]).status, Status::Usual);
}

fn mornings(kind: DiaryKind, value: impl Fn(u32) -> f64) -> Vec<Signal> {
    let entry =
        |day| DiaryEntry { date: date(day), kind, site: String::new(), side: None, value: value(day) };
    signals(&[], &(0..50).map(entry).collect::<Vec<_>>())
}

#[test]
fn resting_heart_rate_of_a_week() {
    let judged = |by: f64| {
        mornings(DiaryKind::RestingHr, |day| 48.0 + turn(day) + if day > 41 { by } else { 0.0 })
            .pop()
            .unwrap()
    };
    near(judged(4.0).change, 4.0, 0.3);
    let states = [4.0, 2.0, 0.0, -6.0].map(|by| judged(by).status);
    assert_eq!(states, [Status::Flag, Status::Watch, Status::Usual, Status::Usual]);
    let first = &mornings(DiaryKind::RestingHr, |_| 48.0)[..];
    assert_eq!((first[0].status, first[0].value), (Status::TooFew, Some(48.0)));
    assert_eq!(first[20].note.as_deref(), Some("14 of 18 mornings to compare with"));
}

#[test]
fn e6_10_v17_band_of_heart_rate_variability() {
    let week = [4.02, 4.10, 4.05, 3.98, 4.12, 4.07, 4.01];
    let judged = |ln_rmssd: f64| {
        let readings = Readings { baseline: week.to_vec(), recent: vec![ln_rmssd; 3] };
        readings.signal(SignalKind::Hrv, date(0), None)
    };
    let signal = judged(4.02);
    near(signal.baseline.map(f64::ln), 4.05, 1e-9);
    near(signal.baseline_low.map(f64::ln), 4.024_834, 5e-7);
    near(signal.baseline_high.map(f64::ln), 4.075_166, 5e-7);
    near(signal.z, (4.02 - 4.05) / 0.050_332_2, 1e-5);
    assert_eq!(
        (signal.status, judged(4.03).status, judged(4.10).status),
        (Status::Flag, Status::Usual, Status::Usual)
    );
    let low = mornings(DiaryKind::HrvRmssd, |day| if day > 40 { 52.0 } else { 60.0 + 4.0 * turn(day) });
    assert_eq!(low.last().map(|signal| (signal.kind, signal.status)), Some((SignalKind::Hrv, Status::Flag)));
}

#[test]
fn a_signal_is_up_for_ten_days_or_until_it_is_not() {
    let low = |until: u32| {
        mornings(
            DiaryKind::HrvRmssd,
            move |day| if day > 40 && day <= until { 45.0 } else { 60.0 + 4.0 * turn(day) },
        )
    };
    let signals = low(50);
    assert_eq!(signals.last().unwrap().date, date(49));
    assert_eq!(raised(&signals, date(58)), [SignalKind::Hrv]);
    assert!(raised(&signals, date(59)).is_empty() && raised(&signals, date(20)).is_empty());
    assert!(raised(&low(42), date(49)).is_empty());
    // A flag of mornings is the third in a row.
    let states: Vec<Status> = signals[..44].iter().rev().take(5).map(|signal| signal.status).collect();
    assert_eq!(states, [Status::Flag, Status::Watch, Status::Watch, Status::Usual, Status::Usual]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn nothing_after_a_day_changes_what_is_said_of_it(
        runs in prop::collection::vec((0_u32..4, 2.6..3.6_f64, 0.9..1.1_f64), 10..60),
        cut in 0.1..0.9_f64,
    ) {
        let mut day = 0;
        let runs: Vec<Past> = runs.into_iter().map(|(gap, speed, factor)| {
            day += gap;
            let fill = |minute: &mut Steady| {
                minute.hr_bpm = Some(factor * 48.0 * minute.speed_mps);
                minute.step_length_m = Some(factor * 0.4 * minute.speed_mps);
                minute.stance_balance_pct = Some(50.0 * factor);
            };
            Past { day, steady: minutes(speed, fill), efficiency: Some(factor), decoupling: Some(20.0 * (factor - 0.9)), ..Past::default() }
        }).collect();
        let as_of = (f64::from(day) * cut) as u32;
        let known: Vec<Past> = runs.iter().filter(|run| run.day <= as_of).cloned().collect();
        let whole = signals_of(&runs);
        let before: Vec<Signal> = whole.iter().filter(|signal| signal.date <= date(as_of)).cloned().collect();
        prop_assert_eq!(signals_of(&known), before);
        for signal in whole {
            prop_assert!(signal.n_recent >= 1 && signal.n_recent <= 3);
            prop_assert_eq!(signal.status == Status::TooFew, signal.change.is_none());
            let flag_is_unusual = signal.status != Status::Flag || signal.z.is_some_and(|z| z.abs() >= 1.5);
            prop_assert!(flag_is_unusual);
            if let (Some(low), Some(high), Some(usual)) = (signal.baseline_low, signal.baseline_high, signal.baseline) {
                prop_assert!(low <= usual && usual <= high);
            }
        }
    }
}
