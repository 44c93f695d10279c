//! R8: the same place again and again.

use super::{About, Rule, Tunable, reason};
use crate::massage::need::Trigger;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::calendar::days_between;
use crate::model::{Day, DiaryEntry, DiaryKind, Side, Tissue};

/// The rule.
pub(super) struct Recurring;

static ABOUT: About = About {
    id: "R8",
    says: "recurring tightness belongs in a larger plan to find out why",
    does: "a site noted three times in 14 days, or in two weeks in a row, asks for a session within 7 days, with the load of that tissue beside it",
    grade: Grade::Convention,
    tunables: &[Tunable::new(
        "recurring.count",
        3.0,
        (2.0, 5.0),
        "notes of one site in 14 days that make it recurring",
    )],
};

/// What it adds to the need (heuristic).
const ADDS: f64 = 0.5;
/// Days in which notes are counted.
const COUNT_DAYS: i64 = 14;
/// Days within which a session is worth booking.
const BOOK_DAYS: i64 = 7;
/// A note below this of 10 says that it is gone.
const LEAST: f64 = 1.0;

/// A site that keeps coming back.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::massage) struct Recurrence {
    /// The site as written first.
    pub site: String,
    /// Its tissue.
    pub tissue: Option<Tissue>,
    /// Its side.
    pub side: Option<Side>,
    /// Days in 14 on which it was noted.
    pub n_days: usize,
    /// The last of them.
    pub last: Day,
    /// Noted often enough, and not only in two weeks in a row.
    is_often: bool,
}

impl Recurrence {
    /// Was it noted as often as the rule asks?
    pub fn is_often(&self) -> bool {
        self.is_often
    }

    /// The site in words, with its side.
    fn place(&self) -> String {
        let site = match self.tissue {
            Some(tissue) => tissue.words(),
            None => &self.site,
        };
        match self.side {
            Some(side @ (Side::Left | Side::Right)) => format!("{} {site}", side.name()),
            _ => site.to_owned(),
        }
    }

    /// What recurs, in words with its number.
    pub fn words(&self) -> String {
        format!("{} noted on {} of {COUNT_DAYS} days", self.place(), self.n_days)
    }
}

impl Rule for Recurring {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn triggers(&self, view: &View<'_>) -> Vec<Trigger> {
        let trigger = |found: Recurrence| {
            let text = format!("{}: look for why, not only for relief", found.words());
            let why = reason(&ABOUT, text, Some(found.n_days as f64));
            Trigger::since(why, ADDS, found.last, view.date()).booking()
        };
        // Several sites are one reason for a session, and each is a place to look.
        recurrences(view).into_iter().next().map(trigger).into_iter().collect()
    }
}

/// The sites that recur on a day: as of any of the last seven days, those with most notes first.
pub(in crate::massage) fn recurrences(view: &View<'_>) -> Vec<Recurrence> {
    let notes: Vec<&DiaryEntry> =
        view.diary(COUNT_DAYS + BOOK_DAYS).iter().filter(|entry| is_complaint(entry)).collect();
    let mut found: Vec<Recurrence> = Vec::new();
    for (at, note) in notes.iter().enumerate() {
        let is_known = found.iter().any(|one| one.site == key(note) && one.side == note.side);
        if is_known || notes[..at].iter().any(|earlier| is_same(earlier, note)) {
            continue;
        }
        let same: Vec<Day> = days_of(&notes, note);
        found.extend(recurrence(view, note, &same));
    }
    found.sort_by(|a, b| b.n_days.cmp(&a.n_days).then(b.last.cmp(&a.last)));
    found
}

/// Tightness or soreness at a place, not gone.
pub(super) fn is_complaint(entry: &DiaryEntry) -> bool {
    let is_kind = matches!(entry.kind, DiaryKind::Tightness | DiaryKind::Soreness);
    is_kind && !entry.site.is_empty() && entry.value >= LEAST
}

fn key(entry: &DiaryEntry) -> String {
    entry.site.to_lowercase()
}

/// Are two notes of one place? A tissue has several names.
pub(super) fn is_same(a: &DiaryEntry, b: &DiaryEntry) -> bool {
    let same_site = match (a.tissue(), b.tissue()) {
        (Some(a), Some(b)) => a == b,
        _ => key(a) == key(b),
    };
    same_site && (a.side == b.side || a.side.is_none() || b.side.is_none())
}

/// The days on which a place was noted.
fn days_of(notes: &[&DiaryEntry], like: &DiaryEntry) -> Vec<Day> {
    let mut days: Vec<Day> = notes.iter().filter(|note| is_same(note, like)).map(|note| note.date).collect();
    days.dedup();
    days
}

/// A place that recurred as of one of its notes of the last seven days; the last such note is told.
fn recurrence(view: &View<'_>, note: &DiaryEntry, days: &[Day]) -> Option<Recurrence> {
    let least = view.values().days("recurring.count") as usize;
    days.iter().rev().filter(|last| days_between(**last, view.date()) < BOOK_DAYS).find_map(|last| {
        let ago = |day: &Day| days_between(*day, *last);
        let n_days = days.iter().filter(|day| (0..COUNT_DAYS).contains(&ago(day))).count();
        let was_week_before = days.iter().any(|day| (7..COUNT_DAYS).contains(&ago(day)));
        let is_often = n_days >= least;
        (is_often || was_week_before).then(|| Recurrence {
            site: key(note),
            tissue: note.tissue(),
            side: note.side,
            n_days,
            last: *last,
            is_often,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, noted};

    fn added(days: &[(&str, &str)], date: &str, since: Option<i64>) -> f64 {
        let mut story = Story::new("2025-03-01", 30);
        story.diary = days.iter().map(|(day, site)| noted(day, DiaryKind::Tightness, site, 3.0)).collect();
        story.added("R8", date, since)
    }

    #[test]
    fn r8_three_notes_in_two_weeks_ask_for_a_session_within_one() {
        let three = [("2025-03-10", "calf"), ("2025-03-12", "Achilles"), ("2025-03-14", "calves")];
        assert_eq!(added(&three, "2025-03-14", None), 0.5);
        assert_eq!(added(&three, "2025-03-20", None), 0.5);
        assert_eq!(added(&three, "2025-03-21", None), 0.0);
        assert_eq!(added(&three[..2], "2025-03-14", None), 0.0);
        // Three places once each are three places.
        let places = [("2025-03-10", "calf"), ("2025-03-12", "quads"), ("2025-03-14", "elbow")];
        assert_eq!(added(&places, "2025-03-14", None), 0.0);
        // A session after the last note has answered it.
        assert_eq!((added(&three, "2025-03-20", Some(6)), added(&three, "2025-03-20", Some(7))), (0.0, 0.5));
        // And one before it is given a week to show what it did.
        assert_eq!((added(&three, "2025-03-16", Some(6)), added(&three, "2025-03-16", Some(7))), (0.0, 0.5));
    }

    #[test]
    fn r8_what_is_carried_from_week_to_week_recurs() {
        let weeks = [("2025-03-05", "hip"), ("2025-03-12", "hip")];
        assert_eq!(added(&weeks, "2025-03-12", None), 0.5);
        assert_eq!(added(&[("2025-03-06", "hip"), ("2025-03-12", "hip")], "2025-03-12", None), 0.0);
    }

    #[test]
    fn r8_the_sides_are_two_places_and_nothing_is_no_note() {
        let mut story = Story::new("2025-03-01", 30);
        let on = |day: &str, side: Side, value: f64| DiaryEntry {
            side: Some(side),
            ..noted(day, DiaryKind::Tightness, "calf", value)
        };
        story.diary = vec![
            on("2025-03-10", Side::Left, 2.0),
            on("2025-03-11", Side::Right, 2.0),
            on("2025-03-12", Side::Left, 2.0),
        ];
        assert_eq!(story.added("R8", "2025-03-12", None), 0.0);
        story.diary.push(on("2025-03-13", Side::Left, 0.0));
        assert_eq!(story.added("R8", "2025-03-13", None), 0.0);
        story.diary.push(on("2025-03-14", Side::Left, 1.0));
        assert_eq!(story.added("R8", "2025-03-14", None), 0.5);
    }
}
