//! The account export of Garmin: thousands of files in archives within the archive, most of them no activities.

use super::recording::{Outing, fit_of_type};
use super::{Export, both};
use legwork::ingest::Fate;
use legwork::model::{Format, Sport};
use serde_json::{Value, json};

/// What stands in front of every name in such an export.
const OWNER: &str = "jo.doe@mail.example";
/// 2022-01-03T06:00:00Z
const FIRST_S: i64 = 1_641_189_600;
const DAY_S: i64 = 86_400;
const N_ACTIVITIES: usize = 400;
const N_FILES: usize = 3000;
const SECONDS: i64 = 600;

/// Every tenth is a ride, every ninth of the others on a belt.
fn outing(at: usize) -> Outing {
    let sport = if at % 10 == 3 {
        (2, 0)
    } else if is_belt(at) {
        (1, 1)
    } else {
        (1, 0)
    };
    Outing { start_s: FIRST_S + at as i64 * 2 * DAY_S, seconds: SECONDS, metres: 1700.0 + at as f64, sport }
}

fn is_belt(at: usize) -> bool {
    at % 10 != 3 && at.is_multiple_of(9)
}

/// An activity as the platform sums it up.
fn summary(number: usize, name: &str, kind: (&str, &str), start_s: i64, metres: f64) -> Value {
    json!({
        "activityId": 7_000_000 + number,
        "name": name,
        "activityType": kind.0,
        "sportType": kind.1,
        "eventTypeId": if number.is_multiple_of(50) { 1 } else { 9 },
        "beginTimestamp": start_s * 1000,
        "startTimeGmt": start_s as f64 * 1000.0,
        "startTimeLocal": (start_s + 7200) as f64 * 1000.0,
        "duration": SECONDS as f64 * 1000.0,
        "elapsedDuration": SECONDS as f64 * 1000.0,
        "distance": metres * 100.0,
        "elevationGain": 1250.0,
        "avgHr": 145.0,
        "maxHr": 170.0,
        "startLatitude": 51.0,
        "splits": [{"number": 1, "values": [1, 2, {"a": null}]}],
    })
}

fn summaries() -> Vec<Value> {
    let mut all: Vec<Value> = (0..N_ACTIVITIES)
        .map(|at| {
            let Outing { start_s, metres, sport, .. } = outing(at);
            let kind = match sport {
                (2, _) => ("road_biking", "CYCLING"),
                (_, 1) => ("treadmill_running", "RUNNING"),
                _ => ("trail_running", "RUNNING"),
            };
            // A second late, and on the belt what the runner put in.
            let metres = if is_belt(at) { metres * 1.1 } else { metres };
            summary(at, &format!("Activity {at}"), kind, start_s + 1, metres)
        })
        .collect();
    let by_hand_s = FIRST_S + DAY_S;
    all.push(summary(N_ACTIVITIES + 1, "By hand", ("running", "RUNNING"), by_hand_s, 6000.0));
    let parts_s = FIRST_S + 3 * DAY_S;
    let mut whole = summary(N_ACTIVITIES + 2, "Duathlon", ("multi_sport", "MULTISPORT"), parts_s, 20_000.0);
    whole["isParent"] = json!(true);
    all.push(whole);
    let mut part = summary(N_ACTIVITIES + 3, "Its run", ("running", "RUNNING"), parts_s, 5000.0);
    part["parentId"] = json!(7_000_000 + N_ACTIVITIES + 2);
    all.push(part);
    all
}

fn export() -> Export {
    let mut export = Export::default();
    let folder = "DI_CONNECT/DI-Connect-Uploaded-Files";
    for at in 0..N_FILES {
        let bytes = match at {
            _ if at < N_ACTIVITIES => outing(at).fit(),
            // Monitoring, sleep, settings, a course and a workout.
            _ => fit_of_type([32, 49, 2, 6, 5][at % 5], at as u32),
        };
        // Kinds lie mixed in each of the archives.
        let part = at % 3 + 1;
        export.add(format!("{folder}/UploadedFiles_0-_Part{part}.zip/{OWNER}_{at}.fit"), bytes);
    }
    let text = json!([{ "summarizedActivitiesExport": summaries() }]).to_string();
    export.add(format!("DI_CONNECT/DI-Connect-Fitness/{OWNER}_0_summarizedActivities.json"), text);
    export.add(format!("DI_CONNECT/DI-Connect-Fitness/{OWNER}_gear.json"), "[{\"gearDTOS\":[]}]");
    export.add("DI_CONNECT/DI-Connect-Wellness/2022-01-01_sleepData.json", "[]");
    export
}

#[test]
fn an_account_of_three_thousand_files_is_read_whole() {
    let imported = both(&export());
    let n = |is: fn(&Fate) -> bool| imported.files.iter().filter(|note| is(&note.fate)).count();
    assert_eq!(n(|fate| matches!(fate, Fate::Read(_))), N_ACTIVITIES);
    assert_eq!(n(|fate| matches!(fate, Fate::Failed(_))), 0);
    assert_eq!(n(|fate| matches!(fate, Fate::Listed(words) if words == "402 activities")), 1);
    assert!(n(|fate| matches!(fate, Fate::Skipped(_))) >= N_FILES - N_ACTIVITIES);

    let digests = &imported.digests;
    assert_eq!(digests.len(), N_ACTIVITIES + 2);
    let (listed, recorded): (Vec<_>, Vec<_>) = digests.iter().partition(|one| one.format == Format::Json);
    let titles: Vec<&str> = listed.iter().filter_map(|one| one.title.as_deref()).collect();
    assert_eq!(titles, ["By hand", "Its run"]);
    assert!(listed.iter().all(|one| one.utc_offset_s == Some(7200) && one.avg_hr_bpm == Some(145.0)));
    for (at, one) in recorded.into_iter().enumerate() {
        let Outing { start_s, metres, sport, .. } = outing(at);
        assert_eq!((one.start_ms, one.title.clone()), (start_s * 1000, Some(format!("Activity {at}"))));
        assert_eq!(one.is_race, at % 50 == 0);
        let expected = match sport {
            (2, _) => Sport::Cycling,
            (_, 1) => Sport::TreadmillRunning,
            _ => Sport::TrailRunning,
        };
        assert_eq!(one.sport, expected, "{at}");
        let metres = if is_belt(at) { metres * 1.1 } else { metres };
        assert!((one.distance_m.unwrap() - metres).abs() < 0.2, "{at}: {:?}", one.distance_m);
    }
    // Who it is of is in the name of every file, and told nowhere.
    let told = format!("{:?} {:?}", imported.notices, imported.files);
    assert!(!told.contains("mail.example") && !told.contains("jo.doe"));
    assert!(digests.iter().all(|one| !format!("{} {:?}", one.file, one.remarks).contains('@')));
}
