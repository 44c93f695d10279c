//! The spread of intensity over 28 days, by time and by session, and the polarization index.

use super::table::{numbers, table, words};
use crate::analysis::Analysis;
use crate::load::day::DayRow;
use crate::report::text;
use crate::score::polarization::{Polarization, Undefined, polarization};
use maud::{Markup, html};

/// Days that are summed up.
const DAYS: usize = 28;

/// What stands beside the chart of weekly intensity.
pub fn beside(analysis: &Analysis) -> Markup {
    let Some(today) = analysis.days.last() else { return html! {} };
    let total: f64 = today.month_zone_s.iter().sum();
    if total <= 0.0 {
        return html! {};
    }
    html! {
        (shares(today, total))
        p.note {
            "Time in zones hides interval days: most of such a session is warm-up, recovery and cool-down. So a run \
             with 10 % or 8 min above the second threshold also counts as one hard session."
        }
        p { (index(today, analysis.days.len())) }
    }
}

fn shares(today: &DayRow, total_s: f64) -> Markup {
    let (n_runs, n_hard) = today.month_runs;
    let mut by_time: Vec<Markup> = vec![html! { "by time, of " (text::hours(total_s)) }];
    by_time.extend(today.month_zone_s.map(|s| html! { (text::share(s / total_s)) }));
    let of = |n: u32| html! { (text::share(f64::from(n) / f64::from(n_runs.max(1)))) };
    let by_session = vec![
        html! { "by session, of " (text::count(n_runs as usize, "run")) },
        of(n_runs.saturating_sub(n_hard)),
        html! { "" },
        of(n_hard),
    ];
    let columns = [words("share"), numbers("low"), numbers("moderate"), numbers("high")];
    table("Intensity of the last 28 days", &columns, &[by_time, by_session])
}

/// The polarization index in a sentence, or why there is none.
fn index(today: &DayRow, n_days: usize) -> String {
    let found = polarization(today.month_zone_s);
    match found {
        _ if n_days < DAYS => "There is no polarization index yet: it needs 28 days.".to_owned(),
        Err(Undefined::TooLittle) => {
            "There is no polarization index: it needs 6 hours of running sorted by intensity.".to_owned()
        }
        Err(Undefined::HighAboveLow) => {
            "There is no polarization index: more of the time was high than low.".to_owned()
        }
        Ok(found) => sentence(found),
    }
}

fn sentence(found: Polarization) -> String {
    let this = if found.is_polarised { ", as this one" } else { "" };
    let unstable =
        if found.is_unstable { " One share is under 1 %, where a few minutes move it a lot." } else { "" };
    let index = text::number(found.index, 2);
    format!(
        "The polarization index is {index}. Over 2, with the least time in between, a spread is called polarised{this}.\
         {unstable} It describes, and a high one is not better."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{empty, sample, tiny};

    #[test]
    fn time_and_sessions_stand_side_by_side() {
        let page = beside(&sample(30)).into_string();
        for words in [
            "by session, of 22 runs</th><td>82 %</td><td></td><td>18 %",
            "Time in zones hides interval days",
            "The polarization index is ",
            "a high one is not better",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        let mut row = sample(30).days.pop().unwrap();
        let said = |row: &DayRow, n: usize| index(row, n);
        assert!(said(&row, 20).ends_with("it needs 28 days."));
        row.month_zone_s = [3600.0, 0.0, 0.0];
        assert!(said(&row, 200).contains("6 hours"));
        row.month_zone_s = [10_000.0, 5000.0, 20_000.0];
        assert!(said(&row, 200).contains("more of the time was high than low"));
        row.month_zone_s = [80_000.0, 5000.0, 15_000.0];
        assert!(said(&row, 200).starts_with("The polarization index is 2.38. Over 2, with the least time in between, a spread is called polarised, as"));
        for analysis in [tiny(), empty()] {
            assert_eq!(beside(&analysis).into_string(), "");
        }
    }
}
