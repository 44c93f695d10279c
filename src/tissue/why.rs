//! What made the dose of a tissue, in words with numbers.
//!
//! The dose of the week is set against the mean of the earlier weeks that its reading uses, part by part. *Volume* is what
//! the usual week would have given had it been as long as this one; what each other part adds beyond that is its own. The
//! parts add up to the difference, so the largest is the factor that lowers the dose most when put back to its usual value.

use super::Tissue;
use super::dose::{RunDose, step_ratio};
use super::history::{Made, descent_m};
use super::part::{N_PARTS, Part, Parts};
use super::relative::{BLOCK_DAYS, BLOCKS, Compared, Reading, TissueFlag};
use crate::digest::terrain::TerrainCell;
use crate::model::Sport;
use crate::model::units::{FOOT_M, Units};
use crate::score::run::Run;
use crate::text::whole;

/// What the words end with where the tissue rose as most of them did, by nothing but distance.
pub const LIKE_OTHERS: &str = ", as for most tissues";
/// A second part is named from this share of the first (heuristic).
const WORTH_NAMING: f64 = 1.0 / 3.0;
/// Figures that differ by less than this share read the same (heuristic).
const SAME: f64 = 0.03;
/// Fast is what a tenth of the usual running time is faster than (heuristic).
const FAST_SHARE: f64 = 0.10;
/// Speeds in tenths of a metre a second that are told apart.
const N_SPEEDS: usize = 90;

/// What a day's runs were, as far as words about a dose need it.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    parts: Parts,
    distance_m: f64,
    ascent_m: f64,
    descent_m: f64,
    trail_m: f64,
    street_m: f64,
    /// Steps that were counted, and the metres they took.
    steps: f64,
    stepped_m: f64,
    /// ln of step length over the runner's own, by step, and the steps.
    longer: (f64, f64),
    /// ln of contact time over the runner's own, by second, and the seconds.
    contact: (f64, f64),
    /// Seconds by speed, in tenths of a metre a second; empty without a run.
    seconds_at: Vec<f64>,
    is_unaccustomed: bool,
}

impl Facts {
    /// The sums over the runs of a day.
    pub(super) fn of<'a>(
        runs: impl Iterator<Item = (&'a Run, &'a [TerrainCell], &'a Made, &'a Option<RunDose>)>,
    ) -> Self {
        let mut facts = Self::default();
        for (run, cells, made, dose) in runs {
            facts.add_run(run, made);
            if let Some(dose) = dose {
                add_parts(&mut facts.parts, &dose.parts);
                facts.is_unaccustomed |= dose.unaccustomed_descent;
            }
            facts.seconds_at.resize(N_SPEEDS, 0.0);
            for cell in cells {
                facts.add_cell(cell, made);
            }
        }
        facts
    }

    fn add_run(&mut self, run: &Run, made: &Made) {
        let distance_m = run.distance_m.unwrap_or(0.0);
        self.distance_m += distance_m;
        self.ascent_m += run.ascent_m.filter(|_| !run.sport.is_indoor()).unwrap_or(0.0);
        self.descent_m += descent_m(run).unwrap_or(0.0);
        match run.sport {
            Sport::TrailRunning => self.trail_m += distance_m,
            Sport::Running => self.street_m += distance_m,
            _ => {}
        }
        if let Some(contact) = &made.setting.contact {
            self.contact.0 += run.moving_s * contact.over_usual.ln();
            self.contact.1 += run.moving_s;
        }
    }

    fn add_cell(&mut self, cell: &TerrainCell, made: &Made) {
        let at = (cell.speed_mps * 10.0).round() as usize;
        self.seconds_at[at.min(N_SPEEDS - 1)] += cell.seconds;
        if cell.cadence_spm.is_some() && cell.steps > 0.0 {
            self.steps += cell.steps;
            self.stepped_m += cell.speed_mps * cell.seconds;
        }
        if let Some(ratio) = step_ratio(cell, &made.setting) {
            self.longer.0 += cell.steps * ratio.ln();
            self.longer.1 += cell.steps;
        }
    }

    fn add(&mut self, other: &Self) {
        add_parts(&mut self.parts, &other.parts);
        self.distance_m += other.distance_m;
        self.ascent_m += other.ascent_m;
        self.descent_m += other.descent_m;
        self.trail_m += other.trail_m;
        self.street_m += other.street_m;
        self.steps += other.steps;
        self.stepped_m += other.stepped_m;
        self.longer = (self.longer.0 + other.longer.0, self.longer.1 + other.longer.1);
        self.contact = (self.contact.0 + other.contact.0, self.contact.1 + other.contact.1);
        self.seconds_at.resize(self.seconds_at.len().max(other.seconds_at.len()), 0.0);
        for (sum, seconds) in self.seconds_at.iter_mut().zip(&other.seconds_at) {
            *sum += seconds;
        }
        self.is_unaccustomed |= other.is_unaccustomed;
    }

    /// Every sum times a number; means stay as they are.
    fn times(mut self, factor: f64) -> Self {
        self.parts.iter_mut().flatten().for_each(|part| *part *= factor);
        self.seconds_at.iter_mut().for_each(|seconds| *seconds *= factor);
        let sums = [&mut self.distance_m, &mut self.ascent_m, &mut self.descent_m];
        let more = [&mut self.trail_m, &mut self.street_m, &mut self.steps, &mut self.stepped_m];
        sums.into_iter().chain(more).for_each(|sum| *sum *= factor);
        self
    }

    /// The sums of seven days to day `t`, as far as they are known: six known days stand for seven.
    fn of_week(facts: &[Self], daily_km: &[Option<f64>], t: usize) -> Self {
        let mut week = Self::default();
        let mut known = 0;
        let from = (t + 1).saturating_sub(BLOCK_DAYS);
        for (_, facts) in daily_km.iter().zip(facts).take(t + 1).skip(from).filter(|(km, _)| km.is_some()) {
            week.add(facts);
            known += 1;
        }
        if known == BLOCK_DAYS {
            week
        } else {
            week.times(BLOCK_DAYS as f64 / f64::from(known.max(1) as u32))
        }
    }

    fn steps_per_m(&self) -> f64 {
        self.steps / self.stepped_m
    }

    fn mean_mps(&self) -> f64 {
        let metres: f64 = self.seconds_at.iter().enumerate().map(|(at, s)| at as f64 / 10.0 * s).sum();
        metres / self.seconds_at.iter().sum::<f64>()
    }

    /// The speed in m/s that a tenth of the time is faster than.
    fn fast_mps(&self) -> f64 {
        let total: f64 = self.seconds_at.iter().sum();
        let mut left = FAST_SHARE * total;
        let slower = self.seconds_at.iter().enumerate().rev().find(|(_, seconds)| {
            left -= **seconds;
            left < 0.0
        });
        slower.map_or(0.0, |(at, _)| at as f64 / 10.0 + 0.05)
    }

    fn seconds_over(&self, mps: f64) -> f64 {
        self.seconds_at.iter().enumerate().filter(|(at, _)| *at as f64 / 10.0 > mps).map(|(_, s)| s).sum()
    }
}

fn add_parts(sums: &mut Parts, parts: &Parts) {
    for (sum, part) in sums.iter_mut().flatten().zip(parts.iter().flatten()) {
        *sum += part;
    }
}

/// The dose of a week against the usual week, part by part.
pub(super) struct Why {
    tissue: Tissue,
    flag: Option<TissueFlag>,
    is_like_others: bool,
    week: Facts,
    usual: Facts,
    /// What each part adds to the dose of the week beyond the usual, in equivalent km.
    beyond_km: [f64; N_PARTS],
}

impl Why {
    /// Sets the seven days to day `t` against the earlier weeks that the reading of the tissue uses.
    pub(super) fn new(
        compared: &Compared,
        daily_km: &[Option<f64>],
        facts: &[Facts],
        t: usize,
        reading: &Reading,
    ) -> Self {
        let mut usual = Facts::default();
        let counting = (1..=BLOCKS).zip(compared.counts).filter(|(_, counts)| *counts).map(|(back, _)| back);
        for back in counting.clone() {
            usual.add(&Facts::of_week(facts, daily_km, t.saturating_sub(back * BLOCK_DAYS)));
        }
        let usual = usual.times(1.0 / counting.count().max(1) as f64);
        let week = Facts::of_week(facts, daily_km, t);
        let at = reading.tissue as usize;
        let beyond_km = beyond(&week.parts, &usual.parts, at);
        let is_like_others = reading.is_like_others();
        Self { tissue: reading.tissue, flag: reading.flag, is_like_others, week, usual, beyond_km }
    }

    /// The part that explains most, and the next where it is worth naming, with their figures.
    pub(super) fn words(&self, units: Units) -> String {
        let parts = self.parts();
        let named: Vec<String> = worth(&parts).filter_map(|part| self.part(part, units)).take(2).collect();
        let text = if named.is_empty() { self.volume(units) } else { named.join("; ") };
        let is_all = self.is_like_others && parts.first().is_none_or(|(part, _)| *part == Part::Volume);
        text + if is_all && named.len() < 2 { LIKE_OTHERS } else { "" }
    }

    /// The part that the words name first; the distance where the figures show none.
    pub(super) fn driver(&self, units: Units) -> Option<Part> {
        let parts = self.parts();
        let named = worth(&parts).find(|part| self.part(*part, units).is_some());
        named.or((self.week.distance_m > 0.0).then_some(Part::Volume))
    }

    /// The parts that add to the usual dose, the largest first.
    fn parts(&self) -> Vec<(Part, f64)> {
        let mut parts: Vec<(Part, f64)> = Part::ALL.into_iter().zip(self.beyond_km).collect();
        parts.retain(|(_, km)| *km > 0.0);
        // What only stands out among the tissues is not explained by what all of them had.
        if self.flag == Some(TissueFlag::Emphasis) {
            parts.retain(|(part, _)| *part != Part::Volume);
        }
        parts.sort_by(|a, b| b.1.total_cmp(&a.1));
        parts
    }

    /// A part with its figures; `None` where they do not show it.
    fn part(&self, part: Part, units: Units) -> Option<String> {
        let (week, usual) = (&self.week, &self.usual);
        match part {
            Part::Volume => is_more(week.distance_m, usual.distance_m).then(|| self.volume(units)),
            Part::Speed => self.speed(units),
            Part::Steps => {
                let [now, before] = [week, usual].map(|of| of.steps_per_m() * units.long_m());
                let long = units.long_name();
                is_more(now, before)
                    .then(|| format!("{} steps per {long}, usually {}", grouped(now), grouped(before)))
            }
            Part::StepLength => Self::mean_of("steps", week.longer, usual.longer),
            Part::Contact => Self::mean_of("ground contact", week.contact, usual.contact),
            Part::Climb => self.height("climb", week.ascent_m, usual.ascent_m, units),
            Part::Descent => {
                let text = self.height("descent", week.descent_m, usual.descent_m, units)?;
                let is_new = week.is_unaccustomed && self.tissue == Tissue::QuadPf;
                Some(text + if is_new { ", more than three weeks had prepared for" } else { "" })
            }
            Part::Surface => {
                let on = |what: &str, now: f64, before: f64| {
                    let is_it = is_more(now / week.distance_m, before / usual.distance_m);
                    is_it.then(|| {
                        format!(
                            "{} on {what} in 7 days, usually {:.1}",
                            units.distance(now),
                            before / units.long_m()
                        )
                    })
                };
                on("trails", week.trail_m, usual.trail_m)
                    .or_else(|| on("roads", week.street_m, usual.street_m))
            }
        }
    }

    fn volume(&self, units: Units) -> String {
        let usual = self.usual.distance_m / units.long_m();
        format!("{} in 7 days, usually {usual:.1}", units.distance(self.week.distance_m))
    }

    /// Metres up or down; set beside the distance where there are not more of them, but in fewer kilometres.
    fn height(&self, what: &str, now_m: f64, before_m: f64, units: Units) -> Option<String> {
        let number = |metres: f64| grouped(if units == Units::Imperial { metres / FOOT_M } else { metres });
        let unit = if units == Units::Imperial { "ft" } else { "m" };
        let (now, before) = (number(now_m), number(before_m));
        if is_more(now_m, before_m) {
            return Some(format!("{now} {unit} of {what} in 7 days, usually {before}"));
        }
        let (week_m, usual_m) = (self.week.distance_m, self.usual.distance_m);
        is_more(now_m / week_m, before_m / usual_m).then(|| {
            let (week, usual) = (units.distance(week_m), units.distance(usual_m));
            format!("{now} {unit} of {what} in {week}, usually {before} in {usual}")
        })
    }

    /// Time at speeds that are fast for this runner, else the mean pace.
    fn speed(&self, units: Units) -> Option<String> {
        let (week, usual) = (&self.week, &self.usual);
        let fast_mps = usual.fast_mps();
        let [now, before] = [week, usual].map(|of| of.seconds_over(fast_mps) / 60.0);
        if is_more(now, before) {
            let pace = units.pace(fast_mps);
            return Some(format!("{now:.0} min faster than {pace} in 7 days, usually {before:.0}"));
        }
        let [now, before] = [week, usual].map(Facts::mean_mps);
        ((now / before - 1.0).abs() >= SAME)
            .then(|| format!("{} on average in 7 days, usually {}", units.pace(now), units.pace(before)))
    }

    /// A mean against the runner's own at the same speed.
    fn mean_of(what: &str, now: (f64, f64), before: (f64, f64)) -> Option<String> {
        let percent = |(sum, weight): (f64, f64)| {
            let percent = 100.0 * ((sum / weight).exp() - 1.0);
            let word = if percent < 0.0 { "shorter" } else { "longer" };
            (weight > 0.0).then(|| format!("{:.1} % {word}", percent.abs()))
        };
        let now = percent(now)?;
        let usual = percent(before).map_or_else(String::new, |before| format!(", usually {before}"));
        Some(format!("{what} {now} than expected at their speed{usual}"))
    }
}

/// Those of the parts, the largest first, that are worth naming beside it.
fn worth(parts: &[(Part, f64)]) -> impl Iterator<Item = Part> {
    let least_km = parts.first().map_or(0.0, |(_, km)| WORTH_NAMING * km);
    parts.iter().filter(move |(_, km)| *km >= least_km).map(|(part, _)| *part)
}

/// What each part adds beyond the usual: volume in proportion, the others beyond what goes with the volume.
fn beyond(week: &Parts, usual: &Parts, tissue: usize) -> [f64; N_PARTS] {
    let of = |parts: &Parts, part: Part| parts[part as usize][tissue];
    let usual_km: f64 = usual.iter().map(|part| part[tissue]).sum();
    let longer = match of(usual, Part::Volume) {
        volume if volume > 0.0 => of(week, Part::Volume) / volume,
        _ => 1.0,
    };
    Part::ALL.map(|part| match part {
        Part::Volume => usual_km * (longer - 1.0),
        other => of(week, other) - longer * of(usual, other),
    })
}

/// Is it more, as far as a reader can see?
fn is_more(now: f64, before: f64) -> bool {
    now > (1.0 + SAME) * before
}

/// A whole number with its thousands apart: `1,240`.
fn grouped(value: f64) -> String {
    whole(value.max(0.0).round() as usize)
}
