//! Accounts of made-up imports.

use super::*;
use crate::digest::{Digest, digest};
use crate::ingest::{Copy, CopyRule, Fate, FileNote, Imported, ReadError};
use crate::model::{Format, Recording, Sport};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn recorded(id: &str, file: &str, sport: Sport) -> Digest {
    let mut recording = Recording::new(Format::Fit);
    recording.sport = sport;
    digest(&recording, id.into(), file.into())
}

fn open(imported: &Imported) -> Book {
    Book::open(imported, |digest| (digest.id != "old").then(|| "2026-05-01".parse().unwrap()))
}

fn note(file: &str, fate: Fate) -> FileNote {
    FileNote { file: file.into(), fate }
}

fn ids(of: &[&str]) -> Fate {
    Fate::Read(of.iter().map(ToString::to_string).collect())
}

/// An import with a file of each kind; `a`, `b`, `c-2` and `row` are runs.
fn import() -> Imported {
    let mut cut = recorded("b", "b.fit", Sport::Running);
    cut.is_salvaged = true;
    cut.remarks = vec!["ends early".into(), "its packing\u{7} is damaged".into()];
    let digests = vec![
        recorded("a", "a.fit", Sport::Running),
        cut,
        recorded("c", "c.fit", Sport::Other),
        recorded("c-2", "c.fit", Sport::Running),
        recorded("copy", "copy.gpx", Sport::Running),
        recorded("old", "old.fit", Sport::Running),
        recorded("row", "activities.csv", Sport::Running),
        recorded("walk", "walk.gpx", Sport::Walking),
    ];
    let copy = Copy {
        of: "a".into(),
        of_file: "a.fit".into(),
        file: "copy.gpx".into(),
        rule: CopyRule::SameStart { apart_s: 3, distance_pct: 0 },
        filled: vec!["power".into()],
    };
    let mut said = crate::ingest::Said::default();
    said.dropped.insert("gone".into(), Some("twice".into()));
    Imported {
        said,
        digests,
        copies: [("copy".to_owned(), copy)].into(),
        errors: [("course.gpx", ReadError::Course), ("empty.fit", ReadError::Empty)]
            .map(|(file, error)| (file.to_owned(), error))
            .into(),
        files: vec![
            note("a.fit", ids(&["a"])),
            note("activities.csv", Fate::Listed("3 activities".into())),
            note("again.fit", Fate::SameContent("a.fit".into())),
            note("b.fit", ids(&["b"])),
            note("c.fit", ids(&["c", "c-2"])),
            note("copy.gpx", ids(&["copy"])),
            note("course.gpx", Fate::Skipped(ReadError::Course.to_string())),
            note("dropped.fit", ids(&["gone"])),
            note("empty.fit", Fate::Failed(ReadError::Empty.to_string())),
            note("old.fit", ids(&["old"])),
            note("walk.gpx", ids(&["walk"])),
        ],
        ..Imported::default()
    }
}

const RUNS: [&str; 5] = ["a", "b", "c-2", "copy", "row"];

#[test]
fn every_file_has_one_outcome_with_its_reason() {
    let mut book = open(&import());
    book.leave_out("old", Kind::WrongClock, "is dated 1989-12-31");
    let ledger = book.close(RUNS.into_iter());
    let told: Vec<(&str, &str, &str)> = ledger
        .entries
        .iter()
        .map(|entry| (entry.file.as_str(), entry.outcome.name(), entry.why.as_deref().unwrap_or("")))
        .collect();
    let expected = [
        ("a.fit", "used", ""),
        ("activities.csv", "listed", "3 activities, 1 of them a run without a file"),
        ("again.fit", "duplicate", "same bytes"),
        ("b.fit", "salvaged", "ends early; its packing is damaged"),
        ("c.fit", "used", ""),
        ("copy.gpx", "merged", "same start, 3 s apart"),
        ("course.gpx", "skipped", "has no times: a course or route, not a recording"),
        ("dropped.fit", "skipped", "dropped in overrides.csv: twice"),
        ("empty.fit", "failed", "is empty"),
        ("old.fit", "skipped", "is dated 1989-12-31"),
        ("walk.gpx", "skipped", "walking"),
    ];
    assert_eq!(told, expected);
    let of = |file: &str| ledger.entries.iter().find(|entry| entry.file == file).unwrap();
    assert_eq!((of("again.fit").of.as_deref(), of("again.fit").rule), (Some("a.fit"), Some("same_content")));
    assert_eq!((of("copy.gpx").of.as_deref(), of("copy.gpx").rule), (Some("a.fit"), Some("same_start")));
    let parts: Vec<(&str, Outcome)> =
        of("c.fit").parts.iter().map(|part| (part.id.as_str(), part.outcome)).collect();
    assert_eq!(parts, [("c", Outcome::Skipped), ("c-2", Outcome::Used)]);
    assert_eq!(
        (of("c.fit").runs.as_slice(), of("activities.csv").runs.as_slice()),
        (&["c-2".to_owned()][..], &["row".to_owned()][..])
    );
    let totals = ledger.totals();
    assert_eq!((totals.runs, totals.copies, totals.runs_of_lists), (4, 1, 1));
    assert_eq!(
        totals.sentence(),
        "Read 11 files: 2 used, 1 salvaged, 1 merged, 1 duplicate, 4 skipped, 1 failed, 1 list."
    );
    assert_eq!(
        ledger.kinds(),
        "Skipped: 1 of another sport, 1 course, 1 with a wrong clock, 1 dropped in overrides.csv. Failed: 1 empty."
    );
    assert_eq!(ledger.holds(Outcome::Skipped, Some(Kind::OtherSport)), [("walking", 1)]);
    assert_eq!(ledger.beside(), [("another sport", 1)]);
    let day = "2026-05-01".parse().ok();
    assert_eq!((of("walk.gpx").id.as_deref(), of("walk.gpx").date), (Some("walk"), day));
    assert_eq!((of("c.fit").id.as_deref(), of("c.fit").parts[0].date), (None, day));
    assert_eq!((of("old.fit").date, of("course.gpx").id.as_deref()), (None, None));
}

/// An import of these recordings, a file each, the second a copy of the first, and one more with the bytes of the last.
fn rides(sports: &[(&str, Sport)]) -> Imported {
    let file = |id: &str| format!("{id}.fit");
    let mut files: Vec<FileNote> = sports.iter().map(|(id, _)| note(&file(id), ids(&[id]))).collect();
    let of = sports.last().map_or_else(String::new, |(id, _)| file(id));
    files.push(note("z.fit", Fate::SameContent(of)));
    let copy = Copy {
        of: sports[0].0.into(),
        of_file: file(sports[0].0),
        file: file(sports[1].0),
        rule: CopyRule::SameStart { apart_s: 3, distance_pct: 0 },
        filled: Vec::new(),
    };
    Imported {
        digests: sports.iter().map(|(id, sport)| recorded(id, &file(id), *sport)).collect(),
        copies: [(sports[1].0.to_owned(), copy)].into(),
        files,
        ..Imported::default()
    }
}

#[test]
fn a_session_that_counts_as_load_is_used_as_load() {
    let cycling = Sport::Cycling;
    let mut import = rides(&[("a", cycling), ("b", cycling), ("c", cycling), ("d", cycling), ("e", cycling)]);
    import.digests[2].is_salvaged = true;
    import.digests[2].remarks = vec!["cut off".into()];
    let told = |loads: &[&str]| {
        let mut book = open(&import);
        for id in loads {
            book.count_as_load(id);
        }
        book.leave_out("d", Kind::OtherSport, "cycling: no load");
        let ledger = book.close(std::iter::empty());
        let of = |entry: &Entry| (entry.outcome, entry.why.clone().unwrap_or_default());
        (ledger.entries.iter().map(of).collect::<Vec<_>>(), ledger)
    };
    let (with, ledger) = told(&["a", "c", "e"]);
    let load = "cycling: counts as load, not as distance";
    let expected = [
        (Outcome::Load, load),
        (Outcome::Duplicate, "same start, 3 s apart"),
        (Outcome::Salvaged, "cut off; cycling: counts as load, not as distance"),
        (Outcome::Skipped, "cycling: no load"),
        (Outcome::Load, load),
        (Outcome::Duplicate, "same bytes"),
    ];
    assert_eq!(with, expected.map(|(outcome, why)| (outcome, why.to_owned())));
    assert_eq!(
        ledger.totals().sentence(),
        "Read 6 files: 1 salvaged, 2 as load alone, 2 duplicates, 1 skipped."
    );
    assert_eq!((ledger.totals().load, ledger.holds(Outcome::Load, None)), (2, vec![("cycling", 2)]));
    // Where none counts, a copy of one is what that one is.
    let (without, _) = told(&[]);
    let why: Vec<&str> = without.iter().map(|(_, why)| why.as_str()).collect();
    assert!(without.iter().all(|(outcome, _)| *outcome == Outcome::Skipped), "{without:?}");
    assert_eq!(
        why,
        ["cycling", "cycling", "cycling", "cycling: no load", "cycling", "cycling; same bytes as e.fit"]
    );
}

#[test]
fn a_file_of_several_sports_says_all_of_them() {
    let mut import = rides(&[("a", Sport::Swimming), ("b", Sport::Cycling)]);
    import.files = vec![note("a.fit", ids(&["a", "b"]))];
    let ledger = open(&import).close(std::iter::empty());
    assert_eq!(ledger.entries[0].why.as_deref(), Some("swimming; cycling"));
    let held = ledger.holds(Outcome::Skipped, None);
    assert_eq!(held, [("cycling", 1), ("swimming", 1)]);
}

#[test]
fn a_watch_file_says_what_it_is() {
    let kinds = ["type 49", "monitoring b", "course"];
    let errors = kinds.map(|kind| (format!("{kind}.fit"), ReadError::NotAnActivity(kind.into())));
    let files = errors.iter().map(|(file, error)| note(file, Fate::Skipped(error.to_string()))).collect();
    let import = Imported { files, errors: errors.into(), ..Imported::default() };
    let ledger = open(&import).close(std::iter::empty());
    assert_eq!(ledger.kinds(), "Skipped: 2 that are no activities, 1 course.");
    let held = ledger.holds(Outcome::Skipped, Some(Kind::NotAnActivity));
    assert_eq!(held, [("daily monitoring", 1), ("sleep", 1)]);
}

#[test]
fn what_is_later_leaves_no_trace() {
    let whole = import();
    let mut without = whole.clone();
    without.files.retain(|note| !["a.fit", "again.fit", "walk.gpx"].contains(&note.file.as_str()));
    without.files[2].fate = ids(&["c-2"]);
    without.digests.retain(|digest| !["a", "c", "walk"].contains(&digest.id.as_str()));
    let runs = ["b", "c-2", "row"];
    let mut book = open(&whole);
    for id in ["a", "c", "walk"] {
        book.pass_over(id);
    }
    let (mut seen, mut expected) = (book.close(runs.into_iter()), open(&without).close(runs.into_iter()));
    for ledger in [&mut seen, &mut expected] {
        // The copy was of a run that one of the two does not know; copies of runs are of the same day.
        ledger.entries.retain(|entry| entry.file != "copy.gpx");
    }
    assert_eq!(seen, expected);
}

#[test]
fn no_file_is_said_too() {
    let nothing = open(&Imported::default()).close(std::iter::empty());
    assert_eq!(
        (nothing.totals().sentence().as_str(), nothing.kinds().as_str()),
        ("Read no file.", "Nothing was skipped.")
    );
    let many = Totals { files: 1204, used: 1204, ..Totals::default() };
    assert_eq!(many.sentence(), "Read 1,204 files: 1,204 used.");
}

#[test]
fn what_the_runner_has_said_of_a_recording_is_its_reason() {
    let mut import = import();
    for id in ["a", "walk"] {
        import.said.of.insert(id.to_owned(), crate::model::Override::default());
        let digest = import.digests.iter_mut().find(|digest| digest.id == id).unwrap();
        digest.remarks.push("by overrides.csv: sport as given".into());
    }
    let ledger = open(&import).close(RUNS.into_iter());
    let why =
        |file: &str| ledger.entries.iter().find(|entry| entry.file == file).unwrap().why.clone().unwrap();
    assert_eq!(why("a.fit"), "by overrides.csv: sport as given");
    assert_eq!(why("walk.gpx"), "walking; by overrides.csv: sport as given");
}

/// What may have become of a file, by number.
fn fate(at: usize, n: u8) -> Fate {
    match n {
        0 => ids(&[&format!("{at}")]),
        1 => ids(&[&format!("{at}"), &format!("{at}-2")]),
        2 => Fate::Failed("is empty".into()),
        3 => Fate::Skipped("a course".into()),
        4 => Fate::Listed(String::new()),
        _ => Fate::SameContent(format!("{}.fit", at / 2)),
    }
}

proptest! {
    #[test]
    fn totals_add_up_to_the_files(fates in prop::collection::vec((0_u8..6, any::<[bool; 4]>()), 0..40)) {
        let mut import = Imported::default();
        let mut later = Vec::new();
        let mut runs = Vec::new();
        for (at, (n, [is_read, is_run, is_copy, is_later])) in fates.into_iter().enumerate() {
            let file = format!("{at}.fit");
            let fate = fate(at, n);
            for id in super::book::ids(&fate).filter(|_| is_read) {
                import.digests.push(recorded(id, &file, Sport::Running));
                if is_copy {
                    let rule = CopyRule::OtherClock { hours: 1 };
                    let filled = if is_run { vec!["power".to_owned()] } else { Vec::new() };
                    let copy = Copy { of: "0".into(), of_file: "0.fit".into(), file: file.clone(), rule, filled };
                    import.copies.insert(id.to_owned(), copy);
                }
                if is_later { later.push(id.to_owned()) } else if is_run { runs.push(id.to_owned()) }
            }
            import.files.push(note(&file, fate));
        }
        let mut book = open(&import);
        for id in &later {
            book.pass_over(id);
        }
        let ledger = book.close(runs.iter().map(String::as_str));
        let Totals { files, used, salvaged, load, merged, duplicate, skipped, failed, listed, .. } = ledger.totals();
        prop_assert_eq!(used + salvaged + load + merged + duplicate + skipped + failed + listed, files);
        prop_assert_eq!(ledger.totals().runs + ledger.totals().copies, runs.len());
        let mut names: Vec<&str> = ledger.entries.iter().map(|entry| entry.file.as_str()).collect();
        let n_names = names.len();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(names.len(), n_names);
        let gone = import.files.iter().filter(|note| !names.contains(&note.file.as_str()));
        for note in gone {
            let is_later = super::book::ids(&note.fate).all(|id| later.iter().any(|one| one == id));
            prop_assert!(is_later && matches!(note.fate, Fate::Read(_) | Fate::SameContent(_)), "{note:?}");
        }
        let of_files: BTreeSet<&str> = ledger.entries.iter().flat_map(|entry| &entry.runs).map(String::as_str).collect();
        prop_assert_eq!(of_files, runs.iter().map(String::as_str).collect::<BTreeSet<_>>());
    }
}
