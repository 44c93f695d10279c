//! Seconds per bin of a quantity.

use serde::{Deserialize, Serialize};

/// Seconds in bins of equal width. Bin `k` holds the values nearest to `k * width`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Width of a bin in the unit of the quantity.
    pub width: f64,
    /// Index of the first bin of `seconds`.
    pub first: u32,
    /// Seconds per bin, from the first bin that is not empty to the last.
    pub seconds: Vec<f64>,
}

impl Histogram {
    /// Counts one second for each finite value of at least 0; `width` is above 0.
    #[must_use]
    pub fn count(values: &[f64], width: f64) -> Self {
        /// No quantity here reaches this many bins (heart rate 255, 50 m/s at 0.05, 20 kW at 10 W).
        const MAX_BIN: f64 = 2000.0;
        let mut seconds: Vec<f64> = Vec::new();
        for value in values.iter().filter(|value| **value >= 0.0) {
            let bin = (value / width + 0.5).min(MAX_BIN) as usize;
            if bin >= seconds.len() {
                seconds.resize(bin + 1, 0.0);
            }
            seconds[bin] += 1.0;
        }
        let first = seconds.iter().take_while(|s| **s == 0.0).count();
        seconds.drain(..first);
        Self { width, first: first as u32, seconds }
    }

    /// The value at the middle of each bin, with its seconds.
    pub fn iter(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        (self.first..).zip(&self.seconds).map(|(bin, seconds)| (f64::from(bin) * self.width, *seconds))
    }

    /// All seconds counted.
    #[must_use]
    pub fn total_s(&self) -> f64 {
        self.seconds.iter().sum()
    }

    /// Seconds at or above a value.
    #[must_use]
    pub fn at_least_s(&self, value: f64) -> f64 {
        self.iter().filter(|(at, _)| *at >= value).map(|(_, seconds)| seconds).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_seconds_and_skips_what_is_missing() {
        let h = Histogram::count(&[150.0, f64::NAN, 150.0, 152.0], 1.0);
        assert_eq!((h.first, h.seconds.clone()), (150, vec![2.0, 0.0, 1.0]));
        assert_eq!(h.total_s(), 3.0);
        assert_eq!(h.at_least_s(151.0), 1.0);
        assert_eq!(h.iter().next(), Some((150.0, 2.0)));
        assert_eq!(Histogram::count(&[], 1.0).total_s(), 0.0);
    }
}
