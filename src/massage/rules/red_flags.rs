//! Red flags: no massage, and a clinician first (science 7.6). No number of the load softens them.

use super::r08_recurring::is_same;
use super::{About, Rule, cap};
use crate::massage::ceiling::Cap;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::calendar::days_between;
use crate::model::{Day, Depth, DiaryEntry, DiaryKind, MassageHad, RedFlag};

/// The rule.
pub(super) struct RedFlags;

static ABOUT: About = About {
    id: "7.6",
    says: "some signs need a clinician before massage or running",
    does: "a red flag of the diary, pain of 5 of 10, pain at one site for more than ten days, or tightness unchanged after three massages, as the diary has them, stop all hands-on work",
    grade: Grade::Convention,
    tunables: &[],
};

/// Days for which a sign that was noted holds (heuristic): it is noted again, or it is over. A condition under which
/// somebody must be asked first holds until it is taken back.
const SIGN_DAYS: i64 = 14;
/// Pain of this much of 10 is a red flag.
const PAIN: f64 = 5.0;
/// A later note of no more than this says that pain has settled (heuristic).
const SETTLED: f64 = 2.0;
/// Notes of pain so many days apart are of one stretch, and the last of one that goes on is no older.
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
const REACH_DAYS: i64 = 400;
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
    let diary: Vec<&DiaryEntry> = view.diary_on_record(REACH_DAYS).iter().collect();
    noted(&diary, today)
        .or_else(|| pain(&diary, today))
        .or_else(|| lasting_pain(&diary, today))
        .or_else(|| unchanged(&diary, view.massages(), today))
}

fn stop(date: Day, what: &str) -> Cap {
    cap(&ABOUT, Depth::None, date, format!("{what}: see a clinician before massage or running"))
}

fn of_kind<'a>(diary: &[&'a DiaryEntry], kind: DiaryKind) -> Vec<&'a DiaryEntry> {
    diary.iter().filter(|entry| entry.kind == kind).copied().collect()
}

/// The most urgent sign or condition that the diary names.
fn noted(diary: &[&DiaryEntry], today: Day) -> Option<Cap> {
    let flag = |entry: &&DiaryEntry| match entry.kind {
        DiaryKind::RedFlag(flag) => Some((flag, entry.date)),
        _ => None,
    };
    let cleared = diary.iter().filter(|entry| entry.kind == DiaryKind::Cleared).map(|entry| entry.date).max();
    let holds = |(flag, date): &(RedFlag, Day)| {
        let is_over = !flag.asks_first() && days_between(*date, today) >= SIGN_DAYS;
        !is_over && cleared.is_none_or(|cleared| cleared < *date)
    };
    let (flag, date) =
        diary.iter().filter_map(flag).filter(holds).max_by_key(|(flag, date)| (flag.urgency(), *date))?;
    Some(cap(
        &ABOUT,
        Depth::None,
        date,
        format!("{} (noted on {date}): {}", flag.words(), flag.urgency().words()),
    ))
}

/// Pain of 5 or more that was noted within two weeks and has not settled: a later note of the site of 2 or less, or two
/// later notes below 5. Silence settles nothing.
fn pain(diary: &[&DiaryEntry], today: Day) -> Option<Cap> {
    let noted = of_kind(diary, DiaryKind::Pain);
    let settled = |entry: &DiaryEntry| {
        let later: Vec<&&DiaryEntry> = noted
            .iter()
            .filter(|later| later.date > entry.date && later.value < PAIN && is_same(later, entry))
            .collect();
        later.len() >= 2 || later.iter().any(|later| later.value <= SETTLED)
    };
    let flag = noted.iter().rev().find(|entry| {
        entry.value >= PAIN && days_between(entry.date, today) < SIGN_DAYS && !settled(entry)
    })?;
    Some(stop(flag.date, &format!("pain {:.0} of 10 noted on {}", flag.value, flag.date)))
}

/// Pain at one site for more than ten days, noted at least once a week and within the last seven days.
fn lasting_pain(diary: &[&DiaryEntry], today: Day) -> Option<Cap> {
    let noted = of_kind(diary, DiaryKind::Pain);
    let recent = noted.iter().filter(|entry| days_between(entry.date, today) <= PAIN_DAYS);
    recent.rev().find_map(|last| {
        let mut first = last.date;
        for entry in noted.iter().rev().filter(|entry| entry.date <= last.date && is_same(entry, last)) {
            if entry.value < LASTING_PAIN || days_between(entry.date, first) > PAIN_DAYS {
                break;
            }
            first = entry.date;
        }
        let is_over = noted
            .iter()
            .any(|later| later.date > last.date && later.value < LASTING_PAIN && is_same(later, last));
        let days = days_between(first, last.date);
        let site = last.site_words();
        (days > LASTING_DAYS && !is_over)
            .then(|| stop(first, &format!("pain at one site ({site}) for {days} days")))
    })
}

/// Tightness at one site that is no lower after the last three massages than before them.
fn unchanged(diary: &[&DiaryEntry], massages: &[MassageHad], today: Day) -> Option<Cap> {
    let three = massages.len().checked_sub(MASSAGES).map(|from| &massages[from..])?;
    let (first, last) = (three[0].date, three[MASSAGES - 1].date);
    let noted = of_kind(diary, DiaryKind::Tightness);
    let after = noted.iter().rev().filter(|entry| {
        let is_soon = entry.date > last && days_between(last, entry.date) <= AROUND_DAYS;
        entry.value >= TIGHT && is_soon && days_between(entry.date, today) <= AROUND_DAYS
    });
    after.into_iter().find_map(|now| {
        let before = noted.iter().rev().find(|entry| {
            entry.date < first && days_between(entry.date, first) <= AROUND_DAYS && is_same(entry, now)
        })?;
        let is_last_word = !noted.iter().any(|later| later.date > now.date && is_same(later, now));
        (is_last_word && before.value >= TIGHT && now.value >= before.value).then(|| {
            stop(now.date, &format!("tightness unchanged after {MASSAGES} massages ({})", now.site_words()))
        })
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
        assert_eq!(stopped(&[pain(5, 5.0)], &[]), (5..=18).collect::<Vec<u32>>());
        assert_eq!(stopped(&[pain(5, 9.0), pain(6, 4.0)], &[]).len(), 14, "a little less is not over");
        assert_eq!(stopped(&[pain(5, 9.0), pain(6, 4.0), pain(8, 4.0)], &[]), [5, 6, 7]);
        assert_eq!(stopped(&[pain(5, 4.9)], &[]), NOT);
        // Better elsewhere is not better here.
        let calf = noted("2025-03-06", DiaryKind::Pain, "calf", 1.0);
        assert_eq!(stopped(&[pain(5, 5.0), calf], &[]).len(), 14);
    }

    #[test]
    fn a_red_flag_of_the_diary_stops_all_work_for_two_weeks() {
        let flag = noted("2025-03-05", DiaryKind::RedFlag(RedFlag::CalfSwelling), "", 0.0);
        let condition = noted("2025-03-05", DiaryKind::RedFlag(RedFlag::Surgery), "", 0.0);
        assert_eq!(stopped(&[flag], &[]), (5..=18).collect::<Vec<u32>>());
        assert_eq!(stopped(std::slice::from_ref(&condition), &[]), (5..=31).collect::<Vec<u32>>());
        let cleared = noted("2025-03-09", DiaryKind::Cleared, "", 0.0);
        assert_eq!(stopped(&[condition, cleared.clone()], &[]), [5, 6, 7, 8]);
        let later = noted("2025-03-10", DiaryKind::RedFlag(RedFlag::Fever), "", 0.0);
        assert_eq!(stopped(&[cleared, later], &[])[0], 10);
    }

    #[test]
    fn pain_that_lasts_is_a_red_flag_however_small() {
        assert_eq!(stopped(&[pain(2, 3.0), pain(8, 3.0), pain(13, 3.0)], &[])[0], 13);
        assert_eq!(stopped(&[pain(2, 3.0), pain(8, 3.0), pain(12, 3.0)], &[]), NOT);
        assert_eq!(stopped(&[pain(2, 3.0), pain(8, 2.0), pain(13, 3.0)], &[]), NOT);
        assert_eq!(stopped(&[pain(2, 3.0), pain(13, 3.0)], &[]), NOT, "two notes are no stretch");
        // A newer note of another site takes nothing back.
        let quads = noted("2025-03-14", DiaryKind::Pain, "quads", 1.0);
        assert_eq!(stopped(&[pain(2, 3.0), pain(8, 3.0), pain(13, 3.0), quads], &[])[..2], [13, 14]);
    }

    #[test]
    fn tightness_that_three_massages_do_not_change_needs_another_look() {
        let tight =
            |date: u32, value: f64| noted(&format!("2025-03-{date:02}"), DiaryKind::Tightness, "hip", value);
        let massages = ["2025-03-04", "2025-03-11", "2025-03-18"].map(|date| had(date, Depth::Light, None));
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 4.0)], &massages)[0], 20);
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 3.0)], &massages), NOT);
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 4.0)], &massages[..2]), NOT);
        let calf = noted("2025-03-21", DiaryKind::Tightness, "calf", 4.0);
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 4.0), calf], &massages)[0], 20);
        assert_eq!(stopped(&[tight(2, 4.0), tight(20, 4.0), tight(22, 1.0)], &massages), [20, 21]);
    }
}
