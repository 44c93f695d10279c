//! Lists up to a day.

use super::super::{List, Start, Summary};
use super::clocks::Clocks;
use super::files::{Belongs, Files};
use crate::digest::Digest;
use crate::ingest::{FileNote, Given};
use crate::model::Day;
use crate::model::calendar::local_day;
use std::collections::BTreeSet;

/// What of lists is of days after one.
#[derive(Debug, Default)]
pub struct Later {
    /// The rows of these days, in lists of the same paths.
    pub rows: Vec<(String, List)>,
    /// Lists of which nothing is left, by path.
    pub gone: BTreeSet<String>,
}

/// Takes the rows of days after `until` out of lists. Which day it is where a list does not say, recordings of up to that day
/// tell alone. `gone` are recordings that were taken out: rows that name no other go with them.
pub fn later(
    lists: &mut Vec<(String, List)>,
    digests: &[Digest],
    files: &[FileNote],
    gone: &BTreeSet<String>,
    given: &Given<'_>,
    until: Day,
) -> Later {
    let is_early = |digest: &&Digest| {
        local_day(digest.start_ms, digest.utc_offset_s.unwrap_or(0)).is_some_and(|day| day <= until)
    };
    let early: Vec<Digest> = digests.iter().filter(is_early).cloned().collect();
    let clocks = Clocks::of(&early, given.zone);
    let files = Files::of(files);
    let mut later = Later::default();
    for (path, list) in lists.iter_mut() {
        let is_gone = |row: &Summary| {
            let belongs = row.file.as_ref().map(|file| files.find(path, file));
            let of_gone = |ids: &Vec<String>| ids.iter().all(|id| gone.contains(id));
            matches!(belongs, Some(Belongs::To(ids)) if of_gone(&ids))
        };
        let had_rows = !list.activities.is_empty();
        let is_later = |row: &mut Summary| is_after(row, until, &clocks, given) || is_gone(row);
        let rows: Vec<Summary> = list.activities.extract_if(.., is_later).collect();
        if had_rows && list.activities.is_empty() && list.facts.is_empty() {
            later.gone.insert(path.clone());
        }
        later.rows.push((path.clone(), List { activities: rows, ..List::default() }));
    }
    lists.retain(|(path, _)| !later.gone.contains(path));
    later
}

/// Is a row of a day after this one? What has no date is not.
fn is_after(row: &Summary, until: Day, clocks: &Clocks, given: &Given<'_>) -> bool {
    let day = match row.start {
        Some(Start::Day(ms) | Start::WallClock(ms)) => local_day(ms, 0),
        Some(start @ Start::Instant(..)) => {
            let (ms, offset_s) = clocks.place(start);
            let by_zone = || given.zone.map(|zone| crate::model::calendar::offset_at(zone, ms));
            local_day(ms, offset_s.or_else(by_zone).unwrap_or(0))
        }
        None => None,
    };
    day.is_some_and(|day| day > until)
}
