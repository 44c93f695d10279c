//! What the tool and its pages may not say: nothing that promises, frightens or gives training a probability (science 7.1
//! and 4.4). Everything that a reader can meet is read, and the source too, for texts that the sample data does not bring up.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Words and beginnings of words that are not written.
const STEMS: [&str; 20] = [
    "safe",
    "unsafe",
    "danger",
    "prevent",
    "predict",
    "diagnos",
    "flush",
    "toxin",
    "detox",
    "lactic",
    "adhesion",
    "scar tissue",
    "release fascia",
    "releases fascia",
    "myofascial",
    "heal ",
    "heals",
    "healing",
    "sweet spot",
    "optimal",
];

/// The sentences that may hold such a word, because they take the claim back, whole enough that no reader can miss it.
const DENIALS: [&str; 5] = [
    "it does not predict injury",
    "it has not been shown to speed objective recovery, improve performance or prevent injury.",
    "this page describes training and does not diagnose.",
    "descriptive, predicts nothing",
    "descriptive: it moves timing and depth, it predicts nothing",
];

/// What looks like such a word and is none: code and the security policy in the head of a page.
const CODE: [&str; 5] =
    ["event.preventdefault()", "'unsafe-inline'", "&#39;unsafe-inline&#39;", ".flush()", "fn flush("];

/// Lower case, one space between words, none of the denials and none of the code.
fn bare(text: &str) -> String {
    // A comment or a text that goes on in the next line of a source or a calendar is one text.
    let text = text.replace("\r\n ", "").replace("\n//!", " ").replace("\n///", " ").replace("\\\n", " ");
    let mut bare = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    for known in DENIALS.iter().chain(&CODE) {
        bare = bare.replace(known, " … ");
    }
    bare
}

/// What a text says that it may not, each with what stands around it.
fn offences(text: &str) -> Vec<String> {
    let bare = bare(text);
    let around = |at: usize, reach: usize| -> String {
        let from = (0..=at.saturating_sub(reach)).rev().find(|at| bare.is_char_boundary(*at)).unwrap_or(0);
        bare[from..].chars().take(2 * reach).collect()
    };
    let starts_word =
        |at: usize| !bare[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
    let found = |stem: &str| -> Vec<usize> {
        bare.match_indices(stem).map(|(at, _)| at).filter(|at| starts_word(*at)).collect()
    };
    let stems = STEMS.iter().flat_map(|stem| found(stem)).map(|at| around(at, 60));
    // A share beside the word makes it a probability, whatever the sentence says.
    let shares = found("risk").into_iter().map(|at| around(at, 80));
    let shares =
        shares.filter(|near| near.contains('%') || near.contains("per cent") || near.contains("percent"));
    stems.chain(shares).collect()
}

/// Everything that the commands print and write for the sample data, with its name.
fn printed() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut keep =
        |name: String, bytes: &[u8]| texts.push((name, String::from_utf8_lossy(bytes).into_owned()));
    keep("--help".to_owned(), &super::cli::legwork(&["--help"]).stdout);
    // A report holds every table as CSV, JSON and Parquet, so only the form for people is left to print.
    for command in ["runs", "days", "weeks", "blocks", "windows", "sessions", "board"] {
        keep(format!("{command} --help"), &super::cli::legwork(&[command, "--help"]).stdout);
        let output = super::cli::legwork(&[command, "sample_data", "-v"]);
        assert_eq!(output.status.code(), Some(0));
        keep(command.to_owned(), &[output.stdout, output.stderr].concat());
    }
    keep("man".to_owned(), &super::cli::legwork(&["man"]).stdout);
    for command in ["report", "brief", "signals", "diff", "init"] {
        keep(format!("{command} --help"), &super::cli::legwork(&[command, "--help"]).stdout);
    }
    keep("init".to_owned(), &super::cli::legwork(&["init", "sample_data", "--squad", "-o", "-"]).stdout);
    for arguments in [
        &["explain", "--help"][..],
        &["explain", "sample_data", "--on", "2026-05-10"],
        &["explain", "sample_data", "--run", "2026-05-10-long-run.fit"],
        &["explain", "sample_data", "--on", "2026-05-10", "--metric", "race_score"],
    ] {
        keep(arguments.join(" "), &super::cli::legwork(arguments).stdout);
    }
    for day in ["2026-05-17", "2026-05-28", "2026-04-20", "2026-02-08"] {
        let arguments = ["brief", "sample_data", "--athlete", "marathon-build", "--on", day, "-q", "-o", "-"];
        keep(arguments.join(" "), &super::cli::legwork(&arguments).stdout);
    }
    // In the middle of the history other windows are open, other races lie ahead and other red flags hold.
    for arguments in [&["--units", "imperial"][..], &["--as-of", "2026-03-29"]] {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let out = folder.path().to_str().expect("the path is text");
        let output = super::cli::legwork(&[&["report", "sample_data", "-o", out], arguments].concat());
        keep(format!("report {arguments:?}"), &[output.stdout, output.stderr].concat());
        let files = walkdir::WalkDir::new(out).into_iter().filter_map(Result::ok);
        for file in files.filter(|file| file.file_type().is_file()) {
            let name = file.path().display();
            keep(format!("{name} {arguments:?}"), &fs::read(file.path()).expect("the file can be read"));
        }
    }
    texts
}

/// Pages that people read, and the source.
fn written() -> Vec<(String, String)> {
    let root = Path::new(ROOT);
    let mut pages: Vec<PathBuf> =
        ["README.md", "CHANGELOG.md", "ARCHITECTURE.md", "sample_data/README.md", "sample_data/legwork.toml"]
            .map(|name| root.join(name))
            .to_vec();
    let in_docs =
        fs::read_dir(root.join("docs")).expect("there are docs").flatten().map(|entry| entry.path());
    pages.extend(in_docs.filter(|path| path.extension().is_some_and(|end| end == "md")));
    let pages = pages
        .into_iter()
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("the page is there")));
    let source = super::tidy::sources().into_iter().map(|(file, _, code)| (file, code));
    pages.chain(source).collect()
}

#[test]
fn nothing_promises_or_frightens() {
    let texts: Vec<(String, String)> = printed().into_iter().chain(written()).collect();
    assert!(texts.len() > 200, "{}", texts.len());
    let found: Vec<String> = texts
        .iter()
        .flat_map(|(name, text)| offences(text).into_iter().map(move |near| format!("{name}: … {near} …")))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    // A denial that nobody writes any more would only hide what comes next.
    let flat: Vec<String> = texts
        .iter()
        .map(|(_, text)| {
            text.replace("\\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
        })
        .collect();
    for denial in DENIALS {
        assert!(flat.iter().any(|text| text.contains(denial)), "nobody writes \"{denial}\"");
    }
}

#[test]
fn what_is_forbidden_is_found() {
    for text in [
        "Massage prevents injury.",
        "Your risk of injury is up by 30 %.",
        "It raises the risk by 64 per cent",
        "a SAFE\n week",
        "this ratio is unsafe",
        "flushes lactic acid",
        "It does not predict injury, but predicts illness.",
    ] {
        assert!(!offences(text).is_empty(), "{text}");
    }
    for text in [
        "It does not predict injury.",
        "break-inside: avoid; width: 30%",
        "plantar fascia and health",
        "w.flush()?;",
        "an asterisk at 30 %",
    ] {
        assert_eq!(offences(text), [""; 0], "{text}");
    }
}
