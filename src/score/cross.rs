//! Other endurance sport as internal load: what heart or effort say of it, on the scale of the runs.
//!
//! Input are its recordings with the runner's own thresholds and runs, output are [`CrossSession`]s. Invariant: no load is
//! made up. A session without a usable heart rate and without RPE has none, and nothing but load ever comes of one.

use super::Dated;
use super::ladder;
use super::load::{Scores, hr_coverage};
use super::run::{LoadBasis, Run, Rung};
use super::thresholds::Thresholds;
use crate::digest::Histogram;
use crate::model::{Day, Sport};

/// A recording of another endurance sport. `None` is "not known".
#[derive(Debug, Clone, PartialEq)]
pub struct CrossSession {
    /// Stable for the same content.
    pub id: String,
    /// Path below the input.
    pub file: String,
    /// What sport it is.
    pub sport: Sport,
    /// The runner's local date at the start.
    pub date: Day,
    /// Timer running in s.
    pub timer_s: f64,
    /// Share of the timer with a usable heart rate, 0 to 1.
    pub hr_coverage: f64,
    /// Seconds by heart rate.
    pub hr_histogram: Histogram,
    /// Banister TRIMP with 100 for an hour at the threshold heart rate, which is that of running.
    pub trimp100: Option<f64>,
    /// Session RPE times minutes.
    pub srpe_au: Option<f64>,
    /// The load, which days and weeks add to that of the runs; 100 is an hour at threshold.
    pub load_au: Option<f64>,
    /// What `load_au` was computed from: heart rate or RPE.
    pub load_basis: Option<LoadBasis>,
    /// What either gave, or why it gave nothing.
    pub ladder: Vec<Rung>,
}

/// Scores sessions of other endurance sport with the thresholds of their days; copies and what one is told to leave out
/// are not among `sessions`. `runs` are scored and in order of time: of those before a session its RPE takes the scale.
#[must_use]
pub fn cross(sessions: &[Dated], runs: &[Run], thresholds: &Thresholds) -> Vec<CrossSession> {
    sessions.iter().map(|dated| one(dated, runs, thresholds)).collect()
}

fn one(dated: &Dated, runs: &[Run], thresholds: &Thresholds) -> CrossSession {
    let digest = &dated.digest;
    let trimp100 = Scores::by_heart(digest, &thresholds.on(dated.date)).trimp100;
    let srpe_au = dated.srpe_au();
    let coverage = hr_coverage(digest);
    let before = &runs[..runs.partition_point(|run| run.start_ms < digest.start_ms)];
    let earlier = ladder::lately(before, dated.date);
    let ladder = ladder::of_another_sport(trimp100, coverage, srpe_au, &earlier);
    let best = ladder.iter().find_map(|rung| Some((*rung.outcome.as_ref().ok()?, rung.basis)));
    CrossSession {
        id: digest.id.clone(),
        file: digest.file.clone(),
        sport: digest.sport,
        date: dated.date,
        timer_s: digest.timer_s,
        hr_coverage: coverage,
        hr_histogram: digest.hr_histogram.clone(),
        trimp100,
        srpe_au,
        load_au: best.map(|best| best.0),
        load_basis: best.map(|best| best.1),
        ladder,
    }
}

/// The loads by day, as far as they are known; days without are not among them.
pub fn loads(sessions: &[CrossSession]) -> impl Iterator<Item = (Day, f64)> {
    sessions.iter().filter_map(|session| Some((session.date, session.load_au?)))
}

/// What to say of sessions without a load: how many, of which sport, and what to do; `None` where each has one.
#[must_use]
pub fn without_load(sessions: &[CrossSession]) -> Option<String> {
    let without: Vec<&CrossSession> = sessions.iter().filter(|session| session.load_au.is_none()).collect();
    let first = without.first()?;
    let kinds = Sport::ALL.into_iter().filter_map(|sport| {
        let n = without.iter().filter(|session| session.sport == sport).count();
        (n > 0).then(|| format!("{n} {}", sport.words()))
    });
    let kinds = kinds.collect::<Vec<_>>().join(", ");
    Some(format!(
        "sessions without a load, since none is made up from their duration: {kinds}; the first is {}; a heart rate \
         sensor, or an RPE of the session, would give one",
        first.file
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{easy_weeks, even_run};
    use super::super::thresholds::Profile;
    use super::super::{score, study};
    use super::*;
    use crate::digest::Digest;
    use crate::model::calendar::plus;

    /// Ten weeks of runs with heart rate and an RPE of 3, scored, with their thresholds.
    fn history(has_rpe: bool) -> (Vec<Run>, Thresholds) {
        let mut dated = easy_weeks(10);
        for run in &mut dated {
            run.rpe = has_rpe.then_some(3.0);
        }
        let profile = Profile {
            hr_max_bpm: Some(190.0),
            hr_rest_bpm: Some(50.0),
            lthr_bpm: Some(170.0),
            ..Profile::default()
        };
        let thresholds = study(&mut dated, &profile, &[], &[]).thresholds;
        (score(&dated, &thresholds), thresholds)
    }

    /// A ride of an hour on day 71.
    fn ride(hr_bpm: f64, rpe: Option<f64>) -> Dated {
        let dated = even_run(71, 28_800.0, 8.0, hr_bpm);
        Dated { rpe, digest: Digest { sport: Sport::Cycling, ..dated.digest }, ..dated }
    }

    fn scored(ride: Dated, has_rpe: bool) -> CrossSession {
        let (runs, thresholds) = history(has_rpe);
        cross(&[ride], &runs, &thresholds).remove(0)
    }

    #[test]
    fn heart_rate_gives_the_load_of_the_same_heart_in_a_run() {
        let (_, thresholds) = history(false);
        let as_run = score(&[even_run(71, 28_800.0, 8.0, 150.0)], &thresholds).remove(0);
        let session = scored(ride(150.0, Some(9.0)), true);
        assert_eq!((session.load_au, session.load_basis), (as_run.trimp100, Some(LoadBasis::Hr)));
        // Science 2.2: an hour at 150 of 50 to 190 bpm with the threshold at 170.
        assert!((session.load_au.unwrap() - 63.34).abs() < 0.1, "{:?}", session.load_au);
    }

    #[test]
    fn effort_is_put_on_the_scale_of_the_runs() {
        let (runs, _) = history(true);
        let usual = runs[0].trimp100.unwrap() / runs[0].srpe_au.unwrap();
        let session = scored(ride(0.0, Some(4.0)), true);
        assert_eq!(session.load_basis, Some(LoadBasis::Rpe));
        let expected = 4.0 * session.timer_s / 60.0 * usual;
        assert!((session.load_au.unwrap() / expected - 1.0).abs() < 0.01, "{session:?}");
    }

    #[test]
    fn no_load_is_made_up() {
        let without = [scored(ride(0.0, None), true), scored(ride(0.0, Some(4.0)), false)];
        assert!(without.iter().all(|session| session.load_au.is_none() && session.ladder.len() == 2));
        assert_eq!(loads(&without).count(), 0);
        let said = without_load(&without).unwrap();
        assert!(said.contains("2 cycling") && said.contains(&without[0].file), "{said}");
        assert_eq!(without_load(&[scored(ride(150.0, None), false)]), None);
    }

    #[test]
    fn nothing_after_a_session_moves_its_load() {
        let (runs, thresholds) = history(true);
        let session = |runs: &[Run]| cross(&[ride(0.0, Some(4.0))], runs, &thresholds);
        let mut more = runs.clone();
        more.push(Run {
            date: plus(runs[0].date, 90),
            start_ms: i64::MAX,
            trimp100: Some(900.0),
            ..runs[0].clone()
        });
        assert_eq!(session(&runs), session(&more));
    }
}
