//! The charts in the page, each with its finding, its definition and its numbers.

use super::{Column, intensity, numbers, ratio, table, words};
use crate::analysis::Analysis;
use crate::error::Error;
use crate::report::chart::ChartSpec;
use crate::report::draw;
use crate::report::theme::PAGE_WIDTHS;
use crate::report::values::{self, Table};
use maud::{Markup, PreEscaped, html};

/// Every chart as a figure, drawn once for each class of width; the style sheet shows one of them.
pub fn section(charts: &[ChartSpec], analysis: &Analysis) -> Result<Markup, Error> {
    let figures: Vec<Markup> = charts.iter().map(|spec| figure(spec, analysis)).collect::<Result<_, _>>()?;
    Ok(html! { @for figure in figures { (figure) } })
}

fn figure(spec: &ChartSpec, analysis: &Analysis) -> Result<Markup, Error> {
    // Without a value there is nothing to draw, only to say what is missing.
    let widths = if spec.is_empty() { &[] } else { &PAGE_WIDTHS[..] };
    let drawings: Vec<String> =
        widths.iter().map(|width| draw::inline_svg(spec, *width)).collect::<Result<_, _>>()?;
    let classes = ["narrow", "middle", "wide"];
    Ok(html! {
        figure #(spec.id) {
            h3 { (spec.title) }
            p.finding { (spec.finding) }
            @for (class, drawing) in classes.iter().zip(&drawings) {
                div.drawing.(class) { (PreEscaped(drawing)) }
            }
            @if spec.is_empty() { @for words in spec.if_empty() { p.sub { (words) } } }
            figcaption { (spec.subtitle) }
            (beside(spec.id, analysis))
            (numbers_table(spec))
        }
    })
}

/// What a chart does not show and its reader should know.
fn beside(id: &str, analysis: &Analysis) -> Markup {
    match id {
        "load-change" => ratio::beside(analysis),
        "weekly-intensity" => intensity::beside(analysis),
        _ => html! {},
    }
}

fn numbers_table(spec: &ChartSpec) -> Markup {
    let Table { head, rows } = values::table(spec);
    if rows.is_empty() {
        return html! {};
    }
    let columns: Vec<Column> = head
        .iter()
        .enumerate()
        .map(|(i, title)| if i == 0 { words(title) } else { numbers(title.as_str()) })
        .collect();
    let rows: Vec<Vec<Markup>> =
        rows.iter().map(|row| row.iter().map(|cell| html! { (cell) }).collect()).collect();
    html! {
        details {
            summary { "The numbers" }
            (table(&format!("{}, numbers", spec.title), &columns, &rows))
        }
    }
}
