//! `activities.csv` of intervals.icu.
//!
//! Input is the table, output its [`List`]: m, s and both clocks. It has the name of Strava's list and is told by its header.

use super::date::{self, Order};
use super::number::{Comma, positive};
use super::table::{Row, Table, cell};
use super::words::{is_yes, sport};
use super::{List, Start, Summary, title};

/// No place on Earth keeps a clock further from UTC, in s.
const MAX_OFFSET_S: i64 = 15 * 3600;

/// Is it this list?
pub(super) fn is(table: &Table<'_>) -> bool {
    ["start_date_local", "type", "id"].iter().all(|name| table.column(&[name]).is_some())
}

/// Reads it.
pub(super) fn read(mut table: Table<'_>) -> List {
    let mut list = List::default();
    let mut n_undated = 0;
    let names = std::mem::take(&mut table.header);
    for row in table.by_ref() {
        match summary(&row, &names) {
            Some(summary) => {
                if !list.push(summary) {
                    break;
                }
            }
            None => n_undated += usize::from(row.len() > 1),
        }
    }
    list.say_left_out(n_undated, "without a date that can be read");
    list.remarks.extend(table.problem);
    list
}

fn summary(row: &Row, names: &[String]) -> Option<Summary> {
    let text = |name: &str| cell(row, names.iter().position(|other| other == name));
    let number = |name: &str| positive(text(name)?, Comma::Decimal);
    let local_ms = text("start_date_local").and_then(|text| date::parse(text, Order::DayFirst));
    let utc_ms = text("start_date").and_then(|text| date::parse(text, Order::DayFirst));
    let start = match (utc_ms, local_ms) {
        (Some(utc_ms), local_ms) => {
            let offset_s = local_ms.map(|local_ms| (local_ms - utc_ms) / 1000);
            let offset_s = offset_s.filter(|offset_s| offset_s.abs() <= MAX_OFFSET_S);
            Start::Instant(utc_ms, offset_s.and_then(|offset_s| i32::try_from(offset_s).ok()))
        }
        (None, local_ms) => {
            let zone: Option<chrono_tz::Tz> = text("timezone").and_then(|name| name.parse().ok());
            super::join::instant_of(local_ms?, zone)
        }
    };
    let mut summary = Summary::new("intervals.icu", &[text("id")?]);
    summary.start = Some(start);
    summary.title = text("name").and_then(title);
    summary.sport = text("type").map_or(summary.sport, sport);
    summary.distance_m = number("distance");
    summary.elapsed_s = number("elapsed_time");
    summary.moving_s = number("moving_time");
    summary.timer_s = number("icu_recording_time");
    summary.ascent_m = number("total_elevation_gain");
    summary.avg_hr_bpm = number("average_heartrate");
    summary.max_hr_bpm = number("max_heartrate");
    summary.rpe = number("icu_rpe").filter(|rpe| *rpe <= 10.0);
    summary.is_race = text("sub_type") == Some("RACE") || text("race").is_some_and(is_yes);
    Some(summary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::export::read;
    use crate::model::Sport;

    #[test]
    fn both_clocks_give_the_offset() {
        let text = "id,start_date_local,name,type,moving_time,distance,elapsed_time,icu_rpe,race,sub_type,start_date,timezone\n\
                    i1,2026-05-01T08:00:00,Club race,Run,2400,10000.0,2410,9,false,RACE,2026-05-01T06:00:00Z,Europe/Berlin\n\
                    i2,2026-05-02T08:00:00,Spin,Ride,2400,10000.0,2410,,,,,Europe/Berlin\n\
                    i3,2026-05-03T08:00:00,Easy,VirtualRun,2400,8000,2410,,,,,\n,,,,,,,,,,,\n";
        let list = read("activities.csv", &mut text.as_bytes()).unwrap().unwrap();
        let starts: Vec<_> = list.activities.iter().map(|one| one.start.unwrap()).collect();
        let may_1 = 1_777_615_200_000;
        assert_eq!(starts[0], Start::Instant(may_1, Some(7200)));
        assert_eq!(starts[1], Start::Instant(may_1 + 86_400_000, Some(7200)));
        assert_eq!(starts[2], Start::WallClock(may_1 + 2 * 86_400_000 + 7_200_000));
        let [race, _, virtual_run] = list.activities.as_slice() else { panic!("{list:?}") };
        assert_eq!((race.is_race, race.rpe, race.distance_m), (true, Some(9.0), Some(10_000.0)));
        assert_eq!((virtual_run.sport, virtual_run.is_race), (Sport::VirtualRunning, false));
        assert_eq!(list.remarks, ["1 row without a date that can be read: left out"]);
    }
}
