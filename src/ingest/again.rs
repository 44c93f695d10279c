//! A recording read once more, because its digest alone cannot be changed.
//!
//! What lists, clocks and the runner have said of a digest since it was made stays with it.

use super::archive::Fetched;
use super::limits::{FETCHED, FETCHED_SAMPLES, digesting};
use super::room::{DIGESTING, digest_in_room as digest};
use super::{ReadError, Source};
use crate::digest::Digest;
use crate::digest::second::Seconds;
use crate::model::{Override, Recording};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A file that is read again counts as so many samples and those it has.
const FILE_SAMPLES: usize = 500;

/// Does a piece of work for each item, with the recordings that it needs at hand. Items are taken together as long as the
/// samples of those, and the packed bytes, are few enough to be held, so that each archive is walked once for all of them.
pub fn in_rounds<'d, T: Sync, R: Send>(
    sources: &[Source],
    items: &[T],
    needs: impl Fn(&T) -> Vec<&'d Digest>,
    work: impl Fn(&T, &Fetched<'_>) -> R + Sync,
) -> Vec<R> {
    in_rounds_of(FETCHED, sources, items, needs, work)
}

/// The same with no more than so many packed bytes held at once.
fn in_rounds_of<'d, T: Sync, R: Send>(
    limit: u64,
    sources: &[Source],
    items: &[T],
    needs: impl Fn(&T) -> Vec<&'d Digest>,
    work: impl Fn(&T, &Fetched<'_>) -> R + Sync,
) -> Vec<R> {
    let mut done = Vec::with_capacity(items.len());
    let mut rest = items;
    let mut most = usize::MAX;
    while !rest.is_empty() {
        let (mut n_samples, mut n_items) = (0, 0);
        let mut files = BTreeSet::new();
        for item in rest.iter().take(most) {
            let needed = needs(item);
            n_samples += needed.iter().map(|digest| FILE_SAMPLES + digest.n_samples).sum::<usize>();
            if n_items > 0 && n_samples > FETCHED_SAMPLES {
                break;
            }
            n_items += 1;
            files.extend(needed.iter().map(|digest| digest.file.as_str()));
        }
        let fetched = Fetched::new(sources, &files, limit);
        if fetched.is_over && n_items > 1 {
            // What was left out for others would be missing to those that need it.
            most = n_items / 2;
            continue;
        }
        let (now, later) = rest.split_at(n_items);
        done.par_extend(now.par_iter().map(|item| work(item, &fetched)));
        if n_items == most {
            most = most.saturating_mul(2);
        }
        rest = later;
    }
    done
}

/// A digest with its recording, which may be changed.
pub struct Again {
    /// What the file alone gives.
    raw: Digest,
    /// The recording, on the clock of the digest.
    pub recording: Recording,
    /// The whole way that the recording is a part of, in m, where it broke off and a list knows the rest.
    whole_m: Option<f64>,
}

impl Again {
    /// Reads the recording behind a digest.
    pub fn read(files: &Fetched<'_>, old: &Digest) -> Result<Self, ReadError> {
        let mut recording = files.recording(&old.file, &old.id)?;
        let raw = digest(&recording, old.id.clone(), old.file.clone());
        shift(&mut recording, old.start_ms.saturating_sub(raw.start_ms));
        let whole_m = old.distance_m.filter(|_| old.is_salvaged && old.elapsed_s > raw.elapsed_s);
        Ok(Self { raw, recording, whole_m })
    }

    /// Puts what the runner says of the recording into it, as far as samples have a part in it.
    pub fn amend(&mut self, said: &Override) {
        if let Some(sport) = said.sport {
            self.recording.sport = sport;
        }
        if said.ignores_hr {
            forget_heart_rate(&mut self.recording);
        }
        if let Some(distance_m) = said.distance_m {
            let recorded_m = self.raw.distance_m.filter(|metres| *metres > 0.0);
            // What is given is the whole way: of a part of it the same share is true.
            let share = recorded_m.zip(self.whole_m).map_or(1.0, |(part_m, whole_m)| part_m / whole_m);
            stretch(&mut self.recording, recorded_m, distance_m * share);
        }
    }

    /// The digest of the recording as it is now. Where the old one differs from what the file alone gives, somebody has said
    /// so, and it stays.
    #[must_use]
    pub fn digest(&self, old: &Digest) -> Digest {
        let raw = &self.raw;
        let mut new = digest(&self.recording, old.id.clone(), old.file.clone());
        keep(&mut new.title, &old.title, &raw.title);
        keep(&mut new.sport, &old.sport, &raw.sport);
        keep(&mut new.sport_inferred, &old.sport_inferred, &raw.sport_inferred);
        keep(&mut new.utc_offset_s, &old.utc_offset_s, &raw.utc_offset_s);
        keep(&mut new.distance_m, &old.distance_m, &raw.distance_m);
        keep(&mut new.distance_source, &old.distance_source, &raw.distance_source);
        keep(&mut new.elapsed_s, &old.elapsed_s, &raw.elapsed_s);
        keep(&mut new.timer_s, &old.timer_s, &raw.timer_s);
        keep(&mut new.moving_s, &old.moving_s, &raw.moving_s);
        keep(&mut new.ascent_m, &old.ascent_m, &raw.ascent_m);
        keep(&mut new.descent_m, &old.descent_m, &raw.descent_m);
        keep(&mut new.steps, &old.steps, &raw.steps);
        keep(&mut new.is_race, &old.is_race, &raw.is_race);
        new.is_long |= old.is_long;
        keep(&mut new.rpe, &old.rpe, &raw.rpe);
        keep(&mut new.resting_hr_bpm, &old.resting_hr_bpm, &raw.resting_hr_bpm);
        new.is_salvaged |= old.is_salvaged;
        new.is_day_only = old.is_day_only;
        let said = old.remarks.iter().filter(|remark| !raw.remarks.contains(remark));
        new.remarks.extend(said.cloned());
        new
    }
}

fn keep<T: Clone + PartialEq>(new: &mut T, old: &T, raw: &T) {
    if old != raw {
        new.clone_from(old);
    }
}

/// Moves a recording in time.
fn shift(recording: &mut Recording, by_ms: i64) {
    let later = |time_ms: &mut i64| *time_ms = time_ms.saturating_add(by_ms);
    later(&mut recording.start_ms);
    recording.samples.time_ms.iter_mut().for_each(later);
    for pause in &mut recording.pauses {
        later(&mut pause.start_ms);
        later(&mut pause.end_ms);
    }
}

fn forget_heart_rate(recording: &mut Recording) {
    recording.samples.hr_bpm.clear();
    (recording.totals.avg_hr_bpm, recording.totals.max_hr_bpm) = (None, None);
    for lap in &mut recording.laps {
        lap.avg_hr_bpm = None;
    }
}

/// Gives a recording its true distance, and with it true speeds and steps. Where the positions were all there was, a
/// counter is made from them, so that speeds are no longer taken from places.
fn stretch(recording: &mut Recording, recorded_m: Option<f64>, distance_m: f64) {
    let made = DIGESTING.run(digesting(&recording.samples), || {
        let seconds = Seconds::from_recording(recording);
        (!seconds.is_counted).then(|| counter(recording, &seconds))
    });
    if let Some(made) = made {
        recording.samples.distance_m = made;
    }
    recording.totals.distance_m = Some(distance_m);
    let Some(recorded_m) = recorded_m else { return };
    let factor = distance_m / recorded_m;
    let samples = &mut recording.samples;
    let laps = recording.laps.iter_mut().filter_map(|lap| lap.distance_m.as_mut());
    samples.distance_m.iter_mut().chain(laps).for_each(|metres| *metres *= factor);
    let longer = samples.speed_mps.iter_mut().chain(&mut samples.step_length_mm);
    longer.for_each(|value| *value *= factor as f32);
    samples.vertical_ratio_pct.iter_mut().for_each(|value| *value /= factor as f32);
}

/// The distance at each sample by the way through the positions; empty without one.
fn counter(recording: &Recording, seconds: &Seconds) -> Vec<f64> {
    let way = &seconds.way_m;
    let (Some(&first_s), Some(&last_m)) = (seconds.clock_s.first(), way.last()) else { return Vec::new() };
    let at = |time_ms: &i64| {
        let now = (time_ms - recording.start_ms) as f64 / 1000.0;
        let next = seconds.clock_s.partition_point(|second| *second < now);
        match (next.checked_sub(1), way.get(next)) {
            _ if now <= first_s => 0.0,
            (Some(before), Some(after_m)) => {
                let (from, to) = (seconds.clock_s[before], seconds.clock_s[next]);
                way[before] + (now - from) / (to - from) * (after_m - way[before])
            }
            _ => seconds.distance_m.unwrap_or(last_m),
        }
    };
    recording.samples.time_ms.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::Track;
    use std::io::Write;

    fn amended(recording: Recording, said: &Override) -> Again {
        let raw = digest(&recording, String::new(), String::new());
        let mut again = Again { raw, recording, whole_m: None };
        again.amend(said);
        again
    }

    #[test]
    fn what_an_archive_holds_is_read_in_as_many_rounds_as_it_takes() {
        let files: Vec<String> = (0..7).map(|n| Track::even(60 + n, 3.0).gpx()).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.zip");
        let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (n, file) in files.iter().enumerate() {
            writer.start_file(format!("{n}.gpx"), stored).unwrap();
            writer.write_all(file.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        let sources = [Source { name: "all.zip".into(), path }];
        let digests: Vec<Digest> =
            (0..7).map(|n| Track::even(60, 3.0).digest(0, &format!("all.zip!{n}.gpx"))).collect();
        let (one, all) = (files[6].len() as u64, u64::MAX);
        for (limit, n_found) in [(all, 7), (3 * one, 7), (one, 7), (one - 1, 6)] {
            let work = |at: &usize, fetched: &Fetched<'_>| {
                let error = fetched.recording(&digests[*at].file, "").unwrap_err();
                // It was there to be read, but is not of this hash.
                (*at, error == ReadError::Io("it has changed meanwhile".into()))
            };
            let items: Vec<usize> = (0..7).collect();
            let done = in_rounds_of(limit, &sources, &items, |at| vec![&digests[*at]], work);
            assert_eq!(done.iter().map(|(at, _)| *at).collect::<Vec<_>>(), items);
            assert_eq!(done.iter().filter(|(_, is_found)| *is_found).count(), n_found, "{limit}");
        }
    }

    #[test]
    fn a_true_distance_makes_true_speeds() {
        for has_counter in [true, false] {
            let mut recording = Track { has_counter, ..Track::even(1800, 3.0) }.recording();
            recording.samples.step_length_mm = vec![1000.0; 1800];
            let before = 3.0 * 1799.0;
            let said = Override { distance_m: Some(6000.0), ..Override::default() };
            let again = amended(recording, &said);
            let d = again.digest(&again.raw);
            assert_eq!(d.distance_m, Some(6000.0));
            let speed = d.gap_speed_mps.unwrap();
            assert!((speed / 3.0 - 6000.0 / before).abs() < 0.005, "{has_counter}: {speed}");
            let step_mm = f64::from(again.recording.samples.step_length_mm[9]);
            assert!((step_mm - 1000.0 * 6000.0 / before).abs() < 3.0, "{step_mm}");
        }
        let belt = Track { has_counter: false, has_positions: false, ..Track::even(600, 3.0) }.recording();
        let again = amended(belt, &Override { distance_m: Some(2000.0), ..Override::default() });
        let d = again.digest(&again.raw);
        assert_eq!((d.distance_m, d.gap_speed_mps), (Some(2000.0), None));
    }

    #[test]
    fn a_false_heart_rate_is_gone_from_sums_too() {
        let mut recording = Track { hr_bpm: Some(150.0), ..Track::even(600, 3.0) }.recording();
        recording.totals.avg_hr_bpm = Some(150.0);
        let again = amended(recording, &Override { ignores_hr: true, ..Override::default() });
        let d = again.digest(&again.raw);
        assert_eq!((d.avg_hr_bpm, d.max_hr_bpm, d.hr_valid_s), (None, None, 0.0));
    }

    #[test]
    fn what_others_have_said_since_stays() {
        let recording = Track { hr_bpm: Some(150.0), ..Track::even(600, 3.0) }.recording();
        let mut again = amended(recording, &Override::default());
        let old = Digest {
            title: Some("by a list".into()),
            is_race: true,
            start_ms: again.raw.start_ms + 86_400_000,
            remarks: vec!["dated by its name".into()],
            ..again.raw.clone()
        };
        shift(&mut again.recording, 86_400_000);
        assert_eq!(again.digest(&old), old);
    }
}
