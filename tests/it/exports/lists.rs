//! Lists beside a few recordings: what they add, and what they are alone.

use super::Export;
use super::Shape::Folder;
use super::recording::Outing;
use legwork::model::{Format, Sport};

/// 2026-05-01T06:00:00Z, 8 o'clock by the watch.
const START_S: i64 = 1_777_615_200;
const RUN: Outing = Outing { start_s: START_S, seconds: 3000, metres: 10_000.0, sport: (1, 0) };

/// The titles of all runs by start, those without a recording in brackets.
fn titles(name: &str, list: &str) -> Vec<String> {
    let mut export = Export::default();
    export.add("2026/run.fit", RUN.fit());
    export.add(name, list);
    let imported = export.imported(Folder);
    let title = |title: Option<&str>| title.unwrap_or("none").to_owned();
    imported
        .digests
        .iter()
        .map(|one| match one.format {
            Format::Csv => format!("[{}]", title(one.title.as_deref())),
            _ => title(one.title.as_deref()),
        })
        .collect()
}

#[test]
fn the_list_of_a_website_finds_its_recording_by_the_wall_clock() {
    let list = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Avg Pace\n\
                Running,2026-05-01 08:00:00,false,Lake,10.00,600,00:50:00,150,170,5:00\n\
                Treadmill Running,2026-05-03 08:00:00,false,Belt,8.00,600,00:40:00,150,170,5:00\n";
    assert_eq!(titles("Activities (1).csv", list), ["Lake", "[Belt]"]);
}

#[test]
fn a_list_of_ones_own_finds_its_recording_by_the_day() {
    let list = "date;distance_km;duration;title\n2026-05-01;10,1;50:20;Lake\n2026-05-01;5;25:00;Evening\n2026-04-30;10;;Before\n";
    assert_eq!(titles("old/runs before the watch.csv", list), ["[Before]", "Lake", "[Evening]"]);
}

#[test]
fn intervals_icu_tells_both_clocks() {
    let list = "id,start_date_local,name,type,moving_time,distance,elapsed_time,icu_rpe,sub_type,start_date\n\
                i1,2026-05-01T08:00:05,Lake,TrailRun,2990,10000,3000,6,RACE,2026-05-01T06:00:05Z\n";
    assert_eq!(titles("activities.csv", list), ["Lake"]);
    let mut export = Export::default();
    export.add("run.fit", RUN.fit());
    export.add("activities.csv", list);
    let one = &export.imported(Folder).digests[0];
    assert_eq!((one.sport, one.rpe, one.is_race), (Sport::TrailRunning, Some(6.0), true));
}

#[test]
fn files_that_stand_beside_runs_are_no_lists() {
    for name in ["massage.csv", "diary.csv", "plan.csv", "overrides.csv", "unknown.csv"] {
        assert_eq!(titles(name, "date,distance_km,title\n2026-05-02,10,Never\n"), ["none"], "{name}");
    }
    assert_eq!(titles("sleep.csv", "date,duration,score\n2026-05-02,7:30:00,80\n"), ["none"]);
}
