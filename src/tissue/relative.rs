//! The last week of a tissue against the six weeks before it, and which tissues stand out (science 5.3).
//!
//! Everything is relative to the same runner; no number here is a risk.

use super::coefficients::TABLE;
use super::{N, Tissue};
use crate::load::ratio::{mean_to, quantile};
use serde::Serialize;

/// Days of a block.
pub const BLOCK_DAYS: usize = 7;
/// Blocks before the last week.
pub const BLOCKS: usize = 6;
/// With fewer days of history a reading is of low confidence (science 8.5).
const SHORT_HISTORY_DAYS: usize = 42;
/// Blocks that must be left, with enough history and with a short one.
const MIN_BLOCKS: (usize, usize) = (4, 3);
/// Least sd of ln dose, with enough history and with a short one: even weeks would make every change look large.
const MIN_SD: (f64, f64) = (0.15, 0.20);
/// Blocks under this share of the median are a holiday or an illness.
const DROPPED_SHARE: f64 = 0.25;
/// z and ratio from which a tissue is elevated.
const ELEVATED: (f64, f64) = (1.0, 1.15);
/// z and ratio from which it is high.
const HIGH: (f64, f64) = (2.0, 1.30);
/// z above the median of all tissues from which one stands out.
const EMPHASIS: f64 = 0.75;
/// z above the median of all tissues from which one is told from the others (heuristic).
const STANDS_OUT: f64 = 0.25;
/// Tissues whose z differ by less are up alike (heuristic).
const ALIKE: f64 = 0.25;
/// Most tissues of a focus list (science 5.3, R17).
pub const MAX_FOCUS: usize = 3;

/// The dose of the last seven days of one tissue against the blocks before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Dose of the last 7 days in equivalent km.
    pub dose_km: f64,
    /// Distance of ln dose from the mean of the blocks in sds.
    pub z: f64,
    /// Dose over the geometric mean of the blocks.
    pub ratio: f64,
    /// Blocks compared with, of six.
    pub n_blocks: usize,
    /// Is the history under 42 days?
    pub is_low_confidence: bool,
}

/// How far a tissue stands out, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TissueFlag {
    /// Not much more than usual, but more than the other tissues.
    Emphasis,
    /// More than usual.
    Elevated,
    /// Far more than usual.
    High,
}

impl TissueFlag {
    /// The word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Emphasis => "emphasis",
            Self::Elevated => "elevated",
            Self::High => "high",
        }
    }

    /// What it means, for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Emphasis => "more than other tissues",
            Self::Elevated | Self::High => self.name(),
        }
    }
}

/// One tissue among the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The tissue.
    pub tissue: Tissue,
    /// Against its own blocks.
    pub change: Change,
    /// z less the median z of all tissues: what is left once overall volume is removed.
    pub delta: f64,
    /// The strongest flag that holds.
    pub flag: Option<TissueFlag>,
}

impl Reading {
    /// How far it stands out, in steps that mean something.
    fn delta_step(&self) -> f64 {
        // Adding 0 turns -0 into 0.
        (self.delta / ALIKE).round() + 0.0
    }

    /// Does it stand out from the others, and not only from its own weeks before? A week that rose as that of every other
    /// tissue names no place to work on.
    #[must_use]
    pub fn stands_out(&self) -> bool {
        self.delta >= STANDS_OUT
    }

    /// Is it up or down as the other tissues are?
    #[must_use]
    pub fn is_like_others(&self) -> bool {
        self.delta_step() == 0.0
    }
}

/// Compares the 7 days that end with the last one with up to six blocks of 7 days before them.
///
/// `daily_km` holds a dose for each day, 0 for rest and `None` for unknown. `None` without a dose in the last week, with
/// too few blocks, or where more than one day of the week is unknown.
#[must_use]
pub fn change(daily_km: &[Option<f64>]) -> Option<Change> {
    Some(compared(daily_km).ok()?.change())
}

/// Why there is nothing to say of the last week of a tissue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// No dose in the week: no run.
    NoDose,
    /// The dose of more than one day of the week is not known.
    Unknown,
    /// The history is too short.
    ShortHistory,
    /// Too few weeks before it are known and of a usual size.
    FewBlocks,
}

/// What the last week is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Dose of the last 7 days in equivalent km.
    pub dose_km: f64,
    /// Doses of the blocks before, the latest first; `None` before the history, or with too much unknown.
    pub blocks_km: [Option<f64>; BLOCKS],
    /// Which of them count: no holiday and no illness.
    pub counts: [bool; BLOCKS],
    /// Mean of ln dose of those that count.
    pub mean_ln: f64,
    /// Standard deviation of the same (n − 1).
    pub sd_ln: f64,
    /// The least standard deviation that is used.
    pub min_sd: f64,
    /// Is the history under 42 days?
    pub is_low_confidence: bool,
}

impl Compared {
    fn change(&self) -> Change {
        let above = self.dose_km.ln() - self.mean_ln;
        Change {
            dose_km: self.dose_km,
            z: above / self.sd_ln.max(self.min_sd),
            ratio: above.exp(),
            n_blocks: self.counts.iter().filter(|counts| **counts).count(),
            is_low_confidence: self.is_low_confidence,
        }
    }
}

impl Missing {
    /// What it means, for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoDose => "there was no run in them",
            Self::Unknown => "the dose of too many days is not known",
            Self::ShortHistory => "the history is shorter than four weeks",
            Self::FewBlocks => "too few weeks before are known and of a usual size",
        }
    }
}

/// The arithmetic behind [`change`], for the same days, or what keeps from it.
pub fn compared(daily_km: &[Option<f64>]) -> Result<Compared, Missing> {
    let block = |back: usize| {
        let last = daily_km.len().checked_sub(1 + back * BLOCK_DAYS)?;
        mean_to(daily_km, last, BLOCK_DAYS).map(|mean| mean * BLOCK_DAYS as f64)
    };
    let (min_blocks, min_sd, is_low_confidence) = match daily_km.len() {
        ..SHORT_HISTORY_DAYS => (MIN_BLOCKS.1, MIN_SD.1, true),
        _ => (MIN_BLOCKS.0, MIN_SD.0, false),
    };
    if daily_km.len() < (1 + min_blocks) * BLOCK_DAYS {
        return Err(Missing::ShortHistory);
    }
    let dose_km = block(0).ok_or(Missing::Unknown)?;
    if dose_km <= 0.0 {
        return Err(Missing::NoDose);
    }
    let blocks_km: [Option<f64>; BLOCKS] = std::array::from_fn(|index| block(index + 1));
    let known: Vec<f64> = blocks_km.iter().flatten().copied().collect();
    let median = quantile(&known, 0.5).ok_or(Missing::FewBlocks)?;
    let counts = blocks_km.map(|km| km.is_some_and(|km| km > 0.0 && km >= DROPPED_SHARE * median));
    let of_counting = || blocks_km.iter().zip(counts).filter(|(_, counts)| *counts).filter_map(|(km, _)| *km);
    let n = of_counting().count();
    if n < min_blocks {
        return Err(Missing::FewBlocks);
    }
    let mean_ln = of_counting().map(f64::ln).sum::<f64>() / n as f64;
    let squares: f64 = of_counting().map(|km| (km.ln() - mean_ln).powi(2)).sum();
    let sd_ln = (squares / (n - 1) as f64).sqrt();
    Ok(Compared { dose_km, blocks_km, counts, mean_ln, sd_ln, min_sd, is_low_confidence })
}

/// Sets each tissue among the others; those without a change are left out. `changes` are in the order of [`Tissue::ALL`].
#[must_use]
pub fn readings(changes: &[Option<Change>; N]) -> Vec<Reading> {
    let zs: Vec<f64> = changes.iter().flatten().map(|change| change.z).collect();
    let Some(median) = quantile(&zs, 0.5) else { return Vec::new() };
    let reading = |(tissue, change): (Tissue, &Option<Change>)| {
        let change = (*change)?;
        let delta = change.z - median;
        Some(Reading { tissue, change, delta, flag: flag(&change, delta) })
    };
    Tissue::ALL.into_iter().zip(changes).filter_map(reading).collect()
}

fn flag(change: &Change, delta: f64) -> Option<TissueFlag> {
    let reaches = |(z, ratio): (f64, f64)| change.z >= z && change.ratio >= ratio;
    if reaches(HIGH) {
        Some(TissueFlag::High)
    } else if reaches(ELEVATED) {
        Some(TissueFlag::Elevated)
    } else {
        (delta >= EMPHASIS).then_some(TissueFlag::Emphasis)
    }
}

/// The flagged tissues to look at first, at most three: by flag, then by what stands out, then by how well the tissue's
/// coefficients are founded, then by z.
///
/// What stands out counts in steps of a quarter: more volume raises all tissues alike, and hundredths between them would
/// put others in front every day.
#[must_use]
pub fn focus(readings: &[Reading]) -> Vec<Reading> {
    let mut flagged: Vec<Reading> =
        readings.iter().filter(|reading| reading.flag.is_some()).copied().collect();
    let confidence = |reading: &Reading| TABLE[reading.tissue as usize].confidence;
    // Stable: equal ones stay in the order of the tissues.
    flagged.sort_by(|a, b| {
        let by_delta = b.delta_step().total_cmp(&a.delta_step());
        let by_confidence = confidence(b).cmp(&confidence(a));
        b.flag.cmp(&a.flag).then(by_delta).then(by_confidence).then(b.change.z.total_cmp(&a.change.z))
    });
    flagged.truncate(MAX_FOCUS);
    flagged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Days of blocks, oldest first, each block in one run.
    fn daily(blocks: &[f64]) -> Vec<Option<f64>> {
        blocks.iter().flat_map(|dose| [0.0, 0.0, *dose, 0.0, 0.0, 0.0, 0.0].map(Some)).collect()
    }

    const BEFORE: [f64; 6] = [30.1, 33.0, 28.5, 35.2, 31.7, 34.0];

    fn with_last(before: &[f64], last: f64) -> Option<Change> {
        change(&daily(&[before, &[last]].concat()))
    }

    #[test]
    fn e5_2_a_high_week_of_one_tissue() {
        let found = with_last(&BEFORE, 44.0).unwrap();
        assert!((found.z - 2.122_753).abs() < 1e-6, "{found:?}");
        assert!((found.ratio - 1.374_944).abs() < 1e-6);
        assert_eq!((found.n_blocks, found.is_low_confidence), (6, false));
        assert_eq!(flag(&found, 0.0), Some(TissueFlag::High));
        // The floor of the sd is what keeps z from 4.05.
        let logs = BEFORE.map(f64::ln);
        let mean = logs.iter().sum::<f64>() / 6.0;
        let sd = (logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / 5.0).sqrt();
        assert!((mean - 3.465_777).abs() < 1e-6 && (sd - 0.078_688).abs() < 1e-6);
        assert!((found.z * 0.15 / sd - 4.05).abs() < 5e-3);
    }

    #[test]
    fn holidays_are_dropped_and_four_blocks_must_be_left() {
        let one = with_last(&[30.0, 30.0, 2.0, 30.0, 30.0, 30.0], 36.0).unwrap();
        assert_eq!((one.n_blocks, one.is_low_confidence), (5, false));
        assert!((one.ratio - 1.2).abs() < 1e-9);
        assert_eq!(with_last(&[30.0, 0.0, 2.0, 30.0, 30.0, 30.0], 36.0).unwrap().n_blocks, 4);
        assert_eq!(with_last(&[30.0, 0.0, 2.0, 1.0, 30.0, 30.0, 30.0], 36.0).map(|c| c.n_blocks), None);
        assert_eq!(with_last(&BEFORE, 0.0), None);
        assert_eq!(with_last(&[0.0; 6], 30.0), None);
    }

    #[test]
    fn four_weeks_of_history_give_a_careful_reading() {
        let found = with_last(&BEFORE[..3], 44.0).unwrap();
        assert_eq!((found.n_blocks, found.is_low_confidence), (3, true));
        let mean = BEFORE[..3].iter().map(|dose| dose.ln()).sum::<f64>() / 3.0;
        assert!((found.z - (44.0_f64.ln() - mean) / 0.20).abs() < 1e-9);
        assert!(!with_last(&BEFORE[..5], 44.0).unwrap().is_low_confidence);
        assert_eq!(with_last(&BEFORE[..2], 44.0), None);
        assert_eq!(change(&[]), None);
    }

    #[test]
    fn unknown_days_are_no_rest() {
        let mut days = daily(&[&BEFORE[..], &[44.0]].concat());
        let known = change(&days).unwrap();
        days[48] = None;
        // Six days stand for seven.
        assert!((change(&days).unwrap().dose_km - 44.0 * 7.0 / 6.0).abs() < 1e-9);
        days[47] = None;
        assert_eq!(change(&days), None);
        assert_eq!(compared(&days), Err(Missing::Unknown));
        let mut days = daily(&[&BEFORE[..], &[44.0]].concat());
        days[0] = None;
        days[1] = None;
        assert_eq!(change(&days).unwrap().n_blocks, 5);
        assert_eq!(known.n_blocks, 6);
    }

    #[test]
    fn what_keeps_from_a_reading_is_told() {
        let missing = |blocks: &[f64]| compared(&daily(blocks)).unwrap_err();
        assert_eq!(missing(&[30.0, 30.0]), Missing::ShortHistory);
        assert_eq!(missing(&[30.0, 30.0, 30.0, 30.0, 0.0]), Missing::NoDose);
        assert_eq!(missing(&[30.0, 0.0, 2.0, 1.0, 30.0, 30.0, 30.0]), Missing::FewBlocks);
        assert_eq!(missing(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 30.0]), Missing::FewBlocks);
        assert_eq!(compared(&[]), Err(Missing::ShortHistory));
    }

    fn changes(zs: [f64; N]) -> [Option<Change>; N] {
        zs.map(|z| {
            let ratio = (0.15 * z).exp();
            Some(Change { dose_km: 30.0, z, ratio, n_blocks: 6, is_low_confidence: false })
        })
    }

    #[test]
    fn the_focus_is_on_at_most_three_that_stand_out() {
        let found = readings(&changes([2.4, 1.0, 0.2, 1.9, 0.1, 0.2, 0.2, 0.3, 1.3]));
        assert!((found[0].delta - 2.1).abs() < 1e-12);
        let names: Vec<_> = focus(&found).iter().map(|r| (r.tissue.name(), r.flag)).collect();
        let expected = [
            ("calf_achilles", Some(TissueFlag::High)),
            ("quad_pf", Some(TissueFlag::Elevated)),
            ("low_back", Some(TissueFlag::Elevated)),
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn more_of_everything_has_no_emphasis_and_less_of_everything_can() {
        let found = readings(&changes([1.2; N]));
        assert!(found.iter().all(|r| r.delta == 0.0 && r.flag == Some(TissueFlag::Elevated)));
        // Of those that are up alike the better founded come first, in the order of the tissues.
        let order = |found: &[Reading]| focus(found).iter().map(|r| r.tissue).collect::<Vec<Tissue>>();
        let founded = [Tissue::CalfAchilles, Tissue::TibiaShin, Tissue::QuadPf];
        assert_eq!(order(&found), founded);
        let nearly = [1.2, 1.2, 1.25, 1.2, 1.3, 1.2, 1.3, 1.2, 1.25];
        assert_eq!(order(&readings(&changes(nearly))), founded);
        let fast = [1.2, 1.2, 1.2, 1.2, 1.5, 1.2, 1.5, 1.2, 1.2];
        assert_eq!(order(&readings(&changes(fast)))[..2], [Tissue::Hamstrings, Tissue::HipFlexors]);
        let found = readings(&changes([-1.0, -1.0, -1.0, -0.2, -1.0, -1.0, -1.0, -1.0, -1.0]));
        let first: Vec<_> = focus(&found).iter().map(|r| (r.tissue, r.flag)).collect();
        assert_eq!(first, [(Tissue::QuadPf, Some(TissueFlag::Emphasis))]);
    }

    #[test]
    fn a_large_z_of_a_small_change_is_no_flag() {
        let small = Change { dose_km: 30.0, z: 2.5, ratio: 1.14, n_blocks: 6, is_low_confidence: false };
        assert_eq!(flag(&small, 0.0), None);
        assert_eq!(flag(&Change { ratio: 1.15, ..small }, 0.0), Some(TissueFlag::Elevated));
        assert_eq!(flag(&Change { ratio: 1.30, ..small }, 0.0), Some(TissueFlag::High));
        assert!(readings(&[None; N]).is_empty());
    }

    proptest! {
        #[test]
        fn the_scale_does_not_matter(before in prop::collection::vec(5.0..80.0_f64, 6), last in 5.0..80.0_f64, k in 0.1..10.0_f64) {
            let Some(one) = with_last(&before, last) else { return Ok(()) };
            let scaled: Vec<f64> = before.iter().map(|dose| k * dose).collect();
            let other = with_last(&scaled, k * last).unwrap();
            prop_assert!((one.z - other.z).abs() < 1e-9 && (one.ratio - other.ratio).abs() < 1e-9);
            prop_assert_eq!(one.z > 0.0, one.ratio > 1.0);
        }
    }
}
