//! Optional light work around races (R9 and R10): windows that never compete with the regular ones.

use super::day::DayWork;
use super::rules::ALL;
use super::window::{Window, status};
use super::{HORIZON_DAYS, Input};
use crate::model::calendar::{self, days_between, plus};
use crate::model::{Day, Depth, Race};

/// The windows around all races that reach into the days of `work`, each cut to the days that allow light work, that lie
/// nearer to its race than to another, and that no regular window has.
pub(super) fn windows(input: &Input<'_>, work: &[DayWork], regular: &[Window], as_of: Day) -> Vec<Window> {
    let last = plus(as_of, HORIZON_DAYS);
    let allows = |day: &Day| {
        let at = work.first().and_then(|first| usize::try_from(days_between(first.date, *day)).ok());
        let is_race = input.races.iter().any(|race| race.date == *day);
        let is_taken = regular.iter().any(|window| (window.start..=window.end).contains(day));
        !is_race
            && !is_taken
            && *day <= last
            && at.and_then(|at| work.get(at)).is_some_and(|work| work.ceiling >= Depth::Light)
    };
    let of_race = |race: &Race| -> Vec<Window> {
        let is_its_own = |day: &Day| allows(day) && nearest(input.races, *day) == Some(race.date);
        let offered = ALL.iter().flat_map(|rule| rule.windows(race, input.values, as_of));
        offered.filter_map(|window| cut(window, &is_its_own, as_of)).collect()
    };
    input.races.iter().filter(|race| !race.is_minor()).flat_map(of_race).collect()
}

/// The day of the race that a day belongs to: the nearest, of two the earlier.
fn nearest(races: &[Race], day: Day) -> Option<Day> {
    let of_its_own = races.iter().filter(|race| !race.is_minor());
    of_its_own.map(|race| race.date).min_by_key(|date| (days_between(*date, day).abs(), *date))
}

/// The days of a window in a row that are allowed, around the one nearest to the best; `None` without any.
fn cut(mut window: Window, allows: &impl Fn(&Day) -> bool, as_of: Day) -> Option<Window> {
    // Of a window that is open the days that are over are no choice any more.
    let is_open = window.start < as_of && as_of <= window.end;
    let first = if is_open { as_of } else { window.start };
    let best = calendar::days(first, window.end)
        .filter(allows)
        .min_by_key(|day| (days_between(*day, window.best).abs(), *day))?;
    let blocked = calendar::days(window.start, best).filter(|day| !allows(day)).last();
    window.start = blocked.map_or(window.start, |day| plus(day, 1));
    window.end = calendar::days(best, window.end).take_while(allows).last()?;
    window.best = best;
    window.status = status(window.start, window.end, as_of);
    Some(window)
}
