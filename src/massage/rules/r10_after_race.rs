//! R10: lighter, recovery-focused work after races.

use super::{About, Rule, Tunable, cap, days, reason};
use crate::massage::ceiling::Cap;
use crate::massage::rules::Values;
use crate::massage::view::View;
use crate::massage::window::{Grade, Limit, Window, WindowKind};
use crate::model::calendar::plus;
use crate::model::{Day, Depth, Race};

/// The rule.
pub(super) struct AfterRace;

static ABOUT: About = About {
    id: "R10",
    says: "lighter work in the days after races; a very aggressive session right after one irritates",
    does: "light, then moderate work for days by the distance raced, and an optional light window one to four days after; a run as long as a marathon counts as one",
    grade: Grade::B,
    tunables: &[Tunable::new(
        "post.light",
        4.0,
        (1.0, 7.0),
        "days after a race in which light work is offered",
    )],
};

/// Longest race after which the day after is best rather than the second.
const SHORT_RACE_M: f64 = 25_000.0;
/// A run that measures like a marathon (science 8.2) asks for the days after one, on whatever day it was.
const MARATHON_LENGTH_M: f64 = 41_773.0;
/// Whoever runs farther than a marathon without racing is used to it: those days are not those after an ultra.
const MARATHON_ROW_M: f64 = 45_000.0;
/// The longest time for which a race caps the days after it.
const REACH_DAYS: usize = 10;

impl Rule for AfterRace {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn caps(&self, view: &View<'_>) -> Vec<Cap> {
        let after = |ago: usize| {
            let day = view.back(ago)?;
            let (metres, name) = match (&day.race, day.long) {
                (Some(race), _) => (race.distance_m, race.name.clone()),
                (None, Some(long)) if long.metres >= MARATHON_LENGTH_M => (
                    long.metres.min(MARATHON_ROW_M),
                    format!("a run of {}", view.input().units.distance(long.metres)),
                ),
                _ => return None,
            };
            let (light_through, deep_from) = days_after(metres);
            let ago = ago as i64;
            let depth = if ago <= light_through { Depth::Light } else { Depth::Moderate };
            (ago < deep_from).then(|| cap(&ABOUT, depth, day.date, format!("{} after {name}", days(ago))))
        };
        (1..REACH_DAYS).filter_map(after).collect()
    }

    fn windows(&self, race: &Race, values: &Values, as_of: Day) -> Vec<Window> {
        if race.is_minor() {
            return Vec::new();
        }
        let through = values.days("post.light").max(1) as u32;
        let best = if race.distance_m <= SHORT_RACE_M { 1 } else { 2.min(through) };
        let text = format!(
            "light recovery work after {}: legs may feel less sore, nothing measurable recovers sooner",
            race.name
        );
        let limit = Limit {
            rule: ABOUT.id,
            text: format!("nothing aggressive right after {}", race.name),
            date: race.date,
        };
        let span = (plus(race.date, 1), plus(race.date, best), plus(race.date, through));
        let why = reason(&ABOUT, text, Some(f64::from(through)));
        vec![Window::of_race(race, WindowKind::PostRace, span, why, limit, as_of)]
    }
}

/// Days after a race through which only light work fits, and from which deep work does (convention of clinics; science
/// 7.3).
fn days_after(distance_m: f64) -> (i64, i64) {
    match distance_m {
        d if d <= 12_000.0 => (1, 3),
        d if d <= 25_000.0 => (2, 5),
        d if d <= 45_000.0 => (4, 7),
        _ => (6, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, race};

    #[test]
    fn r10_shorter_races_are_over_sooner() {
        for (distance_m, light, deep) in
            [(5000.0, 1, 3), (21_097.5, 2, 5), (42_195.0, 4, 7), (50_000.0, 6, 10)]
        {
            let mut story = Story::new("2025-03-01", 20);
            story.races = vec![race("2025-03-01", distance_m)];
            let depths: Vec<Depth> = story.ceilings().into_iter().map(|(_, depth)| depth).collect();
            assert!(depths[..=light].iter().all(|depth| *depth == Depth::Light), "{distance_m}");
            assert!(depths[light + 1..deep].iter().all(|depth| *depth == Depth::Moderate), "{distance_m}");
            assert_eq!(depths[deep], Depth::Deep, "{distance_m}");
        }
    }

    #[test]
    fn r10_a_run_as_long_as_a_marathon_needs_the_days_after_one() {
        let depths = |metres: f64| {
            let mut story = Story::new("2025-03-01", 10);
            story.long("2025-03-01", metres);
            [5, 6, 8].map(|day| story.ceiling(&format!("2025-03-0{day}")))
        };
        assert_eq!(depths(42_400.0), [Depth::Light, Depth::Moderate, Depth::Deep]);
        assert_eq!(depths(41_000.0), [Depth::Deep; 3]);
    }

    #[test]
    fn r10_offers_light_work_soon_after() {
        let window = |distance_m: f64| {
            let race = race("2025-10-12", distance_m);
            let window = AfterRace.windows(&race, &Values::default(), race.date).remove(0);
            (window.start.to_string(), window.best.to_string(), window.end.to_string())
        };
        assert_eq!(window(42_195.0), ("2025-10-13".into(), "2025-10-14".into(), "2025-10-16".into()));
        assert_eq!(window(10_000.0).1, "2025-10-13");
    }
}
