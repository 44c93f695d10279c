//! Days to training blocks: what each stretch was for (science 8; descriptive, of agreed names only).
//!
//! Input are the days of one runner and the races of the calendar, output are blocks end to end. Invariant: every
//! day lies in exactly one block.

mod block;
mod phase;
mod smooth;
mod taper;

pub use block::{Block, Emphasis, Phase};

use crate::load::day::DayRow;
use crate::load::ratio::quantile;
use crate::model::Race;
use phase::Features;

/// Splits the days into blocks. What massage is for is set by phase; how often and on which weekday is left to
/// the massage rules.
#[must_use]
pub fn label(days: &[DayRow], races: &[Race]) -> Vec<Block> {
    let features = Features::new(days, races);
    let phases: Vec<Phase> = (0..days.len()).map(|t| features.phase(t)).collect();
    smooth::segments(&phases).into_iter().map(|(range, phase)| block(&days[range], phase)).collect()
}

fn block(days: &[DayRow], phase: Phase) -> Block {
    let distance: f64 = days.iter().map(|day| day.distance_m).sum();
    let zones = days.iter().fold([0.0; 3], |sum, day| {
        [sum[0] + day.three_zone_s[0], sum[1] + day.three_zone_s[1], sum[2] + day.three_zone_s[2]]
    });
    let classified: f64 = zones.iter().sum();
    let weeks: Vec<f64> =
        days.chunks_exact(7).map(|week| week.iter().map(|day| day.distance_m).sum()).collect();
    // A block of a day or two has no weekly rate beyond what was run.
    let per_week = distance / days.len().max(7) as f64 * 7.0;
    let longest = days.iter().map(|day| day.longest_m).fold(0.0, f64::max);
    Block {
        start: days[0].date,
        end: days[days.len() - 1].date,
        phase,
        n_days: days.len() as u32,
        distance_m_per_week: per_week,
        trend_pct_per_week: slope_of_median(&weeks).map(|slope| 100.0 * slope),
        high_share: (classified > 0.0).then(|| zones[2] / classified),
        longest_run_m: longest,
        ascent_m: days.iter().map(|day| day.ascent_m).sum(),
        massage: emphasis(phase),
        every_days: None,
        best_weekday: None,
        reasons: vec![phase.meaning().to_owned()],
    }
}

/// What hands-on work a phase leaves room for (convention of practitioners, R1 to R10).
fn emphasis(phase: Phase) -> Emphasis {
    match phase {
        Phase::Base => Emphasis::Deep,
        Phase::Build | Phase::Return | Phase::Unknown => Emphasis::Maintenance,
        Phase::Peak | Phase::Speed => Emphasis::Targeted,
        Phase::Taper | Phase::Race => Emphasis::LightOnly,
        Phase::PostRace => Emphasis::RecoveryOnly,
        Phase::Break => Emphasis::None,
    }
}

/// Theil–Sen slope of the values over their median, per step; `None` under three values or without a median.
///
/// ```
/// use legwork::blocks::slope_of_median;
/// assert!((slope_of_median(&[40.0, 44.0, 47.0, 52.0]).unwrap() - 0.08791).abs() < 1e-5);
/// ```
#[must_use]
pub fn slope_of_median(values: &[f64]) -> Option<f64> {
    if values.len() < 3 {
        return None;
    }
    let slopes: Vec<f64> = (0..values.len())
        .flat_map(|i| (i + 1..values.len()).map(move |j| (i, j)))
        .map(|(i, j)| (values[j] - values[i]) / (j - i) as f64)
        .collect();
    let median = quantile(values, 0.5).filter(|median| *median > 0.0)?;
    quantile(&slopes, 0.5).map(|slope| slope / median)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Conventions;
    use crate::load::days;
    use crate::load::testing::run;
    use crate::model::Day;
    use crate::model::calendar::{days_between, plus};
    use crate::score::run::Run;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// A run of 10 km on each of the days from the start on which `runs` says so.
    fn history(n_days: u32, km: impl Fn(u32) -> f64) -> Vec<Run> {
        (0..n_days)
            .filter(|k| km(*k) > 0.0)
            .map(|k| {
                let mut one = run(&plus(day("2025-01-01"), k).to_string());
                one.distance_m = Some(1000.0 * km(k));
                one
            })
            .collect()
    }

    fn phases(runs: &[Run], n_days: u32, races: &[Race]) -> Vec<(Phase, u32)> {
        let days = days(runs, plus(day("2025-01-01"), n_days - 1), Conventions::default()).unwrap();
        let blocks = label(&days, races);
        // Blocks are end to end.
        assert!(blocks.windows(2).all(|pair| days_between(pair[0].end, pair[1].start) == 1));
        assert_eq!(
            (blocks[0].start, blocks[blocks.len() - 1].end),
            (days[0].date, days[days.len() - 1].date)
        );
        blocks.iter().map(|block| (block.phase, block.n_days)).collect()
    }

    #[test]
    fn e8_1_weeks_that_rise_by_four() {
        // Pairwise slopes 3, 3.5, 4, 4, 4, 5: their median over the median week of 45.5.
        let slope = slope_of_median(&[40.0, 44.0, 47.0, 52.0]).unwrap();
        assert!((slope - 4.0 / 45.5).abs() < 1e-12);
        assert!((100.0 * slope - 8.791).abs() < 5e-4);
        assert_eq!(slope_of_median(&[40.0, 44.0]), None);
        assert_eq!(slope_of_median(&[0.0; 4]), None);
    }

    #[test]
    fn even_weeks_are_base() {
        let found = phases(&history(140, |k| if k % 2 == 0 { 8.0 } else { 0.0 }), 140, &[]);
        assert_eq!(found.last().unwrap().0, Phase::Base, "{found:?}");
    }

    #[test]
    fn rising_weeks_build() {
        let found = phases(
            &history(112, |k| if k % 7 < 4 { 6.0 * 1.08_f64.powf(f64::from(k / 7)) } else { 0.0 }),
            112,
            &[],
        );
        assert!(found.iter().any(|(phase, n)| *phase == Phase::Build && *n >= 28), "{found:?}");
    }

    #[test]
    fn a_stop_is_a_break_and_then_a_return() {
        let found = phases(
            &history(140, |k| if k % 2 == 0 && !(70..100).contains(&k) { 8.0 } else { 0.0 }),
            140,
            &[],
        );
        // The last run is on day 68, the next on day 100.
        let at = found.iter().position(|(phase, _)| *phase == Phase::Break).unwrap();
        assert_eq!((found[at].1, found[at + 1].0), (31, Phase::Return), "{found:?}");
    }

    #[test]
    fn a_race_has_its_taper_and_its_days_after() {
        let race = Race {
            date: plus(day("2025-01-01"), 100),
            name: "M".into(),
            distance_m: 42_195.0,
            priority: 'A',
            origin: crate::model::RaceOrigin::Config,
        };
        let mut runs = history(130, |k| match k {
            0..86 => {
                if k % 2 == 0 {
                    14.0
                } else {
                    0.0
                }
            }
            86..100 => {
                if k % 3 == 0 {
                    8.0
                } else {
                    0.0
                }
            }
            100 => 42.2,
            _ => {
                if k % 4 == 0 {
                    5.0
                } else {
                    0.0
                }
            }
        });
        for run in &mut runs {
            run.is_quality = run.date == plus(day("2025-01-01"), 90);
        }
        let found = phases(&runs, 130, &[race]);
        let at = found.iter().position(|(phase, _)| *phase == Phase::Race).unwrap();
        assert_eq!(found[at].1, 1);
        assert_eq!(found[at - 1].0, Phase::Taper, "{found:?}");
        assert!((7..=21).contains(&found[at - 1].1), "{found:?}");
        assert_eq!((found[at + 1].0, found[at + 1].1), (Phase::PostRace, 21), "{found:?}");
    }
}
