//! Blocks and windows: stretches of days that are not the same in both.

use super::read::SpanRow;
use crate::model::Day;
use serde::Serialize;

/// A block or a window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub end: Day,
    /// The phase of a block, the kind and depth of a window.
    pub what: String,
    /// The best day of a window.
    pub best: Option<Day>,
}

/// A block or a window before and after; null where only the other report has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpanChange {
    /// In A.
    pub old: Option<Span>,
    /// In B.
    pub new: Option<Span>,
}

impl Span {
    fn new(row: &SpanRow) -> Self {
        let words = [&row.phase, &row.kind, &row.depth].into_iter().flatten();
        let what = words.map(|word| word.replace('_', " ")).collect::<Vec<_>>().join(", ");
        Self { start: row.start, end: row.end, what, best: row.best }
    }

    fn touches(&self, other: &Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// The stretches that are not the same in both, by date. Two that share a day are one that moved, first of all
/// where they are of one kind.
pub(super) fn changes(a: &[SpanRow], b: &[SpanRow]) -> Vec<SpanChange> {
    let (a, b): (Vec<Span>, Vec<Span>) =
        (a.iter().map(Span::new).collect(), b.iter().map(Span::new).collect());
    let mut old: Vec<&Span> = a.iter().filter(|span| !b.contains(span)).collect();
    let mut new: Vec<&Span> = b.iter().filter(|span| !a.contains(span)).collect();
    let mut found = paired(&mut old, &mut new, |a, b| a.what == b.what && a.touches(b));
    found.extend(paired(&mut old, &mut new, |a, b| (a.start, a.end) == (b.start, b.end)));
    found.extend(old.into_iter().map(|span| SpanChange { old: Some(span.clone()), new: None }));
    found.extend(new.into_iter().map(|span| SpanChange { old: None, new: Some(span.clone()) }));
    let start =
        |change: &SpanChange| [&change.old, &change.new].into_iter().flatten().map(|span| span.start).min();
    found.sort_by_key(start);
    found
}

fn paired(
    old: &mut Vec<&Span>,
    new: &mut Vec<&Span>,
    fits: impl Fn(&Span, &Span) -> bool,
) -> Vec<SpanChange> {
    let mut found = Vec::new();
    old.retain(|span| match new.iter().position(|other| fits(span, other)) {
        Some(index) => {
            found.push(SpanChange { old: Some((*span).clone()), new: Some(new.remove(index).clone()) });
            false
        }
        None => true,
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(start: &str, end: &str, phase: &str) -> SpanRow {
        let day = |text: &str| text.parse().unwrap();
        SpanRow { start: day(start), end: day(end), phase: Some(phase.into()), ..SpanRow::default() }
    }

    #[test]
    fn what_is_in_both_is_left_out_and_what_moved_is_one_change() {
        let a = [row("2026-01-01", "2026-01-31", "base"), row("2026-02-01", "2026-02-28", "build")];
        let b = [
            a[0].clone(),
            row("2026-02-08", "2026-02-28", "build"),
            row("2026-02-01", "2026-02-07", "break"),
        ];
        let found = changes(&a, &b);
        let words: Vec<_> = found
            .iter()
            .map(|c| (c.old.as_ref().map(|s| s.what.as_str()), c.new.as_ref().map(|s| s.what.as_str())))
            .collect();
        assert_eq!(words, [(Some("build"), Some("build")), (None, Some("break"))]);
        assert!(changes(&b, &b).is_empty());
    }
}
