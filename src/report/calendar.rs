//! The windows and races ahead as an iCalendar file (RFC 5545).
//!
//! Input is an analysis, output the text of `windows.ics`. Invariant: same analysis, same bytes; an event keeps its
//! identity as long as its kind and its best day stay, so importing again moves nothing twice.
//!
//! Calendars are shared, so an event says what is planned and not why: no load, no soreness, no reasons.

use crate::analysis::Analysis;
use crate::massage::window::{Status, Window, WindowKind};
use crate::model::calendar::plus;
use crate::model::{Day, Depth, Race};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use xxhash_rust::xxh3::xxh3_64;

/// Renders open and upcoming windows, and the races from `as_of` on, as days without a time.
#[must_use]
pub fn ics(analysis: &Analysis) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//legwork//legwork//EN"), ("CALSCALE", "GREGORIAN")]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("X-WR-CALNAME", plain(&format!("Massage, {}", analysis.athlete))));
    let mut identities = Identities { athlete: &analysis.athlete, used: Vec::new() };
    let mut events: Vec<Event> = Vec::new();
    for window in analysis.windows.iter().filter(|window| window.status != Status::Past) {
        let uid = identities.next(window.kind.name(), window.best);
        events.push(window_event(window).uid(&uid).done());
    }
    for race in analysis.races.iter().filter(|race| race.date >= analysis.as_of) {
        let uid = identities.next("race", race.date);
        events.push(race_event(race).uid(&uid).done());
    }
    for mut event in events {
        // The clock would make every file differ, so the stamp is the day the analysis stands on.
        event.add_property("DTSTAMP", analysis.as_of.format("%Y%m%dT000000Z").to_string());
        calendar.push(event);
    }
    calendar.to_string()
}

/// Stable identities of events: made of athlete, kind and day alone, told apart where these agree.
struct Identities<'a> {
    athlete: &'a str,
    used: Vec<(&'static str, Day)>,
}

impl Identities<'_> {
    fn next(&mut self, kind: &'static str, day: Day) -> String {
        let n_before = self.used.iter().filter(|used| **used == (kind, day)).count();
        self.used.push((kind, day));
        let identity = xxh3_64(format!("{}\n{kind}\n{day}\n{n_before}", self.athlete).as_bytes());
        format!("{identity:016x}@legwork")
    }
}

fn window_event(window: &Window) -> Event {
    let (shortest, longest) = window.minutes;
    let best = window.best.format("%a %-d %b");
    let depth = match window.depth {
        Depth::Deep => "deep",
        Depth::Moderate => "moderate",
        Depth::Light | Depth::None => "light",
    };
    let mut text =
        format!("{}. {shortest} to {longest} min, {depth}. Best day: {best}.", purpose(window.kind));
    if let Some(race) = &window.race {
        text = format!("{text} Race: {race}.");
    }
    event(window.start, window.end)
        .summary(&format!("Massage window: {depth}, best {best}"))
        .description(&plain(&text))
        .status(EventStatus::Tentative)
        .categories(["MASSAGE"])
        .done()
}

fn race_event(race: &Race) -> Event {
    let name = plain(&race.name);
    event(race.date, race.date)
        .summary(&format!("Race: {name}"))
        .description(&format!("{:.1} km, priority {}.", race.distance_m / 1000.0, race.priority))
        .status(EventStatus::Confirmed)
        .categories(["RACE"])
        .done()
}

/// What both kinds share: days without a time, which leave the calendar free.
fn event(first: Day, last: Day) -> Event {
    Event::new().starts(first).ends(plus(last, 1)).add_property("TRANSP", "TRANSPARENT").done()
}

fn purpose(kind: WindowKind) -> &'static str {
    match kind {
        WindowKind::Maintenance => "Regular maintenance",
        WindowKind::Deep => "Deep maintenance",
        WindowKind::Targeted => "Aimed work",
        WindowKind::PreRace => "Optional light work before a race",
        WindowKind::PostRace => "Optional light work after a race",
    }
}

/// A text in one line: the format has no place for control characters.
fn plain(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::testing::{analysis, day};

    /// The content lines, unfolded.
    fn lines(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn values<'a>(lines: &'a [String], key: &str) -> Vec<&'a str> {
        lines.iter().filter_map(|line| line.strip_prefix(key)).collect()
    }

    #[test]
    fn lines_end_and_fold_by_the_rules() {
        let text = ics(&analysis());
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let summary =
            "Race: Lauf über die Brücken\\, Straßen\\; Gässchen und Höhenwege der schönen großen Stadt";
        assert_eq!(values(&lines(&text), "SUMMARY:")[1], summary);
    }

    #[test]
    fn days_ahead_have_exclusive_ends() {
        let text = lines(&ics(&analysis()));
        assert_eq!(values(&text, "DTSTART;VALUE=DATE:"), ["20260603", "20260607"]);
        assert_eq!(values(&text, "DTEND;VALUE=DATE:"), ["20260606", "20260608"]);
        assert_eq!(values(&text, "STATUS:"), ["TENTATIVE", "CONFIRMED"]);
        assert_eq!(values(&text, "TRANSP:"), ["TRANSPARENT", "TRANSPARENT"]);
        assert_eq!(values(&text, "DTSTAMP:"), ["20260528T000000Z"; 2]);
        assert_eq!(values(&text, "CATEGORIES:"), ["MASSAGE", "RACE"]);
    }

    #[test]
    fn an_event_keeps_its_identity() {
        let analysis = analysis();
        let text = lines(&ics(&analysis));
        let uids = values(&text, "UID:");
        assert_ne!(uids[0], uids[1]);
        let mut later = analysis.clone();
        later.as_of = day("2026-05-30");
        later.windows[1].end = day("2026-06-04");
        assert_eq!(values(&lines(&ics(&later)), "UID:"), uids);
        later.windows[1].best = day("2026-06-04");
        assert_ne!(values(&lines(&ics(&later)), "UID:")[0], uids[0]);
        assert_eq!(ics(&analysis), ics(&analysis.clone()));
        later.races.push(later.races[1].clone());
        let text = lines(&ics(&later));
        let uids = values(&text, "UID:");
        assert_ne!(uids[1], uids[2], "two races on one day are two events");
    }

    #[test]
    fn reasons_stay_at_home_and_names_cannot_add_lines() {
        let mut analysis = analysis();
        analysis.races[1].name = "Ten\r\nATTENDEE:x".into();
        let text = ics(&analysis);
        assert!(!text.contains("longest of 30 days"));
        assert!(lines(&text).iter().all(|line| !line.starts_with("ATTENDEE")));
        assert_eq!(values(&lines(&text), "SUMMARY:")[1], "Race: Ten ATTENDEE:x");
    }
}
