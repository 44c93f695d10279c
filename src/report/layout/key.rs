//! Keys: small samples with their meaning, in rows that wrap.

use super::super::cells::Fill;
use super::super::chart::{Stroke, Symbol};
use super::super::font;
use super::super::scene::{Anchor, Area, Face, Scene, Shape, Slope};
use super::super::theme::{Ink, SMALL_PX, TEXT_PX};
use super::cell;
use crate::blocks::Phase;

/// Height of one row in px.
const ROW: f64 = 18.0;
/// Room for a sample in px.
const SAMPLE: f64 = 18.0;
/// Room between a sample and its text, and between entries, in px.
const GAP: (f64, f64) = (5.0, 14.0);

/// The sample of an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// A filled box.
    Fill(Ink),
    /// A hatched box with an outline.
    Hatched(Ink),
    /// A sparsely hatched box in a dashed outline: still to come.
    Ahead(Ink),
    /// A hatched box without an outline.
    Hatch(Ink),
    /// A box hatched the other way: not known.
    Gap(Ink),
    /// An outlined box.
    Frame(Ink),
    /// A line.
    Line(Ink, Stroke),
    /// A mark.
    Mark(Symbol, Ink),
    /// A block of the ribbon.
    Phase(Phase),
    /// A cell without a value.
    Empty(Fill),
    /// A cell of days to come.
    Dashed(Ink),
    /// The cell of today.
    Now,
    /// A race.
    Flag,
    /// None: the text says it all.
    Word,
}

/// Draws entries from `left` to `right` under `top`, after an optional title on the same row; gives the bottom.
pub fn rows(scene: &mut Scene, title: &str, entries: &[(Sample, String)], span: (f64, f64), top: f64) -> f64 {
    let (left, right) = span;
    let (mut x, mut y) = (left, top + ROW / 2.0);
    if !title.is_empty() {
        let face = Face::new(TEXT_PX, Ink::Text);
        scene.text(title, (x, y), face);
        x = face.area(title, (x, y)).x1 + GAP.1;
    }
    for (sample, text) in entries {
        let sample_width = if *sample == Sample::Word { 0.0 } else { SAMPLE + GAP.0 };
        let width = sample_width + font::width(text, SMALL_PX);
        if x > left && x + width > right {
            (x, y) = (left, y + ROW);
        }
        draw(scene, *sample, Area { x0: x, y0: y - 5.0, x1: x + SAMPLE, y1: y + 5.0 });
        scene.text(text, (x + sample_width, y), Face::new(SMALL_PX, Ink::Muted).at(Anchor::Start));
        x += width + GAP.1;
    }
    if title.is_empty() && entries.is_empty() { top } else { y + ROW / 2.0 }
}

fn draw(scene: &mut Scene, sample: Sample, area: Area) {
    let (middle, y) = (f64::midpoint(area.x0, area.x1), area.middle());
    let line = vec![(area.x0, y), (area.x1, y)];
    match sample {
        Sample::Fill(ink) => filled(scene, area, ink),
        Sample::Hatch(ink) => scene.hatch(area, ink, 5.0, Slope::Rising),
        Sample::Gap(ink) => scene.hatch(area, ink, 5.0, Slope::Falling),
        Sample::Hatched(ink) => hatched(scene, area, ink),
        Sample::Ahead(ink) => ahead(scene, area, ink),
        Sample::Frame(ink) => scene.frame(area, ink),
        Sample::Line(ink, Stroke::Solid) => scene.add(Shape::Line(line, ink, 2)),
        Sample::Line(ink, Stroke::Thin) => scene.add(Shape::Line(line, ink, 1)),
        Sample::Line(ink, Stroke::Dashed) => scene.dashed(&line, ink, 1),
        Sample::Line(ink, Stroke::Projected) => scene.dashed(&line, ink, 2),
        Sample::Mark(symbol, ink) => scene.symbol(symbol, (middle, y), 3.0, ink),
        Sample::Phase(phase) => {
            scene.add(Shape::Rect(area, Ink::Phase(phase)));
            pattern(scene, phase, area);
        }
        Sample::Empty(fill) => cell::without_value(scene, fill, area),
        Sample::Dashed(ink) => cell::outline_ahead(scene, area, ink),
        Sample::Now => cell::now(scene, area),
        Sample::Flag => flag(scene, (area.x0 + 5.0, area.y1), 11.0, Ink::Text),
        Sample::Word => {}
    }
}

/// A filled box, with an outline where its colour is too faint to stand on paper.
pub fn filled(scene: &mut Scene, area: Area, ink: Ink) {
    scene.add(Shape::Rect(area, ink));
    if visible(ink) != ink {
        scene.frame(area, visible(ink));
    }
}

/// The ink for lines in place of one that is too faint for them.
fn visible(ink: Ink) -> Ink {
    if matches!(ink, Ink::BluePale | Ink::BlueLight) { Ink::BlueSoft } else { ink }
}

/// A box that is hatched and outlined: something not complete, or still to come.
pub fn hatched(scene: &mut Scene, area: Area, ink: Ink) {
    scene.hatch(area, visible(ink), 5.0, Slope::Rising);
    scene.frame(area, visible(ink));
}

/// A box of days that are still to come: its hatch falls and is sparse, its outline has gaps.
pub fn ahead(scene: &mut Scene, area: Area, ink: Ink) {
    scene.hatch(area, ink, 9.0, Slope::Falling);
    let Area { x0, y0, x1, y1 } = area;
    scene.dashed(&[(x0, y1), (x0, y0), (x1, y0), (x1, y1)], ink, 1);
}

/// A flag on a pole of a height that stands at a place.
pub fn flag(scene: &mut Scene, (x, foot): (f64, f64), height: f64, ink: Ink) {
    let part = |share: f64| foot - share * height;
    scene.add(Shape::Line(vec![(x, foot), (x, part(1.0))], ink, 1));
    scene.add(Shape::Polygon(vec![(x, part(1.0)), (x + 0.75 * height, part(0.75)), (x, part(0.5))], ink));
}

/// The entry of cells without a value.
pub fn fill(fill: Fill) -> Option<(Sample, String)> {
    fill.word().map(|word| (Sample::Empty(fill), word.to_owned()))
}

/// A hatch for blocks too short for their name, so that they differ in grey as well.
pub fn pattern(scene: &mut Scene, phase: Phase, area: Area) {
    match phase {
        Phase::Taper => scene.hatch(area, Ink::Axis, 5.0, Slope::Falling),
        Phase::PostRace | Phase::Return => scene.hatch(area, Ink::Axis, 5.0, Slope::Rising),
        Phase::Break => {
            scene.hatch(area, Ink::Axis, 6.0, Slope::Rising);
            scene.hatch(area, Ink::Axis, 6.0, Slope::Falling);
        }
        _ => {}
    }
}
