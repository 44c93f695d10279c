//! Time below, between and above the two thresholds by week (science 3.2).

use super::{View, hatched_weeks};
use crate::load::day::WeekRow;
use crate::model::calendar::plus;
use crate::report::chart::{Axis, Bar, ChartSpec, Marks, Panel, Series};
use crate::report::text;
use crate::report::theme::Ink;

/// Whole weeks that the finding sums up.
const FINDING_WEEKS: usize = 4;

/// Hours a week in three zones, the easy share written above each bar.
pub fn chart(view: &View) -> ChartSpec {
    let weeks: Vec<&WeekRow> = view
        .analysis
        .weeks
        .iter()
        .filter(|week| view.time.holds(week.start) && week.zone_shares().is_some())
        .collect();
    let zones = [("low", Ink::BlueSoft), ("moderate", Ink::Blue), ("high", Ink::BlueDeep)];
    let series = zones.into_iter().enumerate().map(|(zone, (name, ink))| Series {
        label: name.into(),
        ink,
        marks: Marks::Bars(weeks.iter().map(|week| bar(week, zone)).collect()),
    });
    let panel = Panel {
        label: "hours a week".into(),
        axis: Axis::Number,
        weight: 1.0,
        is_from_zero: true,
        decimals: 1,
        references: vec![],
        series: series.collect(),
        if_empty: "No run has heart rate or a threshold pace to sort its time by.",
    };
    ChartSpec {
        subtitle: "Low: below the first threshold. Moderate: between the two. High: above the second. \
                   Written above: the low share in percent."
            .into(),
        finding: finding(&weeks),
        hatched_bars: hatched_weeks(&weeks),
        ..view.spec("weekly-intensity", "Weekly intensity", vec![panel])
    }
}

fn bar(week: &WeekRow, zone: usize) -> Bar {
    let hours = week.three_zone_s.map(|s| s / 3600.0);
    let low_share = week.zone_shares().map(|shares| text::number(shares[0] * 100.0, 0));
    Bar {
        start: week.start,
        end: plus(week.start, 7),
        base: hours[..zone].iter().sum(),
        value: hours[zone],
        is_partial: !week.is_whole(),
        label: low_share.filter(|_| zone == 2 && week.is_whole()),
    }
}

fn finding(weeks: &[&WeekRow]) -> String {
    let mut sums = [0.0; 3];
    let whole: Vec<&&WeekRow> =
        weeks.iter().rev().filter(|week| week.is_whole()).take(FINDING_WEEKS).collect();
    for week in &whole {
        sums.iter_mut().zip(week.three_zone_s).for_each(|(sum, s)| *sum += s);
    }
    let total: f64 = sums.iter().sum();
    if total <= 0.0 {
        return "No whole week has time that could be sorted by intensity.".to_owned();
    }
    let [low, moderate, high] = sums.map(|s| text::share(s / total));
    let weeks = if whole.len() == 1 {
        "the last whole week".into()
    } else {
        format!("the last {} whole weeks", whole.len())
    };
    format!("In {weeks}, {low} of the time was low, {moderate} moderate and {high} high.")
}

#[cfg(test)]
mod tests {
    use crate::report::charts::named;
    use crate::report::testing::{sample, tiny};

    #[test]
    fn shares_add_up_and_no_heart_rate_is_said() {
        let finding = &named(&sample(30), "weekly-intensity").finding;
        let sum: u32 = finding.split(' ').filter_map(|word| word.parse::<u32>().ok()).sum();
        assert!((103..=105).contains(&sum), "4 weeks and 100 %: {finding}");
        let spec = &named(&tiny(), "weekly-intensity");
        assert!(spec.is_empty() && spec.finding.starts_with("No whole week"));
    }
}
