//! Which runs were races (science 8.2): a score of signs, each with its points.
//!
//! Input is a run with what was known before it, output a [`RaceScore`] for the whole run or for the stretch inside
//! it that looks most like a race. Invariant: no sign looks at a later run.

mod name;
mod score;
#[cfg(test)]
mod tests;

pub use name::is_of_race;
pub use score::{Points, RaceScore, Sign, Verdict};

use super::Dated;
use super::vdot::equivalent_speed_mps;
use crate::digest::{Fastest, RACE_DISTANCES};
use crate::model::calendar::{days_between, minus};
use crate::model::{Race, Sport};
use chrono::{Datelike, Weekday};

/// A course measures this much short or long by GPS.
const MEASURES: std::ops::RangeInclusive<f64> = 0.99..=1.03;
/// The same on trails, which climb and fall more than [`TRAIL_M_PER_KM`].
const MEASURES_ON_TRAILS: std::ops::RangeInclusive<f64> = 0.94..=1.06;
/// Climb and descent per km that make a trail.
const TRAIL_M_PER_KM: f64 = 30.0;
/// Warm-up and cool-down around a race in one file take up to this share of the time.
const MAX_AROUND: f64 = 0.25;
/// A race inside a longer file is this much faster than what is around it (heuristic: any run of 12 km holds 10 km).
const FASTER_THAN_AROUND: f64 = 1.10;
/// Earlier runs over the distance that a best needs to be one; a distance that nobody trains needs none.
const N_COMPARABLE: usize = 3;
/// From this distance on a run stands for itself: nobody trains a marathon.
const UNTRAINED_M: f64 = 42_000.0;
/// Days of history before a best says anything (heuristic): in the first weeks of a record every tempo run is one.
const BEST_NEEDS_DAYS: i64 = 112;
/// A run stands out in speed or heart rate where it lies above this share of the runner's other runs (heuristic): of
/// somebody who runs every day alike, no day is a race.
const ABOVE: f64 = 0.8;
/// A run within this share of the best counts as best.
const AS_GOOD: f64 = 0.98;

/// What was known before a run.
pub(super) struct Before<'a> {
    /// Earlier runs in order of time, copies among them.
    pub runs: &'a [Dated],
    /// Heart rate at threshold in bpm.
    pub lthr_bpm: Option<f64>,
    /// VDOT to expect.
    pub vdot: Option<f64>,
    /// The race of the calendar that this run was.
    pub listed: Option<&'a Race>,
}

/// The score of a run: of its race in the calendar, else of the likeliest race in it. `None` without a distance, and where
/// the runner says that it was no race.
pub(super) fn judge(run: &Dated, before: &Before<'_>) -> Option<RaceScore> {
    let distance = run.digest.distance_m.filter(|_| run.amended.race != Some(false))?;
    if let Some(race) = before.listed {
        let stretch = run.digest.fastest.iter().find(|one| (one.distance_m - race.distance_m).abs() < 1.0);
        let is_longer = distance > *MEASURES.end() * race.distance_m;
        let candidate = stretch.filter(|_| is_longer).map(part);
        return Some(scored(run, before, &candidate.unwrap_or_else(|| whole(run, race.distance_m))));
    }
    let whole_run = RACE_DISTANCES
        .iter()
        .map(|standard| standard.distance_m)
        .filter(|standard| is_measured(run) && measures(run).contains(&(distance / standard)))
        .map(|standard| whole(run, standard));
    let inside = run.digest.fastest.iter().filter(|stretch| is_race_inside(run, stretch)).map(part);
    let likeliest = whole_run
        .chain(inside)
        .map(|candidate| scored(run, before, &candidate))
        // Of equal scores the longer race.
        .max_by(|a, b| a.total().total_cmp(&b.total()).then(a.distance_m.total_cmp(&b.distance_m)));
    let unmatched = || scored(run, before, &Candidate { kind: Kind::Unmatched, ..whole(run, distance) });
    Some(likeliest.unwrap_or_else(unmatched))
}

/// The whole of a run or a stretch of it, as a race over a distance.
struct Candidate {
    distance_m: f64,
    seconds: f64,
    ngs_mps: Option<f64>,
    hr_bpm: Option<f64>,
    late_hr_bpm: Option<f64>,
    kind: Kind,
}

/// What a candidate is of its file.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// All of it, and it measures like the distance.
    Whole,
    /// A stretch of it. Any longer run holds one, so the distance says nothing.
    Part,
    /// All of it, over a distance that nobody races.
    Unmatched,
}

fn whole(run: &Dated, distance_m: f64) -> Candidate {
    /// More standing than this was not on the course: the watch ran on after the finish (heuristic).
    const MOST_STANDING: f64 = 0.05;
    let digest = &run.digest;
    let stands = digest.elapsed_s - digest.moving_s > MOST_STANDING * digest.elapsed_s;
    Candidate {
        distance_m,
        seconds: if stands { digest.moving_s } else { digest.elapsed_s },
        ngs_mps: digest.ngs_mps,
        hr_bpm: digest.avg_hr_bpm,
        late_hr_bpm: digest.late_hr_bpm,
        kind: Kind::Whole,
    }
}

fn part(stretch: &Fastest) -> Candidate {
    Candidate {
        distance_m: stretch.distance_m,
        seconds: stretch.seconds,
        ngs_mps: stretch.ngs_mps,
        hr_bpm: stretch.hr_bpm,
        late_hr_bpm: stretch.late_hr_bpm,
        kind: Kind::Part,
    }
}

/// On a treadmill and on a track the distance of a watch says little.
fn is_measured(run: &Dated) -> bool {
    !run.digest.sport.is_indoor() && run.digest.sport != Sport::TrackRunning
}

fn measures(run: &Dated) -> std::ops::RangeInclusive<f64> {
    let digest = &run.digest;
    let climbs = digest.ascent_m.unwrap_or(0.0) + digest.descent_m.unwrap_or(0.0);
    let kilometres = digest.distance_m.unwrap_or(0.0) / 1000.0;
    if climbs > TRAIL_M_PER_KM * kilometres { MEASURES_ON_TRAILS } else { MEASURES }
}

/// Is a stretch at least three quarters of the file, and faster than the rest of it?
fn is_race_inside(run: &Dated, stretch: &Fastest) -> bool {
    let digest = &run.digest;
    let (around_s, around_m) =
        (digest.elapsed_s - stretch.seconds, digest.distance_m.unwrap_or(0.0) - stretch.distance_m);
    let speed = stretch.distance_m / stretch.seconds;
    is_measured(run)
        && around_s > 0.0
        && around_s <= MAX_AROUND * digest.elapsed_s
        && around_m > 0.03 * stretch.distance_m
        && speed >= FASTER_THAN_AROUND * around_m / around_s
}

fn scored(run: &Dated, before: &Before<'_>, race: &Candidate) -> RaceScore {
    let mut points = Vec::new();
    let mut add = |sign: Sign, value: f64, holds: bool| {
        if holds {
            points.push(Points { sign, points: value });
        }
    };
    let digest = &run.digest;
    add(Sign::Listed, 10.0, before.listed.is_some());
    add(Sign::Said, 10.0, run.amended.race == Some(true));
    add(Sign::Flagged, 10.0, digest.is_race);
    if race.kind == Kind::Whole {
        add(Sign::Distance, if is_common(race.distance_m) { 2.0 } else { 1.0 }, true);
        let rest_m = digest.distance_m.unwrap_or(0.0) - race.distance_m;
        add(Sign::EndsThere, 0.5, rest_m <= 60.0 * race.distance_m / race.seconds);
        add(Sign::NoStops, 1.0, digest.elapsed_s - digest.moving_s <= 0.01 * digest.elapsed_s);
    }
    if race.kind != Kind::Unmatched {
        add(Sign::Best, 3.0, is_best(run, before, race));
        let expected = before.vdot.and_then(|vdot| equivalent_speed_mps(vdot, race.distance_m));
        let as_expected = race.ngs_mps.zip(expected).is_some_and(|(ngs, speed)| ngs >= 0.97 * speed);
        add(Sign::Expected, 2.0, as_expected);
    }
    let is_long = race.distance_m >= UNTRAINED_M;
    let share = hr_share(race.distance_m);
    let is_near_threshold = race.hr_bpm.zip(before.lthr_bpm).is_some_and(|(hr, lthr)| hr >= share * lthr);
    add(Sign::HeartRate, 2.0, is_near_threshold && (is_long || is_high_heart_rate(run, before, race)));
    add(Sign::EasyWeek, 1.0, is_easy_week(run, before.runs));
    add(Sign::WarmUp, 1.0, has_warm_up(run, before.runs));
    add(Sign::Name, 3.0, digest.title.as_deref().is_some_and(name::is_of_race));
    add(Sign::WeekendMorning, 0.5, is_weekend_morning(run));
    RaceScore {
        distance_m: race.distance_m,
        seconds: race.seconds,
        late_hr_bpm: race.late_hr_bpm,
        points,
        is_outdone: false,
    }
}

/// The name of a race distance, else its kilometres.
#[must_use]
pub fn name_of(distance_m: f64) -> String {
    let standard = RACE_DISTANCES.iter().find(|standard| (standard.distance_m - distance_m).abs() < 1.0);
    standard.map_or_else(|| format!("{:.1} km", distance_m / 1000.0), |standard| standard.name.to_owned())
}

/// The share of the heart rate at threshold that a race over a distance reaches on the mean.
#[must_use]
pub fn hr_share(distance_m: f64) -> f64 {
    if distance_m >= UNTRAINED_M { 0.88 } else { 0.95 }
}

/// The distances that most races have. Others are run in training as often: 8, 15 and 20 km are round numbers.
fn is_common(distance_m: f64) -> bool {
    [5000.0, 10_000.0, 21_097.5, 42_195.0].iter().any(|common: &f64| (distance_m - common).abs() < 1.0)
}

/// Is it the best normalised speed of a year over this distance, to 2 %? Earlier runs count with their own fastest stretch
/// of it.
fn is_best(run: &Dated, before: &Before<'_>, race: &Candidate) -> bool {
    let Some(ngs) = race.ngs_mps else { return false };
    let first = before.runs.first().map_or(run.date, |first| first.date);
    if days_between(first, run.date) < BEST_NEEDS_DAYS {
        return false;
    }
    let since = minus(run.date, 365);
    let over_distance = |other: &Dated| {
        let of_it = |stretch: &&Fastest| (stretch.distance_m - race.distance_m).abs() < 1.0;
        other.digest.fastest.iter().find(of_it)?.ngs_mps
    };
    let recent = before.runs.iter().rev().take_while(|other| other.date >= since);
    let others: Vec<f64> = recent.filter(|other| other.counts()).filter_map(over_distance).collect();
    let is_enough = others.len() >= N_COMPARABLE || race.distance_m >= UNTRAINED_M;
    is_enough && others.iter().all(|other| ngs >= AS_GOOD * other) && stands_out(ngs, &others)
}

/// Is the mean heart rate above that of most runs of the year before? A maximum that was never reached makes every run
/// look hard. Not asked of a marathon, which is run below the heart rate of tempo runs.
fn is_high_heart_rate(run: &Dated, before: &Before<'_>, race: &Candidate) -> bool {
    let since = minus(run.date, 365);
    let recent = before.runs.iter().rev().take_while(|other| other.date >= since);
    let others: Vec<f64> =
        recent.filter(|other| other.counts()).filter_map(|other| other.digest.avg_hr_bpm).collect();
    race.hr_bpm.is_some_and(|hr| stands_out(hr, &others))
}

/// Does a value lie above most of the others?
fn stands_out(value: f64, others: &[f64]) -> bool {
    let below = others.iter().filter(|other| **other < value).count();
    below as f64 >= ABOVE * others.len() as f64
}

/// Did the seven days before hold at most four fifths of the usual week?
fn is_easy_week(run: &Dated, before: &[Dated]) -> bool {
    let metres = |from: u32| -> f64 {
        let since = minus(run.date, from);
        let days = before.iter().filter(|other| other.counts() && (since..run.date).contains(&other.date));
        days.filter_map(|other| other.digest.distance_m).sum()
    };
    let is_long_enough = before.first().is_some_and(|first| days_between(first.date, run.date) >= 28);
    let month = metres(28);
    is_long_enough && month > 0.0 && metres(7) <= 0.8 * month / 4.0
}

/// Did another run end in the hour before?
fn has_warm_up(run: &Dated, before: &[Dated]) -> bool {
    before.iter().rev().take(3).any(|other| {
        let end_ms = other.digest.start_ms + (other.digest.elapsed_s * 1000.0) as i64;
        (0..=3_600_000).contains(&(run.digest.start_ms - end_ms))
    })
}

fn is_weekend_morning(run: &Dated) -> bool {
    let second = (run.digest.start_ms / 1000 + i64::from(run.utc_offset_s)).rem_euclid(86_400);
    matches!(run.date.weekday(), Weekday::Sat | Weekday::Sun) && (6 * 3600..12 * 3600).contains(&second)
}
