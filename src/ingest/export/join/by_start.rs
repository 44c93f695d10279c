//! The row of a recording by when it started, what it was and how long it took.

use super::super::{Start, Summary};
use super::clocks::Clocks;
use crate::digest::Digest;
use crate::model::Sport;

/// A platform may start an activity this long before or after its file does, in ms.
const SAME_START_MS: i64 = 300_000;
const DAY_MS: i64 = 86_400_000;
/// Durations that differ by less than this many seconds are the same …
const SAME_S: f64 = 60.0;
/// … or by less than this share.
const SAME_SHARE: f64 = 0.05;

/// The rows of a list in order of their starts, by the clock that these are of.
pub(super) struct ByStart<'a> {
    rows: &'a [Summary],
    instants: Vec<(i64, usize)>,
    walls: Vec<(i64, usize)>,
    days: Vec<(i64, usize)>,
}

impl<'a> ByStart<'a> {
    pub(super) fn of(rows: &'a [Summary]) -> Self {
        let mut found = Self { rows, instants: Vec::new(), walls: Vec::new(), days: Vec::new() };
        for (row, summary) in rows.iter().enumerate() {
            match summary.start {
                Some(Start::Instant(ms, _)) => found.instants.push((ms, row)),
                Some(Start::WallClock(ms)) => found.walls.push((ms, row)),
                Some(Start::Day(ms)) => found.days.push((ms, row)),
                None => {}
            }
        }
        for list in [&mut found.instants, &mut found.walls, &mut found.days] {
            list.sort_unstable();
        }
        found
    }

    /// The row that a recording belongs to: of those that agree with it the nearest.
    pub(super) fn row_of(&self, digest: &Digest, clocks: &Clocks) -> Option<usize> {
        let start_ms = digest.start_ms;
        let wall_ms = clocks.wall_ms(digest);
        let by_clock = |list: &[(i64, usize)], ms: i64| {
            let near = within(list, ms.saturating_sub(SAME_START_MS), ms.saturating_add(SAME_START_MS));
            let same = near.iter().filter(|(_, row)| is_same(&self.rows[*row], digest, false));
            same.map(|(start, row)| (start.abs_diff(ms), *row)).min()
        };
        let at_once = [by_clock(&self.instants, start_ms), wall_ms.and_then(|ms| by_clock(&self.walls, ms))]
            .into_iter()
            .flatten()
            .min();
        let of_day = || {
            let midnight = wall_ms?.div_euclid(DAY_MS) * DAY_MS;
            let of_day = within(&self.days, midnight, midnight).iter().map(|(_, row)| *row);
            of_day.filter(|row| is_same(&self.rows[*row], digest, true)).min()
        };
        // Of a recording that only its day is known of any row of that day may be the one.
        let of_any_hour = || {
            let midnight = wall_ms.filter(|_| digest.is_day_only)?.div_euclid(DAY_MS) * DAY_MS;
            let utc_ms = midnight - (wall_ms? - start_ms);
            let of_day = within(&self.walls, midnight, midnight + DAY_MS - 1).iter();
            let of_day = of_day.chain(within(&self.instants, utc_ms, utc_ms + DAY_MS - 1));
            of_day.map(|(_, row)| *row).filter(|row| is_same(&self.rows[*row], digest, true)).min()
        };
        at_once.map(|(_, row)| row).or_else(of_day).or_else(of_any_hour)
    }
}

/// The part of an ordered list from one time to another, both included.
fn within(list: &[(i64, usize)], from: i64, to: i64) -> &[(i64, usize)] {
    let start = list.partition_point(|(ms, _)| *ms < from);
    let end = list.partition_point(|(ms, _)| *ms <= to);
    &list[start..end.max(start)]
}

/// Are they of one kind and as long? What only shares the day has to say how long or far it was.
fn is_same(row: &Summary, digest: &Digest, is_day: bool) -> bool {
    let is_unknown = row.sport == Sport::Unknown || digest.sport == Sport::Unknown;
    if !is_unknown && !row.sport.is_alike(digest.sport) {
        return false;
    }
    let times =
        [(row.elapsed_s, digest.elapsed_s), (row.timer_s, digest.timer_s), (row.moving_s, digest.moving_s)];
    let mut times = times.iter().filter_map(|(row, recorded)| Some((*row)?).zip(Some(*recorded)));
    let has_times = row.elapsed_s.or(row.timer_s).or(row.moving_s).is_some();
    let lasts_as_long =
        times.any(|(row, recorded)| (row - recorded).abs() <= SAME_S.max(SAME_SHARE * recorded));
    let is_as_far = row
        .distance_m
        .zip(digest.distance_m)
        .map(|(row, recorded)| (row - recorded).abs() <= SAME_SHARE * recorded.max(row));
    if is_day {
        // Two runs of a day may last as long: what is known of both has to agree.
        return (has_times || is_as_far.is_some())
            && (!has_times || lasts_as_long)
            && is_as_far != Some(false);
    }
    lasts_as_long || (!has_times && is_as_far != Some(false))
}
