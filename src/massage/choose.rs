//! Which days to take (science 7.5): the earliest maximum of need times what the depth is worth, where the need by
//! days since the last session counts up to 1.0 only.
//!
//! Input is every day with its caps, output the chosen days with the stretch around each in which the same depth
//! fits nearly as well. Invariant: sessions follow each other, and each is chosen as if those before it were had.

use super::Planner;
use super::ceiling::{Cap, Session, after_massage, lowest};
use super::need::{Event, Need, Since};
use crate::model::{Depth, MassageHad};

/// Days over which the best one is looked for, from the first on which a session is due.
const HORIZON: usize = 14;
/// A session is due from this need on.
const DUE: f64 = 1.0;
/// A day belongs to a window while its value is at least this share of the best day's.
const NEARLY: f64 = 0.8;
/// Values closer than this are equal, and the earlier day wins.
const ROUNDING: f64 = 1e-9;
/// An easy day or rest is better by this.
const EASY_BONUS: f64 = 0.1;
/// A day with a long or hard run is worse by this.
const BUSY_PENALTY: f64 = 0.3;

/// One day as the choice sees it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub t: usize,
    pub ceiling: Depth,
    pub caps: Vec<Cap>,
    pub need: Need,
    pub value: f64,
}

/// A chosen day with the window around it, from the first to the last candidate of the same depth.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub best: Candidate,
    pub first: usize,
    pub last: usize,
}

/// What a session of a depth is worth.
fn worth(depth: Depth) -> f64 {
    match depth {
        Depth::None => 0.0,
        Depth::Light => 0.5,
        Depth::Moderate => 0.8,
        Depth::Deep => 1.0,
    }
}

impl Planner<'_> {
    /// Day `t` after the sessions so far.
    pub(super) fn candidate(&self, t: usize, sessions: &[Session]) -> Candidate {
        let day = &self.days[t];
        let before = |session: &&Session| session.date < day.date;
        let mut caps = self.caps[t].clone();
        caps.extend(after_massage(day.date, sessions, self.context.is_accustomed(day.date)));
        caps.sort_by_key(|(depth, _)| *depth);
        let since = sessions.iter().rev().find(before).map(|last| Since {
            days: (day.date - last.date).num_days(),
            event: if last.is_advised { Event::Advised } else { Event::Session },
        });
        let need = self.need(t, since);
        let ceiling = lowest(&caps);
        let fit = if day.is_easy() { EASY_BONUS } else { -BUSY_PENALTY };
        // Once a session is due, waiting makes no day better, or every session would come overdue.
        let weight = need.value - need.due + need.due.min(DUE);
        Candidate { t, ceiling, caps, value: weight * worth(ceiling) + fit, need }
    }

    /// Chooses days from `from` to before `to`. `log` are the sessions that were had, by date; each of them, and each
    /// chosen day, counts as the last session for what follows.
    pub(super) fn choose(&self, from: usize, to: usize, log: &[MassageHad]) -> (Vec<Choice>, Vec<Candidate>) {
        let mut sessions: Vec<Session> =
            log.iter().filter(|had| had.date < self.days[from].date).map(Session::from).collect();
        let mut pending = log.iter().filter(|had| had.date >= self.days[from].date).peekable();
        let (mut choices, mut seen) = (Vec::new(), Vec::new());
        let mut t = from;
        while t < to {
            while let Some(had) = pending.next_if(|had| had.date < self.days[t].date) {
                sessions.push(Session::from(had));
            }
            let today = self.candidate(t, &sessions);
            if !self.is_open(&today) {
                seen.push(today);
                t += 1;
                continue;
            }
            // A session that was had ends the wait, so the days after it are not compared with those before.
            let had = pending.peek().map_or(to, |had| self.index(had.date).saturating_add(1));
            let end = to.min(t + HORIZON).min(had);
            let days: Vec<Candidate> = (t..end).map(|day| self.candidate(day, &sessions)).collect();
            let choice = self.best_of(&days);
            let (date, depth) = (self.days[choice.best.t].date, choice.best.ceiling);
            sessions.push(Session { date, depth, soreness_h: None, is_advised: true });
            let next = choice.last.max(choice.best.t) + 1;
            seen.extend(days.into_iter().filter(|day| day.t < next));
            choices.push(choice);
            t = next;
            sessions.sort_by_key(|had| had.date);
        }
        (choices, seen)
    }

    /// May the day be taken: due, some hands-on work allowed, and not given to the light work around a race?
    fn is_open(&self, day: &Candidate) -> bool {
        let is_taken = day.ceiling == Depth::Light && self.is_race_time(self.days[day.t].date);
        day.need.value >= DUE && day.ceiling > Depth::None && !is_taken
    }

    /// The earliest day of the highest value among those that may be taken; the first of `days` is one.
    fn best_of(&self, days: &[Candidate]) -> Choice {
        let open = |day: &&Candidate| self.is_open(day);
        let best = days
            .iter()
            .filter(open)
            .fold(&days[0], |best, day| if day.value > best.value + ROUNDING { day } else { best });
        let at = best.t - days[0].t;
        let fits = |day: &&Candidate| {
            self.is_open(day) && day.ceiling >= best.ceiling && day.value >= NEARLY * best.value
        };
        let after = days[at..].iter().take_while(fits).count();
        let before = days[..at].iter().rev().take_while(fits).count();
        Choice { best: best.clone(), first: best.t - before, last: best.t + after.max(1) - 1 }
    }
}
