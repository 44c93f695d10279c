//! A threshold with where it comes from.

use super::tree::Explanation;
use crate::analysis::Analysis;
use crate::model::Day;
use crate::score::thresholds::{Confidence, Origin, STALE_DAYS, Standing};

/// What a threshold was on a day; one that is not known says so.
pub(super) fn standing(
    name: &'static str,
    unit: &'static str,
    day: Day,
    held: Option<Standing<'_>>,
) -> Explanation {
    let Some(held) = held else {
        let none = Explanation::new(name, day.to_string(), serde_json::Value::Null).unit(unit);
        return none.note("nothing tells it, so nothing is scored with it");
    };
    let estimate = held.estimate;
    let mut told = Explanation::new(name, day.to_string(), estimate.value).unit(unit);
    told.formula = format!("{}{}", estimate.origin.words(), how(name, estimate.origin));
    told.sureness = match estimate.origin.confidence() {
        Confidence::High => "high: measured, or said by the runner",
        Confidence::Medium => "medium: seen in the history by a rule",
        Confidence::Low => "low: a rule of thumb",
    };
    let (since, shown) = (estimate.since, estimate.shown);
    let is_later = since.is_some_and(|since| shown.is_none_or(|shown| since > shown));
    if let Some(since) = since.filter(|_| is_later) {
        told = told.with("since", since.to_string(), "");
    }
    if let Some(shown) = shown {
        told = told.with("shown", shown.to_string(), "");
    }
    if let Some(file) = &estimate.file {
        told = told.with("file", file.clone(), "");
    }
    if let Some((_, shown)) = since.zip(shown).filter(|(since, shown)| since < shown) {
        told = told.note(format!("shown {shown}; also used for the year before it"));
    }
    if since.is_some_and(|since| day < since) {
        told = told.note("the day lies before the first estimate, which is used for want of an earlier one");
    }
    if held.is_stale {
        told = told.note(format!("stale: shown more than {STALE_DAYS} days before"));
    }
    told
}

/// The rule behind an origin.
fn how(name: &str, origin: Origin) -> &'static str {
    match (name, origin) {
        ("hr_max_bpm", Origin::History) => {
            ": highest 15 s median that a second run within a year reaches to 3 bpm"
        }
        ("lthr_bpm", Origin::Race | Origin::FoundRace) => {
            ": mean heart rate of the last two thirds of races of 30 to 70 min, up to three of two years"
        }
        ("lthr_bpm", Origin::Derived) => ": 0.90 × hr_max_bpm",
        ("threshold_speed_mps", Origin::Race | Origin::FoundRace) => {
            ": the speed that its VDOT holds for 60 min (Daniels & Gilbert 1979)"
        }
        ("threshold_speed_mps", Origin::CriticalSpeed) => ": 0.97 × critical speed",
        ("threshold_speed_mps", Origin::Training) => ": 0.97 × best grade-adjusted 30 min; scores nothing",
        ("lt1_bpm", Origin::Derived) => ": a share of lthr_bpm",
        ("vdot", Origin::Race | Origin::FoundRace) => {
            ": race_distance_m and race_time_s by the formula of Daniels & Gilbert 1979; the best race of 120 days, else the last"
        }
        ("critical_speed_mps", _) => {
            ": slope of distance over time through the best grade-adjusted 2 to 20 min of 90 days, where the line fits (R² 0.995, error 3 %) and one effort was near the limit"
        }
        ("hr_rest_bpm", Origin::Device) => {
            ": the lowest of a week with three readings, else what the watch says"
        }
        ("critical_power_w", Origin::CriticalSpeed) => ": as critical speed, of the watts of one meter",
        _ => "",
    }
}

/// The thresholds that loads rest on, as they were on some days: each estimate once.
pub(super) fn of_days(analysis: &Analysis, days: impl Iterator<Item = Day>) -> Vec<Explanation> {
    let mut told: Vec<Explanation> = Vec::new();
    for day in days {
        for one in on(analysis, day) {
            let is_same = |other: &Explanation| {
                (&other.name, &other.value, &other.inputs, &other.because)
                    == (&one.name, &one.value, &one.inputs, &one.because)
            };
            if !told.iter().any(is_same) {
                told.push(one);
            }
        }
    }
    told.sort_by_key(|one| NAMES.iter().position(|name| *name == one.name));
    told
}

/// Those that loads rest on.
const NAMES: [&str; 4] = ["hr_max_bpm", "hr_rest_bpm", "lthr_bpm", "threshold_speed_mps"];

/// The thresholds of a day that loads rest on.
pub(super) fn on(analysis: &Analysis, day: Day) -> [Explanation; 4] {
    let known = analysis.thresholds.on(day);
    let [max, rest, lthr, speed] = NAMES;
    [
        standing(max, "bpm", day, known.hr_max),
        standing(rest, "bpm", day, known.hr_rest),
        standing(lthr, "bpm", day, known.lthr),
        standing(speed, "m/s", day, known.speed),
    ]
}

/// Those of heart rate.
pub(super) fn of_heart(analysis: &Analysis, day: Day) -> Vec<Explanation> {
    on(analysis, day).into_iter().take(3).collect()
}

/// That of speed.
pub(super) fn of_speed(analysis: &Analysis, day: Day) -> Option<Explanation> {
    on(analysis, day).into_iter().next_back()
}
