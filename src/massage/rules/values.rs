//! The values of rules that the config may set, and those in use.

use super::ALL;
use crate::error::Error;
use std::collections::BTreeMap;

/// One value of a rule that the config may set under `[rules]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tunable {
    /// Its key.
    pub key: &'static str,
    /// Value where the config is silent.
    pub default: f64,
    /// Least plausible value.
    pub min: f64,
    /// Greatest plausible value.
    pub max: f64,
    /// What it sets.
    pub about: &'static str,
}

impl Tunable {
    /// A value with its default and its plausible range.
    pub(super) const fn new(
        key: &'static str,
        default: f64,
        (min, max): (f64, f64),
        about: &'static str,
    ) -> Self {
        Self { key, default, min, max, about }
    }
}

/// Every value of every rule.
pub fn tunables() -> impl Iterator<Item = &'static Tunable> + Clone {
    ALL.iter().flat_map(|rule| rule.about().tunables)
}

/// The values in use: those of the config, else the defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct Values(BTreeMap<&'static str, f64>);

impl Default for Values {
    fn default() -> Self {
        Self(tunables().map(|one| (one.key, one.default)).collect())
    }
}

impl Values {
    /// The defaults with what the config says under `[rules]`.
    ///
    /// # Errors
    /// A key that no rule has names the nearest one, a value that is not plausible its range.
    pub fn new(said: &BTreeMap<String, f64>) -> Result<Self, Error> {
        let mut values = Self::default();
        for (key, &value) in said {
            let problem = |text: String| Error::config(format!("rules.{key}"), text);
            let Some(one) = tunables().find(|one| one.key == key) else {
                return Err(problem(crate::config::unknown::unknown(key, tunables().map(|one| one.key))));
            };
            if !(one.min..=one.max).contains(&value) {
                let range = format!("{value} is not plausible; give a value from {} to {}", one.min, one.max);
                return Err(problem(range));
            }
            values.0.insert(one.key, value);
        }
        Ok(values)
    }

    /// The value of a key.
    ///
    /// # Panics
    /// If no rule has the key: a mistake of the program, found by any test of that rule.
    #[must_use]
    pub fn get(&self, key: &str) -> f64 {
        *self.0.get(key).expect("every key in the code is one of a rule")
    }

    /// Whole days of a key.
    #[must_use]
    pub fn days(&self, key: &str) -> i64 {
        self.get(key).round() as i64
    }

    /// Every key with its value.
    #[must_use]
    pub fn all(&self) -> BTreeMap<String, f64> {
        self.0.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_config_says_is_checked() {
        let check = |key: &str, value: f64| Values::new(&BTreeMap::from([(key.to_owned(), value)]));
        assert_eq!(check("race.deep_min", 6.0).unwrap().days("race.deep_min"), 6);
        assert_eq!(check("race.deep_min", 6.0).unwrap().get("interval.comp"), 14.0);
        let unknown = check("race.deep_mim", 5.0).unwrap_err().to_string();
        assert!(unknown.contains("rules.race.deep_mim") && unknown.contains("race.deep_min"), "{unknown}");
        let wild = check("overdue", 9.0).unwrap_err().to_string();
        assert!(wild.contains("from 1.2 to 2"), "{wild}");
        assert!(check("overdue", f64::NAN).is_err());
    }
}
