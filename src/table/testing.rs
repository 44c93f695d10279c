//! A small analysis for tests: a week with a run, an unknown day, a rest day, two windows and a race.

use crate::analysis::Analysis;
use crate::blocks::{self, Block, Change, Confidence, Emphasis, Phase};
use crate::config::{Athlete, Config, Settings};
use crate::load::day::{DayRow, DayState, LoadFlag, Ratios, WeekRow};
use crate::load::rescale::Rescaling;
use crate::load::testing::run;
use crate::massage::day::DayWork;
use crate::massage::window::{Avoid, Grade, Limit, Reason, Status, Window, WindowKind};
use crate::model::units::Units;
use crate::model::{Day, Depth, Race, Tissue};
use crate::notice::Notice;
use crate::retrospect::{Direction, Retrospect, Sign, SignChange, SignKind};
use crate::score::run::{Run, SpikeClass};
use crate::score::thresholds::{Origin, Thresholds, Timeline};
use crate::signals::{Signal, SignalKind, Status as Judgement};
use crate::tissue::history::Tissues;
use chrono::Weekday;

/// A day from its ISO text.
pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The analysis of the week of 2026-05-25 as of its Thursday, with texts that want escaping.
pub(crate) fn analysis() -> Analysis {
    Analysis {
        athlete: "ünal, jo".into(),
        as_of: day("2026-05-28"),
        units: Units::Metric,
        week_start: Weekday::Mon,
        settings: Settings::new(
            &Config::default(),
            &Athlete::unknown("jo", "."),
            day("2026-05-28"),
            Units::Metric,
        ),
        thresholds: Thresholds {
            hr_max_bpm: Timeline::always(Some(188.0), Origin::Config),
            hr_rest_bpm: Timeline::always(Some(55.0), Origin::Default),
            ..Thresholds::default()
        },
        history: Vec::new(),
        runs: runs(),
        days: ["2026-05-25", "2026-05-26", "2026-05-27", "2026-05-28"].map(day_row).to_vec(),
        weeks: vec![week()],
        expected: Vec::new(),
        projected: Vec::new(),
        projected_weeks: Vec::new(),
        null_band: Some((0.7, 1.4)),
        rescaling: Some(rescaling()),
        tissues: Tissues::default(),
        signals: vec![signal(Judgement::TooFew), signal(Judgement::Flag)],
        blocks: vec![
            block("2026-05-25", "2026-05-26", Phase::Taper),
            block("2026-05-27", "2026-06-14", Phase::Base),
        ],
        work: vec![DayWork {
            date: day("2026-05-25"),
            is_projected: false,
            ceiling: Depth::Moderate,
            limits: Vec::new(),
            need: 0.8,
            due: 0.8,
            every_days: 14.0,
            reasons: Vec::new(),
        }],
        windows: vec![window(Status::Past, "2026-05-25"), window(Status::Upcoming, "2026-06-03")],
        opening: None,
        advice: Vec::new(),
        visits: Vec::new(),
        races: vec![race("2026-05-10"), race("2026-06-07")],
        massages: Vec::new(),
        diary: vec![],
        retrospects: vec![look_back()],
        plan: crate::planned::Plan::default(),
        tried: None,
        notices: vec![Notice::new("old/track.gpx", "no time in any point; left out")],
        cross: Vec::new(),
        ledger: crate::ledger::testing::of_runs(&runs()),
        lost: crate::model::LostDays::default(),
        facts: vec![],
    }
}

/// The ratio of 200 days, which says little that the acute load does not.
pub(crate) fn rescaling() -> Rescaling {
    Rescaling { n_days: 200, median_chronic_au: 48.0, spearman: 0.95, other_third_share: 0.12 }
}

fn runs() -> Vec<Run> {
    let hard = Run {
        title: Some("Über \"Wall\", then;\nhome".into()),
        notices: vec!["checksum is wrong; every record was read".into()],
        spike_class: Some(SpikeClass::Reference),
        ..run("2026-05-25")
    };
    let bare = Run {
        distance_m: Some(12_345.678_9),
        hr_zone_s: None,
        three_zone_s: None,
        load_au: None,
        load_basis: None,
        duplicate_of: Some("2026-05-25".into()),
        ..run("2026-05-27")
    };
    vec![hard, bare]
}

fn day_row(date: &str) -> DayRow {
    let state = match date {
        "2026-05-25" => DayState::Observed,
        "2026-05-27" => DayState::Unknown,
        _ => DayState::Rest,
    };
    let is_first = state == DayState::Observed;
    DayRow {
        date: day(date),
        state,
        n_runs: u32::from(state != DayState::Rest),
        distance_m: 10_000.0,
        timer_s: 3600.0,
        ascent_m: 50.0,
        descent_m: 50.0,
        longest_m: 10_000.0,
        three_zone_s: [3600.0, 0.0, 0.0],
        n_quality: 0,
        load_au: (state != DayState::Unknown).then_some(50.0),
        imputed_share: Some(0.25),
        acute_au: Some(50.0),
        chronic_au: None,
        load_ratios: Ratios { coupled: Some(1.1), uncoupled: Some(1.2), ewma: None },
        distance_ratios: Ratios::default(),
        acwr_percentile: None,
        acwr_range: Some((0.9, 1.4)),
        ctl: Some(40.0),
        atl: Some(45.0),
        tsb: Some(-5.0),
        monotony: None,
        strain: None,
        ramp_pct: Some(10.0),
        spike_ratio: None,
        longest_30d_m: None,
        flags: if is_first { vec![LoadFlag::SpikeSession, LoadFlag::BigWeek] } else { Vec::new() },
        ..DayRow::default()
    }
}

fn week() -> WeekRow {
    WeekRow {
        start: day("2026-05-25"),
        n_days: 4,
        n_runs: 2,
        distance_m: 22_345.7,
        timer_s: 7200.0,
        ascent_m: 100.0,
        longest_run_m: 12_345.7,
        load_au: None,
        three_zone_s: [1800.0, 600.0, 600.0],
        n_hard: 1,
        monotony: None,
        strain: None,
        load_ratios: Ratios::default(),
        ramp_pct: Some(12.5),
        state: DayState::Unknown,
        ..WeekRow::default()
    }
}

fn signal(status: Judgement) -> Signal {
    let known = |value: f64| (status != Judgement::TooFew).then_some(value);
    Signal {
        date: day(if status == Judgement::Flag { "2026-05-28" } else { "2026-05-27" }),
        run_id: Some("2026-05-25".into()),
        kind: SignalKind::HrAtPace,
        value: known(158.5),
        recent: known(158.5),
        baseline: known(154.0),
        baseline_low: known(150.7),
        baseline_high: known(157.3),
        change: known(4.5),
        z: known(2.045),
        speed_mps: known(3.0),
        n_baseline: 8,
        n_recent: 2,
        status,
        note: (status == Judgement::TooFew).then(|| "2 of 3 runs in the last 10 days".to_owned()),
    }
}

fn block(start: &str, end: &str, phase: Phase) -> Block {
    Block {
        start: day(start),
        end: day(end),
        phase,
        n_days: 7,
        distance_m_per_week: Some(20_000.0),
        load_au_per_day: None,
        trend_pct_per_week: None,
        high_share: Some(0.2),
        longest_run_m: 12_345.7,
        ascent_m: 100.0,
        change: Change { distance_pct: Some(-12.5), ..Change::default() },
        cutbacks: vec![day(start)],
        weeks_without_cutback: None,
        confidence: Confidence::Low,
        massage: Emphasis::Maintenance,
        every_days: Some(14),
        best_weekday: Some(Weekday::Wed),
        reasons: vec![blocks::Reason {
            rule: "base",
            text: "even running, 20 km a week".into(),
            values: [("distance_m_per_week", 20_000.0)].into(),
        }],
    }
}

fn window(status: Status, best: &str) -> Window {
    let reason = |rule, text: &str, value, grade| Reason { rule, text: text.into(), value, grade, adds: 0.0 };
    Window {
        start: day(best),
        end: crate::model::calendar::plus(day(best), 2),
        best: day(best),
        status,
        kind: WindowKind::Targeted,
        depth: Depth::Moderate,
        minutes: Depth::Moderate.minutes(),
        reasons: vec![
            reason("R3", "the long run was 1.3 times the longest of 30 days", Some(1.3), Grade::B),
            reason("R1", "16 days since the last massage", None, Grade::Convention),
        ],
        limits: vec![Limit { rule: "R9", text: "race in 2 days".into(), date: day("2026-06-05") }],
        avoid: vec![Avoid { date: day("2026-06-06"), why: "the day before the race".into() }],
        need: 0.9,
        race: None,
        tissues: Vec::new(),
        notes: Vec::new(),
        had: None,
    }
}

fn look_back() -> Retrospect {
    Retrospect {
        date: day("2026-05-25"),
        depth: Depth::Moderate,
        minutes: Some(40.0),
        tissues: vec![Tissue::QuadPf],
        soreness_h: None,
        days_since_previous: None,
        fit: None,
        ceiling: Some((Depth::Moderate, None)),
        is_complete: false,
        others: Vec::new(),
        signs: vec![SignChange {
            sign: Sign { kind: SignKind::Tightness, site: "quad_pf".into() },
            is_target: true,
            before: Some(4.0),
            after: None,
            change: None,
            n_before: 2,
            n_after: 0,
            direction: Direction::Unknown,
        }],
        key_session: None,
        advice: Vec::new(),
    }
}

fn race(date: &str) -> Race {
    Race {
        date: day(date),
        name: "Lauf über die Brücken, Straßen; Gässchen und Höhenwege der schönen großen Stadt".into(),
        distance_m: 10_000.0,
        priority: 'A',
        origin: crate::model::RaceOrigin::Config,
    }
}
