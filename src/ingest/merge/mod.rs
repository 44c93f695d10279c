//! One activity in several recordings: which of them counts, and what it takes from the others.
//!
//! Input are the recordings of one runner in order of time, output is what each copy is a copy of, and how that is known. Two
//! recordings belong together by a rule (`rule.rs`); those that do, directly or through others, are one group, and the
//! richest of a group counts (`keep.rs`) with what it lacks and another has (`fill.rs`). Nothing is thrown away: copies
//! stay in the table. Invariant: neither the order of files nor their names decide.

mod align;
mod by_day;
mod fill;
mod keep;
mod rule;
mod say;
#[cfg(test)]
mod tests;

pub use rule::CopyRule;

use super::again::in_rounds;
use super::overrides::Said;
use super::{Given, Source};
use crate::digest::Digest;
use crate::model::Choice;
use crate::notice::Notice;
use fill::Filled;
use rule::{REACH_MS, Seen, rule};
use std::collections::{BTreeMap, BTreeSet};

/// More recordings than this within reach of a clock are of no runner; what lies beyond is not compared.
const MAX_NEAR: usize = 64;

/// What a copy is a copy of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The `id` of the recording that counts.
    pub of: String,
    /// Its file.
    pub of_file: String,
    /// The file of the copy.
    pub file: String,
    /// How that is known, with the numbers of the match.
    pub rule: CopyRule,
    /// What the recording that counts has from this one: "heart rate", "power", "title".
    pub filled: Vec<String>,
}

/// The recordings that are copies, by `id`. `digests` are in order of time; the ones that count are given what their
/// copies have and they lack. What the runner should look at goes to `notices`, one for all of a kind.
pub fn copies(
    digests: &mut [Digest],
    sources: &[Source],
    given: &Given<'_>,
    said: &Said,
    notices: &mut Vec<Notice>,
) -> BTreeMap<String, self::Copy> {
    let (groups, doubts) = groups(digests, given, said);
    let filled: Vec<Filled> = in_rounds(
        sources,
        &groups,
        |group| fill::needs(digests, group, said),
        |group, files| fill::fill(digests, group, files, said),
    );
    notices.extend(say::doubts(digests, &doubts, given));
    notices.extend(say::troubles(filled.iter().flat_map(|filled| &filled.troubles)));
    let mut copies = BTreeMap::new();
    for (group, Filled { keeper, of_copies, .. }) in groups.iter().zip(filled) {
        for (member, filled) in group.copies.iter().zip(of_copies) {
            let copy = &digests[member.at];
            let (of, of_file, file) = (keeper.id.clone(), keeper.file.clone(), copy.file.clone());
            copies.insert(copy.id.clone(), Copy { of, of_file, file, rule: member.rule, filled });
        }
        digests[group.keeper] = keeper;
    }
    notices.extend(say::at_once(digests, &at_once(digests, &copies, given, said)));
    copies
}

/// Recordings of runs that count and of which one took place during the other, as indices: the longer and the shorter one.
/// They are no copies, as their distances differ; nobody can tell which of them is true, or whether they are of two people.
fn at_once(
    digests: &[Digest],
    copies: &BTreeMap<String, self::Copy>,
    given: &Given<'_>,
    said: &Said,
) -> Vec<(usize, usize)> {
    /// A shorter one is a slip of the finger.
    const LEAST_S: f64 = 300.0;
    let counts = |digest: &Digest| {
        let is_kept = said.of.get(&digest.id).is_some_and(|row| row.choice == Some(Choice::Keep));
        let is_long = digest.n_samples > 0 && digest.elapsed_s >= LEAST_S;
        is_long && !is_kept && given.scope.counts(digest.sport) && !copies.contains_key(&digest.id)
    };
    let runs: Vec<usize> = (0..digests.len()).filter(|at| counts(&digests[*at])).collect();
    let end_ms = |at: usize| digests[at].start_ms.saturating_add((1000.0 * digests[at].elapsed_s) as i64);
    let mut pairs = Vec::new();
    for (n, first) in runs.iter().copied().enumerate() {
        let others = runs[n + 1..].iter().copied().take(MAX_NEAR);
        for other in others.take_while(|other| digests[*other].start_ms < end_ms(first)) {
            let common_s = (end_ms(first).min(end_ms(other)) - digests[other].start_ms) as f64 / 1000.0;
            let (long, short) = if digests[first].elapsed_s >= digests[other].elapsed_s {
                (first, other)
            } else {
                (other, first)
            };
            if common_s >= rule::MIN_OVERLAP * digests[short].elapsed_s {
                pairs.push((long, short));
            }
        }
    }
    pairs
}

/// Two recordings of one activity, the earlier first, and how that is known.
type Link = (usize, usize, CopyRule);

/// The recordings of one activity, as indices.
struct Group {
    /// The one that counts.
    keeper: usize,
    /// The others, the richest first.
    copies: Vec<Member>,
}

/// A copy in its group.
struct Member {
    at: usize,
    rule: CopyRule,
}

/// The groups of two and more, and the pairs that may be one activity and both count. What is to be kept in any case is
/// nobody's copy.
fn groups(digests: &[Digest], given: &Given<'_>, said: &Said) -> (Vec<Group>, Vec<(usize, usize)>) {
    let is_kept =
        |digest: &Digest| said.of.get(&digest.id).is_some_and(|row| row.choice == Some(Choice::Keep));
    // What is kept stands beside the others, and takes no place of theirs.
    let is_named =
        |digest: &Digest| said.of.get(&digest.id).is_some_and(|row| row.choice != Some(Choice::Keep));
    let seen: Vec<Seen<'_>> = digests.iter().map(|digest| seen(digest, given)).collect();
    let mut links = links(&seen);
    let by_day::ByDay { links: of_days, doubts } = by_day::by_day(&seen, &links, |at| is_kept(&digests[at]));
    links.extend(of_days);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, first) in joined(digests.len(), &links).into_iter().enumerate() {
        members.entry(first).or_default().push(at);
    }
    let mut beside: Vec<Vec<(usize, CopyRule)>> = vec![Vec::new(); digests.len()];
    for (a, b, rule) in &links {
        beside[*a].push((*b, *rule));
        beside[*b].push((*a, *rule));
    }
    let group = |members: Vec<usize>| {
        let ordered = keep::richest_first(digests, members, is_named);
        let (keeper, copies) = ordered.split_first()?;
        let copies: Vec<usize> = copies.iter().copied().filter(|at| !is_kept(&digests[*at])).collect();
        let group: BTreeSet<usize> = copies.iter().copied().collect();
        let member = |at: usize| {
            // A copy that is none of the keeper itself is one of another copy; one of what is kept beside it is none.
            let is_here = |other: &&(usize, CopyRule)| other.0 == *keeper || group.contains(&other.0);
            let through = || beside[at].iter().find(is_here).map(|(_, rule)| *rule);
            rule(seen[*keeper], seen[at]).or_else(through).map(|rule| Member { at, rule })
        };
        let copies: Vec<Member> = copies.into_iter().filter_map(member).collect();
        (!copies.is_empty()).then_some(Group { keeper: *keeper, copies })
    };
    let groups = members.into_values().filter(|members| members.len() > 1).filter_map(group).collect();
    (groups, doubts)
}

fn seen<'a>(digest: &'a Digest, given: &Given<'_>) -> Seen<'a> {
    Seen { digest, wall_ms: digest.wall_ms(given.zone) }
}

/// Every pair that is one activity, with the rule that says so. `seen` are in order of time.
fn links(seen: &[Seen<'_>]) -> Vec<Link> {
    let after = |first: usize| {
        let last_ms = seen[first].digest.start_ms.saturating_add(REACH_MS);
        let near = seen[first + 1..].iter().take(MAX_NEAR);
        let near = near.take_while(move |other| other.digest.start_ms <= last_ms);
        near.enumerate()
            .filter_map(move |(n, other)| Some((first, first + 1 + n, rule(seen[first], *other)?)))
    };
    (0..seen.len()).flat_map(after).collect()
}

/// For each of `n` the first of those that it is linked with, through whatever others.
fn joined(n: usize, links: &[Link]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..n).collect();
    let root = |first: &mut Vec<usize>, mut at: usize| {
        while first[at] != at {
            first[at] = first[first[at]];
            at = first[at];
        }
        at
    };
    for (a, b, _) in links {
        let (a, b) = (root(&mut first, *a), root(&mut first, *b));
        first[a.max(b)] = a.min(b);
    }
    (0..n).map(|at| root(&mut first, at)).collect()
}
