//! How often massage is due: the interval by class, and what modifies it (R1, R2).

use super::rules::{self, ALL};
use super::view::View;
use crate::config::Class;

/// No modifier takes the interval outside these days (science 7.4, R2).
const RANGE_DAYS: (f64, f64) = (7.0, 35.0);

/// An interval with what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Days between sessions.
    pub days: f64,
    /// The class that set it.
    pub class: Class,
    /// Modifiers that apply, in words.
    pub because: Vec<String>,
}

impl Interval {
    /// The class in words, with what modifies it.
    #[must_use]
    pub fn words(&self) -> String {
        let class = rules::class_words(self.class);
        if self.because.is_empty() {
            class.to_owned()
        } else {
            format!("{class} ({})", self.because.join(", "))
        }
    }
}

/// The interval on a day.
#[must_use]
pub fn interval(view: &View<'_>) -> Interval {
    let class = rules::class(view);
    let found: Vec<rules::Modifier> = ALL.iter().flat_map(|rule| rule.modifiers(view)).collect();
    let factors: Vec<f64> = found.iter().map(|modifier| view.values().get(modifier.key)).collect();
    Interval {
        days: modified(view.values().get(rules::interval_key(class)), &factors),
        class,
        because: found.into_iter().map(|modifier| modifier.because).collect(),
    }
}

/// A base interval times its factors, in whole days, kept from 7 to 35.
///
/// ```
/// use legwork::massage::interval::modified;
/// assert_eq!(modified(14.0, &[0.7, 0.8]), 8.0);
/// ```
#[must_use]
pub fn modified(base_days: f64, factors: &[f64]) -> f64 {
    factors.iter().fold(base_days, |days, factor| days * factor).clamp(RANGE_DAYS.0, RANGE_DAYS.1).round()
}
