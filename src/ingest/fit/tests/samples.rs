//! Records to columns.

use super::*;

#[test]
fn every_column_is_scaled() {
    let fields = [
        TIME,
        (0, 4, I32),
        (1, 4, I32),
        (2, 2, U16),
        HR,
        (4, 1, U8),
        (5, 4, U32),
        (6, 2, U16),
        (7, 2, U16),
        (13, 1, I8),
        (39, 2, U16),
        (41, 2, U16),
        (53, 1, U8),
        (83, 2, U16),
        (84, 2, U16),
        (85, 2, U16),
    ];
    let values =
        [T0, 1 << 30, -1 << 29, 3000, 140, 85, 12_345, 3210, 250, -5, 987, 2345, 64, 812, 5012, 11_230];
    for file in [FitFile::activity(), FitFile::activity().big_endian()] {
        let samples = samples(&file.define(3, RECORD, &fields).data(3, &values));
        let expected = Samples {
            time_ms: vec![T0_MS],
            lat_deg: vec![90.0],
            lon_deg: vec![-45.0],
            distance_m: vec![123.45],
            altitude_m: vec![100.0],
            speed_mps: vec![3.21],
            hr_bpm: vec![140.0],
            cadence_rpm: vec![85.5],
            power_w: vec![250.0],
            step_length_mm: vec![1123.0],
            stance_ms: vec![234.5],
            stance_balance_pct: vec![50.12],
            vertical_oscillation_mm: vec![98.7],
            vertical_ratio_pct: vec![8.12],
            temperature_c: vec![-5.0],
            segment_starts: Vec::new(),
        };
        assert_eq!(samples, expected);
    }
}

#[test]
fn invalid_values_are_missing_and_empty_columns_vanish() {
    let file = FitFile::activity().define(0, RECORD, &[TIME, HR, (7, 2, U16)]);
    let samples = samples(&file.data(0, &[T0, 0xFF, 0xFFFF]).data(0, &[T0 + 1, 130, 0xFFFF]));
    assert!(samples.hr_bpm[0].is_nan());
    assert_eq!(samples.hr_bpm[1], 130.0);
    assert!(samples.power_w.is_empty());
}

#[test]
fn a_channel_may_come_and_go() {
    let file = three_records().define(0, RECORD, &[TIME, (7, 2, U16)]).data(0, &[T0 + 3, 200]);
    let samples = samples(&file);
    assert_eq!(samples.hr_bpm[..3], [120.0, 121.0, 122.0]);
    assert!(samples.hr_bpm[3].is_nan() && samples.power_w[..3].iter().all(|power| power.is_nan()));
    assert_eq!(samples.power_w[3], 200.0);
}

#[test]
fn enhanced_fields_win_wherever_they_stand() {
    let (plain, enhanced) = ((6, 2, U16), (73, 4, U32));
    for fields in [[TIME, plain, enhanced], [TIME, enhanced, plain]] {
        let value =
            |plain, enhanced| if fields[1].0 == 6 { [T0, plain, enhanced] } else { [T0, enhanced, plain] };
        let file = FitFile::activity().define(0, RECORD, &fields);
        let samples = samples(&file.data(0, &value(3000, 4000)).data(0, &value(3000, 0xFFFF_FFFF)));
        assert_eq!(samples.speed_mps, [4.0, 3.0]);
    }
}

#[test]
fn compressed_headers_count_on_from_the_newest_time_of_any_message() {
    // T0 has the low five bits 0.
    let file = FitFile::activity().define(0, RECORD, &[HR]).define(1, 21, &[TIME]);
    let file = file.compressed(0, 3, &[100]).data(1, &[T0 + 30]);
    let file =
        file.compressed(0, 30, &[120]).compressed(0, 31, &[121]).compressed(0, 1, &[122]).data(0, &[123]);
    let samples = samples(&file);
    assert_eq!(samples.time_ms, [30, 31, 33, 33].map(|s| T0_MS + s * 1000), "the first has no time at all");
    assert_eq!(samples.hr_bpm, [120.0, 121.0, 122.0, 123.0]);
}

#[test]
fn packed_distance_rolls_over() {
    let packed = |speed: i64, distance: i64| speed | distance << 12;
    let file = FitFile::activity().define(0, RECORD, &[TIME, (8, 3, BYTE)]);
    let file =
        file.data(0, &[T0, packed(250, 4000)]).data(0, &[T0, 0xFF_FFFF]).data(0, &[T0, packed(300, 64)]);
    let samples = samples(&file);
    assert_eq!(samples.distance_m[0], 250.0);
    assert!(samples.distance_m[1].is_nan() && samples.speed_mps[1].is_nan());
    assert_eq!(samples.distance_m[2], 260.0);
    assert_eq!((samples.speed_mps[0], samples.speed_mps[2]), (2.5, 3.0));
}

#[test]
fn developer_fields_and_odd_sizes_are_stepped_over() {
    let fields = [TIME, (5, 1, U32), (4, 3, U8), HR];
    let file = FitFile::activity().define_with_developer_fields(0, RECORD, &fields, &[(0, 2, 0), (7, 5, 1)]);
    let file = file.data(0, &[T0, 1, 2, 120, 3, 4]).data(0, &[T0 + 1, 1, 2, 121, 3, 4]);
    let fields = [(2, 4, U32), (8, 4, U32), (9, 1, U32)];
    let file =
        file.define_with_developer_fields(1, SESSION, &fields, &[(9, 3, 0)]).data(1, &[T0, 2000, 9, 0]);
    let recording = one(&file.finish());
    assert_eq!(recording.samples.hr_bpm, [120.0, 121.0]);
    assert!(recording.samples.distance_m.is_empty() && recording.samples.cadence_rpm.is_empty());
    assert_eq!(recording.totals, DeviceTotals { timer_s: Some(2.0), ..DeviceTotals::default() });
    assert_eq!(recording.remarks, [""; 0]);
}

#[test]
fn two_layouts_may_alternate() {
    let file = FitFile::activity().define(0, RECORD, &[TIME, HR]).define(1, RECORD, &[HR, TIME]);
    let file = file.data(0, &[T0, 120]).data(1, &[121, T0]).data(0, &[T0, 122]).data(1, &[123, T0]);
    assert_eq!(samples(&file).hr_bpm, [120.0, 121.0, 122.0, 123.0]);
}

#[test]
fn many_rows_pass_the_batches_in_order() {
    let mut file = FitFile::activity().define(0, RECORD, &[TIME, (5, 4, U32)]);
    for i in 0..1000 {
        file = file.data(0, &[T0 + i, 100 * i]);
    }
    let samples = samples(&file);
    assert!((0..1000).all(|i| samples.distance_m[i] == i as f64));
    assert!((0..1000).all(|i| samples.time_ms[i as usize] == T0_MS + i * 1000));
}
