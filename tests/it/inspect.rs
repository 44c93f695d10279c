//! Pages of single files through the command: every format, archives, and the same numbers as the table of runs.

use crate::cli::{fails, legwork, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data");

fn json(arguments: &[&str]) -> Vec<Value> {
    let output = legwork(&[arguments, &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the output is an array of objects")
}

#[test]
fn a_page_has_the_numbers_of_the_run() {
    for athlete in ["beginner", "club-runner"] {
        let pages = json(&["inspect", &format!("{SAMPLE}/{athlete}")]);
        let recordings = pages.iter().filter_map(|page| page["recordings"].as_array()).flatten();
        let by_id: BTreeMap<&str, &Value> =
            recordings.filter_map(|one| Some((one["id"].as_str()?, one))).collect();
        let runs = json(&["runs", SAMPLE, "--athlete", athlete, "-q"]);
        assert!(runs.len() > 20);
        let mut formats: BTreeMap<String, usize> = BTreeMap::new();
        for run in &runs {
            let one = by_id[run["id"].as_str().expect("a run has an id")];
            assert_eq!((&one["counts"], &one["format"]), (&true.into(), &run["format"]), "{run}");
            *formats.entry(run["format"].to_string()).or_default() += 1;
            let mut n_held = 0;
            for total in one["totals"].as_array().expect("sums") {
                let key = total["name"].as_str().expect("a name");
                if let (Some(here), Some(there)) = (total["value"].as_f64(), run[key].as_f64()) {
                    assert!(
                        (here - there).abs() <= 0.01 * there.abs().max(1.0),
                        "{key}: {here} {there} {run}"
                    );
                    n_held += 1;
                }
            }
            assert!(n_held >= 3, "{one}");
            assert!(one["account"].as_array().is_some_and(|said| !said.is_empty()), "{one}");
        }
        let expected: &[&str] = if athlete == "beginner" { &["\"tcx\""] } else { &["\"fit\"", "\"gpx\""] };
        assert!(expected.iter().all(|format| formats.contains_key(*format)), "{formats:?}");
    }
}

#[test]
fn a_folder_an_archive_and_a_member_have_pages() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let run = fs::read(Path::new(SAMPLE).join("beginner/2026-02-18-treadmill.tcx")).expect("it is there");
    let path = folder.path().join("all.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).expect("a file can be made"));
    for name in ["in/a.tcx", "b.fit"] {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).expect("a member can begin");
        zip.write_all(if name == "b.fit" { b"" } else { &run }).expect("a member can be written");
    }
    zip.finish().expect("an archive can end");
    let files = |path: &str| -> Vec<String> {
        let pages = json(&["inspect", path]);
        pages.iter().filter_map(|page| page["file"].as_str().map(str::to_owned)).collect()
    };
    let archive = text(&path);
    assert_eq!(files(archive), ["b.fit", "in/a.tcx"]);
    assert_eq!(files(text(folder.path())), ["all.zip!b.fit", "all.zip!in/a.tcx"]);
    assert_eq!(files(&format!("{archive}!in/a.tcx")), ["in/a.tcx"]);
    fails(&["inspect", &format!("{archive}!none.fit")], 2, &["none.fit", "no such member"]);
    fails(&["inspect", "no/such.zip!none.fit"], 2, &["no/such.zip"]);
    let page = legwork(&["inspect", &format!("{archive}!in/a.tcx")]);
    let page = String::from_utf8_lossy(&page.stdout).into_owned();
    for part in ["in/a.tcx\n", "counts", "Sums, and where each comes from", "Quality, and what was left out"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
}
