//! Which recordings are runs, and what other sport counts as: a folder of runs and rides through the command.

use crate::cli::{fails, legwork, text};
use legwork::score::trimp::Banister;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const CONFIG: &str = "as_of = \"2026-03-31\"\n";
const ATHLETE: &str = "[[athlete]]\nid = \"jo\"\nfolder = \"files\"\nhr_max = 190\nhr_rest = 50\nlthr = 170\ntime_zone = \"UTC\"\n";
const RIDE_DAY: &str = "2026-03-11";
const RIDE_BPM: f64 = 150.0;
const RIDE_S: u32 = 3000;

/// A recording at an even speed; a heart rate of 0 is none. A heart never beats quite evenly.
fn recording(sport: &str, date: &str, seconds: u32, speed_mps: f64, hr_bpm: u32) -> String {
    let mut text = format!(
        "<TrainingCenterDatabase><Activities><Activity Sport=\"{sport}\"><Id>{date}T08:00:00Z</Id>\
         <Lap StartTime=\"{date}T08:00:00Z\"><Track>"
    );
    for second in 0..=seconds {
        let (hour, minute) = (8 + second / 3600, second / 60 % 60);
        let metres = f64::from(second) * speed_mps;
        write!(
            text,
            "<Trackpoint><Time>{date}T{hour:02}:{minute:02}:{:02}Z</Time>\
             <DistanceMeters>{metres:.1}</DistanceMeters>",
            second % 60
        )
        .expect("a text takes every line");
        if hr_bpm > 0 {
            let bpm = hr_bpm - 1 + 2 * (second % 2);
            write!(text, "<HeartRateBpm><Value>{bpm}</Value></HeartRateBpm>")
                .expect("a text takes every line");
        }
        text.push_str("</Trackpoint>");
    }
    text + "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
}

/// Eight weeks of runs every other day.
fn runs(folder: &Path) {
    fs::create_dir_all(folder.join("files")).expect("a folder can be made");
    let first: legwork::model::Day = "2026-02-02".parse().expect("a date");
    for n in (0..56).step_by(2) {
        let date = legwork::model::calendar::plus(first, n).to_string();
        let text = recording("Running", &date, 1800, 2.8 + 0.1 * f64::from(n % 6), 140 + n % 8);
        fs::write(folder.join(format!("files/run-{date}.tcx")), text).expect("a file can be written");
    }
}

/// The same with a ride by heart rate on a day of rest, one without, and a walk.
fn runs_and_rides(folder: &Path) {
    runs(folder);
    let write = |name: &str, text: String| {
        fs::write(folder.join("files").join(name), text).expect("a file can be written");
    };
    write("ride.tcx", recording("Biking", RIDE_DAY, RIDE_S, 8.0, RIDE_BPM as u32));
    write("silent.tcx", recording("Biking", "2026-03-13", 3600, 8.0, 0));
    write("walk.tcx", recording("Walking", "2026-03-15", 1800, 1.4, 95));
}

fn config(folder: &Path, top: &str) {
    fs::write(folder.join("legwork.toml"), format!("{CONFIG}{top}\n{ATHLETE}"))
        .expect("a file can be written");
}

fn rows(folder: &Path, table: &str) -> Vec<Value> {
    let output = legwork(&[table, text(folder), "--format", "json", "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the output is an array of objects")
}

fn on<'a>(rows: &'a [Value], date: &str) -> &'a Value {
    rows.iter().find(|row| row["date"] == date).expect("the day is there")
}

#[test]
fn rides_count_in_nothing_until_asked_and_then_as_load_alone() {
    let (alone, both) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (alone, both) = (alone.path(), both.path());
    runs(alone);
    runs_and_rides(both);
    config(alone, "");
    config(both, "");
    let bytes = |folder: &Path, table: &str| legwork(&[table, text(folder), "--format", "csv", "-q"]).stdout;
    for table in ["runs", "days", "weeks", "blocks", "windows"] {
        let of_runs = bytes(alone, table);
        assert!(
            !of_runs.is_empty() && of_runs == bytes(both, table),
            "{table} with rides is that of the runs"
        );
    }
    let off = rows(both, "days");
    config(both, "cross_training = \"load\"");
    let asked = rows(both, "days");
    assert_eq!(off.len(), asked.len());

    // The load of the ride is its impulse by heart rate, on the scale of an hour at threshold.
    let banister = Banister::new(50.0, 190.0, None).unwrap();
    let minutes = f64::from(RIDE_S) / 60.0;
    let halves = banister.at(RIDE_BPM - 1.0, minutes / 2.0) + banister.at(RIDE_BPM + 1.0, minutes / 2.0);
    let expected = 100.0 * halves / banister.at(170.0, 60.0);
    let ride = on(&asked, RIDE_DAY);
    let load = ride["cross_load_au"].as_f64().unwrap();
    assert!((load / expected - 1.0).abs() < 1e-3, "{load} is not {expected}");
    assert_eq!(
        (&ride["load_au"], &ride["state"], &ride["n_runs"]),
        (&ride["cross_load_au"], &"rest".into(), &0.into())
    );
    assert_eq!(on(&off, RIDE_DAY)["load_au"], 0.0);
    let silent = on(&asked, "2026-03-13");
    for key in ["load_au", "cross_load_au"] {
        assert_eq!(silent[key], 0.0, "none is made up");
    }

    let of_load = [
        "load", "acute", "chronic", "acwr", "ctl", "atl", "tsb", "monotony", "strain", "imputed", "flags",
        "ceiling", "need",
    ];
    for (before, after) in off.iter().zip(&asked) {
        assert_eq!(before["cross_load_au"], Value::Null);
        let (was, is) = (before["load_au"].as_f64(), after["load_au"].as_f64());
        if let Some((was, is)) = was.zip(is).filter(|_| after["state"] != "projected") {
            let added = after["cross_load_au"].as_f64().unwrap();
            assert!((is - was - added).abs() < 1e-5, "{}", after["date"]);
        }
        for (key, value) in before.as_object().unwrap() {
            let is_of_distance = key.starts_with("distance") || key == "longest_30d_m";
            if is_of_distance || !of_load.iter().any(|part| key.contains(part)) {
                assert_eq!(value, &after[key], "{key} of {}", after["date"]);
            }
        }
    }
    assert_eq!(bytes(alone, "runs"), bytes(both, "runs"));
    let last = on(&asked, "2026-03-12");
    assert!(last["ctl"].as_f64() > on(&off, "2026-03-12")["ctl"].as_f64());
}

#[test]
fn what_counts_is_named_and_explained() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    runs_and_rides(folder);
    config(folder, "cross_training = \"load\"");
    let output = legwork(&["days", text(folder)]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("cross_training: sessions without a load") && said.contains("1 cycling"), "{said}");
    assert!(
        String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().contains("load + cross")
    );
    let told = |metric: &str, on: &str| {
        let output = legwork(&["explain", text(folder), "--on", on, "--metric", metric, "-q"]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let ride = told("load_au", RIDE_DAY);
    for part in ["cycling ", "ride.tcx", "rung hr", "trimp100", "it is no run"] {
        assert!(ride.contains(part), "{part}: {ride}");
    }
    let silent = told("cross_load_au", "2026-03-13");
    assert!(silent.contains("silent.tcx") && silent.contains("no load is made up"), "{silent}");
    let reports = folder.join("out");
    let output = legwork(&["report", text(folder), "-o", text(&reports), "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let page = walkdir::WalkDir::new(&reports).into_iter().filter_map(Result::ok);
    let page = page.map(walkdir::DirEntry::into_path).find(|path| path.ends_with("jo/report.html"));
    let page = fs::read_to_string(page.expect("the report has a page")).unwrap();
    assert!(page.contains("Load of runs and cross-training") && page.contains("silent.tcx"));
}

/// The report of a folder: what the terminal said, the page, and the entries of the import by file.
fn report(folder: &Path) -> (String, String, Value) {
    let reports = folder.join("out");
    let output = legwork(&["report", text(folder), "-o", text(&reports)]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let file = |name: &str| {
        let found = walkdir::WalkDir::new(&reports).into_iter().filter_map(Result::ok);
        let path = found.map(walkdir::DirEntry::into_path).find(|path| path.ends_with(name));
        fs::read_to_string(path.expect("the report has it")).expect("it is text")
    };
    let import = serde_json::from_str(&file("jo/import.json")).expect("it is JSON");
    let said = String::from_utf8_lossy(&output.stdout).replace("\n  ", " ");
    (said, file("jo/report.html"), import)
}

/// Outcome, kind and reason of a file in an account.
fn entry<'a>(import: &'a Value, file: &str) -> (&'a Value, &'a Value, &'a str) {
    let entry = import["files"].as_array().and_then(|files| files.iter().find(|one| one["file"] == file));
    let entry = entry.unwrap_or_else(|| panic!("{file}: {import:#}"));
    (&entry["outcome"], &entry["kind"], entry["why"].as_str().unwrap_or_default())
}

#[test]
fn the_account_says_what_counts_as_load() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    runs_and_rides(folder);
    let early = recording("Biking", "2026-01-05", RIDE_S, 8.0, 150);
    fs::write(folder.join("files/early.tcx"), early).unwrap();
    config(folder, "cross_training = \"load\"");
    let (said, page, import) = report(folder);
    let (load, skipped, other) = (Value::from("load"), Value::from("skipped"), Value::from("other_sport"));
    let why = "cycling: counts as load, not as distance";
    assert_eq!(entry(&import, "ride.tcx"), (&load, &Value::Null, why));
    let silent = "cycling: no load, as it has neither enough heart rate nor an effort";
    assert_eq!(entry(&import, "silent.tcx"), (&skipped, &other, silent));
    let early = "cycling: before the first run, with which the days begin";
    assert_eq!(entry(&import, "early.tcx"), (&skipped, &other, early));
    assert_eq!(import["totals"]["load"], 2);
    assert!(said.contains("28 used, 2 as load alone, 2 skipped."), "{said}");
    assert!(page.contains("<th scope=\"row\">load</th><td>2</td>"));
    assert!(page.contains("<summary>2 files: cycling 1, walking 1</summary>"));

    config(folder, "");
    let (said, _, import) = report(folder);
    assert_eq!(entry(&import, "ride.tcx"), (&skipped, &other, "cycling"));
    assert!(import["totals"]["load"] == 0 && !said.contains("as load"), "{said}");
}

#[test]
fn every_file_has_its_entry_where_no_day_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    runs(folder);
    let late = recording("Biking", "2026-04-20", RIDE_S, 8.0, 150);
    fs::write(folder.join("files/late.tcx"), late).unwrap();
    fs::write(folder.join("files/2026-04-21.fit"), b"").unwrap();
    fs::write(folder.join("legwork.toml"), ATHLETE).unwrap();
    let (_, _, import) = report(folder);
    assert_eq!(import["as_of"], "2026-03-28", "the newest run");
    assert_eq!(import["totals"]["files"], 30);
    assert_eq!(entry(&import, "late.tcx").2, "cycling");
    assert_eq!(entry(&import, "2026-04-21.fit").0, "failed");
    // Asked for the same day, nothing behind it leaves a trace.
    config(folder, "");
    let (_, _, import) = report(folder);
    assert_eq!((&import["as_of"], &import["totals"]["files"]), (&"2026-03-31".into(), &28.into()));
    // A ride that counts as load is a day to stand on.
    fs::write(folder.join("legwork.toml"), format!("cross_training = \"load\"\n{ATHLETE}")).unwrap();
    let (_, _, import) = report(folder);
    assert_eq!((&import["as_of"], entry(&import, "late.tcx").0), (&"2026-04-20".into(), &"load".into()));
}

#[test]
fn the_config_decides_what_is_mileage() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    runs_and_rides(folder);
    config(folder, "");
    let n = rows(folder, "runs").len();
    let all = "[\"running\", \"walking\"]";
    config(folder, &format!("sports = {all}"));
    let with_walks = rows(folder, "runs");
    assert_eq!(with_walks.len(), n + 1);
    assert!(with_walks.iter().any(|run| run["sport"] == "walking"));
    assert_eq!(on(&rows(folder, "days"), "2026-03-15")["distance_m"], 2520.0);
    config(folder, "sports = [\"walking\"]\ncross_training = \"load\"");
    let walks = rows(folder, "runs");
    assert!(walks.len() == 1 && walks[0]["sport"] == "walking");
    config(folder, "sports = [\"runing\"]");
    fails(&["days", text(folder)], 2, &["sports", "running"]);
}
