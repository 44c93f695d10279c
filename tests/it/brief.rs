//! The therapist's page of the command line, on the sample data.

use legwork::brief::Brief;
use legwork::model::Day;
use legwork::report::brief;
use legwork::run::{self, Options};
use std::path::{Path, PathBuf};
use std::process::Output;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn legwork(arguments: &[&str]) -> Output {
    super::cli::legwork(&[&["brief"], arguments].concat())
}

/// The page of one athlete, printed.
fn page(arguments: &[&str]) -> String {
    let output = legwork(&[&["sample_data", "-q", "-o", "-"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a page is text")
}

fn refused(arguments: &[&str]) -> String {
    let output = legwork(&[&["sample_data", "-q", "-o", "-"], arguments].concat());
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).expect("an error is text")
}

fn day(text: &str) -> Day {
    text.parse().expect("a date")
}

/// The brief of the marathon runner on a day, with the analysis it is made from.
fn marathon(on: &str) -> (Brief, legwork::analysis::Analysis) {
    let options = Options {
        athletes: vec!["marathon-build".into()],
        on: Some(day(on)),
        today: day("2026-06-01"),
        ..Options::default()
    };
    let inputs = [PathBuf::from(ROOT).join("sample_data")];
    let (mut analyses, _) = run::analyse_on(&inputs, &options, &()).expect("the sample can be read");
    let analysis = analyses.remove(0);
    (Brief::of(&analysis, day(on)).expect("the day is in reach"), analysis)
}

#[test]
fn the_sums_are_those_of_the_runs_and_the_ceiling_has_its_cause() {
    let (brief, analysis) = marathon("2026-04-18");
    assert_eq!(analysis.as_of, day("2026-04-18"));
    for span in &brief.spans {
        let runs =
            || analysis.runs.iter().filter(|run| run.counts() && (span.from..=span.to).contains(&run.date));
        let metres: f64 = runs().filter_map(|run| run.distance_m).sum();
        assert!((span.had.distance_m.expect("known") - metres).abs() < 1e-6, "{}", span.n_days);
        assert!((span.had.n_runs - runs().count() as f64).abs() < 1e-9);
        assert_eq!((span.to - span.from).num_days() + 1, i64::from(span.n_days));
    }
    // The mean of the twelve weeks before is the usual one.
    let usual = brief.spans[0].usual.expect("there are twelve weeks").distance_m.expect("known");
    let before = analysis.runs.iter().filter(|run| run.counts());
    let before = before.filter(|run| run.date < day("2026-04-12") && run.date >= day("2026-01-18"));
    let mean: f64 = before.filter_map(|run| run.distance_m).sum::<f64>() / 12.0;
    assert!((usual - mean).abs() < 1e-6, "{usual} {mean}");
    // The half marathon is tomorrow.
    assert_eq!(brief.allowed.ceiling, legwork::model::Depth::Light);
    assert_eq!(brief.allowed.causes[0].rule, "R9");
    assert_eq!(brief.races.next.as_ref().map(|(_, days)| *days), Some(1));
    assert_eq!(brief.races.goal.as_ref().map(|(race, _)| race.name.as_str()), Some("City marathon"));
    assert_eq!(brief.since.massage.as_ref().map(|had| had.ago), Some(1));
}

#[test]
fn a_past_day_is_told_as_it_was_known_then() {
    let athlete = ["--athlete", "marathon-build"];
    let on = page(&[&athlete[..], &["--on", "2026-04-18"]].concat());
    assert_eq!(on, page(&[&athlete[..], &["--as-of", "2026-04-18"]].concat()));
    // What was run afterwards changes nothing, as if the files were not there.
    let folder = tempfile::tempdir().expect("a folder can be made");
    let earlier = folder.path().join("marathon-build");
    for name in ["marathon-build", "club-runner", "beginner"] {
        std::fs::create_dir(folder.path().join(name)).expect("a folder can be made");
    }
    let sample = Path::new(ROOT).join("sample_data");
    for file in std::fs::read_dir(sample.join("marathon-build")).expect("the sample is there").flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.as_str() < "2026-04-19" || !name.starts_with("20") {
            std::fs::copy(file.path(), earlier.join(name)).expect("a file can be copied");
        }
    }
    std::fs::copy(sample.join("legwork.toml"), folder.path().join("legwork.toml")).expect("it can be copied");
    let folder = folder.path().to_str().expect("the path is text");
    let output = legwork(&[folder, "-q", "-o", "-", "--athlete", "marathon-build", "--on", "2026-04-18"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), on);
}

#[test]
fn a_day_to_come_says_so_and_one_out_of_reach_names_the_days() {
    let ahead = page(&["--athlete", "marathon-build", "--on", "2026-05-28"]);
    assert!(ahead.contains("Still to come: runs, diary and signals are known up to Sun 17 May"));
    assert!(ahead.contains("City marathon in 3 days") && ahead.contains("3 days to City marathon"));
    let far = refused(&["--athlete", "marathon-build", "--on", "2026-08-01"]);
    assert!(far.contains("give a day from 2025-11-18 to 2026-06-14"), "{far}");
    let early = refused(&["--athlete", "beginner", "--on", "2026-01-01"]);
    assert!(early.contains("before the first run of beginner; give a day from 2026-01-27"), "{early}");
    assert!(refused(&[]).contains("choose with --athlete one of marathon-build, club-runner, beginner"));
}

#[test]
fn everyone_gets_a_file_and_who_was_not_there_yet_is_named() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let sample = Path::new(ROOT).join("sample_data");
    let mut command =
        super::cli::command(&["brief", super::cli::text(&sample), "--on", "2026-01-10", "--pdf"]);
    let output = command.current_dir(folder.path()).output().expect("the command runs");
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("beginner: 2026-01-10 lies before the first run"), "{said}");
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("the folder is there")
        .flatten()
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["brief-club-runner-2026-01-10.pdf", "brief-marathon-build-2026-01-10.pdf"]);
}

#[test]
fn a_pdf_is_one_page_of_the_same_bytes_each_time() {
    let pdf = |more: &[&str]| {
        let arguments = ["sample_data", "-q", "--athlete", "marathon-build", "--pdf", "-o", "-"];
        legwork(&[&arguments, more].concat()).stdout
    };
    let once = pdf(&[]);
    assert!(once.starts_with(b"%PDF-") && once == pdf(&["--jobs", "1"]));
    assert_ne!(once, pdf(&["--paper", "letter"]));
    for bytes in [once, pdf(&["--paper", "letter", "--on", "2026-04-20"])] {
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(text.matches("/Count 1").count(), 1);
        assert!(text.contains("/Lang") && text.contains("Ubuntu-Light"));
    }
}

#[test]
fn names_from_files_come_out_as_text() {
    let (mut brief, _) = marathon("2026-05-17");
    let hostile = "<script>alert('x')</script>\u{202E}&\u{7}\"";
    brief.who.athlete = hostile.into();
    for race in &mut brief.timeline.races {
        race.name = hostile.into();
    }
    if let Some((race, _)) = &mut brief.races.next {
        race.name = hostile.into();
    }
    for limit in &mut brief.allowed.causes {
        limit.text = hostile.into();
    }
    let html = brief::render(&brief).expect("a page can be made");
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
    assert!(!html.contains(['\u{202E}', '\u{7}']));
    assert!(html.contains("default-src 'none'") || html.contains("default-src &#39;none&#39;"));
    assert!(brief::pdf(&brief, brief::Paper::A4).is_ok());
}
