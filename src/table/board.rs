//! The columns of the `board` table.

use super::build::Spec;
use super::column::{Column, NEVER, json_text, rounded};
use crate::board::{Row, TissueUp, WeekBar};
use crate::load::day::LoadFlag;
use crate::model::Day;
use crate::signals::SignalKind;
use serde::Serialize;

const NO_WINDOW: &str = "no window is open or upcoming";
const NO_RACE: &str = "no race lies ahead";
const NO_SPIKE: &str = "no run in seven days, or none to compare with";

/// One row per athlete.
pub(super) const SPEC: Spec<Row> = Spec {
    name: "board",
    about: "One row per athlete on the day of the analysis. Rows are in the order of `attention` (`red_flag`, `load`, `massage`, \
            `signals`, `gaps`, `none`), then those with more of it first, then by name. Everything compares a runner with the \
            same runner; the order says where to look first and measures nobody.",
    span: ("as_of", "as_of"),
    columns: &[
        Column::athlete(),
        Column::date("as_of", "The day that the analysis stands on", |_, r| Some(r.as_of)),
        Column::text(
            "attention",
            "What puts the row here: `red_flag` (the diary notes one), `load` (a spike of seven days, a load flag of today, a \
             tissue far above its usual week, a pause that still shows), `massage` (a regular window is open, or one is \
             overdue), `signals` (one is up, or a tissue above its usual week), `gaps` (days of unknown load, no run for a week, \
             over 30 % of the load not measured) or `none`",
            NEVER,
            |_, r| Some(r.attention.name().to_owned()),
        ),
        Column::text("reasons", "Everything of it in words, what decides first", NEVER, |_, r| {
            Some(r.reasons.join("; "))
        }),
        Column::text("red_flag", "What the diary says", "no red flag is noted", |_, r| r.red_flag.clone()),
        Column::float(
            "week_distance_m",
            "m",
            "Distance of the running week so far",
            "no run has been read",
            |_, r| r.volume.week_m,
        ),
        Column::integer("week_n_days", "d", "Days of the running week up to today", NEVER, |_, r| {
            Some(r.volume.week_days.into())
        }),
        Column::float(
            "distance_7d_m",
            "m",
            "Distance of the last 7 days",
            "under 7 days of history",
            |_, r| r.volume.last_7d_m,
        ),
        Column::float(
            "usual_week_m",
            "m",
            "Mean distance of up to four whole weeks before the running one",
            "there is no whole week before it",
            |_, r| r.volume.usual_week_m,
        ),
        Column::float(
            "change_pct",
            "%",
            "Distance of 7 days against a usual week",
            "either is null, or the usual week is 0",
            |_, r| r.volume.change_pct(),
        ),
        Column::float(
            "spike_ratio",
            "ratio",
            "The largest of the last 7 days: distance of a run over the longest of the 30 days before it",
            NO_SPIKE,
            |_, r| r.spike.map(|spike| spike.ratio),
        ),
        Column::text("spike_class", "Its class, as in `runs`", NO_SPIKE, |_, r| {
            r.spike.map(|spike| spike.class.name().to_owned())
        }),
        Column::some_date("spike_date", "Its day", NO_SPIKE, |_, r| r.spike.map(|spike| spike.date)),
        Column::float(
            "acwr_coupled",
            "ratio",
            "As in `days`, of today",
            "as in `days`, and in a pause of two weeks or more and the four weeks after it",
            |_, r| r.ratio,
        ),
        Column::float(
            "acwr_percentile",
            "0 to 100",
            "Where it lies among the runner's own last 365 days",
            "`acwr_coupled` is null, or fewer than 180 days to compare with",
            |_, r| r.ratio_percentile,
        ),
        Column::words("flags", "Load flags of today, as in `days`", |_, r| {
            r.flags.iter().copied().map(LoadFlag::name).collect()
        }),
        Column::json(
            "tissues",
            "Tissues that stand out, three at most: `[{tissue, flag, ratio, why}]`",
            |_, r| json_text(&r.tissues.iter().map(Up::of).collect::<Vec<_>>()),
        ),
        Column::words("signals", "Signals that are up, as in `signals`", |_, r| {
            r.signals.iter().copied().map(SignalKind::name).collect()
        }),
        Column::text("race", "Name of the next race", NO_RACE, |_, r| {
            r.race.as_ref().map(|race| race.name.clone())
        }),
        Column::some_date("race_date", "Its day", NO_RACE, |_, r| r.race.as_ref().map(|race| race.date)),
        Column::integer("days_to_race", "d", "Days to it; 0 is today", NO_RACE, |_, r| {
            r.race.as_ref().map(|race| race.in_days)
        }),
        Column::some_date(
            "window_start",
            "First day of the window that is open, else of the next one",
            NO_WINDOW,
            |_, r| r.window.as_ref().map(|window| window.start),
        ),
        Column::some_date("window_end", "Its last day, included", NO_WINDOW, |_, r| {
            r.window.as_ref().map(|window| window.end)
        }),
        Column::some_date("window_best", "Its best day", NO_WINDOW, |_, r| {
            r.window.as_ref().map(|window| window.best)
        }),
        Column::text("window_depth", "How deep: `light`, `moderate` or `deep`", NO_WINDOW, |_, r| {
            r.window.as_ref().map(|window| window.depth.name().to_owned())
        }),
        Column::text(
            "window_status",
            "`open`, `upcoming`, or `optional` around a race",
            NO_WINDOW,
            |_, r| r.window.as_ref().map(status),
        ),
        Column::integer(
            "days_since_massage",
            "d",
            "Days since the last massage",
            "none is on record",
            |_, r| r.massage.days_since,
        ),
        Column::truth("is_overdue", "Does the plan call a massage overdue?", |_, r| {
            Some(r.massage.is_overdue)
        }),
        Column::integer(
            "unknown_days_28d",
            "d",
            "Days of the last 28 with a run whose load is not known",
            NEVER,
            |_, r| Some(r.gaps.unknown_days.into()),
        ),
        Column::integer("days_since_run", "d", "Days since the last run", "no run has been read", |_, r| {
            r.gaps.days_since_run.map(i64::from)
        }),
        Column::float(
            "imputed_share",
            "share",
            "Part of the load of 28 days that was put in, not measured",
            "no load in those days",
            |_, r| r.gaps.imputed_share,
        ),
        Column::json(
            "weeks",
            "The last twelve weeks, the running one last: `[{start, distance_m, n_days, is_unknown}]`; `is_unknown` with a day of \
             unknown load",
            |_, r| json_text(&r.weeks.iter().map(Week::of).collect::<Vec<_>>()),
        ),
    ],
};

fn status(window: &crate::board::WindowAhead) -> String {
    let status = match (window.is_optional, window.is_open) {
        (true, _) => "optional",
        (false, true) => "open",
        (false, false) => "upcoming",
    };
    status.to_owned()
}

/// A tissue as tables hold it.
#[derive(Serialize)]
struct Up<'a> {
    tissue: &'static str,
    flag: &'static str,
    ratio: Option<f64>,
    why: &'a str,
}

impl<'a> Up<'a> {
    fn of(up: &'a TissueUp) -> Self {
        Self { tissue: up.tissue.name(), flag: up.flag.name(), ratio: rounded(up.ratio), why: &up.why }
    }
}

/// A week as tables hold it.
#[derive(Serialize)]
struct Week {
    start: Day,
    distance_m: Option<f64>,
    n_days: u32,
    is_unknown: bool,
}

impl Week {
    fn of(bar: &WeekBar) -> Self {
        let WeekBar { start, distance_m, n_days, is_unknown } = *bar;
        Self { start, distance_m: rounded(distance_m), n_days, is_unknown }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::Analysis;
    use crate::report::testing::{empty, sample, tiny};
    use crate::table::{Table, board};

    fn athletes(table: &Table) -> Vec<String> {
        let cells = table.cells("athlete").unwrap();
        (0..table.n_rows()).map(|row| cells.at(row).plain()).collect()
    }

    #[test]
    fn rows_are_in_the_order_of_the_board() {
        let named = |analysis: Analysis, name: &str| Analysis { athlete: name.into(), ..analysis };
        let table = board(&[named(empty(), "a"), named(tiny(), "b"), named(sample(30), "c")]).unwrap();
        assert_eq!(athletes(&table)[0], "c", "an open window before gaps");
        assert_eq!(table.n_rows(), 3);
    }
}
