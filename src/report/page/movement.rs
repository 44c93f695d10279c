//! Movement and effort against the weeks before: the last reading of each signal, and the last flags.

use super::table::{numbers, prose, table, words};
use crate::analysis::Analysis;
use crate::model::Day;
use crate::model::calendar::minus;
use crate::model::units::Units;
use crate::report::reading::{Form, changed};
use crate::report::text;
use crate::signals::{RECENT_DAYS, Signal, SignalKind, Status, raised};
use maud::{Markup, html};

/// Flags that are shown.
const FLAGS_SHOWN: usize = 8;

/// The section.
pub fn section(analysis: &Analysis) -> Markup {
    let last: Vec<&Signal> = SignalKind::ALL
        .iter()
        .filter_map(|kind| analysis.signals.iter().rev().find(|signal| signal.kind == *kind))
        .collect();
    if last.is_empty() {
        return html! { p { "No run has even minutes with heart rate or running dynamics, and no diary has mornings." } };
    }
    let missing: Vec<String> = SignalKind::ALL
        .iter()
        .filter(|kind| last.iter().all(|signal| signal.kind != **kind))
        .map(|kind| kind.title(None))
        .collect();
    let flags = flags(&analysis.signals);
    html! {
        p { (now(analysis)) }
        (readings(&last, analysis))
        @if !missing.is_empty() { p.note { "Without a reading: " (missing.join("; ")) "." } }
        @if !flags.is_empty() {
            h4 { "Last flags" }
            (flags_table(&flags))
        }
        p.note {
            "You are compared with yourself: the last runs of ten days, or a week of mornings, with the 42 days before, \
             the last 7 left out. A flag is unusual and large enough to matter. It says where to look and what to ask, not \
             what is wrong; a new shoe, heat or a new watch can do it too."
        }
    }
}

/// What is flagged on the day of the analysis, in a sentence.
fn now(analysis: &Analysis) -> String {
    let up: Vec<&str> =
        raised(&analysis.signals, analysis.as_of).into_iter().map(SignalKind::words).collect();
    if up.is_empty() && analysis.signals.iter().all(|signal| is_old(signal, analysis.as_of)) {
        format!("Nothing was read in the last {RECENT_DAYS} days, so there is nothing to judge today.")
    } else if up.is_empty() {
        "No signal asks for a look today.".to_owned()
    } else {
        format!("Look and ask: {}.", up.join("; "))
    }
}

/// Is it from before the days that are compared with the weeks before?
fn is_old(signal: &Signal, as_of: Day) -> bool {
    signal.date < minus(as_of, RECENT_DAYS - 1)
}

fn readings(last: &[&Signal], analysis: &Analysis) -> Markup {
    let columns = [
        words("signal"),
        numbers("now"),
        numbers("usual range"),
        numbers("change"),
        words("reading"),
        prose("rests on"),
        words("last read"),
    ];
    let rows: Vec<Vec<Markup>> =
        last.iter().map(|signal| reading(signal, analysis.as_of, analysis.units)).collect();
    table("Movement and effort, last reading of each signal", &columns, &rows)
}

fn reading(signal: &Signal, as_of: Day, units: Units) -> Vec<Markup> {
    let Form { title, factor, unit, decimals } = Form::new(signal.kind, signal.speed_mps, units);
    let shown = |value: f64| text::number(value * factor, decimals);
    let range = signal.baseline_low.zip(signal.baseline_high);
    vec![
        html! { (title) },
        html! { (signal.recent.map_or_else(|| "–".to_owned(), |value| with_unit(&shown(value), unit))) },
        html! { (range.map_or_else(|| "–".to_owned(), |(low, high)| format!("{} to {}", shown(low), shown(high)))) },
        html! { (signal.change.map_or_else(|| "–".to_owned(), |change| changed(signal.kind, change))) },
        html! { (if is_old(signal, as_of) { "out of date" } else { status(signal.status) }) },
        html! { (rests_on(signal)) },
        html! { time datetime=(signal.date) { (signal.date) } },
    ]
}

fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Flag => "look and ask",
        Status::Watch => "watch",
        Status::Usual => "as usual",
        Status::TooFew => "not compared",
    }
}

/// How much a reading rests on, or why it is not compared.
fn rests_on(signal: &Signal) -> String {
    let what = if signal.run_id.is_some() { "run" } else { "morning" };
    let note = signal.note.as_deref().map(text::clean);
    match (signal.status, note) {
        // `5 of 8 runs` counts, other notes tell of other weather.
        (Status::TooFew, Some(note)) if note.contains(" of ") => format!("too few: {note}"),
        (Status::TooFew, Some(note)) => note,
        (Status::TooFew, None) => "too few".to_owned(),
        (_, note) => {
            let noted = note.map_or_else(String::new, |note| format!("; {note}"));
            format!("{} against {}{noted}", signal.n_recent, text::count(signal.n_baseline, what))
        }
    }
}

/// Flags of one signal without a reading in between that was none.
struct Flagged<'a> {
    first: Day,
    last: &'a Signal,
    n_readings: usize,
}

/// The last flags, latest first.
fn flags(signals: &[Signal]) -> Vec<Flagged<'_>> {
    let mut found: Vec<Flagged<'_>> = Vec::new();
    for kind in SignalKind::ALL {
        let judged = signals.iter().filter(|one| one.kind == kind && one.status != Status::TooFew);
        let mut open: Option<Flagged<'_>> = None;
        for signal in judged {
            match (&mut open, signal.status == Status::Flag) {
                (Some(flagged), true) => {
                    (flagged.last, flagged.n_readings) = (signal, flagged.n_readings + 1);
                }
                (None, true) => open = Some(Flagged { first: signal.date, last: signal, n_readings: 1 }),
                (_, false) => found.extend(open.take()),
            }
        }
        found.extend(open);
    }
    found.sort_by_key(|flagged| (std::cmp::Reverse(flagged.last.date), flagged.last.kind));
    found.truncate(FLAGS_SHOWN);
    found
}

fn flags_table(flags: &[Flagged<'_>]) -> Markup {
    let columns =
        [words("look and ask"), words("from"), words("to"), numbers("last change"), numbers("readings")];
    let rows: Vec<Vec<Markup>> = flags
        .iter()
        .map(|flagged| {
            let (kind, last) = (flagged.last.kind, flagged.last.date);
            vec![
                html! { (kind.words()) },
                html! { time datetime=(flagged.first) { (flagged.first) } },
                html! { time datetime=(last) { (last) } },
                html! { (flagged.last.change.map_or_else(String::new, |change| changed(kind, change))) },
                html! { (flagged.n_readings) },
            ]
        })
        .collect();
    table("Last flags", &columns, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::tiny;
    use crate::table::testing::analysis;

    #[test]
    fn each_signal_has_its_last_reading_and_what_it_rests_on() {
        let mut analysis = analysis();
        analysis.signals[1].n_recent = 3;
        let page = section(&analysis).into_string();
        for words in [
            "Look and ask: higher heart rate at the same speed.",
            "<th scope=\"row\">heart rate at 5:33/km</th><td>158 bpm</td><td>151 to 157</td>",
            "<td>+4.5 bpm</td><td class=\"w\">look and ask</td><td class=\"p\">3 against 8 runs</td>",
            "Without a reading: step length at the same speed;",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(section(&tiny()).into_string().starts_with("<p>No run has even minutes"));
        analysis.as_of = crate::model::calendar::plus(analysis.as_of, 20);
        let old = section(&analysis).into_string();
        assert!(old.contains("<p>Nothing was read in the last 10 days") && old.contains(">out of date<"));
        assert!(!old.contains("<td class=\"w\">look and ask</td>"), "{old}");
    }

    #[test]
    fn what_is_withheld_says_why() {
        let mut analysis = analysis();
        analysis.signals.truncate(1);
        let page = section(&analysis).into_string();
        assert!(page.contains("No signal asks for a look today."));
        assert!(
            page.contains("not compared</td><td class=\"p\">too few: 2 of 3 runs in the last 10 days"),
            "{page}"
        );
        analysis.signals[0].note = Some("9 °C warmer than the runs to compare with".into());
        assert!(section(&analysis).into_string().contains("<td class=\"p\">9 °C warmer"));
    }

    #[test]
    fn flags_in_a_row_are_one_and_another_reading_parts_them() {
        let flag = analysis().signals.remove(1);
        let on = |day: &str, status| Signal { date: day.parse().unwrap(), status, ..flag.clone() };
        let signals = [
            on("2026-05-01", Status::Flag),
            on("2026-05-03", Status::TooFew),
            on("2026-05-05", Status::Flag),
            on("2026-05-07", Status::Usual),
            on("2026-05-09", Status::Flag),
        ];
        let found: Vec<(String, String, usize)> = flags(&signals)
            .iter()
            .map(|one| (one.first.to_string(), one.last.date.to_string(), one.n_readings))
            .collect();
        let row = |from: &str, to: &str, n| (from.to_owned(), to.to_owned(), n);
        assert_eq!(found, [row("2026-05-09", "2026-05-09", 1), row("2026-05-01", "2026-05-05", 2)]);
    }
}
