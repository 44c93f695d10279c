//! How readings of a signal are written for people: title, unit, digits.
//!
//! Input: a [`SignalKind`] and the units of the analysis. Output: a [`Form`]. Invariant: page and charts write a reading
//! alike.

use super::text;
use crate::model::units::{FOOT_M, Units};
use crate::signals::SignalKind;

/// The form of a signal's readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What is measured, with the pace at which it is stated.
    pub title: String,
    /// What a value is multiplied with.
    pub factor: f64,
    /// The unit after that; empty where there is none.
    pub unit: &'static str,
    /// Digits that a change worth a look shows up in.
    pub decimals: usize,
}

impl Form {
    /// The form of a signal; `speed_mps` is the speed at which it is stated, where it is matched by speed.
    #[must_use]
    pub fn new(kind: SignalKind, speed_mps: Option<f64>, units: Units) -> Self {
        let pace = speed_mps.map(|speed| units.pace(speed));
        let title = match (kind, units) {
            (SignalKind::Efficiency, Units::Imperial) => "feet per heart beat".to_owned(),
            (SignalKind::WarmUpLag, Units::Imperial) => "distance a beat, early over later".to_owned(),
            _ => kind.title(pace.as_deref()),
        };
        let (factor, unit) = match (kind.unit(), units) {
            ("m", Units::Imperial) => (1.0 / FOOT_M, "ft"),
            ("m/beat", Units::Imperial) => (1.0 / FOOT_M, "ft/beat"),
            ("ratio", _) => (1.0, ""),
            (unit, _) => (1.0, unit),
        };
        let decimals = match kind.unit() {
            "m" | "m/beat" | "ratio" => 2,
            "%" | "pp" => 1,
            _ => 0,
        };
        Self { title, factor, unit, decimals }
    }
}

/// A change with its sign and unit: `+4.5 bpm`.
#[must_use]
pub fn changed(kind: SignalKind, change: f64) -> String {
    let number = text::number(change, 1);
    let sign = if change > 0.0 && number != "0.0" { "+" } else { "" };
    format!("{sign}{number} {}", kind.change_unit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_follow_the_units_and_beats_do_not() {
        let form = Form::new(SignalKind::StepLength, Some(3.0), Units::Imperial);
        assert_eq!((form.title.as_str(), form.unit), ("step length at 8:56/mi", "ft"));
        assert!((form.factor * 1.2 - 3.937).abs() < 1e-3);
        assert_eq!(Form::new(SignalKind::Efficiency, None, Units::Imperial).title, "feet per heart beat");
        let beats = Form::new(SignalKind::HrAtPace, Some(3.0), Units::Metric);
        assert_eq!((beats.title.as_str(), beats.factor, beats.decimals), ("heart rate at 5:33/km", 1.0, 0));
    }
}
