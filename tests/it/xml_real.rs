//! Every real GPX and TCX file against what trusted decoders say of it.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests, which may fail and print")]

use legwork::ingest::{ReadError, read, unpack};
use legwork::model::{Format, Recording, Samples, calendar};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;
use walkdir::WalkDir;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");

/// What the oracle says of one file; `None` where its decoder has no value.
#[derive(Deserialize)]
struct Row {
    path: String,
    #[serde(rename = "ok/err")]
    outcome: String,
    start_utc: String,
    n_records: Option<usize>,
    distance_m: Option<f64>,
    timer_s: Option<f64>,
    elapsed_s: Option<f64>,
    avg_hr: Option<f64>,
    max_hr: Option<f64>,
    rec_avg_hr: Option<f64>,
    rec_last_dist_m: Option<f64>,
    rec_span_s: Option<f64>,
    basis: String,
}

/// Compares a recording with its row and gathers the names of the values that differ.
struct Comparison<'a> {
    row: &'a Row,
    differs: Vec<&'static str>,
}

impl Comparison<'_> {
    /// Both absent, or within the tolerance. A sum of 0 is what a TCX without that value holds.
    fn near(&mut self, name: &'static str, ours: Option<f64>, theirs: Option<f64>, tolerance: f64) {
        let agrees = match (ours, theirs) {
            (Some(ours), Some(theirs)) => (ours - theirs).abs() <= tolerance,
            (ours, theirs) => ours.or(theirs).is_none_or(|value| value == 0.0),
        };
        if !agrees {
            self.differs.push(name);
        }
    }

    fn recording(&mut self, recording: &Recording) {
        let (row, samples) = (self.row, &recording.samples);
        let n_untimed = n_untimed(recording);
        if Some(samples.len() + n_untimed) != row.n_records {
            self.differs.push("records");
        }
        if calendar::utc_text(recording.start_ms) != row.start_utc.replace("(naive)", "Z") {
            self.differs.push("start");
        }
        if recording.format == Format::Tcx {
            let totals = &recording.totals;
            self.near("distance", totals.distance_m, row.distance_m, row.distance_m.unwrap_or(0.0) * 0.005);
            self.near("timer", totals.timer_s, row.timer_s, 2.0);
            self.near("elapsed", totals.elapsed_s, row.elapsed_s, 2.0);
            self.near("mean heart rate", totals.avg_hr_bpm, row.avg_hr, 1.0);
            self.near("highest heart rate", totals.max_hr_bpm, row.max_hr, 1.0);
            self.near("heart rate of the samples", mean(&samples.hr_bpm), row.rec_avg_hr, 1.0);
            self.near("last distance", last(&samples.distance_m), row.rec_last_dist_m, 1.0);
            self.near("span", span_s(samples), row.rec_span_s, 2.0);
        } else {
            self.near("mean heart rate", mean(&samples.hr_bpm), row.avg_hr, 1.0);
            self.near("highest heart rate", highest(&samples.hr_bpm), row.max_hr, 1.0);
            self.near("span", span_s(samples), row.elapsed_s, 2.0);
            // The oracle measures the way through points without a time too, which no recording has.
            if n_untimed == 0 {
                let tolerance = row.distance_m.map_or(0.0, |distance| (distance * 0.005).max(20.0));
                self.near("distance", Some(length_m(samples)), row.distance_m, tolerance);
            }
        }
    }
}

/// Files that differ from the oracle, by the end of their name, with the values that do.
const EXCEPTIONS: [(&str, &[&str]); 3] = [
    // Pauses are written as points at latitude 100 and 200, which the oracle takes for places.
    ("legacy_gpx_pause_resume.gpx", &["distance"]),
    // The distances are from point to point, so the last one is not that of the run.
    ("20200103_intervals.tcx", &["last distance"]),
    // The first point lies in the year 7589 and the 2209 others in 1970: the start is theirs.
    ("9223370263578564807.gpx", &["start"]),
];

/// Files of several activities, which the oracle takes for one: their tracks are hours or days apart, or of several types.
const SPLIT: [(&str, usize); 2] = [("caltopo-export.gpx", 2), ("timezero.gpx", 2)];

#[test]
fn every_file_agrees_with_the_oracle() {
    let Some(oracle) = oracle() else { return };
    let mut n_compared = 0;
    for path in files_below("") {
        let Some(row) = oracle.get(&path) else { panic!("{path} is not in the oracle") };
        match read(&bytes_of(&path)) {
            Ok(recordings) if row.outcome == "ok" => {
                let split = SPLIT.iter().find(|(name, _)| path.ends_with(name));
                assert_eq!(recordings.len(), split.map_or(1, |(_, n)| *n), "{path}");
                if split.is_some() {
                    let n: usize = recordings.iter().map(|r| r.samples.len() + r.n_untimed).sum();
                    assert_eq!(Some(n), row.n_records, "{path}");
                    continue;
                }
                let recording = &recordings[0];
                let mut comparison = Comparison { row, differs: Vec::new() };
                comparison.recording(recording);
                let expected = EXCEPTIONS.iter().find(|(name, _)| path.ends_with(name));
                assert_eq!(comparison.differs, expected.map_or(&[][..], |(_, differs)| differs), "{path}");
                n_compared += 1;
            }
            Ok(_) => assert!(REPAIRED.iter().any(|name| path.ends_with(name)), "{path}"),
            Err(ReadError::OnlyOther(what)) if what == "workouts" => {
                assert!(path.contains("/Workout"), "{path}");
            }
            Err(error) => assert_eq!(error, expected_error(row), "{path}"),
        }
    }
    assert!(n_compared > 1000, "only {n_compared} files");
}

/// Files that the oracle's decoder gives up and we read; what we read is tested below.
const REPAIRED: [&str; 2] = ["with_accuracy.gpx", "invalid-lon-lat-missing.gpx"];

/// Why a file is no recording: it has a route or points without times, waypoints alone, or no points at all.
fn expected_error(row: &Row) -> ReadError {
    let has_points = row.n_records != Some(0);
    let has_route = row.basis.contains(" rte") && !row.basis.contains(" 0 rte");
    if row.start_utc.is_empty() && (has_points || has_route) {
        ReadError::Course
    } else if row.basis.contains(" 0 trk") && !row.basis.contains(" 0 wpt") {
        ReadError::OnlyOther("waypoints".into())
    } else {
        ReadError::NoSamples
    }
}

#[test]
fn every_corrupt_gpx_has_its_outcome() {
    if oracle().is_none() {
        return;
    }
    let outcomes = [
        ("timezero.gpx", Ok(6)),
        ("with_accuracy.gpx", Ok(3)),
        // A course with power: its undeclared prefix is no reason to refuse it, its lack of times is.
        ("with_power_2.gpx", Err(ReadError::Course)),
        ("9223370263578564807.gpx", Ok(2210)),
        ("empty-trkseg.gpx", Err(ReadError::NoSamples)),
        ("invalid-lon-lat-missing.gpx", Ok(4)),
        ("gpx1.1_with_extensions_without_namespaces.gpx", Err(ReadError::OnlyOther("waypoints".into()))),
        ("track-with-empty-segment.gpx", Ok(9)),
        ("unicode_with_bom.gpx", Err(ReadError::OnlyOther("waypoints".into()))),
    ];
    let paths = files_below("corrupt/gpx");
    assert_eq!(paths.len(), outcomes.len());
    for (name, expected) in outcomes {
        let path = paths.iter().find(|path| path.ends_with(name)).unwrap();
        let count =
            |recordings: Vec<Recording>| recordings.iter().map(|recording| recording.samples.len()).sum();
        let n_samples: Result<usize, _> = read(&bytes_of(path)).map(count);
        assert_eq!(n_samples, expected, "{name}");
    }
}

#[test]
fn nothing_corrupt_panics_whole_or_cut() {
    if oracle().is_none() {
        return;
    }
    for entry in WalkDir::new(Path::new(DATA).join("corrupt")).into_iter().flatten() {
        if entry.file_type().is_file() {
            let bytes = std::fs::read(entry.path()).unwrap();
            let _ = read(&bytes);
            let _ = read(&bytes[..bytes.len() / 2]);
        }
    }
}

#[test]
fn a_file_cut_anywhere_keeps_the_points_before_the_cut() {
    if oracle().is_none() {
        return;
    }
    for path in files_below("history/runner-b").iter().step_by(40) {
        let packed = bytes_of(path);
        let content = unpack(&packed, u64::MAX - 1).unwrap().content;
        let whole = &read(&content).unwrap()[0];
        for tenths in [3, 5, 9] {
            let cut = &read(&content[..content.len() * tenths / 10]).unwrap()[0];
            let n = cut.samples.len();
            assert!(
                n.abs_diff(whole.samples.len() * tenths / 10) < whole.samples.len() / 20 + 3,
                "{path}: {n}"
            );
            assert_eq!(cut.samples.time_ms, whole.samples.time_ms[..n]);
            assert!(cut.remarks[0].starts_with(&format!("damaged after {n} points")));
        }
        let cut = &read(&packed[..packed.len() / 2]).unwrap()[0];
        assert!(cut.samples.len() > whole.samples.len() / 4, "{path}: {}", cut.samples.len());
        assert!(cut.remarks[1].starts_with("its packing is damaged"));
    }
}

/// The rows of the oracle by path; `None`, with a word on why, where the recordings are not at hand.
fn oracle() -> Option<HashMap<String, Row>> {
    let path = Path::new(DATA).join("ORACLE.tsv");
    if !path.exists() {
        eprintln!("skipped: no recordings beside the package");
        return None;
    }
    let mut table = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(path).unwrap();
    let mut rows = HashMap::new();
    for row in table.deserialize::<Row>().map(Result::unwrap) {
        // A file that one decoder refuses and another reads has a row of each, the better one last.
        rows.insert(row.path.clone(), row);
    }
    Some(rows)
}

/// The GPX and TCX files below a folder of the recordings, packed or not, as the oracle names them.
fn files_below(folder: &str) -> Vec<String> {
    let entries = WalkDir::new(Path::new(DATA).join(folder)).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.unwrap().path().strip_prefix(DATA).unwrap().to_owned());
    paths
        .map(|path| path.to_str().unwrap().to_owned())
        .filter(|path| [".gpx", ".tcx"].iter().any(|end| path.trim_end_matches(".gz").ends_with(end)))
        .collect()
}

fn bytes_of(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(DATA).join(path)).unwrap()
}

/// The points that a remark says were left out.
fn n_untimed(recording: &Recording) -> usize {
    let counts =
        recording.remarks.iter().filter_map(|text| text.strip_prefix("points without a time, left out: "));
    counts.map(|count| count.parse::<usize>().unwrap()).sum()
}

fn mean(column: &[f32]) -> Option<f64> {
    let values: Vec<f64> = column.iter().filter(|value| !value.is_nan()).map(|&value| value.into()).collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn highest(column: &[f32]) -> Option<f64> {
    column.iter().copied().filter(|value| !value.is_nan()).reduce(f32::max).map(f64::from)
}

fn last(column: &[f64]) -> Option<f64> {
    column.iter().copied().rfind(|value| !value.is_nan())
}

fn span_s(samples: &Samples) -> Option<f64> {
    let (first, last) = (samples.time_ms.iter().min()?, samples.time_ms.iter().max()?);
    Some((last - first) as f64 / 1000.0)
}

/// The way along the positions in m, not across breaks between segments.
fn length_m(samples: &Samples) -> f64 {
    let radians = |i: usize| (samples.lat_deg[i].to_radians(), samples.lon_deg[i].to_radians());
    let mut length_m = 0.0;
    let mut before = None;
    for i in 0..samples.lat_deg.len() {
        if samples.segment_starts.contains(&i) {
            before = None;
        }
        let here = radians(i);
        if here.0.is_nan() {
            continue;
        }
        if let Some((lat, lon)) = before.replace(here) {
            let (lat_half, lon_half): (f64, f64) = ((here.0 - lat) / 2.0, (here.1 - lon) / 2.0);
            let h = lat_half.sin().powi(2) + here.0.cos() * lat.cos() * lon_half.sin().powi(2);
            length_m += 2.0 * 6_371_008.8 * h.sqrt().min(1.0).asin();
        }
    }
    length_m
}
