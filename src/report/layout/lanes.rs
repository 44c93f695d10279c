//! The strips above every chart: blocks, massage windows, races.

use super::super::chart::{ChartSpec, Symbol, WindowMark};
use super::super::font;
use super::super::scene::{Anchor, Area, Face, Scene, Shape};
use super::super::text;
use super::super::theme::{Ink, SMALL_PX};
use super::key::{self, Sample};
use super::scale::TimeScale;
use crate::blocks::Phase;
use crate::massage::window::Status;
use crate::model::{Day, Depth};

/// Heights in px: the ribbon, the lane of windows, the lane of races, and the room under each.
const RIBBON: f64 = 20.0;
const WINDOWS: f64 = 16.0;
const RACES: f64 = 16.0;
const ROOM: f64 = 5.0;
/// Height of a flag in px.
const FLAG: f64 = 12.0;
/// Least width of a window in px.
const WINDOW_MIN: f64 = 4.0;

/// Draws the strips that the chart has; gives the bottom and what the key must explain.
pub fn draw(scene: &mut Scene, spec: &ChartSpec, x: TimeScale, top: f64) -> (f64, Vec<(Sample, String)>) {
    let mut key = Vec::new();
    let mut y = top;
    if !spec.ribbon.is_empty() {
        let lane = Area { x0: x.x0, y0: y, x1: x.x1, y1: y + RIBBON };
        name(scene, "Blocks", lane);
        let unnamed = ribbon(scene, spec, x, lane).into_iter();
        key.extend(unnamed.map(|phase| (Sample::Phase(phase), text::plain_word(phase.name()))));
        y = lane.y1 + ROOM;
    }
    if !spec.windows.is_empty() || !spec.sessions.is_empty() || spec.windows_as_it_is.is_some() {
        let lane = Area { x0: x.x0, y0: y, x1: x.x1, y1: y + WINDOWS };
        name(scene, if spec.windows_as_it_is.is_some() { "Tried out" } else { "Massage" }, lane);
        key.extend(windows(scene, &spec.windows, x, lane));
        key.extend(sessions(scene, &spec.sessions, x, lane));
        y = lane.y1 + ROOM;
    }
    if let Some(as_it_is) = &spec.windows_as_it_is {
        let lane = Area { x0: x.x0, y0: y, x1: x.x1, y1: y + WINDOWS };
        name(scene, "As it is", lane);
        let entries = windows(scene, as_it_is, x, lane);
        key.extend(entries.into_iter().filter(|entry| !key.contains(entry)).collect::<Vec<_>>());
        y = lane.y1 + ROOM;
    }
    if !spec.races.is_empty() {
        let lane = Area { x0: x.x0, y0: y, x1: x.x1, y1: y + RACES };
        name(scene, "Races", lane);
        races(scene, spec, x, lane);
        y = lane.y1;
    }
    (y + ROOM, key)
}

fn name(scene: &mut Scene, name: &str, lane: Area) {
    scene.text(name, (lane.x0 - 8.0, lane.middle()), Face::new(SMALL_PX, Ink::Muted).at(Anchor::End));
}

/// Draws the blocks; gives the phases whose name had no room anywhere.
fn ribbon(scene: &mut Scene, spec: &ChartSpec, x: TimeScale, lane: Area) -> Vec<Phase> {
    let mut phases: Vec<(Phase, bool)> = Vec::new();
    for stretch in &spec.ribbon {
        // A pixel of paper keeps neighbours apart.
        let area = Area {
            x0: x.start(stretch.start),
            x1: (x.end(stretch.last) - 1.0).max(x.start(stretch.start) + 1.0),
            ..lane
        };
        scene.add(Shape::Rect(area, Ink::Phase(stretch.phase)));
        let word = text::capital(&text::plain_word(stretch.phase.name()));
        let is_named = font::width(&word, SMALL_PX) + 6.0 <= area.width();
        if is_named {
            let at = (f64::midpoint(area.x0, area.x1), area.middle());
            scene.text(word, at, Face::new(SMALL_PX, Ink::Text).at(Anchor::Middle));
        } else {
            key::pattern(scene, stretch.phase, area);
        }
        match phases.iter_mut().find(|(phase, _)| *phase == stretch.phase) {
            Some((_, any_named)) => *any_named |= is_named,
            None => phases.push((stretch.phase, is_named)),
        }
    }
    // The race is told by its flag.
    phases
        .into_iter()
        .filter(|(phase, named)| !named && *phase != Phase::Race)
        .map(|(phase, _)| phase)
        .collect()
}

/// Draws the windows, taller for deeper; gives the key of the statuses that occur.
fn windows(scene: &mut Scene, windows: &[WindowMark], x: TimeScale, lane: Area) -> Vec<(Sample, String)> {
    for window in windows {
        let height = match window.depth {
            Depth::Deep => WINDOWS - 1.0,
            Depth::Moderate => 10.0,
            Depth::Light | Depth::None => 5.0,
        };
        let (x0, x1) = (x.start(window.start), x.end(window.last));
        let area = Area { x0, y0: lane.y1 - height, x1: (x1 - 1.0).max(x0 + WINDOW_MIN), y1: lane.y1 };
        match window.status {
            Status::Past => scene.frame(area, Ink::Plum),
            Status::Open => scene.add(Shape::Rect(area, Ink::Plum)),
            Status::Upcoming => key::hatched(scene, area, Ink::Plum),
        }
    }
    scene.add(Shape::Line(vec![(lane.x0, lane.y1), (lane.x1, lane.y1)], Ink::Grid, 1));
    let samples = [
        (Status::Past, Sample::Frame(Ink::Plum), "past window"),
        (Status::Open, Sample::Fill(Ink::Plum), "open window"),
        (Status::Upcoming, Sample::Hatched(Ink::Plum), "upcoming window"),
    ];
    let present =
        samples.into_iter().filter(|(status, ..)| windows.iter().any(|window| window.status == *status));
    present
        .map(|(_, sample, text)| (sample, text.to_owned()))
        .chain((!windows.is_empty()).then(|| (Sample::Word, "taller: deeper".to_owned())))
        .collect()
}

/// Draws the massages had as dots on the floor of the lane.
fn sessions(scene: &mut Scene, days: &[Day], x: TimeScale, lane: Area) -> Option<(Sample, String)> {
    for day in days {
        scene.symbol(Symbol::Dot, (x.middle(*day), lane.y1 - 4.0), 3.0, Ink::Text);
    }
    (!days.is_empty()).then(|| (Sample::Mark(Symbol::Dot, Ink::Text), "massage had".to_owned()))
}

fn races(scene: &mut Scene, spec: &ChartSpec, x: TimeScale, lane: Area) {
    let face = Face::new(SMALL_PX, Ink::Text);
    for race in &spec.races {
        let at = x.middle(race.date);
        key::flag(scene, (at, lane.y1), FLAG, Ink::Text);
        scene.reserve(Area { x0: at - 1.0, x1: at + 10.0, ..lane });
    }
    // Races to come are named first, then past ones from the latest back.
    let ahead = spec.races.iter().filter(|race| race.date >= spec.time.as_of);
    let past = spec.races.iter().rev().filter(|race| race.date < spec.time.as_of);
    for race in ahead.chain(past) {
        let (at, y) = (x.middle(race.date), lane.middle() - 1.0);
        let _ = scene.try_text(&race.name, (at + 13.0, y), face)
            || scene.try_text(&race.name, (at - 5.0, y), face.at(Anchor::End));
    }
}
