//! R5: during peak training blocks.

use super::{About, Rule, Tunable, reason};
use crate::blocks::Phase;
use crate::massage::need::Trigger;
use crate::massage::view::View;
use crate::massage::window::Grade;

/// The rule.
pub(super) struct Peak;

static ABOUT: About = About {
    id: "R5",
    says: "during peak training blocks, more regularly while they demand much",
    does: "in a peak block a moderate or deep session is due every ten days",
    grade: Grade::Convention,
    tunables: &[Tunable::new("peak.every", 10.0, (7.0, 14.0), "days between sessions in a peak block")],
};

/// What a session that a block has due adds to the need (heuristic).
pub(super) const ADDS: f64 = 0.4;

impl Rule for Peak {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn triggers(&self, view: &View<'_>) -> Vec<Trigger> {
        if view.phase() != Phase::Peak {
            return Vec::new();
        }
        let every = view.values().days("peak.every");
        let why = reason(&ABOUT, format!("peak block: a session every {every} days"), Some(every as f64));
        vec![Trigger::from_days(why, ADDS, every)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::Story;

    #[test]
    fn r5_a_peak_block_has_a_session_due_every_ten_days() {
        let mut story = Story::new("2025-03-01", 5);
        let added = |story: &Story, since| story.added("R5", "2025-03-05", Some(since));
        assert_eq!(added(&story, 10), 0.0);
        story.phase(Phase::Peak);
        assert_eq!((added(&story, 9), added(&story, 10)), (0.0, 0.4));
    }
}
