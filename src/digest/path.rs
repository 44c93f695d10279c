//! The order of samples, and how far the runner had come at each.
//!
//! Input are samples as the file has them, output is their order in time and the distance in m at each, by the counter of
//! the device or along the positions. Invariant: a distance never goes back.

use super::quality::Times;
use super::second::REJECT_MPS;
use crate::model::Samples;

/// Mean radius of the earth in m.
const EARTH_M: f64 = 6_371_008.8;

/// A sample this long after the start belongs to another recording: a week, in s.
const AFTER_S: i64 = 7 * 86_400;
/// The same before the start: a day, in s.
const BEFORE_S: i64 = 86_400;
/// The longest that a recording can last, in s.
pub const MAX_SPAN_S: u64 = (BEFORE_S + AFTER_S) as u64;

/// Indices of the samples by time, one for each instant (the first that the file has), and how many were left out
/// because they lie more than a week from the start (a clock that jumped, not a run), or put elsewhere.
pub(super) fn time_order(samples: &Samples, start_ms: i64) -> (Vec<usize>, Times) {
    let time = &samples.time_ms;
    let reach_ms = -BEFORE_S * 1000..=AFTER_S * 1000;
    let mut order: Vec<usize> =
        (0..samples.len()).filter(|&i| reach_ms.contains(&time[i].saturating_sub(start_ms))).collect();
    let n_astray = samples.len() - order.len();
    let n_unordered = order.windows(2).filter(|pair| time[pair[1]] < time[pair[0]]).count();
    if n_unordered > 0 {
        order.sort_by_key(|&i| time[i]);
    }
    let n_timed = order.len();
    order.dedup_by_key(|i| time[*i]);
    let n_repeated = n_timed - order.len();
    (order, Times { n_astray, n_repeated, n_unordered, ..Times::default() })
}

/// A smaller step of a counter is no jump, however short the time (heuristic): where a fix was poor for some minutes,
/// watches make up for 100 to 200 m at once.
const MIN_JUMP_M: f64 = 500.0;

/// The way at each sample in m, and what was left out of it.
pub(super) struct Path {
    /// One value a sample, in order of time.
    pub way_m: Vec<f64>,
    /// Steps that nobody can have run, left out.
    pub n_jumps: usize,
    /// What they would have added, in m.
    pub jump_m: f64,
}

impl Path {
    /// The whole way in m.
    pub fn length_m(&self) -> f64 {
        self.way_m.last().copied().unwrap_or(0.0)
    }
}

/// Distance in m since the first sample by the device's counter, one value a sample in order; a counter that
/// goes back or is missing stays where it was.
///
/// Where the sport `may_be_on_foot`, a step that would have been faster than [`REJECT_MPS`] ever since the counter last moved is a
/// jump and left out; one that makes up for a time without a fix is not. A counter that begins with the way of an earlier part
/// of the outing is told by the total that is `stated_m`.
pub(super) fn cumulative_counter(
    samples: &Samples,
    order: &[usize],
    may_be_on_foot: bool,
    stated_m: Option<f64>,
) -> Option<Path> {
    let column = &samples.distance_m;
    let first = order.iter().map(|&i| *column.get(i).unwrap_or(&f64::NAN)).find(|d| d.is_finite())?;
    let last = order.iter().rev().map(|&i| *column.get(i).unwrap_or(&f64::NAN)).find(|d| d.is_finite())?;
    let goes_on = first > MIN_JUMP_M
        && stated_m.is_some_and(|stated| (stated - (last - first)).abs() < (stated - last).abs());
    let base = if goes_on { first } else { first.min(0.0) };
    let (mut at, mut skipped) = (0.0_f64, 0.0);
    let (mut moved_ms, mut n_jumps) = (None, 0);
    let way_m: Vec<f64> = order
        .iter()
        .map(|&i| {
            let step = column[i] - base - skipped - at;
            if step.is_finite() && (step > 0.0 || moved_ms.is_none()) {
                let since_s = moved_ms.map_or(f64::INFINITY, |ms| (samples.time_ms[i] - ms) as f64 / 1000.0);
                if may_be_on_foot && step > MIN_JUMP_M && step > REJECT_MPS * since_s {
                    skipped += step;
                    n_jumps += 1;
                } else {
                    at += step.max(0.0);
                }
                moved_ms = Some(samples.time_ms[i]);
            }
            at
        })
        .collect();
    (at > 0.0).then_some(Path { way_m, n_jumps, jump_m: skipped })
}

/// Distance in m along the positions, steps faster than [`REJECT_MPS`] left out; a new segment adds nothing.
pub(super) fn cumulative_gps(samples: &Samples, order: &[usize], breaks: &[bool]) -> Option<Path> {
    if samples.lat_deg.is_empty() || samples.lon_deg.is_empty() {
        return None;
    }
    let mut total = 0.0;
    // The last believed position, whether any other has agreed with it, and one that was too far from it.
    let (mut fix, mut is_alone, mut doubted): (Option<usize>, bool, Option<usize>) = (None, true, None);
    let mut way_m = Vec::with_capacity(order.len());
    // The way through every position, believed or not.
    let (mut through_m, mut n_jumps, mut before) = (0.0, 0, None);
    let at = |i: usize| (samples.lat_deg[i], samples.lon_deg[i]);
    let step_from = |from: usize, to: usize| {
        let dt = (samples.time_ms[to] - samples.time_ms[from]) as f64 / 1000.0;
        let step = haversine_m(at(from), at(to));
        (step <= REJECT_MPS * dt.max(1.0)).then_some(step)
    };
    let mut n_fixes = 0;
    for &i in order {
        if breaks[i] {
            (fix, is_alone, doubted, before) = (None, true, None, None);
        }
        if samples.lat_deg[i].is_finite() && samples.lon_deg[i].is_finite() {
            n_fixes += 1;
            let step = match fix {
                None => Some(0.0),
                // Two positions that agree with each other outvote a first one that both are far from. One that was
                // agreed with stands: then the way over the gap counts once it can have been run.
                Some(fix) => step_from(fix, i).or_else(|| step_from(doubted.filter(|_| is_alone)?, i)),
            };
            // As a rule the position before is the last one believed, and its step is known.
            through_m += match (before, step) {
                (None, _) => 0.0,
                (before, Some(step)) if before == fix => step,
                (Some(before), _) => haversine_m(at(before), at(i)),
            };
            before = Some(i);
            if let Some(step) = step {
                total += step;
                is_alone = fix.is_none();
                (fix, doubted) = (Some(i), None);
            } else {
                doubted = Some(i);
                n_jumps += 1;
            }
        }
        way_m.push(total);
    }
    let jump_m = if n_jumps > 0 { (through_m - total).max(0.0) } else { 0.0 };
    (n_fixes >= 2).then_some(Path { way_m, n_jumps, jump_m })
}

/// Great-circle distance in m between two positions in degrees.
fn haversine_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (half_lat, half_lon) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_M * h.sqrt().min(1.0).asin()
}
