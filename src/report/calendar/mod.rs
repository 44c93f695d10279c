//! The windows and races ahead as iCalendar files (RFC 5545), one to keep and one to share.
//!
//! Input is an analysis, output the text of `windows.ics`, which says what is planned and why, or of
//! `windows-busy.ics`, which says only that some days may be taken. Invariant: same analysis, same bytes; no word about
//! health or training, and nothing from a file, is in the second.

mod fold;
mod identity;
#[cfg(test)]
mod tests;
mod words;

use crate::analysis::Analysis;
use crate::massage::window::{Status, Window};
use crate::model::calendar::{days_between, plus};
use crate::model::text::clean;
use crate::model::{Day, Race};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};
use identity::identities;

/// The product that made the file, as a formal public identifier.
const PRODUCT: &str = "-//legwork//legwork//EN";
/// All that the shared calendar says.
const BUSY: &str = "Appointment (flexible)";

/// `windows.ics`, for the runner: open and upcoming windows with their reasons, and the races from `as_of` on.
///
/// Windows are marked as private, so that in a calendar that others see they are days that are taken and no more.
#[must_use]
pub fn ics(analysis: &Analysis) -> String {
    let what = if analysis.tried.is_some() { "Massage, what if" } else { "Massage" };
    let mut calendar = calendar(&format!("{what}, {}", clean(&analysis.athlete)));
    for (window, uid) in ahead(analysis, "window") {
        let mut event = event(analysis, &uid, window.start, window.end);
        event
            .summary(&words::summary(window))
            .description(&words::description(window))
            .status(EventStatus::Tentative)
            .class(Class::Private)
            .categories(["MASSAGE"]);
        calendar.push(event.done());
    }
    let races: Vec<&Race> = analysis.races.iter().filter(|race| race.date >= analysis.as_of).collect();
    let uids = identity::races(&whose(analysis, &analysis.athlete), &races);
    for (race, uid) in races.into_iter().zip(uids) {
        let mut event = event(analysis, &uid, race.date, race.date);
        event
            .summary(format!("Race: {}", clean(&race.name)).trim_end())
            .description(&words::race(race, analysis.units))
            .status(EventStatus::Confirmed)
            .categories(["RACE"]);
        calendar.push(event.done());
    }
    fold::folded(&calendar.to_string())
}

/// `windows-busy.ics`, to share: the same days, and no word of what they are for. Races are left out, for their names
/// may tell anything.
#[must_use]
pub fn busy(analysis: &Analysis) -> String {
    let mut calendar = calendar("Appointments");
    for (window, uid) in ahead(analysis, "busy") {
        let mut event = event(analysis, &uid, window.start, window.end);
        event.summary(BUSY).status(EventStatus::Tentative).class(Class::Private);
        calendar.push(event.done());
    }
    fold::folded(&calendar.to_string())
}

/// An empty calendar with its name; it has no method, for it invites nobody.
fn calendar(name: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("X-WR-CALNAME", name)]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar
}

/// The windows that are open or to come, each with its identity among all.
fn ahead<'a>(analysis: &'a Analysis, calendar: &str) -> impl Iterator<Item = (&'a Window, String)> {
    let uids = identities(analysis, &whose(analysis, calendar));
    analysis.windows.iter().zip(uids).filter(|(window, _)| window.status != Status::Past)
}

/// What makes the identity of events: one of its own where a calendar is tried out, so that no event of the real one moves.
fn whose(analysis: &Analysis, name: &str) -> String {
    if analysis.tried.is_some() { format!("{name}, what if") } else { name.to_owned() }
}

/// What all events share: days without a time that leave the calendar free, and when that was said.
fn event(analysis: &Analysis, uid: &str, first: Day, last: Day) -> Event {
    let mut event = Event::new();
    // The end is the day after the last one. The clock would make every file differ, so the stamp is the day that the
    // analysis stands on.
    event
        .uid(uid)
        .sequence(sequence(analysis))
        .starts(first)
        .ends(plus(last, 1))
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("DTSTAMP", analysis.as_of.format("%Y%m%dT000000Z").to_string());
    event.done()
}

/// The revision of every event: a calendar takes what it is told later for news only if this number is no lower. It rises
/// with each day that the analysis stands on, and with each run of that day.
fn sequence(analysis: &Analysis) -> u32 {
    /// Revisions that a day has room for.
    const OF_DAY: u32 = 10;
    let n_days = u32::try_from(days_between(Day::default(), analysis.as_of)).unwrap_or(0);
    let n_runs = analysis.runs.iter().rev().take_while(|run| run.date == analysis.as_of).count();
    n_days.saturating_mul(OF_DAY).saturating_add((n_runs as u32).min(OF_DAY - 1))
}
