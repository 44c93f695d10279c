//! The runner's page and the list of runners, each one HTML file.
//!
//! Input: [`Analysis`]es. Output: HTML that needs nothing from outside: no script, no font, no picture. Invariant:
//! text from files is escaped by maud and cleaned of controls, and no place or track is in the page.

mod between;
mod cards;
mod care;
mod figures;
mod index;
mod intensity;
mod method;
mod movement;
mod races;
mod ratio;
mod sessions;
mod tables;
mod windows;

pub use index::index;

use super::theme::css_variables;
use super::{brief, charts, sentences, text};
use crate::analysis::Analysis;
use crate::error::Error;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What the page may load: its own style, nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// How the runner's page and the list of runners look.
const STYLE: &str = include_str!("style.css");

/// The runner's page.
pub fn render(analysis: &Analysis) -> Result<String, Error> {
    let athlete = text::clean(&analysis.athlete);
    let charts = charts::all(analysis);
    let sections = [
        ("windows", "Windows", "Massage windows", windows::section(analysis)),
        ("charts", "Charts", "Charts", figures::section(&charts, analysis)?),
        ("movement", "Movement", "Movement and effort", movement::section(analysis)),
        ("weeks", "Weeks", "Weeks", tables::weeks(analysis)),
        ("blocks", "Blocks", "Blocks", tables::blocks(analysis)),
        ("runs", "Runs", "Runs", tables::runs(analysis)),
        ("method", "Method", "How the numbers were made", method::section(analysis)),
        ("care", "About massage", "What massage can and cannot do", care::section()),
    ];
    let body = html! {
        header {
            p.eyebrow { "Legwork" }
            h1 { bdi { (athlete) } }
            p.sub {
                "Training load and massage windows as of " (date(analysis))
                @if has_brief(analysis) { ". " a href=(brief::FILE_NAME) { "One page for a massage therapist" } }
            }
            @if let Some(tried) = sentences::tried(analysis) { p.tried { (tried) } }
        }
        nav aria-label="Sections" {
            ul { @for (id, name, ..) in &sections { li { a href={ "#" (id) } { (name) } } } }
        }
        main #main {
            section.now aria-labelledby="now" {
                h2 #now { "Now" }
                p { (sentences::load(analysis)) }
                p { (sentences::window(analysis)) }
                p { (sentences::race(analysis)) }
            }
            @for (id, _, title, content) in &sections {
                section aria-labelledby=(id) { h2 #(id) { (title) } (content) }
            }
        }
        footer {
            p { "Made by legwork " (env!("CARGO_PKG_VERSION")) " from " (text::count(analysis.n_files, "file")) ". "
                "This page is one file; it loads nothing and sends nothing, and holds no place and no track." }
        }
    };
    Ok(shell(&format!("{athlete}: legwork"), STYLE, &body).into_string())
}

/// Is there a therapist's page beside this one? Not without a run.
#[must_use]
pub fn has_brief(analysis: &Analysis) -> bool {
    analysis.visits.iter().any(|visit| visit.date == analysis.as_of)
}

/// A whole document around a body, with a style sheet of its own.
pub(super) fn shell(title: &str, sheet: &str, body: &Markup) -> Markup {
    let (light, dark) = (css_variables(false), css_variables(true));
    let style = format!(
        ":root{{color-scheme:light dark;{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{sheet}"
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { a.skip href="#main" { "Skip to the content" } (body) }
        }
    }
}

fn date(analysis: &Analysis) -> Markup {
    html! { time datetime=(analysis.as_of) { (text::day_and_year(analysis.as_of)) } }
}

/// A column of a table.
#[derive(Clone)]
struct Column {
    title: String,
    /// How its cells are set: class of the style sheet.
    class: &'static str,
}

/// Short words on one line.
fn words(title: &str) -> Column {
    Column { title: title.to_owned(), class: "w" }
}

/// Text that may wrap.
fn prose(title: &str) -> Column {
    Column { title: title.to_owned(), class: "p" }
}

/// Numbers, aligned at the right.
fn numbers(title: impl Into<String>) -> Column {
    Column { title: title.into(), class: "n" }
}

/// A table that scrolls by itself where it is wider than the page; the first cell of a row is its header.
fn table(caption: &str, columns: &[Column], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div.scroll role="group" tabindex="0" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr {
                    @for column in columns { th.(column.class) scope="col" { (column.title) } }
                } }
                tbody { @for row in rows { tr {
                    @for (i, (cell, column)) in row.iter().zip(columns).enumerate() {
                        @if i == 0 { th scope="row" { (cell) } } @else { td.(column.class) { (cell) } }
                    }
                } } }
            }
        }
    }
}

/// The first `n` rows as a table, the others behind a fold; columns without a word are left out of both.
fn folded_table(caption: &str, columns: &[Column], mut rows: Vec<Vec<Markup>>, n: usize) -> Markup {
    if rows.is_empty() {
        return html! { p { "None yet." } };
    }
    let columns = used(columns, &mut rows);
    let (shown, folded) = rows.split_at(n.min(rows.len()));
    html! {
        (table(caption, &columns, shown))
        @if !folded.is_empty() {
            details {
                summary { (folded.len()) " earlier" }
                (table(&format!("{caption}, earlier"), &columns, folded))
            }
        }
    }
}

/// The columns in which any row has a word; the cells of the others are taken out of the rows.
fn used(columns: &[Column], rows: &mut [Vec<Markup>]) -> Vec<Column> {
    let is_used: Vec<bool> =
        (0..columns.len()).map(|i| rows.iter().any(|row| !row[i].0.is_empty())).collect();
    let used = |i: usize| is_used.get(i).copied().unwrap_or(false);
    for row in rows {
        let cells = std::mem::take(row).into_iter().enumerate().filter(|(i, _)| used(*i));
        *row = cells.map(|(_, cell)| cell).collect();
    }
    columns.iter().enumerate().filter(|(i, _)| used(*i)).map(|(_, column)| column.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{empty, sample, tiny};

    /// Words that would promise or frighten.
    const FORBIDDEN: [&str; 8] =
        ["safe", "danger", "risk", "prevents", "probability", "lactic", "sweet spot", "optimal"];

    #[test]
    fn the_page_has_every_section_and_asks_for_nothing() {
        let html = render(&sample(30)).unwrap();
        for id in
            ["now", "windows", "charts", "movement", "weeks", "blocks", "runs", "method", "care", "red-flags"]
        {
            assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
        assert!(html.contains(POLICY.replace('\'', "&#39;").as_str()) || html.contains(POLICY));
        for outside in ["http:", "https:", "<script", "@import", "url(", "<img", " src="] {
            assert!(!html.contains(outside), "{outside}");
        }
        assert_eq!(html.matches("<svg").count(), 18);
        assert!(html.contains("distance +8 %, load +12 %, hard time \u{2212}2 points"));
        assert!(html.contains("rose 6.0 % a week; a lighter week from 2026-02-02"));
        assert!(html.contains("<html lang=\"en\">") && html.contains("class=\"skip\""));
    }

    #[test]
    fn ids_are_unique() {
        let html = render(&sample(30)).unwrap();
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let n_ids = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n_ids);
    }

    #[test]
    fn nothing_promises_or_frightens() {
        for analysis in [sample(30), tiny(), empty()] {
            let html = render(&analysis).unwrap().to_lowercase();
            let body = html.split("</style>").nth(1).unwrap();
            for word in FORBIDDEN {
                assert!(!body.contains(word), "{word}");
            }
        }
    }

    #[test]
    fn next_to_nothing_is_said_plainly() {
        let html = render(&tiny()).unwrap();
        for words in [
            "This week so far (1 of 7 days) has 5.0 km in 1 run.",
            "No massage window is planned.",
            "No race is on the calendar.",
            "No run has heart rate or a threshold pace",
            "The history is too short to be parted into blocks.",
            "not known",
        ] {
            assert!(html.contains(words), "{words}");
        }
        assert!(render(&empty()).unwrap().contains("No run has been read yet."));
    }

    #[test]
    fn a_page_of_a_calendar_that_is_tried_out_says_so_in_its_head() {
        let mut analysis = sample(6);
        let head =
            |analysis: &Analysis| render(analysis).unwrap().split("</header>").next().unwrap().to_owned();
        assert!(!head(&analysis).contains("What if"));
        analysis.tried = Some(crate::analysis::Tried { plan: Some("<b>.csv".into()), races: Vec::new() });
        assert!(
            head(&analysis).contains("What if: the days to come are planned with the plan &lt;b&gt;.csv")
        );
    }

    #[test]
    fn text_from_files_comes_out_as_text() {
        let hostile = "<script>alert('x')</script>\u{202E}&\u{7}";
        let mut analysis = sample(6);
        analysis.athlete = hostile.into();
        analysis.runs.last_mut().unwrap().title = Some(hostile.into());
        analysis.runs.last_mut().unwrap().notices = vec![hostile.into()];
        analysis.races[0].name = hostile.into();
        analysis.races[2].name = hostile.into();
        analysis.notices[0].source = hostile.into();
        analysis.windows[7].race = Some(hostile.into());
        analysis.windows[7].reasons[0].text = hostile.into();
        analysis.blocks[0].reasons[0].text = hostile.into();
        let link = "a\"b/report.html".to_owned();
        for html in [render(&analysis).unwrap(), index(std::slice::from_ref(&analysis), &[link])] {
            assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
            assert!(!html.contains(['\u{202E}', '\u{7}']));
            assert!(!html.contains("a\"b"));
        }
    }

    #[test]
    fn the_same_analysis_gives_the_same_page() {
        assert_eq!(render(&sample(30)).unwrap(), render(&sample(30)).unwrap());
    }

    #[test]
    fn the_list_names_everyone_with_a_link() {
        let html = index(&[sample(30), tiny()], &["a/report.html".into(), "b/report.html".into()]);
        assert!(html.contains("<a href=\"a/report.html\"><bdi>marathon-build</bdi></a>"));
        assert!(html.contains("in 17 days") && html.contains("Wed 27 – Sat 30 May, moderate"));
    }
}
