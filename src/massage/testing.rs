//! Small histories for tests: days as a rule sees them, laid out by hand.

use super::Input;
use super::ceiling;
use super::outlook::{Hard, Long, Outlook};
use super::rules::{ALL, Values};
use super::view::{History, Known, View, Volume};
use super::window::WorkOn;
use crate::blocks::Phase;
use crate::config::{Class, Config};
use crate::load::day::{DayRow, LoadFlag};
use crate::model::calendar::{days_between, plus};
use crate::model::units::Units;
use crate::model::{Day, Depth, DiaryEntry, DiaryKind, MassageHad, Race, RaceOrigin, Tissue};
use crate::projection::{Basis, ExpectedDay, KeySession};
use crate::signals::{Signal, SignalKind, Status};
use crate::tissue::history::{Focus, TissueDay};
use crate::tissue::relative::{Change, Reading, TissueFlag};
use chrono::Datelike;
use std::collections::BTreeMap;

/// A history of plain days, changed day by day.
pub(super) struct Story {
    start: Day,
    rows: Vec<DayRow>,
    days: Vec<Outlook>,
    expected: BTreeMap<Day, Outlook>,
    tissues: Vec<TissueDay>,
    pub signals: Vec<Signal>,
    pub races: Vec<Race>,
    pub massages: Vec<MassageHad>,
    pub diary: Vec<DiaryEntry>,
    pub class: Class,
    pub accustomed: Option<bool>,
    pub birth_year: Option<i32>,
    pub injury: Option<Day>,
    pub responds_well: bool,
    pub sits_hours: Option<f64>,
    pub values: Values,
    /// Days of massages after which a key session was down, with the day of that session.
    pub downs: Vec<(Day, Day)>,
}

impl Story {
    /// `n_days` of base training without a run, for a competitive runner who is used to deep work.
    pub fn new(start: &str, n_days: u32) -> Self {
        let start_day: Day = start.parse().unwrap();
        let dates = || (0..n_days).map(|n| plus(start_day, n));
        Self {
            start: start_day,
            rows: dates().map(|date| DayRow { date, ..DayRow::default() }).collect(),
            days: dates().map(|date| Outlook::empty(date, Phase::Base)).collect(),
            expected: BTreeMap::new(),
            tissues: Vec::new(),
            signals: Vec::new(),
            races: Vec::new(),
            massages: Vec::new(),
            diary: Vec::new(),
            class: Class::Competitive,
            accustomed: Some(true),
            birth_year: None,
            injury: None,
            responds_well: false,
            sits_hours: None,
            values: Values::default(),
            downs: Vec::new(),
        }
    }

    fn index(&self, date: &str) -> usize {
        days_between(self.start, date.parse().unwrap()) as usize
    }

    pub fn rows(&mut self, change: impl Fn(&mut DayRow)) {
        self.rows.iter_mut().for_each(change);
    }

    pub fn row_list(&mut self) -> &mut [DayRow] {
        &mut self.rows
    }

    pub fn day(&mut self, date: &str, change: impl Fn(&mut Outlook)) {
        let at = self.index(date);
        change(&mut self.days[at]);
    }

    /// A quality session that was had.
    pub fn hard(&mut self, date: &str) {
        self.day(date, |day| {
            day.quality = Some(Hard { words: "hard session".into(), start_min: None, end_min: None });
        });
    }

    pub fn long(&mut self, date: &str, metres: f64) {
        self.day(date, |day| day.long = Some(Long { metres, end_min: None }));
    }

    /// What the days before a day expect of it.
    pub fn expect(&mut self, date: &str, change: impl Fn(&mut Outlook)) {
        let date: Day = date.parse().unwrap();
        change(self.expected.entry(date).or_insert_with(|| Outlook::empty(date, Phase::Base)));
    }

    pub fn expect_hard(&mut self, date: &str) {
        self.expect(date, |day| {
            day.quality = Some(Hard { words: "usual hard session".into(), start_min: None, end_min: None });
        });
    }

    pub fn phase(&mut self, phase: Phase) {
        self.days.iter_mut().for_each(|day| day.phase = phase);
    }

    pub fn flag(&mut self, date: &str, flag: LoadFlag) {
        let at = self.index(date);
        self.rows[at].flags.push(flag);
    }

    pub fn set(&mut self, key: &str, value: f64) {
        self.values =
            Values::new(&Config { rules: BTreeMap::from([(key.to_owned(), value)]), ..Config::default() })
                .unwrap();
    }

    /// The same readings on every day; those with a flag are in focus.
    pub fn readings(&mut self, readings: &[Reading]) {
        let focus = readings.iter().filter(|one| one.flag.is_some());
        let day = TissueDay {
            readings: readings.to_vec(),
            focus: focus
                .map(|one| Focus { reading: *one, why: "1,240 m of descent".into(), driver: None })
                .collect(),
        };
        self.tissues = vec![day; self.rows.len()];
    }

    pub fn focus(&mut self, tissues: &[Tissue]) {
        let readings: Vec<Reading> =
            tissues.iter().map(|tissue| reading(*tissue, Some(TissueFlag::High))).collect();
        self.readings(&readings);
    }

    /// Asks of a day as it saw itself.
    pub fn on<T>(&self, date: &str, ask: impl Fn(&View<'_>) -> T) -> T {
        let input = Input {
            runs: &[],
            days: &self.rows,
            tissues: &self.tissues,
            signals: &self.signals,
            blocks: &[],
            races: &self.races,
            plan: None,
            massages: &self.massages,
            diary: &self.diary,
            class: self.class,
            accustomed: self.accustomed,
            birth_year: self.birth_year,
            injury: self.injury,
            responds_well: self.responds_well,
            sits_hours: self.sits_hours,
            values: &self.values,
            units: Units::Metric,
        };
        let real = History::new(&input);
        let volumes: Vec<Volume> = real.volumes;
        let mut days = self.days.clone();
        for day in &mut days {
            day.race = self.races.iter().find(|race| race.date == day.date).cloned();
        }
        let history = History { input: &input, days, volumes, downs: self.downs.clone() };
        let t = self.index(date);
        let ahead = (1..=20).map(|n| self.ahead(plus(history.days[t].date, n)));
        let known: Known<'_> = history.known_with(t, ahead);
        ask(&known.view(t).unwrap())
    }

    fn ahead(&self, date: Day) -> ExpectedDay {
        let day = self.expected.get(&date);
        let quality = day.and_then(|day| day.quality.clone());
        ExpectedDay {
            date,
            basis: Basis::Habit,
            phase: Phase::Base,
            n_runs: 0,
            distance_m: Some(0.0),
            longest_m: Some(0.0),
            timer_s: Some(0.0),
            load_au: Some(0.0),
            quality: quality.map(|hard| KeySession { words: hard.words, start_min: hard.start_min }),
            long_m: day.and_then(|day| day.long).map(|long| long.metres),
            race: self.races.iter().find(|race| race.date == date).cloned(),
        }
    }

    pub fn last<T>(&self, ask: impl Fn(&View<'_>) -> T) -> T {
        self.on(&self.rows[self.rows.len() - 1].date.to_string(), ask)
    }

    /// What a rule adds to the need of a day, so many days after the last session.
    pub fn added(&self, rule: &str, date: &str, since: Option<i64>) -> f64 {
        let counts = |from_days: i64| since.is_none_or(|since| since >= from_days);
        self.on(date, |view| {
            let triggers = ALL.iter().flat_map(|rule| rule.triggers(view)).collect::<Vec<_>>();
            let of_rule = triggers.iter().filter(|one| one.reason.rule == rule && counts(one.from_days));
            of_rule.map(|one| one.reason.adds).sum()
        })
    }

    /// The ceiling of a day by everything but earlier sessions.
    pub fn ceiling(&self, date: &str) -> Depth {
        self.on(date, |view| ceiling::lowest(&ceiling::caps(view)))
    }

    /// Day of the month and ceiling of every day.
    pub fn ceilings(&self) -> Vec<(u32, Depth)> {
        self.rows.iter().map(|row| (row.date.day(), self.ceiling(&row.date.to_string()))).collect()
    }
}

pub(super) fn race(date: &str, distance_m: f64) -> Race {
    Race {
        date: date.parse().unwrap(),
        name: "City race".into(),
        distance_m,
        priority: 'A',
        origin: RaceOrigin::Config,
    }
}

pub(super) fn had(date: &str, depth: Depth, soreness_h: Option<f64>) -> MassageHad {
    MassageHad { date: date.parse().unwrap(), depth, minutes: None, tissues: Vec::new(), soreness_h }
}

pub(super) fn noted(date: &str, kind: DiaryKind, site: &str, value: f64) -> DiaryEntry {
    DiaryEntry { date: date.parse().unwrap(), kind, site: site.into(), side: None, value }
}

/// A signal that is up.
pub(super) fn signal(date: &str, kind: SignalKind) -> Signal {
    Signal {
        date: date.parse().unwrap(),
        run_id: None,
        kind,
        value: None,
        recent: None,
        baseline: None,
        baseline_low: None,
        baseline_high: None,
        change: None,
        z: None,
        speed_mps: None,
        n_baseline: 8,
        n_recent: 3,
        status: Status::Flag,
        note: None,
    }
}

pub(super) fn reading(tissue: Tissue, flag: Option<TissueFlag>) -> Reading {
    let change = Change { dose_km: 40.0, z: 2.1, ratio: 1.4, n_blocks: 6, is_low_confidence: false };
    Reading { tissue, change, delta: 0.9, flag }
}

pub(super) fn work_on(tissue: Tissue) -> WorkOn {
    WorkOn::new(tissue, None, "noted".into())
}
