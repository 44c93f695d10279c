//! Charts of cells as data: rows of weeks on the time axis, and a calendar of days.
//!
//! Input: values in display units, by day. Output: a [`Grid`] or a [`Calendar`], the body of a chart. Invariant: nothing
//! here knows of pixels; each kind of cell differs from every other without its colour.

use super::chart::Symbol;
use super::theme::{Ink, RAMP};
use crate::model::Day;

/// Named rows of cells on the time axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What the values are, with their unit.
    pub label: String,
    /// How values become colours.
    pub scale: Scale,
    /// Decimals of the numbers in the table.
    pub decimals: usize,
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// What the symbols in cells say, in the order of the key.
    pub symbols: Vec<(Symbol, &'static str)>,
    /// The column of today: its first day and what is to be known of it.
    pub now: Option<(Day, String)>,
    /// Said in place of the rows when no cell has a value.
    pub if_empty: &'static str,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name in the drawing, short.
    pub label: String,
    /// Its name in the table.
    pub name: String,
    /// Its cells by time.
    pub cells: Vec<Cell>,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// First day.
    pub start: Day,
    /// The day after the last one.
    pub end: Day,
    /// What is in it.
    pub fill: Fill,
    /// A symbol on it.
    pub symbol: Option<Symbol>,
    /// What the table says besides.
    pub note: Option<String>,
}

/// The days of some months: weeks as columns, the days of the week as rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// The unit of the values.
    pub unit: &'static str,
    /// How values become colours.
    pub scale: Scale,
    /// Decimals of the numbers in the table.
    pub decimals: usize,
    /// The days by date; the time axis begins and ends with whole weeks.
    pub days: Vec<DayCell>,
    /// Said in place of the days when there is none.
    pub if_empty: &'static str,
}

/// A day of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct DayCell {
    /// The day.
    pub date: Day,
    /// What is in it.
    pub fill: Fill,
    /// The day of a race: a flag.
    pub is_race: bool,
    /// The day of a massage: a dot.
    pub is_massage: bool,
    /// What the table says besides.
    pub note: Option<String>,
}

/// What is in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fill {
    /// A value: a colour of the scale.
    Value(f64),
    /// Rest: empty.
    Rest,
    /// Something is there and not known: hatched.
    Unknown,
    /// There is nothing to compare with: a dash.
    Incomparable,
    /// Still to come: a dashed outline, or empty where nothing is expected.
    Ahead(f64),
}

impl Fill {
    /// The word for a cell without a value; `None` for one with a value.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Rest => Some("rest"),
            Self::Unknown => Some("not known"),
            Self::Incomparable => Some("nothing to compare with"),
            Self::Value(_) | Self::Ahead(_) => None,
        }
    }
}

/// Values to colours of the ramp, from light to dark.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Where one step ends and the next begins, rising; at most one less than the ramp has colours.
    bounds: Vec<f64>,
    /// Names of the steps, one more than there are bounds.
    labels: Vec<String>,
}

impl Scale {
    /// A scale of steps that end at `bounds`; more of these than the ramp has room for are left out.
    #[must_use]
    pub fn new(mut bounds: Vec<f64>, label: impl Fn(Option<f64>, Option<f64>) -> String) -> Self {
        bounds.truncate(RAMP.len() - 1);
        let from = std::iter::once(None).chain(bounds.iter().copied().map(Some));
        let to = bounds.iter().copied().map(Some).chain([None]);
        let labels = from.zip(to).map(|(from, to)| label(from, to)).collect();
        Self { bounds, labels }
    }

    /// The colour of a value.
    #[must_use]
    pub fn ink(&self, value: f64) -> Ink {
        self.inks()[self.step(value)]
    }

    /// The colour of a mark on that of a value: whichever of paper and text stands out from it.
    #[must_use]
    pub fn mark_ink(&self, value: f64) -> Ink {
        if matches!(self.ink(value), Ink::Blue | Ink::BlueDeep) { Ink::Paper } else { Ink::Text }
    }

    /// Every step with its colour and name.
    pub fn steps(&self) -> impl Iterator<Item = (Ink, &str)> {
        self.inks().iter().copied().zip(self.labels.iter().map(String::as_str))
    }

    fn step(&self, value: f64) -> usize {
        self.bounds.iter().take_while(|bound| value >= **bound).count()
    }

    /// The dark end of the ramp, where it is not all of it: its faint colours hardly stand on paper.
    fn inks(&self) -> &'static [Ink] {
        let end = if self.labels.len() < 3 { RAMP.len() - 1 } else { RAMP.len() };
        &RAMP[end - self.labels.len()..end]
    }
}

impl Grid {
    /// Is there no value in any cell?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells().all(|cell| !matches!(cell.fill, Fill::Value(_)))
    }

    /// Every cell, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_include_their_lower_bound_and_end_at_the_darkest() {
        let name = |from: Option<f64>, to: Option<f64>| format!("{from:?} {to:?}");
        let scale = Scale::new(vec![10.0, 20.0], name);
        let inks: Vec<Ink> = [0.0, 9.9, 10.0, 20.0, 99.0].map(|value| scale.ink(value)).to_vec();
        assert_eq!(inks, [Ink::BlueSoft, Ink::BlueSoft, Ink::Blue, Ink::BlueDeep, Ink::BlueDeep]);
        assert_eq!((scale.mark_ink(5.0), scale.mark_ink(15.0)), (Ink::Text, Ink::Paper));
        let labels: Vec<&str> = scale.steps().map(|(_, label)| label).collect();
        assert_eq!(labels, ["None Some(10.0)", "Some(10.0) Some(20.0)", "Some(20.0) None"]);
        assert_eq!(Scale::new(vec![], name).ink(7.0), Ink::Blue);
        assert_eq!(Scale::new(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], name).steps().count(), RAMP.len());
    }
}
