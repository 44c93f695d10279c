//! Single cells: their ground, and the marks on it.

use super::super::cells::{Fill, Scale};
use super::super::chart::Symbol;
use super::super::scene::{Area, Scene, Shape, Slope};
use super::super::theme::Ink;
use super::key;

/// Draws the ground of a cell.
pub fn ground(scene: &mut Scene, fill: Fill, scale: &Scale, area: Area) {
    match fill {
        Fill::Value(value) => scene.add(Shape::Rect(area, scale.ink(value))),
        Fill::Ahead(value) if value > 0.0 => outline_ahead(scene, area, Ink::Blue),
        _ => without_value(scene, fill, area),
    }
}

/// Draws a cell without a value to show.
pub fn without_value(scene: &mut Scene, fill: Fill, area: Area) {
    match fill {
        Fill::Unknown => {
            scene.hatch(area, Ink::Axis, 4.0, Slope::Rising);
            scene.frame(area, Ink::Axis);
        }
        Fill::Incomparable => {
            let (x, y) = area.center();
            let half = (area.width() / 4.0).min(4.0);
            scene.add(Shape::Line(vec![(x - half, y), (x + half, y)], Ink::Axis, 1));
        }
        Fill::Rest | Fill::Value(_) | Fill::Ahead(_) => scene.frame(area, Ink::Hatch),
    }
}

/// The colour of a mark on a cell.
pub fn mark_ink(fill: Fill, scale: &Scale) -> Ink {
    match fill {
        Fill::Value(value) => scale.mark_ink(value),
        _ => Ink::Text,
    }
}

/// Still to come.
pub fn outline_ahead(scene: &mut Scene, Area { x0, y0, x1, y1 }: Area, ink: Ink) {
    scene.dashed(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], ink, 1);
}

/// Today.
pub fn now(scene: &mut Scene, Area { x0, y0, x1, y1 }: Area) {
    let corners = vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)];
    scene.add(Shape::Line(corners, Ink::Text, 2));
}

/// A symbol in the middle of a cell.
pub fn symbol(scene: &mut Scene, symbol: Symbol, area: Area, ink: Ink) {
    scene.symbol(symbol, area.center(), (area.width().min(area.height()) / 4.5).clamp(1.8, 3.5), ink);
}

/// The marks of a day: a flag for a race, a dot for a massage; on the day of both they share the cell.
pub fn events(scene: &mut Scene, is_race: bool, is_massage: bool, area: Area, ink: Ink) {
    let size = area.width().min(area.height());
    let (x, y) = area.center();
    if is_race {
        let height = (0.75 * size).min(12.0);
        key::flag(scene, (x - 0.4 * height, y + height / 2.0), height, ink);
    }
    if is_massage {
        let aside = if is_race { 0.25 * size } else { 0.0 };
        scene.symbol(Symbol::Dot, (x + aside, y + aside), (0.2 * size).clamp(1.8, 3.5), ink);
    }
}
