//! Clocks that cannot be right, put right by lists: these were dated by a platform or a phone.
//!
//! Input are recordings and lists, output are the same recordings, those of a wrong clock moved to the start that the row of
//! them says. A row is that of a recording by the file that it names, or where it is the only one that lasts as long to the
//! second and is as far. Invariant: what two rows could date is dated by neither.

use super::super::{List, Start, Summary};
use super::by_start::ByStart;
use super::clocks::Clocks;
use super::days::is_early;
use super::files::{Belongs, Files};
use super::newest_first;
use crate::digest::Digest;
use crate::ingest::clock::{self, Names};
use crate::ingest::{FileNote, Given};
use crate::model::calendar::{local_day, utc_text};
use crate::model::{Day, Sport};
use std::collections::{BTreeSet, HashMap};

/// A row of the same recording has its time to so many seconds …
const SAME_S: f64 = 2.0;
/// … and its distance to this share.
const SAME_DISTANCE: f64 = 0.005;

/// Puts wrong clocks right, as far as rows tell. `files` are all that was read.
pub fn date(digests: &mut [Digest], lists: &[(String, List)], files: &[FileNote], given: &Given<'_>) {
    let is_off = |digest: &Digest| clock::is_off(digest, given.latest_ms);
    if lists.is_empty() || !digests.iter().any(is_off) {
        return;
    }
    let (names, files) = (Names::of(files), Files::of(files));
    let is_known =
        |digest: &&Digest| !is_off(digest) && given.until.is_none_or(|until| is_early(digest, until));
    let clocks = Clocks::of(digests.iter().filter(is_known), given.zone);
    let place_of: HashMap<String, usize> =
        digests.iter().enumerate().map(|(place, one)| (one.id.clone(), place)).collect();
    let lists = newest_first(lists);
    for (path, list) in &lists {
        for row in &list.activities {
            if let Some(Belongs::To(ids)) = row.file.as_ref().map(|file| files.find(path, file))
                && let [id] = ids.as_slice()
                && let Some(place) = place_of.get(id).copied().filter(|place| is_off(&digests[*place]))
            {
                mend(&mut digests[place], row, path, &clocks, given);
            }
        }
    }
    for (path, list) in &lists {
        let rows = &list.activities;
        let off: Vec<usize> = (0..digests.len()).filter(|place| is_off(&digests[*place])).collect();
        let is_likely = |row: &Summary| off.iter().any(|place| is_it(row, &digests[*place]));
        let mut likely: Vec<usize> = (0..rows.len()).filter(|row| is_likely(&rows[*row])).collect();
        if likely.is_empty() {
            continue;
        }
        let by_start = ByStart::of(rows);
        let taken: BTreeSet<usize> = digests
            .iter()
            .filter(|one| !is_off(one))
            .filter_map(|one| by_start.row_of(one, &clocks))
            .collect();
        let names_other = |row: &Summary| {
            let belongs = row.file.as_ref().map(|file| files.find(path, file));
            matches!(belongs, Some(Belongs::To(_)))
        };
        likely.retain(|row| !taken.contains(row) && !names_other(&rows[*row]));
        let is_pair = |place: usize, row: usize| {
            let (digest, row) = (&digests[off[place]], &rows[likely[row]]);
            is_it(row, digest) && names.day(&digest.file).is_none_or(|day| day_of(row, &clocks) == Some(day))
        };
        for (place, row) in only_pairs(off.len(), likely.len(), is_pair) {
            mend(&mut digests[off[place]], &rows[likely[row]], path, &clocks, given);
        }
    }
}

/// The pairs of so many places and rows whose place and row are in no other pair.
fn only_pairs(n_places: usize, n_rows: usize, is_pair: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    // Of each its pairs, up to two, and the row of the last one.
    let mut of_place = vec![(0_u8, 0); n_places];
    let mut of_row = vec![0_u8; n_rows];
    for (place, (n, last)) in of_place.iter_mut().enumerate() {
        for (row, n_of_row) in of_row.iter_mut().enumerate() {
            let is_told = *n < 2 || *n_of_row < 2;
            if is_told && is_pair(place, row) {
                (*n, *last) = ((*n + 1).min(2), row);
                *n_of_row = (*n_of_row + 1).min(2);
            }
        }
    }
    let pairs = of_place.into_iter().enumerate().filter(|(_, (n, _))| *n == 1);
    pairs.map(|(place, (_, row))| (place, row)).filter(|(_, row)| of_row[*row] == 1).collect()
}

/// The day of a row by the wall clock.
fn day_of(row: &Summary, clocks: &Clocks) -> Option<Day> {
    let (start_ms, offset_s) = clocks.place(row.start?);
    local_day(start_ms, offset_s.unwrap_or(0))
}

/// Is a row of the very recording, by its kind and sums? Both have to be known.
fn is_it(row: &Summary, digest: &Digest) -> bool {
    let is_unknown = row.sport == Sport::Unknown || digest.sport == Sport::Unknown;
    let times =
        [(row.elapsed_s, digest.elapsed_s), (row.timer_s, digest.timer_s), (row.moving_s, digest.timer_s)];
    let lasts = times.into_iter().any(|(row, own)| row.is_some_and(|row| (row - own).abs() <= SAME_S));
    let distance = row.distance_m.zip(digest.distance_m);
    (is_unknown || row.sport.is_alike(digest.sport))
        && lasts
        && digest.timer_s > SAME_S
        && distance.is_some_and(|(row, own)| own > 0.0 && (row - own).abs() <= SAME_DISTANCE * own)
}

/// Moves a recording to the start of its row, unless that cannot be either.
fn mend(digest: &mut Digest, row: &Summary, path: &str, clocks: &Clocks, given: &Given<'_>) {
    let Some(start) = row.start else { return };
    let own_s = digest.utc_offset_s;
    let (start_ms, offset_s) = match (start, own_s) {
        (Start::Day(midnight_ms), _) => {
            let told_ms = clock::told_ms(digest, own_s.unwrap_or(0));
            clocks.place(Start::WallClock(midnight_ms.saturating_add(told_ms)))
        }
        (Start::WallClock(wall_ms), Some(own_s)) => (wall_ms - i64::from(own_s) * 1000, Some(own_s)),
        _ => clocks.place(start),
    };
    if clock::is_wrong(start_ms, given.latest_ms) {
        return;
    }
    let list = path.rsplit(['/', '!']).next().unwrap_or(path);
    digest.remarks.push(format!(
        "its clock said {}: dated {} by {list}",
        utc_text(digest.start_ms),
        utc_text(start_ms)
    ));
    digest.start_ms = start_ms;
    digest.utc_offset_s = own_s.or(offset_s);
    digest.is_day_only = matches!(start, Start::Day(_));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_two_pairs_is_in_none() {
        let pairs = |all: &'static [(usize, usize)]| only_pairs(4, 4, |a, b| all.contains(&(a, b)));
        assert_eq!(pairs(&[(0, 3), (1, 1), (3, 0)]), [(0, 3), (1, 1), (3, 0)]);
        assert_eq!(pairs(&[(0, 0), (0, 1), (1, 2)]), [(1, 2)], "two rows of a place");
        assert_eq!(pairs(&[(0, 0), (1, 0), (2, 2)]), [(2, 2)], "two places of a row");
        assert_eq!(pairs(&[(0, 0), (0, 1), (0, 2), (1, 2)]), [], "a third counts for its row");
        assert_eq!(only_pairs(3, 3, |_, _| true), []);
    }
}
