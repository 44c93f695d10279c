//! Every number of the sample data is explained, with the value of the tables, and what is listed is enough to compute
//! it again: here that is done from the lists and inputs alone, by formulas of this file.

mod again;

use crate::cli::{fails, legwork};
use again::{of_day, of_projected, of_run};
use legwork::analysis::Analysis;
use legwork::explain::{Context, Explanation, Question};
use legwork::model::{Race, RaceOrigin};
use legwork::run::{Options, WhatIf, analyse};
use legwork::table;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn sample() -> Vec<Analysis> {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let options = Options { today: "2026-05-17".parse().expect("a date"), ..Options::default() };
    analyse(&[input], &options, &()).expect("the sample data can be read")
}

/// Holds an explanation against its table; counts by name what was computed again.
fn hold(
    told: &Explanation,
    value: &Value,
    again: fn(&Explanation) -> Option<f64>,
    counts: &mut BTreeMap<String, usize>,
) {
    let what = || format!("{} of {}: {:?}", told.name, told.of, told.inputs);
    assert_eq!(told.value, *value, "{}", what());
    assert!(!told.formula.is_empty(), "{}", what());
    match told.value.as_f64() {
        _ if told.value.is_null() => assert!(!told.because.is_empty(), "no reason: {}", what()),
        Some(number) => {
            if let Some(again) = again(told) {
                assert!(
                    (number - again).abs() <= 1e-6 * number.abs().max(1.0),
                    "{again} is not {number}: {}",
                    what()
                );
                *counts.entry(told.name.clone()).or_default() += 1;
            }
        }
        None => {}
    }
}

fn one(context: &Context<'_>, question: &Question) -> Explanation {
    let mut told = context.answer(question).unwrap_or_else(|error| panic!("{question:?}: {error}"));
    assert_eq!(told.len(), 1, "{question:?}");
    told.remove(0)
}

#[test]
fn every_number_of_every_day_can_be_computed_again() {
    let mut counts = BTreeMap::new();
    for analysis in sample() {
        let context = Context::new(&analysis).unwrap();
        for day in &analysis.days {
            for (doc, value) in table::day_values(&analysis, day) {
                if !legwork::explain::metrics().contains(&doc.name) {
                    continue;
                }
                let metric = Some(doc.name.to_owned());
                let told = one(&context, &Question { on: Some(day.date), metric, ..Question::default() });
                hold(&told, &value, of_day, &mut counts);
            }
        }
    }
    let names: Vec<&str> = counts.keys().map(String::as_str).collect();
    for name in [
        "acwr_coupled",
        "acwr_ewma",
        "ctl",
        "tsb",
        "strain",
        "acwr_high",
        "polarization_index",
        "need",
        "z_quad_pf",
    ] {
        assert!(counts.get(name).is_some_and(|n| *n > 30), "{name}: {counts:?}");
    }
    assert!(names.len() >= 42, "{} {names:?}", names.len());
}

/// The sample data, which has plans for two of the three, and the third with a race to come: no plan covers the days
/// after it.
fn to_come() -> Vec<Analysis> {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let race = Race {
        date: "2026-05-24".parse().expect("a date"),
        name: "half".to_owned(),
        distance_m: 21_097.5,
        priority: 'A',
        origin: RaceOrigin::Config,
    };
    let options = Options {
        today: "2026-05-17".parse().expect("a date"),
        athletes: vec!["beginner".to_owned()],
        what_if: WhatIf { races: vec![race], ..WhatIf::default() },
        ..Options::default()
    };
    let mut all = sample();
    all.extend(analyse(&[input], &options, &()).expect("the sample data can be read"));
    all
}

#[test]
fn every_number_of_a_day_to_come_can_be_computed_again_and_says_who_expects_it() {
    let (mut bases, mut counts) = (std::collections::BTreeSet::new(), BTreeMap::new());
    for analysis in to_come() {
        let context = Context::new(&analysis).unwrap();
        for day in &analysis.projected {
            for (doc, value) in table::day_values(&analysis, day) {
                if legwork::explain::metrics().contains(&doc.name) {
                    let metric = Some(doc.name.to_owned());
                    let told = one(&context, &Question { on: Some(day.date), metric, ..Question::default() });
                    hold(&told, &value, of_projected, &mut counts);
                    assert!(told.because.iter().any(|why| why.starts_with("projected by ")), "{told:?}");
                    let is_tissue = doc.name.starts_with("z_");
                    assert!(!is_tissue || told.because[0] == "tissues are not projected", "{told:?}");
                }
            }
            bases.insert(analysis.expected_on(day.date).unwrap().basis.name());
        }
        let told = one(&context, &Question { on: Some(analysis.projected[0].date), ..Question::default() });
        assert_eq!(told.value, Value::from("projected"));
    }
    assert_eq!(bases.into_iter().collect::<Vec<_>>(), ["habit", "plan", "race", "recovery", "taper"]);
    for name in ["acwr_coupled", "distance_acwr_coupled", "acute_au", "ctl", "tsb", "ramp_pct", "need"] {
        assert!(counts.get(name).is_some_and(|n| *n > 60), "{name}: {counts:?}");
    }
}

/// Past days lie under the ratio with their runs, days to come with what is expected of them.
#[test]
fn a_ratio_to_come_rests_on_runs_and_on_what_is_expected() {
    let told = said(&["--on", "2026-05-21", "--metric", "acwr_coupled"]);
    for part in [
        "load_au by date in AU, a week a line",
        "load_au of run ",
        "load_au on 2026-05-20: ",
        "projected by plan; distance_m ",
        " s/km, load_per_km ",
        "hr_max_bpm",
    ] {
        assert!(told.replace("\n          ", " ").contains(part), "{part}: {told}");
    }
    let planned = said(&["--on", "2026-05-21", "--metric", "load_au"]);
    assert!(planned.contains("median load per metre") && planned.contains("planned: "), "{planned}");
}

/// The sum stands there in numbers, and a day in a window says what only the window counts.
#[test]
fn a_need_is_a_sum_of_what_is_due_and_what_adds_to_it() {
    let mut n_notes = 0;
    for analysis in sample() {
        let context = Context::new(&analysis).unwrap();
        for work in &analysis.work {
            let metric = Some("need".to_owned());
            let told = one(&context, &Question { on: Some(work.date), metric, ..Question::default() });
            let sum = told.because.iter().find(|why| why.contains(" = ")).expect("a sum");
            assert!(sum.starts_with(&format!("{:.2}", work.due)), "{sum}");
            assert!(sum.ends_with(&format!(" = {:.2}", work.need)), "{sum}");
            let triggers = work.reasons.iter().skip(1).filter(|reason| reason.adds > 0.0);
            assert_eq!(sum.matches(" + ").count(), triggers.count(), "{sum}");
            n_notes += told.because.iter().filter(|why| why.starts_with("windows count advised")).count();
        }
    }
    assert!(n_notes > 0);
}

/// R22: a window has its reasons, its depth what caps it, and each reason its rule, words and grade.
#[test]
fn r22_nothing_is_advised_without_a_reason() {
    for window in sample().iter().flat_map(|analysis| &analysis.windows) {
        assert!(!window.reasons.is_empty() && !window.limits.is_empty(), "{window:?}");
        let reasons = window.reasons.iter().chain(&window.notes);
        let is_whole = |rule: &str, text: &str| !rule.is_empty() && text.len() > 10;
        assert!(reasons.clone().all(|one| is_whole(one.rule, &one.text)), "{window:?}");
        assert!(window.limits.iter().all(|one| is_whole(one.rule, &one.text)), "{window:?}");
        assert!(window.start <= window.best && window.best <= window.end, "{window:?}");
    }
}

#[test]
fn every_number_of_every_run_can_be_computed_again() {
    let mut counts = BTreeMap::new();
    for analysis in sample() {
        let context = Context::new(&analysis).unwrap();
        for run in &analysis.runs {
            for (doc, value) in table::run_values(&analysis, run) {
                if !legwork::explain::metrics().contains(&doc.name) {
                    continue;
                }
                let question = Question {
                    run: Some(run.file.clone()),
                    metric: Some(doc.name.to_owned()),
                    ..Question::default()
                };
                let told = one(&context, &question);
                hold(&told, &value, of_run, &mut counts);
            }
        }
    }
    let names: Vec<&str> = counts.keys().map(String::as_str).collect();
    for name in [
        "trimp100",
        "load_au",
        "low_s",
        "race_score",
        "spike_ratio",
        "hr_z3_s",
        "dose_quad_pf",
        "dose_hamstrings",
        "tissue_spike_ratio",
    ] {
        assert!(counts.get(name).is_some_and(|n| *n > 30), "{name}: {counts:?}");
    }
    assert!(names.len() >= 35, "{} {names:?}", names.len());
}

#[test]
fn every_reading_is_explained() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for analysis in sample() {
        let context = Context::new(&analysis).unwrap();
        for signal in &analysis.signals {
            let metric = Some(signal.kind.name().to_owned());
            let told = one(&context, &Question { on: Some(signal.date), metric, ..Question::default() });
            let is_same = |a: Option<f64>, b: Option<f64>| {
                a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| (a - b).abs() < 1e-6)
            };
            assert!(is_same(told.number(), signal.value), "{told:?} {signal:?}");
            assert!(is_same(told.input("baseline"), signal.baseline), "{told:?} {signal:?}");
            assert!(!told.value.is_null() || !told.because.is_empty(), "{signal:?}");
            assert!(told.because.len() + usize::from(signal.change.is_none()) > 0, "{told:?}");
            if let Some((change, z, of_readings)) = again::of_signal(&told) {
                assert!(is_same(Some(change), signal.change), "{change} {signal:?}");
                assert!(is_same(z, signal.z), "{z:?} {signal:?}");
                *counts.entry(signal.kind.name()).or_default() += of_readings;
            } else {
                assert_eq!(signal.change, None, "{told:?}");
            }
        }
    }
    assert_eq!(counts.len(), 10, "{counts:?}");
}

#[test]
fn a_rise_that_does_not_last_is_watched_and_says_so() {
    let told = said(&["--on", "2026-05-10", "--metric", "resting_hr"]);
    for part in
        ["z ≥ 1.", "change ≥ 3 bpm", "third such morning", "watch: it is unusual", "2026-05-09 not over"]
    {
        assert!(told.replace("\n      ", " ").contains(part), "{part}: {told}");
    }
}

#[test]
fn every_threshold_says_where_it_comes_from() {
    let names = [
        "hr_max_bpm",
        "hr_rest_bpm",
        "lt1_bpm",
        "lthr_bpm",
        "threshold_speed_mps",
        "vdot",
        "critical_speed_mps",
    ];
    for analysis in sample() {
        let context = Context::new(&analysis).unwrap();
        for name in names {
            let on = analysis.days[analysis.days.len() / 2].date;
            let metric = Some(name.to_owned());
            let told = one(&context, &Question { on: Some(on), metric, ..Question::default() });
            let line = analysis.thresholds.timelines().into_iter().find(|(of, _)| *of == name).unwrap().1;
            match line.on(on) {
                Some(held) => {
                    assert_eq!(told.number(), Some(held.estimate.value), "{told:?}");
                    let is_same = |again: f64| (again / held.estimate.value - 1.0).abs() < 1e-9;
                    assert!(
                        told.input("race_vdot").is_none_or(|again| name != "vdot" || is_same(again)),
                        "{told:?}"
                    );
                    let peaks = told.lists.iter().find(|list| list.name == "peak_hr_bpm");
                    assert!(peaks.is_none_or(|peaks| peaks.values.len() > 1), "{told:?}");
                }
                None if name == "lt1_bpm" => assert!(told.number().is_some(), "{told:?}"),
                None => assert!(told.value.is_null() && !told.because.is_empty(), "{told:?}"),
            }
        }
    }
}

/// A sign counts where the numbers beside it say so.
#[test]
fn the_signs_of_a_race_can_be_checked() {
    let mut n_signs = [0, 0];
    for analysis in sample() {
        let context = Context::new(&analysis).unwrap();
        for run in &analysis.runs {
            let metric = Some("race_score".to_owned());
            let told =
                one(&context, &Question { run: Some(run.file.clone()), metric, ..Question::default() });
            let Some(points) = told.lists.iter().find(|list| list.name == "points") else { continue };
            let has = |words: &str| points.values.iter().any(|(sign, _)| sign.contains(words));
            let reaches = |value: &str, share: &str, of: &str| {
                let [value, share, of] = [value, share, of].map(|name| told.input(name));
                value.zip(share).zip(of).is_some_and(|((value, share), of)| value >= share * of)
            };
            let is_hard = reaches("race_hr_bpm", "hr_share_needed", "held_against_bpm");
            let is_fast = reaches("race_ngs_mps", "speed_share_needed", "expected_mps");
            assert!(is_hard || !has("heart rate near"), "{told:?}");
            assert!(is_fast || !has("earlier bests"), "{told:?}");
            n_signs[0] += usize::from(has("heart rate near"));
            n_signs[1] += usize::from(has("earlier bests"));
        }
    }
    assert!(n_signs.iter().all(|n| *n > 0), "{n_signs:?}");
}

const SAMPLE: [&str; 4] = ["explain", "sample_data", "--athlete", "marathon-build"];

fn said(arguments: &[&str]) -> String {
    let output = legwork(&[&SAMPLE, arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is text")
}

#[test]
fn the_command_tells_a_day_a_number_and_a_run() {
    let day = said(&["--on", "2026-05-10"]);
    assert!(day.starts_with("marathon-build, as of 2026-05-17\n\nday on 2026-05-10: observed"), "{day}");
    for part in ["load_au of run ", "acwr_coupled: ", "ctl: ", "ceiling: ", "need: "] {
        assert!(day.contains(part), "{part}: {day}");
    }
    assert!(day.lines().all(|line| line.chars().count() <= 100), "{day}");
    let ratio = said(&["--on", "2026-05-10", "--metric", "acwr_coupled"]);
    for part in ["mean of 7 days / mean of the 28 days", "load_au by date in AU, a week a line", "hr_max_bpm"]
    {
        assert!(ratio.contains(part), "{part}: {ratio}");
    }
    let json: Value =
        serde_json::from_str(&said(&["--on", "2026-05-10", "--metric", "acwr_coupled", "--format", "json"]))
            .unwrap();
    let told = &json[0]["explanations"][0];
    assert_eq!((&json[0]["athlete"], &told["name"]), (&"marathon-build".into(), &"acwr_coupled".into()));
    assert_eq!(told["lists"][0]["values"].as_array().map(Vec::len), Some(28));
    let run = told["from"][0]["of"].as_str().unwrap().split(' ').nth(1).unwrap().to_owned();
    let run = said(&["--run", &run]);
    for part in ["load_au: ", "trimp100", "session_kind", "hr_dropped_s"] {
        assert!(run.contains(part), "{part}: {run}");
    }
    let by_name = |name: &str| said(&["--run", name]);
    assert_eq!(by_name("2026-05-16-long-run"), by_name("2026-05-16-long-run.fit"));
    let load = said(&["--on", "2026-05-10", "--metric", "load"]);
    assert!(load.contains("rung hr") && load.contains("rung duration"), "{load}");
    let withheld = said(&["--on", "2026-05-10", "--metric", "acwr_withheld"]);
    assert!(withheld.contains("nothing: the ratio is given"), "{withheld}");
    let monotony = said(&["--on", "2026-05-10", "--metric", "monotony"]);
    assert!(monotony.contains("sd_au") && !monotony.contains(", monotony"), "{monotony}");
    let long = said(&["--on", "2026-05-10", "--metric", "efficiency_m_per_beat"]);
    assert!(long.contains("over 120 min"), "{long}");
    let withheld = said(&["--on", "2025-12-01", "--metric", "acwr_coupled"]);
    assert!(withheld.contains("no ratio: it needs 28 days of history"), "{withheld}");
}

#[test]
fn all_athletes_answer_unless_one_is_named() {
    let output = legwork(&[
        "explain",
        "sample_data",
        "--on",
        "2026-05-10",
        "--metric",
        "ctl",
        "--format",
        "json",
        "-q",
    ]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json.as_array().map(Vec::len), Some(3));
}

#[test]
fn questions_without_an_answer_say_what_there_is() {
    let check = |arguments: &[&str], parts: &[&str]| fails(&[&SAMPLE, arguments].concat(), 2, parts);
    check(&[], &["--on", "--run", "needed"]);
    check(&["--on", "32.13.2025"], &["is no date; write one such as 2026-05-31"]);
    check(
        &["--on", "2026-05-10", "--metric", "distance_acwr"],
        &["distance_acwr_coupled, distance_acwr_uncoupled"],
    );
    fails(&["explain", "sample_data", "--run", "nothing", "-q"], 2, &["marathon-build", "; no run of "]);
    check(&["--on", "2026-05-10", "--metric", "acwr_couple"], &["--metric", "did you mean acwr_coupled?"]);
    check(&["--on", "2019-01-01"], &["before the first run", "has days from 2025-"]);
    check(&["--on", "2026-06-15"], &["after the days that are projected", "to 2026-06-14"]);
    check(&["--on", "2026-06-01", "--metric", "trimp100"], &["still to come", "a number of a run"]);
    check(&["--run", "nothing"], &["--run", "no run of marathon-build", "there are"]);
    check(&["--run", "2026"], &["--run"]);
    check(&["--run", "2026-05-16-lng-run"], &["did you mean", "2026-05-16-long-run.fit"]);
    check(&["--run", "16-long"], &["did you mean 2026-05-16-long-run.fit?"]);
    check(
        &["--run", "2026-05-16"],
        &["is a day; runs of marathon-build on it: 2026-05-16-long-run.fit; --on"],
    );
    check(&["--run", "2026-05-15"], &["marathon-build has no run on it"]);
    check(&["--on", "2026-05-10", "--metric", "quad"], &["did you mean z_quad_pf, dose_quad_pf?"]);
    check(&["--run", "2026-05-10", "--metric", "ctl"], &["ctl is a number of a day"]);
}
