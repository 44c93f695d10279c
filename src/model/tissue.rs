//! The tissues that doses, diary, massages and windows speak of (science 5.4).

use serde::{Deserialize, Serialize};

/// Number of tissues.
pub const N: usize = 9;

/// A group of tissues that a therapist works on (science 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

    /// The plain name for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::CalfAchilles => "calf and Achilles tendon",
            Self::TibiaShin => "shin",
            Self::PlantarFoot => "sole of the foot",
            Self::QuadPf => "front of the thigh",
            Self::Hamstrings => "hamstrings",
            Self::GluteItbLat => "outer hip",
            Self::HipFlexors => "hip flexors",
            Self::Adductors => "adductors",
            Self::LowBack => "low back",
        }
    }

    /// The plain name as short as it goes, for tables.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::CalfAchilles => "calf",
            Self::PlantarFoot => "foot",
            Self::QuadPf => "thigh",
            _ => self.words(),
        }
    }

    /// The tissue of a site as people write it: its key, its plain name or a common one, in any case; `None` for a place
    /// that is none of them.
    ///
    /// ```
    /// use legwork::model::tissue::Tissue;
    /// assert_eq!(Tissue::of_site("Achilles"), Some(Tissue::CalfAchilles));
    /// assert_eq!(Tissue::of_site("quad_pf"), Some(Tissue::QuadPf));
    /// assert_eq!(Tissue::of_site("elbow"), None);
    /// ```
    #[must_use]
    pub fn of_site(site: &str) -> Option<Self> {
        let site = site.trim().to_lowercase().replace([' ', '-'], "_");
        let by_name = |tissue: &Self| {
            tissue.name() == site
                || tissue.words().to_lowercase().replace(' ', "_") == site
                || tissue.common_names().contains(&site.as_str())
        };
        Self::ALL.into_iter().find(by_name)
    }

    /// Every name of every site that [`Tissue::of_site`] knows, keys first.
    pub fn site_names() -> impl Iterator<Item = &'static str> + Clone {
        let others = Self::ALL.into_iter().flat_map(|tissue| tissue.common_names().iter().copied());
        Self::ALL.into_iter().map(Self::name).chain(others)
    }

    /// Other names that people write for it.
    fn common_names(self) -> &'static [&'static str] {
        match self {
            Self::CalfAchilles => {
                &["calf", "calves", "achilles", "achilles_tendon", "soleus", "gastrocnemius", "gastroc"]
            }
            Self::TibiaShin => &["shins", "tibia", "shin_splint", "shin_splints", "tibialis"],
            Self::PlantarFoot => {
                &["foot", "feet", "sole", "soles", "arch", "heel", "plantar", "plantar_fascia"]
            }
            Self::QuadPf => &["quad", "quads", "quadriceps", "thigh", "knee", "knees", "kneecap", "patella"],
            Self::Hamstrings => &["hamstring", "hams", "back_of_thigh", "back_of_the_thigh"],
            Self::GluteItbLat => &[
                "glute",
                "glutes",
                "gluteus",
                "buttock",
                "hip",
                "hips",
                "itb",
                "it_band",
                "iliotibial_band",
                "tfl",
                "piriformis",
            ],
            Self::HipFlexors => &["hip_flexor", "psoas", "iliopsoas"],
            Self::Adductors => &["adductor", "groin", "inner_thigh"],
            Self::LowBack => &["back", "lower_back", "lumbar", "erectors"],
        }
    }
}
