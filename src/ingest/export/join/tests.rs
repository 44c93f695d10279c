//! Rows and recordings, laid over each other.

use super::super::Start;
use super::*;
use crate::digest::DistanceSource;
use crate::ingest::Fate;
use crate::model::Sport;

const START: i64 = 1_777_615_200_000; // 2026-05-01T06:00:00Z

fn recorded(id: &str, start_ms: i64, minutes: f64, metres: f64, sport: Sport) -> Digest {
    let mut recording = Recording::new(Format::Fit);
    recording.start_ms = start_ms;
    recording.utc_offset_s = Some(7200);
    recording.sport = sport;
    recording.totals.timer_s = Some(minutes * 60.0);
    recording.totals.elapsed_s = Some(minutes * 60.0);
    recording.totals.distance_m = Some(metres);
    digest(&recording, id.into(), format!("activities/{id}.fit"))
}

fn row(key: &str, start: Start, minutes: f64, metres: f64) -> Summary {
    Summary {
        start: Some(start),
        sport: Sport::Running,
        elapsed_s: Some(minutes * 60.0),
        distance_m: Some(metres),
        title: Some(key.to_owned()),
        ..Summary::new("test", &[key])
    }
}

fn named(file: &str, summary: Summary) -> Summary {
    Summary { file: Some(file.into()), ..summary }
}

/// Joins a list to recordings, each of a file of its own; returns the notices too.
fn joined(digests: &[Digest], rows: &[Summary], more: &[FileNote]) -> (Vec<Digest>, Vec<String>) {
    let files =
        digests.iter().map(|d| FileNote { file: d.file.clone(), fate: Fate::Read(vec![d.id.clone()]) });
    let files: Vec<FileNote> = files.chain(more.iter().cloned()).collect();
    let list = List { activities: rows.to_vec(), ..List::default() };
    let (mut all, mut notices) = (digests.to_vec(), Vec::new());
    let given = Given { latest_ms: Some(START + 86_400_000), ..Given::default() };
    let lists = [("activities.csv".into(), list)];
    date(&mut all, &lists, &files, &given);
    join(&mut all, &lists, &files, &given, &mut notices);
    (all, notices.iter().map(ToString::to_string).collect())
}

#[test]
fn a_named_file_gets_what_its_row_adds_and_keeps_what_it_measured() {
    let recording = Digest { sport_inferred: true, ..recorded("1", START, 40.0, 8000.0, Sport::Running) };
    let edited = Summary {
        sport: Sport::TrailRunning,
        rpe: Some(7.0),
        is_race: true,
        ..named("activities/1.fit.gz", row("Hills", Start::Instant(START + 7_000_000, None), 55.0, 9000.0))
    };
    let (all, said) = joined(&[recording], &[edited], &[]);
    let [one] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(
        (one.title.as_deref(), one.sport, one.is_race, one.rpe),
        (Some("Hills"), Sport::TrailRunning, true, Some(7.0))
    );
    assert_eq!((one.distance_m, one.timer_s, one.start_ms), (Some(8000.0), 2400.0, START));
    assert!(said.is_empty() && one.remarks.is_empty() && !one.sport_inferred);
}

#[test]
fn on_a_treadmill_the_distance_of_the_runner_counts() {
    let belt = recorded("1", START, 40.0, 8000.0, Sport::TreadmillRunning);
    let with =
        |metres: f64| named("activities/1.fit", row("Belt", Start::Instant(START, None), 40.0, metres));
    let (all, _) = joined(std::slice::from_ref(&belt), &[with(8400.0)], &[]);
    assert_eq!((all[0].distance_m, all[0].distance_source), (Some(8400.0), DistanceSource::Device));
    let said = "was run indoors: the distance in activities.csv counts, +5 % against the recording";
    assert!(all[0].remarks[0].starts_with(said), "{:?}", all[0].remarks);
    let (all, _) = joined(&[belt], &[with(8050.0)], &[]);
    assert_eq!((all[0].distance_m, all[0].remarks.len()), (Some(8000.0), 0));
}

#[test]
fn a_clock_that_was_never_set_is_put_right_by_the_row() {
    let lost = recorded("1", 631_065_600_000, 40.0, 8000.0, Sport::Running);
    let (all, _) = joined(
        &[lost],
        &[named("activities/1.fit", row("x", Start::Instant(START, None), 40.0, 8000.0))],
        &[],
    );
    assert_eq!((all[0].start_ms, all.len()), (START, 1));
    assert_eq!(
        all[0].remarks,
        ["its clock said 1989-12-31T00:00:00Z: dated 2026-05-01T06:00:00Z by activities.csv"]
    );
}

#[test]
fn rows_without_a_recording_become_runs_and_say_what_is_missing() {
    let instant = Start::Instant(START, None);
    let rows = [
        Summary { moving_s: Some(2300.0), steps: Some(7000.0), ..row("by hand", instant, 40.0, 8000.0) },
        named("activities/2.fit", row("absent", Start::Instant(START + 10_000_000, None), 40.0, 8000.0)),
        named("activities/3.fit", row("broken", Start::Instant(START + 20_000_000, None), 40.0, 8000.0)),
        Summary { elapsed_s: None, distance_m: None, ..row("empty", instant, 0.0, 0.0) },
    ];
    let broken = FileNote { file: "activities/3.fit".into(), fate: Fate::Failed("is empty".into()) };
    let (all, said) = joined(&[], &rows, &[broken]);
    let titles: Vec<_> = all.iter().map(|one| one.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["by hand", "absent", "broken"]);
    let first = &all[0];
    assert_eq!((first.timer_s, first.elapsed_s, first.moving_s), (2300.0, 2400.0, 2300.0));
    assert_eq!(
        (first.steps, first.format, first.file.as_str()),
        (Some(7000.0), Format::Csv, "activities.csv")
    );
    assert_eq!(all[2].remarks, ["activities/3.fit is empty: its row in the list counts instead"]);
    assert_eq!(
        said,
        [
            "activities.csv: names files of 1 activity that are not here: counted by the sums of the list, without samples",
            "activities.csv: 1 row without a recording, a time and a distance: left out"
        ]
    );
}

#[test]
fn rows_find_recordings_by_start_kind_and_duration() {
    let run = recorded("1", START, 40.0, 8000.0, Sport::Running);
    let copy = recorded("2", START + 30_000, 41.0, 8010.0, Sport::Running);
    let ride = recorded("3", START, 40.0, 8000.0, Sport::Other);
    let n_with = |start: Start, minutes: f64| {
        let (all, _) =
            joined(&[run.clone(), copy.clone(), ride.clone()], &[row("x", start, minutes, 8000.0)], &[]);
        let n_titled = all.iter().filter(|one| one.title.is_some() && is_recorded(one)).count();
        (all.len(), n_titled)
    };
    assert_eq!(n_with(Start::Instant(START + 200_000, None), 40.0), (3, 2));
    assert_eq!(n_with(Start::WallClock(START + 7_200_000), 40.0), (3, 2));
    assert_eq!(n_with(Start::Day(START - 6 * 3_600_000), 40.0), (3, 2));
    assert_eq!(n_with(Start::Instant(START + 400_000, None), 40.0), (4, 0));
    assert_eq!(n_with(Start::Instant(START, None), 60.0), (4, 0));
    assert_eq!(n_with(Start::WallClock(START), 40.0), (4, 0));
    assert_eq!(n_with(Start::Day(START - 6 * 3_600_000), 60.0), (4, 0));
}

#[test]
fn two_exports_of_one_account_list_an_activity_once() {
    let list = |title: &str, more: &[Summary]| {
        let mut activities = vec![Summary {
            title: Some(title.into()),
            ..row("1", Start::Instant(START, None), 40.0, 8000.0)
        }];
        activities.extend(more.iter().cloned());
        List { activities, ..List::default() }
    };
    let later = row("2", Start::Instant(START + 86_400_000, None), 40.0, 8000.0);
    let lists = [("a.csv".to_owned(), list("old", &[])), ("b.csv".to_owned(), list("new", &[later]))];
    let mut all = Vec::new();
    join(&mut all, &lists, &[], &Given::default(), &mut Vec::new());
    let titles: Vec<_> = all.iter().filter_map(|one| one.title.as_deref()).collect();
    assert_eq!(titles, ["new", "2"]);
}
