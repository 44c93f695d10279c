//! `legwork.toml`: what the runner or coach says, checked and complete.
//!
//! Input is the text of the file, output a [`Config`] in which every setting has a value. Errors name the key,
//! and an unknown key names the nearest known one. Invariant: no later stage sees the shape of the file.

pub mod keys;
mod parse;
pub(crate) mod unknown;

pub use parse::{parse_distance, parse_speed};
pub(crate) use unknown::nearest;

use crate::error::Error;
use crate::model::units::Units;
use crate::model::{Day, Gap, Race, Scope, Sport};
use crate::score::thresholds::Profile;
use chrono::Weekday;
use chrono_tz::Tz;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the config file in an input folder.
pub const FILE_NAME: &str = "legwork.toml";

/// How often a runner trains and races, which sets the interval between massages (science 7.4, R1a).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Decided from the history, day by day.
    #[default]
    Auto,
    /// Up to 50 km a week, no regular quality sessions.
    Recreational,
    /// At least 50 km a week, or five runs with quality.
    Competitive,
    /// In preparation for a race of 30 km or more.
    Marathon,
}

/// One athlete as the config declares them; `None` is "not said".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Athlete {
    /// Unique among the athletes; part of file names.
    #[serde(skip)]
    pub id: String,
    /// Folder with the runs, below the input.
    #[serde(skip)]
    pub folder: PathBuf,
    /// Personal values.
    #[serde(flatten)]
    pub profile: Profile,
    /// How often massage is due.
    pub class: Class,
    /// Used to deep work; `None` is decided from `massage.csv`.
    pub accustomed: Option<bool>,
    /// The day of the last injury that stopped running (science 7.4, R2).
    pub injury: Option<Day>,
    /// Massage does good for long (science 7.4, R2).
    pub responds_well: Option<bool>,
    /// Hours of sitting on a working day (science 5.4: hip flexors from 6 on).
    pub sits_hours: Option<f64>,
    /// Zone of runs that do not state their own.
    #[serde(rename = "time_zone", serialize_with = "zone_name")]
    pub zone: Option<Tz>,
    /// Which sports count as what.
    #[serde(flatten)]
    pub counting: Counting,
    /// Races of the calendar.
    pub races: Vec<Race>,
    /// Days whose runs are not all on record.
    pub gaps: Vec<Gap>,
}

impl Athlete {
    /// An athlete of whom nothing is said.
    #[must_use]
    pub fn unknown(id: impl Into<String>, folder: impl Into<PathBuf>) -> Self {
        Self {
            id: id.into(),
            folder: folder.into(),
            profile: Profile::default(),
            class: Class::Auto,
            accustomed: None,
            injury: None,
            responds_well: None,
            sits_hours: None,
            zone: None,
            counting: Counting::default(),
            races: Vec::new(),
            gaps: Vec::new(),
        }
    }
}

/// Which sports count as what; `None` is "not said".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counting {
    /// The sports whose distance counts as mileage; not said, every kind of running.
    pub sports: Option<Vec<Sport>>,
    /// What other endurance sport counts as; not said, nothing.
    pub cross_training: Option<CrossTraining>,
}

impl Counting {
    /// What is said here, and for what is not said what `general` says.
    #[must_use]
    pub fn or(self, general: &Self) -> Self {
        Self {
            sports: self.sports.or_else(|| general.sports.clone()),
            cross_training: self.cross_training.or(general.cross_training),
        }
    }

    /// The same as a question to ask of a sport.
    #[must_use]
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            mileage: self.sports.as_deref(),
            has_cross_training: self.cross_training == Some(CrossTraining::Load),
        }
    }
}

/// What endurance sport counts as whose distance is no mileage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CrossTraining {
    /// Nothing.
    #[default]
    None,
    /// Internal load: what heart or effort say of it, and no distance.
    Load,
}

/// Conventions in which tools differ under the same name (science 4.3, 4.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Conventions {
    /// Weight of a day in fitness and fatigue.
    pub fitness: Fitness,
    /// The day whose fitness and fatigue make the form.
    pub form: Form,
    /// Where the exponentially weighted ratio starts.
    pub ewma_seed: EwmaSeed,
}

/// Weight of a day in fitness and fatigue, for a time constant τ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fitness {
    /// 1 − e^(−1/τ), as GoldenCheetah has it.
    #[default]
    Exponential,
    /// 1/τ, as most tables have it.
    Reciprocal,
}

/// The day whose fitness and fatigue make the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The evening before: what the runner brings into the day.
    #[default]
    Yesterday,
    /// The evening of the day itself.
    SameDay,
}

/// Where the exponentially weighted ratio starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EwmaSeed {
    /// At the mean of the first 28 days, reported from day 42.
    #[default]
    Mean28,
    /// At the load of the first day, reported from day 28 (Williams et al. 2017, the published example).
    FirstDay,
}

/// Everything that the config file says, with defaults for what it does not.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Config {
    /// The day the analysis stands on; `None` is today.
    pub as_of: Option<Day>,
    /// Units for people.
    pub units: Units,
    /// First day of a week.
    pub week_start: WeekStart,
    /// Which sports count as what, for athletes of whom it is not said.
    #[serde(skip)]
    pub counting: Counting,
    /// How fitness, form and the weighted ratio are computed.
    pub conventions: Conventions,
    /// Declared athletes; empty where there is no config.
    #[serde(skip)]
    pub athletes: Vec<Athlete>,
    /// Values of the rules for massage, as the file has them: which there are is known to [`crate::massage::rules`].
    pub rules: BTreeMap<String, f64>,
    /// What the tissue model is to be made with.
    pub tissues: TissueValues,
    /// The file that all of this stands in; empty without one.
    #[serde(skip)]
    pub file: String,
}

/// What `[tissues]` says, as it stands there: the tissue model knows what is meant and what is plausible.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct TissueValues {
    /// Do surfaces count?
    pub surface: bool,
    /// Coefficients by tissue and key.
    #[serde(flatten)]
    pub coefficients: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Config {
    /// Where a key stands, as errors name it.
    #[must_use]
    pub fn place(&self, key: &str) -> String {
        let file = if self.file.is_empty() { FILE_NAME } else { &self.file };
        format!("{file}: {key}")
    }
}

/// First day of a week, Monday unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WeekStart(pub Weekday);

impl Default for WeekStart {
    fn default() -> Self {
        Self(Weekday::Mon)
    }
}

/// What the numbers of one athlete were made with: the config as it was used, for the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settings {
    /// What holds for every athlete.
    #[serde(flatten)]
    config: Config,
    /// What holds for this one.
    #[serde(flatten)]
    athlete: Athlete,
}

impl Settings {
    /// The settings of one athlete, with the day and the units that were used in the end.
    #[must_use]
    pub fn new(config: &Config, athlete: &Athlete, as_of: Day, units: Units) -> Self {
        let config = Config { as_of: Some(as_of), units, athletes: Vec::new(), ..config.clone() };
        let counting = athlete.counting.clone().or(&config.counting);
        Self { config, athlete: Athlete { counting, ..athlete.clone() } }
    }

    /// Folder with the athlete's runs, below the input.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.athlete.folder
    }

    /// What the config says of the athlete.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.athlete.profile
    }

    /// Which sports counted as what.
    #[must_use]
    pub fn counting(&self) -> &Counting {
        &self.athlete.counting
    }

    /// How fitness, form and the weighted ratio were computed.
    #[must_use]
    pub fn conventions(&self) -> Conventions {
        self.config.conventions
    }
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn zone_name<S: Serializer>(zone: &Option<Tz>, serializer: S) -> Result<S::Ok, S::Error> {
    zone.map(Tz::name).serialize(serializer)
}

impl Config {
    /// Reads a config file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path)
            .map_err(|cause| Error::config(path.display().to_string(), format!("cannot be read: {cause}")))?;
        Self::parse(&text, &path.display().to_string())
    }

    /// Parses the text of a config; `name` is the file as errors name it.
    pub fn parse(text: &str, name: &str) -> Result<Self, Error> {
        let mut config = parse::parse(text)
            .map_err(|problem| Error::config(format!("{name}: {}", problem.key), problem.text))?;
        name.clone_into(&mut config.file);
        Ok(config)
    }
}
