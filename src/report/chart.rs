//! A chart as data: what is to be seen, before anything is drawn.
//!
//! Input: numbers in display units, by day. Output: a [`ChartSpec`] for `draw` and for `values`.
//! Invariant: nothing here knows of pixels; everything a drawing shows is in it.

use super::cells::{Calendar, Grid};
use super::text;
use super::theme::Ink;
use crate::blocks::Phase;
use crate::massage::window::Status;
use crate::model::units::duration;
use crate::model::{Day, Depth};

/// One chart over time.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    /// File name without ending, and root of the ids in the drawing.
    pub id: &'static str,
    /// What is shown.
    pub title: &'static str,
    /// How it is defined.
    pub subtitle: String,
    /// What is to be seen, in a sentence: the text alternative.
    pub finding: String,
    /// The time axis.
    pub time: TimeAxis,
    /// Blocks on top; may reach over the axis.
    pub ribbon: Vec<Stretch>,
    /// Massage windows under the ribbon; empty for charts that do not show them.
    pub windows: Vec<WindowMark>,
    /// The windows of the calendar as it is, where another one is tried out: a lane of their own.
    pub windows_as_it_is: Option<Vec<WindowMark>>,
    /// Days of massages had, in the lane of the windows.
    pub sessions: Vec<Day>,
    /// Races as flags.
    pub races: Vec<RaceMark>,
    /// Days that are hatched because the numbers are still filling.
    pub burn_in: Option<BurnIn>,
    /// What hatched bars say.
    pub hatched_bars: Option<String>,
    /// What is shown under the strips.
    pub body: Body,
}

/// What a chart shows under its strips.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Plots above each other, each with a value axis of its own.
    Panels(Vec<Panel>),
    /// Rows of cells on the time axis.
    Grid(Grid),
    /// Days as cells, without a time axis of the other charts.
    Calendar(Calendar),
}

/// The days of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeAxis {
    /// First day.
    pub start: Day,
    /// The day after the last one.
    pub end: Day,
    /// Days after this one are still to come.
    pub as_of: Day,
}

/// A block of the ribbon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub last: Day,
    /// What it was for.
    pub phase: Phase,
}

/// A massage window; its status is told by fill, its depth by height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowMark {
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub last: Day,
    /// Past, open or upcoming.
    pub status: Status,
    /// How deep.
    pub depth: Depth,
}

/// A race.
#[derive(Debug, Clone, PartialEq)]
pub struct RaceMark {
    /// The day.
    pub date: Day,
    /// Its name, cleaned and short.
    pub name: String,
}

/// The first days of a moving mean.
#[derive(Debug, Clone, PartialEq)]
pub struct BurnIn {
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub last: Day,
    /// What the hatch says.
    pub label: String,
}

/// One plot with its own value axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Title of the value axis with its unit.
    pub label: String,
    /// What the values are, and so how they are written.
    pub axis: Axis,
    /// Height against the other panels of the chart.
    pub weight: f64,
    /// The axis starts at zero.
    pub is_from_zero: bool,
    /// Decimals of the numbers in the table and at the ends of lines.
    pub decimals: usize,
    /// Levels and ranges that hold for the whole axis.
    pub references: Vec<Reference>,
    /// What is shown, back to front.
    pub series: Vec<Series>,
    /// Said in place of the series when none has a value.
    pub if_empty: &'static str,
}

/// What the values of a panel are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Axis {
    /// Numbers, the higher up.
    #[default]
    Number,
    /// Seconds for a km or a mile, written `4:25`, the faster up.
    Pace,
}

/// A level, or a range where `low` and `high` differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// What it is.
    pub label: String,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One set of values of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Name in the key and in the table.
    pub label: String,
    /// Colour.
    pub ink: Ink,
    /// The values and how they are drawn.
    pub marks: Marks,
}

/// Values and how they are drawn. `None` is a gap and stays one.
#[derive(Debug, Clone, PartialEq)]
pub enum Marks {
    /// Bars from `base` up; stacked where another series starts at their top.
    Bars(Vec<Bar>),
    /// The same of days to come: sparsely hatched in a dashed outline.
    Projected(Vec<Bar>),
    /// The same in outline alone: something that could not be told apart.
    Outlined(Vec<Bar>),
    /// A line.
    Line {
        /// Values by day.
        points: Vec<(Day, Option<f64>)>,
        /// How it runs between them.
        path: LinePath,
        /// Solid or dashed.
        stroke: Stroke,
    },
    /// Single marks.
    Points(Vec<Point>),
    /// A range for each day.
    Band(Vec<(Day, Option<(f64, f64)>)>),
    /// Days of which nothing is known: hatched, with a word.
    Gaps(Vec<Gap>),
}

/// Days without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// First day.
    pub start: Day,
    /// The day after the last one.
    pub end: Day,
    /// Written in it, where there is room, and in the table.
    pub label: String,
}

/// A bar over some days.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// First day.
    pub start: Day,
    /// The day after the last one.
    pub end: Day,
    /// Where it starts on the value axis.
    pub base: f64,
    /// Its length.
    pub value: f64,
    /// Not all days are there yet: drawn hatched.
    pub is_partial: bool,
    /// Written above it, where there is room.
    pub label: Option<String>,
}

/// How a line runs between its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinePath {
    /// Straight from the middle of a day to that of the next.
    Straight,
    /// Straight from the middle of a week, named by its first day, to that of the next.
    Weekly,
    /// Level through each day.
    Stepped,
    /// Level from each value to the day of the next.
    Held,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// Two pixels wide.
    Solid,
    /// One pixel wide.
    Thin,
    /// One pixel wide with gaps.
    Dashed,
    /// Two pixels wide with gaps: days to come.
    Projected,
}

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The day.
    pub date: Day,
    /// The value.
    pub value: f64,
    /// Its shape.
    pub symbol: Symbol,
    /// Written beside it, where there is room, and in the table.
    pub label: Option<String>,
}

/// Shapes that can be told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// A small filled disc.
    Dot,
    /// A small circle.
    Ring,
    /// A small cross: a run to come.
    Cross,
    /// A triangle on its base.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A square on its side.
    Square,
}

impl TimeAxis {
    /// Does the axis hold any of the days from `first` to `last`, both included?
    #[must_use]
    pub fn overlaps(&self, first: Day, last: Day) -> bool {
        first < self.end && self.start <= last
    }

    /// Does the axis hold the day?
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.overlaps(day, day)
    }
}

impl Panel {
    /// A value in words.
    #[must_use]
    pub fn words(&self, value: f64) -> String {
        match self.axis {
            Axis::Number => text::number(value, self.decimals),
            Axis::Pace => duration(value),
        }
    }

    /// Lowest and highest value of series and references; `None` without any value.
    #[must_use]
    pub fn extent(&self) -> Option<(f64, f64)> {
        let mut values = Vec::new();
        for series in &self.series {
            match &series.marks {
                Marks::Bars(bars) | Marks::Projected(bars) | Marks::Outlined(bars) => {
                    values.extend(bars.iter().flat_map(|bar| [bar.base, bar.base + bar.value]));
                }
                Marks::Line { points, .. } => values.extend(points.iter().filter_map(|point| point.1)),
                Marks::Points(points) => values.extend(points.iter().map(|point| point.value)),
                Marks::Band(spans) => {
                    values.extend(spans.iter().filter_map(|span| span.1).flat_map(|(low, high)| [low, high]));
                }
                Marks::Gaps(_) => {}
            }
        }
        if values.is_empty() {
            return None;
        }
        values.extend(self.references.iter().flat_map(|reference| [reference.low, reference.high]));
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Some((low, high))
    }
}

impl Series {
    /// Is it of days to come?
    #[must_use]
    pub fn is_projected(&self) -> bool {
        match &self.marks {
            Marks::Projected(_) => true,
            Marks::Line { stroke, .. } => *stroke == Stroke::Projected,
            Marks::Points(points) => points.iter().any(|point| point.symbol == Symbol::Cross),
            Marks::Bars(_) | Marks::Outlined(_) | Marks::Band(_) | Marks::Gaps(_) => false,
        }
    }

    /// Is there a value?
    #[must_use]
    pub fn has_values(&self) -> bool {
        match &self.marks {
            Marks::Bars(bars) | Marks::Projected(bars) | Marks::Outlined(bars) => !bars.is_empty(),
            Marks::Line { points, .. } => points.iter().any(|point| point.1.is_some()),
            Marks::Points(points) => !points.is_empty(),
            Marks::Band(spans) => spans.iter().any(|span| span.1.is_some()),
            Marks::Gaps(gaps) => !gaps.is_empty(),
        }
    }
}

impl ChartSpec {
    /// The plots with a value axis; none where the chart is of another kind.
    #[must_use]
    pub fn panels(&self) -> &[Panel] {
        match &self.body {
            Body::Panels(panels) => panels,
            Body::Grid(_) | Body::Calendar(_) => &[],
        }
    }

    /// Is there no value to show?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.body {
            Body::Panels(panels) => panels.iter().all(|panel| panel.extent().is_none()),
            Body::Grid(grid) => grid.is_empty(),
            Body::Calendar(calendar) => calendar.days.is_empty(),
        }
    }

    /// What is missing, said in place of a chart without any value.
    #[must_use]
    pub fn if_empty(&self) -> Vec<&'static str> {
        match &self.body {
            Body::Panels(panels) => panels.iter().map(|panel| panel.if_empty).collect(),
            Body::Grid(grid) => vec![grid.if_empty],
            Body::Calendar(calendar) => vec![calendar.if_empty],
        }
    }
}
