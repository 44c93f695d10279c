//! A table as CSV by RFC 4180.
//!
//! Input is a table, output UTF-8 bytes with `\n` line ends. Invariant: no cell is taken for a formula.

use super::Table;
use super::cells::Cell;
use crate::error::Error;

/// Renders header and rows; null is an empty cell.
pub(super) fn render(table: &Table) -> Result<Vec<u8>, Error> {
    let failed = |cause: &dyn std::fmt::Display| Error::internal(format!("{}.csv", table.name()), cause);
    let columns = table.all_cells()?;
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(columns.iter().map(|(doc, _)| doc.name)).map_err(|cause| failed(&cause))?;
    for row in 0..table.n_rows() {
        let cells = columns.iter().map(|(_, cells)| match cells.at(row) {
            Cell::Text(text) => guarded(text),
            other => other.plain(),
        });
        writer.write_record(cells).map_err(|cause| failed(&cause))?;
    }
    writer.into_inner().map_err(|cause| failed(&cause))
}

/// A text with an apostrophe in front where a spreadsheet would run it as a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::table::testing::analysis;
    use crate::table::{Table, all, days, runs};

    fn records(table: &Table) -> Vec<csv::StringRecord> {
        let bytes = table.to_csv().unwrap();
        csv::Reader::from_reader(bytes.as_slice()).records().map(Result::unwrap).collect()
    }

    fn column(table: &Table, name: &str) -> usize {
        table.columns().iter().position(|doc| doc.name == name).unwrap()
    }

    #[test]
    fn values_come_back() {
        let analyses = [analysis()];
        let table = runs(&analyses).unwrap();
        let records = records(&table);
        assert_eq!(&records[0][column(&table, "title")], "Über \"Wall\", then;\nhome");
        assert_eq!(&records[0][column(&table, "start_utc")], "2026-05-25T08:00:00Z");
        let distance: f64 = records[1][column(&table, "distance_m")].parse().unwrap();
        assert_eq!(Some(distance), analyses[0].runs[1].distance_m);
        assert_eq!(&records[0][column(&table, "avg_power_w")], "", "null is an empty cell");
        for table in all(&analyses).unwrap() {
            assert_eq!(self::records(&table).len(), table.n_rows());
        }
    }

    #[test]
    fn formulas_are_defused() {
        let mut analysis = analysis();
        let n = analysis.runs.len();
        for (title, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@A1", "'@A1"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("a=1", "a=1"),
        ] {
            analysis.runs[0].title = Some(title.into());
            let table = runs(std::slice::from_ref(&analysis)).unwrap();
            let records = records(&table);
            assert_eq!(&records[0][column(&table, "title")], expected);
            assert_eq!(records.len(), n);
        }
    }

    #[test]
    fn lines_end_with_a_line_feed_and_numbers_stay_numbers() {
        let mut analysis = analysis();
        analysis.days[0].tsb = Some(-12.5);
        let text = String::from_utf8(days(&[analysis]).unwrap().to_csv().unwrap()).unwrap();
        assert!(text.ends_with('\n') && !text.contains('\r'));
        assert!(text.contains(",-12.5,"), "{text}");
    }
}
