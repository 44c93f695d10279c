//! R21: massage replaces neither a clinician nor strength, sleep or sound mileage.

use super::{About, Rule, reason};
use crate::load::day::{DayRow, LoadFlag};
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason};

/// The rule.
pub(super) struct BesideMassage;

static ABOUT: About = About {
    id: "R21",
    says: "massage replaces no clinician, no strength and mobility, no sleep, no gradual mileage and no rest",
    does: "one line that has nothing to do with massage, chosen by what stands out in the load",
    grade: Grade::Convention,
    tunables: &[],
};

/// A run over this share of the longest of 30 days stands out (science 4.1).
const LONGEST_SHARE: f64 = 1.10;

impl Rule for BesideMassage {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn advice(&self, view: &View<'_>) -> Vec<Reason> {
        let week = &view.rows()[view.rows().len().saturating_sub(7)..];
        let had = |flag: LoadFlag| week.iter().any(|day| day.flags.contains(&flag));
        let spike = week.iter().rev().find(|day| day.flags.contains(&LoadFlag::SpikeSession));
        let is_race = |day: &DayRow| view.races().any(|race| race.date == day.date);
        // What counts is what the runner was used to before the jump, not the jump.
        let longest = spike.filter(|day| !is_race(day)).and_then(|day| day.longest_30d_m);
        let said = if let Some(longest) = longest {
            // The one line with evidence of its own: a cohort of 5,205 runners.
            let most = view.input().units.distance(LONGEST_SHARE * longest);
            let text = format!(
                "beside massage: hold the next long run at {most} at most, 110 % of your longest of 30 days"
            );
            return vec![Reason { grade: Grade::B, ..reason(&ABOUT, text, Some(LONGEST_SHARE * longest)) }];
        } else if had(LoadFlag::LayOff) || had(LoadFlag::Returning) {
            "beside massage: come back with short and easy runs, the longest grows last"
        } else if had(LoadFlag::BigWeek) {
            "beside massage: let the next week hold or fall before it rises again"
        } else if had(LoadFlag::DeepNegativeTsb) {
            "beside massage: a few easier days and early nights"
        } else if had(LoadFlag::Monotonous) {
            "beside massage: make hard days harder and easy days easier, no two alike"
        } else {
            "beside massage: sleep, strength twice a week and mileage that grows slowly do more than hands"
        };
        vec![reason(&ABOUT, said, None)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::Story;

    #[test]
    fn r21_ends_with_a_line_that_is_not_massage() {
        let mut story = Story::new("2025-03-01", 20);
        let said = |story: &Story| story.last(|view| BesideMassage.advice(view)).remove(0);
        assert!(said(&story).text.contains("sleep"));
        story.flag("2025-03-14", LoadFlag::BigWeek);
        assert!(said(&story).text.contains("let the next week hold"));
        story.rows(|row| (row.longest_30d_m, row.longest_m) = (Some(20_000.0), 30_000.0));
        story.flag("2025-03-14", LoadFlag::SpikeSession);
        let spike = said(&story);
        assert!(spike.text.contains("22.0 km") && spike.grade == Grade::B, "{spike:?}");
        // A race is longer on purpose.
        story.races = vec![crate::massage::testing::race("2025-03-14", 30_000.0)];
        assert!(said(&story).text.contains("let the next week hold"));
        for (flag, word) in [
            (LoadFlag::Monotonous, "no two alike"),
            (LoadFlag::DeepNegativeTsb, "early nights"),
            (LoadFlag::Returning, "short and easy"),
        ] {
            let mut story = Story::new("2025-03-01", 20);
            story.flag("2025-03-14", flag);
            assert!(said(&story).text.contains(word), "{flag:?}");
            let mut old = Story::new("2025-03-01", 20);
            old.flag("2025-03-13", flag);
            assert!(said(&old).text.contains("sleep"), "{flag:?}");
        }
    }
}
