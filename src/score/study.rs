//! What a history says of its runner before anything is scored: races and thresholds, day by day.
//!
//! Each needs the other: a race gives a threshold, and a threshold helps to tell a race. So the runs are gone through
//! once in order of time, and each is judged by what the earlier ones have shown.

use super::Dated;
use super::race::{self, Before};
use super::thresholds::{Estimate, Heart, Origin, Power, Profile, Speed, Thresholds, Timeline, lthr_of_race};
use crate::model::calendar::days_between;
use crate::model::{Day, Race, RaceOrigin};

/// A race that was run on its day measures at least this share of its distance.
const LEAST_OF_RACE: f64 = 0.94;

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
    let mut raced_lthr: Vec<Estimate> = Vec::new();
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
            raced_lthr.push(estimate.clone());
            lthr.replace_from(Estimate { value: recent_mean(&raced_lthr, run.date), ..estimate });
        }
        speed.see(run, raced.as_ref(), hr_max);
        power.see(run, raced.is_some(), hr_max);
    }
    lthr.reach_back(false);
    speed.threshold.reach_back(true);
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

/// The mean of the last three races within two years (heuristic): a single one may be off by ten beats, and every load of
/// the months after it with them.
fn recent_mean(raced: &[Estimate], today: Day) -> f64 {
    const DAYS: i64 = 730;
    let is_recent = |one: &&Estimate| one.shown.is_some_and(|shown| days_between(shown, today) <= DAYS);
    let values: Vec<f64> = raced.iter().rev().filter(is_recent).take(3).map(|one| one.value).collect();
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The race of the calendar that each run was: on the day of a race the shortest that holds its distance; what it has more
/// is warm-up and cool-down.
fn match_calendar<'a>(runs: &[Dated], calendar: &'a [Race]) -> Vec<Option<&'a Race>> {
    let mut found = vec![None; runs.len()];
    for race in calendar {
        let longer = |run: &Dated| run.digest.distance_m.unwrap_or(0.0) / race.distance_m;
        let holds = |(_, run): &(usize, &Dated)| {
            let may_be = run.counts() && run.amended.race != Some(false);
            run.date == race.date && may_be && longer(run) >= LEAST_OF_RACE
        };
        let of_day = runs.iter().enumerate().filter(holds);
        if let Some((at, _)) = of_day.min_by(|a, b| longer(a.1).total_cmp(&longer(b.1))) {
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
            (false, false) if before.total() >= race.total() => race.is_outdone = true,
            (_, false) => before.is_outdone = true,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::plus;
    use crate::score::testing::{easy_weeks, even_run, first, paced_run};

    fn told(profile: &Profile, mut runs: Vec<Dated>, calendar: &[Race]) -> (Study, Vec<Dated>) {
        let study = study(&mut runs, profile, calendar, &[]);
        (study, runs)
    }

    fn at(line: &Timeline, day: u32) -> (f64, Origin) {
        let found = line.on(plus(first(), day)).unwrap();
        (found.estimate.value, found.estimate.origin)
    }

    /// Twenty weeks with two hard finishes in the eighteenth and a race of 10 km in the last.
    fn history() -> Vec<Dated> {
        let mut runs = easy_weeks(20);
        for day in [120, 122] {
            runs.push(paced_run(day, &[(5000.0, 2.8, 140.0), (1500.0, 4.2, 184.0)]));
        }
        runs.push(even_run(138, 10_050.0, 4.0, 172.0));
        runs.sort_by_key(|run| run.digest.start_ms);
        runs
    }

    #[test]
    fn thresholds_come_with_the_day_that_showed_them() {
        let (study, runs) = told(&Profile::default(), history(), &[]);
        let lines = &study.thresholds;
        let (max, origin) = at(&lines.hr_max_bpm, 139);
        assert!((184.0..=185.0).contains(&max) && origin == Origin::History, "{max}");
        // What the race has shown stands in for the share of the maximum that was used before it.
        let (lthr, origin) = at(&lines.lthr_bpm, 138);
        assert!((lthr - 172.0).abs() < 0.5 && origin == Origin::FoundRace, "{lthr}");
        assert!(lines.lthr_bpm.on(plus(first(), 130)).unwrap().is_backfilled);
        let (speed, origin) = at(&lines.threshold_speed_mps, 138);
        assert!((speed - 3.91).abs() < 0.05 && origin == Origin::FoundRace, "{speed}");
        assert_eq!(runs.iter().filter(|run| run.raced().is_some()).count(), 1);
        assert_eq!((study.races.len(), study.races[0].origin), (1, RaceOrigin::Detected));
    }

    #[test]
    fn what_the_runner_says_is_not_estimated() {
        let profile = Profile {
            hr_max_bpm: Some(190.0),
            lthr_bpm: Some(168.0),
            threshold_speed_mps: Some(3.7),
            ..Profile::default()
        };
        let (study, _) = told(&profile, history(), &[]);
        let lines = study.thresholds;
        for (line, value) in
            [(lines.hr_max_bpm, 190.0), (lines.lthr_bpm, 168.0), (lines.threshold_speed_mps, 3.7)]
        {
            assert_eq!(line, Timeline::always(Some(value), Origin::Config));
        }
    }

    #[test]
    fn one_spike_of_a_sensor_is_no_maximum() {
        let mut runs = easy_weeks(10);
        runs.push(paced_run(69, &[(5000.0, 2.8, 140.0), (300.0, 3.0, 214.0)]));
        let (study, _) = told(&Profile::default(), runs, &[]);
        assert!(at(&study.thresholds.hr_max_bpm, 69).0 < 145.0);
        // With an age that such a maximum does not fit, the age says more.
        let profile = Profile { birth_year: Some(1985), ..Profile::default() };
        let (study, _) = told(&profile, easy_weeks(10), &[]);
        assert_eq!(at(&study.thresholds.hr_max_bpm, 69), (180.0, Origin::Age));
    }

    #[test]
    fn what_one_clean_race_holds_is_no_more_than_the_maximum() {
        let mut runs = easy_weeks(10);
        runs.push(paced_run(69, &[(5000.0, 2.8, 140.0), (1500.0, 4.2, 183.0)]));
        let (study, _) = told(&Profile::default(), runs.clone(), &[]);
        let (max, origin) = at(&study.thresholds.hr_max_bpm, 69);
        assert!((183.0..=184.0).contains(&max) && origin == Origin::History, "{max}");
        // As many steps as beats a minute: perhaps an optical sensor that counts steps.
        let last = runs.last_mut().unwrap();
        last.digest.avg_cadence_spm = Some(180.0);
        let (study, _) = told(&Profile::default(), runs, &[]);
        assert!(at(&study.thresholds.hr_max_bpm, 69).0 < 145.0);
    }

    #[test]
    fn of_two_races_in_a_day_the_likelier_counts() {
        let mut runs = history();
        let mut second = even_run(138, 5020.0, 4.1, 175.0);
        second.digest.start_ms += 3 * 3_600_000;
        runs.push(second);
        let (_, runs) = told(&Profile::default(), runs, &[]);
        assert_eq!(runs.iter().filter(|run| run.raced().is_some()).count(), 1);
    }

    #[test]
    fn nothing_later_is_needed_for_what_was_known() {
        let runs = history();
        let (whole, _) = told(&Profile::default(), runs.clone(), &[]);
        let until = plus(first(), 130);
        let known: Vec<Dated> = runs.into_iter().filter(|run| run.date <= until).collect();
        let (part, _) = told(&Profile::default(), known, &[]);
        let reaches_back = |name: &str| ["lthr_bpm", "threshold_speed_mps"].contains(&name);
        for ((name, of_part), (_, of_whole)) in
            part.thresholds.timelines().iter().zip(whole.thresholds.timelines())
        {
            if reaches_back(name) {
                continue;
            }
            let n = of_part.estimates().len();
            assert_eq!(of_part.estimates(), &of_whole.estimates()[..n], "{name}");
        }
    }

    #[test]
    fn a_resting_heart_rate_that_never_moves_is_a_setting() {
        let mut runs = easy_weeks(4);
        for run in &mut runs {
            run.digest.resting_hr_bpm = Some(72.0);
        }
        let (set, _) = told(&Profile::default(), runs.clone(), &[]);
        assert_eq!(at(&set.thresholds.hr_rest_bpm, 20).1, Origin::Default);
        runs[5].digest.resting_hr_bpm = Some(49.0);
        let (measured, _) = told(&Profile::default(), runs, &[]);
        assert_eq!(at(&measured.thresholds.hr_rest_bpm, 0), (72.0, Origin::Device));
        // Three mornings within a week say more than any watch.
        let mornings: Vec<(Day, f64)> = (0..3).map(|k| (plus(first(), k), 50.0 - f64::from(k))).collect();
        let mut runs = easy_weeks(4);
        let study = study(&mut runs, &Profile::default(), &[], &mornings);
        assert_eq!(at(&study.thresholds.hr_rest_bpm, 9), (48.0, Origin::Device));
    }
}
