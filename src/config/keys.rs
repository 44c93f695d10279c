//! Every key of `legwork.toml`: what it is, what it takes, and what holds where it is left out.
//!
//! The parser reads names, ranges and words from here, and so does whoever documents the file. The keys of `[rules]`
//! stand with the rules, in [`crate::massage::rules`].

use super::{Class, CrossTraining, EwmaSeed, Fitness, Form};
use crate::model::Sport;
use crate::model::units::Units;
use crate::score::thresholds::Sex;

/// One key of the file.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// What may stand there.
    pub takes: Takes,
    /// What holds without it.
    pub left_out: &'static str,
}

/// What may stand at a key.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// A number from a least to a greatest plausible one.
    Number(f64, f64),
    /// One of some words.
    Words(fn() -> Vec<&'static str>),
    /// A list of some words.
    Several(fn() -> Vec<&'static str>),
    /// `true` or `false`.
    Flag,
    /// Text or a date of the form that is described.
    Form(&'static str),
    /// A table or a list of tables.
    Tables,
}

impl Takes {
    /// In words for a reader; empty for tables.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Number(min, max) => format!("{min} to {max}"),
            Self::Words(words) => listed(&words(), "or"),
            Self::Several(words) => format!("a list of {}", listed(&words(), "and")),
            Self::Flag => "true or false".to_owned(),
            Self::Form(form) => form.to_owned(),
            Self::Tables => String::new(),
        }
    }
}

/// Words in quotes, with `last` before the last of them.
fn listed(words: &[&str], last: &str) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words.split_last().map_or_else(String::new, |(end, rest)| match rest {
        [] => end.clone(),
        rest => format!("{} {last} {end}", rest.join(", ")),
    })
}

const fn key(name: &'static str, about: &'static str, takes: Takes, left_out: &'static str) -> Key {
    Key { name, about, takes, left_out }
}

/// Words of the file with what they stand for.
pub(super) type Words<T, const N: usize> = [(&'static str, T); N];

pub(super) const UNITS: Words<Units, 2> = [("metric", Units::Metric), ("imperial", Units::Imperial)];
pub(super) const SEX: Words<Sex, 2> = [("female", Sex::Female), ("male", Sex::Male)];
pub(super) const CLASS: Words<Class, 4> = [
    ("auto", Class::Auto),
    ("recreational", Class::Recreational),
    ("competitive", Class::Competitive),
    ("marathon", Class::Marathon),
];
pub(super) const PRIORITY: Words<char, 3> = [("A", 'A'), ("B", 'B'), ("C", 'C')];
pub(super) const FITNESS: Words<Fitness, 2> =
    [("exponential", Fitness::Exponential), ("reciprocal", Fitness::Reciprocal)];
pub(super) const FORM: Words<Form, 2> = [("yesterday", Form::Yesterday), ("same_day", Form::SameDay)];
pub(super) const EWMA_SEED: Words<EwmaSeed, 2> =
    [("mean28", EwmaSeed::Mean28), ("first_day", EwmaSeed::FirstDay)];
pub(super) const CROSS_TRAINING: Words<CrossTraining, 2> =
    [("none", CrossTraining::None), ("load", CrossTraining::Load)];

fn words<T, const N: usize>(pairs: &Words<T, N>) -> Vec<&'static str> {
    pairs.iter().map(|(word, _)| *word).collect()
}

/// Sports whose distance may count as mileage.
fn on_foot() -> Vec<&'static str> {
    Sport::ALL.into_iter().filter(|sport| sport.is_on_foot()).map(Sport::name).collect()
}

/// Stands at the top for every athlete, and at an athlete for that one.
const SPORTS: Key = key(
    "sports",
    "Sports whose distance counts as mileage",
    Takes::Several(on_foot),
    "every kind of running",
);
/// The same.
const CROSS: Key = key(
    "cross_training",
    "Whether other endurance sport counts as load, by its heart rate, else by how hard it was said to be; never as distance",
    Takes::Words(|| words(&CROSS_TRAINING)),
    "none",
);

/// Keys at the top of the file.
pub const TOP: [Key; 9] = [
    key(
        "as_of",
        "The day the analysis stands on; nothing after it is read",
        Takes::Form("a date such as \"2026-05-31\""),
        "today, or the day of the newest run where that is more than four weeks back",
    ),
    key(
        "units",
        "Units in what people read; tables are in metres and seconds either way",
        Takes::Words(|| words(&UNITS)),
        "metric",
    ),
    key("week_start", "First day of a training week", Takes::Form("a weekday"), "monday"),
    SPORTS,
    CROSS,
    key("athlete", "One runner", Takes::Tables, "the whole folder is one runner"),
    key("load", "Conventions in which tools differ", Takes::Tables, "the defaults below"),
    key("rules", "Rules of the massage calendar", Takes::Tables, "the defaults below"),
    key("tissues", "What training does to each tissue", Takes::Tables, "the defaults below"),
];

/// Keys of an `[[athlete]]`.
pub const ATHLETE: [Key; 24] = [
    key(
        "id",
        "Names the athlete and the folder of the report",
        Takes::Form("letters, digits, - and _"),
        "athlete-1, athlete-2 …",
    ),
    key("folder", "Folder with the runs, beside this file", Takes::Form("a path"), "the id"),
    key(
        "sex",
        "Sets the weighting of heart rate",
        Takes::Words(|| words(&SEX)),
        "men's constants weigh heart rate",
    ),
    key(
        "birth_year",
        "Year of birth",
        Takes::Number(1900.0, 2100.0),
        "heart rate is never estimated from age, and age shortens no interval",
    ),
    key(
        "hr_max",
        "Highest heart rate ever seen in a hard finish, in beats per minute",
        Takes::Number(120.0, 230.0),
        "the highest peak that your runs confirm, else from age",
    ),
    key(
        "hr_rest",
        "Heart rate on waking, in beats per minute",
        Takes::Number(25.0, 110.0),
        "what the watch or the diary says, else 55",
    ),
    key(
        "lt1",
        "Heart rate at the first threshold, below which running is easy, in beats per minute",
        Takes::Number(80.0, 210.0),
        "0.89 of lthr",
    ),
    key(
        "lthr",
        "Heart rate that can be held for about an hour, in beats per minute",
        Takes::Number(90.0, 220.0),
        "from a race of 30 to 70 min, else 0.90 of hr_max",
    ),
    key(
        "threshold_pace",
        "Pace that can be held for about an hour",
        Takes::Form("per km or mi, 2:49/km to 15:00/km"),
        "from races, else from best efforts of 2 to 20 min",
    ),
    key(
        "critical_power",
        "Critical power in W, on the scale of your own power meter",
        Takes::Number(80.0, 700.0),
        "from best efforts of 2 to 20 min, each meter for itself",
    ),
    key("mass", "Body mass in kg", Takes::Number(30.0, 200.0), "no power is estimated from speed and grade"),
    key("height", "Body height in m", Takes::Number(1.2, 2.3), "no power is estimated from speed and grade"),
    key(
        "trimp_a",
        "Constant A of the training impulse, from your own lactate test; only with trimp_b",
        Takes::Number(0.01, 5.0),
        "0.86 for women, else 0.64",
    ),
    key(
        "trimp_b",
        "Constant b of the same; only with trimp_a",
        Takes::Number(0.1, 6.0),
        "1.67 for women, else 1.92",
    ),
    key("class", "How often massage is due", Takes::Words(|| words(&CLASS)), "auto: decided from the runs"),
    key("accustomed", "Used to deep work", Takes::Flag, "decided from massage.csv"),
    key(
        "injury",
        "The day of the last injury that stopped running; for a year after it massage is due sooner",
        Takes::Form("a date such as \"2026-02-01\""),
        "none",
    ),
    key(
        "responds_well",
        "Massage does this runner good for long, so it may be due later",
        Takes::Flag,
        "not said",
    ),
    key(
        "sits_hours",
        "Hours of sitting on a working day; from 6 on the hip flexors are looked at first",
        Takes::Number(0.0, 18.0),
        "not said",
    ),
    key(
        "time_zone",
        "Zone of runs that say nothing of their own",
        Takes::Form("a name such as \"Europe/Berlin\""),
        "such runs are dated by UTC",
    ),
    SPORTS,
    CROSS,
    key("race", "One race, past or to come", Takes::Tables, "races are looked for in the runs"),
    key("gap", "Days whose runs are not all on record", Takes::Tables, "a day without a file is a rest"),
];

/// Keys of an `[[athlete.race]]`.
pub const RACE: [Key; 4] = [
    key("date", "The day", Takes::Form("a date such as \"2026-05-31\""), "an error"),
    key("name", "Its name", Takes::Form("any text"), "the distance"),
    key("distance", "How far", Takes::Form("\"10 km\", \"half\", \"marathon\", \"50 mi\" …"), "an error"),
    key(
        "priority",
        "A is the race the training is for, B a serious race, C one run out of training",
        Takes::Words(|| words(&PRIORITY)),
        "B",
    ),
];

/// Keys of an `[[athlete.gap]]`.
pub const GAP: [Key; 3] = [
    key("from", "First day", Takes::Form("a date such as \"2026-05-01\""), "an error"),
    key("to", "Last day, included", Takes::Form("a date such as \"2026-05-07\""), "an error"),
    key("reason", "Why nothing is known of them", Takes::Form("any text"), "named in the config"),
];

/// Keys of `[load]`.
pub const LOAD: [Key; 3] = [
    key(
        "fitness",
        "Weight of a day in fitness and fatigue, by time constant τ, 1 − e^(−1/τ) or 1/τ",
        Takes::Words(|| words(&FITNESS)),
        "exponential",
    ),
    key(
        "form",
        "The evening whose fitness and fatigue make the form of a day",
        Takes::Words(|| words(&FORM)),
        "yesterday",
    ),
    key(
        "ewma_seed",
        "Where the weighted ratio starts, at the mean of 28 days, or at the first day as in the published example",
        Takes::Words(|| words(&EWMA_SEED)),
        "mean28",
    ),
];

/// Keys of `[tissues]`. Each tissue has a table there too, such as `[tissues.quad_pf]`, with the coefficients of the tissue
/// model.
pub const TISSUES: [Key; 1] = [key(
    "surface",
    "Whether roads and trails, as the file names them, weigh on some tissues",
    Takes::Flag,
    "false",
)];
