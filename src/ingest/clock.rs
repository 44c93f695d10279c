//! Clocks that were never set, or that run ahead of today.
//!
//! Input are the digests of all files, output are the same, those of a wrong clock moved to the date that their
//! file is named by. Invariant: nothing is guessed. A name without a date leaves a recording where it is, and so does
//! one whose date cannot be true either.

use super::again::Again;
use super::{Fate, FileNote, Given, Source};
use crate::digest::{Digest, Shape};
use crate::model::calendar::{local_day, offset_at};
use crate::model::{Day, Format};
use chrono::Datelike;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Watches that tell local time had no earlier runs; before 2000-01-01 lies a clock that was never set.
const FIRST_MS: i64 = 946_684_800_000;
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/// Years that the name of a file may date it by: other digits are some number.
const YEARS: RangeInclusive<i32> = 1990..=2100;

/// Can the recording not have been made when its clock says so?
pub fn is_wrong(start_ms: i64, latest_ms: Option<i64>) -> bool {
    start_ms < FIRST_MS || latest_ms.is_some_and(|latest| start_ms > latest)
}

/// The names of each content, by that under which it was read: one of several may hold the date.
#[derive(Debug, Default)]
pub struct Names<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Names<'a> {
    /// Those of all files, in their order.
    pub fn of(files: &'a [FileNote]) -> Self {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for note in files {
            if let Fate::SameContent(first) = &note.fate {
                names.entry(first.as_str()).or_default().push(&note.file);
            }
        }
        Self(names)
    }

    /// The first date among the names of a file, and the time of day in s where one of them has it too.
    fn date(&self, file: &str) -> Option<(Day, Option<i64>)> {
        let others = self.0.get(file).into_iter().flatten().copied();
        let dated: Vec<(Day, Option<i64>)> = std::iter::once(file).chain(others).filter_map(named).collect();
        let (date, _) = *dated.first()?;
        let clock_s = dated.iter().find_map(|(day, clock_s)| clock_s.filter(|_| *day == date));
        Some((date, clock_s))
    }

    /// The first date among the names of a file.
    pub fn day(&self, file: &str) -> Option<Day> {
        self.date(file).map(|(day, _)| day)
    }
}

/// Was the recording made by a clock that cannot be right? What a list says was written by people and platforms, who
/// know the year.
pub fn is_off(digest: &Digest, latest_ms: Option<i64>) -> bool {
    let is_listed = matches!(digest.format, Format::Csv | Format::Json);
    !is_listed && is_wrong(digest.start_ms, latest_ms)
}

/// Gives recordings of a wrong clock the date that their files are named by, and the time of day where the name has
/// one. All times of a digest count from its start, so the whole recording moves.
pub fn mend(digests: &mut [Digest], given: &Given<'_>) {
    mend_by(digests, &Names::default(), given);
}

/// The same, where contents have several names.
pub fn mend_by(digests: &mut [Digest], names: &Names<'_>, given: &Given<'_>) {
    for digest in digests.iter_mut().filter(|digest| is_off(digest, given.latest_ms)) {
        let Some((date, clock_s)) = names.date(&digest.file) else { continue };
        let from_zone = || given.zone.map(|zone| offset_at(zone, midnight_ms(date)));
        let offset_s = digest.utc_offset_s.or_else(from_zone).unwrap_or(0);
        let clock_ms = clock_s.map_or_else(|| told_ms(digest, offset_s), |seconds| seconds * 1000);
        let start_ms = midnight_ms(date) + clock_ms - i64::from(offset_s) * 1000;
        if is_wrong(start_ms, given.latest_ms) {
            continue;
        }
        let was = local_day(digest.start_ms, offset_s)
            .map_or_else(String::new, |day| format!(" says {day}, which"));
        digest.remarks.push(format!("its clock{was} cannot be: dated {date} by the name of the file"));
        (digest.start_ms, digest.is_day_only) = (start_ms, clock_s.is_none());
    }
}

/// The time of day that a recording tells, in ms.
pub fn told_ms(digest: &Digest, offset_s: i32) -> i64 {
    digest.start_ms.saturating_add(i64::from(offset_s) * 1000).rem_euclid(DAY_MS)
}

/// Cuts the shapes of recordings that were moved since, at the minutes of the clock that they have now. `was` are their
/// starts before, by `id`.
pub fn cut_shapes(digests: &mut [Digest], was: &BTreeMap<String, i64>, sources: &[Source]) {
    for digest in digests {
        let Some(was_ms) = was.get(&digest.id) else { continue };
        if (digest.start_ms - was_ms) % MINUTE_MS != 0 {
            // What cannot be read again has no shape: it is known by nothing that may be false.
            let again = Again::read(sources, digest);
            digest.shape = again.map_or_else(|_| Shape::default(), |again| again.digest(digest).shape);
        }
    }
}

fn midnight_ms(date: Day) -> i64 {
    date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()
}

/// The date in the name of a file: `2026-05-01`, `20260501` and their like, wherever they stand in it.
#[must_use]
pub fn day_of_name(file: &str) -> Option<Day> {
    named(file).map(|(day, _)| day)
}

/// The date in the name of a file, and the time of day in s where one follows it.
fn named(file: &str) -> Option<(Day, Option<i64>)> {
    let name = file.rsplit(['/', '!', '\\']).next().unwrap_or(file);
    let groups = groups(name);
    (0..groups.len()).find_map(|at| dated(&groups[at..]))
}

/// A run of digits, with what stands between it and the one before.
#[derive(Debug, Clone, Copy)]
struct Group<'a> {
    between: &'a str,
    digits: &'a str,
}

/// The runs of digits in a name.
fn groups(name: &str) -> Vec<Group<'_>> {
    let mut groups = Vec::new();
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (between, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, behind) = from.split_at(end);
        groups.push(Group { between, digits });
        rest = behind;
    }
    groups
}

/// The date that begins with the first group: `2026-05-01`, `2026_05_01`, `2026.05.01`, `20260501` or with the time of
/// day in one piece, `20260501063000`.
fn dated(groups: &[Group<'_>]) -> Option<(Day, Option<i64>)> {
    let first = groups.first()?.digits;
    match first.len() {
        4 => {
            let [month, day] = groups.get(1..3)? else { return None };
            let is_joined = month.between == day.between && ["-", "_", ".", " "].contains(&day.between);
            let is_short = (1..=2).contains(&month.digits.len()) && (1..=2).contains(&day.digits.len());
            let date = day_of(first, month.digits, day.digits).filter(|_| is_joined && is_short)?;
            Some((date, clock_s(&groups[3..])))
        }
        8 | 12 | 14 => {
            let date = day_of(&first[..4], &first[4..6], &first[6..8])?;
            let whole = Group { between: "", digits: &first[8..] };
            if first.len() == 8 {
                return Some((date, clock_s(&groups[1..])));
            }
            // So many digits are a date only with a time of day in them.
            Some((date, Some(clock_s(&[whole])?)))
        }
        _ => None,
    }
}

/// The time of day that begins with the first group: `06-12-03`, `06.12`, `061203` or `0612`.
fn clock_s(groups: &[Group<'_>]) -> Option<i64> {
    let first = groups.first()?;
    let number = |text: &str| text.parse::<i64>().ok();
    // Words or a bracket between date and time would be something else, as in "2026-05-01 (2)".
    let follows = ["", "-", "_", " ", "T", "t", " - ", "--", "__"].contains(&first.between);
    let (hour, minute, second) = match first.digits.len() {
        4 | 6 => {
            let second = first.digits.get(4..6).map_or(Some(0), number)?;
            (number(&first.digits[..2])?, number(&first.digits[2..4])?, second)
        }
        2 => {
            let joins = |group: &&Group<'_>| {
                group.digits.len() == 2 && ["-", "_", ".", ":", "h"].contains(&group.between)
            };
            let minute = groups.get(1).filter(joins)?;
            let second = groups.get(2).filter(joins).map_or(Some(0), |group| number(group.digits))?;
            (number(first.digits)?, number(minute.digits)?, second)
        }
        _ => return None,
    };
    let is_time = follows && hour < 24 && minute < 60 && second < 60;
    is_time.then_some(hour * 3600 + minute * 60 + second)
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Day> {
    let date = Day::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    YEARS.contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::digest;
    use crate::model::Recording;
    use crate::model::calendar::utc_text;

    /// 2026-06-01T00:00:00Z.
    const LATEST_MS: i64 = 1_780_272_000_000;

    fn mended(file: &str, start_ms: i64, offset_s: Option<i32>) -> (String, usize) {
        let recording = Recording { start_ms, utc_offset_s: offset_s, ..Recording::new(Format::Fit) };
        let mut digests = [digest(&recording, String::new(), file.to_owned())];
        mend(&mut digests, &Given { latest_ms: Some(LATEST_MS), ..Given::default() });
        (utc_text(digests[0].start_ms), digests[0].remarks.len())
    }

    /// 1989-12-31T05:07:00Z.
    const UNSET_MS: i64 = 631_084_020_000;

    #[test]
    fn a_name_gives_the_date_and_the_time_of_day() {
        for (name, expected) in [
            ("2026-05-01-06-12-03.fit", "2026-05-01T04:12:03Z"),
            ("a.zip!b/20260501_0630.fit", "2026-05-01T04:30:00Z"),
            ("2026_05_01_06_12_03.json", "2026-05-01T04:12:03Z"),
            ("activity 2026-05-01 06.12.gpx.gz", "2026-05-01T04:12:00Z"),
            ("20260501063015.fit", "2026-05-01T04:30:15Z"),
            ("2026-05-01T06:12:03+02.tcx", "2026-05-01T04:12:03Z"),
            // Without a time of day that of the recording stands: 07:07 by the clock of the runner.
            ("run-2026.05.01.fit", "2026-05-01T05:07:00Z"),
            ("2026-05-01 (2).fit", "2026-05-01T05:07:00Z"),
        ] {
            assert_eq!(mended(name, UNSET_MS, Some(7200)), (expected.to_owned(), 1), "{name}");
        }
        let (start, _) = mended("2025-12-24.fit", LATEST_MS + 60 * DAY_MS, None);
        assert_eq!(start, "2025-12-24T00:00:00Z", "ahead of today");
    }

    #[test]
    fn nothing_is_guessed() {
        let as_it_was = (utc_text(UNSET_MS), 0);
        for name in [
            "2026-05-01/run.fit",
            "23126859222.fit",
            "9223370263578564807.gpx",
            "2026-13-01.fit",
            "20261401.fit",
            "10240115.fit",
            "201905123456.fit",
        ] {
            assert_eq!(mended(name, UNSET_MS, None), as_it_was, "{name}");
        }
        assert_eq!(mended("1999-05-01.fit", UNSET_MS, None), as_it_was, "no better");
        assert_eq!(mended("2026-07-01.fit", UNSET_MS, None), as_it_was, "still to come");
        let right = LATEST_MS - DAY_MS;
        assert_eq!(mended("2026-05-01.fit", right, None), (utc_text(right), 0), "a clock that may be right");
    }
}
