//! What a row adds to a recording.

use super::super::Summary;
use crate::digest::{Digest, DistanceSource};
use crate::ingest::whole::Whole;
use crate::model::Sport;
use crate::text::last_part;
use std::collections::HashSet;

/// A runner who corrects a treadmill does so by more than this share.
const EDITED: f64 = 0.01;

/// Lays rows over recordings, list by list.
pub(super) struct Lay {
    /// The name of the list without its folders.
    list: String,
    /// Recordings that have their title from a list already, by `id`: the first list counts.
    titled: HashSet<String>,
    /// The same for the distance.
    distanced: HashSet<String>,
    /// Recordings that have their effort from a row.
    rated: HashSet<String>,
}

impl Lay {
    pub(super) fn new() -> Self {
        Self { list: String::new(), titled: HashSet::new(), distanced: HashSet::new(), rated: HashSet::new() }
    }

    /// What comes is of the list at this path.
    pub(super) fn begin(&mut self, path: &str) {
        last_part(path).clone_into(&mut self.list);
    }

    /// A recording that was made of a row of this list has its title.
    pub(super) fn has_title(&mut self, made: &Digest) {
        if made.title.is_some() {
            self.titled.insert(made.id.clone());
        }
    }

    /// A row over the recording that it names; `is_alone` where the file holds no other.
    pub(super) fn over_named(&mut self, digest: &mut Digest, row: &Summary, is_alone: bool) {
        if is_alone {
            self.over(digest, row);
            let whole = Whole {
                distance_m: row.distance_m,
                elapsed_s: row.elapsed_s.or(row.timer_s),
                timer_s: row.likely_timer_s(),
                moving_s: row.moving_s,
            };
            if let Some(share) = whole.share_in(digest) {
                whole.put(digest, &self.list, share);
            }
        } else if row.sport == Sport::Unknown || row.sport.is_alike(digest.sport) {
            // Of several sports in a file the row tells which one it means, and its sums are of who knows which.
            self.over(digest, &Summary { distance_m: None, sport: Sport::Unknown, ..row.clone() });
        }
    }

    /// A row over a recording of the same activity.
    pub(super) fn over(&mut self, digest: &mut Digest, row: &Summary) {
        if row.title.is_some() && self.titled.insert(digest.id.clone()) {
            digest.title.clone_from(&row.title);
        }
        if is_more_exact(row.sport, digest) {
            digest.sport = row.sport;
            digest.sport_inferred = false;
        }
        digest.is_race |= row.is_race;
        digest.is_long |= row.is_long;
        // A watch writes an effort unasked; on the platform the runner has entered it.
        if row.rpe.is_some() && self.rated.insert(digest.id.clone()) {
            digest.rpe = row.rpe;
        }
        self.take_distance(digest, row);
    }

    /// On a belt the runner's own distance counts, which they have put in the place of the watch's.
    fn take_distance(&mut self, digest: &mut Digest, row: &Summary) {
        let is_indoor = digest.sport.is_indoor() || row.sport.is_indoor();
        let Some(true_m) = row.distance_m.filter(|_| is_indoor) else { return };
        let recorded_m = digest.distance_m.unwrap_or(0.0);
        if (true_m - recorded_m).abs() <= EDITED * true_m {
            return;
        }
        if !self.distanced.insert(digest.id.clone()) {
            return;
        }
        (digest.distance_m, digest.distance_source) = (Some(true_m), DistanceSource::Device);
        let change = if recorded_m > 0.0 {
            format!(", {:+.0} % against the recording", 100.0 * (true_m / recorded_m - 1.0))
        } else {
            String::new()
        };
        digest.remarks.push(format!(
            "was run indoors: the distance in {} counts{change}; speeds by the second stay as recorded",
            self.list
        ));
    }
}

/// Does the list know better what it was? Where the file is silent, and where both say running, but the list says of which
/// kind.
fn is_more_exact(listed: Sport, digest: &Digest) -> bool {
    let is_silent = digest.sport == Sport::Unknown || digest.sport_inferred;
    let is_finer = digest.sport == Sport::Running && listed.is_run() && listed != Sport::Running;
    listed != Sport::Unknown && (is_silent || is_finer)
}
