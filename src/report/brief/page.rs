//! The sheet as HTML.

use super::body::{self, Look, Part};
use super::sheet::{ALWAYS, HONEST, Hatch, Item, List, REASSESS, RED_FLAGS, Sheet, Trend};
use super::{fitted, timeline};
use crate::brief::Brief;
use crate::error::Error;
use crate::model::Depth;
use crate::report::draw;
use crate::report::page::shell::plain;
use crate::report::text;
use crate::report::theme::Ink;
use maud::{Markup, PreEscaped, html};

/// Widths of the strip of weeks in px: on a phone, and on paper and larger screens.
const STRIP_WIDTHS: [(&str, f64); 2] = [("narrow", 340.0), ("wide", 700.0)];

/// The page of a brief.
pub fn render(brief: &Brief) -> Result<String, Error> {
    let sheet = fitted(brief);
    let has_notes = !sheet.notes.items.is_empty();
    let body = html! {
        main.sheet #main {
            (head(&sheet))
            div.columns {
                div {
                    (depth(&sheet))
                    (list(&sheet.areas, "areas", true))
                    @if !sheet.leave.items.is_empty() { (list(&sheet.leave, "leave", false)) }
                    @if has_notes && sheet.has_notes_left { (list(&sheet.notes, "notes", false)) }
                }
                div {
                    div.beside {
                        (outline(&sheet))
                        div { (list(&sheet.since, "bare", false)) (list(&sheet.ahead, "bare", false)) }
                    }
                    @if has_notes && !sheet.has_notes_left { (list(&sheet.notes, "notes", false)) }
                }
            }
            (strip(brief)?)
            div.columns.grows {
                div.stack {
                    section.box aria-labelledby="objective" {
                        h2 #objective { (sheet.objective) }
                        (numbers(&sheet))
                        (list(&sheet.signals, "signals", false))
                        (list(&sheet.sessions, "sessions", false))
                    }
                    @if !sheet.advice.items.is_empty() || !sheet.advice.if_empty.is_empty() {
                        (list(&sheet.advice, "advice", false))
                    }
                }
                div.stack {
                    section.box aria-labelledby="subjective" {
                        h2 #subjective { "Subjective" }
                        p { (ALWAYS) }
                        @if !sheet.questions.items.is_empty() { (list(&sheet.questions, "questions", false)) }
                        div.blank {}
                    }
                    section.box aria-labelledby="assessment" {
                        h2 #assessment { "Assessment" }
                        p.small { (REASSESS) }
                        div.blank {}
                    }
                    section.box aria-labelledby="plan" { h2 #plan { "Plan" } div.blank {} }
                }
            }
            (red_flags())
            footer.foot {
                p { (text::capital(&sheet.trust)) " " (HONEST) " legwork " (env!("CARGO_PKG_VERSION")) "." }
            }
        }
    };
    let title = format!("{}, {}: massage brief", sheet.athlete, brief.on);
    Ok(plain(&title, include_str!("style.css"), &body).into_string())
}

fn head(sheet: &Sheet) -> Markup {
    html! {
        header.head {
            div {
                p.eyebrow { "Massage brief for " time { (sheet.day) } }
                h1 { bdi { (sheet.athlete) } }
                p.about { (sheet.about) }
            }
            div.race {
                @match &sheet.race {
                    Some(race) => { p.eyebrow { "Next race" } p.lead { bdi { (race.lead) } } p.about { (race.text) } },
                    None => { p.eyebrow { "Next race" } p.lead { "None on the calendar" } },
                }
            }
        }
        @if let Some(projected) = &sheet.projected { p.projected { (projected) } }
        @if let Some(flag) = &sheet.red_flag {
            p.red-flag { strong { "Red flag noted: " } (text::capital(flag)) ". No massage before a clinician has seen it." }
        }
    }
}

/// How deep today, why not deeper, and how much it is worth.
fn depth(sheet: &Sheet) -> Markup {
    html! {
        section.depth-box aria-labelledby="depth" {
            h2 #depth { "How deep on this day" }
            p.ceiling {
                span.steps aria-hidden="true" {
                    @for step in [Depth::Light, Depth::Moderate, Depth::Deep] { i.on[sheet.depth >= step] {} }
                }
                strong { (text::capital(&sheet.ceiling)) } " " span { (sheet.dose) }
            }
            (list(&sheet.causes, "causes", false))
            @for line in &sheet.need { p.need { (line) } }
        }
    }
}

fn list(list: &List, class: &str, is_numbered: bool) -> Markup {
    let item = |item: &Item| {
        html! {
            @if !item.lead.is_empty() { strong { bdi { (item.lead) } } " " }
            bdi { (item.text) }
            @if !item.tag.is_empty() { " " span.tag { (item.tag) } }
        }
    };
    html! {
        section.list.(class) {
            h3 { (list.heading) @if let Some(rest) = list.rest() { " " span.rest { (rest) } } }
            @if list.items.is_empty() {
                @if !list.if_empty.is_empty() { p { (list.if_empty) } }
            } @else if is_numbered {
                ol { @for one in &list.items { li { (item(one)) } } }
            } @else {
                ul { @for one in &list.items { li { (item(one)) } } }
            }
        }
    }
}

fn numbers(sheet: &Sheet) -> Markup {
    let numbers = &sheet.numbers;
    html! {
        div.scroll role="group" tabindex="0" aria-label="The last 7, 14 and 28 days beside the usual" {
        table {
            caption { "The last 7, 14 and 28 days beside the usual" }
            thead { tr { th scope="col" { span.unseen { "what" } } @for title in &numbers.head { th scope="col" { (title) } } } }
            tbody {
                @for (name, cells) in &numbers.rows {
                    tr {
                        th scope="row" { (name) }
                        @for (i, cell) in cells.iter().enumerate() {
                            td.usual[i % 2 == 1] {
                                (cell.text)
                                @if let Some(trend) = cell.trend { " " (arrow(trend)) }
                            }
                        }
                    }
                }
            }
        }
        }
        p.small { (numbers.note) }
    }
}

/// Above or below the usual; the word is for those who hear the page read.
fn arrow(trend: Trend) -> Markup {
    let path = match trend {
        Trend::More => "M0 7L4 0L8 7Z",
        Trend::Less => "M0 0L4 7L8 0Z",
    };
    html! {
        svg.arrow viewBox="0 0 8 7" aria-hidden="true" { path d=(path) fill=(Ink::Text.variable()) {} }
        span.unseen { (trend.words()) }
    }
}

fn red_flags() -> Markup {
    html! {
        section.flags aria-labelledby="red-flags" {
            h2 #red-flags { "Red flags: ask, and refer" }
            ul { @for (lead, signs) in RED_FLAGS { li { strong { (lead) } " " (signs) } } }
        }
    }
}

/// The strip of weeks, once for each class of width.
fn strip(brief: &Brief) -> Result<Markup, Error> {
    let finding = timeline::finding(brief);
    let drawings: Vec<(&str, String)> = STRIP_WIDTHS
        .iter()
        .map(|(class, width)| {
            let (scene, height) = timeline::scene(brief, *width);
            let id = format!("weeks-{class}");
            Ok((
                *class,
                draw::inline_scene(
                    &scene,
                    height.ceil() as u32,
                    (&id, "The weeks around the day", &finding),
                )?,
            ))
        })
        .collect::<Result<_, Error>>()?;
    Ok(html! {
        section.strip aria-label="The weeks around the day" {
            @for (class, drawing) in &drawings { div.(class) { (PreEscaped(drawing)) } }
        }
    })
}

/// The outline of the body, and what its marks say.
fn outline(sheet: &Sheet) -> Markup {
    let (width, height) = body::SIZE;
    let used: Vec<Hatch> = Hatch::ALL
        .into_iter()
        .filter(|hatch| sheet.marks.iter().any(|mark| mark.area.is_some_and(|(_, of)| of == *hatch)))
        .collect();
    let has_leave = sheet.marks.iter().any(|mark| mark.area.is_none());
    html! {
        figure.body {
            svg viewBox={ "0 0 " (width) " " (height) } role="img" aria-labelledby="body-t body-d" {
                title #body-t { "Where to look, on a body from front and back" }
                desc #body-d { (described(sheet)) }
                defs { @for hatch in Hatch::ALL { (pattern(hatch)) } }
                @for part in body::parts(&sheet.marks) { (drawn(&part)) }
            }
            figcaption {
                @for hatch in used {
                    span.sample { (swatch(&format!("url(#{})", id(hatch)), false)) (hatch.words()) }
                }
                @if has_leave { span.sample { (swatch("none", true)) "leave alone until asked" } }
                @if sheet.marks.is_empty() { span { "Nothing is marked: draw here what you find." } }
            }
        }
    }
}

/// The marks in words.
pub(super) fn described(sheet: &Sheet) -> String {
    let names = |is_area: bool| {
        let of = sheet.marks.iter().filter(|mark| mark.area.is_some() == is_area);
        let name = |mark: &super::sheet::Mark| {
            let side = mark.side.map_or("either side", crate::model::Side::name);
            format!("{} ({side})", mark.tissue.words())
        };
        of.map(name).collect::<Vec<_>>().join(", ")
    };
    let said = |what: &str, names: String| {
        if names.is_empty() { String::new() } else { format!("{what}: {names}. ") }
    };
    let all = said("Hatched", names(true)) + &said("Crossed out", names(false));
    if all.is_empty() { "Nothing is marked.".to_owned() } else { all.trim_end().to_owned() }
}

fn id(hatch: Hatch) -> &'static str {
    match hatch {
        Hatch::High => "hatch-high",
        Hatch::Elevated => "hatch-elevated",
        Hatch::Emphasis => "hatch-emphasis",
        Hatch::Noted => "hatch-noted",
    }
}

/// The hatches differ in density and direction, so that they differ in grey.
fn pattern(hatch: Hatch) -> Markup {
    let (size, path) = match hatch {
        Hatch::High => (5, "M0 5L5 0M-1 1L1 -1M4 6L6 4M0 0L5 5M4 -1L6 1M-1 4L1 6"),
        Hatch::Elevated => (5, "M0 5L5 0M-1 1L1 -1M4 6L6 4"),
        Hatch::Emphasis => (9, "M0 0L9 9M-1 8L1 10M8 -1L10 1"),
        Hatch::Noted => (6, "M1 1.6H2.4M4 4.6H5.4"),
    };
    html! {
        pattern id=(id(hatch)) width=(size) height=(size) patternUnits="userSpaceOnUse" {
            path d=(path) fill="none" stroke=(Ink::Text.variable()) stroke-width=(if hatch == Hatch::Noted { "1.6" } else { "1.1" }) {}
        }
    }
}

fn drawn(part: &Part) -> Markup {
    let ink = |ink: Ink| ink.variable();
    match part {
        Part::Path { path, place, look } => {
            let (fill, stroke, width) = match look {
                Look::Skin => (ink(Ink::Usual), "none".to_owned(), "0"),
                Look::Outline => ("none".to_owned(), ink(Ink::Slate), "1.7"),
                Look::Detail => ("none".to_owned(), ink(Ink::Axis), "0.9"),
                Look::Area(hatch) => (format!("url(#{})", id(*hatch)), ink(Ink::Text), "1.3"),
                Look::Leave => (ink(Ink::Paper), ink(Ink::Text), "1.6"),
            };
            let matrix = place.matrix();
            html! {
                path d=(path) transform=(matrix) fill=(fill) stroke=(stroke) stroke-width=(width) stroke-linejoin="round" {}
                @if *look == Look::Leave { (cross(&body::bounds(&body::steps(path, *place)))) }
            }
        }
        Part::Word(word, (x, y)) => html! {
            text x=(x) y=(y) text-anchor="middle" font-size=(body::WORD_PX) font-weight="600" fill=(ink(Ink::Text)) { (word) }
        },
        Part::Either(number, (x, y)) => {
            let (width, height) = body::EITHER;
            html! {
                rect x=(x - width / 2.0) y=(y - height / 2.0) width=(width) height=(height) rx="9" fill=(ink(Ink::Paper)) stroke=(ink(Ink::Text)) stroke-width="1.4" {}
                text x=(x) y=(y + 5.2) text-anchor="middle" font-size="15" fill=(ink(Ink::Text)) {
                    tspan font-weight="600" { (number) } " either side"
                }
            }
        }
        Part::Number(number, (x, y)) => html! {
            circle cx=(x) cy=(y) r="10.5" fill=(ink(Ink::Paper)) stroke=(ink(Ink::Text)) stroke-width="1.4" {}
            text x=(x) y=(y + 5.6) text-anchor="middle" font-size="16" font-weight="600" fill=(ink(Ink::Text)) { (number) }
        },
    }
}

/// A cross over a box, a little larger than it.
fn cross(bounds: &(f64, f64, f64, f64)) -> Markup {
    let (x0, y0, x1, y1) = *bounds;
    let path = format!(
        "M{:.1} {:.1}L{:.1} {:.1}M{:.1} {:.1}L{:.1} {:.1}",
        x0 - 3.0,
        y0,
        x1 + 3.0,
        y1,
        x1 + 3.0,
        y0,
        x0 - 3.0,
        y1
    );
    html! { path d=(path) fill="none" stroke=(Ink::Text.variable()) stroke-width="2.6" stroke-linecap="round" {} }
}

fn swatch(fill: &str, is_crossed: bool) -> Markup {
    html! {
        svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true" {
            rect x="0.7" y="0.7" width="20.6" height="10.6" fill=(fill) stroke=(Ink::Text.variable()) {}
            @if is_crossed { path d="M1 1L21 11M21 1L1 11" stroke=(Ink::Text.variable()) stroke-width="1.6" {} }
        }
    }
}
