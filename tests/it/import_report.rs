//! The account of every file: one folder with a file of each outcome, and the same numbers in terminal, page and JSON.

use crate::cli::{folder_with, legwork, text};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data");

fn config(more: &str) -> String {
    format!(
        "as_of = \"2026-05-09\"\n[[athlete]]\nid = \"me\"\nfolder = \".\"\ntime_zone = \"Europe/Berlin\"\n{more}"
    )
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(SAMPLE).join(name)).expect("sample data is there")
}

/// The checksum of FIT, bit by bit (reflected 0x8005).
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 > 0 { crc >> 1 ^ 0xA001 } else { crc >> 1 })
    })
}

/// A FIT file that says no more than its type.
fn fit_of_type(file_type: u8) -> Vec<u8> {
    let data = [0x40, 0, 0, 0, 0, 1, 0, 1, 0, 0, file_type];
    let mut file = vec![12, 0x10, 0, 0, data.len() as u8, 0, 0, 0];
    file.extend(b".FIT");
    file.extend(data);
    let crc = checksum(&file);
    file.extend(crc.to_le_bytes());
    file
}

/// A walk of ten minutes at 1.3 m/s, by what the file says.
fn walk(date: &str) -> String {
    let point = |k: u32| {
        let lat = 52.0 + f64::from(k) * 13.0 / 111_195.0;
        format!(
            "<trkpt lat=\"{lat}\" lon=\"13\"><time>{date}T10:{:02}:{:02}Z</time></trkpt>",
            k / 6,
            k % 6 * 10
        )
    };
    let points: String = (0..60).map(point).collect();
    format!("<gpx><trk><type>walking</type><trkseg>{points}</trkseg></trk></gpx>")
}

/// A file of each outcome, and some of days after that of the analysis.
fn folder() -> TempDir {
    let folder = folder_with("legwork.toml", config("").as_bytes());
    let put = |name: &str, bytes: &[u8]| put(folder.path(), name, bytes);
    let run = sample("marathon-build/2026-05-05-easy-run.fit");
    put("2026/run.fit", &run);
    put("again.fit", &run);
    put("other.fit.gz", &sample("club-runner/2026-04-12-long-run.fit.gz"));
    put("other.gpx.gz", &sample("club-runner/2026-04-12-long-run.gpx.gz"));
    let cut = sample("marathon-build/2026-05-03-long-run.fit");
    put("cut.fit", &cut[..cut.len() / 2]);
    put("walk.gpx", walk("2026-05-06").as_bytes());
    put("settings.fit", &fit_of_type(2));
    put("course.gpx", &sample("club-runner/2026-05-24-spring-10k-course.gpx"));
    put("2026-05-07-evening.fit", b"\x0e\x20\x00\x00\xff\xff\xff\x7f.FIT\x00\x00");
    put("2026-05-05-broken.fit", b"");
    put("2026-05-10-long-run.fit", &sample("marathon-build/2026-05-10-long-run.fit"));
    put("2026-05-11-broken.fit", b"");
    put("later-walk.gpx", walk("2026-05-12").replace("</trkseg>", "<trkpt").as_bytes());
    folder
}

/// Writes the report of a folder: what the terminal said, and the folder of the athlete.
fn report(folder: &Path, more: &[&str]) -> (String, TempDir) {
    let out = tempfile::tempdir().expect("a folder can be made");
    let mut arguments = vec!["report", text(folder), "-o", text(out.path())];
    arguments.extend(more);
    let output = legwork(&arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    (String::from_utf8_lossy(&output.stdout).into_owned(), out)
}

fn import(out: &TempDir) -> Value {
    let bytes = fs::read(out.path().join("me/import.json")).expect("the account was written");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

#[test]
fn one_of_each_outcome_gives_the_same_account_everywhere() {
    let folder = folder();
    let (said, out) = report(folder.path(), &[]);
    let import = import(&out);
    let files: Vec<Value> = import["files"].as_array().expect("a list").iter().map(brief).collect();
    let expected = [
        json!(["2026-05-05-broken.fit", "failed", "empty", null, null, 0]),
        json!(["2026-05-07-evening.fit", "failed", "damaged", null, null, 0]),
        json!(["2026/run.fit", "used", null, null, null, 1]),
        json!(["again.fit", "duplicate", null, "2026/run.fit", "same_content", 0]),
        json!(["course.gpx", "skipped", "course", null, null, 0]),
        json!(["cut.fit", "salvaged", null, null, null, 1]),
        json!(["other.fit.gz", "used", null, null, null, 1]),
        json!(["other.gpx.gz", "merged", null, "other.fit.gz", "same_start", 1]),
        json!(["settings.fit", "skipped", "not_an_activity", null, null, 0]),
        json!(["walk.gpx", "skipped", "other_sport", null, null, 0]),
    ];
    assert_eq!(files, expected, "{import:#}");
    assert_eq!(import["files"][7]["filled"], json!(["title"]));
    let totals = json!({
        "files": 10, "used": 2, "salvaged": 1, "load": 0, "merged": 1, "duplicate": 1, "skipped": 3, "failed": 2, "listed": 0,
        "runs": 3, "copies": 1, "runs_of_lists": 0,
    });
    assert_eq!(import["totals"], totals);
    assert_eq!(import["skipped"], json!({"course": 1, "not_an_activity": 1, "other_sport": 1}));
    assert_eq!(import["failed"], json!({"damaged": 1, "empty": 1}));
    for part in [
        "Read 10 files: 2 used, 1 salvaged, 1 merged, 1 duplicate, 3 skipped, 2 failed.",
        "1 course",
        "1 empty",
        "me/import.json",
    ] {
        assert!(said.replace("\n  ", " ").contains(part), "{part}\n{said}");
    }
    let page = fs::read_to_string(out.path().join("me/report.html")).expect("the page was written");
    for (what, n) in [
        ("used", 2),
        ("salvaged", 1),
        ("merged", 1),
        ("duplicates", 1),
        ("skipped", 3),
        ("failed", 2),
        ("all files", 10),
    ] {
        assert!(page.contains(&format!("<th scope=\"row\">{what}</th><td>{n}</td>")), "{what}");
    }
    for file in files
        .iter()
        .filter_map(|file| file[0].as_str())
        .filter(|file| !["2026/run.fit", "other.fit.gz"].contains(file))
    {
        assert!(page.contains(&format!("<bdi>{file}</bdi>")), "{file}");
    }
    // The day of the second broken file has another run.
    let broken = json!([{"from": "2026-05-07", "to": "2026-05-07", "reason": "2026-05-07-evening.fit could not be read"}]);
    assert_eq!(import["unknown_days"], broken);
}

/// What is fixed of an entry: file, outcome, kind, the file that counts, the rule, how many runs.
fn brief(file: &Value) -> Value {
    let n_runs = file["runs"].as_array().map(Vec::len);
    json!([file["file"], file["outcome"], file["kind"], file["of"], file["rule"], n_runs])
}

#[test]
fn what_is_later_leaves_no_trace() {
    let with = folder();
    let without = folder();
    for name in ["2026-05-10-long-run.fit", "2026-05-11-broken.fit", "later-walk.gpx"] {
        fs::remove_file(without.path().join(name)).expect("it is there");
    }
    let (said, out) = report(with.path(), &["-v"]);
    let (other, expected) = report(without.path(), &["-v"]);
    assert_eq!(said.replace(text(out.path()), ""), other.replace(text(expected.path()), ""));
    for name in ["import.json", "report.html"] {
        let bytes = |out: &TempDir| fs::read(out.path().join("me").join(name)).expect("it was written");
        assert_eq!(bytes(&out), bytes(&expected), "{name}");
    }
    let bytes = |out: &TempDir| fs::read(out.path().join("analysis.json")).expect("it was written");
    assert_eq!(bytes(&out), bytes(&expected));
}

/// The beginner's runs with a week taken out, and what is said of it.
fn with_a_week_lost(list: &str, more: &str) -> TempDir {
    let folder = folder_with("legwork.toml", config(more).replace("2026-05-09", "2026-05-17").as_bytes());
    for entry in fs::read_dir(Path::new(SAMPLE).join("beginner")).expect("sample data is there").flatten() {
        let name = entry.file_name().into_string().expect("a name of the sample data");
        if !("2026-04-27".."2026-05-04").contains(&name.get(..10).unwrap_or_default()) {
            fs::copy(entry.path(), folder.path().join(name)).expect("a file can be copied");
        }
    }
    if !list.is_empty() {
        put(folder.path(), "unknown.csv", list.as_bytes());
    }
    folder
}

fn days(folder: &TempDir) -> Vec<Value> {
    let output = legwork(&["days", text(folder.path()), "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let days: Vec<Value> = serde_json::from_slice(&output.stdout).expect("it is JSON");
    days
}

#[test]
fn a_lost_week_is_unknown_by_list_or_config_and_no_rest() {
    let list = with_a_week_lost("from,to,reason\n2026-04-27,2026-05-03,watch in repair\n", "");
    let gap = "[[athlete.gap]]\nfrom = \"2026-04-27\"\nto = \"2026-05-03\"\nreason = \"watch in repair\"\n";
    let told = days(&list);
    assert_eq!(told, days(&with_a_week_lost("", gap)));
    let day = |date: &str| told.iter().find(|day| day["date"] == date).expect("a day of the history");
    for date in ["2026-04-27", "2026-04-28", "2026-05-03"] {
        let day = day(date);
        assert_eq!(day["state"], "unknown", "{date}");
        for key in ["n_runs", "distance_m", "load_au", "timer_s", "acwr_coupled", "days_since_run"] {
            assert_eq!(day[key], Value::Null, "{date} {key}");
        }
    }
    let as_of = day("2026-05-17");
    assert_eq!(
        (&as_of["acwr_coupled"], &as_of["acwr_withheld"], &as_of["flags"]),
        (&Value::Null, &json!("unknown_days"), &json!([]))
    );
    // Taken for a rest, the same files say that the load rose.
    let rest = days(&with_a_week_lost("", ""));
    let rest = rest.iter().find(|day| day["date"] == "2026-05-17").expect("the day of the analysis");
    assert!(rest["distance_acwr_coupled"].as_f64().is_some_and(|ratio| ratio > 1.3), "{rest}");
    assert_eq!(rest["flags"], json!(["spike_session", "big_week"]));
    assert_eq!(as_of["distance_acwr_coupled"], Value::Null);
    let explained = legwork(&["explain", text(list.path()), "--on", "2026-04-28"]);
    let explained = String::from_utf8_lossy(&explained.stdout).into_owned();
    assert!(explained.contains("unknown whether there was a run (watch in repair)"), "{explained}");
}

#[test]
fn a_list_that_names_days_of_runs_is_told_so() {
    let folder = with_a_week_lost("date\n2026-05-05\n2026-04-27\nsoon\n", "");
    let output = legwork(&["days", text(folder.path()), "--format", "json", "-v"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("unknown.csv:2: names a day with a run on record, which stays as it is: 2026-05-05"),
        "{said}"
    );
    assert!(said.contains("unknown.csv:4: \"soon\" is no date"), "{said}");
    let days: Vec<Value> = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let state = |date: &str| days.iter().find(|day| day["date"] == date).map(|day| day["state"].clone());
    assert_eq!((state("2026-05-05"), state("2026-04-27")), (Some(json!("observed")), Some(json!("unknown"))));
    assert_eq!(state("2026-04-28"), Some(json!("rest")));
}

/// The number of an outcome in a row of the page; 0 where there is no such row.
fn in_page(page: &str, what: &str) -> u64 {
    let row = page.split(&format!("<th scope=\"row\">{what}</th><td>")).nth(1);
    let digits = row.and_then(|rest| rest.split('<').next()).map(|number| number.replace(',', ""));
    digits.map_or(0, |digits| digits.parse().expect("a count"))
}

/// The number before a word of the sentence on the terminal; 0 where it is not there.
fn in_sentence(sentence: &str, words: &[&str]) -> u64 {
    let mut parts = sentence.split(&[':', ',', '.'][..]).map(str::trim);
    let number = |part: &str| {
        let (number, what) = part.split_once(' ')?;
        words.contains(&what).then(|| number.parse().expect("a count below a thousand"))
    };
    parts.find_map(number).unwrap_or(0)
}

/// Every file has one entry with an outcome and its reason, and terminal, page and JSON say the same.
fn check_account(inputs: &[&str]) {
    let out = tempfile::tempdir().expect("a folder can be made");
    let arguments = [&["report"], inputs, &["-o", text(out.path())]].concat();
    let output = legwork(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).replace("\n  ", " ");
    let sentence = said.lines().find(|line| line.starts_with("Read ")).expect("the sentence of the totals");
    let folders = fs::read_dir(out.path()).expect("the report was written").flatten();
    let of_runner = folders.map(|entry| entry.path()).find(|path| path.join("import.json").is_file());
    let of_runner = of_runner.expect("a runner has an account");
    let import = fs::read(of_runner.join("import.json")).expect("it was written");
    let import: Value = serde_json::from_slice(&import).expect("it is JSON");
    let page = fs::read_to_string(of_runner.join("report.html")).expect("it was written");

    let files = import["files"].as_array().expect("a list");
    let rows: [(&str, &str, &[&str]); 8] = [
        ("used", "used", &["used"]),
        ("salvaged", "salvaged", &["salvaged"]),
        ("load", "load", &["as load alone"]),
        ("merged", "merged", &["merged"]),
        ("duplicate", "duplicates", &["duplicate", "duplicates"]),
        ("skipped", "skipped", &["skipped"]),
        ("failed", "failed", &["failed"]),
        ("listed", "lists", &["list", "lists"]),
    ];
    let mut sum = 0;
    for (outcome, row, words) in rows {
        let n = files.iter().filter(|file| file["outcome"] == outcome).count() as u64;
        let told = (import["totals"][outcome].as_u64(), in_page(&page, row), in_sentence(sentence, words));
        assert_eq!(told, (Some(n), n, n), "{outcome}: {sentence}");
        sum += n;
    }
    assert_eq!((import["totals"]["files"].as_u64(), in_page(&page, "all files")), (Some(sum), sum));
    for outcome in ["skipped", "failed"] {
        let kinds = import[outcome].as_object().expect("kinds with counts");
        let n: u64 = kinds.values().filter_map(Value::as_u64).sum();
        assert_eq!(import["totals"][outcome].as_u64(), Some(n), "{outcome}");
    }
    let names: BTreeSet<&str> = files.iter().filter_map(|file| file["file"].as_str()).collect();
    assert_eq!(names.len(), files.len(), "a file stands there once");
    for file in files {
        let (outcome, of) = (file["outcome"].as_str().unwrap_or_default(), file["of"].as_str());
        let is_copy = ["merged", "duplicate"].contains(&outcome);
        assert_eq!((of.is_some(), file["rule"].is_string()), (is_copy, is_copy), "{file}");
        assert_eq!(file["kind"].is_string(), ["skipped", "failed"].contains(&outcome), "{file}");
        assert!(outcome == "used" || file["why"].as_str().is_some_and(|why| !why.is_empty()), "{file}");
        assert_eq!(file["filled"] == json!([]), outcome != "merged", "{file}");
        assert!(of.is_none_or(|of| names.contains(of)), "{file}");
    }
    for input in inputs {
        for entry in walkdir::WalkDir::new(input).into_iter().filter_map(Result::ok) {
            let name = entry.path().strip_prefix(input).expect("below it").to_string_lossy().into_owned();
            let lower = name.to_lowercase();
            if [".fit", ".gpx", ".tcx", ".gz"].iter().any(|end| lower.ends_with(end)) {
                assert!(
                    names.iter().any(|told| *told == name || told.starts_with(&format!("{name}!"))),
                    "{name}"
                );
            }
        }
    }
}

/// A folder of recordings that are not part of the project.
fn shared(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    path.is_dir().then(|| text(&path).to_owned())
}

#[test]
fn real_files_are_accounted_for_alike_everywhere() {
    for names in [&["fixtures", "corrupt"][..], &["corrupt"], &["history/runner-b"]] {
        let folders: Vec<String> = names.iter().filter_map(|name| shared(name)).collect();
        if folders.len() == names.len() {
            check_account(&folders.iter().map(String::as_str).collect::<Vec<_>>());
        } else {
            eprintln!("skipped: no recordings in {}", names.join(" and "));
        }
    }
}
