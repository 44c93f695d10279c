//! The calendar that massage has to fit into: what each day holds, known or expected.
//!
//! Input are the scored runs, the races and the blocks; output is one [`Outlook`] for every day from the first run
//! to the end of the horizon. Past days come from the files, days after `as_of` from the habits of the last
//! eight weeks. Invariant: `days` is contiguous.

use crate::blocks::{Block, Phase};
use crate::load::day::DayRow;
use crate::model::calendar::{self, days_between, plus};
use crate::model::{Day, Race};
use crate::projection::Habit;
use crate::score::run::{Run, SessionKind};

/// A run of this length is long for everyone (R3).
const LONG_S: f64 = 5400.0;

/// What one day holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The day.
    pub date: Day,
    /// The day lies after `as_of`.
    pub is_projected: bool,
    /// A quality session, in words for a reader.
    pub quality: Option<String>,
    /// A long run: its distance in m, 0 where it is only expected.
    pub long_m: Option<f64>,
    /// A race of the calendar.
    pub race: Option<Race>,
    /// The phase of the block.
    pub phase: Phase,
    /// There is a run, or one is expected.
    pub has_run: bool,
}

impl Outlook {
    /// The session that deep work must keep away from: a race or a quality session, in words.
    #[must_use]
    pub fn key_session(&self) -> Option<String> {
        match (&self.race, &self.quality) {
            (Some(race), _) => Some(race.name.clone()),
            (None, quality) => quality.clone(),
        }
    }

    /// Rest or an easy run: a day on which a session disturbs nothing.
    #[must_use]
    pub fn is_easy(&self) -> bool {
        self.race.is_none() && self.quality.is_none() && self.long_m.is_none()
    }
}

/// Lays out every day from the first of `days` to `horizon` days after its last.
#[must_use]
pub fn outlook(
    runs: &[Run],
    days: &[DayRow],
    blocks: &[Block],
    races: &[Race],
    horizon: u32,
) -> Vec<Outlook> {
    let Some((first, last)) = days.first().zip(days.last()) else { return Vec::new() };
    let as_of = last.date;
    let habit = Habit::of(runs, as_of);
    let mut laid: Vec<Outlook> = calendar::days(first.date, plus(as_of, horizon))
        .map(|date| {
            let race = races.iter().find(|race| race.date == date).cloned();
            let is_projected = date > as_of;
            let mut day = Outlook {
                date,
                is_projected,
                quality: None,
                long_m: None,
                race,
                phase: Phase::Unknown,
                has_run: false,
            };
            if is_projected {
                day.phase = projected_phase(date, blocks, races);
                expect(&mut day, &habit);
            }
            day
        })
        .collect();
    for block in blocks {
        for date in calendar::days(block.start, block.end) {
            if let Some(day) = at(&mut laid, date) {
                day.phase = block.phase;
            }
        }
    }
    for run in runs.iter().filter(|run| run.counts()) {
        if let Some(day) = at(&mut laid, run.date) {
            record(day, run);
        }
    }
    laid
}

fn at(laid: &mut [Outlook], date: Day) -> Option<&mut Outlook> {
    let index = usize::try_from(days_between(laid.first()?.date, date)).ok()?;
    laid.get_mut(index)
}

/// Puts a run that was on a day into it.
fn record(day: &mut Outlook, run: &Run) {
    day.has_run = true;
    if run.is_quality {
        day.quality = Some(match run.session_kind {
            SessionKind::Race => "race".to_owned(),
            SessionKind::Tempo => "tempo run".to_owned(),
            _ => "hard session".to_owned(),
        });
    }
    if run.session_kind == SessionKind::Long || run.timer_s >= LONG_S {
        day.long_m = Some(run.distance_m.unwrap_or(0.0).max(day.long_m.unwrap_or(0.0)));
    }
}

/// Puts what the weekday usually holds into a day to come; nothing hard right after a race or in a break.
fn expect(day: &mut Outlook, habit: &Habit) {
    use chrono::Datelike;
    let weekday = day.date.weekday();
    day.has_run = day.race.is_some() || habit.usually_runs(weekday);
    if day.race.is_some() || matches!(day.phase, Phase::PostRace | Phase::Break) {
        return;
    }
    if habit.usually_hard(weekday) {
        day.quality = Some("usual hard session".to_owned());
    }
    if habit.usually_long(weekday) {
        day.long_m = Some(0.0);
    }
}

/// The phase of a day to come: of the calendar around races, else that of the last block.
fn projected_phase(date: Day, blocks: &[Block], races: &[Race]) -> Phase {
    for race in races {
        let after = days_between(race.date, date);
        let recovery = if race.distance_m > 25_000.0 { 14 } else { 5 };
        match after {
            0 => return Phase::Race,
            1.. if after <= recovery => return Phase::PostRace,
            -14..0 if race.priority == 'A' => return Phase::Taper,
            _ => {}
        }
    }
    blocks.last().map_or(Phase::Unknown, |block| match block.phase {
        // Its race is over, so the phase that came with it is as well.
        Phase::Taper | Phase::Race | Phase::PostRace => Phase::Base,
        phase => phase,
    })
}
