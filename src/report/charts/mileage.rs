//! Distance by week: of the last months with windows and races, and of the whole history.

use super::{View, hatched_weeks};
use crate::analysis::{Analysis, DaysAhead};
use crate::load::day::WeekRow;
use crate::model::Day;
use crate::model::calendar::{days_between, plus, week_start};
use crate::projection::ExpectedDay;
use crate::report::chart::{Axis, Bar, ChartSpec, LinePath, Marks, Panel, Series, Stroke, WindowMark};
use crate::report::text;
use crate::report::theme::Ink;
use crate::report::usual;
use chrono::{Datelike, Months};
use std::collections::BTreeMap;

/// Weeks in the running mean.
const MEAN_WEEKS: usize = 4;
/// More weeks than this are shown by month, so that bars stay apart on a phone.
const MAX_WEEK_BARS: usize = 130;

/// Weekly distance of the last months.
pub fn weekly(view: &View) -> ChartSpec {
    let analysis = view.analysis;
    let weeks: Vec<&WeekRow> = analysis.weeks.iter().filter(|week| view.time.holds(week.start)).collect();
    let unit = analysis.units.long_name();
    let bar = |week: &WeekRow, base_m: f64, value_m: f64| Bar {
        start: week.start,
        end: plus(week.start, 7),
        base: view.long(base_m),
        value: view.long(value_m),
        is_partial: !week.is_whole(),
        label: None,
    };
    let longest = weeks.iter().map(|week| bar(week, 0.0, week.longest_run_m)).collect();
    let rest =
        weeks.iter().map(|w| bar(w, w.longest_run_m, (w.distance_m - w.longest_run_m).max(0.0))).collect();
    let mean = running_mean(&analysis.weeks)
        .into_iter()
        .filter(|(start, _)| view.time.holds(*start))
        .map(|(start, metres)| (start, metres.map(|m| view.long(m))))
        .collect();
    let ahead = projected(view, &analysis.days_ahead());
    let has_ahead = !ahead.is_empty();
    let panel = Panel {
        label: view.of_sport(&format!("{unit} a week")),
        axis: Axis::Number,
        weight: 1.0,
        is_from_zero: true,
        decimals: 1,
        references: vec![],
        series: vec![
            Series { label: "longest run".into(), ink: Ink::BlueDeep, marks: Marks::Bars(longest) },
            Series { label: "other runs".into(), ink: Ink::BlueSoft, marks: Marks::Bars(rest) },
            Series {
                label: "mean of four weeks".into(),
                ink: Ink::Earth,
                marks: Marks::Line { points: mean, path: LinePath::Weekly, stroke: Stroke::Solid },
            },
            Series { label: "projected".into(), ink: Ink::Blue, marks: Marks::Projected(ahead) },
        ],
        if_empty: "No run yet.",
    };
    ChartSpec {
        subtitle: view.of_distance()
            + "Distance of all runs by week; the foot of each bar is its longest run."
            + if has_ahead { " Dashed boxes are projected from races, plan and habit." } else { "" },
        finding: finding(analysis) + &finding_ahead(view),
        windows: analysis
            .windows
            .iter()
            .filter(|window| view.time.overlaps(window.start, window.end))
            .map(|w| WindowMark { start: w.start, last: w.end, status: w.status, depth: w.depth })
            .collect(),
        sessions: analysis.massages.iter().map(|had| had.date).filter(|day| view.time.holds(*day)).collect(),
        hatched_bars: hatched_weeks(&weeks),
        ..view.spec("weekly-mileage", "Weekly distance", vec![panel])
    }
}

/// What is expected of the rest of the running week, on top of what was run in it, and of the whole weeks after it.
pub(super) fn projected(view: &View, ahead: &DaysAhead) -> Vec<Bar> {
    let analysis = view.analysis;
    let mut bars = Vec::new();
    let of_week = |day: &&ExpectedDay| week_start(day.date, analysis.week_start);
    let this_week = week_start(analysis.as_of, analysis.week_start);
    let rest: Option<f64> =
        ahead.expected.iter().filter(|day| of_week(day) == this_week).map(|day| day.distance_m).sum();
    let mut bar = |start: Day, base_m: f64, value_m: f64| {
        bars.push(Bar {
            start,
            end: plus(start, 7),
            base: view.long(base_m),
            value: view.long(value_m),
            is_partial: true,
            label: None,
        });
    };
    let so_far = analysis.weeks.last().filter(|week| week.start == this_week);
    if let Some((week, rest)) = so_far.zip(rest.filter(|rest| *rest > 0.0)) {
        bar(this_week, week.distance_m, rest);
    }
    for week in ahead.projected_weeks.iter().filter(|week| view.time.holds(week.start)) {
        bar(week.start, 0.0, week.distance_m);
    }
    bars
}

/// The weeks to come in a sentence; empty where there is none.
fn finding_ahead(view: &View) -> String {
    let weeks: Vec<String> = view
        .analysis
        .projected_weeks
        .iter()
        .map(|week| view.analysis.units.distance(week.distance_m))
        .collect();
    match weeks.split_last() {
        None => String::new(),
        Some((only, [])) => format!(" Projected for the week after: {only}."),
        Some((last, before)) => format!(" Projected for the weeks after: {} and {last}.", before.join(", ")),
    }
}

/// Distance of the whole history, by week or, where that is too fine, by month.
pub fn history(view: &View) -> ChartSpec {
    let weeks = &view.analysis.weeks;
    let by_month = weeks.len() > MAX_WEEK_BARS;
    let bars = if by_month { months(view) } else { single_weeks(view) };
    let unit = view.analysis.units.long_name();
    let finding = finding_of_history(view, by_month.then_some(&bars));
    let hatched_bars = bars.iter().any(|bar| bar.is_partial).then(|| "not complete".to_owned());
    let panel = Panel {
        label: view.of_sport(&format!("{unit} a week")),
        axis: Axis::Number,
        weight: 0.8,
        is_from_zero: true,
        decimals: 1,
        references: vec![],
        series: vec![Series { label: "all runs".into(), ink: Ink::Blue, marks: Marks::Bars(bars) }],
        if_empty: "No run yet.",
    };
    let subtitle = if by_month {
        "Mean distance a week of each month, over the whole history."
    } else {
        "Distance of each week, over the whole history."
    };
    ChartSpec {
        subtitle: view.of_distance() + subtitle,
        finding,
        hatched_bars,
        ..view.spec("mileage-history", "Distance over the whole history", vec![panel])
    }
}

/// The highest whole week, and the highest of the months where these are what is shown.
fn finding_of_history(view: &View, months: Option<&Vec<Bar>>) -> String {
    let weeks = &view.analysis.weeks;
    let distance = |metres: f64| view.analysis.units.distance(metres);
    let whole = weeks.iter().filter(|week| week.is_whole());
    let Some(week) = whole.max_by(|a, b| a.distance_m.total_cmp(&b.distance_m)) else {
        return "No whole week yet.".to_owned();
    };
    let highest =
        format!("the highest week, of {}, has {}", week.start.format("%-d %B %Y"), distance(week.distance_m));
    let over = text::count(weeks.len(), "week");
    let month = months.into_iter().flatten().filter(|bar| !bar.is_partial);
    match month.max_by(|a, b| a.value.total_cmp(&b.value)) {
        Some(month) => format!(
            "Over {over} the month with the highest mean is {}, with {} {} a week; {highest}.",
            month.start.format("%B %Y"),
            text::number(month.value, 1),
            view.analysis.units.long_name(),
        ),
        None => format!("Over {over} {highest}."),
    }
}

fn single_weeks(view: &View) -> Vec<Bar> {
    let bar = |week: &WeekRow| Bar {
        start: week.start,
        end: plus(week.start, 7),
        base: 0.0,
        value: view.long(week.distance_m),
        is_partial: !week.is_whole(),
        label: None,
    };
    view.analysis.weeks.iter().map(bar).collect()
}

fn months(view: &View) -> Vec<Bar> {
    let mut sums: BTreeMap<Day, (f64, u32)> = BTreeMap::new();
    for row in view.analysis.days.iter().filter(|row| !row.is_lost()) {
        let month = row.date.with_day(1).expect("every month has a first day");
        let sum = sums.entry(month).or_default();
        *sum = (sum.0 + row.distance_m, sum.1 + 1);
    }
    let bar = |(start, (metres, n_days)): (Day, (f64, u32))| {
        let end = start.checked_add_months(Months::new(1)).unwrap_or(start);
        let is_partial = i64::from(n_days) < days_between(start, end);
        Bar {
            start,
            end,
            base: 0.0,
            value: view.long(metres / f64::from(n_days) * 7.0),
            is_partial,
            label: None,
        }
    };
    sums.into_iter().map(bar).collect()
}

/// Mean distance of each week and the three before it; `None` where one of them is not whole.
fn running_mean(weeks: &[WeekRow]) -> Vec<(Day, Option<f64>)> {
    let mean = |i: usize| {
        let four = &weeks[(i + 1).checked_sub(MEAN_WEEKS)?..=i];
        four.iter()
            .all(WeekRow::is_whole)
            .then(|| four.iter().map(|w| w.distance_m).sum::<f64>() / MEAN_WEEKS as f64)
    };
    weeks.iter().enumerate().map(|(i, week)| (week.start, mean(i))).collect()
}

fn finding(analysis: &Analysis) -> String {
    let Some(last) = analysis.weeks.last() else { return "No run has been read.".to_owned() };
    let distance = match last.n_runs {
        0 if last.n_lost > 0 => "No run on record".to_owned(),
        0 => "No run".to_owned(),
        _ => analysis.units.distance(last.distance_m),
    };
    let week = last.start.format("the week of %-d %B");
    let so_far =
        if last.is_whole() { String::new() } else { format!(" so far ({} of 7 days)", last.n_known()) };
    match usual::week_before(analysis) {
        Some((metres, n)) => {
            let (mean, weeks) = (analysis.units.distance(metres), text::count(n, "whole week"));
            format!("{distance} in {week}{so_far}, after a mean of {mean} in the {weeks} before.")
        }
        None => format!("{distance} in {week}{so_far}; there is no whole week before it to compare with."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::named;
    use crate::report::testing::sample;

    #[test]
    fn the_running_week_is_marked_and_kept_out_of_the_mean() {
        let spec = &named(&sample(30), "weekly-mileage");
        assert_eq!(spec.hatched_bars.as_deref(), Some("so far: 4 of 7 days"));
        assert!(spec.finding.contains("so far (4 of 7 days), after a mean of"), "{}", spec.finding);
        let Marks::Line { points, .. } = &spec.panels()[0].series[2].marks else { panic!("a line") };
        assert_eq!(points.last().unwrap().1, None);
        assert!(points[points.len() - 2].1.is_some());
    }

    #[test]
    fn many_years_are_shown_by_month() {
        let bars = |n_weeks| match &named(&sample(n_weeks), "mileage-history").panels()[0].series[0].marks {
            Marks::Bars(bars) => bars.len(),
            _ => 0,
        };
        assert_eq!((bars(60), bars(290)), (60, 67));
        let said = |n_weeks| named(&sample(n_weeks), "mileage-history").finding;
        assert!(said(60).starts_with("Over 60 weeks the highest week, of "), "{}", said(60));
        let years = said(290);
        assert!(years.contains("the month with the highest mean is "), "{years}");
        assert!(years.contains(" a week; the highest week, of "), "{years}");
    }
}
