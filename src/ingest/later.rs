//! What is of days after the one that is stood on, taken out before anything is made of it.
//!
//! Input are all files by what they gave, output are the same as if those of later days were not there. Invariant: what is
//! left depends on nothing that was taken out.

use super::clock::{self, Names};
use super::export::{self, Later};
use super::import::Sorted;
use super::{Fate, Given, name};
use crate::digest::Digest;
use crate::model::Day;
use crate::model::calendar::{local_day, offset_at};
use std::collections::BTreeSet;

/// Puts wrong clocks right, then takes out what is of later days. Returns the first and the last day of the runs among that.
///
/// A recording is dated by what is of days up to `until`; only what that cannot date, later rows do, to be taken out.
pub fn date_and_cut(sorted: &mut Sorted, given: &Given<'_>) -> Option<(Day, Day)> {
    let mut lists = std::mem::take(&mut sorted.lists);
    let nothing = BTreeSet::new();
    let mut later = given.until.map_or_else(Later::default, |until| {
        export::later(&mut lists, &sorted.digests, &sorted.files, &nothing, given, until)
    });
    export::date(&mut sorted.digests, &lists, &sorted.files, given);
    clock::mend_by(&mut sorted.digests, &Names::of(&sorted.files), given);
    export::date(&mut sorted.digests, &later.rows, &sorted.files, given);
    let days = given.until.and_then(|until| {
        let (gone, days) = cut_recordings(sorted, given, until);
        let named = export::later(&mut lists, &sorted.digests, &sorted.files, &gone, given, until);
        later.gone.extend(named.gone);
        cut_files(sorted, &gone, &later.gone, until);
        days
    });
    sorted.lists = lists;
    for note in &mut sorted.files {
        if let Some((_, list)) = sorted.lists.iter().find(|(path, _)| *path == note.file) {
            note.fate = Fate::Listed(list.words());
        }
    }
    days
}

/// Takes out recordings of later days: their `id`s, and the first and the last day of those that count.
fn cut_recordings(
    sorted: &mut Sorted,
    given: &Given<'_>,
    until: Day,
) -> (BTreeSet<String>, Option<(Day, Day)>) {
    let day = |digest: &Digest| {
        let from_config = || given.zone.map(|zone| offset_at(zone, digest.start_ms));
        local_day(digest.start_ms, digest.utc_offset_s.or_else(from_config).unwrap_or(0))
    };
    // A clock that runs ahead of today tells no day.
    let is_later = |digest: &mut Digest| {
        day(digest).is_some_and(|day| day > until) && !clock::is_wrong(digest.start_ms, given.latest_ms)
    };
    let gone: Vec<Digest> = sorted.digests.extract_if(.., is_later).collect();
    let days = || gone.iter().filter(|digest| given.scope.counts(digest.sport)).filter_map(day);
    let days = days().min().zip(days().max());
    (gone.into_iter().map(|digest| digest.id).collect(), days)
}

/// Takes out files of which nothing is left, and what has the same bytes; of files that gave nothing the name tells the day.
fn cut_files(sorted: &mut Sorted, gone: &BTreeSet<String>, lists: &BTreeSet<String>, until: Day) {
    let is_later = |file: &str| clock::day_of_name(file).is_some_and(|day| day > until);
    let mut names: BTreeSet<String> = lists.clone();
    for note in &mut sorted.files {
        let is_gone = match &mut note.fate {
            Fate::Read(ids) => {
                let had = !ids.is_empty();
                ids.retain(|id| !gone.contains(id));
                had && ids.is_empty()
            }
            Fate::Failed(_) => name::is_recording(&note.file) && is_later(&note.file),
            Fate::Skipped(_) => is_later(&note.file),
            Fate::Listed(_) | Fate::SameContent(_) => false,
        };
        if is_gone {
            names.insert(note.file.clone());
        }
    }
    sorted.files.retain(|note| {
        let of = if let Fate::SameContent(of) = &note.fate { of } else { &note.file };
        !names.contains(of)
    });
    sorted.errors.retain(|file, _| !names.contains(file));
}
