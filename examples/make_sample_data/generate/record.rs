//! What a recorder keeps of a run: samples, laps and stops, and the sums over them.
//!
//! Invariant: sums are taken over the kept samples, so a file never contradicts itself.

/// Ascent counts once altitude has changed by 3 m; altitude comes in steps of 0.2 m, so a little less than
/// that keeps rounding out of the comparison.
const ASCENT_STEP_M: f64 = 2.9;

/// One sample.
#[derive(Clone)]
pub struct Sample {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub time_s: i64,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    /// Distance since the start in m.
    pub distance_m: f64,
    /// Altitude in m.
    pub altitude_m: Option<f64>,
    /// Speed in m/s.
    pub speed_mps: f64,
    /// Heart rate in bpm.
    pub hr_bpm: Option<u8>,
    /// Steps per minute of both feet.
    pub cadence_spm: f64,
    /// Running dynamics, absent while walking.
    pub dynamics: Option<Dynamics>,
    /// Temperature at the wrist in °C.
    pub temperature_c: f64,
}

/// What a pod measures of each step.
#[derive(Clone, Copy)]
pub struct Dynamics {
    /// Step length in mm.
    pub step_mm: f64,
    /// Ground contact time in ms.
    pub stance_ms: f64,
    /// Share of ground contact on the left foot in percent.
    pub balance_pct: f64,
    /// Vertical oscillation in mm.
    pub oscillation_mm: f64,
}

impl Dynamics {
    /// Vertical oscillation over step length in percent.
    pub fn ratio_pct(&self) -> f64 {
        100.0 * self.oscillation_mm / self.step_mm
    }
}

/// One lap: from one sample to another.
#[derive(Clone, Copy)]
pub struct Lap {
    /// Index of the first sample.
    pub first: usize,
    /// Index of the last sample, which is the first of the next lap.
    pub last: usize,
    /// The lap button ended it.
    pub is_pressed: bool,
}

/// One run as the recorder has it.
pub struct Recorded {
    /// Samples in order of time.
    pub samples: Vec<Sample>,
    /// Laps, end to end.
    pub laps: Vec<Lap>,
    /// Indices of the samples at which the timer was stopped; it started again at the next sample.
    pub stops: Vec<usize>,
    /// Local time minus UTC in s.
    pub utc_offset_s: i64,
}

/// Sums and means over a stretch.
pub struct Totals {
    /// From first to last sample in s.
    pub elapsed_s: f64,
    /// The same without stops.
    pub timer_s: f64,
    /// Distance in m.
    pub distance_m: f64,
    /// Steps of both feet.
    pub steps: f64,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// Highest heart rate in bpm.
    pub max_hr_bpm: Option<u8>,
    /// Highest cadence in steps per minute.
    pub max_spm: f64,
    /// Highest speed in m/s.
    pub max_mps: f64,
    /// Climb in m.
    pub ascent_m: f64,
    /// Descent in m.
    pub descent_m: f64,
    /// Means of the running dynamics.
    pub dynamics: Option<Dynamics>,
}

impl Totals {
    /// Mean speed in m/s.
    pub fn avg_mps(&self) -> f64 {
        self.distance_m / self.timer_s.max(1.0)
    }

    /// Mean cadence in steps per minute.
    pub fn avg_spm(&self) -> f64 {
        60.0 * self.steps / self.timer_s.max(1.0)
    }
}

impl Recorded {
    /// Sums over the whole run.
    pub fn totals(&self) -> Totals {
        self.totals_of(0, self.samples.len() - 1)
    }

    /// Sums from one sample to another. A value holds halfway to its neighbours.
    pub fn totals_of(&self, first: usize, last: usize) -> Totals {
        let stretch = &self.samples[first..=last];
        let mut timer_s = 0.0;
        let mut steps = 0.0;
        let (mut hr, mut hr_s) = (0.0, 0.0);
        let mut dynamics = [0.0; 4];
        let mut dynamics_s = 0.0;
        for index in (first..last).filter(|index| !self.stops.contains(index)) {
            let (a, b) = (&self.samples[index], &self.samples[index + 1]);
            let dt = (b.time_s - a.time_s) as f64;
            timer_s += dt;
            steps += dt / 120.0 * (a.cadence_spm + b.cadence_spm);
            for sample in [a, b] {
                if let Some(bpm) = sample.hr_bpm {
                    hr += f64::from(bpm) * dt;
                    hr_s += dt;
                }
                if let Some(d) = sample.dynamics {
                    dynamics_s += dt;
                    let values = [d.step_mm, d.stance_ms, d.balance_pct, d.oscillation_mm];
                    dynamics.iter_mut().zip(values).for_each(|(sum, value)| *sum += value * dt);
                }
            }
        }
        let (ascent_m, descent_m) = climb(stretch.iter().filter_map(|sample| sample.altitude_m));
        Totals {
            elapsed_s: (stretch[stretch.len() - 1].time_s - stretch[0].time_s) as f64,
            timer_s,
            distance_m: stretch[stretch.len() - 1].distance_m - stretch[0].distance_m,
            steps,
            avg_hr_bpm: (hr_s > 0.0).then(|| hr / hr_s),
            max_hr_bpm: stretch.iter().filter_map(|sample| sample.hr_bpm).max(),
            max_spm: stretch.iter().map(|sample| sample.cadence_spm).fold(0.0, f64::max),
            max_mps: stretch.iter().map(|sample| sample.speed_mps).fold(0.0, f64::max),
            ascent_m,
            descent_m,
            dynamics: (dynamics_s > 0.0).then(|| {
                let [step_mm, stance_ms, balance_pct, oscillation_mm] = dynamics.map(|sum| sum / dynamics_s);
                Dynamics { step_mm, stance_ms, balance_pct, oscillation_mm }
            }),
        }
    }

    /// Leaves out the first `n` samples, as a recorder that was started a little later would.
    pub fn without_first(mut self, n: usize) -> Self {
        self.samples.drain(..n);
        let start_m = self.samples[0].distance_m;
        self.samples.iter_mut().for_each(|sample| sample.distance_m -= start_m);
        self.stops.iter_mut().for_each(|index| *index -= n);
        for lap in &mut self.laps {
            (lap.first, lap.last) = (lap.first.saturating_sub(n), lap.last - n);
        }
        self
    }
}

/// Ascent and descent by hysteresis: a reference moves only once altitude has left it by a step.
fn climb(altitudes: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut reference: Option<f64> = None;
    let (mut ascent, mut descent) = (0.0, 0.0);
    for altitude in altitudes {
        let change = altitude - *reference.get_or_insert(altitude);
        if change.abs() >= ASCENT_STEP_M {
            if change > 0.0 {
                ascent += change;
            } else {
                descent -= change;
            }
            reference = Some(altitude);
        }
    }
    (ascent, descent)
}

/// Keeps the samples that a watch with smart recording keeps: edges of laps and stops, changes of speed,
/// heart rate, height or direction, and in any case one within `limit_s` seconds of the last.
/// Gives the indices of the kept samples.
pub fn smart(samples: &[Sample], edges: &[usize], mut limit_s: impl FnMut() -> i64) -> Vec<usize> {
    let mut kept = vec![0];
    let mut limit = limit_s();
    for index in 1..samples.len() {
        let last = &samples[kept[kept.len() - 1]];
        let is_edge = index == samples.len() - 1 || edges.contains(&index);
        if is_edge || samples[index].time_s - last.time_s >= limit || differs(last, &samples[index]) {
            kept.push(index);
            limit = limit_s();
        }
    }
    kept
}

fn differs(a: &Sample, b: &Sample) -> bool {
    let apart = |a: Option<f64>, b: Option<f64>, by: f64| a.zip(b).is_some_and(|(a, b)| (a - b).abs() >= by);
    apart(Some(a.speed_mps), Some(b.speed_mps), 0.45)
        || apart(a.hr_bpm.map(f64::from), b.hr_bpm.map(f64::from), 4.0)
        || apart(a.altitude_m, b.altitude_m, 1.0)
}
