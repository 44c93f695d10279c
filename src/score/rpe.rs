//! The effort of a session as the watch has it: entered by the runner, or what the watch puts in unasked.
//!
//! Input are the recordings of one runner, output the same without efforts that are a default. Invariant: nothing that the
//! runner has written is taken away here; the diary is laid over this afterwards.

use super::Dated;

/// The lowest effort that a watch can store, on the scale of 10: what stands there where nobody touched it.
const LOWEST: f64 = 1.0;
/// Sessions with an effort that are needed to tell (heuristic).
const MIN_SESSIONS: usize = 10;
/// From this share of them on the lowest is a default (heuristic).
const MOST: f64 = 0.8;

/// Takes the lowest effort out where the files of a runner hold next to nothing else: it says of no session how hard it was,
/// and beside an effort from the diary would make that look like many times the work. Returns how many it was, of how many.
pub fn drop_default(runs: &mut [Dated], others: &mut [Dated]) -> Option<(usize, usize)> {
    let is_lowest = |one: &Dated| one.rpe.is_some_and(|rpe| rpe <= LOWEST);
    let all = || runs.iter().chain(&*others).filter(|one| one.counts());
    let (n, of) = (all().filter(|one| is_lowest(one)).count(), all().filter(|one| one.rpe.is_some()).count());
    if of < MIN_SESSIONS || (n as f64) < MOST * of as f64 {
        return None;
    }
    for one in runs.iter_mut().chain(others).filter(|one| is_lowest(one)) {
        one.rpe = None;
    }
    Some((n, of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::testing::even_run;

    fn runs(efforts: &[Option<f64>]) -> Vec<Dated> {
        let one = |rpe: &Option<f64>| Dated { rpe: *rpe, ..even_run(0, 3000.0, 3.0, 0.0) };
        efforts.iter().map(one).collect()
    }

    #[test]
    fn an_effort_that_is_nearly_always_the_lowest_is_none() {
        let mut some = runs(&[Some(1.0); 12]);
        some.extend(runs(&[Some(3.0), None]));
        assert_eq!(drop_default(&mut some, &mut []), Some((12, 13)));
        assert_eq!(some.iter().filter_map(|one| one.rpe).collect::<Vec<_>>(), [3.0]);
        let mut few = runs(&[Some(1.0); 9]);
        assert_eq!(drop_default(&mut few, &mut []), None);
        let mut easy = runs(&[Some(3.0); 12]);
        assert_eq!(drop_default(&mut easy, &mut []), None, "who runs easily may say so each time");
        assert!(easy.iter().all(|one| one.rpe == Some(3.0)));
    }
}
