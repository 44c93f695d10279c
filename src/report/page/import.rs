//! The import: files by what became of them, copies with the file that counts, remarks in groups, devices.

use super::table::{numbers, prose, sortable_table, table, words};
use crate::analysis::Analysis;
use crate::model::{Format, Sport};
use crate::notice::Notice;
use crate::report::text;
use crate::score::run::Run;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Files named before the fold of a group.
const FILES_SHOWN: usize = 3;
/// Rows before the fold of the copies.
const COPIES_SHOWN: usize = 10;
/// Files beside the runs, of which notices tell lines.
const NOTES: [&str; 5] = ["massage.csv", "diary.csv", "plan.csv", "plan.ics", "legwork.toml"];
/// Who recorded, where the file does not say.
const UNNAMED: &str = "not named in the file";

/// What was read and what became of it.
pub fn section(analysis: &Analysis) -> Markup {
    let sorted = Sorted::new(analysis);
    html! {
        (outcomes(analysis, &sorted))
        (copies(analysis))
        @if !sorted.skipped.is_empty() { h3 { "Files left out" } (groups(&sorted.skipped)) }
        @if !sorted.of_runs.is_empty() { h3 { "Runs with a remark" } (groups(&sorted.of_runs)) }
        @if !sorted.of_notes.is_empty() { h3 { "Diary, massages, plan and config" } (groups(&sorted.of_notes)) }
        @if !sorted.of_all.is_empty() {
            h3 { "The whole history" }
            ul { @for notice in &sorted.of_all { li { (text::capital(&text::clean(&notice.text))) "." } } }
        }
        (devices(analysis))
    }
}

/// Notices by what they are about.
#[derive(Default)]
struct Sorted<'a> {
    skipped: Vec<&'a Notice>,
    of_runs: Vec<&'a Notice>,
    of_notes: Vec<&'a Notice>,
    of_all: Vec<&'a Notice>,
}

impl<'a> Sorted<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let read: BTreeSet<&str> = analysis
            .runs
            .iter()
            .map(|run| run.file.as_str())
            .chain(analysis.others.iter().map(|other| other.file.as_str()))
            .collect();
        let mut sorted = Self::default();
        for notice in &analysis.notices {
            let source = notice.source.as_str();
            let name = source.rsplit('/').next().unwrap_or_default();
            let list = if is_among(source, &read) {
                &mut sorted.of_runs
            } else if NOTES.iter().any(|note| name.starts_with(note)) {
                &mut sorted.of_notes
            } else if name.contains('.') && source != analysis.athlete {
                &mut sorted.skipped
            } else {
                &mut sorted.of_all
            };
            list.push(notice);
        }
        sorted
    }
}

/// Is it one of the files, with or without the folder of the athlete before it?
fn is_among(source: &str, files: &BTreeSet<&str>) -> bool {
    let tails = source.match_indices('/').map(|(at, _)| &source[at + 1..]);
    std::iter::once(source).chain(tails).any(|tail| files.contains(tail))
}

fn outcomes(analysis: &Analysis, sorted: &Sorted<'_>) -> Markup {
    let mut files: BTreeMap<Format, BTreeSet<&str>> = BTreeMap::new();
    for run in &analysis.runs {
        files.entry(run.format).or_default().insert(&run.file);
    }
    let formats: Vec<String> =
        files.iter().map(|(format, files)| format!("{} {}", files.len(), format_name(*format))).collect();
    let n_runs = analysis.runs.iter().filter(|run| run.counts()).count();
    let n_remarked = sorted.of_runs.iter().map(|notice| &notice.source).collect::<BTreeSet<_>>().len();
    let n_skipped = sorted.skipped.iter().map(|notice| &notice.source).collect::<BTreeSet<_>>().len();
    let row =
        |what: &str, n: usize, detail: String| vec![html! { (what) }, html! { (n) }, html! { (detail) }];
    let mut rows = vec![
        row("files read", analysis.n_files, String::new()),
        row("runs that count", n_runs, formats.join(", ")),
        row("copies", analysis.runs.len() - n_runs, "merged; only the richer file counts".into()),
        row("read with a remark", n_remarked, "repaired, or marked where something could not be used".into()),
        row("other sports", analysis.others.len(), sports(analysis)),
        row("left out", n_skipped, "nothing could be read from them, or their date cannot be".into()),
    ];
    rows.retain(|row| row[1].0 != "0" || row[0].0.starts_with("runs"));
    table("Files and what became of them", &[words("what"), numbers("number"), prose("of which")], &rows)
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Fit => "FIT",
        Format::Gpx => "GPX",
        Format::Tcx => "TCX",
        Format::Csv => "rows of lists",
        Format::Json => "rows of lists in JSON",
    }
}

/// The other sports by number: `3 walking, 1 hiking`.
fn sports(analysis: &Analysis) -> String {
    let count = |of: &dyn Fn(Sport) -> bool, name: &str| {
        let n = analysis.others.iter().filter(|other| of(other.sport)).count();
        (n > 0).then(|| format!("{n} {name}"))
    };
    let parts = [
        count(&|sport| sport == Sport::Walking, "walking"),
        count(&|sport| sport == Sport::Hiking, "hiking"),
        count(&|sport| sport == Sport::Unknown, "without a stated sport, too slow or too fast for a run"),
        count(&|sport| !matches!(sport, Sport::Walking | Sport::Hiking | Sport::Unknown), "something else"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Each copy with the file that counts in its place.
fn copies(analysis: &Analysis) -> Markup {
    let kept: BTreeMap<&str, &Run> =
        analysis.runs.iter().filter(|run| run.counts()).map(|run| (run.id.as_str(), run)).collect();
    let rows: Vec<Vec<Markup>> = analysis
        .runs
        .iter()
        .rev()
        .filter_map(|run| Some((run, run.duplicate_of.as_deref()?)))
        .map(|(run, of)| {
            vec![
                html! { (run.date) },
                html! { bdi { (text::clean(&run.file)) } },
                html! { bdi { (kept.get(of).map_or_else(|| "another file".to_owned(), |run| text::clean(&run.file))) } },
            ]
        })
        .collect();
    let columns = [words("date"), prose("left aside"), prose("counts")];
    html! {
        @if !rows.is_empty() {
            h3 { "Copies" }
            (sortable_table("Copies", &columns, rows, COPIES_SHOWN))
        }
    }
}

/// Notices that say the same but for their numbers, the most frequent first.
fn groups(notices: &[&Notice]) -> Markup {
    let mut found: BTreeMap<String, Vec<&Notice>> = BTreeMap::new();
    for notice in notices {
        found.entry(without_numbers(&notice.text)).or_default().push(notice);
    }
    let mut found: Vec<Vec<&Notice>> = found.into_values().collect();
    found.sort_by_key(|group| std::cmp::Reverse(group.len()));
    html! { ul.remarks { @for group in &found { li { (one_group(group)) } } } }
}

fn one_group(group: &[&Notice]) -> Markup {
    let texts: Vec<&str> = group.iter().map(|notice| notice.text.as_str()).collect();
    let is_one_text = texts.iter().all(|text| *text == texts[0]);
    let file = |notice: &&Notice| {
        html! { bdi { (text::clean(&notice.source)) } @if !is_one_text { ": " (text::clean(&notice.text)) } }
    };
    html! {
        (text::capital(&text::clean(&ranges(&texts))))
        @if group.len() <= FILES_SHOWN && is_one_text {
            ": " @for (i, notice) in group.iter().enumerate() { @if i > 0 { ", " } (file(notice)) }
        } @else {
            details {
                summary { (text::count(group.len(), "file")) }
                ul { @for notice in group { li { (file(notice)) } } }
            }
        }
    }
}

/// A text with each number replaced by a mark.
fn without_numbers(text: &str) -> String {
    parts(text).into_iter().map(|part| part.unwrap_or_else(|_| "\u{1}".to_owned())).collect()
}

/// A text in stretches: `Ok` words, `Err` a number with its digits.
fn parts(text: &str) -> Vec<Result<String, String>> {
    let mut parts: Vec<Result<String, String>> = Vec::new();
    for c in text.chars() {
        match (c.is_ascii_digit(), parts.last_mut()) {
            (true, Some(Err(digits))) => digits.push(c),
            (true, _) => parts.push(Err(c.to_string())),
            (false, Some(Ok(words))) => words.push(c),
            (false, _) => parts.push(Ok(c.to_string())),
        }
    }
    parts
}

/// One text for several that differ in their numbers alone: `heart rate stood still for 2 to 4 min`.
fn ranges(texts: &[&str]) -> String {
    let all: Vec<Vec<Result<String, String>>> = texts.iter().map(|text| parts(text)).collect();
    let Some(first) = all.first() else { return String::new() };
    let at = |i: usize| {
        let numbers: BTreeSet<(usize, &str)> = all
            .iter()
            .filter_map(|parts| parts.get(i)?.as_ref().err())
            .map(|digits| (digits.len(), digits.as_str()))
            .collect();
        match (numbers.first(), numbers.last()) {
            (Some((_, low)), Some((_, high))) if low != high => format!("{low} to {high}"),
            (Some((_, only)), _) => (*only).to_owned(),
            _ => String::new(),
        }
    };
    first.iter().enumerate().map(|(i, part)| part.clone().unwrap_or_else(|_| at(i))).collect()
}

/// Who recorded the runs that count.
fn devices(analysis: &Analysis) -> Markup {
    let mut devices: BTreeMap<String, Vec<&Run>> = BTreeMap::new();
    for run in analysis.runs.iter().filter(|run| run.counts()) {
        let name = run.device.as_deref().map_or_else(|| UNNAMED.to_owned(), text::clean);
        devices.entry(name).or_default().push(run);
    }
    let mut devices: Vec<(String, Vec<&Run>)> = devices.into_iter().collect();
    devices.sort_by_key(|(_, runs)| std::cmp::Reverse(runs.len()));
    let rows: Vec<Vec<Markup>> = devices
        .iter()
        .map(|(name, runs)| {
            let day = |run: Option<&&Run>| html! { @if let Some(run) = run { (run.date) } };
            vec![html! { bdi { (name) } }, html! { (runs.len()) }, day(runs.first()), day(runs.last())]
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            h3 { "Devices" }
            (table("Devices", &[prose("recorded by"), numbers("runs"), words("from"), words("to")], &rows))
            p.note { "A new device can move heart rate, climb and running dynamics without a change in the runner." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::OtherSport;
    use crate::report::testing::{empty, sample};

    #[test]
    fn every_file_is_accounted_for() {
        let mut analysis = sample(30);
        analysis.runs[0].file = "2026/first.fit".into();
        analysis.others = vec![OtherSport { file: "walk.gpx".into(), sport: Sport::Walking }];
        analysis.notices.extend([
            Notice::new("jo/2026/first.fit", "checksum is <wrong>"),
            Notice::new("diary.csv:7", "is no date"),
            Notice::new("as_of", "the newest run is old"),
        ]);
        let page = section(&analysis).into_string();
        for words in [
            "<th scope=\"row\">copies</th><td>1</td>",
            ">other sports</th><td>1</td><td class=\"p\">1 walking</td>",
            "<h3>Copies</h3>",
            "<h3>Files left out</h3>",
            "No time in any point; left out: <bdi>old/track.gpx</bdi>",
            "Checksum is &lt;wrong&gt;: <bdi>jo/2026/first.fit</bdi>",
            "<h3>Diary, massages, plan and config</h3>",
            "<li>The newest run is old.</li>",
            "<h3>Devices</h3>",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!section(&empty()).into_string().contains("<h3>"));
    }

    #[test]
    fn remarks_that_differ_in_numbers_are_one() {
        let texts = ["stood still for 2 min: left out", "stood still for 12 min: left out"];
        assert_eq!(ranges(&texts), "stood still for 2 to 12 min: left out");
        assert_eq!(without_numbers(texts[0]), without_numbers(texts[1]));
        let notices = texts.map(|text| Notice::new("a.fit", text));
        let page = groups(&notices.iter().collect::<Vec<_>>()).into_string();
        assert!(
            page.contains("<summary>2 files</summary>") && page.contains("<bdi>a.fit</bdi>: stood"),
            "{page}"
        );
        assert_eq!(ranges(&[]), "");
    }
}
