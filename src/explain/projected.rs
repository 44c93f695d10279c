//! The numbers of a day that is still to come: what is expected, who says so, and what was run before it.

use super::context::Context;
use super::tree::{Explanation, List};
use super::{ratios, recipes, spread, work};
use crate::model::calendar::{minus, plus};
use crate::model::units::duration;
use crate::projection::{Basis, ExpectedDay};
use crate::table;
use serde_json::Value;

/// What a day at a glance shows.
const MAIN: [&str; 12] = [
    "load_au",
    "acute_au",
    "chronic_au",
    "acwr_coupled",
    "ctl",
    "atl",
    "tsb",
    "monotony",
    "ramp_pct",
    "spike_ratio",
    "ceiling",
    "need",
];
/// Weeks back in which the projection looks for usual days.
const WEEKS_BACK: u32 = 8;

/// The day with its main numbers, each a line.
pub(super) fn at_a_glance(context: &Context<'_>, t: usize) -> Explanation {
    let row = context.day(t);
    let told = Explanation::new("day", row.date.to_string(), row.state.name());
    let told = told.notes(basis(context, t));
    told.from(MAIN.iter().map(|name| metric(context, t, name).line()))
}

/// One number of the day, taken apart as on past days: the days before it have their runs, those to come what is
/// expected of them.
pub(super) fn metric(context: &Context<'_>, t: usize, name: &str) -> Explanation {
    let row = context.day(t);
    let values = table::day_values(context.analysis, row);
    let Some((doc, value)) = values.into_iter().find(|(doc, _)| doc.name == name) else {
        return Explanation::new(name, row.date.to_string(), Value::Null);
    };
    let told = Explanation::of_column(&doc, row.date.to_string(), value);
    let told = if name == "need" { told.by(&recipes::NEED) } else { told.by(recipes::of_day(name)) };
    let told = match doc.name {
        "state" | "block" => told,
        "load_au" | "distance_m" | "timer_s" | "longest_run_m" | "n_runs" | "n_quality" => {
            of_day(context, t, doc.name, told)
        }
        "acute_au" | "chronic_au" | "acute_rescaled" | "acwr_withheld" => {
            ratios::base(context, t, doc.name, told)
        }
        "acwr_coupled" | "acwr_uncoupled" | "acwr_ewma" | "acwr_percentile" | "acwr_low" | "acwr_high" => {
            ratios::on_load(context, t, doc.name, told)
        }
        "distance_acwr_coupled" | "distance_acwr_uncoupled" | "distance_acwr_ewma" => {
            ratios::on_distance(context, t, doc.name, told)
        }
        "ctl" | "atl" | "tsb" | "tsb_same_day" | "monotony" | "strain" | "ramp_pct" | "days_since_run"
        | "longest_30d_m" => spread::of(context, t, doc.name, told),
        "spike_ratio" => spike(context, t, told),
        "flags" | "ceiling" | "need" => work::of(context, t, doc.name, told),
        name => told.notes(not_projected(name).map(str::to_owned)),
    };
    let told = told.unless_known(|| unknown_before(context, t)).or_because(&doc).notes(basis(context, t));
    match doc.name {
        "state" | "block" | "ceiling" | "need" | "n_runs" | "n_quality" | "timer_s" | "load_au"
        | "distance_m" | "longest_run_m" => told,
        _ if told.value.is_null() => told,
        _ => told.note(format!(
            "it looks back over what was run to {} and what is expected since",
            context.analysis.as_of
        )),
    }
}

/// Why a number has no value on any day to come.
fn not_projected(name: &str) -> Option<&'static str> {
    match name {
        name if name.starts_with("z_") => Some(table::TISSUES_NOT_PROJECTED),
        "ascent_m" | "descent_m" => Some("climb and descent are not projected"),
        "cross_load_au" => Some("other sport is not projected: days to come hold running alone"),
        "imputed_share" => Some("how much of a load will have to be put in is not projected"),
        "low_s"
        | "moderate_s"
        | "high_s"
        | "low_share_28d"
        | "moderate_share_28d"
        | "high_share_28d"
        | "hard_runs_share_28d"
        | "polarization_index" => Some("time in zones is not projected"),
        _ => None,
    }
}

/// The days to come, up to this one, of which no load or no distance is known.
fn unknown_before(context: &Context<'_>, t: usize) -> Option<String> {
    let date = context.day(t).date;
    let up_to = context.analysis.expected.iter().filter(|day| day.date <= date);
    let unknown: Vec<&ExpectedDay> =
        up_to.filter(|day| day.load_au.is_none() || day.distance_m.is_none()).collect();
    let first = unknown.first()?.date;
    let n = unknown.len();
    Some(format!("not known: of {n} of the days to come, the first {first}, nothing tells load or distance"))
}

/// A sum of the day itself: what tells it.
fn of_day(context: &Context<'_>, t: usize, name: &'static str, told: Explanation) -> Explanation {
    let date = context.day(t).date;
    let Some(day) = context.analysis.expected_on(date) else { return told };
    let told = sizes(day, told.formula(how(day.basis, name)).with("basis", day.basis.name(), ""));
    match day.basis {
        Basis::Plan => told.from(context.analysis.plan.on(date).map(|planned| {
            let title = Explanation::new("planned", date.to_string(), planned.title.clone());
            let title = title.with("kind", planned.kind.name(), "");
            title.with("distance_m", planned.distance_m, "m").with("duration_s", planned.duration_s, "s")
        })),
        Basis::Habit | Basis::Taper | Basis::Recovery => match same_weekday(context, t, name) {
            Some(list) => told.list(list).note(
                "the last four known weeks count, those in a taper or after a long race only where fewer than two others are left",
            ),
            None => told,
        },
        Basis::Race | Basis::Unknown => told,
    }
}

/// The same weekday of the weeks before the day of the analysis.
fn same_weekday(context: &Context<'_>, t: usize, name: &'static str) -> Option<List> {
    let (date, as_of) = (context.day(t).date, context.analysis.as_of);
    let (series, days) = (&context.series, &context.analysis.days);
    let value = |at: usize| match name {
        // What is expected is of the running alone.
        "load_au" => series.loads[at].map(|load| load - days[at].cross_au.unwrap_or(0.0)),
        "distance_m" => series.distances[at],
        "timer_s" => Some(days[at].timer_s),
        "longest_run_m" => Some(days[at].longest_m),
        _ => Some(f64::from(days[at].n_runs)),
    };
    let unit = match name {
        "load_au" => "AU",
        "timer_s" => "s",
        "distance_m" | "longest_run_m" => "m",
        _ => "",
    };
    let first =
        (1..=7).map(|back| minus(as_of, 7 * WEEKS_BACK - back)).find(|day| is_weekday_of(*day, date))?;
    let weekdays = (0..WEEKS_BACK).map(|week| plus(first, 7 * week)).filter(|day| *day <= as_of);
    let known = weekdays.filter_map(|day| Some((day.to_string(), value(context.index(day)?))));
    Some(List { name, by: "weekday", unit, values: known.collect() })
}

fn is_weekday_of(day: crate::model::Day, other: crate::model::Day) -> bool {
    crate::model::calendar::days_between(day, other).rem_euclid(7) == 0
}

/// How a sum of a day is expected.
fn how(basis: Basis, name: &str) -> &'static str {
    match (basis, name) {
        (Basis::Race, "load_au") => {
            "100 × h × h^(2 × (1 / 1.06 − 1)), h = timer_s / 3600: an hour at the speed held for an hour is 100"
        }
        (Basis::Race, "timer_s") => {
            "the shortest that a run of the last 182 days is worth: its seconds × (distance_m / its distance)^1.06"
        }
        (Basis::Race, _) => "as the calendar has it",
        (Basis::Plan, "load_au") => {
            "sum over the planned runs of distance × median load per metre of the runs of the last 28 days, of the hard ones where it is hard and there are three; by seconds where it has no distance"
        }
        (Basis::Plan, "timer_s") => {
            "sum over the planned runs: as planned, else distance at the median speed of the runs of its kind in the last 8 weeks"
        }
        (Basis::Plan, "distance_m") => {
            "sum over the planned runs: as planned, else time at the median speed of the runs of its kind in the last 8 weeks, else their median length"
        }
        (Basis::Plan, _) => "as planned",
        (Basis::Habit, "n_quality") => "1 where this weekday is usually hard",
        (Basis::Habit, _) | (Basis::Taper, "n_runs") => "median of this weekday",
        (Basis::Taper, "n_quality") => {
            "1 where this weekday is usually hard, up to three days before the race"
        }
        (Basis::Taper, _) => {
            "median of this weekday × e^(−(15 − days to the race) / 9), what the taper leaves of it"
        }
        (Basis::Recovery, "n_quality") => "0: a recovery has no hard session",
        (Basis::Recovery, "n_runs") => "median of this weekday, 0 where under a quarter of it is left",
        (Basis::Recovery, _) => {
            "median of this weekday × days since the race / (days of recovery + 1), 0 under a quarter"
        }
        (Basis::Unknown, _) => "nothing tells it",
    }
}

/// Longest run expected against those before it.
fn spike(context: &Context<'_>, t: usize, told: Explanation) -> Explanation {
    let row = context.day(t);
    let expected = context.analysis.expected_on(row.date);
    let no_run = expected.filter(|day| is_rest(day)).map(|_| "no run is expected".to_owned());
    told.formula("longest_run_m of the day / longest_30d_m, the longest of the 30 days before")
        .with("longest_run_m", expected.and_then(|day| day.longest_m), "m")
        .with("longest_30d_m", row.longest_30d_m, "m")
        .notes(no_run)
        .from([metric(context, t, "longest_30d_m").brief()])
}

/// The load that is expected of a day, with what it comes from.
pub(super) fn load_in_short(day: &ExpectedDay) -> Explanation {
    let told = Explanation::new("load_au", day.date.to_string(), day.load_au).unit("AU");
    sizes(day, told.formula(format!("projected by {}", day.basis.name())))
}

/// The distance that is expected of a day.
pub(super) fn distance_in_short(day: &ExpectedDay) -> Explanation {
    let told = Explanation::new("distance_m", day.date.to_string(), day.distance_m).unit("m");
    sizes(day, told.formula(format!("projected by {}", day.basis.name())))
}

/// Distance, time and load of the day, with the pace and the load of a kilometre.
fn sizes(day: &ExpectedDay, told: Explanation) -> Explanation {
    let per_km = |amount: Option<f64>| {
        let km = day.distance_m.filter(|metres| *metres > 0.0)? / 1000.0;
        amount.map(|amount| amount / km)
    };
    told.with("distance_m", day.distance_m, "m")
        .with("timer_s", day.timer_s, "s")
        .with("load_au", day.load_au, "AU")
        .with("pace", per_km(day.timer_s), "s/km")
        .with("load_per_km", per_km(day.load_au), "AU/km")
}

/// Is it known that nothing is run?
pub(super) fn is_rest(day: &ExpectedDay) -> bool {
    day.n_runs == 0 && day.basis != Basis::Unknown
}

/// What is expected of the day, and who says so.
fn basis(context: &Context<'_>, t: usize) -> Vec<String> {
    let Some(day) = context.analysis.expected_on(context.day(t).date) else { return Vec::new() };
    let by = format!("projected by {}: {}", day.basis.name(), day.basis.words());
    std::iter::once(by).chain(content(context, day)).collect()
}

fn content(context: &Context<'_>, day: &ExpectedDay) -> Vec<String> {
    let units = context.analysis.units;
    let mut said = Vec::new();
    said.extend(day.race.as_ref().map(|race| format!("race: {}", race.name)));
    if day.n_runs == 0 {
        said.extend((day.basis != Basis::Unknown).then(|| "expected: rest".to_owned()));
    } else {
        let size = [day.distance_m.map(|metres| units.distance(metres)), day.timer_s.map(duration)];
        let size: Vec<String> = size.into_iter().flatten().collect();
        let size = if size.is_empty() { "of unknown length".to_owned() } else { size.join(" in ") };
        let n = if day.n_runs == 1 { "a run".to_owned() } else { format!("{} runs", day.n_runs) };
        said.push(format!("expected: {n}, {size}"));
    }
    said.extend(day.quality.as_ref().map(|key| match key.start_min {
        Some(start) => format!("{} at {}:{:02}", key.words, start / 60, start % 60),
        None => key.words.clone(),
    }));
    said.extend(day.long_m.map(|_| "long run".to_owned()));
    said
}
