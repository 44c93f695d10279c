//! Lists laid over recordings.
//!
//! Input are the recordings and the lists of one runner, output are the same recordings with what the lists say of them, and
//! further ones for activities that have none. A row belongs to the file that it names; where it names none, to the recordings
//! of its kind that start with it and last as long, copies of one another among them. Of what several lists say, the one that
//! reaches furthest counts, as names are changed on platforms; so the result does not depend on the order of files.

mod by_start;
mod clocks;
mod dates;
mod days;
mod files;
mod lay;
#[cfg(test)]
mod tests;

pub(super) use clocks::instant_of;
pub use dates::date;
pub use days::{Later, later};

use super::{List, Start, Summary};
use crate::digest::{Digest, digest};
use crate::ingest::limits::MAX_RUNS;
use crate::ingest::{FileNote, Given};
use crate::model::{Format, Recording};
use crate::notice::Notice;
use crate::text;
use by_start::ByStart;
use clocks::Clocks;
use files::{Belongs, Files};
use lay::Lay;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

const DAY_MS: i64 = 86_400_000;

/// Gives recordings what lists say of them, and makes recordings of activities that have none.
///
/// `lists` come with their paths below the input, `files` are all that was read, with what became of each. Digests may be
/// changed, added and none is taken away.
pub fn join(
    digests: &mut Vec<Digest>,
    lists: &[(String, List)],
    files: &[FileNote],
    given: &Given<'_>,
    notices: &mut Vec<Notice>,
) {
    let files = Files::of(files);
    let clocks = Clocks::of(digests.iter(), given.zone);
    let times = Times::of(digests, &clocks);
    let mut lay = Lay::new();
    let mut place_of: HashMap<String, usize> =
        digests.iter().enumerate().map(|(place, one)| (one.id.clone(), place)).collect();
    for (path, list) in newest_first(lists) {
        lay.begin(path);
        let mut without = Without::default();
        for (summary, belongs) in laid_over(digests, &place_of, path, list, &files, &times, &mut lay) {
            if let Some(place) = place_of.get(&summary.id) {
                // An older or newer export of the same platform.
                lay.over(&mut digests[*place], summary);
            } else if digests.len() >= MAX_RUNS {
                without.over += 1;
            } else if let Some(new) = made_of(summary, path, &belongs, &clocks) {
                without.count(&belongs);
                lay.has_title(&new);
                place_of.insert(new.id.clone(), digests.len());
                digests.push(new);
            } else {
                without.empty += 1;
            }
        }
        notices.extend(without.words().into_iter().map(|text| Notice::new(path.clone(), text)));
    }
}

/// Lists in the order in which they are believed.
fn newest_first(lists: &[(String, List)]) -> Vec<&(String, List)> {
    let mut all: Vec<&(String, List)> = lists.iter().collect();
    all.sort_by_key(|(path, list)| (Reverse(newest(list)), Reverse(list.activities.len()), path));
    all
}

/// The latest start of a list.
fn newest(list: &List) -> Option<i64> {
    let starts = list.activities.iter().filter_map(|activity| activity.start);
    let ms = starts.map(|start| match start {
        Start::Instant(ms, _) | Start::WallClock(ms) | Start::Day(ms) => ms,
    });
    ms.max()
}

/// Lays one list over the recordings; returns the rows that found none, each with where its file is.
fn laid_over<'l>(
    digests: &mut [Digest],
    place_of: &HashMap<String, usize>,
    path: &str,
    list: &'l List,
    files: &Files<'_>,
    times: &Times<'_>,
    lay: &mut Lay,
) -> Vec<(&'l Summary, Belongs)> {
    let rows = &list.activities;
    let mut has_recording = vec![false; rows.len()];
    let mut has_row = vec![false; digests.len()];
    let mut belongs: Vec<Belongs> = Vec::with_capacity(rows.len());
    for (row, summary) in rows.iter().enumerate() {
        let of_row = summary.file.as_ref().map_or(Belongs::Nowhere, |file| files.find(path, file));
        if let Belongs::To(ids) = &of_row {
            let places: Vec<usize> = ids.iter().filter_map(|id| place_of.get(id)).copied().collect();
            for place in &places {
                has_recording[row] = true;
                has_row[*place] = true;
                lay.over_named(&mut digests[*place], summary, places.len() == 1);
            }
        }
        belongs.push(of_row);
    }
    let by_start = ByStart::of(rows);
    for place in times.near(rows) {
        let recording = &mut digests[place];
        if !has_row[place]
            && let Some(row) = by_start.row_of(recording, times.clocks)
        {
            has_recording[row] = true;
            lay.over(recording, &rows[row]);
        }
    }
    let rest = rows.iter().zip(belongs).zip(has_recording);
    rest.filter(|(_, has_recording)| !has_recording).map(|(row, _)| row).collect()
}

/// When recordings were, so that a list need not be held against all of them.
struct Times<'a> {
    clocks: &'a Clocks,
    /// Their starts and their places, in order of time.
    starts: Vec<(i64, usize)>,
    /// The same by the wall clock.
    walls: Vec<(i64, usize)>,
}

impl<'a> Times<'a> {
    fn of(digests: &[Digest], clocks: &'a Clocks) -> Self {
        let recorded = || digests.iter().enumerate().filter(|(_, one)| is_recorded(one));
        let mut starts: Vec<(i64, usize)> = recorded().map(|(place, one)| (one.start_ms, place)).collect();
        let mut walls: Vec<(i64, usize)> =
            recorded().filter_map(|(place, one)| Some((clocks.wall_ms(one)?, place))).collect();
        starts.sort_unstable();
        walls.sort_unstable();
        Self { clocks, starts, walls }
    }

    /// The places of all recordings that start within a day of some row: no other can be of one, see [`ByStart`].
    fn near(&self, rows: &[Summary]) -> BTreeSet<usize> {
        let (mut instants, mut walls) = (Vec::new(), Vec::new());
        for start in rows.iter().filter_map(|row| row.start) {
            match start {
                Start::Instant(ms, _) => instants.push(ms),
                Start::WallClock(ms) | Start::Day(ms) => walls.push(ms),
            }
        }
        let mut near = BTreeSet::new();
        for (known, mut asked) in [(&self.starts, instants), (&self.walls, walls)] {
            asked.sort_unstable();
            let mut rest = known.as_slice();
            for ms in asked {
                let from = rest.partition_point(|(at, _)| *at < ms.saturating_sub(DAY_MS));
                let to = rest.partition_point(|(at, _)| *at <= ms.saturating_add(DAY_MS));
                near.extend(rest[from..to].iter().map(|(_, place)| *place));
                rest = &rest[to..];
            }
        }
        near
    }
}

/// Was it recorded, and not made of a row?
fn is_recorded(digest: &Digest) -> bool {
    !matches!(digest.format, Format::Csv | Format::Json)
}

/// A run made of its row alone; `None` where that says neither when it was nor how long or far.
fn made_of(summary: &Summary, path: &str, belongs: &Belongs, clocks: &Clocks) -> Option<Digest> {
    let timer_s = summary.likely_timer_s();
    timer_s.or(summary.distance_m)?;
    let is_json = path.to_lowercase().contains(".json");
    let mut recording = Recording::new(if is_json { Format::Json } else { Format::Csv });
    (recording.start_ms, recording.utc_offset_s) = clocks.place(summary.start?);
    recording.sport = summary.sport;
    recording.title.clone_from(&summary.title);
    recording.is_race = summary.is_race;
    recording.rpe = summary.rpe;
    let totals = &mut recording.totals;
    totals.distance_m = summary.distance_m;
    totals.timer_s = timer_s;
    totals.elapsed_s = summary.elapsed_s.or(timer_s);
    totals.ascent_m = summary.ascent_m;
    totals.descent_m = summary.descent_m;
    totals.avg_hr_bpm = summary.avg_hr_bpm;
    totals.max_hr_bpm = summary.max_hr_bpm;
    totals.strides = summary.steps.map(|steps| steps / 2.0);
    if let Belongs::Broken(why) = belongs {
        let file = summary.file.as_deref().filter(|file| !file.contains('@')).unwrap_or("its file");
        recording
            .remarks
            .push(format!("{} {why}: its row in the list counts instead", text::short(file, 80)));
    }
    let mut made = digest(&recording, summary.id.clone(), path.to_owned());
    made.is_day_only = matches!(summary.start, Some(Start::Day(_)));
    made.is_long = summary.is_long;
    if let Some(moving_s) = summary.moving_s {
        made.moving_s = moving_s.min(made.timer_s);
    }
    Some(made)
}

/// The rows of a list that found no recording.
#[derive(Default)]
struct Without {
    absent: usize,
    empty: usize,
    over: usize,
}

impl Without {
    fn count(&mut self, belongs: &Belongs) {
        self.absent += usize::from(matches!(belongs, Belongs::Absent));
    }

    /// What is to be said. That an activity was entered by hand is no trouble, nor that a list names no files.
    fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        if self.absent > 0 {
            let activities = text::count(self.absent, "activity");
            words.push(format!("names files of {activities} that are not here: counted by the sums of the list, without samples"));
        }
        if self.empty > 0 {
            let rows = text::count(self.empty, "row");
            words.push(format!("{rows} without a recording, a time and a distance: left out"));
        }
        if self.over > 0 {
            let rows = text::count(self.over, "row");
            words.push(format!(
                "{rows} without a recording: left out, as there are {MAX_RUNS} runs already, the most of one runner; give fewer \
                 files, or with --squad a folder of each runner"
            ));
        }
        words
    }
}
