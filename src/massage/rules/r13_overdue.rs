//! R13: regular work beats waiting for pain, and one session is no reset.

use super::r11_key_session::AFTER_DEEP_DAYS;
use super::{About, Rule, Tunable, cap, days};
use crate::massage::before::Before;
use crate::massage::ceiling::Cap;
use crate::massage::interval::Interval;
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason};
use crate::model::Depth;

/// The rule.
pub(super) struct Overdue;

static ABOUT: About = About {
    id: "R13",
    says: "regular maintenance beats waiting for pain and then one session as a reset",
    does: "overdue from 1.5 intervals on, and never two deep sessions within 14 days to catch up",
    grade: Grade::Convention,
    tunables: &[Tunable::new("overdue", 1.5, (1.2, 2.0), "share of the interval from which work is overdue")],
};

/// No second deep session within these days.
pub(in crate::massage) const DEEP_APART_DAYS: i64 = 14;

impl Rule for Overdue {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn caps_after(&self, view: &View<'_>, before: &Before) -> Vec<Cap> {
        let deep = before.deep.map(|deep| (deep, view.t() as i64 - deep.t));
        // Nearer than that R11 says so.
        let near = deep.filter(|(_, ago)| (AFTER_DEEP_DAYS..DEEP_APART_DAYS).contains(ago));
        near.map(|(deep, ago)| {
            cap(
                &ABOUT,
                Depth::Moderate,
                deep.date,
                format!("{}, {} before: no second one so soon", deep.words(), days(ago)),
            )
        })
        .into_iter()
        .collect()
    }
}

/// What the days since the last session say: R1, with what modifies the interval R2, and R13 once it is late or nothing is
/// on record. `due` is their share of the interval.
pub(in crate::massage) fn due_reason(
    view: &View<'_>,
    before: &Before,
    interval: &Interval,
    due: f64,
) -> Reason {
    let (every, training) = (interval.days, interval.words());
    let (rule, grade, text, value) = match before.last {
        None => {
            let text = format!("no session on record; one every {every:.0} days is usual in {training}");
            (ABOUT.id, Grade::Convention, text, None)
        }
        Some(last) => {
            let since = view.t() as i64 - last.t;
            let which = if last.is_advised {
                format!("after the session advised for {}, counted as had", last.date)
            } else {
                "since the last session".to_owned()
            };
            let light = before.firm.filter(|firm| firm.t < last.t).map_or_else(String::new, |firm| {
                format!(" (light), {} since a firmer one", days(view.t() as i64 - firm.t))
            });
            let text =
                format!("{} {which}{light}; one every {every:.0} days is usual in {training}", days(since));
            let value = Some(since as f64);
            // Nothing is late yet after a session that is only advised.
            if due >= view.values().get("overdue") && !last.is_advised {
                let late = if view.today.is_projected {
                    "overdue by then"
                } else {
                    "overdue: one regular session, no catching up"
                };
                let text = format!("{text}; {late}");
                (ABOUT.id, Grade::Convention, text, value)
            } else if interval.because.is_empty() {
                ("R1", Grade::Convention, text, value)
            } else {
                // The classes and their intervals are convention; what lengthens or shortens them here is not.
                ("R2", Grade::H, text, value)
            }
        }
    };
    Reason { rule, text, value, grade, adds: due }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::before::Session;
    use crate::massage::ceiling::lowest;
    use crate::massage::need::Asked;
    use crate::massage::testing::Story;
    use crate::model::Day;

    fn since(ago: i64, depth: Depth) -> Before {
        let session =
            Session { is_advised: false, t: 19 - ago, ..Session::advised(Day::default(), 0, depth) };
        Before::default().and(session)
    }

    #[test]
    fn r1_r13_what_is_due_grows_with_the_days_and_stops() {
        let story = Story::new("2025-03-01", 20);
        let check = |before: Before, value: f64, rule: &str| {
            let need = story.last(|view| Asked::of(view).need(view, &before));
            assert!((need.value - value).abs() < 1e-9, "{need:?}");
            assert_eq!(need.reasons[0].rule, rule);
            assert_eq!(need.reasons.iter().map(|reason| reason.adds).sum::<f64>(), need.value);
        };
        check(since(7, Depth::Moderate), 0.5, "R1");
        check(since(20, Depth::Moderate), 20.0 / 14.0, "R1");
        check(since(21, Depth::Moderate), 1.5, "R13");
        check(since(60, Depth::Moderate), 1.5, "R13");
        check(Before::default(), 1.0, "R13");
    }

    #[test]
    fn r13_no_second_deep_session_within_fourteen_days() {
        let story = Story::new("2025-03-01", 20);
        let on = |ago: i64| story.last(|view| lowest(&Overdue.caps_after(view, &since(ago, Depth::Deep))));
        assert_eq!((on(13), on(14)), (Depth::Moderate, Depth::Deep));
        assert_eq!(
            story.last(|view| lowest(&Overdue.caps_after(view, &since(13, Depth::Moderate)))),
            Depth::Deep
        );
    }
}
