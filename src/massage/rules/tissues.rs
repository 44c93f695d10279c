//! The load of tissues (science 5.3 and 7.5).

use super::{About, Rule, reason};
use crate::massage::need::Trigger;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::Tissue;
use crate::tissue::LIKE_OTHERS;
use crate::tissue::relative::{MAX_FOCUS, Reading, TissueFlag};

/// The rule.
pub(super) struct TissueLoad;

static ABOUT: About = About {
    id: "5.3",
    says: "work goes where the load was",
    does: "a tissue whose week is high against its own six weeks before adds to the need, an elevated one less",
    grade: Grade::H,
    tunables: &[],
};

/// What a tissue that is high adds to the need (heuristic).
const HIGH: f64 = 0.3;
/// What one that is elevated adds (heuristic).
const ELEVATED: f64 = 0.15;
/// A session answers the load of the week before it.
const WEEK_DAYS: i64 = 7;

impl Rule for TissueLoad {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn triggers(&self, view: &View<'_>) -> Vec<Trigger> {
        let Some(day) = view.tissues() else { return Vec::new() };
        let loaded = day.focus.iter().filter(|one| one.reading.flag >= Some(TissueFlag::Elevated));
        // Of those equally loaded the first: they come in the order in which to look at them.
        let first =
            loaded.reduce(|first, one| if one.reading.flag > first.reading.flag { one } else { first });
        let Some(first) = first else { return Vec::new() };
        let adds = if first.reading.flag == Some(TissueFlag::High) { HIGH } else { ELEVATED };
        let which = if first.reading.stands_out() {
            let flag = first.reading.flag.map_or("", TissueFlag::name);
            format!("{} {flag}", first.reading.tissue.words())
        } else {
            loaded_words(&day.readings).unwrap_or_default()
        };
        // How many rose alike is said once.
        let why = first.why.strip_suffix(LIKE_OTHERS).unwrap_or(&first.why);
        let text = format!("{which}: {why}");
        vec![Trigger::from_days(reason(&ABOUT, text, Some(first.reading.change.z)), adds, WEEK_DAYS)]
    }
}

/// How many tissues are elevated or high and, where they are few, which; `None` where none is.
pub(super) fn loaded_words(readings: &[Reading]) -> Option<String> {
    let loaded: Vec<&Reading> =
        readings.iter().filter(|one| one.flag >= Some(TissueFlag::Elevated)).collect();
    let is_high = loaded.iter().any(|one| one.flag == Some(TissueFlag::High));
    let flag = if is_high { "elevated or high" } else { "elevated" };
    match (loaded.len(), Tissue::ALL.len()) {
        (0, _) => None,
        (n, all) if n == all => Some(format!("every tissue {flag}")),
        (n, all) if n <= MAX_FOCUS => {
            let names: Vec<&str> = loaded.iter().map(|one| one.tissue.words()).collect();
            Some(format!("{n} of {all} tissues {flag} ({})", names.join(", ")))
        }
        (n, all) => Some(format!("{n} of {all} tissues {flag}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, reading};

    #[test]
    fn every_is_said_of_all_tissues_and_of_no_fewer() {
        let elevated = |n: usize| -> Vec<Reading> {
            let flag = |at: usize| (at < n).then_some(TissueFlag::Elevated);
            Tissue::ALL.into_iter().enumerate().map(|(at, tissue)| reading(tissue, flag(at))).collect()
        };
        let words = |n: usize| loaded_words(&elevated(n));
        assert_eq!(words(0), None);
        assert!(words(2).unwrap().starts_with("2 of 9 tissues elevated ("));
        assert_eq!(words(6).unwrap(), "6 of 9 tissues elevated");
        assert_eq!(words(9).unwrap(), "every tissue elevated");
    }

    #[test]
    fn a_loaded_tissue_adds_to_the_need_once_a_week() {
        let with = |flag: Option<TissueFlag>, since: Option<i64>| {
            let mut story = Story::new("2025-03-01", 10);
            story.readings(&[reading(Tissue::QuadPf, flag)]);
            story.added("5.3", "2025-03-10", since)
        };
        assert_eq!((with(Some(TissueFlag::High), None), with(Some(TissueFlag::Elevated), None)), (0.3, 0.15));
        assert_eq!((with(Some(TissueFlag::Emphasis), None), with(None, None)), (0.0, 0.0));
        assert_eq!(
            (with(Some(TissueFlag::High), Some(6)), with(Some(TissueFlag::High), Some(7))),
            (0.0, 0.3)
        );
    }
}
