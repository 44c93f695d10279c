//! `Activities.csv` of the Garmin Connect website.
//!
//! Input is the table, output its [`List`]. Starts are by the wall clock. Neither the unit of a distance nor what a comma means
//! is stated: the comma is told by all numbers of the file, the unit of a row by its time and mean pace (a track and a pool
//! are in m or yards), and miles from kilometres by steps and their length.

use super::date::{self, Order};
use super::number::{Comma, duration, number};
use super::table::{Row, Table, cell};
use super::words::sport;
use super::{List, Start, Summary, title};
use crate::model::Sport;

const MILE_M: f64 = 1609.344;
const FOOT_M: f64 = 0.3048;
/// Rows that are looked at before the first is read.
const SAMPLE: usize = 500;
/// A pace that was worked out and the one that stands there differ by less.
const SAME_PACE: f64 = 0.06;

const KIND: [&str; 2] = ["Activity Type", "Aktivitätstyp"];
const DATE: [&str; 2] = ["Date", "Datum"];
const TITLE: [&str; 2] = ["Title", "Titel"];
const DISTANCE: [&str; 2] = ["Distance", "Distanz"];
const TIME: [&str; 4] = ["Time", "Activity Time", "Zeit", "Dauer"];
const AVG_HR: [&str; 3] = ["Avg HR", "Ø HF", "Ø Herzfrequenz"];
const MAX_HR: [&str; 4] = ["Max HR", "Max. HF", "Maximale Herzfrequenz", "Maximale HF"];
const PACE: [&str; 4] = ["Avg Pace", "Avg Speed", "Ø Pace", "Ø Geschwindigkeit"];
const CADENCE: [&str; 2] = ["Avg Run Cadence", "Ø Schrittfrequenz (Laufen)"];
const STRIDE: [&str; 2] = ["Avg Stride Length", "Ø Schrittlänge"];
const ASCENT: [&str; 4] = ["Total Ascent", "Elev Gain", "Anstieg gesamt", "Positiver Höhenunterschied"];
const DESCENT: [&str; 4] = ["Total Descent", "Elev Loss", "Abstieg gesamt", "Negativer Höhenunterschied"];
const STEPS: [&str; 2] = ["Steps", "Schritte"];
const MOVING: [&str; 2] = ["Moving Time", "Zeit in Bewegung"];
const ELAPSED: [&str; 2] = ["Elapsed Time", "Verstrichene Zeit"];

/// Is it this list?
pub(super) fn is(table: &Table<'_>) -> bool {
    [&KIND[..], &DATE, &TITLE, &DISTANCE, &TIME].iter().all(|names| table.column(names).is_some())
}

/// Reads it.
pub(super) fn read(mut table: Table<'_>) -> List {
    let sample = table.first(SAMPLE);
    let columns = Columns::of(&table);
    let mut list = List::default();
    let (unit, is_told) = columns.unit(&sample);
    if !is_told {
        list.remarks.push(
            "does not say whether distances are in km or miles, nor do steps tell: taken for km; for miles, change the column \
             to distance_mi and the header as docs/exports.md has it"
                .into(),
        );
    }
    let reading = Reading {
        order: date::order(sample.iter().filter_map(|row| cell(row, columns.date))),
        comma: columns.comma(&sample),
        unit,
        columns,
    };
    let mut n_undated = 0;
    let mut sample = sample.into_iter();
    while let Some(row) = sample.next().or_else(|| table.next()) {
        match reading.summary(&row) {
            Some(summary) => {
                if !list.push(summary) {
                    break;
                }
            }
            None => n_undated += usize::from(row.iter().any(|cell| !cell.trim().is_empty())),
        }
    }
    list.say_left_out(n_undated, "without a date that can be read");
    list.remarks.extend(table.problem);
    list
}

/// What a distance is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Kilometre,
    Mile,
}

impl Unit {
    fn metres(self) -> f64 {
        match self {
            Self::Kilometre => 1000.0,
            Self::Mile => MILE_M,
        }
    }

    /// What a distance may be counted in, in m: a track and a pool have units of their own, which are yards or metres for those
    /// who count in miles.
    fn scales(self) -> &'static [f64] {
        match self {
            Self::Kilometre => &[1000.0, 1.0],
            Self::Mile => &[MILE_M, 0.9144, 1.0],
        }
    }
}

/// Where each thing stands.
struct Columns {
    kind: Option<usize>,
    date: Option<usize>,
    title: Option<usize>,
    distance: Option<usize>,
    time: Option<usize>,
    avg_hr: Option<usize>,
    max_hr: Option<usize>,
    pace: Option<usize>,
    cadence: Option<usize>,
    stride: Option<usize>,
    ascent: Option<usize>,
    descent: Option<usize>,
    steps: Option<usize>,
    moving: Option<usize>,
    elapsed: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Self {
        Self {
            kind: table.column(&KIND),
            date: table.column(&DATE),
            title: table.column(&TITLE),
            distance: table.column(&DISTANCE),
            time: table.column(&TIME),
            avg_hr: table.column(&AVG_HR),
            max_hr: table.column(&MAX_HR),
            pace: table.column(&PACE),
            cadence: table.column(&CADENCE),
            stride: table.column(&STRIDE),
            ascent: table.column(&ASCENT),
            descent: table.column(&DESCENT),
            steps: table.column(&STEPS),
            moving: table.column(&MOVING),
            elapsed: table.column(&ELAPSED),
        }
    }

    /// What a comma is. A group that is not of three digits is a fraction; where every group is of three digits, distances
    /// with a dot in them show that the comma parts thousands.
    fn comma(&self, rows: &[Row]) -> Comma {
        let numbers = [self.distance, self.stride, self.ascent, self.descent, self.steps];
        let cells = || rows.iter().flat_map(|row| numbers.iter().filter_map(|at| cell(row, *at)));
        let is_fraction = |text: &str, mark: char| {
            text.rsplit_once(mark)
                .is_some_and(|(_, after)| after.len() != 3 && after.bytes().all(|b| b.is_ascii_digit()))
        };
        let is_decimal =
            cells().any(|text| is_fraction(text, ',')) && !cells().any(|text| is_fraction(text, '.'));
        if is_decimal { Comma::Decimal } else { Comma::Thousands }
    }

    /// The unit of distances, and whether the file tells: steps times their length is the true distance.
    fn unit(&self, rows: &[Row]) -> (Unit, bool) {
        let comma = self.comma(rows);
        let metres_per_unit = |row: &Row| {
            let of = |at| positive(cell(row, at)?, comma);
            let is_run = cell(row, self.kind).map(sport).is_some_and(Sport::is_run);
            let minutes = duration(cell(row, self.time)?)? / 60.0;
            let (distance, steps_per_min, stride) = (of(self.distance)?, of(self.cadence)?, of(self.stride)?);
            // No step is as long as two metres, so a larger number is of feet.
            let stride_m = if stride > 2.2 { stride * FOOT_M } else { stride };
            (is_run && distance < 300.0).then_some(steps_per_min * minutes * stride_m / distance)
        };
        let mut ratios: Vec<f64> = rows.iter().filter_map(metres_per_unit).collect();
        ratios.sort_by(f64::total_cmp);
        match ratios.get(ratios.len() / 2) {
            // Half-way between them, by their ratio.
            Some(metres) if (700.0..1270.0).contains(metres) => (Unit::Kilometre, true),
            Some(metres) if (1270.0..2300.0).contains(metres) => (Unit::Mile, true),
            _ => (Unit::Kilometre, false),
        }
    }
}

/// A number of a file whose comma is known: where that is the decimal mark, dots part thousands.
fn numeral(text: &str, comma: Comma) -> Option<f64> {
    let plain = if comma == Comma::Decimal { text.replace('.', "") } else { text.to_owned() };
    number(&plain, comma)
}

/// The same above zero: zero is what the platform writes where it knows nothing.
fn positive(text: &str, comma: Comma) -> Option<f64> {
    numeral(text, comma).filter(|value| *value > 0.0)
}

/// How the rows of one file are read.
struct Reading {
    columns: Columns,
    order: Order,
    comma: Comma,
    unit: Unit,
}

impl Reading {
    fn summary(&self, row: &Row) -> Option<Summary> {
        let columns = &self.columns;
        let date = cell(row, columns.date)?;
        let wall_ms = date::parse(date, self.order)?;
        let of = |at| positive(cell(row, at)?, self.comma);
        let height = |at| numeral(cell(row, at)?, self.comma).filter(|height| *height >= 0.0);
        let seconds = |at| duration(cell(row, at)?);
        let kind = cell(row, columns.kind).unwrap_or_default();
        let mut summary = Summary::new("garmin website", &[date, kind]);
        summary.start = Some(Start::WallClock(wall_ms));
        summary.sport = sport(kind);
        summary.title = cell(row, columns.title).and_then(title);
        summary.timer_s = seconds(columns.time);
        summary.moving_s = seconds(columns.moving);
        summary.elapsed_s = seconds(columns.elapsed);
        summary.distance_m = self.distance_m(row, summary.timer_s);
        let metres = if self.unit == Unit::Mile { FOOT_M } else { 1.0 };
        summary.ascent_m = height(columns.ascent).map(|height| height * metres);
        summary.descent_m = height(columns.descent).map(|height| height * metres);
        summary.avg_hr_bpm = of(columns.avg_hr);
        summary.max_hr_bpm = of(columns.max_hr);
        let steps = of(columns.steps);
        let by_cadence =
            || Some(of(columns.cadence)? * summary.timer_s? / 60.0).filter(|_| summary.sport.is_run());
        summary.steps = steps.or_else(by_cadence);
        Some(summary)
    }

    /// The distance in m: of the readings that a comma and a unit allow, the one that makes the mean pace that stands beside
    /// it; without a pace, the first.
    fn distance_m(&self, row: &Row, seconds: Option<f64>) -> Option<f64> {
        let text = cell(row, self.columns.distance)?;
        let other = if self.comma == Comma::Decimal { Comma::Thousands } else { Comma::Decimal };
        let readings = || {
            let values = [positive(text, self.comma), positive(text, other)];
            values
                .into_iter()
                .flatten()
                .flat_map(|value| self.unit.scales().iter().map(move |metres| value * metres))
        };
        let pace_s = cell(row, self.columns.pace).filter(|text| text.contains(':')).and_then(duration);
        let fits = |metres: &f64| {
            let worked_out = seconds.map(|seconds| seconds / (metres / self.unit.metres()));
            worked_out.zip(pace_s).is_some_and(|(a, b)| (a - b).abs() <= SAME_PACE * b)
        };
        readings().find(fits).or_else(|| readings().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::export::read;

    fn list(text: &str) -> List {
        read("Activities (1).csv", &mut text.as_bytes()).unwrap().unwrap()
    }

    const HEAD: &str = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Aerobic TE,Avg Run Cadence,\
                        Max Run Cadence,Avg Pace,Best Pace,Total Ascent,Total Descent,Avg Stride Length,Steps,Moving Time,Elapsed Time\n";

    #[test]
    fn a_list_in_kilometres_is_read() {
        let text = format!(
            "{HEAD}Running,2025-02-06 17:06:03,false,\"Town Running\",\"5.48\",\"447\",\"00:31:24\",\"153\",\"176\",\"3.6\",\"153\",\"173\",\
             \"5:44\",\"4:06\",\"215\",\"200\",\"1.15\",\"4,808\",\"00:31:08\",\"00:32:57\"\n\
             Track Running,2025-02-07 17:06:03,false,Track,\"5,000\",1,00:20:00,--,--,--,--,--,\"4:00\",--,--,--,0.00,--,--,--\n"
        );
        let list = list(&text);
        assert!(list.remarks.is_empty(), "{list:?}");
        let [run, track] = list.activities.as_slice() else { panic!("{list:?}") };
        assert_eq!(run.start, Some(Start::WallClock(1_738_861_563_000)));
        assert_eq!((run.distance_m, run.timer_s, run.elapsed_s), (Some(5480.0), Some(1884.0), Some(1977.0)));
        assert_eq!((run.steps, run.avg_hr_bpm, run.ascent_m), (Some(4808.0), Some(153.0), Some(215.0)));
        assert_eq!(
            (track.distance_m, track.sport, track.avg_hr_bpm),
            (Some(5000.0), Sport::TrackRunning, None)
        );
        assert_eq!((track.steps, track.ascent_m), (None, None));
    }

    #[test]
    fn miles_are_told_by_steps_and_feet_go_with_them() {
        let text = format!(
            "{HEAD}Running,2/6/2025 17:06,false,Town,3.41,447,00:31:24,153,176,3.6,153,173,9:13,4:06,705,656,1.15,\"4,808\",00:31:08,00:32:57\n\
             Running,2/16/2025 17:06,false,Town,6.2,447,0:56:11,153,176,3.6,153,173,9:04,4:06,--,--,1.15,\"8,600\",0:56:11,0:56:11\n"
        );
        let list = list(&text);
        assert!(list.remarks.is_empty(), "{list:?}");
        let track = |metres: &str, pace: &str| {
            let row = format!(
                "Track Running,2/17/2025 17:06,false,Track,\"{metres}\",1,00:20:00,--,--,--,--,--,{pace},--,--,--,--,--,--,--\n"
            );
            self::list(&format!("{text}{row}")).activities[2].distance_m.unwrap().round()
        };
        assert_eq!((track("5,000", "6:26"), track("5,000", "7:02")), (5000.0, 4572.0));
        let run = &list.activities[0];
        assert!(
            (run.distance_m.unwrap() - 5487.86).abs() < 0.01 && (run.ascent_m.unwrap() - 214.88).abs() < 0.01
        );
        assert_eq!(run.start, Some(Start::WallClock(1_738_861_560_000)));
    }

    #[test]
    fn german_lists_have_decimal_commas_or_not() {
        let head = "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF,Max. HF,Ø Schrittfrequenz (Laufen),Ø Pace,\
                    Positiver Höhenunterschied,Ø Schrittlänge\n";
        let comma = list(&format!(
            "{head}Laufen,2025-02-06 17:06:03,false,Abend,\"5,48\",447,00:31:24,153,176,153,5:44,\"1.215\",\"1,15\"\n"
        ));
        assert_eq!(
            (comma.activities[0].distance_m, comma.activities[0].ascent_m),
            (Some(5480.0), Some(1215.0))
        );
        assert_eq!(comma.activities[0].sport, Sport::Running);
        let dot = list(&format!(
            "{head}Laufen,2025-02-06 17:06:03,false,Abend,5.48,\"1,447\",00:31:24,153,176,--,5:44,--,--\n"
        ));
        assert_eq!((dot.activities[0].distance_m, dot.activities[0].ascent_m), (Some(5480.0), None));
        assert!(dot.remarks[0].contains("taken for km"));
        // Three digits after the comma are told by the pace.
        let three = list(&format!(
            "{head}Laufen,2025-02-06 17:06:03,false,Abend,\"5,480\",447,00:31:24,153,176,--,5:44,--,--\n"
        ));
        assert_eq!(three.activities[0].distance_m, Some(5480.0));
    }
}
