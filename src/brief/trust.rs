//! What the numbers rest on.

use crate::analysis::Analysis;
use crate::load::day::DayState;
use crate::model::Day;
use crate::model::calendar::minus;
use crate::score::thresholds::{Confidence, Origin};

/// Days that are looked at.
const DAYS: u32 = 28;

/// How far the numbers of a page may be trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct Trust {
    /// Runs on record that count.
    pub n_runs: usize,
    /// First day of the history.
    pub first: Option<Day>,
    /// Days of history.
    pub n_days: usize,
    /// Share of the running time of the last 28 days with heart rate; `None` without a run.
    pub hr_share: Option<f64>,
    /// Share of the load of the last 28 days that was put in, not measured.
    pub imputed_share: Option<f64>,
    /// Days of the last 28 whose load is not known.
    pub n_unknown: usize,
    /// What the load is of, in words.
    pub load_scope: String,
    /// Where heart rate at threshold comes from, and how far that may be trusted.
    pub lthr: Option<(Origin, Confidence)>,
    /// The same for the pace at threshold.
    pub pace: Option<(Origin, Confidence)>,
    /// The weeks that tissues are compared with are fewer than six.
    pub has_short_tissue_history: bool,
    /// The diary has an entry of the last 28 days.
    pub has_diary: bool,
}

impl Trust {
    pub(super) fn of(analysis: &Analysis) -> Self {
        let from = minus(analysis.as_of, DAYS - 1);
        let counted = || analysis.runs.iter().filter(|run| run.counts());
        let recent = || counted().filter(|run| run.date >= from);
        let timer_s: f64 = recent().map(|run| run.timer_s).sum();
        let covered_s: f64 = recent().map(|run| run.timer_s * run.hr_coverage).sum();
        let held = analysis.thresholds.on(analysis.as_of);
        let origin = |standing: crate::score::thresholds::Standing<'_>| {
            (standing.estimate.origin, standing.estimate.origin.confidence())
        };
        let days = analysis.days.iter().rev().take_while(|day| day.date >= from);
        let today = analysis.tissues.days.last();
        Self {
            n_runs: counted().count(),
            first: analysis.days.first().map(|day| day.date),
            n_days: analysis.days.len(),
            hr_share: (timer_s > 0.0).then(|| covered_s / timer_s),
            imputed_share: analysis.days.last().and_then(|day| day.imputed_share),
            n_unknown: days.filter(|day| day.state == DayState::Unknown).count(),
            load_scope: analysis.load_scope(),
            lthr: held.lthr.map(origin),
            pace: held.speed.map(origin),
            has_short_tissue_history: today
                .is_none_or(|day| day.readings.iter().all(|one| one.change.is_low_confidence)),
            has_diary: analysis.diary.iter().any(|entry| entry.date >= from),
        }
    }
}
