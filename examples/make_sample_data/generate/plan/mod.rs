//! What each of the three runners does on which day.
//!
//! Output: sessions in order of time. Invariant: no two sessions of a runner share date and name.

pub mod beginner;
pub mod club;
pub mod marathon;

use chrono::{Days, NaiveDate};

/// The day `n` days after `first`.
fn after(first: NaiveDate, n: usize) -> NaiveDate {
    first + Days::new(n as u64)
}
