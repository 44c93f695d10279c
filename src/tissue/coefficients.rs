//! What speed, grade and step length do to each tissue: the coefficients as data (science 5.1 and 5.2).

use super::{N, Tissue};
use serde::Serialize;

/// How well a row of the table is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Signs and sizes are heuristic.
    Low,
    /// Some sizes come from measurements.
    Medium,
}

impl Confidence {
    /// The word for a reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
        }
    }
}

/// The coefficients of one tissue.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Coefficients {
    /// The tissue.
    pub tissue: Tissue,
    /// a: exponent of speed over 3.0 m/s.
    pub speed: f64,
    /// u: change of peak load per unit of grade uphill.
    pub up: f64,
    /// d: change of peak load per unit of grade downhill.
    pub down: f64,
    /// s: exponent of step length over the expected one.
    pub step_length: f64,
    /// m: exponent of damage; 1 is plain cumulative load.
    pub damage: f64,
    /// Is the tissue loaded in stance, so that contact time counts, or in swing?
    pub is_stance: bool,
    /// How well this is founded.
    pub confidence: Confidence,
    /// What it is founded on; H is heuristic.
    pub source: &'static str,
}

/// A coefficient outside its range.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{tissue}: {name} is {value}, must be {low} to {high}", tissue = tissue.name())]
pub struct OutOfRange {
    /// The tissue.
    pub tissue: Tissue,
    /// The coefficient.
    pub name: &'static str,
    /// What it was.
    pub value: f64,
    /// Lowest value allowed.
    pub low: f64,
    /// Highest value allowed.
    pub high: f64,
}

/// A coefficient that the config can set.
#[derive(Debug, Clone, Copy)]
pub struct CoefficientKey {
    /// Its name in the config.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Values that the model allows.
    pub range: (f64, f64),
}

const fn key(name: &'static str, about: &'static str, range: (f64, f64)) -> CoefficientKey {
    CoefficientKey { name, about, range }
}

/// The coefficients of a tissue with their ranges (science 5.2).
pub const KEYS: [CoefficientKey; 5] = [
    key("speed", "a: exponent of speed over 3.0 m/s", (0.0, 1.5)),
    key("up", "u: change of peak load per unit of grade uphill", (-3.0, 5.0)),
    key("down", "d: change of peak load per unit of grade downhill", (-3.0, 5.0)),
    key("step_length", "s: exponent of step length over the expected one", (-1.0, 3.0)),
    key("damage", "m: exponent of damage; 1 is plain cumulative load", (1.0, 9.0)),
];
/// A grade changes the peak load to no less than this share.
const MIN_GRADE_FACTOR: f64 = 0.3;
/// The speed in m/s at which an equivalent kilometre is run.
pub const REFERENCE_MPS: f64 = 3.0;

impl Coefficients {
    /// Every coefficient within the range that the model allows?
    pub fn check(&self) -> Result<(), OutOfRange> {
        let fits = |(key, value): &(CoefficientKey, f64)| (key.range.0..=key.range.1).contains(value);
        let outside = KEYS.into_iter().zip(self.values()).find(|one| !fits(one));
        outside.map_or(Ok(()), |(key, value)| {
            Err(OutOfRange {
                tissue: self.tissue,
                name: key.name,
                value,
                low: key.range.0,
                high: key.range.1,
            })
        })
    }

    /// The coefficients in the order of [`KEYS`].
    #[must_use]
    pub fn values(&self) -> [f64; KEYS.len()] {
        [self.speed, self.up, self.down, self.step_length, self.damage]
    }

    /// The coefficient of a name in the config.
    pub(super) fn named_mut(&mut self, name: &str) -> Option<&mut f64> {
        match name {
            "speed" => Some(&mut self.speed),
            "up" => Some(&mut self.up),
            "down" => Some(&mut self.down),
            "step_length" => Some(&mut self.step_length),
            "damage" => Some(&mut self.damage),
            _ => None,
        }
    }

    /// Damage of one step against one at 3.0 m/s on the level: F^m, with F the relative peak load.
    #[must_use]
    pub fn per_step(&self, speed_mps: f64, grade: f64, step_length_ratio: f64) -> f64 {
        self.by_speed(speed_mps) * self.by_grade(grade) * self.by_step_length(step_length_ratio)
    }

    /// The part of speed in the damage of a step.
    #[must_use]
    pub fn by_speed(&self, speed_mps: f64) -> f64 {
        (speed_mps / REFERENCE_MPS).powf(self.speed * self.damage)
    }

    /// The part of the grade, which is rise over run.
    #[must_use]
    pub fn by_grade(&self, grade: f64) -> f64 {
        let slope = if grade >= 0.0 { self.up } else { self.down };
        (1.0 + slope * grade.abs()).max(MIN_GRADE_FACTOR).powf(self.damage)
    }

    /// The part of step length over the expected one.
    #[must_use]
    pub fn by_step_length(&self, ratio: f64) -> f64 {
        ratio.powf(self.step_length * self.damage)
    }
}

/// A row of the table: speed, up, down, step length, damage.
const fn row(
    tissue: Tissue,
    [speed, up, down, step_length, damage]: [f64; 5],
    is_stance: bool,
    confidence: Confidence,
    source: &'static str,
) -> Coefficients {
    Coefficients { tissue, speed, up, down, step_length, damage, is_stance, confidence, source }
}

/// The table of science 5.2, in the order of [`Tissue::ALL`].
pub const TABLE: [Coefficients; N] = [
    row(
        Tissue::CalfAchilles,
        [0.41, 1.0, -0.5, 0.5, 4.0],
        true,
        Confidence::Medium,
        "a tensiometry (PMC11096059); signs of u and d Van Hooren 2024, sizes, s and m H",
    ),
    row(
        Tissue::TibiaShin,
        [0.23, 0.7, 0.0, 1.0, 7.0],
        true,
        Confidence::Medium,
        "a and u Matijevich 2019 data; d 0 because sources disagree; sign of s Edwards 2009; m of bone",
    ),
    row(
        Tissue::PlantarFoot,
        [0.35, 0.7, 0.0, 0.5, 4.0],
        true,
        Confidence::Low,
        "follows the Achilles tendon through the windlass; H",
    ),
    row(
        Tissue::QuadPf,
        [0.50, -1.0, 2.0, 2.0, 4.0],
        true,
        Confidence::Medium,
        "s Willson 2014 and Lenhart 2014; sign of d from five sources, size H; a H, agrees with Petersen 2015",
    ),
    row(
        Tissue::Hamstrings,
        [1.00, 1.0, 0.0, -0.5, 3.0],
        false,
        Confidence::Low,
        "signs of a and s Dorn 2012, Schache 2014, Lenhart 2014; sizes H",
    ),
    row(
        Tissue::GluteItbLat,
        [0.35, 1.0, 1.0, 1.0, 4.0],
        true,
        Confidence::Low,
        "u Telhan 2010; d clinical, H; sign of s Heiderscheit 2011 and Lenhart 2014",
    ),
    row(
        Tissue::HipFlexors,
        [1.00, 1.0, 0.0, -0.5, 3.0],
        false,
        Confidence::Low,
        "Dorn 2012, Schache 2014, Lenhart 2014 (rectus femoris); H",
    ),
    row(Tissue::Adductors, [0.50, 0.7, 0.3, 0.5, 4.0], true, Confidence::Low, "expert heuristic, H"),
    row(
        Tissue::LowBack,
        [0.40, 0.5, 0.5, 0.5, 3.0],
        true,
        Confidence::Low,
        "expert heuristic, H (time on the feet)",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_in_range() {
        for (coefficients, tissue) in TABLE.iter().zip(Tissue::ALL) {
            assert_eq!(coefficients.tissue, tissue);
            assert_eq!(coefficients.check(), Ok(()));
            assert_eq!(coefficients.per_step(3.0, 0.0, 1.0), 1.0);
        }
        let wild = Coefficients { down: 5.1, ..TABLE[3] };
        assert_eq!(wild.check().unwrap_err().to_string(), "quad_pf: down is 5.1, must be -3 to 5");
        assert!(Coefficients { damage: 0.9, ..TABLE[0] }.check().is_err());
        assert!(Coefficients { speed: f64::NAN, ..TABLE[0] }.check().is_err());
    }

    #[test]
    fn e5_1_a_step_on_a_tenth_up_and_down() {
        let check = |tissue: Tissue, up: f64, down: f64| {
            let row = TABLE.iter().find(|row| row.tissue == tissue).unwrap();
            let (found_up, found_down) = (row.per_step(3.0, 0.10, 1.0), row.per_step(3.0, -0.10, 1.0));
            assert!((found_up - up).abs() < 6e-4 && (found_down - down).abs() < 6e-4, "{tissue:?}");
        };
        check(Tissue::CalfAchilles, 1.464, 0.815);
        check(Tissue::TibiaShin, 1.606, 1.000);
        check(Tissue::QuadPf, 0.656, 2.074);
        check(Tissue::GluteItbLat, 1.464, 1.464);
        check(Tissue::Hamstrings, 1.331, 1.000);
    }

    #[test]
    fn the_load_of_a_step_never_vanishes_on_a_grade() {
        let steep = Coefficients { up: -3.0, damage: 1.0, ..TABLE[3] };
        assert!((steep.per_step(3.0, 0.30, 1.0) - 0.3).abs() < 1e-12);
    }
}
