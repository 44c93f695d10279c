//! A history of runs to the doses of each run, and to the readings and the focus of each day (science 5.2 and 5.3).
//!
//! Input are scored runs with their digests and the days of the calendar, output [`Tissues`]. Invariant: what is said of
//! a run or a day depends on nothing after it; a day whose dose is not known is `None`, never 0.

use super::carry::{spike, time_constant_days};
use super::choice::Choice;
use super::dose::{Model, RunDose, Setting, Surface};
use super::part::Part;
use super::relative::{self, Change, Missing, Reading};
use super::why::{Facts, Why};
use super::{N, Tissue, own};
use crate::digest::terrain::TerrainCell;
use crate::load::day::DayRow;
use crate::load::ratio::is_too_much;
use crate::model::calendar::{days_between, minus};
use crate::model::units::Units;
use crate::model::{Day, Sport};
use crate::score::run::{Run, SpikeClass};
use crate::score::{Dated, LOOKBACK_DAYS};

/// Days before a run whose descent prepares for it.
pub const DESCENT_DAYS: u32 = 21;
/// Days of history before a run is compared with others (science 8.5).
const MIN_HISTORY_DAYS: i64 = 14;
/// Mean speeds in m/s that a run without a terrain table can have been run at; outside the figures are wrong.
const PLAUSIBLE_MPS: std::ops::RangeInclusive<f64> = 1.0..=7.0;

/// A tissue to look at first, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Focus {
    /// How it compares.
    pub reading: Reading,
    /// What made its dose, with numbers: "1,240 m of descent in 7 days, usually 300".
    pub why: String,
    /// The part that explains most of what is beyond the usual.
    pub driver: Option<Part>,
}

/// The tissues on one day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TissueDay {
    /// Every tissue that can be compared; empty where none can.
    pub readings: Vec<Reading>,
    /// At most three that stand out, the first first.
    pub focus: Vec<Focus>,
}

/// The tissue of a run that went farthest beyond the largest dose of the 30 days before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TissueSpike {
    /// The tissue.
    pub tissue: Tissue,
    /// Its dose over the largest of a single run in those days; `None` without a run in them.
    pub ratio: Option<f64>,
    /// Class of the ratio.
    pub class: SpikeClass,
}

/// How the dose of a run was made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Made {
    /// What the run was weighed with.
    pub setting: Setting,
    /// A run without a terrain table counts as one stretch on the level at its mean speed.
    pub at_mean_speed: Option<TerrainCell>,
}

/// Doses and readings of one runner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tissues {
    /// What the doses were made with.
    pub choice: Choice,
    /// The dose of each run, in the order of the runs; `None` for copies and where nothing is known.
    pub runs: Vec<Option<RunDose>>,
    /// How they were made, in the same order.
    pub made: Vec<Made>,
    /// What went farthest beyond the 30 days before, in the same order; `None` without a dose and in the first two weeks.
    pub spikes: Vec<Option<TissueSpike>>,
    /// Dose of each day by tissue in equivalent km, 0 on a rest day; `None` with a run whose dose is not known.
    pub daily_km: Vec<Option<[f64; N]>>,
    /// What is carried over on each day, by tissue in equivalent km (heuristic).
    pub carried_km: Vec<[f64; N]>,
    /// Readings and focus of each day.
    pub days: Vec<TissueDay>,
}

/// Doses of the runs and readings of the days. `history` and `runs` are in the same order, by time; `days` are dense.
#[must_use]
pub fn tissues(history: &[Dated], runs: &[Run], days: &[DayRow], choice: &Choice, units: Units) -> Tissues {
    let lost = Lost::of(days);
    let made = made(history, runs, choice, &lost);
    let model = Model::new(&choice.table);
    let dose = |((dated, run), made): ((&Dated, &Run), &Made)| {
        run.counts().then(|| model.dose(cells(dated, made), &made.setting)).flatten()
    };
    let doses: Vec<Option<RunDose>> = history.iter().zip(runs).zip(&made).map(dose).collect();
    let by_day = by_day(runs, days);
    let daily_km: Vec<Option<[f64; N]>> = by_day
        .iter()
        .zip(days)
        .map(|(of_day, day)| if day.is_lost() { None } else { sum(of_day, &doses) })
        .collect();
    let facts: Vec<Facts> = by_day
        .iter()
        .map(|of_day| {
            Facts::of(
                of_day.iter().map(|&at| (&runs[at], cells(&history[at], &made[at]), &made[at], &doses[at])),
            )
        })
        .collect();
    Tissues {
        choice: *choice,
        spikes: spikes(runs, &doses, &lost),
        carried_km: carried(&daily_km),
        days: read(&daily_km, &facts, units),
        runs: doses,
        made,
        daily_km,
    }
}

/// The days of which the files do not tell, in order.
struct Lost(Vec<Day>);

impl Lost {
    fn of(days: &[DayRow]) -> Self {
        Self(days.iter().filter(|day| day.is_lost()).map(|day| day.date).collect())
    }

    /// Are there too many of them among the `n` days before a day?
    fn hides(&self, n: u32, date: Day) -> bool {
        let before = |day: Day| self.0.partition_point(|lost| *lost < day);
        is_too_much(before(date) - before(minus(date, n)), n as usize)
    }
}

/// The terrain of a run, or the one stretch that stands for it.
fn cells<'a>(dated: &'a Dated, made: &'a Made) -> &'a [TerrainCell] {
    made.at_mean_speed.as_ref().map_or(&dated.digest.terrain, std::slice::from_ref)
}

/// What each run is weighed with.
fn made(history: &[Dated], runs: &[Run], choice: &Choice, lost: &Lost) -> Vec<Made> {
    let own = own::own(history, runs);
    let first = runs.iter().filter(|run| run.counts()).map(|run| run.date).min();
    let of = |((at, (dated, run)), own): ((usize, (&Dated, &Run)), own::Own)| Made {
        setting: Setting {
            step_m: own.step_m,
            contact: own.contact,
            surface: if choice.counts_surface { surface(run.sport) } else { Surface::Even },
            descent_m: descent_m(run),
            descent_before_m: first
                .filter(|_| !lost.hides(DESCENT_DAYS, run.date))
                .and_then(|first| descent_before_m(&runs[..at], run.date, first)),
        },
        at_mean_speed: if dated.digest.terrain.is_empty() { at_mean_speed(run) } else { None },
    };
    history.iter().zip(runs).enumerate().zip(own).map(of).collect()
}

/// The surface that a kind of running says; a road is hard, and plain running is taken for none.
fn surface(sport: Sport) -> Surface {
    match sport {
        Sport::TrailRunning => Surface::Trail,
        Sport::Running => Surface::Street,
        _ => Surface::Even,
    }
}

/// A belt goes nowhere down.
pub(super) fn descent_m(run: &Run) -> Option<f64> {
    if run.sport.is_indoor() { Some(0.0) } else { run.descent_m }
}

/// Descent of the 21 days before a day, from the runs before it; `None` where the history or an altitude is missing.
fn descent_before_m(earlier: &[Run], date: Day, first: Day) -> Option<f64> {
    let since = minus(date, DESCENT_DAYS);
    let near = earlier.iter().rev().take_while(|run| run.date >= since);
    let near = near.filter(|run| run.counts() && run.date < date);
    if first > since { None } else { near.map(descent_m).sum() }
}

/// One level stretch at mean speed for a run of which only distance and time are known.
fn at_mean_speed(run: &Run) -> Option<TerrainCell> {
    let seconds = if run.moving_s > 0.0 { run.moving_s } else { run.timer_s };
    let speed_mps =
        run.distance_m.map(|metres| metres / seconds).filter(|speed| PLAUSIBLE_MPS.contains(speed))?;
    let steps = run.steps.filter(|steps| *steps > 0.0);
    Some(TerrainCell {
        speed_mps,
        grade: 0.0,
        cadence_spm: steps.map(|steps| steps / seconds * 60.0),
        seconds,
        steps: steps.unwrap_or(0.0),
    })
}

/// The runs that count, by day.
fn by_day(runs: &[Run], days: &[DayRow]) -> Vec<Vec<usize>> {
    let mut by_day = vec![Vec::new(); days.len()];
    let Some(first) = days.first().map(|day| day.date) else { return by_day };
    for (at, run) in runs.iter().enumerate().filter(|(_, run)| run.counts()) {
        let day = usize::try_from(days_between(first, run.date)).ok();
        if let Some(of_day) = day.and_then(|day| by_day.get_mut(day)) {
            of_day.push(at);
        }
    }
    by_day
}

/// The dose of a day; `None` where that of one of its runs is not known.
fn sum(of_day: &[usize], doses: &[Option<RunDose>]) -> Option<[f64; N]> {
    of_day.iter().try_fold([0.0; N], |sum, &at| {
        let dose = doses.get(at)?.as_ref()?;
        Some(std::array::from_fn(|k| sum[k] + dose.km[k]))
    })
}

/// Every tissue of every run against its single runs of 30 days, where enough of these are known; the one that went
/// farthest.
fn spikes(runs: &[Run], doses: &[Option<RunDose>], lost: &Lost) -> Vec<Option<TissueSpike>> {
    let Some(first) = runs.iter().find(|run| run.counts()).map(|run| run.date) else {
        return vec![None; runs.len()];
    };
    let spike_of = |(at, (run, dose)): (usize, (&Run, &Option<RunDose>))| {
        let dose = dose.as_ref()?;
        if days_between(first, run.date) < MIN_HISTORY_DAYS || lost.hides(LOOKBACK_DAYS, run.date) {
            return None;
        }
        let since = minus(run.date, LOOKBACK_DAYS);
        let mut largest = [0.0_f64; N];
        let earlier = runs[..at].iter().zip(doses).rev().take_while(|(before, _)| before.date >= since);
        for before in
            earlier.filter(|(before, _)| before.date < run.date).filter_map(|(_, dose)| dose.as_ref())
        {
            for (largest, km) in largest.iter_mut().zip(before.km) {
                *largest = largest.max(km);
            }
        }
        let all = Tissue::ALL.into_iter().zip(dose.km).zip(largest);
        let all = all.map(|((tissue, km), largest)| {
            let (ratio, class) = spike(km, &[largest]);
            TissueSpike { tissue, ratio, class }
        });
        // The first of equal ones, in the order of the tissues.
        all.reduce(|best, one| if one.ratio > best.ratio { one } else { best })
    };
    runs.iter().zip(doses).enumerate().map(spike_of).collect()
}

/// What is carried over, day by day.
fn carried(daily_km: &[Option<[f64; N]>]) -> Vec<[f64; N]> {
    let keep = Tissue::ALL.map(|tissue| (-1.0 / time_constant_days(tissue)).exp());
    let step = |carried: &mut [f64; N], dose: &Option<[f64; N]>| {
        if let Some(dose) = dose {
            *carried = std::array::from_fn(|k| carried[k] * keep[k] + dose[k]);
        }
        Some(*carried)
    };
    daily_km.iter().scan([0.0; N], step).collect()
}

/// Readings and focus of every day.
fn read(daily_km: &[Option<[f64; N]>], facts: &[Facts], units: Units) -> Vec<TissueDay> {
    let of_tissue = |k: usize| daily_km.iter().map(|day| day.map(|km| km[k])).collect::<Vec<_>>();
    let series: [Vec<Option<f64>>; N] = std::array::from_fn(of_tissue);
    let day = |t: usize| {
        let changes: [Option<Change>; N] = std::array::from_fn(|k| relative::change(&series[k][..=t]));
        let readings = relative::readings(&changes);
        let focus = |reading: Reading| focus(&series[reading.tissue as usize], facts, t, reading, units);
        TissueDay { focus: relative::focus(&readings).into_iter().map(focus).collect(), readings }
    };
    (0..daily_km.len()).map(day).collect()
}

/// What made the dose of a tissue in the seven days to day `t`.
fn focus(daily_km: &[Option<f64>], facts: &[Facts], t: usize, reading: Reading, units: Units) -> Focus {
    let compared = relative::compared(&daily_km[..=t]);
    let why = compared.ok().map(|one| Why::new(&one, daily_km, facts, t, &reading));
    Focus {
        reading,
        why: why.as_ref().map_or_else(String::new, |why| why.words(units)),
        driver: why.and_then(|why| why.driver(units)),
    }
}

impl Tissues {
    /// The reading of a tissue on a day.
    #[must_use]
    pub fn reading(&self, day: usize, tissue: Tissue) -> Option<&Reading> {
        self.days.get(day)?.readings.iter().find(|reading| reading.tissue == tissue)
    }

    /// Why a tissue has no reading on a day; `None` where it has one, and for days that are not there.
    #[must_use]
    pub fn missing(&self, day: usize, tissue: Tissue) -> Option<Missing> {
        let of_tissue: Vec<Option<f64>> =
            self.daily_km.get(..=day)?.iter().map(|km| km.map(|km| km[tissue as usize])).collect();
        relative::compared(&of_tissue).err()
    }
}
