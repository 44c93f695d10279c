//! Sessions in a row after which a sign was no better (R16).

use super::{Direction, Retrospect, Sign, SignChange};
use crate::model::Depth;

/// The target signs of the last session that are no better for the `needed`th time in a row, each with how often.
///
/// Counted are moderate and deep sessions whose days after are known and after which the sign could be read. A sign that was better, or that
/// was there and no target, ends the row; one that could not be read does neither.
pub(super) fn unchanged(sessions: &[Retrospect], needed: u32) -> Vec<(Sign, usize)> {
    let Some((last, _)) = sessions.split_last() else { return Vec::new() };
    let is_no_better = |change: &&SignChange| {
        is_attempt(last) && matches!(change.direction, Direction::Same | Direction::Worse)
    };
    let row = |change: &SignChange| (change.sign.clone(), row_of(sessions, &change.sign));
    let rows = last.targets().filter(is_no_better).map(row);
    rows.filter(|(_, n)| *n >= needed.max(1) as usize).collect()
}

/// Is it a session that was to change something, with the days after it known? Light work is for comfort (R9, R10).
fn is_attempt(one: &Retrospect) -> bool {
    one.is_complete && one.depth > Depth::Light
}

fn row_of(sessions: &[Retrospect], sign: &Sign) -> usize {
    let own = |one: &Retrospect| {
        let change = one.signs.iter().find(|change| change.sign == *sign)?;
        (is_attempt(one) && change.direction != Direction::Unknown)
            .then_some((change.is_target, change.direction))
    };
    let read = sessions.iter().rev().filter_map(own);
    read.take_while(|(is_target, direction)| *is_target && *direction != Direction::Better).count()
}
