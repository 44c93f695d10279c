//! Distance, times, steps and sport of a recording: the device's word where it has one, else from the samples.

use super::DistanceSource;
use super::effort::mean_where;
use super::second::{STANDING_MPS, Seconds};
use crate::model::{Recording, Sport};

/// Standing for at least this many seconds is not moving (heuristic).
const STANDING_S: usize = 5;

pub(super) struct Totals {
    pub distance_m: Option<f64>,
    pub distance_source: DistanceSource,
    pub elapsed_s: f64,
    pub timer_s: f64,
    pub moving_s: f64,
    pub steps: Option<f64>,
}

pub(super) fn totals(recording: &Recording, seconds: &Seconds) -> Totals {
    let device = &recording.totals;
    let stated = device.distance_m.filter(|distance| *distance > 0.0);
    let (distance_m, distance_source) = match (stated, seconds.distance_m) {
        (None, None) => (None, DistanceSource::None),
        (None, measured) if !seconds.is_counted => (measured, DistanceSource::Gps),
        (stated, counted) => (stated.or(counted), DistanceSource::Device),
    };
    let elapsed_s = device.elapsed_s.unwrap_or(seconds.span_s);
    let paused_s: f64 = recording.pauses.iter().map(|p| (p.end_ms - p.start_ms) as f64 / 1000.0).sum();
    let timer_s = device.timer_s.unwrap_or((seconds.span_s - paused_s - seconds.gap_s).max(0.0));
    let steps_counted = device.strides.map(|strides| 2.0 * strides);
    let cadence = mean_where(&seconds.cadence_spm, |_| true);
    Totals {
        distance_m,
        distance_source,
        elapsed_s,
        timer_s,
        moving_s: (timer_s - standing_s(&seconds.speed_mps)).max(0.0),
        steps: steps_counted.or_else(|| cadence.map(|spm| spm / 60.0 * timer_s)),
    }
}

/// Seconds in stretches of at least 5 s below 0.5 m/s; a missing speed is not standing.
fn standing_s(speed_mps: &[f64]) -> f64 {
    speed_mps
        .chunk_by(|a, b| (*a < STANDING_MPS) == (*b < STANDING_MPS))
        .filter(|stretch| stretch[0] < STANDING_MPS && stretch.len() >= STANDING_S)
        .map(|stretch| stretch.len() as f64)
        .sum()
}

/// The sport, and whether it was inferred: a recording of no stated sport whose mean moving speed is that of
/// a runner (1.8 to 6.5 m/s, heuristic) counts as a run.
pub(super) fn sport(recording: &Recording, totals: &Totals) -> (Sport, bool) {
    let speed = totals.distance_m.unwrap_or(0.0) / totals.moving_s.max(1.0);
    let runs = (1.8..=6.5).contains(&speed) && totals.moving_s >= 60.0;
    if recording.sport == Sport::Unknown && runs { (Sport::Running, true) } else { (recording.sport, false) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;

    #[test]
    fn short_stops_are_moving() {
        let mut speed = vec![3.0; 60];
        speed[10..14].fill(0.0);
        speed[20..26].fill(0.1);
        speed[30..40].fill(f64::NAN);
        assert_eq!(standing_s(&speed), 6.0);
    }

    #[test]
    fn the_device_is_believed_before_the_positions() {
        let mut recording = Recording::new(Format::Fit);
        recording.totals.distance_m = Some(10_020.0);
        let seconds = Seconds { distance_m: Some(10_300.0), span_s: 3000.0, ..Seconds::default() };
        let t = totals(&recording, &seconds);
        assert_eq!((t.distance_m, t.distance_source), (Some(10_020.0), DistanceSource::Device));
        assert_eq!((t.elapsed_s, t.timer_s, t.steps), (3000.0, 3000.0, None));
        assert_eq!(sport(&recording, &t), (Sport::Running, true));
    }
}
