//! R16: assess, work, assess again.

use super::{About, Rule, Tunable, reason};
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason, WorkOn};
use crate::model::{Depth, Tissue};

/// The rule.
pub(super) struct Reassess;

static ABOUT: About = About {
    id: "R16",
    says: "treatment rests on assessment: leave knowing what was restricted, what changed and what comes next",
    does: "each session says what to look at first; signs and soreness 3 to 10 days after are held against 14 days before, and three sessions without a change ask for another plan",
    grade: Grade::Convention,
    tunables: &[Tunable::new(
        "reassess.n",
        3.0,
        (2.0, 4.0),
        "sessions without a change in the target sign after which the plan changes",
    )],
};

impl Rule for Reassess {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn notes(&self, _: &View<'_>, depth: Depth, tissues: &[WorkOn]) -> Vec<Reason> {
        if tissues.is_empty() || depth == Depth::None {
            return Vec::new();
        }
        let sites: Vec<&str> = tissues.iter().map(|one| one.tissue).map(Tissue::words).collect();
        let text = format!(
            "assess {} before and after; compare how they feel 3 to 10 days later with the two weeks before",
            sites.join(", ")
        );
        vec![reason(&ABOUT, text, None)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, work_on};

    #[test]
    fn r16_what_is_worked_on_is_assessed() {
        let story = Story::new("2025-03-01", 5);
        let notes = |tissues: &[WorkOn]| story.last(|view| Reassess.notes(view, Depth::Moderate, tissues));
        assert!(notes(&[work_on(Tissue::Hamstrings)])[0].text.contains("hamstrings"));
        assert!(notes(&[]).is_empty());
    }
}
