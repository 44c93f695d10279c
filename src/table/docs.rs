//! `docs/tables.md` as the columns themselves tell it, and the tests that hold file, columns and contract together.

use super::{ColumnDoc, Table, all};
use crate::model::Tissue;
use std::fmt::Write;

const HEAD: &str = "# Tables

`legwork runs`, `days`, `weeks`, `signals`, `blocks`, `windows`, `sessions` and `board` print these tables with `--format table`,
`csv`, `json` or `parquet`; `legwork report` writes them too, and `analysis.json` holds them for each athlete.

The names are a contract; the unit comes last in a name. Null is *unknown*, never 0. Numbers are finite and rounded to
six decimals. Dates are ISO 8601. Rows are in order of athlete, then time; those of `board` say who wants a look first. `AU` is an arbitrary unit of load: 100 is an
hour at threshold. A `share` is a part of 1.

| type | CSV | JSON | Parquet |
|---|---|---|---|
| number | digits with a `.` | number | DOUBLE |
| integer | digits | number | INT64 |
| true/false | `true`, `false` | true, false | BOOLEAN |
| date | `2026-05-31` | text | INT32, DATE |
| text | text; `'` in front of what a spreadsheet would run as a formula | text | BYTE_ARRAY, STRING |
| words | joined with `;` | array of texts | BYTE_ARRAY, STRING, joined with `;` |
| list | JSON as text | array | BYTE_ARRAY, STRING, JSON as text |
| null | empty cell | null | null |

CSV is UTF-8 without a byte order mark, with `\\n` line ends and quotes by RFC 4180. In Parquet every column is optional,
in one row group without compression. `--from` and `--to` keep the rows that touch those days.
";

const TAIL: &str = "
## analysis.json

One object: `schema_version` (goes up when a key changes its name or meaning), `generator`, `version` and `athletes`, a list
with an object for each athlete. Beside the tables above (`runs`, `days`, `weeks`, `signals`, `blocks`, `windows`, `sessions`,
`board`) that has:

| key | what it is | null when |
|---|---|---|
| `athlete` | Id of the athlete | never |
| `as_of` | The day that the analysis stands on | never |
| `n_files` | Files read, of whatever outcome | never |
| `settings` | Every setting it was made with, by its key in the config | never |
| `thresholds` | Heart rates and threshold speed over time, each with its origin | never |
| `null_band` | Usual range of the ratio if the weeks were shuffled: `{low, high}` | the history is too short |
| `rescaling` | What the ratio says beyond the acute load | the history is too short |
| `opening` | Where no regular window lies ahead: `{from, because}`, the first day on which a session fits and what keeps it; `from` is null where that cannot be told | a regular window is open or upcoming |
| `advice` | What is worth saying on that day beside any session: `[{rule, text, value, grade, adds}]`, as `reasons` of `windows`; empty with a red flag | never |
| `tried` | What `--plan` and `--race` put in the place of the athlete's calendar: `{plan, races}` | the calendar is the athlete's own |
| `massages` | Massages had, as `massage.csv` has them | never |
| `diary` | Entries of the diary: `[{date, kind, site, side, value}]` | never |
| `plan` | Planned runs: `{runs, covers}`, with the first and the last day that the plan names | never |
| `races` | Races, past and to come: `[{date, name, distance_m, priority, origin}]` | never |
| `cross_training` | Sessions of other endurance sport that count as load: `[{date, sport, id, file, timer_s, hr_coverage, load_au, load_basis}]`; `load_au` is null where none is known, and then none is added | `cross_training` is not \"load\" in the config |
| `notices` | What to know about the input: `[{source, text}]` | never |
";

fn markdown(tables: &[Table]) -> String {
    let mut text = HEAD.to_owned();
    for table in tables {
        write!(text, "\n## {}\n\n{}\n\n", table.name(), table.about()).unwrap();
        text.push_str("| column | type | unit | what it is | null when |\n|---|---|---|---|---|\n");
        for ColumnDoc { name, kind, unit, about, null } in table.columns() {
            writeln!(text, "| `{name}` | {} | {unit} | {about} | {null} |", kind.name()).unwrap();
        }
    }
    text + TAIL
}

#[test]
fn the_documentation_is_that_of_the_columns() {
    let expected = markdown(&all(&[]).unwrap());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tables.md");
    if std::fs::read_to_string(path).ok().as_deref() != Some(&expected) {
        let fresh = std::env::temp_dir().join("legwork-tables.md");
        std::fs::write(&fresh, &expected).unwrap();
        panic!("docs/tables.md is not what the columns say; to renew it: cp {} {path}", fresh.display());
    }
}

#[test]
fn notes_fit_a_cell_of_the_documentation() {
    for table in all(&[]).unwrap() {
        for doc in table.columns() {
            let notes = [doc.name, doc.unit, doc.about, doc.null];
            assert!(notes.iter().all(|note| !note.contains(['|', '\n'])), "{doc:?}");
            assert!(!doc.about.is_empty() && !doc.null.is_empty(), "{doc:?}");
        }
    }
}

/// The columns that other programs count on, in order; more may stand between them.
const CONTRACT: [(&str, &str); 8] = [
    (
        "runs",
        "athlete id file format title sport device start_utc utc_offset_s date distance_m elapsed_s timer_s moving_s \
         ascent_m descent_m steps avg_hr_bpm max_hr_bpm hr_coverage avg_cadence_spm avg_power_w avg_speed_mps \
         gap_speed_mps ngs_mps intensity_factor trimp_banister trimp100 trimp_edwards trimp_lucia rtss srpe_au load_au \
         load_basis hr_z1_s hr_z2_s hr_z3_s hr_z4_s hr_z5_s low_s moderate_s high_s decoupling_pct \
         efficiency_m_per_beat session_kind race race_distance_m race_score spike_ratio spike_class dose_<tissue> \
         duplicate_of notices",
    ),
    (
        "days",
        "athlete date state n_runs distance_m timer_s ascent_m load_au imputed_share acute_au chronic_au acwr_coupled \
         acwr_uncoupled acwr_ewma acwr_percentile acwr_low acwr_high distance_acwr_coupled distance_acwr_uncoupled \
         distance_acwr_ewma ctl atl tsb monotony strain ramp_pct spike_ratio block z_<tissue> flags ceiling need",
    ),
    (
        "weeks",
        "athlete week_start n_runs distance_m timer_s ascent_m longest_run_m load_au low_share moderate_share high_share \
         polarization_index n_hard monotony strain acwr_coupled acwr_uncoupled acwr_ewma ramp_pct block state",
    ),
    (
        "signals",
        "athlete date run_id signal value unit recent baseline baseline_low baseline_high change change_unit z speed_mps \
         n_baseline n_recent status note",
    ),
    (
        "blocks",
        "athlete start end phase n_days distance_m_per_week trend_pct_per_week high_share longest_run_m ascent_m massage \
         every_days best_weekday reasons",
    ),
    ("windows", "athlete start end best status kind depth minutes tissues reasons limits avoid need race"),
    (
        "sessions",
        "athlete date depth minutes tissues soreness_h days_since_previous window_start window_end window_best days_off_best \
         ceiling against_ceiling is_complete n_better n_worse n_same n_unknown signs advice",
    ),
    (
        "board",
        "athlete as_of attention reasons red_flag week_distance_m distance_7d_m usual_week_m change_pct spike_ratio spike_class \
         acwr_coupled acwr_percentile flags tissues signals race race_date days_to_race window_start window_end window_best \
         window_depth days_since_massage unknown_days_28d days_since_run imputed_share weeks",
    ),
];

#[test]
fn the_contract_holds() {
    let names = |key: &str| -> Vec<String> {
        let tissues = Tissue::ALL.iter().map(|tissue| key.replace("<tissue>", tissue.name()));
        if key.contains('<') { tissues.collect() } else { vec![key.to_owned()] }
    };
    for (table, (name, contract)) in all(&[]).unwrap().iter().zip(CONTRACT) {
        assert_eq!(table.name(), name);
        let mut columns = table.columns().iter();
        for key in contract.split(' ').filter(|key| !key.is_empty()).flat_map(names) {
            assert!(columns.any(|doc| doc.name == key), "{name}.{key} is missing or out of order");
        }
    }
}
