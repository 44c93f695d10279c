//! The local offset of a recording that does not state it: that of the time zone of its first position.
//!
//! Only the offset leaves this module; the position and the name of the zone do not.

use crate::model::Recording;
use crate::model::calendar::offset_at;
use std::sync::LazyLock;
use tzf_rs::EmbeddedFinder;

static FINDER: LazyLock<EmbeddedFinder> = LazyLock::new(EmbeddedFinder::new);

/// Wall clock minus UTC in seconds at the start, in the zone of the first position; `None` without one.
#[must_use]
pub fn offset_of(recording: &Recording) -> Option<i32> {
    let samples = &recording.samples;
    let mut positions = samples.lat_deg.iter().zip(&samples.lon_deg);
    let (&lat, &lon) = positions.find(|(lat, lon)| {
        // 0, 0 is what some apps write without a fix.
        (-90.0..=90.0).contains(*lat) && (-180.0..=180.0).contains(*lon) && (lat.abs() + lon.abs()) > 1e-6
    })?;
    let zone = FINDER.get_tz_name(lon, lat).parse().ok()?;
    Some(offset_at(zone, recording.start_ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;

    #[test]
    fn position_and_season_give_the_offset() {
        let mut recording = Recording::new(Format::Gpx);
        assert_eq!(offset_of(&recording), None);
        recording.samples.lat_deg = vec![f64::NAN, 0.0, 53.4];
        recording.samples.lon_deg = vec![f64::NAN, 0.0, 12.7];
        recording.start_ms = 1_767_225_600_000; // 2026-01-01
        assert_eq!(offset_of(&recording), Some(3600));
        recording.start_ms = 1_782_864_000_000; // 2026-07-01
        assert_eq!(offset_of(&recording), Some(7200));
    }
}
