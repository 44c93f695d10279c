//! Input paths to the files that may hold runs.
//!
//! Folders are searched through, in order of name; hidden entries and the leavings of other systems are passed over.
//! A file whose name claims to be a run is always a candidate; any other only if its first bytes say so.

use super::detect;
use crate::error::Error;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Bytes that are enough to tell a format.
const HEAD_BYTES: u64 = 512;

/// A file that may hold runs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Path below the input as given, with `/`; what people and tables see.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// All candidates below the inputs, in order of name.
pub fn find(inputs: &[PathBuf]) -> Result<Vec<Source>, Error> {
    let mut sources = Vec::new();
    for input in inputs {
        let failed = |cause: std::io::Error| Error::Input { path: input.clone(), cause };
        if std::fs::metadata(input).map_err(failed)?.is_file() {
            let name = input.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            sources.push(Source { name, path: input.clone() });
            continue;
        }
        for entry in WalkDir::new(input).sort_by_file_name().into_iter().filter_entry(is_visible) {
            let entry = match entry {
                Ok(entry) => entry,
                // What cannot be listed inside an input is passed over; the input itself must be readable.
                Err(error) if error.depth() > 0 => continue,
                Err(error) => return Err(failed(error.into())),
            };
            if entry.file_type().is_file() && is_candidate(entry.path()) {
                sources.push(Source { name: name_below(input, entry.path()), path: entry.into_path() });
            }
        }
    }
    Ok(sources)
}

/// The path of a file below an input, with `/` on every system.
fn name_below(input: &Path, path: &Path) -> String {
    let below = path.strip_prefix(input).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn is_visible(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !(name.starts_with('.') || name == "__MACOSX")
}

fn is_candidate(path: &Path) -> bool {
    claims_to_be_run(path) || starts_like_a_run(path).unwrap_or(false)
}

/// Does the name end like that of a run file, packed or not?
fn claims_to_be_run(path: &Path) -> bool {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().to_lowercase());
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".fit", ".gpx", ".tcx"].iter().any(|end| name.ends_with(end))
}

fn starts_like_a_run(path: &Path) -> std::io::Result<bool> {
    let mut head = Vec::new();
    std::fs::File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    if head.starts_with(&[0x1f, 0x8b]) {
        let mut inside = Vec::new();
        // The head of a packed file ends in the middle, which is no error here.
        let _ = flate2::read::GzDecoder::new(&head[..]).read_to_end(&mut inside);
        return Ok(detect(&inside).is_some());
    }
    Ok(detect(&head).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn runs_are_found_by_name_or_content_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        };
        write("b/2.GPX", "broken");
        write("a/1.fit.gz", "");
        write("a/unnamed", "<?xml version=\"1.0\"?><gpx></gpx>");
        write("massage.csv", "date,depth");
        write(".hidden/3.fit", "");
        write("__MACOSX/._1.fit", "");
        let found = find(&[folder.path().to_path_buf()]).unwrap();
        let names: Vec<&str> = found.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["a/1.fit.gz", "a/unnamed", "b/2.GPX"]);
        let one = find(&[folder.path().join("b/2.GPX")]).unwrap();
        assert_eq!(one[0].name, "2.GPX");
        assert!(matches!(find(&[folder.path().join("absent")]), Err(Error::Input { .. })));
    }
}
