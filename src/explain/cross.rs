//! The load of a session of another endurance sport.

use super::context::{Context, seconds_by};
use super::tree::Explanation;
use super::{ladder, run_heart, thresholds};
use crate::score::cross::CrossSession;
use crate::score::run::LoadBasis;

/// A session in words: its sport, its day and its file.
fn name_of(session: &CrossSession) -> String {
    let id: String = session.id.chars().take(8).collect();
    format!("{} {id} of {}, {}", session.sport.words(), session.date, session.file)
}

fn value(session: &CrossSession) -> Explanation {
    Explanation::new("load_au", name_of(session), session.load_au).unit("AU")
}

/// The load with few words.
pub(super) fn load_in_a_line(session: &CrossSession) -> Explanation {
    let mut told = value(session);
    words(session).clone_into(&mut told.about);
    told
}

/// The load in short: what it rests on.
pub(super) fn load_in_short(session: &CrossSession) -> Explanation {
    let told = value(session).formula(words(session)).with("timer_s", session.timer_s, "s");
    told.with("hr_coverage", session.hr_coverage, "share")
}

fn words(session: &CrossSession) -> &'static str {
    session.load_basis.map_or("nothing gives a load, and none is made up", LoadBasis::words)
}

/// The load with the seconds by heart rate or the effort behind it; without one, why.
pub(super) fn load(context: &Context<'_>, session: &CrossSession) -> Explanation {
    let told = load_in_short(session).note("it counts as load and as nothing else: it is no run");
    let told = told.from(session.ladder.iter().map(|rung| {
        let value = rung.outcome.as_ref().ok().copied();
        let one = Explanation::new(format!("rung {}", rung.basis.name()), "", value).unit("AU");
        let one = one.formula(ladder::formula(rung.basis));
        let one =
            rung.learnt.iter().fold(one, |one, learnt| one.with(learnt.name, learnt.value, learnt.unit));
        match &rung.outcome {
            Ok(_) if rung.basis == LoadBasis::Rpe => one.with("srpe_au", session.srpe_au, "AU"),
            Ok(_) => one.from([impulse(context, session)]),
            Err(why) => one.note(format!("gives nothing: {why}")),
        }
    }));
    told.notes(session.load_au.is_none().then(|| "no load is made up from duration".to_owned()))
}

/// The impulse by the thresholds of the day, which are those of running.
fn impulse(context: &Context<'_>, session: &CrossSession) -> Explanation {
    let known = context.analysis.thresholds.on(session.date);
    let told = Explanation::new("trimp100", name_of(session), session.trimp100).unit("AU");
    let told = told.by(super::recipes::of_run("trimp100"));
    let told = told.list(seconds_by("seconds", "bpm", &session.hr_histogram));
    let told = told.from(thresholds::of_heart(context.analysis, session.date));
    let told = told.with("hr_max_bpm", known.hr_max.map(|max| max.estimate.value), "bpm");
    let told = told.with("coverage", session.hr_coverage, "share");
    run_heart::banister(&known, told, known.lthr.map(|lthr| lthr.estimate.value))
}
