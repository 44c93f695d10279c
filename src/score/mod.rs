//! A digest and the runner's thresholds to a scored run.
//!
//! Input are the digests of one athlete with their local dates. First the history is studied: which runs were races,
//! and what the thresholds were on each day ([`study()`]). Then each run is scored with what held on its day
//! ([`score`]). What cannot be known stays `None`.

pub mod critical_speed;
pub mod cross;
pub mod hr_tss;
pub mod kind;
mod ladder;
pub mod line;
mod load;
pub mod pace;
pub mod polarization;
pub mod power;
pub mod race;
pub mod rpe;
pub mod run;
mod spike;
mod study;
#[cfg(test)]
pub(crate) mod testing;
pub mod thresholds;
pub mod trimp;
pub mod vdot;
pub mod zones;

pub use load::short_efforts_s;
pub use spike::{LOOKBACK_DAYS, MIN_HISTORY_DAYS, spike_class, withhold as withhold_spikes};
pub use study::{Study, study};

use crate::digest::Digest;
use crate::model::{Amended, Day};
use kind::Session;
use load::Scores;
use race::{RaceScore, Verdict};
use run::{LoadBasis, Run, Used};
use thresholds::{Known, Thresholds};

/// A digest that has found its day, and what is known of it beside the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The digest.
    pub digest: Digest,
    /// The runner's local date at the start.
    pub date: Day,
    /// Wall clock minus UTC in s that gave the date.
    pub utc_offset_s: i32,
    /// Session RPE from 0 to 10, by the diary, else by the file.
    pub rpe: Option<f64>,
    /// How much it looks like a race; set by [`study()`].
    pub race: Option<RaceScore>,
    /// The `id` of the run of which this is a copy.
    pub duplicate_of: Option<String>,
    /// What the runner says of it against the file.
    pub amended: Amended,
}

impl Dated {
    /// Session RPE times minutes; `None` where either is not known.
    fn srpe_au(&self) -> Option<f64> {
        let timer_s = Some(self.digest.timer_s).filter(|seconds| *seconds > 0.0)?;
        Some(trimp::session_rpe(self.rpe?, timer_s))
    }

    /// Does the run count, or is it a copy?
    #[must_use]
    pub fn counts(&self) -> bool {
        self.duplicate_of.is_none()
    }

    /// The race that the run was.
    #[must_use]
    pub fn raced(&self) -> Option<&RaceScore> {
        self.race.as_ref().filter(|race| race.is_race())
    }
}

/// Scores all runs of one athlete. `runs` are in order of time; so is the result.
#[must_use]
pub fn score(runs: &[Dated], thresholds: &Thresholds) -> Vec<Run> {
    let mut scored: Vec<Run> = runs.iter().map(|dated| score_one(dated, thresholds)).collect();
    ladder::climb(&mut scored);
    spike::mark(&mut scored);
    kind::mark_long(&mut scored);
    scored
}

fn score_one(dated: &Dated, thresholds: &Thresholds) -> Run {
    let digest = &dated.digest;
    let known = thresholds.on(dated.date);
    let scores = Scores::new(dated, thresholds);
    let session = Session::new(dated, scores.intensity_factor, &known, scores.three_zone_s);
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
        hr_tss: scores.hr_tss,
        rtss: scores.rtss,
        power_stress: scores.power_stress,
        govss: scores.govss,
        rpe: dated.rpe,
        srpe_au: dated.srpe_au(),
        load_au: None,
        load_basis: dated.amended.leaves_load_out.then_some(LoadBasis::LeftOut),
        ladder: Vec::new(),
        hr_zone_s: scores.hr_zone_s,
        speed_zone_s: scores.speed_zone_s,
        three_zone_s: scores.three_zone_s,
        decoupling_pct: load::decoupling_pct(digest),
        efficiency_m_per_beat: load::efficiency(digest, scores.intensity_factor),
        session_kind: session.kind(),
        is_quality: session.is_quality(),
        is_race: session.is_race,
        race: dated.race.clone(),
        spike_ratio: None,
        spike_class: None,
        duplicate_of: dated.duplicate_of.clone(),
        used: used(digest, &scores),
        notices: remarks(dated, &known, &scores),
    }
}

fn used(digest: &Digest, scores: &Scores) -> Used {
    Used {
        n_samples: digest.n_samples,
        hr_valid_s: digest.hr_valid_s,
        hr_dropped_s: digest.hr_dropped_s,
        hr_locked_s: digest.hr_locked_s,
        hr_flat_s: digest.hr_flat_s,
        hr_over_max_s: scores.hr_over_max_s,
        is_barometric: digest.is_barometric,
        has_offset: digest.utc_offset_s.is_some(),
        is_marked_long: digest.is_long,
    }
}

/// What a reader should know of the run beside its numbers.
fn remarks(dated: &Dated, known: &Known<'_>, scores: &Scores) -> Vec<String> {
    /// Seconds above the maximum after which the maximum is too low (science 2.1).
    const MAX_OVER_S: f64 = 60.0;
    /// Under this the scores from heart rate are of low confidence (science 2.9).
    const LOW_COVERAGE: f64 = 0.8;
    /// More than this for over an hour, and the threshold is too low (science 1.6).
    const TOO_FAST: f64 = 1.15;
    let digest = &dated.digest;
    let mut remarks = digest.remarks.clone();
    if digest.sport_inferred {
        remarks.push("sport is not in the file; inferred from title, speed and steps".to_owned());
    }
    if scores.hr_over_max_s > MAX_OVER_S
        && let Some(max) = known.hr_max
    {
        remarks.push(format!(
            "{:.0} s above the maximal heart rate of {:.0} bpm: that is too low, or the sensor was wrong",
            scores.hr_over_max_s, max.estimate.value
        ));
    }
    let coverage = load::hr_coverage(digest);
    if (load::MIN_COVERAGE..LOW_COVERAGE).contains(&coverage) && scores.trimp100.is_some() {
        remarks.push(format!(
            "heart rate covers {:.0} % of the timer and stands for all of it",
            100.0 * coverage
        ));
    }
    let by_heart = scores.trimp100.map(|load| (load / 100.0 / (digest.timer_s / 3600.0)).sqrt());
    if [scores.intensity_factor, by_heart].into_iter().flatten().any(|factor| factor > TOO_FAST)
        && digest.timer_s > 3600.0
    {
        remarks
            .push("more than 1.15 times the threshold for over an hour: the threshold is too low".to_owned());
    }
    if let Some(race) = dated.race.as_ref().filter(|race| race.verdict() == Verdict::Probable) {
        let points = race.total();
        remarks.push(format!("probably a race ({points:.1} points): list it in the config if it was one"));
    }
    remarks
}
