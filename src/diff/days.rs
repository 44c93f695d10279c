//! Days: how many moved, and the largest move of each column.

use super::numbers::{Move, moves};
use super::read::DayRow;
use crate::model::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// A move on one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DayMove {
    /// The day.
    pub date: Day,
    /// What moved.
    #[serde(flatten)]
    pub number: Move,
}

/// All days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DaysDiff {
    /// Days that both have.
    pub n_both: usize,
    /// Days on which any of the columns moved.
    pub n_moved: usize,
    /// The largest move of each column, by the size of the step; the first of equals.
    pub largest: Vec<DayMove>,
}

pub(super) fn compare(a: &[DayRow], b: &[DayRow], tolerance_pct: f64) -> DaysDiff {
    let later: BTreeMap<Day, &DayRow> = b.iter().map(|day| (day.date, day)).collect();
    let mut diff = DaysDiff { n_both: 0, n_moved: 0, largest: Vec::new() };
    for (old, new) in a.iter().filter_map(|day| Some((day, *later.get(&day.date)?))) {
        let found = moves(numbers(old), numbers(new), tolerance_pct);
        diff.n_both += 1;
        diff.n_moved += usize::from(!found.is_empty());
        for number in found {
            match diff.largest.iter_mut().find(|largest| largest.number.key == number.key) {
                Some(largest) if number.size() <= largest.number.size() => {}
                Some(largest) => *largest = DayMove { date: old.date, number },
                None => diff.largest.push(DayMove { date: old.date, number }),
            }
        }
    }
    let order =
        |one: &DayMove| numbers(&DayRow::default()).iter().position(|(key, _)| *key == one.number.key);
    diff.largest.sort_by_key(order);
    diff
}

fn numbers(day: &DayRow) -> [(&'static str, Option<f64>); 6] {
    [
        ("distance_m", day.distance_m),
        ("load_au", day.load_au),
        ("acwr_coupled", day.acwr_coupled),
        ("ctl", day.ctl),
        ("atl", day.atl),
        ("need", day.need),
    ]
}
