//! What kind of session a run was, whether it was a race, and how long it was against the runs before.

use super::context::Context;
use super::run::name_of;
use super::thresholds;
use super::tree::{Explanation, List};
use crate::model::calendar::minus;
use crate::score::kind::{Session, Volume};
use crate::score::race::Verdict;
use crate::score::run::Run;
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
        .with("timer_s", run.timer_s, "s")
        .with("distance_m", run.distance_m, "m")
        .with("week_m", volume.week_m, "m")
        .with("longest_tenth_of_42_days_m", volume.longest_tenth_m, "m")
        .note("hard: 8 min high, or 20 min at 0.95 of threshold speed")
        .note("hill repetitions: 4 climbs of 20 to 180 s at threshold; short ones: 6 of 20 to 90 s at 1.15 of it")
        .note("repetitions: 3 of 30 s to 20 min at 0.95 of threshold speed; with hard they are intervals")
        .note("long: an easy or steady run of 90 min, or of 30 % of week_m and among the longest tenth of 42 days")
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
pub(super) fn race(run: &Run, told: Explanation) -> Explanation {
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
    told.with("total", race.total(), "points")
        .with("race_distance_m", race.distance_m, "m")
        .with("race_time_s", race.seconds, "s")
        .list(List { name: "points", by: "sign", unit: "points", values: points })
        .note(verdict)
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
