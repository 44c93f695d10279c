//! Every reference number and every rule has a test: `tests/vectors.tsv` names it, and this holds the table against the sources.
//!
//! A name in the table that ends in `*` stands for every test that begins with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const TABLE: &str = include_str!("../vectors.tsv");

/// The ids of the reference numbers: vectors, worked examples, and logs on which tools disagree.
const IDS: [&str; 55] = [
    "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "V13", "V14", "V15", "V16",
    "V17", "V18", "E1.2", "E1.4", "E1.5", "E1.6", "E1.7", "E2.1", "E2.2", "E2.3", "E2.4", "E2.6", "E2.7",
    "E2.8a", "E2.8b", "E2.8c", "E3.1", "E3.4", "E3.5", "E4.1", "E4.6", "E4.7", "E5.1", "E5.2", "E6.1",
    "E6.2", "E6.4", "E6.5", "E6.6", "E6.7", "E6.10", "E7.1", "E7.2", "E8.1", "E8.3", "load", "log A",
    "log B", "log C",
];

/// Rules of massage, from R1 on.
const RULES: usize = 22;

/// Test names by id.
fn table() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in TABLE.lines().skip(1) {
        let (id, name) = line.split_once('\t').unwrap_or_else(|| panic!("no tab in \"{line}\""));
        names.entry(id).or_default().push(name);
    }
    names
}

/// The functions of a source that stand under `#[test]` and are not ignored.
fn tests_in(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if line == "#[test]" {
            is_test = true;
        } else if line.starts_with("#[ignore") {
            is_test = false;
        } else if let Some(rest) = line.strip_prefix("fn ") {
            found.extend(rest.split('(').next().filter(|_| is_test).map(str::to_owned));
            is_test = false;
        }
    }
    found
}

/// The names of all tests of the project.
fn all_tests() -> BTreeSet<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    ["src", "tests"]
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(format!("{root}/{folder}")))
        .filter_map(Result::ok)
        .filter(|file| file.path().extension().is_some_and(|end| end == "rs"))
        .flat_map(|file| tests_in(&fs::read_to_string(file.path()).expect("a source can be read")))
        .collect()
}

#[test]
fn every_reference_number_and_every_rule_has_a_test() {
    let (table, tests) = (table(), all_tests());
    let exists = |name: &str| match name.strip_suffix('*') {
        Some(start) => tests.iter().any(|test| test.starts_with(start)),
        None => tests.contains(name),
    };
    let mut missing: Vec<String> = Vec::new();
    let rules: Vec<String> = (1..=RULES).map(|n| format!("R{n}")).collect();
    let ids: Vec<&str> = IDS.into_iter().chain(rules.iter().map(String::as_str)).collect();
    for id in &ids {
        match table.get(*id) {
            None => missing.push(format!("{id}: not in the table")),
            Some(names) => missing.extend(
                names.iter().filter(|name| !exists(name)).map(|name| format!("{id}: no test {name}")),
            ),
        }
    }
    let unknown = table.keys().filter(|id| !ids.contains(id)).map(|id| format!("{id}: no such number"));
    missing.extend(unknown);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The list of rules above goes on where the code does.
#[test]
fn the_code_has_no_other_rules() {
    let rules = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/massage/rules")).expect("the rules");
    let names = rules.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    let numbers = names.filter_map(|name| name.strip_prefix('r')?.get(..2)?.parse::<usize>().ok());
    let numbers: BTreeSet<usize> = numbers.collect();
    assert_eq!(numbers, (1..=RULES).collect());
}

#[test]
fn a_test_is_a_function_under_the_attribute() {
    let source = "#[test]\nfn one() {\n}\nfn two() {}\n#[test]\n#[ignore = \"slow\"]\nfn three() {}\n\
                  #[test]\n    #[should_panic]\n    fn four(x in 0..1) {}\n// fn five()\n";
    assert_eq!(tests_in(source), ["one", "four"]);
}
