//! Headers, chains, breaks and hostile bytes.

use super::*;

#[test]
fn other_kinds_of_file_are_named() {
    let kind = |file_type| read(&FitFile::of_type(file_type).finish()).unwrap_err();
    assert_eq!(kind(2), ReadError::NotAnActivity("settings".to_owned()));
    assert_eq!(kind(49), ReadError::NotAnActivity("type 49".to_owned()));
    assert_eq!(kind(4), ReadError::NoSamples);
    let stub = read(b"\x0c\x10\0\0\0\0\0\0.FIT").unwrap_err();
    assert_eq!(stub.to_string(), "is damaged at byte 0: a header without records");
    assert_eq!(read(b""), Err(ReadError::Empty));
    assert_eq!(read(b"PK\x03\x04 and so on"), Err(ReadError::UnknownFormat));
}

#[test]
fn chained_files_are_read_one_by_one() {
    let first = session(three_records(), 1, T0).finish();
    let settings = FitFile::of_type(2).finish();
    let second = session(FitFile::activity(), 11, T0 + 100).finish();
    let recordings = read(&[first.clone(), settings, second].concat()).unwrap();
    let told: Vec<_> =
        recordings.iter().map(|recording| (recording.sport, recording.samples.len())).collect();
    assert_eq!(told, [(Sport::Running, 3), (Sport::Walking, 0)]);
    assert_eq!(one(&[first.clone(), vec![0; 7]].concat()).remarks, [""; 0]);
    assert_eq!(one(&[first, vec![7; 7]].concat()).remarks, ["7 bytes behind the end were not read"]);
}

#[test]
fn headers_of_any_length_are_accepted_and_impossible_ones_refused() {
    let file = session(three_records(), 1, T0);
    let n = file.finish().len() - 16;
    for header in [12, 14, 20] {
        let recording = one(&file.finish_with(header, n));
        assert_eq!((recording.samples.len(), recording.remarks.len()), (3, 0));
    }
    for header in [3, 255] {
        let mut bytes = file.finish();
        bytes[0] = header;
        assert!(matches!(read(&bytes), Err(ReadError::Damaged { offset: 0, .. })));
    }
    let mut bytes = file.finish();
    bytes[0] = 12; // The checksum of the header is now taken for a message.
    assert!(matches!(read(&bytes), Err(ReadError::Damaged { .. })));
}

#[test]
fn broken_files_keep_every_whole_message() {
    let file = session(three_records(), 1, T0);
    let whole = file.finish();
    let n = whole.len() - 16;
    let check = |bytes: &[u8], n_samples: usize, remark: &str| {
        let recording = one(bytes);
        assert_eq!(recording.samples.len(), n_samples);
        assert_eq!(recording.remarks.first().map(String::as_str), Some(remark));
    };
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    check(&flipped, 3, "checksum is wrong; used as it is");
    check(&whole[..whole.len() - 1], 3, "cut off before its checksum; used as it is");
    check(&file.finish_with(14, 0), 3, "never closed by the device: 3 samples saved");
    check(&file.finish_with(14, n + 1000), 3, "cut off: 3 samples saved");
    check(&file.clone().raw(&[9, 9, 9]).finish(), 3, &format!("damaged at byte {}: 3 samples saved", 14 + n));

    let records = three_records().finish();
    let cut = &records[..records.len() - 4];
    check(cut, 2, "cut off: 2 samples saved");
    let recording = one(cut);
    assert_eq!(recording.remarks[1], "has no summary; made from its samples");
    assert_eq!((recording.start_ms, recording.sport), (T0_MS, Sport::Unknown));
}

#[test]
fn a_flood_of_sessions_is_bounded() {
    let mut file = three_records().define(1, SESSION, &[(7, 4, U32)]);
    for _ in 0..MAX_SUMMARIES {
        file = file.data(1, &[1]);
    }
    let recordings = read(&file.finish()).unwrap();
    assert_eq!(recordings.len(), MAX_SUMMARIES - 1, "the file_id counts too");
    assert_eq!(recordings[0].remarks, ["1 messages could not be decoded"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn damage_never_panics(
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        end in any::<prop::sample::Index>(),
    ) {
        let file = session(session(three_records(), 1, T0), 1, T0 + 2);
        let file = file.define_with_developer_fields(2, RECORD, &[HR], &[(0, 2, 0)]).compressed(2, 5, &[120, 7]);
        let mut bytes = [file.finish(), file.finish()].concat();
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        bytes.truncate(end.index(bytes.len()) + 1);
        consistent(&bytes);
    }

    #[test]
    fn arbitrary_bytes_never_panic(body in proptest::collection::vec(any::<u8>(), 0..600)) {
        consistent(&body);
        consistent(&FitFile::activity().raw(&body).finish());
        consistent(&[b"\x0C\x10\x00\x00\x00\x00\x00\x00.FIT", body.as_slice()].concat());
    }
}

/// Reads without a panic, and every column has its length.
fn consistent(bytes: &[u8]) {
    for recording in read(bytes).into_iter().flatten() {
        let samples = recording.samples;
        let n = samples.len();
        let wide = [&samples.lat_deg, &samples.lon_deg, &samples.distance_m].map(Vec::len);
        let narrow =
            [&samples.hr_bpm, &samples.speed_mps, &samples.cadence_rpm, &samples.power_w].map(Vec::len);
        assert!(wide.into_iter().chain(narrow).all(|len| len == 0 || len == n));
    }
}
