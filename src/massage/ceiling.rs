//! How deep work may go on a day: the minimum of all that caps it (science 7.3), each cause kept.

use super::outlook::Outlook;
use super::window::Limit;
use crate::config::Rules;
use crate::load::day::{DayRow, LoadFlag};
use crate::model::calendar::{days_between, minus};
use crate::model::{Day, Depth, DiaryEntry, DiaryKind, MassageHad};
use crate::signals::{self, Signal, SignalKind};

/// Pain of this much of 10 is a red flag (science 7.6).
pub const RED_FLAG_PAIN: f64 = 5.0;
/// Days for which a red flag holds unless the site is noted lower.
const RED_FLAG_DAYS: i64 = 7;
/// Deep sessions of the last 90 days without lasting soreness that make a runner accustomed.
const ACCUSTOMED_SESSIONS: usize = 2;
/// Soreness of more hours than this was too much.
const SORE_H: f64 = 48.0;

/// A run that measures like a marathon (science 8.2) asks for the days after one, on whatever day it was.
const MARATHON_LENGTH_M: f64 = 41_773.0;

/// How far before a race it can cap a day: the widest `race.deep_min`, and two days for those not accustomed.
pub const RACE_REACH_DAYS: usize = 12;

/// A cap with its cause.
pub type Cap = (Depth, Limit);

/// Everything that caps a day but the training itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Values of the rules.
    pub rules: &'a Rules,
    /// Used to deep work, where the config says so.
    pub accustomed: Option<bool>,
    /// Massages had.
    pub massages: &'a [MassageHad],
    /// The diary.
    pub diary: &'a [DiaryEntry],
    /// Readings of movement and effort, by date.
    pub signals: &'a [Signal],
    /// The last day of which anything is known: a red flag that is open on it stays open.
    pub as_of: Day,
}

impl Context<'_> {
    /// Is the runner used to deep work on a day: as the config says, else by at least two deep sessions in
    /// the 90 days before it that left no soreness of more than 48 h?
    #[must_use]
    pub fn is_accustomed(&self, day: Day) -> bool {
        self.accustomed.unwrap_or_else(|| is_accustomed_by(self.massages, day))
    }
}

/// Were there at least two deep sessions in the 90 days before a day that left no soreness of more than 48 h?
#[must_use]
pub fn is_accustomed_by(massages: &[MassageHad], day: Day) -> bool {
    let tolerated = massages.iter().filter(|had| {
        had.depth == Depth::Deep
            && (minus(day, 90)..day).contains(&had.date)
            && had.soreness_h.is_none_or(|hours| hours <= SORE_H)
    });
    tolerated.count() >= ACCUSTOMED_SESSIONS
}

/// Caps of day `t` by the calendar, the runs, the diary and fatigue; those by earlier massages are in [`after_massage`].
#[must_use]
pub fn caps(days: &[Outlook], t: usize, row: Option<&DayRow>, context: &Context<'_>) -> Vec<Cap> {
    let today = &days[t];
    let accustomed = context.is_accustomed(today.date);
    let mut caps = Vec::new();
    caps.extend(red_flag(today.date.min(context.as_of), context.diary));
    for other in &days[t.saturating_sub(21)..days.len().min(t + 1 + RACE_REACH_DAYS)] {
        caps.extend(around_race(today.date, other, accustomed, context.rules));
    }
    caps.extend(before_key_session(days, t, accustomed, context.rules));
    caps.extend(same_day(today));
    caps.extend(fatigue(today.date, row, context.signals));
    caps.sort_by_key(|(depth, _)| *depth);
    caps
}

/// The lowest of all caps; without any, deep.
#[must_use]
pub fn lowest(caps: &[Cap]) -> Depth {
    caps.iter().map(|(depth, _)| *depth).min().unwrap_or(Depth::Deep)
}

/// A number of days in words.
fn days(n: i64) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

fn cap(depth: Depth, rule: &'static str, date: Day, text: impl Into<String>) -> Cap {
    (depth, Limit { rule, text: text.into(), date })
}

/// Pain of 5 or more in the last 7 days that no later note of the site has taken back.
fn red_flag(today: Day, diary: &[DiaryEntry]) -> Option<Cap> {
    let pain = |entry: &&DiaryEntry| entry.kind == DiaryKind::Pain && entry.date <= today;
    let flag = diary.iter().filter(pain).find(|entry| {
        let settled = |later: &DiaryEntry| {
            later.site == entry.site && later.date > entry.date && later.value < RED_FLAG_PAIN
        };
        entry.value >= RED_FLAG_PAIN
            && days_between(entry.date, today) <= RED_FLAG_DAYS
            && !diary.iter().filter(pain).any(settled)
    })?;
    let text = format!(
        "pain {:.0} of 10 noted on {}: see a clinician before massage or running",
        flag.value, flag.date
    );
    Some(cap(Depth::None, "7.6", flag.date, text))
}

/// The days before, of and after a race.
fn around_race(today: Day, other: &Outlook, accustomed: bool, rules: &Rules) -> Option<Cap> {
    let to_other = days_between(today, other.date);
    let Some(race) = &other.race else { return after_great_length(to_other, other) };
    let deep_min = i64::from(rules.days("race.deep_min"));
    let name = &race.name;
    let before = |depth: Depth| Some(cap(depth, "R9", race.date, format!("{} to {name}", days(to_other))));
    match to_other {
        0 => {
            let text = format!("{name} is today: at most 15 min, never instead of the warm-up");
            Some(cap(Depth::Light, "R9", race.date, text))
        }
        1..=2 => before(Depth::Light),
        3.. if accustomed && to_other < deep_min => before(Depth::Moderate),
        3.. if !accustomed && to_other < deep_min + 2 => before(Depth::Light),
        3.. => None,
        _ => recovery(-to_other, race.distance_m, race.date, name),
    }
}

/// The days after a run of marathon length: nobody covers it without having to recover, race or not.
fn after_great_length(to_run: i64, other: &Outlook) -> Option<Cap> {
    let metres = other.long_m.filter(|metres| *metres >= MARATHON_LENGTH_M && to_run < 0)?;
    recovery(-to_run, metres, other.date, &format!("a run of {:.0} km", metres / 1000.0))
}

/// Light, then moderate work for some days after an effort of a length.
fn recovery(days_after: i64, distance_m: f64, date: Day, name: &str) -> Option<Cap> {
    let (light_through, deep_from) = days_after_race(distance_m);
    let depth = if days_after <= light_through { Depth::Light } else { Depth::Moderate };
    let days = if days_after == 1 { "day" } else { "days" };
    (days_after < deep_from).then(|| cap(depth, "R10", date, format!("{days_after} {days} after {name}")))
}

/// Days after a race through which only light work fits, and from which deep work does (convention of clinics;
/// science 7.3).
fn days_after_race(distance_m: f64) -> (i64, i64) {
    match distance_m {
        d if d <= 12_000.0 => (1, 3),
        d if d <= 25_000.0 => (2, 5),
        d if d <= 45_000.0 => (4, 7),
        _ => (6, 10),
    }
}

/// The next quality session or race: 1 day before light; up to the hours of `key.deep_h` (a day more for those
/// not accustomed) moderate.
fn before_key_session(days: &[Outlook], t: usize, accustomed: bool, rules: &Rules) -> Option<Cap> {
    let deep_days = (rules.get("key.deep_h") / 24.0).ceil() as usize + usize::from(!accustomed);
    (1..=deep_days.max(1)).find_map(|ahead| {
        let next = days.get(t + ahead)?;
        // A race has rules of its own.
        let key = next.quality.clone().filter(|_| next.race.is_none())?;
        let depth = match ahead {
            1 => Depth::Light,
            _ if ahead < deep_days => Depth::Moderate,
            _ => return None,
        };
        let when = if ahead == 1 { "tomorrow".to_owned() } else { format!("in {ahead} days") };
        Some(cap(depth, "R11", next.date, format!("{key} {when}")))
    })
}

/// The day of a long run or a quality session: light, and only afterwards.
fn same_day(today: &Outlook) -> Option<Cap> {
    let what = match (&today.quality, today.long_m) {
        _ if today.race.is_some() => return None,
        (Some(quality), _) => quality.clone(),
        (None, Some(_)) if today.is_projected => "usual long run".to_owned(),
        (None, Some(_)) => "long run".to_owned(),
        (None, None) => return None,
    };
    Some(cap(
        Depth::Light,
        "R11",
        today.date,
        format!("{what} on the day, so hands on only from 6 h after it"),
    ))
}

/// Signs of high fatigue: form, and the signals of effort that are up; it takes two to cap.
fn fatigue(today: Day, row: Option<&DayRow>, signals: &[Signal]) -> Option<Cap> {
    let is_low = row.is_some_and(|row| row.flags.contains(&LoadFlag::DeepNegativeTsb));
    let raised = signals::raised(signals, today).into_iter().filter(|kind| kind.is_fatigue());
    let form = is_low.then_some("form among your lowest");
    let signs: Vec<&str> = form.into_iter().chain(raised.map(SignalKind::words)).collect();
    let depth = depth_when_tired(signs.len())?;
    let text = format!("{} signs of fatigue to ask about: {}", signs.len(), signs.join(", "));
    Some(cap(depth, "R11", today, text))
}

fn depth_when_tired(signs: usize) -> Option<Depth> {
    match signs {
        0 | 1 => None,
        2 => Some(Depth::Moderate),
        _ => Some(Depth::Light),
    }
}

/// A session before a day: had, or advised by this plan and taken for had in what follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Session {
    /// The day.
    pub date: Day,
    /// How deep.
    pub depth: Depth,
    /// Hours of soreness afterwards.
    pub soreness_h: Option<f64>,
    /// Nobody says that it was had; this plan advises it.
    pub is_advised: bool,
}

impl From<&MassageHad> for Session {
    fn from(had: &MassageHad) -> Self {
        Self { date: had.date, depth: had.depth, soreness_h: had.soreness_h, is_advised: false }
    }
}

impl Session {
    fn words(&self) -> String {
        let advised = if self.is_advised { " advised here" } else { "" };
        format!("{} work{advised}", self.depth.name())
    }
}

/// Caps by the sessions before a day: a deep one within 7 days, a moderate one within 3, soreness over 48 h after the
/// last, and never two deep ones within 14 days (R13). The first session of one who is not used to deep work is
/// moderate at most: how it is tolerated is not known yet.
#[must_use]
pub fn after_massage(today: Day, sessions: &[Session], accustomed: bool) -> Vec<Cap> {
    let mut caps = Vec::new();
    let before: Vec<&Session> = sessions.iter().filter(|session| session.date < today).collect();
    if !accustomed && !before.iter().any(|session| !session.is_advised && session.depth >= Depth::Moderate) {
        let text = "no session on record and not used to deep work: moderate at most at first";
        caps.push(cap(Depth::Moderate, "R11", today, text));
    }
    if let Some(last) = before.iter().rev().find(|session| session.depth >= Depth::Moderate) {
        let ago = days_between(last.date, today);
        if ago < 3 {
            caps.push(cap(Depth::Light, "R11", last.date, format!("{}, {} before", last.words(), days(ago))));
        }
    }
    if let Some(deep) = before.iter().rev().find(|session| session.depth == Depth::Deep) {
        let ago = days_between(deep.date, today);
        if ago < 14 {
            caps.push(cap(
                Depth::Moderate,
                "R13",
                deep.date,
                format!("{}, {} before", deep.words(), days(ago)),
            ));
        }
    }
    if let Some(last) = before.last()
        && last.soreness_h.is_some_and(|hours| hours > SORE_H)
    {
        let text = format!("sore for more than {SORE_H:.0} h after the last session: one class lower");
        caps.push(cap(last.depth.lower(), "R18", last.date, text));
    }
    caps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::testing::{plain, set};
    use crate::model::Race;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn ceilings(days: &[Outlook], accustomed: bool, diary: &[DiaryEntry]) -> Vec<(u32, Depth)> {
        use chrono::Datelike;
        let rules = Rules::default();
        let context = Context {
            rules: &rules,
            accustomed: Some(accustomed),
            massages: &[],
            diary,
            signals: &[],
            as_of: Day::MAX,
        };
        (0..days.len()).map(|t| (days[t].date.day(), lowest(&caps(days, t, None, &context)))).collect()
    }

    fn flag(date: Day, kind: SignalKind) -> Signal {
        Signal {
            date,
            run_id: None,
            kind,
            value: None,
            recent: None,
            baseline: None,
            baseline_low: None,
            baseline_high: None,
            change: None,
            z: None,
            speed_mps: None,
            n_baseline: 8,
            n_recent: 3,
            status: signals::Status::Flag,
            note: None,
        }
    }

    fn marathon() -> Vec<Outlook> {
        let mut days = plain("2025-10-04", "2025-10-25");
        let race = Race {
            date: day("2025-10-12"),
            name: "M".into(),
            distance_m: 42_195.0,
            priority: 'A',
            origin: crate::model::RaceOrigin::Config,
        };
        set(&mut days, "2025-10-12", |one| one.race = Some(race.clone()));
        days
    }

    #[test]
    fn e7_1_a_marathon_for_one_who_is_used_to_deep_work() {
        for (date, ceiling) in ceilings(&marathon(), true, &[]) {
            let expected = match date {
                4..=7 | 19.. => Depth::Deep,
                8 | 9 | 17 | 18 => Depth::Moderate,
                _ => Depth::Light,
            };
            assert_eq!(ceiling, expected, "October {date}");
        }
    }

    #[test]
    fn e7_1_a_marathon_for_one_who_is_not() {
        for (date, ceiling) in ceilings(&marathon(), false, &[]).into_iter().take(9) {
            let expected = if date <= 5 { Depth::Deep } else { Depth::Light };
            assert_eq!(ceiling, expected, "October {date}");
        }
    }

    #[test]
    fn a_run_as_long_as_a_marathon_needs_the_days_after_one() {
        let mut days = plain("2025-03-01", "2025-03-10");
        set(&mut days, "2025-03-01", |one| one.long_m = Some(42_400.0));
        let found = ceilings(&days, true, &[]);
        assert_eq!((found[4].1, found[5].1, found[7].1), (Depth::Light, Depth::Moderate, Depth::Deep));
        set(&mut days, "2025-03-01", |one| one.long_m = Some(41_000.0));
        assert_eq!(ceilings(&days, true, &[])[1].1, Depth::Deep);
    }

    #[test]
    fn shorter_races_are_over_sooner() {
        for (distance_m, light, deep) in [(5000.0, 1, 3), (21_097.5, 2, 5), (50_000.0, 6, 10)] {
            let mut days = plain("2025-03-01", "2025-03-20");
            let race = Race {
                date: day("2025-03-01"),
                name: "R".into(),
                distance_m,
                priority: 'B',
                origin: crate::model::RaceOrigin::Config,
            };
            set(&mut days, "2025-03-01", |one| one.race = Some(race.clone()));
            let found = ceilings(&days, true, &[]);
            assert_eq!(found[light], (light as u32 + 1, Depth::Light));
            assert_eq!(found[light + 1].1, Depth::Moderate);
            assert_eq!((found[deep - 1].1, found[deep].1), (Depth::Moderate, Depth::Deep));
        }
    }

    use Depth::{Deep, Light};

    #[test]
    fn friday_is_free_for_one_who_runs_hard_on_tuesday_and_long_on_sunday() {
        let mut days = plain("2025-03-03", "2025-03-12");
        for hard in ["2025-03-04", "2025-03-06", "2025-03-11"] {
            set(&mut days, hard, |one| one.quality = Some("intervals".into()));
        }
        set(&mut days, "2025-03-09", |one| one.long_m = Some(28_000.0));
        let depths: Vec<Depth> = ceilings(&days, true, &[]).into_iter().map(|(_, depth)| depth).collect();
        assert_eq!(depths, [Light, Light, Light, Light, Deep, Deep, Light, Light, Light, Deep]);
        // One who is not used to it needs a day more.
        assert_eq!(ceilings(&days, false, &[])[5].1, Deep);
        set(&mut days, "2025-03-10", |one| one.quality = Some("hills".into()));
        set(&mut days, "2025-03-09", |one| one.long_m = None);
        assert_eq!(ceilings(&days, false, &[])[5].1, Depth::Moderate);
        assert_eq!(ceilings(&days, true, &[])[5].1, Deep);
    }

    #[test]
    fn pain_overrides_everything_until_it_is_noted_lower() {
        let entry = |date: &str, value: f64| DiaryEntry {
            date: day(date),
            kind: DiaryKind::Pain,
            site: "tibia_shin".into(),
            side: None,
            value,
        };
        let days = plain("2025-03-01", "2025-03-20");
        let found = ceilings(&days, true, &[entry("2025-03-05", 6.0), entry("2025-03-09", 2.0)]);
        let none: Vec<u32> =
            found.iter().filter(|(_, depth)| *depth == Depth::None).map(|(date, _)| *date).collect();
        assert_eq!(none, [5, 6, 7, 8]);
        assert!(
            ceilings(&days, true, &[entry("2025-03-05", 4.0)]).iter().all(|(_, depth)| *depth == Depth::Deep)
        );
    }

    #[test]
    fn the_last_session_caps_the_next() {
        let had = |date: &str, depth: Depth, soreness_h: Option<f64>| Session {
            date: day(date),
            depth,
            soreness_h,
            is_advised: false,
        };
        let check = |sessions: &[Session], today: &str, depth: Depth| {
            assert_eq!(lowest(&after_massage(day(today), sessions, true)), depth, "{today}");
        };
        let deep = [had("2025-03-01", Depth::Deep, None)];
        check(&deep, "2025-03-03", Depth::Light);
        check(&deep, "2025-03-14", Depth::Moderate);
        check(&deep, "2025-03-15", Depth::Deep);
        let moderate = [had("2025-03-01", Depth::Moderate, None)];
        check(&moderate, "2025-03-03", Depth::Light);
        check(&moderate, "2025-03-04", Depth::Deep);
        check(&[had("2025-03-01", Depth::Deep, Some(60.0))], "2025-03-20", Depth::Moderate);
        assert_eq!(lowest(&after_massage(day("2025-03-01"), &[], false)), Depth::Moderate);
        assert_eq!(lowest(&after_massage(day("2025-03-01"), &[], true)), Depth::Deep);
        // What is only advised teaches nothing of how deep work is tolerated.
        let advised = Session { is_advised: true, ..moderate[0] };
        assert_eq!(lowest(&after_massage(day("2025-04-01"), &[advised], false)), Depth::Moderate);
        assert_eq!(lowest(&after_massage(day("2025-04-01"), &moderate, false)), Depth::Deep);
    }

    #[test]
    fn it_takes_two_signs_of_fatigue() {
        use SignalKind::{ContactTime, Decoupling, Efficiency, HrAtPace};
        let raised = |kinds: &[SignalKind]| {
            let signals: Vec<Signal> = kinds.iter().map(|kind| flag(day("2025-03-01"), *kind)).collect();
            let cap = |today: &str| fatigue(day(today), None, &signals);
            (cap("2025-03-10"), cap("2025-03-11"))
        };
        assert_eq!(raised(&[HrAtPace, ContactTime]).0, None, "one sign of fatigue and one of movement");
        let (cap, later) = raised(&[Efficiency, HrAtPace]);
        let (depth, limit) = cap.unwrap();
        assert_eq!((depth, later), (Depth::Moderate, None));
        let both = "2 signs of fatigue to ask about: fewer metres per heart beat, higher heart rate at the same speed";
        assert_eq!(limit.text, both);
        let three = raised(&[Efficiency, HrAtPace, Decoupling]).0;
        assert_eq!(three.map(|cap| cap.0), Some(Depth::Light));
    }

    #[test]
    fn two_tolerated_deep_sessions_make_a_runner_accustomed() {
        let rules = Rules::default();
        let had = |date: &str, hours: f64| MassageHad {
            date: day(date),
            depth: Depth::Deep,
            minutes: None,
            tissues: Vec::new(),
            soreness_h: Some(hours),
        };
        let check = |massages: &[MassageHad], expected: bool| {
            let context = Context {
                rules: &rules,
                accustomed: None,
                massages,
                diary: &[],
                signals: &[],
                as_of: Day::MAX,
            };
            assert_eq!(context.is_accustomed(day("2025-04-01")), expected);
        };
        check(&[had("2025-02-01", 20.0), had("2025-03-01", 48.0)], true);
        check(&[had("2025-02-01", 20.0), had("2025-03-01", 60.0)], false);
        check(&[had("2024-12-01", 20.0), had("2025-03-01", 20.0)], false);
    }
}
