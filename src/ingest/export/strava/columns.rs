//! Which column of a Strava list is what, by its name.

use super::super::table::{Row, Table, cell};

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    Id,
    /// UTC.
    Date,
    Name,
    Kind,
    /// The recording, as a path beside the list.
    File,
    /// Seconds.
    Elapsed,
    /// Seconds.
    Moving,
    /// Seconds.
    Timer,
    Metres,
    Kilometres,
    /// One of the two.
    DistanceInSomeUnit,
    /// Metres.
    Ascent,
    /// Metres.
    Descent,
    AvgHr,
    MaxHr,
    /// Steps of one leg in a minute.
    Cadence,
    Rpe,
    /// The mark for a race.
    Competition,
    /// The mark for a long run.
    LongRun,
    Steps,
}

/// Names that mean the same: of 2019 and later, of before, in German.
const NAMES: [(Meaning, &[&str]); 17] = [
    (Meaning::Id, &["Activity ID", "id", "Aktivitäts-ID"]),
    (Meaning::Date, &["Activity Date", "date", "Aktivitätsdatum"]),
    (Meaning::Name, &["Activity Name", "name", "Name der Aktivität"]),
    (Meaning::Kind, &["Activity Type", "Aktivitätsart"]),
    (Meaning::File, &["Filename", "Dateiname"]),
    (Meaning::Moving, &["Moving Time", "Bewegungszeit"]),
    (Meaning::Timer, &["Timer Time", "Stoppuhr-Zeit"]),
    (Meaning::Ascent, &["Elevation Gain", "Höhenzunahme"]),
    // "Difference in height" is what the German list calls the loss.
    (Meaning::Descent, &["Elevation Loss", "Höhenunterschied"]),
    (Meaning::AvgHr, &["Average Heart Rate", "Durchschnittliche Herzfrequenz"]),
    (Meaning::Cadence, &["Average Cadence", "Durchschnittliche Trittfrequenz"]),
    (Meaning::Rpe, &["Perceived Exertion", "Gefühlte Anstrengung"]),
    (Meaning::Competition, &["Competition", "Wettbewerb"]),
    (Meaning::LongRun, &["Long Run", "Langer Lauf"]),
    (Meaning::Steps, &["Total Steps", "Schritte insgesamt"]),
    // Both of these stand there twice, and either one may be filled.
    (Meaning::Elapsed, &["Elapsed Time", "Verstrichene Zeit"]),
    (Meaning::MaxHr, &["Max Heart Rate", "Max. Herzfrequenz"]),
];
const DISTANCE: [&str; 2] = ["Distance", "Distanz"];

/// Where each meaning stands: the first column that is filled counts.
#[derive(Debug, Default)]
pub(super) struct Columns(Vec<(Meaning, usize)>);

impl Columns {
    /// Says that columns have a meaning, after those that have it already.
    pub(super) fn add(&mut self, meaning: Meaning, at: impl IntoIterator<Item = usize>) {
        self.0.extend(at.into_iter().map(|at| (meaning, at)));
    }

    /// What a row says; `None` where it does not.
    pub(super) fn text<'r>(&self, row: &'r Row, meaning: Meaning) -> Option<&'r str> {
        let of_meaning = self.0.iter().filter(|(other, _)| *other == meaning);
        let mut texts = of_meaning.filter_map(|(_, at)| cell(row, Some(*at)));
        texts.next()
    }

    fn has(&self, meaning: Meaning) -> bool {
        self.0.iter().any(|(other, _)| *other == meaning)
    }
}

/// The columns by their names; `None` where these are of another file or in a language that is not known.
pub(super) fn by_name(table: &Table<'_>) -> Option<Columns> {
    let mut columns = Columns::default();
    for (meaning, names) in NAMES {
        let at = table.columns(names);
        // Of the times from start to end the second is the finer one.
        let at: Vec<usize> = if meaning == Meaning::Elapsed { at.into_iter().rev().collect() } else { at };
        columns.add(meaning, at);
    }
    match table.columns(&DISTANCE).as_slice() {
        [km, m, ..] => {
            columns.add(Meaning::Metres, [*m]);
            columns.add(Meaning::Kilometres, [*km]);
        }
        [only] => columns.add(Meaning::DistanceInSomeUnit, [*only]),
        [] => {}
    }
    // Of before June 2019: names with underscores, which are spaces here, and metres.
    let is_old = table.header.iter().any(|name| name == "elapsed_time");
    if is_old {
        columns.0.retain(|(meaning, _)| *meaning != Meaning::DistanceInSomeUnit);
        columns.add(Meaning::Metres, table.column(&DISTANCE));
        columns.add(Meaning::Kind, table.column(&["type"]));
    }
    let is_it =
        [Meaning::Id, Meaning::Date, Meaning::Name, Meaning::Kind].iter().all(|one| columns.has(*one));
    (is_it && (columns.has(Meaning::File) || columns.has(Meaning::Elapsed))).then_some(columns)
}
