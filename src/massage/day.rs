//! What hands-on work a single day allows and asks for.

use super::window::{Limit, Reason};
use crate::model::{Day, Depth};

/// Ceiling and need of one day (science 7.3 and 7.5), by what was known on it, or on the last day on record for days to
/// come, and by the sessions that were had. Sessions that are only advised count in windows alone.
#[derive(Debug, Clone, PartialEq)]
pub struct DayWork {
    /// The day.
    pub date: Day,
    /// The day lies after `as_of`.
    pub is_projected: bool,
    /// The most that may be done.
    pub ceiling: Depth,
    /// Everything that lowers the ceiling, the lowest first.
    pub limits: Vec<(Depth, Limit)>,
    /// How much is worth doing: the share of the interval that has passed, and what adds to it.
    pub need: f64,
    /// The part of it that the days since the last session make.
    pub due: f64,
    /// Days from one session to the next that are usual for this training.
    pub every_days: f64,
    /// What the need is made of.
    pub reasons: Vec<Reason>,
}
