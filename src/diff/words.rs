//! Keys and values in words for people, in metric units.

use super::keys::Change;
use super::numbers::Move;
use crate::model::text::clean;
use crate::model::units::{Units, duration};
use crate::text::number;
use serde_json::Value;

/// Longest file name in a line.
const FILE_WIDTH: usize = 48;

/// A column or key as people call it, a setting as `legwork.toml` has it: `hr_max_bpm` to `hr_max`,
/// `threshold_speed_mps` to `threshold_pace`, `critical_power_w.stryd` to `critical_power (stryd)`.
pub(super) fn label(key: &str) -> String {
    let key = clean(key);
    match key.as_str() {
        "acwr_coupled" => "load ratio".to_owned(),
        "acwr_uncoupled" => "uncoupled ratio".to_owned(),
        "acwr_ewma" => "exponential ratio".to_owned(),
        "ctl" => "fitness".to_owned(),
        "atl" => "fatigue".to_owned(),
        "threshold_speed_mps" => "threshold_pace".to_owned(),
        "trimp_constants" => "trimp_a, trimp_b".to_owned(),
        "races" => "race".to_owned(),
        key => match key.split_once('.') {
            Some(("critical_power_w", meter)) => format!("critical_power ({meter})"),
            Some(("conventions", name)) => format!("load.{name}"),
            Some(("races", name)) => format!("race.{}", without_unit(name)),
            _ => without_unit(key).to_owned(),
        },
    }
}

fn without_unit(key: &str) -> &str {
    let units = ["_bpm", "_mps", "_kg", "_au", "_m", "_s", "_w"];
    units.iter().find_map(|unit| key.strip_suffix(unit)).unwrap_or(key)
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
pub(super) fn step(key: &str, old: Option<f64>, new: Option<f64>, unknown: &str) -> String {
    let text = |decimals: usize| [old, new].map(|value| value.map(|value| amount(key, value, decimals)));
    let [old, new] = (0..4).map(text).find(|[old, new]| old != new).unwrap_or_else(|| text(4));
    let unit = unit(key);
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    match (old, new) {
        (Some(old), Some(new)) => format!("{old} → {new}{unit}"),
        (Some(old), None) => format!("{old}{unit} → {unknown}"),
        (None, Some(new)) => format!("{unknown} → {new}{unit}"),
        (None, None) => format!("{unknown} → {unknown}"),
    }
}

/// A value with its usual decimals and some more.
fn amount(key: &str, value: f64, more: usize) -> String {
    match of_meter(key) {
        "height_m" => number(value, 2 + more),
        name if name.ends_with("_mps") => pace(value, more),
        name if name.ends_with("_s") => duration(value),
        name if name.ends_with("_m") => number(value / 1000.0, 1 + more),
        name if ["_au", "_bpm", "_w"].iter().any(|unit| name.ends_with(unit)) => number(value, more),
        name if name.starts_with("acwr_") || name == "need" => number(value, 2 + more),
        "ctl" | "atl" | "vdot" => number(value, 1 + more),
        // A setting is shown as it was written, but for the noise of fractions.
        _ => number(value, 3).trim_end_matches('0').trim_end_matches('.').to_owned(),
    }
}

/// A pace, with tenths of a second where whole ones do not tell two apart.
fn pace(speed_mps: f64, more: usize) -> String {
    if more == 0 {
        return Units::Metric.pace(speed_mps);
    }
    let tenths = (10_000.0 / speed_mps).round() as u64;
    format!("{}:{:02}.{}/km", tenths / 600, tenths / 10 % 60, tenths % 10)
}

fn unit(key: &str) -> &'static str {
    match of_meter(key) {
        "height_m" => "m",
        name if name.ends_with("_m") => "km",
        name if name.ends_with("_au") => "AU",
        name if name.ends_with("_bpm") => "bpm",
        name if name.ends_with("_kg") => "kg",
        name if name.ends_with("_w") => "W",
        "ctl" | "atl" => "AU/day",
        _ => "",
    }
}

/// The key without the meter behind it.
fn of_meter(key: &str) -> &str {
    if key.starts_with("critical_power_w.") { "critical_power_w" } else { key }
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
            // That a race is from the config goes without saying.
            let said = members.iter().filter(|(key, value)| *key != "origin" && !value.is_null());
            said.map(member).collect::<Vec<_>>().join(", ")
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn change(key: &str, old: Value, new: Value) -> Change {
        Change { key: key.into(), old, new }
    }

    #[test]
    fn settings_read_like_the_config() {
        let check = |key: &str, old: Value, new: Value, said: &str| {
            assert_eq!(changed(&change(key, old, new)), said);
        };
        check("hr_max_bpm", json!(188.0), json!(190.0), "hr_max 188 → 190 bpm");
        check("lthr_bpm", json!(169), json!(null), "lthr 169 bpm → none");
        check("lthr_bpm", json!(169.2), json!(169.4), "lthr 169.2 → 169.4 bpm");
        check("mass_kg", json!(null), json!(65.0), "mass none → 65 kg");
        check("height_m", json!(null), json!(1.7), "height none → 1.70 m");
        check("trimp_constants", json!(null), json!([0.7, 2.0]), "trimp_a, trimp_b none → 0.7, 2.0");
        check("conventions.form", json!("yesterday"), json!("same_day"), "load.form yesterday → same_day");
        check("races.distance_m", json!(5000.0), json!(10_000.0), "race.distance 5.0 → 10.0 km");
        check("critical_power_w.stryd", json!(250.2), json!(261.0), "critical_power (stryd) 250 → 261 W");
        check("threshold_speed_mps", json!(4.0), json!(3.9), "threshold_pace 4:10/km → 4:16/km");
        check("threshold_speed_mps", json!(4.0), json!(4.005), "threshold_pace 4:10.0/km → 4:09.7/km");
        check("time_zone", json!(null), json!("Europe/Berlin"), "time_zone none → Europe/Berlin");
        check("accustomed", json!(true), json!(null), "accustomed true → none");
        check(
            "races",
            json!(null),
            json!({"distance_m": 21_097.5, "name": "a\u{1b}[31mb"}),
            "race none → 21.1 km, a [31mb",
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
