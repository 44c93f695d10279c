//! Runs that are in several files, and what a runner says of single runs, as the command meets them.

use crate::cli::{legwork, text};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The rows of `runs`, and what was said.
fn runs(folder: &Path, more: &[&str]) -> (Vec<Value>, String) {
    let arguments =
        [&["runs", text(folder), "--as-of", "2026-05-17", "--format", "json", "-v"], more].concat();
    let output = legwork(&arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    (serde_json::from_slice(&output.stdout).expect("an array of objects"), said)
}

/// The beginner's runs of April and May 2026.
fn beginner() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let runs = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/beginner");
    for entry in fs::read_dir(runs).expect("sample data is there").flatten() {
        let name = entry.file_name().into_string().expect("a name of the sample data");
        if name.as_str() >= "2026-04" && name.starts_with("2026-") {
            fs::copy(entry.path(), folder.path().join(name)).expect("a file can be copied");
        }
    }
    folder
}

/// A GPX file of a run on 2026-05-10: start in s after 08:00 UTC, and at each second a speed and a heart rate.
fn gpx(start_s: i64, seconds: i64, speed: impl Fn(i64) -> f64, hr: impl Fn(i64) -> Option<i64>) -> String {
    let mut text = "<gpx><trk><type>running</type><trkseg>".to_owned();
    let mut metres = 0.0;
    for s in 0..seconds {
        let at = 8 * 3600 + start_s + s;
        let clock = format!("{:02}:{:02}:{:02}", at / 3600, at / 60 % 60, at % 60);
        let lat = metres / 111_195.08;
        write!(text, "<trkpt lat=\"{lat:.8}\" lon=\"0\"><time>2026-05-10T{clock}Z</time>")
            .expect("a text grows");
        if let Some(hr) = hr(s) {
            write!(text, "<extensions><hr>{hr}</hr></extensions>").expect("a text grows");
        }
        text += "</trkpt>";
        metres += speed(s);
    }
    text + "</trkseg></trk></gpx>"
}

fn hilly(s: i64) -> f64 {
    let s = s as f64;
    3.0 + 0.4 * (s / 97.0).sin() + 0.3 * (s / 41.0).cos()
}

fn of<'a>(rows: &'a [Value], file: &str) -> &'a Value {
    rows.iter().find(|row| row["file"] == file).unwrap_or_else(|| panic!("{file} is not there"))
}

#[test]
fn a_run_of_two_devices_counts_once_with_what_both_know() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: String| fs::write(folder.path().join(name), content).unwrap();
    write("watch.gpx", gpx(0, 2400, hilly, |_| None));
    // The app was stopped early, and its clock is 7 s ahead.
    write("app.gpx", gpx(7, 1700, hilly, |s| Some(145 + s % 3 + s / 200)));
    let (rows, said) = runs(folder.path(), &[]);
    let (watch, app) = (of(&rows, "watch.gpx"), of(&rows, "app.gpx"));
    assert_eq!((watch["duplicate_of"].is_null(), &app["duplicate_of"]), (true, &watch["id"]));
    assert!((0.70..0.72).contains(&watch["hr_coverage"].as_f64().unwrap()), "{}", watch["hr_coverage"]);
    assert!((watch["avg_hr_bpm"].as_f64().unwrap() - app["avg_hr_bpm"].as_f64().unwrap()).abs() < 0.2);
    let remark = "heart rate from its copy app.gpx, whose clock is 7 s ahead";
    assert!(!said.contains(remark) && watch["notices"].to_string().contains(remark), "{said}");
    // Names do not decide.
    fs::rename(folder.path().join("watch.gpx"), folder.path().join("z.gpx")).unwrap();
    let (again, _) = runs(folder.path(), &[]);
    assert_eq!(of(&again, "app.gpx")["duplicate_of"], watch["id"]);
}

#[test]
fn what_the_runner_says_of_runs_holds_after_they_are_renamed() {
    let folder = beginner();
    let (before, _) = runs(folder.path(), &[]);
    let id = |at: usize| before[at]["id"].as_str().unwrap();
    let n = before.len();
    let rows = [
        format!("{},drop,,,,,,a ride", &id(0)[..8]),
        format!("{},,3.4,,yes,,,", &id(1)[..12]),
        format!("{},,,,no,yes,,strap", id(2)),
        format!("{},,,walking,,,,", id(3)),
        format!("{},,,,,,yes,pram", id(4)),
        "00000000,drop,,,,,,".to_owned(),
        format!("{},keep,,,,,,", &id(0)[..8]),
    ];
    let table =
        format!("id,choice,distance_km,sport,race,ignore_hr,leave_load_out,reason\n{}\n", rows.join("\n"));
    fs::write(folder.path().join("overrides.csv"), table).unwrap();
    let (after, said) = runs(folder.path(), &[]);
    assert_eq!(after.len(), n - 2, "one is dropped, one was a walk");
    let now = |at: usize| after.iter().find(|row| row["id"] == id(at));
    assert!(now(0).is_none() && now(3).is_none());
    let longer = now(1).unwrap();
    assert_eq!((longer["distance_m"].as_f64(), &longer["race"]), (Some(3400.0), &true.into()));
    let factor = 3400.0 / before[1]["distance_m"].as_f64().unwrap();
    let speed = |row: &Value| row["gap_speed_mps"].as_f64().unwrap();
    let expected = factor * speed(&before[1]);
    assert!((speed(longer) / expected - 1.0).abs() < 0.02, "{} {expected}", speed(longer));
    let strapless = now(2).unwrap();
    assert_eq!((&strapless["avg_hr_bpm"], strapless["hr_coverage"].as_f64()), (&Value::Null, Some(0.0)));
    assert_ne!(strapless["load_basis"], "hr");
    let pram = now(4).unwrap();
    assert_eq!((pram["load_au"].as_f64(), &pram["load_basis"]), (Some(0.0), &"left_out".into()));
    assert_eq!(pram["distance_m"], before[4]["distance_m"]);
    for part in [
        "notice: overrides.csv:7: no recording up to 2026-05-17 has an id that begins with 00000000: row left out",
        "notice: overrides.csv:8: is about the recording of line 2: row left out",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    // What was asked for is done and on record, and no news.
    assert!(said.starts_with("notice: overrides.csv:7") && !said.contains("by overrides.csv"), "{said}");
    let remark = "by overrides.csv: no race, heart rate left out, because \"strap\"";
    assert_eq!(strapless["notices"].as_array().and_then(|all| all.last()), Some(&remark.into()));
    // The load is left out of the day too, and the distance is not.
    let arguments = ["days", text(folder.path()), "--as-of", "2026-05-17", "--format", "json", "-q"];
    let days: Vec<Value> = serde_json::from_slice(&legwork(&arguments).stdout).unwrap();
    let day = days.iter().find(|day| day["date"] == pram["date"]).unwrap();
    assert_eq!((day["load_au"].as_f64(), &day["distance_m"]), (Some(0.0), &pram["distance_m"]));
    for entry in fs::read_dir(folder.path()).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name.starts_with("2026-") {
            fs::rename(entry.path(), folder.path().join(format!("x{name}"))).unwrap();
        }
    }
    let without_file = |rows: &[Value]| -> Vec<Value> {
        let without = |row: &Value| {
            let mut row = row.clone();
            row["file"] = Value::Null;
            row
        };
        rows.iter().map(without).collect()
    };
    assert_eq!(without_file(&runs(folder.path(), &[]).0), without_file(&after));
}

#[test]
fn a_race_is_none_where_the_runner_says_so() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let output = legwork(&["runs", text(&source), "--athlete", "marathon-build", "--format", "json", "-q"]);
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let race = rows.iter().find(|row| row["race"] == true).expect("the sample data has a race");
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(source.join("marathon-build")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name.starts_with("20") {
            fs::copy(entry.path(), folder.path().join(name)).unwrap();
        }
    }
    let date = race["date"].as_str().unwrap();
    let config = format!(
        "[[athlete]]\nid = \"me\"\nfolder = \".\"\n[[athlete.race]]\ndate = \"{date}\"\nname = \"Lake\"\ndistance = \"{} m\"\n",
        race["race_distance_m"]
    );
    fs::write(folder.path().join("legwork.toml"), config).unwrap();
    let now = |folder: &Path| {
        of(&runs(folder, &[]).0, race["file"].as_str().unwrap().rsplit('/').next().unwrap()).clone()
    };
    assert_eq!(now(folder.path())["race"], true);
    let row = format!("id,race\n{},no\n", race["id"].as_str().unwrap());
    fs::write(folder.path().join("overrides.csv"), row).unwrap();
    let told = now(folder.path());
    assert_eq!((&told["race"], &told["race_score"]), (&false.into(), &Value::Null));
}

#[test]
fn runs_of_two_people_in_one_input_are_told() {
    let folder = tempfile::tempdir().unwrap();
    for (name, speed) in [("ada", 3.6), ("jo", 2.6)] {
        fs::create_dir(folder.path().join(name)).unwrap();
        for k in 0..3 {
            let late = 7200 * k + if name == "jo" { 300 } else { 0 };
            let run = gpx(late, 1800, |_| speed, |_| None);
            fs::write(folder.path().join(format!("{name}/{k}.gpx")), run).unwrap();
        }
    }
    let (rows, said) = runs(folder.path(), &[]);
    assert_eq!(rows.iter().filter(|row| !row["duplicate_of"].is_null()).count(), 0);
    assert!(said.contains("3 times two runs took place at once that one person cannot have run"), "{said}");
    assert!(
        said.contains("such as ada/0.gpx and jo/0.gpx; if each folder is a runner, give --squad"),
        "{said}"
    );
    assert!(!runs(folder.path(), &["--squad"]).1.contains("at once"));
}
