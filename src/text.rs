//! Numbers, dates and foreign text in words for people.
//!
//! Input: values in the units of the analysis. Output: short texts. Invariant: the same value gives the same
//! text everywhere in the report, whatever the locale of the machine.

use crate::model::Day;
pub use crate::model::text::clean;
use chrono::Datelike;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A number with a fixed count of decimals and a true minus sign; never `-0`.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|c| c == '0' || c == '.') => digits.to_owned(),
        Some(digits) => format!("\u{2212}{digits}"),
        None => text,
    }
}

/// A count with its thousands apart: `1,204`.
#[must_use]
pub fn whole(n: usize) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap_or("")).collect();
    groups.join(",")
}

/// The last part of a name: a file without its folders, or a member without its archive.
#[must_use]
pub fn last_part(name: &str) -> &str {
    name.rsplit(['/', '!', '\\']).next().unwrap_or(name)
}

/// A number for programs: at most so many decimals, none that say nothing, a plain minus sign.
#[must_use]
pub fn plain_number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A number or, where it is not known, a dash.
#[must_use]
pub fn number_or_dash(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| number(value, decimals))
}

/// A share from 0 to 1 as whole percent: `78 %`.
#[must_use]
pub fn share(value: f64) -> String {
    format!("{} %", number(value * 100.0, 0))
}

/// A change in percent with its sign: `+18 %`.
#[must_use]
pub fn change(percent: f64) -> String {
    let text = number(percent, 0);
    if percent > 0.0 && text != "0" { format!("+{text} %") } else { format!("{text} %") }
}

/// Time in hours and minutes: `6 h 05 min`, `48 min`.
#[must_use]
pub fn hours(seconds: f64) -> String {
    let minutes = (seconds.max(0.0) / 60.0).round() as u64;
    if minutes < 60 {
        format!("{minutes} min")
    } else {
        format!("{} h {:02} min", minutes / 60, minutes % 60)
    }
}

/// A day in words: `Fri 5 Jun`.
#[must_use]
pub fn day(day: Day) -> String {
    day.format("%a %-d %b").to_string()
}

/// A day in words with its year: `Fri 5 Jun 2026`.
#[must_use]
pub fn day_and_year(day: Day) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// Two days, both included: `Thu 4 – Sat 6 Jun`, `Sat 30 May – Tue 2 Jun`, `Fri 5 Jun`.
#[must_use]
pub fn span(first: Day, last: Day) -> String {
    if first == last {
        day(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} – {}", first.format("%a %-d"), day(last))
    } else {
        format!("{} – {}", day(first), day(last))
    }
}

/// How far a day lies from another: `today`, `tomorrow`, `in 12 days`, `3 days ago`.
#[must_use]
pub fn distance_in_days(n_days: i64) -> String {
    match n_days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {n_days} days"),
        _ => format!("{} days ago", -n_days),
    }
}

/// A count with its noun: `1 run`, `4 runs`, `2 copies`.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        _ if n == 1 => format!("1 {noun}"),
        Some(stem) => format!("{n} {stem}ies"),
        None => format!("{n} {noun}s"),
    }
}

/// Words as a list: `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// Cleaned text of at most `max` characters, the last one an ellipsis where something was cut.
#[must_use]
pub fn short(text: &str, max: usize) -> String {
    let text = clean(text);
    if text.chars().count() <= max {
        return text;
    }
    let kept: String = text.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A text with a mark behind it where it is written from the right, so that what follows on the line stays where it is.
#[must_use]
pub fn upright(text: &str) -> String {
    let is_turned = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    if text.contains(is_turned) { format!("{text}\u{200E}") } else { text.to_owned() }
}

/// A text in lines of at most `width` letters of a terminal, all after the first indented.
#[must_use]
pub fn wrapped(text: &str, width: usize, indent: usize) -> String {
    let mut lines = String::new();
    let (mut used, mut has_word) = (0, false);
    for (at, word) in text.split(' ').enumerate() {
        let needs = word.width();
        if has_word && used + 1 + needs > width {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            (used, has_word) = (indent, false);
        } else if at > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += needs;
        has_word |= !word.is_empty();
    }
    lines
}

/// A text in one line of at most `width` letters of a terminal, with an ellipsis where something was cut.
#[must_use]
pub fn short_wide(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= width
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// A word of the tables as people write it: `post_race` to `post race`.
#[must_use]
pub fn plain_word(name: &str) -> String {
    name.replace('_', " ")
}

/// A text with its first letter in upper case.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_have_one_form() {
        assert_eq!(number(-3.46, 1), "\u{2212}3.5");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number_or_dash(None, 1), "–");
        assert_eq!(share(0.784), "78 %");
        assert_eq!(
            [plain_number(1.50, 2), plain_number(20.0, 1), plain_number(-0.01, 1), plain_number(20.0, 0)],
            ["1.5", "20", "0", "20"]
        );
        assert_eq!(
            (change(18.2), change(-7.5), change(0.3)),
            ("+18 %".into(), "\u{2212}8 %".into(), "0 %".into())
        );
        assert_eq!((hours(3599.0), hours(2880.0)), ("1 h 00 min".into(), "48 min".into()));
    }

    #[test]
    fn a_noun_has_its_plural() {
        assert_eq!([count(1, "copy"), count(16, "copy"), count(2, "day")], ["1 copy", "16 copies", "2 days"]);
    }

    #[test]
    fn spans_name_the_month_once_where_it_is_one() {
        assert_eq!(span(at("2026-06-04"), at("2026-06-06")), "Thu 4 – Sat 6 Jun");
        assert_eq!(span(at("2026-05-30"), at("2026-06-02")), "Sat 30 May – Tue 2 Jun");
        assert_eq!(span(at("2026-06-05"), at("2026-06-05")), "Fri 5 Jun");
    }

    #[test]
    fn lines_are_as_wide_as_the_terminal() {
        assert_eq!(
            wrapped("  Load     one two three", 17, 11),
            "  Load     one\n           two\n           three"
        );
        assert_eq!(wrapped("a 田中太郎 b", 6, 2), "a\n  田中太郎\n  b");
        assert_eq!(
            (short_wide("田中太郎", 8).as_str(), short_wide("田中太郎", 7).as_str()),
            ("田中太郎", "田中太…")
        );
        assert_eq!(upright("שלום"), "שלום\u{200E}");
    }

    #[test]
    fn foreign_text_cannot_turn_or_break_the_line() {
        assert_eq!(clean(" a\u{202E}b\u{0}\n c\t"), "ab c");
        assert_eq!(short("Spring half marathon", 12), "Spring half…");
        assert_eq!(short("Ten", 12), "Ten");
    }
}
