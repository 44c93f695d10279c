//! The rules for massage that can be tuned: key, default, plausible range (science 7.4).

/// One tunable value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Key in `[rules]`.
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

const fn rule(key: &'static str, default: f64, min: f64, max: f64, about: &'static str) -> Rule {
    Rule { key, default, min, max, about }
}

/// Every tunable rule.
pub const RULES: [Rule; 18] = [
    rule("interval.rec", 28.0, 21.0, 35.0, "R1: days between sessions, recreational"),
    rule("interval.comp", 14.0, 7.0, 21.0, "R1: days between sessions, competitive"),
    rule("interval.marathon", 10.0, 7.0, 14.0, "R1: days between sessions, marathon phase"),
    rule("modifier.peak", 0.7, 0.5, 1.5, "R2: factor on the interval in a peak block"),
    rule("modifier.build", 0.85, 0.5, 1.5, "R2: factor on the interval in a build block"),
    rule("modifier.high_week", 0.85, 0.5, 1.5, "R2: factor in a week among the highest tenth of 180 days"),
    rule("modifier.tightness", 0.8, 0.5, 1.5, "R2: factor while one site was noted three times in 14 days"),
    rule("modifier.age", 0.9, 0.5, 1.5, "R2: factor from the age of 50"),
    rule("modifier.stress", 0.9, 0.5, 1.5, "R2: factor while the stress noted is at least 7 of 10"),
    rule("modifier.low_load", 1.25, 0.5, 1.5, "R2: factor while the month is below 0.7 of the usual one"),
    rule("after_long.days", 3.0, 1.0, 4.0, "R3: days after a long run in which work fits"),
    rule("after_hard.days", 2.0, 1.0, 3.0, "R4: days after a quality session in which work fits"),
    rule("peak.every", 10.0, 7.0, 14.0, "R5: days between sessions in a peak block"),
    rule("race.deep_min", 5.0, 3.0, 10.0, "R9: least days from the last deep work to a race"),
    rule("race.light", 2.0, 1.0, 3.0, "R9: best day for light work before a race"),
    rule("post.light", 4.0, 1.0, 7.0, "R10: days after a race in which light work is offered"),
    rule("key.deep_h", 48.0, 24.0, 96.0, "R11: least hours from deep work to a key session"),
    rule("overdue", 1.5, 1.2, 2.0, "R13: share of the interval from which work is overdue"),
];

/// Values of all rules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    values: [f64; RULES.len()],
}

impl serde::Serialize for Rules {
    /// A map from key to value.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(RULES.iter().map(|rule| rule.key).zip(self.values))
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self { values: RULES.map(|rule| rule.default) }
    }
}

impl Rules {
    /// The value of a rule.
    ///
    /// # Panics
    /// If the key is not one of [`RULES`]: a mistake of the program, found by any test of that rule.
    #[must_use]
    pub fn get(&self, key: &str) -> f64 {
        self.values[index(key).expect("every key in the code is one of RULES")]
    }

    /// Whole days of a rule.
    #[must_use]
    pub fn days(&self, key: &str) -> u32 {
        self.get(key).round() as u32
    }

    /// Sets a rule; the error says what is plausible.
    pub(super) fn set(&mut self, key: &str, value: f64) -> Result<(), String> {
        let Some(index) = index(key) else {
            return Err(super::unknown::unknown(key, RULES.iter().map(|rule| rule.key)));
        };
        let rule = RULES[index];
        if !(rule.min..=rule.max).contains(&value) {
            return Err(format!("{value} is not plausible; give a value from {} to {}", rule.min, rule.max));
        }
        self.values[index] = value;
        Ok(())
    }
}

fn index(key: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.key == key)
}
