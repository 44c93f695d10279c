//! The training blocks, latest first, each against the one before it.

use crate::analysis::Analysis;
use crate::blocks::{Block, Confidence, Emphasis};
use crate::model::units::Units;
use crate::report::text::{self, change, number, share};
use crate::report::theme::Ink;
use maud::{Markup, html};

/// Rows before the fold.
const BLOCKS_SHOWN: usize = 8;

/// The blocks.
pub fn section(analysis: &Analysis) -> Markup {
    if analysis.blocks.is_empty() {
        return html! { p { "The history is too short to be parted into blocks." } };
    }
    let blocks: Vec<&Block> = analysis.blocks.iter().rev().collect();
    let (shown, folded) = blocks.split_at(BLOCKS_SHOWN.min(blocks.len()));
    html! {
        p.note {
            "The small numbers compare with the block before, from blocks of seven days on. Names of blocks describe; there is no \
             agreed way to compute them. A lighter week has at most 80 % of the mean of the three before. Load: of " (analysis.load_scope()) "."
        }
        @for block in shown { (one(block, analysis.units)) }
        @if !folded.is_empty() {
            details {
                summary { (text::count(folded.len(), "earlier block")) }
                @for block in folded { (one(block, analysis.units)) }
            }
        }
    }
}

fn one(block: &Block, units: Units) -> Markup {
    let why: Vec<&str> = block.reasons.iter().map(|reason| reason.text.as_str()).collect();
    let unit = units.long_name();
    let long = |metres: f64| format!("{} {unit}", number(metres / units.long_m(), 1));
    let known = |value: Option<f64>, show: fn(f64) -> String| value.map_or_else(|| "–".to_owned(), show);
    let moved = &block.change;
    html! {
        article.block style={ "--phase:" (Ink::Phase(block.phase).variable()) } {
            div {
                h3 { (text::capital(&text::plain_word(block.phase.name()))) }
                @if block.confidence < Confidence::High { span.tag { "short history" } }
                p.under { (dates(block)) }
                p.under { (text::count(block.n_days as usize, "day")) }
            }
            dl {
                (value("a week", &block.distance_m_per_week.map_or_else(|| "–".to_owned(), long), moved.distance_pct.map(change)))
                (value("trend a week", &known(block.trend_pct_per_week, change), None))
                (value("load a day", &text::number_or_dash(block.load_au_per_day, 0), moved.load_pct.map(change)))
                (value("longest run", &long(block.longest_run_m), moved.longest_run_pct.map(change)))
                (value("time above the second threshold", &known(block.high_share, share), moved.high_share.map(points)))
            }
            p { "Massage: " (massage(block)) ". " span.why { "Why this name: " (text::clean(&why.join("; "))) "." } }
        }
    }
}

fn dates(block: &Block) -> Markup {
    html! { time datetime=(block.start) { (block.start) } " to " time datetime=(block.end) { (block.end) } }
}

/// What it is, its value, and below it how it moved against the block before.
fn value(name: &str, value: &str, moved: Option<String>) -> Markup {
    html! { div { dt { (name) } dd { (value) @if let Some(moved) = moved { span.under { (moved) } } } } }
}

/// A difference of shares: `+3 points`.
fn points(share: f64) -> String {
    let points = number(100.0 * share, 0);
    let sign = if share > 0.0 && points != "0" { "+" } else { "" };
    let noun = if points.trim_start_matches('\u{2212}') == "1" { "point" } else { "points" };
    format!("{sign}{points} {noun}")
}

fn massage(block: &Block) -> String {
    let what = match block.massage {
        Emphasis::Deep => "deep maintenance",
        Emphasis::Maintenance => "maintenance",
        Emphasis::Targeted => "moderate, targeted",
        Emphasis::LightOnly => "light only",
        Emphasis::RecoveryOnly => "recovery only",
        Emphasis::None => return "none".to_owned(),
    };
    let every = block.every_days.map_or_else(String::new, |days| format!(", every {days} days"));
    let weekday = block.best_weekday.map_or_else(String::new, |weekday| format!(", best on {weekday}"));
    format!("{what}{every}{weekday}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{sample, tiny};

    #[test]
    fn a_block_has_its_change_under_its_value() {
        let page = section(&sample(30)).into_string();
        for words in [
            "<span class=\"under\">+8 %</span>",
            "<span class=\"under\">\u{2212}2 points</span>",
            "<span class=\"under\">+12 %</span>",
            "rose 6.0 % a week; a lighter week from 2026-02-02",
            "style=\"--phase:var(--phase-",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(section(&tiny()).into_string().contains("too short"));
    }
}
