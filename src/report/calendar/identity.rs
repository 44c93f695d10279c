//! Who an event is, so that reading a later calendar moves it instead of adding another.
//!
//! A plan has no memory: from one day to the next a window may open later, end sooner or go less deep and is still the
//! same appointment. What changes least is the week in which its middle lies, so a regular window is *athlete and week*:
//! on the sample data 97 of 100 windows keep that from a day to the next, 76 their best day. A window around a race is
//! *athlete, race day, before or after*. Where two agree, those later in time are numbered.

use crate::analysis::Analysis;
use crate::massage::window::{Window, WindowKind};
use crate::model::calendar::{days_between, plus, week_start};
use crate::model::{Day, Race};
use chrono::Weekday;
use xxhash_rust::xxh3::xxh3_128;

/// The identity of each window of an analysis, in their order. `calendar` tells the same window in two calendars apart.
pub(super) fn identities(analysis: &Analysis, calendar: &str) -> Vec<String> {
    let keys = analysis.windows.iter().map(|window| match window.kind {
        WindowKind::PreRace | WindowKind::PostRace => {
            (window.kind.name(), race_day(window, &analysis.races).unwrap_or(window.best))
        }
        // Depth decides the kind of all others, and may change.
        WindowKind::Maintenance | WindowKind::Deep | WindowKind::Targeted => {
            let middle = plus(window.start, (days_between(window.start, window.end).max(0) / 2) as u32);
            ("week", week_start(middle, Weekday::Mon))
        }
    });
    numbered(calendar, &analysis.athlete, keys)
}

/// The identity of each race, in their order: the day, for names get corrected.
pub(super) fn races(athlete: &str, races: &[&Race]) -> Vec<String> {
    numbered("race", athlete, races.iter().map(|race| ("day", race.date)))
}

/// The day of the race that a window belongs to: of those of its name the nearest on the right side.
fn race_day(window: &Window, races: &[Race]) -> Option<Day> {
    let own = races.iter().filter(|race| window.race.as_deref() == Some(race.name.as_str()));
    let days = own.map(|race| race.date);
    match window.kind {
        WindowKind::PreRace => days.filter(|day| *day > window.end).min(),
        _ => days.filter(|day| *day < window.start).max(),
    }
}

/// Texts that no two events share: a hash of what an event is, and of how many before it are that too.
fn numbered(calendar: &str, athlete: &str, keys: impl Iterator<Item = (&'static str, Day)>) -> Vec<String> {
    let mut used: Vec<(&str, Day)> = Vec::new();
    keys.map(|key| {
        let n_before = used.iter().filter(|one| **one == key).count();
        used.push(key);
        let (what, day) = key;
        let text = format!("{calendar}\n{what}\n{day}\n{n_before}\n{athlete}");
        format!("{:032x}@legwork", xxh3_128(text.as_bytes()))
    })
    .collect()
}
