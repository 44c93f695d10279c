//! The bulk export of Strava in three languages and with the columns of four years.

use super::recording::{Outing, gzipped};
use super::{Export, Shape, both};
use crate::cli::{legwork, text};
use chrono::{DateTime, Datelike};
use legwork::ingest::Fate;
use legwork::model::Sport;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    German,
    French,
}

use Language::{English, French, German};

/// The year of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Ten columns, ISO dates, metres; English in every account.
    Before2019,
    /// 80 columns: one maximum of heart rate, no private note.
    Of2021,
    /// 94 columns.
    Of2025,
    /// 101 columns, races marked.
    Newest,
}

use Form::{Before2019, Newest, Of2021, Of2025};

/// 2024-05-06T05:00:00Z
const FIRST_S: i64 = 1_714_971_600;
const DAY_S: i64 = 86_400;
const SECONDS: i64 = 2400;

/// One activity of the account.
struct Activity {
    day: i64,
    name: &'static str,
    kind: [&'static str; 3],
    metres: f64,
    file: &'static str,
    /// The sport and sub-sport of the recording.
    sport: (u8, u8),
    description: &'static str,
}

const RUN: [&str; 3] = ["Run", "Lauf", "Course à pied"];
const TRAIL: [&str; 3] = ["Trail Run", "Traillauf", "Trail"];
const RIDE: [&str; 3] = ["Ride", "Radfahrt", "Vélo"];
const VIRTUAL: [&str; 3] = ["Virtual Run", "Virtueller Lauf", "Course à pied virtuelle"];

const ACTIVITIES: [Activity; 9] = [
    activity(0, "Easy", RUN, 8068.6, "activities/9001.fit.gz", ""),
    activity(
        1,
        "Hills, by the lake",
        TRAIL,
        7000.0,
        "activities/9002.gpx",
        "Two lines\n\"with\" quotes, and a \\ too",
    ),
    activity(2, "Tempo", RUN, 9442.2, "activities/9003.tcx.gz", "=1+1"),
    Activity {
        sport: (1, 1),
        ..activity(3, "Belt, put right", VIRTUAL, 8400.0, "activities/9004.fit.gz", "")
    },
    activity(4, "Forgot the watch", RUN, 5000.0, "", ""),
    activity(5, "File is lost", RUN, 6000.0, "activities/9006.fit.gz", ""),
    activity(6, "File is broken", RUN, 6500.0, "activities/9007.fit.gz", ""),
    Activity { sport: (2, 0), ..activity(7, "To work", RIDE, 15_000.0, "activities/9008.fit.gz", "") },
    activity(8, "City race", RUN, 10_000.0, "activities/9009.fit", "#hard"),
];

const fn activity(
    day: i64,
    name: &'static str,
    kind: [&'static str; 3],
    metres: f64,
    file: &'static str,
    description: &'static str,
) -> Activity {
    Activity { day, name, kind, metres, file, sport: (1, 0), description }
}

impl Activity {
    fn start_s(&self) -> i64 {
        FIRST_S + self.day * DAY_S
    }

    /// What the watch recorded.
    fn recorded(&self) -> Option<Vec<u8>> {
        // The belt counted less than the runner put in.
        let metres = if self.name.starts_with("Belt") { 8000.0 } else { self.metres };
        let outing = Outing { start_s: self.start_s(), seconds: SECONDS, metres, sport: self.sport };
        let name = self.file.trim_end_matches(".gz");
        let bytes = match self.name {
            "File is lost" | "Forgot the watch" => return None,
            "File is broken" => b"nothing of a run".to_vec(),
            _ if name.ends_with(".fit") => outing.fit(),
            _ if name.ends_with(".gpx") => outing.gpx(),
            _ => outing.tcx(),
        };
        Some(if self.file.ends_with(".gz") { gzipped(&bytes) } else { bytes })
    }

    /// The cell of a column, by the English name of the column and how often that came before.
    fn cell(&self, column: &str, nth: usize, language: Language, form: Form) -> String {
        let decimal = |value: f64, decimals: usize| {
            let text = format!("{value:.decimals$}");
            if language == English { text } else { text.replace('.', ",") }
        };
        match (column, nth) {
            ("Activity ID" | "id", _) => (4000 + self.day).to_string(),
            ("Activity Date" | "date", _) => date(self.start_s(), language, form),
            ("Activity Name" | "name", _) => self.name.to_owned(),
            ("Activity Type" | "type", _) => self.kind[language as usize].to_owned(),
            ("Activity Description" | "description", _) => self.description.to_owned(),
            ("Elapsed Time", 0) | ("elapsed_time", _) => SECONDS.to_string(),
            ("Elapsed Time" | "Moving Time", _) => decimal(SECONDS as f64, 1),
            ("Distance", 0) => decimal((self.metres / 10.0).floor() / 100.0, 2),
            ("Distance", _) => decimal(self.metres, 4),
            ("distance", _) => format!("{:.1}", self.metres),
            ("Filename" | "filename", _) => self.file.to_owned(),
            ("Max Heart Rate", 0) => decimal(181.0, 1),
            ("Average Heart Rate", _) => decimal(151.0, 1),
            ("Athlete Weight", _) => decimal(60.0, 1),
            ("Elevation Gain", _) => decimal(42.5, 1),
            ("Elevation Loss", _) => decimal(40.0, 1),
            ("Perceived Exertion", _) => decimal(7.0, 1),
            ("Commute", 0) => "false".to_owned(),
            ("Competition", _) => f64::from(u8::from(self.name == "City race")).to_string(),
            _ => String::new(),
        }
    }
}

fn date(time_s: i64, language: Language, form: Form) -> String {
    let time = DateTime::from_timestamp(time_s, 0).expect("a time of the plan").naive_utc();
    let (day, month, year) = (time.day(), time.month0() as usize, time.year());
    let clock = time.format("%H:%M:%S");
    match language {
        _ if form == Before2019 => time.format("%Y-%m-%d %H:%M:%S").to_string(),
        English => time.format("%b %-d, %Y, %-I:%M:%S %p").to_string(),
        German => time.format("%d.%m.%Y, %H:%M:%S").to_string(),
        French => {
            let months = [
                "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
                "déc.",
            ];
            format!("{day} {} {year} à {clock}", months[month])
        }
    }
}

const OLD: &str = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename";
const HEAD: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,\
    Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,\
    Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,Elevation Loss,Elevation Low,Elevation High,Max Grade,\
    Average Grade,Average Positive Grade,Average Negative Grade,Max Cadence,Average Cadence,Max Heart Rate,Average Heart Rate,\
    Max Watts,Average Watts,Calories,Max Temperature,Average Temperature,Relative Effort,Total Work,Number of Runs,Uphill Time,\
    Downhill Time,Other Time,Perceived Exertion,Type,Start Time,Weighted Average Power,Power Count,Prefer Perceived Exertion,\
    Perceived Relative Effort,Commute,Total Weight Lifted,From Upload,Grade Adjusted Distance";
const NEW: &str = "Recovery,With Pet,Competition,Long Run,For a Cause,Downhill Distance,Total Steps";

/// Names in German and French, where the test has them; the others stand for columns that are not read.
const NAMES: [(&str, &str, &str); 20] = [
    ("Activity ID", "Aktivitäts-ID", "Identifiant de l’activité"),
    ("Activity Date", "Aktivitätsdatum", "Date de l’activité"),
    ("Activity Name", "Name der Aktivität", "Nom de l’activité"),
    ("Activity Type", "Aktivitätsart", "Type d’activité"),
    ("Activity Description", "Aktivitätsbeschreibung", "Description de l’activité"),
    ("Elapsed Time", "Verstrichene Zeit", "Temps écoulé"),
    ("Moving Time", "Bewegungszeit", "Durée de déplacement"),
    ("Distance", "Distanz", "Distance"),
    ("Max Heart Rate", "Max. Herzfrequenz", "Fréquence cardiaque max."),
    ("Average Heart Rate", "Durchschnittliche Herzfrequenz", "Fréquence cardiaque moyenne"),
    ("Relative Effort", "Relative Leistung", "Mesure d’effort"),
    ("Filename", "Dateiname", "Nom du fichier"),
    ("Elevation Gain", "Höhenzunahme", "Dénivelé positif"),
    ("Elevation Loss", "Höhenunterschied", "Dénivelé négatif"),
    ("Perceived Exertion", "Gefühlte Anstrengung", "Effort perçu"),
    ("Competition", "Wettbewerb", "Compétition"),
    ("Long Run", "Langer Lauf", "Sortie longue"),
    ("Recovery", "Regeneration", "Récupération"),
    ("Total Steps", "Schritte insgesamt", "Nombre total de pas"),
    ("Athlete Weight", "Gewicht des Athleten", "Poids de l’athlète"),
];

/// The English names of the columns of a year, as many as that year had.
fn columns(form: Form) -> Vec<String> {
    if form == Before2019 {
        return OLD.split(',').map(str::to_owned).collect();
    }
    let mut columns: Vec<String> = HEAD.split(',').map(str::to_owned).collect();
    if form == Of2021 {
        columns.retain(|name| name != "Activity Private Note");
        let second = columns.iter().rposition(|name| name == "Max Heart Rate").expect("it is there twice");
        columns.remove(second);
    }
    let new: Vec<&str> = if form == Newest { NEW.split(',').collect() } else { Vec::new() };
    let n = match form {
        Of2021 => 80,
        Of2025 => 94,
        Before2019 | Newest => 101,
    };
    let n_filled = columns.len() + new.len();
    columns.extend((n_filled..n - 1).map(|at| format!("Weather {at}")));
    columns.extend(new.into_iter().map(str::to_owned));
    columns.push("Media".into());
    columns
}

/// `activities.csv`, with a line in which the export failed itself.
fn list(language: Language, form: Form, line_end: &str) -> String {
    let columns = columns(form);
    let translated = |name: &String| {
        let known = NAMES.iter().find(|(english, ..)| english == name);
        match language {
            _ if form == Before2019 => name.clone(),
            English => name.clone(),
            German => known.map_or_else(|| format!("Wert {name}"), |(_, german, _)| (*german).to_owned()),
            French => known.map_or_else(|| format!("Valeur {name}"), |(.., french)| (*french).to_owned()),
        }
    };
    let quoted = |cell: String| {
        let is_plain = !cell.contains([',', '"', '\n']);
        if is_plain { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    };
    let line = |cells: Vec<String>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(",") + line_end;
    let mut text = line(columns.iter().map(translated).collect());
    for activity in &ACTIVITIES {
        let cells = columns.iter().enumerate().map(|(at, column)| {
            let nth = columns[..at].iter().filter(|other| *other == column).count();
            activity.cell(column, nth, language, form)
        });
        text += &line(cells.collect());
        if activity.day == 2 {
            text += "#error";
            text += line_end;
        }
    }
    text
}

/// The whole export, one folder down as people repack it.
fn export(language: Language, form: Form, line_end: &str) -> Export {
    let mut export = Export::default();
    let mark = if line_end == "\r\n" { "\u{feff}" } else { "" };
    export.add("Strava Export/activities.csv", format!("{mark}{}", list(language, form, line_end)));
    for activity in &ACTIVITIES {
        if let Some(bytes) = activity.recorded() {
            export.add(format!("Strava Export/{}", activity.file), bytes);
        }
    }
    let profile = "Athlete ID,Email Address,First Name,Last Name,Sex,Description,Weight\n7,jo@mail.example,Jo,Doe,F,,60.0\n";
    export.add("Strava Export/profile.csv", profile);
    let preferences = "Date of Birth,Weight,Functional Threshold Power,Maximum Heartrate,Athlete Type,Measurement Preference\n\
                       \"Mar 12, 1988\",60.0,,187,Runner,feet\n";
    export.add("Strava Export/general_preferences.csv", preferences);
    export.add("Strava Export/shoes.csv", "Shoe Brand,Shoe Model\nfoo,bar\n");
    export
}

const EXPORTS: [(Language, Form, &str); 8] = [
    (English, Before2019, "\r\n"),
    (English, Of2021, "\n"),
    (English, Of2025, "\r\n"),
    (English, Newest, "\n"),
    (German, Of2021, "\n"),
    (German, Of2025, "\r\n"),
    (French, Of2021, "\r\n"),
    (French, Of2025, "\n"),
];

#[test]
fn the_same_activities_are_read_in_every_language_and_form() {
    for (language, form, line_end) in EXPORTS {
        let case = format!("{language:?} {form:?}");
        let imported = both(&export(language, form, line_end));
        let found: Vec<(&str, i64, f64, Sport)> = imported
            .digests
            .iter()
            .map(|one| {
                (
                    one.title.as_deref().unwrap_or_default(),
                    one.start_ms,
                    one.distance_m.unwrap_or(0.0),
                    one.sport,
                )
            })
            .collect();
        assert_eq!(found.len(), ACTIVITIES.len(), "{case}: {found:?}");
        for (found, activity) in found.iter().zip(&ACTIVITIES) {
            let sport = match activity.kind {
                RUN => Sport::Running,
                TRAIL => Sport::TrailRunning,
                VIRTUAL => Sport::TreadmillRunning,
                _ => Sport::Cycling,
            };
            assert_eq!(
                (found.0, found.1, found.3),
                (activity.name, activity.start_s() * 1000, sport),
                "{case}"
            );
            // Positions of the GPX are rounded; what French rows without a file tell is exact too.
            assert!((found.2 - activity.metres).abs() <= 0.003 * activity.metres, "{case}: {found:?}");
        }
        assert!(imported.digests.iter().all(|one| (one.timer_s - SECONDS as f64).abs() < 11.0), "{case}");
        assert!(imported.copies.is_empty(), "{case}: {:?}", imported.copies);
    }
}

#[test]
fn effort_heart_rate_and_races_are_taken_where_the_columns_tell() {
    let of = |language, form| export(language, form, "\n").imported(Shape::Folder).digests;
    for (language, form) in [(English, Of2021), (English, Of2025), (German, Of2025), (German, Newest)] {
        let digests = of(language, form);
        assert!(digests.iter().all(|one| one.rpe == Some(7.0)), "{language:?} {form:?}");
        let by_hand = &digests[4];
        assert_eq!(
            (by_hand.avg_hr_bpm, by_hand.max_hr_bpm),
            (Some(151.0), Some(181.0)),
            "{language:?} {form:?}"
        );
        assert_eq!((by_hand.ascent_m, by_hand.descent_m), (Some(42.5), Some(40.0)));
        let races: Vec<bool> = digests.iter().map(|one| one.is_race).collect();
        assert_eq!(races, (0..9).map(|day| day == 8 && form == Newest).collect::<Vec<_>>());
    }
    // Of an unknown language only what is beyond doubt is taken.
    assert!(of(French, Newest).iter().all(|one| one.rpe.is_none() && !one.is_race));
}

#[test]
fn what_was_guessed_and_what_is_missing_is_said() {
    let said = |language, form| -> Vec<String> {
        export(language, form, "\n").imported(Shape::Folder).notices.iter().map(ToString::to_string).collect()
    };
    let english = said(English, Of2025).join("\n");
    for part in [
        "activities.csv: 1 row in which the export itself says #error: left out",
        "activities.csv: names files of 1 activity that are not here: counted by the sums of the list, without samples",
        "activities.csv: activities/9007.fit.gz is not a FIT, GPX or TCX file: its row in the list counts instead",
        "9004.fit.gz: was run indoors: the distance in activities.csv counts, +5 % against the recording",
    ] {
        assert!(english.contains(part), "{part}\n{english}");
    }
    assert!(!english.contains("language") && !english.contains("mail.example"), "{english}");
    let french = said(French, Of2025).join("\n");
    for part in [
        "activities.csv: the language of its header is not known",
        "id in \"Identifiant de l’activité\", date in \"Date de l’activité\", name in \"Nom de l’activité\", kind in \"Type d’activité\"",
        "file in \"Nom du fichier\", time from start to end in \"Temps écoulé\", time moving in \"Durée de déplacement\", distance in m in \
         \"Distance\"",
    ] {
        assert!(french.contains(part), "{part}\n{french}");
    }
}

#[test]
fn every_file_of_an_export_has_its_fate() {
    let imported = both(&export(English, Of2025, "\n"));
    let n = |is: fn(&Fate) -> bool| imported.files.iter().filter(|note| is(&note.fate)).count();
    assert_eq!(n(|fate| matches!(fate, Fate::Read(_))), 6);
    let lists: Vec<&Fate> =
        imported.files.iter().map(|note| &note.fate).filter(|fate| matches!(fate, Fate::Listed(_))).collect();
    let words = ["9 activities", "3 facts", "1 fact"].map(|words| Fate::Listed(words.into()));
    assert_eq!(lists, words.iter().collect::<Vec<_>>());
}

#[test]
fn an_export_tells_of_the_runner_and_nothing_of_it_is_used_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = export(English, Of2025, "\n").put(folder.path(), Shape::Folder);
    let output = legwork(&["runs", text(&path), "--format", "json", "--as-of", "2024-05-20", "-v"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let offer = "notice: export: exports tell birth_year, hr_max, sex, units (\"Date of Birth\" in general_preferences.csv; \"Maximum \
                 Heartrate\" in general_preferences.csv; \"Measurement Preference\" in general_preferences.csv; \"Sex\" in \
                 profile.csv), and the config does not: nothing of it is used; `legwork init` offers lines to uncomment";
    assert!(said.contains(offer), "{said}");
    assert!(!said.contains("mail.example") && !said.contains("Doe"), "{said}");
    let written = legwork(&["init", text(&path), "-o", "-", "-q"]);
    let written = String::from_utf8(written.stdout).unwrap();
    for part in [
        "# Found: \"Sex\" in profile.csv says so.\n# sex = \"female\"\n",
        "# Found: \"Date of Birth\" in general_preferences.csv says so.\n# birth_year = 1988\n",
        // The runs show another one, and it stays free to follow them.
        "says 187.\n# hr_max = 145\n",
        "# Found: \"Measurement Preference\" in general_preferences.csv says so.\n# units = \"imperial\"\n",
    ] {
        assert!(written.contains(part), "{part}\n{written}");
    }
    let config = "units = \"imperial\"\n[[athlete]]\nfolder = \".\"\nsex = \"female\"\nbirth_year = 1988\nhr_max = 187\n";
    std::fs::write(path.join("legwork.toml"), config).unwrap();
    let output = legwork(&["runs", text(&path), "--format", "json", "--as-of", "2024-05-20", "-v"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(0) && !said.contains("exports tell"), "{said}");
}
