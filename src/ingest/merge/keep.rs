//! Which of several copies counts: the richest.

use super::rule::is_listed;
use crate::digest::Digest;
use std::cmp::Reverse;

/// A recording is whole where it has this share of the longest, in time or in distance (heuristic): a watch that died
/// after a third of the way does not stand for the run, however much it knew.
const WHOLE: f64 = 0.8;

/// Shares of the time from which heart rate gives a load of low and of full confidence (science 2.9). A second more or less
/// of it does not outweigh running dynamics.
const HR_CLASSES: [f64; 2] = [0.5, 0.8];

/// The indices of copies, the one that counts first. What decides, in this order: samples, that the runner has said something
/// of it, a time of day, wholeness, heart rate, running dynamics, power, altitude, number of samples; of equal ones the lowest
/// `id`. What is said of a run would be lost if another file of it counted.
pub fn richest_first(
    digests: &[Digest],
    mut members: Vec<usize>,
    is_named: impl Fn(&Digest) -> bool,
) -> Vec<usize> {
    let recorded = members.iter().map(|at| &digests[*at]).filter(|digest| !is_listed(digest));
    let longest = recorded.fold((0.0_f64, 0.0_f64), |(elapsed_s, distance_m), digest| {
        (elapsed_s.max(digest.elapsed_s), distance_m.max(digest.distance_m.unwrap_or(0.0)))
    });
    let key = |digest: &Digest| (digest.n_samples > 0, is_named(digest), riches(digest, longest));
    members.sort_by_cached_key(|at| (Reverse(key(&digests[*at])), &digests[*at].id));
    members
}

/// What a recording has; the more, the greater.
fn riches(digest: &Digest, longest: (f64, f64)) -> impl Ord + use<> {
    let is_whole = digest.elapsed_s >= WHOLE * longest.0
        || (longest.1 > 0.0 && digest.distance_m.unwrap_or(0.0) >= WHOLE * longest.1);
    let hr_share = digest.hr_valid_s / digest.timer_s.max(1.0);
    let hr_class = HR_CLASSES.iter().filter(|share| hr_share >= **share).count();
    let has_dynamics = digest.steady.iter().any(|minute| minute.stance_ms.is_some());
    let altitude = u8::from(digest.ascent_m.is_some()) + u8::from(digest.is_barometric);
    // Of two rows the one that knows when it was and how long it took counts.
    (
        !digest.is_day_only,
        digest.timer_s > 0.0,
        is_whole,
        !digest.is_salvaged,
        hr_class,
        has_dynamics,
        digest.normalised_power_w.is_some(),
        altitude,
        digest.n_samples,
    )
}
