//! The signals of runs: which runs a day is judged by, and what each of them says.

use super::evidence::Evidence;
use super::judge::{Readings, mean, too_few};
use super::kind::Rule;
use super::matched::{self, AtUsualSpeed, MIN_MINUTES, Point};
use super::{BASELINE_DAYS, LATEST_DAYS, RECENT_DAYS, RunReading, Signal, SignalKind, Status};
use crate::model::Day;
use crate::model::calendar::minus;

/// Weather that differs by more than this in °C changes what a heart beat is worth (heuristic).
const LIKE_WEATHER_C: f64 = 8.0;
/// Contact this far off even is notable by itself, in percentage points (heuristic).
const NOTABLE_BALANCE_PP: f64 = 2.0;

/// A run as one signal sees it.
struct Seen<'a> {
    run: &'a RunReading<'a>,
    measure: Measure,
}

/// What is measured, on the scale of the rule.
enum Measure {
    /// One number for the run.
    Value(f64),
    /// Minutes to be matched by speed.
    Minutes(Vec<Point>),
}

impl Seen<'_> {
    fn points(&self) -> &[Point] {
        match &self.measure {
            Measure::Value(_) => &[],
            Measure::Minutes(points) => points,
        }
    }

    /// Can the two runs be compared? Steps and contact are measured by each device in its own way.
    fn is_like(&self, other: &Self, kind: SignalKind) -> bool {
        let is_steady = matches!(self.measure, Measure::Minutes(_)) || kind == SignalKind::ContactBalance;
        !is_steady || self.run.device == other.run.device
    }
}

/// One signal of all runs, by time.
pub(super) fn of(kind: SignalKind, runs: &[RunReading<'_>]) -> Vec<Signal> {
    let rule = kind.rule();
    let see = |run| Some(Seen { run, measure: measure(kind, &rule, run)? });
    let seen: Vec<Seen<'_>> = runs.iter().filter_map(see).collect();
    let is_last_of_day = |k: &usize| seen.get(k + 1).is_none_or(|next| next.run.date != seen[*k].run.date);
    let ends = (0..seen.len()).filter(is_last_of_day);
    ends.filter_map(|end| {
        let from = minus(seen[end].run.date, BASELINE_DAYS - 1);
        let start = seen.partition_point(|one| one.run.date < from);
        of_day(kind, &rule, &seen[start..=end])
    })
    .collect()
}

/// What a run says of a signal; `None` where it says nothing.
fn measure(kind: SignalKind, rule: &Rule, run: &RunReading<'_>) -> Option<Measure> {
    let value = match kind {
        SignalKind::ContactBalance => balance_pp(run),
        SignalKind::Efficiency => run.efficiency_m_per_beat,
        SignalKind::Decoupling => run.decoupling_pct,
        SignalKind::WarmUpLag => run.warm_up.filter(|_| run.is_easy).map(|(early, late)| early / late),
        _ => return matched::points(kind, run.steady).map(Measure::Minutes),
    };
    value.map(|value| rule.scale.judged(value)).filter(|value| value.is_finite()).map(Measure::Value)
}

/// Mean share of contact on the left foot less 50 %, over the steady minutes (science 6.2).
fn balance_pp(run: &RunReading<'_>) -> Option<f64> {
    let minutes: Vec<f64> = run.steady.iter().filter_map(|minute| minute.stance_balance_pct).collect();
    mean(&minutes).filter(|_| minutes.len() >= MIN_MINUTES).map(|left| left - 50.0)
}

/// The runs that a day is judged by.
struct Chosen<'a, 'b> {
    baseline: Vec<&'b Seen<'a>>,
    /// By time; the last is the new one.
    recent: Vec<&'b Seen<'a>>,
    /// What speeds are usual.
    speeds: (f64, f64),
    /// Why they are not judged.
    withheld: Option<String>,
}

/// The runs that the last day of `window` is judged by, which holds the runs of six weeks.
fn chosen<'a, 'b>(kind: SignalKind, rule: &Rule, window: &'b [Seen<'a>]) -> Option<Chosen<'a, 'b>> {
    let last = window.last()?;
    let today = last.run.date;
    let like: Vec<&Seen<'_>> = window.iter().filter(|one| one.is_like(last, kind)).collect();
    let is_before = |one: &&Seen<'_>| one.run.date <= minus(today, LATEST_DAYS);
    let is_matched = matches!(last.measure, Measure::Minutes(_));
    let speeds = matched::usual_speeds(like.iter().copied().filter(is_before).map(Seen::points));
    let is_fit = |one: &&Seen<'_>| !is_matched || matched::is_fit(one.points(), speeds);
    let fit: Vec<&Seen<'_>> = like.into_iter().filter(is_fit).collect();
    fit.last().filter(|one| one.run.date == today)?;

    let from = minus(today, RECENT_DAYS - 1);
    let n_recent = fit.iter().rev().take_while(|one| one.run.date >= from).take(rule.n_recent).count();
    let (earlier, recent) = fit.split_at(fit.len() - n_recent);
    let baseline: Vec<&Seen<'_>> = earlier.iter().copied().filter(is_before).collect();
    let withheld = too_few(rule, baseline.len(), n_recent, "runs", RECENT_DAYS)
        .or_else(|| rule.needs_like_weather.then(|| other_weather(&baseline, recent)).flatten());
    Some(Chosen { baseline, recent: recent.to_vec(), speeds, withheld })
}

/// The signal of the last day of `window`.
fn of_day(kind: SignalKind, rule: &Rule, window: &[Seen<'_>]) -> Option<Signal> {
    let chosen = chosen(kind, rule, window)?;
    let last = chosen.recent.last()?;
    let mut signal = if matches!(last.measure, Measure::Minutes(_)) {
        matched_signal(kind, last.run.date, &chosen)
    } else {
        let readings = Readings { baseline: values(&chosen.baseline), recent: values(&chosen.recent) };
        readings.signal(kind, last.run.date, chosen.withheld.clone())
    };
    signal.run_id = Some(last.run.id.to_owned());
    note_balance(&mut signal);
    Some(signal)
}

/// What the signal of a day was judged by.
pub(super) fn evidence(kind: SignalKind, today: Day, runs: &[RunReading<'_>]) -> Option<Evidence> {
    let rule = kind.rule();
    let days = minus(today, BASELINE_DAYS - 1)..=today;
    let near = runs.iter().filter(|run| days.contains(&run.date));
    let see = |run| Some(Seen { run, measure: measure(kind, &rule, run)? });
    let seen: Vec<Seen<'_>> = near.filter_map(see).collect();
    let chosen = chosen(kind, &rule, &seen)?;
    let matched = chosen.at_usual_speed(kind);
    let is_matched = matches!(chosen.recent.last()?.measure, Measure::Minutes(_));
    let line = matched.as_ref().map(|matched| matched.line);
    let readings = match matched {
        Some(matched) => matched.readings,
        None if is_matched => Readings::default(),
        None => Readings { baseline: values(&chosen.baseline), recent: values(&chosen.recent) },
    };
    let named = |runs: &[&Seen<'_>], values: &[f64]| {
        let name =
            |one: &&Seen<'_>| format!("{} {}", one.run.date, one.run.id.chars().take(8).collect::<String>());
        runs.iter().map(name).zip(values.iter().map(|value| rule.scale.shown(*value))).collect()
    };
    Some(Evidence {
        baseline: named(&chosen.baseline, &readings.baseline),
        recent: named(&chosen.recent, &readings.recent),
        found: readings.found(&rule).filter(|_| chosen.withheld.is_none()),
        line,
        in_a_row: Vec::new(),
    })
}

fn values(runs: &[&Seen<'_>]) -> Vec<f64> {
    let value = |one: &&Seen<'_>| if let Measure::Value(value) = one.measure { Some(value) } else { None };
    runs.iter().filter_map(value).collect()
}

fn points<'a>(runs: &[&'a Seen<'_>]) -> Vec<&'a [Point]> {
    runs.iter().map(|one| one.points()).collect()
}

impl Chosen<'_, '_> {
    /// The runs at the usual speed; `None` where they are not matched, or not judged.
    fn at_usual_speed(&self, kind: SignalKind) -> Option<AtUsualSpeed> {
        let is_matched = matches!(self.recent.last()?.measure, Measure::Minutes(_));
        (is_matched && self.withheld.is_none()).then_some(())?;
        matched::at_usual_speed(kind, &points(&self.baseline), &points(&self.recent), self.speeds)
    }
}

/// A signal that is matched by speed; without a baseline there is no line, and so no value either.
fn matched_signal(kind: SignalKind, today: Day, chosen: &Chosen<'_, '_>) -> Signal {
    let withheld = chosen.withheld.clone();
    match chosen.at_usual_speed(kind) {
        Some(AtUsualSpeed { readings, speed_mps, .. }) => {
            Signal { speed_mps: Some(speed_mps), ..readings.signal(kind, today, withheld) }
        }
        None => Signal {
            n_baseline: chosen.baseline.len(),
            n_recent: chosen.recent.len(),
            ..Readings::default().signal(kind, today, withheld)
        },
    }
}

/// Why runs in other weather are not compared; `None` where it is alike or not known.
fn other_weather(baseline: &[&Seen<'_>], recent: &[&Seen<'_>]) -> Option<String> {
    let mean_c =
        |runs: &[&Seen<'_>]| mean(&runs.iter().filter_map(|one| one.run.temperature_c).collect::<Vec<_>>());
    let warmer_c = mean_c(recent)? - mean_c(baseline)?;
    let word = if warmer_c > 0.0 { "warmer" } else { "colder" };
    (warmer_c.abs() > LIKE_WEATHER_C)
        .then(|| format!("{:.0} °C {word} than the runs to compare with", warmer_c.abs()))
}

/// Contact far off even is worth naming, though only a change makes a signal.
fn note_balance(signal: &mut Signal) {
    let off_pp = signal.value.filter(|_| signal.kind == SignalKind::ContactBalance).unwrap_or(0.0);
    if signal.status != Status::TooFew && off_pp.abs() > NOTABLE_BALANCE_PP {
        let side = if off_pp > 0.0 { "left" } else { "right" };
        signal.note = Some(format!("{:.1} pp more than half on the {side} foot", off_pp.abs()));
    }
}
