//! What one file says, before anything is cleaned or summed.
//!
//! A reader fills a [`Recording`]; the digest is made from it at once and the samples are dropped.
//! Invariant: every column of [`Samples`] is either empty (the file has no such channel) or as long as
//! `time_ms`; a missing value is NaN.

use super::Sport;
use serde::{Deserialize, Serialize};

/// The format a recording was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Garmin's Flexible and Interoperable Data Transfer.
    Fit,
    /// GPS Exchange Format 1.0 or 1.1.
    Gpx,
    /// Garmin's Training Center XML.
    Tcx,
    /// A row of a list that a platform or the runner wrote: sums and no samples.
    Csv,
    /// An activity of a list in JSON: sums and no samples.
    Json,
}

/// One activity as recorded: its samples and what the device itself summed up.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// The format of the file.
    pub format: Format,
    /// The sport as stated, [`Sport::Unknown`] where the file is silent.
    pub sport: Sport,
    /// The name of the activity, where the file has one.
    pub title: Option<String>,
    /// Maker and product of the recorder, for people.
    pub device: Option<String>,
    /// Hash of maker, product and serial number of the recorder, 4 hexadecimal digits: enough to tell devices of one runner apart. The serial number itself is never kept.
    pub recorder: Option<String>,
    /// Hash of the sex and height that the recorder was set to, 4 hexadecimal digits: tells whether two recorders are set to one person.
    pub wearer: Option<String>,
    /// The start as an instant, in milliseconds since 1970-01-01T00:00:00Z.
    pub start_ms: i64,
    /// Local wall clock minus UTC in seconds, where the file itself says so (FIT `activity.local_timestamp`).
    pub utc_offset_s: Option<i32>,
    /// The samples, in the order of the file.
    pub samples: Samples,
    /// Sums that the device stored.
    pub totals: DeviceTotals,
    /// Laps as stored, in order of time.
    pub laps: Vec<Lap>,
    /// Stretches in which the timer was stopped, in order of time.
    pub pauses: Vec<Pause>,
    /// The file itself says that this was a race.
    pub is_race: bool,
    /// Session RPE on the CR-10 scale, where the runner entered it on the watch.
    pub rpe: Option<f64>,
    /// Resting heart rate in bpm that the watch was set to or had measured.
    pub resting_hr_bpm: Option<f64>,
    /// Who measured the power, if there is any.
    pub power_source: Option<String>,
    /// Samples that have no time, and that cannot be placed: they are left out.
    pub n_untimed: usize,
    /// The file is broken, and this is what could be saved of it.
    pub is_salvaged: bool,
    /// What was wrong with the file, for the runner: "checksum is wrong", "cut off after 1,204 records".
    pub remarks: Vec<String>,
}

impl Recording {
    /// An empty recording of one format; readers fill in what the file says.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self {
            format,
            sport: Sport::Unknown,
            title: None,
            device: None,
            recorder: None,
            wearer: None,
            start_ms: 0,
            utc_offset_s: None,
            samples: Samples::default(),
            totals: DeviceTotals::default(),
            laps: Vec::new(),
            pauses: Vec::new(),
            is_race: false,
            rpe: None,
            resting_hr_bpm: None,
            power_source: None,
            n_untimed: 0,
            is_salvaged: false,
            remarks: Vec::new(),
        }
    }
}

impl Recording {
    /// Seconds with the timer stopped.
    #[must_use]
    pub fn paused_s(&self) -> f64 {
        self.pauses.iter().map(|pause| (pause.end_ms - pause.start_ms) as f64 / 1000.0).sum()
    }
}

/// Sample columns. Each is empty or as long as `time_ms`; NaN is "not recorded".
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Samples {
    /// Instant in milliseconds since 1970-01-01T00:00:00Z, in file order (may repeat or go back).
    pub time_ms: Vec<i64>,
    /// Latitude in degrees.
    pub lat_deg: Vec<f64>,
    /// Longitude in degrees.
    pub lon_deg: Vec<f64>,
    /// Distance since the start as the device counts it, in m.
    pub distance_m: Vec<f64>,
    /// Altitude in m.
    pub altitude_m: Vec<f32>,
    /// Speed as the device gives it, in m/s.
    pub speed_mps: Vec<f32>,
    /// Heart rate in beats per minute.
    pub hr_bpm: Vec<f32>,
    /// Cadence as stored, in revolutions per minute: in running files usually of one leg.
    pub cadence_rpm: Vec<f32>,
    /// Power in W.
    pub power_w: Vec<f32>,
    /// Step length in mm.
    pub step_length_mm: Vec<f32>,
    /// Ground contact time in ms.
    pub stance_ms: Vec<f32>,
    /// Share of ground contact on the left foot, in percent.
    pub stance_balance_pct: Vec<f32>,
    /// Vertical oscillation in mm.
    pub vertical_oscillation_mm: Vec<f32>,
    /// Vertical ratio in percent.
    pub vertical_ratio_pct: Vec<f32>,
    /// Ambient temperature in °C.
    pub temperature_c: Vec<f32>,
    /// Index of the first sample after each break between track segments (GPX) or track parts (TCX).
    pub segment_starts: Vec<usize>,
}

impl Samples {
    /// The number of samples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.time_ms.len()
    }

    /// Is there no sample at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.time_ms.is_empty()
    }
}

/// What the device summed up itself; `None` where the file is silent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeviceTotals {
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// Time from start to end in s, pauses included.
    pub elapsed_s: Option<f64>,
    /// Time with the timer running in s.
    pub timer_s: Option<f64>,
    /// Climb in m.
    pub ascent_m: Option<f64>,
    /// Descent in m.
    pub descent_m: Option<f64>,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// Highest heart rate in bpm.
    pub max_hr_bpm: Option<f64>,
    /// Mean cadence in the unit of `Samples::cadence_rpm`.
    pub avg_cadence_rpm: Option<f64>,
    /// Mean power in W.
    pub avg_power_w: Option<f64>,
    /// Cycles of one leg (FIT `total_cycles` or `total_strides`).
    pub strides: Option<f64>,
}

/// One lap as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lap {
    /// Start in s after the start of the recording.
    pub start_s: f64,
    /// Time with the timer running in s.
    pub timer_s: f64,
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// The runner pressed the lap button.
    pub is_manual: bool,
}

/// A stretch with the timer stopped, in ms since 1970-01-01T00:00:00Z; half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When the timer stopped.
    pub start_ms: i64,
    /// When it started again.
    pub end_ms: i64,
}
