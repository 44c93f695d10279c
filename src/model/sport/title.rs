//! The sport that a title names, for recordings that do not state theirs.
//!
//! A title is free text, so whole words count, not parts of them: "Trunk Lane" is no run.

use super::Sport;

/// Words of titles, in lower case; those that platforms put into titles come first.
const WORDS: [(&str, Sport); 64] = [
    ("run", Sport::Running),
    ("runs", Sport::Running),
    ("running", Sport::Running),
    ("runner", Sport::Running),
    ("jog", Sport::Running),
    ("jogging", Sport::Running),
    ("parkrun", Sport::Running),
    ("laufen", Sport::Running),
    ("laufrunde", Sport::Running),
    ("carrera", Sport::Running),
    ("correr", Sport::Running),
    ("corsa", Sport::Running),
    ("corrida", Sport::Running),
    ("footing", Sport::Running),
    ("hardlopen", Sport::Running),
    ("löpning", Sport::Running),
    ("løbetur", Sport::Running),
    ("juoksu", Sport::Running),
    ("bieg", Sport::Running),
    ("treadmill", Sport::TreadmillRunning),
    ("laufband", Sport::TreadmillRunning),
    ("walk", Sport::Walking),
    ("walks", Sport::Walking),
    ("walking", Sport::Walking),
    ("stroll", Sport::Walking),
    ("gehen", Sport::Walking),
    ("spaziergang", Sport::Walking),
    ("marche", Sport::Walking),
    ("caminata", Sport::Walking),
    ("camminata", Sport::Walking),
    ("wandeling", Sport::Walking),
    ("hike", Sport::Hiking),
    ("hiking", Sport::Hiking),
    ("wanderung", Sport::Hiking),
    ("wandern", Sport::Hiking),
    ("randonnée", Sport::Hiking),
    ("senderismo", Sport::Hiking),
    ("escursione", Sport::Hiking),
    ("ruck", Sport::Rucking),
    ("ride", Sport::Cycling),
    ("rides", Sport::Cycling),
    ("riding", Sport::Cycling),
    ("bike", Sport::Cycling),
    ("biking", Sport::Cycling),
    ("cycling", Sport::Cycling),
    ("cycle", Sport::Cycling),
    ("mtb", Sport::Cycling),
    ("rad", Sport::Cycling),
    ("radtour", Sport::Cycling),
    ("radfahrt", Sport::Cycling),
    ("radfahren", Sport::Cycling),
    ("radrunde", Sport::Cycling),
    ("rennrad", Sport::Cycling),
    ("vélo", Sport::Cycling),
    ("velo", Sport::Cycling),
    ("bicicleta", Sport::Cycling),
    ("ciclismo", Sport::Cycling),
    ("fietsen", Sport::Cycling),
    ("swim", Sport::Swimming),
    ("swimming", Sport::Swimming),
    ("schwimmen", Sport::Swimming),
    ("natation", Sport::Swimming),
    ("rowing", Sport::Rowing),
    ("langlauf", Sport::Skiing),
];

/// Ends of German words for a run, as in "Morgenlauf", and those that end alike and are none.
const LAUF: &str = "lauf";
const NO_LAUF: [&str; 7] = ["verlauf", "ablauf", "anlauf", "auslauf", "umlauf", "kreislauf", "lebenslauf"];
/// Running in two words.
const PHRASES: [&str; 2] = ["course à pied", "course a pied"];

pub(super) fn sport(title: &str) -> Option<Sport> {
    let title = title.to_lowercase();
    let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut found: Vec<Sport> = words.filter_map(of_word).collect();
    found.extend(PHRASES.iter().any(|phrase| title.contains(phrase)).then_some(Sport::Running));
    let first = *found.first()?;
    // "Run to the bike shop" may be either, so the title tells nothing. The more exact of two words for one sport counts.
    let is_one = found.iter().all(|sport| sport.is_alike(first));
    found.into_iter().filter(|_| is_one).max()
}

fn of_word(word: &str) -> Option<Sport> {
    let listed = WORDS.iter().find(|(name, _)| *name == word).map(|(_, sport)| *sport);
    let is_lauf = || word.ends_with(LAUF) && !NO_LAUF.contains(&word);
    listed.or_else(|| is_lauf().then_some(Sport::Running))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_name_its_sport() {
        let check = |expected: Option<Sport>, titles: &[&str]| {
            for title in titles {
                assert_eq!(sport(title), expected, "{title}");
            }
        };
        let running = ["Morning Run", "Abendlauf", "Lauf am Morgen", "Easy jog", "Course à pied le midi"];
        check(Some(Sport::Running), &running);
        check(Some(Sport::TreadmillRunning), &["Treadmill run", "Laufband"]);
        check(Some(Sport::Cycling), &["Ride", "Lunch Ride", "Radfahrt am Abend", "MTB-Runde", "Sortie vélo"]);
        check(Some(Sport::Walking), &["Dog walk", "Spaziergang", "Caminata de tarde"]);
        check(Some(Sport::Hiking), &["Wanderung", "Hike"]);
        check(Some(Sport::Skiing), &["Langlauf"]);
        check(Some(Sport::Swimming), &["Swim"]);
        // Two sports, none, and words that only hold a part of one.
        check(None, &["Run to the bike shop", "Trunk Lane", "Brunch", "Verlauf", "Zürich", "", "2026-05-01"]);
    }
}
