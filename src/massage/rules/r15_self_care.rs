//! R15: what to do between sessions.

use super::{About, Rule, Tunable, reason};
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason, WorkOn};
use crate::model::{Depth, Tissue};

/// The rule.
pub(super) struct SelfCare;

static ABOUT: About = About {
    id: "R15",
    says: "foam rolling for daily maintenance between sessions",
    does: "roller or ball for 5 to 10 min on most days, 30 to 90 s once or twice for each area; on days without hands-on work too, but not with a red flag",
    grade: Grade::A,
    tunables: &[Tunable::new("self_care.days", 4.0, (2.0, 7.0), "days a week with roller or ball")],
};

impl Rule for SelfCare {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn notes(&self, view: &View<'_>, _: Depth, tissues: &[WorkOn]) -> Vec<Reason> {
        let sites: Vec<&str> = tissues
            .iter()
            .map(|one| one.tissue)
            .filter(|one| *one != Tissue::TibiaShin)
            .map(Tissue::words)
            .collect();
        let on = if sites.is_empty() { String::new() } else { format!(" ({})", sites.join(", ")) };
        let days = view.values().get("self_care.days");
        let text = format!(
            "between sessions: roller or ball for 5 to 10 min on {days:.0} days a week, 30 to 90 s once or twice for each area{on}; the effect is small"
        );
        vec![reason(&ABOUT, text, Some(days))]
    }

    fn advice(&self, view: &View<'_>) -> Vec<Reason> {
        self.notes(view, Depth::None, &[])
    }
}

#[cfg(test)]
mod tests {
    use crate::massage::testing::{Story, noted};
    use crate::model::DiaryKind;

    #[test]
    fn r15_self_care_goes_on_where_hands_do_not_unless_a_clinician_is_needed() {
        let mut story = Story::new("2025-03-01", 5);
        story.set("self_care.days", 6.0);
        let of_rule = |story: &Story| {
            let said = story.last(crate::massage::rules::advice);
            said.into_iter().find(|reason| reason.rule == "R15")
        };
        assert!(of_rule(&story).unwrap().text.contains("6 days a week"));
        story.diary = vec![noted("2025-03-05", DiaryKind::Pain, "shin", 6.0)];
        assert!(story.last(crate::massage::rules::advice).is_empty());
    }
}
