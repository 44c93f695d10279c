//! Distance, times, steps and sport of a recording: the device's word where it has one, else from the samples.

use super::DistanceSource;
use super::effort::mean_where;
use super::quality::Way;
use super::second::{REJECT_MPS, STANDING_MPS, Seconds, may_be_on_foot};
use crate::model::{Recording, Sport};
use std::ops::RangeInclusive;

/// Standing for at least this many seconds is not moving (heuristic).
const STANDING_S: usize = 5;

/// Nobody runs faster on average over four minutes or more: the records are 7.3 m/s over a mile and 6.8 over 3 km.
const MAX_MEAN_MPS: f64 = 7.0;
/// In a shorter time there is nothing to hold a distance against.
const MIN_TIME_S: f64 = 60.0;
/// A smaller part of the way along the positions is no distance of the whole (heuristic).
const TINY: f64 = 0.2;
/// See [`TINY`]: less may be the drift of a watch that lay still, in m (heuristic).
const LEAST_MISSING_M: f64 = 500.0;
/// Positions are clean where jumps would have added no larger part to the way (heuristic).
const MOST_JUMPED: f64 = 0.1;
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
    /// The device's distance was left out, as it is a small part of the way along the positions.
    pub is_tiny: bool,
    /// What is to be said of the distance.
    pub remark: Option<&'static str>,
}

/// Is a distance of the device more than anyone can have run in the time?
///
/// A recording that states no sport may be a ride: there it takes positions that say less.
pub(super) fn is_impossible(recording: &Recording, span_s: f64, distance_m: Option<f64>, way: &Way) -> bool {
    let paused_s = recording.paused_s();
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

/// Is a distance of the device so small a part of the way along clean positions that it can only be that of a counter which
/// stood still, or of a lap?
pub(super) fn is_tiny(recording: &Recording, span_s: f64, distance_m: Option<f64>, way: &Way) -> bool {
    let Some((metres, positions_m)) = distance_m.zip(way.positions_m) else { return false };
    let is_clean = way.position_jump_m <= MOST_JUMPED * positions_m
        && !is_impossible(recording, span_s, way.positions_m, way);
    let is_outdoors = may_be_on_foot(recording.sport) && !recording.sport.is_indoor();
    is_outdoors && is_clean && metres < TINY * positions_m && positions_m - metres >= LEAST_MISSING_M
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
    let is_too_short = |metres| is_tiny(recording, seconds.span_s, metres, way);
    let stated = total.filter(|total| !has_jumps && !is_too_far(Some(*total)) && !is_too_short(Some(*total)));
    let measured = seconds.distance_m.filter(|metres| !is_too_far(Some(*metres)));
    let is_impossible = is_too_far(total) || is_too_far(way.counted_m);
    let is_tiny = is_too_short(total.or(way.counted_m));
    let remark = if is_tiny {
        Some(
            "the distance of the device is a small part of the way along the positions; another source of it is used",
        )
    } else if has_jumps {
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
    let recorded_s = seconds.span_s - recording.paused_s();
    let measured_s = (recorded_s - seconds.idle_s).max(0.0);
    // Minutes written as seconds: nobody runs so fast, and the samples say how long it took.
    let is_true = |stated: &f64| {
        *stated >= TINY * measured_s || distance_m.is_none_or(|metres| metres <= REJECT_MPS * stated)
    };
    let has_false_time = device.timer_s.is_some_and(|stated| !is_true(&stated));
    let remark = if has_false_time {
        Some("the time of the device is a small part of that of its samples, which counts")
    } else {
        remark
    };
    let elapsed_s = device.elapsed_s.filter(is_true).unwrap_or(seconds.span_s);
    let timer_s = device.timer_s.filter(is_true).unwrap_or(measured_s);
    let steps_counted = device.strides.map(|strides| 2.0 * strides);
    let cadence = mean_where(&seconds.cadence_spm, |_| true);
    // In gaps the runner stood with the timer running, as far as the timer was not stopped without a word.
    let stopped_s = (recorded_s - timer_s).max(0.0);
    let standing_s = seconds.standing_s + (seconds.idle_s - stopped_s).max(0.0);
    Totals {
        distance_m,
        distance_source,
        elapsed_s,
        timer_s,
        moving_s: (timer_s - standing_s).max(0.0),
        standing_s,
        is_impossible,
        is_tiny,
        remark,
        steps: steps_counted.or_else(|| cadence.map(|spm| spm / 60.0 * timer_s)),
    }
}

/// Seconds in stretches of at least 5 s below 0.5 m/s; a missing speed is not standing.
pub(super) fn standing_s(speed_mps: &[f64]) -> f64 {
    speed_mps
        .chunk_by(|a, b| (*a < STANDING_MPS) == (*b < STANDING_MPS))
        .filter(|stretch| stretch[0] < STANDING_MPS && stretch.len() >= STANDING_S)
        .map(|stretch| stretch.len() as f64)
        .sum()
}

/// Runners move on average at these speeds in m/s, walks and rides aside (heuristic).
const RUNNING_MPS: RangeInclusive<f64> = 1.8..=6.5;
/// Between these mean speeds in m/s only the steps tell a jog from a walk (heuristic).
const JOGGING_MPS: RangeInclusive<f64> = 1.0..=1.8;
/// Nobody walks faster than this in m/s, but in a race (heuristic).
const WALKING_MPS: f64 = 2.4;
/// Under this many steps a minute the feet walk (heuristic).
const RUNNING_SPM: f64 = 140.0;
/// Fewer steps a minute are no count of steps (heuristic).
const LEAST_SPM: f64 = 60.0;
/// Longer steps in m are those of wheels: cranks are counted like legs (heuristic).
const LONGEST_STEP_M: f64 = 1.9;
/// A shorter recording tells nothing, in s.
const TELLING_S: f64 = 60.0;

/// The sport, and whether it was inferred: from the title where the speed allows what it names, else from speed and steps.
pub(super) fn sport(recording: &Recording, totals: &Totals, seconds: &Seconds) -> (Sport, bool) {
    if recording.sport != Sport::Unknown || totals.moving_s < TELLING_S {
        return (recording.sport, false);
    }
    let speed_mps = totals.distance_m.map(|metres| metres / totals.moving_s);
    let named = recording.title.as_deref().and_then(Sport::of_title);
    let by_title = named.filter(|sport| speed_mps.is_none_or(|speed| allows(speed, *sport)));
    let cadence_spm = mean_where(&seconds.cadence_spm, |spm| spm > 0.0).filter(|spm| *spm >= LEAST_SPM);
    let found = by_title.or_else(|| by_speed(speed_mps?, cadence_spm));
    (found.unwrap_or(Sport::Unknown), found.is_some())
}

/// Can a recording of this mean speed be of that sport? A slow run is still a run.
fn allows(speed_mps: f64, sport: Sport) -> bool {
    /// Nobody swims faster on average (heuristic).
    const SWIMMING_MPS: f64 = 2.2;
    let most = match sport {
        Sport::Swimming => SWIMMING_MPS,
        sport if sport.is_run() => *RUNNING_MPS.end(),
        sport if sport.is_on_foot() => WALKING_MPS,
        _ => f64::INFINITY,
    };
    speed_mps <= most
}

/// What speed and steps tell; a slow recording without steps may be a walk or a run up a mountain, and stays unknown.
fn by_speed(speed_mps: f64, cadence_spm: Option<f64>) -> Option<Sport> {
    let runs_by_step = |spm: f64| spm >= RUNNING_SPM && 60.0 * speed_mps / spm <= LONGEST_STEP_M;
    match cadence_spm {
        None => RUNNING_MPS.contains(&speed_mps).then_some(Sport::Running),
        Some(spm) if spm < RUNNING_SPM && (0.5..=WALKING_MPS).contains(&speed_mps) => Some(Sport::Walking),
        Some(spm) if JOGGING_MPS.contains(&speed_mps) => runs_by_step(spm).then_some(Sport::Running),
        Some(spm) => {
            let is_wheel = 60.0 * speed_mps / spm > LONGEST_STEP_M;
            (RUNNING_MPS.contains(&speed_mps) && !is_wheel).then_some(Sport::Running)
        }
    }
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
        assert_eq!(sport(&recording, &t, &seconds), (Sport::Running, true));
    }

    /// What an hour at a speed is taken for.
    fn inferred(title: Option<&str>, speed_mps: f64, cadence_spm: Option<f64>) -> Sport {
        let mut recording = Recording::new(Format::Gpx);
        recording.title = title.map(str::to_owned);
        let seconds = Seconds {
            distance_m: Some(3600.0 * speed_mps),
            span_s: 3600.0,
            cadence_spm: cadence_spm.map_or_else(Vec::new, |spm| vec![spm; 3600]),
            ..Seconds::default()
        };
        let (sport, is_inferred) = sport(&recording, &totals(&recording, &seconds), &seconds);
        assert_eq!(is_inferred, sport != Sport::Unknown);
        sport
    }

    #[test]
    fn the_title_tells_the_sport_where_the_speed_allows_it() {
        assert_eq!(inferred(Some("Ride"), 6.0, None), Sport::Cycling);
        assert_eq!(inferred(Some("Morning Run"), 1.4, None), Sport::Running, "slow, and still a run");
        assert_eq!(inferred(Some("Abendlauf"), 3.0, None), Sport::Running);
        assert_eq!(inferred(Some("Dog walk"), 1.4, None), Sport::Walking);
        assert_eq!(inferred(Some("Swim"), 0.9, None), Sport::Swimming);
        // A title that the speed gives the lie: the speed tells.
        assert_eq!(inferred(Some("Run to the sea"), 9.0, None), Sport::Unknown);
        assert_eq!(inferred(Some("Walk this way"), 3.2, None), Sport::Running);
        assert_eq!(
            inferred(Some("Run or bike"), 3.0, None),
            Sport::Running,
            "a title of two sports tells none"
        );
    }

    #[test]
    fn without_a_title_speed_and_steps_tell() {
        for (speed, cadence, expected) in [
            (3.0, None, Sport::Running),
            (1.4, None, Sport::Unknown),
            (9.0, None, Sport::Unknown),
            (1.4, Some(110.0), Sport::Walking),
            (2.0, Some(125.0), Sport::Walking),
            (2.0, Some(160.0), Sport::Running),
            (1.4, Some(150.0), Sport::Running),
            (6.0, Some(170.0), Sport::Unknown),
            (5.0, Some(180.0), Sport::Running),
            (0.2, Some(60.0), Sport::Unknown),
        ] {
            assert_eq!(inferred(None, speed, cadence), expected, "{speed} m/s, {cadence:?} spm");
        }
    }

    #[test]
    fn a_stated_sport_and_a_short_recording_are_left_as_they_are() {
        let mut recording = Recording::new(Format::Gpx);
        let seconds = Seconds { distance_m: Some(150.0), span_s: 50.0, ..Seconds::default() };
        let t = totals(&recording, &seconds);
        assert_eq!(sport(&recording, &t, &seconds), (Sport::Unknown, false));
        (recording.sport, recording.title) = (Sport::Walking, Some("Run".into()));
        assert_eq!(sport(&recording, &t, &seconds), (Sport::Walking, false));
    }
}
