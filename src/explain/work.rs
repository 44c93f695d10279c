//! Flags, block, ceiling and need of a day.

use super::context::Context;
use super::tree::Explanation;
use crate::load::day::{DayState, LoadFlag};
use crate::load::days::{BIG_WEEK, LAY_OFF_DAYS, MIN_WEEK_M, own_quantile};
use crate::massage::day::DayWork;
use crate::massage::need::{LIGHT_SHARE, MAX_DUE, UNKNOWN_DUE};
use crate::massage::window::{Limit, Reason, Window, WindowKind};
use crate::model::calendar::days_between;
use crate::model::{Day, Depth};
use crate::signals;

pub(super) fn of(context: &Context<'_>, t: usize, name: &str, told: Explanation) -> Explanation {
    match name {
        "flags" => flags(context, t, told),
        "block" => block(context, t, told),
        _ => work(context, context.day(t).date, name == "need", told),
    }
}

fn flags(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let day = context.day(t);
    let date = day.date.to_string();
    let flag = |flag: LoadFlag, rule: &str| {
        Explanation::new(flag.name(), date.clone(), day.flags.contains(&flag)).formula(rule)
    };
    let before = &*context.rows_before(t);
    let series = &context.series;
    // A signal is read and not expected.
    let is_past = day.state != DayState::Projected;
    let raised = signals::raised(&context.analysis.signals, day.date).into_iter().filter(|_| is_past);
    let own = [
        flag(LoadFlag::SpikeSession, "spike_ratio over 1.10").with("spike_ratio", day.spike_ratio, "ratio"),
        flag(LoadFlag::BigWeek, "week of at least 10 km and 1.30 times the mean of the three before")
            .with("week_m", series.week_m(t), "m")
            .with("before_m", series.week_before_m(t), "m")
            .with("least_m", MIN_WEEK_M, "m")
            .with("times", BIG_WEEK, ""),
        flag(
            LoadFlag::Monotonous,
            "monotony from the own 90th percentile on, in a week of at least median distance",
        )
        .with("monotony", day.monotony, "ratio")
        .with("own_90th", own_quantile(before, |day| day.monotony, 0.9), "ratio")
        .with("week_m", series.week_m(t), "m")
        .with("usual_week_m", series.usual_week_m(t, 365), "m"),
        flag(LoadFlag::DeepNegativeTsb, "tsb at or below the own 10th percentile")
            .with("tsb", day.tsb, "AU/day")
            .with("own_10th", own_quantile(before, |day| day.tsb, 0.1), "AU/day"),
        flag(LoadFlag::Returning, "the first 28 days after at least 14 without a run"),
        flag(LoadFlag::LayOff, "at least 14 days without a run").with("days_off", day.days_off, "d").with(
            "from",
            LAY_OFF_DAYS,
            "d",
        ),
    ];
    let of_signals = raised.map(|kind| {
        let last = context.analysis.signals.iter().rev().find(|one| one.kind == kind && one.date <= day.date);
        let shown = last.map(|one| format!("shown by the reading of {}: --metric {}", one.date, kind.name()));
        Explanation::new(kind.name(), date.clone(), true).formula(kind.words()).notes(shown)
    });
    let told = told.note("descriptive: it moves timing and depth, it predicts nothing");
    told.from(own).from(of_signals.collect::<Vec<_>>())
}

fn block(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let Some(block) = context.analysis.block_on(context.day(t).date) else { return told };
    told.with("start", block.start.to_string(), "")
        .with("end", block.end.to_string(), "")
        .with("distance_m_per_week", block.distance_m_per_week, "m")
        .with("trend_pct_per_week", block.trend_pct_per_week, "%")
        .with("high_share", block.high_share, "share")
        .with("longest_run_m", block.longest_run_m, "m")
        .notes(block.reasons.iter().map(|reason| reason.text.clone()))
}

/// Ceiling or need of a day, past or to come.
pub(super) fn work(context: &Context<'_>, date: Day, is_need: bool, told: Explanation) -> Explanation {
    let work = &context.analysis.work;
    let Ok(found) = work.binary_search_by_key(&date, |work| work.date) else { return told };
    let day = &work[found];
    if !is_need {
        let limit = |(depth, limit): &(Depth, Limit)| {
            let of = Explanation::new(limit.rule, limit.date.to_string(), depth.name());
            of.note(limit.text.clone())
        };
        return told.from(day.limits.iter().map(limit));
    }
    let before = || context.analysis.massages.iter().filter(|had| had.date < date);
    let last = before().map(|had| had.date).max();
    let is_light = before().max_by_key(|had| had.date).is_some_and(|had| had.depth == Depth::Light);
    let firm = before().filter(|had| had.depth > Depth::Light).map(|had| had.date).max();
    let told = told
        .with("days_since_last_session", last.map(|last| days_between(last, date)), "d")
        .with("light_session_takes_off", is_light.then_some(LIGHT_SHARE), "")
        .with("days_since_more_than_light", firm.map(|firm| days_between(firm, date)), "d")
        .with("usual_interval", day.every_days, "d")
        .with("most_due", MAX_DUE, "")
        .with("due_without_a_session", UNKNOWN_DUE, "")
        .with("due", day.due, "")
        .note(sum(day));
    let reason = |reason: &Reason| {
        let of = Explanation::new(reason.rule, date.to_string(), reason.adds);
        of.note(format!("{} (grade {})", reason.text, reason.grade.name()))
    };
    told.notes(advised(context, date, last)).from(day.reasons.iter().map(reason))
}

/// The need as a sum: `1.50 + 0.40 (R3) + 0.30 (R4) = 2.20`.
fn sum(day: &DayWork) -> String {
    let triggers = day.reasons.iter().skip(1).filter(|reason| reason.adds != 0.0);
    let adds: Vec<String> =
        triggers.map(|reason| format!(" + {:.2} ({})", reason.adds, reason.rule)).collect();
    format!("{:.2}{} = {:.2}", day.due, adds.concat(), day.need)
}

/// Says of a day in a window before which a session is advised that the window counts it.
fn advised(context: &Context<'_>, date: Day, last: Option<Day>) -> Option<String> {
    let is_regular = |window: &&Window| !matches!(window.kind, WindowKind::PreRace | WindowKind::PostRace);
    let windows = || context.analysis.windows.iter().filter(is_regular);
    let window = windows().find(|window| (window.start..=window.end).contains(&date))?;
    let before = windows().map(|one| one.best).filter(|best| *best < window.best);
    let advised = before.max().filter(|best| last.is_none_or(|last| last < *best))?;
    Some(format!(
        "windows count advised sessions, this day counts those on record: the window of {} to {} counts the one advised for {advised}",
        window.start, window.end
    ))
}
