//! Every number of the sample data is explained, with the value of the tables, and what is listed is enough to compute
//! it again: here that is done from the lists and inputs alone, by formulas of this file.

mod again;

use crate::cli::{fails, legwork};
use again::{of_day, of_run};
use legwork::analysis::Analysis;
use legwork::explain::{Context, Explanation, Question};
use legwork::run::{Options, analyse};
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
    for name in
        ["acwr_coupled", "acwr_ewma", "ctl", "tsb", "strain", "acwr_high", "polarization_index", "need"]
    {
        assert!(counts.get(name).is_some_and(|n| *n > 30), "{name}: {counts:?}");
    }
    assert!(names.len() >= 33, "{} {names:?}", names.len());
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
    for name in ["trimp100", "load_au", "low_s", "race_score", "spike_ratio", "hr_z3_s"] {
        assert!(counts.get(name).is_some_and(|n| *n > 30), "{name}: {counts:?}");
    }
    assert!(names.len() >= 25, "{} {names:?}", names.len());
}

#[test]
fn every_reading_is_explained() {
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
        }
    }
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
    for part in ["rung hr", "rung duration", "trimp100", "session_kind", "hr_dropped_s"] {
        assert!(run.contains(part), "{part}: {run}");
    }
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
    check(&[], &["required"]);
    check(&["--on", "2026-05-10", "--metric", "acwr_couple"], &["--metric", "did you mean acwr_coupled?"]);
    check(&["--on", "2019-01-01"], &["before the first run", "has days from 2025-"]);
    check(&["--on", "2026-06-01"], &["after the day of the analysis", "to 2026-05-17"]);
    check(&["--run", "nothing"], &["--run", "no run of marathon-build", "there are"]);
    check(&["--run", "2026"], &["--run"]);
    check(&["--run", "2026-05-10", "--metric", "ctl"], &["ctl is a number of a day"]);
}
