//! What is of days after the one that is stood on leaves no trace, whatever kind of file it is in.

use crate::cli::{legwork, text};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data");
const AS_OF: &str = "2026-05-09";
/// A list that holds early rows, the last of them without a zone.
const ROWS: &str =
    "date,distance_km,duration,title\n2026-05-02,8.4,45:10,Lake\n2026-05-09T02:00:00Z,5,25:00,Night\n";

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(SAMPLE).join(name)).expect("sample data is there")
}

/// Half an hour at an even pace that begins at 10:00:20 UTC.
fn gpx(date: &str, sport: &str, lon: f64, mps: f64) -> String {
    let mut points = String::new();
    for k in 0..=180 {
        let lat = 40.7 + f64::from(k) * 10.0 * mps / 111_195.0;
        let (minute, second) = ((k * 10 + 20) / 60, (k * 10 + 20) % 60);
        write!(
            points,
            "<trkpt lat=\"{lat:.7}\" lon=\"{lon}\"><time>{date}T10:{minute:02}:{second:02}Z</time></trkpt>"
        )
        .expect("a text grows");
    }
    format!("<gpx><trk><type>{sport}</type><trkseg>{points}</trkseg></trk></gpx>")
}

/// The `id` of the recording in a file.
fn id(content: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    put(folder.path(), "a.fit", content);
    let output = legwork(&["runs", text(folder.path()), "--format", "json", "-q"]);
    let rows: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    rows[0]["id"].as_str().expect("a run has an id").to_owned()
}

/// Runs up to the day, and what the runner says of some of later days too.
fn early() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for name in ["2026-05-03-long-run.fit", "2026-05-05-easy-run.fit", "2026-05-06-intervals.fit"] {
        put(folder.path(), name, sample(&format!("marathon-build/{name}")));
    }
    put(folder.path(), "list/own.csv", ROWS);
    let dropped = id(&sample("marathon-build/2026-05-10-long-run.fit"));
    put(folder.path(), "overrides.csv", format!("id,choice,distance_km\n{dropped},drop,\n01234567,,700\n"));
    folder
}

/// The same with a file of each kind of days after it.
fn with_later() -> TempDir {
    let folder = early();
    let put = |name: &str, bytes: &[u8]| put(folder.path(), name, bytes);
    let run = sample("marathon-build/2026-05-10-long-run.fit");
    put("later/run.fit", &run);
    put("later/again.fit", &run);
    put("later/cut.fit", &sample("marathon-build/2026-05-12-easy-run.fit")[..4000]);
    put("later/2026-05-11-broken.fit", b"");
    put("later/2026-05-24-course.gpx", &sample("club-runner/2026-05-24-spring-10k-course.gpx"));
    put("later/2026-05-13-photo.fit", b"\x89PNG, which is no recording");
    put("later/walk.gpx", gpx("2026-05-12", "walking", 13.0, 1.3).as_bytes());
    put("later/new-york.gpx", gpx("2026-05-10", "running", -74.0, 3.0).as_bytes());
    put("later/2026-05-14-unset.gpx", gpx("1989-12-31", "running", 13.0, 2.9).as_bytes());
    // Dated by the row of its sums.
    put("later/unset.gpx", gpx("1989-12-30", "running", 13.0, 2.5).as_bytes());
    put("later/rows.csv", b"date,distance_km,duration\n2026-05-15,4.5,30:00\n2026-05-16,9,50:00\n");
    put("list/own.csv", format!("{ROWS}2026-05-17,7.2,40:00,Later\n").as_bytes());
    folder
}

#[test]
fn files_of_later_days_of_every_kind_leave_no_trace() {
    let folders = [early(), with_later()];
    let reports = folders.each_ref().map(|folder| {
        let out = tempfile::tempdir().expect("a folder can be made");
        let arguments = ["report", text(folder.path()), "--as-of", AS_OF, "-v", "-o", text(out.path())];
        let output = legwork(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).replace(text(out.path()), "");
        assert_eq!(output.status.code(), Some(0), "{said}");
        (said, out)
    });
    let [(said, out), (said_later, out_later)] = &reports;
    let account = |out: &TempDir| {
        let page = walkdir::WalkDir::new(out.path()).into_iter().flatten();
        let path = page.map(|file| file.path().to_owned()).find(|path| path.ends_with("import.json"));
        fs::read_to_string(path.expect("an account was written")).expect("it is text")
    };
    let strip = |text: String, folder: &TempDir| {
        let name = folder.path().file_name().expect("it has a name").to_string_lossy().into_owned();
        text.replace(&name, "").replace(name.trim_start_matches('.'), "")
    };
    let same = |a: String, b: String| assert_eq!(strip(a, &folders[0]), strip(b, &folders[1]));
    same(account(out), account(out_later));
    assert!(account(out).contains("2 activities"));
    same(said.clone(), said_later.clone());
    let page = |out: &TempDir| {
        let files = walkdir::WalkDir::new(out.path()).into_iter().flatten();
        let path = files.map(|file| file.path().to_owned()).find(|path| path.ends_with("report.html"));
        fs::read_to_string(path.expect("a page was written")).expect("it is text")
    };
    same(page(out), page(out_later));
    // Seen from a later day, they are all there.
    let out = tempfile::tempdir().expect("a folder can be made");
    let arguments =
        ["report", text(folders[1].path()), "--as-of", "2026-05-25", "-q", "-o", text(out.path())];
    assert_eq!(legwork(&arguments).status.code(), Some(0));
    let account: Value = serde_json::from_str(&account(&out)).expect("it is JSON");
    let files = account["files"].as_array().expect("a list");
    let later: Vec<(&str, &str)> = files
        .iter()
        .filter_map(|file| Some((file["file"].as_str()?.strip_prefix("later/")?, file["outcome"].as_str()?)))
        .collect();
    let expected = [
        ("2026-05-11-broken.fit", "failed"),
        ("2026-05-13-photo.fit", "failed"),
        ("2026-05-14-unset.gpx", "used"),
        ("2026-05-24-course.gpx", "skipped"),
        ("again.fit", "skipped"),
        ("cut.fit", "salvaged"),
        ("new-york.gpx", "used"),
        ("rows.csv", "listed"),
        ("run.fit", "skipped"),
        ("unset.gpx", "used"),
        ("walk.gpx", "skipped"),
    ];
    assert_eq!(later, expected);
    let list = files.iter().find(|file| file["file"] == "list/own.csv").expect("it is there");
    assert_eq!(list["why"], "3 activities, 3 of them runs without a file");
}
