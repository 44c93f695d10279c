//! A block against the block before. Only what can be compared is: a race or three days have no weekly rate.

use super::{Block, Change};
use crate::load::day::DayRow;
use crate::load::ratio::mean_to;

/// Shorter blocks have no weekly rate.
const MIN_DAYS: usize = 7;

/// Mean load a day; `None` where over 15 % of the days are unknown.
pub(super) fn load_au_per_day(days: &[DayRow]) -> Option<f64> {
    mean(days, |day| day.load_au)
}

/// The change from `before` to `block`, each with its days.
pub(super) fn change(before: (&Block, &[DayRow]), block: (&Block, &[DayRow])) -> Change {
    if before.1.len().min(block.1.len()) < MIN_DAYS {
        return Change::default();
    }
    // A run without a distance is no rest.
    let distance = |days| mean(days, |day| day.known_m().filter(|metres| day.n_runs == 0 || *metres > 0.0));
    let distances = distance(before.1).zip(distance(block.1));
    let (before, block) = (before.0, block.0);
    Change {
        load_pct: before.load_au_per_day.zip(block.load_au_per_day).and_then(percent),
        distance_pct: distances.and_then(percent),
        high_share: before.high_share.zip(block.high_share).map(|(old, new)| new - old),
        longest_run_pct: distances.and_then(|_| percent((before.longest_run_m, block.longest_run_m))),
    }
}

/// `None` from nothing.
fn percent((old, new): (f64, f64)) -> Option<f64> {
    (old > 0.0).then(|| 100.0 * (new / old - 1.0))
}

fn mean(days: &[DayRow], value: impl Fn(&DayRow) -> Option<f64>) -> Option<f64> {
    let values: Vec<Option<f64>> = days.iter().map(value).collect();
    mean_to(&values, values.len().checked_sub(1)?, values.len())
}
