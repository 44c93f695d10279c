//! The columns of the `windows` table.

use super::build::Spec;
use super::column::{Column, NEVER, json_text, rounded};
use crate::massage::window::{Reason, Window, WorkOn};

/// One row per massage window.
pub(super) const SPEC: Spec<Window> = Spec {
    name: "windows",
    about: "One row per massage window: the days on which a massage of one depth fits.",
    span: ("start", "end"),
    columns: &[
        Column::athlete(),
        Column::date("start", "First day", |_, w| Some(w.start)),
        Column::date("end", "Last day, included", |_, w| Some(w.end)),
        Column::date("best", "The best day", |_, w| Some(w.best)),
        Column::text(
            "status",
            "Against the day of the analysis: `past`, `open` or `upcoming`",
            NEVER,
            |_, w| Some(w.status.name().to_owned()),
        ),
        Column::text(
            "kind",
            "What it is for: `maintenance`, `deep`, `targeted`, `pre_race` or `post_race`",
            NEVER,
            |_, w| Some(w.kind.name().to_owned()),
        ),
        Column::text("depth", "How deep: `light`, `moderate` or `deep`", NEVER, |_, w| {
            Some(w.depth.name().to_owned())
        }),
        Column::integer(
            "minutes",
            "min",
            "Usual length: the middle of the range, to 5 min",
            NEVER,
            |_, w| Some(usual_minutes(w.minutes)),
        ),
        Column::integer("minutes_min", "min", "Shortest", NEVER, |_, w| Some(w.minutes.0.into())),
        Column::integer("minutes_max", "min", "Longest", NEVER, |_, w| Some(w.minutes.1.into())),
        Column::json(
            "tissues",
            "Tissues to look at first, three at most: `[{tissue, flag, z, ratio, why}]`; `flag`, `z` and `ratio` are null where the load says nothing of it, as for a site of the diary",
            |_, w| json_text(&w.tissues.iter().map(finite_tissue).collect::<Vec<_>>()),
        ),
        Column::json(
            "reasons",
            "Why: `[{rule, text, value, grade, adds}]`; `adds` is what it adds to `need`; `value` is null where no number triggered the rule; grades are A, B, C, PC (convention of practitioners) and H (heuristic)",
            |_, w| json_text(&w.reasons.iter().map(finite).collect::<Vec<_>>()),
        ),
        Column::json("notes", "What to mind in the session and after it, in the same form", |_, w| {
            json_text(&w.notes.iter().map(finite).collect::<Vec<_>>())
        }),
        Column::json("limits", "What closes it and what caps the depth: `[{rule, text, date}]`", |_, w| {
            json_text(&w.limits)
        }),
        Column::json("avoid", "Near days to stay away from: `[{date, why}]`", |_, w| json_text(&w.avoid)),
        Column::float(
            "need",
            "ratio",
            "Need on the best day, where sessions advised before count as had; `need` of `days` counts those on record alone",
            NEVER,
            |_, w| Some(w.need),
        ),
        Column::text("race", "The race it belongs to", "not a window before or after a race", |_, w| {
            w.race.clone()
        }),
        Column::some_date(
            "had",
            "The session that was had in it or within three days of it",
            "none was",
            |_, w| w.had,
        ),
    ],
};

/// The middle of a range to the next 5 min, a half upward.
fn usual_minutes((shortest, longest): (u32, u32)) -> i64 {
    (i64::from(shortest) + i64::from(longest) + 5) / 10 * 5
}

/// A reason with its number as tables hold numbers.
fn finite(reason: &Reason) -> Reason {
    let adds = rounded(reason.adds).unwrap_or_default();
    Reason { value: reason.value.and_then(rounded), adds, ..reason.clone() }
}

/// A tissue with its numbers as tables hold numbers.
fn finite_tissue(one: &WorkOn) -> WorkOn {
    WorkOn { z: one.z.and_then(rounded), ratio: one.ratio.and_then(rounded), ..one.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Depth;

    #[test]
    fn the_usual_length_is_the_middle() {
        let minutes =
            [Depth::Light, Depth::Moderate, Depth::Deep].map(|depth| usual_minutes(depth.minutes()));
        assert_eq!(minutes, [25, 40, 60]);
    }
}
