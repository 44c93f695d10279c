//! The diary of the marathon runner: notes by hand, and what was measured in the mornings.
//!
//! Resting heart rate rises and heart rate variability falls when the last days were longer than the weeks before, and
//! both wander; in the hot peak of the training they are off for more than a week. One morning in eight is missing.

use super::maths::exp;
use super::plan::marathon::{length_km, sessions};
use super::rng::Rng;
use super::runner::{day, marathon_build};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The notes, written by hand.
const NOTES: &str = include_str!("marathon-notes.csv");
/// Heart rate variability (rMSSD) of a usual morning in ms.
const USUAL_RMSSD_MS: f64 = 64.0;

/// `diary.csv` as text.
pub fn diary() -> String {
    let mut mornings = mornings();
    let (header, notes) = NOTES.split_once('\n').expect("the notes have a header");
    let mut rows: Vec<String> = Vec::new();
    for note in notes.lines() {
        let morning = mornings.remove(&note[..10]).unwrap_or_else(|| ",".to_owned());
        rows.push(format!("{note},{morning}"));
    }
    rows.extend(mornings.iter().map(|(date, morning)| format!("{date},,,,,,,,{morning}")));
    // Notes of one day keep their order.
    rows.sort_by(|a, b| a[..10].cmp(&b[..10]));
    format!("{header},resting_hr,hrv_rmssd\n{}\n", rows.join("\n"))
}

/// The two cells of every morning that was measured, by date.
fn mornings() -> BTreeMap<String, String> {
    let runner = marathon_build();
    let mut km_of: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    for session in sessions() {
        *km_of.entry(session.date).or_default() += length_km(&session.steps);
    }
    let mut rng = Rng::seeded("marathon-build mornings");
    let (mut days, mut weeks) = (6.0, 6.0);
    let mut found = BTreeMap::new();
    for date in runner.span.0.iter_days().take_while(|date| *date <= day(2026, 5, 17)) {
        let hot_peak = if (day(2026, 5, 5)..=day(2026, 5, 14)).contains(&date) { 1.0 } else { 0.0 };
        let strain_km = days - weeks;
        let beats = runner.hr_rest + 0.3 * strain_km + 4.2 * hot_peak + rng.normal(1.1);
        let rmssd_ms = USUAL_RMSSD_MS * exp(rng.normal(0.10) - 0.006 * strain_km - 0.16 * hot_peak);
        if rng.unit() > 0.125 {
            found.insert(date.to_string(), format!("{beats:.0},{rmssd_ms:.0}"));
        }
        let km = km_of.get(&date).copied().unwrap_or(0.0);
        days += 0.25 * (km - days);
        weeks += 0.03 * (km - weeks);
    }
    found
}
