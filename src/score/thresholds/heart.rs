//! Maximal and threshold heart rate from a history (science 2.8).

use super::Profile;
use super::estimate::{Estimate, Origin, Timeline, origin_of};
use crate::digest::Digest;
use crate::digest::effort::DURATIONS_S;
use crate::model::Day;
use crate::model::calendar::days_between;
use crate::score::Dated;
use crate::score::race::RaceScore;
use chrono::Datelike;

/// Resting heart rate where nobody says (heuristic).
const DEFAULT_REST_BPM: f64 = 55.0;
/// Threshold heart rate over maximal (heuristic; plausible 0.85 to 0.94).
pub const LTHR_OF_MAX: f64 = 0.90;
/// A second activity must come this close to a peak before it is believed.
const PEAK_AGREEMENT_BPM: f64 = 3.0;
/// How far apart the two may lie.
const AGREEMENT_DAYS: i64 = 365;
/// A history that never came near the age formula says nothing of the maximum.
const LEAST_OF_TANAKA: f64 = 0.92;
/// So far above the age formula (three standard deviations of people) a peak is an artefact.
const MOST_ABOVE_TANAKA_BPM: f64 = 30.0;
/// No peak above this is believed.
const HIGHEST_BPM: f64 = 220.0;
/// Runs and days with heart rate before the first estimate: earlier peaks are those of easy runs (heuristic).
const ESTABLISHED: (usize, i64) = (10, 42);
/// A race of this many seconds is run at about the threshold.
const THRESHOLD_RACE_S: std::ops::RangeInclusive<f64> = 1800.0..=4200.0;
/// Where the heart rate of such a race may lie as a share of the maximum, if the runner or the file says that it was one.
const PLAUSIBLE_LTHR: std::ops::RangeInclusive<f64> = 0.80..=0.98;
/// The same if only the numbers say so.
const LIKELY_LTHR: std::ops::RangeInclusive<f64> = 0.85..=0.97;

/// The heart rates of a runner over time, as far as no race is needed for them.
pub(crate) struct Heart {
    pub max: Timeline,
    pub rest: Timeline,
}

impl Heart {
    /// `runs` are in order of time; `resting` are readings of the resting heart rate by day.
    pub(crate) fn new(profile: &Profile, runs: &[Dated], resting: &[(Day, f64)]) -> Self {
        let tanaka = |day: Day| profile.birth_year.map(|year| 208.0 - 0.7 * f64::from(day.year() - year));
        let mut max = Timeline::always(profile.hr_max_bpm, Origin::Config);
        if max.last().is_none() {
            max = max_from_history(runs, tanaka);
        }
        if max.last().is_none() {
            max = max_by_age(runs, tanaka);
        }
        let mut rest = Timeline::always(profile.hr_rest_bpm, Origin::Config);
        if rest.last().is_none() {
            rest = rest_from_readings(runs, resting);
        }
        if rest.last().is_none() {
            rest = Timeline::always(Some(DEFAULT_REST_BPM), Origin::Default);
        }
        Self { max, rest }
    }

    /// The threshold heart rate where nothing better is known: a share of the maximum, whenever that changes.
    pub(crate) fn derived_lthr(&self) -> Timeline {
        let mut line = Timeline::default();
        for max in self.max.estimates() {
            line.push(Estimate { value: LTHR_OF_MAX * max.value, origin: Origin::Derived, ..max.clone() });
        }
        line
    }
}

/// The age formula, from the first run of each year on.
fn max_by_age(runs: &[Dated], tanaka: impl Fn(Day) -> Option<f64>) -> Timeline {
    let mut line = Timeline::default();
    for year in runs.chunk_by(|a, b| a.date.year() == b.date.year()) {
        if let Some(value) = tanaka(year[0].date) {
            line.push(Estimate { since: Some(year[0].date), ..Estimate::always(value, Origin::Age) });
        }
    }
    line
}

/// Do the runner's usual runs contradict a maximum? Nobody runs every fourth session of half an hour above the heart rate
/// that can be held for an hour (heuristic).
fn is_contradicted(highest: f64, means: &[f64]) -> bool {
    const LEAST_SESSIONS: usize = 8;
    const MOST_OF_MAX: f64 = 0.92;
    let mut sorted = means.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    means.len() >= LEAST_SESSIONS && sorted[sorted.len() * 3 / 4] >= MOST_OF_MAX * highest
}

/// Does a run prove its peak by itself? Where two minutes of a clean recording come as close to it as a second activity would,
/// the maximum cannot be lower (heuristic). Optical sensors that follow the steps do so for minutes too, so what is
/// near the cadence proves nothing.
fn is_held(digest: &Digest, peak: f64) -> bool {
    const HELD_S: usize = 120;
    const MOST_DROPPED: f64 = 0.01;
    const NEAR_CADENCE_BPM: f64 = 6.0;
    let place = DURATIONS_S.iter().position(|seconds| *seconds == HELD_S);
    let Some(held) = place.and_then(|place| digest.best_hr_bpm.get(place)) else { return false };
    held + PEAK_AGREEMENT_BPM >= peak
        && digest.hr_locked_s + digest.hr_flat_s <= 0.0
        && digest.hr_dropped_s <= MOST_DROPPED * digest.hr_valid_s
        && digest.avg_cadence_spm.is_none_or(|spm| (spm - held).abs() > NEAR_CADENCE_BPM)
}

/// The highest 15 s median so far that a second activity within a year confirms to 3 bpm, and no less than what one clean
/// recording holds for two minutes.
fn max_from_history(runs: &[Dated], tanaka: impl Fn(Day) -> Option<f64>) -> Timeline {
    let mut line = Timeline::default();
    let mut peaks: Vec<(Day, f64)> = Vec::new();
    let mut means: Vec<f64> = Vec::new();
    let mut highest: f64 = 0.0;
    let mut waiting: Option<Estimate> = None;
    for run in runs.iter().filter(|run| run.counts()) {
        let Some(peak) = run.digest.peak_hr_bpm else { continue };
        let age = tanaka(run.date);
        if peak > age.map_or(HIGHEST_BPM, |age| (age + MOST_ABOVE_TANAKA_BPM).min(HIGHEST_BPM)) {
            continue;
        }
        for &(day, other) in peaks.iter().filter(|(day, _)| days_between(*day, run.date) <= AGREEMENT_DAYS) {
            debug_assert!(day <= run.date);
            // The higher of the two counts as far as the lower one confirms it.
            highest = highest.max(peak.max(other).min(peak.min(other) + PEAK_AGREEMENT_BPM));
        }
        if is_held(&run.digest, peak) {
            highest = highest.max(peak);
        }
        peaks.push((run.date, peak));
        means.extend(run.digest.avg_hr_bpm.filter(|_| run.digest.timer_s >= 1800.0));
        let is_near = highest > 0.0 && peak >= highest - PEAK_AGREEMENT_BPM;
        if !is_near
            || highest < age.map_or(0.0, |age| LEAST_OF_TANAKA * age)
            || is_contradicted(highest, &means)
        {
            continue;
        }
        let estimate = Estimate::shown(highest, Origin::History, run.date, &run.digest.file);
        let established =
            (peaks.len() >= ESTABLISHED.0) && days_between(peaks[0].0, run.date) >= ESTABLISHED.1;
        if established {
            line.renew(estimate);
        } else {
            waiting = Some(estimate);
        }
    }
    // A short history has its best so far, however little that says.
    if line.last().is_none()
        && let Some(best) = waiting
    {
        line.push(best);
    }
    line
}

/// The lowest reading of seven days, whenever there are at least three; else what the watch was set to.
fn rest_from_readings(runs: &[Dated], resting: &[(Day, f64)]) -> Timeline {
    let mut line = Timeline::default();
    for (at, &(day, _)) in resting.iter().enumerate() {
        let week = resting[..=at].iter().rev().take_while(|(other, _)| days_between(*other, day) < 7);
        let week: Vec<f64> = week.map(|(_, bpm)| *bpm).collect();
        if week.len() >= 3
            && let Some(lowest) = week.into_iter().min_by(f64::total_cmp)
        {
            let estimate = Estimate {
                value: lowest,
                origin: Origin::Device,
                since: Some(day),
                shown: Some(day),
                file: Some("diary.csv".to_owned()),
            };
            line.renew(estimate);
        }
    }
    let of_watch: Vec<(&Dated, f64)> = runs
        .iter()
        .filter(|run| run.counts())
        .filter_map(|run| Some((run, run.digest.resting_hr_bpm?)))
        .collect();
    // A value that never moves is a setting that nobody has touched.
    let is_measured = of_watch.windows(2).any(|pair| pair[0].1.total_cmp(&pair[1].1).is_ne());
    if line.last().is_none() && is_measured {
        for (run, bpm) in of_watch {
            line.renew(Estimate::shown(bpm, Origin::Device, run.date, &run.digest.file));
        }
    }
    line
}

/// The threshold heart rate that a race of 30 to 70 min shows: the mean of its last two thirds.
pub(crate) fn lthr_of_race(run: &Dated, race: &RaceScore, hr_max: Option<f64>) -> Option<Estimate> {
    let mean = race.late_hr_bpm?;
    let range = if race.is_stated() { PLAUSIBLE_LTHR } else { LIKELY_LTHR };
    let is_plausible = hr_max.is_none_or(|max| range.contains(&(mean / max)));
    (THRESHOLD_RACE_S.contains(&race.seconds) && is_plausible)
        .then(|| Estimate::shown(mean, origin_of(race), run.date, &run.digest.file))
}
