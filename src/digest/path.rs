//! The order of samples, and how far the runner had come at each.
//!
//! Input are samples as the file has them, output is their order in time and the distance in m at each, by the counter of
//! the device or along the positions. Invariant: a distance never goes back.

use super::second::REJECT_MPS;
use crate::model::Samples;

/// Mean radius of the earth in m.
const EARTH_M: f64 = 6_371_008.8;

/// Indices of the samples by time, one for each instant (the first that the file has), and how many were left out
/// because they lie more than a month from the start: a clock that jumped, not a run.
pub(super) fn time_order(samples: &Samples, start_ms: i64) -> (Vec<usize>, usize) {
    const MONTH_MS: u64 = 31 * 86_400_000;
    let time = &samples.time_ms;
    let mut order: Vec<usize> =
        (0..samples.len()).filter(|&i| time[i].abs_diff(start_ms) <= MONTH_MS).collect();
    let n_astray = samples.len() - order.len();
    if !order.is_sorted_by_key(|&i| time[i]) {
        order.sort_by_key(|&i| time[i]);
    }
    order.dedup_by_key(|i| time[*i]);
    (order, n_astray)
}

/// Distance in m since the first sample by the device's counter, one value a sample in order; a counter that
/// goes back or is missing stays where it was.
pub(super) fn cumulative_counter(samples: &Samples, order: &[usize]) -> Option<Vec<f64>> {
    let column = &samples.distance_m;
    let first = order.iter().map(|&i| *column.get(i).unwrap_or(&f64::NAN)).find(|d| d.is_finite())?;
    let mut at = 0.0_f64;
    let path: Vec<f64> = order
        .iter()
        .map(|&i| {
            if column[i].is_finite() {
                at = at.max(column[i] - first.min(0.0));
            }
            at
        })
        .collect();
    (at > 0.0).then_some(path)
}

/// Distance in m along the positions, steps faster than [`REJECT_MPS`] left out; a new segment adds nothing.
pub(super) fn cumulative_gps(samples: &Samples, order: &[usize], breaks: &[bool]) -> Option<Vec<f64>> {
    if samples.lat_deg.is_empty() || samples.lon_deg.is_empty() {
        return None;
    }
    let mut total = 0.0;
    // The last believed position, whether any other has agreed with it, and one that was too far from it.
    let (mut fix, mut is_alone, mut doubted): (Option<usize>, bool, Option<usize>) = (None, true, None);
    let mut path = Vec::with_capacity(order.len());
    let step_from = |from: usize, to: usize| {
        let at = |i: usize| (samples.lat_deg[i], samples.lon_deg[i]);
        let dt = (samples.time_ms[to] - samples.time_ms[from]) as f64 / 1000.0;
        let step = haversine_m(at(from), at(to));
        (step <= REJECT_MPS * dt.max(1.0)).then_some(step)
    };
    let mut n_fixes = 0;
    for &i in order {
        if breaks[i] {
            (fix, is_alone, doubted) = (None, true, None);
        }
        if samples.lat_deg[i].is_finite() && samples.lon_deg[i].is_finite() {
            n_fixes += 1;
            let step = match fix {
                None => Some(0.0),
                // Two positions that agree with each other outvote a first one that both are far from. One that was
                // agreed with stands: then the way over the gap counts once it can have been run.
                Some(fix) => step_from(fix, i).or_else(|| step_from(doubted.filter(|_| is_alone)?, i)),
            };
            match step {
                Some(step) => {
                    total += step;
                    is_alone = fix.is_none();
                    (fix, doubted) = (Some(i), None);
                }
                None => doubted = Some(i),
            }
        }
        path.push(total);
    }
    (n_fixes >= 2).then_some(path)
}

/// Great-circle distance in m between two positions in degrees.
fn haversine_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (half_lat, half_lon) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_M * h.sqrt().min(1.0).asin()
}
