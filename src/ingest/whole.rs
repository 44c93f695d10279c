//! The sums of the whole for a recording that broke off.
//!
//! Input are a broken recording and what a list says of the activity, output is the same recording with the distance and the
//! times of the list. Heart rate, terrain and speeds stay those of the part that was recorded.

use crate::digest::{Digest, DistanceSource};
use crate::model::text::clean;

/// A list has more than a recording only by more than this share; less is another way of measuring.
const MORE: f64 = 0.02;

/// What a list says of an activity; `None` is "not said".
#[derive(Debug, Clone, Copy, Default)]
pub struct Whole {
    /// Distance in m.
    pub distance_m: Option<f64>,
    /// From start to end in s.
    pub elapsed_s: Option<f64>,
    /// Timer running in s.
    pub timer_s: Option<f64>,
    /// Moving in s.
    pub moving_s: Option<f64>,
}

impl Whole {
    /// That of a row as a digest; without its distance where the runner has given one.
    pub fn of(row: &Digest, has_distance: bool) -> Self {
        let known = |seconds: f64| Some(seconds).filter(|seconds| *seconds > 0.0);
        Self {
            distance_m: row.distance_m.filter(|_| !has_distance),
            elapsed_s: known(row.elapsed_s),
            timer_s: known(row.timer_s),
            moving_s: known(row.moving_s),
        }
    }

    /// The share of the time that the recording has; `None` where it is not broken, or has all of it.
    pub fn share_in(&self, digest: &Digest) -> Option<f64> {
        let own_s = digest.elapsed_s.max(digest.timer_s);
        let whole_s = self.elapsed_s.or(self.timer_s)?;
        let is_as_far =
            self.distance_m.zip(digest.distance_m).is_none_or(|(all, own)| all * (1.0 + MORE) >= own);
        (digest.is_salvaged && is_as_far && own_s * (1.0 + MORE) < whole_s).then(|| own_s / whole_s)
    }

    /// Gives a recording that has this share of the time the sums of the whole, and says so; the names of what was put.
    pub fn put(&self, digest: &mut Digest, list: &str, share: f64) -> Vec<String> {
        if let Some(distance_m) = self.distance_m.filter(|all| digest.distance_m.is_none_or(|own| *all > own))
        {
            (digest.distance_m, digest.distance_source) = (Some(distance_m), DistanceSource::Device);
        }
        let longer = |own: f64, whole: Option<f64>| whole.map_or(own, |whole| whole.max(own));
        digest.elapsed_s = longer(digest.elapsed_s, self.elapsed_s.or(self.timer_s));
        digest.timer_s = longer(digest.timer_s, self.timer_s.or(self.moving_s));
        digest.moving_s = longer(digest.moving_s, self.moving_s).min(digest.timer_s);
        let pct = 100.0 * share;
        digest.remarks.push(format!(
            "broke off after {pct:.0} % of the time: distance and times of the whole are those of {}",
            clean(list)
        ));
        ["distance", "time"].map(str::to_owned).to_vec()
    }
}
