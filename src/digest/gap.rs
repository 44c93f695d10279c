//! Grade-adjusted speed: what a speed on a slope is worth on the level.
//!
//! Input is a grade as rise over run (0.10 = 10 %), output a factor on speed. Both models stay inside the
//! range in which they were fitted by clamping the grade.

/// Grades beyond this were never measured by Minetti 2002 and are clamped.
pub const MINETTI_MAX_GRADE: f64 = 0.45;

/// Cost of running on a grade in J/kg/m: the polynomial of Minetti et al. 2002, J Appl Physiol 93:1039–1046.
///
/// Fitted on grades from −0.45 to +0.45; the grade is clamped to that range.
///
/// ```
/// use legwork::digest::gap::minetti_cost;
/// assert!((minetti_cost(0.10) - 5.96821).abs() < 5e-6);
/// ```
#[must_use]
pub fn minetti_cost(grade: f64) -> f64 {
    let i = grade.clamp(-MINETTI_MAX_GRADE, MINETTI_MAX_GRADE);
    ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
}

/// Cost on a grade over the polynomial's own cost on the level (3.6 J/kg/m).
#[must_use]
pub fn minetti_factor(grade: f64) -> f64 {
    minetti_cost(grade) / 3.6
}

/// Grade in percent and factor: the heart-rate-matched curve that Strava published in 2017, as tabulated in
/// GoldenCheetah.
pub const STRAVA_2017: [(f64, f64); 48] = [
    (-40.0, 1.937),
    (-34.0, 1.665),
    (-32.0, 1.590),
    (-30.0, 1.490),
    (-28.0, 1.400),
    (-26.0, 1.315),
    (-24.0, 1.240),
    (-22.0, 1.160),
    (-20.0, 1.085),
    (-18.0, 1.020),
    (-16.0, 0.965),
    (-14.0, 0.920),
    (-12.0, 0.885),
    (-10.0, 0.875),
    (-9.0, 0.875),
    (-8.0, 0.875),
    (-7.0, 0.875),
    (-6.0, 0.885),
    (-5.0, 0.900),
    (-4.0, 0.910),
    (-3.0, 0.935),
    (-2.0, 0.950),
    (-1.0, 0.980),
    (0.0, 1.000),
    (1.0, 1.020),
    (2.0, 1.050),
    (3.0, 1.100),
    (4.0, 1.140),
    (5.0, 1.190),
    (6.0, 1.240),
    (7.0, 1.290),
    (8.0, 1.350),
    (9.0, 1.410),
    (10.0, 1.480),
    (12.0, 1.600),
    (14.0, 1.770),
    (16.0, 1.930),
    (18.0, 2.110),
    (20.0, 2.280),
    (22.0, 2.470),
    (24.0, 2.645),
    (26.0, 2.820),
    (28.0, 2.985),
    (30.0, 3.160),
    (32.0, 3.320),
    (34.0, 3.470),
    (40.0, 3.739),
    // A sentinel, so that the search always finds a pair to interpolate between.
    (41.0, 3.739),
];

/// The `strava2017` factor on speed, linear between the points and clamped at ±40 %.
///
/// ```
/// use legwork::digest::gap::strava_factor;
/// assert_eq!(strava_factor(0.0), 1.0);
/// assert!((strava_factor(-0.10) - 0.875).abs() < 1e-12);
/// ```
#[must_use]
pub fn strava_factor(grade: f64) -> f64 {
    let percent = (grade * 100.0).clamp(-40.0, 40.0);
    let right = STRAVA_2017.partition_point(|&(at, _)| at <= percent).max(1);
    let ((x0, y0), (x1, y1)) = (STRAVA_2017[right - 1], STRAVA_2017[right]);
    y0 + (y1 - y0) * (percent - x0) / (x1 - x0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v11_minetti_gives_the_printed_table() {
        let table = [
            (-0.45, 4.03231, 1.12008),
            (-0.40, 3.60966, 1.00268),
            (-0.35, 3.03086, 0.84190),
            (-0.30, 2.46224, 0.68395),
            (-0.25, 2.02480, 0.56245),
            (-0.20, 1.80003, 0.50001),
            (-0.15, 1.83570, 0.50992),
            (-0.10, 2.15171, 0.59770),
            (-0.05, 2.74592, 0.76276),
            (0.0, 3.6, 1.0),
            (0.05, 4.68520, 1.30144),
            (0.10, 5.96821, 1.65784),
            (0.15, 7.41702, 2.06028),
            (0.20, 9.00669, 2.50186),
            (0.25, 10.72520, 2.97922),
            (0.30, 12.57928, 3.49424),
            (0.35, 14.60026, 4.05563),
            (0.40, 16.84986, 4.68052),
            (0.45, 19.42601, 5.39612),
        ];
        for (grade, cost, factor) in table {
            assert!((minetti_cost(grade) - cost).abs() < 6e-6, "{grade}");
            assert!((minetti_factor(grade) - factor).abs() < 6e-6, "{grade}");
        }
        assert_eq!(minetti_cost(0.9).to_bits(), minetti_cost(0.45).to_bits());
    }

    #[test]
    fn v12_strava_curve_passes_through_its_points_and_clamps() {
        for (percent, factor) in STRAVA_2017 {
            assert!((strava_factor(percent / 100.0) - factor).abs() < 1e-9, "{percent}");
        }
        assert!((strava_factor(0.11) - 1.54).abs() < 1e-9);
        assert!((strava_factor(-3.0) - 1.937).abs() < 1e-12);
        assert!((strava_factor(0.5) - 3.739).abs() < 1e-12);
    }

    #[test]
    fn e1_4_five_minutes_a_km_on_slopes() {
        let speed = 1000.0 / 300.0;
        assert!((speed * minetti_factor(0.10) - 5.526_124).abs() < 1e-6);
        assert!((speed * minetti_factor(-0.10) - 1.992_320).abs() < 1e-6);
        let pace = |grade: f64| 1000.0 / (speed * minetti_factor(grade));
        assert!((pace(0.05) - 230.5).abs() < 0.05);
        assert!((pace(-0.05) - 393.3).abs() < 0.05);
        let out_and_back = |grade: f64| f64::midpoint(minetti_factor(grade), minetti_factor(-grade));
        assert!((out_and_back(0.05) - 1.03210).abs() < 1e-5);
        assert!((out_and_back(0.10) - 1.12777).abs() < 1e-5);
    }
}
