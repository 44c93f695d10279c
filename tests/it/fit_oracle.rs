//! What our reader says of each real FIT file against what trusted decoders say of it.

use legwork::ingest::{ReadError, fit};
use legwork::model::Recording;
use legwork::model::calendar::utc_text;
use std::collections::BTreeMap;
use std::path::Path;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
const DECODERS: [&str; 3] = ["fitdecode", "fitdecode-lenient", "garmin-fit-sdk"];

/// A row of the oracle: one decoder on one session.
type Row = BTreeMap<String, String>;

fn number(row: &Row, column: &str) -> Option<f64> {
    row[column].parse().ok()
}

fn rows() -> Option<Vec<Row>> {
    let table = csv::ReaderBuilder::new().delimiter(b'\t').from_path(format!("{DATA}/ORACLE.tsv"));
    let rows = table.ok()?.into_deserialize().map(|row| row.expect("the table is well formed"));
    Some(rows.filter(|row: &Row| DECODERS.contains(&row["decoder"].as_str())).collect())
}

fn read(row: &Row) -> Result<Vec<Recording>, ReadError> {
    let bytes = std::fs::read(Path::new(DATA).join(&row["path"]));
    fit::read(&bytes.expect("the table names files beside it"))
}

#[test]
fn sessions_agree_with_the_oracle() {
    let Some(rows) = rows() else {
        eprintln!("skipped: no recordings below {DATA}");
        return;
    };
    let of_sessions = |row: &&Row| row["ok/err"] == "ok" && row["basis"].starts_with("session");
    let mut n = 0;
    let mut differences = Vec::new();
    for row in rows.iter().filter(of_sessions) {
        n += 1;
        let recordings = read(row).unwrap_or_default();
        let all = recordings.iter().map(|recording| differences_of(row, recording));
        let nearest = all.min_by_key(Vec::len).unwrap_or_else(|| vec!["no recording".to_owned()]);
        if !nearest.is_empty() {
            differences.push(format!("{} {}: {}", row["path"], row["sess"], nearest.join(", ")));
        }
    }
    eprintln!("{n} sessions agree with the oracle");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(n > 400);
}

#[test]
fn no_decoder_reads_more_records() {
    let Some(rows) = rows() else {
        eprintln!("skipped: no recordings below {DATA}");
        return;
    };
    for row in rows {
        let theirs = number(&row, "n_records").unwrap_or(0.0) as usize;
        let ours: usize = match read(&row) {
            Ok(recordings) => recordings.iter().map(|recording| recording.samples.len()).sum(),
            // Courses, workouts and the like; and records of a file without one time cannot be placed.
            Err(ReadError::NotAnActivity(_)) => continue,
            Err(ReadError::NoSamples) if row["start_utc"].is_empty() => continue,
            Err(error) => panic!("{} {error}", row["path"]),
        };
        assert!(ours >= theirs, "{}: {ours} samples, {} reads {theirs}", row["path"], row["decoder"]);
    }
}

fn differences_of(row: &Row, recording: &Recording) -> Vec<String> {
    let totals = &recording.totals;
    let distance_tolerance = number(row, "distance_m").map_or(0.0, |distance| (0.005 * distance).max(20.0));
    // A heart rate of 0 means that none was measured; the oracle repeats it.
    let heart_rate = |column| number(row, column).filter(|rate| *rate > 0.0);
    let values = [
        ("distance", totals.distance_m, number(row, "distance_m"), distance_tolerance),
        ("timer", totals.timer_s, number(row, "timer_s"), 2.0),
        ("elapsed", totals.elapsed_s, number(row, "elapsed_s"), 2.0),
        ("mean heart rate", totals.avg_hr_bpm, heart_rate("avg_hr"), 1.0),
        ("highest heart rate", totals.max_hr_bpm, heart_rate("max_hr"), 1.0),
        ("ascent", totals.ascent_m, number(row, "ascent_m"), 1.0),
    ];
    let mut found: Vec<String> = values
        .into_iter()
        .filter(|(_, ours, theirs, tolerance)| match (ours, theirs) {
            (Some(ours), Some(theirs)) => (ours - theirs).abs() > *tolerance,
            (ours, theirs) => ours.is_some() || theirs.is_some(),
        })
        .map(|(name, ours, theirs, _)| format!("{name} {ours:?}, not {theirs:?}"))
        .collect();
    let start = utc_text(recording.start_ms);
    if !row["start_utc"].is_empty() && start != row["start_utc"] {
        found.push(format!("start {start}, not {}", row["start_utc"]));
    }
    found
}
