//! Short calendars for tests.

use super::outlook::Outlook;
use crate::blocks::Phase;
use crate::model::{Day, calendar};

/// Plain days of base training without a run.
pub(super) fn plain(from: &str, to: &str) -> Vec<Outlook> {
    let day = |text: &str| -> Day { text.parse().unwrap() };
    calendar::days(day(from), day(to))
        .map(|date| Outlook {
            date,
            is_projected: false,
            quality: None,
            long_m: None,
            race: None,
            phase: Phase::Base,
            has_run: false,
        })
        .collect()
}

/// Changes one day of a calendar.
pub(super) fn set(days: &mut [Outlook], date: &str, change: impl Fn(&mut Outlook)) {
    let date: Day = date.parse().unwrap();
    change(days.iter_mut().find(|one| one.date == date).unwrap());
}
