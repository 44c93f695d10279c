//! One plot: axis, ground, series, labels.

use super::super::chart::{Axis, ChartSpec, Marks, Panel, Point, Series, Stroke, Symbol};
use super::super::font;
use super::super::scene::{Anchor, Area, Face, Scene, Shape, Slope};
use super::super::text;
use super::super::theme::{Ink, SMALL_PX, TEXT_PX};
use super::super::ticks::{self, ValueTicks};
use super::key::{self, Sample};
use super::scale::{TimeScale, ValueScale};
use super::{direct, marks};

/// Room for one step of the value axis in px.
const TICK_ROOM: f64 = 42.0;
/// Room for what is said in place of a plot, in px.
const EMPTY_HEIGHT: f64 = 48.0;
/// Lower plots have no names at their lines, in px.
const NAMED_HEIGHT: f64 = 100.0;
/// Least range of an axis that does not start at zero, as a share of its values and in seconds of pace.
const LEAST_RANGE: f64 = 0.02;
const LEAST_PACE_RANGE_S: f64 = 10.0;
/// Least distance between the labels at the ends of lines in px.
const END_LABEL_ROOM: f64 = 14.0;

/// Draws a panel of a plot height under `top`; gives the bottom of the plot. What panels above have `explained` is not
/// said again.
pub fn draw(
    scene: &mut Scene,
    spec: &ChartSpec,
    panel: &Panel,
    x: TimeScale,
    top: f64,
    height: f64,
    explained: &mut Vec<(Sample, String)>,
) -> f64 {
    let left = x.x0 - super::LEFT + super::EDGE;
    let Some((low, high)) = panel.extent() else {
        let y0 = key::rows(scene, &panel.label, &[], (left, x.x1), top) + 6.0;
        let plot = Area { x0: x.x0, y0, x1: x.x1, y1: y0 + height.min(EMPTY_HEIGHT) };
        say_empty(scene, panel.if_empty, plot);
        return plot.y1;
    };
    let low = if panel.is_from_zero { low.min(0.0) } else { low };
    let n_steps = (height / TICK_ROOM).round().max(1.0) as u32;
    let under = |top: f64| Area { x0: x.x0, y0: top, x1: x.x1, y1: top + height };
    let mut fresh = key_entries(panel);
    fresh.retain(|entry| !explained.contains(entry));
    // Small multiples have one key for all, and no room for names.
    let is_small = height < NAMED_HEIGHT;
    let ends = if is_small { None } else { end_labels(scene, panel, x) };
    let names = if ends.is_some() || is_small {
        None
    } else {
        let plot = under(0.0);
        let (_, y) = scale(panel, (low, high), n_steps, plot);
        direct::names(panel, x, y, plot, readable(spec, x))
    };
    if ends.is_some() || names.is_some() {
        fresh.retain(|(sample, label)| !is_line_of(panel, *sample, label));
    }
    let plot = under(key::rows(scene, &panel.label, &fresh, (left, x.x1), top) + 6.0);
    explained.append(&mut fresh);
    let (ticks, y) = scale(panel, (low, high), n_steps, plot);
    ground(scene, spec, x, plot);
    for reference in panel.references.iter().filter(|reference| reference.low < reference.high) {
        let (y0, y1) = (y.at(reference.high), y.at(reference.low));
        let area = Area { y0, y1, x1: x.end(spec.time.as_of), ..plot };
        scene.add(Shape::Rect(area, Ink::Usual));
    }
    for tick in &ticks.at {
        if y.at(*tick) < plot.y1 - 0.5 {
            scene.add(Shape::Line(vec![(plot.x0, y.at(*tick)), (plot.x1, y.at(*tick))], Ink::Grid, 1));
        }
        let face = Face::new(SMALL_PX, Ink::Muted).at(Anchor::End);
        scene.text(tick_label(panel, *tick, ticks.decimals), (plot.x0 - 8.0, y.at(*tick)), face);
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
    direct::draw(scene, names.unwrap_or_default(), plot.y0);
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

/// The days that are over and fit to be read, in px.
fn readable(spec: &ChartSpec, x: TimeScale) -> (f64, f64) {
    let from = spec.burn_in.as_ref().map_or(x.x0, |burn_in| x.end(burn_in.last));
    (from, x.end(spec.time.as_of))
}

/// Ticks and scale of the values of a panel.
fn scale(panel: &Panel, (low, high): (f64, f64), n_steps: u32, plot: Area) -> (ValueTicks, ValueScale) {
    // What hardly moves shall not look as if it did.
    let least = match panel.axis {
        Axis::Number if panel.is_from_zero => 0.0,
        Axis::Number => LEAST_RANGE * low.abs().max(high.abs()),
        Axis::Pace => LEAST_PACE_RANGE_S,
    };
    let pad = ((least - (high - low)) / 2.0).max(0.0);
    let (low, high) = (low - pad, high + pad);
    match panel.axis {
        Axis::Number => {
            let ticks = ticks::values(low, high, n_steps);
            let y = ValueScale::new(&ticks, plot.y0, plot.y1);
            (ticks, y)
        }
        Axis::Pace => {
            let ticks = ticks::paces(low, high, n_steps);
            let y = ValueScale::new(&ticks, plot.y0, plot.y1).flipped();
            (ticks, y)
        }
    }
}

fn tick_label(panel: &Panel, tick: f64, decimals: usize) -> String {
    match panel.axis {
        Axis::Number => text::number(tick, decimals),
        Axis::Pace => panel.words(tick),
    }
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

/// Is it the entry of a line, which a label at the line can stand for?
fn is_line_of(panel: &Panel, sample: Sample, label: &str) -> bool {
    let is_it = |series: &Series| !series.is_projected() && series.label == label;
    matches!(sample, Sample::Line(..)) && panel.series.iter().any(is_it)
}

fn key_entries(panel: &Panel) -> Vec<(Sample, String)> {
    let past = panel.series.iter().filter(|series| !series.is_projected() && !is_title(panel, series));
    let series = past.filter_map(|series| {
        let sample = match &series.marks {
            Marks::Bars(bars) | Marks::Projected(bars) => {
                bars.iter().any(|bar| bar.value > 0.0).then_some(Sample::Fill(series.ink))?
            }
            Marks::Outlined(bars) => {
                bars.iter().any(|bar| bar.value > 0.0).then_some(Sample::Frame(series.ink))?
            }
            Marks::Line { .. } if !series.has_values() => return None,
            Marks::Line { stroke, .. } => Sample::Line(series.ink, *stroke),
            Marks::Gaps(gaps) => (!gaps.is_empty()).then_some(Sample::Gap(Ink::Axis))?,
            Marks::Points(points) => Sample::Mark(most_frequent(points)?, series.ink),
            Marks::Band(spans) => {
                spans.iter().any(|span| span.1.is_some()).then_some(Sample::Fill(series.ink))?
            }
        };
        Some((sample, series.label.clone()))
    });
    let references = panel.references.iter().filter(|reference| !reference.label.is_empty());
    let references = references.map(|reference| {
        let is_level = reference.low >= reference.high;
        let sample = if is_level { Sample::Line(Ink::Axis, Stroke::Thin) } else { Sample::Fill(Ink::Usual) };
        (sample, reference.label.clone())
    });
    series.chain(references).chain(projected_entry(panel)).collect()
}

/// Is it the only series, and named by the title of the axis?
pub fn is_title(panel: &Panel, series: &Series) -> bool {
    let n = panel.series.iter().filter(|series| !series.is_projected()).count();
    n == 1 && panel.label.starts_with(&series.label)
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
    let label = if first.label.ends_with("projected") { "projected" } else { &first.label };
    Some((sample, label.to_owned()))
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
    for series in panel.series.iter().filter(|series| !series.is_projected() && !is_title(panel, series)) {
        let Marks::Line { points, .. } = &series.marks else { continue };
        let (day, value) = points.iter().rev().find_map(|(day, value)| value.map(|value| (*day, value)))?;
        let label = format!("{} {}", series.label, panel.words(value));
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
