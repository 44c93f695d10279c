//! `legwork diff` on reports of the sample data.

use crate::cli::{fails, folder_with, legwork, text};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::{fs, io};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// A run whose file is taken away.
const LOST: &str = "2026-02-10-easy-run.gpx";
/// A race that gave thresholds.
const RACE: &str = "2026-03-28-10k-race.fit.gz";

/// Makes a report of a copy of the sample data that was changed in some way.
fn report(folder: &Path, name: &str, change: impl Fn(&Path) -> io::Result<()>) -> PathBuf {
    let (input, output) = (folder.join(format!("{name}-input")), folder.join(name));
    copy(&Path::new(ROOT).join("sample_data"), &input)
        .and_then(|()| change(&input))
        .expect("the sample data can be copied");
    let made = legwork(&["report", text(&input), "-o", text(&output), "-q"]);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    output
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to).map(drop)?;
        }
    }
    Ok(())
}

fn set_hr_max(input: &Path) -> io::Result<()> {
    let path = input.join("legwork.toml");
    let config = fs::read_to_string(&path)?;
    assert!(config.contains("hr_max = 188\n"));
    fs::write(path, config.replace("hr_max = 188\n", "hr_max = 190\n"))
}

fn lose_a_file(input: &Path) -> io::Result<()> {
    fs::remove_file(input.join("club-runner").join(LOST))
}

/// The causes of each athlete of whom a week moved.
fn causes(a: &Path, b: &Path) -> Vec<(String, Value)> {
    let output = legwork(&["diff", text(a), text(b), "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let diff: Value = serde_json::from_slice(&output.stdout).expect("the output is an object");
    let athletes = diff["athletes"].as_array().expect("there are athletes");
    let moved =
        athletes.iter().filter(|one| one["weeks"]["moved"].as_array().is_some_and(|all| !all.is_empty()));
    moved
        .map(|one| (one["athlete"].as_str().unwrap_or_default().to_owned(), one["weeks"]["causes"].clone()))
        .collect()
}

#[test]
fn diff_names_exactly_what_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let base = report(folder.path(), "base", |_| Ok(()));
    let other_hr = report(folder.path(), "other-hr", set_hr_max);
    let lost = report(folder.path(), "lost", lose_a_file);

    let hr = |old: f64, new: f64| json!([{"kind": "setting", "key": "hr_max_bpm", "old": old, "new": new}]);
    let run = |what: &str| json!([{"kind": "run", "what": what, "file": LOST, "date": "2026-02-10"}]);
    assert_eq!(causes(&base, &other_hr), [("marathon-build".into(), hr(188.0, 190.0))]);
    assert_eq!(causes(&other_hr, &base), [("marathon-build".into(), hr(190.0, 188.0))]);
    assert_eq!(causes(&base, &lost), [("club-runner".into(), run("removed"))]);
    assert_eq!(
        causes(&lost, &other_hr),
        [("club-runner".into(), run("added")), ("marathon-build".into(), hr(188.0, 190.0))]
    );

    let output = legwork(&["diff", text(&base), text(&lost.join("analysis.json")), "--exit-code"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    for part in ["No difference for beginner, marathon-build.", "club-runner: 4 of 20 weeks moved", LOST] {
        assert!(said.contains(part), "{said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");

    let itself = legwork(&["diff", text(&base), text(&base), "--tolerance", "0", "--exit-code"]);
    assert_eq!(itself.status.code(), Some(0));
    assert!(itself.stdout.starts_with(b"No difference"));
}

#[test]
fn a_race_that_is_gone_is_told_once_and_in_the_words_of_people() {
    let folder = tempfile::tempdir().unwrap();
    let base = report(folder.path(), "base", |_| Ok(()));
    let lost = report(folder.path(), "lost", |input| fs::remove_file(input.join("club-runner").join(RACE)));
    let output = legwork(&["diff", text(&base), text(&lost)]);
    let said = String::from_utf8_lossy(&output.stdout);
    let (summary, rest) = said.split_once("  thresholds\n").expect("thresholds differ");
    assert_eq!(summary.matches(RACE).count(), 1, "{said}");
    for part in ["Cause:", "lthr by up to"] {
        assert!(summary.contains(part), "{said}");
    }
    for part in
        ["lthr 182 → ", "threshold_pace 3:49/km → 3:53/km, 2026-03-28 to 2026-05-01", "vdot 56.7 → 55.3"]
    {
        assert!(rest.contains(part), "{said}");
    }
    for raw in ["_bpm", "_mps", "since", "null", "none"] {
        assert!(!said.contains(raw), "{raw}: {said}");
    }
}

#[test]
fn what_is_no_report_is_named_and_exits_with_2() {
    let good = folder_with("analysis.json", br#"{"generator":"legwork","schema_version":1,"athletes":[]}"#);
    let good = text(good.path());
    assert_eq!(legwork(&["diff", good, good]).status.code(), Some(0));
    fails(&["diff", good, "no/such.json"], 2, &["no/such.json", "cannot be read"]);
    fails(&["diff", "sample_data", good], 2, &["sample_data/analysis.json", "folder of a report"]);
    let cases: [(&[u8], &str); 3] = [
        (b"{\"generator\":\"leg", "is broken"),
        (b"{\"name\":\"package\"}", "not an analysis.json of legwork"),
        (b"{\"generator\":\"legwork\",\"schema_version\":99}", "schema 99"),
    ];
    for (bytes, part) in cases {
        let bad = folder_with("analysis.json", bytes);
        fails(&["diff", good, text(bad.path())], 2, &["analysis.json", part]);
    }
    assert_eq!(legwork(&["diff", good, good, "--tolerance=-1"]).status.code(), Some(2));
}
