//! Histories to a commented `legwork.toml`: every key with what it takes and what the runs suggest.
//!
//! Input are analyses made without a config, output is the text of one. What the runs suggest stands there as a
//! comment: an estimate that is left free keeps following the history, one that is fixed does not. Invariant: the text
//! is a config as it stands, and still one when every line that sets something is uncommented.

mod athlete;
mod gap;
mod race;
#[cfg(test)]
mod tests;
mod zone;

use crate::analysis::Analysis;
use crate::config::keys::{self, Key};
use crate::massage::rules::{ALL, Rule};
use crate::model::Sport;
use crate::model::text::clean;
use crate::model::units::Units;
use crate::tissue::coefficients::{KEYS, TABLE};
use athlete::Line;

/// What to do with the file.
pub const ADVICE: &str = "Nothing in it has to be changed; uncomment a line to fix its value.";
/// Characters in a line of a comment.
const WIDTH: usize = 110;

/// The config of some runners, each with a folder of their own below the one that the config is for.
#[must_use]
pub fn config(analyses: &[Analysis]) -> String {
    let (known, without): (Vec<&Analysis>, Vec<&Analysis>) =
        analyses.iter().partition(|one| !one.runs.is_empty() || analyses.len() == 1);
    let mut text = head(&known);
    if !without.is_empty() {
        let names: Vec<String> =
            without.iter().map(|one| one.settings.folder().display().to_string()).collect();
        text += &comment(&format!("Without a run, and left out here: {}.", clean(&names.join(", "))));
    }
    text.push('\n');
    text += &top(&known);
    for (index, one) in known.iter().enumerate() {
        text += &athlete_table(one, index == 0);
    }
    text += &conventions();
    text += &rules();
    text += &tissues();
    text
}

fn head(analyses: &[&Analysis]) -> String {
    let dates = || analyses.iter().flat_map(|one| one.runs.iter().map(|run| run.date));
    let n_runs: usize = analyses.iter().map(|one| one.runs.iter().filter(|run| run.counts()).count()).sum();
    let from = match dates().min().zip(dates().max()) {
        Some((first, last)) => format!("from {n_runs} runs, {first} to {last}"),
        None => "without a run".to_owned(),
    };
    comment(&format!("What legwork should know beside the runs. Written by `legwork init` {from}."))
        + "#\n"
        + &comment(
            "A line with # before its key is not in force. It shows an estimate, a default or an example, as the \
             comment above it says. Uncomment a line to fix its value. An estimate that is left free follows the \
             history: each run is scored with what was known on its day. A fixed value holds for all days, past ones \
             too.",
        )
}

/// The keys above the first athlete.
fn top(analyses: &[&Analysis]) -> String {
    let settings = keys::TOP.iter().filter_map(|key| {
        let line = match key.name {
            "as_of" => Line::off(quoted(&analyses.iter().map(|one| one.as_of).max()?.to_string()), ""),
            "units" => match analyses.first()?.units {
                units if units == Units::default() => {
                    let facts = || analyses.iter().flat_map(|one| &one.facts);
                    match facts().find(|fact| fact.key == "units" && fact.value != quoted("metric")) {
                        Some(fact) => {
                            Line::off(fact.value.clone(), format!("Found: {} says so.", clean(&fact.origin)))
                        }
                        None => Line::off(quoted("metric"), ""),
                    }
                }
                _ => Line::on(quoted("imperial")),
            },
            "week_start" => Line::off(quoted("monday"), ""),
            "sports" => {
                let names = Sport::RUNS.map(|sport| quoted(sport.name()));
                Line::off(format!("[{}]", names.join(", ")), "")
            }
            "cross_training" => {
                Line::off(quoted(key.left_out), "It may stand at an athlete too, as sports may.")
            }
            _ => return None,
        };
        Some(setting(key, &line, true))
    });
    settings.collect()
}

/// One runner. The first has every key; of the others only what their runs suggest is repeated.
fn athlete_table(analysis: &Analysis, is_first: bool) -> String {
    let mut text = "\n[[athlete]]\n".to_owned();
    for key in &keys::ATHLETE {
        if let Some(line) = athlete::line(key, analysis)
            && (is_first || line.is_known)
        {
            text += &setting(key, &line, is_first);
        }
    }
    text + &race::found(analysis)
        + &race::example(analysis)
        + &if is_first { gap::example(analysis) } else { String::new() }
}

fn conventions() -> String {
    let head =
        "\n".to_owned() + &comment("Conventions in which tools differ under the same name.") + "[load]\n";
    keys::LOAD.iter().fold(head, |text, key| {
        let line = Line::off(quoted(key.left_out), "");
        text + &setting(key, &line, true)
    })
}

fn rules() -> String {
    let head =
        "\n".to_owned() + &comment("Rules of the massage calendar, each with its default.") + "[rules]\n";
    let of_rule =
        |rule: &&dyn Rule| rule.about().tunables.iter().map(|one| (rule.about().id, one)).collect::<Vec<_>>();
    ALL.iter().flat_map(of_rule).fold(head, |text, (id, rule)| {
        let about = comment(&format!("{id}: {}; from {} to {}.", rule.about, rule.min, rule.max));
        text + &about + &format!("# \"{}\" = {}\n", rule.key, rule.default)
    })
}

fn tissues() -> String {
    let ranges: Vec<String> = KEYS
        .iter()
        .map(|key| format!("{} {}, {} to {}", key.name, key.about, key.range.0, key.range.1))
        .collect();
    let head = "\n".to_owned()
        + &comment(&format!("What training does to each tissue, with the defaults. {}.", ranges.join("; ")))
        + "[tissues]\n";
    let text = keys::TISSUES
        .iter()
        .fold(head, |text, key| text + &setting(key, &Line::off(key.left_out.to_owned(), ""), true));
    TABLE.iter().fold(text, |text, row| {
        let values: Vec<String> =
            KEYS.iter().zip(row.values()).map(|(key, value)| format!("{} = {value}", key.name)).collect();
        text + &format!("# {} = {{ {} }}\n", row.tissue.name(), values.join(", "))
    })
}

/// A key with its line: what it is and takes, what is known of it, and what it would be set to.
fn setting(key: &Key, line: &Line, is_explained: bool) -> String {
    let mut text = String::new();
    if is_explained {
        text += &comment(&format!("{}: {}.", key.about, key.takes.words()));
    }
    if !line.note.is_empty() {
        text += &comment(&line.note);
    }
    let off = if line.is_on { "" } else { "# " };
    text + &format!("{off}{} = {}\n", key.name, line.value)
}

/// A comment, in lines that fit.
fn comment(text: &str) -> String {
    let mut lines = vec![String::from("#")];
    for word in text.split_whitespace() {
        let length = lines.last().map_or(0, |line| line.chars().count());
        if length > 1 && length + 1 + word.chars().count() > WIDTH {
            lines.push(String::from("#"));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

/// Text as a TOML string.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}
