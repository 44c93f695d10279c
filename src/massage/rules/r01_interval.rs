//! R1: how often, by how somebody trains.

use super::{About, Rule, Tunable};
use crate::config::Class;
use crate::load::day::DayRow;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::calendar::days_between;
use crate::model::{Day, Race};

/// The rule.
pub(super) struct Interval;

static ABOUT: About = About {
    id: "R1",
    says: "every two to three weeks in consistent training, once a month for recreational runners, more often in a marathon phase",
    does: "the days since the last session over an interval by class: marathon phase with a race of 30 km in 112 days or two runs of 24 km in 28, competitive from 50 km a week or five runs with a quality session, else recreational",
    grade: Grade::Convention,
    tunables: &[
        Tunable::new("interval.rec", 28.0, (21.0, 35.0), "days between sessions, recreational"),
        Tunable::new("interval.comp", 14.0, (7.0, 21.0), "days between sessions, competitive"),
        Tunable::new(
            "interval.early",
            0.75,
            (0.5, 1.0),
            "share of the interval before which only recurring sites and booking signs ask for a session (heuristic)",
        ),
        Tunable::new("interval.marathon", 10.0, (7.0, 14.0), "days between sessions, marathon phase"),
    ],
};

/// Days of a month.
const MONTH_DAYS: usize = 28;
/// Weeks of the same.
const MONTH_WEEKS: f64 = 4.0;
/// A race of this length makes the preparation for it a marathon phase (heuristic, as all bounds of the classes).
const MARATHON_RACE_M: f64 = 30_000.0;
/// For so many days before it.
const MARATHON_DAYS: i64 = 112;
/// Two runs of this length in a month do so too.
const MARATHON_RUN_M: f64 = 24_000.0;
/// Distance of a week from which training is competitive.
const COMPETITIVE_WEEK_M: f64 = 50_000.0;
/// Runs a week from which it is so, with a quality session each week.
const COMPETITIVE_RUNS: f64 = 5.0;

impl Rule for Interval {
    fn about(&self) -> &'static About {
        &ABOUT
    }
}

/// The class on a day: as the config says, else by the history.
pub(in crate::massage) fn class(view: &View<'_>) -> Class {
    match view.input().class {
        Class::Auto => class_by_history(view.rows(), view.races(), view.date()),
        class => class,
    }
}

/// The key of the interval of a class.
pub(in crate::massage) fn interval_key(class: Class) -> &'static str {
    match class {
        Class::Marathon => "interval.marathon",
        Class::Competitive => "interval.comp",
        Class::Auto | Class::Recreational => "interval.rec",
    }
}

/// R1a: the class of a day by the days on record up to it and the races of the calendar.
#[must_use]
pub fn class_by_history<'a>(days: &[DayRow], races: impl IntoIterator<Item = &'a Race>, date: Day) -> Class {
    let month = &days[days.len().saturating_sub(MONTH_DAYS)..];
    let is_ahead = |race: &'a Race| {
        race.distance_m >= MARATHON_RACE_M && (0..=MARATHON_DAYS).contains(&days_between(date, race.date))
    };
    let long_runs = month.iter().filter(|day| day.longest_m >= MARATHON_RUN_M).count();
    if races.into_iter().any(is_ahead) || long_runs >= 2 {
        return Class::Marathon;
    }
    // Days of which nothing is known are no weeks of little running.
    let n_lost = month.iter().filter(|day| day.is_lost()).count() as f64;
    let weeks = (MONTH_WEEKS - n_lost / 7.0).max(1.0);
    let distance: f64 = month.iter().map(|day| day.distance_m).sum();
    let runs: u32 = month.iter().map(|day| day.n_runs).sum();
    let quality: u32 = month.iter().map(|day| day.n_quality).sum();
    let often = f64::from(runs) >= COMPETITIVE_RUNS * weeks && f64::from(quality) >= weeks;
    let is_competitive = distance >= COMPETITIVE_WEEK_M * weeks || often;
    if is_competitive { Class::Competitive } else { Class::Recreational }
}

/// A class in words.
#[must_use]
pub fn class_words(class: Class) -> &'static str {
    match class {
        Class::Marathon => "a marathon phase",
        Class::Competitive => "competitive training",
        Class::Auto | Class::Recreational => "recreational training",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, race};

    /// Class and interval on the last day of four weeks of `km` a day.
    fn on(km: f64, races: &[Race]) -> (Class, f64) {
        let mut story = Story::new("2025-01-01", 56);
        story.class = Class::Auto;
        story.races = races.to_vec();
        story.rows(|row| {
            row.distance_m = 1000.0 * km;
            row.longest_m = row.distance_m;
            row.n_runs = 1;
        });
        let interval = story.last(crate::massage::interval::interval);
        (interval.class, interval.days)
    }

    #[test]
    fn r1_the_history_sets_the_class_and_the_class_the_interval() {
        assert_eq!(on(7.0, &[]), (Class::Recreational, 28.0));
        assert_eq!(on(7.2, &[]), (Class::Competitive, 14.0));
        assert_eq!(on(24.0, &[]), (Class::Marathon, 10.0));
        assert_eq!(on(7.0, &[race("2025-06-17", 42_195.0)]), (Class::Marathon, 10.0));
        assert_eq!(on(7.0, &[race("2025-06-18", 42_195.0)]), (Class::Recreational, 28.0));
        assert_eq!(on(7.0, &[race("2025-06-01", 29_000.0)]), (Class::Recreational, 28.0));
    }

    #[test]
    fn r1_five_runs_a_week_with_quality_are_competitive() {
        let class = |quality_days: usize| {
            let mut story = Story::new("2025-01-01", 28);
            story.class = Class::Auto;
            story.rows(|row| row.n_runs = 1);
            story.row_list()[..quality_days].iter_mut().for_each(|row| row.n_quality = 1);
            story.last(super::class)
        };
        assert_eq!((class(4), class(3)), (Class::Competitive, Class::Recreational));
    }
}
