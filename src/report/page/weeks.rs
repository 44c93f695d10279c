//! The weeks as a table, latest first.

use super::table::{numbers, sortable_table, words};
use crate::analysis::Analysis;
use crate::load::day::{DayState, WeekRow};
use crate::model::units::{Units, duration};
use crate::report::text::{change, number, number_or_dash, share};
use maud::{Markup, html};

/// Rows before the fold.
const WEEKS_SHOWN: usize = 26;

/// The weeks.
pub fn section(analysis: &Analysis) -> Markup {
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
        (sortable_table(&format!("Weeks, with the load of {}", analysis.load_scope()), &columns, rows, WEEKS_SHOWN))
        p.note { "Load: of " (analysis.load_scope()) "; 100 is an hour at threshold. Ratio: mean load of 7 days over that of 28, on the last day of the week. Low, moderate and high: \
                  shares of the time below, between and above the two thresholds. A dash is not known." }
    }
}

fn week_row(week: &WeekRow, units: Units, climb: &str) -> Vec<Markup> {
    let [low, moderate, high] = week.zone_shares().map_or([None; 3], |shares| shares.map(Some));
    let zone = |value: Option<f64>| html! { (value.map_or_else(|| "–".to_owned(), share)) };
    vec![
        html! {
            time datetime=(week.start) { (week.start) }
            @if !week.is_whole() { span.tag { (week.n_known()) " of 7 days" @if week.n_lost > 0 { " known" } } }
            @if week.state == DayState::Unknown { span.tag { "load not known" } }
        },
        html! { (week.n_runs) },
        html! { (number(week.distance_m / units.long_m(), 1)) },
        html! { (week.ramp_pct.filter(|_| week.is_whole()).map_or_else(|| "–".to_owned(), change)) },
        html! { (number(week.longest_run_m / units.long_m(), 1)) },
        html! { (if week.n_runs > 0 && week.timer_s <= 0.0 { "–".to_owned() } else { duration(week.timer_s) }) },
        html! { (climb) },
        html! { (number_or_dash(week.load_au, 0)) },
        html! { (number_or_dash(week.load_ratios.coupled, 2)) },
        zone(low),
        zone(moderate),
        zone(high),
    ]
}
