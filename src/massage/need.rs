//! How much a session is worth on a day: what is due, and what adds to it (R1 to R5 and R13; science 7.5).

use super::interval::Interval;
use super::outlook::Outlook;
use super::window::{Grade, Reason};
use crate::blocks::Phase;
use crate::config::Rules;
use crate::model::units::Units;

/// Share of the interval beyond which waiting longer adds nothing.
pub const MAX_DUE: f64 = 1.5;
/// Weight of a long run one to three days before (heuristic).
const AFTER_LONG: f64 = 0.4;
/// Weight of a quality session one or two days before (heuristic).
const AFTER_HARD: f64 = 0.3;
/// Weight of a session that a peak block has due (heuristic).
const PEAK_DUE: f64 = 0.4;

/// What a reason of R3, R4 or R5 adds to the need; the others add nothing to what is due.
#[must_use]
pub fn weight(rule: &str) -> f64 {
    match rule {
        "R3" => AFTER_LONG,
        "R4" => AFTER_HARD,
        "R5" => PEAK_DUE,
        _ => 0.0,
    }
}

/// The need of a day with its reasons; the first reason is that of the interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// 1.0 is "due".
    pub value: f64,
    /// The part of `value` that the days since the last session make.
    pub due: f64,
    /// Days from one session to the next that are usual for this training.
    pub every_days: f64,
    /// What it is made of.
    pub reasons: Vec<Reason>,
}

/// What the days are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A session that was had.
    Session,
    /// A session that was advised here.
    Advised,
    /// The first run on record, with no session since.
    FirstRun,
}

/// How long ago the last session was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// Days since then.
    pub days: i64,
    /// What was then.
    pub event: Event,
}

/// The need of day `t` by the last session; `None` where none is on record.
#[must_use]
pub fn need(
    days: &[Outlook],
    t: usize,
    since: Option<Since>,
    interval: &Interval,
    rules: &Rules,
    units: Units,
) -> Need {
    let due = since.map_or(MAX_DUE, |since| (since.days as f64 / interval.days).min(MAX_DUE));
    let every_days = interval.days;
    let mut need =
        Need { value: due, due, every_days, reasons: vec![due_reason(since, interval, due, rules)] };
    let mut add = |reason: Reason| {
        need.value += weight(reason.rule);
        need.reasons.push(reason);
    };
    if let Some((ago, metres)) = latest(days, t, rules.days("after_long.days"), |day| day.long_m) {
        let what = if metres > 0.0 {
            format!("long run of {}", units.distance(metres))
        } else {
            "usual long run".into()
        };
        let value = (metres > 0.0).then_some(metres);
        add(reason("R3", format!("{what} {}", before(ago)), value, Grade::Convention));
    }
    if let Some((ago, what)) = latest(days, t, rules.days("after_hard.days"), |day| day.quality.clone())
        && !has_key_session_within(days, t, 1)
    {
        add(reason("R4", format!("{what} {}", before(ago)), None, Grade::Convention));
    }
    let every = i64::from(rules.days("peak.every"));
    if days[t].phase == Phase::Peak && since.is_none_or(|since| since.days >= every) {
        let text = format!("peak block: a session every {every} days");
        add(reason("R5", text, Some(every as f64), Grade::Convention));
    }
    need
}

fn reason(rule: &'static str, text: String, value: Option<f64>, grade: Grade) -> Reason {
    Reason { rule, text, value, grade }
}

/// R1 with its modifiers of R2 while it is not yet late, R13 from there on.
fn due_reason(since: Option<Since>, interval: &Interval, due: f64, rules: &Rules) -> Reason {
    let (every, training) = (interval.days, interval.words());
    let Some(Since { days: since, event }) = since else {
        let text = format!("no session is on record, where one every {every:.0} days is usual in {training}");
        return reason("R13", text, None, Grade::Convention);
    };
    let last = match event {
        Event::Session => "last session",
        Event::Advised => "session advised before",
        Event::FirstRun => "first run on record, with no session noted since",
    };
    let text = format!("{since} days since the {last}, where one every {every:.0} is planned in {training}");
    if due >= rules.get("overdue") {
        let text = format!("{text}: overdue, so one regular session and no catching up");
        return reason("R13", text, Some(since as f64), Grade::Convention);
    }
    // The classes and their intervals are convention; what lengthens or shortens them here is not (science 7.4, R2).
    if interval.because.is_empty() {
        reason("R1", text, Some(since as f64), Grade::Convention)
    } else {
        reason("R2", text, Some(since as f64), Grade::H)
    }
}

fn before(ago: usize) -> String {
    if ago == 1 { "the day before".to_owned() } else { format!("{ago} days before") }
}

/// The latest of the `within` days before day `t` that has something, with how many days ago it was.
fn latest<T>(
    days: &[Outlook],
    t: usize,
    within: u32,
    what: impl Fn(&Outlook) -> Option<T>,
) -> Option<(usize, T)> {
    (1..=within as usize).find_map(|ago| Some((ago, what(days.get(t.checked_sub(ago)?)?)?)))
}

/// Is there a quality session or race on one of the next `n` days?
fn has_key_session_within(days: &[Outlook], t: usize, n: usize) -> bool {
    days[t + 1..].iter().take(n).any(|day| day.key_session().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Class;
    use crate::massage::testing::{plain, set};

    /// The need and the rules behind it on the last day of a calendar.
    fn check(days: &[Outlook], since: Option<i64>, value: f64, rules: &[&str]) {
        let interval = Interval { days: 10.0, class: Class::Marathon, because: Vec::new() };
        let since = since.map(|days| Since { days, event: Event::Session });
        let found = need(days, days.len() - 1, since, &interval, &Rules::default(), Units::Metric);
        assert!((found.value - value).abs() < 1e-9, "{found:?}");
        assert_eq!(found.reasons.iter().map(|reason| reason.rule).collect::<Vec<_>>(), rules, "{found:?}");
    }

    #[test]
    fn r1_r13_what_is_due_grows_with_the_days_and_stops() {
        let days = plain("2025-03-01", "2025-03-10");
        check(&days, Some(8), 0.8, &["R1"]);
        check(&days, Some(14), 1.4, &["R1"]);
        check(&days, Some(15), 1.5, &["R13"]);
        check(&days, Some(60), 1.5, &["R13"]);
        check(&days, None, 1.5, &["R13"]);
    }

    #[test]
    fn r3_a_long_run_counts_for_three_days() {
        let mut days = plain("2025-03-01", "2025-03-10");
        set(&mut days, "2025-03-07", |day| day.long_m = Some(28_000.0));
        check(&days, Some(5), 0.9, &["R1", "R3"]);
        check(&days[..7], Some(5), 0.5, &["R1"]);
        set(&mut days, "2025-03-07", |day| day.long_m = None);
        set(&mut days, "2025-03-06", |day| day.long_m = Some(28_000.0));
        check(&days, Some(5), 0.5, &["R1"]);
    }

    #[test]
    fn r4_a_hard_session_counts_for_two_days_unless_the_next_is_near() {
        let mut days = plain("2025-03-01", "2025-03-11");
        set(&mut days, "2025-03-08", |day| day.quality = Some("intervals".into()));
        check(&days[..10], Some(5), 0.8, &["R1", "R4"]);
        check(&days, Some(5), 0.5, &["R1"]);
        set(&mut days, "2025-03-11", |day| day.quality = Some("hills".into()));
        let interval = Interval { days: 10.0, class: Class::Marathon, because: Vec::new() };
        let before_hills = need(
            &days,
            9,
            Some(Since { days: 5, event: Event::Session }),
            &interval,
            &Rules::default(),
            Units::Metric,
        );
        assert_eq!(before_hills.reasons.len(), 1);
    }

    #[test]
    fn r5_a_peak_block_has_a_session_due_every_ten_days() {
        let mut days = plain("2025-03-01", "2025-03-10");
        set(&mut days, "2025-03-10", |day| day.phase = Phase::Peak);
        check(&days, Some(9), 0.9, &["R1"]);
        check(&days, Some(10), 1.4, &["R1", "R5"]);
    }
}
