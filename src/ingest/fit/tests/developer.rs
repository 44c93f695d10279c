//! Developer fields, and heart rates that come later than the samples.

use super::*;

/// A float of a file, as the number with its bits.
fn bits(value: f32) -> i64 {
    i64::from(value.to_bits())
}

const F32: u8 = 0x88;
const POWER: (u8, u8, u8) = (0, 2, 0);
const OSCILLATION: (u8, u8, u8) = (1, 4, 0);

#[test]
fn a_pod_fills_what_the_watch_leaves_empty() {
    let file = FitFile::activity().define(13, 207, &[(1, 16, BYTE), (3, 1, U8)]);
    let stryd =
        [0x18, 0xFB, 0x2C, 0xF0, 0x1A, 0x4B, 0x43, 0x0D, 0xAD, 0x66, 0x98, 0x8C, 0x84, 0x74, 0x21, 0xF4];
    let file = file.raw(&[&[13], &stryd[..], &[0]].concat());
    let file = file.describe((0, 0), U16, "Power", "Watts", 7);
    let file = file.describe((0, 1), F32, "Vertical Oscillation", "Centimeters", 39);
    let file = file.describe((0, 2), U8, "Cadence", "RPM", 4).describe(
        (0, 3),
        U16,
        "Ground Time",
        "Milliseconds",
        255,
    );
    let fields = [TIME, (4, 1, U8)];
    let developer = [POWER, OSCILLATION, (2, 1, 0), (3, 2, 0)];
    for file in [file.clone(), file.big_endian()] {
        let file = file.define_with_developer_fields(0, RECORD, &fields, &developer);
        let file = file
            .data(0, &[T0, 85, 250, bits(6.5), 99, 231])
            .data(0, &[T0 + 1, 0xFF, 0xFFFF, bits(f32::NAN), 99, 232]);
        let recording = one(&file.finish());
        let samples = recording.samples;
        assert_eq!((samples.power_w[0], samples.vertical_oscillation_mm[0]), (250.0, 65.0));
        assert!(samples.power_w[1].is_nan() && samples.vertical_oscillation_mm[1].is_nan());
        assert_eq!(samples.stance_ms, [231.0, 232.0]);
        assert!(samples.cadence_rpm[0] == 85.0 && samples.cadence_rpm[1].is_nan(), "one source for a column");
        assert_eq!(recording.power_source.as_deref(), Some("Stryd"));
    }
}

#[test]
fn power_of_an_unknown_app_is_named_as_such_and_that_of_the_watch_wins() {
    let file = FitFile::activity().describe((3, 9), U16, "power", "w", 255);
    let with = |native: i64| {
        let fields = [TIME, (7, 2, U16)];
        let file = file.clone().define_with_developer_fields(0, RECORD, &fields, &[(9, 2, 3)]);
        let recording = one(&file.data(0, &[T0, native, 240]).finish());
        (recording.samples.power_w, recording.power_source)
    };
    assert_eq!(with(0xFFFF), (vec![240.0], Some("an app of the watch".to_owned())));
    assert_eq!(with(260), (vec![260.0], None));
}

#[test]
fn a_description_that_is_late_missing_or_false_costs_its_field() {
    let layout =
        |file: FitFile, size: u8| file.define_with_developer_fields(0, RECORD, &[TIME, HR], &[(0, size, 0)]);
    let power = |samples: &Samples| samples.power_w.iter().map(|w| w.is_finite()).collect::<Vec<_>>();
    // Late: what came before it is lost.
    let late = layout(FitFile::activity(), 2).data(0, &[T0, 120, 250]).describe((0, 0), U16, "Power", "W", 7);
    assert_eq!(power(&samples(&late.data(0, &[T0 + 1, 121, 251]))), [false, true]);
    // The type without the bit for its byte order is the same type.
    let bare = layout(FitFile::activity().describe((0, 0), 4, "Power", "W", 7), 2).data(0, &[T0, 120, 250]);
    assert_eq!(power(&samples(&bare)), [true]);
    // Missing, of a type without a meaning, of another size, in another unit.
    let never = layout(FitFile::activity(), 2);
    let untyped = layout(FitFile::activity().describe((0, 0), 0x1F, "Power", "W", 7), 2);
    let lies = layout(FitFile::activity().describe((0, 0), 0x86, "Power", "W", 7), 2);
    let odd = layout(FitFile::activity().describe((0, 0), U16, "Power", "hp", 7), 2);
    for file in [never, untyped, lies, odd] {
        let samples = samples(&file.data(0, &[T0, 120, 250]));
        assert!(samples.power_w.is_empty());
        assert_eq!(samples.hr_bpm, [120.0]);
    }
}

/// A strap's series: eight beats of 60/min from 10 s on, the first of them in full and the others in 12 bits.
fn series(file: FitFile, bpm: u8) -> FitFile {
    let file = file.define(5, 132, &[TIME, (0, 2, U16), (6, 1, U8), (9, 4, U32)]);
    let file = file.data(5, &[T0 + 10, 16_384, i64::from(bpm), 0xFFFF_FE00]);
    let file = file.define(6, 132, &[(6, 8, U8), (10, 12, BYTE), (9, 32, U32)]);
    let events: Vec<u32> = (1..=8).map(|k| 0xFFFF_FE00_u32.wrapping_add(1024 * k) & 0xFFF).collect();
    let packed = events.chunks(2).flat_map(|pair| {
        let both = pair[0] | pair[1] << 12;
        both.to_le_bytes()[..3].to_vec()
    });
    let body: Vec<u8> =
        [6].into_iter().chain((1..=8).map(|k| bpm + k)).chain(packed).chain([0xFF; 32]).collect();
    file.raw(&body)
}

#[test]
fn beats_of_a_strap_fill_samples_without_a_heart_rate() {
    let mut file = FitFile::activity().define(0, RECORD, &[TIME, HR]);
    for k in 0..30 {
        file = file.data(0, &[T0 + k, if k == 12 { 99 } else { 0xFF }]);
    }
    let run = session(file.clone(), 1, T0);
    // In the file of the run, and in one without a file_id chained behind it.
    let chained = [run.finish(), series(FitFile::default(), 120).finish()].concat();
    for bytes in [series(run, 120).finish(), chained] {
        let recording = one(&bytes);
        let hr = recording.samples.hr_bpm;
        assert!(hr[..10].iter().all(|bpm| bpm.is_nan()));
        // The first beat is at 10.5 s, and the clock of the strap overflows with the next.
        assert_eq!(hr[10..16], [120.0, 121.0, 99.0, 123.0, 124.0, 125.0]);
        assert!(hr[18..24].iter().all(|bpm| *bpm == 128.0) && hr[24..].iter().all(|bpm| bpm.is_nan()));
        assert_eq!(recording.remarks, [""; 0]);
    }
    // Without its first message a series cannot be placed.
    let lost = file.define(6, 132, &[(6, 8, U8), (10, 12, BYTE)]).raw(&[6; 21]);
    assert_eq!(samples(&lost).hr_bpm.iter().filter(|bpm| !bpm.is_nan()).count(), 1);
}

#[test]
fn what_is_saved_of_a_broken_file_is_marked() {
    let file = session(three_records(), 1, T0);
    let whole = file.finish();
    let is_salvaged = |bytes: &[u8]| one(bytes).is_salvaged;
    assert!(!is_salvaged(&whole));
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    assert!(!is_salvaged(&flipped), "a checksum loses nothing");
    assert!(is_salvaged(&whole[..whole.len() - 1]) && is_salvaged(&file.finish_with(14, 0)));
    assert!(is_salvaged(&three_records().finish()), "no session");
    assert!(is_salvaged(&[&whole[..], &whole[..20]].concat()), "a part behind it is lost");
}
