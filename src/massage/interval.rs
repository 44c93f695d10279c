//! How often massage is due: the interval by class and its modifiers (R1, R1a, R2).

use crate::blocks::Phase;
use crate::config::{Class, Rules};
use crate::load::day::DayRow;
use crate::load::ratio::quantile;
use crate::model::calendar::{days_between, minus};
use crate::model::{Day, DiaryEntry, DiaryKind, Race};

/// No modifier takes the interval outside these days.
const RANGE_DAYS: (f64, f64) = (7.0, 35.0);

/// What the interval of a day depends on.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Class as the config has it.
    pub class: Class,
    /// Values of the rules.
    pub rules: &'a Rules,
    /// The history; a day reads no further than itself.
    pub days: &'a [DayRow],
    /// Races of the calendar.
    pub races: &'a [Race],
    /// The diary.
    pub diary: &'a [DiaryEntry],
    /// Year of birth.
    pub birth_year: Option<i32>,
}

/// An interval with what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Days between sessions.
    pub days: f64,
    /// The class that set it.
    pub class: Class,
    /// Modifiers that apply, in words.
    pub because: Vec<String>,
}

impl Interval {
    /// The class in words, with what modifies it.
    #[must_use]
    pub fn words(&self) -> String {
        let class = class_words(self.class);
        if self.because.is_empty() {
            class.to_owned()
        } else {
            format!("{class} ({})", self.because.join(", "))
        }
    }
}

/// A class in words.
#[must_use]
pub fn class_words(class: Class) -> &'static str {
    match class {
        Class::Marathon => "a marathon phase",
        Class::Competitive => "competitive training",
        Class::Auto | Class::Recreational => "recreational training",
    }
}

/// Interval on a day in a phase. `t` is the last day of the history that counts: the day itself, or `as_of` for days
/// after it.
#[must_use]
pub fn interval(setting: &Setting<'_>, date: Day, t: usize, phase: Phase) -> Interval {
    let class = match setting.class {
        Class::Auto => class_by_history(setting.days, setting.races, date, t),
        class => class,
    };
    let key = match class {
        Class::Marathon => "interval.marathon",
        Class::Competitive => "interval.comp",
        Class::Auto | Class::Recreational => "interval.rec",
    };
    let found = modifiers(setting, date, t, phase);
    let factors: Vec<f64> = found.iter().map(|(key, _)| setting.rules.get(key)).collect();
    Interval {
        days: modified(setting.rules.get(key), &factors),
        class,
        because: found.into_iter().map(|(_, words)| words).collect(),
    }
}

/// A base interval times its factors, in whole days, kept from 7 to 35.
///
/// ```
/// use legwork::massage::interval::modified;
/// assert_eq!(modified(14.0, &[0.7, 0.8]), 8.0);
/// ```
#[must_use]
pub fn modified(base_days: f64, factors: &[f64]) -> f64 {
    factors.iter().fold(base_days, |days, factor| days * factor).clamp(RANGE_DAYS.0, RANGE_DAYS.1).round()
}

/// R1a: marathon with a race of 30 km or more within 112 days or two runs of 24 km in 28 days; competitive from 50 km
/// a week, or five runs a week with a quality session each; else recreational.
#[must_use]
pub fn class_by_history(days: &[DayRow], races: &[Race], date: Day, t: usize) -> Class {
    let month = &days[(t + 1).saturating_sub(28)..=t];
    let is_ahead =
        |race: &Race| race.distance_m >= 30_000.0 && (0..=112).contains(&days_between(date, race.date));
    let long_runs = month.iter().filter(|day| day.longest_m >= 24_000.0).count();
    if races.iter().any(is_ahead) || long_runs >= 2 {
        return Class::Marathon;
    }
    let weeks = 4.0;
    let distance: f64 = month.iter().map(|day| day.distance_m).sum();
    let runs: u32 = month.iter().map(|day| day.n_runs).sum();
    let quality: u32 = month.iter().map(|day| day.n_quality).sum();
    let often = f64::from(runs) >= 5.0 * weeks && f64::from(quality) >= weeks;
    if distance >= 50_000.0 * weeks || often { Class::Competitive } else { Class::Recreational }
}

/// R2: what shortens or lengthens the interval, with the key of its factor.
fn modifiers(setting: &Setting<'_>, date: Day, t: usize, phase: Phase) -> Vec<(&'static str, String)> {
    use chrono::Datelike;
    let mut found = Vec::new();
    match phase {
        Phase::Peak => found.push(("modifier.peak", "peak block".to_owned())),
        Phase::Build => found.push(("modifier.build", "building".to_owned())),
        _ => {}
    }
    let sum = |end: usize, n: usize| -> f64 {
        setting.days[(end + 1).saturating_sub(n)..=end].iter().map(|day| day.distance_m).sum()
    };
    let half_year = (t + 1).saturating_sub(180)..=t;
    if t >= 84 {
        let weeks: Vec<f64> = half_year.clone().filter(|end| *end >= 6).map(|end| sum(end, 7)).collect();
        let months: Vec<f64> = half_year.filter(|end| *end >= 27).map(|end| sum(end, 28)).collect();
        if quantile(&weeks, 0.9).is_some_and(|p90| sum(t, 7) >= p90 && p90 > 0.0) {
            found.push(("modifier.high_week", "a week among your highest".to_owned()));
        }
        if quantile(&months, 0.5).is_some_and(|median| sum(t, 28) < 0.7 * median) {
            found.push(("modifier.low_load", "low load".to_owned()));
        }
    }
    let recent = |entry: &&DiaryEntry| (minus(date, 13)..=date).contains(&entry.date);
    let noted = |site: &str| {
        let at_site = |entry: &&DiaryEntry| {
            entry.site == site && matches!(entry.kind, DiaryKind::Tightness | DiaryKind::Soreness)
        };
        setting.diary.iter().filter(recent).filter(at_site).count()
    };
    let often =
        setting.diary.iter().filter(recent).find(|entry| !entry.site.is_empty() && noted(&entry.site) >= 3);
    if let Some(entry) = often {
        let times = format!("{} noted {} times in 14 days", entry.site_words(), noted(&entry.site));
        found.push(("modifier.tightness", times));
    }
    let stress: Vec<f64> = setting
        .diary
        .iter()
        .filter(recent)
        .filter(|entry| entry.kind == DiaryKind::Stress)
        .map(|entry| entry.value)
        .collect();
    if quantile(&stress, 0.5).is_some_and(|median| median >= 7.0) {
        found.push(("modifier.stress", "much stress".to_owned()));
    }
    if setting.birth_year.is_some_and(|year| date.year() - year >= 50) {
        found.push(("modifier.age", "from the age of 50".to_owned()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Conventions;
    use crate::load::days;
    use crate::load::testing::run;
    use crate::model::calendar::plus;

    fn found(class: Class, km: f64, races: &[Race], phase: Phase, diary: &[DiaryEntry]) -> Interval {
        let start: Day = "2025-01-01".parse().unwrap();
        let runs: Vec<_> = (0..56)
            .map(|k| {
                let mut one = run(&plus(start, k).to_string());
                one.distance_m = Some(1000.0 * km);
                one
            })
            .collect();
        let days = days(&runs, plus(start, 55), Conventions::default()).unwrap();
        let rules = Rules::default();
        let setting = Setting { class, rules: &rules, days: &days, races, diary, birth_year: None };
        interval(&setting, plus(start, 55), 55, phase)
    }

    #[test]
    fn e7_2_a_short_interval_in_a_peak_with_tightness() {
        let tight = |date: &str| DiaryEntry {
            date: date.parse().unwrap(),
            kind: DiaryKind::Tightness,
            site: "calf_achilles".into(),
            side: None,
            value: 3.0,
        };
        let diary = [tight("2025-02-14"), tight("2025-02-17"), tight("2025-02-20")];
        assert_eq!(found(Class::Competitive, 5.0, &[], Phase::Peak, &diary).days, 8.0);
        assert_eq!(found(Class::Competitive, 5.0, &[], Phase::Peak, &diary[..2]).days, 10.0);
    }

    #[test]
    fn r1a_the_history_sets_the_class() {
        let marathon = |date: &str| {
            [Race {
                date: date.parse().unwrap(),
                name: "M".into(),
                distance_m: 42_195.0,
                priority: 'A',
                origin: crate::model::RaceOrigin::Config,
            }]
        };
        let check = |km: f64, races: &[Race], class: Class, days: f64| {
            let interval = found(Class::Auto, km, races, Phase::Base, &[]);
            assert_eq!((interval.class, interval.days), (class, days));
        };
        check(7.0, &[], Class::Recreational, 28.0);
        check(7.2, &[], Class::Competitive, 14.0);
        check(7.0, &marathon("2025-06-17"), Class::Marathon, 10.0);
        check(7.0, &marathon("2025-06-18"), Class::Recreational, 28.0);
        check(24.0, &[], Class::Marathon, 10.0);
    }
}
