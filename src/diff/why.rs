//! Thresholds and causes in words for people.

use super::cause::Cause;
use super::held::{Held, ThresholdChange};
use super::inputs::words as input;
use super::runs::What;
use super::words::{changed, file, label, step};
use crate::text::{clean, count, number};

/// Causes in one line before the rest is only counted.
const SHOWN: usize = 3;

impl What {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Replaced => "replaced",
            Self::Changed => "changed",
        }
    }
}

/// A threshold with the days on which it was another: `lthr 182 → 167 bpm, 2026-01-02 to 2026-05-17 (race of …)`.
pub(super) fn threshold(change: &ThresholdChange) -> String {
    format!("{}, {} to {}{}", values(change), change.start, change.end, reason(change))
}

fn values(change: &ThresholdChange) -> String {
    let value = |held: &Option<Held>| held.as_ref().map(|held| held.value);
    format!("{} {}", label(&change.key), step(&change.key, value(&change.old), value(&change.new), "none"))
}

/// Why another value held, as far as the estimates tell; empty where they do not.
fn reason(change: &ThresholdChange) -> String {
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let is_shown = |held: &&Held| held.is_only_here && held.file.is_some();
    // A rule of thumb stands in for what is gone and gives way to what is there.
    let is_tested = |held: &Held| !["derived", "training", "age", "default"].contains(&held.origin.as_str());
    let text = match (old.filter(is_shown), new.filter(is_shown)) {
        _ if change.is_of("config") == [false, true] => "now from the config".to_owned(),
        _ if change.is_of("config") == [true, false] => "no longer from the config".to_owned(),
        (Some(old), Some(new)) if is_tested(old) == is_tested(new) => {
            format!("{}, not {}", source(new), source(old))
        }
        (Some(old), new) if new.is_none() || is_tested(old) => format!("{} gone", source(old)),
        (_, Some(new)) => format!("now from {}", source(new)),
        (_, None) => match old.zip(new) {
            Some((old, new)) if old.origin != new.origin => {
                format!("{}, not {}", origin(&new.origin), origin(&old.origin))
            }
            _ => return String::new(),
        },
    };
    format!(" ({})", clean(&text))
}

/// `race of 2026-03-28 in 10k.fit`; a share of another value has no run of its own.
fn source(held: &Held) -> String {
    if held.origin == "derived" {
        return origin(&held.origin).to_owned();
    }
    let date = held.shown.map_or_else(String::new, |day| format!(" of {day}"));
    let file = held.file.as_ref().map_or_else(String::new, |name| format!(" in {}", file(name)));
    format!("{}{date}{file}", origin(&held.origin))
}

/// An origin as the noun of a line.
fn origin(name: &str) -> &str {
    match name {
        "critical_speed" => "best effort",
        "history" => "peak",
        "device" => "watch or diary",
        "derived" => "share of another value",
        name => name,
    }
}

/// The first few causes as a list in words: `3 files added, hr_max 188 → 190 bpm`.
///
/// Files are named where there are no more than `n_named` of a kind.
pub(super) fn causes(causes: &[Cause], n_named: usize) -> String {
    let mut words = files(causes, n_named);
    let mut keys: Vec<&str> = Vec::new();
    for cause in causes {
        match cause {
            Cause::Run { .. } => {}
            Cause::Setting(change) | Cause::Version(change) => words.push(changed(change)),
            Cause::Input(change) => words.push(input(change)),
            Cause::Threshold(change) if keys.contains(&change.key.as_str()) => {}
            Cause::Threshold(change) => {
                keys.push(&change.key);
                words.push(one_threshold(causes, &change.key, &words.join(" ")));
            }
            Cause::Unknown => words.push("nothing that the two reports tell".to_owned()),
        }
    }
    let n_more = words.len().saturating_sub(SHOWN);
    words.truncate(SHOWN);
    let more =
        if n_more > 0 { format!(" and {n_more} more (all with --format json)") } else { String::new() };
    words.join(", ") + &more
}

fn files(causes: &[Cause], n_named: usize) -> Vec<String> {
    let mut words = Vec::new();
    for kind in [What::Added, What::Removed, What::Replaced, What::Changed] {
        let mut files: Vec<String> = Vec::new();
        for cause in causes {
            if let Cause::Run { what, file: name, .. } = cause
                && *what == kind
                && !files.contains(&file(name))
            {
                files.push(file(name));
            }
        }
        match files.len() {
            0 => {}
            n if n <= n_named => words.push(format!("{} {}", files.join(" and "), kind.word())),
            n => words.push(format!("{} {}", count(n, "file"), kind.word())),
        }
    }
    words
}

/// All spans of one threshold in a few words: its values where there is one, else how far it moved, and why where
/// that is the same for all and not among what was said before.
fn one_threshold(causes: &[Cause], key: &str, said: &str) -> String {
    let spans = causes.iter().filter_map(|cause| match cause {
        Cause::Threshold(change) if change.key == key => Some(change),
        _ => None,
    });
    let spans: Vec<&ThresholdChange> = spans.collect();
    let files = spans.iter().flat_map(|one| [&one.old, &one.new]).flatten().filter(|held| held.is_only_here);
    let is_said = files.filter_map(|held| held.file.as_ref()).any(|name| said.contains(&file(name)));
    let why = spans.first().map_or_else(String::new, |one| reason(one));
    let why = if is_said || spans.iter().any(|one| reason(one) != why) { String::new() } else { why };
    if let [one] = spans[..] {
        return values(one) + &why;
    }
    let largest = spans.iter().filter_map(|one| one.change_pct()).map(f64::abs).reduce(f64::max);
    let step = largest.map_or_else(String::new, |pct| format!(" by up to {} %", number(pct, 1)));
    label(key) + &step + &why
}

/// Whether two weeks moved for the same causes, whatever a threshold was on the days of each.
pub(super) fn are_alike(one: &[Cause], other: &[Cause]) -> bool {
    let has = |all: &[Cause], cause: &Cause| {
        all.iter().any(|other| match (cause, other) {
            (Cause::Threshold(one), Cause::Threshold(other)) => one.key == other.key,
            _ => cause == other,
        })
    };
    one.iter().all(|cause| has(other, cause)) && other.iter().all(|cause| has(one, cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(value: f64, origin: &str, file: Option<&str>) -> Held {
        let shown = file.map(|_| "2026-03-28".parse().unwrap());
        let file = file.map(str::to_owned);
        Held { value, origin: origin.into(), shown, is_only_here: true, file, since: None }
    }

    fn change(key: &str, old: Option<Held>, new: Option<Held>) -> ThresholdChange {
        let day = |text: &str| text.parse().unwrap();
        ThresholdChange { key: key.into(), start: day("2026-01-02"), end: day("2026-05-17"), old, new }
    }

    #[test]
    fn a_threshold_says_what_held_when_and_why() {
        let check = |key: &str, old: Held, new: Option<Held>, said: &str| {
            assert_eq!(threshold(&change(key, Some(old), new)), said);
        };
        let (race, share) = (|| held(182.3, "race", Some("10k.fit")), || held(167.4, "derived", None));
        let days = "2026-01-02 to 2026-05-17";
        let key = "lthr_bpm";
        let lost = "(race of 2026-03-28 in 10k.fit gone)";
        check(key, race(), Some(share()), &format!("lthr 182 → 167 bpm, {days} {lost}"));
        let found = "(now from race of 2026-03-28 in 10k.fit)";
        check(key, share(), Some(race()), &format!("lthr 167 → 182 bpm, {days} {found}"));
        let said = Some(held(170.0, "config", None));
        check(key, race(), said, &format!("lthr 182 → 170 bpm, {days} (now from the config)"));
        check("vdot", held(55.3, "age", None), None, &format!("vdot 55.3 → none, {days}"));
    }

    #[test]
    fn a_file_that_was_named_is_not_named_again() {
        let race = || Some(held(182.0, "race", Some("10k.fit")));
        let lost = Cause::Threshold(change("lthr_bpm", race(), Some(held(167.0, "derived", None))));
        let reason = "(race of 2026-03-28 in 10k.fit gone)";
        assert_eq!(causes(std::slice::from_ref(&lost), 1), format!("lthr 182 → 167 bpm {reason}"));
        let date = "2026-03-28".parse().unwrap();
        let run = Cause::Run { what: What::Removed, file: "10k.fit".into(), date };
        assert_eq!(causes(&[run, lost], 1), "10k.fit removed, lthr 182 → 167 bpm");
    }

    #[test]
    fn no_more_than_three_causes_are_named() {
        let all = ["hr_max_bpm", "hr_rest_bpm", "lt1_bpm", "lthr_bpm", "lthr_bpm"].map(|key| {
            Cause::Threshold(change(key, Some(held(100.0, "age", None)), Some(held(99.0, "age", None))))
        });
        assert_eq!(
            causes(&all, 1),
            "hr_max 100 → 99 bpm, hr_rest 100 → 99 bpm, lt1 100 → 99 bpm and 1 more (all with --format json)"
        );
        assert_eq!(causes(&all[3..], 1), "lthr by up to 1.0 %");
        assert!(are_alike(&all[3..4], &all[3..]) && !are_alike(&all[2..], &all[3..]));
    }
}
