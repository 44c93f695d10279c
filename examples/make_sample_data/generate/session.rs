//! What a runner sets out to do: one [`Session`] becomes one file.

use super::course::CourseKind;
use chrono::NaiveDate;

/// Efforts as shares of threshold speed on the level (the speed that can be held for about an hour).
pub const WARM_UP: f64 = 0.72;
/// Easy running.
pub const EASY: f64 = 0.76;
/// Long runs.
pub const LONG: f64 = 0.785;
/// Marathon pace.
pub const MARATHON: f64 = 0.935;
/// Half-marathon race pace.
pub const HALF: f64 = 0.975;
/// Tempo.
pub const TEMPO: f64 = 0.98;
/// 10 km race pace.
pub const TEN_K: f64 = 1.023;
/// 5 km race pace.
pub const FIVE_K: f64 = 1.06;
/// Intervals of three to five minutes.
pub const INTERVAL: f64 = 1.07;
/// Repeats of a minute or two.
pub const REPEAT: f64 = 1.15;
/// Jogged recovery.
pub const JOG: f64 = 0.62;

/// How fast a step is meant to be.
#[derive(Clone, Copy)]
pub enum Pace {
    /// A share of threshold speed on the level; hills slow or speed it.
    Effort(f64),
    /// Walking, in m/s.
    Walk(f64),
}

/// When a step is over.
#[derive(Clone, Copy)]
pub enum Goal {
    /// After this many metres.
    Metres(f64),
    /// After this many seconds.
    Seconds(u32),
    /// Back where the step before began.
    BackDown,
}

/// One piece of a session.
#[derive(Clone, Copy)]
pub struct Step {
    /// When it is over.
    pub goal: Goal,
    /// How fast.
    pub pace: Pace,
    /// Along the course backwards.
    pub backwards: bool,
    /// The lap button is pressed at its end.
    pub press_lap: bool,
}

/// Whether heart rate is recorded.
#[derive(Clone, Copy)]
pub enum Strap {
    /// Throughout.
    Worn,
    /// Not at all.
    None,
    /// All but this stretch, in seconds of running.
    Lost(u32, u32),
}

/// The kind of file, and whether it is gzipped.
#[derive(Clone, Copy)]
pub enum FileKind {
    /// FIT.
    Fit,
    /// FIT, gzipped.
    FitGz,
    /// GPX.
    Gpx,
    /// GPX, gzipped.
    GpxGz,
    /// TCX.
    Tcx,
    /// TCX, gzipped.
    TcxGz,
}

impl FileKind {
    /// The ending of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::FitGz => "fit.gz",
            Self::Gpx => "gpx",
            Self::GpxGz => "gpx.gz",
            Self::Tcx => "tcx",
            Self::TcxGz => "tcx.gz",
        }
    }
}

/// One run as planned.
pub struct Session {
    /// Local date.
    pub date: NaiveDate,
    /// Local start, in minutes after midnight.
    pub start_min: u32,
    /// The second half of the file's name.
    pub slug: &'static str,
    /// What is run, in order.
    pub steps: Vec<Step>,
    /// Where.
    pub course: CourseKind,
    /// The file it becomes.
    pub file: FileKind,
    /// Stops: after so many seconds of running, for so many seconds.
    pub stops: Vec<(u32, u32)>,
    /// How fast heart rate creeps up; 1 is usual, more on a hot day.
    pub creep: f64,
    /// How hard it felt from 0 to 10, where it was entered on the watch.
    pub rpe: Option<u8>,
    /// Is heart rate recorded?
    pub strap: Strap,
}

impl Session {
    /// A session with nothing special about it.
    pub fn new(
        date: NaiveDate,
        start_min: u32,
        slug: &'static str,
        steps: Vec<Step>,
        file: FileKind,
    ) -> Self {
        Self {
            date,
            start_min,
            slug,
            steps,
            course: CourseKind::Flat,
            file,
            stops: Vec::new(),
            creep: 1.0,
            rpe: None,
            strap: Strap::Worn,
        }
    }

    /// The file's name, such as `2026-03-14-long-run.fit`.
    pub fn file_name(&self) -> String {
        format!("{}-{}.{}", self.date, self.slug, self.file.extension())
    }

    /// Is the lap button used? Then the watch makes no laps of its own.
    pub fn has_pressed_laps(&self) -> bool {
        self.steps.iter().any(|step| step.press_lap)
    }
}

/// Some kilometres at an effort.
pub fn km(km: f64, effort: f64) -> Step {
    Step { goal: Goal::Metres(km * 1000.0), pace: Pace::Effort(effort), backwards: false, press_lap: false }
}

/// Some seconds at an effort.
pub fn seconds(seconds: u32, effort: f64) -> Step {
    Step { goal: Goal::Seconds(seconds), ..km(0.0, effort) }
}

/// A repeat and its recovery `n` times, each a lap, between warm-up and cool-down.
pub fn repeats(warm_up_km: f64, n: usize, repeat: Step, recovery: Step, cool_down_km: f64) -> Vec<Step> {
    let mut steps = vec![km(warm_up_km, WARM_UP)];
    for _ in 0..n {
        steps.extend([repeat, recovery]);
    }
    for step in &mut steps {
        step.press_lap = true;
    }
    steps.push(Step { backwards: recovery.backwards, ..km(cool_down_km, WARM_UP) });
    steps
}

/// One stretch at an effort between warm-up and cool-down, each a lap.
pub fn block(warm_up_km: f64, work_km: f64, effort: f64, cool_down_km: f64) -> Vec<Step> {
    let mut steps = vec![km(warm_up_km, WARM_UP), km(work_km, effort), km(cool_down_km, WARM_UP)];
    steps[0].press_lap = true;
    steps[1].press_lap = true;
    steps
}
