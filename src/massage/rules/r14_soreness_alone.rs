//! R14: timed to the training, not to whenever soreness spikes.

use super::{About, Rule, reason};
use crate::massage::before::{Before, Session};
use crate::massage::need::Asked;
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason};
use crate::massage::worth::DUE;
use crate::model::{DiaryEntry, DiaryKind};

/// The rule.
pub(super) struct SorenessAlone;

static ABOUT: About = About {
    id: "R14",
    says: "timed to the cycle of training, not at random whenever soreness spikes",
    does: "soreness adds nothing to the need: while no session is due it is answered by self-care, or light work at most",
    grade: Grade::Convention,
    tunables: &[],
};

/// Days for which a note of soreness is new.
const NEW_DAYS: i64 = 2;

impl Rule for SorenessAlone {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn advice(&self, view: &View<'_>) -> Vec<Reason> {
        let is_sore = |entry: &&DiaryEntry| entry.kind == DiaryKind::Soreness && entry.value >= 1.0;
        let Some(sore) = view.diary(NEW_DAYS).iter().rev().find(is_sore) else { return Vec::new() };
        let sessions: Vec<Session> = view.massages().iter().map(|had| view.session(had)).collect();
        let wait = Before::of(&sessions, view.t()).wait(view.t());
        let asked = Asked::of(view);
        if asked.due(wait) + asked.added(wait) >= DUE {
            return Vec::new();
        }
        let site = if sore.site.is_empty() { String::new() } else { format!(" ({})", sore.site_words()) };
        let text = format!(
            "soreness {:.0} of 10{site} by itself moves no session: self-care, or light work if you like",
            sore.value
        );
        vec![reason(&ABOUT, text, Some(sore.value))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, had, noted};
    use crate::model::Depth;

    #[test]
    fn r14_soreness_alone_asks_for_nothing_more_than_self_care() {
        let mut story = Story::new("2025-03-01", 20);
        story.massages = vec![had("2025-03-15", Depth::Moderate, None)];
        let without = story.last(Asked::of);
        story.diary = vec![noted("2025-03-19", DiaryKind::Soreness, "quads", 6.0)];
        assert_eq!(story.last(Asked::of), without);
        assert!(story.last(|view| SorenessAlone.advice(view))[0].text.contains("front of the thigh"));
        // Where a session is due anyway, there is one; and old soreness is over.
        story.massages = vec![had("2025-03-02", Depth::Moderate, None)];
        assert!(story.last(|view| SorenessAlone.advice(view)).is_empty());
        story.massages = vec![had("2025-03-15", Depth::Moderate, None)];
        story.diary[0].date = "2025-03-18".parse().unwrap();
        assert!(story.last(|view| SorenessAlone.advice(view)).is_empty());
    }
}
