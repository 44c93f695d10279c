//! Seconds and steps by speed, grade and cadence: what tissue dose is a weighted sum of (science 5.2).

use super::second::Seconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Pieces of a run that are put into one cell each, in s.
const PIECE_S: usize = 10;
/// Grades below this count as level.
const LEVEL: f64 = 0.02;
/// Grades are clamped here before tissue dose.
const MAX_GRADE: f64 = 0.30;

/// Time spent at one speed, grade and cadence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TerrainCell {
    /// Speed in m/s, to 0.1.
    pub speed_mps: f64,
    /// Grade as rise over run, to 0.01.
    pub grade: f64,
    /// Steps a minute to 2; `None` where the file has no cadence.
    pub cadence_spm: Option<f64>,
    /// Seconds in the cell.
    pub seconds: f64,
    /// Steps of both feet in the cell; 0 where the cadence is not known.
    pub steps: f64,
}

/// The sparse table of a recording, by speed, grade and cadence in rising order; standing is left out.
#[must_use]
pub fn table(seconds: &Seconds) -> Vec<TerrainCell> {
    let mut cells: BTreeMap<(i32, i32, Option<i32>), (f64, f64)> = BTreeMap::new();
    for from in (0..seconds.len()).step_by(PIECE_S) {
        let range = from..(from + PIECE_S).min(seconds.len());
        let mean = |column: &[f64]| super::effort::mean_where(column.get(range.clone())?, |_| true);
        let Some(speed) = mean(&seconds.speed_mps).filter(|v| *v >= super::second::STANDING_MPS) else {
            continue;
        };
        let grade = mean(&seconds.grade).unwrap_or(0.0).clamp(-MAX_GRADE, MAX_GRADE);
        let grade = if grade.abs() < LEVEL { 0.0 } else { grade };
        let cadence = mean(&seconds.cadence_spm).filter(|spm| *spm > 0.0);
        let key = (
            (speed * 10.0).round() as i32,
            (grade * 100.0).round() as i32,
            cadence.map(|spm| (spm / 2.0).round() as i32),
        );
        let cell = cells.entry(key).or_default();
        cell.0 += range.len() as f64;
        cell.1 += cadence.unwrap_or(0.0) / 60.0 * range.len() as f64;
    }
    cells
        .into_iter()
        .map(|((speed, grade, cadence), (seconds, steps))| TerrainCell {
            speed_mps: f64::from(speed) / 10.0,
            grade: f64::from(grade) / 100.0,
            cadence_spm: cadence.map(|half| f64::from(half) * 2.0),
            seconds,
            steps,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_run_is_one_cell() {
        let n = 600;
        let seconds = Seconds {
            clock_s: (0..n).map(f64::from).collect(),
            speed_mps: vec![3.02; n as usize],
            grade: vec![0.012; n as usize],
            cadence_spm: vec![170.0; n as usize],
            ..Seconds::default()
        };
        let cells = table(&seconds);
        assert_eq!(cells.len(), 1);
        assert_eq!((cells[0].speed_mps, cells[0].grade, cells[0].cadence_spm), (3.0, 0.0, Some(170.0)));
        assert_eq!(cells[0].seconds, 600.0);
        assert!((cells[0].steps - 1700.0).abs() < 1e-6);
    }
}
