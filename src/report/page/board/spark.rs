//! The small bars of twelve weeks.

use super::Cell;
use crate::board::{Row, WEEKS, WeekBar};
use crate::model::units::Units;
use crate::report::text;
use maud::html;

/// Room of a bar and the bar in it, in px.
const STEP: f64 = 10.0;
const BAR: f64 = 8.0;
/// Height of the largest bar, in px.
const HEIGHT: f64 = 30.0;
/// The least height at which a bar can be seen.
const LEAST: f64 = 2.0;

/// The bars, the running week at the right edge; weeks before the history have no place to stand.
pub(super) fn cell(row: &Row) -> Cell {
    let most = row.weeks.iter().map(|week| week.distance_m).fold(0.0, f64::max);
    let Some(last) = row.weeks.last() else { return Cell { content: html! { "–" }, value: None } };
    let first = WEEKS.saturating_sub(row.weeks.len());
    let width = STEP * WEEKS as f64;
    let bars = row.weeks.iter().enumerate().map(|(at, week)| (STEP * (first + at) as f64, week));
    let content = html! {
        svg.spark role="img" viewBox={ "0 0 " (width) " " (HEIGHT + 2.0) } {
            title { (words(row)) }
            line.base x1="0" x2=(width) y1=(HEIGHT + 1.0) y2=(HEIGHT + 1.0) {}
            @for (x, week) in bars {
                @let tall = if most > 0.0 { week.distance_m / most * HEIGHT } else { 0.0 };
                @let top = HEIGHT + 1.0 - tall.max(if week.distance_m > 0.0 || week.is_unknown { LEAST } else { 0.0 });
                @if week.is_unknown {
                    rect.unknown x=(text::plain_number(x + 1.5, 1)) y=(text::plain_number(top.min(HEIGHT - 6.0), 1))
                        width=(BAR - 1.0) height=(text::plain_number(HEIGHT + 0.5 - top.min(HEIGHT - 6.0), 1)) {}
                } @else if is_running(week, last) {
                    line.running x1=(x + STEP / 2.0) x2=(x + STEP / 2.0) y1=(HEIGHT + 1.0) y2=(text::plain_number(top, 1)) {}
                } @else {
                    rect x=(x + 1.0) y=(text::plain_number(top, 1)) width=(BAR) height=(text::plain_number(HEIGHT + 1.0 - top, 1)) {}
                }
            }
        }
        span.second { "highest " (row.units.distance(most)) }
    };
    Cell { content, value: Some(last.distance_m) }
}

/// A week of which days are still to come: the last one, where it is not whole.
fn is_running(week: &WeekBar, last: &WeekBar) -> bool {
    week == last && week.n_days < 7
}

/// The bars in words.
fn words(row: &Row) -> String {
    let units: Units = row.units;
    let value = |week: &WeekBar| {
        let distance = text::number(week.distance_m / units.long_m(), 1);
        if week.is_unknown { format!("{distance} with unknown load") } else { distance }
    };
    let values: Vec<String> = row.weeks.iter().map(value).collect();
    let running = row.weeks.last().is_some_and(|last| is_running(last, last));
    let running = if running { ", the last one so far" } else { "" };
    let n = text::count(row.weeks.len(), "week");
    format!("Distance of {n} in {}{running}: {}", units.long_name(), values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{empty, sample, tiny};

    #[test]
    fn every_week_is_a_bar_and_a_number() {
        let mut row = Row::new(&sample(30));
        row.weeks[3].is_unknown = true;
        let drawn = cell(&row).content.into_string();
        assert_eq!((drawn.matches("<rect").count(), drawn.matches("class=\"running\"").count()), (11, 1));
        assert_eq!(drawn.matches("class=\"unknown\"").count(), 1);
        let title = drawn.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(title.starts_with("Distance of 12 weeks in km, the last one so far: "), "{title}");
        assert_eq!(title.matches(',').count(), 12);
    }

    #[test]
    fn a_short_history_stands_at_the_right() {
        let drawn = cell(&Row::new(&tiny())).content.into_string();
        assert!(drawn.contains("x1=\"115\"") && drawn.matches("<rect").count() == 0, "{drawn}");
        assert!(cell(&Row::new(&empty())).content.into_string().contains('–'));
    }
}
