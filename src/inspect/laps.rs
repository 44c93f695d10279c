//! Laps as rows of cells.

use crate::model::Lap;
use crate::model::units::{Units, duration};
use crate::text::number;

/// More laps than this are told in JSON alone.
const SHOWN: usize = 60;

/// The cells of each lap: number, start, time, distance, pace, heart rate, and whether the runner pressed the button.
pub fn rows(laps: &[Lap], units: Units) -> Vec<Vec<String>> {
    let row = |(at, lap): (usize, &Lap)| {
        let distance = lap.distance_m.filter(|metres| *metres > 0.0);
        let long = |metres: f64| format!("{} {}", number(metres / units.long_m(), 2), units.long_name());
        let pace = distance.filter(|_| lap.timer_s > 0.0).map(|metres| units.pace(metres / lap.timer_s));
        let heart = lap.avg_hr_bpm.map(|bpm| format!("{} bpm", number(bpm, 0)));
        let dash = || "–".to_owned();
        vec![
            (at + 1).to_string(),
            format!("at {}", duration(lap.start_s)),
            duration(lap.timer_s),
            distance.map_or_else(dash, long),
            pace.unwrap_or_else(dash),
            heart.unwrap_or_else(dash),
            if lap.is_manual { "button".to_owned() } else { String::new() },
        ]
    };
    laps.iter().take(SHOWN).enumerate().map(row).collect()
}

/// What is said of the laps that have no row.
pub fn rest(laps: &[Lap]) -> Option<String> {
    let left = laps.len().saturating_sub(SHOWN);
    (left > 0).then(|| format!("and {left} more (all with --format json)"))
}
