//! What kind of session a run was (science 3.5 and 3.6; heuristics of this project).

use super::Dated;
use super::run::{Run, SessionKind};
use super::thresholds::Known;
use crate::digest::Bout;
use crate::digest::effort::DURATIONS_S;
use crate::model::Lap;
use crate::model::calendar::minus;
use std::ops::RangeInclusive;

/// Time above the second threshold that makes a session hard.
const HARD_S: f64 = 480.0;
/// Share of threshold speed that makes 20 min hard.
const HARD_SHARE: f64 = 0.95;
/// A run of this length is long for everyone.
const LONG_S: f64 = 5400.0;
/// Share of the week's distance from which a run is long.
const LONG_SHARE: f64 = 0.30;

/// What a session was made of, by everything that 3.6 looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own")]
pub struct Session {
    /// Intensity factor.
    pub intensity_factor: Option<f64>,
    /// A race.
    pub is_race: bool,
    /// At least 8 min in zone 3, or 20 min at 95 % of threshold speed.
    pub is_hard: bool,
    /// At least six repetitions of 20 to 90 s at 1.15 times threshold speed.
    pub has_short_reps: bool,
    /// At least three repetitions at 95 % of threshold speed, by surges or by laps.
    pub has_reps: bool,
    /// At least four climbs of 20 to 180 s at threshold effort.
    pub has_hill_reps: bool,
}

impl Session {
    /// `zones` are the seconds in the three zones; without a tested threshold speed nothing is said of repetitions.
    #[must_use]
    pub fn new(
        run: &Dated,
        intensity_factor: Option<f64>,
        known: &Known<'_>,
        zones: Option<[f64; 3]>,
    ) -> Self {
        let digest = &run.digest;
        let speed = known.tested_speed_mps();
        let at_least = |bouts: &[Bout], seconds: RangeInclusive<f64>, share: f64, n: usize| {
            let fits = |bout: &&Bout| {
                let is_fast = bout.speed_mps.zip(speed).is_some_and(|(v, at)| v >= share * at);
                is_fast && seconds.contains(&bout.seconds)
            };
            bouts.iter().filter(fits).count() >= n
        };
        let twenty_minutes = DURATIONS_S.iter().position(|s| *s == 1200);
        let best = twenty_minutes.and_then(|index| digest.best_speed_mps.get(index));
        let is_fast = best.zip(speed).is_some_and(|(v, at)| *v >= HARD_SHARE * at);
        Self {
            intensity_factor,
            is_race: run.raced().is_some(),
            is_hard: is_fast || zones.is_some_and(|zones| zones[2] >= HARD_S),
            has_short_reps: at_least(&digest.surges, 20.0..=90.0, 1.15, 6),
            has_reps: at_least(&digest.surges, 30.0..=1200.0, HARD_SHARE, 3)
                || speed.is_some_and(|at| has_lap_reps(&digest.laps, at)),
            has_hill_reps: at_least(&digest.climbs, 20.0..=180.0, 1.0, 4),
        }
    }

    /// A quality session (science 3.6): what deep work on the legs must keep away from.
    #[must_use]
    pub fn is_quality(&self) -> bool {
        self.is_race || self.is_hard || self.has_short_reps || self.has_hill_reps
    }

    /// The kind by intensity; `mark_long` finds the long runs among the others afterwards.
    #[must_use]
    pub fn kind(&self) -> SessionKind {
        match self.intensity_factor.unwrap_or(0.0) {
            _ if self.is_race => SessionKind::Race,
            _ if self.has_hill_reps => SessionKind::Hills,
            _ if self.has_short_reps || (self.is_hard && self.has_reps) => SessionKind::Intervals,
            _ if self.is_hard => SessionKind::Tempo,
            factor if factor >= 0.88 => SessionKind::Tempo,
            factor if factor >= 0.80 => SessionKind::Steady,
            _ => SessionKind::Easy,
        }
    }
}

/// Do at least three laps that the runner took at 95 % of threshold speed lie between slower ones?
fn has_lap_reps(laps: &[Lap], threshold_mps: f64) -> bool {
    let is_fast = |lap: &Lap| {
        let speed = lap.distance_m.map(|distance| distance / lap.timer_s);
        (20.0..=1200.0).contains(&lap.timer_s) && speed.is_some_and(|v| v >= HARD_SHARE * threshold_mps)
    };
    let taken: Vec<bool> =
        laps.iter().filter(|lap| lap.is_manual && lap.timer_s > 0.0).map(is_fast).collect();
    taken.windows(2).filter(|pair| pair[0] && !pair[1]).count() >= 3
}

/// How a run compares with the distances before it, which decides whether it is long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Volume {
    /// Distance of the 7 days that end with the run in m.
    pub week_m: f64,
    /// The distance in m from which a run is among the longest tenth of the 42 days before; `None` under five runs.
    pub longest_tenth_m: Option<f64>,
}

impl Volume {
    /// By the runs before, in order of time.
    #[must_use]
    pub fn new(run: &Run, earlier: &[Run]) -> Self {
        let since = |days: u32| {
            let from = minus(run.date, days);
            earlier.iter().rev().take_while(move |r| r.date >= from).filter(|r| r.counts())
        };
        let own = run.distance_m.unwrap_or(0.0);
        let week_m = own + since(6).filter_map(|r| r.distance_m).sum::<f64>();
        let mut others: Vec<f64> = since(42).filter_map(|r| r.distance_m).collect();
        others.sort_unstable_by(f64::total_cmp);
        let tenth = |others: &[f64]| others[(others.len() * 9).div_ceil(10) - 1];
        Self { week_m, longest_tenth_m: (others.len() >= 5).then(|| tenth(&others)) }
    }
}

/// Marks the long runs: marked so by the runner, at least 90 min, or at least 30 % of the distance of the last 7 days and among the
/// longest tenth of the last 42 days (R3). Races and quality sessions keep their kind.
pub(super) fn mark_long(runs: &mut [Run]) {
    for i in 0..runs.len() {
        let (earlier, rest) = runs.split_at_mut(i);
        let run = &mut rest[0];
        if !matches!(run.session_kind, SessionKind::Easy | SessionKind::Steady) || !run.counts() {
            continue;
        }
        let distance = run.distance_m.unwrap_or(0.0);
        let volume = Volume::new(run, earlier);
        let among_longest = volume.longest_tenth_m.is_some_and(|longest| distance >= longest);
        if run.used.is_marked_long
            || run.timer_s >= LONG_S
            || (distance >= LONG_SHARE * volume.week_m && among_longest)
        {
            run.session_kind = SessionKind::Long;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e3_5_intensity_names_the_kind() {
        let check = |factor: Option<f64>, session: Session, expected: SessionKind| {
            assert_eq!(
                Session { intensity_factor: factor, ..session }.kind(),
                expected,
                "{factor:?} {session:?}"
            );
        };
        let easy = Session::default();
        check(Some(0.79), easy, SessionKind::Easy);
        check(Some(0.80), easy, SessionKind::Steady);
        check(Some(0.88), easy, SessionKind::Tempo);
        check(None, easy, SessionKind::Easy);
        let hard = Session { is_hard: true, ..easy };
        check(Some(0.84), hard, SessionKind::Tempo);
        check(Some(0.84), Session { has_reps: true, ..hard }, SessionKind::Intervals);
        check(Some(0.84), Session { has_reps: true, ..easy }, SessionKind::Steady);
        check(Some(0.70), Session { has_short_reps: true, ..easy }, SessionKind::Intervals);
        check(Some(0.70), Session { has_hill_reps: true, ..hard }, SessionKind::Hills);
        check(None, Session { is_race: true, ..hard }, SessionKind::Race);
        assert!(!Session { has_reps: true, ..easy }.is_quality());
        assert!(Session { has_hill_reps: true, ..easy }.is_quality());
    }

    #[test]
    fn laps_that_the_runner_took_show_repetitions() {
        let lap = |seconds: f64, speed: f64| Lap {
            start_s: 0.0,
            timer_s: seconds,
            distance_m: Some(seconds * speed),
            avg_hr_bpm: None,
            is_manual: true,
        };
        let session: Vec<Lap> = (0..4).flat_map(|_| [lap(240.0, 4.1), lap(120.0, 2.4)]).collect();
        assert!(has_lap_reps(&session, 4.0));
        assert!(!has_lap_reps(&session[..4], 4.0));
        let automatic: Vec<Lap> = session.iter().map(|lap| Lap { is_manual: false, ..lap.clone() }).collect();
        assert!(!has_lap_reps(&automatic, 4.0));
    }
}
