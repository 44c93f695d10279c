//! What a column is: its name, its kind, what it means, and the value that a row has for it.
//!
//! Input is one row with the analysis it belongs to, output a typed value or null. Invariant: name, documentation
//! and value stand in one expression, so a column cannot say one thing and hold another.

use crate::analysis::Analysis;
use crate::model::Day;
use serde::Serialize;

/// The null note of columns that always have a value.
pub(super) const NEVER: &str = "never";

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A finite number, rounded to six decimals.
    Float,
    /// A whole number.
    Integer,
    /// True or false.
    Bool,
    /// A calendar date.
    Date,
    /// Free or fixed text; an empty one is null.
    Text,
    /// Fixed words without order of rank: an array in JSON, joined with `;` elsewhere.
    Words,
    /// Nested values: an array in JSON, the same JSON as text elsewhere.
    Json,
}

impl Kind {
    /// The word in the documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Float => "number",
            Self::Integer => "integer",
            Self::Bool => "true/false",
            Self::Date => "date",
            Self::Text => "text",
            Self::Words => "words",
            Self::Json => "list",
        }
    }
}

/// What a reader of the tables needs to know of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnDoc {
    /// The name, unit last.
    pub name: &'static str,
    /// What the values are.
    pub kind: Kind,
    /// The unit; empty where there is none.
    pub unit: &'static str,
    /// What it is.
    pub about: &'static str,
    /// When it is null.
    pub null: &'static str,
}

/// A column of a table with rows of `T`.
pub(super) struct Column<T> {
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    pub(super) about: &'static str,
    pub(super) null: &'static str,
    pub(super) value: Value<T>,
}

/// How a row gives the value of a column, by kind.
pub(super) enum Value<T> {
    Float(fn(&Analysis, &T) -> Option<f64>),
    Integer(fn(&Analysis, &T) -> Option<i64>),
    Bool(fn(&Analysis, &T) -> Option<bool>),
    Date(fn(&Analysis, &T) -> Option<Day>),
    Text(fn(&Analysis, &T) -> Option<String>),
    Words(fn(&Analysis, &T) -> Vec<&'static str>),
    Json(fn(&Analysis, &T) -> String),
}

impl<T> Column<T> {
    /// The column without its values.
    pub(super) fn doc(&self) -> ColumnDoc {
        let kind = match self.value {
            Value::Float(_) => Kind::Float,
            Value::Integer(_) => Kind::Integer,
            Value::Bool(_) => Kind::Bool,
            Value::Date(_) => Kind::Date,
            Value::Text(_) => Kind::Text,
            Value::Words(_) => Kind::Words,
            Value::Json(_) => Kind::Json,
        };
        ColumnDoc { name: self.name, kind, unit: self.unit, about: self.about, null: self.null }
    }

    const fn new(
        name: &'static str,
        unit: &'static str,
        about: &'static str,
        null: &'static str,
        value: Value<T>,
    ) -> Self {
        Self { name, unit, about, null, value }
    }

    pub(super) const fn float(
        name: &'static str,
        unit: &'static str,
        about: &'static str,
        null: &'static str,
        value: fn(&Analysis, &T) -> Option<f64>,
    ) -> Self {
        Self::new(name, unit, about, null, Value::Float(value))
    }

    pub(super) const fn integer(
        name: &'static str,
        unit: &'static str,
        about: &'static str,
        null: &'static str,
        value: fn(&Analysis, &T) -> Option<i64>,
    ) -> Self {
        Self::new(name, unit, about, null, Value::Integer(value))
    }

    pub(super) const fn truth(
        name: &'static str,
        about: &'static str,
        value: fn(&Analysis, &T) -> Option<bool>,
    ) -> Self {
        Self::new(name, "", about, NEVER, Value::Bool(value))
    }

    pub(super) const fn date(
        name: &'static str,
        about: &'static str,
        value: fn(&Analysis, &T) -> Option<Day>,
    ) -> Self {
        Self::new(name, "", about, NEVER, Value::Date(value))
    }

    pub(super) const fn nullable_date(
        name: &'static str,
        about: &'static str,
        null: &'static str,
        value: fn(&Analysis, &T) -> Option<Day>,
    ) -> Self {
        Self::new(name, "", about, null, Value::Date(value))
    }

    pub(super) const fn text(
        name: &'static str,
        about: &'static str,
        null: &'static str,
        value: fn(&Analysis, &T) -> Option<String>,
    ) -> Self {
        Self::new(name, "", about, null, Value::Text(value))
    }

    pub(super) const fn words(
        name: &'static str,
        about: &'static str,
        value: fn(&Analysis, &T) -> Vec<&'static str>,
    ) -> Self {
        Self::new(name, "", about, "never; empty where there are none", Value::Words(value))
    }

    pub(super) const fn json(
        name: &'static str,
        about: &'static str,
        value: fn(&Analysis, &T) -> String,
    ) -> Self {
        Self::new(name, "", about, "never; empty where there are none", Value::Json(value))
    }

    /// The column that every table starts with.
    pub(super) const fn athlete() -> Self {
        Self::text("athlete", "Id of the athlete", NEVER, |analysis, _| Some(analysis.athlete.clone()))
    }
}

/// A number as tables hold it: rounded to six decimals, never `-0`; what is not finite is null.
pub(super) fn rounded(value: f64) -> Option<f64> {
    const PER_UNIT: f64 = 1e6;
    let scaled = value * PER_UNIT;
    let rounded = if scaled.is_finite() { scaled.round() / PER_UNIT } else { value };
    // Adding 0 turns -0 into 0.
    value.is_finite().then_some(rounded + 0.0)
}

/// Plain values as JSON text.
pub(super) fn json_text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("lists of plain structs always have a JSON form")
}

/// The word that serde gives to a variant without fields.
pub(super) fn word(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_and_of_six_decimals() {
        assert_eq!(rounded(0.1 + 0.2), Some(0.3));
        assert_eq!(rounded(-1e-9).map(f64::to_bits), Some(0));
        assert_eq!(rounded(f64::MAX), Some(f64::MAX));
        assert_eq!([f64::NAN, f64::INFINITY, f64::NEG_INFINITY].map(rounded), [None; 3]);
    }
}
