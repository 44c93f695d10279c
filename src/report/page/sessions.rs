//! Each massage looked back on: where it lay in the plan, and what was read before and after.

use crate::analysis::Analysis;
use crate::model::units::Units;
use crate::report::reading::Form;
use crate::report::text;
use crate::retrospect::{Retrospect, SignChange, SignKind};
use maud::{Markup, html};

/// Sessions before the fold.
const SHOWN: usize = 2;

/// The looks back, latest first; nothing where no massage is noted.
pub fn section(analysis: &Analysis) -> Markup {
    let latest: Vec<&Retrospect> = analysis.retrospects.iter().rev().collect();
    let (shown, folded) = latest.split_at(SHOWN.min(latest.len()));
    html! {
        @if !latest.is_empty() {
            h3 { "After each massage" }
            p.note {
                "Days 3 to 10 after a massage are held against the 14 days before it, in the signs that stood out before it and at the \
                 tissues worked on. Better and worse are said of a change that is large enough to matter; a smaller one is the same. Training, sleep and time change \
                 these signs too, so what came after a massage need not have come from it."
            }
            div.cards { @for one in shown { (card(one, analysis.units)) } }
            @if !folded.is_empty() {
                details {
                    summary { (text::count(folded.len(), "earlier massage")) }
                    div.cards { @for one in folded { (card(one, analysis.units)) } }
                }
            }
        }
    }
}

fn card(one: &Retrospect, units: Units) -> Markup {
    let (targets, others): (Vec<&SignChange>, Vec<&SignChange>) =
        one.signs.iter().partition(|sign| sign.is_target);
    html! {
        article.card {
            p.eyebrow { (had(one)) }
            h4.day { time datetime=(one.date) { (text::day_and_year(one.date)) } }
            @if let Some(fit) = &one.fit { p { (text::capital(&fit.words())) "." } }
            @if let Some(ceiling) = ceiling(one) { p { (ceiling) } }
            h5 { "Before and after" }
            @if targets.is_empty() {
                p { "No sign stood out before it, and none was noted at the tissues worked on." }
            } @else {
                ul { @for sign in &targets { li { (text::capital(&words(sign, units))) } } }
            }
            @if !one.is_complete { p { "The ten days after it are not over." } }
            @if !one.others.is_empty() { p { (other_sessions(one)) } }
            @if !one.advice.is_empty() {
                h5 { "Next time" }
                ul { @for advice in &one.advice {
                    li { (text::capital(&text::clean(&advice.text))) " " span.rule { (advice.rule) } }
                } }
            }
            @if !others.is_empty() {
                details {
                    summary { (text::count(others.len(), "other sign")) }
                    ul { @for sign in &others { li { (text::capital(&words(sign, units))) } } }
                }
            }
        }
    }
}

/// A sign before and after, in the units of the reader.
fn words(change: &SignChange, units: Units) -> String {
    let SignKind::Signal(kind) = change.sign.kind else { return text::clean(&change.words()) };
    let Form { title, factor, unit, decimals } = Form::new(kind, None, units);
    change.words_as(&title, |value| {
        format!("{} {unit}", text::number(value * factor, decimals)).trim_end().to_owned()
    })
}

/// What was had: `Deep, 60 min; hamstrings; sore for 30 h; 28 days after the one before`.
fn had(one: &Retrospect) -> String {
    let minutes =
        one.minutes.map_or_else(String::new, |minutes| format!(", {} min", text::number(minutes, 0)));
    let mut parts = vec![format!("{}{minutes}", text::capital(one.depth.name()))];
    if !one.tissues.is_empty() {
        parts.push(one.tissues.iter().map(|tissue| tissue.words()).collect::<Vec<_>>().join(", "));
    }
    parts.extend(one.soreness_h.map(|hours| format!("sore for {} h", text::number(hours, 0))));
    let since = one.days_since_previous.and_then(|days| usize::try_from(days).ok());
    parts.extend(since.map(|days| format!("{} after the one before", text::count(days, "day"))));
    parts.join("; ")
}

/// How the session stood to what its day allowed, where it went deeper.
fn ceiling(one: &Retrospect) -> Option<String> {
    let (ceiling, cause) = one.ceiling.as_ref().filter(|_| one.is_over_ceiling() == Some(true))?;
    let cause = cause.as_deref().map_or_else(String::new, |cause| format!(" ({})", text::clean(cause)));
    Some(format!("Deeper than the plan has for that day: {} at most{cause}.", ceiling.name()))
}

fn other_sessions(one: &Retrospect) -> String {
    let days: Vec<String> = one.others.iter().map(|day| text::day(*day)).collect();
    match days.as_slice() {
        [only] => format!("Another massage, of {only}, lies in the days compared."),
        all => format!("Other massages, of {}, lie in the days compared.", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::window::WindowKind;
    use crate::model::{Day, Depth, Tissue};
    use crate::report::testing::sample;
    use crate::retrospect::{Advice, Direction, PlanFit, Sign};
    use crate::signals::SignalKind;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn one(date: &str) -> Retrospect {
        let change = |kind, site: &str, is_target, direction| SignChange {
            sign: Sign { kind, site: site.into() },
            is_target,
            before: Some(3.5),
            after: Some(1.0),
            change: Some(-2.5),
            n_before: 2,
            n_after: 3,
            direction,
        };
        Retrospect {
            date: day(date),
            depth: Depth::Deep,
            minutes: Some(60.0),
            tissues: vec![Tissue::Hamstrings],
            soreness_h: Some(60.0),
            days_since_previous: Some(28),
            fit: Some(PlanFit {
                start: day("2026-02-05"),
                end: day("2026-02-06"),
                best: day("2026-02-05"),
                kind: WindowKind::Deep,
                depth: Depth::Deep,
                days_off: -3,
            }),
            ceiling: Some((Depth::Light, Some("race <in> 2 days".into()))),
            is_complete: true,
            others: vec![day("2026-01-30")],
            signs: vec![
                change(SignKind::Tightness, "hamstrings", true, Direction::Better),
                change(SignKind::Signal(SignalKind::RestingHr), "", false, Direction::Same),
            ],
            key_session: None,
            advice: vec![Advice { rule: "R18", text: "sore for 60 h afterwards: lower next time".into() }],
        }
    }

    #[test]
    fn a_session_says_what_came_before_and_after() {
        let mut analysis = sample(6);
        analysis.retrospects = ["2025-12-02", "2026-01-05", "2026-02-02"].map(one).to_vec();
        let page = section(&analysis).into_string();
        for words in [
            "Deep, 60 min; hamstrings; sore for 60 h; 28 days after the one before",
            "Outside the windows of the plan; nearest is Thu 5 Feb to Fri 6 Feb, 3 days before its best day.",
            "Deeper than the plan has for that day: light at most (race &lt;in&gt; 2 days).",
            "<li>Tightness, hamstrings: 3.5 of 10 before, 1.0 of 10 after (\u{2212}2.5 of 10, better; 2 and 3 readings)</li>",
            "Another massage, of Fri 30 Jan, lies in the days compared.",
            "<li>Sore for 60 h afterwards: lower next time <span class=\"rule\">R18</span></li>",
            "1 other sign",
            "1 earlier massage",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let at = |words: &str| page.find(words);
        assert!(at("2 Feb 2026") < at("5 Jan 2026"), "the latest comes first");
        for word in ["thanks to", "because of the massage", "helped", "worked", "effect of"] {
            assert!(!page.replace("tissues worked on", "").contains(word), "{word}");
        }
    }

    #[test]
    fn nobody_is_shown_an_empty_heading() {
        let mut analysis = sample(6);
        analysis.retrospects.clear();
        assert_eq!(section(&analysis).into_string(), "");
        let bare = Retrospect { signs: Vec::new(), fit: None, is_complete: false, ..one("2026-02-02") };
        analysis.retrospects.push(bare);
        let page = section(&analysis).into_string();
        assert!(page.contains("No sign stood out before it") && page.contains("are not over"), "{page}");
    }
}
