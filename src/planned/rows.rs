//! `plan.csv`: a row a run.

use super::words::{self, Purpose};
use super::{Entry, PassedOver, Reading, measure, run_of};
use crate::notice::Notice;
use crate::score::run::SessionKind;
use crate::sheet::{self, Row, Sheet};

const KNOWN: [&str; 6] = ["date", "distance", "duration", "kind", "title", "start"];

/// The entries of a sheet with the columns `date, distance, duration, kind, title, start`; the error says why it is none.
pub(super) fn entries(
    bytes: &[u8],
    reading: &Reading<'_>,
    passed: &mut PassedOver,
    notices: &mut Vec<Notice>,
) -> Result<Vec<Entry>, String> {
    let sheet = Sheet { name: reading.name, needed: &["date"], known: &KNOWN };
    sheet::parse(bytes, &sheet, notices, |row| entry(row, reading, passed).into_iter().collect())
}

fn entry(row: &Row<'_>, reading: &Reading<'_>, passed: &mut PassedOver) -> Option<Entry> {
    let date = row.needed(row.date())?;
    if !reading.is_ahead(date, passed) {
        return None;
    }
    let title = row.text("title");
    let (of_title, mut run) = run_of(date, title, "");
    let of_kind = row.kept("kind", kind(row.text("kind"))).flatten();
    if of_kind.or(words::purpose(title)) == Some(Purpose::Rest) {
        // A rest of 0 km is one.
        return Some(Entry { date, run: None, is_guess: false });
    }
    let distance_m =
        row.kept("distance", measure::distance_of_cell(row.text("distance"), reading.asked.units)).flatten();
    let duration_s = row.kept("duration", measure::duration_of_cell(row.text("duration"))).flatten();
    let has_numbers = distance_m.or(duration_s).is_some();
    let purpose = match of_kind {
        // The column says "easy", the title may say of which sport.
        Some(Purpose::Run(None)) if of_title != Purpose::Other => of_title,
        Some(purpose) => purpose,
        None if of_title == Purpose::Other && words::purpose(title).is_none() && has_numbers => {
            Purpose::Run(None)
        }
        None if title.is_empty() => Purpose::Rest,
        None => of_title,
    };
    let Purpose::Run(kind) = purpose else {
        if purpose == Purpose::Other {
            passed.no_run(if title.is_empty() { row.text("kind") } else { title });
        }
        return Some(Entry { date, run: None, is_guess: false });
    };
    run.kind = kind.unwrap_or(if of_kind.is_some() { SessionKind::Easy } else { run.kind });
    run.start_min = row.kept("start", measure::start_of_cell(row.text("start"))).flatten();
    // The columns count before the title; a title without a number of its own may name the race.
    run.distance_m = distance_m
        .or(run.distance_m)
        .or_else(|| words::Words::of(title).race_distance_m().filter(|_| run.kind == SessionKind::Race));
    run.duration_s = duration_s.or(run.duration_s);
    if run.title.is_empty() {
        run.kind.name().clone_into(&mut run.title);
    }
    let is_guess = run.kind == SessionKind::Race && of_kind.is_none() && !words::is_surely_race(title);
    Some(Entry { date, run: Some(run), is_guess })
}

fn kind(text: &str) -> Result<Option<Purpose>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    words::of_kind(text).map(Some).ok_or_else(|| {
        format!("kind \"{text}\" is not one of easy, steady, long, tempo, intervals, hills, race, rest")
    })
}
