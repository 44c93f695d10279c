//! How the numbers were made: thresholds, what loads rest on, what is missing, what went wrong.

use super::{numbers, prose, table, words};
use crate::analysis::Analysis;
use crate::load::day::DayState;
use crate::report::charts::HONEST;
use crate::report::text;
use crate::score::run::{LoadBasis, Run};
use crate::score::thresholds::{Sex, Sourced};
use maud::{Markup, html};

/// Everything a reader needs to judge the numbers.
pub fn section(analysis: &Analysis) -> Markup {
    html! {
        h3 { "Thresholds" }
        (thresholds(analysis))
        h3 { "What the load rests on" }
        (bases(analysis))
        h3 { "What is known and what is not" }
        (coverage(analysis))
        h3 { "Notices" }
        (notices(analysis))
    }
}

fn thresholds(analysis: &Analysis) -> Markup {
    let thresholds = &analysis.thresholds;
    let bpm = |value: f64| format!("{} bpm", text::number(value, 0));
    let row = |name: &str, sourced: Option<Sourced>, show: &dyn Fn(f64) -> String| {
        vec![
            html! { (name) },
            html! { (sourced.map_or_else(|| "not known".to_owned(), |s| show(s.value))) },
            html! { (sourced.map_or("", |s| s.origin.words())) },
        ]
    };
    let sex = match thresholds.sex {
        Some(Sex::Female) => "women's constants weigh heart rate, from your config",
        Some(Sex::Male) => "men's constants weigh heart rate, from your config",
        None => "sex is not given: men's constants weigh heart rate",
    };
    let rows = [
        row("highest heart rate", thresholds.hr_max_bpm, &bpm),
        row("heart rate at rest", Some(thresholds.hr_rest_bpm), &bpm),
        row("heart rate at threshold", thresholds.lthr_bpm, &bpm),
        row("pace at threshold", thresholds.threshold_speed_mps, &|speed| analysis.units.pace(speed)),
    ];
    html! {
        (table("Thresholds", &[words("what"), numbers("value"), prose("where from")], &rows))
        p.note { (text::capital(sex)) "." }
    }
}

fn bases(analysis: &Analysis) -> Markup {
    let counted: Vec<&Run> = analysis.runs.iter().filter(|run| run.counts()).collect();
    let total: f64 = counted.iter().filter_map(|run| run.load_au).sum();
    let kinds = [
        (Some(LoadBasis::Hr), "heart rate, second by second"),
        (Some(LoadBasis::Pace), "pace, corrected for grade"),
        (Some(LoadBasis::Duration), "duration alone: put in, not measured"),
        (None, "no load could be computed"),
    ];
    let rows: Vec<Vec<Markup>> = kinds
        .into_iter()
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
    let imputed = analysis.days.last().and_then(|row| row.imputed_share);
    html! {
        ul {
            li { (text::count(analysis.n_files, "file")) " read: " (text::count(counted.len(), "run"))
                 " counted, " (analysis.runs.len() - counted.len()) " left out as copies." }
            li { (text::count(n_state(DayState::Observed), "day")) " with runs, " (n_state(DayState::Rest))
                 " without, " (n_state(DayState::Unknown)) " with a run whose load is not known." }
            @if timer > 0.0 { li { "Usable heart rate covers " (text::share(covered / timer)) " of the running time." } }
            @if n_without > 0 { li { (text::count(n_without, "run")) " without a distance: the volume of these weeks is too low." } }
            @if let Some(share) = imputed {
                li { (text::share(share)) " of the load of the last 28 days was put in from duration." }
            }
            li { "A day without a file counts as rest. If files are missing, the load looks lower before and higher after." }
        }
    }
}

fn notices(analysis: &Analysis) -> Markup {
    if analysis.notices.is_empty() {
        return html! { p { "None." } };
    }
    html! {
        details {
            summary { (text::count(analysis.notices.len(), "notice")) }
            ul { @for notice in &analysis.notices {
                li { bdi { (text::clean(&notice.source)) } ": " (text::clean(&notice.text)) }
            } }
        }
    }
}
