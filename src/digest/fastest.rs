//! The fastest stretch over each standard race distance: a race inside a longer file (science 8.2).

use super::effort::{mean_where, normalised_of};
use super::heart::late_mean;
use super::second::Seconds;
use serde::{Deserialize, Serialize};

/// A distance over which races are held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaceDistance {
    /// Length in m.
    pub distance_m: f64,
    /// Name for people.
    pub name: &'static str,
}

/// The standard distances, from the shortest on (science 8.2).
pub const RACE_DISTANCES: [RaceDistance; 15] = [
    of(1609.344, "mile"),
    of(3000.0, "3 km"),
    of(5000.0, "5 km"),
    of(8046.72, "5 miles"),
    of(10_000.0, "10 km"),
    of(15_000.0, "15 km"),
    of(16_093.44, "10 miles"),
    of(20_000.0, "20 km"),
    of(21_097.5, "half marathon"),
    of(30_000.0, "30 km"),
    of(42_195.0, "marathon"),
    of(50_000.0, "50 km"),
    of(80_467.0, "50 miles"),
    of(100_000.0, "100 km"),
    of(160_934.0, "100 miles"),
];

const fn of(distance_m: f64, name: &'static str) -> RaceDistance {
    RaceDistance { distance_m, name }
}

/// The stretch over which a runner was fastest over one distance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fastest {
    /// One of [`RACE_DISTANCES`] in m.
    pub distance_m: f64,
    /// Time for it in s by the clock, standing and pauses included.
    pub seconds: f64,
    /// Where it starts, in s after the start by the clock.
    pub start_s: f64,
    /// Where it ends, in s after the start by the clock.
    pub end_s: f64,
    /// Normalised graded speed in m/s.
    pub ngs_mps: Option<f64>,
    /// Mean heart rate in bpm.
    pub hr_bpm: Option<f64>,
    /// Mean heart rate in bpm over its last two thirds.
    pub late_hr_bpm: Option<f64>,
}

/// The fastest stretch for each of [`RACE_DISTANCES`] that fits into the way, in that order.
///
/// `smoothed_gap` is the trailing mean of the grade-adjusted speed.
#[must_use]
pub fn fastest(seconds: &Seconds, smoothed_gap: &[f64]) -> Vec<Fastest> {
    let (Some(&first_s), Some(total_m)) = (seconds.clock_s.first(), seconds.distance_m) else {
        return Vec::new();
    };
    // The grid ends a second before the last sample, which is a point as well.
    let moments: Vec<f64> = seconds.clock_s.iter().copied().chain([first_s + seconds.span_s]).collect();
    let way: Vec<f64> = seconds.way_m.iter().copied().chain([total_m]).collect();
    let stretch = |distance: &RaceDistance| {
        let (start, end, taken_s) = quickest(&moments, &way, distance.distance_m)?;
        let range = start..end.min(seconds.len());
        let hr_bpm = seconds.hr_bpm.get(range.clone()).unwrap_or_default();
        Some(Fastest {
            distance_m: distance.distance_m,
            seconds: taken_s,
            start_s: moments[start],
            end_s: moments[start] + taken_s,
            ngs_mps: normalised_of(&seconds.gap_mps[range.clone()], &smoothed_gap[range]),
            hr_bpm: mean_where(hr_bpm, |_| true),
            late_hr_bpm: late_mean(hr_bpm),
        })
    };
    RACE_DISTANCES.iter().map_while(stretch).collect()
}

/// The point at which the quickest stretch starts, the first point at or behind its end, and the time it takes.
fn quickest(moments_s: &[f64], way_m: &[f64], distance_m: f64) -> Option<(usize, usize, f64)> {
    let mut quickest: Option<(usize, usize, f64)> = None;
    let mut end = 0;
    for start in 0..way_m.len() {
        let goal = way_m[start] + distance_m;
        end += way_m[end..].iter().take_while(|way| **way < goal).count();
        let Some(&beyond) = way_m.get(end) else { break };
        // A distance so large that a kilometre is lost in it goes nowhere.
        if end <= start {
            continue;
        }
        let step_m = beyond - way_m[end - 1];
        if !step_m.is_finite() || step_m <= 0.0 {
            continue;
        }
        let share = (beyond - goal) / step_m;
        let taken = moments_s[end] - share * (moments_s[end] - moments_s[end - 1]) - moments_s[start];
        if quickest.is_none_or(|(_, _, least)| taken < least) {
            quickest = Some((start, end, taken));
        }
    }
    quickest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::effort::{SMOOTHING_S, trailing_mean};
    use crate::model::{Format, Recording};
    use proptest::prelude::*;

    #[test]
    fn a_distance_beyond_all_measure_goes_nowhere() {
        let moments: Vec<f64> = (0..5).map(f64::from).collect();
        assert_eq!(quickest(&moments, &[1e22, 1e22, 2e22, 3e22, 4e22], 1609.344), None);
        assert_eq!(quickest(&moments, &[0.0, 3.0, f64::NAN, 3e38, f64::INFINITY], 5.0), None);
    }

    /// A run of stretches of some seconds at some speed and heart rate.
    fn run(parts: &[(i64, f64, f32)]) -> Recording {
        let mut recording = Recording::new(Format::Fit);
        let samples = &mut recording.samples;
        let mut way = 0.0;
        for &(seconds, speed, hr) in parts {
            for _ in 0..seconds {
                samples.time_ms.push(samples.time_ms.last().map_or(0, |last| last + 1000));
                samples.distance_m.push(way);
                samples.hr_bpm.push(hr);
                way += speed;
            }
        }
        recording
    }

    fn of_run(recording: &Recording) -> Vec<Fastest> {
        let seconds = Seconds::from_recording(recording);
        fastest(&seconds, &trailing_mean(&seconds.gap_mps, SMOOTHING_S))
    }

    #[test]
    fn a_race_inside_a_longer_file_is_found() {
        let found = of_run(&run(&[(900, 2.5, 130.0), (1250, 4.0, 170.0), (600, 2.5, 150.0)]));
        let names: Vec<f64> = found.iter().map(|f| f.distance_m).collect();
        assert_eq!(names, [1609.344, 3000.0, 5000.0, 8046.72]);
        let five = found[2];
        assert!((five.seconds - 1250.0).abs() < 0.5 && (five.start_s - 900.0).abs() < 1.0, "{five:?}");
        assert!((five.end_s - five.start_s - five.seconds).abs() < 1e-9);
        assert!((five.ngs_mps.unwrap() - 4.0).abs() < 0.05 && five.late_hr_bpm == Some(170.0), "{five:?}");
        assert!((found[0].seconds - 1609.344 / 4.0).abs() < 1e-6);
    }

    #[test]
    fn a_race_that_is_the_whole_file_fits() {
        let found = of_run(&run(&[(2500, 4.0, 170.0), (1, 0.0, 170.0)]));
        assert_eq!(found.last().map(|f| (f.distance_m, f.seconds)), Some((10_000.0, 2500.0)));
    }

    #[test]
    fn standing_still_counts_and_a_gap_is_no_short_cut() {
        let standing = of_run(&run(&[(300, 4.0, 150.0), (60, 0.0, 150.0), (300, 4.0, 150.0)]));
        assert!((standing[0].seconds - (1609.344 / 4.0 + 60.0)).abs() < 1e-6);
        // 1200 m without a sample take the 300 s that they took.
        let mut gap = run(&[(300, 4.0, 150.0)]);
        gap.samples.time_ms.extend((0..300).map(|k| (600 + k) * 1000));
        gap.samples.distance_m.extend((0..300).map(|k| 2400.0 + 4.0 * f64::from(k)));
        gap.samples.hr_bpm.extend([150.0; 300]);
        assert!(of_run(&gap).iter().all(|f| (f.seconds - f.distance_m / 4.0).abs() < 1e-6));
    }

    #[test]
    fn without_a_way_there_is_none() {
        let mut recording = run(&[(900, 3.0, 140.0)]);
        recording.samples.distance_m.clear();
        assert!(of_run(&recording).is_empty());
    }

    proptest! {
        #[test]
        fn two_pointers_find_what_all_pairs_find(steps in prop::collection::vec((1.0..9.0, 0.0..9.0), 2..60)) {
            let (mut at, mut way) = (vec![0.0], vec![0.0]);
            for (seconds, metres) in steps {
                at.push(at.last().unwrap() + seconds);
                way.push(way.last().unwrap() + metres);
            }
            let reach = |start: usize| {
                let end = (start + 1..way.len()).find(|&end| way[end] - way[start] >= 20.0)?;
                let share = (way[start] + 20.0 - way[end - 1]) / (way[end] - way[end - 1]);
                Some(at[end - 1] + share * (at[end] - at[end - 1]) - at[start])
            };
            let slow = (0..way.len()).filter_map(reach).min_by(f64::total_cmp);
            let quick = quickest(&at, &way, 20.0).map(|(_, _, taken)| taken);
            prop_assert_eq!(slow.is_some(), quick.is_some());
            prop_assert!((slow.unwrap_or(0.0) - quick.unwrap_or(0.0)).abs() < 1e-6);
        }
    }
}
