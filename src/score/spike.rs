//! A run against the longest of the 30 days before it (science 4.1).

use super::run::{Run, SpikeClass};
use crate::model::LostDays;
use crate::model::calendar::{days_between, minus};

/// How far back the longest run is looked for.
pub const LOOKBACK_DAYS: u32 = 30;

/// Days of history before a run is compared (science 8.5): in the first two weeks there is little to compare with.
pub const MIN_HISTORY_DAYS: i64 = 14;

/// With more of these days lost, the longest run may be among them: 15 % of 30 days.
const MAX_LOST_DAYS: usize = 4;

/// The class of a ratio; the upper bounds belong to the class (Schuster Brandt Frandsen et al. 2025, BJSM).
///
/// ```
/// use legwork::score::{run::SpikeClass, spike_class};
/// assert_eq!(spike_class(18.5 / 16.0), SpikeClass::Small);
/// assert_eq!(spike_class(1.10), SpikeClass::Reference);
/// ```
#[must_use]
pub fn spike_class(ratio: f64) -> SpikeClass {
    /// Room for the rounding of a division, far below any measurable distance.
    const EPSILON: f64 = 1e-9;
    match ratio - EPSILON {
        r if r <= 1.10 => SpikeClass::Reference,
        r if r <= 1.30 => SpikeClass::Small,
        r if r <= 2.00 => SpikeClass::Moderate,
        _ => SpikeClass::Large,
    }
}

/// Sets ratio and class of every run that counts and has a distance. `runs` are in order of time.
pub(super) fn mark(runs: &mut [Run]) {
    let Some(first) = runs.iter().find(|run| run.counts()).map(|run| run.date) else { return };
    for i in 0..runs.len() {
        let (earlier, rest) = runs.split_at_mut(i);
        let run = &mut rest[0];
        if days_between(first, run.date) < MIN_HISTORY_DAYS && run.date != first {
            continue;
        }
        let Some(distance) = run.distance_m.filter(|_| run.counts()) else { continue };
        let since = minus(run.date, LOOKBACK_DAYS);
        let longest = earlier
            .iter()
            .rev()
            .take_while(|before| before.date >= since)
            .filter(|before| before.date < run.date && before.counts())
            .filter_map(|before| before.distance_m)
            .fold(0.0, f64::max);
        if longest > 0.0 {
            run.spike_ratio = Some(distance / longest);
            run.spike_class = Some(spike_class(distance / longest));
        } else {
            run.spike_class = Some(SpikeClass::NoReference);
        }
    }
}

/// Takes back what says that a run was longer than usual where the files do not tell of more than 15 % of the 30 days before
/// it. One that is not longer than the longest on record is not longer than any that was lost.
pub fn withhold(runs: &mut [Run], lost: &LostDays) {
    for run in
        runs.iter_mut().filter(|run| run.spike_class.is_some_and(|class| class != SpikeClass::Reference))
    {
        let (first, last) = (minus(run.date, LOOKBACK_DAYS), minus(run.date, 1));
        if lost.n_between(first, last) > MAX_LOST_DAYS {
            (run.spike_ratio, run.spike_class) = (None, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e4_1_classes_and_their_bounds() {
        let check = |ratio: f64, class: SpikeClass| assert_eq!(spike_class(ratio), class, "{ratio}");
        check(18.5 / 16.0, SpikeClass::Small);
        assert_eq!(18.5 / 16.0, 1.156_25);
        // The upper bound belongs to the class, also where the division rounds.
        for longest in [16.0, 7.0, 0.3, 13.37] {
            check(1.10 * longest / longest, SpikeClass::Reference);
            check(1.30 * longest / longest, SpikeClass::Small);
            check(2.00 * longest / longest, SpikeClass::Moderate);
        }
        check(1.1001, SpikeClass::Small);
        check(1.3001, SpikeClass::Moderate);
        check(2.01, SpikeClass::Large);
    }
}
