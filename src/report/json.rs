//! Analyses to `analysis.json`: everything in one file for other programs; and to `import.json`, the account of what was read.
//!
//! Input are the analyses, output one JSON object with the tables of each athlete. Invariant: same analyses, same
//! bytes, whatever order they come in.

use super::sentences;
use crate::analysis::{Analysis, GENERATOR, SCHEMA_VERSION};
use crate::error::Error;
use crate::ledger::Outcome;
use crate::model::{DiaryEntry, MassageHad};
use crate::score::cross::CrossSession;
use crate::table;
use serde::Serialize;
use std::collections::BTreeMap;

/// Renders all analyses, in order of athlete; the tables are those of `--format json`.
pub fn analysis_json(analyses: &[Analysis]) -> Result<String, Error> {
    let mut analyses: Vec<&Analysis> = analyses.iter().collect();
    analyses.sort_by(|a, b| a.athlete.cmp(&b.athlete));
    let mut text = String::new();
    let mut object = Object::begin(&mut text);
    object.json("schema_version", &SCHEMA_VERSION)?;
    object.json("generator", &GENERATOR)?;
    object.json("version", &env!("CARGO_PKG_VERSION"))?;
    array(object.key("athletes"), &analyses, |text, one| athlete(text, one))?;
    object.end();
    Ok(text + "\n")
}

fn athlete(text: &mut String, analysis: &Analysis) -> Result<(), Error> {
    let mut object = Object::begin(text);
    object.json("athlete", &analysis.athlete)?;
    object.json("as_of", &analysis.as_of)?;
    object.json("n_files", &analysis.ledger.entries.len())?;
    object.json("settings", &analysis.settings)?;
    object.json("thresholds", &analysis.thresholds)?;
    for table in table::all(std::slice::from_ref(analysis))? {
        let rows = table.to_json()?;
        object.key(table.name()).push_str(String::from_utf8_lossy(&rows).trim_end());
    }
    let null_band = analysis.null_band.map(|(low, high)| serde_json::json!({"low": low, "high": high}));
    object.json("null_band", &null_band)?;
    object.json("rescaling", &analysis.rescaling)?;
    object.json("opening", &analysis.opening)?;
    object.json("advice", &sentences::advice(analysis))?;
    object.json("tried", &analysis.tried)?;
    object.json("races", &analysis.races)?;
    object.json("massages", &analysis.massages.iter().map(massage).collect::<Vec<_>>())?;
    object.json("diary", &analysis.diary.iter().map(entry).collect::<Vec<_>>())?;
    object.json("plan", &analysis.plan)?;
    let cross = analysis.cross_training().map(|all| all.iter().map(session).collect::<Vec<_>>());
    object.json("cross_training", &cross)?;
    object.json("notices", &analysis.notices)?;
    object.end();
    Ok(())
}

/// What became of every file of one athlete, a line a file.
pub fn import_json(analysis: &Analysis) -> Result<String, Error> {
    let ledger = &analysis.ledger;
    let kinds = |outcome: Outcome| ledger.kinds_of(outcome).into_iter().collect::<BTreeMap<_, _>>();
    let mut text = String::new();
    let mut object = Object::begin(&mut text);
    object.json("schema_version", &SCHEMA_VERSION)?;
    object.json("generator", &GENERATOR)?;
    object.json("version", &env!("CARGO_PKG_VERSION"))?;
    object.json("athlete", &analysis.athlete)?;
    object.json("as_of", &analysis.as_of)?;
    object.json("totals", &ledger.totals())?;
    object.json("skipped", &kinds(Outcome::Skipped))?;
    object.json("failed", &kinds(Outcome::Failed))?;
    object.json("unknown_days", &analysis.lost.gaps())?;
    array(object.key("files"), &ledger.entries, |text, entry| {
        text.push_str(&json(entry)?);
        Ok(())
    })?;
    object.end();
    Ok(text + "\n")
}

/// A session that counts as load alone.
fn session(one: &CrossSession) -> serde_json::Value {
    let CrossSession { id, file, sport, date, timer_s, hr_coverage, load_au, load_basis, .. } = one;
    serde_json::json!({"date": date, "sport": sport, "id": id, "file": file, "timer_s": timer_s,
        "hr_coverage": hr_coverage, "load_au": load_au, "load_basis": load_basis})
}

/// A row of `massage.csv`.
fn massage(had: &MassageHad) -> serde_json::Value {
    let MassageHad { date, depth, minutes, tissues, soreness_h } = had;
    serde_json::json!({"date": date, "depth": depth, "minutes": minutes, "tissues": tissues, "soreness_h": soreness_h})
}

/// What a row of `diary.csv` tells.
fn entry(entry: &DiaryEntry) -> serde_json::Value {
    let DiaryEntry { date, kind, site, side, value, .. } = entry;
    serde_json::json!({"date": date, "kind": kind, "site": site, "side": side, "value": value})
}

/// An object that is written member by member, so that nothing large is held twice.
struct Object<'a> {
    text: &'a mut String,
    has_members: bool,
}

impl<'a> Object<'a> {
    fn begin(text: &'a mut String) -> Self {
        text.push('{');
        Self { text, has_members: false }
    }

    /// Writes a key; its value is to follow.
    fn key(&mut self, key: &str) -> &mut String {
        self.text.push_str(if self.has_members { ",\n\"" } else { "\"" });
        self.has_members = true;
        self.text.push_str(key);
        self.text.push_str("\":");
        self.text
    }

    fn json(&mut self, key: &str, value: &impl Serialize) -> Result<(), Error> {
        let value = json(value)?;
        self.key(key).push_str(&value);
        Ok(())
    }

    fn end(self) {
        self.text.push('}');
    }
}

/// Writes an array, an item a line.
fn array<T>(
    text: &mut String,
    items: &[T],
    write: impl Fn(&mut String, &T) -> Result<(), Error>,
) -> Result<(), Error> {
    text.push_str("[\n");
    for (at, item) in items.iter().enumerate() {
        text.push_str(if at > 0 { ",\n" } else { "" });
        write(text, item)?;
    }
    text.push_str("\n]");
    Ok(())
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|cause| Error::internal("analysis.json", cause))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Kind, Part};
    use crate::massage::opening::Opening;
    use crate::massage::window::Reason;
    use crate::model::{Gap, LostDays};
    use crate::table::testing::{analysis, day};
    use serde_json::{Value, json};

    #[test]
    fn one_file_holds_everything() {
        let (mut zoe, ada) = (analysis(), Analysis { athlete: "ada".into(), ..analysis() });
        zoe.athlete = "zoe".into();
        let text = analysis_json(&[zoe.clone(), ada.clone()]).unwrap();
        assert_eq!(text, analysis_json(&[ada, zoe]).unwrap(), "the order of athletes is fixed");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&value["schema_version"], &value["generator"]), (&json!(1), &json!("legwork")));
        let first = &value["athletes"][0];
        assert_eq!((&first["athlete"], &first["as_of"]), (&json!("ada"), &json!("2026-05-28")));
        assert_eq!(first["thresholds"]["hr_max_bpm"][0]["origin"], json!("config"));
        assert_eq!(first["thresholds"]["lthr_bpm"], json!([]));
        let settings = &first["settings"];
        assert_eq!((&settings["as_of"], &settings["week_start"]), (&json!("2026-05-28"), &json!("Mon")));
        assert_eq!((&settings["hr_max_bpm"], &settings["class"]), (&Value::Null, &json!("auto")));
        assert!(settings["rules"].is_object());
        assert!(settings.get("folder").is_none(), "no path of the machine");
        let sizes: Vec<usize> = ["runs", "days", "weeks", "signals", "blocks", "windows", "races", "notices"]
            .map(|key| first[key].as_array().unwrap().len())
            .to_vec();
        assert_eq!(sizes, [2, 4, 1, 2, 2, 2, 2, 1]);
        assert_eq!((&first["massages"], &first["diary"]), (&json!([]), &json!([])));
        assert_eq!(first["plan"]["runs"], json!([]));
        assert_eq!(first["days"][0]["date"], json!("2026-05-25"));
        assert_eq!(first["null_band"], json!({"low": 0.7, "high": 1.4}));
        assert_eq!(first["rescaling"]["spearman"], json!(0.95));
    }

    #[test]
    fn every_key_is_documented() {
        let text = analysis_json(&[analysis()]).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let docs = include_str!("../../docs/tables.md").split("## analysis.json").nth(1).unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<String>>();
        for key in keys(&value).into_iter().chain(keys(&value["athletes"][0])) {
            assert!(docs.contains(&format!("`{key}`")), "{key}");
        }
    }

    #[test]
    fn every_key_of_the_import_is_documented() {
        let mut one = analysis();
        let (first, last) = (one.days[0].date, one.as_of);
        let gap = Gap { from: first, to: last, reason: "no watch".into() };
        one.lost = LostDays::new(&[gap], first, last, |_| false);
        let part = Part {
            id: "a".into(),
            date: Some(first),
            outcome: Outcome::Used,
            kind: None,
            why: None,
            of: None,
            rule: None,
            filled: Vec::new(),
        };
        one.ledger.entries[0].parts.push(part);
        let text = import_json(&one).unwrap();
        assert_eq!(text, import_json(&one).unwrap());
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["totals"]["files"], json!(value["files"].as_array().unwrap().len()));
        let docs = include_str!("../../docs/import.md");
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<String>>();
        let file = &value["files"][0];
        let objects = [&value, &value["totals"], &value["unknown_days"][0], file, &file["parts"][0]];
        let words = Outcome::ALL.map(|one| one.name().to_owned());
        let kinds = Kind::ALL.map(|kind| json!(kind).as_str().unwrap().to_owned());
        for key in objects.into_iter().flat_map(keys).chain(words).chain(kinds) {
            assert!(docs.contains(&format!("`{key}`")), "{key}");
        }
    }

    #[test]
    fn what_the_plan_says_beside_windows_is_in_it() {
        let mut one = analysis();
        one.opening = Some(Opening { from: Some(day("2026-07-05")), because: "not due".into() });
        let reason = &one.windows[0].reasons[0];
        one.advice = vec![Reason { rule: "R21", ..reason.clone() }, Reason { rule: "R15", ..reason.clone() }];
        let value: Value = serde_json::from_str(&analysis_json(&[one]).unwrap()).unwrap();
        let athlete = &value["athletes"][0];
        assert_eq!(athlete["opening"], json!({"from": "2026-07-05", "because": "not due"}));
        assert_eq!(
            (&athlete["advice"][0]["rule"], &athlete["advice"][1]["rule"]),
            (&json!("R15"), &json!("R21"))
        );
        assert_eq!(athlete["tried"], Value::Null);
    }

    #[test]
    fn nobody_is_an_empty_list() {
        let value: Value = serde_json::from_str(&analysis_json(&[]).unwrap()).unwrap();
        assert_eq!(value["athletes"], json!([]));
    }
}
