//! A straight line that single wild points do not bend.

/// Rounds of reweighting; after these the line moves no more than its own noise.
const ROUNDS: usize = 8;
/// Residuals beyond this many standard deviations lose weight (Huber 1964: 95 % efficient for normal noise).
const HUBER: f64 = 1.345;
/// Median absolute deviation to standard deviation for normal noise.
const MAD_TO_SD: f64 = 1.4826;
/// A line that moves less than this share of the noise between two rounds is found.
const STILL: f64 = 1e-3;

/// y = intercept + slope · x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    pub intercept: f64,
    pub slope: f64,
}

impl Line {
    /// The line through points by Huber's weights; level where all have one x, `None` without points.
    pub(crate) fn through(points: &[(f64, f64)]) -> Option<Self> {
        let mut line = Self::weighted(points, |_| 1.0)?;
        let xs = points.iter().map(|point| point.0);
        let (low, high) = (xs.clone().fold(f64::INFINITY, f64::min), xs.fold(f64::NEG_INFINITY, f64::max));
        let mut residuals: Vec<f64> = Vec::with_capacity(points.len());
        for _ in 0..ROUNDS {
            residuals.clear();
            residuals.extend(points.iter().map(|(x, y)| (y - line.at(*x)).abs()));
            let sd = MAD_TO_SD * median(&mut residuals)?;
            let limit = HUBER * sd;
            if limit <= 0.0 {
                break;
            }
            let next = Self::weighted(points, |(x, y)| (limit / (y - line.at(x)).abs()).min(1.0))?;
            let moved = |x: f64| (next.at(x) - line.at(x)).abs();
            let is_still = moved(low) < STILL * sd && moved(high) < STILL * sd;
            line = next;
            if is_still {
                break;
            }
        }
        Some(line)
    }

    /// The value at x.
    pub(crate) fn at(self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }

    fn weighted(points: &[(f64, f64)], weight: impl Fn((f64, f64)) -> f64) -> Option<Self> {
        let (x0, y0) = *points.first()?;
        let (mut n, mut sx, mut sy, mut sxx, mut sxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for point in points {
            // Against the first point, so that sums of squares do not cancel.
            let (x, y, w) = (point.0 - x0, point.1 - y0, weight(*point));
            n += w;
            sx += w * x;
            sy += w * y;
            sxx += w * x * x;
            sxy += w * x * y;
        }
        let spread = sxx - sx * sx / n;
        let slope = if spread > 1e-9 * n { (sxy - sx * sy / n) / spread } else { 0.0 };
        let line = Self { intercept: y0 + (sy - slope * sx) / n - slope * x0, slope };
        (line.intercept.is_finite() && line.slope.is_finite()).then_some(line)
    }
}

/// The upper median.
fn median(values: &mut [f64]) -> Option<f64> {
    at_share(values, 1, 2)
}

/// The value below which `parts` of `of` values lie, without the cost of sorting; the values lose their order.
pub(super) fn at_share(values: &mut [f64], parts: usize, of: usize) -> Option<f64> {
    let at = values.len() * parts / of;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(at, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_found_again() {
        let points: Vec<(f64, f64)> =
            (0..40).map(|k| f64::from(k) / 10.0).map(|x| (x, 70.0 + 28.0 * x)).collect();
        let line = Line::through(&points).unwrap();
        assert!((line.intercept - 70.0).abs() < 1e-9 && (line.slope - 28.0).abs() < 1e-9);
        assert_eq!(Line::through(&[(1.0, 2.0), (1.0, 4.0)]), Some(Line { intercept: 3.0, slope: 0.0 }));
        assert_eq!(Line::through(&[]), None);
    }

    #[test]
    fn a_tenth_of_wild_points_hardly_bends_it() {
        let noise = |k: u32| f64::from(k * 7919 % 13) / 13.0 - 0.5;
        let mut points: Vec<(f64, f64)> =
            (0..100).map(|k| (f64::from(k) / 50.0, 10.0 + 5.0 * f64::from(k) / 50.0 + noise(k))).collect();
        points.iter_mut().step_by(10).for_each(|point| point.1 += 40.0);
        let line = Line::through(&points).unwrap();
        assert!((line.at(1.0) - 15.0).abs() < 0.2, "{line:?}");
        assert!((Line::weighted(&points, |_| 1.0).unwrap().at(1.0) - 15.0).abs() > 3.0);
    }

    proptest! {
        #[test]
        fn scaling_and_moving_y_moves_the_line(ys in prop::collection::vec(-10.0..10.0_f64, 3..60), by in -50.0..50.0_f64) {
            let points: Vec<(f64, f64)> = ys.iter().enumerate().map(|(k, y)| (k as f64 / 10.0, *y)).collect();
            let moved: Vec<(f64, f64)> = points.iter().map(|(x, y)| (*x, y + by)).collect();
            let (line, other) = (Line::through(&points).unwrap(), Line::through(&moved).unwrap());
            prop_assert!((line.at(1.0) + by - other.at(1.0)).abs() < 1e-4);
        }
    }
}
