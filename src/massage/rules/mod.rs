//! The rules by which massage is timed (science 7.3 and 7.4): each one file with its id, values, grade and effect.
//!
//! Input of a rule is a [`View`], a day with all that is known of it; output are caps on the depth, needs, factors on the
//! interval, windows and notes. Invariant: a rule reads nothing that was not known. A new rule is a new file and a line in
//! [`ALL`].

mod r01_interval;
mod r02_modifiers;
mod r03_after_long;
mod r04_after_hard;
mod r05_peak;
mod r06_build;
mod r07_speed;
mod r08_recurring;
mod r09_before_race;
mod r10_after_race;
mod r11_key_session;
mod r12_booking_signs;
mod r13_overdue;
mod r14_soreness_alone;
mod r15_self_care;
mod r16_reassess;
mod r17_focus;
mod r18_soreness_after;
mod r19_it_band;
mod r20_tissue_notes;
mod r21_beside_massage;
mod r22_reasons;
mod red_flags;
mod tissues;
mod values;

pub(super) use r01_interval::{class, interval_key};
pub use r01_interval::{class_by_history, class_words};
pub(super) use r09_before_race::REACH_DAYS as RACE_REACH_DAYS;
pub use r11_key_session::is_accustomed_by;
pub(super) use r13_overdue::due_reason;
pub(super) use r17_focus::work_on;
pub(super) use r22_reasons::nothing_caps;
pub use values::{Tunable, Values, tunables};

use super::before::Before;
use super::ceiling::Cap;
use super::need::Trigger;
use super::view::View;
use super::window::{Grade, Reason, Window, WorkOn};
use crate::model::calendar::days_in_words as days;
use crate::model::{Day, Depth, Race};

/// What a rule is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About {
    /// Its id in reasons and limits, such as `R3`.
    pub id: &'static str,
    /// What practitioners or trials say.
    pub says: &'static str,
    /// What is made of it here.
    pub does: &'static str,
    /// How sure it is.
    pub grade: Grade,
    /// Values of it that the config may set.
    pub tunables: &'static [Tunable],
}

/// A factor on the days between sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Modifier {
    /// Key of the factor.
    pub key: &'static str,
    /// Why, in words.
    pub because: String,
}

/// One rule. Each has an effect of its own kind; those it does not have stay as they are here.
pub trait Rule: Sync {
    /// What it is.
    fn about(&self) -> &'static About;

    /// What it allows at most on a day, whatever sessions there were.
    fn caps(&self, _: &View<'_>) -> Vec<Cap> {
        Vec::new()
    }

    /// What it allows at most after the sessions before a day.
    fn caps_after(&self, _: &View<'_>, _: &Before) -> Vec<Cap> {
        Vec::new()
    }

    /// What it adds to the need of a day.
    fn triggers(&self, _: &View<'_>) -> Vec<Trigger> {
        Vec::new()
    }

    /// What shortens or lengthens the interval.
    fn modifiers(&self, _: &View<'_>) -> Vec<Modifier> {
        Vec::new()
    }

    /// Windows around a race that compete with nothing.
    fn windows(&self, _: &Race, _: &Values, _as_of: Day) -> Vec<Window> {
        Vec::new()
    }

    /// What goes without saying to nobody: notes to a session of a depth on some tissues.
    fn notes(&self, _: &View<'_>, _: Depth, _: &[WorkOn]) -> Vec<Reason> {
        Vec::new()
    }

    /// What is worth saying on a day, session or not.
    fn advice(&self, _: &View<'_>) -> Vec<Reason> {
        Vec::new()
    }
}

/// Every rule, in the order in which reasons are told.
pub static ALL: [&dyn Rule; 24] = [
    &red_flags::RedFlags,
    &r01_interval::Interval,
    &r02_modifiers::Modifiers,
    &r13_overdue::Overdue,
    &r03_after_long::AfterLong,
    &r04_after_hard::AfterHard,
    &r05_peak::Peak,
    &r06_build::Build,
    &r07_speed::Speed,
    &r08_recurring::Recurring,
    &r12_booking_signs::BookingSigns,
    &tissues::TissueLoad,
    &r09_before_race::BeforeRace,
    &r10_after_race::AfterRace,
    &r11_key_session::KeySession,
    &r18_soreness_after::SorenessAfter,
    &r14_soreness_alone::SorenessAlone,
    &r16_reassess::Reassess,
    &r17_focus::Focus,
    &r19_it_band::ItBand,
    &r20_tissue_notes::TissueNotes,
    &r15_self_care::SelfCare,
    &r21_beside_massage::BesideMassage,
    &r22_reasons::Reasons,
];

/// What is worth saying on a day. A red flag is the only word on the day that has one.
#[must_use]
pub fn advice(view: &View<'_>) -> Vec<Reason> {
    if red_flags::red_flag(view).is_some() {
        return Vec::new();
    }
    ALL.iter().flat_map(|rule| rule.advice(view)).collect()
}

/// A reason of a rule with its own grade.
fn reason(about: &About, text: impl Into<String>, value: Option<f64>) -> Reason {
    Reason { rule: about.id, text: text.into(), value, grade: about.grade, adds: 0.0 }
}

/// A cap of a rule.
fn cap(about: &About, depth: Depth, date: Day, text: impl Into<String>) -> Cap {
    (depth, super::window::Limit { rule: about.id, text: text.into(), date })
}

/// How long before a day something was, in words.
fn before(ago: i64) -> String {
    match ago {
        0 => "on the day".to_owned(),
        1 => "the day before".to_owned(),
        _ => format!("{ago} days before"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_rule_is_told_once_and_each_value_has_a_sound_default() {
        let ids: BTreeSet<&str> = ALL.iter().map(|rule| rule.about().id).collect();
        assert_eq!(ids.len(), ALL.len());
        for n in 1..=22 {
            assert!(ids.contains(format!("R{n}").as_str()), "R{n}");
        }
        let keys: BTreeSet<&str> = tunables().map(|one| one.key).collect();
        assert_eq!(keys.len(), tunables().count());
        for one in tunables() {
            assert!(one.min < one.max && (one.min..=one.max).contains(&one.default), "{}", one.key);
        }
    }
}
