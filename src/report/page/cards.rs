//! A window that is open or to come: the next one in full, later ones as a line with a fold.

use crate::massage::window::{Avoid, Limit, Reason, Status, Window, WindowKind, WorkOn};
use crate::model::Depth;
use crate::report::{sentences, text};
use crate::tissue::relative::TissueFlag;
use maud::{Markup, html};

/// Days to keep away from before the fold of a card.
const AVOID_SHOWN: usize = 3;
/// The rule that says how to go about a session in which no tissue stands out.
const FOCUS: &str = "R17";

/// The next window in full: when and how deep at the left, why in the middle, what closes it at the right.
pub(super) fn card(window: &Window) -> Markup {
    html! {
        article.card.next.open[window.status == Status::Open] {
            div {
                p.eyebrow { (status(window)) ", " (kind(window)) }
                h3 { (text::span(window.start, window.end)) }
                (dose(window))
                (places(window))
            }
            div { (why(window)) }
            div { (closes(window)) (notes(window)) }
        }
    }
}

/// A later window: one line and its first reason, the rest behind a fold.
pub(super) fn row(window: &Window) -> Markup {
    html! {
        article.card.later {
            div.head {
                h3 { (text::span(window.start, window.end)) }
                (dose(window))
                p.eyebrow { (kind(window)) }
            }
            @if let Some(first) = window.reasons.first() { p { (text::capital(&text::clean(&first.text))) " " (rule(first)) } }
            details {
                summary { (more(window)) }
                div.columns {
                    div { @if window.reasons.len() > 1 { (why(window)) } (places(window)) }
                    div { (closes(window)) (notes(window)) }
                }
            }
        }
    }
}

/// What the fold of a later window holds.
fn more(window: &Window) -> String {
    let parts = [
        (window.reasons.len() > 1).then_some("all reasons"),
        (!window.is_of_race()).then_some("where"),
        (!window.limits.is_empty()).then_some("limits"),
        (!window.avoid.is_empty()).then_some("days to keep away from"),
        (!window.notes.is_empty()).then_some("notes"),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    let said = match parts.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => "more".to_owned(),
    };
    text::capital(&said)
}

fn status(window: &Window) -> &'static str {
    if window.status == Status::Open { "Open now" } else { "Upcoming" }
}

/// How deep, how long, and on which day best.
fn dose(window: &Window) -> Markup {
    html! {
        p.dose {
            (depth_bars(window.depth))
            strong { (text::capital(window.depth.name())) } ", " (sentences::minutes(window.minutes))
            @if window.start != window.end { span.best { "best on " time datetime=(window.best) { (text::day(window.best)) } } }
        }
    }
}

fn why(window: &Window) -> Markup {
    html! {
        h4 { "Why" }
        ul { @for reason in &window.reasons { li { (text::capital(&text::clean(&reason.text))) " " (rule(reason)) } } }
    }
}

fn closes(window: &Window) -> Markup {
    let (near, later) = window.avoid.split_at(AVOID_SHOWN.min(window.avoid.len()));
    html! {
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

fn notes(window: &Window) -> Markup {
    let notes: Vec<&Reason> = window.notes.iter().filter(|note| note.rule != FOCUS).collect();
    html! {
        @if !notes.is_empty() {
            details {
                summary { "What to mind: " (text::count(notes.len(), "note")) }
                ul { @for note in notes { li { (text::capital(&text::clean(&note.text))) " " (rule(note)) } } }
            }
        }
    }
}

/// Where to work; windows around a race have no tissues and say nothing of them.
fn places(window: &Window) -> Markup {
    let instead = window.notes.iter().find(|note| note.rule == FOCUS);
    html! {
        @if !window.tissues.is_empty() {
            h4 { "Where" }
            ul { @for one in &window.tissues { li { (place(one)) } } }
        } @else if let Some(note) = instead {
            h4 { "Where" }
            p.where { (text::capital(&text::clean(&note.text))) " " (rule(note)) }
        } @else if !window.is_of_race() {
            h4 { "Where" }
            p.where { "No tissue stands out." }
        }
    }
}

/// `Calf and Achilles tendon` and why, with numbers and how far it stands out.
fn place(one: &WorkOn) -> Markup {
    let (name, why) = (one.tissue.words(), text::clean(&one.why));
    html! {
        strong { (text::capital(name)) } ": " (why.strip_prefix(name).map_or(why.as_str(), str::trim_start))
        @if let Some(flag) = one.flag { " " span.rule { (flag_words(flag, one.ratio)) } }
    }
}

/// The flag as people say it, with the week as a multiple of the usual one.
fn flag_words(flag: TissueFlag, ratio: Option<f64>) -> String {
    let word = flag.words();
    ratio.map_or_else(|| word.to_owned(), |ratio| format!("{word}, {} × usual", text::number(ratio, 1)))
}

/// Three bars of rising height, filled up to the depth; the word stands beside them.
pub(super) fn depth_bars(depth: Depth) -> Markup {
    html! {
        span.depth aria-hidden="true" {
            @for step in [Depth::Light, Depth::Moderate, Depth::Deep] { i.on[depth >= step] {} }
        }
    }
}

/// The rule of a reason and how sure it is.
pub(super) fn rule(reason: &Reason) -> Markup {
    html! { span.rule { (reason.rule) ", grade " (reason.grade.name()) } }
}

fn avoid_list(days: &[Avoid]) -> Markup {
    html! { ul { @for avoid in days { li { (text::day(avoid.date)) ": " (text::clean(&avoid.why)) } } } }
}

fn limit_line(limit: &Limit) -> Markup {
    html! { (text::day(limit.date)) ": " (text::clean(&limit.text)) " " span.rule { (limit.rule) } }
}

/// What a window is for, in words.
pub(super) fn kind(window: &Window) -> Markup {
    let race = window.race.as_deref().map_or_else(|| "a race".to_owned(), text::clean);
    match window.kind {
        WindowKind::Maintenance => html! { "regular work" },
        WindowKind::Deep => html! { "deep work" },
        WindowKind::Targeted => html! { "targeted work" },
        WindowKind::PreRace => html! { "optional, before " bdi { (race) } },
        WindowKind::PostRace => html! { "optional, after " bdi { (race) } },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::window::Grade;
    use crate::model::Tissue;
    use crate::report::testing::sample;

    fn note(rule: &'static str, text: &str) -> Reason {
        Reason { rule, text: text.into(), value: None, grade: Grade::Convention, adds: 0.0 }
    }

    #[test]
    fn a_card_says_where_with_numbers_and_folds_its_notes() {
        let mut window = sample(6).windows[7].clone();
        let calf = WorkOn::new(Tissue::CalfAchilles, None, "74.0 km in 7 days, <usually> 59.0".into());
        window.tissues = vec![
            WorkOn { flag: Some(TissueFlag::High), z: Some(2.1), ratio: Some(1.28), ..calf },
            WorkOn::new(Tissue::TibiaShin, None, "shin noted on 3 of 14 days".into()),
        ];
        window.notes = vec![note("R20", "calf: gastrocnemius and soleus")];
        let page = card(&window).into_string();
        for words in [
            "<strong>Calf and Achilles tendon</strong>: 74.0 km in 7 days, &lt;usually&gt; 59.0 <span class=\"rule\">high, 1.3 × usual<",
            "<strong>Shin</strong>: noted on 3 of 14 days</li>",
            "<summary>What to mind: 1 note</summary>",
            "Calf: gastrocnemius and soleus <span class=\"rule\">R20, grade PC</span>",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let at = |words: &str| page.find(words).unwrap();
        assert!(at("Where") < at("Why") && at("Why") < at("Limits") && at("Limits") < at("What to mind"));
    }

    #[test]
    fn where_nothing_stands_out_that_is_said_once() {
        let windows = sample(6).windows;
        let mut regular = windows[7].clone();
        assert!(card(&regular).into_string().contains("No tissue stands out."));
        regular.notes = vec![note(FOCUS, "no tissue stands out: choose by assessment")];
        let page = card(&regular).into_string();
        assert_eq!(page.matches("o tissue stands out").count(), 1, "{page}");
        assert!(!page.contains("<details>"), "{page}");
        assert!(
            !card(&windows[9]).into_string().contains("Where"),
            "a window before a race looks at no tissue"
        );
    }
}
