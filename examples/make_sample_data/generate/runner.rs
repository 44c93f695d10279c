//! The three runners: bodies, homes and how they change over the weeks.

use chrono::NaiveDate;
use chrono_tz::Tz;

/// One runner.
pub struct Runner {
    /// Folder of the files, also the athlete's id.
    pub id: &'static str,
    /// Where the watch is.
    pub zone: Tz,
    /// Middle of the invented courses (latitude, longitude): open water in the zone.
    pub home: (f64, f64),
    /// Altitude of the water in m.
    pub base_m: f64,
    /// Resting heart rate in bpm.
    pub hr_rest: f64,
    /// Highest heart rate in bpm; nothing recorded lies above it.
    pub hr_max: f64,
    /// First and last day of the training.
    pub span: (NaiveDate, NaiveDate),
    /// Threshold speed in m/s on those days; in between it changes evenly.
    pub threshold_mps: (f64, f64),
    /// Steps per minute relative to 170 at 3 m/s.
    pub cadence_factor: f64,
    /// What the recorder can do.
    pub recorder: Recorder,
}

/// What the recorder can do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Recorder {
    /// A recent watch with a barometer and a pod for running dynamics.
    DynamicsWatch,
    /// A watch with a barometer.
    Watch,
    /// A phone: no sensors, altitude by satellite.
    Phone,
}

/// The state of a runner on one day.
pub struct Form {
    /// Threshold speed in m/s.
    pub threshold_mps: f64,
    /// How stiff the left calf is: 0 not at all, 1 clearly.
    pub stiffness: f64,
}

/// A calendar date that is known to exist.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("dates of the plans exist")
}

/// 26 weeks towards a marathon.
pub fn marathon_build() -> Runner {
    Runner {
        id: "marathon-build",
        zone: chrono_tz::Europe::Berlin,
        home: (53.43, 12.685),
        base_m: 62.0,
        hr_rest: 48.0,
        hr_max: 187.0,
        span: (day(2025, 11, 17), day(2026, 5, 17)),
        threshold_mps: (3.62, 3.80),
        cadence_factor: 1.02,
        recorder: Recorder::DynamicsWatch,
    }
}

/// 20 weeks of a club runner.
pub fn club_runner() -> Runner {
    Runner {
        id: "club-runner",
        zone: chrono_tz::America::Denver,
        home: (41.12, -112.62),
        base_m: 1_279.0,
        hr_rest: 50.0,
        hr_max: 194.0,
        span: (day(2025, 12, 29), day(2026, 5, 17)),
        threshold_mps: (4.28, 4.42),
        cadence_factor: 1.0,
        recorder: Recorder::Watch,
    }
}

/// 16 weeks of a beginner.
pub fn beginner() -> Runner {
    Runner {
        id: "beginner",
        zone: chrono_tz::Europe::London,
        home: (54.61, -6.41),
        base_m: 14.0,
        hr_rest: 62.0,
        hr_max: 186.0,
        span: (day(2026, 1, 26), day(2026, 5, 17)),
        threshold_mps: (2.62, 2.80),
        cadence_factor: 0.97,
        recorder: Recorder::Phone,
    }
}

impl Runner {
    /// The state on one day.
    pub fn form(&self, date: NaiveDate) -> Form {
        let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days() as f64;
        let share = (days(self.span.0, date) / days(self.span.0, self.span.1)).clamp(0.0, 1.0);
        let (first, last) = self.threshold_mps;
        let stiffness = if self.recorder == Recorder::DynamicsWatch {
            // After the overlong run of 15 March it eases within two weeks; in May it stays.
            let march = (1.0 - days(day(2026, 3, 16), date) / 16.0).clamp(0.0, 1.0) * 0.8;
            let march = if date < day(2026, 3, 16) { 0.0 } else { march };
            march.max((days(day(2026, 5, 3), date) / 7.0).clamp(0.0, 1.0))
        } else {
            0.0
        };
        Form { threshold_mps: first + (last - first) * share, stiffness }
    }
}
