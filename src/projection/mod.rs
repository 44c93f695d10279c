//! What the days to come will hold, as far as the calendar, a plan or the runner's habits tell.
//!
//! Input is what is known on one day, output one [`ExpectedDay`] for each day after it. Invariant: nothing recorded after
//! that day is read, so that a past day can be planned with what was known on it.

mod habit;

pub use habit::Habit;

use crate::blocks::Phase;
use crate::load::day::DayRow;
use crate::model::calendar::{days_between, plus};
use crate::model::{Day, Race};
use crate::planned::Plan;
use crate::score::run::Run;
use chrono::Datelike;

/// Everything that is known on a day.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The day.
    pub today: Day,
    /// Scored runs by time; those after `today` are not read.
    pub runs: &'a [Run],
    /// Every day up to `today`.
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
    /// Number of runs.
    pub n_runs: u32,
    /// Distance of all runs in m.
    pub distance_m: f64,
    /// The longest of them in m.
    pub longest_m: f64,
    /// Time of all runs in s.
    pub timer_s: f64,
    /// Load of all runs.
    pub load_au: f64,
    /// A quality session.
    pub quality: Option<KeySession>,
    /// A long run, with its distance in m (0 where only the habit is known).
    pub long_m: Option<f64>,
    /// A race of the calendar.
    pub race: Option<Race>,
}

/// Lays out the `n_days` after `known.today`.
#[must_use]
pub fn expect(known: &Known<'_>, n_days: u32) -> Vec<ExpectedDay> {
    let habit = Habit::of(known.runs, known.today);
    (1..=n_days).map(|ahead| expected(plus(known.today, ahead), known, &habit)).collect()
}

fn expected(date: Day, known: &Known<'_>, habit: &Habit) -> ExpectedDay {
    let race = known.races.iter().find(|race| race.date == date).cloned();
    let phase = phase(date, known);
    let weekday = date.weekday();
    let is_free = race.is_some() || matches!(phase, Phase::PostRace | Phase::Break);
    let is_hard = !is_free && habit.usually_hard(weekday);
    let is_long = !is_free && habit.usually_long(weekday);
    ExpectedDay {
        date,
        basis: if race.is_some() { Basis::Race } else { Basis::Habit },
        phase,
        n_runs: u32::from(race.is_some() || habit.usually_runs(weekday)),
        distance_m: 0.0,
        longest_m: 0.0,
        timer_s: 0.0,
        load_au: 0.0,
        quality: is_hard.then(|| KeySession { words: "usual hard session".to_owned(), start_min: None }),
        long_m: is_long.then_some(0.0),
        race,
    }
}

/// The phase of a day to come: of the calendar around races, else the one that goes on.
fn phase(date: Day, known: &Known<'_>) -> Phase {
    for race in known.races {
        let after = days_between(race.date, date);
        let recovery = if race.distance_m > 25_000.0 { 14 } else { 5 };
        match after {
            0 => return Phase::Race,
            1.. if after <= recovery => return Phase::PostRace,
            -14..0 if race.priority == 'A' => return Phase::Taper,
            _ => {}
        }
    }
    match known.phase {
        // Its race is over, so the phase that came with it is as well.
        Phase::Taper | Phase::Race | Phase::PostRace => Phase::Base,
        phase => phase,
    }
}
