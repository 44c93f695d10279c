//! R6: while mileage rises.

use super::r05_peak::ADDS;
use super::{About, Rule, Tunable, cap, reason};
use crate::blocks::Phase;
use crate::load::day::LoadFlag;
use crate::massage::ceiling::Cap;
use crate::massage::need::Trigger;
use crate::massage::outlook::Outlook;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::Day;
use crate::model::Depth;
use crate::model::calendar::days_between;

/// The rule.
pub(super) struct Build;

static ABOUT: About = About {
    id: "R6",
    says: "while mileage rises, manage the load before restrictions grow",
    does: "in a build block a session every two weeks, on the first easy day after the long run; within three days of a run or a week that jumps, light or moderate work",
    grade: Grade::Convention,
    tunables: &[Tunable::new("build.every", 14.0, (10.0, 21.0), "days between sessions in a build block")],
};

/// Days after the long run in which its first easy day is looked for.
const STEP_DAYS: i64 = 3;
/// Days for which a jump counts.
const JUMP_DAYS: i64 = 3;

impl Rule for Build {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn caps(&self, view: &View<'_>) -> Vec<Cap> {
        let capped = jump(view).map(|(day, _, what)| cap(&ABOUT, Depth::Moderate, day, what));
        capped.into_iter().collect()
    }

    fn triggers(&self, view: &View<'_>) -> Vec<Trigger> {
        let jump = jump(view)
            .map(|(day, value, what)| Trigger::since(reason(&ABOUT, what, value), ADDS, day, view.date()));
        let step = is_end_of_step(view).then(|| {
            let every = view.values().days("build.every");
            let text = format!(
                "build block: a session every {every} days, on the first easy day after the long run"
            );
            Trigger::from_days(reason(&ABOUT, text, Some(every as f64)), ADDS, every)
        });
        jump.or(step).into_iter().collect()
    }
}

/// The first easy day after the long run in a build block.
fn is_end_of_step(view: &View<'_>) -> bool {
    let Some((ago, _)) = view.latest(STEP_DAYS, |day| day.long) else { return false };
    let was_easy =
        |ago: i64| usize::try_from(ago).ok().and_then(|ago| view.back(ago)).is_some_and(Outlook::is_easy);
    view.phase() == Phase::Build && view.today.is_easy() && !(1..ago).any(was_easy)
}

/// A run or a week that jumped on one of the last days: its day, its number, and what it was.
fn jump(view: &View<'_>) -> Option<(Day, Option<f64>, String)> {
    let rows = view.rows();
    (0..rows.len())
        .rev()
        .map_while(|t| (days_between(rows[t].date, view.date()) <= JUMP_DAYS).then_some(t))
        .find_map(|t| {
            let row = &rows[t];
            let has = |flag: LoadFlag, t: usize| rows[t].flags.contains(&flag);
            let begins =
                |flag: LoadFlag| has(flag, t) && t.checked_sub(1).is_none_or(|before| !has(flag, before));
            if has(LoadFlag::SpikeSession, t) {
                Some((
                    row.date,
                    row.spike_ratio,
                    format!("a run on {} more than a tenth longer than any of the 30 days before", row.date),
                ))
            } else if begins(LoadFlag::BigWeek) {
                let days = &rows[(t + 1).saturating_sub(7)..=t];
                let week_m: f64 = days.iter().map(|row| row.distance_m).sum();
                let week = view.input().units.distance(week_m);
                let text = format!(
                    "{week} from {} to {}, at least 1.3 times the mean of the three weeks before",
                    days[0].date, row.date
                );
                Some((row.date, Some(week_m), text))
            } else {
                None
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::Story;

    #[test]
    fn r6_a_build_step_ends_on_the_first_easy_day_after_the_long_run() {
        let mut story = Story::new("2025-03-01", 8);
        story.long("2025-03-04", 20_000.0);
        story.hard("2025-03-05");
        let added = |story: &Story, date: &str, since| story.added("R6", date, Some(since));
        assert_eq!(added(&story, "2025-03-06", 14), 0.0);
        story.phase(Phase::Build);
        assert_eq!((added(&story, "2025-03-05", 14), added(&story, "2025-03-06", 14)), (0.0, 0.4));
        assert_eq!((added(&story, "2025-03-06", 13), added(&story, "2025-03-07", 14)), (0.0, 0.0));
    }

    #[test]
    fn r6_a_jump_asks_for_moderate_work_within_three_days() {
        let mut story = Story::new("2025-03-01", 10);
        story.flag("2025-03-03", LoadFlag::SpikeSession);
        for (date, added, depth) in [
            ("2025-03-02", 0.0, Depth::Deep),
            ("2025-03-04", 0.4, Depth::Moderate),
            ("2025-03-06", 0.4, Depth::Moderate),
            ("2025-03-07", 0.0, Depth::Deep),
        ] {
            assert_eq!((story.added("R6", date, None), story.ceiling(date)), (added, depth), "{date}");
        }
        // A week is big for days; it jumps on the first of them.
        let mut story = Story::new("2025-03-01", 10);
        for date in ["2025-03-03", "2025-03-04", "2025-03-05"] {
            story.flag(date, LoadFlag::BigWeek);
        }
        assert_eq!(
            (story.added("R6", "2025-03-06", None), story.added("R6", "2025-03-07", None)),
            (0.4, 0.0)
        );
    }
}
