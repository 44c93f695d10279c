//! The same run twice: identical files, and files that start together (science 1.1).
//!
//! Nothing is thrown away: the poorer copy stays in the table and names the one that counts.

use super::{Given, Source};
use crate::digest::Digest;
use std::collections::BTreeMap;

/// Two runs that start this close together are one.
const SAME_START_MS: i64 = 120_000;
/// ... if their distances differ by no more than this share.
const SAME_DISTANCE: f64 = 0.05;

/// What a copy is a copy of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The `id` of the recording that counts.
    pub of: String,
    /// How that is known.
    pub rule: CopyRule,
}

/// How a copy is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyRule {
    /// It starts within two minutes of the other.
    SameStart,
}

/// The recordings that are copies, by `id`. `digests` are in order of time; the ones that count may be given what their
/// copies have and they lack.
pub fn copies(
    digests: &mut [Digest],
    _sources: &[Source],
    _given: &Given<'_>,
) -> BTreeMap<String, self::Copy> {
    let of = copies_of(digests);
    let copy = |(at, of): (usize, Option<usize>)| {
        let copy = Copy { of: digests[of?].id.clone(), rule: CopyRule::SameStart };
        Some((digests[at].id.clone(), copy))
    };
    of.into_iter().enumerate().filter_map(copy).collect()
}

/// For each digest, in order of time, the index of the one of which it is a copy.
fn copies_of(digests: &[Digest]) -> Vec<Option<usize>> {
    let mut copy_of: Vec<Option<usize>> = vec![None; digests.len()];
    for later in 1..digests.len() {
        let near = |earlier: &usize| digests[later].start_ms - digests[*earlier].start_ms <= SAME_START_MS;
        let twin = (0..later)
            .rev()
            .take_while(near)
            .find(|&earlier| copy_of[earlier].is_none() && is_same(&digests[earlier], &digests[later]));
        if let Some(earlier) = twin {
            if richness(&digests[later]) > richness(&digests[earlier]) {
                // The richer one takes over, and with it the copies that were of the poorer.
                for of in &mut copy_of {
                    if *of == Some(earlier) {
                        *of = Some(later);
                    }
                }
                copy_of[earlier] = Some(later);
            } else {
                copy_of[later] = Some(earlier);
            }
        }
    }
    copy_of
}

fn is_same(a: &Digest, b: &Digest) -> bool {
    let kinds_agree = a.sport.is_run() == b.sport.is_run();
    let distances_agree = match a.distance_m.zip(b.distance_m) {
        Some((a, b)) => (a - b).abs() <= SAME_DISTANCE * a.max(b),
        None => true,
    };
    kinds_agree && (a.id == b.id || distances_agree)
}

/// What makes a copy worth keeping: heart rate before altitude before running dynamics before length.
fn richness(digest: &Digest) -> (bool, bool, usize, usize) {
    let dynamics = digest.steady.iter().filter(|minute| minute.stance_ms.is_some()).count();
    (digest.hr_valid_s > 0.0, digest.ascent_m.is_some(), dynamics, digest.n_samples)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::digest;
    use crate::model::{Format, Recording, Sport};

    fn run(id: &str, start_s: i64, distance_m: f64, has_hr: bool) -> Digest {
        let mut recording = Recording::new(Format::Gpx);
        recording.start_ms = start_s * 1000;
        recording.sport = Sport::Running;
        recording.totals.distance_m = Some(distance_m);
        recording.samples.time_ms = vec![start_s * 1000, start_s * 1000 + 5000];
        if has_hr {
            recording.samples.hr_bpm = vec![140.0, 141.0];
        }
        digest(&recording, id.into(), format!("{id}.gpx"))
    }

    #[test]
    fn the_richer_of_two_copies_counts() {
        let runs =
            [run("a", 0, 10_000.0, false), run("b", 100, 10_200.0, true), run("c", 110, 10_000.0, false)];
        assert_eq!(copies_of(&runs), [Some(1), None, Some(1)]);
    }

    #[test]
    fn other_starts_and_other_distances_are_other_runs() {
        let runs = [run("a", 0, 10_000.0, true), run("b", 100, 5000.0, true), run("c", 221, 5000.0, true)];
        assert_eq!(copies_of(&runs), [None, None, None]);
    }

    #[test]
    fn the_same_file_twice_is_one_run() {
        let runs = [run("a", 0, 10_000.0, true), run("a", 0, 10_000.0, true)];
        assert_eq!(copies_of(&runs), [None, Some(0)]);
    }
}
