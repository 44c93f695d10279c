//! Every run against the longest of the 30 days before it (science 4.1).

use super::View;
use crate::load::day::{DayRow, LoadFlag};
use crate::model::calendar::{minus, plus};
use crate::report::chart::{Axis, ChartSpec, LinePath, Marks, Panel, Point, Series, Stroke, Symbol};
use crate::report::text;
use crate::report::theme::Ink;
use crate::score::run::{Run, SpikeClass};

/// Up to this multiple of the longest run a run counts as usual.
const USUAL_RATIO: f64 = 1.10;

/// Runs as dots, the longest of the 30 days before as a stepped line, and the line 10 % above it.
pub fn chart(view: &View) -> ChartSpec {
    let unit = view.analysis.units.long_name();
    let runs: Vec<&Run> =
        view.analysis.runs.iter().filter(|run| run.counts() && view.time.holds(run.date)).collect();
    let points = |is_over: bool| {
        let of_kind = runs.iter().filter(|run| over(run).is_some() == is_over);
        Marks::Points(of_kind.filter_map(|run| point(view, run)).collect())
    };
    let line = |factor: f64| {
        let mut points = view.daily(|row| row.longest_30d_m.map(|metres| view.long(metres) * factor));
        // Where the line stands for the next run, which the runs of today already count in.
        points.push((
            plus(view.analysis.as_of, 1),
            longest_lately(view).map(|metres| view.long(metres) * factor),
        ));
        points
    };
    let stepped = |factor, stroke| Marks::Line { points: line(factor), path: LinePath::Stepped, stroke };
    let ahead = view.analysis.projected.iter().filter(|row| row.longest_m > 0.0 && view.time.holds(row.date));
    let crosses: Vec<Point> = ahead
        .map(|row| Point {
            date: row.date,
            value: view.long(row.longest_m),
            symbol: Symbol::Cross,
            label: None,
        })
        .collect();
    let has_ahead = !crosses.is_empty();
    let panel = Panel {
        label: view.of_sport(&format!("{unit} in one run")),
        axis: Axis::Number,
        weight: 1.0,
        is_from_zero: true,
        decimals: 1,
        references: vec![],
        series: vec![
            Series {
                label: "longest of the 30 days before".into(),
                ink: Ink::Slate,
                marks: stepped(1.0, Stroke::Solid),
            },
            Series {
                label: "10 % above it".into(),
                ink: Ink::Earth,
                marks: stepped(USUAL_RATIO, Stroke::Dashed),
            },
            Series { label: "run".into(), ink: Ink::BlueSoft, marks: points(false) },
            Series { label: "run above the line".into(), ink: Ink::BlueDeep, marks: points(true) },
            Series { label: "projected".into(), ink: Ink::Slate, marks: Marks::Points(crosses) },
        ],
        if_empty: "No run with a distance yet.",
    };
    ChartSpec {
        subtitle: view.of_distance()
            + "Each run against the longest of the 30 days before it. Above the dashed line: \
                   a triangle up to 30 % longer, a diamond up to twice as long, a square beyond; \
                   a ring is a run with none in the 30 days before."
            + if has_ahead { " A cross is projected from races, plan and habit." } else { "" },
        finding: finding(view, &runs) + &finding_ahead(view),
        ..view.spec("longest-run", "Longest run", vec![panel])
    }
}

/// The ratio of a run that is longer than usual.
fn over(run: &Run) -> Option<f64> {
    let class = run.spike_class?;
    matches!(class, SpikeClass::Small | SpikeClass::Moderate | SpikeClass::Large).then_some(run.spike_ratio?)
}

fn point(view: &View, run: &Run) -> Option<Point> {
    let symbol = match run.spike_class {
        Some(SpikeClass::Reference) | None => Symbol::Dot,
        Some(SpikeClass::NoReference) => Symbol::Ring,
        Some(SpikeClass::Small) => Symbol::Triangle,
        Some(SpikeClass::Moderate) => Symbol::Diamond,
        Some(SpikeClass::Large) => Symbol::Square,
    };
    let label = over(run).map(|ratio| text::change((ratio - 1.0) * 100.0));
    Some(Point { date: run.date, value: view.long(run.distance_m?), symbol, label })
}

/// The longest run of the last 30 days in m.
fn longest_lately(view: &View) -> Option<f64> {
    let from = minus(view.analysis.as_of, 29);
    let lately = view.analysis.runs.iter().filter(|run| run.counts() && run.date >= from);
    lately.filter_map(|run| run.distance_m).max_by(f64::total_cmp).filter(|metres| *metres > 0.0)
}

fn finding(view: &View, runs: &[&Run]) -> String {
    let analysis = view.analysis;
    let Some(longest) = longest_lately(view) else {
        return "No run with a distance in the last 30 days to compare the next one with.".to_owned();
    };
    let n_over = runs.iter().filter(|run| over(run).is_some()).count();
    format!(
        "The longest run of the last 30 days was {}; the next one stays within 10 % of it up to {}{}. {} above the line in the time shown.",
        analysis.units.distance(longest),
        analysis.units.distance(longest * USUAL_RATIO),
        without_jump(view),
        text::capital(&if n_over == 0 {
            "no run was".to_owned()
        } else {
            format!("{} went", text::count(n_over, "run"))
        }),
    )
}

/// Where the longest run is itself a jump: how far the next goes if that one is left out, as the advice between sessions
/// has it; empty where it is none.
fn without_jump(view: &View) -> String {
    let units = view.analysis.units;
    let week = view.analysis.days.iter().rev().take(7);
    let mut jumps = week.filter(|row| row.flags.contains(&LoadFlag::SpikeSession));
    // A race is longer on purpose.
    let is_race = |row: &&DayRow| view.analysis.races.iter().any(|race| race.date == row.date);
    let jump = jumps.next().filter(|row| !is_race(row));
    let before = jump.and_then(|row| Some((row, row.longest_30d_m?)));
    before.map_or_else(String::new, |(row, metres)| {
        let most = units.distance(metres * USUAL_RATIO);
        format!(", or {most} if the jump of {} is not built on", text::day(row.date))
    })
}

/// The first run to come that is longer than usual, in a sentence; empty where none is expected.
fn finding_ahead(view: &View) -> String {
    let over = |row: &&DayRow| row.spike_ratio.is_some_and(|ratio| ratio > USUAL_RATIO);
    view.analysis.projected.iter().find(over).map_or_else(String::new, |row| {
        let change = text::change((row.spike_ratio.unwrap_or(1.0) - 1.0) * 100.0);
        let distance = view.analysis.units.distance(row.longest_m);
        format!(" Projected for {}: {distance}, {change}.", text::day_and_year(row.date))
    })
}

#[cfg(test)]
mod tests {
    use crate::report::chart::{Marks, Symbol};
    use crate::report::charts::named;
    use crate::report::testing::{sample, tiny};

    #[test]
    fn runs_above_the_line_carry_shape_and_percent() {
        let spec = named(&sample(30), "longest-run");
        let Marks::Points(over) = &spec.panels()[0].series[3].marks else { panic!("points") };
        assert!(!over.is_empty());
        for point in over {
            assert!(
                point.symbol != Symbol::Dot && point.label.as_ref().unwrap().starts_with('+'),
                "{point:?}"
            );
        }
    }

    #[test]
    fn a_single_run_says_how_far_the_next_may_go() {
        let spec = &named(&tiny(), "longest-run");
        assert!(
            spec.finding.contains("was 5.0 km; the next one stays within 10 % of it up to 5.5 km"),
            "{}",
            spec.finding
        );
    }
}
