//! A recording to its digest: everything later stages need, and nothing that depends on the runner.
//!
//! Input is one [`Recording`], output one [`Digest`]. Invariant: a digest knows no threshold, no zone and no
//! config, so it is right for good; and it holds no position.

pub mod altitude;
pub mod bout;
pub mod efficiency;
pub mod effort;
pub mod fastest;
pub mod gap;
mod grid;
pub mod heart;
pub mod histogram;
mod path;
pub mod quality;
pub mod second;
pub mod shape;
pub mod steady;
mod stretch;
pub mod terrain;
mod totals;
pub mod zone;

pub use bout::Bout;
pub use efficiency::{Halves, WarmUp};
pub use fastest::{Fastest, RACE_DISTANCES, RaceDistance};
pub use histogram::Histogram;
pub use quality::Quality;
pub use shape::Shape;
pub use steady::Steady;
pub use terrain::TerrainCell;

use crate::model::{Format, Lap, Recording, Sport};
use second::Seconds;
use serde::{Deserialize, Serialize};

/// What one recorded activity boils down to. Units are in the names; `None` is "not recorded".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says a thing of its own")]
pub struct Digest {
    /// Stable for the same content: 32 hexadecimal digits, and `-2`, `-3` … for further sessions of a file.
    pub id: String,
    /// Path below the input as given.
    pub file: String,
    /// Format of the file.
    pub format: Format,
    /// Sport, as stated or inferred.
    pub sport: Sport,
    /// The sport is not in the file but was inferred from title, speed and steps.
    pub sport_inferred: bool,
    /// Name of the activity.
    pub title: Option<String>,
    /// Maker and product of the recorder.
    pub device: Option<String>,
    /// Hash of maker, product and serial number of the recorder, 4 hexadecimal digits: tells devices of one runner apart and names none.
    pub recorder: Option<String>,
    /// Hash of the sex and height that it was set to, 4 hexadecimal digits.
    pub wearer: Option<String>,
    /// Start in ms since 1970-01-01T00:00:00Z.
    pub start_ms: i64,
    /// Only the day is known: `start_ms` is noon of it, or the time of a clock that was never set.
    pub is_day_only: bool,
    /// Wall clock minus UTC at the start, from the file itself or from the zone of its first position.
    pub utc_offset_s: Option<i32>,
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// Where the distance comes from.
    pub distance_source: DistanceSource,
    /// Time from start to end in s.
    pub elapsed_s: f64,
    /// Time with the timer running in s.
    pub timer_s: f64,
    /// Timer less the stretches of at least 5 s below 0.5 m/s, in s.
    pub moving_s: f64,
    /// Climb in m.
    pub ascent_m: Option<f64>,
    /// Descent in m.
    pub descent_m: Option<f64>,
    /// Grades and climb come from altitudes that are smooth enough for a barometer.
    pub is_barometric: bool,
    /// Steps of both feet.
    pub steps: Option<f64>,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// Highest heart rate in bpm.
    pub max_hr_bpm: Option<f64>,
    /// Highest median of 15 s of heart rate in bpm: a peak that one bad sample cannot make.
    pub peak_hr_bpm: Option<f64>,
    /// Mean heart rate in bpm over the last two thirds of the time.
    pub late_hr_bpm: Option<f64>,
    /// Seconds with a usable heart rate.
    pub hr_valid_s: f64,
    /// Seconds of heart rate dropped as artefacts.
    pub hr_dropped_s: f64,
    /// Those of them in which it followed the cadence.
    pub hr_locked_s: f64,
    /// Those of them in which it stood still while the speed changed.
    pub hr_flat_s: f64,
    /// Resting heart rate in bpm that the watch was set to or had measured.
    pub resting_hr_bpm: Option<f64>,
    /// Mean cadence in steps per minute, standing still left out.
    pub avg_cadence_spm: Option<f64>,
    /// Mean power in W.
    pub avg_power_w: Option<f64>,
    /// 30 s smoothed 4th-power mean of power in W.
    pub normalised_power_w: Option<f64>,
    /// Who measured the power; powers of different makers are not to be compared.
    pub power_source: Option<String>,
    /// Mean grade-adjusted speed while moving (`strava2017`) in m/s.
    pub gap_speed_mps: Option<f64>,
    /// Normalised graded speed (`strava2017`) in m/s.
    pub ngs_mps: Option<f64>,
    /// Speed and heart rate minute by minute.
    pub shape: Shape,
    /// Seconds per beat per minute.
    pub hr_histogram: Histogram,
    /// Seconds per 0.05 m/s of grade-adjusted speed smoothed over 30 s.
    pub speed_histogram: Histogram,
    /// Seconds per 10 W.
    pub power_histogram: Histogram,
    /// Best mean grade-adjusted speed in m/s for each of [`effort::DURATIONS_S`] that fits.
    pub best_speed_mps: Vec<f64>,
    /// Best mean heart rate in bpm for the same durations.
    pub best_hr_bpm: Vec<f64>,
    /// Best mean power in W for the same durations.
    pub best_power_w: Vec<f64>,
    /// The fastest stretch over each of [`RACE_DISTANCES`] that fits.
    pub fastest: Vec<Fastest>,
    /// Stretches of at least 15 s that were faster than the run as a whole.
    pub surges: Vec<Bout>,
    /// Climbs of 20 to 180 s.
    pub climbs: Vec<Bout>,
    /// Efficiency at the start and after it.
    pub warm_up: Option<WarmUp>,
    /// The two time-halves after a warm-up of 10 min.
    pub halves: Option<Halves>,
    /// Summaries of the steady minutes.
    pub steady: Vec<Steady>,
    /// Seconds and steps by speed, grade and cadence.
    pub terrain: Vec<TerrainCell>,
    /// Mean ambient temperature in °C; on the wrist, that of the watch.
    pub temperature_c: Option<f64>,
    /// Laps as stored.
    pub laps: Vec<Lap>,
    /// The file itself says that this was a race.
    pub is_race: bool,
    /// A list of the runner's marks it as a long run.
    pub is_long: bool,
    /// Session RPE on the CR-10 scale.
    pub rpe: Option<f64>,
    /// The file is broken, and this is what could be saved of it.
    pub is_salvaged: bool,
    /// Number of samples read.
    pub n_samples: usize,
    /// What was left out, how much and why, and where the sums come from.
    pub quality: Quality,
    /// What was wrong with the file and what was done.
    pub remarks: Vec<String>,
}

/// Where a distance comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DistanceSource {
    /// The device's own total or counter.
    Device,
    /// Sum over the positions.
    Gps,
    /// There is none.
    None,
}

/// Makes the digest of one recording.
///
/// `id` and `file` are carried through. The local offset is the file's own, else that of the zone in which the
/// first position lies.
#[must_use]
pub fn digest(recording: &Recording, id: String, file: String) -> Digest {
    let seconds = Seconds::from_recording(recording);
    let totals = totals::totals(recording, &seconds);
    let (sport, sport_inferred) = totals::sport(recording, &totals, &seconds);
    let climb = &seconds.climb;
    let gap = &seconds.gap_mps;
    let smoothed_gap = effort::trailing_mean(gap, effort::SMOOTHING_S);
    let heart = heart::summary(&seconds);
    let dropped = seconds.hr_dropped;
    let device = &recording.totals;
    // The device's own sums have in them what was left out here.
    let stated_hr = |bpm: Option<f64>| bpm.filter(|_| !dropped.has_stretches());
    let gap_speed_mps = effort::mean_where(gap, |speed| speed >= second::STANDING_MPS);
    let avg_power_w = device.avg_power_w.or_else(|| effort::mean_where(&seconds.power_w, |_| true));
    let quality = Quality::of(recording, &seconds, &totals);
    let mut remarks = recording.remarks.clone();
    if seconds.n_astray > 0 {
        remarks.push(format!(
            "samples with times more than a month from the start, left out: {}",
            seconds.n_astray
        ));
    }
    remarks.extend(totals.remark.map(str::to_owned));
    remarks.extend(dropped.remarks());
    Digest {
        id,
        file,
        format: recording.format,
        sport,
        sport_inferred,
        title: recording.title.clone(),
        device: recording.device.clone(),
        recorder: recording.recorder.clone(),
        wearer: recording.wearer.clone(),
        start_ms: recording.start_ms,
        is_day_only: false,
        utc_offset_s: recording.utc_offset_s.or_else(|| zone::offset_of(recording)),
        distance_m: totals.distance_m,
        distance_source: totals.distance_source,
        elapsed_s: totals.elapsed_s,
        timer_s: totals.timer_s,
        moving_s: totals.moving_s,
        ascent_m: climb.as_ref().map(|climb| climb.ascent_m).or(device.ascent_m),
        descent_m: climb.as_ref().map(|climb| climb.descent_m).or(device.descent_m),
        is_barometric: climb.as_ref().is_some_and(|climb| climb.is_barometric),
        steps: totals.steps,
        avg_hr_bpm: stated_hr(device.avg_hr_bpm).or(heart.mean_bpm),
        max_hr_bpm: stated_hr(device.max_hr_bpm).or(heart.max_bpm),
        peak_hr_bpm: heart.peak_bpm,
        late_hr_bpm: heart.late_bpm,
        hr_valid_s: heart.valid_s,
        hr_dropped_s: dropped.total_s,
        hr_locked_s: dropped.locked_s,
        hr_flat_s: dropped.flat_s,
        resting_hr_bpm: recording.resting_hr_bpm,
        avg_cadence_spm: effort::mean_where(&seconds.cadence_spm, |spm| spm > 0.0),
        avg_power_w,
        normalised_power_w: effort::normalised(&seconds.power_w),
        power_source: recording.power_source.clone().filter(|_| avg_power_w.is_some()),
        gap_speed_mps,
        ngs_mps: effort::normalised_of(gap, &smoothed_gap),
        shape: Shape::of(&seconds, recording.start_ms),
        hr_histogram: Histogram::count(&seconds.hr_bpm, 1.0),
        speed_histogram: Histogram::count(&smoothed_gap, 0.05),
        power_histogram: Histogram::count(&seconds.power_w, 10.0),
        best_speed_mps: effort::best_means(gap, &seconds.clock_s),
        best_hr_bpm: effort::best_means(&seconds.hr_bpm, &seconds.clock_s),
        best_power_w: effort::best_means(&seconds.power_w, &seconds.clock_s),
        fastest: fastest::fastest(&seconds, &smoothed_gap),
        surges: gap_speed_mps.map_or_else(Vec::new, |mean_mps| bout::surges(&seconds, mean_mps)),
        climbs: bout::climbs(&seconds),
        warm_up: efficiency::warm_up(gap, &seconds.hr_bpm),
        halves: efficiency::halves(gap, &seconds.hr_bpm),
        steady: steady::steady(&seconds),
        terrain: terrain::table(&seconds),
        temperature_c: seconds.temperature_c,
        laps: recording.laps.clone(),
        is_race: recording.is_race,
        is_long: false,
        rpe: recording.rpe,
        is_salvaged: recording.is_salvaged,
        n_samples: recording.samples.len(),
        quality,
        remarks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten minutes at two speeds with a heart rate that stands still for the middle five.
    fn flat_line() -> Recording {
        let mut recording = Recording::new(Format::Fit);
        recording.samples.time_ms = (0..600).map(|k| k * 1000).collect();
        recording.samples.speed_mps = (0..600).map(|k| if k < 300 { 3.0 } else { 2.5 }).collect();
        let hr = |k: u16| if (150..450).contains(&k) { 120.0 } else { 140.0 };
        recording.samples.hr_bpm = (0..600).map(hr).collect();
        recording.totals.avg_hr_bpm = Some(130.0);
        recording.totals.max_hr_bpm = Some(199.0);
        recording
    }

    #[test]
    fn sums_of_the_device_give_way_where_stretches_of_heart_rate_were_false() {
        let mut recording = flat_line();
        let d = digest(&recording, String::new(), String::new());
        assert_eq!((d.hr_flat_s, d.hr_dropped_s, d.hr_valid_s), (300.0, 300.0, 299.0));
        assert_eq!((d.avg_hr_bpm, d.max_hr_bpm, d.late_hr_bpm), (Some(140.0), Some(140.0), Some(140.0)));
        assert_eq!(d.remarks, ["heart rate stood still for 5 min: left out"]);
        recording.samples.speed_mps.fill(3.0);
        let d = digest(&recording, String::new(), String::new());
        assert_eq!((d.avg_hr_bpm, d.max_hr_bpm, d.hr_dropped_s), (Some(130.0), Some(199.0), 0.0));
    }

    #[test]
    fn power_without_a_value_has_no_source() {
        let mut recording = flat_line();
        recording.power_source = Some("Stryd".into());
        assert_eq!(digest(&recording, String::new(), String::new()).power_source, None);
        recording.samples.power_w = vec![240.0; 600];
        recording.samples.temperature_c = vec![21.0; 600];
        let d = digest(&recording, String::new(), String::new());
        assert_eq!((d.power_source.as_deref(), d.temperature_c), (Some("Stryd"), Some(21.0)));
    }
}
