//! What becomes of each broken or odd FIT file at hand.

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
        let Some((_, n_samples, remarks)) = OUTCOMES.iter().find(|(end, ..)| name.ends_with(end)) else {
            continue;
        };
        let recordings = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        let found: Vec<usize> = recordings.iter().map(|recording| recording.samples.len()).collect();
        assert_eq!(found, *n_samples, "{name}");
        assert_eq!(recordings.last().unwrap().remarks, *remarks, "{name}");
        n_met += 1;
    }
    if n_met == 0 {
        eprintln!("skipped: no recordings below {FOLDER}");
        return;
    }
    assert_eq!(n_met, OUTCOMES.len());
}
