//! The import: what became of every file, copies with the file that counts, remarks in groups, devices.
//!
//! Invariant: the totals are those of the ledger, and every file that gave no run is named, in a fold or out of it.

use super::table::{numbers, prose, sortable_table, table, words};
use crate::analysis::Analysis;
use crate::ledger::{Entry, Kind, Outcome};
use crate::model::{Format, Gap};
use crate::notice::Notice;
use crate::report::text;
use crate::score::run::Run;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Files named before the fold of a group.
const FILES_SHOWN: usize = 3;
/// Rows before the fold of the copies and of the devices.
const COPIES_SHOWN: usize = 10;
/// Files beside the runs, of which notices tell lines.
const NOTES: [&str; 7] =
    ["massage.csv", "diary.csv", "plan.csv", "plan.ics", "unknown.csv", "overrides.csv", "legwork.toml"];
/// Who recorded, where the file does not say.
const UNNAMED: &str = "not named in the file";
/// Digits of an `id` that are shown: as many as `overrides.csv` needs.
const ID_DIGITS: usize = 8;

/// What was read and what became of it.
pub fn section(analysis: &Analysis) -> Markup {
    let remarks = Remarks::new(analysis);
    html! {
        (outcomes(analysis))
        (copies(analysis))
        (broken(analysis, Outcome::Salvaged, "Broken files, saved in part"))
        (broken(analysis, Outcome::Failed, "Files that could not be read"))
        (as_load(analysis))
        (skipped(analysis))
        (remarks.under("Recordings with a remark", About::Recording))
        (remarks.under("Lists", About::List))
        (remarks.under("Other files", About::File))
        (unknown(analysis))
        (remarks.under("Diary, massages, plan and config", About::Note))
        (remarks.of_all())
        (devices(analysis))
    }
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Recording,
    List,
    File,
    Note,
    All,
}

/// The notices that the account of the files has not told yet.
struct Remarks<'a>(Vec<(About, &'a Notice)>);

impl<'a> Remarks<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let entries: BTreeMap<&str, &Entry> =
            analysis.ledger.entries.iter().map(|entry| (entry.file.as_str(), entry)).collect();
        let mut copies: BTreeMap<&str, Vec<Copied<'_>>> = BTreeMap::new();
        for copy in copied(analysis) {
            copies.entry(copy.of.unwrap_or_default()).or_default().push(copy);
        }
        let about = |notice: &'a Notice| {
            let source = notice.source.as_str();
            let name = source.rsplit('/').next().unwrap_or_default();
            let about = match of_file(source, &entries) {
                Some(entry) if is_told(entry, notice) => return None,
                Some(entry) if copies.get(entry.file.as_str()).is_some_and(|of| are_told(of, notice)) => {
                    return None;
                }
                Some(entry) if entry.outcome == Outcome::Listed => About::List,
                Some(_) => About::Recording,
                None if NOTES.iter().any(|note| name.starts_with(note)) => About::Note,
                None if name.contains('.') && source != analysis.athlete => About::File,
                None => About::All,
            };
            Some((about, notice))
        };
        Self(analysis.notices.iter().filter_map(about).collect())
    }

    fn of(&self, about: About) -> Vec<&'a Notice> {
        self.0.iter().filter(|(of, _)| *of == about).map(|(_, notice)| *notice).collect()
    }

    fn under(&self, heading: &str, about: About) -> Markup {
        let of = self.of(about);
        html! { @if !of.is_empty() { h3 { (heading) } (groups(&of)) } }
    }

    fn of_all(&self) -> Markup {
        let of = self.of(About::All);
        html! {
            @if !of.is_empty() {
                h3 { "The whole history" }
                ul { @for notice in &of { li { (text::capital(&text::clean(&notice.text))) "." } } }
            }
        }
    }
}

/// The file that a notice is about, with or without the folder of the athlete before it.
fn of_file<'a>(source: &str, entries: &BTreeMap<&str, &'a Entry>) -> Option<&'a Entry> {
    let tails = source.match_indices('/').map(|(at, _)| &source[at + 1..]);
    std::iter::once(source).chain(tails).find_map(|tail| entries.get(tail).copied())
}

/// Does the account of the file say the same?
fn is_told(entry: &Entry, notice: &Notice) -> bool {
    let said = entry.why.iter().chain(entry.parts.iter().filter_map(|part| part.why.as_ref()));
    let text = text::clean(&notice.text);
    entry.outcome != Outcome::Listed && said.into_iter().any(|why| why.contains(&text))
}

/// Does the table of copies say the same of one of these?
fn are_told(copies: &[Copied<'_>], notice: &Notice) -> bool {
    copies.iter().any(|copy| {
        let gave = !copy.filled.is_empty() && notice.text.ends_with(&format!("from its copy {}", copy.file));
        let differs = copy.why.is_some_and(|why| why.contains("differ"))
            && notice.text.starts_with(&format!("its copy {} has a distance that differs", copy.file));
        gave || differs
    })
}

/// The totals, and what each is made of.
fn outcomes(analysis: &Analysis) -> Markup {
    let ledger = &analysis.ledger;
    let totals = ledger.totals();
    let kinds = |outcome: Outcome| {
        let kinds = ledger.kinds_of(outcome);
        kinds.into_iter().map(|(kind, n)| kind.words(n)).collect::<Vec<_>>().join(", ")
    };
    let row = |what: &str, n: usize, detail: String| {
        vec![html! { (what) }, html! { (text::whole(n)) }, html! { (detail) }]
    };
    let mut rows = vec![
        row("used", totals.used, formats(analysis)),
        row("salvaged", totals.salvaged, "broken, and what could be saved counts".into()),
        row("load", totals.load, "count as load, not as distance".into()),
        row("merged", totals.merged, "copies that gave the file that counts what it lacked".into()),
        row("duplicates", totals.duplicate, "another file of the same run counts".into()),
        row("skipped", totals.skipped, kinds(Outcome::Skipped)),
        row("failed", totals.failed, kinds(Outcome::Failed)),
        row("lists", totals.listed, of_lists(totals.runs_of_lists)),
    ];
    rows.retain(|row| row[1].0 != "0");
    rows.push(row("all files", totals.files, String::new()));
    let columns = [words("what became of it"), numbers("files"), prose("of which")];
    let beside = ledger.beside();
    html! {
        (table("Files and what became of them", &columns, &rows))
        p.note {
            (text::capital(&text::count(totals.runs, "run"))) " " (if totals.runs == 1 { "counts" } else { "count" })
            @if totals.copies > 0 { ", and " (text::count(totals.copies, "recording")) " more " (if totals.copies == 1 { "is a copy" } else { "are copies" }) " of these" }
            ". "
            @if !beside.is_empty() { "The files with them hold other sport too: " (tally(&beside)) ". " }
            code { "import.json" } " beside this page has every file with its outcome."
        }
    }
}

/// Words with how often each was found: `walking 3, hiking 1`.
fn tally(found: &[(&str, usize)]) -> String {
    let parts = found.iter().map(|(words, n)| format!("{} {}", text::clean(words), text::whole(*n)));
    parts.collect::<Vec<_>>().join(", ")
}

fn of_lists(n_runs: usize) -> String {
    match n_runs {
        0 => "what they say was laid over the recordings".to_owned(),
        n => format!("with {} that no file holds", text::count(n, "run")),
    }
}

/// The files with a run that counts by format: `180 FIT, 20 GPX`.
fn formats(analysis: &Analysis) -> String {
    let used: BTreeSet<&str> = analysis.ledger.of(Outcome::Used).map(|entry| entry.file.as_str()).collect();
    let mut files: BTreeMap<Format, BTreeSet<&str>> = BTreeMap::new();
    for run in analysis.runs.iter().filter(|run| used.contains(run.file.as_str())) {
        files.entry(run.format).or_default().insert(&run.file);
    }
    let parts = files.iter().map(|(format, files)| format!("{} {}", files.len(), format_name(*format)));
    parts.collect::<Vec<_>>().join(", ")
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

/// One copy: the file with the recording, what counts in its place, how that is known, and what it gave.
struct Copied<'a> {
    file: &'a str,
    id: Option<&'a str>,
    of: Option<&'a str>,
    why: Option<&'a str>,
    filled: &'a [String],
    /// It has the same bytes.
    is_same: bool,
}

/// Every copy, those in files of several recordings among them.
fn copied(analysis: &Analysis) -> Vec<Copied<'_>> {
    let is_copy = |outcome: Outcome| matches!(outcome, Outcome::Duplicate | Outcome::Merged);
    let mut found = Vec::new();
    for entry in &analysis.ledger.entries {
        let whole = Copied {
            file: &entry.file,
            id: entry.runs.first().map(String::as_str),
            of: entry.of.as_deref(),
            why: entry.why.as_deref(),
            filled: &entry.filled,
            is_same: entry.rule == Some("same_content"),
        };
        found.extend((entry.parts.is_empty() && is_copy(entry.outcome)).then_some(whole));
        found.extend(entry.parts.iter().filter(|part| is_copy(part.outcome)).map(|part| Copied {
            file: &entry.file,
            id: Some(&part.id),
            of: part.of.as_deref(),
            why: part.why.as_deref(),
            filled: &part.filled,
            is_same: false,
        }));
    }
    found
}

/// Each copy with the file that counts in its place, and how to say otherwise.
fn copies(analysis: &Analysis) -> Markup {
    let dates: BTreeMap<&str, &Run> = analysis.runs.iter().map(|run| (run.id.as_str(), run)).collect();
    let by_file: BTreeMap<&str, &Run> = analysis.runs.iter().map(|run| (run.file.as_str(), run)).collect();
    let mut copies = copied(analysis);
    let run_of = |copy: &Copied<'_>| {
        copy.id.and_then(|id| dates.get(id)).or_else(|| by_file.get(copy.of?)).map(|run| run.date)
    };
    copies.sort_by(|a, b| run_of(b).cmp(&run_of(a)).then_with(|| a.file.cmp(b.file)));
    let (same, copies): (Vec<Copied<'_>>, Vec<Copied<'_>>) =
        copies.into_iter().partition(|copy| copy.is_same);
    let rows: Vec<Vec<Markup>> = copies
        .iter()
        .map(|copy| {
            let id = copy.id.and_then(|id| id.get(..ID_DIGITS));
            vec![
                html! { @if let Some(date) = run_of(copy) { (date) } },
                html! { bdi { (text::clean(copy.file)) } },
                html! { @if let Some(of) = copy.of { bdi { (text::clean(of)) } } },
                html! {
                    @if let Some(why) = copy.why { (why) }
                    @if !copy.filled.is_empty() { "; gave " (copy.filled.join(", ")) }
                },
                html! { @if let Some(id) = id { code { (id) } } },
            ]
        })
        .collect();
    let columns =
        [words("date"), prose("left aside"), prose("counts instead"), prose("because"), words("id")];
    html! {
        @if !rows.is_empty() || !same.is_empty() { h3 { "Copies" } }
        @if !rows.is_empty() {
            (sortable_table("Copies", &columns, rows, COPIES_SHOWN))
            p.note {
                "If two of them are runs of their own, name the one left aside by its id in " code { "overrides.csv" }
                " beside the runs and say " code { "keep" } "; " code { "drop" } " takes a run out of every number."
            }
        }
        @if !same.is_empty() {
            ul.remarks { li { details {
                summary { (text::count(same.len(), "file")) " with the same bytes as another" }
                ul { @for copy in &same { li {
                    bdi { (text::clean(copy.file)) }
                    @if let Some(of) = copy.of { " is the same as " bdi { (text::clean(of)) } }
                } } }
            } } }
        }
    }
}

/// Broken files of an outcome with what is the matter, in groups.
fn broken(analysis: &Analysis, outcome: Outcome, heading: &str) -> Markup {
    let why = |entry: &Entry| entry.why.clone().unwrap_or_else(|| "is broken".to_owned());
    let said = analysis.ledger.of(outcome).map(|entry| Notice::new(entry.file.clone(), why(entry)));
    let said: Vec<Notice> = said.collect();
    html! { @if !said.is_empty() { h3 { (heading) } (groups(&said.iter().collect::<Vec<_>>())) } }
}

/// The files that count as load alone.
fn as_load(analysis: &Analysis) -> Markup {
    let files: Vec<&Entry> = analysis.ledger.of(Outcome::Load).collect();
    let sports = analysis.ledger.holds(Outcome::Load, None);
    let count = text::count(files.len(), "file");
    html! {
        @if !files.is_empty() {
            h3 { "Count as load, not as distance" }
            ul.remarks { li { (folded_files(&format!("{count}: {}", tally(&sports)), &files)) } }
        }
    }
}

/// The files that were skipped, a line a kind.
fn skipped(analysis: &Analysis) -> Markup {
    let kinds = analysis.ledger.kinds_of(Outcome::Skipped);
    let line = |kind: Kind, n: usize| {
        let mut files: Vec<&Entry> =
            analysis.ledger.of(Outcome::Skipped).filter(|entry| entry.kind == Some(kind)).collect();
        files.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.file.cmp(&b.file)));
        let mut what = kind.words(n);
        if matches!(kind, Kind::OtherSport | Kind::NotAnActivity) {
            what = format!("{what}: {}", tally(&analysis.ledger.holds(Outcome::Skipped, Some(kind))));
        }
        folded_files(&what, &files)
    };
    html! {
        @if !kinds.is_empty() {
            h3 { "Files left out" }
            ul.remarks { @for (kind, n) in kinds { li { (line(kind, n)) } } }
        }
    }
}

/// What some files are, and in a fold each of them with its date, the reason and its id.
fn folded_files(what: &str, files: &[&Entry]) -> Markup {
    let file = |entry: &Entry| {
        let id = entry.id.as_deref().and_then(|id| id.get(..ID_DIGITS));
        html! {
            @if let Some(date) = entry.date { (date) " " }
            bdi { (text::clean(&entry.file)) }
            @if let Some(why) = &entry.why { ": " bdi { (text::clean(why)) } }
            @if let Some(id) = id { " (id " code { (id) } ")" }
        }
    };
    html! { details { summary { (what) } ul { @for entry in files { li { (file(entry)) } } } } }
}

/// The days of which the files do not tell, each stretch with the reason.
fn unknown(analysis: &Analysis) -> Markup {
    let gaps = analysis.lost.gaps();
    let days = |gap: &Gap| {
        if gap.from == gap.to { gap.from.to_string() } else { format!("{} to {}", gap.from, gap.to) }
    };
    html! {
        @if !gaps.is_empty() {
            h3 { "Days that the files do not tell of" }
            p { "They count as unknown and never as rest: what they would go into is left out where they are many." }
            ul.remarks {
                @for gap in gaps.iter().rev().take(COPIES_SHOWN) { li { (days(gap)) ": " bdi { (text::clean(&gap.reason)) } } }
                @if gaps.len() > COPIES_SHOWN {
                    li { details {
                        summary { (text::count(gaps.len() - COPIES_SHOWN, "more stretch")) }
                        ul { @for gap in gaps.iter().rev().skip(COPIES_SHOWN) { li { (days(gap)) ": " bdi { (text::clean(&gap.reason)) } } } }
                    } }
                }
            }
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
    let said = text::clean(&ranges(&texts));
    let file = |notice: &&Notice| {
        html! { bdi { (text::clean(&notice.source)) } @if !is_one_text { ": " (text::clean(&notice.text)) } }
    };
    html! {
        @if group.len() <= FILES_SHOWN && is_one_text {
            @for (i, notice) in group.iter().enumerate() { @if i > 0 { ", " } (file(notice)) } ": " (said)
        } @else {
            details {
                summary { (text::count(group.len(), "file")) ": " (said) }
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
            (sortable_table("Devices", &[prose("recorded by"), numbers("runs"), words("from"), words("to")], rows, COPIES_SHOWN))
            p.note { "A new device can move heart rate, climb and running dynamics without a change in the runner." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Kind;
    use crate::ledger::testing::entry;
    use crate::model::LostDays;
    use crate::report::testing::{as_of, empty, sample};

    #[test]
    fn every_file_is_accounted_for() {
        let mut analysis = sample(30);
        analysis.runs[0].file = "2026/first.fit".into();
        let walk = Entry {
            kind: Some(Kind::OtherSport),
            why: Some("walking".into()),
            date: Some(as_of()),
            id: Some("0123456789".into()),
            holds: vec!["walking".into()],
            ..entry("walk.gpx", Outcome::Skipped)
        };
        let cut = Entry { why: Some("ends early".into()), ..entry("cut.fit", Outcome::Salvaged) };
        let broken = Entry {
            kind: Some(Kind::Damaged),
            why: Some("is damaged at byte 3: no <head>".into()),
            ..entry("broken.fit", Outcome::Failed)
        };
        analysis.ledger = crate::ledger::testing::of_runs(&analysis.runs);
        let other = |file: &str, what: &str| Entry {
            kind: Some(Kind::NotAnActivity),
            holds: vec![what.into()],
            ..entry(file, Outcome::Skipped)
        };
        let ride = Entry { holds: vec!["cycling".into()], ..entry("ride.fit", Outcome::Load) };
        let list = entry("activities.csv", Outcome::Listed);
        let others = [other("1.fit", "settings"), other("2.fit", "sleep")];
        analysis.ledger.entries.extend([walk, cut, broken, list, ride]);
        analysis.ledger.entries.extend(others);
        let gap = Gap { from: as_of(), to: as_of(), reason: "watch <lost>".into() };
        analysis.lost = LostDays::new(&[gap], as_of(), as_of(), |_| false);
        analysis.notices.extend([
            Notice::new("jo/2026/first.fit", "checksum is <wrong>"),
            Notice::new("jo/cut.fit", "ends early"),
            Notice::new("jo/activities.csv", "a column was guessed"),
            Notice::new("diary.csv:7", "is no date"),
            Notice::new("as_of", "the newest run is old"),
        ]);
        let page = section(&analysis).into_string();
        for words in [
            "<th scope=\"row\">duplicates</th><td>1</td>",
            ">load</th><td>1</td>",
            ">skipped</th><td>4</td><td class=\"p\">2 that are no activities, 1 of another sport, 1 course</td>",
            ">failed</th><td>1</td><td class=\"p\">1 damaged</td>",
            "<h3>Copies</h3>",
            "<code>overrides.csv</code>",
            "<h3>Files left out</h3>",
            "<summary>2 that are no activities: settings 1, sleep 1</summary>",
            "<summary>1 of another sport: walking 1</summary>",
            "<bdi>walk.gpx</bdi>: <bdi>walking</bdi> (id <code>01234567</code>)",
            "<bdi>old/track.gpx</bdi>: <bdi>has no times: a course or route, not a recording</bdi>",
            "<bdi>broken.fit</bdi>: is damaged at byte 3: no &lt;head&gt;",
            "<bdi>cut.fit</bdi>: ends early",
            "<bdi>jo/2026/first.fit</bdi>: checksum is &lt;wrong&gt;",
            "<summary>1 file: cycling 1</summary>",
            "<h3>Lists</h3>",
            ": <bdi>watch &lt;lost&gt;</bdi>",
            "<h3>Diary, massages, plan and config</h3>",
            "<li>The newest run is old.</li>",
            "<h3>Devices</h3>",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert_eq!(page.matches("nds early").count(), 1, "said once");
        let n_files = text::whole(analysis.ledger.entries.len());
        assert!(page.contains(&format!(">all files</th><td>{n_files}</td>")), "{page}");
        assert!(!section(&empty()).into_string().contains("<h3>"));
    }

    #[test]
    fn what_copies_gave_is_said_in_their_table_alone() {
        let mut analysis = sample(30);
        analysis.runs[0].file = "a.fit".into();
        let copy = |file: &str, rule: &'static str, filled: &[&str]| Entry {
            of: Some("a.fit".into()),
            rule: Some(rule),
            why: Some("distances differ by 9 %".into()),
            filled: filled.iter().map(ToString::to_string).collect(),
            ..entry(file, Outcome::Merged)
        };
        let copies = [copy("b.gpx", "same_start", &["power"]), copy("c.fit", "same_content", &[])];
        analysis.ledger.entries = vec![entry("a.fit", Outcome::Used)];
        analysis.ledger.entries.extend(copies);
        analysis.notices = vec![
            Notice::new("a.fit", "power from its copy b.gpx"),
            Notice::new("a.fit", "its copy b.gpx has a distance that differs by 9 %"),
            Notice::new("a.fit", "title from its copy z.gpx"),
        ];
        let page = section(&analysis).into_string();
        for words in [
            "distances differ by 9 %; gave power",
            "<bdi>a.fit</bdi>: title from its copy z.gpx",
            "<summary>1 file with the same bytes as another</summary>",
            "<bdi>c.fit</bdi> is the same as <bdi>a.fit</bdi>",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("copy b.gpx"), "{page}");
    }

    #[test]
    fn remarks_that_differ_in_numbers_are_one() {
        let texts = ["stood still for 2 min: left out", "stood still for 12 min: left out"];
        assert_eq!(ranges(&texts), "stood still for 2 to 12 min: left out");
        assert_eq!(without_numbers(texts[0]), without_numbers(texts[1]));
        let notices = texts.map(|text| Notice::new("a.fit", text));
        let page = groups(&notices.iter().collect::<Vec<_>>()).into_string();
        assert!(
            page.contains("<summary>2 files: stood still for 2 to 12 min: left out</summary>")
                && page.contains("<bdi>a.fit</bdi>: stood"),
            "{page}"
        );
        assert_eq!(ranges(&[]), "");
    }
}
