//! Races that were found in the runs, as tables to uncomment.

use super::{comment, quoted};
use crate::analysis::Analysis;
use crate::config::{keys, parse_distance};
use crate::model::calendar::plus;
use crate::model::text::clean;
use crate::score::race::{RaceScore, Verdict, name_of};
use crate::score::run::Run;

/// Days from the day of the analysis to the race that is made up.
const EXAMPLE_DAYS: u32 = 56;

/// The races found, and below them those that only look like one.
pub(super) fn found(analysis: &Analysis) -> String {
    let scored = analysis.runs.iter().filter(|run| run.counts());
    let scored: Vec<(&Run, &RaceScore)> = scored.filter_map(|run| Some((run, run.race.as_ref()?))).collect();
    let of = |verdict: Verdict| -> String {
        scored
            .iter()
            .filter(|(_, score)| score.verdict() == verdict)
            .map(|(run, score)| one(run, score))
            .collect()
    };
    let under = |heading: &str, races: String| {
        if races.is_empty() { races } else { format!("\n{}{races}", comment(heading)) }
    };
    let races = "Races found in the runs, with the signs and their points; from 6 a run is taken for one. List them to fix \
                 name, distance and priority.";
    let probable = "Confirm these: they look like races, and count as none until they are listed here.";
    under(races, of(Verdict::Race)) + &under(probable, of(Verdict::Probable))
}

fn one(run: &Run, score: &RaceScore) -> String {
    let name = run.title.as_deref().map(clean).filter(|name| !name.is_empty());
    let distance = name_of(score.distance_m);
    let name = name.unwrap_or_else(|| format!("{distance} race"));
    // Not every name of a distance is one that the config reads.
    let is_read = parse_distance(&distance).is_some_and(|metres| (metres - score.distance_m).abs() < 1.0);
    let distance = if is_read { distance } else { format!("{:.2} km", score.distance_m / 1000.0) };
    let points = format!("{:.1} points: {}.", score.total(), score.signs());
    "\n".to_owned() + &comment(&points) + &table(&run.date.to_string(), &name, &distance, "B")
}

fn table(date: &str, name: &str, distance: &str, priority: &str) -> String {
    let values = [("date", date), ("name", name), ("distance", distance), ("priority", priority)];
    let lines = values.map(|(key, value)| format!("# {key} = {}\n", quoted(value)));
    format!("# [[athlete.race]]\n{}", lines.concat())
}

/// A race to come, made up: the one thing that no run can tell.
pub(super) fn example(analysis: &Analysis) -> String {
    let heading = comment("A race to come, as an example: windows and tapers follow what is listed here.");
    let about = |key: &keys::Key| comment(&format!("{}: {} ({}).", key.name, key.about, key.takes.words()));
    let about: String = keys::RACE.iter().map(about).collect();
    let date = plus(analysis.as_of, EXAMPLE_DAYS).to_string();
    format!("\n{heading}{about}{}", table(&date, "City marathon", "marathon", "A"))
}
