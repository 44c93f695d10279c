//! What a dose is made of.
//!
//! A dose is a product; its parts are found by putting in one factor after the other, in the order of [`Part`], and
//! noting what each of them changes. What two factors do together counts for the later one (heuristic).

use super::N;

/// Number of parts.
pub const N_PARTS: usize = 8;

/// One thing that a dose is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The distance, as if on the level at 3.0 m/s.
    Volume,
    /// Running faster or slower than 3.0 m/s.
    Speed,
    /// More or fewer steps than by rule at that speed.
    Steps,
    /// Longer or shorter steps than the runner's own at that speed.
    StepLength,
    /// Longer or shorter contact than by rule at that speed.
    Contact,
    /// Uphill against level.
    Climb,
    /// Downhill against level, and a descent that the weeks before have not prepared.
    Descent,
    /// The surface, where it counts.
    Surface,
}

impl Part {
    /// What it is, in a word or two.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Volume => "distance",
            Self::Speed => "speed",
            Self::Steps => "number of steps",
            Self::StepLength => "step length",
            Self::Contact => "ground contact",
            Self::Climb => "climb",
            Self::Descent => "descent",
            Self::Surface => "surface",
        }
    }

    /// All of them, in the order of every array by part.
    pub const ALL: [Self; N_PARTS] = [
        Self::Volume,
        Self::Speed,
        Self::Steps,
        Self::StepLength,
        Self::Contact,
        Self::Climb,
        Self::Descent,
        Self::Surface,
    ];
}

/// Equivalent km by part, then by tissue.
pub type Parts = [[f64; N]; N_PARTS];
