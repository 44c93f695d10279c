//! A list that a runner keeps or has made from somewhere else: the columns of `docs/exports.md`.
//!
//! Input is the content, output its [`List`], with a remark for each cell that cannot be read. It is told from other files by
//! a column `date` and one of a distance with its unit.

use super::date::{self, Order};
use super::number::duration;
use super::words::{is_yes, sport};
use super::{List, MAX_ACTIVITIES, Start, Summary, title};
use crate::ingest::time;
use crate::model::Sport;
use crate::sheet::{self, Row, Sheet};
use std::collections::HashMap;
use std::io::Read;

const METRES: [(&str, f64); 3] = [("distance_m", 1.0), ("distance_km", 1000.0), ("distance_mi", 1609.344)];
const SHEET: Sheet<'_> = Sheet {
    name: "",
    needed: &["date"],
    known: &[
        "date",
        "distance_m",
        "distance_km",
        "distance_mi",
        "duration",
        "ascent_m",
        "avg_hr",
        "max_hr",
        "rpe",
        "title",
        "race",
        "sport",
    ],
};
/// The most that is read of one file; a line for each of 200,000 runs is less.
const LIMIT: u64 = 16 * 1024 * 1024;

/// Is it such a list, by its columns?
pub(super) fn is(names: &[String]) -> bool {
    // Names come without underscores.
    let has = |wanted: &str| names.iter().any(|name| *name == wanted.replace('_', " "));
    // The tables of this program have a distance too; they come from recordings, not in their place.
    has("date") && !has("athlete") && METRES.iter().any(|(name, _)| has(name))
}

/// Reads it, from its beginning and what comes after that.
pub(super) fn read(head: &[u8], rest: &mut dyn Read) -> List {
    let mut list = List::default();
    let mut bytes = head.to_vec();
    let end = rest.take(LIMIT).read_to_end(&mut bytes);
    if bytes.len() as u64 >= LIMIT {
        list.remarks.push("is larger than 16 MiB: only what comes before was read".into());
    }
    list.remarks.extend(
        end.err().map(|error| format!("cannot be read to its end ({error}): what came before is kept")),
    );
    let (mut said, mut n) = (Vec::new(), 0);
    let read = |row: &Row<'_>| {
        // One more than are taken, so that this is told.
        let summary = summary(row).filter(|_| n <= MAX_ACTIVITIES);
        n += usize::from(summary.is_some());
        summary.into_iter().collect()
    };
    match sheet::parse(&bytes, &SHEET, &mut said, read) {
        Ok(summaries) => {
            let mut seen = HashMap::<String, usize>::new();
            for mut summary in summaries {
                // Two rows that say the same are two runs: there and back.
                let n = seen.entry(summary.id.clone()).or_default();
                *n += 1;
                if *n > 1 {
                    summary.id = Summary::new("list", &[&summary.id, &n.to_string()]).id;
                }
                if !list.push(summary) {
                    break;
                }
            }
        }
        Err(problem) => list.remarks.push(problem),
    }
    list.remarks.extend(said.into_iter().map(|notice| match notice.source.strip_prefix(':') {
        Some(line) => format!("line {line}: {}", notice.text),
        None => notice.text,
    }));
    list
}

fn summary(row: &Row<'_>) -> Option<Summary> {
    let date = row.text("date");
    let start = row.needed(start(date))?;
    let number = |name: &str, max: f64| {
        row.kept(name, row.number(name, 0.0, max)).flatten().filter(|value| *value > 0.0)
    };
    // A row without an hour is told from others of its day by what it says.
    let lengths: Vec<&str> = METRES.iter().map(|(name, _)| row.text(name)).collect();
    let key = [&[date][..], &lengths, &[row.text("duration"), row.text("title")]].concat();
    let mut summary = Summary::new("list", &key);
    summary.start = Some(start);
    summary.distance_m = METRES.iter().find_map(|(name, metres)| Some(number(name, 1e6)? * metres));
    let time = row.text("duration");
    let time = if time.is_empty() { Ok(None) } else { duration(time).map(Some).ok_or(time) };
    let understood =
        time.map_err(|text| format!("duration \"{text}\" is not understood; write one such as 1:02:30"));
    summary.timer_s = row.kept("duration", understood).flatten();
    summary.ascent_m = number("ascent_m", 1e5);
    summary.avg_hr_bpm = number("avg_hr", 250.0);
    summary.max_hr_bpm = number("max_hr", 250.0);
    summary.rpe = number("rpe", 10.0);
    summary.title = title(row.text("title"));
    summary.is_race = is_yes(row.text("race"));
    let named = row.text("sport");
    summary.sport = if named.is_empty() { Sport::Running } else { sport(named) };
    Some(summary)
}

/// `2026-05-31`, `2026-05-31 08:00`, `2026-05-31T08:00:00+02:00`.
fn start(text: &str) -> Result<Start, String> {
    if let Some(ms) = date::day(text) {
        return Ok(Start::Day(ms));
    }
    let text = text.trim();
    let zone = text.get(10..).and_then(|rest| rest.rfind(['+', '-', 'Z', 'z']).map(|at| at + 10));
    let instant = match zone {
        None => date::parse(text, Order::DayFirst).filter(|_| text.len() > 10).map(Start::WallClock),
        Some(at) => {
            let (clock, zone) = text.split_at(at);
            // Seconds may be left out.
            let clock =
                if clock.matches(':').count() == 1 { format!("{clock}:00") } else { clock.to_owned() };
            let wall_ms = time::parse(&clock);
            let utc_ms = time::parse(&format!("{clock}{zone}"));
            wall_ms.zip(utc_ms).and_then(|(wall_ms, utc_ms)| {
                // "Z" says when, and not where.
                let offset_s =
                    (!zone.eq_ignore_ascii_case("z")).then(|| i32::try_from((wall_ms - utc_ms) / 1000));
                Some(Start::Instant(utc_ms, offset_s.transpose().ok()?))
            })
        }
    };
    let is_iso = text.bytes().take(4).all(|byte| byte.is_ascii_digit());
    instant
        .filter(|_| is_iso)
        .ok_or_else(|| format!("\"{text}\" is no date; write one such as 2026-05-31 or 2026-05-31 08:00"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::export::read;

    fn list(text: &str) -> List {
        read("runs.csv", &mut text.as_bytes()).unwrap().unwrap()
    }

    #[test]
    fn every_column_is_read_in_either_form() {
        let comma = "date,distance_km,duration,avg_hr,rpe,title,race,sport\n2026-05-31,10.5,52:30,150,7,\"Park, twice\",yes,trail run\n";
        let semicolon = "\u{feff}Date;Distance_KM;Duration;avg_hr;rpe;title;race;sport\r\n2026-05-31;10,5;PT52M30S;150;7;\"Park, twice\";x;Traillauf\r\n";
        let [a, b] = [list(comma), list(semicolon)];
        assert!(a.remarks.is_empty() && b.remarks.is_empty(), "{a:?} {b:?}");
        let [one] = a.activities.as_slice() else { panic!("{a:?}") };
        assert_eq!((one.distance_m, one.timer_s, one.rpe), (Some(10_500.0), Some(3150.0), Some(7.0)));
        assert_eq!(
            (one.sport, one.is_race, one.title.as_deref()),
            (Sport::TrailRunning, true, Some("Park, twice"))
        );
        assert_eq!(Summary { id: one.id.clone(), ..b.activities[0].clone() }, *one);
        let miles = list("date\tdistance_mi\n2026-05-31\t3.1\n");
        assert!((miles.activities[0].distance_m.unwrap() - 4988.97).abs() < 0.01);
        assert_eq!(miles.activities[0].sport, Sport::Running);
    }

    #[test]
    fn dates_have_a_time_and_a_zone_or_not() {
        let midnight = 1_780_185_600_000;
        assert_eq!(start("2026-05-31"), Ok(Start::Day(midnight)));
        assert_eq!(start("2026-05-31 08:00"), Ok(Start::WallClock(midnight + 8 * 3_600_000)));
        assert_eq!(start("2026-05-31T08:00:30"), Ok(Start::WallClock(midnight + 8 * 3_600_000 + 30_000)));
        let utc = midnight + 6 * 3_600_000;
        assert_eq!(start("2026-05-31T08:00+02:00"), Ok(Start::Instant(utc, Some(7200))));
        assert_eq!(start("2026-05-31T06:00:00Z"), Ok(Start::Instant(utc, None)));
        assert_eq!(start("2026-05-31 04:00:00-0200"), Ok(Start::Instant(utc, Some(-7200))));
        for text in ["", "31.05.2026", "May", "2026-05-31T25:00", "2026-05-31T08:00+99:00", "äöüäöüäöüä+"]
        {
            assert!(start(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_slip_costs_its_cell_and_is_named_with_its_line() {
        let list = list("date,distance_km,duration,shoes\n2026-05-31,ten,1:00:00,red\nMay,5,,\n");
        assert_eq!(list.activities.len(), 1);
        assert_eq!(list.activities[0].distance_m, None);
        assert!(list.remarks[0].starts_with("column \"shoes\" is not one of"), "{:?}", list.remarks);
        assert!(list.remarks[1].starts_with("line 2: distance_km \"ten\""), "{:?}", list.remarks);
        assert!(list.remarks[2].starts_with("line 3: \"May\" is no date"), "{:?}", list.remarks);
    }

    #[test]
    fn other_files_with_dates_are_no_lists() {
        let none = |header: &str| read("x.csv", &mut header.as_bytes()).is_none();
        assert!(none("athlete,date,state,distance_m\nme,2026-05-31,run,10000\n"));
        assert!(
            none("date,distance,kind\n2026-05-31,10,easy\n")
                && none("date,duration,score\n2026-05-31,7:00,80\n")
        );
    }
}
