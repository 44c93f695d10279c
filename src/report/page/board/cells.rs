//! The cells of a row.

use super::Cell;
use crate::board::{Row, stands_out};
use crate::diff::Changes;
use crate::model::calendar::days_between;
use crate::report::text;
use crate::signals::SignalKind;
use crate::tissue::relative::TissueFlag;
use maud::{Markup, html};

/// Days without a run from which a row says so.
const QUIET_DAYS: u32 = 3;
/// Part of the load put in from which a row says so.
const IMPUTED_SHARE: f64 = 0.10;

/// Where nothing is known or nothing stands out.
fn none() -> Cell {
    Cell { content: html! { "–" }, value: None }
}

/// What it is, and below it what stands behind it, a line each.
fn lines(first: &Markup, behind: &[&str], value: f64) -> Cell {
    let content = html! {
        span.first { (first) }
        @for line in behind.iter().filter(|line| !line.is_empty()) { span.second { (line) } }
    };
    Cell { content, value: Some(value) }
}

/// The runner with the way to both pages.
pub(super) fn name(row: &Row) -> Markup {
    let (folder, name) = (address(&row.athlete), text::clean(&row.athlete));
    html! {
        a href={ (folder) "/report.html" } { bdi { (name) } }
        " "
        a.brief href={ (folder) "/brief.html" } {
            "brief" span.hidden { " for the therapist of " bdi { (name) } }
        }
    }
}

/// The name of a folder as part of an address.
fn address(folder: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    folder
        .bytes()
        .map(|byte| if is_plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// What decides the place of the row, and what moved since the last report.
pub(super) fn why(row: &Row, changes: Option<&Changes>) -> Markup {
    let deciding = text::capital(&row.deciding().join("; "));
    html! {
        span.reason { (text::clean(&deciding)) "." }
        @if let Some(changes) = changes {
            span.moved { b { "Δ" } " " (text::clean(&changes.words(row.units).join("; "))) "." }
        }
    }
}

pub(super) fn volume(row: &Row) -> Cell {
    let volume = &row.volume;
    let Some(last) = volume.last_7d_m else {
        let Some(week) = volume.week_m else { return none() };
        let so_far = format!("{} of 7 days", volume.week_days);
        return lines(&html! { (row.units.distance(week)) }, &["this week", &so_far], week);
    };
    let usual = volume.usual_week_m.map(|usual| format!("usual {}", row.units.distance(usual)));
    let change = volume.change_pct().map(text::change);
    let behind = [usual.as_deref().unwrap_or_default(), change.as_deref().unwrap_or_default()];
    lines(&html! { (row.units.distance(last)) }, &behind, last)
}

pub(super) fn spike(row: &Row) -> Cell {
    let Some(spike) = row.spike else { return none() };
    let longer = text::change((spike.ratio - 1.0) * 100.0);
    if stands_out(spike.class) {
        let mark = html! { i.up aria-hidden="true" { "▲" } " " (longer) };
        lines(&mark, &[spike.class.name(), &text::day(spike.date)], spike.ratio)
    } else {
        lines(&html! { "none" }, &[&format!("longest {longer}")], spike.ratio)
    }
}

pub(super) fn ratio(row: &Row) -> Cell {
    let Some(ratio) = row.ratio else {
        let why = if row.pause.is_some() { "a pause" } else { "too little known" };
        return Cell { content: html! { span.first { "–" } span.second { (why) } }, value: None };
    };
    let place = row.ratio_percentile.map_or_else(
        || "short history".to_owned(),
        |percentile| format!("percentile {}", text::number(percentile, 0)),
    );
    // What a load is of goes without saying where it is of runs.
    let scope = Some(row.load_scope.as_str()).filter(|scope| *scope != "runs");
    let below: Vec<&str> = std::iter::once(place.as_str()).chain(scope).collect();
    lines(&html! { (text::number(ratio, 2)) }, &below, ratio)
}

/// Tissues, then signals.
pub(super) fn up(row: &Row) -> Cell {
    let n = row.tissues.len() + row.signals.len();
    if n == 0 {
        return none();
    }
    let shape = |flag: TissueFlag| match flag {
        TissueFlag::High => "▲",
        TissueFlag::Elevated => "△",
        TissueFlag::Emphasis => "·",
    };
    let content = html! { ul {
        @for one in &row.tissues { li {
            i.up aria-hidden="true" { (shape(one.flag)) } " " (one.tissue.short()) " "
            span.times { (text::number(one.ratio, 1)) "×" span.hidden { " " (one.flag.name()) } }
        } }
        @for one in row.signals.iter().copied().map(SignalKind::short) { li {
            i.signal aria-hidden="true" { "○" } " " (one)
        } }
    } };
    Cell { content, value: Some(n as f64) }
}

pub(super) fn race(row: &Row) -> Cell {
    let Some(race) = &row.race else { return none() };
    let away = text::distance_in_days(race.in_days);
    let name = html! { (away) span.second.name { bdi { (text::clean(&race.name)) } } };
    lines(&name, &[], race.in_days as f64)
}

pub(super) fn window(row: &Row) -> Cell {
    let Some(window) = &row.window else { return none() };
    let (shape, depth) = (if window.is_open { "● open, " } else { "" }, window.depth.name());
    let choice = if window.is_optional { ", optional" } else { "" };
    let days = days_between(row.as_of, window.best);
    lines(&html! { (shape) (depth) (choice) }, &[&text::span(window.start, window.end)], days as f64)
}

pub(super) fn massage(row: &Row) -> Cell {
    let Some(since) = row.massage.days_since else {
        return Cell {
            content: html! { span.first { "–" } span.second { "none on record" } }, value: None
        };
    };
    let every = row.massage.every_days;
    let every = every.map_or_else(String::new, |every| format!("every {} planned", text::number(every, 0)));
    let (mark, overdue) = if row.massage.is_overdue { ("● ", "overdue") } else { ("", "") };
    lines(&html! { (mark) (text::distance_in_days(-since)) }, &[overdue, &every], since as f64)
}

pub(super) fn gaps(row: &Row) -> Cell {
    let gaps = &row.gaps;
    let Some(since) = gaps.days_since_run else {
        return Cell { content: html! { "no run read" }, value: Some(f64::from(u16::MAX)) };
    };
    let unknown = (gaps.unknown_days > 0).then(|| text::count(gaps.unknown_days as usize, "unknown day"));
    let quiet = (since >= QUIET_DAYS).then(|| format!("last run {since} days ago"));
    let imputed = gaps.imputed_share.filter(|part| *part >= IMPUTED_SHARE);
    let imputed = imputed.map(|part| format!("{} of load not measured", text::share(part)));
    let all: Vec<String> = [unknown, quiet, imputed].into_iter().flatten().collect();
    if all.is_empty() {
        return none();
    }
    let size = f64::from(gaps.unknown_days) + f64::from(since) / 100.0;
    Cell { content: html! { ul { @for one in &all { li { (one) } } } }, value: Some(size) }
}
