//! `overrides.csv`: what the runner says of single recordings, whatever their files say.
//!
//! Input is the file beside an athlete's runs, output a row for each recording that is named, by the `id` of its content: it
//! holds after files were renamed or moved. An absent file is fine; a cell that cannot be read is a notice with its line.

use crate::model::text::clean;
use crate::model::units::MILE_M;
use crate::model::{Choice, Override, Sport};
use crate::notice::Notice;
use crate::sheet::{self, Row, Sheet};
use std::path::Path;

const OVERRIDES: Sheet<'_> = Sheet {
    name: "overrides.csv",
    needed: &["id"],
    known: &[
        "id",
        "choice",
        "distance_km",
        "distance_m",
        "distance_mi",
        "sport",
        "race",
        "ignore_hr",
        "leave_load_out",
        "reason",
    ],
};

const CHOICES: [(&str, Choice); 2] = [("keep", Choice::Keep), ("drop", Choice::Drop)];
const YES_NO: [(&str, bool); 6] =
    [("yes", true), ("no", false), ("true", true), ("false", false), ("y", true), ("n", false)];
/// Columns of the distance with the metres in one of their unit.
const DISTANCES: [(&str, f64); 3] = [("distance_m", 1.0), ("distance_km", 1000.0), ("distance_mi", MILE_M)];
/// The longest distance that is believed, in m.
const LONGEST_M: f64 = 1_000_000.0;
/// Fewer digits of an `id` may soon be those of two recordings.
const MIN_DIGITS: usize = 8;
/// Digits of an `id`.
const DIGITS: usize = 32;

/// The rows of `overrides.csv` with the columns `id, choice, distance_km` (or `_m`, `_mi`)`, sport, race, ignore_hr,
/// leave_load_out` and `reason`, in the order of the file.
pub fn read(folder: &Path, notices: &mut Vec<Notice>) -> Vec<Override> {
    sheet::read(folder, &OVERRIDES, notices, |row| one(row).into_iter().collect())
}

/// Is a notice about this file or a line of it?
#[must_use]
pub fn is_about(notice: &Notice) -> bool {
    let rest = notice.source.strip_prefix(OVERRIDES.name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

fn one(row: &Row<'_>) -> Option<Override> {
    let id = row.needed(id(row.text("id")))?;
    let is_yes = |column| row.kept(column, row.word(column, &YES_NO)).flatten();
    let said = Override {
        id,
        line: row.line(),
        choice: row.kept("choice", row.word("choice", &CHOICES)).flatten(),
        distance_m: row.kept("distance", distance_m(row)).flatten(),
        sport: row.kept("sport", sport(row.text("sport"))).flatten(),
        race: is_yes("race"),
        ignores_hr: is_yes("ignore_hr").unwrap_or(false),
        leaves_load_out: is_yes("leave_load_out").unwrap_or(false),
        reason: Some(clean(row.text("reason"))).filter(|reason| !reason.is_empty()),
    };
    let says_nothing =
        Override { id: said.id.clone(), line: said.line, reason: said.reason.clone(), ..Override::default() };
    if said == says_nothing {
        row.say("says nothing of the run; write drop, a distance, a sport, or yes into another column");
        return None;
    }
    Some(said)
}

/// The `id` of a recording, or its first digits; `-2` behind them is the second recording of a file.
fn id(text: &str) -> Result<String, String> {
    let id = text.to_lowercase();
    let (hash, part) = id.split_once('-').unwrap_or((&id, "2"));
    let is_hash = (MIN_DIGITS..=DIGITS).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash && part.parse::<usize>().is_ok_and(|n| n > 1) {
        return Ok(id);
    }
    Err(format!(
        "id \"{}\" is not what the table runs has in its column id; give at least {MIN_DIGITS} digits of that",
        clean(text)
    ))
}

fn distance_m(row: &Row<'_>) -> Result<Option<f64>, String> {
    let mut found = None;
    for (column, metres) in DISTANCES {
        if let Some(value) = row.number(column, 0.0, LONGEST_M / metres)? {
            if value == 0.0 {
                return Err(format!("{column} is 0; to leave a run out write drop into choice"));
            }
            if found.is_some() {
                return Err("there are two distances".to_owned());
            }
            found = Some(value * metres);
        }
    }
    Ok(found)
}

fn sport(text: &str) -> Result<Option<Sport>, String> {
    match Sport::from_name(text) {
        _ if text.is_empty() => Ok(None),
        Sport::Other | Sport::Unknown if !text.eq_ignore_ascii_case("other") => Err(unknown_sport(text)),
        Sport::Unknown => Ok(Some(Sport::Other)),
        sport => Ok(Some(sport)),
    }
}

fn unknown_sport(text: &str) -> String {
    format!(
        "sport \"{}\" is not one of running, trail running, track running, treadmill running, walking, hiking, other",
        clean(text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<Override>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(OVERRIDES.name), text).unwrap();
        let mut notices = Vec::new();
        let found = read(folder.path(), &mut notices);
        (found, notices.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_row_says_what_its_cells_say() {
        let (found, said) = rows(
            "id;choice;distance_km;sport;race;ignore_hr;leave_load_out;reason\n\
             0123ABCD;;10,5;Trail Run;no;yes;y;strap slipped\n0123abcd-3;DROP;;;;;;\n",
        );
        let first = Override {
            id: "0123abcd".into(),
            line: 2,
            distance_m: Some(10_500.0),
            sport: Some(Sport::TrailRunning),
            race: Some(false),
            ignores_hr: true,
            leaves_load_out: true,
            reason: Some("strap slipped".into()),
            ..Override::default()
        };
        let second =
            Override { id: "0123abcd-3".into(), line: 3, choice: Some(Choice::Drop), ..Override::default() };
        assert_eq!((found, said), (vec![first, second], Vec::new()));
    }

    #[test]
    fn what_cannot_be_read_is_named_and_the_rest_counts() {
        let (found, said) = rows(
            "id,choice,distance_km,distance_mi,sport,race\n0123,drop,,,,\n0123456789,,10,6,,yes\n\
             0123456789,,0,,chess,maybe\nrun.fit,drop,,,,\n0123456789,remove,,,,\n0123456789,,,5,other,\n",
        );
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].race, found[0].distance_m), (Some(true), None));
        assert_eq!((found[1].distance_m, found[1].sport), (Some(8046.72), Some(Sport::Other)));
        let expected = [
            ("overrides.csv:2: id \"0123\"", "row left out"),
            ("overrides.csv:3: there are two distances", "the rest of the row counts"),
            ("overrides.csv:4: distance_km is 0", "write drop"),
            ("overrides.csv:4: sport \"chess\"", "hiking, other"),
            ("overrides.csv:4: race \"maybe\"", "yes, no"),
            ("overrides.csv:4: says nothing", "write drop"),
            ("overrides.csv:5: id \"run.fit\"", "column id"),
            ("overrides.csv:6: choice \"remove\"", "keep, drop"),
        ];
        for (start, part) in expected {
            assert!(said.iter().any(|s| s.starts_with(start) && s.contains(part)), "{start}: {said:#?}");
        }
    }
}
