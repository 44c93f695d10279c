//! Massage windows: open and to come as cards, past ones as a table, what to do between them.

use super::cards::{kind, rule};
use super::table::{numbers, prose, sortable_table, words};
use super::{between, cards, sessions};
use crate::analysis::Analysis;
use crate::massage::window::{Status, Window, WindowKind};
use crate::model::{MassageHad, Tissue};
use crate::report::{sentences, text};
use maud::{Markup, html};

/// Past windows and massages before another fold.
const PAST_SHOWN: usize = 20;

/// Everything about windows.
pub fn section(analysis: &Analysis) -> Markup {
    let (past, ahead): (Vec<&Window>, Vec<&Window>) =
        analysis.windows.iter().partition(|window| window.status == Status::Past);
    html! {
        @if ahead.is_empty() {
            p { (sentences::window(analysis)) }
        } @else {
            @if let Some(opening) = sentences::opening(analysis) { p { (opening) } }
            @for (i, window) in ahead.iter().enumerate() { @if i == 0 { (cards::card(window)) } @else { (cards::row(window)) } }
            (grades())
        }
        (between::section(analysis))
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
    }
}

fn past_table(past: &[&Window]) -> Markup {
    let columns = [
        words("from"),
        words("to"),
        words("best"),
        prose("what"),
        numbers("need"),
        words("had"),
        prose("where"),
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
                html! {
                    (kind(window))
                    @if window.kind != WindowKind::Deep { ": " (window.depth.name()) }
                    ", " (sentences::minutes(window.minutes))
                },
                html! { (text::number(window.need, 2)) },
                html! { @if let Some(had) = window.had { (had) } },
                html! { (places(window)) },
                html! { @for reason in &window.reasons { div { (text::clean(&reason.text)) " " (rule(reason)) } } },
            ]
        })
        .collect();
    sortable_table("Past windows", &columns, rows, PAST_SHOWN)
}

/// The tissues of a window in short words.
fn places(window: &Window) -> String {
    window.tissues.iter().map(|one| one.tissue.short()).collect::<Vec<_>>().join(", ")
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
    sortable_table("Massages had", &columns, rows, PAST_SHOWN)
}

fn tissues(worked_on: &[Tissue]) -> String {
    worked_on.iter().map(|tissue| tissue.words()).collect::<Vec<_>>().join(", ")
}

fn grades() -> Markup {
    html! {
        p.note {
            "Each reason names its rule and how sure it is. Grade A: several trials. B: one trial or a large cohort. "
            "C: indirect. PC: convention of practitioners. H: a rule of thumb of this program."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::opening::Opening;
    use crate::massage::window::WorkOn;
    use crate::model::calendar::plus;
    use crate::report::testing::sample;

    #[test]
    fn past_windows_say_where_and_what_was_had() {
        let mut analysis = sample(30);
        let page = section(&analysis).into_string();
        assert!(!page.contains(">had</th>") && !page.contains(">where</th>"), "no column without a word");
        analysis.windows[1].tissues = vec![WorkOn::new(Tissue::CalfAchilles, None, "why".into())];
        analysis.windows[1].had = Some(analysis.windows[1].best);
        let page = section(&analysis).into_string();
        assert!(page.contains("<td class=\"w\">2025-12-29</td><td class=\"p\">calf</td>"), "{page}");
    }

    #[test]
    fn where_race_windows_alone_lie_ahead_the_first_regular_day_is_said() {
        let mut analysis = sample(30);
        assert!(!section(&analysis).into_string().contains("No regular massage window"));
        analysis.windows.retain(|window| window.status == Status::Past || window.is_of_race());
        analysis.opening =
            Some(Opening { from: Some(plus(analysis.as_of, 40)), because: "race in 17 days".into() });
        let page = section(&analysis).into_string();
        let said = "No regular massage window; from Tue 7 Jul 2026 on a session fits. Why: race in 17 days.";
        assert!(page.contains(said) && page.contains("optional, before"), "{page}");
    }
}
