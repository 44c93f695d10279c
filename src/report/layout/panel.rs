//! One plot: axis, ground, series, labels.

use super::super::chart::{ChartSpec, Marks, Panel, Point, Stroke, Symbol};
use super::super::font;
use super::super::scene::{Anchor, Area, Face, Scene, Shape, Slope};
use super::super::text;
use super::super::theme::{Ink, SMALL_PX, TEXT_PX};
use super::super::ticks;
use super::key::{self, Sample};
use super::marks;
use super::scale::{TimeScale, ValueScale};

/// Room for one step of the value axis in px.
const TICK_ROOM: f64 = 42.0;
/// Least distance between the labels at the ends of lines in px.
const END_LABEL_ROOM: f64 = 14.0;

/// Draws a panel of a plot height under `top`; gives the bottom of the plot.
pub fn draw(scene: &mut Scene, spec: &ChartSpec, panel: &Panel, x: TimeScale, top: f64, height: f64) -> f64 {
    let left = x.x0 - super::LEFT + super::EDGE;
    let Some((low, high)) = panel.extent() else {
        let y0 = key::rows(scene, &panel.label, &[], (left, x.x1), top) + 6.0;
        let plot = Area { x0: x.x0, y0, x1: x.x1, y1: y0 + height };
        say_empty(scene, panel.if_empty, plot);
        return plot.y1;
    };
    let ends = end_labels(scene, panel, x);
    let entries = key_entries(panel, ends.is_some());
    let y0 = key::rows(scene, &panel.label, &entries, (left, x.x1), top) + 6.0;
    let plot = Area { x0: x.x0, y0, x1: x.x1, y1: y0 + height };
    let low = if panel.is_from_zero { low.min(0.0) } else { low };
    let ticks = ticks::values(low, high, (height / TICK_ROOM).round().max(1.0) as u32);
    let y = ValueScale::new(&ticks, plot.y0, plot.y1);
    ground(scene, spec, x, plot);
    for reference in panel.references.iter().filter(|reference| reference.low < reference.high) {
        let (y0, y1) = (y.at(reference.high), y.at(reference.low));
        let area = Area { y0, y1, x1: x.end(spec.time.as_of), ..plot };
        scene.add(Shape::Rect(area, Ink::Usual));
    }
    for (i, tick) in ticks.at.iter().enumerate() {
        if i > 0 {
            scene.add(Shape::Line(vec![(plot.x0, y.at(*tick)), (plot.x1, y.at(*tick))], Ink::Grid, 1));
        }
        let face = Face::new(SMALL_PX, Ink::Muted).at(Anchor::End);
        scene.text(text::number(*tick, ticks.decimals), (plot.x0 - 8.0, y.at(*tick)), face);
    }
    for reference in panel.references.iter().filter(|reference| reference.low >= reference.high) {
        scene.add(Shape::Line(
            vec![(plot.x0, y.at(reference.low)), (plot.x1, y.at(reference.low))],
            Ink::Axis,
            1,
        ));
    }
    if let Some(burn_in) = &spec.burn_in {
        let area = Area { x0: x.start(burn_in.start), x1: x.end(burn_in.last), ..plot };
        scene.hatch(area, Ink::Hatch, 8.0, Slope::Rising);
    }
    overlays(scene, spec, x, plot);
    for series in &panel.series {
        marks::draw(scene, series, x, y);
    }
    baseline(scene, plot);
    for (label, value, at, ink) in spread(ends.unwrap_or_default(), y, plot) {
        let face = Face::new(SMALL_PX, ink);
        let area = face.area(&label, (at, value));
        // Lines of races to come do not run through the words.
        if area.x1 <= plot.x1 {
            scene.add(Shape::Rect(area, Ink::Ahead));
        }
        scene.text(label, (at, value), face);
    }
    marks::labels(scene, panel, x, y, plot);
    plot.y1
}

/// What is missing, in place of a plot.
pub fn say_empty(scene: &mut Scene, words: &str, plot: Area) {
    let face = Face::new(TEXT_PX, Ink::Muted).at(Anchor::Middle);
    let lines = font::wrap(words, TEXT_PX, plot.width() - 20.0);
    for (i, line) in lines.iter().enumerate() {
        let y = plot.middle() + 16.0 * (i as f64 - (lines.len() - 1) as f64 / 2.0);
        scene.text(line, (f64::midpoint(plot.x0, plot.x1), y), face);
    }
    baseline(scene, plot);
}

/// The ground of the days to come.
fn ground(scene: &mut Scene, spec: &ChartSpec, x: TimeScale, plot: Area) {
    let today = x.end(spec.time.as_of);
    if today < plot.x1 {
        scene.add(Shape::Rect(Area { x0: today, ..plot }, Ink::Ahead));
        scene.add(Shape::Line(vec![(today, plot.y0), (today, plot.y1)], Ink::Axis, 1));
    }
}

fn baseline(scene: &mut Scene, plot: Area) {
    scene.add(Shape::Line(vec![(plot.x0, plot.y1), (plot.x1, plot.y1)], Ink::Axis, 1));
}

/// Races through the plot.
fn overlays(scene: &mut Scene, spec: &ChartSpec, x: TimeScale, plot: Area) {
    for race in &spec.races {
        let at = x.middle(race.date);
        scene.dashed(&[(at, plot.y0), (at, plot.y1)], Ink::Axis, 1);
    }
}

fn key_entries(panel: &Panel, lines_are_labelled: bool) -> Vec<(Sample, String)> {
    let past = panel.series.iter().filter(|series| !series.is_projected());
    let series = past.filter_map(|series| {
        let sample = match &series.marks {
            Marks::Bars(_) | Marks::Projected(_) => Sample::Fill(series.ink),
            Marks::Outlined(bars) => {
                bars.iter().any(|bar| bar.value > 0.0).then_some(Sample::Frame(series.ink))?
            }
            Marks::Line { stroke, .. } if !lines_are_labelled => Sample::Line(series.ink, *stroke),
            Marks::Line { .. } => return None,
            Marks::Points(points) => Sample::Mark(most_frequent(points)?, series.ink),
            Marks::Band(spans) => {
                spans.iter().any(|span| span.1.is_some()).then_some(Sample::Fill(series.ink))?
            }
        };
        Some((sample, series.label.clone()))
    });
    let bands = panel.references.iter().filter(|reference| reference.low < reference.high);
    let bands = bands.map(|reference| (Sample::Fill(Ink::Usual), reference.label.clone()));
    series.chain(bands).chain(projected_entry(panel)).collect()
}

/// One entry for everything that is still to come, in the form of the first.
fn projected_entry(panel: &Panel) -> Option<(Sample, String)> {
    let mut ahead = panel.series.iter().filter(|series| series.is_projected() && series.has_values());
    let first = ahead.next()?;
    // Several lines are dashed alike, each in its own colour.
    let ink = if ahead.next().is_some() { Ink::Muted } else { first.ink };
    let sample = match &first.marks {
        Marks::Projected(_) => Sample::Ahead(ink),
        Marks::Points(_) => Sample::Mark(Symbol::Cross, ink),
        _ => Sample::Line(ink, Stroke::Projected),
    };
    Some((sample, "projected".to_owned()))
}

/// The symbol that most of the points have.
fn most_frequent(points: &[Point]) -> Option<Symbol> {
    let count = |symbol| points.iter().filter(|point| point.symbol == symbol).count();
    points.iter().map(|point| point.symbol).max_by_key(|symbol| count(*symbol))
}

/// A label at the end of a line: text, value, x, colour.
type EndLabel = (String, f64, f64, Ink);

/// Labels at the ends of all lines, where every one has room at the right and no bar stands there.
fn end_labels(scene: &Scene, panel: &Panel, x: TimeScale) -> Option<Vec<EndLabel>> {
    let mut labels = Vec::new();
    // Where lines go on as projected there is no room at their ends.
    if panel.series.iter().any(|s| matches!(s.marks, Marks::Bars(_)) || (s.is_projected() && s.has_values()))
    {
        return None;
    }
    for series in panel.series.iter().filter(|series| !series.is_projected()) {
        let Marks::Line { points, .. } = &series.marks else { continue };
        let (day, value) = points.iter().rev().find_map(|(day, value)| value.map(|value| (*day, value)))?;
        let label = format!("{} {}", series.label, text::number(value, panel.decimals));
        let at = x.end(day) + 5.0;
        if at + font::width(&label, SMALL_PX) > scene.width - 4.0 {
            return None;
        }
        labels.push((label, value, at, series.ink));
    }
    Some(labels)
}

/// Moves end labels apart; their value becomes their y.
fn spread(mut labels: Vec<EndLabel>, y: ValueScale, plot: Area) -> Vec<EndLabel> {
    for label in &mut labels {
        label.1 = y.at(label.1);
    }
    labels.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut lowest = plot.y0 + 7.0;
    for label in &mut labels {
        label.1 = label.1.max(lowest);
        lowest = label.1 + END_LABEL_ROOM;
    }
    let mut highest = plot.y1 - 7.0;
    for label in labels.iter_mut().rev() {
        label.1 = label.1.min(highest);
        highest = label.1 - END_LABEL_ROOM;
    }
    labels
}
