//! Two reports side by side: which weeks and runs moved, and which files or settings did it.
//!
//! Input are two `analysis.json`, output is a [`Diff`], which is data and knows how to become JSON and text.
//! Invariant: swapping the two swaps old and new and changes nothing else, and a report against itself is empty.

mod cause;
mod days;
mod held;
mod inputs;
mod keys;
mod numbers;
mod read;
mod runs;
mod since;
mod spans;
#[cfg(test)]
mod tests;
mod text;
mod weeks;
mod why;
mod words;

pub use cause::Cause;
pub use days::{DayMove, DaysDiff};
pub use held::{Held, ThresholdChange};
pub use inputs::InputChange;
pub use keys::Change;
pub use numbers::Move;
pub use read::{Athlete, Report, parse, read};
pub use runs::{RunChange, What};
pub use since::{Changes, Restated, Since, Window, since};
pub use spans::{Span, SpanChange};
pub use text::render;
pub use weeks::{WeekChange, WeeksDiff};

use crate::error::Error;
use serde::Serialize;
use serde_json::{Value, json};

/// What differs between two reports, A (the old one) and B (the new one).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diff {
    /// Numbers that moved by no more than this part of the larger are taken for equal, in %.
    pub tolerance_pct: f64,
    /// The version of the program, where the two were made by different ones.
    pub version: Option<Change>,
    /// Athletes that only A has.
    pub only_a: Vec<String>,
    /// Athletes that only B has.
    pub only_b: Vec<String>,
    /// What differs for each athlete that both have.
    pub athletes: Vec<AthleteDiff>,
}

/// What differs for one athlete.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AthleteDiff {
    /// The athlete's id in B.
    pub athlete: String,
    /// The id in A, where it is another.
    pub athlete_in_a: Option<String>,
    /// `false` where a report is from before settings were written; only `as_of` is compared then.
    pub knows_settings: bool,
    /// Settings that differ.
    pub settings: Vec<Change>,
    /// What was written into the small files beside the runs, or taken out.
    pub inputs: Vec<InputChange>,
    /// Spans of days on which another value of a threshold held, by key and date.
    pub thresholds: Vec<ThresholdChange>,
    /// Runs that differ, by date.
    pub runs: Vec<RunChange>,
    /// Weeks that moved, by date, and how many there are to compare.
    pub weeks: WeeksDiff,
    /// How many days moved, and by how much at most.
    pub days: DaysDiff,
    /// What was expected of the days to come.
    pub ahead: AheadDiff,
    /// Blocks that are not in both.
    pub blocks: Vec<SpanChange>,
    /// Massage windows that are not in both.
    pub windows: Vec<SpanChange>,
}

/// What was expected of days and weeks that lay ahead of both reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AheadDiff {
    /// The whole weeks.
    pub weeks: WeeksDiff,
    /// The days.
    pub days: DaysDiff,
}

impl Diff {
    /// Whether nothing differs; another version with the same numbers is no difference.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.only_a.is_empty() && self.only_b.is_empty() && self.athletes.iter().all(AthleteDiff::is_empty)
    }

    /// The whole of it as one JSON object.
    pub fn to_json(&self) -> Result<String, Error> {
        let text = serde_json::to_string_pretty(self).map_err(|cause| Error::internal("the diff", cause))?;
        Ok(text + "\n")
    }
}

impl AthleteDiff {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { settings, inputs, thresholds, runs, weeks, days, ahead, blocks, windows, .. } = self;
        (settings.is_empty() && inputs.is_empty() && thresholds.is_empty() && runs.is_empty())
            && (ahead.weeks.moved.is_empty() && ahead.days.n_moved == 0)
            && (weeks.is_empty() && days.n_moved == 0 && blocks.is_empty() && windows.is_empty())
    }
}

/// Compares two reports; athletes are matched by id, and where each report has just one, they are taken for the same.
#[must_use]
pub fn compare(a: &Report, b: &Report, tolerance_pct: f64) -> Diff {
    let version = keys::changes(&json!({ "version": a.version }), &json!({ "version": b.version })).pop();
    let pairs: Vec<(&Athlete, &Athlete)> = match (a.athletes.as_slice(), b.athletes.as_slice()) {
        ([one], [other]) => vec![(one, other)],
        (all, others) => {
            let same = |one: &Athlete| others.iter().find(|other| other.id == one.id);
            all.iter().filter_map(|one| Some((one, same(one)?))).collect()
        }
    };
    let alone = |all: &[Athlete], is_paired: &dyn Fn(&Athlete) -> bool| -> Vec<String> {
        all.iter().filter(|one| !is_paired(one)).map(|one| one.id.clone()).collect()
    };
    Diff {
        tolerance_pct,
        only_a: alone(&a.athletes, &|one| pairs.iter().any(|(a, _)| a.id == one.id)),
        only_b: alone(&b.athletes, &|one| pairs.iter().any(|(_, b)| b.id == one.id)),
        athletes: pairs.iter().map(|(a, b)| athlete(a, b, version.as_ref(), tolerance_pct)).collect(),
        version,
    }
}

fn athlete(a: &Athlete, b: &Athlete, version: Option<&Change>, tolerance_pct: f64) -> AthleteDiff {
    let knows_settings = !a.settings.is_null() && !b.settings.is_null();
    let settings = |one: &Athlete| -> Value {
        if knows_settings { one.settings.clone() } else { json!({ "as_of": one.as_of }) }
    };
    let settings = keys::changes(&settings(a), &settings(b));
    let thresholds = held::changes(a, b);
    let runs = runs::changes(a, b, tolerance_pct);
    let inputs = inputs::changes(a, b);
    let suspects = cause::Suspects::new(a, b, &settings, &thresholds, &runs, &inputs, version);
    let ahead = |_: &_, _: &_, _: &[Move]| suspects.causes_ahead();
    let was = |a: &_, b: &_, moves: &[Move]| suspects.causes(a, b, moves);
    AthleteDiff {
        athlete: b.id.clone(),
        athlete_in_a: (a.id != b.id).then(|| a.id.clone()),
        knows_settings,
        weeks: weeks::compare(&a.weeks, &b.weeks, was, tolerance_pct),
        days: days::compare(&a.days, &b.days, tolerance_pct),
        ahead: AheadDiff {
            weeks: weeks::compare(&a.ahead.weeks, &b.ahead.weeks, ahead, tolerance_pct),
            days: days::compare(&a.ahead.days, &b.ahead.days, tolerance_pct),
        },
        blocks: spans::changes(&a.blocks, &b.blocks),
        windows: spans::changes(&a.windows, &b.windows),
        settings,
        inputs,
        thresholds,
        runs,
    }
}
