//! The numbers of a day.

use super::ask::day_column;
use super::context::{Context, window};
use super::tree::Explanation;
use super::{cross, ratios, recipes, run, signals, spread, tissue, work};
use crate::load::day::DayState;
use crate::model::text::clean;
use crate::table::{self, ColumnDoc};
use serde_json::Value;

/// What a day at a glance shows, beside its runs and signals.
const MAIN: [&str; 17] = [
    "load_au",
    "acute_au",
    "chronic_au",
    "acwr_coupled",
    "acwr_percentile",
    "distance_acwr_coupled",
    "ctl",
    "atl",
    "tsb",
    "monotony",
    "strain",
    "ramp_pct",
    "spike_ratio",
    "flags",
    "block",
    "ceiling",
    "need",
];

/// A day with its runs and main numbers, each a line.
pub(super) fn at_a_glance(context: &Context<'_>, t: usize) -> Explanation {
    let day = context.day(t);
    let mut told = state(context, t, Explanation::new("day", day.date.to_string(), day.state.name()));
    told.from.clear();
    let copies = context.all_runs_on(day.date).filter(|run| !run.counts());
    told = told.notes(copies.map(|copy| format!("{} is a copy and counts in nothing", run::name_of(copy))));
    let runs = context.runs_on(day.date).map(run::load_in_a_line);
    let main = MAIN.iter().map(|name| {
        let mut told = metric(context, t, name);
        // What limits and what asks for massage says more than what the columns are.
        let is_it = |reason: &&Explanation| *name == "need" || reason.value == told.value;
        let first = told.from.iter().find(is_it).and_then(|reason| reason.because.first());
        match (*name, first) {
            ("ceiling" | "need", Some(first)) => told.about.clone_from(first),
            ("flags", _) => "what stands out".clone_into(&mut told.about),
            _ => {}
        }
        told.line()
    });
    let readings = context.analysis.signals.iter().filter(|signal| signal.date == day.date);
    let readings = readings.map(|signal| signals::line(context, signal, &day.date.to_string()));
    let sessions = context.analysis.cross_on(day.date).map(cross::load_in_a_line);
    told.from(runs.collect::<Vec<_>>()).from(sessions).from(main).from(readings)
}

/// One number of a day.
pub(super) fn metric(context: &Context<'_>, t: usize, name: &str) -> Explanation {
    let row = table::day_values(context.analysis, context.day(t));
    let of_name = row.into_iter().find(|(doc, _)| doc.name == name);
    let (doc, value) = of_name.unwrap_or_else(|| (column_of_nothing(), Value::Null));
    let told = Explanation::of_column(&doc, context.day(t).date.to_string(), value);
    let told = if doc.name == "need" { told.by(&recipes::NEED) } else { told.by(recipes::of_day(doc.name)) };
    let told = match doc.name {
        "state" => state(context, t, told),
        "load_au" => load(context, t, told),
        "cross_load_au" => of_other_sport(context, t, told),
        "n_runs" | "distance_m" | "timer_s" | "ascent_m" | "descent_m" | "longest_run_m" | "low_s"
        | "moderate_s" | "high_s" | "n_quality" => sum(context, t, doc.name, told),
        "acute_au" | "chronic_au" | "imputed_share" | "acute_rescaled" | "acwr_withheld" => {
            ratios::base(context, t, doc.name, told)
        }
        "acwr_coupled" | "acwr_uncoupled" | "acwr_ewma" | "acwr_percentile" | "acwr_low" | "acwr_high" => {
            ratios::on_load(context, t, doc.name, told)
        }
        "distance_acwr_coupled" | "distance_acwr_uncoupled" | "distance_acwr_ewma" => {
            ratios::on_distance(context, t, doc.name, told)
        }
        "flags" | "block" | "ceiling" | "need" => work::of(context, t, doc.name, told),
        name if let Some(of) = tissue::of_column(name, "z_") => tissue::reading(context, t, of, told),
        _ => spread::of(context, t, doc.name, told),
    };
    told.or_because(&doc)
}

/// Stands in for a name that no column has, which [`super::ask::check`] lets nobody ask for.
fn column_of_nothing() -> ColumnDoc {
    day_column("state").unwrap_or_else(|| table::day_columns().remove(0))
}

fn state(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let day = context.day(t);
    let told = told.with("n_runs", day.n_runs, "").notes(match day.state {
        DayState::Rest if day.load_au.is_some_and(|load| load > 0.0) => {
            Some("no run: the load is that of other sport".to_owned())
        }
        DayState::Rest => Some("no run: the load is 0, and that is known".to_owned()),
        DayState::Unknown if day.is_lost() => {
            Some(format!("{}: the day is not taken for rest", lost(context, t)))
        }
        DayState::Unknown => Some("a run without a load: the day is not taken for rest".to_owned()),
        DayState::Observed | DayState::Projected => None,
    });
    let sessions = context.analysis.cross_on(day.date).map(cross::load_in_short);
    told.from(context.runs_on(day.date).map(run::load_in_short)).from(sessions)
}

fn load(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let day = context.day(t);
    let without = context.runs_on(day.date).filter(|run| run.load_au.is_none());
    let told =
        told.notes(without.map(|run| format!("unknown: nothing gives a load of {}", run::name_of(run))));
    let is_nothing = day.n_runs == 0 && day.load_au.is_some_and(|load| load <= 0.0);
    let told = told.notes(if day.n_runs == 0 && day.is_lost() {
        Some(lost(context, t))
    } else {
        is_nothing.then(|| "a rest day: 0 is known, not missing".to_owned())
    });
    let told = told.from(context.runs_on(day.date).map(|one| run::metric(context, one, "load_au")));
    sessions(context, t, told)
}

/// The part of the load that is not of runs.
fn of_other_sport(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let is_asked = context.analysis.cross_training().is_some();
    let how = "other sport counts as load with cross_training = \"load\" in the config";
    sessions(context, t, told.notes((!is_asked).then(|| how.to_owned())))
}

/// The sessions of other endurance sport of a day, as far as such sport counts.
fn sessions(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    told.from(context.analysis.cross_on(context.day(t).date).map(|one| cross::load(context, one)))
}

/// Why nothing is known of a day, in words.
fn lost(context: &Context<'_>, t: usize) -> String {
    let why = context.analysis.lost.why(context.day(t).date).map_or_else(String::new, clean);
    format!("unknown whether there was a run ({why})")
}

/// A sum, count or maximum over the runs of a day: the runs' own numbers.
fn sum(context: &Context<'_>, t: usize, name: &'static str, told: Explanation) -> Explanation {
    let of_run = match name {
        "longest_run_m" => "distance_m",
        "n_runs" => "timer_s",
        "n_quality" => "quality",
        same => same,
    };
    let day = context.day(t);
    let told = told.notes(match day.n_runs {
        0 if day.is_lost() => Some(lost(context, t)),
        0 => Some("a rest day".to_owned()),
        _ => None,
    });
    told.from(context.runs_on(day.date).map(|one| run::metric(context, one, of_run)))
}

/// The days from the first to day `t`, in words: which day of the history this is.
pub(super) fn place_in_history(context: &Context<'_>, t: usize, needed: usize) -> String {
    let from = context.series.calendar.get(needed - 1).map_or_else(
        || format!("needs {needed} days of history"),
        |day| format!("known from {day} on, which is day {needed} of the history"),
    );
    format!("{from}; this is day {}", window(t, t + 1).count())
}
