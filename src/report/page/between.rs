//! What to do between sessions, and the one line that has nothing to do with massage.

use super::cards::rule;
use crate::analysis::Analysis;
use crate::report::{sentences, text};
use maud::{Markup, html};

/// How R15 opens its line, which the heading says already.
const SAID: &str = "between sessions: ";

/// The advice of the day; with a red flag, which the sentence above names, the clinician alone; nothing where there is nothing to say.
pub fn section(analysis: &Analysis) -> Markup {
    let has_flag = sentences::red_flag(analysis).is_some();
    let advice = sentences::advice(analysis);
    html! {
        @if has_flag || !advice.is_empty() { h3 { "Between sessions" } }
        @if has_flag {
            p {
                "With a red flag nothing takes the place of the clinician, self-care neither. "
                a href="#red-flags" { "Signs that need a clinician first" } "."
            }
        } @else if !advice.is_empty() {
            ul { @for one in advice {
                li { (text::capital(text::clean(&one.text).trim_start_matches(SAID))) " " (rule(one)) }
            } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::massage::day::DayWork;
    use crate::massage::window::{Grade, Limit, Reason};
    use crate::model::Depth;
    use crate::report::testing::sample;

    fn advised() -> Analysis {
        let reason =
            |rule, text: &str| Reason { rule, text: text.into(), value: None, grade: Grade::A, adds: 0.0 };
        let mut analysis = sample(6);
        analysis.advice = vec![
            reason("R21", "beside massage: <sleep>"),
            reason("R12", "one sign, to watch: a warm-up that takes longer"),
            reason("R15", "between sessions: roller or ball"),
        ];
        analysis
    }

    #[test]
    fn the_line_that_is_not_massage_comes_last() {
        let page = section(&advised()).into_string();
        let at = |words: &str| page.find(words).unwrap();
        assert!(at("One sign, to watch") < at("Roller or ball"), "{page}");
        assert!(at("Roller or ball") < at("Beside massage: &lt;sleep&gt;"), "{page}");
        assert_eq!(section(&sample(6)).into_string(), "", "no heading over nothing");
    }

    #[test]
    fn a_red_flag_leaves_room_for_nothing_else() {
        let mut analysis = advised();
        let limit = Limit { rule: "7.6", text: "pain 6 of 10: see a clinician".into(), date: analysis.as_of };
        analysis.work = vec![DayWork {
            date: analysis.as_of,
            is_projected: false,
            ceiling: Depth::None,
            limits: vec![(Depth::None, limit)],
            need: 0.0,
            due: 0.0,
            every_days: 28.0,
            reasons: Vec::new(),
        }];
        let page = section(&analysis).into_string();
        assert!(page.contains("place of the clinician") && page.contains("#red-flags"), "{page}");
        assert!(!page.contains("oller") && !page.contains("Beside massage"), "{page}");
    }
}
