//! The files that rows name, among all that were read.

use crate::ingest::name::without_gz;
use crate::ingest::{Fate, FileNote};
use crate::text::last_part;
use std::collections::HashMap;

/// Where the recording of a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Belongs {
    /// These recordings, by their `id`.
    To(Vec<String>),
    /// Its file is here, but gave nothing, and why.
    Broken(String),
    /// Its file is not here.
    Absent,
    /// It names no file.
    Nowhere,
}

/// All files by where they lie, without `.gz`.
pub(super) struct Files<'a> {
    by_path: HashMap<&'a str, &'a Fate>,
    /// By the name alone, where no two files of other content have it.
    by_name: HashMap<&'a str, Option<&'a Fate>>,
}

impl<'a> Files<'a> {
    pub(super) fn of(files: &'a [FileNote]) -> Self {
        let mut by_path: HashMap<&str, &Fate> = HashMap::new();
        let mut by_name: HashMap<&str, Option<&Fate>> = HashMap::new();
        let of_file: HashMap<&str, &Fate> =
            files.iter().map(|note| (note.file.as_str(), &note.fate)).collect();
        for note in files {
            // Of files with the same bytes, the first one was read.
            let fate = match &note.fate {
                Fate::SameContent(first) => of_file.get(first.as_str()).copied().unwrap_or(&note.fate),
                fate => fate,
            };
            let path = without_gz(&note.file);
            by_path.insert(path, fate);
            let name = last_part(path);
            by_name
                .entry(name)
                .and_modify(|one| *one = one.filter(|other| *other == fate))
                .or_insert(Some(fate));
        }
        Self { by_path, by_name }
    }

    /// The file that the list at `list` calls `file`: below the folder of the list, packed or not. Files that were moved
    /// are found by their names, where these are numbers of the platform and no other file has it.
    pub(super) fn find(&self, list: &str, file: &str) -> Belongs {
        let file = file.trim().replace('\\', "/");
        let file = without_gz(file.trim_start_matches("./"));
        let folder = list.rfind(['/', '!']).map_or("", |end| &list[..=end]);
        let beside = self.by_path.get(format!("{folder}{file}").as_str()).copied();
        let elsewhere = || {
            let name = Some(last_part(file)).filter(|name| is_numbered(name))?;
            self.by_name.get(name).copied().flatten()
        };
        match beside.or_else(elsewhere) {
            Some(Fate::Read(ids)) => Belongs::To(ids.clone()),
            Some(Fate::Skipped(why) | Fate::Failed(why)) => Belongs::Broken(why.clone()),
            Some(Fate::Listed(_) | Fate::SameContent(_)) | None => Belongs::Absent,
        }
    }
}

/// Is the name one that a platform has given once only: a long number?
fn is_numbered(name: &str) -> bool {
    const LONG: usize = 6;
    let stem = name.split('.').next().unwrap_or_default();
    stem.len() >= LONG && stem.bytes().all(|byte| byte.is_ascii_digit())
}

/// A path without the ending of a packed file.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_packed_in_archives_moved_and_among_copies() {
        let note = |file: &str, fate: Fate| FileNote { file: file.into(), fate };
        let read = |id: &str| Fate::Read(vec![id.to_owned()]);
        let notes = [
            note("a.zip!x/activities/1.fit.gz", read("1")),
            note("a.zip!x/activities/2.gpx", Fate::Failed("is empty".into())),
            note("moved/1234563.tcx", read("3")),
            note("moved/1234564.fit", read("4")),
            note("other/1234564.fit", read("5")),
            note("a.zip!x/activities/6.fit", Fate::SameContent("moved/1234563.tcx".into())),
        ];
        let files = Files::of(&notes);
        let find = |file: &str| files.find("a.zip!x/activities.csv", file);
        let to = |id: &str| Belongs::To(vec![id.to_owned()]);
        assert_eq!((find("activities/1.fit.gz"), find("activities/1.fit")), (to("1"), to("1")));
        assert_eq!(find("activities/2.gpx.gz"), Belongs::Broken("is empty".into()));
        assert_eq!((find("activities/1234563.tcx.GZ"), find("activities\\6.fit")), (to("3"), to("3")));
        assert_eq!(
            (find("activities/1234564.fit"), find("activities/7.fit")),
            (Belongs::Absent, Belongs::Absent)
        );
        assert_eq!(Files::of(&notes[2..3]).find("moved/activities.csv", "1234563.tcx"), to("3"));
        assert_eq!(
            Files::of(&[note("b.zip!1.fit", read("1"))]).find("b.zip!activities.csv", "1.fit"),
            to("1")
        );
    }
}
