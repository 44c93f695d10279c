//! Optional light work around races (R9 and R10): windows that never compete with the regular ones.

use super::window::{Grade, Limit, Reason, Status, Window, WindowKind};
use crate::config::Rules;
use crate::model::calendar::{minus, plus};
use crate::model::{Day, Depth, Race};

/// Longest race after which the day after is best rather than the second.
const SHORT_RACE_M: f64 = 25_000.0;

/// Light work one to three days before a race.
#[must_use]
pub fn before(race: &Race, rules: &Rules, as_of: Day) -> Window {
    let best = minus(race.date, rules.days("race.light"));
    let text = format!(
        "optional light work before {}: some like how it feels; no effect on the race is shown",
        race.name
    );
    let deep = format!("no deep work from {} days before {} on", rules.days("race.deep_min"), race.name);
    window(
        race,
        WindowKind::PreRace,
        (minus(race.date, 3), best, minus(race.date, 1)),
        Reason {
            rule: "R9",
            text,
            value: Some(f64::from(rules.days("race.light"))),
            grade: Grade::Convention,
        },
        vec![Limit { rule: "R9", text: deep, date: minus(race.date, rules.days("race.deep_min") - 1) }],
        as_of,
    )
}

/// Light work one to four days after a race.
#[must_use]
pub fn after(race: &Race, rules: &Rules, as_of: Day) -> Window {
    let best = plus(race.date, if race.distance_m <= SHORT_RACE_M { 1 } else { 2 });
    let text = format!(
        "light recovery work after {}: legs may feel less sore, nothing measurable recovers sooner",
        race.name
    );
    let aggressive = format!("nothing aggressive right after {}", race.name);
    window(
        race,
        WindowKind::PostRace,
        (plus(race.date, 1), best, plus(race.date, rules.days("post.light").max(1))),
        Reason { rule: "R10", text, value: Some(f64::from(rules.days("post.light"))), grade: Grade::B },
        vec![Limit { rule: "R10", text: aggressive, date: race.date }],
        as_of,
    )
}

fn window(
    race: &Race,
    kind: WindowKind,
    (start, best, end): (Day, Day, Day),
    reason: Reason,
    limits: Vec<Limit>,
    as_of: Day,
) -> Window {
    Window {
        start,
        end,
        best: best.clamp(start, end),
        status: status(start, end, as_of),
        kind,
        depth: Depth::Light,
        minutes: Depth::Light.minutes(),
        reasons: vec![reason],
        limits,
        avoid: Vec::new(),
        need: 0.0,
        race: Some(race.name.clone()),
    }
}

/// Where a window from `start` to `end` lies against `as_of`.
#[must_use]
pub fn status(start: Day, end: Day, as_of: Day) -> Status {
    if end < as_of {
        Status::Past
    } else if start > as_of {
        Status::Upcoming
    } else {
        Status::Open
    }
}
