//! The smallest histories that show each direction, each advice, and what may not be read.

use super::*;
use crate::load::testing::run;
use crate::massage::window::Limit;
use crate::model::{DiaryKind, Side};
use crate::score::run::SessionKind;
use crate::signals::{SignalKind, Status as Judged};
use SignalKind::{ContactBalance, ContactTime, Decoupling, Efficiency, HrAtPace, RestingHr, StepLength};
use proptest::prelude::*;

/// Day `n` of March 2026, on from the 1st.
fn date(n: i64) -> Day {
    let first: Day = "2026-03-01".parse().unwrap();
    first + chrono::TimeDelta::days(n - 1)
}

/// A history that lends itself to an [`Input`].
#[derive(Debug, Clone)]
struct Past {
    as_of: Day,
    massages: Vec<MassageHad>,
    signals: Vec<Signal>,
    runs: Vec<Run>,
    diary: Vec<DiaryEntry>,
    windows: Vec<Window>,
    work: Vec<DayWork>,
}

impl Past {
    /// A moderate session on the hamstrings on the 15th, seen from the end of the month.
    fn new() -> Self {
        Self {
            as_of: date(31),
            massages: vec![had(15)],
            signals: Vec::new(),
            runs: Vec::new(),
            diary: Vec::new(),
            windows: Vec::new(),
            work: Vec::new(),
        }
    }

    fn look(&self) -> Vec<Retrospect> {
        retrospect(&Input {
            as_of: self.as_of,
            massages: &self.massages,
            signals: &self.signals,
            readings: &[],
            runs: &self.runs,
            diary: &self.diary,
            windows: &self.windows,
            work: &self.work,
            limits: Limits::default(),
        })
    }

    /// The change of the one sign that there is.
    fn only(&self) -> SignChange {
        let [one] = self.look().try_into().unwrap();
        let [change] = one.signs.try_into().unwrap();
        change
    }
}

fn had(n: i64) -> MassageHad {
    MassageHad {
        date: date(n),
        depth: Depth::Moderate,
        minutes: Some(40.0),
        tissues: vec![Tissue::Hamstrings],
        soreness_h: None,
    }
}

fn note(n: i64, kind: DiaryKind, site: &str, value: f64) -> DiaryEntry {
    DiaryEntry { date: date(n), kind, site: site.into(), side: Some(Side::Left), value }
}

fn tight(n: i64, value: f64) -> DiaryEntry {
    note(n, DiaryKind::Tightness, "hamstring", value)
}

fn reading(n: i64, kind: SignalKind, value: f64, status: Judged) -> Signal {
    Signal {
        date: date(n),
        run_id: Some(format!("{}", date(n))),
        kind,
        value: Some(value),
        recent: Some(value),
        baseline: Some(0.0),
        baseline_low: None,
        baseline_high: None,
        change: None,
        z: None,
        speed_mps: None,
        n_baseline: 8,
        n_recent: 3,
        status,
        note: None,
    }
}

/// Readings on the 10th and 12th, then on the 20th and 22nd.
fn readings(kind: SignalKind, before: f64, after: f64) -> Vec<Signal> {
    [(10, before), (12, before), (20, after), (22, after)]
        .map(|(n, value)| reading(n, kind, value, Judged::Usual))
        .to_vec()
}

#[test]
fn tightness_of_the_tissue_goes_one_way_the_other_or_neither() {
    let way = |before: f64, after: f64| {
        let mut past = Past::new();
        past.diary = vec![tight(5, before), tight(14, before), tight(18, after), tight(25, after)];
        let change = past.only();
        assert!(change.is_target && change.sign.site == "hamstrings");
        assert_eq!((change.n_before, change.n_after), (2, 2));
        change.direction
    };
    assert_eq!(way(4.0, 3.0), Direction::Better, "by one of ten");
    assert_eq!(way(4.0, 3.1), Direction::Same);
    assert_eq!(way(3.0, 3.9), Direction::Same);
    assert_eq!(way(3.0, 4.0), Direction::Worse);
}

#[test]
fn one_reading_on_a_side_tells_nothing() {
    let mut past = Past::new();
    // Two sides on one day are one reading; day 2 after is too early, day 15 before and day 11 after too far.
    past.diary = vec![
        tight(-1, 5.0),
        tight(10, 4.0),
        DiaryEntry { side: Some(Side::Right), ..tight(10, 6.0) },
        tight(17, 1.0),
        tight(18, 1.0),
        tight(25, 1.0),
        tight(26, 1.0),
    ];
    past.diary.remove(0);
    let change = past.only();
    assert_eq!((change.n_before, change.n_after, change.direction), (1, 2, Direction::Unknown));
    assert_eq!((change.before, change.after, change.change), (Some(6.0), Some(1.0), None));
    past.diary.insert(0, tight(1, 4.0));
    assert_eq!(past.only().direction, Direction::Better, "day 14 before counts");
    past.diary[0] = tight(0, 4.0);
    assert_eq!(past.only().direction, Direction::Unknown, "day 15 before does not");
}

#[test]
fn sites_not_worked_on_are_others_and_all_are_targets_where_none_is_noted() {
    let mut past = Past::new();
    past.diary =
        vec![note(10, DiaryKind::Soreness, "calf", 3.0), note(11, DiaryKind::Soreness, "elbow", 3.0)];
    assert!(past.look()[0].signs.iter().all(|sign| !sign.is_target));
    past.massages[0].tissues.clear();
    let look = past.look();
    let sites: Vec<&str> = look[0].targets().map(|sign| sign.sign.site.as_str()).collect();
    assert_eq!(sites, ["calf_achilles", "elbow"]);
}

#[test]
fn each_signal_has_its_own_smallest_change_and_its_own_bad_side() {
    let way =
        |kind, before, after| Past { signals: readings(kind, before, after), ..Past::new() }.only().direction;
    assert_eq!(way(StepLength, 1.0, 1.019), Direction::Same, "under 2 %");
    assert_eq!(way(StepLength, 1.0, 1.021), Direction::Better);
    assert_eq!(way(StepLength, 1.0, 0.979), Direction::Worse);
    assert_eq!(way(ContactTime, 250.0, 258.0), Direction::Worse);
    assert_eq!(way(Efficiency, 1.2, 1.24), Direction::Better);
    assert_eq!(way(HrAtPace, 150.0, 147.0), Direction::Better);
    assert_eq!(way(HrAtPace, 150.0, 152.9), Direction::Same);
    assert_eq!(way(Decoupling, 4.0, 7.0), Direction::Worse);
    assert_eq!(way(RestingHr, 50.0, 53.0), Direction::Worse);
    // Off even to either side is as far from usual, which is even here.
    assert_eq!(way(ContactBalance, 1.5, -1.5), Direction::Same);
    assert_eq!(way(ContactBalance, -1.5, 0.5), Direction::Better);
    let mut hrv = readings(SignalKind::Hrv, 70.0, 80.0);
    hrv[0].value = Some(60.0);
    assert_eq!(Past { signals: hrv, ..Past::new() }.only().direction, Direction::Better);
}

#[test]
fn a_signal_is_a_target_where_it_stood_out_before() {
    let mut past = Past { signals: readings(SignalKind::HrAtPace, 155.0, 150.0), ..Past::new() };
    assert!(!past.only().is_target);
    past.signals[3].status = Judged::Flag;
    assert!(!past.only().is_target, "a flag after the session is no reason for it");
    past.signals[1].status = Judged::Watch;
    let change = past.only();
    assert!(change.is_target);
    assert_eq!(
        change.words(),
        "heart rate at the same speed: 155 bpm before, 150 bpm after (\u{2212}5.0 bpm, better; 2 and 2 readings)"
    );
    past.signals[2].status = Judged::TooFew;
    assert_eq!(past.only().direction, Direction::Unknown, "withheld for its weather");
}

#[test]
fn a_morning_is_read_and_is_nothing_that_a_massage_aims_at() {
    let mut past = Past { signals: readings(SignalKind::Hrv, 60.0, 60.0), ..Past::new() };
    past.signals[1].status = Judged::Flag;
    assert!(!past.only().is_target);
}

#[test]
fn another_watch_measures_steps_in_its_own_way() {
    let mut past = Past { signals: readings(SignalKind::ContactBalance, 1.0, 3.0), ..Past::new() };
    past.runs = [10, 12, 20, 22].map(|n| run(&date(n).to_string())).to_vec();
    assert_eq!(past.only().direction, Direction::Worse);
    past.runs[2].device = Some("another".into());
    assert_eq!(past.only().direction, Direction::Unknown);
}

/// Sessions every 25 days, each with tightness of 4 before and a value after.
fn row(after: &[f64]) -> Past {
    let mut past = Past { massages: Vec::new(), as_of: date(400), ..Past::new() };
    for (k, value) in after.iter().enumerate() {
        let n = 15 + 25 * k as i64;
        past.massages.push(had(n));
        past.diary.extend([tight(n - 2, 4.0), tight(n - 1, 4.0), tight(n + 4, *value), tight(n + 5, *value)]);
    }
    past
}

fn rules(one: &Retrospect) -> Vec<&str> {
    one.advice.iter().map(|advice| advice.rule).collect()
}

#[test]
fn three_in_a_row_without_a_change_for_the_better_ask_for_another_plan() {
    let look = row(&[4.0, 5.0, 3.5]).look();
    assert_eq!([rules(&look[0]), rules(&look[1]), rules(&look[2])], [vec![], vec![], vec!["R16"]]);
    assert_eq!(
        look[2].advice[0].text,
        "no change for the better after 3 sessions in a row (tightness, hamstrings): change the plan: strength, \
         load, clinician"
    );
    assert!(row(&[4.0, 3.0, 4.0]).look().iter().all(|one| one.advice.is_empty()), "one was better");
    assert!(row(&[4.0, 4.0]).look().iter().all(|one| one.advice.is_empty()), "two are too few");
}

#[test]
fn light_work_is_no_attempt_that_counts() {
    let mut past = row(&[4.0, 4.0, 4.0, 4.0]);
    past.massages[1].depth = Depth::Light;
    past.massages[3].depth = Depth::Light;
    assert!(past.look().iter().all(|one| one.advice.is_empty()));
    past.massages[3].depth = Depth::Deep;
    assert_eq!(rules(&past.look()[3]), ["R16"]);
}

#[test]
fn what_cannot_be_read_neither_counts_nor_ends_the_row() {
    let mut past = row(&[4.0, 4.0, 4.0, 4.0]);
    past.diary.retain(|entry| entry.date < date(40) || entry.date > date(60));
    let look = past.look();
    assert_eq!(look[1].signs[0].direction, Direction::Unknown);
    assert_eq!([rules(&look[2]), rules(&look[3])], [vec![], vec!["R16"]]);
    past.as_of = date(15 + 75 + 9);
    assert!(past.look()[3].advice.is_empty(), "the days after the last one are not over");
    past.as_of = date(15 + 75 + 10);
    assert_eq!(rules(&past.look()[3]), ["R16"]);
}

#[test]
fn sore_for_too_long_means_lower_next_time() {
    let mut past = Past::new();
    past.massages[0].soreness_h = Some(48.0);
    assert!(past.look()[0].advice.is_empty());
    past.massages[0].soreness_h = Some(49.0);
    assert_eq!(past.look()[0].advice[0].text, "sore for 49 h afterwards, over 48 h: lower next time");
}

/// Tempo runs at 4 m/s and 170 bpm on the 3rd and the 10th, and one on a later day.
fn tempo(n: i64, speed: f64, hr: f64) -> Past {
    let one = |n: i64, speed: f64, hr: f64| Run {
        is_quality: true,
        session_kind: SessionKind::Tempo,
        ngs_mps: Some(speed),
        gap_speed_mps: Some(speed),
        avg_hr_bpm: Some(hr),
        ..run(&date(n).to_string())
    };
    let runs = vec![one(3, 4.0, 170.0), one(10, 4.0, 170.0), run(&date(16).to_string()), one(n, speed, hr)];
    Past { runs, ..Past::new() }
}

#[test]
fn a_key_session_that_is_down_means_lower_next_time() {
    let advice = |past: &Past| past.look()[0].advice.clone();
    let slow = tempo(17, 3.86, 170.0);
    assert_eq!(
        advice(&slow)[0].text,
        "the hard session 2 days later (tempo) was 3.5 % below the median of 2 like it: lower next time"
    );
    assert_eq!(slow.look()[0].key_session.unwrap().date, date(17));
    assert!(advice(&tempo(17, 3.89, 170.0)).is_empty(), "under 3 %");
    assert!(advice(&tempo(17, 3.8, 162.0)).is_empty(), "slower by choice, at a lower heart rate");
    assert!(tempo(19, 3.0, 170.0).look()[0].key_session.is_none(), "four days later");
    let mut alone = slow;
    alone.runs.remove(0);
    assert!(alone.look()[0].key_session.is_none(), "one to compare with");
}

fn window(start: i64, best: i64, end: i64, status: Status) -> Window {
    Window {
        start: date(start),
        end: date(end),
        best: date(best),
        status,
        kind: WindowKind::Maintenance,
        depth: Depth::Moderate,
        minutes: (30, 45),
        reasons: Vec::new(),
        limits: Vec::new(),
        avoid: Vec::new(),
        need: 1.0,
        race: None,
        tissues: Vec::new(),
        notes: Vec::new(),
        had: None,
    }
}

#[test]
fn a_session_is_held_against_window_and_ceiling() {
    let mut past = Past::new();
    assert!(past.look()[0].fit.is_none() && past.look()[0].is_over_ceiling().is_none());
    past.windows = vec![
        window(1, 2, 3, Status::Past),
        window(8, 9, 15, Status::Past),
        window(16, 16, 17, Status::Past),
        window(15, 15, 15, Status::Upcoming),
    ];
    let words = |past: &Past| past.look()[0].fit.unwrap().words();
    assert_eq!(words(&past), "within the window of Sun 8 Mar to Sun 15 Mar, 6 days after its best day");
    past.windows.remove(1);
    assert_eq!(
        words(&past),
        "outside the windows of the plan; nearest is Mon 16 Mar to Tue 17 Mar, 1 day before its best day"
    );
    let limit = Limit { rule: "R9", text: "race in 2 days".into(), date: date(15) };
    past.work = vec![DayWork {
        date: date(15),
        is_projected: false,
        ceiling: Depth::Light,
        limits: vec![(Depth::Light, limit)],
        need: 0.5,
        due: 0.5,
        every_days: 14.0,
        reasons: Vec::new(),
    }];
    assert_eq!(past.look()[0].is_over_ceiling(), Some(true));
    assert_eq!(past.look()[0].ceiling, Some((Depth::Light, Some("race in 2 days".into()))));
    past.massages[0].depth = Depth::Light;
    assert_eq!(past.look()[0].is_over_ceiling(), Some(false));
}

#[test]
fn sessions_come_in_order_and_know_each_other() {
    let mut past = Past { massages: vec![had(20), had(1), had(15), had(40)], ..Past::new() };
    past.massages[3].soreness_h = Some(90.0);
    let look = past.look();
    assert_eq!(look.iter().map(|one| one.date).collect::<Vec<_>>(), [date(1), date(15), date(20)]);
    assert_eq!(look.iter().map(|one| one.days_since_previous).collect::<Vec<_>>(), [None, Some(14), Some(5)]);
    assert_eq!(look[1].others, [date(1), date(20)]);
    assert_eq!(look[2].others, [date(15)]);
}

proptest! {
    /// What lies after `as_of` changes nothing, and what is said is never a change by under two readings.
    #[test]
    fn nothing_later_is_read(
        as_of in 10_i64..60,
        notes in prop::collection::vec((1_i64..80, 0.0_f64..10.0, prop::bool::ANY), 0..40),
        sessions in prop::collection::vec(1_i64..80, 0..6),
    ) {
        let mut notes = notes;
        notes.sort_by_key(|note| note.0);
        let build = |until: i64| {
            let known = notes.iter().filter(|note| note.0 <= until);
            let (diary, signals): (Vec<&(i64, f64, bool)>, Vec<_>) = known.partition(|note| note.2);
            Past {
                as_of: date(as_of),
                massages: sessions.iter().filter(|n| **n <= until).map(|n| had(*n)).collect(),
                diary: diary.iter().map(|note| tight(note.0, note.1)).collect(),
                signals: signals
                    .iter()
                    .map(|note| reading(note.0, SignalKind::HrAtPace, 140.0 + note.1, Judged::Usual))
                    .collect(),
                runs: (1..=until).map(|n| run(&date(n).to_string())).collect(),
                ..Past::new()
            }
        };
        let look = build(80).look();
        prop_assert_eq!(&look, &build(as_of).look());
        prop_assert!(look.is_sorted_by_key(|one| one.date));
        for change in look.iter().flat_map(|one| &one.signs) {
            let is_known = change.n_before >= 2 && change.n_after >= 2;
            prop_assert_eq!(is_known, change.direction != Direction::Unknown);
        }
    }
}
