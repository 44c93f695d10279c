//! Rows to a frame.
//!
//! Input are the analyses and what a table is made of, output the table. Invariant: a column of the frame holds what
//! its own definition says, and nothing else fills it.

use super::Table;
use super::column::{Column, ColumnDoc, Kind, Value, rounded};
use crate::analysis::Analysis;
use crate::error::Error;
use polars::prelude as pl;
use polars::prelude::{IntoColumn, IntoSeries, NewChunkedArray};

/// What a table is made of.
pub(super) struct Spec<T: 'static> {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// The columns with the first and the last day of a row.
    pub(super) span: (&'static str, &'static str),
    pub(super) columns: &'static [Column<T>],
}

impl<T> Spec<T> {
    /// The values of one row as JSON, each with its column.
    pub(super) fn values(&self, analysis: &Analysis, row: &T) -> Vec<(ColumnDoc, serde_json::Value)> {
        self.columns.iter().map(|column| (column.doc(), column.in_json(analysis, row))).collect()
    }

    /// The table over the rows of all athletes, in order of athlete, then as `rows` gives those of one.
    pub(super) fn table<'a, R: IntoIterator<Item = &'a T>>(
        &self,
        analyses: &'a [Analysis],
        rows: fn(&'a Analysis) -> R,
    ) -> Result<Table, Error> {
        let mut analyses: Vec<&Analysis> = analyses.iter().collect();
        analyses.sort_by(|a, b| a.athlete.cmp(&b.athlete));
        let of_one = |analysis| rows(analysis).into_iter().map(move |row| (analysis, row));
        self.over(&analyses.into_iter().flat_map(of_one).collect::<Vec<_>>())
    }

    /// The table over rows in the given order.
    pub(super) fn over(&self, rows: &[(&Analysis, &T)]) -> Result<Table, Error> {
        let columns = self.columns.iter().map(|column| column.over(rows)).collect();
        let frame = pl::DataFrame::new(rows.len(), columns)
            .map_err(|cause| Error::internal(format!("the table {}", self.name), cause))?;
        let docs = self.columns.iter().map(Column::doc).collect();
        Table::try_new(self.name, self.about, self.span, docs, frame)
    }
}

impl<T> Column<T> {
    /// The value of one row as JSON holds it.
    fn in_json(&self, analysis: &Analysis, row: &T) -> serde_json::Value {
        match self.value {
            Value::Float(value) => value(analysis, row).and_then(rounded).into(),
            Value::Integer(value) => value(analysis, row).into(),
            Value::Bool(value) => value(analysis, row).into(),
            Value::Date(value) => value(analysis, row).map(|day| day.to_string()).into(),
            Value::Text(value) => value(analysis, row).filter(|text| !text.is_empty()).into(),
            Value::Words(value) => value(analysis, row).into(),
            Value::Json(value) => serde_json::from_str(&value(analysis, row)).unwrap_or_default(),
        }
    }

    /// The values of this column over the rows of a table.
    fn over(&self, rows: &[(&Analysis, &T)]) -> pl::Column {
        fn each<T, V>(rows: &[(&Analysis, &T)], value: impl Fn(&Analysis, &T) -> V) -> Vec<V> {
            rows.iter().map(|(analysis, row)| value(analysis, row)).collect()
        }
        let name: pl::PlSmallStr = self.name.into();
        match self.value {
            Value::Float(value) => pl::Float64Chunked::from_slice_options(
                name,
                &each(rows, |analysis, row| value(analysis, row).and_then(rounded)),
            )
            .into_column(),
            Value::Integer(value) => {
                pl::Int64Chunked::from_slice_options(name, &each(rows, value)).into_column()
            }
            Value::Bool(value) => {
                pl::BooleanChunked::from_slice_options(name, &each(rows, value)).into_column()
            }
            Value::Date(value) => {
                let days = each(rows, |analysis, row| value(analysis, row).map(|day| day.to_epoch_days()));
                pl::Int32Chunked::from_slice_options(name, &days).into_date().into_series().into_column()
            }
            Value::Text(value) => text_column(
                name,
                &each(rows, |analysis, row| value(analysis, row).filter(|text| !text.is_empty())),
            ),
            Value::Words(value) => {
                text_column(name, &each(rows, |analysis, row| Some(value(analysis, row).join(";"))))
            }
            Value::Json(value) => text_column(name, &each(rows, |analysis, row| Some(value(analysis, row)))),
        }
    }
}

fn text_column(name: pl::PlSmallStr, values: &[Option<String>]) -> pl::Column {
    pl::StringChunked::from_slice_options(name, values).into_column()
}

/// How a frame holds a kind.
pub(super) fn dtype(kind: Kind) -> pl::DataType {
    match kind {
        Kind::Float => pl::DataType::Float64,
        Kind::Integer => pl::DataType::Int64,
        Kind::Bool => pl::DataType::Boolean,
        Kind::Date => pl::DataType::Date,
        Kind::Text | Kind::Words | Kind::Json => pl::DataType::String,
    }
}
