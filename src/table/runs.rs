//! The columns of the `runs` table.

use super::build::Spec;
use super::column::{Column, NEVER, json_text, word};
use crate::analysis::Analysis;
use crate::model::Tissue;
use crate::model::calendar::utc_text;
use crate::score::race::RaceScore;
use crate::score::run::Run;
use crate::tissue::history::TissueSpike;

const NO_DISTANCE: &str = "no distance was recorded";
const NO_TIME: &str = "only a list tells of it, and that has no time";
const NO_HR: &str = "no usable heart rate";
const NO_ALTITUDE: &str = "no usable altitude";
const NO_SPEED_THRESHOLD: &str = "no distance, or no tested threshold speed is known";
const NO_HR_THRESHOLD: &str = "no usable heart rate, or no maximal heart rate is known";

const NO_DOSE: &str = "neither speed nor distance and time are known, or it is a copy";
const NO_TISSUE_SPIKE: &str =
    "no dose is known, there is no run in the 30 days before, or it is one of the first 14 days";

/// Nothing lasts 0 s: that is what a run has of which no time is known.
fn known(seconds: f64) -> Option<f64> {
    Some(seconds).filter(|seconds| *seconds > 0.0)
}

/// One row per recording, copies of a run among them.
pub(super) const SPEC: Spec<Run> = Spec {
    name: "runs",
    about: "One row per run that was read. A copy of another run stays in the table and names it in `duplicate_of`; it counts in no day and no week.",
    span: ("date", "date"),
    columns: &[
        Column::athlete(),
        Column::text("id", "Stable for the same content of the file", NEVER, |_, r| Some(r.id.clone())),
        Column::text("file", "Path below the input; `archive.zip!inner` for a member", NEVER, |_, r| {
            Some(r.file.clone())
        }),
        Column::text(
            "format",
            "Format by content: `fit`, `gpx` or `tcx`; `csv` or `json` where only a list tells of the run",
            NEVER,
            |_, r| word(&r.format),
        ),
        Column::text("title", "Name of the activity", "the file gives none", |_, r| r.title.clone()),
        Column::text("sport", "Kind of running", NEVER, |_, r| word(&r.sport)),
        Column::text("device", "Maker and product of the recorder", "the file gives none", |_, r| {
            r.device.clone()
        }),
        Column::text("start_utc", "Start in UTC, ISO 8601", "the instant has no calendar date", |_, r| {
            Some(utc_text(r.start_ms))
        }),
        Column::integer("utc_offset_s", "s", "Wall clock minus UTC that gave the date", NEVER, |_, r| {
            Some(r.utc_offset_s.into())
        }),
        Column::date("date", "The runner's local date at the start", |_, r| Some(r.date)),
        Column::float("distance_m", "m", "Distance", NO_DISTANCE, |_, r| r.distance_m),
        Column::float("elapsed_s", "s", "From start to end", NO_TIME, |_, r| known(r.elapsed_s)),
        Column::float("timer_s", "s", "Timer running", NO_TIME, |_, r| known(r.timer_s)),
        Column::float("moving_s", "s", "Moving", NO_TIME, |_, r| known(r.moving_s)),
        Column::float("ascent_m", "m", "Climb", NO_ALTITUDE, |_, r| r.ascent_m),
        Column::float("descent_m", "m", "Descent", NO_ALTITUDE, |_, r| r.descent_m),
        Column::float("steps", "", "Steps of both feet", "no cadence", |_, r| r.steps),
        Column::float("avg_hr_bpm", "bpm", "Mean heart rate", NO_HR, |_, r| r.avg_hr_bpm),
        Column::float("max_hr_bpm", "bpm", "Highest heart rate", NO_HR, |_, r| r.max_hr_bpm),
        Column::float("hr_coverage", "share", "Part of the timer with a usable heart rate", NEVER, |_, r| {
            Some(r.hr_coverage)
        }),
        Column::float("avg_cadence_spm", "steps/min", "Mean cadence, both feet", "no cadence", |_, r| {
            r.avg_cadence_spm
        }),
        Column::float("avg_power_w", "W", "Mean power", "no power", |_, r| r.avg_power_w),
        Column::float("avg_speed_mps", "m/s", "Distance over timer", NO_DISTANCE, |_, r| r.avg_speed_mps),
        Column::float(
            "gap_speed_mps",
            "m/s",
            "Mean grade-adjusted speed while moving",
            NO_DISTANCE,
            |_, r| r.gap_speed_mps,
        ),
        Column::float("ngs_mps", "m/s", "Normalised graded speed", "no distance, or too short", |_, r| {
            r.ngs_mps
        }),
        Column::float(
            "intensity_factor",
            "ratio",
            "Normalised graded speed over threshold speed, else from TRIMP100",
            "neither pace nor heart rate can be judged",
            |_, r| r.intensity_factor,
        ),
        Column::float("trimp_banister", "AU", "Banister TRIMP", NO_HR_THRESHOLD, |_, r| r.trimp_banister),
        Column::float(
            "trimp100",
            "AU",
            "Banister TRIMP scaled so that an hour at the threshold heart rate is 100",
            NO_HR_THRESHOLD,
            |_, r| r.trimp100,
        ),
        Column::float("trimp_edwards", "AU", "Edwards TRIMP", NO_HR_THRESHOLD, |_, r| r.trimp_edwards),
        Column::float("trimp_lucia", "AU", "Lucia TRIMP", NO_HR_THRESHOLD, |_, r| r.trimp_lucia),
        Column::float(
            "rtss",
            "AU",
            "Running stress score from pace: an hour at threshold speed is 100",
            "no distance, or no threshold speed is known",
            |_, r| r.rtss,
        ),
        Column::float(
            "hr_tss",
            "AU",
            "Points by zones of threshold heart rate, for comparison with platforms that print them",
            NO_HR_THRESHOLD,
            |_, r| r.hr_tss,
        ),
        Column::float(
            "power_stress",
            "AU",
            "Stress from recorded running power: an hour at critical power of the same meter is 100",
            "no power, or no critical power of this meter is known",
            |_, r| r.power_stress,
        ),
        Column::float(
            "govss",
            "AU",
            "Stress from power modelled by speed and grade (GOVSS), for comparison",
            "mass, height or threshold speed is not known",
            |_, r| r.govss,
        ),
        Column::float(
            "rpe",
            "0 to 10",
            "Session RPE, by the diary, else by the file",
            "none was given",
            |_, r| r.rpe,
        ),
        Column::float("srpe_au", "AU", "Session RPE times minutes", "no RPE was given", |_, r| r.srpe_au),
        Column::float(
            "load_au",
            "AU",
            "The load that days and weeks add up: 100 is an hour at threshold",
            "nothing gives a load; the day is then `unknown`",
            |_, r| r.load_au,
        ),
        Column::text(
            "load_basis",
            "What `load_au` was computed from: `hr`, `imputed`, `pace`, `power`, `rpe` or `duration`; `left_out`: 0, by `overrides.csv`",
            "`load_au` is null",
            |_, r| r.load_basis.map(|basis| basis.name().to_owned()),
        ),
        Column::float("hr_z1_s", "s", "Time in heart-rate zone 1", NO_HR_THRESHOLD, |_, r| zone5(r, 0)),
        Column::float("hr_z2_s", "s", "Time in heart-rate zone 2", NO_HR_THRESHOLD, |_, r| zone5(r, 1)),
        Column::float("hr_z3_s", "s", "Time in heart-rate zone 3", NO_HR_THRESHOLD, |_, r| zone5(r, 2)),
        Column::float("hr_z4_s", "s", "Time in heart-rate zone 4", NO_HR_THRESHOLD, |_, r| zone5(r, 3)),
        Column::float("hr_z5_s", "s", "Time in heart-rate zone 5", NO_HR_THRESHOLD, |_, r| zone5(r, 4)),
        Column::float("speed_z1_s", "s", "Time in speed zone 1", NO_SPEED_THRESHOLD, |_, r| speed5(r, 0)),
        Column::float("speed_z2_s", "s", "Time in speed zone 2", NO_SPEED_THRESHOLD, |_, r| speed5(r, 1)),
        Column::float("speed_z3_s", "s", "Time in speed zone 3", NO_SPEED_THRESHOLD, |_, r| speed5(r, 2)),
        Column::float("speed_z4_s", "s", "Time in speed zone 4", NO_SPEED_THRESHOLD, |_, r| speed5(r, 3)),
        Column::float("speed_z5_s", "s", "Time in speed zone 5", NO_SPEED_THRESHOLD, |_, r| speed5(r, 4)),
        Column::float(
            "low_s",
            "s",
            "Time below the first threshold, by heart rate, else by speed",
            "neither can be judged",
            |_, r| zone3(r, 0),
        ),
        Column::float("moderate_s", "s", "Time between the two thresholds", "as `low_s`", |_, r| zone3(r, 1)),
        Column::float("high_s", "s", "Time above the second threshold", "as `low_s`", |_, r| zone3(r, 2)),
        Column::float(
            "decoupling_pct",
            "%",
            "Aerobic decoupling: how much speed per heart beat fell from the first half to the second",
            "the run is too short, too uneven or without heart rate",
            |_, r| r.decoupling_pct,
        ),
        Column::float(
            "efficiency_m_per_beat",
            "m/beat",
            "Grade-adjusted distance per heart beat",
            "no heart rate or no distance, or the run is outside 30 to 120 min, at an intensity of 0.88 or more, or under 0.8 covered",
            |_, r| r.efficiency_m_per_beat,
        ),
        Column::text(
            "session_kind",
            "Kind of session: `easy`, `steady`, `long`, `tempo`, `intervals`, `hills` or `race`",
            NEVER,
            |_, r| Some(r.session_kind.name().to_owned()),
        ),
        Column::truth("quality", "Hard enough that deep massage must keep away from it", |_, r| {
            Some(r.is_quality)
        }),
        Column::truth("race", "A race by the config, by the file's own mark, or by its score", |_, r| {
            Some(r.is_race)
        }),
        Column::float("race_distance_m", "m", "The distance that was raced", "not a race", |_, r| {
            r.race_distance_m()
        }),
        Column::float(
            "race_score",
            "points",
            "How much the run looks like a race: from 6 it is one if heart rate, name, file or config says so too; else, and from 4.5, it may be",
            "no distance was recorded, or it is a copy",
            |_, r| r.race.as_ref().map(RaceScore::total),
        ),
        Column::float(
            "spike_ratio",
            "ratio",
            "Distance over the longest run of the 30 days before",
            "no distance, no run in those 30 days, or it is above 1.10 and the files tell nothing of more than 4 of them",
            |_, r| r.spike_ratio,
        ),
        Column::text(
            "spike_class",
            "Class of `spike_ratio`: `reference` to 1.10, `small` to 1.30, `moderate` to 2.00, `large` above; `no_reference` without a run to compare with",
            "no distance was recorded, or the files tell nothing of more than 4 of the 30 days, unless it is a `reference`",
            |_, r| r.spike_class.map(|class| class.name().to_owned()),
        ),
        dose::<{ Tissue::CalfAchilles as usize }>(
            "dose_calf_achilles",
            "Dose of calf and Achilles tendon: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 4",
        ),
        dose::<{ Tissue::TibiaShin as usize }>(
            "dose_tibia_shin",
            "Dose of shin: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 7",
        ),
        dose::<{ Tissue::PlantarFoot as usize }>(
            "dose_plantar_foot",
            "Dose of sole of the foot: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 4",
        ),
        dose::<{ Tissue::QuadPf as usize }>(
            "dose_quad_pf",
            "Dose of front of the thigh: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 4",
        ),
        dose::<{ Tissue::Hamstrings as usize }>(
            "dose_hamstrings",
            "Dose of hamstrings: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 3",
        ),
        dose::<{ Tissue::GluteItbLat as usize }>(
            "dose_glute_itb_lat",
            "Dose of outer hip: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 4",
        ),
        dose::<{ Tissue::HipFlexors as usize }>(
            "dose_hip_flexors",
            "Dose of hip flexors: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 3",
        ),
        dose::<{ Tissue::Adductors as usize }>(
            "dose_adductors",
            "Dose of adductors: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 4",
        ),
        dose::<{ Tissue::LowBack as usize }>(
            "dose_low_back",
            "Dose of low back: km on the level at 3.0 m/s that ask as much of it, by default with damage exponent 3",
        ),
        Column::truth(
            "unaccustomed_descent",
            "A descent of over 150 m of which the 21 days before hold less than a quarter; it raises `dose_quad_pf` by a quarter",
            |analysis, r| Some(analysis.dose_of(r).is_some_and(|dose| dose.unaccustomed_descent)),
        ),
        Column::text(
            "tissue_spike",
            "The tissue whose dose went farthest beyond its largest single run of the 30 days before",
            NO_TISSUE_SPIKE,
            |analysis, r| spike_of(analysis, r).map(|spike| spike.tissue.name().to_owned()),
        ),
        Column::float(
            "tissue_spike_ratio",
            "ratio",
            "Its dose over that largest one; exploratory, with no figure of risk",
            NO_TISSUE_SPIKE,
            |analysis, r| spike_of(analysis, r).and_then(|spike| spike.ratio),
        ),
        Column::text(
            "tissue_spike_class",
            "Class of `tissue_spike_ratio`, as `spike_class`",
            NO_TISSUE_SPIKE,
            |analysis, r| spike_of(analysis, r).map(|spike| spike.class.name().to_owned()),
        ),
        Column::text("duplicate_of", "The `id` of the run of which this is a copy", "not a copy", |_, r| {
            r.duplicate_of.clone()
        }),
        Column::json("notices", "What was wrong with the file and what was done, as texts", |_, r| {
            json_text(&r.notices)
        }),
    ],
};

/// The dose of one tissue.
const fn dose<const TISSUE: usize>(name: &'static str, about: &'static str) -> Column<Run> {
    Column::float(name, "km", about, NO_DOSE, |analysis, r| analysis.dose_of(r).map(|dose| dose.km[TISSUE]))
}

fn spike_of<'a>(analysis: &'a Analysis, run: &Run) -> Option<&'a TissueSpike> {
    analysis.tissues.spikes.get(analysis.place_of(run)?)?.as_ref()
}

fn speed5(run: &Run, zone: usize) -> Option<f64> {
    run.speed_zone_s.map(|zones| zones[zone])
}

fn zone5(run: &Run, zone: usize) -> Option<f64> {
    run.hr_zone_s.map(|seconds| seconds[zone])
}

fn zone3(run: &Run, zone: usize) -> Option<f64> {
    run.three_zone_s.map(|seconds| seconds[zone])
}
