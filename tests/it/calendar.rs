//! Both calendars of the sample data, from one day to the next.

use legwork::analysis::Analysis;
use legwork::massage::window::{Status, Window};
use legwork::model::Day;
use legwork::report::calendar;
use legwork::run::{Options, analyse};
use std::path::Path;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_data");

fn on(as_of: Day) -> Vec<Analysis> {
    let options = Options { as_of: Some(as_of), today: as_of, ..Options::default() };
    analyse(&[Path::new(SAMPLE).to_owned()], &options, &()).expect("the sample data can be read")
}

/// What is ahead, each window with its identity in a calendar.
fn ahead<'a>(analysis: &'a Analysis, text: &str) -> Vec<(&'a Window, String)> {
    let uids = text.split("\r\n").filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned);
    let windows = analysis.windows.iter().filter(|window| window.status != Status::Past);
    windows.zip(uids).collect()
}

#[test]
fn a_window_is_the_same_event_a_day_later() {
    let first: Day = "2026-03-02".parse().expect("a day");
    let (mut n_same, mut n_all, mut races) = (0, 0, 0);
    let mut before = on(first);
    for today in first.iter_days().skip(1).take(12) {
        let now = on(today);
        for (a, b) in before.iter().zip(&now) {
            for render in [calendar::ics, calendar::busy] {
                let (old, new) = (render(a), render(b));
                assert_eq!(new, render(b), "the same bytes twice");
                let (old, new) = (ahead(a, &old), ahead(b, &new));
                for (window, uid) in old {
                    let overlaps = |other: &&Window| {
                        other.race == window.race && other.start <= window.end && window.start <= other.end
                    };
                    let Some((_, same)) = new.iter().find(|(other, _)| overlaps(other)) else { continue };
                    n_all += 1;
                    n_same += usize::from(*same == uid);
                    if window.race.is_some() {
                        races += 1;
                        assert_eq!(*same, uid, "the windows of a race are its own");
                    }
                }
            }
        }
        before = now;
    }
    assert!(n_all > 100 && races > 10, "{n_all} windows, {races} around races");
    // A window that moves by a day over the end of a week is taken for the next one.
    assert!(n_same * 10 >= n_all * 9, "{n_same} of {n_all} kept who they are");
}
