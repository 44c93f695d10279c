//! What speed and power say of a run.

use super::context::{Context, seconds_by};
use super::thresholds;
use super::tree::{Explanation, List};
use crate::digest::{Digest, Halves};
use crate::score::run::Run;
use crate::score::zones::speed_bounds;

/// Stress from pace and power, and five zones of speed.
pub(super) fn of(context: &Context<'_>, run: &Run, name: &str, told: Explanation) -> Explanation {
    let Some(dated) = context.dated(run) else { return told };
    let digest = &dated.digest;
    let threshold = context.analysis.thresholds.on(run.date).tested_speed_mps();
    match name {
        "ngs_mps" | "gap_speed_mps" => {
            let told = told.with("avg_speed_mps", run.avg_speed_mps, "m/s");
            let told = told.list(seconds_by("seconds", "m/s", &digest.speed_histogram));
            let is_ngs = name == "ngs_mps";
            let note = "the fourth root of the mean fourth power of the list, to its steps of 0.05 m/s";
            told.notes(is_ngs.then(|| note.to_owned()))
        }
        "power_stress" => power(context, run, digest, told),
        "intensity_factor" if threshold.is_none() || run.ngs_mps.is_none() => told
            .formula("√(trimp100 / 100 / hours of timer)")
            .notes(why_no_pace(run, threshold))
            .with("trimp100", run.trimp100, "AU")
            .with("timer_s", run.timer_s, "s")
            .from(thresholds::of_heart(context.analysis, run.date)),
        _ => {
            let told = told.notes(why_no_pace(run, threshold));
            let told = told.from(thresholds::of_speed(context.analysis, run.date));
            let told = told.with("threshold_speed_mps", threshold, "m/s");
            match name {
                "rtss" => told.with("ngs_mps", run.ngs_mps, "m/s").with("timer_s", run.timer_s, "s"),
                "intensity_factor" => told.with("ngs_mps", run.ngs_mps, "m/s"),
                "govss" => govss(context, digest, told),
                _ => zones(digest, threshold, told),
            }
        }
    }
}

fn why_no_pace(run: &Run, threshold_mps: Option<f64>) -> Option<String> {
    if run.ngs_mps.is_none() {
        Some("no speed was recorded".to_owned())
    } else {
        threshold_mps.is_none().then(|| {
            "no tested threshold speed is known; the best of training is none, as against it every run would look hard"
                .to_owned()
        })
    }
}

fn zones(digest: &Digest, threshold_mps: Option<f64>, told: Explanation) -> Explanation {
    let Some(threshold) = threshold_mps else { return told };
    let names = ["z1_from_mps", "z2_from_mps", "z3_from_mps", "z4_from_mps", "z5_from_mps"];
    let bounds = names.into_iter().zip(speed_bounds(threshold));
    let told = bounds.fold(told, |told, (name, bound)| told.with(name, bound, "m/s"));
    told.list(seconds_by("seconds", "m/s", &digest.speed_histogram))
}

fn power(context: &Context<'_>, run: &Run, digest: &Digest, told: Explanation) -> Explanation {
    let meter = digest.power_source.as_deref();
    let held = meter.and_then(|meter| context.analysis.thresholds.critical_power(meter, run.date));
    let why = match (digest.normalised_power_w, held) {
        (None, _) => Some("no power was recorded".to_owned()),
        (_, None) => Some("no critical power of this meter is known".to_owned()),
        _ => None,
    };
    told.notes(why)
        .with("normalised_power_w", digest.normalised_power_w, "W")
        .with("critical_power_w", held.map(|held| held.estimate.value), "W")
        .with("timer_s", run.timer_s, "s")
        .with("meter", meter, "")
        .from([thresholds::standing("critical_power_w", "W", run.date, held)])
}

fn govss(context: &Context<'_>, digest: &Digest, told: Explanation) -> Explanation {
    let thresholds = &context.analysis.thresholds;
    let told = told
        .with("mass_kg", thresholds.mass_kg, "kg")
        .with("height_m", thresholds.height_m, "m")
        .notes(thresholds.mass_kg.is_none().then(|| "no mass is given".to_owned()))
        .notes(thresholds.height_m.is_none().then(|| "no height is given".to_owned()));
    if told.value.is_null() {
        return told;
    }
    let cells = |name, unit, value: fn(&crate::digest::TerrainCell) -> f64| List {
        name,
        by: "piece",
        unit,
        values: digest
            .terrain
            .iter()
            .enumerate()
            .map(|(k, cell)| (k.to_string(), Some(value(cell))))
            .collect(),
    };
    told.note("pieces of one speed and grade in order of speed, so an uneven run scores a little high")
        .list(cells("seconds", "s", |cell| cell.seconds.trunc()))
        .list(cells("speed_mps", "m/s", |cell| cell.speed_mps))
        .list(cells("grade", "rise/run", |cell| cell.grade))
}

/// Why the halves are not fit for a number, by the bounds of its formula.
fn unfit(run: &Run, name: &str, halves: &Halves) -> Vec<String> {
    let percent = |share: f64| 100.0 * share;
    let (timer_min, coverage_pct) = (run.timer_s / 60.0, percent(run.hr_coverage));
    let (is_of_both, least_pct) =
        (name == "decoupling_pct", if name == "decoupling_pct" { 90.0 } else { 80.0 });
    let mut why = Vec::new();
    let mut fails = |is_so: bool, text: String| why.extend(is_so.then_some(text));
    fails(coverage_pct < least_pct, format!("heart rate covers {coverage_pct:.1} %, under {least_pct} %"));
    if is_of_both {
        let (min, cv_pct) = (halves.seconds / 60.0, percent(halves.speed_cv));
        fails(min < 45.0, format!("the halves hold {min:.1} min, under 45 min"));
        fails(cv_pct > 8.0, format!("speed varies by {cv_pct:.1} %, over 8 %"));
        return why;
    }
    fails(timer_min < 30.0, format!("the run took {timer_min:.1} min, under 30 min"));
    fails(timer_min > 120.0, format!("the run took {timer_min:.1} min, over 120 min"));
    match run.intensity_factor {
        None => fails(true, "no intensity factor is known".to_owned()),
        Some(factor) => fails(factor >= 0.88, format!("the intensity factor is {factor:.3}, not under 0.88")),
    }
    why
}

/// Decoupling and efficiency, from the two halves after the warm-up.
pub(super) fn halves(context: &Context<'_>, run: &Run, told: Explanation) -> Explanation {
    let Some(dated) = context.dated(run) else { return told };
    let Some(halves) = dated.digest.halves else {
        return told.note("under 20 min, or without heart rate and speed in both halves");
    };
    let why = if told.value.is_null() { unfit(run, &told.name, &halves) } else { Vec::new() };
    told.notes(why)
        .with("first_mps", halves.speed_mps[0], "m/s")
        .with("second_mps", halves.speed_mps[1], "m/s")
        .with("first_bpm", halves.hr_bpm[0], "bpm")
        .with("second_bpm", halves.hr_bpm[1], "bpm")
        .with("seconds", halves.seconds, "s")
        .with("speed_cv", halves.speed_cv, "share")
        .with("coverage", run.hr_coverage, "share")
        .with("timer_s", run.timer_s, "s")
        .with("intensity_factor", run.intensity_factor, "ratio")
}
