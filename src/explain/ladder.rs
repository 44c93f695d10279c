//! The load of a run: every rung of the ladder, what it gave or why it gave nothing.

use super::context::Context;
use super::run::metric;
use super::tree::Explanation;
use crate::score::run::{LoadBasis, Run, Rung};

/// The load with the rung that gave it; rungs above it say why they gave nothing, those below what they would have given.
pub(super) fn load(context: &Context<'_>, run: &Run, told: Explanation) -> Explanation {
    let is_left_out = run.load_basis == Some(LoadBasis::LeftOut);
    let mut is_above = !is_left_out;
    let mut rungs = Vec::new();
    for rung in &run.ladder {
        let is_taken = is_above && rung.outcome.is_ok();
        let told = one(context, run, rung, is_taken);
        rungs.push(match (&rung.outcome, is_taken) {
            (_, true) => told.note("this rung gives the load"),
            (Err(why), _) => told.note(format!("gives nothing: {why}")),
            (Ok(_), _) if is_left_out => told.note("would give it: your overrides.csv leaves the load out"),
            (Ok(_), _) => told.note("not needed: a rung above gives the load"),
        });
        is_above &= !is_taken;
    }
    let why = run.ladder.iter().all(|rung| rung.outcome.is_err());
    told.notes(why.then(|| "no rung of the ladder gives a load".to_owned())).from(rungs)
}

/// One rung; the taken one goes down to what it was made from.
fn one(context: &Context<'_>, run: &Run, rung: &Rung, is_taken: bool) -> Explanation {
    let value = rung.outcome.as_ref().ok().copied();
    let told = Explanation::new(format!("rung {}", rung.basis.name()), "", value).unit("AU");
    let told = told.formula(formula(rung.basis));
    let told =
        rung.learnt.iter().fold(told, |told, learnt| told.with(learnt.name, learnt.value, learnt.unit));
    let told = match rung.basis {
        LoadBasis::Imputed if value.is_some() => {
            told.with("ngs_mps", run.ngs_mps, "m/s").with("timer_s", run.timer_s, "s")
        }
        LoadBasis::Rpe if value.is_some() => told.with("srpe_au", run.srpe_au, "AU"),
        LoadBasis::Duration if value.is_some() => told.with("timer_s", run.timer_s, "s"),
        _ => told,
    };
    let below = match rung.basis {
        LoadBasis::Hr => "trimp100",
        LoadBasis::Pace => "rtss",
        LoadBasis::Power => "power_stress",
        LoadBasis::Imputed | LoadBasis::Rpe | LoadBasis::Duration | LoadBasis::LeftOut => return told,
    };
    if is_taken { told.from([metric(context, run, below)]) } else { told }
}

fn formula(basis: LoadBasis) -> &'static str {
    match basis {
        LoadBasis::Hr => "trimp100",
        LoadBasis::Imputed => {
            "e^(intercept + slope × ln speed_used) × left_over × timer_s / 3600, a line through own sessions of 180 days"
        }
        LoadBasis::Pace => {
            "rtss × usual_ratio, the median of load by heart rate over rtss of 180 days, 1 under 5 sessions"
        }
        LoadBasis::Power => "power_stress × usual_ratio, as for pace",
        LoadBasis::Rpe => "srpe_au × usual_ratio, the median of load over RPE minutes of 180 days",
        LoadBasis::LeftOut => "0",
        LoadBasis::Duration => {
            "timer_s / 60 × usual_minute, the median of easy runs of 180 days, else 56.25 an hour"
        }
    }
}
