//! R19: the iliotibial band is not released by force.

use super::{About, Rule, reason};
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason, WorkOn};
use crate::model::{Depth, Tissue};

/// The rule.
pub(super) struct ItBand;

static ABOUT: About = About {
    id: "R19",
    says: "the iliotibial band is not to be released aggressively",
    does: "work on the outer hip says to leave the band itself alone",
    grade: Grade::Convention,
    tunables: &[],
};

impl Rule for ItBand {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn notes(&self, _: &View<'_>, _: Depth, tissues: &[WorkOn]) -> Vec<Reason> {
        let is_it = tissues.iter().any(|one| one.tissue == Tissue::GluteItbLat);
        let text = "outer hip: gluteal muscles and tensor, nothing aggressive on the iliotibial band itself";
        is_it.then(|| reason(&ABOUT, text, None)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, work_on};

    #[test]
    fn r19_is_said_of_the_outer_hip_only() {
        let story = Story::new("2025-03-01", 5);
        let notes = |tissue| story.last(|view| ItBand.notes(view, Depth::Deep, &[work_on(tissue)]));
        assert_eq!((notes(Tissue::GluteItbLat).len(), notes(Tissue::Adductors).len()), (1, 0));
    }
}
