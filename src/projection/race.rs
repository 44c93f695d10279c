//! Races and the days around them: the taper, the race itself, the recovery.

use super::Known;
use super::usual::between;
use crate::blocks::{Phase, longest_recovery_days};
use crate::load::ratio::quantile;
use crate::model::calendar::{days_between, minus};
use crate::model::{Day, Race, RaceOrigin};

/// Days of a taper (science 8.3: two weeks do best).
const TAPER_DAYS: i64 = 14;
/// Days in which the volume of a taper falls to 1/e. Over the fourteen days that cuts an even week by 52 % and one with
/// half of its distance in one run by 43 to 57 %, inside the 41 to 60 % of science 8.3 wherever the long run lies, and leaves
/// a fifth on the eve (heuristic; the band is of Bosquet et al. 2007).
const TAPER_DECAY_DAYS: f64 = 9.0;
/// Under this share of the usual day a recovering runner rests: one day after 10 km, two after a half, five after
/// a marathon, seven after an ultra, as science 7.3 has it but for a day (heuristic).
const REST_SHARE: f64 = 0.25;
/// From this share on a long run is one.
const LONG_SHARE: f64 = 0.5;
/// Days before an A race without a hard session (science 8.3: the last one lies three days before it).
const EASY_DAYS: i64 = 2;
/// Races longer than this leave weeks that are not usual.
const LONG_RACE_M: f64 = 12_000.0;
/// Fatigue exponent (Riegel 1981, Am Scientist 69:285–290).
const RIEGEL: f64 = 1.06;
/// Days whose runs tell how fast a race will be.
const FORM_DAYS: u32 = 182;
/// A run must be this long to say how fast a race will be, in m.
const MIN_FORM_M: f64 = 1500.0;
/// No run says that a race will be faster than so many times the usual speed: that was a ride, or a slip of the
/// watch (heuristic).
const MAX_OF_USUAL: f64 = 1.35;

/// Races that were on the calendar on the day: those that only their run has told of are known from then on.
fn known_races<'a>(known: &Known<'a>) -> impl Iterator<Item = &'a Race> {
    let today = known.today;
    let is_told_by_run = |race: &Race| matches!(race.origin, RaceOrigin::File | RaceOrigin::Detected);
    known.races.iter().filter(move |race| race.date <= today || !is_told_by_run(race))
}

/// The race of a day.
pub(super) fn on<'a>(date: Day, known: &Known<'a>) -> Option<&'a Race> {
    known_races(known).find(|race| race.date == date)
}

/// Does a past day lie in a taper, or in the recovery from a long race, so that its week is not a usual one?
pub(super) fn is_unusual(date: Day, known: &Known<'_>) -> bool {
    known_races(known).any(|race| {
        let after = days_between(race.date, date);
        let is_recovery = race.distance_m > LONG_RACE_M
            && (0..=i64::from(longest_recovery_days(race.distance_m))).contains(&after);
        is_recovery || (race.priority == 'A' && (-TAPER_DAYS..=0).contains(&after))
    })
}

/// What a race makes of a usual day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cut {
    /// So many days before an A race.
    Taper(i64),
    /// So many days into a recovery of so many.
    Recovery(i64, i64),
}

impl Cut {
    /// The cut of a day to come; of several the one that leaves least.
    pub(super) fn of(date: Day, known: &Known<'_>) -> Option<Self> {
        let cuts = known_races(known).filter_map(|race| {
            let after = days_between(race.date, date);
            let recovery = i64::from(longest_recovery_days(race.distance_m));
            match after {
                1.. if after <= recovery && is_felt(race, known) => Some(Self::Recovery(after, recovery)),
                ..=-1 if race.priority == 'A' && after >= -TAPER_DAYS => Some(Self::Taper(-after)),
                _ => None,
            }
        });
        cuts.min_by(|a, b| a.share().total_cmp(&b.share()))
    }

    /// What is left of a usual day: a taper falls exponentially, a recovery rises evenly.
    pub(super) fn share(self) -> f64 {
        match self {
            Self::Taper(before) => (-((TAPER_DAYS + 1 - before) as f64) / TAPER_DECAY_DAYS).exp(),
            Self::Recovery(after, days) => {
                let share = after as f64 / (days + 1) as f64;
                if share < REST_SHARE { 0.0 } else { share }
            }
        }
    }

    /// Is there room for the usual hard session? A taper keeps it, a recovery does not.
    pub(super) fn allows_hard(self) -> bool {
        matches!(self, Self::Taper(before) if before > EASY_DAYS)
    }

    /// Is the usual long run still one?
    pub(super) fn allows_long(self) -> bool {
        matches!(self, Self::Taper(_)) && self.share() >= LONG_SHARE
    }
}

/// A race that was run and is over by the phase of today cuts nothing any more.
fn is_felt(race: &Race, known: &Known<'_>) -> bool {
    race.date > known.today || matches!(known.phase, Phase::Race | Phase::PostRace)
}

/// The phase of a day to come: of the calendar around races, else the one that goes on.
pub(super) fn phase(date: Day, known: &Known<'_>) -> Phase {
    if on(date, known).is_some() {
        return Phase::Race;
    }
    let cuts = || known_races(known).map(|race| (race, days_between(race.date, date)));
    let is_after = |(race, after): (&Race, i64)| {
        after > 0 && after <= i64::from(longest_recovery_days(race.distance_m)) && is_felt(race, known)
    };
    if cuts().any(is_after) {
        return Phase::PostRace;
    }
    if cuts().any(|(race, after)| race.priority == 'A' && (-TAPER_DAYS..0).contains(&after)) {
        return Phase::Taper;
    }
    match known.phase {
        // Its race is over, so the phase that came with it is as well.
        Phase::Taper | Phase::Race | Phase::PostRace => Phase::Base,
        phase => phase,
    }
}

/// Time in s that a race will take: what the best run of half a year is worth over its distance (Riegel 1981).
///
/// Training is slower than racing, so where there were races the best of them speaks.
pub(super) fn time_s(distance_m: f64, known: &Known<'_>) -> Option<f64> {
    let runs: Vec<(f64, f64)> = between(known.runs, minus(known.today, FORM_DAYS - 1), known.today)
        .filter_map(|run| Some((run.distance_m.filter(|m| *m >= MIN_FORM_M)?, run.timer_s)))
        .filter(|(_, seconds)| *seconds > 0.0)
        .collect();
    let speeds: Vec<f64> = runs.iter().map(|(metres, seconds)| metres / seconds).collect();
    let fastest = MAX_OF_USUAL * quantile(&speeds, 0.5)?;
    let plausible = runs.iter().filter(|(metres, seconds)| metres / seconds <= fastest);
    let worth = plausible.map(|(metres, seconds)| seconds * (distance_m / metres).powf(RIEGEL));
    worth.min_by(f64::total_cmp)
}

/// Load of a race of so many seconds: 100 is an hour at the speed that can be held for an hour, which by Riegel falls with
/// time to the power of 1/1.06 − 1; load goes with its square.
pub(super) fn load_au(timer_s: f64) -> f64 {
    let hours = timer_s / 3600.0;
    100.0 * hours * hours.powf(2.0 * (1.0 / RIEGEL - 1.0))
}
