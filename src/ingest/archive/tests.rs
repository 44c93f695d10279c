use super::*;
use crate::ingest::limits::HELD;
use bytes::Bytes;
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const GPX: &str = "<gpx><trk><trkpt><time>2015-06-18T10:04:38Z</time></trkpt></trk></gpx>";
/// Nothing is beyond these but what a test makes so.
const NONE: Limits = Limits { depth: 9, ..LIMITS };

fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

/// An archive with the same packing for all members.
fn zip<T: AsRef<[u8]>>(options: SimpleFileOptions, members: &[(&str, T)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// As writers make it that cannot go back: sizes stand behind each member.
fn streamed(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new_stream(Vec::new());
    for (name, content) in members {
        writer.start_file(*name, deflated()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What was met on a walk.
#[derive(Default, Debug)]
struct Met {
    members: Vec<(String, Vec<u8>)>,
    troubles: Vec<(String, String)>,
}

impl Met {
    fn names(&self) -> Vec<&str> {
        self.members.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// In order of name, whatever the order of reading.
    fn sorted(mut self) -> Self {
        self.members.sort();
        self
    }

    fn troubles(&self) -> Vec<(&str, &str)> {
        self.troubles.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect()
    }
}

impl Visitor for Met {
    fn wants(&self, _: &str, _: bool) -> bool {
        true
    }

    fn make_room(&mut self) -> Option<Held<'static>> {
        None
    }

    fn member(&mut self, mut member: Member) -> u64 {
        let file = member.file.clone();
        let content = match content(&mut member, NONE.unpacked, true) {
            Ok(content) => content.expect("no test packs as much").bytes,
            Err(error) => {
                self.trouble(file, error);
                return 0;
            }
        };
        self.members.push((file, content.to_vec()));
        content.len() as u64
    }

    fn list(&mut self, _: String, _: &mut dyn Read) {}

    fn trouble(&mut self, file: String, error: ReadError) {
        self.troubles.push((file, error.to_string()));
    }
}

fn walk_with(bytes: &mut dyn Bytes, limits: &Limits, budget: u64) -> Met {
    let mut met = Met::default();
    let budget = Budget::new(budget);
    let place = Place { label: "all.zip".into(), prefix: String::new(), depth: 1, is_stream: false };
    Walk { visitor: &mut met, limits, budget: &budget, members: limits.members, table: limits.table }
        .archive(bytes, &place);
    met.sorted()
}

fn walk(bytes: &[u8]) -> Met {
    walk_with(&mut Cursor::new(bytes), &NONE, u64::MAX)
}

fn read(path: &std::path::Path) -> Vec<FileRead> {
    read_within(&Source { name: String::new(), path: path.to_owned() }, &Known::new(), &LIMITS)
}

/// Reads the bytes of an archive as an input.
fn read_bytes(bytes: &[u8]) -> Vec<FileRead> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.zip");
    std::fs::write(&path, bytes).unwrap();
    read(&path)
}

/// How each file ended, in a few letters.
fn outcomes(reads: &[FileRead]) -> Vec<String> {
    let outcome = |read: &FileRead| match &read.outcome {
        Ok(Content::Recordings(digests)) => {
            format!("{}: {}", read.file, digests.iter().map(|one| one.remarks.join(", ")).collect::<String>())
        }
        Ok(Content::List(_)) => format!("{} list", read.file),
        Err(error) => format!("{} {error}", read.file),
    };
    reads.iter().map(outcome).collect()
}

/// The place of the `n`th mark in an archive.
fn find(bytes: &[u8], mark: &[u8], n: usize) -> usize {
    bytes.windows(mark.len()).enumerate().filter(|(_, window)| *window == mark).nth(n).unwrap().0
}

#[test]
fn members_of_archives_in_archives_are_met_whatever_they_are_packed_by() {
    let large = vec![7_u8; HELD as usize + 100_000];
    let members: [(&str, &[u8]); 3] = [("DI/a.fit", b"one"), ("big.gpx", &large), ("notes.txt", b"<gpx/>")];
    for inner in [zip(stored(), &members), zip(deflated(), &members), streamed(&members)] {
        for options in [stored(), deflated()] {
            let middle = zip(options, &[("b.zip", &inner[..]), ("x.fit", b"two"), ("Settings.FIT", &inner)]);
            let met =
                walk(&zip(options, &[("c/m.zip", &middle[..]), ("last.tcx", b"three"), ("z.txt", b"")]));
            assert_eq!(met.troubles(), []);
            assert_eq!(
                met.names(),
                [
                    "c/m.zip!Settings.FIT!DI/a.fit",
                    "c/m.zip!Settings.FIT!big.gpx",
                    "c/m.zip!Settings.FIT!notes.txt",
                    "c/m.zip!b.zip!DI/a.fit",
                    "c/m.zip!b.zip!big.gpx",
                    "c/m.zip!b.zip!notes.txt",
                    "c/m.zip!x.fit",
                    "last.tcx"
                ]
            );
            assert!(met.members[1].1 == large && met.members[4].1 == large);
            assert_eq!((&met.members[3].1[..], &met.members[6].1[..]), (&b"one"[..], &b"two"[..]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_was_packed_is_met(contents in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..300), any::<bool>()), 0..9), prefix in 0_usize..70_000) {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let mut expected = Vec::new();
        for (at, (content, is_packed)) in contents.iter().enumerate() {
            let name = format!("{at}.fit");
            writer.start_file(&name, if *is_packed { deflated() } else { stored() }).unwrap();
            writer.write_all(content).unwrap();
            expected.push((name, content.clone()));
        }
        let bytes = writer.finish().unwrap().into_inner();
        // Something may stand before an archive, as in those that unpack themselves.
        let met = walk(&[vec![b'x'; prefix], bytes.clone()].concat());
        prop_assert_eq!(met.troubles(), vec![]);
        prop_assert_eq!(&met.members, &expected);
        // Without its table the same members are found.
        if let Some(table) = bytes.windows(4).position(|mark| *mark == table::CENTRAL) {
            prop_assert_eq!(&walk(&bytes[..table]).members, &expected);
        }
    }

    #[test]
    fn no_bytes_panic_and_no_walk_is_endless(mut bytes in prop::collection::vec(any::<u8>(), 0..99), flips in prop::collection::vec((any::<u16>(), any::<u8>()), 0..6)) {
        let inner = zip(deflated(), &[("a.fit", &bytes), ("b.gpx", &bytes)]);
        let mut whole = zip(deflated(), &[("i.zip", &inner), ("c.tcx", &bytes)]);
        for (at, value) in flips {
            let at = usize::from(at) % whole.len();
            whole[at] = value;
        }
        let met = walk(&whole);
        prop_assert!(met.members.len() + met.troubles.len() < 20);
        bytes.splice(0..0, *b"PK\x03\x04");
        walk(&bytes);
    }
}

#[test]
fn what_systems_leave_and_what_cannot_matter_is_passed_over() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_directory("folder.fit/", stored()).unwrap();
    for name in ["__MACOSX/._a.fit", ".hidden/a.fit", "b/.a.fit", "media/1.jpg", "c.txt"] {
        writer.start_file(name, stored()).unwrap();
        writer.write_all(b"abc").unwrap();
    }
    let met = walk(&writer.finish().unwrap().into_inner());
    assert_eq!((met.names(), met.troubles()), (vec![], vec![]));
    assert_eq!(walk(&zip::<&[u8]>(stored(), &[])).troubles(), []);
}

#[test]
fn names_are_text_and_every_member_has_its_own() {
    let members = [
        ("../../b.gpx", GPX),
        ("/etc/c.gpx", GPX),
        ("d\\e.gpx", GPX),
        ("me@host.tld_1.gpx", GPX),
        ("you@host.tld_1.gpx", GPX),
        ("\u{1b}[2Jf.gpx", GPX),
    ];
    let climbs = "its name in the archive led out of it; it is shown without those parts";
    let mut expected = [
        format!("b.gpx: {climbs}"),
        format!("etc/c.gpx: {climbs}"),
        "d/e.gpx: ".to_owned(),
        "…_1.gpx: ".to_owned(),
        "…_1 (2).gpx: ".to_owned(),
        "\u{1b}[2Jf.gpx: ".to_owned(),
    ];
    expected.sort();
    assert_eq!(outcomes(&read_bytes(&zip(stored(), &members))), expected);
    // Two members of one name: the library that writes will not make them.
    let mut twice = zip(stored(), &[("1.gpx", GPX), ("2.gpx", "<gpx/>")]);
    for _ in 0..2 {
        let at = find(&twice, b"2.gpx", 0);
        twice[at] = b'1';
    }
    let met = walk(&twice);
    assert_eq!(met.names(), ["1 (2).gpx", "1.gpx"]);
}

#[test]
fn a_member_is_found_again_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two, three, four] =
        ["31", "32", "33", "34"].map(|second| GPX.replace("38Z", &format!("{second}Z")));
    let inner = zip(deflated(), &[("x/me@host.tld_1.fit", &one), ("x/you@host.tld_1.fit", &two)]);
    let path = folder.path().join("all.zip");
    std::fs::write(&path, zip(stored(), &[("i.zip", &inner[..]), ("a.fit", three.as_bytes())])).unwrap();
    let plain = folder.path().join("p@host.tld.fit");
    std::fs::write(&plain, &four).unwrap();
    let source = |name: &str, path: &std::path::Path| Source { name: name.into(), path: path.to_owned() };
    let sources = [source("all.zip", &path), source("….fit", &plain)];
    let all = [
        ("all.zip!i.zip!x/…_1.fit", &one),
        ("all.zip!i.zip!x/…_1 (2).fit", &two),
        ("all.zip!a.fit", &three),
        ("….fit", &four),
    ];
    let gone = ["all.zip!b.fit", "a.fit", "all.zip", ""];
    let files = all.iter().map(|(file, _)| *file).chain(gone).collect();
    let fetched = Fetched::new(&sources, &files, u64::MAX);
    let id = |content: &str| hash_of(content.as_bytes());
    for (n, (file, content)) in (31..).zip(all) {
        let start = fetched.recording(file, &id(content)).map(|recording| recording.start_ms / 1000 % 60);
        assert_eq!(start, Ok(n), "{file}");
        let other = fetched.recording(file, &id("another")).unwrap_err();
        assert_eq!(other, ReadError::Io("it has changed meanwhile".into()), "{file}");
    }
    assert!(gone.iter().all(|file| fetched.recording(file, &id(&one)).is_err()));
    let alone = [source("", &path)];
    let fetched = Fetched::new(&alone, &["i.zip!x/…_1.fit"].into(), u64::MAX);
    assert!(fetched.recording("i.zip!x/…_1.fit", &id(&one)).is_ok());
}

#[test]
fn a_cut_archive_gives_the_members_before_the_cut() {
    let lines: Vec<String> = (0..4000).map(|i| (i * i).to_string()).collect();
    let content = lines.join("\n");
    let names = ["1.fit", "2.fit", "3.fit"];
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, content.as_bytes())).collect();
    for bytes in [zip(deflated(), &members), zip(stored(), &members), streamed(&members)] {
        let at = find(&bytes, b"3.fit", 0) + 3000;
        let met = walk(&bytes[..at]);
        assert_eq!(met.names(), names);
        assert!(met.members[0].1 == content.as_bytes() && met.members[1].1 == content.as_bytes());
        let (_, last) = &met.members[2];
        assert!(last.len() >= 2000 && last.len() < content.len() && content.as_bytes().starts_with(last));
        let told = "is an archive that was not read whole: its table is missing or damaged; members found without it: 3";
        assert_eq!(met.troubles(), [("all.zip", told)]);
    }
    let told =
        "is an archive that was not read whole: no member was found in it; it may be cut off, or no zip";
    assert_eq!(walk(b"PK\x03\x04 not really").troubles(), [("all.zip", told)]);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let members = [("1.gpx", GPX), ("2.gpx", GPX), ("3.gpx", GPX)];
    let second = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = zip(stored(), &members);
        change(&mut bytes);
        outcomes(&read_bytes(&bytes))
    };
    let table = |bytes: &[u8]| find(bytes, &table::CENTRAL, 1);
    let with = |middle: &str| vec!["1.gpx: ".to_owned(), middle.to_owned(), "3.gpx: ".to_owned()];
    let encrypted = |bytes: &mut Vec<u8>| {
        let at = table(bytes) + 8;
        bytes[at] |= 1;
    };
    assert_eq!(
        second(&encrypted),
        with(
            "2.gpx cannot be unpacked: it is encrypted; unpack the archive with its password and give the folder"
        )
    );
    let bzip2 = |bytes: &mut Vec<u8>| {
        let at = table(bytes) + 10;
        bytes[at] = 12;
    };
    assert_eq!(
        second(&bzip2),
        with(
            "2.gpx cannot be unpacked: it is packed by bzip2; pack it as an ordinary zip, or give the folder"
        )
    );
    let crc = |bytes: &mut Vec<u8>| {
        let at = table(bytes) + 16;
        bytes[at] ^= 1;
    };
    assert_eq!(second(&crc), with("2.gpx: its checksum in the archive is wrong; used as it is"));
    let elsewhere = |bytes: &mut Vec<u8>| {
        let at = find(bytes, &table::LOCAL, 1);
        bytes[at] = 0;
    };
    assert_eq!(second(&elsewhere), with("2.gpx cannot be unpacked: it is not where the archive says"));
    let mut damaged = zip(deflated(), &[("1.gpx", GPX), ("2.gpx", &GPX.repeat(9))]);
    let at = find(&damaged, b"2.gpx", 0) + 5;
    damaged[at] |= 0x07;
    let told = outcomes(&read_bytes(&damaged));
    assert!(told[1].starts_with("2.gpx cannot be unpacked: its packing is damaged ("), "{told:?}");
}

#[test]
fn members_that_overlap_are_left_out_and_told_of() {
    // The table names the first member again and again, and once a place within it.
    let mut bytes = zip(stored(), &[("1.gpx", GPX), ("2.gpx", GPX), ("3.gpx", GPX)]);
    for (n, place) in [(1, 0), (2, 40_u8)] {
        let at = find(&bytes, &table::CENTRAL, n) + 42;
        bytes[at] = place;
    }
    let told =
        "all.zip is an archive that was not read whole: members that overlap others, and were left out: 2";
    assert_eq!(outcomes(&read_bytes(&bytes)), ["1.gpx: ", told]);
}

/// Counts what is read.
struct Counted<'a> {
    inner: Cursor<&'a [u8]>,
    n_read: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(out)?;
        self.n_read += n as u64;
        Ok(n)
    }
}

impl std::io::Seek for Counted<'_> {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}

#[test]
fn a_long_archive_that_is_said_to_be_short_is_not_held() {
    let filler = vec![b'x'; HELD as usize + 1];
    let inner = zip(stored(), &[("1.gpx", GPX.as_bytes()), ("x.bin", &filler)]);
    let mut bytes = zip(stored(), &[("i.zip", &inner)]);
    let table = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bytes[table + 24..table + 28].copy_from_slice(&9_u32.to_le_bytes());
    let mut counted = Counted { inner: Cursor::new(&bytes), n_read: 0 };
    assert_eq!(walk_with(&mut counted, &NONE, u64::MAX).names(), ["i.zip!1.gpx"]);
    assert!(counted.n_read < HELD / 2, "{}", counted.n_read);
}

#[test]
fn the_limit_of_depth_is_exact() {
    let mut bytes = zip(stored(), &[("a.fit", "deep")]);
    for _ in 1..3 {
        bytes = zip(deflated(), &[("i.zip", &bytes[..]), ("b.fit", b"beside")]);
    }
    let at = |depth| walk_with(&mut Cursor::new(&bytes), &Limits { depth, ..NONE }, u64::MAX);
    assert_eq!(at(3).names(), ["b.fit", "i.zip!b.fit", "i.zip!i.zip!a.fit"]);
    assert_eq!(at(3).troubles(), []);
    let met = at(2);
    assert_eq!(met.names(), ["b.fit", "i.zip!b.fit"]);
    let told = "is an archive that was not read whole: archives lie within each other more than 2 deep";
    assert_eq!(met.troubles(), [("i.zip!i.zip", told)]);
}

#[test]
fn the_limit_of_members_is_exact_and_holds_for_all_archives_together() {
    let inner = zip(stored(), &[("1.fit", ""), ("2.fit", "")]);
    let bytes = zip(stored(), &[("a.fit", &b""[..]), ("b.zip", &inner), ("c.txt", b"")]);
    let at = |members| walk_with(&mut Cursor::new(&bytes), &Limits { members, ..NONE }, u64::MAX);
    assert_eq!((at(5).members.len(), at(5).troubles.len()), (3, 0));
    let met = at(4);
    assert_eq!(met.names(), ["a.fit", "b.zip!1.fit"]);
    let told = "is an archive that was not read whole: with all archives around and in it, it has more than 4 members; the rest was left out";
    assert_eq!(met.troubles(), [("b.zip", told)]);
    // A name of 600 bytes counts as three members.
    let long = zip(stored(), &[(&*format!("{}.fit", "x".repeat(596)), "")]);
    let at =
        |members| walk_with(&mut Cursor::new(&long), &Limits { members, ..NONE }, u64::MAX).members.len();
    assert_eq!((at(2), at(3)), (0, 1));
}

#[test]
fn the_limit_of_the_table_is_exact() {
    let bytes = zip(stored(), &[("1.fit", "a"), ("2.fit", "b")]);
    let len = (find(&bytes, b"PK\x05\x06", 0) - find(&bytes, &table::CENTRAL, 0)) as u64;
    let at = |table| walk_with(&mut Cursor::new(&bytes), &Limits { table, ..NONE }, u64::MAX);
    assert_eq!((at(len).members.len(), at(len).troubles.len()), (2, 0));
    assert_eq!((at(len - 1).names(), at(len - 1).troubles.len()), (vec!["1.fit"], 1));
}

#[test]
fn the_limit_of_a_recording_is_exact_whatever_is_stated() {
    let limits = Limits { unpacked: 2 * MIB, ..NONE };
    let of = |n: u64, stated: u32, options| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.zip");
        let padded = format!("{GPX}{}", " ".repeat(n as usize - GPX.len()));
        let mut bytes = zip(options, &[("1.gpx", padded.as_str()), ("2.gpx", GPX)]);
        if stated > 0 {
            let at = find(&bytes, &table::CENTRAL, 0) + 24;
            bytes[at..at + 4].copy_from_slice(&stated.to_le_bytes());
        }
        std::fs::write(&path, bytes).unwrap();
        outcomes(&read_within(&Source { name: String::new(), path }, &Known::new(), &limits))
    };
    let told = "1.gpx cannot be unpacked: it unpacks to more than 2 MiB";
    for options in [stored(), deflated()] {
        assert_eq!(of(2 * MIB, 0, options), ["1.gpx: ", "2.gpx: "]);
        assert_eq!(of(2 * MIB + 1, 0, options), [told, "2.gpx: "]);
    }
    // A size that is too small or too large changes nothing.
    assert_eq!(of(2 * MIB, 5, deflated()), ["1.gpx: ", "2.gpx: "]);
    assert_eq!(of(2 * MIB + 1, 5, deflated()), [told, "2.gpx: "]);
    assert_eq!(of(1000, 2_000_000, deflated()), ["1.gpx: ", "2.gpx: "]);
}

#[test]
fn the_limit_of_all_that_is_unpacked_is_exact() {
    let zeros = vec![0_u8; 1000];
    let inner = zip(deflated(), &[("1.fit", &zeros), ("2.fit", &zeros)]);
    let bytes = zip(deflated(), &[("i.zip", &inner), ("3.fit", &zeros), ("4.fit", &zeros)]);
    let all = inner.len() as u64 + 4000;
    let at = |budget| walk_with(&mut Cursor::new(&bytes), &NONE, budget);
    assert_eq!((at(all + 1).members.len(), at(all + 1).troubles.len()), (4, 0));
    let met = at(all);
    // What lies beside an archive is read before it.
    assert_eq!(met.names(), ["3.fit", "4.fit", "i.zip!1.fit", "i.zip!2.fit"]);
    assert_eq!(at(all - 1000).names(), ["3.fit", "4.fit", "i.zip!1.fit"]);
    let told = "is an archive that was not read whole: it unpacks to far more than its size allows for; reading stopped there";
    assert_eq!(met.troubles(), [("all.zip", told)]);
}

#[test]
fn a_file_on_disk_has_the_limit_of_a_recording() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpx");
    std::fs::write(&path, format!("{GPX}{}", " ".repeat(MIB as usize - GPX.len()))).unwrap();
    let source = Source { name: "a.gpx".into(), path: path.clone() };
    let at = |unpacked| outcomes(&read_within(&source, &Known::new(), &Limits { unpacked, ..NONE }));
    assert_eq!(at(MIB), ["a.gpx: "]);
    assert_eq!(at(MIB - 1), ["a.gpx is longer than 0 MiB, which no recording is; it was not read"]);
}

#[test]
fn a_member_reads_as_the_file_itself() {
    let folder = tempfile::tempdir().unwrap();
    let gz = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(GPX.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let names = ["a.gpx", "b.gpx.gz", "c.fit"];
    let contents: [&[u8]; 3] = [GPX.as_bytes(), &gz, b"broken"];
    let members: Vec<(&str, &[u8])> = names.into_iter().zip(contents).collect();
    let mut plain = Vec::new();
    for (name, content) in &members {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        plain.extend(read_within(&Source { name: (*name).into(), path }, &Known::new(), &LIMITS));
    }
    for options in [stored(), deflated()] {
        assert_eq!(read_bytes(&zip(options, &members)), plain);
    }
    // What is known by its content is not read again.
    let known: Known = plain.iter().map(|read| (read.hash.clone(), Err(ReadError::NoSamples))).collect();
    let path = folder.path().join("all.zip");
    std::fs::write(&path, zip(deflated(), &members)).unwrap();
    let again = read_within(&Source { name: String::new(), path }, &known, &LIMITS);
    assert!(again.iter().all(|read| read.outcome == Err(ReadError::NoSamples)) && again.len() == 3);
}
