//! What the events of the runner's own calendar say.

use crate::massage::window::{Window, WindowKind, WorkOn};
use crate::model::Race;
use crate::model::text::clean;
use crate::model::units::Units;
use crate::report::{sentences, text};

/// The line that a calendar shows.
pub(super) fn summary(window: &Window) -> String {
    format!("Massage window: {}, best {}", window.depth.name(), text::day(window.best))
}

/// Kind, length, depth, best day and race in the first line; reasons, tissues, notes and limits below.
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
    if !window.tissues.is_empty() {
        let place = |one: &WorkOn| format!("{} ({})", one.tissue.words(), clean(&one.why));
        lines.push(format!("Where: {}.", window.tissues.iter().map(place).collect::<Vec<_>>().join("; ")));
    }
    lines.extend(window.notes.iter().map(|note| format!("Note: {}.", clean(&note.text))));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::window::{Grade, Reason};
    use crate::model::Tissue;
    use crate::report::testing::sample;

    #[test]
    fn an_event_says_where_and_what_to_mind() {
        let mut window = sample(6).windows[7].clone();
        assert!(!description(&window).contains("Where: "));
        window.tissues = [Tissue::QuadPf, Tissue::TibiaShin]
            .map(|one| WorkOn::new(one, None, "9 \u{7}of 4".into()))
            .to_vec();
        let text = "muscle above the knee".to_owned();
        window.notes = vec![Reason { rule: "R20", text, value: None, grade: Grade::Convention, adds: 0.0 }];
        let said = description(&window);
        let lines =
            "\nWhere: front of the thigh (9 of 4); shin (9 of 4).\nNote: muscle above the knee.\nLimit, ";
        assert!(said.contains(lines), "{said}");
    }
}
