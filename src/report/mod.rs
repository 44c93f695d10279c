//! An analysis to pages, charts, tables and a calendar.

pub mod chart;
pub mod charts;
pub mod draw;
mod font;
mod layout;
pub mod page;
mod paint;
mod png;
mod scene;
pub mod sentences;
#[cfg(test)]
mod testing;
mod text;
pub mod theme;
mod ticks;
mod usual;
pub mod values;
