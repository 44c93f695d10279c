//! Stretches of the even grid in which something holds.

use std::ops::Range;

/// Ranges of seconds in which `holds` is true. A break of up to `bridge_s` by the clock is bridged, so that neither
/// one odd second nor a pause of the timer is overlooked.
pub(super) fn stretches(clock_s: &[f64], bridge_s: f64, holds: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    // Neighbours are 1 s apart; half a second covers times that are not whole.
    let reach_s = bridge_s + 1.5;
    let mut found: Vec<Range<usize>> = Vec::new();
    for k in (0..clock_s.len()).filter(|k| holds(*k)) {
        match found.last_mut() {
            Some(last) if clock_s[k] - clock_s[last.end - 1] <= reach_s => last.end = k + 1,
            _ => found.push(k..k + 1),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_breaks_are_bridged_and_pauses_are_not() {
        let mut clock_s: Vec<f64> = (0..30).map(f64::from).collect();
        let holds = |k: usize| !matches!(k, 0 | 5..=7 | 12..=15);
        assert_eq!(stretches(&clock_s, 3.0, holds), [1..12, 16..30]);
        for late in &mut clock_s[20..] {
            *late += 60.0;
        }
        assert_eq!(stretches(&clock_s, 3.0, holds), [1..12, 16..20, 20..30]);
        assert!(stretches(&clock_s, 3.0, |_| false).is_empty());
    }
}
