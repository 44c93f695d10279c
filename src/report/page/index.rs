//! The list of runners: one row each, with a link to the page.

use super::{STYLE, numbers, shell, table, words};
use crate::analysis::Analysis;
use crate::model::calendar::days_between;
use crate::report::{sentences, text, usual};
use maud::{Markup, html};

/// The list of runners, in the given order; `links` are the addresses of their pages.
#[must_use]
pub fn index(analyses: &[Analysis], links: &[String]) -> String {
    let columns = [
        words("runner"),
        numbers("this week"),
        numbers("days of it"),
        numbers("4 weeks before"),
        numbers("ratio"),
        words("next window"),
        words("next race"),
    ];
    let rows: Vec<Vec<Markup>> =
        analyses.iter().zip(links).map(|(analysis, link)| row(analysis, link)).collect();
    let body = html! {
        header {
            p.eyebrow { "Legwork" }
            h1 { "Runners" }
            p.sub { (text::count(analyses.len(), "runner")) }
        }
        main #main {
            section aria-label="Runners" { (table("Runners", &columns, &rows)) }
        }
    };
    shell("Runners: legwork", STYLE, &body).into_string()
}

fn row(analysis: &Analysis, link: &str) -> Vec<Markup> {
    let units = analysis.units;
    let week = analysis.weeks.last();
    let mean = usual::week_before(analysis).map(|(metres, _)| units.distance(metres));
    vec![
        html! { a href=(link) { bdi { (text::clean(&analysis.athlete)) } } },
        html! { (week.map_or_else(|| "–".to_owned(), |week| units.distance(week.distance_m))) },
        html! { (week.map_or_else(|| "–".to_owned(), |week| format!("{} of 7", week.n_days))) },
        html! { (mean.as_deref().unwrap_or("–")) },
        html! { (text::number_or_dash(sentences::ratio(analysis), 2)) },
        html! { @match sentences::next_window(analysis) {
            Some(window) => { (text::span(window.start, window.end)) ", " (window.depth.name()) },
            None => "–",
        } },
        html! { @match sentences::next_race(analysis) {
            Some(race) => {
                bdi { (text::clean(&race.name)) } ", "
                (text::distance_in_days(days_between(analysis.as_of, race.date)))
            },
            None => "–",
        } },
    ]
}
