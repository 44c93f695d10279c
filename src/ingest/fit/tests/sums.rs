//! Sessions, laps, pauses and who recorded them.

use super::*;

#[test]
fn a_session_says_what_the_device_summed_up() {
    let numbers = [2u8, 5, 6, 7, 8, 9, 10, 16, 17, 18, 20, 22, 23, 92, 193];
    let sizes = [4u8, 1, 1, 4, 4, 4, 4, 1, 1, 1, 2, 2, 2, 1, 1];
    let types = [U32, ENUM, ENUM, U32, U32, U32, U32, U8, U8, U8, U16, U16, U16, U8, U8];
    let fields: Vec<_> = (0..15).map(|i| (numbers[i], sizes[i], types[i])).collect();
    let values = [T0, 1, 3, 3_700_000, 3_600_500, 1_200_000, 5000, 150, 180, 84, 260, 321, 300, 64, 70];
    let file = three_records().big_endian().define(1, SESSION, &fields).data(1, &values);
    let file = file.define(2, 34, &[TIME, (5, 4, U32)]).data(2, &[T0 + 3700, T0 + 3700 - 3601]);
    let recording = one(&file.finish());
    let expected = DeviceTotals {
        distance_m: Some(12_000.0),
        elapsed_s: Some(3700.0),
        timer_s: Some(3600.5),
        ascent_m: Some(321.0),
        descent_m: Some(300.0),
        avg_hr_bpm: Some(150.0),
        max_hr_bpm: Some(180.0),
        avg_cadence_rpm: Some(84.5),
        avg_power_w: Some(260.0),
        strides: Some(5000.0),
    };
    assert_eq!(recording.totals, expected);
    assert_eq!((recording.sport, recording.start_ms, recording.rpe), (Sport::TrailRunning, T0_MS, Some(7.0)));
    assert_eq!(recording.utc_offset_s, Some(-3600), "rounded to a quarter of an hour");
}

#[test]
fn devices_are_told_apart_and_none_is_named() {
    let recorder = |maker: i64, serial: i64| {
        let file_id = [(0, 1, ENUM), (1, 2, U16), (2, 2, U16), (3, 4, super::super::testing::U32Z)];
        let file = FitFile::default().define(15, 0, &file_id).data(15, &[4, maker, 3121, serial]);
        let file = file.define(0, 20, &[TIME, (3, 1, U8)]).data(0, &[T0, 120]).data(0, &[T0 + 1, 121]);
        one(&file.finish()).recorder
    };
    let first = recorder(1, 3_912_345_678).unwrap();
    assert!(first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_hexdigit()), "{first}");
    assert_eq!(recorder(1, 3_912_345_678), Some(first.clone()));
    assert_ne!(recorder(1, 3_912_345_679), Some(first.clone()));
    assert_ne!(recorder(23, 3_912_345_678), Some(first));
    assert_eq!(recorder(1, 0), None, "without a serial number any two may be one");
}

#[test]
fn a_clock_that_is_days_off_is_no_time_zone() {
    let file = three_records().define(2, 34, &[TIME, (5, 4, U32)]).data(2, &[T0, T0 + 86_400]);
    assert_eq!(one(&file.finish()).utc_offset_s, None);
}

#[test]
fn laps_and_pauses_are_told_from_the_start() {
    let lap = [(2, 4, U32), (8, 4, U32), (9, 4, U32), (15, 1, U8), (24, 1, ENUM)];
    let file = session(three_records(), 1, T0).define(2, 19, &lap);
    let file = file.data(2, &[T0, 5000, 1500, 121, 2]).data(2, &[T0 + 5, 5000, 0xFFFF_FFFF, 0, 0]);
    let file = file.define(3, 21, &[TIME, (0, 1, ENUM), (1, 1, ENUM)]);
    let event = |file: FitFile, second: i64, about: i64, what: i64| file.data(3, &[T0 + second, about, what]);
    let file = event(event(event(file, 0, 0, 0), 2, 0, 4), 3, 0, 1); // start, stop, stop
    let file = event(event(event(file, 4, 9, 0), 6, 0, 0), 8, 0, 4); // another event, start, stop for good
    let recording = one(&file.finish());
    let lap = |start_s, distance_m, avg_hr_bpm, is_manual| Lap {
        start_s,
        timer_s: 5.0,
        distance_m,
        avg_hr_bpm,
        is_manual,
    };
    assert_eq!(recording.laps, [lap(0.0, Some(15.0), Some(121.0), false), lap(5.0, None, None, true)]);
    assert_eq!(recording.pauses, [Pause { start_ms: T0_MS + 2000, end_ms: T0_MS + 6000 }]);
}

#[test]
fn several_sessions_share_the_samples_by_time() {
    let file = session(session(three_records(), 5, T0), 1, T0 + 2);
    let recordings = read(&file.finish()).unwrap();
    let told: Vec<_> =
        recordings.iter().map(|recording| (recording.sport, recording.samples.hr_bpm.clone())).collect();
    assert_eq!(told, [(Sport::Swimming, vec![120.0, 121.0]), (Sport::Running, vec![122.0])]);
}

#[test]
fn the_device_has_a_name_but_no_number() {
    let file = |maker: i64, product: i64| {
        let fields = [(0, 1, ENUM), (1, 2, U16), (2, 2, U16), (3, 4, 0x8C)];
        let file = FitFile::default().define(0, 0, &fields).data(0, &[4, maker, product, 123_456_789]);
        session(file, 1, T0).finish()
    };
    assert_eq!(one(&file(1, 4024)).device.as_deref(), Some("garmin fr955"));
    assert_eq!(one(&file(1, 65_000)).device.as_deref(), Some("garmin product 65000"));
    assert_eq!(one(&file(294, 7)).device.as_deref(), Some("coros"));
    assert_eq!(one(&file(255, 7)).device, None);
}

#[test]
fn a_file_without_a_session_takes_the_sport_from_its_laps() {
    let file = three_records().define(2, 19, &[(2, 4, U32), (7, 4, U32), (25, 1, ENUM), (39, 1, ENUM)]);
    let recording = one(&file.data(2, &[T0, 3000, 1, 4]).finish());
    assert_eq!((recording.sport, recording.laps.len()), (Sport::TrackRunning, 1));
}

#[test]
fn the_profile_of_the_owner_has_a_resting_heart_rate() {
    let file = |bpm: i64| {
        let file = FitFile::activity().define(4, 3, &[(8, 1, U8), (11, 1, U8)]).data(4, &[bpm, 190]);
        one(&session(file, 1, T0).finish()).resting_hr_bpm
    };
    assert_eq!([48, 0, 0xFF, 20].map(file), [Some(48.0), None, None, None]);
}

#[test]
fn power_is_of_the_pod_or_of_the_recorder() {
    let file = |maker: i64, field: &str| {
        let fields = [(0, 1, ENUM), (1, 2, U16), (2, 2, U16)];
        let file = FitFile::default().define(0, 0, &fields).data(0, &[4, maker, 4024]);
        // A name of 8 bytes, as one number.
        let name = i64::from_le_bytes(field.as_bytes()[..8].try_into().unwrap());
        let file = file.define(1, 206, &[(3, 8, BYTE)]).data(1, &[name]);
        one(&session(file, 1, T0).finish()).power_source
    };
    assert_eq!(file(294, "Effort Pace").as_deref(), Some("coros"));
    assert_eq!(file(95, "Effort Pace").as_deref(), Some("Stryd"));
    assert_eq!(file(294, "Form Power").as_deref(), Some("Stryd"));
    assert_eq!(file(1, "Form Power").as_deref(), Some("garmin fr955"));
}
