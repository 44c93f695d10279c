//! What a coach wants to know since the last report: new runs, windows that moved, flags that came and went, and whether numbers
//! of past weeks were restated.
//!
//! Input are two [`Report`]s, output is [`Since`], plain data that says itself in short words. What is said of today is read from
//! the `board` of each report; one from before there was a board says nothing of flags and windows.

use super::read::{Athlete, BoardRow, Report};
use super::runs::{RunChange, What};
use super::weeks::WeekChange;
use super::why::causes;
use super::words::{file, moved};
use super::{AthleteDiff, Cause, Move, cause, compare};
use crate::load::day::LoadFlag;
use crate::model::calendar::plus;
use crate::model::units::Units;
use crate::model::{Day, Tissue};
use crate::signals::SignalKind;
use crate::text::{clean, count, plain_word, span};
use std::collections::BTreeSet;

/// Past weeks that move by no more are not worth a word, in percent.
pub const GUARD_PCT: f64 = 10.0;
/// Causes and files named before the rest is only counted.
const NAMED: usize = 3;
/// Classes of a run that is longer than those of the 30 days before.
const SPIKES: [&str; 3] = ["small", "moderate", "large"];
/// Flags of a tissue that count.
const TISSUE_FLAGS: [&str; 2] = ["elevated", "high"];
/// Flags of a day that the spike of seven days says already.
const SAID: &str = "spike_session";

/// What moved since an earlier report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Since {
    /// The latest day that the earlier report stands on.
    pub as_of: Option<Day>,
    /// Athletes that the earlier report does not have.
    pub new: Vec<String>,
    /// Athletes that only the earlier report has.
    pub gone: Vec<String>,
    /// Those of whom something moved.
    pub athletes: Vec<Changes>,
}

/// What moved for one athlete.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// The athlete's id.
    pub athlete: String,
    /// Runs that are new: how many, and their distance in m.
    pub new_runs: (usize, f64),
    /// Files that are gone or hold something else.
    pub other_files: Vec<String>,
    /// The window that is open or next, before and now, where it is another.
    pub window: Option<[Option<Window>; 2]>,
    /// What stands out now and did not.
    pub up: Vec<String>,
    /// What stood out and no longer does.
    pub down: Vec<String>,
    /// Past weeks with other numbers.
    pub restated: Option<Restated>,
}

/// A window as a board has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub end: Day,
    /// How deep.
    pub depth: String,
}

/// Weeks that were over in the earlier report and have moved by more than `GUARD_PCT` percent.
#[derive(Debug, Clone, PartialEq)]
pub struct Restated {
    /// How many.
    pub n_weeks: usize,
    /// The first day of the week that moved most, and the number in it that did.
    pub most: Option<(Day, Move)>,
    /// The files, settings or thresholds that did it.
    pub causes: Vec<Cause>,
}

/// What moved from report `a` to the later report `b`.
#[must_use]
pub fn since(a: &Report, b: &Report) -> Since {
    let diff = compare(a, b, GUARD_PCT);
    let find = |all: &'_ [Athlete], id: &str| all.iter().position(|one| one.id == id);
    let changes = |one: &AthleteDiff| {
        let before = find(&a.athletes, one.athlete_in_a.as_ref().unwrap_or(&one.athlete))?;
        let now = find(&b.athletes, &one.athlete)?;
        Some(changes(one, &a.athletes[before], &b.athletes[now]))
    };
    Since {
        as_of: a.athletes.iter().filter_map(|one| one.as_of).max(),
        athletes: diff.athletes.iter().filter_map(changes).filter(|one| !one.is_empty()).collect(),
        new: diff.only_b,
        gone: diff.only_a,
    }
}

fn changes(diff: &AthleteDiff, a: &Athlete, b: &Athlete) -> Changes {
    let added = || diff.runs.iter().filter(|run| run.what == What::Added && run.counts);
    let metres =
        |run: &RunChange| run.numbers.iter().find(|one| one.key == "distance_m").and_then(|one| one.new);
    let others = diff.runs.iter().filter(|run| matches!(run.what, What::Removed | What::Replaced));
    let (before, now) = (a.board.first(), b.board.first());
    let (was, is) = (before.map(standing).unwrap_or_default(), now.map(standing).unwrap_or_default());
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
        let knows = before.is_some() && now.is_some();
        one.difference(other).filter(|_| knows).cloned().collect()
    };
    Changes {
        athlete: b.id.clone(),
        new_runs: (added().count(), added().filter_map(metres).sum()),
        other_files: others.map(|run| run.file.clone()).collect(),
        window: before.zip(now).and_then(|(before, now)| window_move(before, now, b.as_of)),
        up: only(&is, &was),
        down: only(&was, &is),
        restated: restated(diff, a.as_of),
    }
}

/// The window before and now, where it is another one; one that has only passed is none that moved.
fn window_move(before: &BoardRow, now: &BoardRow, today: Option<Day>) -> Option<[Option<Window>; 2]> {
    let (was, is) = (window(before), window(now));
    let has_passed = was.as_ref().zip(today).is_some_and(|(was, today)| was.end < today);
    (was != is && !has_passed).then_some([was, is])
}

fn window(row: &BoardRow) -> Option<Window> {
    Some(Window { start: row.window_start?, end: row.window_end?, depth: row.window_depth.clone()? })
}

/// What stands out on a board, in words.
fn standing(row: &BoardRow) -> BTreeSet<String> {
    let signal = |name: &String| {
        let known = SignalKind::ALL.into_iter().find(|kind| kind.name() == name);
        known.map_or_else(|| plain_word(&clean(name)), |kind| kind.words().to_owned())
    };
    let tissues = row.tissues.iter().filter(|one| TISSUE_FLAGS.contains(&one.flag.as_str()));
    let tissue = |name: &str| Tissue::of_site(name).map_or_else(|| clean(name), |one| one.short().to_owned());
    let spike = row
        .spike_class
        .as_deref()
        .filter(|class| SPIKES.contains(class))
        .map(|_| LoadFlag::SpikeSession.words().to_owned());
    let red = row.red_flag.as_ref().map(|_| "red flag".to_owned());
    let flags = row.flags.iter().filter(|flag| flag.as_str() != SAID).map(|name| {
        let known = LoadFlag::ALL.into_iter().find(|flag| flag.name() == name);
        known.map_or_else(|| plain_word(&clean(name)), |flag| flag.words().to_owned())
    });
    red.into_iter()
        .chain(spike)
        .chain(flags)
        .chain(tissues.map(|one| tissue(&one.tissue)))
        .chain(row.signals.iter().map(signal))
        .collect()
}

/// Weeks that lay wholly before the day of the earlier report.
fn restated(diff: &AthleteDiff, as_of: Option<Day>) -> Option<Restated> {
    let is_over = |week: &&WeekChange| as_of.is_some_and(|as_of| plus(week.week_start, 6) <= as_of);
    let weeks: Vec<&WeekChange> = diff.weeks.moved.iter().filter(is_over).collect();
    let mut all = Vec::new();
    for one in weeks.iter().flat_map(|week| &week.causes) {
        cause::add(&mut all, one.clone());
    }
    let numbers = weeks.iter().flat_map(|week| week.numbers.iter().map(|one| (week.week_start, one)));
    let size = |one: &Move| one.change_pct.map_or(0.0, f64::abs);
    let most = numbers.max_by(|(_, a), (_, b)| size(a).total_cmp(&size(b)));
    let most = most.map(|(week, number)| (week, number.clone()));
    (!weeks.is_empty()).then_some(Restated { n_weeks: weeks.len(), most, causes: all })
}

impl Since {
    /// Did anything move?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.athletes.is_empty() && self.new.is_empty() && self.gone.is_empty()
    }

    /// What moved for an athlete.
    #[must_use]
    pub fn of(&self, athlete: &str) -> Option<&Changes> {
        self.athletes.iter().find(|one| one.athlete == athlete)
    }
}

impl Changes {
    fn is_empty(&self) -> bool {
        let Self { new_runs, other_files, window, up, down, restated, .. } = self;
        new_runs.0 == 0
            && (other_files.is_empty() && window.is_none())
            && (up.is_empty() && down.is_empty() && restated.is_none())
    }

    /// Each of it in a few words.
    #[must_use]
    pub fn words(&self, units: Units) -> Vec<String> {
        let mut said = Vec::new();
        if self.new_runs.0 > 0 {
            said.push(format!("{} ({})", count(self.new_runs.0, "new run"), units.distance(self.new_runs.1)));
        }
        if !self.other_files.is_empty() {
            said.push(format!("gone or replaced: {}", named(&self.other_files)));
        }
        said.extend(self.window.as_ref().map(|[was, is]| window_words(was.as_ref(), is.as_ref())));
        if !self.up.is_empty() {
            said.push(format!("new: {}", self.up.join(", ")));
        }
        if !self.down.is_empty() {
            said.push(format!("no longer: {}", self.down.join(", ")));
        }
        said.extend(self.restated.as_ref().map(Restated::words));
        said
    }
}

impl Restated {
    fn words(&self) -> String {
        let most = self.most.as_ref();
        let most = most.map_or_else(String::new, |(week, number)| {
            format!(", most in the week of {week}: {}", moved(number))
        });
        let weeks = count(self.n_weeks, "past week");
        format!("{weeks} restated by more than {GUARD_PCT} %{most}; cause: {}", causes(&self.causes, NAMED))
    }
}

fn window_words(was: Option<&Window>, is: Option<&Window>) -> String {
    let one = |window: &Window| format!("{}, {}", span(window.start, window.end), clean(&window.depth));
    match (was, is) {
        (Some(was), Some(is)) => format!("window {} → {}", one(was), one(is)),
        (Some(was), None) => format!("window of {} gone", one(was)),
        (None, Some(is)) => format!("new window {}", one(is)),
        (None, None) => "no window".to_owned(),
    }
}

fn named(files: &[String]) -> String {
    let shown = files.iter().take(NAMED).map(|name| file(name)).collect::<Vec<_>>().join(", ");
    let more = files.len().saturating_sub(NAMED);
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::parse;
    use serde_json::{Value, json};

    fn report(as_of: &str, runs: &Value, weeks: &Value, board: &Value) -> Report {
        let one = json!({"athlete": "ada", "as_of": as_of, "settings": {"as_of": as_of}, "runs": runs, "weeks": weeks,
            "board": [board]});
        let all = json!({"generator": "legwork", "schema_version": 1, "athletes": [one]});
        parse(all.to_string().as_bytes()).unwrap()
    }

    fn run(id: &str, date: &str, metres: f64) -> Value {
        json!({"id": id, "file": format!("{id}.fit"), "date": date, "distance_m": metres, "timer_s": 3000.0, "load_au": 50.0})
    }

    fn week(start: &str, metres: f64) -> Value {
        json!({"week_start": start, "n_days": 7, "state": "observed", "distance_m": metres})
    }

    fn board(depth: &str, flags: &[&str], signals: &[&str]) -> Value {
        json!({"window_start": "2026-05-27", "window_end": "2026-05-30", "window_depth": depth, "flags": flags,
            "signals": signals, "tissues": [{"tissue": "calf_achilles", "flag": "emphasis"}], "spike_class": "reference"})
    }

    #[test]
    fn what_moved_is_said_and_nothing_else() {
        let runs = json!([run("a", "2026-05-13", 10_000.0)]);
        let old = report(
            "2026-05-18",
            &runs,
            &json!([week("2026-05-11", 10_000.0), week("2026-05-18", 0.0)]),
            &board("moderate", &["big_week"], &[]),
        );
        assert!(since(&old, &old).is_empty());
        let runs = json!([
            run("a", "2026-05-13", 10_000.0),
            run("late", "2026-05-15", 5000.0),
            run("b", "2026-05-19", 8000.0)
        ]);
        let weeks = json!([week("2026-05-11", 15_000.0), week("2026-05-18", 8000.0)]);
        let new = report("2026-05-20", &runs, &weeks, &board("light", &["spike_session"], &["hr_at_pace"]));
        let moved = since(&old, &new);
        let said = moved.of("ada").unwrap().words(Units::Metric);
        assert_eq!(
            said,
            [
                "2 new runs (13.0 km)",
                "window Wed 27 – Sat 30 May, moderate → Wed 27 – Sat 30 May, light",
                "new: higher heart rate at the same speed",
                "no longer: big week, at least 1.3 times the mean of the three before",
                "1 past week restated by more than 10 %, most in the week of 2026-05-11: distance 10.0 → 15.0 km (+50 %); \
                 cause: late.fit added",
            ],
            "the running week is no past one"
        );
        let passed = report("2026-06-02", &runs, &weeks, &json!({}));
        assert_eq!(
            since(&new, &passed).of("ada").unwrap().window,
            None,
            "a window that is over has not moved"
        );
    }

    #[test]
    fn a_report_without_a_board_says_nothing_of_flags() {
        let mut old = report("2026-05-18", &json!([]), &json!([]), &json!({}));
        old.athletes[0].board.clear();
        let new = report("2026-05-18", &json!([]), &json!([]), &board("deep", &["big_week"], &[]));
        assert!(since(&old, &new).is_empty());
    }
}
