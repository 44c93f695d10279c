//! Movement and effort against the weeks before, a small panel for each signal (science 6).

use super::View;
use crate::model::Day;
use crate::model::calendar::days_between;
use crate::report::chart::{Axis, ChartSpec, LinePath, Marks, Panel, Point, Series, Stroke, Symbol};
use crate::report::reading::{Form, changed};
use crate::report::text;
use crate::report::theme::Ink;
use crate::signals::{Signal, SignalKind, Status, raised};

/// How a runner moves.
const MOVEMENT: Group = Group {
    id: "movement-signals",
    title: "How you move",
    kinds: &[
        SignalKind::StepLength,
        SignalKind::ContactTime,
        SignalKind::ContactBalance,
        SignalKind::VerticalRatio,
    ],
    needs: "Steps come from cadence; contact and bounce from a strap, a pod or the watch.",
};
/// What a pace costs.
const EFFORT: Group = Group {
    id: "effort-signals",
    title: "What a pace costs you",
    kinds: &[
        SignalKind::HrAtPace,
        SignalKind::Efficiency,
        SignalKind::Decoupling,
        SignalKind::WarmUpLag,
        SignalKind::RestingHr,
        SignalKind::Hrv,
    ],
    needs: "The last two come from mornings in diary.csv, all others from heart rate.",
};
/// Readings further apart than this are not joined.
const JOINED_DAYS: i64 = 14;

/// Signals that are seen together.
struct Group {
    id: &'static str,
    title: &'static str,
    kinds: &'static [SignalKind],
    /// Where readings come from, said where some are missing.
    needs: &'static str,
}

/// Both groups, each with a panel for every signal that could be compared on the axis; a group without any reading is
/// left out.
pub fn charts(view: &View) -> Vec<ChartSpec> {
    [MOVEMENT, EFFORT].iter().filter_map(|group| chart(view, group)).collect()
}

fn chart(view: &View, group: &Group) -> Option<ChartSpec> {
    let readings = |kind: SignalKind| -> Vec<&Signal> {
        let all = view.analysis.signals.iter();
        all.filter(|signal| signal.kind == kind && view.time.holds(signal.date)).collect()
    };
    let found: Vec<(SignalKind, Vec<&Signal>)> =
        group.kinds.iter().map(|kind| (*kind, readings(*kind))).collect();
    if found.iter().all(|(_, signals)| signals.is_empty()) {
        return None;
    }
    let (shown, missing): (Vec<_>, Vec<_>) =
        found.iter().partition(|(_, signals)| signals.iter().any(is_judged));
    let panels: Vec<Panel> = shown.iter().map(|(kind, signals)| panel(view, *kind, signals)).collect();
    let subtitle = if panels.is_empty() {
        ""
    } else {
        "You against yourself: the mean of the last readings (line) against your own usual range of the \
                    weeks before (band), each at the usual speed of its day. A diamond is unusual and large enough to \
                    ask about; it says where to look and not what is wrong. "
    };
    let subtitle = subtitle.to_owned() + &without(&missing, group);
    Some(ChartSpec {
        subtitle,
        finding: finding(view, group, &shown),
        ..view.spec(group.id, group.title, if panels.is_empty() { vec![nothing()] } else { panels })
    })
}

fn is_judged(signal: &&Signal) -> bool {
    signal.status != Status::TooFew
}

/// Stands in for the panels where no reading can be compared yet.
fn nothing() -> Panel {
    Panel {
        label: String::new(),
        axis: Axis::Number,
        weight: 0.4,
        is_from_zero: false,
        decimals: 0,
        references: vec![],
        series: vec![],
        if_empty: "No reading can be compared with the weeks before yet.",
    }
}

fn panel(view: &View, kind: SignalKind, signals: &[&Signal]) -> Panel {
    let speed = signals.iter().rev().find_map(|signal| signal.speed_mps);
    let Form { title, factor, unit, decimals } = Form::new(kind, speed, view.analysis.units);
    let of_line =
        |value: fn(&Signal) -> Option<f64>| joined(signals, |signal| value(signal).map(|v| v * factor));
    Panel {
        label: if unit.is_empty() { title } else { format!("{title}, {unit}") },
        axis: Axis::Number,
        weight: 0.42,
        is_from_zero: false,
        decimals,
        references: vec![],
        series: vec![
            Series {
                label: "your usual range".into(),
                ink: Ink::Usual,
                marks: Marks::Band(joined(signals, |signal| {
                    let (low, high) = signal.baseline_low.zip(signal.baseline_high)?;
                    Some((low * factor, high * factor))
                })),
            },
            Series {
                label: "reading".into(),
                ink: Ink::BlueSoft,
                marks: Marks::Points(
                    signals
                        .iter()
                        .filter_map(|signal| {
                            let value = signal.value? * factor;
                            Some(Point { date: signal.date, value, symbol: Symbol::Dot, label: None })
                        })
                        .collect(),
                ),
            },
            Series {
                label: "mean of the last readings".into(),
                ink: Ink::BlueDeep,
                marks: Marks::Line {
                    points: of_line(|signal| signal.recent),
                    path: LinePath::Straight,
                    stroke: Stroke::Solid,
                },
            },
            Series {
                label: "look and ask".into(),
                ink: Ink::Earth,
                marks: Marks::Points(flags(kind, signals, factor)),
            },
        ],
        if_empty: "No reading.",
    }
}

/// Flags stand on the mean, which is what was judged; the last of those in a row has the change beside it.
fn flags(kind: SignalKind, signals: &[&Signal], factor: f64) -> Vec<Point> {
    let judged: Vec<&&Signal> = signals.iter().filter(|signal| is_judged(signal)).collect();
    let is_flag = |at: usize| judged.get(at).is_some_and(|signal| signal.status == Status::Flag);
    let point = |at: usize| {
        let signal = judged[at];
        let label = signal.change.filter(|_| !is_flag(at + 1)).map(|change| changed(kind, change));
        Some(Point { date: signal.date, value: signal.recent? * factor, symbol: Symbol::Diamond, label })
    };
    (0..judged.len()).filter(|at| is_flag(*at)).filter_map(point).collect()
}

/// A value of each reading by date, with a gap wherever weeks lie between two of them.
fn joined<T>(signals: &[&Signal], value: impl Fn(&Signal) -> Option<T>) -> Vec<(Day, Option<T>)> {
    let mut points: Vec<(Day, Option<T>)> = Vec::new();
    for signal in signals.iter().filter(|signal| is_judged(signal)) {
        if let Some((day, _)) = points.last()
            && days_between(*day, signal.date) > JOINED_DAYS
        {
            points.push((*day, None));
        }
        points.push((signal.date, value(signal)));
    }
    points
}

/// Which signals are not shown, and what they lack; empty where all are.
fn without(missing: &[&(SignalKind, Vec<&Signal>)], group: &Group) -> String {
    let lacks = |(kind, signals): &&(SignalKind, Vec<&Signal>)| {
        let title = kind.title(None);
        match signals.last() {
            None => format!("{title} (no reading)"),
            Some(last) => {
                let why = last.note.as_deref().map_or_else(|| "too few readings".to_owned(), text::clean);
                format!("{title} ({why})")
            }
        }
    };
    if missing.is_empty() {
        return String::new();
    }
    let names: Vec<String> = missing.iter().map(lacks).collect();
    format!("Not shown: {}. {}", names.join("; "), group.needs)
}

/// What is up today, in a sentence.
fn finding(view: &View, group: &Group, shown: &[&(SignalKind, Vec<&Signal>)]) -> String {
    if shown.is_empty() {
        return "There are too few readings to compare with the weeks before.".to_owned();
    }
    let today = text::day_and_year(view.analysis.as_of);
    let up: Vec<&str> = raised(&view.analysis.signals, view.analysis.as_of)
        .into_iter()
        .filter(|kind| group.kinds.contains(kind))
        .map(SignalKind::words)
        .collect();
    let n_flags =
        shown.iter().flat_map(|(_, signals)| signals).filter(|one| one.status == Status::Flag).count();
    let n_judged: usize =
        shown.iter().map(|(_, signals)| signals.iter().filter(|one| is_judged(one)).count()).sum();
    let before = format!("in the time shown {n_flags} of {} stood out", text::count(n_judged, "reading"));
    if up.is_empty() {
        format!("On {today} nothing asks for a look; {before}.")
    } else {
        format!("On {today} look and ask: {}; {before}.", up.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::report::charts::{all, named};
    use crate::report::testing::{sample, tiny};
    use crate::report::values;

    #[test]
    fn a_panel_for_each_signal_that_could_be_compared_and_a_word_on_the_others() {
        let spec = named(&sample(30), "movement-signals");
        let titles: Vec<&str> = spec.panels().iter().map(|panel| panel.label.as_str()).collect();
        assert_eq!(
            titles,
            [
                "step length at 5:33/km, m",
                "ground contact at 5:33/km, ms",
                "ground contact on the left, off even, pp"
            ]
        );
        assert!(
            spec.subtitle.contains(
                "Not shown: bounce over step length at the same speed (5 of 8 runs to compare with)."
            ),
            "{}",
            spec.subtitle
        );
        assert_eq!(named(&sample(30), "effort-signals").panels().len(), 6);
    }

    #[test]
    fn flags_in_a_row_have_one_label_and_all_stand_in_the_table() {
        let spec = named(&sample(30), "effort-signals");
        let Marks::Points(flags) = &spec.panels()[0].series[3].marks else { panic!("points") };
        assert!(!flags.is_empty() && flags.iter().all(|flag| flag.symbol == Symbol::Diamond));
        assert!(flags.iter().any(|flag| flag.label.as_ref().is_some_and(|label| label.ends_with(" bpm"))));
        let head = values::table(&spec).head;
        assert!(head.contains(&"look and ask, heart rate at 5:33/km, bpm".to_owned()), "{head:?}");
    }

    #[test]
    fn without_enough_readings_there_are_words_and_without_any_nothing() {
        let mut analysis = sample(30);
        analysis.signals.iter_mut().for_each(|signal| signal.status = Status::TooFew);
        let spec = named(&analysis, "effort-signals");
        assert!(spec.is_empty() && spec.subtitle.starts_with("Not shown: heart rate"), "{}", spec.subtitle);
        assert!(all(&tiny()).iter().all(|chart| !chart.id.ends_with("-signals")));
        let none = Analysis { signals: vec![], ..sample(30) };
        assert!(all(&none).iter().all(|chart| !chart.id.ends_with("-signals")));
    }
}
