//! Which runs were races, and by what signs.

use super::table::{folded_table, numbers, prose, words};
use crate::analysis::Analysis;
use crate::model::{Race, RaceOrigin};
use crate::report::text;
use crate::score::race::{RaceScore, Verdict, name_of};
use crate::score::run::Run;
use maud::{Markup, html};

/// Rows before the fold.
const RACES_SHOWN: usize = 6;

/// The races of the past, and below them the runs that only look like one.
pub fn section(analysis: &Analysis) -> Markup {
    let past: Vec<&Race> = analysis.races.iter().rev().filter(|race| race.date <= analysis.as_of).collect();
    let scored = analysis.runs.iter().rev().filter(|run| run.counts());
    let scored: Vec<(&Run, &RaceScore)> = scored.filter_map(|run| Some((run, run.race.as_ref()?))).collect();
    let probable: Vec<Vec<Markup>> = scored
        .iter()
        .filter(|(_, score)| score.verdict() == Verdict::Probable)
        .map(|(run, score)| probable_row(analysis, run, score))
        .collect();
    let rows: Vec<Vec<Markup>> = past.iter().map(|race| row(analysis, race, &scored)).collect();
    let columns =
        [words("date"), prose("race"), numbers("points"), prose("signs, with their points"), words("from")];
    html! {
        @if rows.is_empty() {
            p { "No race is listed up to now, and no run has the signs of one." }
        } @else {
            (folded_table("Races", &columns, rows, RACES_SHOWN))
        }
        @if !probable.is_empty() {
            h4 { "To confirm in the config" }
            (folded_table("Runs that look like races", &columns[..4], probable, RACES_SHOWN))
            p.note { "These look like races, and count as none until legwork.toml lists them." }
        }
        p.note { "From 6 points a run is taken for a race, where its name, its heart rate, the file or you say so too; from 4.5 it is asked about." }
    }
}

fn row(analysis: &Analysis, race: &Race, scored: &[(&Run, &RaceScore)]) -> Vec<Markup> {
    let run = scored.iter().find(|(run, score)| run.date == race.date && score.is_race());
    let from = match race.origin {
        RaceOrigin::Config => "your config",
        RaceOrigin::File => "the file",
        RaceOrigin::Detected => "its signs",
        RaceOrigin::Plan => "your plan",
    };
    let said =
        run.map_or_else(|| "no run of that day measures like it".to_owned(), |(_, score)| score.signs());
    vec![
        html! { time datetime=(race.date) { (race.date) } },
        named(&race.name, &analysis.units.distance(race.distance_m)),
        html! { (text::number_or_dash(run.map(|(_, score)| score.total()), 1)) },
        html! { (said) },
        html! { (from) },
    ]
}

fn probable_row(analysis: &Analysis, run: &Run, score: &RaceScore) -> Vec<Markup> {
    let title = run.title.clone().unwrap_or_else(|| format!("{}?", name_of(score.distance_m)));
    vec![
        html! { time datetime=(run.date) { (run.date) } },
        named(&title, &analysis.units.distance(score.distance_m)),
        html! { (text::number(score.total(), 1)) },
        html! { (score.signs()) },
    ]
}

fn named(name: &str, distance: &str) -> Markup {
    html! { bdi { (text::clean(name)) } ", " (distance) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{sample, tiny};
    use crate::score::race::{Points, Sign};

    fn score(points: &[(Sign, f64)]) -> RaceScore {
        let points = points.iter().map(|&(sign, points)| Points { sign, points }).collect();
        RaceScore { distance_m: 10_000.0, seconds: 2500.0, late_hr_bpm: None, points, is_outdone: false }
    }

    #[test]
    fn races_have_their_signs_and_probable_ones_are_asked_about() {
        let mut analysis = sample(30);
        let n = analysis.runs.len();
        let date = analysis.runs[n - 20].date;
        analysis.runs[n - 20].race = Some(score(&[(Sign::Listed, 10.0), (Sign::Best, 3.0)]));
        analysis.races[1].date = date;
        analysis.runs[n - 3].race = Some(score(&[(Sign::Best, 3.0), (Sign::Distance, 2.0)]));
        analysis.runs[n - 3].title = Some("<b>fast</b>".into());
        let page = section(&analysis).into_string();
        for words in [
            "Spring half marathon by the river</bdi>, 21.1 km</td><td>13.0</td>",
            "it is in your list of races (10), the fastest of a year over the distance, to 2 % (3)",
            "no run of that day measures like it",
            "To confirm in the config",
            "&lt;b&gt;fast&lt;/b&gt;</bdi>, 10.0 km</td><td>5.0</td>",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("City marathon"), "it is still to come");
        assert!(section(&tiny()).into_string().contains("no run has the signs of one"));
    }
}
