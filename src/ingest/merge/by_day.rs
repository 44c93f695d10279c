//! Rows of lists whose time of day is unknown or rounded, matched by their day.
//!
//! Input are recordings with the activities that pair rules have made of them, output are further links, and pairs that may be
//! one activity or two. Invariant: no two rows of one list are matched with one activity, and no row with two.

use super::rule::{
    CopyRule, SAME_DISTANCE, SAME_WAY, Seen, are_alike, distance, part_of_list, percent, share_of_list,
    time_agrees,
};
use super::{Link, joined};
use std::collections::{BTreeMap, BTreeSet};

/// A row with a time of day is of another activity, unless this share of the shorter lies within it.
const MIN_TOGETHER: f64 = 0.5;
/// Nobody does more on a day: where there is more, as many rows as others, each counts as it is.
const MAX_OF_DAY: usize = 2 * 64;

/// What the days of rows tell.
#[derive(Debug, Default)]
pub struct ByDay {
    /// Rows and what they are one activity with.
    pub links: Vec<Link>,
    /// Rows and recordings that look alike, and not enough: both count.
    pub doubts: Vec<(usize, usize)>,
}

/// How alike a row and a recording are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Like {
    /// In time and distance, as far as they are known.
    Same,
    /// Enough where there is nothing else on that day.
    Wide,
    /// Enough to ask.
    Doubt,
    /// Two activities.
    Other,
}

/// Matches what is listed and stands alone. `links` are those of pair rules.
pub fn by_day(seen: &[Seen<'_>], links: &[Link], is_kept: impl Fn(usize) -> bool) -> ByDay {
    let mut known = Known::of(seen, &joined(seen.len(), links));
    let mut found = ByDay::default();
    // What has a time of day first, so that rows without one meet whole activities; then rows among themselves.
    for (is_day_only, with_floating) in [(false, false), (true, false), (true, true)] {
        let is_asked = |at: &usize| {
            let one = seen[*at];
            one.is_listed() && one.digest.is_day_only == is_day_only && !is_kept(*at)
        };
        for rows in known.alone(is_asked) {
            known.place(&rows, with_floating, &mut found);
        }
    }
    // A row that was asked about may have found its place since.
    let is_alone = |row: &usize| known.members.get(row).is_some_and(|members| members.len() == 1);
    found.doubts.retain(|(row, other)| is_alone(row) && !is_kept(*other));
    found.doubts.sort_unstable();
    found.doubts.dedup_by_key(|(row, _)| *row);
    found
}

/// Activities while rows find their places in them.
struct Known<'a> {
    seen: &'a [Seen<'a>],
    /// The recordings of each activity, by the first of them.
    members: BTreeMap<usize, Vec<usize>>,
    /// The activities of each day, by the same.
    of_day: BTreeMap<i64, BTreeSet<usize>>,
}

impl<'a> Known<'a> {
    fn of(seen: &'a [Seen<'a>], first: &[usize]) -> Self {
        let mut known = Self { seen, members: BTreeMap::new(), of_day: BTreeMap::new() };
        for (at, first) in first.iter().enumerate() {
            known.members.entry(*first).or_default().push(at);
            known.of_day.entry(seen[at].day()).or_default().insert(*first);
        }
        known
    }

    /// The rows that are asked about and stand alone, those of one list and day together. What comes first depends on
    /// no name.
    fn alone(&self, is_asked: impl Fn(&usize) -> bool) -> Vec<Vec<usize>> {
        let alone = self.members.values().filter(|members| members.len() == 1).flatten().copied();
        let mut together: BTreeMap<(&str, i64), Vec<usize>> = BTreeMap::new();
        for at in alone.filter(is_asked) {
            let key = (self.seen[at].digest.file.as_str(), self.seen[at].day());
            together.entry(key).or_default().push(at);
        }
        let mut all: Vec<Vec<usize>> = together.into_values().collect();
        let id = |at: &usize| self.seen[*at].digest.id.as_str();
        for rows in &mut all {
            rows.sort_by_key(id);
        }
        all.sort_by_key(|rows| rows.first().map(id));
        all
    }

    /// Finds the activities of some rows of one list and day.
    fn place(&mut self, rows: &[usize], with_floating: bool, found: &mut ByDay) {
        let Some(list) = rows.first().map(|at| self.seen[*at]) else { return };
        let Some(of_day) = self.of_day.get(&list.day()).filter(|of_day| of_day.len() <= MAX_OF_DAY) else {
            return;
        };
        let mut rows = rows.to_vec();
        rows.retain(|row| self.members.get(row).is_some_and(|members| members.len() == 1));
        let is_free = |first: &usize| {
            let mut members = self.members.get(first).into_iter().flatten().map(|at| self.seen[*at]);
            let is_floating = |one: Seen| one.is_listed() && one.digest.is_day_only;
            let has_fixed = members.clone().any(|one| !is_floating(one));
            (with_floating || has_fixed)
                && members.clone().next().is_some()
                && !members.any(|one| one.is_listed() && one.digest.file == list.digest.file)
        };
        let mut free: Vec<usize> = of_day.iter().copied().filter(is_free).collect();
        let mut pairs: Vec<(u32, &str, &str, usize, usize, usize)> = Vec::new();
        for row in &rows {
            for first in &free {
                if let Some((Like::Same, at)) = self.like(*row, *first) {
                    let id = |at: usize| self.seen[at].digest.id.as_str();
                    let apart = (1e6 * distance(self.seen[*row], self.seen[at]).unwrap_or(0.0)) as u32;
                    pairs.push((apart, id(*row), id(*first), *row, *first, at));
                }
            }
        }
        pairs.sort_unstable();
        for (.., row, first, at) in pairs {
            if rows.contains(&row) && free.contains(&first) {
                rows.retain(|other| *other != row);
                free.retain(|other| *other != first);
                self.join(row, first, at, found);
            }
        }
        free.retain(|first| rows.iter().any(|row| self.like(*row, *first).is_some()));
        if let ([row], [first]) = (rows.as_slice(), free.as_slice())
            && let Some((Like::Wide, at)) = self.like(*row, *first)
        {
            self.join(*row, *first, at, found);
            return;
        }
        for row in rows {
            let likely = free.iter().filter_map(|first| self.like(row, *first));
            let best = likely.min_by_key(|(like, at)| (*like, &self.seen[*at].digest.id));
            found.doubts.extend(best.filter(|(like, _)| *like < Like::Other).map(|(_, at)| (row, at)));
        }
    }

    /// How alike a row is to an activity at most, and to which recording of it; `None` where it is of another sport or
    /// time.
    fn like(&self, row: usize, first: usize) -> Option<(Like, usize)> {
        let row = self.seen[row];
        let likes = self.members.get(&first)?.iter().filter_map(|at| Some((like(row, self.seen[*at])?, *at)));
        likes.min_by_key(|(like, at)| (*like, &self.seen[*at].digest.id))
    }

    /// A row is of an activity, by this recording of it.
    fn join(&mut self, row: usize, first: usize, at: usize, found: &mut ByDay) {
        let distance_pct = percent(distance(self.seen[row], self.seen[at]).unwrap_or(0.0));
        found.links.push((row.min(at), row.max(at), CopyRule::ListedDay { distance_pct }));
        self.members.remove(&row);
        self.members.entry(first).or_default().push(row);
    }
}

fn like(row: Seen, other: Seen) -> Option<Like> {
    let is_one_time = || share_of_list(row, other) >= MIN_TOGETHER;
    let has_no_time = row.digest.is_day_only || other.digest.is_day_only;
    if !are_alike(row, other) || !(has_no_time || is_one_time()) {
        return None;
    }
    let (lasts, far) = (time_agrees(row, other), distance(row, other));
    let is_within = |most: f64| far.is_some_and(|differs| differs <= most);
    let is_known = lasts.is_some() || far.is_some();
    Some(if is_known && lasts != Some(false) && (far.is_none() || is_within(SAME_DISTANCE)) {
        Like::Same
    } else if (lasts == Some(true) && is_within(SAME_WAY)) || part_of_list(row.digest, other.digest).is_some()
    {
        Like::Wide
    } else if !has_no_time
        || lasts == Some(true)
        || is_within(SAME_DISTANCE)
        || (lasts.is_none() && is_within(SAME_WAY))
    {
        Like::Doubt
    } else {
        Like::Other
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Digest, digest};
    use crate::model::{Format, Recording, Sport};

    fn listed(file: &str, row: usize) -> Digest {
        let mut recording = Recording::new(Format::Csv);
        recording.start_ms = 1_750_000_000_000;
        recording.sport = Sport::Running;
        recording.totals.distance_m = Some(10_000.0);
        recording.totals.elapsed_s = Some(3600.0);
        recording.totals.timer_s = Some(3600.0);
        let listed = digest(&recording, format!("{file}{row}"), file.to_owned());
        Digest { is_day_only: true, ..listed }
    }

    #[test]
    fn a_day_of_more_than_anybody_does_is_left_as_it_is() {
        for (n, expected) in [(64, 64), (65, 0)] {
            let rows = |file: &'static str| (0..n).map(move |row| listed(file, row));
            let digests: Vec<Digest> = rows("a.csv").chain(rows("b.csv")).collect();
            let seen: Vec<Seen> =
                digests.iter().map(|digest| Seen { digest, wall_ms: Some(digest.start_ms) }).collect();
            let found = by_day(&seen, &[], |_| false);
            assert_eq!((found.links.len(), found.doubts.len()), (expected, 0));
        }
    }
}
