//! The recordings of one athlete, from digests to the dated history that an analysis stands on.
//!
//! Input are digests and what is said of them, output are those that count up to the day of the analysis. Invariant: what is
//! left out is said, and has its entry in the ledger, unless it lies after that day.

use super::AS_OF;
use crate::config::Athlete;
use crate::digest::Digest;
use crate::error::Error;
use crate::ingest::{self, Said};
use crate::ledger::{Book, Kind};
use crate::model::calendar::{FIRST_YEAR, days_between, local_day};
use crate::model::{Amended, Day, DiaryEntry, DiaryKind, Format, Gap, LostDays, Sport};
use crate::notice::Notice;
use crate::score::Dated;
use crate::unknown;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// A list may go back further, but no runner's does so beyond this.
pub(super) const FIRST_LISTED_YEAR: i32 = 1950;

/// The day to stand on lies at most this long after the newest run.
pub(super) const MAX_REACH_DAYS: i64 = 731;

/// A newest run older than this against today means that the history has ended there.
pub(super) const STALE_DAYS: i64 = 28;

/// The offset from UTC in s by which a recording is dated, and its local date where its start has one.
pub(super) fn local_start(digest: &Digest, athlete: &Athlete) -> (i32, Option<Day>) {
    let utc_offset_s = digest.offset_s(athlete.zone).unwrap_or(0);
    (utc_offset_s, local_day(digest.start_ms, utc_offset_s))
}

/// Recordings by what they count as.
pub(super) struct Sorted {
    /// Those whose distance is mileage, copies marked among them.
    pub(super) history: Vec<Dated>,
    /// Those that count as load alone, copies marked among them.
    pub(super) cross: Vec<Dated>,
}

/// The digests that count, with their local dates.
pub(super) fn sorted(
    digests: Vec<Digest>,
    copies: &BTreeMap<String, ingest::Copy>,
    said: &Said,
    athlete: &Athlete,
    of_files: &mut Vec<Notice>,
    book: &mut Book,
) -> Sorted {
    let scope = athlete.counting.scope();
    let sports: BTreeMap<String, Sport> =
        digests.iter().map(|digest| (digest.id.clone(), digest.sport)).collect();
    // A copy goes with what it is a copy of, whatever sport it states itself: else the two would count apart.
    let sport = |digest: &Digest| {
        let of = copies.get(&digest.id).and_then(|copy| sports.get(&copy.of));
        of.copied().unwrap_or(digest.sport)
    };
    let (runs, others): (Vec<Digest>, Vec<Digest>) =
        digests.into_iter().partition(|digest| scope.counts(sport(digest)));
    let cross = others.into_iter().filter(|digest| scope.is_cross_training(sport(digest))).collect();
    let mut dated = |digests: Vec<Digest>| dated(digests, copies, said, athlete, of_files, book);
    Sorted { history: dated(runs), cross: dated(cross) }
}

/// The digests with their local dates, and the copies among them marked.
pub(super) fn dated(
    digests: Vec<Digest>,
    copies: &BTreeMap<String, ingest::Copy>,
    said: &Said,
    athlete: &Athlete,
    of_files: &mut Vec<Notice>,
    book: &mut Book,
) -> Vec<Dated> {
    let dated = digests.into_iter().filter_map(|digest| {
        let (utc_offset_s, date) = local_start(&digest, athlete);
        let Some(date) = date else {
            let text = "has a start that is no date; left out: give the day as 2026-05-31";
            leave_out(&digest, text.to_owned(), of_files, book);
            return None;
        };
        let is_listed = matches!(digest.format, Format::Csv | Format::Json);
        if date.year() < if is_listed { FIRST_LISTED_YEAR } else { FIRST_YEAR } {
            let text = format!("is dated {date}, by a clock that was not set: left out");
            leave_out(&digest, text, of_files, book);
            return None;
        }
        let duplicate_of = copies.get(&digest.id).map(|copy| copy.of.clone());
        let rpe = digest.rpe;
        let amended = said.of.get(&digest.id).map_or_else(Amended::default, Amended::from);
        Some(Dated { digest, date, utc_offset_s, rpe, race: None, duplicate_of, amended })
    });
    dated.collect()
}

/// One notice for all runs of which nothing tells the local time.
pub(super) fn without_zone(runs: &[Dated], athlete: &Athlete) -> Option<Notice> {
    let n = runs.iter().filter(|run| run.digest.utc_offset_s.is_none()).count();
    let text = format!("runs without time zone and position, dated by UTC: {n}; set time_zone in the config");
    (n > 0 && athlete.zone.is_none()).then(|| Notice::new(athlete.id.clone(), text))
}

/// A recording of a wrong clock counts in nothing, and that is said.
pub(super) fn leave_out(digest: &Digest, text: String, of_files: &mut Vec<Notice>, book: &mut Book) {
    book.leave_out(&digest.id, Kind::WrongClock, text.clone());
    let notice = Notice::new(digest.file.clone(), text);
    // A list may have many such rows.
    if of_files.last() != Some(&notice) {
        of_files.push(notice);
    }
}

/// One notice for all files that do not state their sport.
pub(super) fn inferred_sports(runs: &[Dated], athlete: &Athlete) -> Option<Notice> {
    let n = runs.iter().filter(|run| run.digest.sport_inferred).count();
    let text = format!("files that do not state their sport, taken for runs by title, speed and steps: {n}");
    (n > 0).then(|| Notice::new(athlete.id.clone(), text))
}

/// A day far after the last run is a slip of the pen, and every day up to it would become a row.
pub(super) fn check_reach(runs: &[Dated], cross: &[Dated], as_of: Day) -> Result<(), Error> {
    match newest_of(runs, cross) {
        Some((newest, what)) if days_between(newest, as_of) > MAX_REACH_DAYS => {
            let problem =
                format!("{as_of} is more than two years after the newest {what}, which is of {newest}");
            Err(Error::config("as_of", problem))
        }
        _ => Ok(()),
    }
}

/// Takes out runs that a wrong clock has put after today, each with a notice.
pub(super) fn drop_future(runs: &mut Vec<Dated>, today: Day, notices: &mut Vec<Notice>, book: &mut Book) {
    for run in runs.extract_if(.., |run| run.date > today) {
        let text = format!("is dated {}, which is still to come: left out", run.date);
        leave_out(&run.digest, text, notices, book);
    }
}

/// The day to stand on where none is said: today, or the day of the newest run or session that counts as load where that
/// lies more than 28 days back.
pub(super) fn today_or_newest(newest: Option<(Day, &str)>, today: Day, notices: &mut Vec<Notice>) -> Day {
    match newest {
        Some((newest, what)) if days_between(newest, today) > STALE_DAYS => {
            let text = format!(
                "the newest {what} is of {newest}, so the analysis stands on that day; set as_of for another"
            );
            notices.push(Notice::new(AS_OF, text));
            newest
        }
        newest => newest.map_or(today, |(newest, _)| newest.max(today)),
    }
}

/// The newest day of what counts, a ride behind the last run too where it counts as load, and what is of it.
pub(super) fn newest_of(runs: &[Dated], cross: &[Dated]) -> Option<(Day, &'static str)> {
    let newest = |of: &[Dated]| of.iter().map(|one| one.date).max();
    let run = newest(runs)?;
    Some(newest(cross).filter(|session| *session > run).map_or((run, "run"), |day| (day, "session")))
}

/// Lets copies count whose original was left out: the first of each in its place, the others as copies of that.
pub(super) fn free_copies(runs: &mut [Dated], book: &mut Book) {
    let here: BTreeSet<String> = runs.iter().map(|run| run.digest.id.clone()).collect();
    let mut instead: BTreeMap<String, String> = BTreeMap::new();
    for run in runs {
        let Some(of) = run.duplicate_of.as_ref().filter(|of| !here.contains(*of)) else { continue };
        let first = instead.get(of).cloned();
        if first.is_none() {
            instead.insert(of.clone(), run.digest.id.clone());
            book.free(&run.digest.id);
        }
        run.duplicate_of = first;
    }
}

/// Takes out runs after `as_of`, and what was said of them: later files are not looked at, but a list or a copy may have told
/// of the time zone that brings a run there.
pub(super) fn drop_later(runs: &mut Vec<Dated>, as_of: Day, notices: &mut Vec<Notice>, book: &mut Book) {
    let mut later = BTreeSet::new();
    for run in runs.extract_if(.., |run| run.date > as_of) {
        book.pass_over(&run.digest.id);
        later.insert(run.digest.file);
    }
    for run in &*runs {
        later.remove(&run.digest.file);
    }
    notices.retain(|notice| !later.contains(&notice.source));
}

/// The days up to `as_of` of which the files do not tell. What is said of keys of the config
/// and of files goes to lists of its own.
pub(super) fn lost(
    named: Vec<unknown::Named>,
    athlete: &Athlete,
    history: &[Dated],
    as_of: Day,
    book: &Book,
    (of_config_keys, of_notes): (&mut Vec<Notice>, &mut Vec<Notice>),
) -> LostDays {
    let run_days: BTreeSet<Day> = history.iter().filter(|run| run.counts()).map(|run| run.date).collect();
    let Some(first) = run_days.first().copied() else { return LostDays::default() };
    let source = format!("athlete {}: gap", athlete.id);
    let of_config = athlete.gaps.iter().cloned().map(|gap| unknown::Named { gap, source: source.clone() });
    let of_config: Vec<unknown::Named> = of_config.collect();
    of_config_keys.extend(unknown::on_record(&of_config, &run_days));
    of_notes.extend(unknown::on_record(&named, &run_days));
    let gaps: Vec<Gap> = of_config.into_iter().chain(named).map(|one| one.gap).collect();
    unknown::lost(gaps, book.failed(), (first, as_of), &run_days)
}

/// Readings of the resting heart rate in bpm by day.
pub(super) fn resting(diary: &[DiaryEntry]) -> Vec<(Day, f64)> {
    let readings = diary.iter().filter(|entry| entry.kind == DiaryKind::RestingHr);
    readings.map(|entry| (entry.date, entry.value)).collect()
}

/// What to say of an effort that the watch puts in unasked.
pub(super) fn default_rpe(n: usize, of: usize) -> String {
    format!(
        "{n} of the {of} efforts in the files are 1 of 10, the lowest there is: taken for what the watch puts in unasked, and left \
         out; write rows of kind rpe into diary.csv for how hard runs were"
    )
}

/// Gives runs the RPE of the diary, which counts before that of the file, where it was the only run of its day; on a day without
/// a run the only session of another sport.
pub(super) fn add_rpe(runs: &mut [Dated], cross: &mut [Dated], diary: &[DiaryEntry]) {
    for entry in diary.iter().filter(|entry| entry.kind == DiaryKind::Rpe) {
        let is_of_day = |one: &&mut Dated| one.date == entry.date && one.counts();
        let mut of_day = runs.iter_mut().filter(is_of_day);
        let only = match (of_day.next(), of_day.next()) {
            (None, _) => {
                let mut others = cross.iter_mut().filter(is_of_day);
                others.next().filter(|_| others.next().is_none())
            }
            (run, None) => run,
            _ => None,
        };
        if let Some(only) = only {
            only.rpe = Some(entry.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::digest;
    use crate::ingest::Imported;
    use crate::model::Recording;

    #[test]
    fn the_first_copy_of_what_was_left_out_counts_and_the_others_are_copies_of_it() {
        let run = |id: &str, of: Option<&str>| Dated {
            digest: digest(&Recording::new(Format::Gpx), id.into(), format!("{id}.gpx")),
            date: Day::default(),
            utc_offset_s: 0,
            rpe: None,
            race: None,
            duplicate_of: of.map(str::to_owned),
            amended: Amended::default(),
        };
        let mut runs = [
            run("a", None),
            run("b", Some("gone")),
            run("c", Some("a")),
            run("d", Some("gone")),
            run("e", Some("away")),
        ];
        free_copies(&mut runs, &mut Book::open(&Imported::default(), |_| None));
        let of: Vec<Option<&str>> = runs.iter().map(|run| run.duplicate_of.as_deref()).collect();
        assert_eq!(of, [None, None, Some("a"), Some("b"), None]);
    }
}
