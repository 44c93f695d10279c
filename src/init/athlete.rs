//! What the runs of one athlete suggest for each key.

use super::{quoted, zone};
use crate::analysis::Analysis;
use crate::config::Config;
use crate::config::keys::Key;
use crate::ingest::export::Fact;
use crate::massage::rules::{class_by_history, class_words, is_accustomed_by};
use crate::model::text::clean;
use crate::score::thresholds::{Confidence, Origin, Standing};
use crate::score::trimp::banister_constants;
use crate::score::zones::LT1_OF_LTHR;

/// The line that sets a key.
pub(super) struct Line {
    /// The value as TOML.
    pub value: String,
    /// What is known of the value.
    pub note: String,
    /// The line is no comment.
    pub is_on: bool,
    /// The runs say something of the value.
    pub is_known: bool,
}

impl Line {
    /// A line that sets its key.
    pub(super) fn on(value: String) -> Self {
        Self { value, note: String::new(), is_on: true, is_known: true }
    }

    /// A commented line of which the runs say nothing.
    pub(super) fn off(value: String, note: impl Into<String>) -> Self {
        Self { value, note: note.into(), is_on: false, is_known: false }
    }

    /// A commented line with what the runs say.
    fn known(value: String, note: impl Into<String>) -> Self {
        Self { is_known: true, ..Self::off(value, note) }
    }

    fn example(key: &Key, value: impl Into<String>) -> Self {
        Self::off(value.into(), format!("An example: the runs do not tell. Left out: {}.", key.left_out))
    }
}

/// The line of a key; `None` for tables.
pub(super) fn line(key: &Key, analysis: &Analysis) -> Option<Line> {
    let known = analysis.thresholds.on(analysis.as_of);
    let bpm = |value: f64| format!("{value:.0}");
    // Without a value the examples still have to go together.
    let lthr_bpm = known.lthr.map_or(171.0, |lthr| lthr.estimate.value);
    let line = match key.name {
        "id" => Line::on(quoted(&analysis.athlete)),
        "folder" => Line::on(quoted(&analysis.settings.folder().to_string_lossy())),
        "sex" => exported_or(key, analysis, &quoted("female")),
        "birth_year" => exported_or(key, analysis, "1988"),
        "hr_max" => {
            let found = estimated(key, known.hr_max, bpm, &bpm((lthr_bpm / 0.9).max(190.0)));
            hr_max(key, found, analysis)
        }
        "hr_rest" => estimated(key, known.hr_rest, bpm, "55"),
        "lt1" => Line::off(bpm(LT1_OF_LTHR * lthr_bpm), format!("Left out: {}.", key.left_out)),
        "lthr" => estimated(key, known.lthr, bpm, &bpm(lthr_bpm)),
        "threshold_pace" => {
            let pace = |speed: f64| quoted(&analysis.units.pace(speed));
            estimated(key, known.speed, pace, &pace(1000.0 / 300.0))
        }
        "critical_power" => critical_power(key, analysis),
        "mass" => Line::example(key, "65"),
        "height" => Line::example(key, "1.72"),
        "trimp_a" => {
            Line::off(banister_constants(None).0.to_string(), format!("Left out: {}.", key.left_out))
        }
        "trimp_b" => {
            Line::off(banister_constants(None).1.to_string(), format!("Left out: {}.", key.left_out))
        }
        "class" => class(analysis),
        "accustomed" => accustomed(analysis),
        "injury" => Line::example(key, quoted("2026-02-01")),
        "responds_well" => Line::example(key, "true"),
        "sits_hours" => Line::example(key, "8"),
        "time_zone" => time_zone(key, analysis),
        _ => return None,
    };
    Some(line)
}

/// What an export says for a key, where the config would take it.
fn exported<'a>(key: &Key, analysis: &'a Analysis) -> Option<&'a Fact> {
    let is_taken =
        |fact: &&Fact| Config::parse(&format!("[[athlete]]\n{} = {}", key.name, fact.value), "").is_ok();
    analysis.facts.iter().find(|fact| fact.key == key.name).filter(is_taken)
}

/// What an export says, else an example.
fn exported_or(key: &Key, analysis: &Analysis, example: &str) -> Line {
    match exported(key, analysis) {
        Some(fact) => Line::known(fact.value.clone(), format!("Found: {} says so.", clean(&fact.origin))),
        None => Line::example(key, example),
    }
}

/// What the runs say of the highest heart rate, and beside it what an export does.
fn hr_max(key: &Key, found: Line, analysis: &Analysis) -> Line {
    let Some(fact) = exported(key, analysis) else { return found };
    let (value, origin) = (&fact.value, clean(&fact.origin));
    if found.is_known {
        return Line { note: format!("{} {origin} says {value}.", found.note), ..found };
    }
    let note = format!("Found: {origin} says so; it may be no more than what is usual for the age.");
    Line::known(value.clone(), note)
}

/// A threshold with its origin, day, file and confidence; an example where there is none that the config would take.
fn estimated(key: &Key, standing: Option<Standing<'_>>, show: impl Fn(f64) -> String, example: &str) -> Line {
    let Some(standing) = standing else { return Line::example(key, example) };
    let value = show(standing.estimate.value);
    if Config::parse(&format!("[[athlete]]\n{} = {value}", key.name), "").is_err() {
        return Line::off(
            example.to_owned(),
            format!("An example: the runs say {value}, which is not plausible."),
        );
    }
    Line::known(value, origin(&standing))
}

/// Where an estimate comes from, and how far to trust it.
fn origin(standing: &Standing<'_>) -> String {
    let estimate = standing.estimate;
    let shown = estimate.shown.map_or_else(String::new, |day| format!(", on {day}"));
    let file = estimate.file.as_ref().map_or_else(String::new, |file| format!(" in {}", clean(file)));
    let confidence = estimate.origin.confidence();
    let advice = match (confidence, estimate.origin) {
        (Confidence::Low, Origin::Training) => "; no run is scored with it until a race or you confirm it",
        (Confidence::Low, _) => "; better measured than left so",
        _ if standing.is_stale => "; old by now, a new test would help",
        _ => "",
    };
    let verb = if confidence == Confidence::Low { "In use" } else { "Found" };
    format!("{verb}: {}{shown}{file}; confidence {}{advice}.", estimate.origin.words(), confidence.name())
}

/// Scales of two meters differ, so only with a single one there is a value to fix.
fn critical_power(key: &Key, analysis: &Analysis) -> Line {
    let watts = |value: f64| format!("{value:.0}");
    let meters = &analysis.thresholds.critical_power_w;
    let found = meters.iter().filter_map(|(meter, line)| Some((meter, line.on(analysis.as_of)?)));
    let found: Vec<_> = found.collect();
    match found.as_slice() {
        [] => Line::example(key, "280"),
        [(_, standing)] => estimated(key, Some(*standing), watts, "280"),
        several => {
            let each =
                several.iter().map(|(meter, one)| format!("{} {:.0} W", clean(meter), one.estimate.value));
            let each: Vec<String> = each.collect();
            let note = format!(
                "An example: two meters have two scales ({}), and a value here would hold for both.",
                each.join(", ")
            );
            Line::off("280".to_owned(), note)
        }
    }
}

fn class(analysis: &Analysis) -> Line {
    let auto = quoted("auto");
    if analysis.days.is_empty() {
        return Line::off(auto, "");
    }
    let class = class_by_history(&analysis.days, &analysis.races, analysis.as_of);
    Line::known(auto, format!("Found: auto takes the last four weeks for {}.", class_words(class)))
}

fn accustomed(analysis: &Analysis) -> Line {
    let is_accustomed = is_accustomed_by(&analysis.massages, analysis.as_of);
    if analysis.massages.is_empty() {
        let note = "Left out, it is decided from massage.csv; without one, not.";
        return Line::off(is_accustomed.to_string(), note);
    }
    let n_had = analysis.massages.len();
    Line::known(is_accustomed.to_string(), format!("Found: by the {n_had} massages in massage.csv."))
}

fn time_zone(key: &Key, analysis: &Analysis) -> Line {
    let Some(found) = zone::of(&analysis.runs) else { return Line::example(key, quoted("Europe/Berlin")) };
    let (n_fitting, n_telling) = (found.n_fitting, found.n_telling);
    let silent = if found.n_silent > 0 { format!("; {} do not", found.n_silent) } else { String::new() };
    let note = format!(
        "Found: it keeps the clock of {n_fitting} of the {n_telling} runs that tell theirs{silent}. Other zones may \
         keep the same."
    );
    Line::known(quoted(found.zone.name()), note)
}
