//! Thresholds over time: on which days another value held.
//!
//! Input are the dated estimates of both reports, output are the spans of days on which what held differs. Of a
//! timeline the latest estimate up to a day holds, else the first; one without `since` holds always.

use super::read::Athlete;
use crate::model::Day;
use crate::model::calendar::{minus, plus};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Values that differ by no more than this part of the larger are the same threshold, in %.
const SAME_PCT: f64 = 0.1;

/// What held of one threshold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Held {
    /// The value in the unit of its key.
    pub value: f64,
    /// Where it comes from.
    pub origin: String,
    /// The day from which it holds; null where it holds always.
    pub since: Option<Day>,
    /// The day on which it was shown.
    pub shown: Option<Day>,
    /// The file of the run that showed it.
    pub file: Option<String>,
    /// Whether the other report has no estimate of this origin and file.
    #[serde(skip_deserializing)]
    pub is_only_here: bool,
}

/// A span of days on which another value of a threshold held; null is "no value".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThresholdChange {
    /// The threshold, such as `lthr_bpm`, or `critical_power_w.stryd` for that of one meter.
    pub key: String,
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub end: Day,
    /// What held in A.
    pub old: Option<Held>,
    /// What held in B.
    pub new: Option<Held>,
}

impl ThresholdChange {
    /// Whether one of its days lies within these, both included.
    pub(super) fn is_within(&self, first: Day, last: Day) -> bool {
        self.start <= last && first <= self.end
    }

    /// Whether what held in A or in B is of an origin.
    pub(super) fn is_of(&self, origin: &str) -> [bool; 2] {
        [&self.old, &self.new].map(|held| held.as_ref().is_some_and(|held| held.origin == origin))
    }

    /// The step in % of the old value; `None` where one of the two is unknown.
    pub(super) fn change_pct(&self) -> Option<f64> {
        let (old, new) = self.old.as_ref().zip(self.new.as_ref())?;
        Some((new.value / old.value - 1.0) * 100.0)
    }
}

type Line = Vec<Held>;

/// Every span of days on which what held differs, by key and date, within the days that the two reports are about.
pub(super) fn changes(a: &Athlete, b: &Athlete) -> Vec<ThresholdChange> {
    let Some(reach) = reach([a, b]) else { return Vec::new() };
    let (old, new) = (timelines(&a.thresholds), timelines(&b.thresholds));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let empty = Line::new();
    let line = |side: &BTreeMap<String, Line>, key: &String| side.get(key).unwrap_or(&empty).clone();
    keys.into_iter().flat_map(|key| of_key(key, [&line(&old, key), &line(&new, key)], reach)).collect()
}

/// The first and the last day that two reports say anything of.
fn reach(sides: [&Athlete; 2]) -> Option<(Day, Day)> {
    let days = sides.into_iter().flat_map(|side| {
        let weeks = side.weeks.iter().flat_map(|week| [week.week_start, plus(week.week_start, 6)]);
        let days = side.days.iter().map(|day| day.date).chain(side.runs.iter().map(|run| run.date));
        days.chain(weeks).chain(side.as_of)
    });
    days.fold(None, |reach, day| {
        let (first, last) = reach.unwrap_or((day, day));
        Some((day.min(first), day.max(last)))
    })
}

/// The timelines among the thresholds; what has no date, such as the mass, is a setting.
fn timelines(thresholds: &Value) -> BTreeMap<String, Line> {
    let mut found = BTreeMap::new();
    for (key, value) in thresholds.as_object().into_iter().flatten() {
        match (line(value), value) {
            (Some(line), _) => drop(found.insert(key.clone(), line)),
            (None, Value::Object(meters)) => {
                let lines = meters.iter().filter_map(|(meter, of)| Some((meter, line(of)?)));
                found.extend(lines.map(|(meter, line)| (format!("{key}.{meter}"), line)));
            }
            (None, _) => {}
        }
    }
    found
}

/// A list of estimates, or the single one of an older report.
fn line(value: &Value) -> Option<Line> {
    let entries = match value {
        Value::Array(entries) => entries.as_slice(),
        Value::Object(members) if members.contains_key("value") => std::slice::from_ref(value),
        _ => return None,
    };
    let held = |entry: &Value| entry.is_object().then(|| Held::deserialize(entry).ok()).flatten();
    let mut line: Line = entries.iter().map(held).collect::<Option<_>>()?;
    line.sort_by_key(|held| held.since);
    Some(line)
}

fn of_key(key: &str, [a, b]: [&Line; 2], (first, last): (Day, Day)) -> Vec<ThresholdChange> {
    let steps = a.iter().chain(b).filter_map(|held| held.since);
    let mut starts: BTreeSet<Day> = steps.filter(|since| (first..=last).contains(since)).collect();
    starts.insert(first);
    let ends = starts.iter().skip(1).map(|next| minus(*next, 1)).chain([last]);
    let mut found: Vec<ThresholdChange> = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let (old, new) = (on(a, start, b), on(b, start, a));
        let value = |held: &Option<Held>| held.as_ref().map(|held| held.value);
        let pair = (value(&old), value(&new));
        if !super::numbers::has_moved(pair.0, pair.1, SAME_PCT) {
            continue;
        }
        match found.last_mut() {
            // An estimate that was only renewed starts no span of its own.
            Some(before)
                if plus(before.end, 1) == start && (value(&before.old), value(&before.new)) == pair =>
            {
                before.end = end;
            }
            _ => found.push(ThresholdChange { key: key.to_owned(), start, end, old, new }),
        }
    }
    found
}

/// What holds on a day.
fn on(line: &Line, day: Day, other: &Line) -> Option<Held> {
    let n_before = line.partition_point(|held| held.since.is_none_or(|since| since <= day));
    let held = line.get(n_before.saturating_sub(1))?;
    let is_same = |one: &Held| (&one.origin, &one.file) == (&held.origin, &held.file);
    Some(Held { is_only_here: !other.iter().any(is_same), ..held.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn side(thresholds: &Value) -> Athlete {
        let text = json!({"as_of": "2026-01-31", "runs": [{"date": "2026-01-01"}], "thresholds": thresholds});
        serde_json::from_value(text).unwrap()
    }

    fn shown(value: f64, since: &str) -> Value {
        json!({"value": value, "origin": "race", "since": since, "shown": since, "file": format!("{since}.fit")})
    }

    fn always(value: f64) -> Value {
        json!({"value": value, "origin": "config", "since": null, "shown": null, "file": null})
    }

    /// Spans as `key first-last old>new`, days of January.
    fn check(a: &Value, b: &Value, expected: &[&str]) {
        let value = |held: &Option<Held>| held.as_ref().map_or("-".to_owned(), |held| held.value.to_string());
        let said: Vec<String> = changes(&side(a), &side(b))
            .iter()
            .map(|c| {
                let days = format!("{}-{}", c.start.format("%-d"), c.end.format("%-d"));
                format!("{} {days} {}>{}", c.key, value(&c.old), value(&c.new))
            })
            .collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn what_held_is_compared_day_by_day() {
        let line = |entries: &[Value]| json!({ "lthr_bpm": entries });
        let (one, two) = (shown(170.0, "2026-01-05"), shown(180.0, "2026-01-20"));
        let full = line(&[one.clone(), two.clone()]);
        check(&full, &full, &[]);
        check(&full, &line(std::slice::from_ref(&one)), &["lthr_bpm 20-31 180>170"]);
        // Before the first estimate the first holds.
        check(&full, &line(std::slice::from_ref(&two)), &["lthr_bpm 1-19 170>180"]);
        check(&full, &line(&[]), &["lthr_bpm 1-19 170>-", "lthr_bpm 20-31 180>-"]);
        check(&line(&[always(175.0)]), &full, &["lthr_bpm 1-19 175>170", "lthr_bpm 20-31 175>180"]);
        // The same value at other times differs only in between.
        let early = line(&[one.clone(), shown(180.0, "2026-01-10")]);
        check(&full, &early, &["lthr_bpm 10-19 170>180"]);
    }

    #[test]
    fn less_than_a_thousandth_is_no_step_and_a_renewal_no_span() {
        let line = |entries: &[Value]| json!({ "hr_max_bpm": entries });
        check(&line(&[always(188.0)]), &line(&[always(188.1)]), &[]);
        let renewed = [shown(188.0, "2026-01-03"), shown(188.0, "2026-01-12")];
        check(&line(&renewed), &line(&[always(190.0)]), &["hr_max_bpm 1-31 188>190"]);
    }

    #[test]
    fn spans_lie_within_the_days_of_the_reports() {
        let line = |entries: &[Value]| json!({ "vdot": entries });
        let a = line(&[shown(50.0, "2025-01-01"), shown(51.0, "2025-06-01")]);
        check(&a, &line(&[shown(50.0, "2025-01-01")]), &["vdot 1-31 51>50"]);
        let later = line(&[shown(50.0, "2025-01-01"), shown(51.0, "2025-06-01"), shown(60.0, "2026-02-01")]);
        check(&a, &later, &[]);
    }

    #[test]
    fn each_meter_is_a_threshold_and_what_has_no_date_is_none() {
        let a =
            json!({"critical_power_w": {"stryd": [always(250.0)], "watch": [always(300.0)]}, "mass_kg": 60});
        let b =
            json!({"critical_power_w": {"stryd": [always(260.0)]}, "mass_kg": 65, "trimp_constants": [1, 2]});
        check(&a, &b, &["critical_power_w.stryd 1-31 250>260", "critical_power_w.watch 1-31 300>-"]);
    }

    #[test]
    fn an_estimate_that_the_other_does_not_have_is_marked() {
        let one = shown(170.0, "2026-01-05");
        let a = json!({"lthr_bpm": [one.clone(), shown(180.0, "2026-01-20")]});
        let found = changes(&side(&a), &side(&json!({"lthr_bpm": [one]})));
        let marks = |held: &Option<Held>| held.as_ref().unwrap().is_only_here;
        assert!(marks(&found[0].old) && !marks(&found[0].new));
    }
}
