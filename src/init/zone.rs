//! A time zone that keeps the clock of the runs. It is told from their offsets from UTC alone, so any zone with the same
//! clock would do, and it says no more of the place than they do.

use crate::model::calendar::offset_at;
use crate::score::run::Run;
use chrono_tz::{TZ_VARIANTS, Tz};

/// Zones that are tried first, so that of those with one clock the name is one that people know.
const WELL_KNOWN: [Tz; 22] = [
    Tz::UTC,
    Tz::Europe__London,
    Tz::Europe__Berlin,
    Tz::Europe__Helsinki,
    Tz::Europe__Moscow,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Los_Angeles,
    Tz::America__Phoenix,
    Tz::America__Halifax,
    Tz::America__Sao_Paulo,
    Tz::America__Bogota,
    Tz::Africa__Johannesburg,
    Tz::Africa__Nairobi,
    Tz::Asia__Dubai,
    Tz::Asia__Kolkata,
    Tz::Asia__Bangkok,
    Tz::Asia__Shanghai,
    Tz::Asia__Tokyo,
    Tz::Australia__Sydney,
    Tz::Pacific__Auckland,
];

/// A zone and how well it fits.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub zone: Tz,
    /// Runs whose clock it keeps.
    pub n_fitting: usize,
    /// Runs that tell their clock.
    pub n_telling: usize,
    /// Runs that do not.
    pub n_silent: usize,
}

/// The zone that keeps the clock of most runs; `None` where no run tells it.
pub(super) fn of(runs: &[Run]) -> Option<Found> {
    let (telling, silent): (Vec<&Run>, Vec<&Run>) =
        runs.iter().filter(|run| run.counts()).partition(|run| run.used.has_offset);
    let n_fitting =
        |zone: Tz| telling.iter().filter(|run| offset_at(zone, run.start_ms) == run.utc_offset_s).count();
    let zones = WELL_KNOWN.into_iter().chain(TZ_VARIANTS);
    let mut best: Option<(Tz, usize)> = None;
    for zone in zones {
        let n = n_fitting(zone);
        if n > best.map_or(0, |(_, most)| most) {
            best = Some((zone, n));
        }
        if n == telling.len() {
            break;
        }
    }
    let (zone, n_fitting) = best?;
    Some(Found { zone, n_fitting, n_telling: telling.len(), n_silent: silent.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::run;
    use crate::score::run::Used;

    fn at(date: &str, utc_offset_s: i32) -> Run {
        Run { utc_offset_s, used: Used { has_offset: true, ..Used::default() }, ..run(date) }
    }

    #[test]
    fn summer_and_winter_tell_the_zone() {
        let check = |runs: &[Run], zone: &str, n_fitting: usize| {
            let found = of(runs).unwrap();
            assert_eq!((found.zone.name(), found.n_fitting), (zone, n_fitting));
        };
        check(&[at("2026-01-05", 3600), at("2026-07-01", 7200)], "Europe/Berlin", 2);
        check(&[at("2026-01-05", 0), at("2026-07-01", 3600)], "Europe/London", 2);
        check(&[at("2026-01-05", 20_700), at("2026-07-01", 20_700)], "Asia/Kathmandu", 2);
        // A holiday does not move the runner.
        check(
            &[at("2026-01-05", 3600), at("2026-02-01", -18_000), at("2026-07-01", 7200)],
            "Europe/Berlin",
            2,
        );
    }

    #[test]
    fn runs_that_do_not_tell_say_nothing() {
        assert_eq!(of(&[run("2026-01-05")]), None);
        assert_eq!(of(&[run("2026-01-05"), at("2026-01-06", 3600)]).unwrap().n_silent, 1);
        assert_eq!(of(&[]), None);
    }
}
