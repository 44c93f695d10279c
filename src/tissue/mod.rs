//! Runs to tissue doses, and which tissues got an unusual share of the last week (science 5.2 and 5.3).
//!
//! Input are the terrain tables of digests, output doses in equivalent flat kilometres at 3.0 m/s and readings against the
//! runner's own last six weeks. A dose is no force and a reading no risk: sizes of coefficients are mostly heuristic, and
//! only the comparison of a runner with themselves means anything. Whoever prints a dose names the damage exponent too.

pub mod carry;
pub mod coefficients;
pub mod dose;
pub mod relative;

use serde::Serialize;

/// Number of tissues.
pub const N: usize = 9;

/// A group of tissues that a therapist works on (science 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tissue {
    /// Gastrocnemius, soleus, Achilles tendon.
    CalfAchilles,
    /// Tibialis anterior and posterior, soleus border.
    TibiaShin,
    /// Intrinsic muscles of the foot, plantar fascia.
    PlantarFoot,
    /// Quadriceps, the joint of the kneecap.
    QuadPf,
    /// Hamstrings.
    Hamstrings,
    /// Gluteus medius and maximus, tensor fasciae latae.
    GluteItbLat,
    /// Iliopsoas, rectus femoris.
    HipFlexors,
    /// Adductors.
    Adductors,
    /// Erectors, quadratus lumborum.
    LowBack,
}

impl Tissue {
    /// All of them, in the order of every array by tissue.
    pub const ALL: [Self; N] = [
        Self::CalfAchilles,
        Self::TibiaShin,
        Self::PlantarFoot,
        Self::QuadPf,
        Self::Hamstrings,
        Self::GluteItbLat,
        Self::HipFlexors,
        Self::Adductors,
        Self::LowBack,
    ];

    /// The key in tables, config and diary.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CalfAchilles => "calf_achilles",
            Self::TibiaShin => "tibia_shin",
            Self::PlantarFoot => "plantar_foot",
            Self::QuadPf => "quad_pf",
            Self::Hamstrings => "hamstrings",
            Self::GluteItbLat => "glute_itb_lat",
            Self::HipFlexors => "hip_flexors",
            Self::Adductors => "adductors",
            Self::LowBack => "low_back",
        }
    }
}
