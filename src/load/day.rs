//! The rows of the `days` and `weeks` tables.

use crate::model::Day;
use serde::Serialize;

/// What is known of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// At least one run, all with a load.
    Observed,
    /// No run: load 0, or that of other endurance sport where it counts.
    #[default]
    Rest,
    /// A run whose load cannot be computed, or a day of which the files do not tell; never taken for rest.
    Unknown,
    /// A day after `as_of`: what is expected of it.
    Projected,
}

impl DayState {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Rest => "rest",
            Self::Unknown => "unknown",
            Self::Projected => "projected",
        }
    }
}

/// Why a day has no ratio of loads (science 4.2, 4.3, 8.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// Under 28 days of history.
    ShortHistory,
    /// At least 14 days without a run, up to this day.
    LayOff,
    /// The base of four weeks is too small to divide by.
    NoBase,
    /// Too many days whose load is not known.
    UnknownDays,
    /// More than 30 % of the load was put in, not measured.
    Imputed,
}

impl Withheld {
    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ShortHistory => "short_history",
            Self::LayOff => "lay_off",
            Self::NoBase => "no_base",
            Self::UnknownDays => "unknown_days",
            Self::Imputed => "imputed",
        }
    }

    /// What it means, for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ShortHistory => "it needs 28 days of history",
            Self::LayOff => "there was no run for two weeks or more",
            Self::NoBase => "the last four weeks are too small a base to compare with",
            Self::UnknownDays => "the load of too many days is not known",
            Self::Imputed => "more than 30 % of the load was put in, not measured",
        }
    }
}

/// Ratios of the last week to the weeks before in the three named forms (science 4.2, 4.3).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Ratios {
    /// Mean of 7 days over mean of the 28 days that hold them.
    pub coupled: Option<f64>,
    /// Mean of 7 days over mean of the 21 days before them.
    pub uncoupled: Option<f64>,
    /// Exponentially weighted means with N = 7 over N = 28.
    pub ewma: Option<f64>,
}

/// A flag that a day's load raises (science 4.8). Descriptive: it moves timing and depth, it predicts nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadFlag {
    /// A run over 1.10 times the longest of 30 days.
    SpikeSession,
    /// Seven days of at least 1.30 times the mean of the three weeks before.
    BigWeek,
    /// Monotony at the runner's own 90th percentile in a week of at least usual volume.
    Monotonous,
    /// Form at or below the runner's own 10th percentile.
    DeepNegativeTsb,
    /// The first 28 days after at least 14 without a run.
    Returning,
    /// At least 14 days without a run, up to this day.
    LayOff,
}

impl LoadFlag {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::SpikeSession,
        Self::BigWeek,
        Self::Monotonous,
        Self::DeepNegativeTsb,
        Self::Returning,
        Self::LayOff,
    ];

    /// The same for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SpikeSession => "a run longer than any of the 30 days before",
            Self::BigWeek => "big week, at least 1.3 times the mean of the three before",
            Self::Monotonous => "days much alike, for this runner",
            Self::DeepNegativeTsb => "form in the lowest tenth of the own history",
            Self::Returning => "back after a pause",
            Self::LayOff => "no run for two weeks or more",
        }
    }

    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SpikeSession => "spike_session",
            Self::BigWeek => "big_week",
            Self::Monotonous => "monotonous",
            Self::DeepNegativeTsb => "deep_negative_tsb",
            Self::Returning => "returning",
            Self::LayOff => "lay_off",
        }
    }
}

/// One calendar day of one runner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DayRow {
    /// The date.
    pub date: Day,
    /// What is known of it.
    pub state: DayState,
    /// Number of runs.
    pub n_runs: u32,
    /// Distance in m.
    pub distance_m: f64,
    /// Timer in s.
    pub timer_s: f64,
    /// Climb in m.
    pub ascent_m: f64,
    /// Descent in m.
    pub descent_m: f64,
    /// Longest single run in m.
    pub longest_m: f64,
    /// Seconds below, between and above the two thresholds.
    pub three_zone_s: [f64; 3],
    /// Quality sessions.
    pub n_quality: u32,
    /// Load; `None` on an unknown day.
    pub load_au: Option<f64>,
    /// The part of it that other endurance sport made; `None` where such sport does not count.
    pub cross_au: Option<f64>,
    /// Share of the load of the last 28 days that was put in from duration, 0 to 1.
    pub imputed_share: Option<f64>,
    /// Mean load of the last 7 days.
    pub acute_au: Option<f64>,
    /// Mean load of the last 28 days.
    pub chronic_au: Option<f64>,
    /// Days since the last run on record; 0 on a day with one.
    pub days_since_run: u32,
    /// Days in a row up to this one that are known to be without a run; 0 on a day with one, or of which nothing is known.
    pub days_off: u32,
    /// Seconds of the last 28 days below, between and above the two thresholds.
    pub month_zone_s: [f64; 3],
    /// Runs of the last 28 days whose time is classified, and those of them that count as hard.
    pub month_runs: (u32, u32),
    /// Polarization index of the last 28 days (science 3.4).
    pub polarization_index: Option<f64>,
    /// Acute load over the runner's own usual chronic load of a year: the ratio with a constant below it (science 4.4).
    pub acute_rescaled: Option<f64>,
    /// Why there is no ratio on load; `None` where there is one.
    pub withheld: Option<Withheld>,
    /// Ratios on load.
    pub load_ratios: Ratios,
    /// Ratios on distance.
    pub distance_ratios: Ratios,
    /// Percentile of the coupled ratio on load among the runner's own last 365 days, 0 to 100.
    pub acwr_percentile: Option<f64>,
    /// Lowest and highest coupled ratio on load over the window pairs {5, 7, 10} × {21, 28, 35}.
    pub acwr_range: Option<(f64, f64)>,
    /// Fitness: exponential mean of load over 42 days.
    pub ctl: Option<f64>,
    /// Fatigue: exponential mean of load over 7 days.
    pub atl: Option<f64>,
    /// Form: yesterday's fitness less yesterday's fatigue, unless the config asks for the same day's.
    pub tsb: Option<f64>,
    /// Form by the fitness and fatigue of the same evening.
    pub tsb_same_day: Option<f64>,
    /// Mean over sd (n − 1) of 7 days of load, at most 10.
    pub monotony: Option<f64>,
    /// Load of 7 days times monotony.
    pub strain: Option<f64>,
    /// Distance of 7 days over that of the 7 days before, less 1, in percent.
    pub ramp_pct: Option<f64>,
    /// Highest spike ratio of the day's runs.
    pub spike_ratio: Option<f64>,
    /// Longest run of the 30 days before this one in m.
    pub longest_30d_m: Option<f64>,
    /// Flags of science 4.8.
    pub flags: Vec<LoadFlag>,
}

impl DayRow {
    /// Is it a day of which the files do not tell whether there was a run?
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.state == DayState::Unknown && self.n_runs == 0
    }

    /// Distance in m; `None` on a day of which nothing is known.
    #[must_use]
    pub fn known_m(&self) -> Option<f64> {
        (!self.is_lost()).then_some(self.distance_m)
    }
}

/// One week of one runner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeekRow {
    /// First day of the week.
    pub start: Day,
    /// Days of the week that lie in the history: under 7 at its ends.
    pub n_days: u32,
    /// Days among them of which the files do not tell whether there was a run.
    pub n_lost: u32,
    /// Number of runs.
    pub n_runs: u32,
    /// Distance in m.
    pub distance_m: f64,
    /// Timer in s.
    pub timer_s: f64,
    /// Climb in m.
    pub ascent_m: f64,
    /// Longest single run in m.
    pub longest_run_m: f64,
    /// Load; `None` if a day of it is unknown.
    pub load_au: Option<f64>,
    /// The part of it that other endurance sport made; `None` where such sport does not count.
    pub cross_au: Option<f64>,
    /// Seconds below, between and above the two thresholds.
    pub three_zone_s: [f64; 3],
    /// Runs that count as hard: at least 10 % or 8 min in zone 3.
    pub n_hard: u32,
    /// Monotony on the last day of the week.
    pub monotony: Option<f64>,
    /// Strain on the last day of the week.
    pub strain: Option<f64>,
    /// Ratios on load on the last day of the week.
    pub load_ratios: Ratios,
    /// Polarization index of the 28 days to the last day of the week.
    pub polarization_index: Option<f64>,
    /// Change of distance against the week before in percent.
    pub ramp_pct: Option<f64>,
    /// `projected` after `as_of`, else `unknown` if any day is, `rest` without a run, else `observed`.
    pub state: DayState,
}

impl WeekRow {
    /// Is this a whole week, each day of it known, so that it can stand beside others?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.n_known() == 7
    }

    /// Days of it that the files tell of.
    #[must_use]
    pub fn n_known(&self) -> u32 {
        self.n_days.saturating_sub(self.n_lost)
    }

    /// Shares of time below, between and above the two thresholds; `None` without classified time.
    #[must_use]
    pub fn zone_shares(&self) -> Option<[f64; 3]> {
        let total: f64 = self.three_zone_s.iter().sum();
        (total > 0.0).then(|| self.three_zone_s.map(|s| s / total))
    }
}
