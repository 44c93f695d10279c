//! How much a session is worth on a day: what is due, and what adds to it (science 7.5).

use super::before::{Before, Wait};
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
    /// Its days are counted from the last session that was more than light.
    pub of_firm: bool,
}

impl Trigger {
    /// A trigger whose cause was on a day: it counts until a session on that day or after it.
    #[must_use]
    pub fn since(reason: Reason, adds: f64, cause: Day, today: Day) -> Self {
        let ago = crate::model::calendar::days_between(cause, today);
        Self { reason: Reason { adds, ..reason }, from_days: ago + 1, books: false, of_firm: false }
    }

    /// A trigger that counts from some days after the last session that was more than light.
    #[must_use]
    pub fn from_days(reason: Reason, adds: f64, from_days: i64) -> Self {
        Self { reason: Reason { adds, ..reason }, from_days, books: false, of_firm: true }
    }

    /// The same, asking for a session by itself; what the last one did shows in the week after it (R16).
    #[must_use]
    pub fn booking(self) -> Self {
        Self { books: true, from_days: self.from_days.max(SHOWS_DAYS), ..self }
    }

    fn counts(&self, wait: Wait) -> bool {
        let since = if self.of_firm { wait.firm } else { wait.last };
        since.is_none_or(|since| since >= self.from_days)
    }
}

/// What a light session that was had takes off what is due (heuristic).
pub const LIGHT_SHARE: f64 = 0.5;

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

    /// The share of the interval that has passed since the last session, at most 1.5. A light one that was had, outside of
    /// this plan, took off half an interval and no more (heuristic): it is no regular session.
    #[must_use]
    pub fn due(&self, wait: Wait) -> f64 {
        let Some(last) = wait.last else { return UNKNOWN_DUE };
        let share = |days: i64| days as f64 / self.interval.days;
        let left = if wait.is_after_light {
            let due_then = wait.firm.map_or(UNKNOWN_DUE, |firm| share(firm - last).min(UNKNOWN_DUE));
            (due_then - LIGHT_SHARE).max(0.0)
        } else {
            0.0
        };
        (share(last) + left).min(MAX_DUE)
    }

    /// What the triggers add.
    #[must_use]
    pub fn added(&self, wait: Wait) -> f64 {
        self.triggers.iter().filter(|trigger| trigger.counts(wait)).map(|trigger| trigger.reason.adds).sum()
    }

    /// Has the wait been long enough for a session, or does something ask for one by itself? `early` is the share of the
    /// interval from which a wait is long enough.
    #[must_use]
    pub fn is_time(&self, wait: Wait, early: f64) -> bool {
        let books = |trigger: &Trigger| trigger.books && trigger.counts(wait);
        self.due(wait) >= early || self.triggers.iter().any(books)
    }

    /// The need with its reasons, that of the interval first.
    #[must_use]
    pub fn need(&self, view: &View<'_>, before: &Before) -> Need {
        let wait = before.wait(view.t());
        let due = self.due(wait);
        let mut reasons = vec![due_reason(view, before, &self.interval, due)];
        let counting = self.triggers.iter().filter(|trigger| trigger.counts(wait));
        reasons.extend(counting.map(|trigger| trigger.reason.clone()));
        Need { value: due + self.added(wait), due, every_days: self.interval.days, reasons }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Class;

    #[test]
    fn a_light_session_that_was_had_takes_off_half_an_interval() {
        let interval = Interval { days: 10.0, class: Class::Marathon, because: Vec::new() };
        let asked = Asked { interval, triggers: Vec::new() };
        let due = |last, firm, is_after_light| asked.due(Wait { last, firm, is_after_light });
        assert_eq!(due(None, None, false), 1.0);
        assert_eq!((due(Some(4), Some(4), false), due(Some(40), Some(40), false)), (0.4, 1.5));
        // The day after a light one that came when a session was due, and when it was not.
        assert_eq!((due(Some(1), Some(11), true), due(Some(1), Some(4), true)), (0.6, 0.1));
        assert_eq!((due(Some(1), None, true), due(Some(1), Some(40), true)), (0.6, 0.6));
        assert_eq!(due(Some(1), Some(11), false), 0.1);
    }
}
