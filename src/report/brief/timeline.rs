//! The weeks around the day on one strip: blocks, windows and massages, races, and a bar for the distance of each week.
//!
//! Input: a [`Brief`] and a width in px. Output: a [`Scene`] and its height, for SVG and PDF alike. Invariant: its lanes are
//! those of the charts of the runner's page.

use crate::brief::Brief;
use crate::load::day::WeekRow;
use crate::model::Day;
use crate::model::calendar::plus;
use crate::report::chart::{Body, ChartSpec, RaceMark, Stretch, TimeAxis, WindowMark};
use crate::report::font;
use crate::report::layout::key::{self, Sample};
use crate::report::layout::lanes;
use crate::report::layout::scale::TimeScale;
use crate::report::scene::{Anchor, Area, Face, Scene, Shape};
use crate::report::text;
use crate::report::theme::{Ink, SMALL_PX};

/// Room at the left for the names of the lanes, in px.
const LEFT: f64 = 74.0;
/// Room at the right for the flag of a race on the last day.
const RIGHT: f64 = 11.0;
/// Height of the bars and of a line of words, in px.
const BARS: f64 = 24.0;
const LINE: f64 = 15.0;
/// Height of the tip that points at the day, in px.
const TIP: f64 = 7.0;
/// Room between the bars of two weeks, in px.
const GAP: f64 = 6.0;
/// Longest name of a race in characters.
const NAME_MAX: usize = 24;

/// Draws the strip; gives its height too.
#[must_use]
pub fn scene(brief: &Brief, width: f64) -> (Scene, f64) {
    let spec = spec(brief);
    let mut scene = Scene::new(width);
    let x = TimeScale { time: spec.time, x0: LEFT, x1: width - RIGHT };
    let (top, mut entries) = lanes::draw(&mut scene, &spec, x, 1.0);
    // The tip of the marker of the day has a line of its own.
    let foot = top + TIP + LINE + BARS;
    let unit = brief.units.long_name();
    let name = Face::new(SMALL_PX, Ink::Muted).at(Anchor::End);
    scene.text(format!("{unit} a week"), (LEFT - 8.0, foot - 8.0), name);
    bars(&mut scene, brief, x, foot);
    scene.add(Shape::Line(vec![(LEFT, foot), (x.x1, foot)], Ink::Axis, 1));
    let at = x.middle(brief.on);
    let (mut from, step) = (1.0, 4.0);
    while from < top {
        let area = Area { x0: at - 1.5, x1: at + 1.5, y0: from, y1: from + step };
        // Not through a word.
        if scene.is_free(area) {
            scene.add(Shape::Line(vec![(at, from), (at, (from + 2.5).min(top))], Ink::Text, 1));
        }
        from += step;
    }
    scene.add(Shape::Polygon(vec![(at - 4.0, top + 6.0), (at + 4.0, top + 6.0), (at, top)], Ink::Text));
    week_names(&mut scene, brief, x, foot + LINE / 2.0 + 2.0);
    let ahead = brief.timeline.projected.iter().any(|week| week.distance_m > 0.0);
    entries.extend(ahead.then(|| (Sample::Ahead(Ink::Blue), "projected".to_owned())));
    let is_partial = |week: &&WeekRow| !week.is_whole();
    let partial = brief.timeline.weeks.iter().find(is_partial);
    entries.extend(partial.map(|_| (Sample::Hatched(Ink::Blue), "not a whole week".to_owned())));
    for (sample, words) in &mut entries {
        // On this strip the key has one line for all lanes.
        if *sample == Sample::Word {
            "taller: deeper".clone_into(words);
        }
    }
    let bottom = key::rows(&mut scene, "", &entries, (2.0, x.x1), foot + LINE + 4.0);
    (scene, bottom + 1.0)
}

/// What the lanes show.
fn spec(brief: &Brief) -> ChartSpec {
    let timeline = &brief.timeline;
    let ribbon = timeline.blocks.iter().map(|(start, last, phase)| Stretch {
        start: *start,
        last: *last,
        phase: *phase,
    });
    let windows = timeline.windows.iter().map(|one| WindowMark {
        start: one.start,
        last: one.end,
        status: one.status,
        depth: one.depth,
    });
    let races = timeline
        .races
        .iter()
        .map(|race| RaceMark { date: race.date, name: text::short(&race.name, NAME_MAX) });
    ChartSpec {
        id: "weeks",
        title: "The weeks around the day",
        subtitle: String::new(),
        finding: finding(brief),
        time: TimeAxis { start: timeline.start, end: timeline.end, as_of: brief.as_of },
        ribbon: ribbon.collect(),
        windows: windows.collect(),
        sessions: timeline.massages.clone(),
        races: races.collect(),
        burn_in: None,
        hatched_bars: None,
        windows_as_it_is: None,
        body: Body::Panels(Vec::new()),
    }
}

/// The strip in a sentence, for those who do not see it.
#[must_use]
pub fn finding(brief: &Brief) -> String {
    let (timeline, units) = (&brief.timeline, brief.units);
    let week = |week: &WeekRow| {
        let so_far = if week.is_whole() { "" } else { " (not whole)" };
        format!("{} {}{so_far}", week.start.format("%-d %b"), units.distance(week.distance_m))
    };
    let weeks: Vec<String> = timeline.weeks.iter().map(week).collect();
    let days = |days: &[Day]| days.iter().map(|day| text::day(*day)).collect::<Vec<_>>().join(", ");
    let massages = if timeline.massages.is_empty() { "none".to_owned() } else { days(&timeline.massages) };
    let races: Vec<String> = timeline
        .races
        .iter()
        .map(|race| format!("{} {}", text::day(race.date), text::short(&race.name, NAME_MAX)))
        .collect();
    let races = if races.is_empty() { "none".to_owned() } else { races.join(", ") };
    format!("Weekly distance from {}. Massages: {massages}. Races: {races}.", weeks.join(", "))
}

fn bars(scene: &mut Scene, brief: &Brief, x: TimeScale, foot: f64) {
    let timeline = &brief.timeline;
    let most =
        timeline.weeks.iter().chain(&timeline.projected).map(|week| week.distance_m).fold(0.0, f64::max);
    let area = |week: &WeekRow| {
        let height = if most > 0.0 { BARS * week.distance_m / most } else { 0.0 };
        let (x0, x1) = (x.start(week.start), x.start(plus(week.start, 7)));
        Area { x0: x0 + GAP / 2.0, y0: foot - height, x1: x1 - GAP / 2.0, y1: foot }
    };
    for (weeks, is_ahead) in [(&timeline.weeks, false), (&timeline.projected, true)] {
        for week in weeks.iter().filter(|week| week.distance_m > 0.0) {
            let bar = area(week);
            if is_ahead {
                key::ahead(scene, bar, Ink::Blue);
            } else if week.is_whole() {
                scene.add(Shape::Rect(bar, Ink::BlueSoft));
            } else {
                key::hatched(scene, bar, Ink::Blue);
            }
            let face = Face::new(SMALL_PX, if is_ahead { Ink::Muted } else { Ink::Text }).at(Anchor::Middle);
            let words = text::number(week.distance_m / brief.units.long_m(), 0);
            scene.try_text(&words, (f64::midpoint(bar.x0, bar.x1), bar.y0 - 7.0), face);
        }
    }
}

/// The first day of each week, as far as there is room.
fn week_names(scene: &mut Scene, brief: &Brief, x: TimeScale, y: f64) {
    let face = Face::new(SMALL_PX, Ink::Muted).at(Anchor::Middle);
    let mut week = brief.timeline.start;
    while week < brief.timeline.end {
        let at = f64::midpoint(x.start(week), x.start(plus(week, 7)));
        let words = week.format("%-d %b").to_string();
        let room = font::width(&words, SMALL_PX) / 2.0 + 3.0;
        if scene.is_free(Area { x0: at - room, y0: y - 6.0, x1: (at + room).min(scene.width), y1: y + 6.0 }) {
            scene.try_text(&words, (at, y), face);
        }
        week = plus(week, 7);
    }
}
