//! Archives made to do harm: each is told of, and the run beside it in the same archive is read.

use crate::cli::{command, legwork, text};
use flate2::Compression;
use flate2::write::GzEncoder;
use legwork::ingest::limits::{
    BATCH, DIGESTED_AT_ONCE, FETCHED, HELD, KEPT, LIMITS, MAX_RECORDINGS, MAX_ROWS, MAX_RUNS, MAX_SAMPLES,
    MAX_SPAN_S, MAX_SUMMARIES, MIB, NAME, READ_AT_ONCE, UNPACKED_LIMIT, XML_DEPTH,
};
use legwork::ingest::{Fate, Given, Imported, find, import};
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read as _, Seek as _, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_128;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The run that every archive here holds: half an hour.
fn good_run() -> Vec<u8> {
    let mut points = String::new();
    for at in 0..360 {
        let (minute, second) = (at * 5 / 60, at * 5 % 60);
        let latitude = 50.0 + f64::from(at) * 0.000_13;
        write!(points, "<trkpt lat=\"{latitude:.6}\" lon=\"8.0\"><time>2026-05-01T08:{minute:02}:{second:02}Z</time></trkpt>")
            .expect("text can be written");
    }
    format!("<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>").into_bytes()
}

/// Packs members in their order, the good run as the last of them.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in members.iter().copied().chain([("good.gpx", &good_run()[..])]) {
        writer.start_file(name, options).expect("a member can be begun");
        writer.write_all(content).expect("a member can be written");
    }
    writer.finish().expect("an archive can be finished").into_inner()
}

/// Reads an archive as an input.
fn read(bytes: &[u8]) -> Imported {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("bomb.zip");
    fs::write(&path, bytes).expect("it can be written");
    import(&find(&[path]).expect("it is there"), &Given::default(), || ())
}

/// Runs the command on a folder with twelve threads; the most memory that it had resident, in MiB, its table and what it
/// said. Memory is not told on every system: then it is 0.
fn peak_and_table(folder: &Path) -> (u64, String, String) {
    let mut table = tempfile::tempfile().expect("a file can be made");
    let out = table.try_clone().expect("a file can be opened twice");
    let mut command = command(&["runs", text(folder), "--jobs", "12", "-v", "--format", "csv"]);
    let mut child =
        command.stdout(Stdio::from(out)).stderr(Stdio::piped()).spawn().expect("the command can be run");
    let status = format!("/proc/{}/status", child.id());
    let mut stderr = child.stderr.take().expect("it is piped");
    let said = std::thread::spawn(move || {
        let mut said = String::new();
        stderr.read_to_string(&mut said).map(|_| said)
    });
    let mut peak_kib = 0;
    while child.try_wait().expect("it can be waited for").is_none() {
        let status = fs::read_to_string(&status).unwrap_or_default();
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let most = most.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak_kib = most.unwrap_or(0).max(peak_kib);
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut rows = String::new();
    table.rewind().expect("a file has a begin");
    table.read_to_string(&mut rows).expect("it is text");
    (peak_kib / 1024, rows, said.join().expect("it is read").expect("it is text"))
}

/// The same without the table.
fn peak(folder: &Path) -> (u64, String) {
    let (peak_mib, _, said) = peak_and_table(folder);
    (peak_mib, said)
}

#[test]
fn twelve_large_members_that_are_not_packed_are_read_in_turn() {
    let mut inner = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    inner.start_file("large.fit", stored).expect("a member can be begun");
    inner.write_all(&vec![0; 95 * MIB as usize]).expect("a member can be written");
    let bytes = zip(&[("i.zip", &inner.finish().expect("it can be finished").into_inner())]);
    let folder = tempfile::tempdir().expect("a folder can be made");
    for n in 0..12 {
        fs::write(folder.path().join(format!("{n:02}.zip")), &bytes).expect("it can be written");
    }
    let (peak_mib, said) = peak(folder.path());
    assert!(said.contains("11.zip!i.zip!large.fit: is not a FIT, GPX or TCX file"), "{said}");
    assert!(peak_mib < 400, "{peak_mib} MiB");
}

#[test]
fn what_is_read_a_second_time_waits_its_turn_too() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut overrides = "id,distance_km\n".to_owned();
    let run = String::from_utf8(good_run()).expect("it is text");
    for n in 1..=8 {
        let run = run.replace("2026-05-01", &format!("2026-05-{n:02}"));
        let run = format!("{}<!--{}--></gpx>", run.trim_end_matches("</gpx>"), " ".repeat(95 * MIB as usize));
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(run.as_bytes()).expect("it can be packed");
        let packed = packed.finish().expect("it can be packed");
        fs::write(folder.path().join(format!("{n}.gpx.gz")), packed).expect("it can be written");
        writeln!(overrides, "{:032x},5.5", xxh3_128(run.as_bytes())).expect("text can be written");
    }
    fs::write(folder.path().join("overrides.csv"), overrides).expect("it can be written");
    let (peak_mib, rows, said) = peak_and_table(folder.path());
    let n = rows.matches(",5500,").count();
    assert!(n == 8 && peak_mib < 400, "{n}, {peak_mib} MiB: {said}");
}

#[test]
fn long_recordings_with_everything_in_them_are_digested_in_turn() {
    // Time, position, distance, altitude, speed, heart rate, cadence, power and running dynamics.
    let fields = [
        (253, 4, 0x86),
        (0, 4, 0x85),
        (1, 4, 0x85),
        (5, 4, 0x86),
        (2, 2, 0x84),
        (6, 2, 0x84),
        (3, 1, 2),
        (4, 1, 2),
        (7, 2, 0x84),
        (41, 2, 0x84),
        (84, 2, 0x84),
        (39, 2, 0x84),
        (83, 2, 0x84),
        (85, 2, 0x84),
    ];
    let definition: Vec<u8> =
        fields.iter().flat_map(|(number, size, kind)| [*number, *size, *kind]).collect();
    let folder = tempfile::tempdir().expect("a folder can be made");
    for n in 0..4_u32 {
        let mut messages = [&[0x41, 0, 0, 20, 0, fields.len() as u8][..], &definition].concat();
        for at in 0..8640_u32 {
            messages.push(1);
            let numbers =
                [1_000_000_000 + 30 * at + n * 10_000_000, 600_000_000 + 8000 * at, 95_000_000, 9000 * at];
            messages.extend(numbers.map(u32::to_le_bytes).concat());
            messages.extend([2600_u16, 3000].map(u16::to_le_bytes).concat());
            messages.extend([140, 85]);
            messages.extend([250_u16, 2500, 5000, 800, 800, 1000].map(u16::to_le_bytes).concat());
        }
        let size = (messages.len() as u32).to_le_bytes();
        let file = [&[12, 16, 0, 0][..], &size, b".FIT", &messages, &[0, 0]].concat();
        fs::write(folder.path().join(format!("{n}.fit")), file).expect("it can be written");
    }
    let (peak_mib, said) = peak(folder.path());
    assert!(said.contains("3.fit: checksum is wrong") && peak_mib < 300, "{peak_mib} MiB: {said}");
}

#[test]
fn notes_in_an_archive_are_named_and_no_file_of_the_history() {
    let names = ["massage.csv", "jo/diary.csv", "overrides.csv", "legwork.toml", "plan.csv", "unknown.csv"];
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"date,depth\n"[..])).collect();
    let imported = read(&zip(&members));
    let part = "is read from a folder and not out of an archive: put it beside the archive";
    good_and(&imported, &names.map(|name| (name, part)));
    assert_eq!((imported.files.len(), imported.notices.len(), imported.errors.len()), (1, 6, 0));
}

/// The good run was read, and these texts are among what is said.
fn good_and(imported: &Imported, said: &[(&str, &str)]) {
    let names: Vec<&str> = imported.digests.iter().map(|digest| digest.file.as_str()).collect();
    assert!(names.contains(&"good.gpx"), "{names:?}");
    for (file, part) in said {
        let has = imported.notices.iter().any(|notice| notice.source == *file && notice.text.contains(part));
        assert!(has, "{file}: {part}\n{:?}", imported.notices.iter().take(9).collect::<Vec<_>>());
    }
}

#[test]
fn archives_without_end_are_followed_to_the_limit() {
    let mut bytes = zip(&[]);
    for _ in 1..=LIMITS.depth {
        bytes = zip(&[("r.zip", &bytes)]);
    }
    let imported = read(&bytes);
    let deepest = ["r.zip"; 5].join("!");
    good_and(&imported, &[(&deepest, "more than 5 deep")]);
    let fate = |n: usize| {
        let name = format!("{}good.gpx", "r.zip!".repeat(n));
        imported.files.iter().find(|note| note.file == name).map(|note| note.fate.clone())
    };
    assert!(matches!(fate(0), Some(Fate::Read(_))) && fate(4) == Some(Fate::SameContent("good.gpx".into())));
    assert_eq!(fate(5), None);
}

#[test]
fn a_few_bytes_that_unpack_to_terabytes_are_left() {
    let zeros = vec![0; UNPACKED_LIMIT as usize];
    let mut bytes = zip(&[("zeros.fit", &zeros)]);
    drop(zeros);
    let names: Vec<String> = (0..16).map(|n| format!("z{n}.zip")).collect();
    for _ in 0..3 {
        let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &bytes[..])).collect();
        bytes = zip(&members);
    }
    good_and(&read(&bytes), &[("bomb.zip", "far more than its size allows for")]);
}

#[test]
fn many_large_members_of_nothing_cost_no_other_its_place() {
    let zeros = vec![0; UNPACKED_LIMIT as usize];
    let one = zip(&[("0.fit", &zeros)]);
    // The packed stream is written again and again under other names: the library would pack it each time.
    let names: Vec<String> = (0..16).map(|n| format!("{n}.fit")).collect();
    let mut archive = zip::ZipArchive::new(Cursor::new(&one)).expect("it is an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in &names {
        let member = archive.by_index_raw(0).expect("it has a member");
        writer.raw_copy_file_rename(member, name).expect("a member can be copied");
    }
    let member = archive.by_index_raw(1).expect("it has two members");
    writer.raw_copy_file(member).expect("a member can be copied");
    let bytes = writer.finish().expect("an archive can be finished").into_inner();
    let imported = read(&bytes);
    good_and(&imported, &[("bomb.zip", "far more than its size allows for")]);
    let n_read = imported.files.iter().filter(|note| note.file.ends_with(".fit")).count() as u64;
    let allowed = LIMITS.allowance + LIMITS.ratio * bytes.len() as u64;
    assert!((1..=allowed / UNPACKED_LIMIT + 1).contains(&n_read), "{n_read}");
}

#[test]
fn a_table_that_names_one_member_again_and_again_is_told_of() {
    let sound = zip(&[]);
    let table = sound.windows(4).position(|mark| mark == b"PK\x01\x02").expect("there is a table");
    let end = sound.windows(4).position(|mark| mark == b"PK\x05\x06").expect("it has an end");
    let mut bytes = sound[..end].to_vec();
    for _ in 1..3000 {
        bytes.extend_from_slice(&sound[table..end]);
    }
    let size = (bytes.len() - table) as u32;
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend([3000_u16.to_le_bytes(); 2].concat());
    bytes.extend([size.to_le_bytes(), (table as u32).to_le_bytes()].concat());
    bytes.extend([0; 2]);
    let imported = read(&bytes);
    good_and(&imported, &[("bomb.zip", "members that overlap others, and were left out: 2999")]);
    assert_eq!(imported.files.len(), 2);
}

#[test]
fn two_hundred_thousand_empty_members_are_met_and_more_than_the_limit_are_not() {
    let many = |n: u64| {
        let (mut bytes, mut table) = (zip(&[]), Vec::new());
        let start = bytes.windows(4).position(|mark| mark == b"PK\x01\x02").expect("there is a table");
        let end = bytes.windows(4).position(|mark| mark == b"PK\x05\x06").expect("it has an end");
        table.extend_from_slice(&bytes[start..end]);
        bytes.truncate(start);
        for at in 0..n {
            let name = format!("x{at:07}.fit");
            let place = (bytes.len() as u32).to_le_bytes();
            // Version, flags, packing, time, date, checksum, sizes; then the lengths of the name and of what follows it.
            let common = [&[20, 0], &[0; 20][..], &[12, 0, 0, 0]].concat();
            bytes.extend([b"PK\x03\x04", &common[..], name.as_bytes()].concat());
            table.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &place, name.as_bytes()].concat());
        }
        let (n, start, size) = (n + 1, bytes.len() as u64, table.len() as u64);
        bytes.append(&mut table);
        let end = bytes.len() as u64;
        // The record for large archives, where to find it, and the one for small ones.
        bytes.extend_from_slice(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
        bytes.extend([n, n, size, start].map(u64::to_le_bytes).concat());
        bytes.extend([&b"PK\x06\x07\0\0\0\0"[..], &end.to_le_bytes(), &[1, 0, 0, 0]].concat());
        bytes.extend([&b"PK\x05\x06\0\0\0\0"[..], &[0xFF; 12], &[0; 2]].concat());
        bytes
    };
    let imported = read(&many(200_000));
    good_and(&imported, &[("x0000000.fit", "is empty"), ("x0199999.fit", "is empty")]);
    assert_eq!(imported.files.len(), 200_001);
    let imported = read(&many(LIMITS.members));
    good_and(&imported, &[("bomb.zip", "more than 250000 members; the rest was left out")]);
    // One member more than the limit: it is left out, and the archive is named in its place.
    assert_eq!(imported.files.len() as u64, LIMITS.members + 1);
}

#[test]
fn hostile_files_in_an_archive_are_told_of() {
    let deep = [&b"<gpx><trk>"[..], &b"<a>".repeat(1_000_000)].concat();
    let mut entities = "<!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\">".to_owned();
    for (name, of) in ('b'..='z').zip('a'..='y') {
        write!(entities, "<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10))
            .expect("text can be written");
    }
    entities.push_str("]><gpx><trk><name>&z;</name></trk></gpx>");
    let fit = |messages: &[u8]| {
        let size = (messages.len() as u32).to_le_bytes();
        [&[12, 16, 0, 0][..], &size, b".FIT", messages, &[0, 0]].concat()
    };
    // Records of 65,025 bytes, of which there is one byte.
    let claims = fit(&[&[0x40, 0, 0, 20, 0, 255][..], &[3, 255, 2].repeat(255), &[0, 1]].concat());
    // A time, then records without a field: a byte each.
    let time: &[u8] = &[0x41, 0, 0, 20, 0, 1, 253, 4, 0x86, 1, 0, 0, 0, 0x40];
    let none = fit(&[time, &[0x42, 0, 0, 20, 0, 0], &vec![2; MAX_SAMPLES + 5]].concat());
    let imported = read(&zip(&[
        ("deep.gpx", &deep),
        ("entities.gpx", entities.as_bytes()),
        ("claims.fit", &claims),
        ("none.fit", &none),
    ]));
    good_and(
        &imported,
        &[
            ("deep.gpx", "nested more than 1000 deep"),
            ("entities.gpx", ""),
            ("claims.fit", ""),
            ("none.fit", "has 604800 samples, the most that are read"),
        ],
    );
}

#[test]
fn names_are_text_on_the_terminal_and_in_tables() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("me@host.tld.zip");
    let names = [
        "../../../etc/up.gpx",
        "\u{1b}]0;x\u{7}\u{202E}turned.fit",
        "me@host.tld_1.fit",
        "C:\\x\\broken.fit",
    ];
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"broken"[..])).collect();
    fs::write(&path, zip(&members)).expect("it can be written");
    let output = legwork(&["runs", text(&path), "-v", "--format", "csv"]);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(!said.contains('@') && !said.contains("..") && !said.contains('\u{202E}'), "{said}");
    assert!(!said.contains(|c: char| c.is_control() && !"\r\n".contains(c)), "{said:?}");
    assert!(said.contains("good.gpx") && said.contains("notice: etc/up.gpx: "), "{said}");
    assert!(said.contains("notice: …_1.fit: ") && said.contains("notice: C:/x/broken.fit: "), "{said}");
}

#[test]
fn a_zip_is_read_as_the_folder_of_its_content() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let runs = folder.path().join("runner/2026");
    fs::create_dir_all(&runs).expect("a folder can be made");
    fs::write(runs.join("good.gpx"), good_run()).expect("it can be written");
    fs::write(runs.join("broken.fit"), "broken").expect("it can be written");
    fs::write(runs.join("inner.zip"), zip(&[])).expect("it can be written");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["good.gpx", "broken.fit", "inner.zip"] {
        writer
            .start_file(format!("2026/{name}"), SimpleFileOptions::default())
            .expect("a member can be begun");
        writer.write_all(&fs::read(runs.join(name)).expect("it is there")).expect("a member can be written");
    }
    let zipped = folder.path().join("runner.zip");
    fs::write(&zipped, writer.finish().expect("it can be finished").into_inner()).expect("it can be written");
    let run = |inputs: &[&str]| legwork(&[&["runs"], inputs, &["--format", "csv", "-v"]].concat());
    let plain = run(&[text(&folder.path().join("runner"))]);
    assert_eq!(plain.status.code(), Some(0), "{}", String::from_utf8_lossy(&plain.stderr));
    assert!(String::from_utf8_lossy(&plain.stdout).contains(",2026/good.gpx,"));
    for inputs in [&[text(&zipped)][..], &[text(&zipped); 2]] {
        let other = run(inputs);
        assert!(other.stdout == plain.stdout && other.stderr == plain.stderr, "{other:?}");
    }
}

#[test]
fn a_real_zip_with_the_name_of_a_recording_is_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/corrupt/container");
    let Ok(sources) = find(&[folder.into()]) else {
        eprintln!("skipped: no recordings below {folder}");
        return;
    };
    let imported = import(&sources, &Given::default(), || ());
    assert_eq!(imported.digests.len(), 1, "{:?}", imported.files);
    assert!(
        imported.digests[0].file.contains(".fit!") && imported.digests[0].file.ends_with("_ACTIVITY.fit")
    );
}

#[test]
fn the_page_of_limits_has_the_numbers_of_the_program() {
    let page = include_str!("../../docs/limits.md");
    let rows: Vec<&str> =
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| what | limit")).collect();
    let mib = |bytes: u64| format!("{} MiB", bytes / MIB);
    let limits = [
        ("a recording, unpacked", mib(LIMITS.unpacked)),
        ("a list of a platform, unpacked", mib(LIMITS.list)),
        ("archives within each other", LIMITS.depth.to_string()),
        ("members of an input", LIMITS.members.to_string()),
        ("the name of a member", format!("{NAME} bytes")),
        ("the table of an archive", mib(LIMITS.table)),
        (
            "all that an input unpacks to",
            format!("{} and {} times its size", mib(LIMITS.allowance), LIMITS.ratio),
        ),
        ("samples of a file", MAX_SAMPLES.to_string()),
        ("recordings of a file", MAX_RECORDINGS.to_string()),
        ("messages with sums in a FIT file", MAX_SUMMARIES.to_string()),
        ("time between the first and the last sample", format!("{} days", MAX_SPAN_S / 86_400)),
        ("elements within each other in XML", XML_DEPTH.to_string()),
        ("what is kept of all files of a runner", mib(KEPT)),
        ("recordings of a runner, with runs made of rows", MAX_RUNS.to_string()),
        ("rows of lists of a runner", MAX_ROWS.to_string()),
        ("what all threads read at once", mib(READ_AT_ONCE)),
        ("what all threads digest at once", mib(DIGESTED_AT_ONCE)),
        ("packed members that are read a second time at once", mib(FETCHED)),
        ("an archive within an archive held in memory", mib(HELD)),
        ("packed members that wait", mib(BATCH)),
    ];
    assert_eq!(rows.len(), limits.len());
    for (row, (what, number)) in rows.iter().zip(&limits) {
        assert!(row.starts_with(&format!("| {what} | {number} | ")), "{row}: {what}, {number}");
    }
}
