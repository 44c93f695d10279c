//! One activity of a TCX file: its track points, laps and maker.
//!
//! Input is the elements of the activity in order, output one [`Recording`].

use super::laps::{self, StoredLap};
use crate::ingest::columns::{Point, Track, number, start_of};
use crate::ingest::time;
use crate::ingest::xml::{Attributes, Damage};
use crate::model::calendar::offset_at;
use crate::model::{Format, Recording, Sport};
use chrono_tz::Tz;

/// Letters of the name of a device that are kept.
const MAX_NAME: usize = 200;

/// What the next heart-rate value is about.
#[derive(Default)]
enum Heart {
    #[default]
    Point,
    LapMean,
    LapMax,
}

/// One activity so far.
#[derive(Default)]
pub struct Activity {
    sport: Option<Sport>,
    id_ms: Option<i64>,
    device: Option<String>,
    is_creator_open: bool,
    laps: Vec<StoredLap>,
    track: Track,
    /// The point that is open.
    point: Option<Point>,
    zone: Option<Tz>,
    /// Offset that the time of the activity states, in s.
    utc_offset_s: Option<i32>,
    heart: Heart,
}

impl Activity {
    /// An activity of which nothing but its opening tag is known.
    pub fn starting(attributes: &Attributes) -> Self {
        let sport = attributes.get("Sport").map(|name| Sport::from_name(&name));
        Self { sport, ..Self::default() }
    }

    /// Were there points, but none with a time?
    pub fn is_untimed(&self) -> bool {
        self.track.is_untimed()
    }

    /// An element within the activity begins.
    pub fn open(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "Trackpoint" => self.point = Some(Point::default()),
            "HeartRateBpm" => self.heart = Heart::Point,
            "AverageHeartRateBpm" => self.heart = Heart::LapMean,
            "MaximumHeartRateBpm" => self.heart = Heart::LapMax,
            "Creator" => self.is_creator_open = true,
            "Lap" => {
                let start_ms = attributes.get("StartTime").and_then(|text| time::parse(&text));
                self.laps.push(StoredLap::starting(start_ms));
            }
            "Track" => {
                // A lap has one track, and one more after each time the timer was stopped.
                if let Some(lap) = self.laps.last_mut()
                    && std::mem::replace(&mut lap.has_track, true)
                {
                    self.track.start_segment();
                }
            }
            _ => {}
        }
    }

    /// Leaves out the point that is open.
    pub fn forget_point(&mut self) {
        self.point = None;
    }

    /// An element within the activity ends.
    pub fn close(&mut self, name: &str, text: &str) {
        if name == "Trackpoint" {
            if let Some(point) = self.point.take() {
                self.track.push(&point);
            }
        } else if let Some(point) = &mut self.point {
            read_point(point, name, text);
        } else {
            self.read_summary(name, text);
        }
    }

    /// Takes the value of one element outside the track points.
    fn read_summary(&mut self, name: &str, text: &str) {
        match name {
            "Id" if self.id_ms.is_none() => {
                if let Some((id_ms, utc_offset_s)) = time::parse_with_offset(text) {
                    (self.id_ms, self.utc_offset_s) = (Some(id_ms), utc_offset_s);
                }
            }
            "startTimeZone" => self.zone = self.zone.or_else(|| text.trim().parse().ok()),
            "Creator" => self.is_creator_open = false,
            "Name" if self.is_creator_open => {
                self.device = Some(text.trim().chars().take(MAX_NAME).collect::<String>())
                    .filter(|name| !name.is_empty());
            }
            _ => {
                if let Some(lap) = self.laps.last_mut() {
                    match (name, &self.heart) {
                        ("Value", Heart::LapMean) => lap.avg_hr_bpm = number(text),
                        ("Value", Heart::LapMax) => lap.max_hr_bpm = number(text),
                        _ => lap.read(name, text),
                    }
                }
            }
        }
    }

    /// The recording, if it has a date and anything more.
    pub fn finish(mut self, damage: Option<&Damage>) -> Option<Recording> {
        let n = self.track.len();
        let utc_offset_s = self.track.utc_offset_s().or(self.utc_offset_s);
        let (samples, mut remarks, n_untimed) = self.track.finish();
        remarks.extend(laps::mend(&mut self.laps, &samples).map(str::to_owned));
        remarks.extend(damage.map(|damage| damage.remark(n)));
        let first_lap_ms = self.laps.iter().find_map(|lap| lap.start_ms);
        let start_ms = start_of(&samples.time_ms).or(first_lap_ms).or(self.id_ms)?;
        let totals = laps::totals(&self.laps, &samples.time_ms);
        if samples.is_empty() && totals.timer_s.is_none() && totals.distance_m.is_none() {
            return None;
        }
        Some(Recording {
            sport: self.sport.unwrap_or(Sport::Unknown),
            power_source: self.device.clone(),
            device: self.device,
            start_ms,
            utc_offset_s: utc_offset_s.or_else(|| self.zone.map(|zone| offset_at(zone, start_ms))),
            n_untimed,
            is_salvaged: damage.is_some(),
            laps: laps::laps(&self.laps, start_ms, &samples.time_ms),
            totals,
            samples,
            remarks,
            ..Recording::new(Format::Tcx)
        })
    }
}

/// Takes the value of one element within a track point.
fn read_point(point: &mut Point, name: &str, text: &str) {
    match name {
        "Time" => {
            if let Some((time_ms, utc_offset_s)) = time::parse_with_offset(text) {
                (point.time_ms, point.utc_offset_s) = (Some(time_ms), utc_offset_s);
            }
        }
        "LatitudeDegrees" => point.lat_deg = number(text),
        "LongitudeDegrees" => point.lon_deg = number(text),
        "AltitudeMeters" => point.altitude_m = number(text),
        "DistanceMeters" => point.distance_m = number(text),
        "Value" => point.hr_bpm = number(text),
        "Cadence" | "RunCadence" => point.cadence_rpm = number(text),
        "Speed" => point.speed_mps = number(text),
        "Watts" => point.power_w = number(text),
        _ => {}
    }
}
