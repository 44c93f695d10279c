//! The sessions before a day, as far as they bear on it.

use crate::model::calendar::days_between;
use crate::model::{Day, Depth, MassageHad};

/// A session: had, or advised and taken for had in what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Session {
    /// The day.
    pub date: Day,
    /// How deep.
    pub depth: Depth,
    /// Whole hours of soreness afterwards, where noted.
    pub soreness_h: Option<u32>,
    /// Nobody says that it was had: it is advised.
    pub is_advised: bool,
}

impl Session {
    /// A session that is advised.
    #[must_use]
    pub fn advised(date: Day, depth: Depth) -> Self {
        Self { date, depth, soreness_h: None, is_advised: true }
    }

    /// The session in words.
    #[must_use]
    pub fn words(&self) -> String {
        let advised = if self.is_advised { " advised here" } else { "" };
        format!("{} work{advised}", self.depth.name())
    }
}

impl From<&MassageHad> for Session {
    fn from(had: &MassageHad) -> Self {
        let soreness_h = had.soreness_h.map(|hours| hours.round() as u32);
        Self { date: had.date, depth: had.depth, soreness_h, is_advised: false }
    }
}

/// The last sessions before a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Before {
    /// The last one.
    pub last: Option<Session>,
    /// The last one that was moderate or deep.
    pub firm: Option<Session>,
    /// The last deep one.
    pub deep: Option<Session>,
    /// Was one that was moderate or deep had, and not only advised: is it known how such work is tolerated?
    pub is_tolerance_known: bool,
}

impl Before {
    /// Of `sessions`, by date, those before a day.
    #[must_use]
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a Session>, day: Day) -> Self {
        let earlier = sessions.into_iter().filter(|session| session.date < day);
        earlier.fold(Self::default(), |before, session| before.and(*session))
    }

    /// With one more session after them.
    #[must_use]
    pub fn and(self, session: Session) -> Self {
        let is_firm = session.depth >= Depth::Moderate;
        Self {
            last: Some(session),
            firm: if is_firm { Some(session) } else { self.firm },
            deep: if session.depth == Depth::Deep { Some(session) } else { self.deep },
            is_tolerance_known: self.is_tolerance_known || (is_firm && !session.is_advised),
        }
    }

    /// Days from the last session to a day; `None` where none is on record.
    #[must_use]
    pub fn since(&self, day: Day) -> Option<i64> {
        self.last.map(|last| days_between(last.date, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_earlier_sessions_count_and_light_ones_hide_no_deep_one() {
        let day = |text: &str| -> Day { text.parse().unwrap() };
        let sessions = [
            Session { is_advised: false, ..Session::advised(day("2025-03-01"), Depth::Deep) },
            Session::advised(day("2025-03-05"), Depth::Light),
            Session::advised(day("2025-03-09"), Depth::Moderate),
        ];
        let before = Before::of(&sessions, day("2025-03-09"));
        assert_eq!(
            (before.last, before.firm, before.deep),
            (Some(sessions[1]), Some(sessions[0]), Some(sessions[0]))
        );
        assert_eq!(before.since(day("2025-03-09")), Some(4));
        assert!(before.is_tolerance_known);
        assert!(!Before::of(&sessions[1..], day("2025-03-20")).is_tolerance_known);
        assert_eq!(Before::of(&sessions, day("2025-03-01")), Before::default());
    }
}
