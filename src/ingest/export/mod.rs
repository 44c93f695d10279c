//! What platforms and people list beside recordings, or in their place.
//!
//! Input is one file of an export, output a [`List`]: activities as they are summed up there, and what the export says of the
//! runner. [`join()`] lays it over the recordings. Invariant: a recording is never replaced by its summary.

mod join;

pub use join::join;

use super::ReadError;
use crate::model::Sport;
use serde::{Deserialize, Serialize};
use std::io::Read;

/// What one file of an export says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// The activities, in the order of the file.
    pub activities: Vec<Summary>,
    /// What it says of the runner.
    pub facts: Vec<Fact>,
    /// What could not be read or was guessed, in words.
    pub remarks: Vec<String>,
}

/// One activity as a list has it; `None` is "not said".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Stable for the same activity of the same list: 32 hexadecimal digits.
    pub id: String,
    /// The recording that belongs to it, as the list names it: a path below the folder of the list.
    pub file: Option<String>,
    /// When it started.
    pub start: Option<Start>,
    /// What kind of activity it was.
    pub sport: Sport,
    /// Its name.
    pub title: Option<String>,
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// From start to end in s.
    pub elapsed_s: Option<f64>,
    /// Timer running in s.
    pub timer_s: Option<f64>,
    /// Moving in s.
    pub moving_s: Option<f64>,
    /// Climb in m.
    pub ascent_m: Option<f64>,
    /// Descent in m.
    pub descent_m: Option<f64>,
    /// Steps of both feet.
    pub steps: Option<f64>,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// Highest heart rate in bpm.
    pub max_hr_bpm: Option<f64>,
    /// Session RPE on the CR-10 scale.
    pub rpe: Option<f64>,
    /// The runner marked it as a race.
    pub is_race: bool,
}

/// The start of a listed activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// An instant, in ms since 1970-01-01T00:00:00Z, and the wall clock minus UTC in s where it is said.
    Instant(i64, Option<i32>),
    /// The wall clock of the runner, as ms since 1970-01-01T00:00:00 by that clock.
    WallClock(i64),
}

/// Something an export says of the runner, to be offered and never used unasked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// The key of the config that it would set.
    pub key: String,
    /// Its value, as the config would write it.
    pub value: String,
    /// Where it stands: file and column.
    pub origin: String,
}

/// May a file of this name be a list? It is opened only then.
#[must_use]
pub fn may_be_list(_name: &str) -> bool {
    false
}

/// Reads a list; `None` where the content is something else after all. `name` is the path below the input.
pub fn read(_name: &str, _content: &mut dyn Read) -> Option<Result<List, ReadError>> {
    None
}
