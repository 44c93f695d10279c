//! Rules of the house that the compiler does not check.

use std::fs;
use std::path::Path;

const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// Modules from the lowest layer to the highest; those of one layer may use each other.
const LAYERS: [&[&str]; 26] = [
    &["model", "error", "notice", "text"],
    &["digest"],
    &["ingest"],
    &["ledger"],
    &["score"],
    &["config"],
    &["sheet"],
    &["diary", "planned", "overrides", "unknown"],
    &["load"],
    &["signals"],
    &["blocks"],
    &["tissue"],
    &["projection"],
    &["massage"],
    &["retrospect"],
    &["analysis"],
    &["board"],
    &["table"],
    &["brief"],
    &["init"],
    &["explain"],
    &["diff"],
    &["inspect"],
    &["report"],
    &["what_if"],
    &["run", "cli"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// Every source file of the library with its top module and its text before the tests.
pub(super) fn sources() -> Vec<(String, String, String)> {
    let files = walkdir::WalkDir::new(SRC).sort_by_file_name().into_iter().filter_map(Result::ok);
    files
        .filter(|file| file.path().extension().is_some_and(|end| end == "rs"))
        .filter(|file| {
            !file
                .path()
                .components()
                .any(|part| ["tests", "tests.rs"].iter().any(|name| part.as_os_str() == *name))
        })
        .filter_map(|file| {
            let below = file.path().strip_prefix(SRC).ok()?.to_string_lossy().into_owned();
            let module = below.split('/').next()?.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(file.path()).ok()?;
            let code = text.split("#[cfg(test)]\nmod tests").next()?.to_owned();
            let is_code = !below.ends_with("testing.rs") && !["lib", "main"].contains(&module.as_str());
            is_code.then_some((below, module, code))
        })
        .collect()
}

#[test]
fn a_module_uses_only_lower_layers() {
    let sources = sources();
    assert!(sources.len() > 50);
    for (file, module, code) in sources {
        let own = layer(&module).unwrap_or_else(|| panic!("{file}: module {module} has no layer"));
        for used in code.split("use crate::").skip(1) {
            let path = used.split(';').next().unwrap_or_default();
            // `use crate::{a, b::C}` names several modules, `use crate::a::B` one.
            let names = path.strip_prefix('{').map_or(vec![path], |list| list.split(',').collect());
            for name in names {
                let name = name.trim().split("::").next().unwrap_or_default().trim_end_matches('}');
                let other = layer(name).unwrap_or_else(|| panic!("{file}: crate::{name} has no layer"));
                assert!(other <= own, "{file} uses crate::{name}, which is a higher layer");
            }
        }
    }
}

#[test]
fn only_their_own_modules_name_the_big_crates() {
    let allowed = [
        ("fitparser::", "ingest/fit/"),
        ("quick_xml::", "ingest/xml"),
        ("plotters::", "report/"),
        ("maud::", "report/"),
        ("krilla::", "report/brief/pdf"),
        ("tzf_rs::", "digest/zone.rs"),
        ("parquet::", "table/parquet.rs"),
    ];
    for (file, _, code) in sources() {
        for (name, place) in allowed {
            assert!(!code.contains(&format!("use {name}")) || file.starts_with(place), "{file} names {name}");
        }
        let has_polars = code.contains("use polars");
        assert!(!has_polars || file.starts_with("table/") || file == "load/sums.rs", "{file} names polars");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(Path::new(SRC).join("../Cargo.toml")).expect("the manifest is there");
    let reasons = fs::read_to_string(Path::new(SRC).join("../ARCHITECTURE.md")).expect("the page is there");
    let section = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next());
    for line in section.expect("there are dependencies").lines().filter(|line| line.contains(" = ")) {
        let name = line.split(" = ").next().unwrap_or_default();
        assert!(reasons.contains(name), "{name} stands in Cargo.toml and not in ARCHITECTURE.md");
    }
}
