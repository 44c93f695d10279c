//! Where no window fits: from which day on one will, and what keeps it until then.

use super::before::Before;
use super::ceiling;
use super::rules::RACE_REACH_DAYS;
use super::view::History;
use super::worth::{DUE, Slot};
use crate::blocks::Phase;
use crate::model::{Day, Depth};
use serde::Serialize;

/// Days after which it is no use to look further.
const REACH_DAYS: u32 = 120;

/// What stands in the place of windows ahead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opening {
    /// The first day on which a session would fit; `None` where that cannot be told.
    pub from: Option<Day>,
    /// What keeps it until then, as a clause.
    pub because: String,
}

/// The first day from the last one on record on which a session would fit.
pub(super) fn opening(history: &History<'_>, before: &Before) -> Option<Opening> {
    let today = history.days.len().checked_sub(1)?;
    let known = history.known(today, REACH_DAYS + RACE_REACH_DAYS);
    let now = Slot::of(known.view(today)?);
    let caps = now.caps_after(before);
    let red_flag = caps.first().filter(|(depth, limit)| *depth == Depth::None && limit.rule == "7.6");
    if let Some((_, limit)) = red_flag {
        return Some(Opening { from: None, because: limit.text.clone() });
    }
    let slots = (today..=today + REACH_DAYS as usize).filter_map(|t| known.view(t)).map(Slot::of);
    let from = slots.into_iter().find(|slot| slot.is_open(before)).map(|slot| slot.date());
    let need = now.need(before);
    let because = match caps.first() {
        // What caps today keeps a session only where one is due.
        Some((depth, limit)) if need.value >= DUE && ceiling::lowest(&caps) <= Depth::Light => {
            ceiling::words(*depth, limit)
        }
        _ if now.view.phase() == Phase::Break => {
            let days = now.view.rows().last().map_or(0, |row| row.days_off);
            format!("no run for {days} days, so there is no training to time it by")
        }
        _ => need.reasons.first().map_or_else(String::new, |reason| reason.text.clone()),
    };
    Some(Opening { from, because })
}
