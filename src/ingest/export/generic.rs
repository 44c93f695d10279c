//! A list that a runner keeps or has made from somewhere else: the columns of `docs/exports.md`.
//!
//! Input is the content, output its [`List`], with a remark for each cell that cannot be read. It is told from other files by
//! a column of dates and one of a distance with its unit, or of times beside what only runs have. Common names of columns count
//! as the documented ones. Invariant: no unit is guessed; where it is open, nothing is read and it is said what to write.

use super::date::{self, Order};
use super::number::duration;
use super::table::raw_names;
use super::words::{is_yes, plain, sport};
use super::{List, Start, Summary, title};
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

/// What people call the documented columns, without what differs by case, underscores and brackets.
const WORDINGS: [(&str, &[&str]); 12] = [
    ("date", &["datum", "day", "fecha"]),
    ("distance_m", &["distanz m", "metres", "meters", "meter"]),
    (
        "distance_km",
        &["distanz km", "strecke km", "km", "kilometer", "kilometers", "kilometres", "kilomètres"],
    ),
    ("distance_mi", &["distance miles", "miles", "mi", "mile", "meilen"]),
    (
        "duration",
        &["dauer", "durée", "duración", "durata", "laufzeit", "moving time", "elapsed time", "bewegungszeit"],
    ),
    ("ascent_m", &["anstieg m", "höhenmeter"]),
    ("avg_hr", &["avg heart rate", "average heart rate", "puls", "durchschnittspuls"]),
    ("max_hr", &["max heart rate", "maximalpuls"]),
    ("rpe", &["effort", "anstrengung"]),
    ("title", &["titel", "name", "titre", "bezeichnung"]),
    ("race", &["wettkampf", "wettbewerb"]),
    ("sport", &["sportart", "activity type", "type", "typ"]),
];
/// A distance in a unit that only its writer knows.
const SOME_DISTANCE: [&str; 6] = ["distance", "distanz", "strecke", "entfernung", "distancia", "distanza"];
/// A time that may be how long it took, or of day.
const SOME_TIME: [&str; 5] = ["time", "zeit", "temps", "tiempo", "tempo"];

/// What the columns of a file make it.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// Such a list.
    List,
    /// One but for what is said here.
    Nearly(String),
    /// Something else.
    Other,
}

/// The documented name of a column; `None` where it is not known.
fn documented(name: &str) -> Option<&'static str> {
    // Brackets stand around units.
    let name: String = plain(name).chars().map(|c| if "()[],/".contains(c) { ' ' } else { c }).collect();
    let name = plain(&name);
    let is =
        |(own, others): &&(&str, &[&str])| own.replace('_', " ") == name || others.contains(&name.as_str());
    WORDINGS.iter().find(is).map(|(own, _)| *own)
}

/// Tells by the names of its columns what a file is.
pub(super) fn judge(names: &[String]) -> Verdict {
    let has = |wanted: &str| names.iter().any(|name| documented(name) == Some(wanted));
    let named = |open: &[&str]| names.iter().find(|name| open.contains(&name.as_str()));
    // The tables of this program have a distance too; they come from recordings, not in their place.
    if !has("date") || names.iter().any(|name| name == "athlete") {
        return Verdict::Other;
    }
    // Lists of anything have names and types.
    let tells = |name: &&String| !["name", "type", "typ"].contains(&name.as_str());
    let of_runs = ["title", "sport", "race", "avg_hr", "rpe", "ascent_m"];
    let is_of_runs =
        names.iter().filter(tells).any(|name| documented(name).is_some_and(|known| of_runs.contains(&known)));
    if METRES.iter().any(|(name, _)| has(name)) {
        return Verdict::List;
    }
    let wanted = match (named(&SOME_DISTANCE), named(&SOME_TIME)) {
        (Some(distance), time) => {
            let time = time.map_or_else(String::new, |time| format!(", and \"{time}\" duration"));
            format!(
                "\"{distance}\" does not say its unit: call it distance_km, distance_mi or distance_m{time}"
            )
        }
        (None, _) if has("duration") && is_of_runs => return Verdict::List,
        (None, Some(time)) if is_of_runs => format!("\"{time}\" may be a time of day: call it duration"),
        (None, _) if has("duration") => {
            "nothing says that these are runs: add a column distance_km or sport".to_owned()
        }
        _ => return Verdict::Other,
    };
    Verdict::Nearly(format!(
        "looks like a list of runs, but {wanted}; docs/exports.md has the form. Nothing of it was used"
    ))
}

/// The beginning of a file with the documented names of columns in its first line.
fn with_documented_names(head: &[u8]) -> Vec<u8> {
    let end = head.iter().position(|byte| *byte == b'\n').unwrap_or(head.len());
    let (line, rest) = head.split_at(end);
    let (names, delimiter) = raw_names(line);
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let mut seen = Vec::new();
    let names = names.iter().map(|name| match documented(name) {
        // Of two columns of one meaning the first counts.
        Some(known) if !seen.contains(&known) => {
            seen.push(known);
            known
        }
        _ => name.as_str(),
    });
    match writer.write_record(names).ok().and_then(|()| writer.into_inner().ok()) {
        Some(mut renamed) => {
            renamed.pop();
            renamed.extend_from_slice(rest);
            renamed
        }
        None => head.to_vec(),
    }
}

/// Reads it, from its beginning and what comes after that.
pub(super) fn read(head: &[u8], rest: &mut dyn Read) -> List {
    let mut list = List::default();
    let mut bytes = with_documented_names(head);
    let end = rest.take(LIMIT).read_to_end(&mut bytes);
    if bytes.len() as u64 >= LIMIT {
        list.remarks.push("is larger than 16 MiB: only what comes before was read".into());
    }
    list.remarks.extend(
        end.err().map(|error| format!("cannot be read to its end ({error}): what came before is kept")),
    );
    let mut said = Vec::new();
    match sheet::parse(&bytes, &SHEET, &mut said, |row| summary(row).into_iter().collect()) {
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

/// `2026-05-31`, `2026-05-31 08:00`, `2026-05-31T08:00:00+02:00`; with dots, the day comes first in every language.
fn start(text: &str) -> Result<Start, String> {
    if let Some(ms) = date::day(text) {
        return Ok(Start::Day(ms));
    }
    let text = text.trim();
    if let Some(day) = dotted(text) {
        return Ok(Start::Day(day));
    }
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

/// `31.05.2026` as ms since 1970-01-01.
fn dotted(text: &str) -> Option<i64> {
    let is_dotted = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    date::parse(text, Order::DayFirst).filter(|_| is_dotted && text.matches('.').count() == 2)
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
        assert_eq!(start("31.05.2026"), Ok(Start::Day(midnight)));
        for text in [
            "",
            "31.05.26",
            "31.05.2026 08:00",
            "May",
            "2026-05-31T25:00",
            "2026-05-31T08:00+99:00",
            "äöüäöüäöüä+",
        ] {
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
        assert!(none("date,weight\n2026-05-31,60\n") && none("distance_km,title\n10,easy\n"));
    }

    #[test]
    fn common_names_of_columns_are_understood() {
        let told = |text: &str| {
            let list = list(text);
            assert!(list.remarks.is_empty(), "{text}: {:?}", list.remarks);
            let one = &list.activities[0];
            (one.distance_m, one.timer_s, one.title.clone())
        };
        assert_eq!(
            told("Date,Duration,Title\n2026-05-31,52:30,Park\n"),
            (None, Some(3150.0), Some("Park".into()))
        );
        let german = "Datum;Distanz (km);Dauer;Titel\n31.05.2026;10,5;52:30;Park\n";
        assert_eq!(told(german), (Some(10_500.0), Some(3150.0), Some("Park".into())));
        assert_eq!(told("day,miles\n2026-05-31,10\n"), (Some(16_093.44), None, None));
        let twice = list("Date,Km,Distance (km)\n2026-05-31,10,\n");
        assert_eq!((twice.activities[0].distance_m, twice.remarks.len()), (Some(10_000.0), 1));
    }

    #[test]
    fn a_list_that_is_nearly_right_is_told_what_is_missing() {
        for (header, wanted) in [
            (
                "Datum;Distanz;Zeit",
                "\"distanz\" does not say its unit: call it distance_km, distance_mi or distance_m, and \"zeit\"",
            ),
            ("date,distance,kind", "\"distance\" does not say its unit"),
            ("date,time,title", "\"time\" may be a time of day: call it duration"),
            ("date,duration,score", "nothing says that these are runs"),
        ] {
            let list = list(&format!("{header}\n"));
            assert!(list.activities.is_empty() && list.remarks[0].contains(wanted), "{:?}", list.remarks);
        }
    }
}
