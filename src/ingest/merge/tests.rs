//! Which recordings are one, which counts, and what it takes over.

use super::*;
use crate::digest::digest;
use crate::ingest::testing::{Track, sources};
use crate::model::{Format, Override, Recording, Sport};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Ids, and of what each is a copy by which rule.
type Found = Vec<(String, String, CopyRule)>;

fn found(mut digests: Vec<Digest>, said: &Said) -> Found {
    digests.sort_by(|a, b| (a.start_ms, &a.id, &a.file).cmp(&(b.start_ms, &b.id, &b.file)));
    let copies = copies(&mut digests, &[], &Given::default(), said, &mut Vec::new());
    copies.into_iter().map(|(id, copy)| (id, copy.of, copy.rule)).collect()
}

fn of(digests: &[Digest]) -> Found {
    found(digests.to_vec(), &Said::default())
}

/// An hour at 3 m/s that begins so many seconds after a fixed start, changed by `change`.
fn run(id: &str, start_s: i64, change: impl FnOnce(&mut Digest)) -> Digest {
    let mut recording = Recording::new(Format::Gpx);
    recording.start_ms = 1_750_000_000_000 + start_s * 1000;
    recording.sport = Sport::Running;
    recording.totals.distance_m = Some(10_800.0);
    recording.totals.elapsed_s = Some(3600.0);
    recording.totals.timer_s = Some(3600.0);
    recording.samples.time_ms = vec![recording.start_ms, recording.start_ms + 3_600_000];
    let mut digest = digest(&recording, id.into(), format!("{id}.gpx"));
    change(&mut digest);
    digest
}

fn row(copy: &str, of: &str, rule: CopyRule) -> (String, String, CopyRule) {
    (copy.into(), of.into(), rule)
}

fn same_start(apart_s: i64) -> CopyRule {
    CopyRule::SameStart { apart_s, distance_pct: 0 }
}

#[test]
fn recordings_that_start_together_are_one() {
    let with_hr = |d: &mut Digest| d.hr_valid_s = 3600.0;
    let two = [run("a", 0, |_| ()), run("b", 120, with_hr)];
    assert_eq!(of(&two), [row("a", "b", same_start(120))]);
    assert_eq!(of(&[run("a", 0, |_| ()), run("b", 121, |d| d.distance_m = Some(5000.0))]), []);
    let walk = |d: &mut Digest| d.sport = Sport::Walking;
    assert_eq!(of(&[run("a", 0, |_| ()), run("b", 0, walk)]), [], "another sport");
    let trail = |d: &mut Digest| d.sport = Sport::TrailRunning;
    assert_eq!(of(&[run("a", 0, |_| ()), run("b", 0, trail)]), [row("b", "a", same_start(0))]);
    let short = |d: &mut Digest| d.elapsed_s = 60.0;
    assert_eq!(of(&[run("a", 0, short), run("b", 61, short)]), [], "repetitions, each in its file");
}

#[test]
fn the_file_that_the_runner_names_counts_however_poor() {
    let with_hr = |d: &mut Digest| d.hr_valid_s = 3600.0;
    let two = [run("a", 0, |_| ()), run("b", 5, with_hr)];
    assert_eq!(of(&two), [row("a", "b", same_start(5))]);
    let row_of = |id: &str| Override { id: id.into(), ignores_hr: true, ..Override::default() };
    let said = Said { of: [("a".to_owned(), row_of("a"))].into(), ..Said::default() };
    assert_eq!(found(two.to_vec(), &said), [row("b", "a", same_start(5))], "else its heart rate is back");
}

#[test]
fn a_run_during_another_that_is_no_copy_is_told_and_counts() {
    let half = |d: &mut Digest| (d.elapsed_s, d.timer_s, d.distance_m) = (1800.0, 1800.0, Some(5000.0));
    let said_of = |said: &Said| {
        let mut two = vec![run("aaaa", 0, |_| ()), run("bbbb", 1500, half)];
        let mut notices = Vec::new();
        let copies = copies(&mut two, &[], &Given::default(), said, &mut notices);
        assert!(copies.is_empty());
        notices
    };
    let said = said_of(&Said::default());
    assert_eq!((said.len(), said[0].source.as_str()), (1, "bbbb.gpx"));
    assert!(said[0].text.contains("bbbb.gpx (bbbb) during aaaa.gpx (aaaa)"), "{}", said[0].text);
    let keep = Override { id: "bbbb".into(), choice: Some(Choice::Keep), ..Override::default() };
    assert_eq!(said_of(&Said { of: [("bbbb".to_owned(), keep)].into(), ..Said::default() }), []);
}

#[test]
fn a_watch_that_died_does_not_stand_for_the_run() {
    let dead = |d: &mut Digest| {
        (d.elapsed_s, d.timer_s, d.distance_m) = (900.0, 900.0, Some(2700.0));
        d.hr_valid_s = 900.0;
    };
    let mut two = vec![run("dead", 0, dead), run("phone", 5, |_| ())];
    let copies = copies(&mut two, &[], &Given::default(), &Said::default(), &mut Vec::new());
    let copy = &copies["dead"];
    assert_eq!(
        (copy.of.as_str(), copy.of_file.as_str(), copy.file.as_str()),
        ("phone", "phone.gpx", "dead.gpx")
    );
    assert_eq!(copy.rule.words(), "same start, 5 s apart; distances differ by 75 %");
    let last = two[1].remarks.last().map(String::as_str);
    assert_eq!(last, Some("its copy dead.gpx has a distance that differs by 75 %"));
    assert!(
        two[1].remarks[0].contains("dead.gpx is not used: it could not be read again"),
        "{:?}",
        two[1].remarks
    );
}

#[test]
fn recordings_that_overlap_are_one_where_distances_agree() {
    let rule = CopyRule::Overlap { share_pct: 80, distance_pct: 5 };
    let short = |d: &mut Digest| d.distance_m = Some(10_800.0 * 0.95);
    assert_eq!(of(&[run("a", 0, |_| ()), run("b", 720, short)]), [row("b", "a", rule)]);
    assert_eq!(rule.words(), "80 % of the time in common, distances differ by 5 %");
    assert_eq!(of(&[run("a", 0, |_| ()), run("b", 721, short)]), []);
    let other = |d: &mut Digest| d.distance_m = Some(10_800.0 * 0.94);
    assert_eq!(of(&[run("a", 0, |_| ()), run("b", 600, other)]), []);
    let strap = |d: &mut Digest| d.distance_m = None;
    assert_eq!(of(&[run("a", 0, |_| ()), run("b", 600, strap)]).len(), 1, "a strap knows no distance");
}

#[test]
fn a_clock_off_by_hours_is_known_by_the_shape() {
    let track = Track::hilly(2400);
    let later = |seconds: i64| Track { start_s: track.start_s + seconds, ..track.clone() };
    let copy = |seconds| of(&[track.digest(1, "a.gpx"), later(seconds).digest(2, "b.gpx")]);
    let one = format!("{:032x}", 1);
    for (seconds, hours) in [(3600, 1), (-7207, -2), (14 * 3600 + 55, 14)] {
        let expected = CopyRule::OtherClock { hours };
        assert_eq!(copy(seconds), [(format!("{:032x}", 2), one.clone(), expected)], "{seconds}");
    }
    assert_eq!(CopyRule::OtherClock { hours: -2 }.words(), "same shape, clock 2 hours behind");
    assert_eq!((copy(5400), copy(15 * 3600)), (Vec::new(), Vec::new()));
    // Two runs of one day over one distance at an even pace.
    let even = Track::even(2400, 3.0);
    let evening = Track { start_s: even.start_s + 4 * 3600, ..even.clone() };
    assert_eq!(of(&[even.digest(1, "a.gpx"), evening.digest(2, "b.gpx")]), []);
    // A hilly loop twice, by a runner who is no machine: some percent either way in each half minute.
    for seed in 0..20 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut noisy = |track: &Track| {
            let mut speed_mps = track.speed_mps.clone();
            for part in speed_mps.chunks_mut(30) {
                let factor = 1.0 + 0.16 * (random.f64() - 0.5);
                for speed in part.iter_mut() {
                    *speed *= factor;
                }
            }
            Track { speed_mps, ..track.clone() }
        };
        let (one, two) = (noisy(&track), noisy(&later(4 * 3600)));
        assert_eq!(of(&[one.digest(1, "a.gpx"), two.digest(2, "b.gpx")]), [], "{seed}");
    }
}

/// The row of a list: sums alone.
fn listed(id: &str, start_s: i64, offset_s: Option<i32>) -> Digest {
    run(id, start_s, |d| {
        (d.format, d.n_samples, d.utc_offset_s) = (Format::Csv, 0, offset_s);
        (d.title, d.rpe) = (Some("Lake loop".into()), Some(6.0));
    })
}

#[test]
fn a_row_of_a_list_is_the_recording_of_its_time() {
    let zoned = |d: &mut Digest| d.utc_offset_s = Some(7200);
    let mut two = vec![run("a", 0, |_| ()), listed("b", 300, None)];
    let copies = copies(&mut two, &[], &Given::default(), &Said::default(), &mut Vec::new());
    assert_eq!(copies["b"].rule, CopyRule::Listed { apart_s: 300 });
    assert_eq!(copies["b"].filled, ["title", "RPE"]);
    assert_eq!((two[0].title.as_deref(), two[0].rpe), (Some("Lake loop"), Some(6.0)));
    assert_eq!(of(&[run("a", 0, |_| ()), listed("b", 301, None)]), [row("b", "a", same_day(0))]);
    assert_eq!(of(&[run("a", 0, |_| ()), listed("b", 1801, None)]), [], "they hardly overlap");
    // The list has the wall clock, two hours ahead.
    let wall = of(&[run("a", 0, zoned), listed("b", 7230, Some(0))]);
    assert_eq!(wall, [row("b", "a", CopyRule::Listed { apart_s: 30 })]);
    assert_eq!(of(&[run("a", 0, zoned), listed("b", 7230, Some(3600))]), [], "its zone is known");
    let two_lists = [listed("b", 0, Some(0)), listed("c", 60, None)];
    assert_eq!(of(&two_lists), [row("c", "b", CopyRule::Listed { apart_s: 60 })]);
    let quick = |d: &mut Digest| (d.elapsed_s, d.timer_s) = (3000.0, 3000.0);
    assert_eq!(of(&[run("a", 0, quick), listed("b", 0, None)]), [], "another time");
    let rep = |id, start_s| {
        let mut rep = listed(id, start_s, None);
        (rep.elapsed_s, rep.timer_s) = (240.0, 240.0);
        rep
    };
    assert_eq!(of(&[rep("a", 0), rep("b", 245)]), [], "one after the other");
}

/// The row of a list that gives days alone: of the day of all that is here.
fn of_day(id: &str, list: &str, metres: f64, seconds: f64) -> Digest {
    let mut row = listed(id, -11_200, Some(0));
    (row.is_day_only, row.file) = (true, list.into());
    (row.distance_m, row.elapsed_s, row.timer_s) = (Some(metres), seconds, seconds);
    row
}

fn same_day(distance_pct: u32) -> CopyRule {
    CopyRule::ListedDay { distance_pct }
}

#[test]
fn a_row_without_a_time_of_day_is_the_run_of_its_day_that_it_fits() {
    let own = |id, metres| of_day(id, "own.csv", metres, 3600.0);
    assert_eq!(of(&[listed("a", 0, None), own("b", 10_800.0)]), [row("b", "a", same_day(0))]);
    assert_eq!(
        of(&[listed("z", 0, None), own("b", 10_800.0)]),
        [row("b", "z", same_day(0))],
        "it has a time"
    );
    let two_lists = [run("a", 0, |_| ()), own("b", 10_700.0), of_day("c", "other.csv", 10_800.0, 3600.0)];
    assert_eq!(of(&two_lists), [row("b", "a", same_day(1)), row("c", "a", same_day(0))]);
    assert_eq!(of(&[own("b", 10_800.0), of_day("c", "other.csv", 10_800.0, 3600.0)]).len(), 1);
    // There and back: two runs alike, and a row for each.
    let commute = [listed("a", 0, None), listed("b", 20_000, None), own("c", 10_800.0), own("d", 10_800.0)];
    assert_eq!(of(&commute), [row("c", "a", same_day(0)), row("d", "b", same_day(0))]);
    assert_eq!(of(&[own("c", 10_800.0), own("d", 10_800.0)]), [], "two rows of one list");
    let evening = of_day("c", "own.csv", 5000.0, 1500.0);
    assert_eq!(of(&[run("a", 0, |_| ()), own("b", 10_800.0), evening]), [row("b", "a", same_day(0))]);
    let late = listed("a", 40_000, None);
    assert_eq!(of(&[late, own("b", 10_800.0)]), [], "the day after");
}

#[test]
fn what_looks_alike_on_a_day_is_joined_where_it_is_alone_and_asked_about_otherwise() {
    let own = |metres, seconds| of_day("00000000b", "own.csv", metres, seconds);
    let told = |digests: Vec<Digest>, said: &Said| {
        let mut digests = digests;
        digests.sort_by_key(|digest| digest.start_ms);
        let mut notices = Vec::new();
        let n = copies(&mut digests, &[], &Given::default(), said, &mut notices).len();
        (n, notices.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let here = Said::default();
    let alone = || run("a", 0, |_| ());
    assert_eq!(told(vec![alone(), own(9300.0, 3700.0)], &here), (1, vec![]));
    assert_eq!(told(vec![alone(), own(5000.0, 1500.0)], &here), (0, vec![]), "another run");
    let (n, said) = told(vec![alone(), own(7000.0, 3600.0)], &here);
    let expected = "own.csv: may be one run, and both count: the row of 2025-06-15 (00000000b) and a.gpx (a); in overrides.csv, drop beside an id leaves that one out, and keep lets both count";
    assert_eq!((n, said), (0, vec![expected.replace("00000000b", "00000000")]));
    let keep = Override { choice: Some(Choice::Keep), ..Override::default() };
    let kept = Said { of: BTreeMap::from([("00000000b".to_owned(), keep)]), ..Said::default() };
    assert_eq!(told(vec![alone(), own(7000.0, 3600.0)], &kept), (0, vec![]));
    let later = run("c", 20_000, |_| ());
    let (n, said) = told(vec![alone(), later, own(9300.0, 3700.0)], &here);
    assert_eq!((n, said.len()), (0, 1), "either may be it");
    // Two lists with clocks that measured one way otherwise, and one that rounds the start.
    let wide = |d: &mut Digest| d.distance_m = Some(9500.0);
    let mut other = listed("b", 30, None);
    wide(&mut other);
    assert_eq!(told(vec![listed("a", 0, None), other.clone()], &here).0, 1);
    other.start_ms += 600_000;
    assert_eq!(told(vec![alone(), other.clone()], &here).0, 1);
    other.start_ms += 3_600_000;
    assert_eq!(told(vec![alone(), other], &here), (0, vec![]), "one after the other");
}

#[test]
fn a_list_has_the_whole_of_what_broke_off() {
    let cut = |d: &mut Digest| {
        (d.elapsed_s, d.timer_s, d.distance_m, d.is_salvaged) = (1500.0, 1500.0, Some(4500.0), true);
    };
    let mut two = vec![run("a", 0, cut), listed("b", 10, None)];
    let found = copies(&mut two, &[], &Given::default(), &Said::default(), &mut Vec::new());
    assert_eq!(found["b"].rule, CopyRule::ListedCut { apart_s: 10, share_pct: 42 });
    assert_eq!(
        found["b"].rule.words(),
        "same start in a list, 10 s apart; broken off after 42 % of the time"
    );
    assert_eq!((two[0].distance_m, two[0].elapsed_s, two[0].timer_s), (Some(10_800.0), 3600.0, 3600.0));
    assert_eq!(found["b"].filled[..2], ["distance", "time"]);
    assert!(two[0].remarks[0].starts_with("broke off after 42 % of the time"), "{:?}", two[0].remarks);
    assert_eq!(of(&[run("a", 0, cut), of_day("b", "own.csv", 10_800.0, 3600.0)]).len(), 1);
    let whole = |d: &mut Digest| {
        cut(d);
        d.is_salvaged = false;
    };
    assert_eq!(of(&[run("a", 0, whole), listed("b", 10, None)]), [], "stopped by the runner");
}

#[test]
fn other_sports_are_copies_of_their_like_alone() {
    let of_sports = |a: Sport, b: Sport| of(&[run("a", 0, |d| d.sport = a), run("b", 0, |d| d.sport = b)]);
    assert_eq!(of_sports(Sport::Swimming, Sport::OtherEndurance), []);
    assert_eq!(of_sports(Sport::Cycling, Sport::Cycling).len(), 1);
    assert_eq!(of_sports(Sport::Hiking, Sport::Rucking).len(), 1);
}

#[test]
fn a_clock_that_was_mended_is_still_known_by_the_shape() {
    let folder = tempfile::tempdir().unwrap();
    let right = Track { hr_bpm: Some(150.0), ..Track::hilly(2400) };
    let lost = Track { start_s: 631_084_023, ..right.clone() };
    let files = [("a.gpx", right.gpx()), ("2025-06-15 16.06.47.gpx", lost.gpx())];
    let sources = sources(folder.path(), &files);
    let imported = crate::ingest::import(&sources, &Given::default(), || {});
    let rules: Vec<CopyRule> = imported.copies.values().map(|copy| copy.rule).collect();
    assert!(matches!(rules[..], [CopyRule::OtherClock { hours: 1 | -1 }]), "{rules:?}");
}

#[test]
fn many_troubles_of_a_kind_are_said_once() {
    let mut many = Vec::new();
    for k in 0..5 {
        let start_s = 10_000 * k;
        many.push(run(&format!("{k}a"), start_s, |_| ()));
        many.push(run(&format!("{k}b"), start_s, |d| d.distance_m = Some(5000.0)));
    }
    let mut notices = Vec::new();
    copies(&mut many, &[], &Given::default(), &Said::default(), &mut notices);
    let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
    let expected = "0a.gpx: 5 copies have a distance that differs by more than 5 % from the file that counts: those of 0a.gpx, 1a.gpx, 2a.gpx and 2 more; the table runs has each";
    assert_eq!(said, [expected]);
}

#[test]
fn the_distance_on_a_belt_is_that_of_the_list() {
    let belt = |d: &mut Digest| d.sport = Sport::TreadmillRunning;
    let mut list = listed("b", 0, None);
    list.distance_m = Some(10_000.0);
    let mut two = vec![run("a", 0, belt), list.clone()];
    let found = copies(&mut two, &[], &Given::default(), &Said::default(), &mut Vec::new());
    assert_eq!((two[0].distance_m, found["b"].filled.contains(&"distance".into())), (Some(10_000.0), true));
    let mut two = vec![run("a", 0, |_| ()), list];
    copies(&mut two, &[], &Given::default(), &Said::default(), &mut Vec::new());
    assert_eq!(two[0].distance_m, Some(10_800.0), "on the road the watch is believed");
}

#[test]
fn what_is_kept_by_the_runner_is_nobodys_copy() {
    let keep = Override { choice: Some(Choice::Keep), ..Override::default() };
    let said = Said { of: BTreeMap::from([("c".to_owned(), keep)]), ..Said::default() };
    let three = vec![run("a", 0, |_| ()), run("b", 10, |_| ()), run("c", 20, |_| ())];
    assert_eq!(found(three, &said), [row("b", "a", same_start(10))]);
}

#[test]
fn a_group_has_one_that_counts() {
    let rich = |d: &mut Digest| d.hr_valid_s = 3600.0;
    let five: Vec<Digest> = (0..5)
        .map(|k| {
            run(&format!("{k}"), 100 * k, |d| {
                if k == 4 {
                    rich(d);
                }
            })
        })
        .collect();
    let found = of(&five);
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|(_, of, _)| of == "4"), "{found:?}");
}

/// A watch without a strap, and an app with one whose clock is 7 s ahead.
fn watch_and_app() -> [Track; 2] {
    let watch = Track::hilly(1800);
    let app = Track { start_s: watch.start_s + 7, hr_bpm: Some(150.0), has_counter: false, ..watch.clone() };
    [watch, app]
}

fn imported(tracks: &[Track; 2], rows: &[Override]) -> (Vec<Digest>, BTreeMap<String, Copy>) {
    let folder = tempfile::tempdir().unwrap();
    let sources = sources(folder.path(), &[("watch.gpx", tracks[0].gpx()), ("app.gpx", tracks[1].gpx())]);
    let given = Given { overrides: rows, ..Given::default() };
    let imported = crate::ingest::import(&sources, &given, || {});
    (imported.digests, imported.copies)
}

#[test]
fn a_strap_of_another_device_gives_its_heart_rate() {
    let tracks = watch_and_app();
    let (mut digests, copies) = imported(&tracks, &[]);
    assert_eq!((digests.len(), copies.len()), (2, 1));
    // The app has all that the watch has, and counts; so let it be the shorter one.
    let cut = Track { speed_mps: tracks[1].speed_mps[..1400].to_vec(), ..tracks[1].clone() };
    (digests, _) = imported(&[tracks[0].clone(), cut.clone()], &[]);
    let (watch, app) = (&digests[0], &digests[1]);
    assert_eq!((watch.file.as_str(), app.file.as_str()), ("watch.gpx", "app.gpx"));
    assert_eq!(watch.remarks[0], "heart rate from its copy app.gpx, whose clock is 7 s ahead");
    assert!((watch.hr_valid_s - app.hr_valid_s).abs() < 30.0, "{} {}", watch.hr_valid_s, app.hr_valid_s);
    assert!((watch.avg_hr_bpm.unwrap() - app.avg_hr_bpm.unwrap()).abs() < 0.2);
    assert_eq!(watch.best_hr_bpm.is_empty(), app.best_hr_bpm.is_empty());
    let told = Override { id: watch.id.clone(), ignores_hr: true, ..Override::default() };
    let (digests, copies) = imported(&[tracks[0].clone(), cut], &[told]);
    assert_eq!((digests[0].avg_hr_bpm, copies.values().all(|copy| copy.filled.is_empty())), (None, true));
}

#[test]
fn clocks_that_do_not_agree_give_nothing() {
    let [watch, app] = watch_and_app();
    let even = |track: Track, seconds| Track { speed_mps: vec![3.0; seconds], ..track };
    let app = Track { start_s: app.start_s + 50, ..app };
    let (digests, copies) = imported(&[even(watch, 1800), even(app, 1400)], &[]);
    assert_eq!((digests[0].avg_hr_bpm, copies.len()), (None, 1));
    let first = &digests[0].remarks[0];
    assert_eq!(first, "clocks do not agree, so heart rate of its copy app.gpx is not used");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Neither the order of files nor their names decide, and what counts is no copy.
    #[test]
    fn order_and_names_do_not_matter(
        runs in prop::collection::vec((0_i64..4000, 1_u32..5, any::<bool>(), 0_u8..3), 1..12),
        seed: u64,
    ) {
        let make = |rename: bool| -> Vec<Digest> {
            let digest = |(k, &(start_s, size, has_hr, kind)): (usize, &(i64, u32, bool, u8))| {
                let mut digest = run(&format!("{k:032x}"), start_s, |d| {
                    d.elapsed_s = 900.0 * f64::from(size);
                    d.timer_s = d.elapsed_s;
                    d.distance_m = (kind < 2).then_some(2700.0 * f64::from(size));
                    d.hr_valid_s = if has_hr { d.elapsed_s } else { 0.0 };
                });
                if kind == 1 {
                    (digest.format, digest.n_samples) = (Format::Json, 0);
                }
                if rename {
                    digest.file = format!("{}.gpx", 100 - k);
                }
                digest
            };
            runs.iter().enumerate().map(digest).collect()
        };
        let mut shuffled = make(true);
        fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
        let plain = of(&make(false));
        prop_assert_eq!(&plain, &of(&shuffled));
        let copies: BTreeSet<&String> = plain.iter().map(|(id, _, _)| id).collect();
        prop_assert!(plain.iter().all(|(_, of, _)| !copies.contains(of)));
    }
}

/// Of recordings beside the package every copy is found, and nothing else: 21 runs of one history are in two formats.
#[test]
fn real_histories_have_the_copies_that_they_have() {
    for (name, n_copies) in [("runner-a", 0), ("runner-b", 21)] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/history/");
        let folder = std::path::PathBuf::from(folder).join(name);
        if !folder.is_dir() {
            println!("skipped: no recordings beside the package");
            return;
        }
        let sources = crate::ingest::find(&[folder]).unwrap();
        let imported = crate::ingest::import(&sources, &Given::default(), || {});
        let copies = &imported.copies;
        assert_eq!(copies.len(), n_copies, "{name}");
        let of_two_formats = |(id, copy): (&String, &Copy)| {
            let format =
                |id: &str| imported.digests.iter().find(|digest| digest.id == id).map(|digest| digest.format);
            format(id) != format(&copy.of)
        };
        assert!(copies.iter().all(of_two_formats), "{name}");
        // By their shapes alone, on whatever day, no two runs are taken for one.
        let runs: Vec<&Digest> = imported
            .digests
            .iter()
            .filter(|run| run.sport.is_run() && !copies.contains_key(&run.id))
            .collect();
        for (at, one) in runs.iter().enumerate() {
            let like = |other: &&&Digest| {
                let far = one.distance_m.zip(other.distance_m);
                far.is_some_and(|(a, b)| (a - b).abs() <= 0.01 * a.max(b))
                    && one.shape.is_same(&other.shape, 0)
            };
            assert_eq!(runs[at + 1..].iter().filter(like).count(), 0, "{}", one.file);
        }
        let scope = crate::model::Scope::default();
        assert_eq!(crate::ingest::several(std::path::Path::new(""), &imported, &scope), None);
        // Were the clock of one off by hours, the shape would tell almost all.
        let is_known = |(id, copy): &(&String, &Copy)| {
            let find = |id: &str| imported.digests.iter().find(|digest| digest.id == id).unwrap();
            let mut copy_of = (find(id).clone(), find(&copy.of));
            copy_of.0.start_ms += 2 * 3_600_000;
            let rule = rule::rule(seen(copy_of.1, &Given::default()), seen(&copy_of.0, &Given::default()));
            matches!(rule, Some(CopyRule::OtherClock { hours: 2 }))
        };
        let n_known = copies.iter().filter(is_known).count();
        println!("{name}: {n_known} of {n_copies} copies are known by their shapes");
    }
}
