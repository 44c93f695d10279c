//! Weeks, blocks and runs as tables, latest first.

use super::{folded_table, numbers, prose, words};
use crate::analysis::Analysis;
use crate::blocks::{Block, Change, Confidence, Emphasis};
use crate::load::day::{DayState, WeekRow};
use crate::model::units::{Units, duration};
use crate::report::text::{self, change, number, number_or_dash, share};
use crate::score::run::{LoadBasis, Run, SpikeClass};
use maud::{Markup, html};

/// Rows before the fold.
const WEEKS_SHOWN: usize = 12;
const BLOCKS_SHOWN: usize = 8;
const RUNS_SHOWN: usize = 20;

/// The weeks.
pub fn weeks(analysis: &Analysis) -> Markup {
    let unit = analysis.units.long_name();
    let columns = [
        words("week of"),
        numbers("runs"),
        numbers(unit),
        numbers("change"),
        numbers("longest"),
        numbers("time"),
        numbers("climb"),
        numbers("load"),
        numbers("ratio"),
        numbers("low"),
        numbers("moderate"),
        numbers("high"),
    ];
    // Without any altitude a climb of 0 would be made up; an empty column is left out.
    let knows_climb = analysis.runs.iter().any(|run| run.counts() && run.ascent_m.is_some());
    let climb = |week: &WeekRow| {
        if knows_climb { analysis.units.height(week.ascent_m) } else { String::new() }
    };
    let rows: Vec<Vec<Markup>> =
        analysis.weeks.iter().rev().map(|week| week_row(week, analysis.units, &climb(week))).collect();
    html! {
        (folded_table("Weeks", &columns, rows, WEEKS_SHOWN))
        p.note { "Ratio: mean load of 7 days over that of 28, on the last day of the week. Low, moderate and high: \
                  shares of the time below, between and above the two thresholds. A dash is not known." }
    }
}

fn week_row(week: &WeekRow, units: Units, climb: &str) -> Vec<Markup> {
    let [low, moderate, high] = week.zone_shares().map_or([None; 3], |shares| shares.map(Some));
    let zone = |value: Option<f64>| html! { (value.map_or_else(|| "–".to_owned(), share)) };
    vec![
        html! {
            time datetime=(week.start) { (week.start) }
            @if !week.is_whole() { span.tag { (week.n_days) " of 7 days" } }
            @if week.state == DayState::Unknown { span.tag { "load not known" } }
        },
        html! { (week.n_runs) },
        html! { (number(week.distance_m / units.long_m(), 1)) },
        html! { (week.ramp_pct.filter(|_| week.is_whole()).map_or_else(|| "–".to_owned(), change)) },
        html! { (number(week.longest_run_m / units.long_m(), 1)) },
        html! { (duration(week.timer_s)) },
        html! { (climb) },
        html! { (number_or_dash(week.load_au, 0)) },
        html! { (number_or_dash(week.load_ratios.coupled, 2)) },
        zone(low),
        zone(moderate),
        zone(high),
    ]
}

/// The blocks.
pub fn blocks(analysis: &Analysis) -> Markup {
    if analysis.blocks.is_empty() {
        return html! { p { "The history is too short to be parted into blocks." } };
    }
    let columns = [
        words("from"),
        words("to"),
        words("phase"),
        numbers("days"),
        numbers(format!("{} a week", analysis.units.long_name())),
        numbers("trend a week"),
        numbers("high"),
        numbers("longest"),
        prose("against the block before"),
        prose("massage"),
        prose("why it is called so"),
    ];
    let rows: Vec<Vec<Markup>> =
        analysis.blocks.iter().rev().map(|block| block_row(block, analysis.units)).collect();
    html! {
        (folded_table("Blocks", &columns, rows, BLOCKS_SHOWN))
        p.note { "Names of blocks describe; there is no agreed way to compute them. Blocks are compared from seven days on. A lighter \
                  week has at most 80 % of the mean of the three before." }
    }
}

fn block_row(block: &Block, units: Units) -> Vec<Markup> {
    let texts: Vec<&str> = block.reasons.iter().map(|reason| reason.text.as_str()).collect();
    vec![
        html! { time datetime=(block.start) { (block.start) } },
        html! { time datetime=(block.end) { (block.end) } },
        html! {
            (text::plain_word(block.phase.name()))
            @if block.confidence < Confidence::High { span.tag { "short history" } }
        },
        html! { (block.n_days) },
        html! { (number(block.distance_m_per_week / units.long_m(), 1)) },
        html! { (block.trend_pct_per_week.map_or_else(|| "–".to_owned(), change)) },
        html! { (block.high_share.map_or_else(|| "–".to_owned(), share)) },
        html! { (number(block.longest_run_m / units.long_m(), 1)) },
        html! { (against_before(&block.change)) },
        html! { (massage(block)) },
        html! { (text::clean(&texts.join("; "))) },
    ]
}

/// What moved, in words: `distance +8 %, load +12 %, hard time −2 points`.
fn against_before(moved: &Change) -> String {
    let percent = |what: &str, value: Option<f64>| value.map(|value| format!("{what} {}", change(value)));
    let hard = moved.high_share.map(|share| {
        let points = number(100.0 * share, 0);
        let sign = if share > 0.0 && points != "0" { "+" } else { "" };
        format!("hard time {sign}{points} points")
    });
    let parts = [
        percent("distance", moved.distance_pct),
        percent("load", moved.load_pct),
        percent("longest run", moved.longest_run_pct),
        hard,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn massage(block: &Block) -> String {
    let what = match block.massage {
        Emphasis::Deep => "deep maintenance",
        Emphasis::Maintenance => "maintenance",
        Emphasis::Targeted => "moderate, targeted",
        Emphasis::LightOnly => "light only",
        Emphasis::RecoveryOnly => "recovery only",
        Emphasis::None => return "none".to_owned(),
    };
    let every = block.every_days.map_or_else(String::new, |days| format!(", every {days} days"));
    let weekday = block.best_weekday.map_or_else(String::new, |weekday| format!(", best on {weekday}"));
    format!("{what}{every}{weekday}")
}

/// The runs.
pub fn runs(analysis: &Analysis) -> Markup {
    let unit = analysis.units.long_name();
    let columns = [
        words("date"),
        prose("run"),
        words("kind"),
        numbers(unit),
        numbers("time"),
        numbers("pace"),
        numbers("climb"),
        numbers("heart rate"),
        numbers("load"),
        words("load from"),
        numbers("over longest"),
        prose("notes"),
    ];
    let rows: Vec<Vec<Markup>> = analysis.runs.iter().rev().map(|run| run_row(run, analysis.units)).collect();
    html! {
        (folded_table("Runs", &columns, rows, RUNS_SHOWN))
        p.note { "Time: with the timer running. Over longest: against the \
                  longest run of the 30 days before, where it was more than 10 % longer." }
    }
}

fn run_row(run: &Run, units: Units) -> Vec<Markup> {
    let stands_out =
        matches!(run.spike_class, Some(SpikeClass::Small | SpikeClass::Moderate | SpikeClass::Large));
    let over = run.spike_ratio.filter(|_| stands_out).map(|ratio| change((ratio - 1.0) * 100.0));
    let title = run.title.as_deref().map(text::clean).unwrap_or_default();
    vec![
        html! { time datetime=(run.date) { (run.date) } },
        html! { @if !title.is_empty() { bdi { (title) } } @if run.is_race { span.tag { "race" } } @if !run.counts() { span.tag { "copy, not counted" } } },
        html! { (run.session_kind.name()) },
        html! { (number_or_dash(run.distance_m.map(|metres| metres / units.long_m()), 1)) },
        html! { (duration(run.timer_s)) },
        html! { (run.avg_speed_mps.map_or_else(|| "–".to_owned(), |speed| units.pace(speed))) },
        html! { (run.ascent_m.map_or_else(String::new, |metres| units.height(metres))) },
        html! { (number_or_dash(run.avg_hr_bpm, 0)) },
        html! { (number_or_dash(run.load_au, 0)) },
        html! { (run.load_basis.map_or("–", basis)) },
        html! { (over.unwrap_or_default()) },
        html! { (text::clean(&run.notices.join("; "))) },
    ]
}

fn basis(basis: LoadBasis) -> &'static str {
    match basis {
        LoadBasis::Hr => "heart rate",
        LoadBasis::Imputed => "own speed",
        LoadBasis::Pace => "pace",
        LoadBasis::Power => "power",
        LoadBasis::Rpe => "RPE",
        LoadBasis::Duration => "duration",
    }
}
