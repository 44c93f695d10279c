//! Every run, latest first, with what its load rests on and how good its file is.

use super::table::{numbers, prose, sortable_table, words};
use crate::analysis::Analysis;
use crate::model::units::{Units, duration};
use crate::report::text::{self, change, number_or_dash};
use crate::score::cross::CrossSession;
use crate::score::run::{LoadBasis, Run, SpikeClass};
use maud::{Markup, html};

/// Rows before the fold.
const RUNS_SHOWN: usize = 30;
/// How a notice begins that says the coverage of heart rate itself.
const SAYS_COVERAGE: &str = "heart rate covers";

/// The runs.
pub fn section(analysis: &Analysis) -> Markup {
    let units = analysis.units;
    let (long, short) = (units.long_name(), units.short_name());
    let columns = [
        words("date"),
        words("kind"),
        numbers(long),
        numbers(format!("min/{long}")),
        numbers("load"),
        numbers("time"),
        numbers("graded"),
        numbers("bpm"),
        numbers(format!("climb, {short}")),
        words("load from"),
        prose("quality"),
    ];
    let rows = analysis.runs.iter().rev().map(|run| row(analysis, run)).collect();
    html! {
        (sortable_table("Runs, each with its load", &columns, rows, RUNS_SHOWN))
        p.note {
            "Time is with the timer running. Graded is the pace corrected for climbs and descents, while moving. Load: 100 is an hour \
             at threshold. Quality says how much of the time has usable heart rate, and what was wrong with the file."
        }
        @if let Some(sessions) = analysis.cross_training() { (cross_training(sessions)) }
    }
}

/// What counts as load beside the runs, latest first.
fn cross_training(sessions: &[CrossSession]) -> Markup {
    let columns = [
        words("date"),
        words("sport"),
        numbers("load"),
        numbers("time"),
        numbers("heart rate"),
        words("load from"),
        prose("file"),
    ];
    let row = |session: &CrossSession| {
        vec![
            html! { (session.date) },
            html! { (session.sport.words()) },
            html! { (number_or_dash(session.load_au, 0)) },
            html! { (duration_or_dash(session.timer_s)) },
            html! { (text::share(session.hr_coverage)) },
            html! { (session.load_basis.map_or("none made up", basis)) },
            html! { bdi { (text::clean(&session.file)) } },
        ]
    };
    html! {
        h3 { "Cross-training" }
        (sortable_table("Cross-training, each with its load", &columns, sessions.iter().rev().map(row).collect(), RUNS_SHOWN))
        p.note { "It adds to the load of its day and to nothing else. Heart rate: the part of the time that has a usable one." }
    }
}

fn row(analysis: &Analysis, run: &Run) -> Vec<Markup> {
    let units = analysis.units;
    let title = run.title.as_deref().map(text::clean).unwrap_or_default();
    let pace = |speed: Option<f64>| speed.map_or_else(|| "–".to_owned(), |speed| bare_pace(units, speed));
    vec![
        html! { (run.date) },
        html! {
            (run.session_kind.name())
            @if let Some(over) = over_longest(run) { span.under { (over) " over longest" } }
        },
        html! { (number_or_dash(run.distance_m.map(|metres| metres / units.long_m()), 1)) },
        html! { (pace(run.avg_speed_mps)) },
        html! { (number_or_dash(run.load_au, 0)) },
        html! { (duration_or_dash(run.timer_s)) },
        html! { @if let Some(speed) = run.gap_speed_mps { (bare_pace(units, speed)) } },
        html! { (number_or_dash(run.avg_hr_bpm, 0)) },
        html! { @if let Some(metres) = run.ascent_m { (text::number(metres / units.short_m(), 0)) } },
        html! { (run.load_basis.map_or("–", basis)) },
        html! { @if !title.is_empty() { bdi { (title) } br; } (quality(analysis, run)) },
    ]
}

/// A time; nothing lasts 0 s, so that is one that is not known.
fn duration_or_dash(seconds: f64) -> String {
    if seconds > 0.0 { duration(seconds) } else { "–".to_owned() }
}

/// A pace without its unit, which the head of the column names.
fn bare_pace(units: Units, speed_mps: f64) -> String {
    let pace = units.pace(speed_mps);
    pace.split('/').next().filter(|pace| !pace.is_empty()).unwrap_or("–").to_owned()
}

/// How much longer than the longest of 30 days, where it was more than 10 % longer.
fn over_longest(run: &Run) -> Option<String> {
    let stands_out = matches!(run.spike_class?, SpikeClass::Small | SpikeClass::Moderate | SpikeClass::Large);
    run.spike_ratio.filter(|_| stands_out).map(|ratio| change((ratio - 1.0) * 100.0))
}

/// What of the file could be used, in words.
fn quality(analysis: &Analysis, run: &Run) -> String {
    let mut parts = Vec::new();
    if let Some(of) = &run.duplicate_of {
        let kept = analysis.runs.iter().find(|other| other.id == *of && other.counts());
        let of = kept.map_or_else(|| "another file".to_owned(), |kept| text::clean(&kept.file));
        parts.push(format!("copy of {of}, not counted"));
    }
    if run.hr_coverage <= 0.0 {
        parts.push("no heart rate".to_owned());
    } else if !run.notices.iter().any(|notice| notice.starts_with(SAYS_COVERAGE)) {
        parts.push(format!("heart rate {}", text::share(run.hr_coverage)));
    }
    parts.extend(run.notices.iter().map(|notice| text::clean(notice)));
    parts.join("; ")
}

fn basis(basis: LoadBasis) -> &'static str {
    match basis {
        LoadBasis::Hr => "heart rate",
        LoadBasis::Imputed => "own speed",
        LoadBasis::Pace => "pace",
        LoadBasis::Power => "power",
        LoadBasis::Rpe => "RPE",
        LoadBasis::Duration => "duration",
        LoadBasis::LeftOut => "left out",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{sample, tiny};

    #[test]
    fn runs_say_how_good_they_are() {
        let mut analysis = sample(30);
        let n = analysis.runs.len();
        (analysis.runs[n - 1].hr_coverage, analysis.runs[n - 2].hr_coverage) = (0.71, 0.9);
        analysis.runs[n - 1].notices =
            vec!["heart rate covers 71 % of the timer and stands for all of it".into()];
        analysis.runs[n - 2].notices = vec!["checksum is <wrong>".into()];
        let page = section(&analysis).into_string();
        for words in [
            ">heart rate covers 71 % of the timer and stands for all of it<",
            ">heart rate 90 %; checksum is &lt;wrong&gt;<",
            "copy of ",
            ", not counted",
            " over longest</span>",
            "<table class=\"sortable\">",
            &format!("<summary>{} more rows</summary>", n - RUNS_SHOWN),
        ] {
            assert!(page.contains(words), "{words}");
        }
        assert!(section(&tiny()).into_string().contains("no heart rate"));
    }

    #[test]
    fn an_imperial_table_has_no_metre() {
        let page = section(&Analysis { units: Units::Imperial, ..sample(6) }).into_string();
        assert!(page.contains(">min/mi<") && page.contains(">climb, ft<") && !page.contains("km"), "{page}");
    }
}
