//! A straight line through points by ordinary least squares.

/// The line y = intercept + slope · x and how well it fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// y at x = 0.
    pub intercept: f64,
    /// Change of y per unit of x.
    pub slope: f64,
    /// Standard error of the slope, with n − 2 degrees of freedom.
    pub slope_se: f64,
    /// Share of the variance of y that the line explains, 0 to 1.
    pub r2: f64,
    /// y less the line, by point.
    pub residuals: Vec<f64>,
}

impl Line {
    /// The line through points (x, y); `None` under three points, or where x or y does not vary.
    ///
    /// ```
    /// use legwork::score::line::Line;
    /// let line = Line::fit(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]).unwrap();
    /// assert_eq!((line.intercept, line.slope, line.r2), (1.0, 2.0, 1.0));
    /// ```
    #[must_use]
    pub fn fit(points: &[(f64, f64)]) -> Option<Self> {
        if points.len() < 3 {
            return None;
        }
        let n = points.len() as f64;
        let mean_x = points.iter().map(|point| point.0).sum::<f64>() / n;
        let mean_y = points.iter().map(|point| point.1).sum::<f64>() / n;
        let sum = |term: fn(f64, f64) -> f64| -> f64 {
            points.iter().map(|point| term(point.0 - mean_x, point.1 - mean_y)).sum()
        };
        let (xx, xy, yy) = (sum(|x, _| x * x), sum(|x, y| x * y), sum(|_, y| y * y));
        if !(xx > 0.0 && yy > 0.0) {
            return None;
        }
        let slope = xy / xx;
        let intercept = mean_y - slope * mean_x;
        let residuals: Vec<f64> = points.iter().map(|(x, y)| y - (intercept + slope * x)).collect();
        let unexplained: f64 = residuals.iter().map(|r| r * r).sum();
        Some(Self {
            intercept,
            slope,
            slope_se: (unexplained / (n - 2.0) / xx).sqrt(),
            r2: 1.0 - unexplained / yy,
            residuals,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn points_that_give_no_line() {
        assert_eq!(Line::fit(&[(0.0, 0.0), (1.0, 1.0)]), None);
        assert_eq!(Line::fit(&[(1.0, 0.0), (1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(Line::fit(&[(0.0, f64::NAN), (1.0, 1.0), (2.0, 2.0)]), None);
    }

    proptest! {
        #[test]
        fn residuals_sum_to_nothing(ys in prop::collection::vec(-100.0..100.0_f64, 3..20)) {
            let points: Vec<(f64, f64)> = (0_u8..).map(f64::from).zip(ys).collect();
            let Some(line) = Line::fit(&points) else { return Ok(()) };
            let dot = |of: fn(f64) -> f64| -> f64 {
                line.residuals.iter().zip(&points).map(|(r, point)| r * of(point.0)).sum()
            };
            prop_assert!(dot(|_| 1.0).abs() < 1e-8 && dot(|x| x).abs() < 1e-7);
            prop_assert!((-1e-9..=1.0 + 1e-9).contains(&line.r2));
        }
    }
}
