//! The signals and their rules (science 6; the limits are heuristics of this project unless said otherwise).

use serde::Serialize;

/// What is read. The order is that of science 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// Step length at the same speed.
    StepLength,
    /// Share of ground contact on the left foot, off even.
    ContactBalance,
    /// Ground contact at the same speed.
    ContactTime,
    /// Vertical oscillation over step length at the same speed.
    VerticalRatio,
    /// Grade-adjusted metres per heart beat.
    Efficiency,
    /// Heart rate at the same speed.
    HrAtPace,
    /// Drop of metres per beat over a long run.
    Decoupling,
    /// Metres per beat of the first minutes over those after them.
    WarmUpLag,
    /// Resting heart rate of the diary.
    RestingHr,
    /// Heart rate variability of the diary.
    Hrv,
}

/// Which way a change is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Adverse {
    Lower,
    Higher,
    Either,
}

/// How numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// As they are; a change has their unit.
    Plain,
    /// By their logarithm; a change is in percent.
    Log,
}

impl Scale {
    /// A number as it is judged.
    pub(crate) fn judged(self, value: f64) -> f64 {
        if self == Self::Log { value.ln() } else { value }
    }

    /// A judged number as it is shown.
    pub(crate) fn shown(self, judged: f64) -> f64 {
        if self == Self::Log { judged.exp() } else { judged }
    }
}

/// What makes a signal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub scale: Scale,
    pub adverse: Adverse,
    /// The smallest change worth a look, in % (by logarithm) or in the unit; `None` where being unusual is enough.
    pub worthwhile: Option<f64>,
    /// The change that is unusual, in standard deviations of the baseline.
    pub unusual_sd: f64,
    /// It also has to be above this share of the baseline.
    pub above_share: Option<f64>,
    /// Usual is the median of the baseline, not its mean.
    pub by_median: bool,
    /// Readings that the baseline needs.
    pub n_baseline: usize,
    /// Recent readings that are needed; of runs no more are taken.
    pub n_recent: usize,
    /// So many of the recent readings must change that much, not only their mean.
    pub n_persistent: Option<usize>,
    /// Not judged in weather of another kind.
    pub needs_like_weather: bool,
}

/// The general test of science 6.
const GENERAL: Rule = Rule {
    scale: Scale::Log,
    adverse: Adverse::Lower,
    worthwhile: None,
    unusual_sd: 1.5,
    above_share: None,
    by_median: false,
    n_baseline: 8,
    n_recent: 3,
    n_persistent: None,
    needs_like_weather: false,
};

impl SignalKind {
    /// All signals.
    pub const ALL: [Self; 10] = [
        Self::StepLength,
        Self::ContactBalance,
        Self::ContactTime,
        Self::VerticalRatio,
        Self::Efficiency,
        Self::HrAtPace,
        Self::Decoupling,
        Self::WarmUpLag,
        Self::RestingHr,
        Self::Hrv,
    ];

    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::StepLength => "step_length",
            Self::ContactBalance => "contact_balance",
            Self::ContactTime => "contact_time",
            Self::VerticalRatio => "vertical_ratio",
            Self::Efficiency => "efficiency",
            Self::HrAtPace => "hr_at_pace",
            Self::Decoupling => "decoupling",
            Self::WarmUpLag => "warm_up_lag",
            Self::RestingHr => "resting_hr",
            Self::Hrv => "hrv",
        }
    }

    /// What a flag says, as short as it goes, for tables.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::StepLength => "shorter steps",
            Self::ContactBalance => "contact to one side",
            Self::ContactTime => "longer contact",
            Self::VerticalRatio => "more bounce",
            Self::Efficiency => "fewer m a beat",
            Self::HrAtPace => "higher HR at pace",
            Self::Decoupling => "more HR drift",
            Self::WarmUpLag => "slower to warm up",
            Self::RestingHr => "higher resting HR",
            Self::Hrv => "lower HRV",
        }
    }

    /// What a flag says, for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::StepLength => "shorter steps at the same speed",
            Self::ContactBalance => "ground contact moved to one side",
            Self::ContactTime => "longer ground contact at the same speed",
            Self::VerticalRatio => "more bounce at the same speed",
            Self::Efficiency => "fewer metres per heart beat",
            Self::HrAtPace => "higher heart rate at the same speed",
            Self::Decoupling => "more drift of heart rate over a long run",
            Self::WarmUpLag => "slower to warm up",
            Self::RestingHr => "higher resting heart rate",
            Self::Hrv => "lower heart rate variability",
        }
    }

    /// What is measured, for people; `pace` is the pace at which it is stated, where it is matched by speed.
    #[must_use]
    pub fn title(self, pace: Option<&str>) -> String {
        let at = |what: &str| match pace {
            Some(pace) => format!("{what} at {pace}"),
            None => format!("{what} at the same speed"),
        };
        match self {
            Self::StepLength => at("step length"),
            Self::ContactTime => at("ground contact"),
            Self::VerticalRatio => at("bounce over step length"),
            Self::HrAtPace => at("heart rate"),
            Self::ContactBalance => "ground contact on the left, off even".to_owned(),
            Self::Efficiency => "metres per heart beat".to_owned(),
            Self::Decoupling => "drift of heart rate on a long run".to_owned(),
            Self::WarmUpLag => "metres a beat, early over later".to_owned(),
            Self::RestingHr => "resting heart rate".to_owned(),
            Self::Hrv => "heart rate variability".to_owned(),
        }
    }

    /// Unit of the values.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::StepLength => "m",
            Self::ContactBalance => "pp",
            Self::ContactTime | Self::Hrv => "ms",
            Self::VerticalRatio | Self::Decoupling => "%",
            Self::Efficiency => "m/beat",
            Self::HrAtPace | Self::RestingHr => "bpm",
            Self::WarmUpLag => "ratio",
        }
    }

    /// Unit of a change.
    #[must_use]
    pub fn change_unit(self) -> &'static str {
        match (self.rule().scale, self) {
            (Scale::Log, _) => "%",
            (Scale::Plain, Self::HrAtPace | Self::RestingHr) => "bpm",
            (Scale::Plain, _) => "pp",
        }
    }

    /// Is it one of the signs of high fatigue that hold massage back (science 7.3)?
    #[must_use]
    pub fn is_fatigue(self) -> bool {
        matches!(self, Self::Efficiency | Self::HrAtPace | Self::Decoupling | Self::RestingHr | Self::Hrv)
    }

    /// Is it read in the morning, and not from runs?
    pub(crate) fn is_of_morning(self) -> bool {
        matches!(self, Self::RestingHr | Self::Hrv)
    }

    pub(crate) fn rule(self) -> Rule {
        let plain = Rule { scale: Scale::Plain, adverse: Adverse::Higher, ..GENERAL };
        match self {
            Self::StepLength => Rule { worthwhile: Some(2.0), ..GENERAL },
            Self::ContactBalance => Rule {
                adverse: Adverse::Either,
                worthwhile: Some(0.8),
                by_median: true,
                n_persistent: Some(3),
                ..plain
            },
            Self::ContactTime => Rule { adverse: Adverse::Higher, worthwhile: Some(3.0), ..GENERAL },
            Self::VerticalRatio => Rule { worthwhile: Some(0.4), ..plain },
            Self::Efficiency => {
                Rule { worthwhile: Some(3.0), by_median: true, needs_like_weather: true, ..GENERAL }
            }
            // The 2 % that the text gives as well are 3 bpm at 150.
            Self::HrAtPace => Rule { worthwhile: Some(3.0), needs_like_weather: true, ..plain },
            Self::Decoupling => Rule {
                worthwhile: Some(3.0),
                above_share: Some(0.8),
                by_median: true,
                n_baseline: 5,
                n_recent: 1,
                ..plain
            },
            Self::WarmUpLag => {
                Rule { worthwhile: Some(3.0), by_median: true, n_recent: 4, n_persistent: Some(3), ..GENERAL }
            }
            // 21 of 42 days, of which the last 7 are no part of the baseline.
            Self::RestingHr => {
                Rule { worthwhile: Some(3.0), unusual_sd: 1.0, n_baseline: 18, n_recent: 4, ..plain }
            }
            // Three mornings a week make a weekly mean (Plews et al. 2014).
            Self::Hrv => Rule { unusual_sd: 0.5, n_baseline: 15, n_recent: 3, ..GENERAL },
        }
    }
}
