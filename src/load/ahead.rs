//! Days to come, in the same windows as those that were.
//!
//! Input are the series of the past with its rows and what is expected of each day after it, output the rows of these days and
//! of the weeks that they fill. Invariants: the rows of the past are read and never changed; a number that what is
//! unknown goes into is unknown.

use super::day::{DayRow, DayState, Ratios, WeekRow};
use super::days::Series;
use super::sums::Sums;
use crate::model::Day;
use crate::model::calendar::{days_between, week_start};
use crate::score::run::SpikeClass;
use crate::score::{MIN_HISTORY_DAYS, spike_class};
use chrono::Weekday;

/// What is expected of one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ahead {
    /// The day.
    pub date: Day,
    /// Number of runs.
    pub n_runs: u32,
    /// Number of quality sessions, races among them.
    pub n_quality: u32,
    /// Distance in m; `None` is not known.
    pub distance_m: Option<f64>,
    /// Longest single run in m.
    pub longest_m: Option<f64>,
    /// Timer in s.
    pub timer_s: Option<f64>,
    /// Load.
    pub load_au: Option<f64>,
}

impl Ahead {
    fn sums(&self) -> Sums {
        Sums {
            n_runs: self.n_runs,
            n_quality: self.n_quality,
            distance_m: self.distance_m.unwrap_or(0.0),
            longest_m: self.longest_m.unwrap_or(0.0),
            timer_s: self.timer_s.unwrap_or(0.0),
            load_au: self.load_au.unwrap_or(0.0),
            n_unscored: u32::from(self.load_au.is_none()),
            n_unmeasured: u32::from(self.distance_m.is_none()),
            ..Sums::default()
        }
    }
}

/// The series of the past with the days `ahead` after them; without a past there is nothing to follow on.
#[must_use]
pub fn series(past: &Series, ahead: &[Ahead]) -> Series {
    let ahead = if past.calendar.is_empty() { &[] } else { ahead };
    past.followed_by(ahead.iter().map(|day| (day.date, day.sums())))
}

/// The rows of the days `ahead`, which follow on the last day of `past`; `rows` are those of the past. Empty without
/// a past.
///
/// Climb and time in zones are not expected, so what is made of them alone stays at its default and means unknown.
#[must_use]
pub fn days(past: &Series, rows: &[DayRow], ahead: &[Ahead]) -> Vec<DayRow> {
    let n_past = past.calendar.len();
    if n_past == 0 {
        return Vec::new();
    }
    let series = series(past, ahead);
    let mut all = rows.to_vec();
    for (n, day) in ahead.iter().enumerate() {
        let t = n_past + n;
        let mut row = series.row(t, day.date);
        row.state = DayState::Projected;
        row.month_zone_s = [0.0; 3];
        row.month_runs = (0, 0);
        row.polarization_index = None;
        row.imputed_share = None;
        row.cross_au = None;
        row.longest_30d_m = series.longest_before(t);
        let until_now = &ahead[..=n];
        if until_now.iter().all(|day| day.distance_m.is_some()) {
            let is_compared = days_between(past.calendar[0], day.date) >= MIN_HISTORY_DAYS && day.n_runs > 0;
            let longest = row.longest_30d_m.filter(|_| is_compared);
            row.spike_ratio = longest.and_then(|longest| Some(day.longest_m? / longest));
        } else {
            row.longest_30d_m = None;
        }
        if until_now.iter().any(|day| day.load_au.is_none()) {
            // A mean that holds over days of which nothing is known would look like knowledge.
            [row.ctl, row.atl, row.tsb, row.tsb_same_day] = [None; 4];
            row.load_ratios.ewma = None;
        }
        let is_spike = row.spike_ratio.is_some_and(|ratio| spike_class(ratio) > SpikeClass::Reference);
        row.flags = series.flags(t, &row, &all, is_spike);
        if day.load_au.is_none() && day.distance_m.is_none() {
            row = DayRow {
                date: day.date,
                state: DayState::Projected,
                withheld: row.withheld,
                ..DayRow::default()
            };
            row.load_ratios = Ratios::default();
        }
        all.push(row);
    }
    all.split_off(rows.len())
}

/// The weeks that the days `projected` fill from their first day to their last and that start among them; a week of
/// which any distance is unknown is left out. The running week stays what was run in it.
#[must_use]
pub fn weeks(projected: &[DayRow], ahead: &[Ahead], first: Weekday) -> Vec<WeekRow> {
    let pairs: Vec<(&DayRow, &Ahead)> = projected.iter().zip(ahead).collect();
    let weeks = pairs.chunk_by(|a, b| week_start(a.0.date, first) == week_start(b.0.date, first));
    let is_whole = |week: &&[(&DayRow, &Ahead)]| {
        week.len() == 7 && week.iter().all(|(_, ahead)| ahead.distance_m.is_some())
    };
    weeks.filter(is_whole).map(week_row).collect()
}

fn week_row(week: &[(&DayRow, &Ahead)]) -> WeekRow {
    let (start, last) = (week[0].0.date, week[6].0);
    let sum = |value: fn(&DayRow) -> f64| week.iter().map(|(row, _)| value(row)).sum();
    WeekRow {
        start,
        n_days: 7,
        n_runs: week.iter().map(|(row, _)| row.n_runs).sum(),
        distance_m: sum(|row| row.distance_m),
        timer_s: sum(|row| row.timer_s),
        longest_run_m: week.iter().map(|(row, _)| row.longest_m).fold(0.0, f64::max),
        load_au: week.iter().map(|(row, _)| row.load_au).sum(),
        monotony: last.monotony,
        strain: last.strain,
        load_ratios: last.load_ratios,
        ramp_pct: last.ramp_pct,
        state: DayState::Projected,
        ..WeekRow::default()
    }
}
