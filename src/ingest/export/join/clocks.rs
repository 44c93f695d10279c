//! From the clocks of lists to instants.

use super::super::Start;
use super::is_recorded;
use crate::digest::Digest;
use crate::model::calendar::offset_at;
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// A recording tells the clock that its runner lives by for so long before and after it, in ms.
const NEAR_MS: i64 = 45 * 86_400_000;
/// The hour of a run of which only the day is known, in ms.
const NOON_MS: i64 = 12 * 3_600_000;

/// The clocks that the runner lived by.
pub(super) struct Clocks {
    zone: Option<Tz>,
    /// Starts of recordings that tell the wall clock minus UTC in s, in order of time.
    known: Vec<(i64, i32)>,
}

impl Clocks {
    pub(super) fn of<'a>(digests: impl Iterator<Item = &'a Digest>, zone: Option<Tz>) -> Self {
        let telling = digests.filter(|digest| is_recorded(digest));
        let mut known: Vec<_> = telling.filter_map(|d| Some((d.start_ms, d.utc_offset_s?))).collect();
        known.sort_unstable();
        Self { zone, known }
    }

    /// The wall clock of a recording in ms, where that is known.
    pub(super) fn wall_ms(&self, digest: &Digest) -> Option<i64> {
        digest.wall_ms(self.zone)
    }

    /// The instant of a start, and the wall clock minus UTC in s as far as it is known. Where neither the list nor the config
    /// tells, the recordings nearest in time do; without them a wall clock is taken for UTC, which keeps its day.
    pub(super) fn place(&self, start: Start) -> (i64, Option<i32>) {
        match start {
            Start::Instant(ms, Some(offset_s)) => (ms, Some(offset_s)),
            // With a zone it is dated by that like any other recording.
            Start::Instant(ms, None) => (ms, self.near(ms).filter(|_| self.zone.is_none())),
            Start::Day(ms) => self.place(Start::WallClock(ms.saturating_add(NOON_MS))),
            Start::WallClock(ms) => match instant_of(ms, self.zone) {
                Start::Instant(ms, offset_s) => (ms, offset_s),
                Start::WallClock(_) | Start::Day(_) => {
                    let offset_s = self.near(ms).unwrap_or(0);
                    (ms.saturating_sub(i64::from(offset_s) * 1000), Some(offset_s))
                }
            },
        }
    }

    /// What the recording nearest in time says.
    fn near(&self, ms: i64) -> Option<i32> {
        let after = self.known.partition_point(|(start_ms, _)| *start_ms < ms);
        let beside =
            [after.checked_sub(1), Some(after)].into_iter().flatten().filter_map(|at| self.known.get(at));
        let nearest = beside.map(|(start_ms, offset_s)| (start_ms.abs_diff(ms), *offset_s)).min()?;
        (nearest.0 <= NEAR_MS as u64).then_some(nearest.1)
    }
}

/// A wall clock as an instant of a zone; without a zone it stays one. Of two instants with the same hands, at the end of
/// summer time, the first is taken.
pub(in crate::ingest::export) fn instant_of(wall_ms: i64, zone: Option<Tz>) -> Start {
    let Some((zone, local)) = zone.zip(DateTime::from_timestamp_millis(wall_ms)) else {
        return Start::WallClock(wall_ms);
    };
    // An hour that the clock leaps over has no instant: that of the zone around it.
    let found = zone.from_local_datetime(&local.naive_utc()).earliest();
    let offset_s =
        found.map_or_else(|| offset_at(zone, wall_ms), |time| time.offset().fix().local_minus_utc());
    Start::Instant(wall_ms - i64::from(offset_s) * 1000, Some(offset_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    #[test]
    fn what_the_list_does_not_say_the_zone_or_the_neighbours_do() {
        let summer = 1_782_864_000_000;
        let mut clocks = Clocks { zone: None, known: vec![(summer, 7200), (summer + 40 * DAY, -14_400)] };
        assert_eq!(clocks.place(Start::Instant(summer + DAY, None)), (summer + DAY, Some(7200)));
        assert_eq!(clocks.place(Start::Instant(summer + 39 * DAY, Some(0))), (summer + 39 * DAY, Some(0)));
        assert_eq!(
            clocks.place(Start::WallClock(summer + 39 * DAY)),
            (summer + 39 * DAY + 14_400_000, Some(-14_400))
        );
        assert_eq!(clocks.place(Start::Instant(summer + 99 * DAY, None)), (summer + 99 * DAY, None));
        assert_eq!(clocks.place(Start::Day(summer + 99 * DAY)), (summer + 99 * DAY + NOON_MS, Some(0)));
        clocks.zone = Some(chrono_tz::Europe::Berlin);
        assert_eq!(clocks.place(Start::Instant(summer, None)), (summer, None));
        assert_eq!(clocks.place(Start::WallClock(summer)), (summer - 7_200_000, Some(7200)));
        assert_eq!(
            clocks.place(Start::WallClock(summer - 180 * DAY)),
            (summer - 180 * DAY - 3_600_000, Some(3600))
        );
    }
}
