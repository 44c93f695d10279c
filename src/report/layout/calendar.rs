//! A calendar: weeks as columns, the days of the week as rows, in as many parts above each other as the width asks for.

use super::super::cells::{Calendar, DayCell, Fill};
use super::super::chart::{ChartSpec, Symbol};
use super::super::font;
use super::super::scene::{Anchor, Area, Face, Scene, Shape};
use super::super::text;
use super::super::theme::{Ink, SMALL_PX, TEXT_PX};
use super::EDGE;
use super::cell;
use super::key::{self, Sample};
use crate::model::Day;
use crate::model::calendar::{days, days_between, minus, plus};
use chrono::Datelike;

/// Room left of the cells for the names of weekdays, in px.
const LEFT: f64 = 44.0;
/// Least and largest distance of the cells in px.
const PITCH: (f64, f64) = (10.0, 26.0);
/// Narrower rows than this name every other weekday.
const NAMED_PITCH: f64 = 14.0;
/// Room for the names of years and months above each part, in px.
const HEAD: f64 = 32.0;
/// Room below each part in px.
const FOOT: f64 = 8.0;

/// Where the cells of a calendar stand.
#[derive(Debug, Clone, Copy)]
struct Places {
    /// The first day of the first column.
    start: Day,
    /// Columns of each part.
    n_columns: usize,
    /// Top of the cells of the first part.
    top: f64,
    /// Distance of neighbours.
    pitch: f64,
}

/// Draws a calendar under `top`; gives its bottom.
pub fn draw(scene: &mut Scene, spec: &ChartSpec, calendar: &Calendar, top: f64) -> f64 {
    let right = scene.width - EDGE;
    if calendar.days.is_empty() {
        scene.text(calendar.if_empty, (EDGE, top + TEXT_PX), Face::new(TEXT_PX, Ink::Muted));
        return top + 2.0 * TEXT_PX;
    }
    let n_weeks = (days_between(spec.time.start, spec.time.end).max(1) as usize).div_ceil(7);
    let entries = key_entries(spec, calendar);
    let top = key::rows(scene, &format!("{} a day", calendar.unit), &entries, (EDGE, right), top) + HEAD;
    let places = Places::new(spec.time.start, n_weeks, scene.width, top);
    let n_parts = n_weeks.div_ceil(places.n_columns);
    for day in &calendar.days {
        let area = places.area(day.date);
        cell::ground(scene, day.fill, &calendar.scale, area);
        cell::events(scene, day.is_race, day.is_massage, area, cell::mark_ink(day.fill, &calendar.scale));
    }
    for part in 0..n_parts {
        weekdays(scene, places, part);
        months(scene, places, part, spec.time.end);
    }
    cell::now(scene, places.area(spec.time.as_of).grown(1.0));
    places.top_of(n_parts) - HEAD
}

impl Places {
    fn new(start: Day, n_weeks: usize, width: f64, top: f64) -> Self {
        let room = width - LEFT - 2.0 * EDGE;
        let pitch = |n_columns: usize| (room / n_columns as f64).floor();
        // Even parts; a few columns always have room.
        let parts = (1..=n_weeks).map(|n_parts| n_weeks.div_ceil(n_parts));
        let n_columns = parts.into_iter().find(|n| pitch(*n) >= PITCH.0).unwrap_or(1);
        Self { start, n_columns, top, pitch: pitch(n_columns).min(PITCH.1) }
    }

    /// Column, part and row of a day.
    fn at(self, day: Day) -> (usize, usize, usize) {
        let n = days_between(self.start, day).max(0) as usize;
        (n / 7 % self.n_columns, n / 7 / self.n_columns, n % 7)
    }

    fn top_of(self, part: usize) -> f64 {
        self.top + part as f64 * (7.0 * self.pitch + FOOT + HEAD)
    }

    fn x(self, column: usize) -> f64 {
        LEFT + EDGE + self.pitch * column as f64
    }

    /// The cell of a day, with a line of paper around it.
    fn area(self, day: Day) -> Area {
        let (column, part, row) = self.at(day);
        let (x0, y0) = (self.x(column), self.top_of(part) + self.pitch * row as f64);
        let gap = if self.pitch < 12.0 { 1.0 } else { 2.0 };
        Area { x0: x0 + 1.0, y0: y0 + 1.0, x1: x0 + 1.0 + self.pitch - gap, y1: y0 + 1.0 + self.pitch - gap }
    }
}

fn weekdays(scene: &mut Scene, places: Places, part: usize) {
    let step = if places.pitch < NAMED_PITCH { 2 } else { 1 };
    for row in (0..7).step_by(step) {
        let y = places.top_of(part) + places.pitch * (f64::from(row) + 0.5);
        let name = plus(places.start, row).format("%a").to_string();
        scene.text(name, (EDGE + LEFT - 6.0, y), Face::new(SMALL_PX, Ink::Muted).at(Anchor::End));
    }
}

/// The months of a part by name, with a line where one ends, and its years.
fn months(scene: &mut Scene, places: Places, part: usize, end: Day) {
    let first = plus(places.start, 7 * (part * places.n_columns) as u32);
    let last = minus(plus(first, 7 * places.n_columns as u32).min(end), 1);
    let top = places.top_of(part);
    let starts: Vec<Day> = days(first, last).filter(|day| day.day() == 1 || *day == first).collect();
    for day in starts.iter().skip(1) {
        let (column, _, row) = places.at(*day);
        scene.add(Shape::Line(border(places, column, row, top), Ink::Axis, 1));
    }
    // A name stands over the first week that is all of the month.
    let named = |day: &Day| plus(*day, (7 - places.at(*day).2 as u32) % 7);
    let mut year = None;
    for (i, day) in starts.iter().enumerate().filter(|(_, day)| named(day) <= last) {
        let x = places.x(places.at(named(day)).0);
        let next = starts.get(i + 1).map(named).filter(|next| *next <= last);
        let right = next.map_or(scene.width, |next| places.x(places.at(next).0));
        let name = day.format("%b").to_string();
        let face = Face::new(SMALL_PX, Ink::Muted);
        if x + font::width(&name, SMALL_PX) < right && scene.try_text(&name, (x, top - 9.0), face) {
            let this = day.year();
            if year != Some(this) {
                scene.try_text(&this.to_string(), (x, top - 23.0), Face { ink: Ink::Text, ..face });
            }
            year = Some(this);
        }
    }
}

/// The line before the first day of a month: up its left side, and over it to the next column.
fn border(places: Places, column: usize, row: usize, top: f64) -> Vec<(f64, f64)> {
    let bottom = top + 7.0 * places.pitch;
    let (x0, x1, y) = (places.x(column), places.x(column + 1), top + places.pitch * row as f64);
    if row == 0 { vec![(x0, bottom), (x0, top)] } else { vec![(x0, bottom), (x0, y), (x1, y), (x1, top)] }
}

/// The steps of the scale, and what else occurs.
fn key_entries(spec: &ChartSpec, calendar: &Calendar) -> Vec<(Sample, String)> {
    let has = |test: fn(&DayCell) -> bool| calendar.days.iter().any(test);
    let steps = calendar.scale.steps().map(|(ink, label)| (Sample::Fill(ink), label.to_owned()));
    let fills = [Fill::Rest, Fill::Unknown].into_iter();
    let fills = fills.filter(|fill| calendar.days.iter().any(|day| day.fill == *fill)).filter_map(key::fill);
    let ahead = has(|day| matches!(day.fill, Fill::Ahead(value) if value > 0.0));
    let ahead = ahead.then(|| (Sample::Dashed(Ink::Blue), "projected run".to_owned()));
    let race = has(|day| day.is_race).then(|| (Sample::Flag, "race".to_owned()));
    let massage =
        has(|day| day.is_massage).then(|| (Sample::Mark(Symbol::Dot, Ink::Text), "massage had".to_owned()));
    let now = (Sample::Now, format!("today, {}", text::day(spec.time.as_of)));
    steps.chain(fills).chain(ahead).chain(race).chain(massage).chain([now]).collect()
}
