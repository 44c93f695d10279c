//! Fitness and form, and how load, distance and intensity are spread over days.

use super::context::{Context, window};
use super::day::place_in_history;
use super::run;
use super::tree::Explanation;
use crate::config::{Fitness, Form};
use crate::load::days::{MIN_RAMP_BASE_M, SEED_DAYS, fitness_weight};
use crate::load::strain::MAX_MONOTONY;
use crate::model::calendar::minus;
use crate::score::polarization::{Undefined, polarization};

pub(super) fn of(context: &Context<'_>, t: usize, name: &str, told: Explanation) -> Explanation {
    match name {
        "ctl" => fitness(context, t, 42.0, &context.series.ctl, told),
        "atl" => fitness(context, t, 7.0, &context.series.atl, told),
        "tsb" if context.series.conventions.form == Form::Yesterday => {
            let told = told.note("what the runner brings into the day: both are of the evening before");
            form(context, t.checked_sub(1), told)
        }
        "tsb" | "tsb_same_day" => form(context, Some(t), told),
        "monotony" | "strain" => strain(context, t, name, told),
        "ramp_pct" => ramp(context, t, told),
        "spike_ratio" => {
            let runs = context.runs_on(context.day(t).date);
            let told = told.from(runs.map(|one| run::metric(context, one, "spike_ratio")));
            told.notes((context.day(t).n_runs == 0).then(|| "no run on this day".to_owned()))
        }
        "days_since_run" => {
            let last = (0..=t).rev().find(|day| context.day(*day).n_runs > 0);
            told.with("last_run", last.map(|day| context.day(day).date.to_string()), "")
        }
        "hard_runs_share_28d" => hard_runs(context, t, told),
        "longest_30d_m" => {
            let before = t.checked_sub(1).map(|day| window(day, 30));
            let longest = |day: usize| Some(context.day(day).longest_m);
            match before {
                Some(days) => told.list(context.by_date("longest_run_m", "m", days, longest)),
                None => told.note("the first day of the history"),
            }
        }
        _ => intensity(context, t, name, told),
    }
}

/// A mean of fitness or fatigue: from yesterday's, or the mean of the first 28 days that it starts from.
fn fitness(
    context: &Context<'_>,
    t: usize,
    days: f64,
    series: &[Option<f64>],
    told: Explanation,
) -> Explanation {
    let convention = context.series.conventions.fitness;
    let weight = match convention {
        Fitness::Exponential => "1 − e^(−1/τ)",
        Fitness::Reciprocal => "1/τ",
    };
    if t + 1 < SEED_DAYS {
        return told.note(place_in_history(context, t, SEED_DAYS)).list(context.loads(t, SEED_DAYS));
    }
    if t + 1 == SEED_DAYS {
        let told = told.formula("the start: mean of the first 28 days");
        return told.list(context.loads(t, SEED_DAYS)).from(context.behind(t, SEED_DAYS));
    }
    let formula = format!("{}, weight = {weight}, τ = {days} days", told.formula);
    let load = context.series.loads[t];
    told.formula(formula)
        .with("yesterday", series[t - 1], "AU/day")
        .with("load_au", load, "AU")
        .with("weight", fitness_weight(convention, days), "")
        .notes(
            load.is_none().then(|| "the load of the day is unknown: the value of yesterday holds".to_owned()),
        )
        .note(format!("yesterday's is explained with --on {}", context.day(t - 1).date))
        .from(context.behind(t, 1))
}

fn form(context: &Context<'_>, day: Option<usize>, told: Explanation) -> Explanation {
    let Some(day) = day else { return told.note("the first day of the history has no evening before") };
    let (ctl, atl) = (context.series.ctl[day], context.series.atl[day]);
    let told = told.with("ctl", ctl, "AU/day").with("atl", atl, "AU/day");
    let told = told.notes(ctl.is_none().then(|| place_in_history(context, day, SEED_DAYS)));
    told.from(["ctl", "atl"].map(|name| super::day::metric(context, day, name).brief()))
}

fn strain(context: &Context<'_>, t: usize, name: &str, told: Explanation) -> Explanation {
    let told = told.list(context.loads(t, 7));
    let week: Option<Vec<f64>> = context.series.loads[window(t, 7)].iter().copied().collect();
    let Some(week) = week else { return told.note("a day of the seven is unknown") };
    let sum: f64 = week.iter().sum();
    if week.len() < 7 {
        return told.note(place_in_history(context, t, 7));
    }
    if sum <= 0.0 {
        return told.note("a week of rest has no spread");
    }
    let told = told.with("sum_au", sum, "AU").with("mean_au", sum / 7.0, "AU/day");
    let told = told.with("sd_au", sd(&week), "AU/day").with("most", MAX_MONOTONY, "ratio");
    let told = match name {
        "strain" => told.with("monotony", context.day(t).monotony, "ratio"),
        _ => told,
    };
    told.from(context.behind(t, 7))
}

/// Standard deviation (n − 1) of a week.
fn sd(week: &[f64]) -> f64 {
    let n = week.len() as f64;
    let mean = week.iter().sum::<f64>() / n;
    (week.iter().map(|load| (load - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

fn ramp(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let series = &context.series;
    let before = t.checked_sub(7).and_then(|day| series.week_m(day));
    let told = told.with("week_m", series.week_m(t), "m").with("before_m", before, "m");
    let told = told.with("least_before_m", MIN_RAMP_BASE_M, "m").list(context.distances(t, 14));
    let why = match before {
        _ if t < 13 => Some(place_in_history(context, t, 14)),
        Some(before) if before < MIN_RAMP_BASE_M => {
            Some("the week before holds too little to compare with".to_owned())
        }
        _ if told.value.is_null() => Some("too many days without a known distance".to_owned()),
        _ => None,
    };
    told.notes(why).from(context.distances_behind(t, 14))
}

/// Shares of time and the polarization index, from the seconds of 28 days.
fn intensity(context: &Context<'_>, t: usize, name: &str, mut told: Explanation) -> Explanation {
    let zones = context.day(t).month_zone_s;
    for (name, seconds) in ["low_s", "moderate_s", "high_s"].into_iter().zip(zones) {
        told = told.with(name, seconds, "s");
    }
    for (zone, name) in ["low_s", "moderate_s", "high_s"].into_iter().enumerate() {
        let seconds = |day: usize| Some(context.day(day).three_zone_s[zone]);
        told = told.list(context.by_date(name, "s", window(t, 28), seconds));
    }
    if name == "polarization_index" {
        let why = match polarization(zones) {
            _ if t + 1 < 28 => Some(place_in_history(context, t, 28)),
            Err(Undefined::TooLittle) => Some("under 6 h of classified running in 28 days".to_owned()),
            Err(Undefined::HighAboveLow) => Some("more time high than low".to_owned()),
            Ok(found) if found.is_unstable => {
                Some("unsteady: with a share under 1 % a few minutes move it a lot".to_owned())
            }
            Ok(_) => None,
        };
        told = told.notes(why);
    } else if zones.iter().sum::<f64>() <= 0.0 {
        told = told.note("no time of the 28 days could be classified");
    }
    told.from(super::thresholds::of_days(context.analysis, context.runs_of(t, 28).map(|run| run.date)))
}

fn hard_runs(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let (runs, hard) = context.day(t).month_runs;
    let told = told.with("runs", runs, "").with("hard_runs", hard, "");
    let told =
        told.list(context.by_date("runs", "", window(t, 28), |day| Some(context.day(day).n_runs.into())));
    let of_day = |day: usize| Some(context.series.n_hard(day).into());
    let told = told.list(context.by_date("hard_runs", "", window(t, 28), of_day));
    let none = format!("no run from {} on", minus(context.day(t).date, 27));
    told.note("hard: at least 10 % or 8 min above the second threshold").notes((runs == 0).then_some(none))
}
