//! What platforms and people list beside recordings, or in their place.
//!
//! Input is one file of an export, output a [`List`]: activities as they are summed up there, and what the export says of the
//! runner. [`join()`] lays it over the recordings. Invariants: a recording is never replaced by its summary; nothing but
//! numbers, dates and the names of activities is taken: no name of a person, no address, no position.

mod date;
mod facts;
mod garmin;
mod generic;
mod icu;
mod join;
mod metered;
mod number;
mod strava;
mod table;
mod website;
mod words;

pub use join::{Later, date, join, later};

use super::ReadError;
use super::kind::is_note;
use crate::ingest::name::without_addresses;
use crate::model::Sport;
use crate::text;
use serde::{Deserialize, Serialize};
use std::io::Read;
use table::Table;
use xxhash_rust::xxh3::xxh3_128;

/// More activities than this are no history of one runner.
const MAX_ACTIVITIES: usize = 50_000;
/// Characters of a title that are kept.
const MAX_TITLE: usize = 200;

/// What one file of an export says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// The activities, in the order of the file.
    pub activities: Vec<Summary>,
    /// What it says of the runner.
    pub facts: Vec<Fact>,
    /// What could not be read or was guessed, in words.
    pub remarks: Vec<String>,
}

impl List {
    /// What was taken from it: `1,204 activities`, `2 facts`.
    #[must_use]
    pub fn words(&self) -> String {
        if self.activities.is_empty() && !self.facts.is_empty() {
            return text::count(self.facts.len(), "fact");
        }
        text::count(self.activities.len(), "activity")
    }

    /// Takes one more activity; false where there are more than a runner can have.
    fn push(&mut self, summary: Summary) -> bool {
        if self.activities.len() >= MAX_ACTIVITIES {
            self.remarks.push(format!("lists more than {MAX_ACTIVITIES} activities: the rest was not read"));
            return false;
        }
        self.activities.push(summary);
        true
    }

    /// Says how many rows gave no activity, where there are any: `3 rows without a date`.
    fn say_left_out(&mut self, n: usize, what: &str) {
        if n > 0 {
            self.remarks.push(format!("{} {what}: left out", text::count(n, "row")));
        }
    }
}

/// One activity as a list has it; `None` is "not said".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Stable for the same activity of the same list: 32 hexadecimal digits.
    pub id: String,
    /// The recording that belongs to it, as the list names it: a path below the folder of the list.
    pub file: Option<String>,
    /// When it started.
    pub start: Option<Start>,
    /// What kind of activity it was.
    pub sport: Sport,
    /// Its name.
    pub title: Option<String>,
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// From start to end in s.
    pub elapsed_s: Option<f64>,
    /// Timer running in s.
    pub timer_s: Option<f64>,
    /// Moving in s.
    pub moving_s: Option<f64>,
    /// Climb in m.
    pub ascent_m: Option<f64>,
    /// Descent in m.
    pub descent_m: Option<f64>,
    /// Steps of both feet.
    pub steps: Option<f64>,
    /// Mean heart rate in bpm.
    pub avg_hr_bpm: Option<f64>,
    /// Highest heart rate in bpm.
    pub max_hr_bpm: Option<f64>,
    /// Session RPE on the CR-10 scale.
    pub rpe: Option<f64>,
    /// The runner marked it as a race.
    pub is_race: bool,
    /// The runner marked it as a long run.
    pub is_long: bool,
}

impl Summary {
    /// An activity of which nothing is known but what makes it the one it is: the platform, and its number or its row there.
    fn new(platform: &str, key: &[&str]) -> Self {
        let mut bytes = platform.as_bytes().to_vec();
        for part in key {
            bytes.push(0);
            bytes.extend(part.as_bytes());
        }
        Self {
            id: format!("{:032x}", xxh3_128(&bytes)),
            file: None,
            start: None,
            sport: Sport::Unknown,
            title: None,
            distance_m: None,
            elapsed_s: None,
            timer_s: None,
            moving_s: None,
            ascent_m: None,
            descent_m: None,
            steps: None,
            avg_hr_bpm: None,
            max_hr_bpm: None,
            rpe: None,
            is_race: false,
            is_long: false,
        }
    }

    /// The timer as far as it is known: moving, else from start to end, where the list does not say.
    fn likely_timer_s(&self) -> Option<f64> {
        self.timer_s.or(self.moving_s).or(self.elapsed_s)
    }
}

/// The start of a listed activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// An instant, in ms since 1970-01-01T00:00:00Z, and the wall clock minus UTC in s where it is said.
    Instant(i64, Option<i32>),
    /// The wall clock of the runner, as ms since 1970-01-01T00:00:00 by that clock.
    WallClock(i64),
    /// Only the day: its midnight by the wall clock.
    Day(i64),
}

/// Something an export says of the runner, to be offered and never used unasked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// The key of the config that it would set.
    pub key: String,
    /// Its value, as the config would write it.
    pub value: String,
    /// Where it stands: file and column.
    pub origin: String,
}

/// May a file of this name be a list? It is opened only then: any CSV that no other part of the program reads, and the
/// summary of a Garmin account.
#[must_use]
pub fn may_be_list(name: &str) -> bool {
    let base = base_name(name);
    let is_csv = ends_with(&base, "csv") && !is_note(&base);
    is_csv || base.ends_with("summarizedactivities.json")
}

/// Reads a list; `None` where the content is something else after all. `name` is the path below the input.
///
/// ```
/// use legwork::ingest::export::read;
/// let runs = "date,distance_km,duration\n2026-05-01,10.2,52:10\n";
/// let list = read("runs.csv", &mut runs.as_bytes()).unwrap().unwrap();
/// assert_eq!(list.activities[0].distance_m, Some(10_200.0));
/// assert!(read("shoes.csv", &mut "brand,model\n".as_bytes()).is_none());
/// ```
pub fn read(name: &str, content: &mut dyn Read) -> Option<Result<List, ReadError>> {
    // Remarks quote cells as they are.
    let clean = |list: List| {
        let remarks = list.remarks.iter().map(|remark| without_addresses(remark)).collect();
        List { remarks, ..list }
    };
    read_as_named(name, content).map(|read| read.map(clean))
}

fn read_as_named(name: &str, content: &mut dyn Read) -> Option<Result<List, ReadError>> {
    let base = base_name(name);
    if ends_with(&base, "json") {
        return garmin::read(content).map(Ok);
    }
    let head = match table::head(content) {
        Ok(head) => head,
        Err(cause) => return Some(Err(ReadError::Io(cause.to_string()))),
    };
    let own = generic::judge(&table::names(&head));
    if own == generic::Verdict::List {
        return Some(Ok(generic::read(&head, content)));
    }
    let table = Table::open(head, content)?;
    if base == "profile.csv" || base == "general_preferences.csv" {
        return facts::read(&base, table).map(Ok);
    }
    let is_named_so = base.starts_with("activities");
    let list = if icu::is(&table) {
        icu::read(table)
    } else if website::is(&table) {
        website::read(table)
    } else {
        match strava::read(table) {
            Some(list) => list,
            None if let generic::Verdict::Nearly(why) = own => List { remarks: vec![why], ..List::default() },
            None if is_named_so => List {
                remarks: vec![
                    "has the name of a list of activities, but no column of it is known: not used".into(),
                ],
                ..List::default()
            },
            None => return None,
        }
    };
    Some(Ok(list))
}

/// The name of an activity, cleaned; `None` where nothing is left of it.
fn title(name: &str) -> Option<String> {
    Some(text::short(&without_addresses(name), MAX_TITLE)).filter(|title| !title.is_empty())
}

fn ends_with(base: &str, ending: &str) -> bool {
    base.rsplit_once('.').is_some_and(|(_, end)| end == ending)
}

/// The name of a file without its folders, in lower case; `name` may be that of a member of an archive.
fn base_name(name: &str) -> String {
    text::last_part(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_tell_what_is_worth_opening() {
        for name in [
            "activities.csv",
            "export/Activities (1).csv",
            "a.zip!x/ACTIVITIES.CSV",
            "DI_CONNECT/DI-Connect-Fitness/x_0_summarizedActivities.json",
            "profile.csv",
            "runs.csv",
        ] {
            assert!(may_be_list(name), "{name}");
        }
        for name in [
            "massage.csv",
            "jo/Diary.csv",
            "plan.csv",
            "overrides.csv",
            "a.zip!unknown.csv",
            "1_gear.json",
            "1.fit",
        ] {
            assert!(!may_be_list(name), "{name}");
        }
    }

    #[test]
    fn what_is_no_list_is_passed_over_but_for_one_with_the_name_of_a_list() {
        let read = |name: &str, text: &str| read(name, &mut text.as_bytes());
        assert_eq!(read("shoes.csv", "Shoe Brand,Shoe Name\nx,y\n"), None);
        assert_eq!(read("activities.csv", ""), None);
        assert_eq!(read("x_summarizedActivities.json", "[{\"gear\":[]}]"), None);
        let unknown = read("activities.csv", "colour,shape\nred,round\n").unwrap().unwrap();
        assert!(unknown.activities.is_empty() && unknown.remarks[0].contains("not used"));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), which in 0..8_usize) {
            let head: &[u8] = [
                &b"Activity ID,Activity Date,Activity Name,Activity Type,Filename\n"[..],
                b"id,start_date_local,start_date,type,icu_rpe\n",
                b"Activity Type,Date,Favorite,Title,Distance,Time\n",
                b"date;distance_km;duration\n",
                b"Date of Birth,Maximum Heartrate\n",
                b"[{\"summarizedActivitiesExport\":[{\"name\":",
                b"a,b,c,d,e,f,g,h,i,activities/1.fit\n",
                b"",
            ][which];
            let content = [head, &bytes].concat();
            for name in ["activities.csv", "profile.csv", "general_preferences.csv", "summarizedActivities.json"] {
                let _ = read(name, &mut &content[..]);
            }
        }
    }
}
