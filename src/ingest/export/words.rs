//! Words of other languages: names of columns, sports, months, yes and no.

use crate::model::Sport;

/// A name without what differs between exports of one kind: case, spaces, underscores, the kind of apostrophe.
pub(super) fn plain(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, '\u{FEFF}' | '\u{200B}'))
        .map(|c| match c {
            '\u{2019}' | '`' => '\'',
            '_' | '\u{A0}' | '\u{202F}' => ' ',
            c => c,
        })
        .collect();
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A word in lower case without accents, so that `Février` and `fevrier` are one.
pub(super) fn unaccented(word: &str) -> String {
    let bare = |c: char| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        c => c,
    };
    word.to_lowercase().chars().map(bare).collect()
}

/// Words for running, walking and hiking beside those that [`Sport::from_name`] knows, with what English calls them.
const SPORTS: [(&str, &str); 5] = [
    ("hardlo", "run"),
    ("caminata", "walk"),
    ("camminata", "walk"),
    ("caminhada", "walk"),
    ("senderismo", "hike"),
];

/// A kind of activity as platforms name it, in English, German, French or the like.
pub(super) fn sport(name: &str) -> Sport {
    let name = plain(name);
    let known = SPORTS.iter().find(|(part, _)| name.contains(part));
    match name.as_str() {
        // French for running on them.
        "trail" => Sport::TrailRunning,
        name => Sport::from_name(known.map_or(name, |(_, english)| english)),
    }
}

/// Beginnings of the names of months, without accents; each is of one month in every language.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fev"],
    &["mar", "mrt", "maa", "mae"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei", "maj"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "dez", "dic"],
];

/// The month from 1 to 12 that a word names: in English, German, French, Spanish, Italian, Portuguese or Dutch.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = unaccented(word);
    let at = MONTHS.iter().position(|starts| starts.iter().any(|start| word.starts_with(start)))?;
    Some(at as u32 + 1)
}

/// Is it a yes?
pub(super) fn is_yes(text: &str) -> bool {
    let word = unaccented(text.trim());
    ["true", "yes", "y", "x", "ja", "wahr", "oui", "vrai", "si", "race"].contains(&word.as_str())
        || word.parse().is_ok_and(|number: f64| number > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sports_are_told_in_three_languages() {
        for (name, expected) in [
            ("Run", Sport::Running),
            ("Lauf", Sport::Running),
            ("Course à pied", Sport::Running),
            ("Trail Run", Sport::TrailRunning),
            ("Traillauf", Sport::TrailRunning),
            ("Trail", Sport::TrailRunning),
            ("Virtueller Lauf", Sport::VirtualRunning),
            ("Laufband", Sport::TreadmillRunning),
            ("treadmill_running", Sport::TreadmillRunning),
            ("Indoor Running", Sport::TreadmillRunning),
            ("Spaziergang", Sport::Walking),
            ("Wanderung", Sport::Hiking),
            ("Randonnée", Sport::Hiking),
            ("Marche", Sport::Walking),
            ("Hardlopen", Sport::Running),
            ("Caminata", Sport::Walking),
        ] {
            assert_eq!(sport(name), expected, "{name}");
        }
        let none_of_ours = [
            "Radfahrt",
            "Sortie à vélo",
            "Ride",
            "Skilanglauf",
            "Ski de randonnée",
            "Eislaufen",
            "Natation",
            "Crossfit",
        ];
        for name in none_of_ours {
            let sport = sport(name);
            assert!(
                !sport.is_run() && ![Sport::Walking, Sport::Hiking].contains(&sport),
                "{name}: {sport:?}"
            );
        }
    }

    #[test]
    fn months_are_told_in_seven_languages() {
        let of = |words: &str| words.split(' ').map(month).collect::<Vec<_>>();
        let all: Vec<Option<u32>> = (1..=12).map(Some).collect();
        assert_eq!(of("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"), all);
        assert_eq!(
            of("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
            all
        );
        assert_eq!(of("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."), all);
        assert_eq!(
            of("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
            all
        );
        assert_eq!(
            of(
                "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
            ),
            all
        );
        assert_eq!(of("à um de PM"), [None, None, None, None]);
    }
}
