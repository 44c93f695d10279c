//! 16 weeks of a beginner with a phone: walking and running in turn, two or three times a week, from 3 to
//! 8 km, with 17 days off in March and April and one evening on a treadmill.

use super::super::course::CourseKind;
use super::super::runner::day;
use super::super::session::{FileKind, Pace, Session, Step, Strap, km, seconds};
use chrono::{Datelike, Weekday};

/// Month and date in 2026, rounds, seconds running, seconds walking.
type Outing = (u32, u32, usize, u32, u32);

const OUTINGS: [Outing; 36] = [
    (1, 27, 8, 60, 120),
    (1, 30, 8, 60, 120),
    (2, 3, 9, 75, 105),
    (2, 5, 9, 75, 105),
    (2, 8, 10, 75, 105),
    (2, 10, 9, 90, 90),
    (2, 14, 10, 90, 90),
    (2, 18, 9, 120, 90), // on the treadmill
    (2, 21, 9, 120, 90),
    (2, 24, 8, 150, 90),
    (2, 26, 8, 150, 90),
    (3, 1, 9, 150, 90),
    (3, 3, 7, 210, 90),
    (3, 7, 8, 210, 90),
    (3, 10, 6, 270, 90),
    (3, 12, 6, 270, 90),
    (3, 15, 6, 300, 75),
    (3, 17, 5, 360, 75),
    (3, 21, 5, 420, 75),
    (3, 24, 4, 480, 75), // the last before the lay-off
    (4, 10, 7, 150, 90),
    (4, 13, 7, 180, 90),
    (4, 16, 6, 240, 90),
    (4, 18, 6, 270, 75),
    (4, 21, 5, 330, 75),
    (4, 24, 5, 360, 60),
    (4, 26, 6, 360, 60),
    (4, 28, 4, 480, 60),
    (5, 1, 4, 540, 60),
    (5, 3, 5, 480, 60),
    (5, 5, 4, 510, 60),
    (5, 7, 4, 570, 60),
    (5, 10, 4, 660, 60),
    (5, 12, 3, 660, 60),
    (5, 14, 3, 720, 60),
    (5, 17, 4, 750, 60),
];
/// Running effort: comfortable, with breath to talk.
const RUN: f64 = 0.86;
/// Walking speed in m/s.
const WALK_MPS: f64 = 1.5;

/// Every session.
pub fn sessions() -> Vec<Session> {
    OUTINGS.iter().map(session).collect()
}

fn session(&(month, date, rounds, run_s, walk_s): &Outing) -> Session {
    let walk = |length| Step { pace: Pace::Walk(WALK_MPS), ..seconds(length, 0.0) };
    let mut steps = vec![walk(240)];
    for _ in 0..rounds {
        steps.extend([seconds(run_s, RUN), walk(walk_s)]);
    }
    steps.push(Step { pace: Pace::Walk(WALK_MPS), ..km(0.2, 0.0) });
    let date = day(2026, month, date);
    let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let start_min = if is_weekend { 10 * 60 } else { 17 * 60 + 50 };
    let slug = if run_s < 480 { "run-walk" } else { "run" };
    let is = |month, of_month| date == day(2026, month, of_month);
    let mut session = Session::new(date, start_min, slug, steps, FileKind::TcxGz);
    session.strap = Strap::None;
    if is(2, 18) {
        session.course = CourseKind::Belt;
        session.slug = "treadmill";
    }
    if is(1, 27) || is(2, 18) || is(4, 10) {
        session.file = FileKind::Tcx;
    }
    if is(3, 7) || is(4, 26) || is(5, 10) {
        session.stops = vec![(900, 65)];
    }
    session
}
