//! Looks back on massages, on a copy of the sample data with sessions of its own.

use super::cli::{legwork, text};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const RUNNER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data/marathon-build");

const MASSAGES: &str = "date,depth,minutes,tissues,soreness_after_h\n2026-01-05,deep,60,hamstrings,60\n\
                        2026-02-02,moderate,40,hamstrings,12\n2026-03-02,moderate,40,hamstrings,12\n\
                        2026-03-30,light,20,,\n";

/// Tightness of the hamstrings that is never less.
fn diary() -> String {
    let rows = [
        "2025-12-29",
        "2026-01-02",
        "2026-01-10",
        "2026-01-14",
        "2026-01-28",
        "2026-01-31",
        "2026-02-07",
        "2026-02-11",
        "2026-02-25",
        "2026-02-28",
        "2026-03-07",
        "2026-03-11",
    ];
    let rows = rows.map(|date| format!("{date},hamstrings,left,4,tightness\n"));
    format!("date,site,side,value,kind\n{}", rows.concat())
}

fn runner(massages: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for entry in fs::read_dir(RUNNER).expect("the runner is there").flatten() {
        if entry.path().extension().is_some_and(|end| end == "fit") {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a file can be copied");
        }
    }
    fs::write(folder.path().join("massage.csv"), massages).expect("a file can be written");
    fs::write(folder.path().join("diary.csv"), diary()).expect("a file can be written");
    folder
}

fn sessions(folder: &Path, as_of: &str) -> Vec<Value> {
    let output = legwork(&["sessions", text(folder), "--as-of", as_of, "--format", "json", "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut rows: Vec<Value> =
        serde_json::from_slice(&output.stdout).expect("the output is an array of objects");
    // The name is that of the folder, which is another each time.
    for row in &mut rows {
        row["athlete"] = Value::Null;
    }
    rows
}

#[test]
fn each_massage_is_looked_back_on() {
    let folder = runner(MASSAGES);
    let rows = sessions(folder.path(), "2026-04-05");
    let dates: Vec<&str> = rows.iter().filter_map(|row| row["date"].as_str()).collect();
    assert_eq!(dates, ["2026-01-05", "2026-02-02", "2026-03-02", "2026-03-30"]);
    let rules = |row: &Value| -> Vec<String> {
        let advice = row["advice"].as_array().expect("a list");
        advice.iter().filter_map(|one| one["rule"].as_str()).map(str::to_owned).collect()
    };
    assert_eq!(rules(&rows[0]), ["R18"], "sore for 60 h");
    assert!(
        rules(&rows[2]).contains(&"R16".to_owned()),
        "tightness is the same for the third time: {}",
        rows[2]
    );
    assert_eq!(
        (&rows[1]["days_since_previous"], &rows[0]["days_since_previous"]),
        (&28.into(), &Value::Null)
    );
    assert_eq!((&rows[2]["is_complete"], &rows[3]["is_complete"]), (&true.into(), &false.into()));
    for row in &rows {
        assert!(row["ceiling"].is_string() && row["window_best"].is_string(), "{row}");
        let signs = row["signs"].as_array().expect("a list");
        let steps = signs.iter().filter(|sign| sign["sign"] == "hr_at_pace");
        assert_eq!(steps.count(), 1, "heart rate at the same speed is read before or after: {row}");
        for sign in signs {
            let n = |key: &str| sign[key].as_u64().unwrap_or(0);
            assert_eq!(sign["direction"] == "unknown", n("n_before") < 2 || n("n_after") < 2, "{sign}");
        }
    }
    // What was said on an earlier day stands, whatever came later.
    let earlier =
        sessions(runner(&MASSAGES[..MASSAGES.find("2026-03-02").unwrap_or(0)]).path(), "2026-03-01");
    assert_eq!(earlier, sessions(folder.path(), "2026-03-01"));
}

#[test]
fn the_page_tells_of_them_and_claims_nothing() {
    let folder = runner(MASSAGES);
    let out = tempfile::tempdir().expect("a folder can be made");
    let output =
        legwork(&["report", text(folder.path()), "--as-of", "2026-04-05", "-o", text(out.path()), "-q"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let page = walkdir::WalkDir::new(out.path()).into_iter().flatten();
    let page = page.map(walkdir::DirEntry::into_path).find(|path| path.ends_with("report.html"));
    let html = fs::read_to_string(page.expect("there is a page")).expect("it can be read");
    for words in ["After each massage", "change the plan: strength, load, clinician", "lower next time"] {
        assert!(html.contains(words), "{words}");
    }
    let (_, section) = html.split_once("After each massage").expect("the section is there");
    let section = section.split("</section>").next().unwrap_or_default().to_lowercase();
    for claim in ["thanks to", "caused", "led to", "helped", "due to the massage", "because of the massage"] {
        assert!(!section.contains(claim), "{claim}");
    }
}

#[test]
fn people_read_what_is_unknown_and_what_is_missing() {
    let print = |folder: &Path| {
        let output = legwork(&["sessions", text(folder), "--as-of", "2026-04-05", "-q"]);
        String::from_utf8(output.stdout).expect("the output is text")
    };
    let folder = runner(MASSAGES);
    let table = print(folder.path());
    assert!(table.contains("signs after") && table.contains(" unknown"), "{table}");
    fs::remove_file(folder.path().join("massage.csv")).expect("it can be removed");
    let none = print(folder.path());
    assert!(none.starts_with("No session is on record.") && none.contains("massage.csv"), "{none}");
}
