//! Acute and chronic load and their ratios, and why one is withheld.

use super::context::{Context, window};
use super::day::{metric, place_in_history};
use super::tree::{Explanation, List};
use crate::config::EwmaSeed;
use crate::load::day::Withheld;
use crate::load::days::{
    EWMA_BURN_IN_DAYS, LAY_OFF_DAYS, MAX_IMPUTED_SHARE, MIN_WEEK_M, PERCENTILE_DAYS, SEED_DAYS,
};
use crate::load::ewma::span_weight;
use crate::load::ratio::{coupled, mean_to, quantile};
use crate::score::run::{LoadBasis, Run};

/// Loads, and what ratios are made from.
pub(super) fn base(context: &Context<'_>, t: usize, name: &str, told: Explanation) -> Explanation {
    let series = &context.series;
    match name {
        "acute_au" => mean(context, t, 7, told),
        "chronic_au" => mean(context, t, 28, told),
        "imputed_share" => {
            let imputed = context.by_date("imputed_au", "AU", window(t, 28), |day| series.imputed[day]);
            let is_full = t + 1 >= 28;
            let told = told.with("imputed_mean_au", mean_to(&series.imputed, t, 28), "AU/day");
            let told = told.with("chronic_au", series.chronic[t], "AU/day").list(imputed);
            let told = told.list(context.loads(t, 28)).from(context.behind(t, 28));
            told.notes((!is_full).then(|| place_in_history(context, t, 28)))
        }
        "acute_rescaled" => {
            let year = window(t, 365);
            let own: Vec<f64> = series.chronic[year.clone()].iter().flatten().copied().collect();
            let chronic = context.by_date("chronic_au", "AU/day", year, |day| series.chronic[day]);
            let told = told.with("acute_au", mean_to(&series.loads, t, 7), "AU/day");
            let told = told.with("usual_chronic_au", quantile(&own, 0.5), "AU/day");
            told.list(chronic).list(context.loads(t, 7))
        }
        _ => {
            let why = series_withheld(context, t);
            let mut told = told.notes(why.is_none().then(|| "every condition holds".to_owned()));
            told.null_means = "nothing: the ratio is given";
            conditions(context, t, told)
        }
    }
}

fn mean(context: &Context<'_>, t: usize, n: usize, told: Explanation) -> Explanation {
    let told = told.list(context.loads(t, n)).notes(unknown(context, t, n));
    let told = if t + 1 < n { told.note(place_in_history(context, t, n)) } else { told };
    told.from(context.behind(t, n))
}

/// Says of unknown days that they are left out.
fn unknown(context: &Context<'_>, t: usize, n: usize) -> Option<String> {
    let unknown = context.series.loads[window(t, n)].iter().filter(|load| load.is_none()).count();
    (unknown > 0)
        .then(|| format!("{unknown} of {n} days unknown, left out; over 15 % of them withhold the mean"))
}

fn series_withheld(context: &Context<'_>, t: usize) -> Option<Withheld> {
    context.day(t).withheld
}

/// What must hold for a ratio on load, with the numbers of the day.
fn conditions(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let series = &context.series;
    let unknown = series.loads[window(t, 28)].iter().filter(|load| load.is_none()).count();
    floors(context, t, told)
        .with("unknown_days_28", unknown, "d")
        .with("imputed_share", series.imputed_share(t), "share")
        .with("most_imputed_share", MAX_IMPUTED_SHARE, "share")
}

/// What must hold for a ratio of anything.
fn floors(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let series = &context.series;
    let week_m = mean_to(&series.distances, t, 28).map(|mean| 7.0 * mean);
    told.with("days_of_history", t + 1, "d")
        .with("days_of_history_needed", SEED_DAYS, "d")
        .with("days_off", series.off[t], "d")
        .with("lay_off_from", LAY_OFF_DAYS, "d")
        .with("week_of_28_days_m", week_m, "m")
        .with("quarter_of_usual_week_m", series.usual_week_m(t, 180).map(|usual| 0.25 * usual), "m")
        .with("least_week_m", MIN_WEEK_M, "m")
}

/// `no ratio: …`, with the numbers that led to it.
fn withheld(context: &Context<'_>, t: usize, why: Withheld, told: Explanation) -> Explanation {
    let told = told.note(format!("no ratio: {}", why.words()));
    let told = match why {
        Withheld::ShortHistory => told.note(place_in_history(context, t, SEED_DAYS)),
        Withheld::NoBase => told.note(
            "the week of 28 days has to reach both 10 km and a quarter of the usual week of 180 days"
                .to_owned(),
        ),
        Withheld::UnknownDays | Withheld::Imputed => {
            let is_put_in = |run: &&Run| run.load_basis.is_none_or(LoadBasis::is_imputed);
            told.from(context.runs_of(t, 28).filter(is_put_in).map(super::run::load_in_short))
        }
        Withheld::LayOff => told,
    };
    conditions(context, t, told)
}

/// Ratios on load.
pub(super) fn on_load(context: &Context<'_>, t: usize, name: &str, told: Explanation) -> Explanation {
    let series = &context.series;
    if let Some(why) = series_withheld(context, t) {
        return withheld(context, t, why, told).list(context.loads(t, 28));
    }
    match name {
        "acwr_coupled" => {
            let told = told.with("acute_au", mean_to(&series.loads, t, 7), "AU/day");
            let told = told.with("chronic_au", series.chronic[t], "AU/day").list(context.loads(t, 28));
            told.notes(unknown(context, t, 28)).from(context.behind(t, 28))
        }
        "acwr_uncoupled" => {
            let told = told.with("acute_au", mean_to(&series.loads, t, 7), "AU/day");
            let before = t.checked_sub(7).and_then(|day| mean_to(&series.loads, day, 21));
            let told = told.with("before_au", before, "AU/day").list(context.loads(t, 28));
            told.notes(unknown(context, t, 28))
                .notes(no_week_before(before))
                .notes(small_weeks_before(context, t))
                .from(context.behind(t, 28))
        }
        "acwr_ewma" => {
            let told = weighted(context, t, &series.ewma_load, "load_au", series.loads[t], told);
            told.from(context.behind(t, 1))
        }
        "acwr_percentile" => percentile(context, t, told),
        _ => range(context, t, told),
    }
}

/// Why the uncoupled form has none where the others do: the last week is no part of its base.
fn small_weeks_before(context: &Context<'_>, t: usize) -> Option<String> {
    (!context.series.has_base_before(t)).then(|| {
        "the three weeks before have to reach both 10 km a week and a quarter of the usual week of 180 days"
            .to_owned()
    })
}

fn no_week_before(before: Option<f64>) -> Option<String> {
    match before {
        Some(mean) if mean > 0.0 => None,
        Some(_) => Some("no ratio: the 21 days before the week are all rest".to_owned()),
        None => Some("no ratio: too many of the 21 days before the week are not known".to_owned()),
    }
}

/// Both weighted means from yesterday's and today's value.
fn weighted(
    context: &Context<'_>,
    t: usize,
    means: &[Vec<Option<f64>>; 2],
    name: &'static str,
    today: Option<f64>,
    told: Explanation,
) -> Explanation {
    let series = &context.series;
    let known = series.loads[window(t, 28)].iter().flatten().count();
    let (burn_in, seed) = match series.conventions.ewma_seed {
        EwmaSeed::Mean28 => (EWMA_BURN_IN_DAYS, "both start at the mean of the first 28 days"),
        EwmaSeed::FirstDay => (SEED_DAYS, "both start at the first day's own value"),
    };
    let yesterday = |mean: &[Option<f64>]| t.checked_sub(1).and_then(|before| mean[before]);
    let told = told
        .with("today", today, "")
        .with("mean_7_yesterday", yesterday(&means[0]), "")
        .with("weight_7", span_weight(7.0), "")
        .with("mean_7", means[0][t], "")
        .with("mean_28_yesterday", yesterday(&means[1]), "")
        .with("weight_28", span_weight(28.0), "")
        .with("mean_28", means[1][t], "")
        .note(seed)
        .notes(today.is_none().then(|| format!("{name} of the day is unknown: both means hold their value")));
    let told = if told.value.is_null() && t + 1 < burn_in {
        let start = "no ratio: its start still weighs too much".to_owned();
        told.note(start).note(place_in_history(context, t, burn_in))
    } else if told.value.is_null() && known < 24 {
        told.note(format!("no ratio: {known} of 28 loads are known, and 24 are needed"))
    } else {
        told
    };
    told.list(context.by_date("mean_7", "", window(t, 7), |day| means[0][day])).list(context.by_date(
        "mean_28",
        "",
        window(t, 7),
        |day| means[1][day],
    ))
}

fn percentile(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let series = &context.series;
    let own: Vec<f64> = series.coupled[window(t, 365)].iter().flatten().copied().collect();
    let at_most = series.coupled[t].map(|today| own.iter().filter(|one| **one <= today).count());
    let told = told
        .with("acwr_coupled", series.coupled[t], "ratio")
        .with("days_at_most_today", at_most, "d")
        .with("days_with_a_ratio", own.len(), "d")
        .list(context.by_date("acwr_coupled", "ratio", window(t, 365), |day| series.coupled[day]));
    let is_short = t + 1 < PERCENTILE_DAYS;
    let told = told.notes(is_short.then(|| place_in_history(context, t, PERCENTILE_DAYS)));
    told.from([metric(context, t, "acwr_coupled").brief()])
}

fn range(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let loads = &context.series.loads;
    let pairs = [5, 7, 10].into_iter().flat_map(|acute| [21, 28, 35].map(|chronic| (acute, chronic)));
    let values =
        pairs.map(|(acute, chronic)| (format!("{acute}/{chronic}"), coupled(loads, t, acute, chronic)));
    let nine = List { name: "coupled", by: "days", unit: "ratio", values: values.collect() };
    told.list(nine).list(context.loads(t, 35)).from([metric(context, t, "acwr_coupled").brief()])
}

/// Ratios on distance.
pub(super) fn on_distance(context: &Context<'_>, t: usize, name: &str, told: Explanation) -> Explanation {
    let series = &context.series;
    if let Some(why) = series.no_base(t) {
        let told = told.note(format!("no ratio: {}", why.words()));
        return floors(context, t, told).list(context.distances(t, 28));
    }
    let told = match name {
        "distance_acwr_coupled" => told.with("acute_m", mean_to(&series.distances, t, 7), "m/day").with(
            "chronic_m",
            mean_to(&series.distances, t, 28),
            "m/day",
        ),
        "distance_acwr_uncoupled" => {
            let before = t.checked_sub(7).and_then(|day| mean_to(&series.distances, day, 21));
            let told = told.with("acute_m", mean_to(&series.distances, t, 7), "m/day");
            told.with("before_m", before, "m/day")
                .notes(no_week_before(before))
                .notes(small_weeks_before(context, t))
        }
        _ => return weighted(context, t, &series.ewma_distance, "distance_m", series.distances[t], told),
    };
    told.list(context.distances(t, 28)).from(context.distances_behind(t, 28))
}
