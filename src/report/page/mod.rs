//! The runner's page and the list of runners, each one HTML file.
//!
//! Input: [`Analysis`]es. Output: HTML that needs nothing from outside: no font, no picture, and a script of its own that
//! nothing depends on. Invariant: text from files is escaped by maud and cleaned of controls, and no place or track is in
//! the page.

mod between;
mod blocks;
mod board;
mod cards;
mod care;
mod figures;
mod import;
mod intensity;
mod method;
mod movement;
mod now;
mod races;
mod ratio;
mod runs;
mod sessions;
mod settings;
pub(super) mod shell;
mod table;
mod weeks;
mod windows;

pub use board::board;

use super::chart::ChartSpec;
use super::{brief, charts, sentences, text};
use crate::analysis::Analysis;
use crate::error::Error;
use maud::{Markup, html};
use shell::shell;

/// The charts that open the page: a calendar that is tried out, and the weeks with blocks, windows and races.
const TIMELINE: [&str; 2] = ["what-if", "weekly-mileage"];

/// A section: its id, its word in the navigation, its heading and what it holds.
type Section = (&'static str, &'static str, &'static str, Markup);

/// The runner's page.
pub fn render(analysis: &Analysis) -> Result<String, Error> {
    let athlete = text::clean(&analysis.athlete);
    let sections = sections(analysis)?;
    let body = html! {
        header {
            p.eyebrow { "Legwork: training load and massage windows, as of " (date(analysis)) }
            h1 { bdi { (athlete) } }
            @if has_brief(analysis) { p.sub { a href=(brief::FILE_NAME) { "One page for a massage therapist" } } }
            @if let Some(tried) = sentences::tried(analysis) { p.tried { (tried) } }
        }
        nav aria-label="Sections" {
            ul { @for (id, name, ..) in &sections { li { a href={ "#" (id) } { (name) } } } }
        }
        main #main {
            @for (id, _, title, content) in &sections {
                section.(id) aria-labelledby=(id) { h2 #(id) { (title) } (content) }
            }
        }
        footer {
            p { "Made by legwork " (env!("CARGO_PKG_VERSION")) " from " (text::count(analysis.ledger.entries.len(), "file")) ". "
                "This page is one file; it loads nothing and sends nothing, and holds no place and no track." }
        }
    };
    Ok(shell(&format!("{athlete}: legwork"), &body).into_string())
}

/// Is there a therapist's page beside this one? Not without a run.
#[must_use]
pub fn has_brief(analysis: &Analysis) -> bool {
    analysis.visits.iter().any(|visit| visit.date == analysis.as_of)
}

fn sections(analysis: &Analysis) -> Result<Vec<Section>, Error> {
    let charts = charts::all(analysis);
    // What is tried out is seen first, over the weeks that it changes.
    let (timeline, others): (Vec<ChartSpec>, Vec<ChartSpec>) =
        charts.into_iter().partition(|chart| TIMELINE.contains(&chart.id));
    Ok(vec![
        ("now", "Now", "Now", now::section(analysis)),
        ("weeks", "Weeks", "The weeks", weeks(&timeline, analysis)?),
        ("windows", "Windows", "Massage windows", windows::section(analysis)),
        ("charts", "Charts", "Charts", grouped(&others, analysis)?),
        ("runs", "Runs", "Runs", runs::section(analysis)),
        ("blocks", "Blocks", "Blocks", blocks::section(analysis)),
        ("method", "Method", "How the numbers were made", method::section(analysis)),
        ("import", "Files", "What was read", import::section(analysis)),
        ("care", "About massage", "What massage can and cannot do", care::section()),
        ("red-flags", "Red flags", "Red flags", care::red_flags(analysis)),
    ])
}

/// The timeline, and each week as a row.
fn weeks(timeline: &[ChartSpec], analysis: &Analysis) -> Result<Markup, Error> {
    let figures = timeline
        .iter()
        .map(|spec| figures::figure(spec, analysis, &html! { h3 { (spec.title) } }))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(html! {
        @for figure in &figures { (figure) }
        details { summary { "All weeks as a table" } (weeks::section(analysis)) }
    })
}

/// The charts under their headings; the readings of movement stand under theirs, with or without a chart.
fn grouped(charts: &[ChartSpec], analysis: &Analysis) -> Result<Markup, Error> {
    let mut parts = Vec::new();
    let mut has_movement = false;
    for (name, charts) in figures::groups(charts) {
        let figures = charts
            .into_iter()
            .map(|spec| figures::figure(spec, analysis, &html! { h4 { (spec.title) } }))
            .collect::<Result<Vec<_>, _>>()?;
        let readings = (name == figures::MOVEMENT).then(|| movement::section(analysis));
        has_movement |= readings.is_some();
        let scope = (name == figures::LOAD).then(|| format!(" of {}", analysis.load_scope()));
        parts.push(html! {
            h3.group id=[readings.is_some().then_some("movement")] { (name) (scope.unwrap_or_default()) }
            @for figure in &figures { (figure) }
            @if let Some(readings) = &readings { (readings) }
        });
    }
    if !has_movement {
        parts.push(html! { h3.group #movement { (figures::MOVEMENT) } (movement::section(analysis)) });
    }
    Ok(html! { @for part in &parts { (part) } })
}

fn date(analysis: &Analysis) -> Markup {
    html! { time datetime=(analysis.as_of) { (text::day_and_year(analysis.as_of)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{empty, sample, tiny, with_cross_training};

    /// Words that would promise or frighten.
    const FORBIDDEN: [&str; 8] =
        ["safe", "danger", "risk", "prevents", "probability", "lactic", "sweet spot", "optimal"];

    #[test]
    fn the_page_has_every_section_and_asks_for_nothing() {
        let html = render(&sample(30)).unwrap();
        for id in [
            "now",
            "weeks",
            "windows",
            "charts",
            "movement",
            "runs",
            "blocks",
            "method",
            "import",
            "care",
            "red-flags",
        ] {
            assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
        let policy = shell::policy();
        assert!(html.contains(policy.replace('\'', "&#39;").as_str()) || html.contains(&policy));
        for outside in ["http:", "https:", "@import", "url(", "<img", " src="] {
            assert!(!html.contains(outside), "{outside}");
        }
        let charts = charts::all(&sample(30));
        assert_eq!(html.matches("<svg").count(), 3 * charts.len());
        let place = |id: &str| html.find(&format!("id=\"{id}\"")).unwrap();
        assert!(charts.iter().all(|chart| place(chart.id) < place("runs")));
        assert!(place("now") < place(TIMELINE[1]) && place(TIMELINE[1]) < place("windows"));
        assert!(html.contains("<html lang=\"en\">") && html.contains("class=\"skip\""));
    }

    #[test]
    fn ids_are_unique() {
        let html = render(&sample(30)).unwrap();
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let n_ids = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n_ids);
    }

    #[test]
    fn nothing_promises_or_frightens() {
        for analysis in [sample(30), tiny(), empty()] {
            let html = render(&analysis).unwrap().to_lowercase();
            let body = html.split("</style>").nth(1).unwrap();
            for word in FORBIDDEN {
                assert!(!body.contains(word), "{word}");
            }
        }
    }

    #[test]
    fn next_to_nothing_is_said_plainly() {
        let html = render(&tiny()).unwrap();
        for words in [
            "This week so far (1 of 7 days) has 5.0 km in 1 run.",
            "No massage window is planned.",
            "No race is on the calendar.",
            "No run has heart rate or a threshold pace",
            "The history is too short to be parted into blocks.",
            "not known",
        ] {
            assert!(html.contains(words), "{words}");
        }
        assert!(render(&empty()).unwrap().contains("No run has been read yet."));
    }

    #[test]
    fn a_page_of_a_calendar_that_is_tried_out_says_so_in_its_head() {
        let mut analysis = sample(6);
        let head =
            |analysis: &Analysis| render(analysis).unwrap().split("</header>").next().unwrap().to_owned();
        assert!(!head(&analysis).contains("What if"));
        analysis.tried = Some(crate::analysis::Tried { plan: Some("<b>.csv".into()), ..Default::default() });
        assert!(
            head(&analysis).contains("What if: the days to come are planned with the plan &lt;b&gt;.csv")
        );
    }

    #[test]
    fn text_from_files_comes_out_as_text() {
        let hostile = "<script>alert('x')</script>\u{202E}&\u{7}";
        let mut analysis = sample(6);
        analysis.athlete = hostile.into();
        analysis.runs.last_mut().unwrap().title = Some(hostile.into());
        analysis.runs.last_mut().unwrap().notices = vec![hostile.into()];
        analysis.races[0].name = hostile.into();
        analysis.races[2].name = hostile.into();
        analysis.notices[0].source = hostile.into();
        analysis.windows[7].race = Some(hostile.into());
        analysis.windows[7].reasons[0].text = hostile.into();
        analysis.blocks[0].reasons[0].text = hostile.into();
        let html = render(&analysis).unwrap();
        assert!(html.matches("<script").count() <= 1 && html.contains("&lt;script&gt;"));
        assert!(!html.contains(['\u{202E}', '\u{7}']));
    }

    #[test]
    fn an_imperial_page_has_miles_and_feet_alone() {
        let mut analysis = Analysis { units: crate::model::units::Units::Imperial, ..sample(30) };
        for race in &mut analysis.races {
            race.name = "A race".into();
        }
        for window in &mut analysis.windows {
            window.reasons.clear();
        }
        // Five and ten kilometres go by that name in every country.
        let html = render(&analysis).unwrap().replace("worth 5 km ", "").replace(", 10 km ", "");
        for metric in [" km", "/km", "km<", " m<", " m,"] {
            let found = html.find(metric).map(|at| html[..at].chars().rev().take(60).collect::<String>());
            assert_eq!(found.map(|text| text.chars().rev().collect::<String>()), None, "{metric}");
        }
        assert!(html.contains(" mi") && html.contains("min/mi"));
    }

    #[test]
    fn every_section_says_what_its_load_is_of() {
        let section = |html: &str, id: &str| {
            let from = html.find(&format!("aria-labelledby=\"{id}\"")).unwrap();
            html[from..].split("</section>").next().unwrap().to_owned()
        };
        let html = render(&with_cross_training(sample(30))).unwrap();
        for id in ["now", "weeks", "charts", "blocks", "method"] {
            assert!(section(&html, id).contains("runs and cross-training"), "{id}");
        }
        let runs = section(&html, "runs");
        for words in [
            "<h3>Cross-training</h3>",
            ">cycling</td><td>40</td>",
            ">swimming</td><td>–</td>",
            "none made up",
        ] {
            assert!(runs.contains(words), "{words}: {runs}");
        }
        assert!(section(&html, "charts").contains("Load of runs and cross-training</h3>"));
        let captions: Vec<&str> =
            html.split("<caption>").skip(1).filter_map(|rest| rest.split("</caption>").next()).collect();
        let of_load = || captions.iter().filter(|caption| caption.to_lowercase().contains("load of"));
        assert_eq!(of_load().count(), 7, "{captions:?}");
        assert!(of_load().all(|caption| caption.contains("load of runs and cross-training")), "{captions:?}");
        // Where it does not count, the page knows nothing of it.
        let html = render(&sample(30)).unwrap();
        let body = html.split("</style>").nth(1).unwrap();
        assert!(!body.to_lowercase().contains("cross-training"));
        for id in ["weeks", "charts", "blocks", "method"] {
            assert!(
                section(&html, id).to_lowercase().contains("load of runs")
                    || section(&html, id).contains("Load: of runs"),
                "{id}"
            );
        }
    }

    #[test]
    fn the_same_analysis_gives_the_same_page() {
        assert_eq!(render(&sample(30)).unwrap(), render(&sample(30)).unwrap());
    }
}
