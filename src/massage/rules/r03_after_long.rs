//! R3: after long runs.

use super::{About, Rule, Tunable, before, reason};
use crate::massage::need::Trigger;
use crate::massage::outlook::Long;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::calendar::minus;

/// The rule.
pub(super) struct AfterLong;

static ABOUT: About = About {
    id: "R3",
    says: "after long runs",
    does: "one to three days after a run of 90 min, or of 30 % of the week and among the longest tenth of 42 days, a session is worth more",
    grade: Grade::Convention,
    tunables: &[Tunable::new("after_long.days", 3.0, (1.0, 4.0), "days after a long run in which work fits")],
};

/// What it adds to the need (heuristic).
const ADDS: f64 = 0.4;

impl Rule for AfterLong {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn triggers(&self, view: &View<'_>) -> Vec<Trigger> {
        let within = view.values().days("after_long.days");
        let Some((ago, Long { metres, .. })) = view.latest(within, |day| day.long) else { return Vec::new() };
        let what = if metres > 0.0 {
            format!("long run of {}", view.input().units.distance(metres))
        } else {
            "usual long run".to_owned()
        };
        let value = (metres > 0.0).then_some(metres);
        let why = reason(&ABOUT, format!("{what} {}", before(ago)), value);
        vec![Trigger::since(why, ADDS, minus(view.date(), ago as u32), view.date())]
    }
}

#[cfg(test)]
mod tests {
    use crate::massage::testing::Story;

    #[test]
    fn r3_a_long_run_counts_for_three_days_until_a_session() {
        let mut story = Story::new("2025-03-01", 8);
        story.long("2025-03-04", 28_000.0);
        let added = |story: &Story, date: &str, since: Option<i64>| story.added("R3", date, since);
        assert_eq!(added(&story, "2025-03-04", None), 0.0);
        assert_eq!(added(&story, "2025-03-05", None), 0.4);
        assert_eq!(added(&story, "2025-03-07", None), 0.4);
        assert_eq!(added(&story, "2025-03-08", None), 0.0);
        // A session on the day of the run, after it, or later has answered it.
        assert_eq!(added(&story, "2025-03-06", Some(3)), 0.4);
        assert_eq!(added(&story, "2025-03-06", Some(2)), 0.0);
        story.set("after_long.days", 4.0);
        assert_eq!(added(&story, "2025-03-08", None), 0.4);
    }
}
