//! Analyses to tables: runs, days, weeks, signals, blocks, windows, sessions and the board under names that are a contract.
//!
//! Input are the analyses of any number of athletes, output [`Table`]s that know how to become CSV, JSON, Parquet
//! and text. Invariant: rows are in order of athlete, then time, those of the board in its own, and every number is finite or null.

mod blocks;
mod board;
mod build;
mod cells;
mod column;
mod csv;
mod days;
#[cfg(test)]
mod docs;
mod json;
mod parquet;
mod runs;
mod sessions;
mod signals;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod weeks;
mod windows;

pub use column::{ColumnDoc, Kind};
pub(crate) use days::TISSUES_NOT_PROJECTED;
pub use sessions::none as no_sessions;

use crate::analysis::Analysis;
use crate::error::Error;
use crate::load::day::DayRow;
use crate::model::Day;
use crate::model::units::Units;
use crate::score::run::Run;
use crate::signals::Signal;
use build::dtype;
use cells::Cells;
use polars::prelude::{self as pl, NewChunkedArray};

/// A table: columns with their documentation over a frame that holds exactly these columns.
#[derive(Debug, Clone)]
pub struct Table {
    name: &'static str,
    about: &'static str,
    span: (&'static str, &'static str),
    columns: Vec<ColumnDoc>,
    frame: pl::DataFrame,
}

/// Every run of every athlete.
pub fn runs(analyses: &[Analysis]) -> Result<Table, Error> {
    runs::SPEC.table(analyses, |one| &one.runs)
}

/// Every calendar day of every athlete, and after them the projected ones.
pub fn days(analyses: &[Analysis]) -> Result<Table, Error> {
    days::SPEC.table(analyses, |one| one.days.iter().chain(&one.projected))
}

/// Every week of every athlete, and after them the projected ones.
pub fn weeks(analyses: &[Analysis]) -> Result<Table, Error> {
    weeks::SPEC.table(analyses, |one| one.weeks.iter().chain(&one.projected_weeks))
}

/// Every reading of movement and effort of every athlete.
pub fn signals(analyses: &[Analysis]) -> Result<Table, Error> {
    signals::SPEC.table(analyses, |one| &one.signals)
}

/// Every block of every athlete.
pub fn blocks(analyses: &[Analysis]) -> Result<Table, Error> {
    blocks::SPEC.table(analyses, |one| &one.blocks)
}

/// Every massage window of every athlete.
pub fn windows(analyses: &[Analysis]) -> Result<Table, Error> {
    windows::SPEC.table(analyses, |one| &one.windows)
}

/// Every massage that each athlete had, looked back on.
pub fn sessions(analyses: &[Analysis]) -> Result<Table, Error> {
    sessions::SPEC.table(analyses, |one| &one.retrospects)
}

/// A row an athlete, those who want a look first.
pub fn board(analyses: &[Analysis]) -> Result<Table, Error> {
    let rows = crate::board::rows(analyses);
    board::SPEC.over(&rows.iter().map(|(analysis, row)| (*analysis, row)).collect::<Vec<_>>())
}

/// The row of a day as the days table has it: each value with its column.
#[must_use]
pub fn day_values(analysis: &Analysis, day: &DayRow) -> Vec<(ColumnDoc, serde_json::Value)> {
    days::SPEC.values(analysis, day)
}

/// The row of a run as the runs table has it.
#[must_use]
pub fn run_values(analysis: &Analysis, run: &Run) -> Vec<(ColumnDoc, serde_json::Value)> {
    runs::SPEC.values(analysis, run)
}

/// The row of a reading as the signals table has it.
#[must_use]
pub fn signal_values(analysis: &Analysis, signal: &Signal) -> Vec<(ColumnDoc, serde_json::Value)> {
    signals::SPEC.values(analysis, signal)
}

/// The columns of the days table.
#[must_use]
pub fn day_columns() -> Vec<ColumnDoc> {
    days::SPEC.columns.iter().map(column::Column::doc).collect()
}

/// The columns of the runs table.
#[must_use]
pub fn run_columns() -> Vec<ColumnDoc> {
    runs::SPEC.columns.iter().map(column::Column::doc).collect()
}

/// All eight tables in the order of the flow.
pub fn all(analyses: &[Analysis]) -> Result<Vec<Table>, Error> {
    [runs, days, weeks, signals, blocks, windows, sessions, board]
        .into_iter()
        .map(|table| table(analyses))
        .collect()
}

impl Table {
    /// Takes a frame whose columns are the documented ones, in order and of the documented kinds.
    fn try_new(
        name: &'static str,
        about: &'static str,
        span: (&'static str, &'static str),
        columns: Vec<ColumnDoc>,
        frame: pl::DataFrame,
    ) -> Result<Self, Error> {
        let is_documented = |(doc, column): (&ColumnDoc, &pl::Column)| {
            column.name().as_str() == doc.name && *column.dtype() == dtype(doc.kind)
        };
        let has_span =
            [span.0, span.1].iter().all(|day| columns.iter().any(|c| c.name == *day && c.kind == Kind::Date));
        if columns.len() == frame.width()
            && columns.iter().zip(frame.columns()).all(is_documented)
            && has_span
        {
            Ok(Self { name, about, span, columns, frame })
        } else {
            Err(Error::internal(format!("the table {name}"), "its columns are not the documented ones"))
        }
    }

    /// The name: `runs`, `days`, `weeks`, `signals`, `blocks`, `windows`, `sessions` or `board`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What one row is, for people.
    #[must_use]
    pub fn about(&self) -> &'static str {
        self.about
    }

    /// The columns in order.
    #[must_use]
    pub fn columns(&self) -> &[ColumnDoc] {
        &self.columns
    }

    /// The number of rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.frame.height()
    }

    /// The rows that touch the days from `from` to `to`, both included; `None` is open on that side.
    pub fn between(&self, from: Option<Day>, to: Option<Day>) -> Result<Self, Error> {
        let (starts, ends) = (self.cells(self.span.0)?, self.cells(self.span.1)?);
        let keeps = |row: usize| {
            from.is_none_or(|from| ends.day(row).is_some_and(|end| end >= from))
                && to.is_none_or(|to| starts.day(row).is_some_and(|start| start <= to))
        };
        let mask: Vec<bool> = (0..self.n_rows()).map(keeps).collect();
        let frame = self
            .frame
            .filter_seq(&pl::BooleanChunked::from_slice("mask".into(), &mask))
            .map_err(|cause| Error::internal(format!("the table {}", self.name), cause))?;
        Ok(Self { frame, ..self.clone() })
    }

    /// CSV by RFC 4180: UTF-8 without mark, `\n` line ends, a header, an empty cell for null.
    ///
    /// A text that a spreadsheet would take for a formula gets an apostrophe in front.
    pub fn to_csv(&self) -> Result<Vec<u8>, Error> {
        csv::render(self)
    }

    /// One JSON array with an object per row, its keys in the order of the columns.
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        json::render(self)
    }

    /// A Parquet file with one row group, not compressed; every column is optional.
    pub fn to_parquet(&self) -> Result<Vec<u8>, Error> {
        parquet::render(self)
    }

    /// A table for people, with the columns they ask for first, fitted to a width in characters.
    pub fn to_text(&self, units: Units, width: u16) -> Result<String, Error> {
        text::render(self, units, width)
    }

    /// The values of one column.
    fn cells(&self, name: &str) -> Result<Cells<'_>, Error> {
        self.frame
            .column(name)
            .and_then(Cells::of)
            .map_err(|cause| Error::internal(format!("the column {name} of {}", self.name), cause))
    }

    /// All columns with their values.
    fn all_cells(&self) -> Result<Vec<(ColumnDoc, Cells<'_>)>, Error> {
        self.columns.iter().map(|doc| Ok((*doc, self.cells(doc.name)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{analysis, day};
    use super::*;

    #[test]
    fn rows_are_in_order_of_athlete_then_time() {
        let (mut zoe, mut ada) = (analysis(), analysis());
        zoe.athlete = "zoe".into();
        ada.athlete = "ada".into();
        let table = runs(&[zoe, ada]).unwrap();
        let (athletes, dates) = (table.cells("athlete").unwrap(), table.cells("date").unwrap());
        let order: Vec<_> =
            (0..table.n_rows()).map(|row| (athletes.at(row).text(), dates.day(row))).collect();
        assert_eq!(table.n_rows(), 4);
        assert!(order.is_sorted(), "{order:?}");
    }

    #[test]
    fn between_keeps_what_touches_the_days() {
        let analyses = [analysis()];
        let n = |table: Table, from: &str, to: &str| {
            table.between(Some(day(from)), Some(day(to))).unwrap().n_rows()
        };
        assert_eq!(n(runs(&analyses).unwrap(), "2026-05-27", "2026-05-27"), 1);
        assert_eq!(n(days(&analyses).unwrap(), "2026-05-27", "2026-06-30"), 2);
        assert_eq!(
            n(weeks(&analyses).unwrap(), "2026-05-31", "2026-05-31"),
            1,
            "the week that holds the day"
        );
        assert_eq!(n(weeks(&analyses).unwrap(), "2026-06-01", "2026-06-02"), 0);
        assert_eq!(runs(&analyses).unwrap().between(None, None).unwrap().n_rows(), 2);
    }

    #[test]
    fn a_frame_with_other_columns_is_refused() {
        let table = runs(&[analysis()]).unwrap();
        let mut docs = table.columns.clone();
        docs.swap(1, 2);
        assert!(Table::try_new("runs", "", table.span, docs, table.frame.clone()).is_err());
        assert!(
            Table::try_new("runs", "", ("date", "title"), table.columns.clone(), table.frame.clone())
                .is_err()
        );
    }

    #[test]
    fn a_table_without_rows_keeps_its_columns() {
        for table in all(&[]).unwrap() {
            let csv = String::from_utf8(table.to_csv().unwrap()).unwrap();
            assert_eq!(csv.lines().count(), 1);
            assert_eq!(table.to_json().unwrap(), b"[]\n");
            assert!(!table.to_parquet().unwrap().is_empty());
        }
    }

    #[test]
    fn numbers_that_are_not_finite_become_null() {
        let mut analysis = analysis();
        analysis.runs[0].distance_m = Some(f64::NAN);
        analysis.runs[0].timer_s = f64::INFINITY;
        let table = runs(&[analysis]).unwrap();
        assert_eq!(table.cells("distance_m").unwrap().at(0), cells::Cell::Null);
        assert_eq!(table.cells("timer_s").unwrap().at(0), cells::Cell::Null);
    }
}
