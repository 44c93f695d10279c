//! Small recordings in each format, of a runner at an even pace.

use super::fit_encoder::{Encoder, Value};
use std::fmt::Write;

/// Seconds from 1970-01-01 to the FIT epoch, 1989-12-31T00:00:00Z.
const FIT_EPOCH_S: i64 = 631_065_600;
const STEP_S: i64 = 10;

/// What was done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outing {
    /// Start in s since 1970-01-01T00:00:00Z.
    pub start_s: i64,
    pub seconds: i64,
    pub metres: f64,
    /// Sport and sub-sport as FIT numbers them.
    pub sport: (u8, u8),
}

impl Outing {
    fn samples(&self) -> impl Iterator<Item = (i64, f64)> {
        (0..=self.seconds / STEP_S)
            .map(|k| (self.start_s + k * STEP_S, self.metres * (k * STEP_S) as f64 / self.seconds as f64))
    }

    /// By a watch two hours ahead of UTC.
    pub(super) fn fit(&self) -> Vec<u8> {
        let at = |time_s: i64| Value::U32((time_s - FIT_EPOCH_S) as u32);
        let mut fit = Encoder::default();
        fit.message(0, &[(0, Value::Enum(4)), (1, Value::U16(1)), (2, Value::U16(2)), (4, at(self.start_s))]);
        for (time_s, metres) in self.samples() {
            let fields = [(253, at(time_s)), (5, Value::U32((metres * 100.0) as u32)), (3, Value::U8(145))];
            fit.message(20, &fields);
        }
        let (end, ms) = (at(self.start_s + self.seconds), Value::U32(self.seconds as u32 * 1000));
        let session = [
            (253, end),
            (2, at(self.start_s)),
            (5, Value::Enum(self.sport.0)),
            (6, Value::Enum(self.sport.1)),
            (7, ms),
            (8, ms),
            (9, Value::U32((self.metres * 100.0) as u32)),
        ];
        fit.message(18, &session);
        let local = at(self.start_s + self.seconds + 7200);
        fit.message(34, &[(253, end), (0, ms), (1, Value::U16(1)), (5, local)]);
        fit.finish()
    }

    pub(super) fn gpx(&self) -> Vec<u8> {
        let mut points = String::new();
        for (time_s, metres) in self.samples() {
            let latitude = 51.0 + metres / 111_195.0;
            write!(points, "<trkpt lat=\"{latitude:.7}\" lon=\"9.0\"><time>{}</time></trkpt>", utc(time_s))
                .expect("text");
        }
        let head = "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\">";
        format!("{head}<trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>").into_bytes()
    }

    /// With the spaces in front that a platform is known to write.
    pub(super) fn tcx(&self) -> Vec<u8> {
        let mut points = String::new();
        for (time_s, metres) in self.samples() {
            let time = utc(time_s);
            write!(
                points,
                "<Trackpoint><Time>{time}</Time><DistanceMeters>{metres:.1}</DistanceMeters></Trackpoint>"
            )
            .expect("text");
        }
        let (start, seconds, metres) = (utc(self.start_s), self.seconds, self.metres);
        format!(
            "          <?xml version=\"1.0\" encoding=\"UTF-8\"?><TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/\
             TrainingCenterDatabase/v2\"><Activities><Activity Sport=\"Running\"><Id>{start}</Id><Lap StartTime=\"{start}\">\
             <TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters><Track>{points}</Track></Lap>\
             </Activity></Activities></TrainingCenterDatabase>"
        )
        .into_bytes()
    }
}

/// A FIT file of another kind.
pub(super) fn fit_of_type(file_type: u8, number: u32) -> Vec<u8> {
    let mut fit = Encoder::default();
    fit.message(
        0,
        &[(0, Value::Enum(file_type)), (1, Value::U16(1)), (3, Value::U32(number)), (4, Value::U32(number))],
    );
    fit.finish()
}

pub(super) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory can be written to");
    encoder.finish().expect("memory can be written to")
}

/// An instant in s since 1970 as text in UTC.
pub(super) fn utc(time_s: i64) -> String {
    legwork::model::calendar::utc_text(time_s * 1000)
}
