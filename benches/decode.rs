//! Reading and digesting real FIT files with this crate, and decoding them with fitparser alone, in one run, on one
//! thread.
//!
//! All files are in memory before the clock starts, and the two sides take turns, so that a busy machine slows
//! both. Prints the median of the rounds in MB (10^6 bytes of input) per second of processor time.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use legwork::digest::digest;
use legwork::ingest::fit;
use std::hint::black_box;
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
const ROUNDS: usize = 3;
/// Our side is so much faster that it is read several times a round, to be measured as well.
const REPEATS: u32 = 10;

fn main() {
    let files: Vec<Vec<u8>> =
        files().into_iter().filter(|bytes| digesting(bytes) && fitparser_alone(bytes)).collect();
    if files.is_empty() {
        eprintln!("skipped: no recordings below {DATA}");
        return;
    }
    let megabytes = files.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let mut rounds = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        rounds[0].push(seconds(&files, REPEATS, reading));
        rounds[1].push(seconds(&files, REPEATS, digesting));
        rounds[2].push(seconds(&files, 1, fitparser_alone));
    }
    let [reading, digesting, fitparser] = rounds.map(|seconds| megabytes / median(seconds));
    println!("{} files, {megabytes:.1} MB, {ROUNDS} rounds, one thread", files.len());
    println!("reading                {reading:8.1} MB/s, {:.1} times fitparser", reading / fitparser);
    println!("reading and digesting  {digesting:8.1} MB/s, {:.1} times fitparser", digesting / fitparser);
    println!("fitparser alone        {fitparser:8.1} MB/s");
}

/// Reading a file to columns of samples; says whether it could.
fn reading(bytes: &[u8]) -> bool {
    black_box(fit::read(black_box(bytes))).is_ok()
}

/// Reading a file and making the digest of each recording, which is all that later stages see of it.
fn digesting(bytes: &[u8]) -> bool {
    let Ok(recordings) = fit::read(black_box(bytes)) else { return false };
    for recording in &recordings {
        black_box(digest(recording, String::new(), String::new()));
    }
    true
}

/// What a program that uses fitparser alone does with a file.
fn fitparser_alone(bytes: &[u8]) -> bool {
    catch_unwind(|| black_box(fitparser::from_bytes(black_box(bytes))).is_ok()).unwrap_or(false)
}

/// Every file with FIT content below the data folder.
fn files() -> Vec<Vec<u8>> {
    walkdir::WalkDir::new(DATA)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| std::fs::read(entry.path()).ok())
        .filter(|bytes| bytes.get(8..12) == Some(b".FIT"))
        .collect()
}

/// The time of one pass over the files.
fn seconds(files: &[Vec<u8>], repeats: u32, read: fn(&[u8]) -> bool) -> f64 {
    let start = clock();
    for bytes in (0..repeats).flat_map(|_| files) {
        read(bytes);
    }
    clock().saturating_sub(start).as_secs_f64() / f64::from(repeats)
}

/// The processor time of this thread where the system tells it, else the time of day.
fn clock() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
