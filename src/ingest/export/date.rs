//! Dates as platforms write them in the language of their user.
//!
//! Input is one text such as `24 mai 2012 à 16:27:40`, output are ms since 1970 by the clock that the text is of. Invariant:
//! what is no date gives `None`; whether day or month comes first is not guessed where the file can tell.

use super::words::month;
use crate::ingest::time;
use chrono::NaiveDate;

/// What comes first where a date has no name of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// 29/05/2022
    DayFirst,
    /// 5/29/2022
    MonthFirst,
}

/// Numbers of more digits are no part of a date.
const MAX_DIGITS: usize = 4;

/// A date with its time of day; without one, midnight. Text beside it that is no part of a date makes it none.
pub(super) fn parse(text: &str, order: Order) -> Option<i64> {
    if let Some(ms) = time::parse(text) {
        return Some(ms);
    }
    let Parts { numbers, month: named, is_afternoon, is_slashed } = parts(text)?;
    let (year, month, day, clock) = match (named, numbers.as_slice()) {
        // May 29, 2022 and 29 mai 2022
        (Some(month), [day, year, clock @ ..]) if *year >= 1000 => (*year, month, *day, clock),
        (None, [year, month, day, clock @ ..]) if *year >= 1000 => (*year, *month, *day, clock),
        (None, [first, second, year, clock @ ..]) if *year >= 1000 => {
            let is_month_first = is_slashed && order == Order::MonthFirst;
            let (day, month) = if is_month_first { (*second, *first) } else { (*first, *second) };
            (*year, month, day, clock)
        }
        _ => return None,
    };
    let (hour, minute, second) = match clock {
        [] => (0, 0, 0),
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    let hour = match is_afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(is_afternoon) => hour % 12 + if is_afternoon { 12 } else { 0 },
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some(date.and_hms_opt(hour, minute, second)?.and_utc().timestamp_millis())
}

/// A date without a time of day, as ISO has it.
pub(super) fn day(text: &str) -> Option<i64> {
    let date: NaiveDate = text.trim().parse().ok()?;
    Some(date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}

/// What comes first in all of some dates: told by a number above twelve, else by the clock of twelve hours, which goes with
/// the month first.
pub(super) fn order<'a>(texts: impl Iterator<Item = &'a str>) -> Order {
    let mut has_twelve_hours = false;
    for text in texts {
        let Some(Parts { numbers, month: None, is_afternoon, is_slashed: true }) = parts(text) else {
            continue;
        };
        match numbers.as_slice() {
            [13..=31, ..] => return Order::DayFirst,
            [1..=12, 13..=31, ..] => return Order::MonthFirst,
            _ => has_twelve_hours |= is_afternoon.is_some(),
        }
    }
    if has_twelve_hours { Order::MonthFirst } else { Order::DayFirst }
}

/// What a date is made of.
struct Parts {
    numbers: Vec<u32>,
    month: Option<u32>,
    is_afternoon: Option<bool>,
    is_slashed: bool,
}

fn parts(text: &str) -> Option<Parts> {
    let mut found =
        Parts { numbers: Vec::new(), month: None, is_afternoon: None, is_slashed: text.contains('/') };
    let mut rest = text.trim();
    // "p. m." is one word.
    let mut letter = String::new();
    while let Some(first) = rest.chars().next() {
        let is_like = |c: char| if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_alphabetic() };
        let end =
            if is_like(first) { rest.find(|c| !is_like(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (token, after) = rest.split_at(end);
        rest = after;
        if first.is_ascii_digit() {
            if token.len() > MAX_DIGITS || found.numbers.len() == 6 {
                return None;
            }
            found.numbers.push(token.parse().ok()?);
        } else if first.is_alphabetic() {
            let word = std::mem::take(&mut letter) + &token.to_lowercase();
            match word.as_str() {
                "a" | "p" => letter = word,
                "am" => found.is_afternoon = Some(false),
                "pm" => found.is_afternoon = Some(true),
                _ if found.month.is_none() && month(&word).is_some() => found.month = month(&word),
                // Words that stand between: "um", "à", "de", "UTC".
                _ if word.chars().count() <= 4 => {}
                _ => return None,
            }
        } else if !matches!(first, ' ' | ',' | '.' | ':' | '/' | '-' | '\u{A0}' | '\u{202F}') {
            return None;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::utc_text;
    use proptest::prelude::*;

    fn read(text: &str) -> String {
        parse(text, Order::DayFirst).map_or_else(|| "none".to_owned(), utc_text)
    }

    #[test]
    fn one_moment_is_read_in_every_language() {
        for text in [
            "May 29, 2022, 3:53:35 PM",
            "May 29, 2022, 3:53:35\u{202F}PM",
            "29 May 2022, 15:53:35",
            "2022-05-29 15:53:35",
            "2022-05-29T15:53:35Z",
            "29.05.2022, 15:53:35",
            "29/05/2022 15:53:35",
            "29-05-2022 15:53:35",
            "29. Mai 2022 um 15:53:35",
            "29 mai 2022 à 15:53:35",
            "29 de mayo de 2022, 15:53:35",
            "29 may 2022, 3:53:35 p. m.",
            "29 mag 2022, 15:53:35",
            "29 mei 2022 15:53:35",
            "2022/05/29 15:53:35",
            "2022年5月29日 15:53:35",
        ] {
            assert_eq!(read(text), "2022-05-29T15:53:35Z", "{text}");
        }
        assert_eq!(read("24 mai 2012 à 16:27:40"), "2012-05-24T16:27:40Z");
        assert_eq!(read("09.12.2022, 15:24:49"), "2022-12-09T15:24:49Z");
        assert_eq!(read("Jan 1, 2022, 12:05:00 AM"), "2022-01-01T00:05:00Z");
        assert_eq!(read("7/4/2020 15:36"), "2020-04-07T15:36:00Z");
    }

    #[test]
    fn the_file_tells_which_number_is_the_month() {
        let order = |texts: &[&str]| order(texts.iter().copied());
        assert_eq!(order(&["7/4/2020 15:36", "7/14/2020 15:36"]), Order::MonthFirst);
        assert_eq!(order(&["7/4/2020 15:36", "14/7/2020 15:36"]), Order::DayFirst);
        assert_eq!(order(&["7/4/2020 3:36 PM"]), Order::MonthFirst);
        assert_eq!(order(&["May 14, 2020 3:36 PM", "07.04.2020"]), Order::DayFirst);
        assert_eq!(parse("7/4/2020 15:36", Order::MonthFirst).map(utc_text).unwrap(), "2020-07-04T15:36:00Z");
        // Dots and dashes never have the month first.
        assert_eq!(parse("07.04.2020", Order::MonthFirst).map(utc_text).unwrap(), "2020-04-07T00:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "Morning run",
            "12345",
            "10.5",
            "31.02.2022",
            "29 mai 22",
            "May 29, 2022, 13:00 PM",
            "3:53:35",
            "2022",
        ] {
            assert_eq!(read(text), "none", "{text}");
        }
        assert_eq!(
            (day("2022-05-29").map(utc_text), day("May")),
            (Some("2022-05-29T00:00:00Z".into()), None)
        );
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9A-Za-zéà/.,: -]{0,40}") {
            let _ = (parse(&text, Order::DayFirst), parse(&text, Order::MonthFirst), order([text.as_str()].into_iter()));
        }
    }
}
