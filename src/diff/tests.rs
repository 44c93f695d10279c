//! Small reports side by side.

use super::*;
use proptest::prelude::*;
use serde_json::{Map, json};

/// A report of one athlete, stood on 2026-03-01, from its tables.
fn report(tables: &Value) -> Report {
    let mut athlete = json!({"athlete": "a", "as_of": "2026-03-01", "settings": {"as_of": "2026-03-01"}});
    athlete.as_object_mut().unwrap().extend(tables.as_object().unwrap().clone());
    file(&json!("0.1.0"), &json!([athlete]))
}

fn file(version: &Value, athletes: &Value) -> Report {
    let text = json!({"generator": "legwork", "schema_version": 1, "version": version, "athletes": athletes});
    read::parse(text.to_string().as_bytes()).unwrap()
}

fn run(name: &str, date: &str, load: f64) -> Value {
    json!({"id": format!("id-{name}"), "file": format!("{name}.fit"), "date": date, "distance_m": 10_000.0,
        "timer_s": 3000.0, "load_au": load, "load_basis": "hr", "session_kind": "easy", "race": false})
}

fn week(start: &str, load: f64, ratio: Option<f64>) -> Value {
    json!({"week_start": start, "n_days": 7, "distance_m": 100.0 * load, "load_au": load, "acwr_coupled": ratio})
}

fn of<'a>(diff: &'a Diff, start: &str) -> &'a WeekChange {
    diff.athletes[0].weeks.moved.iter().find(|week| week.week_start.to_string() == start).unwrap()
}

fn by_run(what: What, file: &str, date: &str) -> Cause {
    Cause::Run { what, file: file.into(), date: date.parse().unwrap() }
}

#[test]
fn a_file_moves_its_week_and_the_ratios_of_four() {
    let weeks = |loads: [f64; 2], ratio| {
        json!([week("2026-01-05", loads[0], None), week("2026-02-02", loads[1], Some(ratio))])
    };
    let late = run("late", "2026-01-06", 50.0);
    let a = report(&json!({"runs": [], "weeks": weeks([100.0, 100.0], 1.0)}));
    let b = report(&json!({"runs": [late], "weeks": weeks([150.0, 100.0], 0.9)}));
    let diff = compare(&a, &b, 1.0);
    let added = by_run(What::Added, "late.fit", "2026-01-06");
    assert_eq!(of(&diff, "2026-01-05").causes, std::slice::from_ref(&added));
    assert_eq!(of(&diff, "2026-02-02").causes, std::slice::from_ref(&added));
    assert_eq!(diff.athletes[0].weeks.causes, [added]);
    assert_eq!(of(&diff, "2026-02-02").numbers[0].change_pct.map(f64::round), Some(-10.0));
}

#[test]
fn a_setting_is_the_cause_where_the_files_are_the_same_and_what_follows_from_it_is_not() {
    let side = |hr: f64, load: f64, units: &str| {
        report(&json!({
            "settings": {"as_of": "2026-03-01", "hr_max_bpm": hr, "units": units, "races": [{"date": units}]},
            "thresholds": {"hr_max_bpm": {"value": hr, "origin": "config"},
                "lthr_bpm": {"value": 0.9 * hr, "origin": "derived"}},
            "runs": [run("x", "2026-01-06", load)], "weeks": [week("2026-01-05", load, None)],
        }))
    };
    let diff = compare(&side(190.0, 100.0, "metric"), &side(180.0, 110.0, "imperial"), 1.0);
    let keys = |changes: &[Change]| changes.iter().map(|c| c.key.clone()).collect::<Vec<_>>().join(" ");
    let athlete = &diff.athletes[0];
    assert_eq!(keys(&athlete.settings), "hr_max_bpm races.date units");
    let held: Vec<&str> = athlete.thresholds.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(held, ["hr_max_bpm", "lthr_bpm"]);
    let [Cause::Setting(setting)] = &athlete.weeks.causes[..] else { panic!("{:?}", athlete.weeks.causes) };
    assert_eq!((&setting.key, &setting.new), (&"hr_max_bpm".to_owned(), &json!(180.0)));
}

#[test]
fn a_threshold_that_the_runs_gave_is_a_cause_of_its_own() {
    let side = |speed: f64, load: f64| {
        report(&json!({"thresholds": {"threshold_speed_mps": {"value": speed, "origin": "history"}},
            "runs": [run("x", "2026-01-06", load)], "weeks": [week("2026-01-05", load, None)]}))
    };
    let diff = compare(&side(4.0, 100.0), &side(4.2, 90.0), 1.0);
    assert!(
        matches!(&diff.athletes[0].weeks.causes[..], [Cause::Threshold(one)] if one.key == "threshold_speed_mps")
    );
}

#[test]
fn a_threshold_moves_only_the_weeks_on_whose_days_it_held_and_the_ratios_of_four() {
    let starts = ["2025-01-06", "2025-03-03", "2025-03-10", "2025-06-02"];
    let side = |lthr: f64, load: f64| {
        let runs: Vec<Value> = starts.iter().map(|start| run(start, start, load)).collect();
        let ratio = |start: &str| (start == "2025-03-10").then_some(load / 100.0);
        let weeks: Vec<Value> = starts.iter().map(|start| week(start, load, ratio(start))).collect();
        let estimate = |value: f64, since: &str| json!({"value": value, "origin": "race", "since": since});
        let line =
            [estimate(170.0, "2025-01-01"), estimate(lthr, "2025-03-01"), estimate(170.0, "2025-03-06")];
        report(&json!({"thresholds": {"lthr_bpm": line}, "runs": runs, "weeks": weeks}))
    };
    let diff = compare(&side(170.0, 100.0), &side(180.0, 120.0), 1.0);
    let is_by_threshold = |start| matches!(&of(&diff, start).causes[..], [Cause::Threshold(_)]);
    assert_eq!(starts.map(is_by_threshold), [false, true, true, false]);
    assert_eq!(of(&diff, "2025-01-06").causes, [Cause::Unknown]);
}

#[test]
fn the_version_is_the_cause_where_nothing_else_differs() {
    let side = |version: Value, load: f64| {
        let rows = json!([{"athlete": "a", "runs": [run("x", "2026-01-06", load)], "weeks": [week("2026-01-05", load, None)]}]);
        file(&version, &rows)
    };
    let diff = compare(&side(json!("0.1.0"), 100.0), &side(json!("0.2.0"), 120.0), 1.0);
    assert!(matches!(&diff.athletes[0].weeks.causes[..], [Cause::Version(_)]));
    assert!(!diff.athletes[0].knows_settings);
    let same = compare(&side(json!("0.1.0"), 100.0), &side(json!("0.1.0"), 120.0), 1.0);
    assert_eq!(same.athletes[0].weeks.causes, [Cause::Unknown]);
    let quiet = compare(&side(json!("0.1.0"), 100.0), &side(json!("0.2.0"), 100.5), 1.0);
    assert!(quiet.is_empty() && render(&quiet).contains("version 0.1.0 → 0.2.0"));
}

#[test]
fn runs_after_the_older_day_are_there_because_of_it() {
    let side = |as_of: &str, runs: Value, load: f64, n_days: u32| {
        let mut week = week("2026-02-23", load, None);
        week["n_days"] = json!(n_days);
        report(&json!({"as_of": as_of, "settings": {"as_of": as_of}, "runs": runs, "weeks": [week]}))
    };
    let a = side("2026-02-25", json!([]), 10.0, 3);
    let b = side("2026-03-01", json!([run("new", "2026-02-28", 90.0)]), 100.0, 7);
    let diff = compare(&a, &b, 1.0);
    assert!(matches!(&diff.athletes[0].weeks.causes[..], [Cause::Setting(one)] if one.key == "as_of"));
    assert!(render(&diff).contains("1 run after 2026-02-25, only in B"));
}

#[test]
fn what_happened_to_a_run_is_told() {
    let mut copy = run("copy", "2026-01-06", 100.0);
    copy["duplicate_of"] = json!("id-x");
    let mut edited = run("edited", "2026-01-08", 100.0);
    edited["id"] = json!("other");
    edited["distance_m"] = json!(12_000.0);
    let moved = |date: &str| run("moved", date, 100.0);
    let a = report(
        &json!({"runs": [run("x", "2026-01-06", 100.0), copy, run("edited", "2026-01-08", 100.0), moved("2026-01-10")]}),
    );
    let single = run("copy", "2026-01-06", 100.0);
    let b = report(&json!({"runs": [single, edited, moved("2026-01-11")],
        "notices": [{"source": "x.fit", "text": "is\u{1b} empty"}]}));
    let diff = compare(&a, &b, 1.0);
    let runs = &diff.athletes[0].runs;
    let what: Vec<_> = runs.iter().map(|run| (run.what, run.file.as_str())).collect();
    let expected = [
        (What::Changed, "copy.fit"),
        (What::Removed, "x.fit"),
        (What::Replaced, "edited.fit"),
        (What::Changed, "moved.fit"),
    ];
    assert_eq!(what, expected);
    assert_eq!(runs[0].copy().unwrap().old, json!("x.fit"));
    assert_eq!(runs[2].numbers[0].new, Some(12_000.0));
    let text = render(&diff);
    for part in [
        "2026-01-06 changed copy.fit: no copy of x.fit any more",
        "2026-01-06 removed x.fit: 10.0 km, is empty",
        "2026-01-08 replaced edited.fit: distance 10.0 → 12.0 km (+20 %)",
        "2026-01-10 changed moved.fit: date 2026-01-10 → 2026-01-11",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn two_files_of_the_same_bytes_are_told_apart() {
    let twin = |file: &str, of: Option<&str>| json!({"id": "same", "file": file, "date": "2026-01-06", "distance_m": 1.0, "duplicate_of": of});
    let a = report(&json!({"runs": [twin("a.fit", None), twin("b.fit", Some("same"))]}));
    let b = report(&json!({"runs": [twin("b.fit", None)]}));
    let runs = &compare(&a, &b, 1.0).athletes[0].runs;
    let what: Vec<_> = runs.iter().map(|run| (run.what, run.file.as_str())).collect();
    assert_eq!(what, [(What::Removed, "a.fit"), (What::Changed, "b.fit")]);
}

#[test]
fn athletes_are_matched_by_id_and_single_ones_always() {
    let reports = |names: &[&str]| {
        let athletes: Vec<Value> = names.iter().map(|name| json!({"athlete": name})).collect();
        file(&json!("0.1.0"), &json!(athletes))
    };
    let diff = compare(&reports(&["a", "b"]), &reports(&["b", "c"]), 1.0);
    assert_eq!(
        (diff.only_a.join(""), diff.only_b.join(""), diff.athletes.len()),
        ("a".into(), "c".into(), 1)
    );
    assert!(!diff.is_empty() && render(&diff).contains("Only in A: a."));
    let single = compare(&reports(&["old"]), &reports(&["new"]), 1.0);
    assert_eq!((single.athletes[0].athlete_in_a.as_deref(), single.is_empty()), (Some("old"), true));
}

#[test]
fn days_are_counted_and_the_largest_move_is_named() {
    let days = |loads: [Option<f64>; 3]| {
        let row =
            |(n, load): (usize, Option<f64>)| json!({"date": format!("2026-01-0{}", n + 1), "load_au": load});
        report(&json!({"days": loads.into_iter().enumerate().map(row).collect::<Vec<_>>()}))
    };
    let diff =
        compare(&days([Some(10.0), Some(50.0), None]), &days([Some(10.05), Some(80.0), Some(20.0)]), 1.0);
    let days = &diff.athletes[0].days;
    assert_eq!((days.n_both, days.n_moved, days.largest.len()), (3, 2, 1));
    assert_eq!(days.largest[0].date.to_string(), "2026-01-02");
}

#[test]
fn small_files_are_named_and_days_to_come_compared() {
    let side = |massages: Value, diary: Value, plan: Value, metres: f64| {
        let ahead =
            json!({"week_start": "2026-03-02", "state": "projected", "n_days": 7, "distance_m": metres});
        let day = json!({"date": "2026-03-05", "state": "projected", "distance_m": metres});
        report(
            &json!({"massages": massages, "diary": diary, "plan": {"runs": plan}, "weeks": [ahead], "days": [day]}),
        )
    };
    let had = |date: &str, depth: &str| json!({"date": date, "depth": depth});
    let run = |date: &str, title: &str| json!({"date": date, "title": title});
    let a = side(json!([had("2026-01-01", "deep")]), json!([]), json!([run("2026-03-05", "8 km")]), 8_000.0);
    let b = side(
        json!([had("2026-01-01", "deep"), had("2026-02-01", "light")]),
        json!([{"date": "2026-02-02", "kind": "pain"}, {"date": "2026-02-02", "kind": "rpe"}]),
        json!([run("2026-03-05", "12 km"), run("2026-02-20", "of the past")]),
        12_000.0,
    );
    let diff = compare(&a, &b, 1.0);
    let one = &diff.athletes[0];
    assert!(one.weeks.is_empty() && one.days.n_both == 0, "the past is no part of it");
    let [Cause::Input(plan)] = &one.ahead.weeks.causes[..] else { panic!("{:?}", one.ahead) };
    assert_eq!((plan.file, plan.n_other), ("plan", 1));
    let text = render(&diff);
    for part in [
        "massage.csv: one session more",
        "diary.csv: 2 entries more",
        "plan: one run other",
        "weeks to come: 1 of 1 moved, by plan: one run other",
        "2026-03-02  distance 8.0 → 12.0 km (+50 %)",
        "days to come: 1 of 1 moved",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(render(&compare(&b, &a, 1.0)).contains("diary.csv: 2 entries fewer"));
}

#[test]
fn a_report_from_before_the_small_files_were_held_is_compared_without_them() {
    let old = report(&json!({}));
    let new = report(&json!({"massages": [{"date": "2026-01-01"}], "diary": [], "plan": {"runs": []}}));
    assert!(compare(&old, &new, 1.0).is_empty() && compare(&new, &old, 1.0).is_empty());
}

#[test]
fn a_new_session_that_counts_as_load_is_named() {
    let side = |load: f64, sessions: Value| {
        report(&json!({"runs": [run("x", "2026-01-06", 50.0)], "cross_training": sessions,
            "weeks": [week("2026-01-05", load, None)]}))
    };
    let ride =
        |id: &str, load: Value| json!({"date": "2026-01-07", "sport": "cycling", "id": id, "load_au": load});
    let before = side(50.0, json!([ride("a", json!(20.0)), ride("silent", Value::Null)]));
    let after =
        side(110.0, json!([ride("a", json!(22.0)), ride("b", json!(58.0)), ride("mute", Value::Null)]));
    let diff = compare(&before, &after, 1.0);
    let [Cause::Input(sessions)] = &diff.athletes[0].weeks.causes[..] else { panic!("{diff:?}") };
    assert_eq!(
        (sessions.file, sessions.n_only_b, sessions.n_only_a, sessions.n_other),
        ("other sport", 1, 0, 0)
    );
    assert!(render(&diff).contains("other sport: one session more"), "{}", render(&diff));
    // Where it counts in one of them alone, the setting is the cause.
    assert_eq!(compare(&side(50.0, Value::Null), &after, 1.0).athletes[0].inputs.len(), 0);
}

#[test]
fn an_rpe_of_the_diary_moves_the_load_of_its_run() {
    let side = |rpe: f64, load: f64| {
        let diary = json!([{"date": "2026-01-06", "kind": "rpe", "value": rpe}]);
        report(&json!({"diary": diary, "runs": [run("x", "2026-01-06", load)],
            "weeks": [week("2026-01-05", load, None)]}))
    };
    let diff = compare(&side(5.0, 50.0), &side(7.0, 70.0), 1.0);
    let [Cause::Input(diary)] = &diff.athletes[0].weeks.causes[..] else { panic!("{diff:?}") };
    assert_eq!(diary.file, "diary.csv");
}

/// A diff as seen from the other side.
fn mirrored(value: &Value) -> Value {
    let other = |key: &str| match key {
        "old" => "new".to_owned(),
        "new" => "old".to_owned(),
        "old_date" => "new_date".to_owned(),
        "new_date" => "old_date".to_owned(),
        "n_only_a" => "n_only_b".to_owned(),
        "n_only_b" => "n_only_a".to_owned(),
        key => key.to_owned(),
    };
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(key, _)| *key != "change_pct");
            Value::Object(kept.map(|(key, value)| (other(key), mirrored(value))).collect::<Map<_, _>>())
        }
        Value::Array(values) => values.iter().map(mirrored).collect(),
        Value::String(word) if word == "added" => json!("removed"),
        Value::String(word) if word == "removed" => json!("added"),
        value => value.clone(),
    }
}

fn any_report() -> impl Strategy<Value = Report> {
    let run = (0..12_u32, 1..28_u32, prop::option::of(0..4_u32), 0..3_u32, prop::option::of(0..12_u32));
    let week = (prop::option::of(0..4_u32), prop::option::of(0..3_u32), 0..3_u32);
    (prop::collection::vec(run, 0..6), prop::collection::vec(week, 1..5), 170..173_u32, 1..28_u32).prop_map(
        |(runs, weeks, hr, as_of)| {
            let run = |(id, day, load, kind, copy): (u32, u32, Option<u32>, u32, Option<u32>)| {
                json!({"id": id.to_string(), "file": (id / 2).to_string(), "date": format!("2026-02-{day:02}"),
                    "distance_m": load, "load_au": load, "session_kind": kind.to_string(),
                    "duplicate_of": copy.map(|id| id.to_string())})
            };
            let mut ids = std::collections::BTreeSet::new();
            let runs: Vec<Value> = runs.into_iter().filter(|run| ids.insert(run.0 / 2)).map(run).collect();
            let week = |(n, (load, ratio, n_days)): (usize, (Option<u32>, Option<u32>, u32))| {
                json!({"week_start": format!("2026-02-{:02}", 2 + 7 * n), "n_days": n_days, "load_au": load, "acwr_ewma": ratio})
            };
            let weeks: Vec<Value> = weeks.into_iter().enumerate().map(week).collect();
            let as_of_day = as_of;
            let as_of = format!("2026-02-{as_of:02}");
            report(&json!({"as_of": as_of, "settings": {"as_of": as_of, "hr_max_bpm": hr}, "runs": runs, "weeks": weeks,
                "massages": vec![json!({"date": "2026-01-01"}); as_of_day as usize % 3], "diary": [{"date": "2026-01-02", "value": hr}],
                "thresholds": {"hr_max_bpm": {"value": hr, "origin": "config"}}}))
        },
    )
}

proptest! {
    #[test]
    fn a_report_against_itself_is_empty(report in any_report()) {
        prop_assert!(compare(&report, &report, 0.0).is_empty());
    }

    #[test]
    fn swapping_the_two_mirrors(a in any_report(), b in any_report(), tolerance_pct in 0.0..60.0) {
        let (there, back) = (compare(&a, &b, tolerance_pct), compare(&b, &a, tolerance_pct));
        let value = |diff: &Diff| serde_json::from_str::<Value>(&diff.to_json().unwrap()).unwrap();
        prop_assert_eq!(mirrored(&mirrored(&value(&there))), mirrored(&value(&back)));
        prop_assert_eq!(there.is_empty(), back.is_empty());
    }

    #[test]
    fn every_week_that_moved_has_a_cause_and_a_line_its_width(a in any_report(), b in any_report()) {
        let diff = compare(&a, &b, 1.0);
        prop_assert!(diff.athletes[0].weeks.moved.iter().all(|week| !week.causes.is_empty()));
        let text = render(&diff);
        prop_assert!(text.lines().all(|line| line.chars().count() <= 80), "{}", text);
    }
}
