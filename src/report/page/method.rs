//! How the numbers were made: thresholds, what loads rest on, what is missing, what was set.

use super::table::{numbers, prose, table, words};
use super::{races, settings};
use crate::analysis::Analysis;
use crate::load::day::DayState;
use crate::model::units::duration;
use crate::report::charts::HONEST;
use crate::report::text;
use crate::score::run::{LoadBasis, Run};
use crate::score::thresholds::{Sex, Standing, Timeline};
use crate::score::vdot::Equivalents;
use maud::{Markup, html};

/// Everything a reader needs to judge the numbers.
pub fn section(analysis: &Analysis) -> Markup {
    html! {
        h3 { "Thresholds" }
        (thresholds(analysis))
        h3 { "Races" }
        (races::section(analysis))
        h3 { "What the load rests on" }
        (bases(analysis))
        h3 { "What is known and what is not" }
        (coverage(analysis))
        (settings::section(analysis))
    }
}

fn thresholds(analysis: &Analysis) -> Markup {
    let thresholds = &analysis.thresholds;
    let bpm = |value: f64| format!("{} bpm", text::number(value, 0));
    let number = |value: f64| text::number(value, 1);
    let pace = |speed: f64| analysis.units.pace(speed);
    let row = |name: &str, line: &Timeline, show: &dyn Fn(f64) -> String| {
        let standing = line.on(analysis.as_of);
        vec![
            html! { (name) },
            html! { (standing.map_or_else(|| "not known".to_owned(), |s| show(s.estimate.value))) },
            html! { (standing.map_or_else(String::new, |s| origin(&s))) },
            html! { (standing.map_or("", |s| s.estimate.origin.confidence().name())) },
            html! { (earlier(line, show)) },
        ]
    };
    let sex = match thresholds.sex {
        Some(Sex::Female) => "women's constants weigh heart rate, from your config",
        Some(Sex::Male) => "men's constants weigh heart rate, from your config",
        None => "sex is not given: men's constants weigh heart rate",
    };
    let rows = [
        row("highest heart rate", &thresholds.hr_max_bpm, &bpm),
        row("heart rate at rest", &thresholds.hr_rest_bpm, &bpm),
        row("heart rate at threshold", &thresholds.lthr_bpm, &bpm),
        row("pace at threshold", &thresholds.threshold_speed_mps, &pace),
        row("critical speed, as pace", &thresholds.critical_speed_mps, &pace),
        row("VDOT", &thresholds.vdot, &number),
    ];
    let columns =
        [words("what"), numbers("value"), prose("where from"), words("confidence"), prose("before that")];
    html! {
        (table("Thresholds", &columns, &rows))
        p.note { (text::capital(sex)) ". Each run is scored with what held on its day; runs before the first value are scored with that one." }
        @if let Some(vdot) = thresholds.vdot.on(analysis.as_of) {
            p.note { (equivalents(vdot.estimate.value)) }
        }
    }
}

/// Where a value comes from and since when, in words.
fn origin(standing: &Standing<'_>) -> String {
    let estimate = standing.estimate;
    let shown = estimate.shown.map_or_else(String::new, |day| format!(" on {day}"));
    let stale = if standing.is_stale { "; stale, a new test would help" } else { "" };
    format!("{}{shown}{stale}", estimate.origin.words())
}

/// The values that held before, as far as they are few.
fn earlier(line: &Timeline, show: &dyn Fn(f64) -> String) -> String {
    /// More would be a table of their own.
    const SHOWN: usize = 4;
    let Some((_, before)) = line.estimates().split_last() else { return String::new() };
    let last = &before[before.len().saturating_sub(SHOWN)..];
    let said: Vec<String> = last
        .iter()
        .map(|one| {
            let since = one.since.map_or_else(String::new, |day| format!(" from {day}"));
            format!("{}{since}", show(one.value))
        })
        .collect();
    let more = before.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!("; {more} more in analysis.json") } else { String::new() };
    said.join(", ") + &rest
}

/// What a VDOT is worth over four distances.
fn equivalents(vdot: f64) -> String {
    let found = Equivalents::new(vdot);
    let times = [
        ("5 km", found.five_km_s),
        ("10 km", found.ten_km_s),
        ("half marathon", found.half_s),
        ("marathon", found.marathon_s),
    ];
    let said: Vec<String> =
        times.iter().filter_map(|(name, s)| Some(format!("{name} {}", duration((*s)?)))).collect();
    format!(
        "By the formula of Daniels and Gilbert this VDOT is worth {}; the further from the race it comes from, the less sure.",
        said.join(", ")
    )
}

fn bases(analysis: &Analysis) -> Markup {
    let counted: Vec<&Run> = analysis.runs.iter().filter(|run| run.counts()).collect();
    let total: f64 = counted.iter().filter_map(|run| run.load_au).sum();
    let kinds = LoadBasis::LADDER.map(|basis| (Some(basis), basis.words()));
    let rows: Vec<Vec<Markup>> = kinds
        .into_iter()
        .chain([(Some(LoadBasis::LeftOut), LoadBasis::LeftOut.words())])
        .chain([(None, "no load could be computed")])
        .filter(|(basis, _)| counted.iter().any(|run| run.load_basis == *basis))
        .map(|(basis, name)| {
            let of_kind: Vec<&&Run> = counted.iter().filter(|run| run.load_basis == basis).collect();
            let load: f64 = of_kind.iter().filter_map(|run| run.load_au).sum();
            let share = if total > 0.0 { text::share(load / total) } else { "–".to_owned() };
            vec![html! { (name) }, html! { (of_kind.len()) }, html! { (share) }]
        })
        .collect();
    html! {
        (table("Basis of the load", &[words("basis"), numbers("runs"), numbers("share of load")], &rows))
        p.note { "100 is an hour at threshold. " (HONEST) }
    }
}

fn coverage(analysis: &Analysis) -> Markup {
    let counted: Vec<&Run> = analysis.runs.iter().filter(|run| run.counts()).collect();
    let timer: f64 = counted.iter().map(|run| run.timer_s).sum();
    let covered: f64 = counted.iter().map(|run| run.timer_s * run.hr_coverage).sum();
    let n_without = counted.iter().filter(|run| run.distance_m.is_none()).count();
    let n_state = |state| analysis.days.iter().filter(|row| row.state == state).count();
    let n_lost = analysis.days.iter().filter(|row| row.is_lost()).count();
    let imputed = analysis.days.last().and_then(|row| row.imputed_share);
    html! {
        ul {
            li { (text::count(n_state(DayState::Observed), "day")) " with runs, " (n_state(DayState::Rest))
                 " without, " (n_state(DayState::Unknown) - n_lost) " with a run whose load is not known"
                 @if n_lost > 0 { ", " (n_lost) " of which the files do not tell" } "." }
            @if timer > 0.0 { li { "Usable heart rate covers " (text::share(covered / timer)) " of the running time." } }
            @if n_without > 0 { li { (text::count(n_without, "run")) " without a distance: the volume of these weeks is too low." } }
            @if let Some(share) = imputed {
                li { (text::share(share)) " of the load of the last 28 days was put in, not measured." }
            }
            li { "A day without a file counts as rest. If files are missing, the load looks lower before and higher after: \
                  name such days in " code { "unknown.csv" } " beside the runs, and they count as unknown." }
        }
    }
}
