//! Tables as HTML: columns by kind, folds, and the marks that the script sorts by.
//!
//! Invariant: everything in a fold can be reached without a script; numbers, the most frequent cells, carry no class.

use crate::report::text;
use maud::{Markup, html};

/// A column of a table.
#[derive(Clone)]
pub struct Column {
    title: String,
    /// How its cells are set: class of the style sheet, `None` for numbers.
    class: Option<&'static str>,
}

/// Short words on one line.
pub fn words(title: impl Into<String>) -> Column {
    Column { title: title.into(), class: Some("w") }
}

/// Text that may wrap.
pub fn prose(title: impl Into<String>) -> Column {
    Column { title: title.into(), class: Some("p") }
}

/// Numbers, aligned at the right.
pub fn numbers(title: impl Into<String>) -> Column {
    Column { title: title.into(), class: None }
}

/// Does the script add buttons that sort?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Fixed,
    Sortable,
}

/// A table that scrolls by itself where it is wider than the page; the first cell of a row is its header.
pub fn table(caption: &str, columns: &[Column], rows: &[Vec<Markup>]) -> Markup {
    drawn(caption, columns, rows, Order::Fixed)
}

fn drawn(caption: &str, columns: &[Column], rows: &[Vec<Markup>], order: Order) -> Markup {
    let class = (order == Order::Sortable).then_some("sortable");
    html! {
        div.scroll role="group" tabindex="0" aria-label=(caption) {
            table class=[class] {
                caption { (caption) }
                thead { tr {
                    @for column in columns { th class=[column.class] scope="col" { (column.title) } }
                } }
                tbody { @for row in rows { tr {
                    @for (i, (cell, column)) in row.iter().zip(columns).enumerate() {
                        @if i == 0 { th scope="row" { (cell) } } @else { td class=[column.class] { (cell) } }
                    }
                } } }
            }
        }
    }
}

/// The first `n` rows as a table, the others behind a fold that says how many they are; columns without a word are left
/// out of both.
pub fn folded_table(caption: &str, columns: &[Column], rows: Vec<Vec<Markup>>, n: usize) -> Markup {
    folded(caption, columns, rows, n, Order::Fixed)
}

/// The same, sortable by the script: a sort takes shown and folded rows together.
pub fn sortable_table(caption: &str, columns: &[Column], rows: Vec<Vec<Markup>>, n: usize) -> Markup {
    html! { div.sorts { (folded(caption, columns, rows, n, Order::Sortable)) } }
}

fn folded(caption: &str, columns: &[Column], mut rows: Vec<Vec<Markup>>, n: usize, order: Order) -> Markup {
    if rows.is_empty() {
        return html! { p { "None yet." } };
    }
    let columns = used(columns, &mut rows);
    // A fold for a row or two is more to read than the rows.
    let n = if rows.len() <= n + 2 { rows.len() } else { n };
    let (shown, rest) = rows.split_at(n);
    html! {
        (drawn(caption, &columns, shown, order))
        @if !rest.is_empty() {
            details {
                summary { (text::count(rest.len(), "more row")) }
                (drawn(&format!("{caption}, more"), &columns, rest, order))
            }
        }
    }
}

/// The columns in which any row has a word; the cells of the others are taken out of the rows.
pub fn used(columns: &[Column], rows: &mut [Vec<Markup>]) -> Vec<Column> {
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

    fn rows(n: usize) -> Vec<Vec<Markup>> {
        (0..n).map(|i| vec![html! { (i) }, html! { "" }, html! { "x" }]).collect()
    }

    #[test]
    fn rows_behind_the_fold_are_counted_and_none_is_lost() {
        let columns = [words("day"), numbers("never"), prose("what")];
        let page = sortable_table("Days", &columns, rows(8), 3).into_string();
        assert!(page.contains("<summary>5 more rows</summary>") && !page.contains("never"), "{page}");
        assert_eq!(page.matches("<th scope=\"row\">").count(), 8);
        assert_eq!(page.matches("<table class=\"sortable\">").count(), 2);
        assert!(!folded_table("Days", &columns, rows(5), 3).into_string().contains("<details>"));
        assert_eq!(folded_table("Days", &columns, rows(0), 3).into_string(), "<p>None yet.</p>");
    }
}
