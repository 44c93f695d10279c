//! An analysis to pages, charts and a calendar.

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
mod scene;
pub mod sentences;
pub mod summary;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod text;
pub mod theme;
mod ticks;
mod usual;
pub mod values;
pub mod write;
