//! What the days to come will hold, as far as the calendar, a plan or the runner's habits tell.
//!
//! Input is what is known on one day, output one [`ExpectedDay`] for each day after it. Invariants: nothing recorded after
//! that day is read, so that a past day can be planned with what was known on it; and what nothing tells is unknown,
//! never 0.

mod habit;
mod planned;
mod race;
#[cfg(test)]
mod tests;
mod usual;

pub use habit::Habit;

use crate::blocks::Phase;
use crate::load::ahead::Ahead;
use crate::load::day::DayRow;
use crate::load::pause::Pause;
use crate::model::calendar::plus;
use crate::model::{Day, Race};
use crate::planned::Plan;
use crate::score::run::Run;
use chrono::Datelike;
use race::Cut;
use usual::{Runs, Weekday};

/// Everything that is known on a day.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The day.
    pub today: Day,
    /// Scored runs by time; those after `today` are not read.
    pub runs: &'a [Run],
    /// Every day up to `today`; later ones are not read.
    pub days: &'a [DayRow],
    /// Races of the calendar.
    pub races: &'a [Race],
    /// Planned runs, where `today` is the day that the analysis stands on.
    pub plan: Option<&'a Plan>,
    /// The phase that `today` lies in.
    pub phase: Phase,
}

/// Who says what a day to come will hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A race of the calendar.
    Race,
    /// The plan.
    Plan,
    /// The weekday's median over the last four known weeks.
    Habit,
    /// The same, cut to the taper before an A race.
    Taper,
    /// The same, cut to the recovery after a race.
    Recovery,
    /// Nobody: there are not two known weeks to go by.
    Unknown,
}

impl Basis {
    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Race => "race",
            Self::Plan => "plan",
            Self::Habit => "habit",
            Self::Taper => "taper",
            Self::Recovery => "recovery",
            Self::Unknown => "unknown",
        }
    }

    /// What it means, for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Race => "a race of the calendar, at the pace that the best run of half a year is worth",
            Self::Plan => "the plan",
            Self::Habit => "what this weekday held in the last four known weeks (median)",
            Self::Taper => "what this weekday usually holds, cut to the taper before an A race",
            Self::Recovery => "what this weekday usually holds, cut to the recovery after a race",
            Self::Unknown => "nothing: there are not two known weeks to go by, and no plan",
        }
    }
}

/// A session that deep work must keep away from.
#[derive(Debug, Clone, PartialEq)]
pub struct KeySession {
    /// In words for a reader.
    pub words: String,
    /// When it begins, in minutes after local midnight, where that is known.
    pub start_min: Option<u32>,
}

/// One day to come.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedDay {
    /// The day.
    pub date: Day,
    /// Who says so.
    pub basis: Basis,
    /// The phase it will lie in.
    pub phase: Phase,
    /// Number of runs; 0 as well where nothing is known.
    pub n_runs: u32,
    /// Distance of all runs in m; `None` where nothing tells it, never for rest.
    pub distance_m: Option<f64>,
    /// The longest of them in m.
    pub longest_m: Option<f64>,
    /// Time of all runs in s.
    pub timer_s: Option<f64>,
    /// Load of all runs.
    pub load_au: Option<f64>,
    /// A quality session that is no race.
    pub quality: Option<KeySession>,
    /// A long run, with its distance in m (0 where that is not known).
    pub long_m: Option<f64>,
    /// A race of the calendar.
    pub race: Option<Race>,
}

impl ExpectedDay {
    /// The day as the windows over days take it.
    #[must_use]
    pub fn ahead(&self) -> Ahead {
        Ahead {
            date: self.date,
            n_runs: self.n_runs,
            n_quality: u32::from(self.quality.is_some() || self.race.is_some()),
            distance_m: self.distance_m,
            longest_m: self.longest_m,
            timer_s: self.timer_s,
            load_au: self.load_au,
        }
    }
}

/// Lays out the `n_days` after `known.today`. Takes time by the runs of half a year, not by those of a life.
#[must_use]
pub fn expect(known: &Known<'_>, n_days: u32) -> Vec<ExpectedDay> {
    let expected = Expectation {
        known,
        habit: Habit::of(known.runs, known.today),
        week: usual::week(known),
        is_off: matches!(Pause::of(usual::days(known)), Some(Pause::Off(_))),
        runs: Runs::new(known),
    };
    (1..=n_days).map(|ahead| expected.day(plus(known.today, ahead))).collect()
}

/// What the days to come are made from.
struct Expectation<'a> {
    known: &'a Known<'a>,
    habit: Habit,
    week: Option<[Weekday; 7]>,
    /// In a lay-off nothing is expected that is not planned.
    is_off: bool,
    runs: Runs<'a>,
}

impl Expectation<'_> {
    fn day(&self, date: Day) -> ExpectedDay {
        let phase = race::phase(date, self.known);
        if let Some(race) = race::on(date, self.known) {
            return self.race_day(date, phase, race);
        }
        match self.known.plan.filter(|plan| plan.covers(date)) {
            Some(plan) => planned::day(date, phase, plan, &self.runs),
            None => self.usual_day(date, phase),
        }
    }

    fn race_day(&self, date: Day, phase: Phase, race: &Race) -> ExpectedDay {
        let timer_s = race::time_s(race.distance_m, self.known);
        ExpectedDay {
            n_runs: 1,
            distance_m: Some(race.distance_m),
            longest_m: Some(race.distance_m),
            timer_s,
            load_au: timer_s.map(race::load_au),
            race: Some(race.clone()),
            ..rest(date, Basis::Race, phase)
        }
    }

    fn usual_day(&self, date: Day, phase: Phase) -> ExpectedDay {
        let cut = Cut::of(date, self.known);
        let basis = match cut {
            Some(Cut::Taper(_)) => Basis::Taper,
            Some(Cut::Recovery(..)) => Basis::Recovery,
            None => Basis::Habit,
        };
        if self.is_off {
            return rest(date, basis, phase);
        }
        let weekday = date.weekday();
        let allows_key = phase != Phase::Break;
        let is_hard = allows_key && cut.is_none_or(Cut::allows_hard) && self.habit.usually_hard(weekday);
        let is_long = allows_key && cut.is_none_or(Cut::allows_long) && self.habit.usually_long(weekday);
        let usual = self.week.map(|week| week[weekday.num_days_from_monday() as usize]);
        let share = cut.map_or(1.0, Cut::share);
        let quality = is_hard.then(|| KeySession { words: "usual hard session".to_owned(), start_min: None });
        let Some(usual) = usual else {
            let unknown = ExpectedDay {
                distance_m: None,
                longest_m: None,
                timer_s: None,
                load_au: None,
                ..rest(date, Basis::Unknown, phase)
            };
            // A single week tells what kind of day it is, and not how much.
            return ExpectedDay { quality, long_m: is_long.then_some(0.0), ..unknown };
        };
        if usual.n_runs == 0 || share <= 0.0 {
            return rest(date, basis, phase);
        }
        ExpectedDay {
            n_runs: usual.n_runs,
            distance_m: Some(share * usual.distance_m),
            longest_m: Some(share * usual.longest_m),
            timer_s: Some(share * usual.timer_s),
            load_au: Some(share * usual.load_au),
            quality,
            long_m: is_long.then_some(share * usual.longest_m),
            ..rest(date, basis, phase)
        }
    }
}

/// A day without a run.
fn rest(date: Day, basis: Basis, phase: Phase) -> ExpectedDay {
    ExpectedDay {
        date,
        basis,
        phase,
        n_runs: 0,
        distance_m: Some(0.0),
        longest_m: Some(0.0),
        timer_s: Some(0.0),
        load_au: Some(0.0),
        quality: None,
        long_m: None,
        race: None,
    }
}
