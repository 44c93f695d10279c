//! The same history in whatever wrapping gives the same bytes.

use super::cli::{legwork, text};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data/beginner");
const TABLES: [&str; 6] = ["runs", "days", "weeks", "signals", "blocks", "windows"];

/// The run files of a history, by name.
fn history() -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(SAMPLE).expect("the sample is there").flatten().map(|entry| entry.path());
    let is_run = |path: &PathBuf| text(path).contains(".tcx") || text(path).contains(".fit");
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut found: Vec<(String, Vec<u8>)> = files
        .filter(is_run)
        .filter_map(|path| Some((format!("2026/{}", name(&path)?), fs::read(&path).ok()?)))
        .collect();
    found.sort();
    assert!(found.len() > 20);
    found
}

fn write_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> PathBuf {
    for (name, content) in files {
        let path = folder.join("history").join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
    }
    folder.join("history")
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).expect("a member can be begun");
        archive.write_all(content).expect("a member can be written");
    }
    archive.finish().expect("an archive can be ended").into_inner()
}

fn write_zip(folder: &Path, files: &[(String, Vec<u8>)]) -> PathBuf {
    let path = folder.join("history.zip");
    fs::write(&path, zipped(files)).expect("a file can be written");
    path
}

/// Every table of a history.
fn tables(inputs: &[&Path]) -> BTreeMap<&'static str, String> {
    let table = |name: &'static str| {
        let paths: Vec<&str> = inputs.iter().map(|input| text(input)).collect();
        let output =
            legwork(&[&[name], &paths[..], &["--format", "csv", "-q", "--as-of", "2026-05-17"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        (name, String::from_utf8(output.stdout).expect("a table is text"))
    };
    TABLES.into_iter().map(table).collect()
}

/// Every file of a report, by its path.
fn report(input: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let out = tempfile::tempdir().expect("a folder can be made");
    let output = legwork(&["report", text(input), "-q", "--as-of", "2026-05-17", "-o", text(out.path())]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let files =
        walkdir::WalkDir::new(out.path()).into_iter().flatten().filter(|file| file.file_type().is_file());
    files
        .map(|file| {
            let name = file.path().strip_prefix(out.path()).expect("it lies below").to_owned();
            (name, fs::read(file.path()).expect("it can be read"))
        })
        .collect()
}

#[test]
fn a_folder_shuffled_zipped_or_given_twice_is_the_same_history() {
    let files = history();
    let shuffled: Vec<_> = {
        let mut files = files.clone();
        files.sort_by_key(|(_, content)| xxhash_rust::xxh3::xxh3_64(content));
        files
    };
    let home = || tempfile::tempdir().expect("a folder can be made");
    let (plain, mixed, packed, nested) = (home(), home(), home(), home());
    let folder = write_folder(plain.path(), &files);
    let other = write_folder(mixed.path(), &shuffled);
    let zip = write_zip(packed.path(), &shuffled);
    let expected = tables(&[&folder]);
    assert!(expected["runs"].lines().count() > 20);
    assert_eq!(tables(&[&other]), expected, "shuffled");
    assert_eq!(tables(&[&zip]), expected, "zipped");
    assert_eq!(tables(&[&folder, &folder]), expected, "given twice");
    let whole = report(&folder);
    assert!(whole == report(&other), "the report of a shuffled folder");
    assert!(whole == report(&zip), "the report of an archive");

    // The same again beside it, and packed once more: nothing counts twice.
    write_folder(&folder.join("again"), &files);
    fs::write(folder.join("z.zip"), zipped(&[("inner.zip".to_owned(), zipped(&files))]))
        .expect("it can be written");
    assert_eq!(tables(&[&folder]), expected, "twice over");
    let deep = write_zip(nested.path(), &[("part.zip".to_owned(), zipped(&files))]);
    let named = |table: &str| table.replace("part.zip!", "");
    assert_eq!(named(&tables(&[&deep])["runs"]), expected["runs"], "an archive in an archive");
}

#[test]
fn inputs_with_files_of_the_same_name_are_all_read_and_remembered() {
    let home = tempfile::tempdir().expect("a folder can be made");
    let files = history();
    let (early, late) = files.split_at(files.len() / 2);
    // Both name their first file alike.
    let named = |files: &[(String, Vec<u8>)]| -> Vec<(String, Vec<u8>)> {
        files.iter().enumerate().map(|(at, (_, content))| (format!("{at}.tcx.gz"), content.clone())).collect()
    };
    let packed: Vec<PathBuf> = [("a.zip", early), ("b.zip", late)]
        .map(|(name, files)| {
            fs::write(home.path().join(name), zipped(&named(files))).expect("a file can be written");
            home.path().join(name)
        })
        .into();
    let runs = |more: &[&str]| {
        let arguments =
            ["runs", text(&packed[0]), text(&packed[1]), "--format", "csv", "-q", "--as-of", "2026-05-17"];
        let mut command = super::cli::command(&[&arguments[..], more].concat());
        let output = command.env("XDG_CACHE_HOME", home.path()).output().expect("the command runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("a table is text")
    };
    let anew = runs(&["--no-cache"]);
    assert!(anew.contains("a.zip!0.tcx.gz") && anew.contains("b.zip!0.tcx.gz"), "{anew}");
    assert_eq!(anew.lines().count(), tables(&[&write_folder(home.path(), &files)])["runs"].lines().count());
    assert_eq!((runs(&[]), runs(&[])), (anew.clone(), anew));
}

#[test]
fn a_recording_has_one_id_packed_or_not() {
    use std::io::Read;
    let (_, packed) = history().into_iter().find(|(name, _)| name.ends_with(".gz")).expect("some are packed");
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut plain).expect("it can be unpacked");
    let id = |name: &str, content: &[u8]| {
        let folder = super::cli::folder_with(name, content);
        let output = legwork(&["runs", text(folder.path()), "--format", "json", "-q"]);
        let rows: serde_json::Value = serde_json::from_slice(&output.stdout).expect("an array");
        rows[0]["id"].as_str().expect("it has an id").to_owned()
    };
    assert_eq!(id("a.tcx.gz", &packed), id("a.tcx", &plain));
}
