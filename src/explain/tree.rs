//! What an explanation is: a number with everything it was made from.

use super::recipes::Recipe;
use crate::table::ColumnDoc;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A number that an explanation starts from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Input {
    /// What it is called in the formula.
    pub name: String,
    /// The value; null is not known.
    pub value: Value,
    /// The unit; empty where there is none.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub unit: &'static str,
}

/// Many numbers of one kind that an explanation starts from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct List {
    /// What they are called in the formula.
    pub name: &'static str,
    /// What tells them apart: `date`, `bpm`, `m/s` …
    pub by: &'static str,
    /// The unit of the values.
    pub unit: &'static str,
    /// The values in order, each with what tells it apart.
    #[serde(serialize_with = "pairs")]
    pub values: Vec<(String, Option<f64>)>,
}

/// A number down to what it was made from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The name, as the tables have it.
    pub name: String,
    /// What it is of: a day, or a run.
    pub of: String,
    /// The value as the tables have it; null is not known.
    pub value: Value,
    /// What null means where it is not "not known".
    #[serde(skip_serializing_if = "str::is_empty")]
    pub null_means: &'static str,
    /// The unit; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// What it is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// How it is computed, in the convention that was used.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub formula: String,
    /// Where the formula was published; empty where it is this project's own or plain arithmetic.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub source: &'static str,
    /// How sure it is, in words.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub sureness: &'static str,
    /// The numbers of the formula.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// The numbers of the formula that come in many.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<List>,
    /// Why it is null, and what else must be known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<String>,
    /// What stands behind the numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<Explanation>,
}

/// As an array of pairs, which keeps the order.
fn pairs<S: Serializer>(values: &[(String, Option<f64>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values)
}

impl Explanation {
    /// A value without a column.
    pub(super) fn new(name: impl Into<String>, of: impl Into<String>, value: impl Into<Value>) -> Self {
        Self {
            name: name.into(),
            of: of.into(),
            value: value.into(),
            null_means: "",
            unit: String::new(),
            about: String::new(),
            formula: String::new(),
            source: "",
            sureness: "",
            inputs: Vec::new(),
            lists: Vec::new(),
            because: Vec::new(),
            from: Vec::new(),
        }
    }

    /// A value of a table.
    pub(super) fn of_column(doc: &ColumnDoc, of: impl Into<String>, value: Value) -> Self {
        let (unit, about) = (doc.unit.into(), doc.about.into());
        Self { unit, about, ..Self::new(doc.name, of, value) }
    }

    pub(super) fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    pub(super) fn by(mut self, recipe: &Recipe) -> Self {
        recipe.formula.clone_into(&mut self.formula);
        (self.source, self.sureness) = (recipe.source, recipe.sureness);
        self
    }

    pub(super) fn formula(mut self, formula: impl Into<String>) -> Self {
        self.formula = formula.into();
        self
    }

    pub(super) fn with(
        mut self,
        name: impl Into<String>,
        value: impl Into<Value>,
        unit: &'static str,
    ) -> Self {
        self.inputs.push(Input { name: name.into(), value: value.into(), unit });
        self
    }

    pub(super) fn list(mut self, list: List) -> Self {
        self.lists.push(list);
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.because.push(note.into());
        self
    }

    pub(super) fn notes(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.because.extend(notes);
        self
    }

    pub(super) fn from(mut self, parts: impl IntoIterator<Item = Self>) -> Self {
        self.from.extend(parts);
        self
    }

    /// The same without what stands behind it.
    pub(super) fn brief(mut self) -> Self {
        (self.source, self.sureness) = ("", "");
        (self.lists, self.from) = (Vec::new(), Vec::new());
        self
    }

    /// Name and value with a few words: why it is null, else what it is.
    pub(super) fn line(mut self) -> Self {
        if self.value.is_null() && !self.because.is_empty() {
            self.about = self.because.swap_remove(0);
        }
        self.formula.clear();
        (self.inputs, self.because) = (Vec::new(), Vec::new());
        self.brief()
    }

    /// A null without a reason takes one that is looked for only then.
    pub(super) fn unless_known(self, why: impl FnOnce() -> Option<String>) -> Self {
        let is_open = self.value.is_null() && self.because.is_empty() && self.null_means.is_empty();
        if is_open { self.notes(why()) } else { self }
    }

    /// A null without a reason takes the one of its column.
    pub(super) fn or_because(mut self, doc: &ColumnDoc) -> Self {
        if self.value.is_null() && self.because.is_empty() {
            self.because.push(format!("not known: {}", doc.null));
        }
        self
    }

    /// The value as a number.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        self.value.as_f64()
    }

    /// An input as a number.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<f64> {
        self.inputs.iter().find(|input| input.name == name)?.value.as_f64()
    }
}
