//! The runner's thresholds, each with its origin (science 2.8).

use super::pace::{hour_speed_mps, vdot};
use crate::digest::Digest;
use crate::digest::effort::DURATIONS_S;
use crate::model::Day;
use crate::model::calendar::days_between;
use chrono::Datelike;
use serde::Serialize;

/// Where a threshold comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Given in the config.
    Config,
    /// Seen in the history: a race, or a peak that a second run confirms.
    History,
    /// The best of training, which nobody ran at their limit: biased low.
    Training,
    /// From age (Tanaka 2001).
    Age,
    /// A fixed share of another threshold.
    Derived,
    /// A default for everyone; of low confidence.
    Default,
}

impl Thresholds {
    /// The threshold speed, unless it is only the best of training: against that every run would look hard.
    #[must_use]
    pub fn tested_speed_mps(&self) -> Option<f64> {
        self.threshold_speed_mps.filter(|speed| speed.origin != Origin::Training).map(|speed| speed.value)
    }
}

impl Origin {
    /// In words for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Config => "from your config",
            Self::History => "seen in your history",
            Self::Training => "from your best training, low confidence",
            Self::Age => "from age (208 − 0.7 × age)",
            Self::Derived => "derived",
            Self::Default => "default, low confidence",
        }
    }
}

/// A value with its origin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sourced {
    /// The value in the unit of its field.
    pub value: f64,
    /// Where it comes from.
    pub origin: Origin,
}

/// Sex as far as the weighting of heart rate needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Women's constants.
    Female,
    /// Men's constants.
    Male,
}

/// Everything a run is scored against; `None` is "not known, and nothing is scored with it".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Thresholds {
    /// Sex; unknown is scored with the men's constants and said so.
    pub sex: Option<Sex>,
    /// Maximal heart rate in bpm.
    pub hr_max_bpm: Option<Sourced>,
    /// Resting heart rate in bpm.
    pub hr_rest_bpm: Sourced,
    /// Heart rate at threshold in bpm.
    pub lthr_bpm: Option<Sourced>,
    /// Speed at threshold in m/s.
    pub threshold_speed_mps: Option<Sourced>,
}

/// What the runner says of themselves; everything may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Profile {
    /// Sex.
    pub sex: Option<Sex>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Maximal heart rate in bpm.
    pub hr_max_bpm: Option<f64>,
    /// Resting heart rate in bpm.
    pub hr_rest_bpm: Option<f64>,
    /// Heart rate at threshold in bpm.
    pub lthr_bpm: Option<f64>,
    /// Speed at threshold in m/s.
    pub threshold_speed_mps: Option<f64>,
}

/// Resting heart rate where nobody says (heuristic, low confidence).
const DEFAULT_REST_BPM: f64 = 55.0;
/// Threshold heart rate over maximal (heuristic; plausible 0.85 to 0.94).
const LTHR_OF_MAX: f64 = 0.90;
/// Two activities must come this close to a peak before it is believed.
const PEAK_AGREEMENT_BPM: f64 = 3.0;
/// A history that never came near the age formula says nothing of the maximum.
const LEAST_OF_TANAKA: f64 = 0.92;
/// Speed of an hour over the best grade-adjusted 30 min of training (heuristic, low confidence).
const HOUR_OF_BEST_HALF_HOUR: f64 = 0.97;
/// How far back a best half hour still counts.
const RECENT_DAYS: i64 = 90;
/// How far back a race still counts, and how far apart two peaks of heart rate may lie.
const YEAR_DAYS: i64 = 365;

/// A dated run as far as thresholds need it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence<'a> {
    /// The runner's local date.
    pub date: Day,
    /// The digest of the run.
    pub digest: &'a Digest,
    /// Distance in m that was raced, where the run was a race.
    pub race_distance_m: Option<f64>,
}

/// Estimates what the profile leaves out from the history up to `as_of`; runs after it are not looked at.
#[must_use]
pub fn estimate(profile: &Profile, history: &[Evidence<'_>], as_of: Day) -> Thresholds {
    let history: Vec<Evidence<'_>> = history.iter().copied().filter(|run| run.date <= as_of).collect();
    let given = |value: Option<f64>| value.map(|value| Sourced { value, origin: Origin::Config });
    let tanaka = profile.birth_year.map(|year| 208.0 - 0.7 * f64::from(as_of.year() - year));
    let hr_max_bpm = given(profile.hr_max_bpm)
        .or_else(|| hr_max_from(&history, tanaka))
        .or_else(|| tanaka.map(|value| Sourced { value, origin: Origin::Age }));
    let lthr_bpm = given(profile.lthr_bpm).or_else(|| {
        hr_max_bpm.map(|max| Sourced { value: LTHR_OF_MAX * max.value, origin: Origin::Derived })
    });
    Thresholds {
        sex: profile.sex,
        hr_max_bpm,
        hr_rest_bpm: given(profile.hr_rest_bpm)
            .unwrap_or(Sourced { value: DEFAULT_REST_BPM, origin: Origin::Default }),
        lthr_bpm,
        threshold_speed_mps: given(profile.threshold_speed_mps)
            .or_else(|| speed_from_history(&history, as_of)),
    }
}

/// By races, unless training was faster: then the races were not run at the limit, or over ground that no formula knows.
fn speed_from_history(history: &[Evidence<'_>], as_of: Day) -> Option<Sourced> {
    let training = speed_from_training(history, as_of);
    let is_limit = |race: &Sourced| training.is_none_or(|training| race.value >= training.value);
    speed_from_races(history, as_of).filter(is_limit).or(training)
}

/// The highest 15 s median that a second activity within a year confirms to 3 bpm (science 2.8).
fn hr_max_from(history: &[Evidence<'_>], tanaka: Option<f64>) -> Option<Sourced> {
    let peaks: Vec<(Day, f64)> =
        history.iter().filter_map(|run| Some((run.date, run.digest.peak_hr_bpm?))).collect();
    let confirmed = |&(i, &(date, peak)): &(usize, &(Day, f64))| {
        peaks.iter().enumerate().any(|(j, &(other, height))| {
            j != i && days_between(date, other).abs() <= YEAR_DAYS && height >= peak - PEAK_AGREEMENT_BPM
        })
    };
    let highest =
        peaks.iter().enumerate().filter(confirmed).map(|(_, peak)| peak.1).max_by(f64::total_cmp)?;
    (highest >= tanaka.map_or(0.0, |value| LEAST_OF_TANAKA * value))
        .then_some(Sourced { value: highest, origin: Origin::History })
}

/// The speed of an hour behind the best race of the last year.
fn speed_from_races(history: &[Evidence<'_>], as_of: Day) -> Option<Sourced> {
    history
        .iter()
        .filter(|run| days_between(run.date, as_of) <= YEAR_DAYS)
        .filter_map(|run| vdot(run.race_distance_m?, run.digest.elapsed_s))
        .max_by(f64::total_cmp)
        .map(|vdot| Sourced { value: hour_speed_mps(vdot), origin: Origin::History })
}

/// The best 30 min of the last 90 days, else of all, times 0.97.
fn speed_from_training(history: &[Evidence<'_>], as_of: Day) -> Option<Sourced> {
    let best = |recent: i64| {
        let days = history.iter().filter(|run| days_between(run.date, as_of) <= recent);
        days.filter_map(|run| best_half_hour(run.digest)).max_by(f64::total_cmp)
    };
    best(RECENT_DAYS).or_else(|| best(i64::MAX)).map(from_half_hour)
}

/// The best mean grade-adjusted speed over 30 min in m/s.
fn best_half_hour(digest: &Digest) -> Option<f64> {
    let index = DURATIONS_S.iter().position(|s| *s == 1800)?;
    digest.best_speed_mps.get(index).copied()
}

fn from_half_hour(speed: f64) -> Sourced {
    Sourced { value: HOUR_OF_BEST_HALF_HOUR * speed, origin: Origin::Training }
}
