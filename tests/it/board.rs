//! The coach's board: the same twice, and what moved since the last report.

use super::cli::{legwork, text};
use std::fs;
use std::path::{Path, PathBuf};

const RUNNERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data");

/// A squad of two with the runs of the sample data up to a date.
fn squad(folder: &Path, until: &str) -> PathBuf {
    let squad = folder.join("squad");
    for name in ["club-runner", "beginner"] {
        let to = squad.join(name);
        fs::create_dir_all(&to).expect("a folder can be made");
        for entry in fs::read_dir(Path::new(RUNNERS).join(name)).expect("the runner is there").flatten() {
            let file = entry.file_name().into_string().expect("the name is text");
            if file.as_str() < until && file.starts_with('2') {
                fs::copy(entry.path(), to.join(file)).expect("a file can be copied");
            }
        }
    }
    squad
}

/// Makes a report; returns what the terminal says, the board, and what was said beside it.
fn report(squad: &Path, out: &Path, as_of: &str) -> (String, String, String) {
    let output = legwork(&["report", text(squad), "--squad", "--as-of", as_of, "-o", text(out)]);
    let [said, beside] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert_eq!(output.status.code(), Some(0), "{beside}");
    (said, fs::read_to_string(out.join("index.html")).expect("there is a board"), beside)
}

fn row<'a>(board: &'a str, name: &str) -> &'a str {
    let rows = board.split("<tr role=\"row\">");
    rows.filter(|row| row.contains(&format!("{name}/report.html"))).last().expect("the runner has a row")
}

#[test]
fn what_moved_since_is_said_and_said_again() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let out = folder.path().join("out");
    let first = report(&squad(folder.path(), "2026-05-08"), &out, "2026-05-07");
    assert!(!first.1.contains("Since the last report") && !out.join("previous.json").exists());
    assert_eq!(first, report(&folder.path().join("squad"), &out, "2026-05-07"), "nothing is new");

    // Four more runs of one week, and a run of an earlier one that came late.
    let lost = folder.path().join("squad/club-runner/2026-04-05-long-run.gpx.gz");
    let squad = squad(folder.path(), "2026-05-15");
    assert!(lost.exists());
    fs::remove_file(&lost).expect("a file can be removed");
    let second = report(&squad, &out, "2026-05-14");
    assert!(second.0.contains("Since the last report, as of 2026-05-07\n"), "{}", second.0);
    let said = row(&second.1, "club-runner");
    for part in [
        "new runs (",
        "gone or replaced: 2026-04-05-long-run.gpx.gz",
        "restated by more than 10 %",
        "long-run.gpx.gz removed",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!row(&second.1, "beginner").contains("restated"));
    assert!(second.1.contains("1 runner with past weeks restated by more than 10 %"));
    // The same again: to the byte the same, for it is compared with the same report.
    assert_eq!(second, report(&squad, &out, "2026-05-14"));

    // The way back through `diff`.
    let diff = legwork(&["diff", text(&out.join("previous.json")), text(&out)]);
    assert!(String::from_utf8_lossy(&diff.stdout).contains("as_of 2026-05-07 → 2026-05-14"));
}

#[test]
fn a_last_report_that_cannot_be_read_is_a_notice() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (squad, out) = (squad(folder.path(), "2026-02-10"), folder.path().join("out"));
    fs::create_dir_all(&out).expect("a folder can be made");
    fs::write(out.join("analysis.json"), b"{\"generator\":\"legwork\",\"schema_version\":99}")
        .expect("it can be written");
    let (_, board, beside) = report(&squad, &out, "2026-02-09");
    assert!(beside.contains("schema 99") && beside.contains("is not told"), "{beside}");
    assert!(!board.contains("Since the last report"));
    let (_, again, beside) = report(&squad, &out, "2026-02-09");
    assert!(board == again && !beside.contains("schema"), "{beside}");
}

#[test]
fn the_command_prints_the_rows_of_the_report() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (squad, out) = (squad(folder.path(), "2026-02-10"), folder.path().join("out"));
    report(&squad, &out, "2026-02-09");
    let print = |format: &str| {
        legwork(&["board", text(&squad), "--squad", "--as-of", "2026-02-09", "--format", format, "-q"]).stdout
    };
    for (format, name) in [("csv", "board.csv"), ("parquet", "board.parquet")] {
        assert!(
            print(format) == fs::read(out.join("tables").join(name)).expect("the table is there"),
            "{format}"
        );
    }
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&print("json")).expect("an array of objects");
    assert_eq!(rows.len(), 2);
    let table = String::from_utf8_lossy(&print("table")).into_owned();
    assert!(table.starts_with("athlete") && table.contains("club-runner"), "{table}");
}

#[test]
fn colour_is_for_terminals_and_those_who_ask() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let squad = squad(folder.path(), "2026-02-10");
    let said = |more: &[&str]| {
        let out = folder.path().join("out");
        let base = ["report", text(&squad), "--squad", "--as-of", "2026-02-09", "-o", text(&out)];
        String::from_utf8_lossy(&legwork(&[&base, more].concat()).stdout).into_owned()
    };
    let (auto, always) = (said(&[]), said(&["--color", "always"]));
    assert!(!auto.contains('\x1b') && always.contains("\x1b[1m"), "{always}");
    assert!(auto.lines().all(|line| line.chars().count() <= 100), "{auto}");
}
