//! When two recordings are of one activity: a table of rules (science 1.1).
//!
//! Input are two recordings side by side, output is the first rule that holds, with its numbers. Invariant: a rule holds
//! for a pair in either order.

use crate::digest::Digest;
use crate::digest::shape::first_minute;
use crate::model::Format;

/// Recordings that start this close together are one.
const SAME_START_MS: i64 = 120_000;
/// The start of a list may be rounded or that of another clock by this much.
const SAME_START_OF_LIST_MS: i64 = 300_000;
/// Of the shorter recording at least this share lies within the other ...
pub const MIN_OVERLAP: f64 = 0.8;
/// ... and their distances differ by no more than this.
pub(super) const SAME_DISTANCE: f64 = 0.05;
/// Recordings that start together are one only if they also go on together for this share of the shorter.
const MIN_TOGETHER: f64 = 0.5;
/// The same for recordings of equal shape, whose clocks disagree.
const EQUAL_DISTANCE: f64 = 0.01;
/// Times of a list and a recording differ by no more than this.
pub(super) const SAME_TIME: f64 = 0.10;
/// Platforms measure a way anew, and runners round it: distances of what is otherwise the same differ by up to this.
pub(super) const SAME_WAY: f64 = 0.20;
/// Minutes by which such a clock may be off beside the hours.
const SLIP_MIN: i64 = 2;
const HOUR_MS: i64 = 3_600_000;
/// No clock on earth is further off than this.
const MAX_HOURS: i64 = 14;
/// Starts further apart than this are of two activities by every rule.
pub const REACH_MS: i64 = MAX_HOURS * HOUR_MS + SAME_START_OF_LIST_MS;

/// How a copy is known, with the numbers of the match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyRule {
    /// Both start within two minutes and go on together; distances may differ.
    SameStart {
        /// Seconds between the starts.
        apart_s: i64,
        /// By how much the distances differ, in percent of the longer.
        distance_pct: u32,
    },
    /// They overlap, and distances agree.
    Overlap {
        /// Share of the shorter that lies within the other, in percent.
        share_pct: u32,
        /// By how much the distances differ, in percent of the longer.
        distance_pct: u32,
    },
    /// They have the same shape, and a clock is off by whole hours.
    OtherClock {
        /// Hours by which the clock of the copy is ahead.
        hours: i64,
    },
    /// One or both are of a list, and start, time and sport agree.
    Listed {
        /// Seconds between the starts.
        apart_s: i64,
    },
    /// One is of a list, and the other, which is broken, has a part of it.
    ListedCut {
        /// Seconds between the starts.
        apart_s: i64,
        /// How much of the time in the list the recording has, in percent.
        share_pct: u32,
    },
    /// One is of a list, and day, sport and what is known of time and distance agree.
    ListedDay {
        /// By how much the distances differ, in percent of the longer.
        distance_pct: u32,
    },
}

impl CopyRule {
    /// The name of the rule in tables.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::SameStart { .. } => "same_start",
            Self::Overlap { .. } => "overlap",
            Self::OtherClock { .. } => "other_clock",
            Self::Listed { .. } => "listed",
            Self::ListedCut { .. } => "listed_cut",
            Self::ListedDay { .. } => "listed_day",
        }
    }

    /// The rule with its numbers, for a reader.
    ///
    /// ```
    /// use legwork::ingest::CopyRule;
    /// let rule = CopyRule::SameStart { apart_s: 12, distance_pct: 1 };
    /// assert_eq!(rule.words(), "same start, 12 s apart");
    /// ```
    #[must_use]
    pub fn words(&self) -> String {
        match *self {
            Self::SameStart { apart_s, distance_pct } => {
                let agrees = f64::from(distance_pct) <= 100.0 * SAME_DISTANCE;
                let distance =
                    if agrees { String::new() } else { format!("; distances differ by {distance_pct} %") };
                format!("same start, {apart_s} s apart{distance}")
            }
            Self::Overlap { share_pct, distance_pct } => {
                format!("{share_pct} % of the time in common, distances differ by {distance_pct} %")
            }
            Self::OtherClock { hours } => {
                let way = if hours > 0 { "ahead" } else { "behind" };
                let hours = hours.abs();
                let unit = if hours == 1 { "hour" } else { "hours" };
                format!("same shape, clock {hours} {unit} {way}")
            }
            Self::Listed { apart_s } => {
                format!("same start in a list, {apart_s} s apart, same sport and time")
            }
            Self::ListedCut { apart_s, share_pct } => {
                format!("same start in a list, {apart_s} s apart; broken off after {share_pct} % of the time")
            }
            Self::ListedDay { distance_pct } => {
                format!("same day and sport in a list, distances differ by {distance_pct} %")
            }
        }
    }
}

/// A recording as the rules see it.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub digest: &'a Digest,
    /// Start on the runner's wall clock in ms, where the zone is known.
    pub wall_ms: Option<i64>,
}

impl Seen<'_> {
    /// The day by the runner's wall clock, as days since 1970-01-01.
    pub fn day(&self) -> i64 {
        const DAY_MS: i64 = 24 * HOUR_MS;
        self.wall_ms.unwrap_or(self.digest.start_ms).div_euclid(DAY_MS)
    }

    fn lasts_ms(&self) -> i64 {
        (self.digest.elapsed_s.max(0.0) * 1000.0) as i64
    }

    /// Sums without samples, as lists have them.
    pub fn is_listed(&self) -> bool {
        is_listed(self.digest)
    }

    /// A list that does not say its zone has the wall clock as if it were UTC.
    fn may_be_wall_clock(&self) -> bool {
        self.is_listed() && self.digest.utc_offset_s == Some(0)
    }
}

/// Is it the sums of a list, without a sample?
pub fn is_listed(digest: &Digest) -> bool {
    digest.n_samples == 0 && matches!(digest.format, Format::Csv | Format::Json)
}

/// The rules in the order in which they are tried.
const RULES: [fn(Seen, Seen) -> Option<CopyRule>; 5] = [listed, listed_cut, same_start, overlap, other_clock];

/// The rule by which `copy` is one activity with `of`. What has no time of day is matched by its day (`by_day.rs`).
pub fn rule(of: Seen, copy: Seen) -> Option<CopyRule> {
    let has_time = |one: Seen| !(one.is_listed() && one.digest.is_day_only);
    let may_be = are_alike(of, copy) && has_time(of) && has_time(copy);
    RULES.iter().filter(|_| may_be).find_map(|rule| rule(of, copy))
}

/// May both be of one activity by their sports?
pub fn are_alike(of: Seen, copy: Seen) -> bool {
    of.digest.sport.is_alike(copy.digest.sport)
}

fn listed(of: Seen, copy: Seen) -> Option<CopyRule> {
    let apart_ms = apart_of_list_ms(of, copy)?;
    let (a, b) = (of.digest, copy.digest);
    let is_one_list = of.is_listed() && copy.is_listed() && a.file == b.file;
    // Where a list has days alone, two rows of a day start together and are two runs.
    let are_two_rows = is_one_list && a.start_ms == b.start_ms;
    let most = match (of.is_listed() && copy.is_listed(), is_one_list) {
        (false, _) => f64::INFINITY,
        (true, true) => SAME_DISTANCE,
        (true, false) => SAME_WAY,
    };
    let holds = !are_two_rows
        && distance(of, copy).unwrap_or(0.0) <= most
        && apart_ms.abs() <= SAME_START_OF_LIST_MS
        && time_agrees(of, copy) == Some(true)
        && share(apart_ms, of, copy) >= MIN_TOGETHER;
    holds.then_some(CopyRule::Listed { apart_s: apart_ms.abs() / 1000 })
}

/// Of what broke off the list has the whole.
fn listed_cut(of: Seen, copy: Seen) -> Option<CopyRule> {
    let apart_ms = apart_of_list_ms(of, copy)?;
    let share = part_of_list(of.digest, copy.digest)?;
    let holds = apart_ms.abs() <= SAME_START_OF_LIST_MS;
    holds.then(|| CopyRule::ListedCut { apart_s: apart_ms.abs() / 1000, share_pct: percent(share) })
}

/// The share of the time in a list that a broken recording has; `None` where it has more, or neither is one.
pub fn part_of_list(of: &Digest, copy: &Digest) -> Option<f64> {
    let (row, cut) = if is_listed(of) { (of, copy) } else { (copy, of) };
    let is_pair = is_listed(row) && !is_listed(cut) && cut.is_salvaged;
    let is_longer = row.elapsed_s > cut.elapsed_s
        && row
            .distance_m
            .zip(cut.distance_m)
            .is_none_or(|(row_m, cut_m)| row_m >= (1.0 - SAME_DISTANCE) * cut_m);
    (is_pair && is_longer).then(|| cut.elapsed_s / row.elapsed_s)
}

/// How much later the copy starts in ms, where a list has a part in it: some have the wall clock for UTC.
fn apart_of_list_ms(of: Seen, copy: Seen) -> Option<i64> {
    let instants = copy.digest.start_ms.saturating_sub(of.digest.start_ms);
    let is_wall = of.may_be_wall_clock() || copy.may_be_wall_clock();
    let walls = copy.wall_ms.zip(of.wall_ms).filter(|_| is_wall).map(|(copy, of)| copy.saturating_sub(of));
    let apart_ms = walls.filter(|walls| walls.abs() < instants.abs()).unwrap_or(instants);
    (of.is_listed() || copy.is_listed()).then_some(apart_ms)
}

/// Do both last as long? `None` where it is not known of one.
pub fn time_agrees(of: Seen, copy: Seen) -> Option<bool> {
    let (a, b) = (of.digest, copy.digest);
    let times = [(a.elapsed_s, b.elapsed_s), (a.timer_s, b.timer_s)];
    let mut known = times.into_iter().filter(|(a, b)| *a > 0.0 && *b > 0.0).peekable();
    known.peek()?;
    Some(known.any(|(a, b)| (a - b).abs() <= SAME_TIME * a.max(b)))
}

/// The share of the shorter that lies within the other, by the nearest that their clocks may be.
pub fn share_of_list(of: Seen, copy: Seen) -> f64 {
    apart_of_list_ms(of, copy).map_or(0.0, |apart_ms| share(apart_ms, of, copy))
}

fn same_start(of: Seen, copy: Seen) -> Option<CopyRule> {
    let apart_ms = apart_ms(of, copy)?;
    let holds = apart_ms.abs() <= SAME_START_MS && share(apart_ms, of, copy) >= MIN_TOGETHER;
    let distance_pct = percent(distance(of, copy).unwrap_or(0.0));
    holds.then_some(CopyRule::SameStart { apart_s: apart_ms.abs() / 1000, distance_pct })
}

fn overlap(of: Seen, copy: Seen) -> Option<CopyRule> {
    let share = share(apart_ms(of, copy)?, of, copy);
    let differs = distance(of, copy).unwrap_or(0.0);
    (share >= MIN_OVERLAP && differs <= SAME_DISTANCE)
        .then(|| CopyRule::Overlap { share_pct: percent(share), distance_pct: percent(differs) })
}

fn other_clock(of: Seen, copy: Seen) -> Option<CopyRule> {
    let apart_ms = apart_ms(of, copy)?;
    let hours = (apart_ms + apart_ms.signum() * HOUR_MS / 2) / HOUR_MS;
    let later = first_minute(copy.digest.start_ms) - first_minute(of.digest.start_ms) - 60 * hours;
    let holds = (1..=MAX_HOURS).contains(&hours.abs())
        && (apart_ms - hours * HOUR_MS).abs() <= SAME_START_MS
        && distance(of, copy).is_some_and(|differs| differs <= EQUAL_DISTANCE)
        && (has_hearts(of, copy) || are_equal(of, copy))
        && (-SLIP_MIN..=SLIP_MIN).any(|slip| of.digest.shape.is_same(&copy.digest.shape, later + slip));
    holds.then_some(CopyRule::OtherClock { hours })
}

/// Heart rate tells two runs over one loop apart.
fn has_hearts(of: Seen, copy: Seen) -> bool {
    of.digest.hr_valid_s.min(copy.digest.hr_valid_s) > 0.0
}

/// Without heart rate the same session on another hour looks the same; a copy has the very times and lengths too.
fn are_equal(of: Seen, copy: Seen) -> bool {
    const SAME_LENGTH_S: f64 = 2.0;
    const VERY_SAME_DISTANCE: f64 = 0.002;
    (of.digest.elapsed_s - copy.digest.elapsed_s).abs() <= SAME_LENGTH_S
        && of.digest.n_samples == copy.digest.n_samples
        && distance(of, copy).is_some_and(|differs| differs <= VERY_SAME_DISTANCE)
}

/// How much later the copy starts in ms; `None` where a list has a part in it, which has a rule of its own.
fn apart_ms(of: Seen, copy: Seen) -> Option<i64> {
    let is_recorded = !of.is_listed() && !copy.is_listed();
    is_recorded.then(|| copy.digest.start_ms.saturating_sub(of.digest.start_ms))
}

/// The share of the shorter that lies within the other, when the copy starts so much later. What has no length is
/// within the other where it starts in it.
fn share(apart_ms: i64, of: Seen, copy: Seen) -> f64 {
    let (first, later) = if apart_ms < 0 { (copy, of) } else { (of, copy) };
    let apart_ms = apart_ms.abs();
    let common_ms = first.lasts_ms().min(apart_ms.saturating_add(later.lasts_ms())) - apart_ms;
    match first.lasts_ms().min(later.lasts_ms()) {
        0 => f64::from(u8::from(common_ms >= 0)),
        shorter_ms => common_ms.max(0) as f64 / shorter_ms as f64,
    }
}

/// The difference of the distances as a share of the longer, where both are known.
pub fn distance(of: Seen, copy: Seen) -> Option<f64> {
    let (a, b) = of.digest.distance_m.zip(copy.digest.distance_m)?;
    let longer = a.max(b);
    Some(if longer > 0.0 { (a - b).abs() / longer } else { 0.0 })
}

pub fn percent(share: f64) -> u32 {
    (100.0 * share).round().clamp(0.0, 100.0) as u32
}
