//! The names of files as people and tables see them.
//!
//! A name is text and never a path that is written to. Invariant: no e-mail address is in it, and no part of it climbs.

use super::limits::NAME;
use std::collections::BTreeMap;

/// Where a name was cut, or what is not told.
const ELLIPSIS: &str = "…";
/// Endings that tell what a file is, and are no part of an address before them.
const ENDINGS: [&str; 7] = [".fit", ".gpx", ".tcx", ".gz", ".zip", ".csv", ".json"];

/// The name of a member, fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberName {
    /// With `/` between its parts, none of them empty.
    pub text: String,
    /// Did it lead out of the archive?
    pub climbs: bool,
}

/// The name of a member by the bytes in the archive.
#[must_use]
pub fn of_member(bytes: &[u8]) -> MemberName {
    let text = String::from_utf8_lossy(bytes).replace('\\', "/");
    let climbs = text.starts_with('/') || text.split('/').any(|part| part == "..");
    let parts = text.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let parts: Vec<String> = parts.map(without_addresses).collect();
    MemberName { text: shortened(parts.join("/")), climbs }
}

/// Is a file of this name left alone, as systems and programs keep them for themselves?
#[must_use]
pub fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// Does the name end so, packed by gzip or not, in whatever case?
#[must_use]
pub fn ends_with(name: &str, endings: &[&str]) -> bool {
    let name = without_gz(name).to_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

/// Should a file of this name hold one activity?
#[must_use]
pub fn is_recording(name: &str) -> bool {
    ends_with(name, &[".fit", ".gpx", ".tcx"])
}

/// The name without `.gz` at its end.
#[must_use]
pub fn without_gz(name: &str) -> &str {
    match name.len().checked_sub(3).and_then(|at| name.split_at_checked(at)) {
        Some((stem, end)) if end.eq_ignore_ascii_case(".gz") => stem,
        _ => name,
    }
}

/// The text with each e-mail address in it replaced.
#[must_use]
pub fn without_addresses(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let host = host_len(after);
        if host == 0 {
            shown.push_str(&rest[..=at]);
            rest = after;
            continue;
        }
        let ends_word = |c: char| c.is_whitespace() || "/!,;:<>()[]\"".contains(c);
        let word = before
            .rfind(ends_word)
            .map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
        shown.push_str(&before[..word]);
        shown.push_str(ELLIPSIS);
        rest = &after[host..];
    }
    shown + rest
}

/// The length of the host of an address at the start of a text; 0 where there is none.
fn host_len(text: &str) -> usize {
    let is_host = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let mut host = &text[..text.find(|c| !is_host(c)).unwrap_or(text.len())];
    // An ending of the file is none of the host.
    if host.len() == text.len() {
        while let Some(ending) = ENDINGS.iter().find(|ending| ends_so(host, ending)) {
            host = &host[..host.len() - ending.len()];
        }
    }
    let host = host.trim_end_matches(['.', '-']);
    let is_known =
        host.rsplit_once('.').is_some_and(|(name, top)| !name.is_empty() && top.chars().count() >= 2);
    if is_known { host.len() } else { 0 }
}

fn ends_so(text: &str, ending: &str) -> bool {
    let at = text.len().checked_sub(ending.len());
    at.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// A name without its middle, where it is too long: the end tells what it is.
fn shortened(name: String) -> String {
    if name.len() <= NAME {
        return name;
    }
    let half = (NAME - ELLIPSIS.len()) / 2;
    let start = name.floor_char_boundary(half);
    let end = name.ceil_char_boundary(name.len() - half);
    format!("{}{ELLIPSIS}{}", &name[..start], &name[end..])
}

/// Numbers names that stand for several files: the second `a.fit` becomes `a (2).fit`.
pub fn number<'a>(names: impl Iterator<Item = &'a mut String>) {
    let mut taken = BTreeMap::<String, usize>::new();
    for name in names {
        let mut n = taken.get(name).copied().unwrap_or(0) + 1;
        taken.insert(name.clone(), n);
        if n > 1 {
            let mut other = numbered(name, n);
            while taken.contains_key(&other) {
                n += 1;
                other = numbered(name, n);
            }
            taken.insert(std::mem::replace(name, other.clone()), n);
            taken.insert(other, 1);
        }
    }
}

fn numbered(name: &str, n: usize) -> String {
    let file = name.rfind('/').map_or(0, |at| at + 1);
    let stem = without_gz(name);
    let ending = stem[file..].rfind('.').map_or(stem.len(), |at| file + at);
    format!("{} ({n}){}", &name[..ending], &name[ending..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_says_whether_a_recording_is_expected() {
        assert!(
            is_recording("a/b.zip!2026-05-01.FIT.gz") && is_recording("x.tcx") && !is_recording("photo.jpg")
        );
    }

    #[test]
    fn addresses_are_not_told() {
        for (name, shown) in [
            ("someone@host.tld_123.fit", "…_123.fit"),
            ("Some.One+x@mail.host.tld.fit.gz", "….fit.gz"),
            ("run of a@b.cd and e@f.gh.zip", "run of … and ….zip"),
            ("a@b.cd", "…"),
            ("jürgen@läufer.de_0_summarizedActivities.json", "…_0_summarizedActivities.json"),
            ("10k@threshold.fit", "10k@threshold.fit"),
            ("4x1000 @ 3:30.gpx", "4x1000 @ 3:30.gpx"),
            ("@@.fit", "@@.fit"),
        ] {
            assert_eq!(without_addresses(name), shown);
        }
    }

    #[test]
    fn a_name_of_an_archive_is_only_text() {
        let name = |bytes: &[u8]| {
            let name = of_member(bytes);
            (name.text, name.climbs)
        };
        assert_eq!(name(b"../../etc/./a.fit"), ("etc/a.fit".into(), true));
        assert_eq!(name(b"/abs//a.fit"), ("abs/a.fit".into(), true));
        assert_eq!(name(b"DI\\me@host.tld\\b.fit"), ("DI/…/b.fit".into(), false));
        assert_eq!(name(b"a\xFF.fit"), ("a\u{FFFD}.fit".into(), false));
        let (long, _) = name(&[b"x".repeat(900), b"/y.fit".to_vec()].concat());
        assert!(long.len() <= NAME && long.ends_with("x/y.fit") && long.contains('…'));
    }

    #[test]
    fn a_name_stands_for_one_file() {
        let mut names =
            ["a/b.fit.gz", "a/b.fit.gz", "c", "a/b.fit.gz", "c", "x.y/c", "c (2)"].map(str::to_owned);
        number(names.iter_mut());
        assert_eq!(
            names,
            ["a/b.fit.gz", "a/b (2).fit.gz", "c", "a/b (3).fit.gz", "c (2)", "x.y/c", "c (2) (2)"]
        );
    }

    proptest! {
        #[test]
        fn no_name_climbs_or_tells_an_address(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'@'), Just(b'.'), Just(b'/'), 97_u8..123], 0..80)) {
            let name = of_member(&bytes).text;
            prop_assert!(name.split('/').all(|part| part != ".."));
            prop_assert_eq!(&without_addresses(&name), &name);
        }
    }
}
