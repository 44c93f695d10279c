//! What heart rate says of a run: impulses and zones, from seconds by beat.

use super::context::{Context, seconds_by};
use super::thresholds;
use super::tree::Explanation;
use crate::digest::Digest;
use crate::score::run::Run;
use crate::score::short_efforts_s;
use crate::score::thresholds::{Known, Sex};
use crate::score::trimp::{Banister, MIN_RESERVE_BPM, banister_constants};
use crate::score::zones::{self, LT1_OF_LTHR, LT1_OF_THRESHOLD_SPEED, hr_bounds, scheme};

const ZONES: [&str; 5] = ["hr_z1_s", "hr_z2_s", "hr_z3_s", "hr_z4_s", "hr_z5_s"];

/// The beat that is worked out as an example.
const EXAMPLE_BPM: f64 = 150.0;

/// Impulses and five zones.
pub(super) fn of(context: &Context<'_>, run: &Run, name: &str, told: Explanation) -> Explanation {
    let Some(dated) = context.dated(run) else { return told };
    let known = context.analysis.thresholds.on(run.date);
    let digest = &dated.digest;
    let told = told.list(seconds_by("seconds", "bpm", &digest.hr_histogram));
    let told = told.notes(why_not(run, &known)).from(thresholds::of_heart(context.analysis, run.date));
    let told = told.with("hr_max_bpm", known.hr_max.map(|max| max.estimate.value), "bpm");
    if ZONES.contains(&name) {
        return zone_bounds(&known, told);
    }
    let told = told.with("hr_used_s", run.used.hr_valid_s, "s").with("timer_s", run.timer_s, "s");
    let told = told.with("coverage", run.hr_coverage, "share");
    match name {
        "trimp_banister" => banister(&known, told, None),
        "trimp100" => banister(&known, told, known.lthr.map(|lthr| lthr.estimate.value)),
        "trimp_lucia" => by_heart(digest, &known, told),
        "hr_tss" => told.with("lthr_bpm", known.lthr.map(|lthr| lthr.estimate.value), "bpm"),
        _ => told,
    }
}

/// Why heart rate gives nothing.
fn why_not(run: &Run, known: &Known<'_>) -> Option<String> {
    let reserve = known.hr_max.zip(known.hr_rest).map(|(max, rest)| max.estimate.value - rest.estimate.value);
    if run.hr_coverage < 0.5 {
        Some(format!("heart rate covers {:.1} % of the timer, and half is needed", 100.0 * run.hr_coverage))
    } else if known.hr_max.is_none() {
        Some("no maximal heart rate is known".to_owned())
    } else if reserve.is_some_and(|reserve| reserve < MIN_RESERVE_BPM) {
        Some(format!("a reserve under {MIN_RESERVE_BPM} bpm makes every weight meaningless"))
    } else if known.lthr.is_none() {
        Some("no heart rate at threshold is known".to_owned())
    } else {
        None
    }
}

/// The constants, one worked beat and, for TRIMP100, the hour at threshold.
pub(super) fn banister(known: &Known<'_>, told: Explanation, lthr_bpm: Option<f64>) -> Explanation {
    let Some((max, rest)) = known.hr_max.zip(known.hr_rest) else { return told };
    let (a, b) = known.trimp_constants.unwrap_or_else(|| banister_constants(known.sex));
    let told = told.with("hr_rest_bpm", rest.estimate.value, "bpm").with("A", a, "").with("b", b, "");
    let told = told.note(match (known.trimp_constants, known.sex) {
        (Some(_), _) => "A and b are the runner's own, from the config",
        (None, Some(Sex::Female)) => "A and b are the women's",
        (None, Some(Sex::Male)) => "A and b are the men's",
        (None, None) => "A and b are the men's, as the sex is not given",
    });
    let Some(banister) = Banister::with(rest.estimate.value, max.estimate.value, (a, b)) else { return told };
    let (x, minute) = (banister.reserve_share(EXAMPLE_BPM), banister.at(EXAMPLE_BPM, 1.0));
    let told = told.note(format!(
        "a minute at {EXAMPLE_BPM} bpm: x = {x:.4}, worth {x:.4} × {a} × e^({b} × {x:.4}) = {minute:.4}"
    ));
    let Some(lthr) = lthr_bpm else { return told };
    told.with("lthr_bpm", lthr, "bpm").with("hour_at_lthr", banister.at(lthr, 60.0), "AU")
}

fn lt1_bpm(known: &Known<'_>) -> Option<f64> {
    known
        .lt1
        .map(|lt1| lt1.estimate.value)
        .or_else(|| known.lthr.map(|lthr| LT1_OF_LTHR * lthr.estimate.value))
}

/// Seconds in three zones by heart rate alone.
fn by_heart(digest: &Digest, known: &Known<'_>, told: Explanation) -> Explanation {
    let Some((lt1, lthr)) = lt1_bpm(known).zip(known.lthr) else { return told };
    let zones = zones::three_zones(&digest.hr_histogram, lt1, lthr.estimate.value);
    let told = told.with("lt1_bpm", lt1, "bpm").with("lthr_bpm", lthr.estimate.value, "bpm");
    let names = ["low_by_hr_s", "moderate_by_hr_s", "high_by_hr_s"];
    names.into_iter().zip(zones).fold(told, |told, (name, seconds)| told.with(name, seconds, "s"))
}

fn zone_bounds(known: &Known<'_>, told: Explanation) -> Explanation {
    let told = told.note(format!("bounds: {}", scheme(known)));
    let bounds = hr_bounds(known).into_iter().flatten();
    let names = ["z1_from_bpm", "z2_from_bpm", "z3_from_bpm", "z4_from_bpm", "z5_from_bpm"];
    names.into_iter().zip(bounds).fold(told, |told, (name, bpm)| told.with(name, bpm, "bpm"))
}

/// The three zones of a run: by heart rate, with short fast efforts put into the highest, else by speed.
pub(super) fn three_zones(context: &Context<'_>, run: &Run, told: Explanation) -> Explanation {
    let Some(dated) = context.dated(run) else { return told };
    let (digest, known) = (&dated.digest, context.analysis.thresholds.on(run.date));
    let speed = known.tested_speed_mps();
    let told = told.from(thresholds::on(context.analysis, run.date));
    if run.trimp_lucia.is_some() {
        let told = told.note("by heart rate");
        let told = by_heart(digest, &known, told).list(seconds_by("seconds", "bpm", &digest.hr_histogram));
        // Without a speed that was normalised nothing of pace was looked at.
        let Some(threshold) = speed.filter(|_| digest.ngs_mps.is_some()) else { return told };
        let short = short_efforts_s(digest, threshold);
        let moved = "efforts under 2 min at threshold speed are high whatever the heart rate: what is missing comes from low first";
        return told.with("short_efforts_s", short, "s").notes((short > 0.0).then(|| moved.to_owned()));
    }
    let Some(threshold) = speed.filter(|_| digest.ngs_mps.is_some()) else {
        return told.notes(why_not(run, &known)).note("no tested threshold speed either");
    };
    told.notes(why_not(run, &known))
        .note("by grade-adjusted speed, smoothed over 30 s")
        .with("lt1_mps", LT1_OF_THRESHOLD_SPEED * threshold, "m/s")
        .with("threshold_speed_mps", threshold, "m/s")
        .list(seconds_by("seconds", "m/s", &digest.speed_histogram))
}
