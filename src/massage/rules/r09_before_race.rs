//! R9: lighter and less aggressive before races.

use super::{About, Rule, Tunable, cap, days, reason};
use crate::massage::ceiling::Cap;
use crate::massage::rules::Values;
use crate::massage::view::View;
use crate::massage::window::{Grade, Limit, Window, WindowKind};
use crate::model::calendar::minus;
use crate::model::{Day, Depth, Race, RaceOrigin};

/// The rule.
pub(super) struct BeforeRace;

static ABOUT: About = About {
    id: "R9",
    says: "right before races lighter and less aggressive work; readiness, not flat legs",
    does: "the last deep work five days before (seven for one who is not used to it), light work from two days before on, and an optional light window one to three days before",
    grade: Grade::Convention,
    tunables: &[
        Tunable::new("race.deep_min", 5.0, (3.0, 10.0), "least days from the last deep work to a race"),
        Tunable::new("race.light", 2.0, (1.0, 3.0), "best day for light work before a race"),
    ],
};

/// More days that deep work needs for one who is not used to it.
const UNACCUSTOMED_DAYS: i64 = 2;
/// How far before a race it can cap a day: the widest `race.deep_min` and the days above.
pub(in crate::massage) const REACH_DAYS: u32 = 12;
/// Only light work in these last days.
const LIGHT_DAYS: i64 = 2;
/// The optional window before a race begins so many days before it.
const WINDOW_DAYS: u32 = 3;

impl Rule for BeforeRace {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn caps(&self, view: &View<'_>) -> Vec<Cap> {
        let race = |ahead: usize| view.ahead(ahead)?.race.as_ref().map(|race| (ahead as i64, race));
        (0..=REACH_DAYS as usize)
            .filter_map(race)
            .filter_map(|(ahead, race)| before(view, ahead, race))
            .collect()
    }

    fn windows(&self, race: &Race, values: &Values, as_of: Day) -> Vec<Window> {
        // Of a race that only its run tells nobody knew before.
        if race.is_minor() || matches!(race.origin, RaceOrigin::File | RaceOrigin::Detected) {
            return Vec::new();
        }
        let light = values.days("race.light") as u32;
        let deep_min = values.days("race.deep_min");
        let text = format!(
            "optional light work before {}: some like how it feels; no effect on the race is shown",
            race.name
        );
        let limit = Limit {
            rule: ABOUT.id,
            text: format!("no deep work from {deep_min} days before {} on", race.name),
            date: minus(race.date, (deep_min - 1) as u32),
        };
        let span = (minus(race.date, WINDOW_DAYS), minus(race.date, light), minus(race.date, 1));
        let why = reason(&ABOUT, text, Some(f64::from(light)));
        vec![Window::of_race(race, WindowKind::PreRace, span, why, limit, as_of)]
    }
}

/// What a race some days ahead allows.
fn before(view: &View<'_>, ahead: i64, race: &Race) -> Option<Cap> {
    let deep_min = view.values().days("race.deep_min");
    let at_most =
        |depth: Depth| Some(cap(&ABOUT, depth, race.date, format!("{} to {}", days(ahead), race.name)));
    match (ahead, view.is_accustomed()) {
        // A short C race is one more hard session.
        (2, false) if race.is_minor() => at_most(Depth::Moderate),
        (ahead, _) if race.is_minor() && ahead >= LIGHT_DAYS => None,
        (0, _) => {
            let text = format!("{} is today: at most 15 min, never instead of the warm-up", race.name);
            Some(cap(&ABOUT, Depth::Light, race.date, text))
        }
        (1..=LIGHT_DAYS, _) => at_most(Depth::Light),
        (ahead, true) if ahead < deep_min => at_most(Depth::Moderate),
        (ahead, false) if ahead < deep_min + UNACCUSTOMED_DAYS => at_most(Depth::Light),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, race};

    fn october(accustomed: bool) -> Story {
        let mut story = Story::new("2025-10-04", 22);
        story.accustomed = Some(accustomed);
        story.races = vec![race("2025-10-12", 42_195.0)];
        story
    }

    #[test]
    fn e7_1_r9_r10_a_marathon_for_one_who_is_used_to_deep_work() {
        for (date, depth) in october(true).ceilings() {
            let expected = match date {
                4..=7 | 19.. => Depth::Deep,
                8 | 9 | 17 | 18 => Depth::Moderate,
                _ => Depth::Light,
            };
            assert_eq!(depth, expected, "October {date}");
        }
    }

    #[test]
    fn e7_1_r9_a_marathon_for_one_who_is_not() {
        for (date, depth) in october(false).ceilings().into_iter().take(9) {
            let expected = if date <= 5 { Depth::Deep } else { Depth::Light };
            assert_eq!(depth, expected, "October {date}");
        }
    }

    #[test]
    fn r9_its_values_move_the_days() {
        let mut story = october(true);
        story.set("race.deep_min", 8.0);
        let depths = story.ceilings();
        assert_eq!((depths[0].1, depths[1].1), (Depth::Deep, Depth::Moderate));
        let windows = BeforeRace.windows(&story.races[0], &story.values, story.races[0].date);
        let day = |text: &str| -> Day { text.parse().unwrap() };
        assert_eq!(
            (windows[0].start, windows[0].best, windows[0].end),
            (day("2025-10-09"), day("2025-10-10"), day("2025-10-11"))
        );
        assert_eq!(windows[0].depth, Depth::Light);
    }
}
