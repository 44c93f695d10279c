//! The ladder of loads: the best that a run's own data and the runner's earlier runs allow (science 2.9).
//!
//! Every rung is on the scale on which an hour at threshold is 100. Runs are gone through in order of time, and a rung
//! learns from the 180 days before a run only, so no later run changes a load.

use super::line::Line;
use super::run::{Learnt, LoadBasis, Run, Rung, SessionKind};
use crate::model::calendar::minus;

/// How far back a rung learns from.
const LOOKBACK_DAYS: u32 = 180;
/// Sessions with heart rate that the own-speed model needs.
const MIN_SESSIONS: usize = 15;
/// Share of the variance that the model must explain.
const MIN_R2: f64 = 0.5;
/// A shorter run says nothing of the load of a speed.
const MIN_SESSION_S: f64 = 600.0;
/// Sessions that have a score and heart rate both, and so put the score on the scale of heart rate (heuristic).
const MIN_SHARED_SESSIONS: usize = 5;
/// Load of an hour of easy running (intensity factor 0.75) where the runner's own history has none (heuristic).
const EASY_HOUR_AU: f64 = 56.25;

/// Puts every run on its rung. `runs` are in order of time.
pub(super) fn climb(runs: &mut [Run]) {
    for at in 0..runs.len() {
        let (earlier, rest) = runs.split_at_mut(at);
        let run = &mut rest[0];
        let since = minus(run.date, LOOKBACK_DAYS);
        let from = earlier.partition_point(|other| other.date < since);
        let teaches = |other: &&Run| other.counts() && other.load_basis != Some(LoadBasis::LeftOut);
        let learnt: Vec<&Run> = earlier[from..].iter().filter(teaches).collect();
        run.ladder = LoadBasis::LADDER.into_iter().map(|basis| rung(run, basis, &learnt)).collect();
        if run.load_basis == Some(LoadBasis::LeftOut) {
            run.load_au = Some(0.0);
            continue;
        }
        let best = run.ladder.iter().find_map(|rung| Some((*rung.outcome.as_ref().ok()?, rung.basis)));
        run.load_au = best.map(|best| best.0);
        run.load_basis = best.map(|best| best.1);
    }
}

/// A load with what earlier runs have taught.
type Taught = (f64, Vec<Learnt>);

fn rung(run: &Run, basis: LoadBasis, earlier: &[&Run]) -> Rung {
    let (outcome, learnt) = match outcome(run, basis, earlier) {
        Ok((load, learnt)) => (Ok(load), learnt),
        Err(why) => (Err(why), Vec::new()),
    };
    Rung { basis, outcome, learnt }
}

fn learnt(name: &'static str, value: f64, unit: &'static str) -> Learnt {
    Learnt { name, value, unit }
}

fn outcome(run: &Run, basis: LoadBasis, learnt: &[&Run]) -> Result<Taught, String> {
    let own = |load: Option<f64>| load.map(|load| (load, Vec::new()));
    match basis {
        LoadBasis::Hr => own(run.trimp100).ok_or_else(|| why_no_heart_rate(run)),
        LoadBasis::Imputed => by_own_speed(run, learnt),
        LoadBasis::Pace => match run.rtss {
            Some(rtss) => Ok(on_scale(rtss, learnt, |other| other.rtss)),
            None if run.ngs_mps.is_none() => Err("no speed was recorded".to_owned()),
            None => Err("no tested threshold speed is known".to_owned()),
        },
        LoadBasis::Power => match run.power_stress {
            Some(stress) => Ok(on_scale(stress, learnt, |other| other.power_stress)),
            None if run.avg_power_w.is_none() => Err("no power was recorded".to_owned()),
            None => Err("no critical power of this meter is known".to_owned()),
        },
        LoadBasis::Rpe => by_rpe(run, learnt),
        LoadBasis::Duration if run.timer_s > 0.0 => Ok(by_duration(run, learnt)),
        LoadBasis::Duration => Err("the timer did not run".to_owned()),
        LoadBasis::LeftOut => Err("the load is left out".to_owned()),
    }
}

fn why_no_heart_rate(run: &Run) -> String {
    if run.hr_coverage < super::load::MIN_COVERAGE {
        format!("heart rate covers {:.0} % of the timer, and half is needed", 100.0 * run.hr_coverage)
    } else {
        "no maximal heart rate is known".to_owned()
    }
}

/// What the runner's sessions with heart rate say that this speed costs: ln(load per hour) over ln(ngs).
///
/// The fit gives the middle of the logarithm, which is too low for a sum; so it is scaled by the mean of what it
/// leaves over (Duan 1983, JASA 78:605–610). Beyond the speeds it was made from nothing is known: it holds still there.
fn by_own_speed(run: &Run, earlier: &[&Run]) -> Result<Taught, String> {
    let ngs = run.ngs_mps.filter(|ngs| *ngs > 0.0).ok_or("no speed was recorded")?;
    let points: Vec<(f64, f64)> = earlier
        .iter()
        .filter(|other| other.timer_s >= MIN_SESSION_S)
        .filter_map(|other| {
            let per_hour = other.trimp100.filter(|load| *load > 0.0)? / (other.timer_s / 3600.0);
            Some((other.ngs_mps.filter(|ngs| *ngs > 0.0)?.ln(), per_hour.ln()))
        })
        .collect();
    if points.len() < MIN_SESSIONS {
        return Err(format!(
            "{} sessions with heart rate in {LOOKBACK_DAYS} days, and {MIN_SESSIONS} are needed",
            points.len()
        ));
    }
    let line = Line::fit(&points)
        .filter(|line| line.r2 >= MIN_R2 && line.slope > 0.0)
        .ok_or_else(|| format!("speed explains less than {:.0} % of what sessions cost", 100.0 * MIN_R2))?;
    let (slowest, fastest) =
        points.iter().fold((f64::MAX, f64::MIN), |(low, high), (x, _)| (low.min(*x), high.max(*x)));
    let left_over = line.residuals.iter().map(|left| left.exp()).sum::<f64>() / points.len() as f64;
    let ln_speed = ngs.ln().clamp(slowest, fastest);
    let per_hour = (line.intercept + line.slope * ln_speed).exp() * left_over;
    let taught = vec![
        learnt("sessions", points.len() as f64, ""),
        learnt("explained", line.r2, "share"),
        learnt("intercept", line.intercept, "ln AU/h"),
        learnt("slope", line.slope, "ln AU/h per ln m/s"),
        learnt("left_over", left_over, "factor"),
        learnt("speed_used_mps", ln_speed.exp(), "m/s"),
    ];
    Ok((per_hour * run.timer_s / 3600.0, taught))
}

/// The usual load by heart rate over another score, of the sessions that have both.
fn usual_ratio(earlier: &[&Run], score: impl Fn(&Run) -> Option<f64>) -> (usize, Option<f64>) {
    let ratio = |other: &&Run| Some(other.trimp100? / score(other).filter(|score| *score > 0.0)?);
    let ratios: Vec<f64> = earlier.iter().filter_map(ratio).collect();
    (ratios.len(), median(ratios.clone()).filter(|_| ratios.len() >= MIN_SHARED_SESSIONS))
}

/// A score that is 100 for an hour at its own threshold, on the scale of the runner's heart rate where sessions have both:
/// two thresholds never agree quite, and a run without a strap would stand out for no other reason.
fn on_scale(score: f64, earlier: &[&Run], of: impl Fn(&Run) -> Option<f64>) -> Taught {
    let (n, ratio) = usual_ratio(earlier, of);
    let factor = ratio.unwrap_or(1.0);
    (score * factor, vec![learnt("sessions", n as f64, ""), learnt("usual_ratio", factor, "AU per point")])
}

/// Session RPE times minutes, times the usual load of a point of it.
fn by_rpe(run: &Run, earlier: &[&Run]) -> Result<Taught, String> {
    let srpe = run.srpe_au.ok_or("no RPE was given")?;
    let (n, ratio) = usual_ratio(earlier, |other| other.srpe_au);
    let factor = ratio.ok_or_else(|| {
        format!("{n} sessions with RPE and heart rate, and {MIN_SHARED_SESSIONS} are needed")
    })?;
    Ok((
        srpe * factor,
        vec![learnt("sessions", n as f64, ""), learnt("usual_ratio", factor, "AU per RPE minute")],
    ))
}

/// Minutes times the usual load of a minute of easy running.
fn by_duration(run: &Run, earlier: &[&Run]) -> Taught {
    let easy =
        earlier.iter().filter(|other| other.session_kind == SessionKind::Easy && other.timer_s >= 60.0);
    let measured = easy.filter(|other| other.load_basis.is_some_and(|basis| !basis.is_imputed()));
    let per_minute: Vec<f64> =
        measured.filter_map(|other| Some(other.load_au? / (other.timer_s / 60.0))).collect();
    let sessions = learnt("sessions", per_minute.len() as f64, "");
    let usual = median(per_minute).unwrap_or(EASY_HOUR_AU / 60.0);
    (run.timer_s / 60.0 * usual, vec![sessions, learnt("usual_minute", usual, "AU/min")])
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::run;
    use crate::model::calendar::plus;

    /// A run on day `n` with the load that its speed costs: 20 · v² an hour, and an hour long.
    fn hour(n: u32, ngs: f64) -> Run {
        let date = plus("2025-01-01".parse().unwrap(), n);
        Run {
            ngs_mps: Some(ngs),
            trimp100: Some(20.0 * ngs * ngs / 4.0),
            rtss: Some(77.0),
            ..run(&date.to_string())
        }
    }

    fn history(n: u32) -> Vec<Run> {
        (0..n).map(|k| hour(k, 2.6 + 0.1 * f64::from(k % 9))).collect()
    }

    fn last(mut runs: Vec<Run>) -> (f64, LoadBasis) {
        climb(&mut runs);
        let run = runs.pop().unwrap();
        assert_eq!(run.ladder.len(), 6);
        (run.load_au.unwrap(), run.load_basis.unwrap())
    }

    #[test]
    fn a_lost_strap_is_made_up_for_by_the_own_speed() {
        let lost = Run { trimp100: None, hr_coverage: 0.1, ..hour(30, 3.0) };
        let mut runs = history(20);
        runs.push(lost.clone());
        let (load, basis) = last(runs);
        assert!((load - 45.0).abs() < 1e-6 && basis == LoadBasis::Imputed, "{load}");
        // With too few sessions to learn from, pace is the next rung.
        let mut runs = history(4);
        runs.push(lost.clone());
        assert_eq!(last(runs), (77.0, LoadBasis::Pace));
        // What lies more than 180 days back teaches nothing.
        let mut runs = history(20);
        runs.push(Run { date: plus(lost.date, 200), ..lost });
        assert_eq!(last(runs).1, LoadBasis::Pace);
    }

    #[test]
    fn each_rung_has_its_turn_and_says_why_not() {
        let bare = Run { trimp100: None, hr_coverage: 0.0, rtss: None, power_stress: None, ..hour(30, 3.0) };
        let check = |run: Run, learnt: Vec<Run>, expected: (f64, LoadBasis)| {
            let mut runs = learnt;
            runs.push(run);
            assert_eq!(last(runs), expected);
        };
        check(hour(0, 2.0), Vec::new(), (20.0, LoadBasis::Hr));
        check(Run { power_stress: Some(66.0), ..bare.clone() }, Vec::new(), (66.0, LoadBasis::Power));
        let rated: Vec<Run> = (0..5)
            .map(|k| Run { srpe_au: Some(100.0), trimp100: Some(50.0), ngs_mps: None, ..hour(k, 3.0) })
            .collect();
        check(Run { srpe_au: Some(300.0), ..bare.clone() }, rated, (150.0, LoadBasis::Rpe));
        check(bare.clone(), Vec::new(), (EASY_HOUR_AU, LoadBasis::Duration));
        check(bare.clone(), vec![Run { trimp100: Some(48.0), ..hour(0, 3.0) }], (48.0, LoadBasis::Duration));
        let mut runs = vec![bare];
        climb(&mut runs);
        let why: Vec<&str> =
            runs[0].ladder.iter().filter_map(|rung| Some(rung.outcome.as_ref().err()?.as_str())).collect();
        assert_eq!(why.len(), 5);
        assert!(why[0].contains("0 % of the timer") && why[1].contains("15 are needed"), "{why:?}");
    }

    #[test]
    fn pace_is_put_on_the_scale_of_heart_rate() {
        // Speed explains nothing of these sessions, and pace says 77 where the heart says 50.
        let mut runs: Vec<Run> =
            (0..20).map(|k| Run { trimp100: Some(50.0), ..hour(k, 2.6 + 0.1 * f64::from(k % 9)) }).collect();
        runs.push(Run { trimp100: None, hr_coverage: 0.1, rtss: Some(154.0), ..hour(30, 3.0) });
        let (load, basis) = last(runs);
        assert!((load - 100.0).abs() < 1e-9 && basis == LoadBasis::Pace, "{load}");
    }

    #[test]
    fn a_load_left_out_is_0_and_teaches_nothing() {
        let mut runs = vec![Run { load_basis: Some(LoadBasis::LeftOut), ..hour(0, 3.0) }];
        runs.push(Run { trimp100: None, rtss: None, ..hour(1, 3.0) });
        climb(&mut runs);
        assert_eq!((runs[0].load_au, runs[0].load_basis), (Some(0.0), Some(LoadBasis::LeftOut)));
        assert_eq!(runs[0].ladder[0].outcome, Ok(45.0), "what it would have been");
        assert_eq!((runs[1].load_au, runs[1].load_basis), (Some(EASY_HOUR_AU), Some(LoadBasis::Duration)));
    }

    #[test]
    fn no_later_run_changes_a_load() {
        let mut runs = history(40);
        for k in [17, 25, 33] {
            runs[k].trimp100 = None;
        }
        let mut part = runs[..26].to_vec();
        climb(&mut part);
        climb(&mut runs);
        assert_eq!(part[..], runs[..26]);
    }
}
