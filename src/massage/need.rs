//! How much a session is worth on a day: what is due, and what adds to it (science 7.5).

use super::before::Before;
use super::interval::{self, Interval};
use super::rules::{ALL, due_reason};
use super::view::View;
use super::window::Reason;
use crate::model::Day;

/// Share of the interval beyond which waiting longer adds nothing.
pub const MAX_DUE: f64 = 1.5;
/// What counts as due where no session is on record: the wait is not known, so it is no longer than usual.
pub const UNKNOWN_DUE: f64 = 1.0;

/// Days after a session in which it shows what it did, before the same asks for another.
const SHOWS_DAYS: i64 = 7;

/// Something that adds to the need of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// Why; `reason.adds` is what it adds.
    pub reason: Reason,
    /// Days since the last session from which it counts: a session after its cause has answered it.
    pub from_days: i64,
    /// It asks for a session by itself, however short the wait; the others only say which day is best.
    pub books: bool,
}

impl Trigger {
    /// A trigger whose cause was on a day: it counts until a session on that day or after it.
    #[must_use]
    pub fn since(reason: Reason, adds: f64, cause: Day, today: Day) -> Self {
        let ago = crate::model::calendar::days_between(cause, today);
        Self { reason: Reason { adds, ..reason }, from_days: ago + 1, books: false }
    }

    /// A trigger that counts from some days after the last session on.
    #[must_use]
    pub fn from_days(reason: Reason, adds: f64, from_days: i64) -> Self {
        Self { reason: Reason { adds, ..reason }, from_days, books: false }
    }

    /// The same, asking for a session by itself; what the last one did shows in the week after it (R16).
    #[must_use]
    pub fn booking(self) -> Self {
        Self { books: true, from_days: self.from_days.max(SHOWS_DAYS), ..self }
    }

    fn counts(&self, since: Option<i64>) -> bool {
        since.is_none_or(|since| since >= self.from_days)
    }
}

/// What a day asks for, whatever sessions there were.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Days from one session to the next that are usual for this training.
    pub interval: Interval,
    /// What adds to the need.
    pub triggers: Vec<Trigger>,
}

impl Asked {
    /// What a day asks for by all rules.
    #[must_use]
    pub fn of(view: &View<'_>) -> Self {
        let triggers = ALL.iter().flat_map(|rule| rule.triggers(view)).collect();
        Self { interval: interval::interval(view), triggers }
    }

    /// The share of the interval that has passed since the last session, at most 1.5.
    #[must_use]
    pub fn due(&self, since: Option<i64>) -> f64 {
        since.map_or(UNKNOWN_DUE, |since| (since as f64 / self.interval.days).min(MAX_DUE))
    }

    /// What the triggers add.
    #[must_use]
    pub fn added(&self, since: Option<i64>) -> f64 {
        self.triggers.iter().filter(|trigger| trigger.counts(since)).map(|trigger| trigger.reason.adds).sum()
    }

    /// Has the wait been long enough for a session, or does something ask for one by itself? `early` is the share of the
    /// interval from which a wait is long enough.
    #[must_use]
    pub fn is_time(&self, since: Option<i64>, early: f64) -> bool {
        let books = |trigger: &Trigger| trigger.books && trigger.counts(since);
        self.due(since) >= early || self.triggers.iter().any(books)
    }

    /// The need with its reasons, that of the interval first.
    #[must_use]
    pub fn need(&self, view: &View<'_>, before: &Before) -> Need {
        let since = before.since(view.t());
        let due = self.due(since);
        let mut reasons = vec![due_reason(view, before, &self.interval, due)];
        let counting = self.triggers.iter().filter(|trigger| trigger.counts(since));
        reasons.extend(counting.map(|trigger| trigger.reason.clone()));
        Need { value: due + self.added(since), due, every_days: self.interval.days, reasons }
    }
}

/// The need of a day with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// 1.0 is "due".
    pub value: f64,
    /// The part of `value` that the days since the last session make.
    pub due: f64,
    /// Days from one session to the next that are usual for this training.
    pub every_days: f64,
    /// What it is made of.
    pub reasons: Vec<Reason>,
}
