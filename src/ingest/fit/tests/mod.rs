//! Whole files through [`read`].

// Every expected value is the nearest one to what the file says.
#![allow(clippy::float_cmp)]

mod damage;
mod developer;
mod samples;
mod sums;

use super::testing::{BYTE, ENUM, FitFile, I8, I32, TIME, U8, U16, U32};
use super::{MAX_SUMMARIES, read};
use crate::ingest::ReadError;
use crate::model::{DeviceTotals, Lap, Pause, Recording, Samples, Sport};
use proptest::prelude::*;

/// A time of the FIT clock, and the same in ms since 1970.
const T0: i64 = 1_000_000_000;
const T0_MS: i64 = 1_631_065_600_000;

const RECORD: u16 = 20;
const SESSION: u16 = 18;
const HR: (u8, u8, u8) = (3, 1, U8);

fn one(bytes: &[u8]) -> Recording {
    let recordings = read(bytes).unwrap();
    assert_eq!(recordings.len(), 1);
    recordings.into_iter().next().unwrap()
}

fn samples(file: &FitFile) -> Samples {
    one(&file.finish()).samples
}

/// Three records with a heart rate, one a second.
fn three_records() -> FitFile {
    let file = FitFile::activity().define(0, RECORD, &[TIME, HR]);
    file.data(0, &[T0, 120]).data(0, &[T0 + 1, 121]).data(0, &[T0 + 2, 122])
}

/// A session from `T0` on, 10 s long; the sport is given.
fn session(file: FitFile, sport: i64, start: i64) -> FitFile {
    let fields = [(2, 4, U32), (5, 1, ENUM), (7, 4, U32)];
    file.define(1, SESSION, &fields).data(1, &[start, sport, 10_000])
}
