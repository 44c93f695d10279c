//! How the load of the last days compares with that of the last weeks (science 4.2 and 4.4).

use super::View;
use crate::load::day::{DayRow, Withheld};
use crate::model::calendar::{days_between, plus};
use crate::report::chart::{Axis, ChartSpec, Gap, LinePath, Marks, Panel, Reference, Series, Stroke};
use crate::report::sentences;
use crate::report::text;
use crate::report::theme::Ink;
use crate::report::usual;
use std::fmt::Write as _;

/// Days until the first mean of 28 days.
const BURN_IN_DAYS: u32 = 28;
/// Shorter gaps of the ratio are not named.
const GAP_DAYS: i64 = 7;

const INFALLIBLE: &str = "writing to a String cannot fail";

/// What the ratio says and does not say; stands wherever the ratio does.
pub const HONEST: &str =
    "Describes how this week compares with your recent weeks. It does not predict injury.";

/// Acute and chronic load above, their ratio with the runner's own usual range below.
pub fn chart(view: &View) -> ChartSpec {
    ChartSpec {
        subtitle: format!(
            "{}Acute: mean load a day over 7 days. Chronic: over the 28 days that hold them.{} {HONEST}",
            view.of_load(),
            view.dashes()
        ),
        finding: finding(view),
        burn_in: view.burn_in(BURN_IN_DAYS),
        ..view.spec("load-change", "Load change", vec![means(view), ratio(view)])
    }
}

fn means(view: &View) -> Panel {
    let line = |label: &str, ink, points, stroke| Series {
        label: label.into(),
        ink,
        marks: Marks::Line { points, path: LinePath::Straight, stroke },
    };
    let chronic = line("chronic", Ink::Slate, view.daily(|row| row.chronic_au), Stroke::Thin);
    let acute = line("acute", Ink::Blue, view.daily(|row| row.acute_au), Stroke::Solid);
    let ahead = [view.projected(&chronic, |row| row.chronic_au), view.projected(&acute, |row| row.acute_au)];
    Panel {
        label: "load a day (100 = 1 h at threshold)".into(),
        axis: Axis::Number,
        weight: 1.0,
        is_from_zero: true,
        decimals: 0,
        references: vec![],
        series: [chronic, acute].into_iter().chain(ahead).collect(),
        if_empty: "A mean of 7 days needs 7 known days.",
    }
}

fn ratio(view: &View) -> Panel {
    let usual = usual::range(view.analysis, |row| row.load_ratios.coupled).map(|(low, high)| Reference {
        label: format!("your usual range, {} to {}", text::number(low, 2), text::number(high, 2)),
        low,
        high,
    });
    let line = Series {
        label: "ratio".into(),
        ink: Ink::Slate,
        marks: Marks::Line {
            points: view.daily(|row| row.load_ratios.coupled),
            path: LinePath::Straight,
            stroke: Stroke::Solid,
        },
    };
    let ahead = view.projected(&line, |row| row.load_ratios.coupled);
    let gaps = gaps(view);
    let level = Reference { label: "no change".into(), low: 1.0, high: 1.0 };
    Panel {
        label: "acute ÷ chronic".into(),
        axis: Axis::Number,
        weight: 0.75,
        is_from_zero: false,
        decimals: 2,
        references: usual.into_iter().chain([level]).collect(),
        series: vec![
            Series {
                label: "with other lookbacks".into(),
                ink: Ink::Spread,
                marks: Marks::Band(view.days().map(|row| (row.date, row.acwr_range)).collect()),
            },
            line,
            ahead,
        ]
        .into_iter()
        .chain((!gaps.is_empty()).then(|| Series {
            label: "no ratio".into(),
            ink: Ink::Hatch,
            marks: Marks::Gaps(gaps),
        }))
        .collect(),
        if_empty: "No day in the time shown has a ratio.",
    }
}

/// Weeks and more in which the ratio is withheld, each with its reason; the first days are hatched already.
fn gaps(view: &View) -> Vec<Gap> {
    let mut gaps: Vec<(Gap, Withheld)> = Vec::new();
    let first = view.analysis.days.first().map(|day| plus(day.date, BURN_IN_DAYS));
    let is_late = |row: &&DayRow| first.is_some_and(|first| row.date >= first);
    let without = view.days().filter(is_late).filter(|row| row.load_ratios.coupled.is_none());
    for (row, why) in without.filter_map(|row| Some((row, row.withheld?))) {
        let end = plus(row.date, 1);
        match gaps.last_mut().filter(|(gap, reason)| gap.end == row.date && *reason == why) {
            Some((gap, _)) => gap.end = end,
            None => gaps.push((Gap { start: row.date, end, label: short(why).to_owned() }, why)),
        }
    }
    gaps.into_iter().map(|(gap, _)| gap).filter(|gap| days_between(gap.start, gap.end) >= GAP_DAYS).collect()
}

/// Why there is no ratio, as short as a gap of the chart is.
fn short(why: Withheld) -> &'static str {
    match why {
        Withheld::ShortHistory => "short history",
        Withheld::LayOff => "no run",
        Withheld::NoBase => "too small a base",
        Withheld::UnknownDays => "loads not known",
        Withheld::Imputed => "loads put in",
    }
}

fn finding(view: &View) -> String {
    if let Some(pause) = sentences::pause(view.analysis) {
        return format!("{}: there is no usual load to compare with.", text::capital(&pause));
    }
    let today = view.analysis.days.last();
    let Some((row, ratio)) = today.and_then(|row| Some((row, row.load_ratios.coupled?))) else {
        let why = today.and_then(|row| row.withheld).map_or("it needs 28 known days", Withheld::words);
        return format!("There is no ratio today: {why}.");
    };
    let mut finding =
        format!("The load of the last 7 days is {} times the mean of 28 days", text::number(ratio, 2));
    if let Some((low, high)) = row.acwr_range {
        let (low, high) = (text::number(low, 2), text::number(high, 2));
        write!(finding, ", and {low} to {high} with other lookbacks").expect(INFALLIBLE);
    }
    if let Some((low, high)) = usual::range(view.analysis, |row| row.load_ratios.coupled) {
        let (low, high) = (text::number(low, 2), text::number(high, 2));
        let span = usual::span(view.analysis);
        write!(finding, "; on eight of ten days of {span} it was between {low} and {high}")
            .expect(INFALLIBLE);
    }
    finding + "." + &ahead(view)
}

/// The highest ratio to come, in a sentence; empty where none is known.
fn ahead(view: &View) -> String {
    let ratios = view.analysis.projected.iter().filter_map(|row| Some((row.date, row.load_ratios.coupled?)));
    let highest = ratios.max_by(|a, b| a.1.total_cmp(&b.1));
    highest.map_or_else(String::new, |(day, ratio)| {
        format!(" Projected: at most {}, on {}.", text::number(ratio, 2), text::day_and_year(day))
    })
}

#[cfg(test)]
mod tests {
    use super::HONEST;
    use crate::report::charts::named;
    use crate::report::testing::{sample, tiny};

    #[test]
    fn the_ratio_never_stands_without_its_range_and_its_caveat() {
        let spec = &named(&sample(30), "load-change");
        assert!(spec.subtitle.ends_with(HONEST));
        assert!(spec.finding.contains("with other lookbacks; on eight of ten days"), "{}", spec.finding);
        assert!(spec.panels()[1].references[0].label.starts_with("your usual range"));
    }

    #[test]
    fn the_first_days_are_hatched_and_a_short_history_has_no_usual_range() {
        let spec = &named(&sample(6), "load-change");
        assert_eq!(spec.burn_in.as_ref().unwrap().last.to_string(), "2026-05-17");
        assert_eq!(spec.panels()[1].references.len(), 1);
        assert!(named(&tiny(), "load-change").finding.starts_with("There is no ratio"));
    }
}
