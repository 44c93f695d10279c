//! The charts in the page, each with its finding, its definition and its numbers, under short headings.

use super::table::{Column, numbers, table, words};
use super::{intensity, ratio};
use crate::analysis::Analysis;
use crate::error::Error;
use crate::report::chart::ChartSpec;
use crate::report::draw;
use crate::report::theme::PAGE_WIDTHS;
use crate::report::values::{self, Table};
use maud::{Markup, PreEscaped, html};

/// Headings in the order of the page, each with parts of the ids that belong below it. What fits none comes last.
const GROUPS: [(&str, &[&str]); 7] = [
    ("Volume", &["mileage", "longest"]),
    (LOAD, &["load", "fitness", "monotony", "strain"]),
    ("Intensity", &["intensity", "zone"]),
    ("Tissues", &["tissue"]),
    (MOVEMENT, &["movement", "signal"]),
    ("Calendar", &["calendar"]),
    ("Thresholds", &["threshold"]),
];
/// The heading of the charts of loads, which says what the load is of.
pub const LOAD: &str = "Load";
/// The heading that the readings of movement share with the charts of them.
pub const MOVEMENT: &str = "Movement";
/// The heading of the rest.
const REST: &str = "More";

/// The charts by heading, in the order of the page; headings without a chart are left out.
pub fn groups(charts: &[ChartSpec]) -> Vec<(&'static str, Vec<&ChartSpec>)> {
    let names = GROUPS.iter().map(|(name, _)| *name).chain([REST]);
    names
        .map(|name| (name, charts.iter().filter(|chart| heading(chart) == name).collect::<Vec<_>>()))
        .filter(|(_, charts)| !charts.is_empty())
        .collect()
}

fn heading(chart: &ChartSpec) -> &'static str {
    let fits = |parts: &[&str]| parts.iter().any(|part| chart.id.contains(part));
    GROUPS.iter().find(|(_, parts)| fits(parts)).map_or(REST, |(name, _)| *name)
}

/// A chart as a figure under its title, drawn once for each class of width; the style sheet shows one of them.
pub fn figure(spec: &ChartSpec, analysis: &Analysis, title: &Markup) -> Result<Markup, Error> {
    // Without a value there is nothing to draw, only to say what is missing.
    let widths = if spec.is_empty() { &[] } else { &PAGE_WIDTHS[..] };
    let drawings: Vec<String> =
        widths.iter().map(|width| draw::inline_svg(spec, *width)).collect::<Result<_, _>>()?;
    let classes = ["narrow", "middle", "wide"];
    Ok(html! {
        figure #(spec.id) {
            figcaption {
                (title)
                p.finding { (spec.finding) }
            }
            @for (class, drawing) in classes.iter().zip(&drawings) {
                div.drawing.(class) { (PreEscaped(drawing)) }
            }
            // Without a value the finding says what is missing, and there is nothing to explain.
            @if !spec.is_empty() {
                p.sub { (spec.subtitle) }
                (beside(spec.id, analysis))
                (numbers_table(spec, analysis))
            }
        }
    })
}

/// What a chart does not show and its reader may want to know.
fn beside(id: &str, analysis: &Analysis) -> Markup {
    let (title, content) = match id {
        "load-change" => ("What the ratio can be read against", ratio::beside(analysis)),
        "weekly-intensity" => ("The last 28 days, by time and by session", intensity::beside(analysis)),
        _ => return html! {},
    };
    html! { @if !content.0.is_empty() { details { summary { (title) } (content) } } }
}

fn numbers_table(spec: &ChartSpec, analysis: &Analysis) -> Markup {
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
    let scope = (heading(spec) == LOAD).then(|| format!(", load of {}", analysis.load_scope()));
    let caption = format!("{}, numbers{}", spec.title, scope.unwrap_or_default());
    html! {
        details.numbers {
            summary { "The numbers" }
            (table(&caption, &columns, &rows))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts;
    use crate::report::testing::sample;

    #[test]
    fn every_chart_stands_under_one_heading() {
        let charts = charts::all(&sample(30));
        let groups = groups(&charts);
        assert_eq!(groups.iter().map(|(_, charts)| charts.len()).sum::<usize>(), charts.len());
        let names: Vec<&str> = groups.iter().map(|(name, _)| *name).collect();
        assert_eq!(names[..3], ["Volume", "Load", "Intensity"]);
    }

    #[test]
    fn a_caption_comes_first_and_the_numbers_last() {
        let analysis = sample(30);
        let page =
            figure(&charts::all(&analysis)[0], &analysis, &html! { h3 { "Title" } }).unwrap().into_string();
        assert!(
            page.starts_with("<figure id=\"weekly-mileage\"><figcaption><h3>Title</h3><p class=\"finding\">")
        );
        assert!(page.contains("</figcaption><div class=\"drawing narrow\"><svg"), "{}", &page[..600]);
        assert!(page.ends_with("</table></div></details></figure>"));
    }
}
