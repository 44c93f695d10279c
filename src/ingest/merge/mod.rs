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

use super::overrides::Said;
use super::{Given, Source};
use crate::digest::Digest;
use crate::model::Choice;
use crate::model::calendar::offset_at;
use crate::notice::Notice;
use fill::Filled;
use rayon::prelude::*;
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
    let is_kept =
        |digest: &Digest| said.of.get(&digest.id).is_some_and(|row| row.choice == Some(Choice::Keep));
    let (groups, doubts) = groups(digests, given, is_kept);
    let filled: Vec<Filled> =
        groups.par_iter().map(|group| fill::fill(digests, group, sources, said)).collect();
    notices.extend(say::doubts(digests, &doubts, given));
    notices.extend(say::troubles(filled.iter().flat_map(|filled| &filled.troubles)));
    let mut copies = BTreeMap::new();
    for (group, Filled { keeper, filled, .. }) in groups.iter().zip(filled) {
        for (member, filled) in group.copies.iter().zip(filled) {
            let copy = &digests[member.at];
            let (of, of_file, file) = (keeper.id.clone(), keeper.file.clone(), copy.file.clone());
            copies.insert(copy.id.clone(), Copy { of, of_file, file, rule: member.rule, filled });
        }
        digests[group.keeper] = keeper;
    }
    copies
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
fn groups(
    digests: &[Digest],
    given: &Given<'_>,
    is_kept: impl Fn(&Digest) -> bool,
) -> (Vec<Group>, Vec<(usize, usize)>) {
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
        let ordered = keep::richest_first(digests, members);
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
    let from_config = || given.zone.map(|zone| offset_at(zone, digest.start_ms));
    let offset = digest.utc_offset_s.or_else(from_config);
    let wall_ms = offset.map(|offset| digest.start_ms.saturating_add(1000 * i64::from(offset)));
    Seen { digest, wall_ms }
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
