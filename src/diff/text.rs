//! A diff for people: first one sentence for each athlete, then what stands behind it.

use super::inputs::words as input;
use super::runs::{RunChange, What};
use super::spans::{Span, SpanChange};
use super::why::{are_alike, causes, threshold};
use super::words::{changed, file, moved};
use super::{AheadDiff, AthleteDiff, Cause, Change, DaysDiff, Diff, ThresholdChange, WeekChange, WeeksDiff};
use crate::model::Day;
use crate::model::text::clean;
use crate::text::{count, number};
use std::collections::BTreeMap;

/// Characters in a line.
const WIDTH: usize = 80;
/// Entries of a list before the rest is only counted.
const SHOWN: usize = 12;
/// Spans of one threshold before the rest is only counted.
const SPANS: usize = 5;
/// Files named in one line.
const NAMED: usize = 3;

/// The whole diff as lines for a terminal.
#[must_use]
pub fn render(diff: &Diff) -> String {
    let mut lines = Vec::new();
    let tolerance = diff.tolerance_pct.to_string();
    if diff.is_empty() {
        lines.push(format!("No difference: nothing moved by more than {tolerance} %."));
    }
    lines.extend(diff.version.as_ref().map(|version| format!("Program: {}.", changed(version))));
    for (athletes, side) in [(&diff.only_a, "A"), (&diff.only_b, "B")] {
        if !athletes.is_empty() {
            let names: Vec<String> = athletes.iter().map(|one| clean(one)).collect();
            wrap(&mut lines, 0, &format!("Only in {side}: {}.", names.join(", ")));
        }
    }
    let (equal, others): (Vec<&AthleteDiff>, Vec<&AthleteDiff>) =
        diff.athletes.iter().partition(|one| one.is_empty());
    if !equal.is_empty() && !diff.is_empty() {
        let names: Vec<String> = equal.iter().map(|one| clean(&one.athlete)).collect();
        wrap(&mut lines, 0, &format!("No difference for {}.", names.join(", ")));
    }
    for one in others {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        athlete(&mut lines, one, &tolerance);
    }
    lines.join("\n") + "\n"
}

fn athlete(lines: &mut Vec<String>, one: &AthleteDiff, tolerance: &str) {
    let was = one.athlete_in_a.as_ref().map_or_else(String::new, |name| format!(" ({} in A)", clean(name)));
    let name = format!("{}{was}", clean(&one.athlete));
    wrap(lines, 0, &format!("{name}: {}", summary(&one.weeks, tolerance)));
    if !one.knows_settings {
        wrap(lines, 2, "A report from before settings were written: they cannot be compared.");
    }
    list(lines, "settings", one.settings.iter().map(changed));
    list(lines, "beside the runs", one.inputs.iter().map(input));
    thresholds(lines, &one.thresholds);
    runs(lines, one);
    weeks(lines, &one.weeks);
    days(lines, "days", &one.days);
    ahead(lines, &one.ahead);
    list(lines, "blocks", one.blocks.iter().map(span));
    list(lines, "windows", one.windows.iter().map(span));
}

/// `12 of 48 weeks moved by more than 1 %. Cause: 3 files added, hr_max 188 → 190 bpm.`
fn summary(weeks: &WeeksDiff, tolerance: &str) -> String {
    let WeeksDiff { n_both, n_only_a, n_only_b, moved, .. } = weeks;
    let mut text = match moved.len() {
        0 => format!("no week of {n_both} moved by more than {tolerance} %"),
        n => format!("{n} of {} moved by more than {tolerance} %", count(*n_both, "week")),
    };
    for (n, side) in [(n_only_a, "A"), (n_only_b, "B")] {
        if *n > 0 {
            text = format!("{text}; {} only in {side}", count(*n, "week"));
        }
    }
    if moved.is_empty() {
        format!("{text}.")
    } else {
        format!("{text}. Cause: {}.", causes(&weeks.causes, 1))
    }
}

fn runs(lines: &mut Vec<String>, one: &AthleteDiff) {
    let day = one.settings.iter().find(|setting| setting.key == "as_of").and_then(earlier);
    let is_late = |run: &&RunChange| day.is_some_and(|day| run.is_after(day));
    let mut entries: Vec<String> =
        one.runs.iter().filter(|run| run.is_another() && !is_late(run)).map(run).collect();
    for (what, side) in [(What::Removed, "A"), (What::Added, "B")] {
        let n = one.runs.iter().filter(|run| run.what == what && is_late(run)).count();
        if let Some(day) = day.filter(|_| n > 0) {
            entries.push(format!("{} after {day}, only in {side}", count(n, "run")));
        }
    }
    entries.extend(scores(&one.runs));
    list(lines, "runs", entries.into_iter());
}

/// The earlier of the two days of a change.
fn earlier(change: &Change) -> Option<Day> {
    let day = |value: &serde_json::Value| value.as_str()?.parse::<Day>().ok();
    Some(day(&change.old)?.min(day(&change.new)?))
}

fn run(run: &RunChange) -> String {
    let mut details: Vec<String> = Vec::new();
    if let Some((old, new)) = run.old_date.zip(run.new_date).filter(|(old, new)| old != new) {
        details.push(format!("date {old} → {new}"));
    }
    if let Some(copy) = run.copy() {
        details.push(match (copy.old.as_str(), copy.new.as_str()) {
            (None, Some(original)) => format!("a copy of {}", file(original)),
            (Some(original), None) => format!("no copy of {} any more", file(original)),
            (old, new) => {
                format!("a copy of {}, not {}", file(new.unwrap_or("none")), file(old.unwrap_or("none")))
            }
        });
    }
    // Of a run that came or went one number is enough to know it by.
    let is_both = run.old_date.is_some() && run.new_date.is_some();
    for number in run.numbers.iter().filter(|number| is_both || number.key == "distance_m") {
        let metres = number.new.or(number.old).filter(|_| !is_both);
        details.push(metres.map_or_else(|| moved(number), |metres| format!("{} km", km(metres))));
    }
    details.extend(run.notice.as_ref().map(|notice| clean(notice)));
    format!("{} {} {}: {}", run.date(), run.what.word(), file(&run.file), details.join(", "))
        .trim_end_matches([':', ' '])
        .to_owned()
}

fn km(metres: f64) -> String {
    number(metres / 1000.0, 1)
}

/// What else is said of the same files, summed up: the largest move of a load, and how often each word changed.
fn scores(runs: &[RunChange]) -> Vec<String> {
    let same: Vec<&RunChange> =
        runs.iter().filter(|run| run.what == What::Changed && !run.is_another()).collect();
    let mut entries = Vec::new();
    let loads = same.iter().flat_map(|run| run.numbers.iter().map(move |number| (number, run)));
    let loads: Vec<_> = loads.filter(|(number, _)| number.key == "load_au").collect();
    let largest = loads.iter().rev().max_by(|(a, _), (b, _)| a.size().total_cmp(&b.size()));
    if let Some((number, run)) = largest {
        let n = count(loads.len(), "run");
        entries.push(format!("another load for {n}, most in {}: {}", file(&run.file), moved(number)));
    }
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for run in &same {
        for word in &run.words {
            files.entry(changed(word)).or_default().push(file(&run.file));
        }
    }
    entries.extend(files.into_iter().map(|(word, files)| match files.len() {
        n if n > NAMED => format!("{word} in {}", count(n, "run")),
        _ => format!("{word} in {}", files.join(", ")),
    }));
    entries
}

/// The latest spans of each threshold.
fn thresholds(lines: &mut Vec<String>, spans: &[ThresholdChange]) {
    if !spans.is_empty() {
        lines.push("  thresholds".to_owned());
    }
    for of_key in spans.chunk_by(|a, b| a.key == b.key) {
        let n_left_out = of_key.len().saturating_sub(SPANS);
        for span in &of_key[n_left_out..] {
            wrap(lines, 4, &threshold(span));
        }
        if n_left_out > 0 {
            lines.push(format!("      and {} before these", count(n_left_out, "more span")));
        }
    }
}

/// Weeks that moved for the same causes stand under one heading.
fn weeks(lines: &mut Vec<String>, weeks: &WeeksDiff) {
    if weeks.moved.is_empty() {
        return;
    }
    lines.push("  weeks".to_owned());
    let shown = &weeks.moved[weeks.moved.len().saturating_sub(2 * SHOWN)..];
    if shown.len() < weeks.moved.len() {
        lines.push(more(weeks.moved.len() - shown.len()));
    }
    let mut groups: Vec<Vec<&WeekChange>> = Vec::new();
    for week in shown {
        match groups.iter_mut().find(|group| are_alike(&group[0].causes, &week.causes)) {
            Some(group) => group.push(week),
            None => groups.push(vec![week]),
        }
    }
    let is_said = groups.len() == 1 && are_alike(&weeks.causes, &shown[0].causes);
    for group in groups {
        let mut all: Vec<Cause> = Vec::new();
        for cause in group.iter().flat_map(|week| &week.causes) {
            super::cause::add(&mut all, cause.clone());
        }
        let heading = causes(&all, NAMED);
        if !is_said || heading != causes(&weeks.causes, 1) {
            wrap(lines, 4, &format!("by {heading}:"));
        }
        for week in group {
            wrap(lines, 6, &week_line(week));
        }
    }
}

/// Weeks and days to come.
fn ahead(lines: &mut Vec<String>, ahead: &AheadDiff) {
    let weeks = &ahead.weeks;
    if !weeks.moved.is_empty() {
        let n = weeks.moved.len();
        let title = format!("weeks to come: {n} of {} moved, by {}", weeks.n_both, causes(&weeks.causes, 1));
        wrap(lines, 2, &title);
    }
    for week in &weeks.moved {
        wrap(lines, 6, &week_line(week));
    }
    days(lines, "days to come", &ahead.days);
}

fn week_line(week: &WeekChange) -> String {
    // The three ratios tell the same story.
    let ratio = week.numbers.iter().find(|number| number.key.starts_with("acwr_"));
    let sums = week.numbers.iter().filter(|number| !number.key.starts_with("acwr_"));
    let moves: Vec<String> = sums.chain(ratio).map(moved).collect();
    format!("{}  {}", week.week_start, moves.join(", "))
}

fn days(lines: &mut Vec<String>, name: &str, days: &DaysDiff) {
    let largest = days.largest.iter().map(|day| format!("{} {}", day.date, moved(&day.number)));
    let title = format!("{name}: {} of {} moved; the largest move of each column", days.n_moved, days.n_both);
    list(lines, &title, largest);
}

fn span(change: &SpanChange) -> String {
    let days = |span: &Span| {
        let best = span.best.map_or_else(String::new, |best| format!(", best {best}"));
        format!("{} to {}{best}", span.start, span.end)
    };
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if old.what == new.what => {
            format!("{}: {} → {}", clean(&new.what), days(old), days(new))
        }
        (Some(old), Some(new)) => format!("{} → {}: {}", clean(&old.what), clean(&new.what), days(new)),
        (Some(old), None) => format!("only in A: {}, {}", clean(&old.what), days(old)),
        (_, new) => format!(
            "only in B: {}",
            new.as_ref().map_or_else(String::new, |new| format!("{}, {}", clean(&new.what), days(new)))
        ),
    }
}

/// A heading and its entries, the last of them where there are many: they are the latest.
fn list(lines: &mut Vec<String>, title: &str, entries: impl ExactSizeIterator<Item = String>) {
    if entries.len() == 0 {
        return;
    }
    lines.push(format!("  {title}"));
    let n_left_out = entries.len().saturating_sub(SHOWN);
    if n_left_out > 0 {
        lines.push(more(n_left_out));
    }
    for entry in entries.skip(n_left_out) {
        wrap(lines, 4, &entry);
    }
}

fn more(n: usize) -> String {
    format!("    {n} more before these; --format json has all")
}

/// Adds a text in lines of [`WIDTH`], those after the first indented by four more.
fn wrap(lines: &mut Vec<String>, indent: usize, text: &str) {
    let mut line = " ".repeat(indent);
    let mut is_begun = false;
    for word in text.split(' ') {
        if is_begun && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent + 4)));
            is_begun = false;
        }
        if is_begun {
            line.push(' ');
        }
        line.push_str(word);
        is_begun = true;
    }
    lines.push(line);
}
