//! Prints the days of every athlete with all their digits, which the tables round to six decimals: for programs that
//! compute the same numbers in their own way and compare, such as `.ci/load_differential.py`.
//!
//! ```text
//! cargo run --release --example exact_days -- sample_data [legwork.toml]
//! ```
#![allow(clippy::print_stdout)]

use legwork::error::Error;
use legwork::load::day::DayRow;
use legwork::run::{Options, analyse};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Later than any recording, so that each history ends with its newest run.
const TODAY: &str = "2100-01-01";

fn main() -> Result<(), Error> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let input = arguments.next().unwrap_or_else(|| "sample_data".into());
    let today = TODAY.parse().unwrap_or_default();
    let options = Options { config: arguments.next(), today, ..Options::default() };
    let analyses = analyse(&[input], &options, &())?;
    let athletes: Vec<Value> = analyses
        .iter()
        .map(|one| json!({ "athlete": one.athlete, "days": one.days.iter().map(exact).collect::<Vec<_>>() }))
        .collect();
    println!("{}", Value::from(athletes));
    Ok(())
}

fn exact(day: &DayRow) -> Value {
    json!({
        "date": day.date.to_string(),
        "load_au": day.load_au,
        "coupled": day.load_ratios.coupled,
        "uncoupled": day.load_ratios.uncoupled,
        "ewma": day.load_ratios.ewma,
        "monotony": day.monotony,
        "strain": day.strain,
    })
}
