//! The phase of a single day by its features (science 8.1 and 8.4; first match wins).

use super::gap::{Break, breaks};
use super::taper::{self, Volume};
use super::{Phase, slope_of_median};
use crate::load::day::{DayRow, DayState};
use crate::load::ratio::{filled_sum, is_too_much, quantile};
use crate::model::calendar::{days_between, minus, plus};
use crate::model::{Day, Race};

/// Days over which the highest week is looked for.
const PEAK_DAYS: usize = 112;
/// Known days of the last 28 without which no phase is named.
pub(super) const MIN_KNOWN: usize = 21;
/// A peak needs this much history to stand out from.
const PEAK_HISTORY_DAYS: usize = 56;

/// The days with everything that the rules ask of them.
pub(super) struct Features<'a> {
    pub days: &'a [DayRow],
    pub races: &'a [Race],
    /// Distance in m of the 7 and of the 28 days (per week) that end with each day; `None` at the start, and where too many
    /// of them are lost.
    week_m: Vec<Option<f64>>,
    pub month_m: Vec<Option<f64>>,
    /// First day of the taper before each race.
    pub tapers: Vec<Option<Day>>,
    pub breaks: Vec<Break>,
    /// Is a break one from its first day on, which only later days tell, or from the day on that makes it one?
    has_hindsight: bool,
}

/// Days before an A race that are a taper before anything of it was run (science 8.3: tapers of two weeks).
const CALENDAR_TAPER_DAYS: u32 = 14;

/// Weekly distance that rises over four weeks.
pub(super) struct Rise {
    /// Theil–Sen slope over the median, per week.
    pub slope: f64,
    /// The first and the last of the four weeks in m.
    pub weeks_m: (f64, f64),
}

/// A week among the highest.
pub(super) struct HighWeek {
    /// The week and the highest one in m.
    pub week_m: f64,
    pub highest_m: f64,
    /// Weeks that were looked at.
    pub n_weeks: usize,
}

/// Much intensity.
pub(super) struct Intensity {
    /// Quality sessions in 14 days; `None` where they are under three.
    pub n_quality: Option<u32>,
    /// Share of hard time in 28 days; `None` where it is under 8 %.
    pub high_share: Option<f64>,
}

impl Volume for Features<'_> {
    fn distance_m(&self, first: Day, last: Day) -> Option<f64> {
        let (from, to) = (self.index(first)?, self.index(last)?);
        filled_sum(self.days.get(from..=to)?.iter().map(DayRow::known_m))
    }

    fn has_quality(&self, first: Day, last: Day) -> bool {
        self.days.iter().any(|day| (first..=last).contains(&day.date) && day.n_quality > 0)
    }

    fn last_day(&self) -> Option<Day> {
        self.days.last().map(|day| day.date)
    }
}

impl<'a> Features<'a> {
    pub(super) fn new(days: &'a [DayRow], races: &'a [Race]) -> Self {
        let trailing = |n: usize| -> Vec<Option<f64>> {
            let sum = |t: usize| filled_sum(days[t + 1 - n..=t].iter().map(DayRow::known_m));
            (0..days.len()).map(|t| if t + 1 < n { None } else { Some(sum(t)? / n as f64 * 7.0) }).collect()
        };
        let mut features = Self {
            days,
            races,
            week_m: trailing(7),
            month_m: trailing(28),
            tapers: Vec::new(),
            breaks: breaks(days),
            has_hindsight: true,
        };
        features.tapers = races.iter().map(|race| taper::start(&features, race)).collect();
        features
    }

    /// The same without hindsight: tapers are those of the calendar, and a break begins once it is one.
    pub(super) fn known(days: &'a [DayRow], races: &'a [Race]) -> Self {
        let taper = |race: &Race| (race.priority == 'A').then(|| minus(race.date, CALENDAR_TAPER_DAYS));
        Self { tapers: races.iter().map(taper).collect(), has_hindsight: false, ..Self::new(days, races) }
    }

    fn is_break(&self, t: usize) -> bool {
        let begins = |gap: &Break| gap.from + if self.has_hindsight { 0 } else { gap.least_days() - 1 };
        self.breaks.iter().any(|gap| (begins(gap)..gap.to).contains(&t))
    }

    fn index(&self, day: Day) -> Option<usize> {
        usize::try_from(days_between(self.days.first()?.date, day)).ok()
    }

    pub(super) fn phase(&self, t: usize) -> Phase {
        let today = self.days[t].date;
        if self.races.iter().any(|race| race.date == today) {
            return Phase::Race;
        }
        if self.races.iter().any(|race| self.is_after(race, t)) {
            return Phase::PostRace;
        }
        let tapers = self.races.iter().zip(&self.tapers);
        if tapers.clone().any(|(race, start)| start.is_some_and(|start| start <= today && today < race.date))
        {
            return Phase::Taper;
        }
        if self.is_break(t) {
            return Phase::Break;
        }
        // Volume that still rises is always among the highest, so the peak gives way to the build until a taper is
        // near; else no build would ever be seen.
        if self.returning(t).is_some() {
            Phase::Return
        } else if self.is_peak(t) && (self.is_before_taper(t) || !self.is_build(t)) {
            Phase::Peak
        } else if self.is_build(t) {
            Phase::Build
        } else if self.intensity(t).is_some() {
            Phase::Speed
        } else if self.n_known(t) >= MIN_KNOWN {
            Phase::Base
        } else {
            Phase::Unknown
        }
    }

    /// From the day after a race until the week is back at 0.75 of the reference, at most 3 to 28 days by distance.
    pub(super) fn is_after(&self, race: &Race, t: usize) -> bool {
        let after = days_between(race.date, self.days[t].date);
        if after < 1 || after > i64::from(longest_recovery_days(race.distance_m)) {
            return false;
        }
        let Some(reference) = taper::reference_week_m(self, race) else { return true };
        // The race itself is no sign of being back, so weeks that hold it do not count.
        let days_back =
            (1..=after).map(|back| plus(race.date, back as u32)).filter_map(|day| self.index(day));
        !days_back
            .filter(|day| days_between(race.date, self.days[*day].date) >= 7)
            .any(|day| self.week_m[day].is_some_and(|week| week >= 0.75 * reference))
    }

    /// Days of the last 28 of which something is known.
    pub(super) fn n_known(&self, t: usize) -> usize {
        self.month(t).iter().filter(|day| day.state != DayState::Unknown).count()
    }

    /// The 28 days that end with day `t`.
    fn month(&self, t: usize) -> &[DayRow] {
        &self.days[(t + 1).saturating_sub(28)..=t]
    }

    /// From the first run after at least 14 days without until four fifths of the old month, or 28 days.
    pub(super) fn returning(&self, t: usize) -> Option<&Break> {
        self.breaks.iter().find(|gap| {
            let is_after = (gap.to..gap.to + 28).contains(&t) && gap.from > 0 && gap.is_long();
            is_after && !(gap.to..=t).any(|day| self.is_back(gap, day))
        })
    }

    fn is_back(&self, gap: &Break, t: usize) -> bool {
        self.before(gap).zip(self.month_m[t]).is_some_and(|(old, now)| now >= 0.8 * old)
    }

    /// Distance in m a week of the month before a break.
    pub(super) fn before(&self, gap: &Break) -> Option<f64> {
        self.month_m[gap.from.checked_sub(1)?]
    }

    fn is_peak(&self, t: usize) -> bool {
        let Some(month) = self.month_m[t].filter(|month| *month > 0.0) else { return false };
        let months = recent(&self.month_m, t, 180);
        let is_high = quantile(&months, 0.75).is_some_and(|p75| month >= p75);
        let is_highest = self.high_week(t).is_some() || self.is_before_taper(t);
        t + 1 >= PEAK_HISTORY_DAYS && is_high && self.has_grown(t) && is_highest
    }

    /// The week up to day `t` where it is within a tenth of the highest of 112 days.
    pub(super) fn high_week(&self, t: usize) -> Option<HighWeek> {
        let highest_m = recent(&self.week_m, t, PEAK_DAYS).into_iter().fold(0.0, f64::max);
        let week_m = self.week_m[t].filter(|week| *week >= 0.9 * highest_m)?;
        Some(HighWeek { week_m, highest_m, n_weeks: (t + 1).min(PEAK_DAYS) / 7 })
    }

    /// In the three weeks before a taper starts.
    fn is_before_taper(&self, t: usize) -> bool {
        self.taper_ahead(t).is_some()
    }

    /// The first day of a taper that starts within three weeks.
    pub(super) fn taper_ahead(&self, t: usize) -> Option<Day> {
        let today = self.days[t].date;
        self.tapers.iter().flatten().copied().find(|start| (minus(*start, 21)..*start).contains(&today))
    }

    /// The month is above the lowest of the last 112 days by a tenth: even running has no peak.
    fn has_grown(&self, t: usize) -> bool {
        let months = self.month_m[(t + 1).saturating_sub(112)..=t].iter().flatten();
        let lowest = months.copied().fold(f64::INFINITY, f64::min);
        self.month_m[t].is_some_and(|month| month >= 1.10 * lowest)
    }

    fn is_build(&self, t: usize) -> bool {
        self.rise(t).is_some() || self.longer_run(t).is_some()
    }

    /// The last four weeks where they rise by at least 5 % a week and the month lies 5 % above the one before.
    pub(super) fn rise(&self, t: usize) -> Option<Rise> {
        let before = t.checked_sub(28)?;
        let weeks: Option<Vec<f64>> = [21, 14, 7, 0].iter().map(|back| self.week_m[t - back]).collect();
        let weeks = weeks?;
        let slope = slope_of_median(&weeks).filter(|slope| *slope >= 0.05)?;
        let is_above = self.month_m[t]? >= 1.05 * self.month_m[before]?;
        is_above.then_some(Rise { slope, weeks_m: (weeks[0], weeks[3]) })
    }

    /// The longest run in m of the month before and of this one, where it grew by a tenth.
    pub(super) fn longer_run(&self, t: usize) -> Option<(f64, f64)> {
        let before = t.checked_sub(28).filter(|before| *before >= 27)?;
        // The longest run of a month may be the one that was lost.
        let n_lost = self.month(before).iter().filter(|day| day.is_lost()).count();
        if is_too_much(n_lost, 28) {
            return None;
        }
        let longest = |t: usize| self.month(t).iter().map(|day| day.longest_m).fold(0.0, f64::max);
        let (old, new) = (longest(before), longest(t));
        (old > 0.0 && new >= 1.10 * old).then_some((old, new))
    }

    /// Three quality sessions in two weeks or 8 % of a month hard, at a volume within a tenth of the month before.
    pub(super) fn intensity(&self, t: usize) -> Option<Intensity> {
        let before = t.checked_sub(28)?;
        let quality: u32 = self.days[(t + 1).saturating_sub(14)..=t].iter().map(|day| day.n_quality).sum();
        let zones: [f64; 3] =
            std::array::from_fn(|k| self.month(t).iter().map(|day| day.three_zone_s[k]).sum());
        let share = zones[2] / zones.iter().sum::<f64>();
        let (now, then) = (self.month_m[t]?, self.month_m[before]?);
        let found = Intensity {
            n_quality: (quality >= 3).then_some(quality),
            high_share: (share >= 0.08).then_some(share),
        };
        let is_hard = found.n_quality.is_some() || found.high_share.is_some();
        (is_hard && (0.9 * then..=1.1 * then).contains(&now)).then_some(found)
    }
}

/// What is known of the `n` days that end with day `t`.
fn recent(values: &[Option<f64>], t: usize, n: usize) -> Vec<f64> {
    values[(t + 1).saturating_sub(n)..=t].iter().flatten().copied().collect()
}

/// How long a race can hold the weeks after it back, in days (science 8.4 rule 2; heuristic).
#[must_use]
pub fn longest_recovery_days(distance_m: f64) -> u32 {
    match distance_m {
        d if d <= 6_000.0 => 3,
        d if d <= 12_000.0 => 5,
        d if d <= 25_000.0 => 10,
        d if d <= 45_000.0 => 21,
        _ => 28,
    }
}
