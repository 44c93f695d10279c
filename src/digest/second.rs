//! The even second: a recording laid on one value a second, pauses taken out.
//!
//! Input is a [`Recording`] as its file has it (samples 1 to 10 s apart, out of order, twice, with gaps), output
//! is [`Seconds`]. Everything after this works on the even grid, so sums are counts of seconds and a mean
//! is a mean over time. Invariant: all columns have the same length, or none where the channel is missing.

use super::altitude::{self, Climb};
use super::effort::mean_where;
use super::gap;
use super::grid::Grid;
use super::heart::{self, Dropped};
use super::path::{Path, cumulative_counter, cumulative_gps, time_order};
use super::quality::{Times, Way};
use super::totals;
use crate::model::{Recording, Sport};

/// Slower than this is standing (heuristic).
pub const STANDING_MPS: f64 = 0.5;
/// Speeds above this are rejected as errors of position.
pub const REJECT_MPS: f64 = 12.0;
/// Speeds are capped here; no runner holds more.
pub const MAX_RUNNING_MPS: f64 = 8.0;
/// Below this speed and above [`WALK_GRADE`] a runner walks, and the running curve overstates the effort.
const WALK_MPS: f64 = 1.8;
/// See [`WALK_MPS`].
const WALK_GRADE: f64 = 0.10;

/// One value a second of data time. Missing values are NaN; missing channels are empty.
#[derive(Debug, Clone, Default)]
pub struct Seconds {
    /// Seconds after the start, by the clock, of each second of data.
    pub clock_s: Vec<f64>,
    /// Speed in m/s, smoothed over 5 s.
    pub speed_mps: Vec<f64>,
    /// Grade as rise over run.
    pub grade: Vec<f64>,
    /// Grade-adjusted speed (`strava2017`) in m/s; NaN where the runner walks uphill.
    pub gap_mps: Vec<f64>,
    /// Heart rate in bpm, artefacts taken out.
    pub hr_bpm: Vec<f64>,
    /// Seconds of heart rate that were dropped as artefacts.
    pub hr_dropped: Dropped,
    /// Steps a minute, both feet.
    pub cadence_spm: Vec<f64>,
    /// Power in W.
    pub power_w: Vec<f64>,
    /// Step length in m.
    pub step_length_m: Vec<f64>,
    /// Ground contact in ms.
    pub stance_ms: Vec<f64>,
    /// Share of contact on the left foot in percent.
    pub stance_balance_pct: Vec<f64>,
    /// Vertical ratio in percent.
    pub vertical_ratio_pct: Vec<f64>,
    /// Vertical oscillation in mm.
    pub vertical_oscillation_mm: Vec<f64>,
    /// Mean ambient temperature in °C.
    pub temperature_c: Option<f64>,
    /// Distance in m since the start at each second; gaps have their share of it by the clock.
    pub way_m: Vec<f64>,
    /// Distance in m that the counter of the device, else the positions, give for the whole recording.
    pub distance_m: Option<f64>,
    /// `distance_m` is what the device counted, not what the positions give.
    pub is_counted: bool,
    /// Seconds with data.
    pub data_s: f64,
    /// Seconds from the first to the last sample.
    pub span_s: f64,
    /// Seconds of gaps without data: the runner stood still in them, or they are too long to bridge.
    pub gap_s: f64,
    /// Those of them in which nobody ran: they are no part of the time on the way.
    pub idle_s: f64,
    /// Seconds of standing on record.
    pub standing_s: f64,
    /// Climb and descent, where there is an altitude.
    pub climb: Option<Climb>,
    /// Samples left out because their times cannot belong to the recording.
    pub n_astray: usize,
    /// What became of the samples by their times, as far as it is known here.
    pub times: Times,
    /// What the distance is chosen from, as far as it is known here.
    pub way: Way,
}

impl Seconds {
    /// Lays a recording on the even grid.
    #[must_use]
    pub fn from_recording(recording: &Recording) -> Self {
        let samples = &recording.samples;
        let (order, times) = time_order(samples, recording.start_ms);
        let Some((&first, &last)) = order.first().zip(order.last()) else { return Self::default() };
        let clock = |i: usize| (samples.time_ms[i] - recording.start_ms) as f64 / 1000.0;
        let mut breaks = vec![false; samples.len() + 1];
        for &start in &samples.segment_starts {
            breaks[start.min(samples.len())] = true;
        }

        let span_s = clock(last) - clock(first);
        let counter = {
            let stated_m = recording.totals.distance_m.filter(|metres| *metres > 0.0);
            cumulative_counter(samples, &order, may_be_on_foot(recording.sport), stated_m)
        };
        let positions = cumulative_gps(samples, &order, &breaks);
        let way = way(counter.as_ref(), positions.as_ref());
        // The counter of the device is believed before the positions, unless nobody can have run that far, or it stood still.
        let is_false = totals::is_impossible(recording, span_s, way.counted_m, &way)
            || totals::is_tiny(recording, span_s, way.counted_m, &way);
        let counter = counter.filter(|_| !is_false);
        let has_counter = counter.is_some();
        let path = counter.or(positions).map(|path| path.way_m);
        let path = path.as_ref();
        let grid = Grid::new(recording, &order, path);

        let hold = |column: &[f32]| grid.hold(column, &order);
        let speed_mps = grid.speed(samples, &order, path);
        let standing_s = grid.standing_s(&speed_mps);
        let idle_s = grid.idle_s(standing_s);
        let gap_s: f64 = grid.gaps.iter().map(|gap| gap.seconds).sum();
        let cadence_spm = steps_per_minute(hold(&samples.cadence_rpm));
        let beside = heart::Beside {
            clock_s: &grid.clock_s,
            sample: &grid.holder,
            speed_mps: &speed_mps,
            cadence_spm: &cadence_spm,
        };
        let mut hr_bpm = hold(&samples.hr_bpm);
        let hr_dropped = heart::drop_artefacts(&mut hr_bpm, &beside);
        let profile =
            (!recording.sport.is_indoor()).then(|| altitude::profile(samples, &order, path?)).flatten();
        let distance_at = path.map(|path| grid.interpolate(path));
        let grade: Vec<f64> = match (&profile, &distance_at) {
            (Some(profile), Some(distance)) => distance.iter().map(|d| profile.grade_at(*d)).collect(),
            _ => vec![0.0; grid.len()],
        };
        let gap_mps = speed_mps.iter().zip(&grade).map(|(v, g)| graded(*v, *g)).collect();
        Self {
            grade,
            gap_mps,
            hr_bpm,
            hr_dropped,
            cadence_spm,
            power_w: hold(&samples.power_w),
            step_length_m: hold(&samples.step_length_mm).into_iter().map(|mm| mm / 1000.0).collect(),
            stance_ms: hold(&samples.stance_ms),
            stance_balance_pct: hold(&samples.stance_balance_pct),
            vertical_ratio_pct: hold(&samples.vertical_ratio_pct),
            vertical_oscillation_mm: hold(&samples.vertical_oscillation_mm),
            temperature_c: mean_where(&hold(&samples.temperature_c), |_| true),
            way_m: path.map_or_else(Vec::new, |path| grid.by_clock(path, |at| clock(order[at]))),
            distance_m: path.and_then(|path| path.last().copied()),
            is_counted: has_counter,
            data_s: grid.data_s,
            span_s,
            gap_s,
            idle_s,
            standing_s,
            climb: profile.map(|profile| profile.climb),
            n_astray: times.n_astray,
            times: Times {
                bridged_s: grid.bridged_s,
                n_gaps: grid.gaps.len(),
                ran_s: gap_s - idle_s,
                ..times
            },
            way,
            speed_mps,
            clock_s: grid.clock_s,
        }
    }

    /// The number of seconds with data.
    #[must_use]
    pub fn len(&self) -> usize {
        self.clock_s.len()
    }

    /// Is there no second with data?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clock_s.is_empty()
    }
}

/// Is the sport one in which nobody moves faster than a runner? What is not stated may be.
pub(super) fn may_be_on_foot(sport: Sport) -> bool {
    sport.is_run() || matches!(sport, Sport::Walking | Sport::Hiking | Sport::Unknown)
}

/// What counter and positions give.
fn way(counter: Option<&Path>, positions: Option<&Path>) -> Way {
    Way {
        counted_m: counter.map(Path::length_m),
        positions_m: positions.map(Path::length_m).filter(|length| *length > 0.0),
        n_counter_jumps: counter.map_or(0, |path| path.n_jumps),
        counter_jump_m: counter.map_or(0.0, |path| path.jump_m),
        n_position_jumps: positions.map_or(0, |path| path.n_jumps),
        position_jump_m: positions.map_or(0.0, |path| path.jump_m),
        ..Way::default()
    }
}

/// Grade-adjusted speed; NaN where the runner walks up a slope on which the running curve overstates.
fn graded(speed: f64, grade: f64) -> f64 {
    if speed < WALK_MPS && grade > WALK_GRADE { f64::NAN } else { speed * gap::strava_factor(grade) }
}

/// FIT, TCX and most GPX store the cadence of one leg. A column whose usual value is below 120 is taken for
/// that and doubled; no runner takes fewer than 120 steps a minute for half of a run.
fn steps_per_minute(mut cadence: Vec<f64>) -> Vec<f64> {
    let mut moving: Vec<f64> = cadence.iter().copied().filter(|c| *c > 20.0).collect();
    if moving.is_empty() {
        return Vec::new();
    }
    let middle = moving.len() / 2;
    let (_, median, _) = moving.select_nth_unstable_by(middle, f64::total_cmp);
    if *median < 120.0 {
        for spm in &mut cadence {
            *spm *= 2.0;
        }
    }
    cadence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Pause};

    fn recording(time_s: &[i64], distance_m: &[f64]) -> Recording {
        let mut recording = Recording::new(Format::Fit);
        recording.samples.time_ms = time_s.iter().map(|s| s * 1000).collect();
        recording.samples.distance_m = distance_m.to_vec();
        recording
    }

    #[test]
    fn a_channel_of_every_fifth_record_is_whole_and_a_lost_strap_is_not() {
        let times: Vec<i64> = (0..100).collect();
        let mut r = recording(&times, &times.iter().map(|t| 3.0 * *t as f64).collect::<Vec<_>>());
        r.samples.hr_bpm = (0..100).map(|k| if k % 5 == 0 && k < 50 { 140.0 } else { f32::NAN }).collect();
        let s = Seconds::from_recording(&r);
        assert!(s.hr_bpm[..55].iter().all(|hr| *hr == 140.0) && s.hr_bpm[55..].iter().all(|hr| hr.is_nan()));
    }

    #[test]
    fn samples_hold_until_the_next_and_ten_seconds_at_most() {
        let mut r = recording(&[0, 1, 4, 30], &[0.0, 3.0, 12.0, 13.0]);
        r.samples.hr_bpm = vec![100.0, 110.0, 120.0, 130.0];
        let s = Seconds::from_recording(&r);
        let expected: Vec<f64> = [100.0, 110.0, 110.0, 110.0].into_iter().chain([120.0; 10]).collect();
        assert_eq!(s.hr_bpm, expected);
        assert_eq!((s.data_s, s.span_s, s.gap_s), (14.0, 30.0, 26.0));
        assert_eq!(s.distance_m, Some(13.0));
    }

    #[test]
    fn points_far_apart_have_the_speed_between_them() {
        let times: Vec<i64> = (0..20).map(|k| 20 * k).collect();
        let mut r = recording(&times, &times.iter().map(|t| 3.0 * *t as f64).collect::<Vec<_>>());
        r.samples.hr_bpm = vec![140.0; 20];
        let s = Seconds::from_recording(&r);
        assert_eq!((s.data_s, s.gap_s), (380.0, 0.0));
        assert!(s.speed_mps.iter().all(|v| (v - 3.0).abs() < 1e-9));
        assert_eq!(s.hr_bpm.iter().filter(|hr| hr.is_finite()).count(), 380);
    }

    #[test]
    fn a_stop_without_samples_is_no_sprint() {
        let r = recording(&[0, 5, 10, 300, 305, 310], &[0.0, 15.0, 30.0, 90.0, 105.0, 120.0]);
        let s = Seconds::from_recording(&r);
        assert_eq!((s.data_s, s.gap_s, s.distance_m), (30.0, 290.0, Some(120.0)));
        assert_eq!(s.idle_s, 290.0, "with 20 s on record nothing is known of the speed");
        assert!(s.speed_mps.iter().all(|v| *v <= 3.0 + 1e-9), "{:?}", s.speed_mps);
    }

    #[test]
    fn the_way_over_a_gap_counts_with_the_time_that_it_took() {
        // Two minutes at 3 m/s before a gap of three, and two after it.
        let times: Vec<i64> = (0..120).chain(300..420).collect();
        let told = |over_m: f64| {
            let way =
                |t: &i64| if *t < 120 { 3.0 * *t as f64 } else { 357.0 + over_m + 3.0 * (*t - 300) as f64 };
            let r = recording(&times, &times.iter().map(way).collect::<Vec<_>>());
            let s = Seconds::from_recording(&r);
            let t = totals::totals(&r, &s);
            (s.idle_s.round(), t.distance_m.unwrap() / t.moving_s, t.timer_s.round() - t.moving_s.round())
        };
        assert_eq!(told(543.0), (0.0, 3.0, 0.0), "run through");
        assert_eq!(told(300.0), (81.0, 3.0, 0.0), "run and stood");
        assert_eq!(told(0.0), (181.0, 3.0, 0.0), "stood");
        assert_eq!(told(905.0).0, 0.0, "never more than the gap");
    }

    #[test]
    fn a_stop_in_which_the_timer_ran_is_standing() {
        let mut r = recording(&[0, 5, 10, 100, 105], &[0.0, 15.0, 30.0, 30.0, 45.0]);
        r.totals.timer_s = Some(105.0);
        let t = totals::totals(&r, &Seconds::from_recording(&r));
        assert_eq!((t.timer_s, t.moving_s, t.standing_s), (105.0, 15.0, 90.0));
        r.totals.timer_s = Some(15.0);
        let t = totals::totals(&r, &Seconds::from_recording(&r));
        assert_eq!((t.timer_s, t.moving_s, t.standing_s), (15.0, 15.0, 0.0));
    }

    #[test]
    fn a_wrong_first_position_is_outvoted() {
        let mut r = Recording::new(Format::Gpx);
        r.samples.time_ms = (0..100).map(|s| s * 1000).collect();
        r.samples.lat_deg = (0..100).map(|k| f64::from(k) * 3e-5).collect();
        r.samples.lat_deg[0] = 1.0;
        r.samples.lon_deg = vec![0.0; 100];
        let s = Seconds::from_recording(&r);
        assert!((s.distance_m.unwrap() - 98.0 * 3.336).abs() < 0.1, "{:?}", s.distance_m);
    }

    #[test]
    fn several_pauses_between_two_samples_all_count() {
        let mut r = recording(&[0, 60], &[0.0, 60.0]);
        let pause = |start: i64, end: i64| Pause { start_ms: start * 1000, end_ms: end * 1000 };
        r.pauses = vec![pause(5, 25), pause(30, 55)];
        assert_eq!(Seconds::from_recording(&r).data_s, 15.0);
    }

    #[test]
    fn a_pause_of_the_timer_is_no_data() {
        let mut r = recording(&[0, 5, 105, 110], &[0.0, 15.0, 15.0, 30.0]);
        r.pauses = vec![Pause { start_ms: 5000, end_ms: 105_000 }];
        let s = Seconds::from_recording(&r);
        assert_eq!((s.data_s, s.gap_s), (10.0, 0.0));
        assert_eq!(s.clock_s[5], 105.0);
    }

    #[test]
    fn repeated_and_unordered_times_are_put_in_order() {
        let r = recording(&[0, 2, 1, 2, 3], &[0.0, 6.0, 3.0, 99.0, 9.0]);
        let s = Seconds::from_recording(&r);
        assert_eq!(s.len(), 3);
        assert_eq!(s.distance_m, Some(9.0));
    }

    #[test]
    fn a_clock_that_jumps_by_decades_loses_its_samples() {
        let s = Seconds::from_recording(&recording(&[0, 2, 1_600_000_000, 4], &[0.0, 6.0, 9.0, 12.0]));
        assert_eq!((s.span_s, s.len(), s.n_astray), (4.0, 4, 1));
    }

    #[test]
    fn positions_give_distance_without_jumps() {
        let mut r = Recording::new(Format::Gpx);
        r.samples.time_ms = (0..5).map(|s| s * 1000).collect();
        // 3e-5 degrees of latitude are 3.34 m; the third point is 1 km off.
        r.samples.lat_deg = vec![0.0, 3e-5, 1e-2, 6e-5, 9e-5];
        r.samples.lon_deg = vec![0.0; 5];
        let s = Seconds::from_recording(&r);
        assert!((s.distance_m.unwrap() - 10.007).abs() < 0.01, "{:?}", s.distance_m);
    }

    #[test]
    fn cadence_of_one_leg_is_doubled() {
        assert_eq!(steps_per_minute(vec![85.0, 0.0, 86.0]), [170.0, 0.0, 172.0]);
        assert_eq!(steps_per_minute(vec![170.0, 0.0, 172.0]), [170.0, 0.0, 172.0]);
        assert!(steps_per_minute(vec![0.0; 9]).is_empty());
    }
}
