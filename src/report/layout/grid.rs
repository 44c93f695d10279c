//! Named rows of cells on the time axis.

use super::super::cells::{Cell, Fill, Grid};
use super::super::chart::ChartSpec;
use super::super::scene::{Anchor, Area, Face, Scene, Shape};
use super::super::theme::{Ink, SMALL_PX};
use super::cell;
use super::key::{self, Sample};
use super::panel;
use super::scale::TimeScale;
use crate::model::calendar::plus;

/// Height of a row in px, on a narrow canvas and on others.
const ROW: (f64, f64) = (16.0, 20.0);
/// Narrower plots than this have narrow rows.
const SMALL_PLOT: f64 = 400.0;

/// Draws a grid under `top`; gives the bottom of its last row.
pub fn draw(scene: &mut Scene, spec: &ChartSpec, grid: &Grid, x: TimeScale, top: f64) -> f64 {
    let left = x.x0 - super::LEFT + super::EDGE;
    if grid.is_empty() {
        let y0 = key::rows(scene, &grid.label, &[], (left, x.x1), top) + 6.0;
        let plot = Area { x0: x.x0, y0, x1: x.x1, y1: y0 + 4.0 * ROW.0 };
        panel::say_empty(scene, grid.if_empty, plot);
        return plot.y1;
    }
    let y0 = key::rows(scene, &grid.label, &key_entries(grid), (left, x.x1), top) + 6.0;
    let row = if x.x1 - x.x0 < SMALL_PLOT { ROW.0 } else { ROW.1 };
    let plot = Area { x0: x.x0, y0, x1: x.x1, y1: y0 + row * grid.rows.len() as f64 };
    ahead(scene, spec, grid, x, plot);
    for (i, of_row) in grid.rows.iter().enumerate() {
        let lane = Area { y0: y0 + row * i as f64, y1: y0 + row * (i + 1) as f64, ..plot };
        let face = Face::new(SMALL_PX, Ink::Text).at(Anchor::End);
        scene.text(&of_row.label, (plot.x0 - 8.0, lane.middle()), face);
        for one in &of_row.cells {
            draw_cell(scene, grid, one, x, lane);
        }
    }
    if let Some((start, _)) = &grid.now {
        let area = Area { x0: x.start(*start), x1: x.end(plus(*start, 6)), ..plot };
        cell::now(scene, area);
    }
    plot.y1
}

fn draw_cell(scene: &mut Scene, grid: &Grid, one: &Cell, x: TimeScale, lane: Area) {
    let (x0, x1) = (x.start(one.start), x.start(one.end));
    // A line of paper between neighbours, where cells are wide enough to have one.
    let gap = if x1 - x0 < 4.0 { 0.0 } else { 1.0 };
    let area = Area { x0: x0 + gap, y0: lane.y0 + 1.0, x1: x1 - gap, y1: lane.y1 - 1.0 };
    cell::ground(scene, one.fill, &grid.scale, area);
    if let Some(symbol) = one.symbol {
        cell::symbol(scene, symbol, area, cell::mark_ink(one.fill, &grid.scale));
    }
}

/// The ground of the days to come, which hold no cells.
fn ahead(scene: &mut Scene, spec: &ChartSpec, grid: &Grid, x: TimeScale, plot: Area) {
    let from = grid.now.as_ref().map_or(plus(spec.time.as_of, 1), |(start, _)| plus(*start, 7));
    let area = Area { x0: x.start(from), ..plot };
    if area.width() > 0.0 {
        scene.add(Shape::Rect(area, Ink::Ahead));
        let face = Face::new(SMALL_PX, Ink::Muted).at(Anchor::Middle);
        if face.area("to come", (0.0, 0.0)).width() + 8.0 <= area.width() {
            scene.text("to come", area.center(), face);
        }
    }
}

/// The steps of the scale, and what of symbols and of cells without a value occurs.
fn key_entries(grid: &Grid) -> Vec<(Sample, String)> {
    let steps = grid.scale.steps().map(|(ink, label)| (Sample::Fill(ink), label.to_owned()));
    let symbols =
        grid.symbols.iter().filter(|(symbol, _)| grid.cells().any(|one| one.symbol == Some(*symbol)));
    let symbols = symbols.map(|(symbol, label)| (Sample::Mark(*symbol, Ink::Text), (*label).to_owned()));
    let fills = [Fill::Rest, Fill::Unknown, Fill::Incomparable];
    let fills = fills.into_iter().filter(|fill| grid.cells().any(|one| one.fill == *fill));
    let now = grid.now.iter().map(|(_, label)| (Sample::Now, label.clone()));
    steps.chain(symbols).chain(fills.filter_map(key::fill)).chain(now).collect()
}
