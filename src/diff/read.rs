//! `analysis.json` back into types, with only the keys that are compared.
//!
//! Keys that a file of an older version does not have are as if they were null there; keys of a newer one are
//! passed over.

use crate::analysis::{GENERATOR, SCHEMA_VERSION};
use crate::error::Error;
use crate::model::Day;
use crate::model::text::clean;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Name of the file in the folder of a report.
const FILE_NAME: &str = "analysis.json";
/// The state of days and weeks that are still to come.
const PROJECTED: &str = "projected";

/// One report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Report {
    pub(super) version: Option<String>,
    pub(super) athletes: Vec<Athlete>,
}

/// One athlete of a report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Athlete {
    #[serde(rename = "athlete")]
    pub(super) id: String,
    pub(super) as_of: Option<Day>,
    pub(super) settings: Value,
    pub(super) thresholds: Value,
    pub(super) runs: Vec<RunRow>,
    pub(super) days: Vec<DayRow>,
    pub(super) weeks: Vec<WeekRow>,
    pub(super) blocks: Vec<SpanRow>,
    pub(super) windows: Vec<SpanRow>,
    pub(super) notices: Vec<NoticeRow>,
    /// Sessions had; `None` where the report does not hold them.
    pub(super) massages: Option<Vec<EntryRow>>,
    /// Sessions of other sport that count as load; `None` where none does, or the report does not hold them.
    pub(super) cross_training: Option<Vec<EntryRow>>,
    /// What the diary tells, likewise.
    pub(super) diary: Option<Vec<EntryRow>>,
    /// The plan, likewise.
    pub(super) plan: Option<PlanRow>,
    /// What the board said; empty where the report is from before there was one.
    pub(super) board: Vec<BoardRow>,
    /// What was expected of days and weeks to come.
    #[serde(skip)]
    pub(super) ahead: Ahead,
}

/// Days and weeks to come.
#[derive(Debug, Clone, Default)]
pub(super) struct Ahead {
    pub days: Vec<DayRow>,
    pub weeks: Vec<WeekRow>,
}

/// A plan.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PlanRow {
    pub runs: Vec<EntryRow>,
}

/// A row of a file beside the runs, whatever it holds.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct EntryRow {
    pub date: Day,
    #[serde(flatten)]
    pub rest: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RunRow {
    pub id: String,
    pub file: String,
    pub date: Day,
    pub distance_m: Option<f64>,
    pub timer_s: Option<f64>,
    pub load_au: Option<f64>,
    pub load_basis: Option<String>,
    pub session_kind: Option<String>,
    pub race: Option<bool>,
    pub duplicate_of: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct DayRow {
    pub date: Day,
    pub state: String,
    pub distance_m: Option<f64>,
    pub load_au: Option<f64>,
    pub acwr_coupled: Option<f64>,
    pub ctl: Option<f64>,
    pub atl: Option<f64>,
    pub need: Option<f64>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct WeekRow {
    pub week_start: Day,
    pub state: String,
    pub n_days: Option<u32>,
    pub distance_m: Option<f64>,
    pub load_au: Option<f64>,
    pub acwr_coupled: Option<f64>,
    pub acwr_uncoupled: Option<f64>,
    pub acwr_ewma: Option<f64>,
}

/// A block or a window.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SpanRow {
    pub start: Day,
    pub end: Day,
    pub phase: Option<String>,
    pub kind: Option<String>,
    pub depth: Option<String>,
    pub best: Option<Day>,
}

/// What a board says of today.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct BoardRow {
    pub red_flag: Option<String>,
    pub spike_class: Option<String>,
    pub flags: Vec<String>,
    pub tissues: Vec<TissueRow>,
    pub signals: Vec<String>,
    pub window_start: Option<Day>,
    pub window_end: Option<Day>,
    pub window_depth: Option<String>,
}

/// A tissue on a board.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TissueRow {
    pub tissue: String,
    pub flag: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct NoticeRow {
    pub source: String,
    pub text: String,
}

/// What tells our files from others.
#[derive(Deserialize)]
struct Head {
    generator: String,
    schema_version: u32,
}

/// Reads a report: its folder, or the `analysis.json` itself.
pub fn read(path: &Path) -> Result<Report, Error> {
    let file = if path.is_dir() { path.join(FILE_NAME) } else { path.to_owned() };
    let place = file.display().to_string();
    let bytes = std::fs::read(&file).map_err(|cause| {
        let advice = "give the folder of a report, or the analysis.json in it";
        Error::config(&place, format!("cannot be read: {cause}; {advice}"))
    })?;
    parse(&bytes).map_err(|problem| Error::config(place, problem))
}

/// Reads the bytes of an `analysis.json`; the error says what is wrong with them.
pub fn parse(bytes: &[u8]) -> Result<Report, String> {
    let foreign =
        || format!("is not an {FILE_NAME} of legwork; give the folder of a report, or that file in it");
    match serde_json::from_slice::<Head>(bytes) {
        Ok(head) if head.generator != GENERATOR => return Err(foreign()),
        Ok(head) if head.schema_version > SCHEMA_VERSION => {
            let schema = head.schema_version;
            return Err(format!(
                "has schema {schema} and this legwork knows {SCHEMA_VERSION}; compare it with a newer legwork"
            ));
        }
        Err(error) if error.is_data() => return Err(foreign()),
        Err(error) => return Err(format!("is broken: {}; make the report again", clean(&error.to_string()))),
        Ok(_) => {}
    }
    let mut report: Report = serde_json::from_slice(bytes)
        .map_err(|error| format!("is broken: {}; make the report again", clean(&error.to_string())))?;
    for athlete in &mut report.athletes {
        // What was expected is no history: it moves with every day, and for causes of its own.
        athlete.ahead.days = athlete.days.extract_if(.., |day| day.state == PROJECTED).collect();
        athlete.ahead.weeks = athlete.weeks.extract_if(.., |week| week.state == PROJECTED).collect();
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        let check = |text: &str, part: &str| {
            let problem = parse(text.as_bytes()).unwrap_err();
            assert!(problem.contains(part), "{text}: {problem}");
        };
        check("", "is broken: EOF");
        check("{\"generator\":\"legwork\",", "is broken: EOF");
        check("{\"a\": 1}", "is not an analysis.json");
        check("[1, 2]", "is not an analysis.json");
        check("{\"generator\":\"other\",\"schema_version\":1}", "is not an analysis.json");
        check("{\"generator\":\"legwork\",\"schema_version\":2}", "has schema 2 and this legwork knows 1");
        check("{\"generator\":\"legwork\",\"schema_version\":1,\"athletes\":3}", "is broken: invalid type");
    }

    #[test]
    fn keys_may_be_missing_or_unknown() {
        let text = r#"{"generator":"legwork","schema_version":1,"of_tomorrow":[],
            "athletes":[{"athlete":"a","runs":[{"id":"x","mood":3}]}]}"#;
        let report = parse(text.as_bytes()).unwrap();
        assert_eq!((report.version, report.athletes[0].runs[0].id.as_str()), (None, "x"));
        assert!(report.athletes[0].settings.is_null() && report.athletes[0].weeks.is_empty());
    }
}
