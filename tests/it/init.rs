//! `legwork init` on the sample data.

use crate::cli::{fails, legwork, text};
use legwork::config::{Config, FILE_NAME};
use std::fs;
use std::path::Path;
use std::process::Output;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn printed(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("a config is text")
}

fn parse(text: &str) -> Config {
    Config::parse(text, FILE_NAME).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The text with every line that sets something put into force.
fn uncommented(text: &str) -> String {
    let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.\"".contains(c);
    let sets = |line: &&str| {
        line.starts_with("[[") || line.split_once(" = ").is_some_and(|(key, _)| key.chars().all(is_key))
    };
    let lines = text.lines().map(|line| line.strip_prefix("# ").filter(sets).unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// The runs of the club runner in a folder of that name, which may be written to.
fn club_runner(folder: &Path) -> std::path::PathBuf {
    let copy = folder.join("club-runner");
    fs::create_dir(&copy).expect("a folder can be made");
    for entry in fs::read_dir(Path::new(ROOT).join("sample_data/club-runner")).expect("it is there").flatten()
    {
        fs::copy(entry.path(), copy.join(entry.file_name())).expect("a file can be copied");
    }
    copy
}

#[test]
fn what_is_written_changes_no_number_and_is_not_written_twice() {
    let folder = tempfile::tempdir().unwrap();
    let runs = club_runner(folder.path());
    let weeks = || legwork(&["weeks", text(&runs), "--format", "csv", "-q"]).stdout;
    let before = weeks();
    let output = legwork(&["init", text(&runs)]);
    assert!(printed(&output).starts_with("Wrote "), "{output:?}");
    assert!(before.len() > 1000 && before == weeks());
    let path = runs.join(FILE_NAME);
    let first = fs::read_to_string(&path).unwrap();
    fails(&["init", text(&runs)], 2, &[FILE_NAME, "--force", "-o -"]);
    // A config that stands there is not read: estimates would be its own values.
    fs::write(&path, "[[athlete]]\nhr_max = 171\n").unwrap();
    assert_eq!(printed(&legwork(&["init", text(&runs), "-o", "-", "-q"])), first);
    assert_eq!(printed(&legwork(&["init", text(&runs), "--force", "-q"])), "");
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
}

#[test]
fn the_history_suggests_and_every_suggestion_can_be_taken() {
    let text = printed(&legwork(&["init", "sample_data/club-runner", "-o", "-", "-q"]));
    let (free, fixed) = (parse(&text), parse(&uncommented(&text)));
    assert_eq!(free.athletes[0].profile.hr_max_bpm, None);
    let athlete = &fixed.athletes[0];
    assert_eq!(
        (athlete.profile.hr_max_bpm, athlete.zone.map(chrono_tz::Tz::name)),
        (Some(192.0), Some("America/Denver"))
    );
    let dates: Vec<String> = athlete.races.iter().map(|race| race.date.to_string()).collect();
    for date in ["2026-02-28", "2026-03-28", "2026-05-02"] {
        assert!(dates.iter().any(|other| other == date), "{dates:?}");
    }
    assert!(text.contains("a peak that your runs confirm, on 2026-"));
    // What only looks like a race is asked for.
    let text = printed(&legwork(&["init", "sample_data/marathon-build", "-o", "-", "-q"]));
    assert!(text.contains("# Confirm these"));
}

#[test]
fn a_squad_has_an_athlete_for_each_folder() {
    let text = printed(&legwork(&["init", "sample_data", "--squad", "-o", "-", "-q"]));
    let folders = |config: &Config| -> Vec<String> {
        config.athletes.iter().map(|one| one.folder.display().to_string()).collect()
    };
    for config in [parse(&text), parse(&uncommented(&text))] {
        assert_eq!(folders(&config), ["beginner", "club-runner", "marathon-build"]);
    }
}

#[test]
fn wrong_use_is_named() {
    fails(&["init", "no/such/folder"], 2, &["no/such/folder"]);
    fails(&["init", "README.md"], 2, &["README.md", "give the folder"]);
    fails(&["init", "sample_data"], 2, &["sample_data", FILE_NAME, "is there already"]);
}
