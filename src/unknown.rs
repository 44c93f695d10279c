//! Days of which the files do not tell: rows of `unknown.csv`, gaps of the config, files that could not be read.
//!
//! Input are the file beside an athlete's runs, what the config says and names of files, output are [`LostDays`] and a notice
//! with its line for each row that cannot be read. Invariant: a day with a run on record is never lost. An absent file is
//! fine.

use crate::ingest;
use crate::model::calendar::parse_day;
use crate::model::text::clean;
use crate::model::{Day, Gap, LostDays};
use crate::notice::Notice;
use crate::sheet::{self, Row, Sheet};
use std::collections::BTreeSet;
use std::path::Path;

const UNKNOWN: Sheet<'_> =
    Sheet { name: "unknown.csv", needed: &[], known: &["date", "from", "to", "reason"] };
/// Why a day of the list is unknown, where the list does not say.
const LISTED: &str = "named in unknown.csv";
/// Days that a notice names.
const DAYS_SHOWN: usize = 3;
/// Endings of files that hold one activity, by whose name its day can be told.
const ACTIVITIES: [&str; 3] = [".fit", ".gpx", ".tcx"];

/// A gap and who names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The days.
    pub gap: Gap,
    /// The file with its line, or the key of the config.
    pub source: String,
}

/// The gaps of `unknown.csv` with the columns `date`, or `from` and `to`, and `reason`. Days after `latest` are still to come
/// and are left out.
pub fn read(folder: &Path, latest: Day, notices: &mut Vec<Notice>) -> Vec<Named> {
    sheet::read(folder, &UNKNOWN, notices, |row| {
        let gap = row.needed(gap(row, latest));
        gap.map(|gap| Named { gap, source: format!("{}:{}", UNKNOWN.name, row.line()) }).into_iter().collect()
    })
}

/// The days of a row.
fn gap(row: &Row<'_>, latest: Day) -> Result<Gap, String> {
    let span = ["date", "from", "to"].map(|column| Some(row.text(column)).filter(|text| !text.is_empty()));
    let (from, to) = match span {
        [Some(date), None, None] => (date, date),
        [None, Some(from), Some(to)] => (from, to),
        [None, Some(_), None] => return Err("to is missing beside from".to_owned()),
        [None, None, Some(_)] => return Err("from is missing beside to".to_owned()),
        [None, None, None] => return Err("names no day: give date, or from and to".to_owned()),
        _ => return Err("has a date beside from or to: give date alone, or from and to".to_owned()),
    };
    let (from, to) = (parse_day(from)?, parse_day(to)?);
    if from > to {
        return Err(format!("{to} lies before {from}"));
    }
    if from > latest {
        return Err(format!("{from} is still to come"));
    }
    let reason = clean(row.text("reason"));
    Ok(Gap { from, to, reason: if reason.is_empty() { LISTED.to_owned() } else { reason } })
}

/// The day that a file which could not be read is of, by its name: that of a file that holds one activity.
///
/// ```
/// use legwork::unknown::day_of_name;
/// assert_eq!(day_of_name("may/2026-05-01-easy.fit.gz").map(|day| day.to_string()).as_deref(), Some("2026-05-01"));
/// assert_eq!(day_of_name("20260501T063000.gpx"), day_of_name("2026-05-01.tcx"));
/// assert_eq!(day_of_name("2026-05-01.zip"), None);
/// ```
#[must_use]
pub fn day_of_name(file: &str) -> Option<Day> {
    let name = file.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let is_activity = ACTIVITIES.iter().any(|end| name.ends_with(end));
    if is_activity { ingest::day_of_name(file) } else { None }
}

/// The lost days of a history from `first` to `last`: those of gaps, then those whose only file could not be read.
#[must_use]
pub fn lost<'a>(
    mut gaps: Vec<Gap>,
    failed: impl Iterator<Item = &'a str>,
    (first, last): (Day, Day),
    run_days: &BTreeSet<Day>,
) -> LostDays {
    let of_file = |file: &str| {
        let day = day_of_name(file)?;
        Some(Gap { from: day, to: day, reason: format!("{} could not be read", clean(file)) })
    };
    gaps.extend(failed.filter_map(of_file));
    LostDays::new(&gaps, first, last, |day| run_days.contains(&day))
}

/// What is said of gaps that name days of runs, which stay as they are.
pub fn on_record<'a>(named: &'a [Named], run_days: &'a BTreeSet<Day>) -> impl Iterator<Item = Notice> + 'a {
    let said = |one: &Named| Some(Notice::new(one.source.clone(), said_of(&one.gap, run_days)?));
    named.iter().filter_map(said)
}

fn said_of(gap: &Gap, run_days: &BTreeSet<Day>) -> Option<String> {
    let mut days = run_days.range(gap.from..=gap.to);
    let shown: Vec<String> = days.by_ref().take(DAYS_SHOWN).map(Day::to_string).collect();
    let (n, more) = (shown.len(), days.count());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (days, stay) = if n == 1 { ("a day", "stays as it is") } else { ("days", "stay as they are") };
    (n > 0).then(|| format!("names {days} with a run on record, which {stay}: {}{more}", shown.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::days;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn parsed(text: &str) -> (Vec<(String, String)>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("unknown.csv"), text).unwrap();
        let mut notices = Vec::new();
        let found = read(folder.path(), day("2026-05-31"), &mut notices);
        let days = found
            .into_iter()
            .map(|one| (format!("{} {}/{}", one.source, one.gap.from, one.gap.to), one.gap.reason));
        (days.collect(), notices.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_row_names_a_day_or_several() {
        let (found, said) =
            parsed("date;from;to;reason\n2026-05-01;;;\n;2026-04-01;2026-04-07;watch\u{7} lost\n;;;\n");
        let expected = [
            ("unknown.csv:2 2026-05-01/2026-05-01", "named in unknown.csv"),
            ("unknown.csv:3 2026-04-01/2026-04-07", "watch lost"),
        ];
        assert_eq!(found, expected.map(|(days, why)| (days.to_owned(), why.to_owned())));
        assert_eq!(said, Vec::<String>::new());
    }

    #[test]
    fn a_row_that_names_no_day_says_what_it_lacks() {
        let rows = "2026-05-01,2026-05-01,,\n,2026-05-01,,\n,,2026-05-01,\n,2026-05-02,2026-05-01,\n2026-06-01,,,\n,,,x\nMay,,,\n";
        let (found, said) = parsed(&format!("date,from,to,reason\n{rows}"));
        assert_eq!(found, []);
        let parts = [
            "alone, or",
            "to is missing",
            "from is missing",
            "2026-05-01 lies before 2026-05-02",
            "still to come",
            "names no day",
            "is no date",
        ];
        assert_eq!(said.len(), parts.len());
        for (at, (said, part)) in said.iter().zip(parts).enumerate() {
            let line = format!("unknown.csv:{}: ", at + 2);
            assert!(
                said.starts_with(&line) && said.contains(part) && said.ends_with("row left out"),
                "{said}"
            );
        }
        assert!(read(Path::new("nowhere"), day("2026-05-31"), &mut Vec::new()).is_empty());
    }

    #[test]
    fn only_the_name_of_an_activity_tells_its_day() {
        let of = |file: &str| day_of_name(file).map(|day| day.to_string());
        for file in
            ["a.zip!in/2026-05-01 run.FIT", "20260501.tcx", "20260501063000.fit", "20260501-0630.gpx.gz"]
        {
            assert_eq!(of(file).as_deref(), Some("2026-05-01"), "{file}");
        }
        for file in ["2026-05-01.zip", "202605011.fit", "2026-13-01.fit", "1.fit", "2026-05-01/7.fit"] {
            assert_eq!(of(file), None, "{file}");
        }
    }

    #[test]
    fn days_of_runs_stay_and_it_is_said() {
        let runs: BTreeSet<Day> = days(day("2026-05-01"), day("2026-05-05")).collect();
        let named = |from, to| Named {
            gap: Gap { from: day(from), to: day(to), reason: "ill".into() },
            source: "unknown.csv:2".into(),
        };
        let gaps = vec![named("2026-04-20", "2026-05-07").gap, named("2026-05-08", "2026-05-08").gap];
        let files = ["2026-05-02.fit", "2026-05-09\u{1b}.fit", "2026-05-11.fit"];
        let found = lost(gaps, files.into_iter(), (day("2026-05-01"), day("2026-05-10")), &runs);
        let days: Vec<(String, String)> =
            found.gaps().into_iter().map(|gap| (format!("{}/{}", gap.from, gap.to), gap.reason)).collect();
        let expected = [
            ("2026-05-06/2026-05-08", "ill"),
            ("2026-05-09/2026-05-09", "2026-05-09 .fit could not be read"),
        ];
        assert_eq!(days, expected.map(|(days, why)| (days.to_owned(), why.to_owned())));
        let named = [
            named("2026-04-20", "2026-05-07"),
            named("2026-05-05", "2026-05-06"),
            named("2026-05-06", "2026-05-06"),
        ];
        let said: Vec<String> = on_record(&named, &runs).map(|notice| notice.to_string()).collect();
        let expected = [
            "unknown.csv:2: names days with a run on record, which stay as they are: 2026-05-01, 2026-05-02, 2026-05-03 and 2 more",
            "unknown.csv:2: names a day with a run on record, which stays as it is: 2026-05-05",
        ];
        assert_eq!(said, expected);
    }
}
