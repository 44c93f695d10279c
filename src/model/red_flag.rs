//! What must be seen by a clinician before any massage (science 7.6).
//!
//! One table: the word for the diary, the other words that people write, the sentence for a reader, and how soon. Nothing
//! here says what is wrong, and no load number ever lowers one of these.

use serde::{Deserialize, Serialize};

/// How soon somebody must look at it. The order is that of haste.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// A condition: massage may be right once a clinician was asked.
    Ask,
    /// See a clinician before massage or running.
    Clinician,
    /// See a doctor today.
    Urgent,
    /// Call an ambulance.
    Emergency,
}

impl Urgency {
    /// What to do, in words for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Ask => "ask a clinician before massage",
            Self::Clinician => "see a clinician before massage or running",
            Self::Urgent => "see a doctor today",
            Self::Emergency => "emergency: call for help now",
        }
    }
}

/// A sign or a condition under which nobody lays hands on a runner before a clinician has been asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedFlag {
    /// Pain at one spot of a bone.
    BonePain,
    /// Pain at night or at rest.
    NightPain,
    /// Pain that changes the gait.
    Gait,
    /// A sudden pop, bruising or deformity.
    Pop,
    /// A swollen, warm or red calf.
    CalfSwelling,
    /// Chest pain, breathlessness, fainting.
    ChestPain,
    /// Numbness, weakness, bladder or bowel change.
    Numbness,
    /// Fever or feeling ill.
    Fever,
    /// Dark urine after hard effort.
    DarkUrine,
    /// A joint that swells or locks.
    JointSwelling,
    /// Weight loss or missed periods with bone pain.
    WeightLoss,
    /// Pain that has limited running for over a week.
    LastingPain,
    /// Tightness that three massages did not change.
    LastingTightness,
    /// An injury of the last three days.
    AcuteInjury,
    /// An open wound or an infection of the skin.
    Wound,
    /// A fracture, known or suspected.
    Fracture,
    /// A clot, blood thinners, a bleeding disorder.
    Clot,
    /// Severe varicose veins.
    VaricoseVeins,
    /// Treatment for cancer.
    Cancer,
    /// High blood pressure that is not under control, or heart failure.
    Heart,
    /// Loss of sensation.
    Neuropathy,
    /// Pregnancy.
    Pregnancy,
    /// A recent operation or injection.
    Surgery,
    /// An illness that others can catch.
    Contagious,
    /// Something that the runner calls a red flag in words that are not known here.
    Other,
}

/// One row of the table.
struct Row {
    flag: RedFlag,
    word: &'static str,
    also: &'static [&'static str],
    sentence: &'static str,
    urgency: Urgency,
}

const fn row(
    flag: RedFlag,
    word: &'static str,
    also: &'static [&'static str],
    urgency: Urgency,
    sentence: &'static str,
) -> Row {
    Row { flag, word, also, sentence, urgency }
}

/// What people write where earlier red flags are over, as [`key`] has it.
const CLEARED: [&str; 36] = [
    "cleared",
    "clear",
    "all_clear",
    "resolved",
    "over",
    "gone",
    "healed",
    "recovered",
    "no_more",
    "seen_by_doctor",
    "seen_by_a_doctor",
    "seen_by_clinician",
    "seen_by_a_clinician",
    "doctor_ok",
    "cleared_by_doctor",
    "geklärt",
    "geklaert",
    "abgeklärt",
    "abgeklaert",
    "erledigt",
    "vorbei",
    "arzt_ok",
    "réglé",
    "regle",
    "guéri",
    "gueri",
    "vu_par_le_médecin",
    "resuelto",
    "curado",
    "visto_por_el_médico",
    "risolto",
    "guarito",
    "visto_dal_medico",
    "opgelost",
    "genezen",
    "gezien_door_arts",
];

/// From here on: nothing need be wrong, but ask before anybody lays hands on (science 7.6, second list).
const FIRST_TO_ASK: RedFlag = RedFlag::AcuteInjury;

use RedFlag as R;
use Urgency::{Ask, Clinician, Emergency, Urgent};

const ROWS: [Row; 25] = [
    row(
        R::BonePain,
        "bone_pain",
        &["focal_bone_pain", "stress_fracture", "hop_pain", "pain_on_hopping", "spot"],
        Clinician,
        "pain at one spot of a bone or on hopping",
    ),
    row(
        R::NightPain,
        "night_pain",
        &["rest_pain", "pain_at_night", "pain_at_rest", "night"],
        Clinician,
        "pain at night or at rest",
    ),
    row(
        R::Gait,
        "gait",
        &["limp", "limping", "worsening", "worse_while_running", "gait_change"],
        Clinician,
        "pain that changes the gait or grows through a run",
    ),
    row(
        R::Pop,
        "pop",
        &["snap", "tear", "bruising", "bruise", "deformity", "sudden_pop"],
        Clinician,
        "a sudden pop, bruise or deformity",
    ),
    row(
        R::CalfSwelling,
        "calf_swelling",
        &["swollen_calf", "dvt", "thrombosis", "calf_redness", "calf_warmth", "red_calf", "warm_calf"],
        Urgent,
        "signs of a possible clot in the calf (swollen, warm, red or painful at rest)",
    ),
    row(
        R::ChestPain,
        "chest_pain",
        &["breathless", "breathlessness", "fainting", "faint", "collapse", "chest"],
        Emergency,
        "chest pain, breathlessness or fainting",
    ),
    row(
        R::Numbness,
        "numbness",
        &["numb", "weakness", "saddle", "saddle_numbness", "bladder", "bowel"],
        Emergency,
        "numbness, weakness or a change of bladder or bowel",
    ),
    row(
        R::Fever,
        "fever",
        &["ill", "illness", "sick", "flu", "feeling_ill"],
        Clinician,
        "fever or feeling ill",
    ),
    row(
        R::DarkUrine,
        "dark_urine",
        &["brown_urine", "cola_urine", "rhabdo", "rhabdomyolysis"],
        Urgent,
        "dark urine with severe muscle pain or swelling (possible muscle breakdown)",
    ),
    row(
        R::JointSwelling,
        "joint_swelling",
        &["swollen_joint", "locking", "joint_locking", "swollen_knee", "locked_knee"],
        Clinician,
        "a joint that swells or locks",
    ),
    row(
        R::WeightLoss,
        "weight_loss",
        &["missed_periods", "missed_period", "amenorrhea", "red_s", "reds"],
        Clinician,
        "weight loss or missed periods with bone pain",
    ),
    row(
        R::LastingPain,
        "lasting_pain",
        &["long_pain", "chronic_pain", "pain_over_a_week"],
        Clinician,
        "pain that has limited running for more than a week",
    ),
    row(
        R::LastingTightness,
        "lasting_tightness",
        &["stubborn_tightness", "no_change"],
        Clinician,
        "tightness that three massages have not changed",
    ),
    row(
        R::AcuteInjury,
        "acute_injury",
        &["injury", "fresh_injury", "sprain", "strain"],
        Clinician,
        "an injury of the last three days",
    ),
    row(
        R::Wound,
        "wound",
        &["open_wound", "skin_infection", "infection", "rash"],
        Ask,
        "an open wound or an infection of the skin",
    ),
    row(R::Fracture, "fracture", &["broken_bone", "break"], Clinician, "a known or suspected fracture"),
    row(
        R::Clot,
        "clot",
        &["blood_clot", "anticoagulants", "blood_thinners", "bleeding_disorder", "bleeding"],
        Ask,
        "a clot, blood thinners or a bleeding disorder",
    ),
    row(R::VaricoseVeins, "varicose_veins", &["varicose", "veins"], Ask, "severe varicose veins"),
    row(R::Cancer, "cancer", &["chemotherapy", "chemo", "cancer_treatment"], Ask, "treatment for cancer"),
    row(
        R::Heart,
        "heart",
        &["hypertension", "high_blood_pressure", "heart_failure"],
        Ask,
        "uncontrolled high blood pressure or heart failure",
    ),
    row(R::Neuropathy, "neuropathy", &["loss_of_sensation"], Ask, "loss of sensation"),
    row(R::Pregnancy, "pregnancy", &["pregnant"], Ask, "pregnancy (massage by a specialist only)"),
    row(
        R::Surgery,
        "surgery",
        &["operation", "injection", "recent_surgery"],
        Ask,
        "a recent operation or injection in the area",
    ),
    row(
        R::Contagious,
        "contagious",
        &["covid", "contagious_illness"],
        Ask,
        "an illness that others can catch",
    ),
    row(
        R::Other,
        "other",
        &["yes", "y", "true", "1", "x"],
        Clinician,
        "a sign that the diary calls a red flag",
    ),
];

impl RedFlag {
    /// All of them, by the order of the table in science 7.6.
    pub const ALL: [Self; ROWS.len()] = {
        let mut all = [Self::Other; ROWS.len()];
        let mut at = 0;
        while at < ROWS.len() {
            all[at] = ROWS[at].flag;
            at += 1;
        }
        all
    };

    fn row(self) -> &'static Row {
        // The table is in the order of the enum, which a test holds.
        &ROWS[self as usize]
    }

    /// The word for the diary.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().word
    }

    /// What it is, in words for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.row().sentence
    }

    /// How soon somebody must look at it.
    #[must_use]
    pub fn urgency(self) -> Urgency {
        self.row().urgency
    }

    /// A condition with which massage may be right once a clinician was asked, rather than a sign of something wrong.
    #[must_use]
    pub fn asks_first(self) -> bool {
        self >= FIRST_TO_ASK && self != Self::Other
    }

    /// The red flag of a word as people write it, in any case and with spaces or hyphens; `None` for a word that is not
    /// known, which still is a red flag: [`RedFlag::Other`].
    ///
    /// ```
    /// use legwork::model::red_flag::RedFlag;
    /// assert_eq!(RedFlag::of_word("Night pain"), Some(RedFlag::NightPain));
    /// assert_eq!(RedFlag::of_word("hiccups"), None);
    /// ```
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let word = key(word);
        let is_it = |row: &&Row| row.word == word || row.also.contains(&word.as_str());
        ROWS.iter().find(is_it).map(|row| row.flag)
    }
}

/// A word in lower case, with `_` for spaces and hyphens.
fn key(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Does a word of the diary take back the red flags noted before?
///
/// ```
/// use legwork::model::red_flag::is_cleared;
/// assert!(is_cleared("cleared") && is_cleared("Seen by doctor"));
/// assert!(!is_cleared("not cleared"));
/// ```
#[must_use]
pub fn is_cleared(word: &str) -> bool {
    CLEARED.contains(&key(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum_and_no_word_means_two_things() {
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.flag as usize, at, "{}", row.word);
            assert_eq!(row.flag.words(), row.sentence);
            for word in row.also.iter().chain([&row.word]) {
                assert_eq!(RedFlag::of_word(word), Some(row.flag), "{word}");
                assert!(!is_cleared(word), "{word}");
            }
        }
    }

    #[test]
    fn haste_is_that_of_the_list() {
        assert_eq!(RedFlag::ChestPain.urgency(), Urgency::Emergency);
        assert_eq!(RedFlag::Numbness.urgency(), Urgency::Emergency);
        assert_eq!(RedFlag::CalfSwelling.urgency(), Urgency::Urgent);
        assert_eq!(RedFlag::DarkUrine.urgency(), Urgency::Urgent);
        assert_eq!(RedFlag::Other.urgency(), Urgency::Clinician);
        // A condition keeps nobody from running, an injury does.
        assert_eq!(
            (RedFlag::Pregnancy.urgency(), RedFlag::Fracture.urgency()),
            (Urgency::Ask, Urgency::Clinician)
        );
        assert!(!Urgency::Ask.words().contains("running") && Urgency::Clinician > Urgency::Ask);
        assert!(Urgency::Emergency > Urgency::Urgent && Urgency::Urgent > Urgency::Clinician);
        assert!(
            RedFlag::Pregnancy.asks_first() && !RedFlag::Fever.asks_first() && !RedFlag::Other.asks_first()
        );
    }

    #[test]
    fn each_sentence_goes_on_with_the_day_of_its_note() {
        for flag in RedFlag::ALL {
            let words = flag.words();
            // "… (noted on 5 May)": a noun, without a clause or a colon at its end.
            assert!(
                ![": ", " which ", "noted", "something"].iter().any(|part| words.contains(part)),
                "{words}"
            );
            let last = words.split(", ").last().unwrap_or_default();
            assert!(!words.contains(", ") || last.contains(" or "), "{words}");
        }
    }
}
