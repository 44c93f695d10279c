//! Which runs were races, and by what signs.

use crate::analysis::Analysis;
use crate::model::{Race, RaceOrigin};
use crate::report::text;
use crate::score::race::{RaceScore, Verdict, name_of};
use crate::score::run::Run;
use maud::{Markup, html};

/// Races before the fold.
const RACES_SHOWN: usize = 6;

/// The races of the past, and below them the runs that only look like one.
pub fn section(analysis: &Analysis) -> Markup {
    let past: Vec<&Race> = analysis.races.iter().rev().filter(|race| race.date <= analysis.as_of).collect();
    let scored = analysis.runs.iter().rev().filter(|run| run.counts());
    let scored: Vec<(&Run, &RaceScore)> = scored.filter_map(|run| Some((run, run.race.as_ref()?))).collect();
    let probable = scored.iter().filter(|(_, score)| score.verdict() == Verdict::Probable);
    let probable: Vec<Markup> = probable.map(|(run, score)| probable_one(analysis, run, score)).collect();
    let races: Vec<Markup> = past.iter().map(|race| one(analysis, race, &scored)).collect();
    html! {
        @if races.is_empty() {
            p { "No race is listed up to now, and no run has the signs of one." }
        } @else {
            (list(&races))
        }
        @if !probable.is_empty() {
            h4 { "To confirm in the config" }
            p.note { "These look like races, and count as none until legwork.toml lists them." }
            (list(&probable))
        }
        p.note { "From 6 points a run is taken for a race, where its name, its heart rate, the file or you say so too; from 4.5 it is asked about." }
    }
}

/// The first ones as a list, the others behind a fold.
fn list(races: &[Markup]) -> Markup {
    let (shown, folded) = races.split_at(RACES_SHOWN.min(races.len()));
    html! {
        ul.races { @for race in shown { (race) } }
        @if !folded.is_empty() {
            details {
                summary { (folded.len()) " earlier" }
                ul.races { @for race in folded { (race) } }
            }
        }
    }
}

fn one(analysis: &Analysis, race: &Race, scored: &[(&Run, &RaceScore)]) -> Markup {
    let run = scored.iter().find(|(run, score)| run.date == race.date && score.is_race());
    let from = match race.origin {
        RaceOrigin::Config => "your config",
        RaceOrigin::File => "the file",
        RaceOrigin::Detected => "its signs",
        RaceOrigin::Plan => "your plan",
    };
    let distance = analysis.units.distance(race.distance_m);
    html! {
        li {
            time datetime=(race.date) { (race.date) } " " strong { bdi { (text::clean(&race.name)) } } ", " (distance)
            ", known from " (from) "."
            @match run {
                Some((_, score)) => (signs(score)),
                None => span.under { "No run of that day measures like it." },
            }
        }
    }
}

fn probable_one(analysis: &Analysis, run: &Run, score: &RaceScore) -> Markup {
    let name = run.title.clone().unwrap_or_else(|| format!("{}?", name_of(score.distance_m)));
    html! {
        li {
            time datetime=(run.date) { (run.date) } " " strong { bdi { (text::clean(&name)) } } ", "
            (analysis.units.distance(score.distance_m))
            (signs(score))
        }
    }
}

/// The points and what each is for.
fn signs(score: &RaceScore) -> Markup {
    html! { span.under { (text::number(score.total(), 1)) " points: " (score.signs()) } }
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
            "Spring half marathon by the river</bdi></strong>, 21.1 km",
            "13.0 points: ",
            "it is in your list of races (10), the fastest of a year over the distance, to 2 % (3)",
            "No run of that day measures like it.",
            "To confirm in the config",
            "&lt;b&gt;fast&lt;/b&gt;</bdi></strong>, 10.0 km<span class=\"under\">5.0 points: ",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("City marathon"), "it is still to come");
        assert!(section(&tiny()).into_string().contains("no run has the signs of one"));
    }
}
