//! A reading of movement or effort.

use super::context::Context;
use super::run::name_of;
use super::tree::{Explanation, List};
use crate::error::Error;
use crate::model::Day;
use crate::score::run::Run;
use crate::signals::{self, Adverse, Evidence, Found, Line, Rule, Scale, Signal, SignalKind, Status};
use crate::signals::{BASELINE_DAYS, LATEST_DAYS, RECENT_DAYS};
use crate::table::{self, Kind};

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

/// One reading with everything that its row of the table says, and what it was judged by.
pub(super) fn reading(context: &Context<'_>, signal: &Signal) -> Explanation {
    let kind = signal.kind;
    let mut told = told_of(context, signal);
    told = told.unit(kind.unit()).formula(formula(kind));
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
    let told = told.notes(signal.note.clone());
    let runs = signals::readings(&context.analysis.history, &context.analysis.runs);
    match signals::evidence(signal, &context.analysis.signals, &runs) {
        Some(evidence) => judged(signal, &evidence, told),
        None => told,
    }
}

/// One reading at a glance of a day or run: how it compares, in a line.
pub(super) fn line(context: &Context<'_>, signal: &Signal, of: &str) -> Explanation {
    let mut told = told_of(context, signal).unit(signal.kind.unit());
    let change = signal.change.map(|change| {
        let unit = signal.kind.change_unit();
        format!(", {} {unit} against usual", super::text::signed(change))
    });
    told.about =
        format!("{}{} ({})", signal.status.name(), change.unwrap_or_default(), signal.kind.title(None));
    of.clone_into(&mut told.of);
    told.line()
}

fn told_of(context: &Context<'_>, signal: &Signal) -> Explanation {
    let run = signal.run_id.as_ref().and_then(|id| context.analysis.runs.iter().find(|run| run.id == *id));
    let of = run.map_or_else(|| signal.date.to_string(), name_of);
    let mut told = Explanation::new(signal.kind.name(), of, signal.value);
    told.about = format!("a flag would say: {}", signal.kind.words());
    told
}

/// The rule of a signal with its limits.
fn formula(kind: SignalKind) -> String {
    let rule = kind.rule();
    let (geometric, of_logs) = match rule.scale {
        Scale::Log => ("geometric ", " of logarithms"),
        Scale::Plain => ("", ""),
    };
    let recent = if kind.is_of_morning() {
        format!("mornings of {LATEST_DAYS} days")
    } else if rule.n_recent == 1 {
        "last run".to_owned()
    } else {
        format!("last {} runs within {RECENT_DAYS} days", rule.n_recent)
    };
    let usual = if rule.by_median { "median".to_owned() } else { format!("{geometric}mean") };
    let change = match rule.scale {
        Scale::Log => "100 × ln(recent / baseline)",
        Scale::Plain => "recent − baseline",
    };
    format!(
        "recent = {geometric}mean of the {recent}; baseline = {usual} of those {LATEST_DAYS} to {} days before; \
         change = {change}; z = change / sd (n − 1{of_logs}) of the baseline. Unusual: {}. Large: {}. Both are a flag{}, one is \
         watch, none is usual",
        BASELINE_DAYS - 1,
        unusual(&rule),
        large(kind, &rule),
        if kind.is_of_morning() { " on the third such morning in a row, before that watch" } else { "" },
    )
}

/// `z ≥ 1.5`.
fn limit(what: &str, rule: &Rule, at: f64, unit: &str) -> String {
    match rule.adverse {
        Adverse::Higher => format!("{what} ≥ {at}{unit}"),
        Adverse::Lower => format!("{what} ≤ \u{2212}{at}{unit}"),
        Adverse::Either => format!("{what} ≥ {at}{unit} to either side"),
    }
}

fn unusual(rule: &Rule) -> String {
    let above = rule.above_share.map(|share| format!(" and recent over {share} of the baseline"));
    limit("z", rule, rule.unusual_sd, "") + &above.unwrap_or_default()
}

fn large(kind: SignalKind, rule: &Rule) -> String {
    let Some(least) = rule.worthwhile else { return "whatever is unusual".to_owned() };
    let change = limit("change", rule, least, &format!(" {}", kind.change_unit()));
    match rule.n_persistent {
        Some(n) => format!("{change}, in {n} of the recent runs each by itself"),
        None => change,
    }
}

/// The readings, and why they make that status.
fn judged(signal: &Signal, evidence: &Evidence, told: Explanation) -> Explanation {
    let kind = signal.kind;
    let rule = kind.rule();
    let list = |name, values: &[(String, f64)]| List {
        name,
        by: if kind.is_of_morning() { "morning" } else { "day and run" },
        unit: kind.unit(),
        values: values.iter().map(|(of, value)| (of.clone(), Some(*value))).collect(),
    };
    let told = told
        .list(list("recent", &evidence.recent))
        .list(list("baseline", &evidence.baseline))
        .notes(evidence.line.map(|line| matched(kind, &rule, line)));
    let Some(found) = &evidence.found else { return told };
    let sd = found.sd.map(|sd| if rule.scale == Scale::Log { 100.0 * sd } else { sd });
    let told = told.with("sd", sd, kind.change_unit());
    let told = match found.above {
        Some(above) => told.with("baseline_high_share", rule.scale.shown(above), kind.unit()),
        None => told,
    };
    told.note(why(signal.status, &rule, found, evidence))
}

/// The line that minutes are held against.
fn matched(kind: SignalKind, rule: &Rule, line: Line) -> String {
    let y = if rule.scale == Scale::Log { "ln(value)" } else { "value" };
    let x = if kind == SignalKind::HrAtPace { "speed" } else { "ln(speed)" };
    format!(
        "line through the steady minutes of the baseline: {y} = {:.4} + {:.4} × {x} in m/s; a run's value is the line at \
         speed_mps moved by the mean distance of its own minutes from it",
        line.intercept, line.slope
    )
}

/// Why it is a flag, watch or usual.
fn why(status: Status, rule: &Rule, found: &Found, evidence: &Evidence) -> String {
    let unusual = if found.is_unusual { "unusual" } else { "not unusual" };
    let large = match (rule.worthwhile, found.is_worthwhile, rule.n_persistent) {
        (None, ..) => String::new(),
        (_, true, _) => ", and large enough".to_owned(),
        (_, false, None) => ", and not large enough".to_owned(),
        (_, false, Some(needed)) => {
            let n = found.n_changed.unwrap_or(0);
            format!(", and not large enough: {n} of {needed} recent runs are")
        }
    };
    let reason = format!("{}: it is {unusual}{large}", status.name());
    if !(found.is_unusual && found.is_worthwhile) || evidence.in_a_row.is_empty() {
        return reason;
    }
    let mornings = evidence.in_a_row.iter().map(|(day, one)| {
        let over = match one {
            Status::Flag => "over",
            Status::TooFew => "too few readings",
            Status::Watch | Status::Usual => "not over",
        };
        format!("{day} {over}")
    });
    let mornings = mornings.collect::<Vec<_>>().join(", ");
    format!("{reason}; a flag takes three mornings in a row over the limits: {mornings}")
}
