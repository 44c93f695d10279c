//! A CSV as a stream of rows under a header.
//!
//! Input is the content of a file, output are rows as text. Exports are met as they come: byte order marks, either line end,
//! newlines within quotes, Latin letters of an old encoding, rows that are too short.

use super::metered::{Allowance, Metered};
use super::words::plain;
use crate::sheet::delimiter;
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::{Chain, Cursor, Read, Result};

/// Enough of a file for its header.
const HEAD_BYTES: u64 = 64 * 1024;
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What was read for the header, and what comes after it.
type Whole<'a> = Chain<Cursor<Vec<u8>>, &'a mut dyn Read>;

/// A file with its header, before its first row.
pub(super) struct Table<'a> {
    reader: Reader<Metered<Whole<'a>>>,
    left: Allowance,
    /// The names of the columns as they stand there.
    pub(super) header: Vec<String>,
    /// The same without differences of case and spaces.
    plain: Vec<String>,
    /// Why reading has ended early.
    pub(super) problem: Option<String>,
}

/// The cells of one row.
pub(super) type Row = Vec<String>;

/// The beginning of a file, without its byte order mark.
pub(super) fn head(content: &mut dyn Read) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    match content.take(HEAD_BYTES).read_to_end(&mut head) {
        Err(error) if head.is_empty() => return Err(error),
        // What breaks off later is met again by whoever reads on.
        _ => {}
    }
    if head.starts_with(MARK) {
        head.drain(..MARK.len());
    }
    Ok(head)
}

/// The names in the first line of a file, without differences of case and spaces.
pub(super) fn names(head: &[u8]) -> Vec<String> {
    raw_names(head).0.iter().map(|name| plain(name)).collect()
}

/// The names in the first line of a file as they stand there, and what stands between them.
pub(super) fn raw_names(head: &[u8]) -> (Vec<String>, u8) {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = delimiter(&text(line));
    let mut reader = ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line);
    let mut record = ByteRecord::new();
    let names = match reader.read_byte_record(&mut record) {
        Ok(true) => record.iter().map(text).collect(),
        _ => Vec::new(),
    };
    (names, delimiter)
}

impl<'a> Table<'a> {
    /// The file that begins with `head`; `None` where it has no header of at least two columns.
    pub(super) fn open(head: Vec<u8>, rest: &'a mut dyn Read) -> Option<Self> {
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = delimiter(&text(line));
        let left = Allowance::new();
        let source = Metered::new(Cursor::new(head).chain(rest), left.clone());
        let reader =
            ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(source);
        let mut table = Self { reader, left, header: Vec::new(), plain: Vec::new(), problem: None };
        table.header = table.next()?.into_iter().map(|name| name.trim().to_owned()).collect();
        table.plain = table.header.iter().map(|name| plain(name)).collect();
        (table.header.len() > 1).then_some(table)
    }

    /// Every column of one of some names, in the order of the file.
    pub(super) fn columns(&self, names: &[&str]) -> Vec<usize> {
        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        (0..self.plain.len()).filter(|at| names.contains(&self.plain[*at])).collect()
    }

    /// The first column of one of some names.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        self.columns(names).first().copied()
    }

    /// The first rows, at most so many.
    pub(super) fn first(&mut self, n: usize) -> Vec<Row> {
        self.by_ref().take(n).collect()
    }
}

/// Cells of a row that are read; no list has a tenth of it.
const MAX_CELLS: usize = 1000;

impl Iterator for Table<'_> {
    type Item = Row;

    /// The next row, until the file ends or breaks off.
    fn next(&mut self) -> Option<Row> {
        self.left.refill();
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(true) => Some(record.iter().take(MAX_CELLS).map(text).collect()),
            Ok(false) => None,
            Err(error) => {
                let problem = format!("cannot be read to its end ({error}): what came before is kept");
                self.problem.get_or_insert(problem);
                None
            }
        }
    }
}

/// Text of an unknown encoding: UTF-8 where it is sound, else Latin-1, in which every byte is a letter.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// A cell without the spaces around it; `None` where it is empty or absent.
pub(super) fn cell(row: &[String], at: Option<usize>) -> Option<&str> {
    let text = row.get(at?)?.trim();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_however_they_were_written() {
        let content = b"\xEF\xBB\xBFDate; Title ;Note\r\n1;\"two\nlines \\\";x\r\n#error\r\n2;Caf\xE9\r\n";
        let mut content = &content[..];
        let head = head(&mut content).unwrap();
        assert_eq!(names(&head), ["date", "title", "note"]);
        let mut table = Table::open(head, &mut content).unwrap();
        assert_eq!((table.column(&["TITLE"]), table.columns(&["note", "date"])), (Some(1), vec![0, 2]));
        let rows = table.first(9);
        assert_eq!(rows, [vec!["1", "two\nlines \\", "x"], vec!["#error"], vec!["2", "Café"]]);
        assert_eq!((cell(&rows[1], Some(2)), cell(&rows[2], Some(1))), (None, Some("Café")));
        assert_eq!(table.problem, None);
    }

    #[test]
    fn a_row_without_end_is_not_held() {
        let mut endless = std::io::repeat(b',').take(1 << 30);
        let mut table = Table::open(b"a,b\n".to_vec(), &mut endless).unwrap();
        assert_eq!(table.next(), None);
        assert!(table.problem.is_some_and(|problem| problem.contains("larger than 4 MiB")));
    }
}
