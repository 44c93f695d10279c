//! An analysis to the charts of the report, as data.
//!
//! Input: an [`Analysis`]. Output: [`ChartSpec`]s in reading order, in the units of the analysis. Invariant:
//! all charts of recent weeks share one time axis.

mod fitness;
mod intensity;
mod load;
mod longest;
mod mileage;
mod signals;
mod strain;
mod thresholds;
mod tissues;
mod what_if;
mod year;

pub use load::HONEST;

use super::chart::{
    Body, BurnIn, ChartSpec, LinePath, Marks, Panel, RaceMark, Series, Stretch, Stroke, TimeAxis,
};
use super::text;
use crate::analysis::Analysis;
use crate::load::day::{DayRow, WeekRow};
use crate::model::calendar::{minus, plus, week_start};
use crate::model::units::Units;
use crate::model::{Day, Race};

/// Weeks before the one of `as_of` that the charts show, that one included.
pub const RECENT_WEEKS: u32 = 26;
/// The same for the calendar.
const YEAR_WEEKS: u32 = 53;
/// Weeks after the one of `as_of`: room for the windows and races of the planner's horizon.
pub const WEEKS_AHEAD: u32 = 4;
/// What dashed lines are, in words.
const PROJECTED: &str = " Dashed, after the day of the analysis: projected from races, plan and habit.";
/// The same where the load before is not of runs alone.
const PROJECTED_ALONE: &str =
    " Dashed, after the day of the analysis: projected from races, plan and habit, without cross-training.";
/// Longest race name on a chart in characters.
const RACE_NAME_MAX: usize = 24;

/// Every chart of the report that the history is long enough for.
#[must_use]
pub fn all(analysis: &Analysis) -> Vec<ChartSpec> {
    let recent = View::recent(analysis);
    let mut charts: Vec<ChartSpec> = what_if::chart(&recent).into_iter().collect();
    charts.extend([
        mileage::weekly(&recent),
        longest::chart(&recent),
        load::chart(&recent),
        intensity::chart(&recent),
        fitness::chart(&recent),
        tissues::chart(&recent),
    ]);
    charts.extend(strain::chart(&recent));
    charts.extend(signals::charts(&recent));
    charts.push(year::chart(&View::last_year(analysis)));
    let whole = View::whole(analysis);
    charts.extend(thresholds::chart(&whole));
    if analysis.weeks.len() > RECENT_WEEKS as usize {
        charts.push(mileage::history(&whole));
    }
    charts
}

/// The name of a race, short; its distance where the name is that of a file.
fn race_name(race: &Race, units: Units) -> String {
    /// So many digits in a row are a number of a device or a site, no year and no distance.
    const NUMBER_DIGITS: usize = 6;
    let name = text::clean(&race.name).to_lowercase();
    let is_number =
        |word: &str| word.len() >= NUMBER_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = name.split(|letter: char| !letter.is_alphanumeric());
    let is_file = words.any(|word| ["gpx", "fit", "tcx"].contains(&word) || is_number(word));
    if is_file { units.distance(race.distance_m) } else { text::short(&race.name, RACE_NAME_MAX) }
}

/// What hatched bars say where some of the weeks are not whole.
fn hatched_weeks(weeks: &[&WeekRow]) -> Option<String> {
    let mut partial = weeks.iter().filter(|week| !week.is_whole());
    let (first, is_only) = (partial.next()?, partial.next().is_none());
    let is_running = weeks.last().is_some_and(|last| last.start == first.start);
    Some(if is_only && is_running {
        format!("so far: {} of 7 days", first.n_known())
    } else {
        "not a whole week".to_owned()
    })
}

/// The part of an analysis that a chart shows.
struct View<'a> {
    analysis: &'a Analysis,
    time: TimeAxis,
}

impl<'a> View<'a> {
    /// The last weeks and those ahead; shorter where the history is.
    fn recent(analysis: &'a Analysis) -> Self {
        let this_week = week_start(analysis.as_of, analysis.week_start);
        let earliest = minus(this_week, 7 * (RECENT_WEEKS - 1));
        let whole = Self::whole(analysis);
        let time = TimeAxis {
            start: whole.time.start.max(earliest),
            end: plus(this_week, 7 * (1 + WEEKS_AHEAD)),
            ..whole.time
        };
        Self { analysis, time }
    }

    /// The last twelve months and the weeks ahead; shorter where the history is.
    fn last_year(analysis: &'a Analysis) -> Self {
        let recent = Self::recent(analysis);
        let this_week = week_start(analysis.as_of, analysis.week_start);
        let start = Self::whole(analysis).time.start.max(minus(this_week, 7 * (YEAR_WEEKS - 1)));
        Self { time: TimeAxis { start, ..recent.time }, ..recent }
    }

    /// From the first week to that of `as_of`.
    fn whole(analysis: &'a Analysis) -> Self {
        let this_week = week_start(analysis.as_of, analysis.week_start);
        let first = analysis.days.first().map_or(this_week, |day| week_start(day.date, analysis.week_start));
        Self {
            analysis,
            time: TimeAxis { start: first.min(this_week), end: plus(this_week, 7), as_of: analysis.as_of },
        }
    }

    /// The days of the analysis on the axis.
    fn days(&self) -> impl Iterator<Item = &'a DayRow> {
        let time = self.time;
        self.analysis.days.iter().filter(move |row| time.holds(row.date))
    }

    /// One value of each day, gaps kept.
    fn daily(&self, value: impl Fn(&DayRow) -> Option<f64>) -> Vec<(Day, Option<f64>)> {
        self.days().map(|row| (row.date, value(row))).collect()
    }

    /// One value of each projected day on the axis as a line that goes on from `of`; empty where that has none to go on
    /// from.
    fn projected(&self, of: &Series, value: impl Fn(&DayRow) -> Option<f64>) -> Series {
        let rows = self.analysis.projected.iter().filter(|row| of.has_values() && self.time.holds(row.date));
        let path = match of.marks {
            Marks::Line { path, .. } => path,
            _ => LinePath::Straight,
        };
        Series {
            label: format!("{}, projected", of.label),
            ink: of.ink,
            marks: Marks::Line {
                points: rows.map(|row| (row.date, value(row))).collect(),
                path,
                stroke: Stroke::Projected,
            },
        }
    }

    /// What the text of a chart of loads says of the dashes, where there are any.
    fn dashes(&self) -> &'static str {
        match self.analysis.cross_training() {
            _ if self.analysis.projected.iter().all(|row| row.load_au.is_none()) => "",
            Some(_) => PROJECTED_ALONE,
            None => PROJECTED,
        }
    }

    /// What the load is of: how the text of a chart of loads begins.
    fn of_load(&self) -> String {
        format!("Load of {}. ", self.analysis.load_scope())
    }

    /// What the distance is of, where that is not running: how the text of a chart of distances begins.
    fn of_distance(&self) -> String {
        self.analysis.distance_scope().map_or_else(String::new, |scope| format!("Distance of {scope}. "))
    }

    /// A label of distances, with what they are of where that is not running.
    fn of_sport(&self, label: &str) -> String {
        self.analysis.distance_scope().map_or_else(|| label.to_owned(), |scope| format!("{label}, {scope}"))
    }

    /// A chart on this axis, with blocks and races and without windows.
    fn spec(&self, id: &'static str, title: &'static str, panels: Vec<Panel>) -> ChartSpec {
        let time = self.time;
        let ribbon = self.analysis.blocks.iter().filter(|block| time.overlaps(block.start, block.end));
        let races = self.analysis.races.iter().filter(|race| time.holds(race.date));
        ChartSpec {
            id,
            title,
            subtitle: String::new(),
            finding: String::new(),
            time,
            ribbon: ribbon.map(|b| Stretch { start: b.start, last: b.end, phase: b.phase }).collect(),
            windows: Vec::new(),
            windows_as_it_is: None,
            sessions: Vec::new(),
            races: races
                .map(|race| RaceMark { date: race.date, name: race_name(race, self.analysis.units) })
                .collect(),
            burn_in: None,
            hatched_bars: None,
            body: Body::Panels(panels),
        }
    }

    /// The first `n_days` of the history, where they reach into the axis.
    fn burn_in(&self, n_days: u32) -> Option<BurnIn> {
        let start = self.analysis.days.first()?.date;
        let last = plus(start, n_days - 1);
        let label = format!("first {n_days} days: still filling");
        self.time.overlaps(start, last).then_some(BurnIn { start, last, label })
    }

    /// `km` or `mi` from m.
    fn long(&self, metres: f64) -> f64 {
        metres / self.analysis.units.long_m()
    }
}

/// A chart of an analysis by its id.
#[cfg(test)]
pub(crate) fn named(analysis: &Analysis, id: &str) -> ChartSpec {
    let found = all(analysis).into_iter().find(|chart| chart.id == id);
    found.unwrap_or_else(|| panic!("no chart {id}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::Units;
    use crate::report::testing::{counting_as, empty, sample, tiny, with_cross_training, with_history};

    #[test]
    fn every_chart_has_values_in_sane_ranges() {
        let charts = all(&with_history(sample(30)));
        let ids: Vec<&str> = charts.iter().map(|chart| chart.id).collect();
        assert_eq!(
            ids,
            [
                "weekly-mileage",
                "longest-run",
                "load-change",
                "weekly-intensity",
                "fitness-form",
                "tissue-weeks",
                "monotony-strain",
                "movement-signals",
                "effort-signals",
                "calendar",
                "threshold-history",
                "mileage-history"
            ]
        );
        for chart in &charts {
            assert!(
                !chart.is_empty() && chart.finding.ends_with('.') && !chart.subtitle.is_empty(),
                "{}",
                chart.id
            );
            for panel in chart.panels() {
                let (low, high) = panel.extent().unwrap();
                assert!(low > -200.0 && high < 1500.0 && low <= high, "{}: {low} to {high}", chart.id);
            }
            let table = crate::report::values::table(chart);
            assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
        }
    }

    #[test]
    fn recent_charts_share_one_axis_and_only_a_long_history_has_its_own() {
        let charts = all(&sample(30));
        let own = ["calendar", "threshold-history", "mileage-history"];
        assert!(charts.iter().all(|chart| chart.time == charts[0].time || own.contains(&chart.id)));
        assert_eq!(charts[0].time.start.to_string(), "2025-12-01");
        assert!(all(&sample(26)).iter().all(|chart| chart.id != "mileage-history"));
    }

    #[test]
    fn every_chart_of_load_says_what_the_load_is_of() {
        let check = |analysis: &Analysis, scope: &str, n: usize| {
            let charts = all(analysis);
            let shows_load = |chart: &&ChartSpec| {
                let labels = chart.panels().iter().map(|panel| panel.label.as_str());
                let texts = [chart.title, &chart.finding].into_iter().chain(labels);
                let mut words = texts.map(str::to_lowercase);
                words.any(|text| {
                    ["load", "fitness", "monotony", "acute"].iter().any(|word| text.contains(word))
                })
            };
            let of_load: Vec<&ChartSpec> =
                charts.iter().filter(|chart| chart.id != "calendar").filter(shows_load).collect();
            assert_eq!(of_load.len(), n);
            for chart in of_load {
                assert!(
                    chart.subtitle.to_lowercase().contains(&format!("load of {scope}.")),
                    "{}",
                    chart.subtitle
                );
            }
        };
        check(&sample(30), "runs", 3);
        let mut on = with_cross_training(sample(30));
        check(&on, "runs and cross-training", 3);
        assert!(
            named(&on, "load-change").subtitle.contains("without cross-training"),
            "days to come hold runs"
        );
        let as_it_is = on.days_ahead();
        on.tried = Some(crate::analysis::Tried { as_it_is, ..Default::default() });
        check(&on, "runs and cross-training", 4);
    }

    #[test]
    fn distances_say_what_they_are_of_where_that_is_not_running() {
        use crate::config::Counting;
        use crate::model::Sport;
        let with = |sports: &[Sport]| Counting { sports: Some(sports.to_vec()), cross_training: None };
        let walks: Vec<Sport> = Sport::RUNS.into_iter().chain([Sport::Walking]).collect();
        let analysis = counting_as(sample(30), with(&walks));
        for id in ["weekly-mileage", "longest-run", "calendar", "mileage-history"] {
            assert!(named(&analysis, id).subtitle.starts_with("Distance of running and walking. "), "{id}");
            assert!(!named(&sample(30), id).subtitle.starts_with("Distance of run"), "{id}");
        }
        assert_eq!(named(&analysis, "weekly-mileage").panels()[0].label, "km a week, running and walking");
        assert_eq!(named(&sample(30), "weekly-mileage").panels()[0].label, "km a week");
        assert_eq!(analysis.load_scope(), "running and walking");
        let scope = |sports: &[Sport]| counting_as(sample(6), with(sports)).distance_scope();
        assert_eq!(scope(&Sport::RUNS), None);
        assert_eq!(scope(&[Sport::TrailRunning, Sport::Hiking]).as_deref(), Some("trail running and hiking"));
    }

    #[test]
    fn next_to_nothing_still_gives_charts() {
        for analysis in [tiny(), empty()] {
            for chart in all(&analysis) {
                assert!(!chart.finding.is_empty(), "{}", chart.id);
            }
        }
        assert!(all(&empty()).iter().all(ChartSpec::is_empty));
    }

    #[test]
    fn miles_are_used_where_asked_for() {
        let charts = all(&crate::analysis::Analysis { units: Units::Imperial, ..sample(30) });
        assert_eq!(charts[0].panels()[0].label, "mi a week");
        assert!(charts[0].finding.contains(" mi"));
    }
}
