//! `summarizedActivities.json` of a Garmin account export.
//!
//! Input is `[{"summarizedActivitiesExport":[ … ]}]` as a stream, of 100 MB and more, output its [`List`]. One activity is held
//! at a time. Distances and heights are in cm, times in ms; `startTimeLocal` are ms of the wall clock. A file that breaks off
//! gives what came before. Any value may be of any type: what is not understood is passed over.

use super::metered::{Allowance, Metered};
use super::number::{Comma, number};
use super::words::sport;
use super::{List, MAX_ACTIVITIES, Start, Summary, title};
use crate::model::Sport;
use crate::text;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::HashSet;
use std::fmt;
use std::io::{BufReader, Read};
use xxhash_rust::xxh3::xxh3_64;

/// The list of activities in the file.
const ACTIVITIES: &str = "summarizedActivitiesExport";
/// The kind of event that is a race.
const RACE: f64 = 1.0;
/// No place on Earth keeps a clock further from UTC, in s.
const MAX_OFFSET_S: f64 = 15.0 * 3600.0;

/// Reads the list; `None` where the content has none.
pub(super) fn read(content: &mut dyn Read) -> Option<List> {
    let allowance = Allowance::new();
    let reader = BufReader::new(Metered::new(content, allowance.clone()));
    let mut found = Found {
        allowance,
        list: List::default(),
        numbers: Vec::new(),
        parents: HashSet::new(),
        is_list: false,
    };
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let end = Outside(&mut found).deserialize(&mut deserializer);
    if !found.is_list {
        return None;
    }
    let Found { mut list, numbers, parents, .. } = found;
    // An activity of several sports stands there whole, and each of its parts once more.
    let mut numbers = numbers.iter();
    list.activities.retain(|_| numbers.next().is_none_or(|number| !parents.contains(number)));
    if let Err(error) = end {
        list.remarks.push(format!(
            "is broken at line {}, column {}: {} before it are kept",
            error.line(),
            error.column(),
            text::count(list.activities.len(), "activity")
        ));
    }
    Some(list)
}

/// What has been read so far.
struct Found {
    allowance: Allowance,
    list: List,
    /// The platform's number of each activity of the list.
    numbers: Vec<u64>,
    /// The numbers of those that others are parts of.
    parents: HashSet<u64>,
    is_list: bool,
}

/// A number of the platform, which may be of any length.
fn hash(number: &String) -> u64 {
    xxh3_64(number.as_bytes())
}

/// What a visitor that wants a list or an object makes of anything else.
macro_rules! pass_over_scalars {
    ($type:ty, $value:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<$type, E> {
            Ok($value)
        }

        fn visit_i64<E>(self, _: i64) -> Result<$type, E> {
            Ok($value)
        }

        fn visit_u64<E>(self, _: u64) -> Result<$type, E> {
            Ok($value)
        }

        fn visit_f64<E>(self, _: f64) -> Result<$type, E> {
            Ok($value)
        }

        fn visit_str<E>(self, _: &str) -> Result<$type, E> {
            Ok($value)
        }

        fn visit_unit<E>(self) -> Result<$type, E> {
            Ok($value)
        }
    };
}

/// Whatever lies around the list of activities.
struct Outside<'a>(&'a mut Found);

impl<'de> DeserializeSeed<'de> for Outside<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Outside<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export of activities")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Outside(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == ACTIVITIES {
                self.0.is_list = true;
                map.next_value_seed(Activities(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    pass_over_scalars!((), ());
}

/// The list of activities.
struct Activities<'a>(&'a mut Found);

impl<'de> DeserializeSeed<'de> for Activities<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Activities<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of activities")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let found = self.0;
        let (mut n_undated, mut is_open) = (0, true);
        loop {
            found.allowance.refill();
            let Some(activity) = seq.next_element_seed(Activity::default())? else { break };
            if found.parents.len() < MAX_ACTIVITIES {
                found.parents.extend(activity.parent.as_ref().map(hash));
            }
            if activity.is_whole() {
                continue;
            }
            let number = activity.number.as_ref().map_or(0, hash);
            match activity.summary() {
                Some(summary) if is_open => {
                    is_open = found.list.push(summary);
                    if is_open {
                        found.numbers.push(number);
                    }
                }
                Some(_) => {}
                None => n_undated += 1,
            }
        }
        found.list.say_left_out(n_undated, "without a start");
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    pass_over_scalars!((), ());
}

/// One activity as it stands there.
#[derive(Default)]
struct Activity {
    number: Option<String>,
    parent: Option<String>,
    name: Option<String>,
    kind: Option<String>,
    sport: Option<String>,
    event: Option<f64>,
    begin_ms: Option<f64>,
    local_ms: Option<f64>,
    duration_ms: Option<f64>,
    elapsed_ms: Option<f64>,
    moving_ms: Option<f64>,
    distance_cm: Option<f64>,
    gain_cm: Option<f64>,
    loss_cm: Option<f64>,
    avg_hr: Option<f64>,
    max_hr: Option<f64>,
    steps: Option<f64>,
    rpe: Option<f64>,
    is_parent: bool,
}

impl Activity {
    fn set(&mut self, key: &str, value: Value) {
        match key {
            "activityId" => self.number = value.text(),
            "parentId" | "parentActivityId" => self.parent = value.text(),
            "isParent" | "parent" | "isMultiSportParent" => {
                self.is_parent |= matches!(value, Value::Flag(true));
            }
            "name" | "activityName" => self.name = value.text(),
            "activityType" => self.kind = value.text(),
            "sportType" => self.sport = value.text(),
            "eventTypeId" => self.event = value.number(),
            "beginTimestamp" => self.begin_ms = value.number(),
            "startTimeGmt" => self.begin_ms = self.begin_ms.or(value.number()),
            "startTimeLocal" => self.local_ms = value.number(),
            "duration" => self.duration_ms = value.positive(),
            "elapsedDuration" => self.elapsed_ms = value.positive(),
            "movingDuration" => self.moving_ms = value.positive(),
            "distance" => self.distance_cm = value.positive(),
            "elevationGain" => self.gain_cm = value.number(),
            "elevationLoss" => self.loss_cm = value.number(),
            "avgHr" => self.avg_hr = value.positive(),
            "maxHr" => self.max_hr = value.positive(),
            "steps" => self.steps = value.positive(),
            // From 10 to 100, as the watch stores it.
            "workoutRpe" => self.rpe = value.positive(),
            _ => {}
        }
    }

    /// The activity in our units; `None` without a start.
    fn summary(self) -> Option<Summary> {
        let start = match (self.begin_ms, self.local_ms) {
            (Some(begin), local) => {
                let offset = local.map(|local| ((local - begin) / 1000.0).round());
                let offset = offset.filter(|offset| offset.abs() <= MAX_OFFSET_S).map(|offset| offset as i32);
                Start::Instant(begin as i64, offset)
            }
            (None, Some(local)) => Start::WallClock(local as i64),
            (None, None) => return None,
        };
        let sport = self.sport();
        let mut summary = match &self.number {
            Some(number) => Summary::new("garmin", &[number]),
            None => Summary::new("garmin", &[&format!("{start:?}")]),
        };
        let seconds = |ms: Option<f64>| ms.map(|ms| ms / 1000.0);
        let metres = |cm: Option<f64>| cm.filter(|cm| *cm >= 0.0).map(|cm| cm / 100.0);
        summary.start = Some(start);
        summary.sport = sport;
        summary.title = self.name.as_deref().and_then(title);
        summary.timer_s = seconds(self.duration_ms);
        summary.elapsed_s = seconds(self.elapsed_ms);
        summary.moving_s = seconds(self.moving_ms);
        summary.distance_m = metres(self.distance_cm);
        summary.ascent_m = metres(self.gain_cm);
        summary.descent_m = metres(self.loss_cm);
        summary.avg_hr_bpm = self.avg_hr;
        summary.max_hr_bpm = self.max_hr;
        summary.steps = self.steps;
        summary.rpe = self.rpe.filter(|rpe| (10.0..=100.0).contains(rpe)).map(|rpe| rpe / 10.0);
        summary.is_race = self.event == Some(RACE);
        Some(summary)
    }

    /// The kind of activity is finer than the sport: `trail_running` against `RUNNING`.
    fn sport(&self) -> Sport {
        let of = |name: &Option<String>| name.as_deref().map_or(Sport::Unknown, sport);
        match of(&self.kind) {
            Sport::Unknown => of(&self.sport),
            known => known,
        }
    }

    /// Is it the whole of an activity of several sports?
    fn is_whole(&self) -> bool {
        let has = |name: &Option<String>| {
            name.as_deref().is_some_and(|name| name.to_lowercase().replace('_', "").contains("multisport"))
        };
        self.is_parent || has(&self.kind) || (self.parent.is_none() && has(&self.sport))
    }
}

impl<'de> DeserializeSeed<'de> for Activity {
    type Value = Self;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// An object fills it, anything else leaves it empty.
impl<'de> Visitor<'de> for Activity {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an activity")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value::<Value>()?;
            self.set(&key, value);
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self)
    }

    pass_over_scalars!(Self, Self::default());
}

/// A value of any type, as far as it can matter.
enum Value {
    Number(f64),
    Text(String),
    Flag(bool),
    Nothing,
}

impl Value {
    fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(*value).filter(|value| value.is_finite()),
            Self::Text(text) => number(text, Comma::Thousands),
            Self::Flag(_) | Self::Nothing => None,
        }
    }

    /// Zero is what the platform writes where it knows nothing.
    fn positive(&self) -> Option<f64> {
        self.number().filter(|value| *value > 0.0)
    }

    fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text).filter(|text| !text.is_empty()),
            Self::Number(value) => Some(value.to_string()),
            Self::Flag(_) | Self::Nothing => None,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = r#"{"activityId":11,"name":"Tempo","activityType":"trail_running","sportType":"RUNNING","eventTypeId":1,
        "beginTimestamp":1700000000000,"startTimeGmt":1.7e12,"startTimeLocal":1700003600000.0,"duration":1800000.5,
        "elapsedDuration":1900000,"movingDuration":1790000,"distance":512345.0,"elevationGain":2500.0,"elevationLoss":2400.0,
        "avgSpeed":0.28,"avgHr":150.0,"maxHr":171,"steps":5100,"avgRunCadence":85,"workoutRpe":60,"splits":[{"a":[1,{}]}],
        "startLatitude":52.5,"gear":null}"#;

    fn list(activities: &str) -> List {
        let text = format!("[{{\"summarizedActivitiesExport\":[{activities}]}}]");
        read(&mut text.as_bytes()).unwrap()
    }

    #[test]
    fn centimetres_and_milliseconds_become_metres_and_seconds() {
        let list = list(RUN);
        let [run] = list.activities.as_slice() else { panic!("{list:?}") };
        assert_eq!(run.start, Some(Start::Instant(1_700_000_000_000, Some(3600))));
        assert_eq!(
            (run.sport, run.title.as_deref(), run.is_race),
            (Sport::TrailRunning, Some("Tempo"), true)
        );
        assert_eq!((run.distance_m, run.timer_s), (Some(5123.45), Some(1800.0005)));
        assert_eq!((run.elapsed_s, run.moving_s), (Some(1900.0), Some(1790.0)));
        assert_eq!((run.ascent_m, run.descent_m, run.steps), (Some(25.0), Some(24.0), Some(5100.0)));
        assert_eq!((run.avg_hr_bpm, run.max_hr_bpm, run.rpe), (Some(150.0), Some(171.0), Some(6.0)));
        assert!(list.remarks.is_empty());
    }

    #[test]
    fn parts_of_a_multisport_activity_count_and_the_whole_does_not() {
        let list = list(
            r#"{"activityId":1,"sportType":"MULTISPORT","activityType":"multi_sport","beginTimestamp":1700000000000,"distance":1},
               {"activityId":2,"beginTimestamp":1700000000000,"distance":1},
               {"activityId":3,"parentId":2,"sportType":"RUNNING","beginTimestamp":1700000100000,"distance":"1,000.0"}"#,
        );
        let [run] = list.activities.as_slice() else { panic!("{list:?}") };
        assert_eq!((run.sport, run.distance_m), (Sport::Running, Some(10.0)));
    }

    #[test]
    fn what_is_of_another_type_is_passed_over() {
        let list = list(&format!("null,7,[],{{\"beginTimestamp\":[]}},{RUN}"));
        assert_eq!(
            (list.activities.len(), list.remarks.as_slice()),
            (1, &["4 rows without a start: left out".to_owned()][..])
        );
    }

    #[test]
    fn a_cut_file_keeps_what_came_before() {
        let text = format!("[{{\"summarizedActivitiesExport\":[{RUN},\n{RUN}");
        for cut in [text.len() - 300, text.len() - 1, text.len()] {
            let list = read(&mut &text.as_bytes()[..cut]).unwrap();
            assert!(list.activities.len() == 1 + usize::from(cut == text.len()), "{list:?}");
            assert!(list.remarks[0].starts_with("is broken at line "), "{list:?}");
        }
        assert_eq!(read(&mut &b"[{\"gearDTOS\":[{}]}]"[..]), None);
        assert_eq!(read(&mut &b"not JSON"[..]), None);
    }
}
