//! The three sentences that open the runner's page: load, next window, next race.
//!
//! Input: an [`Analysis`]. Output: plain sentences of its numbers. Invariant: they compare and never foretell.

use super::{text, usual};
use crate::analysis::Analysis;
use crate::load::day::{DayRow, LoadFlag};
use crate::load::pause::Pause;
use crate::massage::window::{Status, Window, WindowKind};
use crate::model::calendar::{days_between, minus};
use crate::model::{Depth, Race};

/// Days back in which a run that stood out is worth a word.
const RECENT_DAYS: u32 = 6;

/// The state of the load this week.
#[must_use]
pub fn load(analysis: &Analysis) -> String {
    let Some(week) = analysis.weeks.last() else {
        return "No run has been read yet.".to_owned();
    };
    let volume = if week.distance_m > 0.0 || week.n_runs == 0 {
        analysis.units.distance(week.distance_m)
    } else {
        text::hours(week.timer_s)
    };
    let so_far = if week.is_whole() { String::new() } else { format!(" so far ({} of 7 days)", week.n_days) };
    let mut volume_clause =
        format!("This week{so_far} has {volume} in {}", text::count(week.n_runs as usize, "run"));
    if let Some((metres, n)) = usual::week_before(analysis) {
        let (mean, weeks) = (analysis.units.distance(metres), text::count(n, "whole week"));
        volume_clause = format!("{volume_clause}, after a mean of {mean} in the {weeks} before");
    }
    let mut clauses = vec![volume_clause];
    let last = analysis.days.last();
    clauses.extend(pause(analysis).or_else(|| ratio(analysis).map(|ratio| ratio_clause(analysis, ratio))));
    clauses.extend(last.and_then(|row| standing_out(analysis, row)));
    clauses.join("; ") + "."
}

/// Today's ratio of acute to chronic load; `None` in a pause and after one, where it compares with the pause.
#[must_use]
pub fn ratio(analysis: &Analysis) -> Option<f64> {
    let ratio = analysis.days.last()?.load_ratios.coupled?;
    Pause::of(&analysis.days).is_none().then_some(ratio)
}

/// What stands in the place of the ratio in a pause and after one, as a clause.
#[must_use]
pub fn pause(analysis: &Analysis) -> Option<String> {
    Some(match Pause::of(&analysis.days)? {
        Pause::Off(n_days) => format!("no run for {n_days} days"),
        Pause::Back { n_days, after } => {
            format!("back for {} after {after} without a run", text::count(n_days as usize, "day"))
        }
    })
}

fn ratio_clause(analysis: &Analysis, ratio: f64) -> String {
    let place = match usual::range(analysis, |row| row.load_ratios.coupled) {
        Some((low, _)) if ratio < low => ", less than on nine of ten days of the last year",
        Some((_, high)) if ratio > high => ", more than on nine of ten days of the last year",
        Some(_) => ", within your usual range",
        None => "",
    };
    format!("the load of the last 7 days is {} times the mean of 28 days{place}", text::number(ratio, 2))
}

/// What of the last days stands out most, as a clause.
fn standing_out(analysis: &Analysis, last: &DayRow) -> Option<String> {
    // The pause has been said, and everything is longer than nothing.
    if Pause::of(&analysis.days).is_some() {
        return None;
    }
    let from = minus(last.date, RECENT_DAYS);
    let recent =
        analysis.days.iter().filter(|row| row.date >= from && row.flags.contains(&LoadFlag::SpikeSession));
    let (row, ratio) =
        recent.filter_map(|row| Some((row, row.spike_ratio?))).max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let longer = text::number((ratio - 1.0) * 100.0, 0);
    Some(format!(
        "the run of {} was {longer} % longer than any of the 30 days before it",
        text::day(row.date)
    ))
}

/// The next massage window with its depth and its first reason.
#[must_use]
pub fn window(analysis: &Analysis) -> String {
    if let Some(flag) = red_flag(analysis) {
        return format!(
            "Red flag: {}. No massage is planned until a lower value is noted.",
            text::clean(flag)
        );
    }
    let Some(window) = next_window(analysis) else {
        return match analysis.work.last() {
            Some(day) if day.date > analysis.as_of => {
                format!("No massage window up to {}.", text::day_and_year(day.date))
            }
            _ => "No massage window is planned.".to_owned(),
        };
    };
    let span = text::span(window.start, window.end);
    let opening = if window.status == Status::Open {
        format!("A massage window is open ({span})")
    } else {
        format!("The next massage window is {span}")
    };
    let best = if window.start == window.end {
        String::new()
    } else {
        format!(", best on {}", text::day(window.best))
    };
    let choice = match window.kind {
        WindowKind::PreRace | WindowKind::PostRace => "optional ",
        WindowKind::Maintenance | WindowKind::Deep | WindowKind::Targeted => "",
    };
    let why =
        window.reasons.first().map_or_else(String::new, |why| format!(" Why: {}.", text::clean(&why.text)));
    format!("{opening}{best}: {choice}{} work, {}.{why}", window.depth.name(), minutes(window.minutes))
}

/// What the diary says that forbids all hands-on work on the day of the analysis.
fn red_flag(analysis: &Analysis) -> Option<&str> {
    let today = analysis.work.iter().find(|day| day.date == analysis.as_of)?;
    let (_, limit) = today.limits.iter().find(|(depth, _)| *depth == Depth::None)?;
    Some(&limit.text)
}

/// The window that is open, else the first one to come.
#[must_use]
pub fn next_window(analysis: &Analysis) -> Option<&Window> {
    analysis.windows.iter().find(|window| window.status != Status::Past)
}

/// The next race and how far away it is.
#[must_use]
pub fn race(analysis: &Analysis) -> String {
    next_race(analysis).map_or_else(
        || "No race is on the calendar.".to_owned(),
        |race| {
            let (name, distance) = (text::clean(&race.name), analysis.units.distance(race.distance_m));
            let away = text::distance_in_days(days_between(analysis.as_of, race.date));
            format!("The next race is {name} ({distance}) on {}, {away}.", text::day_and_year(race.date))
        },
    )
}

/// The first race on or after the day of the analysis.
#[must_use]
pub fn next_race(analysis: &Analysis) -> Option<&Race> {
    analysis.races.iter().find(|race| race.date >= analysis.as_of)
}

/// From and to in minutes: `30 to 45 min`.
#[must_use]
pub fn minutes((from, to): (u32, u32)) -> String {
    if from == to { format!("{to} min") } else { format!("{from} to {to} min") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{as_of, empty, sample, tiny};

    #[test]
    fn the_sentences_say_the_numbers() {
        let analysis = sample(30);
        let load = load(&analysis);
        assert!(load.starts_with("This week so far (4 of 7 days) has "), "{load}");
        assert!(load.contains("in the 4 whole weeks before; the load of the last 7 days is "), "{load}");
        assert!(load.ends_with("within your usual range."), "{load}");
        assert_eq!(
            window(&analysis),
            "A massage window is open (Wed 27 – Sat 30 May), best on Thu 28 May: moderate work, 30 to 45 min. \
             Why: the last session was 19 days ago and the interval is 14 days."
        );
        assert_eq!(
            race(&analysis),
            "The next race is City marathon (42.2 km) on Sun 14 Jun 2026, in 17 days."
        );
    }

    #[test]
    fn a_run_that_stands_out_is_named() {
        let mut analysis = sample(30);
        let day = analysis.days.iter_mut().rev().find(|row| row.n_runs > 0).unwrap();
        day.flags.push(LoadFlag::SpikeSession);
        day.spike_ratio = Some(1.18);
        let text = load(&analysis);
        assert!(text.ends_with("was 18 % longer than any of the 30 days before it."), "{text}");
    }

    #[test]
    fn a_pause_takes_the_place_of_the_ratio() {
        let mut analysis = sample(30);
        let n = analysis.days.len();
        for row in &mut analysis.days[n - 20..n - 5] {
            row.flags = vec![LoadFlag::LayOff];
        }
        analysis.days[n - 6].days_since_run = 28;
        analysis.days[n - 1].flags = vec![LoadFlag::Returning, LoadFlag::SpikeSession];
        let said = load(&analysis);
        assert!(said.ends_with("; back for 5 days after 28 without a run."), "{said}");
        assert_eq!(ratio(&analysis), None);
        let last = analysis.days.last_mut().unwrap();
        (last.flags, last.days_since_run) = (vec![LoadFlag::LayOff], 16);
        assert!(load(&analysis).ends_with("; no run for 16 days."));
    }

    #[test]
    fn nothing_known_is_said_plainly() {
        assert_eq!(load(&empty()), "No run has been read yet.");
        assert_eq!(load(&tiny()), "This week so far (1 of 7 days) has 5.0 km in 1 run.");
        assert_eq!(window(&tiny()), "No massage window is planned.");
        assert_eq!(race(&tiny()), "No race is on the calendar.");
        assert_eq!(tiny().as_of, as_of());
    }
}
