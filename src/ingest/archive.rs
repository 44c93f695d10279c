//! The files behind a source: itself, or the members of an archive.

use super::content::{Content, FileRead};
use super::{ReadError, Source, read};
use crate::digest::{Digest, digest};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_128;

/// What earlier runs made of contents, by their hash.
pub type Known = HashMap<String, Result<Vec<Digest>, ReadError>>;

/// Reads and digests all that is behind a source. What is known by its hash is not read again.
#[must_use]
pub fn read_source(source: &Source, known: &Known) -> Vec<FileRead> {
    let bytes = match std::fs::read(&source.path) {
        Ok(bytes) => bytes,
        Err(cause) => {
            let outcome = Err(ReadError::Io(cause.to_string()));
            return vec![FileRead { file: source.name.clone(), hash: String::new(), outcome }];
        }
    };
    vec![read_content(&bytes, &source.name, known)]
}

/// The bytes of a file by its name below the input, to read it once more.
pub fn reopen(sources: &[Source], file: &str) -> Result<Vec<u8>, ReadError> {
    let source = sources.iter().find(|source| source.name == file);
    let source = source.ok_or_else(|| ReadError::Io("it is gone".to_owned()))?;
    std::fs::read(&source.path).map_err(|cause| ReadError::Io(cause.to_string()))
}

/// Digests the recordings of one file. The `id` is the hash of the bytes, with a number for further recordings in them.
fn read_content(bytes: &[u8], file: &str, known: &Known) -> FileRead {
    let hash = format!("{:032x}", xxh3_128(bytes));
    let digests = match known.get(&hash) {
        Some(Ok(digests)) => {
            Ok(digests.iter().map(|d| Digest { file: file.to_owned(), ..d.clone() }).collect())
        }
        Some(Err(error)) => Err(error.clone()),
        None => read(bytes).map(|recordings| {
            let parts = recordings.iter().enumerate();
            parts.map(|(part, recording)| digest(recording, id_of(&hash, part), file.to_owned())).collect()
        }),
    };
    FileRead { file: file.to_owned(), hash, outcome: digests.map(Content::Recordings) }
}

/// The `id` of a recording by the hash of its file and its place in it.
#[must_use]
pub fn id_of(hash: &str, part: usize) -> String {
    if part == 0 { hash.to_owned() } else { format!("{hash}-{}", part + 1) }
}
