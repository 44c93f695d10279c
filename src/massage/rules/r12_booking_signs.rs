//! R12: signs that say "book one".

use super::r08_recurring::{is_complaint, is_same, recurrences};
use super::{About, Rule, Tunable, reason};
use crate::load::day::LoadFlag;
use crate::massage::need::Trigger;
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason};
use crate::model::calendar::{days_between, minus};
use crate::model::{Day, DiaryEntry, DiaryKind};
use crate::signals::{SignalKind, Status};

/// The rule.
pub(super) struct BookingSigns;

static ABOUT: About = About {
    id: "R12",
    says: "stride shortened, warm-up no longer clears stiffness, the same area again, soreness that lingers, spots that never settle, mileage absorbed poorly",
    does: "two different signs within 10 days ask for a session within 7; one is said and watched",
    grade: Grade::H,
    tunables: &[
        Tunable::new(
            "booking.signs",
            2.0,
            (1.0, 3.0),
            "different signs within 10 days that ask for a session",
        ),
        Tunable::new("soreness.h", 72.0, (48.0, 96.0), "hours of soreness at one site that linger"),
    ],
};

/// What it adds to the need (heuristic).
const ADDS: f64 = 0.5;
/// Days within which signs belong together.
const TOGETHER_DAYS: i64 = 10;
/// Days within which a session is worth booking.
const BOOK_DAYS: i64 = 7;
/// A spot noted over so many days has not settled.
const SPOT_DAYS: i64 = 21;
/// In so many notes.
const SPOT_NOTES: usize = 3;

/// A sign with the day it was seen last.
#[derive(Debug, Clone, PartialEq)]
struct Sign {
    words: String,
    day: Day,
}

impl Rule for BookingSigns {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn triggers(&self, view: &View<'_>) -> Vec<Trigger> {
        let signs = signs(view);
        let Some(last) = signs.iter().map(|sign| sign.day).max() else { return Vec::new() };
        let is_recent = days_between(last, view.date()) < BOOK_DAYS;
        if signs.len() < least(view) || !is_recent {
            return Vec::new();
        }
        let words: Vec<&str> = signs.iter().map(|sign| sign.words.as_str()).collect();
        let text = format!("{} signs within {TOGETHER_DAYS} days: {}", signs.len(), words.join("; "));
        vec![
            Trigger::since(reason(&ABOUT, text, Some(signs.len() as f64)), ADDS, last, view.date()).booking(),
        ]
    }

    fn advice(&self, view: &View<'_>) -> Vec<Reason> {
        let signs = signs(view);
        if signs.len() >= least(view) {
            return Vec::new();
        }
        let watch = |sign: &Sign| {
            reason(&ABOUT, format!("one sign, to watch and to look after yourself: {}", sign.words), None)
        };
        signs.iter().map(watch).collect()
    }
}

fn least(view: &View<'_>) -> usize {
    view.values().get("booking.signs").round() as usize
}

/// The different signs of the last ten days.
fn signs(view: &View<'_>) -> Vec<Sign> {
    let found = [
        flagged(view, &[SignalKind::StepLength], "shorter steps at the same speed", |_| true),
        flagged(view, &[SignalKind::WarmUpLag], "a warm-up that takes longer to come round", |_| true),
        recurring(view),
        lingering(view),
        unsettled(view),
        flagged(
            view,
            &[SignalKind::Efficiency, SignalKind::HrAtPace, SignalKind::Decoupling],
            "a big week that costs more heart beats than usual",
            |day| had_big_week(view, day),
        ),
    ];
    found.into_iter().flatten().collect()
}

/// The last flag of some signals within the days that belong together.
fn flagged(view: &View<'_>, kinds: &[SignalKind], words: &str, holds: impl Fn(Day) -> bool) -> Option<Sign> {
    let first = minus(view.date(), TOGETHER_DAYS as u32 - 1);
    let signals = view.signals();
    let recent = &signals[signals.partition_point(|signal| signal.date < first)..];
    let is_up = |kind: SignalKind, status: Status| kinds.contains(&kind) && status == Status::Flag;
    let last = recent.iter().rev().find(|signal| is_up(signal.kind, signal.status) && holds(signal.date))?;
    Some(Sign { words: words.to_owned(), day: last.date })
}

/// Was there a big week in the ten days up to a day?
fn had_big_week(view: &View<'_>, day: Day) -> bool {
    let rows = view.rows().iter().rev().skip_while(|row| row.date > day);
    rows.take(TOGETHER_DAYS as usize).any(|row| row.flags.contains(&LoadFlag::BigWeek))
}

/// R8's sites.
fn recurring(view: &View<'_>) -> Option<Sign> {
    let found = recurrences(view).into_iter().next()?;
    Some(Sign { words: found.words(), day: found.last })
}

/// Soreness at one site for longer than `soreness.h`, up to one of the last ten days.
fn lingering(view: &View<'_>) -> Option<Sign> {
    let hours = view.values().get("soreness.h");
    let notes: Vec<&DiaryEntry> = complaints(view, TOGETHER_DAYS + 5)
        .into_iter()
        .filter(|entry| entry.kind == DiaryKind::Soreness)
        .collect();
    notes.iter().rev().filter(|last| is_recent(view, last.date)).find_map(|last| {
        let mut first = last.date;
        // Noted day after day, or every other day.
        for note in notes.iter().rev().filter(|note| is_same(note, last) && note.date <= last.date) {
            if days_between(note.date, first) <= 2 {
                first = note.date;
            }
        }
        let days = days_between(first, last.date);
        (days as f64 * 24.0 >= hours).then(|| Sign {
            words: format!("soreness at one site ({}) for {days} days", last.site_words()),
            day: last.date,
        })
    })
}

/// A site noted at least three times over at least 21 days.
fn unsettled(view: &View<'_>) -> Option<Sign> {
    let notes = complaints(view, SPOT_DAYS + TOGETHER_DAYS + 4);
    notes.iter().rev().filter(|last| is_recent(view, last.date)).find_map(|last| {
        let same = notes.iter().filter(|note| is_same(note, last) && note.date <= last.date);
        let mut days: Vec<Day> = same.map(|note| note.date).collect();
        days.dedup();
        let span = days_between(*days.first()?, last.date);
        (days.len() >= SPOT_NOTES && span >= SPOT_DAYS).then(|| Sign {
            words: format!("a spot ({}) that has not settled in {span} days", last.site_words()),
            day: last.date,
        })
    })
}

fn complaints<'a>(view: &View<'a>, n_days: i64) -> Vec<&'a DiaryEntry> {
    view.diary(n_days).iter().filter(|entry| is_complaint(entry)).collect()
}

fn is_recent(view: &View<'_>, day: Day) -> bool {
    days_between(day, view.date()) < TOGETHER_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, noted, signal};
    use crate::model::DiaryKind::{Soreness, Tightness};
    use SignalKind::{ContactTime, Efficiency, StepLength, WarmUpLag};

    fn added(change: impl Fn(&mut Story), date: &str) -> f64 {
        let mut story = Story::new("2025-02-01", 60);
        change(&mut story);
        story.added("R12", date, None)
    }

    #[test]
    fn r12_two_different_signs_within_ten_days_ask_for_a_session() {
        let both = |first: &'static str| {
            move |story: &mut Story| {
                story.signals = vec![signal(first, StepLength), signal("2025-03-12", WarmUpLag)];
            }
        };
        assert_eq!(added(both("2025-03-05"), "2025-03-12"), 0.5);
        assert_eq!(added(both("2025-03-03"), "2025-03-12"), 0.5);
        assert_eq!(added(both("2025-03-02"), "2025-03-12"), 0.0);
        assert_eq!(added(both("2025-03-12"), "2025-03-18"), 0.5);
        assert_eq!(added(both("2025-03-12"), "2025-03-19"), 0.0);
        let alone = |kinds: &'static [SignalKind]| {
            added(
                |story| story.signals = kinds.iter().map(|kind| signal("2025-03-12", *kind)).collect(),
                "2025-03-12",
            )
        };
        assert_eq!(alone(&[StepLength]), 0.0);
        assert_eq!(alone(&[StepLength, ContactTime]), 0.0);
    }

    #[test]
    fn r12_costly_running_is_a_sign_in_a_big_week_only() {
        let with = |is_big: bool| {
            let change = |story: &mut Story| {
                story.signals = vec![signal("2025-03-12", StepLength), signal("2025-03-12", Efficiency)];
                if is_big {
                    story.flag("2025-03-08", LoadFlag::BigWeek);
                }
            };
            added(change, "2025-03-12")
        };
        assert_eq!((with(true), with(false)), (0.5, 0.0));
    }

    #[test]
    fn r12_soreness_that_lingers_and_spots_that_never_settle() {
        let with = |days: &'static [&'static str], kind: DiaryKind| {
            let change = move |story: &mut Story| {
                story.set("booking.signs", 1.0);
                story.diary = days.iter().map(|day| noted(day, kind, "quads", 3.0)).collect();
            };
            added(change, "2025-03-14")
        };
        assert_eq!(with(&["2025-03-10", "2025-03-12", "2025-03-13"], Soreness), 0.5);
        assert_eq!(with(&["2025-03-10", "2025-03-12"], Soreness), 0.0);
        assert_eq!(with(&["2025-02-20", "2025-02-21", "2025-03-13"], Tightness), 0.5);
        assert_eq!(with(&["2025-02-21", "2025-02-22", "2025-03-13"], Tightness), 0.0);
    }

    #[test]
    fn r12_one_sign_is_said() {
        let mut story = Story::new("2025-03-01", 12);
        story.signals = vec![signal("2025-03-12", StepLength)];
        let advice = story.last(|view| BookingSigns.advice(view));
        assert!(advice[0].text.contains("shorter steps"), "{advice:?}");
        story.signals.push(signal("2025-03-12", WarmUpLag));
        assert!(story.last(|view| BookingSigns.advice(view)).is_empty());
    }
}
