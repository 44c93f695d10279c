//! The therapist's page: one sheet of paper for a runner and a day, as HTML and as PDF.
//!
//! Input: a [`Brief`]. Output: one HTML file without script that asks for nothing from outside, or the bytes of a PDF.
//! Invariants: both set the words of one [`sheet::Sheet`], on one A4 or Letter page; the same brief gives the same bytes.

pub mod body;
mod page;
mod pdf;
pub mod sheet;
mod timeline;
mod words;

pub use page::render;
pub use pdf::{Paper, fitted, pdf};

use crate::brief::Brief;

/// The name of the page in the report of a runner, for the day of the analysis.
pub const FILE_NAME: &str = "brief.html";

/// The name of the file of a brief, without its ending: `brief-marathon-build-2026-05-17`.
#[must_use]
pub fn file_stem(brief: &Brief) -> String {
    format!("brief-{}-{}", brief.who.athlete, brief.on)
}
