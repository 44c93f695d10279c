//! Times as GPX and TCX write them, to instants.
//!
//! Input is one text such as `2015-06-18T10:04:38.5+02:00`, output milliseconds since 1970-01-01T00:00:00Z.
//! Invariant: text that is not a time gives `None`; nothing is guessed and nothing overflows, as years have
//! four digits.

const DAY_S: i64 = 86_400;

/// The furthest that a clock is from UTC, in s.
const LARGEST_OFFSET_S: i64 = 14 * 3600;

/// Reads an RFC 3339 or `xsd:dateTime` text.
///
/// The date and time may be joined by `T` or a space, digits after the third of a fraction are cut off, the
/// zone may be `Z`, `+02:00`, `+0200` or `+02`, and a time without a zone is taken as UTC.
pub fn parse(text: &str) -> Option<i64> {
    read(text).map(|(instant_ms, _)| instant_ms)
}

/// The same with the offset of the writer's clock from UTC in s, where the text states one. Many programs write
/// `+00:00` for `Z`, so that is no offset.
pub fn parse_with_offset(text: &str) -> Option<(i64, Option<i32>)> {
    let (instant_ms, offset_s) = read(text)?;
    let is_stated = offset_s != 0 && offset_s.abs() <= LARGEST_OFFSET_S;
    Some((instant_ms, is_stated.then_some(offset_s as i32)))
}

/// The instant in ms, and the offset in s.
fn read(text: &str) -> Option<(i64, i64)> {
    let text = text.trim_ascii().as_bytes();
    let (date, rest) = text.split_at_checked(10)?;
    let (clock, rest) = rest.split_at_checked(9)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else { return None };
    let &[b'T' | b't' | b' ', h1, h2, b':', n1, n2, b':', s1, s2] = clock else { return None };
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    let (month, day) = (two(m1, m2)?, two(d1, d2)?);
    let (hour, minute, second) = (two(h1, h2)?, two(n1, n2)?, two(s1, s2)?);
    // A leap second is written as second 60; it is the first second of the next minute here.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction_ms, zone) = fraction_ms(rest)?;
    let seconds = days_since_1970(year, month, day)? * DAY_S + hour * 3600 + minute * 60 + second;
    let offset_s = offset_s(zone)?;
    Some(((seconds - offset_s) * 1000 + fraction_ms, offset_s))
}

/// The value of two ASCII digits.
fn two(tens: u8, ones: u8) -> Option<i64> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
}

/// Splits a leading fraction of a second off, in ms.
fn fraction_ms(text: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.' | b',', rest @ ..] = text else { return Some((0, text)) };
    let n_digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, zone) = rest.split_at(n_digits);
    let ms = (0..3).fold(0, |ms, i| ms * 10 + digits.get(i).map_or(0, |digit| i64::from(digit - b'0')));
    (n_digits > 0).then_some((ms, zone))
}

/// Seconds by which the zone is ahead of UTC.
fn offset_s(zone: &[u8]) -> Option<i64> {
    let (sign, hours, minutes) = match *zone {
        [] | [b'Z' | b'z'] => return Some(0),
        [sign, h1, h2, b':', m1, m2] | [sign, h1, h2, m1, m2] => (sign, two(h1, h2)?, two(m1, m2)?),
        [sign, h1, h2] => (sign, two(h1, h2)?, 0),
        _ => return None,
    };
    let size = (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)?;
    match sign {
        b'+' => Some(size),
        b'-' => Some(-size),
        _ => None,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; `None` for a date that does not exist.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    const DAYS_BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let n_days = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=n_days).contains(&day) {
        return None;
    }
    // Leap days of all years before this one; 719,162 days lie before 1970 when years count from 1.
    let past = year - 1;
    let leap_days = past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400);
    let leap_day = i64::from(is_leap && month > 2);
    Some(past * 365 + leap_days + DAYS_BEFORE[(month - 1) as usize] + leap_day + day - 1 - 719_162)
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_with_offset};
    use chrono::DateTime;
    use proptest::prelude::*;

    #[test]
    fn every_way_to_write_one_instant_agrees() {
        for text in [
            "2015-06-18T10:04:38Z",
            " 2015-06-18T10:04:38.000Z\n",
            "2015-06-18t12:04:38+02:00",
            "2015-06-18T12:04:38,0+0200",
            "2015-06-18 08:04:38-02",
            "2015-06-18T10:04:38",
        ] {
            assert_eq!(parse(text), Some(1_434_621_878_000), "{text}");
        }
    }

    #[test]
    fn an_offset_that_is_stated_is_told() {
        let offset = |text: &str| parse_with_offset(text).unwrap().1;
        assert_eq!(offset("2015-06-18T12:04:38+02:00"), Some(7200));
        assert_eq!(offset("2015-06-18T06:34:38-0330"), Some(-12_600));
        for utc in ["2015-06-18T10:04:38Z", "2015-06-18T10:04:38", "2015-06-18T10:04:38+00:00"] {
            assert_eq!(offset(utc), None, "{utc}");
        }
        assert_eq!(offset("2015-06-18T10:04:38+23:00"), None, "no clock is that far from UTC");
    }

    #[test]
    fn fractions_are_cut_to_milliseconds_on_both_sides_of_1970() {
        assert_eq!(parse("1970-01-01T00:00:00.9009Z"), Some(900));
        assert_eq!(parse("1969-12-31T23:59:59.5Z"), Some(-500));
        assert_eq!(parse("7589-04-16T01:49:25.700012Z"), Some(177_327_625_765_700));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "today",
            "2015-06-18",
            "2015-06-18T10:04Z",
            "2015-02-29T10:04:38Z",
            "2015-13-01T10:04:38Z",
            "2015-06-18T24:00:00Z",
            "2015-06-18T10:04:38.Z",
            "2015-06-18T10:04:38+24:00",
            "2015-06-18T10:04:38*02:00",
            "2015-06-18T10:04:38Zulu",
            "12015-06-18T10:04:38Z",
            "2015-06-18T10:04:3８Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_chrono_on_text_of_the_right_shape(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9][Tt][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-6][0-9])"
        ) {
            let expected = DateTime::parse_from_rfc3339(&text).ok().map(|time| time.timestamp_millis());
            prop_assert_eq!(parse(&text), expected);
        }

        #[test]
        fn reads_back_every_instant_chrono_writes(ms in -62_135_596_800_000i64..253_402_300_800_000) {
            let text = DateTime::from_timestamp_millis(ms).unwrap().to_rfc3339();
            prop_assert_eq!(parse(&text), Some(ms));
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = parse(&text);
        }
    }
}
