//! The even grid: which sample stands for each second of data, and what a column says there.
//!
//! Input are a recording, the order of its samples and the way at each, output one value a second of any column.

use super::second::{MAX_RUNNING_MPS, REJECT_MPS, STANDING_MPS};
use super::totals;
use crate::model::{Recording, Samples};

/// A sample stands for at most this long; what is left of a longer gap is a pause, not data (heuristic). Where the
/// runner went on through a gap, it is bridged up to a minute.
const MAX_SAMPLE_S: f64 = 10.0;
/// A gap in which the runner went on is data up to this long: sparse recorders write a point every 15 to 60 s.
const MAX_BRIDGE_S: f64 = 60.0;

/// Which sample stands for each second of data, and where in its interval the second lies.
pub(super) struct Grid {
    pub clock_s: Vec<f64>,
    /// Position in the time order of the sample that holds at each second.
    pub holder: Vec<u32>,
    /// How far the second lies into the interval to the next sample, from 0 to 1.
    fraction: Vec<f64>,
    /// Distance at each sample in m, without the steps over gaps that were not bridged.
    way: Vec<f64>,
    pub data_s: f64,
    /// The gaps that were not bridged.
    pub gaps: Vec<Gap>,
    /// Is the interval after each sample one of them?
    is_gap: Vec<bool>,
    /// Seconds of gaps longer than a sample stands for that were bridged.
    pub bridged_s: f64,
    /// Seconds of all intervals that are none of the gaps.
    record_s: f64,
}

/// A gap that was not bridged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    /// Its seconds by the clock, pauses left out.
    pub seconds: f64,
    /// What was covered meanwhile in m.
    metres: f64,
}

impl Grid {
    pub fn new(recording: &Recording, order: &[usize], path: Option<&Vec<f64>>) -> Self {
        let time_ms = &recording.samples.time_ms;
        let n = order.len();
        let mut grid = Self {
            clock_s: Vec::with_capacity(n),
            holder: Vec::with_capacity(n),
            fraction: Vec::with_capacity(n),
            way: Vec::with_capacity(n),
            data_s: 0.0,
            gaps: Vec::new(),
            is_gap: Vec::with_capacity(n),
            bridged_s: 0.0,
            record_s: 0.0,
        };
        let mut pauses = &recording.pauses[..];
        let mut way = 0.0;
        grid.way.push(way);
        for (at, pair) in order.windows(2).enumerate() {
            let (start, end) = (time_ms[pair[0]], time_ms[pair[1]]);
            pauses = &pauses[pauses.iter().take_while(|pause| pause.end_ms <= start).count()..];
            let inside = pauses.iter().take_while(|pause| pause.start_ms < end);
            let paused_ms: i64 =
                inside.map(|pause| (pause.end_ms.min(end) - pause.start_ms.max(start)).max(0)).sum();
            let full = ((end - start - paused_ms) as f64 / 1000.0).max(0.0);
            let step_m = path.map_or(0.0, |path| path[at + 1] - path[at]);
            let is_bridged = is_bridged(full, step_m);
            let held = if is_bridged { full } else { MAX_SAMPLE_S };
            way += if is_bridged { step_m } else { 0.0 };
            grid.way.push(way);
            grid.is_gap.push(!is_bridged);
            if is_bridged {
                grid.record_s += full;
                grid.bridged_s += if full > MAX_SAMPLE_S { full } else { 0.0 };
            } else {
                grid.gaps.push(Gap { seconds: full, metres: step_m });
            }
            let begin = grid.data_s;
            grid.data_s += held;
            // The grid has a second k for every whole k in [begin, data_s); k is the number of those before it.
            while (grid.clock_s.len() as f64) < grid.data_s {
                let k = grid.clock_s.len() as f64;
                grid.clock_s.push((start - recording.start_ms) as f64 / 1000.0 + (k - begin));
                grid.holder.push(at as u32);
                grid.fraction.push((k - begin) / held);
            }
        }
        grid
    }

    pub fn len(&self) -> usize {
        self.clock_s.len()
    }

    /// Seconds in stretches of standing, gaps aside: of what was done in a gap the second before it says nothing.
    pub fn standing_s(&self, speed_mps: &[f64]) -> f64 {
        let on_record = |(speed, at): (&f64, &u32)| if self.is_gap[*at as usize] { f64::NAN } else { *speed };
        totals::standing_s(&speed_mps.iter().zip(&self.holder).map(on_record).collect::<Vec<_>>())
    }

    /// Seconds of the gaps in which nobody ran. The way over a gap counts, and so does as much of its time as that takes at
    /// the mean speed on record: all of it where the runner went on, next to none where a position drifted.
    pub fn idle_s(&self, standing_s: f64) -> f64 {
        let moving_s = self.record_s - standing_s;
        let on_record = self.way.last().copied().unwrap_or(0.0) / moving_s;
        let is_known = moving_s >= MAX_BRIDGE_S && on_record >= STANDING_MPS;
        let ran_s = |gap: &Gap| {
            if is_known {
                (gap.metres / on_record).min(gap.seconds)
            } else if gap.metres >= STANDING_MPS * gap.seconds {
                gap.seconds
            } else {
                0.0
            }
        };
        self.gaps.iter().map(|gap| gap.seconds - ran_s(gap)).sum()
    }

    /// The value of the holding sample at each second; empty where the channel is missing.
    ///
    /// Some watches write a channel into every fifth record only. A value stands until the next one of its channel, for
    /// as long as a sample may stand, and not over a pause.
    pub fn hold(&self, column: &[f32], order: &[usize]) -> Vec<f64> {
        if column.is_empty() {
            return Vec::new();
        }
        let (mut last, mut seen_s) = (f64::NAN, f64::NEG_INFINITY);
        let value = |(&at, &now): (&u32, &f64)| {
            let own = f64::from(column[order[at as usize]]);
            if own.is_finite() {
                (last, seen_s) = (own, now);
            }
            if now - seen_s < MAX_SAMPLE_S { last } else { f64::NAN }
        };
        self.holder.iter().zip(&self.clock_s).map(value).collect()
    }

    /// A cumulative path, linear within each interval.
    pub fn interpolate(&self, path: &[f64]) -> Vec<f64> {
        let value = |(&at, fraction): (&u32, &f64)| {
            let at = at as usize;
            path[at] + fraction * (path[at + 1] - path[at])
        };
        self.holder.iter().zip(&self.fraction).map(value).collect()
    }

    /// A cumulative path, linear by the clock within each interval: what was covered in a gap counts only once the gap
    /// is over.
    pub fn by_clock(&self, path: &[f64], clock_s: impl Fn(usize) -> f64) -> Vec<f64> {
        let value = |(&at, now): (&u32, &f64)| {
            let at = at as usize;
            let (start, end) = (clock_s(at), clock_s(at + 1));
            path[at] + (now - start) / (end - start) * (path[at + 1] - path[at])
        };
        self.holder.iter().zip(&self.clock_s).map(value).collect()
    }

    /// Speed in m/s: the device's channel if at least half of it is there, else the path over 10 s; then
    /// a median over 5 s, rejection and cap.
    pub fn speed(&self, samples: &Samples, order: &[usize], path: Option<&Vec<f64>>) -> Vec<f64> {
        let device = self.hold(&samples.speed_mps, order);
        let known = device.iter().filter(|v| v.is_finite()).count();
        let raw = match path {
            _ if known * 2 > device.len() => device,
            Some(_) => over_ten_seconds(&self.interpolate(&self.way)),
            None => vec![f64::NAN; self.len()],
        };
        median_of_five(&raw)
            .into_iter()
            // What is missing stays missing: the least of NaN and a number would be the number.
            .map(|v| if v <= REJECT_MPS { v.min(MAX_RUNNING_MPS) } else { f64::NAN })
            .collect()
    }
}

/// Is the time between two samples data? It is up to 10 s, and up to a minute where the runner went on meanwhile.
fn is_bridged(gap_s: f64, step_m: f64) -> bool {
    gap_s <= MAX_SAMPLE_S || (gap_s <= MAX_BRIDGE_S && step_m >= STANDING_MPS * gap_s)
}

/// Change of a cumulative path over a centred window of 10 s.
fn over_ten_seconds(path: &[f64]) -> Vec<f64> {
    let last = path.len().saturating_sub(1);
    (0..path.len())
        .map(|k| {
            let (from, to) = (k.saturating_sub(5), (k + 5).min(last));
            if to > from { (path[to] - path[from]) / (to - from) as f64 } else { f64::NAN }
        })
        .collect()
}

/// Running median over five values; NaN neighbours are left out.
fn median_of_five(values: &[f64]) -> Vec<f64> {
    (0..values.len())
        .map(|k| {
            let near = &values[k.saturating_sub(2)..(k + 3).min(values.len())];
            let is_whole = near.len() == 5 && near.iter().all(|v| v.is_finite());
            if is_whole { median5(near) } else { median_of_finite(near) }
        })
        .collect()
}

/// The median of five finite values by the least number of comparisons: the least and the greatest of four cannot be
/// it, so it is the middle one of the three that are left.
fn median5(values: &[f64]) -> f64 {
    let [low, high] = [values[0].min(values[1]), values[0].max(values[1])];
    let above = low.max(values[2].min(values[3]));
    let below = high.min(values[2].max(values[3]));
    values[4].max(above.min(below)).min(above.max(below))
}

fn median_of_finite(near: &[f64]) -> f64 {
    let mut finite: Vec<f64> = near.iter().copied().filter(|v| v.is_finite()).collect();
    finite.sort_unstable_by(f64::total_cmp);
    match finite.len() {
        0 => f64::NAN,
        n => f64::midpoint(finite[(n - 1) / 2], finite[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_median_is_the_median() {
        let mut values = [1.0, 2.0, 3.0, 4.0, 5.0];
        for _ in 0..24 {
            for k in 0..4 {
                values.swap(k, k + 1);
                assert_eq!(median5(&values), 3.0, "{values:?}");
            }
        }
        assert_eq!(median_of_finite(&[1.0, f64::NAN, 2.0]), 1.5);
    }

    #[test]
    fn a_missing_speed_is_no_sprint() {
        let mut recording = Recording::new(crate::model::Format::Fit);
        recording.samples.time_ms = (0..30).map(|s| s * 1000).collect();
        recording.samples.speed_mps = (0..30).map(|s| if s < 20 { 3.0 } else { f32::NAN }).collect();
        let order: Vec<usize> = (0..30).collect();
        let grid = Grid::new(&recording, &order, None);
        let speed = grid.speed(&recording.samples, &order, None);
        assert!(speed[..22].iter().all(|v| *v == 3.0), "{speed:?}");
        recording.samples.speed_mps.clear();
        assert!(grid.speed(&recording.samples, &order, None).iter().all(|v| v.is_nan()));
    }

    #[test]
    fn one_wild_speed_does_not_pass_the_median() {
        let mut speeds = vec![3.0; 9];
        speeds[4] = 40.0;
        assert!(median_of_five(&speeds).iter().all(|v| *v == 3.0));
    }
}
