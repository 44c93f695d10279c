//! What the events of the runner's own calendar say.

use crate::massage::window::{Window, WindowKind};
use crate::model::Race;
use crate::model::text::clean;
use crate::model::units::Units;
use crate::report::{sentences, text};

/// The line that a calendar shows.
pub(super) fn summary(window: &Window) -> String {
    format!("Massage window: {}, best {}", window.depth.name(), text::day(window.best))
}

/// Kind, length, depth, best day and race in the first line; reasons and limits below.
pub(super) fn description(window: &Window) -> String {
    let mut lines = vec![format!(
        "{}: {}, {}. Best day: {}.",
        purpose(window.kind),
        sentences::minutes(window.minutes),
        window.depth.name(),
        text::day(window.best)
    )];
    if let Some(race) = &window.race {
        lines.push(format!("Race: {}.", clean(race)));
    }
    let why = window
        .reasons
        .iter()
        .map(|why| format!("Why: {} ({}, grade {}).", clean(&why.text), why.rule, why.grade.name()));
    lines.extend(why);
    let limits = window.limits.iter();
    lines.extend(limits.map(|limit| format!("Limit, {}: {}.", text::day(limit.date), clean(&limit.text))));
    lines.join("\n")
}

/// A race in one line.
pub(super) fn race(race: &Race, units: Units) -> String {
    format!("{}, priority {}.", units.distance(race.distance_m), clean(&race.priority.to_string()))
}

fn purpose(kind: WindowKind) -> &'static str {
    match kind {
        WindowKind::Maintenance => "Regular maintenance",
        WindowKind::Deep => "Deep maintenance",
        WindowKind::Targeted => "Aimed work",
        WindowKind::PreRace => "Optional light work before a race",
        WindowKind::PostRace => "Optional light work after a race",
    }
}
