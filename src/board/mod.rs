//! Analyses to the coach's board: one row an athlete, those who want a look first.
//!
//! Input are [`Analysis`]es, output plain [`Row`]s. Invariant: every value of a row compares a runner with the same runner; the
//! order says where to look first and is no measure of anybody.

mod attention;

pub use attention::Attention;
pub(crate) use attention::stands_out;

use crate::analysis::{Analysis, now, usual};
use crate::load::day::{DayRow, DayState, LoadFlag};
use crate::load::pause::Pause;
use crate::massage::window::{Status, Window};
use crate::model::calendar::{days_between, minus};
use crate::model::units::Units;
use crate::model::{Day, Depth, Tissue};
use crate::score::run::{Run, SpikeClass};
use crate::signals::{SignalKind, raised};
use crate::tissue::relative::TissueFlag;

/// Weeks of the small chart.
pub const WEEKS: usize = 12;
/// Days that a spike and the distance of the row look back, today among them.
pub const WEEK_DAYS: usize = 7;
/// Days in which days of unknown load are counted, today among them.
pub const GAP_DAYS: usize = 28;
/// The rule that says when a session is overdue.
const OVERDUE: &str = "R13";

/// One athlete on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The athlete's id.
    pub athlete: String,
    /// The day the analysis stands on.
    pub as_of: Day,
    /// Units for people.
    pub units: Units,
    /// Why the row stands where it does.
    pub attention: Attention,
    /// Everything that asks for a look, in words, what decides first; one sentence of nothing where nothing does.
    pub reasons: Vec<String>,
    /// How many of them decide its place; they come first.
    pub n_deciding: usize,
    /// What the diary says that forbids hands-on work today.
    pub red_flag: Option<String>,
    /// Distance.
    pub volume: Volume,
    /// The last twelve weeks at most, the running one last.
    pub weeks: Vec<WeekBar>,
    /// The run of the last seven days that went farthest beyond the 30 days before it.
    pub spike: Option<Spike>,
    /// Ratio of acute to chronic load; `None` where there is none, and in a pause and after one.
    pub ratio: Option<f64>,
    /// Where it lies among the ratios of the runner's own last year, 0 to 100; `None` from under half a year.
    pub ratio_percentile: Option<f64>,
    /// A pause from running that still shows.
    pub pause: Option<Pause>,
    /// What the load is of, in words.
    pub load_scope: String,
    /// What the load of today raises.
    pub flags: Vec<LoadFlag>,
    /// Tissues that stand out, at most three, the first first.
    pub tissues: Vec<TissueUp>,
    /// Signals of movement and effort that are up.
    pub signals: Vec<SignalKind>,
    /// The next race.
    pub race: Option<RaceAhead>,
    /// The massage window that is open, else the next one.
    pub window: Option<WindowAhead>,
    /// The last massage.
    pub massage: Massage,
    /// What is not known.
    pub gaps: Gaps,
}

/// How much was run.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Volume {
    /// Distance of the running week in m, and how many of its days have passed.
    pub week_m: Option<f64>,
    /// Days of the running week up to today.
    pub week_days: u32,
    /// Distance of the last seven days in m; `None` without that many days.
    pub last_7d_m: Option<f64>,
    /// Mean distance in m of up to four whole weeks before the running one.
    pub usual_week_m: Option<f64>,
}

impl Volume {
    /// The last seven days against a usual week, in percent; `None` where one of them is not known.
    #[must_use]
    pub fn change_pct(&self) -> Option<f64> {
        let (last, usual) = (self.last_7d_m?, self.usual_week_m.filter(|usual| *usual > 0.0)?);
        Some((last / usual - 1.0) * 100.0)
    }
}

/// A week of the small chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekBar {
    /// Its first day.
    pub start: Day,
    /// Distance in m, as far as it was recorded.
    pub distance_m: f64,
    /// Days of it that lie in the history.
    pub n_days: u32,
    /// Does it hold a day of unknown load?
    pub is_unknown: bool,
}

/// A run that stands beside the longest of the 30 days before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spike {
    /// Its date.
    pub date: Day,
    /// Its distance over the longest of those days.
    pub ratio: f64,
    /// Class of the ratio.
    pub class: SpikeClass,
}

/// A tissue that stands out.
#[derive(Debug, Clone, PartialEq)]
pub struct TissueUp {
    /// The tissue.
    pub tissue: Tissue,
    /// How far.
    pub flag: TissueFlag,
    /// Dose of seven days over that of a usual week.
    pub ratio: f64,
    /// What made it, with numbers.
    pub why: String,
}

/// The next race.
#[derive(Debug, Clone, PartialEq)]
pub struct RaceAhead {
    /// Its name.
    pub name: String,
    /// Its day.
    pub date: Day,
    /// Days to it; 0 is today.
    pub in_days: i64,
}

/// A window that is open or to come.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowAhead {
    /// First day.
    pub start: Day,
    /// Last day, included.
    pub end: Day,
    /// The best day.
    pub best: Day,
    /// How deep.
    pub depth: Depth,
    /// Does today lie in it?
    pub is_open: bool,
    /// Is it light work around a race that one may leave out?
    pub is_optional: bool,
}

/// What is on record of massage.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Massage {
    /// Days since the last one; `None` where none is on record.
    pub days_since: Option<i64>,
    /// Days from one session to the next that are planned.
    pub every_days: Option<f64>,
    /// Does the plan call it overdue?
    pub is_overdue: bool,
}

/// What is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Gaps {
    /// Days of the last 28 with a run whose load is not known.
    pub unknown_days: u32,
    /// Days since the last run; `None` without a run.
    pub days_since_run: Option<u32>,
    /// Days in a row up to the day of the analysis that are known to be without a run.
    pub days_off: u32,
    /// Part of the load of 28 days that was put in, not measured.
    pub imputed_share: Option<f64>,
}

/// A row for each athlete with its analysis: those who want a look first, then by name.
#[must_use]
pub fn rows(analyses: &[Analysis]) -> Vec<(&Analysis, Row)> {
    let mut rows: Vec<(&Analysis, Row)> = analyses.iter().map(|one| (one, Row::new(one))).collect();
    rows.sort_by(|(_, a), (_, b)| a.place().cmp(&b.place()));
    rows
}

impl Row {
    /// The row of one athlete.
    #[must_use]
    pub fn new(analysis: &Analysis) -> Self {
        let today = analysis.days.last();
        let mut row = Self {
            athlete: analysis.athlete.clone(),
            as_of: analysis.as_of,
            units: analysis.units,
            attention: Attention::None,
            reasons: Vec::new(),
            n_deciding: 0,
            red_flag: now::red_flag(analysis).map(str::to_owned),
            volume: volume(analysis),
            weeks: weeks(analysis),
            spike: spike(analysis),
            ratio: now::ratio(analysis),
            ratio_percentile: now::ratio(analysis).and(today.and_then(|day| day.acwr_percentile)),
            pause: Pause::of(&analysis.days),
            load_scope: analysis.load_scope(),
            flags: today.map(|day| day.flags.clone()).unwrap_or_default(),
            tissues: tissues(analysis),
            signals: raised(&analysis.signals, analysis.as_of),
            race: race(analysis),
            window: now::next_window(analysis).map(window),
            massage: massage(analysis),
            gaps: gaps(analysis),
        };
        attention::judge(&mut row);
        row
    }

    /// What puts the row where it is, in words.
    #[must_use]
    pub fn deciding(&self) -> &[String] {
        self.reasons.get(..self.n_deciding).unwrap_or(&self.reasons)
    }

    /// What rows are sorted by: what asks for a look, how much of it does, the name.
    fn place(&self) -> (Attention, std::cmp::Reverse<usize>, &str) {
        (self.attention, std::cmp::Reverse(self.n_deciding), &self.athlete)
    }
}

fn volume(analysis: &Analysis) -> Volume {
    let n_days = analysis.days.len();
    let last = (n_days >= WEEK_DAYS).then(|| &analysis.days[n_days - WEEK_DAYS..]);
    let week = analysis.weeks.last();
    Volume {
        week_m: week.map(|week| week.distance_m),
        week_days: week.map_or(0, |week| week.n_days),
        last_7d_m: last.and_then(|days| days.iter().map(DayRow::known_m).sum()),
        usual_week_m: usual::week_before(analysis).map(|(metres, _)| metres),
    }
}

fn weeks(analysis: &Analysis) -> Vec<WeekBar> {
    let from = analysis.weeks.len().saturating_sub(WEEKS);
    let bar = |week: &crate::load::day::WeekRow| WeekBar {
        start: week.start,
        distance_m: week.distance_m,
        n_days: week.n_days,
        is_unknown: week.state == DayState::Unknown,
    };
    analysis.weeks[from..].iter().map(bar).collect()
}

fn spike(analysis: &Analysis) -> Option<Spike> {
    let from = minus(analysis.as_of, WEEK_DAYS as u32 - 1);
    let recent = analysis.runs.iter().rev().take_while(|run| run.date >= from);
    let spike = |run: &Run| Some(Spike { date: run.date, ratio: run.spike_ratio?, class: run.spike_class? });
    recent.filter(|run| run.counts()).filter_map(spike).max_by(|a, b| a.ratio.total_cmp(&b.ratio))
}

fn tissues(analysis: &Analysis) -> Vec<TissueUp> {
    let focus = analysis.tissues.days.last().map_or(&[][..], |day| &day.focus);
    let up = |one: &crate::tissue::history::Focus| {
        let reading = &one.reading;
        let (tissue, ratio) = (reading.tissue, reading.change.ratio);
        Some(TissueUp { tissue, flag: reading.flag?, ratio, why: one.why.clone() })
    };
    focus.iter().filter_map(up).collect()
}

fn race(analysis: &Analysis) -> Option<RaceAhead> {
    let race = now::next_race(analysis)?;
    let in_days = days_between(analysis.as_of, race.date);
    Some(RaceAhead { name: race.name.clone(), date: race.date, in_days })
}

fn window(window: &Window) -> WindowAhead {
    WindowAhead {
        start: window.start,
        end: window.end,
        best: window.best,
        depth: window.depth,
        is_open: window.status == Status::Open,
        is_optional: window.is_of_race(),
    }
}

fn massage(analysis: &Analysis) -> Massage {
    let last = analysis.massages.iter().map(|had| had.date).max();
    let today = analysis.work.iter().find(|day| day.date == analysis.as_of);
    // R13 speaks with a number only where a session is on record and late.
    let is_overdue =
        |reason: &crate::massage::window::Reason| reason.rule == OVERDUE && reason.value.is_some();
    Massage {
        days_since: last.map(|date| days_between(date, analysis.as_of)),
        every_days: today.map(|day| day.every_days),
        is_overdue: today.is_some_and(|day| day.reasons.iter().any(is_overdue)),
    }
}

fn gaps(analysis: &Analysis) -> Gaps {
    let from = analysis.days.len().saturating_sub(GAP_DAYS);
    let unknown = analysis.days[from..].iter().filter(|day| day.state == DayState::Unknown);
    let today = analysis.days.last();
    Gaps {
        unknown_days: unknown.count() as u32,
        days_since_run: today.map(|day| day.days_since_run),
        days_off: today.map_or(0, |day| day.days_off),
        imputed_share: today.and_then(|day| day.imputed_share),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{as_of, empty, sample, tiny};

    #[test]
    fn a_row_holds_what_the_analysis_says_of_today() {
        let analysis = sample(30);
        let row = Row::new(&analysis);
        assert_eq!((row.weeks.len(), row.weeks[11].n_days, row.volume.week_days), (12, 4, 4));
        let days: f64 = analysis.days[analysis.days.len() - 7..].iter().map(|day| day.distance_m).sum();
        assert_eq!(row.volume.last_7d_m, Some(days));
        let (usual, _) = usual::week_before(&analysis).unwrap();
        assert!((row.volume.change_pct().unwrap() - (days / usual - 1.0) * 100.0).abs() < 1e-9);
        assert_eq!(row.race.as_ref().map(|race| race.in_days), Some(17));
        assert!(row.window.as_ref().is_some_and(|window| window.is_open && !window.is_optional));
        assert_eq!(row.massage.days_since, Some(40));
    }

    #[test]
    fn the_spike_is_the_largest_of_seven_days() {
        let mut analysis = sample(30);
        let n = analysis.runs.len();
        for run in &mut analysis.runs {
            (run.spike_ratio, run.spike_class) = (Some(0.5), Some(SpikeClass::Reference));
        }
        let at = |analysis: &Analysis, back: u32| {
            analysis.runs.iter().position(|run| run.date >= minus(as_of(), back)).unwrap()
        };
        let (inside, outside) = (at(&analysis, 6), at(&analysis, 6) - 1);
        analysis.runs[outside].spike_ratio = Some(3.0);
        analysis.runs[inside].spike_ratio = Some(1.4);
        analysis.runs[n - 1].spike_ratio = Some(1.2);
        let spike = Row::new(&analysis).spike.unwrap();
        assert_eq!((spike.ratio, spike.date), (1.4, analysis.runs[inside].date));
    }

    #[test]
    fn little_is_a_row_too() {
        let row = Row::new(&tiny());
        assert_eq!((row.volume.last_7d_m, row.volume.change_pct(), row.weeks.len()), (None, None, 1));
        let none = Row::new(&empty());
        assert_eq!((none.weeks.len(), none.gaps.days_since_run), (0, None));
        assert_eq!(none.attention, Attention::Gaps);
    }
}
