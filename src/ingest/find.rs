//! Input paths to the files that may hold runs.
//!
//! Folders are searched through, in order of name; hidden entries and the leavings of other systems are passed over.
//! A file whose name claims to be a run, a list or an archive is always a candidate; any other only if its first bytes say so.

use super::kind::{HEAD_BYTES, Kind, claimed, kind};
use super::name;
use crate::error::Error;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file that may hold runs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Path below the input as given, with `/` and without e-mail addresses; what people and tables see. It is empty for the
    /// only input that is an archive itself: its members are named as if it were a folder.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// The inputs without those that are given twice.
#[must_use]
pub fn distinct(inputs: &[PathBuf]) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let is_new =
        |input: &&PathBuf| seen.insert(std::fs::canonicalize(input).unwrap_or_else(|_| (*input).clone()));
    inputs.iter().filter(is_new).cloned().collect()
}

/// All candidates below the inputs, in order of name. An input that is given twice is searched once.
pub fn find(inputs: &[PathBuf]) -> Result<Vec<Source>, Error> {
    let mut sources = Vec::new();
    let inputs = distinct(inputs);
    let is_alone = inputs.len() == 1;
    for input in inputs {
        let failed = |cause: std::io::Error| Error::Input { path: input.clone(), cause };
        if std::fs::metadata(&input).map_err(failed)?.is_file() {
            let is_archive = kind_of(&input) == Some(Kind::Archive);
            let name = if is_archive && is_alone { String::new() } else { own_name(&input) };
            sources.push(Source { name, path: input });
            continue;
        }
        for entry in WalkDir::new(&input).sort_by_file_name().into_iter().filter_entry(is_visible) {
            let entry = match entry {
                Ok(entry) => entry,
                // What cannot be listed inside an input is a file that cannot be opened; the input itself must be readable.
                Err(error) => match error.path().filter(|_| error.depth() > 0) {
                    Some(path) => {
                        sources.push(Source { name: name_below(&input, path), path: path.to_path_buf() });
                        continue;
                    }
                    None => return Err(failed(error.into())),
                },
            };
            if entry.file_type().is_file() && is_candidate(entry.path()) {
                sources.push(Source { name: name_below(&input, entry.path()), path: entry.into_path() });
            }
        }
    }
    name::number(sources.iter_mut().map(|source| &mut source.name));
    Ok(sources)
}

/// The name of a file without its folder, fit to be shown.
#[must_use]
pub fn own_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name::without_addresses(&name.to_string_lossy()))
}

/// What a file on disk is; `None` for one that cannot matter, or be opened.
#[must_use]
pub fn kind_of(path: &Path) -> Option<Kind> {
    let mut head = Vec::new();
    let result = File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
    let name = path.file_name()?.to_string_lossy();
    result.ok().and_then(|_| kind(&name, &head)).or_else(|| claimed(&name))
}

/// The path of a file below an input, with `/` on every system.
fn name_below(input: &Path, path: &Path) -> String {
    let below = path.strip_prefix(input).unwrap_or(path);
    let parts = below.components().map(|part| name::without_addresses(&part.as_os_str().to_string_lossy()));
    parts.collect::<Vec<_>>().join("/")
}

fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !name::is_hidden(&entry.file_name().to_string_lossy())
}

fn is_candidate(path: &Path) -> bool {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    claimed(&name).is_some() || kind_of(path).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    #[test]
    fn runs_are_found_by_name_or_content_and_nothing_else() {
        let folder = folder(&[
            ("b/2.GPX", b"broken"),
            ("a/1.fit.gz", b""),
            ("a/unnamed", b"<?xml version=\"1.0\"?><gpx></gpx>"),
            ("a/zipped", b"PK\x03\x04"),
            ("c.zip", b""),
            ("massage.csv", b"date,depth"),
            (".hidden/3.fit", b""),
            ("__MACOSX/._1.fit", b""),
        ]);
        let names = |inputs: &[PathBuf]| -> Vec<String> {
            find(inputs).unwrap().into_iter().map(|source| source.name).collect()
        };
        let input = folder.path().to_path_buf();
        let expected = ["a/1.fit.gz", "a/unnamed", "a/zipped", "b/2.GPX", "c.zip"];
        assert_eq!(names(std::slice::from_ref(&input)), expected);
        assert_eq!(names(&[input.clone(), input.join("a/..")]), expected);
        assert_eq!(names(&[input.join("b/2.GPX"), input.join("c.zip")]), ["2.GPX", "c.zip"]);
        assert!(matches!(find(&[input.join("absent")]), Err(Error::Input { .. })));
    }

    #[test]
    fn no_address_is_in_a_name_and_each_file_keeps_one_of_its_own() {
        let folder = folder(&[("me@host.tld/a@b.cd_1.fit", b""), ("me@host.tld/c@d.ef_1.fit", b"")]);
        let found = find(&[folder.path().to_path_buf()]).unwrap();
        assert_eq!(found[0].name, "…/…_1.fit");
        assert_eq!(found[1].name, "…/…_1 (2).fit");
        assert!(found[0].path.ends_with("me@host.tld/a@b.cd_1.fit"));
    }
}
