//! A digest and the runner's thresholds to a scored run.

pub mod run;
pub mod thresholds;
