//! Labels of days to segments, short ones merged into a neighbour.

use super::Phase;
use std::ops::Range;

/// Segments shorter than this are merged unless the calendar made them.
const MIN_DAYS: usize = 10;

/// Is the phase set by the calendar, so that its length means something however short it is?
fn is_fixed(phase: Phase) -> bool {
    matches!(phase, Phase::Race | Phase::Taper | Phase::PostRace | Phase::Break)
}

/// Maximal stretches of one phase, those under 10 days merged into the longer neighbour that is not fixed,
/// shortest first. The ranges are end to end over `phases`.
pub(super) fn segments(phases: &[Phase]) -> Vec<(Range<usize>, Phase)> {
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
    segments
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
        let found: Vec<(Phase, usize)> = segments(&phases).into_iter().map(|(r, p)| (p, r.len())).collect();
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
}
