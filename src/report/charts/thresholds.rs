//! What runs were scored against, over the whole history: each threshold as steps, with what changed it (science 2.8).

use super::View;
use crate::model::Day;
use crate::model::units::duration;
use crate::report::chart::{Axis, ChartSpec, LinePath, Marks, Panel, Point, Series, Stroke, Symbol};
use crate::report::text;
use crate::report::theme::Ink;
use crate::score::thresholds::{Estimate, Origin, Timeline};

/// One threshold.
struct Threshold<'a> {
    name: &'static str,
    unit: String,
    axis: Axis,
    timeline: &'a Timeline,
    /// From the unit of the timeline to that of the axis.
    shown: Box<dyn Fn(f64) -> f64>,
    if_empty: &'static str,
}

impl Threshold<'_> {
    /// A value of the axis in words.
    fn words(&self, value: f64) -> String {
        match self.axis {
            Axis::Number => text::number(value, 0),
            Axis::Pace => duration(value),
        }
    }

    /// Does it read the same for the whole history?
    fn is_constant(&self) -> bool {
        let mut said = self.timeline.estimates().iter().map(|one| self.words((self.shown)(one.value)));
        said.next().is_none_or(|first| said.all(|other| other == first))
    }
}

/// Where a value comes from, as far as a mark tells it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Config,
    Race,
    Efforts,
    Seen,
    RuleOfThumb,
}

impl Source {
    const ALL: [Self; 5] = [Self::Config, Self::Race, Self::Efforts, Self::Seen, Self::RuleOfThumb];

    fn of(origin: Origin) -> Self {
        match origin {
            Origin::Config => Self::Config,
            Origin::Race | Origin::FoundRace => Self::Race,
            Origin::CriticalSpeed => Self::Efforts,
            Origin::History | Origin::Device => Self::Seen,
            Origin::Training | Origin::Age | Origin::Derived | Origin::Default => Self::RuleOfThumb,
        }
    }

    /// Name, shape and colour.
    fn mark(self) -> (&'static str, Symbol, Ink) {
        match self {
            Self::Config => ("from your config", Symbol::Square, Ink::Text),
            Self::Race => ("a race", Symbol::Diamond, Ink::Earth),
            Self::Efforts => ("best efforts of 2 to 20 min", Symbol::Triangle, Ink::Blue),
            Self::Seen => ("a peak seen twice, or your watch", Symbol::Dot, Ink::Teal),
            Self::RuleOfThumb => ("training or a rule of thumb", Symbol::Ring, Ink::Slate),
        }
    }
}

/// A panel for each threshold that is known and moved; `None` where none did.
pub fn chart(view: &View) -> Option<ChartSpec> {
    let all = thresholds(view);
    let known: Vec<&Threshold> = all.iter().filter(|one| one.timeline.last().is_some()).collect();
    view.analysis.days.first()?;
    let (even, moved): (Vec<&Threshold>, Vec<&Threshold>) = known.iter().partition(|one| one.is_constant());
    moved.first()?;
    let missing: Vec<&str> =
        all.iter().filter(|one| one.timeline.last().is_none()).map(|one| one.if_empty).collect();
    let panels = moved.iter().map(|one| panel(view, one)).collect();
    let even: Vec<&str> = even.iter().map(|one| one.name).collect();
    let even = match even.as_slice() {
        [] => String::new(),
        names => format!(" Unchanged throughout, and so not drawn: {}.", names.join(", ")),
    };
    let subtitle = "Each run is scored with what held on its day. A mark is where a value was set or shown again, its shape \
                    says by what; dashed is a value that was shown only later, for want of an earlier one."
        .to_owned();
    Some(ChartSpec {
        subtitle: missing.iter().fold(subtitle + &even, |text, why| format!("{text} {why}")),
        finding: finding(view, &known),
        ..view.spec("threshold-history", "Thresholds over the whole history", panels)
    })
}

fn thresholds<'a>(view: &View<'a>) -> [Threshold<'a>; 3] {
    let (thresholds, units) = (&view.analysis.thresholds, view.analysis.units);
    let bpm = |name, timeline, if_empty| Threshold {
        name,
        unit: "bpm".into(),
        axis: Axis::Number,
        timeline,
        shown: Box::new(|value| value),
        if_empty,
    };
    let long_m = units.long_m();
    [
        bpm(
            "highest heart rate",
            &thresholds.hr_max_bpm,
            "The highest heart rate is not known: no run has heart rate that a second one confirms, and the config has none.",
        ),
        bpm("heart rate at threshold", &thresholds.lthr_bpm, "The heart rate at threshold is not known."),
        Threshold {
            name: "pace at threshold",
            unit: format!("min/{}", units.long_name()),
            axis: Axis::Pace,
            timeline: &thresholds.threshold_speed_mps,
            shown: Box::new(move |speed| long_m / speed),
            if_empty: "The pace at threshold is not known: no race and no hard run has shown it, and the config has none.",
        },
    ]
}

fn panel(view: &View, one: &Threshold) -> Panel {
    let line = |is_shown: bool, label: &str, stroke| Series {
        label: label.into(),
        ink: Ink::Slate,
        marks: Marks::Line { points: steps(view, one, is_shown), path: LinePath::Held, stroke },
    };
    let marks = Source::ALL.into_iter().filter_map(|source| {
        let (label, symbol, ink) = source.mark();
        let points = marks(view, one, source, symbol);
        let series = Series { label: label.into(), ink, marks: Marks::Points(points) };
        series.has_values().then_some(series)
    });
    Panel {
        label: format!("{}, {}", one.name, one.unit),
        axis: one.axis,
        weight: 0.55,
        is_from_zero: false,
        decimals: 0,
        references: vec![],
        series: [line(false, "before it was shown", Stroke::Dashed), line(true, "what held", Stroke::Solid)]
            .into_iter()
            .filter(Series::has_values)
            .chain(marks)
            .collect(),
        if_empty: one.if_empty,
    }
}

/// The value from each day of a change on, up to the day of the analysis; only where it was shown by then, or only where
/// not.
fn steps(view: &View, one: &Threshold, is_shown: bool) -> Vec<(Day, Option<f64>)> {
    let (first, last) = (view.analysis.days.first().map_or(view.time.start, |day| day.date), view.time.as_of);
    let mut days = vec![first, last];
    for estimate in one.timeline.estimates() {
        days.extend(estimate.since.into_iter().chain(estimate.shown));
    }
    days.retain(|day| (first..=last).contains(day));
    days.sort_unstable();
    days.dedup();
    let mut steps: Vec<(Day, Option<f64>)> = Vec::new();
    let mut was_wanted = false;
    for day in days {
        let Some(standing) = one.timeline.on(day) else { continue };
        let value = (one.shown)(standing.estimate.value);
        let is_wanted = standing.is_backfilled != is_shown && value.is_finite();
        match (is_wanted, was_wanted) {
            (true, _) => steps.push((day, Some(value))),
            // The other line goes on from here; this one reaches up to it.
            (false, true) => {
                if let Some((before, Some(held))) = steps.last().copied() {
                    let eve = day.pred_opt().unwrap_or(day);
                    if before < eve {
                        steps.push((eve, Some(held)));
                    }
                }
                steps.push((day, None));
            }
            (false, false) => {}
        }
        was_wanted = is_wanted;
    }
    steps
}

/// Where values of one source were set or shown again, each with its value.
fn marks(view: &View, one: &Threshold, source: Source, symbol: Symbol) -> Vec<Point> {
    let all = one.timeline.estimates();
    let estimates = all.iter().enumerate().filter(|(_, estimate)| Source::of(estimate.origin) == source);
    let words = |estimate: &Estimate| one.words((one.shown)(estimate.value));
    let named = worth_a_word(one);
    let point = |(at, estimate): (usize, &Estimate)| {
        let first = view.analysis.days.first()?.date;
        let date = estimate.since.max(estimate.shown).unwrap_or(first).max(first);
        let value = (one.shown)(estimate.value);
        let label = named.contains(&at).then(|| words(estimate));
        (date <= view.time.as_of && value.is_finite()).then_some(Point { date, value, symbol, label })
    };
    estimates.filter_map(point).collect()
}

/// Which estimates are written beside their marks: the first, the best, and where the value of today was first read.
fn worth_a_word(one: &Threshold) -> Vec<usize> {
    let all = one.timeline.estimates();
    let words = |at: usize| one.words((one.shown)(all[at].value));
    let best = (0..all.len()).reduce(|a, b| if all[b].value > all[a].value { b } else { a });
    // What is only shown again is a mark without a word.
    let last = (0..all.len()).rev().find(|at| *at == 0 || words(at - 1) != words(*at));
    [(!all.is_empty()).then_some(0), best, last].into_iter().flatten().collect()
}

/// What holds today and since when, and what is fixed, in sentences.
fn finding(view: &View, known: &[&Threshold]) -> String {
    let parts: Vec<String> = known
        .iter()
        .filter_map(|one| {
            let estimate = one.timeline.on(view.time.as_of)?.estimate;
            let value = (one.shown)(estimate.value);
            let value = match one.axis {
                Axis::Number => format!("{} {}", one.words(value), one.unit),
                Axis::Pace => view.analysis.units.pace(estimate.value),
            };
            let shown = estimate.shown.map_or_else(String::new, |day| format!(" on {day}"));
            Some(format!("{} {value}, {}{shown}", one.name, estimate.origin.words()))
        })
        .collect();
    let fixed: Vec<&str> = known
        .iter()
        .filter(|one| one.timeline.estimates().iter().any(|estimate| estimate.origin == Origin::Config))
        .map(|one| one.name)
        .collect();
    let fixed = match fixed.as_slice() {
        [] => String::new(),
        names => format!(" Fixed in your config for the whole history: {}.", names.join(", ")),
    };
    format!("On {}: {}.{fixed}", text::day_and_year(view.time.as_of), parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::model::units::Units;
    use crate::report::charts::{all, named};
    use crate::report::testing::{sample, tiny, with_history};
    use crate::report::values;
    use crate::score::thresholds::Thresholds;

    #[test]
    fn what_was_borrowed_is_dashed_and_every_change_has_a_mark() {
        let spec = named(&with_history(sample(30)), "threshold-history");
        let pace = &spec.panels()[2];
        assert_eq!((pace.axis, pace.label.as_str()), (Axis::Pace, "pace at threshold, min/km"));
        let labels: Vec<&str> = pace.series.iter().map(|series| series.label.as_str()).collect();
        assert_eq!(
            labels,
            [
                "before it was shown",
                "what held",
                "a race",
                "best efforts of 2 to 20 min",
                "training or a rule of thumb"
            ]
        );
        let Marks::Line { points, .. } = &pace.series[0].marks else { panic!("a line") };
        assert_eq!(points.iter().filter(|point| point.1.is_some()).count(), 2, "up to the eve: {points:?}");
        let marks: usize =
            pace.series.iter().map(|one| if let Marks::Points(p) = &one.marks { p.len() } else { 0 }).sum();
        assert_eq!(marks, 6);
        let table = values::table(&spec);
        assert!(table.rows.iter().any(|row| row.contains(&"4:23".to_owned())), "{table:?}");
    }

    #[test]
    fn what_the_config_fixes_is_said_and_what_is_not_known_too() {
        let fixed = sample(30).thresholds;
        let lthr_bpm = with_history(sample(30)).thresholds.lthr_bpm;
        let thresholds = Thresholds { lthr_bpm, ..fixed };
        let analysis = Analysis { units: Units::Imperial, thresholds, ..sample(30) };
        let spec = named(&analysis, "threshold-history");
        assert!(
            spec.finding.ends_with(
                "Fixed in your config for the whole history: highest heart rate, pace at threshold."
            ),
            "{}",
            spec.finding
        );
        assert!(spec.finding.contains("pace at threshold 7:06/mi, from your config"), "{}", spec.finding);
        let labels: Vec<&str> = spec.panels().iter().map(|panel| panel.label.as_str()).collect();
        assert_eq!(labels, ["heart rate at threshold, bpm"], "what never changed has no picture");
        assert!(
            spec.subtitle
                .ends_with("Unchanged throughout, and so not drawn: highest heart rate, pace at threshold."),
            "{}",
            spec.subtitle
        );
        let thresholds = Thresholds { hr_max_bpm: Timeline::default(), ..analysis.thresholds.clone() };
        let spec = named(&Analysis { thresholds, ..analysis }, "threshold-history");
        assert!(spec.subtitle.contains("The highest heart rate is not known"), "{}", spec.subtitle);
        assert!(all(&tiny()).iter().all(|chart| chart.id != "threshold-history"), "nothing is known");
    }
}
