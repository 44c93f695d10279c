//! A reading of movement or effort.

use super::context::Context;
use super::run::name_of;
use super::tree::Explanation;
use crate::error::Error;
use crate::model::Day;
use crate::score::run::Run;
use crate::signals::Signal;
use crate::table::{self, Kind};

const FORMULA: &str = "recent against baseline; a flag takes both: unusual against the spread of the baseline, and the least change worth a look";

/// A signal of a day.
pub(super) fn on(context: &Context<'_>, day: Day, name: &str) -> Result<Vec<Explanation>, Error> {
    let all = || context.analysis.signals.iter().filter(|signal| signal.kind.name() == name);
    let of_day: Vec<Explanation> =
        all().filter(|signal| signal.date == day).map(|signal| reading(context, signal)).collect();
    if of_day.is_empty() {
        let near: Vec<String> = all().map(|signal| signal.date.to_string()).collect();
        let there = match near.as_slice() {
            [] => "there is none at all".to_owned(),
            [first, .., last] => format!("there are {} from {first} to {last}", near.len()),
            [one] => format!("the only one is of {one}"),
        };
        return Err(Error::config("--on", format!("no reading of {name} on {day}; {there}")));
    }
    Ok(of_day)
}

/// A signal that a run gave.
pub(super) fn of_run(context: &Context<'_>, run: &Run, name: &str) -> Result<Vec<Explanation>, Error> {
    let found = context.analysis.signals.iter();
    let own = found.filter(|one| one.kind.name() == name && one.run_id.as_deref() == Some(&run.id));
    let told: Vec<Explanation> = own.map(|signal| reading(context, signal)).collect();
    if told.is_empty() {
        let problem = format!("{} gave no reading of {name}", name_of(run));
        return Err(Error::config("--metric", problem));
    }
    Ok(told)
}

/// One reading with everything that its row of the table says.
pub(super) fn reading(context: &Context<'_>, signal: &Signal) -> Explanation {
    let kind = signal.kind;
    let of = signal
        .run_id
        .as_ref()
        .and_then(|id| context.analysis.runs.iter().find(|run| run.id == *id).map(name_of));
    let mut told = Explanation::new(kind.name(), of.unwrap_or_else(|| signal.date.to_string()), signal.value);
    told.about = format!("a flag would say: {}", kind.words());
    told = told.unit(kind.unit()).formula(FORMULA);
    told.sureness = "C at best, limits H: it says where to look and what to ask";
    for (doc, value) in table::signal_values(context.analysis, signal) {
        let unit = match doc.unit {
            "`unit`" => kind.unit(),
            "`change_unit`" => kind.change_unit(),
            other => other,
        };
        let is_number = matches!(doc.kind, Kind::Float | Kind::Integer) && !value.is_null();
        if is_number && doc.name != "value" || doc.name == "status" {
            told = told.with(doc.name, value, unit);
        }
    }
    told.notes(signal.note.clone())
}
