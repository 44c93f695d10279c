//! `activities.csv` of a Strava bulk export.
//!
//! Input is the table, output its [`List`]. The file is written in the language of the account, its columns have changed with
//! the years, and names of columns repeat: `Distance` stands there once in km, cut to two decimals, and once in m. So columns
//! are told by name and occurrence ([`columns`]), and where no name is known, by what stands in them ([`guess`]). Dates are UTC.

mod columns;
mod guess;

use super::date::{self, Order};
use super::number::{Comma, number, positive};
use super::table::{Row, Table};
use super::words::{is_yes, sport};
use super::{List, Start, Summary, title};
use crate::ingest::name::without_addresses;
use columns::{Columns, Meaning};

/// Rows that are looked at before the first is read.
const SAMPLE: usize = 500;
/// No path within an export is longer, in bytes.
const MAX_FILE: usize = 256;
/// Steps of one leg in a minute that a runner or walker can take.
const CADENCE: std::ops::RangeInclusive<f64> = 30.0..=130.0;

/// Reads the list; `None` where the table is none of Strava.
pub(super) fn read(mut table: Table<'_>) -> Option<List> {
    let by_name = columns::by_name(&table);
    let sample = table.first(SAMPLE);
    let mut list = List::default();
    let columns = if let Some(columns) = by_name {
        columns
    } else {
        let guessed = guess::guess(&table.header, &sample)?;
        list.remarks.push(guessed.remark);
        guessed.columns
    };
    let order = date::order(sample.iter().filter_map(|row| columns.text(row, Meaning::Date)));
    let (mut n_errors, mut n_undated) = (0, 0);
    let mut sample = sample.into_iter();
    while let Some(row) = sample.next().or_else(|| table.next()) {
        // The export writes this line where it failed itself.
        if matches!(row.as_slice(), [only] if only.trim().eq_ignore_ascii_case("#error")) {
            n_errors += 1;
            continue;
        }
        match summary(&row, &columns, order) {
            Some(summary) => {
                if !list.push(summary) {
                    break;
                }
            }
            None => n_undated += usize::from(row.iter().any(|cell| !cell.trim().is_empty())),
        }
    }
    list.say_left_out(n_errors, "in which the export itself says #error");
    list.say_left_out(n_undated, "without a date that can be read");
    list.remarks.extend(table.problem);
    Some(list)
}

fn summary(row: &Row, columns: &Columns, order: Order) -> Option<Summary> {
    let text = |meaning| columns.text(row, meaning);
    let number_of = |meaning| positive(text(meaning)?, Comma::Decimal);
    let date = text(Meaning::Date)?;
    let start_ms = date::parse(date, order)?;
    let name = text(Meaning::Name).and_then(title);
    let mut summary = match text(Meaning::Id) {
        Some(id) => Summary::new("strava", &[id]),
        None => Summary::new("strava", &[date, name.as_deref().unwrap_or_default()]),
    };
    summary.start = Some(Start::Instant(start_ms, None));
    summary.title = name;
    // As the names of files are known.
    summary.file = text(Meaning::File).filter(|file| file.len() <= MAX_FILE).map(without_addresses);
    summary.sport = text(Meaning::Kind).map_or(summary.sport, sport);
    summary.elapsed_s = number_of(Meaning::Elapsed);
    summary.moving_s = number_of(Meaning::Moving);
    summary.timer_s = number_of(Meaning::Timer);
    summary.distance_m = distance_m(row, columns, summary.moving_s.or(summary.elapsed_s));
    summary.ascent_m = text(Meaning::Ascent).and_then(|text| number(text, Comma::Decimal));
    summary.descent_m = text(Meaning::Descent).and_then(|text| number(text, Comma::Decimal));
    summary.avg_hr_bpm = number_of(Meaning::AvgHr);
    summary.max_hr_bpm = number_of(Meaning::MaxHr);
    summary.rpe = number_of(Meaning::Rpe).filter(|rpe| *rpe <= 10.0);
    summary.is_race = text(Meaning::Competition).is_some_and(is_yes);
    summary.is_long = text(Meaning::LongRun).is_some_and(is_yes);
    let by_cadence = || {
        let per_leg = number_of(Meaning::Cadence).filter(|cadence| CADENCE.contains(cadence))?;
        let is_on_foot = summary.sport.is_run();
        Some(2.0 * per_leg * summary.likely_timer_s()? / 60.0).filter(|_| is_on_foot)
    };
    summary.steps = number_of(Meaning::Steps).or_else(by_cadence);
    Some(summary)
}

/// The distance in m: from the column in m, else from the one in km; where nobody knows which it is, what a person can cover
/// in that time decides.
fn distance_m(row: &Row, columns: &Columns, seconds: Option<f64>) -> Option<f64> {
    let of = |meaning| positive(columns.text(row, meaning)?, Comma::Decimal);
    let unknown = || {
        let value = of(Meaning::DistanceInSomeUnit)?;
        let km_is_plausible = seconds.is_none_or(|seconds| value * 1000.0 / seconds <= guess::FASTEST_MPS);
        Some(if km_is_plausible { value * 1000.0 } else { value })
    };
    of(Meaning::Metres).or_else(|| Some(of(Meaning::Kilometres)? * 1000.0)).or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::export::read;
    use crate::model::Sport;

    fn list(text: &str) -> List {
        read("activities.csv", &mut text.as_bytes()).unwrap().unwrap()
    }

    fn utc(text: &str) -> Start {
        Start::Instant(crate::ingest::time::parse(text).unwrap(), None)
    }

    #[test]
    fn the_second_distance_and_either_maximum_count() {
        let text = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Max Heart Rate,Filename,\
                    Elapsed Time,Moving Time,Distance,Max Heart Rate,Average Heart Rate,Average Cadence,Perceived Exertion,\
                    Competition,Total Steps,Long Run\n\
                    1,\"May 29, 2022, 3:53:35 PM\",\"Ten,\nfast\",Run,3010,8.06,181.0,activities/9.fit.gz,3010.0,2950.0,\
                    8068.60009765625,,160.5,85.0,9.0,1.0,,1.0\n\
                    2,\"May 30, 2022, 3:53:35 PM\",,Ride,100,1.5,,,,,,150,,,,,\n#error\n\n";
        let list = list(text);
        assert_eq!(list.remarks, ["1 row in which the export itself says #error: left out"]);
        let [run, ride] = list.activities.as_slice() else { panic!("{list:?}") };
        assert_eq!((run.start, run.title.as_deref()), (Some(utc("2022-05-29T15:53:35Z")), Some("Ten, fast")));
        assert_eq!(
            (run.distance_m, run.max_hr_bpm, run.avg_hr_bpm),
            (Some(8_068.600_097_656_25), Some(181.0), Some(160.5))
        );
        assert_eq!(
            (run.elapsed_s, run.moving_s, run.rpe, run.is_race),
            (Some(3010.0), Some(2950.0), Some(9.0), true)
        );
        assert_eq!((run.sport, run.file.as_deref()), (Sport::Running, Some("activities/9.fit.gz")));
        assert_eq!(run.steps, Some(2.0 * 85.0 * 2950.0 / 60.0));
        assert_eq!((ride.distance_m, ride.max_hr_bpm, ride.file.as_ref()), (Some(1500.0), Some(150.0), None));
        assert!(!ride.sport.is_run() && ride.elapsed_s == Some(100.0) && !ride.is_race);
        assert_eq!((run.is_long, ride.is_long), (true, false));
        assert_ne!(run.id, ride.id);
    }

    #[test]
    fn the_form_before_june_2019_has_metres() {
        let text = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\r\n\
                    7,2018-05-29 15:53:35,Lunch Run,Run,\"a \\ b\",3010,8068.6,false,,activities/7.gpx\r\n";
        let run = &list(text).activities[0];
        assert_eq!((run.start, run.distance_m), (Some(utc("2018-05-29T15:53:35Z")), Some(8068.6)));
    }

    #[test]
    fn german_names_dates_and_decimals_are_understood() {
        let text = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Verstrichene Zeit,Distanz,Max. Herzfrequenz,\
                    Dateiname,Verstrichene Zeit,Bewegungszeit,Distanz,Höhenzunahme,Höhenunterschied,Gefühlte Anstrengung,Wettbewerb\n\
                    1,\"09.12.2022, 15:24:49\",Abendlauf,Lauf,3010,\"9,44\",171,activities/9.fit.gz,3010,2950,\"9442,2\",\"12,5\",11,7,\n";
        let run = &list(text).activities[0];
        assert_eq!((run.start, run.distance_m), (Some(utc("2022-12-09T15:24:49Z")), Some(9442.2)));
        assert_eq!(
            (run.ascent_m, run.descent_m, run.rpe, run.is_race),
            (Some(12.5), Some(11.0), Some(7.0), false)
        );
        assert_eq!((run.sport, run.moving_s), (Sport::Running, Some(2950.0)));
    }

    #[test]
    fn columns_of_an_unknown_language_are_told_by_what_stands_in_them() {
        // The distance stands there once, in km, and the rows are longer than the header.
        let text = "Num,Quand,Nom,Genre,Note,Temps,Distance,Fichier,Temps\n\
                    7,24 mai 2012 à 16:27:40,Sortie,Course à pied,,3010,\"8,06\",activities/7.gpx,3010.0,2950.0\n\
                    8,25 mai 2012 à 16:27:40,Vélo,Vélo,,3600,\"30,5\",activities/8.gpx,3600.0,3500.0\n\
                    9,26 mai 2012 à 16:27:40,À la main,Marche,,1200,\"2,0\",,1200.0,1200.0\n";
        let list = list(text);
        let [run, _, walk] = list.activities.as_slice() else { panic!("{list:?}") };
        assert_eq!((run.start, run.title.as_deref()), (Some(utc("2012-05-24T16:27:40Z")), Some("Sortie")));
        assert_eq!((run.elapsed_s, run.moving_s), (Some(3010.0), Some(2950.0)));
        assert!((run.distance_m.unwrap() - 8060.0).abs() < 1e-6);
        assert_eq!((walk.sport, walk.distance_m, walk.file.as_ref()), (Sport::Walking, Some(2000.0), None));
        assert!(list.remarks[0].contains("distance in km in \"Distance\""), "{:?}", list.remarks);
    }

    #[test]
    fn a_date_that_cannot_be_read_costs_its_row_alone() {
        let text = "Activity ID,Activity Date,Activity Name,Activity Type,Filename\n1,yesterday,a,Run,\n2,\"1 May 2022, 10:00:00\",b,Run,\n";
        let list = list(text);
        assert_eq!(
            (list.activities.len(), list.remarks.as_slice()),
            (1, &["1 row without a date that can be read: left out".to_owned()][..])
        );
    }
}
