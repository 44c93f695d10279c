//! What an import keeps of all files, bounded.
//!
//! Input are files as they are read, from any thread and in any order, output are those that come first by name, as far as
//! the limits go. Invariant: the outcome does not depend on the order of arrival, and no more is held than the limits and
//! what is being read allow.

use super::content::{Content, FileRead};
use super::export::{List, Summary};
use super::limits::{KEPT, MAX_ROWS, MAX_RUNS, MIB};
use super::{Known, ReadError, Source, archive, limits};
use crate::digest::Digest;
use std::collections::BTreeMap;
use std::mem::{size_of, size_of_val};
use std::sync::{Mutex, PoisonError};

/// Everything behind sources, in order of name; what is over the limits is an error of its file.
#[must_use]
pub fn read_all(sources: &[Source]) -> Vec<FileRead> {
    let kept = Kept::new(Weight::MOST);
    let all: Vec<(usize, &Source)> = sources.iter().enumerate().collect();
    archive::read_sources(&all, &Known::new(), &limits::LIMITS, &|at, read| kept.put(at, read), &|| ());
    kept.by_source(sources.len()).into_iter().flatten().collect()
}

/// Files by name, as long as there is room for them.
pub struct Kept {
    most: Weight,
    held: Mutex<Held>,
}

/// A file by its name, its source, its hash and how many came before.
type Key = (String, usize, String, usize);

#[derive(Default)]
struct Held {
    reads: BTreeMap<Key, FileRead>,
    n_put: usize,
    weight: Weight,
    /// Files of this name and behind it are not kept.
    end: Option<String>,
    /// The first file that is not kept of each source, and how many there are.
    over: BTreeMap<usize, (String, usize)>,
}

impl Kept {
    /// With room for so much.
    pub fn new(most: Weight) -> Self {
        Self { most, held: Mutex::default() }
    }

    /// Takes what one file of a source gave.
    pub fn put(&self, source: usize, read: FileRead) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let held = &mut *held;
        if held.end.as_ref().is_some_and(|end| read.file >= *end) {
            held.leave_out(source, read.file);
            return;
        }
        let weight = Weight::of(&read);
        held.weight = Weight {
            bytes: held.weight.bytes + weight.bytes,
            recordings: held.weight.recordings + weight.recordings,
            rows: held.weight.rows + weight.rows,
        };
        let key = (read.file.clone(), source, read.hash.clone(), held.n_put);
        held.n_put += 1;
        held.reads.insert(key, read);
        // What was let go once is never taken again, so that the end is where it would be had all come in order.
        while held.weight.is_over(&self.most) || held.has_end() {
            let Some(((file, source, ..), last)) = held.reads.pop_last() else { break };
            let weight = Weight::of(&last);
            held.weight.bytes -= weight.bytes;
            held.weight.recordings -= weight.recordings;
            held.weight.rows -= weight.rows;
            held.leave_out(source, file.clone());
            held.end = Some(file);
        }
    }

    /// What was kept of each of so many sources, in order of name.
    pub fn by_source(self, n: usize) -> Vec<Vec<FileRead>> {
        let held = self.held.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut sources: Vec<Vec<FileRead>> = (0..n).map(|_| Vec::new()).collect();
        for ((_, source, ..), read) in held.reads {
            sources[source].push(read);
        }
        for (source, (file, n)) in held.over {
            let outcome = Err(ReadError::TooMuch(n - 1));
            sources[source].push(FileRead { file, hash: String::new(), is_sound: false, outcome });
        }
        sources
    }
}

impl Held {
    /// Is the last file one of those that are not kept?
    fn has_end(&self) -> bool {
        let last = self.reads.last_key_value();
        last.zip(self.end.as_ref()).is_some_and(|(((file, ..), _), end)| file >= end)
    }

    fn leave_out(&mut self, source: usize, file: String) {
        let over = self.over.entry(source).or_insert_with(|| (file.clone(), 0));
        over.1 += 1;
        if file < over.0 {
            over.0 = file;
        }
    }
}

impl ReadError {
    /// What is said of files that are over the limits, `others` of them behind the first.
    pub(super) fn too_much(others: usize) -> String {
        let others = match others {
            0 => String::new(),
            n => format!(" with {n} that come after it"),
        };
        format!(
            "was left out{others}: with the files before it by name it comes to more than {} MiB, {MAX_RUNS} recordings or {MAX_ROWS} rows, the most that is \
             kept of one runner; give fewer files, or with --squad a folder of each runner",
            KEPT / MIB
        )
    }
}

/// What files take.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weight {
    /// Bytes in memory.
    pub bytes: u64,
    /// Recordings.
    pub recordings: usize,
    /// Rows of lists.
    pub rows: usize,
}

impl Weight {
    /// The most that is kept of one runner.
    pub const MOST: Self = Self { bytes: KEPT, recordings: MAX_RUNS, rows: MAX_ROWS };

    fn of(read: &FileRead) -> Self {
        let (content, recordings, rows) = match &read.outcome {
            Ok(Content::Recordings(digests)) => (digests.iter().map(of_digest).sum(), digests.len(), 0),
            Ok(Content::List(list)) => (of_list(list), 0, list.activities.len()),
            Err(_) => (64, 0, 0),
        };
        let name = size_of::<Key>() + 2 * (read.file.len() + read.hash.len());
        Self { bytes: (size_of::<FileRead>() + name + content) as u64, recordings, rows }
    }

    fn is_over(&self, most: &Self) -> bool {
        self.bytes > most.bytes || self.recordings > most.recordings || self.rows > most.rows
    }
}

fn of_list(list: &List) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let row = |row: &Summary| size_of::<Summary>() + row.id.len() + text(&row.file) + text(&row.title);
    list.activities.iter().map(row).sum::<usize>() + list.remarks.iter().map(of_text).sum::<usize>()
}

fn of_text(text: impl AsRef<str>) -> usize {
    size_of::<String>() + text.as_ref().len()
}

fn of_digest(digest: &Digest) -> usize {
    let texts = [&digest.title, &digest.device, &digest.recorder, &digest.power_source];
    let texts = texts.into_iter().flatten().chain([&digest.id, &digest.file]).chain(&digest.remarks);
    let seconds = [&digest.hr_histogram, &digest.speed_histogram, &digest.power_histogram];
    let best = [&digest.best_speed_mps, &digest.best_hr_bpm, &digest.best_power_w];
    let numbers =
        seconds.map(|histogram| &histogram.seconds).into_iter().chain(best).map(|values| of_values(values));
    let shape = of_values(&digest.shape.speed_mmps) + of_values(&digest.shape.hr_bpm);
    let lists = [
        of_values(&digest.fastest),
        of_values(&digest.surges),
        of_values(&digest.climbs),
        of_values(&digest.steady),
        of_values(&digest.terrain),
        of_values(&digest.laps),
        of_values(&digest.quality.channels),
        shape,
    ];
    size_of::<Digest>()
        + texts.map(of_text).sum::<usize>()
        + numbers.sum::<usize>()
        + lists.iter().sum::<usize>()
}

fn of_values<T>(values: &[T]) -> usize {
    size_of_val(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(file: &str) -> FileRead {
        FileRead { file: file.into(), hash: String::new(), is_sound: false, outcome: Err(ReadError::Empty) }
    }

    fn rows(file: &str, n: usize) -> FileRead {
        let mut list = crate::ingest::export::read("a.csv", &mut &b"date,distance_km\n2026-05-31,5\n"[..]);
        let mut list = list.take().and_then(Result::ok).unwrap();
        list.activities = vec![list.activities[0].clone(); n];
        FileRead { outcome: Ok(Content::List(list)), ..failed(file) }
    }

    #[test]
    fn what_comes_first_by_name_is_kept_whatever_comes_first() {
        let files = [("a", 6), ("b", 6), ("c", 4), ("d", 0), ("e", 1)];
        let mut order: Vec<usize> = (0..files.len()).collect();
        for shift in 0..20 {
            let kept = Kept::new(Weight { rows: 10, ..Weight::MOST });
            order.rotate_left(shift % 5);
            order.swap(shift % 3, 4);
            for at in &order {
                kept.put(usize::from(*at > 0), rows(files[*at].0, files[*at].1));
            }
            let [first, rest] = <[_; 2]>::try_from(kept.by_source(2)).unwrap();
            assert_eq!(first, [rows("a", 6)]);
            assert_eq!(rest, [FileRead { outcome: Err(ReadError::TooMuch(3)), ..failed("b") }], "{order:?}");
        }
    }

    #[test]
    fn bytes_count_as_activities_do_and_what_fits_is_kept() {
        let one = Weight::of(&rows("a", 100)).bytes;
        for (bytes, n) in [(2 * one, 2), (2 * one - 1, 1)] {
            let kept = Kept::new(Weight { bytes, ..Weight::MOST });
            kept.put(0, rows("b", 100));
            kept.put(0, rows("a", 100));
            let reads = kept.by_source(1).remove(0);
            assert_eq!(reads.iter().filter(|read| read.outcome.is_ok()).count(), n);
            assert_eq!(reads.len(), 2);
        }
    }
}
