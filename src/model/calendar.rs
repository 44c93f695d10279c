//! Instants, civil days and weeks.
//!
//! An instant is milliseconds since 1970-01-01T00:00:00Z; a [`Day`] is the runner's own calendar date. The
//! step from one to the other is taken once, in [`local_day`], with an offset that the recording carries.

use chrono::{DateTime, Datelike, Days, NaiveDate, Offset, TimeZone, Weekday};
use chrono_tz::Tz;

/// A calendar date of the runner.
pub type Day = NaiveDate;

/// Watches that tell the date had no runs before this year: an earlier clock was never set.
pub const FIRST_YEAR: i32 = 2000;
/// The beginning of [`FIRST_YEAR`] in ms since 1970-01-01T00:00:00Z.
pub const FIRST_MS: i64 = 946_684_800_000;

/// Reads a date of the form 2026-05-31; the error says what to write, with the very date where only one can be meant.
///
/// ```
/// use legwork::model::calendar::parse_day;
/// assert!(parse_day("2026-05-31").is_ok());
/// assert_eq!(parse_day("31.05.2026").unwrap_err(), "\"31.05.2026\" is no date; write 2026-05-31");
/// assert_eq!(parse_day("May").unwrap_err(), "\"May\" is no date; write one such as 2026-05-31");
/// ```
pub fn parse_day(text: &str) -> Result<Day, String> {
    let text = text.trim();
    text.parse().map_err(|_| match meant(text).as_deref() {
        Some([one]) => format!("\"{text}\" is no date; write {one}"),
        Some([one, other]) => format!("\"{text}\" may be two days; write {one} or {other}"),
        _ => format!("\"{text}\" is no date; write one such as 2026-05-31"),
    })
}

/// The days that a date in another form may mean: day before month with dots, either first with slashes.
fn meant(text: &str) -> Option<Vec<Day>> {
    let forms: &[&str] = match text.chars().find(|c| !c.is_ascii_digit())? {
        '.' => &["%d.%m.%Y", "%Y.%m.%d"],
        '/' => &["%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d"],
        '-' => &["%d-%m-%Y"],
        _ => return None,
    };
    let days = forms.iter().filter_map(|form| Day::parse_from_str(text, form).ok());
    // "31.05.26" is the year 26 to the parser.
    let mut days: Vec<Day> = days.filter(|day| day.year() >= 1900).collect();
    days.dedup();
    Some(days)
}

/// The offset from UTC in seconds that a zone has at an instant; DST is taken into account.
///
/// ```
/// use legwork::model::calendar::offset_at;
/// let berlin = "Europe/Berlin".parse().unwrap();
/// assert_eq!(offset_at(berlin, 1_761_434_999_000), 7200); // 2025-10-25T23:29:59Z, summer time
/// assert_eq!(offset_at(berlin, 1_761_442_200_000), 3600); // 2025-10-26T01:30:00Z, winter time
/// ```
#[must_use]
pub fn offset_at(zone: Tz, instant_ms: i64) -> i32 {
    match DateTime::from_timestamp_millis(instant_ms) {
        Some(utc) => zone.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc(),
        None => 0,
    }
}

/// The civil date at an instant under an offset from UTC in seconds; `None` outside chrono's range of years.
#[must_use]
pub fn local_day(instant_ms: i64, utc_offset_s: i32) -> Option<Day> {
    let shifted = instant_ms.checked_add(i64::from(utc_offset_s) * 1000)?;
    DateTime::from_timestamp_millis(shifted).map(|time| time.date_naive())
}

/// An instant as RFC 3339 text in UTC with whole seconds, as the `start_utc` column has it.
#[must_use]
pub fn utc_text(instant_ms: i64) -> String {
    DateTime::from_timestamp_millis(instant_ms)
        .map_or_else(String::new, |time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// An instant as people with a clock of this offset read it: `2026-05-01 06:12:03 +02:00`.
///
/// ```
/// use legwork::model::calendar::clock_text;
/// assert_eq!(clock_text(1_434_621_878_000, -12_600), "2015-06-18 06:34:38 -03:30");
/// ```
#[must_use]
pub fn clock_text(instant_ms: i64, utc_offset_s: i32) -> String {
    let local = instant_ms.saturating_add(i64::from(utc_offset_s) * 1000);
    let sign = if utc_offset_s < 0 { '-' } else { '+' };
    let minutes = utc_offset_s.unsigned_abs() / 60;
    DateTime::from_timestamp_millis(local).map_or_else(String::new, |time| {
        format!("{} {sign}{:02}:{:02}", time.format("%Y-%m-%d %H:%M:%S"), minutes / 60, minutes % 60)
    })
}

/// The first day of the week that holds `day`.
#[must_use]
pub fn week_start(day: Day, first: Weekday) -> Day {
    let back = day.weekday().days_since(first);
    minus(day, back)
}

/// The day `n` days later.
#[must_use]
pub fn plus(day: Day, n: u32) -> Day {
    day.checked_add_days(Days::new(u64::from(n))).unwrap_or(Day::MAX)
}

/// The day `n` days earlier.
#[must_use]
pub fn minus(day: Day, n: u32) -> Day {
    day.checked_sub_days(Days::new(u64::from(n))).unwrap_or(Day::MIN)
}

/// How many days lie from `from` to `to`; negative where `to` is earlier.
#[must_use]
pub fn days_between(from: Day, to: Day) -> i64 {
    i64::from(to.num_days_from_ce()) - i64::from(from.num_days_from_ce())
}

/// A number of days in words.
#[must_use]
pub fn days_in_words(n: i64) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// Every day from `first` to `last`, both included; empty where `last` is earlier.
pub fn days(first: Day, last: Day) -> impl Iterator<Item = Day> {
    first.iter_days().take_while(move |day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_run_over_the_end_of_summer_time_keeps_its_evening() {
        let berlin: Tz = "Europe/Berlin".parse().unwrap();
        // 2025-10-25T22:30:00Z is 00:30 of the 26th in Berlin, still summer time.
        let start = 1_761_431_400_000;
        assert_eq!(local_day(start, offset_at(berlin, start)), Some(day("2025-10-26")));
        assert_eq!(local_day(start, 0), Some(day("2025-10-25")));
    }

    #[test]
    fn weeks_start_where_the_runner_says() {
        assert_eq!(week_start(day("2026-05-31"), Weekday::Mon), day("2026-05-25"));
        assert_eq!(week_start(day("2026-05-31"), Weekday::Sun), day("2026-05-31"));
    }

    #[test]
    fn days_include_both_ends() {
        assert_eq!(days(day("2024-02-28"), day("2024-03-01")).count(), 3);
        assert_eq!(days(day("2024-03-01"), day("2024-02-28")).count(), 0);
        assert_eq!(days_between(day("2024-03-01"), day("2024-02-28")), -2);
    }
}
