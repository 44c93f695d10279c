//! One run with its scores: the row of the `runs` table.

use super::race::RaceScore;
use crate::model::{Day, Format, Sport};
use serde::Serialize;

/// What a load was computed from, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadBasis {
    /// Heart rate: TRIMP scaled to 100 for an hour at threshold.
    Hr,
    /// Expected from speed by the runner's own sessions with heart rate.
    Imputed,
    /// Grade-adjusted pace against the threshold speed.
    Pace,
    /// Running power against critical power of the same meter.
    Power,
    /// Session RPE times minutes, on the scale of the runner's sessions that have both.
    Rpe,
    /// Minutes times the usual load of a minute of this runner, or of easy running.
    Duration,
    /// Nothing: the runner has left the load out.
    LeftOut,
}

impl LoadBasis {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hr => "hr",
            Self::Imputed => "imputed",
            Self::Pace => "pace",
            Self::Power => "power",
            Self::Rpe => "rpe",
            Self::Duration => "duration",
            Self::LeftOut => "left_out",
        }
    }

    /// What it means, for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Hr => "heart rate, second by second",
            Self::Imputed => {
                "speed, by what your runs with heart rate at that speed cost: put in, not measured"
            }
            Self::Pace => "pace, corrected for grade",
            Self::Power => "running power",
            Self::Rpe => "how hard you said it was",
            Self::Duration => "duration alone: put in, not measured",
            Self::LeftOut => "nothing: your overrides.csv leaves the load out, and it counts as 0",
        }
    }

    /// Those that give a load, best first.
    pub const LADDER: [Self; 6] =
        [Self::Hr, Self::Imputed, Self::Pace, Self::Power, Self::Rpe, Self::Duration];

    /// Was the load not measured but put in from other runs?
    #[must_use]
    pub fn is_imputed(self) -> bool {
        matches!(self, Self::Imputed | Self::Duration)
    }
}

/// What kind of session a run was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// Intensity factor under 0.80.
    Easy,
    /// Intensity factor from 0.80 to under 0.88.
    Steady,
    /// Marked so by the runner, at least 90 min, or at least 30 % of the week's distance and among the longest of six weeks.
    Long,
    /// Intensity factor from 0.88 to under 0.95, or long at threshold.
    Tempo,
    /// Hard with repetitions in it.
    Intervals,
    /// Hard, with at least four short climbs at threshold effort.
    Hills,
    /// A race.
    Race,
}

impl SessionKind {
    /// All of them, by what comes first where several fit.
    pub const ALL: [Self; 7] =
        [Self::Race, Self::Hills, Self::Intervals, Self::Tempo, Self::Long, Self::Steady, Self::Easy];

    /// What makes a run this kind, for a reader (science 3.5 and 3.6; heuristic).
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Race => "a race of the config, of the file, or by its score",
            Self::Hills => "at least four climbs of 20 to 180 s at 6 % or more, at threshold effort",
            Self::Intervals => {
                "six repetitions of 20 to 90 s at 1.15 times threshold speed, or a hard session with three repetitions or laps near threshold speed"
            }
            Self::Tempo => "a hard session without repetitions, or an intensity factor from 0.88",
            Self::Long => {
                "an easy or steady run that you marked as long, of at least 90 min, or of at least 30 % of the week and among the longest tenth of 42 days"
            }
            Self::Steady => "an intensity factor from 0.80 to under 0.88",
            Self::Easy => "an intensity factor under 0.80, or none known",
        }
    }

    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Steady => "steady",
            Self::Long => "long",
            Self::Tempo => "tempo",
            Self::Intervals => "intervals",
            Self::Hills => "hills",
            Self::Race => "race",
        }
    }
}

/// How a run compares with the longest of the 30 days before it (science 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SpikeClass {
    /// Up to 1.10 times the longest.
    Reference,
    /// Over 1.10 to 1.30 times.
    Small,
    /// Over 1.30 to 2.00 times.
    Moderate,
    /// Over 2.00 times.
    Large,
    /// No run in the 30 days before.
    NoReference,
}

impl SpikeClass {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Small => "small",
            Self::Moderate => "moderate",
            Self::Large => "large",
            Self::NoReference => "no_reference",
        }
    }
}

/// One rung of the ladder of loads: what it gives, or why it gives nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rung {
    /// What the load would rest on.
    pub basis: LoadBasis,
    /// The load, or the reason for none.
    pub outcome: Result<f64, String>,
    /// What the runner's earlier runs have taught this rung.
    pub learnt: Vec<Learnt>,
}

/// A number that a rung took from earlier runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Learnt {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
}

/// What of a recording could be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Used {
    /// Samples in the file.
    pub n_samples: usize,
    /// Seconds with a usable heart rate.
    pub hr_valid_s: f64,
    /// Seconds of heart rate dropped as artefacts, of whatever kind.
    pub hr_dropped_s: f64,
    /// Of these, seconds in which heart rate followed the cadence.
    pub hr_locked_s: f64,
    /// Of these, seconds in which heart rate stood still.
    pub hr_flat_s: f64,
    /// Seconds above the maximal heart rate of the day.
    pub hr_over_max_s: f64,
    /// The altitude is smooth enough for a barometer.
    pub is_barometric: bool,
    /// The file, or its first position, says the local time.
    pub has_offset: bool,
    /// The runner has marked it as a long run.
    pub is_marked_long: bool,
}

/// One run, scored. `None` is "not known".
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Stable for the same content.
    pub id: String,
    /// Path below the input.
    pub file: String,
    /// Format of the file.
    pub format: Format,
    /// Name of the activity.
    pub title: Option<String>,
    /// Kind of running.
    pub sport: Sport,
    /// Maker and product of the recorder.
    pub device: Option<String>,
    /// Start in ms since 1970-01-01T00:00:00Z.
    pub start_ms: i64,
    /// Wall clock minus UTC in s that gave the date.
    pub utc_offset_s: i32,
    /// The runner's local date at the start.
    pub date: Day,
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// Start to end in s.
    pub elapsed_s: f64,
    /// Timer running in s.
    pub timer_s: f64,
    /// Moving in s.
    pub moving_s: f64,
    /// Climb in m.
    pub ascent_m: Option<f64>,
    /// Descent in m.
    pub descent_m: Option<f64>,
    /// Steps of both feet.
    pub steps: Option<f64>,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// Highest heart rate in bpm.
    pub max_hr_bpm: Option<f64>,
    /// Share of the timer with a usable heart rate, 0 to 1.
    pub hr_coverage: f64,
    /// Mean cadence in steps a minute.
    pub avg_cadence_spm: Option<f64>,
    /// Mean power in W.
    pub avg_power_w: Option<f64>,
    /// Distance over timer in m/s.
    pub avg_speed_mps: Option<f64>,
    /// Mean grade-adjusted speed while moving in m/s (`strava2017`).
    pub gap_speed_mps: Option<f64>,
    /// Normalised graded speed in m/s.
    pub ngs_mps: Option<f64>,
    /// ngs over threshold speed, else from TRIMP100 (science 3.5).
    pub intensity_factor: Option<f64>,
    /// Banister TRIMP.
    pub trimp_banister: Option<f64>,
    /// Banister TRIMP with 100 for an hour at the threshold heart rate.
    pub trimp100: Option<f64>,
    /// Edwards TRIMP.
    pub trimp_edwards: Option<f64>,
    /// Lucia TRIMP.
    pub trimp_lucia: Option<f64>,
    /// Points by zones of threshold heart rate, which other platforms print (science 2.7).
    pub hr_tss: Option<f64>,
    /// Running stress score from pace, 100 for an hour at threshold speed.
    pub rtss: Option<f64>,
    /// Stress from running power, 100 for an hour at critical power of the same meter.
    pub power_stress: Option<f64>,
    /// Stress by GOVSS from modelled power, where mass and height are known.
    pub govss: Option<f64>,
    /// Session RPE from 0 to 10.
    pub rpe: Option<f64>,
    /// Session RPE times minutes.
    pub srpe_au: Option<f64>,
    /// The load that days and weeks sum up: 100 is an hour at threshold.
    pub load_au: Option<f64>,
    /// What `load_au` was computed from.
    pub load_basis: Option<LoadBasis>,
    /// Every rung of the ladder of loads, best first.
    pub ladder: Vec<Rung>,
    /// Seconds in five heart-rate zones.
    pub hr_zone_s: Option<[f64; 5]>,
    /// Seconds in five zones of grade-adjusted speed.
    pub speed_zone_s: Option<[f64; 5]>,
    /// Seconds below, between and above the two thresholds, by heart rate, else by speed.
    pub three_zone_s: Option<[f64; 3]>,
    /// Aerobic decoupling in percent, where the run is fit for it (science 6.7).
    pub decoupling_pct: Option<f64>,
    /// Grade-adjusted metres per heart beat.
    pub efficiency_m_per_beat: Option<f64>,
    /// Kind of session.
    pub session_kind: SessionKind,
    /// A quality session by science 3.6: what a deep massage must keep away from.
    pub is_quality: bool,
    /// How much the run looks like a race.
    pub race: Option<RaceScore>,
    /// A race: stated, or by its score.
    pub is_race: bool,
    /// Distance over the longest run of the 30 days before.
    pub spike_ratio: Option<f64>,
    /// Class of `spike_ratio`.
    pub spike_class: Option<SpikeClass>,
    /// The `id` of the run of which this is a copy; a copy counts in nothing.
    pub duplicate_of: Option<String>,
    /// What of the recording could be used.
    pub used: Used,
    /// What was wrong with the file and what was done.
    pub notices: Vec<String>,
}

impl Run {
    /// The distance that was raced in m.
    #[must_use]
    pub fn race_distance_m(&self) -> Option<f64> {
        self.race.as_ref().filter(|_| self.is_race).map(|race| race.distance_m)
    }

    /// Does the run count in days and weeks?
    #[must_use]
    pub fn counts(&self) -> bool {
        self.duplicate_of.is_none()
    }
}
