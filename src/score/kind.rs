//! What kind of session a run was (science 3.5 and 3.6; heuristics of this project).

use super::run::{Run, SessionKind};
use super::thresholds::Thresholds;
use crate::digest::Digest;
use crate::digest::effort::DURATIONS_S;
use crate::model::calendar::minus;

/// Time above the second threshold that makes a session hard.
const HARD_S: f64 = 480.0;
/// Share of threshold speed that makes 20 min hard.
const HARD_SHARE: f64 = 0.95;
/// A run of this length is long for everyone.
const LONG_S: f64 = 5400.0;
/// Share of the week's distance from which a run is long.
const LONG_SHARE: f64 = 0.30;

/// Is this a quality session: a race, 8 min in zone 3, or 20 min at 95 % of a tested threshold speed?
pub(super) fn is_quality(
    digest: &Digest,
    thresholds: &Thresholds,
    is_race: bool,
    zones: Option<[f64; 3]>,
) -> bool {
    let twenty_minutes = DURATIONS_S.iter().position(|s| *s == 1200);
    let best = twenty_minutes.and_then(|index| digest.best_speed_mps.get(index));
    let fast = best.zip(thresholds.tested_speed_mps()).is_some_and(|(v, at)| *v >= HARD_SHARE * at);
    is_race || fast || zones.is_some_and(|zones| zones[2] >= HARD_S)
}

/// The kind by intensity; [`mark_long`] finds the long runs among the others afterwards.
pub(super) fn kind(intensity_factor: Option<f64>, is_race: bool, is_quality: bool) -> SessionKind {
    match intensity_factor.unwrap_or(0.0) {
        _ if is_race => SessionKind::Race,
        factor if is_quality && factor >= 0.88 => SessionKind::Tempo,
        _ if is_quality => SessionKind::Intervals,
        factor if factor >= 0.88 => SessionKind::Tempo,
        factor if factor >= 0.80 => SessionKind::Steady,
        _ => SessionKind::Easy,
    }
}

/// Marks the long runs: at least 90 min, or at least 30 % of the distance of the last 7 days and among the
/// longest tenth of the last 42 days (R3). Races and quality sessions keep their kind.
pub(super) fn mark_long(runs: &mut [Run]) {
    for i in 0..runs.len() {
        let (earlier, rest) = runs.split_at_mut(i);
        let run = &mut rest[0];
        let keeps =
            matches!(run.session_kind, SessionKind::Race | SessionKind::Intervals | SessionKind::Tempo);
        if keeps || !run.counts() {
            continue;
        }
        let distance = run.distance_m.unwrap_or(0.0);
        let since = |days: u32| {
            let from = minus(run.date, days);
            earlier.iter().rev().take_while(move |r| r.date >= from).filter(|r| r.counts())
        };
        let week: f64 = distance + since(6).filter_map(|r| r.distance_m).sum::<f64>();
        let mut others: Vec<f64> = since(42).filter_map(|r| r.distance_m).collect();
        others.sort_unstable_by(f64::total_cmp);
        let among_longest = others.len() >= 5 && distance >= others[(others.len() * 9).div_ceil(10) - 1];
        if run.timer_s >= LONG_S || (distance >= LONG_SHARE * week && among_longest) {
            run.session_kind = SessionKind::Long;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intensity_names_the_kind() {
        assert_eq!(kind(Some(0.79), false, false), SessionKind::Easy);
        assert_eq!(kind(Some(0.80), false, false), SessionKind::Steady);
        assert_eq!(kind(Some(0.88), false, false), SessionKind::Tempo);
        assert_eq!(kind(Some(0.84), false, true), SessionKind::Intervals);
        assert_eq!(kind(Some(0.97), false, true), SessionKind::Tempo);
        assert_eq!(kind(None, true, true), SessionKind::Race);
        assert_eq!(kind(None, false, false), SessionKind::Easy);
    }
}
