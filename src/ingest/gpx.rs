//! GPX 1.0 and 1.1 to recordings.
//!
//! Input is the bytes of one file, output one [`Recording`] of all its tracks: a track or segment after the
//! first becomes a segment start. Heart rate, cadence, power, speed, distance and temperature are taken from
//! the extensions of a point by the name of the element alone, at any depth and with any prefix, as every
//! program wraps them in its own way. Invariant: a point that cannot be understood costs itself alone.

use super::ReadError;
use super::columns::{Point, Track, number};
use super::time;
use super::xml::{self, Attributes, Damage, Handler};
use crate::model::{Format, Recording, Sport};

/// Reads a GPX file.
///
/// Points without a time are left out, with a remark. A file of nothing else is [`ReadError::Course`], as is
/// one with a route only; without any point it is [`ReadError::NoSamples`]. A file that breaks off keeps the
/// points before the break, with a remark.
pub fn read(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    let text = xml::decode(bytes);
    let mut document = Document::default();
    let ending = xml::walk(&text, &mut document);
    document.finish(ending.err()).map(|recording| vec![recording])
}

/// The element below the root in which the walk is.
#[derive(Default, PartialEq)]
enum Place {
    Metadata,
    Track,
    #[default]
    Other,
}

/// What has been read so far.
#[derive(Default)]
struct Document {
    place: Place,
    track: Track,
    /// The point that is open.
    point: Option<Point>,
    has_route: bool,
    sport: Option<Sport>,
    track_name: Option<String>,
    file_name: Option<String>,
}

impl Handler for Document {
    fn open(&mut self, depth: usize, name: &str, attributes: &Attributes) {
        match name {
            "trkpt" => {
                let point = self.point.insert(Point::default());
                for (name, value) in attributes.iter() {
                    match name {
                        "lat" => point.lat_deg = number(&value),
                        "lon" => point.lon_deg = number(&value),
                        _ => {}
                    }
                }
            }
            "trkseg" => self.track.start_segment(),
            "rtept" => self.has_route = true,
            _ if depth == 1 => {
                self.place = match name {
                    "metadata" => Place::Metadata,
                    "trk" => Place::Track,
                    _ => Place::Other,
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, depth: usize, name: &str, text: &str) {
        if name == "trkpt" {
            if let Some(point) = self.point.take() {
                self.track.push(&point);
            }
        } else if let Some(point) = &mut self.point {
            read_point(point, name, text);
        } else {
            match (depth, &self.place, name) {
                (2, Place::Track, "name") => keep_first(&mut self.track_name, text),
                (2, Place::Metadata, "name") | (1, _, "name") => keep_first(&mut self.file_name, text),
                (2, Place::Track, "type") if self.sport.is_none() => {
                    self.sport = Some(Sport::from_name(text));
                }
                _ => {}
            }
        }
    }
}

impl Document {
    fn finish(self, damage: Option<Damage>) -> Result<Recording, ReadError> {
        let n = self.track.len();
        if n == 0 {
            return Err(match damage {
                _ if self.track.is_untimed() || self.has_route => ReadError::Course,
                Some(Damage { offset, problem }) => ReadError::Damaged { offset, problem },
                None => ReadError::NoSamples,
            });
        }
        let mut recording = Recording::new(Format::Gpx);
        (recording.samples, recording.remarks) = self.track.finish();
        recording.remarks.extend(damage.map(|damage| damage.remark(n)));
        recording.start_ms = recording.samples.time_ms[0];
        recording.sport = self.sport.unwrap_or(Sport::Unknown);
        recording.title = self.track_name.or(self.file_name);
        Ok(recording)
    }
}

/// Takes the value of one element within a point.
fn read_point(point: &mut Point, name: &str, text: &str) {
    match name {
        "time" => point.time_ms = point.time_ms.or_else(|| time::parse(text)),
        "ele" => point.altitude_m = number(text),
        "hr" | "heartrate" | "HeartRate" | "heartRate" => point.hr_bpm = number(text),
        "cad" | "cadence" | "Cadence" | "RunCadence" => point.cadence_rpm = number(text),
        "power" | "watts" | "Watts" | "PowerInWatts" => point.power_w = number(text),
        "speed" | "Speed" => point.speed_mps = number(text),
        "distance" => point.distance_m = number(text),
        "atemp" | "temp" => point.temperature_c = number(text),
        _ => {}
    }
}

/// Keeps the first text that is not blank.
fn keep_first(kept: &mut Option<String>, text: &str) {
    let text = text.trim();
    if kept.is_none() && !text.is_empty() {
        *kept = Some(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::columns::assert_sound;
    use proptest::prelude::*;

    const SECOND_MS: i64 = 1_434_621_878_000;

    /// Reads the points given as the only segment of the only track.
    fn check(points: &str) -> Recording {
        let text = format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>");
        let [recording] = <[_; 1]>::try_from(read(text.as_bytes()).unwrap()).unwrap();
        assert_sound(&recording.samples);
        recording
    }

    #[test]
    fn every_channel_is_read_whatever_wraps_it() {
        let recording = check(
            "<trkpt lat='10.5' lon='-20.25'><ele>30.5</ele><time>2015-06-18T10:04:38Z</time>
               <extensions><power>210</power><ns3:TrackPointExtension>
                 <ns3:atemp>17</ns3:atemp><ns3:hr>140</ns3:hr><ns3:cad>86</ns3:cad>
               </ns3:TrackPointExtension><x:speed>3.5</x:speed><x:distance>12.5</x:distance></extensions></trkpt>",
        );
        let samples = recording.samples;
        assert_eq!(recording.start_ms, SECOND_MS);
        assert_eq!(samples.time_ms, [SECOND_MS]);
        assert_eq!((samples.lat_deg[0], samples.lon_deg[0]), (10.5, -20.25));
        assert_eq!(samples.distance_m, [12.5]);
        let channels = [
            samples.altitude_m,
            samples.power_w,
            samples.temperature_c,
            samples.hr_bpm,
            samples.cadence_rpm,
            samples.speed_mps,
        ];
        assert_eq!(channels.concat(), [30.5, 210.0, 17.0, 140.0, 86.0, 3.5]);
        assert_eq!(recording.remarks, [""; 0]);
    }

    #[test]
    fn a_bad_value_costs_itself_alone() {
        let samples = check(
            "<trkpt lat='1' lon='180'><ele>high</ele><time>2015-06-18T10:04:38Z</time><hr>140</hr></trkpt>
             <trkpt lat='north' lon='2'><time>2015-06-18T10:04:39Z</time><hr>141</trkpt>
             <trkpt lat='1' lon='3'><fix>none such</fix><time>2015-06-18T10:04:40Z</time></hr></trkpt>",
        )
        .samples;
        assert_eq!(samples.len(), 3);
        assert!(samples.altitude_m.is_empty());
        assert_eq!(samples.hr_bpm.iter().filter(|bpm| !bpm.is_nan()).count(), 1);
        assert_eq!(samples.lon_deg.iter().map(|lon| lon.is_nan()).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn tracks_and_segments_become_one_recording_with_breaks() {
        let point = "<trkpt lat='1' lon='2'><time>2015-06-18T10:04:38Z</time></trkpt>";
        let text = format!(
            "<gpx><metadata><author><name>who</name></author><name>file</name></metadata>
               <wpt lat='1' lon='2'><name>where</name></wpt>
               <trk><link><text>web</text></link><name>Tempo &amp; <![CDATA[hills]]></name><type>trail run</type>
                 <trkseg>{point}{point}</trkseg><trkseg/><trkseg>{point}</trkseg></trk>
               <trk><name>second</name><type>ride</type><trkseg>{point}</trkseg></trk></gpx>"
        );
        let recording = &read(text.as_bytes()).unwrap()[0];
        assert_eq!(recording.samples.segment_starts, [2, 3]);
        assert_eq!(recording.title.as_deref(), Some("Tempo & hills"));
        assert_eq!(recording.sport, Sport::TrailRunning);
    }

    #[test]
    fn the_name_of_the_file_stands_in_for_that_of_the_track() {
        let text = "<gpx><metadata><author><name>who</name></author><name>file</name></metadata>
            <trk><name> </name><trkseg><trkpt><time>2015-06-18T10:04:38Z</time></trkpt></trkseg></trk></gpx>";
        let recording = &read(text.as_bytes()).unwrap()[0];
        assert_eq!(recording.title.as_deref(), Some("file"));
        assert_eq!(recording.sport, Sport::Unknown);
        assert!(recording.samples.lat_deg.is_empty());
    }

    #[test]
    fn points_without_a_time_are_left_out_or_make_a_course() {
        let recording =
            check("<trkpt/><trkpt><time>2015-06-18T10:04:38Z</time></trkpt><trkpt><time/></trkpt>");
        assert_eq!(recording.samples.len(), 1);
        assert_eq!(recording.remarks, ["points without a time, left out: 2"]);
        let fails = |text: &str| read(text.as_bytes()).unwrap_err();
        assert_eq!(fails("<gpx><trk><trkpt lat='1' lon='2'/></trk></gpx>"), ReadError::Course);
        assert_eq!(fails("<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>"), ReadError::Course);
        assert_eq!(fails("<gpx><wpt lat='1' lon='2'/><trk><trkseg/></trk></gpx>"), ReadError::NoSamples);
        assert_eq!(fails("<gpx><trk>").to_string(), "is damaged at byte 10: it ends too early");
    }

    #[test]
    fn a_file_that_breaks_off_keeps_the_points_before() {
        let text = "<gpx><trk><trkseg><trkpt><time>2015-06-18T10:04:38Z</time></trkpt>
            <trkpt><time>2015-06-18T10:04:39Z</ti";
        let recording = &read(text.as_bytes()).unwrap()[0];
        assert_eq!(recording.samples.time_ms, [SECOND_MS]);
        assert!(recording.remarks[0].starts_with("damaged after 1 points: "), "{:?}", recording.remarks);
    }

    #[test]
    fn an_entity_bomb_does_not_go_off() {
        let text = "<!DOCTYPE gpx [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>
            <gpx><trk><name>x&b;</name><trkpt><time>2015-06-18T10:04:38Z</time></trkpt></trk></gpx>";
        assert_eq!(read(text.as_bytes()).unwrap()[0].title.as_deref(), Some("x"));
    }

    #[test]
    fn utf_16_is_read() {
        let text =
            "\u{feff}<gpx><trk><name>é</name><trkpt><time>2015-06-18T10:04:38Z</time></trkpt></trk></gpx>";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&bytes).unwrap()[0].title.as_deref(), Some("é"));
    }

    proptest! {
        #[test]
        fn no_damage_panics(at in any::<prop::sample::Index>(), with in prop::collection::vec(any::<u8>(), 0..4), n in 0_usize..40) {
            let mut bytes = b"<gpx><trk><type>9</type><trkseg><trkpt lat='1' lon='2'><ele>3</ele>\
                <time>2015-06-18T10:04:38Z</time><hr>140</hr></trkpt><trkpt lat='1' lon='2'><time>2015-06-18T10:04:39Z\
                </time><cad>80</cad></trkpt></trkseg></trk></gpx>".to_vec();
            let start = at.index(bytes.len());
            let end = (start + n).min(bytes.len());
            bytes.splice(start..end, with);
            for recording in read(&bytes).unwrap_or_default() {
                assert_sound(&recording.samples);
            }
        }
    }
}
