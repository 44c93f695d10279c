//! Looks back in words. They say what came after and what it is held against, and never what made it so.

use super::{Advice, Direction, Limits, PlanFit, Retrospect, Sign, SignChange, SignKind};
use crate::model::calendar::days_in_words;
use crate::model::{Day, Tissue};

impl Sign {
    /// The sign for a reader: `tightness, hamstrings`, `step length at the same speed`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.kind {
            SignKind::Signal(kind) => kind.title(None),
            kind => {
                let tissue = Tissue::of_site(&self.site);
                let site = tissue.map_or(self.site.as_str(), |tissue| tissue.words());
                if site.is_empty() { kind.name().to_owned() } else { format!("{}, {site}", kind.name()) }
            }
        }
    }
}

impl SignChange {
    /// A clause: `tightness, hamstrings: 3.5 of 10 before, 1.0 of 10 after (−2.5 of 10, better; 2 and 3 readings)`.
    #[must_use]
    pub fn words(&self) -> String {
        let unit = self.sign.kind.unit();
        self.words_as(&self.sign.words(), |value| {
            let digits = number(value, decimals(unit));
            if unit == "ratio" { digits } else { format!("{digits} {unit}") }
        })
    }

    /// The same with a name and a form of the values for readers of other units.
    #[must_use]
    pub fn words_as(&self, name: &str, shown: impl Fn(f64) -> String) -> String {
        let side = |value: Option<f64>, when: &str| {
            value.map_or_else(|| format!("none {when}"), |value| format!("{} {when}", shown(value)))
        };
        let (before, after) = (side(self.before, "before"), side(self.after, "after"));
        let counts = format!("{} and {} readings", self.n_before, self.n_after);
        let said = match self.change {
            Some(change) => {
                let (digits, unit) = (number(change, 1), self.sign.kind.change_unit());
                let sign = if change > 0.0 && digits != "0.0" { "+" } else { "" };
                let way = match self.direction {
                    Direction::Same => "about the same",
                    Direction::Unknown => "which way is better is not known",
                    way => way.name(),
                };
                format!("{sign}{digits} {unit}, {way}; {counts}")
            }
            None => format!("too few to compare: {counts}"),
        };
        format!("{name}: {before}, {after} ({said})")
    }
}

impl PlanFit {
    /// Where the session lay against the plan, as a clause.
    #[must_use]
    pub fn words(&self) -> String {
        let off = match self.days_off {
            0 => "on its best day".to_owned(),
            days if days > 0 => format!("{} after its best day", days_in_words(days)),
            days => format!("{} before its best day", days_in_words(-days)),
        };
        if self.is_inside() {
            format!("within the window of {}, {off}", span(self.start, self.end))
        } else {
            format!("outside the windows of the plan; nearest is {}, {off}", span(self.start, self.end))
        }
    }
}

/// What the rules say to a session; `unchanged` are the signs that were no better again.
pub(super) fn advice(one: &Retrospect, unchanged: &[(Sign, usize)], limits: &Limits) -> Vec<Advice> {
    let mut advice = Vec::new();
    if let Some(sore_h) = one.soreness_h.filter(|hours| *hours > limits.sore_h) {
        let text = format!(
            "sore for {} h afterwards, over {} h: lower next time",
            number(sore_h, 0),
            number(limits.sore_h, 0)
        );
        advice.push(Advice { rule: "R18", text });
    }
    if let Some(session) = one.key_session.filter(super::KeySession::is_down) {
        let days = (session.date - one.date).num_days();
        let text = format!(
            "the hard session {} later ({}) was {} % below the median of {} like it: lower next time",
            days_in_words(days),
            session.kind.name(),
            number(session.down_pct, 1),
            session.n_before
        );
        advice.push(Advice { rule: "R18", text });
    }
    advice.extend(unchanged.iter().map(|(sign, n)| Advice {
        rule: "R16",
        text: format!(
            "no change for the better after {n} sessions in a row ({}): change the plan: strength, load, clinician",
            sign.words()
        ),
    }));
    advice
}

/// Digits that a change worth the name shows up in.
fn decimals(unit: &str) -> usize {
    match unit {
        "m" | "m/beat" | "ratio" => 2,
        "bpm" | "ms" => 0,
        _ => 1,
    }
}

/// A number with a true minus sign; never `-0`.
fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|c| c == '0' || c == '.') => digits.to_owned(),
        Some(digits) => format!("\u{2212}{digits}"),
        None => text,
    }
}

fn span(first: Day, last: Day) -> String {
    let day = |day: Day| day.format("%a %-d %b").to_string();
    if first == last { day(first) } else { format!("{} to {}", day(first), day(last)) }
}
