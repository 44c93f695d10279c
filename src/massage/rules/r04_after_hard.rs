//! R4: after intense workouts.

use super::{About, Rule, Tunable, before, reason};
use crate::massage::need::Trigger;
use crate::massage::outlook::Outlook;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::calendar::minus;

/// The rule.
pub(super) struct AfterHard;

static ABOUT: About = About {
    id: "R4",
    says: "after intense workouts",
    does: "one to two days after a quality session, where the next is at least two days away, a session is worth more",
    grade: Grade::Convention,
    tunables: &[Tunable::new(
        "after_hard.days",
        2.0,
        (1.0, 3.0),
        "days after a quality session in which work fits",
    )],
};

/// What it adds to the need (heuristic).
const ADDS: f64 = 0.3;

impl Rule for AfterHard {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn triggers(&self, view: &View<'_>) -> Vec<Trigger> {
        let within = view.values().days("after_hard.days");
        let found = view.latest(within, |day| day.quality.as_ref());
        let Some((ago, hard)) = found else { return Vec::new() };
        if view.ahead(1).is_some_and(Outlook::has_key_session) {
            return Vec::new();
        }
        let why = reason(&ABOUT, format!("{} {}", hard.words, before(ago)), None);
        vec![Trigger::since(why, ADDS, minus(view.date(), ago as u32), view.date())]
    }
}

#[cfg(test)]
mod tests {
    use crate::massage::testing::Story;

    #[test]
    fn r4_a_hard_session_counts_for_two_days_unless_the_next_is_near() {
        let mut story = Story::new("2025-03-01", 8);
        story.hard("2025-03-04");
        let added = |story: &Story, date: &str| story.added("R4", date, None);
        assert_eq!(added(&story, "2025-03-05"), 0.3);
        assert_eq!(added(&story, "2025-03-06"), 0.3);
        assert_eq!(added(&story, "2025-03-07"), 0.0);
        assert_eq!(story.added("R4", "2025-03-05", Some(1)), 0.0);
        story.expect_hard("2025-03-07");
        assert_eq!((added(&story, "2025-03-05"), added(&story, "2025-03-06")), (0.3, 0.0));
    }
}
