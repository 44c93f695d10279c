//! The columns of the `weeks` table.

use super::build::Spec;
use super::column::{Column, NEVER};
use crate::analysis::Analysis;
use crate::blocks::{Block, Phase};
use crate::load::day::{DayState, WeekRow};
use crate::model::Day;
use crate::model::calendar::{days_between, plus};

const NO_TIME: &str = "there are runs, and no time of any is known";
const NO_ZONES: &str = "no time of the week could be classified";
const NOT_PROJECTED: &str = "a `projected` week";
const AS_LAST_DAY: &str = "as in `days` on the last day";

/// The time of so many runs in s; `None` where there are some and the time of none is known.
pub(super) fn known_timer_s(n_runs: u32, timer_s: f64) -> Option<f64> {
    (n_runs == 0 || timer_s > 0.0).then_some(timer_s)
}

/// One row per week, the unfinished first and last among them.
pub(super) const SPEC: Spec<WeekRow> = Spec {
    name: "weeks",
    about: "One row per week that holds a day of the history. The first and the last can be incomplete: `n_days` is then under 7. A week of state `unknown` may hold more than is on record. The running week holds what was run in it and nothing else; after it come the whole weeks of the next 28 days, of state `projected`. What is expected of the rest of the running week stands in `days`.",
    span: ("week_start", "week_end"),
    columns: &[
        Column::athlete(),
        Column::date("week_start", "First day", |_, w| Some(w.start)),
        Column::date("week_end", "Last day, included", |_, w| Some(end(w))),
        Column::integer("n_days", "", "Days of the week that lie in the history", NEVER, |_, w| {
            Some(w.n_days.into())
        }),
        Column::integer("n_runs", "", "Number of runs", NEVER, |_, w| Some(w.n_runs.into())),
        Column::float("distance_m", "m", "Distance, as far as it was recorded", NEVER, |_, w| {
            Some(w.distance_m)
        }),
        Column::float("timer_s", "s", "Timer running, as far as it is known", NO_TIME, |_, w| {
            known_timer_s(w.n_runs, w.timer_s)
        }),
        Column::float("ascent_m", "m", "Climb, as far as it is known", NOT_PROJECTED, |_, w| {
            was(w).then_some(w.ascent_m)
        }),
        Column::float("longest_run_m", "m", "Longest single run", NEVER, |_, w| Some(w.longest_run_m)),
        Column::float(
            "load_au",
            "AU",
            "Load of the runs, and of other endurance sport where the config counts it; 100 is an hour at threshold",
            "a day of it is unknown, or nothing tells it",
            |_, w| w.load_au,
        ),
        Column::float(
            "cross_load_au",
            "AU",
            "The part of `load_au` that other endurance sport made",
            "`cross_training` is not \"load\" in the config, or a `projected` week, which holds running alone",
            |_, w| w.cross_au,
        ),
        Column::float(
            "low_share",
            "share",
            "Part of the classified time below the first threshold",
            NO_ZONES,
            |_, w| zone_share(w, 0),
        ),
        Column::float("moderate_share", "share", "Part between the thresholds", NO_ZONES, |_, w| {
            zone_share(w, 1)
        }),
        Column::float("high_share", "share", "Part above the second threshold", NO_ZONES, |_, w| {
            zone_share(w, 2)
        }),
        Column::float(
            "polarization_index",
            "a.u.",
            "Polarization index of the 28 days to the last day of the week: above 2 more polarised",
            "under 6 h of classified running in 28 days, or more of it hard than easy",
            |_, w| w.polarization_index,
        ),
        Column::integer(
            "n_hard",
            "",
            "Runs with at least 10 % or 8 min above the second threshold",
            NOT_PROJECTED,
            |_, w| was(w).then(|| w.n_hard.into()),
        ),
        Column::float("monotony", "ratio", "Monotony on the last day of the week", AS_LAST_DAY, |_, w| {
            w.monotony
        }),
        Column::float("strain", "AU", "Strain on the last day of the week", AS_LAST_DAY, |_, w| w.strain),
        Column::float("acwr_coupled", "ratio", "As in `days`, on the last day", AS_LAST_DAY, |_, w| {
            w.load_ratios.coupled
        }),
        Column::float("acwr_uncoupled", "ratio", "As in `days`, on the last day", AS_LAST_DAY, |_, w| {
            w.load_ratios.uncoupled
        }),
        Column::float("acwr_ewma", "ratio", "As in `days`, on the last day", AS_LAST_DAY, |_, w| {
            w.load_ratios.ewma
        }),
        Column::float(
            "ramp_pct",
            "%",
            "Change of distance against the week before",
            "no week before, it holds too little to compare with, or the files do not tell of all days of both",
            |_, w| w.ramp_pct,
        ),
        Column::text(
            "block",
            "Phase of the block that holds most days of the week, the earlier one of equals; of a `projected` week the phase that most of its days are expected in",
            "no block holds a day of it",
            |analysis, w| phase_of(analysis, w).map(|phase| phase.name().to_owned()),
        ),
        Column::truth(
            "is_cutback",
            "A cutback: at most 0.80 of the mean distance of the three weeks before, the first such week in a row, wholly inside a base, build or peak block",
            |analysis, w| Some(analysis.blocks.iter().any(|block| block.cutbacks.contains(&w.start))),
        ),
        Column::text(
            "state",
            "`projected` after the running week; else `unknown` if any day is, `rest` without a run, else `observed`",
            NEVER,
            |_, w| Some(w.state.name().to_owned()),
        ),
    ],
};

fn end(week: &WeekRow) -> Day {
    plus(week.start, 6)
}

/// Was the week there?
fn was(week: &WeekRow) -> bool {
    week.state != DayState::Projected
}

fn zone_share(week: &WeekRow, zone: usize) -> Option<f64> {
    week.zone_shares().map(|shares| shares[zone])
}

/// The phase that most days of a week lie in, or are expected in.
fn phase_of(analysis: &Analysis, week: &WeekRow) -> Option<Phase> {
    if !was(week) {
        return expected_phase(analysis, week);
    }
    let shared = |block: &Block| days_between(block.start.max(week.start), block.end.min(end(week))) + 1;
    let held = analysis.blocks.iter().filter(|block| shared(block) > 0);
    held.min_by_key(|block| (-shared(block), block.start)).map(|block| block.phase)
}

fn expected_phase(analysis: &Analysis, week: &WeekRow) -> Option<Phase> {
    let days = analysis.expected.iter().filter(|day| (week.start..=end(week)).contains(&day.date));
    let days: Vec<Phase> = days.map(|day| day.phase).collect();
    let n_of = |phase: Phase| days.iter().filter(|one| **one == phase).count();
    // Of equals the earlier one.
    days.iter().copied().rev().max_by_key(|phase| n_of(*phase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::plus;
    use crate::report::testing::sample;

    #[test]
    fn a_week_to_come_lies_in_the_phase_of_most_of_its_days() {
        let mut analysis = sample(30);
        let week = analysis.projected_weeks[0].clone();
        let at = analysis.expected.iter().position(|day| day.date == week.start).unwrap();
        let phases = [Phase::Taper, Phase::Race, Phase::PostRace, Phase::PostRace, Phase::PostRace];
        let rest = [Phase::Base, Phase::Taper];
        for (n, phase) in phases.into_iter().chain(rest).enumerate() {
            analysis.expected[at + n].phase = phase;
        }
        assert_eq!(phase_of(&analysis, &week), Some(Phase::PostRace));
        let far = WeekRow { start: plus(week.start, 700), ..week };
        assert_eq!(phase_of(&analysis, &far), None);
    }
}
