//! The command as a user meets it: exit codes, messages, files. Everything else is tested in the library.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// A place that cannot be written to, so that no test remembers another.
pub(crate) const NO_CACHE: &str = "/dev/null/none";

/// The command far from the user's environment, in an awkward time zone, with no memory of other tests.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_legwork"));
    command.args(arguments).env_clear().env("TZ", "Pacific/Chatham").env("XDG_CACHE_HOME", NO_CACHE);
    command.current_dir(ROOT);
    command
}

pub(crate) fn legwork(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command runs")
}

fn json(arguments: &[&str]) -> Vec<Value> {
    let output = legwork(&[arguments, &["--format", "json", "-q"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the output is an array of objects")
}

/// Asserts the exit code and that the message names what it should, in one line.
pub(crate) fn fails(arguments: &[&str], code: i32, parts: &[&str]) {
    let output = legwork(arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
    let line = message.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
    assert!(parts.iter().all(|part| line.contains(part)), "{arguments:?}: {message}");
}

pub(crate) fn folder_with(name: &str, content: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join(name), content).expect("a file can be written");
    folder
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

#[test]
fn wrong_use_is_named_and_exits_with_2() {
    fails(&["report", "no/such/folder"], 2, &["no/such/folder"]);
    fails(&["runs", "sample_data", "--as-of", "31.05.2026"], 2, &["31.05.2026", "--as-of"]);
    fails(&["runs", "sample_data", "--athlete", "nobody"], 2, &["nobody", "marathon-build"]);
    fails(&["days", "sample_data", "--as-of", "9999-12-31"], 2, &["as_of", "9999-12-31", "two years"]);
    fails(
        &["days", "sample_data", "--from", "2026-05-01", "--to", "2026-04-01"],
        2,
        &["--from", "2026-04-01"],
    );
    fails(&["runs", "sample_data", "sample_data/beginner"], 2, &["INPUT", "one folder at a time"]);
    let config = folder_with("legwork.toml", b"unitz = \"metric\"\n");
    fails(&["runs", text(config.path())], 2, &["legwork.toml", "unitz", "units"]);
    let date = folder_with("legwork.toml", b"as_of = \"someday\"\n");
    fails(&["runs", text(date.path())], 2, &["as_of", "someday"]);
}

#[test]
fn a_bad_file_is_a_notice_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let good = fs::read_dir(Path::new(ROOT).join("sample_data/marathon-build")).unwrap().flatten();
    let good =
        good.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|end| end == "fit")).unwrap();
    fs::copy(&good, folder.path().join("good.fit")).unwrap();
    fs::write(folder.path().join("empty.fit"), b"").unwrap();
    fs::write(folder.path().join("noise.gpx"), b"not a run").unwrap();
    let bytes = fs::read(&good).unwrap();
    fs::write(folder.path().join("cut.fit"), &bytes[..bytes.len() / 2]).unwrap();
    let output = legwork(&["runs", text(folder.path()), "--format", "csv"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0));
    for part in ["empty.fit: is empty", "noise.gpx: is not a FIT, GPX or TCX file", "cut.fit: "] {
        assert!(said.contains(part), "{said}");
    }
    assert!(String::from_utf8_lossy(&output.stdout).contains("good.fit"));
    assert_eq!(legwork(&["runs", text(folder.path()), "--strict", "-q"]).status.code(), Some(1));
}

#[test]
fn nothing_broken_makes_it_panic() {
    let corrupt = Path::new(ROOT).join("../shared/data/corrupt");
    if !corrupt.exists() {
        eprintln!("skipped: no recordings beside the package");
        return;
    }
    let output = legwork(&["runs", text(&corrupt), "-v"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains("panicked") && said.lines().count() > 10, "{said}");
}

#[test]
fn two_reports_of_the_same_input_are_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str, jobs: &str| -> PathBuf {
        let out = folder.path().join(name);
        let output = legwork(&["report", "sample_data", "-o", text(&out), "--jobs", jobs]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        out
    };
    let (one, two) = (report("one", "1"), report("two", "2"));
    let files = |root: &Path| -> Vec<(PathBuf, Vec<u8>)> {
        let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files
            .map(|f| (f.path().strip_prefix(root).unwrap().to_owned(), fs::read(f.path()).unwrap()))
            .collect()
    };
    let (one, two) = (files(&one), files(&two));
    let names: Vec<&PathBuf> = one.iter().map(|(name, _)| name).collect();
    for name in [
        "index.html",
        "analysis.json",
        "tables/runs.parquet",
        "beginner/report.html",
        "club-runner/windows.ics",
    ] {
        assert!(names.contains(&&PathBuf::from(name)), "{names:?}");
    }
    for (a, b) in one.iter().zip(&two) {
        assert!(a == b, "{} differs", a.0.display());
    }
    assert_eq!(one.len(), two.len());
}

#[test]
fn nothing_after_as_of_is_read() {
    let all = Path::new(ROOT).join("sample_data/marathon-build");
    let copy = |until: &str| {
        let folder = folder_with("legwork.toml", b"[[athlete]]\nid = \"a\"\nfolder = \".\"\n");
        for entry in fs::read_dir(&all).unwrap().flatten() {
            let name = entry.file_name().into_string().unwrap();
            if name.as_str() < until && entry.path().extension().is_some_and(|end| end == "fit") {
                fs::copy(entry.path(), folder.path().join(&name)).unwrap();
            }
        }
        folder
    };
    let (known, more) = (copy("2026-03-02"), copy("2027"));
    for table in ["days", "weeks", "runs", "signals", "blocks", "windows"] {
        let rows = |folder: &tempfile::TempDir| json(&[table, text(folder.path()), "--as-of", "2026-03-01"]);
        assert!(!rows(&known).is_empty());
        assert_eq!(rows(&known), rows(&more), "{table}");
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let entries = fs::read_dir(Path::new(ROOT).join("sample_data/club-runner")).unwrap().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    let rows = |files: &[PathBuf], table: &str| {
        let mut arguments = vec![table];
        arguments.extend(files.iter().map(|file| text(file)));
        json(&arguments)
    };
    let forwards = ["runs", "days", "signals"].map(|table| rows(&files, table));
    files.reverse();
    assert_eq!(forwards, ["runs", "days", "signals"].map(|table| rows(&files, table)));
    // Neither the first nor the last, so that a copy and its original change places too.
    files.rotate_left(37);
    assert_eq!(forwards, ["runs", "days", "signals"].map(|table| rows(&files, table)));
}

#[test]
fn with_thresholds_given_no_later_day_changes_a_number() {
    let config = b"[[athlete]]\nid = \"a\"\nfolder = \".\"\nhr_max = 188\nhr_rest = 48\nlthr = 169\n\
                   threshold_pace = \"4:25/km\"\n";
    let folder = folder_with("legwork.toml", config);
    for entry in fs::read_dir(Path::new(ROOT).join("sample_data/marathon-build")).unwrap().flatten() {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let rows = |table: &str, as_of: &str| {
        let mut rows = json(&[table, text(folder.path()), "--as-of", as_of, "--to", "2026-02-20"]);
        // What a day is for, and what work fits it, may hang on the races and hard days that follow.
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            row.retain(|key, _| !["block", "ceiling", "need"].contains(&key.as_str()));
        }
        rows
    };
    for table in ["runs", "days", "signals"] {
        assert!(rows(table, "2026-02-20").len() > 50, "{table}");
        assert_eq!(rows(table, "2026-02-20"), rows(table, "2026-05-17"), "{table}");
    }
}

#[test]
fn sample_data_gives_its_weeks_and_windows() {
    for table in ["weeks", "windows"] {
        let output = legwork(&[table, "sample_data", "--format", "csv", "-q"]);
        let path = Path::new(ROOT).join("tests/it/golden").join(format!("{table}.csv"));
        let expected = fs::read(&path).unwrap_or_default();
        if output.stdout != expected {
            let found = std::env::temp_dir().join(format!("legwork-{table}.csv"));
            fs::write(&found, &output.stdout).unwrap();
            panic!("{table} of sample_data changed: compare {} with {}", found.display(), path.display());
        }
    }
}

#[test]
fn weekly_distance_is_that_of_the_runs() {
    let runs = json(&["runs", "sample_data"]);
    let weeks = json(&["weeks", "sample_data"]);
    for athlete in ["marathon-build", "club-runner", "beginner"] {
        let sum = |rows: &[Value], counts: &dyn Fn(&Value) -> bool| -> f64 {
            let own = rows.iter().filter(|row| row["athlete"] == athlete && counts(row));
            own.map(|row| row["distance_m"].as_f64().unwrap_or(0.0)).sum()
        };
        let of_runs = sum(&runs, &|run| run["duplicate_of"].is_null());
        assert!(of_runs > 50_000.0);
        assert!(
            (of_runs - sum(&weeks, &|week| week["state"] != "projected")).abs() < 0.01 * runs.len() as f64,
            "{athlete}"
        );
    }
    // The one run that is there twice counts once.
    assert_eq!(runs.iter().filter(|run| !run["duplicate_of"].is_null()).count(), 1);
}

#[test]
fn the_first_day_of_a_week_can_be_chosen() {
    let rows = json(&["weeks", "sample_data", "--athlete", "beginner", "--week-start", "sunday"]);
    let starts: Vec<&str> = rows.iter().map(|row| row["week_start"].as_str().unwrap()).collect();
    assert!(starts.contains(&"2026-02-01") && !starts.contains(&"2026-02-02"), "{starts:?}");
    fails(&["weeks", "sample_data", "--week-start", "someday"], 2, &["--week-start", "a weekday"]);
}

#[test]
fn what_was_read_is_remembered_and_forgotten_on_demand() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let days = |more: &[&str]| {
        let mut command = command(&[&["days", "sample_data", "--format", "csv", "-q"], more].concat());
        let output = command.env("XDG_CACHE_HOME", folder.path()).output().expect("the command runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let tables = || fs::read_dir(folder.path().join("legwork")).map_or(0, Iterator::count);
    let anew = days(&["--no-cache"]);
    assert_eq!(tables(), 0);
    assert_eq!((days(&[]), tables()), (anew.clone(), 3));
    assert_eq!((days(&[]), tables()), (anew, 3));
}
