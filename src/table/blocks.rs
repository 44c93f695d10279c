//! The columns of the `blocks` table.

use super::build::Spec;
use super::column::{Column, NEVER, json_text};
use crate::blocks::Block;
use chrono::Weekday;

/// One row per block.
pub(super) const SPEC: Spec<Block> = Spec {
    name: "blocks",
    about: "One row per training block; blocks lie end to end over the days.",
    span: ("start", "end"),
    rows: |analysis| &analysis.blocks,
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
        Column::float("distance_m_per_week", "m/week", "Mean distance a week", NEVER, |_, b| {
            Some(b.distance_m_per_week)
        }),
        Column::float(
            "trend_pct_per_week",
            "%/week",
            "Slope of the weekly distance (Theil–Sen) over its median",
            "fewer than three weeks",
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
        Column::json("reasons", "What makes a stretch of days this phase", |_, b| json_text(&b.reasons)),
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
