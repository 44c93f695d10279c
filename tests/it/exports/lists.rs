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

/// 1989-12-31T05:00:00Z: the clock of a watch that was never set.
const UNSET_S: i64 = 631_083_600;
const LIST: &str = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Avg Pace\n\
                    Running,2026-05-01 08:00:00,false,Lake,10.00,600,00:50:00,150,170,5:00\n\
                    Running,2026-05-03 08:00:00,false,Hill,8.00,600,00:40:00,150,170,5:00\n";

#[test]
fn a_clock_that_was_never_set_is_put_right_by_the_row_of_these_sums() {
    let unset = Outing { start_s: UNSET_S, ..RUN };
    let starts = |files: &[(&str, Outing)]| {
        let mut export = Export::default();
        for (name, outing) in files {
            export.add(*name, outing.fit());
        }
        export.add("Activities.csv", LIST);
        let imported = export.imported(Folder);
        let start =
            |one: &legwork::digest::Digest| (one.start_ms / 1000 - START_S, one.format == Format::Fit);
        imported.digests.iter().map(start).collect::<Vec<_>>()
    };
    let alone = [(0, true), (2 * 86_400, false)];
    assert_eq!(starts(&[("a.fit", unset)]), alone);
    assert_eq!(starts(&[("2026-05-01.fit", unset)]), alone);
    // The row has its recording already.
    let lost = UNSET_S - START_S;
    assert_eq!(starts(&[("a.fit", unset), ("run.fit", RUN)]), [(lost, true), (0, true), (2 * 86_400, false)]);
    assert_eq!(starts(&[("2026-05-03.fit", unset)]).len(), 3, "another day");
    // Longer than the row by a minute, so only the day speaks for it.
    let other = Outing { seconds: 3060, ..unset };
    assert_eq!(starts(&[("2026-05-01.fit", other)]).len(), 2);
    assert_eq!(starts(&[("a.fit", other)]).len(), 3);
}

#[test]
fn of_files_with_the_same_bytes_either_name_may_hold_the_date() {
    let unset = Outing { start_s: UNSET_S, ..RUN };
    for names in [["a.fit", "b/2026-05-01-08-00-00.fit"], ["2026-05-01-08-00-00.fit", "b/a.fit"]] {
        let mut export = Export::default();
        names.into_iter().for_each(|name| export.add(name, unset.fit()));
        let starts: Vec<i64> =
            export.imported(Folder).digests.iter().map(|one| one.start_ms / 1000).collect();
        assert_eq!(starts, [START_S], "{names:?}");
    }
}

#[test]
fn files_that_stand_beside_runs_are_no_lists() {
    for name in ["massage.csv", "diary.csv", "plan.csv", "overrides.csv", "unknown.csv"] {
        assert_eq!(titles(name, "date,distance_km,title\n2026-05-02,10,Never\n"), ["none"], "{name}");
    }
    assert_eq!(titles("sleep.csv", "date,duration,score\n2026-05-02,7:30:00,80\n"), ["none"]);
}
