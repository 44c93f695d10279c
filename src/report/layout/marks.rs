//! Series: bars, lines, points and bands with the labels at them.

use super::super::chart::{Bar, Gap, LinePath, Marks, Panel, Point, Series, Stroke};
use super::super::font;
use super::super::scene::{Anchor, Area, Face, Scene, Shape, Slope};
use super::super::theme::{Ink, SMALL_PX};
use super::scale::{TimeScale, ValueScale};
use super::{direct, key};
use crate::model::Day;
use crate::model::calendar::{minus, plus};

/// Narrower plots than this get smaller points.
const SMALL_PLOT: f64 = 500.0;

/// Draws one series.
pub fn draw(scene: &mut Scene, series: &Series, x: TimeScale, y: ValueScale) {
    match &series.marks {
        Marks::Bars(bars) => bars.iter().for_each(|bar| draw_bar(scene, bar, series.ink, x, y)),
        Marks::Projected(bars) => {
            for bar in bars.iter().filter(|bar| bar.value > 0.0) {
                key::ahead(scene, bar_area(bar, x, y), series.ink);
            }
        }
        Marks::Outlined(bars) => {
            for bar in bars.iter().filter(|bar| bar.value > 0.0) {
                scene.frame(bar_area(bar, x, y), series.ink);
            }
        }
        Marks::Line { stroke, .. } => {
            for line in polylines(series, x, y) {
                match stroke {
                    Stroke::Solid => scene.add(Shape::Line(line, series.ink, 2)),
                    Stroke::Thin => scene.add(Shape::Line(line, series.ink, 1)),
                    Stroke::Dashed => scene.dashed(&line, series.ink, 1),
                    Stroke::Projected => scene.dashed(&line, series.ink, 2),
                }
            }
        }
        Marks::Points(points) => {
            let r = if x.x1 - x.x0 < SMALL_PLOT { 2.0 } else { 3.0 };
            for point in points {
                scene.symbol(point.symbol, (x.middle(point.date), y.at(point.value)), r, series.ink);
            }
        }
        Marks::Gaps(gaps) => {
            for gap in gaps {
                let area = Area { x0: x.start(gap.start), x1: x.start(gap.end), ..y.area() };
                scene.hatch(area, series.ink, 6.0, Slope::Falling);
            }
        }
        Marks::Band(spans) => {
            for mut part in known_parts(spans) {
                // A single day is no line either.
                if let [(day, span)] = part[..] {
                    let (from, to) = (minus(day, 1), plus(day, 1));
                    part = vec![(from, span), (to, span)];
                }
                let upper = part.iter().map(|(day, (_, high))| (x.middle(*day), y.at(*high)));
                let lower = part.iter().rev().map(|(day, (low, _))| (x.middle(*day), y.at(*low)));
                scene.add(Shape::Polygon(upper.chain(lower).collect(), series.ink));
            }
        }
    }
}

/// The lines of a series as they are drawn; the edges of a band, none of bars and points.
pub fn polylines(series: &Series, x: TimeScale, y: ValueScale) -> Vec<Vec<(f64, f64)>> {
    match &series.marks {
        Marks::Line { points, path, .. } => {
            known_parts(points).into_iter().map(|part| polyline(part, *path, x, y)).collect()
        }
        Marks::Band(spans) => {
            let edges = known_parts(spans).into_iter().flat_map(|part| {
                let low = part.iter().map(|(day, (low, _))| (x.middle(*day), y.at(*low))).collect();
                let high = part.iter().map(|(day, (_, high))| (x.middle(*day), y.at(*high))).collect();
                [low, high]
            });
            edges.collect()
        }
        Marks::Bars(_) | Marks::Outlined(_) | Marks::Projected(_) | Marks::Points(_) | Marks::Gaps(_) => {
            Vec::new()
        }
    }
}

fn draw_bar(scene: &mut Scene, bar: &Bar, ink: Ink, x: TimeScale, y: ValueScale) {
    if bar.value <= 0.0 {
        return;
    }
    let area = bar_area(bar, x, y);
    if bar.is_partial {
        key::hatched(scene, area, ink);
    } else {
        key::filled(scene, area, ink);
    }
}

fn bar_area(bar: &Bar, x: TimeScale, y: ValueScale) -> Area {
    let (x0, x1) = bar_sides(bar, x);
    Area { x0, y0: y.at(bar.base + bar.value), x1, y1: y.at(bar.base) }
}

/// The sides of a bar, with a gap to the next one where bars are wide enough for one.
fn bar_sides(bar: &Bar, x: TimeScale) -> (f64, f64) {
    let (x0, x1) = (x.start(bar.start), x.start(bar.end));
    let gap = match x1 - x0 {
        ..3.0 => 0.0,
        3.0..12.0 => 1.0,
        _ => 3.0,
    };
    (x0 + (gap / 2.0_f64).floor(), x1 - (gap / 2.0_f64).ceil())
}

/// The stretches of days that follow each other and have a value.
fn known_parts<T: Copy>(points: &[(Day, Option<T>)]) -> Vec<Vec<(Day, T)>> {
    let mut parts: Vec<Vec<(Day, T)>> = Vec::new();
    let mut is_open = false;
    for (day, value) in points {
        match value {
            Some(value) if is_open => parts.last_mut().expect("an open part was pushed").push((*day, *value)),
            Some(value) => parts.push(vec![(*day, *value)]),
            None => {}
        }
        is_open = value.is_some();
    }
    parts
}

fn polyline(part: Vec<(Day, f64)>, path: LinePath, x: TimeScale, y: ValueScale) -> Vec<(f64, f64)> {
    let steps = |(day, value): (Day, f64)| [(x.start(day), y.at(value)), (x.end(day), y.at(value))];
    if path == LinePath::Held {
        let ends =
            part.iter().skip(1).map(|(day, _)| x.start(*day)).chain(part.last().map(|(day, _)| x.end(*day)));
        let held = part.iter().zip(ends);
        return held
            .flat_map(|((day, value), end)| [(x.start(*day), y.at(*value)), (end, y.at(*value))])
            .collect();
    }
    match path {
        LinePath::Straight if part.len() > 1 => {
            part.into_iter().map(|(day, value)| (x.middle(day), y.at(value))).collect()
        }
        LinePath::Weekly if part.len() > 1 => {
            part.into_iter().map(|(day, value)| (x.middle(plus(day, 3)), y.at(value))).collect()
        }
        // A single value has no line to lie on and is shown as a level one.
        _ => part.into_iter().flat_map(steps).collect(),
    }
}

/// What the label of a point should keep off, in px.
struct Drawn {
    lines: Vec<Vec<(f64, f64)>>,
    points: Vec<(f64, f64)>,
}

impl Drawn {
    fn of(panel: &Panel, x: TimeScale, y: ValueScale) -> Self {
        let mut drawn = Self { lines: Vec::new(), points: Vec::new() };
        for series in &panel.series {
            match &series.marks {
                Marks::Line { .. } => drawn.lines.extend(polylines(series, x, y)),
                Marks::Points(points) => {
                    drawn.points.extend(points.iter().map(|point| (x.middle(point.date), y.at(point.value))));
                }
                Marks::Bars(_)
                | Marks::Outlined(_)
                | Marks::Projected(_)
                | Marks::Band(_)
                | Marks::Gaps(_) => {}
            }
        }
        drawn
    }
}

/// Writes what stands at single marks: all labels of a set of bars or none, those of points where there is room.
pub fn labels(scene: &mut Scene, panel: &Panel, x: TimeScale, y: ValueScale, plot: Area) {
    let face = Face::new(SMALL_PX, Ink::Muted).at(Anchor::Middle);
    let drawn = Drawn::of(panel, x, y);
    for series in &panel.series {
        match &series.marks {
            Marks::Bars(bars) | Marks::Outlined(bars) => {
                let labelled: Vec<(&Bar, &String)> =
                    bars.iter().filter_map(|bar| Some((bar, bar.label.as_ref()?))).collect();
                let has_room = |(bar, label): &(&Bar, &String)| {
                    font::width(label, SMALL_PX) + 2.0 <= x.start(bar.end) - x.start(bar.start)
                };
                if labelled.iter().all(has_room) {
                    for (bar, label) in labelled {
                        let (x0, x1) = bar_sides(bar, x);
                        let top = (y.at(bar.base + bar.value) - 8.0).max(plot.y0 - 2.0);
                        scene.try_text(label, (f64::midpoint(x0, x1), top), face);
                    }
                }
            }
            Marks::Points(points) => points.iter().for_each(|point| point_label(scene, point, &drawn, x, y)),
            Marks::Gaps(gaps) => gaps.iter().for_each(|gap| gap_label(scene, gap, x, plot)),
            Marks::Projected(_) | Marks::Line { .. } | Marks::Band(_) => {}
        }
    }
}

/// Writes the word of a gap on its floor, where it is wide enough.
fn gap_label(scene: &mut Scene, gap: &Gap, x: TimeScale, plot: Area) {
    let face = Face::new(SMALL_PX, Ink::Muted).at(Anchor::Middle);
    let (x0, x1) = (x.start(gap.start), x.start(gap.end));
    let at = (f64::midpoint(x0, x1), plot.y1 - 10.0);
    let area = face.area(&gap.label, at);
    if area.width() + 4.0 <= x1 - x0 && scene.is_free(area) {
        scene.add(Shape::Rect(area, Ink::Paper));
        scene.text(gap.label.clone(), at, face);
    }
}

/// Writes the label of a point on a ground of its own, so that lines do not run through it.
fn point_label(scene: &mut Scene, point: &Point, drawn: &Drawn, x: TimeScale, y: ValueScale) {
    let Some(label) = &point.label else { return };
    let (px, py) = (x.middle(point.date), y.at(point.value));
    let face = Face::new(SMALL_PX, Ink::Text);
    // What leads up to a run above the line is lower, so the left is mostly free.
    let places = [
        ((px - 8.0, py - 3.0), face.at(Anchor::End)),
        ((px, py - 14.0), face.at(Anchor::Middle)),
        ((px + 6.0, py - 12.0), face),
        ((px - 6.0, py - 12.0), face.at(Anchor::End)),
        ((px, py + 14.0), face.at(Anchor::Middle)),
        ((px + 8.0, py - 3.0), face),
    ];
    let Area { y0: top, y1: bottom, .. } = y.area();
    let is_free = |(at, face): &((f64, f64), Face)| {
        let area = face.area(label, *at);
        let is_inside = area.x0 >= x.x0 && area.x1 <= x.x1 && area.y0 >= top - 8.0 && area.y1 <= bottom;
        is_inside && scene.is_free(area)
    };
    let is_off_lines = |(at, face): &((f64, f64), Face)| {
        let area = face.area(label, *at);
        direct::range(&drawn.lines, area.x0, area.x1).is_none_or(|(y0, y1)| y1 < area.y0 || y0 > area.y1)
    };
    // Its ground may hide a part of a line, which goes on, but no mark.
    let is_off_points = |(at, face): &((f64, f64), Face)| {
        let area = face.area(label, *at);
        let is_in =
            |(x, y): &(f64, f64)| area.x0 - 2.0 < *x && *x < area.x1 + 2.0 && area.y0 < *y && *y < area.y1;
        !drawn.points.iter().any(is_in)
    };
    let free: Vec<((f64, f64), Face)> =
        places.into_iter().filter(|place| is_free(place) && is_off_points(place)).collect();
    let best = free.iter().find(|place| is_off_lines(place)).or(free.first());
    if let Some(&(at, face)) = best {
        scene.add(Shape::Rect(face.area(label, at), Ink::Paper));
        scene.text(label, at, face);
    }
}
