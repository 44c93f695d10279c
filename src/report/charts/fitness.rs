//! Fitness, fatigue and form: exponential means of load over 42 and 7 days and their difference (science 4.7).

use super::View;
use crate::load::days::SEED_DAYS;
use crate::report::chart::{Axis, ChartSpec, LinePath, Marks, Panel, Reference, Series, Stroke};
use crate::report::text;
use crate::report::theme::Ink;
use crate::report::usual;

/// Days in which the starting value still weighs more than a third.
const BURN_IN_DAYS: u32 = 42;

/// Fitness and fatigue above, form below.
pub fn chart(view: &View) -> ChartSpec {
    let line = |label: &str, ink, points, stroke| Series {
        label: label.into(),
        ink,
        marks: Marks::Line { points, path: LinePath::Straight, stroke },
    };
    let fatigue = line("fatigue", Ink::Earth, view.daily(|row| row.atl), Stroke::Thin);
    let fitness = line("fitness", Ink::Teal, view.daily(|row| row.ctl), Stroke::Solid);
    let form = line("form", Ink::Blue, view.daily(|row| row.tsb), Stroke::Solid);
    let has_values = fitness.has_values();
    let ahead = [view.projected(&fatigue, |row| row.atl), view.projected(&fitness, |row| row.ctl)];
    let form_ahead = view.projected(&form, |row| row.tsb);
    let usual = usual::range(view.analysis, |row| row.tsb).map(|(low, high)| Reference {
        label: format!("your usual range, {} to {}", text::number(low, 0), text::number(high, 0)),
        low,
        high,
    });
    let upper = Panel {
        label: "load a day (100 = 1 h at threshold)".into(),
        axis: Axis::Number,
        weight: 1.0,
        is_from_zero: true,
        decimals: 0,
        references: vec![],
        series: [fatigue, fitness].into_iter().chain(ahead).collect(),
        if_empty: "Fitness and fatigue need 28 days of history.",
    };
    let lower = Panel {
        label: "form (load a day)".into(),
        axis: Axis::Number,
        weight: 0.75,
        is_from_zero: false,
        decimals: 0,
        references: usual
            .into_iter()
            .chain([Reference { label: "even".into(), low: 0.0, high: 0.0 }])
            .collect(),
        series: vec![form, form_ahead],
        if_empty: "Form needs a day more.",
    };
    ChartSpec {
        subtitle: view.of_load()
            + "Fitness: mean load weighted over about 42 days. Fatigue: over about 7 days. \
               Form: yesterday's fitness less yesterday's fatigue."
            + if has_values { view.dashes() } else { "" },
        finding: finding(view),
        burn_in: view.burn_in(BURN_IN_DAYS),
        ..view.spec("fitness-form", "Fitness, fatigue and form", vec![upper, lower])
    }
}

fn finding(view: &View) -> String {
    let last = view.analysis.days.last();
    let Some((ctl, atl, tsb)) = last.and_then(|row| Some((row.ctl?, row.atl?, row.tsb?))) else {
        let n_days = text::count(view.analysis.days.len(), "day");
        return format!(
            "Fitness, fatigue and form need {SEED_DAYS} days of history; this is one of {n_days}."
        );
    };
    let form = made_of(view, tsb).unwrap_or_else(|| text::number(tsb, 0));
    let [ctl, atl] = [ctl, atl].map(|value| text::number(value, 0));
    let day = text::day_and_year(view.time.as_of);
    format!("On {day} fitness is {ctl} and fatigue {atl}; form is {form}.") + &ahead(view)
}

/// Form with the pair of the day before that it was made from, in as many decimals as it takes for the subtraction to
/// fit; `None` where it rests on the day itself.
fn made_of(view: &View, tsb: f64) -> Option<String> {
    let [.., before, _] = view.analysis.days.as_slice() else { return None };
    let (ctl, atl) = before.ctl.zip(before.atl)?;
    if (ctl - atl - tsb).abs() > 0.01 {
        return None;
    }
    let fits = |decimals: &usize| {
        let round = |value: f64| (value * 10_f64.powi(*decimals as i32)).round();
        (round(ctl) - round(atl) - round(tsb)).abs() < 0.5
    };
    let decimals = (0..=2).find(fits)?;
    let [ctl, atl, tsb] = [ctl, atl, tsb].map(|value| text::number(value, decimals));
    Some(format!("{tsb}, the fitness of the day before ({ctl}) less its fatigue ({atl})"))
}

/// Where form goes, in a sentence; empty where that is not known.
fn ahead(view: &View) -> String {
    let Some(last) = view.analysis.projected.last() else { return String::new() };
    let Some((ctl, tsb)) = last.ctl.zip(last.tsb) else { return String::new() };
    let [ctl, tsb] = [ctl, tsb].map(|value| text::number(value, 0));
    format!(" Projected for {}: fitness {ctl}, form {tsb}.", text::day_and_year(last.date))
}

#[cfg(test)]
mod tests {
    use crate::report::charts::named;
    use crate::report::testing::{sample, tiny};

    #[test]
    fn form_has_a_panel_of_its_own() {
        let spec = &named(&sample(30), "fitness-form");
        assert_eq!(spec.panels().iter().map(|panel| panel.series.len()).collect::<Vec<_>>(), [4, 2]);
        assert!(spec.finding.starts_with("On Thu 28 May 2026 fitness is "));
        assert_eq!(
            named(&tiny(), "fitness-form").finding,
            "Fitness, fatigue and form need 28 days of history; this is one of 1 day."
        );
    }
}
