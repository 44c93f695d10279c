//! The recordings in `sample_data/` are those that the generator makes.

#[path = "../../examples/make_sample_data/generate/mod.rs"]
mod generate;

use flate2::read::GzDecoder;
use legwork::config::keys;
use legwork::massage::rules::tunables;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data");

/// Content of a file; what a compressor makes of it may change with its version.
fn content(path: &str, bytes: &[u8]) -> Vec<u8> {
    if !has_extension(path, "gz") {
        return bytes.to_vec();
    }
    let mut content = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut content).expect("sample data is sound gzip");
    content
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|end| end == extension)
}

/// Recordings of one athlete in the folder, as path below it.
fn committed_of(athlete: &str) -> Vec<String> {
    let entries = fs::read_dir(Path::new(FOLDER).join(athlete)).expect("each athlete has a folder");
    let names = entries.map(|entry| entry.expect("the folder can be listed").file_name());
    let paths = names.map(|name| format!("{athlete}/{}", name.display()));
    paths.filter(|path| !has_extension(path, "csv") && !has_extension(path, "ics")).collect()
}

fn committed() -> BTreeSet<String> {
    ["marathon-build", "club-runner", "beginner"].into_iter().flat_map(committed_of).collect()
}

#[test]
fn sample_data_is_what_the_generator_makes() {
    let made = generate::recordings();
    assert_eq!(made.keys().cloned().collect::<BTreeSet<_>>(), committed());
    for (path, bytes) in &made {
        let there = fs::read(Path::new(FOLDER).join(path)).unwrap();
        // Not assert_eq: no one reads two whole recordings as numbers.
        assert!(
            content(path, bytes) == content(path, &there),
            "{path} differs from what the generator makes"
        );
    }
}

#[test]
fn the_diary_is_what_the_generator_makes() {
    let there = fs::read_to_string(Path::new(FOLDER).join("marathon-build/diary.csv")).unwrap();
    assert_eq!(generate::diary(), there);
}

#[test]
fn sample_data_stays_small() {
    let bytes: u64 =
        committed().iter().map(|path| fs::metadata(Path::new(FOLDER).join(path)).unwrap().len()).sum();
    assert!(bytes < 8_000_000, "{bytes} bytes");
}

#[test]
fn the_config_of_sample_data_is_valid() {
    let config = legwork::config::Config::read(&Path::new(FOLDER).join(legwork::config::FILE_NAME)).unwrap();
    let ids: Vec<&str> = config.athletes.iter().map(|athlete| athlete.id.as_str()).collect();
    assert_eq!(ids, ["marathon-build", "club-runner", "beginner"]);
}

#[test]
fn the_config_of_sample_data_shows_every_key() {
    let text = fs::read_to_string(Path::new(FOLDER).join(legwork::config::FILE_NAME)).unwrap();
    let all = keys::TOP
        .iter()
        .chain(&keys::ATHLETE)
        .chain(&keys::RACE)
        .chain(&keys::GAP)
        .chain(&keys::LOAD)
        .chain(&keys::TISSUES);
    for name in all.map(|key| key.name).chain(tunables().map(|rule| rule.key)) {
        let sets = |line: &str| {
            let key = line.trim_start_matches("# ").split(" = ").next().unwrap_or_default();
            let is_table = [format!("[{name}]"), format!("[[{name}]]"), format!("[[athlete.{name}]]")];
            key.trim_matches('"') == name && line.contains(" = ") || is_table.iter().any(|table| table == key)
        };
        assert!(text.lines().any(sets), "{name}");
    }
}

/// The version of stored digests with a hash of those of the sample data. A digest that comes out different under the same
/// version would be taken from the table of an older program.
const DIGESTS: (u32, u64) = (1, 0x59fc_9d73_2563_570f);

#[test]
fn another_digest_is_another_version() {
    let folder = std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data"));
    let sources = legwork::ingest::find(&[folder]).expect("the sample is there");
    let imported = legwork::ingest::import(&sources, &legwork::ingest::Given::default(), || ());
    let bytes = postcard::to_stdvec(&imported.digests).expect("digests can be stored");
    let hash = xxhash_rust::xxh3::xxh3_64(&bytes);
    let version = legwork::ingest::cache::VERSION;
    assert_eq!((version, hash), DIGESTS, "raise cache::VERSION, and write {hash:#x} beside it");
}
