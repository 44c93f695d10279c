//! What the name of a run says.

/// Words of the names of races. Words that some language uses for any run ("Lauf", "course", "carrera") are not
/// among them.
const RACE: [&str; 18] = [
    "race",
    "rennen",
    "wettkampf",
    "volkslauf",
    "stadtlauf",
    "citylauf",
    "silvesterlauf",
    "marathon",
    "marathón",
    "maratona",
    "maraton",
    "halbmarathon",
    "halfmarathon",
    "half",
    "5k",
    "10k",
    "parkrun",
    "ultra",
];
/// Words that belong to training, whatever else the name says.
const TRAINING: [&str; 14] = [
    "training",
    "long",
    "tempo",
    "easy",
    "recovery",
    "workout",
    "interval",
    "intervals",
    "pace",
    "warm",
    "warmup",
    "cool",
    "dauerlauf",
    "langer",
];

/// Does a name speak of a race and of no training?
#[must_use]
pub fn is_of_race(name: &str) -> bool {
    let name = name.to_lowercase();
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().any(|word| RACE.contains(&word)) && !words().any(|word| TRAINING.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_race_is_named_and_its_training_is_not() {
        let check = |name: &str, expected: bool| assert_eq!(is_of_race(name), expected, "{name}");
        check("City Marathon 2026", true);
        check("parkrun #212", true);
        check("Silvesterlauf", true);
        check("Lauf am Morgen", false);
        check("Berliner Halbmarathon", true);
        check("Marathon training 3/16", false);
        check("long run to half-way house", false);
        check("10k tempo", false);
        check("Morning Run", false);
        check("Graceful evening", false);
    }
}
