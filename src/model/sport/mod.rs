//! Sports as far as a running tool must tell them apart, and what each of them counts as.

mod fit;
mod names;
mod title;

use serde::{Deserialize, Serialize};

/// What kind of activity a recording is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sport {
    /// Running on a road or of no stated kind, ultra and obstacle runs among it.
    Running,
    /// Running on trails, orienteering among it.
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
    /// Walking with a pack for the load of it.
    Rucking,
    /// Cycling of every kind, by hand and with a motor's help too.
    Cycling,
    /// Swimming.
    Swimming,
    /// Rowing.
    Rowing,
    /// Cross-country and backcountry skiing, roller skis among it.
    Skiing,
    /// Another sport of endurance: elliptical, stairs, paddling, skating, snowshoes, mountaineering, cardio.
    OtherEndurance,
    /// Any other sport.
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

    /// Does this sport count as load alone?
    #[must_use]
    pub fn is_cross_training(&self, sport: Sport) -> bool {
        self.has_cross_training && sport.is_endurance() && !self.counts(sport)
    }
}

impl Sport {
    /// All of them, those on foot first.
    pub const ALL: [Self; 15] = [
        Self::Running,
        Self::TrailRunning,
        Self::TrackRunning,
        Self::TreadmillRunning,
        Self::VirtualRunning,
        Self::Walking,
        Self::Hiking,
        Self::Rucking,
        Self::Cycling,
        Self::Swimming,
        Self::Rowing,
        Self::Skiing,
        Self::OtherEndurance,
        Self::Other,
        Self::Unknown,
    ];

    /// Every kind of running.
    pub const RUNS: [Self; 5] =
        [Self::Running, Self::TrailRunning, Self::TrackRunning, Self::TreadmillRunning, Self::VirtualRunning];

    /// Is this a kind of running?
    #[must_use]
    pub fn is_run(self) -> bool {
        Self::RUNS.contains(&self)
    }

    /// Is it done on foot, so that its distance can be mileage?
    #[must_use]
    pub fn is_on_foot(self) -> bool {
        self.is_run() || matches!(self, Self::Walking | Self::Hiking | Self::Rucking)
    }

    /// Does its heart rate tell of training for endurance?
    #[must_use]
    pub fn is_endurance(self) -> bool {
        !matches!(self, Self::Other | Self::Unknown)
    }

    /// May two files of one activity say this and `other` of it? Platforms call a trail run a run, and a hike a walk.
    #[must_use]
    pub fn is_alike(self, other: Self) -> bool {
        let group = |sport: Self| if sport.is_run() { Self::Running } else { sport };
        let is_walk = |sport: Self| sport.is_on_foot() && !sport.is_run();
        group(self) == group(other) || (is_walk(self) && is_walk(other))
    }

    /// Is the runner on a belt, so that position, grade and GPS distance say nothing?
    #[must_use]
    pub fn is_indoor(self) -> bool {
        matches!(self, Self::TreadmillRunning | Self::VirtualRunning)
    }

    /// The word in tables and in the config.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::TrailRunning => "trail_running",
            Self::TrackRunning => "track_running",
            Self::TreadmillRunning => "treadmill_running",
            Self::VirtualRunning => "virtual_running",
            Self::Walking => "walking",
            Self::Hiking => "hiking",
            Self::Rucking => "rucking",
            Self::Cycling => "cycling",
            Self::Swimming => "swimming",
            Self::Rowing => "rowing",
            Self::Skiing => "skiing",
            Self::OtherEndurance => "other_endurance",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }

    /// The same for people, as in "3 cycling".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::TrailRunning => "trail running",
            Self::TrackRunning => "track running",
            Self::TreadmillRunning => "treadmill running",
            Self::VirtualRunning => "virtual running",
            Self::Walking => "walking",
            Self::Hiking => "hiking",
            Self::Rucking => "rucking",
            Self::Cycling => "cycling",
            Self::Swimming => "swimming",
            Self::Rowing => "rowing",
            Self::Skiing => "cross-country skiing",
            Self::OtherEndurance => "other endurance sport",
            Self::Other => "another sport",
            Self::Unknown => "of no stated sport",
        }
    }

    /// Reads the sport and sub-sport numbers of the FIT profile; 0 (generic) and a missing value are unknown.
    ///
    /// ```
    /// use legwork::model::Sport;
    /// assert_eq!(Sport::from_fit(Some(1), Some(3)), Sport::TrailRunning);
    /// assert_eq!(Sport::from_fit(Some(2), None), Sport::Cycling);
    /// ```
    #[must_use]
    pub fn from_fit(sport: Option<u8>, sub_sport: Option<u8>) -> Self {
        fit::sport(sport, sub_sport)
    }

    /// Reads what GPX, TCX, Strava or Garmin call a sport, in English, German and some words of other languages.
    ///
    /// ```
    /// use legwork::model::Sport;
    /// assert_eq!(Sport::from_name("Trail Run"), Sport::TrailRunning);
    /// assert_eq!(Sport::from_name("9"), Sport::Running);
    /// assert_eq!(Sport::from_name("Biking"), Sport::Cycling);
    /// assert_eq!(Sport::from_name("Langlauf"), Sport::Skiing);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        names::sport(name)
    }

    /// The one sport that a runner's own title names, such as "Morning run" or "Abendlauf"; `None` where it names none
    /// or several.
    ///
    /// ```
    /// use legwork::model::Sport;
    /// assert_eq!(Sport::of_title("Lunch ride"), Some(Sport::Cycling));
    /// assert_eq!(Sport::of_title("Berlin"), None);
    /// ```
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        title::sport(title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_are_stored() {
        for sport in Sport::ALL {
            assert_eq!(serde_json::to_value(sport).unwrap(), sport.name());
            assert!(sport.words().chars().all(|c| c.is_ascii_lowercase() || " -".contains(c)));
        }
    }

    #[test]
    fn a_scope_parts_the_sports() {
        let with = |mileage, has_cross_training| Scope { mileage, has_cross_training };
        let walks = [Sport::Running, Sport::Walking];
        let kinds = |scope: Scope, sport| (scope.counts(sport), scope.is_cross_training(sport));
        assert_eq!(kinds(with(None, false), Sport::TrailRunning), (true, false));
        assert_eq!(kinds(with(None, false), Sport::Cycling), (false, false));
        assert_eq!(kinds(with(None, true), Sport::Cycling), (false, true));
        assert_eq!(kinds(with(None, true), Sport::Walking), (false, true));
        assert_eq!(kinds(with(Some(&walks), true), Sport::Walking), (true, false));
        // What is left out of the mileage is still training.
        assert_eq!(kinds(with(Some(&walks), true), Sport::TrailRunning), (false, true));
        for sport in [Sport::Other, Sport::Unknown] {
            assert_eq!(kinds(with(None, true), sport), (false, false));
        }
        for sport in Sport::ALL {
            for scope in [with(None, true), with(Some(&walks), true)] {
                assert!(!(scope.counts(sport) && scope.is_cross_training(sport)), "{sport:?} counts twice");
            }
        }
    }

    #[test]
    fn platforms_may_call_one_activity_by_two_names() {
        assert!(Sport::TrailRunning.is_alike(Sport::Running) && Sport::Walking.is_alike(Sport::Hiking));
        assert!(!Sport::Running.is_alike(Sport::Walking) && !Sport::Cycling.is_alike(Sport::Swimming));
        assert!(!Sport::Unknown.is_alike(Sport::Other));
    }
}
