//! The coefficients that hold: the table with what the config puts in its place.

use super::coefficients::{Coefficients, KEYS, TABLE};
use super::{N, Tissue};
use crate::config::{Config, unknown::unknown};
use crate::error::Error;
use serde::Serialize;

/// What doses are made with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Choice {
    /// The coefficients.
    pub table: [Coefficients; N],
    /// Do surfaces count?
    pub counts_surface: bool,
}

impl Default for Choice {
    fn default() -> Self {
        Self { table: TABLE, counts_surface: false }
    }
}

impl Choice {
    /// The table with the values of the config; an error names the key, what it takes, or the nearest that is known.
    pub fn of(config: &Config) -> Result<Self, Error> {
        let values = &config.tissues;
        let mut choice = Self { counts_surface: values.surface, ..Self::default() };
        for (name, coefficients) in &values.coefficients {
            let wrong = |key: &str, problem: String| {
                Err(Error::config(config.place(&format!("tissues.{key}")), problem))
            };
            let Some(at) = Tissue::ALL.iter().position(|tissue| tissue.name() == name) else {
                let known = Tissue::ALL.iter().map(|tissue| tissue.name());
                let meant = Tissue::of_site(name).map(Tissue::name);
                let did_you_mean = |meant| format!("is not a known key; did you mean {meant}?");
                return wrong(name, meant.map_or_else(|| unknown(name, known), did_you_mean));
            };
            for (key, value) in coefficients {
                let path = format!("{name}.{key}");
                let Some(slot) = choice.table[at].named_mut(key) else {
                    return wrong(&path, unknown(key, KEYS.iter().map(|key| key.name)));
                };
                *slot = *value;
            }
            if let Err(outside) = choice.table[at].check() {
                let path = format!("{name}.{}", outside.name);
                let (value, low, high) = (outside.value, outside.low, outside.high);
                return wrong(&path, format!("{value} is not plausible; give a value from {low} to {high}"));
            }
        }
        Ok(choice)
    }
}
