//! What earlier runs made of files, so that only new and changed ones are read.
//!
//! One file for each set of inputs holds the table of their digests, keyed by the content of each file and, so that an
//! unchanged one need not even be opened, by what the system says of it (size, times, inode). It is written whole to a
//! temporary file and renamed: of two runs at once the later one wins, and neither sees half a table. Invariant: a table that
//! is broken, of another version or gone costs time and nothing else; there is no position in it.

use super::archive::Known;
use super::content::{Content, FileRead};
use super::{ReadError, Source};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::xxh3_64;

/// Goes up whenever a digest of the same bytes comes out different, or is stored in another form.
pub const VERSION: u32 = 1;
/// What a table begins with.
const MAGIC: &[u8; 16] = b"legwork digests\n";
/// Magic, version and checksum.
const HEADER: usize = MAGIC.len() + 4 + 8;
/// A file that changed this shortly before the table was written may have changed again within a tick of its clock.
const RACY_NS: i128 = 2_000_000_000;

/// The name of the table for these inputs in the folder of tables.
#[must_use]
pub fn table_name(inputs: &[PathBuf]) -> String {
    let whole = |input: &PathBuf| input.canonicalize().unwrap_or_else(|_| input.clone());
    let paths: Vec<_> = inputs.iter().map(|input| whole(input).to_string_lossy().into_owned()).collect();
    format!("{:016x}.digests", xxh3_64(paths.join("\0").as_bytes()))
}

/// What the system says of a file: another content almost never leaves all of it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    bytes: u64,
    /// In ns since 1970-01-01T00:00:00Z.
    modified_ns: i128,
    /// Inode and time of change, where the system has them.
    identity: (u64, i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok()?;
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            (meta.ino(), meta.ctime(), meta.ctime_nsec())
        };
        #[cfg(not(unix))]
        let identity = (0, 0, 0);
        Some(Self { bytes: meta.len(), modified_ns: nanos(meta.modified().ok()?), identity })
    }
}

/// A time in ns since 1970-01-01T00:00:00Z; files may be dated before that.
fn nanos(time: SystemTime) -> i128 {
    let unsigned = |duration: Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
    time.duration_since(SystemTime::UNIX_EPOCH).map_or_else(|before| -unsigned(before.duration()), unsigned)
}

/// A source as it was, and what was behind it.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// Hash of its path.
    place: u64,
    /// Its name below the input.
    name: String,
    stamp: Stamp,
    reads: Vec<FileRead>,
}

/// The table of an earlier run, sorted out for this one.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    /// What was behind sources that have not changed since, by place and name.
    unchanged: HashMap<(u64, String), Vec<FileRead>>,
    /// What contents of other sources gave.
    pub known: Known,
    /// Why there is no table, where there should be one.
    pub problem: Option<String>,
    /// The sources as they were before they were read: a file that changes meanwhile is read again the next time.
    stamps: HashMap<(u64, String), Stamp>,
    /// How many entries the table had.
    n_entries: usize,
}

impl Remembered {
    /// Opens a table for these sources; an absent one is empty.
    pub fn open(path: Option<&Path>, sources: &[Source]) -> Self {
        let Some(path) = path else { return Self::default() };
        let stamp = |source: &Source| Some((key(source), Stamp::of(&source.path)?));
        let stamps: HashMap<(u64, String), Stamp> = sources.iter().filter_map(stamp).collect();
        let table = Self::read(path, &stamps);
        Self { stamps, ..table }
    }

    fn read(path: &Path, stamps: &HashMap<(u64, String), Stamp>) -> Self {
        let written = std::fs::metadata(path).and_then(|meta| meta.modified());
        let (Ok(bytes), Ok(written)) = (std::fs::read(path), written) else { return Self::default() };
        match decode(&bytes) {
            Ok(Some(entries)) => Self::sorted(entries, stamps, nanos(written)),
            Ok(None) => Self::default(),
            Err(problem) => Self { problem: Some(problem), ..Self::default() },
        }
    }

    fn sorted(entries: Vec<Entry>, stamps: &HashMap<(u64, String), Stamp>, written_ns: i128) -> Self {
        let mut sorted = Self { n_entries: entries.len(), ..Self::default() };
        for Entry { place, name, stamp, reads } in entries {
            let is_settled = stamp.modified_ns.saturating_add(RACY_NS) < written_ns;
            let source = (place, name);
            if is_settled && stamps.get(&source) == Some(&stamp) {
                sorted.unchanged.insert(source, reads);
            } else {
                sorted.known.extend(reads.into_iter().filter_map(by_content));
            }
        }
        sorted
    }

    /// What is behind a source, where it has not changed; it is not kept here any longer.
    pub fn take(&mut self, source: &Source) -> Option<Vec<FileRead>> {
        self.unchanged.get_mut(&key(source)).map(std::mem::take)
    }

    /// Is the table of these sources the one that was opened?
    fn is_whole(&self, n_sources: usize) -> bool {
        self.unchanged.len() == n_sources && self.n_entries == n_sources
    }
}

fn place(source: &Source) -> u64 {
    xxh3_64(source.path.as_os_str().as_encoded_bytes())
}

fn key(source: &Source) -> (u64, String) {
    (place(source), source.name.clone())
}

/// Content that is known by its hash; what the system could not read may be there the next time.
fn by_content(read: FileRead) -> Option<(String, Result<Vec<crate::digest::Digest>, ReadError>)> {
    let is_sound = read.is_sound;
    match read.outcome {
        Ok(Content::Recordings(digests)) => Some((read.hash, Ok(digests))),
        Ok(Content::List(_)) | Err(ReadError::Io(_) | ReadError::TooMuch(_)) => None,
        Err(error) => Some((read.hash, Err(error))),
    }
    .filter(|(hash, _)| is_sound && !hash.is_empty())
}

/// Would the next run perhaps read what this one could not?
fn is_of_this_run(outcome: &Result<Content, ReadError>) -> bool {
    matches!(outcome, Err(ReadError::Io(_) | ReadError::TooMuch(_)))
}

/// Writes the table of what was read, unless the one that was opened says the same already.
pub(super) fn store(
    path: &Path,
    sources: &[Source],
    reads: &[Vec<FileRead>],
    remembered: &Remembered,
) -> std::io::Result<()> {
    if remembered.is_whole(sources.len()) {
        return Ok(());
    }
    let entries: Vec<(u64, &str, Stamp, &Vec<FileRead>)> = sources
        .iter()
        .zip(reads)
        .filter(|(_, reads)| !reads.iter().any(|read| is_of_this_run(&read.outcome)))
        .filter_map(|(source, reads)| {
            let stamp = *remembered.stamps.get(&key(source))?;
            Some((place(source), source.name.as_str(), stamp, reads))
        })
        .collect();
    let body = postcard::to_stdvec(&entries).map_err(std::io::Error::other)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".digests").tempfile_in(folder)?;
    file.write_all(MAGIC)?;
    file.write_all(&VERSION.to_le_bytes())?;
    file.write_all(&xxh3_64(&body).to_le_bytes())?;
    file.write_all(&body)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The entries of a table; `None` for one of another version.
fn decode(bytes: &[u8]) -> Result<Option<Vec<Entry>>, String> {
    let broken = || "the table of earlier runs is broken and was made anew".to_owned();
    let (header, body) = bytes.split_at_checked(HEADER).ok_or_else(broken)?;
    let (magic, rest) = header.split_at(MAGIC.len());
    let (version, checksum) = rest.split_at(4);
    if magic != MAGIC {
        return Err(broken());
    }
    if version != VERSION.to_le_bytes() {
        return Ok(None);
    }
    if checksum != xxh3_64(body).to_le_bytes() {
        return Err(broken());
    }
    postcard::from_bytes(body).map(Some).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Given, Imported, find, import};
    use std::fs;

    fn gpx(day: u32) -> String {
        let points = (0..300).map(|k| {
            let latitude = 0.00003 * f64::from(k);
            format!(
                "<trkpt lat='{latitude}' lon='0'><time>2026-05-{day:02}T08:{:02}:{:02}Z</time></trkpt>",
                k / 60,
                k % 60
            )
        });
        format!("<gpx><trk><type>running</type>{}</trk></gpx>", points.collect::<String>())
    }

    struct Case {
        folder: tempfile::TempDir,
        table: PathBuf,
    }

    impl Case {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let case = Self { table: folder.path().join("cache/table"), folder };
            fs::create_dir(case.runs()).unwrap();
            case.write("1.gpx", &gpx(1));
            case.write("2.gpx", &gpx(2));
            case
        }

        fn runs(&self) -> PathBuf {
            self.folder.path().join("runs")
        }

        /// Writes a file as if it had been there for a while.
        fn write(&self, name: &str, content: &str) {
            let path = self.runs().join(name);
            fs::write(&path, content).unwrap();
            let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
            fs::File::options().append(true).open(path).unwrap().set_modified(long_ago).unwrap();
        }

        fn import(&self) -> (Imported, Vec<String>) {
            let sources = find(&[self.runs()]).unwrap();
            let remembered = Remembered::open(Some(&self.table), &sources);
            let mut unchanged: Vec<String> =
                remembered.unchanged.keys().map(|(_, name)| name.clone()).collect();
            unchanged.sort();
            let given = Given { cache: Some(&self.table), ..Given::default() };
            (import(&sources, &given, || ()), unchanged)
        }
    }

    #[test]
    fn files_of_any_date_have_a_stamp() {
        let epoch = SystemTime::UNIX_EPOCH;
        assert_eq!(nanos(epoch + Duration::from_secs(2)), 2_000_000_000);
        assert_eq!(nanos(epoch - Duration::from_millis(1)), -1_000_000);
    }

    #[test]
    fn a_second_run_reads_only_what_is_new_or_changed() {
        let case = Case::new();
        let (first, unchanged) = case.import();
        assert_eq!((first.digests.len(), unchanged.len(), first.notices.len()), (2, 0, 0));
        let (second, unchanged) = case.import();
        assert_eq!((&second, unchanged), (&first, vec!["1.gpx".to_owned(), "2.gpx".into()]));
        let table = fs::read(&case.table).unwrap();
        case.write("2.gpx", &gpx(3));
        case.write("3.gpx", &gpx(4));
        let (third, unchanged) = case.import();
        assert_eq!((third.digests.len(), unchanged), (3, vec!["1.gpx".to_owned()]));
        assert_ne!(fs::read(&case.table).unwrap(), table);
        fs::remove_file(case.runs().join("1.gpx")).unwrap();
        assert_eq!(case.import().0.digests.len(), 2);
        assert_eq!(case.import().1, ["2.gpx", "3.gpx"]);
    }

    #[test]
    fn the_table_says_what_the_files_say() {
        let case = Case::new();
        let (_, _) = case.import();
        let sources = find(&[case.runs()]).unwrap();
        assert_eq!(case.import().0, import(&sources, &Given::default(), || ()));
    }

    #[test]
    fn a_broken_table_is_made_anew_and_said() {
        let case = Case::new();
        let (first, _) = case.import();
        let whole = fs::read(&case.table).unwrap();
        for at in [3, HEADER - 3, whole.len() - 3] {
            let mut broken = whole.clone();
            broken[at] ^= 1;
            fs::write(&case.table, broken).unwrap();
            let (again, unchanged) = case.import();
            assert_eq!((again.digests, unchanged.len()), (first.digests.clone(), 0), "byte {at}");
            assert!(again.problem.unwrap().contains("made anew"), "byte {at}");
            assert_eq!(again.notices, first.notices);
        }
        fs::write(&case.table, &whole[..20]).unwrap();
        assert!(case.import().0.problem.is_some());
        assert_eq!(fs::read(&case.table).unwrap(), whole);
        // Another version is none of the user's business.
        let mut older = whole.clone();
        older[MAGIC.len()] ^= 1;
        fs::write(&case.table, older).unwrap();
        assert_eq!(case.import().0.problem, None);
    }

    #[test]
    fn a_file_under_another_name_is_known_by_its_content() {
        let case = Case::new();
        case.import();
        fs::rename(case.runs().join("2.gpx"), case.runs().join("0.gpx")).unwrap();
        let sources = find(&[case.runs()]).unwrap();
        let remembered = Remembered::open(Some(&case.table), &sources);
        let bytes = fs::read(case.runs().join("0.gpx")).unwrap();
        let hash = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&bytes));
        assert!(remembered.known[&hash].is_ok());
        let (found, _) = case.import();
        assert!(found.digests.iter().any(|digest| digest.file == "0.gpx"));
    }

    #[test]
    fn two_runs_at_once_leave_a_whole_table() {
        let case = Case::new();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(case.import().0.digests.len(), 2));
            }
        });
        assert_eq!(case.import().1.len(), 2);
    }
}
