//! The columns of the `blocks` table.

use super::build::Spec;
use super::column::{Column, NEVER, json_text};
use crate::blocks::Block;
use chrono::Weekday;

const NO_LOAD_CHANGE: &str =
    "there is no block before, one of both has under 7 days or no known load, or the one before has none";
const NO_DISTANCE_CHANGE: &str = "there is no block before, one of both has under 7 days, more than 15 % of its days have a run without distance, or the one before has none";

/// One row per block.
pub(super) const SPEC: Spec<Block> = Spec {
    name: "blocks",
    about: "One row per training block; blocks lie end to end over the days.",
    span: ("start", "end"),
    columns: &[
        Column::athlete(),
        Column::date("start", "First day", |_, b| Some(b.start)),
        Column::date("end", "Last day, included", |_, b| Some(b.end)),
        Column::text(
            "phase",
            "What it was for: `race`, `post_race`, `taper`, `break`, `return`, `peak`, `build`, `speed`, `base` or `unknown`",
            NEVER,
            |_, b| Some(b.phase.name().to_owned()),
        ),
        Column::integer("n_days", "", "Length in days", NEVER, |_, b| Some(b.n_days.into())),
        Column::float(
            "distance_m_per_week",
            "m/week",
            "Mean distance a week",
            "the files tell nothing of more than 15 % of its days",
            |_, b| b.distance_m_per_week,
        ),
        Column::float(
            "load_au_per_day",
            "AU/day",
            "Mean load a day, as `load_au` of `days`; 100 is an hour at threshold",
            "more than 15 % of its days are unknown",
            |_, b| b.load_au_per_day,
        ),
        Column::float(
            "trend_pct_per_week",
            "%/week",
            "Slope of the weekly distance (Theil–Sen) over its median",
            "fewer than three weeks, or the files do not tell of all of them",
            |_, b| b.trend_pct_per_week,
        ),
        Column::float(
            "high_share",
            "share",
            "Part of the classified time above the second threshold",
            "no time could be classified",
            |_, b| b.high_share,
        ),
        Column::float("longest_run_m", "m", "Longest single run", NEVER, |_, b| Some(b.longest_run_m)),
        Column::float("ascent_m", "m", "Climb, as far as it is known", NEVER, |_, b| Some(b.ascent_m)),
        Column::float(
            "load_change_pct",
            "%",
            "`load_au_per_day` against the block before",
            NO_LOAD_CHANGE,
            |_, b| b.change.load_pct,
        ),
        Column::float(
            "distance_change_pct",
            "%",
            "Mean distance a week against the block before",
            NO_DISTANCE_CHANGE,
            |_, b| b.change.distance_pct,
        ),
        Column::float(
            "high_share_change",
            "share",
            "`high_share` less that of the block before",
            "there is no block before, one of both has under 7 days, or its `high_share` is null",
            |_, b| b.change.high_share,
        ),
        Column::float(
            "longest_run_change_pct",
            "%",
            "`longest_run_m` against the block before",
            NO_DISTANCE_CHANGE,
            |_, b| b.change.longest_run_pct,
        ),
        Column::json("cutbacks", "First days of the weeks with `is_cutback` inside it", |_, b| {
            json_text(&b.cutbacks)
        }),
        Column::integer(
            "weeks_without_cutback",
            "weeks",
            "Whole weeks up to its end since the last one of at most 0.80 of the three before, in whichever block, or since weeks could be compared",
            "the last whole week up to its end cannot be compared with three before",
            |_, b| b.weeks_without_cutback.map(i64::from),
        ),
        Column::text(
            "confidence",
            "How much history up to its end the phase stands on: `high` from 112 days, `low` from 28, else `unknown`",
            NEVER,
            |_, b| Some(b.confidence.name().to_owned()),
        ),
        Column::text(
            "massage",
            "What massage is for in it: `deep`, `maintenance`, `targeted`, `light_only`, `recovery_only` or `none`",
            NEVER,
            |_, b| Some(b.massage.name().to_owned()),
        ),
        Column::integer("every_days", "days", "Days between sessions", "none are due", |_, b| {
            b.every_days.map(i64::from)
        }),
        Column::text(
            "best_weekday",
            "The weekday that fits a session best by the habits in this block",
            "no habit stands out",
            |_, b| b.best_weekday.map(|day| weekday(day).to_owned()),
        ),
        Column::json(
            "reasons",
            "Why it is called so, and its lighter weeks: `rule` (the phase, or `cutback`), `text`, and `values`, the numbers by name",
            |_, b| json_text(&b.reasons),
        ),
    ],
};

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}
