//! Distance, times, steps and sport of a recording: the device's word where it has one, else from the samples.

use super::DistanceSource;
use super::effort::mean_where;
use super::quality::Way;
use super::second::{REJECT_MPS, STANDING_MPS, Seconds, may_be_on_foot};
use crate::model::{Recording, Sport};

/// Standing for at least this many seconds is not moving (heuristic).
const STANDING_S: usize = 5;

/// Nobody runs faster on average over four minutes or more: the records are 7.3 m/s over a mile and 6.8 over 3 km.
const MAX_MEAN_MPS: f64 = 7.0;
/// In a shorter time there is nothing to hold a distance against.
const MIN_TIME_S: f64 = 60.0;
/// Below this a mean speed is a sprint (see [`MAX_MEAN_MPS`]).
const SPRINT_S: f64 = 240.0;

pub(super) struct Totals {
    pub distance_m: Option<f64>,
    pub distance_source: DistanceSource,
    pub elapsed_s: f64,
    pub timer_s: f64,
    pub moving_s: f64,
    pub steps: Option<f64>,
    /// Seconds of standing with the timer running.
    pub standing_s: f64,
    /// The device's distance was left out, as nobody can have run it in the time.
    pub is_impossible: bool,
    /// What is to be said of the distance.
    pub remark: Option<&'static str>,
}

/// Is a distance of the device more than anyone can have run in the time?
///
/// A recording that states no sport may be a ride: there it takes positions that say less.
pub(super) fn is_impossible(recording: &Recording, span_s: f64, distance_m: Option<f64>, way: &Way) -> bool {
    let paused_s: f64 = recording.pauses.iter().map(|p| (p.end_ms - p.start_ms) as f64 / 1000.0).sum();
    let known = [recording.totals.timer_s, recording.totals.elapsed_s, Some(span_s - paused_s)];
    let Some(timer_s) = known.into_iter().flatten().find(|seconds| *seconds >= MIN_TIME_S) else {
        return false;
    };
    let limit = if timer_s < SPRINT_S { REJECT_MPS } else { MAX_MEAN_MPS };
    let is_too_far = |metres: Option<f64>| metres.is_some_and(|metres| metres > limit * timer_s);
    let is_doubtful = match recording.sport {
        Sport::Unknown => way.positions_m.is_some() && !is_too_far(way.positions_m),
        sport => may_be_on_foot(sport),
    };
    is_doubtful && is_too_far(distance_m)
}

pub(super) fn totals(recording: &Recording, seconds: &Seconds) -> Totals {
    let device = &recording.totals;
    let way = &seconds.way;
    let total = device.distance_m.filter(|distance| *distance > 0.0);
    let is_too_far = |metres| is_impossible(recording, seconds.span_s, metres, way);
    // A total that has the jumps of the counter in it is as wrong as the counter was.
    let has_jumps = total.zip(way.counted_m).is_some_and(|(total, counted)| {
        way.n_counter_jumps > 0 && total - counted > 0.5 * way.counter_jump_m
    });
    let stated = total.filter(|total| !has_jumps && !is_too_far(Some(*total)));
    let measured = seconds.distance_m.filter(|metres| !is_too_far(Some(*metres)));
    let is_impossible = is_too_far(total) || is_too_far(way.counted_m);
    let remark = if has_jumps {
        Some("the distance of the device jumps; what it jumped by is left out")
    } else if !is_impossible || stated.is_some() {
        None
    } else if measured.is_some() {
        Some("nobody can have run the distance of the device in the time; another source of it is used")
    } else {
        Some("nobody can have run the distance of the device in the time; its distance is unknown")
    };
    let (distance_m, distance_source) = match (stated, measured) {
        (None, None) => (None, DistanceSource::None),
        (None, measured) if !seconds.is_counted => (measured, DistanceSource::Gps),
        (stated, counted) => (stated.or(counted), DistanceSource::Device),
    };
    let elapsed_s = device.elapsed_s.unwrap_or(seconds.span_s);
    let paused_s: f64 = recording.pauses.iter().map(|p| (p.end_ms - p.start_ms) as f64 / 1000.0).sum();
    let timer_s = device.timer_s.unwrap_or((seconds.span_s - paused_s - seconds.gap_s).max(0.0));
    let steps_counted = device.strides.map(|strides| 2.0 * strides);
    let cadence = mean_where(&seconds.cadence_spm, |_| true);
    let standing_s = standing_s(&seconds.speed_mps);
    Totals {
        distance_m,
        distance_source,
        elapsed_s,
        timer_s,
        moving_s: (timer_s - standing_s).max(0.0),
        standing_s,
        is_impossible,
        remark,
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
