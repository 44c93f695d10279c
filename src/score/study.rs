//! What a history says of its runner before anything is scored: races and thresholds, day by day.
//!
//! Each needs the other: a race gives a threshold, and a threshold helps to tell a race. So the runs are gone through
//! once in order of time, and each is judged by what the earlier ones have shown.

use super::Dated;
use super::race::{self, Before};
use super::thresholds::{Heart, Origin, Power, Profile, Speed, Thresholds, Timeline, lthr_of_race};
use crate::model::calendar::days_between;
use crate::model::{Day, Race, RaceOrigin};

/// A race that was run on its day measures within these shares of its distance.
const RACE_MATCH: std::ops::RangeInclusive<f64> = 0.94..=1.10;

/// What the history says.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Thresholds over time.
    pub thresholds: Thresholds,
    /// The calendar of races by date, with those that only the runs knew of.
    pub races: Vec<Race>,
}

/// Goes through the history, marks the races in it and estimates what the profile leaves out.
///
/// `runs` are in order of time; `resting` are readings of the resting heart rate in bpm by day.
pub fn study(runs: &mut [Dated], profile: &Profile, calendar: &[Race], resting: &[(Day, f64)]) -> Study {
    let heart = Heart::new(profile, runs, resting);
    let derived_lthr = heart.derived_lthr();
    // The ladder is climbed on each day: a share of the maximum until a race says more.
    let mut lthr = match profile.lthr_bpm {
        Some(given) => Timeline::always(Some(given), Origin::Config),
        None => derived_lthr.clone(),
    };
    let mut speed = Speed::new(profile);
    let mut power = Power::new(profile);
    let listed = match_calendar(runs, calendar);
    for (at, listed) in listed.into_iter().enumerate() {
        let (earlier, rest) = runs.split_at_mut(at);
        let run = &mut rest[0];
        if !run.counts() {
            continue;
        }
        let on_day = |line: &Timeline| line.on(run.date).map(|standing| standing.estimate.value);
        let hr_max = on_day(&heart.max);
        let before = Before {
            runs: earlier,
            // Not that of earlier races: one that was none would make the next more likely.
            lthr_bpm: profile.lthr_bpm.or_else(|| on_day(&derived_lthr)),
            vdot: speed.expected_vdot(),
            listed,
        };
        run.race = race::judge(run, &before);
        keep_one_a_day(earlier, run);
        let raced = run.raced().cloned();
        if profile.lthr_bpm.is_none()
            && let Some(estimate) = raced.as_ref().and_then(|race| lthr_of_race(run, race, hr_max))
        {
            lthr.replace_from(estimate);
        }
        speed.see(run, raced.as_ref(), hr_max);
        power.see(run, raced.is_some(), hr_max);
    }
    let thresholds = Thresholds {
        sex: profile.sex,
        trimp_constants: profile.trimp_constants,
        mass_kg: profile.mass_kg,
        height_m: profile.height_m,
        hr_max_bpm: heart.max,
        hr_rest_bpm: heart.rest,
        lt1_bpm: Timeline::always(profile.lt1_bpm, Origin::Config),
        lthr_bpm: lthr,
        threshold_speed_mps: speed.threshold,
        vdot: speed.vdot,
        critical_speed_mps: speed.critical,
        critical_power_w: power.critical,
    };
    Study { thresholds, races: whole_calendar(runs, calendar) }
}

/// The race of the calendar that each run was: on the day of a race the longest that measures like it.
fn match_calendar<'a>(runs: &[Dated], calendar: &'a [Race]) -> Vec<Option<&'a Race>> {
    let mut found = vec![None; runs.len()];
    for race in calendar {
        let distance = |run: &Dated| run.digest.distance_m.unwrap_or(0.0);
        let measures = |(_, run): &(usize, &Dated)| {
            run.date == race.date && run.counts() && RACE_MATCH.contains(&(distance(run) / race.distance_m))
        };
        let best = runs.iter().enumerate().filter(measures);
        if let Some((at, _)) = best.max_by(|a, b| distance(a.1).total_cmp(&distance(b.1))) {
            found[at] = Some(race);
        }
    }
    found
}

/// Nobody races twice within 24 h unless they say so: of two, the one with the lower score gives way.
fn keep_one_a_day(earlier: &mut [Dated], run: &mut Dated) {
    const DAY_MS: i64 = 24 * 3600 * 1000;
    let start_ms = run.digest.start_ms;
    let Some(race) = run.race.as_mut().filter(|race| race.is_race()) else { return };
    for other in earlier.iter_mut().rev().take_while(|other| start_ms - other.digest.start_ms < DAY_MS) {
        let Some(before) = other.race.as_mut().filter(|before| before.is_race()) else { continue };
        match (race.is_stated(), before.is_stated()) {
            (true, true) => {}
            (false, true) => race.is_outdone = true,
            (true, false) => before.is_outdone = true,
            (false, false) if before.total() >= race.total() => race.is_outdone = true,
            (false, false) => before.is_outdone = true,
        }
    }
}

/// The calendar by date, with the races that only the runs tell of. A race that a runner did not list is taken for one
/// of priority B.
fn whole_calendar(runs: &[Dated], calendar: &[Race]) -> Vec<Race> {
    let mut races = calendar.to_vec();
    for run in runs.iter().filter(|run| run.counts()) {
        let Some(race) = run.raced() else { continue };
        if races.iter().any(|other| other.date == run.date) {
            continue;
        }
        let is_nearby = |other: &Race| {
            other.origin == RaceOrigin::Config && days_between(other.date, run.date).abs() <= 1
        };
        let origin = if race.is_stated() { RaceOrigin::File } else { RaceOrigin::Detected };
        if origin == RaceOrigin::Detected && races.iter().any(is_nearby) {
            continue;
        }
        let name =
            run.digest.title.clone().unwrap_or_else(|| format!("{} race", race::name_of(race.distance_m)));
        races.push(Race { date: run.date, name, distance_m: race.distance_m, priority: 'B', origin });
    }
    races.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    races
}
