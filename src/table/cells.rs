//! The values of a column, read out of the frame once for whoever writes them.
//!
//! Input is a column of a table's frame, output typed values by row. Invariant: there is no NaN among them.

use crate::model::Day;
use polars::prelude::{self as pl, PolarsResult, polars_bail};

/// The values of one column.
pub(super) enum Cells<'a> {
    Float(Vec<Option<f64>>),
    Integer(Vec<Option<i64>>),
    Bool(Vec<Option<bool>>),
    Date(Vec<Option<Day>>),
    Text(Vec<Option<&'a str>>),
}

/// One value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Float(f64),
    Integer(i64),
    Bool(bool),
    Date(Day),
    Text(&'a str),
}

impl<'a> Cells<'a> {
    /// Reads a column.
    pub(super) fn of(column: &'a pl::Column) -> PolarsResult<Self> {
        Ok(match column.dtype() {
            pl::DataType::Float64 => Self::Float(column.f64()?.iter().collect()),
            pl::DataType::Int64 => Self::Integer(column.i64()?.iter().collect()),
            pl::DataType::Boolean => Self::Bool(column.bool()?.iter().collect()),
            pl::DataType::Date => {
                let days = column.date()?.physical().iter();
                Self::Date(days.map(|days| days.and_then(Day::from_epoch_days)).collect())
            }
            pl::DataType::String => Self::Text(column.str()?.iter().collect()),
            other => polars_bail!(SchemaMismatch: "no table holds {other}"),
        })
    }

    /// The value of a row.
    pub(super) fn at(&self, row: usize) -> Cell<'a> {
        match self {
            Self::Float(values) => values[row].map_or(Cell::Null, Cell::Float),
            Self::Integer(values) => values[row].map_or(Cell::Null, Cell::Integer),
            Self::Bool(values) => values[row].map_or(Cell::Null, Cell::Bool),
            Self::Date(values) => values[row].map_or(Cell::Null, Cell::Date),
            Self::Text(values) => values[row].map_or(Cell::Null, Cell::Text),
        }
    }

    /// The day of a row.
    pub(super) fn day(&self, row: usize) -> Option<Day> {
        match self.at(row) {
            Cell::Date(day) => Some(day),
            _ => None,
        }
    }
}

impl<'a> Cell<'a> {
    /// The number, where it is one.
    pub(super) fn number(self) -> Option<f64> {
        match self {
            Self::Float(value) => Some(value),
            Self::Integer(value) => Some(value as f64),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub(super) fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Anything but text as CSV and JSON both write it: shortest digits that read back the same, ISO dates.
    pub(super) fn plain(self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Float(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Text(text) => text.to_owned(),
        }
    }
}
