//! Surges and climbs: the repetitions of a session, whoever ran it (science 3.6).

use super::effort::mean_where;
use super::second::Seconds;
use super::stretch::stretches;
use serde::{Deserialize, Serialize};
use std::ops::{Range, RangeInclusive};

/// A climb is at least this steep (science 3.6).
const CLIMB_GRADE: f64 = 0.06;
/// Grades are means over 30 to 150 m, which blurs the foot and the top of a hill: a climb reaches out to half of that
/// grade (heuristic) ...
const EDGE_GRADE: f64 = CLIMB_GRADE / 2.0;
/// ... by at most this many seconds at either end (heuristic).
const EDGE_S: usize = 15;
/// A climb takes this many seconds (science 3.6).
const CLIMB_S: RangeInclusive<usize> = 20..=180;
/// A surge is faster than the run as a whole by this factor (heuristic).
const SURGE: f64 = 1.10;
/// A surge takes at least this many seconds (heuristic).
const MIN_SURGE_S: usize = 15;
/// Breaks up to this long are part of a bout (heuristic).
const BRIDGE_S: f64 = 3.0;

/// One stretch of a run that stands out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bout {
    /// Where it starts, in s after the start by the clock.
    pub start_s: f64,
    /// Seconds of data in it.
    pub seconds: f64,
    /// Mean grade-adjusted speed in m/s; `None` where it was walked uphill.
    pub speed_mps: Option<f64>,
    /// Mean grade as rise over run.
    pub grade: f64,
}

/// Stretches of at least 15 s with a grade-adjusted speed above 1.10 times the mean of the run.
#[must_use]
pub fn surges(seconds: &Seconds, mean_mps: f64) -> Vec<Bout> {
    let is_fast = |k: usize| seconds.gap_mps[k] > SURGE * mean_mps;
    let found = stretches(&seconds.clock_s, BRIDGE_S, is_fast).into_iter();
    found.filter(|stretch| stretch.len() >= MIN_SURGE_S).map(|stretch| bout(seconds, stretch)).collect()
}

/// Climbs of 20 to 180 s on which the grade comes to at least 0.06.
#[must_use]
pub fn climbs(seconds: &Seconds) -> Vec<Bout> {
    let is_steep = |k: usize| seconds.grade[k] >= CLIMB_GRADE;
    let found = stretches(&seconds.clock_s, BRIDGE_S, is_steep).into_iter();
    let widened = found.map(|stretch| widened(seconds, &stretch));
    widened.filter(|stretch| CLIMB_S.contains(&stretch.len())).map(|stretch| bout(seconds, stretch)).collect()
}

/// A climb with its foot and its top, as far as the timer ran through them.
fn widened(seconds: &Seconds, steep: &Range<usize>) -> Range<usize> {
    let belongs = |k: usize, next: usize| {
        seconds.grade[k] >= EDGE_GRADE && (seconds.clock_s[k] - seconds.clock_s[next]).abs() <= BRIDGE_S
    };
    let before = (0..steep.start).rev().take(EDGE_S).take_while(|&k| belongs(k, k + 1)).count();
    let after = (steep.end..seconds.len()).take(EDGE_S).take_while(|&k| belongs(k, k - 1)).count();
    steep.start - before..steep.end + after
}

fn bout(seconds: &Seconds, stretch: Range<usize>) -> Bout {
    Bout {
        start_s: seconds.clock_s[stretch.start],
        seconds: stretch.len() as f64,
        speed_mps: mean_where(&seconds.gap_mps[stretch.clone()], |_| true),
        grade: mean_where(&seconds.grade[stretch], |_| true).unwrap_or(0.0),
    }
}

#[cfg(test)]
mod tests {
    use crate::digest::{Digest, digest};
    use crate::model::{Format, Recording};

    /// A run of a sample a second from stretches of seconds, speed and grade, its altitudes off by up to `noise_m`.
    fn run(noise_m: f64, parts: &[(i64, f64, f64)]) -> Digest {
        let mut recording = Recording::new(Format::Fit);
        let samples = &mut recording.samples;
        let (mut way, mut altitude) = (0.0, 100.0);
        for &(seconds, speed, grade) in parts {
            for _ in 0..seconds {
                let k = samples.distance_m.len();
                samples.time_ms.push(samples.time_ms.last().map_or(0, |last| last + 1000));
                samples.distance_m.push(way);
                samples.speed_mps.push(speed as f32);
                samples.altitude_m.push((altitude + noise_m * [0.0, 1.0, -0.5, 0.3, -1.0][k % 5]) as f32);
                way += speed;
                altitude += speed * grade;
            }
        }
        digest(&recording, String::new(), String::new())
    }

    #[test]
    fn repetitions_are_counted_and_timed() {
        let mut parts = vec![(900, 3.0, 0.0)];
        parts.extend([(85, 4.7, 0.0), (90, 2.4, 0.0)].repeat(8));
        parts.push((600, 3.0, 0.0));
        let found = run(0.0, &parts);
        assert_eq!((found.surges.len(), found.climbs.len()), (8, 0));
        for (n, surge) in (0..).zip(&found.surges) {
            assert!((surge.seconds - 85.0).abs() <= 3.0, "{surge:?}");
            assert!((surge.start_s - f64::from(900 + n * 175)).abs() <= 3.0, "{surge:?}");
            assert!((surge.speed_mps.unwrap() - 4.7).abs() < 0.1 && surge.grade == 0.0, "{surge:?}");
        }
    }

    #[test]
    fn an_even_run_has_no_surge_and_a_sprint_of_ten_seconds_is_none() {
        assert!(run(0.0, &[(3600, 3.0, 0.0)]).surges.is_empty());
        assert!(run(0.0, &[(900, 3.0, 0.0), (10, 6.0, 0.0), (900, 3.0, 0.0)]).surges.is_empty());
    }

    #[test]
    fn hill_repeats_are_counted_and_timed_whatever_measures_the_altitude() {
        for (noise_m, is_barometric) in [(0.0, true), (0.8, false)] {
            for (up_s, down_s) in [(40, 60), (90, 120), (150, 200)] {
                let mut parts = vec![(900, 3.0, 0.0)];
                let down = -0.08 * 3.2 * f64::from(up_s) / (2.4 * f64::from(down_s));
                let repeat = [(up_s.into(), 3.2, 0.08), (down_s.into(), 2.4, down), (20, 2.4, 0.0)];
                parts.extend(repeat.repeat(6));
                parts.push((600, 3.0, 0.0));
                let found = run(noise_m, &parts);
                assert_eq!((found.is_barometric, found.climbs.len()), (is_barometric, 6), "{up_s} s");
                for climb in &found.climbs {
                    assert!((climb.seconds - f64::from(up_s)).abs() <= 14.0, "{up_s} s: {climb:?}");
                    assert!((0.05..=0.081).contains(&climb.grade), "{climb:?}");
                    assert!(climb.speed_mps.unwrap() > 3.2 * 1.15, "{climb:?}");
                }
            }
        }
    }

    #[test]
    fn a_mountain_and_a_walk_up_are_no_repeats() {
        assert!(run(0.0, &[(600, 3.0, 0.0), (900, 2.5, 0.08), (600, 3.0, 0.0)]).climbs.is_empty());
        assert!(run(0.0, &[(600, 3.0, 0.0), (120, 3.0, 0.04), (600, 3.0, 0.0)]).climbs.is_empty());
        let walked = run(0.0, &[(600, 3.0, 0.0), (120, 1.2, 0.15), (600, 3.0, 0.0)]).climbs;
        assert_eq!(walked.len(), 1);
    }
}
