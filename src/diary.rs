//! `massage.csv` and `diary.csv`: what a watch cannot see.
//!
//! Input are the files beside an athlete's runs, output are entries by date and a notice with its line for each cell
//! that cannot be read: the rest of its row is kept, so that a slip of the pen in one column never hides a pain in
//! another. An absent file is fine.

use crate::model::{Day, Depth, DiaryEntry, DiaryKind, MassageHad, Side, Tissue};
use crate::notice::Notice;
use csv::StringRecord;
use std::cell::RefCell;
use std::path::Path;

/// Massages had, from `massage.csv` with the columns `date, depth, minutes, tissues, soreness_after_h`.
pub fn read_massages(folder: &Path, notices: &mut Vec<Notice>) -> Vec<MassageHad> {
    let mut sessions: Vec<MassageHad> = read(folder, &MASSAGE, notices, |row| {
        let (Some(date), Some(depth)) = (row.kept(row.date()), row.kept(row.depth())) else {
            return Vec::new();
        };
        vec![MassageHad {
            date,
            depth,
            minutes: row.kept(row.number("minutes", 0.0, 240.0)).flatten(),
            tissues: row
                .text("tissues")
                .split(';')
                .map(str::trim)
                .filter(|t| !t.is_empty())
                .filter_map(|site| row.kept(tissue(site)))
                .collect(),
            soreness_h: row.kept(row.number("soreness_after_h", 0.0, 336.0)).flatten(),
        }]
    });
    sessions.sort_by_key(|had| had.date);
    sessions
}

/// What a row of the diary may hold beside a note, with the least and the most that makes sense.
const COLUMNS: [(&str, DiaryKind, f64, f64); 4] = [
    ("sleep", DiaryKind::Sleep, 0.0, 10.0),
    ("stress", DiaryKind::Stress, 0.0, 10.0),
    ("resting_hr", DiaryKind::RestingHr, 25.0, 120.0),
    ("hrv_rmssd", DiaryKind::HrvRmssd, 1.0, 300.0),
];

/// The diary, from `diary.csv` with the columns `date, site, side, value, kind, note, sleep, stress, resting_hr` (bpm in
/// the morning) and `hrv_rmssd` (ms in the morning). A row may hold a note of one kind, the others, or several of these.
pub fn read_diary(folder: &Path, notices: &mut Vec<Notice>) -> Vec<DiaryEntry> {
    let mut entries: Vec<DiaryEntry> = read(folder, &DIARY, notices, |row| {
        let Some(date) = row.kept(row.date()) else { return Vec::new() };
        let mut found = Vec::new();
        if let Some((kind, value)) = row.kept(row.note()).flatten() {
            found.push(DiaryEntry {
                date,
                kind,
                site: row.text("site").to_owned(),
                side: row.kept(row.side()).flatten(),
                value,
            });
        }
        for (column, kind, least, most) in COLUMNS {
            if let Some(value) = row.kept(row.number(column, least, most)).flatten() {
                found.push(DiaryEntry { date, kind, site: String::new(), side: None, value });
            }
        }
        found
    });
    entries.sort_by_key(|entry| entry.date);
    entries
}

/// A file with its columns.
struct Sheet {
    name: &'static str,
    needed: &'static [&'static str],
    known: &'static [&'static str],
}

const MASSAGE: Sheet = Sheet {
    name: "massage.csv",
    needed: &["date", "depth"],
    known: &["date", "depth", "minutes", "tissues", "soreness_after_h"],
};
const DIARY: Sheet = Sheet {
    name: "diary.csv",
    needed: &["date"],
    known: &["date", "site", "side", "value", "kind", "note", "sleep", "stress", "resting_hr", "hrv_rmssd"],
};

/// One row under its header, with what of it could not be read.
struct Row<'a> {
    header: &'a StringRecord,
    fields: &'a StringRecord,
    problems: RefCell<Vec<String>>,
}

impl Row<'_> {
    /// The value of a cell; what is wrong with it is kept for a notice.
    fn kept<T>(&self, cell: Result<T, String>) -> Option<T> {
        cell.map_err(|problem| self.problems.borrow_mut().push(problem)).ok()
    }

    /// The note of a row: its kind with its value.
    fn note(&self) -> Result<Option<(DiaryKind, f64)>, String> {
        match (self.kind()?, self.number("value", 0.0, 10.0)?) {
            (Some(kind), Some(value)) => Ok(Some((kind, value))),
            (Some(_), None) => Err("value is missing; give 0 to 10".to_owned()),
            (None, Some(_)) => Err("kind is missing; give soreness, tightness, pain or rpe".to_owned()),
            (None, None) => Ok(None),
        }
    }

    fn text(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name.trim().eq_ignore_ascii_case(column));
        at.and_then(|at| self.fields.get(at)).map_or("", str::trim)
    }

    fn date(&self) -> Result<Day, String> {
        let text = self.text("date");
        text.parse().map_err(|_| format!("\"{text}\" is no date; write one such as 2026-05-31"))
    }

    fn number(&self, column: &str, min: f64, max: f64) -> Result<Option<f64>, String> {
        let text = self.text(column);
        match text.parse() {
            _ if text.is_empty() => Ok(None),
            Ok(value) if (min..=max).contains(&value) => Ok(Some(value)),
            _ => Err(format!("{column} \"{text}\" is no number from {min} to {max}")),
        }
    }

    fn side(&self) -> Result<Option<Side>, String> {
        match self.text("side").to_lowercase().as_str() {
            "" => Ok(None),
            "left" | "l" => Ok(Some(Side::Left)),
            "right" | "r" => Ok(Some(Side::Right)),
            "both" | "b" => Ok(Some(Side::Both)),
            other => Err(format!("side \"{other}\" is not one of left, right, both")),
        }
    }

    fn depth(&self) -> Result<Depth, String> {
        match self.text("depth").to_lowercase().as_str() {
            "light" => Ok(Depth::Light),
            "moderate" => Ok(Depth::Moderate),
            "deep" => Ok(Depth::Deep),
            other => Err(format!("depth \"{other}\" is not one of light, moderate, deep")),
        }
    }

    fn kind(&self) -> Result<Option<DiaryKind>, String> {
        match self.text("kind").to_lowercase().as_str() {
            "" => Ok(None),
            "soreness" => Ok(Some(DiaryKind::Soreness)),
            "tightness" => Ok(Some(DiaryKind::Tightness)),
            "pain" => Ok(Some(DiaryKind::Pain)),
            "rpe" => Ok(Some(DiaryKind::Rpe)),
            other => Err(format!("kind \"{other}\" is not one of soreness, tightness, pain, rpe")),
        }
    }
}

/// The tissue of a cell.
fn tissue(site: &str) -> Result<Tissue, String> {
    let names = Tissue::ALL.map(Tissue::name).join(", ");
    Tissue::of_site(site).ok_or_else(|| format!("tissue \"{site}\" is not one of {names}"))
}

fn read<T>(
    folder: &Path,
    sheet: &Sheet,
    notices: &mut Vec<Notice>,
    parse: impl Fn(&Row<'_>) -> Vec<T>,
) -> Vec<T> {
    let name = sheet.name;
    let bytes = match std::fs::read(folder.join(name)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            notices.push(Notice::new(name, format!("cannot be read: {error}")));
            return Vec::new();
        }
    };
    // Spreadsheets put a byte order mark in front of the first column's name.
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let is = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b);
    if let Some(absent) = sheet.needed.iter().find(|c| !header.iter().any(|name| is(name, c))) {
        notices.push(Notice::new(name, format!("has no column {absent}; nothing of it was used")));
        return Vec::new();
    }
    for column in header.iter().filter(|column| !sheet.known.iter().any(|known| is(column, known))) {
        let known = sheet.known.join(", ");
        notices
            .push(Notice::new(name, format!("column \"{}\" is not one of {known}: not used", column.trim())));
    }
    let mut found = Vec::new();
    for fields in reader.records() {
        let (line, problems) = match fields {
            Ok(fields) => {
                let row = Row { header: &header, fields: &fields, problems: RefCell::default() };
                found.extend(parse(&row));
                (fields.position().map_or(0, csv::Position::line), row.problems.into_inner())
            }
            Err(error) => (error.position().map_or(0, csv::Position::line), vec![error.to_string()]),
        };
        let notice = |problem| Notice::new(format!("{name}:{line}"), format!("{problem}: left out"));
        notices.extend(problems.into_iter().map(notice));
    }
    found
}

/// Spreadsheets write semicolons where the comma is the decimal mark.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    if header.contains(';') && !header.contains(',') { b';' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, content: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), content).unwrap();
        folder
    }

    #[test]
    fn massages_are_read_by_date_and_bad_rows_are_named() {
        let folder = folder(
            "massage.csv",
            "\u{feff}date,depth,minutes,tissues,soreness_after_h\n2026-03-02,deep,60,quad_pf; calf,24\n\
             2026-01-05,Light,,,\nMay,deep,60,,\n2026-04-01,brutal,60,,\n",
        );
        let mut notices = Vec::new();
        let sessions = read_massages(folder.path(), &mut notices);
        assert_eq!(sessions.iter().map(|had| had.depth).collect::<Vec<_>>(), [Depth::Light, Depth::Deep]);
        assert_eq!((sessions[1].tissues.len(), sessions[1].soreness_h), (2, Some(24.0)));
        let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert!(said[0].starts_with("massage.csv:4: \"May\" is no date"), "{said:?}");
        assert!(said[1].starts_with("massage.csv:5: depth \"brutal\""), "{said:?}");
    }

    #[test]
    fn a_diary_row_may_hold_several_things() {
        let folder = folder(
            "diary.csv",
            "date,site,side,value,kind,note,sleep,stress\n2026-01-28,tibia_shin,right,2,pain,gone,6,5\n\
             2026-02-01,,,,,,7,\n2026-02-02,calf,left,12,pain,,,\n",
        );
        let mut notices = Vec::new();
        let entries = read_diary(folder.path(), &mut notices);
        let kinds: Vec<DiaryKind> = entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, [DiaryKind::Pain, DiaryKind::Sleep, DiaryKind::Stress, DiaryKind::Sleep]);
        assert_eq!(notices.len(), 1);
    }

    #[test]
    fn mornings_have_columns_of_their_own() {
        let folder = folder(
            "diary.csv",
            "date,resting_hr,hrv_rmssd\n2026-02-01,48,71.5\n2026-02-02,,64\n2026-02-03,20,64\n",
        );
        let mut notices = Vec::new();
        let entries = read_diary(folder.path(), &mut notices);
        let found: Vec<(DiaryKind, f64)> = entries.iter().map(|entry| (entry.kind, entry.value)).collect();
        let (resting, hrv) = (DiaryKind::RestingHr, DiaryKind::HrvRmssd);
        assert_eq!(found, [(resting, 48.0), (hrv, 71.5), (hrv, 64.0), (hrv, 64.0)]);
        assert!(notices[0].text.starts_with("resting_hr \"20\" is no number from 25 to 120"), "{notices:?}");
    }

    #[test]
    fn a_slip_in_one_cell_hides_nothing_beside_it() {
        let folder = folder(
            "diary.csv",
            "date;site;value;kind;slep;sleep\n2026-05-15;calf_achilles;7;pain;;77\n2026-05-16;calf;30;pain;;8\n",
        );
        let mut notices = Vec::new();
        let entries = read_diary(folder.path(), &mut notices);
        let found: Vec<(DiaryKind, f64)> = entries.iter().map(|entry| (entry.kind, entry.value)).collect();
        assert_eq!(found, [(DiaryKind::Pain, 7.0), (DiaryKind::Sleep, 8.0)]);
        let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert!(said[0].starts_with("diary.csv: column \"slep\" is not one of date, site"), "{said:?}");
        assert!(said[1].starts_with("diary.csv:2: sleep \"77\" is no number from 0 to 10"), "{said:?}");
        assert!(said[2].starts_with("diary.csv:3: value \"30\""), "{said:?}");
    }

    #[test]
    fn absent_files_and_columns() {
        let mut notices = Vec::new();
        let folder = folder("diary.csv", "when,what\n1,2\n");
        assert!(read_massages(folder.path(), &mut notices).is_empty() && notices.is_empty());
        assert!(read_diary(folder.path(), &mut notices).is_empty());
        assert!(notices[0].text.contains("no column date"));
    }
}
