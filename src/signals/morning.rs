//! The signals of the diary's mornings (science 6.9, 6.10): a week against the five weeks before it.

use super::evidence::Evidence;
use super::judge::{Readings, too_few};
use super::{BASELINE_DAYS, LATEST_DAYS, Signal, SignalKind, Status};
use crate::model::calendar::minus;
use crate::model::{Day, DiaryEntry, DiaryKind};

/// A day with its reading, on the scale of the rule.
type Morning = (Day, f64);

/// The mean of a week leaves a narrow band by chance on one day of nine, seldom on three in a row (heuristic).
pub(super) const IN_A_ROW: usize = 3;

/// One signal of all mornings, by date; `diary` is by date too. The last of two entries of a day counts.
pub(super) fn of(kind: SignalKind, diary: &[DiaryEntry]) -> Vec<Signal> {
    let noted = if kind == SignalKind::Hrv { DiaryKind::HrvRmssd } else { DiaryKind::RestingHr };
    let rule = kind.rule();
    let mut mornings: Vec<Morning> = Vec::new();
    for entry in diary.iter().filter(|entry| entry.kind == noted) {
        mornings.pop_if(|(date, _)| *date == entry.date);
        mornings.push((entry.date, rule.scale.judged(entry.value)));
    }
    let signal = |(k, &(today, _)): (usize, &Morning)| {
        let (baseline, recent) = windows(&mornings, k);
        let readings = Readings { baseline: values(baseline), recent: values(recent) };
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

/// The mornings that morning `k` is judged by: five weeks, and the week that it ends.
fn windows(mornings: &[Morning], k: usize) -> (&[Morning], &[Morning]) {
    let today = mornings[k].0;
    let from = |day: Day| mornings.partition_point(|(date, _)| *date < day);
    let (start, week) = (from(minus(today, BASELINE_DAYS - 1)), from(minus(today, LATEST_DAYS - 1)));
    (&mornings[start..week], &mornings[week..=k])
}

fn values(mornings: &[Morning]) -> Vec<f64> {
    mornings.iter().map(|(_, value)| *value).collect()
}

/// What the signal of a morning was judged by; the other signals hold the readings of the other mornings.
pub(super) fn evidence(signal: &Signal, signals: &[Signal]) -> Option<Evidence> {
    let rule = signal.kind.rule();
    let own = signals.iter().filter(|one| one.kind == signal.kind && one.date <= signal.date);
    let mornings: Vec<Morning> =
        own.filter_map(|one| Some((one.date, rule.scale.judged(one.value?)))).collect();
    let of = |k: usize| {
        let (baseline, recent) = windows(&mornings, k);
        let readings = Readings { baseline: values(baseline), recent: values(recent) };
        let (n_baseline, n_recent) = (baseline.len(), recent.len());
        let is_judged = too_few(&rule, n_baseline, n_recent, "mornings", LATEST_DAYS).is_none();
        (readings.found(&rule).filter(|_| is_judged), baseline, recent)
    };
    let last = mornings.len().checked_sub(1)?;
    let (found, baseline, recent) = of(last);
    let status = |k: usize| (mornings[k].0, of(k).0.map_or(Status::TooFew, |found| found.status()));
    let in_a_row = (last.saturating_sub(IN_A_ROW - 1)..=last).map(status).collect();
    let shown = |mornings: &[Morning]| {
        mornings.iter().map(|(day, value)| (day.to_string(), rule.scale.shown(*value))).collect()
    };
    Some(Evidence { baseline: shown(baseline), recent: shown(recent), found, line: None, in_a_row })
}
