//! R7: in speed or race-specific blocks.

use super::r05_peak::ADDS;
use super::{About, Rule, Tunable, cap, reason};
use crate::blocks::Phase;
use crate::massage::ceiling::Cap;
use crate::massage::need::Trigger;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::{Depth, Tissue};

/// The rule.
pub(super) struct Speed;

static ABOUT: About = About {
    id: "R7",
    says: "in a speed or race-specific block keep the quality of movement while harder efforts are absorbed",
    does: "in a speed block moderate work aimed at calf, hamstrings and hip flexors every two weeks, on the easy day after the second quality session of a week",
    grade: Grade::Convention,
    tunables: &[Tunable::new("speed.every", 14.0, (7.0, 21.0), "days between sessions in a speed block")],
};

/// Days in which two quality sessions are looked for.
const WEEK_DAYS: usize = 7;

/// What fast running asks most of (science 5.1), where no tissue stands out.
pub(in crate::massage) const TISSUES: [Tissue; 3] =
    [Tissue::CalfAchilles, Tissue::Hamstrings, Tissue::HipFlexors];

impl Rule for Speed {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn caps(&self, view: &View<'_>) -> Vec<Cap> {
        let text = "speed block: aimed and moderate rather than deep on the day after a hard session";
        n_hard_before(view).map(|_| cap(&ABOUT, Depth::Moderate, view.date(), text)).into_iter().collect()
    }

    fn triggers(&self, view: &View<'_>) -> Vec<Trigger> {
        let Some(n_hard) = n_hard_before(view) else { return Vec::new() };
        let every = view.values().days("speed.every");
        let text = format!("speed block: the easy day after {n_hard} quality sessions in {WEEK_DAYS} days");
        vec![Trigger::from_days(reason(&ABOUT, text, Some(n_hard as f64)), ADDS, every)]
    }
}

/// Quality sessions of the seven days before an easy day in a speed block that follows the second of them or a later one.
fn n_hard_before(view: &View<'_>) -> Option<usize> {
    let is_hard = |ago: usize| view.back(ago).is_some_and(|day| day.quality.is_some());
    let n_hard = (1..=WEEK_DAYS).filter(|ago| is_hard(*ago)).count();
    let is_it = view.phase() == Phase::Speed && view.today.is_easy() && is_hard(1) && n_hard >= 2;
    is_it.then_some(n_hard)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::Story;

    #[test]
    fn r7_the_easy_day_after_the_second_quality_session() {
        let mut story = Story::new("2025-03-01", 9);
        story.phase(Phase::Speed);
        story.hard("2025-03-02");
        story.hard("2025-03-05");
        let added = |story: &Story, date: &str, since| story.added("R7", date, Some(since));
        assert_eq!((added(&story, "2025-03-06", 14), added(&story, "2025-03-06", 13)), (0.4, 0.0));
        assert_eq!((added(&story, "2025-03-03", 14), added(&story, "2025-03-07", 14)), (0.0, 0.0));
        assert_eq!(
            (story.ceiling("2025-03-06"), story.ceiling("2025-03-07")),
            (Depth::Moderate, Depth::Deep)
        );
        story.phase(Phase::Base);
        assert_eq!((added(&story, "2025-03-06", 14), story.ceiling("2025-03-06")), (0.0, Depth::Deep));
    }
}
