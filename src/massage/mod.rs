//! Days and blocks to massage windows.

pub mod day;
pub mod window;
