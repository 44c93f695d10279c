//! The coach's board: everybody in one table on a desk, as cards on a phone, those who want a look first.
//!
//! Input are [`Analysis`]es and what moved since the last report. Output: one HTML file. Invariant: nothing is said by colour or
//! by place alone; each cell says itself in words.

mod cells;
mod spark;

use super::shell::styled;
use crate::analysis::Analysis;
use crate::board::{Attention, Row, rows};
use crate::diff::Since;
use crate::model::Day;
use crate::report::text;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// A column of the board.
struct Column {
    /// Its heading, and the label of the cell on a card.
    title: &'static str,
    /// What it says, for the key below the table.
    meaning: &'static str,
    /// Class of its cells.
    class: &'static str,
    cell: fn(&Row) -> Cell,
}

/// A cell of the board.
struct Cell {
    content: Markup,
    /// What it is sorted by; `None` where it is not known or says nothing.
    value: Option<f64>,
}

/// The columns after the runner and why to look.
const COLUMNS: [Column; 9] = [
    Column {
        title: "12 weeks",
        meaning: "distance by week, each runner to their own scale; the running week striped, a week with a day of unknown load \
                  in outline",
        class: "spark-cell",
        cell: spark::cell,
    },
    Column {
        title: "7 days",
        meaning: "distance of the last seven days, against the mean of up to four whole weeks before the running one",
        class: "",
        cell: cells::volume,
    },
    Column {
        title: "Spike",
        meaning: "the run of the last seven days that went farthest beyond the longest of the 30 days before it; small from \
                  10 %, moderate from 30 %, large from 100 %",
        class: "",
        cell: cells::spike,
    },
    Column {
        title: "Ratio",
        meaning: "mean load of 7 days over that of 28, of the runs, or of what a line below says, and its percentile among the days of the runner's own last year; a \
                  description, and no verdict",
        class: "",
        cell: cells::ratio,
    },
    Column {
        title: "Tissues, signals",
        meaning: "what did more in seven days than in a usual week of this runner: ▲ far more, △ more, · not much more, but \
                  more than the others; ○ what is notable in movement and effort against the six weeks before. To look and ask by",
        class: "",
        cell: cells::up,
    },
    Column { title: "Next race", meaning: "the first race from today on", class: "", cell: cells::race },
    Column {
        title: "Massage window",
        meaning: "the window that is open, else the next one, and how deep",
        class: "",
        cell: cells::window,
    },
    Column {
        title: "Last massage",
        meaning: "days since the last one on record, and the days from one to the next that are planned",
        class: "",
        cell: cells::massage,
    },
    Column {
        title: "Gaps",
        meaning: "days of unknown load in the last 28, days since the last run, and load that was not measured",
        class: "",
        cell: cells::gaps,
    },
];

/// The board of all athletes; `since` is what moved since the last report, where there is one.
#[must_use]
pub fn board(analyses: &[Analysis], since: Option<&Since>) -> String {
    let rows: Vec<Row> = rows(analyses).into_iter().map(|(_, row)| row).collect();
    let since = since.filter(|since| !since.is_empty());
    let body = html! {
        header.broad {
            p.eyebrow { "Legwork" }
            h1 { "Board" }
            p.sub { (text::count(rows.len(), "runner")) (stands_on(&rows)) }
            @if !rows.is_empty() { (tally(&rows)) }
        }
        main #main .broad {
            @if let Some(since) = since { (changed(since)) }
            section aria-label="Runners" {
                @if rows.is_empty() { p { "No runner was found." } } @else { (table(&rows, since)) }
            }
            (key())
        }
        footer.broad {
            p { "Made by legwork " (env!("CARGO_PKG_VERSION")) ". Everything compares a runner with the same runner; the order \
                says where to look first and measures nobody. This page loads nothing and sends nothing." }
        }
    };
    styled("Board: legwork", include_str!("../board.css"), &body).into_string()
}

/// The day that all stand on, or the first and the last.
fn stands_on(rows: &[Row]) -> Markup {
    let days: BTreeSet<Day> = rows.iter().map(|row| row.as_of).collect();
    let time = |day: &Day| html! { time datetime=(day) { (text::day_and_year(*day)) } };
    html! {
        @match (days.first(), days.last()) {
            (Some(one), Some(other)) if one == other => { ", as of " (time(one)) },
            (Some(one), Some(other)) => { ", as of days from " (time(one)) " to " (time(other)) },
            _ => {},
        }
    }
}

/// How many rows there are of each kind.
fn tally(rows: &[Row]) -> Markup {
    let n_of = |attention: Attention| rows.iter().filter(|row| row.attention == attention).count();
    html! {
        ul.tally {
            @for attention in Attention::ALL { @if n_of(attention) > 0 {
                li { (look(attention)) " " b { (n_of(attention)) } }
            } }
        }
    }
}

/// Shape and words of what asks for a look.
fn look(attention: Attention) -> Markup {
    html! {
        span.look.(attention.name()) { i aria-hidden="true" { (attention.symbol()) } " " (attention.words()) }
    }
}

/// What moved, as far as it is not said in a row.
fn changed(since: &Since) -> Markup {
    let restated = since.athletes.iter().filter(|one| one.restated.is_some()).count();
    let with_runs = since.athletes.iter().filter(|one| one.new_runs.0 > 0).count();
    let flagged = since.athletes.iter().filter(|one| !one.up.is_empty()).count();
    let parts = [
        (with_runs, "with new runs"),
        (flagged, "with something new that stands out"),
        (restated, "with past weeks restated by more than 10 %"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", text::count(*n, "runner")))
        .collect();
    html! {
        section.since aria-labelledby="since" {
            h2 #since {
                "Since the last report"
                @if let Some(day) = since.as_of { ", as of " time datetime=(day) { (text::day_and_year(day)) } }
            }
            @if !parts.is_empty() { p { (text::capital(&parts.join("; "))) "." } }
            @if !since.new.is_empty() { p { "New on the board: " (names(&since.new)) "." } }
            @if !since.gone.is_empty() { p { "Not in this report: " (names(&since.gone)) "." } }
            @if !since.athletes.is_empty() { p.note { "What moved for each runner stands with them, after a " b { "Δ" } "." } }
        }
    }
}

fn names(names: &[String]) -> Markup {
    html! { @for (at, name) in names.iter().enumerate() { @if at > 0 { ", " } bdi { (text::clean(name)) } } }
}

/// The table, whose parts name their roles: where it is laid out as cards, browsers would forget them.
fn table(rows: &[Row], since: Option<&Since>) -> Markup {
    let n = rows.len();
    html! {
        div.sorts {
            table.sortable.board role="table" {
                caption { "Runners, those who want a look first" }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { "Runner" }
                    th role="columnheader" scope="col" { "Look at" }
                    @for column in &COLUMNS { th role="columnheader" scope="col" { (column.title) } }
                } }
                tbody role="rowgroup" { @for (place, row) in rows.iter().enumerate() { tr role="row" {
                    th role="rowheader" scope="row" data-v=(text::clean(&row.athlete)) { (cells::name(row)) }
                    td.why role="cell" data-v=(n - place) {
                        (look(row.attention))
                        (cells::why(row, since.and_then(|since| since.of(&row.athlete))))
                    }
                    @for column in &COLUMNS { (cell(column, row)) }
                } } }
            }
        }
    }
}

fn cell(column: &Column, row: &Row) -> Markup {
    let Cell { content, value } = (column.cell)(row);
    let value = value.map_or_else(String::new, |value| text::plain_number(value, 3));
    // A row without a word needs no room on a card.
    let class = format!("{}{}", column.class, if value.is_empty() { " none" } else { "" });
    html! { td.(class.trim()) role="cell" data-v=(value) data-label=(column.title) { (content) } }
}

/// What shapes and columns mean.
fn key() -> Markup {
    html! {
        section.guide aria-labelledby="key" {
            h2 #key { "How to read the board" }
            p { "Rows stand in the order of the shapes below, those with more of it first, then by name." }
            dl {
                @for attention in Attention::ALL { div {
                    dt { (look(attention)) }
                    dd { (attention.meaning()) }
                } }
            }
            h3 { "Columns" }
            dl { @for column in &COLUMNS { div { dt { (column.title) } dd { (column.meaning) } } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Changes;
    use crate::report::testing::{empty, sample, tiny};

    fn named(analysis: Analysis, name: &str) -> Analysis {
        Analysis { athlete: name.into(), ..analysis }
    }

    #[test]
    fn everybody_has_a_row_with_links_and_every_cell_a_label() {
        let html = board(&[sample(30), tiny(), empty()], None);
        assert!(html.contains("<a href=\"marathon-build/report.html\"><bdi>marathon-build</bdi></a>"));
        assert!(html.contains("href=\"marathon-build/brief.html\""));
        assert_eq!(html.matches("<tr role=\"row\">").count(), 4);
        assert_eq!(html.matches("data-label=\"Spike\"").count(), 3);
        assert_eq!(
            html.matches("<svg").count(),
            html.matches("<title>").count() - 1,
            "each drawing is told in words"
        );
        assert!(html.contains("in 17 days") && html.contains("Wed 27 – Sat 30 May"));
        assert!(!html.contains("Since the last report"));
        for outside in ["http:", "https:", "@import", "url(", "<img", " src="] {
            assert!(!html.contains(outside), "{outside}");
        }
    }

    #[test]
    fn one_and_nobody_are_boards_too() {
        assert!(board(&[sample(30)], None).contains("1 runner, as of "));
        assert!(board(&[], None).contains("No runner was found."));
    }

    #[test]
    fn what_moved_stands_with_the_runner() {
        let since = Since {
            as_of: Some(crate::report::testing::as_of()),
            new: vec!["b<".into()],
            gone: vec!["c".into()],
            athletes: vec![Changes { athlete: "a".into(), new_runs: (2, 10_000.0), ..Changes::default() }],
        };
        let html = board(&[named(sample(30), "a"), named(tiny(), "b<")], Some(&since));
        for words in [
            "2 new runs (10.0 km)",
            "1 runner with new runs.",
            "New on the board: <bdi>b&lt;</bdi>.",
            "Not in this report",
        ] {
            assert!(html.contains(words), "{words}");
        }
        let none = board(&[named(sample(30), "a")], Some(&Since::default()));
        assert_eq!(none, board(&[named(sample(30), "a")], None));
    }

    #[test]
    fn names_from_folders_come_out_as_text() {
        let hostile = "<script>alert('x')</script>\u{202E}\"&\u{7}";
        let mut analysis = named(sample(6), hostile);
        analysis.races[2].name = hostile.into();
        let html = board(&[analysis], None);
        assert!(!html.contains("<script>alert") && html.contains("&lt;script&gt;"));
        assert!(html.contains("href=\"%3Cscript%3Ealert%28"));
        assert!(!html.contains(['\u{202E}', '\u{7}']));
    }
}
