//! A run as GPX 1.1 in the form that platforms export: one track, heart rate and cadence as extensions.
//!
//! Input: session and what was recorded. Output: the text. A stop is a gap in time, as in such exports.

use super::course::Course;
use super::record::{Recorded, Sample};
use super::session::Session;
use super::xml::{self, put};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="legwork make_sample_data" version="1.1" xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
"#;
const TAIL: &str = "  </trkseg>\n </trk>\n</gpx>\n";

/// Writes a run.
pub fn write(session: &Session, recorded: &Recorded) -> String {
    let name = match session.start_min / 60 {
        0..=10 => "Morning Run",
        11..=15 => "Lunch Run",
        _ => "Evening Run",
    };
    let mut out = HEAD.to_owned();
    let start = xml::time(recorded.samples[0].time_s);
    put(&mut out, format_args!(" <metadata>\n  <time>{start}</time>\n </metadata>\n"));
    put(&mut out, format_args!(" <trk>\n  <name>{name}</name>\n  <type>running</type>\n  <trkseg>\n"));
    for sample in &recorded.samples {
        point(&mut out, sample);
    }
    out + TAIL
}

fn point(out: &mut String, sample: &Sample) {
    let (lat, lon) = sample.position.expect("sessions saved as GPX have positions");
    put(out, format_args!("   <trkpt lat=\"{lat:.6}\" lon=\"{lon:.6}\">\n"));
    if let Some(altitude) = sample.altitude_m {
        put(out, format_args!("    <ele>{altitude:.1}</ele>\n"));
    }
    put(out, format_args!("    <time>{}</time>\n", xml::time(sample.time_s)));
    out.push_str("    <extensions>\n     <gpxtpx:TrackPointExtension>\n");
    if let Some(bpm) = sample.hr_bpm {
        put(out, format_args!("      <gpxtpx:hr>{bpm}</gpxtpx:hr>\n"));
    }
    put(out, format_args!("      <gpxtpx:cad>{:.0}</gpxtpx:cad>\n", sample.cadence_spm / 2.0));
    out.push_str("     </gpxtpx:TrackPointExtension>\n    </extensions>\n   </trkpt>\n");
}

/// Writes a course to follow: places without times, which is not a run.
pub fn write_course(name: &str, course: &Course, length_m: u32) -> String {
    let mut out = HEAD.to_owned();
    put(&mut out, format_args!(" <trk>\n  <name>{name}</name>\n  <trkseg>\n"));
    for along in (0..=length_m).step_by(50).map(f64::from) {
        let (lat, lon) = course.position(course.offset(along).expect("a course to follow lies outdoors"));
        let altitude = course.altitude(along);
        put(
            &mut out,
            format_args!("   <trkpt lat=\"{lat:.6}\" lon=\"{lon:.6}\"><ele>{altitude:.1}</ele></trkpt>\n"),
        );
    }
    out + TAIL
}
