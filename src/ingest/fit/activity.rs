//! One recording per session, from the parts of a segment.
//!
//! Takes the messages that are not samples one by one, then the samples, and deals samples, laps and pauses out
//! to the sessions by time. Invariant: every sample belongs to exactly one recording.

use super::columns::{self, Column};
use super::developer::Developers;
use super::device::{self, PowerPod};
use super::frame::{End, Message};
use super::messages::{Decoder, Kind};
use super::session::{self, Lap, Session};
use super::timer::Timer;
use crate::ingest::ReadError;
use crate::ingest::columns::start_of;
use crate::model::{self, DeviceTotals, Format, Recording, Samples, Sport};

/// What a segment says apart from its samples.
pub struct Activity {
    /// Follows the pauses.
    pub timer: Timer,
    /// Finds out who measured the power.
    pub power_pod: PowerPod,
    /// Knows what developer fields mean.
    pub developers: Developers,
    decoder: Decoder,
    device: Option<String>,
    recorder: Option<String>,
    wearer: Option<String>,
    sport: Sport,
    sessions: Vec<Session>,
    laps: Vec<Lap>,
    utc_offset_s: Option<i32>,
    resting_hr_bpm: Option<f64>,
}

impl Activity {
    /// Starts a segment.
    #[must_use]
    pub fn new() -> Self {
        Self {
            timer: Timer::default(),
            decoder: Decoder::new(),
            device: None,
            recorder: None,
            wearer: None,
            sport: Sport::Unknown,
            sessions: Vec::new(),
            laps: Vec::new(),
            utc_offset_s: None,
            resting_hr_bpm: None,
            power_pod: PowerPod::default(),
            developers: Developers::default(),
        }
    }

    /// Takes one message. The only error is that the file says it is something else than an activity.
    pub fn take(&mut self, kind: Kind, message: &Message<'_, '_>) -> Result<(), ReadError> {
        let Some(fields) = self.decoder.decode(kind, message) else { return Ok(()) };
        match kind {
            Kind::FileId => {
                if let Some(other) = device::other_kind(&fields) {
                    return Err(ReadError::NotAnActivity(other));
                }
                self.device = device::name(&fields);
                self.recorder = device::recorder(&fields);
                self.power_pod.recorded_by(&fields);
            }
            Kind::UserProfile => {
                self.resting_hr_bpm = session::resting_hr_bpm(&fields);
                self.wearer = device::wearer(&fields);
            }
            Kind::Sport => self.sport = session::sport(&fields),
            Kind::Session => self.sessions.push(Session::read(&fields)),
            Kind::Lap => self.laps.extend(Lap::read(&fields)),
            Kind::Activity => self.utc_offset_s = session::utc_offset_s(&fields),
        }
        Ok(())
    }

    /// Deals everything out; empty where there is neither a sample nor a sum. `developer` are the columns that
    /// developer fields have filled.
    #[must_use]
    pub fn into_recordings(mut self, samples: Samples, developer: &[Column], end: End) -> Vec<Recording> {
        let is_salvaged = self.sessions.is_empty() || end.has_lost();
        let own_power = || self.power_pod.source(self.device.as_ref());
        let maker = self.developers.maker(Column::Power).filter(|_| developer.contains(&Column::Power));
        let power_source = maker.map_or_else(own_power, |maker| Some(maker.to_owned()));
        let remarks = self.remarks(end, samples.len());
        self.sessions.retain(|session| session.has_totals() || !samples.is_empty());
        if self.sessions.is_empty() && !samples.is_empty() {
            self.sessions.push(self.session_from_samples(&samples));
        }
        let first_ms = samples.time_ms.first().copied().unwrap_or_default();
        let mut recordings: Vec<Recording> =
            self.sessions.iter().map(|session| self.recording(session, first_ms, &remarks)).collect();
        recordings.sort_by_key(|recording| recording.start_ms);
        for recording in &mut recordings {
            recording.is_salvaged = is_salvaged;
            recording.power_source.clone_from(&power_source);
        }
        if !recordings.is_empty() {
            self.deal_out(samples, &mut recordings);
        }
        recordings
    }

    /// What is to be said of the file.
    fn remarks(&self, end: End, n_samples: usize) -> Vec<String> {
        let saved = grouped(n_samples);
        let end = match end {
            End::Sound => None,
            End::WrongChecksum => Some("checksum is wrong; used as it is".to_owned()),
            End::NoChecksum => Some("cut off before its checksum; used as it is".to_owned()),
            End::NeverClosed => Some(format!("never closed by the device: {saved} samples saved")),
            End::CutOff => Some(format!("cut off: {saved} samples saved")),
            End::Undefined { at } => Some(format!("damaged at byte {at}: {saved} samples saved")),
        };
        let has_no_sums = self.sessions.is_empty();
        let failed = self.decoder.n_failed;
        end.into_iter()
            .chain(has_no_sums.then(|| "has no summary; made from its samples".to_owned()))
            .chain((failed > 0).then(|| format!("{failed} messages could not be decoded")))
            .collect()
    }

    /// Stands in for a session that the file does not have.
    fn session_from_samples(&self, samples: &Samples) -> Session {
        let stated = self.laps.iter().map(|lap| lap.sport).chain([self.sport]);
        Session {
            start_ms: start_of(&samples.time_ms),
            sport: stated.into_iter().find(|sport| *sport != Sport::Unknown).unwrap_or(Sport::Unknown),
            totals: DeviceTotals::default(),
            rpe: None,
        }
    }

    /// A recording with all but what is dealt out by time.
    fn recording(&self, session: &Session, first_ms: i64, remarks: &[String]) -> Recording {
        Recording {
            sport: if session.sport == Sport::Unknown { self.sport } else { session.sport },
            device: self.device.clone(),
            recorder: self.recorder.clone(),
            wearer: self.wearer.clone(),
            start_ms: session.start_ms.unwrap_or(first_ms),
            utc_offset_s: self.utc_offset_s,
            totals: session.totals.clone(),
            rpe: session.rpe,
            resting_hr_bpm: self.resting_hr_bpm,
            remarks: remarks.to_vec(),
            ..Recording::new(Format::Fit)
        }
    }

    /// Gives each recording what happened from its start to the start of the next one.
    fn deal_out(mut self, mut samples: Samples, recordings: &mut [Recording]) {
        let starts: Vec<i64> = recordings.iter().map(|recording| recording.start_ms).collect();
        let owner = |time_ms: i64| starts.partition_point(|start| *start <= time_ms).saturating_sub(1);

        self.laps.sort_by_key(|lap| lap.start_ms);
        for lap in self.laps {
            let recording = &mut recordings[owner(lap.start_ms)];
            let start_s = (lap.start_ms - recording.start_ms) as f64 / 1000.0;
            recording.laps.push(model::Lap {
                start_s,
                timer_s: lap.timer_s,
                distance_m: lap.distance_m,
                avg_hr_bpm: lap.avg_hr_bpm,
                is_manual: lap.is_manual,
            });
        }
        for pause in self.timer.pauses {
            // Between two sessions the timer stands still too, but that is a pause of neither.
            if owner(pause.start_ms) == owner(pause.end_ms) {
                recordings[owner(pause.start_ms)].pauses.push(pause);
            }
        }
        if let [only] = recordings {
            only.samples = samples;
            return;
        }
        let owners: Vec<usize> = samples.time_ms.iter().map(|time| owner(*time)).collect();
        let mut row = 0;
        for stretch in owners.chunk_by(|a, b| a == b) {
            let rows = row..row + stretch.len();
            columns::append(&mut recordings[stretch[0]].samples, &mut samples, rows.clone());
            row = rows.end;
        }
        for recording in recordings {
            columns::trim(&mut recording.samples);
        }
    }
}

/// A count with its thousands set apart: `1,204`.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
