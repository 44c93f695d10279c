//! R20: what to know of a tissue before laying hands on it.

use super::{About, Rule, reason};
use crate::massage::view::View;
use crate::massage::window::{Grade, Reason, WorkOn};
use crate::model::{Depth, Tissue};

/// The rule.
pub(super) struct TissueNotes;

static ABOUT: About = About {
    id: "R20",
    says: "calves and shins answer to speed, hills and many steps, hip flexors to sitting, hamstrings often to something else",
    does: "each tissue comes with what to look at first and what to leave alone",
    grade: Grade::Convention,
    tunables: &[],
};

/// Hours of sitting a day from which hip flexors are worth a look (practitioners' figure).
const SITTING_H: f64 = 6.0;

impl Rule for TissueNotes {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn notes(&self, view: &View<'_>, _: Depth, tissues: &[WorkOn]) -> Vec<Reason> {
        let said = tissues.iter().filter_map(|one| note(one.tissue)).map(|text| reason(&ABOUT, text, None));
        let sits = view.input().sits_hours.filter(|hours| *hours >= SITTING_H);
        let sitting = sits.map(|hours| {
            reason(
                &ABOUT,
                format!("{hours:.0} h of sitting a day: look at the hip flexors as well"),
                Some(hours),
            )
        });
        said.chain(sitting).collect()
    }
}

fn note(tissue: Tissue) -> Option<&'static str> {
    match tissue {
        Tissue::CalfAchilles => {
            Some("calf: gastrocnemius and soleus; nothing hard on a sore Achilles tendon")
        }
        Tissue::TibiaShin => Some("shin: the muscles beside the bone; never press a spot of bone that hurts"),
        Tissue::Hamstrings => {
            Some("hamstrings: assess glutes and hip first, they often answer to something else")
        }
        Tissue::LowBack => Some("low back: look at hip flexors and the front of the thigh first"),
        Tissue::QuadPf => Some("front of the thigh: muscle above the knee, not the kneecap"),
        Tissue::PlantarFoot | Tissue::GluteItbLat | Tissue::HipFlexors | Tissue::Adductors => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, work_on};

    #[test]
    fn r20_hamstrings_shins_and_sitting_have_their_notes() {
        let mut story = Story::new("2025-03-01", 5);
        let notes = |story: &Story, tissue| -> Vec<String> {
            let notes = story.last(|view| TissueNotes.notes(view, Depth::Deep, &[work_on(tissue)]));
            notes.into_iter().map(|note| note.text).collect()
        };
        assert!(notes(&story, Tissue::Hamstrings)[0].contains("glutes and hip first"));
        assert!(notes(&story, Tissue::TibiaShin)[0].contains("never press"));
        assert!(notes(&story, Tissue::Adductors).is_empty());
        story.sits_hours = Some(6.0);
        assert!(notes(&story, Tissue::Adductors)[0].contains("hip flexors"));
        story.sits_hours = Some(5.9);
        assert!(notes(&story, Tissue::Adductors).is_empty());
    }
}
