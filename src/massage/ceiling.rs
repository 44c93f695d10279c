//! How deep work may go on a day: the lowest of all that caps it (science 7.3), each cause kept.

use super::before::Before;
use super::rules::ALL;
use super::view::View;
use super::window::Limit;
use crate::model::Depth;

/// A cap with its cause.
pub type Cap = (Depth, Limit);

/// Caps of a day by the calendar, the runs, the diary and fatigue, the lowest first.
#[must_use]
pub fn caps(view: &View<'_>) -> Vec<Cap> {
    sorted(ALL.iter().flat_map(|rule| rule.caps(view)).collect())
}

/// Caps of a day by the sessions before it, the lowest first.
#[must_use]
pub fn caps_after(view: &View<'_>, before: &Before) -> Vec<Cap> {
    sorted(ALL.iter().flat_map(|rule| rule.caps_after(view, before)).collect())
}

/// The lowest of all caps; without any, deep.
#[must_use]
pub fn lowest(caps: &[Cap]) -> Depth {
    caps.iter().map(|(depth, _)| *depth).min().unwrap_or(Depth::Deep)
}

/// What caps a day with how deep work may go on it. What allows none says so in its own words.
#[must_use]
pub fn words(depth: Depth, limit: &Limit) -> String {
    match depth {
        Depth::None => limit.text.clone(),
        _ => format!("{}: {} at most", limit.text, depth.name()),
    }
}

/// The lowest first, those of one depth in the order of the rules.
fn sorted(mut caps: Vec<Cap>) -> Vec<Cap> {
    caps.sort_by_key(|(depth, _)| *depth);
    caps
}

/// All of two lists, the lowest first.
#[must_use]
pub fn joined(caps: &[Cap], more: Vec<Cap>) -> Vec<Cap> {
    let mut all = caps.to_vec();
    all.extend(more);
    sorted(all)
}
