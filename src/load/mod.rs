//! Runs to days and weeks.

pub mod day;
