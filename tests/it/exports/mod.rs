//! Whole exports of platforms, made here, read as they come: unpacked and as a zip, with the same runs.

#[path = "../../../examples/make_sample_data/generate/fit_encoder.rs"]
#[expect(dead_code, reason = "a recording of a test needs less than a watch writes")]
#[allow(clippy::duplicate_mod, reason = "the test of the sample data loads the whole generator")]
mod fit_encoder;
mod garmin;
mod lists;
mod recording;
mod strava;

use legwork::digest::Digest;
use legwork::ingest::{Given, Imported, find, import};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How an export is given to the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// As the platform packs it, with archives within the archive.
    Zip,
    /// As a person unpacks it, the archives within it too.
    Folder,
}

const SHAPES: [Shape; 2] = [Shape::Folder, Shape::Zip];

/// An export: files by their paths. A part of a path that ends in `.zip` is an archive within the archive.
#[derive(Debug, Clone, Default)]
struct Export(Vec<(String, Vec<u8>)>);

impl Export {
    fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.push((path.into(), bytes.into()));
    }

    /// Puts it into a folder; returns what is given to the program.
    fn put(&self, folder: &Path, shape: Shape) -> PathBuf {
        match shape {
            Shape::Zip => {
                let path = folder.join("export.zip");
                fs::write(&path, zipped(&self.0)).expect("an archive can be written");
                path
            }
            Shape::Folder => {
                for (path, bytes) in &self.0 {
                    let path = folder.join("export").join(path.replace(".zip/", "/"));
                    fs::create_dir_all(path.parent().expect("it lies in a folder"))
                        .expect("a folder can be made");
                    fs::write(path, bytes).expect("a file can be written");
                }
                folder.join("export")
            }
        }
    }

    /// What the program reads of it.
    fn imported(&self, shape: Shape) -> Imported {
        let folder = TempDir::new().expect("a folder can be made");
        let path = self.put(folder.path(), shape);
        let sources = find(&[path]).expect("the export is there");
        import(&sources, &Given { latest_ms: Some(LATEST_MS), ..Given::default() }, || ())
    }
}

/// 2027-01-01, after all that is recorded here.
const LATEST_MS: i64 = 1_798_761_600_000;

/// A zip of files; those below a `.zip` go into one of their own.
fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut write = |path: &str, bytes: &[u8]| {
        zip.start_file(path, SimpleFileOptions::default()).expect("a member can be begun");
        zip.write_all(bytes).expect("a member can be written");
    };
    let inner_of = |path: &str| path.find(".zip/").map(|at| at + ".zip".len());
    let mut done: Vec<&str> = Vec::new();
    for (path, bytes) in files {
        let Some(end) = inner_of(path) else {
            write(path, bytes);
            continue;
        };
        let archive = &path[..end];
        if !done.contains(&archive) {
            done.push(archive);
            let is_inner =
                |other: &&(String, Vec<u8>)| other.0.starts_with(archive) && inner_of(&other.0) == Some(end);
            let inner = files
                .iter()
                .filter(is_inner)
                .map(|(path, bytes)| (path[end + 1..].to_owned(), bytes.clone()));
            write(archive, &zipped(&inner.collect::<Vec<_>>()));
        }
    }
    zip.finish().expect("an archive can be ended").into_inner()
}

/// What a recording comes to, without the name of its file, which hangs on how the export was given.
fn gist(digest: &Digest) -> Digest {
    Digest { file: String::new(), ..digest.clone() }
}

/// The recordings of both shapes, which have to be the same.
fn both(export: &Export) -> Imported {
    let [folder, zip] = SHAPES.map(|shape| export.imported(shape));
    let gists = |imported: &Imported| imported.digests.iter().map(gist).collect::<Vec<_>>();
    assert_eq!(gists(&folder), gists(&zip));
    assert_eq!(folder.copies, zip.copies);
    assert_eq!(folder.facts, zip.facts);
    assert_eq!(folder.files.len(), zip.files.len());
    folder
}
