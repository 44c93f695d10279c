//! Small tables that people keep beside their runs, as CSV.
//!
//! Input is the text of a file with the columns it may have, output what a caller makes of its rows, and a notice with its
//! line for each cell that cannot be read: the rest of its row is kept, so that a slip of the pen in one column never
//! hides a pain in another. Spreadsheets are met half-way: a byte order mark, semicolons, columns in any order.

use crate::model::Day;
use crate::model::calendar::parse_day;
use crate::notice::Notice;
use csv::StringRecord;
use std::cell::RefCell;
use std::path::Path;

/// More notices than this about the rows of one file are counted, not listed: a file of another kind has thousands.
const MAX_NOTICES: usize = 50;
/// Columns of a header that a notice lists.
const MAX_SEEN: usize = 12;

/// A file with its columns.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The file as notices name it.
    pub name: &'a str,
    /// Columns without which nothing can be made of it.
    pub needed: &'static [&'static str],
    /// Every column that is read.
    pub known: &'static [&'static str],
}

/// One row under its header, with what of it could not be read.
pub struct Row<'a> {
    header: &'a StringRecord,
    fields: &'a StringRecord,
    line: u64,
    problems: RefCell<Vec<String>>,
}

impl Row<'_> {
    /// What a cell holds; what is wrong with it is left out, and a notice says so with `what` in words for the cell.
    pub fn kept<T>(&self, what: &str, cell: Result<T, String>) -> Option<T> {
        cell.map_err(|problem| self.say(format!("{problem}: {what} left out, the rest of the row counts")))
            .ok()
    }

    /// What a cell holds without which the row says nothing; a notice says that the row is gone.
    pub fn needed<T>(&self, cell: Result<T, String>) -> Option<T> {
        cell.map_err(|problem| self.say(format!("{problem}: row left out"))).ok()
    }

    /// The line of the file that it begins on.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// A notice about the row.
    pub fn say(&self, text: impl Into<String>) {
        self.problems.borrow_mut().push(text.into());
    }

    /// A cell without the spaces around it; empty where the row or the file has none.
    #[must_use]
    pub fn text(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name.trim().eq_ignore_ascii_case(column));
        at.and_then(|at| self.fields.get(at)).map_or("", str::trim)
    }

    /// Does the row hold anything at all?
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }

    /// The column `date`.
    pub fn date(&self) -> Result<Day, String> {
        parse_day(self.text("date"))
    }

    /// A number within a range; `None` for an empty cell.
    pub fn number(&self, column: &str, min: f64, max: f64) -> Result<Option<f64>, String> {
        let text = self.text(column);
        match text.replace(',', ".").parse() {
            _ if text.is_empty() => Ok(None),
            Ok(value) if (min..=max).contains(&value) => Ok(Some(value)),
            _ => Err(format!("{column} \"{text}\" is no number from {min} to {max}")),
        }
    }

    /// One of some words in any case; `None` for an empty cell.
    pub fn word<T: Copy>(&self, column: &str, words: &[(&str, T)]) -> Result<Option<T>, String> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
        // Words of one letter are short for those before them.
        let shown: Vec<&str> = words.iter().map(|(word, _)| *word).filter(|word| word.len() > 1).collect();
        found
            .map(|(_, value)| Some(*value))
            .ok_or_else(|| format!("{column} \"{text}\" is not one of {}", shown.join(", ")))
    }
}

/// Reads a sheet of a folder; an absent file is fine and gives nothing.
pub fn read<T>(
    folder: &Path,
    sheet: &Sheet<'_>,
    notices: &mut Vec<Notice>,
    parse: impl FnMut(&Row<'_>) -> Vec<T>,
) -> Vec<T> {
    match std::fs::read(folder.join(sheet.name)) {
        Ok(bytes) => self::parse(&bytes, sheet, notices, parse).unwrap_or_else(|problem| {
            notices.push(Notice::new(sheet.name, format!("{problem}; nothing of it was used")));
            Vec::new()
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            notices.push(Notice::new(sheet.name, format!("cannot be read: {error}")));
            Vec::new()
        }
    }
}

/// Reads the rows of a sheet; the error says why there are none to be read.
pub fn parse<T>(
    bytes: &[u8],
    sheet: &Sheet<'_>,
    notices: &mut Vec<Notice>,
    mut parse: impl FnMut(&Row<'_>) -> Vec<T>,
) -> Result<Vec<T>, String> {
    let name = sheet.name;
    // Spreadsheets put a byte order mark in front of the first column's name.
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let known = sheet.known.join(", ");
    let is = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b);
    if let Some(absent) = sheet.needed.iter().find(|c| !header.iter().any(|name| is(name, c))) {
        let seen: Vec<&str> =
            header.iter().map(str::trim).filter(|name| !name.is_empty()).take(MAX_SEEN).collect();
        let seen =
            if seen.is_empty() { "none was found".to_owned() } else { format!("found: {}", seen.join(", ")) };
        return Err(format!("has no column {absent} ({seen}); columns have English names: {known}"));
    }
    let unknown = header.iter().filter(|column| !sheet.known.iter().any(|known| is(column, known)));
    let unknown = unknown
        .map(str::trim)
        .filter(|column| !column.is_empty())
        .map(|column| Notice::new(name, format!("column \"{column}\" is not one of {known}: not used")));
    let mut n_said = unknown.clone().count();
    let mut said: Vec<Notice> = unknown.take(MAX_NOTICES).collect();
    let mut found = Vec::new();
    for fields in reader.records() {
        let (line, problems) = match fields {
            Ok(fields) => {
                let line = fields.position().map_or(0, csv::Position::line);
                let row = Row { header: &header, fields: &fields, line, problems: RefCell::default() };
                if !row.is_blank() {
                    found.extend(parse(&row));
                }
                (line, row.problems.into_inner())
            }
            Err(error) => {
                (error.position().map_or(0, csv::Position::line), vec![format!("{error}: row left out")])
            }
        };
        n_said += problems.len();
        let room = MAX_NOTICES - said.len();
        let problems = problems.into_iter().take(room);
        said.extend(problems.map(|problem| Notice::new(format!("{name}:{line}"), problem)));
    }
    let more = n_said - said.len();
    notices.extend(said);
    if more > 0 {
        notices.push(Notice::new(name, format!("{more} more cells or columns could not be read")));
    }
    Ok(found)
}

/// What parts the cells of a text: spreadsheets write semicolons or tabs where the comma is the decimal mark.
pub(crate) fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: u8| header.bytes().filter(|byte| *byte == mark).count();
    match (count(b','), count(b';'), count(b'\t')) {
        (0, 1.., _) => b';',
        (0, 0, 1..) => b'\t',
        _ => b',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: Sheet<'_> = Sheet { name: "x.csv", needed: &["date"], known: &["date", "value"] };

    fn rows(text: &str) -> (Vec<f64>, Vec<String>) {
        let mut notices = Vec::new();
        let value =
            |row: &Row<'_>| row.kept("value", row.number("value", 0.0, 10.0)).flatten().into_iter().collect();
        let found = parse(text.as_bytes(), &SHEET, &mut notices, value).unwrap();
        (found, notices.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn marks_of_a_spreadsheet_are_understood() {
        assert_eq!(rows("\u{feff}Date;VALUE\n2026-01-01;2,5\n").0, [2.5]);
        assert_eq!(rows("date\tvalue\n2026-01-01\t3\n\n\t\n").0, [3.0]);
    }

    #[test]
    fn columns_in_other_words_are_shown_beside_those_that_are_read() {
        let said = |text: &str| parse(text.as_bytes(), &SHEET, &mut Vec::new(), |_| vec![0]).unwrap_err();
        assert_eq!(
            said("Datum,Wert\n"),
            "has no column date (found: Datum, Wert); columns have English names: date, value"
        );
        assert!(said("").contains("none was found"));
    }

    #[test]
    fn a_flood_of_bad_cells_is_counted() {
        let text = format!("date,value\n{}", "2026-01-01,x\n".repeat(1000));
        let (found, said) = rows(&text);
        assert!(found.is_empty());
        assert_eq!(said.len(), MAX_NOTICES + 1);
        assert_eq!(said[MAX_NOTICES], "x.csv: 950 more cells or columns could not be read");
    }
}
