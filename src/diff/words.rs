//! Keys, values and causes in words for people, in metric units.

use super::cause::Cause;
use super::keys::Change;
use super::numbers::Move;
use super::runs::What;
use crate::model::text::clean;
use crate::model::units::{Units, duration};
use crate::report::text::{count, number};
use serde_json::Value;

/// Longest file name in a line.
const FILE_WIDTH: usize = 48;

/// A column or key as people call it: `hr_max_bpm.value` to `hr_max`, `threshold_speed_mps` to `threshold_pace`.
pub(super) fn label(key: &str) -> String {
    let key = clean(key);
    let key = key.strip_suffix(".value").unwrap_or(&key);
    match key {
        "acwr_coupled" => "load ratio".to_owned(),
        "acwr_uncoupled" => "uncoupled ratio".to_owned(),
        "acwr_ewma" => "exponential ratio".to_owned(),
        "ctl" => "fitness".to_owned(),
        "atl" => "fatigue".to_owned(),
        _ => match key.strip_suffix("_speed_mps") {
            Some(name) => format!("{name}_pace"),
            None => ["_bpm", "_mps", "_m", "_s", "_au"]
                .iter()
                .find_map(|unit| key.strip_suffix(unit))
                .unwrap_or(key)
                .to_owned(),
        },
    }
}

/// A number that moved: `load 210 → 260 AU (+24 %)`.
pub(super) fn moved(one: &Move) -> String {
    let values = step(one.key, one.old, one.new, "unknown");
    format!("{} {values}{}", label(one.key), one.change_pct.map_or_else(String::new, percent))
}

/// A key that differs: `hr_max 188 → 190 bpm`.
pub(super) fn changed(change: &Change) -> String {
    let values = match (change.old.as_f64(), change.new.as_f64()) {
        (None, None) => format!("{} → {}", plain(&change.old), plain(&change.new)),
        _ if [&change.old, &change.new].iter().any(|value| !(value.is_null() || value.is_number())) => {
            format!("{} → {}", plain(&change.old), plain(&change.new))
        }
        (old, new) => step(&change.key, old, new, "none"),
    };
    format!("{} {values}", label(&change.key))
}

/// Two values with their unit, with as many decimals as it takes to tell them apart.
fn step(key: &str, old: Option<f64>, new: Option<f64>, unknown: &str) -> String {
    let text = |decimals: usize| {
        let one = |value: Option<f64>| {
            value.map_or_else(|| unknown.to_owned(), |value| amount(key, value, decimals))
        };
        (one(old), one(new))
    };
    let (old, new) = (0..4).map(text).find(|(old, new)| old != new).unwrap_or_else(|| text(4));
    let unit = unit(key);
    if unit.is_empty() { format!("{old} → {new}") } else { format!("{old} → {new} {unit}") }
}

/// A value with its usual decimals and some more.
fn amount(key: &str, value: f64, more: usize) -> String {
    let name = key.strip_suffix(".value").unwrap_or(key);
    match name {
        _ if name.ends_with("_mps") => Units::Metric.pace(value),
        _ if name.ends_with("_s") => duration(value),
        _ if name.ends_with("_m") => number(value / 1000.0, 1 + more),
        _ if name.ends_with("_au") => number(value, more),
        _ if name.starts_with("acwr_") || name == "need" => number(value, 2 + more),
        "ctl" | "atl" => number(value, 1 + more),
        // A setting is shown as it was written, but for the noise of fractions.
        _ => number(value, 3).trim_end_matches('0').trim_end_matches('.').to_owned(),
    }
}

fn unit(key: &str) -> &'static str {
    let name = key.strip_suffix(".value").unwrap_or(key);
    match name {
        _ if name.ends_with("_m") => "km",
        _ if name.ends_with("_au") => "AU",
        _ if name.ends_with("_bpm") => "bpm",
        "ctl" | "atl" => "AU/day",
        _ => "",
    }
}

fn percent(percent: f64) -> String {
    let text = number(percent, usize::from(percent.abs() < 9.95));
    if percent > 0.0 { format!(" (+{text} %)") } else { format!(" ({text} %)") }
}

/// Any JSON value on one line.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => clean(text),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| match value.as_f64() {
                Some(number) => format!("{} {}", amount(key, number, 0), unit(key)).trim_end().to_owned(),
                None => plain(value),
            };
            members.iter().map(member).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// A file name without control characters; of a long path the end, which tells most.
pub(super) fn file(name: &str) -> String {
    let name = clean(name);
    let n = name.chars().count();
    if n <= FILE_WIDTH {
        return name;
    }
    let end: String = name.chars().skip(n - (FILE_WIDTH - 1)).collect();
    format!("…{end}")
}

impl What {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Replaced => "replaced",
            Self::Changed => "changed",
        }
    }
}

/// Causes as a list in words: `3 files added, hr_max 188 → 190 bpm`.
///
/// Files are named where there are no more than `n_named` of a kind.
pub(super) fn causes(causes: &[Cause], n_named: usize) -> String {
    let mut words = Vec::new();
    for kind in [What::Added, What::Removed, What::Replaced, What::Changed] {
        let mut files: Vec<String> = Vec::new();
        for cause in causes {
            if let Cause::Run { what, file: name, .. } = cause
                && *what == kind
                && !files.contains(&file(name))
            {
                files.push(file(name));
            }
        }
        match files.len() {
            0 => {}
            n if n <= n_named => words.push(format!("{} {}", files.join(" and "), kind.word())),
            n => words.push(format!("{} {}", count(n, "file"), kind.word())),
        }
    }
    for cause in causes {
        match cause {
            Cause::Run { .. } => {}
            Cause::Setting(change) | Cause::Version(change) => words.push(changed(change)),
            Cause::Threshold(change) => words.push(format!("{} (from the runs)", changed(change))),
            Cause::Unknown => words.push("nothing that the two reports tell".to_owned()),
        }
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn change(key: &str, old: Value, new: Value) -> Change {
        Change { key: key.into(), old, new, origins: [None, None] }
    }

    #[test]
    fn settings_read_like_the_config() {
        let check = |key: &str, old: Value, new: Value, said: &str| {
            assert_eq!(changed(&change(key, old, new)), said);
        };
        check("hr_max_bpm", json!(188.0), json!(190.0), "hr_max 188 → 190 bpm");
        check("lthr_bpm.value", json!(169.2), json!(null), "lthr 169.2 → none bpm");
        check("threshold_speed_mps", json!(4.0), json!(3.9), "threshold_pace 4:10/km → 4:16/km");
        check("time_zone", json!(null), json!("Europe/Berlin"), "time_zone none → Europe/Berlin");
        check("accustomed", json!(true), json!(null), "accustomed true → none");
        check(
            "races",
            json!(null),
            json!({"distance_m": 21_097.5, "name": "a\u{1b}[31mb"}),
            "races none → 21.1 km, a [31mb",
        );
    }

    #[test]
    fn two_values_can_be_told_apart() {
        let said = |key, old, new| moved(&Move { key, old, new, change_pct: None });
        assert_eq!(said("distance_m", Some(45_210.0), Some(57_460.0)), "distance 45.2 → 57.5 km");
        assert_eq!(said("distance_m", Some(1_012.0), Some(1_034.0)), "distance 1.01 → 1.03 km");
        assert_eq!(said("acwr_coupled", None, Some(1.234)), "load ratio unknown → 1.23");
        let load = Move { key: "load_au", old: Some(210.0), new: Some(200.0), change_pct: Some(-4.76) };
        assert_eq!(moved(&load), "load 210 → 200 AU (\u{2212}4.8 %)");
    }

    #[test]
    fn a_long_path_keeps_its_end() {
        let name = file(&format!("{}/run.fit", "deep/".repeat(20)));
        assert!(name.starts_with('…') && name.ends_with("/run.fit") && name.chars().count() == FILE_WIDTH);
    }
}
