//! Names and titles that want to be more than text: in tables, pages, drawings, calendars and on the terminal they are text.

use super::cli::{legwork, text};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What a title or a name may hold: markup, a formula, an escape of a terminal, marks that turn the line, quotes.
const HOSTILE: &str = "<script>alert(1)</script>\u{202E}\u{1b}]0;x\u{7}\"'&\u{200F}";
/// What spreadsheets take for a formula.
const FORMULAS: [&str; 4] = ["=1+cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"];

/// A recording of half an hour with a title.
fn recording(title: &str, day: u32) -> String {
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // XML itself allows no control characters but these.
    let escaped: String = escaped.chars().filter(|c| !c.is_control()).collect();
    let mut points = String::new();
    for at in 0..360 {
        let (minute, second) = (at * 5 / 60, at * 5 % 60);
        let latitude = 50.0 + f64::from(at) * 0.000_13;
        write!(points, "<trkpt lat=\"{latitude:.6}\" lon=\"8.0\"><ele>100</ele><time>2026-05-{day:02}T08:{minute:02}:{second:02}Z</time></trkpt>")
            .expect("text can be written");
    }
    format!(
        "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk>\
         <name>{escaped}</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    )
}

fn input(folder: &Path) {
    let titles = FORMULAS.iter().copied().chain([HOSTILE]);
    for (at, title) in titles.enumerate() {
        let day = at as u32 + 1;
        fs::write(folder.join(format!("run-{at}.gpx")), recording(title, day)).expect("it can be written");
    }
    let quoted = HOSTILE
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\u{1b}', "\\u001b")
        .replace('\u{7}', "\\u0007");
    let races = [(20, quoted.as_str()), (25, "=HYPERLINK(1)")];
    let races = races.map(|(day, name)| {
        format!("[[athlete.race]]\ndate = \"2026-05-{day}\"\nname = \"{name}\"\ndistance = \"10k\"\npriority = \"B\"\n")
    });
    let config =
        format!("as_of = \"2026-05-06\"\n[[athlete]]\nid = \"a\"\nfolder = \".\"\n{}", races.concat());
    fs::write(folder.join("legwork.toml"), config).expect("it can be written");
    let diary = format!(
        "date,site,side,value,kind,text\n2026-05-05,\"{}\",left,4,pain,\"{}\"\n",
        "=calf", "<script>alert(1)</script>"
    );
    fs::write(folder.join("diary.csv"), diary).expect("it can be written");
}

/// Characters that steer a terminal or turn the direction of writing.
fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200F}')
}

#[test]
fn hostile_text_is_text_everywhere() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    input(folder.path());
    let out = folder.path().join("out");
    let report = legwork(&["report", text(folder.path()), "-o", text(&out), "-v"]);
    assert_eq!(report.status.code(), Some(0), "{}", String::from_utf8_lossy(&report.stderr));
    let mut printed = vec![("report".to_owned(), [report.stdout, report.stderr].concat())];
    for command in ["runs", "days", "weeks", "signals", "blocks", "windows", "sessions", "board"] {
        let output = legwork(&[command, text(folder.path()), "-v"]);
        printed.push((command.to_owned(), [output.stdout, output.stderr].concat()));
    }
    for (name, bytes) in &printed {
        let said = String::from_utf8_lossy(bytes);
        assert!(!said.contains(steers), "{name}: {said:?}");
    }
    let (mut n_pages, mut n_tables, mut n_drawings) = (0, 0, 0);
    for file in walkdir::WalkDir::new(&out).into_iter().flatten().filter(|file| file.file_type().is_file()) {
        let name = file.path().display().to_string();
        let content = fs::read_to_string(file.path()).unwrap_or_default();
        match file.path().extension().and_then(|end| end.to_str()) {
            Some("html") => {
                n_pages += 1;
                assert!(!content.contains("<script>alert") && !content.contains(steers), "{name}");
            }
            Some("svg") => {
                n_drawings += 1;
                assert!(!content.contains("<script") && !content.contains(steers), "{name}");
            }
            Some("csv") => {
                n_tables += 1;
                let mut reader = csv::Reader::from_reader(content.as_bytes());
                for cell in reader
                    .records()
                    .flatten()
                    .flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>())
                {
                    let is_formula = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
                    assert!(!is_formula, "{name}: {cell}");
                }
            }
            _ => {}
        }
    }
    assert!(n_pages >= 2 && n_tables == 8 && n_drawings > 4, "{n_pages} {n_tables} {n_drawings}");
    let runs = fs::read_to_string(out.join("tables/runs.csv")).expect("the table is there");
    for formula in FORMULAS {
        assert!(runs.contains(&format!("'{formula}")), "{formula}: {runs}");
    }
    let board = fs::read_to_string(out.join("index.html")).expect("there is a board");
    assert!(
        board.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "the name of the next race is on the board"
    );
}
