//! 26 weeks of five or six runs towards a marathon on 2026-05-31; the last of them is the first of the taper.
//!
//! Monday is free, Wednesday is hard, Sunday is long; every fourth week is lighter. The plan has what the
//! tool is there to see: one long run well beyond the longest of 30 days (15 March), one with much descent
//! (22 March), a half marathon (19 April), a hot day on the longest run (10 May).

use super::super::course::CourseKind;
use super::super::runner::day;
use super::super::session::{
    EASY, FileKind, Goal, HALF, INTERVAL, JOG, LONG, MARATHON, Session, Step, Strap, TEMPO, WARM_UP, block,
    km, repeats,
};
use super::after;
use chrono::{Datelike, NaiveDate, Weekday};

/// The hard session of a week.
#[derive(Clone, Copy)]
enum Work {
    /// None: the day is easy.
    Easy,
    /// So many km at tempo.
    Tempo(f64),
    /// So many repeats of so many km.
    Repeats(usize, f64),
    /// So many km at marathon pace.
    Pace(f64),
}

/// Km of the week, km of the long run, runs, hard session.
type Week = (f64, f64, usize, Work);

const WEEKS: [Week; 26] = [
    (38.0, 13.0, 5, Work::Tempo(3.0)),
    (41.0, 14.0, 5, Work::Repeats(4, 1.0)),
    (44.0, 15.0, 5, Work::Tempo(4.0)),
    (35.0, 12.0, 5, Work::Easy),
    (45.0, 16.0, 5, Work::Repeats(5, 1.0)),
    (48.0, 17.0, 5, Work::Tempo(5.0)),
    (50.0, 18.0, 5, Work::Repeats(6, 0.8)),
    (40.0, 14.0, 5, Work::Easy),
    (52.0, 19.0, 6, Work::Tempo(6.0)),
    (55.0, 20.0, 6, Work::Repeats(5, 1.2)),
    (57.0, 21.0, 6, Work::Pace(8.0)),
    (45.0, 16.0, 5, Work::Easy),
    (58.0, 22.0, 6, Work::Repeats(6, 1.0)),
    (61.0, 23.0, 6, Work::Tempo(7.0)),
    (63.0, 24.0, 6, Work::Pace(10.0)),
    (50.0, 18.0, 5, Work::Easy),
    (66.0, 27.5, 6, Work::Repeats(5, 1.6)),
    (66.0, 26.0, 6, Work::Tempo(8.0)),
    (69.0, 28.5, 6, Work::Pace(11.0)),
    (54.0, 20.0, 5, Work::Easy),
    (68.0, 30.0, 6, Work::Repeats(6, 1.0)),
    (54.0, 0.0, 0, Work::Easy), // race week, by hand
    (42.0, 18.0, 4, Work::Easy),
    (70.0, 32.0, 6, Work::Pace(13.0)),
    (74.0, 34.0, 6, Work::Repeats(3, 3.0)),
    (52.0, 0.0, 0, Work::Easy), // first week of the taper, by hand
];
const RACE_WEEK: usize = 21;
const TAPER_WEEK: usize = 25;
/// Minutes after midnight at which weekday, Saturday and Sunday runs start.
const EVENING: u32 = 18 * 60 + 5;
const MORNING: u32 = 6 * 60 + 25;
const SUNDAY: u32 = 9 * 60;

/// Every session.
pub fn sessions() -> Vec<Session> {
    let mut all = Vec::new();
    for (number, week) in WEEKS.iter().enumerate() {
        let monday = after(day(2025, 11, 17), 7 * number);
        match number {
            RACE_WEEK => all.extend(race_week()),
            TAPER_WEEK => all.extend(taper_week()),
            _ => all.extend(usual_week(monday, week)),
        }
    }
    for session in &mut all {
        adjust(session);
    }
    all
}

fn usual_week(monday: NaiveDate, &(total_km, long_km, runs, work): &Week) -> Vec<Session> {
    let (slug, steps, rpe) = hard(work, total_km);
    let hard_km: f64 = if matches!(work, Work::Easy) { 0.0 } else { length_km(&steps) };
    // Days after Monday and weights of the easy runs; the rest of the week's distance is theirs.
    let easy: &[(usize, f64)] = match (runs, work) {
        (4, _) => &[(2, 0.8), (4, 1.1), (5, 1.1)],
        (5, Work::Easy) => &[(1, 0.9), (2, 1.1), (4, 1.2), (5, 0.8)],
        (5, _) => &[(1, 0.9), (3, 1.2), (5, 0.9)],
        _ => &[(1, 1.0), (3, 1.3), (4, 0.7), (5, 1.0)],
    };
    let weights: f64 = easy.iter().map(|run| run.1).sum();
    let mut week: Vec<Session> = easy
        .iter()
        .map(|&(weekday, weight)| {
            let km_run = (total_km - long_km - hard_km) * weight / weights;
            let start = if weekday == 5 { SUNDAY + 45 } else { [MORNING, EVENING][weekday % 2] };
            fit(after(monday, weekday), start, "easy-run", vec![km(km_run, EASY)])
        })
        .collect();
    if !matches!(work, Work::Easy) {
        week.push(Session { rpe, ..fit(after(monday, 2), EVENING, slug, steps) });
    }
    let long = fit(after(monday, 6), SUNDAY, "long-run", vec![km(long_km, LONG)]);
    week.push(Session { rpe: Some(if long_km > 25.0 { 6 } else { 4 }), ..long });
    week.sort_by_key(|session| session.date);
    week
}

fn hard(work: Work, week_km: f64) -> (&'static str, Vec<Step>, Option<u8>) {
    let frame_km = if week_km > 55.0 { 2.5 } else { 2.0 };
    match work {
        Work::Easy => ("easy-run", Vec::new(), None),
        Work::Tempo(work_km) => ("tempo", block(frame_km, work_km, TEMPO, frame_km), Some(7)),
        Work::Pace(work_km) => ("marathon-pace", block(frame_km, work_km, MARATHON, 1.5), Some(6)),
        Work::Repeats(n, repeat_km) => {
            let effort = if repeat_km > 1.5 { 1.0 } else { INTERVAL - 0.02 };
            ("intervals", repeats(frame_km, n, km(repeat_km, effort), km(0.4, JOG), frame_km), Some(8))
        }
    }
}

/// Kilometres of the steps that are measured by distance.
pub fn length_km(steps: &[Step]) -> f64 {
    steps.iter().map(|step| if let Goal::Metres(metres) = step.goal { metres / 1000.0 } else { 0.0 }).sum()
}

/// The week of the half marathon of 19 April.
fn race_week() -> Vec<Session> {
    let race = day(2026, 4, 19);
    // Watches measure a course a little longer than it is.
    let race_steps = vec![km(10.0, HALF - 0.01), km(7.0, HALF), km(4.17, HALF + 0.015)];
    vec![
        fit(day(2026, 4, 14), EVENING, "easy-run", vec![km(8.0, EASY)]),
        Session {
            rpe: Some(6),
            ..fit(day(2026, 4, 15), EVENING, "intervals", repeats(2.0, 4, km(1.0, HALF), km(0.4, JOG), 2.0))
        },
        fit(day(2026, 4, 16), EVENING, "easy-run", vec![km(6.0, EASY)]),
        fit(day(2026, 4, 18), SUNDAY, "easy-run", vec![km(4.0, EASY)]),
        fit(race, 9 * 60 + 20, "warm-up", vec![km(2.2, WARM_UP)]),
        Session { rpe: Some(9), ..fit(race, 10 * 60, "half-marathon", race_steps) },
    ]
}

/// The first week of the taper: less, but with one run at marathon pace; the long run is on Saturday.
fn taper_week() -> Vec<Session> {
    vec![
        fit(day(2026, 5, 12), EVENING, "easy-run", vec![km(8.5, EASY)]),
        Session {
            rpe: Some(7),
            ..fit(day(2026, 5, 13), EVENING, "marathon-pace", block(2.5, 8.0, MARATHON, 1.5))
        },
        fit(day(2026, 5, 14), MORNING, "easy-run", vec![km(7.0, EASY)]),
        Session { rpe: Some(5), ..fit(day(2026, 5, 16), SUNDAY, "long-run", vec![km(22.0, LONG)]) },
    ]
}

/// What is special about single days.
fn adjust(session: &mut Session) {
    let is = |year, month, date| session.date == day(year, month, date);
    if is(2026, 3, 22) {
        session.course = CourseKind::Hilly;
        session.slug = "hilly-long-run";
        session.rpe = Some(7);
    }
    if is(2026, 5, 10) {
        session.creep = 1.7;
        session.rpe = Some(8);
    }
    // A drink at the fountain on long runs, a crossing now and then.
    if session.slug.ends_with("long-run") && session.steps.len() == 1 {
        session.stops = vec![(3_600, 75), (6_900, 110)];
    } else if session.slug == "easy-run" && session.date.weekday() == Weekday::Thu {
        session.stops = vec![(1_260, 40)];
    }
    if is(2026, 1, 22) {
        session.strap = Strap::Lost(900, 1_500);
    }
}

fn fit(date: NaiveDate, start_min: u32, slug: &'static str, steps: Vec<Step>) -> Session {
    Session::new(date, start_min, slug, steps, FileKind::Fit)
}
