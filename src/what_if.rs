//! Two calendars of one athlete side by side: what the weeks and windows to come are with each.
//!
//! Input is the analysis with the calendar to try out, which holds what lies ahead with the one as it is; output is text.
//! Invariant: only days after `as_of` are compared.

use crate::analysis::{Analysis, DaysAhead};
use crate::massage::moves::{Move, moves};
use crate::massage::window::Window;
use crate::model::calendar::week_start;
use crate::model::text::clean;
use crate::projection::ExpectedDay;
use crate::report::charts::HONEST;

/// What stands where nothing is known.
const UNKNOWN: &str = "–";

/// How distance, spike, ratio and windows move with the calendar that is tried out, for people; `None` where none is.
#[must_use]
pub fn text(analysis: &Analysis) -> Option<String> {
    let before = &analysis.tried.as_ref()?.as_it_is;
    let mut text = format!(
        "With the calendar as it is → as tried out, days after {}:\n\n{}\n\
         spike: the longest run of a day over the longest of the 30 days before, the highest of the week\n\
         ratio: load of 7 days over that of 28 (coupled), at the end of the week\n       {HONEST}\n\n",
        analysis.as_of,
        columns(&weeks(before, analysis)),
    );
    let windows = windows(before, analysis);
    if windows.is_empty() {
        text.push_str("No window is open or upcoming with either.\n");
    } else {
        text.push_str(&columns(&windows));
    }
    Some(text)
}

/// A row for each week after `as_of`, the rest of the running one first.
fn weeks(before: &DaysAhead, analysis: &Analysis) -> Vec<Vec<String>> {
    let head = ["week of", "days", "distance", "spike", "ratio"].map(str::to_owned).to_vec();
    let after = analysis.days_ahead();
    let of_week = |day: &ExpectedDay| week_start(day.date, analysis.week_start);
    let weeks = after.expected.chunk_by(|a, b| of_week(a) == of_week(b));
    let row = |week: &[ExpectedDay]| {
        let (first, last) = (week[0].date, week[week.len() - 1].date);
        let pair = |value: &dyn Fn(&DaysAhead) -> String| moved(&value(before), &value(&after));
        let label = if first == of_week(&week[0]) {
            first.to_string()
        } else {
            format!("rest of {}", of_week(&week[0]))
        };
        vec![
            label,
            week.len().to_string(),
            pair(&|one| {
                let metres = one.distance_m(first, last);
                metres.map_or_else(|| UNKNOWN.to_owned(), |metres| analysis.units.distance(metres))
            }),
            pair(&|one| {
                let spikes = one.rows(first, last).filter_map(|row| row.spike_ratio);
                number(spikes.max_by(f64::total_cmp))
            }),
            pair(&|one| number(one.rows(last, last).next().and_then(|row| row.load_ratios.coupled))),
        ]
    };
    std::iter::once(head).chain(weeks.map(row)).collect()
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| UNKNOWN.to_owned(), |value| format!("{value:.2}"))
}

fn moved(before: &str, after: &str) -> String {
    if before == after { after.to_owned() } else { format!("{before} → {after}") }
}

/// A row for each window that is open or upcoming with either calendar, by its best day.
fn windows(before: &DaysAhead, after: &Analysis) -> Vec<Vec<String>> {
    let told = |one: &Move<'_>| match one {
        Move::Same(window) => row("same", "", &told(window)),
        Move::Moved { from, to } => row("moved", &told(from), &told(to)),
        Move::New(window) => row("new", "", &told(window)),
        Move::Gone(window) => row("gone", &told(window), ""),
    };
    let rows: Vec<Vec<String>> = moves(&before.windows, &after.windows).iter().map(told).collect();
    let head = (!rows.is_empty()).then(|| row("window", "as it is", "as tried out"));
    head.into_iter().chain(rows).collect()
}

fn row(what: &str, before: &str, after: &str) -> Vec<String> {
    [what, before, after].map(str::to_owned).to_vec()
}

fn told(window: &Window) -> String {
    let kind = window.kind.name().replace('_', " ");
    let depth = window.depth.name();
    let kind = if kind == depth { kind } else { format!("{kind}, {depth}") };
    let race = window.race.as_ref().map_or_else(String::new, |race| format!(", {}", clean(race)));
    let days = if window.start == window.end {
        window.start.to_string()
    } else {
        format!("{} to {}, best {}", window.start, window.end.format("%m-%d"), window.best.format("%m-%d"))
    };
    format!("{days}: {kind}{race}")
}

/// Rows with their cells under each other.
fn columns(rows: &[Vec<String>]) -> String {
    let n = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |k: usize| rows.iter().filter_map(|row| row.get(k)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..n).map(|k| width(k).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let room = width.saturating_sub(cell.chars().count()) + 2;
            format!("{cell}{}", " ".repeat(room))
        });
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Tried;
    use crate::massage::window::Status;
    use crate::model::calendar::plus;
    use crate::report::testing::sample;

    /// An analysis with what lies ahead of another one as the calendar as it is.
    fn tried(after: Analysis, before: &Analysis) -> Analysis {
        Analysis { tried: Some(Tried { as_it_is: before.days_ahead(), ..Tried::default() }), ..after }
    }

    #[test]
    fn without_a_change_nothing_moves() {
        let one = sample(30);
        let said = text(&tried(one.clone(), &one)).unwrap();
        assert_eq!(text(&one), None);
        assert_eq!(said.matches('→').count(), 1, "the heading alone: {said}");
        assert!(
            said.contains("same") && !["moved", "new ", "gone"].iter().any(|word| said.contains(word)),
            "{said}"
        );
        assert!(said.contains("rest of 2026-05-25  3 "), "{said}");
    }

    #[test]
    fn what_moves_is_told_with_both_values() {
        let before = sample(30);
        let mut after = before.clone();
        let ahead = after.windows.iter_mut().filter(|window| window.status != Status::Past);
        for (window, n) in ahead.zip([1, 60]) {
            (window.start, window.end) = (plus(window.start, n), plus(window.end, n));
            window.best = plus(window.best, n);
        }
        after.expected[4].distance_m = Some(30_000.0);
        after.projected[4].spike_ratio = Some(2.5);
        let said = text(&tried(after.clone(), &before)).unwrap();
        for word in ["moved", "new", "gone", "→ 2.50"] {
            assert!(said.contains(word), "{word}: {said}");
        }
        after.expected[5].distance_m = None;
        assert!(text(&tried(after, &before)).unwrap().contains("→ –"));
    }
}
