//! GPX 1.0 and 1.1 to recordings.
//!
//! Input is the bytes of one file, output one [`Recording`] for each activity in it. Tracks and segments that follow
//! close upon each other are one, with a segment start for each; a track of another type, or hours away, is another. Heart rate, cadence, power, speed, distance and temperature are taken from
//! the extensions of a point by the name of the element alone, at any depth and with any prefix, as every
//! program wraps them in its own way. Invariant: a point that cannot be understood costs itself alone.

use super::ReadError;
use super::columns::{Point, Track, number, start_of};
use super::time;
use super::xml::{self, Attributes, Damage, Handler};
use crate::model::calendar::offset_at;
use crate::model::{Format, Recording, Sport};
use chrono_tz::Tz;

/// Tracks with more time than this between them are two activities (heuristic).
const TRACK_GAP_MS: i64 = 2 * 3_600_000;
/// Segments of one track with more time than this between them are two as well: nobody rests so long in one.
const SEGMENT_GAP_MS: i64 = 12 * 3_600_000;
/// Tracks that are read from one file: more than a life of running has, and few enough to be held against each other.
const MAX_TRACKS: usize = 20_000;

/// Reads a GPX file.
///
/// Points without a time are left out, with a remark. A file of nothing else is [`ReadError::Course`], as is
/// one with a route only; one of waypoints alone is [`ReadError::OnlyOther`], and without any point it is [`ReadError::NoSamples`]. A file that breaks off keeps the
/// points before the break, with a remark.
pub fn read(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    let text = xml::decode(bytes);
    let mut document = Document::default();
    let ending = xml::walk(&text, &mut document);
    document.finish(ending.err())
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
    /// What is known of each track but its points.
    tracks: Vec<About>,
    /// The points, in parts that each belong to a track.
    parts: Vec<Part>,
    /// The point that is open.
    point: Option<Point>,
    has_route: bool,
    has_waypoint: bool,
    file_name: Option<String>,
    zone: Option<Tz>,
}

/// What is known of a track but its points.
#[derive(Debug, Clone, Default)]
struct About {
    sport: Option<Sport>,
    name: Option<String>,
}

/// Points that belong together: those of a track, or of its segments that follow close upon each other.
#[derive(Default)]
struct Part {
    about: usize,
    track: Track,
}

impl Part {
    /// Is there so little between the two that they are one activity?
    fn is_near(&self, other: &Self) -> bool {
        let Some(((from, to), (start, end))) = self.track.span_ms().zip(other.track.span_ms()) else {
            return true;
        };
        start.saturating_sub(to).max(from.saturating_sub(end)) <= TRACK_GAP_MS
    }
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
            "trkseg" => self.part().track.start_segment(),
            "rtept" => self.has_route = true,
            "wpt" => self.has_waypoint = true,
            _ if depth == 1 => {
                self.place = match name {
                    "metadata" => Place::Metadata,
                    "trk" => {
                        self.start_track();
                        Place::Track
                    }
                    _ => Place::Other,
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, depth: usize, name: &str, text: &str) {
        if name == "trkpt" {
            if let Some(point) = self.point.take() {
                self.push(&point);
            }
        } else if let Some(point) = &mut self.point {
            read_point(point, name, text);
        } else {
            match (depth, &self.place, name) {
                (_, _, "startTimeZone") => self.zone = self.zone.or_else(|| text.trim().parse().ok()),
                (2, Place::Track, "name") => {
                    if let Some(about) = self.tracks.last_mut() {
                        keep_first(&mut about.name, text);
                    }
                }
                (2, Place::Metadata, "name") | (1, _, "name") => keep_first(&mut self.file_name, text),
                (2, Place::Track, "type") => {
                    if let Some(about) = self.tracks.last_mut() {
                        about.sport.get_or_insert_with(|| Sport::from_name(text));
                    }
                }
                _ => {}
            }
        }
    }
}

impl Document {
    /// The part that points go to.
    fn part(&mut self) -> &mut Part {
        if self.parts.is_empty() {
            self.start_track();
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    fn start_track(&mut self) {
        // Beyond that many all is one track.
        if self.tracks.len() < MAX_TRACKS {
            self.tracks.push(About::default());
            self.parts.push(Part { about: self.tracks.len() - 1, track: Track::default() });
        }
    }

    fn push(&mut self, point: &Point) {
        let can_split = self.parts.len() < 2 * MAX_TRACKS;
        let part = self.part();
        let gap = point.time_ms.zip(part.track.last_ms()).map(|(now, last)| now.saturating_sub(last));
        let is_far = gap.is_some_and(|gap| gap.saturating_abs() > SEGMENT_GAP_MS);
        if is_far && can_split && part.track.is_segment_new() {
            let about = part.about;
            self.parts.push(Part { about, track: Track::default() });
        }
        self.part().track.push(point);
    }

    /// The activities: parts joined as long as they are near each other and of one type, in the order of the file.
    fn activities(&mut self) -> Vec<Part> {
        let mut activities: Vec<Part> = Vec::new();
        for part in std::mem::take(&mut self.parts) {
            let sport = |part: &Part| self.tracks[part.about].sport;
            match activities.last_mut() {
                Some(last) if part.track.len() == 0 => last.track.absorb(part.track),
                Some(last) if last.track.len() == 0 => {
                    let before = std::mem::replace(last, part);
                    last.track.absorb(before.track);
                }
                Some(last)
                    if last.is_near(&part) && (sport(&part).is_none() || sport(&part) == sport(last)) =>
                {
                    last.track.absorb(part.track);
                }
                _ => activities.push(part),
            }
        }
        activities
    }

    fn finish(mut self, damage: Option<Damage>) -> Result<Vec<Recording>, ReadError> {
        let activities = self.activities();
        let n: usize = activities.iter().map(|activity| activity.track.len()).sum();
        if n == 0 {
            let is_untimed = activities.iter().any(|activity| activity.track.is_untimed());
            return Err(match damage {
                _ if is_untimed || self.has_route => ReadError::Course,
                Some(Damage { offset, problem }) => ReadError::Damaged { offset, problem },
                None if self.tracks.is_empty() && self.has_waypoint => {
                    ReadError::OnlyOther("waypoints".into())
                }
                None => ReadError::NoSamples,
            });
        }
        let mut recordings: Vec<Recording> =
            activities.into_iter().map(|activity| self.recording(activity)).collect();
        if let Some((last, damage)) = recordings.last_mut().zip(damage) {
            last.remarks.push(damage.remark(n));
            last.is_salvaged = true;
        }
        recordings.sort_by_key(|recording| recording.start_ms);
        Ok(recordings)
    }

    fn recording(&self, activity: Part) -> Recording {
        let about = &self.tracks[activity.about];
        let mut recording = Recording::new(Format::Gpx);
        recording.utc_offset_s = activity.track.utc_offset_s();
        (recording.samples, recording.remarks, recording.n_untimed) = activity.track.finish();
        recording.start_ms = start_of(&recording.samples.time_ms).unwrap_or_default();
        let from_zone = || self.zone.map(|zone| offset_at(zone, recording.start_ms));
        recording.utc_offset_s = recording.utc_offset_s.or_else(from_zone);
        recording.sport = about.sport.unwrap_or(Sport::Unknown);
        recording.title = about.name.clone().or_else(|| self.file_name.clone());
        recording
    }
}

/// Takes the value of one element within a point.
fn read_point(point: &mut Point, name: &str, text: &str) {
    match name {
        "time" if point.time_ms.is_none() => {
            if let Some((time_ms, utc_offset_s)) = time::parse_with_offset(text) {
                (point.time_ms, point.utc_offset_s) = (Some(time_ms), utc_offset_s);
            }
        }
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

/// Letters of a name that are kept: it is repeated for every activity of a file.
const MAX_NAME: usize = 200;

/// Keeps the first text that is not blank.
fn keep_first(kept: &mut Option<String>, text: &str) {
    let text = text.trim();
    if kept.is_none() && !text.is_empty() {
        *kept = Some(text.chars().take(MAX_NAME).collect());
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

    /// What the recordings of a file of these tracks are: title, sport and number of points.
    fn told(tracks: &str) -> Vec<(String, Sport, usize)> {
        let recordings = read(format!("<gpx>{tracks}</gpx>").as_bytes()).unwrap();
        let told = |recording: Recording| {
            assert_sound(&recording.samples);
            (recording.title.unwrap_or_default(), recording.sport, recording.samples.len())
        };
        recordings.into_iter().map(told).collect()
    }

    fn point(time: &str) -> String {
        format!("<trkpt lat='1' lon='2'><time>2015-06-{time}Z</time></trkpt>")
    }

    #[test]
    fn tracks_hours_apart_or_of_another_type_are_activities_of_their_own() {
        let track = |name: &str, kind: &str, times: &[&str]| {
            let points: String = times.iter().map(|time| point(time)).collect();
            format!("<trk><name>{name}</name>{kind}<trkseg>{points}</trkseg></trk>")
        };
        let (run, ride) = ("<type>run</type>", "<type>ride</type>");
        let day = [
            track("a", run, &["18T10:00:00", "18T10:30:00"]),
            track("b", "", &["18T12:20:00", "18T12:30:00"]),
            track("c", ride, &["18T12:31:00"]),
            track("d", "", &["18T15:00:00"]),
            track("e", "", &["17T10:00:00"]),
            track("f", "", &[]),
        ];
        let expected = [
            ("e", Sport::Unknown, 1),
            ("a", Sport::Running, 4),
            ("c", Sport::Cycling, 1),
            ("d", Sport::Unknown, 1),
        ];
        let expected = expected.map(|(name, sport, n)| (name.to_owned(), sport, n));
        assert_eq!(told(&day.concat()), expected);
    }

    #[test]
    fn segments_of_a_track_are_one_activity_but_for_nights_between() {
        let segments = |times: &[&str]| {
            let segments: Vec<String> = times.iter().map(|time| point(time)).collect();
            let segments = segments.join("</trkseg><trkseg>");
            told(&format!("<trk><trkseg>{segments}</trkseg><type>run</type></trk>"))
                .into_iter()
                .map(|(_, sport, n)| (sport, n))
                .collect::<Vec<_>>()
        };
        assert_eq!(segments(&["18T10:00:00", "18T21:00:00", "18T09:00:00"]), [(Sport::Running, 3)]);
        assert_eq!(segments(&["18T10:00:00", "19T10:00:00"]), [(Sport::Running, 1), (Sport::Running, 1)]);
    }

    #[test]
    fn the_offset_of_the_runner_stands_in_times_or_in_a_zone() {
        let point = "<trkpt lat='1' lon='2'><time>2015-06-18T12:04:38+02:00</time></trkpt>";
        let recording = check(point);
        assert_eq!((recording.start_ms, recording.utc_offset_s), (SECOND_MS, Some(7200)));
        let zoned = |zone: &str| {
            let points = "<trkpt lat='1' lon='2'><time>2015-06-18T10:04:38Z</time></trkpt>";
            let text = format!(
                "<gpx><trk><trkseg>{points}</trkseg><extensions><abvio:startTimeZone>{zone}\
                </abvio:startTimeZone></extensions></trk></gpx>"
            );
            read(text.as_bytes()).unwrap()[0].utc_offset_s
        };
        assert_eq!(zoned("Europe/Helsinki"), Some(10_800));
        assert_eq!(zoned("Atlantis"), None);
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
        let recordings = read(text.as_bytes()).unwrap();
        let recording = &recordings[0];
        assert_eq!(recording.samples.segment_starts, [2]);
        assert_eq!(recording.title.as_deref(), Some("Tempo & hills"));
        assert_eq!(recording.sport, Sport::TrailRunning);
        assert_eq!((recordings.len(), recordings[1].sport), (2, Sport::Cycling));
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
        let only = fails("<gpx><wpt lat='1' lon='2'><name>Home</name></wpt></gpx>");
        assert_eq!(only.to_string(), "holds waypoints and no activity");
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
        assert!(recording.is_salvaged);
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
