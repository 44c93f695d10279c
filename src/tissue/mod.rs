//! Runs to tissue doses, and which tissues got an unusual share of the last week (science 5.2 and 5.3).
//!
//! Input are scored runs with the terrain tables of their digests, output doses in equivalent flat kilometres at 3.0 m/s and
//! readings against the runner's own last six weeks, with what made them in words. A dose is no force and a reading no risk: sizes of coefficients are mostly heuristic, and
//! only the comparison of a runner with themselves means anything. Whoever prints a dose names the damage exponent too.

pub mod carry;
pub mod choice;
pub mod coefficients;
pub mod dose;
pub mod history;
pub mod own;
pub mod part;
pub mod relative;
#[cfg(test)]
mod tests;
mod why;

pub use why::LIKE_OTHERS;

pub use crate::model::tissue::{N, Tissue};
