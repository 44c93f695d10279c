//! A made-up but plausible analysis for the tests of the report: no file, no clock, no chance.

use crate::analysis::{Analysis, Tried};
use crate::blocks::{self, Block, Change, Confidence, Emphasis, Phase};
use crate::config::{Athlete, Config, Conventions, Counting, CrossTraining, Settings};
use crate::load;
use crate::load::day::{DayRow, DayState, LoadFlag, Ratios, WeekRow};
use crate::massage::window::{Avoid, Grade, Limit, Reason, Status, Window, WindowKind};
use crate::model::calendar::{days, days_between, minus, plus, week_start};
use crate::model::units::Units;
use crate::model::{Day, Depth, Format, MassageHad, Race, RaceOrigin, Sport};
use crate::notice::Notice;
use crate::projection::{ExpectedDay, Known, expect};
use crate::score::cross::CrossSession;
use crate::score::run::{LoadBasis, Run, SessionKind, SpikeClass};
use crate::score::thresholds::{Estimate, Origin, Sex, Thresholds, Timeline};
use crate::signals::{self, Signal, SignalKind};
use crate::tissue::history::{Focus, TissueDay, Tissues};
use crate::tissue::{N, relative};
use chrono::{Datelike, Weekday};

/// Thursday of an incomplete week.
pub fn as_of() -> Day {
    Day::from_ymd_opt(2026, 5, 28).unwrap()
}

/// `n_weeks` of training up to [`as_of`], with races, windows of every status, gaps and an unknown day.
pub fn sample(n_weeks: u32) -> Analysis {
    let as_of = as_of();
    let first = minus(week_start(as_of, Weekday::Mon), 7 * (n_weeks - 1));
    let mut runs: Vec<Run> = days(first, as_of).filter_map(|day| planned(day, first)).collect();
    if let Some(copy) = runs.get(runs.len() / 2).cloned() {
        runs.insert(runs.len() / 2, Run { id: "copy".into(), duplicate_of: Some(copy.id.clone()), ..copy });
    }
    set_spikes(&mut runs);
    let days = day_rows(&runs, first, as_of);
    let weeks = week_rows(&days, first);
    let tissues = tissues(&days);
    let (expected, projected, projected_weeks) = ahead(&runs, &days, &races(as_of));
    Analysis {
        athlete: "marathon-build".into(),
        as_of,
        units: Units::Metric,
        week_start: Weekday::Mon,
        settings: Settings::new(
            &Config::default(),
            &Athlete::unknown("marathon-build", "."),
            as_of,
            Units::Metric,
        ),
        thresholds: thresholds(),
        history: Vec::new(),
        blocks: blocks(first, as_of),
        work: vec![],
        windows: windows(as_of),
        opening: None,
        advice: Vec::new(),
        visits: Vec::new(),
        races: races(as_of),
        plan: crate::planned::Plan::default(),
        tried: None,
        massages: vec![MassageHad {
            date: minus(as_of, 40),
            depth: Depth::Deep,
            minutes: Some(60.0),
            tissues: vec![crate::model::Tissue::CalfAchilles],
            soreness_h: Some(24.0),
        }],
        diary: vec![],
        retrospects: vec![],
        notices: vec![
            Notice::new("2026-03-01.fit", "checksum is wrong; every record was read"),
            Notice::new("old/track.gpx", "no time in any point; left out"),
        ],
        cross: Vec::new(),
        ledger: crate::ledger::testing::of_runs(&runs),
        lost: crate::model::LostDays::default(),
        facts: vec![],
        runs,
        days,
        weeks,
        expected,
        projected,
        projected_weeks,
        null_band: (n_weeks > 26).then_some((0.58, 1.49)),
        rescaling: (n_weeks > 17).then(crate::table::testing::rescaling),
        tissues,
        signals: signals(first, as_of),
    }
}

/// The same history with other endurance sport counting as load: a ride by heart rate and a swim without.
pub fn with_cross_training(analysis: Analysis) -> Analysis {
    let counting = Counting { sports: None, cross_training: Some(CrossTraining::Load) };
    let session = |days: u32, sport, load_au: Option<f64>| CrossSession {
        id: format!("{days:032}"),
        file: format!("{}-{days}.tcx", Sport::name(sport)),
        sport,
        date: minus(analysis.as_of, days),
        timer_s: 3600.0,
        hr_coverage: if load_au.is_some() { 1.0 } else { 0.0 },
        hr_histogram: crate::digest::Histogram::default(),
        trimp100: load_au,
        srpe_au: None,
        load_au,
        load_basis: load_au.map(|_| LoadBasis::Hr),
        ladder: Vec::new(),
    };
    let cross = vec![session(9, Sport::Cycling, Some(40.0)), session(3, Sport::Swimming, None)];
    Analysis { cross, ..counting_as(analysis, counting) }
}

/// The same with other sports counting; no number moves.
pub fn counting_as(analysis: Analysis, counting: Counting) -> Analysis {
    let athlete = Athlete { counting, ..Athlete::unknown("jo", ".") };
    let settings = Settings::new(&Config::default(), &athlete, analysis.as_of, analysis.units);
    Analysis { settings, ..analysis }
}

/// One run without heart rate on one day, and nothing else.
pub fn tiny() -> Analysis {
    let day = as_of();
    let run = Run {
        avg_hr_bpm: None,
        hr_coverage: 0.0,
        load_basis: Some(LoadBasis::Duration),
        three_zone_s: None,
        hr_zone_s: None,
        ..run(day, 0, 5000.0, 3.0)
    };
    let mut row = day_rows(std::slice::from_ref(&run), day, day).remove(0);
    row.three_zone_s = [0.0; 3];
    Analysis {
        athlete: "one-run".into(),
        thresholds: Thresholds {
            hr_rest_bpm: Timeline::always(Some(60.0), Origin::Default),
            ..Thresholds::default()
        },
        blocks: vec![],
        windows: vec![],
        races: vec![],
        massages: vec![],
        diary: vec![],
        retrospects: vec![],
        plan: crate::planned::Plan::default(),
        tried: None,
        notices: vec![],
        cross: Vec::new(),
        ledger: crate::ledger::Ledger::default(),
        weeks: week_rows(std::slice::from_ref(&row), week_start(day, Weekday::Mon)),
        days: vec![row],
        runs: vec![run],
        expected: vec![],
        projected: vec![],
        projected_weeks: vec![],
        tissues: Tissues::default(),
        signals: vec![],
        ..sample(1)
    }
}

/// No run at all.
pub fn empty() -> Analysis {
    Analysis { runs: vec![], days: vec![], weeks: vec![], athlete: "nobody".into(), ..tiny() }
}

/// Doses that follow the distance, each tissue with weeks of its own in which it has more.
fn tissues(days: &[DayRow]) -> Tissues {
    let dose = |(at, row): (usize, &DayRow)| {
        let more = |k: usize| if (at / 7 + 3 * k) % 11 < 2 { 1.6 } else { 1.0 };
        let known = row.state != DayState::Unknown;
        known.then(|| std::array::from_fn(|k| row.distance_m / 1000.0 * more(k)))
    };
    let daily_km: Vec<Option<[f64; N]>> = days.iter().enumerate().map(dose).collect();
    let series: [Vec<Option<f64>>; N] =
        std::array::from_fn(|k| daily_km.iter().map(|day| day.map(|km| km[k])).collect());
    let day = |at: usize| {
        let readings = relative::readings(&std::array::from_fn(|k| relative::change(&series[k][..=at])));
        let focus = relative::focus(&readings).into_iter();
        let focus =
            focus.map(|reading| Focus { reading, why: "40 km in 7 days, usually 30".into(), driver: None });
        TissueDay { focus: focus.collect(), readings }
    };
    Tissues { days: (0..days.len()).map(day).collect(), daily_km, ..Tissues::default() }
}

/// The four weeks to come.
fn ahead(runs: &[Run], days: &[DayRow], races: &[Race]) -> (Vec<ExpectedDay>, Vec<DayRow>, Vec<WeekRow>) {
    let known = Known { today: as_of(), runs, days, races, plan: None, phase: Phase::Build };
    let expected = expect(&known, 28);
    let ahead: Vec<_> = expected.iter().map(ExpectedDay::ahead).collect();
    let series =
        load::days::Series::new(runs, as_of(), Conventions::default(), &crate::model::LostDays::default())
            .unwrap();
    let rows = load::ahead::days(&series, days, &ahead);
    let weeks = load::ahead::weeks(&rows, &ahead, Weekday::Mon);
    (expected, rows, weeks)
}

/// A reading of each signal every third day; those of the first six weeks, and all of one signal, cannot be compared.
fn signals(first: Day, as_of: Day) -> Vec<Signal> {
    let readings = days(first, as_of).step_by(3).flat_map(|date| {
        SignalKind::ALL.into_iter().map(move |kind| {
            let usual = match kind.unit() {
                "m" | "m/beat" | "ratio" => 1.2,
                "ms" => 240.0,
                "bpm" => 142.0,
                _ => 4.0,
            };
            let is_judged = days_between(first, date) >= 42 && kind != SignalKind::VerticalRatio;
            let recent = usual * (0.97 + 0.06 * wobble(date));
            let status = match (is_judged, recent / usual) {
                (false, _) => signals::Status::TooFew,
                (true, 1.025..) => signals::Status::Flag,
                (true, 1.02..) => signals::Status::Watch,
                _ => signals::Status::Usual,
            };
            let judged = |value: f64| is_judged.then_some(value);
            Signal {
                date,
                run_id: Some(format!("run-{date}")),
                kind,
                value: Some(recent * (0.98 + 0.04 * wobble(plus(date, 1)))),
                recent: judged(recent),
                baseline: judged(usual),
                baseline_low: judged(0.98 * usual),
                baseline_high: judged(1.02 * usual),
                change: judged(recent - usual),
                z: judged(1.0),
                speed_mps: judged(3.0),
                n_baseline: 9,
                n_recent: 3,
                status,
                note: (!is_judged).then(|| "5 of 8 runs to compare with".to_owned()),
            }
        })
    });
    readings.collect()
}

fn thresholds() -> Thresholds {
    let always = |value, origin| Timeline::always(Some(value), origin);
    Thresholds {
        sex: Some(Sex::Female),
        hr_max_bpm: always(188.0, Origin::Config),
        hr_rest_bpm: always(48.0, Origin::Config),
        lthr_bpm: always(171.0, Origin::Race),
        threshold_speed_mps: always(1000.0 / 265.0, Origin::Config),
        ..Thresholds::default()
    }
}

/// The same thresholds as a history shows them: borrowed, renewed, lost and won again, by sources of every kind.
pub fn with_history(analysis: Analysis) -> Analysis {
    let line = |values: &[(u32, f64, Origin)]| {
        let mut line = Timeline::default();
        for (days_ago, value, origin) in values.iter().copied() {
            line.push(Estimate::shown(value, origin, minus(analysis.as_of, days_ago), "a.fit"));
        }
        line
    };
    let thresholds = Thresholds {
        hr_max_bpm: line(&[(180, 186.0, Origin::History), (60, 189.0, Origin::History)]),
        lthr_bpm: line(&[(180, 167.4, Origin::Derived), (46, 171.0, Origin::Race), (9, 170.0, Origin::Race)]),
        threshold_speed_mps: line(&[
            (150, 3.4, Origin::Training),
            (140, 3.45, Origin::CriticalSpeed),
            (96, 3.7, Origin::Race),
            (46, 3.8, Origin::Race),
            (40, 3.6, Origin::FoundRace),
            (2, 3.79, Origin::Training),
        ]),
        ..analysis.thresholds
    };
    Analysis { thresholds, ..analysis }
}

/// The same with another calendar tried out: a longer week, and a window that moves.
pub fn with_another_calendar(before: &Analysis) -> Analysis {
    let mut after = before.clone();
    after.tried = Some(Tried { as_it_is: before.days_ahead(), ..Tried::default() });
    if let (Some(week), Some(day)) = (after.projected_weeks.first_mut(), after.expected.get_mut(5)) {
        week.distance_m += 10_000.0;
        day.distance_m = Some(30_000.0);
    }
    for row in after.projected.iter_mut().skip(5) {
        row.load_ratios.coupled = row.load_ratios.coupled.map(|ratio| ratio + 0.2);
    }
    if let Some(window) = after.windows.iter_mut().find(|window| window.status == Status::Upcoming) {
        for day in [&mut window.start, &mut window.end, &mut window.best] {
            *day = plus(*day, 2);
        }
    }
    after
}

/// A small number from 0 to 1 that looks like chance and is none.
fn wobble(day: Day) -> f64 {
    f64::from((day.num_days_from_ce() * 7919) % 101) / 100.0
}

fn planned(day: Day, first: Day) -> Option<Run> {
    let week = days_between(first, day) / 7 % 52;
    if week == 11 && day.weekday() != Weekday::Mon {
        return None;
    }
    let growth = 1.0 + 0.02 * (week % 26) as f64 - if week % 4 == 3 { 0.25 } else { 0.0 };
    let wobble = wobble(day);
    let (km, speed, zone) = match day.weekday() {
        Weekday::Tue => (10.0 + 2.0 * wobble, 3.5, 2),
        Weekday::Wed => (8.0 + wobble, 2.9, 0),
        Weekday::Thu if wobble > 0.15 => (9.0 + wobble, 2.95, 1),
        Weekday::Sat => (7.0 + wobble, 2.9, 0),
        Weekday::Sun => (17.0 + 5.0 * wobble, 3.0, 1),
        _ => return None,
    };
    Some(run(day, zone, 1000.0 * km * growth, speed))
}

fn run(day: Day, zone: usize, distance_m: f64, speed: f64) -> Run {
    let timer_s = distance_m / speed;
    let has_heart_rate = day.num_days_from_ce() % 9 != 4;
    let load = timer_s / 3600.0 * [55.0, 64.0, 82.0][zone];
    let kind = match (zone, distance_m) {
        (_, 16_000.0..) => SessionKind::Long,
        (2, _) => SessionKind::Intervals,
        (1, _) => SessionKind::Steady,
        _ => SessionKind::Easy,
    };
    Run {
        id: format!("run-{day}"),
        file: format!("{day}.fit"),
        format: Format::Fit,
        title: (zone == 2).then(|| "6 × 800 m & <strides>".to_owned()),
        sport: Sport::Running,
        device: Some("Watch 2".into()),
        start_ms: day.and_hms_opt(16, 30, 0).unwrap().and_utc().timestamp_millis(),
        utc_offset_s: 7200,
        date: day,
        distance_m: Some(distance_m),
        elapsed_s: timer_s + 40.0,
        timer_s,
        moving_s: timer_s - 20.0,
        ascent_m: Some(distance_m * 0.008),
        descent_m: Some(distance_m * 0.008),
        steps: None,
        avg_hr_bpm: Some([142.0, 149.0, 158.0][zone]),
        max_hr_bpm: Some([155.0, 166.0, 181.0][zone]),
        hr_coverage: if has_heart_rate { 0.97 } else { 0.0 },
        avg_cadence_spm: Some(172.0),
        avg_power_w: None,
        avg_speed_mps: Some(speed),
        gap_speed_mps: Some(speed),
        ngs_mps: Some(speed),
        intensity_factor: Some(speed / 3.77),
        trimp_banister: Some(load),
        trimp100: Some(load),
        rtss: Some(load),
        load_au: Some(load),
        load_basis: Some(LoadBasis::Hr),
        hr_zone_s: has_heart_rate.then(|| {
            let shares = [
                [0.30, 0.67, 0.03, 0.0, 0.0],
                [0.21, 0.64, 0.10, 0.03, 0.02],
                [0.22, 0.40, 0.10, 0.12, 0.16],
            ];
            shares[zone].map(|s| s * timer_s * 0.97)
        }),
        three_zone_s: Some(
            [[0.97, 0.03, 0.0], [0.85, 0.13, 0.02], [0.62, 0.14, 0.24]][zone].map(|s| s * timer_s),
        ),
        session_kind: kind,
        is_quality: zone == 2,
        ..crate::load::testing::run("2026-01-01")
    }
}

fn set_spikes(runs: &mut [Run]) {
    for i in 0..runs.len() {
        let date = runs[i].date;
        let before = runs[..i].iter().filter(|run| run.date >= minus(date, 30) && run.date < date);
        let longest = before.filter_map(|run| run.distance_m).fold(0.0, f64::max);
        let ratio = (longest > 0.0).then(|| runs[i].distance_m.unwrap() / longest);
        runs[i].spike_ratio = ratio;
        runs[i].spike_class = Some(match ratio {
            None => SpikeClass::NoReference,
            Some(..=1.1) => SpikeClass::Reference,
            Some(..=1.3) => SpikeClass::Small,
            Some(..=2.0) => SpikeClass::Moderate,
            Some(_) => SpikeClass::Large,
        });
    }
}

fn day_rows(runs: &[Run], first: Day, last: Day) -> Vec<DayRow> {
    let mut rows: Vec<DayRow> = Vec::new();
    for (i, date) in days(first, last).enumerate() {
        let todays: Vec<&Run> = runs.iter().filter(|run| run.date == date && run.counts()).collect();
        let is_unknown = i == 60;
        let load: f64 = todays.iter().filter_map(|run| run.load_au).sum();
        let mean = |n: usize, rows: &[DayRow]| {
            let past: f64 = rows[rows.len() - n + 1..].iter().filter_map(|row| row.load_au).sum();
            (past + load) / n as f64
        };
        let acute = (i >= 6 && !(60..67).contains(&i)).then(|| mean(7, &rows));
        let chronic = (i >= 27 && !(60..67).contains(&i)).then(|| mean(28, &rows));
        let ratio = acute.zip(chronic).map(|(a, c)| a / c);
        let last_row = rows.last();
        let follow = |old: Option<f64>, tau: f64| old.unwrap_or(38.0) + (load - old.unwrap_or(38.0)) / tau;
        let (ctl, atl) = (last_row.and_then(|row| row.ctl), last_row.and_then(|row| row.atl));
        let longest =
            |rows: &[DayRow]| rows.iter().rev().take(30).map(|row| row.longest_m).fold(0.0, f64::max);
        let longest_30d = longest(&rows);
        let sum = |f: fn(&Run) -> f64| todays.iter().map(|run| f(run)).sum();
        let mut three_zone_s = [0.0; 3];
        for zones in todays.iter().filter_map(|run| run.three_zone_s) {
            three_zone_s.iter_mut().zip(zones).for_each(|(total, s)| *total += s);
        }
        let row = DayRow {
            date,
            state: match (is_unknown, todays.is_empty()) {
                (true, _) => DayState::Unknown,
                (_, true) => DayState::Rest,
                _ => DayState::Observed,
            },
            n_runs: todays.len() as u32,
            distance_m: sum(|run| run.distance_m.unwrap_or(0.0)),
            timer_s: sum(|run| run.timer_s),
            ascent_m: sum(|run| run.ascent_m.unwrap_or(0.0)),
            descent_m: 0.0,
            longest_m: todays.iter().filter_map(|run| run.distance_m).fold(0.0, f64::max),
            three_zone_s,
            n_quality: todays.iter().filter(|run| run.is_quality).count() as u32,
            load_au: (!is_unknown).then_some(load),
            imputed_share: Some(0.04),
            acute_au: acute,
            chronic_au: chronic,
            load_ratios: Ratios { coupled: ratio, uncoupled: ratio, ewma: ratio },
            distance_ratios: Ratios { coupled: ratio, uncoupled: ratio, ewma: ratio },
            acwr_percentile: ratio.map(|_| 78.0),
            month_zone_s: month_zones(&rows, three_zone_s),
            month_runs: (22, 4),
            acwr_range: ratio.map(|r| (r * 0.93, r * 1.08)),
            ctl: Some(follow(ctl, 42.0)),
            atl: Some(follow(atl, 7.0)),
            tsb: ctl.zip(atl).map(|(c, a)| c - a),
            monotony: (i >= 6).then_some(1.3),
            strain: (i >= 6).then_some(460.0),
            ramp_pct: (i >= 13).then_some(6.0),
            spike_ratio: todays.iter().filter_map(|run| run.spike_ratio).reduce(f64::max),
            longest_30d_m: (longest_30d > 0.0).then_some(longest_30d),
            flags: todays
                .iter()
                .filter(|run| run.spike_ratio.is_some_and(|r| r > 1.1))
                .map(|_| LoadFlag::SpikeSession)
                .collect(),
            ..DayRow::default()
        };
        rows.push(row);
    }
    rows
}

/// Seconds in three zones over the 28 days that end with a day of `today_s`.
fn month_zones(before: &[DayRow], today_s: [f64; 3]) -> [f64; 3] {
    let last = before.iter().rev().take(27);
    last.fold(today_s, |sums, row| [0, 1, 2].map(|zone| sums[zone] + row.three_zone_s[zone]))
}

fn week_rows(rows: &[DayRow], first: Day) -> Vec<WeekRow> {
    let mut weeks: Vec<WeekRow> = Vec::new();
    let Some(last) = rows.last().map(|row| row.date) else { return weeks };
    for i in 0..=days_between(first, last) / 7 {
        let start = plus(first, 7 * i as u32);
        let of_week: Vec<&DayRow> =
            rows.iter().filter(|row| row.date >= start && row.date < plus(start, 7)).collect();
        let sum = |f: fn(&DayRow) -> f64| of_week.iter().map(|row| f(row)).sum::<f64>();
        let distance_m = sum(|row| row.distance_m);
        let end = of_week.last().unwrap();
        weeks.push(WeekRow {
            start,
            n_days: of_week.len() as u32,
            n_runs: of_week.iter().map(|row| row.n_runs).sum(),
            distance_m,
            timer_s: sum(|row| row.timer_s),
            ascent_m: sum(|row| row.ascent_m),
            longest_run_m: of_week.iter().map(|row| row.longest_m).fold(0.0, f64::max),
            load_au: of_week.iter().map(|row| row.load_au).sum(),
            three_zone_s: [
                sum(|r| r.three_zone_s[0]),
                sum(|r| r.three_zone_s[1]),
                sum(|r| r.three_zone_s[2]),
            ],
            n_hard: of_week.iter().map(|row| row.n_quality).sum(),
            monotony: end.monotony,
            strain: end.strain,
            load_ratios: end.load_ratios,
            ramp_pct: weeks.last().map(|week| 100.0 * (distance_m / week.distance_m.max(1.0) - 1.0)),
            state: if of_week.iter().any(|row| row.state == DayState::Unknown) {
                DayState::Unknown
            } else if distance_m > 0.0 {
                DayState::Observed
            } else {
                DayState::Rest
            },
            ..WeekRow::default()
        });
    }
    weeks
}

fn blocks(first: Day, as_of: Day) -> Vec<Block> {
    let plan = [
        (Phase::Base, 42, Emphasis::Maintenance),
        (Phase::Build, 35, Emphasis::Targeted),
        (Phase::Break, 9, Emphasis::None),
        (Phase::Return, 26, Emphasis::Maintenance),
        (Phase::Speed, 21, Emphasis::Targeted),
        (Phase::Taper, 11, Emphasis::LightOnly),
        (Phase::Race, 1, Emphasis::None),
        (Phase::PostRace, 8, Emphasis::RecoveryOnly),
        (Phase::Build, 28, Emphasis::Targeted),
        (Phase::Peak, 183, Emphasis::Deep),
    ];
    let mut blocks = Vec::new();
    let mut start = first;
    for (phase, n_days, massage) in plan.into_iter().cycle() {
        if start > as_of {
            return blocks;
        }
        let end = plus(start, n_days - 1).min(as_of);
        blocks.push(Block {
            start,
            end,
            phase,
            n_days: days_between(start, end) as u32 + 1,
            distance_m_per_week: Some(52_300.0),
            load_au_per_day: Some(52.0),
            trend_pct_per_week: (n_days > 20).then_some(4.2),
            high_share: Some(0.08),
            longest_run_m: 24_100.0,
            ascent_m: 812.0,
            change: Change {
                load_pct: Some(12.4),
                distance_pct: Some(8.0),
                high_share: Some(-0.021),
                longest_run_pct: None,
            },
            cutbacks: vec![plus(start, 7)],
            weeks_without_cutback: Some(2),
            confidence: Confidence::High,
            massage,
            every_days: (massage != Emphasis::None).then_some(14),
            best_weekday: Some(Weekday::Mon),
            reasons: ["weekly distance rose 6.0 % a week", "a lighter week from 2026-02-02"]
                .map(|text| blocks::Reason { rule: "build", text: text.into(), values: [].into() })
                .to_vec(),
        });
        start = plus(end, 1);
    }
    blocks
}

fn races(as_of: Day) -> Vec<Race> {
    let race = |date, name: &str, distance_m, priority| Race {
        date,
        name: name.into(),
        distance_m,
        priority,
        origin: RaceOrigin::Config,
    };
    vec![
        race(minus(as_of, 96), "Winter 10 km", 10_000.0, 'C'),
        race(minus(as_of, 46), "Spring half marathon by the river", 21_097.5, 'B'),
        race(plus(as_of, 17), "City marathon", 42_195.0, 'A'),
    ]
}

fn windows(as_of: Day) -> Vec<Window> {
    use WindowKind::{Deep, Maintenance, PostRace, PreRace, Targeted};
    let window = |from: i64, to: i64, best: i64, kind, depth: Depth| {
        let at = |n: i64| as_of + chrono::TimeDelta::days(n);
        let status = match (from, to) {
            (_, ..0) => Status::Past,
            (1.., _) => Status::Upcoming,
            _ => Status::Open,
        };
        let race =
            matches!(kind, WindowKind::PreRace | WindowKind::PostRace).then(|| "City marathon".to_owned());
        Window {
            start: at(from),
            end: at(to),
            best: at(best),
            status,
            kind,
            depth,
            minutes: depth.minutes(),
            reasons: reasons(kind),
            limits: vec![Limit {
                rule: "R11",
                text: "a quality session follows two days later".into(),
                date: at(to + 1),
            }],
            avoid: vec![Avoid { date: at(to + 1), why: "the day of a quality session".into() }],
            need: 1.24,
            race,
            tissues: Vec::new(),
            notes: Vec::new(),
            had: None,
        }
    };
    vec![
        window(-180, -178, -179, Maintenance, Depth::Moderate),
        window(-150, -149, -150, Deep, Depth::Deep),
        window(-122, -120, -121, Targeted, Depth::Moderate),
        window(-98, -97, -97, PreRace, Depth::Light),
        window(-75, -73, -74, Deep, Depth::Deep),
        window(-44, -42, -44, PostRace, Depth::Light),
        window(-20, -18, -19, Deep, Depth::Deep),
        window(-1, 2, 0, Targeted, Depth::Moderate),
        window(7, 9, 8, Deep, Depth::Deep),
        window(14, 16, 15, PreRace, Depth::Light),
        window(18, 21, 19, PostRace, Depth::Light),
    ]
}

fn reasons(kind: WindowKind) -> Vec<Reason> {
    let reason = |rule, text: &str, value, grade| Reason { rule, text: text.into(), value, grade, adds: 0.0 };
    match kind {
        WindowKind::PreRace => {
            vec![reason("R9", "optional light work two days before City marathon", None, Grade::Convention)]
        }
        WindowKind::PostRace => {
            vec![reason("R10", "light work in the days after City marathon", None, Grade::B)]
        }
        _ => vec![
            reason(
                "R13",
                "the last session was 19 days ago and the interval is 14 days",
                Some(1.36),
                Grade::Convention,
            ),
            reason("R3", "a long run of 24.1 km ended the day before", Some(24.1), Grade::A),
        ],
    }
}
