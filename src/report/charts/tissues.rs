//! The week of each tissue against the runner's own weeks before (science 5.3).

use super::View;
use crate::load::day::WeekRow;
use crate::model::Tissue;
use crate::model::calendar::{days_between, plus};
use crate::model::tissue::N;
use crate::report::cells::{Cell, Fill, Grid, Row, Scale};
use crate::report::chart::{Body, ChartSpec, Symbol};
use crate::report::text;
use crate::tissue::history::{Focus, TissueDay};
use crate::tissue::relative::{Missing, Reading, TissueFlag};

/// Whole weeks that the finding looks back on.
const FINDING_WEEKS: usize = 8;
/// Where the steps of the scale meet: 1 and 2 are the bounds of the flags.
const BOUNDS: [f64; 4] = [-1.0, 0.0, 1.0, 2.0];

/// A row for each tissue, a cell for each week.
pub fn chart(view: &View) -> ChartSpec {
    let weeks: Vec<Week> = weeks(view);
    let grid = Grid {
        label: "week against usual (z)".into(),
        scale: Scale::new(BOUNDS.to_vec(), step),
        decimals: 1,
        rows: Tissue::ALL.into_iter().map(|tissue| row(view, &weeks, tissue)).collect(),
        symbols: vec![
            (Symbol::Ring, "more than other tissues"),
            (Symbol::Dot, "elevated"),
            (Symbol::Diamond, "high"),
        ],
        now: weeks
            .last()
            .map(|week| (week.row.start, format!("now: the 7 days to {}", text::day(view.time.as_of)))),
        if_empty: "A week can be compared once there are four weeks of runs with a known dose.",
    };
    ChartSpec {
        subtitle: "What each tissue was asked to do in 7 days, estimated from speed, slope and steps, against your own \
                   six weeks before. 0 is as usual, 1 is one usual swing from week to week above it. Elevated: 1 and \
                   more. High: 2 and more. How sure: a heuristic (H), in which only the comparison with yourself \
                   means anything; it is no measured force. Days to come are not estimated."
            .into(),
        finding: finding(view, &weeks),
        body: Body::Grid(grid),
        ..view.spec("tissue-weeks", "Tissues by week", vec![])
    }
}

/// A week with the day that its cells speak of.
struct Week<'a> {
    row: &'a WeekRow,
    /// The place of its last day among the days of the analysis.
    last: usize,
}

fn weeks<'a>(view: &View<'a>) -> Vec<Week<'a>> {
    let Some(first) = view.analysis.days.first().map(|day| day.date) else { return Vec::new() };
    let last = |row: &WeekRow| plus(row.start, 6).min(view.time.as_of);
    let on_axis = view.analysis.weeks.iter().filter(|row| view.time.holds(row.start));
    on_axis
        .filter_map(|row| Some(Week { row, last: usize::try_from(days_between(first, last(row))).ok()? }))
        .collect()
}

fn step(from: Option<f64>, to: Option<f64>) -> String {
    let name = |value: f64| text::number(value, 0);
    match (from, to) {
        (Some(from), Some(to)) => format!("{} to {}", name(from), name(to)),
        (None, Some(to)) => format!("below {}", name(to)),
        (Some(from), None) => format!("{} and more", name(from)),
        (None, None) => String::new(),
    }
}

fn row(view: &View, weeks: &[Week], tissue: Tissue) -> Row {
    Row {
        label: tissue.short().to_owned(),
        name: tissue.words().to_owned(),
        cells: weeks.iter().map(|week| cell(view, week, tissue)).collect(),
    }
}

fn cell(view: &View, week: &Week, tissue: Tissue) -> Cell {
    let tissues = &view.analysis.tissues;
    let (fill, symbol, note) = match tissues.reading(week.last, tissue) {
        Some(reading) => (Fill::Value(reading.change.z), reading.flag.map(symbol), Some(note(reading))),
        None => match tissues.missing(week.last, tissue) {
            Some(Missing::NoDose) => (Fill::Rest, None, None),
            Some(Missing::Unknown) | None => (Fill::Unknown, None, None),
            Some(why) => (Fill::Incomparable, None, Some(why.words().to_owned())),
        },
    };
    Cell { start: week.row.start, end: plus(week.row.start, 7), fill, symbol, note }
}

fn symbol(flag: TissueFlag) -> Symbol {
    match flag {
        TissueFlag::Emphasis => Symbol::Ring,
        TissueFlag::Elevated => Symbol::Dot,
        TissueFlag::High => Symbol::Diamond,
    }
}

/// What the table says besides z: "1.32 × usual, high".
fn note(reading: &Reading) -> String {
    let flag = reading.flag.map_or(String::new(), |flag| format!(", {}", flag.words()));
    let few = if reading.change.is_low_confidence { ", of low confidence" } else { "" };
    format!("{} × usual{flag}{few}", text::number(reading.change.ratio, 2))
}

fn finding(view: &View, weeks: &[Week]) -> String {
    let tissues = &view.analysis.tissues;
    let whole = weeks.iter().rev().filter(|week| plus(week.row.start, 6) <= view.time.as_of);
    let lately: Vec<(&WeekRow, &TissueDay)> =
        whole.take(FINDING_WEEKS).filter_map(|week| Some((week.row, tissues.days.get(week.last)?))).collect();
    let compared: Vec<&(&WeekRow, &TissueDay)> =
        lately.iter().filter(|(_, day)| !day.readings.is_empty()).collect();
    let of = if compared.len() == FINDING_WEEKS {
        format!("of the last {FINDING_WEEKS} weeks")
    } else {
        format!(
            "of the {} of the last {FINDING_WEEKS} that can be compared",
            text::count(compared.len(), "week")
        )
    };
    let before = match most(&compared) {
        _ if compared.is_empty() => String::new(),
        None => format!("No tissue stood out from the others in any {of}{}. ", together(&compared)),
        Some((n, week, reading)) => {
            let which = if n == 1 { "in that" } else { "most in that" };
            let (name, ratio) =
                (text::capital(reading.tissue.words()), text::number(reading.change.ratio, 1));
            let week = week.start.format("%-d %B");
            let together = together(&compared);
            format!(
                "{name} stood out from the others in {n} {of}, {which} of {week} ({ratio} × usual){together}. "
            )
        }
    };
    before + &now(view, weeks)
}

/// In how many of the weeks most tissues were above usual at once: that is volume.
fn together(weeks: &[&(&WeekRow, &TissueDay)]) -> String {
    let is_above = |reading: &&Reading| reading.flag >= Some(TissueFlag::Elevated);
    let are_most =
        |day: &TissueDay| 3 * day.readings.iter().filter(is_above).count() > 2 * day.readings.len();
    match weeks.iter().filter(|(_, day)| are_most(day)).count() {
        0 => String::new(),
        n => format!("; in {n} of them most were above usual together, as when volume rises"),
    }
}

/// The tissue that stood out in most weeks, of equal ones the one that did so farthest: how often, and its top week.
fn most<'a>(weeks: &[&(&'a WeekRow, &'a TissueDay)]) -> Option<(usize, &'a WeekRow, &'a Reading)> {
    let of_tissue = |tissue: Tissue| {
        let focus = weeks.iter().flat_map(|(week, day)| day.focus.iter().map(|one| (*week, &one.reading)));
        let out = focus.filter(|(_, one)| one.tissue == tissue && one.stands_out());
        let out: Vec<(&WeekRow, &Reading)> = out.collect();
        let top = out.iter().copied().reduce(|a, b| if b.1.change.z > a.1.change.z { b } else { a });
        top.map(|(week, reading)| (out.len(), week, reading))
    };
    Tissue::ALL.into_iter().filter_map(of_tissue).reduce(|a, b| {
        let rank = |one: &(usize, &WeekRow, &Reading)| (one.0, one.2.change.z);
        if rank(&b) > rank(&a) { b } else { a }
    })
}

/// The 7 days to today in a sentence.
fn now(view: &View, weeks: &[Week]) -> String {
    let tissues = &view.analysis.tissues;
    let day = text::day(view.time.as_of);
    let Some((at, today)) = weeks.last().and_then(|week| Some((week.last, tissues.days.get(week.last)?)))
    else {
        return "There is no run with a known dose yet.".to_owned();
    };
    if today.readings.is_empty() {
        let why = tissues.missing(at, Tissue::CalfAchilles).unwrap_or(Missing::Unknown);
        return format!("The 7 days to {day} cannot be compared: {}.", why.words());
    }
    let out: Vec<String> = today
        .focus
        .iter()
        .filter(|one| one.reading.stands_out())
        .map(|Focus { reading, .. }| {
            let flag = reading.flag.map_or("", TissueFlag::words);
            format!("{} ({flag}, {} × usual)", reading.tissue.words(), text::number(reading.change.ratio, 1))
        })
        .collect();
    let n_flagged = today.readings.iter().filter(|reading| reading.flag.is_some()).count();
    match (out.as_slice(), n_flagged) {
        ([], 0) => format!("In the 7 days to {day} no tissue is above usual."),
        ([], N) => format!("In the 7 days to {day} every tissue is above usual, none far from the others."),
        ([], n) => {
            format!("In the 7 days to {day} {n} of {N} tissues are above usual, none far from the others.")
        }
        (out, _) => format!("In the 7 days to {day}: {}.", out.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::named;
    use crate::report::testing::{sample, tiny};

    fn grid(spec: &ChartSpec) -> &Grid {
        let Body::Grid(grid) = &spec.body else { panic!("a grid") };
        grid
    }

    #[test]
    fn cells_and_flags_are_those_of_the_last_day_of_each_week() {
        let analysis = sample(30);
        let spec = named(&analysis, "tissue-weeks");
        let grid = grid(&spec);
        assert_eq!((grid.rows.len(), grid.rows[0].cells.len()), (Tissue::ALL.len(), 26));
        let mut n_flagged = 0;
        for (row, tissue) in grid.rows.iter().zip(Tissue::ALL) {
            for cell in &row.cells {
                let last = plus(cell.start, 6).min(analysis.as_of);
                let reading = analysis.tissue_on(last, tissue);
                assert_eq!(matches!(cell.fill, Fill::Value(_)), reading.is_some(), "{last}");
                assert_eq!(cell.symbol.is_some(), reading.is_some_and(|reading| reading.flag.is_some()));
                n_flagged += usize::from(cell.symbol.is_some());
            }
        }
        assert!(n_flagged > 10, "{n_flagged}");
        assert!(spec.finding.contains(" stood out from the others in "), "{}", spec.finding);
        assert!(spec.finding.contains("In the 7 days to Thu 28 May"), "{}", spec.finding);
    }

    #[test]
    fn what_keeps_a_week_from_being_compared_is_told() {
        let analysis = sample(30);
        let spec = named(&sample(6), "tissue-weeks");
        let early: Vec<Fill> = grid(&spec).rows[0].cells.iter().map(|cell| cell.fill).collect();
        assert_eq!(early[..3], [Fill::Incomparable; 3]);
        assert!(matches!(early[4], Fill::Value(_)), "{early:?}");
        // A week without a run, and one with days that nobody knows.
        let mut rest = analysis.clone();
        let n = rest.tissues.daily_km.len();
        for at in n - 14..n {
            rest.tissues.days[at].readings.clear();
            rest.tissues.daily_km[at] = (at < n - 7).then_some([0.0; Tissue::ALL.len()]);
        }
        let spec = named(&rest, "tissue-weeks");
        let last = grid(&spec).rows[3].cells.last().unwrap();
        assert_eq!(last.fill, Fill::Unknown);
        assert!(spec.finding.ends_with("cannot be compared: the dose of too many days is not known."));
        assert!(named(&tiny(), "tissue-weeks").is_empty());
    }
}
