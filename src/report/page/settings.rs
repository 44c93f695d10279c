//! What the config chose, as far as it moves the numbers of the page.

use super::table::{prose, table, words};
use crate::analysis::Analysis;
use crate::massage::rules::tunables;
use crate::report::text;
use maud::{Markup, html};
use serde_json::Value;

/// Settings by their place in `analysis.json`, with what they are in words. Thresholds have a table of their own.
const SHOWN: [(&str, &str); 14] = [
    ("/units", "units"),
    ("/week_start", "a week starts on"),
    ("/sports", "sports whose distance is mileage"),
    ("/cross_training", "other endurance sport counts as"),
    ("/time_zone", "time zone of runs that do not state theirs"),
    ("/birth_year", "year of birth"),
    ("/class", "kind of training"),
    ("/accustomed", "used to deep work"),
    ("/injury", "injury"),
    ("/responds_well", "responds well to massage"),
    ("/sits_hours", "hours of sitting on a working day"),
    ("/conventions/fitness", "weight of a day in fitness and fatigue"),
    ("/conventions/form", "form of a day rests on"),
    ("/conventions/ewma_seed", "the weighted ratio starts at"),
];

/// The settings behind a fold; what is not set is not listed.
pub fn section(analysis: &Analysis) -> Markup {
    let settings = serde_json::to_value(&analysis.settings).unwrap_or_default();
    let chosen =
        SHOWN.iter().filter_map(|(place, name)| Some(((*name).to_owned(), said(settings.pointer(place)?)?)));
    let rules = settings.get("rules").and_then(Value::as_object);
    let changed = tunables().filter_map(|rule| {
        let value = rules?.get(rule.key)?.as_f64()?;
        let is_other = (value - rule.default).abs() > f64::EPSILON;
        is_other.then(|| {
            (format!("{} ({})", rule.about, rule.key), format!("{value}, where {} is usual", rule.default))
        })
    });
    let rows: Vec<Vec<Markup>> =
        chosen.chain(changed).map(|(name, value)| vec![html! { (name) }, html! { (value) }]).collect();
    html! {
        details {
            summary { "Settings" }
            (table("Settings", &[words("setting"), prose("value")], &rows))
            p.note { "Rules that are not listed have their usual values. Everything is in " code { "analysis.json" } " under " code { "settings" } "." }
        }
    }
}

fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(word) => Some(text::plain_word(&text::clean(word))),
        Value::Bool(is_so) => Some(if *is_so { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(words) => {
            let words: Vec<String> = words.iter().filter_map(said).collect();
            (!words.is_empty()).then(|| words.join(", "))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Athlete, Config, Counting, CrossTraining, Settings};
    use crate::model::Sport;
    use crate::model::units::Units;
    use crate::report::testing::sample;

    #[test]
    fn what_is_set_is_listed_and_a_changed_rule_with_its_usual_value() {
        let mut analysis = sample(6);
        let rules = [("race.deep_min".to_owned(), 6.0), ("race.light".to_owned(), 2.0)].into();
        let config = Config { rules, ..Config::default() };
        let athlete = Athlete { accustomed: Some(true), ..Athlete::unknown("jo", ".") };
        analysis.settings = Settings::new(&config, &athlete, analysis.as_of, Units::Imperial);
        let page = section(&analysis).into_string();
        for words in [
            ">imperial</td>",
            ">used to deep work</th><td class=\"p\">yes</td>",
            "to a race (race.deep_min)</th><td class=\"p\">6, where 5 is usual</td>",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("mileage"), "{page}");
        let sports = Some(vec![Sport::Running, Sport::TrailRunning]);
        let athlete =
            Athlete { counting: Counting { sports, cross_training: Some(CrossTraining::Load) }, ..athlete };
        analysis.settings = Settings::new(&config, &athlete, analysis.as_of, Units::Imperial);
        let page = section(&analysis).into_string();
        assert!(page.contains(">running, trail running</td>") && page.contains(">load</td>"), "{page}");
        assert!(!page.contains("race.light") && !page.contains("injury"), "{page}");
    }
}
