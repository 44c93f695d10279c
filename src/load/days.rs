//! Scored runs to the dense series of days.

use super::day::{DayRow, DayState, LoadFlag, Ratios, Withheld};
use super::ewma::{Seed, ewma, reciprocal_weight, span_weight, time_constant_weight};
use super::ratio::{coupled, is_too_much, mean_to, percentile_of, quantile, range_over_windows, uncoupled};
use super::strain::monotony_and_strain;
use super::sums::{Sums, sums};
use crate::config::{Conventions, EwmaSeed, Fitness, Form};
use crate::error::Error;
use crate::model::calendar::{self, days_between};
use crate::model::{Day, LostDays};
use crate::score::LOOKBACK_DAYS;
use crate::score::cross::{self, CrossSession};
use crate::score::polarization::polarization;
use crate::score::run::{Run, SpikeClass};
use std::collections::HashMap;

/// Days that seed the exponential means; before them no ratio and no fitness is reported.
pub const SEED_DAYS: usize = 28;
/// Days until the seed's weight in the 28-day mean is down to 5 %: the weighted ratio is reported from here.
pub const EWMA_BURN_IN_DAYS: usize = 42;
/// Percentiles of one's own history need this many days (science 8.5).
pub const PERCENTILE_DAYS: usize = 180;
/// Below this distance in 7 days a ratio compares noise with noise.
pub const MIN_WEEK_M: f64 = 10_000.0;
/// With more of the load of 28 days put in from duration, a ratio of loads is withheld (science 2.9).
pub const MAX_IMPUTED_SHARE: f64 = 0.30;
/// Days without a run that are a lay-off.
pub const LAY_OFF_DAYS: u32 = 14;
/// A week of so many times the mean of the three before is a big one.
pub const BIG_WEEK: f64 = 1.30;
/// Below this distance a week is no base for the change to the next.
pub const MIN_RAMP_BASE_M: f64 = 5_000.0;

/// Every day from the first run that counts to `as_of`, none of them lost; empty without a run.
pub fn days(runs: &[Run], as_of: Day, conventions: Conventions) -> Result<Vec<DayRow>, Error> {
    Ok(Series::new(runs, as_of, conventions, &LostDays::default())?.rows(runs))
}

/// Highest spike ratio of each day.
fn spikes_by_day(runs: &[Run]) -> HashMap<Day, f64> {
    let mut spikes = HashMap::new();
    for run in runs.iter().filter(|run| run.counts()) {
        if let Some(ratio) = run.spike_ratio {
            let highest: &mut f64 = spikes.entry(run.date).or_insert(0.0);
            *highest = highest.max(ratio);
        }
    }
    spikes
}

/// Was one of the runs of a day longer than usual?
fn spiked(run: &Run) -> bool {
    run.counts() && run.spike_class.is_some_and(|c| (SpikeClass::Small..=SpikeClass::Large).contains(&c))
}

/// The daily series that windows run over, one value for each day of `calendar`.
#[derive(Debug, Clone)]
pub struct Series {
    /// Every day from the first run that counts to `as_of`; empty without a run.
    pub calendar: Vec<Day>,
    /// Load; `None` on an unknown day.
    pub loads: Vec<Option<f64>>,
    /// Distance in m; `None` where a run has none.
    pub distances: Vec<Option<f64>>,
    /// The part of the load that was put in.
    pub imputed: Vec<Option<f64>>,
    /// Exponentially weighted means of load, N = 7 and N = 28.
    pub ewma_load: [Vec<Option<f64>>; 2],
    /// The same of distance.
    pub ewma_distance: [Vec<Option<f64>>; 2],
    /// Fitness.
    pub ctl: Vec<Option<f64>>,
    /// Fatigue.
    pub atl: Vec<Option<f64>>,
    /// Coupled ratios on load, by day, as far as they are not withheld.
    pub coupled: Vec<Option<f64>>,
    /// Chronic loads by day.
    pub chronic: Vec<Option<f64>>,
    /// Days since the last run on record, by day.
    pub since_run: Vec<u32>,
    /// Days in a row that are known to be without a run, by day.
    pub off: Vec<u32>,
    /// How the means are made.
    pub conventions: Conventions,
    sums: Vec<Sums>,
    /// Other endurance sport counts as load.
    has_cross_training: bool,
}

/// Weight of a day in fitness and fatigue for a time constant in days.
#[must_use]
pub fn fitness_weight(fitness: Fitness, days: f64) -> f64 {
    match fitness {
        Fitness::Exponential => time_constant_weight(days),
        Fitness::Reciprocal => reciprocal_weight(days),
    }
}

impl Series {
    /// The series of all runs up to `as_of`, and of nothing else.
    pub fn new(runs: &[Run], as_of: Day, conventions: Conventions, lost: &LostDays) -> Result<Self, Error> {
        Self::of_training(runs, None, as_of, conventions, lost)
    }

    /// The same with the loads of other endurance sport, where that counts. They add to the load of their day and to nothing
    /// else; the days are those of the running, and what was done before them is left out. On a lost day without a run, load
    /// and distance are unknown.
    pub fn of_training(
        runs: &[Run],
        cross: Option<&[CrossSession]>,
        as_of: Day,
        conventions: Conventions,
        lost: &LostDays,
    ) -> Result<Self, Error> {
        let first = runs.iter().filter(|run| run.counts()).map(|run| run.date).min();
        let calendar: Vec<Day> = first.map_or_else(Vec::new, |first| calendar::days(first, as_of).collect());
        let mut sums = if calendar.is_empty() { Vec::new() } else { sums(runs, &calendar, |day| day)? };
        for (date, load_au) in cross::loads(cross.unwrap_or_default()) {
            if let Ok(t) = calendar.binary_search(&date) {
                sums[t].cross_au += load_au;
            }
        }
        for (sum, day) in sums.iter_mut().zip(&calendar) {
            if sum.n_runs == 0 && lost.holds(*day) {
                *sum = Sums::lost();
            }
        }
        Ok(Self::of(calendar, sums, conventions, cross.is_some(), &[]))
    }

    /// The rows of every day; `runs` are those that the series was made from.
    #[must_use]
    pub fn rows(&self, runs: &[Run]) -> Vec<DayRow> {
        let spikes = spikes_by_day(runs);
        let mut rows: Vec<DayRow> = Vec::with_capacity(self.calendar.len());
        for (t, &date) in self.calendar.iter().enumerate() {
            let mut row = self.row(t, date);
            row.spike_ratio = spikes.get(&date).copied();
            row.longest_30d_m = self.longest_before(t);
            let is_spike = row.spike_ratio.is_some_and(|ratio| ratio > 1.10)
                && runs.iter().any(|run| run.date == date && spiked(run));
            row.flags = self.flags(t, &row, &rows, is_spike);
            rows.push(row);
        }
        rows
    }

    /// The same series with days after it.
    pub(super) fn followed_by(&self, ahead: impl Iterator<Item = (Day, Sums)>) -> Self {
        let (mut calendar, mut sums) = (self.calendar.clone(), self.sums.clone());
        for (date, sum) in ahead {
            calendar.push(date);
            sums.push(sum);
        }
        Self::of(calendar, sums, self.conventions, self.has_cross_training, &self.coupled)
    }

    /// Longest run in m of the 30 days before day `t`; `None` where none of them has one, or too many are lost.
    pub(super) fn longest_before(&self, t: usize) -> Option<f64> {
        let days = &self.sums[t.saturating_sub(LOOKBACK_DAYS as usize)..t];
        if is_too_much(days.iter().filter(|sum| sum.is_lost).count(), LOOKBACK_DAYS as usize) {
            return None;
        }
        let longest = days.iter().map(|sum| sum.longest_m).fold(0.0, f64::max);
        (longest > 0.0).then_some(longest)
    }

    /// `coupled_before` holds the coupled ratios of the first days, where they are known already.
    fn of(
        calendar: Vec<Day>,
        sums: Vec<Sums>,
        conventions: Conventions,
        has_cross_training: bool,
        coupled_before: &[Option<f64>],
    ) -> Self {
        let loads: Vec<Option<f64>> =
            sums.iter().map(|sum| (sum.n_unscored == 0).then_some(sum.load_au + sum.cross_au)).collect();
        let distances: Vec<Option<f64>> =
            sums.iter().map(|sum| (sum.n_unmeasured == 0).then_some(sum.distance_m)).collect();
        let seed = match conventions.ewma_seed {
            EwmaSeed::Mean28 => Seed::MeanOf(SEED_DAYS),
            EwmaSeed::FirstDay => Seed::FirstDay,
        };
        let pair = |series: &[Option<f64>]| [7.0, 28.0].map(|n| ewma(series, span_weight(n), seed));
        let mean =
            |days: f64| ewma(&loads, fitness_weight(conventions.fitness, days), Seed::MeanOf(SEED_DAYS));
        let mut since = 0;
        let since_run = sums.iter().map(|sum| {
            since = if sum.n_runs > 0 { 0 } else { since + 1 };
            since
        });
        let mut off = 0;
        let days_off = sums.iter().map(|sum| {
            off = if sum.n_runs > 0 || sum.is_lost { 0 } else { off + 1 };
            off
        });
        let mut series = Self {
            ewma_load: pair(&loads),
            ewma_distance: pair(&distances),
            ctl: mean(42.0),
            atl: mean(7.0),
            imputed: sums.iter().map(|sum| (!sum.is_lost).then_some(sum.imputed_au)).collect(),
            coupled: Vec::new(),
            chronic: (0..sums.len()).map(|t| mean_to(&loads, t, 28)).collect(),
            since_run: since_run.collect(),
            off: days_off.collect(),
            conventions,
            distances,
            loads,
            calendar,
            sums,
            has_cross_training,
        };
        let more = coupled_before.len()..series.sums.len();
        let more =
            more.map(|t| series.withheld(t).is_none().then(|| coupled(&series.loads, t, 7, 28)).flatten());
        series.coupled = coupled_before.iter().copied().chain(more).collect();
        series
    }

    /// Everything about day `t` but its spike and flags.
    pub(super) fn row(&self, t: usize, date: Day) -> DayRow {
        let (sums, sum) = (&self.sums, &self.sums[t]);
        let strain = (t >= 6).then(|| monotony_and_strain(&self.loads[t - 6..=t])).flatten();
        // A mean that holds over weeks of which nothing is known would look like knowledge.
        let told = |mean: &[Option<f64>], day: usize| mean[day].filter(|_| !self.is_mostly_lost(day, 28));
        let form =
            |day: Option<usize>| day.and_then(|day| Some(told(&self.ctl, day)? - told(&self.atl, day)?));
        let same_day = form(Some(t));
        let month = &sums[(t + 1).saturating_sub(28)..=t];
        let month_zone_s = [0, 1, 2].map(|zone| month.iter().map(|sum| sum.three_zone_s[zone]).sum());
        let withheld = self.withheld(t);
        DayRow {
            date,
            state: match (sum.n_unscored, sum.n_runs) {
                (0, 0) => DayState::Rest,
                (0, _) => DayState::Observed,
                _ => DayState::Unknown,
            },
            n_runs: sum.n_runs,
            distance_m: sum.distance_m,
            timer_s: sum.timer_s,
            ascent_m: sum.ascent_m,
            descent_m: sum.descent_m,
            longest_m: sum.longest_m,
            three_zone_s: sum.three_zone_s,
            n_quality: sum.n_quality,
            load_au: self.loads[t],
            cross_au: self.has_cross_training.then_some(sum.cross_au),
            imputed_share: self.imputed_share(t),
            acute_au: mean_to(&self.loads, t, 7),
            chronic_au: self.chronic[t],
            days_since_run: self.since_run[t],
            days_off: self.off[t],
            month_zone_s,
            month_runs: month.iter().fold((0, 0), |(n, hard), sum| (n + sum.n_classified, hard + sum.n_hard)),
            polarization_index: polarization(month_zone_s)
                .ok()
                .map(|found| found.index)
                .filter(|_| t + 1 >= 28),
            acute_rescaled: self.acute_rescaled(t),
            withheld,
            load_ratios: self.ratios(t, withheld.is_none(), &self.loads, &self.ewma_load),
            distance_ratios: self.ratios(t, self.no_base(t).is_none(), &self.distances, &self.ewma_distance),
            acwr_percentile: self.percentile(t),
            acwr_range: withheld.is_none().then(|| range_over_windows(&self.loads, t)).flatten(),
            ctl: told(&self.ctl, t),
            atl: told(&self.atl, t),
            tsb: match self.conventions.form {
                Form::Yesterday => form(t.checked_sub(1)),
                Form::SameDay => same_day,
            },
            tsb_same_day: same_day,
            monotony: strain.map(|pair| pair.0),
            strain: strain.map(|pair| pair.1),
            ramp_pct: self.ramp_pct(t),
            spike_ratio: None,
            longest_30d_m: None,
            flags: Vec::new(),
        }
    }

    /// Runs of day `t` that count as hard (science 3.3).
    #[must_use]
    pub fn n_hard(&self, t: usize) -> u32 {
        self.sums[t].n_hard
    }

    /// Distance of the 7 days that end with day `t`.
    #[must_use]
    pub fn week_m(&self, t: usize) -> Option<f64> {
        mean_to(&self.distances, t, 7).map(|mean| 7.0 * mean)
    }

    /// The chronic load is large enough to divide by: at least 10 km a week and a quarter of the median week
    /// of the last 180 days (science 4.2).
    fn has_base(&self, t: usize) -> bool {
        let Some(chronic) = mean_to(&self.distances, t, 28) else { return false };
        7.0 * chronic >= MIN_WEEK_M.max(0.25 * self.usual_week_m(t, 180).unwrap_or(0.0))
    }

    /// Do the three weeks before the last one hold enough to divide by? The last week is no part of that base.
    #[must_use]
    pub fn has_base_before(&self, t: usize) -> bool {
        let usual = self.usual_week_m(t, 180).unwrap_or(0.0);
        self.week_before_m(t).is_some_and(|before| before >= MIN_WEEK_M.max(0.25 * usual))
    }

    /// The median week in m over the last `n` days to day `t`, each day with the week that ends on it.
    #[must_use]
    pub fn usual_week_m(&self, t: usize, n: usize) -> Option<f64> {
        let weeks: Vec<f64> = ((t + 1).saturating_sub(n)..=t).filter_map(|day| self.week_m(day)).collect();
        quantile(&weeks, 0.5)
    }

    /// Do the files tell nothing of more than 15 % of the `n` days to day `t`?
    fn is_mostly_lost(&self, t: usize, n: usize) -> bool {
        let window = &self.sums[(t + 1).saturating_sub(n)..=t];
        is_too_much(window.iter().filter(|sum| sum.is_lost).count(), n)
    }

    /// Why no ratio can be given of anything, distance among it.
    #[must_use]
    pub fn no_base(&self, t: usize) -> Option<Withheld> {
        if t + 1 < SEED_DAYS {
            Some(Withheld::ShortHistory)
        } else if self.off[t] >= LAY_OFF_DAYS {
            Some(Withheld::LayOff)
        } else if self.is_mostly_lost(t, 28) {
            Some(Withheld::UnknownDays)
        } else if !self.has_base(t) {
            Some(Withheld::NoBase)
        } else {
            None
        }
    }

    /// Why no ratio of loads can be given.
    fn withheld(&self, t: usize) -> Option<Withheld> {
        let is_mostly_imputed = || self.imputed_share(t).is_some_and(|share| share > MAX_IMPUTED_SHARE);
        let is_unknown = || self.chronic[t].is_none() || mean_to(&self.loads, t, 7).is_none();
        self.no_base(t)
            .or_else(|| is_unknown().then_some(Withheld::UnknownDays))
            .or_else(|| is_mostly_imputed().then_some(Withheld::Imputed))
    }

    /// Part of the load of the last 28 days that was put in.
    #[must_use]
    pub fn imputed_share(&self, t: usize) -> Option<f64> {
        let share = mean_to(&self.imputed, t, 28)? / self.chronic[t].filter(|chronic| *chronic > 0.0)?;
        Some(share)
    }

    /// Acute load over the median chronic load of the last 365 days.
    fn acute_rescaled(&self, t: usize) -> Option<f64> {
        let own: Vec<f64> = self.chronic[t.saturating_sub(364)..=t].iter().flatten().copied().collect();
        let usual = quantile(&own, 0.5).filter(|usual| *usual > 0.0)?;
        mean_to(&self.loads, t, 7).map(|acute| acute / usual)
    }

    fn ratios(
        &self,
        t: usize,
        has_base: bool,
        series: &[Option<f64>],
        means: &[Vec<Option<f64>>; 2],
    ) -> Ratios {
        if !has_base {
            return Ratios::default();
        }
        let known = series[(t + 1).saturating_sub(28)..=t].iter().flatten().count();
        let burn_in = match self.conventions.ewma_seed {
            EwmaSeed::Mean28 => EWMA_BURN_IN_DAYS,
            EwmaSeed::FirstDay => SEED_DAYS,
        };
        let ewma = means[0][t].zip(means[1][t]).filter(|_| t + 1 >= burn_in && known >= 24);
        Ratios {
            coupled: coupled(series, t, 7, 28),
            uncoupled: uncoupled(series, t, 7, 28).filter(|_| self.has_base_before(t)),
            ewma: ewma.map(|(acute, chronic)| acute / chronic).filter(|ratio| ratio.is_finite()),
        }
    }

    /// Where today's coupled ratio stands among those of the last 365 days.
    fn percentile(&self, t: usize) -> Option<f64> {
        let own: Vec<f64> = self.coupled[t.saturating_sub(364)..=t].iter().flatten().copied().collect();
        percentile_of(self.coupled[t]?, &own).filter(|_| t + 1 >= PERCENTILE_DAYS)
    }

    fn ramp_pct(&self, t: usize) -> Option<f64> {
        let (before, week) = (self.week_m(t.checked_sub(7)?)?, self.week_m(t)?);
        (before >= MIN_RAMP_BASE_M).then(|| 100.0 * (week / before - 1.0))
    }

    /// Flags of science 4.8 for day `t`, whose `row` is complete but for them; `before` are the earlier days, and
    /// `is_spike` says whether one of its runs was longer than usual.
    pub(super) fn flags(&self, t: usize, row: &DayRow, before: &[DayRow], is_spike: bool) -> Vec<LoadFlag> {
        let mut flags = Vec::new();
        let is_partial = t + 1 < SEED_DAYS;
        if !is_partial && is_spike {
            flags.push(LoadFlag::SpikeSession);
        }
        if self.is_big_week(t) {
            flags.push(LoadFlag::BigWeek);
        }
        // What was put in is alike by its making, so it says nothing of monotony and little of form.
        let is_mostly_imputed = row.imputed_share.is_some_and(|share| share > MAX_IMPUTED_SHARE);
        let own = |value, share| own_quantile(before, value, share).filter(|_| !is_mostly_imputed);
        if row.monotony.zip(own(|day| day.monotony, 0.9)).is_some_and(|(now, p90)| now >= p90)
            && self.week_m(t).zip(self.usual_week_m(t, 365)).is_some_and(|(week, usual)| week >= usual)
        {
            flags.push(LoadFlag::Monotonous);
        }
        if row.tsb.zip(own(|day| day.tsb, 0.1)).is_some_and(|(now, p10)| now <= p10) {
            flags.push(LoadFlag::DeepNegativeTsb);
        }
        if is_returning(row, before) {
            flags.push(LoadFlag::Returning);
        }
        if row.days_off >= LAY_OFF_DAYS {
            flags.push(LoadFlag::LayOff);
        }
        flags
    }

    /// Seven days of at least 1.30 times the mean of the three weeks before.
    fn is_big_week(&self, t: usize) -> bool {
        let Some(week) = self.week_m(t).filter(|week| *week >= MIN_WEEK_M) else { return false };
        self.week_before_m(t).is_some_and(|before| before > 0.0 && week >= BIG_WEEK * before)
    }

    /// The mean week in m of the three weeks before the one that ends with day `t`.
    #[must_use]
    pub fn week_before_m(&self, t: usize) -> Option<f64> {
        t.checked_sub(7).and_then(|day| mean_to(&self.distances, day, 21)).map(|mean| 7.0 * mean)
    }
}

/// The value at a share of the runner's own last 364 days in `before`; `None` under 179 of them.
#[must_use]
pub fn own_quantile(before: &[DayRow], value: fn(&DayRow) -> Option<f64>, share: f64) -> Option<f64> {
    let last_year = &before[before.len().saturating_sub(364)..];
    (before.len() + 1 >= PERCENTILE_DAYS)
        .then(|| quantile(&last_year.iter().filter_map(value).collect::<Vec<_>>(), share))
        .flatten()
}

/// The first 28 days after at least 14 days without a run.
fn is_returning(row: &DayRow, before: &[DayRow]) -> bool {
    let ago = |day: &DayRow| days_between(day.date, row.date);
    // Back over the days of the return, then over those of the break.
    let near = || before.iter().chain(std::iter::once(row)).rev().take_while(|day| ago(day) < 28 + 14);
    let Some(first) = near().filter(|day| day.n_runs > 0 && ago(day) < 28).find(|day| {
        let is_free = |other: &DayRow| (1..=14).contains(&days_between(other.date, day.date));
        near().filter(|other| is_free(other)).filter(|other| other.n_runs == 0 && !other.is_lost()).count()
            == 14
    }) else {
        return false;
    };
    before.first().is_some_and(|start| start.date < first.date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::run;
    use crate::model::calendar::plus;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// A run of 10 km every other day.
    fn history(n_days: u32) -> Vec<Run> {
        (0..n_days).step_by(2).map(|k| run(&plus(day("2025-01-01"), k).to_string())).collect()
    }

    #[test]
    fn rest_days_are_there_with_nothing() {
        let rows = days(&history(5), day("2025-01-07"), Conventions::default()).unwrap();
        assert_eq!(rows.len(), 7);
        assert_eq!((rows[1].state, rows[1].load_au), (DayState::Rest, Some(0.0)));
        assert_eq!((rows[2].state, rows[2].distance_m), (DayState::Observed, 10_000.0));
        assert_eq!(rows[6].acute_au, Some(150.0 / 7.0));
        assert_eq!(rows[6].load_ratios, Ratios::default());
        assert!(days(&[], day("2025-01-07"), Conventions::default()).unwrap().is_empty());
    }

    #[test]
    fn an_unscored_run_makes_the_day_unknown() {
        let mut runs = history(5);
        runs[1].load_au = None;
        let rows = days(&runs, day("2025-01-05"), Conventions::default()).unwrap();
        assert_eq!((rows[2].state, rows[2].load_au), (DayState::Unknown, None));
        assert_eq!(rows[2].distance_m, 10_000.0);
    }

    #[test]
    fn other_sport_adds_to_the_load_and_to_nothing_else() {
        let runs = history(60);
        let ride = |date: Day, load_au| CrossSession {
            id: String::new(),
            file: format!("{date}.tcx"),
            sport: crate::model::Sport::Cycling,
            date,
            timer_s: 3600.0,
            hr_coverage: 1.0,
            hr_histogram: crate::digest::Histogram::default(),
            trimp100: load_au,
            srpe_au: None,
            load_au,
            load_basis: None,
            ladder: Vec::new(),
        };
        let on = |n: u32| plus(day("2025-01-01"), n);
        // On a day of rest, on a day with a run, before the first run, and one without a load.
        let rides = [
            ride(on(31), Some(40.0)),
            ride(on(32), Some(7.0)),
            ride(day("2024-12-30"), Some(99.0)),
            ride(on(33), None),
        ];
        let rows = |cross: Option<&[CrossSession]>| {
            Series::of_training(&runs, cross, on(59), Conventions::default(), &LostDays::default())
                .unwrap()
                .rows(&runs)
        };
        let (off, none, with) = (rows(None), rows(Some(&[])), rows(Some(&rides)));
        assert_eq!((off[31].cross_au, none[31].cross_au, with[31].cross_au), (None, Some(0.0), Some(40.0)));
        assert_eq!((with[31].state, with[31].load_au, with[31].n_runs), (DayState::Rest, Some(40.0), 0));
        assert_eq!((with[32].load_au, with[33].load_au), (Some(57.0), Some(0.0)));
        assert!(with[31].ctl > off[31].ctl && with[40].chronic_au > off[40].chronic_au);
        assert!(with[31].monotony != off[31].monotony);
        for (off, with) in off.iter().zip(&with) {
            let of_running = |row: &DayRow| DayRow {
                load_au: None,
                cross_au: None,
                imputed_share: None,
                acute_au: None,
                chronic_au: None,
                acute_rescaled: None,
                load_ratios: Ratios::default(),
                acwr_percentile: None,
                acwr_range: None,
                ctl: None,
                atl: None,
                tsb: None,
                tsb_same_day: None,
                monotony: None,
                strain: None,
                ..row.clone()
            };
            assert_eq!(of_running(off), of_running(with), "{}", off.date);
        }
        let off_but_for_the_column: Vec<DayRow> =
            off.iter().map(|row| DayRow { cross_au: Some(0.0), ..row.clone() }).collect();
        assert_eq!(off_but_for_the_column, none);
        let weeks = crate::load::weeks(&runs, &with, chrono::Weekday::Mon).unwrap();
        let total = |value: fn(&crate::load::day::WeekRow) -> Option<f64>| {
            weeks.iter().filter_map(value).sum::<f64>()
        };
        assert_eq!((total(|week| week.cross_au), total(|week| week.load_au)), (47.0, 30.0 * 50.0 + 47.0));
    }

    #[test]
    fn a_copy_counts_in_nothing() {
        let mut runs = history(5);
        runs[1].duplicate_of = Some("other".to_owned());
        assert_eq!(days(&runs, day("2025-01-05"), Conventions::default()).unwrap()[2].state, DayState::Rest);
    }

    #[test]
    fn coming_back_after_a_break_is_a_state() {
        let mut runs = history(60);
        runs.push(run("2025-03-20"));
        let rows = days(&runs, day("2025-04-20"), Conventions::default()).unwrap();
        let flagged: Vec<Day> =
            rows.iter().filter(|row| row.flags.contains(&LoadFlag::Returning)).map(|row| row.date).collect();
        assert_eq!((flagged.first(), flagged.len()), (Some(&day("2025-03-20")), 28));
        // The base is gone, so no ratio is shown.
        assert_eq!(rows.last().unwrap().load_ratios.coupled, None);
    }

    #[test]
    fn a_week_of_more_than_a_third_extra_is_big() {
        let mut runs = history(40);
        runs.extend((40..47).map(|k| run(&plus(day("2025-01-01"), k).to_string())));
        let rows = days(&runs, day("2025-02-16"), Conventions::default()).unwrap();
        assert!(rows[46].flags.contains(&LoadFlag::BigWeek));
        assert!(!rows[38].flags.contains(&LoadFlag::BigWeek));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn nothing_after_a_day_changes_it(gaps in prop::collection::vec(1_u32..4, 20..120), cut in 0.2..0.9_f64) {
            let mut at = 0;
            let runs: Vec<Run> = gaps.iter().map(|gap| { at += gap; run(&plus(day("2025-01-01"), at).to_string()) }).collect();
            let end = plus(day("2025-01-01"), at);
            let whole = days(&runs, end, Conventions::default()).unwrap();
            let n = (whole.len() as f64 * cut) as usize;
            let as_of = whole[n].date;
            let known: Vec<Run> = runs.iter().filter(|run| run.date <= as_of).cloned().collect();
            prop_assert_eq!(&days(&known, as_of, Conventions::default()).unwrap()[..], &whole[..=n]);
            // Days are contiguous, and their sums are the runs' sums.
            prop_assert!(whole.windows(2).all(|pair| days_between(pair[0].date, pair[1].date) == 1));
            let total: f64 = whole.iter().map(|row| row.distance_m).sum();
            prop_assert!((total - 10_000.0 * runs.len() as f64).abs() < 1e-6);
        }
    }
}
