//! Short recordings and histories for tests.

use super::Dated;
use crate::digest::digest;
use crate::model::calendar::plus;
use crate::model::{Amended, Day, Format, Recording, Sport};

/// The first day of every history here, a Wednesday.
pub(crate) fn first() -> Day {
    "2025-01-01".parse().unwrap()
}

/// An even run on day `n` at 08:00 UTC: distance in m, speed in m/s, heart rate in bpm (0: none).
pub(crate) fn even_run(n: u32, distance_m: f64, speed_mps: f64, hr_bpm: f64) -> Dated {
    paced_run(n, &[(distance_m, speed_mps, hr_bpm)])
}

/// A run of even parts, each with its distance in m, speed in m/s and heart rate in bpm.
pub(crate) fn paced_run(n: u32, parts: &[(f64, f64, f64)]) -> Dated {
    let date = plus(first(), n);
    let mut recording = Recording::new(Format::Fit);
    recording.sport = Sport::Running;
    recording.start_ms = i64::from(date.to_epoch_days()) * 86_400_000 + 8 * 3_600_000;
    let (mut second, mut metres) = (0_i64, 0.0);
    let has_hr = parts.iter().any(|part| part.2 > 0.0);
    for &(distance_m, speed_mps, hr_bpm) in parts {
        let end = metres + distance_m;
        while metres < end {
            recording.samples.time_ms.push(recording.start_ms + second * 1000);
            recording.samples.distance_m.push(metres);
            if has_hr {
                // A heart never beats quite evenly; one that does is taken for a stuck sensor.
                recording.samples.hr_bpm.push((hr_bpm + (second % 3) as f64 - 1.0) as f32);
            }
            second += 1;
            metres += speed_mps;
        }
    }
    Dated {
        digest: digest(&recording, format!("run-{n}"), format!("{date}.fit")),
        date,
        utc_offset_s: 0,
        rpe: None,
        race: None,
        duplicate_of: None,
        amended: Amended::default(),
    }
}

/// `n_weeks` with four easy runs a week of 8, 8, 8 and 14 km at 2.8 m/s and 140 bpm.
pub(crate) fn easy_weeks(n_weeks: u32) -> Vec<Dated> {
    let week = [(0, 8000.0), (2, 8000.0), (4, 8000.0), (6, 14_000.0)];
    (0..n_weeks).flat_map(|w| week.map(|(day, metres)| even_run(7 * w + day, metres, 2.8, 140.0))).collect()
}
