//! Small recordings, and files of them, for tests.

use super::Source;
use crate::digest::{Digest, digest};
use crate::model::{Format, Recording, Samples, Sport};
use std::fmt::Write as _;

/// A run with a sample a second.
#[derive(Clone)]
pub struct Track {
    /// Start in s since 1970-01-01T00:00:00Z.
    pub start_s: i64,
    /// Speed of each second in m/s.
    pub speed_mps: Vec<f64>,
    /// Mean heart rate; it swings with the speed.
    pub hr_bpm: Option<f32>,
    /// The device counted the distance.
    pub has_counter: bool,
    /// There are positions.
    pub has_positions: bool,
}

impl Track {
    /// A run of one speed.
    pub fn even(seconds: usize, speed_mps: f64) -> Self {
        Self {
            start_s: 1_750_000_000,
            speed_mps: vec![speed_mps; seconds],
            hr_bpm: None,
            has_counter: true,
            has_positions: true,
        }
    }

    /// A run whose speed goes up and down.
    pub fn hilly(seconds: usize) -> Self {
        // Two swings without a common period, so that no shift but the true one fits.
        let speed = |s: f64| 3.0 + 0.4 * (s / 97.0).sin() + 0.3 * (s / 41.0).cos();
        Self { speed_mps: (0..seconds).map(|s| speed(s as f64)).collect(), ..Self::even(0, 0.0) }
    }

    /// The heart rate of one second.
    pub fn hr_at(&self, second: usize) -> Option<f32> {
        Some(self.hr_bpm? + 8.0 * (second as f32 / 150.0).sin() + (second % 3) as f32)
    }

    /// As a reader would have read it.
    pub fn recording(&self) -> Recording {
        let n = self.speed_mps.len();
        let way: Vec<f64> = self
            .speed_mps
            .iter()
            .scan(0.0, |metres, speed| {
                let now = *metres;
                *metres += speed;
                Some(now)
            })
            .collect();
        let when = |has: bool, column: Vec<f64>| if has { column } else { Vec::new() };
        let degrees = way.iter().map(|metres| metres / 111_195.08).collect();
        Recording {
            sport: Sport::Running,
            start_ms: self.start_s * 1000,
            samples: Samples {
                time_ms: (0..n as i64).map(|s| (self.start_s + s) * 1000).collect(),
                hr_bpm: (0..n).filter_map(|s| self.hr_at(s)).collect(),
                lat_deg: when(self.has_positions, degrees),
                lon_deg: when(self.has_positions, vec![0.0; n]),
                distance_m: when(self.has_counter, way),
                ..Samples::default()
            },
            ..Recording::new(Format::Gpx)
        }
    }

    /// The digest of it, under an id of 32 digits.
    pub fn digest(&self, id: u128, file: &str) -> Digest {
        digest(&self.recording(), format!("{id:032x}"), file.to_owned())
    }

    /// As a GPX file, with its heart rate in an extension.
    pub fn gpx(&self) -> String {
        let recording = self.recording();
        let mut text = "<gpx><trk><type>running</type><trkseg>".to_owned();
        for (s, time_ms) in recording.samples.time_ms.iter().enumerate() {
            let (lat, time) = (recording.samples.lat_deg[s], crate::model::calendar::utc_text(*time_ms));
            write!(text, "<trkpt lat=\"{lat:.8}\" lon=\"0\"><time>{time}</time>").unwrap();
            if let Some(hr) = self.hr_at(s) {
                write!(text, "<extensions><hr>{hr:.0}</hr></extensions>").unwrap();
            }
            text += "</trkpt>";
        }
        text + "</trkseg></trk></gpx>"
    }
}

/// Files in a folder, as sources.
pub fn sources(folder: &std::path::Path, files: &[(&str, String)]) -> Vec<Source> {
    let source = |(name, content): &(&str, String)| {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        Source { name: (*name).to_owned(), path }
    };
    files.iter().map(source).collect()
}
