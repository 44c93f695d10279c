//! FIT files.
//!
//! Takes the bytes of a file, gives one [`Recording`] per session. A file may be several FIT files end to end;
//! each is walked once (`frame`). Its `record` messages, nearly all that matters of the bytes, go straight to
//! columns (`plan`, `records`, `columns`); the few messages that hold sums are decoded by fitparser
//! (`messages`) and put together with the samples (`activity`). Invariant: whatever the bytes are, reading them
//! does not panic, and every whole message before a break is used.

mod activity;
mod base;
mod beats;
mod columns;
mod crc;
mod developer;
mod device;
mod frame;
mod messages;
mod plan;
mod records;
mod session;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod timer;

use super::ReadError;
use super::limits::MAX_SAMPLES;
use crate::model::Recording;
use activity::Activity;
use beats::Beats;
use frame::{End, Segment};
use messages::Kind;
use records::Records;

/// The FIT epoch, 1989-12-31T00:00:00Z, in s since 1970-01-01T00:00:00Z.
const EPOCH_S: i64 = 631_065_600;

/// More messages with sums than any recording has; what a hostile file has beyond that is not decoded.
pub const MAX_SUMMARIES: usize = 20_000;
/// More FIT files end to end than any recorder writes.
const MAX_PARTS: usize = 1000;

/// An instant of the FIT clock in ms since 1970-01-01T00:00:00Z.
fn unix_ms(fit_s: u32) -> i64 {
    (i64::from(fit_s) + EPOCH_S) * 1000
}

/// Reads every session of a FIT file.
///
/// A file without a session, such as one that was cut off, gives one recording made from its samples. What was
/// wrong with the file stands in [`Recording::remarks`]. An error means that nothing at all could be used.
pub fn read(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if !frame::has_magic(bytes) {
        return Err(ReadError::UnknownFormat);
    }
    let mut recordings: Vec<Recording> = Vec::new();
    let mut beats = Beats::default();
    let mut failure = None;
    let mut at = 0;
    let mut left = Left { samples: MAX_SAMPLES, summaries: MAX_SUMMARIES };
    // A part costs something even where there is nothing in it.
    for _ in 0..MAX_PARTS {
        let Some((segment, behind)) = Segment::open(bytes, at).filter(|_| left.samples > 0) else { break };
        match read_segment(segment, &mut beats, &mut left) {
            Ok(more) => recordings.extend(more),
            Err(error) => failure = failure.or(Some(error)),
        }
        at = behind;
    }
    beats.fill(&mut recordings);
    let Some(last) = recordings.last_mut() else {
        let problem = "the header states an impossible size".to_owned();
        return Err(failure.unwrap_or(ReadError::Damaged { offset: 0, problem }));
    };
    if let Some(ReadError::Damaged { problem, .. }) = failure {
        last.remarks.push(format!("a further part of the file is lost: {problem}"));
        last.is_salvaged = true;
    }
    let rest = &bytes[at..];
    if rest.iter().any(|byte| *byte != 0) {
        last.remarks.push(format!("{} bytes behind the end were not read", rest.len()));
    }
    Ok(recordings)
}

/// How much more of a file is read, whatever parts it has.
struct Left {
    samples: usize,
    summaries: usize,
}

/// Reads one segment: walks its messages once, then puts the parts together.
fn read_segment(
    segment: Segment<'_>,
    beats: &mut Beats,
    left: &mut Left,
) -> Result<Vec<Recording>, ReadError> {
    let mut frames = segment.frames();
    let mut records = Records::new(segment.bytes(), left.samples);
    let mut activity = Activity::new(left.summaries);
    let mut is_bare = true;
    beats.begin_segment();
    while let Some(message) = frames.next_message() {
        is_bare = false;
        match message.definition.global {
            plan::RECORD => records.push(&message, &activity.developers),
            timer::EVENT => activity.timer.push(&message),
            beats::HR => beats.push(&message),
            developer::DEVELOPER_DATA_ID => activity.developers.identify(&message),
            developer::FIELD_DESCRIPTION => {
                activity.developers.describe(&message);
            }
            global => {
                if let Some(kind) = Kind::from_global(global) {
                    activity.take(kind, &message)?;
                }
            }
        }
    }
    let end = frames.finish();
    let (samples, developer) = records.finish();
    left.samples -= samples.len();
    left.summaries = activity.n_left();
    let recordings = activity.into_recordings(samples, &developer, end);
    match (recordings.is_empty(), end) {
        (false, _) => Ok(recordings),
        (true, End::CutOff) => {
            Err(damaged(segment.start + segment.bytes().len(), "cut off before the first sample"))
        }
        (true, End::Undefined { at }) => Err(damaged(at, "a message of unknown layout")),
        (true, _) if is_bare => Err(damaged(segment.start, "a header without records")),
        (true, _) => Err(ReadError::NoSamples),
    }
}

/// Damage that left nothing to use.
fn damaged(at: usize, problem: &str) -> ReadError {
    ReadError::Damaged { offset: at as u64, problem: problem.to_owned() }
}
