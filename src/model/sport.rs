//! Sports as far as a running tool must tell them apart.

use serde::{Deserialize, Serialize};

/// What kind of activity a recording is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sport {
    /// Running on a road or of no stated kind.
    Running,
    /// Running on trails.
    TrailRunning,
    /// Running on a track.
    TrackRunning,
    /// Running on a treadmill or indoors.
    TreadmillRunning,
    /// Running in a virtual world.
    VirtualRunning,
    /// Walking.
    Walking,
    /// Hiking.
    Hiking,
    /// Any sport that is neither running nor walking.
    Other,
    /// The file does not say.
    Unknown,
}

/// Which sports count as what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The sports whose distance counts as mileage; `None` is every kind of running.
    pub mileage: Option<&'a [Sport]>,
    /// Other endurance sport counts as load.
    pub has_cross_training: bool,
}

impl Scope<'_> {
    /// Does the distance of this sport count as mileage?
    #[must_use]
    pub fn counts(&self, sport: Sport) -> bool {
        self.mileage.map_or_else(|| sport.is_run(), |sports| sports.contains(&sport))
    }
}

impl Sport {
    /// Is this a kind of running, so that its distance counts as mileage?
    #[must_use]
    pub fn is_run(self) -> bool {
        matches!(
            self,
            Self::Running
                | Self::TrailRunning
                | Self::TrackRunning
                | Self::TreadmillRunning
                | Self::VirtualRunning
        )
    }

    /// Is the runner on a belt, so that position, grade and GPS distance say nothing?
    #[must_use]
    pub fn is_indoor(self) -> bool {
        matches!(self, Self::TreadmillRunning | Self::VirtualRunning)
    }

    /// Reads the sport and sub-sport numbers of the FIT profile.
    ///
    /// Running is sport 1 with sub-sports treadmill 1, street 2, trail 3, track 4, indoor running 45,
    /// virtual activity 58; walking is 11 and hiking 17; 0 (generic) and a missing value are unknown.
    #[must_use]
    pub fn from_fit(sport: Option<u8>, sub_sport: Option<u8>) -> Self {
        match (sport, sub_sport) {
            (Some(1), Some(1 | 45)) => Self::TreadmillRunning,
            (Some(1), Some(3)) => Self::TrailRunning,
            (Some(1), Some(4)) => Self::TrackRunning,
            (Some(1), Some(58)) => Self::VirtualRunning,
            (Some(1), _) => Self::Running,
            (Some(11), _) => Self::Walking,
            (Some(17), _) => Self::Hiking,
            (Some(0) | None, _) => Self::Unknown,
            (Some(_), _) => Self::Other,
        }
    }

    /// Reads the free text of a GPX `<type>` or the `Sport` attribute of TCX.
    ///
    /// Strava wrote numbers for some years: 9 is a run, 10 a walk, 4 a hike.
    ///
    /// ```
    /// use legwork::model::Sport;
    /// assert_eq!(Sport::from_name("Trail Run"), Sport::TrailRunning);
    /// assert_eq!(Sport::from_name("9"), Sport::Running);
    /// assert_eq!(Sport::from_name("Biking"), Sport::Other);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let name: String = name.trim().to_lowercase().replace(['_', '-'], " ");
        let has = |part: &str| name.contains(part);
        match name.as_str() {
            "" | "other" | "unknown" | "generic" | "track" => Self::Unknown,
            "9" => Self::Running,
            "10" => Self::Walking,
            "4" => Self::Hiking,
            _ if has("run") || has("jog") => {
                if has("trail") {
                    Self::TrailRunning
                } else if has("treadmill") || has("indoor") {
                    Self::TreadmillRunning
                } else if has("virtual") {
                    Self::VirtualRunning
                } else if has("track") {
                    Self::TrackRunning
                } else {
                    Self::Running
                }
            }
            _ if has("treadmill") => Self::TreadmillRunning,
            _ if has("walk") => Self::Walking,
            _ if has("hik") => Self::Hiking,
            _ => Self::Other,
        }
    }
}
