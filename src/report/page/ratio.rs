//! What the ratio of acute to chronic load can be read against, and what stands in its place where there is none.

use super::table::{numbers, table, words};
use crate::analysis::Analysis;
use crate::load::rescale::Rescaling;
use crate::report::{sentences, text, usual};
use maud::{Markup, html};

/// From this rank correlation on two orders of days are nearly one (heuristic).
const NEARLY_ONE: f64 = 0.9;
/// From this one on they are alike (heuristic).
const ALIKE: f64 = 0.7;

/// What stands beside the chart of load change.
pub fn beside(analysis: &Analysis) -> Markup {
    let Some(today) = analysis.days.last() else { return html! {} };
    html! {
        @if let Some(ratio) = sentences::ratio(analysis) {
            (comparisons(analysis, ratio))
            p.note {
                "Shuffled: your own weeks of " (usual::span(analysis)) " put into random order, 500 times; the middle nine \
                 tenths of the ratios that come out. It shows how far a ratio swings where order means nothing."
            }
        } @else if sentences::pause(analysis).is_some() && today.load_ratios.coupled.is_some() {
            p.note { "The ratio of the chart compares these days with the pause before them, so it is not read." }
        }
        p { (rescaled(analysis.rescaling)) }
    }
}

fn comparisons(analysis: &Analysis, ratio: f64) -> Markup {
    let span = |range: Option<(f64, f64)>, without: &str| {
        let said = range.map(|(low, high)| format!("{} to {}", text::number(low, 2), text::number(high, 2)));
        html! { (said.unwrap_or_else(|| without.to_owned())) }
    };
    let today = analysis.days.last();
    let rescaled = today.and_then(|row| row.acute_rescaled);
    let usual = usual::range(analysis, |row| row.load_ratios.coupled);
    let rows = [
        vec![html! { "today" }, html! { (text::number(ratio, 2)) }],
        vec![html! { "with other lookbacks" }, span(today.and_then(|row| row.acwr_range), "–")],
        vec![html! { "your usual range, eight of ten days" }, span(usual, "from 180 days on")],
        vec![
            html! { "usual range if your weeks were shuffled" },
            span(analysis.null_band, "from 180 days on"),
        ],
        vec![html! { "acute over your usual chronic load" }, html! { (text::number_or_dash(rescaled, 2)) }],
    ];
    let caption = format!("What today's ratio can be read against, load of {}", analysis.load_scope());
    table(&caption, &[words("ratio"), numbers("value")], &rows)
}

/// The rescaling check in a sentence.
fn rescaled(found: Option<Rescaling>) -> String {
    let Some(found) = found else {
        return "Whether the ratio says more than the acute load alone can be told from 90 days with a ratio on."
            .to_owned();
    };
    let (n_days, spearman) = (found.n_days, text::number(found.spearman, 2));
    let moved = text::share(found.other_third_share);
    let reading = if found.spearman >= NEARLY_ONE {
        "nearly the same order as the ratio, so here the ratio says little that the acute load does not"
    } else if found.spearman >= ALIKE {
        "an order like that of the ratio, so here the ratio adds a little; it may be a base that changed, or only the dividing"
    } else {
        "another order than the ratio; that may be a base that changed, or only the dividing"
    };
    format!(
        "Over {n_days} days the acute load alone puts your days into {reading} (rank correlation {spearman}; {moved} of the \
         days lie in another third)."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::day::LoadFlag;
    use crate::report::testing::{empty, sample, tiny};

    #[test]
    fn the_ratio_stands_beside_what_it_can_be_read_against() {
        let page = beside(&sample(30)).into_string();
        for words in [
            "usual range if your weeks were shuffled</th><td>0.58 to 1.49",
            "Over 200 days the acute load alone puts your days into nearly the same order",
            "(rank correlation 0.95; 12 % of the days lie in another third)",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.to_lowercase().contains("confidence"));
        let short = beside(&sample(14)).into_string();
        assert!(
            short.contains("from 180 days on") && short.contains("from 90 days with a ratio on"),
            "{short}"
        );
    }

    #[test]
    fn in_a_pause_and_without_a_ratio_there_is_no_table() {
        let mut analysis = sample(30);
        analysis.days.last_mut().unwrap().flags = vec![LoadFlag::LayOff];
        let page = beside(&analysis).into_string();
        assert!(!page.contains("<table") && page.contains("so it is not read"), "{page}");
        assert!(!beside(&tiny()).into_string().contains("<table"));
        assert_eq!(beside(&empty()).into_string(), "");
    }

    #[test]
    fn how_alike_two_orders_are_is_said_in_words() {
        let with = |spearman| {
            let found = Rescaling { n_days: 365, median_chronic_au: 40.0, spearman, other_third_share: 0.3 };
            rescaled(Some(found))
        };
        assert!(with(0.8).contains("adds a little") && with(0.5).contains("another order"));
    }
}
