//! One sign before a session against the same sign after it.

use super::{AFTER_DAYS, BEFORE_DAYS, Input};
use crate::model::calendar::{minus, plus};
use crate::model::text::clean;
use crate::model::{Day, DiaryEntry, DiaryKind, MassageHad};
use crate::signals::{Adverse, Scale, Signal, SignalKind, Status, evidence, mean, sd};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Readings that a side must have.
const MIN_READINGS: usize = 2;
/// A change of soreness or tightness that is worth the name, of 10 (heuristic: the step that people can tell).
const WORTHWHILE_NOTED: f64 = 1.0;
/// Changes this close to a limit reach it.
const ROUNDING: f64 = 1e-9;

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignKind {
    /// Soreness in the diary, 0 to 10.
    Soreness,
    /// Tightness in the diary, 0 to 10.
    Tightness,
    /// Movement, effort or the morning (science 6).
    Signal(SignalKind),
}

impl SignKind {
    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Soreness => "soreness",
            Self::Tightness => "tightness",
            Self::Signal(kind) => kind.name(),
        }
    }

    /// Unit of the readings.
    #[must_use]
    pub fn unit(self) -> &'static str {
        if let Self::Signal(kind) = self { kind.unit() } else { "of 10" }
    }

    /// Unit of a change.
    #[must_use]
    pub fn change_unit(self) -> &'static str {
        if let Self::Signal(kind) = self { kind.change_unit() } else { "of 10" }
    }
}

/// A sign, and where on the body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sign {
    /// What is read.
    pub kind: SignKind,
    /// The site: a tissue by its key, else as written; empty for movement, effort and mornings.
    pub site: String,
}

/// Which way a sign went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// By the smallest worthwhile change or more.
    Better,
    /// The same the other way.
    Worse,
    /// By less than that.
    Same,
    /// Too few readings on a side.
    Unknown,
}

impl Direction {
    /// The word in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "same",
            Self::Unknown => "unknown",
        }
    }
}

/// A sign after a session against before.
#[derive(Debug, Clone, PartialEq)]
pub struct SignChange {
    /// Which.
    pub sign: Sign,
    /// Was it adverse before the session, or of a tissue that was worked on?
    pub is_target: bool,
    /// Mean of the days before, in [`SignKind::unit`].
    pub before: Option<f64>,
    /// Mean of the days after.
    pub after: Option<f64>,
    /// After against before, in [`SignKind::change_unit`]; `None` where a side has too few readings.
    pub change: Option<f64>,
    /// Readings before.
    pub n_before: usize,
    /// Readings after.
    pub n_after: usize,
    /// Which way it went.
    pub direction: Direction,
}

/// The days that are compared.
struct Spans {
    before: RangeInclusive<Day>,
    after: RangeInclusive<Day>,
}

impl Spans {
    fn around(session: Day, as_of: Day) -> Self {
        let (from, to) = AFTER_DAYS;
        Self {
            before: minus(session, BEFORE_DAYS)..=minus(session, 1),
            after: plus(session, from)..=plus(session, to).min(as_of),
        }
    }

    /// The values of both sides.
    fn part(&self, readings: &[(Day, f64)]) -> (Vec<f64>, Vec<f64>) {
        let of = |span: &RangeInclusive<Day>| {
            readings.iter().filter(|(day, _)| span.contains(day)).map(|(_, value)| *value).collect()
        };
        (of(&self.before), of(&self.after))
    }
}

/// Every sign with a reading on either side: targets first, then by kind and site.
pub(super) fn changes(input: &Input<'_>, session: &MassageHad) -> Vec<SignChange> {
    let spans = Spans::around(session.date, input.as_of);
    let mut changes = noted(input.diary, session, &spans);
    changes.extend(SignalKind::ALL.into_iter().filter_map(|kind| measured(input, session, kind, &spans)));
    changes.sort_by(|a, b| (!a.is_target, &a.sign).cmp(&(!b.is_target, &b.sign)));
    changes
}

/// Soreness and tightness of the diary; the highest note of a day and site is its reading. They are targets at the
/// tissues worked on, and everywhere if those are not noted.
fn noted(diary: &[DiaryEntry], session: &MassageHad, spans: &Spans) -> Vec<SignChange> {
    let mut by_sign: BTreeMap<(Sign, bool), BTreeMap<Day, f64>> = BTreeMap::new();
    for entry in
        diary.iter().filter(|entry| spans.before.contains(&entry.date) || spans.after.contains(&entry.date))
    {
        let kind = match entry.kind {
            DiaryKind::Soreness => SignKind::Soreness,
            DiaryKind::Tightness => SignKind::Tightness,
            _ => continue,
        };
        let tissue = entry.tissue();
        let is_target =
            session.tissues.is_empty() || tissue.is_some_and(|tissue| session.tissues.contains(&tissue));
        let site =
            tissue.map_or_else(|| clean(&entry.site).to_lowercase(), |tissue| tissue.name().to_owned());
        let days = by_sign.entry((Sign { kind, site }, is_target)).or_default();
        let value = days.entry(entry.date).or_insert(entry.value);
        *value = value.max(entry.value);
    }
    let change = |((sign, is_target), days): ((Sign, bool), BTreeMap<Day, f64>)| {
        let (before, after) = spans.part(&days.into_iter().collect::<Vec<_>>());
        let test =
            Test { scale: Scale::Plain, adverse: Adverse::Higher, worthwhile: WORTHWHILE_NOTED, usual: None };
        test.change(sign, is_target, &before, &after)
    };
    by_sign.into_iter().map(change).collect()
}

/// One signal; `None` without a reading. It is a target if it was a flag or watched before, and no morning.
fn measured(input: &Input<'_>, session: &MassageHad, kind: SignalKind, spans: &Spans) -> Option<SignChange> {
    let is_near = |signal: &&Signal| {
        signal.kind == kind && (spans.before.contains(&signal.date) || spans.after.contains(&signal.date))
    };
    let near: Vec<&Signal> = input.signals.iter().filter(is_near).collect();
    let earlier = near.iter().rev().find(|signal| signal.date < session.date);
    let rule = kind.rule();
    let device = |signal: &Signal| {
        let run = input.runs.iter().find(|run| signal.run_id.as_deref() == Some(run.id.as_str()));
        run.and_then(|run| run.device.as_deref())
    };
    // Steps and contact are measured by each device in its own way.
    let is_like = |signal: &Signal| {
        !(kind == SignalKind::ContactBalance || signal.speed_mps.is_some())
            || earlier.is_none_or(|earlier| device(signal) == device(earlier))
    };
    // What was withheld for its weather is no more comparable here.
    let is_fit = |signal: &Signal| signal.status != Status::TooFew || !rule.needs_like_weather;
    let slope = earlier
        .filter(|one| one.speed_mps.is_some())
        .and_then(|one| evidence(one, input.signals, input.readings)?.line)
        .map(|line| line.slope);
    let reading = |signal: &&Signal| {
        let shift = slope.zip(earlier).map_or(0.0, |(slope, to)| slope * faster(to, signal));
        let value = rule.scale.judged(signal.value?) + shift;
        (value.is_finite() && is_fit(signal) && is_like(signal)).then_some((signal.date, value))
    };
    let readings: Vec<(Day, f64)> = near.iter().filter_map(reading).collect();
    if readings.is_empty() {
        return None;
    }
    let is_adverse = |signal: &&Signal| {
        signal.date < session.date && matches!(signal.status, Status::Flag | Status::Watch)
    };
    let (before, after) = spans.part(&readings);
    // Where being unusual is all that a rule asks for, that many standard deviations are worth the name (HRV).
    let worthwhile = rule.worthwhile.unwrap_or_else(|| {
        let unit = if rule.scale == Scale::Log { 100.0 } else { 1.0 };
        unit * rule.unusual_sd * sd(&before).unwrap_or(0.0)
    });
    let usual =
        near.iter().rev().filter(|signal| signal.date < session.date).find_map(|signal| signal.baseline);
    let test = Test { scale: rule.scale, adverse: rule.adverse, worthwhile, usual };
    let sign = Sign { kind: SignKind::Signal(kind), site: String::new() };
    // A morning tells of the whole runner, and R16 asks for movement, effort and soreness.
    let is_target = !kind.is_of_morning() && near.iter().any(is_adverse);
    Some(test.change(sign, is_target, &before, &after))
}

/// How much faster the speed is at which a reading is stated than that of another, as lines over speed have it.
fn faster(to: &Signal, signal: &Signal) -> f64 {
    let x = |speed: f64| if signal.kind == SignalKind::HrAtPace { speed } else { speed.ln() };
    to.speed_mps.zip(signal.speed_mps).map_or(0.0, |(to, from)| x(to) - x(from))
}

/// How a sign is compared, on its own scale.
struct Test {
    scale: Scale,
    adverse: Adverse,
    /// The smallest worthwhile change, in % or in the unit.
    worthwhile: f64,
    /// What was usual before, for signs that may leave it on either side.
    usual: Option<f64>,
}

impl Test {
    fn change(&self, sign: Sign, is_target: bool, before: &[f64], after: &[f64]) -> SignChange {
        let (from, to) = (mean(before), mean(after));
        let is_known = before.len() >= MIN_READINGS && after.len() >= MIN_READINGS;
        let in_unit = if self.scale == Scale::Log { 100.0 } else { 1.0 };
        let both = from.zip(to).filter(|_| is_known);
        SignChange {
            sign,
            is_target,
            before: from.map(|value| self.scale.shown(value)),
            after: to.map(|value| self.scale.shown(value)),
            change: both.map(|(from, to)| in_unit * (to - from)),
            n_before: before.len(),
            n_after: after.len(),
            direction: both.and_then(|(from, to)| self.worse_by(from, to)).map_or(
                Direction::Unknown,
                |worse| match in_unit * worse {
                    worse if worse >= self.worthwhile - ROUNDING && worse > 0.0 => Direction::Worse,
                    worse if worse <= ROUNDING - self.worthwhile && worse < 0.0 => Direction::Better,
                    _ => Direction::Same,
                },
            ),
        }
    }

    /// How far a sign went the adverse way; `None` where that way is not known.
    fn worse_by(&self, from: f64, to: f64) -> Option<f64> {
        match self.adverse {
            Adverse::Higher => Some(to - from),
            Adverse::Lower => Some(from - to),
            Adverse::Either => self.usual.map(|usual| (to - usual).abs() - (from - usual).abs()),
        }
    }
}
