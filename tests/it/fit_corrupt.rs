//! What becomes of each broken or odd file at hand; those of GPX are in `xml_real`.

use legwork::ingest::{ReadError, fit};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/corrupt");

const NO_SUMS: &str = "has no summary; made from its samples";
const CHECKSUM: &str = "checksum is wrong; used as it is";

/// End of the file name, samples in each recording, and the remarks on the last recording.
#[rustfmt::skip]
const OUTCOMES: [(&str, &[usize], &[&str]); 23] = [
    ("__Ride_on_10_6_2026_.fit", &[5600], &[]),
    ("__activity-activity-filecrc.fit", &[14, 14], &[CHECKSUM]),
    ("__activity-filecrc.fit", &[14], &[CHECKSUM]),
    ("__activity-settings-corruptheader.fit", &[14], &["83 bytes behind the end were not read"]),
    ("__activity-settings-nodata.fit", &[14], &["a further part of the file is lost: cut off before the first sample"]),
    ("__activity-settings.fit", &[14], &[]),
    ("__activity-unexpected-eof.fit", &[14], &["cut off: 14 samples saved"]),
    ("__activity_poolswim_with_hr.fit", &[3501], &[]),
    ("__activity_truncated.fit", &[14], &[NO_SUMS]),
    ("__antfs-dump.63.fit", &[686], &[]),
    ("__compressed-speed-distance.fit", &[755], &[]),
    ("__coros-pace-2-cycling-misaligned-fields.fit", &[11_272], &[]),
    ("__coros_20251118.fit", &[7280], &[]),
    ("__elemnt-bolt-no-application-id-inside-developer-data-id.fit", &[132], &[]),
    ("__garmin-fr935-cr.fit", &[7515], &[]),
    ("__hrv-activity.fit", &[1072], &[]),
    ("__nick.fit", &[14_391], &["cut off: 14,391 samples saved", NO_SUMS]),
    ("__sample_mulitple_header.fit", &[349, 38, 854, 14, 518], &[]),
    ("__strava-android-app-201.10-b1218918.fit", &[473], &["damaged at byte 7471: 473 samples saved"]),
    ("__tpv_dev_fields_20260222.fit", &[3400], &[]),
    ("__unterminated-strings.fit", &[33], &[]),
    ("__ZeroHeaderCrc.fit", &[81], &[]),
    ("__zwift_non_utf8_20260130.fit", &[3646], &[]),
];

#[test]
fn every_broken_file_has_its_outcome() {
    let mut n_met = 0;
    for entry in walkdir::WalkDir::new(FOLDER).into_iter().filter_map(Result::ok) {
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        let read = fit::read(&bytes);
        if bytes.get(8..12) != Some(b".FIT") {
            assert_eq!(read, Err(ReadError::UnknownFormat), "{name}");
            continue;
        }
        let outcome = OUTCOMES.iter().find(|(end, ..)| name.ends_with(end));
        let (_, n_samples, remarks) = outcome.unwrap_or_else(|| panic!("{name} has no outcome here"));
        let recordings = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        let found: Vec<usize> = recordings.iter().map(|recording| recording.samples.len()).collect();
        assert_eq!(found, *n_samples, "{name}");
        let last = recordings.last().unwrap();
        assert_eq!(last.remarks, *remarks, "{name}");
        // Nothing is lost with a checksum or with bytes behind the end.
        let has_lost = |remark: &&str| ![CHECKSUM].contains(remark) && !remark.ends_with("not read");
        assert_eq!(last.is_salvaged, remarks.iter().any(has_lost), "{name}");
        n_met += 1;
    }
    if n_met == 0 {
        eprintln!("skipped: no recordings below {FOLDER}");
        return;
    }
    assert_eq!(n_met, OUTCOMES.len());
}

#[test]
fn the_memory_of_a_strap_has_what_the_watch_summed_up() {
    for (end, least) in [("__activity_poolswim_with_hr.fit", 0.9), ("__garmin-fr935-cr.fit", 0.9)] {
        let mut files = walkdir::WalkDir::new(FOLDER).into_iter().filter_map(Result::ok);
        let Some(file) = files.find(|file| file.file_name().to_string_lossy().ends_with(end)) else {
            eprintln!("skipped: no recordings below {FOLDER}");
            return;
        };
        let recordings = fit::read(&std::fs::read(file.path()).unwrap()).unwrap();
        let known: Vec<f32> =
            recordings[0].samples.hr_bpm.iter().copied().filter(|bpm| !bpm.is_nan()).collect();
        let coverage = known.len() as f64 / recordings[0].samples.len() as f64;
        assert!(coverage > least, "{end}: {coverage}");
        // The watch has summed up what the strap sent in the end; its mean leaves out the rests.
        let highest = known.iter().copied().fold(0.0, f32::max);
        assert_eq!(recordings[0].totals.max_hr_bpm, Some(f64::from(highest)), "{end}");
    }
}

/// What every decoder of the oracle reads of a broken file is the least that is read here, GPX among them.
#[test]
fn no_decoder_saves_more_of_a_broken_file() {
    let path = format!("{FOLDER}/../ORACLE.tsv");
    let Ok(table) = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(path) else {
        eprintln!("skipped: no recordings below {FOLDER}");
        return;
    };
    let mut n_compared = 0;
    for row in table.into_deserialize::<std::collections::BTreeMap<String, String>>() {
        let row = row.unwrap();
        let Some(file) = row["path"].strip_prefix("corrupt/") else { continue };
        let theirs = row["n_records"].parse::<usize>().unwrap_or(0);
        let read = legwork::ingest::read(&std::fs::read(format!("{FOLDER}/{file}")).unwrap());
        // Points without a time are counted and cannot be placed; a file of nothing else is a course.
        let ours: usize = read.iter().flatten().map(|r| r.samples.len() + r.n_untimed).sum();
        let is_course = read == Err(ReadError::Course) && row["start_utc"].is_empty();
        assert!(ours >= theirs || is_course, "{file}: {ours} samples, {} reads {theirs}", row["decoder"]);
        n_compared += 1;
    }
    assert!(n_compared > 30, "{n_compared}");
}

#[test]
fn a_file_cut_anywhere_keeps_the_records_before_the_cut() {
    let folder = format!("{FOLDER}/../history/runner-a/FIT_OUT");
    let mut files: Vec<_> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    let mut n_cut = 0;
    for path in files.iter().filter(|path| path.is_file()).step_by(20) {
        let bytes = std::fs::read(path).unwrap();
        let Ok([whole]) = fit::read(&bytes).map(|read| <[_; 1]>::try_from(read).unwrap()) else { continue };
        for tenths in [2, 5, 9] {
            let Ok(cut) = fit::read(&bytes[..bytes.len() * tenths / 10]) else { continue };
            let n = cut[0].samples.len();
            assert_eq!(cut[0].samples.time_ms, whole.samples.time_ms[..n], "{}", path.display());
            let least = whole.samples.len() * tenths / 10;
            assert!(n + whole.samples.len() / 10 >= least && cut[0].is_salvaged, "{}: {n}", path.display());
            n_cut += 1;
        }
    }
    if files.len() < 2 {
        eprintln!("skipped: no recordings below {folder}");
        return;
    }
    assert!(n_cut > 5, "{n_cut}");
}
