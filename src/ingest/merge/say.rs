//! What the runner should look at among copies: one notice for all of a kind.

use super::fill::{Trouble, TroubleKind};
use super::seen;
use crate::digest::Digest;
use crate::ingest::Given;
use crate::model::text::clean;
use crate::notice::Notice;
use crate::text::count;
use chrono::DateTime;
use std::collections::BTreeMap;

/// Files that a notice names.
const SHOWN: usize = 3;
/// Digits of an `id` that are enough in `overrides.csv`.
const DIGITS: usize = 8;

/// One notice for each kind of trouble.
pub fn troubles<'a>(troubles: impl Iterator<Item = &'a Trouble>) -> Vec<Notice> {
    let mut of_kind: BTreeMap<TroubleKind, Vec<&Trouble>> = BTreeMap::new();
    for trouble in troubles {
        of_kind.entry(trouble.kind).or_default().push(trouble);
    }
    let notice = |(kind, mut all): (TroubleKind, Vec<&Trouble>)| {
        all.sort();
        let first = all.first()?;
        if all.len() == 1 {
            return Some(Notice::new(first.of_file.clone(), first.text.clone()));
        }
        let what = match kind {
            TroubleKind::Distance => {
                "have a distance that differs by more than 5 % from the file that counts"
            }
            TroubleKind::Clocks => {
                "have a clock that does not agree, so what they alone measured is not used"
            }
            TroubleKind::Unread => "could not be read again, so what they alone measured is not used",
        };
        let n = count(all.len(), "copy");
        let of = named(all.iter().map(|trouble| trouble.of_file.as_str()));
        Some(Notice::new(
            first.of_file.clone(),
            format!("{n} {what}: those of {of}; the table runs has each"),
        ))
    };
    of_kind.into_iter().filter_map(notice).collect()
}

/// One notice for all pairs that may be one activity and both count.
pub fn doubts(digests: &[Digest], doubts: &[(usize, usize)], given: &Given<'_>) -> Option<Notice> {
    let pair = |(row, other): &(usize, usize)| {
        let (row, other) = (&digests[*row], &digests[*other]);
        let day = seen(row, given).day().saturating_mul(86_400_000);
        let day =
            DateTime::from_timestamp_millis(day).map_or_else(String::new, |day| day.date_naive().to_string());
        let pair = format!("the row of {day} ({}) and {} ({})", id(row), clean(&other.file), id(other));
        (row.file.clone(), day, pair)
    };
    both_count("may be one run", doubts.iter().map(pair).collect())
}

/// One notice for all pairs of recordings of which one took place during the other, and that are no copies.
pub fn at_once(digests: &[Digest], pairs: &[(usize, usize)]) -> Option<Notice> {
    let pair = |(long, short): &(usize, usize)| {
        let (long, short) = (&digests[*long], &digests[*short]);
        let pair =
            format!("{} ({}) during {} ({})", clean(&short.file), id(short), clean(&long.file), id(long));
        (short.file.clone(), String::new(), pair)
    };
    let said = both_count("took place during another", pairs.iter().map(pair).collect())?;
    let text = said.text + "; if they are of two runners, put those of each into a folder and give --squad";
    Some(Notice { text, ..said })
}

/// The first digits of an `id`, and the place of the recording in its file.
fn id(digest: &Digest) -> String {
    let (hash, part) = digest.id.split_at(digest.id.find('-').unwrap_or(digest.id.len()));
    hash.chars().take(DIGITS).collect::<String>() + part
}

/// What to do with pairs of which both count: each with the file that it is said of, its day and its words.
fn both_count(what: &str, mut pairs: Vec<(String, String, String)>) -> Option<Notice> {
    pairs.sort();
    let file = pairs.first()?.0.clone();
    let shown: Vec<&str> = pairs.iter().take(SHOWN).map(|(_, _, pair)| pair.as_str()).collect();
    let more = if pairs.len() > SHOWN { format!(" and {} more", pairs.len() - SHOWN) } else { String::new() };
    let text = format!(
        "{what}, and both count: {}{more}; in overrides.csv, drop beside an id leaves that one out, and keep lets both count",
        shown.join(", ")
    );
    Some(Notice::new(file, text))
}

/// The first few of some names, and how many more there are.
fn named<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = names.map(clean).collect();
    names.dedup();
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    names.join(", ") + &more
}
