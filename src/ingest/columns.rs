//! Points to sample columns: the part that the readers of GPX and TCX share.
//!
//! A reader fills one [`Point`] at a time and pushes it to a [`Track`]; out come [`Samples`]. A channel costs
//! nothing until a point has it: its column is then padded with NaN up to that point, and at the end up to
//! the last one, which keeps the invariant of [`Samples`].

use crate::model::Samples;
use std::str::FromStr;

/// One point as the file has it; `None` where it is silent or cannot be understood.
#[derive(Debug, Clone, Default)]
pub struct Point {
    /// Instant in milliseconds since 1970-01-01T00:00:00Z.
    pub time_ms: Option<i64>,
    /// Offset of the clock from UTC in s, where the time states it.
    pub utc_offset_s: Option<i32>,
    /// Latitude in degrees.
    pub lat_deg: Option<f64>,
    /// Longitude in degrees.
    pub lon_deg: Option<f64>,
    /// Distance since the start in m.
    pub distance_m: Option<f64>,
    /// Altitude in m.
    pub altitude_m: Option<f32>,
    /// Speed in m/s.
    pub speed_mps: Option<f32>,
    /// Heart rate in beats per minute.
    pub hr_bpm: Option<f32>,
    /// Cadence in revolutions per minute.
    pub cadence_rpm: Option<f32>,
    /// Power in W.
    pub power_w: Option<f32>,
    /// Ambient temperature in °C.
    pub temperature_c: Option<f32>,
}

/// The points of one recording so far.
#[derive(Debug, Default)]
pub struct Track {
    samples: Samples,
    is_segment_new: bool,
    n_untimed: usize,
    /// Offset of the first time that states one.
    utc_offset_s: Option<i32>,
}

impl Track {
    /// The next point is the first after a break.
    pub fn start_segment(&mut self) {
        self.is_segment_new = true;
    }

    /// The number of samples so far.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Were there points, but none with a time?
    pub fn is_untimed(&self) -> bool {
        self.samples.is_empty() && self.n_untimed > 0
    }

    /// The offset from UTC in s that its times state.
    pub fn utc_offset_s(&self) -> Option<i32> {
        self.utc_offset_s
    }

    /// Its first and last instant.
    pub fn span_ms(&self) -> Option<(i64, i64)> {
        let times = &self.samples.time_ms;
        Some((*times.iter().min()?, *times.iter().max()?))
    }

    /// The last instant pushed.
    pub fn last_ms(&self) -> Option<i64> {
        self.samples.time_ms.last().copied()
    }

    /// Will the next point be the first after a break?
    pub fn is_segment_new(&self) -> bool {
        self.is_segment_new
    }

    /// Appends another track behind a break.
    pub fn absorb(&mut self, other: Self) {
        let Self { samples: mut other, n_untimed, utc_offset_s, .. } = other;
        self.n_untimed += n_untimed;
        self.utc_offset_s = self.utc_offset_s.or(utc_offset_s);
        let samples = &mut self.samples;
        let row = samples.len();
        if other.time_ms.is_empty() {
            return;
        }
        if row > 0 {
            samples.segment_starts.push(row);
        }
        samples.segment_starts.extend(other.segment_starts.iter().map(|start| start + row));
        samples.time_ms.append(&mut other.time_ms);
        for (column, more) in wide(samples).into_iter().zip(wide(&mut other)) {
            append(column, row, more);
        }
        for (column, more) in narrow(samples).into_iter().zip(narrow(&mut other)) {
            append(column, row, more);
        }
    }

    /// Appends one point. A point without a time is only counted; a position off the globe is left out.
    pub fn push(&mut self, point: &Point) {
        let Some(time_ms) = point.time_ms else {
            self.n_untimed += 1;
            return;
        };
        self.utc_offset_s = self.utc_offset_s.or(point.utc_offset_s);
        let samples = &mut self.samples;
        let row = samples.len();
        if std::mem::take(&mut self.is_segment_new) && row > 0 {
            samples.segment_starts.push(row);
        }
        samples.time_ms.push(time_ms);
        let position = point.lat_deg.zip(point.lon_deg);
        if let Some((lat, lon)) = position.filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0) {
            put(&mut samples.lat_deg, row, Some(lat));
            put(&mut samples.lon_deg, row, Some(lon));
        }
        put(&mut samples.distance_m, row, point.distance_m);
        put(&mut samples.altitude_m, row, point.altitude_m);
        put(&mut samples.speed_mps, row, point.speed_mps);
        put(&mut samples.hr_bpm, row, point.hr_bpm);
        put(&mut samples.cadence_rpm, row, point.cadence_rpm);
        put(&mut samples.power_w, row, point.power_w);
        put(&mut samples.temperature_c, row, point.temperature_c);
    }

    /// The samples, remarks on what was left out, and how many points had no time.
    pub fn finish(self) -> (Samples, Vec<String>, usize) {
        let Self { mut samples, n_untimed, .. } = self;
        let mut remarks = Vec::new();
        if n_untimed > 0 {
            remarks.push(format!("points without a time, left out: {n_untimed}"));
        }
        if !samples.distance_m.is_empty() && !is_running_total(&samples.distance_m) {
            samples.distance_m.clear();
            remarks.push("its distances are left out, as they are no running total".into());
        }
        if chain(&mut samples.distance_m) {
            remarks.push("its distances start again with each lap: joined".into());
        }
        let n = samples.len();
        for column in wide(&mut samples) {
            level(column, n);
        }
        for column in narrow(&mut samples) {
            level(column, n);
        }
        (samples, remarks, n_untimed)
    }
}

/// The columns of whole precision that points have.
fn wide(samples: &mut Samples) -> [&mut Vec<f64>; 3] {
    [&mut samples.lat_deg, &mut samples.lon_deg, &mut samples.distance_m]
}

/// The other columns that points have.
fn narrow(samples: &mut Samples) -> [&mut Vec<f32>; 6] {
    [
        &mut samples.altitude_m,
        &mut samples.speed_mps,
        &mut samples.hr_bpm,
        &mut samples.cadence_rpm,
        &mut samples.power_w,
        &mut samples.temperature_c,
    ]
}

/// Appends values from a row on, with NaN in the rows before it that have none.
fn append<T: Copy + From<f32>>(column: &mut Vec<T>, row: usize, more: &mut Vec<T>) {
    if !more.is_empty() {
        column.resize(row, f32::NAN.into());
        column.append(more);
    }
}

/// Joins distances that start again, as some programs write them for each lap; says whether any did.
///
/// A distance starts again where it falls to next to nothing and stays low; a single value that is too low is an
/// error and not taken for one.
fn chain(distance_m: &mut [f64]) -> bool {
    /// A counter that has not come this far does not start again.
    const FAR_M: f64 = 20.0;
    /// What next to nothing is, of the distance before.
    const LOW: f64 = 0.1;
    let known: Vec<usize> = (0..distance_m.len()).filter(|&k| distance_m[k].is_finite()).collect();
    let mut restarts = Vec::new();
    for near in known.windows(3) {
        let [before, at, behind] = [distance_m[near[0]], distance_m[near[1]], distance_m[near[2]]];
        if before >= FAR_M && at <= LOW * before && (at..0.5 * before).contains(&behind) {
            restarts.push((near[1], before));
        }
    }
    for (nth, &(from, before)) in restarts.iter().enumerate() {
        let until = restarts.get(nth + 1).map_or(distance_m.len(), |next| next.0);
        // What came before this restart has been joined already, but for the value that it fell from.
        let base: f64 = restarts[..nth].iter().map(|restart| restart.1).sum::<f64>() + before;
        distance_m[from..until].iter_mut().for_each(|metres| *metres += base);
    }
    !restarts.is_empty()
}

/// The first of some times that belongs to the others: a clock that is set after the first samples has them years off.
pub fn start_of(time_ms: &[i64]) -> Option<i64> {
    const MONTH_MS: u64 = 31 * 86_400_000;
    let first = *time_ms.first()?;
    let middle = time_ms[time_ms.len() / 2];
    if first.abs_diff(middle) <= MONTH_MS {
        return Some(first);
    }
    let mut sorted = time_ms.to_vec();
    let (_, median, _) = sorted.select_nth_unstable(time_ms.len() / 2);
    let median = *median;
    time_ms.iter().copied().find(|time| time.abs_diff(median) <= MONTH_MS)
}

/// Reads a finite number.
pub fn number<T: FromStr + Copy + Into<f64>>(text: &str) -> Option<T> {
    text.trim_ascii().parse().ok().filter(|&value: &T| value.into().is_finite())
}

/// Sets the value of one row, with NaN in the rows before it that have none.
fn put<T: Copy + From<f32>>(column: &mut Vec<T>, row: usize, value: Option<T>) {
    if let Some(value) = value {
        column.resize(row, f32::NAN.into());
        column.push(value);
    }
}

/// Pads a column that has values to the full length.
fn level<T: Copy + From<f32>>(column: &mut Vec<T>, n: usize) {
    if !column.is_empty() {
        column.resize(n, f32::NAN.into());
    }
}

/// Is this a distance since the start, as it should be? Some programs write the way since the last point,
/// which goes back about every other time, and some write zeros throughout.
fn is_running_total(distance_m: &[f64]) -> bool {
    const MAX_BACKWARD_SHARE: f64 = 0.1;
    let mut last = f64::NAN;
    let (mut n_back, mut highest) = (0_usize, 0.0_f64);
    for &distance in distance_m.iter().filter(|distance| !distance.is_nan()) {
        n_back += usize::from(distance < last);
        highest = highest.max(distance);
        last = distance;
    }
    highest > 0.0 && n_back as f64 <= MAX_BACKWARD_SHARE * distance_m.len() as f64
}

/// Holds the invariant of [`Samples`].
#[cfg(test)]
pub fn assert_sound(samples: &Samples) {
    let n = samples.len();
    let f64s = [&samples.lat_deg, &samples.lon_deg, &samples.distance_m].map(Vec::len);
    let f32s = [
        &samples.altitude_m,
        &samples.speed_mps,
        &samples.hr_bpm,
        &samples.cadence_rpm,
        &samples.power_w,
        &samples.temperature_c,
    ]
    .map(Vec::len);
    assert!(f64s.iter().chain(&f32s).all(|&length| length == 0 || length == n));
    assert!(samples.segment_starts.is_sorted() && samples.segment_starts.iter().all(|&start| start < n));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Point {
        Point { time_ms: Some(seconds * 1000), ..Point::default() }
    }

    #[test]
    fn a_clock_that_is_set_late_does_not_date_the_run() {
        let day = 86_400_000;
        let run: Vec<i64> = (0..10).map(|k| 20_000 * day + 1000 * k).collect();
        assert_eq!(start_of(&run), Some(run[0]));
        assert_eq!(start_of(&[&[0, 1000], &run[..]].concat()), Some(run[0]));
        assert_eq!(start_of(&[&run[..], &[30_000 * day]].concat()), Some(run[0]));
        assert_eq!(start_of(&[]), None);
    }

    #[test]
    fn a_channel_that_comes_late_and_ends_early_is_padded() {
        let mut track = Track::default();
        track.push(&at(0));
        track.push(&Point { hr_bpm: Some(120.0), ..at(1) });
        track.push(&at(2));
        let (samples, remarks, _) = track.finish();
        assert_eq!(samples.hr_bpm.len(), 3);
        assert!(samples.hr_bpm[0].is_nan() && samples.hr_bpm[2].is_nan());
        assert_eq!(samples.hr_bpm[1].to_bits(), 120.0_f32.to_bits());
        assert!(samples.power_w.is_empty() && remarks.is_empty());
    }

    #[test]
    fn a_break_before_the_first_sample_is_none() {
        let mut track = Track::default();
        track.start_segment();
        track.push(&at(0));
        track.start_segment();
        track.start_segment();
        track.push(&at(1));
        assert_eq!(track.finish().0.segment_starts, [1]);
    }

    #[test]
    fn half_a_position_is_none_and_the_date_line_is_one() {
        let mut track = Track::default();
        track.push(&Point { lat_deg: Some(10.0), ..at(0) });
        track.push(&Point { lat_deg: Some(91.0), lon_deg: Some(0.0), ..at(1) });
        track.push(&Point { lat_deg: Some(10.0), lon_deg: Some(180.0), ..at(2) });
        let (samples, ..) = track.finish();
        assert!(samples.lat_deg[..2].iter().chain(&samples.lon_deg[..2]).all(|degrees| degrees.is_nan()));
        assert_eq!((samples.lat_deg[2], samples.lon_deg[2]), (10.0, 180.0));
    }

    #[test]
    fn distances_from_point_to_point_are_not_taken_for_a_total() {
        let keeps = |distances: &[f64]| {
            let mut track = Track::default();
            for &distance in distances {
                track.push(&Point { distance_m: Some(distance), ..at(0) });
            }
            let (samples, remarks, _) = track.finish();
            assert_eq!(samples.distance_m.is_empty(), !remarks.is_empty());
            !samples.distance_m.is_empty()
        };
        assert!(keeps(&[0.0, 3.0, 6.0, 6.0, 9.0]));
        assert!(!keeps(&[0.0, 3.1, 2.9, 3.2, 2.8]));
        assert!(!keeps(&[0.0, 0.0, 0.0]));
    }

    #[test]
    fn distances_that_start_again_are_joined_and_a_slip_is_not() {
        let joined = |distances: &[f64]| {
            let mut distances = distances.to_vec();
            let has_restarts = chain(&mut distances);
            (distances, has_restarts)
        };
        let laps = [0.0, 50.0, 100.0, 0.0, 40.0, f64::NAN, 80.0, 2.0, 30.0, 60.0];
        let (whole, has_restarts) = joined(&laps);
        assert!(has_restarts && whole[5].is_nan());
        assert_eq!(
            [&whole[..5], &whole[6..]].concat(),
            [0.0, 50.0, 100.0, 100.0, 140.0, 180.0, 182.0, 210.0, 240.0]
        );
        let slip = [0.0, 50.0, 100.0, 0.0, 110.0, 120.0];
        assert_eq!(joined(&slip), (slip.to_vec(), false));
    }

    #[test]
    fn a_track_behind_another_keeps_its_breaks_and_channels() {
        let (mut first, mut second) = (Track::default(), Track::default());
        first.push(&Point { altitude_m: Some(3.0), ..at(0) });
        second.push(&Point { hr_bpm: Some(120.0), ..at(1) });
        second.start_segment();
        second.push(&Point { utc_offset_s: Some(3600), ..at(2) });
        second.push(&Point::default());
        first.absorb(second);
        first.absorb(Track::default());
        assert_eq!((first.utc_offset_s(), first.span_ms()), (Some(3600), Some((0, 2000))));
        let (samples, _, n_untimed) = first.finish();
        assert_sound(&samples);
        assert_eq!((samples.segment_starts.as_slice(), n_untimed), (&[1, 2][..], 1));
        assert!(samples.hr_bpm[0].is_nan() && samples.hr_bpm[1] > 119.0 && samples.altitude_m[1].is_nan());
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!(number::<f64>(" 1.5\n"), Some(1.5));
        assert_eq!(number::<f64>("1e400"), None);
        assert_eq!(number::<f32>("NaN"), None);
        assert_eq!(number::<f32>("12 bpm"), None);
    }
}
