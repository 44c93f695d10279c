//! `massage.csv` and `diary.csv`: what a watch cannot see.
//!
//! Input are the files beside an athlete's runs, output are entries by date and a notice with its line for each cell
//! that cannot be read. Invariant: no note is lost for a site that is
//! not known, and no red flag for a word. An absent file is fine.

use crate::config::nearest;
use crate::model::red_flag::is_cleared;
use crate::model::{Day, Depth, DiaryEntry, DiaryKind, MassageHad, RedFlag, Side, Tissue};
use crate::notice::Notice;
use crate::sheet::{self, Row, Sheet};
use std::path::Path;

const MASSAGE: Sheet<'_> = Sheet {
    name: "massage.csv",
    needed: &["date", "depth"],
    known: &["date", "depth", "minutes", "tissues", "soreness_after_h", "note"],
};
const DIARY: Sheet<'_> = Sheet {
    name: "diary.csv",
    needed: &["date"],
    known: &[
        "date",
        "site",
        "side",
        "value",
        "kind",
        "note",
        "sleep",
        "stress",
        "resting_hr",
        "hrv_rmssd",
        "red_flag",
    ],
};

const DEPTHS: [(&str, Depth); 3] =
    [("light", Depth::Light), ("moderate", Depth::Moderate), ("deep", Depth::Deep)];
const SIDES: [(&str, Side); 6] = [
    ("left", Side::Left),
    ("l", Side::Left),
    ("right", Side::Right),
    ("r", Side::Right),
    ("both", Side::Both),
    ("b", Side::Both),
];
const KINDS: [(&str, DiaryKind); 4] = [
    ("soreness", DiaryKind::Soreness),
    ("tightness", DiaryKind::Tightness),
    ("pain", DiaryKind::Pain),
    ("rpe", DiaryKind::Rpe),
];
/// What a row of the diary may hold beside a note, with the least and the most that makes sense.
const COLUMNS: [(&str, DiaryKind, f64, f64); 4] = [
    ("sleep", DiaryKind::Sleep, 0.0, 10.0),
    ("stress", DiaryKind::Stress, 0.0, 10.0),
    ("resting_hr", DiaryKind::RestingHr, 25.0, 120.0),
    ("hrv_rmssd", DiaryKind::HrvRmssd, 1.0, 300.0),
];
/// What people write where there is no red flag on a day. It takes nothing back: whoever writes "no" each day has not seen
/// a clinician by it.
const NO_FLAG: [&str; 16] = [
    "", "n", "false", "0", "-", "no", "none", "ok", "okay", "nein", "keine", "non", "nee", "aucun",
    "ninguno", "nessuno",
];
/// What words for pain begin with or hold, in the languages of plans.
const PAIN: [&str; 13] = [
    " pain", " hurt", " ache", " aching", "schmerz", " weh ", " tut weh", " douleur", " dolor", "pijn",
    "smert", "smärt", " dor ",
];

/// Massages had, by date and one a day, from `massage.csv` with the columns `date, depth, minutes, tissues,
/// soreness_after_h` and `note`. Days after `latest` are still to come and are left out.
pub fn read_massages(folder: &Path, latest: Day, notices: &mut Vec<Notice>) -> Vec<MassageHad> {
    let mut sessions: Vec<(MassageHad, u64)> = Vec::new();
    sheet::read(folder, &MASSAGE, notices, |row| {
        let Some(date) = row.needed(date(row, latest)) else { return Vec::<()>::new() };
        let Some(depth) = row.needed(depth(row)) else { return Vec::new() };
        let sites = row.text("tissues").split(';').map(str::trim).filter(|site| !site.is_empty());
        let had = MassageHad {
            date,
            depth,
            minutes: row.kept("minutes", row.number("minutes", 0.0, 240.0)).flatten(),
            tissues: sites.filter_map(|site| row.kept("this tissue", tissue(site))).collect(),
            soreness_h: row.kept("soreness_after_h", row.number("soreness_after_h", 0.0, 336.0)).flatten(),
        };
        match sessions.iter_mut().find(|(other, _)| other.date == date) {
            None => sessions.push((had, row.line())),
            Some((other, line)) if *other == had => {
                row.say(format!("is the same as line {line}: counts for nothing"));
            }
            Some(other) => {
                row.say(format!(
                    "second massage of {date}, beside that of line {}: of the two the deeper counts, of equal ones the first",
                    other.1
                ));
                if had.depth > other.0.depth {
                    *other = (had, row.line());
                }
            }
        }
        Vec::new()
    });
    sessions.sort_by_key(|(had, _)| had.date);
    sessions.into_iter().map(|(had, _)| had).collect()
}

/// The diary by date, from `diary.csv` with the columns `date, site, side, value, kind, note, sleep, stress, resting_hr`
/// (bpm in the morning), `hrv_rmssd` (ms in the morning) and `red_flag` (words of [`RedFlag`], with `;` between them, or
/// one that takes back those before). A row may hold a note of one kind, the others, or several of these. Days after
/// `latest` are still to come and are left out.
pub fn read_diary(folder: &Path, latest: Day, notices: &mut Vec<Notice>) -> Vec<DiaryEntry> {
    let mut entries: Vec<DiaryEntry> = sheet::read(folder, &DIARY, notices, |row| entries_of(row, latest));
    entries.sort_by_key(|entry| entry.date);
    entries
}

/// The day of a row, none that is still to come.
fn date(row: &Row<'_>, latest: Day) -> Result<Day, String> {
    let date = row.date()?;
    if date > latest { Err(format!("{date} is still to come")) } else { Ok(date) }
}

fn entries_of(row: &Row<'_>, latest: Day) -> Vec<DiaryEntry> {
    let Some(date) = row.needed(date(row, latest)) else { return Vec::new() };
    let mut found = Vec::new();
    let (site, side_of_site) = site(row.text("site"));
    let side = row.kept("side", row.word("side", &SIDES)).flatten().or(side_of_site);
    if let Some((kind, value)) = row.kept("value", note(row)).flatten() {
        if !site.is_empty() && Tissue::of_site(&site).is_none() {
            row.say(unknown_site(&site));
        }
        found.push(DiaryEntry { date, kind, site: site.clone(), side, value });
    }
    for kind in flags(row) {
        found.push(DiaryEntry { date, kind, site: site.clone(), side, value: 0.0 });
    }
    for (column, kind, least, most) in COLUMNS {
        if let Some(value) = row.kept(column, row.number(column, least, most)).flatten() {
            found.push(DiaryEntry { date, kind, site: String::new(), side: None, value });
        }
    }
    found
}

/// The red flags of a row, or that those before are over. Beside a red flag a word that clears counts for nothing.
fn flags(row: &Row<'_>) -> Vec<DiaryKind> {
    let words = row.text("red_flag").split(';').map(str::trim);
    let words = words.filter(|word| !NO_FLAG.contains(&word.to_lowercase().as_str()));
    let (clearing, named): (Vec<&str>, Vec<&str>) = words.partition(|word| is_cleared(word));
    if !clearing.is_empty() && named.is_empty() {
        return vec![DiaryKind::Cleared];
    }
    if let (Some(word), [flag, ..]) = (clearing.first(), named.as_slice()) {
        row.say(format!("red_flag \"{word}\" stands beside \"{flag}\": the red flag counts"));
    }
    let flag = |word: &str| {
        RedFlag::of_word(word).unwrap_or_else(|| {
            let known: Vec<&str> = RedFlag::ALL.into_iter().map(RedFlag::name).collect();
            row.say(format!(
                "red_flag \"{word}\" is not one of {} or cleared: taken for a red flag all the same",
                known.join(", ")
            ));
            RedFlag::Other
        })
    };
    named.into_iter().map(|word| DiaryKind::RedFlag(flag(word))).collect()
}

/// The note of a row: its kind with its value. Where either is in doubt and the row speaks of pain, it counts as pain.
fn note(row: &Row<'_>) -> Result<Option<(DiaryKind, f64)>, String> {
    let (kind, text) = (row.text("kind"), row.text("value"));
    let kind = match row.word("kind", &KINDS) {
        Ok(Some(kind)) => Some(kind),
        _ if text.is_empty() && kind.is_empty() => return Ok(None),
        _ if says_pain(kind) => Some(DiaryKind::Pain),
        Ok(None) if ["note", "site"].iter().any(|column| says_pain(row.text(column))) => {
            row.say("kind is missing and the row speaks of pain: it counts as pain; write pain into kind");
            Some(DiaryKind::Pain)
        }
        Ok(None) => None,
        Err(problem) => return Err(problem),
    };
    let kind = kind.ok_or("kind is missing; write soreness, tightness, pain or rpe")?;
    let number: Option<f64> = text.trim_end_matches("/10").trim().replace(',', ".").parse().ok();
    match number {
        _ if text.is_empty() => Err("value is missing; give 0 to 10".to_owned()),
        Some(value) if (0.0..=10.0).contains(&value) => Ok(Some((kind, value))),
        Some(value) if value > 10.0 && kind == DiaryKind::Pain => {
            row.say(format!("value \"{text}\" is above 10, the worst pain: it counts as 10"));
            Ok(Some((kind, 10.0)))
        }
        None if kind == DiaryKind::Pain => Err(format!(
            "pain \"{text}\" is no number from 0 to 10, and pain of 5 or more stops massage: write how much it is"
        )),
        _ => Err(format!("value \"{text}\" is no number from 0 to 10")),
    }
}

/// Does a text speak of pain? "No pain" does not.
fn says_pain(text: &str) -> bool {
    let lower = format!(" {} ", text.to_lowercase());
    let is_denied = ["no ", "without ", "kein", "ohne ", "sans ", "sin ", "senza ", "geen ", "ingen "];
    let mut at = PAIN.iter().filter_map(|word| lower.find(word));
    at.any(|at| {
        let before = lower.get(..=at).unwrap_or_default();
        !is_denied.iter().any(|word| before.contains(&format!(" {word}")))
    })
}

fn depth(row: &Row<'_>) -> Result<Depth, String> {
    row.word("depth", &DEPTHS)?.ok_or_else(|| "depth is missing; give light, moderate or deep".to_owned())
}

/// A site and the side that is written with it ("left calf").
fn site(text: &str) -> (String, Option<Side>) {
    if Tissue::of_site(text).is_none()
        && let Some((word, rest)) = text.split_once([' ', '_'])
        && let Some((_, side)) = SIDES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))
    {
        return (rest.trim().to_owned(), Some(*side));
    }
    (text.to_owned(), None)
}

fn unknown_site(site: &str) -> String {
    let site_key = site.to_lowercase().replace([' ', '-'], "_");
    let hint = match nearest(&site_key, Tissue::site_names()) {
        Some(name) => format!("did you mean {name}?"),
        None => format!("known are {}", Tissue::ALL.map(Tissue::name).join(", ")),
    };
    format!("site \"{site}\" is not known: the note is kept without a tissue; {hint}")
}

/// The tissue of a cell.
fn tissue(site: &str) -> Result<Tissue, String> {
    let names = Tissue::ALL.map(Tissue::name).join(", ");
    Tissue::of_site(site).ok_or_else(|| format!("tissue \"{site}\" is not one of {names}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    use DiaryKind::{Cleared, Pain, Sleep, Stress};

    const LATEST: Day = Day::MAX;

    fn folder(name: &str, content: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), content).unwrap();
        folder
    }

    #[test]
    fn massages_are_read_by_date_and_bad_rows_are_named() {
        let folder = folder(
            "massage.csv",
            "\u{feff}date,depth,minutes,tissues,soreness_after_h\n2026-03-02,deep,60,quad_pf; calf,24\n\
             2026-01-05,Light,,,\nMay,deep,60,,\n2026-04-01,brutal,60,,\n",
        );
        let mut notices = Vec::new();
        let sessions = read_massages(folder.path(), LATEST, &mut notices);
        assert_eq!(sessions.iter().map(|had| had.depth).collect::<Vec<_>>(), [Depth::Light, Depth::Deep]);
        assert_eq!((sessions[1].tissues.len(), sessions[1].soreness_h), (2, Some(24.0)));
        let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert!(said[0].starts_with("massage.csv:4: \"May\" is no date"), "{said:?}");
        assert!(said[1].starts_with("massage.csv:5: depth \"brutal\""), "{said:?}");
    }

    #[test]
    fn a_diary_row_may_hold_several_things() {
        let folder = folder(
            "diary.csv",
            "date,site,side,value,kind,note,sleep,stress\n2026-01-28,tibia_shin,right,2,pain,gone,6,5\n\
             2026-02-01,,,,,,7,\n2026-02-02,calf,left,12,pain,,,\n",
        );
        let mut notices = Vec::new();
        let entries = read_diary(folder.path(), LATEST, &mut notices);
        let found: Vec<(DiaryKind, f64)> = entries.iter().map(|entry| (entry.kind, entry.value)).collect();
        assert_eq!(found, [(Pain, 2.0), (Sleep, 6.0), (Stress, 5.0), (Sleep, 7.0), (Pain, 10.0)]);
        assert_eq!(notices.len(), 1);
    }

    #[test]
    fn mornings_have_columns_of_their_own() {
        let folder = folder(
            "diary.csv",
            "date,resting_hr,hrv_rmssd\n2026-02-01,48,71.5\n2026-02-02,,64\n2026-02-03,20,64\n",
        );
        let mut notices = Vec::new();
        let entries = read_diary(folder.path(), LATEST, &mut notices);
        let found: Vec<(DiaryKind, f64)> = entries.iter().map(|entry| (entry.kind, entry.value)).collect();
        let (resting, hrv) = (DiaryKind::RestingHr, DiaryKind::HrvRmssd);
        assert_eq!(found, [(resting, 48.0), (hrv, 71.5), (hrv, 64.0), (hrv, 64.0)]);
        assert!(notices[0].text.starts_with("resting_hr \"20\" is no number from 25 to 120"), "{notices:?}");
    }

    #[test]
    fn a_slip_in_one_cell_hides_nothing_beside_it() {
        let folder = folder(
            "diary.csv",
            "date;site;value;kind;slep;sleep\n2026-05-15;calf_achilles;7;pain;;77\n2026-05-16;calf;30;pain;;8\n",
        );
        let mut notices = Vec::new();
        let entries = read_diary(folder.path(), LATEST, &mut notices);
        let found: Vec<(DiaryKind, f64)> = entries.iter().map(|entry| (entry.kind, entry.value)).collect();
        assert_eq!(found, [(DiaryKind::Pain, 7.0), (DiaryKind::Pain, 10.0), (DiaryKind::Sleep, 8.0)]);
        let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert!(said[0].starts_with("diary.csv: column \"slep\" is not one of date, site"), "{said:?}");
        assert!(said[1].starts_with("diary.csv:2: sleep \"77\" is no number from 0 to 10"), "{said:?}");
        assert!(said[1].ends_with("sleep left out, the rest of the row counts"), "{said:?}");
        assert!(said[2].starts_with("diary.csv:3: value \"30\" is above 10"), "{said:?}");
    }

    #[test]
    fn absent_files_and_columns() {
        let mut notices = Vec::new();
        let folder = folder("diary.csv", "when,what\n1,2\n");
        assert!(read_massages(folder.path(), LATEST, &mut notices).is_empty() && notices.is_empty());
        assert!(read_diary(folder.path(), LATEST, &mut notices).is_empty());
        assert!(notices[0].text.contains("no column date"));
    }

    fn diary(content: &str) -> (Vec<DiaryEntry>, Vec<String>) {
        let folder = folder("diary.csv", content);
        let mut notices = Vec::new();
        let entries = read_diary(folder.path(), LATEST, &mut notices);
        (entries, notices.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_pain_at_an_unknown_place_is_kept_and_the_nearest_place_named() {
        let (entries, said) = diary(
            "date,site,value,kind\n2026-05-01,calv,6,pain\n2026-05-02,elbow of a friend,3,pain\n2026-05-03,left calf,2,pain\n",
        );
        assert_eq!(entries.len(), 3);
        assert_eq!(entries[2].side, Some(Side::Left));
        assert_eq!((entries[0].tissue(), entries[2].tissue()), (None, Some(Tissue::CalfAchilles)));
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(
            said[0].starts_with("diary.csv:2: site \"calv\" is not known")
                && said[0].ends_with("did you mean calf?")
        );
        assert!(said[1].contains("diary.csv:3") && said[1].contains("known are calf_achilles"), "{said:?}");
    }

    #[test]
    fn red_flags_count_even_in_unknown_words() {
        let (entries, said) = diary(
            "date,red_flag\n2026-05-01,Night pain; calf-swelling\n2026-05-02,-\n2026-05-03,glows in the dark\n2026-05-04,\n",
        );
        let kinds: Vec<DiaryKind> = entries.iter().map(|entry| entry.kind).collect();
        let flags = [RedFlag::NightPain, RedFlag::CalfSwelling, RedFlag::Other].map(DiaryKind::RedFlag);
        assert_eq!(kinds, flags);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].starts_with("diary.csv:4: red_flag \"glows in the dark\" is not one of bone_pain"),
            "{said:?}"
        );
    }

    #[test]
    fn a_pain_in_doubt_is_a_pain() {
        let (entries, said) = diary(
            "date,site,value,kind,note\n2026-05-01,calf,7,,sharp pain\n2026-05-02,Schmerz Wade,6/10,,\n2026-05-03,calf,6,schmerz,\n\
             2026-05-04,calf,6,,no pain at all\n2026-05-05,calf,strong,pain,\n2026-05-06,calf,11,soreness,\n2026-05-07,calf,,,some pain\n",
        );
        let found: Vec<(DiaryKind, f64)> = entries.iter().map(|entry| (entry.kind, entry.value)).collect();
        assert_eq!(found, [7.0, 6.0, 6.0].map(|value| (DiaryKind::Pain, value)));
        let starts = [
            "diary.csv:2: kind is missing and the row speaks of pain: it counts as pain",
            "diary.csv:3: kind is missing and the row speaks of pain",
            "diary.csv:3: site \"Schmerz Wade\" is not known",
            "diary.csv:5: kind is missing; write soreness, tightness, pain or rpe: value left out, the rest of the row counts",
            "diary.csv:6: pain \"strong\" is no number from 0 to 10, and pain of 5 or more stops massage",
            "diary.csv:7: value \"11\" is no number from 0 to 10",
        ];
        assert_eq!(said.len(), starts.len(), "{said:?}");
        for (said, start) in said.iter().zip(starts) {
            assert!(said.starts_with(start), "{said}");
        }
    }

    #[test]
    fn a_red_flag_is_taken_back_in_words_and_never_beside_another() {
        let (entries, said) = diary(
            "date,red_flag\n2026-05-01,fever\n2026-05-02,cleared\n2026-05-03,Seen by doctor\n2026-05-04,geklärt\n\
             2026-05-05,cleared; pop\n2026-05-06,no\n2026-05-07,no\n2026-05-08,not cleared\n",
        );
        let kinds: Vec<DiaryKind> = entries.iter().map(|entry| entry.kind).collect();
        let flag = DiaryKind::RedFlag;
        assert_eq!(
            kinds,
            [flag(RedFlag::Fever), Cleared, Cleared, Cleared, flag(RedFlag::Pop), flag(RedFlag::Other)]
        );
        assert_eq!(said.len(), 2, "{said:?}");
        assert_eq!(said[0], "diary.csv:6: red_flag \"cleared\" stands beside \"pop\": the red flag counts");
    }

    #[test]
    fn a_day_has_one_massage_and_none_is_still_to_come() {
        let folder = folder(
            "massage.csv",
            "date,depth,minutes\n2026-05-02,light,30\n2026-05-02,light,30\n2026-05-02,deep,60\n2026-05-02,moderate,60\n\
             2026-05-09,light,a lot\n2026-05-19,light,\n",
        );
        let mut notices = Vec::new();
        let sessions = read_massages(folder.path(), "2026-05-18".parse().unwrap(), &mut notices);
        let found: Vec<_> = sessions.iter().map(|had| (had.date.to_string(), had.depth)).collect();
        assert_eq!(found, [("2026-05-02".to_owned(), Depth::Deep), ("2026-05-09".to_owned(), Depth::Light)]);
        let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "massage.csv:3: is the same as line 2: counts for nothing",
                "massage.csv:4: second massage of 2026-05-02, beside that of line 2: of the two the deeper counts, of equal ones the first",
                "massage.csv:5: second massage of 2026-05-02, beside that of line 4: of the two the deeper counts, of equal ones the first",
                "massage.csv:6: minutes \"a lot\" is no number from 0 to 240: minutes left out, the rest of the row counts",
                "massage.csv:7: 2026-05-19 is still to come: row left out",
            ]
        );
    }

    #[test]
    fn a_date_in_another_form_is_answered_with_what_to_write() {
        let (entries, said) = diary("date,sleep\n31.05.2026,7\n03/04/2026,7\n");
        assert!(entries.is_empty());
        assert_eq!(said[0], "diary.csv:2: \"31.05.2026\" is no date; write 2026-05-31: row left out");
        assert_eq!(
            said[1],
            "diary.csv:3: \"03/04/2026\" may be two days; write 2026-04-03 or 2026-03-04: row left out"
        );
    }

    #[test]
    fn an_unknown_tissue_leaves_the_session() {
        let folder = folder("massage.csv", "date,depth,tissues\n2026-03-02,deep,calf; soul\n");
        let mut notices = Vec::new();
        let sessions = read_massages(folder.path(), LATEST, &mut notices);
        assert_eq!(sessions[0].tissues, [Tissue::CalfAchilles]);
        assert!(notices[0].text.starts_with("tissue \"soul\" is not one of"), "{notices:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes: Vec<u8>, cells in "[a-z0-9,;\"\n.-]{0,200}") {
            let folder = tempfile::tempdir().unwrap();
            let mut notices = Vec::new();
            for content in [bytes, format!("date,site,value,kind,red_flag,depth\n{cells}").into_bytes()] {
                std::fs::write(folder.path().join("diary.csv"), &content).unwrap();
                std::fs::write(folder.path().join("massage.csv"), &content).unwrap();
                let entries = read_diary(folder.path(), LATEST, &mut notices);
                proptest::prop_assert!(entries.iter().all(|entry| entry.value.is_finite()));
                read_massages(folder.path(), LATEST, &mut notices);
            }
        }
    }
}
