//! Races of the plan beside those of the config, and races that nothing was run for.

use super::{Plan, PlannedRun, words};
use crate::model::calendar::days_between;
use crate::model::{Day, Race, RaceOrigin};
use crate::notice::Notice;
use crate::score::Dated;
use crate::score::race::name_of;
use crate::score::run::SessionKind;

/// What notices name: the plan is one of two files.
const FILE: &str = "plan";
/// Two distances within this share of each other are those of one race.
const SAME: f64 = 0.05;

impl Plan {
    /// The races that the plan names, by date; a race without a distance is a run of the plan and no race.
    #[must_use]
    pub fn races(&self) -> Vec<Race> {
        let race = |run: &PlannedRun| {
            let distance_m = run.distance_m?;
            let name = if run.title == SessionKind::Race.name() {
                format!("{} race", name_of(distance_m))
            } else {
                words::without_priority(&run.title)
            };
            let priority = words::priority(&run.title);
            Some(Race { date: run.date, name, distance_m, priority, origin: RaceOrigin::Plan })
        };
        self.runs.iter().filter(|run| run.kind == SessionKind::Race).filter_map(race).collect()
    }
}

/// The races of the config and those of the plan, by date. On a day of both the config counts; that the plan says
/// something else is told in a notice.
#[must_use]
pub fn join(config: &[Race], plan: &Plan, notices: &mut Vec<Notice>) -> Vec<Race> {
    let mut races = config.to_vec();
    for run in plan.runs.iter().filter(|run| run.kind == SessionKind::Race && run.distance_m.is_none()) {
        if !config.iter().any(|race| race.date == run.date) {
            let text = format!(
                "\"{}\" of {} has no distance, so it is a hard run and no race; add one such as 10 km",
                run.title, run.date
            );
            notices.push(Notice::new(FILE, text));
        }
    }
    for race in plan.races() {
        match races.iter().find(|other| other.date == race.date) {
            None => races.push(race),
            Some(other) if is_same_distance(other.distance_m, race.distance_m) => {}
            Some(other) => {
                let text = format!(
                    "two races on {}: \"{}\" is left out, \"{}\" counts",
                    race.date, race.name, other.name
                );
                notices.push(Notice::new(FILE, text));
            }
        }
    }
    races.sort_by_key(|race| race.date);
    races
}

/// Are two distances those of one race?
#[must_use]
pub fn is_same_distance(one_m: f64, other_m: f64) -> bool {
    (one_m / other_m - 1.0).abs() <= SAME
}

/// Says which races of the config lie before `as_of` without a run on their day or the days beside it, and where the file
/// of a run names another race on the day of one; the latter goes to `of_files`.
pub fn check_past(
    athlete: &str,
    config: &[Race],
    runs: &[Dated],
    as_of: Day,
    notices: &mut Vec<Notice>,
    of_files: &mut Vec<Notice>,
) {
    let key = format!("athlete {athlete}: race.date");
    let counted = || runs.iter().filter(|run| run.counts());
    for race in config.iter().filter(|race| race.date < as_of) {
        if !counted().any(|run| days_between(race.date, run.date).abs() <= 1) {
            let text = format!(
                "{} ({}) has no run on its day or beside it; give the day it was run, or take it out",
                race.date, race.name
            );
            notices.push(Notice::new(key.clone(), text));
        }
        let is_another = |run: &&Dated| {
            let stated = run.race.as_ref().filter(|score| score.is_race() && score.is_stated());
            run.date == race.date
                && stated.is_some_and(|score| !is_same_distance(score.distance_m, race.distance_m))
        };
        if let Some(run) = counted().find(is_another) {
            let text = format!(
                "two races on {}: the file of the run names one too, \"{}\" counts",
                race.date, race.name
            );
            of_files.push(Notice::new(run.digest.file.clone(), text));
        }
    }
}
