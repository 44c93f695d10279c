//! What each day holds, recorded or expected.

use crate::blocks::Phase;
use crate::load::day::DayRow;
use crate::model::calendar::days_between;
use crate::model::{Day, Race};
use crate::projection::ExpectedDay;
use crate::score::run::{Run, SessionKind};

/// A run of this length is long for everyone (R3).
const LONG_S: f64 = 5400.0;

/// A session that deep work must keep away from.
#[derive(Debug, Clone, PartialEq)]
pub struct Hard {
    /// In words for a reader.
    pub words: String,
    /// When it begins, in minutes after local midnight, where that is known beforehand.
    pub start_min: Option<u32>,
    /// When it ended or will end, in minutes after the midnight its day began with, where that is known.
    pub end_min: Option<u32>,
}

/// A long run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Long {
    /// Distance in m, 0 where only the habit is known.
    pub metres: f64,
    /// When it ended, in minutes after the midnight its day began with; `None` for one to come.
    pub end_min: Option<u32>,
}

/// What one day holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The day.
    pub date: Day,
    /// The day was not yet there.
    pub is_projected: bool,
    /// A quality session.
    pub quality: Option<Hard>,
    /// A long run.
    pub long: Option<Long>,
    /// A race of the calendar.
    pub race: Option<Race>,
    /// The phase that the day was seen to lie in.
    pub phase: Phase,
    /// There is a run, or one is expected.
    pub has_run: bool,
}

impl Outlook {
    /// A day without anything.
    #[must_use]
    pub fn empty(date: Day, phase: Phase) -> Self {
        Self { date, is_projected: false, quality: None, long: None, race: None, phase, has_run: false }
    }

    /// Rest or an easy run: a day on which a session disturbs nothing.
    #[must_use]
    pub fn is_easy(&self) -> bool {
        self.race.is_none() && self.quality.is_none() && self.long.is_none()
    }

    /// A race or a quality session.
    #[must_use]
    pub fn has_key_session(&self) -> bool {
        self.race.is_some() || self.quality.is_some()
    }
}

impl From<ExpectedDay> for Outlook {
    fn from(expected: ExpectedDay) -> Self {
        let minutes = expected.timer_s.map_or(0, |seconds| (seconds / 60.0).max(0.0) as u32);
        let hard = |key: crate::projection::KeySession| Hard {
            words: key.words,
            start_min: key.start_min,
            end_min: key.start_min.map(|start| start + minutes),
        };
        Self {
            date: expected.date,
            is_projected: true,
            quality: expected.quality.map(hard),
            long: expected.long_m.map(|metres| Long { metres, end_min: None }),
            race: expected.race,
            phase: expected.phase,
            has_run: expected.n_runs > 0,
        }
    }
}

/// Every day on record; `phases` are those of `days`.
#[must_use]
pub fn recorded(runs: &[Run], days: &[DayRow], phases: &[Phase], races: &[Race]) -> Vec<Outlook> {
    let day = |(row, phase): (&DayRow, &Phase)| Outlook {
        race: races.iter().find(|race| race.date == row.date).cloned(),
        ..Outlook::empty(row.date, *phase)
    };
    let mut laid: Vec<Outlook> = days.iter().zip(phases).map(day).collect();
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

/// Is a run long, for its runner or for everyone (R3)?
#[must_use]
pub fn is_long(run: &Run) -> bool {
    run.session_kind == SessionKind::Long || run.timer_s >= LONG_S
}

/// Puts a run that was on a day into it.
fn record(day: &mut Outlook, run: &Run) {
    day.has_run = true;
    let end_min = Some(end_min(run));
    if run.is_quality {
        let words = match run.session_kind {
            SessionKind::Race => "race",
            SessionKind::Tempo => "tempo run",
            _ => "hard session",
        };
        day.quality = Some(Hard { words: words.to_owned(), start_min: None, end_min });
    }
    if is_long(run) {
        let metres = run.distance_m.unwrap_or(0.0).max(day.long.map_or(0.0, |long| long.metres));
        day.long = Some(Long { metres, end_min });
    }
}

/// Minutes from the midnight that began the day of a run to its end.
fn end_min(run: &Run) -> u32 {
    let local_s = run.start_ms.div_euclid(1000) + i64::from(run.utc_offset_s);
    let minutes = (local_s.rem_euclid(86_400) as f64 + run.elapsed_s.max(0.0)) / 60.0;
    minutes as u32
}
