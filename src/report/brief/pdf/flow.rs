//! Words and boxes placed on paper: lines that wrap, lists, a table; no PDF yet.
//!
//! Input: texts with their weights, and a column. Output: [`Op`]s in pt from the top left of the page. Invariant: nothing is
//! wider than its column.

use super::super::sheet::{Cell, Hatch, Item, List, Numbers, Trend};
use crate::report::font;
use crate::report::theme::{FONT_SLACK, Ink};

/// Size of ordinary text in pt.
pub const SIZE: f64 = 8.6;
/// From one line to the next, as a share of the size.
const LEADING: f64 = 1.16;
/// Where the baseline lies in a line, as a share of the size.
const BASELINE: f64 = 0.92;
/// Room before a list, in pt.
const BEFORE_LIST: f64 = 2.6;
/// Size of an arrow in pt.
const ARROW: f64 = 4.2;
/// Indent of list lines, in pt.
const INDENT: f64 = 8.0;

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Size in pt.
    pub size: f64,
    /// Heavier.
    pub is_bold: bool,
    /// Colour.
    pub ink: Ink,
}

impl Style {
    /// Ordinary text.
    pub const PLAIN: Self = Self { size: SIZE, is_bold: false, ink: Ink::Text };
    /// What leads.
    pub const BOLD: Self = Self { is_bold: true, ..Self::PLAIN };
    /// What stands back.
    pub const MUTED: Self = Self { ink: Ink::Muted, ..Self::PLAIN };

    /// The same in another size.
    #[must_use]
    pub const fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }
}

/// What a paragraph is to those who hear it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The name of the runner.
    Title,
    /// A heading.
    Heading,
    /// Anything else.
    Text,
}

/// One thing on the page, in pt from its top left.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// A stretch of text on its baseline, and the paragraph it belongs to.
    Text { text: String, at: (f64, f64), style: Style, paragraph: usize },
    /// A box: left, top, width, height; filled or with a line of some width.
    Box { area: (f64, f64, f64, f64), fill: Option<Ink>, line: Option<f64> },
    /// A line from a point to another.
    Rule { from: (f64, f64), to: (f64, f64), width: f64 },
    /// An arrow up or down in a box.
    Arrow { area: (f64, f64, f64, f64), is_up: bool },
    /// The strip of weeks, with its left top and pt for each px.
    Strip { at: (f64, f64), scale: f64 },
    /// The outline of the body, the same.
    Body { at: (f64, f64), scale: f64 },
    /// A sample of the key of the outline: a hatch, or the cross.
    Sample { area: (f64, f64, f64, f64), hatch: Option<Hatch> },
}

/// The width of a text in pt, without the slack that is left for other fonts.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    font::width(text, size) / FONT_SLACK
}

/// What is on the page so far.
#[derive(Debug, Default)]
pub struct Page {
    /// What is to be painted, back to front.
    pub ops: Vec<Op>,
    /// The role of each paragraph.
    pub roles: Vec<Role>,
}

/// A column being filled from the top.
#[derive(Debug)]
pub struct Column<'a> {
    /// The page that it is on.
    pub page: &'a mut Page,
    /// Its left.
    pub x: f64,
    /// Its width.
    pub width: f64,
    /// Where the next line begins.
    pub y: f64,
}

impl<'a> Column<'a> {
    /// A column on a page.
    pub fn new(page: &'a mut Page, x: f64, y: f64, width: f64) -> Self {
        Self { page, x, width, y }
    }

    /// A paragraph of stretches, wrapped; lines after the first are as far in as the first.
    pub fn paragraph(&mut self, role: Role, stretches: &[(&str, Style)], indent: f64) {
        let paragraph = self.page.roles.len();
        self.page.roles.push(role);
        for line in wrapped(stretches, self.width - indent) {
            let size = line.iter().map(|(_, style)| style.size).fold(SIZE, f64::max);
            let baseline = self.y + BASELINE * size;
            let mut x = self.x + indent;
            for (text, style) in line {
                let advance = width(&text, style.size);
                self.page.ops.push(Op::Text { text, at: (x, baseline), style, paragraph });
                x += advance;
            }
            self.y += LEADING * size;
        }
    }

    /// A line of text in one style.
    pub fn text(&mut self, text: &str, style: Style) {
        self.paragraph(Role::Text, &[(text, style)], 0.0);
    }

    /// A heading.
    pub fn heading(&mut self, text: &str, size: f64) {
        self.paragraph(Role::Heading, &[(text, Style::BOLD.sized(size))], 0.0);
    }

    /// A list under its heading, with dots, numbers or nothing before the lines.
    pub fn list(&mut self, list: &List, marks: Marks) {
        self.y += BEFORE_LIST;
        let rest = list.rest().unwrap_or_default();
        self.paragraph(Role::Heading, &[(list.heading, Style::BOLD), (&rest, Style::MUTED)], 0.0);
        if list.items.is_empty() && !list.if_empty.is_empty() {
            self.text(&list.if_empty, Style::PLAIN);
        }
        for (i, item) in list.items.iter().enumerate() {
            let mark = match marks {
                Marks::Dots => "•".to_owned(),
                Marks::Numbers => format!("{}", i + 1),
                Marks::None => String::new(),
            };
            if !mark.is_empty() {
                // The mark is no word of the text, so it belongs to the paragraph that follows.
                let at = (self.x, self.y + BASELINE * SIZE);
                let (style, paragraph) = (Style::PLAIN, self.page.roles.len());
                self.page.ops.push(Op::Text { text: mark, at, style, paragraph });
            }
            self.item(item, if marks == Marks::None { 0.0 } else { INDENT });
        }
    }

    fn item(&mut self, item: &Item, indent: f64) {
        let parts = [(&item.lead, Style::BOLD), (&item.text, Style::PLAIN), (&item.tag, Style::MUTED)];
        let said: Vec<(&str, Style)> = parts
            .iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, style)| (text.as_str(), *style))
            .collect();
        self.paragraph(Role::Text, &said, indent);
    }

    /// The table of the last days: names at the left, numbers at the right of their columns.
    pub fn table(&mut self, numbers: &Numbers) {
        let first = 0.26 * self.width;
        let step = (self.width - first) / numbers.head.len().max(1) as f64;
        // Room for an arrow after each number.
        let right = |k: usize| self.x + first + (k + 1) as f64 * step - ARROW - 1.5;
        let head = numbers.head.iter().map(|text| Cell { text: text.clone(), trend: None }).collect();
        let rows = std::iter::once((String::new(), head)).chain(numbers.rows.iter().cloned());
        for (r, (name, cells)) in rows.enumerate() {
            let paragraph = self.page.roles.len();
            self.page.roles.push(Role::Text);
            let baseline = self.y + BASELINE * SIZE;
            self.page.ops.push(Op::Text {
                text: name,
                at: (self.x, baseline),
                style: Style::PLAIN,
                paragraph,
            });
            for (k, Cell { text, trend }) in cells.into_iter().enumerate() {
                let style = if r == 0 || k % 2 == 1 { Style::MUTED } else { Style::PLAIN };
                let x = right(k) - width(&text, SIZE);
                self.page.ops.push(Op::Text { text, at: (x, baseline), style, paragraph });
                if let Some(trend) = trend {
                    let area = (right(k) + 1.5, baseline - ARROW, ARROW, ARROW);
                    self.page.ops.push(Op::Arrow { area, is_up: trend == Trend::More });
                }
            }
            self.y += LEADING * SIZE;
        }
        self.text(&numbers.note, Style::MUTED);
    }
}

/// What stands before the lines of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// A dot.
    Dots,
    /// Their numbers.
    Numbers,
    /// Nothing.
    None,
}

/// Stretches broken at spaces into lines; a word that is wider than a line is broken where it must be.
fn wrapped(stretches: &[(&str, Style)], max: f64) -> Vec<Vec<(String, Style)>> {
    let mut lines: Vec<Vec<(String, Style)>> = vec![Vec::new()];
    let mut used = 0.0;
    for (text, style) in stretches {
        for word in text.split_whitespace().flat_map(|word| broken(word, *style, max)) {
            let space = if used > 0.0 { width(" ", style.size) } else { 0.0 };
            let advance = width(&word, style.size);
            if used > 0.0 && used + space + advance > max {
                lines.push(Vec::new());
                used = 0.0;
            }
            let is_first = used == 0.0;
            let Some(line) = lines.last_mut() else { continue };
            match line.last_mut() {
                Some((before, of)) if of == style => {
                    before.push(' ');
                    before.push_str(&word);
                }
                _ => line.push((if is_first { word } else { format!(" {word}") }, *style)),
            }
            used += advance + if is_first { 0.0 } else { space };
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// A word in pieces that fit into a line.
fn broken(word: &str, style: Style, max: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let Some(last) = pieces.last_mut() else { continue };
        if !last.is_empty() && width(&format!("{last}{c}"), style.size) > max {
            pieces.push(c.to_string());
        } else {
            last.push(c);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_within_their_column() {
        let long = "wordwithoutanyspaceatallthatisfarwiderthanthecolumnitstandsin and more";
        for line in wrapped(&[("Lead:", Style::BOLD), (long, Style::PLAIN)], 90.0) {
            let used: f64 = line.iter().map(|(text, style)| width(text, style.size)).sum();
            assert!(used <= 90.5, "{line:?}");
        }
        let one = wrapped(&[("Lead:", Style::BOLD), ("text", Style::PLAIN)], 90.0);
        assert_eq!(one, [[("Lead:".to_owned(), Style::BOLD), (" text".to_owned(), Style::PLAIN)]]);
        assert!(wrapped(&[("  ", Style::PLAIN)], 90.0).is_empty());
    }
}
