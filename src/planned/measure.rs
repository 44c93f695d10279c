//! Distances and times in the words of a plan: "12 km", "7.5 mi", "10-12 km", "1h10", "2 km + 6x800 m + 2 km".

use super::words::Words;
use crate::model::units::{MILE_M, Units};

/// Nobody plans a longer run, in m.
const MAX_M: f64 = 330_000.0;
/// Nor a longer time, in s.
const MAX_S: f64 = 48.0 * 3600.0;
/// Distances that are named in metres; any other number of metres is a climb or a part of a session.
const IN_METRES: [f64; 7] = [1500.0, 2000.0, 3000.0, 5000.0, 10_000.0, 15_000.0, 20_000.0];

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A number, with its digits as written.
    Number(f64, String),
    /// Numbers with colons between, in the order of the text.
    Clock(Vec<f64>),
    Word(String),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let start = at;
        if c.is_ascii_digit() {
            while is_digit(at) || matches!(chars.get(at), Some('.' | ',' | ':')) && is_digit(at + 1) {
                at += 1;
            }
            found.push(number(&chars[start..at].iter().collect::<String>()));
        } else if c.is_alphabetic() {
            while chars.get(at).is_some_and(|c| c.is_alphabetic()) {
                at += 1;
            }
            found.push(Token::Word(chars[start..at].iter().collect()));
        } else {
            at += 1;
            if !c.is_whitespace() {
                found.push(Token::Mark(c));
            }
        }
    }
    found
}

fn number(text: &str) -> Token {
    if text.contains(':') {
        let parts = text.split(':').map(|part| part.replace(',', ".").parse().unwrap_or(f64::NAN));
        return Token::Clock(parts.collect());
    }
    // "1,240 m" and "10.000 m" are thousands, "12,5" and "21.097" are not: three digits and none of them a decimal.
    let is_thousands = text.split_once([',', '.']).is_some_and(|(whole, rest)| {
        rest.len() == 3 && whole.len() <= 3 && rest.ends_with('0') && whole != "0"
    });
    let plain = if is_thousands { text.replace([',', '.'], "") } else { text.replace(',', ".") };
    Token::Number(plain.parse().unwrap_or(f64::NAN), text.to_owned())
}

/// Metres in a unit of the text.
fn metres_in(unit: &str) -> Option<f64> {
    Some(match unit {
        "k" | "km" | "kms" | "kilometer" | "kilometre" | "kilometers" | "kilometres" | "kilometri"
        | "kilómetros" => 1000.0,
        "mi" | "mile" | "miles" | "miler" | "meilen" | "milles" | "millas" | "miglia" | "mijl" | "milhas" => {
            MILE_M
        }
        "m" | "meter" | "metres" | "meters" | "mètres" | "metros" | "metri" => 1.0,
        _ => return None,
    })
}

fn is_hours(unit: &str) -> bool {
    matches!(
        unit,
        "h" | "hr"
            | "hrs"
            | "hour"
            | "hours"
            | "std"
            | "stunde"
            | "stunden"
            | "heure"
            | "heures"
            | "hora"
            | "horas"
            | "ora"
            | "ore"
            | "uur"
            | "time"
            | "timer"
            | "timme"
            | "timmar"
            | "t"
    )
}

fn is_minutes(unit: &str) -> bool {
    matches!(
        unit,
        "min"
            | "mins"
            | "minute"
            | "minutes"
            | "minuten"
            | "minutos"
            | "minuti"
            | "minuter"
            | "minutter"
            | "mn"
    )
}

/// What is measured in a piece of text.
#[derive(Debug, Default)]
struct Measures {
    /// The longest distance in m that is no repetition.
    distance_m: Option<f64>,
    /// All repetitions together in m.
    repetitions_m: f64,
    /// The longest time in s that is no repetition.
    duration_s: Option<f64>,
    has_repetitions: bool,
    /// A distance or a time of nothing, or of more than anybody runs.
    is_beyond: bool,
}

fn measures(text: &str) -> Measures {
    let tokens = tokens(text);
    let mut found = Measures::default();
    let longest = |one: Option<f64>, other: f64| Some(one.unwrap_or(0.0).max(other));
    for (at, token) in tokens.iter().enumerate() {
        let before = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
        let after = |n: usize| tokens.get(at + n);
        let unit = match after(1) {
            // "min/km" is a pace.
            Some(Token::Word(unit)) if after(2) != Some(&Token::Mark('/')) => unit.as_str(),
            _ => "",
        };
        match token {
            Token::Number(value, digits) => {
                let times = match (before(2), before(1)) {
                    (Some(Token::Number(times, _)), Some(by)) if is_times(by) => Some(*times),
                    _ => None,
                };
                found.has_repetitions |= times.is_some();
                // "10-12 km", "10 to 12 km" and "10 km to 12 km" are something between.
                let least = match (before(3), before(2), before(1)) {
                    (_, Some(Token::Number(least, _)), Some(to)) if is_to(to) => Some(*least),
                    (Some(Token::Number(least, _)), Some(Token::Word(of_least)), Some(Token::Word(to)))
                        if of_least == unit && TO.contains(&to.as_str()) =>
                    {
                        Some(*least)
                    }
                    _ => None,
                };
                let between = least.filter(|least| least < value).map(|least| f64::midpoint(least, *value));
                let is_between = between.is_some();
                let value = between.unwrap_or(*value);
                if let Some(unit_m) = metres_in(unit) {
                    // Kilometres and miles with a point have decimals, however many.
                    let decimal = digits.replace(',', ".").parse().unwrap_or(value);
                    let value = if unit_m > 1.0 && !is_between && digits.contains([',', '.']) {
                        decimal
                    } else {
                        value
                    };
                    let metres = value * unit_m;
                    match times {
                        Some(times) => found.repetitions_m += times * metres,
                        None if metres > MAX_M || metres <= 0.0 || !metres.is_finite() => {
                            found.is_beyond = true;
                        }
                        None if unit_m > 1.0 || IN_METRES.contains(&metres) => {
                            found.distance_m = longest(found.distance_m, metres);
                        }
                        None => {}
                    }
                } else if times.is_none() {
                    let is_minute_mark = matches!(after(1), Some(Token::Mark('\'' | '′' | '’')));
                    let seconds = if is_hours(unit) && value < 24.0 {
                        match after(2) {
                            Some(Token::Number(minutes, _)) if *minutes < 60.0 && value.fract() == 0.0 => {
                                // "18h30" is when it starts.
                                (value < 8.0).then_some(value * 3600.0 + minutes * 60.0)
                            }
                            _ => (value < 8.0).then_some(value * 3600.0),
                        }
                    } else {
                        (is_minutes(unit) || is_minute_mark).then_some(value * 60.0)
                    };
                    let is_days = is_hours(unit) && value * 3600.0 > MAX_S;
                    found.is_beyond |= is_days || seconds.is_some_and(is_beyond_s);
                    if let Some(seconds) = seconds.filter(|seconds| (60.0..=MAX_S).contains(seconds)) {
                        // The minutes of "1 h 10 min" belong to the hour before them.
                        found.duration_s = longest(found.duration_s, seconds);
                    }
                }
            }
            Token::Clock(parts) => {
                let seconds = match parts.as_slice() {
                    [hours, minutes, seconds] => Some(hours * 3600.0 + minutes * 60.0 + seconds),
                    [hours, minutes] if is_hours(unit) && *hours < 8.0 => {
                        Some(hours * 3600.0 + minutes * 60.0)
                    }
                    _ => None,
                };
                found.is_beyond |= seconds.is_some_and(is_beyond_s);
                if let Some(seconds) = seconds.filter(|seconds| (60.0..=MAX_S).contains(seconds)) {
                    found.duration_s = longest(found.duration_s, seconds);
                }
            }
            Token::Word(_) | Token::Mark(_) => {}
        }
    }
    found
}

/// What stands between two numbers of which either may be meant.
const TO: [&str; 9] = ["to", "bis", "à", "a", "tot", "til", "till", "au", "ad"];

fn is_to(token: &Token) -> bool {
    match token {
        Token::Word(word) => TO.contains(&word.as_str()),
        Token::Mark(mark) => matches!(mark, '-' | '–' | '—' | '−'),
        _ => false,
    }
}

fn is_beyond_s(seconds: f64) -> bool {
    seconds <= 0.0 || seconds > MAX_S
}

fn is_times(token: &Token) -> bool {
    match token {
        Token::Word(word) => word == "x" || word == "mal",
        Token::Mark(mark) => matches!(mark, '×' | '*'),
        _ => false,
    }
}

/// Has the text a distance, a time or repetitions?
pub(super) fn is_measured(text: &str) -> bool {
    let found = measures(text);
    found.has_repetitions || found.distance_m.is_some() || found.duration_s.is_some()
}

/// "6x800 m", "3 × 10 min".
pub(super) fn has_repetitions(text: &str) -> bool {
    measures(text).has_repetitions
}

/// The time of the whole run in s.
pub(super) fn duration_s(text: &str) -> Option<f64> {
    measures(&without_other_sports(text)).duration_s
}

/// The distance of the whole run in m: the longest that is named; the sum where parts are joined by `+` or stand beside a
/// warm-up. Repetitions alone are no distance, since nobody says how far the rest between them is.
pub(super) fn distance_m(text: &str) -> Option<f64> {
    let text = without_other_sports(text);
    // "12 km (3 easy + 6 fast + 3 easy)" is 12 km.
    let outside = without_brackets(&text);
    let sum = of_parts(&outside).or_else(|| of_parts(&text));
    sum.filter(|metres| (500.0..=MAX_M).contains(metres))
}

fn of_parts(text: &str) -> Option<f64> {
    const AROUND: [&str; 17] = [
        "warm",
        "cool",
        "einlaufen",
        "auslaufen",
        "échauffement",
        "echauffement",
        "retour au calme",
        "calentamiento",
        "riscaldamento",
        "defaticamento",
        "opwarm",
        "uitlopen",
        "oppvarm",
        "uppvärm",
        "opvarm",
        "aquecimento",
        "wu ",
    ];
    let lower = text.to_lowercase();
    let has_around = AROUND.iter().any(|word| lower.contains(word));
    let is_joint = |c: char| c == '+' || has_around && matches!(c, ',' | ';' | '\n');
    let mut has_whole = false;
    let mut sum = 0.0;
    // A decimal comma is none that joins.
    for part in split_outside_numbers(text, is_joint) {
        let found = measures(part);
        has_whole |= found.distance_m.is_some();
        sum += found.distance_m.unwrap_or(found.repetitions_m);
    }
    has_whole.then_some(sum)
}

/// Splits at marks that do not stand between two digits.
fn split_outside_numbers(text: &str, is_joint: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| is_joint(*c)) {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let end = at + c.len_utf8();
        if matches!(c, ',' | '.')
            && is_digit(text[..at].chars().next_back())
            && is_digit(text[end..].chars().next())
        {
            continue;
        }
        parts.push(&text[start..at]);
        start = end;
    }
    parts.push(&text[start..]);
    parts
}

/// Text without the parts that speak of another sport: "40 km bike + 5 km run".
pub(super) fn without_other_sports(text: &str) -> String {
    let parts = split_outside_numbers(text, |c| matches!(c, '+' | ',' | ';' | '&' | '\n' | '.'));
    if parts.len() < 2 || !parts.iter().any(|part| Words::of(part).is_of_other()) {
        return text.to_owned();
    }
    let of_run: Vec<&str> = parts.into_iter().filter(|part| !Words::of(part).is_of_other()).collect();
    // Only what was added up is added up.
    of_run.join(if text.contains('+') { "+" } else { ", " })
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|c| {
        depth = if *c == '(' { depth + 1 } else { depth };
        let is_outside = depth == 0;
        depth = if *c == ')' { depth.saturating_sub(1) } else { depth };
        is_outside
    });
    outside.collect()
}

/// The distance of a cell: "12 km", "8-10 km", "7.5 mi", "half", or a bare number in the long unit of the athlete.
pub(super) fn distance_of_cell(text: &str, units: Units) -> Result<Option<f64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let found = measures(text);
    let named =
        || found.distance_m.or_else(|| Words::of(text).race_distance_m()).filter(|_| !found.has_repetitions);
    let in_metres = || text.trim_end_matches('m').trim().parse().ok().filter(|_| text.ends_with('m'));
    let metres = bare(text).map(|number| number * units.long_m()).or_else(named).or_else(in_metres);
    match metres {
        Some(metres) if metres > 0.0 && metres <= MAX_M && !is_negative(text) => Ok(Some(metres)),
        None if !found.is_beyond && !is_negative(text) => {
            Err(format!("distance \"{text}\" is not understood; write one such as 12 km or 7.5 mi"))
        }
        _ => Err(format!("distance \"{text}\" is not more than 0 and up to {:.0} km", MAX_M / 1000.0)),
    }
}

/// A number without a unit, or the middle of two.
fn bare(text: &str) -> Option<f64> {
    let number = || text.replace(',', ".").parse().ok();
    match tokens(text).as_slice() {
        [Token::Number(least, _), to, Token::Number(most, _)] if is_to(to) && least < most => {
            Some(f64::midpoint(*least, *most))
        }
        _ => number(),
    }
}

fn is_negative(text: &str) -> bool {
    text.starts_with(['-', '−', '–'])
}

/// The duration of a cell in s: "1:10:00", "1:10" (hours and minutes; "45:00" is minutes), "70 min", "1h10", or bare minutes.
pub(super) fn duration_of_cell(text: &str) -> Result<Option<f64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let clock = || match tokens(text).as_slice() {
        // From ten on the first number is minutes: nobody runs for ten hours without writing the seconds.
        [Token::Clock(parts)] => match parts.as_slice() {
            [minutes, seconds] if *minutes >= 10.0 => Some(minutes * 60.0 + seconds),
            [hours, minutes] => Some(hours * 3600.0 + minutes * 60.0),
            _ => None,
        },
        _ => None,
    };
    let found = measures(text);
    let seconds = bare(text).map(|minutes| minutes * 60.0).or_else(clock).or(found.duration_s);
    match seconds {
        Some(seconds) if seconds > 0.0 && seconds <= MAX_S && !is_negative(text) => Ok(Some(seconds)),
        None if !found.is_beyond && !is_negative(text) => {
            Err(format!("duration \"{text}\" is not understood; write one such as 1:10:00 or 70 min"))
        }
        _ => Err(format!("duration \"{text}\" is not more than 0 and up to {:.0} h", MAX_S / 3600.0)),
    }
}

/// A clock time of a cell in minutes after midnight: "18:30", "6:30 pm", "7".
pub(super) fn start_of_cell(text: &str) -> Result<Option<u32>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let tokens = tokens(text);
    let (hours, minutes) = match tokens.first() {
        Some(Token::Clock(parts)) if parts.len() <= 3 => (parts[0], parts.get(1).copied().unwrap_or(0.0)),
        Some(Token::Number(hours, _)) if hours.fract() == 0.0 => (*hours, 0.0),
        _ => (f64::NAN, 0.0),
    };
    let hours = match tokens.get(1) {
        Some(Token::Word(half)) if half == "pm" && hours < 12.0 => hours + 12.0,
        Some(Token::Word(half)) if half == "am" && (12.0..13.0).contains(&hours) => 0.0,
        _ => hours,
    };
    if (0.0..24.0).contains(&hours) && (0.0..60.0).contains(&minutes) {
        Ok(Some((hours * 60.0 + minutes) as u32))
    } else {
        Err(format!("start \"{text}\" is no time of day; write one such as 18:30"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_read_and_repetitions_are_none() {
        let check = |text: &str, expected: Option<f64>| assert_eq!(distance_m(text), expected, "{text}");
        check("10 km", Some(10_000.0));
        check("10k easy", Some(10_000.0));
        check("12,5 km", Some(12_500.0));
        check("8 mi", Some(8.0 * MILE_M));
        check("10-12 km", Some(11_000.0));
        for text in ["8 to 10 km", "8-10 km", "8 – 10 km", "8 bis 10 km", "8 km to 10 km", "8,0 - 10,0 km"]
        {
            check(text, Some(9000.0));
            assert_eq!(distance_of_cell(text, Units::Metric), Ok(Some(9000.0)), "{text}");
        }
        check("6x800m", None);
        check("6 × 1 km", None);
        check("2 km + 6x800 m + 2 km", Some(8800.0));
        check("2 km warm-up, 8 km tempo, 2,5 km cool-down", Some(12_500.0));
        check("25 km, last 5 km fast", Some(25_000.0));
        check("12 km (3 km + 6 km + 3 km)", Some(12_000.0));
        check("Bike 40 km + run 5 km", Some(5000.0));
        check("5000 m race", Some(5000.0));
        check("25 km. Last 5 km fast. Dinner with Anna", Some(25_000.0));
        check("15 km, 400 m of ascent", Some(15_000.0));
        check("12 km @ 5:00/km", Some(12_000.0));
        check("12 km, 1,240 m up", Some(12_000.0));
        check("4.30 min/km", None);
        check("5 kg of flour", None);
        check("9999999999 km", None);
        check("21.097 km", Some(21_097.0));
    }

    #[test]
    fn times_are_read_and_clocks_are_none() {
        let check = |text: &str, expected: Option<f64>| assert_eq!(duration_s(text), expected, "{text}");
        check("70 min", Some(4200.0));
        check("1h10", Some(4200.0));
        check("1 h 10 min", Some(4200.0));
        check("1:10:00", Some(4200.0));
        check("1:10 h", Some(4200.0));
        check("45'", Some(2700.0));
        check("1.5 h", Some(5400.0));
        check("90 Minuten", Some(5400.0));
        check("3 x 10 min", None);
        check("at 18:30", None);
        check("à 18h30", None);
        check("5:30 min/km", None);
    }

    #[test]
    fn cells_take_what_people_write() {
        let metres = |text: &str, units| distance_of_cell(text, units).unwrap();
        assert_eq!(metres("12", Units::Metric), Some(12_000.0));
        assert_eq!(metres("7.5", Units::Imperial), Some(7.5 * MILE_M));
        assert_eq!(metres("12,5 km", Units::Imperial), Some(12_500.0));
        assert_eq!(metres("half marathon", Units::Metric), Some(21_097.5));
        assert_eq!(metres("400 m", Units::Metric), Some(400.0));
        assert_eq!(metres("", Units::Metric), None);
        assert!(distance_of_cell("far", Units::Metric).is_err());
        assert!(distance_of_cell("6x800m", Units::Metric).is_err());
        let seconds = |text: &str| duration_of_cell(text).unwrap();
        assert_eq!(seconds("1:10:00"), Some(4200.0));
        assert_eq!(
            (seconds("1:10"), seconds("45:00"), seconds("70")),
            (Some(4200.0), Some(2700.0), Some(4200.0))
        );
        assert_eq!((seconds("70 min"), seconds("1h10")), (Some(4200.0), Some(4200.0)));
        assert!(duration_of_cell("a while").is_err());
        let start = |text: &str| start_of_cell(text).ok().flatten();
        assert_eq!((start("18:30"), start("6:30 pm"), start("7")), (Some(1110), Some(1110), Some(420)));
        assert_eq!((start("25:00"), start("dawn"), start("")), (None, None, None));
    }

    #[test]
    fn numbers_that_nobody_runs_are_told_with_the_range() {
        for text in ["-5 km", "−5", "0", "0 km", "0,0 km", "400 km", "500"] {
            let said = distance_of_cell(text, Units::Metric).unwrap_err();
            assert_eq!(said, format!("distance \"{text}\" is not more than 0 and up to 330 km"));
        }
        for text in ["-60 min", "-60", "0", "0 min", "0:00", "0:00:00", "60 h", "9999"] {
            let said = duration_of_cell(text).unwrap_err();
            assert_eq!(said, format!("duration \"{text}\" is not more than 0 and up to 48 h"));
        }
        let bare = |text: &str| (distance_of_cell(text, Units::Metric), duration_of_cell(text));
        assert_eq!(bare("8-10"), (Ok(Some(9000.0)), Ok(Some(540.0))));
        assert_eq!(duration_of_cell("60 to 70 min"), Ok(Some(3900.0)));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_measured_without_a_fall(text: String, near in "[0-9x:., kmih'+()-]{0,60}") {
            for text in [text, near] {
                for metres in [distance_m(&text), distance_of_cell(&text, Units::Metric).ok().flatten()] {
                    proptest::prop_assert!(metres.is_none_or(|metres| metres > 0.0 && metres <= MAX_M));
                }
                for seconds in [duration_s(&text), duration_of_cell(&text).ok().flatten()] {
                    proptest::prop_assert!(seconds.is_none_or(|seconds| seconds > 0.0 && seconds <= MAX_S));
                }
                let _ = start_of_cell(&text);
                let _ = super::super::words::purpose(&text);
            }
        }
    }
}
