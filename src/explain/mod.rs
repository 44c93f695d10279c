//! From a number down to what it was made from: formula, constants, thresholds, runs, files, seconds.
//!
//! Input are an analysis and a question, output an [`Answer`], which is data and knows how to become JSON and text.
//! Invariant: an explained value is that of the tables, and what is listed beside it is enough to compute it again.

mod ask;
mod context;
mod cross;
mod day;
mod ladder;
mod origin;
mod projected;
mod ratios;
mod recipes;
mod run;
mod run_heart;
mod run_kind;
mod run_pace;
mod signals;
mod spread;
mod text;
mod thresholds;
mod tissue;
mod tree;
mod work;

pub use ask::{check, metrics};
pub use context::Context;
pub use text::render;
pub use tree::{Explanation, Input, List};

use crate::analysis::Analysis;
use crate::error::Error;
use crate::model::Day;
use serde::Serialize;

/// What is to be explained: a day or a run, and of it one number or the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The day.
    pub on: Option<Day>,
    /// A run: its id or the unambiguous beginning of it, its file, or the name of its file.
    pub run: Option<String>,
    /// The name of a number; `None` is all at a glance.
    pub metric: Option<String>,
}

/// What there is to say of one athlete.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The athlete.
    pub athlete: String,
    /// The day the analysis stands on.
    pub as_of: Day,
    /// The numbers asked for; more than one where the day has several runs.
    pub explanations: Vec<Explanation>,
}

/// Answers for every athlete of whom there is something to say; an error where there is none.
pub fn explain(analyses: &[Analysis], question: &Question) -> Result<Vec<Answer>, Error> {
    check(question)?;
    let mut answers = Vec::new();
    let mut problems = Vec::new();
    for analysis in analyses {
        match Context::new(analysis)?.answer(question) {
            Ok(explanations) => answers.push(Answer {
                athlete: analysis.athlete.clone(),
                as_of: analysis.as_of,
                explanations,
            }),
            Err(error) => problems.push((&analysis.athlete, error)),
        }
    }
    if answers.is_empty() && !problems.is_empty() { Err(together(problems)) } else { Ok(answers) }
}

/// What is wrong for every athlete, as one error.
fn together(mut problems: Vec<(&String, Error)>) -> Error {
    let said: Vec<String> = problems
        .iter()
        .filter_map(|(athlete, error)| match error {
            Error::Config { problem, .. } if problem.contains(athlete.as_str()) => Some(problem.clone()),
            Error::Config { problem, .. } => Some(format!("{athlete}: {problem}")),
            _ => None,
        })
        .collect();
    match problems.swap_remove(0).1 {
        Error::Config { place, .. } if said.len() > 1 => Error::config(place, said.join("; ")),
        first => first,
    }
}

/// Answers as one JSON array.
pub fn to_json(answers: &[Answer]) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(answers).map_err(|cause| Error::internal("the JSON", cause))?;
    Ok(text + "\n")
}
