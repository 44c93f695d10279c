//! A day as a rule sees it: what was known then, and nothing after.
//!
//! [`History`] is all that is on record, [`Known`] what of it was known on one day with what that day expected of those
//! after it, and a [`View`] one day of the latter. Invariant: nothing recorded after the known day is within reach.

use super::Input;
use super::before::Session;
use super::key_session;
use super::outlook::{self, Outlook};
use super::rules::Values;
use crate::blocks::{Phase, known_phases};
use crate::load::day::DayRow;
use crate::load::ratio::{filled_sum, quantile};
use crate::model::calendar::days_between;
use crate::model::{Day, DiaryEntry, MassageHad, Race, RaceOrigin};
use crate::planned::Plan;
use crate::projection::{self, ExpectedDay};
use crate::signals::{self, Signal, SignalKind};
use crate::tissue::history::TissueDay;

/// Days of history without which no week is called high and no month low.
const MIN_HISTORY_DAYS: usize = 84;
/// Days over which weeks and months are compared.
const HALF_YEAR_DAYS: usize = 180;
/// A month below this share of the median one is low (science 7.4, R2).
const LOW_SHARE: f64 = 0.7;
/// Days for which the tissues of a week are read into the days after it: those that share a day with it.
const TISSUE_REACH_DAYS: usize = 7;

/// How the week and the month up to a day compare with those of half a year.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Volume {
    /// The week is among the highest tenth.
    pub is_high_week: bool,
    /// The month is below 0.7 of the median one.
    pub is_low_month: bool,
}

/// All that is on record of one runner, by day.
#[derive(Debug, Clone)]
pub struct History<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) days: Vec<Outlook>,
    pub(super) volumes: Vec<Volume>,
    /// Days of massages after which a key session was down, each with the day on which that was known (R18).
    pub(super) downs: Vec<(Day, Day)>,
}

impl<'a> History<'a> {
    /// Lays the records out by day.
    #[must_use]
    pub fn new(input: &'a Input<'a>) -> Self {
        let phases = known_phases(input.days, input.races);
        let mut history = Self {
            input,
            days: outlook::recorded(input.runs, input.days, &phases, input.races),
            volumes: volumes(input.days),
            downs: downs(input),
        };
        history.plan_today();
        history
    }

    /// Most people look in the morning: where nothing was run yet on the last day, it holds what is planned for it.
    fn plan_today(&mut self) {
        let Some((today, before)) = self.days.len().checked_sub(1).and_then(|t| Some((t, t.checked_sub(1)?)))
        else {
            return;
        };
        let date = self.days[today].date;
        let is_planned = self.input.plan.is_some_and(|plan| plan.on(date).next().is_some());
        if self.days[today].has_run || !is_planned {
            return;
        }
        let expected = projection::expect(&self.known_on(before, self.input.plan), 1);
        if let Some(expected) = expected.into_iter().next() {
            self.days[today] = Outlook { is_projected: false, ..Outlook::from(expected) };
        }
    }

    /// What a projection takes for known on a day.
    fn known_on(&self, known: usize, plan: Option<&'a Plan>) -> projection::Known<'_> {
        projection::Known {
            today: self.days[known].date,
            runs: self.input.runs,
            days: &self.input.days[..=known],
            races: self.input.races,
            plan,
            phase: self.days[known].phase,
        }
    }

    /// What was known on day `known`, with the `n_ahead` days that it expected.
    #[must_use]
    pub fn known(&self, known: usize, n_ahead: u32) -> Known<'_> {
        let is_last = known + 1 == self.days.len();
        // Of older days nobody knows what was planned on them.
        let expected =
            projection::expect(&self.known_on(known, self.input.plan.filter(|_| is_last)), n_ahead);
        self.known_with(known, expected.into_iter())
    }

    pub(super) fn known_with(&self, known: usize, expected: impl Iterator<Item = ExpectedDay>) -> Known<'_> {
        Known { history: self, today: known, ahead: expected.map(Outlook::from).collect() }
    }
}

/// Massages after which a key session was down, with the day of that session.
fn downs(input: &Input<'_>) -> Vec<(Day, Day)> {
    let last = input.days.last().map(|day| day.date);
    let after = |had: &MassageHad| key_session::after(input.runs, had.date, last?);
    let down = |had: &MassageHad| {
        after(had).filter(key_session::KeySession::is_down).map(|session| (had.date, session.date))
    };
    input.massages.iter().filter_map(down).collect()
}

/// How the week and the month up to each day compare with those of the half year up to it, as far as the files tell.
fn volumes(days: &[DayRow]) -> Vec<Volume> {
    let sum = |end: usize, n: usize| {
        filled_sum(days[(end + 1).saturating_sub(n)..=end].iter().map(DayRow::known_m))
    };
    let weeks: Vec<Option<f64>> = (0..days.len()).map(|end| sum(end, 7)).collect();
    let months: Vec<Option<f64>> = (0..days.len()).map(|end| sum(end, 28)).collect();
    let known = |sums: &[Option<f64>]| sums.iter().flatten().copied().collect::<Vec<f64>>();
    let volume = |t: usize| {
        if t < MIN_HISTORY_DAYS {
            return Volume::default();
        }
        let from = (t + 1).saturating_sub(HALF_YEAR_DAYS);
        let high = quantile(&known(&weeks[from.max(6)..=t]), 0.9);
        let usual = quantile(&known(&months[from.max(27)..=t]), 0.5);
        Volume {
            is_high_week: high.zip(weeks[t]).is_some_and(|(high, week)| week >= high && high > 0.0),
            is_low_month: usual.zip(months[t]).is_some_and(|(usual, month)| month < LOW_SHARE * usual),
        }
    };
    (0..days.len()).map(volume).collect()
}

/// What is known on one day.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    history: &'a History<'a>,
    today: usize,
    ahead: Vec<Outlook>,
}

impl Known<'_> {
    /// Day `t`, recorded or expected; `None` beyond what was laid out.
    #[must_use]
    pub fn at(&self, t: usize) -> Option<&Outlook> {
        if t <= self.today { self.history.days.get(t) } else { self.ahead.get(t - self.today - 1) }
    }

    /// The day as rules see it.
    #[must_use]
    pub fn view(&self, t: usize) -> Option<View<'_>> {
        self.at(t).map(|today| View { known: self, t, today })
    }

    /// The last day of which anything is recorded.
    #[must_use]
    pub fn today(&self) -> usize {
        self.today
    }
}

/// One day with all that is known of it.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    known: &'a Known<'a>,
    t: usize,
    /// What the day holds.
    pub today: &'a Outlook,
}

impl<'a> View<'a> {
    /// The day.
    #[must_use]
    pub fn date(&self) -> Day {
        self.today.date
    }

    /// Its index.
    #[must_use]
    pub fn t(&self) -> usize {
        self.t
    }

    /// Everything that was handed in.
    #[must_use]
    pub fn input(&self) -> &'a Input<'a> {
        self.known.history.input
    }

    /// The values of the rules.
    #[must_use]
    pub fn values(&self) -> &'a Values {
        self.input().values
    }

    /// The day, or the last one on record where it lies ahead.
    fn on_record(&self) -> usize {
        self.t.min(self.known.today)
    }

    /// The last day up to which records are read.
    #[must_use]
    pub fn last_known(&self) -> Day {
        self.known.history.days[self.on_record()].date
    }

    /// The day `n` days before; `None` before the history.
    #[must_use]
    pub fn back(&self, n: usize) -> Option<&'a Outlook> {
        self.known.at(self.t.checked_sub(n)?)
    }

    /// The day `n` days later; `None` beyond what was laid out.
    #[must_use]
    pub fn ahead(&self, n: usize) -> Option<&'a Outlook> {
        self.known.at(self.t + n)
    }

    /// The nearest of the `n` days before that has something, with how many days ago it was.
    pub fn latest<T>(&self, n: i64, what: impl Fn(&'a Outlook) -> Option<T>) -> Option<(i64, T)> {
        (1..=n).find_map(|ago| Some((ago, what(self.back(usize::try_from(ago).ok()?)?)?)))
    }

    /// The rows of all days on record up to this one.
    #[must_use]
    pub fn rows(&self) -> &'a [DayRow] {
        &self.input().days[..=self.on_record()]
    }

    /// How its week and month compare with those of half a year; those of the last day on record for days ahead.
    #[must_use]
    pub fn volume(&self) -> Volume {
        self.known.history.volumes[self.on_record()]
    }

    /// The phase that the day lies in.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.today.phase
    }

    /// The diary of the `n` days that end with this one.
    #[must_use]
    pub fn diary(&self, n: i64) -> &'a [DiaryEntry] {
        let diary = self.input().diary;
        let from = diary.partition_point(|entry| days_between(entry.date, self.date()) >= n);
        let to = diary.partition_point(|entry| entry.date <= self.last_known());
        diary.get(from..to).unwrap_or_default()
    }

    /// The diary of the `n` days that end with the last one on record up to this day.
    #[must_use]
    pub fn diary_on_record(&self, n: i64) -> &'a [DiaryEntry] {
        let (diary, last) = (self.input().diary, self.last_known());
        let from = diary.partition_point(|entry| days_between(entry.date, last) >= n);
        let to = diary.partition_point(|entry| entry.date <= last);
        &diary[from.min(to)..to]
    }

    /// Races that were known: those of the calendar, and of those that only a run tells the ones that were over.
    pub fn races(&self) -> impl Iterator<Item = &'a Race> {
        let last = self.last_known();
        let is_known = move |race: &&Race| {
            matches!(race.origin, RaceOrigin::Config | RaceOrigin::Plan) || race.date <= last
        };
        self.input().races.iter().filter(is_known)
    }

    /// Was the key session after a massage down, as far as it was known on this day (R18)?
    #[must_use]
    pub fn was_down_after(&self, massage: Day) -> bool {
        let last = self.last_known();
        self.known.history.downs.iter().any(|(day, known)| *day == massage && *known <= last)
    }

    /// Massages had before this day.
    #[must_use]
    pub fn massages(&self) -> &'a [MassageHad] {
        let massages = self.input().massages;
        let to = massages.partition_point(|had| had.date < self.date() && had.date <= self.last_known());
        &massages[..to]
    }

    /// A massage that was had as a session of this history.
    #[must_use]
    pub fn session(&self, had: &MassageHad) -> Session {
        Session::had(had, self.known.history.days[0].date)
    }

    /// Signals up to this day.
    #[must_use]
    pub fn signals(&self) -> &'a [Signal] {
        let signals = self.input().signals;
        &signals[..signals.partition_point(|signal| signal.date <= self.last_known())]
    }

    /// The signals that are up on this day.
    #[must_use]
    pub fn raised(&self) -> Vec<SignalKind> {
        signals::raised(self.signals(), self.date())
    }

    /// How the tissues stand; nothing where the day is a week or more ahead of the last one on record.
    #[must_use]
    pub fn tissues(&self) -> Option<&'a TissueDay> {
        let is_near = self.t - self.on_record() < TISSUE_REACH_DAYS;
        self.input().tissues.get(self.on_record()).filter(|_| is_near)
    }

    /// Is the runner used to deep work: as the config says, else by the sessions on record?
    #[must_use]
    pub fn is_accustomed(&self) -> bool {
        let by_record = || super::rules::is_accustomed_by(self.massages(), self.date());
        self.input().accustomed.unwrap_or_else(by_record)
    }
}
