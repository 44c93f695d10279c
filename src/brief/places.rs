//! Where to look first, and where to leave alone: tissues by their load, sides by the diary.

use crate::analysis::Analysis;
use crate::massage::visit::Visit;
use crate::massage::window::WorkOn;
use crate::model::calendar::days_between;
use crate::model::{Day, DiaryEntry, DiaryKind, Side, Tissue};
use crate::text;
use crate::tissue::part::Part;

/// Days in which a note of a site tells its side.
const SIDE_DAYS: i64 = 21;
/// Days for which a note of pain stands (science 7.6 counts as long).
const PAIN_DAYS: i64 = 14;
/// Pain that was noted no higher than this has settled (as for red flags).
const SETTLED: f64 = 2.0;
/// Areas of a sheet at most.
const AREAS: usize = 3;
/// A note below this of 10 says that it is gone.
const LEAST: f64 = 1.0;

/// An area to look at first.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// The tissue with its numbers.
    pub work_on: WorkOn,
    /// What made its load, where the load is why it is here.
    pub driver: Option<Part>,
    /// The side, where the diary knows it.
    pub side: Option<Side>,
}

/// A place that the diary names.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// Its tissue; `None` for a place that is none of them.
    pub tissue: Option<Tissue>,
    /// The place in words.
    pub site: String,
    /// The side, where noted.
    pub side: Option<Side>,
    /// What was noted last.
    pub kind: DiaryKind,
    /// How much, of 10; 0 for a red flag.
    pub value: f64,
    /// The day of that note.
    pub date: Day,
}

/// A place to leave alone until it has been asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Leave {
    /// What is noted there.
    pub noted: Noted,
}

/// The areas of a visit.
pub(super) fn areas(analysis: &Analysis, visit: &Visit) -> Vec<Area> {
    let focus = analysis.tissues.days.last().map_or(&[][..], |day| &day.focus);
    let places = noted(analysis, SIDE_DAYS);
    let mut areas: Vec<Area> = Vec::new();
    let area = |work_on: &WorkOn| {
        let by_load = focus.iter().find(|one| one.reading.tissue == work_on.tissue && one.why == work_on.why);
        let sides =
            places.iter().filter(|place| place.tissue == Some(work_on.tissue)).filter_map(|place| place.side);
        Area {
            work_on: work_on.clone(),
            driver: by_load.and_then(|one| one.driver),
            side: sides.reduce(|a, b| if a == b { a } else { Side::Both }),
        }
    };
    areas.extend(visit.tissues.iter().map(area));
    if visit.date > analysis.as_of {
        // What was noted last holds until it is asked about, and says how old it is.
        let felt = |place: &&Noted| matches!(place.kind, DiaryKind::Tightness | DiaryKind::Soreness);
        for place in places.iter().filter(felt) {
            let Some(tissue) = place.tissue else { continue };
            if areas.len() < AREAS && !areas.iter().any(|one| one.work_on.tissue == tissue) {
                let why = format!(
                    "{} {} of 10 noted {}",
                    if place.kind == DiaryKind::Tightness { "tightness" } else { "soreness" },
                    text::number(place.value, 0),
                    text::day(place.date)
                );
                areas.push(area(&WorkOn::new(tissue, None, why)));
            }
        }
    }
    areas
}

/// Places with pain that has not settled, and those of red flags.
pub(super) fn leave(analysis: &Analysis) -> Vec<Leave> {
    let holds = |noted: &Noted| match noted.kind {
        DiaryKind::Pain => noted.value > SETTLED,
        DiaryKind::RedFlag(_) => true,
        _ => false,
    };
    noted(analysis, PAIN_DAYS).into_iter().filter(holds).map(|noted| Leave { noted }).collect()
}

/// The places noted in the `n` days up to the one of the analysis, each with its last note, pain first; those noted as gone are left out.
pub(super) fn noted(analysis: &Analysis, n: i64) -> Vec<Noted> {
    let is_of_place = |kind: DiaryKind| {
        matches!(kind, DiaryKind::Pain | DiaryKind::Tightness | DiaryKind::Soreness | DiaryKind::RedFlag(_))
    };
    let cleared =
        analysis.diary.iter().filter(|entry| entry.kind == DiaryKind::Cleared).map(|entry| entry.date).max();
    let holds = |entry: &&DiaryEntry| {
        let is_flag = matches!(entry.kind, DiaryKind::RedFlag(_));
        let is_over = is_flag && cleared.is_some_and(|cleared| cleared >= entry.date);
        is_of_place(entry.kind)
            && !entry.site.is_empty()
            && !is_over
            && (0..n).contains(&days_between(entry.date, analysis.as_of))
    };
    let mut places: Vec<Noted> = Vec::new();
    for entry in analysis.diary.iter().rev().filter(holds) {
        let (tissue, site) = (entry.tissue(), as_written(entry));
        let is_same = |place: &Noted| {
            let is_site = if tissue.is_some() {
                place.tissue == tissue
            } else {
                place.site.eq_ignore_ascii_case(&site)
            };
            is_site && place.kind == entry.kind && (place.side == entry.side || entry.side.is_none())
        };
        if !places.iter().any(is_same) {
            let (side, kind, value, date) = (entry.side, entry.kind, entry.value, entry.date);
            places.push(Noted { tissue, site, side, kind, value, date });
        }
    }
    places.retain(|place| place.value >= LEAST || matches!(place.kind, DiaryKind::RedFlag(_)));
    places.sort_by_key(|place| (rank(place.kind), std::cmp::Reverse(place.date)));
    places
}

/// The place as the runner has it: a knee is a knee, whatever tissue it counts for. Keys are put in words.
fn as_written(entry: &DiaryEntry) -> String {
    match entry.tissue() {
        Some(tissue) if tissue.name() == entry.site.trim().to_lowercase() => tissue.words().to_owned(),
        _ => entry.site.replace('_', " "),
    }
}

/// What is asked about first.
fn rank(kind: DiaryKind) -> u8 {
    match kind {
        DiaryKind::RedFlag(_) => 0,
        DiaryKind::Pain => 1,
        DiaryKind::Tightness => 2,
        _ => 3,
    }
}
