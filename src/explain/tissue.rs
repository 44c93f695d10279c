//! The doses of tissues: what they are summed over, and what a week is held against.

use super::context::{Context, window};
use super::run::name_of;
use super::tree::{Explanation, List};
use crate::model::Tissue;
use crate::model::calendar::minus;
use crate::score::LOOKBACK_DAYS;
use crate::score::run::Run;
use crate::tissue::dose::{MIN_DESCENT_M, PREPARED_SHARE, UNACCUSTOMED_FACTOR};
use crate::tissue::history::{DESCENT_DAYS, Made};
use crate::tissue::own::AtSpeed;
use crate::tissue::part::Part;
use crate::tissue::relative::{BLOCK_DAYS, BLOCKS, compared};

/// The tissue of a column such as `dose_quad_pf` or `z_quad_pf`.
pub(super) fn of_column(name: &str, prefix: &str) -> Option<Tissue> {
    let name = name.strip_prefix(prefix)?;
    Tissue::ALL.into_iter().find(|tissue| tissue.name() == name)
}

/// The dose of a run: the seconds and steps by speed, grade and cadence, and everything that weighs them.
pub(super) fn dose(context: &Context<'_>, run: &Run, tissue: Tissue, told: Explanation) -> Explanation {
    let tissues = &context.analysis.tissues;
    let at = context.analysis.place_of(run);
    let (Some(made), Some(dated)) = (at.and_then(|at| tissues.made.get(at)), context.dated(run)) else {
        return told;
    };
    let Some(dose) = context.analysis.dose_of(run) else { return told };
    let row = &tissues.choice.table[tissue as usize];
    let raised = dose.unaccustomed_descent && tissue == Tissue::QuadPf;
    let told = told
        .with("a", row.speed, "")
        .with("u", row.up, "")
        .with("d", row.down, "")
        .with("s", row.step_length, "")
        .with("m", row.damage, "")
        .with("loaded_in", if row.is_stance { "stance" } else { "swing" }, "")
        .with("surface", made.setting.surface.factor(tissue), "")
        .with("unaccustomed", if raised { UNACCUSTOMED_FACTOR } else { 1.0 }, "");
    let told = usual(told, "own_step", made.setting.step_m);
    let told = usual(told, "own_contact", made.setting.contact.map(|contact| contact.usual));
    let told = match made.setting.contact {
        Some(contact) => told.with("contact_over_usual", contact.over_usual, ""),
        None => told,
    };
    let cells = made.at_mean_speed.as_ref().map_or(&dated.digest.terrain[..], std::slice::from_ref);
    let list = |name, unit, value: &dyn Fn(&crate::digest::TerrainCell) -> Option<f64>| {
        let key = |cell: &crate::digest::TerrainCell| {
            let cadence = cell.cadence_spm.map_or_else(|| "unknown".to_owned(), |spm| spm.to_string());
            format!("{}, {}, {cadence}", cell.speed_mps, cell.grade)
        };
        List {
            name,
            by: "m/s, grade, steps/min",
            unit,
            values: cells.iter().map(|c| (key(c), value(c))).collect(),
        }
    };
    let steps = |cell: &crate::digest::TerrainCell| cell.cadence_spm.map(|_| cell.steps);
    let parts = Part::ALL
        .into_iter()
        .map(|part| (part.words().to_owned(), Some(dose.parts[part as usize][tissue as usize])));
    told.list(list("seconds", "s", &|cell| Some(cell.seconds)))
        .list(list("steps", "", &steps))
        .list(List { name: "parts", by: "what made it", unit: "km", values: parts.collect() })
        .notes(notes(made, row.is_stance))
        .note(format!("based on: {}; confidence {}", row.source, row.confidence.name()))
}

/// A line over speed among the inputs.
fn usual(told: Explanation, name: &str, line: Option<AtSpeed>) -> Explanation {
    match line {
        None => told,
        Some(line) => told
            .with(format!("{name}_intercept"), line.intercept, "")
            .with(format!("{name}_slope"), line.slope, "")
            .with(format!("{name}_from_mps"), line.from_mps, "m/s")
            .with(format!("{name}_to_mps"), line.to_mps, "m/s"),
    }
}

/// What was not known, and what stands in its place.
fn notes(made: &Made, is_stance: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if made.at_mean_speed.is_some() {
        notes.push("no speed by the second: counted as one level stretch at its mean speed".to_owned());
    }
    notes.push(match made.setting.step_m {
        Some(_) => "λ: step length over exp(own_step_intercept + own_step_slope · ln v), from 0.85 to 1.15; 1 outside own_step_from_mps to own_step_to_mps and without a cadence".to_owned(),
        None => "λ is 1: there are not eight runs with ten steady minutes of the same device in the weeks before".to_owned(),
    });
    notes.push(match made.setting.contact {
        _ if !is_stance => "κ is 1: it is loaded in the swing".to_owned(),
        Some(_) => "κ: contact_over_usual · own contact at v over own contact at 3.0 m/s; beyond own_contact_from_mps to own_contact_to_mps it goes on by (v / its end)^−0.55".to_owned(),
        None => "κ is (v / 3.0)^−0.55: contact time is not recorded, or not in enough earlier runs".to_owned(),
    });
    notes
}

/// Was the descent more than the weeks before have prepared?
pub(super) fn descent(context: &Context<'_>, run: &Run, told: Explanation) -> Explanation {
    let at = context.analysis.place_of(run);
    let made = at.and_then(|at| context.analysis.tissues.made.get(at));
    let setting = made.map(|made| made.setting).unwrap_or_default();
    let told = told
        .with("descent_m", setting.descent_m, "m")
        .with("descent_before_m", setting.descent_before_m, "m")
        .with("least_m", MIN_DESCENT_M, "m")
        .with("share_needed", PREPARED_SHARE, "");
    told.notes(setting.descent_before_m.is_none().then(|| {
        format!("the descent of the {DESCENT_DAYS} days before is not known: the history is too short or a run has no altitude")
    }))
}

/// The tissue of a run that went farthest beyond its largest dose of the 30 days before.
pub(super) fn spike(context: &Context<'_>, run: &Run, told: Explanation) -> Explanation {
    let analysis = context.analysis;
    let found = analysis.place_of(run).and_then(|at| analysis.tissues.spikes.get(at)?.as_ref());
    let (Some(found), Some(dose)) = (found, analysis.dose_of(run)) else { return told };
    let since = minus(run.date, LOOKBACK_DAYS);
    let before = analysis.runs.iter().filter(|one| one.counts() && one.date < run.date && one.date >= since);
    let km = |one: &Run| analysis.dose_of(one).map(|dose| dose.km[found.tissue as usize]);
    let values = before.map(|one| (format!("{} {}", one.date, one.file), km(one))).collect();
    told.with("tissue", found.tissue.name(), "")
        .with("dose_km", dose.km[found.tissue as usize], "km")
        .list(List { name: "dose_km", by: "run", unit: "km", values })
        .note(format!("class {}", found.class.name()))
}

/// The last seven days of a tissue against the six weeks before.
pub(super) fn reading(context: &Context<'_>, t: usize, tissue: Tissue, told: Explanation) -> Explanation {
    let tissues = &context.analysis.tissues;
    let series: Vec<Option<f64>> =
        tissues.daily_km.iter().take(t + 1).map(|day| day.map(|km| km[tissue as usize])).collect();
    let days = window(t, BLOCK_DAYS * (BLOCKS + 1));
    let of_day = |day: usize| series.get(day).copied().flatten();
    let mut told = told.list(context.by_date("dose_km", "km", days, of_day));
    let (Ok(compared), Some(reading)) = (compared(&series), tissues.reading(t, tissue)) else {
        return told.notes((t + 1 < 28).then(|| super::day::place_in_history(context, t, 28)));
    };
    told = told
        .with("dose_7d_km", compared.dose_km, "km")
        .with("mean_ln", compared.mean_ln, "")
        .with("sd_ln", compared.sd_ln, "")
        .with("sd_least", compared.min_sd, "")
        .with("ratio", reading.change.ratio, "")
        .with("above_other_tissues", reading.delta, "");
    let blocks = compared.blocks_km.iter().zip(1..).map(|(km, back)| (format!("{back} back"), *km));
    told = told.list(List { name: "block_km", by: "week", unit: "km", values: blocks.collect() });
    let left_out = (1..)
        .zip(compared.blocks_km)
        .zip(compared.counts)
        .filter(|((_, km), counts)| km.is_some() && !counts);
    told = told
        .notes(left_out.map(|((back, _), _)| {
            format!("the week {back} back is left out: under a quarter of the median")
        }));
    told = told
        .notes(compared.is_low_confidence.then(|| "of low confidence: under 42 days of history".to_owned()));
    told = told.notes(reading.flag.map(|flag| format!("flag {}", flag.name())));
    let focus = tissues.days.get(t).into_iter().flat_map(|day| &day.focus);
    told = told.notes(focus.filter(|one| one.reading.tissue == tissue).map(|one| one.why.clone()));
    told.from(context.runs_of(t, BLOCK_DAYS).map(|run| dose_in_a_line(context, run, tissue)))
}

fn dose_in_a_line(context: &Context<'_>, run: &Run, tissue: Tissue) -> Explanation {
    let km = context.analysis.dose_of(run).map(|dose| dose.km[tissue as usize]);
    let distance =
        run.distance_m.map_or_else(String::new, |metres| format!("from {:.1} km", metres / 1000.0));
    let mut told = Explanation::new(format!("dose_{}", tissue.name()), name_of(run), km).unit("km");
    told.about = if distance.is_empty() { "of a run without a distance".to_owned() } else { distance };
    told
}
