//! The rules of series that people put into training calendars: every day, week, month or year, at an interval, on some
//! weekdays, up to a day or a number.
//!
//! Invariant: a rule that is let through meets a day at least every few steps. A rule by the hour, or one that may meet no
//! day for ever ("each 30 February"), is none that a plan is written in; following it could take as long as it likes.

use super::ics::{When, on, when};
use crate::model::Day;
use crate::model::calendar::days_between;
use chrono::{Datelike, Days, NaiveDateTime};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A rule in the form that is followed.
#[derive(Debug, PartialEq)]
pub(super) struct Rule {
    frequency: Frequency,
    interval: u16,
    count: Option<u32>,
    /// On the clock of the series.
    until: Option<NaiveDateTime>,
    /// Weekdays such as `TU`, in a month with their place in it, such as `-1SU`.
    days: Vec<String>,
    week_start: Option<String>,
}

impl Rule {
    /// The rule of a series that begins at `start`; `None` for one that is not followed.
    pub(super) fn of(text: &str, start: When) -> Option<Self> {
        let upper = text.to_ascii_uppercase();
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            days: Vec::new(),
            week_start: None,
        };
        let (mut frequency, mut place) = (None, None);
        for part in upper.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" => frequency = Some(of_word(value)?),
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|interval| (1..=1000).contains(interval))?;
                }
                "COUNT" => rule.count = Some(value.parse().ok().filter(|count| *count > 0)?),
                "UNTIL" => rule.until = Some(end(value, start)?),
                "BYDAY" => rule.days = value.split(',').map(str::to_owned).collect(),
                "BYSETPOS" => place = Some(value.parse::<i8>().ok()?),
                "WKST" if is_weekday(value) => rule.week_start = Some(value.to_owned()),
                // Programs write the day of the start once more.
                "BYMONTHDAY" if value.parse() == Ok(start.local.day()) => {}
                "BYMONTH" if value.parse() == Ok(start.local.month()) => {}
                "BYHOUR" | "BYMINUTE" | "BYSECOND" => {}
                _ => return None,
            }
        }
        rule.frequency = frequency?;
        // "The last Sunday" is written in two ways.
        if let (Some(place), [day]) = (place, rule.days.as_mut_slice()) {
            day.insert_str(0, &place.to_string());
        } else if place.is_some() {
            return None;
        }
        // "Each day from Monday to Friday" too.
        if rule.frequency == Frequency::Daily && rule.interval == 1 && !rule.days.is_empty() {
            rule.frequency = Frequency::Weekly;
        }
        let fits = match rule.frequency {
            Frequency::Weekly => rule.days.iter().all(|day| is_weekday(day)),
            Frequency::Monthly => rule.days.iter().all(|day| is_weekday_of_month(day)),
            Frequency::Daily | Frequency::Yearly => rule.days.is_empty(),
        };
        (fits && rule.days.len() <= 35).then_some(rule)
    }

    /// A start in step with that of the series, shortly before the days that are read: what lies between is of no use. A
    /// series that is counted is counted from its own start.
    pub(super) fn start_near(&self, start: NaiveDateTime, as_of: Day) -> NaiveDateTime {
        let step = match self.frequency {
            Frequency::Daily => i64::from(self.interval),
            Frequency::Weekly => 7 * i64::from(self.interval),
            Frequency::Monthly | Frequency::Yearly => return start,
        };
        let behind = days_between(start.date(), as_of);
        if self.count.is_some() || behind <= step {
            return start;
        }
        // One step is left, since the days of the first week before the start are none of the series.
        start.checked_add_days(Days::new(((behind / step - 1) * step) as u64)).unwrap_or(start)
    }
}

fn of_word(word: &str) -> Option<Frequency> {
    Some(match word {
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

/// The end of a series that begins at `start`, on its clock; a day is in it to its end.
fn end(text: &str, start: When) -> Option<NaiveDateTime> {
    let until = when(text, None)?;
    let local = if until.is_day {
        until.local.date().and_hms_opt(23, 59, 59)?
    } else {
        on(until.local, until.clock, start.clock)
    };
    (1900..=9999).contains(&local.year()).then_some(local)
}

fn is_weekday(text: &str) -> bool {
    matches!(text, "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU")
}

/// A weekday, or one of its places that every third month or so has: `TU`, `1TU`, `-1SU`.
fn is_weekday_of_month(text: &str) -> bool {
    let Some(at) = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)) else { return false };
    let (place, day) = text.split_at(at);
    let is_place = place.is_empty() || place.parse::<i8>().is_ok_and(|n| n != 0 && (-4..=4).contains(&n));
    is_place && is_weekday(day)
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = match self.frequency {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        write!(f, "FREQ={frequency};INTERVAL={}", self.interval)?;
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        } else if let Some(until) = self.until {
            write!(f, ";UNTIL={}", until.format("%Y%m%dT%H%M%SZ"))?;
        }
        if !self.days.is_empty() {
            write!(f, ";BYDAY={}", self.days.join(","))?;
        }
        if let Some(day) = &self.week_start {
            write!(f, ";WKST={day}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Rule::of(text, when("20260519T180000", None).unwrap()).map(|rule| rule.to_string())
    }

    #[test]
    fn rules_of_calendars_are_told_in_one_way() {
        let check = |text: &str, expected: &str| assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        check("FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=1");
        check("FREQ=DAILY;BYDAY=MO,WE", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,WE");
        check("FREQ=MONTHLY;BYDAY=SU;BYSETPOS=-1;COUNT=3", "FREQ=MONTHLY;INTERVAL=1;COUNT=3;BYDAY=-1SU");
        check("FREQ=MONTHLY;BYMONTHDAY=19", "FREQ=MONTHLY;INTERVAL=1");
        check("freq=weekly;until=20260601;wkst=su", "FREQ=WEEKLY;INTERVAL=1;UNTIL=20260601T235959Z;WKST=SU");
        for text in [
            "FREQ=HOURLY",
            "INTERVAL=2",
            "FREQ=MONTHLY;BYMONTHDAY=31",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;INTERVAL=7;BYDAY=WE",
            "FREQ=MONTHLY;BYDAY=53MO",
            "FREQ=WEEKLY;BYDAY=é",
            "FREQ=WEEKLY;INTERVAL=0",
            "FREQ",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn a_series_of_years_ago_is_taken_up_in_step() {
        let start = when("20200107T180000", None).unwrap();
        let as_of = "2026-05-17".parse().unwrap();
        let rule = Rule::of("FREQ=WEEKLY;INTERVAL=3", start).unwrap();
        let near = rule.start_near(start.local, as_of);
        assert_eq!(days_between(start.local.date(), near.date()) % 21, 0);
        assert!((21..=42).contains(&days_between(near.date(), as_of)));
        let counted = Rule::of("FREQ=WEEKLY;COUNT=300", start).unwrap();
        assert_eq!(counted.start_near(start.local, as_of), start.local);
    }
}
