//! R2: what makes the interval shorter or longer.

use super::r08_recurring::{self, Recurrence};
use super::{About, Modifier, Rule, Tunable};
use crate::blocks::Phase;
use crate::load::ratio::quantile;
use crate::massage::view::View;
use crate::massage::window::Grade;
use crate::model::DiaryKind;
use crate::model::calendar::days_between;
use chrono::Datelike;

/// The rule.
pub(super) struct Modifiers;

static ABOUT: About = About {
    id: "R2",
    says: "frequency depends on intensity, volume, age, history of injury, stress and how somebody responds",
    does: "factors on the interval, which stays within 7 to 35 days",
    grade: Grade::H,
    tunables: &[
        Tunable::new("modifier.peak", 0.7, FACTOR, "factor on the interval in a peak block"),
        Tunable::new("modifier.build", 0.85, FACTOR, "factor on the interval in a build block"),
        Tunable::new(
            "modifier.high_week",
            0.85,
            FACTOR,
            "factor in a week among the highest tenth of 180 days",
        ),
        Tunable::new("modifier.tightness", 0.8, FACTOR, "factor while tightness comes back at a site"),
        Tunable::new("modifier.injury", 0.9, FACTOR, "factor for 12 months after an injury"),
        Tunable::new("modifier.age", 0.9, FACTOR, "factor from the age of 50"),
        Tunable::new("modifier.stress", 0.9, FACTOR, "factor while the stress noted is at least 7 of 10"),
        Tunable::new(
            "modifier.low_load",
            1.25,
            FACTOR,
            "factor while the month is below 0.7 of the usual one",
        ),
        Tunable::new("modifier.responds_well", 1.1, FACTOR, "factor for one who responds well to massage"),
    ],
};

/// Range of every factor.
const FACTOR: (f64, f64) = (0.5, 1.5);
/// Days of diary that tell of stress.
const STRESS_DAYS: i64 = 14;
/// Stress of so much of 10 is high.
const HIGH_STRESS: f64 = 7.0;
/// The age from which the interval is shorter.
const AGE: i32 = 50;
/// Days for which an injury counts.
const INJURY_DAYS: i64 = 365;

impl Rule for Modifiers {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn modifiers(&self, view: &View<'_>) -> Vec<Modifier> {
        let input = view.input();
        let volume = view.volume();
        let tight = r08_recurring::recurrences(view).into_iter().find(Recurrence::is_often);
        let injury = input.injury.map(|day| days_between(day, view.date()));
        let age = input.birth_year.map(|year| view.date().year() - year);
        let found = [
            (view.phase() == Phase::Peak).then(|| ("modifier.peak", "peak block".to_owned())),
            (view.phase() == Phase::Build).then(|| ("modifier.build", "building".to_owned())),
            volume.is_high_week.then(|| ("modifier.high_week", "a week among your highest".to_owned())),
            volume.is_low_month.then(|| ("modifier.low_load", "low load".to_owned())),
            tight.map(|site| ("modifier.tightness", site.words())),
            is_stressed(view).then(|| ("modifier.stress", "much stress".to_owned())),
            injury
                .is_some_and(|ago| (0..INJURY_DAYS).contains(&ago))
                .then(|| ("modifier.injury", "an injury within a year".to_owned())),
            age.is_some_and(|age| age >= AGE).then(|| ("modifier.age", format!("from the age of {AGE}"))),
            input.responds_well.then(|| ("modifier.responds_well", "responds well".to_owned())),
        ];
        found.into_iter().flatten().map(|(key, because)| Modifier { key, because }).collect()
    }
}

/// Is the median of the stress noted in two weeks high?
fn is_stressed(view: &View<'_>) -> bool {
    let noted = view.diary(STRESS_DAYS).iter().filter(|entry| entry.kind == DiaryKind::Stress);
    let values: Vec<f64> = noted.map(|entry| entry.value).collect();
    quantile(&values, 0.5).is_some_and(|median| median >= HIGH_STRESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::interval::interval;
    use crate::massage::testing::{Story, noted};

    fn days(change: impl Fn(&mut Story)) -> f64 {
        let mut story = Story::new("2025-01-01", 30);
        change(&mut story);
        story.last(|view| interval(view).days)
    }

    #[test]
    fn e7_2_r2_a_peak_with_tightness_takes_fourteen_days_to_eight() {
        let tight = |story: &mut Story, n: usize| {
            story.phase(Phase::Peak);
            let days = ["2025-01-20", "2025-01-24", "2025-01-30"];
            story.diary = days[..n].iter().map(|day| noted(day, DiaryKind::Tightness, "calf", 3.0)).collect();
        };
        assert_eq!(days(|story| tight(story, 3)), 8.0);
        assert_eq!(days(|story| tight(story, 2)), 10.0);
    }

    #[test]
    fn r2_each_factor_by_itself() {
        assert_eq!(days(|_| ()), 14.0);
        assert_eq!(days(|story| story.phase(Phase::Build)), 12.0);
        assert_eq!(days(|story| story.birth_year = Some(1975)), 13.0);
        assert_eq!(days(|story| story.birth_year = Some(1976)), 14.0);
        assert_eq!(days(|story| story.injury = Some("2024-02-01".parse().unwrap())), 13.0);
        assert_eq!(days(|story| story.injury = Some("2024-01-30".parse().unwrap())), 14.0);
        assert_eq!(days(|story| story.responds_well = true), 15.0);
        let stress = |value| noted("2025-01-25", DiaryKind::Stress, "", value);
        assert_eq!(days(|story| story.diary = vec![stress(7.0)]), 13.0);
        assert_eq!(days(|story| story.diary = vec![stress(6.0)]), 14.0);
    }

    #[test]
    fn r2_volume_is_held_against_half_a_year() {
        let with = |last_week_m: f64, last_month_m: f64| {
            let mut story = Story::new("2025-01-01", 120);
            story.rows(|row| row.distance_m = 8000.0 + f64::from(row.date.day()));
            let rows = story.row_list();
            let n = rows.len();
            rows[n - 28..].iter_mut().for_each(|row| row.distance_m = last_month_m);
            rows[n - 7..].iter_mut().for_each(|row| row.distance_m = last_week_m);
            story.last(|view| interval(view).days)
        };
        assert_eq!(with(8020.0, 8010.0), 12.0);
        assert_eq!(with(8000.0, 8010.0), 14.0);
        assert_eq!(with(5000.0, 5000.0), 18.0);
        assert_eq!(with(6000.0, 6000.0), 14.0);
    }
}
