//! The columns of the `sessions` table.

use super::build::Spec;
use super::column::{Column, NEVER, json_text, rounded};
use crate::analysis::Analysis;
use crate::retrospect::{Direction, Retrospect, SignChange};
use serde::Serialize;

/// When a session has no window beside it.
const NO_WINDOW: &str = "the plan has no past window";

/// One row per massage that was had.
pub(super) const SPEC: Spec<Retrospect> = Spec {
    name: "sessions",
    about: "One row per massage of `massage.csv`: the days after it against the days before. What came after need not have come \
            from it.",
    span: ("date", "date"),
    columns: &[
        Column::athlete(),
        Column::date("date", "The day", |_, s| Some(s.date)),
        Column::text("depth", "How deep: `light`, `moderate` or `deep`", NEVER, |_, s| {
            Some(s.depth.name().to_owned())
        }),
        Column::float("minutes", "min", "How long", "not noted", |_, s| s.minutes),
        Column::words("tissues", "Tissues worked on", |_, s| {
            s.tissues.iter().map(|tissue| tissue.name()).collect()
        }),
        Column::float("soreness_h", "h", "Soreness afterwards", "not noted", |_, s| s.soreness_h),
        Column::integer(
            "days_since_previous",
            "d",
            "Days since the session before it",
            "the first one",
            |_, s| s.days_since_previous,
        ),
        Column::some_date(
            "window_start",
            "First day of the window it fell into, else of the one whose best day is nearest",
            NO_WINDOW,
            |_, s| s.fit.map(|fit| fit.start),
        ),
        Column::some_date("window_end", "Last day of that window, included", NO_WINDOW, |_, s| {
            s.fit.map(|fit| fit.end)
        }),
        Column::some_date("window_best", "Best day of that window", NO_WINDOW, |_, s| {
            s.fit.map(|fit| fit.best)
        }),
        Column::text("window_kind", "What that window was for, as in `windows`", NO_WINDOW, |_, s| {
            s.fit.map(|fit| fit.kind.name().to_owned())
        }),
        Column::text("window_depth", "How deep it was to be", NO_WINDOW, |_, s| {
            s.fit.map(|fit| fit.depth.name().to_owned())
        }),
        Column::integer(
            "days_off_best",
            "d",
            "Days from the best day of that window to the session; negative where the session came first",
            NO_WINDOW,
            |_, s| s.fit.map(|fit| fit.days_off),
        ),
        Column::text(
            "ceiling",
            "The most that the day allowed, as in `days`",
            "the day was not judged",
            |_, s| s.ceiling.as_ref().map(|(ceiling, _)| ceiling.name().to_owned()),
        ),
        Column::text(
            "against_ceiling",
            "`within` it, or deeper than that: `above`",
            "the day was not judged",
            |_, s| s.is_over_ceiling().map(|is_over| if is_over { "above" } else { "within" }.to_owned()),
        ),
        Column::truth("is_complete", "Are days 3 to 10 after it all known?", |_, s| Some(s.is_complete)),
        Column::json(
            "other_sessions",
            "Days of other sessions among those compared, 14 before to 10 after",
            |_, s| json_text(&s.others),
        ),
        Column::integer("n_better", "", "Target signs that were better after it", NEVER, |_, s| {
            Some(count(s, Direction::Better))
        }),
        Column::integer("n_worse", "", "Target signs that were worse", NEVER, |_, s| {
            Some(count(s, Direction::Worse))
        }),
        Column::integer(
            "n_same",
            "",
            "Target signs that moved by less than the smallest worthwhile change",
            NEVER,
            |_, s| Some(count(s, Direction::Same)),
        ),
        Column::integer(
            "n_unknown",
            "",
            "Target signs with under two readings before or after",
            NEVER,
            |_, s| Some(count(s, Direction::Unknown)),
        ),
        Column::text(
            "outcome",
            "The same in words; what came after need not have come from it",
            NEVER,
            |_, s| Some(outcome(s)),
        ),
        Column::json(
            "signs",
            "What was read: `[{sign, site, is_target, before, after, unit, change, change_unit, n_before, n_after, direction}]`; means of days 14 to 1 before and 3 to 10 after; targets were adverse before or are of the tissues worked on",
            |_, s| json_text(&s.signs.iter().map(Row::of).collect::<Vec<_>>()),
        ),
        Column::float(
            "key_session_down_pct",
            "%",
            "How far the first hard session of the three days after lay below the median of its kind in the six weeks before, in speed and in speed for its heart rate, the lesser of both",
            "no such session, or under two to compare with",
            |_, s| s.key_session.map(|session| session.down_pct),
        ),
        Column::json("advice", "What R16 and R18 say: `[{rule, text}]`", |_, s| json_text(&s.advice)),
    ],
};

/// What was read of the target signs, in words.
fn outcome(session: &Retrospect) -> String {
    let kinds = [
        (Direction::Better, "better"),
        (Direction::Worse, "worse"),
        (Direction::Same, "same"),
        (Direction::Unknown, "unknown"),
    ];
    let counts = kinds.map(|(direction, word)| (count(session, direction), word));
    let said: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    if said.is_empty() { "no sign stood out before it".to_owned() } else { said.join(", ") }
}

/// What stands for people in place of a table without a row.
#[must_use]
pub fn none(analyses: &[Analysis]) -> String {
    if analyses.iter().any(|analysis| !analysis.retrospects.is_empty()) {
        return "No session in these days.\n".to_owned();
    }
    "No session is on record. Put a massage.csv beside the runs, one session a row, with the columns date, depth, \
     minutes, tissues, soreness_after_h.\n"
        .to_owned()
}

fn count(session: &Retrospect, direction: Direction) -> i64 {
    session.targets().filter(|change| change.direction == direction).count() as i64
}

/// A sign as tables hold it.
#[derive(Serialize)]
struct Row<'a> {
    sign: &'static str,
    site: Option<&'a str>,
    is_target: bool,
    before: Option<f64>,
    after: Option<f64>,
    unit: &'static str,
    change: Option<f64>,
    change_unit: &'static str,
    n_before: usize,
    n_after: usize,
    direction: &'static str,
}

impl<'a> Row<'a> {
    fn of(one: &'a SignChange) -> Self {
        Self {
            sign: one.sign.kind.name(),
            site: Some(one.sign.site.as_str()).filter(|site| !site.is_empty()),
            is_target: one.is_target,
            before: one.before.and_then(rounded),
            after: one.after.and_then(rounded),
            unit: one.sign.kind.unit(),
            change: one.change.and_then(rounded),
            change_unit: one.sign.kind.change_unit(),
            n_before: one.n_before,
            n_after: one.n_after,
            direction: one.direction.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::testing::analysis;

    #[test]
    fn what_was_read_is_told_in_words_and_nothing_as_well() {
        let mut one = analysis().retrospects.remove(0);
        assert_eq!(outcome(&one), "1 unknown");
        let better = SignChange { direction: Direction::Better, ..one.signs[0].clone() };
        one.signs.extend([better.clone(), better]);
        assert_eq!(outcome(&one), "2 better, 1 unknown");
        one.signs.clear();
        assert_eq!(outcome(&one), "no sign stood out before it");
        assert!(none(&[analysis()]).contains("in these days"));
        assert!(none(&[Analysis { retrospects: Vec::new(), ..analysis() }]).contains("massage.csv"));
    }
}
