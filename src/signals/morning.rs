//! The signals of the diary's mornings (science 6.9, 6.10): a week against the five weeks before it.

use super::judge::{Readings, too_few};
use super::{BASELINE_DAYS, LATEST_DAYS, Signal, SignalKind, Status};
use crate::model::calendar::minus;
use crate::model::{Day, DiaryEntry, DiaryKind};

/// The mean of a week leaves a narrow band by chance on one day of nine, seldom on three in a row (heuristic).
const IN_A_ROW: usize = 3;

/// One signal of all mornings, by date; `diary` is by date too. The last of two entries of a day counts.
pub(super) fn of(kind: SignalKind, diary: &[DiaryEntry]) -> Vec<Signal> {
    let noted = if kind == SignalKind::Hrv { DiaryKind::HrvRmssd } else { DiaryKind::RestingHr };
    let rule = kind.rule();
    let mut mornings: Vec<(Day, f64)> = Vec::new();
    for entry in diary.iter().filter(|entry| entry.kind == noted) {
        mornings.pop_if(|(date, _)| *date == entry.date);
        mornings.push((entry.date, rule.scale.judged(entry.value)));
    }
    let between = |from: Day, to: Day| -> Vec<f64> {
        let start = mornings.partition_point(|(date, _)| *date < from);
        let end = mornings.partition_point(|(date, _)| *date < to);
        mornings[start..end].iter().map(|(_, value)| *value).collect()
    };
    let signal = |(k, &(today, _)): (usize, &(Day, f64))| {
        let week = minus(today, LATEST_DAYS - 1);
        let mut readings = Readings {
            baseline: between(minus(today, BASELINE_DAYS - 1), week),
            recent: between(week, today),
        };
        readings.recent.push(mornings[k].1);
        let (n_baseline, n_recent) = (readings.baseline.len(), readings.recent.len());
        readings.signal(kind, today, too_few(&rule, n_baseline, n_recent, "mornings", LATEST_DAYS))
    };
    let mut signals: Vec<Signal> = mornings.iter().enumerate().map(signal).collect();
    let states: Vec<Status> = signals.iter().map(|signal| signal.status).collect();
    for (k, signal) in signals.iter_mut().enumerate() {
        let is_lasting =
            k + 1 >= IN_A_ROW && states[k + 1 - IN_A_ROW..=k].iter().all(|state| *state == Status::Flag);
        if signal.status == Status::Flag && !is_lasting {
            signal.status = Status::Watch;
        }
    }
    signals
}
