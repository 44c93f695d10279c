//! What the data cannot say and the runner can.

use super::places::{self, Area, Noted};
use super::recent::{Since, Span};
use crate::analysis::Analysis;
use crate::load::day::{DayRow, LoadFlag};
use crate::load::pause::Pause;
use crate::model::calendar::days_between;
use crate::model::{Day, DiaryKind, Tissue};
use crate::signals::SignalKind;
use crate::tissue::part::Part;

/// Days in which a note of the diary is worth a question.
const NOTED_DAYS: i64 = 21;
/// Days in which a bad night or a hard day of life is.
const NIGHT_DAYS: i64 = 7;
/// Days in which a run that stood out is.
const RUN_DAYS: usize = 7;
/// A night of this or less, of 10, and stress of this or more.
const NIGHT: f64 = 4.0;
const STRESS: f64 = 7.0;
/// Hours of soreness after a massage that are worth a question.
const SORE_H: f64 = 36.0;

/// A question with what makes it worth asking.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// A place that the diary names.
    Place(Noted),
    /// Soreness in hours after the massage of a day.
    SoreAfter(Day, f64),
    /// No run for so many days.
    Off(u32),
    /// Back for so many days, after so many without a run.
    Back(u32, u32),
    /// A run of so many m, longer than any of 30 days by this factor.
    Spike {
        /// The day.
        date: Day,
        /// Its length in m.
        distance_m: f64,
        /// Over the longest of the 30 days before.
        ratio: f64,
    },
    /// Seven days of so many m from a day to another, usually so many.
    BigWeek {
        /// The first of the seven days.
        from: Day,
        /// The last.
        to: Day,
        /// Their distance in m.
        distance_m: f64,
        /// What is usual in as many, in m.
        usual_m: Option<f64>,
    },
    /// What made the load of a tissue.
    Driver(Tissue, Part),
    /// A signal that stands out.
    Signal(SignalKind),
    /// A night noted as bad, of 10.
    Night(Day, f64),
    /// Stress noted as high, of 10.
    Stress(Day, f64),
    /// No massage on record.
    FirstMassage,
    /// Days of the last 28 whose load is not known.
    Unknown(u32),
}

/// The questions that the data of a runner ask, the most pressing first.
pub(super) fn questions(
    analysis: &Analysis,
    on: Day,
    spans: &[Span; 3],
    areas: &[Area],
    raised: &[SignalKind],
    since: &Since,
) -> Vec<Question> {
    let mut asked: Vec<Question> =
        places::noted(analysis, NOTED_DAYS).into_iter().map(Question::Place).collect();
    let sore = since.massage.as_ref().and_then(|had| Some((had.date, had.soreness_h?)));
    asked.extend(
        sore.filter(|(_, hours)| *hours > SORE_H).map(|(day, hours)| Question::SoreAfter(day, hours)),
    );
    let pause = Pause::of(&analysis.days);
    match pause {
        Some(Pause::Off(n_days)) => asked.push(Question::Off(n_days)),
        Some(Pause::Back { n_days, after }) => asked.push(Question::Back(n_days, after)),
        // After a pause everything is longer than nothing.
        None => asked.extend(volume(analysis, spans)),
    }
    for area in areas {
        let is_new =
            |part: &Part| !asked.iter().any(|one| matches!(one, Question::Driver(_, said) if said == part));
        let driver = area.driver.filter(|part| *part != Part::Volume).filter(is_new);
        asked.extend(driver.map(|part| Question::Driver(area.work_on.tissue, part)));
    }
    asked.extend(raised.iter().map(|kind| Question::Signal(*kind)));
    asked.extend(nights(analysis, on));
    if since.massage.is_none() {
        asked.push(Question::FirstMassage);
    }
    if spans[2].n_unknown > 0 {
        asked.push(Question::Unknown(spans[2].n_unknown));
    }
    asked
}

/// A run or a week that stood out.
fn volume(analysis: &Analysis, spans: &[Span; 3]) -> Vec<Question> {
    let week = &analysis.days[analysis.days.len().saturating_sub(RUN_DAYS)..];
    let had = |day: &&DayRow, flag: LoadFlag| day.flags.contains(&flag);
    let spike = week.iter().rev().find(|day| had(day, LoadFlag::SpikeSession)).and_then(|day| {
        Some(Question::Spike { date: day.date, distance_m: day.longest_m, ratio: day.spike_ratio? })
    });
    let is_big = analysis.days.last().is_some_and(|day| had(&day, LoadFlag::BigWeek));
    let big = spans[0].had.distance_m.filter(|_| is_big);
    let usual_m = spans[0].usual.and_then(|usual| usual.distance_m);
    let (from, to) = (spans[0].from, spans[0].to);
    let big = big.map(|distance_m| Question::BigWeek { from, to, distance_m, usual_m });
    spike.into_iter().chain(big).collect()
}

/// The last bad night and the last hard day.
fn nights(analysis: &Analysis, on: Day) -> Vec<Question> {
    let last = |kind: DiaryKind, is_it: fn(f64) -> bool| {
        let near = analysis.diary.iter().rev().filter(|entry| entry.kind == kind);
        let mut near = near.filter(|entry| (0..NIGHT_DAYS).contains(&days_between(entry.date, on)));
        near.find(|entry| is_it(entry.value)).map(|entry| (entry.date, entry.value))
    };
    let night =
        last(DiaryKind::Sleep, |value| value <= NIGHT).map(|(day, value)| Question::Night(day, value));
    let stress =
        last(DiaryKind::Stress, |value| value >= STRESS).map(|(day, value)| Question::Stress(day, value));
    night.into_iter().chain(stress).collect()
}
