//! The time axis: dates at round places, the year in a line of its own.

use super::super::scene::{Anchor, Area, Face, Scene, Shape};
use super::super::theme::{Ink, SMALL_PX};
use super::super::ticks;
use super::scale::TimeScale;

/// Draws the time axis under `top`; gives the bottom.
pub fn draw(scene: &mut Scene, x: TimeScale, top: f64) -> f64 {
    let face = Face::new(SMALL_PX, Ink::Muted).at(Anchor::Middle);
    let fits = |step: &ticks::DateStep| {
        let boxes: Vec<Area> = step
            .ticks(x.time.start, x.time.end)
            .into_iter()
            .map(|day| face.area(&step.label(day), (x.start(day), top)))
            .collect();
        boxes.windows(2).all(|pair| pair[0].x1 + 6.0 <= pair[1].x0)
    };
    let step = ticks::DATE_STEPS.into_iter().find(fits).unwrap_or(ticks::DateStep::Years(5));
    let mut year = None;
    for day in step.ticks(x.time.start, x.time.end) {
        let at = x.start(day);
        let is_labelled = scene.try_text(&step.label(day), (at, top + 14.0), face);
        scene.add(Shape::Line(
            vec![(at, top), (at, top + if is_labelled { 5.0 } else { 3.0 })],
            Ink::Axis,
            1,
        ));
        let this = day.format("%Y").to_string();
        if is_labelled && !matches!(step, ticks::DateStep::Years(_)) && year.as_ref() != Some(&this) {
            scene.try_text(&this, (at, top + 29.0), Face { ink: Ink::Text, ..face });
            year = Some(this);
        }
    }
    top + 38.0
}
