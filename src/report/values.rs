//! The numbers of a chart as a table of text.
//!
//! Input: a [`ChartSpec`]. Output: a [`Table`]. Invariant: everything that is drawn stands in it.

use super::cells::{Calendar, Fill, Grid};
use super::chart::{Body, ChartSpec, Marks, Panel, Series};
use super::text;
use crate::model::Day;
use crate::model::calendar::{days_between, plus};
use std::collections::BTreeMap;

/// The numbers of a chart as rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Column titles.
    pub head: Vec<String>,
    /// Rows by date, the date first.
    pub rows: Vec<Vec<String>>,
}

/// Every number of the chart, latest day first.
#[must_use]
pub fn table(spec: &ChartSpec) -> Table {
    match &spec.body {
        Body::Panels(panels) => of_panels(panels),
        Body::Grid(grid) => of_grid(grid),
        Body::Calendar(calendar) => of_calendar(calendar, spec.time.start),
    }
}

/// A column for each series; several values of one day stand in one cell.
fn of_panels(panels: &[Panel]) -> Table {
    let columns: Vec<(&Panel, &Series)> =
        panels.iter().flat_map(|panel| panel.series.iter().map(move |series| (panel, series))).collect();
    let mut rows: Rows = BTreeMap::new();
    for (column, (panel, series)) in columns.iter().enumerate() {
        for (day, text) in cells(&series.marks, panel) {
            let day = bar_start(panel, day).unwrap_or(day);
            rows.entry(day).or_insert_with(|| vec![Vec::new(); columns.len()])[column].push(text);
        }
    }
    let names: Vec<String> =
        columns.iter().map(|(panel, series)| format!("{}, {}", series.label, panel.label)).collect();
    let totals: Vec<(String, BTreeMap<Day, String>)> = panels.iter().filter_map(totals).collect();
    for (day, cells) in &mut rows {
        let of_day = totals.iter().map(|(_, of)| of.get(day).cloned().into_iter().collect::<Vec<_>>());
        cells.splice(0..0, of_day.collect::<Vec<_>>());
    }
    latest_first("date", totals.iter().map(|(name, _)| name.clone()).chain(names), rows)
}

/// The heights of stacked bars by day, with their name; `None` of a panel without a stack.
fn totals(panel: &Panel) -> Option<(String, BTreeMap<Day, String>)> {
    let stacked = panel.series.iter().filter_map(|series| match &series.marks {
        Marks::Bars(bars) | Marks::Outlined(bars) => Some(bars),
        _ => None,
    });
    let stacked: Vec<_> = stacked.collect();
    if stacked.len() < 2 {
        return None;
    }
    let mut tops: BTreeMap<Day, f64> = BTreeMap::new();
    for bar in stacked.into_iter().flatten() {
        let top = tops.entry(bar.start).or_default();
        *top = top.max(bar.base + bar.value);
    }
    let said = tops.into_iter().map(|(day, top)| (day, panel.words(top))).collect();
    Some((format!("total, {}", panel.label), said))
}

/// A column for each row of cells.
fn of_grid(grid: &Grid) -> Table {
    let mut rows: Rows = BTreeMap::new();
    for (column, row) in grid.rows.iter().enumerate() {
        for cell in &row.cells {
            let texts = rows.entry(cell.start).or_insert_with(|| vec![Vec::new(); grid.rows.len()]);
            texts[column].push(fill(cell.fill, grid.decimals, cell.note.as_ref()));
        }
    }
    if grid.is_empty() {
        rows.clear();
    }
    latest_first("week of", grid.rows.iter().map(|row| row.name.clone()), rows)
}

/// A row for each week and a column for each day of it.
fn of_calendar(calendar: &Calendar, start: Day) -> Table {
    let mut rows: Rows = BTreeMap::new();
    for day in &calendar.days {
        let n = days_between(start, day.date).max(0) as u32;
        let texts = rows.entry(plus(start, n / 7 * 7)).or_insert_with(|| vec![Vec::new(); 7]);
        texts[n as usize % 7].push(fill(day.fill, calendar.decimals, day.note.as_ref()));
    }
    let names = (0..7).map(|n| format!("{}, {}", plus(start, n).format("%a"), calendar.unit));
    latest_first("week of", names, rows)
}

/// The texts of each column by day.
type Rows = BTreeMap<Day, Vec<Vec<String>>>;

fn latest_first(first: &str, names: impl Iterator<Item = String>, rows: Rows) -> Table {
    let rows = rows
        .into_iter()
        .rev()
        .map(|(day, cells)| {
            let cells = cells.into_iter().map(|c| if c.is_empty() { "–".into() } else { c.join(", ") });
            std::iter::once(day.to_string()).chain(cells).collect()
        })
        .collect();
    Table { head: std::iter::once(first.to_owned()).chain(names).collect(), rows }
}

/// What a cell holds, with its note.
fn fill(fill: Fill, decimals: usize, note: Option<&String>) -> String {
    let text = match fill {
        Fill::Value(value) => text::number(value, decimals),
        Fill::Ahead(value) => format!("projected {}", text::number(value, decimals)),
        Fill::Rest | Fill::Unknown | Fill::Incomparable => fill.word().unwrap_or_default().to_owned(),
    };
    note.map_or(text.clone(), |note| format!("{text} ({note})"))
}

/// The first day of the bar that holds a day: marks over bars stand in their row.
fn bar_start(panel: &Panel, day: Day) -> Option<Day> {
    let bars = panel.series.iter().filter_map(|series| match &series.marks {
        Marks::Bars(bars) | Marks::Projected(bars) => Some(bars),
        _ => None,
    });
    bars.flatten().find(|bar| bar.start <= day && day < bar.end).map(|bar| bar.start)
}

fn cells(marks: &Marks, panel: &Panel) -> Vec<(Day, String)> {
    let number = |value: f64| panel.words(value);
    match marks {
        Marks::Bars(bars) | Marks::Outlined(bars) => {
            bars.iter().map(|bar| (bar.start, number(bar.value))).collect()
        }
        // What is to come stands on what was run, and both together are what is expected.
        Marks::Projected(bars) => bars.iter().map(|bar| (bar.start, number(bar.base + bar.value))).collect(),
        Marks::Gaps(gaps) => gaps.iter().map(|gap| (gap.start, gap.label.clone())).collect(),
        Marks::Line { points, .. } => {
            points.iter().filter_map(|(day, value)| Some((*day, number((*value)?)))).collect()
        }
        Marks::Points(points) => points
            .iter()
            .map(|point| {
                let value = number(point.value);
                // A label that is the value itself is not said twice.
                match point.label.as_ref().filter(|label| **label != value) {
                    Some(label) => (point.date, format!("{value} ({label})")),
                    None => (point.date, value),
                }
            })
            .collect(),
        Marks::Band(spans) => spans
            .iter()
            .filter_map(|(day, span)| {
                span.map(|(low, high)| (*day, format!("{} to {}", number(low), number(high))))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::{Axis, Body, LinePath, Point, Stroke, Symbol, TimeAxis};
    use crate::report::theme::Ink;

    fn at(day: u32) -> Day {
        Day::from_ymd_opt(2026, 5, day).unwrap()
    }

    #[test]
    fn the_table_holds_every_value_latest_first() {
        let point = |day, value, label: Option<&str>| Point {
            date: at(day),
            value,
            symbol: Symbol::Dot,
            label: label.map(str::to_owned),
        };
        let panel = Panel {
            label: "km".into(),
            axis: Axis::Number,
            weight: 1.0,
            is_from_zero: true,
            decimals: 1,
            references: vec![],
            series: vec![
                Series {
                    label: "run".into(),
                    ink: Ink::Blue,
                    marks: Marks::Points(vec![
                        point(1, 5.0, None),
                        point(1, 7.25, Some("+18 %")),
                        point(3, 6.0, None),
                    ]),
                },
                Series {
                    label: "limit".into(),
                    ink: Ink::Earth,
                    marks: Marks::Line {
                        points: vec![(at(1), Some(6.1)), (at(2), None)],
                        path: LinePath::Stepped,
                        stroke: Stroke::Thin,
                    },
                },
            ],
            if_empty: "",
        };
        assert_eq!(panel.extent(), Some((5.0, 7.25)));
        let spec = ChartSpec {
            id: "x",
            title: "X",
            subtitle: String::new(),
            finding: String::new(),
            time: TimeAxis { start: at(1), end: at(8), as_of: at(4) },
            ribbon: vec![],
            windows: vec![],
            windows_as_it_is: None,
            sessions: vec![],
            races: vec![],
            burn_in: None,
            hatched_bars: None,
            body: Body::Panels(vec![panel]),
        };
        let table = table(&spec);
        assert_eq!(table.head, ["date", "run, km", "limit, km"]);
        assert_eq!(table.rows, [["2026-05-03", "6.0", "–"], ["2026-05-01", "5.0, 7.2 (+18 %)", "6.1"]]);
    }
}
