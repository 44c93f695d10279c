//! What holds on the day of an analysis: the ratio, a red flag, the next window, the next race.
//!
//! Input: an [`Analysis`]. Output: parts of it. Invariant: nothing is computed here that a day, a window or a race does not say.

use super::Analysis;
use crate::load::pause::Pause;
use crate::massage::window::{Status, Window};
use crate::model::Race;

/// Today's ratio of acute to chronic load; `None` in a pause and after one, where it compares with the pause.
#[must_use]
pub fn ratio(analysis: &Analysis) -> Option<f64> {
    let ratio = analysis.days.last()?.load_ratios.coupled?;
    Pause::of(&analysis.days).is_none().then_some(ratio)
}

/// What the diary says that forbids all hands-on work on the day of the analysis (science 7.6).
#[must_use]
pub fn red_flag(analysis: &Analysis) -> Option<&str> {
    let today = analysis.work.iter().find(|day| day.date == analysis.as_of)?;
    let (_, limit) = today.limits.iter().find(|(_, limit)| limit.rule == "7.6")?;
    Some(&limit.text)
}

/// The window that is open, else the first one to come.
#[must_use]
pub fn next_window(analysis: &Analysis) -> Option<&Window> {
    analysis.windows.iter().find(|window| window.status != Status::Past)
}

/// The first race on or after the day of the analysis.
#[must_use]
pub fn next_race(analysis: &Analysis) -> Option<&Race> {
    analysis.races.iter().find(|race| race.date >= analysis.as_of)
}
