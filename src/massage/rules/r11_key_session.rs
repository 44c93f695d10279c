//! R11: deep only when it is tolerated, and with time to the next key session.

use super::{About, Rule, Tunable, cap, days};
use crate::load::day::LoadFlag;
use crate::massage::before::Before;
use crate::massage::ceiling::Cap;
use crate::massage::outlook::Hard;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::calendar::minus;
use crate::model::{Day, Depth, MassageHad};
use crate::signals::SignalKind;

/// The rule.
pub(super) struct KeySession;

static ABOUT: About = About {
    id: "R11",
    says: "deep work only when it is tolerated and with time before key training; close to it, or tired, precise and measured",
    does: "caps by the hours to the next quality session and since the last long or hard run, by signs of fatigue, and by the sessions before",
    grade: Grade::Convention,
    tunables: &[Tunable::new(
        "key.deep_h",
        48.0,
        (24.0, 96.0),
        "least hours from deep work to a key session; a day more for one who is not used to it",
    )],
};

const DAY_H: f64 = 24.0;
const DAY_MIN: u32 = 1440;
/// Hours after a long or hard run without hands-on work.
const REST_H: u32 = 6;
/// Appointments end the day's work around here, in minutes after midnight (heuristic): a run that leaves no six hours
/// before it leaves no massage on its day.
const LAST_APPOINTMENT_MIN: u32 = 19 * 60;
/// Appointments begin around here, in hours after midnight (heuristic).
const FIRST_APPOINTMENT_H: f64 = 10.0;
/// Deep sessions of the last 90 days without lasting soreness that make a runner accustomed (science 7.2).
const ACCUSTOMED_SESSIONS: usize = 2;
/// The days in which they are looked for.
const ACCUSTOMED_DAYS: u32 = 90;
/// Hours of soreness that say that deep work was tolerated.
const TOLERATED_H: f64 = 48.0;
/// Only light work so soon after one that was moderate or deep.
const AFTER_FIRM_DAYS: i64 = 3;
/// Moderate at most so soon after a deep one.
pub(super) const AFTER_DEEP_DAYS: i64 = 7;

/// Were there at least two deep sessions in the 90 days before a day that left no soreness of more than 48 h?
#[must_use]
pub fn is_accustomed_by(massages: &[MassageHad], day: Day) -> bool {
    let tolerated = massages.iter().filter(|had| {
        had.depth == Depth::Deep
            && (minus(day, ACCUSTOMED_DAYS)..day).contains(&had.date)
            && had.soreness_h.is_none_or(|hours| hours <= TOLERATED_H)
    });
    tolerated.count() >= ACCUSTOMED_SESSIONS
}

impl Rule for KeySession {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn caps(&self, view: &View<'_>) -> Vec<Cap> {
        [before_key_session(view), same_day(view), day_after(view), fatigue(view)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn caps_after(&self, view: &View<'_>, before: &Before) -> Vec<Cap> {
        let mut caps = Vec::new();
        if !view.is_accustomed() && !before.is_tolerance_known {
            let text = if view.input().accustomed.is_none() {
                "no session on record shows how deep work is taken: moderate at most"
            } else {
                "new to deep work: moderate at most until a session shows how it is taken"
            };
            caps.push(cap(&ABOUT, Depth::Moderate, view.date(), text));
        }
        for (session, within, depth) in
            [(before.firm, AFTER_FIRM_DAYS, Depth::Light), (before.deep, AFTER_DEEP_DAYS, Depth::Moderate)]
        {
            let Some(session) = session else { continue };
            let ago = view.t() as i64 - session.t;
            if ago < within {
                caps.push(cap(
                    &ABOUT,
                    depth,
                    session.date,
                    format!("{}, {} before", session.words(), days(ago)),
                ));
            }
        }
        caps
    }
}

/// The next quality session: within a day light, within the hours of `key.deep_h` moderate. Where its clock time is not
/// known, days stand for hours: one day before light, two days before deep for one who is used to it.
fn before_key_session(view: &View<'_>) -> Option<Cap> {
    let least_h = view.values().get("key.deep_h") + if view.is_accustomed() { 0.0 } else { DAY_H };
    let reach = (least_h / DAY_H).ceil() as usize + 1;
    (1..=reach).find_map(|ahead| {
        let next = view.ahead(ahead)?;
        // A race has rules of its own.
        let hard = next.quality.as_ref().filter(|_| next.race.is_none())?;
        let days_h = ahead as f64 * DAY_H;
        let (light, deep) = match hard.start_min {
            Some(start) => {
                let hours = days_h + f64::from(start) / 60.0 - FIRST_APPOINTMENT_H;
                (hours < DAY_H, hours >= least_h)
            }
            None => (ahead == 1, days_h >= least_h),
        };
        let depth = if light { Depth::Light } else { Depth::Moderate };
        let when = if ahead == 1 { "tomorrow".to_owned() } else { format!("in {ahead} days") };
        let at = hard.start_min.map_or_else(String::new, |start| format!(" at {}", clock(start)));
        (!deep || light).then(|| cap(&ABOUT, depth, next.date, format!("{} {when}{at}", hard.words)))
    })
}

/// The day of a long run or a quality session: light, and only six hours after it.
fn same_day(view: &View<'_>) -> Option<Cap> {
    let today = view.today;
    let ends =
        [today.quality.as_ref().and_then(|hard| hard.end_min), today.long.and_then(|long| long.end_min)];
    let what = match (&today.quality, today.long) {
        _ if today.race.is_some() => return None,
        (Some(Hard { words, .. }), _) => words.clone(),
        (None, Some(_)) if today.is_projected => "usual long run".to_owned(),
        (None, Some(_)) => "long run".to_owned(),
        (None, None) => return None,
    };
    let from = ends.into_iter().flatten().max().map(|end| end + REST_H * 60);
    let (depth, text) = match from {
        Some(from) if from > LAST_APPOINTMENT_MIN && today.quality.is_none() => (
            Depth::Light,
            format!("{what} until {}: light work before it, or the next day", clock(from - REST_H * 60)),
        ),
        Some(from) if from > LAST_APPOINTMENT_MIN => (
            Depth::None,
            format!("{what} until {}, so no hands-on work before the next day", clock(from - REST_H * 60)),
        ),
        Some(from) => {
            let end = clock(from - REST_H * 60);
            (
                Depth::Light,
                format!(
                    "{what} until {end}, so hands-on work only from {}, {REST_H} h after it",
                    clock(from)
                ),
            )
        }
        None => (Depth::Light, format!("{what} on the day, so hands-on work only from {REST_H} h after it")),
    };
    Some(cap(&ABOUT, depth, today.date, text))
}

/// The day after a long or hard run that ended so late that 24 h are not over when the last appointments begin.
fn day_after(view: &View<'_>) -> Option<Cap> {
    let before = view.back(1).filter(|day| day.race.is_none())?;
    let ends =
        [before.quality.as_ref().and_then(|hard| hard.end_min), before.long.and_then(|long| long.end_min)];
    let end = ends.into_iter().flatten().max().filter(|end| *end > LAST_APPOINTMENT_MIN)?;
    let what = before.quality.as_ref().map_or("long run", |hard| hard.words.as_str());
    let text = format!("{what} until {} the evening before, not yet 24 h ago", clock(end));
    Some(cap(&ABOUT, Depth::Light, before.date, text))
}

/// Minutes after midnight as a clock shows them.
fn clock(minutes: u32) -> String {
    let minutes = minutes % DAY_MIN;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Signs of high fatigue: form, and the signals of effort that are up; it takes two to cap.
fn fatigue(view: &View<'_>) -> Option<Cap> {
    let is_low = !view.today.is_projected
        && view.rows().last().is_some_and(|row| row.flags.contains(&LoadFlag::DeepNegativeTsb));
    let form = is_low.then_some("form among your lowest");
    let raised = view.raised().into_iter().filter(|kind| kind.is_fatigue()).map(SignalKind::words);
    let signs: Vec<&str> = form.into_iter().chain(raised).collect();
    let depth = match signs.len() {
        0 | 1 => return None,
        2 => Depth::Moderate,
        _ => Depth::Light,
    };
    let text = format!("{} signs of fatigue to ask about: {}", signs.len(), signs.join(", "));
    Some(cap(&ABOUT, depth, view.date(), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::before::Session;
    use crate::massage::testing::{Story, had, signal};
    use crate::signals::SignalKind::{ContactTime, Decoupling, Efficiency, HrAtPace};
    use Depth::{Deep, Light, Moderate};

    fn depths(story: &Story, dates: &[&str]) -> Vec<Depth> {
        dates.iter().map(|date| story.ceiling(&format!("2025-03-{date}"))).collect()
    }

    #[test]
    fn r11_friday_is_free_for_one_who_runs_hard_on_tuesday_and_long_on_sunday() {
        let mut story = Story::new("2025-03-03", 8);
        for hard in ["2025-03-04", "2025-03-06"] {
            story.expect_hard(hard);
            story.hard(hard);
        }
        story.long("2025-03-09", 28_000.0);
        let week = ["03", "04", "05", "06", "07", "08", "09", "10"];
        assert_eq!(depths(&story, &week), [Light, Light, Light, Light, Deep, Deep, Light, Deep]);
    }

    #[test]
    fn r11_two_days_before_a_key_session_only_for_one_who_is_used_to_it() {
        let on = |accustomed: bool, start_min: Option<u32>| {
            let mut story = Story::new("2025-03-03", 1);
            story.accustomed = Some(accustomed);
            story.expect("2025-03-05", |day| {
                day.quality = Some(Hard { words: "intervals".into(), start_min, end_min: None });
            });
            story.ceiling("2025-03-03")
        };
        assert_eq!((on(true, None), on(false, None)), (Deep, Moderate));
        // By the clock: 45 h to seven in the morning, 56 h to six in the evening.
        assert_eq!((on(true, Some(7 * 60)), on(true, Some(18 * 60))), (Moderate, Deep));
        assert_eq!(on(false, Some(18 * 60)), Moderate);
    }

    #[test]
    fn r11_the_clock_says_when_hands_may_be_laid_on_after_a_run() {
        let after = |end_min: Option<u32>| {
            let mut story = Story::new("2025-03-03", 2);
            story.day("2025-03-03", |day| {
                day.quality = Some(Hard { words: "tempo run".into(), start_min: None, end_min });
            });
            (story.ceiling("2025-03-03"), story.ceiling("2025-03-04"))
        };
        assert_eq!(after(None), (Light, Deep));
        assert_eq!(after(Some(13 * 60)), (Light, Deep));
        assert_eq!(after(Some(13 * 60 + 1)), (Depth::None, Deep));
        assert_eq!(after(Some(19 * 60 + 1)), (Depth::None, Light));
        assert_eq!(clock(1500), "01:00");
        // A plain long run of the evening leaves the morning.
        let mut story = Story::new("2025-03-03", 1);
        story.day("2025-03-03", |day| {
            day.long = Some(crate::massage::outlook::Long { metres: 20_000.0, end_min: Some(19 * 60) });
        });
        assert_eq!(story.ceiling("2025-03-03"), Light);
    }

    #[test]
    fn r11_it_takes_two_signs_of_fatigue() {
        let on = |kinds: &[SignalKind], is_low: bool| {
            let mut story = Story::new("2025-03-01", 10);
            story.signals = kinds.iter().map(|kind| signal("2025-03-01", *kind)).collect();
            if is_low {
                story.flag("2025-03-10", LoadFlag::DeepNegativeTsb);
            }
            story.ceiling("2025-03-10")
        };
        assert_eq!(on(&[HrAtPace, ContactTime], false), Deep);
        assert_eq!(on(&[HrAtPace, Efficiency], false), Moderate);
        assert_eq!(on(&[HrAtPace], true), Moderate);
        assert_eq!(on(&[Efficiency, HrAtPace, Decoupling], false), Light);
    }

    #[test]
    fn r11_the_last_session_caps_the_next() {
        let on = |ago: usize, depth: Depth| {
            let story = Story::new("2025-03-01", 20);
            let session = Session { is_advised: false, ..Session::advised(Day::default(), 19 - ago, depth) };
            let before = Before::default().and(session);
            story.last(|view| crate::massage::ceiling::lowest(&KeySession.caps_after(view, &before)))
        };
        assert_eq!([2, 3, 6, 7].map(|ago| on(ago, Deep)), [Light, Moderate, Moderate, Deep]);
        assert_eq!([2, 3].map(|ago| on(ago, Moderate)), [Light, Deep]);
        assert_eq!(on(1, Light), Deep);
    }

    #[test]
    fn r11_first_timers_begin_with_moderate_work() {
        let on = |accustomed: bool, session: Option<Session>| {
            let mut story = Story::new("2025-03-01", 20);
            story.accustomed = Some(accustomed);
            let before = session.map_or_else(Before::default, |session| Before::default().and(session));
            story.last(|view| crate::massage::ceiling::lowest(&KeySession.caps_after(view, &before)))
        };
        let advised = Session::advised(Day::default(), 4, Moderate);
        assert_eq!((on(false, None), on(true, None)), (Moderate, Deep));
        // What is only advised teaches nothing of how such work is tolerated.
        assert_eq!(on(false, Some(advised)), Moderate);
        assert_eq!(on(false, Some(Session { is_advised: false, ..advised })), Deep);
    }

    #[test]
    fn two_tolerated_deep_sessions_make_a_runner_accustomed() {
        let check = |massages: &[MassageHad], expected: bool| {
            assert_eq!(is_accustomed_by(massages, "2025-04-01".parse().unwrap()), expected);
        };
        let deep = |date: &str, hours: f64| had(date, Deep, Some(hours));
        check(&[deep("2025-02-01", 20.0), deep("2025-03-01", 48.0)], true);
        check(&[deep("2025-02-01", 20.0), deep("2025-03-01", 60.0)], false);
        check(&[deep("2024-12-01", 20.0), deep("2025-03-01", 20.0)], false);
    }
}
