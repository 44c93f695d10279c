//! Sums of a recording, and where each comes from.

use crate::digest::quality::{AltitudeSource, Origin};
use crate::digest::{Digest, DistanceSource};
use serde::Serialize;

/// One sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Total {
    /// What it is, as the tables name it.
    pub name: &'static str,
    /// What it came to, in the unit that the name ends in.
    pub value: f64,
    /// Where it comes from, in words.
    pub from: &'static str,
}

/// The sums that are known, in a fixed order.
pub fn totals(digest: &Digest) -> Vec<Total> {
    let quality = &digest.quality;
    let origins = quality.origins;
    let timed = if digest.n_samples == 0 { "no samples" } else { "times of the samples" };
    let of = |origin: Option<Origin>, samples: &'static str| match origin {
        Some(Origin::Device) => "total of the device",
        Some(Origin::Samples) => samples,
        None => "unknown",
    };
    let climb = match quality.altitude {
        AltitudeSource::Barometer => "altitudes as smooth as a barometer's",
        AltitudeSource::Satellites => "altitudes not shown to be a barometer's: ±",
        AltitudeSource::Stated => "total of the device",
        AltitudeSource::None => "unknown",
    };
    let has_time = |seconds: f64| Some(seconds).filter(|seconds| *seconds > 0.0);
    let all = [
        ("distance_m", digest.distance_m, distance(digest)),
        ("elapsed_s", has_time(digest.elapsed_s), of(origins.elapsed, timed)),
        (
            "timer_s",
            has_time(digest.timer_s),
            of(origins.timer, "times of the samples; pauses, and gaps as far as nobody ran, left out"),
        ),
        ("moving_s", has_time(digest.moving_s), "timer less standing of 5 s or more"),
        ("ascent_m", digest.ascent_m, climb),
        ("descent_m", digest.descent_m, climb),
        ("steps", digest.steps, of(origins.steps, "mean cadence over the timer")),
        ("avg_hr_bpm", digest.avg_hr_bpm, of(origins.avg_hr, "seconds of heart rate that were kept")),
        ("max_hr_bpm", digest.max_hr_bpm, of(origins.max_hr, "seconds of heart rate that were kept")),
        ("avg_cadence_spm", digest.avg_cadence_spm, "seconds of cadence, standing left out"),
        ("avg_power_w", digest.avg_power_w, of(origins.avg_power, "seconds of power")),
    ];
    let known = all.into_iter().filter_map(|(name, value, from)| Some(Total { name, value: value?, from }));
    known.collect()
}

fn distance(digest: &Digest) -> &'static str {
    let way = &digest.quality.way;
    match digest.distance_source {
        DistanceSource::Gps => "way along the positions",
        DistanceSource::Device if way.stated_m.is_some() && digest.distance_m == way.stated_m => {
            "total of the device"
        }
        DistanceSource::Device => "counter of the device",
        DistanceSource::None => "unknown",
    }
}
