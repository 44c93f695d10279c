//! What the laps of a TCX activity store, and the totals that follow from it.
//!
//! TCX has no totals of an activity: they are sums and means over its laps. The format demands a time and a
//! distance of every lap, so programs that know none write 0; a sum of 0 therefore counts as silence.

use crate::ingest::columns::number;
use crate::model::{DeviceTotals, Lap, Samples};

/// One lap as stored; `None` where it is silent.
#[derive(Debug, Default)]
pub struct StoredLap {
    /// When it began, in milliseconds since 1970-01-01T00:00:00Z.
    pub start_ms: Option<i64>,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// Highest heart rate in bpm.
    pub max_hr_bpm: Option<f64>,
    /// A track of the lap has begun.
    pub has_track: bool,
    timer_s: Option<f64>,
    distance_m: Option<f64>,
    cadence_rpm: Option<f64>,
    power_w: Option<f64>,
    strides: Option<f64>,
    is_manual: bool,
}

impl StoredLap {
    /// A lap of which nothing but its `StartTime` is known.
    pub fn starting(start_ms: Option<i64>) -> Self {
        Self { start_ms, ..Self::default() }
    }

    /// Takes the value of one element of the lap.
    pub fn read(&mut self, name: &str, text: &str) {
        match name {
            "TotalTimeSeconds" => self.timer_s = number(text),
            "DistanceMeters" => self.distance_m = number(text),
            "Cadence" | "AvgRunCadence" => self.cadence_rpm = number(text),
            "AvgWatts" => self.power_w = number(text),
            // Exporters copy the cycles of the FIT file here, which count one leg.
            "Steps" => self.strides = number(text),
            "TriggerMethod" => self.is_manual = text.trim() == "Manual",
            _ => {}
        }
    }
}

/// Times that are this many times as long as the activity are no seconds (heuristic).
const TOO_LONG: f64 = 50.0;
/// Times of longer than this are no seconds where nothing else tells how long the activity was: five days.
const FIVE_DAYS_S: f64 = 432_000.0;
/// Nobody runs faster over a lap of a minute or more, in m/s (heuristic).
const MAX_LAP_MPS: f64 = 8.0;
/// A counter agrees with a distance within this share of it (heuristic).
const AGREES: f64 = 0.02;

/// Puts right what some programs write in another way than the format says, and says what that was.
pub fn mend(laps: &mut [StoredLap], samples: &Samples) -> impl Iterator<Item = &'static str> {
    let has_ms = are_ms(laps, &samples.time_ms);
    if has_ms {
        for seconds in laps.iter_mut().filter_map(|lap| lap.timer_s.as_mut()) {
            *seconds /= 1000.0;
        }
    }
    let is_cumulative = are_cumulative(laps, &samples.distance_m);
    if is_cumulative {
        let mut before = 0.0;
        for metres in laps.iter_mut().filter_map(|lap| lap.distance_m.as_mut()) {
            let until = *metres;
            *metres -= before;
            before = until;
        }
    }
    let times = has_ms.then_some("its lap times are in ms and read as such");
    let distances = is_cumulative.then_some("its lap distances count from the start and read as such");
    times.into_iter().chain(distances)
}

/// Are the times of the laps in ms, as Runtastic wrote them? By how long the activity was, else by their size.
fn are_ms(laps: &[StoredLap], time_ms: &[i64]) -> bool {
    let Some(timer) = sum(laps, |lap| lap.timer_s) else { return false };
    let starts: Vec<i64> = laps.iter().filter_map(|lap| lap.start_ms).collect();
    match span_s(time_ms).or_else(|| span_s(&starts)).filter(|span| *span >= 1.0) {
        Some(span) => timer > TOO_LONG * span && timer / 1000.0 <= TOO_LONG * span,
        None => timer > FIVE_DAYS_S,
    }
}

/// Do the distances of the laps count from the start of the activity? By the counter of the points, else by their
/// speeds: those of the later laps would be impossible.
fn are_cumulative(laps: &[StoredLap], distance_m: &[f64]) -> bool {
    let known: Vec<(f64, f64)> =
        laps.iter().filter_map(|lap| Some((lap.distance_m?, lap.timer_s?))).collect();
    let (Some(&(last, _)), true) = (known.last(), known.len() >= 2) else { return false };
    if !known.is_sorted_by(|a, b| a.0 <= b.0) || last <= 0.0 {
        return false;
    }
    let whole: f64 = known.iter().map(|lap| lap.0).sum();
    let counted = distance_m.iter().copied().filter(|metres| metres.is_finite()).reduce(f64::max);
    let agrees = |metres: f64, counted: f64| (metres - counted).abs() <= AGREES * counted;
    match counted {
        Some(counted) if counted > 0.0 => agrees(last, counted) && !agrees(whole, counted),
        _ => {
            let is_too_fast =
                |(metres, seconds): (f64, f64)| seconds >= 60.0 && metres > MAX_LAP_MPS * seconds;
            let steps = known.windows(2).map(|pair| (pair[1].0 - pair[0].0, pair[1].1));
            known.iter().any(|lap| is_too_fast(*lap))
                && !is_too_fast(known[0])
                && !steps.into_iter().any(is_too_fast)
        }
    }
}

/// Sums and means over the laps. The elapsed time is the span of the samples, else of the laps, and never less
/// than the time with the timer running.
pub fn totals(laps: &[StoredLap], time_ms: &[i64]) -> DeviceTotals {
    let timer_s = sum(laps, |lap| lap.timer_s);
    let span_s = span_s(time_ms).or_else(|| laps_span_s(laps));
    DeviceTotals {
        distance_m: sum(laps, |lap| lap.distance_m),
        timer_s,
        elapsed_s: span_s.map(|span_s| span_s.max(timer_s.unwrap_or(0.0))),
        avg_hr_bpm: mean(laps, |lap| lap.avg_hr_bpm),
        max_hr_bpm: laps.iter().filter_map(|lap| lap.max_hr_bpm).reduce(f64::max),
        avg_cadence_rpm: mean(laps, |lap| lap.cadence_rpm),
        avg_power_w: mean(laps, |lap| lap.power_w),
        strides: sum(laps, |lap| lap.strides),
        ..DeviceTotals::default()
    }
}

/// The laps as the recording has them. A start that lies off the samples, as in files put together by hand,
/// is moved to their nearer end.
pub fn laps(laps: &[StoredLap], start_ms: i64, time_ms: &[i64]) -> Vec<Lap> {
    let first_ms = time_ms.iter().copied().min().unwrap_or(start_ms);
    let last_ms = time_ms.iter().copied().max().unwrap_or(i64::MAX);
    let to_lap = |lap: &StoredLap| Lap {
        start_s: (lap.start_ms.unwrap_or(start_ms).clamp(first_ms, last_ms) - start_ms) as f64 / 1000.0,
        timer_s: lap.timer_s.unwrap_or(0.0),
        distance_m: lap.distance_m,
        avg_hr_bpm: lap.avg_hr_bpm,
        is_manual: lap.is_manual,
    };
    laps.iter().map(to_lap).collect()
}

fn sum(laps: &[StoredLap], value: impl Fn(&StoredLap) -> Option<f64>) -> Option<f64> {
    Some(laps.iter().filter_map(value).sum()).filter(|&sum: &f64| sum > 0.0 && sum.is_finite())
}

/// The mean of a lap value, weighted by the time of the lap.
fn mean(laps: &[StoredLap], value: impl Fn(&StoredLap) -> Option<f64>) -> Option<f64> {
    let weighted = laps.iter().filter_map(|lap| Some((value(lap)?, lap.timer_s?)));
    let (sum, weight) = weighted.fold((0.0, 0.0), |(sum, all), (value, s)| (sum + value * s, all + s));
    Some(sum / weight).filter(|mean| weight > 0.0 && mean.is_finite())
}

fn span_s(time_ms: &[i64]) -> Option<f64> {
    let (first, last) = (time_ms.iter().min()?, time_ms.iter().max()?);
    Some((last - first) as f64 / 1000.0)
}

/// From the start of the first lap to the end of the last one.
fn laps_span_s(laps: &[StoredLap]) -> Option<f64> {
    let (first, last) = (laps.first()?, laps.last()?);
    Some((last.start_ms? - first.start_ms?) as f64 / 1000.0 + last.timer_s?)
}
