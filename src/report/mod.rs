//! An analysis to pages, charts, tables and a calendar.

pub mod calendar;
pub mod json;
