//! The sessions before a day, as far as they bear on it.

use crate::model::calendar::{days_between, plus};
use crate::model::{Day, Depth, MassageHad};

/// A session: had, or advised and taken for had in what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The day.
    pub date: Day,
    /// The day counted from the first of the history, so that waits are plain differences.
    pub t: i64,
    /// How deep.
    pub depth: Depth,
    /// Whole hours of soreness afterwards, where noted.
    pub soreness_h: Option<u32>,
    /// Nobody says that it was had: it is advised.
    pub is_advised: bool,
}

impl std::hash::Hash for Session {
    /// By the day alone: there is hardly more than one session on it.
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.t.hash(state);
    }
}

impl Session {
    /// A session that was had, in a history that starts on a day.
    #[must_use]
    pub fn had(had: &MassageHad, start: Day) -> Self {
        let soreness_h = had.soreness_h.map(|hours| hours.round() as u32);
        let t = days_between(start, had.date);
        Self { date: had.date, t, depth: had.depth, soreness_h, is_advised: false }
    }

    /// A session that is advised for day `t` of a history.
    #[must_use]
    pub fn advised(start: Day, t: usize, depth: Depth) -> Self {
        Self { date: plus(start, t as u32), t: t as i64, depth, soreness_h: None, is_advised: true }
    }

    /// The session in words.
    #[must_use]
    pub fn words(&self) -> String {
        let advised = if self.is_advised { " advised here" } else { "" };
        format!("{} work{advised}", self.depth.name())
    }
}

/// The last sessions before a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Before {
    /// The last one.
    pub last: Option<Session>,
    /// The last one that was had: it tells how such work is tolerated.
    pub had: Option<Session>,
    /// The last one that was moderate or deep.
    pub firm: Option<Session>,
    /// The last deep one.
    pub deep: Option<Session>,
    /// Was one that was moderate or deep had, and not only advised: is it known how such work is tolerated?
    pub is_tolerance_known: bool,
}

/// Days since the last sessions; `None` where none is on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wait {
    /// Since the last one.
    pub last: Option<i64>,
    /// Since the last one that was moderate or deep.
    pub firm: Option<i64>,
    /// The last one was light, and was had.
    pub is_after_light: bool,
}

impl Before {
    /// Of `sessions`, by date, those before day `t`.
    #[must_use]
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a Session>, t: usize) -> Self {
        let earlier = sessions.into_iter().filter(|session| session.t < t as i64);
        earlier.fold(Self::default(), |before, session| before.and(*session))
    }

    /// With one more session after them.
    #[must_use]
    pub fn and(self, session: Session) -> Self {
        let is_firm = session.depth >= Depth::Moderate;
        Self {
            last: Some(session),
            had: if session.is_advised { self.had } else { Some(session) },
            firm: if is_firm { Some(session) } else { self.firm },
            deep: if session.depth == Depth::Deep { Some(session) } else { self.deep },
            is_tolerance_known: self.is_tolerance_known || (is_firm && !session.is_advised),
        }
    }

    /// How long ago the last session was on day `t`, and the last one that was more than light.
    #[must_use]
    pub fn wait(&self, t: usize) -> Wait {
        let since = |session: Option<Session>| session.map(|session| t as i64 - session.t);
        let is_after_light = self.last.is_some_and(|last| last.depth == Depth::Light && !last.is_advised);
        Wait { last: since(self.last), firm: since(self.firm), is_after_light }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_earlier_sessions_count_and_light_ones_hide_no_deep_one() {
        let start: Day = "2025-03-01".parse().unwrap();
        let sessions = [
            Session { is_advised: false, ..Session::advised(start, 0, Depth::Deep) },
            Session::advised(start, 4, Depth::Light),
            Session::advised(start, 8, Depth::Moderate),
        ];
        let before = Before::of(&sessions, 8);
        assert_eq!((before.last, before.firm), (Some(sessions[1]), Some(sessions[0])));
        assert_eq!((before.deep, before.wait(8).last), (Some(sessions[0]), Some(4)));
        assert!(before.is_tolerance_known);
        assert!(!Before::of(&sessions[1..], 20).is_tolerance_known);
        assert_eq!(Before::of(&sessions, 0), Before::default());
    }
}
