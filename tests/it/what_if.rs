//! Another calendar is tried out: from the command line, for one athlete, and only ahead.

use crate::cli::{fails, legwork};
use legwork::cli::{Cli, Command};
use std::fs;
use std::path::Path;

fn said(arguments: &[&str]) -> String {
    let output = legwork(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is text")
}

const WINDOWS: [&str; 5] = ["windows", "sample_data", "--athlete", "marathon-build", "-q"];

#[test]
fn a_race_moves_windows_and_says_so() {
    let told = said(&[&WINDOWS[..], &["--race", "2026-06-07:half:A:Lake half"]].concat());
    for part in [
        "as it is → as tried out, days after 2026-05-17",
        "2026-06-01  7 ",
        " → ",
        "same ",
        "new ",
        "Lake half",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let plain = said(&WINDOWS);
    assert!(!plain.contains("as tried out") && !plain.contains("Lake half"), "{plain}");
    let csv = said(&[&WINDOWS[..], &["--race", "2026-06-07:half:A:Lake half", "--format", "csv"]].concat());
    assert!(csv.contains("Lake half") && !csv.contains("as tried out"), "{csv}");
}

/// The block of the README under "What if" is what its command prints.
#[test]
fn the_readme_shows_what_is_printed() {
    const START: &str = "With the calendar as it is";
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("a README");
    let (before, section) = readme.split_once("\n## What if\n").expect("the section is there");
    let (command, _) = section.split_once("\n```\n").expect("a command");
    let (_, command) = command.rsplit_once("```sh\nlegwork ").expect("a command of ours");
    let told = said(&[&command.split(' ').collect::<Vec<_>>()[..], &["-q"]].concat());
    let printed = &told[told.find(START).expect("it says what moves")..];
    let (lead, shown) = section.split_once("```text\n").expect("a block");
    let (_, rest) = shown.split_once("```\n").expect("its end");
    let renewed = format!("{before}\n## What if\n{lead}```text\n{}\n```\n{rest}", printed.trim_end());
    if renewed != readme {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("README.md");
        fs::write(&path, renewed).expect("it can be written");
        panic!("README.md does not show what the command prints; renew it: cp {} README.md", path.display());
    }
}

#[test]
fn the_past_stays_whatever_is_tried_out() {
    let days = |race: &[&str]| {
        said(&[&["days", "sample_data", "--athlete", "club-runner", "--format", "csv", "-q"], race].concat())
    };
    let (plain, tried) = (days(&[]), days(&["--race", "2026-06-07:half:B"]));
    let split = |csv: &str| -> (Vec<String>, Vec<String>) {
        csv.lines().map(str::to_owned).partition(|line| !line.contains(",projected,"))
    };
    let ((past, ahead), (tried_past, tried_ahead)) = (split(&plain), split(&tried));
    assert_eq!(past, tried_past);
    assert_eq!((ahead.len(), tried_ahead.len()), (28, 28));
    assert!(ahead != tried_ahead);
    let bases = |rows: &[String], basis: &str| rows.iter().filter(|row| row.contains(basis)).count();
    assert_eq!(bases(&tried_ahead, ",race,"), bases(&ahead, ",race,") + 1);
}

#[test]
fn what_cannot_be_tried_out_exits_with_2() {
    let form = "DATE:DISTANCE[:PRIORITY[:NAME]]";
    for race in ["soon", "2026-06-07", "2026-06-07:far", "2026-06-07:half:Z"] {
        let output = legwork(&[&WINDOWS[..], &["--race", race]].concat());
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(form), "{message}");
    }
    fails(&[&WINDOWS[..], &["--race", "2026-05-17:half"]].concat(), 2, &["--race", "not after 2026-05-17"]);
    fails(
        &["windows", "sample_data", "--race", "2026-06-07:half"],
        2,
        &["--race", "for one athlete", "--athlete", "club-runner"],
    );
    fails(&[&WINDOWS[..], &["--plan", "no/such/plan.csv"]].concat(), 2, &["--plan", "no/such/plan.csv"]);
}

#[test]
fn every_command_that_reads_runs_takes_a_calendar() {
    use clap::Parser;
    for command in ["report", "runs", "days", "weeks", "signals", "blocks", "windows", "explain"] {
        let arguments = ["legwork", command, "in", "--race", "2026-06-07:half", "--plan", "p.csv"];
        let shared = match Cli::try_parse_from(arguments).expect("it is taken").command {
            Command::Report(args) => args.shared,
            Command::Explain(args) => args.shared,
            Command::Runs(args)
            | Command::Days(args)
            | Command::Weeks(args)
            | Command::Signals(args)
            | Command::Blocks(args)
            | Command::Windows(args) => args.shared,
            other => panic!("{other:?}"),
        };
        assert_eq!(shared.what_if().races.len(), 1);
    }
}
