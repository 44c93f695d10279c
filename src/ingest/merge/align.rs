//! How far two clocks are apart, by what both devices felt.
//!
//! Input are two recordings of one run, output the lead of one clock over the other. Invariant: an answer that is not
//! clear is no answer.

use crate::digest::second::Seconds;
use crate::digest::shape::correlation;
use crate::ingest::limits::digesting;
use crate::ingest::room::DIGESTING;
use crate::model::Recording;

/// Clocks are looked for within this many seconds of each other.
const MAX_LAG_S: i64 = 120;
/// Seconds that both must have.
const MIN_COMMON_S: usize = 300;
/// A lag is right only where columns correlate like this ...
const MIN_CORRELATION: f64 = 0.7;
/// ... and by this much better than at any lag ...
const MIN_LEAD: f64 = 0.05;
/// ... that is further off than this, in seconds.
const NEAR_S: i64 = 20;
/// Where nothing correlates, clocks agree if both starts do to this many ms.
const SAME_START_MS: i64 = 10_000;

/// By how many ms the clock of `other` is ahead of that of `own`, whole hours (`ahead_ms`) included; `None` where the
/// clocks cannot be told to agree.
pub fn lead_ms(own: &Recording, other: &Recording, ahead_ms: i64) -> Option<i64> {
    let room = digesting(&own.samples).saturating_add(digesting(&other.samples));
    DIGESTING.run(room, || lead_in_room(own, other, ahead_ms))
}

fn lead_in_room(own: &Recording, other: &Recording, ahead_ms: i64) -> Option<i64> {
    let columns: [fn(&Seconds) -> &[f64]; 2] = [|seconds| &seconds.speed_mps, |seconds| &seconds.hr_bpm];
    let seconds = [own, other].map(Seconds::from_recording);
    let lag_s = columns.into_iter().find_map(|column| {
        let own = ByClock::new(own.start_ms, &seconds[0].clock_s, column(&seconds[0]));
        let other = ByClock::new(other.start_ms - ahead_ms, &seconds[1].clock_s, column(&seconds[1]));
        clear_lag_s(&own, &other)
    });
    let starts_agree = (other.start_ms - ahead_ms - own.start_ms).abs() <= SAME_START_MS;
    lag_s.map(|lag_s| ahead_ms + 1000 * lag_s).or_else(|| starts_agree.then_some(ahead_ms))
}

/// A column by whole seconds of the clock.
struct ByClock {
    first_s: i64,
    values: Vec<f64>,
}

impl ByClock {
    fn new(start_ms: i64, clock_s: &[f64], column: &[f64]) -> Self {
        /// Longer recordings are compared by their first day.
        const MAX_S: usize = 86_400;
        let mut values = Vec::new();
        for (value, clock_s) in column.iter().zip(clock_s) {
            let at = clock_s.max(0.0) as usize;
            if at < MAX_S {
                values.resize(values.len().max(at + 1), f64::NAN);
                values[at] = *value;
            }
        }
        Self { first_s: start_ms.div_euclid(1000), values }
    }

    fn at(&self, second: i64) -> Option<f64> {
        let index = usize::try_from(second - self.first_s).ok()?;
        self.values.get(index).copied().filter(|value| value.is_finite())
    }
}

/// The lag of `other` in s at which both columns agree, where it is clear.
fn clear_lag_s(own: &ByClock, other: &ByClock) -> Option<i64> {
    let agreement = |lag_s: i64| {
        let seconds = own.first_s..own.first_s + own.values.len() as i64;
        let pairs = seconds.filter_map(|second| own.at(second).zip(other.at(second + lag_s)));
        let (a, b): (Vec<f64>, Vec<f64>) = pairs.unzip();
        if a.len() >= MIN_COMMON_S { correlation(&a, &b) } else { 0.0 }
    };
    let agreements: Vec<(i64, f64)> =
        (-MAX_LAG_S..=MAX_LAG_S).map(|lag_s| (lag_s, agreement(lag_s))).collect();
    let (best_s, best) = agreements.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let far = agreements.iter().filter(|(lag_s, _)| (lag_s - best_s).abs() > NEAR_S);
    let is_clear = far.into_iter().all(|(_, agreement)| best - agreement >= MIN_LEAD);
    (best >= MIN_CORRELATION && is_clear).then_some(best_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::Track;

    fn late(track: &Track, by_s: i64) -> Recording {
        Track { start_s: track.start_s + by_s, ..track.clone() }.recording()
    }

    #[test]
    fn a_clock_that_is_off_is_found() {
        let track = Track::hilly(1500);
        for by_s in [-90, 0, 7, 90] {
            let lead = lead_ms(&track.recording(), &late(&track, by_s), 0).unwrap();
            assert!((lead - 1000 * by_s).abs() <= 1000, "{by_s}: {lead}");
        }
        let lead = lead_ms(&track.recording(), &late(&track, 7207), 7_200_000).unwrap();
        assert!((lead - 7_207_000).abs() <= 1000);
    }

    #[test]
    fn what_is_not_clear_is_not_said() {
        let even = Track::even(1500, 3.0);
        assert_eq!(lead_ms(&even.recording(), &late(&even, 60), 0), None);
        assert_eq!(lead_ms(&even.recording(), &late(&even, 5), 0), Some(0), "starts agree");
        // Intervals of a minute fit onto themselves a minute later.
        let speed_mps = (0..1800).map(|s| if s / 30 % 2 == 0 { 4.0 } else { 2.5 }).collect();
        let intervals = Track { speed_mps, ..even };
        assert_eq!(lead_ms(&intervals.recording(), &late(&intervals, 30), 0), None);
    }
}
