//! `plan.ics`: the events of a calendar (RFC 5545).
//!
//! Each event is cut out by its BEGIN and END and read by itself, so that one that is broken costs no other, and what is
//! nested in events (alarms) is never followed down. A series is laid out on the clock of its own zone and then told on that
//! of the athlete. Invariant: what is laid out is bounded by constants, whatever a rule says.

use super::rule::Rule;
use super::words::Purpose;
use super::{Entry, PassedOver, Reading, run_of, words};
use crate::model::Day;
use crate::notice::Notice;
use crate::score::run::SessionKind;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike};
use chrono_tz::Tz;
use icalendar::parser::{Property, read_calendar_simple, unfold};
use rrule::{RRule, RRuleSet, Unvalidated};
use std::collections::HashMap;

/// More events than this are no training calendar.
const MAX_EVENTS: usize = 20_000;
/// More running series than this either.
const MAX_SERIES: usize = 200;
/// Instances of one series that are looked at: more than five years of every day.
const MAX_INSTANCES: usize = 2000;
/// Notices of single events that are listed; more are counted.
const MAX_NOTICES: usize = 20;
/// A slot of the calendar tells how long a run is from this to that many minutes.
const SLOT_MIN: std::ops::RangeInclusive<i64> = 10..=480;

/// Does the text begin as a calendar does?
pub(super) fn is_calendar(text: &str) -> bool {
    let start = text.trim_start().get(..15).unwrap_or_default();
    start.eq_ignore_ascii_case("BEGIN:VCALENDAR")
}

/// The clock that a time is told on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Clock {
    /// That of the athlete, wherever they are.
    Floating,
    Zone(Tz),
}

/// When an event begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct When {
    pub local: NaiveDateTime,
    pub clock: Clock,
    /// A day without a clock time.
    pub is_day: bool,
}

struct Event<'a> {
    line: usize,
    uid: String,
    title: String,
    about: String,
    start: When,
    /// Minutes that it lasts.
    slot_min: Option<i64>,
    rule: Option<String>,
    left_out: Vec<When>,
    /// The instance of a series that it stands for.
    replaces: Option<When>,
    is_cancelled: bool,
    reading: &'a Reading<'a>,
}

/// The entries of a calendar; the error says why it is none.
pub(super) fn entries(
    text: &str,
    reading: &Reading<'_>,
    passed: &mut PassedOver,
    notices: &mut Vec<Notice>,
) -> Result<Vec<Entry>, String> {
    if !is_calendar(text) {
        return Err("is no calendar: it does not begin with BEGIN:VCALENDAR".to_owned());
    }
    // What the calendar says of its zone, where the config says nothing.
    let of_calendar = text.lines().find_map(|line| line.strip_prefix("X-WR-TIMEZONE:")?.trim().parse().ok());
    let reading = Reading {
        asked: super::Asked { zone: reading.asked.zone.or(of_calendar), ..reading.asked },
        ..*reading
    };
    let mut problems: Vec<(usize, String)> = Vec::new();
    let mut events = Vec::new();
    let blocks = blocks(text, &mut problems);
    if blocks.len() > MAX_EVENTS {
        return Err(format!("has more than {MAX_EVENTS} events"));
    }
    for (line, block) in blocks {
        match event(line, &block, &reading) {
            Ok(event) => events.push(event),
            Err(problem) => problems.push((line, format!("{problem}: event left out"))),
        }
    }
    if reading.asked.zone.is_none() && events.iter().any(|event| event.start.clock == Clock::Zone(Tz::UTC)) {
        notices.push(Notice::new(
            reading.name,
            "has times in UTC, which are taken as they are; set time_zone in the config",
        ));
    }
    let mut replaced: HashMap<&str, Vec<When>> = HashMap::new();
    for event in &events {
        if let Some(when) = event.replaces {
            replaced.entry(&event.uid).or_default().push(when);
        }
    }
    let mut found = Vec::new();
    let mut n_series = 0;
    for event in events.iter().filter(|event| !event.is_cancelled) {
        let moved = match replaced.get(event.uid.as_str()) {
            Some(moved) if event.replaces.is_none() => moved.as_slice(),
            _ => &[],
        };
        n_series += usize::from(event.rule.is_some() && event.purpose() != Purpose::Other);
        if n_series > MAX_SERIES && event.rule.is_some() {
            continue;
        }
        found.extend(event.entries(moved, passed, &mut problems));
    }
    if n_series > MAX_SERIES {
        let text = format!("has more than {MAX_SERIES} series of runs; those after are left out");
        notices.push(Notice::new(reading.name, text));
    }
    let more = problems.len().saturating_sub(MAX_NOTICES);
    let said = problems.into_iter().take(MAX_NOTICES);
    notices.extend(said.map(|(line, text)| Notice::new(format!("{}:{line}", reading.name), text)));
    if more > 0 {
        notices.push(Notice::new(reading.name, format!("{more} more events could not be read")));
    }
    Ok(found)
}

/// Each event with its first line, without what is nested in it.
fn blocks(text: &str, problems: &mut Vec<(usize, String)>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut nested = 0_usize;
    for (at, line) in text.lines().enumerate() {
        let upper = line.trim_end().to_ascii_uppercase();
        if upper == "BEGIN:VEVENT" {
            if let Some((line, _)) = open.take() {
                problems.push((line, "event without END:VEVENT: event left out".to_owned()));
            }
            nested = 0;
            open = Some((at + 1, "BEGIN:VEVENT\r\n".to_owned()));
        } else if let Some((_, block)) = open.as_mut() {
            if upper == "END:VEVENT" {
                block.push_str("END:VEVENT\r\n");
                found.extend(open.take());
            } else if upper.starts_with("BEGIN:") {
                nested += 1;
            } else if upper.starts_with("END:") {
                nested = nested.saturating_sub(1);
            } else if nested == 0 && !line.trim().is_empty() {
                block.push_str(line.trim_end_matches('\r'));
                block.push_str("\r\n");
            }
        }
    }
    if let Some((line, _)) = open {
        problems.push((line, "event without END:VEVENT: event left out".to_owned()));
    }
    found
}

fn event<'a>(line: usize, block: &str, reading: &'a Reading<'a>) -> Result<Event<'a>, String> {
    let block = unfold(block);
    let components = read_calendar_simple(&block).map_err(|_| "event that cannot be read".to_owned())?;
    let properties = components.first().map(|component| component.properties.as_slice()).unwrap_or_default();
    let all = |name: &'static str| {
        properties.iter().filter(move |property| property.name.as_str().eq_ignore_ascii_case(name))
    };
    let text = |name| all(name).next().map_or_else(String::new, |property| unescaped(property.val.as_str()));
    let start = all("DTSTART").next().ok_or("event without DTSTART")?;
    let mut start = whens(start).next().flatten().ok_or_else(|| {
        format!(
            "DTSTART \"{}\" is no date of a calendar",
            start.val.as_str().chars().take(40).collect::<String>()
        )
    })?;
    let lasts = || all("DURATION").next().and_then(|property| minutes(property.val.as_str()));
    let ends = all("DTEND").next().and_then(|property| whens(property).next().flatten());
    let slot_min = ends
        .filter(|end| end.clock == start.clock)
        .map(|end| end.local.signed_duration_since(start.local).num_minutes())
        .or_else(lasts)
        .filter(|minutes| !start.is_day && SLOT_MIN.contains(minutes));
    // Where no zone is said it is that of the athlete, and the end of a series in UTC can be told on it.
    if let (Clock::Floating, false, Some(zone)) = (start.clock, start.is_day, reading.asked.zone) {
        start.clock = Clock::Zone(zone);
    }
    Ok(Event {
        line,
        uid: text("UID"),
        title: text("SUMMARY"),
        about: text("DESCRIPTION"),
        start,
        slot_min,
        rule: all("RRULE").next().map(|property| property.val.as_str().to_owned()),
        left_out: all("EXDATE").flat_map(whens).flatten().collect(),
        replaces: all("RECURRENCE-ID").next().and_then(|property| whens(property).next().flatten()),
        is_cancelled: text("STATUS").eq_ignore_ascii_case("CANCELLED"),
        reading,
    })
}

/// Text without the escapes of the format.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => {}
            },
            c => plain.push(c),
        }
    }
    plain.trim().to_owned()
}

/// The dates or times of a property, which may list several.
fn whens<'p>(property: &'p Property<'_>) -> impl Iterator<Item = Option<When>> + 'p {
    let zone = property
        .params
        .iter()
        .find(|param| param.key.as_str().eq_ignore_ascii_case("TZID"))
        .and_then(|param| param.val.as_ref()?.as_str().trim_matches('"').parse().ok());
    property.val.as_str().split(',').map(move |text| when(text.trim(), zone))
}

/// A date or a time as the format writes it; `zone` is that of a time that is not in UTC.
pub(super) fn when(text: &str, zone: Option<Tz>) -> Option<When> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y%m%d") {
        return Some(When { local: day.and_time(NaiveTime::MIN), clock: Clock::Floating, is_day: true });
    }
    let (time, clock) = match text.strip_suffix(['Z', 'z']) {
        Some(time) => (time, Clock::Zone(Tz::UTC)),
        None => (text, zone.map_or(Clock::Floating, Clock::Zone)),
    };
    let local = NaiveDateTime::parse_from_str(time, "%Y%m%dT%H%M%S").ok()?;
    Some(When { local, clock, is_day: false })
}

/// The same moment on another clock; a floating time is the same on each.
pub(super) fn on(local: NaiveDateTime, from: Clock, to: Clock) -> NaiveDateTime {
    let (Clock::Zone(from), Clock::Zone(to)) = (from, to) else { return local };
    // A time that a change of the clocks leaves out or repeats is off by an hour at most.
    let offset =
        from.offset_from_local_datetime(&local).earliest().map_or(0, |offset| offset.fix().local_minus_utc());
    let Some(utc) = local.checked_sub_signed(chrono::TimeDelta::seconds(offset.into())) else { return local };
    let back = to.offset_from_utc_datetime(&utc).fix().local_minus_utc();
    utc.checked_add_signed(chrono::TimeDelta::seconds(back.into())).unwrap_or(local)
}

/// The minutes of a duration such as `PT1H30M`.
fn minutes(text: &str) -> Option<i64> {
    let (mut sum, mut number) = (0_i64, 0_i64);
    for c in text.trim_start_matches('+').strip_prefix('P')?.chars() {
        let unit = match c {
            'T' => continue,
            'W' => 7 * 24 * 60,
            'D' => 24 * 60,
            'H' => 60,
            'M' => 1,
            'S' => 0,
            digit => {
                number = number.checked_mul(10)?.checked_add(digit.to_digit(10)?.into())?;
                continue;
            }
        };
        sum = sum.checked_add(number.checked_mul(unit)?)?;
        number = 0;
    }
    Some(sum)
}

impl Event<'_> {
    fn purpose(&self) -> Purpose {
        run_of(self.start.local.date(), &self.title, &self.about).0
    }

    /// What it puts into the plan: itself, or each instance of its series but those that are left out or `moved`.
    fn entries(
        &self,
        moved: &[When],
        passed: &mut PassedOver,
        problems: &mut Vec<(usize, String)>,
    ) -> Vec<Entry> {
        let (purpose, run) = run_of(self.start.local.date(), &self.title, &self.about);
        if purpose == Purpose::Other {
            passed.no_run(&self.title);
            return Vec::new();
        }
        let own = Clock::Zone(self.reading.asked.zone.unwrap_or(Tz::UTC));
        let to_own = |local| match self.reading.asked.zone {
            Some(_) => on(local, self.start.clock, own),
            None => local,
        };
        let mut found = Vec::new();
        let times = match &self.rule {
            Some(rule) => self.instances(rule).unwrap_or_else(|| {
                let rule: String = rule.chars().take(60).collect();
                problems.push((
                    self.line,
                    format!("RRULE \"{rule}\" is not understood: only its first day is kept"),
                ));
                vec![self.start.local]
            }),
            None => vec![self.start.local],
        };
        for local in times {
            if self.left_out.iter().chain(moved).any(|when| self.is_at(when, local)) {
                continue;
            }
            let time = to_own(local);
            // A series that has run for years is no row of the past.
            let mut of_series = PassedOver::default();
            let counted = if self.rule.is_some() { &mut of_series } else { &mut *passed };
            if !self.reading.is_ahead(time.date(), counted) {
                continue;
            }
            let mut run = run.clone();
            run.date = time.date();
            run.start_min = (!self.start.is_day).then(|| time.num_seconds_from_midnight() / 60);
            // The slot of a calendar is no measure where the words have one.
            if run.distance_m.or(run.duration_s).is_none() {
                run.duration_s = self.slot_min.map(|minutes| minutes as f64 * 60.0);
            }
            let is_guess = run.kind == SessionKind::Race && !words::is_surely_race(&self.title);
            let run = (purpose != Purpose::Rest).then_some(run);
            found.push(Entry { date: time.date(), run, is_guess });
        }
        found
    }

    /// Is it the instance at a local time of the series?
    fn is_at(&self, when: &When, local: NaiveDateTime) -> bool {
        if when.is_day {
            when.local.date() == local.date()
        } else {
            on(when.local, when.clock, self.start.clock) == local
        }
    }

    /// The local times of a series up to the last day that is read; `None` for a rule that is not followed.
    fn instances(&self, rule: &str) -> Option<Vec<NaiveDateTime>> {
        let rule = Rule::of(rule, self.start)?;
        let start =
            rrule::Tz::UTC.from_utc_datetime(&rule.start_near(self.start.local, self.reading.asked.as_of));
        let rule = rule.to_string().parse::<RRule<Unvalidated>>().ok()?.validate(start).ok()?;
        let last: Day = self.reading.last();
        let series = RRuleSet::new(start).rrule(rule).limit();
        let times = series.into_iter().take(MAX_INSTANCES).map(|time| time.naive_utc());
        Some(times.take_while(|time| time.date() <= last).collect())
    }
}
