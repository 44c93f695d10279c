//! A threshold asked for by name: what it was on a day, and what it was made from as far as that is kept.

use super::context::Context;
use super::run::name_of;
use super::thresholds::{of_heart, standing};
use super::tree::{Explanation, List};
use crate::digest::effort::DURATIONS_S;
use crate::model::Day;
use crate::score::run::Run;
use crate::score::thresholds::{Estimate, Origin, Standing};
use crate::score::vdot::vdot;
use crate::score::zones::LT1_OF_LTHR;

/// Every threshold with its unit and what it is.
const ALL: [(&str, &str, &str); 8] = [
    ("hr_max_bpm", "bpm", "Maximal heart rate"),
    ("hr_rest_bpm", "bpm", "Resting heart rate"),
    ("lt1_bpm", "bpm", "Heart rate at the first threshold, where low becomes moderate"),
    ("lthr_bpm", "bpm", "Heart rate at threshold, which an hour can be raced at"),
    ("threshold_speed_mps", "m/s", "Threshold speed, which can be held for an hour"),
    ("vdot", "", "VDOT of races"),
    ("critical_speed_mps", "m/s", "Critical speed"),
    ("critical_power_w", "W", "Critical power, for each meter by itself"),
];

/// Beats by which a second run confirms a peak.
const AGREEMENT_BPM: f64 = 3.0;

/// The names of all thresholds.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ALL.into_iter().map(|(name, ..)| name)
}

/// A threshold on a day; critical power once for each meter.
pub(super) fn metric(context: &Context<'_>, day: Day, name: &str) -> Vec<Explanation> {
    let Some((name, unit, about)) = ALL.into_iter().find(|one| one.0 == name) else { return Vec::new() };
    let thresholds = &context.analysis.thresholds;
    let tell = |held: Option<Standing<'_>>| {
        let mut told = standing(name, unit, day, held);
        about.clone_into(&mut told.about);
        match held {
            Some(held) => behind(context, day, held, told),
            None => told,
        }
    };
    if name == "critical_power_w" && !thresholds.critical_power_w.is_empty() {
        let meters = thresholds.critical_power_w.iter();
        return meters.map(|(meter, line)| tell(line.on(day)).with("meter", meter.clone(), "")).collect();
    }
    let line = thresholds.timelines().into_iter().find(|(of, _)| *of == name);
    let held = line.and_then(|(_, line)| line.on(day));
    vec![if name == "lt1_bpm" && held.is_none() { first(context, day, tell(None)) } else { tell(held) }]
}

/// The first threshold where nobody gives it: a share of the second.
fn first(context: &Context<'_>, day: Day, told: Explanation) -> Explanation {
    let Some(lthr) = context.analysis.thresholds.on(day).lthr else { return told };
    let mut told = told.formula("share × lthr_bpm");
    told.value = (LT1_OF_LTHR * lthr.estimate.value).into();
    told.because.clear();
    told.sureness = "low: a rule of thumb";
    told.with("share", LT1_OF_LTHR, "").from([standing("lthr_bpm", "bpm", day, Some(lthr))])
}

/// What an estimate rests on.
fn behind(context: &Context<'_>, day: Day, held: Standing<'_>, told: Explanation) -> Explanation {
    let estimate = held.estimate;
    let told =
        told.with("confidence", estimate.origin.confidence().name(), "").with("stale", held.is_stale, "");
    match (told.name.as_str(), estimate.origin) {
        (_, Origin::Race) => race(context, estimate, told),
        ("hr_max_bpm", Origin::History) => peaks(context, estimate, told),
        ("lthr_bpm", Origin::Derived) => {
            let max = of_heart(context.analysis, day).into_iter().take(1);
            told.with("share", 0.9, "").from(max)
        }
        ("critical_speed_mps" | "critical_power_w", Origin::CriticalSpeed) => told.note(
            "the efforts themselves are not kept; file is the run that was seen last or held the longest",
        ),
        (_, Origin::CriticalSpeed) => told.from(metric(context, day, "critical_speed_mps")),
        (_, Origin::Training) => {
            let index = DURATIONS_S.iter().position(|s| *s == 1800);
            let run = shown_by(context, estimate).and_then(|run| context.dated(run));
            let best = run.zip(index).and_then(|(run, at)| run.digest.best_speed_mps.get(at).copied());
            told.with("best_30min_mps", best, "m/s")
        }
        _ => told,
    }
}

fn shown_by<'a>(context: &Context<'a>, estimate: &Estimate) -> Option<&'a Run> {
    let is_it = |run: &&Run| Some(&run.file) == estimate.file.as_ref() && Some(run.date) == estimate.shown;
    context.analysis.runs.iter().find(is_it)
}

/// The race that showed it.
fn race(context: &Context<'_>, estimate: &Estimate, told: Explanation) -> Explanation {
    let Some(run) = shown_by(context, estimate) else { return told };
    let Some(race) = &run.race else { return told };
    let is_of_heart = told.name == "lthr_bpm";
    let told = told.with("by", name_of(run), "").with("race_distance_m", race.distance_m, "m").with(
        "race_time_s",
        race.seconds,
        "s",
    );
    if is_of_heart {
        told.with("last_two_thirds_bpm", race.late_hr_bpm, "bpm")
    } else {
        told.with("race_vdot", vdot(race.distance_m, race.seconds), "")
    }
}

/// The peaks that come near the highest.
fn peaks(context: &Context<'_>, estimate: &Estimate, told: Explanation) -> Explanation {
    let until = estimate.shown.unwrap_or(context.analysis.as_of);
    let runs = context.analysis.runs.iter().filter(|run| run.counts() && run.date <= until);
    let near = estimate.value - AGREEMENT_BPM..=estimate.value;
    let peak = |run: &Run| context.dated(run)?.digest.peak_hr_bpm.filter(|peak| near.contains(peak));
    let values = runs.filter_map(|run| Some((format!("{} {}", run.date, run.file), Some(peak(run)?))));
    told.list(List { name: "peak_hr_bpm", by: "run", unit: "bpm", values: values.collect() })
        .note("shown: the last run that came within 3 bpm of it; a second run confirms a peak to 3 bpm, or two minutes of one clean recording do")
}
