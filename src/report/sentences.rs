//! The three sentences that open the runner's page: load, next window, next race.
//!
//! Input: an [`Analysis`]. Output: plain sentences of its numbers. Invariant: they compare and never foretell.

use super::{text, usual};
use crate::analysis::Analysis;
pub use crate::analysis::now::{next_race, next_window, ratio, red_flag};
use crate::board::{Attention, Row};
use crate::load::day::{DayRow, LoadFlag, WeekRow};
use crate::load::pause::Pause;
use crate::massage::window::{Reason, Status, Window};
use crate::model::Race;
use crate::model::calendar::{days_between, minus};

/// Days back in which a run that stood out is worth a word.
const RECENT_DAYS: u32 = 6;

/// The state of the load this week.
#[must_use]
pub fn load(analysis: &Analysis) -> String {
    let Some(week) = analysis.weeks.last() else {
        return "No run has been read yet.".to_owned();
    };
    let mut volume_clause = volume(analysis, week);
    if let Some((metres, n)) = usual::week_before(analysis) {
        let (mean, weeks) = (analysis.units.distance(metres), text::count(n, "whole week"));
        volume_clause = format!("{volume_clause}, after a mean of {mean} in the {weeks} before");
    }
    let mut clauses = vec![volume_clause];
    let last = analysis.days.last();
    clauses.extend(pause(analysis).or_else(|| ratio(analysis).map(|ratio| ratio_clause(analysis, ratio))));
    clauses.extend(last.and_then(|row| standing_out(analysis, row)).or_else(|| of_board(analysis)));
    clauses.join("; ") + "."
}

/// How much was run in the running week.
fn volume(analysis: &Analysis, week: &WeekRow) -> String {
    let known = if week.n_lost > 0 { " known" } else { "" };
    let days = format!("({} of 7 days{known})", week.n_known());
    match (week.n_runs, week.is_whole()) {
        (0, false) if week.n_lost > 0 => return format!("No run on record this week {days}"),
        (0, true) => return "No run this week".to_owned(),
        (0, false) => return format!("No run yet this week {days}"),
        _ => {}
    }
    let volume = if week.distance_m > 0.0 {
        analysis.units.distance(week.distance_m)
    } else {
        text::hours(week.timer_s)
    };
    let so_far = if week.is_whole() { String::new() } else { format!(" so far {days}") };
    format!("This week{so_far} has {volume} in {}", text::count(week.n_runs as usize, "run"))
}

/// What puts the runner under load on the board, as a clause; a pause has been said.
fn of_board(analysis: &Analysis) -> Option<String> {
    let row = Row::new(analysis);
    let is_load = row.attention == Attention::Load && row.pause.is_none();
    row.deciding().first().filter(|_| is_load).cloned()
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
        Some((low, _)) if ratio < low => {
            format!(", less than on nine of ten days of {}", usual::span(analysis))
        }
        Some((_, high)) if ratio > high => {
            format!(", more than on nine of ten days of {}", usual::span(analysis))
        }
        Some(_) => ", within your usual range".to_owned(),
        None => String::new(),
    };
    // What a load is of goes without saying where it is of runs.
    let scope = Some(analysis.load_scope()).filter(|scope| scope != "runs");
    let scope = scope.map_or_else(String::new, |scope| format!(" ({scope})"));
    format!(
        "the load of the last 7 days{scope} is {} times the mean of 28 days{place}",
        text::number(ratio, 2)
    )
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

/// The next massage window with its depth and its first reason; where no regular one lies ahead, what keeps it.
#[must_use]
pub fn window(analysis: &Analysis) -> String {
    let NextMassage { said, why, opening } = next_massage(analysis);
    [said, why, opening].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The sentence of the next massage in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextMassage {
    /// When, how deep and how long; what else there is to say where none is planned.
    pub said: Option<String>,
    /// The first reason of the window: `Why: …`.
    pub why: Option<String>,
    /// From when on a regular one fits, where none lies ahead.
    pub opening: Option<String>,
}

/// What there is to say of the next massage.
#[must_use]
pub fn next_massage(analysis: &Analysis) -> NextMassage {
    let only = |said: String| NextMassage { said: Some(said), why: None, opening: None };
    if let Some(flag) = red_flag(analysis) {
        return only(format!("Red flag: {}. No massage is planned while it holds.", text::clean(flag)));
    }
    let (next, opening) = (next_window(analysis), opening(analysis));
    if next.is_none() && opening.is_none() {
        return only("No massage window is planned.".to_owned());
    }
    let why = next.and_then(|window| window.reasons.first());
    NextMassage {
        said: next.map(planned),
        why: why.map(|why| format!("Why: {}.", text::clean(&why.text))),
        opening,
    }
}

/// A window that is open or to come, in a sentence.
fn planned(window: &Window) -> String {
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
    let choice = if window.is_of_race() { "optional " } else { "" };
    format!("{opening}{best}: {choice}{} work, {}.", window.depth.name(), minutes(window.minutes))
}

/// Where no regular window lies ahead: the day from which one will, and what keeps it; `None` with one ahead and with a
/// red flag.
#[must_use]
pub fn opening(analysis: &Analysis) -> Option<String> {
    let opening = analysis.opening.as_ref().filter(|_| red_flag(analysis).is_none())?;
    let until = analysis.work.last().filter(|day| day.date > analysis.as_of);
    let reach = until.map_or_else(String::new, |day| format!(" up to {}", text::day_and_year(day.date)));
    let from = match opening.from {
        Some(from) => format!("from {} on a session fits", text::day_and_year(from)),
        None => "when a session will fit cannot be told yet".to_owned(),
    };
    let because = text::clean(&opening.because);
    let why = if because.is_empty() { String::new() } else { format!(" Why: {because}.") };
    Some(format!("No regular massage window{reach}; {from}.{why}"))
}

/// What is worth saying on the day of the analysis beside any session, the line that has nothing to do with massage
/// last; nothing with a red flag, which says all there is to say.
#[must_use]
pub fn advice(analysis: &Analysis) -> Vec<&Reason> {
    if red_flag(analysis).is_some() {
        return Vec::new();
    }
    let mut advice: Vec<&Reason> = analysis.advice.iter().collect();
    advice.sort_by_key(|reason| reason.rule == "R21");
    advice
}

/// What is tried out with the calendar, in a sentence; `None` where the calendar is the runner's own.
#[must_use]
pub fn tried(analysis: &Analysis) -> Option<String> {
    let tried = analysis.tried.as_ref()?;
    let plan = tried.plan.as_ref().map(|file| format!("the plan {}", text::clean(file)));
    let race = |race: &Race| {
        let (name, distance) = (text::clean(&race.name), analysis.units.distance(race.distance_m));
        format!("the race {name} ({distance}) on {}", text::day_and_year(race.date))
    };
    let parts: Vec<String> = plan.into_iter().chain(tried.races.iter().map(race)).collect();
    Some(format!(
        "What if: the days to come are planned with {}, which the calendar of this runner does not have.",
        parts.join(" and ")
    ))
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

/// The next race where how far away it is stands beside it.
#[must_use]
pub fn race_and_day(analysis: &Analysis) -> String {
    let Some(next) = next_race(analysis) else { return race(analysis) };
    let (name, distance) = (text::clean(&next.name), analysis.units.distance(next.distance_m));
    format!("{name} ({distance}) on {}.", text::day_and_year(next.date))
}

/// From and to in minutes: `30 to 45 min`.
#[must_use]
pub fn minutes((from, to): (u32, u32)) -> String {
    if from == to { format!("{to} min") } else { format!("{from} to {to} min") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Tried;
    use crate::massage::day::DayWork;
    use crate::massage::opening::Opening;
    use crate::massage::window::{Grade, Limit};
    use crate::model::Depth;
    use crate::model::calendar::plus;
    use crate::report::testing::{as_of, empty, sample, tiny};

    #[test]
    fn the_sentences_say_the_numbers() {
        let analysis = sample(30);
        let load = load(&analysis);
        assert!(load.starts_with("This week so far (4 of 7 days) has "), "{load}");
        assert!(load.contains("in the 4 whole weeks before; the load of the last 7 days is "), "{load}");
        assert!(load.contains("within your usual range"), "{load}");
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
    fn what_puts_a_runner_under_load_on_the_board_is_said() {
        let mut analysis = sample(30);
        analysis.runs.iter_mut().for_each(|run| run.spike_class = None);
        let last = analysis.days.last_mut().unwrap();
        last.flags = vec![LoadFlag::DeepNegativeTsb];
        let said = load(&analysis);
        assert!(said.ends_with("; form in the lowest tenth of the own history."), "{said}");
    }

    #[test]
    fn a_pause_takes_the_place_of_the_ratio() {
        let mut analysis = sample(30);
        let n = analysis.days.len();
        for row in &mut analysis.days[n - 20..n - 5] {
            row.flags = vec![LoadFlag::LayOff];
        }
        analysis.days[n - 6].days_off = 28;
        analysis.days[n - 1].flags = vec![LoadFlag::Returning, LoadFlag::SpikeSession];
        let said = load(&analysis);
        assert!(said.ends_with("; back for 5 days after 28 without a run."), "{said}");
        assert_eq!(ratio(&analysis), None);
        let last = analysis.days.last_mut().unwrap();
        (last.flags, last.days_off) = (vec![LoadFlag::LayOff], 16);
        assert!(load(&analysis).ends_with("; no run for 16 days."));
    }

    /// Today with a cap, and a window ahead that belongs to a race.
    fn kept(rule: &'static str, cap: Depth) -> Analysis {
        let mut analysis = sample(30);
        let limit = Limit { rule, text: "said \u{7}so".into(), date: analysis.as_of };
        let day = |date| DayWork {
            date,
            is_projected: date > analysis.as_of,
            ceiling: cap,
            limits: vec![(cap, limit.clone())],
            need: 0.2,
            due: 0.2,
            every_days: 28.0,
            reasons: Vec::new(),
        };
        analysis.work = vec![day(analysis.as_of), day(plus(analysis.as_of, 28))];
        analysis.windows.retain(|window| window.status == Status::Past || window.is_of_race());
        analysis.opening =
            Some(Opening { from: Some(plus(analysis.as_of, 40)), because: "why\u{7} not".into() });
        analysis.advice = ["R21", "R15"].map(reason).to_vec();
        analysis
    }

    fn reason(rule: &'static str) -> Reason {
        Reason { rule, text: format!("text of {rule}"), value: None, grade: Grade::H, adds: 0.0 }
    }

    #[test]
    fn a_red_flag_is_one_by_its_rule_and_says_all() {
        let analysis = kept("7.6", Depth::None);
        assert_eq!(window(&analysis), "Red flag: said so. No massage is planned while it holds.");
        assert_eq!((opening(&analysis), advice(&analysis)), (None, Vec::new()));
        // A hard run late in the day closes that day, and is no red flag.
        let tired = kept("R11", Depth::None);
        assert_eq!(red_flag(&tired), None);
        assert_eq!(advice(&tired).iter().map(|one| one.rule).collect::<Vec<_>>(), ["R15", "R21"]);
    }

    #[test]
    fn without_a_regular_window_ahead_its_first_day_is_said() {
        let mut analysis = kept("R11", Depth::Light);
        let keeps = "No regular massage window up to Thu 25 Jun 2026; from Tue 7 Jul 2026 on a session fits. \
                     Why: why not.";
        let said = window(&analysis);
        assert!(said.contains(": optional light work, ") && said.ends_with(keeps), "{said}");
        analysis.windows.clear();
        assert_eq!(window(&analysis), keeps);
        analysis.opening = Some(Opening { from: None, because: String::new() });
        assert!(window(&analysis).ends_with("; when a session will fit cannot be told yet."));
        analysis.opening = None;
        assert_eq!(window(&analysis), "No massage window is planned.");
    }

    #[test]
    fn a_calendar_that_is_tried_out_is_named() {
        let mut analysis = sample(6);
        assert_eq!(tried(&analysis), None);
        let races = analysis.races[2..].to_vec();
        analysis.tried = Some(Tried { plan: Some("more.csv".into()), races, ..Tried::default() });
        let said = tried(&analysis).unwrap();
        assert!(
            said.contains("the plan more.csv and the race City marathon (42.2 km) on Sun 14 Jun 2026"),
            "{said}"
        );
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
