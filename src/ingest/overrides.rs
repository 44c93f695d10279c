//! What the runner says of single recordings, applied.
//!
//! A distance and a false heart rate change what was measured, so the recording is read once more; all else is a word.
//! Whether it was a race and whether its load counts is for those to heed who score it.

use super::again::Again;
use super::{Given, ReadError, Source};
use crate::digest::{Digest, DistanceSource};
use crate::model::text::clean;
use crate::model::{Choice, Day, Override};
use crate::notice::Notice;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The file that they stand in, as notices name it.
const FILE: &str = "overrides.csv";

/// A distance so many times what was recorded, or so small a part of it, may be a slip of the pen.
const MOST_TIMES: f64 = 3.0;
/// Nobody runs faster than this for longer than some minutes, in m/s.
const FASTEST_MPS: f64 = 7.5;
/// Few runs are longer than this, in m.
const LONGEST_M: f64 = 300_000.0;

/// What the runner said, by the recording it is of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// By the `id` of the recording.
    pub of: BTreeMap<String, Override>,
    /// Recordings that were taken out, with the reason where there is one.
    pub dropped: BTreeMap<String, Option<String>>,
}

/// Applies the overrides to the recordings that they name; those dropped are taken out.
pub fn apply(
    digests: &mut Vec<Digest>,
    sources: &[Source],
    given: &Given<'_>,
    notices: &mut Vec<Notice>,
) -> Said {
    let mut said = Said::default();
    for row in given.overrides {
        let place = format!("{FILE}:{}", row.line);
        match find(digests, row, &said.of, given.until) {
            Ok(id) => drop(said.of.insert(id, row.clone())),
            Err(problem) => notices.push(Notice::new(place, problem)),
        }
    }
    let is_dropped = |id: &String| said.of.get(id).is_some_and(|row| row.choice == Some(Choice::Drop));
    for digest in digests.extract_if(.., |digest| is_dropped(&digest.id)) {
        let reason = said.of.get(&digest.id).and_then(|row| row.reason.clone());
        said.dropped.insert(digest.id, reason);
    }
    let asked: Vec<Notice> = digests
        .par_iter_mut()
        .filter_map(|digest| {
            let row = said.of.get(&digest.id)?;
            let text = match (doubt(digest, row), change(digest, row, sources)) {
                (_, Err(cause)) => {
                    format!("{} could not be read once more ({cause}): not applied", clean(&digest.file))
                }
                (Some(doubt), Ok(())) => {
                    format!(
                        "gives {} a distance that {doubt}; it counts as given: is it right?",
                        clean(&digest.file)
                    )
                }
                (None, Ok(())) => return None,
            };
            Some(Notice::new(format!("{FILE}:{}", row.line), text))
        })
        .collect();
    notices.extend(asked);
    said
}

/// What speaks against a distance that is given for a recording.
fn doubt(digest: &Digest, said: &Override) -> Option<String> {
    let given_m = said.distance_m?;
    let times = digest.distance_m.filter(|own_m| *own_m > 0.0).map(|own_m| given_m / own_m);
    let sport = said.sport.unwrap_or(digest.sport);
    let is_too_fast = sport.is_on_foot() && digest.timer_s > 0.0 && given_m / digest.timer_s > FASTEST_MPS;
    match times {
        Some(times) if times >= MOST_TIMES => Some(format!("is {times:.1} times what was recorded")),
        Some(times) if times <= 1.0 / MOST_TIMES => {
            Some(format!("is {:.0} % of what was recorded", 100.0 * times))
        }
        _ if is_too_fast => Some("nobody covers on foot in that time".to_owned()),
        _ if given_m > LONGEST_M => Some("is longer than 300 km (186 mi)".to_owned()),
        _ => None,
    }
}

/// The `id` of the recording that a row is about, or why there is none.
fn find(
    digests: &[Digest],
    row: &Override,
    taken: &BTreeMap<String, Override>,
    until: Option<Day>,
) -> Result<String, String> {
    let mut about: Vec<&str> =
        digests.iter().map(|digest| digest.id.as_str()).filter(|id| row.is_about(id)).collect();
    about.dedup();
    let id = match about.as_slice() {
        [] => {
            let until = until.map_or_else(String::new, |until| format!(" up to {until}"));
            return Err(format!("no recording{until} has an id that begins with {}: row left out", row.id));
        }
        [id] => (*id).to_owned(),
        several => {
            let n = several.len();
            return Err(format!("{n} recordings have an id that begins with {}: give more digits", row.id));
        }
    };
    match taken.get(&id) {
        Some(other) => Err(format!("is about the recording of line {}: row left out", other.line)),
        None => Ok(id),
    }
}

/// Changes a digest by what was said of it, and leaves a remark.
fn change(digest: &mut Digest, said: &Override, sources: &[Source]) -> Result<(), ReadError> {
    let moves_indoors = said.sport.is_some_and(|sport| sport.is_indoor() != digest.sport.is_indoor());
    let needs_samples = said.distance_m.is_some() || said.ignores_hr || moves_indoors;
    let was_m = digest.distance_m;
    if needs_samples && digest.n_samples > 0 {
        let mut again = Again::read(sources, digest)?;
        again.amend(said);
        *digest = again.digest(digest);
    }
    if let Some(sport) = said.sport {
        (digest.sport, digest.sport_inferred) = (sport, false);
    }
    if said.distance_m.is_some() {
        (digest.distance_m, digest.distance_source) = (said.distance_m, DistanceSource::Device);
    }
    if said.ignores_hr {
        (digest.avg_hr_bpm, digest.max_hr_bpm) = (None, None);
    }
    digest.remarks.push(words(said, was_m));
    Ok(())
}

/// What was changed, in words without a unit.
fn words(said: &Override, was_m: Option<f64>) -> String {
    let distance = said.distance_m.map(|metres| match was_m.filter(|was_m| *was_m > 0.0) {
        Some(was_m) => format!("distance as given, {:.3} times the recorded one", metres / was_m),
        None => "distance as given".to_owned(),
    });
    let race = said.race.map(|is_race| if is_race { "a race" } else { "no race" }.to_owned());
    let parts = [
        (said.choice == Some(Choice::Keep)).then(|| "kept, even where it looks like a copy".to_owned()),
        distance,
        said.sport.map(|_| "sport as given".to_owned()),
        race,
        said.ignores_hr.then(|| "heart rate left out".to_owned()),
        said.leaves_load_out.then(|| "load left out".to_owned()),
        said.reason.as_ref().map(|reason| format!("because \"{reason}\"")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("by {FILE}: {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{Track, sources};

    fn track() -> Track {
        Track { hr_bpm: Some(150.0), ..Track::even(900, 3.0) }
    }

    /// What the recording of all tests is known by.
    fn id() -> String {
        crate::ingest::archive::hash_of(track().gpx().as_bytes())
    }

    fn applied(row: Override) -> (Vec<Digest>, Said, Vec<Notice>) {
        let folder = tempfile::tempdir().unwrap();
        let track = track();
        let sources = sources(folder.path(), &[("a.gpx", track.gpx())]);
        let read = crate::ingest::read(track.gpx().as_bytes()).unwrap();
        let mut digest = crate::digest::digest(&read[0], id(), "a.gpx".into());
        digest.title = Some("a name from a list".into());
        let mut digests = vec![digest, track.digest(2, "gone.gpx")];
        let mut notices = Vec::new();
        let rows = [Override { line: 2, ..row }];
        let given = Given { overrides: &rows, ..Given::default() };
        let said = apply(&mut digests, &sources, &given, &mut notices);
        (digests, said, notices)
    }

    fn row(id: &str) -> Override {
        Override { id: id.into(), ..Override::default() }
    }

    #[test]
    fn distance_and_heart_rate_are_measured_anew_and_names_stay() {
        let all = Override {
            distance_m: Some(3000.0),
            ignores_hr: true,
            sport: Some(crate::model::Sport::TrailRunning),
            reason: Some("a bridge".into()),
            ..row(&id()[..8])
        };
        let (digests, said, notices) = applied(all);
        let d = &digests[0];
        assert_eq!((d.distance_m, d.avg_hr_bpm, d.hr_valid_s), (Some(3000.0), None, 0.0));
        assert!((d.gap_speed_mps.unwrap() - 3000.0 / 899.0).abs() < 0.05, "{:?}", d.gap_speed_mps);
        assert_eq!((d.title.as_deref(), d.sport.is_run()), (Some("a name from a list"), true));
        let remark = "by overrides.csv: distance as given, 1.112 times the recorded one, sport as given, heart rate left out, because \"a bridge\"";
        assert_eq!(d.remarks, [remark]);
        assert!(notices.is_empty() && said.of.len() == 1 && said.dropped.is_empty(), "{notices:?}");
    }

    #[test]
    fn what_is_dropped_is_gone_and_its_reason_stays() {
        let drop = Override { choice: Some(Choice::Drop), reason: Some("car".into()), ..row(&id()[..10]) };
        let (digests, said, _) = applied(drop);
        assert_eq!(digests.len(), 1);
        assert_eq!(said.dropped.into_iter().collect::<Vec<_>>(), [(id(), Some("car".into()))]);
    }

    #[test]
    fn a_distance_that_can_hardly_be_is_asked_about() {
        let asked = |distance_m: f64| {
            applied(Override { distance_m: Some(distance_m), ..row(&id()[..8]) })
                .2
                .pop()
                .map(|one| one.to_string())
        };
        assert_eq!((asked(3000.0), asked(5000.0)), (None, None));
        let said = asked(27_000.0).unwrap();
        assert!(said.starts_with("overrides.csv:2: gives a.gpx a distance that is 10.0 times"), "{said}");
        assert!(asked(700_000.0).is_some() && asked(270.0).unwrap().contains("10 % of what was recorded"));
        assert!(asked(7500.0).unwrap().contains("nobody covers on foot"));
    }

    #[test]
    fn rows_about_nothing_are_named() {
        let said = |row: Override| applied(row).2[0].to_string();
        assert_eq!(
            said(row("99999999")),
            "overrides.csv:2: no recording has an id that begins with 99999999: row left out"
        );
        assert!(said(row("")).contains("2 recordings have an id"));
        let gone = Override { ignores_hr: true, ..row("00000000") };
        assert!(said(gone).contains("gone.gpx could not be read once more"));
    }
}
