//! Stretches without a run (science 8.4, rules 4 and 5).

use crate::load::day::DayRow;
use crate::load::ratio::quantile;

/// Days without a run that make a break.
const MIN_DAYS: usize = 7;
/// Days without a run after which coming back is a phase of its own.
const LONG_DAYS: usize = 14;
/// Steps from run to run over which the usual one is taken.
const USUAL_STEPS: usize = 16;
/// A break is at least so many usual steps, so that one who runs every Sunday is not on a break all week (heuristic).
const USUAL_FACTOR: f64 = 3.0;

/// A stretch without a run that is a break.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Break {
    /// The day after the last run, as an index.
    pub from: usize,
    /// The day of the next run, or the one after the history.
    pub to: usize,
    /// The usual step from run to run before it, in days.
    pub usual_step: f64,
}

impl Break {
    /// Does coming back from it take weeks?
    pub(super) fn is_long(&self) -> bool {
        self.to - self.from >= LONG_DAYS
    }

    /// Days without a run that made it a break.
    pub(super) fn least_days(&self) -> usize {
        MIN_DAYS.max((USUAL_FACTOR * self.usual_step - 1.0).ceil() as usize)
    }

    /// Runs so rare that seven days without one would be no break.
    pub(super) fn is_of_rare_runs(&self) -> bool {
        USUAL_FACTOR * self.usual_step > MIN_DAYS as f64
    }
}

/// Stretches of at least 7 days without a run, and of at least three usual steps.
pub(super) fn breaks(days: &[DayRow]) -> Vec<Break> {
    let mut steps: Vec<f64> = Vec::new();
    let mut breaks = Vec::new();
    let mut last_end = 0;
    for (from, to) in gaps(days) {
        // Runs on days in a row are steps of one day.
        let in_a_row = days[last_end..from].windows(2).filter(|pair| pair.iter().all(|day| day.n_runs > 0));
        steps.extend(std::iter::repeat_n(1.0, in_a_row.count()));
        last_end = to;
        let usual_step = quantile(&steps[steps.len().saturating_sub(USUAL_STEPS)..], 0.5).unwrap_or(1.0);
        let step = (to - from + 1) as f64;
        if to - from >= MIN_DAYS && step >= USUAL_FACTOR * usual_step {
            breaks.push(Break { from, to, usual_step });
        } else if !is_cut(days, from, to) {
            steps.push(step);
        }
    }
    breaks
}

/// Does a stretch begin or end with a day of which nothing is known, so that the step from run to run is not?
fn is_cut(days: &[DayRow], from: usize, to: usize) -> bool {
    from.checked_sub(1).is_some_and(|before| days[before].is_lost())
        || days.get(to).is_some_and(DayRow::is_lost)
}

/// Stretches that are known to be without a run, from their first day to the day after.
fn gaps(days: &[DayRow]) -> Vec<(usize, usize)> {
    let mut gaps = Vec::new();
    let mut start = 0;
    let is_free = |day: &DayRow| day.n_runs == 0 && !day.is_lost();
    for stretch in days.chunk_by(|a, b| is_free(a) == is_free(b)) {
        let end = start + stretch.len();
        if is_free(&stretch[0]) {
            gaps.push((start, end));
        }
        start = end;
    }
    gaps
}
