//! Threshold speed, VDOT and critical speed from a history (science 2.8).
//!
//! Runs are seen one by one in order of time; after each, the timelines hold what is known then.

use super::Profile;
use super::estimate::{Estimate, Origin, Timeline, origin_of};
use crate::digest::Digest;
use crate::digest::effort::DURATIONS_S;
use crate::model::Day;
use crate::model::calendar::days_between;
use crate::score::Dated;
use crate::score::critical_speed::{CriticalSpeed, EFFORT_S, Effort, Verdict};
use crate::score::race::RaceScore;
use crate::score::vdot::{hour_speed_mps, vdot};

/// Speed of an hour over critical speed (heuristic: critical speed lies slightly above it).
const HOUR_OF_CRITICAL: f64 = 0.97;
/// Speed of an hour over the best 30 min of training (heuristic).
const HOUR_OF_BEST_HALF_HOUR: f64 = 0.97;
/// How far back efforts of training count.
const EFFORT_DAYS: i64 = 90;
/// Days of history before its best efforts say anything: those of the first weeks are what the runner happened to do.
const ESTABLISHED_DAYS: i64 = 42;
/// How long a race is the best word on a runner, before a later and slower one takes its place.
const RACE_DAYS: i64 = 120;

/// A race this much slower than training was not run at the limit.
const SLOWER: f64 = 0.99;

/// The best efforts of one run.
struct Efforts {
    date: Day,
    file: String,
    /// Best mean grade-adjusted speed in m/s for each of [`DURATIONS_S`] that fits, and whether heart rate was near
    /// its maximum over as long a time.
    best: Vec<(f64, bool)>,
}

/// What is known of a runner's speed so far.
pub(crate) struct Speed {
    is_given: bool,
    first: Option<Day>,
    races: Vec<(Day, f64, String, Origin)>,
    recent: Vec<Efforts>,
    pub threshold: Timeline,
    pub vdot: Timeline,
    pub critical: Timeline,
}

impl Speed {
    pub(crate) fn new(profile: &Profile) -> Self {
        let given = profile.threshold_speed_mps;
        Self {
            is_given: given.is_some(),
            first: None,
            races: Vec::new(),
            recent: Vec::new(),
            threshold: Timeline::always(given, Origin::Config),
            vdot: Timeline::default(),
            critical: Timeline::default(),
        }
    }

    /// The VDOT to expect of a day, by what was known before it.
    pub(crate) fn expected_vdot(&self) -> Option<f64> {
        let by_hour = self.threshold.last().filter(|speed| speed.origin.is_measured());
        by_hour.and_then(|speed| vdot(3600.0 * speed.value, 3600.0))
    }

    /// Takes in a run, and the race that was in it.
    pub(crate) fn see(&mut self, run: &Dated, race: Option<&RaceScore>, hr_max: Option<f64>) {
        let digest = &run.digest;
        let is_established = days_between(*self.first.get_or_insert(run.date), run.date) >= ESTABLISHED_DAYS;
        self.recent.retain(|one| days_between(one.date, run.date) <= EFFORT_DAYS);
        let near = |index: usize| race.is_some() || is_near_max(digest, index, hr_max);
        let best = digest.best_speed_mps.iter().enumerate().map(|(index, speed)| (*speed, near(index)));
        self.recent.push(Efforts { date: run.date, file: digest.file.clone(), best: best.collect() });
        if let Some(race) = race
            && let Some(vdot) = vdot(race.distance_m, race.seconds)
        {
            self.races.push((run.date, vdot, digest.file.clone(), origin_of(race)));
        }
        if let Some(fit) = self.critical_speed(run.date).filter(|_| is_established) {
            self.critical.renew(fit);
        }
        if let Some(race) = self.best_race(run.date) {
            self.vdot.renew(race);
        }
        if !self.is_given
            && let Some(speed) = self.estimate(run.date, is_established)
        {
            self.threshold.renew(speed);
        }
    }

    /// The first of the ladder that training does not belie: race, critical speed, best half hour. What training beats was not
    /// at the limit, or over ground that no formula knows; and raised to what training shows it would still be too low,
    /// so that every run looked hard.
    fn estimate(&self, today: Day, is_established: bool) -> Option<Estimate> {
        let training = self.best_half_hour(today);
        let least = training.as_ref().map_or(0.0, |training| SLOWER * training.value);
        let race = self.best_race(today).map(|race| Estimate { value: hour_speed_mps(race.value), ..race });
        let fit = self.critical_speed(today).filter(|_| is_established);
        let critical = fit.map(|fit| Estimate { value: HOUR_OF_CRITICAL * fit.value, ..fit });
        [race, critical].into_iter().flatten().find(|one| one.value >= least).or(training)
    }

    /// The best race of the last 120 days, else the last one before.
    fn best_race(&self, today: Day) -> Option<Estimate> {
        let recent = self.races.iter().filter(|race| days_between(race.0, today) <= RACE_DAYS);
        let best = recent.max_by(|a, b| a.1.total_cmp(&b.1)).or_else(|| self.races.last())?;
        Some(Estimate {
            value: best.1,
            origin: best.3,
            since: Some(today),
            shown: Some(best.0),
            file: Some(best.2.clone()),
        })
    }

    /// Critical speed over the best efforts of 2 to 20 min of the last 90 days, where the fit is good and one of them
    /// was near the limit.
    fn critical_speed(&self, today: Day) -> Option<Estimate> {
        let mut efforts = Vec::new();
        let mut shown = None;
        let mut is_near_max = false;
        for (index, seconds) in DURATIONS_S.iter().map(|s| *s as f64).enumerate() {
            let of_run = self.recent.iter().filter_map(|run| Some((run, *run.best.get(index)?)));
            let best = of_run.max_by(|a, b| a.1.0.total_cmp(&b.1.0));
            let Some((run, (speed, is_near))) =
                best.filter(|(_, (speed, _))| *speed > 0.0 && EFFORT_S.contains(&seconds))
            else {
                continue;
            };
            efforts.push(Effort { distance_m: speed * seconds, seconds });
            shown = Some(run);
            is_near_max |= is_near;
        }
        let (fit, verdict) = CriticalSpeed::estimate(&efforts, is_near_max)?;
        let run = shown.filter(|_| verdict == Verdict::Accepted)?;
        Some(Estimate {
            value: fit.speed_mps,
            origin: Origin::CriticalSpeed,
            since: Some(today),
            shown: Some(run.date),
            file: Some(run.file.clone()),
        })
    }

    /// The best 30 min of the last 90 days, times 0.97.
    fn best_half_hour(&self, today: Day) -> Option<Estimate> {
        let index = DURATIONS_S.iter().position(|s| *s == 1800)?;
        let of_run = self.recent.iter().filter_map(|run| Some((run, run.best.get(index)?.0)));
        let (run, speed) = of_run.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, speed)| *speed > 0.0)?;
        Some(Estimate {
            value: HOUR_OF_BEST_HALF_HOUR * speed,
            origin: Origin::Training,
            since: Some(today),
            shown: Some(run.date),
            file: Some(run.file.clone()),
        })
    }
}

/// Did heart rate come near its maximum over as long a time as that of [`DURATIONS_S`]?
pub(super) fn is_near_max(digest: &Digest, index: usize, hr_max: Option<f64>) -> bool {
    /// Share of maximal heart rate that makes an effort near-maximal (science 2.8).
    const NEAR_MAX: f64 = 0.92;
    digest.best_hr_bpm.get(index).zip(hr_max).is_some_and(|(hr, max)| *hr >= NEAR_MAX * max)
}
