//! The numbers of a day that is still to come: what is expected, and who says so.

use super::context::Context;
use super::tree::Explanation;
use super::{recipes, work};
use crate::load::day::DayRow;
use crate::model::units::duration;
use crate::projection::{Basis, ExpectedDay};
use crate::table;
use serde_json::Value;

/// What a day at a glance shows.
const MAIN: [&str; 12] = [
    "load_au",
    "acute_au",
    "chronic_au",
    "acwr_coupled",
    "ctl",
    "atl",
    "tsb",
    "monotony",
    "ramp_pct",
    "spike_ratio",
    "ceiling",
    "need",
];
/// Sums of the day itself; all else looks back over days before it.
const OF_DAY: [&str; 6] = ["n_runs", "distance_m", "timer_s", "longest_run_m", "n_quality", "load_au"];

/// The day with its main numbers, each a line.
pub(super) fn at_a_glance(context: &Context<'_>, row: &DayRow) -> Explanation {
    let told = Explanation::new("day", row.date.to_string(), row.state.name());
    let told = told.notes(basis(context, row));
    told.from(MAIN.iter().map(|name| metric(context, row, name).line()))
}

/// One number of the day. It is not taken apart: what it rests on is expected, and is said.
pub(super) fn metric(context: &Context<'_>, row: &DayRow, name: &str) -> Explanation {
    let values = table::day_values(context.analysis, row);
    let Some((doc, value)) = values.into_iter().find(|(doc, _)| doc.name == name) else {
        return Explanation::new(name, row.date.to_string(), Value::Null);
    };
    let told = Explanation::of_column(&doc, row.date.to_string(), value);
    let told = if name == "need" { told.by(&recipes::NEED) } else { told.by(recipes::of_day(name)) };
    let why_not = told.value.is_null().then(|| format!("not known: {}", doc.null));
    let told = told.notes(why_not).notes(basis(context, row));
    match name {
        "ceiling" | "need" => work::work(context, row.date, name == "need", told),
        name if name == "state" || name == "block" || OF_DAY.contains(&name) => told,
        _ => {
            let as_of = context.analysis.as_of;
            told.note(format!("it looks back over what was run to {as_of} and what is expected since"))
        }
    }
}

/// What is expected of the day, and who says so.
fn basis(context: &Context<'_>, row: &DayRow) -> Vec<String> {
    let Some(day) = context.analysis.expected_on(row.date) else { return Vec::new() };
    let by = format!("projected by {}: {}", day.basis.name(), day.basis.words());
    std::iter::once(by).chain(content(context, day)).collect()
}

fn content(context: &Context<'_>, day: &ExpectedDay) -> Vec<String> {
    let units = context.analysis.units;
    let mut said = Vec::new();
    said.extend(day.race.as_ref().map(|race| format!("race: {}", race.name)));
    if day.n_runs == 0 {
        said.extend((day.basis != Basis::Unknown).then(|| "expected: rest".to_owned()));
    } else {
        let size = [day.distance_m.map(|metres| units.distance(metres)), day.timer_s.map(duration)];
        let size: Vec<String> = size.into_iter().flatten().collect();
        let size = if size.is_empty() { "of unknown length".to_owned() } else { size.join(" in ") };
        let n = if day.n_runs == 1 { "a run".to_owned() } else { format!("{} runs", day.n_runs) };
        said.push(format!("expected: {n}, {size}"));
    }
    said.extend(day.quality.as_ref().map(|key| match key.start_min {
        Some(start) => format!("{} at {}:{:02}", key.words, start / 60, start % 60),
        None => key.words.clone(),
    }));
    said.extend(day.long_m.map(|_| "long run".to_owned()));
    said
}
