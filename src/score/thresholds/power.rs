//! Critical power from a history, each meter for itself (science 1.7).

use super::Profile;
use super::estimate::{Estimate, Origin, Timeline};
use super::speed::is_near_max;
use crate::digest::effort::DURATIONS_S;
use crate::model::Day;
use crate::model::calendar::days_between;
use crate::score::Dated;
use crate::score::critical_speed::EFFORT_S;
use crate::score::power::CriticalPower;
use std::collections::BTreeMap;

/// How far back efforts count.
const EFFORT_DAYS: i64 = 90;
/// Least share of variance that the line must explain, as for critical speed.
const MIN_R2: f64 = 0.995;
/// Largest standard error as a share of the critical power, as for critical speed.
const MAX_SE_SHARE: f64 = 0.03;

/// The best mean power in W of one run for each of [`DURATIONS_S`] that fits, and whether it was near the limit.
struct Efforts {
    date: Day,
    best: Vec<(f64, bool)>,
}

/// What is known of a runner's power so far.
pub(crate) struct Power {
    given: Option<f64>,
    recent: BTreeMap<String, Vec<Efforts>>,
    pub critical: BTreeMap<String, Timeline>,
}

impl Power {
    pub(crate) fn new(profile: &Profile) -> Self {
        Self { given: profile.critical_power_w, recent: BTreeMap::new(), critical: BTreeMap::new() }
    }

    /// Takes in a run. What the config says holds for every meter: a runner with two would have to say of which.
    pub(crate) fn see(&mut self, run: &Dated, is_race: bool, hr_max: Option<f64>) {
        let digest = &run.digest;
        let Some(meter) = digest.power_source.clone().filter(|_| !digest.best_power_w.is_empty()) else {
            return;
        };
        let line = self.critical.entry(meter.clone()).or_default();
        if let Some(given) = self.given {
            if line.last().is_none() {
                line.push(Estimate::always(given, Origin::Config));
            }
            return;
        }
        let recent = self.recent.entry(meter).or_default();
        recent.retain(|one| days_between(one.date, run.date) <= EFFORT_DAYS);
        let best = digest.best_power_w.iter().enumerate();
        let best = best.map(|(index, watts)| (*watts, is_race || is_near_max(digest, index, hr_max)));
        recent.push(Efforts { date: run.date, best: best.collect() });
        if let Some(watts) = fit(recent) {
            line.renew(Estimate::shown(watts, Origin::CriticalSpeed, run.date, &digest.file));
        }
    }
}

/// The line through the best efforts of 2 to 20 min, where it is good and one of them was near the limit.
fn fit(recent: &[Efforts]) -> Option<f64> {
    let mut efforts = Vec::new();
    let mut is_near_max = false;
    for (index, seconds) in DURATIONS_S.iter().map(|s| *s as f64).enumerate() {
        let best = recent.iter().filter_map(|run| run.best.get(index)).max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((watts, is_near)) = best.filter(|(watts, _)| *watts > 0.0 && EFFORT_S.contains(&seconds))
        else {
            continue;
        };
        efforts.push((seconds, *watts));
        is_near_max |= is_near;
    }
    let line = CriticalPower::fit(&efforts)?;
    let is_good = line.r2 >= MIN_R2
        && line.power_se_w <= MAX_SE_SHARE * line.power_w
        && line.reserve_j > 0.0
        && is_near_max;
    is_good.then_some(line.power_w)
}
