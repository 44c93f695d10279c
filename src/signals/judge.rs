//! Recent readings against a baseline: the general test of science 6.

use super::kind::{Adverse, Rule, Scale};
use super::{Signal, SignalKind, Status};
use crate::load::ratio::quantile;
use crate::model::Day;

/// Standard deviations below this are those of equal readings.
const NO_SPREAD: f64 = 1e-9;

/// The readings of one signal that a day is judged by, on the scale of its rule.
#[derive(Debug, Default)]
pub(super) struct Readings {
    pub baseline: Vec<f64>,
    /// By time; the last is the new one.
    pub recent: Vec<f64>,
}

impl Readings {
    /// The new reading with all that is said of it; `withheld` says why it cannot be judged.
    pub(super) fn signal(&self, kind: SignalKind, date: Day, withheld: Option<String>) -> Signal {
        let rule = kind.rule();
        let mut signal = Signal {
            date,
            run_id: None,
            kind,
            value: self.recent.last().map(|value| rule.scale.shown(*value)),
            recent: None,
            baseline: None,
            baseline_low: None,
            baseline_high: None,
            change: None,
            z: None,
            speed_mps: None,
            n_baseline: self.baseline.len(),
            n_recent: self.recent.len(),
            status: Status::TooFew,
            note: withheld,
        };
        if signal.note.is_none() {
            self.judge(&rule, &mut signal);
        }
        signal
    }

    fn judge(&self, rule: &Rule, signal: &mut Signal) {
        let Some(found) = self.found(rule) else { return };
        signal.status = found.status();
        let band = |sds: f64| found.sd.map(|sd| rule.scale.shown(found.usual + sds * sd));
        signal.recent = Some(rule.scale.shown(found.recent));
        signal.baseline = Some(rule.scale.shown(found.usual));
        signal.baseline_low = band(-rule.unusual_sd);
        signal.baseline_high = band(rule.unusual_sd);
        signal.change = Some(found.change);
        signal.z = found.z;
    }

    /// What the general test finds; `None` without readings on one side.
    pub(super) fn found(&self, rule: &Rule) -> Option<Found> {
        let (recent, usual) = (mean(&self.recent)?, self.usual(rule)?);
        let sd = sd(&self.baseline).filter(|sd| *sd > NO_SPREAD);
        let change = change(rule.scale, recent, usual);
        let z = sd.map(|sd| (recent - usual) / sd);
        let sign = match rule.adverse {
            Adverse::Lower => -1.0,
            Adverse::Higher => 1.0,
            Adverse::Either => change.signum(),
        };
        let above = rule.above_share.and_then(|share| quantile(&self.baseline, share));
        let is_high = above.is_none_or(|p| recent > p);
        let is_unusual = is_high && z.is_some_and(|z| sign * z >= rule.unusual_sd);
        let n_changed = rule.worthwhile.map(|least| {
            let is_changed = |value: &&f64| sign * self::change(rule.scale, **value, usual) >= least;
            self.recent.iter().filter(is_changed).count()
        });
        let is_worthwhile = rule.worthwhile.map_or(is_unusual, |least| match rule.n_persistent {
            Some(needed) => n_changed.is_some_and(|n| n >= needed),
            None => sign * change >= least,
        });
        Some(Found { recent, usual, sd, change, z, above, n_changed, is_unusual, is_worthwhile })
    }

    fn usual(&self, rule: &Rule) -> Option<f64> {
        if rule.by_median { quantile(&self.baseline, 0.5) } else { mean(&self.baseline) }
    }
}

/// What the test finds, on the scale of the rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub recent: f64,
    pub usual: f64,
    /// Standard deviation of the baseline; `None` where its readings are equal.
    pub sd: Option<f64>,
    pub change: f64,
    pub z: Option<f64>,
    /// The quantile of the baseline that has to be passed.
    pub above: Option<f64>,
    /// Recent readings that change as much as is worth a look.
    pub n_changed: Option<usize>,
    pub is_unusual: bool,
    pub is_worthwhile: bool,
}

impl Found {
    /// A flag takes both, one of them is watched.
    pub(super) fn status(&self) -> Status {
        match (self.is_unusual, self.is_worthwhile) {
            (true, true) => Status::Flag,
            (false, false) => Status::Usual,
            _ => Status::Watch,
        }
    }
}

/// From `usual` to `value`: in percent by logarithm, else in the unit.
fn change(scale: Scale, value: f64, usual: f64) -> f64 {
    match scale {
        Scale::Log => 100.0 * (value - usual),
        Scale::Plain => value - usual,
    }
}

/// The mean; `None` without values.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard deviation (n − 1); `None` of fewer than two values.
pub(crate) fn sd(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}

/// Why too few readings cannot be judged; `None` where they can.
pub(super) fn too_few(
    rule: &Rule,
    n_baseline: usize,
    n_recent: usize,
    what: &str,
    days: u32,
) -> Option<String> {
    if n_baseline < rule.n_baseline {
        Some(format!("{n_baseline} of {} {what} to compare with", rule.n_baseline))
    } else if n_recent < rule.n_recent {
        Some(format!("{n_recent} of {} {what} in the last {days} days", rule.n_recent))
    } else {
        None
    }
}
