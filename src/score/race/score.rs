//! The signs of a race and what they add up to.

use serde::Serialize;

/// From this score on a run is a race.
const RACE: f64 = 6.0;
/// From this score on it may be one.
const PROBABLE: f64 = 4.5;

/// A sign that a run was a race.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The runner's own list of races has it.
    Listed,
    /// The runner says so of this run.
    Said,
    /// The file says so.
    Flagged,
    /// It measures like a distance that is raced.
    Distance,
    /// The best normalised speed of a year over at least the distance, to 2 %.
    Best,
    /// At least 97 % of the speed that earlier bests are worth.
    Expected,
    /// Heart rate near the threshold throughout.
    HeartRate,
    /// No stops.
    NoStops,
    /// An easy week before.
    EasyWeek,
    /// Another run ended within the hour before.
    WarmUp,
    /// The name speaks of a race.
    Name,
    /// On a weekend morning.
    WeekendMorning,
    /// The recording ends with the distance.
    EndsThere,
}

impl Sign {
    /// In words for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Listed => "it is in your list of races",
            Self::Said => "you say that it was a race",
            Self::Flagged => "the file says that it was a race",
            Self::Distance => "it measures like a race distance",
            Self::Best => "the fastest of a year over the distance, to 2 %",
            Self::Expected => "at least 97 % of the speed that earlier bests are worth",
            Self::HeartRate => "heart rate near the threshold throughout",
            Self::NoStops => "no stops",
            Self::EasyWeek => "an easy week before",
            Self::WarmUp => "a warm-up in the hour before",
            Self::Name => "its name",
            Self::WeekendMorning => "on a weekend morning",
            Self::EndsThere => "the recording ends with the distance",
        }
    }
}

/// A sign with what it adds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Points {
    /// The sign.
    pub sign: Sign,
    /// Its points (heuristic).
    pub points: f64,
}

/// What a score means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A race.
    Race,
    /// Perhaps one: to be confirmed by the runner, and no rule heeds it.
    Probable,
    /// None.
    NoRace,
}

/// How much a run looks like a race over a distance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RaceScore {
    /// The distance in m.
    pub distance_m: f64,
    /// The time for it in s, standing included.
    pub seconds: f64,
    /// Mean heart rate of its last two thirds in bpm.
    pub late_hr_bpm: Option<f64>,
    /// The signs that hold.
    pub points: Vec<Points>,
    /// Another run within 24 h looks more like a race, so this one is none.
    pub is_outdone: bool,
}

impl RaceScore {
    /// The sum of the points.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.points.iter().map(|one| one.points).sum()
    }

    /// What that means.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.total() {
            total if total >= RACE && !self.is_outdone && self.shows_effort() => Verdict::Race,
            total if total >= PROBABLE && self.is_out_of_the_ordinary() => Verdict::Probable,
            _ => Verdict::NoRace,
        }
    }

    /// Is there more than distance and speed? Both look the same on a good day of training, and a race that was none would
    /// cut the training around it: so the runner, the file, the name or the heart has to say so too.
    fn shows_effort(&self) -> bool {
        let says = [Sign::Listed, Sign::Said, Sign::Flagged, Sign::Name, Sign::HeartRate];
        self.points.iter().any(|one| says.contains(&one.sign))
    }

    /// Is there more than a round distance on a quiet Sunday?
    fn is_out_of_the_ordinary(&self) -> bool {
        self.shows_effort() || self.points.iter().any(|one| matches!(one.sign, Sign::Best | Sign::Expected))
    }

    /// The signs that hold with their points, for a reader.
    #[must_use]
    pub fn signs(&self) -> String {
        let said = self.points.iter().map(|one| format!("{} ({})", one.sign.words(), one.points));
        said.collect::<Vec<_>>().join(", ")
    }

    /// Was the run a race?
    #[must_use]
    pub fn is_race(&self) -> bool {
        self.verdict() == Verdict::Race
    }

    /// Did the runner or the file say that it was a race?
    #[must_use]
    pub fn is_stated(&self) -> bool {
        self.points.iter().any(|one| matches!(one.sign, Sign::Listed | Sign::Said | Sign::Flagged))
    }
}
