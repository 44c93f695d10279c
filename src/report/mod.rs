//! An analysis to pages, charts and a calendar.

pub mod brief;
pub mod calendar;
pub mod cells;
pub mod chart;
pub mod charts;
mod compact;
pub mod draw;
mod font;
pub mod json;
mod layout;
pub mod page;
mod paint;
mod png;
pub(crate) mod reading;
mod scene;
pub mod sentences;
pub mod summary;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
mod ticks;
pub mod values;
pub mod write;

use crate::analysis::usual;
pub(crate) use crate::text;
