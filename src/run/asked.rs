//! Whether what the command line asks for can be answered.
//!
//! Input are races to try out and the day that is asked about, output is the athlete with the races, or what is wrong.

use super::{ON, WhatIf};
use crate::config::Athlete;
use crate::error::Error;
use crate::massage;
use crate::model::calendar::plus;
use crate::model::{Day, Race};
use crate::planned;

/// The athlete with the races to try out, each in the place of one on its day.
pub(super) fn with_races(mut athlete: Athlete, what_if: &WhatIf) -> Athlete {
    athlete.races.retain(|race| !what_if.races.iter().any(|other| other.date == race.date));
    athlete.races.extend(what_if.races.iter().cloned());
    athlete.races.sort_by_key(|race| race.date);
    athlete
}

/// Of two races on a day nobody can say which one the days around it are for.
pub(super) fn check_days(athlete: &Athlete, what_if: &WhatIf) -> Result<(), Error> {
    for (at, race) in what_if.races.iter().enumerate() {
        let twice = what_if.races[..at].iter().find(|other| other.date == race.date);
        let is_other = |other: &&Race| {
            other.date == race.date && !planned::is_same_distance(other.distance_m, race.distance_m)
        };
        let (other, whose) = match (twice, athlete.races.iter().find(is_other)) {
            (Some(other), _) => (other, "--race names"),
            (None, Some(other)) => (other, "the config has"),
            (None, None) => continue,
        };
        let problem = format!(
            "{} has two races: {whose} \"{}\" too, beside \"{}\"; keep one",
            race.date, other.name, race.name
        );
        return Err(Error::config("--race", problem));
    }
    Ok(())
}

/// What is tried out lies ahead: the past was as it was.
pub(super) fn check_ahead(what_if: &WhatIf, as_of: Day) -> Result<(), Error> {
    match what_if.races.iter().find(|race| race.date <= as_of) {
        Some(race) => {
            let problem = format!("{} is not after {as_of}, the day of the analysis", race.date);
            Err(Error::config("--race", problem))
        }
        None => Ok(()),
    }
}

/// A day can be asked about from the first run to the end of what is projected.
pub(super) fn check_asked(first: Option<Day>, on: Day, as_of: Day, athlete: &str) -> Result<(), Error> {
    let last = plus(as_of, massage::HORIZON_DAYS);
    let Some(first) = first.filter(|first| *first <= as_of) else {
        return Err(Error::config(ON, format!("{athlete} has no run up to {as_of}")));
    };
    let what = if on < first {
        format!("before the first run of {athlete}")
    } else if on > last {
        let days = massage::HORIZON_DAYS;
        format!(
            "more than {days} days after {as_of}, on which the analysis of {athlete} stands (--as-of moves that day)"
        )
    } else {
        return Ok(());
    };
    Err(Error::config(ON, format!("{on} lies {what}; give a day from {first} to {last}")))
}
