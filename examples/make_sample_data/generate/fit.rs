//! A run as a FIT activity file, in the order in which watches write it.
//!
//! Input: runner, session and what was recorded. Output: the file's bytes. Numbers of messages and fields
//! are those of the FIT profile; a missing value is the invalid value of its type.

use super::course::CourseKind;
use super::fit_encoder::{Encoder, Value};
use super::record::{Lap, Recorded, Sample, Totals};
use super::runner::{Recorder, Runner};
use super::session::Session;

/// Seconds from 1970-01-01 to the FIT epoch, 1989-12-31T00:00:00Z.
const FIT_EPOCH_S: i64 = 631_065_600;
/// The manufacturer number for software in development.
const MANUFACTURER: u16 = 255;
const PRODUCT_NAME: &str = "Synthetic watch";
const RUNNING: u8 = 1;
/// Numbers of messages.
const FILE_ID: u16 = 0;
const SESSION: u16 = 18;
const LAP: u16 = 19;
const RECORD: u16 = 20;
const EVENT: u16 = 21;
const DEVICE_INFO: u16 = 23;
const ACTIVITY: u16 = 34;
/// Field numbers shared by many messages.
const TIMESTAMP: u8 = 253;
const MESSAGE_INDEX: u8 = 254;
/// Numbers of events and of what happens to them.
const TIMER_EVENT: u8 = 0;
const SESSION_EVENT: u8 = 8;
const LAP_EVENT: u8 = 9;
const ACTIVITY_EVENT: u8 = 26;
const START: u8 = 0;
const STOP: u8 = 1;
const STOP_ALL: u8 = 4;

/// Writes a run.
pub fn write(runner: &Runner, session: &Session, recorded: &Recorded) -> Vec<u8> {
    let samples = &recorded.samples;
    let has_dynamics = runner.recorder == Recorder::DynamicsWatch;
    let mut fit = Encoder::default();
    head(&mut fit, &samples[0], recorded);
    event(&mut fit, samples[0].time_s, START);
    let mut laps = recorded.laps.iter().enumerate();
    let mut lap = laps.next();
    for (index, sample) in samples.iter().enumerate() {
        if has_dynamics {
            record_with_dynamics(&mut fit, sample);
        } else {
            record(&mut fit, sample);
        }
        if recorded.stops.contains(&index) {
            event(&mut fit, sample.time_s, STOP);
            event(&mut fit, samples[index + 1].time_s, START);
        }
        if index == samples.len() - 1 {
            event(&mut fit, sample.time_s, STOP_ALL);
        }
        while let Some((number, ended)) = lap.filter(|(_, lap)| lap.last == index) {
            lap_message(&mut fit, number, ended, recorded);
            lap = laps.next();
        }
    }
    session_message(&mut fit, session, recorded);
    activity_message(&mut fit, recorded);
    fit.finish()
}

fn head(fit: &mut Encoder, first: &Sample, recorded: &Recorded) {
    let start = time(first.time_s);
    fit.message(
        FILE_ID,
        &[
            (0, Value::Enum(4)),
            (1, Value::U16(MANUFACTURER)),
            (2, Value::U16(1)),
            (4, start),
            (8, Value::Text(PRODUCT_NAME)),
        ],
    );
    fit.message(
        DEVICE_INFO,
        &[
            (TIMESTAMP, start),
            (0, Value::U8(0)),
            (2, Value::U16(MANUFACTURER)),
            (4, Value::U16(1)),
            (5, Value::U16(100)),
            (27, Value::Text(PRODUCT_NAME)),
        ],
    );
    if recorded.samples.iter().any(|sample| sample.hr_bpm.is_some()) {
        const ANT_PLUS: u8 = 1;
        const HEART_RATE_STRAP: u8 = 120;
        fit.message(
            DEVICE_INFO,
            &[
                (TIMESTAMP, start),
                (0, Value::U8(1)),
                (1, Value::U8(HEART_RATE_STRAP)),
                (2, Value::U16(MANUFACTURER)),
                (25, Value::Enum(ANT_PLUS)),
            ],
        );
    }
}

fn event(fit: &mut Encoder, time_s: i64, what: u8) {
    fit.message(
        EVENT,
        &[
            (TIMESTAMP, time(time_s)),
            (0, Value::Enum(TIMER_EVENT)),
            (1, Value::Enum(what)),
            (4, Value::U8(0)),
        ],
    );
}

/// The samples of an older watch: speed and altitude in 16 bits.
fn record(fit: &mut Encoder, sample: &Sample) {
    let [lat, lon] = position(sample);
    let [cadence, fraction] = cadence(sample.cadence_spm);
    fit.message(
        RECORD,
        &[
            (TIMESTAMP, time(sample.time_s)),
            (0, lat),
            (1, lon),
            (5, u32_of(Some(sample.distance_m), 100.0)),
            (2, u16_of(sample.altitude_m.map(|m| m + 500.0), 5.0)),
            (6, u16_of(Some(sample.speed_mps), 1000.0)),
            (3, Value::U8(sample.hr_bpm.unwrap_or(u8::MAX))),
            (4, cadence),
            (53, fraction),
        ],
    );
}

/// The samples of a recent watch with a pod.
fn record_with_dynamics(fit: &mut Encoder, sample: &Sample) {
    let [lat, lon] = position(sample);
    let [cadence, fraction] = cadence(sample.cadence_spm);
    let dynamics = sample.dynamics;
    fit.message(
        RECORD,
        &[
            (TIMESTAMP, time(sample.time_s)),
            (0, lat),
            (1, lon),
            (5, u32_of(Some(sample.distance_m), 100.0)),
            (73, u32_of(Some(sample.speed_mps), 1000.0)),
            (78, u32_of(sample.altitude_m.map(|m| m + 500.0), 5.0)),
            (39, u16_of(dynamics.map(|d| d.oscillation_mm), 10.0)),
            (41, u16_of(dynamics.map(|d| d.stance_ms), 10.0)),
            (83, u16_of(dynamics.map(|d| d.ratio_pct()), 100.0)),
            (84, u16_of(dynamics.map(|d| d.balance_pct), 100.0)),
            (85, u16_of(dynamics.map(|d| d.step_mm), 10.0)),
            (3, Value::U8(sample.hr_bpm.unwrap_or(u8::MAX))),
            (4, cadence),
            (53, fraction),
            (13, Value::I8(sample.temperature_c.round() as i8)),
        ],
    );
}

fn lap_message(fit: &mut Encoder, number: usize, lap: &Lap, recorded: &Recorded) {
    const TRIGGER_PRESSED: u8 = 0;
    const TRIGGER_DISTANCE: u8 = 2;
    const TRIGGER_SESSION_END: u8 = 7;
    let is_last = number + 1 == recorded.laps.len();
    let trigger = match lap.is_pressed {
        _ if is_last => TRIGGER_SESSION_END,
        true => TRIGGER_PRESSED,
        false => TRIGGER_DISTANCE,
    };
    let totals = recorded.totals_of(lap.first, lap.last);
    let mut fields = vec![
        (TIMESTAMP, time(recorded.samples[lap.last].time_s)),
        (2, time(recorded.samples[lap.first].time_s)),
        (MESSAGE_INDEX, Value::U16(number as u16)),
        (0, Value::Enum(LAP_EVENT)),
        (1, Value::Enum(STOP)),
        (24, Value::Enum(trigger)),
        (25, Value::Enum(RUNNING)),
        (13, u16_of(Some(totals.avg_mps()), 1000.0)),
        (14, u16_of(Some(totals.max_mps), 1000.0)),
        (15, mean_hr(&totals)),
        (16, Value::U8(totals.max_hr_bpm.unwrap_or(u8::MAX))),
        (17, cadence(totals.avg_spm())[0]),
        (18, cadence(totals.max_spm)[0]),
        (21, u16_of(Some(totals.ascent_m), 1.0)),
        (22, u16_of(Some(totals.descent_m), 1.0)),
    ];
    fields.extend(sums(&totals));
    fit.message(LAP, &fields);
}

fn session_message(fit: &mut Encoder, session: &Session, recorded: &Recorded) {
    const SUB_SPORT_GENERIC: u8 = 0;
    const SUB_SPORT_TRAIL: u8 = 3;
    const SUB_SPORT_TRACK: u8 = 4;
    let sub_sport = match session.course {
        CourseKind::Track => SUB_SPORT_TRACK,
        CourseKind::Hilly => SUB_SPORT_TRAIL,
        _ => SUB_SPORT_GENERIC,
    };
    let samples = &recorded.samples;
    let totals = recorded.totals();
    let mut fields = vec![
        (TIMESTAMP, time(samples[samples.len() - 1].time_s)),
        (2, time(samples[0].time_s)),
        (MESSAGE_INDEX, Value::U16(0)),
        (0, Value::Enum(SESSION_EVENT)),
        (1, Value::Enum(STOP)),
        (5, Value::Enum(RUNNING)),
        (6, Value::Enum(sub_sport)),
        (14, u16_of(Some(totals.avg_mps()), 1000.0)),
        (15, u16_of(Some(totals.max_mps), 1000.0)),
        (16, mean_hr(&totals)),
        (17, Value::U8(totals.max_hr_bpm.unwrap_or(u8::MAX))),
        (18, cadence(totals.avg_spm())[0]),
        (19, cadence(totals.max_spm)[0]),
        (22, u16_of(Some(totals.ascent_m), 1.0)),
        (23, u16_of(Some(totals.descent_m), 1.0)),
        (25, Value::U16(0)),
        (26, Value::U16(recorded.laps.len() as u16)),
        (28, Value::Enum(0)),
    ];
    fields.extend(sums(&totals));
    if let Some(dynamics) = totals.dynamics {
        fields.extend([
            (89, u16_of(Some(dynamics.oscillation_mm), 10.0)),
            (91, u16_of(Some(dynamics.stance_ms), 10.0)),
            (132, u16_of(Some(dynamics.ratio_pct()), 100.0)),
            (133, u16_of(Some(dynamics.balance_pct), 100.0)),
            (134, u16_of(Some(dynamics.step_mm), 10.0)),
        ]);
    }
    if let Some(rpe) = session.rpe {
        fields.push((193, Value::U8(10 * rpe)));
    }
    fit.message(SESSION, &fields);
}

fn activity_message(fit: &mut Encoder, recorded: &Recorded) {
    let end_s = recorded.samples[recorded.samples.len() - 1].time_s;
    fit.message(
        ACTIVITY,
        &[
            (TIMESTAMP, time(end_s)),
            (0, u32_of(Some(recorded.totals().timer_s), 1000.0)),
            (5, time(end_s + recorded.utc_offset_s)),
            (1, Value::U16(1)),
            (2, Value::Enum(0)),
            (3, Value::Enum(ACTIVITY_EVENT)),
            (4, Value::Enum(STOP)),
        ],
    );
}

/// Elapsed and timer time, distance and cycles: the same numbers in laps and sessions.
fn sums(totals: &Totals) -> [(u8, Value<'static>); 4] {
    [
        (7, u32_of(Some(totals.elapsed_s), 1000.0)),
        (8, u32_of(Some(totals.timer_s), 1000.0)),
        (9, u32_of(Some(totals.distance_m), 100.0)),
        (10, u32_of(Some(totals.steps / 2.0), 1.0)),
    ]
}

fn time(unix_s: i64) -> Value<'static> {
    Value::U32((unix_s - FIT_EPOCH_S) as u32)
}

/// Latitude and longitude in semicircles.
fn position(sample: &Sample) -> [Value<'static>; 2] {
    let semicircles = |degrees: f64| Value::I32((degrees * 2_147_483_648.0 / 180.0).round() as i32);
    sample.position.map_or([Value::I32(i32::MAX); 2], |(lat, lon)| [semicircles(lat), semicircles(lon)])
}

/// Whole revolutions of one leg per minute, and what is left in 128ths.
fn cadence(spm: f64) -> [Value<'static>; 2] {
    let of_128 = (spm / 2.0 * 128.0).round() as u16;
    [Value::U8((of_128 / 128) as u8), Value::U8((of_128 % 128) as u8)]
}

fn mean_hr(totals: &Totals) -> Value<'static> {
    Value::U8(totals.avg_hr_bpm.map_or(u8::MAX, |bpm| bpm.round() as u8))
}

fn u16_of(value: Option<f64>, scale: f64) -> Value<'static> {
    Value::U16(value.map_or(u16::MAX, |value| (value * scale).round() as u16))
}

fn u32_of(value: Option<f64>, scale: f64) -> Value<'static> {
    Value::U32(value.map_or(u32::MAX, |value| (value * scale).round() as u32))
}
