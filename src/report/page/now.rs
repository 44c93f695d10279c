//! What now, in ten seconds: this week, the next window, the next race, and what each of the days ahead leaves room for.

use super::cards::depth_bars;
use crate::analysis::Analysis;
use crate::massage::day::DayWork;
use crate::massage::window::{Status, Window};
use crate::model::calendar::{days_between, plus};
use crate::model::{Day, Depth, Race};
use crate::report::{sentences, text, usual};
use chrono::Datelike;
use maud::{Markup, html};

/// Days in the strip: the horizon of the planner.
const DAYS_AHEAD: u32 = 28;

/// Three tiles with a sentence each, and the days ahead.
pub fn section(analysis: &Analysis) -> Markup {
    html! {
        div.tiles {
            (week(analysis))
            (window(analysis))
            (race(analysis))
        }
        (ahead(analysis))
    }
}

fn tile(label: &str, figure: &Markup, below: &Markup) -> Markup {
    html! { div.tile { h3.eyebrow { (label) } p.figure { (figure) } (below) } }
}

fn week(analysis: &Analysis) -> Markup {
    let figure = match analysis.weeks.last() {
        Some(week) if week.n_runs == 0 => "No run yet".to_owned(),
        Some(week) if week.distance_m > 0.0 => analysis.units.distance(week.distance_m),
        Some(week) => text::hours(week.timer_s),
        None => "–".to_owned(),
    };
    let share = analysis
        .weeks
        .last()
        .zip(usual::week_before(analysis))
        .map(|(week, (mean, _))| week.distance_m / mean);
    let share = share.filter(|share| share.is_finite());
    let below = html! {
        @if let Some(share) = share { (meter(share)) }
        p { (sentences::load(analysis)) }
    };
    tile("This week", &html! { (figure) }, &below)
}

/// This week on a bar whose mark is the mean week; the sentence below says both.
fn meter(share: f64) -> Markup {
    /// The bar ends at this many mean weeks.
    const END: f64 = 1.5;
    let percent = |share: f64| format!("{:.0}%", 100.0 * (share / END).clamp(0.0, 1.0));
    html! {
        div.meter aria-hidden="true" style={ "--mean:" (percent(1.0)) } { i style={ "width:" (percent(share)) } {} }
    }
}

fn window(analysis: &Analysis) -> Markup {
    let next = sentences::next_window(analysis).filter(|_| sentences::red_flag(analysis).is_none());
    let figure = html! {
        @match next {
            Some(window) => { (depth_bars(window.depth)) (when(window, analysis.as_of)) },
            None => "–",
        }
    };
    let sentences::NextMassage { said, why, opening } = sentences::next_massage(analysis);
    let below = html! {
        @if let Some(said) = said { p { (said) } }
        @if let Some(why) = why { p.sub { (why) } }
        @if let Some(opening) = opening { p { (opening) } }
    };
    tile("Next massage", &figure, &below)
}

fn when(window: &Window, as_of: Day) -> String {
    match window.status {
        Status::Open => "Open now".to_owned(),
        _ => text::capital(&text::distance_in_days(days_between(as_of, window.start))),
    }
}

fn race(analysis: &Analysis) -> Markup {
    let figure = sentences::next_race(analysis).map_or_else(
        || "–".to_owned(),
        |race| text::capital(&text::distance_in_days(days_between(analysis.as_of, race.date))),
    );
    tile("Next race", &html! { (figure) }, &html! { p { (sentences::race_and_day(analysis)) } })
}

/// What lies on a day of the strip.
struct Ahead<'a> {
    work: &'a DayWork,
    window: Option<&'a Window>,
    race: Option<&'a Race>,
}

/// The days from `as_of` on with the most that each leaves room for; nothing where the plan does not reach ahead.
fn ahead(analysis: &Analysis) -> Markup {
    let last = plus(analysis.as_of, DAYS_AHEAD - 1);
    let days: Vec<Ahead<'_>> = analysis
        .work
        .iter()
        .filter(|work| analysis.as_of <= work.date && work.date <= last)
        .map(|work| Ahead {
            work,
            window: analysis
                .windows
                .iter()
                .find(|window| window.start <= work.date && work.date <= window.end),
            race: analysis.races.iter().find(|race| race.date == work.date),
        })
        .collect();
    html! {
        @if days.len() > 1 {
            h3 #ahead { "What each day ahead leaves room for" }
            ol.ahead aria-labelledby="ahead" { @for day in &days { (day.cell(analysis.as_of)) } }
            p.key aria-hidden="true" {
                span { (depth_bars(Depth::Light)) "light" } span { (depth_bars(Depth::Moderate)) "up to moderate" }
                span { (depth_bars(Depth::Deep)) "up to deep" }
                span { (depth_bars(Depth::None)) "no hands-on work" }
                span { i.window {} "massage window" }
            }
        }
    }
}

impl Ahead<'_> {
    fn cell(&self, as_of: Day) -> Markup {
        let date = self.work.date;
        let is_best = self.window.is_some_and(|window| window.best == date);
        let class = if self.window.is_some() { "in" } else { "" };
        let mark = match (self.race, is_best) {
            (Some(_), _) => "race".to_owned(),
            (None, true) => "best".to_owned(),
            (None, false) if date.day() == 1 || date == as_of => date.format("%b").to_string(),
            _ => String::new(),
        };
        html! {
            li.(class).today[date == as_of] title=(self.words()) {
                span.said { (self.words()) }
                span aria-hidden="true" {
                    (date.format("%a")) b { (date.day()) }
                }
                span.room aria-hidden="true" { (depth_bars(self.work.ceiling)) }
                span.mark aria-hidden="true" { (mark) }
            }
        }
    }

    /// `Sun 17 May: up to moderate; massage window, its best day`.
    fn words(&self) -> String {
        let room = match self.work.ceiling {
            Depth::None => "no hands-on work".to_owned(),
            Depth::Light => "light work at most".to_owned(),
            depth => format!("up to {} work", depth.name()),
        };
        let mut parts = vec![format!("{}: {room}", text::day(self.work.date))];
        if let Some(window) = self.window {
            let best = if window.best == self.work.date { ", its best day" } else { "" };
            parts.push(format!("massage window ({}){best}", window.depth.name()));
        }
        parts.extend(self.race.map(|race| text::clean(&race.name)));
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{empty, sample, tiny};

    fn day(date: Day, ceiling: Depth) -> DayWork {
        DayWork {
            date,
            is_projected: true,
            ceiling,
            limits: Vec::new(),
            need: 0.0,
            due: 0.0,
            every_days: 28.0,
            reasons: Vec::new(),
        }
    }

    #[test]
    fn each_tile_has_its_sentence_and_each_day_its_words() {
        let mut analysis = sample(30);
        let today = analysis.as_of;
        analysis.work = (0..40)
            .map(|n| day(plus(today, n), if n == 1 { Depth::None } else { Depth::Moderate }))
            .collect();
        let page = section(&analysis).into_string();
        for words in [
            "<h3 class=\"eyebrow\">This week</h3>",
            "</span>Open now</p><p>A massage window is open (Wed 27 – Sat 30 May)",
            "<p class=\"sub\">Why: the last session was 19 days ago",
            "<p class=\"figure\">In 17 days</p><p>City marathon (42.2 km) on ",
            "Thu 28 May: up to moderate work; massage window (moderate), its best day",
            "Fri 29 May: no hands-on work",
            "; City marathon\"",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert_eq!(page.matches("<li ").count(), DAYS_AHEAD as usize);
    }

    #[test]
    fn without_plan_and_weeks_the_tiles_say_so() {
        for analysis in [tiny(), empty()] {
            let page = section(&analysis).into_string();
            assert!(page.contains("No massage window is planned.") && !page.contains("<ol"), "{page}");
        }
        assert!(section(&empty()).into_string().contains("No run has been read yet."));
    }
}
