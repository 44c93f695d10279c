//! Explanations for people: indented text, at most 96 characters in a line.

use super::Answer;
use super::tree::{Explanation, Input, List};
use crate::model::text::clean;
use serde_json::Value;

/// Characters in a line.
const WIDTH: usize = 96;
/// What goes a level deeper is this much farther in.
const STEP: usize = 4;
/// A longer list is summed up.
const LONGEST: usize = 60;
/// Values in a line, as a week has days.
const IN_LINE: usize = 7;

/// All answers as lines for a terminal.
#[must_use]
pub fn render(answers: &[Answer]) -> String {
    let mut lines = Vec::new();
    for answer in answers {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("{}, as of {}", clean(&answer.athlete), answer.as_of));
        for one in &answer.explanations {
            lines.push(String::new());
            tree(&mut lines, one, 0, "");
        }
    }
    lines.join("\n") + "\n"
}

fn tree(lines: &mut Vec<String>, one: &Explanation, indent: usize, parent: &str) {
    if is_line(one) {
        let headline = headline(one, parent);
        let room = WIDTH.saturating_sub(indent + headline.chars().count() + 3);
        let words = few_words(&one.about, room);
        let gap = if words.is_empty() { "" } else { " – " };
        return wrap(lines, indent, &format!("{headline}{gap}{words}"));
    }
    wrap(lines, indent, &headline(one, parent));
    let inner = indent + STEP;
    if !one.about.is_empty() {
        wrap(lines, inner, &one.about.replace('`', ""));
    }
    if is_short(one) {
        let inputs: Vec<String> = one.inputs.iter().map(input).collect();
        wrap(lines, inner, &format!("= {}; {}", one.formula, inputs.join(", ")));
        return;
    }
    for (word, text) in [("= ", one.formula.as_str()), ("from: ", one.source), ("sure: ", one.sureness)] {
        if !text.is_empty() {
            wrap(lines, inner, &format!("{word}{text}"));
        }
    }
    if !one.inputs.is_empty() && !is_short(one) {
        let inputs: Vec<String> = one.inputs.iter().map(input).collect();
        wrap(lines, inner, &format!("with {}", inputs.join(", ")));
    }
    for list in &one.lists {
        self::list(lines, inner, list);
    }
    for note in &one.because {
        wrap(lines, inner, &format!("- {note}"));
    }
    for below in &one.from {
        tree(lines, below, inner, &one.of);
    }
}

/// Nothing is said but what it is.
fn is_line(one: &Explanation) -> bool {
    let Explanation { about, formula, source, sureness, inputs, lists, because, from, .. } = one;
    !about.is_empty()
        && (formula.is_empty() && source.is_empty() && sureness.is_empty() && inputs.is_empty())
        && (lists.is_empty() && because.is_empty() && from.is_empty())
}

/// As much of a text as fits, up to a mark.
fn few_words(text: &str, room: usize) -> String {
    let text = text.replace('`', "");
    let fits = |text: &str| text.chars().count() <= room;
    if fits(&text) {
        return text;
    }
    let mut cuts = text.match_indices([';', ':', ',', '(']).map(|(at, _)| text[..at].trim_end());
    cuts.rfind(|cut| fits(cut) && cut.matches('(').count() == cut.matches(')').count())
        .unwrap_or_default()
        .to_owned()
}

/// A change with its sign.
pub(super) fn signed(value: f64) -> String {
    let digits = format!("{value:+.1}");
    digits.replace('-', "\u{2212}")
}

/// Formula and inputs fit into one line where nothing else is said.
fn is_short(one: &Explanation) -> bool {
    let Explanation { about, source, sureness, lists, because, from, .. } = one;
    (about.is_empty() && source.is_empty() && sureness.is_empty())
        && (lists.is_empty() && because.is_empty() && from.is_empty())
        && !(one.formula.is_empty() || one.inputs.is_empty())
}

/// `ctl 41.2 AU/day on 2026-05-10`; what it is of stands there where it differs from the level above.
fn headline(one: &Explanation, parent: &str) -> String {
    let of = match one.of.as_str() {
        of if of.is_empty() || of == parent => String::new(),
        of if of.starts_with("run ") => format!(" of {of}"),
        of => format!(" on {of}"),
    };
    let unit =
        if one.unit.is_empty() || one.value.is_null() { String::new() } else { format!(" {}", one.unit) };
    let value = match one.null_means {
        meaning if one.value.is_null() && !meaning.is_empty() => meaning.to_owned(),
        _ => shown(&one.value),
    };
    format!("{}{of}: {value}{unit}", one.name)
}

fn input(input: &Input) -> String {
    let has_unit = !input.unit.is_empty() && !input.value.is_null();
    let unit = if has_unit { format!(" {}", input.unit) } else { String::new() };
    format!("{} {}{unit}", input.name, shown(&input.value))
}

fn list(lines: &mut Vec<String>, indent: usize, list: &List) {
    let unit = if list.unit.is_empty() { String::new() } else { format!(" in {}", list.unit) };
    let title = format!("{} by {}{unit}", list.name, list.by);
    let value = |value: &Option<f64>| value.map_or_else(|| "unknown".to_owned(), figure);
    let is_named = matches!(list.by, "sign" | "run");
    if list.values.is_empty() {
        wrap(lines, indent, &format!("{title}: none"));
    } else if list.values.len() > LONGEST {
        summary(lines, indent, &title, list);
    } else if is_named {
        wrap(lines, indent, &format!("{title}:"));
        for (key, one) in &list.values {
            wrap(lines, indent + 2, &format!("{key}: {}", value(one)));
        }
    } else if list.by == "date" {
        wrap(lines, indent, &format!("{title}, a week a line:"));
        for week in list.values.chunks(IN_LINE) {
            let values: Vec<String> = week.iter().map(|(_, one)| value(one)).collect();
            let from = week.first().map_or("", |(day, _)| day.as_str());
            wrap(lines, indent + 2, &format!("from {from}: {}", values.join(", ")));
        }
    } else {
        let pairs: Vec<String> =
            list.values.iter().map(|(key, one)| format!("{key}: {}", value(one))).collect();
        wrap(lines, indent, &format!("{title}: {}", pairs.join(", ")));
    }
}

/// A long list: seconds in steps of five beats, anything else by its ends. JSON holds every value.
fn summary(lines: &mut Vec<String>, indent: usize, title: &str, list: &List) {
    let known: Vec<f64> = list.values.iter().filter_map(|(_, value)| *value).collect();
    if list.by == "bpm" {
        let mut steps: Vec<(u32, f64)> = Vec::new();
        for (bpm, seconds) in &list.values {
            let from = bpm.parse::<f64>().map_or(0, |bpm| (bpm / 5.0) as u32 * 5);
            match steps.last_mut() {
                Some(last) if last.0 == from => last.1 += seconds.unwrap_or(0.0),
                _ => steps.push((from, seconds.unwrap_or(0.0))),
            }
        }
        let steps: Vec<String> = steps
            .iter()
            .map(|(from, seconds)| format!("{from}–{}: {}", from + 4, figure(*seconds)))
            .collect();
        wrap(
            lines,
            indent,
            &format!("{title}, five together (each beat with --format json): {}", steps.join(", ")),
        );
        return;
    }
    let ends = list.values.first().zip(list.values.last());
    let (from, to) = ends.map_or(("", ""), |(first, last)| (first.0.as_str(), last.0.as_str()));
    let low = known.iter().copied().fold(f64::INFINITY, f64::min);
    let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let n = known.len();
    let span = if n == 0 { String::new() } else { format!(", {} to {}", figure(low), figure(high)) };
    wrap(lines, indent, &format!("{title}: {n} values from {from} to {to}{span} (all with --format json)"));
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), figure),
        Value::String(text) => text.clone(),
        Value::Array(words) if words.is_empty() => "none".to_owned(),
        Value::Array(words) => words.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(_) => value.to_string(),
    }
}

/// A number with as many digits as it takes to compute with it, and no more.
fn figure(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 1000.0 => 1,
        size if size >= 100.0 => 2,
        size if size >= 1.0 => 3,
        _ => 5,
    };
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    match text.strip_prefix('-') {
        Some("0") => "0".to_owned(),
        Some(digits) => format!("\u{2212}{digits}"),
        None => text.to_owned(),
    }
}

/// Adds a text in lines of at most [`WIDTH`] characters; those after the first are further in.
fn wrap(lines: &mut Vec<String>, indent: usize, text: &str) {
    // However deep a level lies, its words have room.
    let indent = indent.min(WIDTH / 2);
    let mut line = " ".repeat(indent);
    let mut is_empty = true;
    for word in clean(text).split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent + 2)));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_digits_to_compute_with() {
        let check = |value: f64, text: &str| assert_eq!(figure(value), text);
        check(41.205_81, "41.206");
        check(227.390_4, "227.39");
        check(10_034.27, "10034.3");
        check(0.023_528_6, "0.02353");
        check(-0.000_000_1, "0");
        check(-12.5, "−12.5");
        check(300.0, "300");
    }

    #[test]
    fn lines_are_short_and_texts_of_files_are_clean() {
        let below = Explanation::new("load_au", "run a of 2026-05-10", 12.5).unit("AU").formula("speed");
        let told = Explanation::new("day", "2026-05-10", "observed")
            .note(format!("a title\x1b[31m of a file {}", "word ".repeat(40)))
            .list(List {
                name: "seconds",
                by: "bpm",
                unit: "s",
                values: (60..160).map(|bpm| (bpm.to_string(), Some(2.0))).collect(),
            })
            .from([below.with("timer_s", 60.0, "s")]);
        let answer =
            Answer { athlete: "a".into(), as_of: "2026-05-17".parse().unwrap(), explanations: vec![told] };
        let text = render(&[answer]);
        assert!(!text.contains('\x1b') && text.contains("60–64: 10, 65–69: 10"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(
            text.ends_with("    load_au of run a of 2026-05-10: 12.5 AU\n        = speed; timer_s 60 s\n"),
            "{text}"
        );
    }
}
