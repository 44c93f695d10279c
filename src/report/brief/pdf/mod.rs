//! The sheet as PDF: one page with real text, made without a browser.
//!
//! Input: a [`Brief`] and a paper. Output: the bytes. Invariants: exactly one page, whatever the brief holds; no clock, so the
//! same brief gives the same bytes.

mod flow;
mod paint;

use super::sheet::{ALWAYS, HONEST, Hatch, List, REASSESS, RED_FLAGS, Sheet};
use super::{body, timeline};
use crate::brief::Brief;
use crate::error::Error;
use crate::model::Depth;
use crate::report::text;
use crate::report::theme::Ink;
use flow::{Column, Marks, Op, Page, Role, Style};

/// Paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 in.
    Letter,
}

impl Paper {
    /// Width and height in pt.
    #[must_use]
    pub fn size(self) -> (f64, f64) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// Margin of the page in pt, which every printer can do, and the greatest width of what is on it.
const MARGIN: f64 = 24.0;
const MAX_WIDTH: f64 = 556.0;
/// What a browser may need more than this layout, in pt of width and height.
const SLACK: (f64, f64) = (24.0, 12.0);
/// Lists that may give way.
const N_LISTS: usize = 8;
/// Between columns and between parts, in pt.
const GUTTER: f64 = 12.0;
const GAP: f64 = 6.0;
/// Inside boxes, in pt.
const PAD: f64 = 4.0;
/// Widths of the strip of weeks in px.
const STRIP_PX: f64 = 700.0;
/// The least room to write in a box, in pt.
const BLANK: f64 = 16.0;

/// A brief as the bytes of a PDF of one page.
pub fn pdf(brief: &Brief, paper: Paper) -> Result<Vec<u8>, Error> {
    let sheet = fitted(brief);
    let layout = laid_out(&sheet, brief, paper.size());
    paint::paint(&layout.page, &sheet, brief, paper.size())
}

/// The sheet as far as it fits on A4 and on Letter, in this font and in those that a browser may take. What does not fit
/// gives way from the ends of the lists that stand in its way.
#[must_use]
pub fn fitted(brief: &Brief) -> Sheet {
    let mut sheet = Sheet::of(brief);
    let (narrow, _) = Paper::A4.size();
    let (_, low) = Paper::Letter.size();
    let tried = |sheet: &Sheet| laid_out(sheet, brief, (narrow - SLACK.0, low - SLACK.1));
    let over = |sheet: &Sheet| tried(sheet).excess;
    let mut excess = over(&sheet);
    while excess > 0.0 {
        let shorter = (0..N_LISTS).find_map(|k| {
            let mut other = sheet.clone();
            shorten(&mut other, k).then(|| (over(&other), other)).filter(|(left, _)| *left < excess - 1.0)
        });
        let Some((left, other)) = shorter else { break };
        (excess, sheet) = (left, other);
    }
    sheet.has_notes_left = tried(&sheet).has_notes_left;
    sheet
}

/// Takes the last line out of one of the lists, the least needed list first; says whether there was one to take.
fn shorten(sheet: &mut Sheet, k: usize) -> bool {
    let lists: [&mut List; N_LISTS] = [
        &mut sheet.notes,
        &mut sheet.advice,
        &mut sheet.sessions,
        &mut sheet.signals,
        &mut sheet.questions,
        &mut sheet.ahead,
        &mut sheet.causes,
        &mut sheet.leave,
    ];
    lists.into_iter().nth(k).filter(|list| list.items.len() > 1).is_some_and(|list| {
        list.more += 1;
        list.items.pop().is_some()
    })
}

/// A sheet laid out.
struct Layout {
    page: Page,
    /// By how much it is too high, in pt.
    excess: f64,
    /// The notes had more room under the areas than under the body.
    has_notes_left: bool,
}

/// Everything in its place.
fn laid_out(sheet: &Sheet, brief: &Brief, (paper_width, paper_height): (f64, f64)) -> Layout {
    let inner = (paper_width - 2.0 * MARGIN).min(MAX_WIDTH);
    let x = (paper_width - inner) / 2.0;
    let mut page = Page::default();
    let mut y = head(&mut page, sheet, x, inner);
    let half = (inner - GUTTER) / 2.0;
    let right = x + half + GUTTER;
    let left_end = {
        let mut column = Column::new(&mut page, x, y, half);
        depth(&mut column, sheet);
        column.list(&sheet.areas, Marks::Numbers);
        listed(&mut column, &sheet.leave);
        column.y
    };
    let right_end = figure(&mut page, sheet, right, y, half);
    // What to mind stands where there is more room.
    let has_notes_left = left_end < right_end;
    let (notes_x, notes_y) = if has_notes_left { (x, left_end) } else { (right, right_end) };
    let mut column = Column::new(&mut page, notes_x, notes_y, half);
    listed(&mut column, &sheet.notes);
    y = column.y.max(left_end).max(right_end) + GAP;
    let (_, strip_px) = timeline::scene(brief, STRIP_PX);
    let scale = inner / STRIP_PX;
    page.ops.push(Op::Strip { at: (x, y), scale });
    y += strip_px * scale + GAP;
    // The foot is measured where it does not matter, then set at the bottom.
    let foot_height = foot(&mut Page::default(), sheet, x, 0.0, inner);
    let foot_y = paper_height - MARGIN - foot_height;
    let least = notes_height(sheet, half);
    let bottom = foot_y - GAP;
    let excess = y + least - bottom;
    foot(&mut page, sheet, x, foot_y, inner);
    objective(&mut page, sheet, (x, y, half), bottom);
    soap(&mut page, sheet, (right, y, half), bottom);
    Layout { page, excess, has_notes_left }
}

fn head(page: &mut Page, sheet: &Sheet, x: f64, inner: f64) -> f64 {
    let mut column = Column::new(page, x, MARGIN, 0.62 * inner);
    column.text(&format!("Massage brief for {}", sheet.day), Style::MUTED);
    column.paragraph(Role::Title, &[(&sheet.athlete, Style::BOLD.sized(15.0))], 0.0);
    column.text(&sheet.about, Style::MUTED);
    let left_end = column.y;
    let mut column = Column::new(page, x + 0.64 * inner, MARGIN, 0.36 * inner);
    column.text("Next race", Style::MUTED);
    match &sheet.race {
        Some(race) => {
            column.text(&race.lead, Style::BOLD.sized(10.5));
            column.text(&race.text, Style::MUTED);
        }
        None => column.text("None on the calendar", Style::BOLD.sized(10.5)),
    }
    let mut y = left_end.max(column.y) + 2.0;
    page.ops.push(Op::Rule { from: (x, y), to: (x + inner, y), width: 1.2 });
    y += GAP;
    let flag = sheet.red_flag.as_ref().map(|flag| {
        ("Red flag noted:", format!("{}. No massage before a clinician has seen it.", text::capital(flag)))
    });
    let ahead = sheet.projected.as_ref().map(|said| ("", said.clone()));
    for (lead, said) in ahead.into_iter().chain(flag) {
        let top = y;
        let mut column = Column::new(page, x + 8.0, y + 2.0, inner - 12.0);
        column.paragraph(Role::Text, &[(lead, Style::BOLD), (&said, Style::PLAIN)], 0.0);
        y = column.y + 2.0;
        let line = if lead.is_empty() { 0.6 } else { 1.4 };
        page.ops.push(Op::Box { area: (x, top, inner, y - top), fill: None, line: Some(line) });
        page.ops.push(Op::Box { area: (x, top, 3.0, y - top), fill: Some(Ink::Text), line: None });
        y += GAP;
    }
    y
}

/// The box of the depth.
fn depth(column: &mut Column, sheet: &Sheet) {
    let (x, top, outer) = (column.x, column.y, column.width);
    column.x += PAD;
    column.width -= 2.0 * PAD;
    column.y += PAD - 1.0;
    column.heading("How deep on this day", 9.6);
    // Three steps, filled up to the depth.
    let foot = column.y + 13.0;
    for (k, step) in [Depth::Light, Depth::Moderate, Depth::Deep].into_iter().enumerate() {
        let height = 4.5 + 3.5 * k as f64;
        let area = (column.x + 8.0 * k as f64, foot - height, 6.0, height);
        let fill = (sheet.depth >= step).then_some(Ink::Text);
        column.page.ops.push(Op::Box { area, fill, line: Some(0.8) });
    }
    let word = text::capital(&sheet.ceiling);
    column.paragraph(Role::Text, &[(&word, Style::BOLD.sized(12.0)), (&sheet.dose, Style::PLAIN)], 28.0);
    column.list(&sheet.causes, Marks::Dots);
    column.y += 2.0;
    for line in &sheet.need {
        column.text(line, Style::PLAIN);
    }
    (column.x, column.width) = (x, outer);
    column.y += PAD;
    let area = (x, top, outer, column.y - top);
    column.page.ops.push(Op::Box { area, fill: None, line: Some(1.2) });
}

/// A list that is left out where it has nothing to say.
fn listed(column: &mut Column, list: &List) {
    if !list.items.is_empty() || !list.if_empty.is_empty() {
        column.list(list, Marks::Dots);
    }
}

/// The body with its key, what lies behind and ahead beside it; gives the bottom.
fn figure(page: &mut Page, sheet: &Sheet, x: f64, y: f64, full: f64) -> f64 {
    let wide = 0.56 * full;
    let scale = wide / body::SIZE.0;
    page.ops.push(Op::Body { at: (x, y), scale });
    let mut end = y + body::SIZE.1 * scale + 2.0;
    for hatch in Hatch::ALL.into_iter().map(Some).chain([None]) {
        let is_used = sheet.marks.iter().any(|mark| mark.area.map(|(_, of)| of) == hatch);
        if is_used {
            page.ops.push(Op::Sample { area: (x + 4.0, end + 1.5, 16.0, 7.5), hatch });
            let mut column = Column::new(page, x + 25.0, end, wide - 25.0);
            column.text(hatch.map_or("leave alone until asked", Hatch::words), Style::PLAIN);
            end = column.y;
        }
    }
    if sheet.marks.is_empty() {
        let mut column = Column::new(page, x + 4.0, end, wide - 4.0);
        column.text("Nothing is marked: draw here what you find.", Style::PLAIN);
        end = column.y;
    }
    let mut column = Column::new(page, x + wide + 8.0, y - 2.6, full - wide - 8.0);
    column.list(&sheet.since, Marks::None);
    column.list(&sheet.ahead, Marks::None);
    end.max(column.y)
}

/// The heading and the content of the box of what is measured; gives its bottom.
fn objective_content(column: &mut Column, sheet: &Sheet) {
    column.heading(&sheet.objective, 9.6);
    column.table(&sheet.numbers);
    column.list(&sheet.signals, Marks::Dots);
    column.list(&sheet.sessions, Marks::Dots);
}

fn objective(page: &mut Page, sheet: &Sheet, (x, y, full): (f64, f64, f64), bottom: f64) {
    let advice = |page: &mut Page, y: f64| {
        let mut column = Column::new(page, x, y, full);
        listed(&mut column, &sheet.advice);
        column.y
    };
    let advice_height = advice(&mut Page::default(), 0.0);
    let mut column = Column::new(page, x + PAD, y + PAD - 1.0, full - 2.0 * PAD);
    objective_content(&mut column, sheet);
    // The box takes what room is left above the list under it.
    let end = (column.y + PAD).max(bottom - advice_height);
    advice(page, end);
    page.ops.push(Op::Box { area: (x, y, full, end - y), fill: None, line: Some(0.6) });
}

/// The boxes to write in.
fn soap(page: &mut Page, sheet: &Sheet, (x, y, full): (f64, f64, f64), bottom: f64) {
    let needs = [0, 1, 2].map(|k| box_height(sheet, full, k));
    let spare = ((bottom - y - needs.iter().sum::<f64>() - 2.0 * 3.0) / 3.0).max(0.0);
    let mut top = y;
    for (k, need) in needs.into_iter().enumerate() {
        let height = need + spare;
        let mut column = Column::new(page, x + PAD, top + PAD - 1.0, full - 2.0 * PAD);
        box_content(&mut column, sheet, k);
        page.ops.push(Op::Box { area: (x, top, full, height), fill: None, line: Some(0.6) });
        top += height + 3.0;
    }
}

fn box_content(column: &mut Column, sheet: &Sheet, k: usize) {
    column.heading(["Subjective", "Assessment", "Plan"][k], 9.6);
    match k {
        0 => {
            column.text(ALWAYS, Style::PLAIN);
            listed(column, &sheet.questions);
        }
        1 => column.text(REASSESS, Style::MUTED),
        _ => {}
    }
}

/// What a box to write in needs at least.
fn box_height(sheet: &Sheet, full: f64, k: usize) -> f64 {
    let mut page = Page::default();
    let mut column = Column::new(&mut page, 0.0, 0.0, full - 2.0 * PAD);
    box_content(&mut column, sheet, k);
    column.y + 2.0 * PAD - 1.0 + BLANK
}

/// What the two columns under the strip need at least.
fn notes_height(sheet: &Sheet, half: f64) -> f64 {
    let mut page = Page::default();
    let mut column = Column::new(&mut page, 0.0, 0.0, half - 2.0 * PAD);
    objective_content(&mut column, sheet);
    column.y += 2.0 * PAD;
    column.width = half;
    listed(&mut column, &sheet.advice);
    let left = column.y;
    let right: f64 = [0, 1, 2].map(|k| box_height(sheet, half, k)).iter().sum::<f64>() + 6.0;
    left.max(right)
}

/// Red flags and what the numbers rest on; gives the height.
fn foot(page: &mut Page, sheet: &Sheet, x: f64, y: f64, inner: f64) -> f64 {
    let mut column = Column::new(page, x + 8.0, y + PAD - 1.0, inner - 12.0);
    column.heading("Red flags: ask, and refer", 9.6);
    for (lead, signs) in RED_FLAGS {
        column.paragraph(Role::Text, &[(lead, Style::BOLD), (signs, Style::PLAIN)], 0.0);
    }
    let end = column.y + PAD;
    let mut column = Column::new(page, x, end + 3.0, inner);
    let said = format!("{} {HONEST} legwork {}.", text::capital(&sheet.trust), env!("CARGO_PKG_VERSION"));
    column.text(&said, Style::MUTED.sized(8.5));
    let bottom = column.y;
    page.ops.push(Op::Box { area: (x, y, inner, end - y), fill: None, line: Some(0.8) });
    page.ops.push(Op::Box { area: (x, y, 3.0, end - y), fill: Some(Ink::Text), line: None });
    bottom - y
}
