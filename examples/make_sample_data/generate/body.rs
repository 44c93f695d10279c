//! A body that runs a session: speed, heart rate, cadence and contact time, second by second.
//!
//! Input: a runner and a session. Output: what the recorder keeps. Speed follows the effort and, inversely,
//! the cost of the grade; heart rate follows speed on the level with a lag and creeps up over time; cadence
//! and contact time follow speed. Invariant: heart rate never exceeds the runner's highest.

use super::course::{Course, CourseKind};
use super::maths::{cos, exp, pow};
use super::record::{Dynamics, Lap, Recorded, Sample, smart};
use super::rng::{Rng, Wander};
use super::runner::{Form, Recorder, Runner};
use super::session::{Goal, Pace, Session, Step, Strap};
use chrono::{Datelike, NaiveTime, Offset, TimeZone};

/// Cost of a grade relative to the level (grade in percent, factor); an empirical curve fitted to heart rate.
const GRADE_COST: [(f64, f64); 11] = [
    (-12.0, 0.885),
    (-8.0, 0.875),
    (-6.0, 0.885),
    (-4.0, 0.91),
    (-2.0, 0.95),
    (0.0, 1.0),
    (2.0, 1.05),
    (4.0, 1.14),
    (6.0, 1.24),
    (8.0, 1.35),
    (12.0, 1.6),
];
/// Share of the heart-rate reserve in use at threshold.
const THRESHOLD_RESERVE: f64 = 0.885;
/// Heart rate rises with this time constant in s and falls with the next.
const RISE_S: f64 = 32.0;
const FALL_S: f64 = 45.0;
/// How much of the reserve in use heart rate creeps up in an hour of easy running.
const CREEP_PER_HOUR: f64 = 0.045;
/// What standing still costs, as a share of threshold speed: heart rate settles well above rest.
const STANDING: f64 = 0.38;
/// Slower than this, in m/s, is walking.
const WALK_BELOW_MPS: f64 = 1.9;
/// The watch makes a lap of each kilometre, the phone of each mile.
const AUTO_LAP_M: f64 = 1000.0;
const AUTO_LAP_MILE_M: f64 = 1609.344;

/// Runs a session.
pub fn run(runner: &Runner, session: &Session) -> Recorded {
    let mut body = Body::new(runner, session);
    for step in &session.steps {
        body.run_step(step);
    }
    body.finish()
}

struct Body<'a> {
    runner: &'a Runner,
    session: &'a Session,
    course: Course,
    form: Form,
    rng: Rng,
    /// Seconds since 1970 and seconds of running.
    clock_s: i64,
    running_s: u32,
    utc_offset_s: i64,
    /// Place along the course and where the step before began.
    along_m: f64,
    mark_m: f64,
    distance_m: f64,
    speed_mps: f64,
    hr_bpm: f64,
    creep: f64,
    pace_wander: Wander,
    step_wander: Wander,
    altitude_wander: Wander,
    place_wander: [Wander; 2],
    /// Differences of the day: effort, heart rate in bpm, cadence, contact time, balance, temperature.
    day_effort: f64,
    day_hr: f64,
    day_cadence: f64,
    day_stance: f64,
    day_balance: f64,
    day_temperature: f64,
    samples: Vec<Sample>,
    /// Samples at lap ends, with "the button was pressed", and at stops.
    lap_ends: Vec<(usize, bool)>,
    stops: Vec<usize>,
}

impl<'a> Body<'a> {
    fn new(runner: &'a Runner, session: &'a Session) -> Self {
        let mut rng = Rng::seeded(&format!("{}/{}", runner.id, session.file_name()));
        let time = NaiveTime::from_num_seconds_from_midnight_opt(session.start_min * 60, 0)
            .expect("sessions start before midnight");
        let local = session.date.and_time(time) + chrono::TimeDelta::seconds(rng.whole(0, 400));
        let start = runner.zone.from_local_datetime(&local).single().expect("no session starts in a DST gap");
        let is_phone = runner.recorder == Recorder::Phone;
        let mut body = Self {
            runner,
            session,
            course: Course::new(session.course, runner.home, runner.base_m),
            form: runner.form(session.date),
            clock_s: start.timestamp(),
            running_s: 0,
            utc_offset_s: i64::from(start.offset().fix().local_minus_utc()),
            along_m: 0.0,
            mark_m: 0.0,
            distance_m: 0.0,
            speed_mps: 1.5,
            hr_bpm: runner.hr_rest + 38.0 + rng.normal(4.0),
            creep: 0.0,
            pace_wander: Wander::new(&mut rng, 0.013, 90.0),
            step_wander: Wander::new(&mut rng, 0.006, 25.0),
            altitude_wander: Wander::new(
                &mut rng,
                if is_phone { 3.0 } else { 0.6 },
                if is_phone { 20.0 } else { 900.0 },
            ),
            place_wander: [0; 2].map(|_| Wander::new(&mut rng, if is_phone { 1.7 } else { 1.4 }, 70.0)),
            day_effort: 1.0 + rng.normal(0.013),
            day_hr: rng.normal(1.5),
            day_cadence: 1.0 + rng.normal(0.005),
            day_stance: 1.0 + rng.normal(0.006),
            day_balance: rng.normal(0.15),
            day_temperature: rng.normal(2.2),
            samples: Vec::new(),
            lap_ends: Vec::new(),
            stops: Vec::new(),
            rng,
        };
        body.record();
        body
    }

    fn run_step(&mut self, step: &Step) {
        let (start_m, start_s, start_along_m) = (self.distance_m, self.running_s, self.along_m);
        let is_over = |body: &Self| match step.goal {
            Goal::Metres(metres) => body.distance_m - start_m >= metres,
            Goal::Seconds(seconds) => body.running_s - start_s >= seconds,
            Goal::BackDown => body.along_m <= body.mark_m,
        };
        while !is_over(self) {
            self.second(step);
        }
        self.mark_m = start_along_m;
        if step.press_lap {
            self.lap_ends.push((self.samples.len() - 1, true));
        }
    }

    /// One second of running.
    fn second(&mut self, step: &Step) {
        let way = if step.backwards { -1.0 } else { 1.0 };
        let cost = grade_cost(way * self.course.grade(self.along_m));
        let wander = 1.0 + self.pace_wander.step(&mut self.rng);
        let wanted = match step.pace {
            Pace::Effort(effort) => effort * self.day_effort * self.form.threshold_mps / cost * wander,
            Pace::Walk(speed) => speed * wander,
        };
        self.speed_mps += (wanted - self.speed_mps) / 4.0;
        self.along_m += way * self.speed_mps;
        let lap_m = if self.runner.recorder == Recorder::Phone { AUTO_LAP_MILE_M } else { AUTO_LAP_M };
        let lap_before = (self.distance_m / lap_m) as u32;
        self.distance_m += self.speed_mps;
        self.clock_s += 1;
        self.running_s += 1;
        self.beat(self.speed_mps * cost);
        self.record();
        if !self.session.has_pressed_laps() && (self.distance_m / lap_m) as u32 > lap_before {
            self.lap_ends.push((self.samples.len() - 1, false));
        }
        if let Some(&(_, length)) = self.session.stops.iter().find(|stop| stop.0 == self.running_s) {
            self.stop(length);
        }
    }

    /// Heart rate answers to a speed on the level.
    fn beat(&mut self, level_mps: f64) {
        let intensity = level_mps / self.form.threshold_mps;
        if self.running_s > 600 {
            self.creep += CREEP_PER_HOUR / 3600.0 * (intensity / 0.77) * self.session.creep;
        }
        let reserve = self.runner.hr_max - self.runner.hr_rest;
        let share = THRESHOLD_RESERVE * pow(intensity, 1.1) * (1.0 + self.creep);
        // Near the top heart rate answers less and less.
        let share = if share > 0.9 { 1.0 - 0.1 * exp(-(share - 0.9) / 0.1) } else { share };
        let wanted = self.runner.hr_rest + reserve * share + self.day_hr;
        let tau = if wanted > self.hr_bpm { RISE_S } else { FALL_S };
        self.hr_bpm += (wanted - self.hr_bpm) / tau;
    }

    /// The timer stands still while the runner does.
    fn stop(&mut self, length_s: u32) {
        self.stops.push(self.samples.len() - 1);
        for _ in 0..length_s {
            self.beat(STANDING * self.form.threshold_mps);
        }
        self.clock_s += i64::from(length_s);
        self.speed_mps = 1.0;
        self.record();
    }

    fn record(&mut self) {
        let spm = self.cadence();
        let dynamics = self.dynamics(spm);
        let noise = self.rng.normal(0.7);
        let hr = (self.hr_bpm + noise).round().clamp(40.0, self.runner.hr_max) as u8;
        let hr_bpm = match self.session.strap {
            Strap::Worn => Some(hr),
            Strap::None => None,
            Strap::Lost(from, to) => (self.running_s < from || self.running_s >= to).then_some(hr),
        };
        let rng = &mut self.rng;
        let astray = [0, 1].map(|axis: usize| self.place_wander[axis].step(rng));
        let position = self
            .course
            .offset(self.along_m)
            .map(|(east, north)| self.course.position((east + astray[0], north + astray[1])));
        let altitude = self.course.altitude(self.along_m) + self.altitude_wander.step(rng);
        let speed_mps = (self.speed_mps + rng.normal(0.04)).max(0.0);
        // The watch is warm from indoors and cools within a few minutes.
        let temperature_c = self.air_temperature() + 5.0 + 9.0 * exp(-f64::from(self.running_s) / 400.0);
        self.samples.push(Sample {
            time_s: self.clock_s,
            position,
            distance_m: self.distance_m,
            altitude_m: (self.session.course != CourseKind::Belt).then_some((altitude * 5.0).round() / 5.0),
            speed_mps,
            hr_bpm,
            cadence_spm: spm,
            dynamics,
            temperature_c,
        });
    }

    /// Steps per minute: they rise slowly with speed, and a stiff calf shortens the step.
    fn cadence(&mut self) -> f64 {
        let wander = 1.0 + self.step_wander.step(&mut self.rng);
        let relative = self.runner.cadence_factor * self.day_cadence * wander;
        if self.speed_mps < WALK_BELOW_MPS {
            return 60.0 * self.speed_mps / 0.78 * relative;
        }
        170.0 * pow(self.speed_mps / 3.0, 0.35) * relative / (1.0 - 0.03 * self.form.stiffness)
    }

    fn dynamics(&mut self, spm: f64) -> Option<Dynamics> {
        if self.runner.recorder != Recorder::DynamicsWatch || self.speed_mps < WALK_BELOW_MPS {
            return None;
        }
        let stiff = self.form.stiffness;
        let pace = self.speed_mps / 3.0;
        let rng = &mut self.rng;
        Some(Dynamics {
            step_mm: 60_000.0 * self.speed_mps / spm,
            stance_ms: 248.0 * pow(pace, -0.55) * self.day_stance * (1.0 + 0.035 * stiff) + rng.normal(2.0),
            balance_pct: 50.1 + self.day_balance + 0.9 * stiff + rng.normal(0.25),
            oscillation_mm: 86.0 * pow(pace, 0.1) * (1.0 + 0.02 * stiff) + rng.normal(1.2),
        })
    }

    /// Air temperature by season, in °C.
    fn air_temperature(&self) -> f64 {
        let turn = std::f64::consts::TAU * (f64::from(self.session.date.ordinal()) - 20.0) / 365.0;
        9.0 - 9.0 * cos(turn) + self.day_temperature + 5.0 * (self.session.creep - 1.0)
    }

    fn finish(mut self) -> Recorded {
        let end = self.samples.len() - 1;
        self.lap_ends.retain(|lap| lap.0 < end);
        let mut edges: Vec<usize> = self.lap_ends.iter().map(|lap| lap.0).collect();
        edges.extend(self.stops.iter().flat_map(|&stop| [stop, stop + 1]));
        let rng = &mut self.rng;
        let (shortest_s, longest_s) = if self.session.has_pressed_laps() { (2, 5) } else { (5, 7) };
        let kept = smart(&self.samples, &edges, || rng.whole(shortest_s, longest_s));
        let place = |index: usize| kept.partition_point(|&k| k < index);
        let mut laps = Vec::new();
        let mut first = 0;
        for &(index, is_pressed) in self.lap_ends.iter().chain([&(end, false)]) {
            laps.push(Lap { first, last: place(index), is_pressed });
            first = place(index);
        }
        Recorded {
            laps,
            stops: self.stops.iter().map(|&stop| place(stop)).collect(),
            samples: kept.iter().map(|&index| self.samples[index].clone()).collect(),
            utc_offset_s: self.utc_offset_s,
        }
    }
}

/// Cost of a grade relative to the level, between the points of the curve.
fn grade_cost(grade: f64) -> f64 {
    let percent = (100.0 * grade).clamp(GRADE_COST[0].0, GRADE_COST[GRADE_COST.len() - 1].0);
    let after = GRADE_COST.partition_point(|point| point.0 < percent).clamp(1, GRADE_COST.len() - 1);
    let ((x0, y0), (x1, y1)) = (GRADE_COST[after - 1], GRADE_COST[after]);
    y0 + (y1 - y0) * (percent - x0) / (x1 - x0)
}
