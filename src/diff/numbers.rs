//! When a number has moved.

use serde::Serialize;

/// A number before and after; null is unknown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Move {
    /// The column, with its unit.
    pub key: &'static str,
    /// The value in A.
    pub old: Option<f64>,
    /// The value in B.
    pub new: Option<f64>,
    /// The step in % of the old value; null where that is nothing or one of the two is unknown.
    pub change_pct: Option<f64>,
}

impl Move {
    /// The size of the step in the unit of the column; unknown counts as nothing.
    #[must_use]
    pub fn size(&self) -> f64 {
        (self.new.unwrap_or(0.0) - self.old.unwrap_or(0.0)).abs()
    }
}

/// The columns of two rows that moved by more than the tolerance.
pub(super) fn moves<const N: usize>(
    a: [(&'static str, Option<f64>); N],
    b: [(&'static str, Option<f64>); N],
    tolerance_pct: f64,
) -> Vec<Move> {
    let pairs = a.into_iter().zip(b).filter(|((_, old), (_, new))| has_moved(*old, *new, tolerance_pct));
    pairs.map(|((key, old), (_, new))| Move { key, old, new, change_pct: change_pct(old, new) }).collect()
}

/// The step is held against the larger of the two, so that it does not matter which is the old one.
pub(super) fn has_moved(old: Option<f64>, new: Option<f64>, tolerance_pct: f64) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => (new - old).abs() > tolerance_pct / 100.0 * old.abs().max(new.abs()),
        (None, None) => false,
        _ => true,
    }
}

fn change_pct(old: Option<f64>, new: Option<f64>) -> Option<f64> {
    let (old, new) = old.zip(new)?;
    (old != 0.0).then(|| (new - old) / old.abs() * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_is_more_than_the_tolerance_and_unknown_always_one() {
        let moved = |old, new| !moves([("x", old)], [("x", new)], 1.0).is_empty();
        assert!(!moved(Some(100.0), Some(101.0)) && moved(Some(100.0), Some(102.0)));
        assert!(!moved(None, None) && !moved(Some(0.0), Some(0.0)));
        assert!(moved(None, Some(0.0)) && moved(Some(3.0), None) && moved(Some(0.0), Some(0.001)));
    }

    #[test]
    fn the_change_is_in_percent_of_the_old_value() {
        let change = |old, new| moves([("x", old)], [("x", new)], 1.0)[0].change_pct;
        assert_eq!(change(Some(-50.0), Some(-75.0)), Some(-50.0));
        assert_eq!((change(Some(0.0), Some(1.0)), change(None, Some(1.0))), (None, None));
    }
}
