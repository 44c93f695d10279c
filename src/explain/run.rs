//! The numbers of a run.

use super::context::Context;
use super::tree::Explanation;
use super::{ladder, recipes, run_heart, run_kind, run_pace, signals, tissue};
use crate::model::units::duration;
use crate::score::run::Run;
use crate::table;
use serde_json::Value;

/// What a run at a glance shows.
const MAIN: [&str; 18] = [
    "load_au",
    "distance_m",
    "timer_s",
    "moving_s",
    "ascent_m",
    "hr_coverage",
    "ngs_mps",
    "intensity_factor",
    "trimp100",
    "rtss",
    "low_s",
    "moderate_s",
    "high_s",
    "session_kind",
    "race_score",
    "spike_ratio",
    "decoupling_pct",
    "efficiency_m_per_beat",
];

/// A run in words: the beginning of its id, its day and its file.
pub(super) fn name_of(run: &Run) -> String {
    let id: String = run.id.chars().take(8).collect();
    format!("run {id} of {}, {}", run.date, run.file)
}

/// A run with its main numbers, each a line.
pub(super) fn at_a_glance(context: &Context<'_>, run: &Run) -> Explanation {
    let told = Explanation::new("id", name_of(run), run.id.clone());
    let told = match &run.title {
        Some(title) => told.with("title", title.clone(), ""),
        None => told,
    };
    let told = seconds(run, told);
    let told = told.notes(run.notices.iter().cloned()).notes(copy(run));
    let main = MAIN.iter().map(|name| metric(context, run, name).line());
    let readings = context.analysis.signals.iter().filter(|one| one.run_id.as_deref() == Some(&run.id));
    let readings = readings.map(|signal| signals::line(context, signal, &name_of(run)));
    told.from(main).from(readings)
}

fn copy(run: &Run) -> Option<String> {
    run.duplicate_of.as_ref().map(|of| format!("a copy of the run {of}: it counts in no day and no week"))
}

/// What of the recording could be used.
fn seconds(run: &Run, told: Explanation) -> Explanation {
    let used = &run.used;
    told.with("file", run.file.clone(), "")
        .with("samples", used.n_samples, "")
        .with("timer_s", run.timer_s, "s")
        .with("hr_used_s", used.hr_valid_s, "s")
        .with("hr_dropped_s", used.hr_dropped_s, "s")
        .with("hr_locked_s", used.hr_locked_s, "s")
        .with("hr_flat_s", used.hr_flat_s, "s")
}

/// The load of a run with few words.
pub(super) fn load_in_a_line(run: &Run) -> Explanation {
    let mut told = Explanation::new("load_au", name_of(run), run.load_au).unit("AU");
    run.load_basis.map_or("nothing gives a load", |basis| basis.words()).clone_into(&mut told.about);
    told
}

/// The load of a run in short: what it rests on, and the seconds behind it.
pub(super) fn load_in_short(run: &Run) -> Explanation {
    let told = Explanation::new("load_au", name_of(run), run.load_au).unit("AU");
    let told = told.formula(run.load_basis.map_or("nothing gives a load", |basis| basis.words()));
    let told = told.with("timer_s", run.timer_s, "s").with("hr_used_s", run.used.hr_valid_s, "s");
    told.with("hr_dropped_s", run.used.hr_dropped_s, "s")
}

/// The distance of a run in one line.
pub(super) fn distance_in_short(run: &Run) -> Explanation {
    let told = Explanation::new("distance_m", name_of(run), run.distance_m).unit("m");
    told.formula(format!("in {}", duration(run.timer_s)))
}

/// One number of a run.
pub(super) fn metric(context: &Context<'_>, run: &Run, name: &str) -> Explanation {
    let row = table::run_values(context.analysis, run);
    let Some((doc, value)) = row.into_iter().find(|(doc, _)| doc.name == name) else {
        return Explanation::new(name, name_of(run), Value::Null);
    };
    let told = Explanation::of_column(&doc, name_of(run), value).by(recipes::of_run(doc.name));
    let told = match doc.name {
        "load_au" => ladder::load(context, run, seconds(run, told)),
        "trimp_banister" | "trimp100" | "trimp_edwards" | "trimp_lucia" | "hr_tss" | "hr_z1_s"
        | "hr_z2_s" | "hr_z3_s" | "hr_z4_s" | "hr_z5_s" => run_heart::of(context, run, doc.name, told),
        "low_s" | "moderate_s" | "high_s" => run_heart::three_zones(context, run, told),
        "hr_coverage" => seconds(run, told),
        "rtss" | "intensity_factor" | "ngs_mps" | "gap_speed_mps" | "govss" | "power_stress"
        | "speed_z1_s" | "speed_z2_s" | "speed_z3_s" | "speed_z4_s" | "speed_z5_s" => {
            run_pace::of(context, run, doc.name, told)
        }
        "decoupling_pct" | "efficiency_m_per_beat" => run_pace::halves(context, run, told),
        "session_kind" | "quality" => run_kind::session(context, run, told),
        "race" | "race_score" | "race_distance_m" => run_kind::race(context, run, told),
        "spike_ratio" => run_kind::spike(context, run, told),
        "unaccustomed_descent" => tissue::descent(context, run, told),
        "tissue_spike_ratio" => tissue::spike(context, run, told),
        name if let Some(of) = tissue::of_column(name, "dose_") => tissue::dose(context, run, of, told),
        _ => recorded(run, doc.name, told),
    };
    told.notes(copy(run)).or_because(&doc)
}

/// What the file itself gives.
fn recorded(run: &Run, name: &str, told: Explanation) -> Explanation {
    match name {
        "avg_speed_mps" => told.with("distance_m", run.distance_m, "m").with("timer_s", run.timer_s, "s"),
        "srpe_au" => told.with("rpe", run.rpe, "0 to 10").with("timer_s", run.timer_s, "s"),
        "moving_s" => told.with("timer_s", run.timer_s, "s"),
        "ascent_m" | "descent_m" => told.note(if run.used.is_barometric {
            "the altitude is smooth enough for a barometer"
        } else {
            "the altitude is not that of a barometer"
        }),
        "avg_hr_bpm" | "max_hr_bpm" => seconds(run, told),
        _ => told.with("file", run.file.clone(), ""),
    }
}
