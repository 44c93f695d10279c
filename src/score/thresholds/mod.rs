//! The runner's thresholds over time, each with its origin, its day and how far to trust it (science 2.8).
//!
//! Input is the profile of the config and the history in order of time, output are [`Thresholds`]: a [`Timeline`]
//! for each value. A run is scored with what held on its day. Invariant: an estimate rests on nothing after its
//! day; only the days before the first estimate borrow from the future, and say so.

mod estimate;
mod heart;
mod power;
mod speed;

pub use estimate::{Confidence, Estimate, Origin, STALE_DAYS, Standing, Timeline};
pub use heart::LTHR_OF_MAX;
pub(super) use heart::{Heart, lthr_of_race};
pub(super) use power::Power;
pub(super) use speed::Speed;

use crate::model::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// Sex as far as the weighting of heart rate needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Women's constants.
    Female,
    /// Men's constants.
    Male,
}

/// What the runner says of themselves; everything may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Profile {
    /// Sex.
    pub sex: Option<Sex>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Body mass in kg.
    pub mass_kg: Option<f64>,
    /// Body height in m.
    pub height_m: Option<f64>,
    /// Maximal heart rate in bpm.
    pub hr_max_bpm: Option<f64>,
    /// Resting heart rate in bpm.
    pub hr_rest_bpm: Option<f64>,
    /// Heart rate at the first threshold in bpm.
    pub lt1_bpm: Option<f64>,
    /// Heart rate at threshold in bpm.
    pub lthr_bpm: Option<f64>,
    /// Speed at threshold in m/s.
    pub threshold_speed_mps: Option<f64>,
    /// Critical running power in W, on the scale of the runner's own power meter.
    pub critical_power_w: Option<f64>,
    /// The runner's own constants A and b of the training impulse, from a lactate test (Manzi et al. 2009).
    pub trimp_constants: Option<(f64, f64)>,
}

/// Everything a run is scored against, over time; an empty timeline is "not known, and nothing is scored with it".
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Thresholds {
    /// Sex; unknown is scored with the men's constants and said so.
    pub sex: Option<Sex>,
    /// The runner's own constants A and b of the training impulse.
    pub trimp_constants: Option<(f64, f64)>,
    /// Body mass in kg.
    pub mass_kg: Option<f64>,
    /// Body height in m.
    pub height_m: Option<f64>,
    /// Maximal heart rate in bpm.
    pub hr_max_bpm: Timeline,
    /// Resting heart rate in bpm.
    pub hr_rest_bpm: Timeline,
    /// Heart rate at the first threshold in bpm, as the runner says; else it is a share of `lthr_bpm`.
    pub lt1_bpm: Timeline,
    /// Heart rate at threshold in bpm.
    pub lthr_bpm: Timeline,
    /// Speed that can be held for an hour in m/s.
    pub threshold_speed_mps: Timeline,
    /// VDOT of races.
    pub vdot: Timeline,
    /// Critical speed in m/s, as far as the fit was accepted.
    pub critical_speed_mps: Timeline,
    /// Critical power in W, by the meter it was measured with; the scales of two meters are never mixed.
    pub critical_power_w: BTreeMap<String, Timeline>,
}

/// The thresholds of one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known<'a> {
    /// See [`Thresholds::sex`].
    pub sex: Option<Sex>,
    /// See [`Thresholds::trimp_constants`].
    pub trimp_constants: Option<(f64, f64)>,
    /// Body mass in kg and height in m.
    pub body: Option<(f64, f64)>,
    /// Maximal heart rate in bpm.
    pub hr_max: Option<Standing<'a>>,
    /// Resting heart rate in bpm.
    pub hr_rest: Option<Standing<'a>>,
    /// Heart rate at the first threshold in bpm.
    pub lt1: Option<Standing<'a>>,
    /// Heart rate at threshold in bpm.
    pub lthr: Option<Standing<'a>>,
    /// Speed at threshold in m/s.
    pub speed: Option<Standing<'a>>,
    /// VDOT.
    pub vdot: Option<Standing<'a>>,
}

impl Thresholds {
    /// What holds on a day.
    #[must_use]
    pub fn on(&self, day: Day) -> Known<'_> {
        Known {
            sex: self.sex,
            trimp_constants: self.trimp_constants,
            body: self.mass_kg.zip(self.height_m),
            hr_max: self.hr_max_bpm.on(day),
            hr_rest: self.hr_rest_bpm.on(day),
            lt1: self.lt1_bpm.on(day),
            lthr: self.lthr_bpm.on(day),
            speed: self.threshold_speed_mps.on(day),
            vdot: self.vdot.on(day),
        }
    }

    /// Critical power in W of a meter on a day.
    #[must_use]
    pub fn critical_power(&self, meter: &str, day: Day) -> Option<Standing<'_>> {
        self.critical_power_w.get(meter)?.on(day)
    }

    /// The timelines but those of power, each with its key in tables and JSON.
    #[must_use]
    pub fn timelines(&self) -> [(&'static str, &Timeline); 7] {
        [
            ("hr_max_bpm", &self.hr_max_bpm),
            ("hr_rest_bpm", &self.hr_rest_bpm),
            ("lt1_bpm", &self.lt1_bpm),
            ("lthr_bpm", &self.lthr_bpm),
            ("threshold_speed_mps", &self.threshold_speed_mps),
            ("vdot", &self.vdot),
            ("critical_speed_mps", &self.critical_speed_mps),
        ]
    }
}

impl Known<'_> {
    /// The threshold speed, unless it is only the best of training: against that every run would look hard.
    #[must_use]
    pub fn tested_speed_mps(&self) -> Option<f64> {
        self.speed.filter(|speed| speed.estimate.origin.is_measured()).map(|speed| speed.estimate.value)
    }
}
