//! Heart rates of straps that keep them to themselves while no radio reaches the watch, as in water.
//!
//! Takes the `hr` messages, which stand in the file of the run or in one chained behind it, gives a rate at the
//! time of each beat, and fills samples without a heart rate from it. A strap counts in 1/1024 s of its own
//! clock; the first message of a series says which instant that clock began at. Invariant: a message before such an anchor, or of odd sizes, costs itself.

use super::frame::Message;
use super::unix_ms;
use crate::model::Recording;

/// The number of the `hr` message in the FIT profile.
pub const HR: u16 = 132;
/// Its fields: part of a second, rates, times of beats in 1/1024 s, and the same as 12-bit parts.
const FRACTION: u8 = 0;
const RATES: u8 = 6;
const EVENTS: u8 = 9;
const EVENTS_12: u8 = 10;
/// The field that holds the time in every message.
const TIMESTAMP: u8 = 253;
/// A beat stands for the samples up to this long after it.
const HOLDS_MS: i64 = 5000;
/// Times of samples are cut to whole seconds or rounded; half a second covers both.
const EARLY_MS: i64 = 500;
/// Beats of a week; what a hostile file has beyond that is not read.
const MAX_BEATS: usize = 1_500_000;

/// The beats of all segments of a file.
#[derive(Debug, Default)]
pub struct Beats {
    /// Instant in ms since 1970-01-01T00:00:00Z and rate in bpm.
    beats: Vec<(i64, u8)>,
    clock: Option<Clock>,
}

/// Ties the clock of the strap to an instant.
#[derive(Debug, Clone, Copy)]
struct Clock {
    /// An instant in ms since 1970-01-01T00:00:00Z.
    anchor_ms: i64,
    /// Ticks of 1/1024 s since then.
    ticks: i64,
    /// The last time of a beat as the strap counts it.
    last: u32,
}

impl Clock {
    /// The instant of a beat, by the lower bits of its time.
    fn follow(&mut self, event: u32, mask: u32) -> i64 {
        let step = event.wrapping_sub(self.last) & mask;
        self.last = self.last.wrapping_add(step);
        self.ticks += i64::from(step);
        self.anchor_ms + self.ticks * 1000 / 1024
    }
}

impl Beats {
    /// A new segment has a clock of its own.
    pub fn begin_segment(&mut self) {
        self.clock = None;
    }

    /// Takes one `hr` message.
    pub fn push(&mut self, message: &Message<'_, '_>) {
        let is_big_endian = message.definition.is_big_endian;
        let wide = |raw: &[u8; 4]| {
            if is_big_endian { u32::from_be_bytes(*raw) } else { u32::from_le_bytes(*raw) }
        };
        let rates = message.field(RATES).unwrap_or_default();
        // Some writers leave the full times beside the packed ones, all marked as none.
        let stored = message.field(EVENTS).unwrap_or_default().as_chunks::<4>().0;
        let events: Vec<u32> = stored.iter().map(wide).filter(|event| *event != u32::MAX).collect();
        let says_time = message.definition.field(TIMESTAMP).is_some();
        if let (Some(time), Some(first)) = (message.time.filter(|_| says_time), events.first()) {
            let part = message.field(FRACTION).and_then(<[u8]>::first_chunk::<2>).map_or(0, |raw| {
                if is_big_endian { u16::from_be_bytes(*raw) } else { u16::from_le_bytes(*raw) }
            });
            let part = if part == u16::MAX { 0 } else { part };
            let anchor_ms = unix_ms(time) + i64::from(part) * 1000 / 32_768;
            self.clock = Some(Clock { anchor_ms, ticks: 0, last: *first });
        }
        let Some(clock) = &mut self.clock else { return };
        let packed = message.field(EVENTS_12).filter(|raw| raw.iter().any(|byte| *byte != u8::MAX));
        let packed = packed.unwrap_or_default().as_chunks::<3>().0;
        let halves = packed.iter().flat_map(|&[low, middle, high]| {
            let first = u32::from(low) | u32::from(middle & 0x0F) << 8;
            [first, u32::from(middle >> 4) | u32::from(high) << 4]
        });
        let whole = events.iter().map(|event| (*event, u32::MAX));
        let times = whole.chain(halves.map(|event| (event, 0x0FFF)));
        let room = MAX_BEATS - self.beats.len();
        for ((event, mask), &rate) in times.zip(rates).take(room) {
            let at_ms = clock.follow(event, mask);
            if rate != 0 && rate != u8::MAX {
                self.beats.push((at_ms, rate));
            }
        }
    }

    /// Gives every sample without a heart rate that of the last beat before it, where there is one.
    pub fn fill(mut self, recordings: &mut [Recording]) {
        if self.beats.is_empty() {
            return;
        }
        self.beats.sort_by_key(|beat| beat.0);
        for recording in recordings {
            let samples = &mut recording.samples;
            let rate_at = |time_ms: i64| {
                let behind = self.beats.partition_point(|beat| beat.0 <= time_ms + EARLY_MS);
                let (at_ms, rate) = *self.beats.get(behind.checked_sub(1)?)?;
                (time_ms - at_ms <= HOLDS_MS).then(|| f32::from(rate))
            };
            let rates: Vec<f32> =
                samples.time_ms.iter().map(|time| rate_at(*time).unwrap_or(f32::NAN)).collect();
            if rates.iter().all(|rate| rate.is_nan()) {
                continue;
            }
            if samples.hr_bpm.is_empty() {
                samples.hr_bpm = rates;
                continue;
            }
            for (own, rate) in samples.hr_bpm.iter_mut().zip(rates).filter(|(own, _)| own.is_nan()) {
                *own = rate;
            }
        }
    }
}
