//! Time by intensity and week: below, between and above the two thresholds, and in five heart-rate zones
//! (science 3.1 to 3.3).

use super::{View, hatched_weeks};
use crate::load::day::WeekRow;
use crate::model::calendar::{plus, week_start};
use crate::report::chart::{Axis, Bar, ChartSpec, Marks, Panel, Series};
use crate::report::text;
use crate::report::theme::{Ink, RAMP};
use crate::score::run::Run;
use crate::score::zones;

/// Whole weeks that the finding sums up.
const FINDING_WEEKS: usize = 4;
/// Height of a panel that only says what is missing.
const EMPTY_WEIGHT: f64 = 0.3;
/// What is missing where no time at all could be sorted.
const NOT_SORTED: &str = "No run has heart rate or a threshold pace to sort its time by.";
/// Less time in s without a zone is rounding.
const REST_MIN_S: f64 = 60.0;

/// Hours a week in three zones above, in five below, with the easy share written on top of each bar.
pub fn chart(view: &View) -> ChartSpec {
    let weeks: Vec<&WeekRow> =
        view.analysis.weeks.iter().filter(|week| view.time.holds(week.start)).collect();
    let three = Stack {
        series: vec![("low", Ink::BlueSoft), ("moderate", Ink::Blue), ("high", Ink::BlueDeep)],
        rest: "not sorted",
        n_easy: 1,
        weeks: spread(view, &weeks, by_threshold),
    };
    let five = Stack {
        series: ZONES.into_iter().zip(RAMP).collect(),
        rest: "no heart rate",
        n_easy: 2,
        weeks: spread(view, &weeks, by_heart_rate),
    };
    let finding = if three.is_known() || five.is_known() {
        finding(&three) + &finding_by_heart_rate(&five)
    } else {
        NOT_SORTED.to_owned()
    };
    let scheme = zones::scheme(&view.analysis.thresholds.on(view.analysis.as_of));
    let is_known = three.is_known() || five.is_known();
    let weight = if five.is_known() { 0.8 } else { EMPTY_WEIGHT };
    let panels = vec![
        three.panel("hours a week", 1.0, NOT_SORTED),
        five.panel("hours a week by heart-rate zone", weight, "No run has heart rate to sort its time by."),
    ];
    ChartSpec {
        subtitle: format!(
            "Low: below the first threshold. Moderate: between the two. High: above the second. \
             The five zones are {scheme}. Written above the bars: the share of low, and of zones 1 and 2, in percent \
             of the time that could be sorted."
        ),
        finding,
        hatched_bars: hatched_weeks(&weeks).filter(|_| is_known),
        ..view.spec("weekly-intensity", "Weekly intensity", panels)
    }
}

/// Names of the five zones from the foot of a bar.
const ZONES: [&str; 5] = ["zone 1", "zone 2", "zone 3", "zone 4", "zone 5"];

/// Bars of several zones on top of each other.
struct Stack<'a, const N: usize> {
    /// Name and colour of each zone from the foot.
    series: Vec<(&'static str, Ink)>,
    /// Name of the time that is in none.
    rest: &'static str,
    /// Zones from the foot that are easy.
    n_easy: usize,
    weeks: Vec<Split<'a, N>>,
}

/// The time of a week.
struct Split<'a, const N: usize> {
    week: &'a WeekRow,
    /// Seconds in each zone.
    zones_s: [f64; N],
    /// Seconds in none.
    rest_s: f64,
}

/// Seconds of a run in each zone and in none, by the thresholds.
fn by_threshold(run: &Run) -> ([f64; 3], f64) {
    run.three_zone_s.map_or(([0.0; 3], run.timer_s), |zones_s| (zones_s, 0.0))
}

/// Seconds of a run in each heart-rate zone, and without heart rate. What lies below zone 1 counts in it.
fn by_heart_rate(run: &Run) -> ([f64; 5], f64) {
    let Some(mut zones_s) = run.hr_zone_s else { return ([0.0; 5], run.timer_s) };
    let with_s = run.timer_s * run.hr_coverage;
    zones_s[0] += (with_s - zones_s.iter().sum::<f64>()).max(0.0);
    (zones_s, run.timer_s - with_s)
}

/// The time of the runs of each week.
fn spread<'a, const N: usize>(
    view: &View<'a>,
    weeks: &[&'a WeekRow],
    of_run: impl Fn(&Run) -> ([f64; N], f64),
) -> Vec<Split<'a, N>> {
    let of_week = |week: &&'a WeekRow| {
        let mut split = Split { week, zones_s: [0.0; N], rest_s: 0.0 };
        let runs = view.analysis.runs.iter().filter(|run| run.counts());
        for run in runs.filter(|run| week_start(run.date, view.analysis.week_start) == week.start) {
            let (zones_s, rest_s) = of_run(run);
            split.zones_s.iter_mut().zip(zones_s).for_each(|(sum, s)| *sum += s);
            split.rest_s += rest_s;
        }
        split
    };
    weeks.iter().map(of_week).collect()
}

impl<const N: usize> Split<'_, N> {
    fn sorted_s(&self) -> f64 {
        self.zones_s.iter().sum()
    }

    fn bar(&self, base_s: f64, value_s: f64) -> Bar {
        Bar {
            start: self.week.start,
            end: plus(self.week.start, 7),
            base: base_s / 3600.0,
            value: value_s / 3600.0,
            is_partial: !self.week.is_whole(),
            label: None,
        }
    }
}

impl<const N: usize> Stack<'_, N> {
    /// The panel of the weeks; without a series where no time at all could be sorted.
    fn panel(&self, label: &str, weight: f64, if_empty: &'static str) -> Panel {
        let run_weeks = || self.weeks.iter().filter(|week| week.sorted_s() + week.rest_s > 0.0);
        let zone = |(zone, (name, ink)): (usize, &(&str, Ink))| {
            let bar = |week: &Split<N>| week.bar(week.zones_s[..zone].iter().sum(), week.zones_s[zone]);
            Series { label: (*name).into(), ink: *ink, marks: Marks::Bars(run_weeks().map(bar).collect()) }
        };
        let rest = Series {
            label: self.rest.into(),
            ink: Ink::Axis,
            marks: Marks::Outlined(run_weeks().map(|week| self.rest_bar(week)).collect()),
        };
        let series = self.series.iter().enumerate().map(zone).chain([rest]);
        Panel {
            label: label.into(),
            axis: Axis::Number,
            weight,
            is_from_zero: true,
            decimals: 1,
            references: vec![],
            series: if self.is_known() { series.collect() } else { vec![] },
            if_empty,
        }
    }

    /// Could any time be sorted?
    fn is_known(&self) -> bool {
        self.weeks.iter().any(|week| week.sorted_s() > 0.0)
    }

    /// The time in no zone on top of the rest, under the share of the easy zones.
    fn rest_bar(&self, week: &Split<N>) -> Bar {
        let sorted_s = week.sorted_s();
        let easy_s: f64 = week.zones_s[..self.n_easy].iter().sum();
        let is_told = week.week.is_whole() && sorted_s > 0.0;
        let rest_s = if week.rest_s < REST_MIN_S { 0.0 } else { week.rest_s };
        Bar {
            label: is_told.then(|| text::number(easy_s / sorted_s * 100.0, 0)),
            ..week.bar(sorted_s, rest_s)
        }
    }

    /// Seconds in each zone and in none over the last whole weeks with running, and how many these are.
    fn lately(&self) -> ([f64; N], f64, usize) {
        let whole = self.weeks.iter().rev().filter(|week| week.week.is_whole()).take(FINDING_WEEKS);
        whole.fold(([0.0; N], 0.0, 0), |(mut zones_s, rest_s, n), week| {
            zones_s.iter_mut().zip(week.zones_s).for_each(|(sum, s)| *sum += s);
            (zones_s, rest_s + week.rest_s, n + 1)
        })
    }
}

fn finding(three: &Stack<3>) -> String {
    let (zones_s, rest_s, n) = three.lately();
    let total: f64 = zones_s.iter().sum();
    if total <= 0.0 {
        return "No whole week has time that could be sorted by intensity.".to_owned();
    }
    let [low, moderate, high] = zones_s.map(|s| text::share(s / total));
    let weeks = if n == 1 { "the last whole week".into() } else { format!("the last {n} whole weeks") };
    let unsorted = rest_s / (total + rest_s);
    let rest = if unsorted < 0.01 {
        String::new()
    } else {
        format!(" {} of the running time could not be sorted.", text::share(unsorted))
    };
    format!("In {weeks}, {low} of the time was low, {moderate} moderate and {high} high.{rest}")
}

/// What the five zones add, in a sentence; empty where no run of these weeks has heart rate.
fn finding_by_heart_rate(five: &Stack<5>) -> String {
    let (zones_s, rest_s, _) = five.lately();
    let total: f64 = zones_s.iter().sum();
    if total <= 0.0 {
        return String::new();
    }
    let easy = text::share((zones_s[0] + zones_s[1]) / total);
    let without = rest_s / (total + rest_s);
    let rest = if without < 0.01 {
        String::new()
    } else {
        format!("; {} of the running time had no heart rate", text::share(without))
    };
    format!(" By heart rate, {easy} was in zones 1 and 2{rest}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::named;
    use crate::report::testing::{sample, tiny};

    #[test]
    fn shares_add_up_and_no_heart_rate_is_said() {
        let finding = &named(&sample(30), "weekly-intensity").finding;
        let (three, five) = finding.split_once(" By heart rate, ").unwrap();
        let sum: u32 = three.split(' ').filter_map(|word| word.parse::<u32>().ok()).sum();
        assert!((103..=105).contains(&sum), "4 weeks and 100 %: {finding}");
        assert!(five.contains("was in zones 1 and 2; ") && five.ends_with("had no heart rate."), "{finding}");
        let spec = &named(&tiny(), "weekly-intensity");
        assert!(spec.is_empty() && spec.finding == NOT_SORTED);
        assert_eq!(spec.if_empty()[1], "No run has heart rate to sort its time by.");
    }

    #[test]
    fn every_second_of_a_week_is_in_a_zone_or_said_to_be_in_none() {
        let analysis = sample(30);
        let spec = &named(&analysis, "weekly-intensity");
        for panel in spec.panels() {
            let (Marks::Bars(first), Marks::Outlined(rest)) =
                (&panel.series[0].marks, &panel.series.last().unwrap().marks)
            else {
                panic!("bars")
            };
            assert!(first.iter().all(|bar| bar.base == 0.0));
            for bar in rest {
                let week = analysis.weeks.iter().find(|week| week.start == bar.start).unwrap();
                assert!((bar.base + bar.value - week.timer_s / 3600.0).abs() < 1e-9, "{}", bar.start);
                assert_eq!(bar.label.is_some(), week.is_whole());
            }
        }
    }

    #[test]
    fn what_lies_below_zone_1_counts_in_it() {
        let mut run = crate::load::testing::run("2026-01-01");
        run.hr_zone_s = Some([100.0, 200.0, 0.0, 0.0, 0.0]);
        run.hr_coverage = 0.5;
        assert_eq!(by_heart_rate(&run), ([1600.0, 200.0, 0.0, 0.0, 0.0], 1800.0));
        run.hr_zone_s = None;
        assert_eq!(by_heart_rate(&run), ([0.0; 5], 3600.0));
    }
}
