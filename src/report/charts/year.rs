//! The days of the last twelve months as a calendar.

use super::{View, race_name};
use crate::load::day::{DayRow, DayState};
use crate::model::calendar::plus;
use crate::model::{Day, Race};
use crate::projection::ExpectedDay;
use crate::report::cells::{Calendar, DayCell, Fill, Scale};
use crate::report::chart::{Body, ChartSpec};
use crate::report::text;
use crate::report::ticks;

/// Steps of distance; the last one is open.
const STEPS: usize = 4;
/// The share of days with a run that set the steps: a single race does not make all else look short.
const USUAL_SHARE: f64 = 0.95;

/// Every day by its distance: rest, run, not known, still to come; with races and massages.
pub fn chart(view: &View) -> ChartSpec {
    let analysis = view.analysis;
    let unit = analysis.units.long_name();
    let rows: Vec<&DayRow> = view.days().collect();
    let observed = rows.iter().map(|row| cell(view, row.date, fill(view, row)));
    let ahead = analysis.expected.iter().filter(|day| view.time.holds(day.date));
    let ahead = ahead.filter_map(|day| Some(cell(view, day.date, fill_ahead(view, day)?)));
    let calendar = Calendar {
        unit,
        scale: scale(view, &rows),
        decimals: 1,
        days: observed.chain(ahead).collect(),
        if_empty: "No run has been read.",
    };
    let weekday = |day: Day| day.format("%A");
    ChartSpec {
        subtitle: format!(
            "{}Distance of each day, one column a week from {} to {}. Empty: no run. Hatched: a run whose distance or load \
             is not known, or a day of which the files do not tell. A flag is a race, a dot a massage had. Dashed: projected from races, plan and habit.",
            view.of_distance(),
            weekday(view.time.start),
            weekday(plus(view.time.start, 6)),
        ),
        finding: finding(view, &rows),
        ribbon: vec![],
        races: vec![],
        body: Body::Calendar(calendar),
        ..view.spec("calendar", "Calendar of the year", vec![])
    }
}

fn fill(view: &View, row: &DayRow) -> Fill {
    match row.state {
        DayState::Unknown => Fill::Unknown,
        _ if row.n_runs == 0 => Fill::Rest,
        _ if row.distance_m <= 0.0 => Fill::Unknown,
        _ => Fill::Value(view.long(row.distance_m)),
    }
}

/// What is expected of a day to come; `None` where nobody knows.
fn fill_ahead(view: &View, day: &ExpectedDay) -> Option<Fill> {
    day.distance_m.map(|metres| Fill::Ahead(view.long(metres)))
}

fn cell(view: &View, date: Day, fill: Fill) -> DayCell {
    let analysis = view.analysis;
    let races = analysis.races.iter().filter(|race| race.date == date);
    let massages = analysis.massages.iter().filter(|had| had.date == date);
    let row = analysis.days.binary_search_by_key(&date, |row| row.date).ok().map(|at| &analysis.days[at]);
    let measured = row.filter(|row| fill == Fill::Unknown && row.distance_m > 0.0);
    let lost = row.filter(|row| row.is_lost()).and_then(|row| analysis.lost.why(row.date));
    let notes: Vec<String> = measured
        .map(|row| format!("load not known, {}", analysis.units.distance(row.distance_m)))
        .into_iter()
        .chain(lost.map(|why| format!("not known: {}", text::clean(why))))
        .chain(races.clone().map(|race| format!("race: {}", race_name(race, analysis.units))))
        .chain(massages.clone().map(|_| "massage".to_owned()))
        .collect();
    DayCell {
        date,
        fill,
        is_race: races.count() > 0,
        is_massage: massages.count() > 0,
        note: (!notes.is_empty()).then(|| notes.join(", ")),
    }
}

/// Steps at round distances among those of nearly all days with a run; the last one is open.
fn scale(view: &View, rows: &[&DayRow]) -> Scale {
    let mut run: Vec<f64> =
        rows.iter().filter(|row| row.distance_m > 0.0).map(|row| view.long(row.distance_m)).collect();
    run.sort_by(f64::total_cmp);
    let at = |share: f64| run.get((run.len() as f64 * share) as usize).copied().unwrap_or_default();
    let (short, long) = (at(1.0 - USUAL_SHARE), at(USUAL_SHARE));
    let ticks = ticks::values(0.0, long, STEPS as u32);
    let bounds = ticks.at.iter().copied().filter(|bound| short < *bound && *bound <= long);
    let name = |value: f64| text::number(value, ticks.decimals);
    let unit = view.analysis.units.long_name();
    Scale::new(bounds.take(STEPS - 1).collect(), |from, to| match (from, to) {
        (None, Some(to)) => format!("under {} {unit}", name(to)),
        (Some(from), Some(to)) => format!("{} to {}", name(from), name(to)),
        (Some(from), None) => format!("{} and more", name(from)),
        (None, None) => "run".to_owned(),
    })
}

fn finding(view: &View, rows: &[&DayRow]) -> String {
    let Some(first) = rows.first() else { return "No run has been read.".to_owned() };
    let fills: Vec<Fill> = rows.iter().map(|row| fill(view, row)).collect();
    let n_unknown = fills.iter().filter(|fill| **fill == Fill::Unknown).count();
    let n_rest = fills.iter().filter(|fill| **fill == Fill::Rest).count();
    let n_lost = rows.iter().filter(|row| row.is_lost()).count();
    let n_run = rows.len() - n_rest - n_lost;
    let lost = if n_lost == 0 {
        String::new()
    } else {
        format!(" Of {} more the files do not tell.", text::count(n_lost, "day"))
    };
    let n_unknown = n_unknown - n_lost;
    let unknown = if n_unknown == 0 {
        String::new()
    } else {
        format!(" On {} of these the distance or load is not known.", text::count(n_unknown, "day"))
    };
    let longest = rows.iter().copied().reduce(|a, b| if b.distance_m > a.distance_m { b } else { a });
    let longest = longest.filter(|row| row.distance_m > 0.0).map_or_else(String::new, |row| {
        let distance = view.analysis.units.distance(row.distance_m);
        format!("; the longest day was {} with {distance}", text::day_and_year(row.date))
    });
    let on_axis = |day: &Day| *day >= first.date && *day <= view.time.as_of;
    let n_races = view.analysis.races.iter().filter(|race: &&Race| on_axis(&race.date)).count();
    let n_massages = view.analysis.massages.iter().filter(|had| on_axis(&had.date)).count();
    let marked: Vec<String> = [(n_races, "race"), (n_massages, "massage")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, noun)| text::count(n, noun))
        .collect();
    let marked =
        if marked.is_empty() { String::new() } else { format!(" Marked: {}.", marked.join(" and ")) };
    let since = text::day_and_year(first.date);
    format!(
        "Since {since}: {} with a run and {} of rest{longest}.{unknown}{lost}{marked}",
        text::count(n_run, "day"),
        text::count(n_rest, "day"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::model::calendar::days;
    use crate::model::units::Units;
    use crate::report::charts::named;
    use crate::report::testing::{empty, sample};

    fn calendar(analysis: &Analysis) -> (ChartSpec, Calendar) {
        let spec = named(analysis, "calendar");
        let Body::Calendar(calendar) = spec.body.clone() else { panic!("a calendar") };
        (spec, calendar)
    }

    #[test]
    fn every_day_of_twelve_months_has_its_state() {
        let analysis = sample(80);
        let (spec, calendar) = calendar(&analysis);
        let dates: Vec<Day> = calendar.days.iter().map(|day| day.date).collect();
        let all: Vec<Day> = days(spec.time.start, plus(analysis.as_of, 28)).collect();
        assert_eq!(dates, all);
        assert_eq!(spec.time.start.to_string(), "2025-05-26");
        let on = |date: Day| calendar.days.iter().find(|day| day.date == date).unwrap();
        let massage = analysis.massages[0].date;
        assert!(on(massage).is_massage && on(massage).note.as_deref() == Some("massage"));
        assert!(calendar.days.iter().filter(|day| day.is_race).count() >= 2);
        assert!(calendar.days.iter().any(|day| matches!(day.fill, Fill::Ahead(km) if km > 5.0)));
        assert!(spec.finding.starts_with("Since Mon 26 May 2025: "), "{}", spec.finding);
    }

    #[test]
    fn an_unknown_day_is_no_rest_and_says_what_is_known() {
        let (spec, calendar) = calendar(&sample(30));
        let unknown: Vec<&DayCell> = calendar.days.iter().filter(|day| day.fill == Fill::Unknown).collect();
        assert_eq!(unknown.len(), 1);
        assert!(spec.finding.contains(" Of 1 day more the files do not tell."), "{}", spec.finding);
    }

    #[test]
    fn steps_are_round_in_both_units() {
        let labels = |units| {
            let (_, calendar) = calendar(&Analysis { units, ..sample(60) });
            calendar.scale.steps().map(|(_, label)| label.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(labels(Units::Metric), ["under 10 km", "10 to 20", "20 and more"]);
        assert_eq!(labels(Units::Imperial), ["under 5 mi", "5 to 10", "10 to 15", "15 and more"]);
        let mut alike = sample(30);
        for row in alike.days.iter_mut().filter(|row| row.n_runs > 0) {
            row.distance_m = 5000.0;
        }
        let labels: Vec<String> = calendar(&alike).1.scale.steps().map(|(_, label)| label.into()).collect();
        assert_eq!(labels, ["run"]);
        assert_eq!(named(&empty(), "calendar").finding, "No run has been read.");
    }
}
