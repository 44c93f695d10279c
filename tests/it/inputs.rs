//! What people keep beside their runs, as the command meets it: each mistake is named, and what is sound goes on.

use crate::cli::{fails, folder_with, legwork, text};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with the beginner's runs of April and May 2026 but that of 5 May, a config and one more file.
fn runner(config: &str, name: &str, content: &str) -> TempDir {
    let config = format!("as_of = \"2026-05-17\"\n[[athlete]]\nid = \"me\"\nfolder = \".\"\n{config}");
    let folder = folder_with("legwork.toml", config.as_bytes());
    let runs = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/beginner");
    for entry in fs::read_dir(runs).expect("sample data is there").flatten() {
        let name = entry.file_name().into_string().expect("a name of the sample data");
        if name.as_str() >= "2026-04" && !name.starts_with("2026-05-05") {
            fs::copy(entry.path(), folder.path().join(name)).expect("a file can be copied");
        }
    }
    if !name.is_empty() {
        fs::write(folder.path().join(name), content).expect("a file can be written");
    }
    folder
}

/// Asserts what is said of a folder, and that it is analysed all the same.
fn says(folder: &TempDir, parts: &[&str]) {
    let output = legwork(&["days", text(folder.path()), "--format", "csv", "-v"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for part in parts {
        assert!(said.contains(&format!("notice: {part}")), "{part}\n{said}");
    }
    assert!(String::from_utf8_lossy(&output.stdout).lines().count() > 30);
    let strict = legwork(&["days", text(folder.path()), "--format", "csv", "-q", "--strict"]);
    assert_eq!(strict.status.code(), Some(i32::from(!parts.is_empty())));
}

fn race(date: &str, name: &str) -> String {
    format!("[[athlete.race]]\ndate = \"{date}\"\nname = \"{name}\"\ndistance = \"10 km\"\n")
}

#[test]
fn mistakes_in_the_config_exit_with_2_and_name_their_key() {
    let check =
        |config: &str, parts: &[&str]| fails(&["days", text(runner(config, "", "").path())], 2, parts);
    let two = race("2026-05-24", "One") + &race("2026-05-24", "Other");
    check(&two, &["athlete me: race.date", "2026-05-24 has two races, \"One\" and \"Other\"", "keep one"]);
    check(&race("24.05.2026", "One"), &["athlete me: race.date", "write 2026-05-24"]);
    check("injury = \"01/02/2026\"\n", &["athlete me: injury", "write 2026-02-01 or 2026-01-02"]);
    check("sits_hours = 25\n", &["athlete me: sits_hours", "from 0 to 18"]);
    check("respond_well = true\n", &["athlete me: respond_well", "did you mean responds_well?"]);
    check("[rules]\n\"race.deep_min\" = 30\n", &["rules.race.deep_min", "from 3 to 10"]);
    fails(&["days", "sample_data", "--as-of", "17.05.2026"], 2, &["--as-of", "write 2026-05-17"]);
}

#[test]
fn a_race_of_the_past_without_a_run_is_named() {
    let missed = race("2026-05-05", "Night run");
    let key = "athlete me: race.date: 2026-05-05 (Night run) has no run on its day or beside it";
    let folder = runner(&missed, "", "");
    // The runs beside it are of 3 and 7 May.
    says(&folder, &[key]);
    says(&runner(&race("2026-05-02", "Park"), "", ""), &[]);
    says(&runner(&race("2026-05-24", "Still to come"), "", ""), &[]);
}

#[test]
fn a_plan_is_read_and_its_mistakes_are_named() {
    let plan = "date,distance,kind,title\n2026-05-10,5,easy,\n2026-05-17,5,easy,\n20.05.2026,5,easy,\n2026-05-20,five,easy,\n\
                2026-05-24,5 km,race,Other\n2026-05-31,10 km,race,Lake 10k\n";
    let folder = runner(&race("2026-05-24", "Mine"), "plan.csv", plan);
    says(
        &folder,
        &[
            "plan.csv:4: \"20.05.2026\" is no date; write 2026-05-20: row left out",
            "plan.csv:5: distance \"five\" is not understood; write one such as 12 km or 7.5 mi: distance left out, the rest of the row counts",
            "plan.csv: 2 entries lie on or before 2026-05-17: passed over",
            "plan: two races on 2026-05-24: \"Other\" is left out, \"Mine\" counts",
        ],
    );
    // The race of the plan has its window before it.
    let windows = legwork(&["windows", text(folder.path()), "--format", "json", "-q"]);
    let windows: Vec<Value> = serde_json::from_slice(&windows.stdout).unwrap();
    assert!(windows.iter().any(|window| window["race"].to_string().contains("Lake 10k")), "{windows:?}");
}

#[test]
fn a_calendar_is_read_and_its_mistakes_are_named() {
    let event = |rest: &str| format!("BEGIN:VEVENT\r\n{rest}\r\nEND:VEVENT\r\n");
    let events = [
        event("DTSTART;VALUE=DATE:20260520\r\nSUMMARY:Easy run 5 km"),
        event("DTSTART;VALUE=DATE:20260521\r\nSUMMARY:Dentist"),
        event("DTSTART:tomorrow\r\nSUMMARY:Easy run"),
        event("DTSTART:20260522T180000\r\nSUMMARY:Easy run\r\nRRULE:FREQ=SECONDLY"),
    ];
    let calendar = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", events.concat());
    let folder = runner("", "plan.ics", &calendar);
    fs::write(folder.path().join("plan.csv"), "date\n2026-05-20\n").unwrap();
    says(
        &folder,
        &[
            "plan.csv: is not read: plan.ics stands beside it",
            "plan.ics:10: DTSTART \"tomorrow\" is no date of a calendar: event left out",
            "plan.ics:14: RRULE \"FREQ=SECONDLY\" is not understood: only its first day is kept",
            "plan.ics: 1 entry is no run: passed over (\"Dentist\")",
        ],
    );
    let none = runner("", "plan.ics", "a list of things");
    says(
        &none,
        &["plan.ics: is no calendar: it does not begin with BEGIN:VCALENDAR; nothing of it was used"],
    );
}

#[test]
fn odd_notes_are_named_and_kept() {
    let diary = "date,site,value,kind,red_flag\n2026-05-16,calv,6,pain,\n2026-05-16,,,,wobbly\n2126-05-16,calf,2,pain,\n";
    let folder = runner("", "diary.csv", diary);
    says(
        &folder,
        &[
            "diary.csv:2: site \"calv\" is not known: the note is kept without a tissue; did you mean calf?",
            "diary.csv:3: red_flag \"wobbly\" is not one of bone_pain",
            "diary.csv:4: 2126-05-16 is still to come: row left out",
        ],
    );
    let massage = "date,depth,tissues\n2026-05-02,light,calf;soul\n2126-05-02,deep,\n2126-05-09,deep,\n";
    says(
        &runner("", "massage.csv", massage),
        &[
            "massage.csv:2: tissue \"soul\" is not one of calf_achilles",
            "massage.csv:3: 2126-05-02 is still to come: row left out",
            "massage.csv:4: 2126-05-09 is still to come: row left out",
        ],
    );
}

#[test]
fn of_several_athletes_a_file_is_named_with_its_folder() {
    let squad = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        let folder = squad.path().join(name);
        fs::create_dir(&folder).unwrap();
        let runs = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/beginner");
        let run = "2026-05-17-run.tcx.gz";
        fs::copy(runs.join(run), folder.join(run)).unwrap();
        fs::write(folder.join("massage.csv"), "date,depth\nMay,deep\n").unwrap();
        fs::write(folder.join("plan.csv"), "Datum,km\n1,2\n").unwrap();
        fs::write(folder.join("broken.fit"), "no run").unwrap();
    }
    let arguments = ["days", text(squad.path()), "--squad", "--as-of", "2026-05-17", "--format", "csv", "-v"];
    let said = String::from_utf8(legwork(&arguments).stderr).unwrap();
    for part in [
        "notice: a/massage.csv:2: \"May\" is no date",
        "notice: b/massage.csv:2: \"May\" is no date",
        "notice: a/plan.csv: has no column date (found: Datum, km); columns have English names: date, distance",
        "notice: b/broken.fit: ",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn a_day_has_one_race_and_a_plan_to_try_out_has_runs() {
    let check = |more: &[&str], parts: &[&str]| {
        fails(&[&["windows", "sample_data", "--athlete", "marathon-build", "-q"], more].concat(), 2, parts);
    };
    let (half, other) = ("2026-06-07:half", "2026-06-07:10k:B:Lake run");
    check(
        &["--race", half, "--race", other],
        &["--race", "2026-06-07 has two races", "Lake run", "keep one"],
    );
    check(&["--race", "2026-05-31:half"], &["--race", "2026-05-31 has two races: the config has"]);
    let folder = folder_with("other.csv", b"date,distance\n2026-05-10,8\n");
    let path = folder.path().join("other.csv");
    check(&["--plan", text(&path)], &["--plan", "holds no run after 2026-05-17 (1 entry lies"]);
    let same =
        ["windows", "sample_data", "--athlete", "marathon-build", "-q", "--race", "2026-05-31:marathon:A"];
    assert_eq!(legwork(&same).status.code(), Some(0));
}

#[test]
fn plans_of_the_sample_data_are_read_without_a_word() {
    let output = legwork(&["blocks", "sample_data", "--format", "csv", "-v"]);
    let said = String::from_utf8_lossy(&output.stderr);
    for name in ["plan", "diary.csv", "massage.csv", "race.date"] {
        assert!(!said.contains(name), "{said}");
    }
}
