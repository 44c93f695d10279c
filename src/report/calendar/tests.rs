//! Both calendars, read back by the parser of the library and line by line.

use super::*;
use crate::model::calendar::minus;
use crate::model::text::clean;
use crate::report::testing::sample;
use crate::table::testing::{analysis, day};
use proptest::prelude::*;

/// Words that the shared calendar must not hold, in lower case.
const OF_HEALTH: [&str; 16] = [
    "massage", "deep", "light", "moderate", "sore", "pain", "tight", "tissue", "injur", "load", "race",
    "run", "calf", "window", "min", "reason",
];

/// The content lines, unfolded.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

fn values(text: &str, key: &str) -> Vec<String> {
    lines(text).iter().filter_map(|line| line.strip_prefix(key)).map(str::to_owned).collect()
}

/// What must hold of every file, whatever is in it.
fn well_formed(text: &str) -> icalendar::Calendar {
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends in CRLF");
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    let mut uids = values(text, "UID:");
    let n_events = uids.len();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), n_events, "two events share an identity");
    for key in ["DTSTAMP:", "SEQUENCE:", "TRANSP:TRANSPARENT", "DTSTART;VALUE=DATE:", "DTEND;VALUE=DATE:"] {
        assert_eq!(values(text, key).len(), n_events, "{key}");
    }
    assert!(values(text, "METHOD:").is_empty());
    let read: icalendar::Calendar = text.parse().unwrap();
    assert_eq!(read.events().count(), n_events);
    read
}

#[test]
fn days_ahead_have_exclusive_ends() {
    let text = ics(&analysis());
    well_formed(&text);
    assert_eq!(values(&text, "DTSTART;VALUE=DATE:"), ["20260603", "20260607"]);
    assert_eq!(values(&text, "DTEND;VALUE=DATE:"), ["20260606", "20260608"]);
    assert_eq!(values(&text, "STATUS:"), ["TENTATIVE", "CONFIRMED"]);
    assert_eq!(values(&text, "CLASS:"), ["PRIVATE"]);
    assert_eq!(values(&text, "DTSTAMP:"), ["20260528T000000Z"; 2]);
    assert_eq!(values(&text, "CATEGORIES:"), ["MASSAGE", "RACE"]);
    assert_eq!(values(&text, "X-WR-CALNAME:"), ["Massage\\, ünal\\, jo"]);
    let summary = "Race: Lauf über die Brücken\\, Straßen\\; Gässchen und Höhenwege der schönen großen Stadt";
    assert_eq!(values(&text, "SUMMARY:")[1], summary);
}

#[test]
fn the_private_one_says_why() {
    let read = well_formed(&ics(&analysis()));
    let description = read.events().next().unwrap().get_description().unwrap().to_owned();
    assert_eq!(
        description,
        "Aimed work: 30 to 45 min, moderate. Best day: Wed 3 Jun.\n\
         Why: the long run was 1.3 times the longest of 30 days (R3, grade B).\n\
         Why: 16 days since the last massage (R1, grade PC).\nLimit, Fri 5 Jun: race in 2 days."
    );
}

#[test]
fn the_shared_one_says_nothing() {
    for mut analysis in [analysis(), sample(30)] {
        analysis.athlete = "Massage for pain".into();
        let text = busy(&analysis);
        let n = analysis.windows.iter().filter(|window| window.status != Status::Past).count();
        assert_eq!(well_formed(&text).events().count(), n);
        // Names of the format are no words.
        let said: String = lines(&text)
            .iter()
            .filter(|line| !["PRODID", "UID", "CALSCALE"].iter().any(|key| line.starts_with(key)))
            .filter_map(|line| line.split_once(':').map(|(_, value)| value.to_lowercase() + "\n"))
            .collect();
        for word in OF_HEALTH {
            assert!(!said.contains(word), "{word}: {said}");
        }
        assert!(values(&text, "DESCRIPTION").is_empty() && values(&text, "CATEGORIES").is_empty());
        assert_eq!(values(&text, "SUMMARY:"), vec![BUSY; n]);
        assert_eq!(values(&text, "CLASS:"), vec!["PRIVATE"; n]);
        assert_eq!(values(&text, "STATUS:"), vec!["TENTATIVE"; n]);
        let private = values(&ics(&analysis), "UID:");
        assert!(values(&text, "UID:").iter().all(|uid| !private.contains(uid)));
    }
}

#[test]
fn an_event_keeps_its_identity() {
    let analysis = analysis();
    let uids = values(&ics(&analysis), "UID:");
    let mut later = analysis.clone();
    later.as_of = day("2026-05-29");
    let ahead = &mut later.windows[1];
    (ahead.end, ahead.best) = (day("2026-06-06"), day("2026-06-04"));
    (ahead.depth, ahead.kind) = (crate::model::Depth::Deep, crate::massage::window::WindowKind::Deep);
    assert_eq!(values(&ics(&later), "UID:"), uids, "a day later, deeper and with another best day");
    later.athlete = "other".into();
    assert!(values(&ics(&later), "UID:").iter().all(|uid| !uids.contains(uid)));
    let ahead = &mut later.windows[1];
    (ahead.start, ahead.best, ahead.end) = (day("2026-06-10"), day("2026-06-11"), day("2026-06-12"));
    later.athlete.clone_from(&analysis.athlete);
    assert_ne!(values(&ics(&later), "UID:")[0], uids[0], "another week is another window");
}

#[test]
fn a_window_around_a_race_is_that_of_the_race() {
    let sample = sample(30);
    let mut moved = sample.clone();
    let before = moved.windows.iter_mut().find(|one| one.status == Status::Upcoming && one.race.is_some());
    let before = before.unwrap();
    (before.start, before.best) = (minus(before.start, 3), minus(before.best, 3));
    assert_eq!(values(&ics(&sample), "UID:"), values(&ics(&moved), "UID:"));
    // A second race of the day and its windows are others.
    moved.races.push(moved.races[2].clone());
    moved.windows.extend(sample.windows[9..].iter().cloned());
    well_formed(&ics(&moved));
    well_formed(&busy(&moved));
}

#[test]
fn the_revision_rises_with_days_and_runs() {
    let mut analysis = analysis();
    let revision = |analysis: &Analysis| -> u32 { values(&ics(analysis), "SEQUENCE:")[0].parse().unwrap() };
    let first = revision(&analysis);
    assert_eq!(first, revision(&analysis));
    let run = crate::score::run::Run { date: analysis.as_of, ..analysis.runs[1].clone() };
    analysis.runs.extend(vec![run; 30]);
    let evening = revision(&analysis);
    analysis.as_of = day("2026-05-29");
    let tomorrow = revision(&analysis);
    assert!(first < evening && evening < tomorrow, "{first} {evening} {tomorrow}");
}

#[test]
fn nobody_and_nothing_ahead_is_still_a_calendar() {
    let empty = crate::report::testing::empty();
    assert_eq!(well_formed(&ics(&empty)).events().count(), 0);
    assert_eq!(well_formed(&busy(&empty)).events().count(), 0);
}

/// Names as nobody should write them.
fn name() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("\r\n".to_owned()),
        Just("\nATTENDEE:mailto:x".to_owned()),
        Just(";,:\\\"".to_owned()),
        Just("\\n".to_owned()),
        Just("👩‍🦰🏃🏽‍♀️".to_owned()),
        Just("\u{202E}\u{2028}\u{85}\u{0}".to_owned()),
        Just("ß".repeat(80)),
        Just(" ".to_owned()),
        "\\PC{0,12}",
        any::<String>(),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_name_breaks_the_file(athlete in name(), race in name(), reason in name()) {
        let mut analysis = analysis();
        analysis.athlete = athlete;
        analysis.races[1].name = race.clone();
        analysis.windows[1].race = Some(race.clone());
        analysis.windows[1].reasons[0].text = reason.clone();
        let text = ics(&analysis);
        let read = well_formed(&text);
        let events: Vec<&Event> = read.events().collect();
        let expected = format!("Race: {}", clean(&race));
        prop_assert_eq!(events[1].get_summary().unwrap_or_default().trim_end(), expected.trim_end());
        prop_assert!(events[0].get_description().unwrap_or_default().contains(&clean(&reason)));
        prop_assert!(lines(&text).iter().all(|line| !line.starts_with("ATTENDEE")));
        prop_assert_eq!(&ics(&analysis), &text);
        prop_assert_eq!(busy(&analysis).lines().count(), 6 + 11);
        well_formed(&busy(&analysis));
    }
}

#[test]
fn a_calendar_that_is_tried_out_moves_no_event_of_the_real_one() {
    let real = sample(6);
    let tried = Analysis { tried: Some(crate::analysis::Tried::default()), ..real.clone() };
    for calendar in [ics, busy] {
        let (real, tried) = (values(&calendar(&real), "UID:"), values(&calendar(&tried), "UID:"));
        assert_eq!(real.len(), tried.len());
        assert!(!real.iter().any(|uid| tried.contains(uid)), "{real:?}");
    }
    assert_eq!(values(&ics(&tried), "X-WR-CALNAME:"), ["Massage\\, what if\\, marathon-build"]);
}
