//! The phase of a single day by its features (science 8.1 and 8.4; first match wins).

use super::taper::{self, Volume};
use super::{Phase, slope_of_median};
use crate::load::day::{DayRow, DayState};
use crate::load::ratio::quantile;
use crate::model::calendar::{days_between, minus, plus};
use crate::model::{Day, Race};

/// Days without a run that make a break.
const BREAK_DAYS: usize = 7;
/// Steps from run to run over which the usual one is taken.
const USUAL_STEPS: usize = 16;
/// Days without a run after which coming back is a phase of its own.
const LONG_BREAK_DAYS: usize = 14;
/// A peak needs this much history to stand out from.
const PEAK_HISTORY_DAYS: usize = 56;

/// The days with everything that the rules ask of them.
pub(super) struct Features<'a> {
    days: &'a [DayRow],
    races: &'a [Race],
    /// Distance in m of the 7 and of the 28 days (per week) that end with each day; `None` at the start.
    week_m: Vec<Option<f64>>,
    month_m: Vec<Option<f64>>,
    tapers: Vec<Option<Day>>,
    /// First day and first day after of each break.
    breaks: Vec<(usize, usize)>,
}

impl Volume for Features<'_> {
    fn distance_m(&self, first: Day, last: Day) -> Option<f64> {
        let (from, to) = (self.index(first)?, self.index(last)?);
        Some(self.days.get(from..=to)?.iter().map(|day| day.distance_m).sum())
    }

    fn has_quality(&self, first: Day, last: Day) -> bool {
        self.days.iter().any(|day| (first..=last).contains(&day.date) && day.n_quality > 0)
    }

    fn last_day(&self) -> Option<Day> {
        self.days.last().map(|day| day.date)
    }
}

impl<'a> Features<'a> {
    pub(super) fn new(days: &'a [DayRow], races: &'a [Race]) -> Self {
        let trailing = |n: usize| -> Vec<Option<f64>> {
            let sum = |t: usize| days[t + 1 - n..=t].iter().map(|day| day.distance_m).sum::<f64>();
            (0..days.len()).map(|t| (t + 1 >= n).then(|| sum(t) / n as f64 * 7.0)).collect()
        };
        let mut features = Self {
            days,
            races,
            week_m: trailing(7),
            month_m: trailing(28),
            tapers: Vec::new(),
            breaks: breaks(days),
        };
        features.tapers = races.iter().map(|race| taper::start(&features, race)).collect();
        features
    }

    fn index(&self, day: Day) -> Option<usize> {
        usize::try_from(days_between(self.days.first()?.date, day)).ok()
    }

    pub(super) fn phase(&self, t: usize) -> Phase {
        let today = self.days[t].date;
        if self.races.iter().any(|race| race.date == today) {
            return Phase::Race;
        }
        if self.races.iter().any(|race| self.is_after(race, t)) {
            return Phase::PostRace;
        }
        let tapers = self.races.iter().zip(&self.tapers);
        if tapers.clone().any(|(race, start)| start.is_some_and(|start| start <= today && today < race.date))
        {
            return Phase::Taper;
        }
        if self.breaks.iter().any(|&(from, to)| (from..to).contains(&t)) {
            return Phase::Break;
        }
        let known =
            self.days[(t + 1).saturating_sub(28)..=t].iter().filter(|day| day.state != DayState::Unknown);
        // Volume that still rises is always among the highest, so the peak gives way to the build until a taper is
        // near; else no build would ever be seen.
        if self.is_returning(t) {
            Phase::Return
        } else if self.is_peak(t) && (self.is_before_taper(t) || !self.is_build(t)) {
            Phase::Peak
        } else if self.is_build(t) {
            Phase::Build
        } else if self.is_speed(t) {
            Phase::Speed
        } else if known.count() >= 21 {
            Phase::Base
        } else {
            Phase::Unknown
        }
    }

    /// From the day after a race until the week is back at 0.75 of the reference, at most 3 to 28 days by distance.
    fn is_after(&self, race: &Race, t: usize) -> bool {
        let after = days_between(race.date, self.days[t].date);
        if after < 1 || after > i64::from(longest_recovery_days(race.distance_m)) {
            return false;
        }
        let Some(reference) = taper::reference_week_m(self, race) else { return true };
        // The race itself is no sign of being back, so weeks that hold it do not count.
        let days_back =
            (1..=after).map(|back| plus(race.date, back as u32)).filter_map(|day| self.index(day));
        !days_back
            .filter(|day| days_between(race.date, self.days[*day].date) >= 7)
            .any(|day| self.week_m[day].is_some_and(|week| week >= 0.75 * reference))
    }

    /// From the first run after at least 14 days without until four fifths of the old month, or 28 days.
    fn is_returning(&self, t: usize) -> bool {
        self.breaks.iter().any(|&(from, to)| {
            let is_long = to - from >= LONG_BREAK_DAYS && from > 0;
            let since = t.checked_sub(to);
            let before = from.checked_sub(1).and_then(|last| self.month_m[last]);
            let is_back = before.zip(self.month_m[t]).is_some_and(|(old, now)| now >= 0.8 * old);
            is_long && since.is_some_and(|days| days < 28) && !is_back
        })
    }

    fn is_peak(&self, t: usize) -> bool {
        let Some((week, month)) = self.week_m[t].zip(self.month_m[t]) else { return false };
        let recent = |series: &[Option<f64>], n: usize| -> Vec<f64> {
            series[(t + 1).saturating_sub(n)..=t].iter().flatten().copied().collect()
        };
        let highest = recent(&self.week_m, 112).into_iter().fold(0.0, f64::max);
        let is_high = quantile(&recent(&self.month_m, 180), 0.75).is_some_and(|p75| month >= p75);
        let is_highest = week >= 0.9 * highest || self.is_before_taper(t);
        t + 1 >= PEAK_HISTORY_DAYS && is_high && month > 0.0 && self.has_grown(t) && is_highest
    }

    /// In the three weeks before a taper starts.
    fn is_before_taper(&self, t: usize) -> bool {
        let today = self.days[t].date;
        self.tapers.iter().flatten().any(|start| (minus(*start, 21)..*start).contains(&today))
    }

    /// The month is above the lowest of the last 112 days by a tenth: even running has no peak.
    fn has_grown(&self, t: usize) -> bool {
        let months = self.month_m[(t + 1).saturating_sub(112)..=t].iter().flatten();
        let lowest = months.copied().fold(f64::INFINITY, f64::min);
        self.month_m[t].is_some_and(|month| month >= 1.10 * lowest)
    }

    fn is_build(&self, t: usize) -> bool {
        let Some(before) = t.checked_sub(28) else { return false };
        let weeks: Option<Vec<f64>> = [21, 14, 7, 0].iter().map(|back| self.week_m[t - back]).collect();
        let rises = weeks.and_then(|weeks| slope_of_median(&weeks)).is_some_and(|slope| slope >= 0.05);
        let is_above =
            self.month_m[t].zip(self.month_m[before]).is_some_and(|(now, then)| now >= 1.05 * then);
        let longest = |t: usize| {
            self.days[(t + 1).saturating_sub(28)..=t].iter().map(|day| day.longest_m).fold(0.0, f64::max)
        };
        let long_run_rises = longest(before) > 0.0 && longest(t) >= 1.10 * longest(before);
        (rises && is_above) || (before >= 27 && long_run_rises)
    }

    fn is_speed(&self, t: usize) -> bool {
        let Some(before) = t.checked_sub(28) else { return false };
        let recent = |n: usize| &self.days[(t + 1).saturating_sub(n)..=t];
        let quality: u32 = recent(14).iter().map(|day| day.n_quality).sum();
        let zones: [f64; 3] = std::array::from_fn(|k| recent(28).iter().map(|day| day.three_zone_s[k]).sum());
        let high_share = zones[2] / zones.iter().sum::<f64>();
        let is_even = self.month_m[t]
            .zip(self.month_m[before])
            .is_some_and(|(now, then)| (0.9 * then..=1.1 * then).contains(&now));
        is_even && (quality >= 3 || high_share >= 0.08)
    }
}

/// How long a race can hold the weeks after it back, in days (heuristic).
fn longest_recovery_days(distance_m: f64) -> u32 {
    match distance_m {
        d if d <= 6_000.0 => 3,
        d if d <= 12_000.0 => 5,
        d if d <= 25_000.0 => 10,
        d if d <= 45_000.0 => 21,
        _ => 28,
    }
}

/// Stretches without a run that are a break, from their first day to the day after: at least 7 days, and at least
/// three times the runner's usual step from run to run, so that one who runs every Sunday is not on a break all
/// week (heuristic).
fn breaks(days: &[DayRow]) -> Vec<(usize, usize)> {
    let mut steps: Vec<f64> = Vec::new();
    let mut breaks = Vec::new();
    let mut last_end = 0;
    for (from, to) in gaps(days) {
        // Runs on days in a row are steps of one day.
        steps.extend(std::iter::repeat_n(1.0, (from - last_end).saturating_sub(1)));
        last_end = to;
        let usual = quantile(&steps[steps.len().saturating_sub(USUAL_STEPS)..], 0.5).unwrap_or(1.0);
        let step = (to - from + 1) as f64;
        if to - from >= BREAK_DAYS && step >= 3.0 * usual {
            breaks.push((from, to));
        } else {
            steps.push(step);
        }
    }
    breaks
}

/// Stretches without a run, from their first day to the day after.
fn gaps(days: &[DayRow]) -> Vec<(usize, usize)> {
    let mut gaps = Vec::new();
    let mut start = 0;
    for stretch in days.chunk_by(|a, b| (a.n_runs == 0) == (b.n_runs == 0)) {
        let end = start + stretch.len();
        if stretch[0].n_runs == 0 {
            gaps.push((start, end));
        }
        start = end;
    }
    gaps
}
