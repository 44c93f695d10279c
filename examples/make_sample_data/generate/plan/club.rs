//! 20 weeks of a club runner: track, hills and tempo, three road races, a week in bed with flu.
//!
//! Hard runs and races come from a watch as gzipped FIT; easy and long runs were exported from a platform as
//! GPX, most of them gzipped.

use super::super::course::CourseKind;
use super::super::runner::day;
use super::super::session::{
    EASY, FIVE_K, FileKind, Goal, INTERVAL, JOG, LONG, REPEAT, Session, Step, Strap, TEMPO, TEN_K, WARM_UP,
    block, km, repeats, seconds,
};
use super::after;
use chrono::NaiveDate;

/// What happens on a day.
#[derive(Clone, Copy)]
enum Run {
    /// Easy, in km.
    Easy(f64),
    /// Long, in km.
    Long(f64),
    /// 8 × 400 m on the track.
    Track400,
    /// 6 × 800 m.
    Flat800,
    /// 8 × 90 s up a slope of 8 %.
    Hills,
    /// Tempo, in km.
    Tempo(f64),
    /// A road race over 5 or 10 km, with a warm-up.
    Race(f64),
}
use Run::{Easy, Flat800, Hills, Long, Race, Tempo, Track400};

const FIRST_MONDAY: (i32, u32, u32) = (2025, 12, 29);
/// By week: days after Monday and runs. The sixth week has none.
const WEEKS: [&[(usize, Run)]; 20] = [
    &[(1, Easy(8.0)), (3, Easy(10.0)), (6, Long(14.0))],
    &[(1, Track400), (2, Easy(7.0)), (3, Tempo(4.0)), (6, Long(15.0))],
    &[(1, Flat800), (2, Easy(8.0)), (4, Easy(8.0)), (6, Long(16.0))],
    &[(1, Hills), (2, Easy(8.0)), (3, Tempo(5.0)), (5, Easy(6.0)), (6, Long(16.0))],
    &[(1, Track400), (2, Easy(8.0)), (4, Easy(7.0))],
    &[],
    &[(1, Easy(5.0)), (3, Easy(6.0)), (6, Easy(9.0))],
    &[(1, Hills), (2, Easy(7.0)), (3, Tempo(4.0)), (6, Long(14.0))],
    &[(1, Track400), (3, Easy(7.0)), (5, Race(5.0)), (6, Easy(10.0))],
    &[(1, Easy(8.0)), (3, Tempo(5.0)), (5, Easy(8.0)), (6, Long(16.0))],
    &[(1, Flat800), (2, Easy(8.0)), (3, Tempo(5.0)), (5, Easy(7.0)), (6, Long(17.0))],
    &[(1, Hills), (2, Easy(8.0)), (3, Tempo(6.0)), (5, Easy(8.0)), (6, Long(18.0))],
    &[(1, Track400), (3, Easy(7.0)), (5, Race(10.0)), (6, Easy(9.0))],
    &[(1, Easy(8.0)), (3, Easy(9.0)), (6, Long(15.0))],
    &[(1, Flat800), (2, Easy(8.0)), (3, Tempo(6.0)), (5, Easy(8.0)), (6, Long(19.0))],
    &[(1, Hills), (2, Easy(9.0)), (3, Tempo(6.0)), (5, Easy(8.0)), (6, Long(20.0))],
    &[(1, Flat800), (2, Easy(8.0)), (4, Easy(9.0)), (6, Long(16.0))],
    &[(1, Track400), (3, Easy(7.0)), (5, Race(5.0)), (6, Easy(10.0))],
    &[(1, Easy(8.0)), (3, Tempo(6.0)), (5, Easy(8.0)), (6, Long(18.0))],
    &[(1, Flat800), (2, Easy(8.0)), (3, Tempo(5.0)), (5, Easy(8.0)), (6, Long(16.0))],
];
const EVENING: u32 = 18 * 60 + 20;
const MORNING: u32 = 8 * 60 + 10;

/// Every session.
pub fn sessions() -> Vec<Session> {
    let (year, month, date) = FIRST_MONDAY;
    let mut all = Vec::new();
    for (number, week) in WEEKS.iter().enumerate() {
        for &(weekday, run) in *week {
            all.extend(on(after(day(year, month, date), 7 * number + weekday), run));
        }
    }
    for session in &mut all {
        adjust(session);
    }
    all
}

/// The long run that a phone recorded as well.
pub fn recorded_twice() -> Session {
    let twice = sessions().into_iter().find(is_recorded_twice);
    twice.expect("the plan has a run on that day")
}

fn is_recorded_twice(session: &Session) -> bool {
    session.date == day(2026, 4, 12)
}

fn on(date: NaiveDate, run: Run) -> Vec<Session> {
    let evening = |slug, steps| Session::new(date, EVENING, slug, steps, FileKind::FitGz);
    let session = match run {
        Easy(length) => Session {
            file: FileKind::GpxGz,
            course: CourseKind::Rolling,
            ..evening("easy-run", vec![km(length, EASY)])
        },
        Long(length) => Session {
            file: FileKind::GpxGz,
            course: CourseKind::Rolling,
            start_min: MORNING,
            ..evening("long-run", vec![km(length, LONG)])
        },
        Track400 => Session {
            course: CourseKind::Track,
            ..evening("track-8x400", repeats(2.4, 8, km(0.4, REPEAT), seconds(90, JOG), 2.0))
        },
        Flat800 => evening("intervals-6x800", repeats(2.5, 6, km(0.8, INTERVAL), km(0.4, JOG), 2.0)),
        Hills => {
            let down = Step { goal: Goal::BackDown, backwards: true, ..km(0.0, JOG) };
            Session {
                course: CourseKind::Hill,
                ..evening("hill-repeats", repeats(2.2, 8, seconds(90, INTERVAL), down, 2.2))
            }
        }
        Tempo(length) => evening("tempo", block(2.5, length, TEMPO, 2.0)),
        Race(length) => return race(date, length),
    };
    vec![session]
}

fn race(date: NaiveDate, length_km: f64) -> Vec<Session> {
    let (slug, effort) = if length_km > 5.0 { ("10k-race", TEN_K) } else { ("5k-race", FIVE_K) };
    let third = length_km * 1.004 / 3.0;
    let steps = vec![km(third, effort), km(third, effort - 0.01), km(third, effort + 0.015)];
    vec![
        Session::new(date, 9 * 60, "warm-up", vec![km(2.5, WARM_UP)], FileKind::FitGz),
        Session::new(date, 9 * 60 + 40, slug, steps, FileKind::FitGz),
    ]
}

/// What is special about single days.
fn adjust(session: &mut Session) {
    let is = |month, date| session.date == day(2026, month, date);
    if is_recorded_twice(session) {
        session.file = FileKind::FitGz;
    }
    if is(1, 7) || is(3, 5) || is(4, 24) {
        session.strap = Strap::None;
    }
    if is(3, 15) {
        session.strap = Strap::Lost(1_500, 2_600);
    }
    // A few short ones are left unpacked for people to look at.
    if is(2, 10) || is(3, 26) || is(4, 30) {
        session.file = FileKind::Gpx;
    }
    if session.slug == "long-run" {
        session.stops = vec![(2_700, 50)];
    }
}
