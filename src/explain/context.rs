//! What explanations look things up in.

use super::Question;
use super::tree::{Explanation, List};
use crate::analysis::Analysis;
use crate::digest::Histogram;
use crate::error::Error;
use crate::load::ahead::{self, Ahead};
use crate::load::day::DayRow;
use crate::load::days::Series;
use crate::model::Day;
use crate::projection::ExpectedDay;
use crate::score::Dated;
use crate::score::run::Run;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// An analysis with the daily series behind it, ready for questions; the days to come follow on those that were.
#[derive(Debug)]
pub struct Context<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) series: Series,
}

impl<'a> Context<'a> {
    /// Makes the series once; every question is answered from them.
    pub fn new(analysis: &'a Analysis) -> Result<Self, Error> {
        let series = Series::of_training(
            &analysis.runs,
            analysis.cross_training(),
            analysis.as_of,
            analysis.settings.conventions(),
            &analysis.lost,
        )?;
        let days = analysis.expected.iter().take(analysis.projected.len());
        let expected: Vec<Ahead> = days.map(ExpectedDay::ahead).collect();
        Ok(Self { analysis, series: ahead::series(&series, &expected) })
    }

    /// The numbers asked for; an error says which days, runs and numbers there are.
    pub fn answer(&self, question: &Question) -> Result<Vec<Explanation>, Error> {
        super::ask::check(question)?;
        super::ask::answer(self, question)
    }

    /// The index of a day.
    pub(super) fn index(&self, day: Day) -> Option<usize> {
        self.analysis.days.binary_search_by_key(&day, |row| row.date).ok()
    }

    /// The index of a day that is still to come: it goes on from those that were.
    pub(super) fn projected(&self, day: Day) -> Option<usize> {
        let found = self.analysis.projected.binary_search_by_key(&day, |row| row.date).ok()?;
        Some(self.analysis.days.len() + found)
    }

    pub(super) fn day(&self, t: usize) -> &'a DayRow {
        let days = &self.analysis.days;
        days.get(t).unwrap_or_else(|| &self.analysis.projected[t - days.len()])
    }

    /// The rows before a day.
    pub(super) fn rows_before(&self, t: usize) -> Cow<'a, [DayRow]> {
        let (days, projected) = (&self.analysis.days, &self.analysis.projected);
        match t.checked_sub(days.len()) {
            None | Some(0) => Cow::Borrowed(&days[..t]),
            Some(n) => Cow::Owned([days.as_slice(), &projected[..n]].concat()),
        }
    }

    /// What is expected of the days to come from day `t − n + 1` to day `t`, as far as anything is run on them or nothing
    /// is known of them.
    pub(super) fn expected_of(&self, t: usize, n: usize) -> impl Iterator<Item = &'a ExpectedDay> {
        let days = self.dates(&window(t, n));
        self.analysis
            .expected
            .iter()
            .filter(move |day| days.contains(&day.date) && !super::projected::is_rest(day))
    }

    /// The runs of a day, copies among them.
    pub(super) fn all_runs_on(&self, day: Day) -> impl Iterator<Item = &'a Run> {
        self.analysis.runs.iter().filter(move |run| run.date == day)
    }

    /// The runs of a day that count.
    pub(super) fn runs_on(&self, day: Day) -> impl Iterator<Item = &'a Run> {
        self.all_runs_on(day).filter(|run| run.counts())
    }

    /// The runs that count from day `t − n + 1` to day `t`.
    pub(super) fn runs_of(&self, t: usize, n: usize) -> impl Iterator<Item = &'a Run> {
        let days = self.dates(&window(t, n));
        self.analysis.runs.iter().filter(move |run| run.counts() && days.contains(&run.date))
    }

    /// What the file of a run boils down to.
    pub(super) fn dated(&self, run: &Run) -> Option<&'a Dated> {
        self.analysis.history.iter().find(|dated| dated.digest.id == run.id && dated.digest.file == run.file)
    }

    /// The distances of the runs of the `n` days to day `t`, and what is expected of those to come.
    pub(super) fn distances_behind(&self, t: usize, n: usize) -> Vec<Explanation> {
        let runs = self.runs_of(t, n).map(super::run::distance_in_short);
        runs.chain(self.expected_of(t, n).map(super::projected::distance_in_short)).collect()
    }

    fn dates(&self, range: &RangeInclusive<usize>) -> RangeInclusive<Day> {
        self.day(*range.start()).date..=self.day(*range.end()).date
    }

    /// The values of some days.
    pub(super) fn by_date(
        &self,
        name: &'static str,
        unit: &'static str,
        range: RangeInclusive<usize>,
        value: impl Fn(usize) -> Option<f64>,
    ) -> List {
        let values = range.map(|t| (self.day(t).date.to_string(), value(t))).collect();
        List { name, by: "date", unit, values }
    }

    /// The daily loads of the `n` days to day `t`.
    pub(super) fn loads(&self, t: usize, n: usize) -> List {
        self.by_date("load_au", "AU", window(t, n), |day| self.series.loads[day])
    }

    /// The daily distances of the `n` days to day `t`.
    pub(super) fn distances(&self, t: usize, n: usize) -> List {
        self.by_date("distance_m", "m", window(t, n), |day| self.series.distances[day])
    }

    /// The loads of the runs of the `n` days to day `t`, each with its file and seconds, and the thresholds behind them; of
    /// days to come what is expected of them.
    pub(super) fn behind(&self, t: usize, n: usize) -> Vec<Explanation> {
        let runs: Vec<&Run> = self.runs_of(t, n).collect();
        let loads = runs.iter().map(|run| super::run::load_in_short(run));
        let days = self.dates(&window(t, n));
        let sessions = self.analysis.cross_training().unwrap_or_default().iter();
        let sessions = sessions.filter(|session| days.contains(&session.date));
        let thresholds = super::thresholds::of_days(self.analysis, runs.iter().map(|run| run.date));
        let expected = self.expected_of(t, n).map(super::projected::load_in_short);
        loads.chain(sessions.map(super::cross::load_in_short)).chain(expected).chain(thresholds).collect()
    }
}

/// The `n` days that end with day `t`, fewer at the start.
pub(super) fn window(t: usize, n: usize) -> RangeInclusive<usize> {
    (t + 1).saturating_sub(n)..=t
}

/// The seconds of a histogram.
pub(super) fn seconds_by(name: &'static str, by: &'static str, histogram: &Histogram) -> List {
    // Bins lie on a grid whose multiples carry the rounding of the width.
    let at = |value: f64| ((value * 1e6).round() / 1e6).to_string();
    let values = histogram.iter().filter(|(_, seconds)| *seconds > 0.0);
    List { name, by, unit: "s", values: values.map(|(value, s)| (at(value), Some(s))).collect() }
}
