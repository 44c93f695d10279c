//! Days to weeks.

use super::day::{DayRow, DayState, WeekRow};
use super::sums::sums;
use crate::error::Error;
use crate::model::Day;
use crate::model::calendar::week_start;
use crate::score::run::Run;
use chrono::Weekday;

/// Every week that holds one of `days`. Sums are those of the runs, and of what else counts as load; states and ratios those of the last day.
pub fn weeks(runs: &[Run], days: &[DayRow], first: Weekday) -> Result<Vec<WeekRow>, Error> {
    let groups: Vec<&[DayRow]> =
        days.chunk_by(|a, b| week_start(a.date, first) == week_start(b.date, first)).collect();
    let starts: Vec<Day> = groups.iter().map(|week| week_start(week[0].date, first)).collect();
    let sums = sums(runs, &starts, |day| week_start(day, first))?;
    let mut rows: Vec<WeekRow> = Vec::with_capacity(starts.len());
    let mut was_measured = true;
    for ((week, start), sum) in groups.into_iter().zip(starts).zip(sums) {
        let last = &week[week.len() - 1];
        let n_lost = week.iter().filter(|day| day.is_lost()).count() as u32;
        let is_measured = sum.n_unmeasured == 0 && n_lost == 0;
        let before = rows.last().filter(|row| row.is_whole() && row.distance_m >= 5000.0);
        let before = before.filter(|_| is_measured && was_measured);
        was_measured = is_measured;
        let is_unknown = week.iter().any(|day| day.state == DayState::Unknown);
        let cross_au: Option<f64> = week.iter().map(|day| day.cross_au).sum();
        let ramp_pct = before.map(|before| 100.0 * (sum.distance_m / before.distance_m - 1.0));
        rows.push(WeekRow {
            start,
            n_days: week.len() as u32,
            n_lost,
            n_runs: sum.n_runs,
            distance_m: sum.distance_m,
            timer_s: sum.timer_s,
            ascent_m: sum.ascent_m,
            longest_run_m: sum.longest_m,
            load_au: (!is_unknown).then(|| sum.load_au + cross_au.unwrap_or(0.0)),
            cross_au,
            three_zone_s: sum.three_zone_s,
            n_hard: sum.n_hard,
            monotony: last.monotony,
            strain: last.strain,
            load_ratios: last.load_ratios,
            polarization_index: last.polarization_index,
            ramp_pct: ramp_pct.filter(|_| week.len() == 7),
            state: match sum.n_runs {
                _ if is_unknown => DayState::Unknown,
                0 => DayState::Rest,
                _ => DayState::Observed,
            },
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Conventions;
    use crate::load::days;
    use crate::load::testing::run;

    #[test]
    fn weeks_hold_their_days_and_an_empty_week_is_there() {
        // 2025-01-01 is a Wednesday.
        let runs = [run("2025-01-01"), run("2025-01-05"), run("2025-01-06"), run("2025-01-20")];
        let days = days(&runs, "2025-01-22".parse().unwrap(), Conventions::default()).unwrap();
        let rows = weeks(&runs, &days, Weekday::Mon).unwrap();
        let summary: Vec<(u32, u32, f64)> = rows.iter().map(|w| (w.n_days, w.n_runs, w.distance_m)).collect();
        assert_eq!(summary, [(5, 2, 20_000.0), (7, 1, 10_000.0), (7, 0, 0.0), (3, 1, 10_000.0)]);
        assert_eq!(rows[0].start, "2024-12-30".parse().unwrap());
        assert_eq!((rows[2].state, rows[2].ramp_pct), (DayState::Rest, Some(-100.0)));
        assert_eq!((rows[1].ramp_pct, rows[3].ramp_pct), (None, None));
        let sundays = weeks(&runs, &days, Weekday::Sun).unwrap();
        assert_eq!(sundays[1].distance_m, 20_000.0);
    }
}
