//! What a plan means by its words, in the languages that training calendars are written in.
//!
//! Input is a title or a description, output whether it speaks of a run, of which kind, or of a rest. All of it is heuristic:
//! tables of words, the first that fits counts, and what speaks of training is never a race. Words stand without accents,
//! since people leave them out.

use super::measure;
use crate::score::race;
use crate::score::run::SessionKind;

/// What an entry of a plan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A run, with its kind where the words tell.
    Run(Option<SessionKind>),
    /// A day without a run.
    Rest,
    /// Something else: another sport, another part of life.
    Other,
}

/// Words with commas between. A word is met whole; `word*` by its beginning, `*word` by its end, `two words` one after the other.
type Table = &'static str;

const LONG: Table = "long, longrun, lsd, lang, lange, langer, langen, langes, lala, longue, longues, tirada*, larga, largo, \
    lungo, lunga, lunghissimo, longo, longao, longa, langtur*, langpass*, langlop, langlob";
const INTERVALS: Table = "interval*, *intervalle, *intervallen, *intervaller, fractionne*, vma, repeat*, repetit*, repetic*, reps, \
    wiederholung*, serie, series, ripetut*, herhaling*, fartlek*, fahrtspiel*, track, bahn, bahntraining, \
    piste, pista, vo2*, yasso*, speed, speedwork, tiros, billat, cambios, cambi";
const HILLS: Table = "hill, hills, uphill*, berg, berge, bergauf, bergintervall*, bergsprint*, bergtraining, hugel*, huegel*, \
    anstieg*, cote, cotes, cuesta*, salita, salite, subida*, ladeira*, heuvel*, bakke*, backe*, backtraning, \
    backintervall*, backpass, motbakke*";
const TEMPO: Table = "tempo*, *tempo, threshold, schwelle*, seuil, umbral, soglia, limiar, drempel*, terskel*, troskel*, \
    taerskel*, race pace, marathon pace, goal pace, 5k pace, 10k pace, half marathon pace, mp, hmp, mrt, \
    hmrt, lactate, cruise, progression, progressiv*, progressif, progresivo, steigerungslauf, \
    endbeschleunigung, allure marathon, allure semi, allure course, allure specifique, ritmo maraton*, ritmo \
    carrera, ritmo gara, ritmo controlado, ritmo medio, corsa media";
const EASY: Table = "easy, recovery, regen*, recup*, jog, jogging, joggen, locker*, ruhig*, langsam*, gemutlich*, \
    gemuetlich*, erholung*, footing, facile, facil, tranquil*, suave, lento, lenta, rigener*, leve, rustig*, \
    herstel*, rolig*, lett, let lob, let tur, lugn, lugnt, latt, restitution*, restitusjon*, aterhamt*, \
    shakeout, shake, endurance fondamentale, z2, zone 2, aerob*";
const STEADY: Table = "steady, moderate, zugig*, medium, rodaje, dauerlauf, endurance";
/// A few fast strides at the end of an easy run leave it one.
const STRIDES: Table = "stride*, steigerung, steigerungen, lignes droites, progresivos, allunghi, stigningslob*, stigningslop*, \
    versnellingen, accelerations, rectas";
const REST: Table = "rest, ruhetag*, ruhe, lauffrei, frei, pause, pausentag, repos, descanso, riposo, rust, rustdag, hvile, \
    hviledag, vila, vilodag, folga, off, restday";
/// Races in words that `score::race` does not know, because a watch does not name runs so.
const RACE: Table = "competition, competicion, competencia, competicao, wedstrijd*, prestatieloop, gara, tavling, lopp, \
    konkurrence, konkurranse, stevne, semi marathon, semimarathon, medio maraton, media maraton, mezza \
    maratona, meia maratona, halvmaraton, halvmarathon, hauptwettkampf, testwettkampf";
/// A title that begins so is of a race, whatever it says of the warm-up.
const RACE_FIRST: Table =
    "race, rennen, wettkampf, hauptwettkampf, gara, competition, competicion, competicao, wedstrijd";
/// What is said around a race and is none.
const NO_RACE: Table =
    "race week, race report, race prep*, pre race, post race, race pace, race plan, race simulation";
/// Words that mean a race or any run: a race where the distance is one that is raced.
const MAYBE_RACE: Table = "course, carrera";
/// What follows them where they mean any run.
const ANY_RUN: Table = "course a pied, carrera continua";
/// Signs that an entry is about running.
const RUN: Table = "run, runs, running, jog, jogging, joggen, lauf, laufe, laufen, lauftr*, laufabc, *dauerlauf, waldlauf, \
    volkslauf, berglauf, tempolauf, steigerungslauf, regenerationslauf, erholungslauf, crosslauf, footing, \
    courir, course a pied, sortie longue, correr, carrera, rodaje, tirada, trote, corsa, correre, hardlop*, \
    *duurloop, looptraining, lob, lobe*, lop, lopning, lopp, loping, loptur, langtur*, langpass*, corrida, \
    trail, trailrun*, parkrun, *marathon*, *maraton*, fartlek*, fahrtspiel*, longrun, strides, ripetut*, \
    fractionne*";
/// Signs that it is about something else.
const OTHER: Table = "yoga, pilates, bike*, biking, cycl*, rad, radfahren, radtour, rennrad*, spinning, velo, vtt, bici*, \
    ciclis*, mtb, ride, swim*, schwimm*, natation, nadar, natacion, natacao, nuoto, zwemm*, fiets*, cykl*, \
    cykel*, sykk*, svom*, simning, strength*, gym, kraft*, fitness, muscu*, renfo*, fuerza, pesas, forza, \
    pesi, core, stretch*, dehnen, mobility, hike, hiking, wander*, walk, walking, row, rowing, rudern, ski, \
    skiing, langlauf, skilanglauf, eislauf*, dentist, zahnarzt, arzt, doctor, physio*, massage, meeting, \
    call, termin, football, fussball, tennis, padel, climb*, kletter*, boulder*, crossfit, hiit, elliptical, \
    cross training, crosstraining, flight, drive, boat, lunch, middag";

/// What a calendar of life speaks of beside runs; no sign of running counts against one of these in the same part of a title.
const STOP: Table = "meeting*, besprechung*, sitzung*, versammlung*, stammtisch, agm, reunion, riunione, reuniao, vergadering, \
    webinar*, seminar*, workshop*, conference, konferenz, vortrag, quiz, briefing, call, calls, \
    anruf*, telefon*, telefonat, videocall*, appel, llamada, chiamata, expo, *expo, messe, *messe, fair, feria, fiera, \
    show, *show, exhibition, ausstellung, concert, konzert, movie*, film, netflix, kino, cinema, physio*, \
    fysio*, fisio*, kine, kinesi*, osteopath*, chiropract*, krankengymnastik, podolog*, podiatr*, doctor*, arzt*, *arzt, \
    zahnarzt*, orthopad*, medecin, medico, dokter, lakare, laege, dentist*, dentiste, dentista, tandarts, massage*, \
    laufanalyse, gait analysis, school run, nursery run, kids run, ski run, print run, dry run, bank run, trial run of, \
    test run of, run errands, running late, run through, runway, einschulung, elternabend, buy, buying, shop, shopping, \
    kaufen, einkauf*, kauf, abholen, abholung, pickup, pick up number, pick up bib, pick up kids, packet, bib, bibs, \
    startnummer*, startunterlagen, dossard*, dorsal*, pettorale, acheter, achat*, comprar, compra, comprare, kopen, \
    kjope, kopa, travel*, road trip, anreise, abreise, reise, heimreise, flight*, flug, \
    flughafen, voyage, viaje, viaggio, viagem, reis, resa, rejse, train to, drive to, dinner*, abendessen, diner, cena, \
    pranzo, jantar, aftensmad, pasta, pastaparty, *party, volunteer*, freiwillig*, helfer*, benevol*, voluntari*, \
    vrijwillig*, frivillig*, marshal*, spectat*, watch the, watching, watch marathon, watch race, cheer*, zuschau*, \
    anfeuern, kijken, encourager, animar, registration, register, anmeld*, meldeschluss, inscri*, lottery, ballot, \
    sign up, ticket*, deadline, invoice, rechnung, email, car show, race car, race cars, visitors, autorennen, pferderennen, horse race, \
    formula 1, f1, grand prix, motorsport";
/// What says that there will be no run, before a word of running or as a phrase of its own.
const NOT: Table = "no, not, kein, keine, keinen, keinerlei, nicht, ohne, without, skip, pas, sans, sin, senza, niente, nessun, \
    nessuna, non, geen, niet, ingen, inget, ikke, inte, sem, nao, dont, never, cancel, cancelled, canceled, abgesagt*";
/// What stands between: "no long run", "pas de course".
const BETWEEN: Table = "a, an, the, any, more, de, hard, today, di, en, zu";
const NO_RUN: Table = "run free, running free, free of running, lauffrei*, laufpause, laufverbot, run cancelled, run canceled, \
    run off, running ban, lauf abgesagt, lauf entfallt, lauf fallt aus, training entfallt, rest from, pause from, \
    break from, pause vom, pause beim, loopvrij, hardloopvrij";
/// What only a race is called.
const SURELY_RACE: Table = "race, rennen, wettkampf, hauptwettkampf, testwettkampf, gara, competition, competicion, competencia, \
    competicao, wedstrijd, tavling, konkurrence, konkurranse, stevne, wettkampf*";

/// Text in lower case without accents, each word between spaces.
pub(super) struct Words(String);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut spaced = String::from(" ");
        for c in text.chars().flat_map(char::to_lowercase) {
            match plain(c) {
                Some(plain) => spaced.push_str(plain),
                None if c.is_alphanumeric() => spaced.push(c),
                // An accent of its own, as some systems write it.
                None if ('\u{300}'..='\u{36f}').contains(&c) => {}
                None if !spaced.ends_with(' ') => spaced.push(' '),
                None => {}
            }
        }
        if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
        Self(spaced)
    }

    fn each(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    fn has(&self, table: Table) -> bool {
        table.split(", ").any(|word| self.has_word(word))
    }

    fn has_word(&self, pattern: &str) -> bool {
        let word = pattern.trim_matches('*');
        let start = if pattern.starts_with('*') { "" } else { " " };
        let end = if pattern.ends_with('*') { "" } else { " " };
        self.0.contains(&format!("{start}{word}{end}"))
    }

    pub(super) fn is_of_other(&self) -> bool {
        self.has(STOP) || self.has(OTHER) && !self.has(RUN)
    }

    /// "No running", "run-free day": the first word of running is denied.
    fn denies_running(&self) -> bool {
        if self.has(NO_RUN) {
            return true;
        }
        let words: Vec<&str> = self.each().collect();
        let is = |at: usize, table: Table| words.get(at).is_some_and(|word| Words::of(word).has(table));
        let is_run = |at: &usize| {
            is(*at, RUN) || is(*at, "training, race, workout, course, entrainement, allenamento")
        };
        let Some(at) = (0..words.len()).find(is_run) else { return false };
        let is_between = |at: usize| [BETWEEN, LONG, EASY, TEMPO].iter().any(|table| is(at, table));
        at.checked_sub(1).is_some_and(|last| is(last, NOT))
            || at.checked_sub(2).is_some_and(|first| is(first, NOT) && is_between(first + 1))
    }

    /// The standard distance in m that the words name.
    pub(super) fn race_distance_m(&self) -> Option<f64> {
        const HALVES: Table = "half, halbmarathon*, halfmarathon*, semi, semimarathon, medio maraton, media maraton, mezza maratona, \
    mezza, meia maratona, halve marathon, halvmaraton*, halvmarathon*, hm";
        if self.has(HALVES) {
            return Some(21_097.5);
        }
        if self.has("marathon*, maraton*, *marathon") && !self.has("ultra*") {
            return Some(42_195.0);
        }
        self.has("parkrun").then_some(5000.0)
    }
}

/// A letter without its accent.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' => "a",
        'æ' => "ae",
        'ç' => "c",
        'è'..='ë' => "e",
        'ì'..='ï' => "i",
        'ñ' => "n",
        'ò'..='ö' | 'ø' => "o",
        'œ' => "oe",
        'ù'..='ü' => "u",
        'ß' => "ss",
        _ => return None,
    })
}

/// What a title or a description is about; `None` where it has no sign of any kind.
pub(super) fn purpose(text: &str) -> Option<Purpose> {
    let whole = text;
    // "Tempo 8 km, then stretching" is a run, "Bike 60 km, easy" is none.
    let of_run = measure::without_other_sports(text);
    let is_mixed = of_run != text;
    let text = of_run.as_str();
    let words = Words::of(text);
    let is_run = words.has(RUN);
    if words.is_of_other() || is_mixed && !is_run && !measure::is_measured(text) {
        return Some(Purpose::Other);
    }
    if words.denies_running() && measure::distance_m(text).is_none() {
        return Some(Purpose::Rest);
    }
    let kind = kind(&words, text);
    // "Physio, running injury": what comes after something else has to say what run it is.
    let says_how = measure::is_measured(text) || kind.is_some_and(|kind| kind != SessionKind::Race);
    if is_mixed && !says_how && !whole.trim_start().starts_with(text.trim()) {
        return Some(Purpose::Other);
    }
    if kind.is_none() && is_rest(&words) {
        return Some(Purpose::Rest);
    }
    let measured = measure::is_measured(text);
    // "Long weekend" is no run, "Long 25 km" and "Intervals" are.
    let n_words = words.each().count();
    let speaks = match kind {
        Some(SessionKind::Race) => true,
        Some(_) => measured || n_words == 1,
        None => measure::distance_m(text).is_some() && n_words <= 6,
    };
    (is_run || speaks).then_some(Purpose::Run(kind))
}

/// What the word of the column `kind` means.
pub(super) fn of_kind(text: &str) -> Option<Purpose> {
    let words = Words::of(text);
    if is_rest(&words) {
        return Some(Purpose::Rest);
    }
    let known = kind(&words, text).or_else(|| words.has(MAYBE_RACE).then_some(SessionKind::Race));
    if let Some(kind) = known {
        return Some(Purpose::Run(Some(kind)));
    }
    if words.has("quality, workout, hard, key") {
        return Some(Purpose::Run(Some(SessionKind::Intervals)));
    }
    if words.has(OTHER) {
        return Some(Purpose::Other);
    }
    words.has(RUN).then_some(Purpose::Run(None))
}

fn is_rest(words: &Words) -> bool {
    let first = words.each().next().is_some_and(|first| Words::of(first).has(REST));
    let is_short = words.each().count() <= 3;
    first && is_short && !words.has(RUN)
        || words.has("rest day, day off, jour de repos, dia de descanso, giorno di riposo")
}

fn kind(words: &Words, text: &str) -> Option<SessionKind> {
    let (intervals, easy) = (words.has(INTERVALS), words.has(EASY));
    // "Race: easy warm-up first" is a race, "race pace" and "race week" are not.
    if words.each().next().is_some_and(|first| Words::of(first).has(RACE_FIRST)) && !words.has(NO_RACE) {
        return Some(SessionKind::Race);
    }
    if words.has(LONG) && !intervals {
        return Some(SessionKind::Long);
    }
    if words.has(HILLS) {
        return Some(SessionKind::Hills);
    }
    if intervals {
        return Some(SessionKind::Intervals);
    }
    if easy && words.has(STRIDES) {
        return Some(SessionKind::Easy);
    }
    if words.has(TEMPO) {
        return Some(SessionKind::Tempo);
    }
    if measure::has_repetitions(text) && !words.has(STRIDES) {
        return Some(SessionKind::Intervals);
    }
    if easy {
        return Some(SessionKind::Easy);
    }
    if is_race(words) || is_raced(words, text) {
        return Some(SessionKind::Race);
    }
    // The Dutch long run, unless another word says how it is run.
    if words.has("duurloop") {
        return Some(SessionKind::Long);
    }
    words.has(STEADY).then_some(SessionKind::Steady)
}

/// Does it speak of a race and of no training? In a plan "10k" is a distance, and "half" may be half of anything.
fn is_race(words: &Words) -> bool {
    let last = words.each().last();
    let is_name = |word: &&str| !matches!(*word, "5k" | "10k") && (*word != "half" || last == Some("half"));
    let name: Vec<&str> = words.each().filter(is_name).collect();
    let is_named = race::is_of_race(&name.join(" ")) || words.has(RACE);
    is_named && !words.has(NO_RACE) && !words.has(TEMPO)
}

fn is_raced(words: &Words, text: &str) -> bool {
    words.has(MAYBE_RACE)
        && !words.has(ANY_RUN)
        && measure::distance_m(text).is_some_and(|distance_m| {
            [5000.0, 10_000.0, 15_000.0, 21_097.5, 42_195.0]
                .iter()
                .any(|raced| (distance_m / raced - 1.0).abs() < 0.01)
        })
}

/// Does a title leave no doubt that it means a race: by the word itself, or by a priority?
pub(super) fn is_surely_race(title: &str) -> bool {
    Words::of(title).has(SURELY_RACE) || without_priority(title) != title.trim()
}

/// A title without a mark of priority such as `(A)` or `[B]`, which is no part of a name.
pub(super) fn without_priority(title: &str) -> String {
    let marks = ['A', 'B', 'C'].map(|letter| [format!("({letter})"), format!("[{letter}]")]);
    let bare = marks.iter().flatten().fold(title.to_owned(), |title, mark| title.replace(mark.as_str(), " "));
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_same = bare.is_empty() || bare.len() >= title.trim().len();
    if is_same { title.trim().to_owned() } else { bare }
}

/// The priority of a race by its title: `A` and `C` where it says so ("A race", "(A)"), else `B`.
pub(super) fn priority(title: &str) -> char {
    let words = Words::of(title);
    let says = |letter: char| {
        let lower = letter.to_ascii_lowercase();
        let by =
            ["race", "rennen", "wettkampf", "lauf", "gara", "prio"].map(|word| format!("{lower} {word}"));
        title.contains(&format!("({letter})"))
            || title.contains(&format!("[{letter}]"))
            || by.iter().any(|phrase| words.has_word(phrase))
            || words.has_word(&format!("priority {lower}"))
            || words.has_word(&format!("prio {lower}"))
    };
    // "Run a race" is no race of priority A: the letter stands first or in capitals.
    let is_a = says('A') && (title.contains('A') || words.0.starts_with(" a "));
    if is_a || words.has("hauptwettkampf, goal race") {
        'A'
    } else if says('C') {
        'C'
    } else {
        'B'
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SessionKind::{Easy, Hills, Intervals, Long, Race, Steady, Tempo};

    #[test]
    fn kinds_are_read_in_many_languages() {
        let check = |text: &str, kind: SessionKind| {
            assert_eq!(purpose(text), Some(Purpose::Run(Some(kind))), "{text}");
        };
        for text in [
            "Long run 25 km",
            "Langer Lauf",
            "Sortie longue 2h",
            "Tirada larga",
            "Corsa lunga 24 km",
            "Lungo 28 km",
            "Duurloop 20 km",
            "Lange duurloop",
            "Treino longo 22 km",
            "Långpass",
            "Langtur 18 km",
            "Langer Dauerlauf",
            "Long run 30 km with 10 km at marathon pace",
        ] {
            check(text, Long);
        }
        for text in [
            "6x800m",
            "Intervals",
            "Intervalle 5 x 1000 m",
            "Fractionné 10x400",
            "Series 8x400 m",
            "Ripetute 6x1000",
            "3 × 10 min",
            "Intervaltraining 6x800",
            "Long intervals 4x2 km",
            "Easy warm-up, 6x800 m repeats",
        ] {
            check(text, Intervals);
        }
        for text in [
            "Tempo 8 km",
            "Schwelle 6 km",
            "Seuil 3x10 min",
            "Umbral 40 min",
            "Soglia 8 km",
            "Tempodauerlauf",
            "10 km race pace",
            "Marathon pace 12 km",
            "Terskel 4x6 min",
            "Langsam 2 km, dann Tempo 6 km",
        ] {
            check(text, Tempo);
        }
        for text in [
            "Hill repeats 8 x 90 s",
            "Berg 10x200 m",
            "Côtes 10 x 30 s",
            "Cuestas 8x200",
            "Salite 10x100 m",
            "Bergintervalle",
            "Bakkeintervaller 6x2 min",
        ] {
            check(text, Hills);
        }
        for text in [
            "Easy 8 km",
            "Lockerer Dauerlauf",
            "Footing 45 min",
            "Rodaje suave 10 km",
            "Corsa lenta 8 km",
            "Easy run + 6x100 m strides",
            "Jogging",
            "Rustige duurloop 8 km",
            "Recovery jog",
            "Course facile 8 km",
        ] {
            check(text, Easy);
        }
        for text in [
            "Race: 10k, easy warm-up",
            "City Marathon",
            "Volkslauf 10 km",
            "Wettkampf 5 km",
            "Carrera 10K",
            "Gara 10 km",
            "Course 10 km",
            "Semi-marathon de Lyon",
            "Media maratón",
            "Halbmarathon",
            "Berlin Half",
        ] {
            check(text, Race);
        }
        check("Dauerlauf 12 km", Steady);
    }

    #[test]
    fn what_is_no_run_is_none() {
        for text in ["Yoga", "Dentist", "Bike 60 km", "Radfahren 40 km", "Skilanglauf 20 km", "Massage"] {
            assert_eq!(purpose(text), Some(Purpose::Other), "{text}");
        }
        for text in
            ["Long weekend", "Interview", "Birthday of Anna", "Easy Jet to Rome", "Berg Meier, 14 Uhr"]
        {
            assert_eq!(purpose(text), None, "{text}");
        }
        for text in ["Rest", "Rest day", "Ruhetag", "Repos", "Descanso", "Riposo", "Rustdag", "Hviledag"] {
            assert_eq!(purpose(text), Some(Purpose::Rest), "{text}");
        }
        assert_eq!(purpose("Off-road run"), Some(Purpose::Run(None)));
        assert_eq!(purpose("Løb 10 km"), Some(Purpose::Run(None)));
        assert_eq!(purpose("Bike 60 km, easy"), Some(Purpose::Other));
        assert_eq!(of_kind("Hard"), Some(Purpose::Run(Some(Intervals))));
        assert_eq!(of_kind("carrera"), Some(Purpose::Run(Some(Race))));
        assert_eq!((of_kind("off"), of_kind("brisk")), (Some(Purpose::Rest), None));
        assert_eq!(purpose("Run"), Some(Purpose::Run(None)));
        assert_eq!(purpose("10 km"), Some(Purpose::Run(None)));
        assert_eq!(purpose("Course à pied 10 km"), Some(Purpose::Run(None)));
    }

    #[test]
    fn what_speaks_of_running_and_is_none() {
        for text in [
            "Marathon Expo: pick up number",
            "Race car show 10k visitors",
            "Team running meeting 2 h",
            "School run with kids",
            "Call with coach re marathon plan",
            "Physio - running injury",
            "Physio, running injury",
            "Laufschuhe kaufen",
            "Dentist after run",
            "Zahnarzttermin 10 km weit weg",
            "Travel to Berlin Marathon",
            "Dinner with running club",
            "Volunteer at parkrun",
            "Cheer at half marathon",
            "Startnummer abholen Halbmarathon",
            "Marathon Anmeldung",
            "Dossard marathon de Paris",
            "Fisioterapia corsa",
            "Comprar zapatillas de correr",
            "Doctor: MRI after race",
        ] {
            assert_eq!(purpose(text), Some(Purpose::Other), "{text}");
        }
        for text in [
            "No running",
            "Run-free day",
            "No long run this week",
            "Kein Lauf heute",
            "Lauffrei",
            "Nicht laufen",
            "Pas de course",
            "Sin correr",
            "Niente corsa",
            "Geen training",
            "Rest from running",
            "Run cancelled",
        ] {
            assert_eq!(purpose(text), Some(Purpose::Rest), "{text}");
        }
        // And the other way round: other things beside a run leave it one.
        for text in [
            "Easy run 8 km, dinner with Anna",
            "Tempo 8 km, then physio",
            "Lunch run",
            "Easy run, no watch",
            "Run with the club, no race",
            "Run to school 5 km",
            "Easy 8 km. Call me after",
            "Trail run, Kaufbeuren",
            "Run in new shoes 5 km",
            "Easy run with podcast",
        ] {
            assert!(matches!(purpose(text), Some(Purpose::Run(_))), "{text}: {:?}", purpose(text));
        }
    }

    #[test]
    fn a_mark_of_priority_is_no_part_of_a_name() {
        let check = |title: &str, expected: &str| assert_eq!(without_priority(title), expected, "{title}");
        check("Lake run (A)", "Lake run");
        check("[C] Park run", "Park run");
        check("(B)", "(B)");
        check("Vitamin (B12) run", "Vitamin (B12) run");
        assert!(is_surely_race("Lake run (A)") && is_surely_race("Spring 10k race"));
        assert!(!is_surely_race("City marathon") && !is_surely_race("Halbmarathon"));
    }

    #[test]
    fn priorities_stand_in_titles() {
        let check = |title: &str, expected: char| assert_eq!(priority(title), expected, "{title}");
        check("City marathon (A)", 'A');
        check("A race: 10 km", 'A');
        check("Spring 10 km, C race", 'C');
        check("Run a race", 'B');
        check("City marathon", 'B');
    }
}
