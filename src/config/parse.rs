//! The text of `legwork.toml` to a [`Config`].
//!
//! The file is walked by hand over a TOML table, so that each error can name its key and what would be right.

use super::keys::{self, Key, Takes};
use super::unknown::{nearest, unknown};
use super::{Athlete, Config, Conventions, Counting, TissueValues, WeekStart};
use crate::model::calendar::parse_day;
use crate::model::{Day, Gap, Race, RaceOrigin, Sport, Tissue};
use crate::score::thresholds::Profile;
use crate::score::trimp::MIN_RESERVE_BPM;
use chrono::Weekday;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::{Table, Value};

/// What is wrong with one key.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    pub key: String,
    pub text: String,
}

type Parsed<T> = Result<T, Problem>;

fn problem<T>(key: &str, text: impl Into<String>) -> Parsed<T> {
    Err(Problem { key: key.to_owned(), text: text.into() })
}

pub(super) fn parse(text: &str) -> Parsed<Config> {
    let table: Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            return problem(&format!("line {line}"), error.message().to_owned());
        }
    };
    let top = Section::new(&table, "", &keys::TOP)?;
    let mut config = Config {
        as_of: top.date("as_of")?,
        units: top.word("units", &keys::UNITS)?.unwrap_or_default(),
        week_start: top
            .text("week_start")?
            .map(|(key, text)| week_start(&key, text))
            .transpose()?
            .unwrap_or_default(),
        counting: counting(&top)?,
        athletes: Vec::new(),
        conventions: Conventions::default(),
        rules: BTreeMap::new(),
        tissues: TissueValues::default(),
        file: String::new(),
    };
    for (index, table) in top.tables("athlete")?.into_iter().enumerate() {
        config.athletes.push(athlete(table, index)?);
    }
    for (index, one) in config.athletes.iter().enumerate() {
        if config.athletes[..index].iter().any(|other| other.id == one.id) {
            return problem("athlete.id", format!("\"{}\" is used twice; give each athlete an id", one.id));
        }
    }
    if let Some(load) = table.get("load") {
        let Some(load) = load.as_table() else { return problem("load", "must be a table: [load]") };
        config.conventions = conventions(load)?;
    }
    if let Some(rules) = table.get("rules") {
        let Some(rules) = rules.as_table() else { return problem("rules", "must be a table: [rules]") };
        read_rules(rules, "", &mut config.rules)?;
    }
    if let Some(tissues) = table.get("tissues") {
        let Some(tissues) = tissues.as_table() else {
            return problem("tissues", "must be a table: [tissues]");
        };
        config.tissues = tissue_values(tissues)?;
    }
    Ok(config)
}

fn conventions(table: &Table) -> Parsed<Conventions> {
    let section = Section::new(table, "load.", &keys::LOAD)?;
    Ok(Conventions {
        fitness: section.word("fitness", &keys::FITNESS)?.unwrap_or_default(),
        form: section.word("form", &keys::FORM)?.unwrap_or_default(),
        ewma_seed: section.word("ewma_seed", &keys::EWMA_SEED)?.unwrap_or_default(),
    })
}

/// `surface`, and a table of numbers for each tissue: `[tissues.quad_pf]`.
fn tissue_values(table: &Table) -> Parsed<TissueValues> {
    let mut values = TissueValues::default();
    for (name, value) in table {
        let key = format!("tissues.{name}");
        match value {
            Value::Boolean(flag) if name == "surface" => values.surface = *flag,
            _ if name == "surface" => return problem(&key, "must be true or false"),
            Value::Table(inner) => {
                let mut coefficients = BTreeMap::new();
                for (name, value) in inner {
                    match number(value) {
                        Some(value) => coefficients.insert(name.clone(), value),
                        None => return problem(&format!("{key}.{name}"), "must be a number"),
                    };
                }
                values.coefficients.insert(name.clone(), coefficients);
            }
            _ if Tissue::ALL.iter().any(|tissue| tissue.name() == name) => {
                return problem(&key, format!("must be a table of coefficients: [{key}]"));
            }
            _ => {
                let tissues = Tissue::ALL.iter().map(|tissue| tissue.name());
                return problem(&key, unknown(name, std::iter::once("surface").chain(tissues)));
            }
        }
    }
    Ok(values)
}

/// Keys may be quoted whole (`"race.deep_min" = 5`) or written as tables (`race.deep_min = 5`).
fn read_rules(table: &Table, prefix: &str, rules: &mut BTreeMap<String, f64>) -> Parsed<()> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Table(inner) => read_rules(inner, &key, rules)?,
            other => match number(other) {
                Some(value) => {
                    rules.insert(key, value);
                }
                None => return problem(&format!("rules.{key}"), "must be a number"),
            },
        }
    }
    Ok(())
}

fn athlete(table: &Table, index: usize) -> Parsed<Athlete> {
    let name = table.get("id").and_then(Value::as_str).map_or_else(|| (index + 1).to_string(), str::to_owned);
    let place = format!("athlete {name}: ");
    let section = Section::new(table, &place, &keys::ATHLETE)?;
    let id = section.text("id")?.map_or_else(|| format!("athlete-{}", index + 1), |(_, id)| id.to_owned());
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.is_empty() || !id.chars().all(fits) {
        return problem(&format!("{place}id"), "may hold letters, digits, - and _ only: it names a folder");
    }
    let profile = Profile {
        sex: section.word("sex", &keys::SEX)?,
        birth_year: section.number("birth_year")?.map(|year| year as i32),
        hr_max_bpm: section.number("hr_max")?,
        hr_rest_bpm: section.number("hr_rest")?,
        lt1_bpm: section.number("lt1")?,
        lthr_bpm: section.number("lthr")?,
        critical_power_w: section.number("critical_power")?,
        mass_kg: section.number("mass")?,
        height_m: section.number("height")?,
        trimp_constants: trimp_constants(&section)?,
        threshold_speed_mps: match section.text("threshold_pace")? {
            Some((key, text)) => Some(threshold_speed(&key, text)?),
            None => None,
        },
    };
    check_heart_rates(&profile, &place)?;
    let zone = match section.text("time_zone")? {
        Some((key, text)) => match text.parse() {
            Ok(zone) => Some(zone),
            Err(_) => {
                return problem(&key, format!("\"{text}\" is no time zone; write one such as Europe/Berlin"));
            }
        },
        None => None,
    };
    let races = section
        .tables("race")?
        .into_iter()
        .map(|table| race(table, &place))
        .collect::<Parsed<Vec<Race>>>()?;
    check_days(&races, &place)?;
    let gaps = section.tables("gap")?.into_iter().map(|table| gap(table, &place)).collect::<Parsed<_>>()?;
    Ok(Athlete {
        folder: section
            .text("folder")?
            .map_or_else(|| PathBuf::from(&id), |(_, folder)| PathBuf::from(folder)),
        id,
        profile,
        class: section.word("class", &keys::CLASS)?.unwrap_or_default(),
        accustomed: section.flag("accustomed")?,
        injury: section.date("injury")?,
        responds_well: section.flag("responds_well")?,
        sits_hours: section.number("sits_hours")?,
        zone,
        counting: counting(&section)?,
        races,
        gaps,
    })
}

/// `sports` and `cross_training`, at the top or at an athlete.
fn counting(section: &Section<'_>) -> Parsed<Counting> {
    Ok(Counting {
        sports: section.sports("sports")?,
        cross_training: section.word("cross_training", &keys::CROSS_TRAINING)?,
    })
}

/// Of two races on a day nobody can say which one the days around it are for.
fn check_days(races: &[Race], place: &str) -> Parsed<()> {
    for (at, race) in races.iter().enumerate() {
        if let Some(other) = races[..at].iter().find(|other| other.date == race.date) {
            return problem(
                &format!("{place}race.date"),
                format!("{} has two races, \"{}\" and \"{}\"; keep one", race.date, other.name, race.name),
            );
        }
    }
    Ok(())
}

fn check_heart_rates(profile: &Profile, place: &str) -> Parsed<()> {
    if let Some((max, rest)) = profile.hr_max_bpm.zip(profile.hr_rest_bpm)
        && max - rest < MIN_RESERVE_BPM
    {
        return problem(
            &format!("{place}hr_max"),
            format!(
                "{max} is less than 60 above hr_rest {rest}; one of the two is wrong: give hr_max from {} to 230",
                rest + MIN_RESERVE_BPM
            ),
        );
    }
    if let Some((lthr, lt1)) = profile.lthr_bpm.zip(profile.lt1_bpm)
        && lt1 >= lthr
    {
        return problem(&format!("{place}lt1"), format!("{lt1} is not below lthr {lthr}"));
    }
    if let Some((max, lthr)) = profile.hr_max_bpm.zip(profile.lthr_bpm)
        && lthr > max
    {
        return problem(&format!("{place}lthr"), format!("{lthr} is above hr_max {max}"));
    }
    Ok(())
}

/// A and b go together: one without the other is no curve.
fn trimp_constants(section: &Section<'_>) -> Parsed<Option<(f64, f64)>> {
    match (section.number("trimp_a")?, section.number("trimp_b")?) {
        (Some(a), Some(b)) => Ok(Some((a, b))),
        (None, None) => Ok(None),
        (Some(_), None) => problem(&section.key("trimp_b"), "is missing beside trimp_a; give both or none"),
        (None, Some(_)) => problem(&section.key("trimp_a"), "is missing beside trimp_b; give both or none"),
    }
}

fn race(table: &Table, place: &str) -> Parsed<Race> {
    let place = format!("{place}race.");
    let section = Section::new(table, &place, &keys::RACE)?;
    let Some(date) = section.date("date")? else {
        return problem(&format!("{place}date"), "is missing; write date = \"2026-05-31\"");
    };
    let Some((key, text)) = section.text("distance")? else {
        return problem(
            &format!("{place}distance"),
            "is missing; write distance = \"marathon\" or \"10 km\"",
        );
    };
    let Some(distance_m) = parse_distance(text) else {
        return problem(
            &key,
            format!("\"{text}\" is no distance; write one such as \"10 km\", \"half\" or \"50 mi\""),
        );
    };
    Ok(Race {
        date,
        name: section.text("name")?.map_or_else(|| text.to_owned(), |(_, name)| name.to_owned()),
        distance_m,
        priority: section.word("priority", &keys::PRIORITY)?.unwrap_or('B'),
        origin: RaceOrigin::Config,
    })
}

fn gap(table: &Table, place: &str) -> Parsed<Gap> {
    let place = format!("{place}gap.");
    let section = Section::new(table, &place, &keys::GAP)?;
    let day = |name: &str| match section.date(name)? {
        Some(day) => Ok(day),
        None => problem(&section.key(name), format!("is missing; write {name} = \"2026-05-01\"")),
    };
    let (from, to) = (day("from")?, day("to")?);
    if from > to {
        return problem(&section.key("to"), format!("{to} lies before {from}, the first day of the gap"));
    }
    let reason = section.text("reason")?.map_or("named in the config", |(_, reason)| reason);
    Ok(Gap { from, to, reason: reason.to_owned() })
}

/// A distance in words (`5k`, `half`, `marathon`) or as a number with its unit (`10 km`, `50 mi`, `1500 m`), in m.
///
/// ```
/// use legwork::config::parse_distance;
/// assert_eq!(parse_distance("Half marathon"), Some(21_097.5));
/// assert_eq!(parse_distance("10k"), Some(10_000.0));
/// assert_eq!(parse_distance("far"), None);
/// ```
#[must_use]
pub fn parse_distance(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "marathon" | "m" => return Some(42_195.0),
        "half" | "half marathon" | "half-marathon" | "hm" => return Some(21_097.5),
        _ => {}
    }
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim() {
        "k" | "km" => 1000.0,
        "mi" | "mile" | "miles" => crate::model::units::MILE_M,
        "m" => 1.0,
        _ => return None,
    };
    number.parse().ok().map(|number: f64| number * factor).filter(|metres| (100.0..=1e6).contains(metres))
}

/// A pace (`4:25/km`, `7:06/mi`) as speed in m/s.
///
/// ```
/// use legwork::config::parse_speed;
/// assert_eq!(parse_speed("5:00/km"), Some(1000.0 / 300.0));
/// assert_eq!(parse_speed("5:00"), None);
/// ```
#[must_use]
pub fn parse_speed(text: &str) -> Option<f64> {
    let (time, unit) = text.trim().split_once('/')?;
    let (minutes, seconds) = time.trim().split_once(':')?;
    let (minutes, seconds): (f64, f64) = (minutes.parse().ok()?, seconds.parse().ok()?);
    let metres = match unit.trim() {
        "km" => 1000.0,
        "mi" => crate::model::units::MILE_M,
        _ => return None,
    };
    let total = minutes * 60.0 + seconds;
    ((0.0..60.0).contains(&seconds) && total > 0.0).then(|| metres / total)
}

/// An hour faster than 21.3 km (the world record of the hour is 21.33 km) or slower than 4 km is no threshold.
fn threshold_speed(key: &str, text: &str) -> Parsed<f64> {
    match parse_speed(text) {
        None => problem(key, format!("\"{text}\" is no pace; write one such as \"4:25/km\" or \"7:06/mi\"")),
        Some(speed) if !(1.11..=5.93).contains(&speed) => problem(
            key,
            format!("{text} is not plausible; a pace held for an hour lies from 2:49/km to 15:00/km"),
        ),
        Some(speed) => Ok(speed),
    }
}

fn week_start(key: &str, text: &str) -> Parsed<WeekStart> {
    match text.parse::<Weekday>() {
        Ok(day) => Ok(WeekStart(day)),
        Err(_) => problem(key, format!("\"{text}\" is no weekday; write one such as \"monday\"")),
    }
}

/// A sport whose distance can be mileage; the error says what would be right.
fn sport(word: &str) -> Result<Sport, String> {
    match Sport::ALL.into_iter().find(|sport| sport.name().eq_ignore_ascii_case(word)) {
        Some(sport) if sport.is_on_foot() => Ok(sport),
        Some(sport) if sport.is_endurance() => Err(format!(
            "{word} is not on foot, so its distance is no mileage; cross_training = \"load\" counts it as load"
        )),
        _ => {
            let known = || Sport::ALL.into_iter().filter(|sport| sport.is_on_foot()).map(Sport::name);
            Err(match nearest(word, known()) {
                Some(name) => format!("\"{word}\" is no known sport; did you mean {name}?"),
                None => format!("\"{word}\" is not one of {}", known().collect::<Vec<_>>().join(", ")),
            })
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}

/// One table of the file, all of whose keys are known.
struct Section<'a> {
    table: &'a Table,
    place: &'a str,
    keys: &'static [Key],
}

impl<'a> Section<'a> {
    fn new(table: &'a Table, place: &'a str, keys: &'static [Key]) -> Parsed<Self> {
        let known = keys.iter().map(|key| key.name);
        match table.keys().find(|key| !known.clone().any(|name| name == key.as_str())) {
            Some(key) => problem(&format!("{place}{key}"), unknown(key, known)),
            None => Ok(Self { table, place, keys }),
        }
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.place)
    }

    fn text(&self, name: &str) -> Parsed<Option<(String, &'a str)>> {
        match self.table.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some((self.key(name), text))),
            Some(_) => problem(&self.key(name), "must be text in quotes"),
        }
    }

    fn date(&self, name: &str) -> Parsed<Option<Day>> {
        let text = match self.table.get(name) {
            Some(Value::Datetime(date)) => date.to_string(),
            _ => match self.text(name)? {
                Some((_, text)) => text.to_owned(),
                None => return Ok(None),
            },
        };
        match parse_day(&text) {
            Ok(day) => Ok(Some(day)),
            Err(wrong) => problem(&self.key(name), wrong),
        }
    }

    /// Within the range of its key.
    fn number(&self, name: &str) -> Parsed<Option<f64>> {
        let Some(value) = self.table.get(name) else { return Ok(None) };
        let range = self.keys.iter().find(|key| key.name == name).map(|key| key.takes);
        let Some(Takes::Number(min, max)) = range else { return problem(&self.key(name), "takes no number") };
        match number(value) {
            Some(number) if (min..=max).contains(&number) => Ok(Some(number)),
            Some(number) => problem(
                &self.key(name),
                format!("{number} is not plausible; give a value from {min} to {max}"),
            ),
            None => problem(&self.key(name), "must be a number"),
        }
    }

    fn flag(&self, name: &str) -> Parsed<Option<bool>> {
        match self.table.get(name) {
            None => Ok(None),
            Some(Value::Boolean(flag)) => Ok(Some(*flag)),
            Some(_) => problem(&self.key(name), "must be true or false"),
        }
    }

    fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Parsed<Option<T>> {
        let Some((key, text)) = self.text(name)? else { return Ok(None) };
        if let Some((_, value)) = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)) {
            return Ok(Some(*value));
        }
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        problem(&key, format!("\"{text}\" is not one of {}", words.join(", ")))
    }

    /// A list of sports on foot, each once, in the order of [`Sport::ALL`].
    fn sports(&self, name: &str) -> Parsed<Option<Vec<Sport>>> {
        let Some(value) = self.table.get(name) else { return Ok(None) };
        let wrong = || Problem {
            key: self.key(name),
            text: "must be a list of words in quotes, such as [\"running\", \"trail_running\"]".to_owned(),
        };
        let words = value.as_array().filter(|words| !words.is_empty()).ok_or_else(wrong)?;
        let mut sports = Vec::new();
        for word in words {
            match sport(word.as_str().ok_or_else(wrong)?) {
                Ok(sport) => sports.push(sport),
                Err(text) => return problem(&self.key(name), text),
            }
        }
        sports.sort_unstable();
        sports.dedup();
        Ok(Some(sports))
    }

    fn tables(&self, name: &str) -> Parsed<Vec<&'a Table>> {
        let wrong = || Problem { key: self.key(name), text: format!("must be a list of tables: [[{name}]]") };
        match self.table.get(name) {
            None => Ok(Vec::new()),
            Some(value) => {
                let list = value.as_array().ok_or_else(wrong)?;
                list.iter().map(|table| table.as_table().ok_or_else(wrong)).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::Units;
    use crate::score::thresholds::Sex;

    const FULL: &str = r#"
        as_of = "2026-05-31"
        units = "imperial"
        week_start = "sunday"
        [[athlete]]
        id = "a"
        sex = "female"
        hr_max = 188
        hr_rest = 48
        threshold_pace = "4:25/km"
        accustomed = true
        injury = 2026-02-01
        responds_well = true
        sits_hours = 8
        time_zone = "Europe/Berlin"
        [[athlete.race]]
        date = 2026-05-31
        name = "City marathon"
        distance = "marathon"
        priority = "A"
        [[athlete.gap]]
        from = 2026-03-01
        to = "2026-03-07"
        reason = "watch lost"
        [[athlete.gap]]
        from = 2026-03-20
        to = 2026-03-20
        [rules]
        "race.deep_min" = 6
        after_long.days = 2
    "#;

    #[test]
    fn a_whole_config_is_read() {
        let config = parse(FULL).unwrap();
        let athlete = &config.athletes[0];
        assert_eq!((config.units, config.week_start), (Units::Imperial, WeekStart(Weekday::Sun)));
        assert_eq!((athlete.profile.sex, athlete.profile.hr_max_bpm), (Some(Sex::Female), Some(188.0)));
        assert_eq!(athlete.injury, Some("2026-02-01".parse().unwrap()));
        assert_eq!((athlete.responds_well, athlete.sits_hours), (Some(true), Some(8.0)));
        assert_eq!((athlete.races[0].distance_m, athlete.races[0].priority), (42_195.0, 'A'));
        let gaps: Vec<(String, &str)> = athlete
            .gaps
            .iter()
            .map(|gap| (format!("{}/{}", gap.from, gap.to), gap.reason.as_str()))
            .collect();
        let expected =
            [("2026-03-01/2026-03-07", "watch lost"), ("2026-03-20/2026-03-20", "named in the config")];
        assert_eq!(gaps, expected.map(|(days, why)| (days.to_owned(), why)));
        assert_eq!((config.rules["race.deep_min"], config.rules["after_long.days"]), (6.0, 2.0));
        assert_eq!(parse("").unwrap(), Config::default());
    }

    #[test]
    fn an_athlete_says_otherwise_than_the_top() {
        let text = "sports = [\"walking\", \"running\"]\ncross_training = \"load\"\n[[athlete]]\n[[athlete]]\nsports = [\"hiking\"]\n[[athlete]]\ncross_training = \"none\"";
        let config = parse(text).unwrap();
        let counting: Vec<Counting> =
            config.athletes.iter().map(|one| one.counting.clone().or(&config.counting)).collect();
        let sports = |at: usize| counting[at].sports.clone().unwrap();
        assert_eq!(sports(0), [Sport::Running, Sport::Walking]);
        assert_eq!((sports(1), sports(2)), (vec![Sport::Hiking], sports(0)));
        let counts = |at: usize| counting[at].scope().is_cross_training(Sport::Cycling);
        assert_eq!([counts(0), counts(1), counts(2)], [true, true, false]);
        let scope = Counting::default();
        assert!(scope.scope().counts(Sport::TrailRunning) && !scope.scope().counts(Sport::Walking));
    }

    #[test]
    fn every_mistake_names_its_key_and_what_would_be_right() {
        let check = |text: &str, key: &str, part: &str| {
            let problem = parse(text).unwrap_err();
            assert_eq!(problem.key, key, "{text}");
            assert!(problem.text.contains(part), "{text}: {}", problem.text);
        };
        check("unit = \"metric\"", "unit", "did you mean units?");
        check("as_of = \"31.05.2026\"", "as_of", "is no date; write 2026-05-31");
        check("[[athlete]]\ninjury = \"last May\"", "athlete 1: injury", "write one such as");
        check("[[athlete]]\nsits_hours = 30", "athlete 1: sits_hours", "from 0 to 18");
        check("[[athlete]]\nresponds_well = \"yes\"", "athlete 1: responds_well", "true or false");
        let race = "[[athlete.race]]\ndate = 2026-01-01\ndistance = \"10k\"\n";
        check(&format!("[[athlete]]\n{race}{race}"), "athlete 1: race.date", "2026-01-01 has two races");
        check("[[athlete]]\n[[athlete.gap]]\nfrom = 2026-01-02", "athlete 1: gap.to", "is missing");
        let turned = "[[athlete]]\n[[athlete.gap]]\nfrom = 2026-01-02\nto = 2026-01-01";
        check(turned, "athlete 1: gap.to", "lies before 2026-01-02");
        check("as_of = 3", "as_of", "text in quotes");
        check("units = \"furlongs\"", "units", "metric, imperial");
        check("week_start = \"someday\"", "week_start", "no weekday");
        check("sports = [\"trail_runing\"]", "sports", "did you mean trail_running?");
        check("sports = [\"chess and so on\"]", "sports", "not one of running, trail_running");
        check("sports = [\"cycling\"]", "sports", "cross_training = \"load\"");
        check("sports = [\"other\"]", "sports", "not one of");
        check("sports = []", "sports", "must be a list");
        check("sports = \"running\"", "sports", "must be a list");
        check("cross_training = true", "cross_training", "text in quotes");
        check("[[athlete]]\ncross_training = \"loads\"", "athlete 1: cross_training", "none, load");
        check("x = = 3", "line 1", "");
        check("[[athlete]]\nid = \"a\"\nhr_maxx = 180", "athlete a: hr_maxx", "did you mean hr_max?");
        check("[[athlete]]\nid = \"a/b\"", "athlete a/b: id", "letters, digits");
        check("[[athlete]]\nid = \"a\"\n[[athlete]]\nid = \"a\"", "athlete.id", "twice");
        check("[[athlete]]\nhr_max = 300", "athlete 1: hr_max", "from 120 to 230");
        check("[[athlete]]\nhr_max = 150\nhr_rest = 100", "athlete 1: hr_max", "60 above");
        check("[[athlete]]\nhr_max = 180\nlthr = 190", "athlete 1: lthr", "above hr_max");
        check("[[athlete]]\nthreshold_pace = \"2:00/km\"", "athlete 1: threshold_pace", "2:49/km");
        check("[[athlete]]\nthreshold_pace = \"4:25\"", "athlete 1: threshold_pace", "no pace");
        check("[[athlete]]\ntime_zone = \"Mars/Base\"", "athlete 1: time_zone", "no time zone");
        check("[[athlete]]\n[[athlete.race]]\ndistance = \"10k\"", "athlete 1: race.date", "missing");
        check(
            "[[athlete]]\n[[athlete.race]]\ndate = 2026-01-01\ndistance = \"x\"",
            "athlete 1: race.distance",
            "no distance",
        );
        check("[rules]\noverdue = \"9\"", "rules.overdue", "a number");
        check("athlete = 3", "athlete", "list of tables");
        check("load = 3", "load", "must be a table");
        check("[load]\nform = \"tomorrow\"", "load.form", "yesterday, same_day");
        check("[load]\nforms = 1", "load.forms", "did you mean form?");
        check("[[athlete]]\nlthr = 160\nlt1 = 165", "athlete 1: lt1", "not below lthr");
        check("[[athlete]]\ntrimp_a = 0.5", "athlete 1: trimp_b", "missing beside trimp_a");
        check("[[athlete]]\nheight = 175", "athlete 1: height", "from 1.2 to 2.3");
    }
}
