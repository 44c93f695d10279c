//! Red flags: no massage, and a clinician first (science 7.6). No number of the load softens them.

use super::r08_recurring::is_same;
use super::{About, Rule, cap};
use crate::massage::ceiling::Cap;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::calendar::days_between;
use crate::model::{Day, Depth, DiaryEntry, DiaryKind, MassageHad};

/// The rule.
pub(super) struct RedFlags;

static ABOUT: About = About {
    id: "7.6",
    says: "some signs need a clinician before massage or running",
    does: "pain of 5 of 10, pain at one site for more than ten days, or tightness unchanged after three massages, as the diary has them, stop all hands-on work",
    grade: Grade::Convention,
    tunables: &[],
};

/// Pain of this much of 10 is a red flag.
const PAIN: f64 = 5.0;
/// Days for which one note of pain holds unless the site is noted lower.
const PAIN_DAYS: i64 = 7;
/// Pain of this much counts towards pain that lasts (heuristic).
const LASTING_PAIN: f64 = 3.0;
/// Pain over more days than this lasts.
const LASTING_DAYS: i64 = 10;
/// Massages that should change tightness.
const MASSAGES: usize = 3;
/// Tightness of this much counts towards one that does not change (heuristic).
const TIGHT: f64 = 3.0;
/// Days of diary that are read: three massages lie in them.
const REACH_DAYS: i64 = 120;
/// Days before the first and after the last massage in which tightness is compared.
const AROUND_DAYS: i64 = 14;

impl Rule for RedFlags {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn caps(&self, view: &View<'_>) -> Vec<Cap> {
        red_flag(view).into_iter().collect()
    }
}

/// The red flag that holds on a day. One that is open on the last day on record stays open.
pub(super) fn red_flag(view: &View<'_>) -> Option<Cap> {
    let today = view.last_known();
    let diary: Vec<&DiaryEntry> = view.diary(REACH_DAYS).iter().filter(|entry| entry.date <= today).collect();
    pain(&diary, today)
        .or_else(|| lasting_pain(&diary, today))
        .or_else(|| unchanged(&diary, view.massages(), today))
}

fn stop(date: Day, what: &str) -> Cap {
    cap(&ABOUT, Depth::None, date, format!("{what}: see a clinician before massage or running"))
}

fn of_kind<'a>(diary: &[&'a DiaryEntry], kind: DiaryKind) -> Vec<&'a DiaryEntry> {
    diary.iter().filter(|entry| entry.kind == kind).copied().collect()
}

/// Pain of 5 or more in the last 7 days that no later note of the site has taken back.
fn pain(diary: &[&DiaryEntry], today: Day) -> Option<Cap> {
    let noted = of_kind(diary, DiaryKind::Pain);
    let settled = |entry: &DiaryEntry| {
        noted.iter().any(|later| later.date > entry.date && later.value < PAIN && is_same(later, entry))
    };
    let flag = noted.iter().find(|entry| {
        entry.value >= PAIN && days_between(entry.date, today) <= PAIN_DAYS && !settled(entry)
    })?;
    Some(stop(flag.date, &format!("pain {:.0} of 10 noted on {}", flag.value, flag.date)))
}

/// Pain at one site for more than ten days, noted within the last seven.
fn lasting_pain(diary: &[&DiaryEntry], today: Day) -> Option<Cap> {
    let noted = of_kind(diary, DiaryKind::Pain);
    let last = noted.iter().rev().find(|entry| days_between(entry.date, today) <= PAIN_DAYS)?;
    let at_site: Vec<&&DiaryEntry> = noted.iter().filter(|entry| is_same(entry, last)).collect();
    let since = at_site.iter().rposition(|entry| entry.value < LASTING_PAIN).map_or(0, |at| at + 1);
    let first = at_site.get(since)?;
    let days = days_between(first.date, last.date);
    let site = last.site_words();
    (days > LASTING_DAYS).then(|| stop(first.date, &format!("pain at one site ({site}) for {days} days")))
}

/// Tightness at one site that is no lower after the last three massages than before them.
fn unchanged(diary: &[&DiaryEntry], massages: &[MassageHad], today: Day) -> Option<Cap> {
    let three = massages.len().checked_sub(MASSAGES).map(|from| &massages[from..])?;
    let (first, last) = (three[0].date, three[MASSAGES - 1].date);
    let noted = of_kind(diary, DiaryKind::Tightness);
    let now = noted.iter().rev().find(|entry| {
        entry.value >= TIGHT && entry.date > last && days_between(last, entry.date) <= AROUND_DAYS
    })?;
    let before = noted.iter().rev().find(|entry| {
        entry.date < first && days_between(entry.date, first) <= AROUND_DAYS && is_same(entry, now)
    })?;
    let is_last_word = !noted.iter().any(|later| later.date > now.date && is_same(later, now));
    let is_recent = days_between(now.date, today) <= AROUND_DAYS;
    (is_last_word && is_recent && before.value >= TIGHT && now.value >= before.value).then(|| {
        stop(now.date, &format!("tightness unchanged after {MASSAGES} massages ({})", now.site_words()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{Story, had, noted};

    const NOT: [u32; 0] = [];

    fn stopped(diary: &[DiaryEntry], massages: &[MassageHad]) -> Vec<u32> {
        let mut story = Story::new("2025-03-01", 31);
        story.diary = diary.to_vec();
        story.massages = massages.to_vec();
        let none = story.ceilings().into_iter().filter(|(_, depth)| *depth == Depth::None);
        none.map(|(date, _)| date).collect()
    }

    fn pain(date: u32, value: f64) -> DiaryEntry {
        noted(&format!("2025-03-{date:02}"), DiaryKind::Pain, "shin", value)
    }

    #[test]
    fn pain_overrides_everything_until_it_is_noted_lower() {
        assert_eq!(stopped(&[pain(5, 6.0), pain(9, 2.0)], &[]), [5, 6, 7, 8]);
        assert_eq!(stopped(&[pain(5, 5.0)], &[]), [5, 6, 7, 8, 9, 10, 11, 12]);
        assert_eq!(stopped(&[pain(5, 4.9)], &[]), NOT);
        // Better elsewhere is not better here.
        let calf = noted("2025-03-06", DiaryKind::Pain, "calf", 1.0);
        assert_eq!(stopped(&[pain(5, 5.0), calf], &[]).len(), 8);
    }

    #[test]
    fn pain_that_lasts_is_a_red_flag_however_small() {
        assert_eq!(stopped(&[pain(2, 3.0), pain(8, 3.0), pain(13, 3.0)], &[])[0], 13);
        assert_eq!(stopped(&[pain(2, 3.0), pain(8, 3.0), pain(12, 3.0)], &[]), NOT);
        assert_eq!(stopped(&[pain(2, 3.0), pain(8, 2.0), pain(13, 3.0)], &[]), NOT);
    }

    #[test]
    fn tightness_that_three_massages_do_not_change_needs_another_look() {
        let tight =
            |date: u32, value: f64| noted(&format!("2025-03-{date:02}"), DiaryKind::Tightness, "hip", value);
        let massages = ["2025-03-04", "2025-03-11", "2025-03-18"].map(|date| had(date, Depth::Light, None));
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 4.0)], &massages)[0], 20);
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 3.0)], &massages), NOT);
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 4.0)], &massages[..2]), NOT);
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 4.0), tight(22, 1.0)], &massages), [20, 21]);
    }
}
