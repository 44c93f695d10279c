//! Clocks that cannot be right, put right by lists: these were dated by a platform or a phone.
//!
//! Input are recordings and lists, output are the same recordings, those of a wrong clock moved to the start that the row of
//! them says. A row is that of a recording by the file that it names, or where it is the only one that lasts as long to the
//! second and is as far. Invariant: what two rows could date is dated by neither.

use super::super::{List, Start, Summary};
use super::by_start::ByStart;
use super::clocks::Clocks;
use super::files::{Belongs, Files};
use super::newest_first;
use crate::digest::Digest;
use crate::ingest::clock::{self, Names};
use crate::ingest::{FileNote, Given};
use crate::model::Sport;
use crate::model::calendar::{local_day, utc_text};
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
    let right: Vec<Digest> = digests.iter().filter(|digest| !is_off(digest)).cloned().collect();
    let clocks = Clocks::of(&right, given.zone);
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
        let by_start = ByStart::of(rows);
        let mut taken: BTreeSet<usize> =
            right.iter().filter_map(|digest| by_start.row_of(digest, &clocks)).collect();
        let names_other = |row: &Summary| {
            let belongs = row.file.as_ref().map(|file| files.find(path, file));
            matches!(belongs, Some(Belongs::To(_)))
        };
        taken.extend((0..rows.len()).filter(|row| names_other(&rows[*row])));
        let off: Vec<usize> = (0..digests.len()).filter(|place| is_off(&digests[*place])).collect();
        let pairs: Vec<(usize, usize)> = off
            .iter()
            .flat_map(|place| (0..rows.len()).map(move |row| (*place, row)))
            .filter(|(place, row)| {
                let (digest, row_of) = (&digests[*place], &rows[*row]);
                is_it(row_of, digest)
                    && !taken.contains(row)
                    && names.day(&digest.file).is_none_or(|day| day_of(row_of, &clocks) == Some(day))
            })
            .collect();
        let is_only = |(place, row): &&(usize, usize)| {
            pairs.iter().filter(|(other, of)| other == place || of == row).count() == 1
        };
        for (place, row) in pairs.iter().filter(is_only) {
            mend(&mut digests[*place], &rows[*row], path, &clocks, given);
        }
    }
}

/// The day of a row by the wall clock.
fn day_of(row: &Summary, clocks: &Clocks) -> Option<crate::model::Day> {
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
