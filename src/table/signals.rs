//! The columns of the `signals` table.

use super::build::Spec;
use super::column::{Column, NEVER};
use crate::signals::Signal;

const NOT_JUDGED: &str = "`status` is `too_few`";
const NO_BAND: &str = "`status` is `too_few`, or all readings of the baseline are equal";

/// One row per athlete, day and signal with a new reading.
pub(super) const SPEC: Spec<Signal> = Spec {
    name: "signals",
    about: "One row per day and signal with a new reading: how the runner moves, and what a pace costs, against the same runner in the 42 days before, the last 7 left out. A flag says where to look and what to ask; it is descriptive, predicts nothing.",
    span: ("date", "date"),
    columns: &[
        Column::athlete(),
        Column::date("date", "The day", |_, s| Some(s.date)),
        Column::text("run_id", "`id` of the run that gave the reading", "a reading of the diary", |_, s| {
            s.run_id.clone()
        }),
        Column::text(
            "signal",
            "At the same speed `step_length`, `contact_time`, `vertical_ratio`, `hr_at_pace`; off even `contact_balance` (above 0 is left); metres per beat `efficiency`, their drop over a long run `decoupling`, those of minutes 2 to 8 over 12 to 24 `warm_up_lag`; mornings `resting_hr`, `hrv`",
            NEVER,
            |_, s| Some(s.kind.name().to_owned()),
        ),
        Column::float(
            "value",
            "`unit`",
            "The reading itself; of `hrv` it is that of the morning",
            "the reading is matched by speed and `status` is `too_few`",
            |_, s| s.value,
        ),
        Column::text(
            "unit",
            "Unit of `value`, `recent` and the baseline: `m`, `ms`, `%`, `pp`, `m/beat`, `bpm` or `ratio`",
            NEVER,
            |_, s| Some(s.kind.unit().to_owned()),
        ),
        Column::float(
            "recent",
            "`unit`",
            "Mean of the last 3 fit runs of 10 days (`warm_up_lag` 4, `decoupling` 1), of mornings that of 7 days; of `step_length`, `contact_time`, `efficiency`, `warm_up_lag` and `hrv` the geometric mean",
            NOT_JUDGED,
            |_, s| s.recent,
        ),
        Column::float(
            "baseline",
            "`unit`",
            "What is usual: the mean of the baseline; of `contact_balance`, `efficiency`, `decoupling` and `warm_up_lag` its median",
            NOT_JUDGED,
            |_, s| s.baseline,
        ),
        Column::float(
            "baseline_low",
            "`unit`",
            "Lower end of what is not unusual: 1.5 standard deviations from `baseline`, of `resting_hr` 1, of `hrv` 0.5",
            NO_BAND,
            |_, s| s.baseline_low,
        ),
        Column::float("baseline_high", "`unit`", "Upper end of the same", NO_BAND, |_, s| s.baseline_high),
        Column::float("change", "`change_unit`", "`recent` against `baseline`", NOT_JUDGED, |_, s| s.change),
        Column::text("change_unit", "Unit of `change`: `%` (by logarithm), `pp` or `bpm`", NEVER, |_, s| {
            Some(s.kind.change_unit().to_owned())
        }),
        Column::float(
            "z",
            "sd",
            "`change` in standard deviations (n − 1) of the baseline",
            NO_BAND,
            |_, s| s.z,
        ),
        Column::float(
            "speed_mps",
            "m/s",
            "The speed at which values are stated: the usual one of the baseline",
            "the reading is not matched by speed, or `status` is `too_few`",
            |_, s| s.speed_mps,
        ),
        Column::integer("n_baseline", "", "Readings in the baseline", NEVER, |_, s| {
            i64::try_from(s.n_baseline).ok()
        }),
        Column::integer("n_recent", "", "Recent readings", NEVER, |_, s| i64::try_from(s.n_recent).ok()),
        Column::text(
            "status",
            "`flag`: unusual and large enough to matter, in the direction that asks for a look; `watch`: one of both, or on fewer than three mornings in a row; `usual`: neither; `too_few`: not judged",
            NEVER,
            |_, s| Some(s.status.name().to_owned()),
        ),
        Column::text("note", "Why it is not judged, or what else is notable", "neither", |_, s| {
            s.note.clone()
        }),
    ],
};
