//! Names of lines beside the lines themselves, where there is room for all of a panel.
//!
//! Input: a panel with its scales. Output: names with their places, or none. Invariant: a name touches its own line
//! and keeps off everything else that is drawn.

use super::super::chart::{Marks, Panel, Series};
use super::super::scene::{Anchor, Area, Face, Scene, Shape};
use super::super::theme::{Ink, SMALL_PX};
use super::marks::polylines;
use super::panel::is_title;
use super::scale::{TimeScale, ValueScale};

/// Room between a name and its line, and between a name and everything else, in px.
const OWN_ROOM: f64 = 2.0;
const OTHER_ROOM: f64 = 7.0;
/// Distance of the places that are tried, in px.
const STEP: f64 = 5.0;

/// The name of a line, its middle, its colour.
pub type Name = (String, (f64, f64), Ink);

/// What a name must keep off.
struct Drawn {
    /// The lines of each series or range: what lies between the edges of a range belongs to it.
    others: Vec<Vec<Vec<(f64, f64)>>>,
    areas: Vec<Area>,
}

/// Places for the names of all lines from `left` to `right`; `None` where one has no room, or bars leave none.
pub fn names(panel: &Panel, x: TimeScale, y: ValueScale, plot: Area, span: (f64, f64)) -> Option<Vec<Name>> {
    if panel.series.iter().any(|series| matches!(series.marks, Marks::Bars(_) | Marks::Projected(_))) {
        return None;
    }
    let mut areas = points(panel, x, y);
    let mut names = Vec::new();
    for (at, series) in panel.series.iter().enumerate() {
        if !is_named(series) || is_title(panel, series) {
            continue;
        }
        let others = panel.series.iter().enumerate().filter(|(k, _)| *k != at);
        let level = |value: f64| vec![(plot.x0, y.at(value)), (plot.x1, y.at(value))];
        let levels =
            panel.references.iter().map(|reference| vec![level(reference.low), level(reference.high)]);
        let others = others.map(|(_, other)| polylines(other, x, y)).chain(levels).collect();
        let drawn = Drawn { others, areas: areas.clone() };
        let (place, area) = place(series, &polylines(series, x, y), &drawn, plot, span)?;
        areas.push(area);
        names.push((series.label.clone(), place, series.ink));
    }
    (!names.is_empty()).then_some(names)
}

/// Writes the names on a ground of their own, so that grid and races do not run through them; the plot for which they
/// were placed began at 0, and this one at `top`.
pub fn draw(scene: &mut Scene, names: Vec<Name>, top: f64) {
    for (name, (x, y), ink) in names {
        let at = (x, y + top);
        let face = Face::new(SMALL_PX, ink).at(Anchor::Middle);
        scene.add(Shape::Rect(face.area(&name, at), Ink::Paper));
        scene.text(name, at, face);
    }
}

fn is_named(series: &Series) -> bool {
    matches!(series.marks, Marks::Line { .. }) && !series.is_projected() && series.has_values()
}

/// Room around points, labels above them among it.
fn points(panel: &Panel, x: TimeScale, y: ValueScale) -> Vec<Area> {
    let all = panel.series.iter().filter_map(|series| match &series.marks {
        Marks::Points(points) => Some(points),
        _ => None,
    });
    let area =
        |(px, py): (f64, f64), above: f64| Area { x0: px - 5.0, y0: py - above, x1: px + 5.0, y1: py + 5.0 };
    all.flatten()
        .map(|point| {
            area((x.middle(point.date), y.at(point.value)), if point.label.is_some() { 20.0 } else { 5.0 })
        })
        .collect()
}

/// The latest place above or below a line.
fn place(
    series: &Series,
    own: &[Vec<(f64, f64)>],
    drawn: &Drawn,
    plot: Area,
    (left, right): (f64, f64),
) -> Option<((f64, f64), Area)> {
    let face = Face::new(SMALL_PX, series.ink).at(Anchor::Middle);
    let size = face.area(&series.label, (0.0, 0.0));
    let half = size.width() / 2.0;
    let n = ((right - left - 2.0 * half) / STEP).floor();
    let middles = (0..n.max(0.0) as u32).map(|k| right - half - 1.0 - f64::from(k) * STEP);
    middles.into_iter().find_map(|middle| {
        let (x0, x1) = (middle - half - 2.0, middle + half + 2.0);
        let (top, bottom) = range(own, x0, x1)?;
        let above = Area { x0, y0: top - OWN_ROOM - size.height(), x1, y1: top - OWN_ROOM };
        let below = Area { x0, y0: bottom + OWN_ROOM, x1, y1: bottom + OWN_ROOM + size.height() };
        let is_free = |area: &Area| area.y0 >= plot.y0 && area.y1 <= plot.y1 - 2.0 && drawn.is_off(area);
        let area = [above, below].into_iter().find(is_free)?;
        Some(((middle, area.middle()), area))
    })
}

impl Drawn {
    fn is_off(&self, area: &Area) -> bool {
        let wide = Area { y0: area.y0 - OTHER_ROOM, y1: area.y1 + OTHER_ROOM, ..*area };
        let meets_line = self.others.iter().any(|lines| {
            range(lines, wide.x0, wide.x1).is_some_and(|(top, bottom)| top < wide.y1 && bottom > wide.y0)
        });
        !meets_line && !self.areas.iter().any(|other| other.meets(area))
    }
}

/// Top and bottom of lines between two x; `None` where there is none.
pub fn range(lines: &[Vec<(f64, f64)>], x0: f64, x1: f64) -> Option<(f64, f64)> {
    let mut found: Option<(f64, f64)> = None;
    for pair in lines.iter().flat_map(|line| line.windows(2)) {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        if bx < x0 || ax > x1 {
            continue;
        }
        let at = |x: f64| {
            if bx - ax < 1e-9 { by } else { ay + (by - ay) * ((x - ax) / (bx - ax)).clamp(0.0, 1.0) }
        };
        let ys = if bx - ax < 1e-9 { (ay, by) } else { (at(x0.max(ax)), at(x1.min(bx))) };
        let (top, bottom) = found.unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
        found = Some((top.min(ys.0).min(ys.1), bottom.max(ys.0).max(ys.1)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_what_lies_between_and_steps_too() {
        let line = vec![vec![(0.0, 10.0), (10.0, 20.0), (10.0, 40.0), (20.0, 40.0)]];
        assert_eq!(range(&line, 2.0, 4.0), Some((12.0, 14.0)));
        assert_eq!(range(&line, 8.0, 12.0), Some((18.0, 40.0)));
        assert_eq!(range(&line, 21.0, 25.0), None);
    }
}
