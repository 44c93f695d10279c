//! The first hard session after a massage against those of its kind before (R18).

use crate::load::ratio::quantile;
use crate::model::Day;
use crate::model::calendar::{minus, plus};
use crate::score::run::{Run, SessionKind};

/// A hard session so many days after a massage can still be in its shadow (heuristic: tenderness lasts up to 48 h).
const AFTER_DAYS: u32 = 3;
/// Sessions of the same kind are looked for so far back.
const BACK_DAYS: u32 = 42;
/// So many of them make a comparison.
const MIN_BEFORE: usize = 2;
/// A session that is down by this much in percent, or more, was too much before it (R18).
const DOWN_PCT: f64 = 3.0;

/// A hard session soon after a massage, compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeySession {
    /// The day.
    pub date: Day,
    /// What it was.
    pub kind: SessionKind,
    /// How far it lay below the median of those before, in percent; negative where it was above.
    pub down_pct: f64,
    /// How many of its kind it is compared with.
    pub n_before: usize,
}

impl KeySession {
    /// Is it down by as much as R18 asks for?
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.down_pct >= DOWN_PCT
    }
}

/// The first hard session within three days after a massage; `None` without one, or with too few like it in the six weeks
/// before. Races are left out: no two are alike. It is down if it was slower and, where heart rate is known, also slower
/// for the same effort: who chose to run easier gave no less. Runs after `as_of` are not read.
#[must_use]
pub fn after(runs: &[Run], massage: Day, as_of: Day) -> Option<KeySession> {
    let is_hard = |run: &&Run| run.counts() && run.is_quality && run.session_kind != SessionKind::Race;
    let days = plus(massage, 1)..=plus(massage, AFTER_DAYS).min(as_of);
    let session = runs.iter().filter(is_hard).find(|run| days.contains(&run.date))?;
    let known = minus(massage, BACK_DAYS)..massage;
    let like: Vec<&Run> = runs
        .iter()
        .filter(is_hard)
        .filter(|run| known.contains(&run.date) && run.session_kind == session.session_kind)
        .collect();
    let speed = |run: &Run| run.ngs_mps.filter(|speed| *speed > 0.0);
    let for_effort = |run: &Run| {
        let (speed, beats) = run.gap_speed_mps.zip(run.avg_hr_bpm)?;
        (speed > 0.0 && beats > 0.0).then(|| 60.0 * speed / beats)
    };
    let (slower_pct, n_before) = down(session, &like, speed)?;
    let down_pct = down(session, &like, for_effort).map_or(slower_pct, |(less, _)| less.min(slower_pct));
    Some(KeySession { date: session.date, kind: session.session_kind, down_pct, n_before })
}

/// How far a run lies below the median of others in percent, and how many they are.
fn down(run: &Run, others: &[&Run], value: impl Fn(&Run) -> Option<f64>) -> Option<(f64, usize)> {
    let own = value(run)?;
    let before: Vec<f64> = others.iter().filter_map(|run| value(run)).collect();
    let median = quantile(&before, 0.5).filter(|_| before.len() >= MIN_BEFORE)?;
    Some((100.0 * (1.0 - own / median), before.len()))
}
