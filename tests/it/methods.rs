//! The tables of `docs/methods.md` that the code itself can tell.

use legwork::blocks::Phase;
use legwork::digest::RACE_DISTANCES;
use legwork::massage::rules::{ALL, About};
use legwork::score::run::{LoadBasis, SessionKind, SpikeClass};
use legwork::score::spike_class;
use legwork::tissue::coefficients::{Coefficients, KEYS, TABLE};
use std::fmt::Write;
use std::fs;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/methods.md");
const END: &str = "<!-- /generated -->";

/// A table of Markdown from its head and its rows.
fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        writeln!(text, "| {} |", row.join(" | ")).expect("a text takes every line");
    }
    text
}

fn rules() -> String {
    let values = ALL.iter().flat_map(|rule| rule.about().tunables.iter().map(|one| (rule.about().id, one)));
    let rows = values.map(|(id, one)| {
        let range = format!("{} to {}", one.min, one.max);
        vec![format!("`{}`", one.key), id.to_owned(), one.about.to_owned(), one.default.to_string(), range]
    });
    table(&["key", "rule", "what it sets", "default", "range"], rows)
}

fn all_rules() -> String {
    let row = |about: &About| {
        [about.id, about.says, about.does, about.grade.name()].map(|cell| cell.replace('|', "/")).to_vec()
    };
    table(&["rule", "what is said", "what is made of it", "grade"], ALL.iter().map(|rule| row(rule.about())))
}

fn phases() -> String {
    let all = [
        Phase::Race,
        Phase::PostRace,
        Phase::Taper,
        Phase::Break,
        Phase::Return,
        Phase::Peak,
        Phase::Build,
        Phase::Speed,
        Phase::Base,
        Phase::Unknown,
    ];
    let rows = all.map(|phase| vec![format!("`{}`", phase.name()), phase.meaning().to_owned()]);
    table(&["phase", "what makes a stretch of days this phase"], rows)
}

/// The classes with their bounds in words; the bounds are checked against the function that applies them.
fn spike_classes() -> String {
    let classes = [
        (SpikeClass::Reference, 0.0, 1.10),
        (SpikeClass::Small, 1.10, 1.30),
        (SpikeClass::Moderate, 1.30, 2.00),
        (SpikeClass::Large, 2.00, f64::MAX),
    ];
    let row = |class: SpikeClass, words: String| vec![format!("`{}`", class.name()), words];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (class, over, to) in classes {
        assert_eq!((spike_class(over + 1e-6), spike_class(to)), (class, class));
        let words = match class {
            SpikeClass::Reference => format!("up to {to:.2}"),
            SpikeClass::Large => format!("over {over:.2}"),
            _ => format!("over {over:.2} to {to:.2}"),
        };
        rows.push(row(class, words));
    }
    rows.push(row(SpikeClass::NoReference, "no run in the 30 days before".to_owned()));
    table(&["class", "ratio"], rows)
}

fn tissues() -> String {
    let number = |value: f64| value.to_string().replace('-', "−");
    let row = |one: &Coefficients| {
        let loaded = if one.is_stance { "stance" } else { "swing" };
        let numbers = [one.speed, one.up, one.down, one.step_length, one.damage].map(number);
        let rest = vec![loaded.to_owned(), one.confidence.name().to_owned(), one.source.to_owned()];
        [vec![format!("`{}`", one.tissue.name())], numbers.to_vec(), rest].concat()
    };
    let head = [
        "tissue",
        "a speed",
        "u up",
        "d down",
        "s step",
        "m damage",
        "loaded in",
        "confidence",
        "founded on",
    ];
    table(&head, TABLE.iter().map(row))
}

fn coefficients() -> String {
    let rows = KEYS.iter().map(|key| {
        let range = format!("{} to {}", key.range.0, key.range.1).replace('-', "−");
        vec![format!("`{}`", key.name), key.about.to_owned(), range]
    });
    table(&["key", "what it is", "range"], rows)
}

/// The page with the tables put between their marks.
fn renewed(page: &str) -> String {
    let bases = LoadBasis::LADDER.map(|basis| vec![format!("`{}`", basis.name()), basis.words().to_owned()]);
    let kinds = SessionKind::ALL.map(|kind| vec![format!("`{}`", kind.name()), kind.meaning().to_owned()]);
    let distances = RACE_DISTANCES.map(|race| vec![race.name.to_owned(), race.distance_m.to_string()]);
    let tables = [
        ("rules", rules()),
        ("all-rules", all_rules()),
        ("phases", phases()),
        ("spike-classes", spike_classes()),
        ("load-bases", table(&["basis", "what the load rests on"], bases)),
        ("session-kinds", table(&["kind", "when"], kinds)),
        ("race-distances", table(&["distance", "m"], distances)),
        ("tissues", tissues()),
        ("coefficients", coefficients()),
    ];
    tables.into_iter().fold(page.to_owned(), |page, (name, table)| {
        let mark = format!("<!-- generated:{name} -->\n");
        let (before, rest) = page.split_once(&mark).unwrap_or_else(|| panic!("{PATH} has no {mark}"));
        let (_, after) = rest.split_once(END).expect("a generated table has an end");
        format!("{before}{mark}{table}{END}{after}")
    })
}

#[test]
fn the_tables_are_those_of_the_code() {
    let page = fs::read_to_string(PATH).unwrap();
    let fresh = renewed(&page);
    if fresh != page {
        let path = std::env::temp_dir().join("legwork-methods.md");
        fs::write(&path, fresh).unwrap();
        panic!("docs/methods.md is not what the code says; to renew it: cp {} {PATH}", path.display());
    }
}

#[test]
fn links_inside_the_page_have_their_headings() {
    let page = fs::read_to_string(PATH).unwrap();
    let anchor = |heading: &str| -> String {
        let fits = |c: &char| c.is_alphanumeric() || *c == ' ' || *c == '-';
        heading.to_lowercase().chars().filter(fits).collect::<String>().replace(' ', "-")
    };
    let headings: Vec<String> = page
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| anchor(line.trim_start_matches(['#', ' '])))
        .collect();
    let links: Vec<&str> = page.split("](#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() > 20);
    for link in links {
        assert!(headings.iter().any(|heading| heading == link), "no heading for #{link}");
    }
}
