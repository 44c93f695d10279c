//! Two calendars of one athlete side by side: what the weeks and windows to come are with each.
//!
//! Input are the analysis with the calendar as it is and that with the one to try out, both of the same files on the same
//! day; output is text. Invariant: only days after `as_of` are compared.

use crate::analysis::Analysis;
use crate::load::day::DayRow;
use crate::massage::window::{Status, Window, WindowKind};
use crate::model::Day;
use crate::model::calendar::{days_between, week_start};
use crate::model::text::clean;
use crate::projection::ExpectedDay;
use crate::report::charts::HONEST;

/// A window whose best day lies at most so many days off has moved; farther off it is another one.
const NEAR_DAYS: i64 = 10;
/// What stands where nothing is known.
const UNKNOWN: &str = "–";

/// How distance, spike, ratio and windows move from `before` to `after`, for people.
#[must_use]
pub fn text(before: &Analysis, after: &Analysis) -> String {
    let mut text = format!(
        "With the calendar as it is → as tried out, days after {}:\n\n{}\n\
         spike: the longest run of a day over the longest of the 30 days before, the highest of the week\n\
         ratio: load of 7 days over that of 28 (coupled), at the end of the week\n       {HONEST}\n\n",
        after.as_of,
        columns(&weeks(before, after)),
    );
    let windows = windows(before, after);
    if windows.is_empty() {
        text.push_str("No window is open or upcoming with either.\n");
    } else {
        text.push_str(&columns(&windows));
    }
    text
}

/// A row for each week after `as_of`, the rest of the running one first.
fn weeks(before: &Analysis, after: &Analysis) -> Vec<Vec<String>> {
    let head = ["week of", "days", "distance", "spike", "ratio"].map(str::to_owned).to_vec();
    let of_week = |day: &ExpectedDay| week_start(day.date, after.week_start);
    let weeks = after.expected.chunk_by(|a, b| of_week(a) == of_week(b));
    let row = |week: &[ExpectedDay]| {
        let (first, last) = (week[0].date, week[week.len() - 1].date);
        let pair = |value: &dyn Fn(&Analysis) -> String| moved(&value(before), &value(after));
        let label = if first == of_week(&week[0]) {
            first.to_string()
        } else {
            format!("rest of {}", of_week(&week[0]))
        };
        vec![
            label,
            week.len().to_string(),
            pair(&|one| distance(one, first, last)),
            pair(&|one| {
                let spikes = rows(one, first, last).filter_map(|row| row.spike_ratio);
                number(spikes.max_by(f64::total_cmp))
            }),
            pair(&|one| number(rows(one, last, last).next().and_then(|row| row.load_ratios.coupled))),
        ]
    };
    std::iter::once(head).chain(weeks.map(row)).collect()
}

fn rows(analysis: &Analysis, first: Day, last: Day) -> impl Iterator<Item = &DayRow> {
    analysis.projected.iter().filter(move |row| (first..=last).contains(&row.date))
}

/// The distance of some days; unknown where that of any day is.
fn distance(analysis: &Analysis, first: Day, last: Day) -> String {
    let days = analysis.expected.iter().filter(|day| (first..=last).contains(&day.date));
    let sum: Option<f64> = days.map(|day| day.distance_m).sum();
    sum.map_or_else(|| UNKNOWN.to_owned(), |metres| analysis.units.distance(metres))
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| UNKNOWN.to_owned(), |value| format!("{value:.2}"))
}

fn moved(before: &str, after: &str) -> String {
    if before == after { after.to_owned() } else { format!("{before} → {after}") }
}

/// A row for each window that is open or upcoming with either calendar, by its best day.
fn windows(before: &Analysis, after: &Analysis) -> Vec<Vec<String>> {
    let ahead = |one: &'_ Analysis| -> Vec<Window> {
        one.windows.iter().filter(|window| window.status != Status::Past).cloned().collect()
    };
    let (mut old, new) = (ahead(before), ahead(after));
    let mut rows: Vec<(Day, Vec<String>)> = Vec::new();
    // What stayed is taken out first, so that nothing else is matched with it.
    let (same, other): (Vec<Window>, Vec<Window>) =
        new.into_iter().partition(|window| take(&mut old, |one| is_same(one, window)).is_some());
    rows.extend(same.iter().map(|window| (window.best, row("same", "", &told(window)))));
    for window in &other {
        let near =
            |one: &Window| is_like(one, window) && days_between(one.best, window.best).abs() <= NEAR_DAYS;
        let found = take(&mut old, near);
        let what = if found.is_some() { "moved" } else { "new" };
        rows.push((window.best, row(what, &found.as_ref().map_or_else(String::new, told), &told(window))));
    }
    rows.extend(old.iter().map(|window| (window.best, row("gone", &told(window), ""))));
    rows.sort_by_key(|(best, _)| *best);
    let head = row("window", "as it is", "as tried out");
    let has_any = !rows.is_empty();
    has_any.then_some(head).into_iter().chain(rows.into_iter().map(|(_, row)| row)).collect()
}

fn row(what: &str, before: &str, after: &str) -> Vec<String> {
    [what, before, after].map(str::to_owned).to_vec()
}

fn take(windows: &mut Vec<Window>, fits: impl Fn(&Window) -> bool) -> Option<Window> {
    windows.iter().position(fits).map(|index| windows.remove(index))
}

fn is_same(a: &Window, b: &Window) -> bool {
    (a.start, a.end, a.best, a.kind, a.depth, &a.race) == (b.start, b.end, b.best, b.kind, b.depth, &b.race)
}

/// Do both belong to the same race and side of it, or both to no race?
fn is_like(a: &Window, b: &Window) -> bool {
    let side = |window: &Window| {
        matches!(window.kind, WindowKind::PreRace | WindowKind::PostRace).then_some(window.kind)
    };
    side(a) == side(b) && a.race == b.race
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
    use crate::model::calendar::plus;
    use crate::report::testing::sample;

    #[test]
    fn without_a_change_nothing_moves() {
        let one = sample(30);
        let said = text(&one, &one);
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
        let said = text(&before, &after);
        for word in ["moved", "new", "gone", "→ 2.50"] {
            assert!(said.contains(word), "{word}: {said}");
        }
        after.expected[5].distance_m = None;
        assert!(text(&before, &after).contains("→ –"));
    }
}
