//! `profile.csv` and `general_preferences.csv` of a Strava bulk export: what they say of the runner.
//!
//! Input is the table, output facts to be offered. Invariant: only sex, year of birth, maximum heart rate and units are taken;
//! names, addresses and the day of birth stay where they are.

use super::date::{self, Order};
use super::number::leading;
use super::table::{Row, Table, cell};
use super::words::unaccented;
use super::{Fact, List};
use crate::model::calendar::local_day;
use chrono::Datelike;

/// What is taken: the key of the config, the names of its column, and its value.
type Taken = (&'static str, &'static [&'static str], fn(&str) -> Option<String>);

const TAKEN: [Taken; 4] = [
    ("sex", &["Sex", "Gender", "Geschlecht", "Sexe"], sex),
    (
        "birth_year",
        &[
            "Date of Birth",
            "Birthday",
            "Birth Date",
            "Birthdate",
            "Year of Birth",
            "Birth Year",
            "Geburtsdatum",
            "Geburtstag",
            "Geburtsjahr",
            "Date de naissance",
            "Année de naissance",
        ],
        birth_year,
    ),
    (
        "hr_max",
        &[
            "Maximum Heartrate",
            "Max Heartrate",
            "Maximum Heart Rate",
            "Max Heart Rate",
            "Max. Heart Rate",
            "Max. Herzfrequenz",
            "Maximale Herzfrequenz",
            "Fréquence cardiaque maximale",
        ],
        hr_max,
    ),
    (
        "units",
        &["Measurement Preference", "Maßeinheiten", "Bevorzugte Maßeinheit", "Unités de mesure"],
        units,
    ),
];

/// The facts in a table of one row; `None` where it has none of the columns. `base` is the name of the file.
pub(super) fn read(base: &str, mut table: Table<'_>) -> Option<List> {
    let columns: Vec<(&Taken, usize)> =
        TAKEN.iter().filter_map(|taken| Some((taken, table.column(taken.1)?))).collect();
    if columns.is_empty() {
        return None;
    }
    let row: Row = table.next()?;
    let fact = |((key, _, value), at): &(&Taken, usize)| {
        let value = value(cell(&row, Some(*at))?)?;
        Some(Fact { key: (*key).to_owned(), value, origin: format!("\"{}\" in {base}", table.header[*at]) })
    };
    Some(List { facts: columns.iter().filter_map(fact).collect(), ..List::default() })
}

fn sex(text: &str) -> Option<String> {
    let word = unaccented(text.trim());
    let sex = match word.as_str() {
        "f" | "w" | "female" | "woman" | "weiblich" | "frau" | "femme" | "feminin" => "female",
        "m" | "male" | "man" | "mannlich" | "mann" | "homme" | "masculin" => "male",
        _ => return None,
    };
    Some(format!("\"{sex}\""))
}

fn birth_year(text: &str) -> Option<String> {
    let alone = text.trim().parse().ok().filter(|year| (1900..=2100).contains(year));
    let year = alone.or_else(|| Some(local_day(date::parse(text, Order::DayFirst)?, 0)?.year()))?;
    (year >= 1900).then(|| year.to_string())
}

fn hr_max(text: &str) -> Option<String> {
    leading(text).filter(|bpm| (120.0..=230.0).contains(bpm)).map(|bpm| format!("{bpm:.0}"))
}

fn units(text: &str) -> Option<String> {
    let word = unaccented(text.trim());
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if has(&["feet", "mile", "imperial", "meile", "pied"]) {
        Some("\"imperial\"".to_owned())
    } else {
        has(&["met", "kilo"]).then(|| "\"metric\"".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::export::read;

    fn facts(name: &str, text: &str) -> Vec<String> {
        let list = read(name, &mut text.as_bytes()).unwrap().unwrap();
        list.facts.iter().map(|fact| format!("{} = {} ({})", fact.key, fact.value, fact.origin)).collect()
    }

    #[test]
    fn what_the_config_can_use_is_taken_and_no_more() {
        let profile = "Athlete ID,Email Address,First Name,Last Name,Sex,City,Weight\n1,a@b.example,Jo,Doe,F,Town,60.0\n";
        assert_eq!(facts("x/profile.csv", profile), ["sex = \"female\" (\"Sex\" in profile.csv)"]);
        let preferences = "Date of Birth,Weight,Maximum Heartrate,Measurement Preference\n\"Mar 12, 1988\",72.0 kg,194 bpm,feet\n";
        assert_eq!(
            facts("general_preferences.csv", preferences),
            [
                "birth_year = 1988 (\"Date of Birth\" in general_preferences.csv)",
                "hr_max = 194 (\"Maximum Heartrate\" in general_preferences.csv)",
                "units = \"imperial\" (\"Measurement Preference\" in general_preferences.csv)"
            ]
        );
    }

    #[test]
    fn columns_are_known_by_each_of_their_names() {
        for name in ["Max Heart Rate", "Maximum Heart Rate", "max_heartrate"] {
            let text = format!("{name},Year of Birth\n188,1988\n");
            let found = facts("general_preferences.csv", &text);
            assert!(
                found[0].starts_with("birth_year = 1988") && found[1].starts_with("hr_max = 188"),
                "{found:?}"
            );
        }
        for name in ["Birthday", "Date of Birth", "Birthdate"] {
            let found = facts("profile.csv", &format!("Gender,{name}\nf,1988-03-12\n"));
            assert!(found[1].starts_with("birth_year = 1988"), "{found:?}");
        }
    }

    #[test]
    fn what_is_not_plausible_is_not_offered() {
        let preferences = "Date of Birth,Maximum Heartrate,Measurement Preference\n,0,cubits\n";
        assert!(facts("general_preferences.csv", preferences).is_empty());
        assert!(read("profile.csv", &mut "Name,Town\nJo,Here\n".as_bytes()).is_none());
    }
}
