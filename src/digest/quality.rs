//! What became of the samples of a recording: what was left out, how much and why, and where the sums come from.
//!
//! Input is a recording with its even grid and totals, output is one [`Quality`]. It is an account and nothing else: no
//! later number is made from it. Invariant: it holds no position.

use super::second::Seconds;
use super::totals::Totals;
use crate::model::{Recording, Samples};
use serde::{Deserialize, Serialize};

/// A value stands for at most this long where the next one of its channel comes later.
const MAX_HELD_S: f64 = 10.0;

/// The account of one recording. Seconds are of data unless they say otherwise; `None` is "not recorded".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// What became of the samples by their times.
    pub times: Times,
    /// What became of the heart rate.
    pub heart: Heart,
    /// What the distance was chosen from.
    pub way: Way,
    /// Where grades and climb come from.
    pub altitude: AltitudeSource,
    /// Where sums come from.
    pub origins: Origins,
    /// What was recorded, in a fixed order; channels without a value are not in it.
    pub channels: Vec<Channel>,
}

/// Samples by their times, and the time between them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Samples without any time: left out.
    pub n_untimed: usize,
    /// Samples more than a week from the start: left out.
    pub n_astray: usize,
    /// Samples at an instant that an earlier one has: left out.
    pub n_repeated: usize,
    /// Samples that stood behind a later one: put in order.
    pub n_unordered: usize,
    /// Seconds with data.
    pub data_s: f64,
    /// Seconds of gaps of 10 to 60 s through which the runner went on: taken as data.
    pub bridged_s: f64,
    /// Gaps that were not bridged.
    pub n_gaps: usize,
    /// Seconds of them by the clock.
    pub gap_s: f64,
    /// Those of them that the way over them took: part of the time on the way, and of no mean.
    pub ran_s: f64,
    /// Seconds with the timer stopped, by the clock.
    pub paused_s: f64,
    /// Seconds of standing with the timer running: no part of the moving time.
    pub standing_s: f64,
}

/// Seconds of heart rate that were left out, by why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Heart {
    /// Below 30 or above 230 bpm.
    pub out_of_range_s: f64,
    /// After a jump of more than 25 bpm within 2 s.
    pub jump_s: f64,
    /// It followed the cadence.
    pub locked_s: f64,
    /// It stood still while the speed changed.
    pub flat_s: f64,
}

/// What the distance was chosen from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// The total that the device states, in m.
    pub stated_m: Option<f64>,
    /// What its counter gives, jumps left out, in m.
    pub counted_m: Option<f64>,
    /// The way along the positions, jumps left out, in m.
    pub positions_m: Option<f64>,
    /// By how much the way along the positions is longer than what the device says, in percent of the latter.
    pub difference_pct: Option<f64>,
    /// The device's distance is more than anyone can have run in the time: left out.
    pub is_impossible: bool,
    /// The device's distance is a small part of the way along clean positions: left out.
    pub is_tiny: bool,
    /// Jumps of the counter.
    pub n_counter_jumps: usize,
    /// What they came to, in m: left out.
    pub counter_jump_m: f64,
    /// Positions that cannot have been reached: left out.
    pub n_position_jumps: usize,
    /// What they would have added to the way, in m.
    pub position_jump_m: f64,
}

/// Where grades and climb come from, and so how far to trust them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AltitudeSource {
    /// Altitudes as smooth as a barometer's: grades can be trusted.
    Barometer,
    /// Altitudes as rough as those of satellites: grades are low in quality.
    Satellites,
    /// No altitudes, but climb and descent as the device states them; there are no grades.
    Stated,
    /// There are none.
    #[default]
    None,
}

/// Where sums of a digest come from; `None` where there is no such sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Origins {
    /// Time from start to end.
    pub elapsed: Option<Origin>,
    /// Time with the timer running.
    pub timer: Option<Origin>,
    /// Steps.
    pub steps: Option<Origin>,
    /// Mean heart rate.
    pub avg_hr: Option<Origin>,
    /// Highest heart rate.
    pub max_hr: Option<Origin>,
    /// Mean power.
    pub avg_power: Option<Origin>,
}

/// Where a sum comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The device has summed it up.
    Device,
    /// It was summed up here, from the samples.
    Samples,
}

/// One kind of value that was recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// What it is, such as `heart_rate`.
    pub name: String,
    /// Seconds that its values stand for, before any are left out.
    pub seconds: f64,
    /// Those of the seconds with data, from 0 to 1.
    pub coverage: f64,
}

impl Quality {
    /// Draws up the account.
    pub(super) fn of(recording: &Recording, seconds: &Seconds, totals: &Totals) -> Self {
        let heart = seconds.hr_dropped;
        let way = &seconds.way;
        let device_m = recording.totals.distance_m.filter(|m| *m > 0.0).or(way.counted_m);
        let both = device_m.filter(|_| !totals.is_impossible && !totals.is_tiny).zip(way.positions_m);
        let device = &recording.totals;
        Self {
            times: Times {
                n_untimed: recording.n_untimed,
                n_astray: seconds.n_astray,
                data_s: seconds.data_s,
                paused_s: recording.paused_s(),
                gap_s: seconds.gap_s,
                standing_s: totals.standing_s,
                ..seconds.times
            },
            heart: Heart {
                out_of_range_s: heart.out_of_range_s,
                jump_s: (heart.total_s - heart.out_of_range_s - heart.locked_s - heart.flat_s).max(0.0),
                locked_s: heart.locked_s,
                flat_s: heart.flat_s,
            },
            way: Way {
                stated_m: device.distance_m.filter(|m| *m > 0.0),
                difference_pct: both.map(|(device, positions)| (positions / device - 1.0) * 100.0),
                is_impossible: totals.is_impossible,
                is_tiny: totals.is_tiny,
                ..*way
            },
            altitude: match &seconds.climb {
                Some(climb) if climb.is_barometric => AltitudeSource::Barometer,
                Some(_) => AltitudeSource::Satellites,
                None if device.ascent_m.or(device.descent_m).is_some() => AltitudeSource::Stated,
                None => AltitudeSource::None,
            },
            origins: origins(recording, seconds),
            channels: channels(&recording.samples, seconds.data_s),
        }
    }
}

/// Follows the choices of the digest.
fn origins(recording: &Recording, seconds: &Seconds) -> Origins {
    let device = &recording.totals;
    let of = |stated: bool, measured: bool| match (stated, measured) {
        (true, _) => Some(Origin::Device),
        (false, true) => Some(Origin::Samples),
        (false, false) => None,
    };
    let has = |column: &[f64]| column.iter().any(|value| value.is_finite());
    let has_hr = has(&seconds.hr_bpm);
    let is_stated_hr = |stated: Option<f64>| stated.is_some() && !seconds.hr_dropped.has_stretches();
    let has_samples = !recording.samples.is_empty();
    Origins {
        elapsed: of(device.elapsed_s.is_some(), has_samples),
        timer: of(device.timer_s.is_some(), has_samples),
        steps: of(device.strides.is_some(), has(&seconds.cadence_spm)),
        avg_hr: of(is_stated_hr(device.avg_hr_bpm), has_hr),
        max_hr: of(is_stated_hr(device.max_hr_bpm), has_hr),
        avg_power: of(device.avg_power_w.is_some(), has(&seconds.power_w)),
    }
}

/// The channels that have a value, and how much of the time they cover.
fn channels(samples: &Samples, data_s: f64) -> Vec<Channel> {
    let time_ms = &samples.time_ms;
    let wide = |column: &[f64]| held_s(time_ms, |k| column.get(k).is_some_and(|value| value.is_finite()));
    let narrow = |column: &[f32]| held_s(time_ms, |k| column.get(k).is_some_and(|value| value.is_finite()));
    let all = [
        ("position", wide(&samples.lat_deg)),
        ("distance", wide(&samples.distance_m)),
        ("altitude", narrow(&samples.altitude_m)),
        ("speed", narrow(&samples.speed_mps)),
        ("heart_rate", narrow(&samples.hr_bpm)),
        ("cadence", narrow(&samples.cadence_rpm)),
        ("power", narrow(&samples.power_w)),
        ("step_length", narrow(&samples.step_length_mm)),
        ("ground_contact", narrow(&samples.stance_ms)),
        ("contact_balance", narrow(&samples.stance_balance_pct)),
        ("vertical_oscillation", narrow(&samples.vertical_oscillation_mm)),
        ("vertical_ratio", narrow(&samples.vertical_ratio_pct)),
        ("temperature", narrow(&samples.temperature_c)),
    ];
    let of = |(name, seconds): (&str, Option<f64>)| {
        let seconds = seconds?;
        let coverage = if data_s > 0.0 { (seconds / data_s).min(1.0) } else { 0.0 };
        Some(Channel { name: name.to_owned(), seconds: seconds.min(data_s), coverage })
    };
    all.into_iter().filter_map(of).collect()
}

/// Seconds that the samples with a value stand for: each until the next one with a value, and ten at most.
fn held_s(time_ms: &[i64], has_value: impl Fn(usize) -> bool) -> Option<f64> {
    let mut last: Option<i64> = None;
    let mut total = 0.0;
    for k in (0..time_ms.len()).filter(|k| has_value(*k)) {
        if let Some(last) = last {
            total += (time_ms[k].saturating_sub(last) as f64 / 1000.0).clamp(0.0, MAX_HELD_S);
        }
        last = Some(time_ms[k]);
    }
    last.map(|_| total)
}

#[cfg(test)]
mod tests {
    use super::super::{DistanceSource, digest};
    use super::*;
    use crate::model::{Format, Pause, Sport};

    /// A run of `n` s at 3 m/s on a meridian, counted by the device.
    fn run(n: u16) -> Recording {
        let mut recording = Recording::new(Format::Fit);
        recording.sport = Sport::Running;
        recording.samples.time_ms = (0..i64::from(n)).map(|k| k * 1000).collect();
        recording.samples.distance_m = (0..n).map(|k| 3.0 * f64::from(k)).collect();
        // 2.698e-5 degrees of latitude are 3 m.
        recording.samples.lat_deg = (0..n).map(|k| 2.698e-5 * f64::from(k)).collect();
        recording.samples.lon_deg = vec![0.0; n.into()];
        recording
    }

    fn digested(recording: &Recording) -> (Option<f64>, DistanceSource, Quality, Vec<String>) {
        let d = digest(recording, String::new(), String::new());
        (d.distance_m.map(f64::round), d.distance_source, d.quality, d.remarks)
    }

    #[test]
    fn times_are_accounted_for() {
        let mut r = run(600);
        for late in &mut r.samples.time_ms[300..] {
            *late += 30_000;
        }
        for late in &mut r.samples.time_ms[400..] {
            *late += 200_000;
        }
        for metres in &mut r.samples.distance_m[300..] {
            *metres += 90.0;
        }
        r.samples.time_ms[10] = r.samples.time_ms[11];
        r.samples.time_ms.swap(20, 21);
        r.samples.time_ms[599] += 40 * 86_400_000;
        r.n_untimed = 4;
        r.pauses = vec![Pause { start_ms: 330_000, end_ms: 340_000 }];
        let times = digested(&r).2.times;
        assert_eq!((times.n_untimed, times.n_astray, times.n_repeated, times.n_unordered), (4, 1, 1, 1));
        assert_eq!((times.bridged_s, times.n_gaps, times.gap_s, times.paused_s), (31.0, 1, 201.0, 10.0));
    }

    #[test]
    fn both_sources_of_a_distance_are_told() {
        let mut r = run(1000);
        r.totals.distance_m = Some(3030.0);
        let (distance, source, quality, _) = digested(&r);
        assert_eq!((distance, source), (Some(3030.0), DistanceSource::Device));
        assert_eq!((quality.way.stated_m, quality.way.counted_m), (Some(3030.0), Some(2997.0)));
        assert!((quality.way.difference_pct.unwrap() + 1.1).abs() < 0.05, "{:?}", quality.way);
        // A position a kilometre off and back again.
        r.samples.lat_deg[500] += 0.009;
        let way = digested(&r).2.way;
        assert_eq!(way.n_position_jumps, 1);
        assert!((way.position_jump_m - 2001.0).abs() < 10.0, "{way:?}");
    }

    #[test]
    fn the_700_km_run_falls_back_on_its_positions_or_is_unknown() {
        let mut r = run(1000);
        r.totals.distance_m = Some(700_000.0);
        let (distance, source, quality, remarks) = digested(&r);
        assert_eq!(
            (distance, source, quality.way.is_impossible),
            (Some(2997.0), DistanceSource::Device, true)
        );
        assert!(remarks[0].contains("another source"), "{remarks:?}");
        for metres in &mut r.samples.distance_m {
            *metres *= 233.0;
        }
        let (distance, source, quality, _) = digested(&r);
        assert_eq!((distance, source), (Some(2997.0), DistanceSource::Gps));
        assert_eq!(quality.way.difference_pct, None);
        r.samples.lat_deg.clear();
        r.samples.lon_deg.clear();
        let (distance, source, _, remarks) = digested(&r);
        assert_eq!((distance, source), (None, DistanceSource::None));
        assert!(remarks[0].contains("unknown"), "{remarks:?}");
        // A ride may be as fast as it likes, and one that does not say so too.
        r.totals.distance_m = Some(8000.0);
        for sport in [Sport::Other, Sport::Unknown] {
            r.sport = sport;
            assert_eq!(digested(&r).0, Some(8000.0));
        }
    }

    #[test]
    fn a_counter_that_goes_on_from_an_earlier_part_begins_anew() {
        let mut r = run(1000);
        r.samples.distance_m = (0..1000).map(|k| 44_000.0 + 3.0 * f64::from(k)).collect();
        r.totals.distance_m = Some(2997.0);
        let (distance, source, quality, remarks) = digested(&r);
        assert_eq!((distance, source), (Some(2997.0), DistanceSource::Device));
        assert!(!quality.way.is_impossible && remarks.is_empty(), "{remarks:?}");
    }

    #[test]
    fn minutes_written_as_seconds_yield_to_the_samples() {
        let mut r = run(1000);
        (r.totals.timer_s, r.totals.elapsed_s) = (Some(16.65), Some(16.65));
        r.totals.distance_m = Some(2997.0);
        let made = crate::digest::digest(&r, "a".into(), "a.gpx".into());
        assert_eq!((made.timer_s, made.elapsed_s), (999.0, 999.0));
        assert!(made.remarks[0].starts_with("the time of the device is a small part"), "{:?}", made.remarks);
    }

    #[test]
    fn a_distance_of_some_metres_yields_to_the_counter_or_to_the_positions() {
        let mut r = run(1000);
        r.totals.distance_m = Some(17.0);
        let (distance, source, quality, remarks) = digested(&r);
        assert_eq!((distance, source), (Some(2997.0), DistanceSource::Device));
        assert!(quality.way.is_tiny && quality.way.difference_pct.is_none() && remarks.len() == 1);
        r.samples.distance_m = (0..1000).map(|k| if k < 6 { 3.0 * f64::from(k) } else { 15.0 }).collect();
        let (distance, source, _, remarks) = digested(&r);
        assert_eq!((distance, source, remarks.len()), (Some(2997.0), DistanceSource::Gps, 1));
        // On a belt the positions are those of a watch that lies still.
        r.sport = Sport::TreadmillRunning;
        assert_eq!(digested(&r).0, Some(17.0));
    }

    #[test]
    fn a_counter_that_jumps_loses_the_jump_and_one_that_catches_up_does_not() {
        let mut r = run(1000);
        for metres in &mut r.samples.distance_m[500..] {
            *metres += 5000.0;
        }
        r.totals.distance_m = Some(7997.0);
        let (distance, _, quality, remarks) = digested(&r);
        assert_eq!((distance, quality.way.n_counter_jumps), (Some(2994.0), 1));
        assert!((quality.way.counter_jump_m - 5003.0).abs() < 1e-6 && remarks.len() == 1);
        // Ten minutes without a fix, made up for at once.
        let mut r = run(1000);
        r.samples.distance_m[200..800].fill(597.0);
        let (distance, _, quality, remarks) = digested(&r);
        assert_eq!((distance, quality.way.n_counter_jumps, remarks.len()), (Some(2997.0), 0, 0));
    }

    #[test]
    fn channels_cover_what_their_values_stand_for() {
        let mut r = run(100);
        r.samples.hr_bpm = (0..100).map(|k| if k % 5 == 0 && k < 50 { 140.0 } else { f32::NAN }).collect();
        r.samples.altitude_m = vec![20.0; 100];
        let quality = digested(&r).2;
        let told: Vec<(&str, f64)> = quality.channels.iter().map(|c| (c.name.as_str(), c.seconds)).collect();
        assert_eq!(told, [("position", 99.0), ("distance", 99.0), ("altitude", 99.0), ("heart_rate", 45.0)]);
        assert_eq!(quality.channels[3].coverage, 45.0 / 99.0);
        assert_eq!(quality.altitude, AltitudeSource::Barometer);
        assert_eq!((quality.origins.elapsed, quality.origins.steps), (Some(Origin::Samples), None));
    }
}
