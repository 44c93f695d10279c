//! Invented courses: closed loops on open water with an invented height profile.
//!
//! Input: a point in the middle of a large lake, and a kind of course. Output: position, altitude and grade
//! at any distance along it. Invariant: position and altitude depend on that distance alone, so every lap
//! of a loop meets the same hills at the same place.

use super::maths::{cos, sin};
use std::f64::consts::TAU;

/// Metres per degree of latitude on the sphere of radius 6 371 008.8 m.
pub const DEGREE_M: f64 = 111_195.08;
/// Points in the table of a loop.
const POINTS: usize = 1024;
/// Where the slope of the hill course begins, in m from the start.
const HILL_FOOT_M: f64 = 2_200.0;
/// Grade of that slope.
const HILL_GRADE: f64 = 0.08;
/// The slope eases in over this many metres.
const HILL_EASE_M: f64 = 20.0;

/// The kinds of course that the plans ask for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CourseKind {
    /// A long loop with a few metres of relief.
    Flat,
    /// A loop with some 10 m of climb a kilometre.
    Rolling,
    /// A loop with some 20 m of climb a kilometre.
    Hilly,
    /// Flat at first, then a steady slope of 8 %, for repeats.
    Hill,
    /// A round 400 m track.
    Track,
    /// A treadmill: no position, no altitude.
    Belt,
}

/// One course, ready to be looked up.
pub struct Course {
    home: (f64, f64),
    cos_lat: f64,
    length_m: f64,
    /// East and north of `home` in m, at equal distances along the loop; empty for a treadmill.
    points: Vec<(f64, f64)>,
    base_m: f64,
    /// Waves of the height profile: waves a loop, height in m.
    waves: &'static [(f64, f64)],
    kind: CourseKind,
}

impl Course {
    /// Lays out a course around `home` (latitude, longitude in degrees) whose mean altitude is `base_m`.
    pub fn new(kind: CourseKind, home: (f64, f64), base_m: f64) -> Self {
        let (length_m, waves): (f64, &'static [(f64, f64)]) = match kind {
            CourseKind::Flat => (7_300.0, &[(1.0, 4.0), (4.0, 1.8)]),
            CourseKind::Rolling => (5_600.0, &[(2.0, 11.0), (5.0, 2.0)]),
            CourseKind::Hilly => (9_000.0, &[(3.0, 27.0), (7.0, 3.0)]),
            CourseKind::Hill => (6_400.0, &[]),
            CourseKind::Track | CourseKind::Belt => (400.0, &[]),
        };
        let points = match kind {
            CourseKind::Belt => Vec::new(),
            CourseKind::Track => loop_points(length_m, |_| 1.0),
            _ => loop_points(length_m, |turn| {
                1.0 + 0.22 * cos(2.0 * turn + 0.6) + 0.09 * cos(3.0 * turn + 2.1)
            }),
        };
        Self { home, cos_lat: cos(home.0.to_radians()), length_m, points, base_m, waves, kind }
    }

    /// East and north of the middle in m at `along_m`; `None` on a treadmill.
    pub fn offset(&self, along_m: f64) -> Option<(f64, f64)> {
        if self.points.is_empty() {
            return None;
        }
        let place = along_m.rem_euclid(self.length_m) / self.length_m * POINTS as f64;
        let (index, share) = (place as usize % POINTS, place.fract());
        let (a, b) = (self.points[index], self.points[(index + 1) % POINTS]);
        Some((a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share))
    }

    /// Latitude and longitude in degrees of a point east and north of the middle.
    pub fn position(&self, (east_m, north_m): (f64, f64)) -> (f64, f64) {
        let lat = self.home.0 + north_m / DEGREE_M;
        (lat, self.home.1 + east_m / (DEGREE_M * self.cos_lat))
    }

    /// Altitude in m at `along_m`.
    pub fn altitude(&self, along_m: f64) -> f64 {
        if self.kind == CourseKind::Hill {
            let up = (along_m - HILL_FOOT_M).max(0.0);
            let eased = if up < HILL_EASE_M { up * up / (2.0 * HILL_EASE_M) } else { up - HILL_EASE_M / 2.0 };
            return self.base_m + HILL_GRADE * eased;
        }
        let turn = TAU * along_m / self.length_m;
        self.base_m + self.waves.iter().map(|(n, height)| height * sin(n * turn + n)).sum::<f64>()
    }

    /// Grade at `along_m` for someone who runs in the direction of the loop.
    pub fn grade(&self, along_m: f64) -> f64 {
        (self.altitude(along_m + 1.0) - self.altitude(along_m - 1.0)) / 2.0
    }
}

/// Points at equal distances along a closed curve with the given radius at each angle, scaled to `length_m`.
fn loop_points(length_m: f64, radius: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let fine = POINTS * 3;
    let at = |i: usize| {
        let turn = TAU * i as f64 / fine as f64;
        (radius(turn) * cos(turn), radius(turn) * sin(turn))
    };
    let mut along = vec![0.0];
    for i in 0..fine {
        let ((ax, ay), (bx, by)) = (at(i), at(i + 1));
        along.push(along[i] + ((bx - ax) * (bx - ax) + (by - ay) * (by - ay)).sqrt());
    }
    let scale = length_m / along[fine];
    (0..POINTS)
        .map(|k| {
            let wanted = along[fine] * k as f64 / POINTS as f64;
            let (x, y) = at(along.partition_point(|&distance| distance < wanted));
            (x * scale, y * scale)
        })
        .collect()
}
