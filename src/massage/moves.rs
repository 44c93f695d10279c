//! The windows of one runner with two calendars: which stay, which move, which come and which go.

use super::window::{Status, Window, WindowKind};
use crate::model::Day;
use crate::model::calendar::days_between;

/// A window whose best day lies at most so many days off has moved; farther off it is another one.
const NEAR_DAYS: i64 = 10;

/// What becomes of a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Move<'a> {
    /// It is the same with both.
    Same(&'a Window),
    /// It lies elsewhere, or is of another kind or depth.
    Moved {
        /// With the first calendar.
        from: &'a Window,
        /// With the second.
        to: &'a Window,
    },
    /// Only the second calendar has it.
    New(&'a Window),
    /// Only the first calendar has it.
    Gone(&'a Window),
}

impl Move<'_> {
    /// The best day of the window, with the second calendar where it has it.
    #[must_use]
    pub fn best(&self) -> Day {
        match self {
            Self::Same(one) | Self::New(one) | Self::Gone(one) | Self::Moved { to: one, .. } => one.best,
        }
    }
}

/// What becomes of each window that is open or upcoming with either calendar, by best day.
#[must_use]
pub fn moves<'a>(before: &'a [Window], after: &'a [Window]) -> Vec<Move<'a>> {
    let ahead = |windows: &'a [Window]| -> Vec<&'a Window> {
        windows.iter().filter(|window| window.status != Status::Past).collect()
    };
    let (mut old, new) = (ahead(before), ahead(after));
    // What stayed is taken out first, so that nothing else is matched with it.
    let (same, other): (Vec<&Window>, Vec<&Window>) =
        new.into_iter().partition(|window| take(&mut old, |one| is_same(one, window)).is_some());
    let mut moves: Vec<Move<'_>> = same.into_iter().map(Move::Same).collect();
    for to in other {
        let near = |one: &Window| is_like(one, to) && days_between(one.best, to.best).abs() <= NEAR_DAYS;
        moves.push(take(&mut old, near).map_or(Move::New(to), |from| Move::Moved { from, to }));
    }
    moves.extend(old.into_iter().map(Move::Gone));
    moves.sort_by_key(Move::best);
    moves
}

fn take<'a>(windows: &mut Vec<&'a Window>, fits: impl Fn(&Window) -> bool) -> Option<&'a Window> {
    windows.iter().position(|window| fits(window)).map(|index| windows.remove(index))
}

fn is_same(a: &Window, b: &Window) -> bool {
    (a.start, a.end, a.best, a.kind, a.depth, &a.race) == (b.start, b.end, b.best, b.kind, b.depth, &b.race)
}

/// Do both belong to the same race and side of it, or both to no race?
fn is_like(a: &Window, b: &Window) -> bool {
    let side = |window: &Window| {
        matches!(window.kind, WindowKind::PreRace | WindowKind::PostRace).then_some(window.kind)
    };
    side(a) == side(b) && a.race == b.race
}
