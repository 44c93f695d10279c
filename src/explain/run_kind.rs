//! What kind of session a run was, whether it was a race, and how long it was against the runs before.

use super::context::Context;
use super::run::name_of;
use super::thresholds;
use super::tree::{Explanation, List};
use crate::digest::Fastest;
use crate::model::calendar::minus;
use crate::score::kind::{Session, Volume};
use crate::score::race::{RaceScore, Verdict, hr_share};
use crate::score::run::Run;
use crate::score::thresholds::{Estimate, LTHR_OF_MAX, Origin};
use crate::score::vdot::{equivalent_speed_mps, vdot};
use crate::score::{LOOKBACK_DAYS, spike_class};

/// Kind and quality of a session.
pub(super) fn session(context: &Context<'_>, run: &Run, told: Explanation) -> Explanation {
    let Some(dated) = context.dated(run) else { return told };
    let known = context.analysis.thresholds.on(run.date);
    let session = Session::new(dated, run.intensity_factor, &known, run.three_zone_s);
    let volume = Volume::new(run, earlier(context, run));
    told.with("race", session.is_race, "")
        .with("hard", session.is_hard, "")
        .with("hill_repetitions", session.has_hill_reps, "")
        .with("short_repetitions", session.has_short_reps, "")
        .with("repetitions", session.has_reps, "")
        .with("intensity_factor", run.intensity_factor, "ratio")
        .with("high_s", run.three_zone_s.map(|zones| zones[2]), "s")
        .with("marked_long", run.used.is_marked_long, "")
        .with("timer_s", run.timer_s, "s")
        .with("distance_m", run.distance_m, "m")
        .with("week_m", volume.week_m, "m")
        .with("longest_tenth_of_42_days_m", volume.longest_tenth_m, "m")
        .note("hard: 8 min high, or 20 min at 0.95 of threshold speed")
        .note("hill repetitions: 4 climbs of 20 to 180 s at threshold; short ones: 6 of 20 to 90 s at 1.15 of it")
        .note("repetitions: 3 of 30 s to 20 min at 0.95 of threshold speed; with hard they are intervals")
        .note("long: an easy or steady run that you marked so, of 90 min, or of 30 % of week_m and among the longest tenth of 42 days")
        .notes(known.tested_speed_mps().is_none().then(|| {
            "no tested threshold speed is known, so nothing is said of repetitions".to_owned()
        }))
        .from(thresholds::of_speed(context.analysis, run.date))
}

fn earlier<'a>(context: &Context<'a>, run: &Run) -> &'a [Run] {
    let runs = &context.analysis.runs;
    let at = runs.iter().position(|other| other.id == run.id && other.file == run.file);
    &runs[..at.unwrap_or(0)]
}

/// The signs of a race with their points.
pub(super) fn race(context: &Context<'_>, run: &Run, told: Explanation) -> Explanation {
    let Some(race) = &run.race else { return told };
    let points = race.points.iter().map(|one| (one.sign.words().to_owned(), Some(one.points))).collect();
    let verdict = match race.verdict() {
        Verdict::Race => "from 6 points on: a race",
        Verdict::Probable if race.is_outdone => {
            "another run within 24 h looks more like a race, so this is none"
        }
        Verdict::Probable => "perhaps a race: no rule heeds it until the config lists it",
        Verdict::NoRace => "under 4.5 points: no race",
    };
    let told = told.with("race_distance_m", race.distance_m, "m").with("race_time_s", race.seconds, "s");
    held_against(context, run, race, told)
        .list(List { name: "points", by: "sign", unit: "points", values: points })
        .note(verdict)
}

/// Heart rate and speed of the race, and what was known before it that they are held against.
fn held_against(context: &Context<'_>, run: &Run, race: &RaceScore, told: Explanation) -> Explanation {
    let Some(dated) = context.dated(run) else { return told };
    let (digest, thresholds) = (&dated.digest, &context.analysis.thresholds);
    let is_it = |part: &&Fastest| {
        (part.distance_m - race.distance_m).abs() < 1.0 && (part.seconds - race.seconds).abs() < 1e-6
    };
    // The whole run has the time by the clock; a stretch of it has its own.
    let is_whole = (digest.elapsed_s - race.seconds).abs() < 1e-6;
    let part = digest.fastest.iter().find(is_it).filter(|_| !is_whole);
    let (hr, ngs) = part.map_or((digest.avg_hr_bpm, digest.ngs_mps), |part| (part.hr_bpm, part.ngs_mps));
    let known = thresholds.on(run.date);
    // A race is not held against what an earlier race has shown, only against the config or the maximum.
    let given = known.lthr.filter(|lthr| lthr.estimate.origin == Origin::Config);
    let lthr = match given {
        Some(lthr) => Some(lthr.estimate.value),
        None => known.hr_max.map(|max| LTHR_OF_MAX * max.estimate.value),
    };
    let was_known = |one: &&Estimate| one.shown.is_none_or(|shown| shown < run.date);
    let is_before = |one: &&Estimate| one.since.is_none_or(|since| since < run.date);
    let hour = thresholds.threshold_speed_mps.estimates().iter().rev().filter(is_before).find(was_known);
    let hour = hour.filter(|one| one.origin.is_measured()).map(|one| one.value);
    let expected_vdot = hour.and_then(|speed| vdot(3600.0 * speed, 3600.0));
    let expected = expected_vdot.and_then(|vdot| equivalent_speed_mps(vdot, race.distance_m));
    told.with("race_hr_bpm", hr, "bpm")
        .with("held_against_bpm", lthr, "bpm")
        .with("hr_share_needed", hr_share(race.distance_m), "")
        .with("race_ngs_mps", ngs, "m/s")
        .with("expected_mps", expected, "m/s")
        .with("speed_share_needed", 0.97, "")
        .note("heart rate is held against the config's threshold, else 0.90 × hr_max_bpm, and but for marathons has to be above that of four in five runs of the year")
        .note("the speed expected is that of the last threshold speed that was known before the run; a run over no race distance is not held against it")
}

/// The distance against the longest of the 30 days before.
pub(super) fn spike(context: &Context<'_>, run: &Run, told: Explanation) -> Explanation {
    let since = minus(run.date, LOOKBACK_DAYS);
    let before = context.analysis.runs.iter().filter(|one| one.counts() && one.date < run.date);
    let before: Vec<&Run> = before.filter(|one| one.date >= since && one.distance_m.is_some()).collect();
    let longest =
        before.iter().max_by(|a, b| a.distance_m.unwrap_or(0.0).total_cmp(&b.distance_m.unwrap_or(0.0)));
    let runs = before.iter().map(|one| (format!("{} {}", one.date, one.file), one.distance_m)).collect();
    let class = run.spike_ratio.map(|ratio| format!("class {}", spike_class(ratio).name()));
    told.with("distance_m", run.distance_m, "m")
        .with("longest_m", longest.and_then(|one| one.distance_m), "m")
        .with("longest", longest.map(|one| name_of(one)), "")
        .list(List { name: "distance_m", by: "run", unit: "m", values: runs })
        .notes(class)
        .notes(
            before.is_empty().then(|| format!("no run with a distance in the {LOOKBACK_DAYS} days before")),
        )
}
