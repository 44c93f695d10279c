//! Monotony and strain by week (science 4.6): how alike the days of a week were, and what that made of its load.

use super::View;
use crate::load::day::WeekRow;
use crate::load::strain::MAX_MONOTONY;
use crate::model::calendar::plus;
use crate::report::chart::{Axis, Bar, ChartSpec, Gap, LinePath, Marks, Panel, Reference, Series, Stroke};
use crate::report::text;
use crate::report::theme::Ink;
use crate::report::usual;

/// Lines that the literature draws (science 4.6); they are nobody's limits.
const LITERATURE: [f64; 2] = [1.5, 2.0];
/// What stands where there is no value.
const NOT_KNOWN: &str = "n/a";

/// Monotony above, strain below; `None` before the first whole week.
pub fn chart(view: &View) -> Option<ChartSpec> {
    let weeks: Vec<&WeekRow> =
        view.analysis.weeks.iter().filter(|week| week.is_whole() && view.time.holds(week.start)).collect();
    weeks.first()?;
    let cap = text::number(MAX_MONOTONY, 0);
    Some(ChartSpec {
        subtitle: format!(
            "{}Monotony: mean load a day over its standard deviation (n − 1) in the seven days of a week, shown up to \
             {cap}; it is high where all days are alike. Strain: load of the week times monotony. How sure: from one \
             study of 25 athletes; 1.5 and 2.0 are lines of the literature and no limits of yours.",
            view.of_load()
        ),
        finding: finding(view, &weeks),
        ..view.spec("monotony-strain", "Monotony and strain", vec![monotony(view, &weeks), strain(&weeks)])
    })
}

fn monotony(view: &View, weeks: &[&WeekRow]) -> Panel {
    let bar = |week: &&WeekRow| {
        let value = week.monotony?;
        let label = (value >= MAX_MONOTONY).then(|| format!("≥ {}", text::number(MAX_MONOTONY, 0)));
        Some(Bar { start: week.start, end: plus(week.start, 7), base: 0.0, value, is_partial: false, label })
    };
    let usual = usual::range_of_weeks(view.analysis, |week| week.monotony).map(|(low, high)| Reference {
        label: format!("your usual range, {} to {}", text::number(low, 1), text::number(high, 1)),
        low,
        high,
    });
    // One entry of the key stands for all of the lines.
    let names = ["1.5 and 2.0: lines of the literature", ""];
    let lines = LITERATURE.into_iter().zip(names).map(|(at, name)| Reference {
        label: name.into(),
        low: at,
        high: at,
    });
    Panel {
        label: "monotony of a week".into(),
        axis: Axis::Number,
        weight: 0.75,
        is_from_zero: true,
        decimals: 2,
        references: usual.into_iter().chain(lines).collect(),
        series: vec![
            Series {
                label: "n/a: a day is not known, or all rest".into(),
                ink: Ink::Hatch,
                marks: Marks::Gaps(gaps(weeks)),
            },
            Series {
                label: "monotony".into(),
                ink: Ink::Blue,
                marks: Marks::Bars(weeks.iter().filter_map(bar).collect()),
            },
        ],
        if_empty: "Monotony needs a week in which the load of every day is known.",
    }
}

fn strain(weeks: &[&WeekRow]) -> Panel {
    Panel {
        label: "strain of a week".into(),
        axis: Axis::Number,
        weight: 0.6,
        is_from_zero: true,
        decimals: 0,
        references: vec![],
        series: vec![Series {
            label: "strain".into(),
            ink: Ink::Slate,
            marks: Marks::Line {
                points: weeks.iter().map(|week| (week.start, week.strain)).collect(),
                path: LinePath::Weekly,
                stroke: Stroke::Solid,
            },
        }],
        if_empty: "Strain needs the same.",
    }
}

/// Weeks without a value, those in a row as one.
fn gaps(weeks: &[&WeekRow]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for week in weeks.iter().filter(|week| week.monotony.is_none()) {
        let end = plus(week.start, 7);
        match gaps.last_mut().filter(|gap| gap.end == week.start) {
            Some(gap) => gap.end = end,
            None => gaps.push(Gap { start: week.start, end, label: NOT_KNOWN.into() }),
        }
    }
    gaps
}

fn finding(view: &View, weeks: &[&WeekRow]) -> String {
    let last = weeks.iter().rev().find_map(|week| Some((week, week.monotony?, week.strain?)));
    let Some((week, monotony, strain)) = last else {
        return "No whole week has a load on every day yet, so there is no monotony.".to_owned();
    };
    let when = week.start.format("the week of %-d %B %Y");
    let at_least = if monotony >= MAX_MONOTONY { "at least " } else { "" };
    let now = format!(
        "In {when} monotony was {at_least}{} and strain {}",
        text::number(monotony, 1),
        text::number(strain, 0)
    );
    match usual::range_of_weeks(view.analysis, |week| week.monotony) {
        Some((low, high)) => format!(
            "{now}; in eight of ten weeks of {} monotony was between {} and {}.",
            usual::span(view.analysis),
            text::number(low, 1),
            text::number(high, 1)
        ),
        None => format!("{now}; the history is too short to say what is usual."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::ChartSpec;
    use crate::report::charts::all;
    use crate::report::testing::{sample, tiny};
    use crate::report::values;

    fn found(analysis: &crate::analysis::Analysis) -> Option<ChartSpec> {
        all(analysis).into_iter().find(|chart| chart.id == "monotony-strain")
    }

    #[test]
    fn weeks_without_a_value_are_gaps_in_words_and_the_running_week_is_left_out() {
        let mut analysis = sample(12);
        for at in [3, 4] {
            (analysis.weeks[at].monotony, analysis.weeks[at].strain) = (None, None);
        }
        let spec = found(&analysis).unwrap();
        let Marks::Gaps(gaps) = &spec.panels()[0].series[0].marks else { panic!("gaps") };
        assert_eq!(gaps.len(), 1);
        assert_eq!((gaps[0].start, gaps[0].end), (analysis.weeks[3].start, analysis.weeks[5].start));
        let table = values::table(&spec);
        assert_eq!(
            table.rows.len(),
            10,
            "one row for both weeks that are not known, none for the running one"
        );
        assert!(table.rows.iter().any(|row| row[1] == "n/a" && row[2] == "–" && row[3] == "–"));
    }

    #[test]
    fn even_weeks_are_said_to_be_at_least_ten() {
        let mut analysis = sample(6);
        let last = analysis.weeks.len() - 2;
        (analysis.weeks[last].monotony, analysis.weeks[last].strain) = (Some(10.0), Some(3000.0));
        let spec = found(&analysis).unwrap();
        assert!(spec.finding.contains("monotony was at least 10.0 and strain 3000"), "{}", spec.finding);
        let Marks::Bars(bars) = &spec.panels()[0].series[1].marks else { panic!("bars") };
        assert_eq!(bars.last().unwrap().label.as_deref(), Some("≥ 10"));
        assert_eq!(found(&tiny()), None);
    }
}
