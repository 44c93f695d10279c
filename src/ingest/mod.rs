//! Files to recordings: find them, tell the format by content, read each.

mod columns;
mod error;
pub mod fit;
pub mod gpx;
pub mod tcx;
mod time;
mod xml;

pub use error::ReadError;
