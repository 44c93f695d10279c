//! `session`, `lap`, `activity`, `sport` and `user_profile` messages as plain values.
//!
//! Takes the raw fields of a message, gives values in the units of the model. Field numbers and scales are those
//! of the FIT profile. Invariant: a value that the file marks as none, or that means nothing, is `None`.

use super::messages::Fields;
use super::unix_ms;
use crate::model::{DeviceTotals, Sport};

/// Milliseconds to seconds.
const MS: f64 = 1000.0;
/// Centimetres to metres.
const CM: f64 = 100.0;
/// Steps of fractional cadence in one revolution per minute.
const FRACTIONAL: f64 = 128.0;
/// Steps of the stored effort in one step of the CR-10 scale.
const RPE: f64 = 10.0;

/// The fields of `user_profile` that are read: sex, height, resting heart rate.
pub const USER_PROFILE_FIELDS: [u8; 3] = [1, 3, 8];
/// The fields of `sport` that are read: sport, sub-sport.
pub const SPORT_FIELDS: [u8; 2] = [0, 1];
/// The fields of `activity` that are read: local time, time.
pub const ACTIVITY_FIELDS: [u8; 2] = [5, 253];
/// The fields of `lap` that are read, as in [`Lap`].
pub const LAP_FIELDS: [u8; 8] = [2, 7, 8, 9, 15, 24, 25, 39];
/// The fields of `session` that are read, as in [`Session`].
pub const SESSION_FIELDS: [u8; 16] = [2, 5, 6, 7, 8, 9, 10, 16, 17, 18, 20, 22, 23, 92, 193, 253];

/// The sums of one activity.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// When it started, in ms since 1970-01-01T00:00:00Z.
    pub start_ms: Option<i64>,
    /// What kind of activity it was.
    pub sport: Sport,
    /// What the device summed up.
    pub totals: DeviceTotals,
    /// The effort the runner entered, 0 to 10.
    pub rpe: Option<f64>,
}

impl Session {
    /// Reads a `session` message.
    #[must_use]
    pub fn read(fields: &Fields) -> Self {
        let elapsed_s = fields.scaled(7, MS);
        let cadence = fields.number(18).map(|whole| whole + fields.scaled(92, FRACTIONAL).unwrap_or(0.0));
        let totals = DeviceTotals {
            distance_m: fields.scaled(9, CM),
            elapsed_s,
            timer_s: fields.scaled(8, MS),
            ascent_m: fields.number(22),
            descent_m: fields.number(23),
            avg_hr_bpm: positive(fields.number(16)),
            max_hr_bpm: positive(fields.number(17)),
            avg_cadence_rpm: cadence,
            avg_power_w: fields.number(20),
            strides: fields.number(10),
        };
        // The message is written at the end, so its own time minus the time elapsed is a fair start.
        let end = fields.seconds(253).zip(elapsed_s);
        let start = fields.seconds(2).or(end.map(|(end, elapsed)| end.saturating_sub(elapsed as u32)));
        let sport = Sport::from_fit(fields.byte(5), fields.byte(6));
        Self { start_ms: start.map(unix_ms), sport, totals, rpe: positive(fields.scaled(193, RPE)) }
    }

    /// Did the device sum up anything at all?
    #[must_use]
    pub fn has_totals(&self) -> bool {
        let totals = &self.totals;
        [totals.distance_m, totals.timer_s, totals.elapsed_s]
            .into_iter()
            .any(|value| positive(value).is_some())
    }
}

/// The sums of one lap.
#[derive(Debug, Clone, PartialEq)]
pub struct Lap {
    /// When it started, in ms since 1970-01-01T00:00:00Z.
    pub start_ms: i64,
    /// Time with the timer running in s.
    pub timer_s: f64,
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// The runner pressed the lap button.
    pub is_manual: bool,
    /// The sport, for files that break off before their session.
    pub sport: Sport,
}

impl Lap {
    /// Reads a `lap` message; one without a start or a duration says nothing.
    #[must_use]
    pub fn read(fields: &Fields) -> Option<Self> {
        Some(Self {
            start_ms: unix_ms(fields.seconds(2)?),
            timer_s: fields.scaled(8, MS).or(fields.scaled(7, MS))?,
            distance_m: fields.scaled(9, CM),
            avg_hr_bpm: positive(fields.number(15)),
            is_manual: fields.byte(24) == Some(0),
            sport: Sport::from_fit(fields.byte(25), fields.byte(39)),
        })
    }
}

/// Reads a `sport` message.
#[must_use]
pub fn sport(fields: &Fields) -> Sport {
    Sport::from_fit(fields.byte(0), fields.byte(1))
}

/// Reads the resting heart rate in bpm from a `user_profile` message; what no heart has at rest is none.
#[must_use]
pub fn resting_hr_bpm(fields: &Fields) -> Option<f64> {
    fields.number(8).filter(|bpm| (25.0..=110.0).contains(bpm))
}

/// Reads the local clock minus UTC in s from an `activity` message.
///
/// Zones differ from UTC by whole quarters of an hour and by no more than 14 hours; what a device stores is a
/// few seconds off at times, and anything else is no zone at all.
#[must_use]
pub fn utc_offset_s(fields: &Fields) -> Option<i32> {
    const QUARTER: f64 = 900.0;
    const LARGEST: f64 = 14.0 * 3600.0;
    let offset = fields.number(5)? - fields.number(253)?;
    let rounded = (offset / QUARTER).round() * QUARTER;
    (rounded.abs() <= LARGEST).then_some(rounded as i32)
}

/// Zero stands for "not measured" in these fields.
fn positive(value: Option<f64>) -> Option<f64> {
    value.filter(|value| *value > 0.0)
}
