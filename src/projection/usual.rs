//! What is usual for a runner: the week, the pace, the length and the load of a run.

use super::Known;
use super::race;
use crate::load::day::{DayRow, DayState, LoadFlag};
use crate::load::ratio::quantile;
use crate::model::Day;
use crate::model::calendar::{minus, plus};
use crate::score::run::{Run, SessionKind};

/// Weeks that make a usual one (design 6).
const WEEKS: usize = 4;
/// Fewer known weeks make no usual one.
const MIN_WEEKS: usize = 2;
/// How far back weeks are looked for, and runs that tell pace and length.
const WEEKS_BACK: usize = 8;
/// Days whose runs tell the load of a metre.
const LOAD_DAYS: u32 = 28;
/// So many hard runs have a load of their own.
const MIN_HARD: usize = 3;

/// Runs that count from `first` to `last`, both included; the runs before and after are not walked through.
///
/// Runs are in order of their start. The date where one was run is within two days of that by UTC.
pub(super) fn between(runs: &[Run], first: Day, last: Day) -> impl Iterator<Item = &Run> {
    let start_ms = |day: Day| i64::from(day.to_epoch_days()) * 86_400_000;
    let from = runs.partition_point(|run| run.start_ms < start_ms(minus(first, 2)));
    let to = runs.partition_point(|run| run.start_ms < start_ms(plus(last, 3))).max(from);
    runs[from..to].iter().filter(move |run| run.counts() && (first..=last).contains(&run.date))
}

/// The days that are known, to the day itself.
pub(super) fn days<'a>(known: &Known<'a>) -> &'a [DayRow] {
    &known.days[..known.days.partition_point(|day| day.date <= known.today)]
}

/// What a weekday usually holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weekday {
    pub n_runs: u32,
    pub distance_m: f64,
    pub longest_m: f64,
    pub timer_s: f64,
    pub load_au: f64,
}

/// The medians of each weekday from Monday over the last four known weeks; `None` with fewer than two.
///
/// A week is the seven days that end with today, or seven before them. It is known if each of its days is. Weeks in
/// a taper, or in the recovery from a race over 12 km, are not usual: earlier ones stand in for them, up to eight weeks
/// back, unless fewer than two are left (heuristic). Nothing from before a lay-off counts.
pub(super) fn week(known: &Known<'_>) -> Option<[Weekday; 7]> {
    let is_lay_off = |week: &&[DayRow]| week.iter().any(|day| day.flags.contains(&LoadFlag::LayOff));
    let is_known = |week: &&[DayRow]| week.iter().all(|day| day.state != DayState::Unknown);
    let since = days(known).rchunks_exact(7).take(WEEKS_BACK).take_while(|week| !is_lay_off(week));
    let all: Vec<&[DayRow]> = since.filter(is_known).collect();
    let is_usual = |week: &&&[DayRow]| !week.iter().any(|day| race::is_unusual(day.date, known));
    let usual: Vec<&[DayRow]> = all.iter().filter(is_usual).copied().collect();
    let mut weeks = if usual.len() < MIN_WEEKS { all } else { usual };
    weeks.truncate(WEEKS);
    (weeks.len() >= MIN_WEEKS).then(|| std::array::from_fn(|weekday| median_day(&weeks, weekday)))
}

fn median_day(weeks: &[&[DayRow]], weekday: usize) -> Weekday {
    use chrono::Datelike;
    let of_weekday = |day: &&DayRow| day.date.weekday().num_days_from_monday() as usize == weekday;
    let days: Vec<&DayRow> = weeks.iter().flat_map(|week| week.iter()).filter(of_weekday).collect();
    let median = |value: fn(&DayRow) -> f64| {
        quantile(&days.iter().map(|day| value(day)).collect::<Vec<_>>(), 0.5).unwrap_or(0.0)
    };
    let n_runs = median(|day| f64::from(day.n_runs));
    if n_runs <= 0.0 {
        return Weekday { n_runs: 0, distance_m: 0.0, longest_m: 0.0, timer_s: 0.0, load_au: 0.0 };
    }
    Weekday {
        // A run in half of the weeks is one of half the length.
        n_runs: n_runs.ceil() as u32,
        distance_m: median(|day| day.distance_m),
        longest_m: median(|day| day.longest_m),
        timer_s: median(|day| day.timer_s),
        // Of the running alone, as everything that is expected.
        load_au: median(|day| day.load_au.unwrap_or(0.0) - day.cross_au.unwrap_or(0.0)),
    }
}

/// The runs that tell how a planned one will go.
#[derive(Debug)]
pub(super) struct Runs<'a> {
    known: Vec<&'a Run>,
    from: Day,
}

impl<'a> Runs<'a> {
    pub(super) fn new(known: &Known<'a>) -> Self {
        let since = minus(known.today, 7 * WEEKS_BACK as u32 - 1);
        Self {
            known: between(known.runs, since, known.today).collect(),
            from: minus(known.today, LOAD_DAYS - 1),
        }
    }

    /// The median speed in m/s of runs of a kind, else of all.
    pub(super) fn speed_mps(&self, kind: SessionKind) -> Option<f64> {
        self.of_kind(kind, |run| run.distance_m.filter(|_| run.timer_s > 0.0).map(|m| m / run.timer_s))
    }

    /// The median distance in m of runs of a kind, else of all.
    pub(super) fn length_m(&self, kind: SessionKind) -> Option<f64> {
        self.of_kind(kind, |run| run.distance_m)
    }

    fn of_kind(&self, kind: SessionKind, value: fn(&Run) -> Option<f64>) -> Option<f64> {
        let of_kind = self.known.iter().filter(|run| run.session_kind == kind);
        let of_kind: Vec<f64> = of_kind.filter_map(|run| value(run)).collect();
        median(&of_kind)
            .or_else(|| median(&self.known.iter().filter_map(|run| value(run)).collect::<Vec<_>>()))
    }

    /// The load of a run, by the median load per metre of the last 28 days, or per second where its distance is not
    /// known; of hard runs where it is hard and there are three.
    pub(super) fn load_au(
        &self,
        distance_m: Option<f64>,
        timer_s: Option<f64>,
        is_hard: bool,
    ) -> Option<f64> {
        let recent = || self.known.iter().filter(|run| run.date >= self.from);
        let per = |amount: fn(&Run) -> Option<f64>| {
            let rate = |run: &&&Run| Some(run.load_au? / amount(run).filter(|amount| *amount > 0.0)?);
            let hard: Vec<f64> = recent().filter(|run| run.is_quality).filter_map(|run| rate(&run)).collect();
            let is_alike = is_hard && hard.len() >= MIN_HARD;
            let all = || recent().filter_map(|run| rate(&run)).collect::<Vec<_>>();
            median(&if is_alike { hard } else { all() })
        };
        let by_metre = distance_m.and_then(|metres| Some(metres * per(|run| run.distance_m)?));
        by_metre.or_else(|| Some(timer_s? * per(|run| Some(run.timer_s))?))
    }
}

fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}
