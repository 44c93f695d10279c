//! Labels of days to segments, short ones merged into a neighbour.

use super::Phase;
use std::ops::Range;

/// Segments shorter than this are merged unless the calendar made them.
const MIN_DAYS: usize = 10;

/// Is the phase set by the calendar, so that its length means something however short it is?
fn is_fixed(phase: Phase) -> bool {
    matches!(phase, Phase::Race | Phase::Taper | Phase::PostRace | Phase::Break)
}

/// A lighter week can hide a build or a peak for as long as the features look back, so many days.
const CUTBACK_REACH_DAYS: usize = 28;

/// Maximal stretches of one phase, those under 10 days merged into the longer neighbour that is not fixed,
/// shortest first; then a build or peak goes on over a lighter week. The ranges are end to end over `phases`;
/// `lighter` are the first days of lighter weeks.
pub(super) fn segments(phases: &[Phase], lighter: &[usize]) -> Vec<(Range<usize>, Phase)> {
    let mut segments: Vec<(Range<usize>, Phase)> = Vec::new();
    for (t, &phase) in phases.iter().enumerate() {
        match segments.last_mut() {
            Some((range, last)) if *last == phase => range.end = t + 1,
            _ => segments.push((t..t + 1, phase)),
        }
    }
    while let Some((at, into)) = shortest_to_merge(&segments) {
        segments[at].1 = segments[into].1;
        segments = joined(segments);
    }
    bridged(segments, lighter)
}

/// A build or a peak that goes on after a stretch of up to four weeks that a lighter week began is one block
/// (science 8.4, rule 9).
fn bridged(mut segments: Vec<(Range<usize>, Phase)>, lighter: &[usize]) -> Vec<(Range<usize>, Phase)> {
    for at in 1..segments.len().saturating_sub(1) {
        let (range, phase) = &segments[at];
        let (before, after) = (segments[at - 1].1, segments[at + 1].1);
        let is_gap = matches!(phase, Phase::Base | Phase::Speed) && range.len() <= CUTBACK_REACH_DAYS;
        let begins_lighter = lighter.iter().any(|week| (*week..week + 14).contains(&range.start));
        if is_gap && begins_lighter && before == after && matches!(before, Phase::Build | Phase::Peak) {
            segments[at].1 = before;
        }
    }
    joined(segments)
}

/// The shortest segment that may be merged, and the neighbour it goes to.
fn shortest_to_merge(segments: &[(Range<usize>, Phase)]) -> Option<(usize, usize)> {
    let open =
        |at: usize| segments.get(at).filter(|(_, phase)| !is_fixed(*phase)).map(|(range, _)| range.len());
    (0..segments.len())
        .filter(|&at| open(at).is_some_and(|days| days < MIN_DAYS))
        .filter_map(|at| {
            let before = at.checked_sub(1).and_then(|before| Some((open(before)?, before)));
            let after = open(at + 1).map(|days| (days, at + 1));
            let into = before.max(after)?.1;
            Some((segments[at].0.len(), at, into))
        })
        .min()
        .map(|(_, at, into)| (at, into))
}

fn joined(segments: Vec<(Range<usize>, Phase)>) -> Vec<(Range<usize>, Phase)> {
    segments.into_iter().fold(Vec::new(), |mut joined: Vec<(Range<usize>, Phase)>, (range, phase)| {
        match joined.last_mut() {
            Some((last, same)) if *same == phase => last.end = range.end,
            _ => joined.push((range, phase)),
        }
        joined
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[(Phase, usize)], expected: &[(Phase, usize)]) {
        let phases: Vec<Phase> = parts.iter().flat_map(|&(phase, n)| vec![phase; n]).collect();
        let found: Vec<(Phase, usize)> =
            segments(&phases, &[]).into_iter().map(|(r, p)| (p, r.len())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn short_stretches_join_the_longer_neighbour() {
        check(
            &[(Phase::Base, 30), (Phase::Build, 5), (Phase::Peak, 12)],
            &[(Phase::Base, 35), (Phase::Peak, 12)],
        );
        check(&[(Phase::Base, 20), (Phase::Build, 4), (Phase::Base, 20)], &[(Phase::Base, 44)]);
    }

    #[test]
    fn what_the_calendar_made_stays() {
        let parts =
            [(Phase::Peak, 30), (Phase::Taper, 9), (Phase::Race, 1), (Phase::PostRace, 3), (Phase::Base, 4)];
        check(&parts, &parts);
    }

    #[test]
    fn a_build_goes_on_over_a_lighter_week() {
        let parts = [(Phase::Build, 40), (Phase::Base, 15), (Phase::Build, 20)];
        let phases: Vec<Phase> = parts.iter().flat_map(|&(phase, n)| vec![phase; n]).collect();
        let lengths = |lighter: &[usize]| -> Vec<usize> {
            segments(&phases, lighter).into_iter().map(|(range, _)| range.len()).collect()
        };
        assert_eq!(lengths(&[36]), [75]);
        assert_eq!(lengths(&[27]), [75]);
        // Two weeks before, or after it began, it is not what ended the build.
        assert_eq!(lengths(&[26]), [40, 15, 20]);
        assert_eq!(lengths(&[41]), [40, 15, 20]);
    }
}
