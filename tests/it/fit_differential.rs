//! Our reader of FIT samples against fitparser, value by value, on every real file at hand.

// Equal means equal here: both sides divide the same stored number by the same scale.
#![allow(clippy::float_cmp)]

use fitparser::de::DecodeOption;
use fitparser::profile::MesgNum;
use fitparser::{FitDataRecord, Value};
use legwork::ingest::{ReadError, fit};
use legwork::model::Samples;
use rayon::prelude::*;
use std::collections::HashSet;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");

/// Columns that other messages and developer fields may fill where the record has no value.
const FILLED: [&str; 8] =
    ["hr", "power", "cadence", "stance", "vertical oscillation", "distance", "speed", "step length"];

/// Every file with FIT content, whatever its name.
fn real_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(DATA)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .filter(|path| std::fs::read(path).is_ok_and(|bytes| bytes.get(8..12) == Some(b".FIT")))
        .collect();
    files.sort();
    files
}

#[derive(Debug, Default)]
struct Tally {
    n_files: usize,
    n_records: usize,
    n_refused: usize,
    n_other_kinds: usize,
    differences: Vec<String>,
}

impl Tally {
    fn plus(mut self, other: Self) -> Self {
        self.n_files += other.n_files;
        self.n_records += other.n_records;
        self.n_refused += other.n_refused;
        self.n_other_kinds += other.n_other_kinds;
        self.differences.extend(other.differences);
        self
    }
}

#[test]
fn every_column_equals_what_fitparser_reads() {
    let files = real_files();
    if files.is_empty() {
        eprintln!("skipped: no recordings below {DATA}");
        return;
    }
    let tally = files.par_iter().map(|path| compare(path)).reduce(Tally::default, Tally::plus);
    eprintln!(
        "{} files with {} records equal; fitparser refuses {}, {} are no activities",
        tally.n_files - tally.differences.len(),
        tally.n_records,
        tally.n_refused,
        tally.n_other_kinds
    );
    assert!(tally.differences.is_empty(), "{}", tally.differences.join("\n"));
    assert!(tally.n_files > 200 && tally.n_records > 500_000);
}

fn compare(path: &Path) -> Tally {
    let bytes = std::fs::read(path).expect("the file was just found");
    // The option keeps the plain fields beside the enhanced ones made from them, so that both can be told apart.
    let options = HashSet::from([DecodeOption::KeepCompositeFields]);
    let decode = || fitparser::de::from_bytes_with_options(&bytes, &options);
    let Ok(Ok(messages)) = catch_unwind(decode) else {
        return Tally { n_refused: 1, ..Tally::default() };
    };
    let recordings = match fit::read(&bytes) {
        Err(ReadError::NotAnActivity(_)) => return Tally { n_other_kinds: 1, ..Tally::default() },
        read => read.unwrap_or_default(),
    };
    let doubts_checksum =
        recordings.iter().flat_map(|recording| &recording.remarks).any(|remark| remark.contains("wrong"));
    let ours: Vec<Samples> = recordings.into_iter().map(|recording| recording.samples).collect();
    // A record before the first time of a file cannot be placed; we leave it out.
    let theirs: Vec<FitDataRecord> = messages
        .into_iter()
        .skip_while(|message| time_s(message).is_none())
        .filter(|message| message.kind() == MesgNum::Record)
        .collect();
    let difference = doubts_checksum.then(|| "the checksum is right".to_owned());
    let difference = difference
        .or_else(|| first_difference(&ours, &theirs))
        .map(|what| format!("{}: {what}", path.display()));
    Tally {
        n_files: 1,
        n_records: theirs.len(),
        differences: difference.into_iter().collect(),
        ..Tally::default()
    }
}

fn first_difference(ours: &[Samples], theirs: &[FitDataRecord]) -> Option<String> {
    let n: usize = ours.iter().map(Samples::len).sum();
    if n != theirs.len() {
        return Some(format!("{n} samples, not {}", theirs.len()));
    }
    let rows = ours.iter().flat_map(|samples| (0..samples.len()).map(move |i| Row::of(samples, i)));
    rows.zip(theirs).enumerate().find_map(|(i, (row, record))| {
        let expected = Row::of_fitparser(record);
        row.difference(&expected).map(|what| format!("record {i}: {what}"))
    })
}

/// One sample; NaN is "not recorded" on both sides.
struct Row {
    time_s: Option<i64>,
    values: [(&'static str, f64); 14],
    has_packed_field: bool,
}

impl Row {
    fn of(samples: &Samples, i: usize) -> Self {
        let wide = |column: &[f64]| column.get(i).copied().unwrap_or(f64::NAN);
        let narrow = |column: &[f32]| column.get(i).map_or(f64::NAN, |value| f64::from(*value));
        let values = [
            ("lat", wide(&samples.lat_deg)),
            ("lon", wide(&samples.lon_deg)),
            ("distance", wide(&samples.distance_m)),
            ("altitude", narrow(&samples.altitude_m)),
            ("speed", narrow(&samples.speed_mps)),
            ("hr", narrow(&samples.hr_bpm)),
            ("cadence", narrow(&samples.cadence_rpm)),
            ("power", narrow(&samples.power_w)),
            ("step length", narrow(&samples.step_length_mm)),
            ("stance", narrow(&samples.stance_ms)),
            ("stance balance", narrow(&samples.stance_balance_pct)),
            ("vertical oscillation", narrow(&samples.vertical_oscillation_mm)),
            ("vertical ratio", narrow(&samples.vertical_ratio_pct)),
            ("temperature", narrow(&samples.temperature_c)),
        ];
        Self { time_s: Some(samples.time_ms[i] / 1000), values, has_packed_field: false }
    }

    fn of_fitparser(record: &FitDataRecord) -> Self {
        let all = |name: &str| -> Vec<f64> {
            let fields = record.fields().iter().filter(|field| field.name() == name);
            fields.filter_map(|field| field.value().clone().try_into().ok()).collect()
        };
        let one = |name: &str| all(name).first().copied().unwrap_or(f64::NAN);
        let narrow = |name: &str| narrowed(one(name));
        // Where a record has both fields, fitparser gives two of the enhanced name in random order, one of them
        // made from the plain one; the other is the field that we prefer.
        let enhanced = |plain: &str, name: &str| {
            let (plain, mut found) = (one(plain), all(name));
            if found.len() > 1 {
                let made = found.iter().position(|value| *value == plain);
                found.remove(made.expect("one of the two is made from the plain field"));
            }
            narrowed(found.first().copied().unwrap_or(plain))
        };
        let degrees = |name: &str| one(name) * (180.0 / 2_147_483_648.0);
        let fraction = Some(one("fractional_cadence")).filter(|value| !value.is_nan()).unwrap_or(0.0);
        let values = [
            ("lat", degrees("position_lat")),
            ("lon", degrees("position_long")),
            ("distance", one("distance")),
            ("altitude", enhanced("altitude", "enhanced_altitude")),
            ("speed", enhanced("speed", "enhanced_speed")),
            ("hr", narrow("heart_rate")),
            ("cadence", narrowed(one("cadence") + fraction)),
            ("power", narrow("power")),
            ("step length", narrow("step_length")),
            ("stance", narrow("stance_time")),
            ("stance balance", narrow("stance_time_balance")),
            ("vertical oscillation", narrow("vertical_oscillation")),
            ("vertical ratio", narrow("vertical_ratio")),
            ("temperature", narrow("temperature")),
        ];
        let has_packed_field =
            record.fields().iter().any(|field| field.name() == "compressed_speed_distance");
        Self { time_s: time_s(record), values, has_packed_field }
    }

    fn difference(&self, expected: &Self) -> Option<String> {
        // fitparser gives a record without a time none; we give it the newest time stated before it.
        if expected.time_s.is_some() && expected.time_s != self.time_s {
            return Some(format!("time {:?}, not {:?}", self.time_s, expected.time_s));
        }
        self.values.iter().zip(&expected.values).find_map(|((name, ours), (_, theirs))| {
            // What we fill from developer fields and from the memory of a strap is no field of the record.
            let is_filled = theirs.is_nan() && FILLED.contains(name);
            // fitparser adds up the 12-bit counter of distance without its roll-over.
            let is_known_wrong = *name == "distance" && expected.has_packed_field;
            let is_equal = ours == theirs || (ours.is_nan() && theirs.is_nan());
            let is_position = *name == "lat" || *name == "lon";
            let is_equal = is_equal || is_position && (ours - theirs).abs() < 1e-12;
            (!is_equal && !is_known_wrong && !is_filled).then(|| format!("{name} {ours}, not {theirs}"))
        })
    }
}

/// The time of a message in s since 1970-01-01T00:00:00Z.
fn time_s(message: &FitDataRecord) -> Option<i64> {
    message.fields().iter().find_map(|field| match field.value() {
        Value::Timestamp(time) if field.number() == 253 => Some(time.timestamp()),
        _ => None,
    })
}

/// A value as our columns hold it.
fn narrowed(value: f64) -> f64 {
    f64::from(value as f32)
}
