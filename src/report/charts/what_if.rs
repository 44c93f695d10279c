//! A calendar that is tried out against the one as it is: weekly distance, load ratio, windows.

use super::mileage::projected;
use super::{HONEST, View};
use crate::analysis::DaysAhead;
use crate::load::day::{DayRow, WeekRow};
use crate::massage::moves::{Move, moves};
use crate::massage::window::Window;
use crate::model::Day;
use crate::model::calendar::{minus, plus, week_start};
use crate::report::chart::{
    Axis, Bar, ChartSpec, LinePath, Marks, Panel, Point, Reference, Series, Stroke, Symbol, TimeAxis,
    WindowMark,
};
use crate::report::text;
use crate::report::theme::Ink;
use std::fmt::Write as _;

/// Weeks before the running one: enough to see where the days to come set out from.
const WEEKS_BEFORE: u32 = 5;
/// Moves of windows that are told one by one.
const MOVES_TOLD: usize = 3;
const INFALLIBLE: &str = "writing to a String cannot fail";

/// What changes; `None` where the calendar is the runner's own, or nothing lies ahead.
pub fn chart(recent: &View) -> Option<ChartSpec> {
    let analysis = recent.analysis;
    let before = &analysis.tried.as_ref()?.as_it_is;
    let (first, last) = (analysis.expected.first()?.date, analysis.expected.last()?.date);
    let this_week = week_start(analysis.as_of, analysis.week_start);
    let start = minus(this_week, 7 * WEEKS_BEFORE).max(recent.time.start);
    let view = View { analysis, time: TimeAxis { start, ..recent.time } };
    let windows = marks(&view, &analysis.windows);
    // Past windows are those of both.
    let past = analysis.windows.iter().filter(|window| window.end < first);
    let as_it_is: Vec<Window> =
        past.chain(before.windows.iter().filter(|one| one.end >= first)).cloned().collect();
    Some(ChartSpec {
        subtitle: format!(
            "Dashed boxes and the dashed line: the calendar tried out. Diamonds: the calendar as it is; a diamond on its box \
             means no change. All of it is projected from races, plan and habit{}. The ratio is of the load of {}. {HONEST}",
            if analysis.cross_training().is_some() { ", without cross-training" } else { "" },
            analysis.load_scope()
        ),
        finding: finding(&view, before, (first, last)),
        windows,
        windows_as_it_is: Some(marks(&view, &as_it_is)),
        sessions: analysis.massages.iter().map(|had| had.date).filter(|day| view.time.holds(*day)).collect(),
        ..view.spec(
            "what-if",
            "What if: the calendar tried out",
            vec![weekly(&view, before), ratio(&view, before)],
        )
    })
}

fn marks(view: &View, windows: &[Window]) -> Vec<WindowMark> {
    let shown = windows.iter().filter(|window| view.time.overlaps(window.start, window.end));
    shown.map(|w| WindowMark { start: w.start, last: w.end, status: w.status, depth: w.depth }).collect()
}

fn weekly(view: &View, before: &DaysAhead) -> Panel {
    let analysis = view.analysis;
    let weeks = analysis.weeks.iter().filter(|week| view.time.holds(week.start));
    let bar = |week: &WeekRow| Bar {
        start: week.start,
        end: plus(week.start, 7),
        base: 0.0,
        value: view.long(week.distance_m),
        is_partial: !week.is_whole(),
        label: None,
    };
    let as_it_is = projected(view, before).into_iter().map(|bar| Point {
        date: plus(bar.start, 3),
        value: bar.base + bar.value,
        symbol: Symbol::Diamond,
        label: None,
    });
    Panel {
        label: format!("{} a week", analysis.units.long_name()),
        axis: Axis::Number,
        weight: 1.0,
        is_from_zero: true,
        decimals: 1,
        references: vec![],
        series: vec![
            Series { label: "run".into(), ink: Ink::Blue, marks: Marks::Bars(weeks.map(bar).collect()) },
            Series {
                label: "tried out".into(),
                ink: Ink::Blue,
                marks: Marks::Projected(projected(view, &analysis.days_ahead())),
            },
            Series {
                label: "calendar as it is".into(),
                ink: Ink::Earth,
                marks: Marks::Points(as_it_is.collect()),
            },
        ],
        if_empty: "No run yet.",
    }
}

fn ratio(view: &View, before: &DaysAhead) -> Panel {
    let value = |row: &DayRow| row.load_ratios.coupled;
    let past = Series {
        label: "ratio".into(),
        ink: Ink::Slate,
        marks: Marks::Line { points: view.daily(value), path: LinePath::Straight, stroke: Stroke::Solid },
    };
    let tried = Series { label: "tried out".into(), ..view.projected(&past, value) };
    // A diamond a week, on its last day, as in the panel above.
    let ends = before.projected.iter().filter(|row| {
        let is_end = week_start(plus(row.date, 1), view.analysis.week_start) == plus(row.date, 1);
        is_end && view.time.holds(row.date)
    });
    let diamond = |row: &DayRow| {
        Some(Point { date: row.date, value: value(row)?, symbol: Symbol::Diamond, label: None })
    };
    let line = Marks::Line {
        points: before
            .projected
            .iter()
            .filter(|row| view.time.holds(row.date))
            .map(|row| (row.date, value(row)))
            .collect(),
        path: LinePath::Straight,
        stroke: Stroke::Thin,
    };
    Panel {
        label: "acute ÷ chronic".into(),
        axis: Axis::Number,
        weight: 0.75,
        is_from_zero: false,
        decimals: 2,
        references: vec![Reference { label: "no change".into(), low: 1.0, high: 1.0 }],
        series: vec![
            past,
            Series { label: "as it is, by day".into(), ink: Ink::Earth, marks: line },
            tried,
            Series {
                label: "calendar as it is".into(),
                ink: Ink::Earth,
                marks: Marks::Points(ends.filter_map(diamond).collect()),
            },
        ],
        if_empty: "No day in the time shown has a ratio.",
    }
}

fn finding(view: &View, before: &DaysAhead, (first, last): (Day, Day)) -> String {
    let (analysis, after) = (view.analysis, view.analysis.days_ahead());
    let until = text::day_and_year(last);
    let mut said = match (after.distance_m(first, last), before.distance_m(first, last)) {
        (Some(tried), Some(was)) => {
            let (tried, was) = (analysis.units.distance(tried), analysis.units.distance(was));
            if tried == was {
                format!("Up to {until} the distance stays at {tried}")
            } else {
                format!(
                    "Up to {until} there are {tried} with the calendar tried out and {was} with the one as it is"
                )
            }
        }
        _ => format!("Up to {until} the distance is not known with both calendars"),
    };
    let highest = |one: &DaysAhead| {
        let ratios = one.projected.iter().filter_map(|row| row.load_ratios.coupled);
        ratios.max_by(f64::total_cmp).map(|ratio| text::number(ratio, 2))
    };
    if let Some((tried, was)) = highest(&after).zip(highest(before)) {
        let words = if tried == was {
            format!("; the ratio reaches {tried} with both")
        } else {
            format!("; the ratio reaches {tried}, and {was} as it is")
        };
        said.push_str(&words);
    }
    said.push('.');
    write!(said, " {}", moved(&moves(&before.windows, &analysis.windows))).expect(INFALLIBLE);
    said
}

/// Where windows move, in sentences.
fn moved(moves: &[Move<'_>]) -> String {
    let told = |window: &Window| {
        let depth = window.depth.name();
        format!("{} ({depth})", text::span(window.start, window.end))
    };
    let changes: Vec<String> = moves
        .iter()
        .filter_map(|one| match one {
            Move::Same(_) => None,
            Move::Moved { from, to } => Some(format!("{} becomes {}", told(from), told(to))),
            Move::New(window) => Some(format!("{} is new", told(window))),
            Move::Gone(window) => Some(format!("{} is gone", told(window))),
        })
        .collect();
    if moves.is_empty() {
        return "No window is open or upcoming with either.".to_owned();
    }
    if changes.is_empty() {
        return "No window moves.".to_owned();
    }
    let more = changes.len().saturating_sub(MOVES_TOLD);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let told: Vec<&str> = changes.iter().take(MOVES_TOLD).map(String::as_str).collect();
    format!("Windows: {}{more}.", told.join("; "))
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Analysis, Tried};
    use crate::report::charts::all;
    use crate::report::testing::{sample, with_another_calendar};

    #[test]
    fn both_calendars_are_in_the_first_chart_and_its_table() {
        let spec = &all(&with_another_calendar(&sample(30)))[0];
        assert_eq!(spec.id, "what-if");
        assert!(spec.finding.contains("with the calendar tried out and"), "{}", spec.finding);
        assert!(spec.finding.contains(" becomes "), "{}", spec.finding);
        assert_ne!(Some(&spec.windows), spec.windows_as_it_is.as_ref());
        let table = crate::report::values::table(spec);
        let column = |name: &str| table.head.iter().position(|head| head == name).unwrap();
        let (as_it_is, after) = (column("calendar as it is, km a week"), column("tried out, km a week"));
        assert!(
            table.rows.iter().any(|row| row[as_it_is] != "–")
                && table.rows.iter().any(|row| row[after] != "–")
        );
    }

    #[test]
    fn without_a_change_it_says_so_and_without_a_calendar_it_is_left_out() {
        let before = sample(30);
        let tried = Some(Tried { as_it_is: before.days_ahead(), ..Tried::default() });
        let spec = &all(&Analysis { tried, ..before })[0];
        assert!(
            spec.finding.contains("stays at") && spec.finding.ends_with("No window moves."),
            "{}",
            spec.finding
        );
        assert_eq!(all(&sample(30))[0].id, "weekly-mileage");
    }
}
