//! A chart as data to shapes with places.
//!
//! Input: a [`ChartSpec`] and a width in px. Output: a [`Scene`] and its height. Invariant: no text meets
//! another text or the edge, at any width from 320 px up.

mod axis;
mod calendar;
mod cell;
mod direct;
mod grid;
pub(super) mod key;
pub(super) mod lanes;
mod marks;
mod panel;
pub(super) mod scale;

use super::chart::{Body, ChartSpec};
use super::font;
use super::scene::{Area, Face, Scene};
use super::theme::{Ink, SMALL_PX, TEXT_PX, TITLE_PX};
use key::Sample;
use scale::TimeScale;

/// Room left of the plots for value labels and the names of lanes, in px.
const LEFT: f64 = 76.0;
/// Room at the edges of the canvas in px.
const EDGE: f64 = 6.0;
/// Room right of the plots, so that the last date is not cut, in px.
const RIGHT: f64 = 18.0;

/// Does the drawing carry its own title and definition?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// Yes: it stands alone.
    Drawn,
    /// No: they stand beside it in the page.
    Beside,
}

/// Lays a chart out in the height in px that suits it at a width; gives that height as well.
#[must_use]
pub fn natural(spec: &ChartSpec, width: u32, heading: Heading) -> (Scene, u32) {
    let unit = match width {
        ..500 => 150.0,
        500..800 => 170.0,
        _ => 210.0,
    };
    let (scene, bottom) = with_unit(spec, width, unit, heading);
    (scene, bottom.ceil() as u32)
}

/// Lays a chart out; the panels share the height that the rest leaves, and are never flatter than 60 px. Cells have a
/// height of their own.
#[must_use]
pub fn scene(spec: &ChartSpec, width: u32, height: u32, heading: Heading) -> Scene {
    let (_, rest) = with_unit(spec, width, 0.0, heading);
    let weights: f64 = spec.panels().iter().map(|panel| panel.weight).sum();
    let unit = ((f64::from(height) - rest) / weights.max(0.1)).max(60.0);
    with_unit(spec, width, unit, heading).0
}

/// Lays a chart out with panels of `unit` px for a weight of 1; gives the scene and its bottom.
fn with_unit(spec: &ChartSpec, width: u32, unit: f64, heading: Heading) -> (Scene, f64) {
    let width = f64::from(width);
    let mut scene = Scene::new(width);
    let x = TimeScale { time: spec.time, x0: LEFT, x1: width - RIGHT };
    let mut y = EDGE;
    if heading == Heading::Drawn {
        y = head(&mut scene, spec, y);
    }
    let (below, mut entries) = lanes::draw(&mut scene, spec, x, y);
    y = below;
    let top = y;
    y = match &spec.body {
        Body::Panels(panels) => {
            let mut explained = Vec::new();
            for panel in panels {
                y = panel::draw(&mut scene, spec, panel, x, y, unit * panel.weight, &mut explained) + 12.0;
            }
            over_time(&mut scene, x, (top, y - 12.0))
        }
        Body::Grid(grid) => {
            y = grid::draw(&mut scene, spec, grid, x, y);
            over_time(&mut scene, x, (top, y))
        }
        Body::Calendar(calendar) => calendar::draw(&mut scene, spec, calendar, y),
    };
    if let Some(text) = &spec.hatched_bars {
        entries.push((Sample::Hatched(Ink::Muted), text.clone()));
    }
    if let Some(burn_in) = &spec.burn_in {
        entries.push((Sample::Hatch(Ink::Axis), burn_in.label.clone()));
    }
    if !entries.is_empty() {
        y = key::rows(&mut scene, "", &entries, (EDGE, x.x1), y);
    }
    (scene, y + EDGE)
}

/// The axis under what stands over time between a top and a bottom; gives its bottom.
fn over_time(scene: &mut Scene, x: TimeScale, (y0, y1): (f64, f64)) -> f64 {
    scene.plot = Some(Area { x0: x.x0, y0, x1: x.x1, y1 });
    axis::draw(scene, x, y1)
}

/// Title, finding and definition.
fn head(scene: &mut Scene, spec: &ChartSpec, top: f64) -> f64 {
    let mut y = top;
    let parts = [
        (spec.title, TITLE_PX, Ink::Text),
        (&spec.finding, TEXT_PX, Ink::Text),
        (&spec.subtitle, SMALL_PX, Ink::Muted),
    ];
    for (text, px, ink) in parts {
        for line in font::wrap(text, px, scene.width - 2.0 * EDGE) {
            y += 0.75 * px;
            scene.text(line, (EDGE, y), Face::new(px, ink));
            y += 0.7 * px;
        }
        y += 0.3 * px;
    }
    y + EDGE
}
