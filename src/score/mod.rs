//! A digest and the runner's thresholds to a scored run.
//!
//! Input are the digests of one athlete with their local dates, output is one [`Run`] each, in order of time.
//! A run is scored with what is known on the day of the analysis; what cannot be known stays `None`.

pub mod critical_speed;
pub mod hr_tss;
mod kind;
pub mod line;
mod load;
pub mod pace;
pub mod polarization;
pub mod power;
pub mod run;
mod spike;
pub mod thresholds;
pub mod trimp;
pub mod vdot;
pub mod zones;

pub use spike::spike_class;

use crate::digest::Digest;
use crate::model::Day;
use load::Scores;
use run::Run;
use thresholds::Thresholds;

/// A digest that has found its day, and what the calendar says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The digest.
    pub digest: Digest,
    /// The runner's local date at the start.
    pub date: Day,
    /// Wall clock minus UTC in s that gave the date.
    pub utc_offset_s: i32,
    /// The distance that was raced in m, where this was a race.
    pub race_distance_m: Option<f64>,
    /// The `id` of the run of which this is a copy.
    pub duplicate_of: Option<String>,
}

/// Scores all runs of one athlete. `runs` are in order of time; so is the result.
#[must_use]
pub fn score(runs: &[Dated], thresholds: &Thresholds) -> Vec<Run> {
    let mut scored: Vec<Run> = runs.iter().map(|dated| score_one(dated, thresholds)).collect();
    load::fill_from_duration(&mut scored);
    spike::mark(&mut scored);
    kind::mark_long(&mut scored);
    scored
}

fn score_one(dated: &Dated, thresholds: &Thresholds) -> Run {
    let digest = &dated.digest;
    let scores = Scores::new(digest, thresholds);
    let is_race = dated.race_distance_m.is_some();
    let three_zone_s = scores.three_zone_s;
    let is_quality = kind::is_quality(digest, thresholds, is_race, three_zone_s);
    Run {
        id: digest.id.clone(),
        file: digest.file.clone(),
        format: digest.format,
        title: digest.title.clone(),
        sport: digest.sport,
        device: digest.device.clone(),
        start_ms: digest.start_ms,
        utc_offset_s: dated.utc_offset_s,
        date: dated.date,
        distance_m: digest.distance_m,
        elapsed_s: digest.elapsed_s,
        timer_s: digest.timer_s,
        moving_s: digest.moving_s,
        ascent_m: digest.ascent_m,
        descent_m: digest.descent_m,
        steps: digest.steps,
        avg_hr_bpm: digest.avg_hr_bpm,
        max_hr_bpm: digest.max_hr_bpm,
        hr_coverage: load::hr_coverage(digest),
        avg_cadence_spm: digest.avg_cadence_spm,
        avg_power_w: digest.avg_power_w,
        avg_speed_mps: digest.distance_m.map(|d| d / digest.timer_s).filter(|v| v.is_finite()),
        gap_speed_mps: digest.gap_speed_mps,
        ngs_mps: digest.ngs_mps,
        intensity_factor: scores.intensity_factor,
        trimp_banister: scores.banister,
        trimp100: scores.trimp100,
        trimp_edwards: scores.edwards,
        trimp_lucia: scores.lucia,
        rtss: scores.rtss,
        srpe_au: digest.rpe.map(|rpe| rpe * digest.timer_s / 60.0),
        load_au: scores.load.map(|load| load.0),
        load_basis: scores.load.map(|load| load.1),
        hr_zone_s: scores.hr_zone_s,
        three_zone_s,
        decoupling_pct: load::decoupling_pct(digest),
        efficiency_m_per_beat: load::efficiency(digest, scores.intensity_factor),
        session_kind: kind::kind(scores.intensity_factor, is_race, is_quality),
        is_quality,
        is_race,
        race_distance_m: dated.race_distance_m,
        spike_ratio: None,
        spike_class: None,
        duplicate_of: dated.duplicate_of.clone(),
        notices: remarks(digest),
    }
}

/// What a reader should know of the run beside its numbers.
fn remarks(digest: &Digest) -> Vec<String> {
    let inferred =
        digest.sport_inferred.then(|| "sport is not in the file; taken for a run by its speed".to_owned());
    digest.remarks.iter().cloned().chain(inferred).collect()
}
