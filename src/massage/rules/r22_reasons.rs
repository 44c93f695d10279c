//! R22: always a reason for pressure, place and time.

use super::{About, Rule};
use crate::massage::window::{Grade, Limit};
use crate::model::Day;

/// The rule.
pub(super) struct Reasons;

static ABOUT: About = About {
    id: "R22",
    says: "there is always a reason for the pressure, the choice of tissue and the timing",
    does: "no window without dates, kind, what caps it, where, the numbers that ask for it, and a grade",
    grade: Grade::Convention,
    tunables: &[],
};

impl Rule for Reasons {
    fn about(&self) -> &'static About {
        &ABOUT
    }
}

/// What stands where nothing caps the depth.
pub(in crate::massage) fn nothing_caps(day: Day) -> Limit {
    Limit {
        rule: ABOUT.id,
        text: "nothing on record or on the calendar keeps it below deep".to_owned(),
        date: day,
    }
}
