//! R18: harder is not better.

use super::{About, Rule, Tunable, cap};
use crate::massage::before::Before;
use crate::massage::ceiling::Cap;
use crate::massage::view::View;
use crate::massage::window::Grade;

/// The rule.
pub(super) struct SorenessAfter;

static ABOUT: About = About {
    id: "R18",
    says: "harder is not better: feeling beaten up for days afterwards was too much",
    does: "after soreness of more than 48 h, or a key session that was down by 3 %, sessions are one class lower until one is taken better",
    grade: Grade::B,
    tunables: &[Tunable::new(
        "sore_after.h",
        48.0,
        (24.0, 72.0),
        "hours of soreness after a session that were too much",
    )],
};

impl Rule for SorenessAfter {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn caps_after(&self, view: &View<'_>, before: &Before) -> Vec<Cap> {
        let most = view.values().get("sore_after.h");
        let sore = before.had.filter(|last| last.soreness_h.is_some_and(|hours| f64::from(hours) > most));
        let down = before.had.filter(|last| view.was_down_after(last.date));
        let sore = sore.map(|last| (last, format!("sore for more than {most:.0} h after the last session")));
        let down = down
            .map(|last| (last, "the key session after the last session was down by 3 % or more".to_owned()));
        sore.or(down)
            .map(|(last, why)| cap(&ABOUT, last.depth.lower(), last.date, format!("{why}: one class lower")))
            .into_iter()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::before::Session;
    use crate::massage::ceiling::lowest;
    use crate::massage::testing::Story;
    use crate::model::{Day, Depth};

    #[test]
    fn r18_a_key_session_that_was_down_lowers_the_next_once_it_is_known() {
        let mut story = Story::new("2025-03-01", 20);
        let day = |text: &str| -> Day { text.parse().unwrap() };
        let deep = Session {
            date: day("2025-03-05"),
            t: 4,
            is_advised: false,
            ..Session::advised(Day::default(), 0, Depth::Deep)
        };
        story.downs = vec![(day("2025-03-05"), day("2025-03-07"))];
        let on = |date: &str| {
            story.on(date, |view| lowest(&SorenessAfter.caps_after(view, &Before::default().and(deep))))
        };
        assert_eq!((on("2025-03-06"), on("2025-03-07")), (Depth::Deep, Depth::Moderate));
    }

    #[test]
    fn r18_sessions_are_one_class_lower_until_one_is_taken_better() {
        let story = Story::new("2025-03-01", 20);
        let on = |before: Before| story.last(|view| lowest(&SorenessAfter.caps_after(view, &before)));
        let sore = |hours: u32| Session {
            soreness_h: Some(hours),
            is_advised: false,
            ..Session::advised(Day::default(), 0, Depth::Deep)
        };
        assert_eq!(
            (on(Before::default().and(sore(48))), on(Before::default().and(sore(49)))),
            (Depth::Deep, Depth::Moderate)
        );
        let next = Session::advised(Day::default(), 10, Depth::Moderate);
        // One that is only advised tells nothing; one that was had without soreness does.
        assert_eq!(on(Before::default().and(sore(60)).and(next)), Depth::Moderate);
        assert_eq!(
            on(Before::default().and(sore(60)).and(Session { is_advised: false, ..next })),
            Depth::Deep
        );
    }
}
