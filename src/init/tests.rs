//! The text as a whole: it parses, with suggestions and without, and says what it should.

use super::*;
use crate::config::{Class, Config};
use crate::load::testing::run;
use crate::massage::rules::{Values, tunables};
use crate::score::race::{Points, RaceScore, Sign};
use crate::score::run::{Run, Used};
use crate::score::thresholds::{Estimate, Origin, Profile, Timeline};
use crate::table::testing::{analysis, day};
use crate::tissue::choice::Choice;
use std::collections::BTreeMap;

/// The text with every line that sets something put into force.
fn uncommented(text: &str) -> String {
    let sets = |line: &str| {
        let key = line.split(" = ").next().unwrap_or_default().trim_matches('"');
        let is_key = !key.is_empty()
            && key.chars().all(|c| c.is_ascii_lowercase() || "_.".contains(c) || c.is_ascii_digit());
        line.starts_with("[[") || (is_key && line.contains(" = "))
    };
    let lines = text.lines().map(|line| line.strip_prefix("# ").filter(|rest| sets(rest)).unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

fn parse(text: &str) -> Config {
    Config::parse(text, "legwork.toml").unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn score(points: &[(Sign, f64)], distance_m: f64) -> RaceScore {
    let points = points.iter().map(|&(sign, points)| Points { sign, points }).collect();
    RaceScore { distance_m, seconds: 2500.0, late_hr_bpm: None, points, is_outdone: false }
}

/// A history that shows a maximum, a threshold, a race and something like one.
fn history() -> Analysis {
    let mut analysis = Analysis { athlete: "jo".into(), ..analysis() };
    let shown = |value, origin| {
        let mut line = Timeline::default();
        line.push(Estimate::shown(value, origin, day("2026-05-25"), "evil\nlthr = 1.fit"));
        line
    };
    analysis.thresholds.hr_max_bpm = shown(189.6, Origin::History);
    analysis.thresholds.lthr_bpm = shown(171.2, Origin::Race);
    analysis.thresholds.threshold_speed_mps = shown(1000.0 / 265.0, Origin::Race);
    let raced = Run {
        title: Some("\"Wall\"\nrun \\ 10".into()),
        race: Some(score(&[(Sign::Distance, 2.0), (Sign::Best, 3.0), (Sign::HeartRate, 2.0)], 10_000.0)),
        used: Used { has_offset: true, ..Used::default() },
        utc_offset_s: 7200,
        ..run("2026-05-25")
    };
    let perhaps = Run {
        race: Some(score(&[(Sign::Distance, 1.0), (Sign::Best, 3.0), (Sign::EasyWeek, 1.0)], 1609.344)),
        ..run("2026-05-27")
    };
    analysis.runs = vec![raced, perhaps];
    analysis
}

#[test]
fn it_is_a_config_as_it_stands_and_says_nothing_yet() {
    let text = config(&[history()]);
    let config = parse(&text);
    assert_eq!(config.athletes.len(), 1);
    let athlete = &config.athletes[0];
    assert_eq!((athlete.id.as_str(), athlete.folder.to_str()), ("jo", Some(".")), "{text}");
    assert_eq!((athlete.profile, athlete.class), (Profile::default(), Class::Auto));
    assert_eq!((athlete.races.len(), config.as_of, config.rules), (0, None, BTreeMap::new()));
}

#[test]
fn it_is_one_with_every_suggestion_uncommented() {
    let text = config(&[history()]);
    let config = parse(&uncommented(&text));
    let (profile, races) = (config.athletes[0].profile, &config.athletes[0].races);
    assert_eq!(
        (profile.hr_max_bpm, profile.lthr_bpm, profile.hr_rest_bpm),
        (Some(190.0), Some(171.0), Some(55.0))
    );
    assert!((profile.threshold_speed_mps.unwrap() - 1000.0 / 265.0).abs() < 1e-9);
    assert_eq!(config.athletes[0].zone.map(chrono_tz::Tz::name), Some("Europe/Berlin"));
    let found: Vec<(&str, f64)> = races.iter().map(|race| (race.name.as_str(), race.distance_m)).collect();
    assert_eq!(found, [("\"Wall\" run \\ 10", 10_000.0), ("mile race", 1610.0), ("City marathon", 42_195.0)]);
    assert_eq!(Values::new(&config).unwrap(), Values::default());
    assert_eq!(Choice::of(&config).unwrap(), Choice::default());
    assert_eq!(config.tissues.coefficients.len(), TABLE.len());
}

#[test]
fn a_suggestion_says_where_it_comes_from() {
    let text = config(&[history()]);
    for part in [
        "# Found: a peak that your runs confirm, on 2026-05-25 in evil lthr = 1.fit; confidence medium.\n# hr_max = 190",
        "confidence low; better measured than left so.\n# hr_rest = 55",
        "# Found: auto takes the last four weeks for recreational training.\n# class = \"auto\"",
        "# 7.0 points: it measures like a race distance (2), the fastest of a year over the distance, to 2 % (3), heart",
        "# Confirm these:",
        ": 120 to 230.",
        "# \"race.deep_min\" = 5\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let (sure, perhaps) = text.split_once("# Confirm these:").unwrap();
    assert!(sure.contains("date = \"2026-05-25\"") && perhaps.contains("date = \"2026-05-27\""));
    assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
}

#[test]
fn every_key_of_the_config_is_there() {
    let text = config(&[history()]);
    let all = keys::TOP
        .iter()
        .chain(&keys::ATHLETE)
        .chain(&keys::RACE)
        .chain(&keys::GAP)
        .chain(&keys::LOAD)
        .chain(&keys::TISSUES);
    let of_rules = tunables().map(|rule| rule.key);
    for key in all.map(|key| key.name).chain(of_rules).chain(TABLE.iter().map(|row| row.tissue.name())) {
        let is_key = |line: &str| {
            let line = line.trim_start_matches("# ").trim_start_matches('"');
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches('"').starts_with(" = "))
        };
        let is_table = text.contains(&format!("[{key}]")) || text.contains(&format!(".{key}]]"));
        assert!(is_table || text.lines().any(is_key), "{key}");
    }
}

#[test]
fn what_the_config_would_not_take_is_not_suggested() {
    let mut odd = history();
    odd.thresholds.hr_max_bpm = Timeline::always(Some(110.0), Origin::History);
    let text = config(&[odd]);
    assert!(text.contains("the runs say 110, which is not plausible.\n# hr_max = 190"), "{text}");
    parse(&uncommented(&text));
}

#[test]
fn a_squad_is_explained_once_and_units_are_kept() {
    let (mut ada, mut idle) = (history(), history());
    ada.athlete = "ada".into();
    ada.units = Units::Imperial;
    idle.athlete = "idle".into();
    idle.runs.clear();
    let text = config(&[ada, history(), idle]);
    let config = parse(&uncommented(&text));
    let ids: Vec<&str> = config.athletes.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((ids, config.units), (vec!["ada", "jo"], Units::Imperial));
    assert_eq!(text.matches("Year of birth").count(), 1);
    assert_eq!(text.matches("# hr_max = 190").count(), 2);
    assert!(text.contains("left out here: ."), "{text}");
}

#[test]
fn without_a_run_there_are_only_examples() {
    let mut nobody = history();
    nobody.runs.clear();
    nobody.days.clear();
    nobody.thresholds = crate::score::thresholds::Thresholds::default();
    let text = config(&[nobody]);
    parse(&text);
    parse(&uncommented(&text));
    assert!(text.contains("without a run") && !text.contains("Found:"), "{text}");
}
