//! Lighter weeks (science 8.4, rule 9).

use super::Phase;
use crate::load::day::{DayRow, WeekRow};
use crate::model::Day;
use crate::model::calendar::{days_between, plus};
use std::ops::Range;

/// A week is lighter up to this share of the mean of the three before.
const MAX_SHARE: f64 = 0.80;
/// Room for the last bit of a sum, so that four fifths are four fifths.
const TOLERANCE: f64 = 1e-9;

/// A whole week against the three before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Week {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Its first day as an index.
    pub from: usize,
    /// Distance in m.
    pub distance_m: f64,
    /// Part of the mean of the three weeks before; `None` where they are not whole, empty, or a run of the four weeks
    /// has no distance.
    pub share: Option<f64>,
}

impl Week {
    /// At most four fifths of the three weeks before.
    pub(super) fn is_lighter(&self) -> bool {
        self.share.is_some_and(|share| share <= MAX_SHARE + TOLERANCE)
    }
}

/// The whole weeks of the history.
pub(super) fn weeks(days: &[DayRow], weeks: &[WeekRow]) -> Vec<Week> {
    let Some(first) = days.first().map(|day| day.date) else { return Vec::new() };
    let index = |day: Day| usize::try_from(days_between(first, day)).unwrap_or(0);
    let share = |at: usize| {
        let before = &weeks[at.checked_sub(3)?..at];
        let from = before[0].is_whole().then(|| index(before[0].start))?;
        let of_day = |day: &DayRow| day.known_m().is_some_and(|metres| day.n_runs == 0 || metres > 0.0);
        let is_measured = days[from..from + 28].iter().all(of_day);
        let mean_m = before.iter().map(|week| week.distance_m).sum::<f64>() / 3.0;
        (is_measured && mean_m > 0.0).then(|| weeks[at].distance_m / mean_m)
    };
    let whole = weeks.iter().enumerate().filter(|(_, week)| week.is_whole());
    whole
        .map(|(at, week)| Week {
            start: week.start,
            end: plus(week.start, 6),
            from: index(week.start),
            distance_m: week.distance_m,
            share: share(at),
        })
        .collect()
}

/// The cutbacks: lighter weeks wholly inside a block that they do not end. Of lighter weeks in a row the first counts,
/// for a fall that stays is no cutback.
pub(super) fn inside(weeks: &[Week], block: &Range<usize>, phase: Phase) -> Vec<Week> {
    let takes_them = matches!(phase, Phase::Base | Phase::Build | Phase::Peak);
    let is_inside = |week: &Week| block.start <= week.from && week.from + 7 <= block.end;
    let is_first = |at: usize| at.checked_sub(1).is_none_or(|before| !weeks[before].is_lighter());
    let lighter = weeks.iter().enumerate().filter(|(at, week)| week.is_lighter() && is_first(*at));
    lighter.map(|(_, week)| *week).filter(|week| takes_them && is_inside(week)).collect()
}

/// Whole weeks up to day `end` since the last lighter one, or since weeks can be compared; `None` where the last one
/// cannot be.
pub(super) fn weeks_without(weeks: &[Week], end: Day) -> Option<u32> {
    let mut known = weeks.iter().rev().skip_while(|week| week.end > end).peekable();
    known.peek()?.share?;
    Some(known.take_while(|week| week.share.is_some() && !week.is_lighter()).count() as u32)
}
