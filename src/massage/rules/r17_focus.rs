//! R17: no full-body deep work every time.

use super::r07_speed;
use super::r08_recurring::recurrences;
use super::{About, Rule, Tunable, reason, tissues};
use crate::blocks::Phase;
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason, WorkOn};
use crate::model::{Depth, Tissue};
use crate::tissue::relative::Reading;

/// The rule.
pub(super) struct Focus;

static ABOUT: About = About {
    id: "R17",
    says: "no full-body deep work every time: the right work in the right places",
    does: "at most three areas a session: sites that recur, then tissues that stand out, in a speed block else what fast running asks most of",
    grade: Grade::Convention,
    tunables: &[Tunable::new("focus.max", 3.0, (1.0, 4.0), "areas of a session at most")],
};

impl Rule for Focus {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn notes(&self, view: &View<'_>, depth: Depth, tissues: &[WorkOn]) -> Vec<Reason> {
        if depth < Depth::Moderate || !tissues.is_empty() {
            return Vec::new();
        }
        let most = view.values().get("focus.max");
        let loaded = view.tissues().and_then(|day| tissues::loaded_words(&day.readings));
        let which = loaded.map_or_else(
            || "no tissue stands out".to_owned(),
            |loaded| format!("no tissue stands out from the others, {loaded}"),
        );
        let text = format!("{which}: choose up to {most:.0} areas by assessment, not the whole body");
        vec![reason(&ABOUT, text, None)]
    }
}

/// The tissues to work on first on a day, each with why.
pub(in crate::massage) fn work_on(view: &View<'_>) -> Vec<WorkOn> {
    let readings: &[Reading] = view.tissues().map_or(&[], |day| &day.readings);
    let reading = |tissue: Tissue| readings.iter().find(|one| one.tissue == tissue);
    let mut found: Vec<WorkOn> = Vec::new();
    let mut add = |tissue: Tissue, why: String| {
        if !found.iter().any(|one| one.tissue == tissue) {
            found.push(WorkOn::new(tissue, reading(tissue), why));
        }
    };
    for site in recurrences(view) {
        if let Some(tissue) = site.tissue {
            add(tissue, site.words());
        }
    }
    let focus = view.tissues().map_or(&[][..], |day| &day.focus);
    for focus in focus.iter().filter(|focus| focus.reading.stands_out()) {
        add(focus.reading.tissue, focus.why.clone());
    }
    if view.phase() == Phase::Speed && !focus.iter().any(|focus| focus.reading.stands_out()) {
        let mut asked = r07_speed::TISSUES;
        let delta = |tissue: &Tissue| reading(*tissue).map_or(0.0, |one| one.delta);
        asked.sort_by(|a, b| delta(b).total_cmp(&delta(a)));
        for tissue in asked {
            add(tissue, "fast running asks most of it".to_owned());
        }
    }
    found.truncate(view.values().get("focus.max") as usize);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, noted};
    use crate::model::DiaryKind;
    use crate::tissue::relative::TissueFlag;
    use Tissue::{Adductors, CalfAchilles, Hamstrings, HipFlexors, LowBack, QuadPf};

    fn on(story: &Story) -> Vec<Tissue> {
        story.last(work_on).iter().map(|one| one.tissue).collect()
    }

    #[test]
    fn r17_at_most_three_areas_those_that_recur_first() {
        let mut story = Story::new("2025-03-01", 20);
        assert_eq!(on(&story), []);
        story.focus(&[QuadPf, Adductors, LowBack]);
        assert_eq!(on(&story), [QuadPf, Adductors, LowBack]);
        story.diary = ["2025-03-10", "2025-03-14", "2025-03-18"]
            .iter()
            .map(|day| noted(day, DiaryKind::Tightness, "calf", 3.0))
            .collect();
        assert_eq!(on(&story), [CalfAchilles, QuadPf, Adductors]);
        // What rose as everything did names no place.
        let even =
            Reading { delta: 0.2, ..crate::massage::testing::reading(Adductors, Some(TissueFlag::High)) };
        story.readings(&[even]);
        assert_eq!(on(&story), [CalfAchilles]);
        story.focus(&[QuadPf, Adductors, LowBack]);
        story.set("focus.max", 1.0);
        assert_eq!(on(&story), [CalfAchilles]);
    }

    #[test]
    fn r7_r17_a_speed_block_looks_where_fast_running_asks_most() {
        let mut story = Story::new("2025-03-01", 20);
        story.phase(Phase::Speed);
        assert_eq!(on(&story), [CalfAchilles, Hamstrings, HipFlexors]);
        story.focus(&[QuadPf]);
        assert_eq!(on(&story), [QuadPf]);
    }
}
