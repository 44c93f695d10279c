//! Weeks: what moved in each, and why.

use super::cause::{Cause, add};
use super::numbers::{Move, moves};
use super::read::WeekRow;
use crate::model::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// A week that moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeekChange {
    /// Its first day.
    pub week_start: Day,
    /// Its numbers that moved: `distance_m`, `load_au`, `acwr_coupled`, `acwr_uncoupled`, `acwr_ewma`.
    pub numbers: Vec<Move>,
    /// What made them move.
    pub causes: Vec<Cause>,
}

/// All weeks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeeksDiff {
    /// Weeks that both have.
    pub n_both: usize,
    /// Weeks that only A has.
    pub n_only_a: usize,
    /// Weeks that only B has.
    pub n_only_b: usize,
    /// The causes of all moves, in order of the first week that each moved.
    pub causes: Vec<Cause>,
    /// Weeks that moved, by date.
    pub moved: Vec<WeekChange>,
}

impl WeeksDiff {
    /// Whether both have the same weeks and none moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n_only_a + self.n_only_b + self.moved.len() == 0
    }
}

pub(super) fn compare(
    a: &[WeekRow],
    b: &[WeekRow],
    causes_of: impl Fn(&WeekRow, &WeekRow, &[Move]) -> Vec<Cause>,
    tolerance_pct: f64,
) -> WeeksDiff {
    let later: BTreeMap<Day, &WeekRow> = b.iter().map(|week| (week.week_start, week)).collect();
    let both: Vec<(&WeekRow, &WeekRow)> =
        a.iter().filter_map(|week| Some((week, *later.get(&week.week_start)?))).collect();
    let changed = both.iter().map(|(a, b)| (a, b, moves(numbers(a), numbers(b), tolerance_pct)));
    let moved: Vec<WeekChange> = changed
        .filter(|(_, _, numbers)| !numbers.is_empty())
        .map(|(a, b, numbers)| WeekChange {
            week_start: a.week_start,
            causes: causes_of(a, b, &numbers),
            numbers,
        })
        .collect();
    let mut causes = Vec::new();
    for cause in moved.iter().flat_map(|week| &week.causes) {
        add(&mut causes, cause.clone());
    }
    WeeksDiff {
        n_both: both.len(),
        n_only_a: a.len() - both.len(),
        n_only_b: b.len() - both.len(),
        causes,
        moved,
    }
}

fn numbers(week: &WeekRow) -> [(&'static str, Option<f64>); 5] {
    [
        ("distance_m", week.distance_m),
        ("load_au", week.load_au),
        ("acwr_coupled", week.acwr_coupled),
        ("acwr_uncoupled", week.acwr_uncoupled),
        ("acwr_ewma", week.acwr_ewma),
    ]
}
