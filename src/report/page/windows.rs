//! Massage windows: open and to come as cards, past ones as a table.

use super::{numbers, prose, sessions, table, words};
use crate::analysis::Analysis;
use crate::massage::window::{Avoid, Limit, Reason, Status, Window, WindowKind};
use crate::model::{Depth, MassageHad, Tissue};
use crate::report::{sentences, text};
use maud::{Markup, html};

/// Days to keep away from before the fold of a card.
const AVOID_SHOWN: usize = 3;

/// Everything about windows.
pub fn section(analysis: &Analysis) -> Markup {
    let (past, ahead): (Vec<&Window>, Vec<&Window>) =
        analysis.windows.iter().partition(|window| window.status == Status::Past);
    html! {
        @if ahead.is_empty() {
            p { (sentences::window(analysis)) }
        } @else {
            div.cards { @for window in &ahead { (card(window)) } }
        }
        @if !past.is_empty() {
            details {
                summary { (text::count(past.len(), "past window")) }
                (past_table(&past))
            }
        }
        @if !analysis.massages.is_empty() {
            details {
                summary { (text::count(analysis.massages.len(), "massage")) " had" }
                (had_table(&analysis.massages))
            }
        }
        (sessions::section(analysis))
        @if !analysis.windows.is_empty() { (grades()) }
    }
}

fn card(window: &Window) -> Markup {
    let is_open = window.status == Status::Open;
    let (near, later) = window.avoid.split_at(AVOID_SHOWN.min(window.avoid.len()));
    html! {
        article.card.open[is_open] {
            p.eyebrow {
                (if is_open { "Open now" } else { "Upcoming" }) ", " (kind(window))
            }
            h3 { (text::span(window.start, window.end)) }
            p.dose {
                (depth_bars(window.depth))
                strong { (text::capital(window.depth.name())) } ", " (sentences::minutes(window.minutes))
                br; "Best day: " time datetime=(window.best) { (text::day(window.best)) }
            }
            h4 { "Why" }
            ul { @for reason in &window.reasons { li { (text::clean(&reason.text)) " " (rule(reason)) } } }
            @if !window.limits.is_empty() {
                h4 { "Limits" }
                ul { @for limit in &window.limits { li { (limit_line(limit)) } } }
            }
            @if !window.avoid.is_empty() {
                h4 { "Keep away from" }
                (avoid_list(near))
                @if !later.is_empty() { details { summary { (later.len()) " more" } (avoid_list(later)) } }
            }
        }
    }
}

/// Three bars of rising height, filled up to the depth; the word stands beside them.
fn depth_bars(depth: Depth) -> Markup {
    html! {
        span.depth aria-hidden="true" {
            @for step in [Depth::Light, Depth::Moderate, Depth::Deep] { i.on[depth >= step] {} }
        }
    }
}

fn rule(reason: &Reason) -> Markup {
    html! { span.rule { (reason.rule) ", grade " (reason.grade.name()) } }
}

fn avoid_list(days: &[Avoid]) -> Markup {
    html! { ul { @for avoid in days { li { (text::day(avoid.date)) ": " (text::clean(&avoid.why)) } } } }
}

fn limit_line(limit: &Limit) -> Markup {
    html! { (text::day(limit.date)) ": " (text::clean(&limit.text)) " " span.rule { (limit.rule) } }
}

fn past_table(past: &[&Window]) -> Markup {
    let columns = [
        words("from"),
        words("to"),
        words("best"),
        words("kind"),
        words("depth"),
        numbers("minutes"),
        numbers("need"),
        prose("why"),
    ];
    let rows: Vec<Vec<Markup>> = past
        .iter()
        .rev()
        .map(|window| {
            vec![
                html! { time datetime=(window.start) { (window.start) } },
                html! { time datetime=(window.end) { (window.end) } },
                html! { (window.best) },
                kind(window),
                html! { (window.depth.name()) },
                html! { (window.minutes.0) "–" (window.minutes.1) },
                html! { (text::number(window.need, 2)) },
                html! { @for reason in &window.reasons { (text::clean(&reason.text)) " " (rule(reason)) " " } },
            ]
        })
        .collect();
    table("Past windows", &columns, &rows)
}

fn had_table(massages: &[MassageHad]) -> Markup {
    let columns = [
        words("date"),
        words("depth"),
        numbers("minutes"),
        prose("tissues"),
        numbers("hours sore afterwards"),
    ];
    let rows: Vec<Vec<Markup>> = massages
        .iter()
        .rev()
        .map(|had| {
            vec![
                html! { time datetime=(had.date) { (had.date) } },
                html! { (had.depth.name()) },
                html! { (text::number_or_dash(had.minutes, 0)) },
                html! { (tissues(&had.tissues)) },
                html! { (text::number_or_dash(had.soreness_h, 0)) },
            ]
        })
        .collect();
    table("Massages had", &columns, &rows)
}

fn tissues(worked_on: &[Tissue]) -> String {
    worked_on.iter().map(|tissue| tissue.words()).collect::<Vec<_>>().join(", ")
}

fn kind(window: &Window) -> Markup {
    let race = window.race.as_deref().map_or_else(|| "a race".to_owned(), text::clean);
    match window.kind {
        WindowKind::Maintenance => html! { "regular work" },
        WindowKind::Deep => html! { "deep work" },
        WindowKind::Targeted => html! { "targeted work" },
        WindowKind::PreRace => html! { "optional, before " bdi { (race) } },
        WindowKind::PostRace => html! { "optional, after " bdi { (race) } },
    }
}

fn grades() -> Markup {
    html! {
        p.note {
            "Each reason names its rule and how sure it is. Grade A: several trials. B: one trial or a large cohort. "
            "C: indirect. PC: convention of practitioners. H: a rule of thumb of this program."
        }
    }
}
