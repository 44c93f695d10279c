//! Conversions between what files store, what is computed and what people read.

use serde::{Deserialize, Serialize};

/// Metres in a mile.
pub const MILE_M: f64 = 1609.344;
/// Metres in a foot.
pub const FOOT_M: f64 = 0.3048;

/// The units that people read; everything inside is in m and s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Units {
    /// Kilometres and metres.
    #[default]
    Metric,
    /// Miles and feet.
    Imperial,
}

impl Units {
    /// Metres in one long unit.
    #[must_use]
    pub fn long_m(self) -> f64 {
        match self {
            Self::Metric => 1000.0,
            Self::Imperial => MILE_M,
        }
    }

    /// The name of the long unit.
    #[must_use]
    pub fn long_name(self) -> &'static str {
        match self {
            Self::Metric => "km",
            Self::Imperial => "mi",
        }
    }

    /// A distance as text with one decimal: `12.3 km`.
    #[must_use]
    pub fn distance(self, metres: f64) -> String {
        format!("{:.1} {}", metres / self.long_m(), self.long_name())
    }

    /// Metres in one short unit.
    #[must_use]
    pub fn short_m(self) -> f64 {
        match self {
            Self::Metric => 1.0,
            Self::Imperial => FOOT_M,
        }
    }

    /// The name of the short unit.
    #[must_use]
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Metric => "m",
            Self::Imperial => "ft",
        }
    }

    /// A height as text: `340 m` or `1115 ft`.
    #[must_use]
    pub fn height(self, metres: f64) -> String {
        format!("{:.0} {}", metres / self.short_m(), self.short_name())
    }

    /// A speed as pace: `5:00/km`; empty for no speed. Rounds before it splits, so 59.6 s never reads `4:60`.
    ///
    /// ```
    /// use legwork::model::units::Units;
    /// assert_eq!(Units::Metric.pace(1000.0 / 299.6), "5:00/km");
    /// assert_eq!(Units::Imperial.pace(3.0), "8:56/mi");
    /// ```
    #[must_use]
    pub fn pace(self, speed_mps: f64) -> String {
        if !speed_mps.is_finite() || speed_mps <= 0.0 {
            return String::new();
        }
        let seconds = (self.long_m() / speed_mps).round() as u64;
        format!("{}:{:02}/{}", seconds / 60, seconds % 60, self.long_name())
    }
}

/// A duration as text: `1:02:05` or `42:10`.
#[must_use]
pub fn duration(seconds: f64) -> String {
    let total = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_carry_instead_of_reading_sixty() {
        assert_eq!(duration(3599.6), "1:00:00");
        assert_eq!(duration(59.4), "0:59");
        assert_eq!(Units::Metric.pace(1000.0 / 359.5), "6:00/km");
        assert_eq!(Units::Metric.pace(0.0), "");
    }
}
